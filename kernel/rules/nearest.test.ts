// The cheapest change found is the cheapest that trying every change finds; the best question decides what it says.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factOf, FLAGS, NAMES, NUMBERS, rule, WORDS, type Given } from '../../tests/rule.ts'
import { parse, type Expression } from './expression.ts'
import { judge } from './judge.ts'
import { nearest, questions, type Cost } from './nearest.ts'

const parsed = (text: string, given: Record<string, unknown>): Expression => {
  const expression = parse(text, given)
  if ('refused' in expression) throw new Error(`${text}: ${expression.refused} at ${expression.at}`)
  return expression
}

const price = fc.option(fc.constantFrom(1, 2, 5), { nil: undefined })
const amount = fc.record({ step: fc.constantFrom(0.5, 1, 3), up: price, down: price }) as fc.Arbitrary<Cost>
const words = fc.constantFrom('制造业', '软件业', 'a', 'b')
const choice = (values: fc.Arbitrary<string | boolean>) =>
  fc.array(fc.tuple(values, fc.constantFrom(1, 3, 7)), { maxLength: 3 }).map((to): Cost => ({ to }))
const cost = fc.oneof(
  fc.tuple(fc.constantFrom(...NUMBERS), amount),
  fc.tuple(fc.constantFrom(...WORDS), choice(words)),
  fc.tuple(fc.constantFrom(...FLAGS), choice(fc.boolean())),
)
const complete = fc.record(Object.fromEntries(NAMES.map((name) => [name, factOf(name)]))) as fc.Arbitrary<Given>

/** Every value that the fact may take, with what it costs; numbers as far as any threshold lies. */
function everyValue(
  from: number | string | boolean,
  cost: Cost,
): readonly (readonly [number | string | boolean, number])[] {
  if ('to' in cost) return [[from, 0], ...cost.to]
  const steps = Array.from({ length: 121 }, (_, n) => (n - 60) * cost.step)
  const price = (to: number) => (to > Number(from) ? cost.up : cost.down)
  return [
    [from, 0],
    ...steps.flatMap((to) =>
      price(to) === undefined ? [] : [[to, Math.abs(to - Number(from)) * price(to)!] as const],
    ),
  ]
}

test('of random rules and costs: as cheap as the cheapest of all changes, and it does hold then', () => {
  const seen = { changed: 0, none: 0, proven: 0 }
  fc.assert(
    fc.property(
      rule,
      complete,
      fc.array(cost, { minLength: 1, maxLength: 3 }),
      ({ text, run, names }, facts, declared) => {
        const costs = Object.fromEntries(declared)
        const moving = Object.keys(costs).filter((name) => names.includes(name))
        const found = nearest(parsed(text, facts), facts, costs)
        let least: number | undefined
        const grids = moving.map((name) => everyValue(facts[name]!, costs[name]!))
        const tried = { ...facts }
        const tryAll = (at: number, sum: number): void => {
          if (least !== undefined && sum >= least) return
          if (at === moving.length) {
            if (run(tried) === true) least = sum
            return
          }
          for (const [value, price] of grids[at]!) {
            tried[moving[at]!] = value
            tryAll(at + 1, sum + price)
          }
        }
        tryAll(0, 0)
        // What costs more than this may lie beyond the values that were tried.
        if (found.cost === undefined || found.cost < FAR) expect([text, found.cost]).toEqual([text, least])
        else expect(least === undefined || least >= found.cost).toBe(true)
        if (found.proven) seen.proven += 1
        if (found.cost === undefined) seen.none += 1
        else {
          expect(run({ ...facts, ...found.changes } as Given)).toBe(true)
          if (found.cost > 0) seen.changed += 1
        }
      },
    ),
    { numRuns: 4000 },
  )
  expect(seen.changed).toBeGreaterThan(100)
  expect(seen.none).toBeGreaterThan(100)
  expect(seen.proven).toBeGreaterThan(500)
})
/** Sixty steps of half a unit from the farthest fact, at the least price. */
const FAR = 26

