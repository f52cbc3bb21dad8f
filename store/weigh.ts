// How common words are, and how many records are wanted: by which a search decides how it goes about it.
import type { Database } from './connection.ts'
import type { Wanted } from './read.ts'
import type { Needed } from './token.ts'

export type Searched = Omit<Wanted, 'order' | 'after'>

/** How common tokens are, as the database last counted them in a sample. */
type Shares = {
  readonly at: number
  readonly rows: number
  readonly of: ReadonlyMap<string, number>
  /** What is taken for the share of a token that is not among them. */
  readonly rare: number
  /** The shares of the phases, as far as they are common, and that of what is open. */
  readonly phases: ReadonlyMap<string, number>
  readonly open: number
}

/** So long they are believed, in milliseconds: they change when the table has grown by a tenth. */
const BELIEVED = 60_000
const shares = new WeakMap<Database, Shares>()

/** Each pair that is looked for costs time, and the words themselves are compared anyway: a few that are rare are enough. */
const FEW = 3
const RARER = 4

type Weighed = {
  /** The share of the records that hold the words, at most. */
  readonly share: number
  /** How many of them are likely to be for whoever looks. */
  readonly likely: number
  /** How many records are wanted whatever their words, at most. */
  readonly narrowed: number
  /** What finds the words: of the pairs those that tell most. */
  readonly needed: Needed
}

/** How much a search is likely to find, and with what it is best begun. */
export async function weighed(database: Database, all: Needed, wanted: Searched): Promise<Weighed> {
  const known = await sharesOf(database)
  const { rows, of, rare } = known
  const shareOf = (token: string) => of.get(token) ?? rare
  const { kind, marks = [`@${kind}`] } = all
  const share = Math.min(1, ...all.pairs.map(shareOf))
  const theirs = marks.reduce((sum, mark) => sum + shareOf(mark), 0)
  const pairs = all.pairs
    .toSorted((a, b) => shareOf(a) - shareOf(b))
    .slice(0, FEW)
    .filter((pair) => shareOf(pair) <= RARER * share)
  return {
    share,
    likely: rows * share * Math.min(1, theirs, shareOf(`@${kind}`)),
    narrowed: wanted.ids?.length ?? Math.max(1, rows) * narrowTo(wanted, known) * Math.min(1, theirs),
    needed: { ...all, pairs },
  }
}

/** The share of the records that are in the wanted phases or open; where nothing narrows them, the words find them sooner. */
function narrowTo({ phases, open, clock }: Searched, known: Shares): number {
  if (phases) return phases.reduce((sum, phase) => sum + (known.phases.get(phase) ?? 0), 0)
  return open === true || clock ? known.open : Infinity
}

/** Those that are known; when they are old, they are asked for again beside. */
async function sharesOf(database: Database): Promise<Shares> {
  const known = shares.get(database)
  if (known === undefined) return sharesIn(database)
  if (Date.now() - known.at > BELIEVED) {
    shares.set(database, { ...known, at: Date.now() })
    sharesIn(database).catch(() => undefined)
  }
  return known
}

async function sharesIn(database: Database): Promise<Shares> {
  const { rows } = await database.query(
    `select c.reltuples::float8 as rows, t.token, t.share from pg_class c
     left join pg_stats s on s.schemaname = 'public' and s.tablename = 'search' and s.attname = 'tokens'
     left join lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) t (token, share) on t.token is not null
     where c.oid = 'public.search'::regclass`,
  )
  const { rows: columns } = await database.query(
    `select s.attname as name, v.value, v.share from pg_stats s
     cross join lateral unnest(s.most_common_vals::text::text[], s.most_common_freqs) v (value, share)
     where s.schemaname = 'public' and s.tablename = 'record' and s.attname in ('phase', 'open')`,
  )
  const counted = rows as unknown as { rows: number; token: string | null; share: number | null }[]
  const values = columns as unknown as { name: string; value: string; share: number }[]
  const of = new Map(counted.flatMap(({ token, share }) => (token === null ? [] : [[token, share!]])))
  const found = {
    at: Date.now(),
    rows: Math.max(0, counted[0]!.rows),
    of,
    rare: Math.min(0.005, ...of.values()) / 2,
    phases: new Map(values.flatMap(({ name, value, share }) => (name === 'phase' ? [[value, share]] : []))),
    open: values.find(({ name, value }) => name === 'open' && value === 't')?.share ?? 0,
  }
  shares.set(database, found)
  return found
}
