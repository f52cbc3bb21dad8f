// Whether what a claim was decided by still holds: facts of the same period that have since been corrected, where it would have come out otherwise.
import { z } from 'zod'
import { stateOf, type Known as Loaded } from '../../kernel/record.ts'
import { enterprise } from '../register/index.ts'
import { benefit } from './benefit.ts'
import { measures, rowsIn } from './dictionary.ts'
import { aboutFact, amountBy, factsRead, fen, saidAs, type Entered } from './entering.ts'
import { knownAgain } from './facts.ts'
import { profile } from './profile.ts'

/** As long as a claim may still be stopped, or what was paid demanded back. */
export const DOUBTABLE = ['listed', 'consented', 'publicised', 'objected', 'approved', 'paid'] as const

const Corrected = z.object({
  fact: z.string(),
  /** What it was decided by. */
  was: z.string().meta({ widget: 'typed', personal: true }),
  /** What is known by now; absent where sources disagree, or what was said does not count. */
  now: z.string().optional().meta({ widget: 'typed', personal: true }),
  measure: z.enum(measures).optional().meta({ widget: 'choice' }),
  period: z.string().optional(),
  source: z.string(),
})
export const Doubted = z.object({
  corrected: z.array(Corrected).min(1).meta({ widget: 'list' }),
  /** Fen by what is known now, nothing where it is not due; absent where that is not known. */
  comesTo: fen.optional(),
})
type Corrected = z.output<typeof Corrected>
type Doubt = z.output<typeof Doubted>
/** A claim as it is kept, with what has been found and what has been looked at and let stand. */
export type Decided = Entered & { readonly on: string; readonly doubt?: Doubt; readonly looked?: Doubt }

/** What has been corrected since, by the records as they are; undefined where it comes to the same all the same. */
export function doubtOf(was: Decided, read: Readonly<Record<string, Loaded | undefined>>): Doubt | undefined {
  const of = stateOf(benefit, read['benefit'])
  const firm = stateOf(enterprise, read['enterprise'])
  const own = stateOf(profile, read['profile'])
  const rows = rowsIn(read['dictionary'])
  const edition =
    of === undefined || of.phase === 'none' ? undefined : of.editions.find((one) => one.number === was.number)
  if (edition === undefined || firm === undefined || firm.phase === 'none') return undefined
  const facts = { ...factsRead(was, rows) }
  const corrected = was.read.flatMap(({ fact, value, period, source }): Corrected[] => {
    const row = rows.find(({ name }) => name === fact)
    const again = row && knownAgain(row, { period, day: was.on }, firm, own)
    const now = again && 'value' in again ? again.value : null
    if (again === undefined || (now !== null && saidAs(now) === value)) return []
    facts[fact] = now
    const about = aboutFact(again)
    return [{ fact, was: value, ...(now !== null && { now: saidAs(now) }), ...about, source: about.source || source }]
  })
  if (corrected.length === 0) return undefined
  const comesTo = amountBy(was, edition.content, facts, rows)
  if (comesTo === (was.full ?? was.amount)) return undefined
  return { corrected, ...(comesTo !== undefined && { comesTo }) }
}

/** In the order in which it is read. */
export function toldOf({ corrected, comesTo }: Doubt): Doubt {
  return {
    corrected: corrected.map(({ fact, was, now, ...about }) => ({ fact, was, now, ...about })),
    ...(comesTo !== undefined && { comesTo }),
  }
}

/** What was found, as long as somebody has to look at it: of what has come to nothing it is of no account. */
export function doubtIn(was: { readonly phase: string; readonly doubt?: Doubt } | undefined): Doubt | undefined {
  return was && DOUBTABLE.some((phase) => phase === was.phase) ? was.doubt : undefined
}

/** What that makes of it: found, and nobody has yet looked at it; or no longer so. */
export function stirredBy(was: Decided, doubt: Doubt | undefined): 'doubted' | 'upheld' | undefined {
  if (doubt === undefined) return was.doubt === undefined ? undefined : 'upheld'
  return [was.doubt, was.looked].some((known) => known && areSame(known.corrected, doubt.corrected))
    ? undefined
    : 'doubted'
}

function areSame(some: readonly Corrected[], others: readonly Corrected[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ fact, now, source }, at) => {
      const other = others[at]!
      return fact === other.fact && now === other.now && source === other.source
    })
  )
}
