// An appeal (诉求): what an enterprise says is wrong, who must answer it by when, and whether it was put right.
import type { Actor, Grant } from '../../kernel/access.ts'
import type { CivilDate } from '../../kernel/clock/date.ts'
import { deadline } from '../../kernel/clock/limit.ts'
import { pin } from '../../kernel/pin.ts'
import { define, record, refuse, stateOf, type Census, type Order } from '../../kernel/record.ts'
import { enterprise, person, unit, type Unit } from '../register/index.ts'
import { awaited, CASE, LEVEL, UNDERWAY, type Appeal, type Case } from './case.ts'
import { clockOf, demanded, limits, rules, rungAt, wakesOf } from './clock.ts'
import { events } from './event.ts'
import { evolve } from './evolve.ts'
import * as says from './input.ts'
import { queues } from './queue.ts'
import { entriesOf, factsOf, indexOf, messagesOf } from './told.ts'

/** Those who speak for the appellant: by account, or by the query code given out when the appeal was raised. */
const appellant: Grant = { subject: 'always', token: 'always' }
/** What a call-back, a rating and a reopening are about. */
const ANSWER = ['outcome', 'reply', 'evidence'] as const

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
    'unit-unstaffed',
    'date-in-the-future',
    'no-rule',
    'debt-unclear',
    'not-of-this-unit',
    'not-assisting',
    'others-depend-on-it',
    'urged-today',
    'still-time-to-call',
    'evidence-missing',
    'beyond-the-limit',
    'term-over',
    'assists-itself',
    'not-for-the-appellant',
    'handler-may-not-call',
    'already-rated',
    'too-late-to-reopen',
    'review-in-the-past',
    'review-too-late',
    'channel-is-web',
    'level-of-unit',
    'date-in-the-past',
    'not-into-itself',
    'target-unknown',
    'target-closed',
    'not-due-yet',
    'beyond-your-clearance',
    'nobody-cleared',
    'target-classified',
    'no-ground',
  ],
  events,
  upcasters: {
    // At first it was kept who had raised the other; they have no part in this one.
    absorbed: { 1: ({ from, title }: { from: string; title: string }) => ({ from, title }) },
    // At first every question stopped the clock.
    asked: { 1: (data: { question: string }) => ({ ...data, pauses: true }) },
  },
  evolve,
  commands: {
    // In the order of the buttons: the usual step first.
    raise: {
      input: says.Raise,
      by: { public: 'always' },
      in: ['none'],
      desks: { clerk: 1, dispatcher: 2 },
      reads: ({ enterprise: of }) => ({ enterprise: of === undefined ? undefined : { kind: 'enterprise', id: of } }),
      decide(_, said, { actor, facts, secret, law, today, cause }) {
        const staff = actor.system || actor.posts.length > 0
        // What came by telephone or as a paper is known to whoever took it down.
        if (!staff && said.channel !== 'web') return refuse('channel-is-web', 'channel')
        const found = stateOf(enterprise, facts['enterprise'])
        const firm = found?.phase === 'none' ? undefined : found
        if (said.enterprise !== undefined) {
          if (!firm) return refuse('enterprise-unknown', 'enterprise')
          if (!staff && !actor.subjects.includes(`enterprise:${said.enterprise}`))
            return refuse('not-your-enterprise', 'enterprise')
        }
        if (said.receivedOn !== undefined && said.receivedOn > today) return refuse('date-in-the-future', 'receivedOn')
        if (said.matter === 'arrears') {
          const unclear = says.unclearDebt(said, today)
          if (unclear) return refuse('debt-unclear', unclear)
        }
        const known = actor.subjects.length > 0
        // Whom to call: as said, or else as the register knows the enterprise, so that nothing is asked twice.
        const { contact = firm?.contact, phone = firm?.phone } = said
        if (!known && phone === undefined) return refuse('no-contact', 'phone')
        const by = staff ? [] : actor.subjects.filter((one) => one.startsWith('person:'))
        return {
          ...record({
            type: 'raised',
            data: {
              ...said,
              contact,
              phone,
              token: secret.hash,
              by,
              registrar: actor.posts[0]?.unit,
              triage: pin(law, rules.triage(said.matter), said.receivedOn ?? today),
              climb: pin(law, rules.climb(), today)?.budget,
              ...(cause !== null && { cause }),
            },
          }),
          reveal: secret.plain,
        }
      },
    },
    dispatch: {
      input: says.Dispatch,
      by: { dispatcher: 'city' },
      in: ['raised'],
      amends: true,
      reads: ({ unit: to, assisting = [] }) =>
        Object.fromEntries([to, ...assisting].map((one) => [one, { kind: 'unit', id: one }])),
      counts: (_, { unit: to }, was) => clearedIn(to, was.phase === 'none' ? undefined : was.secrecy),
      decide(was, { assisting: asked = [], ...sent }, { facts, counts, law, today }) {
        // Named twice, a unit is asked once.
        const input = { ...sent, assisting: [...new Set(asked)] }
        const stands = (one: string) => stateOf(unit, facts[one])?.phase === 'standing'
        if (was.phase === 'none' || !stands(input.unit)) return refuse('unit-unknown', 'unit')
        const { assisting } = input
        if (!assisting.every(stands)) return refuse('unit-unknown', 'assisting')
        if (assisting.includes(input.unit)) return refuse('assists-itself', 'assisting')
        if (!agrees(input.level, stateOf(unit, facts[input.unit]))) return refuse('level-of-unit', 'level')
        if (sum(counts) === 0) return refuse('unit-unstaffed', 'unit')
        const unclear = input.matter === 'arrears' && says.unclearDebt({ ...was.said, ...input }, today)
        if (unclear) return refuse('debt-unclear', unclear)
        const answer = pin(law, rules.answer(input.matter), today)
        const sign = pin(law, rules.sign(input.matter), today)
        if (!answer || !sign) return refuse('no-rule', 'matter')
        const assist = assisting.length > 0 ? pin(law, rules.assist(input.matter), today) : undefined
        const from = startOf(was, input.matter, today)
        const most = pin(law, rules.longest(input.matter), today)
        return record({ type: 'dispatched', data: { ...input, answer, sign, assist, most, from } })
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
      decide(was, data, { actor, law, today, id }) {
        if (was.phase === 'none') return refuse('no-rule')
        if (data.outcome === 'solved' && data.evidence.length === 0 && !data.files?.length)
          return refuse('evidence-missing', 'evidence')
        const run = clockOf(was)['answer']
        const inTime = !run || deadline(law.calendar, run, today).state !== 'overdue'
        const callBack = pin(law, rules.callBack(was.matter), today)
        return {
          ...record({ type: 'answered', data: { ...data, inTime, by: actor.id, callBack } }),
          follow: informing(was, id, data),
        }
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
      by: { handler: 'unit', 'unit-head': 'unit' },
      in: ['handling'],
      decide(was, data, { law, today }) {
        const supply = was.phase === 'none' ? undefined : pin(law, rules.supply(was.matter), today)
        return record({ type: 'asked', data: { ...data, pauses: supply !== undefined, supply } })
      },
    },
    /** Nothing came, or it is needed no longer: the case goes on without it. */
    proceed: {
      input: says.Reason,
      by: { handler: 'unit', 'unit-head': 'unit' },
      in: ['waiting'],
      decide: (_, data) => record({ type: 'proceeded', data }),
    },
    supply: {
      input: says.Note,
      by: { ...appellant, clerk: 'city' },
      in: ['waiting'],
      awaited: true,
      shows: ['question'],
      fits: (was, actor) => !answersFor(was, actor, 'clerk'),
      decide: (was, data, { actor }) =>
        answersFor(was, actor, 'clerk') ? refuse('not-for-the-appellant') : record({ type: 'supplied', data }),
    },
    contribute: {
      input: says.Note,
      by: { handler: 'involved', 'unit-head': 'involved' },
      in: UNDERWAY,
      fits: (was, actor) => assists(was, actor).length > 0,
      decide(was, data, { actor }) {
        if (was.phase === 'none') return refuse('no-rule')
        const ours = assists(was, actor)
        if (ours.length === 0) return refuse('not-assisting')
        // Whoever works in two of them speaks for the one that is still to be heard.
        const unit = ours.find((one) => awaited(was).includes(one)) ?? ours[0]
        const left = awaited(was).filter((one) => one !== unit)
        const others = left.length > 0 ? { awaited: left } : {}
        return record({ type: 'contributed', data: { ...data, ...(unit !== undefined && { unit }), ...others } })
      },
    },
    callBack: {
      input: says.CallBack,
      by: { caller: 'city' },
      in: ['answered'],
      awaited: true,
      shows: ANSWER,
      fits: (was, actor) => !handled(was, actor),
      decide(was, data, { actor }) {
        if (handled(was, actor)) return refuse('handler-may-not-call')
        return record({ type: data.accepted ? 'confirmed' : 'rejected', data })
      },
    },
    attempt: {
      input: says.Attempt,
      by: { caller: 'city' },
      in: ['answered'],
      fits: (was, actor) => !handled(was, actor),
      decide: (was, data, { actor }) =>
        handled(was, actor) ? refuse('handler-may-not-call') : record({ type: 'attempted', data }),
    },
    /** Nobody could be reached in the time for the call-back: closed, and not counted as solved. */
    giveUp: {
      input: says.Reason,
      by: { caller: 'city' },
      in: ['answered'],
      grave: true,
      fits: (was, actor) => !handled(was, actor),
      decide(was, data, { actor, law, today }) {
        if (handled(was, actor)) return refuse('handler-may-not-call')
        const run = clockOf(was)['callBack']
        const over = run === undefined || deadline(law.calendar, run, today).state === 'overdue'
        if (was.phase === 'none' || was.attempts === 0 || !over) return refuse('still-time-to-call')
        return record({ type: 'unreached', data })
      },
    },
    rate: {
      input: says.Rate,
      by: appellant,
      // Whoever was told what came of the case into which his own was merged rates that.
      in: ['answered', 'closed', 'merged'],
      awaited: true,
      shows: ANSWER,
      fits: (was, actor) =>
        was.phase !== 'none' &&
        was.answer !== undefined &&
        was.rating?.ofAnswer !== was.answers &&
        !answersFor(was, actor),
      decide(was, data, { actor }) {
        if (answersFor(was, actor)) return refuse('not-for-the-appellant')
        if (was.phase === 'none' || !was.answer || was.rating?.ofAnswer === was.answers) return refuse('already-rated')
        return record({ type: 'rated', data })
      },
    },
    extend: {
      input: says.Extend,
      by: { 'unit-head': 'unit' },
      in: ['handling', 'waiting'],
      decide(was, data, { actor, law, today }) {
        const answer = was.phase === 'none' ? undefined : was.limits.answer
        if (was.phase === 'none' || !answer) return refuse('no-rule')
        // What has lapsed is late, and no extension makes it timely.
        if (deadline(law.calendar, clockOf(was)['answer']!, today).late) return refuse('term-over')
        const most = pin(law, rules.most(was.matter), today)
        if (most?.unit !== answer.unit) return refuse('no-rule')
        const total = answer.budget + was.extensions.reduce((sum, one) => sum + one.budget, 0) + data.days
        if (total > most.budget) return refuse('beyond-the-limit', 'days', { most: most.budget })
        return record({ type: 'extended', data: { ...data, by: actor.id } })
      },
    },
    handOver: {
      input: says.HandOver,
      by: { handler: 'unit', 'unit-head': 'unit' },
      in: ['handling', 'waiting', 'shelved'],
      reads: ({ handler }) => ({ handler: { kind: 'person', id: handler } }),
      decide(was, data, { facts }) {
        const next = stateOf(person, facts['handler'])
        const theirs =
          next?.phase === 'active' &&
          next.posts.some((one) => was.phase !== 'none' && one.unit === was.unit && HANDS.includes(one.role))
        return theirs ? record({ type: 'handed-over', data }) : refuse('not-of-this-unit', 'handler')
      },
    },
    return: {
      input: says.Return,
      by: { handler: 'unit', 'unit-head': 'unit' },
      in: ['dispatched', 'handling'],
      decide: (_, data) => record({ type: 'returned', data }),
    },
    regroup: {
      input: says.Regroup,
      by: { dispatcher: 'city', 'unit-head': 'unit' },
      in: UNDERWAY,
      amends: true,
      reads: ({ assisting }) => Object.fromEntries(assisting.map((one) => [one, { kind: 'unit', id: one }])),
      decide(was, data, { facts, law, today }) {
        if (was.phase === 'none') return refuse('no-rule')
        const assisting = [...new Set(data.assisting)]
        if (!assisting.every((one) => stateOf(unit, facts[one])?.phase === 'standing'))
          return refuse('unit-unknown', 'assisting')
        if (was.unit !== undefined && assisting.includes(was.unit)) return refuse('assists-itself', 'assisting')
        const assist = pin(law, rules.assist(was.matter), today)
        return record({ type: 'regrouped', data: { ...data, assisting, ...(assist && { assist }) } })
      },
    },
    /** What was sent to the wrong place, or lies there, is taken back by whoever sent it. */
    recall: {
      input: says.Reason,
      by: { dispatcher: 'city' },
      in: ['dispatched', 'handling', 'waiting'],
      decide: (_, data) => record({ type: 'recalled', data }),
    },
    urge: {
      input: says.Reason,
      by: { ...appellant, supervisor: 'subtree', dispatcher: 'city' },
      in: ['raised', 'shelved', ...UNDERWAY],
      decide: (was, data, { actor, today }) =>
        was.phase !== 'none' && was.urgedOn === today && actor.posts.length === 0
          ? refuse('urged-today')
          : record({ type: 'urged', data }),
    },
    supervise: {
      input: says.Supervise,
      by: { supervisor: 'subtree', leader: 'subtree' },
      in: UNDERWAY,
      decide: (_, data, { today }) =>
        data.until < today
          ? refuse('date-in-the-past', 'until')
          : record({ type: 'supervised', data: { ...data, supervise: demanded(today, data.until) } }),
    },
    shelve: {
      input: says.Shelve,
      by: { 'unit-head': 'unit', supervisor: 'city' },
      in: ['handling'],
      grave: true,
      decide(was, data, { law, today }) {
        if (data.review <= today) return refuse('review-in-the-past', 'review')
        const limit = was.phase === 'none' ? undefined : pin(law, rules.review(was.matter), today)
        // By no rule the clock may not be stopped: so it is with arrears.
        if (!limit) return refuse('no-ground')
        const until = deadline(law.calendar, { limit, from: today }, today).due
        return data.review > until
          ? refuse('review-too-late', 'review', { until })
          : record({ type: 'shelved', data: { ...data, article: limit.article } })
      },
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
      shows: ANSWER,
      fits: (was, actor) => !answersFor(was, actor, 'supervisor'),
      decide(was, data, { actor, law, today }) {
        if (answersFor(was, actor, 'supervisor')) return refuse('not-for-the-appellant')
        if (was.phase === 'none' || was.closedOn === undefined) return refuse('too-late-to-reopen')
        const limit = pin(law, rules.reopen(was.matter), was.closedOn)
        if (!limit) return refuse('no-rule')
        const until = deadline(law.calendar, { limit, from: was.closedOn }, today).due
        if (today > until) return refuse('too-late-to-reopen', undefined, { until })
        return record({ type: 'reopened', data })
      },
    },
    merge: {
      input: says.Merge,
      by: { dispatcher: 'city' },
      in: ['raised', 'dispatched', 'handling', 'waiting'],
      grave: true,
      reads: ({ into }) => ({ into: { kind: 'appeal', id: into } }),
      decide(was, data, { facts, id, actor }) {
        if (data.into === id) return refuse('not-into-itself', 'into')
        const target = facts['into']?.state as Appeal | undefined
        if (was.phase === 'none' || !target || target.phase === 'none') return refuse('target-unknown', 'into')
        // What one may not see one does not merge into; and what is kept close is not told to others by way of their own.
        const level = LEVEL[target.secrecy ?? 'internal']
        if (!cleared(actor, level)) return refuse('target-unknown', 'into')
        if (level > LEVEL.internal) return refuse('target-classified', 'into')
        if (['merged', 'withdrawn', 'closed'].includes(target.phase)) return refuse('target-closed', 'into')
        const input = { from: id, title: was.said.title }
        return {
          ...record({ type: 'merged', data }),
          follow: [{ kind: 'appeal', id: data.into, name: 'absorb', input }],
        }
      },
    },
    /** Nobody classifies a case out of his own sight. */
    classify: {
      input: says.Classify,
      by: { dispatcher: 'city', supervisor: 'subtree' },
      in: CASE,
      grave: true,
      counts: (_, { secrecy }, was) =>
        was.phase === 'none' || was.unit === undefined ? {} : clearedIn(was.unit, secrecy),
      decide(was, data, { actor, counts }) {
        if (!cleared(actor, LEVEL[data.secrecy])) return refuse('beyond-your-clearance', 'secrecy')
        if (was.phase === 'none') return refuse('no-rule')
        // Nor out of the sight of everybody who could answer it.
        if (was.unit !== undefined && sum(counts) === 0 && !actor.system) return refuse('nobody-cleared', 'secrecy')
        if (data.secrecy !== 'internal' && was.absorbed.length > 0)
          return refuse('others-depend-on-it', undefined, { count: was.absorbed.length })
        return record({ type: 'classified', data })
      },
    },
    absorb: {
      input: says.Absorb,
      by: { system: 'always' },
      in: ['raised', 'dispatched', 'handling', 'waiting', 'answered', 'shelved'],
      inner: true,
      decide: (was, data, { id }) => ({
        ...record({ type: 'absorbed', data }),
        // Answered already: whoever raised the other is told at once.
        follow:
          was.phase === 'answered' && was.answer
            ? [{ kind: 'appeal', id: data.from, name: 'inform', input: informationOf(id, was.answer) }]
            : [],
      }),
    },
    /** What turns out to be about something else goes back to be sent on, and its wait goes on as if it had never been merged. */
    separate: {
      input: says.Reason,
      by: { dispatcher: 'city' },
      in: ['merged'],
      decide: (was, data, { id }) => ({
        ...record({ type: 'separated', data }),
        follow:
          was.phase === 'none' || was.mergedInto === undefined
            ? []
            : [{ kind: 'appeal', id: was.mergedInto, name: 'release', input: { from: id } }],
      }),
    },
    /** Whoever raised it says that his is not the same; the dispatcher then looks again. */
    object: {
      input: says.Reason,
      by: appellant,
      in: ['merged'],
      decide: (_, data) => record({ type: 'objected', data }),
    },
    release: {
      input: says.Release,
      by: { system: 'always' },
      in: CASE,
      inner: true,
      decide: (_, data) => record({ type: 'released', data }),
    },
    /** The case into which this one was merged has been answered: whoever raised this one is told, too. */
    inform: {
      input: says.Inform,
      by: { system: 'always' },
      in: ['merged'],
      inner: true,
      decide: (was, data, { id }) => ({
        ...record({ type: 'informed', data }),
        follow: was.phase === 'none' ? [] : informing(was, id, data),
      }),
    },
    escalate: {
      input: says.Nothing,
      by: { system: 'always' },
      in: ['raised', 'shelved', ...UNDERWAY, 'answered'],
      inner: true,
      decide(was, _, { now, law }) {
        const rung = was.phase === 'none' ? undefined : rungAt(was, law, now)
        return rung ? record({ type: 'escalated', data: rung }) : refuse('not-due-yet')
      },
    },
    review: {
      input: says.Nothing,
      by: { system: 'always' },
      in: ['shelved'],
      inner: true,
      decide(was, _, { today }) {
        if (was.phase === 'none' || was.review === undefined || today < was.review) return refuse('not-due-yet')
        return record({ type: 'resumed', data: {} })
      },
    },
    withdraw: {
      input: says.Reason,
      by: appellant,
      in: ['raised', 'shelved', ...UNDERWAY],
      grave: true,
      fits: (was, actor) => was.phase !== 'none' && was.absorbed.length === 0 && !answersFor(was, actor),
      decide: (was, data, { actor }) =>
        answersFor(was, actor)
          ? refuse('not-for-the-appellant')
          : was.phase !== 'none' && was.absorbed.length > 0
            ? refuse('others-depend-on-it', undefined, { count: was.absorbed.length })
            : record({ type: 'withdrawn', data }),
    },
  },
  sees: {
    subject: 'always',
    token: 'always',
    handler: 'involved',
    'unit-head': 'involved',
    // At the counter and on the telephone one takes down what is supplied, whoever took the appeal down.
    clerk: 'city',
    dispatcher: 'city',
    caller: 'city',
    supervisor: 'subtree',
    leader: 'subtree',
    'audit-admin': 'city',
  },
  reveals: {
    subject: 'always',
    token: 'always',
    handler: 'involved',
    'unit-head': 'involved',
    dispatcher: 'city',
    caller: 'city',
  },
  promises: limits,
  columns: ['enterprise', 'matter', 'line', 'channel'],
  queues,
  index: indexOf,
  clock: clockOf,
  wakes: wakesOf,
  entries: entriesOf,
  messages: messagesOf,
  facts: factsOf,
  contact: (state) => (state.phase === 'none' ? undefined : { name: state.said.contact, phone: state.said.phone }),
})

