// A rule before it is published: read, and held against the dictionary; refused with the place and the reason where it cannot mean anything.
import { refuse } from '../../kernel/record.ts'
import { parse, type Expression } from '../../kernel/rules/expression.ts'
import type { Facts } from '../../kernel/rules/feel.ts'
import { judge } from '../../kernel/rules/judge.ts'
import type { FactRow } from './dictionary.ts'

export const ruleFaults = ['too-long', 'too-deep', 'syntax', 'name-unknown', 'never-true', 'always-true'] as const

/** The names that a rule may read, none of them known. */
export function namesOf(rows: readonly FactRow[]): Facts {
  return Object.fromEntries(rows.map(({ fact }) => [fact, null]))
}

/** The rule as it is worked out; throws for one that was never published. */
export function readRule(text: string, rows: readonly FactRow[]): Expression {
  const read = parse(text, namesOf(rows))
  if ('refused' in read) throw new Error(`a published rule cannot be read: ${text}`)
  return read
}

/** Its conditions that all have to hold, each by itself; the whole of it where it is one. */
export function clausesOf({ text, root }: Expression, rows: readonly FactRow[]): readonly Expression[] {
  const parts = root.kind === 'and' ? root.all : [root]
  return parts.map(({ from, to }) => readRule(text.slice(from, to), rows))
}

/** What is wrong with it: where reading stops, a name that the dictionary does not have, a test that says nothing. */
export function faultIn(text: string, field: 'rule' | 'amount', rows: readonly FactRow[]) {
  const read = parse(text, namesOf(rows))
  if ('refused' in read)
    return refuse(read.refused, field, { at: read.at + 1, near: text.slice(read.at, read.at + 12) || '—' })
  const lost = read.names.find((name) => !rows.some(({ fact }) => fact === name))
  if (lost !== undefined) return refuse('name-unknown', field, { name: lost, like: nearestName(lost, rows) })
  if (field === 'amount') return undefined
  const { verdict } = judge(read, namesOf(rows))
  if (verdict === 'false') return refuse('never-true', field)
  return verdict === 'true' ? refuse('always-true', field) : undefined
}

/** The name of the dictionary that shares most of its signs. */
function nearestName(name: string, rows: readonly FactRow[]): string {
  const alike = (other: string) => {
    const signs = new Set(name)
    const shared = [...new Set(other)].filter((sign) => signs.has(sign)).length
    return shared / Math.max(signs.size, new Set(other).size)
  }
  const [best] = rows.map(({ fact }) => fact).toSorted((a, b) => alike(b) - alike(a))
  return best !== undefined && alike(best) >= 0.4 ? best : '—'
}
