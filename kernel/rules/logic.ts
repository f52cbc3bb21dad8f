// Whether a rule says something: that it can hold, that it can fail, and that each of its clauses changes an answer.
import { shapesOf } from './cases.ts'
import { factIn, isWhole, limitsOf, type Dictionary } from './dictionary.ts'
import { namesOf, partsOf, type Expression, type Node } from './expression.ts'
import type { Flaw, Span } from './flaw.ts'
import { findCase, type Case } from './search.ts'
import type { Outcome } from './unit.ts'
import type { Scope } from './value.ts'

/** Clauses with too many cases after which the others are no longer looked at. */
const PATIENCE = 5

/**
 * What is said here is certain: facts count as independent of each other, which can only add cases. A rule that asks whether a fact
 * is missing is left alone, and so is what takes too many cases.
 */
export function logicFlaws({ text, root }: Expression, dictionary: Dictionary): readonly Flaw[] {
  if (asksNull(root)) return []
  const never = (node: Node) =>
    find(text, [node], dictionary, ([one]) => (one === undefined ? one : one === 2)) === 'none'
  const { from, to } = root
  if (never(root)) return [{ code: 'never-true', from, to, because: together(root, never).map(spanOf) }]
  if (find(text, [root], dictionary, ([one]) => (one === undefined ? one : one !== 2)) === 'none')
    return [{ code: 'always-true', from, to }]
  let givenUp = 0
  return superfluous(root, (one, other) => {
    if (givenUp >= PATIENCE) return false
    const found = find(text, [one, other], dictionary, ([left, right]) =>
      left === undefined || right === undefined ? undefined : left !== right,
    )
    if (found === 'too-many') givenUp += 1
    return found === 'none'
  })
}

/** The same without clauses that change no answer; `text` is what it was read from. */
export function withoutIdle({ text, root }: Expression, dictionary: Dictionary): string {
  const idle = logicFlaws({ text, root, names: [], own: true }, dictionary).filter(
    ({ code }) => code === 'clause-implied' || code === 'branch-idle',
  )
  if (idle.length === 0) return text
  const isIdle = (node: Node) => idle.some(({ from, to }) => node.from === from && node.to === to)
  const said = (node: Node): string => {
    switch (node.kind) {
      case 'and':
      case 'or': {
        const kept = node.all.filter((one) => !isIdle(one))
        return kept.length === 1 ? said(kept[0]!) : kept.map(link).join(` ${node.kind} `)
      }
      case 'not':
        return `not(${said(node.of)})`
      case 'if':
        return `if ${link(node.test)} then ${link(node.yes)} else ${link(node.no)}`
      default:
        return text.slice(node.from, node.to)
    }
  }
  const link = (node: Node) =>
    ['compare', 'fact', 'value', 'not'].includes(node.kind) ? said(node) : `(${said(node)})`
  return said(root)
}

/** A case in which the facts are as the dictionary allows them and `decide` says that it is one; see `findCase`. */
export function find(
  text: string,
  nodes: readonly Node[],
  dictionary: Dictionary,
  decide: (outcomes: readonly (Outcome | undefined)[]) => boolean | undefined,
): Case | 'none' | 'too-many' {
  const limits = limitsOn(nodes, dictionary)
  return findCase(shapesOf([...limits, ...nodes], openScope(text, dictionary)), (outcomes) => {
    const bounds = outcomes.slice(0, limits.length)
    if (bounds.some((one) => one !== undefined && one !== 2)) return false
    const decided = decide(outcomes.slice(limits.length))
    return decided === true && bounds.includes(undefined) ? undefined : decided
  })
}

/** What the dictionary says of the facts that these read. */
export function limitsOn(nodes: readonly Node[], dictionary: Dictionary): readonly Node[] {
  return [...new Set(nodes.flatMap(namesOf))].flatMap((name) => {
    const fact = factIn(dictionary, name)
    return fact ? limitsOf(fact) : []
  })
}

