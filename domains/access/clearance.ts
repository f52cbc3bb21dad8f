// A barrier that is gone, as everybody may read of it: what it was and what was done, and nothing of who reported it or how it was proved.
import { z } from 'zod'
import { define, record } from '../../kernel/record.ts'
import { sorts } from './clue.ts'

const id = z.string().min(1).max(64)
const date = z.iso.date().meta({ widget: 'date' })

const Publish = z.object({
  title: z.string(),
  sort: z.enum(sorts).meta({ widget: 'choice' }),
  unit: id.meta({ widget: 'unit' }),
  item: id.optional().meta({ widget: 'item' }),
  finding: z.string(),
  orderedOn: date,
  inTime: z.boolean().meta({ widget: 'yes-no' }),
  barrier: id.meta({ widget: 'hidden' }),
})

export type Clearance =
  { readonly phase: 'none' } | (z.output<typeof Publish> & { readonly phase: 'published'; readonly clearedOn: string })

export const clearance = define<Clearance>()({
  kind: 'clearance',
  code: 'QL',
  initial: { phase: 'none' },
  phases: ['none', 'published'],
  refusals: [],
  events: { published: Publish },
  evolve: { published: (_, data, { on }) => ({ phase: 'published', ...data, clearedOn: on }) },
  commands: {
    publish: {
      input: Publish,
      by: { system: 'always' },
      in: ['none'],
      inner: true,
      decide: (_, data) => record({ type: 'published', data }),
    },
  },
  sees: { public: 'always', 'audit-admin': 'city' },
  columns: ['unit', 'sort', 'clearedOn'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.title,
          open: false,
          level: 0,
          unit: state.unit,
          facets: { sort: state.sort },
          search: `${state.title} ${state.finding.slice(0, 400)}`,
        },
  entries: (_, __, after, { id: self, on }) =>
    after.phase === 'none'
      ? []
      : [
          {
            measure: 'barrier-cleared',
            on,
            subject: `clearance:${self}`,
            dims: { unit: after.unit, sort: after.sort, inTime: after.inTime ? 'yes' : 'no' },
          },
        ],
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { sort, item, finding, orderedOn, clearedOn, inTime } = state
    return { sort, item, finding, orderedOn, clearedOn, inTime }
  },
})
