// A decision with what it needs put into it comes to what going through the chain comes to, step by step, with feelin alone.
import fc from 'fast-check'
import { evaluate, unaryTest } from 'feelin'
import { describe, expect, test } from 'vitest'
import { wholeOf } from './chain.ts'
import { unknownOf, type Dictionary } from './dictionary.ts'
import { parse } from './expression.ts'
import { judge } from './judge.ts'
import type { Decision, Model } from './model.ts'
import type { DecisionTable } from './table.ts'

const dictionary: Dictionary = [
  { name: '收入', type: 'number' },
  { name: '研发/收入', type: 'number' },
  { name: '行业', type: 'text' },
  { name: '高新', type: 'flag' },
]
const facts = unknownOf(dictionary)
const values = {
  收入: [-1, 0, 0.5, 1, 2, 3],
  '研发/收入': [0, 1, 2, 3],
  行业: ['制造', '软件', '其他'],
  高新: [true, false],
} as const
type Name = keyof typeof values
const NAMES = Object.keys(values) as Name[]
const complete = fc.record(
  Object.fromEntries(NAMES.map((name) => [name, fc.constantFrom<number | string | boolean>(...values[name])])),
)

const literal = (text: string): Decision['logic'] => ({ kind: 'literal', text })
const decision = (id: string, logic: Decision['logic'], needs: readonly string[], more: Partial<Decision> = {}) => ({
  id,
  name: id,
  needs,
  logic,
  ...more,
})
const modelOf = (...decisions: readonly Decision[]): Model => ({
  id: 'm',
  name: 'm',
  namespace: '',
  inputs: [],
  decisions,
})

/** What is random: numbers, words and flags by the names of facts and of results that are in sight. */
type InSight = {
  readonly number: readonly string[]
  readonly text: readonly string[]
  readonly flag: readonly string[]
}
const from = (list: readonly string[]) => fc.constantFrom(...list)
const number = ({ number: names }: InSight) =>
  fc.oneof(
    from(names),
    from(['0', '1', '2', '-1']),
    fc.tuple(from(names), from(['+', '-', '*', '/']), from([...names, '2', '1'])).map((parts) => parts.join(' ')),
    fc.tuple(from(names), from(names)).map(([a, b]) => `if ${a} > 1 then ${b} else 2`),
    from(names).map((a) => `min(${a}, 2)`),
    from(names).map((a) => `-${a} // ${a}`),
  )
const flag = (sight: InSight) => {
  const simple = fc.oneof(
    from(sight.flag),
    fc
      .tuple(number(sight), from(['<', '<=', '>', '>=', '=', '!=']), from([...sight.number, '1', '2']))
      .map(([a, op, b]) => `(${a}\n) ${op} ${b}`),
    fc.tuple(from(sight.text), from(['"制造"', '"软件"', '"高"'])).map(([a, b]) => `${a} = ${b}`),
    from(sight.text).map((a) => `${a} in ("制造", "高")`),
    from(sight.number).map((a) => `${a} between 0 and 2`),
    from(sight.number).map((a) => `(${a} in [1..3))`),
    from(sight.flag).map((a) => `${a} = false`),
  )
  return fc.oneof(
    simple,
    fc.tuple(simple, from(['and', 'or']), simple).map((parts) => parts.join(' ')),
    simple.map((one) => `not(${one})`),
    fc.tuple(simple, simple, simple).map(([a, b, c]) => `if ${a} then ${b} else ${c}`),
  )
}
const text = ({ text: names, flag: flags }: InSight) =>
  fc.oneof(
    from(['"制造"', '"高"', '"档次 > 收入"']),
    from(flags).map((one) => `if ${one} then "高" else "低"`),
    from(names),
  )
const OF = { number, text, flag }
type Sort = keyof typeof OF

const cellOf = (sort: Sort) =>
  sort === 'number'
    ? from(['-', '> 1', '<= 1', '[0..2)', 'not(1)', '0, 1'])
    : sort === 'text'
      ? from(['-', '"制造"', '"高", "软件"', 'not("高")'])
      : from(['-', 'true', 'false'])
