// The facts of an enterprise on a day, as rules read them: the right period, the source that counts, and never a guess.
import type { CivilDate } from '../../kernel/clock/date.ts'
import type { Facts } from '../../kernel/rules/feel.ts'
import { administrativeDivisions, sectionOf, sizeNow, type Enterprise } from '../register/index.ts'
import type { FactRow } from './dictionary.ts'
import { valueOf, type Profile, type SeenFact } from './profile.ts'

export type Value = number | string | boolean

/** Where a value is from: `register` for what the city's register of enterprises says. */
export type Origin = {
  readonly source: string
  readonly period?: string | undefined
  readonly observedAt?: string | undefined
}

/**
 * Why nothing is known: nobody has said it; what was said is of a period that is too old, or still to come; two sources of the
 * same standing disagree, and what each of them says.
 */
export type Unknown =
  | { readonly why: 'nobody' }
  | { readonly why: 'wrong-period'; readonly period: string }
  | { readonly why: 'disagree'; readonly said: readonly SeenFact[] }

export type Known =
  | { readonly row: FactRow; readonly value: Value; readonly origin: Origin }
  | { readonly row: FactRow; readonly unknown: Unknown }

/** Each fact of the dictionary, in its order. Facts seen after the day do not count, so that a past decision reads what was known then. */
export function knownOn(
  rows: readonly FactRow[],
  firm: Exclude<Enterprise, { phase: 'none' }>,
  profile: Profile | undefined,
  day: CivilDate,
): readonly Known[] {
  const seen = profile === undefined || profile.phase === 'none' ? [] : profile.facts
  const own = registeredOn(firm, day)
  return rows.map((row): Known => {
    if (row.registered !== undefined) {
      const found = own[row.registered]
      if (found === undefined) return { row, unknown: { why: 'nobody' } }
      const { period } = found.origin
      return period === undefined || isTimely(row, period, day)
        ? { row, ...found }
        : { row, unknown: { why: 'wrong-period', period } }
    }
    return pick(
      row,
      seen.filter(({ fact, observedAt }) => fact === row.fact && observedAt <= day),
      day,
    )
  })
}

/** As an evaluation takes them: what is not known is null, so that its name is known all the same. */
export function asFacts(known: readonly Known[]): Facts {
  return Object.fromEntries(known.map((one) => [one.row.fact, 'value' in one ? one.value : null]))
}

/** The latest period that counts, then the source that counts most, then what it said last. */
function pick(row: FactRow, said: readonly SeenFact[], day: CivilDate): Known {
  if (said.length === 0) return { row, unknown: { why: 'nobody' } }
  const counts = ({ period }: SeenFact) => row.age === undefined || (period !== undefined && isTimely(row, period, day))
  const latest = said
    .filter(counts)
    .map(({ period = '' }) => period)
    .reduce<string | undefined>((most, one) => (most === undefined || one > most ? one : most), undefined)
  if (latest === undefined) {
    const period = said.map((one) => one.period ?? '').toSorted()
    return { row, unknown: { why: 'wrong-period', period: period.at(-1)! } }
  }
  const order = row.sources?.split('、') ?? []
  const rank = ({ source }: SeenFact) => (order.includes(source) ? order.indexOf(source) : order.length)
  const ofPeriod = said.filter((one) => counts(one) && (one.period ?? '') === latest)
  const best = Math.min(...ofPeriod.map(rank))
  const bySource = new Map<string, SeenFact>()
  for (const one of ofPeriod.filter((each) => rank(each) === best)) {
    const before = bySource.get(one.source)
    if (before === undefined || one.observedAt >= before.observedAt) bySource.set(one.source, one)
  }
  const last = [...bySource.values()]
  if (new Set(last.map(({ value }) => value)).size > 1) return { row, unknown: { why: 'disagree', said: last } }
  const { value, source, period, observedAt } = last[0]!
  return { row, value: valueOf(row, value)!, origin: { source, period, observedAt } }
}

/** Whether what is told of a year counts on this day: not of a year to come, nor of one too long ago. */
function isTimely({ age }: FactRow, period: string, day: CivilDate): boolean {
  const past = Number(day.slice(0, 4)) - Number(period)
  return past >= 0 && (age === undefined || past <= age)
}

type Found = { readonly value: Value; readonly origin: Origin }

/** What the register says, by the names that a dictionary gives it. */
function registeredOn(
  firm: Exclude<Enterprise, { phase: 'none' }>,
  day: CivilDate,
): Readonly<Partial<Record<NonNullable<FactRow['registered']>, Found>>> {
  const origin = { source: 'register' }
  const latest = (name: string): Found | undefined => {
    const of = firm.facts.filter((one) => one.fact === name && one.observedAt <= day)
    const [one] = of.toReversed().toSorted((a, b) => b.period.localeCompare(a.period))
    return one && { value: one.value, origin: { source: one.source, period: one.period, observedAt: one.observedAt } }
  }
  const { size } = sizeNow({ ...firm, facts: firm.facts.filter(({ observedAt }) => observedAt <= day) })
  const section = sectionOf(firm.industry)
  const division = administrativeDivisions.find(({ code }) => code === firm.division)
  const own: Record<string, Found | undefined> = {
    staff: latest('staff'),
    revenue: latest('revenue'),
    assets: latest('assets'),
    section: section && { value: section.name, origin },
    industry: { value: firm.industry.slice(0, 2), origin },
    size: size === 'unknown' ? undefined : { value: size, origin },
    private: { value: firm.private, origin },
    months: { value: monthsBetween(firm.registeredOn, day), origin },
    division: division && { value: division.name, origin },
  }
  return own
}

/** Whole months. */
function monthsBetween(from: CivilDate, to: CivilDate): number {
  const [a, b] = [from, to].map((day) => day.split('-').map(Number) as [number, number, number])
  return (b![0] - a![0]) * 12 + (b![1] - a![1]) - Number(b![2] < a![2])
}
