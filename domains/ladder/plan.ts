// A plan of coaching (培育计划): the rung aimed at, what is lacking, and who does what by when; only with the enterprise's agreement, and for as long as it wants.
import { z } from 'zod'
import { may, type Actor } from '../../kernel/access.ts'
import { addDays, dayOf, type CivilDate } from '../../kernel/clock/date.ts'
import { deadline, type Run } from '../../kernel/clock/limit.ts'
import { define, record, refuse, stateOf, type Context, type Deadlines, type Wake } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'
import { byDictionary, handling, knownOn, profile, rowsIn } from '../policies/index.ts'
import { enterprise, person } from '../register/index.ts'
import { concerns, gapOf } from './judgement.ts'
import { recognition, standingId } from './recognition.ts'
import { rung, rungOn } from './rung.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = (most: number) => words(most).meta({ widget: 'paragraph' })
const until = z.iso.date().meta({ widget: 'date' })
const action = z.number().int().min(1).meta({ widget: 'number' })

/** A value of a fact as it is kept: a flag is yes or no. */
const typed = z.string().meta({ widget: 'typed' })
/** In which unit of the dictionary it is counted; none for what is no number. */
const measure = z.string().optional().meta({ widget: 'choice' })

const Of = z.object({ rung: id.meta({ widget: 'rung' }), enterprise: id.meta({ widget: 'enterprise' }) })
const Opened = Of.extend({
  unit: id.meta({ widget: 'unit' }),
  title: z.string().meta({ widget: 'hidden' }),
  /** By whom it was proposed; the enterprise asked for it itself, when absent. */
  coach: id.optional().meta({ widget: 'person' }),
  edition: z.number().int(),
  stands: z.enum(['holds', 'not', 'open']).meta({ widget: 'choice' }),
  gaps: z
    .array(z.object({ clause: z.string(), fact: z.string().optional(), now: typed.optional(), measure }))
    .meta({ widget: 'list' }),
  changes: z.array(z.object({ fact: z.string(), now: typed, needed: typed, measure })).meta({ widget: 'list' }),
  missing: z.array(z.object({ fact: z.string() })).meta({ widget: 'list' }),
})
/** Before, what a condition had read stood in one line: 研发费用 = 60; 失信被执行 = no. */
type OpenedBefore = Omit<z.output<typeof Opened>, 'gaps'> & {
  readonly gaps: readonly { readonly clause: string; readonly read: string }[]
}
const asLines = ({ gaps, ...data }: OpenedBefore) => ({
  ...data,
  gaps: gaps.flatMap(({ clause, read }) =>
    read === ''
      ? [{ clause }]
      : read.split('; ').map((one) => {
          const [fact = '', now = ''] = one.split(' = ')
          return { clause, fact, now }
        }),
  ),
})
/** How the enterprise said so, where somebody here enters it. */
const Agree = z.object({ evidence: words(200).optional() })
const Act = z.object({ what: words(200), who: id.meta({ widget: 'person' }), until })
const Log = z.object({ action: action.optional(), text: paragraph(1000) })
const Finish = z.object({ action, result: paragraph(400) })
const Waive = z.object({ action, reason: paragraph(400) })
const Result = z.object({ result: paragraph(1000) })
const Reason = z.object({ reason: paragraph(400) })
const Comment = z.object({ text: paragraph(1000) })
const Overdue = z.object({ actions: z.array(z.number().int()) })
const Nothing = z.object({})

type Action = z.output<typeof Act> & {
  readonly number: number
  readonly from: CivilDate
  readonly came: 'going' | 'done' | 'waived'
  readonly how?: string
  readonly told?: true
}
export type Plan =
  | { readonly phase: 'none' }
  | (z.output<typeof Opened> & {
      readonly phase: 'proposed' | 'running' | 'done' | 'dropped' | 'declined'
      readonly actions: readonly Action[]
      readonly evidence?: string | undefined
      readonly agreedOn?: string | undefined
      readonly result?: string | undefined
      readonly reason?: string | undefined
      /** How a plan that is done came to its end. */
      readonly reached?: boolean | undefined
    })
type Standing = Exclude<Plan, { phase: 'none' }>
const on = (was: Plan, change: (kept: Standing) => Standing): Plan => (was.phase === 'none' ? was : change(was))
const acted = (was: Plan, number: number, change: Partial<Action>) =>
  on(was, (kept) => ({
    ...kept,
    actions: kept.actions.map((one) => (one.number === number ? { ...one, ...change } : one)),
  }))

