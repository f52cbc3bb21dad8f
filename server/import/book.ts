// Whole records read from a file: the sheets of a workbook put together by the key that their rows name, or a list in JSON.
import { readFile } from 'node:fs/promises'
import type { Language } from '../../kernel/texts.ts'
import { filled } from '../problem.ts'
import { containerOf, matchHeaders, readSheets, SheetRefusal, type CellError, type Row } from '../sheet/index.ts'
import { readCell, titleOf, type Column, type Fields, type Table, type UnitNames, type Unread } from './table.ts'
import { headerWords, type Told } from './what.ts'

/** One record as the file has it. */
export type Entry = {
  readonly id: string
  readonly fields: Fields
  /** The fields of which the file speaks: what it does not speak of stays as it is. */
  readonly speaks: ReadonlySet<string>
  /** Fields that a cell has spoiled, by their paths; told already. */
  readonly spoiled: ReadonlySet<string>
  /** Says what is wrong with a field, or with the record as a whole, where it stands in the file. */
  tell(path: string, reason: string): void
  /** Whether something is wrong with it by now. */
  wrong(): boolean
}

export type Book = {
  readonly entries: readonly Entry[]
  /** Rows that are wrong and belong to no record. */
  readonly lost: number
  told(): readonly Told[]
}

export type Reading = {
  readonly path: string
  readonly file: string
  readonly tables: readonly Table[]
  /** The column by which records are told apart. */
  readonly key: string
  /** What the key stands under in JSON. */
  readonly list: string
  readonly units: UnitNames
  readonly lang: Language
}

/** Records, and rows of one of their lists. */
const MOST = { records: 10_000, rows: 200_000, columns: 120 } as const

const SAID = {
  'zh-CN': {
    merged: '不能使用合并单元格，请取消合并。',
    broken: '单元格的公式出错（显示为 {at}），请改正公式，或直接填写内容。',
    formula: '单元格是公式且没有保存结果，请改为数值。',
    number: '应为数字。',
    money: '应为金额（元），最多两位小数。',
    'yes-no': '请填写“是”或“否”。',
    choice: '没有“{at}”这个选项，可以填写：{expected}。',
    text: '内容已被表格软件改成数字，无法还原。请把该列单元格格式设为文本后重新填写。',
    unit: '没有名为“{at}”的单位，请填写单位的全称或编号。',
    several: '名为“{at}”的单位不止一个，请填写单位编号。',
    twice: '与第 {row} 行重复。',
    'no-key': '请填写{title}。',
    'no-owner': '工作表“{sheet}”中没有这个编码。',
    place: '{list}第 {n} 项：',
    'not-json': '不是合法的 JSON（{message}）。请核对文件后重新上传。',
    'not-a-list': '文件内容应为 {"{list}":[{…}]}。请对照导出的文件修改。',
    'not-a-record': '第 {n} 项不是一组栏目（{…}）。请对照导出的文件修改。',
  },
  en: {
    merged: 'is merged; cells may not be merged.',
    broken: 'holds a formula that fails (shown as {at}); mend it, or enter the value itself.',
    formula: 'is a formula without a stored result; put the value in its place.',
    number: 'should be a number.',
    money: 'should be an amount in yuan with at most two decimals.',
    'yes-no': 'should be yes or no.',
    choice: 'is no option: “{at}”. There are: {expected}.',
    text: 'was turned into a number by the spreadsheet and cannot be recovered; set the format of the cells to text and enter it anew.',
    unit: 'names no unit: “{at}”. Give the full name of the unit, or its id.',
    several: 'is the name of several units: “{at}”. Give the id of the unit.',
    twice: 'is in row {row} already.',
    'no-key': 'Enter {title}.',
    'no-owner': 'is not in the sheet “{sheet}”.',
    place: '{list} {n}: ',
    'not-json': 'The file is not valid JSON ({message}). Check it and upload it again.',
    'not-a-list': 'The file should hold {"{list}":[{…}]}. See an exported file.',
    'not-a-record': 'Item {n} is not a group of fields ({…}). See an exported file.',
  },
} as const

/** What is wrong with the file as a whole is thrown as `SheetRefusal`, or comes back as `refused`. */
export async function readBook(reading: Reading): Promise<Book | { readonly refused: string }> {
  const text = (await containerOf(reading.path)) === 'text'
  if (text && (/\.json$/i.test(reading.file) || (await beginsAsJson(reading.path)))) return readJson(reading)
  return readWorkbook(reading)
}

