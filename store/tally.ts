// Figures from the ledger: a roll-up by day below a watermark, the entries after it, and the records a figure opens to.
import type { Branch } from '../kernel/access.ts'
import type { CivilDate } from '../kernel/clock/date.ts'
import {
  leaves,
  measureOf,
  recompute,
  valueOf,
  type Figure,
  type Posted,
  type Totals,
  type Value,
} from '../kernel/tally/figure.ts'
import type { Database } from './connection.ts'
import type { Row } from './read.ts'
import { parameters, visibleSql, type Parameters } from './visible.ts'

export type Leaf = ReturnType<typeof leaves>[number]

/** As of a day, and (for a published figure) as of a position of the log. */
export type AsOf = { readonly on: CivilDate; readonly position?: number | undefined }

/** The figure's value. Sums come from the roll-up and the entries after it; what is distinct is counted from the entries. */
export async function figureValue(database: Database, city: string, figure: Figure, asOf: AsOf): Promise<Value> {
  const totals = new Map<string, Totals>()
  for (const leaf of leaves(figure.formula))
    totals.set(JSON.stringify(leaf), await totalsOf(database, city, figure, leaf, asOf))
  return valueOf(figure.formula, (leaf) => totals.get(JSON.stringify(leaf))!)
}

async function totalsOf(database: Database, city: string, figure: Figure, leaf: Leaf, asOf: AsOf): Promise<Totals> {
  const given = parameters(city)
  const where = entrySql(figure, leaf, asOf, given)
  const { rows } = await database.query(
    `with mine as materialized (
       select kind, record, coalesce(subject, kind || ':' || record) as subject, n from entry e where e.city = $1 and ${where}
     )
     select (select count(*) from (select 1 from mine group by subject having sum(n) > 0) s) as distinct_subjects,
            (select count(*) from (select 1 from mine group by kind, record having sum(n) > 0) r) as records`,
    given.values,
  )
  const summed =
    asOf.position === undefined
      ? await sums(database, city, figure, leaf, asOf)
      : await sumsOfEntries(database, city, figure, leaf, asOf)
  return { ...summed, distinct: rows[0]!['distinct_subjects'] as number, records: rows[0]!['records'] as number }
}

async function sumsOfEntries(database: Database, city: string, figure: Figure, leaf: Leaf, asOf: AsOf) {
  const given = parameters(city)
  const where = entrySql(figure, leaf, asOf, given)
  const { rows } = await database.query(
    `select coalesce(sum(n), 0) as n, coalesce(sum(quantity), 0) as quantity from entry e where e.city = $1 and ${where}`,
    given.values,
  )
  return rows[0] as { n: number; quantity: number }
}

/** One statement, one snapshot: the roll-up and what came after the watermark belong together. */
async function sums(database: Database, city: string, figure: Figure, leaf: Leaf, asOf: AsOf) {
  const given = parameters(city)
  const where = entrySql(figure, leaf, asOf, given)
  const { rows } = await database.query(
    `select coalesce(sum(n), 0) as n, coalesce(sum(quantity), 0) as quantity from (
       select e.n, e.quantity from rollup e where e.city = $1 and ${where}
       union all
       select e.n, e.quantity from entry e where e.city = $1 and ${where}
         and e.position > (select position from watermark where city = $1)
     ) both_parts`,
    given.values,
  )
  return rows[0] as { n: number; quantity: number }
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
  const seen = [...branches]
    .filter(([, ways]) => ways.length > 0)
    .map(([kind, ways]) => `(r.kind = ${given.add(kind)} and ${visibleSql(ways, given)})`)
  const { rows } = await database.query(
    `with mine as materialized (
       select kind, record, max(on_day) as on_day from entry e where e.city = $1 and ${where} group by kind, record having sum(n) > 0
     ), seen as materialized (
       select r.*, mine.on_day from mine join record r on r.city = $1 and r.kind = mine.kind and r.id = mine.record
       where ${seen.length > 0 ? seen.join(' or ') : 'false'}
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
 * Folds entries into the roll-up. Position order is not commit order, so it first waits, holding the city's lock alone for
 * a moment, until no append is under way: every position handed out by then is settled. Returns how many it folded.
 */
export async function fold(database: Database, city: string): Promise<number> {
  const settled = await database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [city])
    return (await query('select coalesce(max(position), 0) as position from entry where city = $1', [city])).rows[0]![
      'position'
    ] as number
  })
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

/** The permanent check: each figure from the roll-up against every entry read again. Returns those that differ. */
export async function compareFigures(database: Database, city: string, figures: Iterable<Figure>, on: CivilDate) {
  const { rows } = await database.query(
    `select kind, record, position, measure, on_day as "on", n, quantity, subject, dims from entry where city = $1 order by position, line`,
    [city],
  )
  const entries = (rows as unknown as (Posted & { subject: string | null })[]).map(({ subject, ...entry }) => ({
    ...entry,
    ...(subject !== null && { subject }),
  }))
  const different: { id: string; told: Value; recomputed: Value }[] = []
  for (const figure of figures) {
    const told = await figureValue(database, city, figure, { on })
    const recomputed = recompute(figure, entries as Posted[], on)
    if (JSON.stringify(told) !== JSON.stringify(recomputed)) different.push({ id: figure.id, told, recomputed })
  }
  return different
}
