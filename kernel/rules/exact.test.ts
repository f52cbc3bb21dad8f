// In bulk, as bits: the same verdicts as of one row after the other; and tables that were put together are those read at once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { facts, NAMES, rule } from '../../tests/rule.ts'
import { cellOf, hasBit, rowOf, stacked, tableOf } from './column.ts'
import { exactAnswers } from './exact.ts'
import { parse, type Expression } from './expression.ts'
import { judge } from './judge.ts'
import { match, matcherOf } from './match.ts'

const parsed = (text: string): Expression => {
  const expression = parse(text, Object.fromEntries(NAMES.map((name) => [name, null])))
  if ('refused' in expression) throw new Error(`${text}: ${expression.refused} at ${expression.at}`)
  return expression
}
const rows = fc.array(facts, { minLength: 1, maxLength: 40 })

test('random rules over random enterprises, of which some are alike', () => {
  const seen = { true: 0, false: 0, unknown: 0, decided: 0 }
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 8 }),
      rows,
      fc.integer({ min: 1, max: 20 }),
      (some, few, times) => {
        const table = tableOf(Array.from({ length: few.length * times }, (_, at) => few[at % few.length]!))
        // Joined, the same facts stand in several conditions.
        const texts = [...some.map(({ text }) => text), some.map(({ text }) => `(${text})`).join(' or ')]
        const matcher = matcherOf(table, texts.map(parsed))
        match(matcher)
        for (const [at, text] of texts.entries()) {
          const { isTrue, mayBe } = exactAnswers(matcher, at)
          const verdicts = few.map((_, row) => judge(parsed(text), rowOf(table, row)))
          for (let row = 0; row < table.rows; row++) {
            const { verdict } = verdicts[row % few.length]!
            const answer = hasBit(isTrue, row) ? 'true' : hasBit(mayBe, row) ? 'unknown' : 'false'
            if (answer !== verdict)
              expect([text, rowOf(table, row), answer]).toEqual([text, rowOf(table, row), verdict])
            seen[verdict] += 1
          }
          for (let row = table.rows; row < isTrue.length * 32; row++)
            expect([hasBit(isTrue, row), hasBit(mayBe, row)]).toEqual([false, false])
        }
      },
    ),
    { numRuns: 60 },
  )
  for (const count of [seen.true, seen.false, seen.unknown]) expect(count).toBeGreaterThan(500)
})

test('a test that holds whatever the missing fact is, is decided for all rows of the sort', () => {
  const table = tableOf([{ a: 1 }, { a: 9 }, { b: 3 }, { b: 3, a: 1 }])
  const expression = parse('(a >= 5 or a < 5) and b > 2', { a: null, b: null }) as Expression
  const matcher = matcherOf(table, [expression])
  match(matcher)
  const { isTrue, mayBe } = exactAnswers(matcher, 0)
  expect([isTrue[0], mayBe[0]]).toEqual([0b1100, 0b1111])
})

test('tables one below the other hold what they held', () => {
  fc.assert(
    fc.property(fc.array(rows, { minLength: 1, maxLength: 4 }), (parts) => {
      const all = stacked(parts.map(tableOf))
      const flat = parts.flat()
      expect(all.rows).toBe(flat.length)
      for (const name of NAMES)
        for (const [row, given] of flat.entries())
          expect(cellOf(all, name, row) ?? null).toBe((given as Record<string, unknown>)[name] ?? null)
    }),
  )
  const mixed = stacked([
    tableOf([{ a: 1, b: 'x' }]),
    tableOf([{ a: 0.5, b: true }]),
    tableOf([{}]),
    tableOf([{ a: 'w', b: 'y' }]),
  ])
  expect([0, 1, 2, 3].map((row) => [cellOf(mixed, 'a', row), cellOf(mixed, 'b', row)])).toEqual([
    [1, 'x'],
    [0.5, true],
    [undefined, undefined],
    ['w', 'y'],
  ])
})
