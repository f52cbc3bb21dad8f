// Folds every record again from its events and compares: the record table holds nothing that the events do not say.
import { isDeepStrictEqual } from 'node:util'
import { clockOf, upcast } from '../kernel/door.ts'
import { dateOf, moment } from '../kernel/clock/date.ts'
import { eventSchema, isHouseEvent } from '../kernel/house.ts'
import type { Registry } from '../kernel/domain.ts'
import type { Law } from '../kernel/record.ts'
import type { Database } from './connection.ts'
import type { Row } from './read.ts'

export type Difference = { readonly kind: string; readonly id: string; readonly what: string }

/** Compares every record with the fold of its events; `progress` hears how many are done. Nothing is changed. */
export async function compareRecords(
  database: Database,
  city: string,
  registry: Registry,
  law: Law,
  progress: (done: number) => void = () => undefined,
): Promise<{ readonly records: number; readonly events: number; readonly differences: readonly Difference[] }> {
  const differences: Difference[] = []
  let records = 0
  let events = 0
  let after = ['', '']
  for (;;) {
    const { rows } = await database.query(
      `select r.*, (select jsonb_agg(jsonb_build_object('type', e.type, 'typeVersion', e.type_version, 'data', e.data, 'at', extract(epoch from e.at) * 1000, 'actor', e.actor, 'version', e.version) order by e.version)
         from event e where e.city = r.city and e.kind = r.kind and e.record = r.id) as events
       from record r where r.city = $1 and (r.kind, r.id) > ($2, $3) order by r.kind, r.id limit 500`,
      [city, ...after],
    )
    if (rows.length === 0) return { records, events, differences }
    for (const row of rows as unknown as (Row & { events: Told[] | null; wake: Date | null })[]) {
      records += 1
      events += row.events?.length ?? 0
      const what = differenceOf(row, registry, law)
      if (what !== undefined) differences.push({ kind: row.kind, id: row.id, what })
    }
    const last = rows.at(-1) as unknown as Row
    after = [last.kind, last.id]
    progress(records)
  }
}

type Told = { type: string; typeVersion: number; data: unknown; at: number; actor: string; version: number }

function differenceOf(
  row: Row & { events: Told[] | null; wake: Date | null },
  registry: Registry,
  law: Law,
): string | undefined {
  const definition = registry.kinds.get(row.kind)?.definition
  if (!definition) return 'kind'
  let state: { readonly phase: string } = definition.initial
  for (const [place, event] of (row.events ?? []).entries()) {
    if (event.version !== place + 1) return 'versions'
    const schema = eventSchema(definition, event.type)
    if (!schema) return `event ${event.type}`
    const data = upcast(definition, event.type, event.typeVersion, event.data)
    if (!schema.safeParse(data).success) return `data of ${event.type}`
    const at = moment(Number(event.at))
    if (isHouseEvent(event.type)) continue
    state = definition.evolve[event.type]!(state, data as never, { id: row.id, at, on: dateOf(at), actor: event.actor })
  }
  if ((row.events?.length ?? 0) !== row.version) return 'version'
  if (!isDeepStrictEqual(plain(state), row.state)) return 'state'
  const index = definition.index(state, row.id)
  if (
    index.title !== row.title ||
    index.open !== row.open ||
    (index.unit ?? null) !== row.unit ||
    (index.level ?? 1) !== row.level
  )
    return 'index'
  if (!isDeepStrictEqual(plain(index.facets ?? {}), row.facets)) return 'facets'
  const { due } = clockOf(definition, state, law.calendar, moment(row.changed.getTime()))
  if ((due === null ? null : Date.parse(due)) !== (row.due?.getTime() ?? null)) return 'due'
  return undefined
}

/** As it comes back from JSON: properties that are undefined are not there. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
