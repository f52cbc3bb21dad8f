/** A header that does not fit is answered with what is missing, unknown or doubled, and what was probably meant. */
import { expect, test } from 'vitest'
import { type Cell, type KnownColumn, matchHeaders } from './index.ts'

const columns: readonly KnownColumn[] = [
  { key: 'name', titles: ['企业名称', 'Name', '名称'], required: true },
  { key: 'uscc', titles: ['统一社会信用代码', 'USCC'], required: true },
  { key: 'staff', titles: ['从业人员', 'Staff'] },
]
const header = (...titles: (string | null)[]): Cell[] =>
  titles.flatMap((value, index) => (value === null ? [] : [{ column: index + 1, value, kind: 'text' as const }]))

test('titles match in any order and language, with notes, stars, spaces and wide letters', () => {
  const match = matchHeaders(header('ＵＳＣＣ', null, ' 企业 名称*', '从业人员（选填）'), columns)
  expect(match).toEqual({
    ok: true,
    columns: new Map([
      ['uscc', 1],
      ['name', 3],
      ['staff', 4],
    ]),
  })
})

test('columns that an annotation added are passed over', () => {
  expect(matchHeaders(header('企业名称', 'USCC', '错误说明', '原行号'), columns).ok).toBe(true)
})

test('missing and unknown, each with the nearest', () => {
  expect(matchHeaders(header('企业名字', '统一社会信用代码', '完全无关的一列'), columns)).toEqual({
    ok: false,
    problems: [
      { problem: 'missing', key: 'name', title: '企业名称', suggestion: { column: 1, title: '企业名字' } },
      { problem: 'unknown', column: 1, title: '企业名字', suggestion: '企业名称' },
      { problem: 'unknown', column: 3, title: '完全无关的一列' },
    ],
  })
  expect(matchHeaders(header('名称', 'USCC', '其他'), columns, { unknown: 'ignore' }).ok).toBe(true)
})

test('the same column twice, and merged headers', () => {
  const cells: Cell[] = [
    ...header('名称', 'Name', 'USCC'),
    { column: 5, value: '从业人员', kind: 'text', merged: 'E1:F1' },
    { column: 6, value: null, kind: 'empty', merged: 'E1:F1' },
  ]
  expect(matchHeaders(cells, columns)).toEqual({
    ok: false,
    problems: [
      { problem: 'merged', column: 5, range: 'E1:F1' },
      { problem: 'duplicate', key: 'name', title: '企业名称', columns: [1, 2] },
    ],
  })
})

test('an empty header misses every required column', () => {
  const match = matchHeaders([], columns)
  expect(match.ok ? [] : match.problems.map(({ problem }) => problem)).toEqual(['missing', 'missing'])
})
