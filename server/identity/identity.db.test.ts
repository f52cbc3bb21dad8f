// Every way of signing in, what people do wrong on each, and the lock that holds for all of them.
import { Hono } from 'hono'
import { createHash } from 'node:crypto'
import { generateSync } from 'otplib'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nobody } from '../../kernel/access.ts'
import { addDays } from '../../kernel/clock/date.ts'
import { inviteFromTerminal } from '../../cli/found.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'
import type { Env } from '../env.ts'
import { identity, sameOrigin, type Identity } from './index.ts'
import { weakness } from './password.ts'

let t: Town
let id: Identity
let http: Hono<Env>
const origin = 'http://localhost:8080'
const good = '春江水暖-Duck-1079'

beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

let minute = 0
beforeEach(async () => {
  t.set(wednesday)
  minute = 0
  for (const table of ['failure', 'session', 'password', 'totp', 'recovery', 'invitation'])
    await t.world.database.query(`delete from identity.${table}`)
  make()
})

/** Time goes on: the session cache and one-time codes go by it. */
function pass(minutes: number): void {
  minute += minutes
  t.set(new Date(Date.parse(wednesday) + minute * 60_000 + 8 * 3_600_000).toISOString().replace('Z', '+08:00'))
}

function make(more: Partial<Parameters<typeof identity>[0]> = {}): void {
  id = identity({
    database: t.world.database,
    city: 'town',
    cache: t.world.cache,
    now: t.world.around.now,
    origin,
    key: Buffer.alloc(32, 7),
    demo: false,
    people: [{ id: 'hao' }],
    profile: 'asvs',
    oidc: undefined,
    address: () => '203.0.113.9',
    ...more,
  })
  http = new Hono<Env>()
  http.use(async (c, next) => {
    c.set('lang', 'zh-CN')
    c.set('actor', nobody)
    return next()
  })
  http.use(sameOrigin(origin))
  http.route('/', id.routes)
}

