// A claim (兑现件): one benefit for one enterprise, from the list or on its own word to the money; nothing is asked that the city knows.
import { z } from 'zod'
import { dayOf } from '../../kernel/clock/date.ts'
import { deadline, type Limit, type Run } from '../../kernel/clock/limit.ts'
import { Pinned, pin } from '../../kernel/pin.ts'
import { define, record, refuse, stateOf, type Order } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'
import { batch } from './batch.ts'
import { DOUBTABLE, Doubted, doubtIn, doubtOf, stirredBy, toldOf, type Decided } from './doubt.ts'
import { answered, entered, Entered, naming, Of, readsOf } from './entering.ts'
import { profile } from './profile.ts'
import { handling } from './reading.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = (most: number) => words(most).meta({ widget: 'paragraph' })

/** How long it is made public, and until when it is paid after it was approved. */
export const rules = { publicity: 'claim.publicity', pay: 'claim.pay' } as const
const Judge = z.object({ holds: z.boolean(), opinion: paragraph(2000) })
const Reason = z.object({ reason: paragraph(1000) })
const Publicised = z.object({ limit: Pinned.meta({ widget: 'hidden' }) })
const Object_ = z.object({
  objection: paragraph(2000),
  objector: words(40).meta({ personal: true }),
  phone: words(20).meta({ widget: 'tel', personal: true }),
})
const Settle = z.object({ upheld: z.boolean(), reasons: paragraph(2000) })
const Approved = z.object({
  approver: id.meta({ widget: 'person' }),
  limit: Pinned.optional().meta({ widget: 'hidden' }),
})
const Pay = z.object({ batch: words(60), receipt: words(80), paidOn: z.iso.date().meta({ widget: 'date' }) })
const Rate = z.object({
  grade: z.enum(['5', '4', '3', '2', '1']).meta({ widget: 'choice', choices: ['5', '4', '3', '2', '1'] }),
})
const Enlist = z.object({ batch: id.meta({ widget: 'batch' }) })
const Return = z.object({ receipt: words(80) })
/** Why it stands although facts were corrected; absent where they were corrected back. */
const Upheld = z.object({ finding: paragraph(2000).optional() })
const Uphold = z.object({ finding: paragraph(2000) })
/** How the enterprise said so, where somebody here enters it. */
const Consent = z.object({ evidence: words(200).optional() })
const Nothing = z.object({})

type Phase =
  | 'listed'
  | 'consented'
  | 'publicised'
  | 'objected'
  | 'approved'
  | 'paid'
  | 'recalling'
  | 'returned'
  | 'refused'
  | 'declined'
export type Claim =
  | { readonly phase: 'none' }
  | (Decided & {
      readonly phase: Phase
      readonly judged?: z.output<typeof Judge>
      readonly publicity?: { readonly limit: Limit; readonly from: string }
      readonly objection?: z.output<typeof Object_>
      readonly approver?: string
      readonly due?: { readonly limit: Limit; readonly from: string; readonly ended?: string }
      /** The batch in which its money is under way. */
      readonly paying?: string
      readonly receipt?: string
      readonly grade?: string
      readonly reason?: string
    })
type Case = Exclude<Claim, { phase: 'none' }>
const on = (was: Claim, change: (kept: Case) => Case): Claim => (was.phase === 'none' ? was : change(was))
const to = (phase: Phase) => (was: Claim) => on(was, (kept) => ({ ...kept, phase }))

/** No money of it is under way. */
const outsideBatch = (was: Claim) => was.phase !== 'none' && was.paying === undefined
const isDoubted = (was: Claim) => doubtIn(was) !== undefined
const settledDoubt = ({ doubt: _, ...kept }: Case): Case => kept
const unlisted = ({ paying: _, ...kept }: Case): Case => kept
const inner = { by: { system: 'always' }, in: ['approved'], inner: true } as const

