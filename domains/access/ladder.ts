// When a promise that was not kept is told to the next above: at its end, and again after so many days.
import { addDays, dateOf, endOfDay, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { deadline, type Deadline, type Run } from '../../kernel/clock/limit.ts'
import type { Law } from '../../kernel/record.ts'

/** Rules of the city, by their ids: notes of the example say what is uncertain of them. */
export const rules = {
  check: ['access.check'],
  rectify: ['access.rectify'],
  verify: ['access.verify'],
  climb: ['access.climb'],
} as const

export type Climb<Step extends string = string> = {
  /** Who hears of it, one after the other. */
  readonly ladder: readonly Step[]
  /** How many have heard already. */
  readonly told: number
  /** Days from one to the next; where no rule says how many, only the first hears. */
  readonly days: number | undefined
}

/** The moment of the next rung; undefined while the promise may still be kept, or nobody is left to tell. */
export function rungAfter(due: Deadline | undefined, { ladder, told, days }: Climb): Moment | undefined {
  if (!due || due.state === 'ended' || told >= ladder.length || (told > 0 && days === undefined)) return undefined
  return endOfDay(addDays(dateOf(due.at), told * (days ?? 0)))
}

/** The rung that has come by now, or undefined. */
export function rungNow<Step extends string>(
  run: Run | undefined,
  climb: Climb<Step>,
  law: Law,
  now: Moment,
): Step | undefined {
  const at = run && rungAfter(deadline(law.calendar, run, dateOf(now)), climb)
  return at !== undefined && at <= now ? climb.ladder[climb.told] : undefined
}

/** Whether a promise that began and ended on these days was kept. */
export function kept(run: Run | undefined, law: Law, on: CivilDate): boolean {
  return run === undefined || deadline(law.calendar, run, on).state !== 'overdue'
}
