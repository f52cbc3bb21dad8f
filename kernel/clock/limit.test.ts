// What the law says of terms, what people get wrong, and the same answers from a slow walk through the days.
import chineseDays from 'chinese-days'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addWorkdays, compileCalendar, countWorkdays, isProvisional, isWorkday, nationalCalendar } from './calendar.ts'
import { addMonths, civil, dayOf, isCivilDate, moment, dateOf, weekday } from './date.ts'
import { editions } from './editions.ts'
import { answerClock } from './face.ts'
import { deadline, deemedAcceptance, dueDay, gapsOf, type Gaps, type Pause, type Unit } from './limit.ts'
import { sentence } from './words.ts'

const due = (unit: Unit, budget: number, from: string, pauses: Pause[] = []) =>
  deadline(nationalCalendar, { limit: { rule: 'r', unit, budget, article: 'a' }, from, pauses }, from).due

describe('what the law says', () => {
  test('the start day is excluded, make-up days count and holidays do not (行政许可法第八十二条)', () => {
    expect(due('working-day', 5, '2026-02-11')).toBe('2026-02-25')
    expect(deemedAcceptance(nationalCalendar, '2026-02-11')).toEqual({
      tellBy: '2026-02-25',
      acceptedFrom: '2026-02-11',
    })
  })
  test('a term of days that ends on a day off runs to the next working day; a make-up Saturday is no day off', () => {
    expect(due('calendar-day', 10, '2026-09-21')).toBe('2026-10-08')
    expect(due('calendar-day', 8, '2026-05-01')).toBe('2026-05-09')
    expect(due('calendar-day', 1, '2026-01-02')).toBe('2026-01-04')
  })
  test('a month ends on the same day, or on the last where there is none', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(due('month', 1, '2026-03-31')).toBe('2026-04-30')
  })
  test('an unpublished year is provisional', () => {
    const found = deadline(
      nationalCalendar,
      { limit: { rule: 'r', unit: 'working-day', budget: 20, article: 'a' }, from: '2026-12-28' },
      '2026-12-28',
    )
    expect(found.provisional).toBe(true)
    expect(found.steps.some((step) => step.kind === 'provisional' && step.year === 2027)).toBe(true)
    expect(isWorkday(nationalCalendar, dayOf('2027-10-01'))).toBe(false)
    expect(isProvisional(nationalCalendar, dayOf('2026-12-31'))).toBe(false)
  })
  test('publishing an edition moves what depended on it', () => {
    const published = compileCalendar([
      ...editions,
      {
        year: 2027,
        off: [['2027-01-01', '2027-01-05']],
        work: ['2027-01-09'],
        notices: [{ number: 'n', date: '2026-11-01', verified: true }],
      },
    ])
    const run = { limit: { rule: 'r', unit: 'working-day' as const, budget: 3, article: 'a' }, from: '2026-12-31' }
    expect(deadline(nationalCalendar, run, run.from).due).toBe('2027-01-06')
    expect(deadline(published, run, run.from)).toMatchObject({ due: '2027-01-08', provisional: false })
    expect(published.id).not.toBe(nationalCalendar.id)
  })
  test('working hours run only while the office is open', () => {
    const run = {
      limit: { rule: 'r', unit: 'working-hour' as const, budget: 4, article: 'a' },
      from: '2026-05-08T15:00:00.000+08:00',
    }
    expect(deadline(nationalCalendar, run, '2026-05-08').at).toBe('2026-05-09T11:00:00.000+08:00')
  })
  test('an open pause stops the clock and says so', () => {
    const run = {
      limit: { rule: 'r', unit: 'working-day' as const, budget: 5, article: 'a' },
      from: '2026-03-02',
      pauses: [{ from: '2026-03-04', ground: 'expert-review' }],
    }
    const found = deadline(nationalCalendar, run, '2026-03-20')
    expect(found.state).toBe('stopped')
    expect(found.left).toBe(4)
    expect(sentence(found, 'zh-CN')).toContain('已暂停')
  })
  test('states: in time, warned, overdue, ended', () => {
    const run = { limit: { rule: 'r', unit: 'working-day' as const, budget: 10, article: 'a' }, from: '2026-03-02' }
    const on = (today: string) => deadline(nationalCalendar, run, today).state
    expect([on('2026-03-03'), on('2026-03-13'), on('2026-03-16'), on('2026-03-17')]).toEqual([
      'in-time',
      'warned',
      'warned',
      'overdue',
    ])
    expect(deadline(nationalCalendar, { ...run, ended: '2026-03-10' }, '2026-06-01').state).toBe('ended')
  })
})

