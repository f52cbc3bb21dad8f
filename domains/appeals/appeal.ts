// An appeal (诉求): what an enterprise says is wrong, who must answer it by when, and whether it was put right.
import type { Grant } from '../../kernel/access.ts'
import { addDays, dateOf, endOfDay, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import type { Extension, Limit as Pinned, Pause, Run } from '../../kernel/clock/limit.ts'
import { deadline } from '../../kernel/clock/limit.ts'
import { define, record, refuse, stateOf, type Index, type Law } from '../../kernel/record.ts'
import { enterprise, unit } from '../register/index.ts'
import * as says from './input.ts'
import type { z } from 'zod'

type Said = z.output<typeof says.Raise>

/** A case as it stands; `phase` tells where it is. */
export type Case = {
  readonly phase:
    'raised' | 'dispatched' | 'handling' | 'waiting' | 'answered' | 'closed' | 'shelved' | 'merged' | 'withdrawn'
  readonly said: Said
  readonly token: string
  readonly by: readonly string[]
  readonly registrar?: string | undefined
  readonly raisedOn: CivilDate
  readonly line: Said['line']
  readonly matter: Said['matter']
  readonly level?: 'city' | 'county'
  readonly unit?: string
  readonly assisting: readonly string[]
  readonly handler?: string
  readonly promise?: {
    readonly answer: Pinned
    readonly sign: Pinned
    readonly from: CivilDate
    readonly sentOn: CivilDate
  }
  readonly signedOn?: CivilDate
  readonly answeredOn?: CivilDate
  readonly closedOn?: CivilDate
  readonly pauses: readonly Pause[]
  readonly extensions: readonly Extension[]
  readonly question?: string
  readonly answer?: {
    readonly outcome: (typeof says.outcomes)[number]
    readonly text: string
    readonly evidence: readonly string[]
    readonly inTime: boolean
    readonly by: string
  }
  readonly answers: number
  readonly solved: boolean
  readonly rating?: { readonly grade: string; readonly ofAnswer: number }
  readonly reopened: number
  readonly escalated: { readonly sign: number; readonly answer: number }
  readonly urged: number
  readonly supervised?: { readonly demand: string; readonly until: CivilDate }
  readonly review?: CivilDate
  readonly mergedInto?: string
  readonly absorbed: readonly { readonly id: string; readonly title: string; readonly parties: readonly string[] }[]
}

export type Appeal = { readonly phase: 'none' } | Case

const CASE = [
  'raised',
  'dispatched',
  'handling',
  'waiting',
  'answered',
  'closed',
  'shelved',
  'merged',
  'withdrawn',
] as const
const UNDERWAY = ['dispatched', 'handling', 'waiting'] as const

/** Those who speak for the appellant: by account, or by the query code given out when the appeal was raised. */
const appellant: Grant = { subject: 'always', token: 'always' }
const LADDER = ['head', 'supervisor', 'leader'] as const

/** The days an escalation waits before it climbs to the next rung, and how long a closed case may be reopened. */
export const rules = {
  sign: 'appeal.sign',
  reopen: 'appeal.reopen',
  answer: (matter: string) => `appeal.answer.${matter}`,
} as const
const limits = says.matters.map((option) => ({ option, rule: rules.answer(option) }))
/** 保障中小企业款项支付条例: a complaint about arrears is settled within ninety days at most. */
export const ARREARS_AT_MOST = 90

const on = (was: Appeal, change: (was: Case) => Case): Appeal => (was.phase === 'none' ? was : change(was))

export const appeal = define<Appeal>()({
  kind: 'appeal',
  code: 'SQ',
  initial: { phase: 'none' },
  phases: ['none', ...CASE],
  refusals: [
    'enterprise-unknown',
    'not-your-enterprise',
    'no-contact',
    'unit-unknown',
    'no-rule',
    'not-the-handler',
    'evidence-missing',
    'head-decides',
    'beyond-the-limit',
    'handler-may-not-call',
    'already-rated',
    'too-late-to-reopen',
    'review-in-the-past',
    'date-in-the-past',
    'not-into-itself',
    'target-unknown',
    'target-closed',
    'not-due-yet',
  ],
  events: {
    raised: says.Raised,
    dispatched: says.Dispatched,
    signed: says.Signed,
    returned: says.Return,
    noted: says.Note,
    contributed: says.Note,
    asked: says.Ask,
    supplied: says.Note,
    extended: says.Extended,
    answered: says.Answered,
    confirmed: says.CallBack,
    rejected: says.CallBack,
    rated: says.Rate,
    reopened: says.Reason,
    shelved: says.Shelve,
    resumed: says.Reason,
    merged: says.Merge,
    absorbed: says.Absorb,
    urged: says.Reason,
    supervised: says.Supervise,
    escalated: says.Escalated,
    withdrawn: says.Reason,
  },
  evolve: {
    raised: (_, { token, by, registrar, ...said }, { on: raisedOn }) => ({
      phase: 'raised',
      said,
      token,
      by,
      ...(registrar !== undefined && { registrar }),
      raisedOn,
      line: said.line,
      matter: said.matter,
      assisting: [],
      pauses: [],
      extensions: [],
      answers: 0,
      solved: false,
      reopened: 0,
      escalated: { sign: 0, answer: 0 },
      urged: 0,
      absorbed: [],
    }),
    dispatched: (was, { unit: to, assisting, line, matter, level, answer, sign, from }, { on: sentOn }) =>
      on(was, ({ handler: _, signedOn: __, ...kept }) => ({
        ...kept,
        phase: 'dispatched',
        unit: to,
        assisting: assisting ?? [],
        line,
        matter,
        level,
        promise: { answer, sign, from, sentOn },
      })),
    signed: (was, { handler }, mark) => on(was, (kept) => ({ ...kept, phase: 'handling', handler, signedOn: mark.on })),
    returned: (was) => on(was, ({ unit: _, handler: __, ...kept }) => ({ ...kept, phase: 'raised', assisting: [] })),
    noted: (was) => was,
    contributed: (was) => was,
    asked: (was, { question }, mark) =>
      on(was, (kept) => ({
        ...kept,
        phase: 'waiting',
        question,
        pauses: [...kept.pauses, { from: addDays(mark.on, 1), ground: 'information-asked' }],
      })),
    supplied: (was, _, mark) =>
      on(was, ({ question: __, ...kept }) => ({
        ...kept,
        phase: 'handling',
        pauses: closePause(kept.pauses, mark.on),
      })),
    extended: (was, { days, reason, by }, mark) =>
      on(was, (kept) => ({ ...kept, extensions: [...kept.extensions, { budget: days, by, reason, on: mark.on }] })),
    answered: (was, { outcome, text, evidence, inTime, by }, mark) =>
      on(was, (kept) => ({
        ...kept,
        phase: 'answered',
        answeredOn: mark.on,
        answers: kept.answers + 1,
        answer: { outcome, text, evidence, inTime, by },
      })),
    confirmed: (was, _, mark) =>
      on(was, (kept) => ({ ...kept, phase: 'closed', closedOn: mark.on, solved: kept.answer?.outcome === 'solved' })),
    rejected: (was, _, mark) => on(was, (kept) => back(kept, mark.on)),
    rated: (was, { grade }) => on(was, (kept) => ({ ...kept, rating: { grade, ofAnswer: kept.answers } })),
    reopened: (was, _, mark) => on(was, (kept) => ({ ...back(kept, mark.on), reopened: kept.reopened + 1 })),
    shelved: (was, { review }, mark) =>
      on(was, (kept) => ({
        ...kept,
        phase: 'shelved',
        review,
        pauses: [...kept.pauses, { from: addDays(mark.on, 1), ground: 'long-term' }],
      })),
    resumed: (was, _, mark) =>
      on(was, ({ review: __, ...kept }) => ({ ...kept, phase: 'handling', pauses: closePause(kept.pauses, mark.on) })),
    merged: (was, { into }) => on(was, (kept) => ({ ...kept, phase: 'merged', mergedInto: into })),
    absorbed: (was, { from, title, parties }) =>
      on(was, (kept) => ({ ...kept, absorbed: [...kept.absorbed, { id: from, title, parties }] })),
    urged: (was) => on(was, (kept) => ({ ...kept, urged: kept.urged + 1 })),
    supervised: (was, supervised) => on(was, (kept) => ({ ...kept, supervised })),
    escalated: (was, { promise }) =>
      on(was, (kept) => ({ ...kept, escalated: { ...kept.escalated, [promise]: kept.escalated[promise] + 1 } })),
    withdrawn: (was, _, mark) => on(was, (kept) => ({ ...kept, phase: 'withdrawn', closedOn: mark.on })),
  },
  commands: {
    // In the order of the buttons: the usual step first.
    raise: {
      input: says.Raise,
      by: { public: 'always' },
      in: ['none'],
      desks: { clerk: 1, dispatcher: 2 },
      reads: ({ enterprise: of }) => ({ enterprise: of === undefined ? undefined : { kind: 'enterprise', id: of } }),
      decide(_, said, context) {
        const { actor, facts, secret } = context
        const found = stateOf(enterprise, facts['enterprise'])
        const firm = found?.phase === 'none' ? undefined : found
        if (said.enterprise !== undefined) {
          if (!firm) return refuse('enterprise-unknown', 'enterprise')
          const staff = actor.system || actor.posts.length > 0
          if (!staff && !actor.subjects.includes(`enterprise:${said.enterprise}`))
            return refuse('not-your-enterprise', 'enterprise')
        }
        const known = actor.subjects.length > 0
        // Whom to call: as said, or else as the register knows the enterprise, so that nothing is asked twice.
        const { contact = firm?.contact, phone = firm?.phone } = said
        if (!known && phone === undefined) return refuse('no-contact', 'phone')
        const by =
          actor.posts.length > 0 || actor.system ? [] : actor.subjects.filter((one) => one.startsWith('person:'))
        return {
          ...record({
            type: 'raised',
            data: { ...said, contact, phone, token: secret.hash, by, registrar: actor.posts[0]?.unit },
          }),
          reveal: secret.plain,
        }
      },
    },
    dispatch: {
      input: says.Dispatch,
      by: { dispatcher: 'city' },
      in: ['raised'],
      restates: true,
      reads: ({ unit: to }) => ({ unit: { kind: 'unit', id: to } }),
      decide(was, input, { facts, law, today }) {
        if (was.phase === 'none') return refuse('unit-unknown', 'unit')
        if (stateOf(unit, facts['unit'])?.phase !== 'standing') return refuse('unit-unknown', 'unit')
        const answer = pin(law, rules.answer(input.matter), today)
        const sign = pin(law, rules.sign, today)
        if (!answer || !sign) return refuse('no-rule', 'matter')
        // The enterprise's wait began when it spoke: sending a case on, or back and on again, never starts it anew.
        return record({ type: 'dispatched', data: { ...input, answer, sign, from: was.promise?.from ?? was.raisedOn } })
      },
    },
    sign: {
      input: says.Sign,
      by: { handler: 'unit', 'unit-head': 'unit' },
      in: ['dispatched'],
      decide: (_, __, { actor }) => record({ type: 'signed', data: { handler: actor.id } }),
    },
    answer: {
      input: says.Answer,
      by: { handler: 'unit', 'unit-head': 'unit' },
      in: ['handling'],
      decide(was, data, { actor, law, today }) {
        if (was.phase === 'none') return refuse('not-the-handler')
        if (data.outcome === 'solved' && data.evidence.length === 0 && !data.files?.length)
          return refuse('evidence-missing', 'evidence')
        const run = clockOf(was)['answer']
        const inTime = !run || deadline(law.calendar, run, today).state !== 'overdue'
        return record({ type: 'answered', data: { ...data, inTime, by: actor.id } })
      },
    },
    note: {
      input: says.Note,
      by: { handler: 'unit', 'unit-head': 'unit' },
      in: ['handling', 'waiting', 'shelved'],
      decide: (_, data) => record({ type: 'noted', data }),
    },
    ask: {
      input: says.Ask,
      by: { handler: 'unit' },
      in: ['handling'],
      decide: (_, data) => record({ type: 'asked', data }),
    },
    supply: {
      input: says.Note,
      by: { ...appellant, clerk: 'city' },
      in: ['waiting'],
      decide: (_, data) => record({ type: 'supplied', data }),
    },
    contribute: {
      input: says.Note,
      by: { handler: 'involved' },
      in: UNDERWAY,
      decide: (_, data) => record({ type: 'contributed', data }),
    },
    callBack: {
      input: says.CallBack,
      by: { caller: 'city' },
      in: ['answered'],
      decide(was, data, { actor }) {
        if (was.phase === 'none') return refuse('handler-may-not-call')
        if (actor.id === was.handler || actor.id === was.answer?.by) return refuse('handler-may-not-call')
        return record({ type: data.accepted ? 'confirmed' : 'rejected', data })
      },
    },
    rate: {
      input: says.Rate,
      by: appellant,
      in: ['answered', 'closed'],
      decide(was, data) {
        if (was.phase === 'none' || was.rating?.ofAnswer === was.answers) return refuse('already-rated')
        return record({ type: 'rated', data })
      },
    },
    extend: {
      input: says.Extend,
      by: { 'unit-head': 'unit' },
      in: ['handling', 'waiting'],
      decide(was, data, { actor }) {
        if (was.phase === 'none' || !was.promise) return refuse('head-decides')
        const total = was.promise.answer.budget + was.extensions.reduce((sum, one) => sum + one.budget, 0) + data.days
        const most = was.matter === 'arrears' ? ARREARS_AT_MOST : was.promise.answer.budget * 2
        if (total > most) return refuse('beyond-the-limit', 'days', { most })
        return record({ type: 'extended', data: { ...data, by: actor.id } })
      },
    },
    return: {
      input: says.Return,
      by: { handler: 'unit', 'unit-head': 'unit' },
      in: ['dispatched', 'handling'],
      decide: (_, data) => record({ type: 'returned', data }),
    },
    urge: {
      input: says.Reason,
      by: { ...appellant, supervisor: 'subtree', dispatcher: 'city' },
      in: ['raised', ...UNDERWAY],
      decide: (_, data) => record({ type: 'urged', data }),
    },
    supervise: {
      input: says.Supervise,
      by: { supervisor: 'subtree', leader: 'subtree' },
      in: UNDERWAY,
      decide: (_, data, { today }) =>
        data.until < today ? refuse('date-in-the-past', 'until') : record({ type: 'supervised', data }),
    },
    shelve: {
      input: says.Shelve,
      by: { 'unit-head': 'unit', supervisor: 'city' },
      in: ['handling'],
      grave: true,
      decide: (_, data, { today }) =>
        data.review <= today ? refuse('review-in-the-past', 'review') : record({ type: 'shelved', data }),
    },
    resume: {
      input: says.Reason,
      by: { handler: 'unit', 'unit-head': 'unit', supervisor: 'city', system: 'always' },
      in: ['shelved'],
      decide: (_, data) => record({ type: 'resumed', data }),
    },
    reopen: {
      input: says.Reason,
      by: { ...appellant, supervisor: 'city' },
      in: ['closed'],
      decide(was, data, { law, today }) {
        if (was.phase === 'none' || was.closedOn === undefined) return refuse('too-late-to-reopen')
        const limit = pin(law, rules.reopen, was.closedOn)
        if (!limit) return refuse('no-rule')
        const until = deadline(law.calendar, { limit, from: was.closedOn }, today).due
        if (today > until) return refuse('too-late-to-reopen', undefined, { until })
        return record({ type: 'reopened', data })
      },
    },
    merge: {
      input: says.Merge,
      by: { dispatcher: 'city' },
      in: ['raised', 'dispatched', 'handling'],
      grave: true,
      reads: ({ into }) => ({ into: { kind: 'appeal', id: into } }),
      decide(was, data, { facts, id }) {
        if (data.into === id) return refuse('not-into-itself', 'into')
        const target = facts['into']?.state as Appeal | undefined
        if (was.phase === 'none' || !target || target.phase === 'none') return refuse('target-unknown', 'into')
        if (['merged', 'withdrawn', 'closed'].includes(target.phase)) return refuse('target-closed', 'into')
        const input = {
          from: id,
          title: was.said.title,
          parties: partiesOf(was).filter((one) => !one.startsWith('unit:')),
        }
        return {
          ...record({ type: 'merged', data }),
          follow: [{ kind: 'appeal', id: data.into, name: 'absorb', input }],
        }
      },
    },
    absorb: {
      input: says.Absorb,
      by: { system: 'always' },
      in: ['raised', 'dispatched', 'handling', 'waiting', 'answered', 'shelved'],
      inner: true,
      decide: (_, data) => record({ type: 'absorbed', data }),
    },
    escalate: {
      input: says.Nothing,
      by: { system: 'always' },
      in: UNDERWAY,
      inner: true,
      decide(was, _, { now, law }) {
        if (was.phase === 'none') return refuse('not-due-yet')
        for (const [promise, at] of rungs(was, law, now)) {
          if (at > now) continue
          return record({ type: 'escalated', data: { step: LADDER[was.escalated[promise]]!, promise } })
        }
        return refuse('not-due-yet')
      },
    },
    review: {
      input: says.Nothing,
      by: { system: 'always' },
      in: ['shelved'],
      inner: true,
      decide(was, _, { today }) {
        if (was.phase === 'none' || was.review === undefined || today < was.review) return refuse('not-due-yet')
        return record({ type: 'resumed', data: { reason: `复核日期 ${was.review} 已到。` } })
      },
    },
    withdraw: {
      input: says.Reason,
      by: appellant,
      in: ['raised', ...UNDERWAY],
      grave: true,
      decide: (_, data) => record({ type: 'withdrawn', data }),
    },
  },
  sees: {
    subject: 'always',
    token: 'always',
    handler: 'involved',
    'unit-head': 'involved',
    clerk: 'involved',
    dispatcher: 'city',
    caller: 'city',
    supervisor: 'subtree',
    leader: 'subtree',
    'audit-admin': 'city',
  },
  reveals: { subject: 'always', token: 'always', handler: 'involved', dispatcher: 'city', caller: 'city' },
  promises: limits,
  columns: ['enterprise', 'matter', 'line', 'channel'],
  queues: {
    inbox: {
      on: { handler: 1 },
      views: {
        mine: { mine: 'yes', open: 'yes', order: 'due' },
        sign: { phase: 'dispatched', unit: 'own', order: 'due' },
        unit: { unit: 'own', open: 'yes', order: 'due' },
        done: { mine: 'yes', open: 'no' },
      },
    },
    ours: {
      on: { 'unit-head': 1 },
      views: {
        unit: { unit: 'own', open: 'yes', order: 'due' },
        sign: { phase: 'dispatched', unit: 'own', order: 'due' },
        late: { unit: 'own', clock: 'overdue', order: 'due' },
        done: { unit: 'own', open: 'no' },
      },
    },
    triage: { on: { dispatcher: 1 }, views: { raised: { phase: 'raised', order: 'oldest' } } },
    calls: { on: { caller: 1 }, views: { answered: { phase: 'answered', order: 'oldest' } } },
    entered: {
      on: { clerk: 2 },
      views: {
        waiting: { phase: 'waiting', order: 'oldest' },
        open: { open: 'yes', order: 'due' },
        done: { open: 'no' },
      },
    },
    late: {
      on: { dispatcher: 4, supervisor: 2, leader: 3 },
      views: { late: { clock: 'overdue', order: 'due' }, soon: { clock: 'soon', order: 'due' } },
    },
  },
  index(state): Index {
    if (state.phase === 'none') return { title: '', open: false }
    const { said } = state
    return {
      title: said.title,
      open: !['closed', 'merged', 'withdrawn'].includes(state.phase),
      unit: state.unit,
      parties: partiesOf(state),
      facets: {
        matter: state.matter,
        line: state.line,
        channel: said.channel,
        ...(state.handler !== undefined && { handler: state.handler }),
        ...(said.cause !== undefined && { cause: said.cause }),
        ...(overdue(state) && { overdue: 'yes' }),
      },
      token: state.token,
      search: `${said.title} ${said.body.slice(0, 400)}`,
    }
  },
  clock: clockOf,
  wakes(state, deadlines) {
    if (state.phase === 'none') return []
    const wakes: { at: Moment; command: string }[] = []
    if (state.phase === 'shelved' && state.review !== undefined)
      wakes.push({ at: `${state.review}T08:00:00.000+08:00`, command: 'review' })
    if (!(UNDERWAY as readonly string[]).includes(state.phase) || state.phase === 'waiting') return wakes
    for (const promise of ['sign', 'answer'] as const) {
      const { [promise]: due } = deadlines
      const step = state.escalated[promise]
      if (!due || due.state === 'ended' || due.state === 'stopped' || step >= LADDER.length) continue
      wakes.push({ at: endOfDay(addDays(dateOf(due.at), step * 3)), command: 'escalate' })
    }
    return wakes.toSorted((a, b) => (a.at < b.at ? -1 : 1))
  },
  entries(event, before, after, { id, on: day }) {
    if (after.phase === 'none') return []
    const dims = {
      matter: after.matter,
      line: after.line,
      channel: after.said.channel,
      ...(after.unit !== undefined && { unit: after.unit }),
    }
    const subject = `appeal:${id}`
    switch (event.type) {
      case 'raised':
        return [{ measure: 'appeal-raised', on: day, subject, dims }]
      case 'answered':
        return [
          { measure: 'appeal-answered', on: day, subject, dims },
          ...(event.data.inTime ? [{ measure: 'appeal-answered-in-time', on: day, subject, dims }] : []),
        ]
      case 'confirmed':
        return after.solved ? [{ measure: 'problem-solved', on: day, subject, dims }] : []
      case 'reopened':
        return before.phase !== 'none' && before.solved
          ? [{ measure: 'problem-solved', on: day, n: -1, subject, dims }]
          : []
      case 'rated':
        return [
          { measure: 'appeal-rated', on: day, quantity: Number(event.data.grade), subject, dims },
          ...(Number(event.data.grade) >= 3 ? [{ measure: 'appeal-satisfied', on: day, subject, dims }] : []),
        ]
      case 'escalated':
        return event.data.step === 'head'
          ? [{ measure: 'appeal-overdue', on: day, subject, dims: { ...dims, promise: event.data.promise } }]
          : []
      default:
        return []
    }
  },
  messages(event, _, after) {
    if (after.phase === 'none') return []
    const about = { title: after.said.title }
    const appellants = partiesOf(after).filter((one) => !one.startsWith('unit:'))
    const unitTo = after.unit === undefined ? [] : [`unit:${after.unit}`]
    const tell = (to: readonly string[], template: string) => to.map((one) => ({ to: one, template, about }))
    switch (event.type) {
      case 'dispatched':
        return tell(unitTo, 'dispatched')
      case 'asked':
        return tell(appellants, 'asked')
      case 'answered':
        return tell(appellants, 'answered')
      case 'urged':
      case 'supervised':
      case 'escalated':
        return tell(unitTo, event.type)
      default:
        return []
    }
  },
  facts(state) {
    if (state.phase === 'none') return {}
    const { said, handler, level, assisting, answer, question, rating, supervised, review, mergedInto, absorbed } =
      state
    return {
      body: said.body,
      matter: state.matter,
      line: state.line,
      channel: said.channel,
      enterprise: said.enterprise,
      registrar: state.registrar,
      contact: said.contact,
      phone: said.phone,
      files: said.files,
      level,
      assisting: assisting.length > 0 ? assisting : undefined,
      handler,
      question,
      outcome: answer?.outcome,
      text: answer?.text,
      evidence: answer?.evidence,
      grade: rating?.grade,
      demand: supervised?.demand,
      until: supervised?.until,
      review,
      into: mergedInto,
      from: absorbed.length > 0 ? absorbed.map((one) => one.id) : undefined,
    }
  },
})

/** The two promises of a dispatched case: that the unit signs for it, and that the enterprise gets its answer. */
function clockOf(state: Appeal): Record<string, Run> {
  if (state.phase === 'none' || !state.promise || state.phase === 'merged') return {}
  const { answer, sign, from, sentOn } = state.promise
  const ended = ['answered', 'closed'].includes(state.phase) ? state.answeredOn : state.closedOn
  return {
    ...(state.phase !== 'raised' && {
      sign: {
        limit: sign,
        from: sentOn,
        ...(state.signedOn !== undefined ? { ended: state.signedOn } : ended !== undefined && { ended }),
      },
    }),
    answer: {
      limit: answer,
      from,
      pauses: state.pauses,
      extensions: state.extensions,
      ...(ended !== undefined && { ended }),
    },
  }
}

/** When each unkept promise next climbs the ladder: at its end, then every third day. */
function rungs(state: Case, law: Law, now: Moment): (readonly ['sign' | 'answer', Moment])[] {
  const promises = clockOf(state)
  return (['sign', 'answer'] as const).flatMap((promise) => {
    const run = promises[promise]
    if (!run || run.ended !== undefined || state.escalated[promise] >= LADDER.length) return []
    const due = deadline(law.calendar, run, dateOf(now))
    return due.state === 'stopped'
      ? []
      : [[promise, endOfDay(addDays(dateOf(due.at), state.escalated[promise] * 3))] as const]
  })
}

/** Back to the handler: the clock, which stood still from the answer to this day, runs on and does not start again. */
function back({ answeredOn, closedOn: _, ...kept }: Case, today: CivilDate): Case {
  const stood = answeredOn !== undefined && answeredOn < today
  const pauses = stood ? [...kept.pauses, { from: addDays(answeredOn, 1), to: today, ground: 'answered' }] : kept.pauses
  return { ...kept, phase: 'handling', solved: false, pauses }
}

function closePause(pauses: readonly Pause[], to: CivilDate): Pause[] {
  return pauses.flatMap((pause) => {
    if (pause.to !== undefined) return [pause]
    return to < pause.from ? [] : [{ ...pause, to }]
  })
}

function pin(law: Law, rule: string, day: CivilDate): Pinned | undefined {
  const found = law.limit(rule, day)
  return found && { rule, unit: found.unit, budget: found.budget, article: found.article }
}

function overdue(state: Case): boolean {
  return state.escalated.answer > 0
}

function partiesOf(state: Case): string[] {
  return [
    ...(state.said.enterprise === undefined ? [] : [`enterprise:${state.said.enterprise}`]),
    ...state.by,
    ...state.assisting.map((one) => `unit:${one}`),
    ...(state.registrar === undefined ? [] : [`unit:${state.registrar}`]),
    ...state.absorbed.flatMap((one) => one.parties),
  ]
}
