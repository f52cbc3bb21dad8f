// What a version may ask of an applicant in his situation, and whether what he brings is that: nothing outside it is asked or taken.
import { isCivilDate } from '../../kernel/clock/date.ts'
import { refuse } from '../../kernel/record.ts'
import type { Content } from '../items/index.ts'
import { ownOf, type Own } from './applicant.ts'
import type { Had, Received } from './case.ts'

type Asked = Pick<Content, 'fields' | 'materials'>

/** What this version asks for in these situations: what holds in all of them, and what holds in one that was chosen. */
export function askedIn({ fields, materials }: Asked, situations: readonly string[]): Asked {
  const holds = ({ within }: { readonly within?: string | undefined }) =>
    within === undefined || situations.includes(within)
  return { fields: fields.filter(holds), materials: materials.filter(holds) }
}

/** A situation that the version does not know, or none where there are some to choose from; its field, or undefined. */
export function wrongSituation({ situations }: Pick<Content, 'situations'>, chosen: readonly string[]) {
  const known = situations.map(({ situation }) => situation)
  const lost = chosen.findIndex((one, place) => !known.includes(one) || chosen.indexOf(one) < place)
  if (lost >= 0) return refuse('situation-unknown', `situations.${lost}`)
  return known.length > 0 && chosen.length === 0 ? refuse('situation-not-chosen', 'situations') : undefined
}

type Given = readonly { readonly field: string; readonly value: string }[]

/**
 * The answers with the names of their fields; or what is wrong with the first that is none. What the application says itself (`own`)
 * answers the fields that ask for it.
 */
export function answersTo(asked: Asked, given: Given, own: Own, firm: boolean) {
  for (const [place, { field, value }] of given.entries()) {
    const known = asked.fields.find((one) => one.field === field)
    if (!known) return refuse('not-asked', `answers.${place}.field`)
    if (given.findIndex((one) => one.field === field) < place) return refuse('given-twice', `answers.${place}.field`)
    if (!isOf(known.form, value))
      return refuse('answer-of-another-form', `answers.${place}.value`, { name: known.fieldName })
  }
  const answers = asked.fields.flatMap((one) => {
    const { field, fieldName: name } = one
    const said = ownOf(one, firm)
    const value = given.find((other) => other.field === field)?.value ?? (said && own[said])
    return value === undefined ? [] : [{ field, value, name }]
  })
  const left = asked.fields.find(({ field, spare }) => spare !== true && !answers.some((one) => one.field === field))
  if (left) return refuse('answer-missing', ownOf(left, firm) ?? 'answers', { name: left.fieldName })
  return { answers }
}

/** Whether an answer is what its field takes. */
export function isOf(form: Content['fields'][number]['form'], value: string): boolean {
  switch (form) {
    case 'number':
      return /^-?\d{1,15}(\.\d{1,6})?$/.test(value)
    case 'date':
      return isCivilDate(value)
    case 'yes-no':
      return value === 'yes' || value === 'no'
    default:
      return true
  }
}

type Brought = Received['papers'][number]
type Handed = Omit<Brought, 'name' | 'way'> & { readonly way: Had['way'] }

export type Bringing = {
  readonly papers: readonly Handed[]
  readonly files: readonly string[]
  /** Whoever is not at a window shows a paper by its file. */
  readonly online: boolean
  readonly signed: boolean
  readonly commitment: boolean
  readonly excluded: boolean
  /** It is known who commits himself. */
  readonly identified: boolean
  /** What other items of the same theme produce. */
  readonly produced: readonly string[]
}

/** Every paper that is asked for, each once, and how the city has it; or what is wrong with the first that is not so. */
export function papersFor(asked: Asked, brought: Bringing) {
  for (const [place, paper] of brought.papers.entries()) {
    const wrong = wrongPaper(asked, paper, brought)
    if (wrong)
      return refuse(
        wrong,
        `papers.${place}.${wrong === 'file-unknown' || wrong === 'file-missing' ? 'pages' : 'material'}`,
      )
    if (brought.papers.findIndex((one) => one.material === paper.material) < place)
      return refuse('given-twice', `papers.${place}.material`)
  }
  const committed = brought.papers.some(({ way }) => way === 'later' || way === 'promised')
  if (committed && brought.excluded) return refuse('excluded', 'papers')
  if (committed && !brought.identified) return refuse('not-identified', brought.online ? 'papers' : 'document')
  if (committed && !brought.signed) return refuse('not-signed', 'signed')
  const papers = asked.materials.map(({ material, materialName: name, shared, originals, copies }): Had => {
    const asks = { material, name, originals, copies }
    if (brought.produced.includes(material)) return { ...asks, way: 'produced' }
    const known = brought.papers.find((one) => one.material === material)
    return known ? { ...known, ...asks } : { ...asks, way: shared ? 'shared' : 'missing' }
  })
  return { papers }
}

function wrongPaper(asked: Asked, { material, way, pages = [] }: Handed, { files, online, commitment }: Bringing) {
  const known = asked.materials.find((one) => one.material === material)
  if (!known) return 'not-asked'
  if (way === 'shared' && !known.shared) return 'not-shared'
  // 国务院令第716号第七条: what is obtained by sharing is not asked for; whoever brings it all the same may.
  if (known.shared && way !== 'shared' && way !== 'given') return 'obtained-by-sharing'
  if (way === 'later' && !known.tolerable) return 'not-tolerable'
  if (way === 'promised' && !(commitment && known.promisable === true)) return 'not-by-commitment'
  if (pages.some((one) => !files.includes(one))) return 'file-unknown'
  return way === 'given' && online && pages.length === 0 ? 'file-missing' : undefined
}

/** What the declared rules find: each with what was read, when all of them hold; undefined otherwise, and then a person decides. */
export function ruled({ checks = [] }: Pick<Content, 'checks'>, answers: Given) {
  const found = checks.map(({ field, test, bound = '', ground }) => {
    const value = answers.find((one) => one.field === field)?.value
    return { holds: value !== undefined && holds(test, value, bound), ground, found: value ?? '' }
  })
  return found.every((one) => one.holds) ? found.map(({ ground, found: read }) => ({ ground, found: read })) : undefined
}

function holds(test: NonNullable<Content['checks']>[number]['test'], value: string, bound: string): boolean {
  switch (test) {
    case 'given':
      return true
    case 'yes':
    case 'no':
      return value === test
    case 'at-least':
      return isOf('number', value) && Number(value) >= Number(bound)
    case 'at-most':
      return isOf('number', value) && Number(value) <= Number(bound)
    case 'one-of':
      return bound.split('、').includes(value)
  }
}
