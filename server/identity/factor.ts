// The second factor: one-time codes by time (RFC 6238), each good once, and ten recovery codes.
import { createCipheriv, createDecipheriv, randomBytes, randomInt } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'
import type { Moment } from '../../kernel/clock/date.ts'
import type { Database } from '../../store/connection.ts'
import { hashOf } from './session.ts'

export type Factors = {
  /** The secret that is not yet in force; it is once a code made with it has been shown. */
  begin(person: string, label: string): Promise<{ readonly secret: string; readonly uri: string }>
  /** Confirms the secret; the recovery codes are given out this once. */
  confirm(person: string, code: string): Promise<readonly string[] | undefined>
  /** A one-time code or a recovery code; either is used up. */
  check(person: string, code: string): Promise<boolean>
  has(person: string): Promise<boolean>
  /** Fresh recovery codes in place of the old. */
  renew(person: string): Promise<readonly string[]>
  codesLeft(person: string): Promise<number>
  remove(person: string): Promise<void>
}

const RECOVERY = 10
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** `key`: 32 bytes with which secrets are sealed; whoever has only the database cannot make codes. */
export function factors(database: Database, city: string, key: Buffer, now: () => Moment): Factors {
  const find = async (person: string) =>
    (
      await database.query('select sealed, step, confirmed from identity.totp where city = $1 and person = $2', [
        city,
        person,
      ])
    ).rows[0] as { sealed: string; step: number; confirmed: boolean } | undefined

  /** The step of a right code that has not been used, else undefined. */
  const stepOf = (secret: string, code: string, after: number): number | undefined => {
    if (!/^\d{6}$/.test(code)) return undefined
    const epoch = Math.floor(Date.parse(now()) / 1000)
    const found = verifySync({
      strategy: 'totp',
      secret,
      token: code,
      epoch,
      epochTolerance: 30,
      ...(after > 0 && { afterTimeStep: after }),
    })
    return found.valid ? Math.floor(epoch / 30) + found.delta : undefined
  }
  /** Takes a step, unless somebody else has just taken it. */
  const take = async (person: string, step: number, confirmed: boolean) => {
    const { rows } = await database.query(
      `update identity.totp set step = $3, confirmed = confirmed or $4 where city = $1 and person = $2 and step < $3 returning person`,
      [city, person, step, confirmed],
    )
    return rows.length === 1
  }

  const renew = async (person: string) => {
    const codes = Array.from({ length: RECOVERY }, () =>
      Array.from({ length: 10 }, () => SIGNS[randomInt(SIGNS.length)]).join(''),
    )
    await database.query('delete from identity.recovery where city = $1 and person = $2', [city, person])
    await database.query('insert into identity.recovery (city, person, hash) select $1, $2, unnest($3::text[])', [
      city,
      person,
      codes.map(hashOf),
    ])
    return codes
  }

  return {
    async begin(person, label) {
      // Whoever mistyped the first code has scanned the secret already: it stays until it is confirmed.
      const kept = await find(person)
      const secret = kept && !kept.confirmed ? unseal(key, kept.sealed) : generateSecret()
      await database.query(
        `insert into identity.totp (city, person, sealed) values ($1, $2, $3)
         on conflict (city, person) do update set sealed = excluded.sealed, step = 0, confirmed = false`,
        [city, person, seal(key, secret)],
      )
      return { secret, uri: generateURI({ issuer: '两健', label, secret }) }
    },
    async confirm(person, code) {
      const kept = await find(person)
      const step = kept && stepOf(unseal(key, kept.sealed), code, kept.step)
      if (step === undefined || !(await take(person, step, true))) return undefined
      return renew(person)
    },
    renew,
    async check(person, code) {
      const kept = await find(person)
      if (kept?.confirmed) {
        const step = stepOf(unseal(key, kept.sealed), code, kept.step)
        if (step !== undefined && (await take(person, step, false))) return true
      }
      const { rows } = await database.query(
        'delete from identity.recovery where city = $1 and person = $2 and hash = $3 returning person',
        [city, person, hashOf(code.trim().toLowerCase())],
      )
      return rows.length === 1
    },
    has: async (person) => (await find(person))?.confirmed === true,
    async codesLeft(person) {
      const { rows } = await database.query(
        'select count(*) as n from identity.recovery where city = $1 and person = $2',
        [city, person],
      )
      return rows[0]!['n'] as number
    },
    async remove(person) {
      await database.query('delete from identity.totp where city = $1 and person = $2', [city, person])
      await database.query('delete from identity.recovery where city = $1 and person = $2', [city, person])
    },
  }
}

function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

function unseal(key: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
