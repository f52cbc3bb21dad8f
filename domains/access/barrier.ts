// A hidden barrier (隐性壁垒) that was found: the unit that set it takes it away by a day and proves it, somebody else checks, and what was cleared is published.
import { z } from 'zod'
import type { Actor } from '../../kernel/access.ts'
import { dayOf, type CivilDate } from '../../kernel/clock/date.ts'
import type { Limit, Run } from '../../kernel/clock/limit.ts'
import { pin, Pinned } from '../../kernel/pin.ts'
import { define, record, refuse } from '../../kernel/record.ts'
import { sorts } from './clue.ts'
import { kept, rules, rungAfter, rungNow, type Climb } from './ladder.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = words(4000).meta({ widget: 'paragraph' })
const hidden = { widget: 'hidden' }
const until = z.iso.date().meta({ widget: 'date' })

const Order = z.object({
  title: words(80),
  sort: z.enum(sorts).meta({ widget: 'choice' }),
  unit: id.meta({ widget: 'unit' }),
  demand: paragraph,
  until,
  item: id.optional().meta({ widget: 'item' }),
  /** Never shown: the unit does not learn who reported it. */
  clue: id.meta(hidden),
})
const Ordered = Order.extend({
  rectify: Pinned.meta(hidden),
  climb: z.number().int().positive().optional().meta(hidden),
})
const Rectify = z.object({
  done: paragraph,
  evidence: z.array(words(200)).max(20).meta({ widget: 'list' }),
  files: z.array(id).max(20).optional().meta({ widget: 'files' }),
})
const Rectified = Rectify.extend({ verify: Pinned.optional().meta(hidden) })
const SendBack = z.object({ reason: paragraph, until })
const SentBack = SendBack.extend({ rectify: Pinned.meta(hidden) })
/** Read by everybody: what was taken away, in words that tell of no one. */
const Clear = z.object({ finding: paragraph })
const Cleared = Clear.extend({ inTime: z.boolean() })
const Escalated = z.object({
  step: z.enum(['head', 'supervisor', 'leader']),
  promise: z.enum(['rectify', 'verify']),
})
const Nothing = z.object({})

export type Barrier =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'ordered' | 'rectified' | 'cleared'
      readonly title: string
      readonly sort: (typeof sorts)[number]
      readonly unit: string
      readonly demand: string
      readonly until: CivilDate
      readonly item?: string | undefined
      readonly clue: string
      readonly orderedOn: CivilDate
      readonly limits: { readonly rectify: Limit; readonly verify?: Limit | undefined }
      /** The day from which the limit in force runs. */
      readonly began: CivilDate
      readonly climb?: number | undefined
      readonly told: { readonly rectify: number; readonly verify: number }
      /** The first day that was laid down, and the day on which what was then accepted was handed in. */
      readonly first: CivilDate
      readonly rectifiedOn?: CivilDate | undefined
      readonly rectifiedBy?: string | undefined
      readonly done?: string
      readonly evidence?: readonly string[]
      readonly files?: readonly string[] | undefined
      readonly reason?: string | undefined
      readonly finding?: string
      readonly clearedOn?: CivilDate
    }
type Held = Exclude<Barrier, { phase: 'none' }>

const LADDER = { rectify: ['head', 'supervisor', 'leader'], verify: ['supervisor', 'leader'] } as const
const checking = { supervisor: 'subtree' } as const
const setting = { handler: 'unit', 'unit-head': 'unit' } as const

/** The day that an order names, as a limit of its own. */
const termOf = (today: CivilDate, last: CivilDate): Limit => ({
  rule: 'access.rectify',
  unit: 'calendar-day',
  budget: dayOf(last) - dayOf(today),
  article: '整改通知',
})

