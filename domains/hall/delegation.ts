// What a unit lets its chief representative (首席事务代表) do in the hall in its name: granted by its head, filed with the service bureau, public.
import { z } from 'zod'
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Known } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'
import { empowerment, item, powers } from '../items/index.ts'
import { person, unit } from '../register/index.ts'

export type Power = (typeof powers)[number]

const id = z.string().min(1).max(64)
const date = z.iso.date().meta({ widget: 'date' })
const words = (most: number) => z.string().trim().min(1).max(most)

const Terms = z.object({
  /** All items of the unit, when absent. */
  items: z.array(id).min(1).max(300).optional().meta({ widget: 'item' }),
  powers: z.array(z.enum(powers)).min(1).max(powers.length).meta({ widget: 'choices' }),
  from: date,
  to: date,
  /** The number of the letter of appointment (授权书). */
  letter: words(100),
})
const Grant = z.object({ person: id.meta({ widget: 'person' }), unit: id.meta({ widget: 'unit' }), ...Terms.shape })
const Granted = Grant.extend({ name: z.string().meta({ widget: 'hidden' }) })
const Nothing = z.object({})
const End = z.object({ to: date, reason: words(400).meta({ widget: 'paragraph' }) })
const Reason = z.object({ reason: words(400).meta({ widget: 'paragraph' }) })

type Said = z.output<typeof Terms>

export type Delegation =
  | { readonly phase: 'none' }
  | {
      /** `granted` until the service bureau has filed it; only `filed` is in force. */
      readonly phase: 'granted' | 'filed' | 'ended'
      readonly person: string
      readonly name: string
      readonly unit: string
      /** What has been filed: in force within its term. */
      readonly filed?: Said | undefined
      /** When the service bureau last filed it. */
      readonly filedOn?: CivilDate | undefined
      /** What waits to be filed; what was filed before holds until then. */
      readonly next?: Said | undefined
    }

const granting = { 'unit-head': 'unit' } as const
const filing = { 'item-manager': 'city' } as const
const flaws = [
  'ends-before-it-begins',
  'over-already',
  'power-twice',
  'item-unknown',
  'item-twice',
  'item-of-another',
  'power-not-open',
] as const

