// A unit (机构): a department, a county, a working group; each has its place in one tree.
import { z } from 'zod'
import { define, record, refuse } from '../../kernel/record.ts'

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1).max(80)
export const unitKinds = [
  'city',
  'leading-group',
  'office',
  'working-group',
  'department',
  'county',
  'bureau',
  'service-centre',
] as const

const Set = z.object({
  name,
  nameEn: name,
  type: z.enum(unitKinds).meta({ widget: 'choice' }),
  parent: id.optional().meta({ widget: 'unit' }),
  division: z.string().regex(/^\d{6}$/),
})
const Move = z.object({ parent: id.meta({ widget: 'unit' }) })
const Reason = z.object({ reason: z.string().trim().min(1).max(400).meta({ widget: 'paragraph' }) })

export type Unit = { readonly phase: 'none' } | ({ readonly phase: 'standing' | 'abolished' } & z.output<typeof Set>)

export const unit = define<Unit>()({
  kind: 'unit',
  code: 'DW',
  initial: { phase: 'none' },
  phases: ['none', 'standing', 'abolished'],
  refusals: ['parent-unknown', 'under-itself'],
  events: { 'set-up': Set, moved: Move, abolished: Reason },
  evolve: {
    'set-up': (_, data) => ({ phase: 'standing', ...data }),
    moved: (was, { parent }) => (was.phase === 'none' ? was : { ...was, parent }),
    abolished: (was) => (was.phase === 'none' ? was : { ...was, phase: 'abolished' }),
  },
  commands: {
    setUp: {
      input: Set,
      by: { 'system-admin': 'city' },
      in: ['none'],
      reads: ({ parent }) => ({ parent: parent === undefined ? undefined : { kind: 'unit', id: parent } }),
      decide: (_, data, { facts }) =>
        data.parent !== undefined && !facts['parent']
          ? refuse('parent-unknown', 'parent')
          : record({ type: 'set-up', data }),
    },
    move: {
      input: Move,
      by: { 'system-admin': 'city' },
      in: ['standing'],
      grave: true,
      reads: ({ parent }) => ({ parent: { kind: 'unit', id: parent } }),
      decide(_, data, { facts, id: self }) {
        const above = facts['parent']?.state as Unit | undefined
        if (!above) return refuse('parent-unknown', 'parent')
        if (data.parent === self || (above.phase === 'standing' && above.parent === self))
          return refuse('under-itself', 'parent')
        return record({ type: 'moved', data })
      },
    },
    abolish: {
      input: Reason,
      by: { 'system-admin': 'city' },
      in: ['standing'],
      grave: true,
      decide: (_, data) => record({ type: 'abolished', data }),
    },
  },
  sees: { public: 'always' },
  columns: ['type', 'parent', 'division'],
  index: (state, at) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase === 'standing',
          level: 0,
          unit: at,
          facets: { type: state.type },
          search: `${state.name} ${state.nameEn}`,
        },
  entries: (event, _, after, { id: at, on }) =>
    event.type === 'set-up' && after.phase !== 'none'
      ? [{ measure: 'unit-standing', on, subject: `unit:${at}`, dims: { type: after.type } }]
      : event.type === 'abolished' && after.phase !== 'none'
        ? [{ measure: 'unit-standing', on, n: -1, subject: `unit:${at}`, dims: { type: after.type } }]
        : [],
  facts: (state) =>
    state.phase === 'none'
      ? {}
      : { name: state.name, nameEn: state.nameEn, type: state.type, parent: state.parent, division: state.division },
  places: (state, at) =>
    state.phase === 'none' ? undefined : { unit: at, parent: state.parent, name: state.name, nameEn: state.nameEn },
})
