// A record as a list and its own page read it.

export type Row = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly phase: string
  readonly open: boolean
  readonly title: string
  readonly unit: string | null
  readonly level: number
  readonly facets: Readonly<Record<string, string>>
  readonly due: Date | null
  readonly provisional: boolean
  readonly created: Date
  readonly changed: Date
  readonly state: { readonly phase: string }
}

/** A record's columns as a row of a list has them. */
export const COLUMNS =
  'r.kind, r.id, r.version, r.phase, r.open, r.title, r.unit, r.level, r.facets, r.due, r.provisional, r.created, r.changed, r.state'
