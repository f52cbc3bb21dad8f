// Titles of records that other records name: asked for with nearly every list, and hardly ever changed.
import type { Index, Ref } from '../kernel/record.ts'
import type { Database } from './connection.ts'

/** Milliseconds for which a title that another server changed may still be read as it was. */
const LASTING = 2000
const MOST = 20_000

/** A record's title, and what says who may read it. */
export type Titled = Ref & Pick<Index, 'title' | 'unit' | 'level' | 'parties' | 'token'>

export type Titles = {
  /** Titles of records by kind and id; what this server writes is known at once. */
  of(refs: readonly (readonly [kind: string, id: string])[]): Promise<readonly Titled[]>
  /** These have just been written. */
  forget(refs: readonly Ref[]): void
}

export function titles(database: Database, city: string, now: () => number = () => performance.now()): Titles {
  const known = new Map<string, { readonly one: Titled | undefined; readonly at: number }>()
  const keyOf = (kind: string, id: string) => `${kind}/${id}`
  let writes = 0
  return {
    async of(refs) {
      const at = now()
      const [found, missing] = [[] as Titled[], [] as (readonly [string, string])[]]
      for (const [kind, id] of refs) {
        const held = known.get(keyOf(kind, id))
        if (held === undefined || at - held.at > LASTING) missing.push([kind, id])
        else if (held.one) found.push(held.one)
      }
      if (missing.length === 0) return found
      const before = writes
      const read = await titlesOf(database, city, missing)
      // What was written while the database was asked may have been read as it was before.
      if (writes !== before) return [...found, ...read]
      if (known.size > MOST) known.clear()
      for (const [kind, id] of missing) known.set(keyOf(kind, id), { one: undefined, at })
      for (const one of read) known.set(keyOf(one.kind, one.id), { one, at })
      return [...found, ...read]
    },
    forget(refs) {
      writes += 1
      for (const { kind, id } of refs) known.delete(keyOf(kind, id))
    },
  }
}

async function titlesOf(
  database: Database,
  city: string,
  refs: readonly (readonly [kind: string, id: string])[],
): Promise<readonly Titled[]> {
  const { rows } = await database.fast(
    'titles',
    `select r.kind, r.id, r.title, r.unit, r.level, r.token,
       array(select who from party p where p.city = $1 and p.kind = r.kind and p.id = r.id) as parties
     from unnest($2::text[], $3::text[]) as w (kind, id)
     cross join lateral (
       select kind, id, title, unit, level, token from record where city = $1 and kind = w.kind and id = w.id limit 1
     ) r`,
    [city, refs.map(([kind]) => kind), refs.map(([, id]) => id)],
  )
  // The database says null where an index says nothing.
  return (rows as unknown as Titled[]).map((row) => ({
    ...row,
    unit: row.unit ?? undefined,
    token: row.token ?? undefined,
  }))
}
