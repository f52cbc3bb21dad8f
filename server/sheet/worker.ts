/** Reads one spreadsheet in a thread of its own and posts its rows in batches, never more than the reader has asked for. */
import { parentPort, workerData } from 'node:worker_threads'
import { containerOf } from './container.ts'
import { readCsv } from './csv.ts'
import { SheetRefusal, type SheetRefusalCode } from './refusal.ts'
import type { Row } from './row.ts'
import { readXlsx, type ReadLimits } from './xlsx.ts'

export interface WorkerTask {
  readonly path: string
  readonly limits: ReadLimits
  /** Whether it claims to be a workbook. */
  readonly workbook: boolean
  /** Several sheets, one after another, instead of the one that the limits name. */
  readonly sheets?: readonly WantedSheet[]
}

/** A sheet under the first of its names that there is; an empty name is the first visible sheet. */
export interface WantedSheet {
  readonly names: readonly string[]
  readonly maxRows: number
}

export type WorkerMessage =
  /** `Row[]` as JSON: cheaper for the server's thread to take in than cloned objects, by half. */
  | { readonly type: 'rows'; readonly json: string }
  /** The rows that follow are those of this one of the wanted sheets. */
  | { readonly type: 'sheet'; readonly place: number; readonly name: string }
  | { readonly type: 'end' }
  | {
      readonly type: 'refusal'
      readonly code: SheetRefusalCode
      readonly detail: string
      readonly row: number | undefined
      readonly column: number | undefined
    }
  | { readonly type: 'failure'; readonly message: string }

/** Batches under way before the worker waits for the reader. */
const window = 4
const batchSize = 256

const port = parentPort
if (port) await run(port, workerData as WorkerTask)

async function run(port: NonNullable<typeof parentPort>, task: WorkerTask): Promise<void> {
  let credit = window
  let wake: (() => void) | undefined
  port.on('message', () => {
    credit++
    wake?.()
  })
  const post = async (rows: readonly Row[]) => {
    while (credit === 0) await new Promise<void>((resolve) => (wake = resolve))
    credit--
    port.postMessage({ type: 'rows', json: JSON.stringify(rows) } satisfies WorkerMessage)
  }
  port.postMessage(await told(() => (task.sheets ? readSheets(task, port, post) : readAll(task, post))))
  port.close()
}

type Post = (rows: readonly Row[]) => Promise<void>

async function told(read: () => Promise<void>): Promise<WorkerMessage> {
  try {
    await read()
    return { type: 'end' }
  } catch (error) {
    if (error instanceof SheetRefusal)
      return { type: 'refusal', code: error.code, detail: error.detail, row: error.row, column: error.column }
    return { type: 'failure', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** Each of the sheets that is there; those that are not are left out, and one without rows is none. */
async function readSheets(task: WorkerTask, port: NonNullable<typeof parentPort>, post: Post): Promise<void> {
  // Text is one sheet and has no name.
  const text = (await containerOf(task.path)) === 'text'
  for (const [place, { names, maxRows }] of (task.sheets ?? []).slice(0, text ? 1 : undefined).entries())
    for (const name of names)
      try {
        port.postMessage({ type: 'sheet', place, name } satisfies WorkerMessage)
        const { sheet: _, ...limits } = task.limits
        await readAll({ ...task, limits: { ...limits, maxRows, ...(name !== '' && { sheet: name }) } }, post)
        break
      } catch (error) {
        if (!(error instanceof SheetRefusal) || !['no-such-sheet', 'empty'].includes(error.code)) throw error
      }
}

async function readAll(task: WorkerTask, post: Post): Promise<void> {
  let waiting: Row[] = []
  let any = false
  try {
    for await (const rows of await openRows(task)) {
      any ||= rows.length > 0
      waiting = waiting.length === 0 ? rows : waiting.concat(rows)
      for (; waiting.length >= batchSize; waiting = waiting.slice(batchSize)) await post(waiting.slice(0, batchSize))
    }
  } finally {
    // What was read before a refusal is still handed over: a refusal names its row.
    if (waiting.length > 0) await post(waiting)
  }
  if (!any) throw new SheetRefusal('empty')
}

async function openRows({ path, limits, workbook }: WorkerTask): Promise<AsyncIterable<Row[]>> {
  const container = await containerOf(path)
  if (container === 'zip') return readXlsx(path, limits)
  if (workbook && (container === 'text' || container === 'binary')) throw new SheetRefusal('not-a-workbook', container)
  if (container === 'text') return readCsv(path, limits)
  if (container === 'empty') throw new SheetRefusal('empty')
  if (container === 'office-97') throw new SheetRefusal('legacy-xls')
  if (container === 'office-encrypted') throw new SheetRefusal('encrypted')
  throw new SheetRefusal('not-a-spreadsheet', 'neither .xlsx nor text')
}
