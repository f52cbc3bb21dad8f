// A FEEL expression (DMN 1.5) as a small tree of what we evaluate ourselves; whatever else it holds is left to the reference.
import { isBuiltIn, treeOf, type Facts } from './feel.ts'

export type Known = number | string | boolean | null
export type Order = '<' | '<=' | '>' | '>='

/** Where it stands in the text, so that it can be quoted as it was written. */
type Span = { readonly from: number; readonly to: number }

/** One of the tests after `in`. */
export type Test =
  | { readonly kind: 'equal'; readonly of: Node }
  /** Written with a sign: of what cannot be compared the answer is null, not false. */
  | { readonly kind: 'sign'; readonly op: Order | '=' | '!='; readonly of: Node }
  | {
      readonly kind: 'range'
      readonly low: Node
      readonly high: Node
      readonly lowIn: boolean
      readonly highIn: boolean
    }

export type Node = Span &
  (
    | { readonly kind: 'value'; readonly value: Known }
    | { readonly kind: 'fact'; readonly name: string }
    | { readonly kind: 'arithmetic'; readonly op: '+' | '-' | '*' | '/'; readonly left: Node; readonly right: Node }
    /** The day that a text `2026-05-09` names. */
    | { readonly kind: 'date'; readonly of: Node }
    | { readonly kind: 'compare'; readonly op: Order | '=' | '!='; readonly left: Node; readonly right: Node }
    | { readonly kind: 'between'; readonly value: Node; readonly low: Node; readonly high: Node }
    /** `alone`: one test without a list around it; if that is null, so is the answer. */
    | { readonly kind: 'in'; readonly value: Node; readonly tests: readonly Test[]; readonly alone: boolean }
    | { readonly kind: 'and' | 'or'; readonly all: readonly Node[] }
    | { readonly kind: 'not'; readonly of: Node }
    | { readonly kind: 'if'; readonly test: Node; readonly yes: Node; readonly no: Node }
    /** Left to the reference as it is written. `null`: it names null, so it asks of a missing fact that it is missing. */
    | { readonly kind: 'refer'; readonly written: string; readonly names: readonly string[]; readonly null: boolean }
  )

/** The sign that says the same with both sides exchanged. */
export const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=', '!=': '!=' } as const

export type Expression = {
  readonly text: string
  readonly root: Node
  /** The facts that it reads, in the order in which they come. */
  readonly names: readonly string[]
  /** Whether nothing in it is left to the reference. */
  readonly own: boolean
}

/** `at`: the sign at which it stops, counted from 0. */
export type ExpressionRefusal = { readonly refused: 'too-long' | 'too-deep' | 'syntax'; readonly at: number }

/** Signs in an expression. */
export const LONGEST = 10_000
/** Levels of brackets, conditions and the like; a chain of `and` or `+` is one level. */
const DEEPEST = 200
/** The parser gives up on a tree of somewhat more levels, chains included, and takes what follows for an error. */
const GIVES_UP = 300

/** Reads an expression over facts of these names; values matter only where a fact is itself a context with names of its own. */
export function parse(text: string, facts: Facts): Expression | ExpressionRefusal {
  if (text.length > LONGEST) return { refused: 'too-long', at: LONGEST }
  const tree = treeOf(text, facts)
  const wrong = faultOf(tree)
  if (wrong) return wrong
  const read = reader(text, facts)
  const expression = tree.topNode.firstChild
  const first = expression && skipped(expression)
  if (!first) return { refused: 'syntax', at: 0 }
  // A fact called `?` changes what tests after `in` mean.
  const root = Object.hasOwn(facts, '?') ? read.refer(first) : read.node(first)
  return { text, root, names: namesOf(root), own: isOwn(root) }
}

type Tree = ReturnType<typeof treeOf>
export type SyntaxNode = NonNullable<Tree['topNode']['firstChild']>