/** One browser: keeps its cookies. */
function browser() {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await http.request(path, {
      method,
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', cookie: cookie(), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const text = await response.text()
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
    return { status: response.status, json, location: response.headers.get('location') ?? '' }
  }
  const who = () => id.identify(new Request(origin, { headers: { cookie: cookie() } }))
  return { jar, send, who, cookie }
}

async function withPassword(person: string): Promise<void> {
  const code = await id.invite(person)
  const answer = await browser().send('POST', '/auth/invitation', { code, password: good })
  expect(answer.status).toBe(200)
}

const signIn = (login: string, password = good, more: object = {}) => ({ login, password, ...more })

describe('a password', () => {
  test('is set by an invitation that is good once and for three days', async () => {
    const code = await id.invite('qi')
    const b = browser()
    expect((await b.send('POST', '/auth/invitation', { code, password: 'short' })).json['code']).toBe('too-short')
    expect((await b.send('POST', '/auth/invitation', { code, password: good })).status).toBe(200)
    expect((await b.send('POST', '/auth/invitation', { code, password: good })).json['code']).toBe('expired-invitation')
    // Of several at the same instant one is good.
    const codes = await Promise.all(Array.from({ length: 8 }, () => id.invite('bie')))
    const { rows } = await t.world.database.query(`select hash from identity.invitation where person = 'bie'`)
    expect(rows).toHaveLength(1)
    const tried = await Promise.all(
      codes.map((one) => b.send('POST', '/auth/invitation', { code: one, password: good })),
    )
    expect(tried.filter((answer) => answer.status === 200)).toHaveLength(1)
    const late = await id.invite('qi')
    t.set(`${addDays('2026-02-11', 4)}T10:00:00.000+08:00`)
    expect((await b.send('POST', '/auth/invitation', { code: late, password: good })).json['code']).toBe(
      'expired-invitation',
    )
  })

  test('opens a session for an enterprise, and the same words for a wrong one and for nobody', async () => {
    await withPassword('qi')
    const b = browser()
    const wrong = await b.send('POST', '/auth/sign-in', signIn('qi-login', 'wrong wrong wrong'))
    const nobodys = await b.send('POST', '/auth/sign-in', signIn('no-such-login', 'wrong wrong wrong'))
    expect(wrong.status).toBe(401)
    expect(wrong.json).toEqual(nobodys.json)
    expect((await b.send('POST', '/auth/sign-in', signIn('qi-login'))).json).toMatchObject({ person: 'qi' })
    expect(await b.who()).toMatchObject({ person: 'qi', waiting: false })
  })

  test('is weak when it is short, common, or holds the login; the second profile also wants three kinds of sign', async () => {
    expect(await weakness('abcdefghijk', 'x', 'asvs')).toBe('too-short')
    expect(await weakness('123456789012', 'x', 'asvs')).toBe('common')
    expect(await weakness('hao-login-2026-hao', 'hao-login', 'asvs')).toBe('common')
    expect(await weakness('aaaaaaaaaaaaaaaa', 'x', 'asvs')).toBe('common')
    expect(await weakness('correct horse battery', 'x', 'asvs')).toBeUndefined()
    for (const tried of [
      'Password2026!',
      'p@ssw0rd1234',
      '!!dragon2026!!',
      'qwertyuiqwertyui',
      '1qaz2wsx3edc',
      'tonghua-2026',
    ])
      expect(await weakness(tried, 'x', 'asvs'), tried).toBe('common')
    for (const own of [good, '桃花潭水深千尺，不及汪伦送我情', 'Kx9-mountain-Vq27', '20260211-hospital-road'])
      expect(await weakness(own, 'qi-login', 'asvs'), own).toBeUndefined()
    expect(await weakness('onlysmall', 'x', 'mlps')).toBe('needs-classes')
    expect(await weakness('Vq7-kiefern', 'x', 'mlps')).toBeUndefined()
  })

  test('is asked for again after ninety days under classified protection', async () => {
    make({ profile: 'mlps' })
    await withPassword('qi')
    t.set(`${addDays('2026-02-11', 91)}T10:00:00.000+08:00`)
    expect((await browser().send('POST', '/auth/sign-in', signIn('qi-login'))).json['code']).toBe('expired')
  })

  test('that is changed ends every other session', async () => {
    await withPassword('qi')
    const [one, two] = [browser(), browser()]
    for (const b of [one, two]) await b.send('POST', '/auth/sign-in', signIn('qi-login'))
    expect((await one.send('POST', '/auth/password', { old: 'not it at all', password: `${good}!` })).status).toBe(401)
    expect((await one.send('POST', '/auth/password', { old: good, password: `${good}!` })).status).toBe(200)
    pass(1)
    expect((await one.who()).person).toBe('qi')
    expect((await two.who()).person).toBeUndefined()
  })
})

/** Signs in a person with a post and sets one-time codes up; returns the browser and how to make a code. */
async function withCodes(person: string) {
  await withPassword(person)
  const b = browser()
  await b.send('POST', '/auth/sign-in', signIn(`${person}-login`))
  expect(await b.who()).toMatchObject({ waiting: true })
  expect((await b.who()).person).toBeUndefined()
  const { secret } = (await b.send('POST', '/auth/totp/start', {})).json as { secret: string }
  const code = () => generateSync({ secret, epoch: Math.floor(Date.parse(t.world.around.now()) / 1000) })
  const confirmed = await b.send('POST', '/auth/totp/confirm', { code: code() })
  return { b, code, codes: confirmed.json['codes'] as string[] }
}

describe('a second factor', () => {
  test('must be set up by whoever holds a post before anything else works', async () => {
    const { b, codes } = await withCodes('hao')
    expect(codes).toHaveLength(10)
    expect(await b.who()).toMatchObject({ person: 'hao', waiting: false })
  })

  test('is then asked for; a code is good once, a neighbouring one is accepted, an old one is not', async () => {
    const { code } = await withCodes('hao')
    const b = browser()
    expect((await b.send('POST', '/auth/sign-in', signIn('hao-login'))).json['code']).toBe('factor-required')
    expect((await b.send('POST', '/auth/sign-in', signIn('hao-login', good, { code: code() }))).json['code']).toBe(
      'wrong-code',
    )
    pass(2)
    const used = code()
    expect((await b.send('POST', '/auth/sign-in', signIn('hao-login', good, { code: used }))).status).toBe(200)
    expect((await b.send('POST', '/auth/sign-in', signIn('hao-login', good, { code: used }))).json['code']).toBe(
      'wrong-code',
    )
    pass(1)
    const before = code()
    pass(0.5)
    expect((await b.send('POST', '/auth/sign-in', signIn('hao-login', good, { code: before }))).status).toBe(200)
    const old = code()
    pass(3)
    expect((await b.send('POST', '/auth/sign-in', signIn('hao-login', good, { code: old }))).status).toBe(401)
  })

  test('may be a recovery code, each once', async () => {
    const { codes } = await withCodes('hao')
    const b = browser()
    const with_ = () => b.send('POST', '/auth/sign-in', signIn('hao-login', good, { code: codes[0] }))
    expect((await with_()).status).toBe(200)
    expect((await with_()).json['code']).toBe('wrong-code')
  })

  test('of twenty who use one code at once, one gets in', async () => {
    const { code } = await withCodes('hao')
    pass(2)
    const body = signIn('hao-login', good, { code: code() })
    const answers = await Promise.all(Array.from({ length: 4 }, () => browser().send('POST', '/auth/sign-in', body)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  })
})

/** For somebody who has a passkey already: codes were set up before it. */
async function withCodesBesidePasskey(person: string) {
  const kept = await t.world.database.query('delete from identity.passkey where person = $1 returning *', [person])
  const made = await withCodes(person)
  for (const row of kept.rows as { id: string; made: Date }[])
    await t.world.database.query(
      `insert into identity.passkey (city, id, person, key, counter, transports, made) values ('town', $1, $2, '', 0, '[]', $3)`,
      [row.id, person, row.made],
    )
  return made
}

describe('failures', () => {
  const paths: readonly (readonly [string, (b: ReturnType<typeof browser>) => Promise<{ status: number }>])[] = [
    ['password', (b) => b.send('POST', '/auth/sign-in', signIn('hao-login', 'wrong wrong wrong'))],
    ['invitation', (b) => b.send('POST', '/auth/invitation', { code: 'guess', password: good })],
    ['passkey', (b) => b.send('POST', '/auth/passkey/sign-in/verify', { id: 'guess' })],
  ]
  test.each(paths)('lock the way by %s after five, and say for how long', async (_, fail) => {
    for (let time = 0; time < 5; time++) expect((await fail(browser())).status).toBe(401)
    const locked = (await fail(browser())) as unknown as { status: number; json: Record<string, unknown> }
    expect(locked.status).toBe(429)
    expect(locked.json['detail']).toMatch(/15 分钟/)
    pass(16)
    expect((await fail(browser())).status).toBe(401)
  })

  test.each(['/auth/totp/confirm', '/auth/factor', '/auth/totp/remove'])(
    'lock the second factor at %s, and the password with it',
    async (path) => {
      const { b } = await withCodes('hao')
      for (let time = 0; time < 5; time++) expect((await b.send('POST', path, { code: 'nonsense12' })).status).toBe(401)
      expect((await b.send('POST', path, { code: 'nonsense12' })).status).toBe(429)
      expect((await browser().send('POST', '/auth/sign-in', signIn('hao-login'))).status).toBe(429)
    },
  )

  test('however many come at once, no more than five are tried', async () => {
    await withPassword('qi')
    const wrong = Array.from({ length: 30 }, (_, n) =>
      browser().send('POST', '/auth/sign-in', signIn('qi-login', `wrong wrong ${n}`)),
    )
    const statuses = (await Promise.all(wrong)).map((answer) => answer.status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(25)
    expect((await browser().send('POST', '/auth/sign-in', signIn('qi-login'))).status).toBe(429)
  })

  test('what is tried while the lock holds does not make it longer', async () => {
    await withPassword('qi')
    const wrong = () => browser().send('POST', '/auth/sign-in', signIn('qi-login', 'wrong wrong wrong'))
    for (let time = 0; time < 5; time++) await wrong()
    for (const minutes of [5, 5, 4]) {
      pass(minutes)
      expect((await wrong()).status).toBe(429)
    }
    pass(2)
    expect((await browser().send('POST', '/auth/sign-in', signIn('qi-login'))).status).toBe(200)
  })

  test('being asked for the second factor is no failure', async () => {
    const { code } = await withCodes('hao')
    for (let time = 0; time < 8; time++)
      expect((await browser().send('POST', '/auth/sign-in', signIn('hao-login'))).json['code']).toBe('factor-required')
    pass(2)
    expect((await browser().send('POST', '/auth/sign-in', signIn('hao-login', good, { code: code() }))).status).toBe(
      200,
    )
  })

  test('name the account that was tried in the audit trail, and no address that could be turned back', async () => {
    await withPassword('qi')
    await browser().send('POST', '/auth/sign-in', signIn('qi-login', 'wrong wrong wrong'))
    const { rows } = await t.world.database.query(
      `select actor, record, detail from look where what = 'sign-in-failed' order by at desc, id limit 50`,
    )
    expect(rows).toContainEqual(expect.objectContaining({ actor: 'anonymous', record: 'qi' }))
    const plain = createHash('sha256').update('203.0.113.9').digest('base64url')
    expect(JSON.stringify(rows)).not.toContain('203.0.113.9')
    expect(JSON.stringify(rows)).not.toContain(plain.slice(0, 12))
  })

  test('lock an address that tries many logins', async () => {
    for (let time = 0; time < 50; time++)
      await browser().send('POST', '/auth/passkey/sign-in/verify', { id: `guess-${time}` })
    expect((await browser().send('POST', '/auth/sign-in', signIn('qi-login'))).status).toBe(429)
  })

  test('and successes are in the audit trail, without a secret or an unknown login', async () => {
    await withPassword('qi')
    await browser().send('POST', '/auth/sign-in', signIn('not-a-login', 'secret secret'))
    await browser().send('POST', '/auth/sign-in', signIn('qi-login'))
    const { rows } = await t.world.database.query(
      `select what, detail from look where what like 'sign-in%' order by at`,
    )
    expect(rows.map((row) => row['what'])).toEqual(expect.arrayContaining(['sign-in-failed', 'sign-in']))
    expect(JSON.stringify(rows)).not.toMatch(/secret|not-a-login/)
  })
})

describe('what proves who one is', () => {
  const added = { id: 'key-1', person: 'hao' }
  /** As if the device had answered: the test of the browser adds a real one. */
  const addPasskey = () =>
    t.world.database.query(
      `insert into identity.passkey (city, id, person, key, counter, transports, made) values ('town', $1, $2, '', 0, '[]', $3)`,
      [added.id, added.person, t.world.around.now()],
    )
  beforeEach(async () => {
    await t.world.database.query('delete from identity.passkey')
  })

  test('a password alone sets up no other factor where there is a passkey', async () => {
    await withPassword('hao')
    await addPasskey()
    const thief = browser()
    await thief.send('POST', '/auth/sign-in', signIn('hao-login'))
    expect(await thief.who()).toMatchObject({ waiting: true })
    for (const path of [
      '/auth/totp/start',
      '/auth/passkey/register/options',
      '/auth/passkey/remove',
      '/auth/recovery',
    ]) {
      const answer = await thief.send('POST', path, { id: added.id })
      expect([answer.status, answer.json['code']], path).toEqual([401, 'factor-required'])
    }
    expect((await thief.who()).person).toBeUndefined()
  })

  test('is changed only shortly after signing in', async () => {
    const { b } = await withCodes('hao')
    await addPasskey()
    expect((await b.send('POST', '/auth/recovery', {})).json['codes']).toHaveLength(10)
    pass(16)
    for (const path of ['/auth/passkey/register/options', '/auth/passkey/remove', '/auth/recovery']) {
      const answer = await b.send('POST', path, { id: added.id })
      expect([answer.status, answer.json['code']], path).toEqual([403, 'sign-in-again'])
    }
    const form = await b.send('POST', '/auth/passkey/remove', 'id=key-1&next=%2Faccount', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(form.location).toBe('/sign-in?problem=sign-in-again&next=%2Faccount')
  })

  test('a passkey is taken away by its owner and by nobody else', async () => {
    await addPasskey()
    const { b: other } = await withCodes('hui')
    expect((await other.send('POST', '/auth/passkey/remove', { id: added.id })).status).toBe(404)
    const { b } = await withCodesBesidePasskey('hao')
    expect((await b.send('POST', '/auth/passkey/remove', { id: added.id })).status).toBe(200)
    expect((await b.send('POST', '/auth/passkey/remove', { id: added.id })).status).toBe(404)
  })

  test('new recovery codes end the old ones', async () => {
    const { b, codes } = await withCodes('hao')
    const { codes: fresh } = (await b.send('POST', '/auth/recovery', {})).json as { codes: string[] }
    expect(fresh).not.toEqual(codes)
    const use = (code: string) => browser().send('POST', '/auth/sign-in', signIn('hao-login', good, { code }))
    expect((await use(codes[0]!)).json['code']).toBe('wrong-code')
    expect((await use(fresh[0]!)).status).toBe(200)
  })
})

describe('a session', () => {
  test('runs out when it is not used, and at the end of the day in any case', async () => {
    const { b } = await withCodes('hao')
    pass(29)
    expect((await b.who()).person).toBe('hao')
    pass(32)
    expect((await b.who()).person).toBeUndefined()
    pass(2)
    const again = await withCodes('hui')
    for (let time = 0; time < 25; time++) {
      pass(28)
      await again.b.who()
    }
    expect((await again.b.who()).person).toBe('hui')
    pass(28)
    expect((await again.b.who()).person).toBeUndefined()
  })

  test('is not kept open by a window that nobody sits at', async () => {
    const { b, code } = await withCodes('gui')
    const asks = (path: string, headers: Record<string, string> = {}) =>
      id.identify(new Request(`${origin}${path}`, { headers: { cookie: b.cookie(), ...headers } }))
    for (const [path, headers] of [
      ['/api/live', {}],
      ['/api/queues', { 'x-unattended': 'yes' }],
    ] as const) {
      pass(28)
      expect((await asks(path, headers)).person).toBe('gui')
      pass(3)
      expect(await asks(path, headers)).toEqual({ waiting: false, ended: true })
      await b.send('POST', '/auth/sign-in', signIn('gui-login', good, { code: code() }))
      expect((await b.who()).person).toBe('gui')
    }
    // Somebody who sits there keeps it.
    pass(28)
    expect((await asks('/api/queues')).person).toBe('gui')
    pass(3)
    expect((await asks('/api/queues')).person).toBe('gui')
  })

  test('can be listed, revoked one by one or all at once', async () => {
    await withPassword('qi')
    const [one, two, three] = [browser(), browser(), browser()]
    for (const b of [one, two, three]) await b.send('POST', '/auth/sign-in', signIn('qi-login'))
    const { items } = (await one.send('GET', '/auth/sessions')).json as { items: { id: string; current: boolean }[] }
    expect(items).toHaveLength(3)
    const [other] = items.filter((item) => !item.current)
    expect((await one.send('DELETE', `/auth/sessions/${other!.id}`)).status).toBe(200)
    expect((await one.send('DELETE', `/auth/sessions/${other!.id}`)).status).toBe(404)
    expect((await one.send('POST', '/auth/sessions/revoke-others', {})).json).toEqual({ count: 1 })
    expect((await one.who()).person).toBe('qi')
    expect((await two.who()).person).toBeUndefined()
    expect((await three.who()).person).toBeUndefined()
  })

  test('is not taken over from before: signing in makes a fresh one and ends the old', async () => {
    await withPassword('qi')
    const b = browser()
    await b.send('POST', '/auth/sign-in', signIn('qi-login'))
    const planted = b.jar.get('session')!
    await b.send('POST', '/auth/sign-in', signIn('qi-login'))
    expect(b.jar.get('session')).not.toBe(planted)
    const old = await id.identify(new Request(origin, { headers: { cookie: `session=${planted}` } }))
    expect(old.person).toBeUndefined()
  })

  test('of somebody who is suspended speaks for nobody', async () => {
    await withPassword('bie')
    const b = browser()
    await b.send('POST', '/auth/sign-in', signIn('bie-login'))
    await t.done(await t.as('an'), 'person', 'suspend', { reason: '停用' }, 'bie')
    await t.world.cache.refresh()
    expect(await t.world.cache.actor('bie', '2026-02-11')).toBeUndefined()
    expect((await browser().send('POST', '/auth/sign-in', signIn('bie-login'))).status).toBe(401)
    await t.done(await t.as('an'), 'person', 'restore', { reason: '恢复' }, 'bie')
  })

  test('in the cookie is http-only, same-site, and over https only for this very host', async () => {
    make({ origin: 'https://lj.example.gov.cn' })
    await withPassword('qi')
    const response = await http.request('/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signIn('qi-login')),
    })
    const cookie = response.headers.getSetCookie().find((one) => one.startsWith('__Host-session='))!
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part)
  })
})

describe('another site', () => {
  test('cannot act for whoever is signed in here, nor send people away from here', async () => {
    await withPassword('qi')
    const b = browser()
    await b.send('POST', '/auth/sign-in', signIn('qi-login'))
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none', origin: 'https://evil.example' },
    ])
      expect((await b.send('POST', '/auth/sessions/revoke-others', {}, headers)).status).toBe(403)
    // Nor sign anybody in unasked: without a cookie of ours, as one who has never been here.
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      const stranger = browser()
      expect((await stranger.send('POST', '/auth/sign-in', signIn('qi-login'), headers)).status).toBe(403)
      expect(stranger.jar.size).toBe(0)
    }
    const form = new URLSearchParams({ ...signIn('qi-login'), next: '//evil.example' }).toString()
    const answer = await b.send('POST', '/auth/sign-in', form, { 'content-type': 'application/x-www-form-urlencoded' })
    expect(answer.location).toBe('/')
  })
})

