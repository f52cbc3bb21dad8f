// A device on which somebody has signed in: its cookie says which login, and nobody else can make one.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { freshToken, hashOf } from './session.ts'

/** Seconds. */
export const deviceLasts = 180 * 24 * 3600

export function devices(key: Buffer) {
  const sign = (login: string, name: string) =>
    createHmac('sha256', key)
      .update(`device ${hashOf(login)} ${name}`)
      .digest('base64url')
  return {
    /** What the cookie of a device says that is known from now on. */
    fresh(login: string): string {
      const name = freshToken()
      return `${name}.${sign(login, name)}`
    },
    /** The name under which a device is counted; undefined when it is not one on which this login has signed in. */
    of(cookie: string | undefined, login: string): string | undefined {
      const [name = '', signed = ''] = (cookie ?? '').split('.')
      const right = Buffer.from(sign(login, name))
      const given = Buffer.from(signed)
      return name !== '' && given.length === right.length && timingSafeEqual(given, right) ? name : undefined
    },
  }
}
