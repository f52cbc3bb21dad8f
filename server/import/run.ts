// Reads a sheet through once: a dry run that writes nothing, or the entering of its good rows; both say what came of each row.
import type { Actor } from '../../kernel/access.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import { executeAll, type Answer, type Command } from '../../kernel/door.ts'
import type { Language } from '../../kernel/texts.ts'
import { problemOf } from '../problem.ts'
import { rehearsal } from '../rehearse.ts'
import {
  annotate,
  describeSheetRefusal,
  matchHeaders,
  readSheet,
  SheetRefusal,
  type CellError,
  type HeaderProblem,
  type Row,
} from '../sheet/index.ts'
import type { World } from '../world.ts'
import { columns } from './column.ts'
import { columnOf, understand, type Reading } from './row.ts'

export type Counts = {
  readonly entered: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  /** Of those that were not rejected, how many should be looked at again. */
  readonly warned: number
}

export type Outcome =
  | {
      readonly rows: number
      readonly counts: Counts
      readonly header: Row
      readonly errors: ReadonlyMap<number, readonly CellError[]>
      /** What should be looked at again, of rejected rows as of others. */
      readonly warnings: ReadonlyMap<number, readonly CellError[]>
    }
  /** The whole file: what is wrong with it, and the way out. */
  | { readonly refused: string }

export type Run = {
  readonly world: World
  readonly actor: Actor
  readonly path: string
  /** What the file was called by whoever brought it; its path says so when absent. */
  readonly file?: string
  /** Whose rows these are: a job that is resumed does none of them twice. */
  readonly job: string
  readonly lang: Language
  /** Whether good rows are entered; otherwise nothing is written. */
  readonly enter: boolean
  /** Hears how many rows are done; throws to stop. */
  readonly progress: (done: number) => Promise<void> | void
}

const LIMITS = { maxRows: 300_001, maxColumns: 100 } as const
const BATCH = 400

/** Runs through the sheet. What is wrong with the file as a whole comes back as `refused`, never as an exception. */
export async function runImport(run: Run): Promise<Outcome> {
  try {
    return await through(run)
  } catch (error) {
    if (error instanceof SheetRefusal) return { refused: describeSheetRefusal(error, run.lang === 'en' ? 'en' : 'zh') }
    throw error
  }
}

async function through({ world, actor, path, file = path, job, lang, enter, progress }: Run): Promise<Outcome> {
  const kind = world.registry.kinds.get('enterprise')!
  const around = enter ? world.around : rehearsal(world.around).around
  const errors = new Map<number, readonly CellError[]>()
  const warnings = new Map<number, readonly CellError[]>()
  const counts = { entered: 0, changed: 0, unchanged: 0, rejected: 0, warned: 0 }
  const seen = new Map<string, number>()
  let header: Row | undefined
  let reading: Reading | undefined
  let rows = 0
  let batch: { row: number; command: Command }[] = []

  const reject = (row: number, reasons: readonly CellError[]) => {
    errors.set(row, reasons)
    counts.rejected += 1
  }
  // While one batch is with the database, the next is read.
  let entering: Promise<void> = Promise.resolve()
  const flush = async () => {
    await entering
    const [given, done] = [batch, rows]
    batch = []
    const known = await holders(
      world,
      given.map((one) => one.command.id!),
    )
    entering = executeAll(
      around,
      actor,
      given.map(({ command }) => (known.has(command.id!) ? { ...command, id: known.get(command.id!) } : command)),
    ).then(async (answers) => {
      for (const [place, answer] of answers.entries()) tally(given[place]!.row, answer)
      await progress(done)
    })
    // Awaited at the next batch, where it also fails; until then nobody hears of it.
    entering.catch(() => undefined)
  }
  const tally = (row: number, answer: Answer) => {
    if (!('refused' in answer)) counts[answer.done.events[0] === 'entered' ? 'entered' : 'changed'] += 1
    else if (answer.refused === 'nothing-new') counts.unchanged += 1
    else {
      const told = problemOf(world.registry, answer, lang)
      reject(row, [{ ...columnOf(reading!.places, answer.field ?? ''), reason: told.detail }])
    }
  }

  for await (const row of readSheet(path, { ...LIMITS, file })) {
    if (!reading) {
      header = row
      const match = matchHeaders(row.cells, columns, { unknown: 'ignore' })
      if (!match.ok) return { refused: headerWords(match.problems, lang) }
      reading = { world, kind, places: match.columns, lang, job, today: dateOf(world.around.now()) }
      continue
    }
    rows += 1
    const { id, command, errors: wrong, warnings: doubtful } = understand(reading, row)
    const first = id === '' ? undefined : seen.get(id)
    if (id !== '' && first === undefined) seen.set(id, row.row)
    if (doubtful.length > 0) warnings.set(row.row, doubtful)
    if (first !== undefined) {
      const reason = lang === 'en' ? `is in row ${first} already.` : `与第 ${first} 行重复。`
      reject(row.row, [{ ...columnOf(reading.places, 'uscc'), reason }, ...wrong])
      continue
    }
    if (!command) {
      reject(row.row, wrong)
      continue
    }
    batch.push({ row: row.row, command })
    if (batch.length >= BATCH) await flush()
  }
  if (!header || rows === 0) throw new SheetRefusal('empty')
  await flush()
  await entering
  await progress(rows)
  const inOrder = [...errors].toSorted(([a], [b]) => a - b)
  counts.warned = [...warnings.keys()].filter((row) => !errors.has(row)).length
  return { rows, counts, header, errors: new Map(inOrder), warnings }
}

