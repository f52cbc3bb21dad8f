// Whatever the form of an item accepts goes into the sheets and comes out of them as it was.
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { items } from '../../domains/items/index.ts'
import { parse } from '../../kernel/input.ts'
import { accepted } from '../../tests/arbitrary.ts'
import { schemaOf } from '../schema.ts'
import { writeSheet, type Cell } from '../sheet/index.ts'
import { readBook } from './book.ts'
import { KEY, plain, tablesIn } from './item.ts'
import { sheetsOf } from './whole.ts'
import { readCell, type Column, type Fields } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'lj-table-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const kind = items.kinds.find(({ definition }) => definition.kind === 'item')!
const tables = tablesIn(kind)
const form = kind.definition.commands['list']!.input
const units = {
  of: (id: string) => (id === 'tax' ? '税务局' : id),
  find: (text: string) => (text === '税务局' ? ['tax'] : text === '同名局' ? ['a', 'b'] : [text]),
}

test('every library that the form accepts, in both languages', async () => {
  const records = fc.array(accepted(schemaOf(form)) as fc.Arbitrary<Fields>, { minLength: 1, maxLength: 6 })
  let n = 0
  await fc.assert(
    fc.asyncProperty(records, fc.constantFrom('zh-CN' as const, 'en' as const), async (drawn, lang) => {
      const sound = drawn.flatMap((one, place) => {
        const parsed = parse(form, { ...one, code: `11220500LIB${String(place).padStart(5, '0')}`, unit: 'tax' })
        return 'value' in parsed ? [plain(parsed.value as Fields)] : []
      })
      fc.pre(sound.length > 0)
      const path = join(folder, `${++n}.xlsx`)
      await writeSheet(path, { sheets: sheetsOf(tables, sound, units, lang, KEY) })
      const book = await readBook({ path, file: path, tables, key: 'code', list: 'items', units, lang })
      if ('refused' in book) throw new Error(book.refused)
      expect(book.told().flatMap(({ errors }) => [...errors])).toEqual([])
      const back = book.entries.map(({ fields }) => {
        const parsed = parse(form, plain(fields))
        return 'value' in parsed ? parsed.value : parsed.fields
      })
      expect(back).toEqual(sound)
    }),
    { numRuns: 15 },
  )
})

describe('a cell', () => {
  const columns = new Map(tables.flatMap((table) => table.columns.map((column) => [column.key, column])))
  const of = (key: string) => columns.get(key) as Column
  const cell = (value: Cell['value'], more: Partial<Cell> = {}): Cell => ({
    column: 1,
    value,
    kind: typeof value === 'number' ? 'number' : 'text',
    ...more,
  })
  test.each([
    ['type', '行政许可', 'licence'],
    ['type', ' Licence ', 'licence'],
    ['type', 'licence', 'licence'],
    ['audience', '企业法人、自然人', ['enterprise', 'natural-person']],
    ['audience', 'enterprise; 自然人，', ['enterprise', 'natural-person']],
    ['topics', '餐饮、零售', ['餐饮', '零售']],
    ['topics', '["甲、乙"]', ['甲、乙']],
    ['topics', '[甲', ['[甲']],
    ['hallDue', 'Ｙes', true],
    ['hallDue', '否', false],
    ['cityPays', '350.50', 35_050],
    ['cityPays', 350.5, 35_050],
    ['promised', '１，２００', 1200],
    ['code', 112205001, '112205001'],
    ['unit', '税务局', 'tax'],
    ['name', '', undefined],
  ])('%s: %s', (key, value, wanted) => {
    expect(readCell(of(key), cell(value), units)).toEqual({ value: wanted })
  })
  test.each([
    ['type', cell('许可'), { wrong: 'choice', at: '许可' }],
    ['audience', cell('企业法人、火星人'), { wrong: 'choice', at: '火星人' }],
    ['hallDue', cell('也许'), { wrong: 'yes-no' }],
    ['cityPays', cell('3.505'), { wrong: 'money' }],
    ['cityPays', cell(-1), { wrong: 'money' }],
    ['promised', cell('五'), { wrong: 'number' }],
    ['promised', cell(0.05, { kind: 'percent' }), { wrong: 'number' }],
    ['code', cell(1.12205e30), { wrong: 'text' }],
    ['unit', cell('同名局'), { wrong: 'several', at: '同名局' }],
    ['name', cell('甲', { merged: 'A1:B2' }), { wrong: 'merged' }],
    ['name', cell('#N/A', { kind: 'error' }), { wrong: 'broken', at: '#N/A' }],
    ['name', cell(null, { formula: true }), { wrong: 'formula' }],
  ])('%s: what it cannot be', (key, given, wanted) => {
    expect(readCell(of(key), given, units)).toEqual(wanted)
  })
})