export const claim = define<Claim>()({
  kind: 'claim',
  code: 'DF',
  initial: { phase: 'none' },
  phases: [
    'none',
    'listed',
    'consented',
    'publicised',
    'objected',
    'approved',
    'paid',
    'recalling',
    'returned',
    'refused',
    'declined',
  ],
  refusals: [
    'benefit-not-given',
    'enterprise-unknown',
    'not-your-enterprise',
    'not-your-unit',
    'claimed-already',
    'not-entitled',
    'facts-missing',
    'given-elsewhere',
    'group-exhausted',
    'other-year',
    'not-judged',
    'evidence-missing',
    'no-rule',
    'publicity-not-over',
    'publicity-over',
    'two-persons',
    'date-in-the-future',
    'batch-not-open',
    'batch-of-another-unit',
    'account-missing',
    'in-a-batch',
    'rated-already',
    'in-doubt',
    'not-in-doubt',
  ],
  events: {
    entered: Entered,
    judged: Judge,
    consented: Consent,
    declined: Reason,
    publicised: Publicised,
    objected: Object_,
    settled: Settle,
    approved: Approved,
    enlisted: Enlist,
    unlisted: Nothing,
    paid: Pay,
    failed: Reason,
    rated: Rate,
    doubted: Doubted,
    upheld: Upheld,
    recalled: Reason,
    returned: Return,
  },
  evolve: {
    entered: (_, data, mark) => ({ phase: data.origin === 'asked' ? 'consented' : 'listed', ...data, on: mark.on }),
    judged: (was, data) =>
      on(was, (kept) => ({
        ...kept,
        judged: data,
        ...(!data.holds && { phase: 'refused' as const, reason: data.opinion }),
      })),
    consented: to('consented'),
    declined: (was, { reason }) => on(was, (kept) => ({ ...kept, phase: 'declined', reason })),
    publicised: (was, { limit }, mark) =>
      on(was, (kept) => ({ ...kept, phase: 'publicised', publicity: { limit, from: mark.on } })),
    objected: (was, data) => on(was, (kept) => ({ ...kept, phase: 'objected', objection: data })),
    settled: (was, { upheld, reasons }) =>
      on(was, (kept) => ({ ...kept, phase: upheld ? 'refused' : 'publicised', ...(upheld && { reason: reasons }) })),
    approved: (was, { approver, limit }, mark) =>
      on(was, (kept) => ({ ...kept, phase: 'approved', approver, ...(limit && { due: { limit, from: mark.on } }) })),
    enlisted: (was, { batch: paying }) => on(was, (kept) => ({ ...kept, paying })),
    unlisted: (was) => on(was, unlisted),
    paid: (was, { receipt }, mark) =>
      on(was, (kept) => ({
        ...unlisted(kept),
        phase: 'paid',
        receipt,
        ...(kept.due && { due: { ...kept.due, ended: mark.on } }),
      })),
    failed: (was, { reason }) => on(was, (kept) => ({ ...unlisted(kept), reason })),
    rated: (was, { grade }) => on(was, (kept) => ({ ...kept, grade })),
    doubted: (was, doubt) => on(was, (kept) => ({ ...kept, doubt })),
    upheld: (was, { finding }) =>
      on(was, (kept) => ({
        ...settledDoubt(kept),
        ...(finding !== undefined && kept.doubt && { looked: kept.doubt }),
      })),
    // What was not paid yet has nothing to come back.
    recalled: (was, { reason }) =>
      on(was, (kept) => ({ ...settledDoubt(kept), phase: kept.phase === 'paid' ? 'recalling' : 'refused', reason })),
    returned: to('returned'),
  },
  commands: {
    /** Put on the list from data (免申即享): the enterprise has nothing to do but to agree. */
    list: {
      input: Of,
      by: handling,
      in: ['none'],
      names: naming,
      reads: readsOf,
      decide: (_, said, context) => entered(said, 'listed', context),
    },
    /** Asked for by the enterprise: decided on what is known by now, so that only what was missing has been asked. */
    ask: {
      input: Of,
      by: { public: 'always' },
      in: ['none'],
      fits: (_, actor) => actor.posts.length === 0,
      names: naming,
      reads: readsOf,
      decide: (_, said, context) =>
        context.actor.subjects.includes(`enterprise:${said.enterprise}`)
          ? entered(said, 'asked', context)
          : refuse('not-your-enterprise', 'enterprise'),
    },
    /** What no data tell is judged by a person, with his reasons. */
    judge: {
      input: Judge,
      by: handling,
      in: ['listed', 'consented'],
      fits: (was) => was.phase !== 'none' && was.judgement !== undefined && was.judged === undefined,
      decide: (was, data, { id: self }) => ({
        ...record({ type: 'judged', data }),
        follow: data.holds ? [] : lettingGo(was, self),
      }),
    },
    consent: {
      input: Consent,
      by: { subject: 'always', ...handling },
      in: ['listed'],
      awaited: true,
      shows: ['amount', 'read'],
      decide: (was, data, { actor }) =>
        actor.posts.length > 0 && data.evidence === undefined
          ? refuse('evidence-missing', 'evidence')
          : { ...record({ type: 'consented', data }), follow: was.phase === 'none' ? [] : answered(was) },
    },
    decline: {
      input: Reason,
      by: { subject: 'always' },
      in: ['listed', 'consented'],
      grave: true,
      decide: (was, data, { id: self }) => ({
        ...record({ type: 'declined', data }),
        follow: [...lettingGo(was, self), ...(was.phase === 'listed' ? answered(was) : [])],
      }),
    },
    publicise: {
      input: Nothing,
      by: handling,
      in: ['consented'],
      many: true,
      decide(was, _, { law, today }) {
        if (was.phase === 'none' || (was.judgement !== undefined && was.judged?.holds !== true))
          return refuse('not-judged')
        if (isDoubted(was)) return refuse('in-doubt')
        const limit = pin(law, [rules.publicity], today)
        return limit ? record({ type: 'publicised', data: { limit } }) : refuse('no-rule')
      },
    },
    object: {
      input: Object_,
      by: { public: 'always' },
      in: ['publicised'],
      decide(was, data, { law, today }) {
        const run = clockOf(was)['publicity']
        if (run && deadline(law.calendar, run, today).late) return refuse('publicity-over')
        return record({ type: 'objected', data })
      },
    },
    settle: {
      input: Settle,
      by: handling,
      in: ['objected'],
      shows: ['objection'],
      decide: (was, data, { id: self }) => ({
        ...record({ type: 'settled', data }),
        follow: data.upheld ? lettingGo(was, self) : [],
      }),
    },
    /** By somebody else than put it on the list, once it was public long enough; the money is set aside in the same transaction. */
    approve: {
      input: Nothing,
      by: { 'unit-head': 'unit', 'policy-manager': 'city' },
      in: ['publicised'],
      grave: true,
      many: true,
      decide(was, _, { actor, law, today, id: self }) {
        if (was.phase === 'none' || was.by === actor.id) return refuse('two-persons')
        if (isDoubted(was)) return refuse('in-doubt')
        const run = clockOf(was)['publicity']
        if (run && !deadline(law.calendar, run, today).late)
          return refuse('publicity-not-over', undefined, { until: deadline(law.calendar, run, today).due })
        const approved = { approver: actor.id, limit: pin(law, [rules.pay], today) }
        return { ...record({ type: 'approved', data: approved }), follow: money(was, self, 'reserve') }
      },
    },
    /** Into a batch that goes to the treasury, with the account of the enterprise. */
    enlist: {
      input: Enlist,
      by: handling,
      in: ['approved'],
      many: true,
      fits: outsideBatch,
      reads: ({ batch: to_ }, was) => ({
        batch: { kind: 'batch', id: to_ },
        ...(was.phase !== 'none' && { profile: { kind: 'profile', id: was.enterprise } }),
      }),
      decide(was, { batch: to_ }, { facts: read, id: self }) {
        if (was.phase === 'none' || was.paying !== undefined) return refuse('in-a-batch')
        if (isDoubted(was)) return refuse('in-doubt')
        const of = stateOf(batch, read['batch'])
        if (of?.phase !== 'open') return refuse('batch-not-open', 'batch')
        if (of.unit !== was.unit) return refuse('batch-of-another-unit', 'batch')
        const firm = stateOf(profile, read['profile'])
        if (firm === undefined || firm.phase === 'none' || firm.account === undefined) return refuse('account-missing')
        const { benefit: from, enterprise: to, amount } = was
        const line = { claim: self, benefit: from, enterprise: to, holder: firm.name, ...firm.account, amount }
        return {
          ...record({ type: 'enlisted', data: { batch: to_ } }),
          follow: [{ kind: 'batch', id: to_, name: 'add', input: line }],
        }
      },
    },
    unlist: { ...inner, input: Nothing, decide: () => record({ type: 'unlisted', data: {} }) },
    arrive: {
      ...inner,
      input: Pay,
      decide: (was, data, { id: self }) => ({
        ...record({ type: 'paid', data }),
        follow: was.phase === 'none' ? [] : money(was, self, 'pay'),
      }),
    },
    bounce: { ...inner, input: Reason, decide: (_, data) => record({ type: 'failed', data }) },
    /** What the treasury has paid outside a batch: from its receipt. */
    pay: {
      input: Pay,
      by: handling,
      in: ['approved'],
      many: true,
      fits: outsideBatch,
      decide(was, data, { today, id: self }) {
        if (was.phase === 'none' || was.paying !== undefined) return refuse('in-a-batch')
        if (isDoubted(was)) return refuse('in-doubt')
        if (data.paidOn > today) return refuse('date-in-the-future', 'paidOn')
        return { ...record({ type: 'paid', data }), follow: money(was, self, 'pay') }
      },
    },
    /** The bank sent it back: the account was wrong. It stays approved, and is paid again. */
    fail: {
      input: Reason,
      by: handling,
      in: ['approved'],
      fits: outsideBatch,
      decide: (was, data) => (outsideBatch(was) ? record({ type: 'failed', data }) : refuse('in-a-batch')),
    },
    rate: {
      input: Rate,
      by: { subject: 'always' },
      in: ['paid'],
      awaited: true,
      fits: (was) => was.phase !== 'none' && was.grade === undefined,
      decide: (was, data) =>
        was.phase === 'none' || was.grade !== undefined ? refuse('rated-already') : record({ type: 'rated', data }),
    },
    /** Time's own work, when something was said of the enterprise: whether what it was decided by has been corrected. */
    doubt: {
      input: Nothing,
      by: { system: 'always' },
      in: DOUBTABLE,
      reads: (_, was): Partial<ReturnType<typeof readsOf>> => (was.phase === 'none' ? {} : readsOf(was)),
      decide(was, _, { facts }) {
        if (was.phase === 'none') return { events: [] }
        const doubt = doubtOf(was, facts)
        if (stirredBy(was, doubt) === undefined) return { events: [] }
        return doubt ? record({ type: 'doubted', data: doubt }) : record({ type: 'upheld', data: {} })
      },
    },
    /** It has been looked at, and stands as it is. */
    uphold: {
      input: Uphold,
      by: handling,
      in: DOUBTABLE,
      fits: isDoubted,
      shows: ['corrected', 'comesTo'],
      decide: (was, data) => (isDoubted(was) ? record({ type: 'upheld', data }) : refuse('not-in-doubt')),
    },
    /** A fact was false: what is not yet paid is let go, what was paid is demanded back. */
    recall: {
      input: Reason,
      by: { 'unit-head': 'unit', 'policy-manager': 'city' },
      in: ['listed', 'consented', 'publicised', 'approved', 'paid'],
      grave: true,
      decide: (was, data, { id: self }) =>
        outsideBatch(was)
          ? {
              ...record({ type: 'recalled', data }),
              follow: [
                ...(was.phase === 'approved' ? money(was, self, 'release') : []),
                ...(was.phase === 'paid' ? [] : lettingGo(was, self)),
              ],
            }
          : refuse('in-a-batch'),
    },
    /** It has come back. */
    receive: {
      input: Return,
      by: handling,
      in: ['recalling'],
      fits: (was) => was.phase !== 'none' && was.receipt !== undefined,
      decide: (was, data, { id: self }) => ({
        ...record({ type: 'returned', data }),
        follow: was.phase === 'none' ? [] : [...money(was, self, 'return'), ...lettingGo(was, self)],
      }),
    },
  },
  sees: { public: 'always', subject: 'always', ...handling, supervisor: 'city', leader: 'city', 'audit-admin': 'city' },
  reveals: { subject: 'always', ...handling },
  widgets: { paying: 'batch' },
  columns: ['benefit', 'enterprise', 'amount', 'origin', 'paying'],
  queues: {
    claims: {
      on: { 'policy-manager': 3, handler: 7, 'unit-head': 9 },
      views: {
        consented: { phase: 'consented', order: 'oldest' },
        publicised: { phase: 'publicised', order: 'due' },
        objected: { phase: 'objected', order: 'oldest' },
        doubted: { 'facet.doubt': 'yes', order: 'oldest' },
        approved: { phase: 'approved', order: 'due' },
        listed: { phase: 'listed', order: 'oldest' },
        recalling: { phase: 'recalling', order: 'oldest' },
        paid: { phase: 'paid' },
      },
    },
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.title,
          open:
            isDoubted(state) ||
            ['listed', 'consented', 'publicised', 'objected', 'approved', 'recalling'].includes(state.phase),
          unit: state.unit,
          parties: [`enterprise:${state.enterprise}`],
          // Whom it is given is public while it can be objected to.
          level: state.phase === 'publicised' || state.phase === 'objected' ? 0 : 1,
          facets: { benefit: state.benefit, origin: state.origin, ...(isDoubted(state) && { doubt: 'yes' }) },
          search: state.title,
        },
  clock: clockOf,
  entries: (event, before, after, { on: day, id: self }) => entriesOf(event.type, before, after, day, self),
  messages: (event, _, after) => {
    if (after.phase === 'none') return []
    const about = { title: after.title }
    const firm = `enterprise:${after.enterprise}`
    switch (event.type) {
      case 'entered':
        return event.data.origin === 'listed' ? [{ to: firm, template: 'listed', about }] : []
      case 'paid':
        return [{ to: firm, template: 'paid', about }]
      case 'objected':
      case 'doubted':
        return [{ to: `unit:${after.unit}`, template: event.type, about }]
      default:
        return after.phase === 'refused'
          ? [{ to: firm, template: 'refused', about }]
          : event.type === 'recalled'
            ? [{ to: firm, template: 'recalled', about }]
            : []
    }
  },
  facts(state) {
    if (state.phase === 'none') return {}
    const { phase, on: _, title: __, judged, publicity: ___, objection, due: ____, judgement, reason, ...rest } = state
    const { looked: _____, doubt: ______, ...kept } = rest
    const doubt = doubtIn(state)
    return {
      ...kept,
      // What is approved and has a reason has come back from the bank.
      ...(phase === 'approved' ? { sentBack: reason } : { reason }),
      judgement,
      ...(doubt && toldOf(doubt)),
      holds: judged?.holds,
      opinion: judged?.opinion,
      objection: objection?.objection,
      objector: objection?.objector,
      phone: objection?.phone,
    }
  },
})

