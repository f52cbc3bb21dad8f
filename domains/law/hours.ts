// The hours in which the city's offices are open (作息时间), from one day to another: terms of working hours run by them.
import { z } from 'zod'
import type { Span } from '../../kernel/clock/hours.ts'
import { define, record, refuse } from '../../kernel/record.ts'
import { queues } from './law.ts'

const date = z.iso.date().meta({ widget: 'date' })
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const Lay = z.object({
  from: date,
  to: date.optional(),
  spans: z
    .array(z.object({ opens: hour, closes: hour }))
    .min(1)
    .max(4)
    .meta({ widget: 'list' }),
  source: z.string().trim().min(1).max(200),
})
const Laid = Lay.extend({ by: z.string().meta({ widget: 'hidden' }) })
const Nothing = z.object({})

export type Hours = { readonly phase: 'none' } | (z.output<typeof Laid> & { readonly phase: 'draft' | 'published' })

export const officeHours = define<Hours>()({
  kind: 'hours',
  code: 'ZX',
  initial: { phase: 'none' },
  phases: ['none', 'draft', 'published'],
  refusals: ['ends-before-it-begins', 'one-after-another', 'two-persons'],
  events: { laid: Laid, published: Nothing },
  evolve: {
    laid: (_, data) => ({ phase: 'draft', ...data }),
    published: (was) => (was.phase === 'none' ? was : { ...was, phase: 'published' }),
  },
  commands: {
    lay: {
      input: Lay,
      by: { 'system-admin': 'city' },
      in: ['none', 'draft'],
      amends: true,
      decide(_, data, { actor }) {
        if (data.to !== undefined && data.to < data.from) return refuse('ends-before-it-begins', 'to')
        const turns = data.spans.flatMap(({ opens, closes }) => [opens, closes])
        if (turns.some((turn, place) => place > 0 && turn <= turns[place - 1]!))
          return refuse('one-after-another', 'spans')
        return record({ type: 'laid', data: { ...data, by: actor.id } })
      },
    },
    publish: {
      input: Nothing,
      by: { 'security-admin': 'city' },
      in: ['draft'],
      grave: true,
      decide: (was, _, { actor }) =>
        was.phase !== 'none' && was.by === actor.id ? refuse('two-persons') : record({ type: 'published', data: {} }),
    },
  },
  sees: { public: 'always', 'system-admin': 'city', 'security-admin': 'city', 'audit-admin': 'city' },
  columns: ['from', 'to', 'spans'],
  queues,
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : { title: state.source, open: true, level: state.phase === 'published' ? 0 : 1 },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, by: __, ...facts } = state
    return facts
  },
  enacts: (state) =>
    state.phase === 'published'
      ? {
          hours: {
            from: state.from,
            to: state.to,
            spans: state.spans.map(({ opens, closes }): Span => [minuteOf(opens), minuteOf(closes)]),
          },
        }
      : undefined,
})

function minuteOf(hour: string): number {
  return Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3))
}
