// Which days are working days: editions compiled into a table that counts them in two look-ups.
import { dayOf, weekday, yearOf } from './date.ts'
import { editions, festivals, type Edition, type Notice } from './editions.ts'
import type { OfficeHours } from './hours.ts'

const FIRST = dayOf('2000-01-01')
const LAST = dayOf('2060-12-31')

const BEYOND = 'beyond the calendar (2000 to 2060)'

/** Whether something failed because it asked for days of which no calendar tells, the year 10000 among them. */
export function isBeyondCalendar(error: unknown): boolean {
  return error instanceof RangeError && (error.message === BEYOND || error.message.endsWith(' is not a date'))
}

export type Calendar = {
  /** Tells one calendar from another: a deadline remembers by which it was worked out. */
  readonly id: string
  /** 1 for a working day, by day number less `first`. */
  readonly work: Uint8Array
  /** How many working days lie before each day. */
  readonly before: Int32Array
  /** How many there are up to and with each day: the same, a day on. */
  readonly through: Int32Array
  /** The day number of each working day in turn. */
  readonly days: Int32Array
  readonly first: number
  readonly editions: ReadonlyMap<number, Edition>
  readonly hours: readonly OfficeHours[]
}

/** Compiles editions; of several for one year the last stands. Years without one are provisional, from statutory holidays. */
export function compileCalendar(given: readonly Edition[], hours: readonly OfficeHours[] = []): Calendar {
  const byYear = new Map(given.map((edition) => [edition.year, edition]))
  const work = new Uint8Array(LAST - FIRST + 1)
  for (let day = FIRST; day <= LAST; day++) work[day - FIRST] = weekday(day) % 6 === 0 ? 0 : 1
  for (const [year, dates] of Object.entries(festivals))
    if (!byYear.has(Number(year))) markStatutory(work, Number(year), dates)
  for (const edition of byYear.values()) {
    for (const [from, to] of edition.off) for (let day = dayOf(from); day <= dayOf(to); day++) work[day - FIRST] = 0
    for (const date of edition.work) work[dayOf(date) - FIRST] = 1
  }
  const before = new Int32Array(work.length + 1)
  for (let place = 0; place < work.length; place++) before[place + 1] = before[place]! + work[place]!
  const days = new Int32Array(before[work.length]!)
  for (let place = 0; place < work.length; place++) if (work[place] === 1) days[before[place]!] = place + FIRST
  const published = [...byYear.values()].flatMap((edition) => edition.notices.map((notice) => notice.number))
  return {
    id: `${byYear.size}-${hash(published.join('|') + String.fromCharCode(...sample(work)) + said(hours))}`,
    work,
    before,
    through: before.subarray(1),
    days,
    first: FIRST,
    editions: byYear,
    hours: hours.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  }
}

function said(hours: readonly OfficeHours[]): string {
  return hours.length === 0 ? '' : JSON.stringify(hours)
}

function markStatutory(
  work: Uint8Array,
  year: number,
  [spring, qingming, dragonBoat, midAutumn]: readonly string[],
): void {
  const off = (date: string, from: number, to: number) => {
    for (let day = dayOf(`${year}-${date}`) + from; day <= dayOf(`${year}-${date}`) + to; day++) work[day - FIRST] = 0
  }
  off('01-01', 0, 0)
  off(spring!, -1, 2)
  off(qingming!, 0, 0)
  off('05-01', 0, 1)
  off(dragonBoat!, 0, 0)
  off(midAutumn!, 0, 0)
  off('10-01', 0, 2)
}

/** Whether the day is a working day. Throws a RangeError outside 2000–2060. */
export function isWorkday(calendar: Calendar, day: number): boolean {
  return calendar.work[place(calendar, day)] === 1
}

/** The n-th working day after a day (which itself does not count), or that day for n = 0. */
export function addWorkdays(calendar: Calendar, day: number, n: number): number {
  if (n === 0) return day
  // Outside 2000–2060 the look-ups find nothing, and nothing plus a number is no number.
  const found = calendar.days[calendar.through[day - calendar.first]! + n - 1]
  if (found === undefined) throw new RangeError('beyond the calendar (2000 to 2060)')
  return found
}

/** Working days after `from` up to and with `to`. */
export function countWorkdays(calendar: Calendar, from: number, to: number): number {
  return to <= from ? 0 : calendar.before[place(calendar, to) + 1]! - calendar.before[place(calendar, from) + 1]!
}

/**
 * The years without a published arrangement on which these days depend; days within the gaps do not matter. The next
 * year's notice may still reach back into the last days of December: then every open clock is worked out again.
 */
export function awaitedYears(
  calendar: Calendar,
  first: number,
  last: number,
  gaps: readonly (readonly [from: number, to: number])[],
): readonly number[] {
  const years: number[] = []
  for (let year = yearOf(first); year <= yearOf(last); year++) {
    if (calendar.editions.has(year)) continue
    const begins = Math.max(first, dayOf(`${year}-01-01`))
    const ends = Math.min(last, dayOf(`${year}-12-31`))
    const paused = gaps.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(b, ends) - Math.max(a, begins) + 1), 0)
    if (ends - begins + 1 > paused) years.push(year)
  }
  return years
}

/** The notice that arranged the days of a year, the latest if there were several. */
export function noticeOf(calendar: Calendar, year: number): Notice | undefined {
  return calendar.editions.get(year)?.notices.at(-1)
}

function place(calendar: Calendar, day: number): number {
  const at = day - calendar.first
  if (!(at >= 0 && at < calendar.work.length)) throw new RangeError(BEYOND)
  return at
}

function sample(work: Uint8Array): number[] {
  const sums: number[] = []
  for (let at = 0; at < work.length; at += 365)
    sums.push(work.subarray(at, at + 365).reduce((sum, one, day) => (sum * 31 + one * (day + 1)) % 65_521, 7))
  return sums
}

function hash(text: string): string {
  let sum = 2_166_136_261
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 16_777_619)
  return (sum >>> 0).toString(16).padStart(8, '0')
}

/** The calendar of the published national arrangements alone. */
export const nationalCalendar: Calendar = compileCalendar(editions)
