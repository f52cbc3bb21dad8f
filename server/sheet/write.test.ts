/** What we write is read back the same, and nothing in it is ever a formula. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stripGuard } from './formula-guard.ts'
import { annotate, guard, openZip, readSheet, type Row, type SheetRow, writeCsv, writeSheet } from './index.ts'
import { fixtureFolder, listOf } from './zip-fixture.ts'

const { folder } = fixtureFolder()
const usual = { maxRows: 100_000, maxColumns: 50 }
const columns = [
  { key: 'name', title: '企业名称', width: 30 },
  { key: 'founded', title: '成立日期', kind: 'date' },
  { key: 'share', title: '占比', kind: 'percent' },
  { key: 'staff', title: '从业人员' },
] as const
const path = join(folder, 'out.xlsx')

async function written(rows: Iterable<SheetRow>, target = path): Promise<Row[]> {
  await writeSheet(target, { sheets: [{ name: '企业', columns, rows }] })
  return listOf(readSheet(target, usual))
}

async function partOf(file: string, name: string): Promise<string> {
  const zip = await openZip(file)
  const chunks = await listOf(zip.read(name))
  zip.close()
  return Buffer.concat(chunks).toString()
}

const dangerousText = fc.tuple(
  fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', "'=", "''@", ''),
  fc.string({ unit: 'binary' }),
)
const anyText = dangerousText.map(([start, rest]) => (start + rest).toWellFormed())

describe('an .xlsx', () => {
  test('comes back as it went in', async () => {
    const rows = await written([
      { name: '通化𠮷药业🏭', founded: '2026-02-28', share: 0.05, staff: 120 },
      { name: null, founded: '2026-02-30', share: '约 5%', staff: true },
      { name: 'a\r\n\x0b_x0041_b<&>"', founded: '1899-01-01', staff: -1.5e-7 },
      { staff: Number.NaN },
    ])
    expect(rows.map(({ cells }) => cells.map(({ column, value, kind }) => [column, value, kind]))).toEqual([
      columns.map(({ title }, index) => [index + 1, title, 'text']),
      [
        [1, '通化𠮷药业🏭', 'text'],
        [2, '2026-02-28', 'date'],
        [3, 0.05, 'percent'],
        [4, 120, 'number'],
      ],
      [
        [2, '2026-02-30', 'text'],
        [3, '约 5%', 'text'],
        [4, true, 'boolean'],
      ],
      [
        [1, 'a\r\n\x0b_x0041_b<&>"', 'text'],
        [2, '1899-01-01', 'text'],
        [4, -1.5e-7, 'number'],
      ],
      [[4, 'NaN', 'text']],
    ])
  })

  test('10,000 texts of every kind survive, and none becomes a formula', async () => {
    const texts = fc.sample(anyText, { numRuns: 10_000, seed: 2 })
    const rows = await written(texts.map((name, index) => ({ name, staff: index })))
    const back = new Map(
      rows.slice(1).map(({ cells }) => [cells.at(-1)?.value, cells.length > 1 ? cells[0]?.value : '']),
    )
    for (const [index, text] of texts.entries()) expect(back.get(index)).toBe(text)
    expect(rows.some(({ cells }) => cells.some(({ formula }) => formula))).toBe(false)
    const xml = await partOf(path, 'xl/worksheets/sheet1.xml')
    expect(xml).not.toMatch(/<f[\s>/]/)
    expect(xml).not.toContain('t="str"')
  })

  test('numbers and dates, any of them', async () => {
    const day = fc.date({
      min: new Date('1900-03-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    const row = fc.record({
      founded: day.map((date) => date.toISOString().slice(0, 10)),
      staff: fc.double({ noNaN: true, noDefaultInfinity: true }),
    })
    const sample = fc.sample(row, { numRuns: 3_000, seed: 5 })
    const rows = await written(sample)
    for (const [index, { founded, staff }] of sample.entries()) {
      const [date, number] = rows[index + 1]?.cells ?? []
      expect(date).toEqual({ column: 2, value: founded, kind: 'date' })
      expect(Number(number?.value) === staff).toBe(true)
    }
  })

  test('a text that looks like a formula keeps its quotation mark in the program that edits it', async () => {
    await written([{ name: '=1+1' }, { name: '甲' }])
    const xml = await partOf(path, 'xl/worksheets/sheet1.xml')
    const styles = await partOf(path, 'xl/styles.xml')
    const style = Number(/<c r="A2" t="inlineStr" s="(\d+)">/.exec(xml)?.[1])
    const formats = /<cellXfs[^>]*>(.*)<\/cellXfs>/.exec(styles)?.[1]?.split('<xf ').slice(1)
    expect(formats?.[style]).toContain('quotePrefix="1"')
    expect(xml).toContain('<c r="A3" t="inlineStr"><is>')
    expect(xml).toContain('state="frozen"')
  })

  test('text beyond what a cell holds is cut with a mark', async () => {
    const cut = (await written([{ name: '长'.repeat(40_000) }]))[1]?.cells[0]?.value
    expect(cut).toHaveLength(32_767)
    expect(cut).toMatch(/长…$/)
  })

  test('names of sheets are made fit and different', async () => {
    const sheets = ['a/b:c', 'A b c', "'", 'x'.repeat(40)].map((name) => ({ name, columns, rows: [] }))
    await writeSheet(path, { sheets })
    const names = [...(await partOf(path, 'xl/workbook.xml')).matchAll(/<sheet name="([^"]*)"/g)].map(
      ([, name]) => name,
    )
    expect(names).toEqual(['a b c', 'A b c 2', 'Sheet', 'x'.repeat(31)])
  })

  test('a slow reader slows the writer; a broken one ends it', async () => {
    let waiting = 0
    const rows = function* () {
      for (let index = 0; index < 200_000; index++)
        yield { name: `企业${Math.imul(index, 2_654_435_761)}`, staff: (waiting = index) }
    }
    const slow = new PassThrough({ highWaterMark: 1024 })
    const writing = writeSheet(slow, { sheets: [{ name: 's', columns, rows: rows() }] })
    slow.on('error', () => {})
    await new Promise((resolve) => slow.once('readable', resolve))
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(waiting).toBeLessThan(199_999)
    slow.destroy(new Error('gone'))
    await expect(writing).rejects.toThrow()
    const refusing = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) })
    await expect(writeSheet(refusing, { sheets: [{ name: 's', columns, rows: rows() }] })).rejects.toThrow('disk full')
  })

  test('rows that fail in the making fail the writing', async () => {
    const rows = function* (): Generator<SheetRow> {
      yield { name: '甲' }
      throw new Error('lost the database')
    }
    await expect(writeSheet(path, { sheets: [{ name: 's', columns, rows: rows() }] })).rejects.toThrow(
      'lost the database',
    )
  })
})

describe('CSV', () => {
  test('10,000 texts survive, but for control characters', async () => {
    const texts = fc.sample(anyText, { numRuns: 10_000, seed: 3 })
    const target = join(folder, 'out.csv')
    await writeCsv(target, { columns: columns.slice(0, 1), rows: texts.map((name) => ({ name })) })
    const rows = await listOf(readSheet(target, usual))
    const back = new Map(rows.map(({ row, cells }) => [row, cells[0]?.value ?? '']))
    for (const [index, text] of texts.entries())
      expect(back.get(index + 2) ?? '').toBe(text.replace(/(?![\t\n\r])\p{Cc}/gu, ''))
  })

  test('what is guarded never begins like a formula, and the guard comes off exactly', () => {
    const check = (text: string) => !/^[=+\-@\t\r\n＝＋－＠]/.test(guard(text)) && stripGuard(guard(text)) === text
    fc.assert(fc.property(anyText, check), { numRuns: 10_000 })
  })

  test('negative numbers stay numbers, dangerous texts get an apostrophe', async () => {
    const target = join(folder, 'guarded.csv')
    await writeCsv(target, { columns, rows: [{ name: '=HYPERLINK("http://x")', staff: -5 }, { name: '@甲,乙' }] })
    expect(readFileSync(target, 'utf8').split('\r\n').slice(1, 3)).toEqual([
      `"'=HYPERLINK(""http://x"")",,,-5`,
      `"'@甲,乙",,,`,
    ])
    expect(guard('普通')).toBe('普通')
  })
})

describe('an annotated workbook', () => {
  const source = (): Row[] => [
    {
      row: 2,
      cells: ['企业名称', '成立日期', '错误说明'].map((value, index) => ({ column: index + 1, value, kind: 'text' })),
    },
    { row: 3, cells: [{ column: 1, value: '好', kind: 'text' }] },
    {
      row: 4,
      cells: [
        { column: 1, value: '=坏', kind: 'text' },
        { column: 2, value: '2026-01-01', kind: 'date' },
        { column: 3, value: '旧的说明', kind: 'text' },
      ],
    },
    { row: 9, cells: [{ column: 2, value: 3, kind: 'number' }] },
  ]
  const annotation = {
    header: source()[0]!,
    errors: new Map([
      [4, [{ column: 2, reason: '不能晚于今天' }, { reason: '重复' }]],
      [9, [{ column: 1, reason: '必须填写' }]],
    ]),
    summary: { accepted: 1, rejected: 2, unchanged: 0 },
    language: 'zh',
  } as const

  test('holds the rejected rows with their reasons and marks, and a summary', async () => {
    await annotate(source, annotation, path)
    const rows = await listOf(readSheet(path, usual))
    expect(rows.map(({ cells }) => cells.map(({ value }) => value))).toEqual([
      ['企业名称', '成立日期', '错误说明', '原行号'],
      ['=坏', '2026-01-01', '成立日期：不能晚于今天；重复', 4],
      [3, '企业名称：必须填写', 9],
    ])
    expect(rows[1]?.cells[1]?.kind).toBe('date')
    const summary = await listOf(readSheet(path, { ...usual, sheet: '导入结果' }))
    expect(summary.slice(1).map(({ cells }) => cells[1]?.value)).toEqual([1, 2, 0, 0])
    const xml = await partOf(path, 'xl/worksheets/sheet1.xml')
    const formats = /<cellXfs[^>]*>(.*)<\/cellXfs>/
      .exec(await partOf(path, 'xl/styles.xml'))?.[1]
      ?.split('<xf ')
      .slice(1)
    const fillOf = (address: string) => formats?.[Number(new RegExp(`r="${address}"[^>]* s="(\\d+)"`).exec(xml)?.[1])]
    expect(fillOf('B2')).toContain('fillId="3"')
    expect(fillOf('A3')).toContain('fillId="3"')
    expect(fillOf('A2')).toContain('fillId="0"')
  })

  test('has what should be looked at again in a column and a sheet of its own, marked otherwise than what is wrong', async () => {
    const doubt = { column: 1, reason: '校验位不符' }
    const warnings = new Map([
      [3, [doubt]],
      [4, [doubt]],
    ])
    const summary = { ...annotation.summary, warned: 1 }
    await annotate(source, { ...annotation, warnings, summary }, path)
    const valuesOf = (rows: readonly Row[]) => rows.map(({ cells }) => cells.map(({ value }) => value))
    expect(valuesOf(await listOf(readSheet(path, usual)))).toEqual([
      ['企业名称', '成立日期', '错误说明', '提醒（不影响导入）', '原行号'],
      ['=坏', '2026-01-01', '成立日期：不能晚于今天；重复', '企业名称：校验位不符', 4],
      [3, '企业名称：必须填写', 9],
    ])
    expect(valuesOf(await listOf(readSheet(path, { ...usual, sheet: '有提醒的行（不影响导入）' })))).toEqual([
      ['企业名称', '成立日期', '提醒（不影响导入）', '原行号'],
      ['好', '企业名称：校验位不符', 3],
    ])
    expect(await partOf(path, 'xl/worksheets/sheet1.xml')).toMatch(/r="A2"[^>]* s="10"/)
    expect(await partOf(path, 'xl/worksheets/sheet1.xml')).toMatch(/r="A3"[^>]* s="5"/)
    expect(await partOf(path, 'xl/worksheets/sheet2.xml')).toMatch(/r="A2"[^>]* s="9"/)
    const result = await listOf(readSheet(path, { ...usual, sheet: '导入结果' }))
    expect(result.at(-1)?.cells.map(({ value }) => value)).toEqual(['其中有提醒，请核对', 1])
  })

  test('may hold every row, in English', async () => {
    await annotate(source, { ...annotation, include: 'all', language: 'en' }, path)
    const rows = await listOf(readSheet(path, usual))
    expect(rows.map(({ cells }) => cells.at(-1)?.value)).toEqual(['Original row', 3, 4, 9])
    expect(rows[0]?.cells.at(-2)?.value).toBe('What is wrong')
  })
})