const ENDED = ['done', 'dropped', 'declined'] as const

export const plan = define<Plan>()({
  kind: 'plan',
  code: 'PY',
  initial: { phase: 'none' },
  phases: ['none', 'proposed', 'running', ...ENDED],
  refusals: [
    'rung-unknown',
    'not-your-unit',
    'enterprise-unknown',
    'other-name',
    'meant-for-others',
    'not-your-enterprise',
    'planned-already',
    'planned-before',
    'stands-already',
    'evidence-missing',
    'person-unknown',
    'not-in-the-past',
    'no-such-action',
    'action-ended',
    'actions-open',
    'not-due-yet',
  ],
  events: {
    opened: Opened,
    agreed: Agree,
    declined: Reason,
    acted: Act,
    logged: Log,
    finished: Finish,
    waived: Waive,
    commented: Comment,
    overdue: Overdue,
    completed: Result,
    reached: Nothing,
    dropped: Reason,
    left: Reason,
  },
  upcasters: { opened: { 1: asLines } },
  evolve: {
    opened: (_, data, mark) => ({
      phase: data.coach === undefined ? 'running' : 'proposed',
      ...data,
      actions: [],
      ...(data.coach === undefined && { agreedOn: mark.on }),
    }),
    agreed: (was, { evidence }, mark) =>
      on(was, (kept) => ({
        ...kept,
        phase: 'running',
        agreedOn: mark.on,
        ...(evidence !== undefined && { evidence }),
      })),
    declined: (was, { reason }) => on(was, (kept) => ({ ...kept, phase: 'declined', reason })),
    acted: (was, data, mark) =>
      on(was, (kept) => ({
        ...kept,
        actions: [...kept.actions, { ...data, number: kept.actions.length + 1, from: mark.on, came: 'going' }],
      })),
    logged: (was) => was,
    finished: (was, { action: number, result }) => acted(was, number, { came: 'done', how: result }),
    waived: (was, { action: number, reason }) => acted(was, number, { came: 'waived', how: reason }),
    commented: (was) => was,
    overdue: (was, { actions }) =>
      on(was, (kept) => ({
        ...kept,
        actions: kept.actions.map((one) => (actions.includes(one.number) ? { ...one, told: true } : one)),
      })),
    completed: (was, { result }) => on(was, (kept) => ({ ...kept, phase: 'done', result })),
    reached: (was) => on(was, (kept) => ({ ...kept, phase: 'done', reached: true })),
    dropped: (was, { reason }) => on(was, (kept) => ({ ...kept, phase: 'dropped', reason })),
    left: (was, { reason }) => on(was, (kept) => ({ ...kept, phase: 'dropped', reason })),
  },
  commands: {
    /** Put to the enterprise: nothing of it begins before it has agreed (民营经济促进法第四十八条: of its own will). */
    propose: {
      input: Of,
      by: handling,
      in: ['none'],
      desks: { handler: 13 },
      names: naming,
      reads: readsOf,
      decide: (_, said, context) => opened(said, context.actor.id, context),
    },
    /** Asked for by the enterprise itself, which is its agreement. */
    ask: {
      input: Of,
      by: { public: 'always' },
      in: ['none'],
      fits: (_, actor) => actor.posts.length === 0,
      names: naming,
      reads: readsOf,
      decide: (_, said, context) =>
        speaksFor(context.actor, said.enterprise)
          ? opened(said, undefined, context)
          : refuse('not-your-enterprise', 'enterprise'),
    },
    /** Taken up again after it ended: what is lacking is judged anew. */
    resume: {
      input: Nothing,
      by: { subject: 'always', ...handling },
      in: [...ENDED],
      fits: isFor,
      reads: (_, was): Readonly<Record<string, { kind: string; id: string }>> =>
        was.phase === 'none' ? {} : readsOf(was),
      decide(was, _, context) {
        if (was.phase === 'none') return refuse('not-due-yet')
        if (!isFor(was, context.actor)) return refuse('not-your-enterprise')
        const { rung: of, enterprise: firm } = was
        const coach = speaksFor(context.actor, firm) ? undefined : context.actor.id
        return opened({ rung: of, enterprise: firm }, coach, context)
      },
    },
    agree: {
      input: Agree,
      by: { subject: 'always', ...handling },
      in: ['proposed'],
      awaited: true,
      shows: ['rung', 'gaps'],
      fits: isFor,
      decide(was, data, { actor }) {
        if (!isFor(was, actor)) return refuse('not-your-enterprise')
        return !speaks(was, actor) && data.evidence === undefined
          ? refuse('evidence-missing', 'evidence')
          : record({ type: 'agreed', data })
      },
    },
    decline: {
      input: Reason,
      by: { subject: 'always' },
      in: ['proposed'],
      fits: speaks,
      decide: (was, data, { actor }) =>
        speaks(was, actor) ? record({ type: 'declined', data }) : refuse('not-your-enterprise'),
    },
    act: {
      input: Act,
      by: handling,
      in: ['running'],
      reads: ({ who }) => ({ who: { kind: 'person', id: who } }),
      decide(_, data, { facts, today }) {
        if (stateOf(person, facts['who'])?.phase !== 'active') return refuse('person-unknown', 'who')
        return data.until < today ? refuse('not-in-the-past', 'until') : record({ type: 'acted', data })
      },
    },
    log: {
      input: Log,
      by: { subject: 'always', ...handling },
      in: ['running'],
      fits: (was, actor) => !speaks(was, actor),
      decide(was, data, { actor }) {
        if (speaks(was, actor)) return refuse('not-your-unit')
        if (data.action !== undefined && findAction(was, data.action) === undefined)
          return refuse('no-such-action', 'action')
        return record({ type: 'logged', data })
      },
    },
    finish: {
      input: Finish,
      by: { subject: 'always', ...handling },
      in: ['running'],
      fits: (was, actor) => hasOpen(was) && !speaks(was, actor),
      shows: ['actions'],
      decide: (was, data, { actor }) => wrongAction(was, data.action, actor) ?? record({ type: 'finished', data }),
    },
    waive: {
      input: Waive,
      by: handling,
      in: ['running'],
      fits: hasOpen,
      shows: ['actions'],
      decide: (was, data, { actor }) => wrongAction(was, data.action, actor) ?? record({ type: 'waived', data }),
    },
    comment: {
      input: Comment,
      by: { subject: 'always' },
      in: ['proposed', 'running'],
      fits: speaks,
      decide: (was, data, { actor }) =>
        speaks(was, actor) ? record({ type: 'commented', data }) : refuse('not-your-enterprise'),
    },
    /** Everything that was agreed is done, whether or not the rung is reached yet. */
    complete: {
      input: Result,
      by: handling,
      in: ['running'],
      decide: (was, data) => (hasOpen(was) ? refuse('actions-open') : record({ type: 'completed', data })),
    },
    drop: {
      input: Reason,
      by: handling,
      in: ['proposed', 'running'],
      grave: true,
      decide: (_, data) => record({ type: 'dropped', data }),
    },
    /** The enterprise wants it no longer. */
    leave: {
      input: Reason,
      by: { subject: 'always' },
      in: ['running'],
      grave: true,
      fits: speaks,
      decide: (was, data, { actor }) =>
        speaks(was, actor) ? record({ type: 'left', data }) : refuse('not-your-enterprise'),
    },
    /** The enterprise has been recognised on the rung that it was for. */
    reach: {
      input: Nothing,
      by: { system: 'always' },
      in: ['none', 'proposed', 'running', ...ENDED],
      inner: true,
      decide: (was) =>
        was.phase === 'proposed' || was.phase === 'running' ? record({ type: 'reached', data: {} }) : { events: [] },
    },
    /** An action was not done by its day: whoever took it on is told. */
    remind: {
      input: Nothing,
      by: { system: 'always' },
      in: ['running'],
      inner: true,
      decide(was, _, { law, today }) {
        const late = openOf(was)
          .filter((one) => !one.told && deadline(law.calendar, runOf(one), today).late)
          .map(({ number }) => number)
        return late.length === 0 ? refuse('not-due-yet') : record({ type: 'overdue', data: { actions: late } })
      },
    },
  },
  sees: {
    subject: 'always',
    handler: 'unit',
    'unit-head': 'unit',
    'policy-manager': 'city',
    supervisor: 'city',
    leader: 'city',
    'audit-admin': 'city',
  },
  columns: ['rung', 'enterprise', 'coach', 'unit'],
  queues: {
    plans: {
      on: { handler: 10, 'unit-head': 11, 'policy-manager': 11 },
      views: {
        mine: { mine: 'yes', open: 'yes', order: 'due' },
        overdue: { clock: 'overdue', order: 'due' },
        running: { phase: 'running', order: 'due' },
        proposed: { phase: 'proposed', order: 'oldest' },
        done: { phase: 'done' },
        dropped: { phase: 'dropped,declined' },
      },
    },
  },
  clock: clockOf,
  wakes: wakesOf,
  index(state) {
    if (state.phase === 'none') return { title: '', open: false }
    const open = openOf(state)
    const handler = open[0]?.who ?? state.coach
    return {
      title: state.title,
      open: state.phase === 'proposed' || state.phase === 'running',
      unit: state.unit,
      parties: [...new Set([`enterprise:${state.enterprise}`, ...open.map(({ who }) => `person:${who}`)])],
      facets: { rung: state.rung, ...(handler !== undefined && { handler }) },
      search: state.title,
    }
  },
  entries: (event, before, after, mark) => entriesOf(event.type, before, after, mark.on),
  messages(event, before, after) {
    if (after.phase === 'none') return []
    const about = { title: after.title }
    const firm = `enterprise:${after.enterprise}`
    const ours = after.coach === undefined ? `unit:${after.unit}` : `person:${after.coach}`
    switch (event.type) {
      case 'opened':
        return [{ to: after.phase === 'proposed' ? firm : `unit:${after.unit}`, template: after.phase, about }]
      case 'agreed':
      case 'declined':
      case 'commented':
      case 'left':
        return [{ to: ours, template: event.type, about }]
      case 'acted':
        return [
          { to: `person:${event.data.who}`, template: 'acted', about: { ...about, what: event.data.what } },
          { to: firm, template: 'told', about },
        ]
      case 'overdue':
        return before.phase === 'none'
          ? []
          : before.actions
              .filter(({ number }) => event.data.actions.includes(number))
              .map(({ who, what }) => ({ to: `person:${who}`, template: 'overdue', about: { ...about, what } }))
      case 'completed':
      case 'reached':
      case 'dropped':
        return [{ to: firm, template: event.type, about }]
      default:
        return []
    }
  },
  facts(state) {
    if (state.phase === 'none') return {}
    const { phase: _, title: __, actions, gaps, changes, ...kept } = state
    // In the order in which they are read.
    return {
      ...kept,
      gaps: gaps.map(({ clause, fact, now, measure: unit }) => ({ clause, fact, now, measure: unit })),
      changes: changes.map(({ fact, now, needed, measure: unit }) => ({ fact, now, needed, measure: unit })),
      actions: actions.map(({ number, what, who, until: by, came, how }) => ({
        action: number,
        what,
        who,
        until: by,
        came,
        ...(how !== undefined && { how }),
      })),
    }
  },
})

