// A decision that rests on others, said with facts alone: what it needs is put into it, by the tree of each expression.
import { overlaps } from './check.ts'
import { isImpossible, noneHolds } from './coverage.ts'
import { unknownOf, type Dictionary } from './dictionary.ts'
import {
  childrenOf,
  namerOf,
  parse,
  skipped,
  type Expression,
  type ExpressionRefusal,
  type SyntaxNode,
} from './expression.ts'
import { treeOf } from './feel.ts'
import type { Example } from './flaw.ts'
import type { HitPolicy } from './hit.ts'
import { asksNull, withoutIdle } from './logic.ts'
import { orderOf, type Decision, type Model, type OrderRefusal } from './model.ts'
import { precedenceOf, readTable, type ReadTable, type TableRefusal } from './table.ts'
import { bracketed, writing, type Writing, type Written } from './written.ts'

/** Over facts alone. Of the rows of a table at most one holds. */
export type Whole =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'rows'
      readonly rows: readonly { readonly of: number | 'default'; readonly when: string; readonly gives: string }[]
    }

/** `decision`: its id. */
export type ChainRefusal = { readonly decision: string } & (
  | Pick<OrderRefusal, 'refused'>
  | ExpressionRefusal
  | TableRefusal
  /** Too long when what it needs has been put in. */
  | { readonly refused: 'grows-too-long' }
  /** It reads a result that by the diagram it does not need; or a name that two things have. */
  | { readonly refused: 'not-drawn' | 'name-twice'; readonly name: string }
  /** A result where names may mean something else, or of which a part is asked for. */
  | { readonly refused: 'not-to-put-in'; readonly name: string }
  /** A result that may be null, where null would be taken for a fact that is missing. */
  | { readonly refused: 'may-be-null'; readonly name: string }
  | { readonly refused: 'several-outputs' }
  /** A list, or a sum that is not written down. */
  | { readonly refused: 'no-single-value'; readonly hitPolicy: HitPolicy }
  /** Two rows hold at once and give different things; counted from 0. */
  | { readonly refused: 'rules-overlap'; readonly rules: readonly [number, number]; readonly example: Example }
)
type Stop = (refusal: ChainRefusal) => never

/** Rows up to which each of a table is held against each. */
const PAIRED = 200

/**
 * The same for whoever knows facts only: what going through the chain step by step comes to, and open as long as completing the
 * facts may still change that. A table whose rows contradict each other has no answer, which cannot be said: it is refused, except
 * for rows of the decision itself, which stay rows.
 */
export function wholeOf(model: Model, id: string, dictionary: Dictionary): Whole | ChainRefusal {
  let refusal: ChainRefusal | undefined
  const stop: Stop = (refused) => {
    refusal = refused
    throw new Error(refused.refused)
  }
  try {
    return whole(model, id, dictionary, stop)
  } catch (error) {
    if (refusal) return refusal
    throw error
  }
}

/** The decisions that it needs, directly or through others, and itself. */
export function neededBy({ decisions }: Pick<Model, 'decisions'>, id: string): ReadonlySet<string> {
  const found = new Set([id])
  for (const one of found)
    for (const need of decisions.find((other) => other.id === one)?.needs ?? [])
      if (decisions.some((other) => other.id === need)) found.add(need)
  return found
}

function whole(model: Model, id: string, dictionary: Dictionary, stop: Stop): Whole {
  const order = orderOf(model)
  if ('refused' in order) return stop(order)
  const needed = neededBy(model, id)
  const results = new Map<string, Written>()
  for (const decision of order.filter((one) => needed.has(one.id))) {
    const { result, wanted } = putting(decision, model.decisions, results, dictionary, stop)
    if (decision.id === id) return wanted()
    results.set(decision.id, result())
  }
  throw new RangeError(`no decision ${id}`)
}

/** What engines call a result by: the standard by its variable and name, Camunda 7 by a single output, Camunda 8 by its id. */
function calledBy({ id, name, variable, logic }: Decision): readonly string[] {
  const output = logic.kind === 'table' && logic.table.outputs.length === 1 ? logic.table.outputs[0]!.name : undefined
  return [...new Set([variable ?? name, name, output ?? name, id])]
}

