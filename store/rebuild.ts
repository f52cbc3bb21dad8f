// Folds records again from their events: to compare, since a record holds nothing that its events do not say, and to mend.
import { isDeepStrictEqual } from 'node:util'
import { clockOf, upcast } from '../kernel/door.ts'
import { dateOf, moment, type Moment } from '../kernel/clock/date.ts'
import { eventSchema, isHouseEvent } from '../kernel/house.ts'
import type { Registry } from '../kernel/domain.ts'
import type { Entry } from '../kernel/tally/entry.ts'
import type { AnyDefinition, Index, Law, Ref } from '../kernel/record.ts'
import type { Database } from './connection.ts'
import type { Row } from './read.ts'
import { marksOf, tokensOf, wordsOf } from './token.ts'

export type Difference = { readonly kind: string; readonly id: string; readonly what: string }

export type Compared = {
  readonly records: number
  readonly events: number
  readonly differences: readonly Difference[]
  /** How many records were written again as their events say. */
  readonly mended: number
  /** The last record that was looked at. */
  readonly last: readonly [kind: string, id: string]
}

export type Wanted = {
  /** Only records of these kinds. */
  readonly kinds?: readonly string[]
  /** Only these records. */
  readonly only?: readonly Ref[]
  /** Begins after this record and looks at no more than so many: a part of the whole. */
  readonly part?: { readonly after: readonly [kind: string, id: string]; readonly most: number }
  /** Writes again what differs; not the entries, to which nothing is ever done but to add. */
  readonly mend?: boolean
  readonly progress?: (done: number) => void
}

const PAGE = 2000

/** Compares records with the folds of their events. A record without a fault is left alone, mending or not. */
export async function compareRecords(
  database: Database,
  city: string,
  registry: Registry,
  law: Law,
  { kinds, only, part, mend = false, progress }: Wanted = {},
): Promise<Compared> {
  const differences: Difference[] = []
  let [records, events, mended] = [0, 0, 0]
  let after = part?.after ?? (['', ''] as const)
  for (;;) {
    const rows = await page(database, city, after, Math.min(PAGE, (part?.most ?? Infinity) - records), kinds, only)
    const last = rows.at(-1)
    if (!last) {
      if (!kinds && !only && !part) differences.push(...(await orphans(database, city)))
      return { records, events, differences, mended, last: after }
    }
    for (const row of rows) {
      records += 1
      events += row.events.length
      const folded = fold(row, registry, law)
      const what = 'fault' in folded ? folded.fault : differenceOf(row, folded)
      if (what !== undefined) differences.push({ kind: row.kind, id: row.id, what })
      if ('fault' in folded) continue
      if (!isDeepStrictEqual(plain(folded.entries), row.entries))
        differences.push({ kind: row.kind, id: row.id, what: 'entries' })
      if (mend && what !== undefined) mended += Number(await write(database, city, row, folded))
    }
    after = [last.kind, last.id]
    progress?.(records)
  }
}

type Told = { type: string; typeVersion: number; data: unknown; at: number; actor: string; version: number }

/** An entry with all that it says; its version is null where no event of its record posted it. */
type Posted = Required<Omit<Entry, 'subject'>> & { readonly version: number | null; readonly subject: string | null }

type Whole = Row & {
  readonly token: string | null
  readonly wake: Date | null
  readonly events: readonly Told[]
  readonly entries: readonly Posted[]
  readonly parties: readonly string[]
  /** Whether those who have a part find it where it stands. */
  readonly placed: boolean
  readonly words: string | null
}

