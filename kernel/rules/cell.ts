// A cell of a decision table (DMN 1.5, unary tests) as a condition on its input: what it means by itself, in the words of FEEL.
import { childrenOf, faultOf, LONGEST, type ExpressionRefusal, type SyntaxNode } from './expression.ts'
import { testsTreeOf, type Facts } from './feel.ts'

/**
 * The expression that is true exactly where the cell matches, as feelin's unaryTest says; empty where any value does. `input` is the
 * expression of the column. What it says false or null of does not match.
 */
export function conditionOf(cell: string, input: string, facts: Facts): string | ExpressionRefusal {
  // Editors leave a cell empty for what the standard writes `-`.
  if (cell.trim() === '') return ''
  if (cell.length > LONGEST) return { refused: 'too-long', at: LONGEST }
  const tree = testsTreeOf(cell, facts)
  const fault = faultOf(tree) ?? chainedSign(tree.topNode)
  if (fault) return fault
  const isFact = Object.hasOwn(facts, input.trim())
  const value = isFact ? input.trim() : `(${input})`
  const written = ({ from, to }: SyntaxNode) => cell.slice(from, to)
  const parts = childrenOf(tree.topNode)
  if (parts[0]?.name === 'Wildcard') return ''
  const isDenied = parts[0]?.name === 'not'
  const tests = childrenOf(parts.find(({ name }) => name === 'PositiveUnaryTests')!).map((one) => childrenOf(one)[0]!)

  const words = tests.filter(isLiteral).map(written)
  const others = tests.filter((test) => !isLiteral(test)).map((test) => testing(test))
  if (isDenied && others.length === 0) return `not(${among(words)})`
  const all = [...(words.length > 0 ? [among(words)] : []), ...others]
  const any = all.length === 1 ? all[0]! : `(${all.join(' or ')})`
  // Whatever is not true does not match: so that its opposite does.
  return isDenied ? `(if ${any} then false else true)` : any

  function among(list: readonly string[]): string {
    return list.length === 1 && !isDenied ? `${value} = ${list[0]}` : `(${value} in (${list.join(', ')}))`
  }

  function testing(test: SyntaxNode): string {
    if (test.name === 'null') return `${value} = null`
    if (test.name === 'SimplePositiveUnaryTest') {
      const [op, of] = childrenOf(test)
      if (of === undefined) return `(${value} in ${substituted(test)})`
      return `${value} ${written(op!)} ${ALONE.has(of.name) ? substituted(of) : `(${substituted(of)})`}`
    }
    const said = `(${substituted(test)})`
    if (isFlag(test)) return `${value} = ${said}`
    if (isFact && ANSWERS.has(test.name)) return said
    // What comes to true or false is the answer; in a list it is looked for; anything else it is compared with.
    const compared = `if ${said} instance of list<Any> then list contains(${said}, ${value}) else ${value} in (${said}, ${said})`
    return `(if ${said} instance of boolean then ${said} else ${compared})`
  }

  /** With the input in place of `?`; true and false among tests within are held against it, whatever is tested there. */
  function substituted(node: SyntaxNode): string {
    const marks: { readonly from: number; readonly to: number; readonly by: string }[] = []
    const look = (one: SyntaxNode): void => {
      const [only] = childrenOf(one)
      if (one.name === 'VariableName' && written(one) === '?') marks.push({ from: one.from, to: one.to, by: value })
      else if (one.name === 'PositiveUnaryTest' && only && isFlag(only))
        marks.push({ from: only.from, to: only.to, by: `(if ${value} = ${substituted(only)} then true else false)` })
      else childrenOf(one).forEach(look)
    }
    look(node)
    let [text, at] = ['', node.from]
    for (const { from, to, by } of marks) {
      text += cell.slice(at, from) + by
      at = to
    }
    return text + cell.slice(at, node.to)
  }
}

/** What they stand for shows in their form: to be equal to it is to match. */
const LITERALS: ReadonlySet<string> = new Set(['NumericLiteral', 'StringLiteral', 'BooleanLiteral', 'DateTimeLiteral'])
const ALONE: ReadonlySet<string> = new Set([
  ...LITERALS,
  'VariableName',
  'ParenthesizedExpression',
  'FunctionInvocation',
])
/** They come to true, false or null and to nothing else. */
const ANSWERS: ReadonlySet<string> = new Set(['Comparison', 'Conjunction', 'Disjunction', 'QuantifiedExpression'])

/** What is true or false by its form is compared with, not taken for the answer. */
function isFlag(node: SyntaxNode): boolean {
  const parts = childrenOf(node)
  if (node.name === 'ParenthesizedExpression') return isFlag(parts[1]!)
  if (node.name === 'IfExpression') return parts.length === 6 && isFlag(parts[3]!) && isFlag(parts[5]!)
  return node.name === 'BooleanLiteral'
}

function isLiteral({ name }: SyntaxNode): boolean {
  return LITERALS.has(name)
}

/** `> 5 and < 7` is read as greater than what `5 and (< 7)` comes to, which is nothing: whoever writes it means something else. */
function chainedSign(node: SyntaxNode): ExpressionRefusal | undefined {
  if (node.name === 'Conjunction' || node.name === 'Disjunction') {
    const odd = childrenOf(node).find(({ name }) => name === 'SimplePositiveUnaryTest')
    if (odd) return { refused: 'syntax', at: odd.from }
  }
  for (const child of childrenOf(node)) {
    const found = chainedSign(child)
    if (found) return found
  }
  return undefined
}

/** The values that a list names, each as an expression: those that an output may have, the most important first. */
export function listed(text: string, facts: Facts): readonly string[] | ExpressionRefusal {
  if (text.length > LONGEST) return { refused: 'too-long', at: LONGEST }
  const tree = testsTreeOf(text, facts)
  const fault = faultOf(tree)
  if (fault) return fault
  const [list] = childrenOf(tree.topNode)
  if (list?.name !== 'PositiveUnaryTests') return { refused: 'syntax', at: 0 }
  return childrenOf(list).map(({ from, to }) => text.slice(from, to))
}