/**
 * The records that hold codes under another name: entered at a desk, or with another code before. Undefined where the
 * record that is called like a code has another one by now.
 */
async function holders({ database, city }: World, names: readonly string[]) {
  const { rows } = await database.query(
    `select id, state ->> 'enterprise' as holder from record
     where city = $1 and kind = 'credit-code' and id = any ($2) and state ->> 'enterprise' <> id
     union all
     select e.id, null from record e
     where e.city = $1 and e.kind = 'enterprise' and e.id = any ($2)
       and e.state ->> 'uscc' <> e.id
       and not exists (select 1 from record c where c.city = $1 and c.kind = 'credit-code' and c.id = e.id and c.open)`,
    [city, names],
  )
  return new Map(rows.map((row) => [row['id'] as string, (row['holder'] as string | null) ?? undefined]))
}

/** Writes the workbook that says what is wrong, row by row. */
export async function annotated(
  path: string,
  outcome: Exclude<Outcome, { refused: string }>,
  lang: Language,
  out: string,
) {
  const { counts, header, errors, warnings } = outcome
  const { entered, changed, rejected, unchanged, warned } = counts
  const summary = { accepted: entered + changed, rejected, unchanged, warned }
  const language = lang === 'en' ? 'en' : 'zh'
  await annotate(() => readSheet(path, LIMITS), { header, errors, warnings, summary, language }, out)
}

function headerWords(problems: readonly HeaderProblem[], lang: Language): string {
  const en = lang === 'en'
  const words = problems.map((one) => {
    switch (one.problem) {
      case 'missing':
        return en
          ? `the column “${one.title}” is missing${one.suggestion ? ` (is it “${one.suggestion.title}”?)` : ''}`
          : `缺少“${one.title}”一列${one.suggestion ? `（是否为“${one.suggestion.title}”？）` : ''}`
      case 'unknown':
        return en ? `the column “${one.title}” is not known` : `不认识“${one.title}”一列`
      case 'duplicate':
        return en
          ? `the column “${one.title}” is there ${one.columns.length} times`
          : `“${one.title}”一列出现了 ${one.columns.length} 次`
      case 'merged':
        return en ? `the header cells ${one.range} are merged` : `表头 ${one.range} 是合并单元格，请取消合并`
    }
  })
  return en
    ? `The header is not right: ${words.join('; ')}. See the template.`
    : `表头不对：${words.join('；')}。请对照模板修改。`
}
