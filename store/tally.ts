// Figures from the ledger: a roll-up by day below a watermark, the entries after it, and the records a figure opens to.
import type { Branch } from '../kernel/access.ts'
import type { CivilDate } from '../kernel/clock/date.ts'
import { leaves, measureOf, valueOf, type Figure, type Leaf, type Totals, type Value } from '../kernel/tally/figure.ts'
import type { Database, Rows } from './connection.ts'
import type { Row } from './read.ts'
import { parameters, seenSql, type Parameters } from './visible.ts'

/** As of a day, and (for a published figure) as of a position of the log. */
export type AsOf = { readonly on: CivilDate; readonly position?: number | undefined }

/** Whatever answers a statement: a database, or one transaction of it. */
export type Asked = { query(text: string, values?: readonly unknown[]): Promise<Rows> }

/** The figure's value, from one statement and so from one moment: a ratio never divides what stood at two. */
export async function figureValue(database: Asked, city: string, figure: Figure, asOf: AsOf): Promise<Value> {
  const given = parameters(city)
  const parts = leaves(figure.formula)
  const text = parts.map(
    (leaf, place) => `select ${place} as place, t.* from (${totalsSql(figure, leaf, asOf, given)}) t`,
  )
  const { rows } = await database.query(text.join(' union all '), given.values)
  const totals = new Map((rows as unknown as (Totals & { place: number })[]).map((row) => [parts[row.place], row]))
  return valueOf(figure.formula, (leaf) => totals.get(leaf)!)
}

/** Sums come from the roll-up and the entries after it; what is distinct is counted from the entries. */
function totalsSql(figure: Figure, leaf: Leaf, asOf: AsOf, given: Parameters): string {
  const where = entrySql(figure, leaf, asOf, given)
  const mine = `select n, quantity from entry e where e.city = $1 and ${where}`
  const summed =
    asOf.position === undefined
      ? `select n, quantity from rollup e where e.city = $1 and ${where}
         union all ${mine} and e.position > (select position from watermark where city = $1)`
      : mine
  return `with mine as materialized (
      select kind, record, coalesce(subject, kind || ':' || record) as subject, n from entry e where e.city = $1 and ${where}
    )
    select s.n, s.quantity,
      (select count(*) from (select 1 from mine group by subject having sum(n) > 0) s) as distinct,
      (select count(*) from (select 1 from mine group by kind, record having sum(n) > 0) r) as records
    from (select coalesce(sum(n), 0) as n, coalesce(sum(quantity), 0) as quantity from (${summed}) both_parts) s`
}

function entrySql(figure: Figure, leaf: Leaf, asOf: AsOf, given: Parameters): string {
  const parts = [`e.measure = ${given.add(measureOf(leaf))}`, `e.on_day <= ${given.add(asOf.on)}::date`]
  if (figure.since !== undefined && !('stock' in leaf)) parts.push(`e.on_day >= ${given.add(figure.since)}::date`)
  if (leaf.where) parts.push(`e.dims @> ${given.add(JSON.stringify(leaf.where))}::jsonb`)
  if (asOf.position !== undefined) parts.push(`e.position <= ${given.add(asOf.position)}`)
  return parts.join(' and ')
}

/** The records that make the figure's numerator: those the viewer may see, and how many more there are. */
export async function openFigure(
  database: Database,
  city: string,
  figure: Figure,
  asOf: AsOf,
  branches: ReadonlyMap<string, readonly Branch[]>,
  limit: number,
): Promise<{ readonly items: readonly Row[]; readonly visible: number; readonly hidden: number }> {
  const given = parameters(city)
  const leaf = leaves(figure.formula)[0]!
  const where = entrySql(figure, leaf, asOf, given)
  const seen = seenSql(branches, given)
  const { rows } = await database.query(
    `with mine as materialized (
       select kind, record, max(on_day) as on_day from entry e where e.city = $1 and ${where} group by kind, record having sum(n) > 0
     ), seen as materialized (
       select r.*, mine.on_day from mine join record r on r.city = $1 and r.kind = mine.kind and r.id = mine.record
       where ${seen}
     )
     select (select count(*) from mine) as total, (select count(*) from seen) as visible,
       (select coalesce(jsonb_agg(to_jsonb(p) order by p.on_day desc, p.id), '[]') from
         (select * from seen order by on_day desc, id limit ${given.add(limit)}) p) as items`,
    given.values,
  )
  const { total, visible, items } = rows[0] as {
    total: number
    visible: number
    items: (Row & { due: string | null; created: string })[]
  }
  const dated = items.map((item) => ({
    ...item,
    due: item.due === null ? null : new Date(item.due),
    created: new Date(item.created),
  }))
  return { items: dated, visible, hidden: total - visible }
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

/** Folds settled entries into the roll-up; returns how many. */
export async function fold(database: Database, city: string): Promise<number> {
  const settled = await settledPosition(database, city)
  if (settled === undefined) return 0
  return database.transaction(async (query) => {
    const { rows } = await query('select position from watermark where city = $1 for update', [city])
    const from = rows[0]!['position'] as number
    if (settled <= from) return 0
    const folded = await query(
      `with fresh as (
         select measure, on_day, dims, sum(n) as n, sum(quantity) as quantity, count(*) as lines
         from entry where city = $1 and position > $2 and position <= $3 group by measure, on_day, dims
       ), put as (
         insert into rollup (city, measure, on_day, dims, n, quantity)
         select $1, measure, on_day, dims, n, quantity from fresh
         on conflict (city, measure, on_day, dims) do update set n = rollup.n + excluded.n, quantity = rollup.quantity + excluded.quantity
       )
       select coalesce(sum(lines), 0) as lines from fresh`,
      [city, from, settled],
    )
    await query('update watermark set position = $2 where city = $1', [city, settled])
    return folded.rows[0]!['lines'] as number
  })
}