test('demonstration identities exist only in a demonstration city, and only those on the list', async () => {
  expect((await browser().send('POST', '/auth/demo', { person: 'hao' })).status).toBe(404)
  make({ demo: true })
  expect((await browser().send('POST', '/auth/demo', { person: 'wen' })).status).toBe(422)
  const b = browser()
  expect((await b.send('POST', '/auth/demo', { person: 'hao' })).status).toBe(200)
  expect((await b.who()).person).toBe('hao')
})

test('only an administrator invites', async () => {
  make({ demo: true, people: [{ id: 'hao' }, { id: 'wen' }] })
  const [handler, admin] = [browser(), browser()]
  await handler.send('POST', '/auth/demo', { person: 'hao' })
  await admin.send('POST', '/auth/demo', { person: 'wen' })
  expect((await browser().send('POST', '/auth/invite', { person: 'qi' })).status).toBe(401)
  expect((await handler.send('POST', '/auth/invite', { person: 'qi' })).status).toBe(403)
  expect((await admin.send('POST', '/auth/invite', { person: 'nobody' })).status).toBe(404)
  const { code } = (await admin.send('POST', '/auth/invite', { person: 'qi' })).json
  expect((await browser().send('POST', '/auth/invitation', { code, password: good })).status).toBe(200)
})

