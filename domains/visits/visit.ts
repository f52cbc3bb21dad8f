// A visit (走访) to an enterprise, whose problems become appeals at once.
import { z } from 'zod'
import { define, record, refuse, stateOf } from '../../kernel/record.ts'
import { debt, lines, matters, unclearDebt } from '../appeals/index.ts'
import { enterprise } from '../register/index.ts'
import { assignment } from './assignment.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)

const Problem = z.object({
  title: words(80),
  body: words(4000).meta({ widget: 'paragraph' }),
  matter: z.enum(matters).meta({ widget: 'choice' }),
  line: z.enum(lines).meta({ widget: 'choice' }),
  ...debt,
})
const Visit = z.object({
  enterprise: id.meta({ widget: 'enterprise' }),
  on: z.iso.date().meta({ widget: 'date', preset: 'today' }),
  /** Found by itself: the visitor's own support of the enterprise, or the only one there is. */
  assignment: id.optional().meta({ widget: 'assignment', of: 'enterprise' }),
  summary: words(2000).meta({ widget: 'paragraph' }),
  problems: z.array(Problem).max(10).meta({ widget: 'list' }),
  files: z.array(id).max(20).optional().meta({ widget: 'files' }),
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
  refusals: ['enterprise-unknown', 'in-the-future', 'before-it-existed', 'assignment-of-another', 'debt-unclear'],
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
        const firm = stateOf(enterprise, facts['enterprise'])
        if (!firm || firm.phase === 'none') return refuse('enterprise-unknown', 'enterprise')
        if (data.on > today) return refuse('in-the-future', 'on')
        if (data.on < firm.registeredOn) return refuse('before-it-existed', 'on', { registeredOn: firm.registeredOn })
        const behind = stateOf(assignment, facts['assignment'])
        if (data.assignment !== undefined && (behind?.phase !== 'standing' || behind.enterprise !== data.enterprise))
          return refuse('assignment-of-another', 'assignment')
        for (const [place, problem] of data.problems.entries()) {
          const unclear = problem.matter === 'arrears' && unclearDebt(problem, today)
          if (unclear) return refuse('debt-unclear', `problems.${place}.${unclear}`)
        }
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
