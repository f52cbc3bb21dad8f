// A number in the line (排号): taken on arrival, called to a window, served, passed over or moved; whoever bears its code follows it.
import { z } from 'zod'
import { type Moment } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Known, type Order } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'
import { item } from '../items/index.ts'
import { unit } from '../register/index.ts'
import { onDay } from './day.ts'
import { hall, letterOf, type Hall } from './hall.ts'
import { GENERAL } from './line.ts'

const id = z.string().min(1).max(64)
const hidden = { widget: 'hidden' }
const Nothing = z.object({})

const Matter = z.object({
  hall: id.meta({ widget: 'hall' }),
  item: id.optional().meta({ widget: 'item' }),
  /** Whose window one wants; neither this nor an item: general. */
  unit: id.optional().meta({ widget: 'unit' }),
})
const Admit = z.object({
  hall: id,
  item: id,
  booking: id,
  /** The beginning of the slot, when its bearer came in time. */
  booked: z.string().optional(),
  off: z.boolean(),
  parties: z.array(z.string()),
  token: z.string(),
})
const Taken = Matter.extend({
  letter: z.string(),
  hallUnit: id.meta({ widget: 'unit' }),
  on: z.iso.date(),
  token: z.string().meta(hidden),
  booking: id.optional().meta({ widget: 'booking' }),
  booked: z.string().optional(),
  off: z.boolean().optional(),
  parties: z.array(z.string()).optional().meta(hidden),
})
const Numbered = z.object({ number: z.string() })
const At = z.object({
  window: id.meta({ widget: 'window' }),
  windowNumber: z.number().int(),
  clerk: id.meta({ widget: 'person' }),
})
const Called = At.extend({ seconds: z.number().int().nonnegative() })
const Finished = z.object({ seconds: z.number().int().nonnegative() })
const Move = z.object({
  letter: z.string(),
  window: id.optional().meta({ widget: 'window' }),
  unit: id.optional().meta({ widget: 'unit' }),
})

export type Ticket =
  | { readonly phase: 'none' }
  | (z.output<typeof Taken> & {
      readonly phase: 'waiting' | 'called' | 'serving' | 'served' | 'missed' | 'transferred' | 'left'
      readonly number: string
      /** When it was taken: its place in every line. */
      readonly since: Moment
      readonly window?: string | undefined
      readonly windowNumber?: number | undefined
      readonly clerk?: string | undefined
      readonly recalls: number
      /** Seconds until it was first called, and those at the window. */
      readonly waited?: number
      readonly service?: number
      readonly begunAt?: Moment
      readonly missedAt?: Moment
    })
const LIVE = ['waiting', 'transferred', 'called', 'serving'] as const

