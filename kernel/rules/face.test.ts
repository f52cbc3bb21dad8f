// Questions from outside: answered in few words, and refused where they are none.
import { describe, expect, test } from 'vitest'
import { answerRules } from './face.ts'

test('an answer holds what was asked and why', () => {
  expect(answerRules({ id: 7, expression: 'a > 3', facts: { a: 5 } })).toEqual({ verdict: 'true', path: 'compiled' })
  expect(answerRules({ expression: 'a > 3', facts: { a: 1 } })).toEqual({
    verdict: 'false',
    failing: [{ clause: 'a > 3', read: { a: 1 } }],
    path: 'compiled',
  })
  expect(answerRules({ expression: 'a > 3' })).toEqual({ verdict: 'unknown', missing: ['a'], path: 'compiled' })
  expect(answerRules({ expression: 'a / 0 > 3', facts: { a: 1 } })).toEqual({
    verdict: 'unknown',
    value: null,
    path: 'compiled',
  })
})

test('a value is given as it is; while it is open, what is missing', () => {
  const value = (expression: string, facts: object) => answerRules({ expression, facts, type: 'value' })
  expect(value('基数 * 0.5 + 10', { 基数: 4 })).toEqual({ value: 12, path: 'compiled' })
  expect(value('if 级别 = "A" then 100 else 50', { 级别: 'B' })).toEqual({ value: 50, path: 'compiled' })
  expect(value('if 级别 = "A" then 50 else 50', {})).toEqual({ value: 50, path: 'compiled' })
  expect(value('基数 * 0.5 + 补', { 基数: 4 })).toEqual({ verdict: 'unknown', missing: ['补'], path: 'compiled' })
  expect(value('sum(表)', { 表: [1, 2] })).toEqual({ value: 3, path: 'reference' })
  expect(value('a / 0', { a: 1 })).toEqual({ verdict: 'unknown', value: null, path: 'compiled' })
  expect(value('a > 1', { a: 2 })).toEqual({ verdict: 'true', value: true, path: 'compiled' })
})

test.each([
  [[], { refused: 'not-an-object' }],
  [{ expresion: 'a' }, { refused: 'unknown-member', at: 'expresion' }],
  [{ expression: 3 }, { refused: 'not-a-text', at: 'expression' }],
  [
    { expression: 'a', facts: [] },
    { refused: 'not-an-object', at: 'facts' },
  ],
  [
    { expression: 'a', type: 'amount' },
    { refused: 'unknown-type', at: 'type' },
  ],
  [{ expression: '' }, { refused: 'syntax', at: 0 }],
  [{ expression: 'a >' }, { refused: 'syntax', at: 3 }],
  [{ expression: 'a = 1 b' }, { refused: 'syntax', at: 6 }],
  [{ expression: 'a > true', facts: { a: 3 } }, { refused: 'not-comparable' }],
])('of %j it says what is wrong', (question, refusal) => {
  expect(answerRules(question)).toEqual(refusal)
})

describe('an expression that is too much', () => {
  const around = (levels: number, open: string, close: string) => open.repeat(levels) + 'a = 1' + close.repeat(levels)
  const ask = (expression: string) => answerRules({ expression, facts: { a: 1 } })

  test('of more than 10,000 signs', () => {
    expect(ask(`a = 1${' '.repeat(9995)}`)).toEqual({ verdict: 'true', path: 'compiled' })
    expect(ask(`a = 1${' '.repeat(9996)}`)).toEqual({ refused: 'too-long', at: 10_000 })
  })
  test.each([
    ['(', ')'],
    ['not(', ')'],
    ['1 + (', ')'],
    ['if ', ' then a = 1 else a = 1'],
    ['[', ']'],
    ['(a = 1 and ', ')'],
  ])('nested a thousand deep by %s', (open, close) => {
    const answer = ask(around(1000, open, close).slice(0, 10_000))
    expect(answer).toMatchObject({ refused: 'too-deep' })
  })
  test('nested ninety deep it is answered', () => {
    expect(ask(around(90, 'not(', ')'))).toEqual({ verdict: 'true', path: 'compiled' })
    expect(ask(around(90, '(a = 1 and ', ')'))).toEqual({ verdict: 'true', path: 'compiled' })
  })
  test('a long chain is one level, as long as the reference reads it', () => {
    expect(ask(Array.from({ length: 300 }, () => 'a = 2').join(' or '))).toMatchObject({ verdict: 'false' })
    expect(ask(Array.from({ length: 1000 }, () => 'a = 2').join(' or '))).toMatchObject({ refused: 'too-deep' })
    const words = Array.from({ length: 1200 }, (_, n) => `${n}`).join(', ')
    expect(ask(`a in (${words})`)).toEqual({ verdict: 'true', path: 'compiled' })
  })
  test('alternatives that hang together so that there are too many cases: it says that it has not gone through them', () => {
    const tangled = Array.from({ length: 40 }, (_, n) => `(x${n} > 5 and x${(n + 1) % 40} < 3)`).join(' or ')
    expect(answerRules({ expression: tangled })).toMatchObject({ verdict: 'unknown', isCut: true })
  })
  test('alternatives by the thousand, all of them open', () => {
    const pairs = Array.from({ length: 150 }, (_, n) => `(x${n} > 1 or y${n} > 1)`).join(' and ')
    expect(answerRules({ expression: pairs })).toMatchObject({ verdict: 'unknown' })
  })
})
