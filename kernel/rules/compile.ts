// Rules as plans over conditions: each distinct condition once for all rules, in the form that a machine compares columns by.
import { nextAfter } from './breaks.ts'
import { cellOf, hasBit, isNumber, rowOf, type Column, type Table } from './column.ts'
import { MIRRORED, namesOf, partsOf, type Expression, type Node, type Order, type Test } from './expression.ts'
import { keyOf } from './unit.ts'
import { valueOf, type Scope } from './value.ts'

/** `flip` -1: the opposite is asked for. */
export type Condition =
  /** At least the bound. */
  | ({ readonly kind: 'whole' | 'number'; readonly bound: number } & OnColumn)
  /** A bit for each code. */
  | ({ readonly kind: 'code'; readonly set: Uint8Array } & OnColumn)
  /** Judged row by row, each by what the expression means. */
  | { readonly kind: 'rows'; readonly node: Node; readonly text: string; readonly flip: 0 | -1 }

/** A fact, or what is reckoned from facts that are numbers: that is a column of its own. */
type OnColumn = { readonly term: Node; readonly column: string; readonly flip: 0 | -1 }

export type Plan =
  | { readonly kind: 'condition'; readonly condition: number }
  | { readonly kind: 'and' | 'or'; readonly all: readonly Plan[] }

export type Program = {
  readonly conditions: Condition[]
  readonly places: Map<string, number>
}

/** The plan of a rule; conditions that no rule before had are added to the program. */
export function planOf({ root, text }: Expression, program: Program, table: Table): Plan {
  const scope: Scope = { text, read: () => undefined, facts: () => ({}) }

  const placed = (key: string, condition: () => Condition): Plan => {
    let place = program.places.get(key)
    if (place === undefined) {
      place = program.conditions.push(condition()) - 1
      program.places.set(key, place)
    }
    return { kind: 'condition', condition: place }
  }
  const joined = (kind: 'and' | 'or', all: readonly Plan[]): Plan =>
    all.length === 1 ? all[0]! : { kind, all: all.flatMap((one) => (one.kind === kind ? one.all : [one])) }

  function plan(node: Node, denied: boolean): Plan {
    if (node.kind === 'not') return plan(node.of, !denied)
    if (node.kind === 'and' || node.kind === 'or') {
      const parts = node.all.map((one) => plan(one, denied))
      return joined((node.kind === 'and') === denied ? 'or' : 'and', parts)
    }
    return coded(node, denied) ?? compared(node, denied) ?? byRow(node, denied)
  }

  function byRow(node: Node, denied: boolean): Plan {
    return placed(`rows ${denied} ${keyOf(node)}`, () => ({ kind: 'rows', node, text, flip: denied ? -1 : 0 }))
  }

  /** Of a single fact that is a code: what each word would come to. */
  function coded(node: Node, denied: boolean): Plan | undefined {
    const [name, ...more] = namesOf(node)
    const column = name === undefined ? undefined : table.columns.get(name)
    if (name === undefined || more.length > 0 || column?.kind !== 'code' || hasReference(node)) return undefined
    if (valueOf(node, scope) !== undefined) return undefined
    const set = new Uint8Array(32)
    for (const [code, word] of column.words.entries()) {
      const value = valueOf(node, { ...scope, read: () => word, facts: () => ({ [name]: word }) })
      if (typeof value !== 'boolean') return undefined
      if (value !== denied) set[code >> 3]! |= 1 << (code & 7)
    }
    const term: Node = { from: node.from, to: node.to, kind: 'fact', name }
    return placed(`code ${name} ${set.join()}`, () => ({ kind: 'code', term, column: name, set, flip: 0 }))
  }

  /** A number, or what is reckoned from numbers, against numbers that are written down. */
  function compared(node: Node, denied: boolean): Plan | undefined {
    switch (node.kind) {
      case 'compare': {
        const [left, right] = [constantOf(node.left), constantOf(node.right)]
        if (right !== undefined) return against(node.left, node.op, right, denied)
        return left === undefined ? undefined : against(node.right, MIRRORED[node.op], left, denied)
      }
      case 'between': {
        const [low, high] = [constantOf(node.low), constantOf(node.high)]
        return low === undefined || high === undefined
          ? undefined
          : within(node.value, [low, '>='], [high, '<='], denied)
      }
      case 'in':
        return either(
          node.tests.map((test) => tested(node.value, test, denied)),
          denied,
        )
      default:
        return undefined
    }
  }

  function tested(value: Node, test: Test, denied: boolean): Plan | undefined {
    if (test.kind === 'range') {
      const [low, high] = [constantOf(test.low), constantOf(test.high)]
      if (low === undefined || high === undefined) return undefined
      return within(value, [low, test.lowIn ? '>=' : '>'], [high, test.highIn ? '<=' : '<'], denied)
    }
    const bound = constantOf(test.of)
    return bound === undefined ? undefined : against(value, test.kind === 'sign' ? test.op : '=', bound, denied)
  }

  function either(plans: readonly (Plan | undefined)[], denied: boolean): Plan | undefined {
    if (plans.length === 0 || !plans.every((one) => one !== undefined)) return undefined
    return joined(denied ? 'and' : 'or', plans)
  }

  function within(term: Node, low: readonly [number, Order], high: readonly [number, Order], denied: boolean) {
    // A range that runs downwards is read upwards.
    const [from, to]: [typeof low, typeof low] =
      low[0] <= high[0]
        ? [low, high]
        : [
            [high[0], high[1] === '<=' ? '>=' : '>'],
            [low[0], low[1] === '>=' ? '<=' : '<'],
          ]
    const [above, below] = [against(term, from[1], from[0], denied), against(term, to[1], to[0], denied)]
    return above && below && joined(denied ? 'or' : 'and', [above, below])
  }

  /** Every comparison with a number is one with what is at least a bound, or the opposite: above it is at least the next number. */
  function against(term: Node, op: Order | '=' | '!=', bound: number, denied: boolean): Plan | undefined {
    const type = typeOf(term, table)
    if (type === undefined) return undefined
    // Where a term has no value, equality is false and order is null: a bit that is not known says only the latter.
    if ((op === '=' || op === '!=') && type.mayLack) return undefined
    const { kind } = type
    const column = term.kind === 'fact' ? term.name : `= ${keyOf(term)}`
    const atLeast = (least: number, not: boolean): Plan => {
      // Nothing whole is greater than the greatest: the opposite of what all are.
      const never = kind === 'whole' && least > GREATEST
      const from = kind === 'number' ? least : never ? LEAST : Math.max(least, LEAST)
      const flip = not === never ? 0 : -1
      return placed(`${column} ${from} ${flip}`, () => ({ kind, term, column, bound: from, flip }))
    }
    const least = kind === 'whole' ? Math.ceil(bound) + 0 : bound + 0
    const above = kind === 'whole' ? Math.floor(bound) + 1 : nextAfter(bound)
    switch (op) {
      case '>=':
        return atLeast(least, denied)
      case '>':
        return atLeast(above, denied)
      case '<':
        return atLeast(least, !denied)
      case '<=':
        return atLeast(above, !denied)
      default: {
        const not = (op === '!=') !== denied
        return joined(not ? 'or' : 'and', [atLeast(least, not), atLeast(above, !not)])
      }
    }
  }

  return plan(root, false)
}

