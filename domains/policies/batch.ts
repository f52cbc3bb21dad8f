// A batch of payments (拨付批次): approved claims of one unit, sent to the treasury by somebody else than put it together, and settled by its receipts.
import { z } from 'zod'
import { may, type Grant } from '../../kernel/access.ts'
import { define, record, refuse, type Order } from '../../kernel/record.ts'
import { doubtIn, type Decided } from './doubt.ts'
import { accountNumber } from './profile.ts'
import { handling } from './reading.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const fen = z.number().int().min(0).max(1e13).meta({ widget: 'money' })

/** Payments in one file: more are another batch. */
export const MOST_PAYMENTS = 200

const Open = z.object({ unit: id.meta({ widget: 'unit' }), name: words(60) })
const Opened = Open.extend({ by: id.meta({ widget: 'person' }) })
const Line = z.object({
  claim: id.meta({ widget: 'claim' }),
  benefit: id.meta({ widget: 'benefit' }),
  // The payee's name stands beside it.
  enterprise: id.meta({ widget: 'enterprise', quiet: true }),
  // Who is paid and where stands in the list; the history need not repeat it.
  holder: words(200).meta({ widget: 'hidden' }),
  bank: words(80).meta({ widget: 'hidden' }),
  number: accountNumber.meta({ widget: 'hidden', personal: true }),
  amount: fen,
})
const Taken = z.object({ claim: id.meta({ widget: 'claim' }) })
const Sent = z.object({ sender: id.meta({ widget: 'person' }) })
const Failed = z.object({ claim: id.meta({ widget: 'claim' }), reason: words(200) })
const Settle = z.object({
  receipt: words(80),
  paidOn: z.iso.date().meta({ widget: 'date' }),
  /** Those that the bank has sent back; all others have arrived. */
  failed: z.array(Failed).max(MOST_PAYMENTS).optional().meta({ widget: 'list' }),
})
const Reason = z.object({ reason: words(400).meta({ widget: 'paragraph' }) })
const Nothing = z.object({})

export type Payment = z.output<typeof Line>
export type Batch =
  | { readonly phase: 'none' }
  | (z.output<typeof Opened> & {
      readonly phase: 'open' | 'sent' | 'settled' | 'void'
      readonly payments: readonly Payment[]
      readonly sender?: string
      readonly receipt?: string
      readonly paidOn?: string
      readonly failed?: readonly z.output<typeof Failed>[] | undefined
      readonly reason?: string
    })
type Standing = Exclude<Batch, { phase: 'none' }>
const on = (was: Batch, change: (kept: Standing) => Standing): Batch => (was.phase === 'none' ? was : change(was))

const confirming: Grant = { 'unit-head': 'unit', 'policy-manager': 'city' }

