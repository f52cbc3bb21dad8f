// What is wrong with a rule or a table before it is published: a reason and the place, for texts to say in any language.
import type { Facts } from './feel.ts'

export const flawCodes = [
  'name-unknown',
  'type-differs',
  'unit-differs',
  'word-not-allowed',
  'never-true',
  'always-true',
  'clause-implied',
  'branch-idle',
  'cell-never-matches',
  'rule-never-matches',
  'rule-unreachable',
  'rules-overlap',
  'gap',
  'output-not-listed',
] as const

/** Signs of a text, counted from 0; `to` is the first that no longer belongs to it. */
export type Span = { readonly from: number; readonly to: number }

export type Flaw = Span &
  (
    | { readonly code: 'name-unknown'; readonly name: string; /** The nearest that there is. */ readonly like?: string }
    /** What stands there, and what would have to. */
    | { readonly code: 'type-differs'; readonly is: string; readonly needs: string }
    /** Measures as `wan-yuan/person`; empty for a mere ratio. */
    | { readonly code: 'unit-differs'; readonly is: string; readonly needs: string }
    | { readonly code: 'word-not-allowed'; readonly name: string; readonly word: string }
    /** `because`: the least clauses that cannot hold together. */
    | { readonly code: 'never-true'; readonly because: readonly Span[] }
    | { readonly code: 'always-true' }
    /** Of `and`: it holds whenever the others do. */
    | { readonly code: 'clause-implied' }
    /** Of `or`: it never holds unless another does. */
    | { readonly code: 'branch-idle' }
  )

/** Numbers from one end to the other; an end that is absent is open. */
export type Stretch = {
  readonly fact: string
  readonly least?: number
  readonly above?: number
  readonly most?: number
  readonly below?: number
}

/** An enterprise as it may be of which it is so, and as far as only one number matters, all that are like it. */
export type Example = { readonly facts: Facts; readonly stretch?: Stretch }