const LEAST = -0x8000_0000
const GREATEST = 0x7fff_ffff

/** Steps of reckoning within which no number that a column holds becomes infinite. */
const STEPS = 3

function typeOf(
  term: Node,
  table: Table,
): { readonly kind: 'whole' | 'number'; readonly mayLack: boolean } | undefined {
  const names = namesOf(term)
  const kinds = names.map((name) => table.columns.get(name)?.kind)
  if (names.length === 0 || !kinds.every((kind) => kind === 'whole' || kind === 'number')) return undefined
  if (term.kind === 'fact') return { kind: kinds[0] as 'whole' | 'number', mayLack: false }
  return term.kind === 'arithmetic' && stepsOf(term) <= STEPS && isNumeric(term)
    ? { kind: 'number', mayLack: dividesByFacts(term) }
    : undefined
}

/** Whether all that is written in it are numbers as a column may hold them. */
function isNumeric(term: Node): boolean {
  return term.kind === 'value' ? isNumber(term.value) : partsOf(term).every(isNumeric)
}

function stepsOf(term: Node): number {
  return (term.kind === 'arithmetic' ? 1 : 0) + partsOf(term).reduce((sum, part) => sum + stepsOf(part), 0)
}

function dividesByFacts(term: Node): boolean {
  if (term.kind !== 'arithmetic') return false
  return (term.op === '/' && !constantOf(term.right)) || partsOf(term).some(dividesByFacts)
}

