// The dictionary of facts: what a rule may read, of which type, counted in what, of which values, of which period, and on whose word.
import { changesBetween } from '../alike.ts'
import type { Node } from './expression.ts'
import type { Facts } from './feel.ts'
import { whole, type Measure } from './measure.ts'

export type FactType = 'number' | 'text' | 'flag' | 'day'

export type Fact = {
  readonly name: string
  readonly type: FactType
  /** Of a number; none of one that is a mere ratio. */
  readonly measure?: Measure
  readonly least?: number
  readonly most?: number
  /** Of a text: what it may be. */
  readonly allowed?: readonly string[]
  /**
   * `year`: it is told of a year, and counts on a day of that year and for so many years after it; `day`: it is told as of a day, and
   * counts for so many days from it. Without, it counts until something else is known.
   */
  readonly period?: { readonly kind: 'year' | 'day'; readonly age: number }
  /** Whose word counts, the first most; of those who are not named all count the same, below them. */
  readonly sources?: readonly string[]
}

export type Dictionary = readonly Fact[]

export function factIn(dictionary: Dictionary, name: string): Fact | undefined {
  return dictionary.find((fact) => fact.name === name)
}

/** The names that rules may read, none of them known: as expressions are read over. */
export function unknownOf(dictionary: Dictionary): Facts {
  return Object.fromEntries(dictionary.map(({ name }) => [name, null]))
}

export function isWhole(dictionary: Dictionary, name: string): boolean {
  const fact = factIn(dictionary, name)
  return fact?.type === 'number' && fact.measure !== undefined && whole.has(fact.measure)
}

/** What the dictionary says that holds of a fact whatever it is. */
export function limitsOf({ name, type, least, most, allowed }: Fact): readonly Node[] {
  const at = { from: 0, to: 0 }
  const fact: Node = { ...at, kind: 'fact', name }
  const value = (value: number | string): Node => ({ ...at, kind: 'value', value })
  const limits: Node[] = []
  if (type === 'number' && least !== undefined)
    limits.push({ ...at, kind: 'compare', op: '>=', left: fact, right: value(least) })
  if (type === 'number' && most !== undefined)
    limits.push({ ...at, kind: 'compare', op: '<=', left: fact, right: value(most) })
  if (type === 'text' && allowed)
    limits.push({
      ...at,
      kind: 'in',
      value: fact,
      tests: allowed.map((one) => ({ kind: 'equal', of: value(one) })),
      alone: false,
    })
  return limits
}

/** The name that is most like this one, by the fewest signs that are put in, left out or changed; none where most of them differ. */
export function nearestName(name: string, dictionary: Dictionary): string | undefined {
  const apart = (other: string) => changesBetween(name, other) / Math.max([...name].length, [...other].length)
  const [best] = dictionary
    .map((fact) => ({ name: fact.name, apart: apart(fact.name) }))
    .toSorted((a, b) => a.apart - b.apart)
  return best && best.apart <= 0.6 ? best.name : undefined
}
