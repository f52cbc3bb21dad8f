// A policy (政策): the document and its clauses, reviewed for fair competition and published by another person than drafted it.
import { z } from 'zod'
import type { Actor } from '../../kernel/access.ts'
import { addDays } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Known } from '../../kernel/record.ts'
import { initials, spelling, unit } from '../register/index.ts'
import { handling, keeping, reading } from './reading.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = (most: number) => words(most).meta({ widget: 'paragraph' })

const Clause = z.object({ article: words(40), text: words(2000) })
const Policy = z.object({
  name: words(200),
  /** The number of the document (文号). */
  number: words(80),
  unit: id.meta({ widget: 'unit' }),
  issuedOn: z.iso.date().meta({ widget: 'date' }),
  /** From which day to which it holds; without end, when the last is absent. */
  from: z.iso.date().meta({ widget: 'date' }),
  to: z.iso.date().optional().meta({ widget: 'date' }),
  summary: paragraph(2000),
  clauses: z.array(Clause).min(1).max(200).meta({ widget: 'list' }),
  source: words(400).optional(),
})
const Drafted = Policy.extend({ by: id.meta({ widget: 'person' }) })
/** 公平竞争审查 (公平竞争审查条例, 国务院令第783号): before it is issued, with its conclusion. */
export const conclusions = ['no-restriction', 'exception', 'restricts'] as const
const Review = z.object({
  conclusion: z.enum(conclusions).meta({ widget: 'choice' }),
  /** When an exception ends, where the policy itself has no end (第十二条: 合理的实施期限或者终止条件). */
  endsWhen: words(400)
    .optional()
    .meta({ when: { conclusion: ['exception'] } }),
  opinion: paragraph(2000),
})
const Reviewed = Review.extend({ reviewer: id.meta({ widget: 'person' }) })
const Nothing = z.object({})
const Reason = z.object({ reason: paragraph(400) })

export type PolicyState =
  | { readonly phase: 'none' }
  | (z.output<typeof Drafted> & {
      readonly phase: 'draft' | 'standing' | 'ended'
      readonly review?: z.output<typeof Reviewed>
      readonly publishedOn?: string
    })

