// Lists, search and one record, each through the access predicate.
import type { Branch } from '../kernel/access.ts'
import { nameOf, type Database } from './connection.ts'
import { rowsAt, type Stamp } from './kept.ts'
import { COLUMNS, type Row } from './row.ts'
import { anyOf, likeness, patternsOf, queryOf } from './token.ts'
import { branchSql, levelSql, parameters, visibleSql, type Parameters } from './visible.ts'

export type { Row } from './row.ts'

export type Wanted = {
  readonly kind: string
  readonly ids?: readonly string[] | undefined
  readonly open?: boolean | undefined
  readonly phases?: readonly string[] | undefined
  readonly units?: readonly string[] | undefined
  readonly facets?: Readonly<Record<string, string>> | undefined
  /** Only records in which one of these has a part. */
  readonly who?: readonly string[] | undefined
  /** How the record stands with its clock at a moment: late, due within two days, later, or without a running clock. */
  readonly clock?: { readonly is: (typeof clocks)[number]; readonly now: string } | undefined
  readonly order: Order
  readonly after?: string | undefined
  readonly limit: number
}

export const clocks = ['overdue', 'soon', 'in-time', 'stopped'] as const
/** The next due first, the newest first, or whoever has waited longest first. */
export const orders = ['due', 'created', 'oldest'] as const
type Order = (typeof orders)[number]

export type Page = { readonly items: readonly Row[]; readonly next: string | null }

/**
 * A page of records. Each way in is read by its own index and the best of all are kept, so that a clerk's list of twenty
 * among a million costs twenty rows, not a million. Which records they are is asked first; what they say only of those that
 * have changed since they were last read.
 */
export async function listRecords(
  database: Database,
  city: string,
  branches: readonly Branch[],
  wanted: Wanted,
): Promise<Page> {
  if (branches.length === 0) return { items: [], next: null }
  for (;;) {
    const stamps = await stampsOf(database, city, branches, wanted)
    // One that changed in between may no longer be for these eyes: then the list is asked for again.
    const items = await rowsAt(database, city, wanted.kind, stamps.slice(0, wanted.limit))
    if (items === undefined) continue
    const last = items.at(-1)
    return { items, next: stamps.length > wanted.limit && last ? cursorOf(last, wanted.order) : null }
  }
}

const STAMP = 'r.id, r.xmin::text as stamp, r.due, r.created'

/** Which records the page has and in which order, and one more when there are more. */
async function stampsOf(
  database: Database,
  city: string,
  branches: readonly Branch[],
  wanted: Wanted,
): Promise<readonly Stamp[]> {
  const given = parameters(city, wanted.kind, wanted.limit + 1)
  const { sql, order } = ORDERS[wanted.order]
  const straight = straightSql(branches, wanted, given)
  if (straight !== undefined) {
    const { rows } = await database.fast(nameOf(straight), straight, given.values)
    return rows as unknown as Stamp[]
  }
  const conditions = conditionsOf(wanted, given)
  const text = branches.map(
    (branch) => `(select ${STAMP} from record r where ${waySql(branch, conditions, given)} order by ${sql} limit $3)`,
  )
  const { rows } = await database.query(text.join(' union all '), given.values)
  return merged(rows as unknown as Stamp[], order)
}

/** With more units or parties than this, what one way finds is sorted rather than each read in its order. */
const APART = 6

/** The same ways in, each to one unit or to one who has a part. */
function apartOf(branches: readonly Branch[]): readonly Branch[] {
  return branches.flatMap((branch): Branch[] => {
    if (branch.by === 'unit') return branch.units.map((unit) => ({ ...branch, units: [unit] }))
    return branch.by === 'party' ? branch.who.map((one) => ({ ...branch, who: [one] })) : [branch]
  })
}

/**
 * The list for which every way in has an index in the order that is asked for: what is open by the next due, or everything
 * by the newest. It is planned once, since no other plan would be better for anybody. Undefined when it is not such a list.
 */
