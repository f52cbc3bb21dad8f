/** Takes in attachments: streamed to disk under limits, checked by content, scanned, and only then given their place. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { checkContent, type Pixels } from './content.ts'
import { checkKind, type FileKind, kinds, purposes } from './kind.ts'
import { cleanName, splitName } from './name.ts'
import { FileRefusal } from './refusal.ts'
import { scanFile } from './scan.ts'

export interface StoreOptions {
  /** As the uploader calls it. */
  readonly name: string
  /** Bytes. */
  readonly limit: number
  /** Where attachments live; everything below it is ours. */
  readonly folder: string
  readonly purpose: keyof typeof purposes
  /** The scanner, as program and arguments. */
  readonly scan: readonly string[] | undefined
  /** Whether files may be taken when there is no scanner. */
  readonly allowUnscanned: boolean
  /** Width times height; 120 million when absent. */
  readonly pixels?: number
  readonly scanTimeoutMs?: number
  /** Bytes of the disk that uploads leave to everything else; one gigabyte when absent. */
  readonly reserve?: number
}

/** `quarantined`: the scanner could not say; the file is kept, but apart, and cannot be opened. */
export type ScanState = 'clean' | 'unscanned' | 'quarantined'

/** What is to be remembered of a file. */
export interface StoredFile {
  /** 32 hexadecimal digits, random: it says nothing of the content. */
  readonly id: string
  /** Made safe; the extension agrees with the kind. */
  readonly name: string
  readonly kind: FileKind
  readonly mime: string
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
  readonly state: ScanState
  readonly pixels?: Pixels
}

/**
 * Stores one upload. Throws `FileRefusal`, and then leaves nothing behind. When it returns, the file is on disk (synced,
 * under its final name): it survives a crash from then on.
 */
export async function storeFile(stream: Readable, options: StoreOptions): Promise<StoredFile> {
  const { folder, limit, scan } = options
  if (scan === undefined && !options.allowUnscanned) {
    stream.resume()
    throw new FileRefusal('no-scanner')
  }
  const id = randomBytes(16).toString('hex')
  const incoming = join(folder, 'incoming', id)
  await mkdir(dirname(incoming), { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < limit + (options.reserve ?? 1024 ** 3)) {
    stream.resume()
    throw new FileRefusal('no-space')
  }
  try {
    const { size, sha256 } = await receive(stream, incoming, limit)
    const given = cleanName(options.name)
    const kind = await checkKind(incoming, given, purposes[options.purpose])
    const pixels = await checkContent(incoming, kind, options.pixels ?? 120_000_000)
    const state = await scanState(incoming, scan, options.scanTimeoutMs)
    await settle(incoming, placeOf(folder, id, state))
    const name = splitName(given).extension === '' ? cleanName(`${given}.${kinds[kind].extensions[0]}`) : given
    return { id, name, kind, mime: kinds[kind].mime, size, sha256, state, ...(pixels && { pixels }) }
  } finally {
    await rm(incoming, { force: true })
  }
}

/** Scans a quarantined file again: released when clean, deleted when infected, else it stays. */
export async function rescanFile(
  id: string,
  {
    folder,
    scan,
    scanTimeoutMs,
  }: { readonly folder: string; readonly scan: readonly string[]; readonly scanTimeoutMs?: number },
): Promise<'clean' | 'infected' | 'quarantined'> {
  const held = placeOf(folder, id, 'quarantined')
  const result = await scanFile(held, scan, scanTimeoutMs)
  if (result === 'failed') return 'quarantined'
  if (result === 'infected') await rm(held)
  else await settle(held, placeOf(folder, id, 'clean'))
  return result
}

/** Deletes a file wherever it is; one that is not there is no error. */
export async function removeFile(id: string, folder: string): Promise<void> {
  for (const state of ['clean', 'quarantined'] as const) await rm(placeOf(folder, id, state), { force: true })
}

/** Deletes the uploads that a crash cut off. For the start of the server, before it takes any. */
export async function clearIncoming(folder: string): Promise<void> {
  await rm(join(folder, 'incoming'), { recursive: true, force: true })
}

/** Where a file lies: two levels of folders by its id. Throws `RangeError` for what is no id, so that no path gets in. */
export function placeOf(folder: string, id: string, state: ScanState): string {
  if (!/^[0-9a-f]{32}$/.test(id)) throw new RangeError('not the id of a file')
  return join(folder, state === 'quarantined' ? 'quarantine' : 'kept', id.slice(0, 2), id.slice(2, 4), id)
}

async function receive(stream: Readable, path: string, limit: number): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  let size = 0
  try {
    for await (const piece of stream) {
      const bytes = Buffer.from(piece as Uint8Array)
      size += bytes.length
      if (size > limit) throw new FileRefusal('too-large', readableSize(limit))
      hash.update(bytes)
      await file.writeFile(bytes)
    }
    await file.sync()
  } catch (error) {
    if (error instanceof FileRefusal || isDisk(error)) throw error
    throw new FileRefusal('interrupted')
  } finally {
    await file.close()
  }
  if (size === 0) throw new FileRefusal('empty')
  return { size, sha256: hash.digest('hex') }
}

async function scanState(path: string, scan: readonly string[] | undefined, timeoutMs?: number): Promise<ScanState> {
  if (scan === undefined) return 'unscanned'
  const result = await scanFile(path, scan, timeoutMs)
  if (result === 'infected') throw new FileRefusal('infected')
  return result === 'clean' ? 'clean' : 'quarantined'
}

/** Gives a file its final name, and makes sure that the name too is on disk. */
async function settle(from: string, to: string): Promise<void> {
  const folder = dirname(to)
  await mkdir(folder, { recursive: true })
  await rename(from, to)
  for (const level of [folder, dirname(folder), dirname(dirname(folder))]) await syncFolder(level)
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Errors of our disk are ours, not the uploader's. */
function isDisk(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  return code !== undefined && ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT', 'EMFILE', 'ENFILE', 'EACCES'].includes(code)
}

/** 52428800 → 50 MB. */
function readableSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  const power = Math.min(3, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`
}
