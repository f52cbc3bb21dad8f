// How far a long form has come, page by page.
import { describe, expect, test } from 'vitest'
import type { KindMeta, Schema } from '../api.ts'
import { sheetsOf, standingOf } from './standing.ts'

const kind = { pages: { a: '甲', b: '乙' } } as unknown as KindMeta
const many = Object.fromEntries(
  Array.from({ length: 20 }, (_, at) => [`spare${at}`, { type: 'string', page: 'b' } as Schema]),
)
const schema: Schema = {
  required: ['name', 'papers', 'steps'],
  properties: {
    name: { type: 'string', page: 'a' },
    debt: { type: 'string', page: 'a', when: { name: ['arrears'] }, needed: true },
    papers: {
      type: 'array',
      page: 'a',
      items: { type: 'object', required: ['code', 'shared'], properties: { code: {}, shared: {}, more: {} } },
    },
    steps: { type: 'array', page: 'a', minItems: 1, items: { type: 'string' } },
    quiet: { type: 'string', widget: 'hidden' },
    ...many,
  },
}
const [first, second] = sheetsOf(schema, kind)

describe('a form', () => {
  test('is divided when it is long and its fields name pages', () => {
    expect(sheetsOf(schema, kind).map(({ title, fields }) => [title, fields.length])).toEqual([
      ['甲', 4],
      ['乙', 20],
    ])
    const { name, debt } = schema.properties!
    expect(sheetsOf({ properties: { name: name!, debt: debt! } }, kind)).toEqual([])
    expect(sheetsOf({ properties: many }, kind)).toEqual([])
  })

  test('says what is missing, rows of lists and answers that have become needed included', () => {
    const standing = (values: object) => standingOf(first!, schema, values as Record<string, unknown>, {})
    expect(standing({ papers: [], steps: [] })).toEqual({ problems: 0, needed: true, missing: 2, filled: 0 })
    expect(standing({ name: 'arrears', papers: [], steps: ['一'] })).toMatchObject({ missing: 1, filled: 2 })
    expect(standing({ name: 'x', papers: [{ code: 'M' }, { shared: false }], steps: ['一'] })).toMatchObject({
      missing: 2,
      filled: 3,
    })
    expect(standing({ name: 'x', papers: [], steps: ['一'] })).toMatchObject({ missing: 0 })
  })

  test('counts what was refused where it stands', () => {
    const problems = { 'papers.1.code': '请填写。', spare3: '太长。', papers: '太多。' }
    expect(standingOf(first!, schema, {}, problems)).toMatchObject({ problems: 2, needed: true })
    expect(standingOf(second!, schema, {}, problems)).toMatchObject({ problems: 1, needed: false, missing: 0 })
  })
})