function straightSql(branches: readonly Branch[], wanted: Wanted, given: Parameters): string | undefined {
  const { open, order, ids, who, after, phases, units, clock, facets = {} } = wanted
  const due = open === true && order === 'due'
  const narrowed = phases ?? units ?? clock ?? Object.keys(facets)[0]
  const newest = order === 'created' && open !== true && narrowed === undefined
  if (!(due || newest) || ids || who || after !== undefined) return undefined
  const apart = apartOf(branches)
  if (apart.length > APART || apart.some(({ by }) => by === 'token')) return undefined
  const conditions = conditionsOf(wanted, given)
  const by = (of: string) => (due ? `${of}.due asc nulls last, ${of}.id asc` : `${of}.created desc, ${of}.id asc`)
  const ways = apart.map((branch) => {
    if (branch.by !== 'party') {
      const where = waySql(branch, conditions, given)
      return `(select ${STAMP} from record r where ${where} order by ${by('r')} limit $3)`
    }
    const seen = ['r.city = p.city', 'r.kind = p.kind', 'r.id = p.id', ...levelSql(branch), ...conditions].join(' and ')
    return `(select ${STAMP} from party p cross join lateral (select *, xmin from record r where ${seen} limit 1) r
     where p.city = $1 and p.kind = $2 and p.who = ${given.add(branch.who[0])}${due ? ' and p.open' : ''} order by ${by('p')} limit $3)`
  })
  const first = due ? 'due' : 'created'
  return `select distinct on (${first}, id) * from (${ways.join(' union all ')}) r order by ${by('r')} limit $3`
}

/** What a way in leads to, as a condition on `record r` of the city and kind in $1 and $2. */
function waySql(branch: Branch, conditions: readonly string[], given: Parameters): string {
  return ['r.city = $1', 'r.kind = $2', branchSql(branch, given), ...conditions].join(' and ')
}

type Placed = Pick<Row, 'id' | 'due' | 'created'>
type Compare = (a: Placed, b: Placed) => number

const byId: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
const byCreated: Compare = (a, b) => b.created.getTime() - a.created.getTime() || byId(a, b)
const byAge: Compare = (a, b) => a.created.getTime() - b.created.getTime() || byId(a, b)
const byDue: Compare = (a, b) => (a.due?.getTime() ?? Infinity) - (b.due?.getTime() ?? Infinity) || byId(a, b)

/** Each order, as PostgreSQL sorts one way in and as the ways are laid together here. */
const ORDERS: Readonly<Record<Wanted['order'], { readonly sql: string; readonly order: Compare }>> = {
  due: { sql: 'r.due asc nulls last, r.id asc', order: byDue },
  created: { sql: 'r.created desc, r.id asc', order: byCreated },
  oldest: { sql: 'r.created asc, r.id asc', order: byAge },
}

/** Rows that came several ways, each once, in their order. */
function merged<T extends Placed>(rows: readonly T[], order: Compare): readonly T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()].toSorted(order)
}

/** How many records of a kind are visible and wanted; counting stops at `most`, since nobody reads further. */
export async function countRecords(
  database: Database,
  city: string,
  branches: readonly Branch[],
  wanted: Wanted,
  most = 10_001,
): Promise<number> {
  if (branches.length === 0) return 0
  const given = parameters(city, wanted.kind)
  const conditions = conditionsOf({ ...wanted, after: undefined }, given)
  const ways = eachOnce(branches, conditions, wanted.open === true, given).map(
    (way) => `(select 1 ${way} limit ${most})`,
  )
  const { rows } = await database.query(
    `select count(*) as n from (select 1 from (${ways.join(' union all ')}) each limit ${most}) c`,
    given.values,
  )
  return rows[0]!['n'] as number
}

/** The ways in that cost least go first; who has a part is looked up for what is left. */
const COST = { all: 0, unit: 1, token: 2, party: 3 } as const

/**
 * The ways in as what comes after `select … ` of `record r`, each less what those before it lead to: together they lead to
 * every record once. Of open records the parts are gone through, and never everybody’s records.
 */