export const barrier = define<Barrier>()({
  kind: 'barrier',
  code: 'BL',
  initial: { phase: 'none' },
  phases: ['none', 'ordered', 'rectified', 'cleared'],
  refusals: ['evidence-missing', 'closes-its-own', 'not-in-the-past', 'not-due-yet'],
  events: {
    ordered: Ordered,
    rectified: Rectified,
    'sent-back': SentBack,
    cleared: Cleared,
    escalated: Escalated,
  },
  evolve: {
    ordered: (_, { rectify, ...order }, { on }) => ({
      phase: 'ordered',
      ...order,
      orderedOn: on,
      first: order.until,
      limits: { rectify },
      began: on,
      told: { rectify: 0, verify: 0 },
    }),
    rectified: (was, { done, evidence, files, verify }, { on, actor }) =>
      was.phase === 'none'
        ? was
        : {
            ...was,
            phase: 'rectified',
            done,
            evidence,
            files,
            rectifiedOn: on,
            rectifiedBy: actor,
            reason: undefined,
            limits: { ...was.limits, verify },
            told: { ...was.told, verify: 0 },
          },
    'sent-back': (was, { reason, until: last, rectify }, { on }) =>
      was.phase === 'none'
        ? was
        : {
            ...was,
            phase: 'ordered',
            reason,
            until: last,
            rectifiedOn: undefined,
            rectifiedBy: undefined,
            limits: { rectify },
            began: on,
            told: { rectify: 0, verify: 0 },
          },
    cleared: (was, { finding }, { on }) =>
      was.phase === 'none' ? was : { ...was, phase: 'cleared', finding, clearedOn: on },
    escalated: (was, { promise }) =>
      was.phase === 'none' ? was : { ...was, told: { ...was.told, [promise]: was.told[promise] + 1 } },
  },
  commands: {
    order: {
      input: Order,
      by: { system: 'always' },
      in: ['none'],
      inner: true,
      decide: (_, data, { law, today }) =>
        record({
          type: 'ordered',
          data: { ...data, rectify: termOf(today, data.until), climb: pin(law, rules.climb, today)?.budget },
        }),
    },
    rectify: {
      input: Rectify,
      by: setting,
      in: ['ordered'],
      shows: ['demand', 'reason'],
      decide: (_, data, { law, today }) =>
        data.evidence.length === 0 && !data.files?.length
          ? refuse('evidence-missing', 'evidence')
          : record({ type: 'rectified', data: { ...data, verify: pin(law, rules.verify, today) } }),
    },
    /** The barrier is gone, as somebody saw who does not work in the unit: published, and told to whoever reported it. */
    clear: {
      input: Clear,
      by: checking,
      in: ['rectified'],
      grave: true,
      shows: ['demand', 'done', 'evidence'],
      fits: isElsewhere,
      decide(was, data, { actor, law, id: self, mint }) {
        if (was.phase === 'none' || !isElsewhere(was, actor)) return refuse('closes-its-own')
        const { title, sort, unit, orderedOn, clue, item } = was
        return {
          ...record({ type: 'cleared', data: { ...data, inTime: wasInTime(was, law) } }),
          follow: [
            {
              kind: 'clearance',
              id: mint('clearance'),
              name: 'publish',
              input: { title, sort, unit, item, orderedOn, inTime: wasInTime(was, law), ...data, barrier: self },
            },
            { kind: 'clue', id: clue, name: 'inform', input: data },
          ],
        }
      },
    },
    sendBack: {
      input: SendBack,
      by: checking,
      in: ['rectified'],
      shows: ['demand', 'done', 'evidence'],
      fits: isElsewhere,
      decide(was, data, { actor, today }) {
        if (was.phase === 'none' || !isElsewhere(was, actor)) return refuse('closes-its-own')
        if (data.until <= today) return refuse('not-in-the-past', 'until')
        return record({ type: 'sent-back', data: { ...data, rectify: termOf(today, data.until) } })
      },
    },
    escalate: {
      input: Nothing,
      by: { system: 'always' },
      in: ['ordered', 'rectified'],
      inner: true,
      decide(was, _, { law, now }) {
        if (was.phase === 'none') return refuse('not-due-yet')
        const promise = runningIn(was)
        const step = rungNow(clockOf(was)[promise], climbOf(was, promise), law, now)
        return step === undefined ? refuse('not-due-yet') : record({ type: 'escalated', data: { promise, step } })
      },
    },
  },
  sees: { ...setting, ...checking, leader: 'subtree', 'audit-admin': 'city' },
  columns: ['sort', 'until'],
  queues: {
    barriers: {
      on: { handler: 7, 'unit-head': 7 },
      views: {
        ordered: { phase: 'ordered', unit: 'own', order: 'due' },
        rectified: { phase: 'rectified', unit: 'own', order: 'due' },
        cleared: { phase: 'cleared', unit: 'own', order: 'created' },
      },
    },
    'barriers-to-check': {
      on: { supervisor: 5, leader: 6 },
      views: {
        rectified: { phase: 'rectified', order: 'due' },
        ordered: { phase: 'ordered', order: 'due' },
        late: { clock: 'overdue', order: 'due' },
      },
    },
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.title,
          open: state.phase !== 'cleared',
          unit: state.unit,
          facets: { sort: state.sort },
          search: `${state.title} ${state.demand.slice(0, 400)}`,
        },
  clock: clockOf,
  wakes(state, deadlines) {
    if (state.phase === 'none' || state.phase === 'cleared') return []
    const promise = runningIn(state)
    const at = rungAfter(deadlines[promise], climbOf(state, promise))
    return at === undefined ? [] : [{ at, command: 'escalate' }]
  },
  entries: (event, before, after, { id: self, on }) => {
    if (after.phase === 'none') return []
    const about = { on, subject: `barrier:${self}`, dims: { sort: after.sort, unit: after.unit } }
    switch (event.type) {
      case 'ordered':
        return [
          { ...about, measure: 'barrier-found' },
          { ...about, measure: 'barrier-open', n: 1 },
        ]
      case 'cleared':
        return [{ ...about, measure: 'barrier-open', n: -1 }]
      case 'escalated':
        return event.data.promise === 'rectify' && before.phase !== 'none' && before.told.rectify === 0
          ? [{ ...about, measure: 'barrier-overdue' }]
          : []
      default:
        return []
    }
  },
  messages: (event, _, after) => {
    if (after.phase === 'none') return []
    const about = { title: after.title }
    const to = (...all: readonly string[]) => all.map((one) => ({ to: one, template: event.type, about }))
    switch (event.type) {
      case 'ordered':
      case 'sent-back':
        return to(`unit:${after.unit}`, `unit-head@${after.unit}`)
      case 'rectified':
        return to(`supervisor@${after.unit}`)
      case 'cleared':
        return to(`unit:${after.unit}`)
      case 'escalated':
        return to(`${event.data.step === 'head' ? 'unit-head' : event.data.step}@${after.unit}`)
    }
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { sort, demand, item, done, evidence, files, reason, finding } = state
    return { sort, demand, until: state.until, item, reason, done, evidence, files, finding }
  },
})

