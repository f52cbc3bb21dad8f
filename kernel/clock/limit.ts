// The legal clock: a budget of days, the pauses and extensions that move its end, and the derivation of the date.
import { addWorkdays, countWorkdays, isProvisional, isWorkday, noticeOf, type Calendar } from './calendar.ts'
import { addMonths, civil, dateOf, dayOf, endOfDay, moment, type CivilDate, type Moment } from './date.ts'

export type Unit = 'working-day' | 'calendar-day' | 'month' | 'working-hour'

export type Limit = { readonly rule: string; readonly unit: Unit; readonly budget: number; readonly article: string }

/** Days that do not count, first to last, with the legal ground; open-ended while it lasts. */
export type Pause = {
  readonly from: CivilDate
  readonly to?: CivilDate | undefined
  readonly ground: string
  readonly article?: string | undefined
}

/** More of the same unit, granted by a named person for a reason. */
export type Extension = {
  readonly budget: number
  readonly by: string
  readonly reason: string
  readonly on: CivilDate
  readonly article?: string | undefined
}

export type Run = {
  readonly limit: Limit
  /** The start day, which does not count (民法典第二百零一条): a civil date, or for working hours a moment. */
  readonly from: string
  readonly pauses?: readonly Pause[] | undefined
  readonly extensions?: readonly Extension[] | undefined
  readonly ended?: CivilDate | undefined
}

export type Step =
  | {
      readonly kind: 'start'
      readonly date: CivilDate
      readonly budget: number
      readonly unit: Unit
      readonly article: string
    }
  | {
      readonly kind: 'extension'
      readonly budget: number
      readonly unit: Unit
      readonly by: string
      readonly reason: string
      readonly on: CivilDate
    }
  | {
      readonly kind: 'pause'
      readonly from: CivilDate
      readonly to: CivilDate
      readonly open: boolean
      readonly ground: string
      readonly days: number
    }
  | { readonly kind: 'off'; readonly from: CivilDate; readonly to: CivilDate; readonly notice: string }
  | { readonly kind: 'make-up'; readonly date: CivilDate; readonly notice: string }
  | { readonly kind: 'roll'; readonly from: CivilDate; readonly to: CivilDate }
  | { readonly kind: 'provisional'; readonly year: number }
  | { readonly kind: 'due'; readonly date: CivilDate; readonly makeUp: boolean }

export type Deadline = {
  readonly due: CivilDate
  /** The moment at which it lapses. */
  readonly at: Moment
  readonly unit: Unit
  /** Depends on a year whose holidays have not been arranged yet. */
  readonly provisional: boolean
  readonly total: number
  readonly used: number
  /** What is left, in the unit (days for months); negative when overdue. */
  readonly left: number
  readonly state: 'in-time' | 'warned' | 'overdue' | 'stopped' | 'ended'
  /** The derivation; worked out when it is read. */
  readonly steps: readonly Step[]
}

/** Days of pause as day numbers, first and last, sorted and without overlap. */
export type Gaps = readonly (readonly [from: number, to: number])[]

/** The hours of a working day in minutes; data, since each city keeps its own. */
export const workingHours: readonly (readonly [from: number, to: number])[] = [
  [9 * 60, 12 * 60],
  [13 * 60 + 30, 17 * 60],
]

/** The day number on which a term ends. The fast path: numbers in, a number out. */
export function dueDay(
  calendar: Calendar,
  unit: Exclude<Unit, 'working-hour'>,
  budget: number,
  from: number,
  gaps: Gaps = [],
): number {
  if (unit === 'working-day') {
    let due = addWorkdays(calendar, from, budget)
    for (const [first, last] of gaps) {
      if (first > due) break
      const begins = Math.max(first, from + 1)
      if (last >= begins) due = addWorkdays(calendar, due, countWorkdays(calendar, begins - 1, last))
    }
    return due
  }
  let due = unit === 'month' ? dayOf(addMonths(civil(from), budget)) : from + budget
  for (const [first, last] of gaps) {
    if (first > due) break
    const begins = Math.max(first, from + 1)
    if (last >= begins) due += last - begins + 1
  }
  // 民法典第二百零三条: a term whose last day is a day off ends on the day after it; a paused day cannot end it either.
  while (!isWorkday(calendar, due) || gaps.some(([first, last]) => first <= due && due <= last)) due += 1
  return due
}

/** The deadline of a run, with how much is used and left on a day, and its derivation. */
export function deadline(calendar: Calendar, run: Run, today: CivilDate): Deadline {
  const start = dateOf(run.from)
  const from = dayOf(start)
  const now = Math.max(dayOf(run.ended ?? today), from)
  const gaps = gapsOf(run.pauses ?? [], now)
  const total = run.limit.budget + (run.extensions ?? []).reduce((sum, one) => sum + one.budget, 0)
  const hours = run.limit.unit === 'working-hour'
  const at = hours
    ? hourDue(calendar, run.from, total, gaps)
    : endOfDay(civil(dueDay(calendar, run.limit.unit as 'month', total, from, gaps)))
  const due = dateOf(at)
  const day = dayOf(due)
  const { unit } = run.limit
  const left =
    unit === 'working-day'
      ? between(calendar, now, day, gaps, true)
      : unit === 'working-hour'
        ? Math.sign(day - now) * countWorkdays(calendar, Math.min(now, day), Math.max(now, day)) * 6.5
        : between(calendar, now, day, gaps, false)
  const all = unit === 'working-day' || hours ? total : Math.max(1, between(calendar, from, day, gaps, false))
  const stopped = (run.pauses ?? []).some((pause) => pause.to === undefined) && run.ended === undefined
  const overdue = now > day
  const state =
    run.ended !== undefined
      ? 'ended'
      : stopped
        ? 'stopped'
        : overdue
          ? 'overdue'
          : left <= Math.max(1, all * 0.2)
            ? 'warned'
            : 'in-time'
  return {
    due,
    at,
    unit,
    provisional: isProvisional(calendar, day),
    total: all,
    used: Math.max(0, all - left),
    left,
    state,
    get steps() {
      return derive(calendar, run, from, day, total, gaps, today)
    },
  }
}

