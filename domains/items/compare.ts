// What differs between two texts of an item: field by field, rows of lists by their codes. Applied to the one it gives the other.

export type Facts = Readonly<Record<string, unknown>>

/** What a version says of itself beside its text. */
const about = new Set(['item', 'unit', 'number', 'by', 'from', 'to', 'until', 'reason', 'code'])

/** The text among the facts of a version. */
export function textOf(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !about.has(name)))
}

/** By what a row of each list is known; rows of one name are told apart by their place among these. */
const keys: Readonly<Record<string, string>> = {
  steps: 'step',
  situations: 'situation',
  materials: 'material',
  fields: 'field',
  results: 'result',
  specials: 'special',
  checks: 'field',
  questions: 'question',
}

/** A field with another value; on one side absent, where it stands on the other alone. */
export type Value = { readonly field: string; readonly before?: unknown; readonly after?: unknown }

export type Rows = {
  readonly field: string
  /** Every row afterwards, by its key, in its order. */
  readonly order: readonly string[]
  readonly added: readonly { readonly key: string; readonly row: Facts }[]
  readonly removed: readonly { readonly key: string; readonly row: Facts }[]
  readonly changed: readonly { readonly key: string; readonly row: Facts; readonly values: readonly Value[] }[]
  /** Whether rows that stand on both sides stand in another order. */
  readonly moved: boolean
}

export type Difference = readonly (Value | Rows)[]

/** From one text to another; empty when they say the same. */
export function differenceOf(before: Facts, after: Facts): Difference {
  return fieldsOf(before, after).flatMap((field): Difference => {
    const [was, is] = [before[field], after[field]]
    if (same(was, is)) return []
    const rows = hasRows(field, was) && hasRows(field, is) ? rowsBetween(field, was, is) : undefined
    return [rows ?? { field, ...given('before', was), ...given('after', is) }]
  })
}

/** The other text, from the one and the difference. */
export function applied(before: Facts, difference: Difference): Facts {
  const after: Record<string, unknown> = { ...before }
  for (const one of difference)
    if ('order' in one) after[one.field] = rowsAfter(keyed(one.field, before[one.field] as readonly Facts[]), one)
    else if ('after' in one) after[one.field] = one.after
    else delete after[one.field]
  return after
}

/** Something that differs, in a line of its own: a field, a row, or what one row says of something. */
export type Line = {
  readonly field: string
  readonly state: 'added' | 'removed' | 'changed' | 'moved'
  /** What the row is called that it is about; absent for a field that is no list. */
  readonly row?: string
  /** What of the row differs. */
  readonly of?: string
  readonly before?: unknown
  readonly after?: unknown
}

/** A difference as it is read, line by line, in this order of names. */
export function linesOf(difference: Difference, order: readonly string[]): readonly Line[] {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return difference
    .toSorted((a, b) => place(a.field) - place(b.field))
    .flatMap((one): readonly Line[] => {
      if (!('order' in one)) return isRows(one) ? linesOf([rowsOf(one)], order) : [{ ...one, state: stateOf(one) }]
      const { field, added, removed, changed, moved } = one
      return [
        ...added.map(({ row }): Line => ({ field, row: nameOf(field, row), state: 'added', after: row })),
        ...removed.map(({ row }): Line => ({ field, row: nameOf(field, row), state: 'removed', before: row })),
        ...changed.flatMap(({ row, values }) =>
          values
            .toSorted((a, b) => place(a.field) - place(b.field))
            .map(({ field: of, ...value }): Line => ({
              field,
              row: nameOf(field, row),
              of,
              ...value,
              state: stateOf(value),
            })),
        ),
        ...(moved ? [{ field, state: 'moved' } as const] : []),
      ]
    })
}

/** A row as it is read at a glance: in this order of names, without what it says no or nought to. */
export function glance(row: Facts, order: readonly string[]): Facts {
  return Object.fromEntries(
    order.flatMap((name) =>
      row[name] === undefined || row[name] === false || row[name] === 0 ? [] : [[name, row[name]]],
    ),
  )
}