function clockOf(state: Barrier): Readonly<Record<string, Run>> {
  if (state.phase === 'none') return {}
  const { limits, began, rectifiedOn, clearedOn } = state
  return {
    rectify: { limit: limits.rectify, from: began, ...(rectifiedOn !== undefined && { ended: rectifiedOn }) },
    ...(limits.verify &&
      rectifiedOn !== undefined && {
        verify: { limit: limits.verify, from: rectifiedOn, ...(clearedOn !== undefined && { ended: clearedOn }) },
      }),
  }
}

const runningIn = ({ phase }: Held) => (phase === 'ordered' ? ('rectify' as const) : ('verify' as const))

function climbOf({ told, climb }: Held, promise: 'rectify' | 'verify'): Climb<'head' | 'supervisor' | 'leader'> {
  return { ladder: LADDER[promise], told: told[promise], days: climb }
}

/** In time is what was put right by the day that was first laid down: being sent back gives no new first day. */
function wasInTime({ first, orderedOn, rectifiedOn }: Held, law: Parameters<typeof pin>[0]): boolean {
  const run = { limit: termOf(orderedOn, first), from: orderedOn }
  return rectifiedOn !== undefined && kept(run, law, rectifiedOn)
}

/** Whoever works in the unit, or has put it right himself, does not find that it is gone. */
function isElsewhere(was: Barrier, actor: Actor): boolean {
  return was.phase !== 'none' && was.rectifiedBy !== actor.id && !actor.posts.some((post) => post.unit === was.unit)
}
