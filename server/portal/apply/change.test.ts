// What a new version changes of an application that somebody has begun.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Content } from '../../../domains/items/index.ts'
import { carried, changesFor } from './change.ts'
import { askedOf, type Entered, type Part } from './entered.ts'

const CODES = ['A-1', 'A-2', 'A-3', 'constructor', '__proto__x']
const code = fc.constantFrom(...CODES.slice(0, 4))
const within = fc.option(fc.constantFrom('S-1', 'S-2'), { nil: undefined })
const field = fc.record({
  field: code,
  fieldName: fc.constantFrom('经营场所', '面积'),
  form: fc.constantFrom('line', 'number', 'date', 'yes-no', undefined),
  spare: fc.option(fc.boolean(), { nil: undefined }),
  within,
})
const material = fc.record({
  material: code,
  materialName: fc.constantFrom('章程', '平面图'),
  tolerable: fc.boolean(),
  shared: fc.boolean(),
  originals: fc.constant(0),
  copies: fc.constant(1),
  within,
})
const unique = <T>(one: fc.Arbitrary<T>, selector: (one: T) => string) =>
  fc.uniqueArray(one, { selector, maxLength: 4 })
const content = fc.record({
  situations: fc.subarray([
    { situation: 'S-1', situationName: '新办' },
    { situation: 'S-2', situationName: '变更' },
  ]),
  fields: unique(field, (one) => one.field),
  materials: unique(material, (one) => one.material),
  commitment: fc.option(fc.boolean(), { nil: undefined }),
  conditions: fc.constantFrom('有场所', '有人员'),
  promised: fc.integer({ min: 0, max: 9 }),
  promisedUnit: fc.constant('working-day'),
  fee: fc.boolean(),
}) as unknown as fc.Arbitrary<Content>
const entered = fc.record({
  parts: fc.subarray(['S-1', 'S-2']).map((situations) => [{ item: 'I', version: 'I-V1', situations }]),
  answers: unique(
    fc.record({ field: code, value: fc.constantFrom('路一号', '12', '2026-02-11', 'yes') }),
    (one) => one.field,
  ),
  papers: unique(
    fc.record({
      material: code,
      way: fc.constantFrom('given', 'later', 'promised', 'missing'),
      pages: fc.constant(['f']),
    }),
    (one) => one.material,
  ),
}) as fc.Arbitrary<Entered>

const at = (one: Content, version = 'I-V1'): readonly Part[] => [{ item: 'I', version, content: one, choice: false }]

test('the same version changes nothing', () => {
  fc.assert(
    fc.property(content, entered, (one, was) => {
      expect(changesFor(at(one), at(one), was)).toEqual([])
    }),
  )
})

test('what has come one way has gone the other way', () => {
  const count = (all: ReturnType<typeof changesFor>, end: string) =>
    all.filter(({ change }) => change.endsWith(end)).length
  fc.assert(
    fc.property(content, content, entered, (before, after, was) => {
      const [there, back] = [changesFor(at(before), at(after), was), changesFor(at(after), at(before), was)]
      expect(count(there, '-added')).toBe(count(back, '-dropped'))
      expect(there.length).toBe(back.length)
    }),
  )
})

test('what is kept is exactly what is still asked for in a form in which it is taken, and it is kept once and for all', () => {
  fc.assert(
    fc.property(content, entered, (after, was) => {
      const done = [
        ...was.answers.map((one) => `answers.${one.field}`),
        ...was.papers.map((one) => `papers.${one.material}`),
      ]
      const kept = carried({ entered: was, done }, at(after, 'I-V2'))
      expect(kept.entered.parts[0]!.version).toBe('I-V2')
      for (const answer of was.answers) {
        const asked = after.fields.find((one) => one.field === answer.field)
        const fits =
          asked !== undefined &&
          {
            line: true,
            paragraph: true,
            number: answer.value === '12',
            date: answer.value === '2026-02-11',
            'yes-no': answer.value === 'yes',
          }[asked.form ?? 'line']
        expect(kept.entered.answers.includes(answer)).toBe(fits)
      }
      for (const paper of kept.entered.papers) {
        const asked = after.materials.find((one) => one.material === paper.material)!
        expect(asked.shared).toBe(false)
        if (paper.way === 'later') expect(asked.tolerable).toBe(true)
        if (paper.way === 'promised') expect([after.commitment, asked.promisable]).toEqual([true, true])
      }
      // Nothing stays completed of which the answer is gone, but what may be left empty.
      for (const key of kept.done) {
        const [sort, of] = key.split(/\.(.*)/s)
        if (sort === 'papers') expect(kept.entered.papers.some((one) => one.material === of)).toBe(true)
        else if (!after.fields.find((one) => one.field === of)!.spare)
          expect(kept.entered.answers.some((one) => one.field === of)).toBe(true)
      }
      expect(carried(kept, at(after, 'I-V2'))).toEqual(kept)
    }),
  )
})

