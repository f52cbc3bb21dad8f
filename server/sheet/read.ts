/** Reads a spreadsheet without trusting it: in a worker thread whose memory is limited, row by row, under declared limits. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import { SheetRefusal } from './refusal.ts'
import type { Row } from './row.ts'
import type { WantedSheet, WorkerMessage, WorkerTask } from './worker.ts'
import { zipLimits } from './zip-check.ts'

export interface ReadOptions {
  /** Rows with content, the header among them. One more is refused. */
  readonly maxRows: number
  readonly maxColumns: number
  /** The sheet by name, which may be hidden; absent: the first visible one. Ignored for CSV. */
  readonly sheet?: string
  /** What the file was called by whoever brought it: one that claims to be a workbook is read as nothing else. */
  readonly file?: string
  /** Bytes of the file itself, when it comes as a stream. */
  readonly maxBytes?: number
  /** Bytes after unpacking. */
  readonly maxUnpacked?: number
  /** Heap of the reading thread. */
  readonly memoryMB?: number
  readonly signal?: AbortSignal
}

const defaults = { maxBytes: 256 * 1024 ** 2, maxUnpacked: zipLimits.total, memoryMB: 256 }
const strings = { count: 8_000_000, bytes: 96 * 1024 ** 2 }

/**
 * The rows of an .xlsx or .csv, told apart by content. Throws `SheetRefusal`, which for an error further down
 * comes after the rows before it; an importer that must not act on half a file reads it once to the end first.
 * Leaving the loop early stops the worker. A stream is first written to a temporary file.
 */
export async function* readSheet(
  source: string | Readable,
  options: ReadOptions,
): AsyncGenerator<Row, void, undefined> {
  if (typeof source === 'string') return yield* readPath(source, options)
  const folder = await mkdtemp(join(tmpdir(), 'sheet-'))
  try {
    const path = join(folder, 'upload')
    await pipeline(source, limited(options.maxBytes ?? defaults.maxBytes), createWriteStream(path, { mode: 0o600 }))
    yield* readPath(path, options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A row of one of several sheets, told by its place among those wanted and the name under which it was found. */
export type Placed = { readonly place: number; readonly name: string; readonly row: Row }

/** The same for several sheets of a file, in the order in which they are wanted; one that is not there has no rows. */
export async function* readSheets(
  path: string,
  { sheets, ...options }: Omit<ReadOptions, 'sheet' | 'maxRows'> & { readonly sheets: readonly WantedSheet[] },
): AsyncGenerator<Placed, void, undefined> {
  let [place, name] = [0, '']
  for await (const message of messagesOf(path, { ...options, maxRows: 0 }, sheets)) {
    if (message.type === 'sheet') [place, name] = [message.place, message.name]
    else for (const row of JSON.parse(message.json) as Row[]) yield { place, name, row }
  }
}

async function* readPath(path: string, options: ReadOptions): AsyncGenerator<Row, void, undefined> {
  for await (const message of messagesOf(path, options))
    if (message.type === 'rows') yield* JSON.parse(message.json) as Row[]
}

async function* messagesOf(path: string, options: ReadOptions, sheets?: readonly WantedSheet[]) {
  options.signal?.throwIfAborted()
  const { worker, inbox } = startWorker(path, options, sheets)
  const abort = () => inbox.fail(options.signal?.reason)
  options.signal?.addEventListener('abort', abort)
  try {
    for (;;) {
      const message = await inbox.next()
      if (message.type === 'end') return
      if (message.type === 'refusal') throw new SheetRefusal(message.code, message.detail, place(message))
      if (message.type === 'failure') throw new Error(`the sheet reader failed: ${message.message}`)
      yield message
      if (message.type === 'rows') worker.postMessage('more')
    }
  } finally {
    options.signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}

function startWorker(path: string, options: ReadOptions, sheets?: readonly WantedSheet[]) {
  const { maxRows, maxColumns, sheet } = options
  const zip = { ...zipLimits, total: options.maxUnpacked ?? defaults.maxUnpacked }
  const limits = { maxRows, maxColumns, strings, zip, ...(sheet === undefined ? {} : { sheet }) }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: {
      path,
      limits,
      workbook: /\.xlsx$/i.test(options.file ?? ''),
      ...(sheets && { sheets }),
    } satisfies WorkerTask,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMB ?? defaults.memoryMB, maxYoungGenerationSizeMb: 32 },
    execArgv: [],
    env: {},
  })
  const inbox = mailbox<WorkerMessage>()
  worker.on('message', (message: WorkerMessage) => inbox.put(message))
  worker.on('error', (error: NodeJS.ErrnoException) =>
    inbox.fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new SheetRefusal('too-large', 'out of memory') : error),
  )
  worker.on('exit', (code) => inbox.fail(new Error(`the sheet reader stopped (${code})`)))
  return { worker, inbox }
}

/** Messages in their order, then the failure, once the messages before it have been taken. */
function mailbox<T>() {
  const messages: T[] = []
  let failure: { readonly error: unknown } | undefined
  let wake: (() => void) | undefined
  return {
    put(message: T) {
      messages.push(message)
      wake?.()
    },
    fail(error: unknown) {
      failure ??= { error }
      wake?.()
    },
    async next(): Promise<T> {
      for (;;) {
        const message = messages.shift()
        if (message !== undefined) return message
        if (failure) throw failure.error
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}

function place({ row, column }: { readonly row: number | undefined; readonly column: number | undefined }) {
  return { ...(row === undefined ? {} : { row }), ...(column === undefined ? {} : { column }) }
}

function limited(limit: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > limit ? new SheetRefusal('too-large', `more than ${limit} bytes`) : null, chunk)
    },
  })
}