async function beginsAsJson(path: string): Promise<boolean> {
  return /^\ufeff?\s*[[{]/.test((await readFile(path, 'utf8')).slice(0, 1000))
}

type Sheet = {
  readonly name: string
  readonly header: Row
  readonly places: ReadonlyMap<string, number>
  readonly errors: Map<number, CellError[]>
  readonly back: Set<number>
}

type Line = { readonly row: number; readonly fields: Fields; readonly spoiled: readonly string[] }

async function readWorkbook(reading: Reading): Promise<Book | { readonly refused: string }> {
  const { tables, key, lang } = reading
  const said = SAID[lang]
  const [main, ...others] = tables as [Table, ...Table[]]
  const read = await readTables(reading)
  if ('refused' in read) return read
  const first = read.get(main)
  if (first === undefined || first.lines.length === 0) throw new SheetRefusal('empty')
  const lists = new Map(others.flatMap((table) => (read.has(table) ? [[table.list!, read.get(table)!] as const] : [])))
  const sheets = [first.sheet, ...[...lists.values()].map(({ sheet }) => sheet)]
  let lost = 0
  const fail = (sheet: Sheet, row: number, reason: string, column?: string) => {
    const at = column === undefined ? undefined : sheet.places.get(column)
    sheet.errors.set(row, [...(sheet.errors.get(row) ?? []), { ...(at !== undefined && { column: at }), reason }])
    sheet.back.add(row)
  }
  const owners = new Map<string, Line>()
  for (const line of first.lines) {
    const id = line.fields[key] as string | undefined
    const before = id === undefined ? undefined : owners.get(id)
    if (id !== undefined && !before) {
      owners.set(id, line)
      continue
    }
    lost += 1
    const title = titleOf(
      main.columns.find((one) => one.key === key)!,
      lang,
    )
    if (before) fail(first.sheet, line.row, filled(said.twice, { row: before.row }), key)
    else if (!line.spoiled.includes(key)) fail(first.sheet, line.row, filled(said['no-key'], { title }), key)
  }
  const rows = new Map<string, Map<string, Line[]>>()
  for (const [list, { sheet, lines }] of lists)
    for (const line of lines) {
      const id = line.fields[key] as string | undefined
      if (id === undefined || !owners.has(id)) {
        lost += 1
        if (!line.spoiled.includes(key))
          fail(sheet, line.row, filled(said['no-owner'], { sheet: first.sheet.name }), key)
        continue
      }
      const own = rows.get(id) ?? new Map<string, Line[]>()
      rows.set(id, own.set(list, [...(own.get(list) ?? []), line]))
    }
  const entries = [...owners].map(([id, line]): Entry => {
    const own = rows.get(id)
    const parts = [...lists].map(([list, { sheet }]) => ({ list, sheet, lines: own?.get(list) ?? [] }))
    const all = [
      { sheet: first.sheet, row: line.row },
      ...parts.flatMap(({ sheet, lines }) => lines.map(({ row }) => ({ sheet, row }))),
    ]
    const wrong = () => all.some(({ sheet, row }) => sheet.errors.has(row))
    // All of it is given back, so that it can be mended and sent again as it is.
    const giveBack = () => all.forEach(({ sheet, row }) => sheet.back.add(row))
    if (wrong()) giveBack()
    return {
      id,
      fields: {
        ...line.fields,
        ...Object.fromEntries(parts.map(({ list, lines }) => [list, lines.map(({ fields }) => without(fields, key))])),
      },
      speaks: new Set([...first.sheet.places.keys(), ...lists.keys()]),
      spoiled: new Set([
        ...line.spoiled,
        ...parts.flatMap(({ list, lines }) =>
          lines.flatMap((one, n) => one.spoiled.map((field) => `${list}.${n}.${field}`)),
        ),
      ]),
      wrong,
      tell(path, reason) {
        const [name = '', n, field] = path.split('.')
        const part = parts.find(({ list }) => list === name)
        const at = part?.lines[Number(n)]
        if (part && at) fail(part.sheet, at.row, reason, field)
        else fail(first.sheet, line.row, reason, name)
        giveBack()
      },
    }
  })
  const told = () =>
    sheets.map(({ name, header, errors, back }) => ({
      sheet: name,
      header,
      errors: new Map([...errors].toSorted(([a], [b]) => a - b)),
      warnings: new Map(),
      back,
    }))
  return { entries, lost, told }
}

function without(fields: Fields, key: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key))
}

type Read = { readonly sheet: Sheet; readonly lines: Line[] }

/** The sheets that are there, each with what is wrong with its cells. */
async function readTables({
  path,
  file,
  tables,
  lang,
  units,
}: Reading): Promise<ReadonlyMap<Table, Read> | { readonly refused: string }> {
  const found = new Map<Table, Read>()
  // The records' own sheet may be called anything, if it stands first.
  const sheets = tables.map(({ names, list }) =>
    list === undefined ? { names: [...names, ''], maxRows: MOST.records + 1 } : { names, maxRows: MOST.rows + 1 },
  )
  for await (const { place, name, row } of readSheets(path, { sheets, maxColumns: MOST.columns, file })) {
    const table = tables[place]!
    const read = found.get(table)
    if (read) {
      const line = lineOf(table, read.sheet, row, units, lang)
      if (line) read.lines.push(line)
      continue
    }
    const shown = name || table.names[lang === 'en' ? 1 : 0]
    // What is not understood is not passed over: a column called otherwise would be a field that is gone.
    const known = table.columns.map((column, at) => ({ ...column, required: at === 0 }))
    const match = matchHeaders(row.cells, known)
    if (!match.ok) return { refused: headerWords(match.problems, lang, shown) }
    const sheet = { name: shown, header: row, places: match.columns, errors: new Map(), back: new Set<number>() }
    found.set(table, { sheet, lines: [] })
  }
  return found
}