test('each change is told by its name', () => {
  const base = {
    situations: [{ situation: 'S-1', situationName: '新办' }],
    conditions: '一',
    promised: 5,
    promisedUnit: 'working-day',
    fee: false,
  }
  const paper = { originals: 0, copies: 1, tolerable: false, shared: false }
  const before = {
    ...base,
    fields: [
      { field: 'F-1', fieldName: '场所' },
      { field: 'F-2', fieldName: '面积', form: 'number' },
      { field: 'F-4', fieldName: '别的情形', within: 'S-2' },
    ],
    materials: [
      { ...paper, material: 'M-1', materialName: '章程' },
      { ...paper, material: 'M-2', materialName: '执照' },
    ],
  } as unknown as Content
  const after = {
    ...base,
    promised: 3,
    commitment: true,
    fields: [
      { field: 'F-1', fieldName: '经营场所', spare: true },
      { field: 'F-3', fieldName: '负责人' },
    ],
    materials: [
      { ...paper, material: 'M-1', materialName: '章程', tolerable: true },
      { ...paper, material: 'M-2', materialName: '执照', shared: true, tolerable: true },
      { ...paper, material: 'M-3', materialName: '平面图' },
    ],
  } as unknown as Content
  const parts = [{ item: 'I', version: 'I-V1', situations: ['S-1'] }]
  expect(changesFor(at(before), at(after), { parts })).toEqual([
    { change: 'field-added', name: '负责人' },
    { change: 'field-dropped', name: '面积' },
    { change: 'field-renamed', name: '经营场所', was: '场所' },
    { change: 'field-optional', name: '经营场所' },
    { change: 'paper-added', name: '平面图' },
    { change: 'paper-tolerable', name: '章程' },
    { change: 'paper-shared', name: '执照' },
    { change: 'commitment-open', name: '' },
    { change: 'promise', name: '' },
  ])
})

describe('under one form', () => {
  const CODES_ = ['I', 'J', 'K'] as const
  const several = fc.tuple(content, content, content).map((all) =>
    all.map((one, place): Part => ({
      item: CODES_[place]!,
      version: `${CODES_[place]!}-V2`,
      content: { ...one, name: CODES_[place]!, results: [] },
      choice: place === 2,
    })),
  )
  const begun = fc.tuple(entered, fc.subarray([...CODES_])).map(([one, items]) => ({
    ...one,
    theme: 'T',
    parts: items.map((item) => ({ item, version: `${item}-V1`, situations: one.parts[0]!.situations })),
  }))

  test('what nobody may leave out is there, what is a choice stays as it was chosen, each in the version in force', () => {
    fc.assert(
      fc.property(several, begun, (parts, was) => {
        const { entered: is } = carried({ entered: was, done: [] }, parts)
        const chosen = was.parts.some(({ item }) => item === 'K')
        expect(is.parts.map(({ item }) => item)).toEqual(chosen ? ['I', 'J', 'K'] : ['I', 'J'])
        expect(is.parts.every(({ version }) => version.endsWith('-V2'))).toBe(true)
      }),
    )
  })

  test('everything that any of them asks for is asked once, and nothing else', () => {
    fc.assert(
      fc.property(several, begun, (parts, was) => {
        const { entered: is } = carried({ entered: was, done: [] }, parts)
        const asked = askedOf({ parts, entered: is }).fields.map((one) => one.field)
        const wanted = is.parts.flatMap(({ item, situations }) =>
          parts
            .find((one) => one.item === item)!
            .content.fields.filter(({ within }) => within === undefined || situations.includes(within))
            .map((one) => one.field),
        )
        expect(asked.toSorted()).toEqual([...new Set(wanted)].toSorted())
      }),
    )
  })
})
