/** Refuses a sheet of far too many rows before the first of them is read, by counting in its bytes. */
import { SheetRefusal } from './refusal.ts'

/** How a row ends whose last cell has a value, as programs write it: a number or shared string, or an inline string. */
const endings = ['</v></c></row>', '</t></is></c></row>'].map((ending) => Buffer.from(ending))
/** Enough for the longest ending but for its last byte, and the byte before it. */
const kept = Math.max(...endings.map(({ length }) => length))

/**
 * Passes the pieces on. The count is a lower bound (rows that end in an empty cell, or have prefixes in their tags, are
 * not in it), so a refusal is always right, and the reader of rows still has to count.
 */
export async function* refuseTooManyRows(source: AsyncIterable<Buffer>, maxRows: number): AsyncGenerator<Buffer> {
  let rows = 0
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    const bytes = Buffer.concat([rest, chunk])
    for (const ending of endings) {
      // An ending that lies in the rest by itself has been counted with the piece before.
      const from = Math.max(1, rest.length - ending.length + 1)
      for (let at = bytes.indexOf(ending, from); at >= 0; at = bytes.indexOf(ending, at + ending.length))
        if (bytes[at - 1] !== 0x3e) rows++
    }
    if (rows > maxRows) throw new SheetRefusal('too-many-rows', String(maxRows))
    rest = bytes.subarray(-kept)
    yield chunk
  }
}