describe('an enterprise that is told what is lacking', () => {
  const text = '职工人数 >= 20 and 研发费用 / 营业收入 >= 0.03 and 行业 in ("制造业", "软件业")'
  const facts = { 职工人数: 18, 研发费用: 500, 营业收入: 20_000, 行业: '软件业' }

  test('hires two and spends a hundred more', () => {
    const costs = { 职工人数: { step: 1, up: 8 }, 研发费用: { step: 10, up: 1 } }
    expect(nearest(parsed(text, facts), facts, costs)).toEqual({
      cost: 116,
      changes: { 职工人数: 20, 研发费用: 600 },
      proven: true,
    })
  })
  test('cannot, where it may not change what it would have to', () => {
    const costs = { 职工人数: { step: 1, up: 8 } }
    expect(nearest(parsed(text, facts), facts, costs)).toEqual({ cost: undefined, proven: true })
  })
  test('does nothing, where it holds', () => {
    const held = { ...facts, 职工人数: 25, 研发费用: 900 }
    expect(nearest(parsed(text, held), held, { 职工人数: { step: 1, up: 8 } })).toEqual({
      cost: 0,
      changes: {},
      proven: true,
    })
  })
  test('is told which of two to change that stand in one condition, and how far', () => {
    // 500 of 20,000: a unit more of the one is worth 33 less of the other.
    const told = (costs: Readonly<Record<string, Cost>>) =>
      nearest(parsed(text, { ...facts, 职工人数: 20 }), { ...facts, 职工人数: 20 }, costs)
    const spend = { step: 10, up: 1 }
    expect(told({ 研发费用: spend, 营业收入: { step: 10, down: 1 } })).toMatchObject({
      cost: 100,
      changes: { 研发费用: 600 },
    })
    expect(told({ 研发费用: spend, 营业收入: { step: 10, down: 0.01 } })).toMatchObject({
      cost: 33.4,
      changes: { 营业收入: 16_660 },
    })
    // In steps of a hundred neither alone is cheapest.
    expect(told({ 研发费用: { step: 100, up: 1 }, 营业收入: { step: 300, down: 0.1 } })).toMatchObject({
      cost: 100,
      changes: { 研发费用: 600 },
      proven: true,
    })
  })
  test('is told of both, where it takes both', () => {
    const both = 'a + b >= 10 and a <= 6 and b <= 5'
    const given = { a: 3, b: 3 }
    expect(nearest(parsed(both, given), given, { a: { step: 1, up: 1 }, b: { step: 1, up: 3 } })).toEqual({
      cost: 6,
      changes: { a: 6, b: 4 },
      proven: true,
    })
  })
  test('is told of one that stands twice in a condition', () => {
    expect(nearest(parsed('a * a >= 10', { a: 1 }), { a: 1 }, { a: { step: 1, up: 2, down: 1 } })).toMatchObject({
      cost: 5,
      changes: { a: -4 },
    })
  })
  test('where no direction leads there, none is found, and it is said that this is not proven', () => {
    const given = { a: 1, b: 1 }
    expect(nearest(parsed('a + b >= 5', given), given, { a: { step: 1, down: 1 }, b: { step: 1, down: 1 } })).toEqual({
      cost: undefined,
      proven: false,
    })
  })
  test('is told what makes it certain while something is missing', () => {
    const either = 'a >= 10 or b = true'
    expect(nearest(parsed(either, { a: 4 }), { a: 4 }, { a: { step: 1, up: 1 } })).toMatchObject({
      cost: 6,
      changes: { a: 10 },
    })
  })
})

test('thousands of ways are cut short, and what is found is said not to be proven', () => {
  const names = Array.from({ length: 40 }, (_, n) => `x${n}`)
  const pairs = names.map((name, n) => `(${name} > 1 or ${names[(n + 7) % 40]} > 2)`).join(' and ')
  const facts = Object.fromEntries(names.map((name) => [name, 0]))
  const costs = Object.fromEntries(names.map((name) => [name, { step: 1, up: 1 }]))
  const found = nearest(parsed(pairs, facts), facts, costs)
  if (found.cost === undefined) throw new Error('nothing found')
  expect(found.proven).toBe(false)
  expect(judge(parsed(pairs, facts), { ...facts, ...found.changes }).verdict).toBe('true')
})

test('the next best question decides most; a rule that hangs on two facts no single answer decides', () => {
  const judged = (text: string, worth?: number) => ({
    judgement: judge(parsed(text, {}), {}),
    ...(worth !== undefined && { worth }),
  })
  const rules = [
    judged('a > 1'),
    judged('b > 1 and a > 2'),
    judged('c = 1', 5),
    judged('b > 3 and d = 1'),
    judged('e > 1 or e <= 1'),
  ]
  expect(questions(rules)).toEqual([
    { fact: 'c', decides: 5, touches: 5 },
    { fact: 'a', decides: 1, touches: 2 },
    { fact: 'b', decides: 0, touches: 2 },
    { fact: 'd', decides: 0, touches: 1 },
  ])
})

test('what a question is said to decide it does decide, whatever the answer', () => {
  let asked = 0
  fc.assert(
    fc.property(rule, complete, fc.subarray([...NAMES]), ({ text, names }, facts, missing) => {
      const given = Object.fromEntries(NAMES.map((name) => [name, missing.includes(name) ? null : facts[name]!]))
      const expression = parsed(text, given)
      const [best] = questions([{ judgement: judge(expression, given) }])
      if (best === undefined || best.decides === 0) return
      asked += 1
      expect(names).toContain(best.fact)
      expect(judge(expression, { ...given, [best.fact]: facts[best.fact]! }).missing).toEqual([])
    }),
    { numRuns: 1000 },
  )
  expect(asked).toBeGreaterThan(50)
})

test('where one fact cannot help as another stands, its values without end do not keep the other from being tried', () => {
  const facts = { 人数: -2, 收入: -2, 高新: false }
  const rule = parsed('if 人数 = -2 then (高新 and -人数 < 收入 + 收入) else true', facts)
  expect(nearest(rule, facts, { 人数: { step: 0.5, down: 1 }, 收入: { step: 0.5, up: 1 } })).toEqual({
    cost: 0.5,
    changes: { 人数: -2.5 },
    proven: true,
  })
})

test('values without end of one fact are tried no further than those of another are dear', () => {
  const facts = { 研发: 0, 收入: -2 }
  const rule = parsed('not(if 研发 + 研发 in (0, -2) then 收入 / 收入 between -2 and 1 else 收入 < 收入)', facts)
  expect(nearest(rule, facts, { 研发: { step: 0.5, up: 1 }, 收入: { step: 0.5, down: 1 } })).toEqual({
    cost: 0.5,
    changes: { 研发: 0.5 },
    proven: true,
  })
})
