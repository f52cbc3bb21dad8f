// A one-time invitation to set a password, good for three days.
import type { Moment } from '../../kernel/clock/date.ts'
import type { Database } from '../../store/connection.ts'
import { freshToken, hashOf } from './session.ts'

/** Hours. */
export const invitationLasts = 72

/** The code to give to the person; only its hash is kept. */
export async function invite(database: Database, city: string, person: string, now: Moment): Promise<string> {
  const code = freshToken()
  await database.query(
    `insert into identity.invitation (city, hash, person, until) values ($1, $2, $3, $4::timestamptz + make_interval(hours => $5))`,
    [city, hashOf(code), person, now, invitationLasts],
  )
  return code
}
