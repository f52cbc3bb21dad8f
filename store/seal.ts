// Seals over the ledger's days: made once a day is over, verified by reading every event again.
import { createHash } from 'node:crypto'
import { addDays, dateOf, type CivilDate } from '../kernel/clock/date.ts'
import {
  canonical,
  chainFrom,
  hexOf,
  leafOf,
  pathOf,
  rootOf,
  type Hash,
  type Seal,
  type Sealable,
} from '../kernel/seal.ts'
import type { Database } from './connection.ts'
import { settledPosition, type Asked } from './tally.ts'

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()

const EVENT = `city, position, kind, record, version, type, type_version as "typeVersion", data, actor, via,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, law, cause`
const SEAL = 'day, first, last, count, root, chain'
/** So few at a time that whoever works in the city meanwhile does not notice. */
const SLICE = 500

type Sealed = Seal & { readonly chain: string }
type Stretch = { readonly city: string; readonly first: number; readonly last: number }

/**
 * Seals every day before today that has events not yet sealed, and returns how many days. A day's seal reaches from the
 * last seal to the first event of a later day; an event that came late is in the seal that was due when it came.
 */
export async function sealDays(database: Database, city: string, today: CivilDate): Promise<number> {
  const settled = await settledPosition(database, city)
  if (settled === undefined) return 0
  let before = await lastSeal(database, city)
  let [sealed, leaves] = [0, [] as Uint8Array[]]
  let stretch: { day: CivilDate; first: number; last: number } | undefined
  const close = async () => {
    if (!stretch || stretch.day >= today) return
    before = await seal(database, city, before, stretch, leaves)
    sealed += 1
    stretch = undefined
    leaves = []
  }
  for await (const event of eventsOf(database, { city, first: (before?.last ?? 0) + 1, last: settled })) {
    const day = later(dateOf(event.at), stretch?.day ?? (before ? addDays(before.day, 1) : ''))
    if (stretch && day > stretch.day) await close()
    if (day >= today) return sealed
    stretch = { day, first: stretch?.first ?? event.position, last: event.position }
    leaves.push(leafOf(sha256, canonical(event)))
  }
  await close()
  return sealed
}

const later = (one: string, other: string) => (one > other ? one : other)

async function seal(
  database: Database,
  city: string,
  before: Sealed | undefined,
  stretch: Pick<Seal, 'day' | 'first' | 'last'>,
  leaves: readonly Uint8Array[],
): Promise<Sealed> {
  const made: Seal = { ...stretch, count: leaves.length, root: hexOf(rootOf(sha256, leaves)) }
  const chain = chainFrom(sha256, before?.chain ?? '', made)
  // Two programs that seal at once make the same seal.
  await database.query(
    `insert into seal (city, ${SEAL}, leaves) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [city, made.day, made.first, made.last, made.count, made.root, chain, Buffer.concat(leaves)],
  )
  return { ...made, chain }
}

async function lastSeal(database: Asked, city: string): Promise<Sealed | undefined> {
  const { rows } = await database.query(`select ${SEAL} from seal where city = $1 order by day desc limit 1`, [city])
  return rows[0] as Sealed | undefined
}

async function* eventsOf(database: Asked, { city, first, last }: Stretch): AsyncGenerator<Sealable> {
  for (let after = first - 1; ;) {
    const { rows } = await database.query(
      `select ${EVENT} from event where city = $1 and position > $2 and position <= $3 order by position limit ${SLICE}`,
      [city, after, last],
    )
    const events = rows as unknown as Sealable[]
    yield* events
    if (events.length < SLICE) return
    after = events.at(-1)!.position
  }
}

export type Verified = {
  readonly days: number
  readonly events: number
  /** The last day whose events were read again. */
  readonly lastDay: CivilDate
  /** The last seal: noted down elsewhere, it shows later whether the whole chain was exchanged or cut short. */
  readonly head: { readonly day: CivilDate; readonly chain: string } | null
  /** The first thing that is not as it was sealed; `position` when it can be said which event. */
  readonly fault: { readonly day: CivilDate; readonly what: string; readonly position?: number } | null
}

/** A few days of all: those after one, at most so many. */
export type Part = { readonly after: CivilDate; readonly most: number }

/**
 * Works the chain out again, and from the events the seal of every day, or of a few. `rest` is awaited between days.
 */
export async function verifySeals(
  database: Asked,
  city: string,
  { part, rest = () => Promise.resolve() }: { part?: Part; rest?: () => Promise<unknown> } = {},
): Promise<Verified> {
  const { rows } = await database.query(`select ${SEAL} from seal where city = $1 order by day`, [city])
  let [days, events, chain, last, lastDay] = [0, 0, '', 0, '']
  const told = (fault: Verified['fault'], head: Verified['head'] = null): Verified => {
    return { days, events, lastDay, head, fault }
  }
  for (const seal of rows as unknown as Sealed[]) {
    if (chainFrom(sha256, chain, seal) !== seal.chain) return told({ day: seal.day, what: 'chain' })
    if (!part || (seal.day > part.after && days < part.most)) {
      const fault = await faultOf(database, city, seal, last + 1)
      if (fault) return told(fault)
      days += 1
      events += seal.count
      lastDay = seal.day
      await rest()
    }
    chain = seal.chain
    last = seal.last
  }
  const head = rows.at(-1) as unknown as Sealed | undefined
  return told(null, head ? { day: head.day, chain: head.chain } : null)
}

/** What of a day is not as it was sealed; `first` is the position after the seal before. */
async function faultOf(database: Asked, city: string, { day, root, count, last }: Sealed, first: number) {
  const kept = await leavesOf(database, city, day)
  if (hexOf(rootOf(sha256, kept)) !== root || kept.length !== count) return { day, what: 'root' }
  let place = 0
  for await (const event of eventsOf(database, { city, first, last })) {
    if (hexOf(leafOf(sha256, canonical(event))) !== hexOf(kept[place] ?? new Uint8Array()))
      return { day, what: 'event', position: event.position }
    place += 1
  }
  return place < kept.length ? { day, what: 'event is missing' } : undefined
}

async function leavesOf(database: Asked, city: string, day: CivilDate): Promise<readonly Uint8Array[]> {
  const { rows } = await database.query('select leaves from seal where city = $1 and day = $2', [city, day])
  const leaves = rows[0]!['leaves'] as Buffer
  return Array.from({ length: Math.floor(leaves.length / 32) }, (_, n) => leaves.subarray(n * 32, n * 32 + 32))
}

/** That an event is under a seal, for anybody to check with the root alone; undefined while it is not sealed. */
export async function proofOf(database: Asked, city: string, position: number) {
  const { rows } = await database.query(
    `select ${SEAL} from seal where city = $1 and last >= $2 order by day limit 1`,
    [city, position],
  )
  const [seal] = rows as unknown as Sealed[]
  if (!seal) return undefined
  let index = 0
  for await (const event of eventsOf(database, { city, first: seal.first, last: seal.last })) {
    if (event.position === position) {
      const path = pathOf(sha256, await leavesOf(database, city, seal.day), index)
      return { event: canonical(event), index, path: path.map(hexOf), seal }
    }
    index += 1
  }
  return undefined
}
