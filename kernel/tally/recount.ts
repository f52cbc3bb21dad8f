// Figures the slow and obvious way, entry by entry from the first: the store's answer must equal it.
import type { CivilDate } from '../clock/date.ts'
import { leaves, measureOf, valueOf, type Figure, type Leaf, type Posted, type Totals, type Value } from './figure.ts'

export type Recount = {
  add(entry: Posted): void
  value(figure: Figure): Value
}

/** Counts these figures as of a day from all entries, given in any order. */
export function recount(figures: Iterable<Figure>, asOf: CivilDate): Recount {
  const counts = new Map<Leaf, ReturnType<typeof counting>>()
  for (const figure of figures)
    for (const leaf of leaves(figure.formula)) counts.set(leaf, counting(leaf, figure.since, asOf))
  return {
    add(entry) {
      for (const one of counts.values()) one.add(entry)
    },
    value: (figure) => valueOf(figure.formula, (leaf) => counts.get(leaf)!.totals()),
  }
}

function counting(leaf: Leaf, since: CivilDate | undefined, asOf: CivilDate) {
  const measure = measureOf(leaf)
  const where = Object.entries(leaf.where ?? {})
  const bySubject = new Map<string, number>()
  const byRecord = new Map<string, number>()
  let n = 0
  let quantity = 0
  const more = (counts: Map<string, number>, of: string, by: number) => counts.set(of, (counts.get(of) ?? 0) + by)
  const live = (counts: Map<string, number>) => [...counts.values()].filter((count) => count > 0).length
  return {
    add(entry: Posted) {
      if (entry.measure !== measure || entry.on > asOf) return
      if (since !== undefined && !('stock' in leaf) && entry.on < since) return
      if (!where.every(([name, value]) => entry.dims?.[name] === value)) return
      const one = entry.n ?? 1
      n += one
      quantity += entry.quantity ?? one
      more(bySubject, entry.subject ?? `${entry.kind}:${entry.record}`, one)
      more(byRecord, `${entry.kind}/${entry.record}`, one)
    },
    totals: (): Totals => ({ n, quantity, distinct: live(bySubject), records: live(byRecord) }),
  }
}
