// What every route of signing in stands on: whose session it is, the lock, the audit trail, and how an answer is given.
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createHmac, randomUUID } from 'node:crypto'
import { dateOf, type Moment } from '../../kernel/clock/date.ts'
import type { Cache } from '../../store/cache.ts'
import type { Database } from '../../store/connection.ts'
import { cleanedForm } from '../clean.ts'
import type { Env } from '../env.ts'
import { inside } from '../inside.ts'
import { problem, problemJson } from '../problem.ts'
import { deviceLasts, devices } from './device.ts'
import { factors } from './factor.ts'
import { lockout } from './lockout.ts'
import type { OidcSettings } from './oidc.ts'
import { passkeys } from './passkey.ts'
import { passwords, type Profile } from './password.ts'
import { pending } from './pending.ts'
import { deviceOf, hashOf, sessions, type Session, type Way } from './session.ts'
import { describe, type Code } from './texts.ts'

export type IdentityOptions = {
  readonly database: Database
  readonly city: string
  readonly cache: Cache
  readonly now: () => Moment
  readonly origin: string
  /** 32 bytes that never leave this installation. */
  readonly key: Buffer
  readonly demo: boolean
  /** The identities that anybody may take on in a demonstration city. */
  readonly people: readonly { readonly id: string }[]
  readonly profile: Profile
  readonly oidc: OidcSettings | undefined
  /** The address a request comes from. */
  readonly address: (c: Context) => string
}

export type C = Context<Env>
export type Refused = {
  readonly code: Code
  readonly status: number
  readonly about?: Record<string, string | number>
}
export type Given = Readonly<Record<string, unknown>>

/** Minutes after signing in during which what proves who one is may be changed without signing in again. */
const FRESH = 15

export const refusal = (code: Code, status: number, about?: Record<string, string | number>): Refused => ({
  code,
  status,
  ...(about && { about }),
})

export function isRefused(result: unknown): result is Refused {
  return typeof result === 'object' && result !== null && 'code' in result && 'status' in result
}

/** Whether somebody sits there: not when a window listens for changes, or reads again what it shows, long after it was touched. */
function isAttended(request: Request): boolean {
  return request.headers.get('x-unattended') === null && new URL(request.url).pathname !== '/api/live'
}

