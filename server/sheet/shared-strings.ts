/** The shared strings of a workbook, packed as UTF-8 outside the heap so that a million of them cost no more than their bytes. */
import { SheetRefusal } from './refusal.ts'
import { excelLimits } from './row.ts'
import { decodeEscapes, parseXml } from './xml.ts'

export interface SharedStrings {
  readonly count: number
  /** Undefined when the workbook has no such string. */
  readonly at: (index: number) => string | undefined
}

export interface StringLimits {
  readonly count: number
  readonly bytes: number
}

const pageSize = 4 * 1024 ** 2

/** Reads `sharedStrings.xml`; phonetic guides (`rPh`) are not part of the text. Throws `SheetRefusal` beyond the limits. */
export async function readSharedStrings(source: AsyncIterable<Buffer>, limits: StringLimits): Promise<SharedStrings> {
  const packed = packer(limits)
  let text = ''
  let inText = false
  let phonetic = 0
  const handlers = {
    open(name: string) {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic++
      else if (name === 't') inText = phonetic === 0
    },
    close(name: string) {
      if (name === 't') inText = false
      else if (name === 'rPh') phonetic--
      else if (name === 'si') packed.add(decodeEscapes(text))
    },
    text(piece: string) {
      if (!inText) return
      text += piece
      if (text.length > 8 * excelLimits.text) throw new SheetRefusal('broken', 'a text longer than any cell')
    },
  }
  for await (const _ of parseXml(source, handlers)) continue
  return packed
}

export const noStrings: SharedStrings = { count: 0, at: () => undefined }

/** Strings end to end in pages; none crosses from one page to the next. */
function packer(limits: StringLimits): SharedStrings & { readonly add: (text: string) => void } {
  const pages: Buffer[] = []
  let page = Buffer.alloc(0)
  let used = 0
  let total = 0
  let count = 0
  // Three numbers a string: its page, where it starts there, its length.
  let index = new Uint32Array(3 * 1024)
  return {
    get count() {
      return count
    },
    at(which) {
      if (!Number.isInteger(which) || which < 0 || which >= count) return undefined
      const start = index[which * 3 + 1] ?? 0
      return pages[index[which * 3] ?? 0]?.toString('utf8', start, start + (index[which * 3 + 2] ?? 0))
    },
    add(text) {
      const bytes = Buffer.byteLength(text)
      total += bytes
      if (count >= limits.count || total > limits.bytes) throw new SheetRefusal('too-large', 'too many shared strings')
      if (used + bytes > page.length) {
        page = Buffer.allocUnsafeSlow(Math.max(pageSize, bytes))
        pages.push(page)
        used = 0
      }
      if (count * 3 === index.length) {
        const larger = new Uint32Array(index.length * 2)
        larger.set(index)
        index = larger
      }
      page.write(text, used)
      index.set([pages.length - 1, used, bytes], count * 3)
      used += bytes
      count++
    },
  }
}
