// Whether an answer is open at all: what it can still come to, and which missing facts it hangs on.
import type { Node } from './expression.ts'
import { outcomeOf, unitsOf, type Leaf, type Outcome, type Unit } from './unit.ts'
import { chosen, join, not, valueOf, type Scope } from './value.ts'

export type Open = {
  /** What it comes to in one case or another; null as FEEL has it. */
  readonly answers: readonly (boolean | null)[]
  /** The missing facts by which one answer becomes another while the rest stays as it is. */
  readonly hangsOn: ReadonlySet<string>
  /** There were too many cases: clauses that share a fact were taken as if they did not, so that it may not be open after all. */
  readonly isCut: boolean
}

/** Cases that are gone through together; where there are more, clauses count as independent of each other. */
export const MOST = 20_000

const ANSWERS = [false, null, true] as const

/**
 * Goes through all cases of what is missing. Nothing that can happen is left out, so that a single answer is certain. Clauses left
 * to the reference, facts that stand twice in one term and terms that share a fact may add answers that cannot happen.
 */
export function casesOf(node: Node, scope: Scope): Open {
  const [shape] = shapesOf([node], scope)
  const { outcomes, changes, isCut } = solve(shape!)
  const facts = [...changes].filter(([, change]) => change.size > 0).flatMap(([{ facts }]) => facts)
  return { answers: [...outcomes].map((outcome) => ANSWERS[outcome]), hangsOn: new Set(facts), isCut }
}

/**
 * Whatever several nodes come to together, as one result; undefined where there are too many cases. A result of undefined: such a
 * case cannot be. `hangsOn`: the facts by which one result becomes another.
 */
export function resultsOf(
  shapes: readonly Shape[],
  of: (outcomes: readonly Outcome[]) => string | undefined,
): { readonly results: ReadonlySet<string>; readonly hangsOn: ReadonlySet<string> } | undefined {
  const units = [...new Set(shapes.flatMap((shape) => [...unitsIn(shape)]))]
  const codes = new Map<string, number>()
  const found = tabulated(units, (at) => {
    const result = of(shapes.map((shape) => outcomeIn(shape, at)))
    if (result === undefined) return NEVER
    if (!codes.has(result)) codes.set(result, codes.size)
    return codes.get(result)!
  })
  if (found === undefined) return undefined
  const hangsOn = new Set<string>()
  eachTurn(units, found, (unit, one, other) => {
    if (one !== NEVER && other !== NEVER) for (const fact of unit.facts) hangsOn.add(fact)
  })
  return { results: new Set(codes.keys()), hangsOn }
}

const NEVER = -1

/** How the open clauses hang together. */
export type Shape =
  | { readonly kind: 'known'; readonly outcome: Outcome }
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'and' | 'or' | 'not' | 'if'; readonly parts: readonly Shape[] }

/** Of nodes that are looked at together: a fact that stands in two of them is one. */
export function shapesOf(roots: readonly Node[], scope: Scope): readonly Shape[] {
  const open: Node[] = []
  const answers = new Map<Node, Outcome>()
  const look = (node: Node, chooses: boolean) => {
    const parts = shapeParts(node)
    for (const [at, part] of (parts ?? []).entries()) look(part, node.kind === 'if' && at === 0)
    if (parts) return
    const value = valueOf(node, scope)
    if (value === undefined) open.push(node)
    // Whatever is neither false nor null chooses the first branch.
    else answers.set(node, chooses && value !== null && value !== false ? 2 : outcomeOf(value))
  }
  for (const root of roots) look(root, false)
  const leaves = unitsOf(open, scope)
  const shape = (node: Node): Shape => {
    const parts = shapeParts(node)
    if (parts) return { kind: node.kind as 'and', parts: parts.map(shape) }
    const leaf = leaves.get(node)
    return leaf ? { kind: 'leaf', leaf } : { kind: 'known', outcome: answers.get(node)! }
  }
  return roots.map(shape)
}

function shapeParts(node: Node): readonly Node[] | undefined {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.all
    case 'not':
      return [node.of]
    case 'if':
      return [node.test, node.yes, node.no]
    default:
      return undefined
  }
}

/** `changes`: for each unit the pairs of outcomes, as `3 * one + other`, between which it alone can decide. */
type Solution = {
  readonly outcomes: ReadonlySet<Outcome>
  readonly changes: ReadonlyMap<Unit, ReadonlySet<number>>
  readonly isCut: boolean
}

function solve(shape: Shape): Solution {
  if (shape.kind === 'known') return { outcomes: new Set([shape.outcome]), changes: new Map(), isCut: false }
  if (shape.kind === 'leaf') {
    const { unit, outcomes } = shape.leaf
    return { outcomes: new Set(outcomes), changes: new Map([[unit, new Set(pairsOf(outcomes))]]), isCut: false }
  }
  const { kind, parts } = shape
  if (kind === 'not') return combined(parts.map(solve), ([one]) => outcomeOf(not(ANSWERS[one!])))
  const groups = grouped(parts)
  // Which branch is which counts for `if`: it is gone through whole.
  if (kind === 'if') {
    const apart = () => combined(parts.map(solve), ([test, yes, no]) => choose(test!, yes!, no!))
    return groups.length === 3 ? apart() : (together(shape) ?? loosened(apart()))
  }
  const linked = (solved: readonly Solution[]) =>
    solved.reduce((a, b) => combined([a, b], ([one, other]) => link(kind, one!, other!)))
  return linked(
    groups.map((group) => {
      if (group.length === 1) return solve(group[0]!)
      return together({ kind, parts: group }) ?? loosened(linked(group.map(solve)))
    }),
  )
}

