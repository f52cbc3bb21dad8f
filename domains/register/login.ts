// A login name (登录名): held by one person at a time, whoever else asks for it.
import { z } from 'zod'
import { define, record, refuse } from '../../kernel/record.ts'

const Claim = z.object({ person: z.string().meta({ widget: 'person' }) })
const Nothing = z.object({})

export type Login = { readonly phase: 'none' | 'free' } | { readonly phase: 'taken'; readonly person: string }

export const login = define<Login>()({
  kind: 'login',
  code: 'ZH',
  initial: { phase: 'none' },
  phases: ['none', 'taken', 'free'],
  refusals: ['login-taken'],
  events: { claimed: Claim, released: Nothing },
  evolve: {
    claimed: (_, { person }) => ({ phase: 'taken', person }),
    released: () => ({ phase: 'free' }),
  },
  commands: {
    claim: {
      input: Claim,
      by: { system: 'always' },
      in: ['none', 'free', 'taken'],
      inner: true,
      decide: (was, data) =>
        was.phase === 'taken' && was.person !== data.person
          ? refuse('login-taken', 'login')
          : record({ type: 'claimed', data }),
    },
    release: {
      input: Nothing,
      by: { system: 'always' },
      in: ['taken'],
      inner: true,
      decide: () => record({ type: 'released', data: {} }),
    },
  },
  sees: { 'system-admin': 'city', 'security-admin': 'city', 'audit-admin': 'city' },
  columns: ['person'],
  index: (state, id) => ({ title: id, open: state.phase === 'taken' }),
  facts: (state) => (state.phase === 'taken' ? { person: state.person } : {}),
})
