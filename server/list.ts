// A list as its address asks for it: filters, order, page; and rows as the actor may see them.
import { visible, type Actor, type Branch } from '../kernel/access.ts'
import type { Kind } from '../kernel/domain.ts'
import type { Moment } from '../kernel/clock/date.ts'
import { clocks, orders, type Row, type Wanted } from '../store/read.ts'
import { namesInRows } from './case.ts'
import type { C } from './env.ts'
import { offeredOn } from './offer.ts'
import { listed } from './view.ts'
import type { World } from './world.ts'

type Query = Readonly<Record<string, string>>

/**
 * The filters of a list; `unit=own` is the actor's own units, `mine=yes` what the actor handles or speaks for, and
 * `party=enterprise:…` that in which somebody has a part (`own`: one’s own units).
 */
export function wantedOf(query: Query, kind: string, actor: Actor, now: Moment): Wanted {
  const facets = Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (name.startsWith('facet.') ? [[name.slice(6), value]] : [])),
  )
  const list = (value: string | undefined) => (value ? value.split(',') : undefined)
  const mine = query['mine'] === 'yes'
  const staff = actor.posts.length > 0
  const clock = clocks.find((one) => one === query['clock'])
  return {
    kind,
    ids: list(query['id']),
    open: query['open'] === 'yes' ? true : query['open'] === 'no' ? false : undefined,
    phases: list(query['phase']),
    units: query['unit'] === 'own' ? actor.posts.map((post) => post.unit) : list(query['unit']),
    facets: { ...facets, ...(mine && staff && { handler: actor.id }) },
    ...(query['party'] === 'own'
      ? { who: actor.posts.map((post) => `unit:${post.unit}`) }
      : query['party']
        ? { who: list(query['party']) }
        : mine && !staff && { who: actor.subjects }),
    ...(clock && { clock: { is: clock, now } }),
    order: orders.find((one) => one === query['order']) ?? 'created',
    after: query['cursor'] || undefined,
    limit: limitOf(query),
  }
}

/** How many a page has; what may be asked for is checked before (`asked.ts`). */
export function limitOf(query: Query): number {
  return query['limit'] ? Number(query['limit']) : 20
}

/** Rows in the actor's language with the names in them; with `commands=yes` also what the actor may do to each. */
export async function rowsOf(world: World, c: C, rows: readonly Row[]) {
  const { registry, cache, around } = world
  const lang = c.get('lang')
  const [units, law] = await Promise.all([cache.units(), cache.law(0)])
  const withCommands = c.req.query('commands') === 'yes'
  const now = around.now()
  const commands = withCommands ? await offeredOn(world, c.get('actor'), rows) : []
  const items = rows.map((row, place) => ({
    ...listed(registry.kinds.get(row.kind)!.definition, row, units, lang, law, now),
    ...(withCommands && { commands: commands[place] }),
  }))
  return { items, names: await namesInRows(world, c.get('actor'), rows, lang) }
}

export function waysTo(c: C, kind: Kind): readonly Branch[] {
  return visible(kind.definition.sees, c.get('actor'))
}