/** Parts that do share something, taken as if they did not: any of it may change the outcome to any other. */
function loosened({ outcomes, changes }: Solution): Solution {
  const pairs = new Set(pairsOf([...outcomes]))
  return { outcomes, changes: new Map([...changes.keys()].map((unit) => [unit, pairs])), isCut: true }
}

function link(kind: 'and' | 'or', one: Outcome, other: Outcome): Outcome {
  return outcomeOf(join(ANSWERS[one], ANSWERS[other], kind === 'or'))
}

function choose(test: Outcome, yes: Outcome, no: Outcome): Outcome {
  return outcomeOf(chosen(ANSWERS[test], ANSWERS[yes], ANSWERS[no]))
}

/** The parts by what they share: those of two groups have no unit in common. */
function grouped(parts: readonly Shape[]): Shape[][] {
  let groups: { units: ReadonlySet<Unit>; parts: Shape[] }[] = []
  for (const part of parts) {
    const units = unitsIn(part)
    const [apart, touching] = [[] as typeof groups, [] as typeof groups]
    for (const group of groups) ([...units].some((unit) => group.units.has(unit)) ? touching : apart).push(group)
    const all = touching.flatMap((group) => [...group.units])
    groups = [
      ...apart,
      { units: new Set([...all, ...units]), parts: [...touching.flatMap((group) => group.parts), part] },
    ]
  }
  return groups.map((group) => group.parts)
}

export function unitsIn(shape: Shape): Set<Unit> {
  if (shape.kind === 'known') return new Set()
  if (shape.kind === 'leaf') return new Set([shape.leaf.unit])
  return new Set(shape.parts.flatMap((part) => [...unitsIn(part)]))
}

/** Parts that have nothing to do with each other: every outcome of one meets every outcome of the others. */
function combined(parts: readonly Solution[], of: (outcomes: readonly Outcome[]) => Outcome): Solution {
  const tuples = parts.reduce<Outcome[][]>(
    (all, { outcomes }) => all.flatMap((tuple) => [...outcomes].map((one) => [...tuple, one])),
    [[]],
  )
  const changes = new Map<Unit, Set<number>>()
  for (const [at, part] of parts.entries())
    for (const [unit, pairs] of part.changes) {
      const found = changes.get(unit) ?? new Set<number>()
      for (const tuple of tuples)
        for (const pair of pairs) {
          const one = of(tuple.with(at, Math.floor(pair / 3) as Outcome))
          const other = of(tuple.with(at, (pair % 3) as Outcome))
          if (one !== other) found.add(3 * one + other)
        }
      changes.set(unit, found)
    }
  return { outcomes: new Set(tuples.map(of)), changes, isCut: parts.some(({ isCut }) => isCut) }
}

/** Every case of every unit with every other; nothing where there are too many. */
function together(shape: Shape): Solution | undefined {
  const units = [...unitsIn(shape)]
  const found = tabulated(units, (at) => outcomeIn(shape, at))
  if (found === undefined) return undefined
  const changes = new Map(units.map((unit) => [unit, new Set<number>()]))
  eachTurn(units, found, (unit, a, b) =>
    changes
      .get(unit)!
      .add(3 * a + b)
      .add(3 * b + a),
  )
  return { outcomes: new Set(found) as Set<number> as Set<Outcome>, changes, isCut: false }
}

/** What each case comes to; the first unit turns first. */
function tabulated(units: readonly Unit[], of: (at: ReadonlyMap<Unit, number>) => number): Int32Array | undefined {
  const count = units.reduce((product, { cases }) => product * cases, 1)
  if (count > MOST) return undefined
  const found = new Int32Array(count)
  const steps = stepsOf(units)
  const at = new Map(units.map((unit) => [unit, 0]))
  for (let one = 0; one < count; one++) {
    for (const [place, unit] of units.entries()) at.set(unit, Math.floor(one / steps[place]!) % unit.cases)
    found[one] = of(at)
  }
  return found
}

function stepsOf(units: readonly Unit[]): readonly number[] {
  return units.map((_, place) => units.slice(0, place).reduce((product, { cases }) => product * cases, 1))
}

/** Each pair of cases that differ in one unit alone and in what they come to. */
function eachTurn(
  units: readonly Unit[],
  found: Int32Array,
  visit: (unit: Unit, one: number, other: number) => void,
): void {
  const steps = stepsOf(units)
  for (const [place, unit] of units.entries())
    for (let one = 0; one < found.length; one++) {
      const here = Math.floor(one / steps[place]!) % unit.cases
      for (let to = here + 1; to < unit.cases; to++) {
        const [a, b] = [found[one]!, found[one + (to - here) * steps[place]!]!]
        if (a !== b) visit(unit, a, b)
      }
    }
}

function outcomeIn(shape: Shape, at: ReadonlyMap<Unit, number>): Outcome {
  switch (shape.kind) {
    case 'known':
      return shape.outcome
    case 'leaf':
      return shape.leaf.outcomes[at.get(shape.leaf.unit)!]!
    case 'not':
      return outcomeOf(not(ANSWERS[outcomeIn(shape.parts[0]!, at)]))
    case 'if': {
      const [test, yes, no] = shape.parts.map((part) => outcomeIn(part, at))
      return choose(test!, yes!, no!)
    }
    default:
      return shape.parts.map((part) => outcomeIn(part, at)).reduce((a, b) => link(shape.kind as 'and', a, b))
  }
}

function pairsOf(outcomes: readonly Outcome[]): number[] {
  return outcomes.flatMap((one) => outcomes.filter((other) => other !== one).map((other) => 3 * one + other))
}
