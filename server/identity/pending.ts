// What was asked and is still to be answered, kept for ten minutes under the hash of a cookie; each is good once.
import type { Moment } from '../../kernel/clock/date.ts'
import type { Database } from '../../store/connection.ts'
import { freshToken, hashOf } from './session.ts'

export type Pending = {
  ask(data: Readonly<Record<string, string>>): Promise<string>
  take(token: string | undefined): Promise<Readonly<Record<string, string>> | undefined>
}

export function pending(database: Database, city: string, now: () => Moment): Pending {
  return {
    async ask(data) {
      const token = freshToken()
      await database.query(
        `insert into identity.pending (city, hash, data, until) values ($1, $2, $3, $4::timestamptz + interval '10 minutes')`,
        [city, hashOf(token), JSON.stringify(data), now()],
      )
      await database.query('delete from identity.pending where city = $1 and until < $2', [city, now()])
      return token
    },
    async take(token) {
      if (token === undefined) return undefined
      const { rows } = await database.query(
        'delete from identity.pending where city = $1 and hash = $2 and until > $3 returning data',
        [city, hashOf(token), now()],
      )
      return rows[0]?.['data'] as Record<string, string> | undefined
    },
  }
}
