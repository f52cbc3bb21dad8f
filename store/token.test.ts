// The pieces of time at which a search looks first.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayOf } from '../kernel/clock/date.ts'
import { lately } from './token.ts'

test('the stretches of weeks follow each other without a gap, and neither they nor the months leave out a day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), (place) => {
      const newest = addDays('2060-12-31', -place)
      const { weeks, months } = lately('well', newest)
      expect(new Set(weeks.flat()).size).toBe(weeks.flat().length)
      const placed = Array.from({ length: 90 }, (_, ago) => {
        const day = addDays(newest, -ago)
        const week = `@week well ${Math.floor((dayOf(day) - dayOf('1970-01-05')) / 7)}`
        const stretch = weeks.findIndex((one) => one.includes(week))
        return {
          stretch: stretch < 0 ? weeks.length : stretch,
          month: months.includes(`@month well ${day.slice(0, 7)}`),
        }
      })
      // The further back, the later the stretch; and the first holds at least a week and a day.
      const stretches = placed.map((one) => one.stretch)
      expect(stretches).toEqual(stretches.toSorted((a, b) => a - b))
      expect(new Set(stretches).size).toBe(weeks.length + 1)
      expect(stretches.slice(0, 8).every((stretch) => stretch === 0)).toBe(true)
      const held = placed.map((one) => one.month)
      expect(held).toEqual(held.toSorted((a, b) => Number(b) - Number(a)))
      expect(held.slice(0, 29).every(Boolean)).toBe(true)
    }),
  )
})

test('weeks begin on Monday', () => {
  expect(lately('well', '2026-01-05')).toEqual({
    weeks: [
      ['@week well 2922', '@week well 2921'],
      ['@week well 2920', '@week well 2919'],
      ['@week well 2918', '@week well 2917', '@week well 2916', '@week well 2915'],
    ],
    months: ['@month well 2026-01', '@month well 2025-12'],
  })
})
