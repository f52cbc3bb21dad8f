// Whether the years as arranged can be true: against another table, against the moon and the sun, and by their sums.
import chineseDays from 'chinese-days'
import { describe, expect, test } from 'vitest'
import { isWorkday, nationalCalendar } from './calendar.ts'
import { addDays, civil, dayOf, weekday } from './date.ts'
import { editions, festivals } from './editions.ts'
import { deadline } from './limit.ts'
import { explain } from './words.ts'

const days = (year: number) =>
  Array.from({ length: dayOf(`${year + 1}-01-01`) - dayOf(`${year}-01-01`) }, (_, n) => dayOf(`${year}-01-01`) + n)

test('every day from 2007 to 2026 is a working day exactly where chinese-days says so', () => {
  const different = editions
    .flatMap(({ year }) => days(year))
    .filter((day) => isWorkday(nationalCalendar, day) !== chineseDays.isWorkday(civil(day)))
  expect(different.map(civil)).toEqual([])
})

test('the years follow one another, each with a notice, and what was not read in the notice says so', () => {
  expect(editions.map(({ year }) => year)).toEqual(Array.from({ length: 20 }, (_, n) => 2007 + n))
  for (const { year, notices } of editions) {
    expect(notices.length).toBeGreaterThan(0)
    for (const { number, date, verified } of notices) {
      expect(number).toMatch(/^国办?发明电〔\d{4}〕\d+号$/)
      expect(verified).toBe(year !== 2008)
      // Its number and its date are of one year.
      expect(number).toContain(`〔${date.slice(0, 4)}〕`)
      // Late in the year before; only these years were changed in the course of the year.
      if (![2015, 2019, 2020].includes(year)) expect(date.slice(0, 4)).toBe(String(year - 1))
    }
  }
  const limit = { rule: 'r', unit: 'working-day', budget: 5, article: 'a' } as const
  const words = (from: string) =>
    deadline(nationalCalendar, { limit, from }, from)
      .steps.map((step) => explain(step, 'zh-CN'))
      .join('')
  expect(words('2008-09-26')).toContain('（国办发明电〔2007〕52号，文号待核）')
  expect(words('2026-09-29')).toContain('（国办发明电〔2025〕7号）')
})

/** Days of the statutory holidays: 全国年节及纪念日放假办法, as it stood before 2008, to 2024, and since. */
const statutory = (year: number) => (year < 2008 ? 10 : year < 2025 ? 11 : 13)
/** Where a year has more or fewer working days than weekdays less statutory holidays, and why. */
const exceptions: Readonly<Record<number, number>> = {
  2007: -2, // New Year made up for on 30 and 31 December 2006
  2011: +1, // New Year 2012 made up for on 31 December 2011
  2012: -1,
  2015: -1, // 3 September: seventy years since victory
  2020: -2, // Spring Festival prolonged to 2 February
}

test.each(editions)('$year has as many working days as the law leaves it', ({ year, off, work }) => {
  const weekdays = days(year).filter((day) => weekday(day) % 6 !== 0).length
  const working = days(year).filter((day) => isWorkday(nationalCalendar, day)).length
  expect(working).toBe(weekdays - statutory(year) + (exceptions[year] ?? 0))
  for (const [from, to] of off) {
    expect(dayOf(to) - dayOf(from)).toBeGreaterThanOrEqual(0)
    expect(dayOf(to) - dayOf(from)).toBeLessThanOrEqual(9)
  }
  for (const date of work) {
    expect(weekday(dayOf(date)) % 6, `${date} is made up for, and is a weekday`).toBe(0)
    expect(off.some(([from, to]) => from <= date && date <= to)).toBe(false)
  }
})

describe('festivals', () => {
  const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
  /** By the platform's lunar calendar: the first day in the year that bears this name, leap months left out. */
  const byMoon = (year: number, month: number, day: number) =>
    civil(days(year).find((one) => lunar.format(one * 86_400_000) === `${month}/${day}`)!)
  /** The sun at fifteen degrees, by the usual approximation for this century. */
  const qingming = (year: number) =>
    `${year}-04-0${Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4)}`

  test.each(editions)('of $year lie in its days off', ({ year, off }) => {
    const spring = byMoon(year, 1, 1)
    const fixed = ['01-01', '05-01', '10-01', '10-02', '10-03'].map((day) => `${year}-${day}`)
    const since2008 = year < 2008 ? [] : [qingming(year), byMoon(year, 5, 5), byMoon(year, 8, 15)]
    for (const day of [...fixed, spring, addDays(spring, 1), ...since2008])
      expect(
        off.some(([from, to]) => from <= day && day <= to),
        day,
      ).toBe(true)
  })
  /** New moons within minutes of midnight in China, which the platform's approximation puts on the wrong side of it. */
  const midnight: Readonly<Record<string, string>> = { '2027-02-07': '2027-02-06', '2030-02-02': '2030-02-03' }

  test('of the years to come are where moon and sun put them', () => {
    const listed = Object.entries(festivals).map(([year, dates]) => [Number(year), ...dates])
    const reckoned = Object.keys(festivals).map((key) => {
      const year = Number(key)
      const spring = byMoon(year, 1, 1)
      const all = [midnight[spring] ?? spring, qingming(year), byMoon(year, 5, 5), byMoon(year, 8, 15)]
      return [year, ...all.map((date) => date.slice(5))]
    })
    expect(listed).toEqual(reckoned)
    expect(reckoned).toHaveLength(34)
  })
})
