// Figures from the ledger: a roll-up by day below a watermark, the entries after it, and the records a figure opens to.
import type { Branch } from '../kernel/access.ts'
import { isCivilDate, type CivilDate } from '../kernel/clock/date.ts'
import { unkeepable } from '../kernel/input.ts'
import {
  coverOf,
  groupOf,
  isFoldable,
  leaves,
  measureOf,
  valueOf,
  type Figure,
  type Leaf,
  type Totals,
  type Value,
} from '../kernel/tally/figure.ts'
import type { Database, Rows } from './connection.ts'
import { COLUMNS, type Row } from './row.ts'
import { parameters, seenSql, type Parameters } from './visible.ts'

/** As of a day, and (for a published figure) as of a position of the log. */
export type AsOf = { readonly on: CivilDate; readonly position?: number | undefined }

/** A position of the log as somebody writes it, or undefined when it is none. */
export function positionFrom(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** The last position of the log: nothing stands beyond it yet. */
export async function lastPosition(database: Database, city: string): Promise<number> {
  const { rows } = await database.query(
    'select coalesce(max(position), 0)::float8 as last from event where city = $1',
    [city],
  )
  return rows[0]!['last'] as number
}

/** Whatever answers a statement: a database, or one transaction of it. */
export type Asked = { query(text: string, values?: readonly unknown[]): Promise<Rows> }

const SUBJECT = `coalesce(e.subject, e.kind || ':' || e.record)`

/** What counts once however often it was posted: its columns, and how its entries are found again. */
type Once = { readonly columns: string; readonly columnsOf: string; readonly found: string }
const SUBJECTS: Once = { columns: 'subject', columnsOf: `${SUBJECT} as subject`, found: `${SUBJECT} = t.subject` }
const RECORDS: Once = {
  columns: 'kind, record',
  columnsOf: 'e.kind, e.record',
  found: 'e.kind = t.kind and e.record = t.record',
}

/**
 * The figure's value, from one statement and so from one moment: a ratio never divides what stood at two. What is folded is
 * read by day; of what came after the watermark only the subjects and records that it touches are counted again.
 */
export async function figureValue(database: Asked, city: string, figure: Figure, asOf: AsOf): Promise<Value> {
  const totals = await totalsOf(database, city, figure, leaves(figure.formula), asOf)
  return valueOf(figure.formula, (leaf) => totals.get(leaf)!)
}

/** What each of these leaves adds up to. */
async function totalsOf(
  database: Asked,
  city: string,
  figure: Figure,
  parts: readonly Leaf[],
  asOf: AsOf,
): Promise<ReadonlyMap<Leaf, Totals>> {
  for (;;) {
    const mark = asOf.position === undefined ? await markOf(database, city) : undefined
    const given = parameters(city, asOf.on)
    const text = parts.map((leaf, place) => {
      const folded = isFoldable(leaf) && mark?.leaves.has(leafKey(figure, leaf)) === true
      const totals = folded ? foldedSql(figure, leaf, mark.position, given) : entriesSql(figure, leaf, asOf, given)
      return `select ${place} as place, (select position from watermark where city = $1) as mark, t.* from (${totals}) t`
    })
    const { rows } = await database.query(text.join(' union all '), given.values)
    const found = rows as unknown as (Totals & { place: number; mark: number })[]
    // Somebody folded in between: the watermark belongs to what it was read with.
    if (mark && found.some((row) => row.mark !== mark.position)) continue
    return new Map(found.map((row) => [parts[row.place]!, row]))
  }
}

type Mark = { readonly position: number; readonly leaves: ReadonlySet<string> }

async function markOf(database: Asked, city: string): Promise<Mark> {
  const { rows } = await database.query(
    `select position, array(select leaf from leaf where city = $1) as leaves from watermark where city = $1`,
    [city],
  )
  const { position, leaves: folded } = rows[0] as { position: number; leaves: readonly string[] }
  return { position, leaves: new Set(folded) }
}

/** Counted from every entry of the measure. */
function entriesSql(figure: Figure, leaf: Leaf, asOf: AsOf, given: Parameters): string {
  const upTo = asOf.position === undefined ? '' : ` and e.position <= ${given.add(asOf.position)}`
  const by = groupOf(leaf)
  const group = by === undefined ? 'null' : `e.dims ->> ${given.add(by)}`
  const added =
    by === undefined
      ? `coalesce(sum(quantity), 0) as quantity,
      (select count(*) from (select 1 from mine group by subject having sum(n) > 0) s) as distinct`
      : `(select coalesce(sum(mean), 0) from means) as quantity, (select count(*) from means) as distinct`
  return `with mine as materialized (
      select ${SUBJECT} as subject, e.kind, e.record, n, quantity, ${group} as "group" from entry e
      where ${leafSql(figure, leaf, given)}${coveredSql(leaf, asOf, given)} and e.on_day <= $2::date${upTo}
    )
    , means as (
      select round(sum(quantity)::numeric / sum(n))::bigint as mean from mine where "group" is not null
      group by "group" having sum(n) > 0
    )
    select coalesce(sum(n), 0) as n, ${added},
      (select count(*) from (select 1 from mine group by kind, record having sum(n) > 0) r) as records
    from mine`
}

/** Days from the roll-up, and what has been posted since. */
function foldedSql(figure: Figure, leaf: Leaf, position: number, given: Parameters): string {
  const where = leafSql(figure, leaf, given)
  const after = given.add(position)
  const more = ({ columns, columnsOf, found }: Once) =>
    `(select count(*) filter (where now > 0) - count(*) filter (where before > 0) from (
       select ${columnsOf}, sum(e.n) as now, sum(e.n) filter (where e.position <= ${after}) as before
       from (select distinct ${columns} from fresh) t join entry e on ${found}
       where ${where} and e.on_day <= $2::date group by ${columns === 'subject' ? '1' : '1, 2'}
     ) touched)`
  return `with fresh as materialized (
      select ${SUBJECT} as subject, e.kind, e.record, e.n, e.quantity from entry e
      where ${where} and e.position > ${after} and e.on_day <= $2::date
    ), told as (
      select coalesce(sum(n), 0) as n, coalesce(sum(quantity), 0) as quantity, coalesce(sum(subjects), 0) as subjects,
        coalesce(sum(records), 0) as records
      from rollup where city = $1 and leaf = ${given.add(leafKey(figure, leaf))} and on_day <= $2::date
    )
    select told.n + (select coalesce(sum(n), 0) from fresh) as n,
      told.quantity + (select coalesce(sum(quantity), 0) from fresh) as quantity,
      told.subjects + ${more(SUBJECTS)} as distinct,
      told.records + ${more(RECORDS)} as records
    from told`
}

/** A leaf as text: the same for the same measure, narrowing and first day. */
function leafKey(figure: Figure, leaf: Leaf): string {
  const where = Object.entries(leaf.where ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const since = 'stock' in leaf ? undefined : figure.since
  return [
    measureOf(leaf),
    ...where.map(([name, value]) => `${name}=${value}`),
    ...(since ? [`from ${since}`] : []),
  ].join(' ')
}

/** The entries of a leaf, as a condition on `entry e`. */
function leafSql(figure: Figure, leaf: Leaf, given: Parameters): string {
  const parts = ['e.city = $1', `e.measure = ${given.add(measureOf(leaf))}`]
  if (figure.since !== undefined && !('stock' in leaf)) parts.push(`e.on_day >= ${given.add(figure.since)}::date`)
  if (leaf.where) parts.push(`e.dims @> ${given.add(JSON.stringify(leaf.where))}::jsonb`)
  return parts.join(' and ')
}

/** That something still counted on the day reaches an entry. */
function coveredSql(leaf: Leaf, { position }: AsOf, given: Parameters): string {
  const cover = coverOf(leaf)
  if (cover === undefined) return ''
  const upTo = position === undefined ? '' : ` and c.position <= ${given.add(position)}`
  return ` and array(select e.dims ->> key from unnest(${given.add(cover.keys)}::text[]) key) && array(
    select c.subject from entry c where c.city = $1 and c.measure = ${given.add(cover.by)} and c.on_day <= $2::date${upTo}
    group by c.subject having sum(c.n) > 0)`
}

/** Σn and Σquantity of what a measure posted of one subject from one day to another, with these dims. */
export async function subjectTotals(
  database: Asked,
  city: string,
  of: { readonly measure: string; readonly subject: string; readonly dims: Readonly<Record<string, string>> },
  [from, to]: readonly [CivilDate, CivilDate],
): Promise<{ readonly n: number; readonly quantity: number }> {
  const { rows } = await database.query(
    `select coalesce(sum(n), 0) as n, coalesce(sum(quantity), 0) as quantity from entry e
     where city = $1 and measure = $2 and ${SUBJECT} = $3 and dims @> $4::jsonb and on_day between $5::date and $6::date`,
    [city, of.measure, of.subject, JSON.stringify(of.dims), from, to],
  )
  return rows[0] as { n: number; quantity: number }
}

/** How many of a figure's newest entries are gone through for the records behind it: nobody reads further. */
const AMONG = 20_000

/**
 * The records that make the figure's numerator: a page of those that the viewer may see, the newest first; how many they
 * are; how many of all there are are hidden from him; and `next`, from which the page after it is read. Behind a figure with
 * very many entries only the newest are gone through, and then `hidden` is null: how many of the others are his to see was
 * not counted.
 */
export type Opened = {
  readonly items: readonly Row[]
  readonly total: number
  readonly visible: number
  readonly hidden: number | null
  readonly next: string | null
}

/** A page of the records behind a figure. `after`: `next` of the page before; a text that is none (`isOpenedCursor`) is as good as none. */
export async function openFigure(
  database: Database,
  city: string,
  figure: Figure,
  asOf: AsOf,
  branches: ReadonlyMap<string, readonly Branch[]>,
  limit: number,
  after?: string,
): Promise<Opened> {
  const leaf = leaves(figure.formula)[0]!
  const { records: total } = (await totalsOf(database, city, figure, [leaf], asOf)).get(leaf)!
  if ([...branches.values()].every((ways) => ways.length === 0))
    return { items: [], total, visible: 0, hidden: total, next: null }
  const given = parameters(city, asOf.on)
  const upTo = asOf.position === undefined ? '' : ` and e.position <= ${given.add(asOf.position)}`
  const where = `${leafSql(figure, leaf, given)}${coveredSql(leaf, asOf, given)} and e.on_day <= $2::date${upTo}`
  const cursor = after === undefined ? undefined : openedFrom(after)
  const rest = cursor === undefined ? '' : afterSql(cursor, given)
  const { rows } = await database.query(
    `with newest as materialized (
       select e.kind, e.record, e.on_day from entry e where ${where} order by e.position desc limit ${AMONG + 1}
     ), seen as materialized (
       select r.kind, r.id, m.on_day from (select kind, record, max(on_day) as on_day from newest group by kind, record) m
       cross join lateral (select * from record where city = $1 and kind = m.kind and id = m.record limit 1) r
       where (${seenSql(branches, given)})
         and (select sum(e.n) from entry e where e.kind = m.kind and e.record = m.record and ${where}) > 0
     )
     select n.whole, n.visible, hit.* from (
       select (select count(*) <= ${AMONG} from newest) as whole, (select count(*) from seen) as visible
     ) n left join lateral (
       select ${COLUMNS}, s.on_day::text as day
       from (select * from seen ${rest} order by on_day desc, id, kind limit ${given.add(limit + 1)}) s
       join record r on r.city = $1 and r.kind = s.kind and r.id = s.id order by s.on_day desc, s.id, s.kind
     ) hit on true`,
    given.values,
  )
  const found = rows as unknown as (Row & { whole: boolean; visible: number; day: string })[]
  const { whole, visible } = found[0]!
  const seen = found.filter((row) => row.id !== null)
  const items = seen.slice(0, limit)
  const next = seen.length > limit ? openedAt(items.at(-1)!) : null
  return { items, total, visible, hidden: whole ? total - visible : null, next }
}

type OpenedCursor = { readonly day: string; readonly id: string; readonly kind: string }

function afterSql({ day, id, kind }: OpenedCursor, given: Parameters): string {
  const on = `${given.add(day)}::date`
  return `where on_day < ${on} or (on_day = ${on} and (id, kind) > (${given.add(id)}, ${given.add(kind)}))`
}

function openedAt({ day, id, kind }: OpenedCursor): string {
  return Buffer.from(JSON.stringify([day, id, kind])).toString('base64url')
}

function openedFrom(text: string): OpenedCursor | undefined {
  try {
    const given: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(given) || !given.every((one) => typeof one === 'string' && unkeepable(one, '') === undefined))
      return undefined
    const [day = '', id = '', kind = ''] = given as string[]
    return isCivilDate(day) ? { day, id, kind } : undefined
  } catch {
    return undefined
  }
}

/** Whether a text is the cursor of a page of what a figure opens to. */
export function isOpenedCursor(text: string): boolean {
  return openedFrom(text) !== undefined
}

/**
 * The highest position below which nothing more will appear. Position order is not commit order, so it waits, holding the
 * city's lock alone for a moment, until no append is under way: every position handed out by then is settled. Undefined
 * when one of them has not ended within a second: whoever comes after would have to wait for it too.
 */
export async function settledPosition(database: Database, city: string): Promise<number | undefined> {
  try {
    return await database.transaction(async (query) => {
      await query(`set local lock_timeout = '1s'`)
      await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [city])
      const { rows } = await query('select coalesce(max(position), 0) as position from event where city = $1', [city])
      return rows[0]!['position'] as number
    })
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return undefined
    throw error
  }
}