function eachOnce(
  branches: readonly Branch[],
  conditions: readonly string[],
  open: boolean,
  given: Parameters,
): readonly string[] {
  const sorted = branches.toSorted((a, b) => COST[a.by] - COST[b.by])
  return sorted.map((branch, place) => {
    const before = sorted.slice(0, place).map((earlier) => `(${branchSql(earlier, given)}) is not true`)
    const rest = [...conditions, ...before]
    if (branch.by !== 'party' || !open) return `from record r where ${waySql(branch, rest, given)}`
    const seen = ['r.city = $1', 'r.kind = $2', 'r.id = p.id', ...levelSql(branch), ...rest].join(' and ')
    return `from (select distinct id from party where city = $1 and kind = $2 and who = any (${given.add(branch.who)}) and open) p
     cross join lateral (select * from record r where ${seen} limit 1) r`
  })
}

/** Beyond so many a search is no longer told from what is found, and the newest are. */
const MANY = 3000
/** Of so many or more the newest are looked through first: to find all that hold words so common takes longer. */
const COMMON = 50_000
/** How many of the newest are gone through: for words that most hold, and for words that many hold. */
const NEWEST = [400, 10_000] as const

type Searched = Omit<Wanted, 'order' | 'after'>

/** Records that are wanted and contain every word: the earliest mention first, or of more than can be compared the newest first. */
export async function searchRecords(
  database: Database,
  city: string,
  branches: readonly Branch[],
  wanted: Searched,
  text: string,
): Promise<readonly Row[]> {
  const { kind, limit } = wanted
  const query = queryOf(text, kind, branches)
  if (query === null) return []
  const newest = await newestWith(database, city, branches, wanted, text, NEWEST[0])
  if (newest.length === limit) return newest
  const many = (await guessed(database, city, kind, query)) > COMMON
  const newer = many ? await newestWith(database, city, branches, wanted, text, NEWEST[1]) : []
  if (newer.length === limit) return newer
  const given = parameters(city, kind, patternsOf(text), limit, query, MANY)
  const seen = [visibleSql(branches, given), ...conditionsOf({ ...wanted, order: 'created' }, given)].join(' and ')
  const { rows } = await database.query(
    `with found as materialized (
       select s.id, position(trim(both '%' from ($3::text[])[1]) in s.words) as at, length(s.words) as long from search s
       where s.city = $1 and s.kind = $2 and s.tokens @@ $5::tsquery and s.words like all ($3::text[]) limit $6 + 1
     )
     select n.count, hit.* from (select count(*) as count from found) n left join lateral (
       select ${COLUMNS} from found join record r on r.city = $1 and r.kind = $2 and r.id = found.id
       where n.count <= $6 and ${seen} order by found.at, found.long, r.id limit $4
     ) hit on true`,
    given.values,
  )
  const hits = rows as unknown as (Row & { count: number })[]
  if (hits[0]!.count > MANY) return many ? newer : newestWith(database, city, branches, wanted, text, NEWEST[1])
  return hits[0]!.id === null ? [] : hits
}

/** How many records satisfy a query, as the planner guesses from how common each pair is: told in a moment, and never exact. */
async function guessed(database: Database, city: string, kind: string, query: string): Promise<number> {
  const { rows } = await database.query(
    'explain (format json) select 1 from search s where s.city = $1 and s.kind = $2 and s.tokens @@ $3::tsquery',
    [city, kind, query],
  )
  const [{ Plan }] = rows[0]!['QUERY PLAN'] as [{ readonly Plan: { readonly 'Plan Rows': number } }]
  return Plan['Plan Rows']
}

