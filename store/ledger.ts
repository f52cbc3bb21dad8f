// The door's store: load in one round trip, append in one round trip.
import type { Answer, Append, Store, Write } from '../kernel/door.ts'
import type { Moment } from '../kernel/clock/date.ts'
import type { Ref } from '../kernel/record.ts'
import type { Database } from './connection.ts'
import { marksOf, tokensOf, wordsOf } from './token.ts'

const LOAD = 'select what, kind, id, version, body from load($1, $2, $3, $4)'
const APPEND = 'select append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as position'

/** The append's own word, and PostgreSQL's, for: two at once, of which one must be tried again. */
const RETRY = new Set(['LJ001', '40001', '40P01', '23505'])

/**
 * `onAccess` hears the access version of each load, so that cached actors are known to be out of date; `onWrite` what has
 * been written.
 */
export function ledger(
  database: Database,
  city: string,
  onAccess?: (version: number) => void,
  onWrite?: (written: readonly Ref[]) => void,
): Store {
  return {
    async load(keys, refs) {
      const kinds = refs.map((ref) => ref.kind)
      const ids = refs.map((ref) => ref.id)
      const { rows } = await database.fast('load', LOAD, [city, keys, kinds, ids])
      const loaded = { records: [] as never[], answers: [] as never[], law: -1, access: -1 }
      for (const row of rows as { what: string; kind: string; id: string; version: number; body: unknown }[]) {
        if (row.what === 'c') Object.assign(loaded, { law: row.version, access: Number(row.body) })
        else if (row.what === 'k')
          (loaded.answers as unknown[]).push({ key: row.id, hash: row.kind, answer: row.body as Answer })
        else (loaded.records as unknown[]).push({ kind: row.kind, id: row.id, version: row.version, state: row.body })
      }
      if (loaded.law < 0) throw new Error(`the city ${city} is not in this database`)
      onAccess?.(loaded.access)
      return loaded
    },
    async append(append) {
      try {
        await database.fast('append', APPEND, valuesOf(city, append))
        onWrite?.(append.writes)
        return 'appended'
      } catch (error) {
        if (error instanceof Error && RETRY.has((error as { code?: string }).code ?? '')) return 'conflict'
        throw error
      }
    },
    async count(kinds, { unit, facets = {}, who }) {
      const values = [city, kinds, unit ?? null, JSON.stringify(facets), who ?? null]
      const { rows } = await database.query('select counted($1, $2, $3, $4, $5) as n', values)
      return rows[0]!['n'] as number
    },
  }
}

/**
 * Forgets the answers of a month ago: whoever has not asked again by then will not. The codes in them, which let their bearer
 * act, are forgotten after a day.
 */
export async function forgetAnswers(database: Database, city: string, now: Moment): Promise<void> {
  await database.query(
    `update command set answer = answer - array['reveal', 'also']
     where city = $1 and at < $2::timestamptz - interval '1 day' and at > $2::timestamptz - interval '3 days' and answer ?| array['reveal', 'also']`,
    [city, now],
  )
  await database.query(`delete from command where city = $1 and at < $2::timestamptz - interval '30 days'`, [city, now])
}

function valuesOf(city: string, append: Append): unknown[] {
  return [
    city,
    JSON.stringify(append.writes.map(rowOf)),
    JSON.stringify(append.answers),
    append.actor,
    append.via,
    append.at,
    append.law,
    append.enacts,
    append.confers,
    append.access,
    JSON.stringify(
      append.counted.map(({ kinds, n, census: { unit, facets = {}, who } }) => ({ kinds, unit, facets, who, n })),
    ),
  ]
}

function rowOf(write: Write): Record<string, unknown> {
  const { index } = write
  return {
    kind: write.kind,
    id: write.id,
    cause: write.cause,
    expected: write.expected,
    version: write.version,
    phase: write.state.phase,
    open: index.open,
    title: index.title,
    unit: index.unit ?? null,
    level: index.level ?? 1,
    token: index.token ?? null,
    facets: index.facets ?? {},
    due: write.due,
    provisional: write.provisional,
    wake: write.wake,
    state: write.state,
    events: write.events,
    entries: write.entries,
    messages: write.messages,
    parties: write.parties,
    ...(write.searchChanged && {
      words: wordsOf(index.search ?? ''),
      tokens: tokensOf(index.search ?? '', marksOf(write.kind, index)),
    }),
  }
}
