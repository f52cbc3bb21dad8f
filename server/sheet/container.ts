/** Tells what kind of file lies at a path by its first bytes, as far as spreadsheets and office documents need it. */
import { open } from 'node:fs/promises'

/** `office-97`: the container of .xls, .doc, .et; `office-encrypted`: the same container around an encrypted .xlsx or .docx. */
export type Container = 'zip' | 'office-97' | 'office-encrypted' | 'text' | 'binary' | 'empty'

const office97 = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le')

/** Looks at the file; reads at most all of it, in pieces. */
export async function containerOf(path: string): Promise<Container> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(4096)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    const start = head.subarray(0, bytesRead)
    if (start.length === 0) return 'empty'
    if (start.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'zip'
    if (start.subarray(0, 8).equals(office97))
      return (await holds(file, encryptedPackage)) ? 'office-encrypted' : 'office-97'
    return looksLikeText(start) ? 'text' : 'binary'
  } finally {
    await file.close()
  }
}

/** No control characters that no text has; UTF-16 is allowed when its mark stands first. */
export function looksLikeText(start: Uint8Array): boolean {
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) return true
  for (const byte of start) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) return false
  return !/^(?:\ufeff|\xef\xbb\xbf)?\s*(?:<(?:!doctype|html|\?xml|svg|script|table|meta|head|body)|%PDF-|\{\\rtf|#!)/i.test(
    Buffer.from(start).toString('latin1'),
  )
}

async function holds(file: Awaited<ReturnType<typeof open>>, wanted: Buffer): Promise<boolean> {
  const piece = Buffer.alloc(65_536)
  let kept = 0
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(piece, kept, piece.length - kept, position)
    if (bytesRead === 0) return false
    const filled = piece.subarray(0, kept + bytesRead)
    if (filled.includes(wanted)) return true
    position += bytesRead
    kept = Math.min(wanted.length, filled.length)
    piece.copyWithin(0, filled.length - kept, filled.length)
  }
}
