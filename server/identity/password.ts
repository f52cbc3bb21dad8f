// Passwords: Argon2id, and two sets of rules, one for international practice and one for classified protection (等保).
import { hash, verify } from '@node-rs/argon2'
import type { Moment } from '../../kernel/clock/date.ts'
import type { Database } from '../../store/connection.ts'

export type Profile = 'asvs' | 'mlps'

// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const MOST = 128

/** What is tried first here and in no list of the world. */
const LOCAL = ['tonghua', 'liangjian', 'woaini', 'woaini1314', 'zhongguo', 'gongan', 'gov', 'gaoxin']

let known: Promise<ReadonlySet<string>> | undefined
/** The passwords that leaks have shown to be most used: read when a password is first set, since it is rarely needed. */
function common(): Promise<ReadonlySet<string>> {
  known ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set([...dictionary['passwords-common'], ...LOCAL]),
  )
  return known
}

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** What is added before and after a word to make it look like a password. */
const TAIL = 8

/** Whether a much used password stands at its heart: as it is, spelt with digits, with a tail, or said twice. */
async function isCommon(folded: string): Promise<boolean> {
  const list = await common()
  const spelt = (text: string) => [text, [...text].map((sign) => LEET[sign] ?? sign).join('')]
  const bare = folded.replaceAll(/^[\x20-@[-`{-~]+|[\x20-@[-`{-~]+$/g, '')
  const half = folded.slice(0, folded.length / 2)
  const hearts = [
    folded,
    ...(bare.length >= 4 && folded.length - bare.length <= TAIL ? [bare] : []),
    ...(folded === half + half ? [half] : []),
  ]
  return hearts.flatMap(spelt).some((heart) => list.has(heart))
}

export type Weakness = 'too-short' | 'too-long' | 'common' | 'needs-classes'

/** What is wrong with a new password under a profile; undefined when nothing is. */
export async function weakness(password: string, login: string, profile: Profile): Promise<Weakness | undefined> {
  const signs = [...password]
  if (signs.length < (profile === 'mlps' ? 8 : 12)) return 'too-short'
  if (signs.length > MOST) return 'too-long'
  const folded = password.toLowerCase()
  if ((login !== '' && folded.includes(login)) || new Set(signs).size < 4 || (await isCommon(folded))) return 'common'
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
