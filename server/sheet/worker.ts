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
}

export type WorkerMessage =
  /** `Row[]` as JSON: cheaper for the server's thread to take in than cloned objects, by half. */
  | { readonly type: 'rows'; readonly json: string }
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
  port.postMessage(await readAll(task, post))
  port.close()
}

async function readAll(task: WorkerTask, post: (rows: readonly Row[]) => Promise<void>): Promise<WorkerMessage> {
  let waiting: Row[] = []
  let any = false
  try {
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
    return { type: 'end' }
  } catch (error) {
    if (error instanceof SheetRefusal)
      return { type: 'refusal', code: error.code, detail: error.detail, row: error.row, column: error.column }
    return { type: 'failure', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
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
