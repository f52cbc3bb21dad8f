// Connections to PostgreSQL: a few pipelined lanes for the short statements of the door, a pool for everything else.
import { createHash } from 'node:crypto'
import pg from 'pg'

export type Connect = {
  readonly config: pg.ClientConfig
  /**
   * The role that whoever logs in takes on, so that he cannot change events. Absent where he is that role already, and cannot
   * lay it down again.
   */
  readonly role?: string | undefined
  /** Named statements; off for a pgbouncer older than 1.21. */
  readonly named?: boolean | undefined
  /** How many in all: half of them lanes, half in the pool. */
  readonly connections?: number | undefined
}

export type Rows = { readonly rows: readonly Record<string, unknown>[] }

export type Database = {
  /** A short statement on the least busy lane, pipelined behind those under way; its name makes it prepared. */
  fast(name: string, text: string, values: readonly unknown[]): Promise<Rows>
  /** Anything longer, on a connection of the pool. */
  query(text: string, values?: readonly unknown[]): Promise<Rows>
  /** Several statements in one transaction on one connection. */
  transaction<T>(work: (query: (text: string, values?: readonly unknown[]) => Promise<Rows>) => Promise<T>): Promise<T>
  readonly pool: pg.Pool
  close(): Promise<void>
}

// Civil dates stay civil dates and 64-bit integers within 2^53 are numbers.
pg.types.setTypeParser(pg.types.builtins.DATE, (text: string) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

type Lane = { client: pg.Client | undefined; opening: Promise<pg.Client> | undefined; busy: number }

/**
 * The statements of the lanes reach each row by its key: planned once per connection, never anew for each call, and never
 * reading a whole table because it was small when they were planned.
 */
const BY_KEY = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off'

/** What is asked of the pool is understood once per connection, but planned for the values that are asked for. */
const BY_VALUE = '-c plan_cache_mode=force_custom_plan'

/** Opens nothing yet: each connection is made when it is first needed and made again when it was lost. */
export function connect({ config, role, named = true, connections = 16 }: Connect): Database {
  const as = (options: string): pg.ClientConfig => ({
    ...config,
    options: role === undefined ? options : `-c role=${role} ${options}`,
  })
  const lanes = Math.ceil(connections / 2)
  const pool = new pg.Pool({ ...as(BY_VALUE), max: Math.floor(connections / 2) })
  // An idle connection that the server drops must not take the process with it; the next query opens another.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const all: Lane[] = Array.from({ length: lanes }, () => ({ client: undefined, opening: undefined, busy: 0 }))

  const open = (lane: Lane): Promise<pg.Client> => {
    lane.opening ??= (async () => {
      const client = new pg.Client({ ...as(BY_KEY), pipeline: true } as pg.ClientConfig)
      const lost = () => {
        if (lane.client === client) lane.client = undefined
      }
      client.on('error', lost)
      client.on('end', lost)
      try {
        await client.connect()
        lane.client = client
        return client
      } finally {
        lane.opening = undefined
      }
    })()
    return lane.opening
  }

  return {
    async fast(name, text, values) {
      const lane = all.reduce((least, one) => (one.busy < least.busy ? one : least))
      lane.busy += 1
      try {
        const client = lane.client ?? (await open(lane))
        return await client.query({ ...(named && { name }), text, values: values as unknown[] })
      } finally {
        lane.busy -= 1
      }
    },
    query: (text, values = []) =>
      pool.query({ ...(named && { name: nameOf(text) }), text, values: values as unknown[] }),
    async transaction(work) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await work((text, values = []) => client.query(text, values as unknown[]))
        await client.query('commit')
        client.release()
        return result
      } catch (error) {
        await client.query('rollback').then(
          () => client.release(),
          (lost: Error) => client.release(lost),
        )
        throw error
      }
    },
    pool,
    async close() {
      await Promise.all([pool.end(), ...all.map((lane) => lane.client?.end())])
    },
  }
}

/** The same database, reached by another user. */
export function loginAs(url: string, user: string, password: string): string {
  const login = new URL(url)
  for (const name of ['user', 'password']) login.searchParams.delete(name)
  return Object.assign(login, { username: user, password: encodeURIComponent(password) }).href
}

/** A short name for a statement: the same text always has the same. */
export function nameOf(text: string): string {
  return createHash('sha1').update(text).digest('base64')
}
