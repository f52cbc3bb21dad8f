// Leaders and departments who stand behind an enterprise (领导+部门), and their visits, whose problems become appeals at once.
import { z } from 'zod'
import { define, record, refuse, stateOf } from '../../kernel/record.ts'
import { lines, matters } from '../appeals/index.ts'
import { enterprise, person, unit } from '../register/index.ts'

const id = z.string().min(1).max(64)
const date = z.iso.date().meta({ widget: 'date' })
const files = z.array(id).max(20).optional().meta({ widget: 'files' })
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

const Assigned = Assign.extend({ name: z.string().meta({ widget: 'hidden' }) })

export type Assignment =
  | { readonly phase: 'none' }
  | (z.output<typeof Assign> & {
      readonly phase: 'standing' | 'ended'
      readonly visits: number
      /** The enterprise's name when it was assigned. */
      readonly name: string
      readonly lastVisit?: string
    })

export const assignment = define<Assignment>()({
  kind: 'assignment',
  code: 'BF',
  initial: { phase: 'none' },
  phases: ['none', 'standing', 'ended'],
  refusals: ['enterprise-unknown', 'leader-unknown', 'unit-unknown', 'ends-before-it-begins'],
  events: { assigned: Assigned, visited: Visited, ended: End },
  evolve: {
    assigned: (_, data) => ({ phase: 'standing', ...data, visits: 0 }),
    visited: (was, { on }) => (was.phase === 'none' ? was : { ...was, visits: was.visits + 1, lastVisit: on }),
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
      decide(_, data, { facts }) {
        const firm = stateOf(enterprise, facts['enterprise'])
        if (!firm || firm.phase === 'none') return refuse('enterprise-unknown', 'enterprise')
        if (!stateOf(person, facts['leader'])) return refuse('leader-unknown', 'leader')
        if (!stateOf(unit, facts['unit'])) return refuse('unit-unknown', 'unit')
        if (data.to !== undefined && data.to < data.from) return refuse('ends-before-it-begins', 'to')
        return record({ type: 'assigned', data: { ...data, name: firm.name } })
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
      decide: (was, data) =>
        was.phase !== 'none' && data.to < was.from
          ? refuse('ends-before-it-begins', 'to')
          : record({ type: 'ended', data }),
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
    if (event.type === 'ended') return [{ measure: 'enterprise-covered', on, n: -1, subject }]
    return before.phase !== 'none' && before.visits === 0 ? [{ measure: 'enterprise-visited', on, subject }] : []
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, name: __, ...facts } = state
    return facts
  },
})

const Problem = z.object({
  title: words(80),
  body: words(4000).meta({ widget: 'paragraph' }),
  matter: z.enum(matters).meta({ widget: 'choice' }),
  line: z.enum(lines).meta({ widget: 'choice' }),
})
const Visit = z.object({
  enterprise: id.meta({ widget: 'enterprise' }),
  on: z.iso.date().meta({ widget: 'date', preset: 'today' }),
  /** Found by itself: the visitor's own support of the enterprise, or the only one there is. */
  assignment: id.optional().meta({ widget: 'assignment', of: 'enterprise' }),
  summary: words(2000).meta({ widget: 'paragraph' }),
  problems: z.array(Problem).max(10).meta({ widget: 'list' }),
  files,
})
const VisitRecorded = Visit.extend({
  by: z.string().meta({ widget: 'person' }),
  unit: z.string().meta({ widget: 'unit' }),
  appeals: z.array(z.string()).meta({ widget: 'appeal' }),
})

export type Visited = { readonly phase: 'none' } | (z.output<typeof VisitRecorded> & { readonly phase: 'recorded' })

export const visit = define<Visited>()({
  kind: 'visit',
  code: 'ZF',
  initial: { phase: 'none' },
  phases: ['none', 'recorded'],
  refusals: ['enterprise-unknown', 'in-the-future', 'assignment-of-another'],
  events: { recorded: VisitRecorded },
  evolve: { recorded: (_, data) => ({ phase: 'recorded', ...data }) },
  commands: {
    record: {
      input: Visit,
      by: { leader: 'city', 'unit-head': 'city', handler: 'city' },
      in: ['none'],
      desks: { leader: 2, 'unit-head': 5, handler: 5 },
      reads: (input) => ({
        enterprise: { kind: 'enterprise', id: input.enterprise },
        assignment: input.assignment === undefined ? undefined : { kind: 'assignment', id: input.assignment },
      }),
      decide(_, data, { facts, actor, today, mint, id: self }) {
        if (!stateOf(enterprise, facts['enterprise'])) return refuse('enterprise-unknown', 'enterprise')
        if (data.on > today) return refuse('in-the-future', 'on')
        const behind = stateOf(assignment, facts['assignment'])
        if (data.assignment !== undefined && (behind?.phase !== 'standing' || behind.enterprise !== data.enterprise))
          return refuse('assignment-of-another', 'assignment')
        const raised = data.problems.map((problem) => ({
          kind: 'appeal',
          id: mint('appeal'),
          name: 'raise',
          input: {
            ...problem,
            channel: 'visit',
            files: data.files,
            enterprise: data.enterprise,
            cause: `visit/${self}`,
          },
        }))
        const appeals = raised.map((one) => one.id)
        const counted =
          data.assignment === undefined
            ? []
            : [{ kind: 'assignment', id: data.assignment, name: 'count', input: { visit: self, on: data.on } }]
        const unitOf = actor.posts[0]?.unit ?? ''
        return {
          ...record({ type: 'recorded', data: { ...data, by: actor.id, unit: unitOf, appeals } }),
          follow: [...raised, ...counted],
        }
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
  columns: ['on', 'enterprise', 'problems'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: `${state.on} ${state.summary.slice(0, 40)}`,
          open: false,
          unit: state.unit,
          parties: [`enterprise:${state.enterprise}`, `person:${state.by}`],
          facets: { enterprise: state.enterprise, handler: state.by },
          search: state.summary.slice(0, 400),
        },
  entries: (_, __, after) =>
    after.phase === 'none'
      ? []
      : [{ measure: 'visit', on: after.on, subject: `enterprise:${after.enterprise}`, dims: { unit: after.unit } }],
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, ...facts } = state
    return facts
  },
})
