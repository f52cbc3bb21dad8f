/** The embedded database: a real PostgreSQL on a data folder, started, adopted, kept alive and stopped by us. */
import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  statfsSync,
} from 'node:fs'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { cachesFor, findBinaries, type Binaries, type RunAs } from './binaries.ts'
import { takeLock } from './claim.ts'
import { applicationRole } from './migrate.ts'
import { chooseUser, clearStale, createCluster, findPostmaster, isPostmaster, socketFolder, within } from './cluster.ts'

export { claimFolder, FolderInUseError } from './claim.ts'

/** How to reach the embedded server: over a Unix socket in a folder that only its user and root can enter. */
export interface EmbeddedConfig {
  /** The folder of the socket. */
  readonly host: string
  readonly user: string
  readonly database: string
}

export interface Embedded {
  readonly config: EmbeddedConfig
  /** The same as a connection string, for libraries that want one. */
  readonly url: string
  /** How the application logs in: as its own role, so that whatever is slipped into a statement cannot become the owner. */
  readonly login: string
  /** Whether the server was already running: left by a killed program, or in use by another one. */
  readonly adopted: boolean
  /** Throws everything away that is in the database. Nobody may be connected to it. */
  empty(): Promise<void>
  /** Stops the server, adopted or not, and waits until it is gone. Who only visits an adopted server must not call it. */
  stop(): Promise<void>
  /** Stops watching over the server and leaves it running. */
  leave(): void
}

export interface EmbeddedOptions {
  /** The data folder; the cluster is in `postgres` below it, its log in `postgres.log`. */
  readonly folder: string
  /** Server settings that differ from ours, by name. */
  readonly settings?: Readonly<Record<string, string>>
  /** Where the PostgreSQL programs are; npm's by default. */
  readonly native?: string
  /** Told when the server had died and was started again. */
  readonly onRevive?: () => void
}

const name = 'liangjian'
const patience = 5_000
const startingOrStopping = '57P03'
const tooManyConnections = '53300'

/** How many connections one program may use: of 60 some are left for the owner, the queue and the terminal. */
export const mostConnections = 50

const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  max_connections: '60',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_level: 'logical',
  // A page is written whole when it is first changed after a checkpoint: those come by the clock, not by the volume.
  max_wal_size: '6GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Messages of failed statements can hold people's data; the program that sent the statement reports them itself.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/**
 * Brings up the database of a data folder: creates it the first time, adopts the server if one is running, else
 * starts it, recovering from whatever killed it. A server that dies is started again until `stop()` or `leave()`.
 * As root the server runs as the owner of its files, `nobody` for new ones. Throws with the end of the log.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(options.folder)
  const place = await prepare(folder, options)
  let adopted: boolean
  try {
    adopted = await bringUp(place)
    await createDatabase(place.config)
  } finally {
    place.unlock()
  }

  const watching = new AbortController()
  const watch = keepAlive(place, watching.signal, options.onRevive)
  return {
    config: place.config,
    url: `postgres://${name}@${encodeURIComponent(place.config.host)}/${name}`,
    login: `postgres://${applicationRole}@${encodeURIComponent(place.config.host)}/${name}`,
    adopted,
    leave: () => watching.abort(),
    async empty() {
      await ask({ ...place.config, database: 'postgres' }, `drop database ${name} with (force)`)
      await createDatabase(place.config)
    },
    async stop() {
      watching.abort()
      await watch
      await stopEmbedded(folder)
    },
  }
}

/**
 * Stops the server of a data folder, whoever started it, and waits until it is gone: fast shutdown, and the immediate
 * one, from which the next start recovers, if that takes more than a minute. Nothing happens when none is running.
 */
export async function stopEmbedded(folder: string): Promise<void> {
  const cluster = join(resolve(folder), 'postgres')
  const there = findPostmaster(cluster)
  if (!there) return
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isPostmaster(there.pid, cluster)) break
    process.kill(there.pid, signal)
    for (const until = Date.now() + 60_000; Date.now() < until && isPostmaster(there.pid, cluster);) await sleep(15)
  }
  if (isPostmaster(there.pid, cluster)) throw new Error(`The database server (process ${there.pid}) does not stop.`)
  if (there.sockets && there.sockets !== cluster) rmSync(there.sockets, { recursive: true, force: true })
}

/** Everything needed to start the server of one folder. */
interface Place {
  readonly folder: string
  readonly cluster: string
  readonly binaries: Binaries
  readonly runAs: RunAs | undefined
  readonly config: EmbeddedConfig
  readonly settings: Readonly<Record<string, string>>
  readonly unlock: () => void
}

/** Whether a data folder holds the data of an embedded server. */
export function isCluster(folder: string): boolean {
  return existsSync(join(resolve(folder), 'postgres', 'PG_VERSION'))
}

/** Creates the cluster if there is none, and works out users, programs and paths; holds the starting lock on return. */
async function prepare(folder: string, options: EmbeddedOptions): Promise<Place> {
  const cluster = join(folder, 'postgres')
  mkdirSync(folder, { recursive: true })
  const unlock = await waitForLock(folder)
  try {
    const runAs = chooseUser(cluster)
    const binaries = findBinaries({
      ...(runAs && { runAs }),
      ...(options.native && { native: options.native }),
      caches: cachesFor(folder, runAs),
    })
    if (!isCluster(folder)) createCluster({ cluster, binaries, runAs, user: name })
    const host = findPostmaster(cluster)?.sockets ?? socketFolder(cluster, runAs)
    const config = { host, user: name, database: name }
    return { folder, cluster, binaries, runAs, config, settings: { ...settings, ...options.settings }, unlock }
  } catch (error) {
    unlock()
    throw error
  }
}

