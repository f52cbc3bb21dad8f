// Failures are counted in the database, so that every server and every way of signing in sees the same lock.
//
// Whoever knows a login must not be able to lock its owner out: what fails is counted for the login at one address, so that
// a stranger locks only himself. Guessing from many addresses is slowed down by the sum of what fails for a login at all of
// them; that lock an owner passes by a device on which he has signed in before, which counts for itself (what OWASP calls a
// device cookie). Whoever holds a session is counted by it where he is asked for a password or a code again.
import type { Moment } from '../../kernel/clock/date.ts'
import type { Database } from '../../store/connection.ts'

/** How many failures before it is locked, and for how many minutes. */
export const limits = {
  /** One login at one address: its key is `login@address`. */
  login: { failures: 5, minutes: 15 },
  address: { failures: 50, minutes: 15 },
  device: { failures: 5, minutes: 15 },
  session: { failures: 5, minutes: 15 },
} as const

/** One login at all addresses together: four of them lock it for whoever comes from a fifth, without a device. */
export const everywhere = 4 * limits.login.failures

type Who = readonly (readonly [kind: keyof typeof limits, key: string])[]

export type Lockout = {
  /**
   * Counts an attempt before it is made: however many come at once, no more than the limit get through. Minutes until one
   * may try again; 0 when one may now. What is tried while a lock holds counts nowhere, or it would lock others.
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

  /** Minutes until the login has failed so seldom, at all addresses together, that `more` attempts may be made. */
  async function waitEverywhere(key: string, more: number): Promise<number> {
    const login = `login:${key.split('@')[0]}@`
    const { rows } = await database.query(
      `select sum(least(count, $4))::int as count, ceil(extract(epoch from min(until) - $3::timestamptz) / 60)::int as minutes
       from identity.failure where city = $1 and starts_with(who, $2) and until > $3 and count > 0`,
      [city, login, now(), limits.login.failures],
    )
    const { count, minutes } = rows[0] as { count: number | null; minutes: number | null }
    return (count ?? 0) + more > everywhere ? Math.max(1, minutes ?? 1) : 0
  }

  async function count([kind, key]: Who[number]): Promise<number> {
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
    return count > failures ? Math.max(1, left) : 0
  }

  return {
    async take(who) {
      await database.query('delete from identity.failure where city = $1 and until < $2', [city, now()])
      const counted: Who[number][] = []
      for (const one of who) {
        const [kind, key] = one
        let minutes = kind === 'login' ? await waitEverywhere(key, 1) : 0
        if (minutes === 0) {
          counted.push(one)
          minutes = await count(one)
          // Many at once have each found room: now that they are counted, those for whom there is none go back.
          if (minutes === 0 && kind === 'login') minutes = await waitEverywhere(key, 0)
        }
        if (minutes === 0) continue
        await giveBack(counted)
        return minutes
      }
      return 0
    },
    giveBack,
    async succeeded(who) {
      for (const [kind, key] of who)
        if (kind !== 'address')
          await database.query('delete from identity.failure where city = $1 and who = $2', [city, `${kind}:${key}`])
      await giveBack(who.filter(([kind]) => kind === 'address'))
    },
  }
}
