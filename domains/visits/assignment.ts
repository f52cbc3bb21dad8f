// An assignment (包保): a leader and a department stand behind an enterprise for a term, and come again within a time.
import { z } from 'zod'
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import { deadline, type Run } from '../../kernel/clock/limit.ts'
import { pin, Pinned } from '../../kernel/pin.ts'
import { define, record, refuse, stateOf, type Deadlines, type Order, type Wake } from '../../kernel/record.ts'
import { enterprise, person, unit } from '../register/index.ts'

const id = z.string().min(1).max(64)
const date = z.iso.date().meta({ widget: 'date' })
const words = (most: number) => z.string().trim().min(1).max(most)

const Assign = z.object({
  enterprise: id.meta({ widget: 'enterprise' }),
  leader: id.meta({ widget: 'person' }),
  unit: id.meta({ widget: 'unit' }),
  from: date,
  to: date.optional(),
})
const End = z.object({ to: date, reason: words(400).meta({ widget: 'paragraph' }) })
const Visited = z.object({ visit: id, on: date })
const Discounted = Visited.pick({ visit: true })
const Term = Assign.pick({ from: true, to: true })

/** How often a leader comes: from one visit, or from the beginning, to the next. */
const INTERVAL = 'visit.interval'
const Nothing = z.object({})
const Assigned = Assign.extend({
  name: z.string().meta({ widget: 'hidden' }),
  interval: Pinned.optional().meta({ widget: 'hidden' }),
  /** Its first day is still to come: nobody stands behind the enterprise by it yet. */
  awaits: z.literal(true).optional().meta({ widget: 'hidden' }),
})

/** Whose post it is to stand behind an enterprise. */
const LEADS: readonly string[] = ['leader', 'unit-head']

export type Assignment =
  | { readonly phase: 'none' }
  | (z.output<typeof Assign> & {
      /** Until its first day it is awaited: nobody stands behind the enterprise by it yet. */
      readonly phase: 'awaited' | 'standing' | 'ended'
      readonly visits: number
      /** The visits that count, by which the number and the last day are taken back when one is withdrawn. */
      readonly counted: readonly z.output<typeof Visited>[]
      /** The enterprise's name when it was assigned. */
      readonly name: string
      readonly lastVisit?: string
      readonly interval?: z.output<typeof Pinned> | undefined
      readonly reminded?: boolean
    })

