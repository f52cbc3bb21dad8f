// How many records say what: by unit and by each facet, of those that somebody may see and has asked for.
import type { Branch } from '../kernel/access.ts'
import type { Database } from './connection.ts'
import { conditionsOf, type Wanted } from './read.ts'
import { parameters, visibleSql } from './visible.ts'

export type FacetCounts = {
  readonly total: number
  readonly units: ReadonlyMap<string, number>
  /** By name and value, as `name=value`. */
  readonly facets: ReadonlyMap<string, number>
}

export async function countFacets(
  database: Database,
  city: string,
  branches: readonly Branch[],
  wanted: Omit<Wanted, 'order' | 'after' | 'limit'>,
): Promise<FacetCounts> {
  const given = parameters(city, wanted.kind)
  const seen = [visibleSql(branches, given), ...conditionsOf({ ...wanted, order: 'created', limit: 0 }, given)]
  const { rows } = await database.query(
    `with seen as materialized (
       select r.unit, r.facets from record r where r.city = $1 and r.kind = $2 and ${seen.join(' and ')}
     )
     select 'unit' as of, unit as name, count(*) as n from seen group by unit
     union all
     select 'facet', f.key || '=' || f.value, count(*) from seen cross join lateral jsonb_each_text(facets) f group by 2`,
    given.values,
  )
  const of = (what: string) =>
    new Map(rows.filter((row) => row['of'] === what).map((row) => [row['name'] as string, row['n'] as number]))
  const units = of('unit')
  return { total: [...units.values()].reduce((sum, n) => sum + n, 0), units, facets: of('facet') }
}
