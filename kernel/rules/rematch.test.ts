// After any number of changes every answer is that of matching everything anew.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { factOf, facts, NAMES, rule } from '../../tests/rule.ts'
import { rowOf, tableOf } from './column.ts'
import { parse, type Expression } from './expression.ts'
import { judge } from './judge.ts'
import { kleeneIn, match, matcherOf, verdictIn } from './match.ts'
import { changeFact, changeRule, rematcherOf } from './rematch.ts'

const parsed = (text: string): Expression => {
  const expression = parse(text, Object.fromEntries(NAMES.map((name) => [name, null])))
  if ('refused' in expression) throw new Error(`${text}: ${expression.refused} at ${expression.at}`)
  return expression
}

const change = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .constantFrom(...NAMES)
      .chain((name) =>
        fc.record({ name: fc.constant(name), value: fc.option(factOf(name), { nil: undefined }), at: fc.nat() }),
      ),
  },
  { weight: 1, arbitrary: fc.record({ rule, at: fc.nat() }) },
)

test.each([undefined, 'plain'] as const)('random changes of facts and rules are never stale (%s)', (form) => {
  let flips = 0
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 10 }),
      fc.array(facts, { minLength: 1, maxLength: 20 }),
      fc.array(change, { minLength: 1, maxLength: 40 }),
      (some, rows, changes) => {
        const table = tableOf(rows)
        const expressions = some.map(({ text }) => parsed(text))
        const first = matcherOf(table, expressions, form)
        match(first)
        const rematcher = rematcherOf(first)
        for (const one of changes) {
          if ('rule' in one) {
            const place = one.at % expressions.length
            expressions[place] = parsed(one.rule.text)
            changeRule(rematcher, place, expressions[place])
            continue
          }
          const row = one.at % rows.length
          const before = expressions.map((_, at) => kleeneIn(rematcher.matcher, at, row))
          const changed = changeFact(rematcher, row, one.name, one.value)
          const after = expressions.map((_, at) => kleeneIn(rematcher.matcher, at, row))
          expect(changed).toEqual([...after.keys()].filter((at) => after[at] !== before[at]))
          flips += changed.length
        }
        const anew = matcherOf(rematcher.matcher.table, expressions, form)
        match(anew)
        for (const at of expressions.keys())
          for (const row of rows.keys()) expect(kleeneIn(rematcher.matcher, at, row)).toBe(kleeneIn(anew, at, row))
        // What the machine keeps for itself is what the table says: matched again it comes to the same.
        match(rematcher.matcher)
        for (const [at, one] of expressions.entries())
          for (const row of rows.keys()) {
            expect(kleeneIn(rematcher.matcher, at, row)).toBe(kleeneIn(anew, at, row))
            expect(verdictIn(rematcher.matcher, at, row)).toBe(judge(one, rowOf(anew.table, row)).verdict)
          }
      },
    ),
    { numRuns: 60 },
  )
  expect(flips).toBeGreaterThan(50)
})

test('a value of another type, a new word and a new fact make a new column', () => {
  const rows = [
    { a: 1, b: 'x' },
    { a: 2, b: 'y' },
  ]
  const given = { a: 1, b: 'x', c: null }
  const rules = ['a > 1', 'b = "z"', 'b != "x"', 'c = 3'].map((text) => parse(text, given) as Expression)
  const matcher = matcherOf(tableOf(rows), rules)
  match(matcher)
  const rematcher = rematcherOf(matcher)
  const verdicts = (row: number) => rules.map((_, at) => verdictIn(rematcher.matcher, at, row))
  expect(verdicts(0)).toEqual(['false', 'false', 'false', 'unknown'])
  expect(changeFact(rematcher, 0, 'a', 1.5)).toEqual([0])
  expect(changeFact(rematcher, 0, 'b', 'z')).toEqual([1, 2])
  expect(changeFact(rematcher, 0, 'c', 3)).toEqual([3])
  expect(verdicts(0)).toEqual(['true', 'true', 'true', 'true'])
  expect(changeFact(rematcher, 0, 'c', undefined)).toEqual([3])
  expect(verdicts(1)).toEqual(['true', 'false', 'true', 'unknown'])
})

test('rules that ask for more and more are matched when the machine has no room for them, too', () => {
  const rows = [{ a: 1 }, { a: 700 }]
  const matcher = matcherOf(tableOf(rows), [
    parse('a > 1', rows[0]!) as Expression,
    parse('a = 1', rows[0]!) as Expression,
  ])
  match(matcher)
  const rematcher = rematcherOf(matcher)
  const list = Array.from({ length: 800 }, (_, n) => `${n}`).join(', ')
  changeRule(rematcher, 0, parse(`a in (${list})`, rows[0]!) as Expression)
  expect(rows.map((_, row) => verdictIn(rematcher.matcher, 0, row))).toEqual(['true', 'true'])
  expect(changeFact(rematcher, 0, 'a', 800)).toEqual([0, 1])
  expect(rows.map((_, row) => verdictIn(rematcher.matcher, 1, row))).toEqual(['false', 'false'])
})
