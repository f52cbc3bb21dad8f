// What is said to be wrong is wrong, of all enterprises that can be; and what the law's own tables get wrong when they are copied badly.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amounts, completionsOf, NAMES, NUMBERS, rule, WORDS, type Given } from '../../tests/rule.ts'
import { conditionFlaws, amountFlaws, tableFlaws, tierFlaws } from './check.ts'
import { unknownOf, type Dictionary, type Fact } from './dictionary.ts'
import { parse, type Expression } from './expression.ts'
import { flawCodes } from './flaw.ts'
import { judge } from './judge.ts'
import { readTable, type DecisionTable } from './table.ts'

const dictionary: Dictionary = [
  { name: '营业收入', type: 'number', measure: 'wan-yuan', least: 0 },
  { name: '研发费用', type: 'number', measure: 'wan-yuan', least: 0 },
  { name: '资产', type: 'number', measure: 'yuan', least: 0 },
  { name: '职工人数', type: 'number', measure: 'person', least: 0 },
  { name: '研发占比', type: 'number', measure: 'percent', least: 0, most: 100 },
  { name: '面积', type: 'number', measure: 'square-metre', least: 0 },
  { name: '用地', type: 'number', measure: 'mu', least: 0 },
  { name: '成立年限', type: 'number', measure: 'year', least: 0 },
  { name: '行业', type: 'text', allowed: ['制造业', '软件业', '农业'] },
  { name: '高新', type: 'flag' },
  { name: '成立日期', type: 'day' },
]
const said = new Set<string>()
const read = (text: string, over: Dictionary = dictionary): Expression => {
  const expression = parse(text, unknownOf(over))
  if ('refused' in expression) throw new Error(`${text}: ${expression.refused}`)
  return expression
}
const flawsOf = (text: string) =>
  conditionFlaws(read(text), dictionary).map(({ from, to, ...flaw }) => {
    said.add(flaw.code)
    return { ...flaw, at: text.slice(from, to) }
  })

describe('names, types and units', () => {
  test.each([
    ['营业收人 > 5', { code: 'name-unknown', name: '营业收人', like: '营业收入', at: '营业收人' }],
    ['xyz > 5', { code: 'name-unknown', name: 'xyz', at: 'xyz' }],
    ['string length(企业名) > 2', { code: 'name-unknown', name: '企业名', at: 'string length(企业名) > 2' }],
    ['行业 > 5', { code: 'type-differs', is: 'number', needs: 'text', at: '5' }],
    ['高新 = "是"', { code: 'type-differs', is: 'text', needs: 'flag', at: '"是"' }],
    ['高新 > true', { code: 'type-differs', is: 'flag', needs: 'number', at: '高新' }],
    ['职工人数 and 高新', { code: 'type-differs', is: 'number', needs: 'flag', at: '职工人数' }],
    ['职工人数', { code: 'type-differs', is: 'number', needs: 'flag', at: '职工人数' }],
    ['行业 + 1 > 2', { code: 'type-differs', is: 'text', needs: 'number', at: '行业' }],
    ['date(行业) > date("2020-01-01")', { code: 'type-differs', is: 'text', needs: 'day', at: '行业' }],
    ['date(成立日期) > "2020-01-01"', { code: 'type-differs', is: 'text', needs: 'date', at: '"2020-01-01"' }],
    ['行业 in ("制造业", "矿业")', { code: 'word-not-allowed', name: '行业', word: '矿业', at: '"矿业"' }],
    ['营业收入 > 资产', { code: 'unit-differs', is: 'yuan', needs: 'wan-yuan', at: '资产' }],
    ['营业收入 + 资产 > 5', { code: 'unit-differs', is: 'yuan', needs: 'wan-yuan', at: '营业收入 + 资产' }],
    [
      '营业收入 / 职工人数 > 资产 / 职工人数',
      { code: 'unit-differs', is: 'yuan/person', needs: 'wan-yuan/person', at: '资产 / 职工人数' },
    ],
    ['研发费用 / 营业收入 > 研发占比', { code: 'unit-differs', is: 'percent', needs: '', at: '研发占比' }],
    ['营业收入 > 职工人数', { code: 'unit-differs', is: 'person', needs: 'wan-yuan', at: '职工人数' }],
    ['面积 > 用地', { code: 'unit-differs', is: 'mu', needs: 'square-metre', at: '用地' }],
    ['营业收入 * 100 > 资产', { code: 'unit-differs', is: 'yuan', needs: 'wan-yuan', at: '资产' }],
    ['营业收入 in (资产, 3)', { code: 'unit-differs', is: 'yuan', needs: 'wan-yuan', at: '资产' }],
    ['if 高新 then 营业收入 > 资产 else false', { code: 'unit-differs', is: 'yuan', needs: 'wan-yuan', at: '资产' }],
  ])('%s', (text, flaw) => {
    expect(flawsOf(text)).toEqual([flaw])
  })
  test.each([
    '营业收入 >= 2000 and 行业 in ("制造业", "软件业") and 高新',
    '营业收入 * 10000 > 资产',
    '营业收入 > 资产 / 10000',
    '研发费用 / 营业收入 >= 0.03',
    '研发费用 >= 0.03 * 营业收入',
    '研发费用 / 营业收入 * 100 >= 研发占比',
    '营业收入 / 职工人数 > 研发费用 / 职工人数 + 3',
    '成立年限 * 12 > 36',
    'date(成立日期) <= date("2023-01-01")',
    '成立日期 > "2020-01-01"',
    '营业收入 = null or 营业收入 > 5',
    'if 高新 then 营业收入 > 5 else 营业收入 > 9',
  ])('nothing is wrong with %s', (text) => {
    expect(flawsOf(text)).toEqual([])
  })
  test('an amount may be a number', () => {
    expect(amountFlaws(read('营业收入 * 0.1'), dictionary)).toEqual([])
    expect(amountFlaws(read('营业收入 + 资产'), dictionary)).toMatchObject([{ code: 'unit-differs' }])
  })
})

