// A policy (政策): the document and its clauses, reviewed for fair competition and published by another person than drafted it.
import { z } from 'zod'
import { define, record, refuse, stateOf, type Known } from '../../kernel/record.ts'
import { initials, spelling, unit } from '../register/index.ts'
import { drafting, keeping, reading } from './reading.ts'

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
  ],
  events: { drafted: Drafted, reviewed: Reviewed, published: Nothing, ended: Reason },
  drafts: { drafted: 'published' },
  evolve: {
    // What is written anew is reviewed anew.
    drafted: (_, data) => ({ phase: 'draft', ...data }),
    reviewed: (was, data) => (was.phase === 'none' ? was : { ...was, review: data }),
    published: (was, _, { on }) => (was.phase === 'none' ? was : { ...was, phase: 'standing', publishedOn: on }),
    ended: (was) => (was.phase === 'none' ? was : { ...was, phase: 'ended' }),
  },
  commands: {
    draft: {
      input: Policy,
      by: drafting,
      in: ['none'],
      desks: { 'policy-manager': 3 },
      reads: unitOf,
      decide: (_, data, { facts, actor }) => drafted(data, facts['unit'], actor.id),
    },
    amend: {
      input: Policy,
      by: drafting,
      in: ['draft'],
      amends: true,
      reads: unitOf,
      decide: (_, data, { facts, actor }) => drafted(data, facts['unit'], actor.id),
    },
    review: {
      input: Review,
      by: drafting,
      in: ['draft'],
      decide(was, data, { actor }) {
        if (was.phase === 'none' || was.by === actor.id) return refuse('two-persons')
        return record({ type: 'reviewed', data: { ...data, reviewer: actor.id } })
      },
    },
    publish: {
      input: Nothing,
      by: keeping,
      in: ['draft'],
      grave: true,
      fits: (was) => was.phase !== 'none' && was.review !== undefined,
      decide(was, _, { actor }) {
        if (was.phase === 'none' || was.by === actor.id) return refuse('two-persons')
        if (was.review === undefined) return refuse('not-reviewed')
        if (was.review.conclusion === 'restricts') return refuse('restricts-competition')
        return record({ type: 'published', data: {} })
      },
    },
    end: {
      input: Reason,
      by: keeping,
      in: ['standing'],
      grave: true,
      decide: (_, data) => record({ type: 'ended', data }),
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
    return { ...facts, conclusion: review?.conclusion, opinion: review?.opinion, reviewer: review?.reviewer }
  },
})

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