const table = (sort: Sort, sight: InSight) =>
  fc
    .record({
      hitPolicy: fc.constantFrom('UNIQUE' as const, 'ANY' as const, 'FIRST' as const),
      best: fc.constantFrom(undefined, undefined, 'MAX' as const, 'MIN' as const),
      input: from(sight.number),
      word: from(sight.text),
      is: from(sight.flag),
      allowed: fc.constantFrom(undefined, undefined, '>= 0'),
      byDefault: fc.option(OF[sort](sight), { nil: undefined }),
      rules: fc.array(
        fc.record({
          cells: fc.tuple(cellOf('number'), cellOf('text'), cellOf('flag')),
          gives: OF[sort](sight),
          number: from(['-1', '0', '1', '2']),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ hitPolicy, best, input, word, is, allowed, byDefault, rules }): Decision['logic'] => ({
      kind: 'table',
      table: {
        ...(best && sort === 'number' ? { hitPolicy: 'COLLECT' as const, aggregation: best } : { hitPolicy }),
        inputs: [
          { expression: input, ...(allowed !== undefined && { allowed }) },
          { expression: word },
          { expression: is },
        ],
        outputs: [byDefault === undefined ? {} : { default: byDefault }],
        rules: rules.map(({ cells, gives, number: one }) => ({
          inputs: cells,
          outputs: [best && sort === 'number' ? one : gives],
        })),
      },
    }))
const logicOf = (sort: Sort, sight: InSight): fc.Arbitrary<Decision['logic']> =>
  fc.oneof(OF[sort](sight).map(literal), table(sort, sight))
const base: InSight = { number: ['收入', '研发/收入'], text: ['行业'], flag: ['高新'] }
/** Names that are parts of others, hold signs, or are called by another variable than they are named. */
const chainTo = (...sorts: Sort[]) =>
  logicOf('text', base).chain((first) => {
    const seen: InSight = { ...base, text: ['行业', '档次'] }
    return logicOf('number', seen).chain((second) => {
      const more: InSight = { ...seen, number: [...seen.number, '档次-收入'] }
      return fc
        .tuple(logicOf('flag', more), fc.constantFrom(...sorts))
        .chain(([third, sort]) =>
          OF[sort]({ ...more, flag: [...more.flag, '合格 名单'] }).map((last) =>
            modelOf(
              decision('last', literal(last), ['a', 'b', 'c']),
              decision('c', third, ['a', 'b'], { name: '名单', variable: '合格 名单' }),
              decision('b', second, ['a'], { name: '档次-收入' }),
              decision('a', first, [], { name: '档次' }),
            ),
          ),
        )
    })
  })

/** Step by step, by nothing but feelin; undefined where a table has no answer. */
function stepped({ decisions }: Model, given: Record<string, unknown>): unknown {
  const known = { ...given }
  const asked = (written: string) => evaluate(written, known).value ?? null
  let value: unknown
  for (const { logic, name, variable } of decisions.toReversed()) {
    value = logic.kind === 'literal' ? asked(logic.text) : hit(logic.table)
    if (value === undefined) return undefined
    known[variable ?? name] = value
  }
  return value

  function hit({ hitPolicy, aggregation, inputs, outputs, rules }: DecisionTable): unknown {
    const passes = (cell: string, expression: string) =>
      unaryTest(cell, { ...known, '?': asked(expression) }).value === true
    if (inputs.some(({ allowed, expression }) => allowed && !passes(allowed, expression))) return null
    const found = rules.filter((rule) => rule.inputs.every((cell, at) => passes(cell, inputs[at]!.expression)))
    const gives = found.map((rule) => asked(rule.outputs[0]!))
    if (gives.length === 0) return outputs[0]!.default === undefined ? null : asked(outputs[0]!.default)
    if (aggregation) return evaluate(`${aggregation.toLowerCase()}(list)`, { list: gives }).value
    if (hitPolicy !== 'FIRST' && new Set(gives.map((one) => JSON.stringify(one))).size > 1) return undefined
    return gives[0]
  }
}

const read = (written: string) => {
  const found = parse(written, facts)
  if ('refused' in found) throw new Error(`${JSON.stringify(found)} ${written}`)
  return found
}
const literalIn = (whole: ReturnType<typeof wholeOf>): string => {
  if ('refused' in whole || whole.kind !== 'literal') throw new Error(JSON.stringify(whole))
  return whole.text
}

test('of random chains with all facts known: the same as feelin, step by step', () => {
  const seen = { put: 0, refused: 0 }
  fc.assert(
    fc.property(
      chainTo('flag', 'number', 'text'),
      fc.array(complete, { minLength: 4, maxLength: 4 }),
      (model, rows) => {
        const whole = wholeOf(model, 'last', dictionary)
        if ('refused' in whole) {
          expect(['rules-overlap', 'grows-too-long', 'may-be-null']).toContain(whole.refused)
          seen.refused += 1
          return
        }
        seen.put += 1
        const written = literalIn(whole)
        for (const row of rows) {
          const steps = stepped(model, row)
          if (steps !== undefined) expect([written, evaluate(written, row).value ?? null]).toEqual([written, steps])
        }
      },
    ),
    { numRuns: 150 },
  )
  expect(seen.put).toBeGreaterThan(80)
})

test('with a fact missing: decided where all completions agree, and open where they do not', () => {
  const seen = { decided: 0, open: 0, exact: 0 }
  const fine: Record<Name, readonly unknown[]> = {
    收入: [-5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 9],
    '研发/收入': [-5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 9],
    行业: ['制造', '软件', '其他', '高', '低'],
    高新: [true, false],
  }
  fc.assert(
    fc.property(chainTo('flag'), fc.array(complete, { minLength: 2, maxLength: 2 }), (model, rows) => {
      const whole = wholeOf(model, 'last', dictionary)
      if ('refused' in whole) return
      const expression = read(literalIn(whole))
      // A term that is reckoned varies by itself, beside its fact: that may leave open what is not.
      const isExact = expression.own && !/[-+*/]/.test(expression.text.replaceAll('研发/收入', ''))
      for (const row of rows)
        for (const missing of NAMES) {
          const steps = fine[missing].map((value) => stepped(model, { ...row, [missing]: value }))
          if (steps.includes(undefined)) continue
          const all = [...new Set(steps)]
          const { verdict, missing: names } = judge(expression, { ...row, [missing]: null })
          if (verdict !== 'unknown') {
            seen.decided += 1
            expect([expression.text, all]).toEqual([expression.text, [verdict === 'true']])
          } else if (names.length > 0) {
            seen.open += 1
            if (!isExact) continue
            seen.exact += 1
            expect([expression.text, all.length > 1]).toEqual([expression.text, true])
          }
        }
    }),
    { numRuns: 100 },
  )
  expect(seen.decided).toBeGreaterThan(100)
  expect(seen.open).toBeGreaterThan(30)

  expect(seen.exact).toBeGreaterThan(10)
})

describe('what a decision needs', () => {
  const needing = (text: string, ...needed: readonly Decision[]) =>
    wholeOf(
      modelOf(
        decision(
          'last',
          literal(text),
          needed.map(({ id }) => id),
        ),
        ...needed,
      ),
      'last',
      dictionary,
    )
  const tableOf = (more: Partial<DecisionTable>): Decision['logic'] => ({
    kind: 'table',
    table: {
      hitPolicy: 'UNIQUE',
      inputs: [{ expression: '收入' }],
      outputs: [{}],
      rules: [
        { inputs: ['> 2'], outputs: ['10'] },
        { inputs: ['<= 2'], outputs: ['20'] },
      ],
      ...more,
    },
  })
  const points = tableOf({
    hitPolicy: 'COLLECT',
    aggregation: 'SUM',
    inputs: [{ expression: '收入' }, { expression: '高新' }],
    outputs: [{ default: '0' }],
    rules: [
      { inputs: ['> 1', '-'], outputs: ['40'] },
      { inputs: ['> 2', '-'], outputs: ['10'] },
      { inputs: ['-', 'true'], outputs: ['30'] },
    ],
  })
  const a = (logic: Decision['logic'], more: Partial<Decision> = {}) =>
    decision('a', logic, [], { name: '档', ...more })

  test.each<[string, ReturnType<typeof needing>, string]>([
    [
      'by its name, and not in a text or a longer name',
      needing('档 > 1 and 行业 = "档"', a(literal('收入'))),
      '收入 > 1 and 行业 = "档"',
    ],
    ['by its variable', needing('得分 > 1', a(literal('收入'), { variable: '得分' })), '收入 > 1'],
    ['by its id', needing('a > 1', a(literal('收入'))), '收入 > 1'],
    ['with what binds closer in brackets', needing('档 * 2 > 1', a(literal('收入 + 1'))), '((收入 + 1) * 2) > 1'],
    ['without a remark at its end', needing('档 > 1', a(literal('收入 // 万元'))), '收入 > 1'],
    ['as a table whose rows leave nobody out', needing('档 = 20', a(tableOf({}))), 'not(收入 > 2)'],
    ['as points that add up', needing('档 >= 70', a(points)), '收入 > 1 and 高新'],
    [
      'as the highest of those that hold',
      needing('档 = 40', a(tableOf({ ...(points as { table: DecisionTable }).table, aggregation: 'MAX' }))),
      '收入 > 1',
    ],
    [
      'as a count',
      needing('档 >= 3', a(tableOf({ ...(points as { table: DecisionTable }).table, aggregation: 'COUNT' }))),
      '收入 > 2 and 高新',
    ],
  ])('is put in %s', (_, whole, text) => {
    expect(whole).toEqual({ kind: 'literal', text })
  })

  test.each<[string, ReturnType<typeof needing>, object]>([
    [
      'where a name may mean something else',
      needing('some x in [1] satisfies x = 档', a(literal('收入'))),
      { refused: 'not-to-put-in', name: '档' },
    ],
    ['of which a part is asked', needing('档.金额 > 1', a(literal('收入'))), { refused: 'not-to-put-in', name: '档' }],
    ['that stands as a test', needing('高新 in (档, 档)', a(literal('收入 > 1'))), { refused: 'not-to-put-in' }],
    [
      'that may be null, to a function',
      needing('min(档, 收入) > 1', a(tableOf({ rules: [{ inputs: ['> 2'], outputs: ['1'] }] }))),
      { refused: 'may-be-null', decision: 'last' },
    ],
    [
      'that is a list',
      needing('档 > 1', a(tableOf({ hitPolicy: 'RULE ORDER' }))),
      { refused: 'no-single-value', decision: 'a' },
    ],
    [
      'that is the highest of what is reckoned',
      needing(
        '档 > 1',
        a(tableOf({ hitPolicy: 'COLLECT', aggregation: 'MAX', rules: [{ inputs: ['-'], outputs: ['收入'] }] })),
      ),
      { refused: 'no-single-value', decision: 'a' },
    ],
    [
      'that is a sum of what is reckoned',
      needing(
        '档 > 1',
        a(tableOf({ hitPolicy: 'COLLECT', aggregation: 'SUM', rules: [{ inputs: ['-'], outputs: ['收入'] }] })),
      ),
      { refused: 'no-single-value', decision: 'a' },
    ],
    [
      'that has several outputs',
      needing(
        '档 > 1',
        a(tableOf({ outputs: [{ name: 'x' }, { name: 'y' }], rules: [{ inputs: ['-'], outputs: ['1', '2'] }] })),
      ),
      { refused: 'several-outputs', decision: 'a' },
    ],
    [
      'of which two rows hold',
      needing(
        '档 > 1',
        a(
          tableOf({
            rules: [
              { inputs: ['> 1'], outputs: ['1'] },
              { inputs: ['> 2'], outputs: ['2'] },
            ],
          }),
        ),
      ),
      { refused: 'rules-overlap', rules: [0, 1] },
    ],
    ['itself', needing('last > 1'), { refused: 'not-drawn', name: 'last' }],
  ])('is refused: %s', (_, whole, refusal) => {
    expect(whole).toMatchObject(refusal)
  })

  test('a result that is null is no fact that is missing; whoever asks for null is answered', () => {
    const whole = needing('档 = 收入', a(tableOf({ rules: [{ inputs: ['> 2'], outputs: ['1'] }] })))
    expect(judge(read(literalIn(whole)), {})).toMatchObject({ verdict: 'false' })
    expect(needing('档 = null', a(literal('收入')))).toEqual({ kind: 'literal', text: '收入 = null' })
  })
})
