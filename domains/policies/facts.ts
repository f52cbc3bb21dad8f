// The facts of an enterprise on a day, as rules read them: what the register says and what was said besides, each a thing that was observed.
import { addDays, addMonths, isCivilDate, type CivilDate } from '../../kernel/clock/date.ts'
import type { Facts } from '../../kernel/rules/feel.ts'
import { factsOf, readingsOn, valuesOn, type Observation, type Unknown } from '../../kernel/rules/observed.ts'
import {
  administrativeDivisions,
  entityKindOf,
  latestFact,
  readIndustry,
  sectionOf,
  sizeNow,
  type Enterprise,
} from '../register/index.ts'
import type { FactRow } from './dictionary.ts'
import { valueOf, type Profile } from './profile.ts'

/** The source of what the city's register says of the kind of an enterprise. */
export const REGISTER = 'register'

export type Known = { readonly row: FactRow } & (
  { readonly value: Observation['value']; readonly from: Observation } | { readonly unknown: Unknown }
)

/** Each fact of the dictionary, in its order. Facts seen after the day do not count, so that a past decision reads what was known then. */
export function knownOn(
  rows: readonly FactRow[],
  firm: Exclude<Enterprise, { phase: 'none' }>,
  profile: Profile | undefined,
  day: CivilDate,
): readonly Known[] {
  const readings = readingsOn(rows, observer(rows, day)(firm, profile), day)
  return readings.map(({ fact, ...known }) => ({ row: fact as FactRow, ...known }))
}

/** For the many the values alone, in the order of the dictionary; undefined where nothing is known. */
export function valuesOf(rows: readonly FactRow[], day: CivilDate) {
  const [observed, values] = [observer(rows, day), valuesOn(rows, day)]
  return (firm: Firm, profile: Profile | undefined) => values(observed(firm, profile))
}

type Firm = Exclude<Enterprise, { phase: 'none' }>

/** All that was said of an enterprise, by itself, by offices and by the register. */
function observer(rows: readonly FactRow[], day: CivilDate) {
  const byName = new Map(rows.map((row) => [row.name, row]))
  const registered = rows.filter((row) => row.registered !== undefined)
  return (firm: Firm, profile: Profile | undefined): readonly Observation[] => {
    const seen = profile === undefined || profile.phase === 'none' ? [] : profile.facts
    const said = registeredOn(registered, firm, day)
    for (const { fact, value, measure, period, source, observedAt } of seen) {
      const row = byName.get(fact)
      if (row === undefined || row.registered !== undefined) continue
      const unit = measure ?? row.measure
      said.push({
        fact,
        // What a dictionary of today no longer allows is kept as it was said, and is not counted.
        value: valueOf(row, value) ?? value,
        ...(unit !== undefined && { measure: unit }),
        ...(period !== undefined && { period }),
        source,
        observedOn: observedAt,
      })
    }
    return said
  }
}

/**
 * The first day after this one on which time alone may change what is known; undefined where none can. Never later than it is: that
 * something may change and does not is no harm.
 */
export function turnsOn(
  rows: readonly FactRow[],
  firm: Exclude<Enterprise, { phase: 'none' }>,
  profile: Profile | undefined,
  day: CivilDate,
): CivilDate | undefined {
  const said = profile === undefined || profile.phase === 'none' ? [] : profile.facts
  let turn: CivilDate | undefined
  const on = (one: string) => {
    if (one > day && (turn === undefined || one < turn) && isCivilDate(one)) turn = one
  }
  for (const facts of [firm.facts, said])
    for (const { period, observedAt } of facts) {
      on(observedAt)
      if (period !== undefined) on(period)
    }
  // What is told as of a day counts for so many days from it.
  for (const { period: rule, name } of rows)
    if (rule?.kind === 'day')
      for (const { fact, period } of said)
        if (fact === name && period !== undefined && isCivilDate(period)) on(addDays(period, rule.age + 1))
  if (rows.some(({ period }) => period?.kind === 'year')) on(`${Number(day.slice(0, 4)) + 1}-01-01`)
  if (rows.some(({ registered }) => registered === 'months'))
    for (const one of monthsTurn(firm.registeredOn, day)) on(one)
  return turn
}

