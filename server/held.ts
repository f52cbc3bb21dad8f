// What each enterprise has, or is about to have, of the benefits: read once, and then as fresh as the ledger.
import { holdsOf, type Hold, type Profile } from '../domains/policies/index.ts'
import type { Reading } from './world.ts'

export type Held = ReadonlyMap<string, readonly Hold[]>

/** One for a server. By enterprise, as of a position of the ledger; of those that have nothing there is none. */
export function holdings({ database, city }: Reading): (position: number) => Promise<Held> {
  let last: Promise<{ readonly position: number; readonly held: Held }> | undefined
  return async (position) => {
    const before = await last?.catch(() => undefined)
    if (before === undefined || before.position < position) last = read(before, position)
    return (await last!).held
  }

  async function read(before: { position: number; held: Held } | undefined, position: number) {
    const profiles = `select id, state from record where city = $1 and kind = 'profile'`
    const { rows } = before
      ? await database.query(
          `${profiles} and id in (select record from event
             where city = $1 and position > $2 and kind = 'profile' and type in ('held', 'letGo'))`,
          [city, before.position],
        )
      : await database.query(`${profiles} and state->'holds' <> '[]'`, [city])
    const held = new Map(before?.held)
    for (const { id, state } of rows as unknown as readonly { id: string; state: Profile }[])
      held.set(id, holdsOf(state))
    return { position, held }
  }
}
