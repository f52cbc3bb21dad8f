import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freshKey } from './key.ts'

describe('a fresh key', () => {
  test('is a UUID of version 7 that tells its millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (now) => {
        const key = freshKey(now)
        expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(Number.parseInt(key.replaceAll('-', '').slice(0, 12), 16)).toBe(now)
      }),
    )
  })

  test('sorts after those of earlier milliseconds and is like no other of its own', () => {
    const times = fc.tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer({ min: 0, max: 2 ** 48 - 1 }))
    fc.assert(fc.property(times, ([a, b]) => a === b || freshKey(a) < freshKey(b) === a < b))
    expect(new Set(Array.from({ length: 1000 }, () => freshKey(7))).size).toBe(1000)
  })
})
