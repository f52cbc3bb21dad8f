// What is missing in an expression, in pieces that vary by themselves, each with the few cases that can make a difference.
import { divided, number, stepped, stretches, type Term } from './breaks.ts'
import { MIRRORED, namesOf, partsOf, type Known, type Node } from './expression.ts'
import { reckon, valueOf, type Scope } from './value.ts'

/** 0 false, 1 null or no test at all, 2 true. */
export type Outcome = 0 | 1 | 2

/** A clause of which the answer is open. */
export type Leaf = {
  readonly node: Node
  readonly unit: Unit
  /** What it comes to in each case of its unit. */
  outcomes: readonly Outcome[]
}

/** A missing fact; or a whole term of missing facts that is only ever compared as such. */
export type Unit = {
  readonly facts: readonly string[]
  /** How many cases can be told apart. */
  cases: number
  /** Of a fact that stands for itself: a value of it in each case. */
  values?: readonly Known[]
  /** Where its stretches of numbers begin, in their order. */
  starts?: readonly number[]
  readonly leaves: Leaf[]
}

type Open = { readonly node: Node; readonly key: string; readonly facts: readonly string[]; readonly cases: Cases }
/** Values of which one lies in each case; undefined where the clause itself may come to anything. */
type Cases = readonly Known[] | undefined

/** The clauses whose answer is open, by node. Pieces that share a fact count as independent: that can only add cases. */
export function unitsOf(nodes: readonly Node[], scope: Scope): ReadonlyMap<Node, Leaf> {
  const open = nodes.map((node) => openOf(node, scope))
  const mixed = keysOfMixedTypes(open)
  const units = new Map<string, { unit: Unit; values: Known[] }>()
  const leaves = new Map<Node, { leaf: Leaf; node: Node; key: string }>()
  for (const [at, { node, key, facts, cases }] of open.entries()) {
    const free = cases === undefined || mixed.has(key)
    const name = free ? `free ${keyOf(nodes[at]!)}` : key
    const known = units.get(name) ?? { unit: { facts, cases: 3, leaves: [] }, values: [] }
    units.set(name, known)
    if (!free) known.values.push(...cases)
    const leaf: Leaf = { node: nodes[at]!, unit: known.unit, outcomes: [0, 1, 2] }
    known.unit.leaves.push(leaf)
    leaves.set(nodes[at]!, { leaf, node, key: name })
  }
  for (const [name, { unit, values }] of units) {
    if (name.startsWith('free ')) continue
    const isFact = unit.facts.length === 1 && unit.facts[0] === name
    const apart = [...new Set(values.length === 0 ? [0] : values)]
    const all = isFact && scope.isWhole?.(name) === true ? wholeOf(apart) : apart
    const told = new Map<string, { readonly outcomes: readonly Outcome[]; readonly value: Known }>()
    const here = [...leaves.values()].filter(({ key }) => key === name)
    for (const value of all) {
      const supposed: Scope = { ...scope, read: (fact) => (fact === name ? value : scope.read(fact)) }
      const outcomes = here.map(({ node }) => outcomeOf(valueOf(node, supposed)))
      const code = outcomes.join('')
      if (!told.has(code)) told.set(code, { outcomes, value })
    }
    unit.cases = told.size
    if (isFact) unit.values = [...told.values()].map(({ value }) => value)
    if (isFact) unit.starts = all.filter((value) => typeof value === 'number').toSorted((a, b) => a - b)
    for (const [at, { leaf }] of here.entries()) leaf.outcomes = [...told.values()].map(({ outcomes }) => outcomes[at]!)
  }
  return new Map([...leaves].map(([node, { leaf }]) => [node, leaf]))
}

/** Of stretches that begin at these the least whole number in each; those without one fall away. */
function wholeOf(values: readonly Known[]): readonly Known[] {
  const starts = values.filter((value) => typeof value === 'number').toSorted((a, b) => a - b)
  const whole = starts.map((start) => Math.ceil(start) + 0)
  const kept = whole.filter((value, at) => value < (starts[at + 1] ?? Number.POSITIVE_INFINITY))
  return [...values.filter((value) => typeof value !== 'number'), ...kept]
}

export function outcomeOf(value: unknown): Outcome {
  return value === true ? 2 : value === false ? 0 : 1
}

/** Facts that are compared with numbers here and with words there. */
function keysOfMixedTypes(open: readonly Open[]): ReadonlySet<string> {
  const types = new Map<string, Set<string>>()
  for (const { key, cases } of open)
    for (const value of cases ?? []) if (value !== null) types.set(key, (types.get(key) ?? new Set()).add(typeof value))
  return new Set([...types].filter(([, found]) => found.size > 1).map(([key]) => key))
}

/** What was found of a clause by what is known of its facts: where a threshold lies takes long to find, and is asked again and again. */
const found = new WeakMap<Node, Map<string, Open>>()
const MOST = 256

export function openOf(node: Node, scope: Scope): Open {
  const key = keyIn(node, scope)
  if (key === undefined) return opened(node, scope)
  let all = found.get(node)
  const known = all?.get(key)
  if (known !== undefined) return known
  if (all === undefined || all.size >= MOST) found.set(node, (all = new Map()))
  const open = opened(node, scope)
  all.set(key, open)
  return open
}

/** All that its answer hangs on; undefined where a value is none that a text could stand for. */
function keyIn(node: Node, scope: Scope): string | undefined {
  let key = ''
  for (const name of namesOf(node)) {
    const value = scope.read(name)
    if (value === undefined || value === null) key += '?\0'
    else if (typeof value === 'number') key += `${Object.is(value, -0) ? '-0' : value}\0`
    else if (typeof value === 'string' || typeof value === 'boolean') key += `${typeof value} ${value}\0`
    else return undefined
  }
  return key
}

