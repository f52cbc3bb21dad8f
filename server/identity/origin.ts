// A page of another site must not act in the name of whoever is signed in here.
import type { MiddlewareHandler } from 'hono'
import type { Env } from '../env.ts'
import { problem, problemJson } from '../problem.ts'
import { say } from '../say.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses what changes something, carries a cookie and does not come from a page of ours. */
export function sameOrigin(origin: string): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (SAFE.has(c.req.method) || c.req.header('cookie') === undefined) return next()
    const site = c.req.header('sec-fetch-site')
    const from = c.req.header('origin')
    const ours = from === origin || (from !== undefined && URL.parse(from)?.host === c.req.header('host'))
    if (site === 'same-origin' || (site === undefined && ours) || (site === 'none' && (from === undefined || ours)))
      return next()
    return problemJson(c, problem(403, 'cross-site', say(c.get('lang'), 'cross-site')))
  }
}