describe('what says nothing', () => {
  test.each([
    ['营业收入 > 5 and 营业收入 < 3', [{ code: 'never-true', at: '营业收入 > 5 and 营业收入 < 3' }]],
    ['高新 and 营业收入 < 0', [{ code: 'never-true', at: '高新 and 营业收入 < 0' }]],
    ['职工人数 > 19 and 职工人数 < 20', [{ code: 'never-true' }]],
    ['研发占比 > 100', [{ code: 'never-true' }]],
    ['营业收入 >= 0', [{ code: 'always-true' }]],
    ['行业 in ("制造业", "软件业", "农业") or 高新', [{ code: 'always-true' }]],
    ['高新 or not(高新)', [{ code: 'always-true' }]],
    ['营业收入 > 5 and 营业收入 > 3', [{ code: 'clause-implied', at: '营业收入 > 3' }]],
    ['营业收入 > 3 and 营业收入 > 5', [{ code: 'clause-implied', at: '营业收入 > 3' }]],
    ['高新 and 高新', [{ code: 'clause-implied', at: '高新' }]],
    ['职工人数 > 19 and 职工人数 >= 20', [{ code: 'clause-implied', at: '职工人数 >= 20' }]],
    ['行业 != "农业" and 行业 in ("制造业", "软件业")', [{ code: 'clause-implied' }]],
    ['营业收入 > 5 or 营业收入 > 9', [{ code: 'branch-idle', at: '营业收入 > 9' }]],
    ['营业收入 > 5 and (营业收入 < 3 or 高新)', [{ code: 'branch-idle', at: '营业收入 < 3' }]],
    [
      '高新 and 营业收入 > 5 and (营业收入 > 3 or 行业 = "农业")',
      [{ code: 'clause-implied', at: '营业收入 > 3 or 行业 = "农业"' }],
    ],
  ])('%s', (text, flaws) => {
    expect(flawsOf(text)).toMatchObject(flaws)
  })
  test('what cannot hold together is named, and nothing else', () => {
    const text = '高新 and 营业收入 > 5 and 职工人数 > 3 and 营业收入 < 2'
    const [flaw] = conditionFlaws(read(text), dictionary)
    if (flaw?.code !== 'never-true') throw new Error(flaw?.code)
    expect(flaw.because.map(({ from, to }) => text.slice(from, to))).toEqual(['营业收入 > 5', '营业收入 < 2'])
  })
  test('where division may lack a value, a clause that keeps it away says something', () => {
    expect(flawsOf('研发费用 / 营业收入 >= 0.03 and 营业收入 > 0')).toEqual([])
  })
})

