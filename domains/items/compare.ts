// What differs between two texts of an item: field by field, rows of lists by their codes. Applied to the one it gives the other.

export type Facts = Readonly<Record<string, unknown>>

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
  /** The row that it is about; absent for a field that is no list. */
  readonly row?: Facts
  /** What of the row differs. */
  readonly of?: string
  readonly before?: unknown
  readonly after?: unknown
}

/** A difference as it is read, line by line. */
export function linesOf(difference: Difference): readonly Line[] {
  return difference.flatMap((one): Line[] => {
    if (!('order' in one)) return [{ ...one, state: stateOf(one) }]
    const { field, added, removed, changed, moved } = one
    return [
      ...added.map(({ row }): Line => ({ field, row, state: 'added', after: row })),
      ...removed.map(({ row }): Line => ({ field, row, state: 'removed', before: row })),
      ...changed.flatMap(({ row, values }) =>
        values.map(({ field: of, ...value }): Line => ({ field, row, of, ...value, state: stateOf(value) })),
      ),
      ...(moved ? [{ field, state: 'moved' } as const] : []),
    ]
  })
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
