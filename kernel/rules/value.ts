// What an expression means for one enterprise, exactly as feelin would say it, with one value more: what nobody knows.
import { dayOf, isCivilDate } from '../clock/date.ts'
import { namesOf, type Known, type Node, type Order, type Test } from './expression.ts'
import { askReference, type Facts } from './feel.ts'

/** Undefined: not known, since a fact is missing. Null is FEEL's own: known to have no value, as 1 / 0. */
export type Value = Known | undefined

/** An enterprise whose facts are asked for. */
export type Scope = {
  /** The text of the expression, of which clauses are left to the reference. */
  readonly text: string
  /** What is known by this name, as it was given. */
  read(name: string): unknown
  /** All that is known, for the reference. */
  facts(): Facts
  /** Is told what the reference said; undefined when it, too, lacks a fact. */
  onReference?(said: Value): void
  /** Whether a fact counts whole things: then nothing lies between 19 and 20. */
  isWhole?(name: string): boolean
}

/** Types that meet where only the reference knows what comes of it. */
const ELSEWHERE: unique symbol = Symbol('elsewhere')
/** A day is a count of days, of a type of its own. */
type Plain = Value | bigint
type Found = Plain | typeof ELSEWHERE

/** The value of a node; of a clause that is not ours, the value that the reference gives it. */
export function valueOf(node: Node, scope: Scope): Value {
  switch (node.kind) {
    case 'and':
      return joined(node.all, false, scope)
    case 'or':
      return joined(node.all, true, scope)
    case 'not':
      return not(valueOf(node.of, scope))
    case 'if':
      return chosen(valueOf(node.test, scope), valueOf(node.yes, scope), valueOf(node.no, scope))
    default: {
      const found = find(node, scope)
      return found === ELSEWHERE || typeof found === 'bigint' ? referred(node, scope) : found
    }
  }
}

/** Of `or` (absorbing true) and `and` (absorbing false). Every link is looked at, as the reference does. */
function joined(all: readonly Node[], absorbing: boolean, scope: Scope): Value {
  return all.map((one) => valueOf(one, scope)).reduce((a, b) => join(a, b, absorbing), !absorbing)
}

/** Kleene's, and of what is known to be neither true nor false null. */
export function join(a: Value, b: Value, absorbing: boolean): Value {
  if (a === absorbing || b === absorbing) return absorbing
  if (a === undefined || b === undefined) return undefined
  return a === !absorbing && b === !absorbing ? !absorbing : null
}

export function not(value: Value): Value {
  return value === undefined ? undefined : typeof value === 'boolean' ? !value : null
}

/** Whatever is neither false nor null chooses the first. */
export function chosen(test: Value, yes: Value, no: Value): Value {
  if (test === undefined) return yes === no ? yes : undefined
  return test === false || test === null ? no : yes
}

function referred(node: Node, scope: Scope): Value {
  const said = referenceOf(node, scope)
  scope.onReference?.(said)
  return said
}

function referenceOf(node: Node, scope: Scope): Value {
  const facts = scope.facts()
  const asksNull = node.kind === 'refer' && node.null
  const isMissing = (name: string) => Object.hasOwn(facts, name) && (facts[name] ?? null) === null
  if (!asksNull && namesOf(node).some(isMissing)) return undefined
  const { value, sought } = askReference(scope.text.slice(node.from, node.to), facts)
  if (!asksNull && sought.length > 0) return undefined
  // What is neither a number nor a text nor true nor false answers no test; a value is asked for as a whole.
  return isKnown(value) ? value : null
}

function isKnown(value: unknown): value is Known {
  return value === null || typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number'
}

function find(node: Node, scope: Scope): Found {
  switch (node.kind) {
    case 'value':
      return node.value
    case 'fact': {
      const given = scope.read(node.name) ?? undefined
      if (given === undefined) return undefined
      return isKnown(given) && !Number.isNaN(given) ? given : ELSEWHERE
    }
    case 'date':
      return day(find(node.of, scope))
    case 'arithmetic':
      return reckon(node.op, find(node.left, scope), find(node.right, scope))
    case 'compare':
      return compare(node.op, find(node.left, scope), find(node.right, scope))
    case 'between':
      return between(find(node.value, scope), find(node.low, scope), find(node.high, scope))
    case 'in': {
      const value = find(node.value, scope)
      if (value === ELSEWHERE) return ELSEWHERE
      return anyOf(node.tests.map((test) => passes(test, value, node.alone, scope)))
    }
    default:
      return ELSEWHERE
  }
}

