// A figure is a declared formula over entries: value, drill-down and recomputation come from the same calculation.
import type { CivilDate } from '../clock/date.ts'
import type { Language } from '../texts.ts'
import type { Entry } from './entry.ts'

type Where = Readonly<Record<string, string>>

/**
 * Only entries that another measure reaches: `by` still counts (Σn above zero) a subject that one of the entry's `keys`
 * names among its dims. So a figure tells of things by what is said of them elsewhere, one by one or as a whole.
 */
export type Cover = { readonly by: string; readonly keys: readonly string[] }

/**
 * `count` Σn, `sum` Σquantity (times 0.01 where fen are told in yuan), `mean` Σquantity/Σn and `distinct` (subjects whose Σn is above zero) over entries from the
 * figure's start to the cut-off; `means` is the mean of the means that the entries of each value of the dim `by` have, each rounded to
 * a whole number; entries without that dim do not count; `stock` is Σquantity over all time to the cut-off; `ratio` divides two of them, and `less`
 * takes the second from the first.
 */
export type Formula =
  | { readonly count: string; readonly where?: Where }
  | { readonly sum: string; readonly where?: Where; readonly times?: number }
  | { readonly mean: string; readonly where?: Where }
  | { readonly means: string; readonly by: string; readonly where?: Where; readonly times?: number }
  | { readonly distinct: string; readonly where?: Where; readonly covered?: Cover }
  | { readonly stock: string; readonly where?: Where }
  | { readonly ratio: readonly [Formula, Formula]; readonly times?: number }
  | { readonly less: readonly [Formula, Formula] }

export type Figure = {
  readonly id: string
  readonly formula: Formula
  readonly unit: 'problems' | 'persons' | 'enterprises' | 'percent' | 'yuan' | 'days' | 'minutes' | 'cases' | 'records'
  /** First day that counts; absent means from the first entry. */
  readonly since?: CivilDate
  /** Whether everybody may read the value; opening it always goes as far as the viewer may see. */
  readonly public: boolean
  readonly texts: Readonly<Record<Language, { readonly name: string; readonly definition: string }>>
}

export type Posted = Entry & { readonly kind: string; readonly record: string; readonly position: number }

export type Value = {
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number | null
  /** How many records the numerator opens to. */
  readonly records: number
}

/** A formula that reads one measure. */
export type Leaf = Exclude<Formula, { ratio: unknown } | { less: unknown }>

/** The measures a formula reads, each with what narrows it and the days it covers. */
export function leaves(formula: Formula): readonly Leaf[] {
  const both = 'ratio' in formula ? formula.ratio : 'less' in formula ? formula.less : undefined
  return both ? both.flatMap(leaves) : [formula as Leaf]
}

/** What has to reach the entries of a leaf, where something has to. */
export function coverOf(leaf: Leaf): Cover | undefined {
  return 'distinct' in leaf ? leaf.covered : undefined
}

/** By which dim the entries of a leaf are told apart before they are averaged, where they are. */
export function groupOf(leaf: Leaf): string | undefined {
  return 'means' in leaf ? leaf.by : undefined
}

/** Whether a leaf can be added up day by day: not what another measure reaches, which may change, nor a mean of means. */
export function isFoldable(leaf: Leaf): boolean {
  return coverOf(leaf) === undefined && groupOf(leaf) === undefined
}

export function measureOf(leaf: Leaf): string {
  if ('count' in leaf) return leaf.count
  if ('sum' in leaf) return leaf.sum
  if ('mean' in leaf) return leaf.mean
  if ('means' in leaf) return leaf.means
  if ('distinct' in leaf) return leaf.distinct
  return leaf.stock
}

/**
 * Totals of one leaf, however they were summed: by the store's roll-up or entry by entry. Of `means` the quantity is the sum of the
 * means, and `distinct` how many there are.
 */
export type Totals = {
  readonly n: number
  readonly quantity: number
  readonly distinct: number
  readonly records: number
}

type Said = Figure['texts']['en']

/** One that everybody may read. */
export function publicFigure(id: string, formula: Formula, unit: Figure['unit'], zh: Said, en: Said): Figure {
  return { id, formula, unit, public: true, texts: { 'zh-CN': zh, en } }
}

/** The figure's value from the totals of its leaves: the one place where a formula is worked out. */
export function valueOf(formula: Formula, totals: (leaf: Leaf) => Totals): Value {
  if ('ratio' in formula) {
    const top = valueOf(formula.ratio[0], totals)
    const bottom = valueOf(formula.ratio[1], totals)
    const denominator = bottom.value ?? 0
    const value = denominator === 0 ? null : ((top.value ?? 0) / denominator) * (formula.times ?? 1)
    return { value, numerator: top.value ?? 0, denominator, records: top.records }
  }
  if ('less' in formula) {
    const [all, some] = formula.less.map((part) => valueOf(part, totals))
    const value = (all!.value ?? 0) - (some!.value ?? 0)
    return { value, numerator: value, denominator: null, records: all!.records }
  }
  const { n, quantity, distinct, records } = totals(formula)
  if ('mean' in formula) return { value: n === 0 ? null : quantity / n, numerator: quantity, denominator: n, records }
  if ('means' in formula)
    return {
      value: distinct === 0 ? null : scaled(quantity / distinct, formula),
      numerator: quantity,
      denominator: distinct,
      records,
    }
  const value =
    'count' in formula ? n : 'distinct' in formula ? distinct : 'sum' in formula ? scaled(quantity, formula) : quantity
  return { value, numerator: value, denominator: null, records }
}

function scaled(quantity: number, { times = 1 }: { readonly times?: number }): number {
  return quantity * times
}
