// Whom a rule reaches among all enterprises of the city: what the server works out and the sand table shows.

export type Named = { readonly id: string; readonly title: string }

export type Reach = {
  readonly day: string
  readonly enterprises: number
  readonly entitled: number
  readonly not: number
  readonly open: number
  /** Fen that all who are entitled would get, as far as what they have besides leaves it; and of how many a fact is missing for the amount. */
  readonly cost: number
  /** Of how many of them the cap of its group leaves less than the amount, or nothing; and how many have what excludes it, and get nothing. */
  readonly capped: number
  readonly apart: number
  readonly unreckoned: number
  /** Conditions that whoever meets the rest meets, too. */
  readonly superfluous: readonly string[]
  /** Conditions that alone keep enterprises out: how many, and some of them. */
  readonly near: readonly { readonly clause: string; readonly count: number; readonly examples: readonly Named[] }[]
  /** Facts that could change the answer for those who are open, among the first so many of them. */
  readonly missing: readonly { readonly fact: string; readonly count: number }[]
  readonly looked: number
  /** All who are entitled, where that was asked for. */
  readonly entitledIds?: readonly string[]
}
