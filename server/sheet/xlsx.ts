/** Reads the rows of one sheet of an .xlsx as a stream, in bounded memory. */
import { mergeMarker, findMerges } from './merge.ts'
import { momentOf, type NumberKind } from './number-format.ts'
import { SheetRefusal } from './refusal.ts'
import { refuseTooManyRows } from './row-count.ts'
import { type Cell, excelLimits, parseAddress, type Row } from './row.ts'
import { noStrings, readSharedStrings, type SharedStrings } from './shared-strings.ts'
import { readWorkbook } from './workbook.ts'
import { decodeEscapes, parseXml } from './xml.ts'
import { openZip, ZipProblem, type ZipLimits } from './zip-check.ts'

/** What a reader is told, with every limit set. */
export interface ReadLimits {
  /** Rows with content, the header among them. */
  readonly maxRows: number
  readonly maxColumns: number
  /** The sheet by name; absent: the first visible one. Ignored for CSV. */
  readonly sheet?: string
  readonly strings: { readonly count: number; readonly bytes: number }
  readonly zip: ZipLimits
}

/** Yields rows in batches as they are read. Throws `SheetRefusal`, which may come after the first rows. */
export async function* readXlsx(path: string, limits: ReadLimits): AsyncGenerator<Row[]> {
  try {
    const zip = await openZip(path, limits.zip)
    try {
      const workbook = await readWorkbook(zip, limits.sheet)
      const merges = await findMerges(refuseTooManyRows(zip.read(workbook.sheetPart), limits.maxRows))
      const strings =
        workbook.stringsPart === undefined
          ? noStrings
          : await readSharedStrings(zip.read(workbook.stringsPart), limits.strings)
      const gather = rowGatherer({ ...workbook, strings, limits, mark: mergeMarker(merges, limits.maxColumns) })
      for await (const _ of parseXml(zip.read(workbook.sheetPart), gather.handlers)) {
        const rows = gather.take()
        if (rows.length > 0) yield rows
        gather.check()
      }
    } finally {
      zip.close()
    }
  } catch (error) {
    throw error instanceof ZipProblem
      ? new SheetRefusal(error.code === 'unsafe-path' ? 'broken' : error.code, error.message)
      : error
  }
}

interface Gathering {
  readonly strings: SharedStrings
  readonly formats: readonly NumberKind[]
  readonly date1904: boolean
  readonly limits: ReadLimits
  readonly mark: (row: number, cells: Cell[]) => Cell[]
}

/** The state of one pass over `<sheetData>`: rows come out of `take`, a limit that was met out of `check`. */
function rowGatherer({ strings, formats, date1904, limits, mark }: Gathering) {
  let rows: Row[] = []
  let full: SheetRefusal | undefined
  let count = 0
  let row = 0
  let cells: Cell[] = []
  let column = 0
  let type = 'n'
  let style = 0
  let formula = false
  let value = ''
  let taking = false
  let phonetic = 0
  let inData = false

  const startCell = (attributes: Readonly<Record<string, string>>) => {
    const address = attributes['r']
    const at = address === undefined ? column + 1 : (parseAddress(address)?.column ?? 0)
    if (at <= column) throw new SheetRefusal('broken', 'cells out of order', { row })
    column = at
    type = attributes['t'] ?? 'n'
    style = Number(attributes['s'] ?? 0)
    formula = false
    value = ''
  }
  const endCell = () => {
    const read = readValue(type, value, style)
    if (read.value === null && !formula) return
    if (column > limits.maxColumns) throw new SheetRefusal('too-many-columns', String(limits.maxColumns), { row })
    cells.push(formula ? { column, ...read, formula: true } : { column, ...read })
  }
  const readValue = (type: string, value: string, style: number): Pick<Cell, 'value' | 'kind'> => {
    switch (type) {
      case 's': {
        const text = value === '' ? '' : strings.at(Number(value))
        if (text === undefined) throw new SheetRefusal('broken', 'a shared string that is not there', { row, column })
        return textCell(text)
      }
      case 'inlineStr':
      case 'str':
        return textCell(decodeEscapes(value))
      case 'b':
        return value === '' ? empty : { value: value === '1' || value === 'true', kind: 'boolean' }
      case 'e':
        return { value, kind: 'error' }
      case 'd':
        return isoCell(value)
      default:
        return numberCell(value, formats[style] ?? 'number', date1904)
    }
  }
  const endRow = () => {
    if (cells.every((cell) => cell.value === null && !cell.formula)) return
    if (++count > limits.maxRows) full ??= new SheetRefusal('too-many-rows', String(limits.maxRows), { row })
    else rows.push({ row, cells: mark(row, cells) })
  }

  return {
    handlers: {
      open(name: string, attributes: Readonly<Record<string, string>>) {
        // Other parts of a sheet (anchors of drawings) have rows of another kind.
        if (name === 'sheetData') inData = true
        else if (!inData) return
        else if (name === 'c') startCell(attributes)
        else if (name === 'v') taking = true
        else if (name === 't') taking = phonetic === 0
        else if (name === 'f') formula = true
        else if (name === 'rPh') phonetic++
        else if (name === 'row') {
          const at = attributes['r'] === undefined ? row + 1 : Number(attributes['r'])
          if (!Number.isInteger(at) || at <= row || at > excelLimits.rows)
            throw new SheetRefusal('broken', 'rows out of order', { row })
          row = at
          cells = []
          column = 0
        }
      },
      close(name: string) {
        if (!inData) return
        else if (name === 'sheetData') inData = false
        else if (name === 'v' || name === 't') taking = false
        else if (name === 'c') endCell()
        else if (name === 'row') endRow()
        else if (name === 'rPh') phonetic--
      },
      text(piece: string) {
        if (!taking) return
        value += piece
        if (value.length > 8 * excelLimits.text)
          throw new SheetRefusal('broken', 'a text longer than any cell', { row })
      },
    },
    take() {
      const taken = rows
      rows = []
      return taken
    },
    check() {
      if (full) throw full
    },
  }
}

const empty = { value: null, kind: 'empty' } as const

function textCell(text: string): Pick<Cell, 'value' | 'kind'> {
  return text === '' ? empty : { value: text, kind: 'text' }
}

function numberCell(text: string, kind: NumberKind, date1904: boolean): Pick<Cell, 'value' | 'kind'> {
  if (text === '') return empty
  const number = Number(text)
  if (!Number.isFinite(number)) throw new SheetRefusal('broken', 'a number that is none')
  return kind === 'day' ? momentOf(number, date1904) : { value: number, kind }
}

/** ISO 8601 as the strict format writes dates; a midnight is a date. */
function isoCell(text: string): Pick<Cell, 'value' | 'kind'> {
  if (text === '') return empty
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})?T?(\d{2}:\d{2}:\d{2})?/.exec(text) ?? []
  if (date === undefined) return time === undefined ? { value: text, kind: 'text' } : { value: time, kind: 'time' }
  if (time === undefined || time === '00:00:00') return { value: date, kind: 'date' }
  return { value: `${date}T${time}`, kind: 'datetime' }
}
