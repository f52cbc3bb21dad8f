// One's own sessions over HTTP: where one is signed in, and the end of it.
import type { Hono } from 'hono'
import type { Env } from '../env.ts'
import { isRefused, refusal, type C, type Given, type Ground } from './ground.ts'
import type { Session } from './session.ts'

export function sessionRoutes(http: Hono<Env>, { open, sessionOf, mine, answer, given, told }: Ground) {
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
  return listed
}