describe('properties', () => {
  const day = fc.integer({ min: dayOf('2007-01-01'), max: dayOf('2030-01-01') })
  const budget = fc.integer({ min: 0, max: 120 })
  const pauses = fc.array(fc.tuple(day, fc.integer({ min: 0, max: 40 })), { maxLength: 3 })
  const unit = fc.constantFrom('working-day' as const, 'calendar-day' as const, 'month' as const)

  test('adding and measuring agree', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 120 }),
        (from, n) => countWorkdays(nationalCalendar, from, addWorkdays(nationalCalendar, from, n)) === n,
      ),
      { numRuns: 5000 },
    )
  })
  test('a pause never brings a date forward, and the order of the ledger does not matter', () => {
    const listed = (gaps: readonly (readonly [number, number])[]) =>
      gaps.map(([from, length]) => ({ from: civil(from), to: civil(from + length), ground: 'g' }))
    fc.assert(
      fc.property(unit, day, fc.integer({ min: 1, max: 40 }), pauses, (of, from, n, gaps) => {
        const plain = dueDay(nationalCalendar, of, n, from)
        const paused = dueDay(nationalCalendar, of, n, from, gapsOf(listed(gaps), 0))
        expect(paused).toBeGreaterThanOrEqual(plain)
        expect(dueDay(nationalCalendar, of, n, from, gapsOf(listed(gaps.toReversed()), 0))).toBe(paused)
      }),
      { numRuns: 5000 },
    )
  })
  test('equal to walking through the days, 500,000 times', () => {
    let seed = 42
    const next = (most: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return seed % most
    }
    const first = dayOf('2007-01-01')
    const span = dayOf('2030-01-01') - first
    let different = 0
    for (let round = 0; round < 500_000; round++) {
      const of = (['working-day', 'calendar-day'] as const)[round % 2]!
      const from = first + next(span)
      const gaps: [number, number][] = Array.from({ length: next(3) }, () => {
        const begins = from - 10 + next(60)
        return [begins, begins + next(15)]
      })
      const merged = gapsOf(
        gaps.map(([a, b]) => ({ from: civil(a), to: civil(b), ground: 'g' })),
        0,
      )
      const n = next(60) + 1
      if (dueDay(nationalCalendar, of, n, from, merged) !== walk(of, n, from, gaps)) different += 1
    }
    expect(different).toBe(0)
  })
  test('dates there and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -200_000, max: 200_000 }),
        (n) => dayOf(civil(n)) === n && civil(n) === new Date(n * 86_400_000).toISOString().slice(0, 10),
      ),
    )
    fc.assert(
      fc.property(budget, day, (n, from) => weekday(from) === new Date(from * 86_400_000).getUTCDay() && n >= 0),
    )
    expect(isCivilDate('2026-02-29')).toBe(false)
    expect(isCivilDate('2024-02-29')).toBe(true)
    expect(dateOf(moment(Date.parse('2026-05-08T23:30:00Z')))).toBe('2026-05-09')
    expect(dateOf('2026-05-08T23:30:00Z')).toBe('2026-05-09')
  })
  /** One day after another, each looked at by itself. */
  function walk(of: 'working-day' | 'calendar-day', n: number, from: number, gaps: Gaps): number {
    const paused = (at: number) => gaps.some(([a, b]) => a <= at && at <= b)
    const counts = (at: number) => !paused(at) && (of === 'calendar-day' || isWorkday(nationalCalendar, at))
    let at = from
    let left = n
    while (left > 0) if (counts(++at)) left -= 1
    while (of === 'calendar-day' && (!isWorkday(nationalCalendar, at) || paused(at))) at += 1
    return at
  }
})

test('every day from 2018 to 2026 is a working day exactly where chinese-days says so', () => {
  for (let at = dayOf('2018-01-01'); at <= dayOf('2026-12-31'); at++)
    expect(isWorkday(nationalCalendar, at), civil(at)).toBe(chineseDays.isWorkday(civil(at)))
})

test('bad input is refused by field', () => {
  const ask = (over: object) =>
    answerClock(nationalCalendar, { unit: 'working-day', budget: 5, from: '2026-02-11', ...over })
  expect(ask({})).toMatchObject({ due: '2026-02-25', provisional: false })
  expect(ask({ unit: 'week' })).toMatchObject({ field: 'unit' })
  expect(ask({ budget: 1.5 })).toMatchObject({ field: 'budget' })
  expect(ask({ from: '2026-02-30' })).toMatchObject({ field: 'from' })
  expect(ask({ pauses: [['2026-02-12', '2026-02-10']] })).toMatchObject({ field: 'pauses' })
  expect(ask({ from: '1800-01-01' })).toMatchObject({ refused: 'beyond-the-calendar' })
})
