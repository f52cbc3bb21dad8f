// How an application is accepted and decided, and what follows from it for others.
import type { z } from 'zod'
import { deadline } from '../../kernel/clock/limit.ts'
import { pin } from '../../kernel/pin.ts'
import { refuse, type Context, type Order } from '../../kernel/record.ts'
import { bearerOf } from './applicant.ts'
import { outstanding, promised, type Case, type Decided } from './case.ts'
import { clockOf, rules, supplementOf } from './clock.ts'
import { disclosing } from './disclosure.ts'
import type * as says from './input.ts'

/** Those who decide in the unit that answers for the item; a representative as far as his letter goes. */
export const deciding = { handler: 'unit', 'unit-head': 'unit', representative: 'unit' } as const

/** From which day it counts as accepted, and until when papers may follow. */
export function acceptance(was: Case, { actor, law, today }: Context, how: (typeof says.acceptances)[number]) {
  const ours = how === 'person' && actor.posts.some(({ role, unit }) => role in deciding && unit === was.unit)
  const supplement = outstanding(was).length > 0 ? supplementOf(law, was.terms.promised, today) : undefined
  return { how, from: today, ...(supplement && { supplement }), ...(ours && { handler: actor.id }) }
}

type Deciding = Pick<Decided, 'outcome' | 'results'> &
  Partial<Pick<Decided, 'reasons' | 'remedies' | 'rules' | 'files' | 'withheld'>>

/** The decision with how long it took, and who hears of it. */
export function decided(was: Case, data: Deciding, { actor, law, today, id }: Context) {
  const runs = clockOf(was)
  const [promise, statute] = ['decide', 'statute'].map(
    (name) => runs[name] && deadline(law.calendar, runs[name], today),
  )
  const event = {
    ...data,
    by: actor.id,
    inTime: promise?.late !== true,
    used: promise?.used ?? 0,
    ...(was.terms.statutory &&
      was.terms.statutory.budget > 0 && {
        compressed: statute ? Math.round((1 - statute.used / statute.total) * 10_000) : 10_000,
      }),
    limit: pin(law, [rules.deliver], today),
  }
  return {
    events: [{ type: 'decided' as const, data: event }],
    follow: [...telling(was, id, data), ...disclosing(was, id, data, today)],
  }
}

/** What was decided on a commitment is verified; nothing else is. */
export function toVerify(was: Case, law: Context['law'], today: string) {
  const approved = was.decision === undefined || was.decision.outcome === 'approved'
  return approved && promised(was) ? pin(law, [rules.verify], today) : undefined
}

type Outcome = { readonly outcome: Decided['outcome']; readonly results: Decided['results'] }

/** The form of which it is a part hears what has become of it. */
export function telling(was: Case, id: string, result?: Outcome): Order[] {
  if (was.joint === undefined) return []
  const papers = result?.outcome === 'approved' ? result.results : []
  const input = { application: id, item: was.item, came: result?.outcome ?? 'nothing', papers }
  return [{ kind: 'joint', id: was.joint, name: 'hear', input }]
}

/** Whoever broke a commitment makes none until it is repaired. */
export function excluding(was: Case, id: string): Order[] {
  const subject = bearerOf(was)
  // Those who committed themselves before that was asked are known by name alone, which tells nobody apart.
  if (subject === undefined) return []
  const title = was.title.split(' · ').at(-1) ?? was.title
  return [{ kind: 'exclusion', id: subject, name: 'enter', input: { subject, unit: was.unit, application: id, title } }]
}

export function resultName(was: Case, code: string): string {
  return was.terms.results.find(({ result }) => result === code)?.name ?? ''
}

/** Results are those of the item, each once, and valid from now on. */
export function wrongResult(was: Case, { outcome, results }: z.output<typeof says.Decide>, { today }: Context) {
  if (outcome === 'denied' && results.length > 0) return refuse('denied-with-results', 'results')
  for (const [place, { result, validTo }] of results.entries()) {
    if (resultName(was, result) === '') return refuse('result-unknown', `results.${place}.result`)
    if (results.findIndex((one) => one.result === result) < place)
      return refuse('given-twice', `results.${place}.result`)
    if (validTo !== undefined && validTo < today) return refuse('valid-to-the-past', `results.${place}.validTo`)
  }
  return outcome === 'approved' && results.length === 0 && was.terms.results.length > 0
    ? refuse('result-missing', 'results')
    : undefined
}
