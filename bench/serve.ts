// The server of the benches, a process of its own: the whole application as in production, its clock in the evening of the
// filled year; or, to compare with, node:http and pg doing the same work with nothing in between.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { pino } from 'pino'
import { people } from '../cities/tonghua/people.ts'
import * as domains from '../domains/index.ts'
import { visible } from '../kernel/access.ts'
import { readSettings, type Settings } from '../server/settings.ts'
import { startServer } from '../server/server.ts'
import { openWorld, type World } from '../server/world.ts'
import { listRecords } from '../store/read.ts'
import { builtDesks } from '../cli/desk.ts'
import type { Serve } from './client.ts'
import { CITY, evening } from './fill.ts'
import { bare, CLIENTS, opened, taped } from './loop.ts'

type Served = { readonly port: number; close(): Promise<void> }

process.once('message', (order: Serve) => void begin(order))

async function begin({ url, bare: plain = false }: Serve): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lj-bench-'))
  const settings = readSettings({ LIANGJIAN_HOST: '127.0.0.1', PORT: '0', LIANGJIAN_DATA: folder })
  const config = { connectionString: url }
  const all = Object.values(domains)
  const world = await openWorld({ config, city: CITY, domains: all, now: evening(), connections: settings.pool })
  const served = await (plain ? serveBare(world) : serveWhole(world, settings))
  process.send!({ port: served.port })
  process.once('SIGTERM', () => {
    void served
      .close()
      .then(() => world.close())
      .then(() => rmSync(folder, { recursive: true, force: true }))
      .then(() => process.exit(0))
  })
}

async function serveWhole(world: World, settings: Settings): Promise<Served> {
  const known = people.map(({ id, name, description }) => ({ id, name, zh: description.zh, en: description.en }))
  const log = pino({ level: settings.log })
  return startServer({ world, settings, log, people: known, deskFolder: await builtDesks() })
}

/** `POST /N` gives the next command of the N-th client, `GET /PERSON` lists that person's open cases: no session, no rules. */
async function serveBare(world: World): Promise<Served> {
  const desk = await opened(world)
  const loop = bare(desk, await taped(desk))
  const { sees } = world.registry.kinds.get('appeal')!.definition
  const page = { kind: 'appeal', open: true, order: 'due', limit: 20 } as const
  const server = createServer((request, response) => {
    const name = request.url!.slice(1)
    const answer = (said: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(said))
    const failed = (error: Error) => response.writeHead(500).end(error.message)
    if (request.method === 'GET')
      return void listRecords(world.database, CITY, visible(sees, desk.actors.get(name)!), page).then(answer, failed)
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: unknown }
      void loop.step(Number(name) % CLIENTS).then(() => answer({ done: input !== undefined }), failed)
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
