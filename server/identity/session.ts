// Sessions: opaque tokens whose hash is in the database; they can be listed, revoked, and run out.
import { createHash, randomBytes } from 'node:crypto'
import type { Moment } from '../../kernel/clock/date.ts'
import type { Database } from '../../store/connection.ts'

export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
export const freshToken = () => randomBytes(32).toString('base64url')

/** Seconds: how long a session lasts unused and at most. People with a post act for the city and sign in each day. */
export const lifetimes = {
  post: { idle: 30 * 60, most: 12 * 3600 },
  subject: { idle: 7 * 24 * 3600, most: 30 * 24 * 3600 },
} as const

export type Way = 'password' | 'passkey' | 'oidc' | 'demo'

export type Session = {
  readonly hash: string
  readonly id: string
  readonly person: string
  readonly way: Way
  readonly factor: boolean
  readonly device: string
  readonly made: Date
  readonly seen: Date
}

export type Sessions = {
  open(given: { person: string; way: Way; factor: boolean; device: string; post: boolean }): Promise<string>
  /**
   * The session of a token while it lasts. Asked of the database at most every five seconds, and touched each minute where
   * somebody `attends` to it: what a window asks by itself keeps no session open.
   */
  find(token: string, attends: boolean): Promise<Session | undefined>
  /** A second factor was shown: the session goes on under a fresh token. */
  stepUp(session: Session): Promise<string>
  listOf(person: string): Promise<readonly Session[]>
  revoke(person: string, id: string): Promise<boolean>
  revokeOthers(session: Session): Promise<number>
  revokeAll(person: string): Promise<void>
}

const REMEMBERED = 5_000
const COLUMNS = 'hash, id, person, way, factor, device, made, seen'

export function sessions(database: Database, city: string, now: () => Moment): Sessions {
  const remembered = new Map<string, { readonly session: Session | undefined; readonly at: number }>()
  const rows = async (text: string, values: readonly unknown[]) =>
    (await database.query(text, values)).rows as unknown as Session[]

  return {
    async open({ person, way, factor, device, post }) {
      const token = freshToken()
      const { idle, most } = post ? lifetimes.post : lifetimes.subject
      await database.query(
        `insert into identity.session (city, hash, id, person, way, factor, device, idle, made, seen, until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9::timestamptz + $10 * interval '1 second')`,
        [city, hashOf(token), randomBytes(9).toString('base64url'), person, way, factor, device, idle, now(), most],
      )
      await database.query('delete from identity.session where city = $1 and until < $2', [city, now()])
      return token
    },
    async find(token, attends) {
      const hash = hashOf(token)
      const clock = Date.parse(now())
      const known = remembered.get(hash)
      if (known && clock - known.at < REMEMBERED && clock >= known.at) return known.session
      const [session] = await rows(
        `select ${COLUMNS} from identity.session
         where city = $1 and hash = $2 and until > $3 and seen + idle * interval '1 second' > $3`,
        [city, hash, now()],
      )
      if (remembered.size > 10_000) remembered.clear()
      remembered.set(hash, { session, at: clock })
      if (session && attends && clock - session.seen.getTime() > 60_000)
        await database.query('update identity.session set seen = $3 where city = $1 and hash = $2', [city, hash, now()])
      return session
    },
    async stepUp(session) {
      const token = freshToken()
      await database.query('update identity.session set hash = $3, factor = true where city = $1 and hash = $2', [
        city,
        session.hash,
        hashOf(token),
      ])
      remembered.clear()
      return token
    },
    listOf: (person) =>
      rows(
        `select ${COLUMNS} from identity.session where city = $1 and person = $2 and until > $3
         and seen + idle * interval '1 second' > $3 order by seen desc`,
        [city, person, now()],
      ),
    async revoke(person, id) {
      const gone = await rows(
        'delete from identity.session where city = $1 and person = $2 and id = $3 returning hash',
        [city, person, id],
      )
      remembered.clear()
      return gone.length > 0
    },
    async revokeOthers(session) {
      const gone = await rows(
        'delete from identity.session where city = $1 and person = $2 and hash <> $3 returning hash',
        [city, session.person, session.hash],
      )
      remembered.clear()
      return gone.length
    },
    async revokeAll(person) {
      await database.query('delete from identity.session where city = $1 and person = $2', [city, person])
      remembered.clear()
    },
  }
}

/** The device in a few words, from what the browser says of itself. */
export function deviceOf(agent: string | null): string {
  const system = /Windows|Android|iPhone|iPad|Mac OS X|HarmonyOS|Linux/.exec(agent ?? '')?.[0] ?? '?'
  const browser = /MicroMessenger|Edg|Firefox|Chrome|Safari/.exec(agent ?? '')?.[0] ?? '?'
  const names: Readonly<Record<string, string>> = { MicroMessenger: '微信', Edg: 'Edge', 'Mac OS X': 'macOS' }
  return `${names[browser] ?? browser} · ${names[system] ?? system}`
}