/** A move of its amount on the account of its benefit. */
function money({ benefit: of, amount }: Case, self: string, name: 'reserve' | 'release' | 'pay' | 'return'): Order[] {
  return [{ kind: 'fund', id: of, name, input: { claim: self, amount } }]
}

/** The enterprise has it no longer, and may have another that it excludes. */
function lettingGo(was: Claim, self: string): Order[] {
  return was.phase === 'none' ? [] : [{ kind: 'profile', id: was.enterprise, name: 'letGo', input: { claim: self } }]
}

function clockOf(state: Claim): Record<string, Run> {
  if (state.phase === 'none') return {}
  const { publicity, due, phase } = state
  return {
    ...(publicity && ['publicised', 'objected'].includes(phase) && { publicity }),
    ...(due && (due.ended !== undefined || phase === 'approved') && { pay: due }),
  }
}

function entriesOf(type: string, before: Claim, after: Claim, day: string, self: string): readonly Entry[] {
  if (after.phase === 'none') return []
  const one = {
    on: day,
    subject: `claim:${self}`,
    dims: { benefit: after.benefit, unit: after.unit, origin: after.origin },
  }
  switch (type) {
    case 'entered':
      return [{ measure: 'claim-entered', ...one }]
    case 'approved':
      return [{ measure: 'claim-approved', ...one, quantity: after.amount }]
    case 'paid':
      return [
        { measure: 'claim-paid', ...one, quantity: after.amount },
        { measure: 'claim-paid-days', ...one, quantity: dayOf(day) - dayOf(after.on) },
        { measure: 'claim-paid-enterprise', ...one, subject: `enterprise:${after.enterprise}` },
      ]
    case 'recalled':
      return before.phase === 'approved' ? [{ measure: 'claim-approved', ...one, n: -1, quantity: -after.amount }] : []
    case 'returned':
      return [{ measure: 'claim-returned', ...one, quantity: after.amount }]
    case 'rated':
      return [{ measure: 'claim-rated', ...one, quantity: Number(after.grade) }]
    default:
      return []
  }
}