function naming({ rung: of, enterprise: firm }: z.output<typeof Of>) {
  return {
    id: standingId(of, firm),
    // That another is being coached is told to nobody: by a number it is refused as not his.
    held: (was: Plan, actor: Actor) =>
      isFor(was, actor)
        ? refuse(
            was.phase === 'proposed' || was.phase === 'running' ? 'planned-already' : 'planned-before',
            'enterprise',
          )
        : undefined,
  }
}

function readsOf({ rung: of, enterprise: firm }: z.output<typeof Of>) {
  return {
    ...byDictionary,
    rung: { kind: 'rung', id: of },
    enterprise: { kind: 'enterprise', id: firm },
    profile: { kind: 'profile', id: firm },
    recognition: { kind: 'recognition', id: standingId(of, firm) },
  }
}

/** With what is lacking today by the rule in force. */
function opened({ rung: of, enterprise: firm }: z.output<typeof Of>, coach: string | undefined, context: Context) {
  const { facts, today, actor, id: self } = context
  const aim = stateOf(rung, facts['rung'])
  const edition = rungOn(aim, today)
  if (aim === undefined || aim.phase !== 'standing' || edition === undefined) return refuse('rung-unknown', 'rung')
  if (coach !== undefined && !may(handling, actor, { title: '', open: true, unit: aim.unit }))
    return refuse('not-your-unit', 'rung')
  const known = stateOf(enterprise, facts['enterprise'])
  if (known === undefined || known.phase !== 'listed') return refuse('enterprise-unknown', 'enterprise')
  const stands = stateOf(recognition, facts['recognition'])?.phase
  if (stands === 'standing' || stands === 'due') return refuse('stands-already', 'enterprise')
  if (self !== standingId(of, firm)) return refuse('other-name', 'enterprise')
  const rows = rowsIn(facts['dictionary'])
  const read = knownOn(rows, known, stateOf(profile, facts['profile']), today)
  if (!concerns(edition.content, read, rows))
    return refuse('meant-for-others', 'enterprise', { among: edition.content.among ?? '' })
  const gap = gapOf(edition, read, rows)
  const data = {
    rung: of,
    enterprise: firm,
    unit: aim.unit,
    title: `${edition.content.name} · ${known.name}`.slice(0, 200),
    ...(coach !== undefined && { coach }),
    ...gap,
  }
  return record({ type: 'opened', data })
}