function opened(node: Node, scope: Scope): Open {
  const isMissing = (name: string) => (scope.read(name) ?? null) === null
  const facts = namesOf(node).filter(isMissing)
  const free: Open = { node, key: '', facts, cases: undefined }
  if (node.kind === 'fact') return { node, key: node.name, facts, cases: [false, true] }
  const terms = termsOf(node)
  const open = terms.filter((term) => occurrences(term, isMissing) > 0)
  if (open.length === 1) {
    const [term] = open as [Node]
    const once = occurrences(term, isMissing) === 1
    const key = once ? facts[0]! : `term ${keyOf(term)}`
    const as: Node = once ? term : { from: term.from, to: term.to, kind: 'fact', name: key }
    const others = terms.filter((one) => one !== term).map((one) => valueOf(one, scope))
    const cases = casesOf(as, others.filter((one) => one !== undefined) as Known[], scope, key)
    const gap: Known[] = !once && mayLackValue(term, isMissing) ? [null] : []
    return { node: once ? node : replaced(node, term, as), key, facts, cases: cases && [...cases, ...gap] }
  }
  if (open.length === 2 && node.kind === 'compare') {
    // Which of two unknown terms is greater: below nought, nought, above it.
    const [one, other] = [keyOf(node.left), keyOf(node.right)]
    const op = one <= other ? node.op : MIRRORED[node.op]
    const key = `pair ${[one, other].toSorted().join(' ')}`
    const gap: Known[] = open.some((term) => mayLackValue(term, isMissing)) ? [null] : []
    const left: Node = { from: node.from, to: node.to, kind: 'fact', name: key }
    const right: Node = { from: node.to, to: node.to, kind: 'value', value: 0 }
    // Two without a value are equal, one without is not: which, no sign tells.
    if (gap.length > 0 && (node.op === '=' || node.op === '!=')) return free
    return { node: { ...node, op, left, right }, key, facts, cases: one === other ? [0, ...gap] : [-1, 0, 1, ...gap] }
  }
  return free
}

/** What a comparison compares; nothing where it compares the answers of other comparisons. */
function termsOf(node: Node): readonly Node[] {
  if (node.kind !== 'compare' && node.kind !== 'between' && node.kind !== 'in') return []
  const parts = partsOf(node)
  return parts.every(({ kind }) => kind === 'value' || kind === 'fact' || kind === 'arithmetic') ? parts : []
}

function occurrences(term: Node, isMissing: (name: string) => boolean): number {
  if (term.kind === 'fact') return isMissing(term.name) ? 1 : 0
  return partsOf(term).reduce((sum, part) => sum + occurrences(part, isMissing), 0)
}

/** Whether it divides by what is missing. */
function mayLackValue(term: Node, isMissing: (name: string) => boolean): boolean {
  if (term.kind !== 'arithmetic') return false
  if (term.op === '/' && occurrences(term.right, isMissing) > 0) return true
  return partsOf(term).some((part) => mayLackValue(part, isMissing))
}

function replaced(node: Node, term: Node, by: Node): Node {
  const swap = (one: Node) => (one === term ? by : one)
  switch (node.kind) {
    case 'compare':
      return { ...node, left: swap(node.left), right: swap(node.right) }
    case 'between':
      return { ...node, value: swap(node.value), low: swap(node.low), high: swap(node.high) }
    case 'in':
      return {
        ...node,
        value: swap(node.value),
        tests: node.tests.map((test) =>
          test.kind === 'range'
            ? { ...test, low: swap(test.low), high: swap(test.high) }
            : { ...test, of: swap(test.of) },
        ),
      }
    default:
      return node
  }
}

/** Values of the fact, one in each case in which the term stands differently to what it is compared with. */
function casesOf(term: Node, others: readonly Known[], scope: Scope, fact: string): Cases {
  const curve = curveOf(term, scope, fact)
  if (curve === undefined) return undefined
  const cases: Known[] = []
  for (const other of others) {
    if (typeof other === 'number') {
      if (!Number.isFinite(other)) return undefined
      cases.push(...stretches(curve, other))
    } else if (term.kind !== 'fact') {
      // Reckoned from a number it is a number; whatever it is, it is not this.
      cases.push(...stretches(curve, 0))
    } else if (typeof other === 'string') cases.push('', other, `${other}\u0000`)
    else if (typeof other === 'boolean') cases.push(false, true)
  }
  return cases
}

/** How the term follows the fact, which occurs in it once; nothing where a step of it is not reckoning with numbers. */
function curveOf(term: Node, scope: Scope, fact: string): Term | undefined {
  if (term.kind === 'fact') return term.name === fact ? number : undefined
  if (term.kind !== 'arithmetic') return undefined
  const { op, left, right } = term
  const onLeft = namesOf(left).includes(fact)
  const [inner, other] = [curveOf(onLeft ? left : right, scope, fact), valueOf(onLeft ? right : left, scope)]
  if (inner === undefined || typeof other !== 'number' || !Number.isFinite(other)) return undefined
  if (op === '/' && !onLeft) return divided(other, inner)
  return stepped(inner, (x) => reckon(op, onLeft ? x : other, onLeft ? other : x) as number)
}

/** The same for the same expression, however it is spaced. */
export function keyOf(node: Node): string {
  return JSON.stringify(node, (name, value: unknown) => (name === 'from' || name === 'to' ? undefined : value))
}
