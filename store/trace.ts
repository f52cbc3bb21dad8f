// What surrounds a record: who looked, who acted, what it came from and what came of it, what has just changed.
import { randomUUID } from 'node:crypto'
import type { Moment } from '../kernel/clock/date.ts'
import type { Database } from './connection.ts'
import type { Row } from './read.ts'
import { parameters } from './visible.ts'

/** Looking at personal data is itself recorded. */
export async function recordLook(
  database: Database,
  city: string,
  actor: string,
  what: string,
  row: Pick<Row, 'kind' | 'id'>,
  at: Moment,
): Promise<void> {
  await database.fast(
    'look',
    'insert into look (city, id, at, actor, what, kind, record, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [city, randomUUID(), at, actor, what, row.kind, row.id, '{}'],
  )
}

/** Names of persons by id, for the timeline. */
export async function namesOf(
  database: Database,
  city: string,
  persons: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.fast(
    'names',
    `select id, title from record where city = $1 and kind = 'person' and id = any ($2)`,
    [city, persons],
  )
  return new Map((rows as { id: string; title: string }[]).map((row) => [row.id, row.title]))
}

export type Look = {
  readonly id: string
  readonly at: Date
  readonly actor: string
  readonly what: string
  readonly kind: string
  readonly record: string
}

export type LookWanted = {
  readonly what?: string | undefined
  readonly actor?: string | undefined
  readonly kind?: string | undefined
  readonly record?: string | undefined
  /** Only what comes after this look, that is, earlier ones. */
  readonly after?: { readonly at: string; readonly id: string } | undefined
  readonly limit: number
}

/** Looks at personal data, sign-ins and refusals, the latest first; for whoever audits. */
export async function looks(database: Database, city: string, wanted: LookWanted): Promise<readonly Look[]> {
  const given = parameters(city)
  const conditions = (['what', 'actor', 'kind', 'record'] as const).flatMap((column) =>
    wanted[column] === undefined ? [] : [` and ${column} = ${given.add(wanted[column])}`],
  )
  if (wanted.after)
    conditions.push(` and (at, id) < (${given.add(wanted.after.at)}::timestamptz, ${given.add(wanted.after.id)})`)
  const { rows } = await database.query(
    `select id, at, actor, what, kind, record from look where city = $1${conditions.join('')} order by at desc, id desc limit ${given.add(wanted.limit)}`,
    given.values,
  )
  return rows as unknown as Look[]
}

export type Link = { readonly relation: 'cause' | 'effect'; readonly row: Row }

/** Where a record came from and what came of it: the records of the appends that caused it or that it caused. */
export async function chainOf(
  database: Database,
  city: string,
  row: Pick<Row, 'kind' | 'id' | 'facets'>,
): Promise<readonly Link[]> {
  const cause = row.facets['cause']?.split('/') ?? []
  const { rows } = await database.query(
    `select 'cause' as relation, to_jsonb(r) as row from record r where r.city = $1 and r.kind = $2 and r.id = $3
     union all
     select 'effect', to_jsonb(r) from record r where r.city = $1 and (r.kind, r.id) in (
       select e.kind, e.record from event e where e.city = $1 and e.cause = $4) limit 50`,
    [city, cause[0] ?? '', cause[1] ?? '', `${row.kind}/${row.id}`],
  )
  return rows as unknown as Link[]
}

/** Records appended to since a position, at most 2,000 of them; null asks only where the log stands. */
export async function changedSince(
  database: Database,
  city: string,
  position: number | null,
): Promise<{ readonly position: number; readonly rows: readonly Row[] }> {
  if (position === null) {
    const { rows } = await database.query('select coalesce(max(position), 0) as position from event where city = $1', [
      city,
    ])
    return { position: rows[0]!['position'] as number, rows: [] }
  }
  const { rows } = await database.query(
    `with fresh as (select kind, record, max(position) as position from event where city = $1 and position > $2 group by kind, record order by max(position) desc limit 2000)
     select r.*, fresh.position from fresh join record r on r.city = $1 and r.kind = fresh.kind and r.id = fresh.record`,
    [city, position],
  )
  return {
    position: Math.max(position, ...(rows as { position: number }[]).map((row) => row.position)),
    rows: rows as unknown as Row[],
  }
}