const speaksFor = (actor: Actor, firm: string) => actor.subjects.includes(`enterprise:${firm}`)

/** Whether he speaks for the enterprise: whoever took on an action has a part in the plan, too, and decides nothing for it. */
function speaks(was: Plan, actor: Actor): boolean {
  return was.phase !== 'none' && speaksFor(actor, was.enterprise)
}

/** The enterprise, or whoever works in the unit that coaches it. */
function isFor(was: Plan, actor: Actor): boolean {
  return was.phase !== 'none' && (speaks(was, actor) || may(handling, actor, { title: '', open: true, unit: was.unit }))
}

/** The actions still to be done, those that are due first before the others. */
function openOf(was: Plan): readonly Action[] {
  const open = was.phase === 'running' ? was.actions.filter(({ came }) => came === 'going') : []
  return open.toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : a.number - b.number))
}
function hasOpen(was: Plan): boolean {
  return openOf(was).length > 0
}
const findAction = (was: Plan, number: number) =>
  was.phase === 'none' ? undefined : was.actions.find((one) => one.number === number)

/** It is there, not over, and his: the unit's, or his own who took it on. */
function wrongAction(was: Plan, number: number, actor: Actor) {
  const one = findAction(was, number)
  if (one === undefined) return refuse('no-such-action', 'action')
  if (one.came !== 'going') return refuse('action-ended', 'action')
  const unit = was.phase === 'none' ? undefined : was.unit
  const ours = one.who === actor.id || may(handling, actor, { title: '', open: true, unit })
  return ours ? undefined : refuse('not-your-unit', 'action')
}

