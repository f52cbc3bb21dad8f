// An appeal as it stands between two events: its state, and the small steps that several events share.
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import type { Extension, Limit, Pause } from '../../kernel/clock/limit.ts'
import type { z } from 'zod'
import type * as says from './input.ts'

/** What was said, and from which record it came. */
export type Said = z.output<typeof says.Raise> & Pick<z.output<typeof says.Raised>, 'cause'>

export type PromiseName = (typeof says.promises)[number]

/** A case; `phase` tells where it is. */
export type Case = {
  readonly phase:
    'raised' | 'dispatched' | 'handling' | 'waiting' | 'answered' | 'closed' | 'shelved' | 'merged' | 'withdrawn'
  readonly said: Said
  readonly token: string
  readonly by: readonly string[]
  readonly registrar?: string | undefined
  readonly raisedOn: CivilDate
  readonly line: Said['line']
  readonly matter: Said['matter']
  readonly level?: 'city' | 'county'
  readonly unit?: string
  readonly assisting: readonly string[]
  /** Which of them have said what they know. */
  readonly contributed?: readonly string[]
  /** The day on which the last of them did. */
  readonly assistedOn?: CivilDate
  readonly handler?: string
  /** Everybody who had it in hand: none of them asks whether it was put right. */
  readonly hands?: readonly string[]
  /** Limits as they were in force when each promise began; a case keeps them. */
  readonly limits: Readonly<Partial<Record<PromiseName, Limit>>>
  /** The day on which each promise began. */
  readonly began: Readonly<Partial<Record<PromiseName, CivilDate>>>
  /** Days between two rungs of the escalation ladder. */
  readonly climb?: number | undefined
  readonly signedOn?: CivilDate
  readonly answeredOn?: CivilDate
  readonly closedOn?: CivilDate
  readonly pauses: readonly Pause[]
  readonly extensions: readonly Extension[]
  readonly question?: string
  readonly answer?: {
    readonly outcome: (typeof says.outcomes)[number]
    readonly text: string
    readonly evidence: readonly string[]
    readonly inTime: boolean
    readonly by: string
  }
  readonly answers: number
  readonly attempts: number
  readonly solved: boolean
  readonly rating?: { readonly grade: string; readonly ofAnswer: number }
  readonly reopened: number
  readonly escalated: Readonly<Partial<Record<PromiseName, number>>>
  readonly urged: number
  readonly urgedOn?: CivilDate
  /** The day on which what the notice demanded was there. */
  readonly reportedOn?: CivilDate
  readonly supervised?: { readonly demand: string; readonly until: CivilDate }
  readonly review?: CivilDate
  readonly secrecy?: (typeof says.secrecies)[number]
  readonly mergedInto?: string
  readonly absorbed: readonly { readonly id: string; readonly title: string }[]
}

export type Appeal = { readonly phase: 'none' } | Case

export const CASE = [
  'raised',
  'dispatched',
  'handling',
  'waiting',
  'answered',
  'closed',
  'shelved',
  'merged',
  'withdrawn',
] as const
export const UNDERWAY = ['dispatched', 'handling', 'waiting'] as const

/** The confidentiality of a record, as access knows it. */
export const LEVEL = { internal: 1, confidential: 2, secret: 3 } as const

/** A change of a case; nothing happens to one that was never raised. */
export const on = (was: Appeal, change: (was: Case) => Case): Appeal => (was.phase === 'none' ? was : change(was))

/** Back to the handler: the clock, which stood still from the answer to this day, runs on and does not start again. */
export function back({ answeredOn, closedOn: _, ...kept }: Case, today: CivilDate): Case {
  const stood = answeredOn !== undefined && answeredOn < today
  const pauses = stood ? [...kept.pauses, { from: addDays(answeredOn, 1), to: today, ground: 'answered' }] : kept.pauses
  return { ...kept, phase: 'handling', solved: false, attempts: 0, pauses }
}

/** A promise that begins anew climbs the ladder anew. */
export const afresh = (escalated: Case['escalated'], ...names: readonly PromiseName[]) => ({
  ...escalated,
  ...Object.fromEntries(names.map((name) => [name, 0])),
})

/** One more who has had it in hand. */
export const inHands = ({ hands = [] }: Case, who: string) => (hands.includes(who) ? hands : [...hands, who])

/** Back to the dispatcher, who has a term of his own from this day; the enterprise's wait goes on. */
export function waiting(
  { unit: _, handler: __, signedOn: ___, contributed: ____, assistedOn: _____, ...kept }: Case,
  today: CivilDate,
): Case {
  const escalated = afresh(kept.escalated, 'triage')
  return { ...kept, phase: 'raised', assisting: [], began: { ...kept.began, triage: today }, escalated }
}

export function closePause(pauses: readonly Pause[], to: CivilDate): Pause[] {
  return pauses.flatMap((pause) => {
    if (pause.to !== undefined) return [pause]
    return to < pause.from ? [] : [{ ...pause, to }]
  })
}

/** The assisting units that have not said anything yet. */
export function awaited({ assisting, contributed = [] }: Case): readonly string[] {
  return assisting.filter((one) => !contributed.includes(one))
}

/** Those on whose behalf it was raised. */
export function appellantsOf(state: Case): string[] {
  return [...(state.said.enterprise === undefined ? [] : [`enterprise:${state.said.enterprise}`]), ...state.by]
}

/**
 * Everyone who has a part in it beside the unit that owes the answer. Whoever’s own case was merged into this one is not
 * among them: what came of it is told in his own, and another’s telephone number and papers are not for him.
 */
export function partiesOf(state: Case): string[] {
  return [
    ...appellantsOf(state),
    ...state.assisting.map((one) => `unit:${one}`),
    ...(state.registrar === undefined ? [] : [`unit:${state.registrar}`]),
  ]
}
