/** Gives an uploaded sheet back with what is wrong: the rejected rows, bad cells in red, the reasons, and a summary. */
import type { Writable } from 'node:stream'
import type { Cell, Row } from './row.ts'
import { type Sheet, type SheetCell, type SheetRow, writeSheet } from './write.ts'

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
  /** What should be looked at again, by row number; it keeps no row out. */
  readonly warnings?: ReadonlyMap<number, readonly CellError[]>
  readonly summary: {
    readonly accepted: number
    readonly rejected: number
    readonly unchanged: number
    /** Of those that were not rejected. */
    readonly warned?: number
  }
  /** `rejected` (as a rule): only the rows with errors; `all`: every row. */
  readonly include?: 'rejected' | 'all'
  readonly language: 'zh' | 'en'
}

const texts = {
  zh: {
    reason: '错误说明',
    warning: '提醒（不影响导入）',
    row: '原行号',
    rejected: '未导入的行',
    warned: '有提醒的行（不影响导入）',
    summary: '导入结果',
    result: '结果',
    count: '行数',
    counts: {
      accepted: '已导入',
      rejected: '未导入（请改正后重新上传）',
      unchanged: '内容相同，未变动',
      warned: '其中有提醒，请核对',
    },
    colon: '：',
    separator: '；',
  },
  en: {
    reason: 'What is wrong',
    warning: 'To look at again (does not block)',
    row: 'Original row',
    rejected: 'Rejected rows',
    warned: 'Rows to look at again',
    summary: 'Result',
    result: 'Result',
    count: 'Rows',
    counts: {
      accepted: 'Imported',
      rejected: 'Rejected (correct them and upload again)',
      unchanged: 'Same as before, left alone',
      warned: 'Of these, to look at again',
    },
    colon: ': ',
    separator: '; ',
  },
} as const

/** The titles of the columns that `annotate` adds; a reader of headers passes over them. */
export const annotationTitles: ReadonlySet<string> = new Set(
  [texts.zh, texts.en].flatMap(({ reason, warning, row }) => [reason, warning, row]),
)

type Source = () => AsyncIterable<Row> | Iterable<Row>

/**
 * Writes the workbook to a path or a stream. `source` gives the sheet again from its start: rows up to the header are
 * passed over, and columns that an earlier annotation had added are replaced. Rows that are only to be looked at again
 * have a sheet of their own. Formulas come back as their last values.
 */
export async function annotate(source: Source, annotation: Annotation, out: string | Writable): Promise<void> {
  await annotateAll([{ ...annotation, source }], annotation, out)
}

/** One of several sheets; under its own name it can be sent back as it is. */
export type Annotated = Omit<Annotation, 'summary' | 'language'> & {
  readonly sheet?: string
  readonly source: Source
  /** The rows that are given back, where those are not just the rejected ones. */
  readonly back?: ReadonlySet<number>
}

/** The same for several sheets, with one summary; those of which nothing is given back are left out. */
export async function annotateAll(
  all: readonly Annotated[],
  { summary, language }: Pick<Annotation, 'summary' | 'language'>,
  out: string | Writable,
): Promise<void> {
  const words = texts[language]
  const counts = (['accepted', 'rejected', 'unchanged', 'warned'] as const).map((key) => ({
    result: words.counts[key],
    count: summary[key] ?? 0,
  }))
  await writeSheet(out, {
    sheets: [
      ...all.filter(({ back }) => back === undefined || back.size > 0).flatMap((one) => sheetsOf(one, words)),
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

function sheetsOf(
  { sheet: own, source, header, errors, warnings = new Map(), include = 'rejected', back }: Annotated,
  words: (typeof texts)['zh' | 'en'],
): readonly Sheet[] {
  const titles = header.cells.filter(({ value }) => !annotationTitles.has(String(value ?? '').trim()))
  const columns = titles.map(({ column, value }) => ({ key: String(column), title: String(value ?? '') }))
  const rows = async function* (wanted: (row: number) => boolean): AsyncGenerator<SheetRow> {
    for await (const row of source())
      if (row.row > header.row && wanted(row.row))
        yield annotatedRow(
          row,
          titles,
          { errors: errors.get(row.row) ?? [], warnings: warnings.get(row.row) ?? [] },
          words,
        )
  }
  const doubted = [...warnings.keys()]
  const sheet = (name: string, wanted: (row: number) => boolean, { wrong = false, warned = false }) => ({
    name,
    columns: [
      ...columns,
      ...(wrong ? [{ key: 'reason', title: words.reason, width: 60 }] : []),
      ...(warned ? [{ key: 'warning', title: words.warning, width: 60 }] : []),
      { key: 'row', title: words.row, width: 10 },
    ],
    rows: rows(wanted),
  })
  const rejected = (row: number) => include === 'all' || (back ?? errors).has(row)
  const onlyWarned = (row: number) => warnings.has(row) && !errors.has(row)
  return [
    sheet(own ?? words.rejected, rejected, { wrong: true, warned: doubted.some(rejected) }),
    ...(doubted.some(onlyWarned) ? [sheet(words.warned, onlyWarned, { warned: true })] : []),
  ]
}

type Words = Pick<(typeof texts)['zh' | 'en'], 'colon' | 'separator'>
type Remarks = { readonly errors: readonly CellError[]; readonly warnings: readonly CellError[] }

function annotatedRow(row: Row, titles: readonly Cell[], { errors, warnings }: Remarks, words: Words): SheetRow {
  const cells = new Map(row.cells.map((cell) => [cell.column, cell]))
  const marks = new Map([
    ...warnings.map(({ column }) => [column, 'warning'] as const),
    ...errors.map(({ column }) => [column, 'error'] as const),
  ])
  const titleOf = new Map(titles.map(({ column, value }) => [column, String(value ?? '')]))
  const annotated: Record<string, SheetCell> = {}
  for (const { column } of titles) {
    const cell = cells.get(column)
    const kind = cell?.kind === 'date' || cell?.kind === 'percent' ? { kind: cell.kind } : {}
    const mark = marks.get(column)
    annotated[column] = { value: cell?.value ?? null, ...kind, ...(mark && { mark }) }
  }
  const told = (remarks: readonly CellError[]) =>
    remarks
      .map(({ column, reason }) => {
        const title = column === undefined ? undefined : titleOf.get(column)
        return title ? `${title}${words.colon}${reason}` : reason
      })
      .join(words.separator)
  return {
    ...annotated,
    reason: { value: told(errors), mark: 'reason' },
    warning: { value: told(warnings), mark: 'reason' },
    row: row.row,
  }
}
