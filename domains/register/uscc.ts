// The unified social credit code (统一社会信用代码, GB 32100-2015): its form, its check character, and how people really type it.

/** The 31 symbols of the code: digits and capitals without I, O, S, V, Z. */
export const usccSymbols = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Two symbols for registrar and kind, six digits for the division, nine for the body (GB 11714), one for the check. */
const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/
const FIRST_17 = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{9}$/
const VALUE = new Map([...usccSymbols].map((symbol, value) => [symbol, value]))
/** Powers of 3 modulo 31, one for each of the first 17 places. */
const WEIGHTS = Array.from({ length: 17 }, (_, place) => 3 ** place % 31)
/** Blanks, hyphens and invisible marks that come along when a code is copied out of a document. */
const NOISE = /[\s\p{Cf}\p{Pd}_·.]/gu

export type UsccCheck = {
  readonly form: 'valid' | 'wrong-form' | 'wrong-check'
  /** The code as it is to be kept: half-width, capitals, no blanks. Kept also when it is wrong. */
  readonly normal: string
  /** With `wrong-check`: the check character (place 18) that the first 17 places call for. */
  readonly expected?: string
}

/**
 * Reads a code as typed. A wrong code is a warning and never a reason to turn an enterprise away: codes that are in
 * official use are known to fail the check.
 */
export function checkUscc(code: string): UsccCheck {
  const normal = code.normalize('NFKC').replace(NOISE, '').toUpperCase()
  if (!FORM.test(normal)) return { form: 'wrong-form', normal }
  const expected = checkCharacter(normal)
  return normal[17] === expected ? { form: 'valid', normal } : { form: 'wrong-check', normal, expected }
}

export const entityKinds = ['企业', '个体工商户', '农民专业合作社', '其他'] as const
export type EntityKind = (typeof entityKinds)[number]

/** What the market regulator (9) registers, by the second symbol (GB 32100-2015, table 1). */
const KINDS: Readonly<Record<string, EntityKind>> = { '91': '企业', '92': '个体工商户', '93': '农民专业合作社' }

/**
 * The kind of market entity (经营主体类型) that the code tells: others by what other registrars keep, such as associations. Undefined
 * where it is no code; one whose check character is wrong tells it all the same.
 */
export function entityKindOf(code: string): EntityKind | undefined {
  const { form, normal } = checkUscc(code)
  return form === 'wrong-form' ? undefined : (KINDS[normal.slice(0, 2)] ?? '其他')
}

/** The code as a name: letters and digits alone. Empty where no code was given, whatever stands in its place. */
export function usccName(code: string): string {
  const name = code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(0, 40)
  return /\d/.test(name) ? name : ''
}

/** Completes 17 places with the check character. Throws a RangeError when they are not of the form. */
export function makeUscc(first17: string): string {
  if (!FIRST_17.test(first17))
    throw new RangeError(`not the first 17 places of a unified social credit code: ${first17}`)
  return first17 + checkCharacter(first17)
}

function checkCharacter(code: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * VALUE.get(code[place]!)!, 0)
  return usccSymbols[(31 - (sum % 31)) % 31]!
}
