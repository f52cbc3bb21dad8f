// All enterprises of the city as columns, kept as fresh as the ledger; and what a rule would reach among them today.
import { dateOf } from '../kernel/clock/date.ts'
import { cellOf, columnOf, fits, rowOf, setCell, type Table } from '../kernel/rules/column.ts'
import type { Expression } from '../kernel/rules/expression.ts'
import { judge } from '../kernel/rules/judge.ts'
import { countsOf, kleeneIn, match, matcherOf, verdictIn } from '../kernel/rules/match.ts'
import {
  clausesOf,
  dueOf,
  faultIn,
  knownOn,
  readRule,
  rowsIn,
  superfluousIn,
  type FactRow,
  type KnownFact,
  type Named,
  type Profile,
  type Reach,
} from '../domains/policies/index.ts'
import type { Enterprise } from '../domains/register/index.ts'
import { settledPosition } from '../store/tally.ts'
import type { World } from './world.ts'

/** How many examples of each sort are named. */
const EXAMPLES = 5
/** Of how many enterprises that are open it is looked for what they lack: a few thousand tell as much as all. */
const LOOKED = 3000
/** Read at a time. */
const PAGE = 20_000

type Listed = Exclude<Enterprise, { phase: 'none' }>

/** The city's enterprises on a day: row by row who it is, column by column what is known of them. */
type City = {
  readonly day: string
  /** Whatever stands below this position has been read. */
  position: number
  readonly rows: readonly FactRow[]
  readonly names: { readonly id: string; readonly title: string }[]
  readonly places: Map<string, number>
  readonly table: Table
}

export type Asked = {
  readonly rule: string
  readonly amount?: string | undefined
  readonly cap?: number | undefined
  /** Whether all who are entitled are to be named, and all whom one condition alone keeps out; what the others lack is then not looked for. */
  readonly names?: boolean | undefined
}

type Fault = NonNullable<ReturnType<typeof faultIn>>

export type Matching = { reach(asked: Asked): Promise<Reach | Fault> }

/** One for a server: the columns are read once and then follow the ledger. */
export function matching(world: World): Matching {
  let held: Promise<City> | undefined
  // Whoever asks while it is being read waits for the same.
  const fresh = () => {
    const before = held ?? Promise.resolve(undefined)
    held = before.catch(() => undefined).then((city) => refreshed(world, city))
    return held
  }
  return {
    async reach(asked) {
      const city = await fresh()
      return reachIn(city, asked)
    },
  }
}

function reachIn({ day, rows, names, table }: City, { rule: text, amount, cap, names: named }: Asked): Reach | Fault {
  const fault =
    faultIn(text, 'condition', 'rule', rows) ??
    (amount === undefined ? undefined : faultIn(amount, 'amount', 'amount', rows))
  if (fault) return fault
  const rule = readRule(text, rows)
  const due = amount === undefined ? undefined : readRule(amount, rows)
  const clauses = clausesOf(rule, rows)
  const matcher = matcherOf(table, [rule, ...clauses])
  match(matcher)
  const counts = countsOf(matcher, 0)
  const near = clauses.map(({ text: clause }) => ({ clause, count: 0, examples: [] as Named[] }))
  const missing = new Map<string, number>()
  const entitledIds: string[] = []
  let [cost, unreckoned, looked] = [0, 0, 0]
  for (let row = 0; row < table.rows; row++) {
    const verdict = verdictIn(matcher, 0, row)
    if (verdict === 'true' && named) entitledIds.push(names[row]!.id)
    if (verdict === 'true' && due) {
      const found = dueOf(cap, due, rowOf(table, row))
      if ('amount' in found) cost += found.amount
      else unreckoned += 1
    } else if (verdict === 'false') {
      const only = onlyFailing(clauses, (at) => kleeneIn(matcher, at + 1, row))
      if (only === undefined) continue
      const one = near[only]!
      one.count += 1
      if (named || one.examples.length < EXAMPLES) one.examples.push(names[row]!)
    } else if (verdict === 'unknown' && !named && looked < LOOKED) {
      looked += 1
      for (const fact of judge(rule, rowOf(table, row)).missing) missing.set(fact, (missing.get(fact) ?? 0) + 1)
    }
  }
  return {
    day,
    enterprises: table.rows,
    entitled: counts.true,
    not: counts.false,
    open: counts.unknown,
    cost,
    unreckoned,
    superfluous: superfluousIn(rule, rows),
    near: near.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count),
    missing: [...missing].map(([fact, count]) => ({ fact, count })).toSorted((a, b) => b.count - a.count),
    looked,
    ...(named && { entitledIds }),
  }
}

