// A whole server for tests: the small city of tests/world.ts on a real port, with demonstration identities.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Domain } from '../kernel/domain.ts'
import { readSettings } from '../server/settings.ts'
import { startServer } from '../server/server.ts'
import { town, type Town } from './world.ts'

export type Served = {
  readonly town: Town
  /** Every route that is served. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  readonly origin: string
  /** The data folder. */
  readonly data: string
  /** A request with JSON in and JSON out, as a person (or as nobody). */
  ask(
    person: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: Record<string, unknown>; text: string; headers: Headers }>
  /** The cookie of a person who is signed in. */
  cookie(person: string): Promise<string>
  close(): Promise<void>
}

const PEOPLE = [
  'wen',
  'an',
  'shen',
  'fen',
  'hao',
  'hui',
  'tou',
  'dian',
  'gui',
  'du',
  'ling',
  'xiang',
  'mu',
  'zheng',
  'ce',
  'qi',
  'bie',
]

/** `env`: settings that differ from those of a demonstration city; `others`: more people who may sign in. */
export async function served(
  more: readonly Domain[] = [],
  deskFolder = '/nowhere',
  {
    env = {},
    others = [],
  }: { readonly env?: Readonly<Record<string, string>>; readonly others?: readonly string[] } = {},
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'lj-served-'))
  const t = await town(more)
  const settings = readSettings({
    PORT: await freePort(),
    LIANGJIAN_DATA: folder,
    LIANGJIAN_HOST: '127.0.0.1',
    ...env,
  })
  const people = [...PEOPLE, ...others].map((id) => ({ id, name: `${id}某`, zh: id, en: id }))
  const log = pino({ level: 'silent' })
  const running = await startServer({ world: t.world, settings, log, people, deskFolder, timers: false })
  const origin = `http://localhost:${running.port}`
  const cookies = new Map<string, string>()

  const cookie = async (person: string) => {
    const known = cookies.get(person)
    if (known !== undefined) return known
    const response = await fetch(`${origin}/auth/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person }),
    })
    const set = response.headers.getSetCookie()[0]?.split(';')[0]
    if (!response.ok || set === undefined) throw new Error(`nobody could sign in as ${person}: ${response.status}`)
    cookies.set(person, set)
    return set
  }
  return {
    // Whoever is wanted after a leap of time signs in again: sessions end by themselves.
    town: {
      ...t,
      set(at) {
        cookies.clear()
        t.set(at)
      },
    },
    origin,
    routes: running.http.routes,
    data: folder,
    cookie,
    async ask(person, method, path, body, headers = {}) {
      const response = await fetch(`${origin}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          'sec-fetch-site': 'same-origin',
          ...(body !== undefined && typeof body !== 'string' && { 'content-type': 'application/json' }),
          ...(person !== undefined && { cookie: await cookie(person) }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      const json = /json/.test(response.headers.get('content-type') ?? '') && text !== ''
      return {
        status: response.status,
        body: json ? (JSON.parse(text) as Record<string, unknown>) : {},
        text,
        headers: response.headers,
      }
    },
    async close() {
      await running.close()
      await t.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A port that nobody has: passkeys belong to an address, which must be known before the server starts. */
async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return String(port)
}
