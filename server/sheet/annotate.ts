/** Gives an uploaded sheet back with what is wrong: the rejected rows, bad cells in red, the reasons, and a summary. */
import type { Writable } from 'node:stream'
import type { Cell, Row } from './row.ts'
import { type SheetCell, type SheetRow, writeSheet } from './write.ts'

/** What is wrong with one cell, or with the row as a whole when there is no column. The reason is for people. */
export interface CellError {
  readonly column?: number
  readonly reason: string
}

export interface Annotation {
  /** The header as it was uploaded. */
  readonly header: Row
  /** What is wrong, by row number. A row not in it was accepted. */
  readonly errors: ReadonlyMap<number, readonly CellError[]>
  readonly summary: { readonly accepted: number; readonly rejected: number; readonly unchanged: number }
  /** `rejected` (as a rule): only the rows with errors; `all`: every row. */
  readonly include?: 'rejected' | 'all'
  readonly language: 'zh' | 'en'
}

const texts = {
  zh: {
    reason: '错误说明',
    row: '原行号',
    rejected: '未导入的行',
    summary: '导入结果',
    result: '结果',
    count: '行数',
    counts: { accepted: '已导入', rejected: '未导入（请改正后重新上传）', unchanged: '内容相同，未变动' },
    colon: '：',
    separator: '；',
  },
  en: {
    reason: 'What is wrong',
    row: 'Original row',
    rejected: 'Rejected rows',
    summary: 'Result',
    result: 'Result',
    count: 'Rows',
    counts: {
      accepted: 'Imported',
      rejected: 'Rejected (correct them and upload again)',
      unchanged: 'Same as before, left alone',
    },
    colon: ': ',
    separator: '; ',
  },
} as const

/** The titles of the columns that `annotate` adds; a reader of headers passes over them. */
export const annotationTitles: ReadonlySet<string> = new Set(
  [texts.zh, texts.en].flatMap(({ reason, row }) => [reason, row]),
)

/**
 * Writes the workbook to a path or a stream. `sourceRows` is the sheet read again from its start: rows up to the header
 * are passed over, and columns that an earlier annotation had added are replaced. Formulas come back as their last values.
 */
export async function annotate(
  sourceRows: AsyncIterable<Row> | Iterable<Row>,
  annotation: Annotation,
  out: string | Writable,
): Promise<void> {
  const { header, errors, summary, include = 'rejected', language } = annotation
  const words = texts[language]
  const titles = header.cells.filter(({ value }) => !annotationTitles.has(String(value ?? '').trim()))
  const columns = titles.map(({ column, value }) => ({ key: String(column), title: String(value ?? '') }))
  const rows = async function* (): AsyncGenerator<SheetRow> {
    for await (const row of sourceRows) {
      const wrong = errors.get(row.row)
      if (row.row <= header.row || (wrong === undefined && include === 'rejected')) continue
      yield annotatedRow(row, titles, wrong ?? [], words)
    }
  }
  const counts = (['accepted', 'rejected', 'unchanged'] as const).map((key) => ({
    result: words.counts[key],
    count: summary[key],
  }))
  await writeSheet(out, {
    sheets: [
      {
        name: words.rejected,
        columns: [
          ...columns,
          { key: 'reason', title: words.reason, width: 60 },
          { key: 'row', title: words.row, width: 10 },
        ],
        rows: rows(),
      },
      {
        name: words.summary,
        columns: [
          { key: 'result', title: words.result, width: 40 },
          { key: 'count', title: words.count, width: 12 },
        ],
        rows: counts,
      },
    ],
  })
}

type Words = Pick<(typeof texts)['zh' | 'en'], 'colon' | 'separator'>

function annotatedRow(row: Row, titles: readonly Cell[], wrong: readonly CellError[], words: Words): SheetRow {
  const cells = new Map(row.cells.map((cell) => [cell.column, cell]))
  const bad = new Set(wrong.map(({ column }) => column))
  const titleOf = new Map(titles.map(({ column, value }) => [column, String(value ?? '')]))
  const annotated: Record<string, SheetCell> = {}
  for (const { column } of titles) {
    const cell = cells.get(column)
    const kind = cell?.kind === 'date' || cell?.kind === 'percent' ? { kind: cell.kind } : {}
    annotated[column] = { value: cell?.value ?? null, ...kind, ...(bad.has(column) ? { mark: 'error' as const } : {}) }
  }
  const reasons = wrong.map(({ column, reason }) => {
    const title = column === undefined ? undefined : titleOf.get(column)
    return title ? `${title}${words.colon}${reason}` : reason
  })
  return { ...annotated, reason: { value: reasons.join(words.separator), mark: 'reason' }, row: row.row }
}
