// When an office is open on a working day: terms of working hours run only then.
import { isWorkday, type Calendar } from './calendar.ts'
import { civil, dayOf, dateOf, momentIn, type CivilDate } from './date.ts'

/** From one minute of the day to another. */
export type Span = readonly [opens: number, closes: number]

/** The hours that a city keeps from one day to another; of several for one day the last stands. */
export type OfficeHours = {
  readonly from: CivilDate
  readonly to?: CivilDate | undefined
  readonly spans: readonly Span[]
}

/** Where a city has laid down none. */
export const usualHours: readonly Span[] = [
  [9 * 60, 12 * 60],
  [13 * 60 + 30, 17 * 60],
]

type Gaps = readonly (readonly [from: number, to: number])[]

/** The moment, in milliseconds, at which this much open time has passed since another. */
export function afterHours(calendar: Calendar, from: number, milliseconds: number, gaps: Gaps): number {
  let left = milliseconds
  for (const [opens, closes] of openings(calendar, from, gaps)) {
    if (left <= closes - opens) return opens + left
    left -= closes - opens
  }
  throw new RangeError('an office that never opens')
}

/** How much open time lies between two moments, in milliseconds; negative when the second is the earlier one. */
export function openTime(calendar: Calendar, from: number, to: number, gaps: Gaps): number {
  if (to < from) return 0 - openTime(calendar, to, from, gaps)
  let sum = 0
  for (const [opens, closes] of openings(calendar, from, gaps)) {
    if (opens >= to) break
    sum += Math.min(closes, to) - opens
  }
  return sum
}

/** Whether it is a moment of open time. */
export function isOpenAt(calendar: Calendar, moment: string): boolean {
  const at = Date.parse(moment)
  return openTime(calendar, at, at + 1, []) > 0
}

/** The stretches in which the office is open, from a moment on, for as long as there is a calendar. */
function* openings(calendar: Calendar, from: number, gaps: Gaps): Generator<Span> {
  for (let day = dayOf(dateOf(new Date(from).toISOString())); ; day++) {
    if (!isWorkday(calendar, day) || gaps.some(([first, last]) => first <= day && day <= last)) continue
    for (const [opens, closes] of hoursOn(calendar, day)) {
      const begins = Math.max(from, momentIn(day, opens))
      if (begins < momentIn(day, closes)) yield [begins, momentIn(day, closes)]
    }
  }
}

/** The hours kept on a day that is worked. */
export function hoursOn(calendar: Calendar, day: number): readonly Span[] {
  const date = civil(day)
  const laid = calendar.hours.findLast((one) => one.from <= date && (one.to === undefined || date <= one.to))
  return laid?.spans ?? usualHours
}
