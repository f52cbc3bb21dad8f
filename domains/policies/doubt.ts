// Whether what a claim was decided by still holds: facts of the same period that have since been corrected, where it would have come out otherwise.
import { z } from 'zod'
import { stateOf, type Known as Loaded } from '../../kernel/record.ts'
import { enterprise } from '../register/index.ts'
import { benefit } from './benefit.ts'
import { rowsIn } from './dictionary.ts'
import { comesTo, factsRead, saidAs, type Entered } from './entering.ts'
import { knownAgain, type Known } from './facts.ts'
import { profile } from './profile.ts'

const Corrected = z.object({
  fact: z.string(),
  /** What it was decided by. */
  was: z.string().meta({ widget: 'typed', personal: true }),
  /** What is known by now; absent where sources disagree, or what was said does not count. */
  now: z.string().optional().meta({ widget: 'typed', personal: true }),
  period: z.string().optional(),
  source: z.string(),
})
export const Doubted = z.object({ corrected: z.array(Corrected).min(1).meta({ widget: 'list' }) })
type Corrected = z.output<typeof Corrected>
/** A claim as it is kept, with what has been found and what has been looked at and let stand. */
export type Decided = Entered & {
  readonly on: string
  readonly doubt?: readonly Corrected[]
  readonly looked?: readonly Corrected[]
}

/** What has been corrected since, by the records as they are; nothing where it comes to the same all the same. */
export function correctedBy(was: Decided, read: Readonly<Record<string, Loaded | undefined>>): readonly Corrected[] {
  const of = stateOf(benefit, read['benefit'])
  const firm = stateOf(enterprise, read['enterprise'])
  const own = stateOf(profile, read['profile'])
  const rows = rowsIn(read['dictionary'])
  const edition =
    of === undefined || of.phase === 'none' ? undefined : of.editions.find((one) => one.number === was.number)
  if (edition === undefined || firm === undefined || firm.phase === 'none') return []
  const facts = { ...factsRead(was, rows) }
  const corrected = was.read.flatMap(({ fact, value, period, source }): Corrected[] => {
    const row = rows.find(({ name }) => name === fact)
    const again = row && knownAgain(row, { period, day: was.on }, firm, own)
    const now = again && 'value' in again ? again.value : null
    if (again === undefined || (now !== null && saidAs(now) === value)) return []
    facts[fact] = now
    return [
      {
        fact,
        was: value,
        ...(now !== null && { now: saidAs(now) }),
        ...(period !== undefined && { period }),
        source: sourceOf(again) || source,
      },
    ]
  })
  return corrected.length > 0 && !comesTo(was, edition.content, facts, rows) ? corrected : []
}

/** Who says so by now; all of them where they disagree. */
function sourceOf(known: Known): string {
  if ('value' in known) return known.from.source
  const said = known.unknown.why === 'nobody-said' ? [] : known.unknown.said
  return [...new Set(said.map(({ source }) => source))].join('、')
}

/** Of a claim as it was loaded: something was found, and nobody has yet looked at it. */
export function isDoubted(claim: Loaded | undefined): boolean {
  return (claim?.state as Partial<Decided> | undefined)?.doubt !== undefined
}

/** What that makes of it: found, and nobody has yet looked at it; or no longer so. */
export function stirredBy(was: Decided, corrected: readonly Corrected[]): 'doubted' | 'upheld' | undefined {
  if (corrected.length === 0) return was.doubt === undefined ? undefined : 'upheld'
  return [was.doubt, was.looked].some((known) => known && areSame(known, corrected)) ? undefined : 'doubted'
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
