// Reporting views: one for each kind, with typed columns, for any tool that reads SQL and knows nothing of JSON.
import type pg from 'pg'
import { z } from 'zod'
import type { Registry } from '../kernel/domain.ts'
import type { AnyDefinition } from '../kernel/record.ts'

/** The role that may read the views and nothing else. */
export const reportRole = 'liangjian_report'

export type View = { readonly name: string; readonly select: string }

type Column = { readonly name: string; readonly type: string; readonly place: string }
type Schema = {
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly personal?: boolean
  readonly properties?: Readonly<Record<string, Schema>>
}

/** What every view begins with. */
const FIRST = ['city', 'id', 'version', 'phase', 'open', 'title', 'unit', 'due', 'provisional', 'created', 'changed']

/** The views of all kinds. Confidential records are left out, and so are personal fields. */
export function reportViews(registry: Registry): readonly View[] {
  return [...registry.kinds.values()].map(({ definition }) => {
    const { kind } = definition
    const facts = columnsOf(definition).map(({ name, type, place }) => {
      const column = FIRST.includes(name) ? `${kind}_${name}` : name
      return `(${place})::${type} as ${quoted(column)}`
    })
    const select = [...FIRST.map((name) => `r.${quoted(name)}`), ...facts].join(', ')
    return {
      name: snake(kind),
      select: `select ${select} from public.record r where r.kind = '${kind}' and r.level <= 1`,
    }
  })
}

/**
 * The facts of a kind that are single values, each with the place where a record keeps it. A sample of every event is told
 * once: a fact's place is where the state, or else a facet, holds the same after every one of them.
 */
export function columnsOf(definition: AnyDefinition): readonly Column[] {
  const types = new Map<string, string>()
  const hidden = new Set(['token'])
  const places = new Map<string, readonly string[]>()
  let state: { readonly phase: string } = definition.initial
  for (const [turn, [type, schema]] of Object.entries(definition.events as Record<string, z.ZodType>).entries()) {
    const shape = z.toJSONSchema(schema, { io: 'input' }) as Schema
    for (const [name, field] of Object.entries(shape.properties ?? {})) if (field.personal) hidden.add(name)
    const mark = { id: 'sample', at: '2001-01-01T00:00:00.000+08:00', on: '2001-01-01', actor: 'sample' }
    let [facets, facts]: [object, object] = [{}, {}]
    try {
      state = definition.evolve[type]!(state, sampleOf(shape, turn) as never, mark)
      facets = definition.index(state, 'sample').facets ?? {}
      facts = definition.facts?.(state) ?? {}
    } catch {
      // An event whose sample makes no sense tells nothing of where facts are kept.
    }
    const held = heldIn(state, facets)
    for (const [name, value] of Object.entries(facts) as [string, unknown][]) {
      if (typeof value === 'object' || value === undefined) continue
      const sure = typeof value === 'string' && value.startsWith('~')
      const found = held.filter(([key, , one]) => one === value && (key === name || sure)).map(([, place]) => place)
      places.set(name, places.get(name)?.filter((place) => found.includes(place)) ?? found)
      types.set(
        name,
        [types.get(name), typeOf(value)].every((one) => one === undefined || one === typeOf(value))
          ? typeOf(value)
          : 'text',
      )
    }
  }
  return [...places].flatMap(([name, [place]]) =>
    place === undefined || hidden.has(name) ? [] : [{ name: snake(name), type: types.get(name)!, place }],
  )
}

/** Data that fits a schema in its types and differs from one event to the next. */
function sampleOf({ properties = {} }: Schema, turn: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field], place): [string, unknown] => {
      switch (field.type) {
        case 'integer':
          return [name, 1000 * (turn + 1) + place]
        case 'number':
          return [name, 1000 * (turn + 1) + place + 0.5]
        case 'boolean':
          return [name, turn % 2 === 0]
        case 'array':
          return [name, []]
        case 'object':
          return [name, sampleOf(field, turn)]
        default:
          if (field.format === 'date') return [name, `20${10 + turn}-01-${10 + (place % 20)}`]
          return [name, field.enum ? field.enum[turn % field.enum.length] : `~${name} ${turn}~`]
      }
    }),
  )
}

function typeOf(value: unknown): string {
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'bigint' : 'double precision'
  return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? 'date' : 'text'
}

/** Every single value at the top of a state or one step within, then of the facets, with the SQL that reads it. */
function heldIn(state: object, facets: object): readonly (readonly [key: string, place: string, value: unknown])[] {
  const top = Object.entries(state) as [string, unknown][]
  const within = top.flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([inner, one]) => [inner, `r.state #>> '{${key},${inner}}'`, one as unknown] as const)
      : [],
  )
  return [
    ...top.map(([key, value]) => [key, `r.state ->> '${key}'`, value] as const),
    ...within,
    ...Object.entries(facets).map(([key, value]) => [key, `r.facets ->> '${key}'`, value as unknown] as const),
  ]
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`).replaceAll('-', '_')
}

function quoted(name: string): string {
  return `"${name}"`
}

/** Makes the views that are not yet as they should be, and drops those whose kind is gone. */
export async function makeViews(client: pg.Client, views: readonly View[]): Promise<void> {
  await client.query(
    `do $$ begin create role ${reportRole} nologin; exception when duplicate_object or unique_violation then null; end $$`,
  )
  await client.query(`create schema if not exists report; grant usage on schema report to ${reportRole}`)
  const { rows } = await client.query<{ name: string; made: string | null }>(
    `select viewname as name, obj_description(format('report.%I', viewname)::regclass) as made from pg_views where schemaname = 'report'`,
  )
  const right = new Map(rows.map(({ name, made }) => [name, made]))
  const wrong = views.filter(({ name, select }) => right.get(name) !== select)
  const gone = rows.filter(({ name }) => !views.some((view) => view.name === name))
  if (wrong.length + gone.length === 0) return
  await client.query('begin')
  for (const { name } of [...wrong, ...gone]) await client.query(`drop view if exists report.${quoted(name)}`)
  for (const { name, select } of wrong) {
    await client.query(`create view report.${quoted(name)} as ${select}`)
    await client.query(`comment on view report.${quoted(name)} is ${client.escapeLiteral(select)}`)
    await client.query(`grant select on report.${quoted(name)} to ${reportRole}`)
  }
  await client.query('commit')
}