function putting(
  decision: Decision,
  decisions: readonly Decision[],
  results: ReadonlyMap<string, Written>,
  dictionary: Dictionary,
  stop: Stop,
) {
  const at = { decision: decision.id }
  const facts = unknownOf(dictionary)
  const w: Writing = writing(dictionary, () => stop({ ...at, refused: 'grows-too-long' }))
  const near = decisions.filter(({ id }) => decision.needs.includes(id))
  const names = { ...facts, ...Object.fromEntries(near.flatMap(calledBy).map((name) => [name, null])) }
  /** What facts are, not what they may be: a word that is added to the dictionary does not change what a table has said. */
  const sorts = dictionary.map(({ name, type, measure }) => ({ name, type, ...(measure !== undefined && { measure }) }))
  const { logic } = decision
  const [TRUE, FALSE, NULL] = ['true', 'false', 'null'].map((text) => w.plain(text, true)) as [
    Written,
    Written,
    Written,
  ]

  function result(): Written {
    if (logic.kind === 'literal') return valueOf(logic.text)
    const written = tableOf(logic.table)
    const { table, policy } = written
    if (table.outputs.length !== 1) return stop({ ...at, refused: 'several-outputs' })
    const [allowed, tests] = [allowedBy(written), written.conditions.map(({ text }) => valueOf(text))]
    const gives = written.outputs.map(([one]) => valueOf(one!.text))
    const none = written.byDefault ? valueOf(written.byDefault.entries[0]!.text) : undefined
    agreeing(written, tests, gives, allowed)
    const order = precedenceOf(written)
    if (order) {
      const isLast = none === undefined && isImpossible(tests.map(read), [read(allowed)], sorts, noneHolds)
      const last = isLast ? gives[order.at(-1)!]! : (none ?? NULL)
      const found = order.reduceRight((rest, row) => w.choice(tests[row]!, gives[row]!, rest), last)
      return w.choice(allowed, found, NULL)
    }
    const { aggregation, hitPolicy } = policy
    const isCount = aggregation === 'COUNT'
    if (!isCount && !(aggregation === 'SUM' && gives.every(({ text }) => /^-?\d+(\.\d+)?$/.test(text))))
      return stop({ ...at, refused: 'no-single-value', hitPolicy })
    const nought = w.plain('0', true)
    const one = w.plain('1', true)
    const sum = tests.reduce(
      (all, test, row) =>
        w.spread([all, w.choice(test, isCount ? one : gives[row]!, nought)], (both) =>
          w.folded(both.map(bracketed).join(' + ')),
        ),
      nought,
    )
    const found = isCount ? sum : w.choice(w.joined('or', tests), sum, none ?? NULL)
    return w.choice(allowed, found, NULL)
  }

  function wanted(): Whole {
    if (logic.kind === 'literal') return { kind: 'literal', text: unlessTouched(logic.text) }
    const read = tableOf(logic.table)
    const order = precedenceOf(read)
    if (order === undefined) return { kind: 'literal', text: result().text }
    if (read.table.outputs.length !== 1) return stop({ ...at, refused: 'several-outputs' })
    const texts = read.conditions.map(({ text }, row) => onlyColumn(read, row) ?? text)
    const [allowed, tests] = [allowedBy(read), texts.map(valueOf)]
    const isUnique = read.policy.hitPolicy === 'UNIQUE'
    const after = (place: number) => order.slice(0, place).map((row) => w.denied(tests[row]!))
    const rows = order.map((row, place) => {
      const others = isUnique ? [] : after(place)
      const isAsWritten = allowed.text === 'true' && others.length === 0
      return {
        of: row,
        when: isAsWritten
          ? bare(unlessTouched(texts[row]!))
          : shortened(w.joined('and', [allowed, tests[row]!, ...others])),
        gives: unlessTouched(read.outputs[row]![0]!.text),
      }
    })
    const [none] = read.byDefault?.entries ?? []
    return {
      kind: 'rows',
      rows: none
        ? [
            ...rows,
            {
              of: 'default',
              when: shortened(w.joined('and', [allowed, ...after(order.length)])),
              gives: unlessTouched(none.text),
            },
          ]
        : rows,
    }
  }

  function tableOf(table: ReadTable['table']): ReadTable {
    const read = readTable(table, names)
    return 'refused' in read ? stop({ ...at, ...read }) : read
  }

  function allowedBy({ allowed }: ReadTable): Written {
    return w.joined(
      'and',
      allowed.flatMap((one) => (one ? [valueOf(one.text)] : [])),
    )
  }

  /** Refuses rows that hold at once and give different things, where that is not allowed. */
  function agreeing(
    { policy }: ReadTable,
    tests: readonly Written[],
    gives: readonly Written[],
    allowed: Written,
  ): void {
    if (policy.hitPolicy !== 'UNIQUE' && policy.hitPolicy !== 'ANY') return
    if (tests.length > PAIRED) stop({ ...at, refused: 'too-many-rules', place: { part: 'table' } })
    const [flaw] = overlaps(
      tests.map(read),
      dictionary,
      [read(allowed)],
      (one, other) => gives[one]!.text === gives[other]!.text,
    )
    if (flaw?.code === 'rules-overlap')
      stop({ ...at, refused: 'rules-overlap', rules: flaw.rules, example: flaw.example })
  }

  /** As it was written, when no other result stands in it. */
  function unlessTouched(text: string): string {
    const { root, reads } = syntaxOf(text)
    return reads(root) ? shortened(valueOf(text)) : text
  }

  /** Without brackets around the whole. */
  function bare(text: string): string {
    const { from, to } = read(w.plain(text)).root
    return text.slice(from, to)
  }

  function shortened(made: Written): string {
    return w.isFlag(made) ? withoutIdle(read(made), sorts) : made.text
  }

  function read({ text }: Written): Expression {
    const one = parse(text, facts)
    return 'refused' in one ? stop({ ...at, ...one }) : one
  }

  function syntaxOf(text: string) {
    const read = parse(text, names)
    if ('refused' in read) return stop({ ...at, ...read })
    const nameOf = namerOf(text, names)
    /** The result that a variable names. */
    const resultOf = (variable: SyntaxNode): Written | undefined => {
      const name = nameOf(variable)
      const of = near.filter((one) => calledBy(one).includes(name))
      if (of.length > 1 || (of.length === 1 && Object.hasOwn(facts, name)))
        return stop({ ...at, refused: 'name-twice', name })
      if (of.length === 0 && !Object.hasOwn(facts, name) && decisions.some((one) => calledBy(one).includes(name)))
        return stop({ ...at, refused: 'not-drawn', name })
      return of.length === 1 ? results.get(of[0]!.id)! : undefined
    }
    const reads = (node: SyntaxNode): SyntaxNode | undefined => {
      if (node.name === 'Type') return undefined
      if (node.name === 'VariableName') return resultOf(node) && node
      for (const child of childrenOf(node)) {
        const found = reads(child)
        if (found) return found
      }
      return undefined
    }
    return { root: skipped(treeOf(text, names).topNode.firstChild!)!, reads, resultOf, nameOf }
  }

  /** What an expression comes to, with the results in it in place of their names. */
  function valueOf(whole: string): Written {
    const { root, reads, resultOf, nameOf } = syntaxOf(whole)
    return value(root)

    function value(node: SyntaxNode): Written {
      const parts = childrenOf(node)
      switch (node.name) {
        case 'VariableName':
          return resultOf(node) ?? asWritten(node)
        case 'ParenthesizedExpression':
          return value(parts[1]!)
        case 'IfExpression':
          return w.choice(value(parts[1]!), value(parts[3]!), value(parts[5]!))
        case 'Conjunction':
        case 'Disjunction': {
          const by = node.name === 'Conjunction' ? 'and' : 'or'
          const [left, right] = [value(parts[0]!), value(parts[2]!)]
          return w.isFlag(left) && w.isFlag(right)
            ? w.joined(by, [left, right])
            : w.plain(`${bracketed(left)} ${by} ${bracketed(right)}`)
        }
        case 'Comparison':
          return compared(node, parts)
        case 'ArithmeticExpression':
          return spread(node, (texts) => (texts.includes('null') ? NULL : undefined))
        case 'FunctionInvocation':
          return called(node, parts)
        case 'DateTimeLiteral':
        case 'List':
        case 'InstanceOfExpression':
          return spread(node)
        default: {
          const odd = reads(node)
          return odd ? stop({ ...at, refused: 'not-to-put-in', name: textOf(odd) }) : asWritten(node)
        }
      }
    }

    function compared(node: SyntaxNode, parts: readonly SyntaxNode[]): Written {
      const op = textOf(parts[1]!)
      if (!SIGNS.has(op)) return spread(node)
      const both = [value(parts[0]!), value(parts[2]!)] as const
      const isNullWritten = parts.some(({ name }) => name === 'null')
      return asked(...both) ?? w.spread(both, ([a, b]) => asked(a!, b!) ?? nothing(a!, b!) ?? joined(a!, b!))

      function joined(a: Written, b: Written): Written {
        const text = `${bracketed(a)} ${op} ${bracketed(b)}`
        return isNullWritten ? w.folded(text) : settled(text)
      }
      /** A test that is held against true or false. */
      function asked(a: Written, b: Written): Written | undefined {
        const [test, flag] = FLAGS.has(b.text) ? [a, b.text] : [b, a.text]
        if (op !== '=' || !FLAGS.has(flag)) return undefined
        if (w.isFlag(test)) return flag === 'true' ? test : w.denied(test)
        const isTest = TESTS.has(read(test).root.kind)
        return isTest ? w.choice(flag === 'true' ? test : w.plain(`not(${test.text})`, true), TRUE, FALSE) : undefined
      }
      /** A result that is null, compared with what has a value: a missing fact is not taken for it, unless null is what was written. */
      function nothing(a: Written, b: Written): Written | undefined {
        if (isNullWritten || (a.text !== 'null' && b.text !== 'null')) return undefined
        if (op !== '=' && op !== '!=') return NULL
        const other = a.text === 'null' ? b : a
        return w.isSure(other.text) ? w.plain(op === '=' ? 'false' : 'true', true) : undefined
      }
    }

    function called(node: SyntaxNode, parts: readonly SyntaxNode[]): Written {
      const [, , given] = parts
      const [only, ...more] = given?.name === 'PositionalParameters' ? childrenOf(given) : []
      if (!only || more.length > 0 || nameOf(parts[0]!) !== 'not' || Object.hasOwn(names, 'not')) return spread(node)
      const test = value(only)
      return w.isFlag(test) ? w.denied(test) : w.plain(`not(${test.text})`, true)
    }

    /** With choices outside. `known`: what it comes to by the parts alone. */
    function spread(
      node: SyntaxNode,
      known: (texts: readonly string[]) => Written | undefined = () => undefined,
    ): Written {
      const parts = partsIn(node)
      if (parts.length === 0) return asWritten(node)
      return w.spread(
        parts.map((one) => one.value),
        (made) => {
          if (parts.some(({ isTest }, place) => isTest && !LITERAL.test(made[place]!.text)))
            stop({ ...at, refused: 'not-to-put-in', name: textOf(reads(node) ?? node) })
          return known(made.map(({ text }) => text)) ?? settled(composed(node, parts, made))
        },
      )
    }

    /** Where the reference is left to answer, a fact that is missing would be taken for a result that is null. */
    function settled(text: string): Written {
      const found = w.folded(text)
      return found.text === text && asksNull(read(found).root)
        ? stop({ ...at, refused: 'may-be-null', name: textOf(reads(root) ?? root) })
        : found
    }

    type Part = { readonly from: number; readonly to: number; readonly value: Written; readonly isTest: boolean }

    function partsIn(node: SyntaxNode): readonly Part[] {
      return childrenOf(node).flatMap((child): readonly Part[] => {
        if (!reads(child) && !hasChoice(child)) return []
        if (STRUCTURE.has(child.name)) return partsIn(child)
        const { from, to } = child
        return [{ from, to, value: value(child), isTest: node.name === 'PositiveUnaryTest' || node.name === 'List' }]
      })
    }

    function composed({ from, to }: SyntaxNode, parts: readonly Part[], made: readonly Written[]): string {
      let [text, done] = ['', from]
      for (const [place, part] of parts.entries()) {
        text += whole.slice(done, part.from) + bracketed(made[place]!)
        done = part.to
      }
      return text + whole.slice(done, to)
    }

    function textOf({ from, to }: SyntaxNode): string {
      return whole.slice(from, to)
    }

    function asWritten(node: SyntaxNode): Written {
      return w.plain(textOf(node), TIGHT.has(node.name))
    }
  }

  return { result, wanted }
}

