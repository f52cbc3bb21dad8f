// Signing in: every way in counts failures alike, opens the same kind of session, and is written to the audit trail.
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { dateOf } from '../../kernel/clock/date.ts'
import { bearerCookie } from '../code.ts'
import type { Env } from '../env.ts'
import { factorRoutes } from './factor-route.ts'
import { ground, isRefused, refusal, stringsOf, type IdentityOptions, type Refused } from './ground.ts'
import { invitationLasts, invitationOf, invite, notToInvite, type Invitation } from './invitation.ts'
import { oidc } from './oidc.ts'
import { weakness } from './password.ts'
import { hashOf, type Session } from './session.ts'
import { sessionRoutes } from './session-route.ts'

export { invitationLasts, invite } from './invitation.ts'
export { sameOrigin } from './origin.ts'
export { describe } from './texts.ts'

export type Known = {
  /** Who it is, once everything that is asked of that person has been shown. */
  readonly person?: string
  readonly session?: Session
  /** Signed in, but a second factor is still to be set up or shown. */
  readonly waiting: boolean
  /** What it shows was a session once, and is none any more: run out, signed out or revoked. */
  readonly ended: boolean
}

export function identity(options: IdentityOptions) {
  const { database, city, cache, now, origin, demo } = options
  const http = new Hono<Env>()
  const base = ground(options)
  const { open, password, factor, asked, sessionOf, holdsPost, told, personOf, attempt, enter } = base
  const { given, text, isForm, answer, mine, loginOf, tokenOf, forget } = base
  const { attributes } = base.cookie
  const single = options.oidc && oidc(database, city, options.oidc, `${origin}/auth/oidc/callback`)

  async function identify(request: Request): Promise<Known> {
    const session = await sessionOf(request)
    if (!session) return { waiting: false, ended: tokenOf(request) !== undefined }
    const waiting = !session.factor && (await holdsPost(session.person))
    return { session, waiting, ended: false, ...(!waiting && { person: session.person }) }
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
    forget(c)
    deleteCookie(c, bearerCookie, { path: '/' })
    return answer(c, {}, '/', { done: true }, '/')
  })

  http.post('/auth/demo', async (c) => {
    const values = await given(c)
    const person = text(values, 'person')
    if (!demo) return c.notFound()
    if (!options.people.some((one) => one.id === person))
      return answer(c, values, '/sign-in', refusal('no-such-demo', 422), '/')
    await enter(c, person, 'demo', true)
    return answer(c, values, '/sign-in', { person }, (await holdsPost(person)) ? '/desk/' : '/mine')
  })

  async function weak(login: string, fresh: string): Promise<Refused | undefined> {
    const found = await weakness(fresh, login, options.profile)
    return found && refusal(found, 422, { least: options.profile === 'mlps' ? 8 : 12 })
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
    const bad = await weak(login, text(values, 'password'))
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
    const person = text(values, 'person')
    const reason = actor ? await notToInvite(database, city, actor, person) : 'not-permitted'
    if (reason === 'not-permitted') return answer(c, values, '/', refusal(reason, 403), '/')
    if (!(await cache.actor(person, dateOf(now())))) return answer(c, values, '/', refusal('no-such-person', 404), '/')
    if (reason !== undefined) {
      await told('refused', known.person, { code: reason }, person)
      return answer(c, values, '/', refusal(reason, 403), '/')
    }
    const clears = values['clears'] === true || values['clears'] === 'true'
    const code = await invite(database, city, { person, issuer: known.person, clears }, now())
    await told('invited', known.person, { person, ...(clears && { clears }) }, person)
    return c.json({ code, link: `${origin}/invitation?code=${code}`, hours: invitationLasts })
  })

  /** Whether whoever gave it may still give it: not once its person has become an administrator, or he himself is none. */
  async function stillGood({ person, issuer }: Invitation): Promise<boolean> {
    if (issuer === undefined) return true
    const by = await cache.actor(issuer, dateOf(now()))
    return by !== undefined && (await notToInvite(database, city, by, person)) === undefined
  }

  http.post('/auth/invitation', async (c) => {
    const values = await given(c)
    const hash = hashOf(text(values, 'code').trim())
    const result = await attempt(c, `invitation ${hash}`, async () => {
      const found = await invitationOf(database, city, hash, now())
      return found && (await stillGood(found)) ? found : refusal('expired-invitation', 401)
    })
    if (isRefused(result)) return answer(c, values, '/invitation', result, '/')
    const { person, clears } = result
    const bad = await weak(await loginOf(person), text(values, 'password'))
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
    if (clears) {
      await factor.remove(person)
      await base.passkey.removeAll(person)
      await told('factor-removed', person, { factor: 'all' })
    }
    await open.revokeAll(person)
    await told('password-set', person)
    return answer(c, values, '/invitation', { done: true }, '/sign-in')
  })

  const shown = factorRoutes(http, base)

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

  const listed = sessionRoutes(http, base)

  return {
    routes: http,
    identify,
    forget,
    invite: (person: string) => invite(database, city, { person }, now()),
    sessions: listed,
    ...shown,
  }
}

export type Identity = ReturnType<typeof identity>