export const assignment = define<Assignment>()({
  kind: 'assignment',
  code: 'BF',
  initial: { phase: 'none' },
  phases: ['none', 'awaited', 'standing', 'ended'],
  refusals: [
    'enterprise-unknown',
    'leader-unknown',
    'not-a-leader',
    'unit-unknown',
    'ends-before-it-begins',
    'over-already',
    'assigned-already',
    'ends-earlier',
    'visited-since',
    'not-due-yet',
    'not-over-yet',
  ],
  events: {
    assigned: Assigned,
    begun: Nothing,
    visited: Visited,
    discounted: Discounted,
    reminded: Nothing,
    limited: End,
    ended: End,
    lapsed: Nothing,
  },
  upcasters: {
    // What was said has not changed; which visits count was not kept at first, and is folded from it again.
    visited: { 1: (data: z.output<typeof Visited>) => data },
  },
  evolve: {
    assigned: (_, { awaits, ...data }) => ({
      phase: awaits ? 'awaited' : 'standing',
      ...data,
      visits: 0,
      counted: [],
    }),
    begun: (was) => (was.phase === 'none' ? was : { ...was, phase: 'standing' }),
    visited: (was, data) =>
      was.phase === 'none' ? was : { ...counting(was, [...was.counted, data]), reminded: false },
    discounted: (was, { visit }) =>
      was.phase === 'none'
        ? was
        : counting(
            was,
            was.counted.filter((one) => one.visit !== visit),
          ),
    reminded: (was) => (was.phase === 'none' ? was : { ...was, reminded: true }),
    limited: (was, { to }) => (was.phase === 'none' ? was : { ...was, to }),
    ended: (was, { to }) => (was.phase === 'none' ? was : { ...was, phase: 'ended', to }),
    lapsed: (was) => (was.phase === 'none' ? was : { ...was, phase: 'ended' }),
  },
  commands: {
    assign: {
      input: Assign,
      by: { supervisor: 'city', dispatcher: 'city' },
      in: ['none'],
      reads: (input) => ({
        enterprise: { kind: 'enterprise', id: input.enterprise },
        leader: { kind: 'person', id: input.leader },
        unit: { kind: 'unit', id: input.unit },
      }),
      decide(_, data, { facts, law, today, id: self }) {
        const firm = stateOf(enterprise, facts['enterprise'])
        if (firm?.phase !== 'listed') return refuse('enterprise-unknown', 'enterprise')
        const leader = stateOf(person, facts['leader'])
        if (leader?.phase !== 'active') return refuse('leader-unknown', 'leader')
        if (!leader.posts.some((one) => LEADS.includes(one.role))) return refuse('not-a-leader', 'leader')
        if (stateOf(unit, facts['unit'])?.phase !== 'standing') return refuse('unit-unknown', 'unit')
        if (data.to !== undefined && data.to < data.from) return refuse('ends-before-it-begins', 'to')
        if (data.to !== undefined && data.to < today) return refuse('over-already', 'to')
        // Of the others of the same leader, each knows its own term.
        const { from, to } = data
        const others = (firm.behind ?? []).filter((one) => one.leader === data.leader)
        const beside = others.map((one) => ({
          kind: 'assignment',
          id: one.assignment,
          name: 'standBeside',
          input: { from, ...(to !== undefined && { to }) },
        }))
        const interval = pin(law, [INTERVAL], today)
        const awaits = from > today ? { awaits: true as const } : {}
        return {
          ...record({ type: 'assigned', data: { ...data, name: firm.name, interval, ...awaits } }),
          follow: [...beside, backing({ ...data, ...awaits }, self)],
        }
      },
    },
    /** Its first day has come. */
    begin: {
      input: Nothing,
      by: { system: 'always' },
      in: ['awaited'],
      inner: true,
      decide(was, _, { id: self, today }) {
        if (was.phase === 'none' || was.from > today) return refuse('not-due-yet')
        const over = lapse(was, self, today)
        if (over) return over
        return { ...record({ type: 'begun', data: {} }), follow: [backing(was, self)] }
      },
    },
    /** Another assignment of the same leader to the same enterprise begins: not while this one lasts. */
    standBeside: {
      input: Term,
      by: { system: 'always' },
      in: ['awaited', 'standing', 'ended'],
      inner: true,
      decide: (was, { from, to }) =>
        (was.phase === 'awaited' || was.phase === 'standing') &&
        (to === undefined || was.from <= to) &&
        within({ to: was.to }, from)
          ? refuse('assigned-already', 'leader')
          : { events: [] },
    },
    /** Counts a visit whose day lies within the term, and lets the visit know; another is passed over. */
    count: {
      input: Visited,
      by: { system: 'always' },
      in: ['awaited', 'standing', 'ended'],
      inner: true,
      decide(was, data, { id: self }) {
        if (was.phase === 'none' || !within(was, data.on)) return { events: [] }
        const told = { kind: 'visit', id: data.visit, name: 'credit', input: { assignment: self } }
        return { ...record({ type: 'visited', data }), follow: [told] }
      },
    },
    /** The visit has been withdrawn. */
    discount: {
      input: Discounted,
      by: { system: 'always' },
      in: ['awaited', 'standing', 'ended'],
      inner: true,
      decide: (was, data) =>
        was.phase !== 'none' && was.counted.some((one) => one.visit === data.visit)
          ? record({ type: 'discounted', data })
          : { events: [] },
    },
    end: {
      input: End,
      by: { supervisor: 'city', dispatcher: 'city' },
      in: ['awaited', 'standing'],
      grave: true,
      decide(was, data, { id: self, today }) {
        if (was.phase === 'none') return refuse('ends-before-it-begins', 'to')
        const ended = { ...record({ type: 'ended', data }), follow: [givenUp(was.enterprise, self)] }
        // What has not begun is called off.
        if (data.to < was.from) return data.to >= today ? ended : refuse('ends-before-it-begins', 'to')
        if (was.to !== undefined && data.to > was.to) return refuse('ends-earlier', 'to', { to: was.to })
        if (was.lastVisit !== undefined && data.to < was.lastVisit)
          return refuse('visited-since', 'to', { lastVisit: was.lastVisit })
        // It is held to the end of its last day.
        return data.to >= today ? record({ type: 'limited', data }) : ended
      },
    },
    /** Its last day has passed. */
    lapse: {
      input: Nothing,
      by: { system: 'always' },
      in: ['standing'],
      inner: true,
      decide: (was, _, { id: self, today }) => lapse(was, self, today) ?? refuse('not-over-yet'),
    },
    remind: {
      input: Nothing,
      by: { system: 'always' },
      in: ['standing'],
      inner: true,
      decide(was, _, { id: self, law, today }) {
        // Woken so late that it has been over since: nobody is reminded of that.
        const over = lapse(was, self, today)
        if (over) return over
        const run = clockOf(was)['visit']
        const late = run !== undefined && deadline(law.calendar, run, today).state === 'overdue'
        return late ? record({ type: 'reminded', data: {} }) : refuse('not-due-yet')
      },
    },
  },
  sees: {
    subject: 'always',
    leader: 'subtree',
    'unit-head': 'involved',
    handler: 'involved',
    supervisor: 'city',
    dispatcher: 'city',
    'audit-admin': 'city',
  },
  columns: ['enterprise', 'leader', 'unit', 'visits', 'lastVisit'],
  clock: clockOf,
  wakes: wakesOf,
  messages: (event, _, after) =>
    event.type === 'reminded' && after.phase !== 'none'
      ? [{ to: `person:${after.leader}`, template: 'reminded', about: { name: after.name } }]
      : [],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          search: state.name,
          open: state.phase !== 'ended',
          unit: state.unit,
          parties: [`enterprise:${state.enterprise}`, `person:${state.leader}`],
          facets: {
            enterprise: state.enterprise,
            handler: state.leader,
            visited: state.visits > 0 ? 'yes' : 'no',
          },
        },
  entries: (event, before, after, { on }) => {
    if (after.phase === 'none') return []
    const subject = `enterprise:${after.enterprise}`
    const visited = (n: 1 | -1) => [{ measure: 'enterprise-visited', on, n, subject }]
    if (before.phase !== 'standing')
      return after.phase === 'standing' ? [{ measure: 'enterprise-covered', on, subject }] : []
    if (after.phase === 'ended')
      return [{ measure: 'enterprise-covered', on, n: -1, subject }, ...(before.visits > 0 ? visited(-1) : [])]
    const turned = Number(after.visits > 0) - Number(before.visits > 0)
    return turned === 0 ? [] : visited(turned > 0 ? 1 : -1)
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, name: __, interval: ___, reminded: ____, counted: _____, ...facts } = state
    return facts
  },
})

