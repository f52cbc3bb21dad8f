/** Writes .xlsx workbooks and CSV as streams. Whatever the values are, no formula goes out. */
import { createWriteStream } from 'node:fs'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { guard, looksLikeFormula } from './formula-guard.ts'
import { serialOf } from './number-format.ts'
import { columnName, excelLimits } from './row.ts'
import { type SheetStyle, styleIndex, stylesXml } from './sheet-style.ts'
import { encodeText } from './xml.ts'
import { zipWriter } from './zip-write.ts'

export interface SheetColumn {
  readonly key: string
  readonly title: string
  /** In characters; 16 when absent. */
  readonly width?: number
  /** `date` turns YYYY-MM-DD into a real date, `percent` shows 0.05 as 5.00%; absent: as the value is. */
  readonly kind?: 'date' | 'percent'
}

export type SheetValue = string | number | boolean | null | undefined

/** A value by itself, or with a mark and a kind of its own. */
export type SheetCell = SheetValue | StyledCell

export interface StyledCell {
  readonly value: SheetValue
  readonly mark?: 'error' | 'warning' | 'reason'
  readonly kind?: 'date' | 'percent'
}

export interface Sheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: Rows
}

export type Rows = Iterable<SheetRow> | AsyncIterable<SheetRow>
export type SheetRow = Readonly<Record<string, SheetCell>>

/**
 * Writes a workbook to a path or a stream, which it ends. Headers are bold and frozen. Text longer than a cell can hold
 * (32,767) ends in `…`. Throws `RangeError` beyond Excel's rows.
 */
export async function writeSheet(
  target: string | Writable,
  { sheets }: { readonly sheets: readonly Sheet[] },
): Promise<void> {
  const out = typeof target === 'string' ? createWriteStream(target) : target
  try {
    const zip = zipWriter(out)
    const names = sheetNames(sheets.map(({ name }) => name))
    await zip.add('[Content_Types].xml', [contentTypes(sheets.length)])
    await zip.add('_rels/.rels', [relations([['officeDocument', 'xl/workbook.xml']])])
    await zip.add('xl/workbook.xml', [workbookXml(names)])
    const parts = names.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const)
    await zip.add('xl/_rels/workbook.xml.rels', [relations([...parts, ['styles', 'styles.xml']])])
    await zip.add('xl/styles.xml', [declaration + stylesXml()])
    for (const [index, sheet] of sheets.entries()) await zip.add(`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet))
    await zip.end()
  } catch (error) {
    out.destroy()
    throw error
  }
}

/** Writes CSV (UTF-8 with mark, CRLF), to a path or a stream, which it ends; text that begins like a formula gets an apostrophe. */
export async function writeCsv(target: string | Writable, { columns, rows }: Omit<Sheet, 'name'>): Promise<void> {
  const out = typeof target === 'string' ? createWriteStream(target) : target
  const lines = async function* () {
    yield `\ufeff${columns.map(({ title }) => csvField(title)).join(',')}\r\n`
    for await (const row of rows) yield `${columns.map(({ key }) => csvField(plainValue(row[key]))).join(',')}\r\n`
  }
  await pipeline(Readable.from(lines()), out)
}

async function* sheetXml({ columns, rows }: Sheet): AsyncGenerator<string> {
  const letters = columns.map((_, index) => columnName(index + 1))
  const widths = columns.map(({ width = 16 }, index) => {
    const column = index + 1
    return `<col min="${column}" max="${column}" width="${Math.min(255, Math.max(1, width))}" customWidth="1"/>`
  })
  yield (
    `${declaration}<worksheet ${main}><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `${widths.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>`
  )
  let number = 1
  yield rowXml(
    number,
    columns.map(({ title }, index) => textXml(`${letters[index]}${number}`, title, 'header')),
  )
  for await (const row of rows) {
    if (++number > excelLimits.rows) throw new RangeError(`more than ${excelLimits.rows} rows`)
    yield rowXml(
      number,
      columns.map(({ key, kind }, index) => cellXml(`${letters[index]}${number}`, row[key], kind)),
    )
  }
  yield '</sheetData></worksheet>'
}

