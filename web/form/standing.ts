// How far a form has come: the pages into which a long one is divided, and what is still missing on each.
import type { KindMeta, Schema } from '../api.ts'
import { applies } from './applies.ts'

type Values = Readonly<Record<string, unknown>>

/** A form with more fields than this is divided, where its fields name pages. */
const LONG = 20

export type Sheet = { readonly name: string; readonly title: string; readonly fields: readonly string[] }

/** The pages of a long form in the order of their first fields; none where it is seen whole. */
export function sheetsOf(schema: Schema, { pages }: KindMeta): readonly Sheet[] {
  const asked = Object.entries(schema.properties ?? {}).filter(([, { widget }]) => widget !== 'hidden')
  const names = [...new Set(asked.map(([, { page }]) => page))]
  if (asked.length <= LONG || names.length < 2) return []
  return names.map((name = '') => ({
    name,
    title: pages?.[name] ?? name,
    fields: asked.filter(([, { page = '' }]) => page === name).map(([field]) => field),
  }))
}

export type Standing = {
  readonly problems: number
  /** Whether anything must be said here. */
  readonly needed: boolean
  readonly missing: number
  readonly filled: number
}

/** How one page stands: what was refused, what must still be said, what has been. */
export function standingOf(
  { fields }: Sheet,
  schema: Schema,
  values: Values,
  problems: Readonly<Record<string, string>>,
): Standing {
  const here = new Set(fields)
  const asked = fields.filter((field) => applies(schema.properties?.[field] ?? {}, values))
  const needed = asked.filter((field) => isNeeded(schema, field))
  return {
    problems: Object.keys(problems).filter((field) => here.has(field) || here.has(field.split('.')[0]!)).length,
    needed: needed.length > 0,
    missing: asked.reduce(
      (sum, field) => sum + missingIn(schema.properties?.[field] ?? {}, values[field], needed.includes(field)),
      0,
    ),
    filled: asked.filter((field) => !isEmpty(values[field])).length,
  }
}

function isNeeded(schema: Schema, field: string): boolean {
  return (schema.required?.includes(field) ?? false) || schema.properties?.[field]?.needed === true
}

/** How many answers are missing in a field, those in the rows of its list included. */
function missingIn(schema: Schema, value: unknown, needed: boolean): number {
  if (schema.type !== 'array') return needed && isEmpty(value) ? 1 : 0
  const rows = Array.isArray(value) ? (value as unknown[]) : []
  const { items } = schema
  if (rows.length < (needed ? (schema.minItems ?? 0) : 0)) return 1
  if (items?.type !== 'object') return 0
  const columns = Object.entries(items.properties ?? {})
  return rows.reduce<number>((sum, row) => {
    const given = (row ?? {}) as Values
    const missing = columns.filter(
      ([name, one]) => applies(one, given) && isNeeded(items, name) && isEmpty(given[name]) && one.type !== 'array',
    )
    return sum + missing.length
  }, 0)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
