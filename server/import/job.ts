// Import as work that takes longer than a request: queued, with progress, resumed after a restart, cancelled when asked.
import { run as runWorker, makeWorkerUtils, Logger, type Runner } from 'graphile-worker'
import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Transform, type Readable } from 'node:stream'
import pg from 'pg'
import type { Actor } from '../../kernel/access.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import type { Language } from '../../kernel/texts.ts'
import { cleaned } from '../clean.ts'
import type { Row } from '../sheet/index.ts'
import type { World } from '../world.ts'
import type { Counts, Told, What } from './what.ts'

export type Remark = {
  /** Where the file has several. */
  readonly sheet?: string
  readonly row: number
  readonly column?: string
  readonly reason: string
}

export type Job = {
  readonly id: string
  readonly owner: string
  /** The kind of its records. */
  readonly kind: string
  readonly name: string
  readonly sha256: string
  readonly state: 'checking' | 'checked' | 'entering' | 'entered' | 'cancelled' | 'refused'
  readonly done: number
  readonly total: number | null
  readonly counts: Partial<Counts>
  /** The first of what is wrong, from the top; `column` is the header it stands under. */
  readonly problems: readonly Remark[]
  /** The first of what should be looked at again; it keeps no row out. */
  readonly warnings: readonly Remark[]
  readonly refusal: string | null
  readonly created: Date
}

export type Importer = {
  /** Takes a file in and queues its check. Undefined when it is larger than the limit, or was cut off. */
  begin(
    actor: Actor,
    what: What,
    file: { readonly name: string; readonly stream: Readable },
    lang: Language,
  ): Promise<string | undefined>
  confirm(actor: Actor, id: string, lang: Language, submit?: boolean): Promise<boolean>
  cancel(actor: Actor, id: string): Promise<boolean>
  find(actor: Actor, id: string): Promise<Job | undefined>
  list(actor: Actor, what: What): Promise<readonly Job[]>
  /** The workbook that says what is wrong; undefined while there is none. */
  annotatedPath(job: Job): string
  template(what: What, lang: Language, out: NodeJS.WritableStream): Promise<void>
  /** What the actor may import. */
  whats(actor: Actor): readonly What[]
  close(): Promise<void>
}

class Cancelled extends Error {}

type Task = { readonly id: string; readonly lang: Language; readonly submit?: boolean }
/** Rows whose remarks are listed; the annotated workbook has all. */
export const SHOWN = 50

