// Search in the words of records, and which records are in like words; each through the access predicate.
import type { Branch } from '../kernel/access.ts'
import { dateOf, dayOf, moment, momentIn, type CivilDate } from '../kernel/clock/date.ts'
import type { Database } from './connection.ts'
import { APART, apartOf, conditionsOf, waySql } from './read.ts'
import { COLUMNS, type Row } from './row.ts'
import { lately, likeness, neededBy, patternsOf, queryOf, sharing, type Needed, type Stretch } from './token.ts'
import { parameters, visibleSql, type Parameters } from './visible.ts'
import { weighed, type Searched } from './weigh.ts'

/** Up to so many that are found are told from each other by where the words stand; of more, the newest are shown. */
const MANY = 500
/** Where so many are likely to hold the words, the newest are looked for at once. */
const LIKELY = 2000
/**
 * So many records that are wanted are rather compared with the words one by one than looked for by their words; and more, unless so
 * many times what a page has are likely to hold the words, and are met on the way back in time.
 */
const NARROW = { always: 3000, most: 10_000, soon: 10 } as const
/** So many of the newest are gone through at most, where enough of them are likely to hold the words. */
const NEWEST = 400
/** First so many are looked at that they are likely to hold as many times what is wanted. */
const AMPLE = 2

/** What holds the words: reached by its tokens and by nothing else, whatever the planner knows of the table. */
const HOLDING = `(select * from search where tokens @@ $5::tsquery offset 0) s
  where s.city = $1 and s.kind = $2 and s.words like all ($3::text[])`

/** Where the first word stands, and among how much. */
const PLACE = `position(trim(both '%' from ($3::text[])[1]) in s.words) as at, length(s.words) as long`

/** What is asked, and for whom. */
type Search = {
  readonly database: Database
  readonly city: string
  readonly branches: readonly Branch[]
  readonly wanted: Searched
  readonly text: string
}

/** Records that are wanted and contain every word: the earliest mention first, or of more than can be compared the newest first. */
export async function searchRecords(
  database: Database,
  city: string,
  branches: readonly Branch[],
  wanted: Searched,
  text: string,
): Promise<readonly Row[]> {
  const all = neededBy(text, wanted.kind, branches)
  if (all === null) return []
  const { share, likely, narrowed, needed } = await weighed(database, all, wanted)
  const search: Search = { database, city, branches, wanted, text }
  const most = narrowed * share < NARROW.soon * wanted.limit ? NARROW.most : NARROW.always
  if (narrowed <= Math.min(most, likely)) return narrowedWith(search)
  if (likely <= LIKELY) return (await rankedWith(search, needed)) ?? latestWith(search, needed, likely)
  const enough = Math.ceil((AMPLE * wanted.limit) / share)
  if (enough <= NEWEST) {
    const newest = await newestWith(search, enough)
    if (newest.length === wanted.limit) return newest
  }
  return latestWith(search, needed, likely)
}

/** Those of the few that are wanted which contain the words, in the order of a search. */
async function narrowedWith({ database, city, branches, wanted, text }: Search): Promise<readonly Row[]> {
  const given = parameters(city, wanted.kind, patternsOf(text), wanted.limit, MANY)
  const seen = [visibleSql(branches, given), ...conditionsOf({ ...wanted, order: 'created' }, given)].join(' and ')
  const { rows } = await database.query(
    `with found as materialized (
       select ${COLUMNS}, s.at, s.long from (select * from record r where r.city = $1 and r.kind = $2 and ${seen} offset 0) r
       cross join lateral (
         select ${PLACE} from search s where s.city = $1 and s.kind = $2 and s.id = r.id and s.words like all ($3::text[]) limit 1
       ) s
     )
     select ${COLUMNS} from found r, (select count(*) <= $5 as few from found) n
     order by case when n.few then r.at end, case when n.few then r.long end, r.created desc, r.id limit $4`,
    given.values,
  )
  return rows as unknown as Row[]
}

/** All that contain the words, by where they do; undefined when that is more than can be compared. */
async function rankedWith(search: Search, needed: Needed): Promise<readonly Row[] | undefined> {
  const { database, city, wanted, text } = search
  const given = parameters(city, wanted.kind, patternsOf(text), wanted.limit, queryOf(needed), MANY)
  const { rows } = await database.query(
    `with found as materialized (
       select s.id, s.created, ${PLACE} from ${HOLDING} limit $6 + 1
     )
     select n.count, hit.* from (select count(*) as count from found) n left join lateral (
       select ${COLUMNS} from (select * from found where n.count <= $6 order by at, long, created desc, id) f
       ${seenOf(search, given)} order by f.at, f.long, f.created desc, f.id limit $4
     ) hit on true`,
    given.values,
  )
  const hits = rows as unknown as (Row & { count: number })[]
  if (hits[0]!.count > MANY) return undefined
  return hits[0]!.id === null ? [] : hits
}

