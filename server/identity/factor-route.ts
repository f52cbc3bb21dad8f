// The second factor over HTTP: one-time codes, recovery codes and passkeys, set up, shown and taken away.
import type { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { dateOf } from '../../kernel/clock/date.ts'
import type { Env } from '../env.ts'
import { problem, problemJson } from '../problem.ts'
import { isRefused, refusal, type C, type Ground, type Refused } from './ground.ts'
import { describe } from './texts.ts'

const PASSKEY = 'passkey'

export type FactorView = {
  readonly totp: boolean
  readonly codes: number
  readonly passkeys: readonly { readonly id: string; readonly made: Date }[]
}

export function factorRoutes(http: Hono<Env>, ground: Ground) {
  const { options, open, factor, passkey, asked, cookie, told, attempt, enter, given, text, answer } = ground
  const { mine, fresh, loginOf, holdsPost, sessionOf } = ground
  const { cache, now } = options

  /** A fresh secret for whoever may set one up now. */
  async function begin(c: C): Promise<Refused | { readonly secret: string; readonly uri: string }> {
    const session = await mine(c)
    const stale = isRefused(session) ? session : await fresh(session)
    if (isRefused(session) || stale) return stale ?? refusal('not-signed-in', 401)
    return factor.begin(session.person, (await loginOf(session.person)) || session.person)
  }

  http.post('/auth/totp/start', async (c) => {
    const made = await begin(c)
    return isRefused(made) ? answer(c, {}, '/account', made, '/account') : c.json(made)
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
    setCookie(c, cookie.name, await open.stepUp(session), cookie.attributes)
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
      (await factor.check(session.person, text(values, 'code').replaceAll(/\s/g, '')))
        ? { done: true }
        : refusal('wrong-code', 401),
    )
    if (!isRefused(result)) {
      await factor.remove(session.person)
      await told('factor-removed', session.person, { factor: 'totp' })
    }
    return answer(c, values, '/account', result, '/account')
  })

  /** Ten new recovery codes; the old ones are good no longer. */
  async function renewCodes(c: C): Promise<Refused | { readonly codes: readonly string[] }> {
    const session = await mine(c)
    if (isRefused(session)) return session
    const stale = await fresh(session)
    if (stale) return stale
    if (!(await factor.has(session.person))) return refusal('factor-required', 401)
    const codes = await factor.renew(session.person)
    await told('recovery-codes-renewed', session.person)
    return { codes }
  }
  http.post('/auth/recovery', async (c) => answer(c, {}, '/account', await renewCodes(c), '/account'))

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
    if (!isRefused(result)) setCookie(c, cookie.name, await open.stepUp(session), cookie.attributes)
    return answer(c, values, '/account/factor', result, '/account')
  })

  http.post('/auth/passkey/register/options', async (c) => {
    const session = await mine(c)
    const stale = isRefused(session) ? session : await fresh(session)
    if (isRefused(session) || stale)
      return answer(c, {}, '/account', stale ?? refusal('not-signed-in', 401), '/account')
    const made = await passkey.registration(session.person, (await loginOf(session.person)) || session.person)
    const token = await asked.ask({ challenge: made.challenge, person: session.person })
    setCookie(c, PASSKEY, token, cookie.attributes)
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
    setCookie(c, cookie.name, await open.stepUp(session), cookie.attributes)
    return c.json({ done: true })
  })
  http.post('/auth/passkey/remove', async (c) => {
    const values = await given(c)
    const session = await mine(c)
    const stale = isRefused(session) ? session : await fresh(session)
    if (isRefused(session) || stale)
      return answer(c, values, '/account', stale ?? refusal('not-signed-in', 401), '/account')
    const gone = await passkey.remove(session.person, text(values, 'id'))
    if (gone) await told('factor-removed', session.person, { factor: 'passkey' })
    return answer(c, values, '/account', gone ? { done: true } : refusal('no-such-passkey', 404), '/account')
  })

  http.post('/auth/passkey/sign-in/options', async (c) => {
    const made = await passkey.question()
    setCookie(c, PASSKEY, await asked.ask({ challenge: made.challenge }), cookie.attributes)
    return c.json(made)
  })
  http.post('/auth/passkey/sign-in/verify', async (c) => {
    const response: unknown = await c.req.json().catch(() => undefined)
    const { id } = (response ?? {}) as { id?: unknown }
    const result = await attempt(c, `passkey ${typeof id === 'string' ? id.slice(0, 200) : ''}`, async () => {
      const before = await asked.take(getCookie(c, PASSKEY))
      const person = before?.['challenge'] && (await passkey.answer(before['challenge'], response))
      // Whoever is suspended has a key that fits nothing.
      const known = person && (await cache.actor(person, dateOf(now())))
      return known ? { person } : refusal('wrong-passkey', 401)
    })
    if (isRefused(result))
      return problemJson(c, problem(result.status, result.code, describe(result.code, c.get('lang'), result.about)))
    await enter(c, result.person, 'passkey', true)
    return c.json({ person: result.person, next: (await holdsPost(result.person)) ? '/desk/' : '/' })
  })

  return {
    /** For the page that sets one-time codes up: a fresh secret, or why there is none. */
    beginTotp: begin,
    confirmTotp,
    renewCodes,
    /** What a person has to prove himself with. */
    async factors(request: Request): Promise<FactorView> {
      const session = await sessionOf(request)
      if (!session) return { totp: false, codes: 0, passkeys: [] }
      const { person } = session
      const [totp, passkeys, codes] = await Promise.all([
        factor.has(person),
        passkey.list(person),
        factor.codesLeft(person),
      ])
      return { totp, passkeys, codes }
    },
  }
}
