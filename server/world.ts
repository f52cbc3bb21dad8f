// Everything a running server works with, put together once: database, registry, door, caches.
import { createHash, randomInt } from 'node:crypto'
import type pg from 'pg'
import type { Surroundings } from '../kernel/door.ts'
import { dateOf, moment, type Moment } from '../kernel/clock/date.ts'
import { registry, type Domain, type Registry } from '../kernel/domain.ts'
import { cities, type Cities } from './city.ts'
import { freshCode } from './code.ts'
import { cache, type Cache } from '../store/cache.ts'
import { connect, type Database } from '../store/connection.ts'
import { ledger } from '../store/ledger.ts'
import { applicationRole, migrate } from '../store/migrate.ts'
import { reportViews } from '../store/report.ts'
import { titles, type Titles } from '../store/title.ts'
import { refold } from '../store/rebuild.ts'
import { turns } from '../store/turn.ts'
import { verdicts, type Verdicts } from './verdict.ts'

export type World = {
  readonly city: string
  /** How the database is reached as its owner: for migrations and for the queue of long work. */
  readonly config: pg.ClientConfig
  readonly database: Database
  readonly registry: Registry
  readonly cache: Cache
  readonly titles: Titles
  readonly around: Surroundings
  /** All enterprises with what is known of them; read when they are first asked for. */
  readonly cities: Cities
  readonly verdicts: Verdicts
  close(): Promise<void>
}

/** What the ledger is read with. */
export type Reading = Omit<World, 'cities' | 'verdicts'>

export type WorldOptions = {
  readonly config: pg.ClientConfig
  /** How the application logs in under its own role; absent: as the owner, who then takes that role. */
  readonly login?: pg.ClientConfig | undefined
  readonly city: string
  readonly domains: readonly Domain[]
  readonly now?: () => Moment
  readonly named?: boolean
  readonly connections?: number
}

/** Migrates the database, then opens it as the application's role. */
export async function openWorld({ config, login, ...options }: WorldOptions): Promise<World> {
  const { city, domains, now, named, connections } = options
  const known = registry(domains)
  await migrate(config, city, reportViews(known))
  const database = connect({ ...(login ? { config: login } : { config, role: applicationRole }), named, connections })
  const cached = cache(database, city, known)
  const titled = titles(database, city)
  await refold(database, city, known, await cached.law(0))
  const around: Surroundings = {
    registry: known,
    store: ledger(database, city, cached.access, (written) => titled.forget(written)),
    now: now ?? (() => moment(Date.now())),
    law: cached.law,
    renew: async (actor, at) => ({
      ...actor,
      ...((await cached.actor(actor.id, dateOf(at))) ?? { posts: [], subjects: [] }),
    }),
    hash: (text) => createHash('sha256').update(text).digest('base64url'),
    secret: freshCode,
    mint,
    turn: turns(),
  }
  const reading: Reading = {
    city,
    config,
    database,
    registry: known,
    cache: cached,
    titles: titled,
    around,
    close: () => database.close(),
  }
  const all = cities(reading)
  return { ...reading, cities: all, verdicts: verdicts(reading, all) }
}

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** An id that a person can read out: kind, day, and seven signs without I, L, O, U. */
function mint(code: string, on: string): string {
  const random = Array.from({ length: 7 }, () => SIGNS[randomInt(32)]).join('')
  return `${code}${on.slice(2).replaceAll('-', '')}-${random}`
}
