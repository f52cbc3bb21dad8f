/** Reading spreadsheets: what they hold, and what nobody should be able to do to the server with one. */
import { randomBytes } from 'node:crypto'
import { createReadStream, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import {
  readSheet,
  type ReadOptions,
  type Row,
  SheetRefusal,
  sheetRefusalTexts,
  describeSheetRefusal,
} from './index.ts'
import { refuseTooManyRows } from './row-count.ts'
import {
  fixtureFolder,
  listOf,
  type FixtureWorkbook,
  packedRepeat,
  peakMemory,
  textRow,
  workbookEntries,
  workbookOf,
  zipOf,
} from './zip-fixture.ts'

const fixtures = fixtureFolder()
const file: typeof fixtures.file = (...all) => fixtures.file(...all)
const usual = { maxRows: 1000, maxColumns: 50 }

async function rowsOf(data: string | Buffer, options: Partial<ReadOptions> = {}): Promise<Row[]> {
  return listOf(readSheet(file(data), { ...usual, ...options }))
}

async function refusalOf(data: string | Buffer, options: Partial<ReadOptions> = {}): Promise<SheetRefusal> {
  const error = await rowsOf(data, options).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(SheetRefusal)
  return error as SheetRefusal
}

const sheet = (data: string, more: Partial<FixtureWorkbook> = {}) => workbookOf({ sheets: [data], ...more })
const values = (rows: readonly Row[]) => rows.map(({ cells }) => cells.map(({ value }) => value))

describe('what an .xlsx holds', () => {
  test('shared strings: rich text is joined, phonetic guides are left out, escapes are undone', async () => {
    const strings =
      '<si><t>企业名称</t></si><si><r><t>通化</t></r><r><rPr/><t xml:space="preserve"> 药业</t></r></si>' +
      '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si><si/>'
    const cells = [0, 1, 2, 3, 4].map((index) => `<c t="s"><v>${index}</v></c>`).join('')
    expect(values(await rowsOf(sheet(`<row r="1">${cells}</row>`, { strings })))).toEqual([
      ['企业名称', '通化 药业', '東京', 'a\rb_x0041_'],
    ])
  })

  test('rare characters, emoji and prefixes of names', async () => {
    const text = '㐂𠮷𬺈龘🏭👨‍👩‍👧'
    const data = `<x:worksheet xmlns:x="u"><x:sheetData><x:row r="3"><x:c r="B3" t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`
    expect(await rowsOf(sheet(data))).toEqual([{ row: 3, cells: [{ column: 2, value: text, kind: 'text' }] }])
  })

  test('numbers, percentages, booleans and errors', async () => {
    const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs>'
    const data =
      '<row r="1"><c><v>1.5</v></c><c s="1"><v>0.05</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>'
    expect((await rowsOf(sheet(data, { styles })))[0]?.cells).toEqual([
      { column: 1, value: 1.5, kind: 'number' },
      { column: 2, value: 0.05, kind: 'percent' },
      { column: 3, value: true, kind: 'boolean' },
      { column: 4, value: '#N/A', kind: 'error' },
    ])
  })

  test('dates by number format, built in, Chinese and self-made', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>' +
      '<numFmt numFmtId="177" formatCode="0.00&quot;days&quot;"/></numFmts>' +
      '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="31"/><xf numFmtId="22"/><xf numFmtId="177"/></cellXfs>'
    const data = [
      [1, 46023],
      [2, 46023],
      [3, 1],
      [4, 46023.75],
      [5, 46023],
      [1, 60],
      [1, 0.5],
    ].map(([style, serial]) => `<c s="${style}"><v>${serial}</v></c>`)
    const cells = (await rowsOf(sheet(`<row>${data.join('')}</row>`, { styles })))[0]?.cells
    expect(cells?.map(({ kind, value }) => [kind, value])).toEqual([
      ['date', '2026-01-01'],
      ['date', '2026-01-01'],
      ['date', '1900-01-01'],
      ['datetime', '2026-01-01T18:00:00'],
      ['number', 46023],
      ['date', '1900-02-29'],
      ['time', '12:00:00'],
    ])
  })

  test('the 1904 date system, and dates of the strict format', async () => {
    const more = { styles: '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>', workbookPr: '<workbookPr date1904="1"/>' }
    const data =
      '<row><c s="1"><v>44561</v></c><c t="d"><v>2026-03-01T00:00:00</v></c><c t="d"><v>2026-03-01</v></c></row>'
    expect(values(await rowsOf(sheet(data, more)))).toEqual([['2026-01-01', '2026-03-01', '2026-03-01']])
  })

  test('a formula is flagged, with or without its last value', async () => {
    const data =
      '<row r="1"><c><f>A2+1</f><v>7</v></c><c t="str"><f>B2</f><v>文</v></c><c><f>C2</f></c><c><v>7</v></c></row>'
    expect((await rowsOf(sheet(data)))[0]?.cells).toEqual([
      { column: 1, value: 7, kind: 'number', formula: true },
      { column: 2, value: '文', kind: 'text', formula: true },
      { column: 3, value: null, kind: 'empty', formula: true },
      { column: 4, value: 7, kind: 'number' },
    ])
  })

  test('merged cells carry their range, in every row they cover', async () => {
    const rows = textRow(1, '甲', '乙') + textRow(2, '', '', '丙') + textRow(5, '丁')
    const data = `<worksheet><sheetData>${rows}</sheetData><mergeCells count="2"><mergeCell ref="A1:A3"/><mergeCell xr:uid="{1}" ref="C2:D2"/></mergeCells></worksheet>`
    expect(await rowsOf(sheet(data))).toEqual([
      {
        row: 1,
        cells: [
          { column: 1, value: '甲', kind: 'text', merged: 'A1:A3' },
          { column: 2, value: '乙', kind: 'text' },
        ],
      },
      {
        row: 2,
        cells: [
          { column: 1, value: null, kind: 'empty', merged: 'A1:A3' },
          { column: 3, value: '丙', kind: 'text', merged: 'C2:D2' },
          { column: 4, value: null, kind: 'empty', merged: 'C2:D2' },
        ],
      },
      { row: 5, cells: [{ column: 1, value: '丁', kind: 'text' }] },
    ])
  })

  test('empty and merely formatted rows and cells are passed over; row numbers stay true', async () => {
    const data = '<row r="1"><c r="A1" s="1"/></row>' + textRow(7, '甲') + '<row r="9"><c r="ZZ9" s="1"/></row>'
    expect((await rowsOf(sheet(data), { maxRows: 1 })).map(({ row }) => row)).toEqual([7])
  })

  test('rows of drawings after the data are not rows', async () => {
    const data = `<worksheet><sheetData>${textRow(1, '甲')}</sheetData><controls><xdr:from><xdr:row>0</xdr:row></xdr:from></controls></worksheet>`
    expect(values(await rowsOf(sheet(data)))).toEqual([['甲']])
  })

  test('the first visible sheet, or the one that is named, hidden or not', async () => {
    const workbook = workbookOf({ sheets: [textRow(1, '密'), textRow(1, '明')], states: ['hidden', 'visible'] })
    expect(values(await rowsOf(workbook))).toEqual([['明']])
    expect(values(await rowsOf(workbook, { sheet: '表1' }))).toEqual([['密']])
    expect(await refusalOf(workbook, { sheet: '表9' })).toMatchObject({ code: 'no-such-sheet', detail: '表9' })
  })

  test('a stream is read like a file and leaves nothing behind', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('sheet-'))
    const before = left()
    const rows = readSheet(createReadStream(file(sheet(textRow(1, '甲')))), usual)
    expect(values(await listOf(rows))).toEqual([['甲']])
    const stream = createReadStream(file(sheet(textRow(1, '甲'))))
    await expect(listOf(readSheet(stream, { ...usual, maxBytes: 100 }))).rejects.toMatchObject({
      code: 'too-large',
    })
    expect(left()).toEqual(before)
  })

  test('leaving early stops the reading; an abort ends it', async () => {
    const many = sheet(Array.from({ length: 5000 }, (_, index) => textRow(index + 1, `第${index}行`)).join(''))
    const options = { maxRows: 10_000, maxColumns: 5 }
    for await (const { row } of readSheet(file(many), options)) if (row === 3) break
    const controller = new AbortController()
    const reading = (async () => {
      for await (const { row } of readSheet(file(many), { ...options, signal: controller.signal }))
        if (row === 3) controller.abort(new Error('enough'))
    })()
    await expect(reading).rejects.toThrow('enough')
  })
})