/** Those of the newest records that contain every word: words which many contain are soon met on the way back in time. */
async function newestWith(
  database: Database,
  city: string,
  branches: readonly Branch[],
  wanted: Searched,
  text: string,
  among: number,
): Promise<readonly Row[]> {
  const given = parameters(city, wanted.kind, patternsOf(text), wanted.limit, among)
  const conditions = conditionsOf({ ...wanted, order: 'created' }, given)
  const apart = apartOf(branches)
  const newest = (apart.length > APART ? branches : apart).map((branch) => {
    if (branch.by !== 'party' || branch.who.length > 1)
      return `select ${COLUMNS} from record r where ${waySql(branch, conditions, given)} order by r.created desc limit $5`
    const seen = ['r.city = $1', 'r.kind = $2', 'r.id = p.id', ...levelSql(branch), ...conditions].join(' and ')
    return `select ${COLUMNS} from (select id from party where city = $1 and kind = $2 and who = ${given.add(branch.who[0])}
       order by created desc limit $5) p cross join lateral (select * from record r where ${seen} limit 1) r`
  })
  const ways = newest.map(
    (way) => `(select r.* from (${way}) r
     cross join lateral (
       select 1 from search s where s.city = $1 and s.kind = $2 and s.id = r.id and s.words like all ($3::text[]) limit 1
     ) s order by r.created desc limit $4)`,
  )
  const { rows } = await database.query(ways.join(' union all '), given.values)
  return merged(rows as unknown as Row[], byCreated).slice(0, wanted.limit)
}

export type UnitCount = {
  readonly unit: string | null
  readonly open: number
  readonly overdue: number
  readonly soon: number
  readonly stopped: number
}

/** Open records by the unit that owes them: how many, how many are late, due within two days, or without a running clock. */
export async function countByUnit(
  database: Database,
  city: string,
  branches: readonly Branch[],
  kind: string,
  now: string,
): Promise<readonly UnitCount[]> {
  if (branches.length === 0) return []
  const given = parameters(city, kind, now)
  const ways = eachOnce(branches, ['r.open'], true, given).map((way) => `(select r.unit, r.due ${way})`)
  const { rows } = await database.query(
    `select r.unit, count(*) as open, count(*) filter (where r.due < $3) as overdue,
            count(*) filter (where r.due >= $3 and r.due < $3::timestamptz + interval '2 days') as soon,
            count(*) filter (where r.due is null) as stopped
     from (${ways.join(' union all ')}) r
     group by r.unit order by overdue desc, open desc`,
    given.values,
  )
  return rows as unknown as UnitCount[]
}

type Like = { readonly kind: string; readonly id: string; readonly title: string }

/** The open records most like this one in their words, among at most five hundred that share a pair of signs with it. */
export async function similarRecords(
  database: Database,
  city: string,
  branches: readonly Branch[],
  like: Like,
  limit: number,
): Promise<readonly Row[]> {
  return (await alike(database, city, branches, like, 'r.open'))
    .filter((one) => one.likeness >= 0.3)
    .slice(0, limit)
    .map((one) => one.row)
}

export type Earlier = { readonly unit: string; readonly count: number }

/** The units to which earlier records in like words were sent, the likeliest first. */
export async function earlierUnits(
  database: Database,
  city: string,
  branches: readonly Branch[],
  like: Like,
  limit: number,
): Promise<readonly Earlier[]> {
  const units = new Map<string, { count: number; weight: number }>()
  for (const { row, likeness: weight } of await alike(database, city, branches, like, 'r.unit is not null')) {
    if (weight < 0.15) continue
    const known = units.get(row.unit!) ?? { count: 0, weight: 0 }
    units.set(row.unit!, { count: known.count + 1, weight: known.weight + weight })
  }
  return [...units]
    .toSorted(([, a], [, b]) => b.weight - a.weight)
    .slice(0, limit)
    .map(([unit, { count }]) => ({ unit, count }))
}

async function alike(database: Database, city: string, branches: readonly Branch[], like: Like, condition: string) {
  const query = anyOf(like.title, like.kind, branches)
  if (query === null || branches.length === 0) return []
  const given = parameters(city, like.kind, query, like.id)
  const seen = visibleSql(branches, given)
  const { rows } = await database.query(
    `select ${COLUMNS} from (
       select s.id from search s where s.city = $1 and s.kind = $2 and s.tokens @@ $3::tsquery and s.id <> $4 limit 500
     ) s join record r on r.city = $1 and r.kind = $2 and r.id = s.id and ${condition} where ${seen}`,
    given.values,
  )
  return (rows as unknown as Row[])
    .map((row) => ({ row, likeness: likeness(like.title, row.title) }))
    .toSorted((a, b) => b.likeness - a.likeness)
}

