// A hall's day (大厅日志): who is on duty and what is booked on it, which windows are open, who waits, and in which order they were called.
import { z } from 'zod'
import { isWorkday } from '../../kernel/clock/calendar.ts'
import { addDays, dayOf, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { define, record, refuse, type Order } from '../../kernel/record.ts'
import { dayId, nextFor, numberOf, partsOfDay, type Manned, type Measured, type Waiting } from './line.ts'

const id = z.string().min(1).max(64)
const Nothing = z.object({})
const number = z.string().max(8)
const moment = z.string().max(40)

const Man = z.object({
  window: id.meta({ widget: 'window' }),
  windowNumber: z.number().int(),
  letters: z.array(z.string()),
  by: id.meta({ widget: 'person' }),
})
const Unman = Man.pick({ window: true })
const Enter = z.object({
  ticket: id.meta({ widget: 'ticket' }),
  letter: z.string(),
  since: moment,
  booked: moment.optional(),
  window: id.optional().meta({ widget: 'window' }),
  /** It has one already, and keeps it in another line. */
  number: number.optional(),
})
const Entered = Enter.extend({ number, place: z.number().int().optional() })
const Call = Man.pick({ window: true })
const Called = z.object({
  ticket: id.meta({ widget: 'ticket' }),
  number,
  window: id.meta({ widget: 'window' }),
  windowNumber: z.number().int(),
})
const Drop = z.object({
  ticket: id.meta({ widget: 'ticket' }),
  letter: z.string().optional(),
  seconds: z.number().int().nonnegative().optional(),
})
const Staff = z.object({
  duty: id.meta({ widget: 'duty' }),
  person: id.meta({ widget: 'person' }),
  items: z.array(id).optional().meta({ widget: 'item' }),
})
const Unstaff = Staff.pick({ duty: true })
const Reserve = z.object({
  booking: id.meta({ widget: 'booking' }),
  slot: z.string(),
  places: z.number().int(),
  item: id.meta({ widget: 'item' }),
  who: z.string().optional(),
})
const Reserved = Reserve.omit({ places: true })
const Release = Reserve.pick({ booking: true })

type Calling = z.output<typeof Called> & { readonly at: Moment }

export type HallDay =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'kept' | 'over'
      readonly hall: string
      readonly on: CivilDate
      /** The last number given out in each line. */
      readonly last: Readonly<Record<string, number>>
      readonly waiting: readonly Waiting[]
      /** Who is called or served at a window, the latest first. */
      readonly calling: readonly Calling[]
      readonly windows: readonly Manned[]
      readonly served: Readonly<Record<string, Measured>>
      readonly duties: readonly z.output<typeof Staff>[]
      readonly bookings: readonly z.output<typeof Reserved>[]
    }
type Kept = Exclude<HallDay, { phase: 'none' }>

const inner = { by: { system: 'always' }, in: ['none', 'kept'], inner: true } as const

