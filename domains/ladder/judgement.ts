// Whether an enterprise meets the rule of a rung on a day, and what it lacks: the same judge as for benefits.
import { judge } from '../../kernel/rules/judge.ts'
import { asFacts, readRule, standOf, type FactRow, type KnownFact, type Stand } from '../policies/index.ts'
import type { RungContent, RungEdition } from './rung.ts'

export function meets(
  { rule }: Pick<RungContent, 'rule'>,
  known: readonly KnownFact[],
  rows: readonly FactRow[],
): Stand {
  return standOf(readRule(rule, rows), asFacts(known), rows)
}

/** Whether the rung has a meaning for it: only what is known to lie outside is left out. */
export function concerns(
  { among }: Pick<RungContent, 'among'>,
  known: readonly KnownFact[],
  rows: readonly FactRow[],
): boolean {
  return among === undefined || judge(readRule(among, rows), asFacts(known)).verdict !== 'false'
}

/** What a plan of coaching takes over: it stays as it was found, whatever becomes known later. Flags say yes or no. */
export type Gap = {
  readonly edition: number
  readonly stands: Stand['stands']
  /** A line for each fact that a condition which fails has read. */
  readonly gaps: { clause: string; fact?: string; now?: string; measure?: string }[]
  readonly changes: { fact: string; now: string; needed: string; measure?: string }[]
  readonly missing: { fact: string }[]
}

export function gapOf({ number, content }: RungEdition, known: readonly KnownFact[], rows: readonly FactRow[]): Gap {
  const { stands, failing, missing, nearest, unclear = [] } = meets(content, known, rows)
  const now = (fact: string) => known.find(({ row }) => row.name === fact)
  const counted = (fact: string) => {
    const measure = rows.find(({ name }) => name === fact)?.measure
    return measure === undefined ? {} : { measure }
  }
  const changes = nearest && 'changes' in nearest ? Object.entries(nearest.changes) : []
  return {
    edition: number,
    stands,
    gaps: failing.flatMap(({ clause, read }) => {
      const facts = Object.entries(read)
      return facts.length === 0
        ? [{ clause }]
        : facts.map(([fact, value]) => ({ clause, fact, now: said(value), ...counted(fact) }))
    }),
    changes: changes.map(([fact, needed]) => {
      const one = now(fact)
      return { fact, now: one && 'value' in one ? said(one.value) : '—', needed: said(needed), ...counted(fact) }
    }),
    missing: [...missing, ...unclear].map((fact) => ({ fact })),
  }
}

function said(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '—'
}