type Properties = { readonly properties?: Readonly<Record<string, unknown>>; readonly items?: unknown }

/** The names of a schema's fields in the order in which they are asked, those of the rows of a list after it. */
export function orderIn(schema: unknown): readonly string[] {
  const { properties = {}, items } = (schema ?? {}) as Properties
  return [
    ...Object.entries(properties).flatMap(([name, field]) => [name, ...orderIn(field)]),
    ...(items === undefined ? [] : orderIn(items)),
  ]
}

/** By its name, where it has one beside its code. */
function nameOf(field: string, row: Facts): string {
  const name = row[`${keys[field]}Name`] ?? row[keys[field]!]
  return typeof name === 'string' ? name : ''
}

/** A whole list that is there on one side alone. */
function isRows({ field, before, after }: Value): boolean {
  return hasRows(field, before ?? after) && (before === undefined || after === undefined)
}

function rowsOf({ field, before = [], after = [] }: Value): Rows {
  return rowsBetween(field, before as readonly Facts[], after as readonly Facts[])
}

function stateOf(value: object): 'added' | 'removed' | 'changed' {
  return 'before' in value ? ('after' in value ? 'changed' : 'removed') : 'added'
}

function rowsBetween(field: string, was: readonly Facts[], is: readonly Facts[]): Rows {
  const [before, after] = [keyed(field, was), keyed(field, is)]
  const [old, now] = [[...before.keys()], [...after.keys()]]
  const both = now.filter((key) => before.has(key))
  const unchanged = old.filter((key) => after.has(key))
  return {
    field,
    order: now,
    added: now.filter((key) => !before.has(key)).map((key) => ({ key, row: after.get(key)! })),
    removed: old.filter((key) => !after.has(key)).map((key) => ({ key, row: before.get(key)! })),
    changed: both.flatMap((key) => {
      const values = valuesBetween(before.get(key)!, after.get(key)!)
      return values.length === 0 ? [] : [{ key, row: after.get(key)!, values }]
    }),
    moved: both.some((key, place) => key !== unchanged[place]),
  }
}

function rowsAfter(before: ReadonlyMap<string, Facts>, { order, added, changed }: Rows): readonly Facts[] {
  const fresh = new Map(added.map(({ key, row }) => [key, row]))
  const values = new Map(changed.map((one) => [one.key, one.values]))
  return order.map((key) => fresh.get(key) ?? applied(before.get(key)!, values.get(key) ?? []))
}

function valuesBetween(before: Facts, after: Facts): readonly Value[] {
  return fieldsOf(before, after).flatMap((field): Value[] => {
    const [was, is] = [before[field], after[field]]
    return same(was, is) ? [] : [{ field, ...given('before', was), ...given('after', is) }]
  })
}

/** In the order of the later text; what it no longer has stands last. */
function fieldsOf(before: Facts, after: Facts): readonly string[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])]
}

function hasRows(field: string, value: unknown): value is readonly Facts[] {
  return Object.hasOwn(keys, field) && Array.isArray(value)
}

/** Rows by their key; a second one of the same name is the second one of that name. */
function keyed(field: string, rows: readonly Facts[]): ReadonlyMap<string, Facts> {
  const seen = new Map<unknown, number>()
  return new Map(
    rows.map((row) => {
      const name = row[keys[field]!]
      const place = (seen.get(name) ?? 0) + 1
      seen.set(name, place)
      return [JSON.stringify([name, place]), row]
    }),
  )
}

/** Absent and undefined are one. */
function given<Side extends 'before' | 'after'>(side: Side, value: unknown): { [side in Side]?: unknown } {
  return value === undefined ? {} : ({ [side]: value } as { [side in Side]: unknown })
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = fieldsOf(a as Facts, b as Facts)
  return names.every((name) => same((a as Facts)[name], (b as Facts)[name]))
}
