// Passwords: Argon2id, and two sets of rules, one for international practice and one for classified protection (等保).
import { hash, verify } from '@node-rs/argon2'
import type { Moment } from '../../kernel/clock/date.ts'
import type { Database } from '../../store/connection.ts'

export type Profile = 'asvs' | 'mlps'

// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const MOST = 128

/** The passwords that are tried first everywhere; whatever contains the login is as bad. */
const COMMON = new Set(
  'password passw0rd 123456789012 12345678910 1234567890123 qwertyuiop12 qwerty123456 admin1234567 administrator letmein12345 iloveyou1234 welcome12345 1q2w3e4r5t6y abc123456789 111111111111 000000000000 aaaaaaaaaaaa woaini1314520 tonghua123456 liangjian123456'.split(
    ' ',
  ),
)

export type Weakness = 'too-short' | 'too-long' | 'common' | 'needs-classes'

/** What is wrong with a new password under a profile; undefined when nothing is. */
export function weakness(password: string, login: string, profile: Profile): Weakness | undefined {
  const signs = [...password]
  if (signs.length < (profile === 'mlps' ? 8 : 12)) return 'too-short'
  if (signs.length > MOST) return 'too-long'
  const folded = password.toLowerCase()
  if (COMMON.has(folded) || (login !== '' && folded.includes(login)) || new Set(signs).size < 4) return 'common'
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((one) => one.test(password)).length
  return profile === 'mlps' && classes < 3 ? 'needs-classes' : undefined
}

export type Passwords = {
  /** Takes as long for a person who has none, so that nothing is learnt from the time. */
  check(person: string | undefined, password: string): Promise<'right' | 'wrong' | 'expired'>
  set(person: string, password: string): Promise<void>
  has(person: string): Promise<boolean>
}

export function passwords(database: Database, city: string, profile: Profile, now: () => Moment): Passwords {
  const dummy = hash('nobody has this password', COST)
  const find = async (person: string) =>
    (
      await database.query('select hash, changed from identity.password where city = $1 and person = $2', [
        city,
        person,
      ])
    ).rows[0] as { hash: string; changed: Date } | undefined
  return {
    async check(person, password) {
      const kept = person === undefined ? undefined : await find(person)
      const right = await verify(kept?.hash ?? (await dummy), password.slice(0, MOST))
      if (!kept || !right) return 'wrong'
      const days = (Date.parse(now()) - kept.changed.getTime()) / 86_400_000
      return profile === 'mlps' && days > 90 ? 'expired' : 'right'
    },
    async set(person, password) {
      await database.query(
        `insert into identity.password (city, person, hash, changed) values ($1, $2, $3, $4)
         on conflict (city, person) do update set hash = excluded.hash, changed = excluded.changed`,
        [city, person, await hash(password, COST), now()],
      )
    },
    has: async (person) => (await find(person)) !== undefined,
  }
}