/** To the day that was agreed on for it. */
function runOf({ from, until: to }: Action): Run {
  const limit = {
    rule: 'plan.action',
    unit: 'calendar-day',
    budget: dayOf(to) - dayOf(from),
    article: '培育计划',
  } as const
  return { limit, from }
}

/** The action that is due first, and the first of those that nobody has been reminded of. */
function clockOf(state: Plan): Readonly<Record<string, Run>> {
  const [first] = openOf(state)
  const untold = openOf(state).find((one) => !one.told)
  return {
    ...(first && { first: runOf(first) }),
    ...(untold && untold !== first && { next: runOf(untold) }),
  }
}

function wakesOf(state: Plan, { first, next }: Deadlines): readonly Wake[] {
  const due = openOf(state)[0]?.told ? next : first
  return due === undefined ? [] : [{ at: `${addDays(due.due, 1)}T08:00:00.000+08:00`, command: 'remind' }]
}

function entriesOf(type: string, before: Plan, after: Plan, day: CivilDate): readonly Entry[] {
  if (after.phase === 'none') return []
  const one = { on: day, subject: `enterprise:${after.enterprise}`, dims: { rung: after.rung, unit: after.unit } }
  const ran = before.phase === 'running'
  const runs = after.phase === 'running'
  if (!ran && runs) return [{ measure: 'ladder-coached', ...one }]
  if (!ran || runs) return []
  const came = type === 'reached' ? 'reached' : type === 'completed' ? 'done' : type === 'left' ? 'left' : 'dropped'
  return [
    { measure: 'ladder-coached', ...one, n: -1 },
    { measure: 'ladder-coaching-ended', ...one, dims: { ...one.dims, came } },
  ]
}
