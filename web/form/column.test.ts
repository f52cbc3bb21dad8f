// Rows of a list in a table: which lists have one, how rows move, and what a block of cells from a spreadsheet becomes.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KindMeta, Meta, Schema } from '../api.ts'
import { begun, cellsIn, columnsOf, meant, numberIn, pasted, shifted, type Column } from './column.ts'

const kind = { fields: { name: '名称' }, options: { month: '个月', day: '日' } } as unknown as KindMeta
const meta = { codes: {}, kinds: {} } as unknown as Meta
const items: Schema = {
  type: 'object',
  required: ['name', 'copies', 'shared'],
  properties: {
    name: { type: 'string', maxLength: 200 },
    copies: { type: 'integer', widget: 'number', preset: 0 },
    shared: { type: 'boolean' },
    spare: { type: 'boolean' },
    unit: { type: 'string', enum: ['day', 'month'], widget: 'choice' },
  },
}
const columns = columnsOf(items, kind, meta)!
const column = (name: string): Column => columns.find((one) => one.name === name)!

describe('a list', () => {
  test('has a table when every answer fits a cell', () => {
    expect(columns.map(({ name, sort }) => `${name} ${sort}`)).toEqual([
      'name text',
      'copies number',
      'shared tick',
      'spare tick',
      'unit choice',
    ])
    for (const more of [
      { body: { type: 'string', widget: 'paragraph' } },
      { unit: { type: 'string', widget: 'unit' } },
      { rows: { type: 'array' } },
      { debt: { type: 'string', when: { matter: ['arrears'] } } },
    ] as readonly Readonly<Record<string, Schema>>[])
      expect(columnsOf({ ...items, properties: { ...items.properties, ...more } }, kind, meta)).toBeUndefined()
    expect(columnsOf({ type: 'string' }, kind, meta)).toBeUndefined()
  })

  test('begins a row with what its boxes and presets say, and nothing else', () => {
    expect(begun(columns)).toEqual({ copies: 0, shared: false })
  })

  test('moves rows up and down without losing any', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(9), fc.constantFrom(1 as const, -1 as const), (rows, at, step) => {
        const made = shifted(rows, at, step)
        const inOrder = (all: readonly number[]) => all.toSorted((a, b) => a - b)
        expect(inOrder(made)).toEqual(inOrder(rows))
        if (rows[at] !== undefined && rows[at + step] !== undefined) expect(made[at + step]).toBe(rows[at])
        else expect(made).toBe(rows)
      }),
    )
  })
})

describe('cells from a spreadsheet', () => {
  test('of one cell are left to the browser; a block is read line by line', () => {
    expect(cellsIn('营业执照')).toBeUndefined()
    expect(cellsIn('营业执照\t1\r\n平面图\t0\r\n')).toEqual([
      ['营业执照', '1'],
      ['平面图', '0'],
    ])
  })

  test('are laid from the cell on, rows are added, what there is no column for is left out', () => {
    const block = [
      ['1', '是', '', '个月', '多余'],
      ['x', '否', '√', 'day'],
    ]
    expect(pasted([{ name: '营业执照', copies: 3 }], columns, [0, 'copies'], block)).toEqual([
      { name: '营业执照', copies: 1, shared: true, unit: 'month' },
      { copies: 'x', shared: false, spare: true, unit: 'day' },
    ])
  })

  test('mean what their column can mean; what it cannot stays to be seen', () => {
    expect(meant(column('unit'), '年')).toBe('年')
    expect(meant(column('unit'), '日')).toBe('day')
    expect(meant(column('spare'), '否')).toBeUndefined()
    expect(meant(column('name'), ' ')).toBeUndefined()
    expect([numberIn('12'), numberIn('1.'), numberIn('1e5'), numberIn('十'), numberIn(' ')]).toEqual([
      12,
      '1.',
      '1e5',
      '十',
      undefined,
    ])
  })
})
