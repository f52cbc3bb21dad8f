// In bulk and row by row, with vectors and without: the same answers.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { facts, rule } from '../../tests/rule.ts'
import { rowOf, tableOf } from './column.ts'
import { parse, type Expression } from './expression.ts'
import type { Facts } from './feel.ts'
import { judge } from './judge.ts'
import { countsOf, kleeneIn, match, matcherOf, replaceRule, verdictIn } from './match.ts'
import { valueOf } from './value.ts'

const parsed = (text: string, given: Facts): Expression => {
  const expression = parse(text, given)
  if ('refused' in expression) throw new Error(`${text}: ${expression.refused} at ${expression.at}`)
  return expression
}

/** One fact whole, the others in halves: columns of both kinds. */
const enterprises = fc
  .array(facts, { minLength: 1, maxLength: 40 })
  .map((rows) =>
    rows.map((row) => ({ ...row, 职工人数: typeof row['职工人数'] === 'number' ? row['职工人数'] * 2 : null })),
  )

test('with vectors, without, and by what the expression means, of random rules over random enterprises', () => {
  const seen = { true: 0, false: 0, open: 0, byColumn: 0, all: 0 }
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 12 }),
      enterprises,
      fc.integer({ min: 1, max: 30 }),
      (some, few, times) => {
        const rows = Array.from({ length: few.length * times }, (_, at) => few[at % few.length]!)
        const table = tableOf(rows)
        const rules = some.map(({ text }) => parsed(text, rows[0]!))
        const [simd, plain] = [matcherOf(table, rules), matcherOf(table, rules, 'plain')]
        expect([simd.form, plain.form]).toEqual(['simd', 'plain'])
        match(simd)
        match(plain)
        for (const [at, { text, root }] of rules.entries())
          for (const [row, given] of rows.entries()) {
            const answer = kleeneIn(simd, at, row)
            if (kleeneIn(plain, at, row) !== answer) expect([text, given, answer]).toEqual([text, given, 'otherwise'])
            if (row >= few.length) continue
            const value = valueOf(root, { text, read: (name) => given[name as keyof typeof given], facts: () => given })
            expect(answer).toBe(typeof value === 'boolean' ? value : undefined)
            seen[answer === undefined ? 'open' : answer ? 'true' : 'false'] += 1
          }
        seen.all += simd.program.conditions.length
        seen.byColumn += simd.program.conditions.filter(({ kind }) => kind !== 'rows').length
      },
    ),
    { numRuns: 150 },
  )
  for (const count of [seen.true, seen.false, seen.open]) expect(count).toBeGreaterThan(500)
  expect(seen.byColumn / seen.all).toBeGreaterThan(0.5)
})

test('what bulk leaves open is judged: verdicts and counts are those of one enterprise after the other', () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), enterprises, (some, rows) => {
      const rules = some.map(({ text }) => parsed(text, rows[0]!))
      const matcher = matcherOf(tableOf(rows), rules)
      match(matcher)
      for (const [at, one] of rules.entries()) {
        const verdicts = rows.map((given) => judge(one, given).verdict)
        expect(rows.map((_, row) => verdictIn(matcher, at, row))).toEqual(verdicts)
        const count = (verdict: string) => verdicts.filter((other) => other === verdict).length
        expect(countsOf(matcher, at)).toEqual({ true: count('true'), false: count('false'), unknown: count('unknown') })
      }
    }),
    { numRuns: 100 },
  )
})

