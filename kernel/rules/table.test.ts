// A table comes to what feelin's unaryTest, cell by cell, and the standard's hit policies make of it; with facts missing, to what all
// completions agree on; in bulk, to the same.
import fc from 'fast-check'
import { evaluate, unaryTest } from 'feelin'
import { describe, expect, test } from 'vitest'
import { tableOf } from './column.ts'
import { parse } from './expression.ts'
import { hitPolicies } from './hit.ts'
import { judge } from './judge.ts'
import { match, matcherOf } from './match.ts'
import { decide, decideIn, literalOf, readTable, type DecisionTable, type ReadTable } from './table.ts'

const NUMBERS = ['收入', '研发/收入']
const WORDS = ['行业']
const FLAGS = ['高新']
const NAMES = [...NUMBERS, ...WORDS, ...FLAGS]
const grid = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3]
const words = ['制造业', '软件业', '其他', '']
const valuesOf = (name: string): readonly (number | string | boolean)[] =>
  NUMBERS.includes(name) ? grid : WORDS.includes(name) ? words : [true, false]

const bound = fc.constantFrom(0, 1, 2)
const numberCell = fc.oneof(
  fc.constant('-'),
  fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), bound).map(([sign, of]) => `${sign} ${of}`),
  fc.tuple(fc.constantFrom('[', '('), bound, fc.constantFrom(']', ')')).map(([o, low, c]) => `${o}${low}..2${c}`),
  fc.tuple(bound, bound).map(([a, b]) => `${a}, > ${b}`),
  bound.map((of) => `not(> ${of})`),
  bound.map((of) => `? > ${of} or ? = 0`),
)
const wordCell = fc.oneof(
  fc.constant(''),
  fc.subarray(words.slice(0, 3), { minLength: 1 }).map((list) => list.map((word) => `"${word}"`).join(', ')),
  fc.subarray(words.slice(0, 3), { minLength: 1 }).map((list) => `not(${list.map((word) => `"${word}"`).join(', ')})`),
)
const flagCell = fc.constantFrom('-', 'true', 'false', 'not(true)')
const rule = fc.record({
  inputs: fc.tuple(numberCell, numberCell, wordCell, flagCell),
  outputs: fc.tuple(fc.constantFrom('1', '2', '3', '收入 + 1'), fc.constantFrom('"a"', '"b"')),
})
const random = fc
  .record({
    hitPolicy: fc.constantFrom(...hitPolicies),
    aggregation: fc.constantFrom(undefined, 'SUM' as const, 'MIN' as const, 'MAX' as const, 'COUNT' as const),
    several: fc.boolean(),
    ratio: fc.boolean(),
    values: fc.constantFrom('3, 1, 2', '2'),
    byDefault: fc.constantFrom(undefined, '7'),
    rules: fc.array(rule, { minLength: 1, maxLength: 5 }),
  })
  .map(({ hitPolicy, aggregation, several, ratio, values, byDefault, rules }): DecisionTable => {
    const counts = hitPolicy === 'COLLECT' ? aggregation : undefined
    const both = several && (counts === undefined || counts === 'COUNT')
    return {
      hitPolicy,
      ...(counts && { aggregation: counts }),
      inputs: [
        { expression: '收入' },
        { expression: ratio ? '收入 / 2 + 1' : '研发/收入' },
        ...['行业', '高新'].map((expression) => ({ expression })),
      ],
      outputs: [
        { name: '金额', values, ...(byDefault && { default: byDefault }) },
        ...(both ? [{ name: '级别', values: '"b", "a"', ...(byDefault && { default: '"z"' }) }] : []),
      ],
      rules: rules.map(({ inputs, outputs }) => ({ inputs, outputs: both ? outputs : outputs.slice(0, 1) })),
    }
  })
const complete = fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.constantFrom(...valuesOf(name))])))
const names = Object.fromEntries(NAMES.map((name) => [name, null]))