describe('what is refused', () => {
  test('other files, by what they are and not by their names', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
    const office97 = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(70_000)])
    const encrypted = Buffer.concat([office97, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(100)])
    expect((await refusalOf(png)).code).toBe('not-a-spreadsheet')
    expect((await refusalOf('<html><table><tr><td>1</td></tr></table></html>')).code).toBe('not-a-spreadsheet')
    expect((await refusalOf('<?xml version="1.0"?><Workbook/>')).code).toBe('not-a-spreadsheet')
    expect((await refusalOf(zipOf([{ name: 'word/document.xml', data: '<w/>' }]))).code).toBe('not-a-spreadsheet')
    expect((await refusalOf(office97)).code).toBe('legacy-xls')
    expect((await refusalOf(encrypted)).code).toBe('encrypted')
    expect((await refusalOf(sheet('', { extra: [{ name: 'xl/workbook.bin', data: 'x' }] }))).code).toBe('legacy-xls')
    expect((await refusalOf('')).code).toBe('empty')
    expect((await refusalOf('\r\n,,\r\n')).code).toBe('empty')
    expect((await refusalOf(sheet('<row r="1"><c s="1"/></row>'))).code).toBe('empty')
  })

  test('macros and links to the outside', async () => {
    const row = textRow(1, '甲')
    const macroType =
      '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
    const vba = { name: 'xl/vbaProject.bin', data: 'x' }
    const link = { name: 'xl/externalLinks/externalLink1.xml', data: '<externalLink/>' }
    expect((await refusalOf(sheet(row, { contentTypes: macroType }))).code).toBe('macro')
    expect((await refusalOf(sheet(row, { extra: [vba] }))).code).toBe('macro')
    expect((await refusalOf(sheet(row, { extra: [link] }))).code).toBe('external-link')
  })

  test('damage: cut off, not well-formed, out of order, strings that are not there', async () => {
    const whole = sheet(textRow(1, '甲'))
    expect((await refusalOf(whole.subarray(0, whole.length - 30))).code).toBe('broken')
    expect((await refusalOf(sheet('<row r="1"><c>'))).code).toBe('broken')
    expect((await refusalOf(sheet(textRow(2, 'a') + textRow(1, 'b')))).code).toBe('broken')
    expect((await refusalOf(sheet('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'))).code).toBe(
      'broken',
    )
    expect(await refusalOf(sheet('<row r="4"><c t="s"><v>9</v></c></row>'))).toMatchObject({
      code: 'broken',
      row: 4,
      column: 1,
    })
    expect((await refusalOf(sheet(textRow(1_048_577, 'a')))).code).toBe('broken')
    expect((await refusalOf(sheet('<row><c><v>十</v></c></row>'))).code).toBe('broken')
  })

  test('entities: a document type is refused, external or exploding', async () => {
    const xxe =
      '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>'
    const laughs =
      '<!DOCTYPE w [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
    expect((await refusalOf(sheet(xxe))).code).toBe('broken')
    expect((await refusalOf(sheet(laughs))).code).toBe('broken')
    expect((await refusalOf(sheet('<row><c t="str"><v>&e;</v></c></row>'))).code).toBe('broken')
  })

  test('zips that are encrypted, or whose names lead elsewhere', async () => {
    const parts = workbookEntries({ sheets: [textRow(1, '甲')] })
    const more = (entry: object) => zipOf([...parts, { name: 'x', data: 'x', ...entry }])
    expect((await refusalOf(more({ flags: 1 }))).code).toBe('encrypted')
    for (const name of ['../x', '/etc/x', 'C:/x', 'a\\b', 'a/../../x', 'a\nb'])
      expect((await refusalOf(more({ name }))).code).toBe('broken')
    expect((await refusalOf(more({ attributes: 0xa1ff0000 }))).code).toBe('broken')
    expect((await refusalOf(more({ name: 'XL/Workbook.xml' }))).code).toBe('broken')
  })

  test('beyond the columns, with the row', async () => {
    const data = textRow(1, 'a') + '<row r="2"><c r="AZ2"><v>1</v></c></row>'
    expect(await refusalOf(sheet(data))).toMatchObject({ code: 'too-many-columns', row: 2, detail: '50' })
  })

  test('every refusal has a sentence in both languages, with its row', () => {
    for (const code of Object.keys(sheetRefusalTexts) as SheetRefusal['code'][]) {
      expect(describeSheetRefusal(new SheetRefusal(code, '7'), 'zh')).toMatch(/。$/)
      expect(describeSheetRefusal(new SheetRefusal(code, '7'), 'en')).not.toContain('{')
    }
    expect(describeSheetRefusal(new SheetRefusal('too-many-rows', '500', { row: 501 }), 'zh')).toBe(
      '第 501 行：行数超过上限（500 行）。请拆分成几个文件分别上传。',
    )
  })
})

