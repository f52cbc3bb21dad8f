// Reads a sheet of which each row tells of one enterprise through once: a dry run that writes nothing, or the entering of its good rows; both say what came of each row.
import type { Actor } from '../../kernel/access.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import { executeAll, type Answer, type Command } from '../../kernel/door.ts'
import type { Language } from '../../kernel/texts.ts'
import { problemOf } from '../problem.ts'
import { rehearsal } from '../rehearse.ts'
import {
  annotate,
  matchHeaders,
  readSheet,
  SheetRefusal,
  writeSheet,
  type CellError,
  type Row,
} from '../sheet/index.ts'
import type { World } from '../world.ts'
import { columns, type Column, type Key } from './column.ts'
import { columnOf, understand, type Reading, type Understood } from './row.ts'
import { headerWords, summaryOf, type Outcome, type Run, type Through, type What } from './what.ts'
import { orRefused } from './whole.ts'

const LIMITS = { maxRows: 300_001, maxColumns: 100 } as const
const BATCH = 400

/** A sheet whose rows each tell of one enterprise, and are one command. */
export type RowSheet<Of extends string> = {
  readonly kind: string
  /** The name of its sheet in the template. */
  readonly name: string
  /** What else a file may hold: a register is exported with columns that nobody asks for, a number nobody understood would be lost. */
  readonly unknown: 'ignore' | 'refuse'
  may(actor: Actor): boolean
  columns(world: World): Promise<readonly Column<Of>[]>
  understand(reading: Reading<Of>, row: Row): Understood
  /** The same command about the enterprise that has this id; about none that is known by now, when absent. */
  about(command: Command, id: string | undefined): Command
}

export function rowSheet<Of extends string>(sheet: RowSheet<Of>): What {
  return {
    kind: sheet.kind,
    submits: false,
    may: (actor) => sheet.may(actor),
    run: orRefused((run) => through(sheet, run)),
    annotate: annotated,
    async template(world, _, out) {
      const columns = await sheet.columns(world)
      await writeSheet(out as never, {
        sheets: [
          {
            name: sheet.name,
            columns: columns.map(({ key, titles }) => ({ key, title: titles[0], width: 20 })),
            rows: [Object.fromEntries(columns.map(({ key, example }) => [key, example]))],
          },
        ],
      })
    },
  }
}

async function through<Of extends string>(
  sheet: RowSheet<Of>,
  { world, actor, path, file = path, job, lang, enter, progress }: Run,
): Promise<Outcome> {
  const kind = world.registry.kinds.get(sheet.kind)!
  const columns = await sheet.columns(world)
  const around = enter ? world.around : rehearsal(world.around).around
  const errors = new Map<number, readonly CellError[]>()
  const warnings = new Map<number, readonly CellError[]>()
  const counts = { entered: 0, changed: 0, unchanged: 0, rejected: 0, warned: 0 }
  const seen = new Map<string, number>()
  let header: Row | undefined
  let reading: Reading<Of> | undefined
  let rows = 0
  let batch: { row: number; command: Command; keyOf: (field: string) => string }[] = []

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
      given.map(({ command }) => {
        const { id = '' } = command
        return known.has(id) ? sheet.about(command, known.get(id)) : command
      }),
    ).then(async (answers) => {
      for (const [place, answer] of answers.entries()) tally(given[place]!, answer)
      await progress(done)
    })
    // Awaited at the next batch, where it also fails; until then nobody hears of it.
    entering.catch(() => undefined)
  }
  const tally = ({ row, keyOf }: (typeof batch)[number], answer: Answer) => {
    if (!('refused' in answer)) counts[answer.done.version === answer.done.events.length ? 'entered' : 'changed'] += 1
    else if (answer.refused === 'nothing-new') counts.unchanged += 1
    else {
      const told = problemOf(world.registry, answer, lang)
      const fields = told.fields ?? [{ field: answer.field ?? '', message: told.detail }]
      reject(
        row,
        fields.map(({ field, message }) => ({ ...columnOf(reading!.places, keyOf(field)), reason: message })),
      )
    }
  }

  for await (const row of readSheet(path, { ...LIMITS, file })) {
    if (!reading) {
      header = row
      const match = matchHeaders(row.cells, columns, { unknown: sheet.unknown })
      if (!match.ok) return { refused: headerWords(match.problems, lang) }
      reading = { world, kind, columns, places: match.columns, lang, job, today: dateOf(world.around.now()) }
      continue
    }
    rows += 1
    const { id, command, errors: wrong, warnings: doubtful, keyOf = (field) => field } = sheet.understand(reading, row)
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
    batch.push({ row: row.row, command, keyOf })
    if (batch.length >= BATCH) await flush()
  }
  if (!header || rows === 0) throw new SheetRefusal('empty')
  await flush()
  await entering
  await progress(rows)
  const inOrder = [...errors].toSorted(([a], [b]) => a - b)
  counts.warned = [...warnings.keys()].filter((row) => !errors.has(row)).length
  return { rows, counts, told: [{ header, errors: new Map(inOrder), warnings }] }
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

async function annotated(path: string, { counts, told }: Through, lang: Language, out: string) {
  const { header, errors, warnings } = told[0]!
  const language = lang === 'en' ? 'en' : 'zh'
  const source = () => readSheet(path, LIMITS)
  await annotate(source, { header, errors, warnings, summary: summaryOf(counts), language }, out)
}

/** The register of enterprises, brought in by those who keep it. */
export const enterprises = rowSheet<Key>({
  kind: 'enterprise',
  name: '企业',
  unknown: 'ignore',
  may: ({ posts }) => posts.some(({ role }) => role === 'clerk' || role === 'system-admin'),
  columns: () => Promise.resolve(columns),
  understand,
  about: (command, id) => ({ ...command, id }),
})
