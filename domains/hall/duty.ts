// Duty on a day off (值班，无休日): who is at a hall, for which items; two who are on duty may change places if their head agrees.
import { z } from 'zod'
import type { Actor } from '../../kernel/access.ts'
import { isWorkday } from '../../kernel/clock/calendar.ts'
import { dayOf } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Known } from '../../kernel/record.ts'
import { person } from '../register/index.ts'
import { onDay } from './day.ts'
import { hall } from './hall.ts'

const id = z.string().min(1).max(64)
const Nothing = z.object({})

const Roster = z.object({
  hall: id.meta({ widget: 'hall' }),
  on: z.iso.date().meta({ widget: 'date' }),
  person: id.meta({ widget: 'person' }),
  unit: id.meta({ widget: 'unit' }),
  /** All items, when absent. */
  items: z.array(id).min(1).max(200).optional().meta({ widget: 'item' }),
})
const Rostered = Roster.extend({ name: z.string().meta({ widget: 'hidden' }) })
const Offer = z.object({ with: id.meta({ widget: 'duty' }) })
const Offered = Offer.extend({ other: id.meta({ widget: 'person' }) })
const Exchange = z.object({
  person: id.meta({ widget: 'person' }),
  name: z.string().meta({ widget: 'hidden' }),
  instead: id.meta({ widget: 'person' }),
})
const Exchanged = Exchange.omit({ instead: true })
const Reason = z.object({ reason: z.string().trim().min(1).max(400).meta({ widget: 'paragraph' }) })

export type Duty =
  | { readonly phase: 'none' }
  | (z.output<typeof Rostered> & {
      readonly phase: 'rostered' | 'offered' | 'consented' | 'withdrawn'
      /** The duty that would be taken instead, and who has that one. */
      readonly swap?: z.output<typeof Offered> | undefined
    })

const keeping = { 'item-manager': 'city', 'unit-head': 'city' } as const

