// One enterprise and one rule: whether it holds, and why, from one evaluation.
import { casesOf } from './cases.ts'
import { namesOf, type Expression, type Node } from './expression.ts'
import { askReference, type Facts } from './feel.ts'
import { join, valueOf, type Scope, type Value } from './value.ts'

/** A condition as it was written, and what was read for it. */
export type Clause = { readonly clause: string; readonly read: Facts }

export type Judgement = {
  readonly verdict: 'true' | 'false' | 'unknown'
  /**
   * The facts that can still change the answer. None although the answer is unknown: the expression has none whatever they are,
   * as 1 / 0 > 3 has none.
   */
  readonly missing: readonly string[]
  /** Of what does not hold: a least set of conditions that would all have to hold. */
  readonly failing: readonly Clause[]
  /** Whether our own form gave the answer, or the reference had to be asked. */
  readonly path: 'compiled' | 'reference'
  /** What the expression comes to; undefined while that is open. */
  readonly value: unknown
  /** What the reference threw: it was to compare what has no order. */
  readonly fault?: string
  /** It is said to be unknown because there were too many cases to go through: perhaps nothing is open at all. */
  readonly isCut?: true
}

/** Judges exactly: unknown only where completing the facts in one way makes it true and in another way not. */
export function judge(expression: Expression, facts: Facts): Judgement {
  const { text, root } = expression
  const { scope, seen } = observed(text, facts)
  const value = valueOf(root, scope)
  const path = seen.reference ? 'reference' : 'compiled'
  if (!seen.missing && seen.reference) {
    const whole = askReference(text, facts)
    if (whole.fault !== undefined) return { ...unanswered(path), fault: whole.fault }
    return decided(whole.value)
  }
  if (value !== undefined) return decided(value)
  const { answers, hangsOn, isCut } = casesOf(root, scope)
  if (answers.length === 1) return decided(answers[0])
  const missing = expression.names.filter((name) => hangsOn.has(name))
  return { verdict: 'unknown', missing, failing: [], path, value: undefined, ...(isCut && { isCut }) }

  function decided(answer: unknown): Judgement {
    const failing = answer === false ? leastFailing(root, scope).map((node) => clauseOf(node, scope)) : []
    const verdict = answer === true ? 'true' : answer === false ? 'false' : 'unknown'
    return { verdict, missing: [], failing, path, value: answer }
  }
}

/** What an expression comes to that is no test, such as an amount; while facts are missing that it needs, which ones. */
export function reckonValue(expression: Expression, facts: Facts): Judgement {
  const { text, root, names } = expression
  const { scope, seen } = observed(text, facts)
  const value = valueOf(root, scope)
  const path = seen.reference ? 'reference' : 'compiled'
  if (seen.missing && value === undefined)
    return { ...unanswered(path), missing: names.filter((name) => (scope.read(name) ?? null) === null) }
  const whole = seen.reference ? askReference(text, facts) : { value }
  if ('fault' in whole && whole.fault !== undefined) return { ...unanswered(path), fault: whole.fault }
  const verdict = whole.value === true ? 'true' : whole.value === false ? 'false' : 'unknown'
  return { ...unanswered(path), verdict, value: whole.value }
}

function unanswered(path: Judgement['path']): Judgement {
  return { verdict: 'unknown', missing: [], failing: [], path, value: undefined }
}

/** The facts as the evaluation asks for them, and whether one was missing or the reference was asked. */
export function observed(text: string, facts: Facts) {
  const seen = { missing: false, reference: false }
  const scope: Scope = {
    text,
    read(name) {
      const given = Object.hasOwn(facts, name) ? (facts[name] ?? undefined) : undefined
      if (given === undefined) seen.missing = true
      return given
    },
    facts: () => facts,
    onReference(said) {
      seen.reference = true
      if (said === undefined) seen.missing = true
    },
  }
  return { scope, seen }
}

function clauseOf(node: Node, scope: Scope): Clause {
  const known = namesOf(node).filter((name) => (scope.read(name) ?? null) !== null)
  return {
    clause: scope.text.slice(node.from, node.to),
    read: Object.fromEntries(known.map((name) => [name, scope.read(name)])),
  }
}

/** A least set of conditions of which it is enough that all of them hold: every one that fails of `and`, the nearest way of `or`. */
function leastFailing(root: Node, scope: Scope): readonly Node[] {
  if (valueOf(root, scope) !== false) return contradiction(root, scope)
  const failing = failingOf(root, scope)
  // Two ways may share a condition: what the others make superfluous is left out.
  return failing.reduce<readonly Node[]>((kept, one) => {
    const rest = kept.filter((other) => other !== one)
    return supposing(root, rest, scope) === false ? kept : rest
  }, failing)
}

function failingOf(node: Node, scope: Scope): readonly Node[] {
  if (node.kind !== 'and' && node.kind !== 'or') return [node]
  const ways = node.all.filter((one) => valueOf(one, scope) === false).map((one) => failingOf(one, scope))
  return node.kind === 'and' ? ways.flat() : ways.reduce((best, way) => (way.length < best.length ? way : best))
}

/** What it comes to if these hold, and so does whatever is written as they are; what is denied stays as it is. */
function supposing(node: Node, held: readonly Node[], scope: Scope): Value {
  const written = (one: Node) => scope.text.slice(one.from, one.to)
  const texts = new Set(held.map(written))
  const value = (one: Node): Value => {
    if (texts.has(written(one))) return true
    if (one.kind !== 'and' && one.kind !== 'or') return valueOf(one, scope)
    return one.all.map(value).reduce((a, b) => join(a, b, one.kind === 'or'), one.kind === 'and')
  }
  return value(node)
}

/** Conditions none of which fails by itself, but that cannot hold together whatever the missing facts are. */
function contradiction(root: Node, scope: Scope): readonly Node[] {
  if (root.kind !== 'and') return [root]
  return root.all.reduce<readonly Node[]>((kept, one) => {
    const rest = kept.filter((other) => other !== one)
    const all: Node = { ...root, kind: 'and', all: rest }
    const isFalse = (answers: readonly (boolean | null)[]) => answers.length === 1 && answers[0] === false
    return rest.length > 0 && isFalse(casesOf(all, scope).answers) ? rest : kept
  }, root.all)
}
