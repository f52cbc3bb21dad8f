// What the law says of terms, what people get wrong, and what holds of every term whatever its days.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addWorkdays, compileCalendar, countWorkdays, isWorkday, nationalCalendar } from './calendar.ts'
import { addMonths, civil, dayOf, isCivilDate, moment, dateOf, weekday } from './date.ts'
import { editions } from './editions.ts'
import { answerClock } from './face.ts'
import { deadline, deemedAcceptance, type Extension, type Pause, type Unit } from './limit.ts'
import { explain, sentence } from './words.ts'

const due = (unit: Unit, budget: number, from: string, pauses: Pause[] = []) =>
  deadline(nationalCalendar, { limit: { rule: 'r', unit, budget, article: 'a' }, from, pauses }, from).due

describe('what the law says', () => {
  test('the start day is excluded, make-up days count and holidays do not (行政许可法第八十二条)', () => {
    expect(due('working-day', 5, '2026-02-11')).toBe('2026-02-25')
  })
  test('not told within five working days, it counts as accepted from receipt, not from the sixth day (第三十二条)', () => {
    const deemed = deemedAcceptance(nationalCalendar, '2026-02-11')
    expect(deemed).toEqual({ tellBy: '2026-02-25', acceptedFrom: '2026-02-11' })
    expect(deemedAcceptance(nationalCalendar, '2026-02-11', '2026-02-26')).toEqual(deemed)
    for (const told of ['2026-02-11', '2026-02-25'])
      expect(deemedAcceptance(nationalCalendar, '2026-02-11', told).acceptedFrom).toBeUndefined()
    expect(due('working-day', 20, deemed.acceptedFrom!)).toBe('2026-03-17')
    expect(due('working-day', 20, deemed.tellBy)).toBe('2026-03-24')
  })
  test('a term of days that ends on a day off runs to the next working day; a make-up Saturday is no day off', () => {
    expect(due('calendar-day', 10, '2026-09-21')).toBe('2026-10-08')
    expect(due('calendar-day', 8, '2026-05-01')).toBe('2026-05-09')
    expect(due('calendar-day', 1, '2026-01-02')).toBe('2026-01-04')
  })
  test('what is promised for the same day is due on the next working day where that day is one off', () => {
    expect(due('working-day', 0, '2026-02-13')).toBe('2026-02-13')
    expect(due('working-day', 0, '2026-02-15')).toBe('2026-02-24')
    expect(due('calendar-day', 0, '2026-02-15')).toBe('2026-02-24')
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
  test('a make-up day in December is one, though the notice of the year that follows arranged it', () => {
    const notices = [{ number: 'n', date: '2026-11-01', verified: true }]
    const off = [['2026-12-31', '2027-01-03']] as const
    const calendar = compileCalendar([...editions, { year: 2027, off, work: ['2026-12-26'], notices }])
    const run = { limit: { rule: 'r', unit: 'working-day' as const, budget: 1, article: 'a' }, from: '2026-12-25' }
    const found = deadline(calendar, run, run.from)
    expect(found).toMatchObject({ due: '2026-12-26', makeUp: true })
    expect(found.steps.at(-1)).toMatchObject({ kind: 'due', makeUp: true })
    expect(sentence(found, 'zh-CN')).toContain('补班')
  })
  test('a date that is provisional says so however it stands', () => {
    const run = { limit: { rule: 'r', unit: 'working-day' as const, budget: 3, article: 'a' }, from: '2027-01-04' }
    const ways = [
      deadline(nationalCalendar, run, '2027-01-05'),
      deadline(nationalCalendar, run, '2027-02-05'),
      deadline(nationalCalendar, { ...run, ended: '2027-01-05' }, '2027-02-05'),
      deadline(nationalCalendar, { ...run, ended: '2027-01-15' }, '2027-02-05'),
    ]
    expect(ways.map((one) => one.state)).toEqual(['in-time', 'overdue', 'ended', 'ended'])
    for (const one of ways) {
      expect(sentence(one, 'zh-CN')).toContain('暂定')
      expect(sentence(one, 'en')).toContain('provisional')
    }
  })
  test('a year that no notice arranges matters only where its days are looked at', () => {
    const between = compileCalendar([...editions, { ...editions.at(-1)!, year: 2028, off: [], work: [] }])
    const provisional = (of: Unit, budget: number, from: string, pauses: Pause[] = []) =>
      deadline(between, { limit: { rule: 'r', unit: of, budget, article: 'a' }, from, pauses }, from).provisional
    expect(provisional('working-day', 260, '2026-12-31')).toBe(true)
    expect(provisional('calendar-day', 400, '2026-12-31')).toBe(false)
    expect(provisional('month', 13, '2026-12-31')).toBe(false)
    expect(provisional('calendar-day', 365, '2026-12-31')).toBe(true)
    const away = [{ from: '2027-01-01', to: '2027-12-31', ground: 'g' }]
    expect(provisional('working-day', 10, '2026-12-31', away)).toBe(false)
    expect(provisional('working-day', 10, '2026-12-31', [{ ...away[0]!, to: '2027-12-30' }])).toBe(true)
    expect(provisional('working-hour', 80, '2027-12-30')).toBe(true)
    expect(provisional('working-hour', 80, '2027-12-31')).toBe(false)
    expect(provisional('working-day', 10, '2027-12-31')).toBe(false)
  })
  test('working hours run only while the office is open', () => {
    const run = {
      limit: { rule: 'r', unit: 'working-hour' as const, budget: 4, article: 'a' },
      from: '2026-05-08T15:00:00.000+08:00',
    }
    expect(deadline(nationalCalendar, run, '2026-05-08').at).toBe('2026-05-09T11:00:00.000+08:00')
    const words = deadline(nationalCalendar, run, run.from).steps.map((step) => explain(step, 'en'))
    expect(words[0]).toMatch(/^Counted from Fri 8 May 2026, 15:00, in office hours only/)
    expect(words.at(-1)).toBe('Due: Sat 9 May 2026 (make-up working day), 11:00.')
  })
  test('working hours that are left are counted to the minute, and so is lateness', () => {
    const run = {
      limit: { rule: 'r', unit: 'working-hour' as const, budget: 4, article: 'a' },
      from: '2026-05-08T15:00:00.000+08:00',
    }
    const at = (now: string, ended?: string) => {
      const { left, used, state } = deadline(nationalCalendar, { ...run, ended }, `${now}:00.000+08:00`)
      return [left, used, state]
    }
    expect(at('2026-05-08T15:00')).toEqual([4, 0, 'in-time'])
    expect(at('2026-05-08T16:30')).toEqual([2.5, 1.5, 'in-time'])
    expect(at('2026-05-08T22:00')).toEqual([2, 2, 'in-time'])
    expect(at('2026-05-09T10:15')).toEqual([0.75, 3.25, 'warned'])
    expect(at('2026-05-09T11:00')).toEqual([0, 4, 'warned'])
    expect(at('2026-05-09T11:30')).toEqual([-0.5, 4.5, 'overdue'])
    expect(at('2026-05-11T10:00')).toEqual([-5.5, 9.5, 'overdue'])
    expect(at('2026-05-11T10:00', '2026-05-09T10:00:00.000+08:00')).toEqual([1, 3, 'ended'])
  })
  test('a city keeps its own hours from one day to another', () => {
    const summer = { from: '2026-06-01', to: '2026-08-31', spans: [[8 * 60, 14 * 60]] as const }
    const city = compileCalendar(editions, [summer])
    expect(city.id).not.toBe(nationalCalendar.id)
    const run = (from: string) => ({
      limit: { rule: 'r', unit: 'working-hour' as const, budget: 7, article: 'a' },
      from,
    })
    expect(deadline(city, run('2026-05-31'), '2026-05-31').at).toBe('2026-06-02T09:00:00.000+08:00')
    expect(deadline(city, run('2026-08-31'), '2026-08-31').at).toBe('2026-09-02T09:30:00.000+08:00')
    expect(deadline(city, run('2026-08-31T13:00:00.000+08:00'), '2026-08-31').at).toBe('2026-09-01T16:30:00.000+08:00')
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
    const said = (today: string) =>
      deadline(nationalCalendar, run, today).steps.flatMap((step) =>
        step.kind === 'pause' ? explain(step, 'zh-CN') : [],
      )
    expect(said('2026-03-03')[0]).toMatch(/^自.*3月4日.*起暂停计算/)
    expect(said('2026-03-04')[0]).toMatch(/3月4日（周三）至今（.*3月4日（周三））不计入期限/)
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
  test('on a day off it is late, though not by any working day', () => {
    const run = { limit: { rule: 'r', unit: 'working-day' as const, budget: 4, article: 'a' }, from: '2026-03-02' }
    const words = (today: string, ended?: string) =>
      sentence(deadline(nationalCalendar, { ...run, ended }, today), 'en')
    expect(words('2026-03-07')).toBe('Overdue; it was due Fri 6 Mar 2026')
    expect(words('2026-03-10')).toBe('Overdue by 2 working days; it was due Fri 6 Mar 2026')
    expect(words('2026-06-01', '2026-03-07')).toBe('Done, late; it was due Fri 6 Mar 2026')
    expect(words('2026-06-01', '2026-03-06')).toBe('Done in time; it was due Fri 6 Mar 2026')
  })
})

describe('properties', () => {
  const day = fc.integer({ min: dayOf('2007-01-01'), max: dayOf('2030-01-01') })
  const budget = fc.integer({ min: 0, max: 120 })
  const pauses = fc.array(fc.tuple(day, fc.integer({ min: 0, max: 40 })), { maxLength: 3 })
  const unit = fc.constantFrom<Unit[]>('working-day', 'calendar-day', 'month', 'working-hour')

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
  test('a pause never brings a date forward, nor does more time; the order of the ledger does not matter', () => {
    const extensions = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 2 })
    fc.assert(
      fc.property(unit, day, fc.integer({ min: 1, max: 40 }), pauses, extensions, (of, from, n, gaps, more) => {
        const limit = { rule: 'r', unit: of, budget: n, article: 'a' }
        const listed = gaps.map(([begins, length]): Pause => {
          return { from: civil(begins), to: civil(begins + length), ground: 'g' }
        })
        const granted = more.map((days): Extension => ({ budget: days, by: 'head', reason: 'r', on: civil(from) }))
        const at = (ledger: { pauses?: Pause[]; extensions?: Extension[] }) =>
          deadline(nationalCalendar, { limit, from: civil(from), ...ledger }, civil(from)).at
        const whole = at({ pauses: listed, extensions: granted })
        expect(at({ pauses: listed.toReversed(), extensions: granted.toReversed() })).toBe(whole)
        expect(at({ pauses: listed }) <= whole).toBe(true)
        expect(at({ extensions: granted }) <= whole).toBe(true)
        for (const [left] of listed.entries())
          expect(at({ pauses: listed.toSpliced(left, 1), extensions: granted }) <= whole).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })
  test('the working days that are used and those that are left make up the whole, pauses or not', () => {
    fc.assert(
      fc.property(unit, day, fc.integer({ min: 1, max: 40 }), pauses, fc.integer({ min: 0, max: 60 }), (...given) => {
        const [of, from, n, gaps, later] = given
        const run = {
          limit: { rule: 'r', unit: of, budget: n, article: 'a' },
          from: civil(from),
          pauses: gaps.map(([begins, length]) => ({ from: civil(begins), to: civil(begins + length), ground: 'g' })),
        }
        const found = deadline(nationalCalendar, run, civil(from + later))
        expect(found.used + found.left).toBeCloseTo(found.total, 9)
        expect(deadline(nationalCalendar, run, found.at).left).toBeCloseTo(0, 9)
        expect(found.late).toBe(Date.parse(`${civil(from + later)}T00:00:00.000+08:00`) > Date.parse(found.at))
        expect(found.left > 0 && found.late).toBe(false)
      }),
      { numRuns: 5000 },
    )
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
