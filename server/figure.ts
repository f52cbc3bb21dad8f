// A figure as it stood: at the ends of months and on a day.
import { addDays, addMonths, isCivilDate, type CivilDate } from '../kernel/clock/date.ts'
import type { Value } from '../kernel/tally/figure.ts'

/** The day on which a figure is asked for, today when none is given; undefined when there is no such day yet, or never. */
export function cutOff(given: string | undefined, today: CivilDate): CivilDate | undefined {
  if (given === undefined || given === '') return today
  return isCivilDate(given) && given <= today ? given : undefined
}

export type Point = { readonly on: CivilDate; readonly value: number | null }

/** The figure at the end of each of the last eleven months and on the day itself, oldest first. */
export function trendOf(on: CivilDate, valueOn: (day: CivilDate) => Promise<Value>): Promise<readonly Point[]> {
  const ends = Array.from({ length: 11 }, (_, back) => addDays(`${addMonths(on, back - 10).slice(0, 7)}-01`, -1))
  return Promise.all([...ends, on].map(async (day) => ({ on: day, value: (await valueOn(day)).value })))
}
