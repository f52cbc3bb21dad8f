// An assignment (包保): a leader and a department stand behind an enterprise, and come again within a time.
import { z } from 'zod'
import { addDays } from '../../kernel/clock/date.ts'
import { deadline, type Run } from '../../kernel/clock/limit.ts'
import { pin, Pinned } from '../../kernel/pin.ts'
import { define, record, refuse, stateOf } from '../../kernel/record.ts'
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

/** How often a leader comes: from one visit, or from the beginning, to the next. */
const INTERVAL = 'visit.interval'
const Nothing = z.object({})
const Assigned = Assign.extend({
  name: z.string().meta({ widget: 'hidden' }),
  interval: Pinned.optional().meta({ widget: 'hidden' }),
})

export type Assignment =
  | { readonly phase: 'none' }
  | (z.output<typeof Assign> & {
      readonly phase: 'standing' | 'ended'
      readonly visits: number
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
  phases: ['none', 'standing', 'ended'],
  refusals: ['enterprise-unknown', 'leader-unknown', 'unit-unknown', 'ends-before-it-begins', 'not-due-yet'],
  events: { assigned: Assigned, visited: Visited, reminded: Nothing, ended: End },
  evolve: {
    assigned: (_, data) => ({ phase: 'standing', ...data, visits: 0 }),
    visited: (was, { on }) =>
      was.phase === 'none'
        ? was
        : {
            ...was,
            visits: was.visits + 1,
            lastVisit: was.lastVisit !== undefined && was.lastVisit > on ? was.lastVisit : on,
            reminded: false,
          },
    reminded: (was) => (was.phase === 'none' ? was : { ...was, reminded: true }),
    ended: (was, { to }) => (was.phase === 'none' ? was : { ...was, phase: 'ended', to }),
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
        if (stateOf(person, facts['leader'])?.phase !== 'active') return refuse('leader-unknown', 'leader')
        if (stateOf(unit, facts['unit'])?.phase !== 'standing') return refuse('unit-unknown', 'unit')
        if (data.to !== undefined && data.to < data.from) return refuse('ends-before-it-begins', 'to')
        const interval = pin(law, [INTERVAL], today)
        const input = { assignment: self, leader: data.leader, unitBehind: data.unit }
        return {
          ...record({ type: 'assigned', data: { ...data, name: firm.name, interval } }),
          follow: [{ kind: 'enterprise', id: data.enterprise, name: 'back', input }],
        }
      },
    },
    count: {
      input: Visited,
      by: { system: 'always' },
      in: ['standing', 'ended'],
      inner: true,
      decide: (_, data) => record({ type: 'visited', data }),
    },
    end: {
      input: End,
      by: { supervisor: 'city', dispatcher: 'city' },
      in: ['standing'],
      grave: true,
      decide(was, data, { id: self }) {
        if (was.phase === 'none' || data.to < was.from) return refuse('ends-before-it-begins', 'to')
        const given = { kind: 'enterprise', id: was.enterprise, name: 'unback', input: { assignment: self } }
        return { ...record({ type: 'ended', data }), follow: [given] }
      },
    },
    remind: {
      input: Nothing,
      by: { system: 'always' },
      in: ['standing'],
      inner: true,
      decide(was, _, { law, today }) {
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
  wakes: (state, { visit: due }) =>
    state.phase === 'standing' && due && !state.reminded
      ? [{ at: `${addDays(due.due, 1)}T08:00:00.000+08:00`, command: 'remind' }]
      : [],
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
          open: state.phase === 'standing',
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
    if (event.type === 'assigned') return [{ measure: 'enterprise-covered', on, subject }]
    if (event.type === 'ended')
      return [
        { measure: 'enterprise-covered', on, n: -1, subject },
        ...(after.visits > 0 ? [{ measure: 'enterprise-visited', on, n: -1 as const, subject }] : []),
      ]
    if (event.type !== 'visited') return []
    return before.phase !== 'none' && before.visits === 0 ? [{ measure: 'enterprise-visited', on, subject }] : []
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, name: __, interval: ___, reminded: ____, ...facts } = state
    return facts
  },
})

/** The promise to come again. */
function clockOf(state: Assignment): Record<string, Run> {
  if (state.phase === 'none' || state.interval === undefined) return {}
  const from = state.lastVisit !== undefined && state.lastVisit > state.from ? state.lastVisit : state.from
  return { visit: { limit: state.interval, from, ...(state.phase === 'ended' && { ended: state.to }) } }
}
