// Failures are counted in the database, so that every server and every way of signing in sees the same lock.
import type { Moment } from '../../kernel/clock/date.ts'
import type { Database } from '../../store/connection.ts'

/** How many failures before it is locked, and for how many minutes. */
export const limits = {
  login: { failures: 5, minutes: 15 },
  address: { failures: 50, minutes: 15 },
} as const

type Who = readonly (readonly [kind: keyof typeof limits, key: string])[]

export type Lockout = {
  /**
   * Counts an attempt before it is made: however many come at once, no more than the limit get through. Minutes until one
   * may try again; 0 when one may now.
   */
  take(who: Who): Promise<number>
  /** The attempt proved nothing against anybody: it is not counted after all. */
  giveBack(who: Who): Promise<void>
  /** Whoever has proved who he is begins anew; the address keeps its count of failures. */
  succeeded(who: Who): Promise<void>
}

export function lockout(database: Database, city: string, now: () => Moment): Lockout {
  const giveBack: Lockout['giveBack'] = async (who) => {
    for (const [kind, key] of who)
      await database.query(
        'update identity.failure set count = greatest(0, count - 1) where city = $1 and who = $2 and until > $3',
        [city, `${kind}:${key}`, now()],
      )
  }
  return {
    async take(who) {
      const waits: number[] = []
      for (const [kind, key] of who) {
        const { failures, minutes } = limits[kind]
        // A lock ends by itself: what is tried while it holds does not make it longer.
        const { rows } = await database.query(
          `insert into identity.failure (city, who, count, until) values ($1, $2, 1, $3::timestamptz + $4 * interval '1 minute')
           on conflict (city, who) do update set
             count = case when failure.until > $3 then failure.count + 1 else 1 end,
             until = case when failure.until > $3 and failure.count >= $5 then failure.until
                          else $3::timestamptz + $4 * interval '1 minute' end
           returning count, ceil(extract(epoch from until - $3::timestamptz) / 60)::int as minutes`,
          [city, `${kind}:${key}`, now(), minutes, failures],
        )
        const { count, minutes: left } = rows[0] as { count: number; minutes: number }
        if (count > failures) waits.push(Math.max(1, left))
      }
      return Math.max(0, ...waits)
    },
    giveBack,
    async succeeded(who) {
      for (const [kind, key] of who)
        if (kind === 'login')
          await database.query('delete from identity.failure where city = $1 and who = $2', [city, `login:${key}`])
      await giveBack(who.filter(([kind]) => kind === 'address'))
    },
  }
}