export const duty = define<Duty>()({
  kind: 'duty',
  code: 'ZB',
  initial: { phase: 'none' },
  phases: ['none', 'rostered', 'offered', 'consented', 'withdrawn'],
  refusals: [
    'hall-unknown',
    'person-unknown',
    'works-elsewhere',
    'not-your-unit',
    'working-day',
    'day-over',
    'not-your-duty',
    'duty-unknown',
    'same-person',
    'another-hall-or-unit',
    'not-asked-of-you',
    'changed-meanwhile',
  ],
  events: {
    rostered: Rostered,
    offered: Offered,
    consented: Nothing,
    declined: Nothing,
    exchanged: Exchanged,
    withdrawn: Reason,
  },
  evolve: {
    rostered: (_, data) => ({ phase: 'rostered', ...data }),
    offered: (was, data) => (was.phase === 'none' ? was : { ...was, phase: 'offered', swap: data }),
    consented: (was) => (was.phase === 'none' ? was : { ...was, phase: 'consented' }),
    declined: (was) => (was.phase === 'none' ? was : { ...was, phase: 'rostered', swap: undefined }),
    exchanged: (was, data) => (was.phase === 'none' ? was : { ...was, ...data, phase: 'rostered', swap: undefined }),
    withdrawn: (was) => (was.phase === 'none' ? was : { ...was, phase: 'withdrawn', swap: undefined }),
  },
  commands: {
    roster: {
      input: Roster,
      by: keeping,
      in: ['none'],
      desks: { 'item-manager': 6, 'unit-head': 7 },
      reads: (input) => ({ hall: { kind: 'hall', id: input.hall }, person: { kind: 'person', id: input.person } }),
      decide(_, data, { facts, actor, law, today, id: self }) {
        if (stateOf(hall, facts['hall'])?.phase !== 'standing') return refuse('hall-unknown', 'hall')
        if (!answersFor(actor, data.unit)) return refuse('not-your-unit', 'unit')
        const who = stateOf(person, facts['person'])
        if (who?.phase !== 'active') return refuse('person-unknown', 'person')
        if (!who.posts.some((post) => post.unit === data.unit)) return refuse('works-elsewhere', 'person')
        if (data.on < today) return refuse('day-over', 'on')
        if (isWorkday(law.calendar, dayOf(data.on))) return refuse('working-day', 'on')
        return {
          ...record({ type: 'rostered', data: { ...data, name: who.name } }),
          follow: [onDay(data.hall, data.on, 'staff', staffing(self, data.person, data.items))],
        }
      },
    },
    /** He would rather be on duty when another is. */
    offer: {
      input: Offer,
      by: { subject: 'always' },
      in: ['rostered'],
      fits: (was, actor) => was.phase !== 'none' && was.person === actor.id,
      reads: (input) => ({ other: { kind: 'duty', id: input.with } }),
      decide(was, data, { facts, actor, today }) {
        if (was.phase === 'none' || was.person !== actor.id) return refuse('not-your-duty')
        const other = standing(facts['other'])
        if (!other) return refuse('duty-unknown', 'with')
        if (other.person === was.person) return refuse('same-person', 'with')
        if (other.hall !== was.hall || other.unit !== was.unit) return refuse('another-hall-or-unit', 'with')
        if (was.on < today || other.on < today) return refuse('day-over', 'with')
        return record({ type: 'offered', data: { ...data, other: other.person } })
      },
    },
    consent: {
      input: Nothing,
      by: { subject: 'always' },
      in: ['offered'],
      awaited: true,
      fits: (was, actor) => was.phase !== 'none' && was.swap?.other === actor.id,
      decide: (was, _, { actor }) =>
        was.phase === 'none' || was.swap?.other !== actor.id
          ? refuse('not-asked-of-you')
          : record({ type: 'consented', data: {} }),
    },
    /** Their head agrees: from now on each has the other's day. */
    agree: {
      input: Nothing,
      by: { 'unit-head': 'unit' },
      in: ['consented'],
      awaited: true,
      reads: (_, was) => ({
        other: was.phase === 'none' || !was.swap ? undefined : { kind: 'duty', id: was.swap.with },
      }),
      decide(was, _, { facts, today, id: self }) {
        const other = standing(facts['other'])
        if (was.phase === 'none' || !was.swap || !other || other.person !== was.swap.other)
          return refuse('changed-meanwhile')
        if (was.on < today || other.on < today) return refuse('day-over')
        const mine = { person: other.person, name: other.name }
        return {
          ...record({ type: 'exchanged', data: mine }),
          follow: [
            {
              kind: 'duty',
              id: was.swap.with,
              name: 'exchange',
              input: { person: was.person, name: was.name, instead: other.person },
            },
            onDay(was.hall, was.on, 'staff', staffing(self, other.person, was.items)),
          ],
        }
      },
    },
    decline: {
      input: Nothing,
      by: { subject: 'always', 'unit-head': 'unit' },
      in: ['offered', 'consented'],
      decide: () => record({ type: 'declined', data: {} }),
    },
    exchange: {
      input: Exchange,
      by: { system: 'always' },
      in: ['rostered'],
      inner: true,
      decide(was, { instead, ...data }, { id: self }) {
        if (was.phase === 'none' || was.person !== instead) return refuse('changed-meanwhile')
        return {
          ...record({ type: 'exchanged', data }),
          follow: [onDay(was.hall, was.on, 'staff', staffing(self, data.person, was.items))],
        }
      },
    },
    withdraw: {
      input: Reason,
      by: keeping,
      in: ['rostered', 'offered', 'consented'],
      grave: true,
      decide(was, data, { actor, id: self }) {
        if (was.phase === 'none' || !answersFor(actor, was.unit)) return refuse('not-your-unit')
        return { ...record({ type: 'withdrawn', data }), follow: [onDay(was.hall, was.on, 'unstaff', { duty: self })] }
      },
    },
  },
  sees: {
    subject: 'always',
    clerk: 'city',
    representative: 'city',
    handler: 'unit',
    'unit-head': 'unit',
    'item-manager': 'city',
    supervisor: 'city',
    leader: 'city',
    'audit-admin': 'city',
  },
  columns: ['on', 'hall', 'person', 'unit', 'items'],
  queues: { 'swaps-to-agree': { on: { 'unit-head': 6 }, views: { consented: { phase: 'consented' } } } },
  messages: (event, before, after) => {
    if (after.phase === 'none') return []
    const about = { on: after.on, name: after.name }
    if (event.type === 'offered') return [{ to: `person:${event.data.other}`, template: 'offered', about }]
    if (event.type === 'exchanged') return [{ to: `person:${after.person}`, template: 'exchanged', about }]
    if (event.type === 'rostered') return [{ to: `person:${after.person}`, template: 'rostered', about }]
    if (event.type === 'withdrawn') return [{ to: `person:${after.person}`, template: 'withdrawn', about }]
    return event.type === 'declined' && before.phase !== 'none'
      ? [{ to: `person:${before.person}`, template: 'declined', about }]
      : []
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: `${state.on} ${state.name}`,
          open: state.phase !== 'withdrawn',
          unit: state.unit,
          parties: [`person:${state.person}`, ...(state.swap ? [`person:${state.swap.other}`] : [])],
          facets: { hall: state.hall, on: state.on, handler: state.person },
          search: `${state.on} ${state.name}`,
        },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { hall: at, on, person: who, unit, items, swap } = state
    return { on, hall: at, person: who, unit, items, with: swap?.with, other: swap?.other }
  },
})

function staffing(self: string, who: string, items: readonly string[] | undefined) {
  return { duty: self, person: who, ...(items !== undefined && { items }) }
}

function answersFor(actor: Actor, unit: string): boolean {
  return (
    actor.system === true ||
    actor.posts.some(({ role, unit: own }) => role === 'item-manager' || (role === 'unit-head' && own === unit))
  )
}

/** A duty that nobody is changing just now. */
function standing(known: Known | undefined) {
  const found = known?.kind === 'duty' ? (known.state as Duty) : undefined
  return found?.phase === 'rostered' ? found : undefined
}
