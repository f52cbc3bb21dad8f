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
  /** Minutes until one may try again; 0 when one may now. */
  locked(who: Who): Promise<number>
  failed(who: Who): Promise<void>
  /** Whoever has proved who he is begins anew; the address keeps its count. */
  succeeded(login: string): Promise<void>
}

export function lockout(database: Database, city: string, now: () => Moment): Lockout {
  const keys = (who: Who) => who.map(([kind, key]) => `${kind}:${key}`)
  return {
    async locked(who) {
      const { rows } = await database.query(
        `select who, count, ceil(extract(epoch from until - $3::timestamptz) / 60)::int as minutes
         from identity.failure where city = $1 and who = any ($2) and until > $3`,
        [city, keys(who), now()],
      )
      const waits = (rows as { who: string; count: number; minutes: number }[])
        .filter((row) => row.count >= limits[row.who.split(':')[0] as keyof typeof limits].failures)
        .map((row) => Math.max(1, row.minutes))
      return Math.max(0, ...waits)
    },
    async failed(who) {
      for (const [kind, key] of who)
        await database.query(
          `insert into identity.failure (city, who, count, until) values ($1, $2, 1, $3::timestamptz + $4 * interval '1 minute')
           on conflict (city, who) do update set
             count = case when failure.until > $3 then failure.count + 1 else 1 end,
             until = $3::timestamptz + $4 * interval '1 minute'`,
          [city, `${kind}:${key}`, now(), limits[kind].minutes],
        )
    },
    async succeeded(login) {
      await database.query('delete from identity.failure where city = $1 and who = $2', [city, `login:${login}`])
    },
  }
}
