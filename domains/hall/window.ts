// A window (窗口) of a hall: whom it may serve, who mans it now, and the number that is called to it.
import { z } from 'zod'
import type { Actor } from '../../kernel/access.ts'
import { define, record, refuse, stateOf, type Order } from '../../kernel/record.ts'
import { unit } from '../register/index.ts'
import { onDay } from './day.ts'
import { hall, keeping, letterOf, type Hall } from './hall.ts'
import { GENERAL, partsOfDay } from './line.ts'
import { ticket } from './ticket.ts'

const id = z.string().min(1).max(64)
const Nothing = z.object({})

const Serves = z.object({
  sort: z.enum(['undifferentiated', 'special']).meta({ widget: 'choice' }),
  /** The units whose items a special window takes; none for one that takes all. */
  serves: z.array(id).max(25).meta({ widget: 'unit' }),
})
const Window = z.object({
  hall: id.meta({ widget: 'hall' }),
  windowNumber: z.number().int().min(1).max(999).meta({ widget: 'number' }),
  ...Serves.shape,
})
const WindowSetUp = Window.extend({
  unit: id.meta({ widget: 'unit' }),
  hallName: z.string().meta({ widget: 'hidden' }),
})
const Opened = z.object({ by: id.meta({ widget: 'person' }), on: z.iso.date().meta({ widget: 'date' }) })
const Held = z.object({ ticket: id.meta({ widget: 'ticket' }), number: z.string() })
const InHand = z.object({
  /** Whom the clerk has before him: refused when it is somebody else by now. */
  ticket: id.optional().meta({ widget: 'ticket' }),
})
const Recall = InHand
const Transfer = InHand.extend({
  window: id.optional().meta({ widget: 'window' }),
  unit: id.optional().meta({ widget: 'unit' }),
})

export type Window =
  | { readonly phase: 'none' }
  | (z.output<typeof WindowSetUp> & {
      readonly phase: 'closed' | 'open' | 'removed'
      readonly by?: string | undefined
      /** The day on which it was opened. */
      readonly on?: string | undefined
      readonly held?:
        { readonly ticket: string; readonly number: string; readonly phase: 'called' | 'serving' } | undefined
    })
type SetUp = Exclude<Window, { phase: 'none' }>

/** Those who sit at windows: the hall's clerks, and at a special window the people of its units. */
const manning = { clerk: 'unit', representative: 'city', handler: 'city' } as const