/** Where reading stops; nothing where all of it can be read. */
export function faultOf(tree: Tree): ExpressionRefusal | undefined {
  const above: { name: string; from: number; level: number }[] = []
  let fault: ExpressionRefusal | undefined
  let deepest = 0
  tree.iterate({
    enter({ name, from, type }) {
      if (fault) return false
      const parent = above.at(-1)
      const chained = parent && parent.name === name && parent.from === from && CHAINS.has(name)
      const level = chained ? parent.level : (parent?.level ?? 0) + 1
      deepest = Math.max(deepest, above.length)
      if (type.isError) fault = { refused: deepest > GIVES_UP ? 'too-deep' : 'syntax', at: from }
      else if (level > DEEPEST) fault = { refused: 'too-deep', at: from }
      above.push({ name, from, level })
      return undefined
    },
    leave() {
      above.pop()
    },
  })
  return fault
}

const CHAINS: ReadonlySet<string> = new Set(['Conjunction', 'Disjunction', 'ArithmeticExpression', 'Comparison'])

/** The node itself, or the first after it that is not a comment. */
export function skipped(node: SyntaxNode): SyntaxNode | null {
  let at: SyntaxNode | null = node
  while (at?.type.isSkipped) at = at.nextSibling
  return at
}

/** Without comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) if (!child.type.isSkipped) children.push(child)
  return children
}

/** What a variable in this text names: the fact's own key where there is one; otherwise the name as it would have to be given. */
export function namerOf(text: string, facts: Facts): (variable: SyntaxNode) => string {
  const keys = new Map(Object.keys(facts).map((key) => [plainName(key), key]))
  return (variable) => {
    const written = childrenOf(variable)
      .map(({ from, to }) => text.slice(from, to))
      .join(' ')
    return Object.hasOwn(facts, written) ? written : (keys.get(plainName(written)) ?? written)
  }
}

