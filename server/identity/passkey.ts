// Passkeys (WebAuthn): bound to our address, with the person verified by the device; they stand for both factors.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Moment } from '../../kernel/clock/date.ts'
import type { Database } from '../../store/connection.ts'

type Kept = { readonly id: string; readonly person: string; readonly key: Buffer; readonly counter: number }

export function passkeys(database: Database, city: string, origin: string, now: () => Moment) {
  const rpID = new URL(origin).hostname
  const ofPerson = async (person: string) =>
    (
      await database.query('select id, made from identity.passkey where city = $1 and person = $2 order by made', [
        city,
        person,
      ])
    ).rows as unknown as { id: string; made: Date }[]

  return {
    list: ofPerson,

    async remove(person: string, id: string): Promise<boolean> {
      const { rows } = await database.query(
        'delete from identity.passkey where city = $1 and person = $2 and id = $3 returning id',
        [city, person, id],
      )
      return rows.length === 1
    },
    async removeAll(person: string): Promise<void> {
      await database.query('delete from identity.passkey where city = $1 and person = $2', [city, person])
    },

    async registration(person: string, name: string) {
      return generateRegistrationOptions({
        rpName: '两健',
        rpID,
        userName: name,
        userID: new TextEncoder().encode(person),
        attestationType: 'none',
        excludeCredentials: (await ofPerson(person)).map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    },
    /** Whether the answer holds; the passkey is then kept. */
    async register(person: string, challenge: string, response: unknown): Promise<boolean> {
      const found = await verifyRegistrationResponse({
        response: response as never,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
      }).catch(() => undefined)
      if (!found?.verified) return false
      const { credential } = found.registrationInfo
      await database.query(
        `insert into identity.passkey (city, id, person, key, counter, transports, made) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing`,
        [
          city,
          credential.id,
          person,
          Buffer.from(credential.publicKey),
          credential.counter,
          JSON.stringify(credential.transports ?? []),
          now(),
        ],
      )
      return true
    },
    question: () => generateAuthenticationOptions({ rpID, userVerification: 'required' }),
    /** Whose passkey has answered; undefined when the answer does not hold or its counter has run back. */
    async answer(challenge: string, response: unknown): Promise<string | undefined> {
      const id = (response as { id?: unknown } | null)?.id
      if (typeof id !== 'string') return undefined
      const { rows } = await database.query(
        'select id, person, key, counter from identity.passkey where city = $1 and id = $2',
        [city, id],
      )
      const kept = rows[0] as unknown as Kept | undefined
      if (!kept) return undefined
      const found = await verifyAuthenticationResponse({
        response: response as never,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        credential: { id: kept.id, publicKey: new Uint8Array(kept.key), counter: kept.counter },
      }).catch(() => undefined)
      if (!found?.verified) return undefined
      const { rows: moved } = await database.query(
        `update identity.passkey set counter = $3 where city = $1 and id = $2 and (counter < $3 or ($3 = 0 and counter = 0)) returning id`,
        [city, id, found.authenticationInfo.newCounter],
      )
      return moved.length === 1 ? kept.person : undefined
    },
  }
}
