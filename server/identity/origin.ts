// A page of another site must not act in the name of whoever is signed in here.
import type { MiddlewareHandler } from 'hono'
import type { Env } from '../env.ts'
import { problem, problemJson } from '../problem.ts'
import { say } from '../say.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what changes something and does not come from a page of ours. A browser says where it comes from; what says
 * nothing and carries no cookie is a program that acts for nobody here. Signing somebody in unasked counts too.
 */
export function sameOrigin(origin: string): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (SAFE.has(c.req.method)) return next()
    const site = c.req.header('sec-fetch-site')
    if (site === undefined && c.req.header('cookie') === undefined && c.req.header('origin') === undefined)
      return next()
    const from = c.req.header('origin')
    const ours = from === origin || (from !== undefined && URL.parse(from)?.host === c.req.header('host'))
    if (site === 'same-origin' || (site === undefined && ours) || (site === 'none' && (from === undefined || ours)))
      return next()
    return problemJson(c, problem(403, 'cross-site', say(c.get('lang'), 'cross-site')))
  }
}
