// The columns of a list whose rows are alike: what a row begins with, and what cells copied from a spreadsheet mean in it.
import type { KindMeta, Meta, Schema } from '../api.ts'

export type Row = Readonly<Record<string, unknown>>

export type Column = {
  readonly name: string
  readonly sort: 'text' | 'number' | 'date' | 'choice' | 'tick'
  readonly required: boolean
  /** What stands in a new row. */
  readonly begins?: unknown
  readonly label: string
  /** The words of each choice, by its key. */
  readonly choices: readonly (readonly [string, string])[]
  /** Signs that a text may have. */
  readonly most: number
}

/** The columns of a list's table; undefined where some answer of a row needs more room than a cell. */
export function columnsOf(items: Schema, kind: KindMeta, meta: Meta): readonly Column[] | undefined {
  const required = new Set(items.required)
  const columns = Object.entries(items.properties ?? {}).map(([name, field]): Column | undefined => {
    const sort = field.when ? undefined : sortOf(field, meta)
    return (
      sort && {
        name,
        sort,
        required: required.has(name),
        // A box that is not ticked says no.
        begins: field.preset ?? (sort === 'tick' && required.has(name) ? false : undefined),
        label: kind.fields[name] ?? name,
        choices: (field.choices ?? field.enum ?? []).map((key) => [key, kind.options[key] ?? key]),
        most: field.maxLength ?? 0,
      }
    )
  })
  return columns.length > 0 && columns.every((one) => one !== undefined) ? columns : undefined
}

function sortOf({ widget, type, enum: choices }: Schema, meta: Meta): Column['sort'] | undefined {
  if (widget === 'choice' || (widget === undefined && choices)) return 'choice'
  if (type === 'boolean') return 'tick'
  if (widget === 'number' || (widget === undefined && (type === 'integer' || type === 'number'))) return 'number'
  if (widget === 'date') return 'date'
  return widget === undefined && type === 'string' && !meta.codes[widget ?? ''] ? 'text' : undefined
}

/** A new row: what it begins with stands in it to be seen. */
export function begun(columns: readonly Column[]): Row {
  return Object.fromEntries(
    columns.flatMap(({ name, begins }) => (begins === undefined || begins === 'today' ? [] : [[name, begins]])),
  )
}

/** A row with another answer; one that is taken away is not there. */
export function answered(row: Row, name: string, value: unknown): Row {
  const { [name]: _, ...rest } = row
  return value === undefined ? rest : { ...rest, [name]: value }
}

/** What was copied from a table, cell by cell; undefined for a single cell, which is pasted as it is. */
export function cellsIn(text: string): readonly (readonly string[])[] | undefined {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n')
  return lines.length === 1 && !text.includes('\t') ? undefined : lines.map((line) => line.split('\t'))
}

const YES = /^(是|有|√|✓|✔|1|y|yes|true)$/i

/** What a cell of a spreadsheet means in a column; what it cannot mean stays as it was written, to be seen and refused. */
export function meant({ sort, choices, required }: Column, cell: string): unknown {
  const text = cell.trim()
  if (sort === 'tick') return YES.test(text) || (required ? false : undefined)
  if (text === '') return undefined
  if (sort === 'number') return numberIn(text)
  if (sort === 'choice') return choices.find((one) => one.includes(text))?.[0] ?? text
  return text
}

/** A number as it is typed; what is none stays text. */
export function numberIn(text: string): number | string | undefined {
  if (text.trim() === '') return undefined
  const value = Number(text)
  return Number.isFinite(value) && !/\.$|e/i.test(text) ? value : text
}

/** Rows with a block of cells laid over them, its corner in one row and column; rows that are not there yet are added. */
export function pasted(
  rows: readonly Row[],
  columns: readonly Column[],
  [at, name]: readonly [row: number, column: string],
  block: readonly (readonly string[])[],
): readonly Row[] {
  const first = columns.findIndex((one) => one.name === name)
  const laid = [...rows]
  for (const [down, cells] of block.entries()) {
    let row = laid[at + down] ?? begun(columns)
    for (const [across, cell] of cells.entries()) {
      const column = columns[first + across]
      if (column) row = answered(row, column.name, meant(column, cell))
    }
    laid[at + down] = row
  }
  return laid
}

/** The rows with one of them a place further up or down; the same where it cannot go there. */
export function shifted<Value>(rows: readonly Value[], at: number, step: 1 | -1): readonly Value[] {
  const to = at + step
  if (Math.min(at, to) < 0 || Math.max(at, to) >= rows.length) return rows
  const made = [...rows]
  ;[made[at], made[to]] = [made[to]!, made[at]!]
  return made
}
