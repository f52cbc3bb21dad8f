// Two texts of an item: what differs, by field, by row and by word; and that the one follows from the other.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applied, differenceOf, glance, linesOf, orderIn, type Facts } from './compare.ts'
import { wording } from './wording.ts'

const code = fc.constantFrom('M-1', 'M-2', 'M-3', 'M-4')
const row = fc.record(
  { material: code, materialName: fc.string(), copies: fc.nat(3), within: fc.constantFrom('S-1', 'S-2') },
  { requiredKeys: ['material', 'materialName'] },
)
const step = fc.record({ step: fc.constantFrom('受理', '审查', '决定') })
const text: fc.Arbitrary<Facts> = fc.record(
  {
    name: fc.string(),
    promised: fc.nat(9),
    audience: fc.array(fc.constantFrom('enterprise', 'authority')),
    quota: fc.string(),
    // Codes that stand twice are refused at the door; a draft that is being typed may have them all the same.
    materials: fc.array(row, { maxLength: 6 }),
    steps: fc.array(step, { maxLength: 5 }),
  },
  { requiredKeys: ['name', 'promised', 'steps'] },
)

describe('the difference', () => {
  test('applied to the one it gives the other, both ways', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(applied(a, differenceOf(a, b))).toEqual(b)
        expect(applied(b, differenceOf(b, a))).toEqual(a)
      }),
    )
  })

  test('is empty for what says the same, and only then', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(differenceOf(a, structuredClone(a))).toEqual([])
        const equal = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
        expect(differenceOf(a, b).length === 0).toBe(equal)
      }),
    )
  })

  test('tells rows by their codes: one added, one removed, one changed, whatever their places', () => {
    const paper = (material: string, more: object = {}) => ({ material, materialName: '执照', copies: 1, ...more })
    const before = { materials: [paper('M-1'), paper('M-2'), paper('M-3')] }
    const after = { materials: [paper('M-3', { within: 'S-1', copies: 2 }), paper('M-4'), paper('M-1')] }
    const row = '执照'
    expect(linesOf(differenceOf(before, after), ['materials', 'copies', 'within'])).toEqual([
      { field: 'materials', row, state: 'added', after: paper('M-4') },
      { field: 'materials', row, state: 'removed', before: paper('M-2') },
      { field: 'materials', row, of: 'copies', before: 1, after: 2, state: 'changed' },
      { field: 'materials', row, of: 'within', after: 'S-1', state: 'added' },
      { field: 'materials', state: 'moved' },
    ])
  })

  test('is read in the order of the form, whatever the order in which it was kept', () => {
    const schema = {
      properties: { name: {}, steps: { items: { properties: { step: {} } } }, promised: {} },
    }
    const order = orderIn(schema)
    expect(order).toEqual(['name', 'steps', 'step', 'promised'])
    const lines = linesOf(differenceOf({ promised: 5, name: '甲' }, { promised: 3, quota: '无', name: '乙' }), order)
    expect(lines.map(({ field }) => field)).toEqual(['name', 'promised', 'quota'])
    expect(Object.entries(glance({ promised: 0, step: '受理', name: '甲' }, order))).toEqual([
      ['name', '甲'],
      ['step', '受理'],
    ])
  })

  test('a list that is there on one side alone is read row by row', () => {
    const questions = [{ question: '甲？', reply: '是。' }]
    expect(linesOf(differenceOf({}, { questions }), [])).toEqual([
      { field: 'questions', row: '甲？', state: 'added', after: questions[0] },
    ])
    expect(linesOf(differenceOf({ questions }, {}), [])).toEqual([
      { field: 'questions', row: '甲？', state: 'removed', before: questions[0] },
    ])
  })

  test('a row put between others moves nothing', () => {
    const steps = (...names: string[]) => ({ steps: names.map((one) => ({ step: one })) })
    expect(linesOf(differenceOf(steps('受理', '决定'), steps('受理', '审查', '决定')), [])).toEqual([
      { field: 'steps', row: '审查', state: 'added', after: { step: '审查' } },
    ])
  })
})

describe('the words', () => {
  const said = (pieces: ReturnType<typeof wording>, without: string) =>
    pieces.flatMap(({ text: one, state }) => (state === without ? [] : [one])).join('')

  test('what stayed and was removed is the earlier text, what stayed and was added the later', () => {
    const words = fc.array(fc.constantFrom('申请', '人', '营业', '执照', '30', 'days', ' ', '。', '\n', '𠮷'))
    const passage = words.map((all) => all.join(''))
    fc.assert(
      fc.property(passage, passage, (a, b) => {
        const pieces = wording(a, b)
        expect([said(pieces, 'added'), said(pieces, 'removed')]).toEqual([a, b])
        // Nothing is told as changed that is the same.
        if (a === b) expect(pieces.every(({ state }) => state === 'same')).toBe(true)
        expect(pieces.every(({ text: one }) => one !== '')).toBe(true)
      }),
    )
  })

  test('marks what was put in and left out of a sentence', () => {
    expect(wording('有固定的经营场所，并依法登记。', '有与规模相适应的经营场所，并依法登记。')).toEqual([
      { text: '有', state: 'same' },
      { text: '固定', state: 'removed' },
      { text: '与规模相适应', state: 'added' },
      { text: '的经营场所，并依法登记。', state: 'same' },
    ])
  })

  test('texts of the greatest length are compared in a blink, and still exactly', () => {
    const long = (sign: string) => Array.from({ length: 400 }, (_, at) => `第${sign}${at}句话的内容。`).join('')
    const [a, b] = [long('甲'), long('乙').replace('第乙7句', '第甲7句')]
    const began = performance.now()
    const pieces = wording(a, b)
    expect(performance.now() - began).toBeLessThan(500)
    expect([said(pieces, 'added'), said(pieces, 'removed')]).toEqual([a, b])
  })
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, one]) => [name, sorted(one)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}
