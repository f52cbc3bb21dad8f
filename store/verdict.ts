// Who is entitled to what, as kept from the last time the ledger was read: a bit for each enterprise and benefit, and who it was before.
import type { CivilDate } from '../kernel/clock/date.ts'
import type { Database, Rows } from './connection.ts'
import type { Asked } from './tally.ts'

/** Enterprises of a block. */
export const BLOCK = 4096
const BYTES = BLOCK / 8

/** Up to where the ledger has been read, on which day, and since which day it is known who was entitled. */
export type Mark = {
  readonly position: number
  readonly day: CivilDate
  readonly since: CivilDate
  readonly round: number
}

/** A bit for each enterprise by its number; always whole blocks. Bit n is bit n % 8 of byte n / 8. */
export type Bits = { readonly isTrue: Uint8Array; readonly mayBe: Uint8Array }

export type Numbered = {
  readonly n: number
  readonly id: string
  readonly title: string
  readonly listed: boolean
  /** The first day on which time alone may change its facts; null where none can. */
  readonly turns: CivilDate | null
}

/** One block of one benefit as it is from now on. */
export type Block = { readonly benefit: string; readonly block: number } & Bits

export type Written = {
  readonly mark: Pick<Mark, 'position' | 'day'>
  /** The mark from which this was worked out; undefined where there was none. */
  readonly from: Mark | undefined
  readonly firms: readonly Numbered[]
  readonly blocks: readonly Block[]
  /** Benefits that are given now and were not, or by another edition. */
  readonly given: readonly { readonly benefit: string; readonly edition: number }[]
  readonly ended: readonly string[]
}

export function emptyBits(firms: number): Bits {
  const bytes = Math.ceil(firms / BLOCK) * BYTES
  return { isTrue: new Uint8Array(bytes), mayBe: new Uint8Array(bytes) }
}

export function setBitIn(bits: Uint8Array, n: number, is: boolean): void {
  if (is) bits[n >> 3]! |= 1 << (n & 7)
  else bits[n >> 3]! &= ~(1 << (n & 7))
}

export function hasBitIn(bits: Uint8Array, n: number): boolean {
  return ((bits[n >> 3]! >> (n & 7)) & 1) === 1
}

/** The block at this place of bits. */
export function blockOf(benefit: string, block: number, { isTrue, mayBe }: Bits): Block {
  const of = (bits: Uint8Array) => bits.subarray(block * BYTES, (block + 1) * BYTES)
  return { benefit, block, isTrue: of(isTrue), mayBe: of(mayBe) }
}

export async function findMark(database: Asked, city: string): Promise<Mark | undefined> {
  const { rows } = await database.query('select position, day, since, round from verdict_mark where city = $1', [city])
  return rows[0] as Mark | undefined
}

export async function listGiven(database: Asked, city: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await database.query('select benefit, edition from verdict_given where city = $1', [city])
  return new Map(rows.map(({ benefit, edition }) => [benefit as string, edition as number]))
}

/** All enterprises that have a number, or those of these ids. */
export async function listNumbered(
  database: Asked,
  city: string,
  ids?: readonly string[],
): Promise<readonly Numbered[]> {
  const { rows } = await database.query(
    `select n, id, title, listed, turns from verdict_firm where city = $1 and ($2::text[] is null or id = any ($2)) order by n`,
    [city, ids ?? null],
  )
  return rows as unknown as readonly Numbered[]
}

/** The next number that no enterprise has. */
export async function nextNumber(database: Asked, city: string): Promise<number> {
  const { rows } = await database.query('select coalesce(max(n) + 1, 0) as n from verdict_firm where city = $1', [city])
  return rows[0]!['n'] as number
}

/** Those for whom a day has come on which time alone may change something. */
export async function listTurned(database: Asked, city: string, day: CivilDate): Promise<readonly string[]> {
  const { rows } = await database.query('select id from verdict_firm where city = $1 and turns <= $2', [city, day])
  return rows.map(({ id }) => id as string)
}