export const hallDay = define<HallDay>()({
  kind: 'hall-day',
  code: 'DR',
  initial: { phase: 'none' },
  phases: ['none', 'kept', 'over'],
  refusals: [
    'at-another-window',
    'window-not-open',
    'nobody-waits',
    'slot-full',
    'booked-already',
    'nobody-on-duty',
    'booked-on-this-duty',
    'on-duty-already',
    'not-over-yet',
  ],
  events: {
    manned: Man,
    unmanned: Unman,
    entered: Entered,
    called: Called,
    dropped: Drop,
    staffed: Staff,
    unstaffed: Unstaff,
    reserved: Reserved,
    released: Release,
    ended: Nothing,
  },
  evolve: {
    manned: (was, data, { id: self }) => {
      const day = keptAs(was, self)
      return { ...day, windows: [...day.windows, data] }
    },
    unmanned: (was, { window }, { id: self }) => {
      const day = keptAs(was, self)
      return {
        ...day,
        windows: day.windows.filter((one) => one.window !== window),
        // Whoever waited for this window alone waits for any of its kind.
        waiting: day.waiting.map((one) => (one.window === window ? { ...one, window: undefined } : one)),
      }
    },
    entered: (was, { place, ...data }, { id: self }) => {
      const day = keptAs(was, self)
      return {
        ...day,
        calling: day.calling.filter((one) => one.ticket !== data.ticket),
        waiting: [...day.waiting, data],
        ...(place !== undefined && { last: { ...day.last, [data.letter]: place } }),
      }
    },
    called: (was, data, { id: self, at }) => {
      const day = keptAs(was, self)
      return {
        ...day,
        waiting: day.waiting.filter((one) => one.ticket !== data.ticket),
        calling: [{ ...data, at }, ...day.calling.filter((one) => one.ticket !== data.ticket)],
      }
    },
    dropped: (was, { ticket, letter, seconds }, { id: self }) => {
      const day = keptAs(was, self)
      const before = day.served[letter ?? ''] ?? { n: 0, seconds: 0 }
      return {
        ...day,
        waiting: day.waiting.filter((one) => one.ticket !== ticket),
        calling: day.calling.filter((one) => one.ticket !== ticket),
        ...(letter !== undefined &&
          seconds !== undefined && {
            served: { ...day.served, [letter]: { n: before.n + 1, seconds: before.seconds + seconds } },
          }),
      }
    },
    staffed: (was, data, { id: self }) => {
      const day = keptAs(was, self)
      return { ...day, duties: [...day.duties.filter((one) => one.duty !== data.duty), data] }
    },
    unstaffed: (was, { duty }, { id: self }) => {
      const day = keptAs(was, self)
      return { ...day, duties: day.duties.filter((one) => one.duty !== duty) }
    },
    reserved: (was, data, { id: self }) => {
      const day = keptAs(was, self)
      return { ...day, bookings: [...day.bookings, data] }
    },
    released: (was, { booking }, { id: self }) => {
      const day = keptAs(was, self)
      return { ...day, bookings: day.bookings.filter((one) => one.booking !== booking) }
    },
    ended: (was, _, { id: self }) => ({ ...keptAs(was, self), phase: 'over', waiting: [], calling: [], windows: [] }),
  },
  commands: {
    man: {
      input: Man,
      ...inner,
      decide: (was, data) =>
        was.phase !== 'none' && was.windows.some((one) => one.by === data.by)
          ? refuse('at-another-window')
          : record({ type: 'manned', data }),
    },
    unman: { input: Unman, ...inner, decide: (_, data) => record({ type: 'unmanned', data }) },
    /** Gives the next number of the line, or keeps the one that the ticket has. */
    enter: {
      input: Enter,
      ...inner,
      decide(was, { number: kept, ...data }, { id: self }) {
        if (kept !== undefined) return record({ type: 'entered', data: { ...data, number: kept } })
        const place = (keptAs(was, self).last[data.letter] ?? 0) + 1
        const given = numberOf(data.letter, place)
        return {
          ...record({ type: 'entered', data: { ...data, number: given, place } }),
          follow: [{ kind: 'ticket', id: data.ticket, name: 'number', input: { number: given } }],
        }
      },
    },
    /** A window calls the next of those whom it may serve. */
    call: {
      input: Call,
      ...inner,
      decide(was, { window }, { now }) {
        const own = was.phase === 'none' ? undefined : was.windows.find((one) => one.window === window)
        if (was.phase === 'none' || !own) return refuse('window-not-open')
        const next = nextFor(was.waiting, own, now)
        if (!next) return refuse('nobody-waits')
        const { ticket, number: called } = next
        const at = { window, windowNumber: own.windowNumber }
        return {
          ...record({ type: 'called', data: { ticket, number: called, ...at } }),
          follow: [
            { kind: 'ticket', id: ticket, name: 'call', input: { ...at, clerk: own.by } },
            { kind: 'window', id: window, name: 'hold', input: { ticket, number: called } },
          ],
        }
      },
    },
    /** Its number is called once more. */
    announce: { input: Called, ...inner, decide: (_, data) => record({ type: 'called', data }) },
    drop: { input: Drop, ...inner, decide: (_, data) => record({ type: 'dropped', data }) },
    staff: {
      input: Staff,
      ...inner,
      decide: (was, data) =>
        was.phase !== 'none' && was.duties.some((one) => one.person === data.person && one.duty !== data.duty)
          ? refuse('on-duty-already', 'person')
          : record({ type: 'staffed', data }),
    },
    unstaff: {
      input: Unstaff,
      ...inner,
      decide(was, data) {
        if (was.phase === 'none') return { events: [] }
        const left = was.duties.filter((one) => one.duty !== data.duty)
        return was.bookings.some(({ item }) => !covers(left, item))
          ? refuse('booked-on-this-duty')
          : record({ type: 'unstaffed', data })
      },
    },
    /** A place in a slot, where one is left and, on a day off, somebody is on duty for it. */
    reserve: {
      input: Reserve,
      ...inner,
      decide(was, { places, ...data }, { id: self, law }) {
        const day = keptAs(was, self)
        if (!isWorkday(law.calendar, dayOf(day.on)) && !covers(day.duties, data.item))
          return refuse('nobody-on-duty', 'on')
        if (data.who !== undefined && day.bookings.some((one) => one.who === data.who && one.item === data.item))
          return refuse('booked-already', 'item')
        return day.bookings.filter((one) => one.slot === data.slot).length >= places
          ? refuse('slot-full', 'slot')
          : record({ type: 'reserved', data })
      },
    },
    release: {
      input: Release,
      ...inner,
      in: ['none', 'kept', 'over'],
      decide: (_, data) => record({ type: 'released', data }),
    },
    /** The day is over: who still waits has left, and what is still open is closed. */
    end: {
      input: Nothing,
      by: { system: 'always' },
      in: ['kept'],
      inner: true,
      decide(was, _, { today }) {
        if (was.phase === 'none' || today <= was.on) return refuse('not-over-yet')
        const left = [...was.waiting, ...was.calling].map(({ ticket }): Order => ({
          kind: 'ticket',
          id: ticket,
          name: 'expire',
          input: {},
        }))
        const shut = was.windows.map(({ window }): Order => ({ kind: 'window', id: window, name: 'shut', input: {} }))
        return { ...record({ type: 'ended', data: {} }), follow: [...left, ...shut] }
      },
    },
  },
  sees: { public: 'always' },
  columns: ['on', 'hall', 'windowsOpen', 'waitingNow'],
  wakes: (state) =>
    state.phase === 'kept' ? [{ at: `${addDays(state.on, 1)}T00:00:00.000+08:00`, command: 'end' }] : [],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.on,
          // One that is over or still to come is nobody's work.
          open: false,
          level: 0,
          facets: { hall: state.hall, on: state.on },
        },
  facts: (state) =>
    state.phase === 'none'
      ? {}
      : {
          hall: state.hall,
          on: state.on,
          windowsOpen: state.windows.length,
          waitingNow: state.waiting.length,
          // What hangs on the wall of the hall: numbers and windows, and nothing about anybody.
          waiting: state.waiting.map(({ number: waits, letter, since, booked, window }) => ({
            number: waits,
            letter,
            since,
            ...(booked !== undefined && { booked }),
            ...(window !== undefined && { window }),
          })),
          windows: state.windows.map(({ window, windowNumber, letters }) => ({ window, windowNumber, letters })),
          calling: state.calling.map(({ number: called, windowNumber, at }) => ({ number: called, windowNumber, at })),
        },
})

/** The day as it stands, or as it begins. */
function keptAs(was: HallDay, self: string): Kept {
  if (was.phase !== 'none') return was
  return {
    phase: 'kept',
    ...partsOfDay(self),
    last: {},
    waiting: [],
    calling: [],
    windows: [],
    served: {},
    duties: [],
    bookings: [],
  }
}

/** Whether somebody of these is on duty for an item. */
export function covers(duties: Kept['duties'], item: string): boolean {
  return duties.some(({ items }) => items === undefined || items.includes(item))
}

/** A command on a hall's day, to follow from another. */
export function onDay(hall: string, on: CivilDate, name: string, input: object): Order {
  return { kind: 'hall-day', id: dayId(hall, on), name, input }
}