test('a reset, and any invitation of an administrator, is the security administrator’s to give, and nobody’s for himself', async () => {
  make({ demo: true, people: [{ id: 'wen' }, { id: 'an' }] })
  const [system, security] = [browser(), browser()]
  await system.send('POST', '/auth/demo', { person: 'wen' })
  await security.send('POST', '/auth/demo', { person: 'an' })
  const invited = async (by: ReturnType<typeof browser>, person: string) => {
    const { status, json } = await by.send('POST', '/auth/invite', { person })
    return status === 200 ? 'invited' : `${status} ${String(json['code'])}`
  }
  for (const person of ['shen', 'an']) expect(await invited(system, person)).toBe('403 invitation-by-security')
  expect(await invited(system, 'wen')).toBe('403 invitation-for-oneself')
  expect(await invited(security, 'an')).toBe('403 invitation-for-oneself')
  for (const person of ['shen', 'wen']) expect(await invited(security, person)).toBe('invited')
  // A first invitation is the system administrator's; once it was used, only the other gives another.
  expect(await invited(security, 'ling')).toBe('403 first-invitation')
  const first = (await system.send('POST', '/auth/invite', { person: 'ling' })).json['code']
  expect(await invited(system, 'ling')).toBe('invited')
  expect((await browser().send('POST', '/auth/invitation', { code: first, password: good })).status).toBe(401)
  await withPassword('ling')
  expect(await invited(system, 'ling')).toBe('403 invitation-by-security')
  expect(await invited(security, 'ling')).toBe('invited')
  const { rows } = await t.world.database.query(
    `select actor, what from look where record = 'ling' and what in ('invited', 'refused') order by actor, what`,
  )
  expect(rows.map((row) => [row['actor'], row['what']].join(' '))).toEqual([
    'an invited',
    'an refused',
    'wen invited',
    'wen invited',
    'wen refused',
  ])
})