/** 行政许可法第三十二条: not told within five working days what to correct, an application counts as accepted from receipt. */
export function deemedAcceptance(
  calendar: Calendar,
  received: CivilDate,
  days = 5,
): { readonly tellBy: CivilDate; readonly acceptedFrom: CivilDate } {
  return { tellBy: civil(dueDay(calendar, 'working-day', days, dayOf(received))), acceptedFrom: received }
}

/** Days (or working days) after `from` up to `to` that are not paused; negative when `to` lies before. */
function between(calendar: Calendar, from: number, to: number, gaps: Gaps, working: boolean): number {
  const [low, high] = from <= to ? [from, to] : [to, from]
  const count = (a: number, b: number) => (b <= a ? 0 : working ? countWorkdays(calendar, a, b) : b - a)
  let days = count(low, high)
  for (const [first, last] of gaps) days -= count(Math.max(low, first - 1), Math.min(high, last))
  return from <= to ? days : -days
}

/** Pauses as gaps: overlapping ones counted once; one that still lasts is taken to last until now. */
export function gapsOf(pauses: readonly Pause[], now: number): Gaps {
  const sorted = pauses
    .map((pause) => [dayOf(pause.from), pause.to === undefined ? now : dayOf(pause.to)] as const)
    .filter(([first, last]) => first <= last)
    .toSorted((a, b) => a[0] - b[0])
  const gaps: [number, number][] = []
  for (const [first, last] of sorted) {
    const before = gaps.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else gaps.push([first, last])
  }
  return gaps
}

function hourDue(calendar: Calendar, from: string, hours: number, gaps: Gaps): Moment {
  const begins = Date.parse(from.length === 10 ? `${from}T00:00:00.000+08:00` : from)
  let day = dayOf(dateOf(from))
  let minute = Math.floor((begins - Date.parse(`${civil(day)}T00:00:00.000+08:00`)) / 60_000)
  let left = hours * 60
  for (;;) {
    const counts = isWorkday(calendar, day) && !gaps.some(([first, last]) => first <= day && day <= last)
    for (const [opens, closes] of counts ? workingHours : []) {
      const start = Math.max(minute, opens)
      if (start >= closes) continue
      if (left <= closes - start)
        return moment(Date.parse(`${civil(day)}T00:00:00.000+08:00`) + (start + left) * 60_000)
      left -= closes - start
    }
    day += 1
    minute = 0
  }
}

function derive(
  calendar: Calendar,
  run: Run,
  from: number,
  due: number,
  total: number,
  gaps: Gaps,
  today: CivilDate,
): Step[] {
  const { unit, budget, article } = run.limit
  const steps: Step[] = [{ kind: 'start', date: civil(from), budget, unit, article }]
  for (const one of run.extensions ?? [])
    steps.push({ kind: 'extension', budget: one.budget, unit, by: one.by, reason: one.reason, on: one.on })
  for (const pause of run.pauses ?? []) {
    const to = pause.to ?? (today < pause.from ? pause.from : today)
    const days =
      unit === 'working-day'
        ? countWorkdays(calendar, dayOf(pause.from) - 1, dayOf(to))
        : dayOf(to) - dayOf(pause.from) + 1
    steps.push({ kind: 'pause', from: pause.from, to, open: pause.to === undefined, ground: pause.ground, days })
  }
  if (unit === 'working-day' || unit === 'working-hour') steps.push(...holidays(calendar, from + 1, due))
  else {
    const flat = unit === 'month' ? dayOf(addMonths(civil(from), total)) : from + total
    const paused = gaps.reduce(
      (sum, [first, last]) =>
        first > due || last <= from ? sum : sum + Math.min(last, due) - Math.max(first, from + 1) + 1,
      0,
    )
    if (flat + paused < due) steps.push({ kind: 'roll', from: civil(flat + paused), to: civil(due) })
  }
  for (let year = Number(civil(from).slice(0, 4)); year <= Number(civil(due).slice(0, 4)); year++)
    if (!calendar.editions.has(year)) steps.push({ kind: 'provisional', year })
  return [...steps, { kind: 'due', date: civil(due), makeUp: isMakeUp(calendar, due) }]
}

/** The days in between that are not as their weekday would have them, holidays as whole blocks. */
function holidays(calendar: Calendar, from: number, to: number): Step[] {
  const steps: Step[] = []
  for (const edition of calendar.editions.values()) {
    const notice = noticeOf(calendar, `${edition.year}-01-01`)?.number ?? ''
    for (const [first, last] of edition.off)
      if (dayOf(last) >= from && dayOf(first) <= to) steps.push({ kind: 'off', from: first, to: last, notice })
    for (const date of edition.work)
      if (dayOf(date) >= from && dayOf(date) <= to) steps.push({ kind: 'make-up', date, notice })
  }
  const dateOfStep = (step: Step) => ('from' in step ? step.from : 'date' in step ? step.date : '')
  return steps.toSorted((a, b) => (dateOfStep(a) < dateOfStep(b) ? -1 : 1))
}

/** A Saturday or Sunday on which one works (调休补班). */
export function isMakeUp(calendar: Calendar, day: number): boolean {
  return (
    isWorkday(calendar, day) &&
    calendar.editions.get(Number(civil(day).slice(0, 4)))?.work.includes(civil(day)) === true
  )
}