export const delegation = define<Delegation>()({
  kind: 'delegation',
  code: 'SD',
  initial: { phase: 'none' },
  phases: ['none', 'granted', 'filed', 'ended'],
  refusals: [
    'granted-already',
    'other-person',
    'person-unknown',
    'not-a-representative',
    'unit-unknown',
    'not-your-unit',
    'nothing-to-file',
    'two-persons',
    'ends-later',
    'not-over-yet',
    ...flaws,
  ],
  events: {
    granted: Granted,
    changed: Terms,
    filed: Nothing,
    sentBack: Reason,
    limited: End,
    ended: End,
    lapsed: Nothing,
  },
  // The items that were empowered for all that they open were once told with the letter; figures find them out by themselves.
  upcasters: { granted: { 1: withoutFull }, changed: { 1: withoutFull } },
  evolve: {
    granted: (_, { person: who, unit: of, name, ...next }) => ({ phase: 'granted', person: who, unit: of, name, next }),
    changed: (was, next) =>
      was.phase === 'none' ? was : { ...was, phase: was.phase === 'filed' ? 'filed' : 'granted', next },
    filed: (was, _, { on }) =>
      was.phase === 'none'
        ? was
        : { ...was, phase: 'filed', filed: was.next ?? was.filed, filedOn: on, next: undefined },
    sentBack: (was) =>
      was.phase === 'none' ? was : { ...was, phase: was.phase === 'filed' ? 'filed' : 'ended', next: undefined },
    limited: (was, { to }) =>
      was.phase === 'none' ? was : { ...was, next: undefined, filed: was.filed && { ...was.filed, to } },
    ended: (was) => (was.phase === 'none' ? was : { ...was, phase: 'ended', filed: undefined, next: undefined }),
    lapsed: (was) => (was.phase === 'none' ? was : { ...was, phase: 'ended', filed: undefined, next: undefined }),
  },
  commands: {
    grant: {
      input: Grant,
      by: granting,
      in: ['none'],
      desks: { 'unit-head': 5 },
      names: ({ person: who }) => ({ id: who, held: () => refuse('granted-already', 'person') }),
      reads: (input) => ({
        person: { kind: 'person', id: input.person },
        unit: { kind: 'unit', id: input.unit },
        ...itemsOf(input.items),
      }),
      decide(_, { person: who, unit: of, ...said }, { facts, actor, today, id: self }) {
        // One person, one delegation: whoever looks for it finds it under the person.
        if (self !== who) return refuse('other-person', 'person')
        if (stateOf(unit, facts['unit'])?.phase !== 'standing') return refuse('unit-unknown', 'unit')
        if (!actor.system && !actor.posts.some((post) => post.role === 'unit-head' && post.unit === of))
          return refuse('not-your-unit', 'unit')
        const holder = stateOf(person, facts['person'])
        if (holder?.phase !== 'active') return refuse('person-unknown', 'person')
        if (!represents(holder.posts, of)) return refuse('not-a-representative', 'person')
        const flaw = flawIn(said, of, facts, today)
        if (flaw) return flaw
        return record({ type: 'granted', data: { person: who, unit: of, ...said, name: holder.name } })
      },
    },
    change: {
      input: Terms,
      by: granting,
      in: ['granted', 'filed', 'ended'],
      amends: true,
      reads: (input, was) => ({
        person: was.phase === 'none' ? undefined : { kind: 'person', id: was.person },
        ...itemsOf(input.items),
      }),
      decide(was, said, { facts, today }) {
        if (was.phase === 'none') return refuse('person-unknown')
        const holder = stateOf(person, facts['person'])
        if (holder?.phase !== 'active') return refuse('person-unknown')
        if (!represents(holder.posts, was.unit)) return refuse('not-a-representative')
        return flawIn(said, was.unit, facts, today) ?? record({ type: 'changed', data: said })
      },
    },
    /** The service bureau has seen the letter: from now on it is in force and public. */
    file: {
      input: Nothing,
      by: filing,
      in: ['granted', 'filed'],
      fits: (was) => was.phase !== 'none' && was.next !== undefined,
      decide(was, _, { actor, today }) {
        if (was.phase === 'none' || was.next === undefined) return refuse('nothing-to-file')
        if (was.person === actor.id) return refuse('two-persons')
        return was.next.to < today ? refuse('over-already') : record({ type: 'filed', data: {} })
      },
    },
    sendBack: {
      input: Reason,
      by: filing,
      in: ['granted', 'filed'],
      fits: (was) => was.phase !== 'none' && was.next !== undefined,
      decide: (was, data) =>
        was.phase === 'none' || was.next === undefined ? refuse('nothing-to-file') : record({ type: 'sentBack', data }),
    },
    end: {
      input: End,
      by: { ...granting, ...filing },
      in: ['granted', 'filed'],
      grave: true,
      decide(was, data, { today }) {
        const filed = was.phase === 'none' ? undefined : was.filed
        if (filed !== undefined && data.to > filed.to) return refuse('ends-later', 'to', { to: filed.to })
        // It holds to the end of its last day.
        return filed !== undefined && data.to >= today && data.to >= filed.from
          ? record({ type: 'limited', data })
          : record({ type: 'ended', data })
      },
    },
    /** Its last day has passed. */
    lapse: {
      input: Nothing,
      by: { system: 'always' },
      in: ['filed'],
      inner: true,
      decide: (was, _, { today }) =>
        was.phase === 'none' || !was.filed || today <= was.filed.to
          ? refuse('not-over-yet')
          : record({ type: 'lapsed', data: {} }),
    },
  },
  sees: {
    public: 'always',
    subject: 'always',
    'unit-head': 'unit',
    handler: 'unit',
    clerk: 'city',
    representative: 'city',
    'item-manager': 'city',
    supervisor: 'city',
    leader: 'city',
    'audit-admin': 'city',
  },
  named: true,
  columns: ['unit', 'powers', 'items', 'from', 'to', 'letter'],
  queues: {
    'delegations-to-file': { on: { 'item-manager': 4 }, views: { granted: { 'facet.awaits': 'filing' } } },
  },
  wakes: (state) =>
    state.phase === 'filed' && state.filed
      ? [{ at: `${addDays(state.filed.to, 1)}T00:00:00.000+08:00`, command: 'lapse' }]
      : [],
  messages: (event, _, after) => {
    if (after.phase === 'none') return []
    const about = { name: after.name }
    if (event.type === 'filed' || event.type === 'ended' || event.type === 'lapsed')
      return [`person:${after.person}`, `unit-head@${after.unit}`].map((to) => ({ to, template: event.type, about }))
    return event.type === 'sentBack' ? [{ to: `unit-head@${after.unit}`, template: 'sentBack', about }] : []
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase !== 'ended',
          level: state.phase === 'filed' ? 0 : 1,
          unit: state.unit,
          parties: [`person:${state.person}`],
          search: state.name,
          facets: { awaits: state.next === undefined ? 'nothing' : 'filing', ...termOf(state.filed ?? state.next) },
        },
  entries: (_, before, after, { on }) => {
    const [was, is] = [empowered(before), empowered(after)]
    const posted = (one: string, n: 1 | -1): Entry => ({ measure: 'item-empowered', on, n, subject: one })
    return [
      ...was.filter((one) => !is.includes(one)).map((one) => posted(one, -1)),
      ...is.filter((one) => !was.includes(one)).map((one) => posted(one, 1)),
    ]
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const shown = state.filed ?? state.next
    return { person: state.person, unit: state.unit, ...shown, ...(state.filed && { filedOn: state.filedOn }) }
  },
})

