// Who is called next: nobody is passed by without a declared reason, and what is expected rests on what was measured.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moment } from '../../kernel/clock/date.ts'
import { dayId, inOrder, nextFor, numberOf, outlookFor, partsOfDay, standingOf, type Waiting } from './line.ts'

const at = (minute: number) => moment(Date.parse('2026-02-11T09:00:00+08:00') + minute * 60_000)
const now = at(60)

const waits = fc.record({
  letter: fc.constantFrom<string>('A', 'B', 'C'),
  since: fc.integer({ min: 0, max: 59 }).map(at),
  booked: fc.option(fc.constantFrom(at(0), at(30), at(60), at(90)), { nil: undefined }),
  window: fc.option(fc.constantFrom('w1', 'w2'), { nil: undefined, freq: 5 }),
})
const lines = fc
  .array(waits, { maxLength: 40 })
  .map((all): readonly Waiting[] =>
    all.map((one, place) => ({ ...one, ticket: `t${place}`, number: numberOf(one.letter, place) })),
  )
const windows = fc.record({
  window: fc.constantFrom('w1', 'w2', 'w3'),
  letters: fc.constantFrom<readonly string[]>(['A'], ['B'], ['B', 'C']),
})

const first = (one: Waiting) => one.booked !== undefined && one.booked <= now

describe('the next one', () => {
  test('is one whom the window may serve, and nobody whom it may serve has a better claim', () => {
    fc.assert(
      fc.property(lines, windows, (waiting, window) => {
        const mine = waiting.filter((one) =>
          one.window === undefined ? window.letters.includes(one.letter) : one.window === window.window,
        )
        const next = nextFor(waiting, window, now)
        if (!next) return mine.length === 0
        return (
          mine.includes(next) &&
          mine.every((one) => {
            if (first(one) !== first(next)) return first(next)
            if (first(one)) return one.booked! > next.booked! || (one.booked === next.booked && one.since >= next.since)
            return one.since >= next.since
          })
        )
      }),
    )
  })

  test('calling again and again serves everybody once, whatever the windows', () => {
    fc.assert(
      fc.property(lines, (waiting) => {
        const all = [
          { window: 'w1', letters: ['A'] },
          { window: 'w2', letters: ['B', 'C'] },
        ]
        let left = waiting
        const called: string[] = []
        for (let turn = 0; left.length > 0 && turn < 100; turn++) {
          const next = nextFor(left, all[turn % 2]!, now)
          if (!next) continue
          called.push(next.ticket)
          left = left.filter((one) => one !== next)
        }
        expect(left).toEqual([])
        expect(new Set(called).size).toBe(waiting.length)
      }),
    )
  })

  test('order does not hang on the order in which it is kept', () => {
    fc.assert(
      fc.property(lines, (waiting) => {
        expect(inOrder(waiting.toReversed(), now)).toEqual(inOrder(waiting, now))
      }),
    )
  })

  test('a booking waits like others until its slot begins, and then goes first', () => {
    const walked: Waiting = { ticket: 'a', number: 'A001', letter: 'A', since: at(0) }
    const booked: Waiting = { ticket: 'b', number: 'A002', letter: 'A', since: at(20), booked: at(30) }
    const window = { window: 'w', letters: ['A'] }
    expect(nextFor([walked, booked], window, at(29))).toBe(walked)
    expect(nextFor([walked, booked], window, at(30))).toBe(booked)
  })
})

describe('what is expected', () => {
  const line = (n: number) =>
    Array.from({ length: n }, (_, place): Waiting => ({
      ticket: `t${place}`,
      number: numberOf('A', place + 1),
      letter: 'A',
      since: at(place),
    }))
  const open = (count: number) =>
    Array.from({ length: count }, (_, place) => ({
      window: `w${place}`,
      windowNumber: place,
      letters: ['A'],
      by: `p${place}`,
    }))

  test('people before one × mean service ÷ open windows', () => {
    const day = { waiting: line(5), windows: open(2), served: { A: { n: 4, seconds: 2400 } } }
    expect(standingOf(day, 't4', now)).toEqual({
      ahead: 4,
      windows: 2,
      measured: 4,
      meanSeconds: 600,
      expectedSeconds: 1200,
    })
    expect(outlookFor(day, 'A')).toMatchObject({ ahead: 5, expectedSeconds: 1500 })
    expect(outlookFor(day, 'B')).toEqual({ ahead: 0, windows: 0, measured: 0 })
  })

  test('nothing is promised where nothing was measured or no window is open', () => {
    expect(standingOf({ waiting: line(2), windows: open(1), served: {} }, 't1', now)).not.toHaveProperty(
      'expectedSeconds',
    )
    expect(
      standingOf({ waiting: line(2), windows: [], served: { A: { n: 1, seconds: 60 } } }, 't1', now),
    ).not.toHaveProperty('expectedSeconds')
    expect(standingOf({ waiting: [], windows: [], served: {} }, 't1', now)).toBeUndefined()
  })

  test('those of another line are not before one', () => {
    const other: Waiting = { ticket: 'x', number: 'B001', letter: 'B', since: at(0) }
    expect(standingOf({ waiting: [other, ...line(1)], windows: open(1), served: {} }, 't0', now)).toMatchObject({
      ahead: 0,
    })
  })
})

test('a hall may be called anything and its day still says which hall and which day it is', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (hall) => {
      expect(partsOfDay(dayId(hall, '2026-02-11'))).toEqual({ hall, on: '2026-02-11' })
    }),
  )
})
