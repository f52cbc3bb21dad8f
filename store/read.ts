// Lists, search and one record, each through the access predicate.
import type { Branch } from '../kernel/access.ts'
import type { Database } from './connection.ts'
import { anyOf, likeness, patternsOf, queryOf } from './token.ts'
import { branchSql, parameters, visibleSql, type Parameters } from './visible.ts'

export type Row = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly phase: string
  readonly open: boolean
  readonly title: string
  readonly unit: string | null
  readonly level: number
  readonly facets: Readonly<Record<string, string>>
  readonly due: Date | null
  readonly provisional: boolean
  readonly created: Date
  readonly changed: Date
  readonly state: { readonly phase: string }
}

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

const SORT: Readonly<Record<Order, string>> = {
  due: 'due asc nulls last, id asc',
  created: 'created desc, id asc',
  oldest: 'created asc, id asc',
}

export type Page = { readonly items: readonly Row[]; readonly next: string | null }

const COLUMNS =
  'r.kind, r.id, r.version, r.phase, r.open, r.title, r.unit, r.level, r.facets, r.due, r.provisional, r.created, r.changed, r.state'

/**
 * A page of records. Each way in is read by its own index and the best of all are kept, so that a clerk's list of twenty
 * among a million costs twenty rows, not a million.
 */
export async function listRecords(
  database: Database,
  city: string,
  branches: readonly Branch[],
  wanted: Wanted,
): Promise<Page> {
  if (branches.length === 0) return { items: [], next: null }
  const given = parameters(city, wanted.kind)
  const sort = SORT[wanted.order]
  const conditions = conditionsOf(wanted, given)
  const limit = given.add(wanted.limit + 1)
  const ways = branches.map((branch) => {
    const where = `r.city = $1 and r.kind = $2 and ${[branchSql(branch, given), ...conditions].join(' and ')}`
    return `(select ${COLUMNS} from record r where ${where} order by r.${sort.replace(', id', ', r.id')} limit ${limit})`
  })
  const text =
    ways.length === 1 ? ways[0]! : `select * from (${ways.join(' union ')}) found order by ${sort} limit ${limit}`
  const { rows } = await database.query(text, given.values)
  const items = rows as unknown as Row[]
  const page = items.slice(0, wanted.limit)
  const last = page.at(-1)
  return { items: page, next: items.length > wanted.limit && last ? cursorOf(last, wanted.order) : null }
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
  const where = `r.city = $1 and r.kind = $2 and ${[visibleSql(branches, given), ...conditions].join(' and ')}`
  const { rows } = await database.query(
    `select count(*) as n from (select 1 from record r where ${where} limit ${most}) c`,
    given.values,
  )
  return rows[0]!['n'] as number
}

/** Records of a kind that contain every word and are wanted, the earliest mention first. */
export async function searchRecords(
  database: Database,
  city: string,
  branches: readonly Branch[],
  wanted: Omit<Wanted, 'order' | 'after'>,
  text: string,
): Promise<readonly Row[]> {
  const query = queryOf(text)
  if (query === null || branches.length === 0) return []
  const given = parameters(city, [wanted.kind], query, patternsOf(text), Math.max(200, wanted.limit))
  const conditions = conditionsOf({ ...wanted, order: 'created' }, given)
  const seen = [visibleSql(branches, given), ...conditions].join(' and ')
  const { rows } = await database.query(
    `select ${COLUMNS} from (
       select s.kind, s.id, s.words from search s
       where s.city = $1 and s.kind = any ($2) and s.tokens @@ $3::tsquery and s.words like all ($4) limit $5
     ) s join record r on r.city = $1 and r.kind = s.kind and r.id = s.id
     where ${seen} order by position(trim(both '%' from ($4::text[])[1]) in s.words), length(s.words), r.id limit ${given.add(wanted.limit)}`,
    given.values,
  )
  return rows as unknown as Row[]
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
  const { rows } = await database.query(
    `select r.unit, count(*) as open, count(*) filter (where r.due < $3) as overdue,
            count(*) filter (where r.due >= $3 and r.due < $3::timestamptz + interval '2 days') as soon,
            count(*) filter (where r.due is null) as stopped
     from record r where r.city = $1 and r.kind = $2 and r.open and ${visibleSql(branches, given)}
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
  const query = anyOf(like.title)
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
