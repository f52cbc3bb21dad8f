// The enterprises of the city as columns of what is known of them today: read once, by several threads, and then as fresh as the ledger.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { byDictionary, rowsIn, type FactRow, type Named } from '../domains/policies/index.ts'
import type { CivilDate } from '../kernel/clock/date.ts'
import { dateOf } from '../kernel/clock/date.ts'
import { cellOf, columnOf, fits, setCell, stacked, type Table } from '../kernel/rules/column.ts'
import { settledPosition } from '../store/tally.ts'
import { firmsSql, partOf, type Firm, type Part, type PartTask } from './city-part.ts'
import type { Reading } from './world.ts'

/** On a day: row by row who it is, column by column what is known of them. */
export type City = {
  readonly day: CivilDate
  /** Whatever stands below this position has been read. */
  readonly position: number
  readonly rows: readonly FactRow[]
  readonly names: readonly Named[]
  /** For each row the first day on which time alone may change what is known; empty where none can. */
  readonly turns: readonly string[]
  readonly places: ReadonlyMap<string, number>
  readonly table: Table
}

/** Fewer are read here, before a thread would have started. */
const ALONE = 5000
/** More threads than these would only wait for the database. */
const THREADS = 4

export type Cities = {
  /** As of now; whoever asks while it is being read waits for the same. */
  fresh(): Promise<City>
}

/** One for a server: the columns are read when they are first wanted. */
export function cities(world: Reading): Cities {
  let held: Promise<City> | undefined
  return {
    fresh() {
      const before = held ?? Promise.resolve(undefined)
      return (held = before.catch(() => undefined).then((city) => followed(world, city)))
    },
  }
}

async function followed(world: Reading, city: City | undefined): Promise<City> {
  const { database, around } = world
  const day = dateOf(around.now())
  const settled = (await settledPosition(database, world.city)) ?? city?.position ?? 0
  if (city === undefined || city.day > day) return wholeCity(world, day, settled)
  const { rows } = await database.query(
    `select distinct kind, record from event where city = $1 and position > $2
     and kind in ('enterprise', 'profile', 'dictionary')`,
    [world.city, city.position],
  )
  const changed = rows as unknown as readonly { kind: string; record: string }[]
  if (changed.some(({ kind }) => kind === 'dictionary')) return wholeCity(world, day, settled)
  const turned =
    city.day === day ? [] : city.names.filter((_, row) => city.turns[row]! !== '' && city.turns[row]! <= day)
  const ids = [...new Set([...changed.map(({ record }) => record), ...turned.map(({ id }) => id)])]
  // So many that it is quicker to read all.
  if (ids.length > Math.max(ALONE, city.table.rows / 4)) return wholeCity(world, day, settled)
  if (ids.length === 0) return { ...city, day, position: settled }
  const part = partOf(await firmsOf(world, ids), city.rows, day)
  return { ...withPart(city, ids, part), day, position: settled }
}

/** The state of these enterprises and what is known of them; of those that are on the register. */
export async function firmsOf({ database, city }: Reading, ids: readonly string[]): Promise<readonly Firm[]> {
  const { rows } = await database.query(`${firmsSql} and r.id = any ($2)`, [city, ids])
  return rows as unknown as readonly Firm[]
}

/** What was read anew, each in its row; one that is new below the others, and none for one that has left. */
function withPart(city: City, ids: readonly string[], part: Part): City {
  const found = new Map(part.names.map(({ id }, row) => [id, row]))
  const left = new Set(ids.filter((id) => !found.has(id) && city.places.has(id)))
  const kept = left.size === 0 ? city : without(city, left)
  const [names, turns] = [[...kept.names], [...kept.turns]]
  const fresh = part.names.flatMap(({ id }, row) => (kept.places.has(id) ? [] : [row]))
  for (const [id, row] of found) {
    const at = kept.places.get(id)
    if (at === undefined) continue
    names[at] = part.names[row]!
    turns[at] = part.turns[row]!
    for (const { name } of city.rows) put(kept.table, name, at, cellOf(part.table, name, row))
  }
  names.push(...fresh.map((row) => part.names[row]!))
  turns.push(...fresh.map((row) => part.turns[row]!))
  const table = fresh.length === 0 ? kept.table : stacked([kept.table, rowsOf(part.table, fresh)])
  return { ...kept, names, turns, places: placesOf(names), table }
}

function without(city: City, left: ReadonlySet<string>): City {
  const rows = city.names.flatMap(({ id }, row) => (left.has(id) ? [] : [row]))
  const names = rows.map((row) => city.names[row]!)
  const turns = rows.map((row) => city.turns[row]!)
  return { ...city, names, turns, places: placesOf(names), table: rowsOf(city.table, rows) }
}

const placesOf = (names: readonly Named[]) => new Map(names.map(({ id }, at) => [id, at]))

const rowsOf = (table: Table, rows: readonly number[]): Table => ({
  rows: rows.length,
  columns: new Map(
    [...table.columns.keys()].map((name) => [name, columnOf(rows.map((row) => cellOf(table, name, row)))]),
  ),
})

function put(table: Table, name: string, at: number, value: unknown): void {
  const column = table.columns.get(name)!
  if (fits(column, value)) return setCell(column, at, value)
  const all = Array.from({ length: table.rows }, (_, row) => (row === at ? value : cellOf(table, name, row)))
  table.columns.set(name, columnOf(all))
}

async function wholeCity(world: Reading, day: CivilDate, position: number): Promise<City> {
  const rows = await dictionaryOf(world)
  const parts = await partsOf(world, rows, day)
  const names = parts.flatMap((part) => part.names)
  return {
    day,
    position,
    rows,
    names,
    turns: parts.flatMap(({ turns }) => turns),
    places: placesOf(names),
    table: stacked([
      { rows: 0, columns: new Map(rows.map(({ name }) => [name, columnOf([])])) },
      ...parts.map(({ table }) => table),
    ]),
  }
}

async function partsOf(world: Reading, rows: readonly FactRow[], day: CivilDate): Promise<readonly Part[]> {
  const threads = Math.min(THREADS, availableParallelism())
  const { rows: found } = await world.database.query(
    `select count(*) as n, percentile_disc($2::float8[]) within group (order by id) as bounds from record
     where city = $1 and kind = 'enterprise' and phase = 'listed'`,
    [world.city, Array.from({ length: threads - 1 }, (_, at) => (at + 1) / threads)],
  )
  const { n, bounds } = found[0] as { n: number; bounds: readonly string[] | null }
  if (n < ALONE) {
    const { rows: all } = await world.database.query(`${firmsSql} order by r.id`, [world.city])
    return [partOf(all as unknown as readonly Firm[], rows, day)]
  }
  const edges = ['', ...(bounds ?? []), null]
  const { config, city } = world
  return Promise.all(edges.slice(1).map((to, at) => thread({ config, city, rows, day, after: edges[at]!, to })))
}

function thread(task: PartTask): Promise<Part> {
  const worker = new Worker(new URL('./city-part.ts', import.meta.url), {
    workerData: task,
    // What is read is dropped at once: with more room for what is new it is seldom gathered.
    resourceLimits: { maxYoungGenerationSizeMb: 192 },
  })
  return new Promise<Part>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`a thread that read enterprises ended with ${code}`)))
  }).finally(() => worker.terminate())
}

/** The dictionary of the city; empty where it has laid down none. */
export async function dictionaryOf({ around }: Reading): Promise<readonly FactRow[]> {
  const { records } = await around.store.load([], Object.values(byDictionary))
  return rowsIn(records[0])
}