/** What is no day as it is written everywhere may still be one to the reference. */
function day(text: Found): Found {
  if (text === undefined || text === null) return text
  return typeof text === 'string' && isCivilDate(text) ? BigInt(dayOf(text)) : ELSEWHERE
}

/** Double precision, as the reference reckons; null for what is no number, and for a division by nought. */
export function reckon(op: '+' | '-' | '*' | '/', left: Found, right: Found): Value | typeof ELSEWHERE {
  if (left === ELSEWHERE || right === ELSEWHERE) return ELSEWHERE
  if (left === null || right === null || typeof left === 'boolean' || typeof right === 'boolean') return null
  if (op === '/' && right === 0) return null
  if (left === undefined || right === undefined) return undefined
  if (typeof left === 'bigint' || typeof right === 'bigint') return ELSEWHERE
  if (typeof left === 'string' && typeof right === 'string') return op === '+' ? left + right : null
  if (typeof left === 'string' || typeof right === 'string') return null
  switch (op) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right ? left / right : null
  }
}

function compare(op: Order | '=' | '!=', left: Found, right: Found): Found {
  if (left === ELSEWHERE || right === ELSEWHERE) return ELSEWHERE
  if (op !== '=' && op !== '!=') return order(op, left, right)
  const same = equal(left, right)
  return op === '=' ? same : not(same)
}

function equal(left: Plain, right: Plain): Value {
  if (left === undefined || right === undefined) return undefined
  if (left === null || right === null) return left === right
  return typeof left === typeof right ? left === right : null
}

function order(op: Order, left: Plain, right: Plain): Found {
  if (left === null || right === null) return null
  if (left === undefined || right === undefined) return undefined
  if (!isOrdered(left, right)) return ELSEWHERE
  // Of what is no number neither comes before the other: it is taken for equal.
  switch (op) {
    case '<':
      return left < right
    case '<=':
      return !(left > right)
    case '>':
      return left > right
    case '>=':
      return !(left < right)
  }
}

function isOrdered(left: Known | bigint, right: Known | bigint): boolean {
  return typeof left === typeof right && ['number', 'string', 'bigint'].includes(typeof left)
}

function between(value: Found, low: Found, high: Found): Found {
  if (low === null || high === null) return null
  return within(value, low, high, true, true)
}

function within(value: Found, low: Found, high: Found, lowIn: boolean, highIn: boolean): Found {
  if (value === ELSEWHERE || low === ELSEWHERE || high === ELSEWHERE) return ELSEWHERE
  if (low === null || high === null) return ELSEWHERE
  if (low !== undefined && high !== undefined) {
    if (!isOrdered(low, high)) return ELSEWHERE
    // A range that runs downwards is read upwards.
    if (low > high) return within(value, high, low, highIn, lowIn)
  }
  if (value === null) return null
  if (value === undefined || low === undefined || high === undefined) return undefined
  const above = order(lowIn ? '>=' : '>', value, low)
  const below = order(highIn ? '<=' : '<', value, high)
  if (above === ELSEWHERE || below === ELSEWHERE) return ELSEWHERE
  return above && below
}

function passes(test: Test, value: Plain, alone: boolean, scope: Scope): Found {
  if (test.kind === 'range')
    return within(value, find(test.low, scope), find(test.high, scope), test.lowIn, test.highIn)
  const of = find(test.of, scope)
  if (test.kind === 'sign') return compare(test.op, value, of)
  if (of === ELSEWHERE) return ELSEWHERE
  if (of === null && alone) return null
  const same = equal(value, of)
  return same === null ? false : same
}

function anyOf(found: readonly Found[]): Found {
  if (found.includes(ELSEWHERE)) return ELSEWHERE
  if (found.includes(true)) return true
  if (found.includes(undefined)) return undefined
  return found.includes(null) ? null : false
}