export const window = define<Window>()({
  kind: 'window',
  code: 'CK',
  initial: { phase: 'none' },
  phases: ['none', 'closed', 'open', 'removed'],
  refusals: [
    'hall-unknown',
    'unit-unknown',
    'number-taken',
    'other-number',
    'serves-somebody',
    'serves-all',
    'no-line',
    'not-your-window',
    'manned-by-another',
    'opened-another-day',
    'somebody-in-hand',
    'nobody-in-hand',
    'another-in-hand',
    'being-served',
    'not-yet-begun',
    'ticket-unknown',
    'too-late-to-recall',
    'recalled-often',
    'one-way',
    'window-unknown',
    'to-itself',
  ],
  events: {
    setUp: WindowSetUp,
    amended: Serves,
    opened: Opened,
    closed: Nothing,
    held: Held,
    begun: Nothing,
    freed: Nothing,
    removed: Nothing,
  },
  evolve: {
    setUp: (_, data) => ({ phase: 'closed', ...data }),
    amended: (was, data) => (was.phase === 'none' ? was : { ...was, ...data }),
    opened: (was, data) => (was.phase === 'none' ? was : { ...was, phase: 'open', ...data }),
    closed: (was) =>
      was.phase === 'none' ? was : { ...was, phase: 'closed', by: undefined, on: undefined, held: undefined },
    held: (was, data) => (was.phase === 'none' ? was : { ...was, held: { ...data, phase: 'called' } }),
    begun: (was) => (was.phase === 'none' || !was.held ? was : { ...was, held: { ...was.held, phase: 'serving' } }),
    freed: (was) => (was.phase === 'none' ? was : { ...was, held: undefined }),
    removed: (was) => (was.phase === 'none' ? was : { ...was, phase: 'removed' }),
  },
  commands: {
    setUp: {
      input: Window,
      by: keeping,
      in: ['none'],
      names: (input) => ({ id: windowId(input), held: () => refuse('number-taken', 'windowNumber') }),
      reads: (input) => ({ hall: { kind: 'hall', id: input.hall }, ...unitsOf(input.serves) }),
      decide(_, data, { facts, id: self }) {
        const at = stateOf(hall, facts['hall'])
        if (at?.phase !== 'standing') return refuse('hall-unknown', 'hall')
        // Whoever names the record himself names it by hall and number: so that no number is there twice.
        if (self !== windowId(data)) return refuse('other-number', 'windowNumber')
        return flawIn(data, at, facts) ?? record({ type: 'setUp', data: { ...data, unit: at.unit, hallName: at.name } })
      },
    },
    open: {
      input: Nothing,
      by: manning,
      in: ['closed'],
      reads: readsHall,
      decide(was, _, { facts, actor, today, id: self }) {
        const at = stateOf(hall, facts['hall'])
        if (was.phase === 'none' || at?.phase !== 'standing') return refuse('hall-unknown')
        if (!sitsHere(was, actor)) return refuse('not-your-window')
        const letters =
          was.sort === 'undifferentiated' ? [GENERAL] : was.serves.flatMap((one) => letterOf(at, one) ?? [])
        if (letters.length === 0) return refuse('no-line')
        const input = { window: self, windowNumber: was.windowNumber, letters, by: actor.id }
        return {
          ...record({ type: 'opened', data: { by: actor.id, on: today } }),
          follow: [onDay(was.hall, today, 'man', input)],
        }
      },
    },
    /** Calls whoever has waited longest of those that it may serve. */
    call: {
      input: Nothing,
      by: manning,
      in: ['open'],
      awaited: true,
      turn: (self) => `line ${partsOfDay(self ?? '').hall}`,
      fits: (was) => was.phase !== 'none' && was.held === undefined,
      decide(was, _, { actor, today, id: self }) {
        const wrong = notHis(was, actor, today)
        if (wrong) return wrong
        if (was.phase === 'none' || was.held) return refuse('somebody-in-hand')
        return { events: [], follow: [onDay(was.hall, today, 'call', { window: self })] }
      },
    },
    begin: {
      input: InHand,
      by: manning,
      in: ['open'],
      fits: (was) => was.phase !== 'none' && was.held?.phase === 'called',
      decide(was, { ticket: seen }, { actor, today }) {
        const held = inHand(was, seen, actor, today, 'called')
        if ('refused' in held) return held
        return { ...record({ type: 'begun', data: {} }), follow: [onTicket(held.ticket, 'begin', {})] }
      },
    },
    finish: {
      input: InHand,
      by: manning,
      in: ['open'],
      fits: (was) => was.phase !== 'none' && was.held?.phase === 'serving',
      decide(was, { ticket: seen }, { actor, today }) {
        const held = inHand(was, seen, actor, today, 'serving')
        if ('refused' in held) return held
        return { ...record({ type: 'freed', data: {} }), follow: [onTicket(held.ticket, 'finish', {})] }
      },
    },
    /** Once more whoever was called and has not come; or, with nobody in hand, one who was passed over. */
    recall: {
      input: Recall,
      by: manning,
      in: ['open'],
      fits: (was) => was.phase !== 'none' && was.held?.phase !== 'serving',
      reads: ({ ticket: wanted }, was) => ({
        ...readsHall({}, was),
        ticket: recalled(wanted, was),
      }),
      decide(was, { ticket: wanted }, { actor, today, now, facts, id: self }) {
        const wrong = notHis(was, actor, today)
        if (wrong) return wrong
        const at = stateOf(hall, facts['hall'])
        if (was.phase === 'none' || at?.phase !== 'standing') return refuse('hall-unknown')
        if (!was.held && wanted === undefined) return refuse('nobody-in-hand', 'ticket')
        if (was.held && wanted !== undefined && wanted !== was.held.ticket) return refuse('somebody-in-hand', 'ticket')
        if (was.held?.phase === 'serving') return refuse('being-served')
        const found = stateOf(ticket, facts['ticket'])
        if (!found || found.phase === 'none' || found.hall !== was.hall || found.on !== today)
          return refuse('ticket-unknown', 'ticket')
        if (found.recalls >= at.recalls) return refuse('recalled-often', 'ticket', { recalls: at.recalls })
        const called = { ticket: facts['ticket']!.id, number: found.number }
        const announce = onDay(was.hall, today, 'announce', { ...called, window: self, windowNumber: was.windowNumber })
        const back = { window: self, windowNumber: was.windowNumber, clerk: actor.id }
        const again = [onTicket(called.ticket, 'recall', back), announce]
        if (was.held) return { events: [], follow: again }
        if (found.phase !== 'missed') return refuse('ticket-unknown', 'ticket')
        if (Date.parse(now) - Date.parse(found.missedAt ?? now) > at.recallWithin * 60_000)
          return refuse('too-late-to-recall', 'ticket', { minutes: at.recallWithin })
        return { ...record({ type: 'held', data: called }), follow: again }
      },
    },
    /** Whoever was called has not come. */
    skip: {
      input: InHand,
      by: manning,
      in: ['open'],
      fits: (was) => was.phase !== 'none' && was.held?.phase === 'called',
      decide(was, { ticket: seen }, { actor, today }) {
        const held = inHand(was, seen, actor, today, 'called')
        if ('refused' in held) return held
        return { ...record({ type: 'freed', data: {} }), follow: [onTicket(held.ticket, 'miss', {})] }
      },
    },
    /** To another window, or to the line of a unit; the time waited is kept. */
    transfer: {
      input: Transfer,
      by: manning,
      in: ['open'],
      fits: (was) => was.phase !== 'none' && was.held !== undefined,
      reads: (input, was) => ({
        ...readsHall({}, was),
        window: input.window === undefined ? undefined : { kind: 'window', id: input.window },
        unit: input.unit === undefined ? undefined : { kind: 'unit', id: input.unit },
      }),
      decide(was, { ticket: seen, window: other, unit: owner }, { actor, today, facts, id: self }) {
        const wrong = notHis(was, actor, today) ?? notInHand(was, seen)
        if (wrong) return wrong
        const at = stateOf(hall, facts['hall'])
        const { held, ...own } = was as SetUp
        if (at?.phase !== 'standing') return refuse('hall-unknown')
        if ((other === undefined) === (owner === undefined)) return refuse('one-way', 'window')
        const to = facts['window']?.kind === 'window' ? (facts['window'].state as Window) : undefined
        if (other === self) return refuse('to-itself', 'window')
        if (other !== undefined && (to?.phase !== 'open' || to.hall !== own.hall || to.on !== today))
          return refuse('window-unknown', 'window')
        if (owner !== undefined && stateOf(unit, facts['unit'])?.phase !== 'standing')
          return refuse('unit-unknown', 'unit')
        const special = to?.phase === 'open' && to.sort === 'special' ? to.serves[0] : owner
        const letter = (special === undefined ? undefined : letterOf(at, special)) ?? GENERAL
        const input = {
          letter,
          ...(other !== undefined && { window: other }),
          ...(owner !== undefined && { unit: owner }),
        }
        return { ...record({ type: 'freed', data: {} }), follow: [onTicket(held!.ticket, 'move', input)] }
      },
    },
    close: {
      input: Nothing,
      by: { ...manning, 'unit-head': 'unit', 'item-manager': 'city' },
      in: ['open'],
      fits: (was) => was.phase !== 'none' && was.held === undefined,
      decide(was, _, { actor, id: self }) {
        if (was.phase === 'none' || was.held) return refuse('somebody-in-hand')
        const answers = actor.system || actor.posts.some(({ role }) => role === 'unit-head' || role === 'item-manager')
        if (was.by !== actor.id && !answers) return refuse('manned-by-another')
        return {
          ...record({ type: 'closed', data: {} }),
          follow: was.on === undefined ? [] : [onDay(was.hall, was.on, 'unman', { window: self })],
        }
      },
    },
    amend: {
      input: Serves,
      by: keeping,
      in: ['closed'],
      amends: true,
      reads: (input, was) => ({ ...readsHall({}, was), ...unitsOf(input.serves) }),
      decide(_, data, { facts }) {
        const at = stateOf(hall, facts['hall'])
        if (at?.phase !== 'standing') return refuse('hall-unknown')
        return flawIn(data, at, facts) ?? record({ type: 'amended', data })
      },
    },
    remove: {
      input: Nothing,
      by: keeping,
      in: ['closed'],
      grave: true,
      decide: () => record({ type: 'removed', data: {} }),
    },
    /** A number has been called to it. */
    hold: {
      input: Held,
      by: { system: 'always' },
      in: ['open'],
      inner: true,
      decide: (was, data) =>
        was.phase !== 'none' && was.held ? refuse('somebody-in-hand') : record({ type: 'held', data }),
    },
    /** Whoever was called here has gone. */
    free: {
      input: Held.pick({ ticket: true }),
      by: { system: 'always' },
      in: ['open', 'closed', 'removed'],
      inner: true,
      decide: (was, { ticket: gone }) =>
        was.phase !== 'none' && was.held?.ticket === gone ? record({ type: 'freed', data: {} }) : { events: [] },
    },
    /** The day is over. */
    shut: {
      input: Nothing,
      by: { system: 'always' },
      in: ['open', 'closed', 'removed'],
      inner: true,
      decide: (was) => (was.phase === 'open' ? record({ type: 'closed', data: {} }) : { events: [] }),
    },
  },
  sees: { public: 'always' },
  named: true,
  columns: ['hall', 'sort', 'serves', 'by', 'number'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: `${state.hallName} ${state.windowNumber}`,
          open: state.phase !== 'removed',
          level: 0,
          unit: state.unit,
          search: `${state.hallName} ${state.windowNumber}`,
          facets: { hall: state.hall, sort: state.sort, ...(state.by !== undefined && { by: state.by }) },
        },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { hall: at, windowNumber, sort, serves, by, held } = state
    return {
      hall: at,
      windowNumber,
      sort,
      serves: serves.length > 0 ? serves : undefined,
      by,
      ticket: held?.ticket,
      number: held?.number,
      step: held?.phase,
    }
  },
})