/** Folds settled entries into the roll-up, for the leaves of these figures; returns how many entries. */
export async function fold(database: Database, city: string, figures: Iterable<Figure>): Promise<number> {
  const settled = await settledPosition(database, city)
  if (settled === undefined) return 0
  const all = new Map(
    [...figures].flatMap((figure) =>
      // What another measure reaches today it may not reach tomorrow, whatever day it was posted on; and means do not add up.
      leaves(figure.formula)
        .filter(isFoldable)
        .map((leaf) => [leafKey(figure, leaf), { figure, leaf }]),
    ),
  )
  return database.transaction(async (query) => {
    await query('select 1 from watermark where city = $1 for update', [city])
    const mark = await markOf({ query }, city)
    for (const [key, { figure, leaf }] of all) {
      const from = mark.leaves.has(key) ? mark.position : 0
      if (settled <= from) continue
      const given = parameters(city)
      await query(foldSql(figure, leaf, from, settled, given), given.values)
      await query('insert into leaf (city, leaf) values ($1, $2) on conflict do nothing', [city, key])
    }
    // A leaf that no figure reads any more would fall behind.
    const gone = [...mark.leaves].filter((key) => !all.has(key))
    await query('delete from leaf where city = $1 and leaf = any ($2)', [city, gone])
    await query('delete from rollup where city = $1 and leaf = any ($2)', [city, gone])
    if (settled <= mark.position) return 0
    await query('update watermark set position = $2 where city = $1', [city, settled])
    const { rows } = await query(
      'select count(*) as n from entry where city = $1 and position > $2 and position <= $3',
      [city, mark.position, settled],
    )
    return rows[0]!['n'] as number
  })
}

