// A unified social credit code as a name that one enterprise holds at a time, whatever the number of its record.
import { z } from 'zod'
import { define, record, refuse } from '../../kernel/record.ts'

const Holder = z.object({ enterprise: z.string().meta({ widget: 'enterprise' }) })

export type CreditCode = { readonly phase: 'none' | 'free' } | { readonly phase: 'taken'; readonly enterprise: string }

export const creditCode = define<CreditCode>()({
  kind: 'credit-code',
  code: 'DM',
  initial: { phase: 'none' },
  phases: ['none', 'taken', 'free'],
  refusals: ['code-taken'],
  events: { claimed: Holder, released: z.object({}) },
  evolve: {
    claimed: (_, { enterprise }) => ({ phase: 'taken', enterprise }),
    released: () => ({ phase: 'free' }),
  },
  commands: {
    claim: {
      input: Holder,
      by: { system: 'always' },
      in: ['none', 'free', 'taken'],
      inner: true,
      decide(was, data) {
        if (was.phase !== 'taken') return record({ type: 'claimed', data })
        return was.enterprise === data.enterprise
          ? { events: [] }
          : refuse('code-taken', 'uscc', { enterprise: was.enterprise })
      },
    },
    /** Gives it back, if it was that enterprise's at all. */
    release: {
      input: Holder,
      by: { system: 'always' },
      in: ['none', 'free', 'taken'],
      inner: true,
      decide: (was, data) =>
        was.phase === 'taken' && was.enterprise === data.enterprise
          ? record({ type: 'released', data: {} })
          : { events: [] },
    },
  },
  sees: { clerk: 'city', 'system-admin': 'city', 'audit-admin': 'city' },
  columns: ['enterprise'],
  index: (state, id) => ({ title: id, open: state.phase === 'taken' }),
  facts: (state) => (state.phase === 'taken' ? { enterprise: state.enterprise } : {}),
})
