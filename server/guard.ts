// What every answer carries so that a browser protects its reader, and how much a stranger at one address may submit.
import type { Context, MiddlewareHandler } from 'hono'

const YEAR = 365 * 24 * 3600

/** What is not a page of ours shows nothing and runs nothing; pages bring their own policy. */
const CARRIED: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** `secure`: whether people reach us by https; then they always shall. */
export function carried(secure: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    for (const [name, value] of Object.entries(CARRIED)) if (!headers.has(name)) headers.set(name, value)
    if (secure) headers.set('strict-transport-security', `max-age=${YEAR}`)
  }
}

const WINDOW = 10 * 60_000

/**
 * Counts what visitors submit by the address they come from; `most` in ten minutes, 0 without limit. The count is of this
 * process alone: with several servers each counts by itself. Returns the minutes to wait, 0 when it may go on.
 */
export function visitorLimit(most: number, addressOf: (c: Context) => string, now: () => number = Date.now) {
  const counts = new Map<string, { count: number; readonly until: number }>()
  return (c: Context): number => {
    if (most === 0) return 0
    const at = now()
    if (counts.size > 100_000) for (const [key, one] of counts) if (one.until <= at) counts.delete(key)
    const address = addressOf(c)
    const known = counts.get(address)
    const mine = known && known.until > at ? known : { count: 0, until: at + WINDOW }
    mine.count += 1
    counts.set(address, mine)
    return mine.count <= most ? 0 : Math.max(1, Math.ceil((mine.until - at) / 60_000))
  }
}
