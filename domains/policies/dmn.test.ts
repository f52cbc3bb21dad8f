// A benefit as a model of decisions: what goes out comes back with the same meaning, and what cannot be one is refused with its place.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge, reckonValue } from '../../kernel/rules/judge.ts'
import { readDmn } from '../../kernel/rules/dmn.ts'
import { writeDmn } from '../../kernel/rules/dmn-write.ts'
import type { BenefitContent } from './benefit.ts'
import { factsIn } from './dictionary.ts'
import { contentIn, modelOf } from './dmn.ts'
import { faultInTiers, readRule } from './rule.ts'
import { amountText, type Tier } from './tier.ts'

const rows = factsIn([
  { fact: '职工人数', type: 'number', measure: 'person', least: 0 },
  { fact: '营业收入', type: 'number', measure: 'wan-yuan', least: 0 },
  { fact: '行业门类', type: 'text', allowed: '制造业、建筑业、其他' },
  { fact: '高新技术企业', type: 'flag' },
])
const content = (more: Partial<BenefitContent>): BenefitContent => ({
  name: '测试补助',
  policy: 'ZC-1',
  article: '第一条',
  rule: '职工人数 >= 5',
  mode: 'quick',
  recurrence: 'yearly',
  from: '2026-01-01',
  to: '2026-12-31',
  ...more,
})
const cells: readonly Tier[] = [
  { when: '行业门类 = "制造业" and 营业收入 > 500 and 营业收入 <= 2000', amount: '营业收入 * 10000 * 0.01' },
  { when: '行业门类 = "制造业" and 营业收入 > 2000', amount: '200000' },
  { when: '行业门类 = "制造业" and 营业收入 <= 500', amount: '1000' },
  { when: '行业门类 in ("建筑业", "其他") and 高新技术企业', amount: '500' },
  { when: '行业门类 in ("建筑业", "其他") and not(高新技术企业)', amount: '0' },
]
const sums: readonly Tier[] = [
  { when: '营业收入 / 职工人数 >= 10', amount: '100' },
  { when: '营业收入 / 职工人数 < 10', amount: '50' },
]
const anyFacts = fc.record({
  职工人数: fc.option(fc.nat(50)),
  营业收入: fc.option(fc.integer({ min: 0, max: 3000 })),
  行业门类: fc.option(fc.constantFrom('制造业', '建筑业', '其他')),
  高新技术企业: fc.option(fc.boolean()),
})

describe('a benefit', () => {
  test.each([
    ['with an amount', content({ amount: '职工人数 * 1000' })],
    ['with tiers that are cells', content({ tiers: [...cells] })],
    ['with tiers that are reckoned', content({ tiers: [...sums] })],
    ['that pays nothing', content({ mode: 'elsewhere' })],
  ])('%s comes back as it went out, for every enterprise', (_, given) => {
    for (const edition of ['1.3', '1.5'] as const) {
      const back = contentIn(writeDmn(modelOf('DX-1', given, rows), edition), rows)
      if ('refused' in back) expect.fail(JSON.stringify(back))
      fc.assert(
        fc.property(anyFacts, (facts) => {
          const rule = (text: string) => judge(readRule(text, rows), facts).verdict
          expect(rule(back.rule)).toBe(rule(given.rule))
          const paid = (of: Parameters<typeof amountText>[0]) => {
            const text = amountText(of)
            return text === undefined ? undefined : reckonValue(readRule(text, rows), facts).value
          }
          expect(paid(back as Parameters<typeof amountText>[0])).toEqual(paid(given))
        }),
        { numRuns: 200 },
      )
    }
  })

  test('with tiers that are cells has a column for each fact, as an editor of tables shows it', () => {
    const text = writeDmn(modelOf('DX-1', content({ tiers: [...cells] }), rows), '1.3')
    const read = readDmn(text)
    if ('refused' in read) expect.fail(JSON.stringify(read))
    expect(read.left).toEqual([])
    const logic = read.model.decisions.find(({ name }) => name === '金额')!.logic
    if (logic.kind !== 'table') expect.fail('no table')
    expect(logic.table.inputs.map(({ expression }) => expression)).toEqual(['行业门类', '营业收入', '高新技术企业'])
    expect(logic.table.rules.map(({ inputs }) => inputs)).toEqual([
      ['"制造业"', '(500..2000]', '-'],
      ['"制造业"', '> 2000', '-'],
      ['"制造业"', '<= 500', '-'],
      ['"建筑业", "其他"', '-', 'true'],
      ['"建筑业", "其他"', '-', 'false'],
    ])
  })
})