export async function findRecord(database: Database, city: string, kind: string, id: string): Promise<Row | undefined> {
  const { rows } = await database.fast(
    'find-record',
    `select ${COLUMNS} from record r where r.city = $1 and r.kind = $2 and r.id = $3`,
    [city, kind, id],
  )
  return rows[0] as unknown as Row | undefined
}

export type EventRow = {
  readonly position: number
  readonly version: number
  readonly type: string
  readonly type_version: number
  readonly data: Readonly<Record<string, unknown>>
  readonly actor: string
  readonly via: string
  readonly at: Date
  readonly law: number
  readonly cause: string | null
}

/** Everything that happened to a record, oldest first. */
export async function historyOf(
  database: Database,
  city: string,
  kind: string,
  id: string,
): Promise<readonly EventRow[]> {
  const { rows } = await database.fast(
    'history',
    `select position, version, type, type_version, data, actor, via, at, law, cause from event
     where city = $1 and kind = $2 and record = $3 order by version`,
    [city, kind, id],
  )
  return rows as unknown as EventRow[]
}

function conditionsOf(wanted: Wanted, given: Parameters): string[] {
  const conditions: string[] = []
  if (wanted.ids) conditions.push(`r.id = any (${given.add(wanted.ids)})`)
  if (wanted.open === true) conditions.push('r.open')
  if (wanted.open === false) conditions.push('not r.open')
  if (wanted.phases) conditions.push(`r.phase = any (${given.add(wanted.phases)})`)
  if (wanted.units) conditions.push(`r.unit = any (${given.add(wanted.units)})`)
  if (wanted.facets && Object.keys(wanted.facets).length > 0)
    conditions.push(`r.facets @> ${given.add(JSON.stringify(wanted.facets))}::jsonb`)
  if (wanted.who)
    conditions.push(
      `(r.kind, r.id) in (select p.kind, p.id from party p where p.city = r.city and p.who = any (${given.add(wanted.who)}))`,
    )
  if (wanted.clock) conditions.push(clockSql(wanted.clock, given))
  const cursor = wanted.after === undefined ? undefined : cursorFrom(wanted.after, wanted.order)
  if (cursor) conditions.push(afterSql(cursor, wanted.order, given))
  return conditions
}

/** The same four parts into which `countByUnit` divides what is open. */
function clockSql({ is, now }: NonNullable<Wanted['clock']>, given: Parameters): string {
  if (is === 'stopped') return 'r.open and r.due is null'
  const at = `${given.add(now)}::timestamptz`
  const soon = `${at} + interval '2 days'`
  const due = { overdue: `r.due < ${at}`, soon: `r.due >= ${at} and r.due < ${soon}`, 'in-time': `r.due >= ${soon}` }
  return `r.open and ${due[is]}`
}

type Cursor = { readonly at: string | null; readonly id: string }

function afterSql(cursor: Cursor, order: Wanted['order'], given: Parameters): string {
  const id = given.add(cursor.id)
  if (cursor.at === null) return `(r.due is null and r.id > ${id})`
  const at = `${given.add(cursor.at)}::timestamptz`
  return order === 'due'
    ? `(r.due > ${at} or r.due is null or (r.due = ${at} and r.id > ${id}))`
    : `(r.created ${order === 'oldest' ? '>' : '<'} ${at} or (r.created = ${at} and r.id > ${id}))`
}

function cursorOf(row: Row, order: Wanted['order']): string {
  const at = order === 'due' ? row.due : row.created
  return Buffer.from(JSON.stringify([order, at?.toISOString() ?? null, row.id])).toString('base64url')
}

/** A cursor that is not ours is as good as none: the list begins again. */
function cursorFrom(text: string, order: Wanted['order']): Cursor | undefined {
  try {
    const [of, at, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, string | null, string]
    if (of !== order || typeof id !== 'string' || (at !== null && Number.isNaN(Date.parse(at)))) return undefined
    return { at, id }
  } catch {
    return undefined
  }
}