export async function importer(
  world: World,
  config: pg.ClientConfig,
  folder: string,
  limit: number,
  kinds: readonly What[],
): Promise<Importer> {
  const { database, city, around, cache } = world
  await mkdir(folder, { recursive: true })
  const pool = new pg.Pool({ ...config, max: 3 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const logger = new Logger(() => () => undefined)
  const utils = await makeWorkerUtils({ pgPool: pool, logger })
  await utils.migrate()
  // Whoever was at work when the program was killed is not coming back; every step may be repeated.
  const { rows: stuck } = await pool.query<{ locked_by: string }>(
    'select distinct locked_by from graphile_worker.jobs where locked_by is not null',
  )
  if (stuck.length > 0) await utils.forceUnlockWorkers(stuck.map((row) => row.locked_by))

  const fileOf = (id: string) => join(folder, id)
  const annotatedPath = (job: Pick<Job, 'id'>) => join(folder, `${job.id}.annotated.xlsx`)
  const columnsRead = 'id, owner, kind, name, sha256, state, done, total, counts, problems, refusal, created'
  const read = async (id: string): Promise<Job | undefined> => {
    const { rows } = await database.query(`select ${columnsRead} from import_job where city = $1 and id = $2`, [
      city,
      id,
    ])
    return rows[0] && jobOf(rows[0])
  }
  /** Moves a job on, unless it has left the state it was believed to be in. */
  const move = async (
    id: string,
    from: readonly string[],
    to: Job['state'],
    more: Partial<Job> = {},
  ): Promise<boolean> => {
    const { problems, warnings = [] } = more
    const remarks = problems && [...problems, ...warnings.map((one) => ({ ...one, warning: true }))]
    const { rows } = await database.query(
      `update import_job set state = $4, changed = $5, done = coalesce($6, done), total = coalesce($7, total),
         counts = coalesce($8, counts), problems = coalesce($9, problems), refusal = coalesce($10, refusal)
       where city = $1 and id = $2 and state = any ($3) returning id`,
      [
        city,
        id,
        from,
        to,
        around.now(),
        more.done ?? null,
        more.total ?? null,
        more.counts === undefined ? null : JSON.stringify(more.counts),
        remarks === undefined ? null : JSON.stringify(remarks),
        more.refusal ?? null,
      ],
    )
    return rows.length === 1
  }

  async function work(
    { id, lang, submit = false }: Task,
    state: 'checking' | 'entering',
    then: 'checked' | 'entered',
  ): Promise<void> {
    const job = await read(id)
    if (job?.state !== state) return
    const actor = await cache.actor(job.owner, dateOf(around.now()))
    const what = kinds.find(({ kind }) => kind === job.kind)
    if (!actor || !what?.may(actor)) return void (await move(id, [state], 'cancelled'))
    let told = 0
    const progress = async (done: number) => {
      if (Date.now() - told < 500) return
      told = Date.now()
      if (!(await move(id, [state], state, { done }))) throw new Cancelled()
    }
    try {
      const by = { ...actor, via: 'import' }
      const outcome = await what.run({
        world,
        actor: by,
        path: fileOf(id),
        file: job.name,
        job: `${job.created.toISOString()} ${id}`,
        lang,
        enter: state === 'entering',
        submit,
        progress,
      })
      if ('refused' in outcome) return void (await move(id, [state], 'refused', { refusal: outcome.refused }))
      const { rows, counts, told } = outcome
      await what.annotate(fileOf(id), outcome, lang, annotatedPath(job))
      await move(id, [state], then, {
        done: rows,
        total: rows,
        counts,
        problems: firstOf(told, ({ errors }) => errors),
        // What is doubtful in rows that do not come in is told beside what is wrong with them, in the workbook.
        warnings: firstOf(told, ({ errors, warnings }) => new Map([...warnings].filter(([row]) => !errors.has(row)))),
      })
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
    }
  }

  const runner: Runner = await runWorker({
    pgPool: pool,
    logger,
    concurrency: 1,
    noHandleSignals: true,
    pollInterval: 1000,
    taskList: {
      'import-check': (task) => work(task as Task, 'checking', 'checked'),
      'import-enter': (task) => work(task as Task, 'entering', 'entered'),
    },
  })

  const own = async (actor: Actor, id: string) => {
    const job = await read(id)
    const what = kinds.find(({ kind }) => kind === job?.kind)
    return job?.owner === actor.id && what?.may(actor) ? job : undefined
  }

  return {
    async begin(actor, { kind }, { name, stream }, lang) {
      const id = randomBytes(12).toString('hex')
      const hash = createHash('sha256')
      let size = 0
      const measure = new Transform({
        transform(chunk: Buffer, _, next) {
          size += chunk.length
          hash.update(chunk)
          next(size > limit ? new RangeError('too large') : null, chunk)
        },
      })
      try {
        await pipeline(stream, measure, createWriteStream(fileOf(id), { mode: 0o600 }))
      } catch (error) {
        await rm(fileOf(id), { force: true })
        // Our disk's fault is ours; whatever else cuts a file short is told to whoever sent it.
        if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error
        return undefined
      }
      await database.query(
        `insert into import_job (city, id, owner, name, sha256, state, created, changed, kind)
         values ($1, $2, $3, $4, $5, 'checking', $6, $6, $7)`,
        [city, id, actor.id, cleaned(name.slice(0, 200)), hash.digest('hex'), around.now(), kind],
      )
      await utils.addJob('import-check', { id, lang }, { jobKey: `check ${id}` })
      return id
    },
    async confirm(actor, id, lang, submit = false) {
      if (!(await own(actor, id)) || !(await move(id, ['checked'], 'entering', { done: 0 }))) return false
      await utils.addJob('import-enter', { id, lang, submit }, { jobKey: `enter ${id}` })
      return true
    },
    cancel: async (actor, id) =>
      (await own(actor, id)) !== undefined && (await move(id, ['checking', 'checked', 'entering'], 'cancelled')),
    find: own,
    async list(actor, { kind }) {
      const { rows } = await database.query(
        `select ${columnsRead} from import_job where city = $1 and owner = $2 and kind = $3
         order by created desc limit 20`,
        [city, actor.id, kind],
      )
      return rows.map(jobOf)
    },
    annotatedPath,
    template: (what, lang, out) => what.template(world, lang, out),
    whats: (actor) => kinds.filter((what) => what.may(actor)),
    async close() {
      await runner.stop()
      await utils.release()
      await pool.end()
    },
  }
}

/** As it is kept: what is wrong and what should be looked at again stand in one list. */
function jobOf(row: Readonly<Record<string, unknown>>): Job {
  const remarks = row['problems'] as readonly (Remark & { readonly warning?: true })[]
  const of = (wanted: boolean) =>
    remarks.filter(({ warning = false }) => warning === wanted).map(({ warning: _, ...remark }) => remark)
  return { ...(row as unknown as Job), problems: of(false), warnings: of(true) }
}

/** The remarks on the first rows, each under its header. */
function firstOf(told: readonly Told[], of: (one: Told) => Told['errors']): readonly Remark[] {
  const title = (header: Row, column: number | undefined) => {
    const text = header.cells.find((cell) => cell.column === column)?.value
    return text === undefined || text === null ? {} : { column: String(text) }
  }
  return told
    .flatMap((one) => [...of(one)].map(([row, reasons]) => ({ one, row, reasons })))
    .slice(0, SHOWN)
    .flatMap(({ one: { sheet, header }, row, reasons }) =>
      reasons.map(({ column, reason }) => ({
        ...(sheet !== undefined && { sheet }),
        row,
        ...title(header, column),
        reason,
      })),
    )
}
