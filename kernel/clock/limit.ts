// The legal clock: a budget of days, the pauses and extensions that move its end, and the derivation of the date.
import { addWorkdays, awaitedYears, countWorkdays, isWorkday, noticeOf, type Calendar } from './calendar.ts'
import {
  addMonths,
  civil,
  dateOf,
  dayOf,
  endOfDay,
  moment,
  momentIn,
  yearOf,
  type CivilDate,
  type Moment,
} from './date.ts'
import type { Notice } from './editions.ts'
import { afterHours, hoursOn, openTime, type Span } from './hours.ts'

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

export type Aside = 'unit' | 'subject'

export type Run = {
  readonly limit: Limit
  /** The start day, which does not count (民法典第二百零一条); for working hours the moment from which they run, where it is known. */
  readonly from: string
  readonly pauses?: readonly Pause[] | undefined
  readonly extensions?: readonly Extension[] | undefined
  /** A civil date, or for working hours a moment. */
  readonly ended?: string | undefined
  /**
   * Owed by others than the unit that owns the record, by another unit or by the one whose matter it is: it is shown and
   * reminded of, but the record is not due by it.
   */
  readonly aside?: Aside | undefined
}

export type Step =
  | {
      readonly kind: 'start'
      readonly date: CivilDate
      /** For working hours: they run from the moment on. */
      readonly at?: Moment
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
  | { readonly kind: 'off'; readonly from: CivilDate; readonly to: CivilDate; readonly notice: Notice }
  | { readonly kind: 'make-up'; readonly date: CivilDate; readonly notice: Notice }
  /** Within which hours time runs, from the first day on or, where they are others by then, on the last. */
  | { readonly kind: 'hours'; readonly date: CivilDate; readonly spans: readonly Span[] }
  | { readonly kind: 'roll'; readonly from: CivilDate; readonly to: CivilDate }
  | { readonly kind: 'provisional'; readonly year: number }
  | { readonly kind: 'due'; readonly date: CivilDate; readonly makeUp: boolean; readonly at?: Moment }

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
  readonly aside?: Aside
  /** Past its end, or ended after it; on a day off it is late though nothing of the unit has passed. */
  readonly late: boolean
  /** The due day is a Saturday or Sunday on which one works. */
  readonly makeUp: boolean
  /** The derivation; worked out when it is read. */
  readonly steps: readonly Step[]
}

/** Days of pause as day numbers, first and last, sorted and without overlap. */
export type Gaps = readonly (readonly [from: number, to: number])[]

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
    // A term of no days that begins on a day off ends on the day after it, too.
    while (budget === 0 && !isWorkday(calendar, due)) due += 1
    for (const [first, last] of gaps) {
      if (first > due) break
      const begins = Math.max(first, from + 1)
      if (last >= begins) due = addWorkdays(calendar, due, countWorkdays(calendar, begins - 1, last))
    }
    return due
  }
  let due = lastDay(unit, budget, from, gaps)
  // 民法典第二百零三条: a term whose last day is a day off ends on the day after it; a paused day cannot end it either.
  while (!isWorkday(calendar, due) || gaps.some(([first, last]) => first <= due && due <= last)) due += 1
  return due
}

/** Where a term of days or months would end, were no day a day off. */
function lastDay(unit: 'calendar-day' | 'month', budget: number, from: number, gaps: Gaps): number {
  let due = unit === 'month' ? dayOf(addMonths(civil(from), budget)) : from + budget
  for (const [first, last] of gaps) {
    if (first > due) break
    const begins = Math.max(first, from + 1)
    if (last >= begins) due += last - begins + 1
  }
  return due
}

/** The deadline of a run, with how much is used and left at a moment (a civil date is its beginning), and its derivation. */
export function deadline(calendar: Calendar, run: Run, now: Moment): Deadline {
  const { unit, budget } = run.limit
  const from = dayOf(dateOf(run.from))
  const today = Math.max(dayOf(dateOf(run.ended ?? now)), from)
  const gaps = gapsOf(run.pauses ?? [], today)
  const total = budget + (run.extensions ?? []).reduce((sum, one) => sum + one.budget, 0)
  const found =
    unit === 'working-hour' ? inHours(calendar, run, total, now, gaps) : inDays(calendar, run, total, today, gaps)
  const { at, left, first, all, late } = found
  const day = dayOf(dateOf(at))
  const awaited = awaitedYears(calendar, first, day, gaps)
  const stopped = (run.pauses ?? []).some((pause) => pause.to === undefined) && run.ended === undefined
  // What has lapsed already is late, whether or not time stands still now.
  const running = left <= Math.max(1, all * 0.2) ? 'warned' : 'in-time'
  return {
    due: civil(day),
    at,
    unit,
    provisional: awaited.length > 0,
    total: all,
    used: Math.max(0, all - left),
    left,
    state: run.ended !== undefined ? 'ended' : late ? 'overdue' : stopped ? 'stopped' : running,
    late,
    ...(run.aside && { aside: run.aside }),
    get makeUp() {
      return isMakeUp(calendar, day)
    },
    get steps() {
      return derive(calendar, run, from, at, total, gaps, dateOf(now), awaited)
    },
  }
}

type Found = {
  readonly at: Moment
  readonly left: number
  readonly all: number
  readonly late: boolean
  /** The first of the days whose kind decides when the term ends; the due day is the last. */
  readonly first: number
}

function inDays(calendar: Calendar, run: Run, total: number, today: number, gaps: Gaps): Found {
  const { unit } = run.limit
  const from = dayOf(dateOf(run.from))
  const due = dueDay(calendar, unit as 'month', total, from, gaps)
  const working = unit === 'working-day'
  return {
    at: endOfDay(civil(due)),
    left: between(calendar, today, due, gaps, working),
    all: working ? total : Math.max(1, between(calendar, from, due, gaps, false)),
    late: today > due,
    first: working ? from + 1 : lastDay(unit as 'month', total, from, gaps),
  }
}

const HOUR = 3_600_000

function inHours(calendar: Calendar, run: Run, total: number, now: Moment, gaps: Gaps): Found {
  const from = begunAt(run.from)
  const due = afterHours(calendar, from, total * HOUR, gaps)
  const then = Math.max(from, millisecondsOf(run.ended ?? now))
  return {
    at: moment(due),
    left: openTime(calendar, then, due, gaps) / HOUR,
    all: total,
    late: then > due,
    first: dayOf(dateOf(moment(from))),
  }
}

/** Hours run from the moment (民法典第二百零一条第二款); where only the day is known, it does not count. */
function begunAt(from: string): number {
  return from.length === 10 ? momentIn(dayOf(from) + 1, 0) : Date.parse(from)
}

function millisecondsOf(at: Moment): number {
  return at.length === 10 ? momentIn(dayOf(at), 0) : Date.parse(at)
}

/**
 * 行政许可法第三十二条: not told within five working days what to correct, an application counts as accepted from receipt. Whoever
 * was told in time waits for what he corrects, and nothing is deemed; `told` is absent where nobody has told him.
 */
export function deemedAcceptance(
  calendar: Calendar,
  received: CivilDate,
  told?: CivilDate,
  days = 5,
): { readonly tellBy: CivilDate; readonly acceptedFrom: CivilDate | undefined } {
  const tellBy = civil(dueDay(calendar, 'working-day', days, dayOf(received)))
  return { tellBy, acceptedFrom: told !== undefined && told <= tellBy ? undefined : received }
}

/** Days (or working days) after `from` up to `to` that are not paused; negative when `to` lies before. */
function between(calendar: Calendar, from: number, to: number, gaps: Gaps, working: boolean): number {
  const [low, high] = from <= to ? [from, to] : [to, from]
  const count = (a: number, b: number) => (b <= a ? 0 : working ? countWorkdays(calendar, a, b) : b - a)
  let days = count(low, high)
  for (const [first, last] of gaps) days -= count(Math.max(low, first - 1), Math.min(high, last))
  return from <= to || days === 0 ? days : -days
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

function derive(
  calendar: Calendar,
  run: Run,
  from: number,
  at: Moment,
  total: number,
  gaps: Gaps,
  today: CivilDate,
  awaited: readonly number[],
): Step[] {
  const { unit, budget, article } = run.limit
  const hours = unit === 'working-hour'
  const due = dayOf(dateOf(at))
  const since = hours && run.from.length > 10 ? { at: moment(begunAt(run.from)) } : {}
  const steps: Step[] = [{ kind: 'start', date: civil(from), budget, unit, article, ...since }]
  if (hours) steps.push(...officeHours(calendar, from, due))
  for (const one of run.extensions ?? [])
    steps.push({ kind: 'extension', budget: one.budget, unit, by: one.by, reason: one.reason, on: one.on })
  for (const pause of run.pauses ?? []) {
    // One that begins tomorrow has no day yet.
    const to = pause.to ?? (today < pause.from ? civil(dayOf(pause.from) - 1) : today)
    const days =
      unit === 'working-day'
        ? countWorkdays(calendar, dayOf(pause.from) - 1, dayOf(to))
        : dayOf(to) - dayOf(pause.from) + 1
    steps.push({ kind: 'pause', from: pause.from, to, open: pause.to === undefined, ground: pause.ground, days })
  }
  if (unit === 'working-day' || hours) steps.push(...holidays(calendar, hours ? from : from + 1, due))
  else {
    const last = lastDay(unit, total, from, gaps)
    if (last < due) steps.push({ kind: 'roll', from: civil(last), to: civil(due) })
  }
  for (const year of awaited) steps.push({ kind: 'provisional', year })
  return [...steps, { kind: 'due', date: civil(due), makeUp: isMakeUp(calendar, due), ...(hours && { at }) }]
}

function officeHours(calendar: Calendar, from: number, due: number): Step[] {
  const [first, last] = [hoursOn(calendar, from), hoursOn(calendar, due)]
  const step = (day: number, spans: readonly Span[]): Step => ({ kind: 'hours', date: civil(day), spans })
  return String(first) === String(last) ? [step(from, first)] : [step(from, first), step(due, last)]
}

/** The days in between that are not as their weekday would have them, holidays as whole blocks. */
function holidays(calendar: Calendar, from: number, to: number): Step[] {
  const steps: Step[] = []
  // A year's arrangement may begin in the last days of the year before.
  for (let year = yearOf(from); year <= yearOf(to) + 1; year++) {
    const edition = calendar.editions.get(year)
    if (!edition) continue
    const notice = noticeOf(calendar, edition.year)!
    for (const [first, last] of edition.off)
      if (dayOf(last) >= from && dayOf(first) <= to) steps.push({ kind: 'off', from: first, to: last, notice })
    for (const date of edition.work)
      if (dayOf(date) >= from && dayOf(date) <= to) steps.push({ kind: 'make-up', date, notice })
  }
  const dateOfStep = (step: Step) => ('from' in step ? step.from : 'date' in step ? step.date : '')
  return steps.toSorted((a, b) => (dateOfStep(a) < dateOfStep(b) ? -1 : 1))
}

/** A Saturday or Sunday on which one works (调休补班); one in December may be arranged with the year that follows. */
export function isMakeUp(calendar: Calendar, day: number): boolean {
  const year = yearOf(day)
  return (
    isWorkday(calendar, day) &&
    [year, year + 1].some((one) => calendar.editions.get(one)?.work.includes(civil(day)) === true)
  )
}
