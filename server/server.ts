// A running server: the application on its port, time's own work, and a clean end.
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { dateOf } from '../kernel/clock/date.ts'
import { clearDrafts } from '../store/draft.ts'
import { forgetAnswers } from '../store/ledger.ts'
import { sealDays } from '../store/seal.ts'
import { fold } from '../store/tally.ts'
import { addressOf, isLocal } from './address.ts'
import { accessRoutes } from './access/index.ts'
import { benefitRoutes } from './benefit.ts'
import { app } from './app.ts'
import type { Env } from './env.ts'
import { acceptedKinds, clearIncoming, LIMITS } from './files/index.ts'
import { away } from './files/away.ts'
import { clearUnattached, filesById, keepFile, rescanHeld, type Shelf } from './files/keep.ts'
import { fileRoutes } from './files/route.ts'
import { describe, identity } from './identity/index.ts'
import { accessEditions, enterprises, factSheet, importer, itemLibrary, library } from './import/index.ts'
import { checker, observed } from './check.ts'
import { doubter } from './doubt.ts'
import { ladderRoutes } from './ladder-route.ts'
import { live } from './live.ts'
import { deliver } from './message.ts'
import { metrics } from './observe.ts'
import { recomputeClocks } from './recompute.ts'
import { wake } from './replay.ts'
import { secretKey } from './secret.ts'
import { SettingsError, type Settings } from './settings.ts'
import { teller } from './tell.ts'
import { startTracing } from './trace.ts'
import { tellUnread } from './unread.ts'
import { ownAddress, table } from './variables.ts'
import { verdictRoutes } from './verdict-route.ts'
import type { World } from './world.ts'

export type DemoPerson = { readonly id: string; readonly name: string; readonly zh: string; readonly en: string }

export type ServerOptions = {
  readonly world: World
  readonly settings: Settings
  readonly log: Logger
  /** Identities that anybody may take on, in a demonstration city. */
  readonly people: readonly DemoPerson[]
  readonly deskFolder: string
  /** Whether time does its own work; not where a test holds the clock. */
  readonly timers?: boolean
}

export type Running = { readonly port: number; readonly http: Hono<Env>; close(): Promise<void> }

