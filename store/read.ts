// Lists, counts and one record, each through the access predicate.
import type { Branch } from '../kernel/access.ts'
import { nameOf, type Database } from './connection.ts'
import { rowsAt, type Stamp } from './kept.ts'
import { COLUMNS, type Row } from './row.ts'
import { branchSql, levelSql, parameters, type Parameters } from './visible.ts'

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
export const APART = 6

/** The same ways in, each to one unit or to one who has a part. */
export function apartOf(branches: readonly Branch[]): readonly Branch[] {
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
export function waySql(branch: Branch, conditions: readonly string[], given: Parameters): string {
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
export function merged<T extends Placed>(rows: readonly T[], order: Compare): readonly T[] {
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

export function conditionsOf(wanted: Wanted, given: Parameters): string[] {
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
  const cursor = wanted.after === undefined ? undefined : cursorFrom(wanted.after, wanted.kind, wanted.order)
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

const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

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
  return Buffer.from(JSON.stringify([order, at?.toISOString() ?? null, row.id, row.kind])).toString('base64url')
}

/** Whether a text is the cursor of a page of this kind in this order. */
export function isCursor(text: string, kind: string, order: Wanted['order']): boolean {
  return cursorFrom(text, kind, order) !== undefined
}

/** A cursor that is not ours is as good as none: the list begins again. */
function cursorFrom(text: string, kind: string, order: Wanted['order']): Cursor | undefined {
  try {
    const parts = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, string | null, string, string]
    const [of, at, id, whose] = parts
    if (whose !== kind) return undefined
    const placed = at === null ? order === 'due' : typeof at === 'string' && MOMENT.test(at)
    if (of !== order || typeof id !== 'string' || !placed || (at !== null && Number.isNaN(Date.parse(at))))
      return undefined
    return { at, id }
  } catch {
    return undefined
  }
}