test('where there are too many cases nothing is said, and soon', () => {
  const names = Array.from({ length: 60 }, (_, n) => `f${n}`)
  const over: Dictionary = names.map((name) => ({ name, type: 'number' }))
  const tangled = names
    .map((name, n) => `(${name} > 5 or ${names[(n + 1) % 60]} < 3 or ${names[(n + 7) % 60]} = 4)`)
    .join(' and ')
  const began = performance.now()
  expect(conditionFlaws(read(tangled, over), over)).toEqual([])
  expect(performance.now() - began).toBeLessThan(20_000)
})

/** The dictionary of the random rules; its values are those of the grid. */
const random: Dictionary = NAMES.map((name): Fact =>
  (NUMBERS as readonly string[]).includes(name)
    ? { name, type: 'number', least: -10, most: 10 }
    : (WORDS as readonly string[]).includes(name)
      ? { name, type: 'text', allowed: completionsOf(name) as readonly string[] }
      : { name, type: 'flag' },
)

function everyCase(names: readonly string[], valuesOf: typeof completionsOf): Given[] {
  return names.reduce<Given[]>(
    (some, name) => some.flatMap((one) => valuesOf(name).map((value) => ({ ...one, [name]: value }))),
    [{}],
  )
}

const RECKONED = amounts.flatMap((a) => [a, ...amounts.flatMap((b) => [a + b, a - b, a * b, a / b])])
/** Where two sides of a comparison may meet, and what adding or multiplying rounds away: 1e-17 is not 0, 2 + 1e-17 is 2, and half of the least number is 0. */
const MEETING = [
  ...new Set(
    RECKONED.flatMap((a) => amounts.flatMap((b) => [a, a + b, a - b, a * b, a / b, b / a]))
      .filter((one) => Number.isFinite(one) && Math.abs(one) <= 10)
      .flatMap((one) =>
        one === 0
          ? [-1e-17, -Number.MIN_VALUE, 0, Number.MIN_VALUE, 1e-17]
          : [one * (1 - Number.EPSILON), one, one * (1 + Number.EPSILON)],
      ),
  ),
]

function nearBy(name: string): readonly (number | string | boolean)[] {
  return (NUMBERS as readonly string[]).includes(name) ? [...completionsOf(name), ...MEETING] : completionsOf(name)
}

test('of random rules: what is said of their logic holds of every enterprise, and of simple ones nothing is left unsaid', () => {
  const found = { never: 0, always: 0, superfluous: 0, fine: 0 }
  fc.assert(
    fc.property(rule, ({ text, names, run, simple }) => {
      const count = names.reduce((product, name) => product * completionsOf(name).length, 1)
      fc.pre(count <= 3000)
      const all = everyCase(names, completionsOf)
      const answers = all.map((one) => run(one))
      const flaws = conditionFlaws(read(text, random), random)
      const codes = flaws.map(({ code }) => code)
      if (simple) {
        // What the grid never shows may still be between its points.
        const between = () => everyCase(names, nearBy).map((one) => run(one))
        if (!codes.includes('never-true') && !answers.includes(true)) expect([text, ...between()]).toContain(true)
        if (!codes.includes('always-true') && answers.every((one) => one === true))
          expect([text, between().every((one) => one === true)]).toEqual([text, false])
      }
      if (codes.includes('never-true')) expect(answers).not.toContain(true)
      if (codes.includes('always-true')) expect(new Set(answers)).toEqual(new Set([true]))
      found[
        codes.includes('never-true')
          ? 'never'
          : codes.includes('always-true')
            ? 'always'
            : codes.length > 0
              ? 'superfluous'
              : 'fine'
      ] += 1
      // One that is called superfluous is written as what it never changes: true in `and`, false in `or`.
      for (const { code, from, to } of flaws) {
        if (code !== 'clause-implied' && code !== 'branch-idle') continue
        const without = `${text.slice(0, from)}${code === 'clause-implied' ? 'true' : 'false'}${text.slice(to)}`
        const reduced = read(without, random)
        const sample = all.filter((_, at) => at % Math.ceil(all.length / 60) === 0)
        for (const one of sample) expect([without, judge(reduced, one).value]).toEqual([without, run(one)])
      }
    }),
    { numRuns: 1200 },
  )
  expect(found.never).toBeGreaterThan(20)
  expect(found.always).toBeGreaterThan(5)
  expect(found.superfluous).toBeGreaterThan(20)
  expect(found.fine).toBeGreaterThan(100)
})

