/** What an uploaded file is by its content, which kinds each purpose accepts, and whether the name agrees. */
import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { containerOf, looksLikeText, openZip, ZipProblem } from '../sheet/index.ts'
import { splitName } from './name.ts'
import { FileRefusal } from './refusal.ts'

/** The kinds we know, with their extensions (the first is the usual one) and media type. */
export const kinds = {
  pdf: { extensions: ['pdf'], mime: 'application/pdf' },
  ofd: { extensions: ['ofd'], mime: 'application/ofd' },
  docx: {
    extensions: ['docx'],
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  xlsx: { extensions: ['xlsx'], mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  pptx: {
    extensions: ['pptx'],
    mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  },
  txt: { extensions: ['txt'], mime: 'text/plain' },
  csv: { extensions: ['csv'], mime: 'text/csv' },
  png: { extensions: ['png'], mime: 'image/png' },
  jpeg: { extensions: ['jpg', 'jpeg'], mime: 'image/jpeg' },
  webp: { extensions: ['webp'], mime: 'image/webp' },
  heic: { extensions: ['heic', 'heif'], mime: 'image/heic' },
  mp4: { extensions: ['mp4', 'm4v'], mime: 'video/mp4' },
} as const satisfies Record<string, { readonly extensions: readonly [string, ...string[]]; readonly mime: string }>

export type FileKind = keyof typeof kinds

/** What each purpose accepts. */
export const purposes = {
  evidence: ['pdf', 'ofd', 'docx', 'xlsx', 'pptx', 'txt', 'csv', 'png', 'jpeg', 'webp', 'heic', 'mp4'],
  photo: ['png', 'jpeg', 'webp', 'heic'],
  sheet: ['xlsx', 'csv'],
} as const satisfies Record<string, readonly FileKind[]>

/** The usual extensions of what is taken as evidence. */
export const acceptedKinds: readonly string[] = purposes.evidence.map((kind) => kinds[kind].extensions[0])

/** What the first bytes say, with file-type's word for whatever we do not know. Zips and texts need the whole file. */
export async function detectKind(firstBytes: Uint8Array, name: string): Promise<Detected> {
  if (startsWith(firstBytes, 'PK\x03\x04')) return { found: 'zip' }
  if (startsWith(firstBytes, '\xd0\xcf\x11\xe0')) return { found: 'office-97' }
  const type = await fileTypeFromBuffer(firstBytes).catch(() => undefined)
  const kind = type === undefined ? undefined : byMime.get(type.mime)
  // A PDF may legally begin later than its first byte; one that does is something else as well.
  if (kind === 'pdf' && !startsWith(firstBytes, '%PDF-')) return { found: 'unknown' }
  if (kind !== undefined) return { found: 'kind', kind }
  if (type !== undefined) return { found: 'other', word: type.ext }
  if (!looksLikeText(firstBytes))
    return isMarkup(firstBytes) ? { found: 'other', word: 'html/xml' } : { found: 'unknown' }
  return { found: 'kind', kind: splitName(name).extension === 'csv' ? 'csv' : 'txt' }
}

export type Detected =
  | { readonly found: 'kind'; readonly kind: FileKind }
  | { readonly found: 'zip' | 'office-97' | 'unknown' }
  | { readonly found: 'other'; readonly word: string }

/** The kind of the file at `path`, checked against its name and the kinds allowed. Throws `FileRefusal`. */
export async function checkKind(path: string, name: string, allowed: readonly FileKind[]): Promise<FileKind> {
  const detected = await detectKind(await firstBytes(path), name)
  const choices = allowed.map((kind) => `.${kinds[kind].extensions[0]}`).join(' ')
  const { extension } = splitName(name)
  const kind = detected.found === 'kind' ? detected.kind : await kindOfContainer(path, detected)
  if (typeof kind !== 'string') {
    // A name that promises a kind we know, with something else inside, is the more telling fact.
    if (byExtension.has(extension))
      throw kind.word ? new FileRefusal('content-mismatch', kind.word) : new FileRefusal('broken')
    throw new FileRefusal(kind.word ? 'kind-not-allowed' : 'unknown-kind', choices)
  }
  const known: readonly string[] = kinds[kind].extensions
  if (extension !== '' && !known.includes(extension)) throw new FileRefusal('content-mismatch', kind)
  if (!allowed.includes(kind)) throw new FileRefusal('kind-not-allowed', choices)
  return kind
}

/** A kind, or a word for what it is instead (none when nobody knows). */
async function kindOfContainer(
  path: string,
  detected: Exclude<Detected, { found: 'kind' }>,
): Promise<FileKind | { readonly word: string | undefined }> {
  if (detected.found === 'zip') return (await kindOfZip(path)) ?? { word: 'zip' }
  if (detected.found === 'office-97') {
    if ((await containerOf(path)) === 'office-encrypted') throw new FileRefusal('encrypted')
    return { word: 'doc/xls/ppt' }
  }
  return { word: detected.found === 'other' ? detected.word : undefined }
}

/** Documents that are zips are told apart by their parts, after the same check for bombs that spreadsheets get. */
async function kindOfZip(path: string): Promise<FileKind | undefined> {
  try {
    const zip = await openZip(path)
    zip.close()
    const names = new Set(zip.names.map((name) => name.toLowerCase()))
    if (zip.names.some((name) => /(?:^|\/)(?:vbaproject\.bin|macrosheets\/)/i.test(name)))
      throw new FileRefusal('macro')
    return zipKinds.find(([part]) => names.has(part))?.[1]
  } catch (error) {
    if (!(error instanceof ZipProblem)) throw error
    throw new FileRefusal(error.code === 'unsafe-path' ? 'broken' : error.code)
  }
}

const zipKinds: readonly (readonly [part: string, FileKind])[] = [
  ['word/document.xml', 'docx'],
  ['xl/workbook.xml', 'xlsx'],
  ['ppt/presentation.xml', 'pptx'],
  ['ofd.xml', 'ofd'],
]

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16_384), 0, 16_384, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function isMarkup(bytes: Uint8Array): boolean {
  return /^(?:\xef\xbb\xbf)?\s*<[a-z!?]/i.test(Buffer.from(bytes.subarray(0, 1024)).toString('latin1'))
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((char, index) => bytes[index] === char.charCodeAt(0))
}

const kindList = Object.keys(kinds) as FileKind[]
const byExtension = new Map(
  kindList.flatMap((kind) => kinds[kind].extensions.map((extension) => [extension as string, kind])),
)
/** In file-type's words. */
const byMime = new Map<string, FileKind>([
  ['application/pdf', 'pdf'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpeg'],
  ['image/webp', 'webp'],
  ['image/heic', 'heic'],
  ['image/heif', 'heic'],
  ['video/mp4', 'mp4'],
  ['video/x-m4v', 'mp4'],
])
