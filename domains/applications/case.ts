// An application as it stands between two events: its state, and what several steps ask of it.
import type { z } from 'zod'
import type { CivilDate } from '../../kernel/clock/date.ts'
import type { Extension, Limit, Pause } from '../../kernel/clock/limit.ts'
import type * as says from './input.ts'

export type Received = z.output<typeof says.Received>
export type Had = Received['papers'][number]
export type Demand = z.output<typeof says.Corrected>['demands'][number]
export type Decided = z.output<typeof says.Decided>
export type PromiseName = (typeof says.promises)[number]

export const CASE = [
  'awaiting',
  'received',
  'correcting',
  'examining',
  'special',
  'decided',
  'verifying',
  'closed',
  'declined',
  'withdrawn',
  'terminated',
  'revoked',
] as const

/** An application; `phase` tells where it is. */
export type Case = Omit<Received, 'limit' | 'files'> & {
  readonly phase: (typeof CASE)[number]
  readonly receivedOn: CivilDate
  readonly acceptedOn?: CivilDate
  readonly accepted?: (typeof says.acceptances)[number]
  readonly decidedOn?: CivilDate
  readonly closedOn?: CivilDate
  readonly handler?: string
  /** What the applicant was told to correct, once and for all; and what of it he still has to. */
  readonly told?: readonly Demand[]
  readonly owed?: readonly Demand[]
  readonly special?: { readonly special: string; readonly name: string }
  readonly limits: Readonly<Partial<Record<PromiseName, Limit>>>
  readonly began: Readonly<Partial<Record<PromiseName, CivilDate>>>
  readonly ended: Readonly<Partial<Record<PromiseName, CivilDate>>>
  readonly pauses: readonly Pause[]
  readonly extensions: readonly Extension[]
  readonly decision?: Decided
  readonly grade?: string
  readonly finding?: (typeof says.findings)[number]
  /** Whether the one reminder of papers to follow was given. */
  /** What was to be corrected has not come in time. */
  readonly overran?: boolean
  readonly reminded?: boolean
  /** Where the papers on paper are, when they came in at a window. */
  readonly papersAt?: 'window' | 'underway' | 'unit'
  /** When they left the window, and when the unit signed for them, by the city's clock to the minute; each with whose hand it was. */
  readonly sentAt?: string
  readonly sentBy?: string
  readonly takenAt?: string
  readonly takenBy?: string
  /** How often somebody had to come. */
  readonly came: number
}

export type Application = { readonly phase: 'none' } | Case

export const OPEN = ['awaiting', 'received', 'correcting', 'examining', 'special', 'decided', 'verifying'] as const
export const ENDED = ['closed', 'declined', 'withdrawn', 'terminated', 'revoked'] as const

/** A change of a case; nothing happens to one that was never received. */
export const on = (was: Application, change: (was: Case) => Case): Application =>
  was.phase === 'none' ? was : change(was)

/** The papers that are to follow, as the applicant has committed himself to. */
export const outstanding = ({ papers }: Pick<Case, 'papers'>): readonly Had[] =>
  papers.filter(({ way }) => way === 'later')

/** The papers that were handed in: on paper, they change hands. */
export const handedIn = ({ papers }: Pick<Case, 'papers'>): readonly Had[] =>
  papers.filter(({ way }) => way === 'given')

/** The papers that nobody has. */
export const absent = ({ papers }: Pick<Case, 'papers'>): readonly Had[] =>
  papers.filter(({ way }) => way === 'missing')

/** The papers that other items of the same theme have yet to produce. */
export const awaited = ({ papers }: Pick<Case, 'papers'>): readonly Had[] =>
  papers.filter(({ way, source }) => way === 'produced' && source === undefined)

export const promised = ({ papers }: Pick<Case, 'papers'>): boolean => papers.some(({ way }) => way === 'promised')

/** Who applies: the one that an exclusion or a register knows it by. */
export function applicantOf({ enterprise, by, applicant }: Pick<Case, 'enterprise' | 'by' | 'applicant'>): string {
  return enterprise === undefined ? (by[0] ?? `name:${applicant ?? ''}`) : `enterprise:${enterprise}`
}

/** The applicant as the title names him, after the item. */
export function nameOfApplicant({ title, terms }: Pick<Case, 'title' | 'terms'>): string {
  return title.slice(`${terms.name} · `.length)
}

/** Those on whose behalf it was handed in. */
export function applicantsOf({ enterprise, by }: Pick<Case, 'enterprise' | 'by'>): string[] {
  return [...(enterprise === undefined ? [] : [`enterprise:${enterprise}`]), ...by]
}
