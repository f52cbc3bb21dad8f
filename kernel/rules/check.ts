// Before a rule, tiers or a table are published: everything that is wrong with them, each with its place and its reason.
import { conditionOf } from './cell.ts'
import { allHold, exampleOf, isImpossible, noneHolds, onlyLast } from './coverage.ts'
import { unknownOf, type Dictionary } from './dictionary.ts'
import { parse, type Expression } from './expression.ts'
import type { Example, Flaw } from './flaw.ts'
import { keyOfValue } from './hit.ts'
import { logicFlaws } from './logic.ts'
import type { Measure } from './measure.ts'
import type { Place, ReadTable } from './table.ts'
import { typeFlaws } from './typed.ts'

/** Of a condition. While it speaks of what there is not, nothing is said of its logic. */
export function conditionFlaws(expression: Expression, dictionary: Dictionary): readonly Flaw[] {
  const flaws = typeFlaws(expression, dictionary, 'flag')
  return flaws.length > 0 ? flaws : logicFlaws(expression, dictionary)
}

/** Of an amount; `paidIn`: the measure of money in which it is meant. */
export function amountFlaws(expression: Expression, dictionary: Dictionary, paidIn?: Measure): readonly Flaw[] {
  return typeFlaws(expression, dictionary, paidIn === undefined ? undefined : { paidIn })
}

/** Tiers or rules by their places, counted from 0, of which both hold; or, of a gap, of which none holds. */
export type CoverFlaw =
  | { readonly code: 'rules-overlap'; readonly rules: readonly [number, number]; readonly example: Example }
  | { readonly code: 'gap'; readonly example: Example }

/** As many overlaps as anybody reads. */
const MOST = 20

/** Of conditions of which exactly one ought to hold, whatever the facts are. */
export function tierFlaws(
  tiers: readonly Expression[],
  dictionary: Dictionary,
  within: readonly Expression[] = [],
): readonly CoverFlaw[] {
  return [...overlaps(tiers, dictionary, within, () => false), ...gaps(tiers, dictionary, within)]
}

/** Those of which two can hold at once although not both `mayBoth`. */
export function overlaps(
  conditions: readonly Expression[],
  dictionary: Dictionary,
  within: readonly Expression[],
  mayBoth: (one: number, other: number) => boolean,
): readonly CoverFlaw[] {
  const found: CoverFlaw[] = []
  for (let one = 0; one < conditions.length; one++)
    for (let other = one + 1; other < conditions.length && found.length < MOST; other++) {
      if (mayBoth(one, other)) continue
      const example = exampleOf([conditions[one]!, conditions[other]!], within, dictionary, allHold)
      if (example) found.push({ code: 'rules-overlap', rules: [one, other], example })
    }
  return found
}

function gaps(
  conditions: readonly Expression[],
  dictionary: Dictionary,
  within: readonly Expression[],
): readonly CoverFlaw[] {
  const example = exampleOf(conditions, within, dictionary, noneHolds)
  return example ? [{ code: 'gap', example }] : []
}

export type TableFlaw = { readonly place: Place } & (
  | Flaw
  | CoverFlaw
  /** No value that the input may have passes. */
  | { readonly code: 'cell-never-matches' }
  /** Each of its cells can match, but not all of them. */
  | { readonly code: 'rule-never-matches' }
  /** Whenever it matches, another goes before it. */
  | { readonly code: 'rule-unreachable' }
  | { readonly code: 'output-not-listed' }
)

/** Rules up to which each is held against each; in a longer table only what stands in one rule is looked at. */
const PAIRED = 200