describe('files made to hurt', () => {
  const row = '<row><c><v>1</v></c><c><v>2</v></c></row>'
  const [start, end] = ['<worksheet><sheetData>', '</sheetData></worksheet>']
  const bomb = packedRepeat(start, row.repeat(250_000), 200, end)
  const entries = (size: number) =>
    zipOf(workbookEntries({ sheets: [{ name: '', data: bomb.data, packed: true, declared: size }] }))

  test('a zip bomb that says so is refused before it is unpacked', async () => {
    const data = entries(bomb.size)
    expect(bomb.size).toBeGreaterThan(2e9)
    expect(data.length).toBeLessThan(12e6)
    const memory = await peakMemory(async () => expect((await refusalOf(data)).code).toBe('zip-bomb'))
    expect(memory).toBeLessThan(300)
  })

  test('a zip bomb that lies about its size is stopped at the size it gave', async () => {
    const data = entries(5_000)
    const memory = await peakMemory(async () => expect((await refusalOf(data)).code).toBe('zip-bomb'))
    expect(memory).toBeLessThan(300)
  })

  test('a small file that grows a thousand times', async () => {
    const spaces = packedRepeat(start, ' '.repeat(10_000_000), 100, end)
    const data = zipOf(
      workbookEntries({ sheets: [{ name: '', data: spaces.data, packed: true, declared: spaces.size }] }),
    )
    expect(data.length).toBeLessThan(1.2e6)
    expect((await refusalOf(data)).code).toBe('zip-bomb')
  })

  test('entries that share their bytes', async () => {
    const shared = Array.from({ length: 50 }, (_, index) => ({
      name: `x${index}`,
      data: 'a'.repeat(1000),
      shareBytes: index > 0,
    }))
    expect((await refusalOf(zipOf([...workbookEntries({ sheets: [row] }), ...shared]))).code).toBe('zip-bomb')
  })

  test('shared strings without end cost no more memory than they may', async () => {
    const texts = Array.from({ length: 6_000 }, (_, n) => `<si><t>${`${n}企业${n * 7919}`.repeat(12)}</t></si>`)
    const strings = packedRepeat('<sst>', texts.join(''), 250, '</sst>')
    expect(strings.size).toBeGreaterThan(300e6)
    const parts = workbookEntries({ sheets: ['<row><c t="s"><v>0</v></c></row>'], strings: '' }).map((part) =>
      part.name === 'xl/sharedStrings.xml'
        ? { name: part.name, data: strings.data, packed: true, declared: strings.size }
        : part,
    )
    const memory = await peakMemory(async () => expect((await refusalOf(zipOf(parts))).code).toBe('too-large'))
    expect(memory).toBeLessThan(300)
  })

  test('too many entries', async () => {
    const extra = Array.from({ length: 2_100 }, (_, index) => ({ name: `x${index}`, data: '' }))
    expect((await refusalOf(sheet(row, { extra }))).code).toBe('zip-bomb')
  })

  test('a million rows are refused before the first is read', async () => {
    const rows = Array.from({ length: 2_000 }, (_, index) => {
      const name = `企业${(index * 7919) % 999_983}号${index}`
      return `<row><c t="str"><v>${name}</v></c></row>`
    })
    const million = packedRepeat(start, rows.join(''), 500, end)
    const data = zipOf(
      workbookEntries({ sheets: [{ name: '', data: million.data, packed: true, declared: million.size }] }),
    )
    let read = 0
    const reading = (async () => {
      for await (const _ of readSheet(file(data), { maxRows: 200_000, maxColumns: 5 })) read++
    })()
    await expect(reading).rejects.toMatchObject({ code: 'too-many-rows', detail: '200000' })
    expect(read).toBe(0)
  })

  test('rows that the quick count does not see are still counted as they are read', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => `<row><c><v>${index}</v></c><c s="1"/></row>`).join('')
    let read = 0
    const reading = (async () => {
      for await (const _ of readSheet(file(sheet(rows)), { maxRows: 600, maxColumns: 5 })) read++
    })()
    await expect(reading).rejects.toMatchObject({ code: 'too-many-rows', row: 601, detail: '600' })
    expect(read).toBe(600)
  })

  test('the quick count is exact at the limit, however the bytes are cut', async () => {
    const text = `${row.repeat(40)}<row><c><v></v></c></row>${textRow(41, 'a').repeat(10)}`
    const pieces = async function* (size: number) {
      for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size))
    }
    for (const size of [1, 3, 7, 13, 20, 1000]) {
      expect(Buffer.concat(await listOf(refuseTooManyRows(pieces(size), 50))).toString()).toBe(text)
      await expect(listOf(refuseTooManyRows(pieces(size), 49))).rejects.toMatchObject({ code: 'too-many-rows' })
    }
  })

  test('one endless token', async () => {
    const digits = randomBytes(3_000_000).toString('hex').replace(/[a-f]/g, '7')
    expect((await refusalOf(sheet(`<row><c><v>${digits}</v></c></row>`))).code).toBe('broken')
    expect((await refusalOf(sheet(`<row a="${digits}"/>`))).code).toBe('broken')
  })

  test('when the reader runs out of memory the server does not', async () => {
    const deep = Array.from({ length: 1_000_000 }, (_, index) => `<a${index}>`).join('')
    expect((await refusalOf(sheet(deep), { memoryMB: 32 })).code).toBe('too-large')
    expect(values(await rowsOf(sheet(textRow(1, '甲'))))).toEqual([['甲']])
  })

  test('merged ranges without end or in heaps', async () => {
    const merges = (list: string) =>
      `<worksheet><sheetData>${textRow(1, '甲')}</sheetData><mergeCells>${list}</mergeCells></worksheet>`
    const all = await rowsOf(sheet(merges('<mergeCell ref="A1:XFD1048576"/>')))
    expect(all[0]?.cells).toHaveLength(50)
    const heap = Array.from({ length: 60 }, () => '<mergeCell ref="A1:B1048576"/>').join('')
    expect((await refusalOf(sheet(merges(heap)))).code).toBe('broken')
    expect((await refusalOf(sheet(merges('<mergeCell ref="A1:ZZZ9"/>')))).code).toBe('broken')
  })
})
