// Records as people see them: facts with personal data masked where due, clocks with their derivation, history in words.
import { admits, visible, type Actor } from '../kernel/access.ts'
import { moment, dateOf, type Moment } from '../kernel/clock/date.ts'
import { barOf } from '../kernel/clock/bar.ts'
import { explain, sentence } from '../kernel/clock/words.ts'
import { deadlinesOf, upcast } from '../kernel/door.ts'
import { eventSchema, isHouseEvent } from '../kernel/house.ts'
import type { Happened } from '../kernel/paper.ts'
import type { AnyDefinition, Law, Message } from '../kernel/record.ts'
import type { Language } from '../kernel/texts.ts'
import type { Units } from '../store/cache.ts'
import type { EventRow, Row } from '../store/read.ts'
import { hiddenFields, personalFields } from './schema.ts'

type Listed = ReturnType<typeof glimpse>
type Shown = {
  readonly units: Units
  readonly lang: Language
  readonly law: Law
  readonly at: Moment
  readonly item: Listed
}

/** Rows as they were last listed: a row that is kept is shown in the same words all day. */
const shownBefore = new WeakMap<Row, Shown>()

/** A row of a list: never more personal data than a masked glimpse. */
export function listed(
  definition: AnyDefinition,
  row: Row,
  units: Units,
  lang: Language,
  law: Law,
  now: Moment,
): Listed {
  const before = shownBefore.get(row)
  const hourly = before?.item.clock?.unit === 'working-hour'
  if (before?.units === units && before.lang === lang && before.law === law)
    if (before.at === now || (!hourly && dateOf(before.at) === dateOf(now))) return before.item
  const item = glimpse(definition, row, units, lang, law, now)
  shownBefore.set(row, { units, lang, law, at: now, item })
  return item
}

function glimpse(definition: AnyDefinition, row: Row, units: Units, lang: Language, law: Law, now: Moment) {
  const open = row.open ? Object.values(deadlinesOf(definition, row.state, law.calendar, now)) : []
  const first = open.filter((one) => !one.aside && one.state !== 'ended').toSorted((a, b) => (a.at < b.at ? -1 : 1))[0]
  const thisYear = dateOf(now).slice(0, 4)
  return {
    kind: row.kind,
    id: row.id,
    version: row.version,
    phase: row.phase,
    // A unit bears its name in the reader's language.
    title: definition.places ? (unitName(units, row.id, lang) ?? row.title) : row.title,
    open: row.open,
    unit: row.unit,
    unitName: unitName(units, row.unit, lang),
    due: row.due === null ? null : dateOf(moment(row.due.getTime())),
    provisional: row.provisional,
    created: moment(row.created.getTime()),
    facets: row.facets,
    facts: mask(definition, definition.facts?.(row.state) ?? {}),
    /** The promise that ends first: how it stands, and how much of it is used. */
    clock: first
      ? {
          state: first.state,
          used: first.used,
          total: first.total,
          unit: first.unit,
          sentence: sentence(first, lang, thisYear),
        }
      : null,
  }
}

/** What is awaited of the one whose matter the record is, where anything is: how it stands, and in words. */
export function owedBySubject(definition: AnyDefinition, row: Row, lang: Language, law: Law, now: Moment) {
  const all = row.open ? Object.values(deadlinesOf(definition, row.state, law.calendar, now)) : []
  const one = all.find(({ aside, state }) => aside === 'subject' && state !== 'ended')
  return one && { state: one.state, sentence: sentence(one, lang, dateOf(now).slice(0, 4)) }
}

/** One record in full, as far as this actor may see it. */
export function detailed(
  definition: AnyDefinition,
  row: Row,
  history: readonly EventRow[],
  actor: Actor,
  law: Law,
  units: Units,
  names: ReadonlyMap<string, string>,
  now: Moment,
  lang: Language,
  commands: readonly string[],
) {
  const revealed = reveals(definition, row, actor)
  const deadlines = deadlinesOf(definition, row.state, law.calendar, now)
  const runs = definition.clock?.(row.state) ?? {}
  return {
    ...listed(definition, row, units, lang, law, now),
    level: row.level,
    facts: revealed ? (definition.facts?.(row.state) ?? {}) : mask(definition, definition.facts?.(row.state) ?? {}),
    revealed,
    clock: Object.entries(deadlines).map(([name, one]) => ({
      name,
      due: one.due,
      at: one.at,
      provisional: one.provisional,
      state: one.state,
      ...(one.aside && { aside: one.aside }),
      total: one.total,
      used: one.used,
      left: one.left,
      unit: one.unit,
      sentence: sentence(one, lang, dateOf(now).slice(0, 4)),
      steps: one.steps.map((step) => explain(step, lang, (person) => names.get(person))),
      pauses: runs[name]?.pauses ?? [],
      from: runs[name]!.from,
      bar: barOf(runs[name]!, one, dateOf(now)),
    })),
    timeline: history.map((event) => ({
      version: event.version,
      type: event.type,
      at: moment(event.at.getTime()),
      actor: event.actor,
      actorName: names.get(event.actor) ?? '',
      data: shown(definition, event, revealed),
    })),
    commands,
  }
}