describe('tiers', () => {
  test.each<[string, Tier[], object | undefined]>([
    ['that leave nobody out and overlap nowhere', [...cells], undefined],
    ['with a gap', cells.slice(0, 4), { refused: 'gap', field: 'tiers' }],
    [
      'that overlap',
      [...cells.slice(0, 2), { when: '行业门类 = "制造业" and 营业收入 <= 600', amount: '1' }, ...cells.slice(3)],
      { refused: 'rules-overlap', field: 'tiers.2.when', about: { one: 1, other: 3 } },
    ],
    ['with one that nobody meets', [...cells, { when: '职工人数 < 0', amount: '1' }], { refused: 'never-true' }],
    ['that pay in another unit', [{ when: '职工人数 >= 6', amount: '营业收入' }], { refused: 'unit-differs' }],
  ])('%s', (_, tiers, wrong) => {
    const found = faultInTiers(tiers, '职工人数 >= 5', rows)
    if (wrong === undefined) expect(found).toBeUndefined()
    else expect(found).toMatchObject(wrong)
  })

  test('need not divide those whom the rule does not admit', () => {
    expect(
      faultInTiers([{ when: '营业收入 > 10', amount: '1' }], '营业收入 > 10 and 职工人数 > 1', rows),
    ).toBeUndefined()
  })

  test('may be fifty, and are still read', () => {
    const many = Array.from({ length: 50 }, (_, n) => ({
      when:
        n === 0
          ? '职工人数 < 10'
          : n === 49
            ? '职工人数 >= 490'
            : `职工人数 >= ${n * 10} and 职工人数 < ${n * 10 + 10}`,
      amount: String(n),
    }))
    expect(faultInTiers(many, '职工人数 >= 0', rows)).toBeUndefined()
    const amount = readRule(amountText({ tiers: many })!, rows)
    for (const [staff, gives] of [
      [0, 0],
      [255, 25],
      [9000, 49],
    ] as const)
      expect(reckonValue(amount, { 职工人数: staff }).value).toBe(gives)
  })
})

const table = (hitPolicy: string, rules: readonly (readonly [string, string])[], output = '') => `<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="a" name="条件"><literalExpression><text>职工人数 &gt;= 1</text></literalExpression></decision>
<decision id="b" name="金额"><decisionTable hitPolicy="${hitPolicy}"><input><inputExpression><text>职工人数</text></inputExpression></input>
<output>${output}</output>
${rules.map(([test, gives]) => `<rule><inputEntry><text>${test}</text></inputEntry><outputEntry><text>${gives}</text></outputEntry></rule>`).join('\n')}
</decisionTable></decision></definitions>`

describe('a model from elsewhere', () => {
  test('of which the first rule counts, with a default, becomes tiers of which one holds', () => {
    const read = contentIn(
      table(
        'FIRST',
        [
          ['&lt; 10', '1'],
          ['&lt; 100', '2'],
        ],
        '<defaultOutputEntry><text>3</text></defaultOutputEntry>',
      ),
      rows,
    )
    if ('refused' in read || !('tiers' in read)) expect.fail(JSON.stringify(read))
    expect(faultInTiers(read.tiers, '职工人数 >= 1', rows)).toBeUndefined()
    const amount = readRule(amountText(read)!, rows)
    for (const [staff, gives] of [
      [5, 1],
      [10, 2],
      [99, 2],
      [100, 3],
    ] as const)
      expect(reckonValue(amount, { 职工人数: staff }).value).toBe(gives)
  })

  const literal = (name: string, more = '') =>
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"><decision id="a" name="${name}"><literalExpression><text>职工人数 &gt; 1</text></literalExpression></decision>${more}</definitions>`
  test.each([
    ['no XML', 'nothing', 'dmn-unreadable', { reason: 'not-well-formed', line: 1 }],
    ['a DOCTYPE', `<!DOCTYPE a>${literal('条件')}`, 'dmn-unreadable', { reason: 'doctype' }],
    ['another vocabulary', '<a/>', 'dmn-unreadable', { reason: 'not-dmn' }],
    ['other decisions', literal('资格'), 'dmn-decisions', { names: '资格' }],
    [
      'a chain of decisions',
      literal(
        '条件',
        '<decision id="b" name="金额"><informationRequirement id="r"><requiredDecision href="#a"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>',
      ),
      'dmn-chain',
      { decision: '金额' },
    ],
    ['a table that lists', table('RULE ORDER', [['&lt; 10', '1']]), 'dmn-hit-policy', { hitPolicy: 'RULE ORDER' }],
    [
      'a cell that cannot be read',
      table('UNIQUE', [
        ['&lt; 10', '1'],
        ['&lt; ', '1'],
      ]),
      'dmn-table',
      { rule: 2 },
    ],
    [
      'too many rows',
      table(
        'UNIQUE',
        Array.from({ length: 51 }, (_, n) => [String(n), '1'] as const),
      ),
      'dmn-tiers',
      { count: 51 },
    ],
  ])('with %s is refused', (_, text, refused, about) => {
    expect(contentIn(text, rows)).toMatchObject({ refused, field: 'dmn', about })
  })
})