/** The days on which it may be a month older: the day of the month on which it was registered, and where a month is shorter the first of the next. */
function monthsTurn(from: CivilDate, day: CivilDate): readonly CivilDate[] {
  const firsts = [day, addMonths(`${day.slice(0, 7)}-01`, 1)].map((one) => one.slice(0, 7))
  const same = firsts.map((month) => `${month}-${from.slice(8)}`)
  return Number(from.slice(8)) > 28 ? [...same, `${firsts[1]!}-01`] : same
}

/**
 * What is known by now of one fact as it stood on a day: what was said later of the same period counts as if it had been known then, and so
 * does what was seen by that day and entered afterwards. Undefined where that cannot be told, since nobody keeps what the register said before.
 */
export function knownAgain(
  row: FactRow,
  { period, day }: { readonly period: string | undefined; readonly day: CivilDate },
  firm: Firm,
  profile: Profile | undefined,
): Known | undefined {
  if (row.registered !== undefined && !OBSERVED.has(row.registered)) return undefined
  const then = <One extends { readonly period?: string | undefined; readonly observedAt: string }>(
    said: readonly One[],
  ): One[] =>
    said.flatMap((one) => {
      if (period === undefined) return one.observedAt <= day ? [one] : []
      return one.period === period ? [{ ...one, observedAt: one.observedAt > day ? day : one.observedAt }] : []
    })
  const own = profile?.phase === 'kept' ? { ...profile, facts: then(profile.facts) } : profile
  return knownOn([row], { ...firm, facts: then(firm.facts) }, own, day)[0]
}

/** What is said of an enterprise in the register again and again, each time of a period. */
const OBSERVED: ReadonlySet<string> = new Set(['staff', 'revenue', 'assets'])

/** As an evaluation takes them: what is not known is null, so that its name is known all the same. */
export function asFacts(known: readonly Known[]): Facts {
  return factsOf(known.map(({ row, ...one }) => ({ fact: row, ...one })))
}

/** What the register says, by the names that a dictionary gives it. */
function registeredOn(rows: readonly FactRow[], firm: Firm, day: CivilDate): Observation[] {
  const then = firm.facts.some(({ observedAt }) => observedAt > day)
    ? { ...firm, facts: firm.facts.filter(({ observedAt }) => observedAt <= day) }
    : firm
  return rows.flatMap(({ name: fact, registered, measure }): Observation[] => {
    const found = registered && saidOf(registered, then, day)
    return found ? [{ fact, value: found.value, ...(measure !== undefined && { measure }), ...found.from }] : []
  })
}

const DIVISIONS: ReadonlyMap<string, string> = new Map(administrativeDivisions.map(({ code, name }) => [code, name]))

type Found = {
  readonly value: Observation['value']
  readonly from: Pick<Observation, 'period' | 'source' | 'observedOn'>
}

function saidOf(
  name: NonNullable<FactRow['registered']>,
  firm: Exclude<Enterprise, { phase: 'none' }>,
  day: CivilDate,
): Found | undefined {
  const own = (value: Observation['value'] | undefined): Found | undefined =>
    value === undefined ? undefined : { value, from: { source: REGISTER, observedOn: day } }
  switch (name) {
    case 'staff':
    case 'revenue':
    case 'assets': {
      const one = latestFact(firm, name)
      return one && { value: one.value, from: { source: one.source, period: one.period, observedOn: one.observedAt } }
    }
    case 'section':
      return own(sectionOf(readIndustry(firm.industry)?.division.section ?? '')?.name)
    case 'industry':
      return own(firm.industry.slice(0, 2))
    case 'size': {
      const { size } = sizeNow(firm)
      return size === 'unknown' ? undefined : own(size)
    }
    case 'private':
      return own(firm.private)
    case 'kind':
      return own(entityKindOf(firm.uscc))
    case 'months':
      return own(monthsBetween(firm.registeredOn, day))
    case 'division':
      return own(DIVISIONS.get(firm.division))
  }
}

/** Whole months. */
function monthsBetween(from: CivilDate, to: CivilDate): number {
  const [a, b] = [from, to].map((day) => day.split('-').map(Number) as [number, number, number])
  return (b![0] - a![0]) * 12 + (b![1] - a![1]) - Number(b![2] < a![2])
}
