// The only file that asks feelin, the reference: it parses every expression and answers whatever our own form does not hold.
import { evaluate, isFunction, parseExpression, parseUnaryTests } from 'feelin'

/** What is known of one enterprise, by name; absent and null both mean that nobody knows. */
export type Facts = Readonly<Record<string, unknown>>

/** The tree that feelin itself works on. The names that facts have decide how an expression is read: `a-b` may be one name. */
export function treeOf(text: string, facts: Facts): ReturnType<typeof parseExpression> {
  return parseExpression(text, facts, undefined)
}

/** Of the tests in a cell of a table (unary tests), in which `?` is what is tested. */
export function testsTreeOf(text: string, facts: Facts): ReturnType<typeof parseExpression> {
  return parseUnaryTests(text, { ...facts, '?': null }, undefined)
}

export type Reference = {
  readonly value: unknown
  /** The names that it looked for and that no fact has. */
  readonly sought: readonly string[]
  /** What it throws where it is to compare what has no order; the value is null then. */
  readonly fault?: string
}

export function askReference(text: string, facts: Facts): Reference {
  try {
    const { value, warnings } = evaluate(text, facts)
    const vain = warnings.filter(({ type }) => type === 'NO_VARIABLE_FOUND')
    const sought = vain.map(({ position }) => text.slice(position.from, position.to).replace(/\s+/g, ' '))
    return { value, sought: [...new Set(sought)] }
  } catch (error) {
    return { value: null, sought: [], fault: error instanceof Error ? error.message : String(error) }
  }
}

const builtIn = new Map<string, boolean>()

/** Whether a name that no fact has is a function of FEEL. */
export function isBuiltIn(name: string): boolean {
  let is = builtIn.get(name)
  if (is === undefined) {
    const { value } = askReference(name, {})
    is = typeof value === 'function' || isFunction(value)
    builtIn.set(name, is)
  }
  return is
}
