/** Tells dates, times and percentages from plain numbers by their number format, and turns serial numbers into dates. */
import type { CellKind } from './row.ts'

export type NumberKind = 'number' | 'percent' | 'day'

/**
 * Formats that Excel knows by number alone (ECMA-376 part 1, 18.8.30), with those of the Chinese editions (27–36, 50–58).
 * Those not listed are plain numbers.
 */
const builtIn = new Map<number, NumberKind>([
  ...[9, 10].map((id) => [id, 'percent'] as const),
  ...range(14, 22).map((id) => [id, 'day'] as const),
  ...range(27, 36).map((id) => [id, 'day'] as const),
  ...range(50, 58).map((id) => [id, 'day'] as const),
])

/** The kind of a format by its id, and its code when the workbook declares one. Elapsed times (`[h]:mm`) stay numbers. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return builtIn.get(id) ?? 'number'
  // The first section is the one for positive numbers; quoted text, escaped and padding characters say nothing.
  const plain = code.replace(/"[^"]*"|\\.|_.|\*./gs, '').split(';')[0] ?? ''
  if (/\[(?:h+|m+|s+)\]/i.test(plain)) return 'number'
  const bare = plain
    .replace(/\[[^\]]*\]/g, '')
    .replace(/general/gi, '')
    .replace(/[e][+-]/gi, '')
  if (/[ymdhs]|(?:^|[^\w])e{1,4}(?:$|[^\w])|上午|AM\/PM/i.test(bare)) return 'day'
  return bare.includes('%') ? 'percent' : 'number'
}

export interface Moment {
  readonly kind: Extract<CellKind, 'date' | 'datetime' | 'time' | 'number'>
  readonly value: string | number
}

const msPerDay = 86_400_000

/**
 * A serial number as a date. In the 1900 system serial 60 is 29 February 1900, a day that never was: it is given back as
 * such, for the date check to refuse. What lies outside 1900–9999 stays a number.
 */
export function momentOf(serial: number, date1904: boolean): Moment {
  const seconds = Math.round(serial * 86_400)
  const day = Math.floor(seconds / 86_400)
  const clock = timeOfDay(seconds - day * 86_400)
  if (seconds < 0 || !Number.isFinite(serial)) return { kind: 'number', value: serial }
  if (day === 0 && !(date1904 && seconds === 0)) return { kind: 'time', value: clock }
  const date = dateOf(day, date1904)
  if (date === undefined) return { kind: 'number', value: serial }
  return clock === '00:00:00' ? { kind: 'date', value: date } : { kind: 'datetime', value: `${date}T${clock}` }
}

/** YYYY-MM-DD as a serial number of the 1900 system; undefined before 1 March 1900 or when there is no such day. */
export function serialOf(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined
  const time = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) return undefined
  const serial = (time - Date.UTC(1899, 11, 30)) / msPerDay
  return serial > 60 ? serial : undefined
}

function dateOf(day: number, date1904: boolean): string | undefined {
  if (!date1904 && day === 60) return '1900-02-29'
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30)
  const time = epoch + day * msPerDay
  return time < Date.UTC(10_000, 0, 1) ? new Date(time).toISOString().slice(0, 10) : undefined
}

function timeOfDay(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
