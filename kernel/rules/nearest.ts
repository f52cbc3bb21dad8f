// What would change a verdict: the cheapest change of facts after which a rule holds, and the fact that is best asked for next.
import { partsOf, type Expression, type Known, type Node } from './expression.ts'
import type { Facts } from './feel.ts'
import { judge, type Judgement } from './judge.ts'
import { openOf } from './unit.ts'
import { valueOf, type Scope } from './value.ts'

/** What it costs to change a fact, each by itself; a fact of which nothing is declared stays as it is. */
export type Cost =
  /** A number goes up and down in steps; for each unit it costs so much, and a direction without a cost is closed. */
  | { readonly step: number; readonly up?: number; readonly down?: number }
  /** A word or true or false becomes one of these, at this cost. */
  | { readonly to: readonly (readonly [value: string | boolean, cost: number])[] }

export type Nearest =
  /** `proven`: nothing is cheaper; otherwise the best that was found when there was too much to look at. */
  | { readonly cost: number; readonly changes: Facts; readonly proven: boolean }
  /** No change of what may change makes it hold; unless `proven`, none was found. */
  | { readonly cost: undefined; readonly proven: boolean }

/** Choices that are looked at. */
const MOST = 20_000
/** Values of facts that stand with others in one condition: each is tried, and the others are fitted to it. */
const TRIED = 10_000

type Option = { readonly value: Known; readonly cost: number }

/**
 * The cheapest change after which the rule holds for certain, whatever the missing facts are. Where several facts that may change stand
 * in one condition, or one twice, all but one of them are tried value by value, the cheapest first, for as long as they cost less than
 * the best: what is found is exact, however they are reckoned with. Missing facts are not changed: they are asked for.
 */
export function nearest(expression: Expression, facts: Facts, costs: Readonly<Record<string, Cost>>): Nearest {
  const movable = expression.names.filter((name) => Object.hasOwn(costs, name) && (facts[name] ?? null) !== null)
  if (isHopeless(expression, facts, movable)) return { cost: undefined, proven: true }
  // Ever further: of a fact that may change without end, only so many values are tried before those of the others.
  const task: Task = { expression, costs, tried: 0, isCut: false }
  for (let limit = FIRST * cheapestStep(movable, costs); ; limit *= 4) {
    task.isCut = false
    const found = nearestAmong(task, facts, movable, limit)
    if (found.cost !== undefined || !task.isCut || task.tried >= TRIED) return found
  }
}

/** How many of the cheapest steps are gone at first. */
const FIRST = 16

function cheapestStep(names: readonly string[], costs: Readonly<Record<string, Cost>>): number {
  const prices = names.flatMap((name) => {
    const cost = costs[name]!
    return 'to' in cost
      ? cost.to.map(([, price]) => price)
      : [cost.up, cost.down].flatMap((price) => (price === undefined ? [] : [price * cost.step]))
  })
  const positive = prices.filter((price) => price > 0)
  return positive.length === 0 ? 1 : Math.min(...positive)
}

/** Whatever they become, it does not hold. */
function isHopeless(expression: Expression, facts: Facts, movable: readonly string[]): boolean {
  const freed = { ...facts, ...Object.fromEntries(movable.map((name) => [name, null])) }
  return judge(expression, freed).verdict === 'false'
}

function couldHold(expression: Expression, facts: Facts, movable: readonly string[]) {
  const freed = { ...facts, ...Object.fromEntries(movable.map((name) => [name, null])) }
  return valueOf(expression.root, scopeOf(expression.text, freed))
}

type Task = {
  readonly expression: Expression
  readonly costs: Readonly<Record<string, Cost>>
  /** Values so far, of all facts that were tried. */
  tried: number
  /** Whether something was left aside because it costs more than the limit. */
  isCut: boolean
}

/** Of what costs less than the limit. */
function nearestAmong(task: Task, facts: Facts, movable: readonly string[], limit: number): Nearest {
  const { expression, costs } = task
  const leaves = leavesOf(expression.root)
  const options: { readonly name: string; readonly options: readonly Option[] }[] = []
  for (const name of movable) {
    const scope = scopeOf(expression.text, { ...facts, [name]: null })
    const found = optionsOf(name, facts[name] as Known, costs[name]!, leaves, scope, movable)
    if ('coupled' in found) return trying(task, facts, movable, limit, coarsest(found.coupled, costs))
    options.push({ name, options: found })
  }
  return search(task, facts, options, limit)
}

