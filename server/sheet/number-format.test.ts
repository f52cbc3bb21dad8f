/** Dates as Excel counts them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentOf, numberKind, serialOf } from './number-format.ts'
import { columnName, parseAddress } from './row.ts'

test('formats: dates, percentages, and numbers that only look like dates', () => {
  const kinds = (codes: readonly string[]) => codes.map((code) => numberKind(200, code))
  expect(
    new Set(kinds(['yyyy-mm-dd', 'm/d/yy h:mm', '[$-804]yyyy"年"m"月"', 'h:mm AM/PM', '[Red]d-mmm', 'mm:ss.0'])),
  ).toEqual(new Set(['day']))
  expect(
    new Set(
      kinds([
        'General',
        'G/通用格式',
        '0.00E+00',
        '#,##0.00_);[Red](#,##0.00)',
        '"days" 0',
        '[h]:mm',
        '0\\d',
        '@',
        '¥#,##0',
      ]),
    ),
  ).toEqual(new Set(['number']))
  expect(kinds(['0%', '0.00%;[Red]-0.00%'])).toEqual(['percent', 'percent'])
  expect([14, 22, 31, 57, 9, 0, 1, 49].map((id) => numberKind(id, undefined))).toEqual([
    'day',
    'day',
    'day',
    'day',
    'percent',
    'number',
    'number',
    'number',
  ])
})

test('serial numbers around the day that never was', () => {
  expect([1, 59, 60, 61].map((serial) => momentOf(serial, false).value)).toEqual([
    '1900-01-01',
    '1900-02-28',
    '1900-02-29',
    '1900-03-01',
  ])
  expect([0, 1, 60].map((serial) => momentOf(serial, true).value)).toEqual(['1904-01-01', '1904-01-02', '1904-03-01'])
  expect(momentOf(2_958_465, false)).toEqual({ kind: 'date', value: '9999-12-31' })
  expect(momentOf(2_958_466, false)).toEqual({ kind: 'number', value: 2_958_466 })
  expect(momentOf(-1, false)).toEqual({ kind: 'number', value: -1 })
  expect(momentOf(0.999999, false)).toEqual({ kind: 'date', value: '1900-01-01' })
  expect(momentOf(46_023.5, false)).toEqual({ kind: 'datetime', value: '2026-01-01T12:00:00' })
})

test('dates that do not exist have no serial number', () => {
  expect(['2026-02-29', '2026-13-01', '1900-02-28', '2026-1-1', ''].map(serialOf)).toEqual(Array(5).fill(undefined))
  fc.assert(
    fc.property(
      fc.integer({ min: 61, max: 2_958_465 }),
      (serial) => serialOf(String(momentOf(serial, false).value)) === serial,
    ),
  )
})

test('addresses', () => {
  expect([1, 26, 27, 702, 703, 16_384].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD'])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16_384 }), fc.integer({ min: 1, max: 1_048_576 }), (column, row) => {
      expect(parseAddress(`${columnName(column)}${row}`)).toEqual({ column, row })
    }),
  )
  expect(['XFE1', 'A0', 'A1048577', '1', 'A', 'A1B', ''].map(parseAddress)).toEqual(Array(7).fill(undefined))
})