test('a first invitation is worth nothing once its person administers, or whoever gave it does no longer', async () => {
  make({ demo: true, people: [{ id: 'wen' }, { id: 'an' }] })
  const [system, security] = [browser(), browser()]
  await system.send('POST', '/auth/demo', { person: 'wen' })
  await security.send('POST', '/auth/demo', { person: 'an' })
  const take = async (code: unknown) =>
    (await browser().send('POST', '/auth/invitation', { code, password: good })).status
  const [wen, an] = [await t.as('wen'), await t.as('an')]
  for (const id of ['soon', 'later']) await t.done(wen, 'person', 'enrol', { name: id, login: `${id}-login` }, id)
  const first = (await system.send('POST', '/auth/invite', { person: 'soon' })).json['code']
  const term = { unit: 'town', clearance: 1, from: '2026-01-01' }
  await t.done(an, 'post', 'appoint', { person: 'soon', role: 'security-admin', ...term }, 'post-soon')
  await t.world.cache.refresh()
  expect(await take(first)).toBe(401)
  const second = (await security.send('POST', '/auth/invite', { person: 'soon' })).json['code']
  expect(await take(second)).toBe(200)

  const kept = (await system.send('POST', '/auth/invite', { person: 'later' })).json['code']
  await t.done(await t.as('soon'), 'person', 'suspend', { reason: '停用' }, 'wen')
  await t.world.cache.refresh()
  expect(await take(kept)).toBe(401)
  await t.done(an, 'person', 'restore', { reason: '恢复' }, 'wen')
  await t.world.cache.refresh()
  expect(await take(kept)).toBe(200)
})

