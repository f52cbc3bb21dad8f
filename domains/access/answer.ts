// May one go into a business: barred, with a permit, or freely (非禁即入), by which entry of the list, and how sure that is.
import { initials, spelling, type IndustryDivision } from '../register/index.ts'
import { officially } from './called.ts'
import { isWhole, type Content, type Matter, type Measure, type Prohibition } from './content.ts'

export type Question = {
  /** What somebody wants to do, in his own words, in pinyin or its initials. */
  readonly words?: string | undefined
  readonly industry?: Pick<IndustryDivision, 'section' | 'name'> | undefined
}

/** Where the words were found: in the matter, in it by another word, in its measures, in pieces, or only the sector is the same. */
export const hows = ['matter', 'called', 'measure', 'pieces', 'sector'] as const
export type How = (typeof hows)[number]

export type Found = { readonly matter: Matter; readonly measures: readonly Measure[]; readonly how: How }

export const verdicts = ['barred', 'permit', 'free'] as const
/** `firm`: the list says it of these words. `likely`: it should be read. `weak`: somebody should be asked. */
export const sures = ['firm', 'likely', 'weak'] as const

/** Why it is no surer than it is. */
export const doubts = [
  'called-otherwise',
  'in-measures-only',
  'in-pieces',
  'same-sector-only',
  'in-annex-only',
  'some-of-it-barred',
  'words-may-miss',
  'not-whole',
  'not-compared',
] as const
export type Doubt = (typeof doubts)[number]

export type Answer = {
  readonly verdict: (typeof verdicts)[number]
  readonly sure: (typeof sures)[number]
  readonly found: readonly Found[]
  /** Prohibitions of the annex in which the words stand: they bar single acts, and are to be read. */
  readonly annex: readonly Prohibition[]
  readonly doubts: readonly Doubt[]
  /** The list's own words that were looked for beside those that were said. */
  readonly called: readonly string[]
}

/** Undefined when nothing was asked. The same question under the same edition has the same answer. */
export function answer(content: Content, { words = '', industry }: Question): Answer | undefined {
  const terms = termsOf(words)
  if (terms.length === 0 && industry === undefined) return undefined
  const read = readingOf(content)
  const hits = terms.length === 0 ? [] : read.flatMap((one) => hitOf(one, terms) ?? [])
  const sure = hits.filter(({ how }) => how !== 'pieces')
  const inSector = terms.length === 0 && industry ? ofSector(read, industry) : []
  const found = (sure.length > 0 ? sure : hits.length > 0 ? hits : inSector).toSorted(
    (a, b) => hows.indexOf(a.how) - hows.indexOf(b.how),
  )
  const annex =
    terms.length === 0
      ? []
      : content.prohibitions.filter(({ barred }) =>
          terms.every((term) => wordsFor(term).some((one) => plain(barred).includes(one))),
        )
  const called = [...new Set(found.some(({ how }) => how === 'called') ? terms.flatMap(officially) : [])]
  const best = found[0]
  const told = { found, annex, called }
  if (!best)
    return {
      verdict: annex.length > 0 ? 'barred' : 'free',
      sure: annex.length > 0 || !isWhole(content) ? 'weak' : 'likely',
      ...told,
      doubts: [
        annex.length > 0 ? 'in-annex-only' : 'words-may-miss',
        ...(isWhole(content) ? [] : (['not-whole'] as const)),
      ],
    }
  const deciding = found.filter(({ how }) => rank(how) === rank(best.how))
  const permits = deciding.some(({ matter }) => matter.part === 'permit')
  const bars = found.some(({ matter }) => matter.part === 'barred') || annex.length > 0
  const doubt = DOUBT[best.how]
  const compared = deciding.map(({ matter }) => matter.proof)
  return {
    verdict: permits ? 'permit' : 'barred',
    sure: compared.some((proof) => proof === 'memory' || proof === 'outline')
      ? 'weak'
      : SURE[best.how] === 'firm' && compared.includes('copy')
        ? 'likely'
        : SURE[best.how],
    ...told,
    doubts: [
      ...(doubt === undefined ? [] : [doubt]),
      ...(permits && bars ? (['some-of-it-barred'] as const) : []),
      ...(compared.every((proof) => proof === 'official') ? [] : (['not-compared'] as const)),
    ],
  }
}

