// Facts of many enterprises as columns: numbers as numbers, words and flags as codes, and a bit for each that is known.
import type { Facts } from './feel.ts'

export type Column =
  /** Whole numbers of 32 bits. */
  | { readonly kind: 'whole'; readonly values: Int32Array; readonly known: Uint32Array }
  | { readonly kind: 'number'; readonly values: Float64Array; readonly known: Uint32Array }
  /** Words or true and false, of which there are few: each is a place in `words`. */
  | {
      readonly kind: 'code'
      readonly values: Uint8Array
      readonly words: readonly (string | boolean)[]
      readonly known: Uint32Array
    }
  /** Whatever else: conditions on it are judged row by row. */
  | { readonly kind: 'other'; readonly values: unknown[] }

/** Columns of one length, by the name of the fact. */
export type Table = { readonly rows: number; readonly columns: Map<string, Column> }

/** As many words as a code can tell apart. */
const WORDS = 256

/** The facts of each enterprise as columns; a fact is a column as soon as one enterprise has it. */
export function tableOf(rows: readonly Facts[]): Table {
  const names = new Set(rows.flatMap((row) => Object.keys(row)))
  const columns = [...names].map((name) => [name, columnOf(rows.map((row) => row[name] ?? undefined))] as const)
  return { rows: rows.length, columns: new Map(columns) }
}

/** Tables one below the other; a fact that one of them does not have is missing in its rows. */
export function stacked(parts: readonly Table[]): Table {
  const names = new Set(parts.flatMap(({ columns }) => [...columns.keys()]))
  return {
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    columns: new Map([...names].map((name) => [name, stackedColumn(parts, name)])),
  }
}

/** Columns of numbers, and of words that are few enough, as they are; whatever else cell by cell. */
function stackedColumn(parts: readonly Table[], name: string): Column {
  const given = parts.map(({ rows, columns }) => ({ rows, column: columns.get(name) }))
  const filled = given.filter(({ column }) => column !== undefined && !isEmpty(column))
  const kinds = new Set(filled.map(({ column }) => column!.kind))
  const rows = given.reduce((sum, part) => sum + part.rows, 0)
  const known = new Uint32Array(Math.ceil(rows / 32))
  const words = [...new Set(filled.flatMap(({ column }) => (column?.kind === 'code' ? column.words : [])))]
  const isCode = kinds.has('code') && new Set(words.map((word) => typeof word)).size === 1 && words.length <= WORDS
  if (kinds.has('other') || (kinds.has('code') && (kinds.size > 1 || !isCode)))
    return columnOf(parts.flatMap((part) => Array.from({ length: part.rows }, (_, row) => cellOf(part, name, row))))
  const values = kinds.has('code')
    ? new Uint8Array(rows)
    : kinds.has('number')
      ? new Float64Array(rows)
      : new Int32Array(rows)
  let at = 0
  for (const { rows: length, column } of given) {
    if (column !== undefined && column.kind !== 'other' && !isEmpty(column)) {
      if (column.kind === 'code') {
        const places = column.words.map((word) => words.indexOf(word))
        for (let row = 0; row < length; row++) values[at + row] = places[column.values[row]!] ?? 0
      } else values.set(column.values.subarray(0, length), at)
      for (let row = 0; row < length; row++) if (hasBit(column.known, row)) setBit(known, at + row, true)
    }
    at += length
  }
  if (values instanceof Uint8Array) return { kind: 'code', values, words, known }
  return values instanceof Float64Array ? { kind: 'number', values, known } : { kind: 'whole', values, known }
}

const isEmpty = (column: Column) =>
  column.kind === 'other' ? column.values.length === 0 : column.known.every((word) => word === 0)

/** Undefined is a value that is missing. */
export function columnOf(values: readonly unknown[]): Column {
  const known = bitsOf(values.length, (row) => values[row] !== undefined)
  const given = values.filter((value) => value !== undefined)
  if (given.every(isWhole))
    return { kind: 'whole', values: Int32Array.from(values, (value) => Number(value ?? 0)), known }
  if (given.every(isNumber))
    return { kind: 'number', values: Float64Array.from(values, (value) => Number(value ?? 0)), known }
  const words = [...new Set(given)] as (string | boolean)[]
  const type = typeof given[0]
  const isCode = (type === 'string' || type === 'boolean') && given.every((value) => typeof value === type)
  if (!isCode || words.length > WORDS) return { kind: 'other', values: [...values] }
  const places = new Map(words.map((word, place) => [word, place]))
  return { kind: 'code', values: Uint8Array.from(values, (value) => places.get(value as string) ?? 0), words, known }
}

/** Whether a value can stand in the column as it is; undefined, that it is missing, always can. */
export function fits(column: Column, value: unknown): boolean {
  switch (column.kind) {
    case 'whole':
      return value === undefined || isWhole(value)
    case 'number':
      return value === undefined || isNumber(value)
    case 'code':
      return value === undefined || column.words.includes(value as string)
    case 'other':
      return true
  }
}

/** Puts a value that fits in its place. */
export function setCell(column: Column, row: number, value: unknown): void {
  if (column.kind === 'other') {
    column.values[row] = value
    return
  }
  setBit(column.known, row, value !== undefined)
  if (value === undefined) return
  column.values[row] = column.kind === 'code' ? column.words.indexOf(value as string) : (value as number)
}

export function setBit(bits: Uint32Array, at: number, is: boolean): void {
  const [word, bit] = [Math.floor(at / 32), 1 << (at % 32)]
  bits[word] = is ? bits[word]! | bit : bits[word]! & ~bit
}

/** One fact of one enterprise; undefined when it is missing. */
export function cellOf({ columns }: Table, name: string, row: number): unknown {
  const column = columns.get(name)
  if (column === undefined) return undefined
  if (column.kind === 'other') return column.values[row]
  if (!hasBit(column.known, row)) return undefined
  return column.kind === 'code' ? column.words[column.values[row]!] : column.values[row]
}

/** All facts of one enterprise, those that are missing as null. */
export function rowOf(table: Table, row: number): Facts {
  return Object.fromEntries([...table.columns.keys()].map((name) => [name, cellOf(table, name, row) ?? null]))
}

export function bitsOf(count: number, has: (at: number) => boolean): Uint32Array {
  const bits = new Uint32Array(Math.ceil(count / 32))
  for (let at = 0; at < count; at++) if (has(at)) bits[at >> 5]! |= 1 << (at & 31)
  return bits
}

/** How many bits are set, of bytes or of words. */
export function countBits(bits: Iterable<number>): number {
  let count = 0
  for (let word of bits) for (; word !== 0; word &= word - 1) count += 1
  return count
}

export function hasBit(bits: Uint32Array, at: number): boolean {
  return ((bits[Math.floor(at / 32)]! >>> (at % 32)) & 1) === 1
}

function isWhole(value: unknown): boolean {
  return typeof value === 'number' && Object.is(value | 0, value)
}

/** So far apart that nothing reckoned from a few numbers between them is infinite or lost. */
const FAR = 1e75
const NEAR = 1e-75

/** A number that a column of numbers may hold. */
export function isNumber(value: unknown): boolean {
  if (typeof value !== 'number') return false
  const size = Math.abs(value)
  return size === 0 || (size <= FAR && size >= NEAR)
}
