// A cell means what feelin's unaryTest says of it, whatever stands in it and whatever it is held against.
import fc from 'fast-check'
import { evaluate, unaryTest } from 'feelin'
import { expect, test } from 'vitest'
import { conditionOf } from './cell.ts'

const NAMES = ['a', 'b', '研发/收入', '行业', '高新']
const number = fc.constantFrom(-2, -0.5, 0, 1, 2.5, 5)
const word = fc.constantFrom('"x"', '"制造业"', '""')
const literal = fc.oneof(number.map(String), word, fc.constantFrom('true', 'false', 'date("2024-05-01")'))
const term = fc.oneof(
  literal,
  fc.constantFrom(...NAMES),
  fc.constantFrom('1 / 0', 'a + 1', '2 * b', '(3)', '? + 1', 'null'),
)
const sign = fc.constantFrom('<', '<=', '>', '>=', '=', '!=')
const simple = fc.oneof(
  { weight: 3, arbitrary: term },
  { weight: 3, arbitrary: fc.tuple(sign, term).map(([op, of]) => `${op} ${of}`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('[', '(', ']'), number, number, fc.constantFrom(']', ')', '['))
      .map(([open, low, high, close]) => `${open}${low}..${high}${close}`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '? > 1 and ? <= 5',
      '? = 1 or ? = a',
      '["x", "制造业"]',
      '[1, 2.5]',
      'starts with(?, "制")',
      '? in (1, 2.5)',
      '(? > b)',
      'not(? > 1)',
      'a > 1',
      '? between 0 and a',
      'if a > 1 then ? > 0 else ? < 0',
      'if a > 1 then true else false',
      '(true)',
      'b in (true, 1)',
      '高新 in (false)',
      'a instance of number',
    ),
  },
)
const tests = fc.array(simple, { minLength: 1, maxLength: 3 }).map((list) => list.join(', '))
const cell = fc.oneof(
  { weight: 1, arbitrary: fc.constant('-') },
  { weight: 6, arbitrary: tests },
  { weight: 3, arbitrary: tests.map((list) => `not(${list})`) },
)
const value = fc.oneof(number, fc.constantFrom('x', '制造业', ''), fc.boolean())
const facts = fc.record(Object.fromEntries(NAMES.map((name) => [name, value]))) as fc.Arbitrary<Record<string, unknown>>
const input = fc.constantFrom(...NAMES, 'a + b', 'a / b', '1 / 0', 'date("2024-05-01")', 'a > 1')

test('of random cells over random inputs: it matches exactly where feelin says so', () => {
  const seen = { matches: 0, not: 0 }
  fc.assert(
    fc.property(cell, input, facts, (text, over, given) => {
      const condition = conditionOf(text, over, given)
      if (typeof condition !== 'string') throw new Error(`${text}: ${condition.refused} at ${condition.at}`)
      const theirs = said(() => unaryTest(text, { ...given, '?': evaluate(over, given).value }).value)
      const ours = said(() => (condition === '' ? true : evaluate(condition, given).value))
      expect([text, over, ours === 'throws' ? ours : ours === true]).toEqual([text, over, theirs])
      seen[ours === true ? 'matches' : 'not'] += 1
    }),
    { numRuns: 2000 },
  )
  expect(seen.matches).toBeGreaterThan(200)
  expect(seen.not).toBeGreaterThan(200)
})
const said = (ask: () => unknown): unknown => {
  try {
    return ask()
  } catch {
    return 'throws'
  }
}

test.each([
  ['-', ''],
  ['  ', ''],
  ['> 5', '收入 > 5'],
  ['"a"', '收入 = "a"'],
  ['"a", "b"', '(收入 in ("a", "b"))'],
  ['not("a", "b")', 'not((收入 in ("a", "b")))'],
  ['[1..5)', '(收入 in [1..5))'],
  ['< 1, > 9 // 万元', '(收入 < 1 or 收入 > 9)'],
  ['not(> 5)', '(if 收入 > 5 then false else true)'],
  ['? > 5 and ? < 9', '(收入 > 5 and 收入 < 9)'],
])('%s of 收入 is %s', (text, said) => {
  expect(conditionOf(text, '收入', { 收入: null })).toBe(said)
})

test.each([
  ['> 5 and < 7', { refused: 'syntax', at: 8 }],
  ['in (1, 2)', { refused: 'syntax', at: 0 }],
  ['> ', { refused: 'syntax', at: 2 }],
  ['"a', { refused: 'syntax', at: 0 }],
  ['5 6', { refused: 'syntax', at: 2 }],
  [`${'('.repeat(1000)}1${')'.repeat(1000)}`, { refused: 'too-deep' }],
  [' '.repeat(10_000) + '-', ''],
  [`1${' '.repeat(10_000)}`, { refused: 'too-long', at: 10_000 }],
])('of %.20s it says where reading stops', (text, refusal) => {
  const found = conditionOf(text, '收入', { 收入: null })
  if (refusal === '') expect(found).toMatchObject({ refused: 'too-long' })
  else expect(found).toMatchObject(refusal as object)
})