function windowId({ hall: at, windowNumber }: { readonly hall: string; readonly windowNumber: number }): string {
  return `${at}.${windowNumber}`
}

function unitsOf(serves: readonly string[]) {
  return Object.fromEntries(serves.map((one) => [`unit ${one}`, { kind: 'unit', id: one }]))
}

function readsHall(_: unknown, was: Window) {
  return { hall: was.phase === 'none' ? undefined : { kind: 'hall', id: was.hall } }
}

function recalled(wanted: string | undefined, was: Window) {
  const one = wanted ?? (was.phase === 'none' ? undefined : was.held?.ticket)
  return one === undefined ? undefined : { kind: 'ticket', id: one }
}

function flawIn(
  { sort, serves }: z.output<typeof Serves>,
  at: Exclude<Hall, { phase: 'none' }>,
  facts: Readonly<Record<string, Parameters<typeof stateOf>[1]>>,
) {
  if (sort === 'undifferentiated' && serves.length > 0) return refuse('serves-all', 'serves')
  if (sort === 'special' && serves.length === 0) return refuse('serves-somebody', 'serves')
  for (const [place, one] of serves.entries()) {
    if (stateOf(unit, facts[`unit ${one}`])?.phase !== 'standing') return refuse('unit-unknown', `serves.${place}`)
    if (letterOf(at, one) === undefined) return refuse('no-line', `serves.${place}`)
  }
  return undefined
}