/** Adds the entries between two positions to the days of a leaf. */
function foldSql(figure: Figure, leaf: Leaf, from: number, to: number, given: Parameters): string {
  const where = leafSql(figure, leaf, given)
  const [after, upTo] = [given.add(from), given.add(to)]
  // On which days each of those touched begins to count or ceases to, now and before these entries.
  const steps = ({ columns, columnsOf, found }: Once) =>
    `select on_day, sum((now > 0)::int - (was_now > 0)::int - (before > 0)::int + (was_before > 0)::int) as step from (
       select on_day, now, before, lag(now, 1, 0) over mine as was_now, lag(before, 1, 0) over mine as was_before from (
         select ${columns}, on_day, sum(n) over mine as now, sum(earlier) over mine as before from (
           select ${columnsOf}, e.on_day, sum(e.n) as n, coalesce(sum(e.n) filter (where e.position <= ${after}), 0) as earlier
           from (select distinct ${columns} from fresh) t join entry e on ${found}
           where ${where} and e.position <= ${upTo} group by 1, 2${columns === 'subject' ? '' : ', 3'}
         ) daily window mine as (partition by ${columns} order by on_day)
       ) running window mine as (partition by ${columns} order by on_day)
     ) stepping group by on_day`
  return `with fresh as materialized (
      select ${SUBJECT} as subject, e.kind, e.record, e.on_day, e.n, e.quantity from entry e
      where ${where} and e.position > ${after} and e.position <= ${upTo}
    ), more as (
      select on_day, sum(n) as n, sum(quantity) as quantity, 0 as subjects, 0 as records from fresh group by on_day
      union all select on_day, 0, 0, step, 0 from (${steps(SUBJECTS)}) s
      union all select on_day, 0, 0, 0, step from (${steps(RECORDS)}) r
    )
    insert into rollup as r (city, leaf, on_day, n, quantity, subjects, records)
    select $1, ${given.add(leafKey(figure, leaf))}, on_day, sum(n), sum(quantity), sum(subjects), sum(records) from more group by on_day
    on conflict (city, leaf, on_day) do update set n = r.n + excluded.n, quantity = r.quantity + excluded.quantity,
      subjects = r.subjects + excluded.subjects, records = r.records + excluded.records`
}
