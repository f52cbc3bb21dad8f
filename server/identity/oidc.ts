// Single sign-on by OpenID Connect: authorization code with PKCE, state and nonce.
import * as client from 'openid-client'
import type { Database } from '../../store/connection.ts'

export type OidcSettings = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string }

export function oidc(database: Database, city: string, settings: OidcSettings, callback: string) {
  let found: Promise<client.Configuration> | undefined
  const configuration = () => {
    // An issuer over plain http is only ever one on this machine: a test.
    const insecure = settings.issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {}
    found ??= client.discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, insecure)
    found.catch(() => (found = undefined))
    return found
  }

  return {
    /** Where to send the browser, and what must be remembered until it comes back. */
    async begin() {
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
      const address = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        scope: 'openid profile',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      return { address: address.href, remember: { state, nonce, verifier } }
    },
    /** The person who came back: by a link made before, else (once) by a login equal to the issuer's name for him. */
    async end(url: URL, remembered: Readonly<Record<string, string>>): Promise<string | undefined> {
      const tokens = await client.authorizationCodeGrant(await configuration(), url, {
        pkceCodeVerifier: remembered['verifier'] ?? '',
        expectedState: remembered['state'] ?? '',
        expectedNonce: remembered['nonce'] ?? '',
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) return undefined
      const linked = await database.query(
        'select person from identity.subject where city = $1 and issuer = $2 and subject = $3',
        [city, settings.issuer, claims.sub],
      )
      if (linked.rows[0]) return linked.rows[0]['person'] as string
      const login = claims['preferred_username']
      if (typeof login !== 'string') return undefined
      const known = await database.query(
        `select id from record where city = $1 and kind = 'person' and open and facets @> $2`,
        [city, JSON.stringify({ login })],
      )
      const person = known.rows.length === 1 ? (known.rows[0]!['id'] as string) : undefined
      if (person === undefined) return undefined
      const taken = await database.query(
        `insert into identity.subject (city, issuer, subject, person)
         select $1, $2, $3, $4 where not exists (select 1 from identity.subject where city = $1 and issuer = $2 and person = $4)
         returning person`,
        [city, settings.issuer, claims.sub, person],
      )
      return taken.rows.length === 1 ? person : undefined
    },
  }
}
