// The promises of an appeal: sent on, signed for, answered and called back in time; who hears of it when one is not kept.
import { addDays, dateOf, dayOf, endOfDay, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { deadline, type Aside, type Limit, type Run } from '../../kernel/clock/limit.ts'
import type { Deadlines, Law, Wake } from '../../kernel/record.ts'
import { UNDERWAY, type Appeal, type Case, type PromiseName } from './case.ts'
import { matters, promises } from './input.ts'

/** The city's rules for appeals: a rule of the matter goes before the general one. */
export const rules = {
  /** From receipt to the unit; for arrears 保障中小企业款项支付条例第二十五条第一款. */
  triage: (matter: string) => [`appeal.triage.${matter}`, 'appeal.triage'],
  sign: (matter: string) => [`appeal.sign.${matter}`, 'appeal.sign'],
  /** For what the units say that are to assist the one that answers. */
  assist: (matter: string) => [`appeal.assist.${matter}`, 'appeal.assist'],
  answer: (matter: string) => [`appeal.answer.${matter}`],
  /** What an answer may take at most, extensions included; for arrears the same article, second paragraph. */
  most: (matter: string) => [`appeal.most.${matter}`, 'appeal.most'],
  /** The longest that a law allows whatever happens: for arrears, which it lets nobody suspend. */
  longest: (matter: string) => (matter === 'arrears' ? ['appeal.most.arrears'] : []),
  /** How long one waits for what was asked; by it the clock stands still. Of arrears nothing is said in law, so it does not. */
  supply: (matter: string) => [`appeal.supply.${matter}`, ...(matter === 'arrears' ? [] : ['appeal.supply'])],
  callBack: (matter: string) => [`appeal.call-back.${matter}`, 'appeal.call-back'],
  reopen: (matter: string) => [`appeal.reopen.${matter}`, 'appeal.reopen'],
  /** For how long a case may be listed before it is looked at again. */
  review: (matter: string) => [`appeal.review.${matter}`, ...(matter === 'arrears' ? [] : ['appeal.review'])],
  /** Days from one rung of the ladder to the next. */
  climb: () => ['appeal.climb'],
} as const

/** The term that a supervising notice lays down: the day it names, or the working day after it. */
export const demanded = (today: CivilDate, until: CivilDate): Limit => ({
  rule: 'appeal.supervise',
  unit: 'calendar-day',
  budget: dayOf(until) - dayOf(today),
  article: '督办通知',
})

/** What the start page promises, by matter. */
export const limits = matters.map((option) => ({ option, rule: rules.answer(option)[0]! }))

/** Who hears of a promise that was not kept, one rung after the other. */
const LADDER: Readonly<Record<PromiseName, readonly ('handler' | 'head' | 'supervisor' | 'leader')[]>> = {
  triage: ['supervisor', 'leader'],
  sign: ['head', 'supervisor', 'leader'],
  assist: ['head', 'supervisor'],
  answer: ['head', 'supervisor', 'leader'],
  most: ['supervisor', 'leader'],
  supervise: ['supervisor', 'leader'],
  callBack: ['supervisor'],
  supply: ['handler', 'head'],
}

/** What is owed by others than the unit that answers. */
const ASIDE: Readonly<Partial<Record<PromiseName, Aside>>> = { assist: 'unit', supply: 'subject' }

/** In which phases a promise that is not kept is escalated. */
const RUNS: Readonly<Record<PromiseName, readonly string[]>> = {
  triage: ['raised'],
  sign: ['dispatched'],
  assist: UNDERWAY,
  // A case that was sent back is late all the same.
  answer: ['raised', ...UNDERWAY],
  most: ['raised', 'shelved', ...UNDERWAY],
  supervise: UNDERWAY,
  callBack: ['answered'],
  supply: ['waiting'],
}

export function clockOf(state: Appeal): Record<string, Run> {
  if (state.phase === 'none' || state.phase === 'merged') return {}
  const { limits: kept, began, closedOn } = state
  const answeredOn = ['answered', 'closed'].includes(state.phase) ? state.answeredOn : undefined
  const ends: Record<PromiseName, CivilDate | undefined> = {
    triage: state.phase === 'raised' ? closedOn : (began.sign ?? closedOn),
    sign: state.signedOn ?? answeredOn ?? closedOn,
    assist: state.assistedOn ?? answeredOn ?? closedOn,
    answer: answeredOn ?? closedOn,
    most: answeredOn ?? closedOn,
    supervise: state.reportedOn ?? answeredOn ?? closedOn,
    callBack: closedOn,
    supply: undefined,
  }
  const shown = promises.filter((name) => kept[name] && began[name] !== undefined && !hidden(state, name))
  return Object.fromEntries(
    shown.map((name) => [
      name,
      {
        limit: kept[name]!,
        from: began[name]!,
        ...(name === 'answer' && { pauses: state.pauses, extensions: state.extensions }),
        ...(ASIDE[name] && { aside: ASIDE[name] }),
        ...(name === 'assist' && { pauses: state.pauses.filter((one) => one.ground === 'long-term') }),
        ...(ends[name] !== undefined && { ended: ends[name] }),
      },
    ]),
  )
}

/** A case that was sent back waits to be sent on again, and an answer that was not accepted is not called back. */
function hidden(state: Case, name: PromiseName): boolean {
  if (name === 'sign' || name === 'assist') return state.phase === 'raised'
  if (name === 'supply') return state.phase !== 'waiting'
  if (name === 'callBack') return !['answered', 'closed'].includes(state.phase)
  return false
}

/** When each promise that is not kept next climbs the ladder: at its end, then after so many days again. */
function rungs(state: Case, deadlines: Deadlines): (readonly [PromiseName, Moment])[] {
  return promises.flatMap((name) => {
    const due = deadlines[name]
    const step = state.escalated[name] ?? 0
    if (!due || due.state === 'ended' || due.state === 'stopped' || !RUNS[name].includes(state.phase)) return []
    if (step >= LADDER[name].length || (step > 0 && state.climb === undefined)) return []
    return [[name, endOfDay(addDays(dateOf(due.at), step * (state.climb ?? 0)))] as const]
  })
}

export function wakesOf(state: Appeal, deadlines: Deadlines): readonly Wake[] {
  if (state.phase === 'none') return []
  const wakes: Wake[] = rungs(state, deadlines).map(([, at]) => ({ at, command: 'escalate' }))
  if (state.phase === 'shelved' && state.review !== undefined)
    wakes.push({ at: `${state.review}T08:00:00.000+08:00`, command: 'review' })
  return wakes.toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

/** The rung that has come, or undefined when none has. */
export function rungAt(state: Case, law: Law, now: Moment) {
  const deadlines = Object.fromEntries(
    Object.entries(clockOf(state)).map(([name, run]) => [name, deadline(law.calendar, run, dateOf(now))]),
  )
  const found = rungs(state, deadlines).find(([, at]) => at <= now)
  return found && { promise: found[0], step: LADDER[found[0]][state.escalated[found[0]] ?? 0]! }
}