/** What is kept of these blocks, of all benefits; one that is not there is empty. */
export async function listBlocks(database: Asked, city: string, blocks?: readonly number[]): Promise<readonly Block[]> {
  const { rows } = await database.query(
    `select benefit, block, is_true as "isTrue", may_be as "mayBe" from verdict
     where city = $1 and ($2::int[] is null or block = any ($2)) order by benefit, block`,
    [city, blocks ?? null],
  )
  return rows as unknown as readonly Block[]
}

/** The bits of one benefit. */
export async function findBits(database: Asked, city: string, benefit: string): Promise<Bits> {
  const { rows } = await database.query(
    `select coalesce(string_agg(is_true, '' order by block), '') as "isTrue",
       coalesce(string_agg(may_be, '' order by block), '') as "mayBe"
     from verdict where city = $1 and benefit = $2`,
    [city, benefit],
  )
  return rows[0] as unknown as Bits
}

/** Of whom it was true when this day began. Before the first day that is known it is as on that day. */
export async function findBitsOn(database: Asked, city: string, benefit: string, day: CivilDate): Promise<Uint8Array> {
  const { rows } = await database.query(
    `select coalesce(string_agg(coalesce(w.is_true, v.is_true, $4), '' order by b.block), '') as bits
     from (select generate_series(0, (select max(block) from verdict where city = $1)) as block) b
     left join verdict v on v.city = $1 and v.benefit = $2 and v.block = b.block
     left join lateral (
       select is_true from verdict_was w where w.city = $1 and w.benefit = $2 and w.block = b.block and w.day >= $3
       order by w.day limit 1
     ) w on true`,
    [city, benefit, day, Buffer.alloc(BYTES)],
  )
  return rows[0]!['bits'] as Uint8Array
}

export type Counted = { readonly benefit: string; readonly entitled: number; readonly open: number }

/** Of each benefit that is given how many are entitled, and of how many it is not known; and how many enterprises there are. */
export async function countVerdicts(
  database: Asked,
  city: string,
): Promise<{ readonly firms: number; readonly benefits: readonly Counted[] }> {
  const { rows } = await database.query(
    `select benefit, sum(bit_count(is_true)) as entitled, sum(bit_count(may_be)) - sum(bit_count(is_true)) as open
     from verdict where city = $1 group by benefit order by benefit`,
    [city],
  )
  const { rows: firms } = await database.query('select count(*) as n from verdict_firm where city = $1 and listed', [
    city,
  ])
  return { firms: firms[0]!['n'] as number, benefits: rows as unknown as readonly Counted[] }
}

export type Listed = { readonly id: string; readonly title: string }

/** A page of the enterprises whose bit is set, by their names; `after`: the last of the page before. */
export async function listOf(
  database: Asked,
  city: string,
  bits: Uint8Array,
  { limit, after }: { readonly limit: number; readonly after?: Listed | undefined },
): Promise<readonly Listed[]> {
  const { rows } = await database.query(
    `select id, title from verdict_firm
     where city = $1 and n < $3 and get_bit($2::bytea, n) = 1
       and ($4::text is null or (title, id) > ($4, $5))
     order by title, id limit $6`,
    [city, Buffer.from(bits), bits.length * 8, after?.title ?? null, after?.id ?? null, limit],
  )
  return rows as unknown as readonly Listed[]
}

/** The numbers of those who have claimed a benefit: in this year, or ever where it is given once. */
export async function listClaimed(
  database: Asked,
  city: string,
  benefit: string,
  year: string | undefined,
): Promise<readonly number[]> {
  const { rows } = await database.query(
    `select f.n from record c join verdict_firm f on f.city = c.city and f.id = c.state->>'enterprise'
     where c.city = $1 and c.kind = 'claim' and c.facets->>'benefit' = $2 and ($3::text is null or c.state->>'year' = $3)`,
    [city, benefit, year ?? null],
  )
  return rows.map(({ n }) => n as number)
}

