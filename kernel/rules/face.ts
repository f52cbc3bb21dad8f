// Rules as other programs ask them: an expression and facts in, the verdict and its reasons out, or what is wrong with the question.
import { parse } from './expression.ts'
import type { Facts } from './feel.ts'
import { judge, reckonValue, type Clause } from './judge.ts'

export type RulesAnswer = {
  /** None for an amount or a text that is known. */
  readonly verdict?: 'true' | 'false' | 'unknown'
  /** What was asked for as a value; of a test null, or what it comes to if it is none, when that is known: 1 / 0 > 3. */
  readonly value?: unknown
  readonly missing?: readonly string[]
  readonly failing?: readonly Clause[]
  readonly path: 'compiled' | 'reference'
  /** It is said to be unknown because there were too many cases to go through. */
  readonly isCut?: true
}

export type RulesRefusal = {
  readonly refused:
    | 'not-an-object'
    | 'unknown-member'
    | 'not-a-text'
    | 'unknown-type'
    | 'too-long'
    | 'too-deep'
    | 'syntax'
    /** The reference itself gives up: something is to be compared that has no order. */
    | 'not-comparable'
  /** Which member is wrong, or at which sign of the expression reading stops, counted from 0. */
  readonly at?: string | number
}

/** What a case may hold; by `id` and `note` whoever wrote it finds it again. */
const MEMBERS: readonly string[] = ['expression', 'facts', 'type', 'id', 'note']

/** `{expression, facts, type?: "test" | "value"}`. A fact that is absent or null is missing. */
export function answerRules(given: unknown): RulesAnswer | RulesRefusal {
  if (!isObject(given)) return { refused: 'not-an-object' }
  const odd = Object.keys(given).find((member) => !MEMBERS.includes(member))
  if (odd !== undefined) return { refused: 'unknown-member', at: odd }
  const { expression: text, facts = {}, type = 'test' } = given
  if (typeof text !== 'string') return { refused: 'not-a-text', at: 'expression' }
  if (!isObject(facts)) return { refused: 'not-an-object', at: 'facts' }
  if (type !== 'test' && type !== 'value') return { refused: 'unknown-type', at: 'type' }
  const expression = parse(text, facts)
  if ('refused' in expression) return expression
  const { verdict, path, missing, failing, value, fault, isCut } = (type === 'test' ? judge : reckonValue)(
    expression,
    facts,
  )
  if (fault !== undefined) return { refused: 'not-comparable' }
  const isAsked = type === 'value' || (verdict === 'unknown' && missing.length === 0)
  return {
    ...((type === 'test' || value === undefined || value === null || typeof value === 'boolean') && { verdict }),
    ...(isAsked && value !== undefined && { value }),
    ...(verdict === 'unknown' && value === undefined && { missing }),
    ...(failing.length > 0 && { failing }),
    path,
    ...(isCut && { isCut }),
  }
}

function isObject(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
