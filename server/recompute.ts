// When law has changed, every open clock is worked out again; what comes out otherwise goes through the door and is recorded.
import { system } from '../kernel/access.ts'
import { clockOf, execute, executeAll, type Command } from '../kernel/door.ts'
import { moment } from '../kernel/clock/date.ts'
import { recompute } from '../kernel/house.ts'
import { sameMoment } from '../store/rebuild.ts'
import type { World } from './world.ts'

type Open = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly state: { readonly phase: string }
  readonly due: Date | null
  readonly wake: Date | null
  readonly provisional: boolean
  readonly changed: Date
}

const PAGE = 1000
const BATCH = 200

/**
 * Works every open clock out again under the present law, if that has not been done; returns how many dates moved, and of how
 * many it could not be written: then it counts as not done, and the next time goes over all again.
 */
export async function recomputeClocks(
  world: World,
  progress: (done: number) => void = () => undefined,
): Promise<{ readonly looked: number; readonly moved: number; readonly left: number }> {
  const { database, city, cache, registry, around } = world
  const { rows } = await database.query('select law, recomputed from city where city = $1', [city])
  const { law: wanted, recomputed } = rows[0] as { law: number; recomputed: number }
  if (recomputed >= wanted) return { looked: 0, moved: 0, left: 0 }
  const law = await cache.law(wanted)
  let [looked, moved, left] = [0, 0, 0]
  for (const { definition } of registry.kinds.values()) {
    if (!definition.clock) continue
    let after = ''
    for (;;) {
      const page = await database.query(
        `select kind, id, version, state, due, wake, provisional, changed from record
         where city = $1 and kind = $2 and open and id > $3 order by id limit ${PAGE}`,
        [city, definition.kind, after],
      )
      const open = page.rows as unknown as Open[]
      if (open.length === 0) break
      after = open.at(-1)!.id
      const stale = open.filter((row) => {
        // At the moment at which it was worked out last: what differs then, differs by the law alone.
        const at = moment(row.changed.getTime())
        const { due, wake, provisional } = clockOf(definition, row.state, law.calendar, at)
        return !sameMoment(due, row.due) || !sameMoment(wake, row.wake) || provisional !== row.provisional
      })
      for (let place = 0; place < stale.length; place += BATCH) {
        const commands = stale.slice(place, place + BATCH).map(({ kind, id, version }): Command => ({
          kind,
          id,
          name: recompute,
          input: {},
          key: `recompute ${law.calendar.id} ${kind} ${id} ${version}`,
        }))
        const answers = await executeAll(around, system, commands)
        moved += answers.filter((answer) => 'done' in answer).length
        // One that many are at work on holds the whole batch up: each has its own try.
        for (const [at, command] of commands.entries()) {
          if ('done' in answers[at]!) continue
          const done = 'done' in (await execute(around, system, command))
          moved += Number(done)
          left += Number(!done)
        }
      }
      looked += open.length
      progress(looked)
    }
  }
  if (left === 0)
    await database.query('update city set recomputed = greatest(recomputed, $2) where city = $1', [city, wanted])
  return { looked, moved, left }
}
