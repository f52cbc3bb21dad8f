// A benefit as a model of decisions: what goes out comes back with the same meaning, and what cannot be one is refused with its place.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge, reckonValue } from '../../kernel/rules/judge.ts'
import { readDmn } from '../../kernel/rules/dmn.ts'
import { writeDmn } from '../../kernel/rules/dmn-write.ts'
import type { BenefitContent } from './benefit.ts'
import { factsIn } from './dictionary.ts'
import { contentIn, modelOf } from './dmn.ts'
import { faultIn, faultInTiers, readRule } from './rule.ts'
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

  test('of which the highest counts (从高不重复) becomes tiers of which one holds', () => {
    const read = contentIn(
      table('COLLECT" aggregation="MAX', [
        ['&gt;= 1', '1'],
        ['&gt;= 100', '3'],
        ['[50..200]', '2'],
      ]),
      rows,
    )
    if ('refused' in read || !('tiers' in read)) expect.fail(JSON.stringify(read))
    expect(faultInTiers(read.tiers, '职工人数 >= 1', rows)).toBeUndefined()
    const amount = readRule(amountText(read)!, rows)
    for (const [staff, gives] of [
      [1, 1],
      [50, 2],
      [99, 2],
      [100, 3],
      [500, 3],
    ] as const)
      expect(reckonValue(amount, { 职工人数: staff }).value).toBe(gives)
  })

  test('is trimmed, as editors leave line breaks around', () => {
    expect(contentIn(literal('条件').replace('职工', '\n  职工'), rows)).toEqual({ rule: '职工人数 > 1' })
  })

  const literal = (name: string, more = '') =>
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"><decision id="a" name="${name}"><literalExpression><text>职工人数 &gt; 1</text></literalExpression></decision>${more}</definitions>`
  test.each([
    ['no XML', 'nothing', 'dmn-xml', { reason: 'not-well-formed', line: 1 }],
    ['a DOCTYPE', `<!DOCTYPE a>${literal('条件')}`, 'dmn-xml', { reason: 'doctype' }],
    ['another vocabulary', '<a/>', 'dmn-unreadable', { reason: 'not-dmn' }],
    ['other decisions', literal('资格'), 'dmn-decisions', { names: '资格' }],
    [
      'a decision that neither needs',
      literal('条件', '<decision id="z" name="上限"><literalExpression><text>1</text></literalExpression></decision>'),
      'dmn-unused',
      { names: '上限' },
    ],
    [
      'an amount longer than one may be',
      table('FIRST', [['&lt; 10', `职工人数${' + 1'.repeat(200)}`]]),
      'dmn-long',
      { decision: '金额', count: 804, most: 500 },
    ],
    [
      'a highest that is not written down',
      table('COLLECT" aggregation="MAX', [['&lt; 10', '职工人数 * 2']]),
      'dmn-hit-policy',
      { hitPolicy: 'COLLECT' },
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
      'a cell that can never match',
      table('UNIQUE', [
        ['&lt; 10', '1'],
        ['&lt; 0', '2'],
      ]),
      'dmn-cell',
      { decision: '金额', rule: 2, column: '职工人数', cell: '< 0' },
    ],
    [
      'a row that the rows before it leave nothing',
      table('FIRST', [
        ['&lt; 10', '1'],
        ['&lt; 5', '2'],
      ]),
      'dmn-table',
      { reason: 'rule-unreachable', rule: 2 },
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

/** As dmn-js saves a diagram: ids of its own making, results called by their decision's name, by a variable, or by a table's output. */
const drawn = (change: (xml: string) => string = (xml) => xml) =>
  change(`<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_0yrmcft" name="DRD" namespace="http://camunda.org/schema/1.0/dmn" exporter="Camunda Modeler" exporterVersion="5.40.0" modeler:executionPlatform="Camunda Cloud">
  <inputData id="InputData_1" name="营业收入" />
  <decision id="Decision_Amount" name="金额">
    <informationRequirement id="r1"><requiredDecision href="#Decision_Tier" /></informationRequirement>
    <informationRequirement id="r2"><requiredDecision href="#Decision_Each" /></informationRequirement>
    <decisionTable id="t1">
      <input id="i1" label="档次"><inputExpression id="e1" typeRef="string"><text>档次</text></inputExpression></input>
      <output id="o1" label="" name="" typeRef="number" />
      <rule id="u1"><inputEntry id="c1"><text>"大"</text></inputEntry><outputEntry id="x1"><text>每人补助 * 职工人数</text></outputEntry></rule>
      <rule id="u2"><inputEntry id="c2"><text>"中", "小"</text></inputEntry><outputEntry id="x2"><text>1000</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="Decision_Rule" name="条件">
    <informationRequirement id="r3"><requiredDecision href="#Decision_Kind" /></informationRequirement>
    <informationRequirement id="r4"><requiredDecision href="#Decision_Tier" /></informationRequirement>
    <literalExpression id="l1"><text>是否支持行业 and (档次 != "小" or 高新技术企业)</text></literalExpression>
  </decision>
  <decision id="Decision_Kind" name="行业判断">
    <decisionTable id="t2" hitPolicy="FIRST">
      <input id="i2" label="行业"><inputExpression id="e2" typeRef="string"><text>行业门类</text></inputExpression></input>
      <output id="o2" label="支持" name="是否支持行业" typeRef="boolean" />
      <rule id="u3"><inputEntry id="c3"><text>"制造业", "建筑业"</text></inputEntry><outputEntry id="x3"><text>true</text></outputEntry></rule>
      <rule id="u4"><inputEntry id="c4"><text></text></inputEntry><outputEntry id="x4"><text>false</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="Decision_Tier" name="档次">
    <informationRequirement id="r5"><requiredInput href="#InputData_1" /></informationRequirement>
    <decisionTable id="t3" hitPolicy="UNIQUE">
      <input id="i3" label="收入"><inputExpression id="e3" typeRef="number"><text>营业收入</text></inputExpression></input>
      <output id="o3" label="" name="" typeRef="string"><outputValues id="v3"><text>"大","中","小"</text></outputValues></output>
      <rule id="u5"><inputEntry id="c5"><text>&gt; 2000</text></inputEntry><outputEntry id="x5"><text>"大"</text></outputEntry></rule>
      <rule id="u6"><inputEntry id="c6"><text>[500..2000]</text></inputEntry><outputEntry id="x6"><text>"中"</text></outputEntry></rule>
      <rule id="u7"><inputEntry id="c7"><text>&lt; 500</text></inputEntry><outputEntry id="x7"><text>"小"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="Decision_Each" name="标准">
    <variable id="v4" name="每人补助" typeRef="number" />
    <literalExpression id="l4"><text>if 高新技术企业 then 200 else 100</text></literalExpression>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram id="DMNDiagram_1"><dmndi:DMNShape id="s" dmnElementRef="Decision_Tier"><dc:Bounds height="80" width="180" x="1" y="2" /></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>`)

describe('a diagram of decisions', () => {
  test('becomes conditions and tiers that read facts only', () => {
    const read = contentIn(drawn(), rows)
    expect(read).toEqual({
      rule: '(行业门类 in ("制造业", "建筑业")) and (营业收入 > 2000 or (营业收入 in [500..2000]) or 高新技术企业)',
      tiers: [
        { when: '营业收入 > 2000', amount: 'if 高新技术企业 then 200 * 职工人数 else 100 * 职工人数' },
        { when: 'not(营业收入 > 2000)', amount: '1000' },
      ],
    })
    if (!('tiers' in read) || !('rule' in read)) expect.fail('no tiers')
    expect(faultIn(read.rule, 'condition', 'rule', rows)).toBeUndefined()
    expect(faultInTiers(read.tiers, read.rule, rows)).toBeUndefined()
    const rule = readRule(read.rule, rows)
    // What is missing is named by the fact, not by the decision, and only while it matters.
    expect(judge(rule, { 行业门类: '制造业', 高新技术企业: false })).toMatchObject({ missing: ['营业收入'] })
    expect(judge(rule, { 行业门类: '制造业', 高新技术企业: true })).toMatchObject({ verdict: 'true' })
    expect(judge(rule, { 行业门类: '其他' })).toMatchObject({ verdict: 'false', path: 'compiled' })
  })

  test.each<[string, (xml: string) => string, string, object]>([
    [
      'needs each other in a circle',
      (xml) =>
        xml
          .replace('<inputData', '')
          .replace('name="营业收入" />', '')
          .replace(' id="InputData_1" ', '')
          .replace('<requiredInput href="#InputData_1" />', '<requiredDecision href="#Decision_Rule" />'),
      'dmn-chain',
      { reason: 'circular' },
    ],
    [
      'needs what is not there',
      (xml) =>
        xml.replace('#Decision_Kind', '#Decision_Gone').replace(/<decision id="Decision_Kind"[\s\S]*?<\/decision>/, ''),
      'dmn-chain',
      { decision: '条件', reason: 'unknown-reference' },
    ],
    [
      'reads a result without an arrow',
      (xml) =>
        xml.replace(
          '<informationRequirement id="r4"><requiredDecision href="#Decision_Tier" /></informationRequirement>',
          '',
        ),
      'dmn-chain-at',
      { decision: '条件', reason: 'not-drawn', what: '档次' },
    ],
    [
      'calls a decision as a fact is called',
      (xml) => xml.replaceAll('每人补助', '营业收入'),
      'dmn-chain-at',
      { decision: '金额', reason: 'name-twice', what: '营业收入' },
    ],
    [
      'has two results of one name',
      (xml) => xml.replaceAll('每人补助', '档次'),
      'dmn-chain-at',
      { decision: '金额', reason: 'name-twice', what: '档次' },
    ],
    [
      'has rows of which two hold and differ',
      (xml) => xml.replace('[500..2000]', '[500..3000]'),
      'dmn-chain-at',
      { decision: '档次', reason: 'rules-overlap', what: expect.stringMatching(/^1、2；营业收入 = \d+/) },
    ],
    [
      'lists where one value is needed',
      (xml) => xml.replace('hitPolicy="FIRST"', 'hitPolicy="COLLECT"'),
      'dmn-hit-policy',
      { decision: '行业判断', hitPolicy: 'COLLECT' },
    ],
    [
      'has a cell that cannot be read',
      (xml) => xml.replace('[500..2000]', '[500..'),
      'dmn-table',
      { decision: '档次', reason: 'syntax', rule: 2 },
    ],
    [
      'has a text that cannot be read',
      (xml) => xml.replace('then 200 else', 'then else'),
      'dmn-chain-at',
      { decision: '标准', reason: 'syntax' },
    ],
    [
      'has two ids that are the same',
      (xml) => xml.replace('"Decision_Each" name', '"Decision_Tier" name'),
      'dmn-chain',
      { reason: 'id-twice' },
    ],
  ])('that %s is refused with its place', (_, change, refused, about) => {
    expect(contentIn(drawn(change), rows)).toMatchObject({ refused, field: 'dmn', about })
  })

  test('that grows beyond measure is refused', () => {
    const doubling = Array.from(
      { length: 15 },
      (_, n) =>
        `<decision id="d${n}" name="层${n}">${n === 0 ? '' : `<informationRequirement id="n${n}"><requiredDecision href="#d${n - 1}"/></informationRequirement>`}<literalExpression><text>${n === 0 ? '职工人数 / 3' : `层${n - 1} * 层${n - 1}`}</text></literalExpression></decision>`,
    ).join('')
    const whole = (last: string) =>
      `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">${doubling}<decision id="a" name="条件"><informationRequirement id="r"><requiredDecision href="#d14"/></informationRequirement><literalExpression><text>${last}</text></literalExpression></decision></definitions>`
    expect(contentIn(whole('层14 > 5'), rows)).toMatchObject({
      refused: 'dmn-chain',
      about: { reason: 'grows-too-long' },
    })
  })
})
