// What somebody has entered of an application so far, the pages on which its items ask for it, and the command it amounts to.
import { askedIn, isFirm, ownOf } from '../../../domains/applications/index.ts'
import { takes, type Content } from '../../../domains/items/index.ts'
import { formOf, type Asked, type Form } from '../../../domains/themes/index.ts'
import type { Change } from './change.ts'

type Way = 'given' | 'later' | 'promised' | 'missing'
type Paper = { readonly material: string; readonly way: string; readonly pages: readonly string[] }
type Answer = { readonly field: string; readonly value: string }
export type Field = Content['fields'][number]
export type Material = Content['materials'][number]

/** An item that he applies for, the version by which he has been asked so far, and his situations in it. */
export type Chosen = { readonly item: string; readonly version: string; readonly situations: readonly string[] }

export type Entered = {
  /** The theme under whose one form he applies for several items. */
  readonly theme?: string | undefined
  /** One where he applies for an item alone. */
  readonly parts: readonly Chosen[]
  readonly enterprise?: string | undefined
  readonly applicant?: string | undefined
  readonly contact?: string | undefined
  readonly phone?: string | undefined
  readonly answers: readonly Answer[]
  readonly papers: readonly Paper[]
  /** Which commitments were signed, as `commitmentsIn` names them; a changed one is signed anew. */
  readonly signed?: string | undefined
  readonly delivery?: string | undefined
  readonly address?: string | undefined
  /** The application from which it was taken over. */
  readonly from?: string | undefined
  /** What another version has changed of it, until that has been read. */
  readonly changes?: readonly Change[] | undefined
}

/** An item as it may be applied for now: alone, or with the others of a theme, some of which one may do without. */
export type Part = {
  readonly item: string
  readonly version: string
  readonly content: Content
  readonly choice: boolean
}

/** What is asked of this applicant, and by which ways he may provide papers. */
export type Asking = {
  readonly parts: readonly Part[]
  readonly entered: Entered
  /** Pages or parts of pages that he has completed, by `keys` of their sheets. */
  readonly done: readonly string[]
  /** The day from which he is excluded from commitments, where he is. */
  readonly excluded?: string | undefined
  /** Whoever has no account is not known well enough to commit himself. */
  readonly unknown?: boolean | undefined
}

export type Sheet = {
  readonly name: string
  readonly sort: 'parts' | 'situations' | 'applicant' | 'answers' | 'papers' | 'commitment' | 'delivery'
  /** Which of how many of this sort. */
  readonly part: number
  readonly parts: number
  /** The codes of what is asked on it. */
  readonly codes: readonly string[]
  readonly keys: readonly string[]
}

/** More fields or papers than this are not put on one page. */
const FIELDS = 8
const PAPERS = 4

type Standing = Pick<Asking, 'parts' | 'entered'>

/** The items that he applies for, each in his situations. */
export function chosenOf({ parts, entered }: Standing): readonly (Part & Pick<Chosen, 'situations'>)[] {
  return parts.flatMap((part) => {
    const mine = entered.parts.find(({ item }) => item === part.item)
    return mine ? [{ ...part, situations: mine.situations }] : []
  })
}

/** The items among whose situations he has to choose. */
export function situated(standing: Standing) {
  return chosenOf(standing).filter(({ content }) => content.situations.length > 0)
}

/** What has to be chosen first, because what is asked depends on it: which items, or the situation. */
export function unchosen(asking: Pick<Asking, 'parts' | 'entered' | 'done'>): 'parts' | 'situations' | undefined {
  if (asking.parts.some(({ choice }) => choice) && !asking.done.includes('parts')) return 'parts'
  return situated(asking).some(({ situations }) => situations.length === 0) ? 'situations' : undefined
}

/** All that his items ask for, each thing once, and what one of them produces for another not at all. */
export function askedOf(standing: Standing): Asked {
  const chosen = chosenOf(standing)
  const [first] = chosen
  if (standing.entered.theme === undefined)
    return first ? askedIn(first.content, first.situations) : { fields: [], materials: [] }
  const form = formOf(chosen)
  return 'refused' in form ? { fields: [], materials: [] } : form.asked
}

/** What comes of one of his items and is needed by another. */
export function passedIn(standing: Standing): Form['passed'] {
  const form = formOf(chosenOf(standing))
  return 'refused' in form ? [] : form.passed
}

/** The fields to be filled in: what the application says itself of whoever applies is asked there. */
export function fieldsAsked(standing: Standing): readonly Field[] {
  const firm = isFirm(standing.entered.enterprise, contentsOf(standing))
  return askedOf(standing).fields.filter((one) => ownOf(one, firm) === undefined)
}

const contentsOf = (standing: Standing) => chosenOf(standing).map(({ content }) => content)

/** Who may apply for all of it, and whether somebody has to be named whom to turn to. */
export function applicantsTaken(standing: Standing) {
  const all = contentsOf(standing).map(takes)
  return {
    enterprise: all.every((one) => one.enterprise),
    named: all.every((one) => one.named),
    contact: askedOf(standing).fields.some((one) => one.spare !== true && ownOf(one, true) === 'contact'),
  }
}

/** The papers that the applicant provides, and those that the city obtains by itself. */
export function papersAsked(standing: Standing) {
  const { materials } = askedOf(standing)
  return { own: materials.filter(({ shared }) => !shared), shared: materials.filter(({ shared }) => shared) }
}

/** Whether a commitment may stand in for a paper: for a proof alone, and under one form only where all of its items take it. */
export function isPromisable(standing: Standing, { promisable }: Material): boolean {
  return promisable === true && chosenOf(standing).every(({ content }) => content.commitment === true)
}