export const ticket = define<Ticket>()({
  kind: 'ticket',
  code: 'PH',
  initial: { phase: 'none' },
  phases: ['none', 'waiting', 'called', 'serving', 'served', 'missed', 'transferred', 'left'],
  refusals: ['hall-unknown', 'item-unknown', 'unit-unknown', 'item-or-unit', 'outside-the-hall', 'no-window-for-it'],
  events: {
    taken: Taken,
    numbered: Numbered,
    called: Called,
    recalled: At,
    begun: Nothing,
    finished: Finished,
    missed: Nothing,
    moved: Move,
    left: Nothing,
    expired: Nothing,
  },
  evolve: {
    taken: (_, data, { at }) => ({ phase: 'waiting', ...data, number: '', since: at, recalls: 0 }),
    numbered: (was, { number }) => (was.phase === 'none' ? was : { ...was, number }),
    called: (was, { seconds, ...at }) =>
      was.phase === 'none' ? was : { ...was, ...at, phase: 'called', recalls: 1, waited: was.waited ?? seconds },
    recalled: (was, data) =>
      was.phase === 'none' ? was : { ...was, ...data, phase: 'called', recalls: was.recalls + 1 },
    begun: (was, _, { at }) => (was.phase === 'none' ? was : { ...was, phase: 'serving', begunAt: at }),
    finished: (was, { seconds }) => (was.phase === 'none' ? was : { ...was, phase: 'served', service: seconds }),
    missed: (was, _, { at }) => (was.phase === 'none' ? was : { ...was, phase: 'missed', missedAt: at }),
    moved: (was, { unit: to, ...data }) =>
      was.phase === 'none'
        ? was
        : {
            ...was,
            ...(to !== undefined && { unit: to }),
            letter: data.letter,
            window: data.window,
            windowNumber: undefined,
            clerk: undefined,
            phase: 'transferred',
          },
    left: (was) => (was.phase === 'none' ? was : { ...was, phase: 'left' }),
    expired: (was) => (was.phase === 'none' ? was : { ...was, phase: 'left' }),
  },
  commands: {
    take: {
      input: Matter,
      by: { public: 'always' },
      in: ['none'],
      desks: { clerk: 4 },
      turn: (_, { hall: at }) => `line ${at}`,
      reads: (input) => ({
        hall: { kind: 'hall', id: input.hall },
        item: input.item === undefined ? undefined : { kind: 'item', id: input.item },
        unit: input.unit === undefined ? undefined : { kind: 'unit', id: input.unit },
      }),
      decide(_, data, { facts, secret, today, now, id: self }) {
        const at = stateOf(hall, facts['hall'])
        if (at?.phase !== 'standing') return refuse('hall-unknown', 'hall')
        if (data.item !== undefined && data.unit !== undefined) return refuse('item-or-unit', 'unit')
        if (data.unit !== undefined && stateOf(unit, facts['unit'])?.phase !== 'standing')
          return refuse('unit-unknown', 'unit')
        const found = data.item === undefined ? undefined : lineOf(facts['item'], at)
        if (found && 'refused' in found) return found
        const own = data.unit === undefined ? undefined : letterOf(at, data.unit)
        const letter = found?.letter ?? own ?? GENERAL
        const given = { ...data, letter, hallUnit: at.unit, on: today, token: secret.hash }
        return {
          ...record({ type: 'taken', data: given }),
          follow: [onDay(data.hall, today, 'enter', { ticket: self, letter, since: now })],
          reveal: secret.plain,
        }
      },
    },
    /** Whoever booked has come. */
    admit: {
      input: Admit,
      by: { system: 'always' },
      in: ['none'],
      inner: true,
      reads: (input) => ({ hall: { kind: 'hall', id: input.hall }, item: { kind: 'item', id: input.item } }),
      decide(_, data, { facts, today, now, id: self }) {
        const at = stateOf(hall, facts['hall'])
        if (at?.phase !== 'standing') return refuse('hall-unknown', 'hall')
        const found = lineOf(facts['item'], at)
        if ('refused' in found) return found
        const { booked } = data
        const given = { ...data, letter: found.letter, hallUnit: at.unit, on: today }
        const input = { ticket: self, letter: found.letter, since: now, ...(booked !== undefined && { booked }) }
        return { ...record({ type: 'taken', data: given }), follow: [onDay(data.hall, today, 'enter', input)] }
      },
    },
    number: {
      input: Numbered,
      by: { system: 'always' },
      in: ['waiting'],
      inner: true,
      decide: (_, data) => record({ type: 'numbered', data }),
    },
    call: {
      input: At,
      by: { system: 'always' },
      in: ['waiting', 'transferred'],
      inner: true,
      decide: (was, data, { now }) =>
        was.phase === 'none'
          ? refuse('hall-unknown')
          : record({ type: 'called', data: { ...data, seconds: secondsFrom(was.since, now) } }),
    },
    recall: {
      input: At,
      by: { system: 'always' },
      in: ['called', 'missed'],
      inner: true,
      decide: (_, data) => record({ type: 'recalled', data }),
    },
    begin: {
      input: Nothing,
      by: { system: 'always' },
      in: ['called'],
      inner: true,
      decide: () => record({ type: 'begun', data: {} }),
    },
    finish: {
      input: Nothing,
      by: { system: 'always' },
      in: ['serving'],
      inner: true,
      decide(was, _, { now, id: self }) {
        if (was.phase === 'none') return refuse('hall-unknown')
        const seconds = secondsFrom(was.begunAt ?? now, now)
        return {
          ...record({ type: 'finished', data: { seconds } }),
          follow: [onDay(was.hall, was.on, 'drop', { ticket: self, letter: was.letter, seconds })],
        }
      },
    },
    miss: {
      input: Nothing,
      by: { system: 'always' },
      in: ['called'],
      inner: true,
      decide: (was, _, { id: self }) => ({ ...record({ type: 'missed', data: {} }), follow: gone(was, self) }),
    },
    /** Waits again, in another line, with the number and the time that it has. */
    move: {
      input: Move,
      by: { system: 'always' },
      in: ['called', 'serving'],
      inner: true,
      decide(was, data, { id: self }) {
        if (was.phase === 'none') return refuse('hall-unknown')
        const { number, since, booked } = was
        const { letter, window: to } = data
        const input = {
          ticket: self,
          number,
          letter,
          since,
          ...(booked !== undefined && { booked }),
          ...(to !== undefined && { window: to }),
        }
        return { ...record({ type: 'moved', data }), follow: [onDay(was.hall, was.on, 'enter', input)] }
      },
    },
    /** Does not want to wait any longer. */
    leave: {
      input: Nothing,
      by: { subject: 'always', token: 'always', clerk: 'city' },
      in: ['waiting', 'transferred', 'called'],
      grave: true,
      decide(was, _, { id: self }) {
        const at = was.phase === 'called' && was.window !== undefined ? was.window : undefined
        const free: Order[] =
          at === undefined ? [] : [{ kind: 'window', id: at, name: 'free', input: { ticket: self } }]
        return { ...record({ type: 'left', data: {} }), follow: [...gone(was, self), ...free] }
      },
    },
    /** The day is over. */
    expire: {
      input: Nothing,
      by: { system: 'always' },
      in: LIVE,
      inner: true,
      decide: () => record({ type: 'expired', data: {} }),
    },
  },
  sees: {
    token: 'always',
    subject: 'always',
    clerk: 'city',
    representative: 'city',
    handler: 'city',
    'item-manager': 'city',
    supervisor: 'city',
    'unit-head': 'unit',
    'audit-admin': 'city',
  },
  named: true,
  columns: ['number', 'hall', 'item', 'unit', 'windowNumber', 'waited', 'service'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.number,
          open: LIVE.some((one) => one === state.phase),
          unit: state.hallUnit,
          parties: state.parties ?? [],
          token: state.token,
          facets: {
            hall: state.hall,
            on: state.on,
            letter: state.letter,
            number: state.number,
            booked: state.booking === undefined ? 'no' : 'yes',
          },
        },
  entries: (event, before, after, { on }): readonly Entry[] => {
    if (after.phase === 'none') return []
    const dims = {
      letter: after.letter,
      booked: after.booking === undefined ? 'no' : 'yes',
      off: after.off ? 'yes' : 'no',
    }
    if (event.type === 'called')
      return before.phase !== 'none' && before.waited !== undefined
        ? []
        : [{ measure: 'ticket-wait', on, quantity: event.data.seconds, dims }]
    if (event.type === 'finished') return [{ measure: 'ticket-service', on, quantity: event.data.seconds, dims }]
    if (event.type === 'missed') return [{ measure: 'ticket-missed', on, dims }]
    // Called again after being passed over: it was not missed.
    if (event.type === 'recalled' && before.phase === 'missed') return [{ measure: 'ticket-missed', on, n: -1, dims }]
    return []
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const {
      number,
      hall: at,
      item: of,
      unit: to,
      on,
      since,
      window,
      windowNumber,
      recalls,
      waited,
      service,
      booking,
      booked,
      missedAt,
    } = state
    const calls = recalls > 0 ? recalls : undefined
    return {
      number,
      hall: at,
      item: of,
      unit: to,
      on,
      since,
      window,
      windowNumber,
      recalls: calls,
      waited,
      service,
      booking,
      booked,
      missedAt,
    }
  },
})

/** In which line an item is served in a hall; why in none, otherwise. */
export function lineOf(known: Known | undefined, at: Exclude<Hall, { phase: 'none' }>) {
  const found = stateOf(item, known)
  if (found?.phase !== 'standing' || !found.content) return refuse('item-unknown', 'item')
  if (found.content.window === 'outside') return refuse('outside-the-hall', 'item')
  if (found.content.window === 'undifferentiated') return { letter: GENERAL, name: found.name }
  const letter = letterOf(at, found.unit)
  return letter === undefined ? refuse('no-window-for-it', 'item') : { letter, name: found.name }
}

function gone(was: Ticket, self: string): Order[] {
  return was.phase === 'none' ? [] : [onDay(was.hall, was.on, 'drop', { ticket: self })]
}

function secondsFrom(from: Moment, to: Moment): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
}