/** A number that is written down. */
function constantOf(node: Node): number | undefined {
  if (namesOf(node).length > 0 || hasReference(node)) return undefined
  const value = valueOf(node, { text: '', read: () => undefined, facts: () => ({}) })
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function hasReference(node: Node): boolean {
  return node.kind === 'refer' || partsOf(node).some(hasReference)
}

/** Whatever a term comes to in each row, as a column; unknown where it has no value. */
export function columnOfTerm(term: Node, table: Table): Extract<Column, { kind: 'number' }> {
  const values = new Float64Array(table.rows)
  const known = new Uint32Array(Math.ceil(table.rows / 32))
  for (let row = 0; row < table.rows; row++) {
    const value = termOf(term, table, row)
    if (value === undefined) continue
    values[row] = value
    known[row >> 5]! |= 1 << (row & 31)
  }
  return { kind: 'number', values, known }
}

/** What a term of numbers comes to in one row; nothing where a fact is missing or it has no value. */
export function termOf(term: Node, table: Table, row: number): number | undefined {
  const value = valueOf(term, { text: '', read: (name) => cellOf(table, name, row), facts: () => ({}) })
  return typeof value === 'number' ? value : undefined
}

/** Answers a condition row by row; undefined where it is open or has no value. */
export function answering(condition: Condition, table: Table): (row: number) => boolean | undefined {
  const denied = condition.flip === -1
  if (condition.kind === 'rows') {
    const { node, text } = condition
    return (row) => {
      const value = valueOf(node, { text, read: (name) => cellOf(table, name, row), facts: () => rowOf(table, row) })
      return typeof value === 'boolean' ? value !== denied : undefined
    }
  }
  const column = table.columns.get(condition.column)
  if (condition.kind === 'code') {
    if (column?.kind !== 'code') return () => undefined
    const { values, known } = column
    const { set } = condition
    return (row) => {
      if (!hasBit(known, row)) return undefined
      const code = values[row]!
      return (((set[code >> 3]! >> (code & 7)) & 1) === 1) !== denied
    }
  }
  const { bound, term } = condition
  if (column?.kind === 'whole' || column?.kind === 'number') {
    const { values, known } = column
    return (row) => (hasBit(known, row) ? values[row]! >= bound !== denied : undefined)
  }
  return (row) => {
    const value = termOf(term, table, row)
    return value === undefined ? undefined : value >= bound !== denied
  }
}

/** Whether no case analysis can decide what Kleene leaves open: every fact stands once, each in a test that it may pass or fail. */
export function isKleeneExact(root: Node): boolean {
  return repeatedIn(root)?.size === 0
}

/**
 * Where each test is of one fact, which may pass or fail it: the facts that stand more than once. As long as none of these is missing, no
 * case analysis can decide what Kleene leaves open. Undefined where a test is of another sort.
 */
export function repeatedIn(root: Node): ReadonlySet<string> | undefined {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  const isAmount = (node: Node) => node.kind === 'value' && isNumber(node.value)
  const isWord = (node: Node) =>
    node.kind === 'value' && (typeof node.value === 'string' || typeof node.value === 'boolean')
  const isFree = (node: Node): boolean => {
    switch (node.kind) {
      case 'fact':
        if (seen.has(node.name)) repeated.add(node.name)
        return Boolean(seen.add(node.name))
      case 'not':
        return isFree(node.of)
      case 'and':
      case 'or':
        return node.all.every(isFree)
      case 'compare': {
        const isEqual = node.op === '=' || node.op === '!='
        const isKnown = (one: Node) => isAmount(one) || (isEqual && isWord(one))
        const { left, right } = node
        return (
          (isKnown(right) && left.kind === 'fact' && isFree(left)) ||
          (isKnown(left) && right.kind === 'fact' && isFree(right))
        )
      }
      case 'between':
        return isAmount(node.low) && isAmount(node.high) && node.value.kind === 'fact' && isFree(node.value)
      case 'in':
        return (
          node.tests.length > 0 &&
          node.tests.every((test) => test.kind === 'equal' && (isAmount(test.of) || isWord(test.of))) &&
          node.value.kind === 'fact' &&
          isFree(node.value)
        )
      default:
        return false
    }
  }
  return isFree(root) ? repeated : undefined
}

/** The facts that a condition reads. */
export function namesIn(condition: Condition): readonly string[] {
  return namesOf(condition.kind === 'rows' ? condition.node : condition.term)
}
