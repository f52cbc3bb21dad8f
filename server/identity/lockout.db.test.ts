// Who is locked out by whose failures: a stranger by his own, an owner by nobody else's.
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nobody } from '../../kernel/access.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'
import type { Env } from '../env.ts'
import { devices } from './device.ts'
import { identity, type Identity } from './index.ts'
import { everywhere, limits } from './lockout.ts'

const password = '春江水暖-Duck-1079'
const key = Buffer.alloc(32, 7)
const home = '203.0.113.9'
let t: Town
let id: Identity
let http: Hono<Env>
let address = home

beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())
beforeEach(async () => {
  t.set(wednesday)
  address = home
  for (const table of ['failure', 'session', 'password']) await t.world.database.query(`delete from identity.${table}`)
  id = identity({
    database: t.world.database,
    city: 'town',
    cache: t.world.cache,
    now: t.world.around.now,
    origin: 'http://localhost:8080',
    key,
    demo: true,
    people: [{ id: 'qi' }],
    profile: 'asvs',
    oidc: undefined,
    address: (c) => c.req.header('x-from') ?? address,
  })
  http = new Hono<Env>()
  http.use(async (c, next) => {
    c.set('lang', 'zh-CN')
    c.set('actor', nobody)
    return next()
  })
  http.route('/', id.routes)
  const code = await id.invite('qi')
  expect((await browser().send('/auth/invitation', { code, password })).status).toBe(200)
})

function browser() {
  const jar = new Map<string, string>()
  const send = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await http.request(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      body: JSON.stringify(body),
    })
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]!.split(/=(.*)/s)
      jar.set(name, value)
    }
    return { status: response.status, cookies: response.headers.getSetCookie() }
  }
  const enter = async (given = password, login = 'qi-login') =>
    (await send('/auth/sign-in', { login, password: given })).status
  return { jar, send, enter }
}

async function fail(from: string, times: number, b = browser()): Promise<readonly number[]> {
  address = from
  const statuses: number[] = []
  for (let time = 0; time < times; time++) statuses.push(await b.enter('wrong wrong wrong'))
  return statuses
}

/** Guessing at as many addresses as it takes. */
async function failEverywhere(): Promise<void> {
  for (let n = 0; n < everywhere / limits.login.failures; n++)
    expect(await fail(`198.51.100.${n}`, limits.login.failures)).toEqual([401, 401, 401, 401, 401])
}

describe('a stranger who knows a login', () => {
  test('locks himself, and not its owner at another address, however long he goes on', async () => {
    for (let round = 0; round < 8; round++) {
      t.set(`2026-02-11T${10 + Math.trunc(round / 3)}:${String((round % 3) * 16).padStart(2, '0')}:00.000+08:00`)
      const statuses = await fail('198.51.100.1', 20)
      expect(statuses.filter((status) => status === 401)).toHaveLength(5)
      expect(statuses.at(-1)).toBe(429)
      expect(await browser().enter()).toBe(429)
      address = home
      expect(await browser().enter()).toBe(200)
    }
  })

  test('does not lock its owner at the same address on a device on which he has signed in', async () => {
    const owner = browser()
    expect(await owner.enter()).toBe(200)
    owner.jar.delete('session')
    // The address itself, too, is locked by what fails for others.
    for (let n = 0; n < 60; n++) await browser().enter('wrong wrong', `login-${n}`)
    await fail(home, 6)
    expect(await browser().enter()).toBe(429)
    expect(await owner.enter()).toBe(200)
  })

  test('does not keep whoever is signed in from changing his password', async () => {
    const owner = browser()
    await owner.enter()
    await failEverywhere()
    await fail(home, 6)
    const changed = { old: password, password: `${password}-anew` }
    expect((await owner.send('/auth/password', changed)).status).toBe(200)
  })
})

describe('guessing from many addresses', () => {
  test('is slowed down at the next one, even with the right password, until the first failures are old', async () => {
    await failEverywhere()
    expect(await fail('198.51.100.99', 1)).toEqual([429])
    expect(await browser().enter()).toBe(429)
    t.set('2026-02-11T10:14:00.000+08:00')
    expect(await browser().enter()).toBe(429)
    t.set('2026-02-11T10:16:00.000+08:00')
    expect(await browser().enter()).toBe(200)
  })

  test('at once gets no more tries than one after another', async () => {
    const tries = Array.from({ length: 40 }, async (_, n) => {
      const from = { 'x-from': `198.51.100.${n}` }
      return (await browser().send('/auth/sign-in', { login: 'qi-login', password: `wrong wrong ${n}` }, from)).status
    })
    const statuses = await Promise.all(tries)
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(everywhere)
  })

  test('locks no device on which the owner has signed in, and no other login', async () => {
    const owner = browser()
    await owner.enter()
    owner.jar.delete('session')
    await failEverywhere()
    address = '192.0.2.1'
    expect(await owner.enter()).toBe(200)
    expect(await browser().enter('wrong wrong', 'hao-login')).toBe(401)
  })
})

describe('a known device', () => {
  test('is counted for itself: five failures lock it', async () => {
    const owner = browser()
    await owner.enter()
    owner.jar.delete('session')
    expect(await fail(home, 6, owner)).toEqual([401, 401, 401, 401, 401, 429])
    expect(await owner.enter()).toBe(429)
  })

  test('is known for its own login only, and not by a cookie that somebody made', async () => {
    const made = devices(key).fresh('qi-login')
    const [name] = made.split('.')
    expect(devices(key).of(made, 'qi-login')).toBe(name)
    expect(devices(key).of(made, 'hao-login')).toBeUndefined()
    expect(devices(Buffer.alloc(32, 8)).of(made, 'qi-login')).toBeUndefined()
    for (const odd of [undefined, '', '.', `${name}.`, `${name}`, `x.${made.split('.')[1]}`])
      expect(devices(key).of(odd, 'qi-login')).toBeUndefined()
    await failEverywhere()
    address = home
    const thief = browser()
    thief.jar.set('device', devices(key).fresh('hao-login'))
    expect(await thief.enter()).toBe(429)
  })

  test('is told in a cookie that scripts cannot read; a demonstration identity makes none', async () => {
    const { cookies } = await browser().send('/auth/sign-in', { login: 'qi-login', password })
    const cookie = cookies.find((one) => one.startsWith('device='))
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/Max-Age=15552000/)
    const demo = await browser().send('/auth/demo', { person: 'qi' })
    expect(demo.status).toBe(200)
    expect(demo.cookies.some((one) => one.startsWith('device='))).toBe(false)
  })
})
