/** Gives a stored file back for download, with headers under which nothing in it can run in our origin. */
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { kinds, type FileKind } from './kind.ts'
import { contentDisposition } from './name.ts'
import { placeOf } from './store.ts'

export interface OpenedFile {
  readonly stream: Readable
  /** Bytes. */
  readonly size: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Opens a file that has passed. Undefined when there is none of that id, or it is in quarantine; who may see it is the
 * caller’s question, and comes first. Read the stream or destroy it: that closes the file.
 */
export async function openFile(
  id: string,
  { folder, name, kind }: { readonly folder: string; readonly name: string; readonly kind: FileKind },
): Promise<OpenedFile | undefined> {
  const file = await open(placeOf(folder, id, 'clean')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!file) return undefined
  const { size } = await file.stat()
  return { stream: file.createReadStream(), size, headers: fileHeaders(name, kind, size) }
}

/** Headers of every attachment, whatever its kind: a download, never shown in place, never sniffed, never kept by proxies. */
export function fileHeaders(name: string, kind: FileKind, size: number): Record<string, string> {
  return {
    'Content-Type': kinds[kind].mime,
    'Content-Length': String(size),
    'Content-Disposition': contentDisposition(name),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store',
  }
}
