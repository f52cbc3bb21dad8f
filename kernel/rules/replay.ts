// A rule on a day: by the edition and the parameters then in force, on what was then known. A past decision is replayed by the same call.
import type { CivilDate } from '../clock/date.ts'
import type { Dictionary } from './dictionary.ts'
import { inForce, type Edition } from './edition.ts'
import { parse, type ExpressionRefusal, type Known } from './expression.ts'
import { judge, type Judgement } from './judge.ts'
import { factsOf, readingsOn, type Observation, type Reading } from './observed.ts'

/** An amount that the law changes from time to time, by the name that rules read. */
export type Parameter = { readonly name: string; readonly editions: readonly Edition<Exclude<Known, null>>[] }

/** What is kept of law and facts; it only ever grows. */
export type Archive = {
  readonly dictionary: readonly Edition<Dictionary>[]
  readonly parameters: readonly Parameter[]
  /** A FEEL expression in each edition. */
  readonly rule: readonly Edition<string>[]
  readonly observations: readonly Observation[]
}

export type JudgedOn =
  | {
      readonly edition: Edition<string>
      readonly judgement: Judgement
      /** Where each fact is from that the rule reads, or why it is not known. */
      readonly readings: readonly Reading[]
      /** The parameters that it reads, in the edition of the day; a name without one had none in force. */
      readonly parameters: readonly (Edition<Exclude<Known, null>> & { readonly name: string })[]
    }
  | { readonly refused: 'not-in-force'; readonly what: 'rule' | 'dictionary' }
  | ExpressionRefusal

export function judgeOn({ dictionary, parameters, rule, observations }: Archive, day: CivilDate): JudgedOn {
  const edition = inForce(rule, day)
  if (!edition) return { refused: 'not-in-force', what: 'rule' }
  const spoken = inForce(dictionary, day)
  if (!spoken) return { refused: 'not-in-force', what: 'dictionary' }
  const readings = readingsOn(spoken.content, observations, day)
  const inForceNow = parameters.flatMap(({ name, editions }) => {
    const found = inForce(editions, day)
    return found ? [{ ...found, name }] : []
  })
  const names = Object.fromEntries(parameters.map(({ name }) => [name, null]))
  const facts = {
    ...factsOf(readings),
    ...names,
    ...Object.fromEntries(inForceNow.map(({ name, content }) => [name, content])),
  }
  const expression = parse(edition.content, facts)
  if ('refused' in expression) return expression
  const isRead = (name: string) => expression.names.includes(name)
  return {
    edition,
    judgement: judge(expression, facts),
    readings: readings.filter(({ fact }) => isRead(fact.name)),
    parameters: inForceNow.filter(({ name }) => isRead(name)),
  }
}