/** The newest that contain the words: stretch by stretch on the way back in time, until there are as many as are wanted. */
async function latestWith(search: Search, needed: Needed, likely: number): Promise<readonly Row[]> {
  const { database, city, wanted, text } = search
  const { kind, limit } = wanted
  const { rows: ends } = await database.fast(
    'ends',
    `select newest.created as newest, oldest.created as oldest from
       (select created from record where city = $1 and kind = $2 order by created desc limit 1) newest,
       (select created from record where city = $1 and kind = $2 order by created limit 1) oldest`,
    [city, kind],
  )
  if (ends.length === 0) return []
  const [newest, oldest] = [dateAt(ends[0]!['newest']), dateAt(ends[0]!['oldest'])]
  const days = dayOf(newest) - dayOf(oldest) + 1
  const stretches = lately(newest, Math.ceil((AMPLE * limit * days) / Math.max(1, likely)))
  const during = async (most: number, before?: CivilDate, stretch?: Stretch) => {
    const given = parameters(city, kind, patternsOf(text), most, queryOf(needed, stretch?.pieces))
    const begin = (date: CivilDate) => `${given.add(moment(momentIn(dayOf(date), 0)))}::timestamptz`
    const times = [
      ...(stretch ? [` and s.created >= ${begin(stretch.from)}`] : []),
      ...(before ? [` and s.created < ${begin(before)}`] : []),
    ]
    const { rows } = await database.query(
      `select ${COLUMNS} from (select s.id, s.created from ${HOLDING}${times.join('')} order by s.created desc, s.id) f
       ${seenOf(search, given)} order by f.created desc, f.id limit $4`,
      given.values,
    )
    return rows as unknown as Row[]
  }
  let found: readonly Row[] = []
  let before: CivilDate | undefined
  for (const stretch of stretches) {
    found = [...found, ...(await during(limit - found.length, before, stretch))]
    if (found.length === limit || stretch.from <= oldest) return found
    before = stretch.from
  }
  return [...found, ...(await during(limit - found.length, before))]
}

function dateAt(at: unknown): CivilDate {
  return dateOf(moment((at as Date).getTime()))
}

/** The records of what was found as `f`, in its order, as far as they are seen and wanted. */
function seenOf({ branches, wanted }: Search, given: Parameters): string {
  const seen = [visibleSql(branches, given), ...conditionsOf({ ...wanted, order: 'created' }, given)].join(' and ')
  return `cross join lateral (select * from record r where r.city = $1 and r.kind = $2 and r.id = f.id and ${seen} limit 1) r`
}

/** Those of so many newest that contain every word: words which many contain are soon met on the way back in time. */
async function newestWith(search: Search, count: number): Promise<readonly Row[]> {
  const { database, city, branches, wanted, text } = search
  const given = parameters(city, wanted.kind, patternsOf(text), wanted.limit, count)
  const apart = apartOf(branches)
  const ways = (apart.length > APART ? branches : apart).map((branch) =>
    branch.by === 'party'
      ? `select id, created from party where city = $1 and kind = $2 and ${oneOf('who', branch.who, given)} order by created desc limit $5`
      : `select id, created from record r where ${waySql(branch, [], given)} order by created desc limit $5`,
  )
  const { rows } = await database.query(
    `select ${COLUMNS} from (
       select id, created from (${ways.map((way) => `(${way})`).join(' union ')}) newest order by created desc, id limit $5
     ) f
     cross join lateral (
       select 1 from search s where s.city = $1 and s.kind = $2 and s.id = f.id and s.words like all ($3::text[]) limit 1
     ) s
     ${seenOf(search, given)} order by f.created desc, f.id limit $4`,
    given.values,
  )
  return rows as unknown as Row[]
}

function oneOf(column: string, values: readonly string[], given: Parameters): string {
  return values.length === 1 ? `${column} = ${given.add(values[0])}` : `${column} = any (${given.add(values)})`
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
  const query = sharing(like.title, like.kind, branches)
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
