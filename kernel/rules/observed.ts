// The facts of an enterprise on a day, from all that was said of it: of the right period, in the right unit, on the word that counts.
import { addDays, isCivilDate, type CivilDate } from '../clock/date.ts'
import type { Dictionary, Fact } from './dictionary.ts'
import type { Known } from './expression.ts'
import type { Facts } from './feel.ts'
import type { Measure } from './measure.ts'

/** What somebody said once. */
export type Observation = {
  readonly fact: string
  readonly value: Exclude<Known, null>
  readonly measure?: Measure
  /** A year, `2025`, or a day, as the dictionary has it of the fact. */
  readonly period?: string
  readonly source: string
  /** The day on which it came to be known here. */
  readonly observedOn: CivilDate
}

/** Why nothing is known. */
export type Unknown =
  | { readonly why: 'nobody-said' }
  /** What was said is of a period that no longer counts, or of one that is still to come; the nearest. */
  | { readonly why: 'wrong-period'; readonly said: readonly Observation[] }
  /** Counted in something else than the dictionary says: it is not turned, since either may be the mistake. */
  | { readonly why: 'unit-differs'; readonly said: readonly Observation[] }
  /** A word where a number should be, a word that may not be, a number out of bounds. */
  | { readonly why: 'not-allowed'; readonly said: readonly Observation[] }
  /** Several of whom none counts more say different things; the last word of each. */
  | { readonly why: 'sources-disagree'; readonly said: readonly Observation[] }

export type Reading = { readonly fact: Fact } & (
  { readonly value: Exclude<Known, null>; readonly from: Observation } | { readonly unknown: Unknown }
)

/** Each fact of the dictionary, in its order. What came to be known after the day does not count. */
export function readingsOn(
  dictionary: Dictionary,
  observations: readonly Observation[],
  day: CivilDate,
): readonly Reading[] {
  const byFact = saidBy(observations, day)
  return dictionary.map((fact) => ({ fact, ...pick(fact, byFact.get(fact.name) ?? [], day) }))
}

/** The same without the reasons, for the many, in the order of the dictionary: undefined where nothing is known. */
export function valuesOn(dictionary: Dictionary, day: CivilDate) {
  const places = new Map(dictionary.map(({ name }, at) => [name, at]))
  return (observations: readonly Observation[]): readonly (Exclude<Known, null> | undefined)[] => {
    const said: (Observation | Observation[] | undefined)[] = dictionary.map(() => undefined)
    for (const one of observations) {
      const at = one.observedOn > day ? undefined : places.get(one.fact)
      if (at === undefined) continue
      const before = said[at]
      said[at] = before === undefined ? one : Array.isArray(before) ? [...before, one] : [before, one]
    }
    return dictionary.map((fact, at) => {
      const of = said[at]
      if (of === undefined) return undefined
      // Most facts have been said once.
      if (!Array.isArray(of)) return isKnown(fact, of, day) ? of.value : undefined
      const picked = pick(fact, of, day)
      return 'value' in picked ? picked.value : undefined
    })
  }
}

/** Of what was said once. */
function isKnown(fact: Fact, { period, measure, value }: Observation, day: CivilDate): boolean {
  return counts(fact, period, day) && (measure ?? '') === (fact.measure ?? '') && isAllowed(fact, value)
}

function saidBy(observations: readonly Observation[], day: CivilDate): ReadonlyMap<string, readonly Observation[]> {
  const byFact = new Map<string, Observation[]>()
  for (const one of observations) {
    if (one.observedOn > day) continue
    const before = byFact.get(one.fact)
    if (before) before.push(one)
    else byFact.set(one.fact, [one])
  }
  return byFact
}

/** As a judgement takes them: what is not known is null. */
export function factsOf(readings: readonly Reading[]): Facts {
  return Object.fromEntries(readings.map((one) => [one.fact.name, 'value' in one ? one.value : null]))
}

function pick(fact: Fact, said: readonly Observation[], day: CivilDate) {
  const unknown = (why: Exclude<Unknown['why'], 'nobody-said'>, those: readonly Observation[]) => ({
    unknown: { why, said: those },
  })
  if (said.length === 0) return { unknown: { why: 'nobody-said' } as const }
  const timely = said.filter(({ period }) => counts(fact, period, day))
  const ofPeriod = latestIn(timely.length > 0 ? timely : said)
  if (timely.length === 0) return unknown('wrong-period', ofPeriod)
  const last = lastWords(fact, ofPeriod)
  const [first] = last
  if (last.some(({ measure }) => (measure ?? '') !== (fact.measure ?? ''))) return unknown('unit-differs', last)
  if (!last.every(({ value }) => isAllowed(fact, value))) return unknown('not-allowed', last)
  if (last.some(({ value }) => value !== first!.value)) return unknown('sources-disagree', last)
  return { value: first!.value, from: first! }
}

/** Those of the latest period. */
function latestIn(said: readonly Observation[]): readonly Observation[] {
  if (said.length === 1) return said
  const latest = greatest(said.map(({ period = '' }) => period))
  return said.filter(({ period = '' }) => period === latest)
}

/** Of each source that counts most its last word; of the same day the later one. */
function lastWords(fact: Fact, said: readonly Observation[]): readonly Observation[] {
  if (said.length === 1) return said
  const ranks = said.map(({ source }) => rankOf(fact, source))
  const most = Math.min(...ranks)
  const best = said.filter((_, at) => ranks[at] === most)
  return [
    ...new Map(best.toSorted((a, b) => compare(a.observedOn, b.observedOn)).map((one) => [one.source, one])).values(),
  ]
}

function rankOf({ sources = [] }: Fact, source: string): number {
  const at = sources.indexOf(source)
  return at === -1 ? sources.length : at
}

function greatest(values: readonly string[]): string {
  return values.reduce((most, one) => (one > most ? one : most))
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Whether what is told of a period counts on this day: not of one to come, nor of one too long ago. */
function counts({ period: rule }: Fact, period: string | undefined, day: CivilDate): boolean {
  if (rule === undefined) return period === undefined || period <= day
  if (period === undefined) return false
  if (rule.kind === 'day') return isCivilDate(period) && period <= day && day <= addDays(period, rule.age)
  const past = /^\d{4}$/.test(period) ? Number(day.slice(0, 4)) - Number(period) : -1
  return past >= 0 && past <= rule.age
}

function isAllowed({ type, least, most, allowed }: Fact, value: Exclude<Known, null>): boolean {
  switch (type) {
    case 'number':
      return (
        typeof value === 'number' && Number.isFinite(value) && value >= (least ?? value) && value <= (most ?? value)
      )
    case 'text':
      return typeof value === 'string' && (allowed === undefined || allowed.includes(value))
    case 'flag':
      return typeof value === 'boolean'
    case 'day':
      return typeof value === 'string' && isCivilDate(value)
  }
}