/** Of an enterprise of which nothing is known. */
export function openScope(text: string, dictionary: Dictionary): Scope {
  return { text, read: () => undefined, facts: () => ({}), isWhole: (name) => isWhole(dictionary, name) }
}

export function asksNull(node: Node): boolean {
  return node.kind === 'refer' ? node.null : partsOf(node).some(asksNull)
}

function spanOf({ from, to }: Node): Span {
  return { from, to }
}

/** Clauses that cannot hold together, and of which any less can. */
function together(root: Node, never: (node: Node) => boolean): readonly Node[] {
  if (root.kind !== 'and') return [root]
  return root.all.reduce<readonly Node[]>((kept, one) => {
    const rest = kept.filter((other) => other !== one)
    return rest.length > 0 && never({ ...root, kind: 'and', all: rest }) ? rest : kept
  }, root.all)
}

/** Clauses without which every answer stays as it is, the last first: of two that say the same the second is one too many. */
function superfluous(root: Node, isSame: (one: Node, other: Node) => boolean): readonly Flaw[] {
  const flaws: Flaw[] = []
  let whole = root
  const isIdle = (of: Node, clause: Node) => {
    const near = touching(of, clause)
    const always: Node = { ...spanOf(near), kind: 'value', value: near.kind === 'and' }
    return isSame(near, lacking(near, clause) ?? always)
  }
  const look = (node: Node): void => {
    if (node.kind === 'and' || node.kind === 'or')
      for (const one of node.all.toReversed()) {
        // By itself, and besides all that were left out before.
        if (!isLink(whole, one) || !isIdle(root, one) || !isIdle(whole, one)) continue
        whole = lacking(whole, one) ?? whole
        flaws.push({ code: node.kind === 'and' ? 'clause-implied' : 'branch-idle', ...spanOf(one) })
      }
    for (const part of partsOf(node)) if (isIn(whole, part)) look(part)
  }
  look(root)
  return flaws.toSorted((a, b) => a.from - b.from)
}

/** Whether it is one of several that are joined: the last that is left is not. */
function isLink(whole: Node, clause: Node): boolean {
  const isJoined = (whole.kind === 'and' || whole.kind === 'or') && whole.all.some((one) => isClause(one, clause))
  return isJoined || partsOf(whole).some((part) => isLink(part, clause))
}

function isIn(whole: Node, node: Node): boolean {
  return isClause(whole, node) || partsOf(whole).some((part) => isIn(part, node))
}

/** The same without one clause; nothing where it is the only one. */
function lacking(node: Node, gone: Node): Node | undefined {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const all = node.all.flatMap((one) => (isClause(one, gone) ? [] : [lacking(one, gone) ?? one]))
      return all.length === 0 ? undefined : all.length === 1 ? all[0] : { ...node, all }
    }
    case 'not':
      return { ...node, of: lacking(node.of, gone) ?? node.of }
    case 'if':
      return {
        ...node,
        test: lacking(node.test, gone) ?? node.test,
        yes: lacking(node.yes, gone) ?? node.yes,
        no: lacking(node.no, gone) ?? node.no,
      }
    default:
      return node
  }
}

function isClause(one: Node, gone: Node): boolean {
  return one === gone || (one.from === gone.from && one.to === gone.to && one.kind === gone.kind)
}

/** Of a chain the links that share facts, directly or through others, with the one that holds the clause: the rest changes nothing. */
function touching(whole: Node, clause: Node): Node {
  if (whole.kind !== 'and' && whole.kind !== 'or') return whole
  const link = whole.all.find((one) => isIn(one, clause))
  if (!link) return whole
  const names = new Set(namesOf(link))
  const isNear = (one: Node) => one === link || namesOf(one).some((name) => names.has(name))
  for (let size = -1; size !== names.size;) {
    size = names.size
    for (const name of whole.all.filter(isNear).flatMap(namesOf)) names.add(name)
  }
  return { ...whole, all: whole.all.filter(isNear) }
}
