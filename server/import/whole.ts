// What imports of whole records share: how a refusal is told where it stands, and how records are laid out as sheets and given back.
import type { Answer } from '../../kernel/door.ts'
import type { Language } from '../../kernel/texts.ts'
import { problemOf } from '../problem.ts'
import { annotateAll, describeSheetRefusal, readSheet, SheetRefusal } from '../sheet/index.ts'
import type { World } from '../world.ts'
import { jsonRows, type Entry } from './book.ts'
import { rowOf, sheetColumns, type Fields, type Table, type UnitNames } from './table.ts'
import { summaryOf, type Outcome, type Run, type What } from './what.ts'

const LIMITS = { maxRows: 300_001, maxColumns: 200 } as const

/** What is wrong with the file as a whole comes back in words. */
export function orRefused(through: (run: Run) => Promise<Outcome>): What['run'] {
  return async (run) => {
    try {
      return await through(run)
    } catch (error) {
      if (error instanceof SheetRefusal)
        return { refused: describeSheetRefusal(error, run.lang === 'en' ? 'en' : 'zh') }
      throw error
    }
  }
}

/** Whether the door refused it; why is told at the field, or at the key. */
export function refusedIn(world: World, entry: Entry, answer: Answer, key: string, lang: Language): boolean {
  if (!('refused' in answer)) return false
  const problem = problemOf(world.registry, answer, lang)
  for (const { field, message } of problem.fields ?? [{ field: key, message: problem.detail }])
    entry.tell(field, message)
  return true
}

/** Writes the workbook that says what is wrong; `list` is what the records stand under in JSON. */
export function annotated(key: string, list: string): What['annotate'] {
  return async (path, { counts, told }, lang, out) => {
    const parts = told.map((one) => ({
      ...one,
      source: () => (one.sheet === undefined ? jsonRows({ path, key, list }) : sourceOf(path, one.sheet)),
    }))
    await annotateAll(parts, { summary: summaryOf(counts), language: lang === 'en' ? 'en' : 'zh' }, out)
  }
}

/** A sheet by its name, or the only one that there is. */
async function* sourceOf(path: string, sheet: string) {
  try {
    yield* readSheet(path, { ...LIMITS, sheet })
  } catch (error) {
    if (!(error instanceof SheetRefusal) || error.code !== 'no-such-sheet') throw error
    yield* readSheet(path, LIMITS)
  }
}

/** The sheets of a workbook that holds these records, each told by its `key`. */
export function sheetsOf(
  tables: readonly Table[],
  records: readonly Fields[],
  units: UnitNames,
  lang: Language,
  key: string,
) {
  return tables.map((table) => ({
    name: table.names[lang === 'en' ? 1 : 0],
    columns: sheetColumns(table, lang),
    rows: linesOf(table, records, units, lang, key),
  }))
}

function* linesOf(table: Table, records: readonly Fields[], units: UnitNames, lang: Language, key: string) {
  for (const record of records) {
    if (table.list === undefined) yield rowOf(table, record, units, lang)
    else
      for (const line of (record[table.list] ?? []) as readonly Fields[])
        yield rowOf(table, { ...line, [key]: record[key] }, units, lang)
  }
}
