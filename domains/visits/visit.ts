// A visit (走访) to an enterprise, whose problems become appeals at once.
import { z } from 'zod'
import type { Actor } from '../../kernel/access.ts'
import { define, record, refuse, stateOf } from '../../kernel/record.ts'
import { debt, lines, matters, unclearDebt } from '../appeals/index.ts'
import { enterprise } from '../register/index.ts'
import { assignment, within } from './assignment.ts'

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
  /** Needs not be named: it counts for each support whose leader the visitor is, or in whose unit he works. */
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
const Credited = z.object({ assignment: id.meta({ widget: 'assignment' }) })
const Void = z.object({ reason: words(400).meta({ widget: 'paragraph' }) })

export type Visited =
  | { readonly phase: 'none' }
  | (z.output<typeof VisitRecorded> & {
      readonly phase: 'recorded' | 'void'
      /** The assignments for which it counts. */
      readonly counted: readonly string[]
      /** Why it was withdrawn. */
      readonly reason?: string
    })

export const visit = define<Visited>()({
  kind: 'visit',
  code: 'ZF',
  initial: { phase: 'none' },
  phases: ['none', 'recorded', 'void'],
  refusals: [
    'enterprise-unknown',
    'enterprise-left',
    'in-the-future',
    'before-it-existed',
    'assignment-of-another',
    'not-behind-it',
    'outside-the-term',
    'debt-unclear',
    'not-your-visit',
  ],
  events: { recorded: VisitRecorded, credited: Credited, voided: Void },
  upcasters: {
    // What was said has not changed; for which assignments it counts is folded from it again.
    recorded: { 1: (data: z.output<typeof VisitRecorded>) => data },
  },
  evolve: {
    recorded: (_, data) => ({
      phase: 'recorded',
      ...data,
      counted: data.assignment === undefined ? [] : [data.assignment],
    }),
    credited: (was, { assignment: one }) => (was.phase === 'none' ? was : { ...was, counted: [...was.counted, one] }),
    voided: (was, { reason }) => (was.phase === 'none' ? was : { ...was, phase: 'void', reason }),
  },
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
        if (firm.phase === 'left') return refuse('enterprise-left', 'enterprise')
        if (data.on > today) return refuse('in-the-future', 'on')
        if (data.on < firm.registeredOn) return refuse('before-it-existed', 'on', { registeredOn: firm.registeredOn })
        const units = actor.posts.map((post) => post.unit)
        const stands = (leader: string, unit: string) => leader === actor.id || units.includes(unit)
        if (data.assignment !== undefined) {
          // Whoever names it counts on it: he is told why it does not count, instead of finding that out later.
          const behind = stateOf(assignment, facts['assignment'])
          if (!behind || behind.phase === 'none' || behind.enterprise !== data.enterprise)
            return refuse('assignment-of-another', 'assignment')
          if (!stands(behind.leader, behind.unit)) return refuse('not-behind-it', 'assignment')
          if (!within(behind, data.on))
            return refuse('outside-the-term', 'on', { from: behind.from, to: behind.to ?? '—' })
        }
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
          },
        }))
        const appeals = raised.map((one) => one.id)
        // Each assignment knows its own term, and passes over a day outside it.
        const found = (firm.behind ?? []).filter((one) => stands(one.leader, one.unitBehind))
        const named = data.assignment === undefined ? [] : [data.assignment]
        const counted = [...new Set([...named, ...found.map((one) => one.assignment)])].map((one) => ({
          kind: 'assignment',
          id: one,
          name: 'count',
          input: { visit: self, on: data.on },
        }))
        const unitOf = actor.posts[0]?.unit ?? ''
        return {
          ...record({ type: 'recorded', data: { ...data, by: actor.id, unit: unitOf, appeals } }),
          follow: [...raised, ...counted],
        }
      },
    },
    /** An assignment has counted it. */
    credit: {
      input: Credited,
      by: { system: 'always' },
      in: ['recorded'],
      inner: true,
      decide: (was, data) =>
        was.phase !== 'none' && was.counted.includes(data.assignment)
          ? { events: [] }
          : record({ type: 'credited', data }),
    },
    /** Recorded wrongly: it no longer counts anywhere. What was raised at it stays, for somebody said it. */
    void: {
      input: Void,
      by: { supervisor: 'city', leader: 'city', 'unit-head': 'city', handler: 'city' },
      in: ['recorded'],
      grave: true,
      fits: withdraws,
      decide(was, data, { id: self, actor }) {
        if (was.phase === 'none' || !withdraws(was, actor)) return refuse('not-your-visit')
        const back = was.counted.map((one) => ({
          kind: 'assignment',
          id: one,
          name: 'discount',
          input: { visit: self },
        }))
        return { ...record({ type: 'voided', data }), follow: back }
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
  entries: (event, _, after) => {
    if (after.phase === 'none' || event.type === 'credited') return []
    const n = event.type === 'voided' ? -1 : 1
    const subject = `enterprise:${after.enterprise}`
    return [{ measure: 'visit', on: after.on, n, subject, dims: { unit: after.unit } }]
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { enterprise: visited, on, summary, problems, files, by, unit, appeals, counted, reason } = state
    const assignments = counted.length > 0 ? counted : undefined
    return { enterprise: visited, on, summary, problems, appeals, files, by, unit, assignment: assignments, reason }
  },
})

/** Whether he made the visit, or supervises those who do. */
function withdraws(was: Visited, actor: Actor): boolean {
  const supervises = actor.system === true || actor.posts.some((post) => post.role === 'supervisor')
  return was.phase !== 'none' && (was.by === actor.id || supervises)
}
