/** Writes a zip as a stream: each entry deflated as its text comes, sizes after the data (data descriptors). */
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export interface ZipWriter {
  /** Entries come one after the other; `texts` is taken piece by piece. Throws beyond 4 GB (no zip64). */
  readonly add: (name: string, texts: AsyncIterable<string> | Iterable<string>) => Promise<void>
  /** Writes the table of contents and ends the stream. */
  readonly end: () => Promise<void>
}

interface Written {
  readonly name: Buffer
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

const fourGB = 0xffff_ffff
/** 1980-01-01 00:00, so that the same rows give the same bytes. */
const [dosTime, dosDate] = [0, 0x21]
/** Sizes follow the data (bit 3), names are UTF-8 (bit 11). */
const flags = 0x0808

export function zipWriter(target: Writable): ZipWriter {
  const entries: Written[] = []
  let offset = 0
  let failure: Error | undefined
  target.on('error', (error) => (failure = error))
  const write = async (bytes: Buffer) => {
    if (failure) throw failure
    offset += bytes.length
    if (offset > fourGB) throw new RangeError('a zip beyond 4 GB')
    if (!target.write(bytes)) await drained(target)
  }
  return {
    async add(name, texts) {
      const start = offset
      const nameBytes = Buffer.from(name)
      await write(localHeader(nameBytes))
      const { crc, packed, size } = await deflate(texts, write)
      if (size > fourGB) throw new RangeError('an entry beyond 4 GB')
      await write(numbers([4, 0x08074b50], [4, crc], [4, packed], [4, size]))
      entries.push({ name: nameBytes, crc, packed, size, offset: start })
    },
    async end() {
      const start = offset
      for (const entry of entries) await write(directoryEntry(entry))
      const count = entries.length
      await write(
        numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, offset - start], [4, start], [2, 0]),
      )
      if (failure) throw failure
      target.end()
      await finished(target, { readable: false })
    },
  }
}

async function deflate(texts: AsyncIterable<string> | Iterable<string>, write: (bytes: Buffer) => Promise<void>) {
  const deflater = createDeflateRaw({ level: 6 })
  let crc = 0
  let size = 0
  let packed = 0
  const feed = async () => {
    for await (const bytes of gathered(texts)) {
      crc = crc32(bytes, crc)
      size += bytes.length
      if (!deflater.write(bytes)) await once(deflater, 'drain')
    }
    deflater.end()
  }
  const feeding = feed().catch((error: Error) => void deflater.destroy(error))
  for await (const bytes of deflater as AsyncIterable<Buffer>) {
    packed += bytes.length
    await write(bytes)
  }
  await feeding
  return { crc, size, packed }
}

/** Small texts are put together, so that the deflater is not called for every cell. */
async function* gathered(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let waiting = ''
  for await (const text of texts) {
    waiting += text
    if (waiting.length < 65_536) continue
    yield Buffer.from(waiting)
    waiting = ''
  }
  if (waiting !== '') yield Buffer.from(waiting)
}

async function drained(target: Writable): Promise<void> {
  if (target.destroyed) throw target.errored ?? new Error('the target was closed')
  await new Promise<void>((resolve, reject) => {
    const done = (settle: () => void) => {
      target.off('drain', onDrain).off('close', onClose).off('error', reject)
      settle()
    }
    const onDrain = () => done(resolve)
    const onClose = () => done(() => reject(target.errored ?? new Error('the target was closed')))
    target.once('drain', onDrain).once('close', onClose).once('error', reject)
  })
}

function localHeader(name: Buffer): Buffer {
  const fixed = numbers([4, 0x04034b50], [2, 20], [2, flags], [2, 8], [2, dosTime], [2, dosDate])
  return Buffer.concat([fixed, numbers([4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]), name])
}

function directoryEntry({ name, crc, packed, size, offset }: Written): Buffer {
  return Buffer.concat([
    numbers([4, 0x02014b50], [2, 20], [2, 20], [2, flags], [2, 8], [2, dosTime], [2, dosDate], [4, crc], [4, packed]),
    numbers([4, size], [2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
    name,
  ])
}

/** Little-endian integers, each with its width in bytes. */
function numbers(...fields: readonly (readonly [2 | 4, number])[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0))
  let at = 0
  for (const [width, value] of fields) at = bytes.writeUIntLE(value, at, width)
  return bytes
}