function withoutFull({ full: _, ...said }: { readonly full: readonly string[] }) {
  return said
}

/** Of what is in force, or else of what waits to be. */
function termOf(said: Said | undefined) {
  return said === undefined ? {} : { from: said.from, to: said.to, letter: said.letter }
}

export type Asked = {
  readonly item: string
  /** The unit that answers for the item. */
  readonly unit: string
  readonly power: Power
  readonly on: CivilDate
}

/**
 * Whether a delegation lets its person use a power on an item on a day: filed, within its term, of the item's own unit. Whether
 * the item's version opens that power to representatives at all (`content.powers`) is the version's to say.
 */
export function empowers(state: Delegation | undefined, { item: of, unit: owner, power, on }: Asked): boolean {
  if (state?.phase !== 'filed' || !state.filed || state.unit !== owner) return false
  const { items, powers: given, from, to } = state.filed
  return from <= on && on <= to && given.includes(power) && (items === undefined || items.includes(of))
}

/** What a filed letter covers: each item that it names, or else the unit, with each choice of the powers that it grants. */
function empowered(state: Delegation): readonly string[] {
  if (state.phase !== 'filed' || !state.filed) return []
  const { items, powers: given } = state.filed
  const over = items?.map((one) => `item:${one}`) ?? [`unit:${state.unit}`]
  return over.flatMap((one) => choices(given).map((some) => empowerment(one, some)))
}

/** Each choice of at least one of them. */
function choices<One>([first, ...others]: readonly One[]): (readonly One[])[] {
  if (first === undefined) return []
  const rest = choices(others)
  return [[first], ...rest, ...rest.map((some) => [first, ...some])]
}

function represents(
  posts: readonly { readonly role: string; readonly unit?: string | undefined }[],
  of: string,
): boolean {
  return posts.some((post) => post.role === 'representative' && post.unit === of)
}

function itemsOf(items: readonly string[] = []) {
  return Object.fromEntries(items.map((one) => [`item ${one}`, { kind: 'item', id: one }]))
}

type Facts = Readonly<Record<string, Known | undefined>>

function flawIn(
  { items, powers: given, from, to }: z.output<typeof Terms>,
  owner: string,
  facts: Facts,
  today: CivilDate,
) {
  if (to < from) return refuse('ends-before-it-begins', 'to')
  if (to < today) return refuse('over-already', 'to')
  const again = given.findIndex((one, place) => given.indexOf(one) < place)
  if (again >= 0) return refuse('power-twice', `powers.${again}`)
  for (const [place, one] of (items ?? []).entries()) {
    const found = stateOf(item, facts[`item ${one}`])
    if (items!.indexOf(one) < place) return refuse('item-twice', `items.${place}`)
    if (found?.phase !== 'standing' || !found.content) return refuse('item-unknown', `items.${place}`)
    if (found.unit !== owner) return refuse('item-of-another', `items.${place}`)
    if (!given.every((power) => found.content!.powers?.includes(power)))
      return refuse('power-not-open', `items.${place}`, { item: found.name })
  }
  return undefined
}
