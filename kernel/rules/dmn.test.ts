// What we write is read as it was, by us and by what dmn-js reads with; what dmn-js writes we read; and what is no such model is refused.
import { DmnModdle } from 'dmn-moddle'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editions, readDmn, type DmnEdition, type DmnReading } from './dmn.ts'
import { writeDmn } from './dmn-write.ts'
import { aggregations, hitPolicies } from './hit.ts'
import { decideAll, readModel, type Decision, type Model } from './model.ts'
import type { Input, Output } from './table.ts'

const text = fc.string({
  unit: fc.constantFrom('a', '<', '>', '&', '"', "'", '营', '\n', '\t', ']]>', ' ', '5'),
  maxLength: 8,
})
const label = fc.option(
  text.filter((one) => one.trim() !== ''),
  { nil: undefined },
)
const type = fc.constantFrom(undefined, 'number' as const, 'string' as const, 'boolean' as const, 'date' as const)
const trimmed = text.map((one) => one.trim()).filter((one) => one !== '')
/** Without members that have no value. */
const clean = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value
const table = fc
  .record({
    policy: fc.oneof(
      fc.constantFrom(...hitPolicies).map((hitPolicy) => ({ hitPolicy })),
      fc.constantFrom(...aggregations).map((aggregation) => ({ hitPolicy: 'COLLECT' as const, aggregation })),
    ),
    inputs: fc.array(
      fc
        .record({ label, expression: text, type, allowed: fc.option(trimmed, { nil: undefined }) })
        .map((one): Input => clean(one) as Input),
      { maxLength: 3 },
    ),
    outputs: fc.array(
      fc
        .record({
          label,
          name: label,
          type,
          values: fc.option(trimmed, { nil: undefined }),
          default: fc.option(trimmed, { nil: undefined }),
        })
        .map((one): Output => clean(one) as Output),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .chain(({ policy, inputs, outputs }) =>
    fc
      .array(
        fc
          .record({
            inputs: fc.array(text, { minLength: inputs.length, maxLength: inputs.length }),
            outputs: fc.array(text, { minLength: outputs.length, maxLength: outputs.length }),
            note: label,
          })
          .map((one) => clean(one) as { inputs: string[]; outputs: string[]; note?: string }),
        { maxLength: 3 },
      )
      .map((rules) => ({ kind: 'table' as const, table: { ...policy, inputs, outputs, rules } })),
  )
const logic = fc.oneof(
  table,
  text.map((written) => ({ kind: 'literal' as const, text: written })),
)
const model = fc
  .record({
    name: text,
    inputs: fc.array(fc.record({ name: text, type }), { maxLength: 3 }),
    decisions: fc.array(
      fc.record({ name: text, variable: label, type, note: label, logic, needs: fc.nat({ max: 3 }) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  })
  .map(({ name, inputs, decisions }): Model => {
    const ids = [...inputs.map((_, at) => `Input_${at}`), ...decisions.map((_, at) => `d.${at}`)]
    return {
      id: 'definitions',
      name,
      namespace: 'https://example.org/policy',
      inputs: inputs.map((one, at) => clean({ id: ids[at]!, ...one }) as Model['inputs'][0]),
      decisions: decisions.map(({ variable, needs, ...one }, at): Decision => ({
        ...(clean(one) as Omit<Decision, 'id' | 'needs'>),
        id: `d.${at}`,
        ...(variable !== undefined && variable !== one.name && { variable }),
        needs: ids.slice(0, Math.min(needs, inputs.length + at)),
      })),
    }
  })

const read = (xml: string): DmnReading => {
  const found = readDmn(xml)
  if ('refused' in found) throw new Error(`${JSON.stringify(found)}\n${xml}`)
  return found
}

test('what is written is read as it was, in each edition', () => {
  fc.assert(
    fc.property(model, fc.constantFrom('1.3', '1.4', '1.5'), (one, edition) => {
      expect(read(writeDmn(one, edition as DmnEdition))).toEqual({ model: one, edition, left: [] })
    }),
    { numRuns: 500 },
  )
})

test('what dmn-js reads with finds nothing odd in it; and what that writes again is the same to us', async () => {
  await fc.assert(
    fc.asyncProperty(model, async (one) => {
      const moddle = new DmnModdle()
      const { rootElement, warnings } = await moddle.fromXML(writeDmn(one, '1.3'))
      expect(warnings).toEqual([])
      const { xml } = await moddle.toXML(rootElement, { format: true })
      // It writes line breaks in attributes as they are, which XML reads as spaces, and leaves out a text of nothing else.
      const plain = (of: Model): unknown =>
        JSON.parse(
          JSON.stringify(of)
            .replaceAll(/\\[tn]/g, ' ')
            .replaceAll(/" +"/g, '""'),
        )
      expect(plain(read(xml).model)).toEqual(plain(one))
    }),
    { numRuns: 200 },
  )
})

/** As dmn-js writes a diagram with two decisions. */
const saved = (edition: DmnEdition = '1.3') => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="${editions[edition]}/MODEL/" xmlns:dmndi="${editions['1.3']}/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0" xmlns:di="http://www.omg.org/spec/DMN/20180521/DI/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="研发补助" name="研发补助" namespace="http://camunda.org/schema/1.0/dmn" exporter="Camunda Modeler" exporterVersion="5.40.0">
  <inputData id="Input_1" name="营业收入" />
  <decision id="Tier" name="档次" camunda:historyTimeToLive="30">
    <informationRequirement id="r1"><requiredInput href="#Input_1" /></informationRequirement>
    <decisionTable id="t1" hitPolicy="FIRST">
      <input id="i1" label="营业收入（万元）" biodi:width="192">
        <inputExpression id="e1" typeRef="number"><text>营业收入</text></inputExpression>
      </input>
      <output id="o1" label="档" name="档次" typeRef="string">
        <outputValues id="v1"><text>"大","小"</text></outputValues>
      </output>
      <rule id="r_1">
        <description>国科发火〔2016〕32号 第十一条</description>
        <inputEntry id="c1"><text>&lt;= 5000</text></inputEntry>
        <outputEntry id="x1"><text>"小"</text></outputEntry>
      </rule>
      <rule id="r_2">
        <inputEntry id="c2"><text></text></inputEntry>
        <outputEntry id="x2"><text>"大"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <decision id="Amount" name="补助">
    <extensionElements><biodi:x /></extensionElements>
    <variable id="v" name="补助" typeRef="number" />
    <informationRequirement id="r2"><requiredDecision href="#Tier" /></informationRequirement>
    <literalExpression id="l1"><text>if 档次 = "小" then 研发费用 * 0.1 else 研发费用 * 0.05</text></literalExpression>
  </decision>
  <textAnnotation id="a1"><text>草稿</text></textAnnotation>
  <dmndi:DMNDI><dmndi:DMNDiagram id="DMNDiagram_1"><dmndi:DMNShape id="s" dmnElementRef="Tier"><dc:Bounds height="80" width="180" x="1" y="2" /></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>
`
const facts = { 营业收入: null, 研发费用: null }

describe('a model as dmn-js writes it', () => {
  test('is read, and what was left out is named', () => {
    const { model: found, edition, left } = read(saved())
    expect(edition).toBe('1.3')
    expect(left).toMatchObject([
      { name: 'extensionElements', line: 25 },
      { name: 'textAnnotation', line: 30 },
    ])
    expect(found.decisions).toMatchObject([
      {
        id: 'Tier',
        needs: ['Input_1'],
        logic: { table: { hitPolicy: 'FIRST', rules: [{ inputs: ['<= 5000'] }, { inputs: [''] }] } },
      },
      { id: 'Amount', type: 'number', needs: ['Tier'], logic: { kind: 'literal' } },
    ])
    expect(read(saved('1.5'))).toMatchObject({ edition: '1.5' })
  })
  test('decides along its chain, and names the facts that it still hangs on', () => {
    const ready = readModel(read(saved()).model, facts)
    if ('refused' in ready) throw new Error(ready.refused)
    const answers = (given: object) => Object.fromEntries(decideAll(ready, { ...facts, ...given }))
    expect(answers({ 营业收入: 4000, 研发费用: 500 })).toMatchObject({ Tier: { value: '小' }, Amount: { value: 50 } })
    expect(answers({ 研发费用: 500 })).toMatchObject({
      Tier: { value: undefined, missing: ['营业收入'] },
      Amount: { value: undefined, missing: ['营业收入'] },
    })
    expect(answers({ 营业收入: 9000 })).toMatchObject({ Amount: { missing: ['研发费用'] } })
  })
})

test('a result that is null is no missing fact: what rests on it is what the reference has', () => {
  const rest = (name: string, written: string, needs: string[]): Decision => ({
    id: name,
    name,
    needs,
    logic: { kind: 'literal', text: written },
  })
  const one = (rule: string): Decision => ({
    id: 't',
    name: 't',
    needs: ['q'],
    logic: {
      kind: 'table',
      table: {
        hitPolicy: 'UNIQUE',
        inputs: [{ expression: 'q' }],
        outputs: [{}],
        rules: [{ inputs: [rule], outputs: ['1'] }],
      },
    },
  })
  const ready = readModel(
    {
      id: 'm',
      name: 'm',
      namespace: '',
      inputs: [],
      decisions: [one('> 3'), rest('s', 'if q > 3 then 1 else 2', ['q']), rest('q', 'a / b', [])],
    },
    { a: null, b: null },
  )
  if ('refused' in ready) throw new Error(ready.refused)
  const answers = decideAll(ready, { a: 1, b: 0 })
  expect([...answers].map(([id, { value, missing }]) => [id, value, missing])).toEqual([
    ['q', null, []],
    ['t', null, []],
    ['s', 2, []],
  ])
  expect(decideAll(ready, { a: 8, b: 2 }).get('t')).toMatchObject({ value: 1 })
  expect(decideAll(ready, { a: 8 }).get('t')).toMatchObject({ value: undefined, missing: ['b'] })
})

describe('a model that cannot be', () => {
  const base = read(saved()).model
  const [tier, amount] = base.decisions as [Decision, Decision]
  test.each<[string, Partial<Model>, object]>([
    [
      'rests on itself',
      { decisions: [{ ...tier, needs: ['Amount'] }, amount] },
      { refused: 'circular', decision: 'Tier' },
    ],
    [
      'rests on nothing there is',
      { decisions: [{ ...tier, needs: ['x'] }] },
      { refused: 'unknown-reference', decision: 'Tier' },
    ],
    ['has an id twice', { decisions: [tier, { ...amount, id: 'Tier' }] }, { refused: 'id-twice', decision: 'Tier' }],
    [
      'has an expression that is none',
      { decisions: [{ ...amount, needs: [], logic: { kind: 'literal', text: '1 +' } }] },
      { refused: 'syntax', decision: 'Amount', part: 'literal', at: 3 },
    ],
    [
      'has a cell that is none',
      {
        decisions: [
          {
            ...tier,
            logic: {
              kind: 'table',
              table: {
                hitPolicy: 'FIRST',
                inputs: [{ expression: '营业收入' }],
                outputs: [{}],
                rules: [{ inputs: ['5 5'], outputs: ['1'] }],
              },
            },
          },
        ],
      },
      { refused: 'syntax', decision: 'Tier', part: 'table', place: { part: 'cell', rule: 0, input: 0 }, at: 2 },
    ],
  ])('%s', (_, change, refusal) => {
    expect(readModel({ ...base, ...change }, facts)).toMatchObject(refusal)
  })
})

test('an id of other letters than dmn-js takes is written by their numbers, wherever it stands', async () => {
  const base = read(saved()).model
  const ids: Model = {
    ...base,
    id: '补助',
    inputs: [{ id: '1营', name: '营业收入' }],
    decisions: base.decisions.slice(0, 1).map((one) => ({ ...one, needs: ['1营'] })),
  }
  const xml = writeDmn(ids, '1.3')
  expect((await new DmnModdle().fromXML(xml)).warnings).toEqual([])
  expect(read(xml).model).toMatchObject({
    id: '_x8865__x52a9_',
    inputs: [{ id: '_1_x8425_', name: '营业收入' }],
    decisions: [{ needs: ['_1_x8425_'] }],
  })
})

describe('a document that is refused', () => {
  const swap = (from: string, to: string) => saved().replace(from, to)
  test.each([
    ['empty', '', { refused: 'not-well-formed' }],
    ['no XML', 'hello', { refused: 'not-well-formed', line: 1 }],
    ['broken', swap('</decisionTable>', ''), { refused: 'not-well-formed', line: 23 }],
    ['with a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${saved().slice(39)}`, { refused: 'doctype', line: 1 }],
    ['with an entity of its own', swap('草稿', '&a;'), { refused: 'not-well-formed', line: 30 }],
    ['too large', saved() + ' '.repeat(2_000_000), { refused: 'too-large' }],
    ['too deep', swap('草稿', `${'<text>'.repeat(60)}${'</text>'.repeat(60)}`), { refused: 'too-deep', line: 30 }],
    ['of another kind', '<html></html>', { refused: 'not-dmn', name: 'html', line: 1, column: 1 }],
    ['of DMN 1.1', swap(editions['1.3'], 'http://www.omg.org/spec/DMN/20151101'), { refused: 'not-dmn', line: 2 }],
    [
      'with what nobody knows',
      swap('<rule id="r_1">', '<rul/><rule id="r_1">'),
      { refused: 'unknown-element', name: 'rul', line: 13, column: 7 },
    ],
    [
      'with what DMN has and we do not',
      swap('<literalExpression', '<invocation/><literalExpression'),
      { refused: 'unsupported', name: 'invocation', line: 28 },
    ],
    ['from elsewhere', swap('#Tier', 'other.dmn#Tier'), { refused: 'unsupported', name: 'other.dmn#Tier', line: 27 }],
    [
      'in another language',
      swap('<literalExpression', '<literalExpression expressionLanguage="groovy"'),
      { refused: 'other-language', name: 'groovy', line: 28 },
    ],
    ['of an unknown policy', swap('FIRST', 'BEST'), { refused: 'unknown-value', name: 'hitPolicy', line: 6 }],
    [
      'without a name',
      swap(' name="档次" camunda', ' camunda'),
      { refused: 'attribute-missing', name: 'name', line: 4 },
    ],
    [
      'without logic',
      saved().replace(/<literalExpression.*<\/literalExpression>/, ''),
      { refused: 'no-logic', name: 'Amount', line: 24 },
    ],
  ])('%s', (_, xml, refusal) => {
    expect(readDmn(xml)).toMatchObject(refusal)
  })
  test('what XML cannot hold is not written', () => {
    const { model: one } = read(saved())
    expect(() => writeDmn({ ...one, name: 'a\u0001' })).toThrow(RangeError)
  })
})