function reader(text: string, facts: Facts) {
  const nameOf = namerOf(text, facts)
  const textOf = ({ from, to }: SyntaxNode) => text.slice(from, to)

  function refer(syntax: SyntaxNode): Node {
    const names = new Set<string>()
    let isNull = false
    const look = (node: SyntaxNode) => {
      if (node.name === 'VariableName') {
        const name = nameOf(node)
        if (Object.hasOwn(facts, name) || !isBuiltIn(name)) names.add(name)
      } else if (node.name === 'null') isNull = true
      else if (node.name !== 'Type') for (const child of childrenOf(node)) look(child)
    }
    look(syntax)
    return { ...spanOf(syntax), kind: 'refer', written: textOf(syntax), names: [...names], null: isNull }
  }

  /** The node, or nothing where a part of it is not ours. */
  function own(syntax: SyntaxNode): Node | undefined {
    const span = spanOf(syntax)
    const parts = childrenOf(syntax)
    switch (syntax.name) {
      case 'NumericLiteral': {
        const number = numberOf(textOf(syntax))
        return Number.isNaN(number) ? undefined : { ...span, kind: 'value', value: number }
      }
      case 'BooleanLiteral':
        return { ...span, kind: 'value', value: textOf(syntax) === 'true' }
      case 'null':
        return { ...span, kind: 'value', value: null }
      case 'StringLiteral': {
        const written = textOf(syntax)
        return written.includes('\\') ? undefined : { ...span, kind: 'value', value: written.slice(1, -1) }
      }
      case 'VariableName': {
        const name = nameOf(syntax)
        if (!Object.hasOwn(facts, name) && isBuiltIn(name)) return undefined
        return { ...span, kind: 'fact', name }
      }
      case 'ParenthesizedExpression':
        return own(parts[1]!)
      case 'DateTimeLiteral':
        return date(span, parts)
      case 'ArithmeticExpression':
        return arithmetic(span, parts)
      case 'Comparison':
        return comparison(span, parts)
      default:
        return undefined
    }
  }

  function date(span: Span, [first, , given]: readonly SyntaxNode[]): Node | undefined {
    const isDate = first!.name === 'AtLiteral' || (textOf(first!) === 'date' && given?.name === 'PositionalParameters')
    const [text, ...more] = childrenOf(first!.name === 'AtLiteral' ? first! : (given ?? first!))
    const of = isDate && text && more.length === 0 ? own(text) : undefined
    if (!of || (first!.name === 'AtLiteral' && !isDay(of)) || hasNull(of)) return undefined
    return of.kind === 'fact' || isDay(of) ? { ...span, kind: 'date', of } : undefined
  }

  function arithmetic(span: Span, parts: readonly SyntaxNode[]): Node | undefined {
    const [first, second] = [parts.length === 3 ? own(parts[0]!) : zeroAt(span.from), own(parts.at(-1)!)]
    const op = textOf(parts.at(-2)!)
    if (!first || !second || hasNull(first) || hasNull(second)) return undefined
    if (op !== '+' && op !== '-' && op !== '*' && op !== '/') return undefined
    return { ...span, kind: 'arithmetic', op, left: first, right: second }
  }

  function comparison(span: Span, parts: readonly SyntaxNode[]): Node | undefined {
    const [left, op] = [own(parts[0]!), textOf(parts[1]!)]
    if (!left || hasNull(left)) return undefined
    if (op === 'between') {
      const [low, high] = [own(parts[2]!), own(parts[4]!)]
      if (!low || !high || hasNull(low) || hasNull(high)) return undefined
      return { ...span, kind: 'between', value: left, low, high }
    }
    if (op === 'in') {
      const alone = parts[3] ? undefined : childrenOf(parts[2]!)[0]!
      const written = alone
        ? alone.name === 'List'
          ? childrenOf(alone).slice(1, -1)
          : [alone]
        : childrenOf(parts[3]!).map((one) => childrenOf(one)[0]!)
      const tests = written.map(testOf)
      if (!tests.every((test) => test !== undefined)) return undefined
      return { ...span, kind: 'in', value: left, tests, alone: alone !== undefined && alone.name !== 'List' }
    }
    const right = own(parts[2]!)
    if (!right || hasNull(right) || !isSign(op)) return undefined
    return { ...span, kind: 'compare', op, left, right }
  }

  function testOf(syntax: SyntaxNode): Test | undefined {
    if (syntax.name === 'ParenthesizedExpression') return testOf(childrenOf(syntax)[1]!)
    if (syntax.name !== 'SimplePositiveUnaryTest') {
      const of = own(syntax)
      return of && !hasNull(of) && isPlain(of) ? { kind: 'equal', of } : undefined
    }
    const parts = childrenOf(syntax)
    if (parts[0]!.name === 'Interval') {
      const [open, from, , to, close] = childrenOf(parts[0]!)
      const [low, high] = [own(from!), own(to!)]
      if (!low || !high || hasNull(low) || hasNull(high)) return undefined
      return { kind: 'range', low, high, lowIn: textOf(open!) === '[', highIn: textOf(close!) === ']' }
    }
    const [op, of] = [textOf(parts[0]!), own(parts[1]!)]
    return of && !hasNull(of) && isPlain(of) && isSign(op) ? { kind: 'sign', op, of } : undefined
  }

  /** A test that stands by itself: what holds and does not hold; what is not ours within it is left to the reference alone. */
  function node(syntax: SyntaxNode): Node {
    const span = spanOf(syntax)
    const parts = childrenOf(syntax)
    switch (syntax.name) {
      case 'ParenthesizedExpression':
        return node(parts[1]!)
      case 'Conjunction':
      case 'Disjunction': {
        const kind = syntax.name === 'Conjunction' ? 'and' : 'or'
        const all = chain(syntax).map(node)
        return { ...span, kind, all: all.flatMap((one) => (one.kind === kind ? one.all : [one])) }
      }
      case 'FunctionInvocation':
        return negated(span, parts) ?? refer(syntax)
      case 'IfExpression':
        return { ...span, kind: 'if', test: node(parts[1]!), yes: node(parts[3]!), no: node(parts[5]!) }
      default:
        return own(syntax) ?? refer(syntax)
    }
  }

  function negated(span: Span, parts: readonly SyntaxNode[]): Node | undefined {
    const given = childrenOf(parts[2]!)
    if (Object.hasOwn(facts, 'not') || textOf(parts[0]!) !== 'not') return undefined
    if (parts[2]!.name !== 'PositionalParameters' || given.length !== 1) return undefined
    return { ...span, kind: 'not', of: node(given[0]!) }
  }

  /** The links of `a and b and c`, which the grammar nests to the left. */
  function chain(syntax: SyntaxNode): SyntaxNode[] {
    const links: SyntaxNode[] = []
    let at = syntax
    while (at.name === syntax.name) {
      const parts = childrenOf(at)
      links.unshift(parts[2]!)
      at = parts[0]!
    }
    return [at, ...links]
  }

  return { node, refer }
}

