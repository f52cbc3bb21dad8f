// The address a request comes from: the socket's, or, behind proxies of our own, what the outermost of them was told.
import type { Context } from 'hono'

/** `proxies`: how many of our own stand in front; what a visitor writes into the header himself is never believed. */
export function addressOf(c: Context, proxies: number): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  const direct = incoming?.socket?.remoteAddress ?? '?'
  if (proxies === 0) return plain(direct)
  const told = (c.req.header('x-forwarded-for') ?? '').split(',').map((one) => one.trim())
  return plain(told.at(-proxies) || direct)
}

/** One household has one IPv4 address, but 2^64 of IPv6: those count as one. */
function plain(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const parts = head.split(':').filter((part) => part !== '')
  const rest = tail.split(':').filter((part) => part !== '')
  const zeros = address.includes('::')
    ? Array.from({ length: Math.max(0, 8 - parts.length - rest.length) }, () => '0')
    : []
  return `${[...parts, ...zeros, ...rest].slice(0, 4).join(':').toLowerCase()}::`
}

/** Whether a request was made on this machine, not passed on by a proxy that we were not told of. */
export function isLocal(c: Context, proxies: number): boolean {
  if (proxies === 0 && c.req.header('x-forwarded-for') !== undefined) return false
  const address = addressOf(c, proxies)
  return address.startsWith('127.') || address === LOOPBACK
}
const LOOPBACK = plain('::1')