/** A clerk of the hall at any window; at a special one whoever works in a unit that it serves. */
function sitsHere(was: SetUp, actor: Actor): boolean {
  return (
    actor.system === true ||
    actor.posts.some(
      ({ role, unit: own }) =>
        (role === 'clerk' && own === was.unit) ||
        (role in manning && was.sort === 'special' && was.serves.includes(own)),
    )
  )
}

function notHis(was: Window, actor: Actor, today: string) {
  if (was.phase === 'none' || was.by !== actor.id) return refuse('manned-by-another')
  return was.on === today ? undefined : refuse('opened-another-day')
}

/** Whom he has in hand, when that one is where the step begins. */
function inHand(was: Window, seen: string | undefined, actor: Actor, today: string, wanted: 'called' | 'serving') {
  const wrong = notHis(was, actor, today) ?? notInHand(was, seen)
  if (wrong) return wrong
  const held = (was as SetUp).held!
  if (held.phase === wanted) return held
  return refuse(wanted === 'called' ? 'being-served' : 'not-yet-begun')
}

function notInHand(was: Window, seen: string | undefined) {
  if (was.phase === 'none' || !was.held) return refuse('nobody-in-hand')
  return seen === undefined || seen === was.held.ticket
    ? undefined
    : refuse('another-in-hand', 'ticket', { number: was.held.number })
}

function onTicket(one: string, name: string, input: object): Order {
  return { kind: 'ticket', id: one, name, input }
}