/** That of which the fewest values lie within a cost. */
function coarsest(names: readonly string[], costs: Readonly<Record<string, Cost>>): string {
  const stepCost = (name: string) => {
    const cost = costs[name]!
    if ('to' in cost) return Number.POSITIVE_INFINITY
    return cost.step * Math.min(cost.up ?? Number.POSITIVE_INFINITY, cost.down ?? Number.POSITIVE_INFINITY)
  }
  return names.reduce((best, name) => (stepCost(name) > stepCost(best) ? name : best))
}

function trying(task: Task, facts: Facts, movable: readonly string[], limit: number, name: string): Nearest {
  const others = movable.filter((other) => other !== name)
  let best: Extract<Nearest, { readonly changes: Facts }> | undefined
  let proven = true
  for (const { value, cost } of byTurns(facts[name] as Known, task.costs[name]!)) {
    const below = Math.min(limit, best?.cost ?? limit)
    if (cost >= below) {
      if (best === undefined) task.isCut = true
      break
    }
    if (task.tried++ >= TRIED) {
      proven = false
      break
    }
    const tried = { ...facts, [name]: value }
    // Values without end are tried of none of the others where none of them can help.
    if (others.length > 0 && couldHold(task.expression, tried, others) === false) continue
    const found = nearestAmong(task, tried, others, below - cost)
    proven &&= found.proven
    if (found.cost === undefined) continue
    const changes = cost === 0 ? found.changes : { [name]: value, ...found.changes }
    best = { cost: cost + found.cost, changes, proven }
  }
  return best ? { ...best, proven } : { cost: undefined, proven }
}

/** To stay first, then all values that it may take, each at least as dear as the one before. */
function* byTurns(from: Known, cost: Cost): Generator<Option> {
  yield { value: from, cost: 0 }
  if ('to' in cost) {
    yield* cost.to.map(([value, price]) => ({ value, cost: price })).toSorted(byCost)
    return
  }
  if (typeof from !== 'number') return
  const { step, up, down } = cost
  const sides = [
    ...(up === undefined ? [] : [{ price: up, at: Math.floor(from / step) + 1, turn: 1 }]),
    ...(down === undefined ? [] : [{ price: down, at: Math.ceil(from / step) - 1, turn: -1 }]),
  ]
  const optionOf = ({ price, at }: (typeof sides)[0]): Option => ({
    value: at * step + 0,
    cost: Math.abs(at * step - from) * price,
  })
  while (sides.length > 0) {
    const side = sides.reduce((a, b) => (optionOf(b).cost < optionOf(a).cost ? b : a))
    yield optionOf(side)
    side.at += side.turn
  }
}

function scopeOf(text: string, facts: Facts): Scope {
  return { text, read: (name) => (Object.hasOwn(facts, name) ? facts[name] : undefined), facts: () => facts }
}

function leavesOf(node: Node): readonly Node[] {
  return ['and', 'or', 'not', 'if'].includes(node.kind) ? partsOf(node).flatMap(leavesOf) : [node]
}

/** These stand in one condition, or one twice: how far one has to go hangs on the others. */
type Coupled = { readonly coupled: readonly string[] }

/** The values that can make a difference, each the cheapest of those that make the same; the first is to stay. */
function optionsOf(
  name: string,
  from: Known,
  cost: Cost,
  leaves: readonly Node[],
  scope: Scope,
  movable: readonly string[],
): readonly Option[] | Coupled {
  const stay: Option = { value: from, cost: 0 }
  const starts: number[] = []
  for (const leaf of leaves) {
    const { facts, key, cases } = openOf(leaf, scope)
    if (!facts.includes(name) || valueOf(leaf, scope) !== undefined) continue
    const others = namesIn(leaf).filter((other) => other !== name && movable.includes(other))
    if (others.length > 0) return { coupled: [name, ...new Set(others)] }
    // With another fact missing the condition stays open; with none its thresholds must be known.
    if (facts.length > 1) continue
    if (cases === undefined || key !== name) return { coupled: [name] }
    starts.push(...cases.filter((value) => typeof value === 'number'))
  }
  if ('to' in cost) {
    const others = cost.to.filter(([value]) => value !== from).map(([value, price]) => ({ value, cost: price }))
    return [stay, ...others].toSorted(byCost)
  }
  if (typeof from !== 'number') return [stay]
  const moved = stretchesFrom(starts).map((stretch) => stepInto(stretch, from, cost))
  return [stay, ...moved.filter((option) => option !== undefined)].toSorted(byCost)
}

