// A version of an item: drafted by one person, published by another, in force from a day, and never changed after that.
import { z } from 'zod'
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import { define, record, refuse } from '../../kernel/record.ts'
import { byCoding, lengthFlawIn } from './coding.ts'
import { Content, flawIn, flaws } from './content.ts'
import { drafting, keeping, reading } from './reading.ts'

const id = z.string().min(1).max(64)
const Nothing = z.object({})
const Open = z.object({
  item: id.meta({ widget: 'item' }),
  unit: id.meta({ widget: 'unit' }),
  number: z.number().int(),
  content: Content.meta({ widget: 'hidden' }),
  by: id.meta({ widget: 'person' }),
})
const Publish = z.object({
  from: z.iso.date().meta({ widget: 'date' }),
  /** The last day, where it is known from the start that it will end. */
  to: z.iso.date().optional().meta({ widget: 'date' }),
})
const Reason = z.object({ reason: z.string().trim().min(1).max(400).meta({ widget: 'paragraph' }) })
const Amended = Open.pick({ content: true, by: true })

export type Version =
  | { readonly phase: 'none' }
  | (z.output<typeof Open> & {
      readonly phase: 'draft' | 'review' | 'agreed' | 'standing' | 'replaced' | 'ended' | 'dropped'
      readonly from?: CivilDate
      readonly to?: CivilDate | undefined
      /** The day on which it was no longer in force. */
      readonly until?: CivilDate
      readonly reason?: string
    })

