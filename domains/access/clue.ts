// A clue to a hidden barrier (隐性壁垒线索): what was demanded of somebody to be let into a business, checked by the city; the unit that it is about never sees it.
import { z } from 'zod'
import type { Actor, Grant } from '../../kernel/access.ts'
import { deadline, type Limit, type Run } from '../../kernel/clock/limit.ts'
import type { CivilDate } from '../../kernel/clock/date.ts'
import { pin, Pinned } from '../../kernel/pin.ts'
import { define, record, refuse, stateOf } from '../../kernel/record.ts'
import { enterprise, unit } from '../register/index.ts'
import { kept, rules, rungAfter, rungNow, type Climb } from './ladder.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = words(4000).meta({ widget: 'paragraph' })
const hidden = { widget: 'hidden' }
const files = z.array(id).max(20).optional().meta({ widget: 'files', page: 'files' })

/**
 * Fifteen sorts, after the notice of three ministries on clearing barriers to market access (关于开展市场准入壁垒清理整治行动
 * 促进全国统一大市场建设的通知, 2025-04-29), in short words.
 */
export const sorts = [
  'still-approved',
  'weak-basis',
  'unequal-rules',
  'dares-not-approve',
  'conditions-added',
  'between-regions',
  'against-outsiders',
  'against-the-list',
  'gap-of-new-trades',
  'circular',
  'unclear-commitment',
  'too-strict',
  'delayed',
  'as-reported-cases',
  'other',
] as const

const Report = z.object({
  title: words(80).meta({ page: 'problem' }),
  demanded: paragraph.meta({ page: 'problem' }),
  sort: z.enum(sorts).meta({ widget: 'choice', page: 'sort' }),
  /** One of the two, or both: a unit of this city, or who it was in one's own words. */
  against: id.optional().meta({ widget: 'unit', page: 'where' }),
  againstName: words(120).optional().meta({ page: 'where' }),
  place: words(120).optional().meta({ page: 'where' }),
  happenedOn: z.iso.date().optional().meta({ widget: 'date', page: 'where' }),
  /** The item or business that it was about. */
  business: words(120).optional().meta({ page: 'where' }),
  enterprise: id.optional().meta({ widget: 'enterprise', page: 'contact', personal: true }),
  /** Nobody has to say who he is: the query code lets him follow what comes of it. */
  contact: words(40).optional().meta({ personal: true, page: 'contact', autocomplete: 'name' }),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d -]{5,19}$/)
    .optional()
    .meta({ widget: 'tel', personal: true, page: 'contact', autocomplete: 'tel' }),
  files,
})
const Reported = Report.extend({
  token: z.string().meta(hidden),
  by: z.array(z.string()).meta(hidden),
  check: Pinned.optional().meta(hidden),
  climb: z.number().int().positive().optional().meta(hidden),
})
const Add = z.object({ text: paragraph, files: z.array(id).max(20).optional().meta({ widget: 'files' }) })
const Reason = z.object({ reason: paragraph })
const Dismiss = z.object({
  reason: paragraph,
  /** The entry of the list, the law or the item by which what was demanded is right. */
  basis: words(400),
})
const Refer = z.object({ to: words(120), reason: paragraph })
const Checked = { inTime: z.boolean() }
const Uphold = z.object({
  unit: id.meta({ widget: 'unit' }),
  sort: z.enum(sorts).meta({ widget: 'choice' }),
  /** These two are read by the unit, and in the end by everybody: in words that do not tell who reported it. */
  barrierTitle: words(80),
  demand: paragraph,
  until: z.iso.date().meta({ widget: 'date' }),
  item: id.optional().meta({ widget: 'item' }),
})
const Upheld = Uphold.extend(Checked)
const Inform = z.object({ finding: paragraph })
const Escalated = z.object({ step: z.enum(['supervisor', 'leader']) })
const Nothing = z.object({})

type Said = z.output<typeof Report>

