// What an enterprise is entitled to by a benefit on a day, why, and what could change it: verdict and reasons from one evaluation.
import type { Expression } from '../../kernel/rules/expression.ts'
import type { Facts } from '../../kernel/rules/feel.ts'
import { judge, reckonValue, type Clause } from '../../kernel/rules/judge.ts'
import { whole } from '../../kernel/rules/measure.ts'
import { nearest, type Cost, type Nearest } from '../../kernel/rules/nearest.ts'
import type { BenefitContent } from './benefit.ts'
import type { FactRow } from './dictionary.ts'
import { amountText } from './tier.ts'
import { clausesOf, readRule } from './rule.ts'

/** A benefit whose rule and amount have been read. */
export type Offer = {
  readonly id: string
  readonly number: number
  readonly content: BenefitContent
  readonly rule: Expression
  readonly amount?: Expression
}

export type Entitlement = {
  /** `judged`: the rule holds, and a person has yet to judge what no data tell. */
  readonly stands: 'entitled' | 'judged' | 'not' | 'open'
  /** Fen; undefined where it is not due, or a fact is missing for it. */
  readonly amount?: number
  /** The facts that can still change the answer, or that the amount needs. */
  readonly missing: readonly string[]
  readonly failing: readonly Clause[]
  /** As of a rule; only where it is not due. */
  readonly nearest?: Nearest
  readonly unclear?: readonly string[]
}

/** Whatever a person has yet to judge. */
export const isDue = ({ stands }: Entitlement) => stands === 'entitled' || stands === 'judged'

export function offerOf(id: string, number: number, content: BenefitContent, rows: readonly FactRow[]): Offer {
  const { rule } = content
  const amount = amountText(content)
  return {
    id,
    number,
    content,
    rule: readRule(rule, rows),
    ...(amount !== undefined && { amount: readRule(amount, rows) }),
  }
}

/** What a rule comes to for one enterprise, whatever it is the rule of. */
export type Stand = {
  readonly stands: 'holds' | 'not' | 'open'
  /** The facts that can still change the answer. */
  readonly missing: readonly string[]
  readonly failing: readonly Clause[]
  /**
   * Only where it does not hold, and worked out when it is read: the least that would have to change so that the conditions hold of which
   * enough is known, and the facts that are missing for the others.
   */
  readonly nearest?: Nearest
  readonly unclear?: readonly string[]
}

export function standOf(rule: Expression, facts: Facts, rows: readonly FactRow[]) {
  const { verdict, missing, failing } = judge(rule, facts)
  if (verdict === 'true') return { stands: 'holds', missing, failing } as const
  if (verdict === 'unknown') return { stands: 'open', missing, failing } as const
  let lack: ReturnType<typeof lackOf> | undefined
  const lacking = () => (lack ??= lackOf(rule, facts, rows))
  return {
    stands: 'not',
    missing,
    failing,
    get nearest() {
      return lacking().nearest
    },
    get unclear() {
      return lacking().unclear
    },
  } as const
}

function lackOf(rule: Expression, facts: Facts, rows: readonly FactRow[]) {
  const clauses = clausesOf(rule, rows).map((one) => ({ one, found: judge(one, facts) }))
  const clear = clauses.filter(({ found }) => found.verdict !== 'unknown')
  // Conditions may contradict each other of which none is clear by itself.
  const known = clear.length === 0 ? undefined : readRule(clear.map(({ one }) => `(${one.text})`).join(' and '), rows)
  return {
    nearest: known ? nearest(known, facts, costsOf(rows)) : ({ cost: undefined, proven: false } as const),
    unclear: [...new Set(clauses.flatMap(({ found }) => found.missing))],
  }
}

export function entitledTo({ content, rule, amount }: Offer, facts: Facts, rows: readonly FactRow[]): Entitlement {
  const stand = standOf(rule, facts, rows)
  if (stand.stands !== 'holds') return stand
  const due = amount === undefined ? { missing: [] } : dueOf(content.cap, amount, facts)
  return {
    stands: (content.judgement ?? []).length > 0 ? 'judged' : 'entitled',
    ...('amount' in due ? { amount: due.amount, missing: [] } : { missing: due.missing }),
    failing: stand.failing,
  }
}

/** Fen, rounded down, no more than the cap and never below nothing; or the facts that it needs. */
export function dueOf(cap: number | undefined, amount: Expression, facts: Facts) {
  const { value, missing } = reckonValue(amount, facts)
  if (typeof value !== 'number' || !Number.isFinite(value)) return { missing }
  // What is reckoned in binary may miss a whole fen by less than can be meant.
  const fen = Math.max(0, Math.floor(value * 100 + 1e-6))
  return { amount: cap === undefined ? fen : Math.min(fen, cap) }
}

/**
 * What it takes to change a fact: of a number each step as much as of any other, up or down; what the register says of the kind of an
 * enterprise, and flags that are somebody else's finding, stay as they are. How far it is, not what it costs.
 */
function costsOf(rows: readonly FactRow[]): Readonly<Record<string, Cost>> {
  return Object.fromEntries(
    rows.flatMap(({ name, type, measure, registered }): [string, Cost][] => {
      if (type !== 'number' || registered === 'months') return []
      return [
        [
          name,
          { step: measure !== undefined && (whole.has(measure) || measure === 'wan-yuan') ? 1 : 0.01, up: 1, down: 1 },
        ],
      ]
    }),
  )
}