export const version = define<Version>()({
  kind: 'version',
  code: 'BB',
  initial: { phase: 'none' },
  phases: ['none', 'draft', 'review', 'agreed', 'standing', 'replaced', 'ended', 'dropped'],
  refusals: ['two-persons', 'begins-in-the-past', 'ends-before-it-begins', 'not-yet', 'code-length', ...flaws],
  events: {
    opened: Open,
    amended: Amended,
    submitted: Nothing,
    sentBack: Reason,
    agreed: Publish,
    begun: Nothing,
    replaced: Nothing,
    ended: Nothing,
    dropped: Nothing,
  },
  evolve: {
    opened: (_, data) => ({ phase: 'draft', ...data }),
    amended: (was, data) => (was.phase === 'none' ? was : { ...was, ...data }),
    submitted: (was) => (was.phase === 'none' ? was : { ...was, phase: 'review' }),
    sentBack: (was, { reason }) => (was.phase === 'none' ? was : { ...was, phase: 'draft', reason }),
    agreed: (was, { from, to }) => (was.phase === 'none' ? was : { ...was, phase: 'agreed', from, to }),
    begun: (was) => (was.phase === 'none' ? was : { ...was, phase: 'standing' }),
    replaced: (was, _, { on }) => (was.phase === 'none' ? was : { ...was, phase: 'replaced', until: on }),
    ended: (was, _, { on }) => (was.phase === 'none' ? was : { ...was, phase: 'ended', until: on }),
    dropped: (was) => (was.phase === 'none' ? was : { ...was, phase: 'dropped' }),
  },
  commands: {
    open: {
      input: Open,
      by: { system: 'always' },
      in: ['none'],
      inner: true,
      decide: (_, data) => record({ type: 'opened', data }),
    },
    amend: {
      input: Content,
      by: drafting,
      in: ['draft'],
      amends: true,
      reads: () => byCoding,
      decide: (_, content, { actor, facts }) =>
        lengthFlawIn({ baseCode: content.baseCode }, facts) ??
        flawIn(content) ??
        record({ type: 'amended', data: { content, by: actor.id } }),
    },
    submit: {
      input: Nothing,
      by: drafting,
      in: ['draft'],
      decide: () => record({ type: 'submitted', data: {} }),
    },
    sendBack: {
      input: Reason,
      by: keeping,
      in: ['review'],
      decide: (_, data) => record({ type: 'sentBack', data }),
    },
    publish: {
      input: Publish,
      by: keeping,
      in: ['review'],
      grave: true,
      many: true,
      decide(was, data, { actor, today, id: self }) {
        if (was.phase === 'none' || was.by === actor.id) return refuse('two-persons')
        if (data.from < today) return refuse('begins-in-the-past', 'from')
        if (data.to !== undefined && data.to < data.from) return refuse('ends-before-it-begins', 'to')
        const agreed = record({ type: 'agreed', data })
        return data.from > today
          ? agreed
          : { events: [...agreed.events, { type: 'begun', data: {} }], follow: [taking(was, self)] }
      },
    },
    /** Its first day has come. */
    begin: {
      input: Nothing,
      by: { system: 'always' },
      in: ['agreed'],
      inner: true,
      decide: (was, _, { today, id: self }) =>
        was.phase === 'none' || was.from === undefined || was.from > today
          ? refuse('not-yet')
          : { ...record({ type: 'begun', data: {} }), follow: [taking(was, self)] },
    },
    replace: {
      input: Nothing,
      by: { system: 'always' },
      in: ['standing'],
      inner: true,
      decide: () => record({ type: 'replaced', data: {} }),
    },
    /** Its last day is over: nothing may be demanded by it any more. */
    end: {
      input: Nothing,
      by: { system: 'always' },
      in: ['standing'],
      inner: true,
      decide: (was, _, { today, id: self }) =>
        was.phase === 'none' || was.to === undefined || was.to >= today
          ? refuse('not-yet')
          : {
              ...record({ type: 'ended', data: {} }),
              follow: [{ kind: 'item', id: was.item, name: 'expire', input: { version: self, to: was.to } }],
            },
    },
    /** The item is no longer on the list. */
    lapse: {
      input: Nothing,
      by: { system: 'always' },
      in: ['draft', 'review', 'agreed'],
      inner: true,
      decide: () => record({ type: 'dropped', data: {} }),
    },
    drop: {
      input: Nothing,
      by: drafting,
      in: ['draft', 'review', 'agreed'],
      grave: true,
      decide: (was, _, { id: self }) => ({
        ...record({ type: 'dropped', data: {} }),
        follow: was.phase === 'none' ? [] : [{ kind: 'item', id: was.item, name: 'free', input: { version: self } }],
      }),
    },
  },
  sees: reading,
  columns: ['item', 'number', 'unit', 'from', 'to', 'by'],
  queues: {
    'versions-to-publish': { on: { 'item-manager': 1 }, views: { review: { phase: 'review' } } },
    'versions-to-finish': {
      on: { handler: 6, 'unit-head': 4, 'item-manager': 3 },
      views: { draft: { phase: 'draft' } },
    },
  },
  wakes(state) {
    if (state.phase === 'agreed') return [{ at: `${state.from!}T00:00:00.000+08:00`, command: 'begin' }]
    if (state.phase !== 'standing' || state.to === undefined) return []
    // A minute later, so that one which begins on that day has taken its place before.
    return [{ at: `${addDays(state.to, 1)}T00:01:00.000+08:00`, command: 'end' }]
  },
  messages: (event, before, after) =>
    event.type === 'sentBack' && after.phase !== 'none'
      ? [{ to: `person:${after.by}`, template: 'sentBack', about: { title: after.content.name } }]
      : [],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: `${state.content.name} ${state.number}`,
          open: !['replaced', 'ended', 'dropped'].includes(state.phase),
          unit: state.unit,
          // Whoever applied under a version may read it, whatever has come since.
          level: ['standing', 'replaced', 'ended'].includes(state.phase) ? 0 : 1,
          facets: { item: state.item },
        },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, content, ...facts } = state
    return { ...facts, ...content }
  },
})

function taking(was: Exclude<Version, { phase: 'none' }>, self: string) {
  const { item, number, content } = was
  return { kind: 'item', id: item, name: 'take', input: { version: self, number, content } }
}
