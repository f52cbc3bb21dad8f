// Signing in: every way in counts failures alike, opens the same kind of session, and is written to the audit trail.
import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { randomUUID } from 'node:crypto'
import type { Moment } from '../../kernel/clock/date.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import type { Cache } from '../../store/cache.ts'
import type { Database } from '../../store/connection.ts'
import { cleanedForm } from '../clean.ts'
import type { Env } from '../env.ts'
import { inside } from '../inside.ts'
import { problem, problemJson } from '../problem.ts'
import { factors } from './factor.ts'
import { lockout } from './lockout.ts'
import { oidc, type OidcSettings } from './oidc.ts'
import { passkeys } from './passkey.ts'
import { passwords, weakness, type Profile } from './password.ts'
import { pending } from './pending.ts'
import { invitationLasts, invite } from './invitation.ts'
import { deviceOf, hashOf, sessions, type Session, type Way } from './session.ts'
import { describe, type Code } from './texts.ts'

export { invitationLasts, invite } from './invitation.ts'
export { sameOrigin } from './origin.ts'
export { describe } from './texts.ts'

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
}

export type Known = {
  /** Who it is, once everything that is asked of that person has been shown. */
  readonly person?: string
  readonly session?: Session
  /** Signed in, but a second factor is still to be set up or shown. */
  readonly waiting: boolean
}

type C = Context<Env>
type Refused = { readonly code: Code; readonly status: number; readonly about?: Record<string, string | number> }
type Given = Readonly<Record<string, unknown>>

const refusal = (code: Code, status: number, about?: Record<string, string | number>): Refused => ({
  code,
  status,
  ...(about && { about }),
})