export type Clue =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'reported' | 'upheld' | 'dismissed' | 'referred' | 'cleared' | 'withdrawn'
      readonly said: Said
      readonly token: string
      readonly by: readonly string[]
      readonly reportedOn: CivilDate
      readonly limit?: Limit | undefined
      readonly climb?: number | undefined
      readonly told: number
      readonly checkedOn?: CivilDate
      /** What came of it, in words for whoever reported it. */
      readonly outcome?: string
      readonly basis?: string
      readonly to?: string
    }
type Held = Exclude<Clue, { phase: 'none' }>

const LADDER = ['supervisor', 'leader'] as const
/** Those who speak for whoever reported: by account, or by the query code. */
const reporter: Grant = { subject: 'always', token: 'always' }
/** Only those whose jurisdiction is the whole city: no unit owes a clue, so that none below sees one. */
const checking: Grant = { supervisor: 'subtree' }

export const clue = define<Clue>()({
  kind: 'clue',
  code: 'XS',
  initial: { phase: 'none' },
  phases: ['none', 'reported', 'upheld', 'dismissed', 'referred', 'cleared', 'withdrawn'],
  refusals: [
    'by-whom',
    'unit-unknown',
    'enterprise-unknown',
    'not-your-enterprise',
    'in-the-future',
    'not-for-the-reporter',
    'of-your-own-unit',
    'not-in-the-past',
    'too-late',
    'no-rule',
    'tells-who-reported',
    'not-due-yet',
  ],
  events: {
    reported: Reported,
    added: Add,
    dismissed: Dismiss.extend(Checked),
    referred: Refer.extend(Checked),
    upheld: Upheld,
    cleared: Inform,
    escalated: Escalated,
    withdrawn: Reason,
  },
  evolve: {
    reported: (_, { token, by, check, climb, ...said }, { on }) => ({
      phase: 'reported',
      said,
      token,
      by,
      reportedOn: on,
      limit: check,
      climb,
      told: 0,
    }),
    added: (was, { files: more = [] }) =>
      was.phase === 'none' ? was : { ...was, said: { ...was.said, files: [...(was.said.files ?? []), ...more] } },
    dismissed: (was, { reason, basis }, { on }) => ended(was, 'dismissed', { checkedOn: on, outcome: reason, basis }),
    referred: (was, { to, reason }, { on }) => ended(was, 'referred', { checkedOn: on, outcome: reason, to }),
    upheld: (was, _, { on }) => ended(was, 'upheld', { checkedOn: on }),
    cleared: (was, { finding }) => ended(was, 'cleared', { outcome: finding }),
    escalated: (was) => (was.phase === 'none' ? was : { ...was, told: was.told + 1 }),
    withdrawn: (was, _, { on }) => ended(was, 'withdrawn', { checkedOn: on }),
  },
  commands: {
    report: {
      input: Report,
      by: { public: 'always' },
      in: ['none'],
      desks: { clerk: 6 },
      reads: ({ against, enterprise: of }) => ({
        against: against === undefined ? undefined : { kind: 'unit', id: against },
        enterprise: of === undefined ? undefined : { kind: 'enterprise', id: of },
      }),
      decide(_, said, { actor, facts, secret, law, today }) {
        if (said.against === undefined && said.againstName === undefined) return refuse('by-whom', 'againstName')
        if (said.against !== undefined && stateOf(unit, facts['against'])?.phase !== 'standing')
          return refuse('unit-unknown', 'against')
        if (said.happenedOn !== undefined && said.happenedOn > today) return refuse('in-the-future', 'happenedOn')
        const staff = actor.system === true || actor.posts.length > 0
        if (said.enterprise !== undefined) {
          if ((stateOf(enterprise, facts['enterprise'])?.phase ?? 'none') === 'none')
            return refuse('enterprise-unknown', 'enterprise')
          if (!staff && !actor.subjects.includes(`enterprise:${said.enterprise}`))
            return refuse('not-your-enterprise', 'enterprise')
        }
        const by = staff ? [] : actor.subjects.filter((one) => one.startsWith('person:'))
        const check = pin(law, rules.check, today)
        const climb = pin(law, rules.climb, today)?.budget
        return {
          ...record({ type: 'reported', data: { ...said, token: secret.hash, by, check, climb } }),
          reveal: secret.plain,
        }
      },
    },
    add: {
      input: Add,
      by: reporter,
      in: ['reported'],
      fits: (_, actor) => !isStaff(actor),
      decide: (_, data, { actor }) =>
        isStaff(actor) ? refuse('not-for-the-reporter') : record({ type: 'added', data }),
    },
    /** It is a barrier: the unit that set it is ordered to take it away by a day. */
    uphold: {
      input: Uphold,
      by: checking,
      in: ['reported'],
      grave: true,
      shows: ['demanded', 'against', 'againstName', 'business'],
      fits: checks,
      reads: ({ unit: to }, was) => ({
        unit: { kind: 'unit', id: to },
        enterprise:
          was.phase === 'none' || was.said.enterprise === undefined
            ? undefined
            : { kind: 'enterprise', id: was.said.enterprise },
      }),
      decide(was, data, { actor, facts, law, today, id: self, mint }) {
        if (was.phase === 'none' || !checks(was, actor)) return refuse('of-your-own-unit')
        if (stateOf(unit, facts['unit'])?.phase !== 'standing') return refuse('unit-unknown', 'unit')
        if (actor.posts.some((post) => post.unit === data.unit)) return refuse('of-your-own-unit', 'unit')
        if (data.until <= today) return refuse('not-in-the-past', 'until')
        const most = pin(law, rules.rectify, today)
        if (!most) return refuse('no-rule', 'until')
        const last = deadline(law.calendar, { limit: most, from: today }, today).due
        if (data.until > last) return refuse('too-late', 'until', { last })
        const firm = stateOf(enterprise, facts['enterprise'])
        const names = [was.said.contact, was.said.phone, firm?.phase === 'none' ? undefined : firm?.name]
        for (const field of ['barrierTitle', 'demand'] as const)
          if (names.some((one) => one !== undefined && data[field].includes(one)))
            return refuse('tells-who-reported', field)
        const { barrierTitle: title, ...order } = data
        return {
          ...record({ type: 'upheld', data: { ...data, inTime: inTime(was, law, today) } }),
          follow: [{ kind: 'barrier', id: mint('barrier'), name: 'order', input: { ...order, title, clue: self } }],
        }
      },
    },
    dismiss: {
      input: Dismiss,
      by: checking,
      in: ['reported'],
      grave: true,
      shows: ['demanded', 'against', 'againstName', 'business'],
      fits: checks,
      decide: (was, data, { actor, law, today }) =>
        was.phase === 'none' || !checks(was, actor)
          ? refuse('of-your-own-unit')
          : record({ type: 'dismissed', data: { ...data, inTime: inTime(was, law, today) } }),
    },
    /** Not this city's to put right: sent on to whoever it is. */
    refer: {
      input: Refer,
      by: checking,
      in: ['reported'],
      grave: true,
      fits: checks,
      decide: (was, data, { actor, law, today }) =>
        was.phase === 'none' || !checks(was, actor)
          ? refuse('of-your-own-unit')
          : record({ type: 'referred', data: { ...data, inTime: inTime(was, law, today) } }),
    },
    withdraw: {
      input: Reason,
      by: reporter,
      in: ['reported'],
      grave: true,
      fits: (_, actor) => !isStaff(actor),
      decide: (_, data, { actor }) =>
        isStaff(actor) ? refuse('not-for-the-reporter') : record({ type: 'withdrawn', data }),
    },
    /** The barrier is gone: whoever reported it is told. */
    inform: {
      input: Inform,
      by: { system: 'always' },
      in: ['upheld'],
      inner: true,
      decide: (_, data) => record({ type: 'cleared', data }),
    },
    escalate: {
      input: Nothing,
      by: { system: 'always' },
      in: ['reported'],
      inner: true,
      decide(was, _, { law, now }) {
        const step = was.phase === 'none' ? undefined : rungNow(runOf(was), climbOf(was), law, now)
        return step === undefined ? refuse('not-due-yet') : record({ type: 'escalated', data: { step } })
      },
    },
  },
  // The last two have oversight of those who check; how to reach whoever reported it is masked for them.
  sees: { ...reporter, ...checking, leader: 'subtree', 'audit-admin': 'city' },
  reveals: { ...reporter, ...checking },
  promises: [],
  columns: ['sort', 'against', 'againstName'],
  queues: {
    clues: {
      on: { supervisor: 4 },
      views: {
        reported: { phase: 'reported', order: 'due' },
        upheld: { phase: 'upheld', order: 'oldest' },
        ended: { open: 'no', order: 'created' },
      },
    },
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.said.title,
          open: state.phase === 'reported' || state.phase === 'upheld',
          // Not the unit that it is about: it has no part in it.
          parties: [
            ...(state.said.enterprise === undefined ? [] : [`enterprise:${state.said.enterprise}`]),
            ...state.by,
          ],
          token: state.token,
          facets: { sort: state.said.sort },
          search: `${state.said.title} ${state.said.demanded.slice(0, 400)}`,
        },
  clock: (state) => (state.phase === 'none' ? {} : runsOf(state)),
  wakes(state, { check }) {
    const at = state.phase === 'reported' ? rungAfter(check, climbOf(state)) : undefined
    return at === undefined ? [] : [{ at, command: 'escalate' }]
  },
  entries: (event, _, after, { id: self, on }) => {
    if (after.phase === 'none') return []
    const about = { on, subject: `clue:${self}` }
    const dims = { sort: after.said.sort }
    switch (event.type) {
      case 'reported':
        return [
          { ...about, measure: 'clue-reported', dims },
          { ...about, measure: 'clue-open', n: 1 },
        ]
      case 'dismissed':
      case 'referred':
      case 'upheld':
        return [
          { ...about, measure: 'clue-checked', dims: { ...dims, result: event.type } },
          ...(event.data.inTime ? [{ ...about, measure: 'clue-checked-in-time' }] : []),
          ...(event.type === 'upheld' ? [] : [{ ...about, measure: 'clue-open', n: -1 as const }]),
        ]
      case 'cleared':
      case 'withdrawn':
        return [{ ...about, measure: 'clue-open', n: -1 }]
      default:
        return []
    }
  },
  messages: (event, _, after) => {
    if (after.phase === 'none') return []
    const about = { title: after.said.title }
    const to = (...all: readonly string[]) => all.map((one) => ({ to: one, template: event.type, about }))
    switch (event.type) {
      case 'reported':
      case 'added':
        return to('supervisor@')
      case 'upheld':
      case 'dismissed':
      case 'referred':
      case 'cleared':
        return to(
          ...(after.said.enterprise === undefined ? [] : [`enterprise:${after.said.enterprise}`]),
          ...after.by,
          ...(after.said.phone === undefined ? [] : ['contact']),
        )
      case 'escalated':
        return to(`${event.data.step}@`)
      default:
        return []
    }
  },
  contact: (state) => (state.phase === 'none' ? undefined : { name: state.said.contact, phone: state.said.phone }),
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { title: _, ...said } = state.said
    return { ...said, outcome: state.outcome, basis: state.basis, to: state.to }
  },
})

type Law = Parameters<typeof pin>[0]

function runOf({ limit, reportedOn, checkedOn }: Held): Run | undefined {
  return limit && { limit, from: reportedOn, ...(checkedOn !== undefined && { ended: checkedOn }) }
}

function runsOf(state: Held): Readonly<Record<string, Run>> {
  const check = runOf(state)
  return check ? { check } : {}
}

function climbOf({ told, climb }: Held): Climb<(typeof LADDER)[number]> {
  return { ladder: LADDER, told, days: climb }
}

function inTime(was: Held, law: Law, today: CivilDate): boolean {
  return kept(runOf(was), law, today)
}

function ended(was: Clue, phase: Held['phase'], more: Partial<Held>): Clue {
  return was.phase === 'none' ? was : { ...was, ...more, phase }
}

const isStaff = (actor: Actor) => actor.system === true || actor.posts.length > 0

/** Nobody checks what is said of the unit that he works in, or what he has reported himself. */
function checks(was: Clue, actor: Actor): boolean {
  if (was.phase === 'none') return false
  const { against } = was.said
  return (
    !was.by.includes(`person:${actor.id}`) &&
    !actor.posts.some((post) => against !== undefined && post.unit === against)
  )
}
