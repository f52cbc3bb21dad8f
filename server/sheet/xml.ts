/** Feeds a stream of XML to a SAX parser within bounds: no DTD, no entities beyond the five of XML, no endless token. */
import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from 'saxes'
import { SheetRefusal } from './refusal.ts'

export interface XmlHandlers {
  /** Local names: the prefix is taken off. */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly close: (name: string) => void
  readonly text: (text: string) => void
}

/** No tag, attribute or text of an honest workbook comes near this many bytes. */
const longestToken = 4 * 1024 ** 2

/** Yields after each piece that was parsed, so that the caller can pass on what the handlers have gathered. */
export async function* parseXml(source: AsyncIterable<Buffer>, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  let since = 0
  const progress = <A extends unknown[]>(handler: (...args: A) => void) => {
    return (...args: A) => {
      since = 0
      handler(...args)
    }
  }
  const takeText = progress((text: string) => handlers.text(text))
  parser.on(
    'opentag',
    progress((tag) => handlers.open(local(tag.name), tag.attributes)),
  )
  parser.on(
    'closetag',
    progress((tag) => handlers.close(local(tag.name))),
  )
  parser.on('text', takeText)
  parser.on('cdata', takeText)
  parser.on('doctype', () => {
    throw new SheetRefusal('broken', 'a document type declaration')
  })
  let decode: ((chunk: Buffer) => string) | undefined
  let xml = false
  for await (const chunk of source) {
    decode ??= decoderFor(chunk)
    since += chunk.length
    const text = decode(chunk)
    xml ||= text !== ''
    write(parser, text)
    if (since > longestToken) throw new SheetRefusal('broken', 'an endless token')
    yield
  }
  if (!xml) throw new SheetRefusal('broken', 'an empty part')
  write(parser, null)
  yield
}

/** Parses to the end; for small parts. */
export async function parseWhole(source: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of parseXml(source, handlers)) continue
}

function write(parser: Pick<SaxesParser, 'write'>, text: string | null): void {
  try {
    parser.write(text)
  } catch (error) {
    if (error instanceof SheetRefusal) throw error
    // The parser's message may quote what it met; the first words are enough.
    throw new SheetRefusal('broken', error instanceof Error ? error.message.slice(0, 80) : 'not well-formed')
  }
}

function decoderFor(first: Buffer): (chunk: Buffer) => string {
  if (first[0] === 0xff && first[1] === 0xfe) {
    const decoder = new TextDecoder('utf-16le')
    return (chunk) => decoder.decode(chunk, { stream: true })
  }
  if (first[0] === 0xfe && first[1] === 0xff) {
    const decoder = new TextDecoder('utf-16be')
    return (chunk) => decoder.decode(chunk, { stream: true })
  }
  const decoder = new StringDecoder('utf8')
  return (chunk) => decoder.write(chunk)
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** Excel writes characters that XML cannot hold as `_x000B_`, and a literal `_x000B_` as `_x005F_x000B_`. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The reverse of `decodeEscapes`, and XML escaping; broken surrogates become U+FFFD. */
export function encodeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}(?:_|(?![\t\n])[\p{Cc}\ufffe\uffff]))/gu, '_x005F_')
    .replace(/(?![\t\n])[\p{Cc}\ufffe\uffff]/gu, (char) => `_x${hex4(char)}_`)
    .replace(/[&<>"]/g, (char) => xmlEscapes[char] ?? char)
}

const xmlEscapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function hex4(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
}
