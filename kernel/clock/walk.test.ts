// The same deadlines from a slow walk, day by day and minute by minute; and what is provisional is what a notice could change.
import { expect, test } from 'vitest'
import { compileCalendar, isWorkday, nationalCalendar, type Calendar } from './calendar.ts'
import { civil, dayOf, moment, momentIn } from './date.ts'
import { editions } from './editions.ts'
import { usualHours } from './hours.ts'
import { deadline, dueDay, gapsOf, type Gaps, type Unit } from './limit.ts'

type Case = { readonly unit: Unit; readonly budget: number; readonly from: number; readonly gaps: [number, number][] }
type Works = (day: number) => boolean

/** Cases without end, the same in every run. */
function* cases(units: readonly Unit[], first: string, last: string, most: number): Generator<Case> {
  let seed = 42
  const next = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  for (;;) {
    const from = dayOf(first) + next(dayOf(last) - dayOf(first))
    const gaps = Array.from({ length: next(4) }, (): [number, number] => {
      const begins = from - 10 + next(60)
      return [begins, begins + next(15)]
    })
    yield { unit: units[next(units.length)]!, budget: 1 + next(most), from, gaps }
  }
}

const paused = (gaps: Gaps, day: number) => gaps.some(([first, last]) => first <= day && day <= last)
const listed = (gaps: Gaps) => gaps.map(([a, b]) => ({ from: civil(a), to: civil(b), ground: 'g' }))

/** One day after another, each looked at by itself. */
function walk({ unit, budget, from, gaps }: Case, works: Works): number {
  let day = from
  if (unit === 'working-day') {
    for (let left = budget; left > 0;) if (works(++day) && !paused(gaps, day)) left -= 1
    return day
  }
  for (let left = unit === 'month' ? monthsOn(from, budget) - from : budget; left > 0;)
    if (!paused(gaps, ++day)) left -= 1
  while (!works(day) || paused(gaps, day)) day += 1
  return day
}

/** The same day some months later, by asking the platform's own calendar for the last that is there. */
function monthsOn(from: number, months: number): number {
  const [year, month, day] = civil(from).split('-').map(Number) as [number, number, number]
  for (let wanted = day; ; wanted--) {
    const date = new Date(Date.UTC(year, month - 1 + months, wanted))
    if (date.getUTCDate() === wanted) return date.getTime() / 86_400_000
  }
}

/** Half an hour after another, from the first minute of the day after the first. */
function walkHours({ budget, from, gaps }: Case, works: Works): number {
  let left = budget * 2
  for (let day = from + 1; ; day++) {
    if (!works(day) || paused(gaps, day)) continue
    for (let minute = 0; minute < 1440; minute += 30) {
      if (usualHours.some(([opens, closes]) => opens <= minute && minute < closes)) left -= 1
      if (left === 0) return momentIn(day, minute + 30)
    }
  }
}

const works = (day: number) => isWorkday(nationalCalendar, day)

test('days, working days and months: 500,000 times the same', () => {
  const given = cases(['working-day', 'calendar-day', 'month'], '2007-01-01', '2030-01-01', 60)
  const different: Case[] = []
  for (let round = 0; round < 500_000; round++) {
    const { value: one } = given.next() as { value: Case }
    const budget = one.unit === 'month' ? 1 + (one.budget % 14) : one.budget
    const merged = gapsOf(listed(one.gaps), 0)
    const found = dueDay(nationalCalendar, one.unit as 'month', budget, one.from, merged)
    if (found !== walk({ ...one, budget }, works)) different.push(one)
  }
  expect(different).toEqual([])
})

test('working hours: 50,000 times the same', () => {
  const given = cases(['working-hour'], '2007-01-01', '2030-01-01', 80)
  const different: Case[] = []
  for (let round = 0; round < 50_000; round++) {
    const { value: one } = given.next() as { value: Case }
    const limit = { rule: 'r', unit: one.unit, budget: one.budget, article: 'a' }
    const run = { limit, from: civil(one.from), pauses: listed(one.gaps) }
    if (deadline(nationalCalendar, run, run.from).at !== moment(walkHours(one, works))) different.push(one)
  }
  expect(different).toEqual([])
})

test('a date is provisional exactly where one day of an unarranged year, turned round, would move it', () => {
  const years = [2008, 2010, 2011, 2013]
  const calendar: Calendar = compileCalendar(editions.filter(({ year }) => years.includes(year)))
  const units = ['working-day', 'calendar-day', 'month', 'working-hour'] as const
  const given = cases(units, '2007-10-01', '2014-03-01', 90)
  const seen = { true: 0, false: 0 }
  for (let round = 0; round < 8000; round++) {
    const { value: one } = given.next() as { value: Case }
    const budget = one.unit === 'month' ? 1 + (one.budget % 5) : one.budget
    const limit = { rule: 'r', unit: one.unit, budget, article: 'a' }
    const { provisional, due, at } = deadline(
      calendar,
      { limit, from: civil(one.from), pauses: listed(one.gaps) },
      civil(one.from),
    )
    const step = (turned: number) => {
      const then = (day: number) => isWorkday(calendar, day) !== (day === turned)
      const found = { ...one, budget }
      return one.unit === 'working-hour' ? moment(walkHours(found, then)) : civil(walk(found, then))
    }
    let moves = false
    for (let day = one.from; day <= dayOf(due) && !moves; day++)
      if (!years.includes(Number(civil(day).slice(0, 4))))
        moves = step(day) !== (one.unit === 'working-hour' ? at : due)
    expect([provisional, one], JSON.stringify(one)).toEqual([moves, one])
    seen[`${moves}`] += 1
  }
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(1000)
})
