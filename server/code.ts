// Codes that a person writes down and types in again: query codes and saved-work codes.
import { createHash, randomBytes } from 'node:crypto'

// Without I, L, O and U: nothing that a hand or an eye takes for something else.
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 6
const GROUP = 4

/** The cookie that carries the code of the record that was last looked up. */
export const bearerCookie = 'record'

/** 120 random bits, as six groups of four signs: 7K3Q-XM2P-… */
export function freshCode(): string {
  const signs = Array.from(randomBytes(GROUPS * GROUP), (byte) => SIGNS[byte % SIGNS.length]!)
  return grouped(signs.join(''))
}

/** A code as it was given out, however it was typed: case, spaces, hyphens and look-alike signs do not matter. */
export function canonicalCode(typed: string): string {
  const plain = plainCode(typed)
  const ours = plain.length === GROUPS * GROUP && [...plain].every((sign) => SIGNS.includes(sign))
  return ours ? grouped(plain) : typed.trim()
}

/** The signs of a code alone, whichever way they were typed. */
export function plainCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}

/** The first signs of a digest, as a code: sixty bits in three groups. */
export function codeOf(digest: Uint8Array): string {
  return grouped(Array.from(digest.slice(0, 12), (byte) => SIGNS[byte % SIGNS.length]!).join(''))
}

/** What of a code may be kept: never the code itself. */
export function hashOfCode(typed: string): string {
  return createHash('sha256').update(canonicalCode(typed)).digest('base64url')
}

function grouped(signs: string): string {
  return signs.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-')
}