/** The promise to come again. */
function clockOf(state: Assignment): Record<string, Run> {
  if (state.phase === 'none' || state.interval === undefined) return {}
  const from = state.lastVisit !== undefined && state.lastVisit > state.from ? state.lastVisit : state.from
  return { visit: { limit: state.interval, from, ...(state.phase === 'ended' && { ended: state.to }) } }
}

/** Begun on its first day, over with its last; between them whoever has not come in time is reminded of it, once. */
function wakesOf(state: Assignment, { visit: due }: Deadlines): readonly Wake[] {
  if (state.phase === 'none' || state.phase === 'ended') return []
  if (state.phase === 'awaited') return [{ at: `${state.from}T00:00:00.000+08:00`, command: 'begin' }]
  const { to, reminded } = state
  const after = due && addDays(due.due, 1)
  return [
    ...(after !== undefined && !reminded && within({ to }, after)
      ? [{ at: `${after}T08:00:00.000+08:00` as const, command: 'remind' }]
      : []),
    ...(to === undefined ? [] : [{ at: `${addDays(to, 1)}T00:00:00.000+08:00` as const, command: 'lapse' }]),
  ]
}

type Standing = Exclude<Assignment, { phase: 'none' }>

/** The state with these visits counted. */
function counting({ lastVisit: _, ...was }: Standing, counted: Standing['counted']): Standing {
  const last = counted
    .map((one) => one.on)
    .toSorted()
    .at(-1)
  return { ...was, counted, visits: counted.length, ...(last !== undefined && { lastVisit: last }) }
}

/** Whether a day lies within the term; both its first and its last day do. */
export function within(
  term: { readonly from?: CivilDate; readonly to?: CivilDate | undefined },
  on: CivilDate,
): boolean {
  return (term.from === undefined || term.from <= on) && (term.to === undefined || on <= term.to)
}

/** What there is to do once the last day has passed. */
function lapse(was: Assignment, self: string, today: CivilDate) {
  return was.phase !== 'none' && was.to !== undefined && was.to < today
    ? { ...record({ type: 'lapsed', data: {} }), follow: [givenUp(was.enterprise, self)] }
    : undefined
}

/** The enterprise learns who stands behind it, or will. */
function backing(
  {
    enterprise: behind,
    leader,
    unit: unitBehind,
    awaits,
  }: Pick<z.output<typeof Assigned>, 'enterprise' | 'leader' | 'unit' | 'awaits'>,
  self: string,
): Order {
  const input = { assignment: self, leader, unitBehind, ...(awaits && { awaits }) }
  return { kind: 'enterprise', id: behind, name: 'back', input }
}

function givenUp(behind: string, self: string): Order {
  return { kind: 'enterprise', id: behind, name: 'unback', input: { assignment: self } }
}
