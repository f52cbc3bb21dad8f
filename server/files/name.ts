/** File names: made safe when they come in, and written into headers when they go out. */

/** Bytes of UTF-8: what common file systems and zip tools can hold, with room for a suffix. */
const longestName = 200

/**
 * A name without folders, control characters, invisible or direction-changing characters, and characters that Windows
 * refuses; NFC; cut to 200 bytes between characters with its extension kept. Never empty, never beginning with a dot.
 */
export function cleanName(name: string): string {
  const base = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const visible = base
    .replace(
      /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffd]/gu,
      '',
    )
    .replace(/[\u{e0000}-\u{e007f}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const named = visible === '' ? '附件' : visible
  const { stem, extension } = splitName(named)
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `_${named}` : named
  return shorten(safe, extension)
}

/** The part before the last dot and the lower-case extension after it (empty when there is none). */
export function splitName(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.')
  if (dot < 0 || !/^[\w]{1,10}$/.test(name.slice(dot + 1))) return { stem: name, extension: '' }
  return { stem: name.slice(0, dot), extension: name.slice(dot + 1).toLowerCase() }
}

/** `Content-Disposition` of a download (RFC 6266, RFC 8187), for names in any script. Always an attachment. */
export function contentDisposition(name: string): string {
  const clean = cleanName(name)
  const { stem, extension } = splitName(clean)
  const ascii = stem
    .replace(/[^\x20-\x7e]+/g, '_')
    .replace(/["\\%;]/g, '_')
    .replace(/^[_\s]+|[_\s]+$/g, '')
  const fallback = `${ascii === '' ? 'file' : ascii}${extension === '' ? '' : `.${extension}`}`
  const encoded = encodeURIComponent(clean).replace(
    /['()*!]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encoded}`
}

function shorten(name: string, extension: string): string {
  if (Buffer.byteLength(name) <= longestName) return name
  const tail = extension === '' ? '' : name.slice(-(extension.length + 1))
  const room = longestName - Buffer.byteLength(tail)
  let kept = ''
  let bytes = 0
  for (const { segment } of graphemes.segment(name.slice(0, 4 * longestName))) {
    bytes += Buffer.byteLength(segment)
    if (bytes > room) break
    kept += segment
  }
  // One character of very many marks may fill a name by itself.
  return `${kept.trimEnd() || '附件'}${tail}`
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })
