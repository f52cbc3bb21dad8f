// The permanent check of figures: each from the roll-up against every entry read again, at one moment of the ledger.
import type { CivilDate } from '../kernel/clock/date.ts'
import type { Figure, Posted, Value } from '../kernel/tally/figure.ts'
import { recount } from '../kernel/tally/recount.ts'
import type { Database } from './connection.ts'
import { figureValue } from './tally.ts'

export type Different = { readonly id: string; readonly told: Value; readonly recomputed: Value }

/** Read in slices so small that nobody waits for one. */
const SLICE = 500

/** The figures that differ. `rest` is awaited after each slice of entries, so that a server has time for people. */
export function compareFigures(
  database: Database,
  city: string,
  figures: Iterable<Figure>,
  on: CivilDate,
  rest: () => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly Different[]> {
  return database.transaction(async (query) => {
    await query('set transaction isolation level repeatable read read only')
    const all = [...figures]
    const told = new Map<Figure, Value>()
    for (const figure of all) told.set(figure, await figureValue({ query }, city, figure, { on }))
    const counted = recount(all, on)
    await query(
      `declare entries no scroll cursor for
       select kind, record, position, measure, on_day as "on", n, quantity, subject, dims from entry where city = $1`,
      [city],
    )
    for (;;) {
      const { rows } = await query(`fetch ${SLICE} from entries`)
      for (const { subject, ...row } of rows as unknown as (Posted & { subject: string | null })[])
        counted.add({ ...row, ...(subject !== null && { subject }) })
      if (rows.length < SLICE) break
      await rest()
    }
    return all.flatMap((figure) => {
      const [before, now] = [told.get(figure)!, counted.value(figure)]
      return JSON.stringify(before) === JSON.stringify(now) ? [] : [{ id: figure.id, told: before, recomputed: now }]
    })
  })
}
