// Attachments on a host of their own: the page gives out a link that holds for five minutes, and that host honours nothing else.
import { createHmac, timingSafeEqual } from 'node:crypto'

const MINUTES = 5

export type Away = {
  /** The host, with its port, that serves files and nothing else. */
  readonly host: string
  link(id: string): string
  /** Whether the address was given out by `link` and still holds. */
  holds(id: string, until: string | undefined, seal: string | undefined): boolean
}

/** `key`: 32 bytes that never leave this installation. */
export function away(origin: string, key: Buffer, now: () => number): Away {
  const sealOf = (id: string, until: string) => createHmac('sha256', key).update(`file ${id} ${until}`).digest()
  return {
    host: new URL(origin).host,
    link(id) {
      const until = String(now() + MINUTES * 60_000)
      return `${origin}/files/${id}?${new URLSearchParams({ until, seal: sealOf(id, until).toString('base64url') })}`
    },
    holds(id, until, seal) {
      if (until === undefined || seal === undefined || !/^\d{1,16}$/.test(until) || Number(until) < now()) return false
      const [given, right] = [Buffer.from(seal, 'base64url'), sealOf(id, until)]
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}
