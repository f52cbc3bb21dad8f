// What a rule would reach among all enterprises of the city today.
import { rowOf } from '../kernel/rules/column.ts'
import type { Expression } from '../kernel/rules/expression.ts'
import { judge } from '../kernel/rules/judge.ts'
import { countsOf, kleeneIn, match, matcherOf, verdictIn } from '../kernel/rules/match.ts'
import {
  amountText,
  checkedIn,
  clausesOf,
  dueOf,
  faultInTiers,
  readRule,
  type Named,
  type Reach,
} from '../domains/policies/index.ts'
import type { City } from './city.ts'
import type { World } from './world.ts'

/** How many examples of each sort are named. */
const EXAMPLES = 5
/** Of how many enterprises that are open it is looked for what they lack: a few thousand tell as much as all. */
const LOOKED = 3000

export type Asked = {
  readonly rule: string
  readonly amount?: string | undefined
  /** Instead of it. */
  readonly tiers?: readonly { readonly when: string; readonly amount: string }[] | undefined
  readonly cap?: number | undefined
  /** Whether all who are entitled are to be named, and all whom one condition alone keeps out; what the others lack is then not looked for. */
  readonly names?: boolean | undefined
}

type Fault = NonNullable<ReturnType<typeof checkedIn>['fault'] | ReturnType<typeof faultInTiers>>

export type Matching = { reach(asked: Asked): Promise<Reach | Fault> }

export function matching({ cities }: World): Matching {
  return { reach: async (asked) => reachIn(await cities.fresh(), asked) }
}

function reachIn(
  { day, rows, names, table }: City,
  { rule: text, amount, tiers, cap, names: named }: Asked,
): Reach | Fault {
  const checked = checkedIn(text, 'condition', 'rule', rows)
  if (checked.fault) return checked.fault
  const { read: rule, superfluous } = checked
  const paid = amount === undefined ? undefined : checkedIn(amount, 'amount', 'amount', rows)
  const wrong = paid?.fault ?? (tiers && faultInTiers(tiers, text, rows))
  if (wrong) return wrong
  const due = tiers ? readRule(amountText({ tiers })!, rows) : paid?.read
  const clauses = clausesOf(rule, rows)
  const matcher = matcherOf(table, [rule, ...clauses])
  match(matcher)
  const counts = countsOf(matcher, 0)
  const near = clauses.map(({ text: clause }) => ({ clause, count: 0, examples: [] as Named[] }))
  const missing = new Map<string, number>()
  const entitledIds: string[] = []
  let [cost, unreckoned, looked] = [0, 0, 0]
  for (let row = 0; row < table.rows; row++) {
    const verdict = verdictIn(matcher, 0, row)
    if (verdict === 'true' && named) entitledIds.push(names[row]!.id)
    if (verdict === 'true' && due) {
      const found = dueOf(cap, due, rowOf(table, row))
      if ('amount' in found) cost += found.amount
      else unreckoned += 1
    } else if (verdict === 'false') {
      const only = onlyFailing(clauses, (at) => kleeneIn(matcher, at + 1, row))
      if (only === undefined) continue
      const one = near[only]!
      one.count += 1
      if (named || one.examples.length < EXAMPLES) one.examples.push(names[row]!)
    } else if (verdict === 'unknown' && !named && looked < LOOKED) {
      looked += 1
      for (const fact of judge(rule, rowOf(table, row)).missing) missing.set(fact, (missing.get(fact) ?? 0) + 1)
    }
  }
  return {
    day,
    enterprises: table.rows,
    entitled: counts.true,
    not: counts.false,
    open: counts.unknown,
    cost,
    unreckoned,
    superfluous,
    near: near.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count),
    missing: [...missing].map(([fact, count]) => ({ fact, count })).toSorted((a, b) => b.count - a.count),
    looked,
    ...(named && { entitledIds }),
  }
}

/** The one condition that fails while all others hold; undefined where it is not one alone. */
function onlyFailing(clauses: readonly Expression[], holds: (at: number) => boolean | undefined): number | undefined {
  let only: number | undefined
  for (let at = 0; at < clauses.length; at++) {
    const answer = holds(at)
    if (answer === true) continue
    if (answer === undefined || only !== undefined) return undefined
    only = at
  }
  return only
}
