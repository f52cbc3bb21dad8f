// A booking (预约): a place in a slot of a hall's day for an item, never more of them than there are places; on arrival it becomes a number.
import { z } from 'zod'
import { isWorkday } from '../../kernel/clock/calendar.ts'
import { addDays, dayOf, moment, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf } from '../../kernel/record.ts'
import { enterprise } from '../register/index.ts'
import { onDay } from './day.ts'
import { hall, hour } from './hall.ts'
import { lineOf } from './ticket.ts'

const id = z.string().min(1).max(64)
const hidden = { widget: 'hidden' }
const Nothing = z.object({})

const Book = z.object({
  hall: id.meta({ widget: 'hall' }),
  item: id.meta({ widget: 'item' }),
  on: z.iso.date().meta({ widget: 'date' }),
  /** The slot by the hour at which it begins. */
  slot: hour,
  enterprise: id.optional().meta({ widget: 'enterprise' }),
  contact: z.string().trim().min(1).max(40).optional().meta({ personal: true, autocomplete: 'name' }),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+() -]{5,20}$/)
    .optional()
    .meta({ widget: 'tel', personal: true, autocomplete: 'tel' }),
})
const Booked = Book.extend({
  closes: hour,
  grace: z.number().int().meta(hidden),
  off: z.boolean(),
  hallUnit: id.meta({ widget: 'unit' }),
  hallName: z.string().meta(hidden),
  itemName: z.string().meta(hidden),
  token: z.string().meta(hidden),
  by: z.array(z.string()).meta(hidden),
})
const Arrived = z.object({ ticket: id.meta({ widget: 'ticket' }) })

export type Booking =
  | { readonly phase: 'none' }
  | (z.output<typeof Booked> & {
      readonly phase: 'booked' | 'arrived' | 'cancelled' | 'missed'
      readonly ticket?: string
    })

/** Whoever booked, by account or by code. */
const booker = { subject: 'always', token: 'always', clerk: 'city' } as const

