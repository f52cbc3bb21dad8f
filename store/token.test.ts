// The pieces of time in which a search goes back.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayOf } from '../kernel/clock/date.ts'
import { lately, neededBy, queryOf } from './token.ts'

/** The days of a piece, the last first. */
function daysOf(piece: string): number[] {
  const size = { d: 1, w: 8, b: 64 }[piece[0]!]!
  return Array.from({ length: size }, (_, ago) => size * (Number(piece.slice(1)) + 1) - 1 - ago)
}

test('the stretches follow each other without a gap, each twice as long, of few pieces that are small where it is near', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 2000 }), (ago, first) => {
      const newest = addDays('2060-12-31', -ago)
      const stretches = lately(newest, first)
      const days = stretches.map(({ pieces }) => pieces.flatMap(daysOf))
      expect(days.map((all) => all.at(-1))).toEqual(stretches.map(({ from }) => dayOf(from)))
      const length = dayOf(newest) - dayOf(stretches.at(-1)!.from) + 1
      expect(days.flat()).toEqual(Array.from({ length }, (_, back) => dayOf(newest) - back))
      expect(length).toBeGreaterThanOrEqual(512)
      expect(length).toBeLessThan(512 + 64)
      for (const [place, { length: long }] of days.slice(0, -1).entries())
        expect(long).toBeGreaterThanOrEqual(first * 2 ** place)
      const pieces = stretches.flatMap((stretch) => stretch.pieces)
      let before = 0
      for (const piece of pieces) {
        const { length: long } = daysOf(piece)
        expect(long).toBeLessThanOrEqual(Math.max(1, before))
        before += long
      }
      expect(pieces.length).toBeLessThanOrEqual(15 + 15 + 8)
    }),
  )
})

test('the newest two days, then the four before them', () => {
  expect(lately('2026-01-05', 2).slice(0, 2)).toEqual([
    { pieces: ['d20458', 'd20457'], from: '2026-01-04' },
    { pieces: ['d20456', 'd20455', 'd20454', 'd20453'], from: '2025-12-31' },
  ])
})

test('units are looked for in their own days, others in all, and where there are many in everybody’s', () => {
  const units = (count: number) => Array.from({ length: count }, (_, n) => `u${n}`)
  const query = (branches: Parameters<typeof neededBy>[2]) => queryOf(neededBy('桥洞', 'well', branches)!, ['d9', 'w1'])
  expect(query([{ by: 'all', level: 3 }])).toBe("'桥洞' & ('@well d9' | '@well w1')")
  expect(query([{ by: 'unit', units: ['u'], level: 1 }])).toBe("'桥洞' & ('@well d9 of u' | '@well w1 of u')")
  expect(
    query([
      { by: 'unit', units: ['u'], level: 1 },
      { by: 'party', who: ['unit:u'], level: 1 },
    ]),
  ).toBe("'桥洞' & ('@well d9 of u' | '@well w1 of u' | '@well d9 unit:u' | '@well w1 unit:u')")
  expect(query([{ by: 'party', who: ['person:p', 'unit:u'], level: 1 }])).toBe(
    "'桥洞' & ('@person:p' | '@well d9 unit:u' | '@well w1 unit:u')",
  )
  expect(query([{ by: 'unit', units: units(13), level: 1 }])).toBe("'桥洞' & ('@well d9' | '@well w1')")
})
