// A domain that exists only in tests: buckets of water, poured into one another, whose making has been told in three shapes.
import { z } from 'zod'
import { kind, type Domain } from '../../kernel/domain.ts'
import { define, record, refuse } from '../../kernel/record.ts'
import type { Texts } from '../../kernel/texts.ts'

const litres = z.number().int().min(1).max(1000).meta({ widget: 'number' })
const Make = z.object({ size: litres, colour: z.enum(['plain', 'red']).meta({ widget: 'choice' }) })
const Water = z.object({ litres })
const Pour = Water.extend({ into: z.string().min(1).max(64).meta({ widget: 'bucket' }) })
const Came = Water.extend({ from: z.string() })

type Bucket =
  | { readonly phase: 'none' }
  | (z.output<typeof Make> & { readonly phase: 'standing' | 'broken'; readonly holds: number; readonly by: string })

const holding = (was: Bucket, more: number): Bucket =>
  was.phase === 'none' ? was : { ...was, holds: was.holds + more }

export const bucket = define<Bucket>()({
  kind: 'bucket',
  code: 'ST',
  initial: { phase: 'none' },
  phases: ['none', 'standing', 'broken'],
  refusals: ['too-full', 'not-enough', 'no-such-bucket'],
  events: { made: Make, filled: Water, poured: Pour, came: Came, broken: z.object({}) },
  upcasters: {
    // At first a bucket had a number of gallons, then one of litres, and only now it has a colour.
    made: {
      1: ({ gallons }: { gallons: number }) => ({ size: gallons * 4 }),
      2: ({ size }: { size: number }) => ({ size, colour: 'plain' }),
    },
  },
  evolve: {
    made: (_, data, { actor }) => ({ phase: 'standing', ...data, holds: 0, by: actor }),
    filled: (was, data) => holding(was, data.litres),
    poured: (was, data) => holding(was, -data.litres),
    came: (was, data) => holding(was, data.litres),
    broken: (was) => (was.phase === 'none' ? was : { ...was, phase: 'broken', holds: 0 }),
  },
  commands: {
    make: { input: Make, by: { public: 'always' }, in: ['none'], decide: (_, data) => record({ type: 'made', data }) },
    fill: {
      input: Water,
      by: { public: 'always' },
      in: ['standing'],
      decide: (was, data) => (room(was) < data.litres ? full(was) : record({ type: 'filled', data })),
    },
    pour: {
      input: Pour,
      by: { public: 'always' },
      in: ['standing'],
      reads: ({ into }) => ({ into: { kind: 'bucket', id: into } }),
      decide(was, data, { facts, id }) {
        if (was.phase === 'none' || was.holds < data.litres) return refuse('not-enough', 'litres')
        if (!facts['into']) return refuse('no-such-bucket', 'into')
        const input = { litres: data.litres, from: id }
        const follow = [{ kind: 'bucket', id: data.into, name: 'receive', input }]
        return { ...record({ type: 'poured', data }), follow }
      },
    },
    receive: {
      input: Came,
      by: { system: 'always' },
      in: ['standing'],
      inner: true,
      decide: (was, data) => (room(was) < data.litres ? full(was) : record({ type: 'came', data })),
    },
    break: {
      input: z.object({}),
      by: { public: 'always' },
      in: ['standing'],
      decide: () => record({ type: 'broken', data: {} }),
    },
  },
  sees: { public: 'always' },
  index: (state, id) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: `${state.colour} ${id}`,
          open: state.phase === 'standing',
          level: 0,
          parties: [`person:${state.by}`, ...(state.holds > 0 ? ['enterprise:water'] : [])],
          facets: { colour: state.colour, empty: state.holds === 0 ? 'yes' : 'no' },
          search: state.phase === 'broken' ? 'shards' : `bucket ${state.colour}`,
        },
  entries(event, before, _, { on, id }) {
    const post = (quantity: number, n: 1 | -1 = 1) => [
      { measure: 'water', on, n, quantity, subject: `bucket:${id}`, dims: { how: event.type, in: `bucket:${id}` } },
    ]
    const whole = (n: 1 | -1) => ({ measure: 'whole', on, n, quantity: n, subject: `bucket:${id}`, dims: {} })
    if (event.type === 'broken')
      return [whole(-1), ...(before.phase !== 'none' && before.holds > 0 ? post(-before.holds, -1) : [])]
    if (event.type === 'made') return [whole(1)]
    return event.type === 'poured' ? post(-event.data.litres, -1) : post(event.data.litres)
  },
  messages: (event, _, __, { id }) =>
    event.type === 'came' ? [{ to: `bucket:${id}`, template: 'came', about: { from: event.data.from } }] : [],
  facts: (state) => (state.phase === 'none' ? {} : { size: state.size, colour: state.colour, holds: state.holds }),
})

function room(was: Bucket): number {
  return was.phase === 'none' ? 0 : was.size - was.holds
}

function full(was: Bucket) {
  return refuse('too-full', 'litres', { room: room(was) })
}

const words: Texts<typeof bucket> = {
  title: 'Bucket',
  phases: { none: 'not made', standing: 'standing', broken: 'broken' },
  commands: { make: 'Make', fill: 'Fill', pour: 'Pour', receive: 'Receive', break: 'Break' },
  events: { made: 'made', filled: 'filled', poured: 'poured', came: 'received', broken: 'broken' },
  refusals: {
    'too-full': 'There is room for {room} litres.',
    'not-enough': 'There is not that much in it.',
    'no-such-bucket': 'There is no such bucket.',
  },
  fields: { size: 'Size', colour: 'Colour', litres: 'Litres', into: 'Into', from: 'From', holds: 'Holds' },
  options: { plain: 'plain', red: 'red' },
  messages: { came: 'Water came from {from}.' },
}

export const buckets: Domain = {
  name: 'buckets',
  texts: { 'zh-CN': { title: 'Buckets' }, en: { title: 'Buckets' } },
  kinds: [kind(bucket, { 'zh-CN': words, en: words })],
  figures: (['count', 'sum', 'mean', 'distinct', 'stock'] as const).map((how) => ({
    id: `water-${how}`,
    formula: { [how]: 'water' } as never,
    unit: 'records',
    public: true,
    texts: { 'zh-CN': { name: how, definition: how }, en: { name: how, definition: how } },
  })),
}
