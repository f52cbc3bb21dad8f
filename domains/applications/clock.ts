// The promises of an application: accepted, decided, delivered in time; what the applicant owes runs beside them.
import { addDays, endOfDay, type Moment } from '../../kernel/clock/date.ts'
import type { Aside, Limit, Run } from '../../kernel/clock/limit.ts'
import { pin } from '../../kernel/pin.ts'
import type { Deadlines, Law, Wake } from '../../kernel/record.ts'
import type { Content } from '../items/index.ts'
import type { Application, PromiseName } from './case.ts'
import { promises } from './input.ts'

/** The city's rules for applications, as they are laid down. */
export const rules = {
  /** To tell what must be corrected; else it is deemed accepted (行政许可法第三十二条第一款第四项). */
  accept: 'application.accept',
  /** What the applicant is given to correct it. */
  correct: 'application.correct',
  /** The longest extension (行政许可法第四十二条第一款). */
  extend: 'application.extend',
  /** From the decision to its delivery (行政许可法第四十四条). */
  deliver: 'application.deliver',
  /** From the decision to its publication. */
  disclose: 'application.disclose',
  /** For papers to follow, and how much before the promise they must be there. */
  supplement: 'application.supplement',
  before: 'application.supplement.before',
  /** To verify what was decided on a commitment, and to put right what was found. */
  verify: 'application.verify',
  rectify: 'application.rectify',
} as const

/** The time that a version promises, and what the law allows. */
export function limitsOf({ promised, promisedUnit, statutory, statutoryUnit, basis }: Content) {
  const article = basis.slice(0, 80)
  return {
    promised: { rule: 'item.promised', unit: promisedUnit, budget: promised, article: '事项承诺办结时限' },
    ...(statutory !== undefined && {
      statutory: { rule: 'item.statutory', unit: statutoryUnit!, budget: statutory, article },
    }),
  }
}

/** How long papers may follow: as the rule says, and ended so much before the decision is due as another does. */
export function supplementOf(law: Law, promised: Limit, on: string): Limit | undefined {
  const rule = pin(law, [rules.supplement], on)
  const before = pin(law, [rules.before], on)
  if (!rule || !before || before.unit !== promised.unit || rule.unit !== promised.unit) return rule
  return { ...rule, budget: Math.max(1, Math.min(rule.budget, promised.budget - before.budget)) }
}

/** What the applicant owes. */
const ASIDE: Readonly<Partial<Record<PromiseName, Aside>>> = {
  correct: 'subject',
  supplement: 'subject',
  rectify: 'subject',
}
/** What time that does not count moves, and what an extension does. */
const MOVED: readonly PromiseName[] = ['decide', 'statute']

export function clockOf(state: Application): Record<string, Run> {
  if (state.phase === 'none') return {}
  const { limits, began, ended, pauses, extensions } = state
  return Object.fromEntries(
    promises.flatMap((name) => {
      const limit = limits[name]
      const from = began[name]
      if (!limit || from === undefined) return []
      const run: Run = {
        limit,
        from,
        ...(MOVED.includes(name) && { pauses, extensions }),
        ...(ASIDE[name] && { aside: ASIDE[name] }),
        ...(ended[name] !== undefined && { ended: ended[name] }),
      }
      return [[name, run] as const]
    }),
  )
}

/** Days before the end of the time for papers to follow on which the applicant is reminded, once. */
const REMINDED = 2

export function wakesOf(state: Application, deadlines: Deadlines): readonly Wake[] {
  if (state.phase === 'none') return []
  const wakes: Wake[] = []
  const at = (name: PromiseName): Moment | undefined => {
    const one = deadlines[name]
    return one && one.state !== 'ended' ? endOfDay(one.due) : undefined
  }
  const deemed = state.phase === 'received' ? at('accept') : undefined
  if (deemed !== undefined) wakes.push({ at: deemed, command: 'deem' })
  const overrun = state.phase === 'correcting' && state.overran !== true ? at('correct') : undefined
  if (overrun !== undefined) wakes.push({ at: overrun, command: 'overrun' })
  const broken = ['examining', 'special'].includes(state.phase) ? at('supplement') : undefined
  if (broken !== undefined) {
    wakes.push({ at: broken, command: 'break' })
    const reminding = addDays(deadlines['supplement']!.due, -REMINDED)
    if (state.reminded !== true) wakes.push({ at: `${reminding}T09:00:00.000+08:00`, command: 'remind' })
  }
  return wakes.toSorted((a, b) => (a.at < b.at ? -1 : 1))
}