export const batch = define<Batch>()({
  kind: 'batch',
  code: 'PC',
  initial: { phase: 'none' },
  phases: ['none', 'open', 'sent', 'settled', 'void'],
  refusals: [
    'not-your-unit',
    'full',
    'nothing-to-pay',
    'two-persons',
    'in-doubt',
    'not-in-this-batch',
    'named-twice',
    'date-in-the-future',
  ],
  events: { opened: Opened, added: Line, removed: Taken, sent: Sent, settled: Settle, voided: Reason },
  evolve: {
    opened: (_, data) => ({ phase: 'open', ...data, payments: [] }),
    added: (was, data) => on(was, (kept) => ({ ...kept, payments: [...kept.payments, data] })),
    removed: (was, { claim }) =>
      on(was, (kept) => ({ ...kept, payments: kept.payments.filter((one) => one.claim !== claim) })),
    sent: (was, { sender }) => on(was, (kept) => ({ ...kept, phase: 'sent', sender })),
    settled: (was, data) => on(was, (kept) => ({ ...kept, phase: 'settled', ...data })),
    voided: (was, { reason }) => on(was, (kept) => ({ ...kept, phase: 'void', reason })),
  },
  commands: {
    open: {
      input: Open,
      by: handling,
      in: ['none'],
      desks: { 'policy-manager': 5, handler: 9 },
      decide: (_, data, { actor }) =>
        may(handling, actor, { title: '', open: true, unit: data.unit })
          ? record({ type: 'opened', data: { ...data, by: actor.id } })
          : refuse('not-your-unit', 'unit'),
    },
    /** From the claim, once it is certain that it may be paid. */
    add: {
      input: Line,
      by: { system: 'always' },
      in: ['open'],
      inner: true,
      decide: (was, data) =>
        was.phase !== 'none' && was.payments.length >= MOST_PAYMENTS
          ? refuse('full', undefined, { most: MOST_PAYMENTS })
          : record({ type: 'added', data }),
    },
    remove: {
      input: Taken,
      by: handling,
      in: ['open'],
      fits: (was) => was.phase !== 'none' && was.payments.length > 0,
      decide: (was, data) =>
        holds(was, data.claim)
          ? { ...record({ type: 'removed', data }), follow: [unlisting(data.claim)] }
          : refuse('not-in-this-batch', 'claim'),
    },
    send: {
      input: Nothing,
      by: confirming,
      in: ['open'],
      grave: true,
      fits: (was) => was.phase !== 'none' && was.payments.length > 0,
      reads: (_, was) => involved(was),
      decide(was, _, { actor, facts }) {
        if (was.phase === 'none' || was.payments.length === 0) return refuse('nothing-to-pay')
        if (was.by === actor.id) return refuse('two-persons')
        const doubted = was.payments.filter(({ claim }) => isDoubted(facts[`claim ${claim}`]?.state))
        if (doubted.length > 0)
          return refuse('in-doubt', undefined, { holders: doubted.map(({ holder }) => holder).join('、') })
        return record({ type: 'sent', data: { sender: actor.id } })
      },
    },
    /** As the bank and the treasury have answered: what has arrived is paid, what came back waits for another batch. */
    settle: {
      input: Settle,
      by: handling,
      in: ['sent'],
      reads: (_, was) => involved(was),
      decide(was, data, { today }) {
        if (was.phase === 'none') return refuse('nothing-to-pay')
        if (data.paidOn > today) return refuse('date-in-the-future', 'paidOn')
        const failed = data.failed ?? []
        for (const [place, { claim }] of failed.entries()) {
          if (!holds(was, claim)) return refuse('not-in-this-batch', `failed.${place}.claim`)
          if (failed.findIndex((one) => one.claim === claim) < place)
            return refuse('named-twice', `failed.${place}.claim`)
        }
        const { receipt, paidOn } = data
        const follow = was.payments.map(({ claim }): Order => {
          const back = failed.find((one) => one.claim === claim)
          return back
            ? { kind: 'claim', id: claim, name: 'bounce', input: { reason: back.reason } }
            : { kind: 'claim', id: claim, name: 'arrive', input: { batch: was.name, receipt, paidOn } }
        })
        return { ...record({ type: 'settled', data }), follow }
      },
    },
    void: {
      input: Reason,
      by: confirming,
      in: ['open', 'sent'],
      grave: true,
      reads: (_, was) => involved(was),
      decide: (was, data) => ({
        ...record({ type: 'voided', data }),
        follow: was.phase === 'none' ? [] : was.payments.map(({ claim }) => unlisting(claim)),
      }),
    },
  },
  sees: { ...handling, supervisor: 'city', leader: 'city', 'audit-admin': 'city' },
  reveals: handling,
  widgets: { total: 'money' },
  columns: ['unit', 'count', 'total', 'by'],
  queues: {
    batches: {
      on: { 'policy-manager': 4, handler: 8, 'unit-head': 10 },
      views: {
        open: { phase: 'open', order: 'oldest' },
        sent: { phase: 'sent', order: 'oldest' },
        settled: { phase: 'settled' },
        void: { phase: 'void' },
      },
    },
  },
  named: true,
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase === 'open' || state.phase === 'sent',
          unit: state.unit,
          search: state.name,
        },
  facts(state) {
    if (state.phase === 'none') return {}
    const { phase: _, ...facts } = state
    return { ...facts, count: state.payments.length, total: totalOf(state) }
  },
})

/** Fen. */
export const totalOf = ({ payments }: Standing) => payments.reduce((sum, { amount }) => sum + amount, 0)

const holds = (was: Batch, claim: string) => was.phase !== 'none' && was.payments.some((one) => one.claim === claim)
const unlisting = (claim: string): Order => ({ kind: 'claim', id: claim, name: 'unlist', input: {} })

/** Nobody has yet looked at what was found of it. */
const isDoubted = (claim: unknown) => doubtIn(claim as (Decided & { phase: string }) | undefined) !== undefined

/** All claims and funds that it moves, loaded at once. */
function involved(was: Batch) {
  const payments = was.phase === 'none' ? [] : was.payments
  return Object.fromEntries(
    payments.flatMap(({ claim, benefit }) => [
      [`claim ${claim}`, { kind: 'claim', id: claim }],
      [`fund ${benefit}`, { kind: 'fund', id: benefit }],
    ]),
  )
}