/**
 * Writes what was worked out, with the mark, at once. False, with nothing written, where somebody else has written since it was worked
 * out: then it is worked out anew.
 */
export function writeVerdicts(database: Database, city: string, written: Written): Promise<boolean> {
  const { mark, from, firms, blocks, given, ended } = written
  return database.transaction(async (query) => {
    if (!(await marked(query, city, mark, from))) return false
    // An enterprise that has left keeps its number.
    await inSlices(firms, 20_000, (slice) =>
      query(
        `insert into verdict_firm (city, n, id, title, listed, turns)
         select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::bool[], $6::date[])
         on conflict (city, n) do update set title = excluded.title, listed = excluded.listed, turns = excluded.turns`,
        [
          city,
          slice.map(({ n }) => n),
          slice.map(({ id }) => id),
          slice.map(({ title }) => title),
          slice.map(({ listed }) => listed),
          slice.map(({ turns }) => turns),
        ],
      ),
    )
    // Nobody has become entitled by being looked at for the first time.
    const noted = from !== undefined
    if (ended.length > 0) {
      await query(
        `insert into verdict_was (city, benefit, block, day, is_true)
         select city, benefit, block, $3, is_true from verdict where city = $1 and benefit = any ($2) on conflict do nothing`,
        [city, ended, mark.day],
      )
      await query('delete from verdict where city = $1 and benefit = any ($2)', [city, ended])
      await query('delete from verdict_given where city = $1 and benefit = any ($2)', [city, ended])
    }
    await inSlices(blocks, 2000, (slice) => {
      const values = [
        city,
        slice.map(({ benefit }) => benefit),
        slice.map(({ block }) => block),
        slice.map(({ isTrue }) => Buffer.from(isTrue)),
        slice.map(({ mayBe }) => Buffer.from(mayBe)),
      ]
      const note = `noted as (
          insert into verdict_was (city, benefit, block, day, is_true)
          select $1, c.benefit, c.block, $6, coalesce(v.is_true, $7) from changed c
          left join verdict v on v.city = $1 and v.benefit = c.benefit and v.block = c.block
          where coalesce(v.is_true, $7) <> c.is_true on conflict do nothing
        )`
      return query(
        `with changed as (
           select * from unnest($2::text[], $3::int[], $4::bytea[], $5::bytea[]) c (benefit, block, is_true, may_be)
         )${noted ? `, ${note}` : ''}
         insert into verdict select $1, * from changed
         on conflict (city, benefit, block) do update set is_true = excluded.is_true, may_be = excluded.may_be`,
        noted ? [...values, mark.day, Buffer.alloc(BYTES)] : values,
      )
    })
    await query(
      `insert into verdict_given (city, benefit, edition) select $1, * from unnest($2::text[], $3::int[])
       on conflict (city, benefit) do update set edition = excluded.edition`,
      [city, given.map(({ benefit }) => benefit), given.map(({ edition }) => edition)],
    )
    return true
  })
}

type Query = (text: string, values?: readonly unknown[]) => Promise<Rows>

/** Sets the mark, if it still is what it was. */
async function marked(query: Query, city: string, { position, day }: Written['mark'], from: Mark | undefined) {
  const { rows } = from
    ? await query(
        'update verdict_mark set position = $2, day = $3, round = round + 1 where city = $1 and round = $4 returning city',
        [city, position, day, from.round],
      )
    : await query(
        `insert into verdict_mark (city, position, day, since, round) values ($1, $2, $3, $3, 0)
         on conflict do nothing returning city`,
        [city, position, day],
      )
  return rows.length > 0
}

async function inSlices<T>(all: readonly T[], size: number, work: (slice: readonly T[]) => Promise<unknown>) {
  for (let at = 0; at < all.length; at += size) await work(all.slice(at, at + size))
}
