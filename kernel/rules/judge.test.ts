// What we say of an enterprise is what feelin says when all is known, and what all completions say when something is missing.
import fc from 'fast-check'
import { evaluate } from 'feelin'
import { expect, test } from 'vitest'
import { completed, completionsOf, facts, NAMES, rule, type Given } from '../../tests/rule.ts'
import { conditionFlaws } from './check.ts'
import { parse, type Expression } from './expression.ts'
import { judge, type Clause } from './judge.ts'
import { nearest } from './nearest.ts'

const parsed = (text: string, given: Record<string, unknown>): Expression => {
  const expression = parse(text, given)
  if ('refused' in expression) throw new Error(`${text}: ${expression.refused} at ${expression.at}`)
  return expression
}
const judged = (text: string, given: Record<string, unknown> = {}) => judge(parsed(text, given), given)
const verdictOf = (answer: unknown) => (answer === true ? 'true' : answer === false ? 'false' : 'unknown')

test('with all facts known the answer is that of feelin, and that of a third that shares nothing with either', () => {
  let own = 0
  fc.assert(
    fc.property(rule, facts, ({ text, run }, given) => {
      const known = filled(given)
      const theirs = evaluate(text, known).value
      const ours = judged(text, known)
      expect(ours.value).toBe(theirs)
      expect(run(known)).toBe(theirs)
      expect(ours.verdict).toBe(verdictOf(theirs))
      expect(ours.missing).toEqual([])
      if (ours.path === 'compiled') own += 1
    }),
    { numRuns: 3000 },
  )
  expect(own).toBe(3000)
})
const FILL: Given = { 行业: 'b', district: 'a', 高新: true, 上市: false }
const filled = (given: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(NAMES.map((name) => [name, given[name] ?? FILL[name] ?? 1])) as Given

test('with facts missing: decided where all completions agree, and what is missing is what it hangs on', () => {
  const seen = { decided: 0, unknown: 0 }
  fc.assert(
    fc.property(rule, facts, (one, given) => {
      const count = one.names.reduce((all, name) => all * (given[name] === null ? completionsOf(name).length : 1), 1)
      fc.pre(count > 1 && count < 10_000)
      const ours = judged(one.text, given)
      const { answers, hangsOn } = completed(one, given)
      if (ours.value !== undefined) {
        expect([...answers]).toEqual([ours.value])
        seen.decided += 1
      } else if (one.simple) {
        seen.unknown += 1
        expect(answers.size).toBeGreaterThan(1)
        expect(ours.missing).toEqual(one.names.filter((name) => hangsOn.includes(name)))
      } else expect(ours.missing).toEqual(expect.arrayContaining([...hangsOn]))
    }),
    { numRuns: 1500 },
  )
  expect(seen.decided).toBeGreaterThan(200)
  expect(seen.unknown).toBeGreaterThan(200)
})

test('what fails is a least set: let it hold and so does the rule, let less hold and it does not', () => {
  let failures = 0
  fc.assert(
    fc.property(rule, facts, ({ text }, given) => {
      const known = filled(given)
      const { verdict, failing } = judged(text, known)
      expect(failing.length > 0).toBe(verdict === 'false')
      if (verdict !== 'false' || /if |not\(/.test(text)) return
      failures += 1
      expect(supposing(text, failing, known)).not.toBe('false')
      for (const one of failing)
        expect(
          supposing(
            text,
            failing.filter((other) => other !== one),
            known,
          ),
        ).toBe('false')
    }),
    { numRuns: 1500 },
  )
  expect(failures).toBeGreaterThan(40)
})

test('with facts missing, too, each that fails does so by itself; or they cannot hold together, and any less of them can', () => {
  let jointly = 0
  fc.assert(
    fc.property(rule, facts, ({ text, simple }, given) => {
      const { verdict, failing } = judged(text, given)
      expect(failing.length > 0).toBe(verdict === 'false')
      if (failing.every(({ clause }) => judged(clause, given).verdict === 'false')) return
      jointly += 1
      const joint = (some: readonly Clause[]) => judged(some.map(({ clause }) => `(${clause})`).join(' and '), given)
      expect(joint(failing).verdict).toBe('false')
      if (!simple) return
      for (const one of failing) expect(joint(failing.filter((other) => other !== one)).verdict).not.toBe('false')
    }),
    { numRuns: 4000 },
  )
  expect(jointly).toBeGreaterThan(5)
})

/** The verdict with `true` written in place of these conditions, wherever one of them stands by itself. */
function supposing(text: string, held: readonly Clause[], given: Record<string, unknown>): string {
  const alone = ({ clause }: Clause) =>
    new RegExp(`(?<=^|[( ])${clause.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}(?=$|\\)| and | or )`, 'g')
  const longest = held.toSorted((a, b) => b.clause.length - a.clause.length)
  return judged(
    longest.reduce((all, clause) => all.replaceAll(alone(clause), 'true'), text),
    given,
  ).verdict
}

const TIERS =
  '(收入 <= 5000 and 强度 >= 0.05) or (收入 > 5000 and 收入 <= 20000 and 强度 >= 0.04) or (收入 > 20000 and 强度 >= 0.03)'

test('intensity of research by tiers of revenue: above the highest and below the lowest, revenue does not matter', () => {
  expect(judged(TIERS, { 强度: 0.06 })).toMatchObject({ verdict: 'true', missing: [] })
  expect(judged(TIERS, { 强度: 0.029 })).toMatchObject({ verdict: 'false', missing: [] })
  expect(judged(TIERS, { 强度: 0.045 })).toMatchObject({ verdict: 'unknown', missing: ['收入'] })
  expect(judged(TIERS, { 收入: 30_000 })).toMatchObject({ verdict: 'unknown', missing: ['强度'] })
  expect(judged(TIERS.replaceAll('强度', '研发 / 收入'), { 收入: 30_000, 研发: 900 })).toMatchObject({
    verdict: 'true',
  })
})

test('what fails is quoted as it was written, with what was read', () => {
  const text = '职工人数>=20 and 研发费用 / 营业收入  >= 0.03 and 行业 in ("制造业", "软件业")'
  expect(judged(text, { 职工人数: 12, 研发费用: 30, 营业收入: 2000, 行业: '制造业' })).toMatchObject({
    verdict: 'false',
    failing: [
      { clause: '职工人数>=20', read: { 职工人数: 12 } },
      { clause: '研发费用 / 营业收入  >= 0.03', read: { 研发费用: 30, 营业收入: 2000 } },
    ],
    path: 'compiled',
  })
  expect(judged('a > 5 and b = 1 and a < 3')).toMatchObject({
    verdict: 'false',
    failing: [{ clause: 'a > 5' }, { clause: 'a < 3' }],
  })
  expect(judged('(a = 1 and b = 1) or c = 1', { a: 2, b: 2, c: 2 }).failing.map(({ clause }) => clause)).toEqual([
    'c = 1',
  ])
})

test.each([
  ['1 / 0 > 3', {}],
  ['1 / 0 = 3', {}],
  ['1 / 0 != 3', {}],
  ['0.1 + 0.2 = 0.3', {}],
  ['1e3 = 1', {}],
  ['a = "1"', { a: 1 }],
  ['a != "1"', { a: 1 }],
  ['a > "1"', { a: 5 }],
  ['a in ("1", 1)', { a: 1 }],
  ['a in ("1", = 2)', { a: 1 }],
  ['a in (1 / 0, 2)', { a: 1 }],
  ['a in [9..1]', { a: 5 }],
  ['a in (9..1]', { a: 9 }],
  ['a in ]1..9[', { a: 9 }],
  ['a between 9 and 1', { a: 5 }],
  ['a in [1..5] and b > 3', { a: 2, b: 4 }],
  ['a in [1..5] and b > 3', { a: 2, b: 2 }],
  ['a / b in (2, 3)', { a: 1, b: 0 }],
  ['a / b in ([1..2], 3)', { a: 1, b: 0 }],
  ['not(a)', { a: 3 }],
  ['a and true', { a: 'x' }],
  ['if a then b else c', { a: 'x', b: true, c: false }],
  ['if a / 0 > 1 then b else c', { a: 1, b: true, c: false }],
  ['a < b < c', { a: 1, b: 2, c: 3 }],
  ['a > 3 = true', { a: 5 }],
  ['-a > - 3', { a: 2 }],
  ['a-b > 3', { 'a-b': 5, a: 1, b: 1 }],
  ['研发/收入 > 3', { '研发 / 收入': 5 }],
  ['年  收入 > 3 // 万元', { '年 收入': 5 }],
  ['count > 3', {}],
  ['count > 3', { count: 5 }],
  ['a = true', { a: [true] }],
  ['员工[年龄 > 30].姓 = "李"', { 员工: [{ 年龄: 33, 姓: '李' }] }],
  ['企业.研发/收入 > 3', { 企业: { '研发/收入': 5 } }],
  ['some x in a satisfies x > 3', { a: [1, 5] }],
  ['date(a) >= date("2020-01-01")', { a: '2021-05-01' }],
  ['date(a) = @"2021-05-01" and @"0999-12-31" < date(a)', { a: '2021-05-01' }],
  ['date(a) between date("2020-01-01") and date(b)', { a: '2021-05-01', b: '2021-05-01' }],
  ['date(a) in (date("2020-01-01"), [date("2021-01-01")..date("2021-12-31")])', { a: '2021-05-01' }],
  ['date(a) > date("2020-01-01")', { a: '2021-02-30' }],
  ['date(a) > date("2020-01-01")', { a: '2021-05-01T10:00:00Z' }],
  ['date(a) = "2021-05-01"', { a: '2021-05-01' }],
  ['date(a) > "2021-05-01"', { a: '2021-05-02' }],
  ['date(a) > date("2020-01-01")', { a: 5 }],
  ['date(a) - date("2020-01-01") > duration("P30D")', { a: '2020-03-01' }],
  ['date(2020, 1, 1) < date(a)', { a: '2020-03-01' }],
  ['date(a)', { a: '2020-03-01' }],
  ['a = "x\\"y"', { a: 'x"y' }],
  ['a > 1 and string length(b) = 2', { a: 2, b: '两健' }],
  ['? > 1 and a in (? > 1, 3)', { '?': 2, a: true }],
])('%s of %j is what feelin says', (text, given) => {
  expect(judged(text, given).value).toEqual(evaluate(text, given).value)
})

test('days are compared without asking the reference', () => {
  const text = 'date(成立日期) <= date("2023-01-01") and 职工人数 > 3'
  expect(judged(text, { 成立日期: '2022-05-09', 职工人数: 5 })).toMatchObject({ verdict: 'true', path: 'compiled' })
  expect(judged(text, { 成立日期: '2023-05-09' })).toMatchObject({ verdict: 'false', path: 'compiled' })
  expect(judged(text, { 职工人数: 5 })).toMatchObject({ verdict: 'unknown', missing: ['成立日期'], path: 'compiled' })
})

test('what is missing is unknown, but who asks whether it is missing is answered', () => {
  expect(judged('a != 5')).toMatchObject({ verdict: 'unknown', missing: ['a'], path: 'compiled' })
  expect(judged('a != 5', { a: null })).toMatchObject({ verdict: 'unknown', missing: ['a'] })
  expect(judged('a = null')).toMatchObject({ verdict: 'true', path: 'reference' })
  expect(judged('a = null or b > 3', { a: 1 })).toMatchObject({ verdict: 'unknown', missing: ['b'], path: 'reference' })
  expect(judged('string length(a) > 2 and b > 3', { b: 1 })).toMatchObject({ verdict: 'false', path: 'reference' })
  expect(judged('string length(a) > 2 and b > 3', { b: 4 })).toMatchObject({ verdict: 'unknown', missing: ['a'] })
})

test('the same whatever is missing is not unknown, across facts and terms, too', () => {
  expect(judged('a >= b or a < b').verdict).toBe('true')
  expect(judged('a > b and b > a').verdict).toBe('false')
  expect(judged('a + b >= a + b').verdict).toBe('true')
  expect(judged('string length(a) > 2 and not(matches(a, "x"))').missing).toEqual(['a'])
  expect(judged('a + b > 3 or a + b < 4').verdict).toBe('true')
  expect(judged('not(a in ("x", "y")) or a = "x" or a = "y"').verdict).toBe('true')
  expect(judged('a / 0 > 3')).toMatchObject({ verdict: 'unknown', missing: [], value: null })
  expect(judged('a = 1 / 0')).toMatchObject({ verdict: 'false' })
  expect(judged('(if a > 1 then b else b) and b', { b: true }).verdict).toBe('true')
  expect(judged('100 / a >= 0.05 and a > 2000').verdict).toBe('false')
  expect(judged('100 / a >= 0.05 and a > 2000 - 0.0001')).toMatchObject({ verdict: 'unknown', missing: ['a'] })
})

test('many facts missing at once are no matter: clauses that share none are looked at by themselves', () => {
  const names = Array.from({ length: 60 }, (_, n) => `f${n}`)
  const text = names.map((name) => `(${name} > 5 or ${name} < 3)`).join(' and ')
  expect(judged(text).missing).toEqual(names)
  expect(judged(`${text} and (f0 <= 5 and f0 >= 3)`).verdict).toBe('false')
  const tangled = names.map((name, n) => `(${name} > 5 and ${names[(n + 1) % 60]} < 3)`).join(' or ')
  expect(judged(tangled)).toMatchObject({ verdict: 'unknown', missing: names, isCut: true })
  expect(judged('a > 1 and b > 2')).not.toHaveProperty('isCut')
})

test('what is said to be of a type is no fact', () => {
  expect(judged('a instance of number and b > 1', { a: 1 }).missing).toEqual(['b'])
})

test('clauses whose cases explode are answered all the same, and it is said that not all cases were gone through', () => {
  const names = Array.from({ length: 12 }, (_, n) => `f${n}`)
  const either = (k: number) =>
    `(${[0, 1, 2].map((j) => `f${(k * 5 + j * 7) % 12} ${j === 1 ? '<' : '>='} ${(k * 13 + j * 29) % 90}`).join(' or ')})`
  const text = Array.from({ length: 60 }, (_, k) => either(k)).join(' and ')
  const facts = (of: (n: number) => number | null) => Object.fromEntries(names.map((name, n) => [name, of(n)]))
  const read = parsed(
    text,
    facts(() => null),
  )
  const none = judge(
    read,
    facts(() => null),
  )
  expect(none).toMatchObject({ verdict: 'unknown', isCut: true })
  expect([...none.missing].toSorted()).toEqual([...names].toSorted())
  const all = facts((n) => (n * 37) % 90)
  expect(judge(read, all).verdict).toBe('false')
  expect(
    conditionFlaws(
      read,
      names.map((name) => ({ name, type: 'number', measure: 'person' })),
    ),
  ).toEqual([])
  // What would change it need not be the least, but does change it.
  const costs = Object.fromEntries(names.map((name) => [name, { step: 1, up: 1, down: 1 }]))
  const found = nearest(read, all, costs)
  if (!('changes' in found)) expect.fail(JSON.stringify(found))
  expect(judge(read, { ...all, ...found.changes }).verdict).toBe('true')
})
