// What the law in force promises whoever begins today: the limit of each choice, and the last day on which it may be kept.
import { barOf } from '../../kernel/clock/bar.ts'
import { dateOf, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { deadline, type Deadline, type Limit, type Run } from '../../kernel/clock/limit.ts'
import { explain, sentence } from '../../kernel/clock/words.ts'
import type { Kind } from '../../kernel/domain.ts'
import type { Law } from '../../kernel/record.ts'
import type { Language } from '../../kernel/texts.ts'
import type { ClockView } from './part.ts'

export type Promised = { readonly limit: Limit; readonly from: string; readonly deadline: Deadline }

/** One for each option whose limit the city has laid down. */
export function promisesOf(kind: Kind, law: Law, from: CivilDate): readonly (Promised & { readonly option: string })[] {
  return (kind.definition.promises ?? []).flatMap(({ option, rule }) => {
    const limit = law.limit(rule, from)
    if (!limit) return []
    const run: Run = { limit: { ...limit, rule }, from }
    return [{ option, limit: run.limit, from, deadline: deadline(law.calendar, run, from) }]
  })
}

/**
 * What a record that was opened on a day is promised in the end: the limit of the option that was chosen, by its clock once
 * that runs (`kept`) and else as expected; where no option has a limit, the first promise that runs.
 */
export function promiseOf(
  kind: Kind,
  law: Law,
  record: { readonly state: { readonly phase: string }; readonly opened: CivilDate },
  now: Moment,
): (Promised & { readonly kept: boolean }) | undefined {
  const { definition } = kind
  const runs = Object.values(definition.clock?.(record.state) ?? {}).filter(
    (run) => run.ended === undefined && !run.aside,
  )
  const running = runs
    .map((run) => ({
      limit: run.limit,
      from: run.from,
      deadline: deadline(law.calendar, run, dateOf(now)),
      kept: true,
    }))
    .toSorted((a, b) => (a.deadline.at < b.deadline.at ? -1 : 1))
  const chosen = new Set(Object.values(definition.facts?.(record.state) ?? {}))
  const expected = promisesOf(kind, law, record.opened).find((one) => chosen.has(one.option))
  if (!expected) return running[0]
  return running.find((one) => one.limit.rule === expected.limit.rule) ?? { ...expected, kept: false }
}

/** A promise that no clock of the record keeps yet, drawn like those that are kept. */
export function expectedClock({ limit, from }: Promised, law: Law, now: Moment, lang: Language): ClockView {
  const run: Run = { limit, from }
  const found = deadline(law.calendar, run, dateOf(now))
  return {
    name: 'expected',
    state: found.state,
    due: found.due,
    from,
    sentence: sentence(found, lang),
    steps: found.steps.map((step) => explain(step, lang)),
    bar: barOf(run, found, dateOf(now)),
    pauses: [],
  }
}