const SIGNS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])
const FLAGS: ReadonlySet<string> = new Set(['true', 'false'])
/** They come to true, false or null and to nothing else. */
const TESTS: ReadonlySet<string> = new Set(['compare', 'between', 'in', 'and', 'or', 'not'])
/** Only these are the same tests as a name that stands for them. */
const LITERAL = /^("[^"\\]*"|-?\d+(\.\d+)?)$/
/** Nodes that stand between an expression and its parts. */
const STRUCTURE: ReadonlySet<string> = new Set([
  'PositiveUnaryTests',
  'PositiveUnaryTest',
  'SimplePositiveUnaryTest',
  'Interval',
  'List',
  'PositionalParameters',
  'NamedParameters',
  'NamedParameter',
])
const TIGHT: ReadonlySet<string> = new Set([
  'NumericLiteral',
  'StringLiteral',
  'BooleanLiteral',
  'DateTimeLiteral',
  'null',
  'VariableName',
  'FunctionInvocation',
  'List',
])

function hasChoice(node: SyntaxNode): boolean {
  return node.name === 'IfExpression' || childrenOf(node).some(hasChoice)
}

/** Of a row of which one cell says `true` and no other anything: what that column asks. */
function onlyColumn({ table: { inputs, rules } }: ReadTable, row: number): string | undefined {
  const said = rules[row]!.inputs.flatMap((cell, column) => (['', '-'].includes(cell.trim()) ? [] : [{ cell, column }]))
  const [only] = said
  return said.length === 1 && only!.cell.trim() === 'true' ? inputs[only!.column]!.expression : undefined
}
