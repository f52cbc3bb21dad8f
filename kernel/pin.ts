// A limit as it was in force on the day a promise began: a case keeps it whatever the rule becomes later.
import { z } from 'zod'
import type { CivilDate } from './clock/date.ts'
import type { Limit } from './clock/limit.ts'
import type { Law } from './record.ts'

/** How an event keeps it. */
export const Pinned = z.object({
  rule: z.string(),
  unit: z.enum(['working-day', 'calendar-day', 'month', 'working-hour']),
  budget: z.number().int().nonnegative(),
  article: z.string(),
})

/** The first of the rules that is in force on a day; undefined when the city has laid none of them down. */
export function pin(law: Law, rules: readonly string[], on: CivilDate): Limit | undefined {
  for (const rule of rules) {
    const found = law.limit(rule, on)
    if (found) return { rule, unit: found.unit, budget: found.budget, article: found.article }
  }
  return undefined
}