test('whoever lost the second factor gets rid of it by an invitation that says so, and of nothing before it is followed', async () => {
  make({ demo: true, people: [{ id: 'an' }] })
  const security = browser()
  await security.send('POST', '/auth/demo', { person: 'an' })
  await withPassword('hao')
  const b = browser()
  const enter = (more: object = {}) => b.send('POST', '/auth/sign-in', { login: 'hao-login', password: good, ...more })
  await enter()
  const { secret } = (await b.send('POST', '/auth/totp/start', {})).json as { secret: string }
  const code = generateSync({ secret, epoch: Math.floor(Date.parse(t.world.around.now()) / 1000) })
  expect((await b.send('POST', '/auth/totp/confirm', { code })).status).toBe(200)
  const reset = async (clears: boolean) => {
    const { code } = (await security.send('POST', '/auth/invite', { person: 'hao', clears })).json
    expect((await enter()).json['code']).toBe('factor-required')
    expect((await browser().send('POST', '/auth/invitation', { code, password: good })).status).toBe(200)
  }
  await reset(false)
  expect((await enter()).json['code']).toBe('factor-required')
  await reset(true)
  expect((await enter()).json).toMatchObject({ person: 'hao', needsFactor: true })
  const { rows } = await t.world.database.query(
    `select actor, detail from look where record = 'hao' and what = 'factor-removed' and detail ->> 'factor' = 'all'`,
  )
  expect(rows).toHaveLength(1)
})