const readOf = (table: DecisionTable): ReadTable => {
  const read = readTable(table, names)
  if ('refused' in read) throw new Error(JSON.stringify(read))
  return read
}

/** The same from nothing but feelin: each cell by itself, and the policies written down once more. */
function peer(table: DecisionTable, facts: Record<string, unknown>): unknown {
  const given = (text: string) => evaluate(text, facts).value
  const matching = table.rules.filter(({ inputs }) =>
    inputs.every((cell, at) => {
      const value = given(table.inputs[at]!.expression)
      return cell === '' || unaryTest(cell, { ...facts, '?': value }).value === true
    }),
  )
  const shape = (row: readonly string[]) => {
    const all = row.map(given)
    return all.length === 1 ? all[0] : Object.fromEntries(all.map((value, at) => [table.outputs[at]!.name, value]))
  }
  const results = matching.map(({ outputs }) => shape(outputs))
  const ranks = matching.map(({ outputs }) =>
    outputs.map((text, at) => {
      const order = (evaluate(`[${table.outputs[at]!.values}]`, {}).value as unknown[]).indexOf(given(text))
      return order === -1 ? 9 : order
    }),
  )
  const ordered = results
    .map((result, at) => ({ result, rank: ranks[at]!.join('') }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({ result }) => result)
  const none = table.outputs[0]!.default === undefined ? undefined : shape(table.outputs.map((one) => one.default!))
  if (table.hitPolicy === 'UNIQUE' && results.length > 1) return 'several-match'
  if (table.aggregation === 'COUNT') return results.length
  if (results.length === 0) return none ?? (/ORDER|COLLECT/.test(table.hitPolicy) && !table.aggregation ? [] : null)
  switch (table.hitPolicy) {
    case 'ANY':
      return new Set(results.map((one) => JSON.stringify(one))).size > 1 ? 'outputs-differ' : results[0]
    case 'PRIORITY':
      return ordered[0]
    case 'OUTPUT ORDER':
      return ordered
    case 'RULE ORDER':
      return results
    case 'COLLECT':
      return table.aggregation ? evaluate(`${table.aggregation.toLowerCase()}(list)`, { list: results }).value : results
    default:
      return results[0]
  }
}
const said = ({ value, fault }: ReturnType<typeof decide>) => fault?.kind ?? value

test('of random tables with all facts known: the same as feelin and the policies of the standard', () => {
  fc.assert(
    fc.property(random, complete, (table, facts) => {
      const answer = decide(readOf(table), facts)
      expect(said(answer)).toEqual(peer(table, facts))
      expect([...answer.missing, ...answer.open]).toEqual([])
    }),
    { numRuns: 400 },
  )
})

test('with facts missing: decided exactly where all completions agree, and what is missing can change it', () => {
  const seen = { decided: 0, open: 0 }
  fc.assert(
    fc.property(random, complete, fc.subarray(NAMES, { minLength: 1, maxLength: 2 }), (table, facts, missing) => {
      const given = { ...facts, ...Object.fromEntries(missing.map((name) => [name, null])) }
      const completions = missing.reduce<Record<string, unknown>[]>(
        (all, name) => all.flatMap((one) => valuesOf(name).map((value) => ({ ...one, [name]: value }))),
        [facts],
      )
      const read = readOf(table)
      const all = completions.map((one) => JSON.stringify(said(decide(read, one))))
      const answer = decide(read, given)
      const isOpen = answer.value === undefined && answer.fault === undefined
      seen[isOpen ? 'open' : 'decided'] += 1
      if (!isOpen) expect(new Set(all)).toEqual(new Set([JSON.stringify(said(answer))]))
      else expect(missing).toEqual(expect.arrayContaining([...answer.missing]))
      // What is written down is gone through exactly; a sum that is reckoned may come to the same in two ways.
      const isPlain = !table.rules.some(({ outputs }) => outputs.join('').includes('收入'))
      if (isPlain && table.inputs[1]!.expression === '研发/收入')
        expect([isOpen, all]).toEqual([new Set(all).size > 1, all])
    }),
    { numRuns: 250 },
  )
  expect(seen.decided).toBeGreaterThan(40)
  expect(seen.open).toBeGreaterThan(40)
})

test('in bulk, by columns, each row is answered as it is by itself', () => {
  fc.assert(
    fc.property(
      fc.array(random, { minLength: 2, maxLength: 2 }),
      fc.array(
        fc.tuple(complete, fc.subarray(NAMES)).map(([facts, gone]) => ({
          ...facts,
          ...Object.fromEntries(gone.map((name) => [name, null])),
        })),
        { minLength: 5, maxLength: 40 },
      ),
      (tables, rows) => {
        const reads = tables.map(readOf)
        const columns = tableOf([...rows, ...[complete].flatMap((one) => fc.sample(one, { numRuns: 1, seed: 1 }))])
        const matcher = matcherOf(
          columns,
          reads.flatMap(({ conditions }) => conditions),
        )
        match(matcher)
        for (const [at, read] of reads.entries()) {
          const first = at === 0 ? 0 : reads[0]!.conditions.length
          for (const [row, facts] of rows.entries()) {
            const [bulk, alone] = [decideIn(read, matcher, first, row), decide(read, facts)]
            expect(said(bulk)).toEqual(said(alone))
            expect(bulk.missing).toEqual(alone.missing)
          }
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('as one expression it comes to the same, where its rules do not contradict each other', () => {
  let written = 0
  fc.assert(
    fc.property(random, complete, (table, facts) => {
      const read = readOf(table)
      const [text, answer] = [literalOf(read), decide(read, facts)]
      if (text === undefined || answer.fault) return
      written += 1
      expect(evaluate(text, facts).value).toEqual(answer.value)
    }),
    { numRuns: 250 },
  )
  expect(written).toBeGreaterThan(40)
})

const tiers: DecisionTable = {
  hitPolicy: 'UNIQUE',
  inputs: [
    { expression: '收入', label: '营业收入' },
    { expression: '行业', allowed: '"制造业", "软件业"' },
  ],
  outputs: [{ name: '补助', default: '0' }],
  rules: [
    { inputs: ['< 5000', '"制造业"'], outputs: ['10'] },
    { inputs: ['>= 5000', '"制造业"'], outputs: ['20'] },
    { inputs: ['-', '"软件业"'], outputs: ['20'] },
  ],
}
const facts = { 收入: null, 行业: null }
const read = readTable(tiers, facts) as ReadTable

describe('a table of tiers', () => {
  test('what is missing is named, and only while it matters', () => {
    expect(decide(read, { 收入: 6000 })).toMatchObject({ value: 20, missing: [], matching: [], open: [1, 2] })
    expect(decide(read, { 收入: 3000 })).toMatchObject({ value: undefined, missing: ['行业'], open: [0, 2] })
    expect(decide(read, { 行业: '软件业' })).toMatchObject({ value: 20, missing: [], matching: [2] })
    expect(decide(read, {})).toMatchObject({ missing: ['收入', '行业'], path: 'compiled' })
  })
  test('an input that may not be what it is, is refused with its column', () => {
    expect(decide(read, { 收入: 1, 行业: '农业' })).toMatchObject({ fault: { kind: 'not-allowed', input: 1 } })
  })
  test('two rules that match where one may are a fault, with both', () => {
    const twice = readTable({ ...tiers, rules: [...tiers.rules, { inputs: ['> 9000', '-'], outputs: ['30'] }] }, facts)
    expect(decide(twice as ReadTable, { 收入: 9001, 行业: '软件业' })).toMatchObject({
      value: undefined,
      fault: { kind: 'several-match', rules: [2, 3] },
    })
  })
  test('its rules as expressions say the same to any engine', () => {
    expect(read.conditions.map(({ text }) => text)).toEqual([
      '收入 < 5000 and 行业 = "制造业"',
      '收入 >= 5000 and 行业 = "制造业"',
      '行业 = "软件业"',
    ])
    const text = literalOf(read)!
    const asked = parse(text, facts)
    if ('refused' in asked) throw new Error(text)
    expect(judge(asked, { 收入: 6000, 行业: '软件业' }).value).toBe(20)
  })
})

describe('a table that cannot be read', () => {
  const rule = { inputs: ['-', '-'], outputs: ['1'] }
  test.each<[string, Partial<DecisionTable>, object]>([
    ['no output', { outputs: [] }, { refused: 'no-output', place: { part: 'table' } }],
    [
      'a cell too few',
      { rules: [rule, { inputs: ['-'], outputs: ['1'] }] },
      { refused: 'ragged', place: { part: 'rule', rule: 1 } },
    ],
    [
      'a cell that is no test',
      { rules: [rule, { inputs: ['-', '> 5 and'], outputs: ['1'] }] },
      { refused: 'syntax', place: { part: 'cell', rule: 1, input: 1 }, at: 7 },
    ],
    [
      'an output that is no expression',
      { rules: [{ inputs: ['-', '-'], outputs: ['1 +'] }] },
      { refused: 'syntax', place: { part: 'entry', rule: 0, output: 0 }, at: 3 },
    ],
    [
      'an input that is none',
      { inputs: [{ expression: '' }, { expression: '行业' }] },
      { refused: 'syntax', place: { part: 'input', input: 0 } },
    ],
    [
      'by importance without any',
      { hitPolicy: 'PRIORITY' },
      { refused: 'no-priorities', place: { part: 'values', output: 0 } },
    ],
    ['a sum of what is single', { aggregation: 'SUM' }, { refused: 'not-to-aggregate', place: { part: 'table' } }],
    [
      'two outputs of one name',
      { outputs: [{ name: 'a' }, { name: 'a' }], rules: [] },
      { refused: 'name-missing', place: { part: 'output', output: 1 } },
    ],
    [
      'a default for one of two',
      { outputs: [{ name: 'a', default: '1' }, { name: 'b' }], rules: [] },
      { refused: 'default-missing', place: { part: 'default', output: 1 } },
    ],
    [
      'more rules than anyone reads',
      { rules: Array.from({ length: 2001 }, () => rule) },
      { refused: 'too-many-rules', place: { part: 'table' } },
    ],
    [
      'a cell nested a thousand deep',
      { rules: [{ inputs: ['-', `${'('.repeat(1000)}1${')'.repeat(1000)}`], outputs: ['1'] }] },
      { refused: 'too-deep', place: { part: 'cell', rule: 0, input: 1 } },
    ],
    [
      'cells that are too long together',
      { rules: [{ inputs: [`"${'x'.repeat(6000)}"`, `"${'x'.repeat(6000)}"`], outputs: ['1'] }] },
      { refused: 'too-long', place: { part: 'rule', rule: 0 } },
    ],
  ])('%s', (_, change, refusal) => {
    expect(readTable({ ...tiers, ...change }, facts)).toMatchObject(refusal)
  })
})

test('more cases than can be gone through are not decided, and it says so', () => {
  const many = Array.from({ length: 12 }, (_, n) => `f${n}`)
  const wide: DecisionTable = {
    hitPolicy: 'FIRST',
    inputs: many.map((expression) => ({ expression })),
    outputs: [{}],
    rules: Array.from({ length: 6 }, (_, at) => ({
      inputs: many.map((_, n) => `> ${(at * 7 + n * 3) % 11}`),
      outputs: [`${at}`],
    })),
  }
  const wideRead = readTable(wide, Object.fromEntries(many.map((name) => [name, null]))) as ReadTable
  expect(decide(wideRead, {})).toMatchObject({ value: undefined, missing: many, isCut: true })
  expect(decide(wideRead, Object.fromEntries(many.map((name) => [name, 20])))).toMatchObject({ value: 0 })
})
