// A unit (机构): a department, a county, a working group; each has its place in one tree.
import { z } from 'zod'
import { define, record, refuse, type Known } from '../../kernel/record.ts'
import { initials, spelling } from './pinyin.ts'

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
const Rename = z.object({ name, nameEn: name })
const Shelter = z.object({ unit: id })
const Move = z.object({ parent: id.meta({ widget: 'unit' }) })
const Reason = z.object({ reason: z.string().trim().min(1).max(400).meta({ widget: 'paragraph' }) })

export type Unit = { readonly phase: 'none' } | ({ readonly phase: 'standing' | 'abolished' } & z.output<typeof Set>)

const stands = (known: Known | undefined) => (known?.state as Unit | undefined)?.phase === 'standing'

export const unit = define<Unit>()({
  kind: 'unit',
  code: 'DW',
  initial: { phase: 'none' },
  phases: ['none', 'standing', 'abolished'],
  refusals: ['parent-unknown', 'under-itself', 'still-in-use'],
  events: { 'set-up': Set, renamed: Rename, moved: Move, abolished: Reason },
  evolve: {
    'set-up': (_, data) => ({ phase: 'standing', ...data }),
    renamed: (was, data) => (was.phase === 'none' ? was : { ...was, ...data }),
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
        data.parent !== undefined && !stands(facts['parent'])
          ? refuse('parent-unknown', 'parent')
          : record({ type: 'set-up', data }),
    },
    rename: {
      input: Rename,
      by: { 'system-admin': 'city' },
      in: ['standing'],
      amends: true,
      decide: (_, data) => record({ type: 'renamed', data }),
    },
    move: {
      input: Move,
      by: { 'system-admin': 'city' },
      in: ['standing'],
      grave: true,
      reads: ({ parent }) => ({ parent: { kind: 'unit', id: parent } }),
      decide(_, data, { facts, id: self }) {
        if (!stands(facts['parent'])) return refuse('parent-unknown', 'parent')
        const above = { kind: 'unit', id: data.parent, name: 'shelter', input: { unit: self } }
        return { ...record({ type: 'moved', data }), follow: [above] }
      },
    },
    /** Asked of every unit above a place to which one is moved: none may be the one that moves. */
    shelter: {
      input: Shelter,
      by: { system: 'always' },
      in: ['standing', 'abolished'],
      inner: true,
      decide(was, data, { id: self }) {
        if (self === data.unit) return refuse('under-itself', 'parent')
        if (was.phase === 'none' || was.parent === undefined) return { events: [] }
        return { events: [], follow: [{ kind: 'unit', id: was.parent, name: 'shelter', input: data }] }
      },
    },
    abolish: {
      input: Reason,
      by: { 'system-admin': 'city' },
      in: ['standing'],
      grave: true,
      // What it owes would have no debtor, what it registered or helps with nobody to ask, and who works there no desk.
      counts: (self) => ({
        below: { kind: 'unit', facets: { parent: self } },
        posts: { kind: 'post', unit: self },
        cases: { except: ['unit', 'post'], unit: self },
        assisted: { except: ['unit', 'post'], who: `unit:${self}` },
      }),
      decide: (_, data, { counts: { below = 0, posts = 0, cases = 0, assisted = 0 } }) =>
        below + posts + cases + assisted > 0
          ? refuse('still-in-use', undefined, { below, posts, cases, assisted })
          : record({ type: 'abolished', data }),
    },
  },
  sees: { public: 'always' },
  named: true,
  columns: ['type', 'parent', 'division'],
  index: (state, at) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase === 'standing',
          level: 0,
          unit: at,
          facets: { type: state.type, ...(state.parent !== undefined && { parent: state.parent }) },
          search: `${state.name} ${state.nameEn} ${initials(state.name)} ${spelling(state.name)} ${at}`,
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
