// Whether an enterprise meets the rule of a rung on a day, and what it lacks: the same judge as for benefits.
import {
  asFacts,
  knownOn,
  readRule,
  standOf,
  type FactRow,
  type KnownFact,
  type Profile,
  type Stand,
} from '../policies/index.ts'
import type { Enterprise } from '../register/index.ts'
import type { RungContent, RungEdition } from './rung.ts'

export function meets(
  { rule }: Pick<RungContent, 'rule'>,
  known: readonly KnownFact[],
  rows: readonly FactRow[],
): Stand {
  return standOf(readRule(rule, rows), asFacts(known), rows)
}

/** What a plan of coaching takes over: it stays as it was found, whatever becomes known later. */
export type Gap = {
  readonly edition: number
  readonly stands: Stand['stands']
  readonly gaps: { clause: string; read: string }[]
  readonly changes: { fact: string; now: string; needed: string }[]
  readonly missing: { fact: string }[]
}

export function gapOf(
  { number, content }: RungEdition,
  rows: readonly FactRow[],
  firm: Exclude<Enterprise, { phase: 'none' }>,
  profile: Profile | undefined,
  day: string,
): Gap {
  const known = knownOn(rows, firm, profile, day)
  const { stands, failing, missing, nearest, unclear = [] } = meets(content, known, rows)
  const now = (fact: string) => known.find(({ row }) => row.name === fact)
  const changes = nearest && 'changes' in nearest ? Object.entries(nearest.changes) : []
  return {
    edition: number,
    stands,
    gaps: failing.map(({ clause, read }) => ({
      clause,
      read: Object.entries(read)
        .map(([fact, value]) => `${fact} = ${said(value)}`)
        .join('; '),
    })),
    changes: changes.map(([fact, needed]) => {
      const one = now(fact)
      return { fact, now: one && 'value' in one ? said(one.value) : '—', needed: said(needed) }
    }),
    missing: [...missing, ...unclear].map((fact) => ({ fact })),
  }
}

function said(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '—'
}