/**
 * The enterprise's wait began when it spoke: sending a case on, or back and on again, never starts it anew. Only for
 * arrears the law counts from the day on which the department that handles it has the papers (保障中小企业款项支付条例
 * 第二十五条第二款): for what a higher level sent down, that was the day it came.
 */
function startOf(was: Case, matter: Case['matter'], today: CivilDate): CivilDate {
  const first = was.began.answer
  if (first !== undefined) return first
  return matter === 'arrears' && was.said.channel !== 'transfer' ? today : was.raisedOn
}

/** Departments of the city handle at its level, a county at its own; what lies below either may be at both. */
function agrees(level: Case['level'], to: Unit | undefined): boolean {
  if (to === undefined || to.phase === 'none' || ['bureau', 'service-centre'].includes(to.type)) return true
  return (to.type === 'county') === (level === 'county')
}

/** Who answers a case in a unit. */
const HANDS: readonly string[] = ['handler', 'unit-head']

/** The posts of a unit that could answer a case of this secrecy. */
function clearedIn(of: string, secrecy: Case['secrecy']): Readonly<Record<string, Census>> {
  const levels =
    secrecy === undefined || secrecy === 'internal' ? [undefined] : [2, 3].filter((one) => one >= LEVEL[secrecy])
  const asked = HANDS.flatMap((role) =>
    levels.map((level) => [
      `${role} ${level ?? ''}`,
      { kind: 'post', unit: of, facets: { role, ...(level !== undefined && { clearance: String(level) }) } },
    ]),
  )
  return Object.fromEntries(asked) as Readonly<Record<string, Census>>
}

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, one) => all + one, 0)

