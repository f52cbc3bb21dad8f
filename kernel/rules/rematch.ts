// What one changed fact or rule changes, without matching everything again.
import { cellOf, columnOf, fits, setBit, setCell, type Table } from './column.ts'
import { answering, namesIn, termOf, type Condition, type Plan } from './compile.ts'
import type { Expression } from './expression.ts'
import {
  conditionsOf,
  kleeneIn,
  match,
  matcherOf,
  replaceRule,
  writeAnswer,
  writeKleene,
  type Matcher,
} from './match.ts'

/** What stands on what: facts, the conditions that read them, the rules that need those. */
export type Rematcher = {
  matcher: Matcher
  conditionsOn: Map<string, number[]>
  rulesOn: number[][]
  /** The change at which a rule was last looked at: each is looked at once, however many of its conditions turn. */
  seen: Float64Array
  changes: number
  /** The change at which a condition last turned, and what it was before. */
  turned: number[]
  before: Degree[]
  /** Each condition row by row, by its place. */
  answers: ((row: number) => boolean | undefined)[]
}

/** False, open, true: of `and` the least counts, of `or` the greatest. */
type Degree = 0 | 1 | 2

/** Of rules that have been matched. */
export function rematcherOf(matcher: Matcher): Rematcher {
  const rematcher: Rematcher = {
    matcher,
    conditionsOn: new Map(),
    rulesOn: [],
    seen: new Float64Array(matcher.rules.length),
    changes: 0,
    turned: [],
    before: [],
    answers: [],
  }
  for (const rule of matcher.rules.keys()) index(rematcher, rule)
  return rematcher
}

function index({ matcher, conditionsOn, rulesOn, answers }: Rematcher, rule: number): void {
  for (const place of new Set(conditionsOf(matcher.rules[rule]!.plan))) {
    if (answers[place] === undefined) {
      const condition = matcher.program.conditions[place]!
      answers[place] = answering(condition, matcher.table)
      rulesOn[place] = []
      for (const name of namesIn(condition)) conditionsOn.set(name, [...(conditionsOn.get(name) ?? []), place])
    }
    rulesOn[place]!.push(rule)
  }
}

/**
 * One fact of one enterprise becomes another; undefined: it is missing now. Gives the rules whose answer by Kleene's logic has
 * changed; what is judged by cases is judged when it is asked for. A value of another type, or a word that no enterprise had, makes
 * a new column, and everything is matched again.
 */
export function changeFact(rematcher: Rematcher, row: number, name: string, value: unknown): readonly number[] {
  const { matcher, conditionsOn, rulesOn, answers, seen, turned, before } = rematcher
  const column = matcher.table.columns.get(name)
  if (column === undefined || !fits(column, value)) return widen(rematcher, row, name, value)
  const places = conditionsOn.get(name) ?? []
  for (const place of places) before[place] = degreeOf(answers[place]!(row))
  setCell(column, row, value)
  write(matcher, name, row)
  const change = ++rematcher.changes
  const touched: number[] = []
  for (const place of places) {
    const condition = matcher.program.conditions[place]!
    if (condition.kind !== 'rows' && condition.column !== name) write(matcher, condition.column, row, condition)
    const after = answers[place]!(row)
    if (degreeOf(after) === before[place]) continue
    turned[place] = change
    const judged = matcher.judged.get(place)
    if (judged) writeAnswer(judged, row, after)
    for (const rule of rulesOn[place]!) {
      if (seen[rule] === change) continue
      seen[rule] = change
      touched.push(rule)
    }
  }
  // What a rule was is reckoned with what it is: to read it would be a page of memory for each.
  const changed = touched.filter((rule) => {
    const both = bothIn(rematcher, matcher.rules[rule]!.plan, row)
    if (both >> 2 === (both & 3)) return false
    writeKleene(matcher, rule, row, [false, undefined, true][both & 3])
    return true
  })
  return changed.toSorted((a, b) => a - b)
}

function degreeOf(answer: boolean | undefined): Degree {
  return answer === true ? 2 : answer === false ? 0 : 1
}

/** What the plan came to before the change, times four, and what it comes to now. */
function bothIn(rematcher: Rematcher, plan: Plan, row: number): number {
  if (plan.kind === 'condition') {
    const place = plan.condition
    const now = degreeOf(rematcher.answers[place]!(row))
    return ((rematcher.turned[place] === rematcher.changes ? rematcher.before[place]! : now) << 2) | now
  }
  const absorbing = plan.kind === 'and' ? 0 : 2
  let was = 2 - absorbing
  let is = was
  for (const one of plan.all) {
    const both = bothIn(rematcher, one, row)
    was = absorbing === 0 ? Math.min(was, both >> 2) : Math.max(was, both >> 2)
    is = absorbing === 0 ? Math.min(is, both & 3) : Math.max(is, both & 3)
    if (was === absorbing && is === absorbing) break
  }
  return (was << 2) | is
}

/** The cell as the machine has it: of a fact, or of what is reckoned from it. */
function write(
  { table, places, machine }: Matcher,
  name: string,
  row: number,
  of?: Exclude<Condition, { kind: 'rows' }>,
) {
  const place = places.columns.get(name)
  if (!place) return
  const column = table.columns.get(name)
  const value = of ? termOf(of.term, table, row) : cellOf(table, name, row)
  setBit(new Uint32Array(machine.memory, place.known), row, value !== undefined)
  if (value === undefined) return
  if (column === undefined || column.kind === 'number')
    new Float64Array(machine.memory, place.values)[row] = value as number
  else if (column.kind === 'whole') new Int32Array(machine.memory, place.values)[row] = value as number
  else if (column.kind === 'code') new Uint8Array(machine.memory, place.values)[row] = column.values[row]!
}

/** Everything anew, with these columns and rules. */
function anew(rematcher: Rematcher, table: Table, expressions: readonly Expression[]): Matcher {
  const next = matcherOf(table, expressions, rematcher.matcher.form === 'plain' ? 'plain' : undefined)
  match(next)
  Object.assign(rematcher, rematcherOf(next))
  return next
}

function widen(rematcher: Rematcher, row: number, name: string, value: unknown): readonly number[] {
  const { matcher } = rematcher
  const { rows, columns } = matcher.table
  const cells = Array.from({ length: rows }, (_, at) => (at === row ? value : cellOf(matcher.table, name, at)))
  const table: Table = { rows, columns: new Map([...columns, [name, columnOf(cells)]]) }
  const next = anew(
    rematcher,
    table,
    matcher.rules.map(({ expression }) => expression),
  )
  return [...next.rules.keys()].filter((rule) => kleeneIn(next, rule, row) !== kleeneIn(matcher, rule, row))
}

/** Another rule in the place of one: it alone is matched, with all enterprises; all, when the machine has no room left for it. */
export function changeRule(rematcher: Rematcher, rule: number, by: Expression): void {
  const { matcher, rulesOn } = rematcher
  for (const place of conditionsOf(matcher.rules[rule]!.plan))
    rulesOn[place] = rulesOn[place]!.filter((one) => one !== rule)
  if (replaceRule(matcher, rule, by)) return index(rematcher, rule)
  anew(rematcher, matcher.table, matcher.rules.map(({ expression }) => expression).with(rule, by))
}