export const policy = define<PolicyState>()({
  kind: 'policy',
  code: 'ZC',
  initial: { phase: 'none' },
  phases: ['none', 'draft', 'standing', 'ended'],
  refusals: [
    'unit-unknown',
    'named-twice',
    'ends-before-it-begins',
    'not-reviewed',
    'restricts-competition',
    'two-persons',
    'begins-before-publication',
    'exception-without-end',
    'not-issued-yet',
    'over-already',
    'benefits-in-force',
    'not-over-yet',
  ],
  events: { drafted: Drafted, reviewed: Reviewed, published: Nothing, ended: Reason, lapsed: Nothing },
  drafts: { drafted: 'published' },
  evolve: {
    // What is written anew is reviewed anew.
    drafted: (_, data) => ({ phase: 'draft', ...data }),
    reviewed: (was, data) => (was.phase === 'none' ? was : { ...was, review: data }),
    published: (was, _, { on }) => (was.phase === 'none' ? was : { ...was, phase: 'standing', publishedOn: on }),
    ended: over,
    lapsed: over,
  },
  commands: {
    draft: {
      input: Policy,
      by: handling,
      in: ['none'],
      desks: { 'policy-manager': 3 },
      reads: unitOf,
      decide: (_, data, { facts, actor }) => drafted(data, facts['unit'], actor.id),
    },
    amend: {
      input: Policy,
      by: handling,
      in: ['draft'],
      amends: true,
      reads: unitOf,
      decide: (_, data, { facts, actor }) => drafted(data, facts['unit'], actor.id),
    },
    review: {
      input: Review,
      by: handling,
      in: ['draft'],
      fits: anothers,
      decide(was, data, { actor }) {
        if (was.phase === 'none' || was.by === actor.id) return refuse('two-persons')
        if (data.conclusion === 'exception' && was.to === undefined && data.endsWhen === undefined)
          return refuse('exception-without-end', 'endsWhen')
        return record({ type: 'reviewed', data: { ...data, reviewer: actor.id } })
      },
    },
    publish: {
      input: Nothing,
      by: keeping,
      in: ['draft'],
      grave: true,
      fits: (was, actor) => anothers(was, actor) && was.phase !== 'none' && was.review !== undefined,
      decide(was, _, { actor, today }) {
        if (was.phase === 'none' || was.by === actor.id) return refuse('two-persons')
        if (was.review === undefined) return refuse('not-reviewed')
        if (was.review.conclusion === 'restricts') return refuse('restricts-competition')
        if (was.issuedOn > today) return refuse('not-issued-yet', undefined, { on: was.issuedOn })
        if (was.to !== undefined && was.to < today) return refuse('over-already', undefined, { to: was.to })
        return record({ type: 'published', data: {} })
      },
    },
    /** Before its time is over. What was promised under it is ended first, each with its own reason: none is given without a policy. */
    end: {
      input: Reason,
      by: keeping,
      in: ['standing'],
      grave: true,
      counts: (id) => ({ benefits: { kind: 'benefit', facets: { policy: id } } }),
      decide: (_, data, { counts: { benefits = 0 } }) =>
        benefits > 0 ? refuse('benefits-in-force', undefined, { n: benefits }) : record({ type: 'ended', data }),
    },
    /** Its last day has passed; no benefit under it lasts longer. */
    lapse: {
      input: Nothing,
      by: { system: 'always' },
      in: ['standing'],
      inner: true,
      decide: (was, _, { today }) =>
        was.phase !== 'none' && was.to !== undefined && was.to < today
          ? record({ type: 'lapsed', data: {} })
          : refuse('not-over-yet'),
    },
  },
  sees: reading,
  named: true,
  columns: ['number', 'unit', 'issuedOn', 'from', 'to'],
  queues: {
    policies: {
      on: { 'policy-manager': 1 },
      views: {
        draft: { phase: 'draft', order: 'oldest' },
        standing: { phase: 'standing' },
        ended: { phase: 'ended' },
      },
    },
  },
  wakes: (state) =>
    state.phase === 'standing' && state.to !== undefined
      ? [{ at: `${addDays(state.to, 1)}T00:00:00.000+08:00`, command: 'lapse' }]
      : [],
  messages(event, _, after) {
    if (after.phase === 'none' || (event.type !== 'lapsed' && event.type !== 'ended')) return []
    const about = { title: after.name }
    return [`unit:${after.unit}`, `policy-manager@${after.unit}`].map((to) => ({ to, template: event.type, about }))
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase !== 'ended',
          unit: state.unit,
          level: state.phase === 'draft' ? 1 : 0,
          search: [state.name, state.number, initials(state.name), spelling(state.name)].join(' '),
        },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, review, ...facts } = state
    return { ...facts, ...review }
  },
})

function over(was: PolicyState): PolicyState {
  return was.phase === 'none' ? was : { ...was, phase: 'ended' }
}

/** What somebody else has drafted. */
function anothers(was: PolicyState, actor: Actor): boolean {
  return was.phase !== 'none' && was.by !== actor.id
}

function unitOf({ unit: of }: { readonly unit: string }) {
  return { unit: { kind: 'unit', id: of } }
}

function drafted(data: z.output<typeof Policy>, owner: Known | undefined, by: string) {
  if (stateOf(unit, owner)?.phase !== 'standing') return refuse('unit-unknown', 'unit')
  const twice = data.clauses.findIndex(
    ({ article }, place) => data.clauses.findIndex((one) => one.article === article) < place,
  )
  if (twice >= 0) return refuse('named-twice', `clauses.${twice}.article`)
  if (data.to !== undefined && data.to < data.from) return refuse('ends-before-it-begins', 'to')
  return data.from < data.issuedOn
    ? refuse('begins-before-publication', 'from')
    : record({ type: 'drafted', data: { ...data, by } })
}