export function identity(options: IdentityOptions) {
  const { database, city, cache, now, origin, demo } = options
  const http = new Hono<Env>()
  const open = sessions(database, city, now)
  const lock = lockout(database, city, now)
  const password = passwords(database, city, options.profile, now)
  const factor = factors(database, city, options.key, now)
  const passkey = passkeys(database, city, origin, now)
  const asked = pending(database, city, now)
  const single = options.oidc && oidc(database, city, options.oidc, `${origin}/auth/oidc/callback`)

  const secure = origin.startsWith('https:')
  const name = secure ? '__Host-session' : 'session'
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'Lax' } as const

  const tokenOf = (request: Request): string | undefined =>
    (request.headers.get('cookie') ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1)

  async function sessionOf(request: Request): Promise<Session | undefined> {
    const token = tokenOf(request)
    return token === undefined ? undefined : open.find(token)
  }

  const holdsPost = async (person: string) => ((await cache.actor(person, dateOf(now())))?.posts.length ?? 0) > 0

  async function identify(request: Request): Promise<Known> {
    const session = await sessionOf(request)
    if (!session) return { waiting: false }
    const waiting = !session.factor && (await holdsPost(session.person))
    return waiting ? { session, waiting } : { session, waiting, person: session.person }
  }

  const told = (what: string, actor: string, detail: Given = {}) =>
    database.query(
      'insert into look (city, id, at, actor, what, kind, record, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [city, randomUUID(), now(), actor, what, 'person', actor, JSON.stringify(detail)],
    )

  const addressOf = (c: C) =>
    (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress ??
    '?'

  async function personOf(login: string): Promise<string | undefined> {
    const { rows } = await database.query(
      `select id from record where city = $1 and kind = 'person' and open and facets @> $2`,
      [city, JSON.stringify({ login })],
    )
    return rows.length === 1 ? (rows[0]!['id'] as string) : undefined
  }

  /** Runs one attempt under the lock of its login and its address; a failure counts against both. */
  async function attempt<T>(c: C, login: string, work: () => Promise<T | Refused>): Promise<T | Refused> {
    const who = [
      ['login', hashOf(login)],
      ['address', hashOf(addressOf(c))],
    ] as const
    const minutes = await lock.locked(who)
    if (minutes > 0) {
      await told('sign-in-locked', 'anonymous', { address: hashOf(addressOf(c)).slice(0, 12) })
      return refusal('locked', 429, { minutes })
    }
    const result = await work()
    if (isRefused(result)) {
      if (result.code !== 'factor-required') {
        await lock.failed(who)
        await told('sign-in-failed', 'anonymous', { code: result.code })
      }
    } else await lock.succeeded(hashOf(login))
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
  const isForm = (c: C) => !(c.req.header('content-type') ?? '').startsWith('application/json')

  /** A form goes on to the next page, or back to its own with the problem's code; a program gets JSON. */
  async function answer(c: C, values: Given, page: string, result: Refused | Given, next: string): Promise<Response> {
    const lang = c.get('lang')
    if (isRefused(result)) {
      const { code, status, about = {} } = result
      if (!isForm(c)) return problemJson(c, problem(status, code, describe(code, lang, about)))
      const back = new URLSearchParams({ problem: code, ...stringsOf(about) })
      const onward = inside(text(values, 'next'))
      if (onward !== undefined) back.set('next', onward)
      return c.redirect(`${page}?${back}`, 303)
    }
    return isForm(c) ? c.redirect(inside(text(values, 'next')) ?? next, 303) : c.json(result)
  }

  http.post('/auth/sign-in', async (c) => {
    const values = await given(c)
    const login = text(values, 'login').trim().toLowerCase()
    const result = await attempt(c, login, async () => {
      const person = await personOf(login)
      const checked = await password.check(person, text(values, 'password'))
      if (checked === 'wrong' || person === undefined) return refusal('wrong-credentials', 401)
      if (checked === 'expired') return refusal('expired', 403)
      const has = await factor.has(person)
      const code = text(values, 'code').replaceAll(/\s/g, '')
      if (has && code === '') return refusal('factor-required', 401)
      if (has && !(await factor.check(person, code))) return refusal('wrong-code', 401)
      return { person, factor: has }
    })
    if (isRefused(result)) return answer(c, values, '/sign-in', result, '/')
    await enter(c, result.person, 'password', result.factor)
    const post = await holdsPost(result.person)
    const first = post && !result.factor ? '/account/factor' : post ? '/desk/' : '/'
    if (post && !result.factor && isForm(c)) return c.redirect(first, 303)
    return answer(c, values, '/sign-in', { person: result.person, needsFactor: post && !result.factor }, first)
  })

  http.post('/auth/sign-out', async (c) => {
    const session = await sessionOf(c.req.raw)
    if (session) {
      await open.revoke(session.person, session.id)
      await told('sign-out', session.person)
    }
    deleteCookie(c, name, attributes)
    deleteCookie(c, 'record', { path: '/' })
    return answer(c, {}, '/', { done: true }, '/')
  })

  http.post('/auth/demo', async (c) => {
    const values = await given(c)
    const person = text(values, 'person')
    if (!demo || !options.people.some((one) => one.id === person)) return c.notFound()
    await enter(c, person, 'demo', true)
    return answer(c, values, '/sign-in', { person }, (await holdsPost(person)) ? '/desk/' : '/mine')
  })

  /** What needs a session, whether or not the second factor is still missing. */
  async function mine(c: C): Promise<Session | Refused> {
    return (await sessionOf(c.req.raw)) ?? refusal('not-signed-in', 401)
  }

  function weak(person: string, login: string, fresh: string): Refused | undefined {
    const found = weakness(fresh, login, options.profile)
    return found && refusal(found, 422, { least: options.profile === 'mlps' ? 8 : 12, person })
  }
  const loginOf = async (person: string) => {
    const { rows } = await database.query(
      `select facets->>'login' as login from record where city = $1 and kind = 'person' and id = $2`,
      [city, person],
    )
    return (rows[0]?.['login'] as string | null | undefined) ?? ''
  }

  http.post('/auth/password', async (c) => {
    const values = await given(c)
    const session = await mine(c)
    if (isRefused(session)) return answer(c, values, '/sign-in', session, '/')
    const { person } = session
    const login = await loginOf(person)
    const result = await attempt(c, login, async () => {
      if ((await password.has(person)) && (await password.check(person, text(values, 'old'))) === 'wrong')
        return refusal('wrong-credentials', 401)
      return { person }
    })
    if (isRefused(result)) return answer(c, values, '/account', result, '/account')
    const bad = weak(person, login, text(values, 'password'))
    if (bad) return answer(c, values, '/account', bad, '/account')
    await password.set(person, text(values, 'password'))
    await open.revokeOthers(session)
    await told('password-changed', person)
    return answer(c, values, '/account', { done: true }, '/account')
  })

  http.post('/auth/invite', async (c) => {
    const values = await given(c)
    const known = await identify(c.req.raw)
    if (known.person === undefined) return answer(c, values, '/sign-in', refusal('not-signed-in', 401), '/')
    const actor = await cache.actor(known.person, dateOf(now()))
    if (!actor?.posts.some((post) => post.role === 'system-admin'))
      return answer(c, values, '/', refusal('not-permitted', 403), '/')
    const person = text(values, 'person')
    if (!(await cache.actor(person, dateOf(now())))) return answer(c, values, '/', refusal('no-such-person', 404), '/')
    const code = await invite(database, city, person, now())
    await told('invited', known.person, { person })
    return c.json({ code, link: `${origin}/invitation?code=${code}`, hours: invitationLasts })
  })

  http.post('/auth/invitation', async (c) => {
    const values = await given(c)
    const hash = hashOf(text(values, 'code').trim())
    const result = await attempt(c, `invitation ${hash}`, async () => {
      const { rows } = await database.query(
        'select person from identity.invitation where city = $1 and hash = $2 and until > $3',
        [city, hash, now()],
      )
      return rows[0] ? { person: rows[0]['person'] as string } : refusal('expired-invitation', 401)
    })
    if (isRefused(result)) return answer(c, values, '/invitation', result, '/')
    const { person } = result
    const bad = weak(person, await loginOf(person), text(values, 'password'))
    if (bad) {
      if (isForm(c))
        return c.redirect(
          `/invitation?${new URLSearchParams({ problem: bad.code, code: text(values, 'code'), ...stringsOf(bad.about ?? {}) })}`,
          303,
        )
      return answer(c, values, '/invitation', bad, '/')
    }
    const taken = await database.query(
      'delete from identity.invitation where city = $1 and person = $2 and exists (select 1 from identity.invitation i where i.city = $1 and i.hash = $3) returning person',
      [city, person, hash],
    )
    if (taken.rows.length === 0) return answer(c, values, '/invitation', refusal('expired-invitation', 401), '/')
    await password.set(person, text(values, 'password'))
    await open.revokeAll(person)
    await told('password-set', person)
    return answer(c, values, '/invitation', { done: true }, '/sign-in')
  })

  http.post('/auth/totp/start', async (c) => {
    const session = await mine(c)
    if (isRefused(session)) return answer(c, {}, '/sign-in', session, '/')
    if ((await factor.has(session.person)) && !session.factor)
      return answer(c, {}, '/account', refusal('factor-required', 401), '/account')
    return c.json(await factor.begin(session.person, (await loginOf(session.person)) || session.person))
  })
  /** Puts one-time codes in force; the recovery codes are in the answer, this once. */
  async function confirmTotp(c: C, code: string): Promise<Refused | { readonly codes: readonly string[] }> {
    const session = await mine(c)
    if (isRefused(session)) return session
    const result = await attempt(c, await loginOf(session.person), async () => {
      const codes = await factor.confirm(session.person, code.replaceAll(/\s/g, ''))
      return codes ? { codes } : refusal('wrong-code', 401)
    })
    if (isRefused(result)) return result
    setCookie(c, name, await open.stepUp(session), attributes)
    await told('factor-added', session.person, { factor: 'totp' })
    return result
  }
  http.post('/auth/totp/confirm', async (c) => {
    const values = await given(c)
    return answer(c, values, '/account/factor', await confirmTotp(c, text(values, 'code')), '/account')
  })
  http.post('/auth/totp/remove', async (c) => {
    const values = await given(c)
    const session = await mine(c)
    if (isRefused(session)) return answer(c, values, '/sign-in', session, '/')
    const result = await attempt(c, await loginOf(session.person), async () =>
      (await factor.check(session.person, text(values, 'code'))) ? { done: true } : refusal('wrong-code', 401),
    )
    if (!isRefused(result)) {
      await factor.remove(session.person)
      await told('factor-removed', session.person, { factor: 'totp' })
    }
    return answer(c, values, '/account', result, '/account')
  })
  /** A session that was opened without a second factor shows it now. */
  http.post('/auth/factor', async (c) => {
    const values = await given(c)
    const session = await mine(c)
    if (isRefused(session)) return answer(c, values, '/sign-in', session, '/')
    const result = await attempt(c, await loginOf(session.person), async () =>
      (await factor.check(session.person, text(values, 'code').replaceAll(/\s/g, '')))
        ? { done: true }
        : refusal('wrong-code', 401),
    )
    if (!isRefused(result)) setCookie(c, name, await open.stepUp(session), attributes)
    return answer(c, values, '/account/factor', result, '/account')
  })

  const PASSKEY = 'passkey'
  http.post('/auth/passkey/register/options', async (c) => {
    const session = await mine(c)
    if (isRefused(session)) return answer(c, {}, '/sign-in', session, '/')
    if ((await factor.has(session.person)) && !session.factor)
      return answer(c, {}, '/account', refusal('factor-required', 401), '/account')
    const made = await passkey.registration(session.person, (await loginOf(session.person)) || session.person)
    setCookie(c, PASSKEY, await asked.ask({ challenge: made.challenge, person: session.person }), attributes)
    return c.json(made)
  })
  http.post('/auth/passkey/register/verify', async (c) => {
    const session = await mine(c)
    if (isRefused(session)) return answer(c, {}, '/sign-in', session, '/')
    const before = await asked.take(getCookie(c, PASSKEY))
    const response: unknown = await c.req.json().catch(() => undefined)
    const right =
      before?.['person'] === session.person && (await passkey.register(session.person, before['challenge']!, response))
    if (!right) return problemJson(c, problem(401, 'wrong-passkey', describe('wrong-passkey', c.get('lang'))))
    await told('factor-added', session.person, { factor: 'passkey' })
    setCookie(c, name, await open.stepUp(session), attributes)
    return c.json({ done: true })
  })
  http.post('/auth/passkey/sign-in/options', async (c) => {
    const made = await passkey.question()
    setCookie(c, PASSKEY, await asked.ask({ challenge: made.challenge }), attributes)
    return c.json(made)
  })
  http.post('/auth/passkey/sign-in/verify', async (c) => {
    const response: unknown = await c.req.json().catch(() => undefined)
    const { id } = (response ?? {}) as { id?: unknown }
    const result = await attempt(c, `passkey ${typeof id === 'string' ? id.slice(0, 200) : ''}`, async () => {
      const before = await asked.take(getCookie(c, PASSKEY))
      const person = before?.['challenge'] && (await passkey.answer(before['challenge'], response))
      return person ? { person } : refusal('wrong-passkey', 401)
    })
    if (isRefused(result))
      return problemJson(c, problem(result.status, result.code, describe(result.code, c.get('lang'), result.about)))
    await enter(c, result.person, 'passkey', true)
    return c.json({ person: result.person, next: (await holdsPost(result.person)) ? '/desk/' : '/' })
  })

  const OIDC = 'oidc'
  http.get('/auth/oidc/start', async (c) => {
    if (!single) return c.notFound()
    const { address, remember } = await single.begin()
    setCookie(c, OIDC, await asked.ask(remember), attributes)
    return c.redirect(address)
  })
  http.get('/auth/oidc/callback', async (c) => {
    if (!single) return c.notFound()
    const remembered = await asked.take(getCookie(c, OIDC))
    deleteCookie(c, OIDC, attributes)
    const url = new URL(`${origin}${c.req.path}${new URL(c.req.url).search}`)
    const person = remembered && (await single.end(url, remembered).catch(() => undefined))
    if (!person || !(await cache.actor(person, dateOf(now())))) {
      await told('sign-in-failed', 'anonymous', { code: 'wrong-sign-on' })
      return c.redirect('/sign-in?problem=wrong-sign-on', 303)
    }
    // The issuer has already asked for whatever it asks its people for.
    await enter(c, person, 'oidc', true)
    return c.redirect((await holdsPost(person)) ? '/desk/' : '/', 303)
  })

  const shown = (session: Session, current: string) => ({
    id: session.id,
    device: session.device,
    way: session.way,
    seen: session.seen.toISOString(),
    made: session.made.toISOString(),
    current: session.hash === current,
  })
  const listed = async (request: Request) => {
    const session = await sessionOf(request)
    return session ? (await open.listOf(session.person)).map((one) => shown(one, session.hash)) : []
  }
  http.get('/auth/sessions', async (c) => {
    const session = await mine(c)
    return isRefused(session) ? answer(c, {}, '/sign-in', session, '/') : c.json({ items: await listed(c.req.raw) })
  })
  const revoke = async (c: C, values: Given) => {
    const session = await mine(c)
    if (isRefused(session)) return answer(c, values, '/sign-in', session, '/')
    const gone = await open.revoke(session.person, c.req.param('id') ?? '')
    if (gone) await told('session-revoked', session.person)
    return answer(c, values, '/account', gone ? { done: true } : refusal('no-such-session', 404), '/account')
  }
  http.delete('/auth/sessions/:id', (c) => revoke(c, {}))
  http.post('/auth/sessions/:id/revoke', async (c) => revoke(c, await given(c)))
  http.post('/auth/sessions/revoke-others', async (c) => {
    const values = await given(c)
    const session = await mine(c)
    if (isRefused(session)) return answer(c, values, '/sign-in', session, '/')
    const count = await open.revokeOthers(session)
    await told('session-revoked', session.person, { count })
    return answer(c, values, '/account', { count }, '/account')
  })

  return {
    routes: http,
    identify,
    invite: (person: string) => invite(database, city, person, now()),
    sessions: listed,
    confirmTotp,
    /** What a person has to prove himself with. */
    async factors(request: Request) {
      const session = await sessionOf(request)
      if (!session) return { totp: false, passkeys: 0, codes: 0 }
      const { person } = session
      const [totp, keys, codes] = await Promise.all([
        factor.has(person),
        passkey.count(person),
        factor.codesLeft(person),
      ])
      return { totp, passkeys: keys, codes }
    },
    /** A fresh secret for whoever is signed in, for the page that sets one-time codes up. */
    async beginTotp(request: Request) {
      const session = await sessionOf(request)
      if (!session || ((await factor.has(session.person)) && !session.factor)) return undefined
      return factor.begin(session.person, (await loginOf(session.person)) || session.person)
    },
  }
}

export type Identity = ReturnType<typeof identity>

function isRefused(result: unknown): result is Refused {
  return typeof result === 'object' && result !== null && 'code' in result && 'status' in result
}

function stringsOf(about: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(about).map(([field, value]) => [field, String(value)]))
}
