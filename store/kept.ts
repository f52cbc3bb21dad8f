// Rows that were read before and have not changed since: PostgreSQL stamps each change of a row, so what is known under a
// stamp needs no second reading.
import type { Database } from './connection.ts'
import { COLUMNS, type Row } from './row.ts'

/** Where a record stands in a list, and the stamp (xmin) of its last change. */
export type Stamp = Pick<Row, 'id' | 'due' | 'created'> & { readonly stamp: string }
type Stamped = Row & { readonly stamp: string }

/** Rows kept in memory, some kilobytes each. */
const MOST = 10_000

const kept = new WeakMap<Database, Map<string, Stamped>>()

/** The rows under these stamps, in their order; undefined when one of them has changed since it was stamped. */
export async function rowsAt(
  database: Database,
  city: string,
  kind: string,
  stamps: readonly Stamp[],
): Promise<readonly Row[] | undefined> {
  const known = kept.get(database) ?? new Map<string, Stamped>()
  kept.set(database, known)
  const keyOf = (id: string) => `${city} ${kind} ${id}`
  const found = new Map<string, Stamped>()
  const missing: string[] = []
  for (const { id, stamp } of stamps) {
    const row = known.get(keyOf(id))
    if (row?.stamp === stamp) found.set(id, row)
    else missing.push(id)
  }
  if (missing.length > 0) {
    const { rows } = await database.fast(
      'rows',
      `select ${COLUMNS}, r.xmin::text as stamp from unnest($3::text[]) w (id)
       cross join lateral (select *, xmin from record where city = $1 and kind = $2 and id = w.id limit 1) r`,
      [city, kind, missing],
    )
    for (const row of rows as unknown as Stamped[]) {
      found.set(row.id, row)
      known.delete(keyOf(row.id))
      known.set(keyOf(row.id), row)
    }
    for (const key of known.keys()) {
      if (known.size <= MOST) break
      known.delete(key)
    }
  }
  const rows = stamps.flatMap(({ id, stamp }) => {
    const row = found.get(id)
    return row?.stamp === stamp ? [row] : []
  })
  return rows.length === stamps.length ? rows : undefined
}