function spanOf({ from, to }: SyntaxNode): Span {
  return { from, to }
}

/** A sign before a number is a subtraction from nought: so it is with feelin, and no negative nought comes of it. */
function zeroAt(at: number): Node {
  return { from: at, to: at, kind: 'value', value: 0 }
}

/** As feelin reads numbers: without a point `1e3` is 1. */
function numberOf(written: string): number {
  return written.includes('.') ? Number.parseFloat(written) : Number.parseInt(written, 10)
}

/** Names are the same however their parts are spaced: `a/b` and `a / b`. */
function plainName(name: string): string {
  return name
    .replace(/\*\*|[./\-'+*]/g, ' $& ')
    .replace(/\s+/g, ' ')
    .trim()
}

function isSign(op: string): op is Order | '=' | '!=' {
  return ['<', '<=', '>', '>=', '=', '!='].includes(op)
}

function isPlain({ kind }: Node): boolean {
  return kind === 'value' || kind === 'fact' || kind === 'arithmetic' || kind === 'date'
}

/** A text that can only be a day; whether there is such a day is seen when it is read. */
function isDay(node: Node): boolean {
  return node.kind === 'value' && typeof node.value === 'string' && /^\d{4}-\d\d-\d\d$/.test(node.value)
}

function hasNull(node: Node): boolean {
  return node.kind === 'value' ? node.value === null : partsOf(node).some(hasNull)
}

function isOwn(node: Node): boolean {
  return node.kind !== 'refer' && partsOf(node).every(isOwn)
}

/** The nodes directly within. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'arithmetic':
    case 'compare':
      return [node.left, node.right]
    case 'between':
      return [node.value, node.low, node.high]
    case 'in':
      return [node.value, ...node.tests.flatMap((test) => (test.kind === 'range' ? [test.low, test.high] : [test.of]))]
    case 'and':
    case 'or':
      return node.all
    case 'not':
    case 'date':
      return [node.of]
    case 'if':
      return [node.test, node.yes, node.no]
    default:
      return []
  }
}

/** The facts that a node reads, in the order in which they come. */
export function namesOf(node: Node): readonly string[] {
  const names = new Set<string>()
  const look = (one: Node) => {
    if (one.kind === 'fact') names.add(one.name)
    else if (one.kind === 'refer') for (const name of one.names) names.add(name)
    else partsOf(one).forEach(look)
  }
  look(node)
  return [...names]
}

/** Expressions as parts of one text, so that nodes of all of them are looked at together. */
export function asOneText(expressions: readonly Expression[]): {
  readonly text: string
  readonly nodes: readonly Node[]
} {
  let text = ''
  const nodes = expressions.map((one) => {
    const node = moved(one.root, text.length)
    text += `${one.text}\n`
    return node
  })
  return { text, nodes }
}

/** The same further on in a longer text. */
function moved<Part>(part: Part, by: number): Part {
  if (Array.isArray(part)) return part.map((one: unknown) => moved(one, by)) as Part
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part).map(([name, value]: [string, unknown]) => [
    name,
    name === 'from' || name === 'to' ? Number(value) + by : moved(value, by),
  ])
  return Object.fromEntries(entries) as Part
}
