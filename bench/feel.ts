// A million random pairs of rule and enterprise: in bulk, with vectors and without, one by one, and by feelin.
import fc from 'fast-check'
import { evaluate } from 'feelin'
import { rowOf, tableOf } from '../kernel/rules/column.ts'
import { parse } from '../kernel/rules/expression.ts'
import { judge } from '../kernel/rules/judge.ts'
import { kleeneIn, match, matcherOf } from '../kernel/rules/match.ts'
import { factOf, NAMES, rule } from '../tests/rule.ts'
import { type Comparison } from './measure.ts'

const PAIRS = 1_000_000
/** Enterprises that each rule is compared on. */
const ROWS = 400
/** Rules that are compared at a time. */
const RULES = 25

function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const complete = fc.record(Object.fromEntries(NAMES.map((name) => [name, factOf(name)])))
  let [pairs, same, seed] = [0, 0, 1]
  const taken = { ours: 0, other: 0 }
  while (pairs < PAIRS) {
    const rows = fc.sample(complete, { numRuns: ROWS, seed: seed++ })
    const expressions = fc.sample(rule, { numRuns: RULES, seed: seed++ }).map(({ text }) => {
      const expression = parse(text, rows[0]!)
      if ('refused' in expression) throw new Error(`${text}: ${expression.refused}`)
      return expression
    })
    const table = tableOf(rows)
    const [simd, plain] = [matcherOf(table, expressions), matcherOf(table, expressions, 'plain')]
    const began = performance.now()
    match(simd)
    taken.ours += performance.now() - began
    match(plain)
    for (const [at, expression] of expressions.entries())
      for (let row = 0; row < ROWS; row++) {
        const facts = rowOf(table, row)
        const start = performance.now()
        const { value } = evaluate(expression.text, facts)
        taken.other += performance.now() - start
        const bulk = typeof value === 'boolean' ? value : undefined
        const agree = kleeneIn(simd, at, row) === bulk && kleeneIn(plain, at, row) === bulk
        if (agree && judge(expression, facts).value === value) same += 1
        else say(`${expression.text} of ${JSON.stringify(facts)}: ${String(value)}`)
        pairs += 1
      }
    if (pairs % 100_000 < RULES * ROWS) say(`${pairs} pairs, ${same} the same`)
  }
  const [ours, other] = [(1000 * pairs) / taken.ours, (1000 * pairs) / taken.other]
  const name = `${PAIRS.toLocaleString('en')} random pairs, against feelin`
  return Promise.resolve([{ name, ours, other, ratio: ours / other, unit: 'pairs/s', agrees: same === pairs }])
}

export const bench = {
  says: 'a million random pairs of rule and enterprise: the same as feelin says (a quarter of an hour)',
  run,
}
