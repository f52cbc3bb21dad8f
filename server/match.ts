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
  excludedBy,
  faultInTiers,
  leftInGroup,
  readRule,
  type Named,
  type Reach,
} from '../domains/policies/index.ts'
import type { City } from './city.ts'
import { holdings, type Held } from './held.ts'
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
  readonly group?: string | undefined
  readonly groupCap?: number | undefined
  readonly excludes?: readonly { readonly benefit: string }[] | undefined
  readonly benefit?: string | undefined
  /** Whether all who are entitled are to be named, and all whom one condition alone keeps out; what the others lack is then not looked for. */
  readonly names?: boolean | undefined
}

type Fault = NonNullable<ReturnType<typeof checkedIn>['fault'] | ReturnType<typeof faultInTiers>>

export type Matching = { reach(asked: Asked): Promise<Reach | Fault> }

export function matching(world: World): Matching {
  const heldAt = holdings(world)
  return {
    async reach(asked) {
      const city = await world.cities.fresh()
      return reachIn(city, await heldAt(city.position), asked)
    },
  }
}

function reachIn({ day, rows, names, table }: City, held: Held, asked: Asked): Reach | Fault {
  const { rule: text, amount, tiers, cap, names: named } = asked
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
  let [cost, unreckoned, capped, apart, looked] = [0, 0, 0, 0, 0]
  const besides = besidesOf(held, asked, day.slice(0, 4))
  for (let row = 0; row < table.rows; row++) {
    const verdict = verdictIn(matcher, 0, row)
    if (verdict === 'true' && named) entitledIds.push(names[row]!.id)
    if (verdict === 'true' && due) {
      const found = dueOf(cap, due, rowOf(table, row))
      const left = besides(names[row]!.id)
      if (left === undefined) apart += 1
      else if (!('amount' in found)) unreckoned += 1
      else {
        cost += Math.min(found.amount, left)
        if (left < found.amount) capped += 1
      }
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
    capped,
    apart,
    superfluous,
    near: near.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count),
    missing: [...missing].map(([fact, count]) => ({ fact, count })).toSorted((a, b) => b.count - a.count),
    looked,
    ...(named && { entitledIds }),
  }
}

/** By enterprise the fen that what it has besides leaves of a group's cap; undefined where it has what excludes the benefit. */
function besidesOf(held: Held, { benefit = '', excludes = [], group, groupCap }: Asked, year: string) {
  const excluded = excludes.map((one) => one.benefit)
  return (enterprise: string): number | undefined => {
    const others = (held.get(enterprise) ?? []).filter((one) => one.benefit !== benefit)
    if (excludedBy(others, { benefit, excludes: excluded })) return undefined
    return Math.max(0, leftInGroup({ group, groupCap }, others, year).left)
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