/** The one condition that fails while all others hold; undefined where it is not one alone. */
function onlyFailing(clauses: readonly Expression[], holds: (at: number) => boolean | undefined): number | undefined {
  let only: number | undefined
  for (let at = 0; at < clauses.length; at++) {
    const answer = holds(at)
    if (answer === true) continue
    if (answer === undefined || only !== undefined) return undefined
    only = at
  }
  return only
}

async function refreshed(world: World, city: City | undefined): Promise<City> {
  const { database, around } = world
  const day = dateOf(around.now())
  const settled = (await settledPosition(database, world.city)) ?? city?.position ?? 0
  if (city === undefined || city.day !== day) return wholeCity(world, day, settled)
  const { rows } = await database.query(
    `select distinct kind, record from event where city = $1 and position > $2
     and kind in ('enterprise', 'profile', 'dictionary')`,
    [world.city, city.position],
  )
  const changed = rows as unknown as readonly { kind: string; record: string }[]
  const ids = [...new Set(changed.map(({ record }) => record))]
  if (changed.some(({ kind }) => kind === 'dictionary') || ids.some((id) => !city.places.has(id)))
    return wholeCity(world, day, settled)
  if (ids.length > 0) {
    const found = await readFirms(world, 'and r.id = any ($2)', [ids])
    // One that has left is no longer among them.
    if (found.length < ids.length) return wholeCity(world, day, settled)
    for (const one of found) place(city, city.places.get(one.id)!, one)
  }
  city.position = settled
  return city
}

type Firm = { readonly id: string; readonly title: string; readonly state: Listed; readonly profile: Profile | null }

async function readFirms(world: World, where: string, values: readonly unknown[]): Promise<readonly Firm[]> {
  const { rows } = await world.database.query(
    `select r.id, r.title, r.state, p.state as profile from record r
     left join record p on p.city = r.city and p.kind = 'profile' and p.id = r.id
     where r.city = $1 and r.kind = 'enterprise' and r.phase = 'listed' ${where}`,
    [world.city, ...values],
  )
  return rows as unknown as readonly Firm[]
}

async function wholeCity(world: World, day: string, position: number): Promise<City> {
  const rows = await dictionaryOf(world)
  const names: Named[] = []
  const columns: unknown[][] = rows.map(() => [])
  for (let last = ''; ;) {
    const page = await readFirms(world, 'and r.id > $2 order by r.id limit $3', [last, PAGE])
    for (const firm of page) {
      names.push({ id: firm.id, title: firm.title })
      const known = knownOn(rows, firm.state, firm.profile ?? undefined, day)
      for (const [at, one] of known.entries()) columns[at]!.push(valueIn(one))
    }
    if (page.length < PAGE) break
    last = page.at(-1)!.id
  }
  return {
    day,
    position,
    rows,
    names,
    places: new Map(names.map(({ id }, at) => [id, at])),
    table: { rows: names.length, columns: new Map(rows.map(({ name }, at) => [name, columnOf(columns[at]!)])) },
  }
}

/** An enterprise that has changed, in its row. */
function place({ rows, day, table, names }: City, at: number, { id, title, state, profile }: Firm): void {
  names[at] = { id, title }
  for (const one of knownOn(rows, state, profile ?? undefined, day)) {
    const { name: fact } = one.row
    const column = table.columns.get(fact)!
    const value = valueIn(one)
    if (fits(column, value)) setCell(column, at, value)
    else {
      const all = Array.from({ length: table.rows }, (_, row) => (row === at ? value : cellOf(table, fact, row)))
      table.columns.set(fact, columnOf(all))
    }
  }
}

const valueIn = (one: KnownFact) => ('value' in one ? one.value : undefined)

export async function dictionaryOf({ around }: World): Promise<readonly FactRow[]> {
  const { records } = await around.store.load([], [{ kind: 'dictionary', id: 'dictionary' }])
  return rowsIn(records[0])
}
