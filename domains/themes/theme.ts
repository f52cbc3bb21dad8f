// A theme (一件事): items that one form brings together, published by another person than drafted it (国办发〔2025〕24号).
import { z } from 'zod'
import { merge } from '../../kernel/merge.ts'
import { define, record, refuse, stateOf, type Known } from '../../kernel/record.ts'
import { item, type Content } from '../items/index.ts'
import { initials, spelling, unit } from '../register/index.ts'
import { partOf } from './form.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const units = ['working-day', 'calendar-day'] as const

const Part = z.object({
  item: id.meta({ widget: 'item' }),
  /** Not every applicant needs it: he says whether. */
  choice: z.boolean().optional(),
})
const Theme = z.object({
  name: words(100),
  lead: id.meta({ widget: 'unit' }),
  basis: words(400),
  promised: z.number().int().min(0).max(365).meta({ widget: 'number' }),
  promisedUnit: z.enum(units).meta({ widget: 'choice' }),
  parts: z.array(Part).min(2).max(20).meta({ widget: 'list' }),
})
const Drafted = Theme.extend({ by: id.meta({ widget: 'person' }) })
const Nothing = z.object({})
const Reason = z.object({ reason: words(400).meta({ widget: 'paragraph' }) })

export type ThemeState =
  { readonly phase: 'none' } | (z.output<typeof Drafted> & { readonly phase: 'draft' | 'standing' | 'withdrawn' })

const keeping = { 'item-manager': 'city' } as const

export const theme = define<ThemeState>()({
  kind: 'theme',
  code: 'ZT',
  initial: { phase: 'none' },
  phases: ['none', 'draft', 'standing', 'withdrawn'],
  refusals: ['unit-unknown', 'named-twice', 'item-not-open', 'field-differs', 'cycle', 'two-persons'],
  events: { drafted: Drafted, published: Nothing, withdrawn: Reason },
  drafts: { drafted: 'published' },
  evolve: {
    drafted: (_, data) => ({ phase: 'draft', ...data }),
    published: (was) => (was.phase === 'none' ? was : { ...was, phase: 'standing' }),
    withdrawn: (was) => (was.phase === 'none' ? was : { ...was, phase: 'withdrawn' }),
  },
  commands: {
    draft: {
      input: Theme,
      by: keeping,
      in: ['none'],
      desks: { 'item-manager': 4 },
      reads: ({ lead }) => ({ lead: { kind: 'unit', id: lead } }),
      decide: (_, data, { facts, actor }) => drafted(data, facts['lead'], actor.id),
    },
    amend: {
      input: Theme,
      by: keeping,
      in: ['draft', 'withdrawn'],
      amends: true,
      reads: ({ lead }) => ({ lead: { kind: 'unit', id: lead } }),
      decide: (_, data, { facts, actor }) => drafted(data, facts['lead'], actor.id),
    },
    /** Its items stand, fit together, and none waits for another that waits for it. */
    publish: {
      input: Nothing,
      by: keeping,
      in: ['draft'],
      grave: true,
      reads: (_, was) => (was.phase === 'none' ? {} : itemsOf(was.parts)),
      decide(was, _, { actor, facts }) {
        if (was.phase === 'none' || was.by === actor.id) return refuse('two-persons')
        const contents = contentsOf(was.parts, facts)
        if ('refused' in contents) return contents
        const differs = differing(contents.of.map(([, content]) => content))
        if (differs !== undefined) return refuse('field-differs', 'parts', { code: differs })
        const merged = merge(contents.of.map(([code, content]) => partOf(code, content)))
        if ('refused' in merged) {
          const names = new Map(contents.of.map(([code, { name }]) => [code, name]))
          return refuse('cycle', 'parts', { path: merged.path.map((code) => names.get(code) ?? code).join(' → ') })
        }
        return record({ type: 'published', data: {} })
      },
    },
    withdraw: {
      input: Reason,
      by: keeping,
      in: ['draft', 'standing'],
      grave: true,
      decide: (_, data) => record({ type: 'withdrawn', data }),
    },
  },
  sees: {
    public: 'always',
    'item-manager': 'city',
    clerk: 'city',
    handler: 'city',
    'unit-head': 'city',
    supervisor: 'city',
    leader: 'city',
    'audit-admin': 'city',
  },
  named: true,
  columns: ['lead'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase !== 'withdrawn',
          unit: state.lead,
          level: state.phase === 'standing' ? 0 : 1,
          search: `${state.name} ${initials(state.name)} ${spelling(state.name)}`,
        },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, ...facts } = state
    return facts
  },
})

function drafted(data: z.output<typeof Theme>, lead: Known | undefined, by: string) {
  if (stateOf(unit, lead)?.phase !== 'standing') return refuse('unit-unknown', 'lead')
  const codes = data.parts.map((one) => one.item)
  const twice = codes.findIndex((one, place) => codes.indexOf(one) < place)
  return twice >= 0 ? refuse('named-twice', `parts.${twice}.item`) : record({ type: 'drafted', data: { ...data, by } })
}

/** The items of a theme as records to read, by their codes. */
export function itemsOf(parts: readonly { readonly item: string }[]) {
  return Object.fromEntries(parts.map((one) => [one.item, { kind: 'item', id: one.item }]))
}

/** What each item asks for in its version in force; or the first that is not open. */
export function contentsOf(
  parts: readonly { readonly item: string }[],
  facts: Readonly<Record<string, Known | undefined>>,
) {
  const of: (readonly [code: string, content: Content, version: string])[] = []
  for (const [place, one] of parts.entries()) {
    const state = stateOf(item, facts[one.item])
    if (state?.phase !== 'standing' || state.content === undefined || state.version === undefined)
      return refuse('item-not-open', `parts.${place}.item`)
    of.push([one.item, state.content, state.version])
  }
  return { of }
}

/** A code of the dictionary that two items use for different things; one form could not ask for both. */
function differing(contents: readonly Content[]): string | undefined {
  const known = new Map<string, string>()
  for (const { fields, materials } of contents)
    for (const [code, what] of [
      ...fields.map((one) => [`field ${one.field}`, `${one.fieldName} ${one.form ?? 'line'}`] as const),
      ...materials.map((one) => [`paper ${one.material}`, one.materialName] as const),
    ]) {
      if (known.has(code) && known.get(code) !== what) return code.slice(code.indexOf(' ') + 1)
      known.set(code, what)
    }
  return undefined
}
