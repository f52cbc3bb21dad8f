/** Merged ranges: found by a quick look through the sheet before its rows are read, since they stand after the rows. */
import { SheetRefusal } from './refusal.ts'
import { type Cell, parseAddress } from './row.ts'

export interface MergedRange {
  readonly range: string
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

const most = 200_000
const needle = Buffer.from('mergeCell ')
const tagLength = 256

/** Every merged range of a sheet, from the top. Looks for the tags in the bytes; XML escapes them everywhere else. */
export async function findMerges(source: AsyncIterable<Buffer>): Promise<MergedRange[]> {
  const merges: MergedRange[] = []
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, from)) {
      const end = bytes.indexOf(0x3e, at)
      if (end < 0 && bytes.length - at < tagLength) break
      from = at + needle.length
      addMerge(merges, bytes.toString('latin1', Math.max(0, at - 1), end < 0 ? from : end))
    }
    const open = bytes.indexOf(needle, from)
    rest = bytes.subarray(open >= 0 ? Math.max(from, open - 1) : Math.max(from, bytes.length - needle.length))
  }
  return merges.sort((a, b) => a.top - b.top)
}

function addMerge(merges: MergedRange[], tag: string): void {
  if (tag[0] !== '<' && tag[0] !== ':') return
  const range = /\sref=["']([A-Z]+\d+:[A-Z]+\d+)["']/.exec(tag)?.[1]
  if (range === undefined) return
  const [start = '', end = ''] = range.split(':')
  const first = parseAddress(start)
  const last = parseAddress(end)
  if (!first || !last) throw new SheetRefusal('broken', 'a merged range outside the sheet')
  if (merges.length >= most) throw new SheetRefusal('broken', 'too many merged ranges')
  merges.push({ range, top: first.row, bottom: last.row, left: first.column, right: last.column })
}

/** Gives each row's cells their merged ranges. Rows must come from the top, each once. */
export function mergeMarker(merges: readonly MergedRange[], maxColumns: number) {
  let next = 0
  let active: MergedRange[] = []
  return (row: number, cells: Cell[]): Cell[] => {
    if (active.length === 0 && next === merges.length) return cells
    active = active.filter(({ bottom }) => bottom >= row)
    for (let merge = merges[next]; merge && merge.top <= row; merge = merges[++next])
      if (merge.bottom >= row && merge.left <= maxColumns) active.push(merge)
    if (active.length > maxColumns) throw new SheetRefusal('broken', 'merged ranges overlap', { row })
    if (active.length === 0) return cells
    const marked = new Map(cells.map((cell) => [cell.column, cell]))
    for (const { range, left, right } of active)
      for (let column = left; column <= Math.min(right, maxColumns); column++) {
        const cell = marked.get(column) ?? { column, value: null, kind: 'empty' as const }
        marked.set(column, { ...cell, merged: range })
      }
    return [...marked.values()].sort((a, b) => a.column - b.column)
  }
}