/** The ways in which this applicant may provide a paper. */
export function waysOf(
  asking: Pick<Asking, 'parts' | 'entered' | 'excluded' | 'unknown'>,
  paper: Material,
): readonly Way[] {
  const committed = asking.excluded === undefined && asking.unknown !== true
  return [
    'given',
    ...(paper.tolerable && committed ? (['later'] as const) : []),
    ...(committed && isPromisable(asking, paper) ? (['promised'] as const) : []),
    'missing',
  ]
}

/** The papers that are to follow or that a commitment replaces, as what is signed for names them; empty when there are none. */
export function commitmentsIn(asking: Asking): string {
  const chosen = papersAsked(asking).own.flatMap((material) => {
    const way = wayOf(asking, material)
    return way === 'later' || way === 'promised' ? [`${material.material} ${way}`] : []
  })
  return chosen.length === 0 ? '' : [...asking.entered.parts.map(({ version }) => version), ...chosen].join('\n')
}

/** How a paper is provided; undefined while nothing was chosen that this applicant may choose. */
export function wayOf(asking: Asking, material: Material): Way | undefined {
  const way = asking.entered.papers.find((one) => one.material === material.material)?.way
  return waysOf(asking, material).find((one) => one === way)
}

export function sheetsOf(asking: Asking): readonly Sheet[] {
  const unknown = unchosen(asking) !== undefined
  const choosing = situated(asking)
  const one = (sort: Sheet['sort'], key: string): Sheet => ({
    name: sort,
    sort,
    part: 1,
    parts: 1,
    codes: [],
    keys: [key],
  })
  const some = (sort: 'answers' | 'papers', codes: readonly string[], most: number): Sheet[] => {
    // What is asked is not known yet: it stands there as one thing that cannot be done now.
    if (unknown) return [one(sort, sort)]
    const parts = Math.ceil(codes.length / most)
    const size = Math.ceil(codes.length / parts)
    return Array.from({ length: parts }, (_, place) => {
      const here = codes.slice(place * size, (place + 1) * size)
      const keys = here.map((code) => `${sort}.${code}`)
      return { name: parts === 1 ? sort : `${sort}-${place + 1}`, sort, part: place + 1, parts, codes: here, keys }
    })
  }
  return [
    ...(asking.parts.some(({ choice }) => choice) ? [one('parts', 'parts')] : []),
    ...choosing.map(({ item }, place): Sheet => ({
      name: choosing.length === 1 ? 'situations' : `situations-${place + 1}`,
      sort: 'situations',
      part: place + 1,
      parts: choosing.length,
      codes: [item],
      keys: [`situations.${item}`],
    })),
    one('applicant', 'applicant'),
    ...some(
      'answers',
      fieldsAsked(asking).map(({ field }) => field),
      FIELDS,
    ),
    ...some(
      'papers',
      papersAsked(asking).own.map(({ material }) => material),
      PAPERS,
    ),
    ...(!unknown && commitmentsIn(asking) !== '' ? [one('commitment', 'commitment')] : []),
    one('delivery', 'delivery'),
  ]
}

export function sheetState(asking: Asking, sheet: Sheet): 'todo' | 'doing' | 'done' | 'blocked' {
  if (unchosen(asking) !== undefined && (sheet.sort === 'answers' || sheet.sort === 'papers')) return 'blocked'
  if (sheet.sort === 'commitment') return asking.entered.signed === commitmentsIn(asking) ? 'done' : 'todo'
  const completed = sheet.keys.filter((key) => isDone(asking, key))
  if (completed.length === sheet.keys.length) return 'done'
  const { answers, papers } = asking.entered
  const begun =
    completed.length > 0 ||
    answers.some(({ field }) => sheet.keys.includes(`answers.${field}`)) ||
    papers.some(({ material }) => sheet.keys.includes(`papers.${material}`))
  return begun ? 'doing' : 'todo'
}

/** What was completed stays so; but a paper only by a way that is still open to this applicant. */
function isDone(asking: Asking, key: string): boolean {
  const paper = papersAsked(asking).own.find(({ material }) => key === `papers.${material}`)
  return asking.done.includes(key) && (paper === undefined || wayOf(asking, paper) !== undefined)
}

/** The command that all of it amounts to: what is asked no longer stays behind. */
export function inputOf(asking: Asking): Readonly<Record<string, unknown>> {
  const { theme, parts, enterprise, applicant, contact, phone, answers, papers, delivery, address } = asking.entered
  const signed = commitmentsIn(asking)
  const brought = papersAsked(asking).own.flatMap((material) => {
    const way = wayOf(asking, material)
    if (way === undefined) return []
    const pages = papers.find((one) => one.material === material.material)!.pages
    return [{ material: material.material, way, ...(way === 'given' && { pages }) }]
  })
  const files = brought.flatMap(({ pages = [] }) => pages)
  const input = {
    ...(theme === undefined ? parts[0] : { theme, parts }),
    enterprise,
    // An enterprise bears the name under which it is registered.
    applicant: enterprise === undefined ? applicant : undefined,
    contact,
    phone,
    channel: 'web',
    answers: fieldsAsked(asking).flatMap(({ field }) => answers.filter((one) => one.field === field)),
    papers: brought,
    files: files.length > 0 ? files : undefined,
    signed: signed !== '' && asking.entered.signed === signed ? true : undefined,
    delivery,
    address: delivery === 'courier' ? address : undefined,
  }
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}
