/** Reads CSV as people's programs write it: UTF-8, GB18030 or UTF-16, any usual delimiter, quotes, ragged rows. */
import { createReadStream } from 'node:fs'
import { stripGuard } from './formula-guard.ts'
import { SheetRefusal } from './refusal.ts'
import { type Cell, excelLimits, type Row } from './row.ts'
import type { ReadLimits } from './xlsx.ts'

/** Yields rows in batches; every value is text. Throws `SheetRefusal`, which may come after the first rows. */
export async function* readCsv(
  path: string,
  limits: Pick<ReadLimits, 'maxRows' | 'maxColumns'>,
): AsyncGenerator<Row[]> {
  const encoding = await encodingOf(path)
  let parser: ReturnType<typeof csvParser> | undefined
  let kept = 0
  const within = (rows: Row[]) => {
    kept += rows.length
    return kept > limits.maxRows ? rows.slice(0, rows.length - (kept - limits.maxRows)) : rows
  }
  for await (const text of decoded(path, encoding)) {
    parser ??= csvParser(delimiterOf(text), limits.maxColumns)
    const rows = within(parser.push(text))
    if (rows.length > 0) yield rows
    if (kept > limits.maxRows)
      throw new SheetRefusal('too-many-rows', String(limits.maxRows), { row: limits.maxRows + 1 })
  }
  const rows = within(parser?.end() ?? [])
  if (rows.length > 0) yield rows
  if (kept > limits.maxRows)
    throw new SheetRefusal('too-many-rows', String(limits.maxRows), { row: limits.maxRows + 1 })
}

type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** By the mark at the start; else UTF-8 when all of it is valid UTF-8; else GB18030, which fails loudly if it is not. */
async function encodingOf(path: string): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let first = true
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (first && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
    if (first && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
    first = false
    if (!decodes(decoder, chunk)) return 'gb18030'
  }
  return decodes(decoder) ? 'utf-8' : 'gb18030'
}

function decodes(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    if (chunk) decoder.decode(chunk, { stream: true })
    else decoder.decode()
    return true
  } catch {
    return false
  }
}

async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const decode = (chunk?: Buffer) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      throw new SheetRefusal('wrong-encoding', `not ${encoding}`)
    }
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const text = decode(chunk)
    if (text.includes('\0')) throw new SheetRefusal('not-a-spreadsheet', 'a binary file')
    if (text !== '') yield text
  }
  const rest = decode()
  if (rest !== '') yield rest
}

/** The candidate that occurs most in the first line with any, outside quotes; a comma when none does. */
export function delimiterOf(text: string): string {
  const counts = new Map<string, number>([',', '\t', ';', '|'].map((candidate) => [candidate, 0]))
  let quoted = false
  for (const char of text.slice(0, 65_536)) {
    if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '\n' && [...counts.values()].some((count) => count > 0)) break
    else if (counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1)
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

/** A parser of RFC 4180 and its common deviations, fed piece by piece. */
export function csvParser(delimiter: string, maxColumns: number) {
  let state: 'start' | 'plain' | 'quoted' | 'after-quote' = 'start'
  let field = ''
  let column = 1
  let record = 1
  let quotedSince = 1
  let afterReturn = false
  let cells: Cell[] = []
  let rows: Row[] = []

  const endField = () => {
    const value = stripGuard(field)
    if (value !== '') {
      if (column > maxColumns) throw new SheetRefusal('too-many-columns', String(maxColumns), { row: record })
      cells.push({ column, value, kind: 'text' })
    }
    field = ''
    state = 'start'
    column++
  }
  const endRecord = () => {
    endField()
    if (cells.length > 0) rows.push({ row: record, cells })
    cells = []
    column = 1
    record++
  }
  const take = (text: string, from: number, to: number) => {
    field += text.slice(from, to)
    if (field.length > 8 * excelLimits.text)
      throw new SheetRefusal('broken', 'a text longer than any cell', { row: record })
  }
  const special = new RegExp(`[${delimiter === '|' ? '\\|' : delimiter}\\r\\n]`, 'g')

  const push = (text: string): Row[] => {
    let at = 0
    while (at < text.length) {
      const char = text[at]
      if (afterReturn) {
        afterReturn = false
        if (char === '\n') {
          at++
          continue
        }
      }
      if (state === 'quoted') {
        const quote = text.indexOf('"', at)
        take(text, at, quote < 0 ? text.length : quote)
        at = quote < 0 ? text.length : quote + 1
        if (quote >= 0) state = 'after-quote'
      } else if (char === '"' && state === 'start') {
        state = 'quoted'
        quotedSince = record
        at++
      } else if (char === '"' && state === 'after-quote') {
        field += '"'
        state = 'quoted'
        at++
      } else if (char === delimiter) {
        endField()
        at++
      } else if (char === '\n' || char === '\r') {
        endRecord()
        afterReturn = char === '\r'
        at++
      } else {
        state = 'plain'
        special.lastIndex = at
        const end = special.exec(text)?.index ?? text.length
        take(text, at, end)
        at = end
      }
    }
    return drain()
  }
  const drain = () => {
    const drained = rows
    rows = []
    return drained
  }
  return {
    push,
    /** The last record, when no line end closes it. */
    end(): Row[] {
      if (state === 'quoted') throw new SheetRefusal('broken', 'a quotation mark is never closed', { row: quotedSince })
      if (field !== '' || column > 1 || state !== 'start') endRecord()
      return drain()
    },
  }
}