/** Its story for this actor: drafts that were never published are for those who would see the record if it were not public. */
export function readable(
  definition: AnyDefinition,
  row: Row,
  history: readonly EventRow[],
  actor: Actor,
): readonly EventRow[] {
  const { drafts } = definition
  if (drafts === undefined) return history
  const index = definition.index(row.state, row.id)
  if (admits(visible(definition.sees, actor), { ...index, level: Math.max(1, index.level ?? 1) as 1 })) return history
  return history.filter(({ type }, at) => {
    const published = drafts[type]
    if (published === undefined) return true
    return history.slice(at + 1).find((later) => later.type === type || later.type === published)?.type === published
  })
}

/** Whether the actor sees personal data in full; such a look is logged by the caller. */
export function reveals(definition: AnyDefinition, row: Row, actor: Actor): boolean {
  return (
    definition.reveals !== undefined && admits(visible(definition.reveals, actor), definition.index(row.state, row.id))
  )
}

export function unitName(units: Units, unit: string | null, lang: Language): string | null {
  const place = unit === null ? undefined : units.all.get(unit)
  return place ? (lang === 'zh-CN' ? place.name : place.nameEn) : unit
}

/** What happened, with the states before and after: folded again from the events, as it was when they happened. */
export function storyOf(definition: AnyDefinition, id: string, history: readonly EventRow[]): readonly Told[] {
  let state: { readonly phase: string } = definition.initial
  return history.flatMap((event): Told[] => {
    if (isHouseEvent(event.type)) return []
    const at = moment(event.at.getTime())
    const mark = { id, at, on: dateOf(at), actor: event.actor }
    const data = upcast(definition, event.type, event.type_version, event.data)
    const before = state
    state = definition.evolve[event.type]!(before, data as never, mark)
    return [{ version: event.version, event: { type: event.type, data }, before, after: state, mark }]
  })
}
type Told = Happened<{ readonly phase: string }, { readonly type: string; readonly data: unknown }>

/** Whom each event had told, and in which words. */
export function toldOf(definition: AnyDefinition, id: string, history: readonly EventRow[]) {
  const told = new Map<number, readonly Message[]>()
  for (const { version, event, before, after, mark } of storyOf(definition, id, history)) {
    const messages = definition.messages?.(event, before, after, mark) ?? []
    if (messages.length > 0) told.set(version, messages)
  }
  return told
}

/** Codes, and who else complained: nobody reads these in a record's story. */
const SECRET = new Set(['token', 'parties'])

function shown(definition: AnyDefinition, event: EventRow, revealed: boolean): Record<string, unknown> {
  const data = upcast(definition, event.type, event.type_version, event.data) as Readonly<Record<string, unknown>>
  const schema = eventSchema(definition, event.type)
  const quiet = schema ? hiddenFields(schema) : new Set<string>()
  const open = Object.fromEntries(Object.entries(data).filter(([name]) => !quiet.has(name) && !SECRET.has(name)))
  return revealed ? open : mask(definition, open)
}

function mask(definition: AnyDefinition, facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return maskedIn(facts, personalFields(definition))
}

/** What these fields hold is masked wherever they stand: in lists, and in what lists hold. */
export function maskedIn(facts: object, personal: ReadonlySet<string>): Record<string, unknown> {
  const mask = (value: unknown, hide: boolean): unknown => {
    if (typeof value === 'string') return hide ? masked(value) : value
    if (Array.isArray(value)) return value.map((one) => mask(one, hide))
    return typeof value === 'object' && value !== null ? within(value, hide) : value
  }
  const within = (given: object, hide = false) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, mask(value, hide || personal.has(name))]))
  return within(facts)
}

/** Of a number its two ends (139****34), of a name or any other words the first sign: what is left tells nobody the rest. */
export function masked(value: string): string {
  const signs = [...value.trim()]
  return /^[+\d][\d -]{7,}$/.test(value.trim())
    ? `${signs.slice(0, 3).join('')}****${signs.slice(-2).join('')}`
    : `${signs[0] ?? ''}**`
}