export function tableFlaws(read: ReadTable, dictionary: Dictionary): readonly TableFlaw[] {
  const spoken = spokenFlaws(read, dictionary)
  if (spoken.length > 0) return spoken
  const { table, conditions, policy, gives } = read
  const within = read.allowed.filter((one) => one !== undefined)
  const never = conditions.flatMap((_, rule): TableFlaw[] => neverIn(read, rule, dictionary, within))
  const dead = new Set(never.flatMap(({ place }) => ('rule' in place ? [place.rule] : [])))
  const alive = conditions.map((_, rule) => rule).filter((rule) => !dead.has(rule))
  const unlisted = table.rules.flatMap((_, rule) => unlistedIn(read, rule))
  if (alive.length > PAIRED) return [...never, ...unlisted]

  const { hitPolicy } = policy
  const live = alive.map((rule) => conditions[rule]!)
  const whole: Place = { part: 'table' }
  const isSame = (one: number, other: number) =>
    gives[one] === undefined || gives[other] === undefined || keyOfValue(gives[one]) === keyOfValue(gives[other])
  const cover: CoverFlaw[] = []
  if (hitPolicy === 'UNIQUE') cover.push(...overlaps(live, dictionary, within, () => false))
  if (hitPolicy === 'ANY')
    cover.push(...overlaps(live, dictionary, within, (one, other) => isSame(alive[one]!, alive[other]!)))
  const isSingle = ['UNIQUE', 'ANY', 'FIRST', 'PRIORITY'].includes(hitPolicy)
  if (isSingle && read.byDefault === undefined) cover.push(...gaps(live, dictionary, within))
  const named = cover.map((flaw): TableFlaw =>
    flaw.code === 'gap'
      ? { ...flaw, place: whole }
      : {
          ...flaw,
          rules: [alive[flaw.rules[0]]!, alive[flaw.rules[1]]!],
          place: { part: 'rule', rule: alive[flaw.rules[1]]! },
        },
  )
  const hidden = hitPolicy === 'FIRST' ? hiddenIn(live, dictionary, within).map((at) => alive[at]!) : []
  return [
    ...never,
    ...unlisted,
    ...named,
    ...hidden.map((rule): TableFlaw => ({ code: 'rule-unreachable', place: { part: 'rule', rule } })),
  ]
}

/** Whether columns, cells and entries speak of facts that there are, and compare like with like. */
function spokenFlaws({ table, inputs, outputs }: ReadTable, dictionary: Dictionary): readonly TableFlaw[] {
  const names = unknownOf(dictionary)
  const at = (place: Place, flaws: readonly Flaw[]) => flaws.map((flaw): TableFlaw => ({ ...flaw, place }))
  const columns = inputs.map((one, input) => at({ part: 'input', input }, typeFlaws(one, dictionary)))
  const tested = (cell: string, input: number, place: Place): readonly TableFlaw[] => {
    if (columns[input]!.length > 0) return []
    const condition = conditionOf(cell, table.inputs[input]!.expression, names)
    const read = typeof condition === 'string' && condition !== '' ? parse(condition, names) : undefined
    // The place is the cell: what was made of it nobody has written.
    const whole = { from: 0, to: cell.length }
    return read && !('refused' in read)
      ? at(
          place,
          typeFlaws(read, dictionary).map((flaw) => ({ ...flaw, ...whole })),
        )
      : []
  }
  return [
    ...columns.flat(),
    ...table.inputs.flatMap(({ allowed = '' }, input) => tested(allowed, input, { part: 'allowed', input })),
    ...table.rules.flatMap((rule, place) => [
      ...rule.inputs.flatMap((cell, input) => tested(cell, input, { part: 'cell', rule: place, input })),
      ...outputs[place]!.flatMap((one, output) =>
        at({ part: 'entry', rule: place, output }, typeFlaws(one, dictionary)),
      ),
    ]),
  ]
}

function neverIn(
  { table, conditions }: ReadTable,
  rule: number,
  dictionary: Dictionary,
  within: readonly Expression[],
): TableFlaw[] {
  const names = unknownOf(dictionary)
  const cells = table.rules[rule]!.inputs.flatMap((cell, input): TableFlaw[] => {
    const text = conditionOf(cell, table.inputs[input]!.expression, names)
    const read = typeof text === 'string' && text !== '' ? parse(text, names) : undefined
    const never = read && !('refused' in read) && isImpossible([read], within, dictionary, allHold)
    return never ? [{ code: 'cell-never-matches', place: { part: 'cell', rule, input } }] : []
  })
  if (cells.length > 0) return cells
  return isImpossible([conditions[rule]!], within, dictionary, allHold)
    ? [{ code: 'rule-never-matches', place: { part: 'rule', rule } }]
    : []
}

function hiddenIn(
  conditions: readonly Expression[],
  dictionary: Dictionary,
  within: readonly Expression[],
): readonly number[] {
  return conditions.flatMap((_, at) =>
    at > 0 && isImpossible(conditions.slice(0, at + 1), within, dictionary, onlyLast) ? [at] : [],
  )
}

function unlistedIn({ policy, gives }: ReadTable, rule: number): TableFlaw[] {
  return policy.priorities.flatMap((values, output): TableFlaw[] => {
    const given = gives[rule]
    if (values.length === 0 || given === undefined) return []
    const isListed = values.some((value) => keyOfValue(value) === keyOfValue(given[output]))
    return isListed ? [] : [{ code: 'output-not-listed', place: { part: 'entry', rule, output } }]
  })
}
