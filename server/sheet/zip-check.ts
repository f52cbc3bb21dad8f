/** Opens a zip only after looking at its table of contents, and counts what comes out: sizes declared in it may lie. */
import { open, type Entry, type ZipFile } from 'yauzl'

export type ZipProblemCode = 'zip-bomb' | 'encrypted' | 'broken' | 'unsafe-path'

/** Thrown for a zip that is not to be unpacked. */
export class ZipProblem extends Error {
  readonly code: ZipProblemCode

  constructor(code: ZipProblemCode, detail: string) {
    super(detail)
    this.name = 'ZipProblem'
    this.code = code
  }
}

export interface ZipLimits {
  readonly entries: number
  /** Bytes after unpacking, all entries together. */
  readonly total: number
  /** The most that an entry larger than `ratioFloor` may grow, as a multiple of its packed size. */
  readonly ratio: number
  readonly ratioFloor: number
}

/** A sheet of identical numbers shrinks to a hundredth; deflate's own limit is 1,032. */
export const zipLimits: ZipLimits = { entries: 2_000, total: 1024 ** 3, ratio: 250, ratioFloor: 1024 ** 2 }

/** A checked zip. `read` streams one entry, and fails with `ZipProblem` as soon as it exceeds what was declared or allowed. */
export interface CheckedZip {
  readonly names: readonly string[]
  /** Declared size in bytes after unpacking; undefined when there is no such entry. Names are compared without case. */
  readonly size: (name: string) => number | undefined
  readonly read: (name: string) => AsyncIterable<Buffer>
  readonly close: () => void
}

/** Opens and checks the zip at `path`. Throws `ZipProblem`. Nothing has been unpacked when it returns. */
export async function openZip(path: string, limits: ZipLimits = zipLimits): Promise<CheckedZip> {
  const zip = await openArchive(path)
  try {
    const entries = await checkedEntries(zip, limits)
    let unpacked = 0
    return {
      names: [...entries.values()].map(({ fileName }) => fileName),
      size: (name) => entries.get(name.toLowerCase())?.uncompressedSize,
      close: () => zip.close(),
      async *read(name) {
        const entry = entries.get(name.toLowerCase())
        if (!entry) throw new ZipProblem('broken', `no part ${name}`)
        let bytes = 0
        try {
          for await (const chunk of await zip.openReadStreamPromise(entry)) {
            bytes += (chunk as Buffer).length
            unpacked += (chunk as Buffer).length
            if (bytes > entry.uncompressedSize) throw new ZipProblem('zip-bomb', 'an entry is larger than declared')
            // A part may be read twice (once to look, once to read), never more.
            if (unpacked > 2 * limits.total) throw new ZipProblem('zip-bomb', 'too many bytes unpacked')
            yield chunk as Buffer
          }
        } catch (error) {
          throw asProblem(error)
        }
      },
    }
  } catch (error) {
    zip.close()
    throw asProblem(error)
  }
}

async function openArchive(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, zip) => {
      if (error) reject(asProblem(error))
      else resolve(zip)
    })
  })
}

async function checkedEntries(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new ZipProblem('zip-bomb', `${zip.entryCount} entries`)
  const entries = new Map<string, Entry>()
  let total = 0
  for await (const entry of zip.eachEntry()) {
    checkEntry(entry, limits)
    total += entry.uncompressedSize
    if (total > limits.total) throw new ZipProblem('zip-bomb', `more than ${limits.total} bytes declared`)
    const name = entry.fileName.toLowerCase()
    if (entries.has(name)) throw new ZipProblem('broken', 'two entries of one name')
    if (!name.endsWith('/')) entries.set(name, entry)
  }
  checkOverlap([...entries.values()], zip.fileSize)
  return entries
}

function checkEntry(entry: Entry, limits: ZipLimits): void {
  if (entry.isEncrypted()) throw new ZipProblem('encrypted', 'an entry is encrypted')
  const name = entry.fileName
  // yauzl has refused absolute names, `..` and backslashes by now.
  if (name === '' || name.length > 512 || /\p{Cc}|^\.?\/|:/u.test(name))
    throw new ZipProblem('unsafe-path', 'an entry has an unsafe name')
  const unixMode = entry.versionMadeBy >>> 8 === 3 ? (entry.externalFileAttributes >>> 28) & 0xf : 0
  if (unixMode === 0xa) throw new ZipProblem('unsafe-path', 'an entry is a symbolic link')
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw new ZipProblem('broken', `compression method ${entry.compressionMethod}`)
  if (entry.uncompressedSize > limits.ratioFloor && entry.uncompressedSize > entry.compressedSize * limits.ratio)
    throw new ZipProblem('zip-bomb', `an entry grows more than ${limits.ratio} times`)
}

/** Entries that share packed bytes are the other way to build a bomb. */
function checkOverlap(entries: readonly Entry[], fileSize: number): void {
  let end = 0
  for (const entry of entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader < end) throw new ZipProblem('zip-bomb', 'entries overlap')
    end = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize
  }
  if (end > fileSize) throw new ZipProblem('broken', 'an entry runs past the end of the file')
}

function asProblem(error: unknown): ZipProblem {
  if (error instanceof ZipProblem) return error
  const text = error instanceof Error ? error.message : String(error)
  if (/encrypt/i.test(text)) return new ZipProblem('encrypted', text)
  if (/too many bytes/i.test(text)) return new ZipProblem('zip-bomb', 'an entry is larger than declared')
  if (/absolute path|invalid relative path|invalid characters in fileName/i.test(text))
    return new ZipProblem('unsafe-path', 'an entry has an unsafe name')
  return new ZipProblem('broken', text)
}