describe('tiers over one number', () => {
  const tiers = (...texts: readonly string[]) => {
    const flaws = tierFlaws(
      texts.map((text) => read(text)),
      dictionary,
    )
    for (const { code } of flaws) said.add(code)
    return flaws
  }
  test('that divide all there is have no flaw', () => {
    // 国科发火〔2016〕32号 art. 11: up to 50 million, to 200 million, above; in 万元.
    expect(tiers('营业收入 <= 5000', '营业收入 > 5000 and 营业收入 <= 20000', '营业收入 > 20000')).toEqual([])
    expect(tiers('职工人数 < 20', '职工人数 in [20..299]', '职工人数 >= 300')).toEqual([])
  })
  test('a gap is given from end to end', () => {
    expect(tiers('营业收入 <= 5000', '营业收入 > 6000')).toMatchObject([
      { code: 'gap', example: { stretch: { fact: '营业收入', above: 5000, most: 6000 } } },
    ])
    expect(tiers('营业收入 < 5000', '营业收入 > 5000')).toMatchObject([
      { code: 'gap', example: { facts: { 营业收入: 5000 }, stretch: { least: 5000, most: 5000 } } },
    ])
    expect(tiers('营业收入 < 5000')).toMatchObject([{ code: 'gap', example: { stretch: { least: 5000 } } }])
    expect(tiers('职工人数 < 20', '职工人数 > 29')).toMatchObject([
      { code: 'gap', example: { stretch: { least: 20, most: 29 } } },
    ])
  })
  test('an overlap is given with both and from end to end', () => {
    expect(tiers('营业收入 <= 5000', '营业收入 >= 5000')).toMatchObject([
      { code: 'rules-overlap', rules: [0, 1], example: { stretch: { least: 5000, most: 5000 } } },
    ])
    expect(tiers('营业收入 < 5000', '营业收入 in [3000..9000)', '营业收入 >= 9000')).toMatchObject([
      { code: 'rules-overlap', rules: [0, 1], example: { stretch: { least: 3000, below: 5000 } } },
    ])
  })
  test('of a ratio, too, where it is one fact that varies', () => {
    expect(tiers('研发占比 >= 3', '研发占比 < 2')).toMatchObject([
      { code: 'gap', example: { stretch: { least: 2, below: 3 } } },
    ])
  })
})