/** Waits for another program that is just starting the same database. */
async function waitForLock(folder: string): Promise<() => void> {
  for (const until = Date.now() + 120_000; Date.now() < until; await sleep(50)) {
    const unlock = takeLock(folder, '.starting')
    if (unlock) return unlock
  }
  throw new Error(`Another program has been starting the database in ${folder} for two minutes.`)
}

/** Adopts a running server (true) or starts one (false). */
async function bringUp(place: Place): Promise<boolean> {
  const there = findPostmaster(place.cluster)
  if (there && (await answers(place.config, () => isPostmaster(there.pid, place.cluster)))) return true
  const log = join(place.folder, 'postgres.log')
  // The children of a killed server outlive it for a moment and hold its memory: try again until they are gone.
  for (const until = Date.now() + patience; ; await sleep(150)) {
    const exited = launch(place, log)
    let running = true
    void exited.then(() => (running = false))
    if (await answers(place.config, () => running)) return false
    if (Date.now() > until) throw new Error(`The database in ${place.cluster} did not start.\n${tail(log)}`)
  }
}

/** Starts the server in a session of its own, so that neither Ctrl-C nor our death reaches it; resolves when it ends. */
function launch(place: Place, log: string): Promise<void> {
  clearStale(place.cluster)
  const { config, cluster, runAs, binaries } = place
  const sockets = config.host === cluster ? '.' : config.host
  const given = {
    unix_socket_directories: sockets,
    ...sharedMemory(),
    shared_buffers: buffersFor(memory()),
    ...place.settings,
  }
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(log, `${log}.old`)
  const out = openSync(log, 'a', 0o600)
  try {
    return within(cluster, runAs, (path, spawning, inherit) => {
      const args = ['-D', path, ...Object.entries(given).flatMap(([key, value]) => ['-c', `${key}=${value}`])]
      const child = spawn(binaries.postgres, args, {
        ...spawning,
        detached: true,
        stdio: ['ignore', out, out, ...inherit],
      })
      child.unref()
      return new Promise((done) => child.once('exit', () => done()).once('error', () => done()))
    })
  } finally {
    closeSync(out)
  }
}

/** Starts the server again whenever it has died, until told to stop watching. */
async function keepAlive(place: Place, signal: AbortSignal, onRevive: (() => void) | undefined): Promise<void> {
  while (!signal.aborted) {
    await sleep(500, undefined, { signal, ref: false }).catch(() => undefined)
    if (signal.aborted || findPostmaster(place.cluster) !== undefined) continue
    const unlock = takeLock(place.folder, '.starting')
    if (!unlock) continue
    // What prevents it now (a full disk, say) may pass; whoever uses the database sees its errors meanwhile.
    const revived = await bringUp(place).then(
      (adopted) => !adopted,
      () => false,
    )
    unlock()
    if (revived) onRevive?.()
  }
}

/**
 * Whether the server answers; keeps asking while it starts or recovers, which can take long, and `alive()` holds.
 * Throws when it is there and will not have us.
 */
async function answers(config: EmbeddedConfig, alive: () => boolean): Promise<boolean> {
  const began = Date.now()
  for (let wait = 10; alive(); wait = Math.min(wait * 1.5, 250)) {
    const failure = await ask({ ...config, database: 'postgres' }, 'select 1').then(
      () => undefined,
      (error: Error & { code?: string }) => error,
    )
    if (!failure || failure.code === tooManyConnections) return true
    const unborn = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET'].includes(failure.code ?? '')
    if (unborn ? Date.now() - began > 15_000 : failure.code !== startingOrStopping && alive()) throw failure
    await sleep(wait)
  }
  return false
}

async function createDatabase(config: EmbeddedConfig): Promise<void> {
  const admin = { ...config, database: 'postgres' }
  const found = await ask(admin, `select 1 from pg_database where datname = '${config.database}'`)
  if (found.rowCount === 0) await ask(admin, `create database ${config.database}`)
  // Only here, where nobody but our own user reaches the socket, does it log in without a password.
  await ask(
    admin,
    `do $$ begin create role ${applicationRole}; exception when duplicate_object or unique_violation then null; end $$;
     alter role ${applicationRole} login`,
  )
}

async function ask(config: EmbeddedConfig, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await client.query(sql)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * How much of so many bytes of memory the database keeps its own pages in: an eighth, between 128 MB and 1 GB. The system
 * keeps the same pages too, so that more than this has shown no gain (`npm run bench -- door`).
 */
export function buffersFor(bytes: number): string {
  return `${Math.min(1024, Math.max(128, Math.floor(bytes / 8 / 2 ** 20)))}MB`
}

/** The memory of this machine, or what a container may use of it. */
function memory(): number {
  const most = process.constrainedMemory()
  return most > 0 ? Math.min(most, totalmem()) : totalmem()
}

/** Containers often have 64 MB of /dev/shm, too little for parallel queries: then PostgreSQL uses files. */
function sharedMemory(): Readonly<Record<string, string>> {
  if (process.platform !== 'linux') return {}
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize < 512 * 1024 * 1024 ? { dynamic_shared_memory_type: 'mmap' } : {}
  } catch {
    return { dynamic_shared_memory_type: 'mmap' }
  }
}

function tail(log: string): string {
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-12).join('\n') : '(no log)'
}
