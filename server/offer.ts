// What somebody may do to records that he looks at: as the door would decide, without pressing.
import type { Actor } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import { neededFor, offered, permitted } from '../kernel/offer.ts'
import type { Ref } from '../kernel/record.ts'
import type { Row } from '../store/read.ts'
import type { World } from './world.ts'

/** The commands for each of the rows, in their order; one load for whatever any of them needs. */
export async function offeredOn(
  { registry, around }: World,
  actor: Actor,
  rows: readonly Row[],
): Promise<readonly (readonly string[])[]> {
  const all = rows.map((row) => {
    const { definition } = registry.kinds.get(row.kind)!
    return { row, definition, names: offered(definition, actor, row.state, row.id, false) }
  })
  const name = ({ kind, id }: Ref) => `${kind}/${id}`
  const wanted = new Map(
    all
      .flatMap(({ row, definition, names }) => neededFor(definition, names, row.state, actor))
      .map((ref) => [name(ref), ref]),
  )
  if (wanted.size === 0) return all.map(({ names }) => names)
  const { records } = await around.store.load([], [...wanted.values()])
  const known = new Map(records.map((one) => [name(one), one]))
  const sight = { actor, today: dateOf(around.now()), find: (ref: Ref) => known.get(name(ref)) }
  return all.map(({ row, definition, names }) => permitted(definition, names, row.state, sight))
}