/** What a row says; what is wrong with its cells is told at once. A row that says nothing is none. */
function lineOf({ columns }: Table, sheet: Sheet, row: Row, units: UnitNames, lang: Language): Line | undefined {
  const fields: Record<string, unknown> = {}
  const spoiled: string[] = []
  const errors: CellError[] = []
  for (const column of columns) {
    const place = sheet.places.get(column.key)
    const cell = row.cells.find((one) => one.column === place)
    const read = readCell(column, cell, units)
    if ('wrong' in read) {
      errors.push({
        ...(place !== undefined && { column: place }),
        reason: unreadWords(read.wrong, read.at, column, lang),
      })
      spoiled.push(column.key)
    } else if (read.value !== undefined) fields[column.key] = read.value
  }
  if (errors.length > 0) {
    sheet.errors.set(row.row, errors)
    sheet.back.add(row.row)
  }
  return errors.length > 0 || Object.keys(fields).length > 0 ? { row: row.row, fields, spoiled } : undefined
}

function unreadWords(wrong: Unread, at = '', { options }: Column, lang: Language): string {
  const expected = Object.values(options).map((names) => names[lang])
  return filled(SAID[lang][wrong], { at: at.slice(0, 40), expected: expected.join(' / ') })
}

/** In JSON a record is a place in the list: what is wrong with it says which field it is about. */
async function readJson({ path, key, list, lang, tables }: Reading): Promise<Book | { readonly refused: string }> {
  const said = SAID[lang]
  let parsed: unknown
  try {
    parsed = JSON.parse((await readFile(path, 'utf8')).replace(/^\ufeff/, ''))
  } catch (error) {
    return { refused: filled(said['not-json'], { message: (error as SyntaxError).message }) }
  }
  const records = isFields(parsed) && Object.keys(parsed).length === 1 ? parsed[list] : undefined
  if (!Array.isArray(records)) return { refused: said['not-a-list'].replace('{list}', list) }
  const odd = records.findIndex((one) => !isFields(one))
  if (odd >= 0) return { refused: said['not-a-record'].replace('{n}', String(odd + 1)) }
  if (records.length === 0) throw new SheetRefusal('empty')
  if (records.length > MOST.records) throw new SheetRefusal('too-many-rows', String(MOST.records))
  const title = (column: Column | undefined) => (column ? titleOf(column, lang) : '')
  const [main] = tables as [Table]
  const shown = [key, 'name'].map((name, place) => ({
    column: place + 1,
    value: title(main.columns.find((one) => one.key === name)),
    kind: 'text' as const,
  }))
  const errors = new Map<number, CellError[]>()
  const fail = (row: number, reason: string, column?: number) =>
    errors.set(row, [...(errors.get(row) ?? []), { ...(column !== undefined && { column }), reason }])
  const seen = new Map<string, number>()
  let lost = 0
  const entries = (records as Fields[]).flatMap((fields, place): Entry[] => {
    const row = place + 1
    const id = typeof fields[key] === 'string' ? fields[key].trim() : ''
    const before = seen.get(id)
    if (id === '' || before !== undefined) {
      lost += 1
      fail(
        row,
        before === undefined ? filled(said['no-key'], { title: shown[0]!.value }) : filled(said.twice, { row: before }),
        1,
      )
      return []
    }
    seen.set(id, row)
    const tell = (field: string, reason: string) => {
      const [name, n] = field.split('.')
      const table = tables.find((one) => one.list !== undefined && one.list === name)
      const of =
        table && n !== undefined
          ? filled(said.place, { list: table.names[lang === 'en' ? 1 : 0], n: Number(n) + 1 })
          : ''
      fail(row, `${of}${reason}`, name === key ? 1 : name === 'name' ? 2 : undefined)
    }
    const speaks = new Set([
      ...main.columns.map((one) => one.key),
      ...tables.flatMap((one) => one.list ?? []),
      ...Object.keys(fields),
    ])
    return [{ id, fields, speaks, spoiled: new Set(), tell, wrong: () => errors.has(row) }]
  })
  const told = () => [{ header: { row: 0, cells: shown }, errors, warnings: new Map() }]
  return { entries, lost, told }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The records of a JSON file as rows, for the workbook that says what is wrong with them. */
export async function* jsonRows({ path, key, list }: Pick<Reading, 'path' | 'key' | 'list'>): AsyncGenerator<Row> {
  const parsed = JSON.parse((await readFile(path, 'utf8')).replace(/^\ufeff/, '')) as Record<string, Fields[]>
  for (const [place, fields] of parsed[list]!.entries())
    yield {
      row: place + 1,
      cells: [key, 'name'].map((name, at) => {
        const value = fields[name]
        return { column: at + 1, value: typeof value === 'string' ? value : '', kind: 'text' }
      }),
    }
}