describe('a table', () => {
  const sizes: DecisionTable = {
    hitPolicy: 'UNIQUE',
    inputs: [{ expression: '行业' }, { expression: '职工人数' }],
    outputs: [{ name: '类型', values: '"大", "小"' }],
    rules: [
      { inputs: ['"制造业"', '>= 300'], outputs: ['"大"'] },
      { inputs: ['"制造业"', '< 300'], outputs: ['"小"'] },
      { inputs: ['"软件业", "农业"', '>= 100'], outputs: ['"大"'] },
      { inputs: ['not("制造业")', '< 100'], outputs: ['"小"'] },
    ],
  }
  const flawsIn = (change: Partial<DecisionTable>, over = dictionary) => {
    const table = readTable({ ...sizes, ...change }, unknownOf(over))
    if ('refused' in table) throw new Error(JSON.stringify(table))
    const flaws = tableFlaws(table, over)
    for (const { code } of flaws) said.add(code)
    return flaws
  }
  const [first, second, third, fourth] = sizes.rules as [
    DecisionTable['rules'][0],
    DecisionTable['rules'][0],
    DecisionTable['rules'][0],
    DecisionTable['rules'][0],
  ]

  test('that is whole has no flaw', () => {
    expect(flawsIn({})).toEqual([])
  })
  test('with a rule too few has a gap, and with a default none', () => {
    expect(flawsIn({ rules: [first, second, fourth] })).toMatchObject([
      { code: 'gap', place: { part: 'table' }, example: { stretch: { fact: '职工人数', least: 100 } } },
    ])
    expect(flawsIn({ rules: [first, second, fourth], outputs: [{ default: '"小"' }] })).toEqual([])
  })
  test('with two rules for one enterprise names both', () => {
    const rules = [first, { ...second, inputs: ['"制造业"', '<= 300'] }, third, fourth]
    expect(flawsIn({ rules })).toMatchObject([
      {
        code: 'rules-overlap',
        rules: [0, 1],
        place: { part: 'rule', rule: 1 },
        example: { facts: { 行业: '制造业', 职工人数: 300 }, stretch: { least: 300, most: 300 } },
      },
    ])
    expect(flawsIn({ rules, hitPolicy: 'FIRST' })).toEqual([])
    expect(flawsIn({ rules, hitPolicy: 'ANY' })).toMatchObject([{ code: 'rules-overlap' }])
    expect(flawsIn({ rules: rules.map((one) => ({ ...one, outputs: ['"大"'] })), hitPolicy: 'ANY' })).toEqual([])
  })
  test('a cell that cannot match, a rule that cannot, one that never comes first', () => {
    expect(flawsIn({ rules: [first, second, { ...third, inputs: ['-', '< 0'] }, third, fourth] })).toMatchObject([
      { code: 'cell-never-matches', place: { part: 'cell', rule: 2, input: 1 } },
    ])
    const twice = [...sizes.inputs, { expression: '职工人数' }]
    const rules = [{ inputs: ['-', '< 5', '>= 5'], outputs: ['"大"'] }]
    expect(flawsIn({ inputs: twice, rules, outputs: [{ default: '"小"' }] })).toMatchObject([
      { code: 'rule-never-matches', place: { part: 'rule', rule: 0 } },
    ])
    expect(
      flawsIn({ hitPolicy: 'FIRST', rules: [...sizes.rules, { inputs: ['-', '> 9'], outputs: ['"大"'] }] }),
    ).toMatchObject([{ code: 'rule-unreachable', place: { part: 'rule', rule: 4 } }])
  })
  test('an allowed list bars values in its column', () => {
    const inputs = [{ expression: '行业', allowed: '"制造业", "软件业"' }, sizes.inputs[1]!]
    expect(
      flawsIn({ inputs, rules: [first, second, { ...third, inputs: ['"农业"', '-'] }, third, fourth] }),
    ).toMatchObject([{ code: 'cell-never-matches', place: { part: 'cell', rule: 2, input: 0 } }])
  })
  test('what it speaks of is looked at first, in its place', () => {
    expect(flawsIn({ inputs: [{ expression: '行业' }, { expression: '职工人数 + 资产' }] })).toMatchObject([
      { code: 'unit-differs', place: { part: 'input', input: 1 } },
    ])
    expect(flawsIn({ rules: [{ ...first, inputs: ['"矿业"', '> "3"'] }] })).toMatchObject([
      { code: 'word-not-allowed', place: { part: 'cell', rule: 0, input: 0 } },
      { code: 'type-differs', place: { part: 'cell', rule: 0, input: 1 } },
    ])
    expect(flawsIn({ rules: [...sizes.rules.slice(0, 3), { ...fourth, outputs: ['"中"'] }] })).toMatchObject([
      { code: 'output-not-listed', place: { part: 'entry', rule: 3, output: 0 } },
    ])
    expect(flawsIn({ rules: [{ ...first, outputs: ['类别'] }] })).toMatchObject([
      { code: 'name-unknown', place: { part: 'entry', rule: 0, output: 0 } },
    ])
  })
  test('of sixteen trades of the classification of small enterprises: whole, and quick to look at', () => {
    // 工信部联企业〔2011〕300号, staff alone, as a table of 48 rules; the figures are made up for the test.
    const trades = Array.from({ length: 16 }, (_, n) => `行业${n}`)
    const over: Dictionary = [
      { name: '行业', type: 'text', allowed: trades },
      { name: '职工人数', type: 'number', measure: 'person', least: 0 },
    ]
    const rules = trades.flatMap((trade, n) => [
      { inputs: [`"${trade}"`, `< ${10 + n}`], outputs: ['"小"'] },
      { inputs: [`"${trade}"`, `[${10 + n}..${100 + n})`], outputs: ['"小"'] },
      { inputs: [`"${trade}"`, `>= ${100 + n}`], outputs: ['"大"'] },
    ])
    expect(flawsIn({ rules }, over)).toEqual([])
    expect(flawsIn({ rules: rules.toSpliced(20, 1) }, over)).toMatchObject([
      { code: 'gap', example: { facts: { 行业: '行业6' } } },
    ])
  })
})

test('each reason has been given above', () => {
  expect([...said].toSorted()).toEqual([...flawCodes].toSorted())
})
