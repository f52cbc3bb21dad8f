// What a decision table comes to when it is known which of its rules match (DMN 1.5, 8.2.8 to 8.2.11).

export const hitPolicies = ['UNIQUE', 'ANY', 'PRIORITY', 'FIRST', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'] as const
export type HitPolicy = (typeof hitPolicies)[number]

export const aggregations = ['SUM', 'MIN', 'MAX', 'COUNT'] as const
export type Aggregation = (typeof aggregations)[number]

/** What a rule gives, output by output; undefined where a fact is missing that it is reckoned from. */
export type Given = readonly unknown[] | undefined

export type Policy = {
  readonly hitPolicy: HitPolicy
  readonly aggregation?: Aggregation | undefined
  /** One output stands for itself, several are a context of their names. */
  readonly names: readonly string[]
  /** Of each output the values by their importance; none where none are declared. */
  readonly priorities: readonly (readonly unknown[])[]
}

export type Hit =
  | { readonly value: unknown }
  /** More rules match than its policy allows, or those that match give different things. */
  | { readonly fault: 'several-match' | 'outputs-differ' }
  /** A rule that matches gives what is not known yet. */
  | { readonly open: true }

/** `matching`: the places of the rules that match, in their order. `byDefault`: what it is where none does, when that is declared. */
export function hitOf(
  policy: Policy,
  gives: readonly Given[],
  matching: readonly number[],
  byDefault?: { readonly gives: Given },
): Hit {
  const { hitPolicy, aggregation } = policy
  if (hitPolicy === 'UNIQUE' && matching.length > 1) return { fault: 'several-match' }
  if (aggregation === 'COUNT') return { value: matching.length }
  if (matching.length === 0) return byDefault ? single(policy, byDefault.gives) : { value: noneOf(policy) }
  if (hitPolicy === 'FIRST') return single(policy, gives[matching[0]!])
  const given = matching.map((rule) => gives[rule])
  if (!given.every((one) => one !== undefined)) return { open: true }
  switch (hitPolicy) {
    case 'UNIQUE':
      return single(policy, given[0])
    case 'ANY':
      return new Set(given.map(keyOfValue)).size > 1 ? { fault: 'outputs-differ' } : single(policy, given[0])
    case 'PRIORITY':
      return single(policy, byPriority(policy, given)[0])
    case 'OUTPUT ORDER':
      return { value: byPriority(policy, given).map((one) => shaped(policy, one)) }
    case 'RULE ORDER':
      return { value: given.map((one) => shaped(policy, one)) }
    case 'COLLECT':
      return {
        value: aggregation
          ? aggregated(
              aggregation,
              given.map(([one]) => one),
            )
          : given.map((one) => shaped(policy, one)),
      }
  }
}

/** Where no rule matches: an empty list of what is listed, null of one thing. */
function noneOf({ hitPolicy, aggregation }: Policy): unknown {
  const isList = ['RULE ORDER', 'OUTPUT ORDER', 'COLLECT'].includes(hitPolicy)
  return isList && aggregation === undefined ? [] : null
}

function single(policy: Policy, given: Given): Hit {
  return given === undefined ? { open: true } : { value: shaped(policy, given) }
}

function shaped({ names }: Policy, given: readonly unknown[]): unknown {
  return names.length === 1 ? given[0] : Object.fromEntries(names.map((name, at) => [name, given[at]]))
}

/** The most important first, by the first output, then by the next; what is not declared comes last. */
function byPriority({ priorities }: Policy, given: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  const ranks = priorities.map((values) => new Map(values.map((value, rank) => [keyOfValue(value), rank])))
  const rankOf = (one: readonly unknown[], at: number) =>
    ranks[at]!.get(keyOfValue(one[at])) ?? Number.POSITIVE_INFINITY
  return given.toSorted((a, b) => {
    const differs = ranks.findIndex((_, at) => rankOf(a, at) !== rankOf(b, at))
    return differs === -1 ? 0 : rankOf(a, differs) - rankOf(b, differs)
  })
}

/** Null where the outputs cannot be added or compared, as feelin's own functions give it. */
function aggregated(aggregation: Exclude<Aggregation, 'COUNT'>, values: readonly unknown[]): unknown {
  if (values.every((one) => typeof one === 'number')) {
    if (aggregation === 'SUM') return values.reduce((a, b) => a + b, 0)
    return aggregation === 'MIN' ? Math.min(...values) : Math.max(...values)
  }
  if (aggregation === 'SUM' || !values.every((one) => typeof one === 'string')) return null
  return values.reduce((a, b) => (a < b === (aggregation === 'MIN') ? a : b))
}

/** The same for values that are equal; days and durations are as they are written. */
export function keyOfValue(value: unknown): string {
  return JSON.stringify(value)
}
