/** Makes the zips and workbooks that tests read: correct ones, and ones that lie. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import { afterAll } from 'vitest'

export interface FixtureEntry {
  readonly name: string
  readonly data: string | Buffer
  /** `data` is packed already. */
  readonly packed?: boolean
  /** What the zip says the size after unpacking is. */
  readonly declared?: number
  readonly flags?: number
  readonly attributes?: number
  /** Points at the packed bytes of the entry before it. */
  readonly shareBytes?: boolean
}

/** A zip in memory, written by hand. */
export function zipOf(entries: readonly FixtureEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  let previous = 0
  for (const entry of entries) {
    const data = Buffer.from(entry.data)
    const packed = entry.packed ? data : deflateRawSync(data)
    const name = Buffer.from(entry.name)
    const size = entry.declared ?? data.length
    const fixed = Buffer.alloc(26)
    fixed.writeUInt16LE(20, 0)
    fixed.writeUInt16LE(entry.flags ?? 0x0800, 2)
    fixed.writeUInt16LE(8, 4)
    fixed.writeUInt32LE(entry.packed ? 0 : crc32(data), 10)
    fixed.writeUInt32LE(packed.length, 14)
    fixed.writeUInt32LE(size, 18)
    fixed.writeUInt16LE(name.length, 22)
    const start = entry.shareBytes ? previous : offset
    const head = Buffer.from('PK\x01\x02\x14\x03', 'latin1')
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(entry.attributes ?? 0, 6)
    tail.writeUInt32LE(start, 10)
    directory.push(head, fixed, tail, name)
    previous = start
    if (entry.shareBytes) continue
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fixed, name, packed])
    parts.push(local)
    offset += local.length
  }
  const table = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(table.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, table, end])
}

/** Deflated bytes that unpack to `head`, then `body` that many times, then `tail`: gigabytes in a moment. */
export function packedRepeat(head: string, body: string, times: number, tail: string): { data: Buffer; size: number } {
  const flush = { finishFlush: constants.Z_FULL_FLUSH }
  const block = deflateRawSync(body, flush)
  const blocks = Array.from({ length: times }, () => block)
  return {
    data: Buffer.concat([deflateRawSync(head, flush), ...blocks, deflateRawSync(tail)]),
    size: Buffer.byteLength(head) + times * Buffer.byteLength(body) + Buffer.byteLength(tail),
  }
}

const types = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface FixtureWorkbook {
  /** The sheets: the whole part, or what stands inside `<sheetData>`. */
  readonly sheets: readonly (string | Buffer | FixtureEntry)[]
  readonly states?: readonly string[]
  readonly strings?: string
  readonly styles?: string
  readonly workbookPr?: string
  readonly contentTypes?: string
  readonly extra?: readonly FixtureEntry[]
}

/** The entries of a small workbook; sheets are named 表1, 表2 … */
export function workbookEntries(workbook: FixtureWorkbook): FixtureEntry[] {
  const { sheets, states = [], strings, styles, workbookPr = '', contentTypes = '', extra = [] } = workbook
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const list = sheets.map(
    (_, index) =>
      `<sheet name="表${index + 1}" sheetId="${index + 1}" state="${states[index] ?? 'visible'}" r:id="r${index}"/>`,
  )
  const parts = sheets.map((_, index) => relation(`r${index}`, 'worksheet', `/xl/worksheets/s${index}.xml`))
  if (strings !== undefined) parts.push(relation('rs', 'sharedStrings', 'sharedStrings.xml'))
  if (styles !== undefined) parts.push(relation('rt', 'styles', 'styles.xml'))
  return [
    { name: '[Content_Types].xml', data: `<Types xmlns="${types}/content-types">${contentTypes}</Types>` },
    {
      name: '_rels/.rels',
      data: `<Relationships>${relation('a', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns:r="${office}">${workbookPr}<sheets>${list.join('')}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', data: `<Relationships>${parts.join('')}</Relationships>` },
    ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', data: `<sst>${strings}</sst>` }]),
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', data: `<styleSheet>${styles}</styleSheet>` }]),
    ...sheets.map((sheet, index) => {
      const name = `xl/worksheets/s${index}.xml`
      if (typeof sheet === 'object' && 'data' in sheet) return { ...sheet, name }
      const text = sheet.toString()
      return { name, data: text.includes('sheetData') ? text : `<worksheet><sheetData>${text}</sheetData></worksheet>` }
    }),
    ...extra,
  ]
}

export function workbookOf(workbook: FixtureWorkbook): Buffer {
  return zipOf(workbookEntries(workbook))
}

/** Cells of text as `<c>` elements, from column A. */
export function textRow(row: number, ...texts: readonly string[]): string {
  const cells = texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`)
  return `<row r="${row}">${cells.join('')}</row>`
}

/** A folder that goes when the tests of the file are done; `file` writes into it and gives the path. */
export function fixtureFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'fixture-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let count = 0
  return {
    folder,
    file(data: string | Buffer, name = 'file'): string {
      const path = join(folder, `${count++}-${name}`)
      writeFileSync(path, data)
      return path
    },
  }
}

/** The most memory of the process while something runs, beyond what it had before, in MB. */
export async function peakMemory(run: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5)
  try {
    await run()
  } finally {
    clearInterval(timer)
  }
  return (peak - before) / 1024 ** 2
}

export async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
