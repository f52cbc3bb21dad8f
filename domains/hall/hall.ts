// A hall (政务大厅): its lines with their letters, the slots that may be booked, and the rules by which one is called.
import { z } from 'zod'
import { define, record, refuse, stateOf } from '../../kernel/record.ts'
import { unit } from '../register/index.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const count = (least: number, most: number) => z.number().int().min(least).max(most).meta({ widget: 'number' })
export const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** A unit with windows of its own in the hall; its numbers begin with this letter. */
const Line = z.object({ letter: z.string().regex(/^[B-Z]$/), unit: id.meta({ widget: 'unit' }) })
const Slot = z.object({ opens: hour, closes: hour, places: count(1, 500) })

const Hall = z.object({
  name: words(80),
  unit: id.meta({ widget: 'unit' }),
  address: words(200).optional(),
  lines: z.array(Line).max(25).meta({ widget: 'list' }),
  slots: z.array(Slot).max(48).meta({ widget: 'list' }),
  /** Days ahead on which one may book. */
  ahead: count(0, 90),
  /** Minutes after the end of the slot in which whoever booked still comes in time. */
  grace: count(0, 240),
  /** How often one is called before and again. */
  recalls: count(1, 9),
  /** Minutes after being passed over within which one may be called again. */
  recallWithin: count(0, 600),
  note: words(400).optional().meta({ widget: 'paragraph' }),
})
const Amend = Hall.omit({ unit: true })

export type Hall = { readonly phase: 'none' } | (z.output<typeof Hall> & { readonly phase: 'standing' })

/** Whoever keeps halls, windows and rosters: the bureau of government services. */
export const keeping = { 'item-manager': 'city' } as const

export const hall = define<Hall>()({
  kind: 'hall',
  code: 'DT',
  initial: { phase: 'none' },
  phases: ['none', 'standing'],
  refusals: ['unit-unknown', 'named-twice', 'one-after-another'],
  events: { setUp: Hall, amended: Amend },
  evolve: {
    setUp: (_, data) => ({ phase: 'standing', ...data }),
    amended: (was, data) => (was.phase === 'none' ? was : { phase: 'standing', unit: was.unit, ...data }),
  },
  commands: {
    setUp: {
      input: Hall,
      by: keeping,
      in: ['none'],
      reads: (input) => units([input.unit, ...input.lines.map((line) => line.unit)]),
      decide(_, data, { facts }) {
        if (stateOf(unit, facts[data.unit])?.phase !== 'standing') return refuse('unit-unknown', 'unit')
        return flawIn(data, facts) ?? record({ type: 'setUp', data })
      },
    },
    amend: {
      input: Amend,
      by: keeping,
      in: ['standing'],
      amends: true,
      reads: (input) => units(input.lines.map((line) => line.unit)),
      decide: (_, data, { facts }) => flawIn(data, facts) ?? record({ type: 'amended', data }),
    },
  },
  sees: { public: 'always' },
  named: true,
  columns: ['unit', 'address', 'ahead'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : { title: state.name, open: true, level: 0, unit: state.unit, search: state.name },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, ...facts } = state
    return facts
  },
})

function units(ids: readonly string[]) {
  return Object.fromEntries(ids.map((one) => [one, { kind: 'unit', id: one }]))
}

function flawIn({ lines, slots }: z.output<typeof Amend>, facts: Parameters<typeof known>[0]) {
  for (const [place, { letter, unit: own }] of lines.entries()) {
    if (!known(facts, own)) return refuse('unit-unknown', `lines.${place}.unit`)
    if (lines.findIndex((one) => one.unit === own) < place) return refuse('named-twice', `lines.${place}.unit`)
    if (lines.findIndex((one) => one.letter === letter) < place) return refuse('named-twice', `lines.${place}.letter`)
  }
  for (const [place, { opens, closes }] of slots.entries())
    if (closes <= opens || (place > 0 && opens < slots[place - 1]!.closes))
      return refuse('one-after-another', `slots.${place}.opens`)
  return undefined
}

function known(facts: Readonly<Record<string, Parameters<typeof stateOf>[1]>>, one: string): boolean {
  return stateOf(unit, facts[one])?.phase === 'standing'
}

/** The letter of a unit's own line in a hall; undefined where it has none and is served by all. */
export function letterOf(state: Exclude<Hall, { phase: 'none' }>, owner: string): string | undefined {
  return state.lines.find((line) => line.unit === owner)?.letter
}