function byCost(one: Option, other: Option): number {
  return one.cost - other.cost
}

function namesIn(node: Node): readonly string[] {
  return node.kind === 'fact' ? [node.name] : node.kind === 'refer' ? node.names : partsOf(node).flatMap(namesIn)
}

/** From each start up to the next, which does not belong to it. */
function stretchesFrom(starts: readonly number[]): readonly (readonly [from: number, before: number])[] {
  const sorted = [...new Set(starts)].toSorted((a, b) => a - b)
  return sorted.map((start, at) => [start, sorted[at + 1] ?? Number.POSITIVE_INFINITY])
}

/** The nearest step within the stretch in a direction that is open; nothing where there is none. */
function stepInto(
  [least, before]: readonly [number, number],
  from: number,
  { step, up, down }: Extract<Cost, { readonly step: number }>,
): Option | undefined {
  if (from >= least && from < before) return undefined
  if (from < least) {
    const value = stepped(Math.ceil(least / step), step, (one) => one >= least)
    return up === undefined || value >= before ? undefined : { value, cost: (value - from) * up }
  }
  const value = -stepped(Math.ceil(-before / step), step, (one) => -one < before)
  return down === undefined || value < least ? undefined : { value, cost: (from - value) * down }
}

/** Dividing rounds: the count of steps may be one off either way. */
function stepped(count: number, step: number, holds: (value: number) => boolean): number {
  const first = [count - 1, count, count + 1].find((one) => holds(one * step))
  return (first ?? count + 1) * step + 0
}

/** Depth first, the cheapest choice first: what costs as much as the best is left, and so is what cannot hold any more. */
function search(
  task: Task,
  facts: Facts,
  options: readonly { readonly name: string; readonly options: readonly Option[] }[],
  limit: number,
): Nearest {
  const { expression } = task
  let best: { readonly cost: number; readonly changes: Facts } | undefined
  let looked = 0
  const open = new Set(options.map(({ name }) => name))
  const now: Record<string, unknown> = { ...facts }

  const look = (at: number, cost: number): void => {
    if (best === undefined && cost >= limit) task.isCut = true
    if (cost >= (best?.cost ?? limit) || looked++ >= MOST) return
    const scope = scopeOf(expression.text, now)
    const couldBe = valueOf(expression.root, {
      ...scope,
      read: (name) => (open.has(name) ? undefined : scope.read(name)),
    })
    if (couldBe === false || couldBe === null) return
    if (at === options.length) {
      if (couldBe !== true && judge(expression, now).verdict !== 'true') return
      const changes = options.filter(({ name }) => now[name] !== facts[name]).map(({ name }) => [name, now[name]])
      best = { cost, changes: Object.fromEntries(changes) as Facts }
      return
    }
    const { name, options: choices } = options[at]!
    open.delete(name)
    for (const choice of choices) {
      now[name] = choice.value
      look(at + 1, cost + choice.cost)
    }
    now[name] = facts[name]
    open.add(name)
  }
  look(0, 0)
  const proven = looked <= MOST
  return best ? { ...best, proven } : { cost: undefined, proven }
}

/** A fact that is worth asking for. */
export type Question = {
  readonly fact: string
  /** What the rules are worth that it decides by itself, whatever the answer. */
  readonly decides: number
  /** What the rules are worth that it can change at all. */
  readonly touches: number
}

/** The facts that are missing for rules still open, the best first: those that decide most, then those that touch most. */
export function questions(
  rules: readonly { readonly judgement: Pick<Judgement, 'missing'>; readonly worth?: number }[],
): readonly Question[] {
  const found = new Map<string, { decides: number; touches: number }>()
  for (const { judgement, worth = 1 } of rules)
    for (const fact of judgement.missing) {
      const known = found.get(fact) ?? { decides: 0, touches: 0 }
      found.set(fact, {
        decides: known.decides + (judgement.missing.length === 1 ? worth : 0),
        touches: known.touches + worth,
      })
    }
  return [...found]
    .map(([fact, sums]) => ({ fact, ...sums }))
    .toSorted((a, b) => b.decides - a.decides || b.touches - a.touches || (a.fact < b.fact ? -1 : 1))
}
