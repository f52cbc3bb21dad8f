// Search in the words of records, and which records are in like words; each through the access predicate.
import type { Branch } from '../kernel/access.ts'
import type { Database } from './connection.ts'
import { APART, apartOf, byCreated, conditionsOf, merged, waySql, type Wanted } from './read.ts'
import { COLUMNS, type Row } from './row.ts'
import { anyOf, likeness, patternsOf, queryOf } from './token.ts'
import { levelSql, parameters, visibleSql } from './visible.ts'

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
