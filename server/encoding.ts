// Text comes in as UTF-8: whatever is written otherwise (GBK, for one) is refused rather than kept with holes in it.
import type { MiddlewareHandler } from 'hono'
import type { C, Env } from './env.ts'

/** Bodies of JSON and of forms without files; `refuse` answers one that is not UTF-8. */
export function inUtf8(refuse: (c: C) => Response | Promise<Response>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const type = c.req.header('content-type') ?? ''
    const form = type.startsWith('application/x-www-form-urlencoded')
    if (!form && !type.startsWith('application/json')) return next()
    return isUtf8(await c.req.arrayBuffer(), form) ? next() : refuse(c)
  }
}

/** `form`: whether bytes may also stand as %D6%D0. */
function isUtf8(body: ArrayBuffer, form: boolean): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    if (form) for (const [bytes] of text.matchAll(/(?:%[\da-f]{2})+/gi)) decodeURIComponent(bytes)
    return true
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) return false
    throw error
  }
}