const SURE: Readonly<Record<How, Answer['sure']>> = {
  matter: 'firm',
  called: 'likely',
  measure: 'likely',
  pieces: 'weak',
  sector: 'weak',
}
const DOUBT: Readonly<Record<How, Doubt | undefined>> = {
  matter: undefined,
  called: 'called-otherwise',
  measure: 'in-measures-only',
  pieces: 'in-pieces',
  sector: 'same-sector-only',
}
/** What stands in a matter by one word or another decides before what stands in measures. */
const rank = (how: How) => (how === 'called' ? 0 : hows.indexOf(how))

type Read = {
  readonly matter: Matter
  readonly measures: readonly Measure[]
  readonly own: string
  readonly all: string
  readonly initials: string
  readonly spelling: string
}

/** An edition never changes: what is made of it for searching is made once. */
const readings = new WeakMap<Content, readonly Read[]>()

function readingOf(content: Content): readonly Read[] {
  const known = readings.get(content)
  if (known) return known
  const made = content.matters.map((matter): Read => {
    const measures = content.measures.filter((one) => one.matter === matter.matter)
    const own = plain(matter.matterName)
    return {
      matter,
      measures,
      own,
      all: [own, ...measures.map(({ measure }) => plain(measure))].join('\n'),
      initials: initials(matter.matterName),
      spelling: spelling(matter.matterName),
    }
  })
  readings.set(content, made)
  return made
}

function hitOf(read: Read, terms: readonly string[]): Found | undefined {
  const { matter, measures } = read
  const ways = terms.map((term) => wayOf(read, term))
  if (ways.includes(undefined)) return undefined
  // A question is as sure as the worst of its words.
  const how = (ways as How[]).toSorted((a, b) => hows.indexOf(b) - hows.indexOf(a))[0]!
  return { matter, measures, how }
}

function wayOf({ own, all, initials: first, spelling: whole }: Read, term: string): How | undefined {
  if (own.includes(term)) return 'matter'
  if (/^[a-z]{3,}$/.test(term)) return first.includes(term) || whole.includes(term) ? 'matter' : undefined
  const others = officially(term)
  if (others.some((one) => own.includes(plain(one)))) return 'called'
  if (all.includes(term) || others.some((one) => all.includes(plain(one)))) return 'measure'
  return inPieces(all, term) ? 'pieces' : undefined
}

/** Six of ten pairs of signs stand there, and at least two. */
function inPieces(text: string, term: string): boolean {
  const signs = [...term]
  const pairs = signs.slice(1).map((sign, place) => `${signs[place]}${sign}`)
  const held = pairs.filter((pair) => text.includes(pair)).length
  return held >= 2 && held / pairs.length >= 0.6
}

/** What needs a permit or is barred in the section of an industry; what shares words with its name stands first. */
function ofSector(
  read: readonly Read[],
  { section, name }: Pick<IndustryDivision, 'section' | 'name'>,
): readonly Found[] {
  const signs = [...plain(name)]
  const pairs = signs.slice(1).map((sign, place) => `${signs[place]}${sign}`)
  const shared = ({ own }: Read) => pairs.filter((pair) => own.includes(pair)).length
  return read
    .filter(({ matter }) => matter.sectors?.includes(section as (typeof matter.sectors)[number]) === true)
    .toSorted((a, b) => shared(b) - shared(a))
    .map(({ matter, measures }) => ({ matter, measures, how: 'sector' }))
}

const wordsFor = (term: string) => [term, ...officially(term).map(plain)]

/** Words as they are compared: without signs between them. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** What stands before the thing itself: 我想开一家… */
const BEFORE =
  /^(?:请问|我们?|本?公司|想要?|打算|准备|可以|能不能|能否|申请|开设|开办|创办|开一?[家个]?|办一?[家个]?|经营|从事|设立|投资|做|搞)+/
const AFTER = /(?:可以吗|行吗|吗|呢|业务)$/

/** The words of a question, each as it is looked for; one sign alone says nothing. */
function termsOf(words: string): readonly string[] {
  const bare = (term: string) => {
    const core = term.replace(BEFORE, '').replace(AFTER, '')
    return [...core].length >= 2 ? core : term
  }
  return words
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((term) => [...term].length >= 2)
    .slice(0, 10)
    .map(bare)
}
