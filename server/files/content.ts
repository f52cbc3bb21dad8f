/** Looks into a stored file for what its kind forbids: too many pixels, another file at its end, text that is none. */
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { kinds, type FileKind } from './kind.ts'
import { FileRefusal } from './refusal.ts'

export interface Pixels {
  readonly width: number
  readonly height: number
}

/** Throws `FileRefusal`. `pixels` is the most that width times height may be. */
export async function checkContent(path: string, kind: FileKind, pixels: number): Promise<Pixels | undefined> {
  if (kind === 'txt' || kind === 'csv') {
    await checkText(path)
    return undefined
  }
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (!zipped.has(kind)) await refuseHiddenZip(file, size)
    const reader = readers[kind]
    if (!reader) return undefined
    const found = await reader(file, size)
    if (!found || found.width === 0 || found.height === 0)
      throw new FileRefusal('broken', `a ${kind} without dimensions`)
    if (found.width * found.height > pixels) throw new FileRefusal('image-too-large', String(pixels))
    return found
  } finally {
    await file.close()
  }
}

const zipped: ReadonlySet<FileKind> = new Set<FileKind>(['docx', 'xlsx', 'pptx', 'ofd'])

const readers: Partial<Record<FileKind, (file: FileHandle, size: number) => Promise<Pixels | undefined>>> = {
  png: readPng,
  jpeg: readJpeg,
  webp: readWebp,
  heic: readHeic,
}

/** A picture or PDF that is also a zip (GIFAR and its kin): an end-of-directory record that reaches exactly to the end. */
async function refuseHiddenZip(file: FileHandle, size: number): Promise<void> {
  const length = Math.min(size, 65_535 + 22)
  const tail = await bytesAt(file, size - length, length)
  for (
    let at = tail.lastIndexOf(endOfDirectory);
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(endOfDirectory, at - 1)
  )
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length)
      throw new FileRefusal('polyglot')
}

const endOfDirectory = Buffer.from('PK\x05\x06', 'latin1')

/** The chunks of a PNG must end with IEND, and the file with it. */
async function readPng(file: FileHandle, size: number): Promise<Pixels | undefined> {
  const head = await bytesAt(file, 0, 24)
  if (head.length < 24 || head.toString('latin1', 12, 16) !== 'IHDR') return undefined
  for (let at = 8, chunk = 0; at < size && chunk < 100_000; chunk++) {
    const header = await bytesAt(file, at, 8)
    if (header.length < 8) break
    at += 12 + header.readUInt32BE(0)
    if (header.toString('latin1', 4) !== 'IEND') continue
    if (at < size) throw new FileRefusal('polyglot')
    return at === size ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) } : undefined
  }
  return undefined
}

/** Walks the markers to the frame header. What follows the picture is let be: phones append films to photographs. */
async function readJpeg(file: FileHandle, size: number): Promise<Pixels | undefined> {
  for (let at = 2, marker = 0; at < size && marker < 10_000; marker++) {
    const header = await bytesAt(file, at, 9)
    if (header.length < 4 || header[0] !== 0xff) return undefined
    const code = header[1] ?? 0
    if (code === 0xff) at += 1
    else if (code === 0x01 || (code >= 0xd0 && code <= 0xd8)) at += 2
    else if (code === 0xd9 || code === 0xda) return undefined
    else if (code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code))
      return header.length === 9 ? { width: header.readUInt16BE(7), height: header.readUInt16BE(5) } : undefined
    else at += 2 + header.readUInt16BE(2)
  }
  return undefined
}

/** The three forms of WebP; the RIFF header says how long the file is. */
async function readWebp(file: FileHandle, size: number): Promise<Pixels | undefined> {
  const head = await bytesAt(file, 0, 30)
  if (head.length < 30 || head.toString('latin1', 8, 12) !== 'WEBP') return undefined
  const declared = head.readUInt32LE(4) + 8
  if (size > declared + (declared % 2)) throw new FileRefusal('polyglot')
  if (size < declared) return undefined
  const form = head.toString('latin1', 12, 16)
  if (form === 'VP8X') return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
  if (form === 'VP8 ') return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
  if (form !== 'VP8L' || head[20] !== 0x2f) return undefined
  const bits = head.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** The largest of the image sizes (`ispe`) that the metadata at the start declares. */
async function readHeic(file: FileHandle, size: number): Promise<Pixels | undefined> {
  const head = await bytesAt(file, 0, Math.min(size, 1024 ** 2))
  let largest: Pixels | undefined
  for (let at = head.indexOf('ispe'); at >= 0 && at + 16 <= head.length; at = head.indexOf('ispe', at + 4)) {
    const found = { width: head.readUInt32BE(at + 8), height: head.readUInt32BE(at + 12) }
    if (!largest || found.width * found.height > largest.width * largest.height) largest = found
  }
  return largest
}

/** The whole text must be UTF-8, UTF-16 with its mark, or GB18030, without control characters that no text has. */
async function checkText(path: string): Promise<void> {
  let candidates: TextDecoder[] | undefined
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    candidates ??= decodersFor(chunk)
    candidates = candidates.filter((decoder) => isText(decoder, chunk))
    if (candidates.length === 0) throw new FileRefusal('content-mismatch', 'binary')
  }
  if (!candidates?.some((decoder) => isText(decoder))) throw new FileRefusal('broken', kinds.txt.mime)
}

function decodersFor(first: Buffer): TextDecoder[] {
  const mark = first.readUInt16BE(0 <= first.length - 2 ? 0 : first.length)
  const names = mark === 0xfffe ? ['utf-16le'] : mark === 0xfeff ? ['utf-16be'] : ['utf-8', 'gb18030']
  return names.map((name) => new TextDecoder(name, { fatal: true }))
}

function isText(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    return !/(?![\t\n\f\r\x7f-\x9f])\p{Cc}/u.test(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode())
  } catch {
    return false
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