export const booking = define<Booking>()({
  kind: 'booking',
  code: 'YY',
  initial: { phase: 'none' },
  phases: ['none', 'booked', 'arrived', 'cancelled', 'missed'],
  refusals: [
    'hall-unknown',
    'item-unknown',
    'outside-the-hall',
    'no-window-for-it',
    'day-over',
    'too-far-ahead',
    'no-such-slot',
    'slot-over',
    'not-your-enterprise',
    'enterprise-unknown',
    'no-contact',
    'another-day',
    'too-late',
    'not-yet-missed',
  ],
  events: { booked: Booked, arrived: Arrived, cancelled: Nothing, missed: Nothing },
  evolve: {
    booked: (_, data) => ({ phase: 'booked', ...data }),
    arrived: (was, { ticket }) => (was.phase === 'none' ? was : { ...was, phase: 'arrived', ticket }),
    cancelled: (was) => (was.phase === 'none' ? was : { ...was, phase: 'cancelled' }),
    missed: (was) => (was.phase === 'none' ? was : { ...was, phase: 'missed' }),
  },
  commands: {
    book: {
      input: Book,
      by: { public: 'always' },
      in: ['none'],
      desks: { clerk: 5 },
      turn: (_, input) => `day ${input.hall} ${input.on}`,
      reads: (input) => ({
        hall: { kind: 'hall', id: input.hall },
        item: { kind: 'item', id: input.item },
        enterprise: input.enterprise === undefined ? undefined : { kind: 'enterprise', id: input.enterprise },
      }),
      decide(_, data, { facts, actor, secret, law, now, today, id: self }) {
        const at = stateOf(hall, facts['hall'])
        if (at?.phase !== 'standing') return refuse('hall-unknown', 'hall')
        const line = lineOf(facts['item'], at)
        if ('refused' in line) return line
        if (data.on < today) return refuse('day-over', 'on')
        if (data.on > addDays(today, at.ahead)) return refuse('too-far-ahead', 'on', { days: at.ahead })
        const slot = at.slots.find((one) => one.opens === data.slot)
        if (!slot) return refuse('no-such-slot', 'slot')
        if (momentOf(data.on, slot.closes) <= now) return refuse('slot-over', 'slot')
        const staff = actor.system || actor.posts.length > 0
        const found = stateOf(enterprise, facts['enterprise'])
        const firm = found?.phase === 'none' ? undefined : found
        if (data.enterprise !== undefined) {
          if (!firm) return refuse('enterprise-unknown', 'enterprise')
          if (!staff && !actor.subjects.includes(`enterprise:${data.enterprise}`))
            return refuse('not-your-enterprise', 'enterprise')
        }
        const { contact = firm?.contact, phone = firm?.phone } = data
        if (actor.subjects.length === 0 && phone === undefined) return refuse('no-contact', 'phone')
        const by = staff ? [] : actor.subjects.filter((one) => one.startsWith('person:'))
        const who = data.enterprise ?? by[0] ?? phone
        const reserved = { booking: self, slot: data.slot, places: slot.places, item: data.item }
        return {
          ...record({
            type: 'booked',
            data: {
              ...data,
              contact,
              phone,
              closes: slot.closes,
              grace: at.grace,
              off: !isWorkday(law.calendar, dayOf(data.on)),
              hallUnit: at.unit,
              hallName: at.name,
              itemName: line.name,
              token: secret.hash,
              by,
            },
          }),
          follow: [onDay(data.hall, data.on, 'reserve', { ...reserved, ...(who !== undefined && { who }) })],
          reveal: secret.plain,
        }
      },
    },
    /** Whoever booked has come: a number, under the code that he has. */
    arrive: {
      input: Nothing,
      by: booker,
      in: ['booked'],
      turn: () => 'arrivals',
      decide(was, _, { now, today, mint, id: self }) {
        if (was.phase === 'none' || was.on !== today)
          return refuse('another-day', undefined, { on: was.phase === 'none' ? '' : was.on })
        if (now > lastMoment(was)) return refuse('too-late')
        const ticket = mint('ticket')
        const input = {
          hall: was.hall,
          item: was.item,
          booking: self,
          booked: momentOf(was.on, was.slot),
          off: was.off,
          parties: partiesOf(was),
          token: was.token,
        }
        return {
          ...record({ type: 'arrived', data: { ticket } }),
          follow: [{ kind: 'ticket', id: ticket, name: 'admit', input }],
        }
      },
    },
    cancel: {
      input: Nothing,
      by: booker,
      in: ['booked'],
      grave: true,
      decide: (was, _, { id: self }) => ({ ...record({ type: 'cancelled', data: {} }), follow: releasing(was, self) }),
    },
    /** Nobody came. */
    miss: {
      input: Nothing,
      by: { system: 'always' },
      in: ['booked'],
      inner: true,
      decide: (was, _, { now, id: self }) =>
        was.phase === 'none' || now <= lastMoment(was)
          ? refuse('not-yet-missed')
          : { ...record({ type: 'missed', data: {} }), follow: releasing(was, self) },
    },
  },
  sees: {
    subject: 'always',
    token: 'always',
    clerk: 'city',
    representative: 'city',
    'item-manager': 'city',
    supervisor: 'city',
    'unit-head': 'unit',
    'audit-admin': 'city',
  },
  reveals: { subject: 'always', token: 'always', clerk: 'city' },
  columns: ['on', 'slot', 'hall', 'item', 'enterprise'],
  queues: { 'bookings-to-come': { on: { clerk: 6 }, views: { booked: { phase: 'booked' } } } },
  wakes: (state) => (state.phase === 'booked' ? [{ at: moved(lastMoment(state), 60), command: 'miss' }] : []),
  messages: (event, _, after) => {
    if (after.phase === 'none' || event.type === 'arrived') return []
    const { hallName, itemName, on, slot } = after
    const to = after.enterprise === undefined ? (after.by[0] ?? 'contact') : `enterprise:${after.enterprise}`
    return [{ to, template: event.type, about: { hall: hallName, item: itemName, on, slot } }]
  },
  contact: (state) => (state.phase === 'none' ? undefined : { name: state.contact, phone: state.phone }),
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: `${state.on} ${state.slot} ${state.itemName}`,
          open: state.phase === 'booked',
          unit: state.hallUnit,
          parties: partiesOf(state),
          token: state.token,
          facets: { hall: state.hall, on: state.on, off: state.off ? 'yes' : 'no' },
        },
  entries: (event, _, after, { on }) =>
    after.phase === 'none' ? [] : [{ measure: `booking-${event.type}`, on, dims: { off: after.off ? 'yes' : 'no' } }],
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { hall: at, item, on, slot, closes, enterprise: of, contact, phone, ticket, off } = state
    return { hall: at, item, on, slot, closes, off, enterprise: of, contact, phone, ticket }
  },
})

type Made = Exclude<Booking, { phase: 'none' }>

function partiesOf(state: Made): readonly string[] {
  return [...state.by, ...(state.enterprise === undefined ? [] : [`enterprise:${state.enterprise}`])]
}

function releasing(was: Booking, self: string) {
  return was.phase === 'none' ? [] : [onDay(was.hall, was.on, 'release', { booking: self })]
}

function momentOf(on: CivilDate, at: string): Moment {
  return `${on}T${at}:00.000+08:00`
}

/** Until when whoever booked still comes in time. */
function lastMoment({ on, closes, grace }: Made): Moment {
  return moved(momentOf(on, closes), grace * 60)
}

function moved(at: Moment, seconds: number): Moment {
  return moment(Date.parse(at) + seconds * 1000)
}
