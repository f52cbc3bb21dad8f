// The pieces of time at which a search looks first.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayOf } from '../kernel/clock/date.ts'
import { lately } from './token.ts'

test('the months hold the weeks, and neither leaves out a day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), (place) => {
      const newest = addDays('2060-12-31', -place)
      const { weeks, months } = lately('well', newest)
      const placed = Array.from({ length: 70 }, (_, ago) => {
        const day = addDays(newest, -ago)
        const week = Math.floor((dayOf(day) - dayOf('1970-01-05')) / 7)
        return [weeks.includes(`@week well ${week}`), months.includes(`@month well ${day.slice(0, 7)}`)]
      })
      for (const at of [0, 1]) {
        const held = placed.map((one) => one[at])
        expect(held).toEqual(held.toSorted((a, b) => Number(b) - Number(a)))
      }
      expect(placed.filter(([week, month]) => week && !month)).toEqual([])
      expect(placed.slice(0, 8).every(([week]) => week)).toBe(true)
    }),
  )
})

test('weeks begin on Monday', () => {
  expect(lately('well', '2026-01-05')).toEqual({
    weeks: ['@week well 2922', '@week well 2921'],
    months: ['@month well 2026-01', '@month well 2025-12'],
  })
})
