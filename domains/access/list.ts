// Which edition of the national list holds on which day, and which of the city's items handle what needs a permit.
import { z } from 'zod'
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Order } from '../../kernel/record.ts'
import { item } from '../items/index.ts'
import { matterKey } from './content.ts'
import type { Edition } from './edition.ts'

const id = z.string().min(1).max(64)
const Taken = z.object({
  edition: id.meta({ widget: 'access-edition' }),
  number: z.string(),
  from: z.iso.date().meta({ widget: 'date' }),
})
const Drop = Taken.pick({ edition: true })
const Link = z.object({
  /** The number of a matter in the edition in force (项目号). */
  matter: z.string().trim().min(1).max(12),
  items: z.array(id).max(40).meta({ widget: 'item' }),
})
const Linked = Link.extend({ key: z.string().meta({ widget: 'hidden' }), matterName: z.string() })

/** There is one national list. */
export const LIST = 'national'

type Kept = {
  readonly phase: 'kept'
  /** From the oldest to the newest. One that was withdrawn leaves its days without an answer. */
  readonly editions: readonly (z.output<typeof Taken> & { readonly withdrawn?: true })[]
  /** Items by what their matter is known by (`matterKey`): the city's own guide, no part of any edition. */
  readonly items: Readonly<Record<string, readonly string[]>>
}
export type Standing = { readonly phase: 'none' } | Kept

export const accessList = define<Standing>()({
  kind: 'access-list',
  code: 'QM',
  initial: { phase: 'none' },
  phases: ['none', 'kept'],
  refusals: ['no-edition', 'no-such-matter', 'item-unknown', 'item-twice'],
  events: { taken: Taken, dropped: Drop, linked: Linked },
  evolve: {
    taken: (was, data) => ({
      phase: 'kept',
      items: itemsOf(was),
      editions: [...editionsOf(was).filter((one) => one.from < data.from), data],
    }),
    dropped: (was, data) => ({
      phase: 'kept',
      items: itemsOf(was),
      editions: editionsOf(was).map((one) => (one.edition === data.edition ? { ...one, withdrawn: true } : one)),
    }),
    linked: (was, { key, items }) => ({
      phase: 'kept',
      editions: editionsOf(was),
      items: { ...itemsOf(was), [key]: items },
    }),
  },
  commands: {
    take: {
      input: Taken,
      by: { system: 'always' },
      in: ['none', 'kept'],
      inner: true,
      decide(was, data) {
        const before = editionsOf(was).findLast((one) => one.from < data.from && !one.withdrawn)
        const follow: Order[] =
          before === undefined
            ? []
            : [
                {
                  kind: 'access-edition',
                  id: before.edition,
                  name: 'supersede',
                  input: { until: addDays(data.from, -1) },
                },
              ]
        return { ...record({ type: 'taken', data }), follow }
      },
    },
    drop: {
      input: Drop,
      by: { system: 'always' },
      in: ['kept'],
      inner: true,
      decide: (_, data) => record({ type: 'dropped', data }),
    },
    /** Where a permit of the list is applied for in this city. It adds nothing to the list, and none is made a condition by it. */
    link: {
      input: Link,
      by: { 'item-manager': 'city' },
      in: ['kept'],
      reads: ({ items }, was) => ({
        edition: reference(editionsOf(was).findLast((one) => !one.withdrawn)?.edition),
        ...Object.fromEntries(items.map((one) => [one, { kind: 'item', id: one }])),
      }),
      decide(_, { matter, items }, { facts }) {
        const held = facts['edition']?.state as Edition | undefined
        if (held?.phase !== 'confirmed') return refuse('no-edition')
        const found = held.content.matters.find((one) => one.matter === matter)
        if (!found) return refuse('no-such-matter', 'matter')
        for (const [place, one] of items.entries()) {
          if (items.indexOf(one) < place) return refuse('item-twice', `items.${place}`)
          const known = stateOf(item, facts[one])
          if (known?.phase !== 'standing') return refuse('item-unknown', `items.${place}`)
        }
        const data = { matter, items, key: matterKey(found), matterName: found.matterName }
        return record({ type: 'linked', data })
      },
    },
  },
  sees: { public: 'always', 'item-manager': 'city', 'audit-admin': 'city' },
  index: (state) =>
    state.phase === 'none' || state.editions.length === 0
      ? { title: '', open: false, level: 1 }
      : { title: state.editions.at(-1)!.number, open: true, level: 0 },
  facts: (state) => (state.phase === 'none' ? {} : { editions: state.editions }),
})

/** The edition in force on a day, or undefined when there was none. */
export function editionOn(list: Standing | undefined, on: CivilDate): string | undefined {
  const found = list === undefined ? undefined : editionsOf(list).findLast((one) => one.from <= on)
  return found?.withdrawn ? undefined : found?.edition
}

/** The items of this city in which the permits of a matter are applied for. */
export function itemsFor(list: Standing, key: string): readonly string[] {
  return itemsOf(list)[key] ?? []
}

function editionsOf(state: Standing): Kept['editions'] {
  return state.phase === 'none' ? [] : state.editions
}

function itemsOf(state: Standing): Kept['items'] {
  return state.phase === 'none' ? {} : state.items
}

function reference(of: string | undefined) {
  return of === undefined ? undefined : { kind: 'access-edition', id: of }
}
