// XML as a tree of elements with their places, within bounds: no document type, no entities but the five of XML, nothing endless.
import { SaxesParser } from 'saxes'

export type XmlElement = {
  /** Without its prefix. */
  readonly name: string
  /** The namespace; empty for none. */
  readonly space: string
  /** Those without a namespace of their own. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** What stands directly within. */
  readonly text: string
  /** Counted from 1. */
  readonly line: number
  readonly column: number
}

export type XmlRefusal = {
  readonly refused: 'too-large' | 'too-deep' | 'doctype' | 'not-well-formed'
  readonly line: number
  readonly column: number
}

/** Signs of a document. */
const LARGEST = 2_000_000
/** Elements within each other. */
const DEEPEST = 50

type Growing = XmlElement & { readonly children: XmlElement[]; text: string }

export function readXml(text: string): XmlElement | XmlRefusal {
  if (text.length > LARGEST) return { refused: 'too-large', line: 1, column: 1 }
  const parser = new SaxesParser({ xmlns: true })
  const above: Growing[] = []
  let [root, refusal] = [undefined as XmlElement | undefined, undefined as XmlRefusal | undefined]
  let place = { line: 1, column: 1 }
  const here = () => ({ line: parser.line, column: parser.column + 1 })
  /** The parser goes no further once it throws. */
  const stop = (refused: XmlRefusal['refused']): never => {
    refusal ??= { refused, ...here() }
    throw new Error(refused)
  }
  parser.on('doctype', () => stop('doctype'))
  parser.on('error', () => stop('not-well-formed'))
  parser.on('opentagstart', ({ name }) => {
    const { line, column } = here()
    place = { line, column: Math.max(1, column - name.length - 2) }
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (above.length >= DEEPEST) stop('too-deep')
    const own = Object.values(attributes).filter((one) => one.uri === '' && one.prefix === '')
    const element: Growing = {
      name: local,
      space: uri,
      attributes: Object.fromEntries(own.map((one) => [one.local, one.value])),
      children: [],
      text: '',
      ...place,
    }
    above.at(-1)?.children.push(element)
    above.push(element)
  })
  parser.on('closetag', () => {
    const closed = above.pop()
    if (above.length === 0) root = closed
  })
  const take = (part: string) => {
    const element = above.at(-1)
    if (element) element.text += part
  }
  parser.on('text', take)
  parser.on('cdata', take)
  try {
    parser.write(text).close()
  } catch {
    return refusal ?? { refused: 'not-well-formed', ...here() }
  }
  return root ?? { refused: 'not-well-formed', ...here() }
}

/** Signs that XML 1.0 cannot hold, however they are written. */
// oxlint-disable-next-line no-control-regex
const UNSPEAKABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

/** As text or as the value of an attribute. Throws a RangeError for a sign that XML cannot hold. */
export function escaped(text: string): string {
  if (UNSPEAKABLE.test(text)) throw new RangeError('a sign that XML cannot hold')
  const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"\r\n\t]/g, (sign) => marks[sign] ?? `&#${sign.codePointAt(0)};`)
}
