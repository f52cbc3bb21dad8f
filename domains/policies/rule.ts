// A rule before it is published: read, and held against the dictionary; refused with the place and the reason where it cannot mean anything.
import { refuse } from '../../kernel/record.ts'
import { amountFlaws, conditionFlaws, tierFlaws } from '../../kernel/rules/check.ts'
import { unknownOf } from '../../kernel/rules/dictionary.ts'
import { judge } from '../../kernel/rules/judge.ts'
import { parse, type Expression } from '../../kernel/rules/expression.ts'
import type { Example, Flaw, Span } from '../../kernel/rules/flaw.ts'
import type { FactRow } from './dictionary.ts'
import type { Tier } from './tier.ts'

export const ruleFaults = [
  'too-long',
  'too-deep',
  'syntax',
  'unfinished',
  'name-unknown',
  'type-differs',
  'unit-differs',
  'word-not-allowed',
  'never-true',
  'always-true',
  'branch-idle',
  'gap',
  'rules-overlap',
] as const

/** The rule as it is worked out; throws for one that was never published. */
export function readRule(text: string, rows: readonly FactRow[]): Expression {
  const read = parse(text, unknownOf(rows))
  if ('refused' in read) throw new Error(`a published rule cannot be read: ${text}`)
  return read
}

/** Its conditions that all have to hold, each by itself; the whole of it where it is one. */
export function clausesOf({ text, root }: Expression, rows: readonly FactRow[]): readonly Expression[] {
  const parts = root.kind === 'and' ? root.all : [root]
  return parts.map(({ from, to }) => readRule(text.slice(from, to), rows))
}

/** An amount comes to yuan: of money that is told in 万元 it says by how much it is multiplied. */
export const PAID_IN = 'yuan'

/**
 * Read and held against the dictionary: what is wrong with it (where reading stops, names and units that do not fit, conditions that say
 * nothing; the first by its place), or else what it is, and which of its clauses whoever meets the rest meets, too.
 */
export function checkedIn(text: string, as: 'condition' | 'amount', field: string, rows: readonly FactRow[]) {
  const read = parse(text, unknownOf(rows))
  if ('refused' in read) {
    const near = text.slice(read.at, read.at + 12).trim()
    const isUnfinished = read.refused === 'syntax' && near === ''
    return { fault: refuse(isUnfinished ? 'unfinished' : read.refused, field, { at: read.at + 1, near }) }
  }
  const flaws = as === 'condition' ? conditionFlaws(read, rows) : amountFlaws(read, rows, PAID_IN)
  const flaw = flaws.find((one) => isWrong(one))
  if (flaw) return { fault: refuse(flaw.code, field, aboutFlaw(flaw, text)) }
  return { read, superfluous: flaws.map(({ from, to }) => text.slice(from, to)) }
}

/** What is wrong with it, where something is. */
export function faultIn(...rule: Parameters<typeof checkedIn>) {
  return checkedIn(...rule).fault
}

/** What is wrong with tiers: one of them by itself, or that of those whom the rule admits some stand in two, or in none. */
export function faultInTiers(tiers: readonly Tier[], rule: string, rows: readonly FactRow[]) {
  for (const [place, { when, amount }] of tiers.entries()) {
    const wrong =
      faultIn(when, 'condition', `tiers.${place}.when`, rows) ??
      faultIn(amount, 'amount', `tiers.${place}.amount`, rows)
    if (wrong) return wrong
  }
  const read = tiers.map(({ when }) => readRule(when, rows))
  // What the rule asks of several facts at once is left aside at first: of the example it then has to be possible.
  const admits = readRule(rule, rows)
  const within = clausesOf(admits, rows).filter(({ names }) => names.length === 1)
  const flaw = tierFlaws(read, rows, within).find(({ example }) => judge(admits, example.facts).verdict !== 'false')
  if (flaw === undefined) return undefined
  const example = exampleText(flaw.example)
  if (flaw.code === 'gap') return refuse('gap', 'tiers', { example })
  const [one, other] = flaw.rules
  return refuse('rules-overlap', `tiers.${other}.when`, { one: one + 1, other: other + 1, example })
}

export function exampleText({ facts }: Example): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} = ${String(value)}`)
    .join('; ')
}

/** Laws write out what follows from the rest (不超过五千万元的…), and rules that follow them do so, too: it is told, and refused nowhere. */
const SUPERFLUOUS = 'clause-implied'

function isWrong(flaw: Flaw): flaw is Exclude<Flaw, { readonly code: typeof SUPERFLUOUS }> {
  return flaw.code !== SUPERFLUOUS
}

/** The place, counted from 1, the words that stand there, and what else the reason names. */
function aboutFlaw(flaw: Flaw, text: string): Readonly<Record<string, string | number>> {
  const words = ({ from, to }: Span) => text.slice(from, to)
  const place = { at: flaw.from + 1, clause: words(flaw) }
  switch (flaw.code) {
    case 'name-unknown':
      return { ...place, name: flaw.name, like: flaw.like ?? '—' }
    case 'type-differs':
    case 'unit-differs':
      return { ...place, is: flaw.is || 'ratio', needs: flaw.needs || 'ratio' }
    case 'word-not-allowed':
      return { ...place, name: flaw.name, word: flaw.word }
    case 'never-true':
      return { ...place, clauses: flaw.because.map(words).join('; ') }
    default:
      return place
  }
}