test('the only security administrator who lost his password gets a link from the terminal', async () => {
  const given = await inviteFromTerminal(t.world, 'an', origin)
  const code = new URL('link' in given ? given.link : '').searchParams.get('code')
  expect((await browser().send('POST', '/auth/invitation', { code, password: good })).status).toBe(200)
  expect(await inviteFromTerminal(t.world, 'nobody', origin)).toMatchObject({ refused: 'no-such-person' })
})

describe('single sign-on', () => {
  let issuer: Server
  let address: string
  beforeAll(async () => {
    issuer = createServer()
    await new Promise<void>((done) => issuer.listen(0, done))
    address = `http://localhost:${(issuer.address() as AddressInfo).port}`
    // It brings no types of its own.
    const { default: Provider } = (await import('oidc-provider' as string)) as {
      default: new (issuer: string, settings: unknown) => { callback(): unknown }
    }
    const provider = new Provider(address, {
      clients: [
        {
          client_id: 'liangjian',
          client_secret: 'a secret that is long enough',
          redirect_uris: [`${origin}/auth/oidc/callback`],
        },
      ],
      claims: { profile: ['preferred_username'] },
      conformIdTokenClaims: false,
      findAccount: (_ctx: unknown, sub: string) => ({
        accountId: sub,
        claims: () => ({ sub, preferred_username: sub.replace(/^u-/, '') }),
      }),
      features: { devInteractions: { enabled: true } },
    })
    issuer.on('request', provider.callback() as never)
  })
  afterAll(() => {
    issuer.closeAllConnections()
    issuer.close()
  })

  /** Walks through the issuer's own pages as a person would, and returns the address it sends back to. */
  async function walk(start: string, login: string): Promise<string> {
    const jar = new Map<string, string>()
    let url = start
    let form: URLSearchParams | undefined
    for (let step = 0; step < 12; step++) {
      const response = await fetch(url, {
        redirect: 'manual',
        method: form ? 'POST' : 'GET',
        headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') },
        ...(form && { body: form }),
      })
      form = undefined
      for (const set of response.headers.getSetCookie()) {
        const [k = '', v = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s)
        jar.set(k, v)
      }
      const next = response.headers.get('location')
      if (next?.startsWith(origin)) return next.slice(origin.length)
      if (next) {
        url = new URL(next, address).href
        continue
      }
      const page = await response.text()
      const action = /action="([^"]+)"/.exec(page)?.[1]
      const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? 'login'
      url = new URL(action!, address).href
      form = new URLSearchParams({ prompt, ...(prompt === 'login' && { login, password: 'x' }) })
    }
    throw new Error('the issuer never sent us back')
  }

  test('signs in the person whose login the issuer names, and him again by the link', async () => {
    make({ oidc: { issuer: address, clientId: 'liangjian', clientSecret: 'a secret that is long enough' } })
    const b = browser()
    const started = await b.send('GET', '/auth/oidc/start')
    expect(started.status).toBe(302)
    const back = await walk(started.location, 'u-hao-login')
    const ended = await b.send('GET', back)
    expect(ended.location).toBe('/desk/')
    expect(await b.who()).toMatchObject({ person: 'hao', waiting: false })
    const replayed = browser()
    expect((await replayed.send('GET', back)).location).toMatch(/problem=wrong-sign-on/)
    const stranger = browser()
    const other = await stranger.send('GET', '/auth/oidc/start')
    expect((await stranger.send('GET', await walk(other.location, 'u-unknown'))).location).toMatch(/wrong-sign-on/)
    const usurper = browser()
    const third = await usurper.send('GET', '/auth/oidc/start')
    expect((await usurper.send('GET', await walk(third.location, 'hao-login'))).location).toMatch(/wrong-sign-on/)
  })
})