/** Records with their events, entries, parties and words, in one snapshot. */
async function page(
  database: Database,
  city: string,
  [kind, id]: readonly [string, string],
  limit: number,
  kinds: readonly string[] | undefined,
  only: readonly Ref[] | undefined,
): Promise<readonly Whole[]> {
  const within = only
    ? '(r.kind, r.id) in (select * from unnest($5::text[], $6::text[]))'
    : '($5::text[] is null or r.kind = any ($5))'
  const chosen = only ? [only.map((ref) => ref.kind), only.map((ref) => ref.id)] : [kinds ?? null]
  const { rows } = await database.query(
    `with page as materialized (
       select * from record r where r.city = $1 and (r.kind, r.id) > ($2, $3) and ${within} order by r.kind, r.id limit $4
     ), parties as (
       select p.kind, p.id, array_agg(p.who order by p.who) as who,
         bool_and((p.created, p.due, p.open) is not distinct from (page.created, page.due, page.open)) as placed
       from party p join page on page.kind = p.kind and page.id = p.id where p.city = $1 group by p.kind, p.id
     )
     select page.*, coalesce(parties.who, '{}') as parties, coalesce(parties.placed, true) as placed, s.words,
       (select coalesce(jsonb_agg(jsonb_build_object('type', e.type, 'typeVersion', e.type_version, 'data', e.data,
          'at', extract(epoch from e.at) * 1000, 'actor', e.actor, 'version', e.version) order by e.version), '[]')
        from event e where e.city = page.city and e.kind = page.kind and e.record = page.id) as events,
       (select coalesce(jsonb_agg(jsonb_build_object('version', e.version, 'measure', x.measure, 'on', x.on_day, 'n', x.n,
          'quantity', x.quantity, 'subject', x.subject, 'dims', x.dims) order by x.position, x.line), '[]')
        from entry x left join event e on e.city = x.city and e.position = x.position and e.kind = x.kind and e.record = x.record
        where x.city = page.city and x.kind = page.kind and x.record = page.id) as entries
     from page left join parties on parties.kind = page.kind and parties.id = page.id
     left join search s on s.city = page.city and s.kind = page.kind and s.id = page.id
     order by page.kind, page.id`,
    [city, kind, id, limit, ...chosen],
  )
  return rows as unknown as readonly Whole[]
}

/** Events and entries whose record is not there at all. */
async function orphans(database: Database, city: string): Promise<readonly Difference[]> {
  const { rows } = await database.query(
    `select kind, record as id, 'record' as what from (
       select kind, record from event where city = $1 union select kind, record from entry where city = $1
     ) e where not exists (select 1 from record r where r.city = $1 and r.kind = e.kind and r.id = e.record)
     order by kind, record`,
    [city],
  )
  return rows as unknown as readonly Difference[]
}

type Folded = {
  readonly state: { readonly phase: string }
  readonly index: Index
  readonly due: Moment | null
  readonly provisional: boolean
  readonly wake: Moment | null
  readonly entries: readonly Posted[]
}

/** The record as its events make it, or what about the events is wrong: that no mending can put right. */
function fold(row: Whole, registry: Registry, law: Law): Folded | { readonly fault: string } {
  const definition = registry.kinds.get(row.kind)?.definition
  if (!definition) return { fault: 'kind' }
  let state: { readonly phase: string } = definition.initial
  const entries: Posted[] = []
  for (const [place, event] of row.events.entries()) {
    if (event.version !== place + 1) return { fault: 'versions' }
    const schema = eventSchema(definition, event.type)
    if (!schema) return { fault: `event ${event.type}` }
    const data = upcast(definition, event.type, event.typeVersion, event.data)
    if (!schema.safeParse(data).success) return { fault: `data of ${event.type}` }
    const at = moment(Number(event.at))
    if (isHouseEvent(event.type)) continue
    const mark = { id: row.id, at, on: dateOf(at), actor: event.actor }
    const before = state
    state = definition.evolve[event.type]!(before, data as never, mark)
    for (const entry of definition.entries?.({ type: event.type, data }, before, state, mark) ?? []) {
      const { measure, on, n = 1, quantity = n, subject = null, dims = {} } = entry
      entries.push({ version: event.version, measure, on, n, quantity, subject, dims })
    }
  }
  if (row.events.length !== row.version) return { fault: 'version' }
  const clock = clockOf(definition, state, law.calendar, moment(row.changed.getTime()))
  return { state, index: definition.index(state, row.id), ...clock, entries }
}