/** Serves the world until it is closed. Throws when the port is taken. */
export async function startServer({
  world,
  settings,
  log,
  people,
  deskFolder,
  timers: timed = true,
}: ServerOptions): Promise<Running> {
  const { database, city, around } = world
  const key = secretKey(settings.data)
  const shelf: Shelf = {
    database,
    city,
    folder: join(settings.data, 'files'),
    limit: settings.uploadLimit,
    scan: settings.scan,
    allowUnscanned: settings.unscanned,
    away: settings.filesOrigin === undefined ? undefined : away(settings.filesOrigin, key, () => Date.now()),
  }
  mkdirSync(shelf.folder, { recursive: true })
  await clearIncoming(shelf.folder)

  const endTracing = settings.traces === undefined ? undefined : await startTracing(settings.traces)
  const jobs = await importer(world, world.config, join(settings.data, 'import'), settings.uploadLimit, [
    enterprises,
    itemLibrary,
    accessEditions,
    factSheet,
  ])
  const measured = metrics((served) => log.info(served, 'served'))
  measured.gauge('liangjian_outbox_waiting', 'Messages not yet delivered.', async () => {
    const { rows } = await database.query('select count(*) as n from outbox where city = $1 and sent is null', [city])
    return rows[0]!['n'] as number
  })

  const signIn = identity({
    database,
    city,
    cache: world.cache,
    now: around.now,
    origin: settings.origin,
    key,
    demo: settings.demo,
    people,
    profile: settings.passwordProfile,
    oidc: settings.oidc,
    address: (c) => addressOf(c, settings.proxies),
  })
  const breath = () => new Promise((resolve) => setTimeout(resolve, 20))
  const doubt = observed(checker(world, breath), measured, log)
  const changes = live(database, city)
  const http = app(world, {
    identify: async (request) => {
      const { person, waiting, ended } = await signIn.identify(request)
      return { via: 'web', waiting, ended, ...(person !== undefined && { person }) }
    },
    forget: signIn.forget,
    onFailure: (error, request) =>
      log.error({ err: error, method: request.method }, 'a request failed through our fault'),
    metrics: measured,
    readsMetrics: (c) => settings.metrics === 'all' || isLocal(c, settings.proxies),
    live: changes,
    demo: settings.demo,
    deskFolder,
    origin: settings.origin,
    filesHost: shelf.away?.host,
    addressOf: (c) => addressOf(c, settings.proxies),
    visitorLimit: settings.visitorLimit,
    more: [
      signIn.routes,
      fileRoutes(world, shelf),
      library(world),
      accessRoutes(world),
      benefitRoutes(world),
      ladderRoutes(world),
      verdictRoutes(world),
    ],
    portal: {
      demo: settings.demo,
      origin: settings.origin,
      secure: settings.origin.startsWith('https:'),
      accepts: { most: `${Math.round(settings.uploadLimit / 1024 ** 2)} MB`, kinds: acceptedKinds },
      largestForm: settings.uploadLimit * LIMITS.files + 1_000_000,
      upload: (file, actor, lang) => keepFile(shelf, file, actor.id, lang, around.now()),
      files: (ids) => filesById(shelf, ids),
      importer: jobs,
      signIn: {
        oidc: settings.oidc !== undefined,
        people,
        sessions: signIn.sessions,
        profile: settings.passwordProfile,
        factors: (request) => signIn.factors(request),
        beginTotp: signIn.beginTotp,
        confirmTotp: signIn.confirmTotp,
        renewCodes: signIn.renewCodes,
        problem: describe,
      },
    },
  })
  const server = serve({ fetch: http.fetch, port: settings.port, hostname: settings.host })
  tellUnread(server as Server)
  // Longer than proxies keep a line that is idle (a minute): whoever closes it first must not be the one who is asked.
  ;(server as Server).keepAliveTimeout = 65_000
  const closeParts = async () => {
    changes.close()
    await jobs.close()
    await endTracing?.()
  }
  try {
    await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  } catch (error) {
    await closeParts()
    throw wrongHost(error, settings.host) ?? error
  }
  const sweep = { shelf, settings, doubt, failed: (error: unknown) => log.error({ err: error }, 'the sweep failed') }
  const timers = timed ? keepTime(world, sweep) : []
  return {
    port: (server.address() as AddressInfo).port,
    http,
    async close() {
      for (const timer of timers) clearInterval(timer)
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await closeParts()
    },
  }
}

/** An address that nobody knows, or that is not this machine's, told as the setting that names it. */
function wrongHost(error: unknown, host: string): SettingsError | undefined {
  const { code = '', syscall } = error as NodeJS.ErrnoException
  const ours = syscall === 'getaddrinfo' || /^(EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL)$/.test(code)
  return ours ? new SettingsError([{ name: table.host.name, value: host, right: ownAddress }]) : undefined
}

type Sweep = {
  readonly shelf: Shelf
  readonly settings: Settings
  readonly doubt: () => Promise<void>
  readonly failed: (error: unknown) => void
}

/** Time's own work: commands whose moment has come each second, the roll-up and who is entitled every ten seconds, clearing up, seals and checks each hour. */
function keepTime(world: World, { shelf, settings, doubt, failed }: Sweep): NodeJS.Timeout[] {
  const every = (milliseconds: number, work: () => Promise<unknown>) => {
    let busy = false
    return setInterval(() => {
      if (busy) return
      busy = true
      work()
        .catch(failed)
        .finally(() => (busy = false))
    }, milliseconds)
  }
  const { now } = world.around
  const sealAndDoubt = async () => {
    await sealDays(world.database, world.city, dateOf(now()))
    await doubt()
  }
  return [
    setTimeout(() => void sealAndDoubt().catch(failed), 5_000),
    every(3_600_000, sealAndDoubt),
    every(1000, () => wake(world, world.around, now())),
    every(5_000, () => recomputeClocks(world)),
    every(5_000, () => deliver(world, settings.messages)),
    every(10_000, () => world.verdicts.fresh()),
    every(60_000, teller(world)),
    every(60_000, doubter(world)),
    every(10_000, () => fold(world.database, world.city, world.registry.figures.values())),
    every(3_600_000, async () => {
      await clearDrafts(world.database, world.city, now())
      await clearUnattached(shelf, now())
      await forgetAnswers(world.database, world.city, now())
      await rescanHeld(shelf)
    }),
  ]
}
