// A flag of the dictionary as what one rung sets: two would overwrite what the other says of an enterprise.
import { z } from 'zod'
import { define, record, refuse } from '../../kernel/record.ts'

const Holder = z.object({
  rung: z.string().meta({ widget: 'rung' }),
  /** As the rung was called when it was published last. */
  name: z.string().optional(),
})

export type Flag = { readonly phase: 'none' } | ({ readonly phase: 'taken' } & z.output<typeof Holder>)

/** Its id is the name of the fact. The rung keeps it when it ends, since its recognitions hold on and set it. */
export const flag = define<Flag>()({
  kind: 'rung-flag',
  code: 'TB',
  initial: { phase: 'none' },
  phases: ['none', 'taken'],
  refusals: ['flag-taken'],
  events: { claimed: Holder },
  evolve: { claimed: (_, holder) => ({ phase: 'taken', ...holder }) },
  commands: {
    claim: {
      input: Holder,
      by: { system: 'always' },
      in: ['none', 'taken'],
      inner: true,
      decide: (was, data) =>
        takenBy(was, data.rung) ??
        (was.phase === 'taken' && was.name === data.name ? { events: [] } : record({ type: 'claimed', data })),
    },
  },
  sees: { 'policy-manager': 'city', 'audit-admin': 'city' },
  columns: ['rung'],
  index: (state, id) => ({ title: id, open: state.phase === 'taken' }),
  facts: (state) => (state.phase === 'taken' ? { rung: state.rung, name: state.name } : {}),
})

/** Refused where another rung has it. */
export function takenBy(was: Flag | undefined, rung: string) {
  return was?.phase === 'taken' && was.rung !== rung
    ? refuse('flag-taken', 'fact', { rung: was.name ?? was.rung })
    : undefined
}
