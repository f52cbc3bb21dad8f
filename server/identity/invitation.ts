// A one-time invitation to set a password, good for three days; and who may give it to whom.
import type { Actor } from '../../kernel/access.ts'
import type { Moment } from '../../kernel/clock/date.ts'
import { administration, person as kind } from '../../domains/register/index.ts'
import type { Database } from '../../store/connection.ts'
import { findRecord } from '../../store/read.ts'
import { freshToken, hashOf } from './session.ts'
import type { Code } from './texts.ts'

/** Hours. */
export const invitationLasts = 72

/** By whom, unless it comes from the terminal; and whether whoever follows it has lost the second factors, too. */
export type Invitation = { readonly person: string; readonly issuer?: string; readonly clears?: boolean }

/** The code to give to the person; only its hash is kept, and what was given to that person before is void. */
export async function invite(
  database: Database,
  city: string,
  { person, issuer, clears = false }: Invitation,
  now: Moment,
): Promise<string> {
  const code = freshToken()
  await database.transaction(async (query) => {
    // Two for one person at the same instant come one after the other: one code is good.
    await query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`${city} invitation ${person}`])
    await query('delete from identity.invitation where city = $1 and person = $2', [city, person])
    await query(
      `insert into identity.invitation (city, hash, person, until, issuer, clears)
       values ($1, $2, $3, $4::timestamptz + make_interval(hours => $5), $6, $7)`,
      [city, hashOf(code), person, now, invitationLasts, issuer ?? null, clears],
    )
  })
  return code
}

/** The invitation that this code opens; undefined when it is wrong, used or too old. */
export async function invitationOf(
  database: Database,
  city: string,
  hash: string,
  now: Moment,
): Promise<Invitation | undefined> {
  const { rows } = await database.query(
    'select person, issuer, clears from identity.invitation where city = $1 and hash = $2 and until > $3',
    [city, hash, now],
  )
  const found = rows[0] as { person: string; issuer: string | null; clears: boolean } | undefined
  return found && { person: found.person, clears: found.clears, ...(found.issuer !== null && { issuer: found.issuer }) }
}

/**
 * Why he may not invite that person; undefined when he may. Whoever holds an invitation can become its person, so the
 * system administrator gives only first ones; whoever can sign in already, or administers, gets it from the security
 * administrator, and nobody from himself.
 */
export async function notToInvite(
  database: Database,
  city: string,
  actor: Actor,
  person: string,
): Promise<Code | undefined> {
  const is = (role: string) => actor.posts.some((post) => post.role === role)
  if (!is('system-admin') && !is('security-admin')) return 'not-permitted'
  if (actor.id === person) return 'invitation-for-oneself'
  const first = !(await administers(database, city, person)) && !(await canSignIn(database, city, person))
  if (first) return is('system-admin') ? undefined : 'first-invitation'
  return is('security-admin') ? undefined : 'invitation-by-security'
}

/** Holds a post of administration, or will. */
async function administers(database: Database, city: string, person: string): Promise<boolean> {
  const found = await findRecord(database, city, kind.kind, person)
  const { posts = [] } = (found?.state ?? {}) as { posts?: readonly { readonly role: string }[] }
  return posts.some((post) => administration.includes(post.role))
}

async function canSignIn(database: Database, city: string, person: string): Promise<boolean> {
  const { rows } = await database.query(
    `select exists (select 1 from identity.password where city = $1 and person = $2)
         or exists (select 1 from identity.passkey where city = $1 and person = $2)
         or exists (select 1 from identity.totp where city = $1 and person = $2 and confirmed)
         or exists (select 1 from identity.subject where city = $1 and person = $2) as can`,
    [city, person],
  )
  return rows[0]!['can'] as boolean
}
