/** What a row of a spreadsheet is to the rest of the program, and how its cells are addressed. */

/**
 * One row that holds something. Rows without content are skipped, so `row` may jump.
 * Cells come in the order of their columns; those without content are left out unless they belong to a merged range.
 */
export interface Row {
  /** From 1, as Excel shows it. For CSV: the number of the record. */
  readonly row: number
  readonly cells: readonly Cell[]
}

export interface Cell {
  /** From 1: A is 1. */
  readonly column: number
  readonly value: string | number | boolean | null
  readonly kind: CellKind
  /** The cell is calculated; `value` is what the spreadsheet program last stored, and may be stale or absent. */
  readonly formula?: true
  /** The merged range that covers this cell, such as `A1:C2`. Only its first cell has a value. */
  readonly merged?: string
}

/**
 * `date` is YYYY-MM-DD, `datetime` YYYY-MM-DDTHH:MM:SS without offset, `time` HH:MM:SS, all as text;
 * `percent` is the number itself (5% is 0.05); `error` is the text that Excel shows, such as #N/A.
 */
export type CellKind = 'text' | 'number' | 'percent' | 'boolean' | 'date' | 'datetime' | 'time' | 'error' | 'empty'

/** Excel's own limits: rows, columns, UTF-16 units in a cell. */
export const excelLimits = { rows: 1_048_576, columns: 16_384, text: 32_767 } as const

/** 1 → A, 28 → AB. */
export function columnName(column: number): string {
  let name = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}

/** `AB12` → column 28, row 12; undefined when it is not an address inside Excel's limits. */
export function parseAddress(address: string): { readonly column: number; readonly row: number } | undefined {
  let column = 0
  let at = 0
  for (; at < address.length; at++) {
    const letter = address.charCodeAt(at) & 0xdf
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
    if (column > excelLimits.columns) return undefined
  }
  let row = 0
  for (let index = at; index < address.length; index++) {
    const digit = address.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return undefined
    row = row * 10 + digit
    if (row > excelLimits.rows) return undefined
  }
  return column > 0 && row > 0 ? { column, row } : undefined
}
