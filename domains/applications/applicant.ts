// Who applies: whether the item takes him, under whom a broken commitment of his stands, and what of him its fields need not ask again.
import type { Actor } from '../../kernel/access.ts'
import { refuse } from '../../kernel/record.ts'
import { takes, type Content } from '../items/index.ts'
import type { Case } from './case.ts'

/** What an application says of whoever applies. */
export type Own = {
  readonly applicant?: string | undefined
  readonly contact?: string | undefined
  readonly phone?: string | undefined
}
type Field = Pick<Content['fields'][number], 'known'>
type Takes = Pick<Content, 'audience' | 'founding'>

/**
 * Which of that a field asks for: it is asked once, for the application. `firm`: an enterprise applies, and so its name is that of
 * the applicant.
 */
export function ownOf({ known }: Field, firm: boolean): keyof Own | undefined {
  switch (known) {
    case 'applicant.name':
      return 'applicant'
    case 'enterprise.name':
      return firm ? 'applicant' : undefined
    case 'enterprise.contact':
      return 'contact'
    case 'enterprise.phone':
    case 'person.phone':
      return 'phone'
    default:
      return undefined
  }
}

/** Whether whoever applies for all of these is an enterprise, one of the register or one that is being founded. */
export function isFirm(enterprise: unknown, contents: readonly Takes[]): boolean {
  return enterprise !== undefined || contents.every((one) => one.founding === true && !ofPersons(one))
}

const ofPersons = ({ audience }: Takes) => audience.includes('natural-person')

/** Refused where one of the items is not for enterprises, or for those of the register alone. */
export function notTaken(enterprise: string | undefined, contents: readonly Takes[]) {
  const all = contents.map(takes)
  if (enterprise === undefined)
    return all.every(({ named }) => named) ? undefined : refuse('only-enterprises', 'enterprise')
  return all.every((one) => one.enterprise) ? undefined : refuse('not-for-enterprises', 'enterprise')
}

type Bearer = Pick<Case, 'enterprise' | 'by' | 'applicant' | 'signatory' | 'document'>

/**
 * Who answers for its commitments: an enterprise of the register, whoever has an account, or who signed them at a window, told from
 * others by the last six signs of his document as well (个人信息保护法第六条: no more of it than that). Undefined where nobody is known so.
 */
export function bearerOf({ enterprise, by, applicant, signatory, document }: Bearer): string | undefined {
  if (enterprise !== undefined) return `enterprise:${enterprise}`
  if (by[0] !== undefined) return by[0]
  const name = (signatory ?? applicant ?? '').replace(/[^\p{L}\p{N}]/gu, '').slice(0, 40)
  return document === undefined || name === '' ? undefined : `name:${name}:${document.toUpperCase()}`
}

/** The same while it comes in: a document is seen by whoever takes it in, and is not taken from others. */
export function bearerFor(said: Omit<Bearer, 'by'>, actor: Actor): string | undefined {
  const seen = isStaff(actor) ? said.document : undefined
  return bearerOf({ ...said, by: byOf(actor), document: seen })
}

/** Those in whose name somebody who works for nobody here hands it in. */
export function byOf(actor: Actor): string[] {
  return isStaff(actor) ? [] : actor.subjects.filter((one) => one.startsWith('person:'))
}

const isStaff = (actor: Actor) => actor.system === true || actor.posts.length > 0
