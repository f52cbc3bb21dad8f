// Whether conditions that ought to divide all enterprises among them do: where two hold at once, and where none does.
import { FARTHEST, lastBefore } from './breaks.ts'
import { isWhole, type Dictionary } from './dictionary.ts'
import { asOneText, type Expression, type Known } from './expression.ts'
import type { Example, Stretch } from './flaw.ts'
import { judge } from './judge.ts'
import { asksNull, find, limitsOn } from './logic.ts'
import type { Outcome } from './unit.ts'
import { valueOf } from './value.ts'

/** What is asked of conditions, by what each comes to: undefined while it cannot be told. */
type Wanted = (outcomes: readonly (Outcome | undefined)[]) => boolean | undefined

export const allHold: Wanted = (outcomes) => {
  if (outcomes.some((one) => one !== undefined && one !== 2)) return false
  return outcomes.includes(undefined) ? undefined : true
}

export const noneHolds: Wanted = (outcomes) => {
  if (outcomes.includes(2)) return false
  return outcomes.includes(undefined) ? undefined : true
}

/** It holds, and none of those before it. */
export const onlyLast: Wanted = (outcomes) => {
  const [last, before] = [allHold(outcomes.slice(-1)), noneHolds(outcomes.slice(0, -1))]
  if (last === false || before === false) return false
  return last && before
}

/** Whether there can be no such enterprise: said only where it is certain. `within`: what holds anyhow. */
export function isImpossible(
  conditions: readonly Expression[],
  within: readonly Expression[],
  dictionary: Dictionary,
  wanted: Wanted,
): boolean {
  return search(conditions, within, dictionary, wanted) === 'none'
}

/** Such an enterprise. It is tried before it is named; where facts are too tangled to name one, there is none. */
export function exampleOf(
  conditions: readonly Expression[],
  within: readonly Expression[],
  dictionary: Dictionary,
  wanted: Wanted,
): Example | undefined {
  const found = search(conditions, within, dictionary, wanted)
  if (typeof found === 'string') return undefined
  const facts: Record<string, Known> = {}
  for (const [{ facts: names, values }, at] of found) {
    const value = values?.[at]
    if (names.length !== 1 || value === undefined) return undefined
    facts[names[0]!] = value
  }
  const limits = limitsOn(
    [...conditions, ...within].map(({ root }) => root),
    dictionary,
  )
  const isOne = (given: Readonly<Record<string, Known>>): boolean => {
    const scope = { text: '', read: (name: string) => given[name], facts: () => given }
    const comesTo = ({ value, missing }: ReturnType<typeof judge>): Outcome | undefined =>
      value === true ? 2 : value === undefined && missing.length > 0 ? undefined : 0
    return (
      limits.every((limit) => valueOf(limit, scope) !== false) &&
      within.every((one) => judge(one, given).value === true) &&
      wanted(conditions.map((one) => comesTo(judge(one, given)))) === true
    )
  }
  if (!isOne(facts)) return undefined
  const numbers = [...found.keys()].filter(({ facts: [name] }) => typeof facts[name!] === 'number')
  const [unit] = numbers
  if (numbers.length !== 1 || !unit?.starts) return { facts }
  const name = unit.facts[0]!
  return { facts, stretch: stretchOf(name, unit.starts, facts[name] as number) }

  /** As far as it stays so, up and down. */
  function stretchOf(fact: string, starts: readonly number[], value: number): Stretch {
    const here = starts.findLastIndex((start) => start <= value)
    let [first, last] = [here, here]
    while (first > 0 && isOne({ ...facts, [fact]: starts[first - 1]! })) first -= 1
    while (last + 1 < starts.length && isOne({ ...facts, [fact]: starts[last + 1]! })) last += 1
    return { fact, ...lowerEnd(starts[first]!), ...upperEnd(fact, starts[last + 1]) }
  }

  function lowerEnd(start: number): Partial<Stretch> {
    if (start <= -FARTHEST) return {}
    return isPlainer(lastBefore(start), start) ? { above: lastBefore(start) } : { least: start }
  }

  function upperEnd(fact: string, next: number | undefined): Partial<Stretch> {
    if (next === undefined) return {}
    if (isWhole(dictionary, fact)) return { most: next - 1 }
    return isPlainer(lastBefore(next), next) ? { most: lastBefore(next) } : { below: next }
  }
}

function search(
  conditions: readonly Expression[],
  within: readonly Expression[],
  dictionary: Dictionary,
  wanted: Wanted,
) {
  const { text, nodes } = asOneText([...conditions, ...within])
  if (nodes.some(asksNull)) return 'too-many'
  return find(text, nodes, dictionary, (outcomes) => {
    const anyhow = allHold(outcomes.slice(conditions.length))
    if (anyhow === false) return false
    const decided = wanted(outcomes.slice(0, conditions.length))
    return decided === true ? anyhow : decided
  })
}

/** Which of two neighbours somebody wrote down: the one with fewer digits. */
function isPlainer(one: number, other: number): boolean {
  return String(one).length < String(other).length
}