function rowXml(number: number, cells: readonly string[]): string {
  return `<row r="${number}">${cells.join('')}</row>`
}

function cellXml(address: string, cell: SheetCell, columnKind: SheetColumn['kind']): string {
  const value = plainValue(cell)
  const { mark, kind = columnKind } = typeof cell === 'object' && cell !== null ? cell : {}
  if (value === null || value === undefined || value === '')
    return mark === 'error' || mark === 'warning' ? `<c r="${address}" s="${styleIndex(mark)}"/>` : ''
  if (typeof value === 'boolean')
    return `<c r="${address}" t="b"${styled(marked('plain', mark))}><v>${value ? 1 : 0}</v></c>`
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return textXml(address, String(value), marked('plain', mark))
    return `<c r="${address}"${styled(marked(kind === 'percent' ? 'percent' : 'plain', mark))}><v>${value}</v></c>`
  }
  const serial = kind === 'date' ? serialOf(value) : undefined
  if (serial !== undefined) return `<c r="${address}"${styled(marked('date', mark))}><v>${serial}</v></c>`
  return textXml(address, value, marked(looksLikeFormula(value) ? 'quoted' : 'plain', mark))
}

/** Always an inline string: nothing in it is ever calculated. */
function textXml(address: string, text: string, style: SheetStyle): string {
  const fitting = text.length > excelLimits.text ? `${text.slice(0, excelLimits.text - 1)}…` : text
  const space = /^\s|\s$|\s\s|[\t\n]/.test(fitting) ? ' xml:space="preserve"' : ''
  return `<c r="${address}" t="inlineStr"${styled(style)}><is><t${space}>${encodeText(fitting)}</t></is></c>`
}

function marked(style: 'plain' | 'quoted' | 'date' | 'percent', mark: StyledCell['mark']): SheetStyle {
  if (mark === 'reason') return 'reason'
  if (mark === undefined) return style
  return style === 'plain' ? mark : `${mark}-${style}`
}

function styled(style: SheetStyle): string {
  return style === 'plain' ? '' : ` s="${styleIndex(style)}"`
}

function plainValue(cell: SheetCell): SheetValue {
  return typeof cell === 'object' && cell !== null ? cell.value : cell
}

function csvField(value: SheetValue): string {
  if (value === null || value === undefined) return ''
  // Control characters make a file binary; they go first, so that none hides the beginning of a formula.
  const text = typeof value === 'string' ? guard(value.replace(/(?![\t\n\r])\p{Cc}/gu, '')) : String(value)
  return /[",\r\n\t;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Excel's rules: 1 to 31 characters, none of `[]:*?/\`, no apostrophe at the ends, no two alike. */
function sheetNames(wanted: readonly string[]): string[] {
  const names: string[] = []
  for (const name of wanted) {
    const clean =
      name
        .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
        .trim()
        .replace(/^'+|'+$/g, '')
        .slice(0, 31) || 'Sheet'
    let unique = clean
    for (let n = 2; names.some((taken) => taken.toLowerCase() === unique.toLowerCase()); n++)
      unique = `${clean.slice(0, 27)} ${n}`
    names.push(unique)
  }
  return names
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function workbookXml(names: readonly string[]): string {
  const sheets = names.map(
    (name, index) => `<sheet name="${encodeText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  return `${declaration}<workbook ${main} xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`
}

function relations(parts: readonly (readonly [type: string, target: string])[]): string {
  const list = parts.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${target}"/>`,
  )
  return `${declaration}<Relationships xmlns="${packages}/relationships">${list.join('')}</Relationships>`
}

function contentTypes(sheets: number): string {
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}" ContentType="${media}.${type}+xml"/>`
  const list = Array.from({ length: sheets }, (_, index) => override(`worksheets/sheet${index + 1}.xml`, 'worksheet'))
  return (
    `${declaration}<Types xmlns="${packages}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${override('workbook.xml', 'sheet.main')}${override('styles.xml', 'styles')}${list.join('')}</Types>`
  )
}