const cleared = (actor: Actor, level: number) =>
  actor.system === true || level <= LEVEL.internal || actor.posts.some((post) => post.clearance >= level)

/** The assisting units that he works in. */
function assists(was: Appeal, actor: Actor): readonly string[] {
  return was.phase === 'none' ? [] : was.assisting.filter((one) => actor.posts.some((post) => post.unit === one))
}

/** Whether he had the case in hand, or works where it is answered or helped with. */
function handled(was: Appeal, actor: Actor): boolean {
  if (was.phase === 'none') return true
  const units = [was.unit, ...was.assisting]
  return (
    (was.hands ?? []).includes(actor.id) ||
    [was.handler, was.answer?.by].includes(actor.id) ||
    actor.posts.some((post) => HANDS.includes(post.role) && units.includes(post.unit))
  )
}

/**
 * Whoever works for the city does not speak for the appellant, whatever code he holds, but for what his own post lets him do;
 * nor does the system.
 */
function answersFor(was: Appeal, actor: Actor, but?: string): boolean {
  if (was.phase === 'none') return false
  const own = but !== undefined && actor.posts.some((post) => post.role === but)
  return !own && (actor.system === true || actor.posts.length > 0 || (was.hands ?? []).includes(actor.id))
}

type Told = Pick<Case['answer'] & object, 'outcome' | 'text'>

const informationOf = (from: string, { outcome, text }: Told) => ({ outcome, text, from })

function informing(was: Case, from: string, told: Told): Order[] {
  const input = informationOf(from, told)
  return was.absorbed.map((one) => ({ kind: 'appeal', id: one.id, name: 'inform', input }))
}