export function ground(options: IdentityOptions) {
  const { database, city, cache, now, origin } = options
  const open = sessions(database, city, now)
  const lock = lockout(database, city, now)
  const factor = factors(database, city, options.key, now)
  const passkey = passkeys(database, city, origin, now)

  const secure = origin.startsWith('https:')
  const name = secure ? '__Host-session' : 'session'
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'Lax' } as const
  /** Has the browser forget a session that is none any more, so that it goes on as anybody. */
  const forget = (c: C) => deleteCookie(c, name, attributes)
  const device = devices(options.key)
  const deviceName = secure ? '__Host-device' : 'device'

  const tokenOf = (request: Request): string | undefined =>
    (request.headers.get('cookie') ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1)

  async function sessionOf(request: Request): Promise<Session | undefined> {
    const token = tokenOf(request)
    return token === undefined ? undefined : open.find(token, isAttended(request))
  }

  const holdsPost = async (person: string) => ((await cache.actor(person, dateOf(now())))?.posts.length ?? 0) > 0

  const told = (what: string, actor: string, detail: Given = {}, about = actor) =>
    database.query(
      'insert into look (city, id, at, actor, what, kind, record, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [city, randomUUID(), now(), actor, what, 'person', about, JSON.stringify(detail)],
    )

  // A plain hash of so few addresses could be turned back by trying them all.
  const addressOf = (c: C) => createHmac('sha256', options.key).update(options.address(c)).digest('base64url')

  async function personOf(login: string): Promise<string | undefined> {
    const { rows } = await database.query(
      `select id from record where city = $1 and kind = 'person' and open and facets @> $2`,
      [city, JSON.stringify({ login })],
    )
    return rows.length === 1 ? (rows[0]!['id'] as string) : undefined
  }

  /** By what an attempt is counted: the device or the session from which it comes, else the login at the address. */
  async function whoTries(c: C, login: string) {
    const address = addressOf(c)
    const stranger = [
      ['login', `${hashOf(login)}@${address}`],
      ['address', address],
    ] as const
    const session = await sessionOf(c.req.raw)
    // Whoever guesses within a session shall not go on guessing by signing in anew.
    if (session && (await loginOf(session.person)) === login)
      return { who: [['session', hashOf(session.person)]] as const, also: stranger }
    const known = device.of(getCookie(c, deviceName), login)
    return { who: known === undefined ? stranger : ([['device', hashOf(known)]] as const), also: [] }
  }

  /** Runs one attempt under the lock of whoever tries; a failure counts against him. */
  async function attempt<T>(c: C, login: string, work: () => Promise<T | Refused>): Promise<T | Refused> {
    const { who, also } = await whoTries(c, login)
    const minutes = await lock.take(who)
    // Whose account was tried is for the audit; a login that nobody has may be a password in the wrong field.
    const about = (await personOf(login)) ?? 'anonymous'
    const detail = { address: addressOf(c).slice(0, 12) }
    if (minutes > 0) {
      await told('sign-in-locked', 'anonymous', detail, about)
      return refusal('locked', 429, { minutes })
    }
    const result = await work()
    if (!isRefused(result)) await lock.succeeded(who)
    else if (result.code === 'factor-required') await lock.giveBack(who)
    else {
      await lock.take(also)
      await told('sign-in-failed', 'anonymous', { ...detail, code: result.code }, about)
    }
    return result
  }

  async function enter(c: C, person: string, way: Way, factorShown: boolean): Promise<void> {
    const before = await sessionOf(c.req.raw)
    if (before) await open.revoke(before.person, before.id)
    const token = await open.open({
      person,
      way,
      factor: factorShown,
      device: deviceOf(c.req.header('user-agent') ?? null),
      post: await holdsPost(person),
    })
    setCookie(c, name, token, attributes)
    // Anybody may be a demonstration identity: that makes no device his.
    if (way !== 'demo')
      setCookie(c, deviceName, device.fresh(await loginOf(person)), { ...attributes, maxAge: deviceLasts })
    await told('sign-in', person, { way })
  }

  /** The body of a form or of JSON as plain values. */
  async function given(c: C): Promise<Given> {
    const type = c.req.header('content-type') ?? ''
    if (type.startsWith('application/json')) {
      const parsed: unknown = await c.req.json().catch(() => undefined)
      return typeof parsed === 'object' && parsed !== null ? cleanedForm(parsed as Given) : {}
    }
    return cleanedForm(await c.req.parseBody())
  }
  const text = (values: Given, field: string): string => {
    const value = values[field]
    return typeof value === 'string' ? value.slice(0, 1000) : ''
  }
  const isForm = (c: C) => /^(application\/x-www-form-urlencoded|multipart\/)/.test(c.req.header('content-type') ?? '')

  /** A form goes on to the next page, or back to its own with the problem's code; a program gets JSON. */
  async function answer(c: C, values: Given, page: string, result: Refused | Given, next: string): Promise<Response> {
    const lang = c.get('lang')
    if (isRefused(result)) {
      const { code, status, about = {} } = result
      if (!isForm(c)) return problemJson(c, problem(status, code, describe(code, lang, about)))
      const back = new URLSearchParams({ problem: code, ...stringsOf(about) })
      const onward = inside(text(values, 'next'))
      if (onward !== undefined) back.set('next', onward)
      return c.redirect(`${code === 'sign-in-again' ? '/sign-in' : page}?${back}`, 303)
    }
    return isForm(c) ? c.redirect(inside(text(values, 'next')) ?? next, 303) : c.json(result)
  }

  /** What needs a session, whether or not the second factor is still missing. */
  async function mine(c: C): Promise<Session | Refused> {
    return (await sessionOf(c.req.raw)) ?? refusal('not-signed-in', 401)
  }

  /** A session in which what proves who one is may be changed: just begun, and with the second factor if there is one. */
  async function fresh(session: Session): Promise<Refused | undefined> {
    const secured = (await factor.has(session.person)) || (await passkey.list(session.person)).length > 0
    if (secured && !session.factor) return refusal('factor-required', 401)
    const minutes = (Date.parse(now()) - session.made.getTime()) / 60_000
    return minutes > FRESH ? refusal('sign-in-again', 403) : undefined
  }

  const loginOf = async (person: string) => {
    const { rows } = await database.query(
      `select facets->>'login' as login from record where city = $1 and kind = 'person' and id = $2`,
      [city, person],
    )
    return (rows[0]?.['login'] as string | null | undefined) ?? ''
  }

  return {
    options,
    open,
    password: passwords(database, city, options.profile, now),
    factor,
    passkey,
    asked: pending(database, city, now),
    cookie: { name, attributes },
    forget,
    tokenOf,
    sessionOf,
    holdsPost,
    told,
    personOf,
    attempt,
    enter,
    given,
    text,
    isForm,
    answer,
    mine,
    fresh,
    loginOf,
  }
}

export type Ground = ReturnType<typeof ground>

export function stringsOf(about: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(about).map(([field, value]) => [field, String(value)]))
}
