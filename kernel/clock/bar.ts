// A promise as a bar of calendar days: used, paused, left, over; drawn the same wherever a clock is shown.
import { dayOf, dateOf, type CivilDate } from './date.ts'
import type { Deadline, Run } from './limit.ts'

export type Stretch = { readonly kind: 'used' | 'paused' | 'left' | 'over'; readonly days: number }

/** From the day after the start to the later of the due day and today (or the end), in runs of one kind. */
export function barOf(run: Run, deadline: Pick<Deadline, 'due'>, today: CivilDate): readonly Stretch[] {
  const start = dayOf(dateOf(run.from))
  const due = dayOf(deadline.due)
  const now = dayOf(run.ended ?? today)
  const pauses = (run.pauses ?? []).map(({ from, to }) => [dayOf(from), to === undefined ? now : dayOf(to)] as const)
  const stretches: { kind: Stretch['kind']; days: number }[] = []
  for (let day = start + 1; day <= Math.max(due, now); day++) {
    const paused = pauses.some(([from, to]) => from <= day && day <= to)
    const kind = paused ? 'paused' : day > due ? 'over' : day <= now ? 'used' : 'left'
    const last = stretches.at(-1)
    if (last?.kind === kind) last.days += 1
    else stretches.push({ kind, days: 1 })
  }
  return stretches
}
