// Figures the slow and obvious way, entry by entry from the first: the store's answer must equal it.
import type { CivilDate } from '../clock/date.ts'
import {
  coverOf,
  groupOf,
  leaves,
  measureOf,
  valueOf,
  type Figure,
  type Leaf,
  type Posted,
  type Totals,
  type Value,
} from './figure.ts'

export type Recount = {
  add(entry: Posted): void
  value(figure: Figure): Value
}

/** Counts these figures as of a day from all entries, given in any order. */
export function recount(figures: Iterable<Figure>, asOf: CivilDate): Recount {
  const counts = new Map<Leaf, { totals(): Totals }>()
  const readers = new Map<string, Reader[]>()
  const read = (measure: string, one: Reader) => readers.set(measure, [...(readers.get(measure) ?? []), one])
  // Each name is held once, whatever counts it: a city has millions.
  const numbers = new Map<string, number>()
  const numberOf = (name: string) => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, numbers.size)
    return numbers.size - 1
  }
  for (const figure of figures)
    for (const leaf of leaves(figure.formula)) {
      const cover = coverOf(leaf)
      if (cover === undefined) {
        const one = counting(leaf, figure.since, asOf)
        counts.set(leaf, one)
        read(measureOf(leaf), one)
        continue
      }
      const covering = sums()
      read(cover.by, {
        add: (entry, subject) => {
          if (entry.on <= asOf) covering.add(subject, entry.n ?? 1)
        },
      })
      // Whether something reaches it is known when all has been read.
      const held: { readonly entry: Posted; readonly subject: number; readonly record: number }[] = []
      read(measureOf(leaf), { add: (entry, subject, record) => held.push({ entry, subject, record }) })
      counts.set(leaf, {
        totals() {
          const reached = counting(leaf, figure.since, asOf)
          for (const { entry, subject, record } of held) {
            const keys = cover.keys.flatMap((key) => entry.dims?.[key] ?? [])
            if (keys.some((key) => covering.of(numberOf(key)) > 0)) reached.add(entry, subject, record)
          }
          return reached.totals()
        },
      })
    }
  return {
    add(entry) {
      const reading = readers.get(entry.measure)
      if (!reading) return
      const record = numberOf(`${entry.kind}:${entry.record}`)
      const subject = entry.subject === undefined ? record : numberOf(entry.subject)
      for (const one of reading) one.add(entry, subject, record)
    },
    value: (figure) => valueOf(figure.formula, (leaf) => counts.get(leaf)!.totals()),
  }
}

type Reader = { add(entry: Posted, subject: number, record: number): void }

function counting(leaf: Leaf, since: CivilDate | undefined, asOf: CivilDate) {
  const where = Object.entries(leaf.where ?? {})
  const bySubject = sums()
  const byRecord = sums()
  const by = groupOf(leaf)
  const groups = new Map<string, { n: number; quantity: number }>()
  let n = 0
  let quantity = 0
  return {
    add(entry: Posted, subject: number, record: number) {
      if (entry.on > asOf) return
      if (since !== undefined && !('stock' in leaf) && entry.on < since) return
      if (!where.every(([name, value]) => entry.dims?.[name] === value)) return
      const one = entry.n ?? 1
      n += one
      quantity += entry.quantity ?? one
      const group = by === undefined ? undefined : entry.dims?.[by]
      if (group !== undefined) {
        const known = groups.get(group) ?? { n: 0, quantity: 0 }
        groups.set(group, { n: known.n + one, quantity: known.quantity + (entry.quantity ?? one) })
      }
      bySubject.add(subject, one)
      byRecord.add(record, one)
    },
    totals(): Totals {
      const records = byRecord.positive()
      if (by === undefined) return { n, quantity, distinct: bySubject.positive(), records }
      const means = [...groups.values()].filter((one) => one.n > 0).map((one) => rounded(one.quantity / one.n))
      return { n, quantity: means.reduce((sum, one) => sum + one, 0), distinct: means.length, records }
    },
  }
}

/** To the nearest whole number, halves away from zero, as the store does. */
function rounded(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value))
}

/** A sum for each number from 0. */
function sums() {
  let held = new Float64Array(64)
  return {
    add(of: number, by: number) {
      if (of >= held.length) {
        const more = new Float64Array(2 * Math.max(of, held.length))
        more.set(held)
        held = more
      }
      held[of]! += by
    },
    of: (one: number) => held[one] ?? 0,
    positive: () => held.reduce((count, sum) => count + Number(sum > 0), 0),
  }
}