describe('comparisons at the ends of what a column holds', () => {
  const whole = [-0x8000_0000, -0x7fff_ffff, -1, 0, 1, 0x7fff_fffe, 0x7fff_ffff, null]
  const number = [-1e75, -0.1, -1e-75, 0, 0.1, 0.30000000000000004, 1e75, null]
  const bounds = ['-2147483649', '-2147483648', '-0.5', '0', '0.3', '0.5', '1', '2147483647', '2147483648.5', '1.0e80']
  const signs = ['<', '<=', '>', '>=', '=', '!=']
  const texts = bounds.flatMap((bound) => signs.flatMap((sign) => [`a ${sign} ${bound}`, `not(${bound} ${sign} a)`]))
  test.each([
    ['whole', whole],
    ['number', number],
  ])('of %s numbers', (kind, values) => {
    const rows = values.map((a) => ({ a }))
    const table = tableOf(rows)
    expect(table.columns.get('a')!.kind).toBe(kind)
    const rules = texts.map((text) => parsed(text, { a: 1 }))
    for (const form of [undefined, 'plain'] as const) {
      const matcher = matcherOf(table, rules, form)
      match(matcher)
      expect(matcher.program.conditions.every((condition) => condition.kind === kind)).toBe(true)
      for (const [at, one] of rules.entries())
        for (const [row, given] of rows.entries())
          expect([one.text, given.a, verdictIn(matcher, at, row)]).toEqual([
            one.text,
            given.a,
            judge(one, given).verdict,
          ])
    }
  })
  test('of 256 words, and of more', () => {
    for (const count of [256, 300]) {
      const rows = Array.from({ length: count + 1 }, (_, n) => (n === count ? { a: null } : { a: `w${n}` }))
      const table = tableOf(rows)
      expect(table.columns.get('a')!.kind).toBe(count === 256 ? 'code' : 'other')
      const rules = ['a = "w0"', 'a in ("w7", "w8", "w255")', 'a != "w128"', 'a > "w2"'].map((text) =>
        parsed(text, { a: '' }),
      )
      for (const form of [undefined, 'plain'] as const) {
        const matcher = matcherOf(table, rules, form)
        match(matcher)
        for (const [at, one] of rules.entries())
          for (const [row, given] of rows.entries()) expect(verdictIn(matcher, at, row)).toBe(judge(one, given).verdict)
      }
    }
  })
})

test('facts of several types, lists and what only the reference understands are judged row by row', () => {
  const rows: Facts[] = [{ a: 1, b: [1] }, { a: 'x', b: 2 }, { a: true }, { a: null, b: 'xyz' }]
  const table = tableOf(rows)
  const rules = ['a = 1', 'a = "x" or b = 2', 'count(b) = 1', 'string length(b) = 3', 'a = null'].map((text) =>
    parsed(text, { a: 1, b: 1 }),
  )
  const matcher = matcherOf(table, rules)
  match(matcher)
  expect(rules.map((_, at) => rows.map((_row, row) => verdictIn(matcher, at, row)))).toEqual(
    rules.map((one) => rows.map((_row, row) => judge(one, rowOf(table, row)).verdict)),
  )
})

test('days are words of a column, judged once each', () => {
  const rows = Array.from({ length: 600 }, (_, n) => ({
    d: n % 5 === 0 ? null : `20${10 + (n % 20)}-05-0${1 + (n % 9)}`,
  }))
  const text = 'date(d) >= date("2020-05-01") and date(d) < date("2025-05-05")'
  const expression = parsed(text, rows[0]!)
  const matcher = matcherOf(tableOf(rows), [expression])
  expect(matcher.program.conditions.map(({ kind }) => kind)).toEqual(['code', 'code'])
  match(matcher)
  expect(rows.map((_, row) => verdictIn(matcher, 0, row))).toEqual(
    rows.map((given) => judge(expression, given).verdict),
  )
  expect(countsOf(matcher, 0).true).toBeGreaterThan(50)
})

test('a rule in the place of another is matched without the others, whatever it asks for', () => {
  const rows = Array.from({ length: 700 }, (_, n) => ({
    a: n,
    b: n % 7,
    行业: `i${n % 5}`,
    c: n % 3 === 0 ? null : n / 3,
  }))
  const table = tableOf(rows)
  const matcher = matcherOf(
    table,
    ['a > 3', 'b = 2 and c > 5'].map((text) => parsed(text, rows[0]!)),
  )
  match(matcher)
  const before = rows.map((_, row) => verdictIn(matcher, 1, row))
  for (const text of [
    'a < 100 and 行业 in ("i1", "i2")',
    'a / b > 40',
    'c - a > 0 or b = 1',
    'string length(行业) = 2',
  ]) {
    const by = parsed(text, rows[0]!)
    replaceRule(matcher, 0, by)
    expect(rows.map((_, row) => verdictIn(matcher, 0, row))).toEqual(rows.map((given) => judge(by, given).verdict))
  }
  expect(rows.map((_, row) => verdictIn(matcher, 1, row))).toEqual(before)
})
