// Search in the words of records, and which records are in like words; each through the access predicate.
import type { Branch } from '../kernel/access.ts'
import { dateOf, moment } from '../kernel/clock/date.ts'
import type { Database } from './connection.ts'
import { APART, apartOf, byCreated, conditionsOf, merged, waySql, type Wanted } from './read.ts'
import { COLUMNS, type Row } from './row.ts'
import { lately, likeness, neededBy, patternsOf, queryOf, sharing, type Needed } from './token.ts'
import { levelSql, parameters, visibleSql, type Parameters } from './visible.ts'

/** Up to so many that are found are told from each other by where the words stand; of more, the newest are shown. */
const MANY = 500
/** Where so many are likely to hold the words, the newest are looked for at once. */
const LIKELY = 5000
/** How many of the newest are gone through, and from which share of the records on that finds enough of them. */
const NEWEST = { count: 400, share: 0.03 } as const

/** What holds the words: reached by its tokens and by nothing else, whatever the planner knows of the table. */
const HOLDING = `(select * from search where tokens @@ $5::tsquery offset 0) s
  where s.city = $1 and s.kind = $2 and s.words like all ($3::text[])`

type Searched = Omit<Wanted, 'order' | 'after'>

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
  const { share, likely, needed } = await weighed(database, all)
  const search: Search = { database, city, branches, wanted, text }
  if (likely <= LIKELY) {
    const ranked = await rankedWith(search, needed)
    // So many are found that there are enough of the last two months, and not all too many.
    return ranked ?? latestWith(search, needed, 'months')
  }
  if (share >= NEWEST.share) {
    const newest = await newestWith(search)
    if (newest.length === wanted.limit) return newest
  }
  return latestWith(search, needed, 'weeks')
}

/** All that contain the words, by where they do; undefined when that is more than can be compared. */
async function rankedWith(search: Search, needed: Needed): Promise<readonly Row[] | undefined> {
  const { database, city, wanted, text } = search
  const given = parameters(city, wanted.kind, patternsOf(text), wanted.limit, queryOf(needed), MANY)
  const { rows } = await database.query(
    `with found as materialized (
       select s.id, s.created, position(trim(both '%' from ($3::text[])[1]) in s.words) as at, length(s.words) as long from ${HOLDING} limit $6 + 1
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

/** The newest that contain the words: of the last weeks or months, and if that is not as many as are wanted, of all times. */
async function latestWith(search: Search, needed: Needed, first: 'weeks' | 'months'): Promise<readonly Row[]> {
  const { database, city, wanted, text } = search
  const { kind, limit } = wanted
  const { rows: ends } = await database.fast(
    'newest',
    'select created from record where city = $1 and kind = $2 order by created desc limit 1',
    [city, kind],
  )
  if (ends.length === 0) return []
  const newest = dateOf(moment((ends[0]!['created'] as Date).getTime()))
  const { weeks, months } = lately(kind, newest)
  const during = async (times: readonly string[] | undefined, most: number) => {
    const given = parameters(city, kind, patternsOf(text), most, queryOf(needed, times))
    const { rows } = await database.query(
      `select ${COLUMNS} from (select s.id, s.created from ${HOLDING} order by s.created desc, s.id) f
       ${seenOf(search, given)} order by f.created desc, f.id limit $4`,
      given.values,
    )
    return rows as unknown as Row[]
  }
  let found: readonly Row[] = []
  if (first === 'months') found = await during(months, limit)
  else
    // One stretch of weeks goes on where the one before it ended.
    for (const stretch of weeks)
      if (found.length < limit) found = [...found, ...(await during(stretch, limit - found.length))]
  return found.length < limit ? during(undefined, limit) : found
}

/** The records of what was found as `f`, in its order, as far as they are seen and wanted. */
function seenOf({ branches, wanted }: Search, given: Parameters): string {
  const seen = [visibleSql(branches, given), ...conditionsOf({ ...wanted, order: 'created' }, given)].join(' and ')
  return `cross join lateral (select * from record r where r.city = $1 and r.kind = $2 and r.id = f.id and ${seen} limit 1) r`
}

/** How common tokens are, as the database last counted them in a sample. */
type Shares = {
  readonly at: number
  readonly rows: number
  readonly of: ReadonlyMap<string, number>
  /** What is taken for the share of a token that is not among them. */
  readonly rare: number
}

/** So long they are believed, in milliseconds: they change when the table has grown by a tenth. */
const BELIEVED = 60_000
const shares = new WeakMap<Database, Shares>()

/** Each pair that is looked for costs time, and the words themselves are compared anyway: a few that are rare are enough. */
const FEW = 3
const RARER = 4

/**
 * The share of the records that hold the words, at most; how many of them are likely to be for whoever looks; and what finds
 * them: of the pairs those that tell most.
 */
async function weighed(
  database: Database,
  all: Needed,
): Promise<{ readonly share: number; readonly likely: number; readonly needed: Needed }> {
  const known = shares.get(database)
  const { rows, of, rare } = known && Date.now() - known.at < BELIEVED ? known : await sharesIn(database)
  const shareOf = (token: string) => of.get(token) ?? rare
  const { kind, marks = [`@${kind}`] } = all
  const share = Math.min(1, ...all.pairs.map(shareOf))
  const theirs = marks.reduce((sum, mark) => sum + shareOf(mark), 0)
  const pairs = all.pairs
    .toSorted((a, b) => shareOf(a) - shareOf(b))
    .slice(0, FEW)
    .filter((pair) => shareOf(pair) <= RARER * share)
  return { share, likely: rows * share * Math.min(1, theirs, shareOf(`@${kind}`)), needed: { ...all, pairs } }
}

async function sharesIn(database: Database): Promise<Shares> {
  const { rows } = await database.query(
    `select c.reltuples::float8 as rows, t.token, t.share from pg_class c
     left join pg_stats s on s.schemaname = 'public' and s.tablename = 'search' and s.attname = 'tokens'
     left join lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) t (token, share) on t.token is not null
     where c.oid = 'public.search'::regclass`,
  )
  const counted = rows as unknown as { rows: number; token: string | null; share: number | null }[]
  const of = new Map(counted.flatMap(({ token, share }) => (token === null ? [] : [[token, share!]])))
  const found = { at: Date.now(), rows: Math.max(0, counted[0]!.rows), of, rare: Math.min(0.005, ...of.values()) / 2 }
  shares.set(database, found)
  return found
}

/** Those of the newest records that contain every word: words which many contain are soon met on the way back in time. */
async function newestWith({ database, city, branches, wanted, text }: Search): Promise<readonly Row[]> {
  const given = parameters(city, wanted.kind, patternsOf(text), wanted.limit, NEWEST.count)
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