function differenceOf(row: Whole, { state, index, due, provisional, wake }: Folded): string | undefined {
  if (!isDeepStrictEqual(plain(state), row.state)) return 'state'
  if (
    state.phase !== row.phase ||
    index.title !== row.title ||
    index.open !== row.open ||
    (index.unit ?? null) !== row.unit ||
    (index.level ?? 1) !== row.level ||
    (index.token ?? null) !== row.token
  )
    return 'index'
  if (!isDeepStrictEqual(plain(index.facets ?? {}), row.facets)) return 'facets'
  if (!isDeepStrictEqual([...new Set(index.parties)].sort(), [...row.parties].sort())) return 'parties'
  if (wordsOf(index.search ?? '') !== (row.words ?? '')) return 'words'
  if (!sameMoment(due, row.due)) return 'due'
  if (!sameMoment(wake, row.wake)) return 'wake'
  if (provisional !== row.provisional) return 'provisional'
  return row.placed ? undefined : 'places'
}

/** Writes the record as it was folded; false when it has moved on meanwhile, and then the door has written it. */
function write(database: Database, city: string, row: Whole, folded: Folded): Promise<boolean> {
  const { state, index, due, provisional, wake } = folded
  const key = [city, row.kind, row.id]
  return database.transaction(async (query) => {
    const { rows } = await query(
      `update record set state = $5, phase = $6, open = $7, title = $8, unit = $9, level = $10, token = $11, facets = $12,
         due = $13, provisional = $14, wake = $15
       where city = $1 and kind = $2 and id = $3 and version = $4 returning id`,
      [
        ...key,
        row.version,
        JSON.stringify(state),
        state.phase,
        index.open,
        index.title,
        index.unit ?? null,
        index.level ?? 1,
        index.token ?? null,
        JSON.stringify(index.facets ?? {}),
        due,
        provisional,
        wake,
      ],
    )
    if (rows.length === 0) return false
    await query('delete from party where city = $1 and kind = $2 and id = $3 and who = any ($4)', [...key, row.parties])
    await query(
      `insert into party (city, kind, id, who, created, due, open)
       select r.city, r.kind, r.id, unnest($4::text[]), r.created, r.due, r.open from record r
       where r.city = $1 and r.kind = $2 and r.id = $3`,
      [...key, [...new Set(index.parties)]],
    )
    const words = index.search ?? ''
    await query(
      `insert into search (city, kind, id, words, tokens, created)
       select $1, $2, $3, $4, dated($5::tsvector, $2, created), created from record where city = $1 and kind = $2 and id = $3
       on conflict (city, kind, id) do update set words = excluded.words, tokens = excluded.tokens`,
      [...key, wordsOf(words), tokensOf(words, marksOf(row.kind, index))],
    )
    return true
  })
}

/** Whether a moment as it is worked out and one as it is kept are the same. */
export function sameMoment(one: Moment | null, kept: Date | null): boolean {
  return (one === null ? null : Date.parse(one)) === (kept?.getTime() ?? null)
}

/** As it comes back from JSON: properties that are undefined are not there. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** Which shapes this program's events have, kind by kind: another answer means that stored states were folded otherwise. */
export function shapesOf(registry: Registry): Readonly<Record<string, string>> {
  const shape = ({ upcasters = {} }: AnyDefinition) =>
    Object.entries(upcasters as Record<string, object>)
      .map(([type, steps]) => `${type} ${Object.keys(steps).length + 1}`)
      .sort()
      .join(', ')
  return Object.fromEntries([...registry.kinds].map(([name, { definition }]) => [name, shape(definition)]))
}

/** Folds the records of each kind again whose events have had another shape since this city was last served. */
export async function refold(database: Database, city: string, registry: Registry, law: Law): Promise<number> {
  const shapes = shapesOf(registry)
  const { rows } = await database.query('select shapes from city where city = $1', [city])
  const before = rows[0]!['shapes'] as Readonly<Record<string, string>>
  const kinds = Object.keys(shapes).filter((kind) => shapes[kind] !== (before[kind] ?? ''))
  if (kinds.length === 0) return 0
  const { mended } = await compareRecords(database, city, registry, law, { kinds, mend: true })
  await database.query('update city set shapes = shapes || $2 where city = $1', [city, JSON.stringify(shapes)])
  return mended
}
