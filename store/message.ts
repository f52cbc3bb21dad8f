// Messages that appends have queued: read by those they are for, and handed to the outside one after the other.
import type { Branch } from '../kernel/access.ts'
import type { Moment } from '../kernel/clock/date.ts'
import type { Database } from './connection.ts'
import { parameters, seenSql } from './visible.ts'

export type Message = {
  readonly position: number
  readonly line: number
  readonly kind: string
  readonly record: string
  readonly recipient: string
  readonly template: string
  readonly about: Readonly<Record<string, string>>
  readonly at: Date
  readonly attempts: number
}

const COLUMNS = 'position, line, kind, record, recipient, template, about, at, attempts'

/**
 * The latest messages to any of these addresses, newest first, each about a record that may be seen: a unit's message is
 * not for whoever of its people has another task. `before` is the position of the last one already read.
 */
export async function messagesTo(
  database: Database,
  city: string,
  addresses: readonly string[],
  ways: ReadonlyMap<string, readonly Branch[]>,
  limit: number,
  before: number | undefined,
): Promise<readonly Message[]> {
  const given = parameters(city, addresses, limit, before ?? null)
  const seen = seenSql(ways, given)
  const { rows } = await database.query(
    `select m.* from unnest($2::text[]) as a (address)
     cross join lateral (
       select ${COLUMNS} from outbox where city = $1 and recipient = a.address and ($4::bigint is null or position < $4)
         and exists (select 1 from record r where r.city = $1 and r.kind = outbox.kind and r.id = outbox.record and (${seen}))
       order by at desc limit $3
     ) m order by m.at desc, m.position desc, m.line limit $3`,
    given.values,
  )
  return rows as unknown as Message[]
}

/** Those whose turn it is, oldest first; nobody else gets them while `work` runs, which says of each whether it went. */
export async function sendMessages(
  database: Database,
  city: string,
  now: Moment,
  work: (message: Message) => Promise<boolean>,
): Promise<number> {
  return database.transaction(async (query) => {
    const { rows } = await query(
      `select ${COLUMNS} from outbox where city = $1 and sent is null and coalesce(retry, at) <= $2
       order by at, position, line limit 50 for update skip locked`,
      [city, now],
    )
    let tried = 0
    for (const message of rows as unknown as Message[]) {
      const gone = await work(message)
      // Half a minute, then twice as long each time, at most six hours.
      await query(
        gone
          ? 'update outbox set sent = $2, attempts = attempts + 1 where city = $1 and position = $3 and line = $4'
          : `update outbox set attempts = attempts + 1, retry = $2::timestamptz + least(interval '6 hours', interval '30 seconds' * (2 ^ least(attempts, 12)))
             where city = $1 and position = $3 and line = $4`,
        [city, now, message.position, message.line],
      )
      tried += 1
      // A gateway that is away is not asked fifty times over.
      if (!gone) break
    }
    return tried
  })
}

/** Where there is no channel to the outside, being shown here is all that can be done. */
export async function keepMessages(database: Database, city: string, now: Moment): Promise<void> {
  await database.query('update outbox set sent = $2 where city = $1 and sent is null', [city, now])
}
