// What nearly every request needs and hardly ever changes: the law, the unit tree, and an actor's posts and mandates.
import { inForce, type Actor, type Post } from '../kernel/access.ts'
import { compileCalendar } from '../kernel/clock/calendar.ts'
import { editions, type Edition } from '../kernel/clock/editions.ts'
import type { CivilDate } from '../kernel/clock/date.ts'
import type { OfficeHours } from '../kernel/clock/hours.ts'
import type { Registry } from '../kernel/domain.ts'
import type { Law, LimitRule, Place } from '../kernel/record.ts'
import type { Database } from './connection.ts'

export type Units = {
  readonly all: ReadonlyMap<string, Place>
  /** A unit and everything below it. */
  below(unit: string): readonly string[]
}

export type Cache = {
  /** The law at this version or a later one. */
  readonly law: (version: number) => Promise<Law>
  units(): Promise<Units>
  /** A person as an actor today, or undefined when there is no such person. */
  actor(person: string, today: CivilDate): Promise<Actor | undefined>
  /** Told the access version of every load: what was cached under an earlier one is forgotten. */
  readonly access: (version: number) => void
  /** Asks the database whether law or access has changed: once per request that reads. */
  refresh(): Promise<void>
}

export function cache(database: Database, city: string, registry: Registry): Cache {
  let law: Law | undefined
  let units: Promise<Units> | undefined
  let seen = -1
  const actors = new Map<string, Promise<Actor | undefined>>()
  const states = async (kind: string) =>
    (
      await database.query('select id, state from record where city = $1 and kind = $2 order by created, id', [
        city,
        kind,
      ])
    ).rows as unknown as {
      id: string
      state: never
    }[]
  const kindsWith = (what: 'enacts' | 'confers' | 'places') =>
    [...registry.kinds.values()].map((kind) => kind.definition).filter((definition) => definition[what] !== undefined)

  async function loadLaw(): Promise<Law> {
    // The version is read first: law laid down in between is then loaded again, never missed.
    const version = (await database.query('select law from city where city = $1', [city])).rows[0]!['law'] as number
    const published: Edition[] = []
    const limits: LimitRule[] = []
    const hours: OfficeHours[] = []
    for (const definition of kindsWith('enacts'))
      for (const { id, state } of await states(definition.kind)) {
        const enacted = definition.enacts!(state, id)
        if (enacted?.edition) published.push(enacted.edition)
        if (enacted?.limit) limits.push(enacted.limit)
        if (enacted?.hours) hours.push(enacted.hours)
      }
    return {
      version,
      calendar: compileCalendar([...editions, ...published], hours),
      limit: (id, on) =>
        limits.filter((rule) => rule.id === id && inForce(rule, on)).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0],
    }
  }

  async function loadUnits(): Promise<Units> {
    const all = new Map<string, Place>()
    for (const definition of kindsWith('places'))
      for (const { id, state } of await states(definition.kind)) {
        const place = definition.places!(state, id)
        if (place) all.set(place.unit, place)
      }
    const children = new Map<string, string[]>()
    for (const place of all.values())
      if (place.parent !== undefined) children.set(place.parent, [...(children.get(place.parent) ?? []), place.unit])
    // The door lets no ring of units come about; one that came from elsewhere must not hang whoever reads the tree.
    const below = (unit: string) => {
      const found = new Set([unit])
      for (const one of found) for (const child of children.get(one) ?? []) found.add(child)
      return [...found]
    }
    return { all, below }
  }

  async function loadActor(person: string, today: CivilDate): Promise<Actor | undefined> {
    // As with law, the version comes first: what has changed since is asked for again, never missed.
    const access = seen
    const who = `person:${person}`
    const { rows } = await database.query(
      `select r.kind, r.id, r.title, r.state from party p join record r on r.city = p.city and r.kind = p.kind and r.id = p.id
       where p.city = $1 and p.who = $2 and p.kind = any ($3)`,
      [city, who, kindsWith('confers').map((definition) => definition.kind)],
    )
    const known = (rows as { kind: string; id: string; title: string; state: never }[]).flatMap((row) =>
      registry.kinds.get(row.kind)!.definition.confers!(row.state, row.id).map((conferral) => ({ ...row, conferral })),
    )
    const self = (
      await database.query(`select title from record where city = $1 and kind = 'person' and id = $2 and open`, [
        city,
        person,
      ])
    ).rows[0]
    if (!self) return undefined
    const tree = await (units ??= loadUnits())
    const mine = known
      .map((one) => one.conferral)
      .filter((one) => one.person === person && inForce('post' in one ? one.post : one, today))
    const posts = mine.flatMap((one): Post[] => {
      if (!('post' in one)) return []
      const { role, unit, jurisdiction = unit, clearance } = one.post
      const place = tree.all.get(jurisdiction)
      const whole = place !== undefined && place.parent === undefined
      return [{ role, unit, below: tree.below(jurisdiction), clearance, ...(whole && { whole }) }]
    })
    const subjects = mine.flatMap((one) => ('subject' in one ? [one.subject] : []))
    return { id: person, name: self['title'] as string, posts, subjects: [who, ...subjects], access }
  }

  const forget = (version: number) => {
    if (version === seen) return
    seen = version
    actors.clear()
    units = undefined
  }

  let asking: Promise<void> | undefined
  let next: Promise<void> | undefined
  const settled = () => undefined
  const ask = async () => {
    const { rows } = await database.fast('city', 'select law, access from city where city = $1', [city])
    const row = rows[0] as { law: number; access: number } | undefined
    if (!row) throw new Error(`the city ${city} is not in this database`)
    forget(row.access)
    if (law && law.version < row.law) law = await loadLaw()
  }

  return {
    async law(version) {
      if (!law || law.version < version) law = await loadLaw()
      return law
    },
    units: () => (units ??= loadUnits()),
    actor(person, today) {
      const key = `${today} ${person}`
      const found = actors.get(key) ?? loadActor(person, today)
      actors.set(key, found)
      found.catch(() => actors.delete(key))
      return found
    },
    access: forget,
    refresh() {
      // Whoever comes while the database is being asked shares the next question, which is put after they came.
      if (!asking) return (asking = ask().finally(() => (asking = undefined)))
      return (next ??= asking.then(settled, settled).then(() => {
        next = undefined
        return (asking = ask().finally(() => (asking = undefined)))
      }))
    },
  }
}
