// How enterprises stand on the ladder today: what the server counts and the office's screen shows.
import type { Named } from '../policies/index.ts'

export type RungCount = {
  readonly id: string
  readonly name: string
  readonly after?: string | undefined
  readonly document: string
  readonly from: string
  /** The day on which the next edition begins, where one is published already. */
  readonly next?: string | undefined
  /** Whom it has a meaning for. */
  readonly concerned: number
  /** Recognised, and their recognition holds. */
  readonly standing: number
  /** Not recognised, but they meet its conditions; what a person has to judge left aside. */
  readonly meets: number
  /** All conditions but one are met; undefined where there is but one, which everybody else lacks. */
  readonly near?: number | undefined
  /** Facts are missing, so that it is open. */
  readonly open: number
  readonly coaching: number
  /** Recognised for the first time, or anew, since the year began. */
  readonly movedUp: number
  /** Recognised, and their recognition ends within so many days. */
  readonly expiring: number
}

export type Funnel = {
  readonly day: string
  /** Days within which what ends is told of. */
  readonly soon: number
  readonly enterprises: number
  readonly rungs: readonly RungCount[]
}

/** Who stands behind a number that no list of records tells. */
export type Behind = {
  readonly items: readonly (Named & { readonly about?: string })[]
  /** How many there are, of whom the first are named. */
  readonly count: number
}
export const behinds = ['meets', 'near', 'expiring'] as const
