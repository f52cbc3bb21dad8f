// The money of a benefit (资金): a budget out of which claims reserve, are paid and come back; every move from one account to another, in fen.
import { z } from 'zod'
import { define, record, refuse } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'

const id = z.string().min(1).max(64)
const fen = z.number().int().min(1).max(1e13).meta({ widget: 'money' })

/** Double entry: what is granted stands against what is free, reserved and paid; together they are nothing. */
export const accounts = ['granted', 'free', 'reserved', 'paid'] as const
export type Account = (typeof accounts)[number]

const Set_ = z.object({ amount: fen, unit: id.meta({ widget: 'unit' }), name: z.string() })
const Move = z.object({ claim: id.meta({ widget: 'claim' }), amount: fen })
const Changed = z.object({ amount: z.number().int().meta({ widget: 'money' }) })

export type Fund =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'open'
      /** Whose money it is: it bears its number. */
      readonly benefit: string
      readonly unit: string
      readonly name: string
      /** Fen on each account; what is granted is what it owes. */
      readonly free: number
      readonly reserved: number
      readonly paid: number
    }

/** From which account to which each event moves. */
const MOVES = {
  reserved: ['free', 'reserved'],
  released: ['reserved', 'free'],
  paid: ['reserved', 'paid'],
  returned: ['paid', 'free'],
} as const satisfies Readonly<Record<string, readonly [Account, Account]>>
type Moved = keyof typeof MOVES

const moved =
  (type: Moved) =>
  (was: Fund, { amount }: { readonly amount: number }): Fund => {
    if (was.phase === 'none') return was
    const [from, to] = MOVES[type]
    return { ...was, [from]: was[from] - amount, [to]: was[to] + amount }
  }
const inner = { by: { system: 'always' }, in: ['open'], inner: true } as const

export const fund = define<Fund>()({
  kind: 'fund',
  code: 'ZJ',
  initial: { phase: 'none' },
  phases: ['none', 'open'],
  refusals: ['budget-exceeded', 'less-than-given', 'not-reserved'],
  events: {
    opened: Set_,
    changed: Changed,
    reserved: Move,
    released: Move,
    paid: Move,
    returned: Move,
  },
  evolve: {
    opened: (_, { amount, unit, name }, { id: benefit }) => ({
      phase: 'open',
      benefit,
      unit,
      name,
      free: amount,
      reserved: 0,
      paid: 0,
    }),
    changed: (was, { amount }) => (was.phase === 'none' ? was : { ...was, free: was.free + amount }),
    reserved: moved('reserved'),
    released: moved('released'),
    paid: moved('paid'),
    returned: moved('returned'),
  },
  commands: {
    /** The budget as the benefit's edition has it: never less than what was given out of it. */
    set: {
      input: Set_,
      by: { system: 'always' },
      in: ['none', 'open'],
      inner: true,
      decide(was, data) {
        if (was.phase === 'none') return record({ type: 'opened', data })
        const amount = data.amount - grantedTo(was)
        if (was.free + amount < 0) return refuse('less-than-given', undefined, { given: yuan(was.reserved + was.paid) })
        return amount === 0 ? { events: [] } : record({ type: 'changed', data: { amount } })
      },
    },
    /** Two that race for the last fen meet here: the second is decided on what the first has left. */
    reserve: {
      ...inner,
      input: Move,
      decide: (was, data) =>
        was.phase === 'none' || was.free < data.amount
          ? refuse('budget-exceeded', undefined, {
              left: yuan(was.phase === 'none' ? 0 : was.free),
              needed: yuan(data.amount),
            })
          : record({ type: 'reserved', data }),
    },
    release: { ...inner, input: Move, decide: (was, data) => held(was, data, 'reserved', 'released') },
    pay: { ...inner, input: Move, decide: (was, data) => held(was, data, 'reserved', 'paid') },
    return: { ...inner, input: Move, decide: (was, data) => held(was, data, 'paid', 'returned') },
  },
  sees: {
    handler: 'unit',
    'unit-head': 'unit',
    'policy-manager': 'city',
    supervisor: 'city',
    leader: 'city',
    'audit-admin': 'city',
  },
  widgets: { benefit: 'benefit', granted: 'money', free: 'money', reserved: 'money', paid: 'money' },
  columns: ['granted', 'free', 'reserved', 'paid'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : { title: state.name, open: true, unit: state.unit, parties: [`benefit:${state.benefit}`] },
  entries: (event, _, after, { id: self, on }) => {
    if (after.phase === 'none') return []
    const line = (account: Account, quantity: number): Entry => ({
      measure: 'fund-ledger',
      on,
      quantity,
      subject: `benefit:${self}`,
      dims: { account, unit: after.unit },
    })
    const both = (from: Account, to: Account, amount: number) => [line(from, -amount), line(to, amount)]
    switch (event.type) {
      case 'opened':
      case 'changed':
        return both('granted', 'free', event.data.amount)
      default:
        return both(MOVES[event.type][0], MOVES[event.type][1], event.data.amount)
    }
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { benefit, free, reserved, paid, unit } = state
    return { benefit, unit, granted: grantedTo(state), free, reserved, paid }
  },
})

const grantedTo = ({ free, reserved, paid }: Exclude<Fund, { phase: 'none' }>) => free + reserved + paid
const yuan = (amount: number) => (amount / 100).toFixed(2)

function held(was: Fund, data: z.output<typeof Move>, on: 'reserved' | 'paid', type: 'released' | 'paid' | 'returned') {
  return was.phase === 'none' || was[on] < data.amount ? refuse('not-reserved') : record({ type, data })
}
