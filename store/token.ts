// Words for search without a dictionary: every pair of neighbouring signs, so that any part of a word is found.
import type { Branch } from '../kernel/access.ts'
import { civil, dayOf, type CivilDate } from '../kernel/clock/date.ts'
import type { Index } from '../kernel/record.ts'

/** The text as it is compared: width and case folded, runs of other signs become one space. */
export function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** With more signs than this in a word, every other of its pairs is looked for: each sign is in one of them, and the recheck is exact. */
const LONG = 5

/** The pairs that a record must hold which holds these words. */
function neededOf(text: string): Set<string> {
  const found = new Set<string>()
  for (const word of wordsOf(text).split(' ')) {
    const signs = [...word]
    const step = signs.length > LONG ? 2 : 1
    for (let place = 1; place < signs.length; place += step) found.add(signs[place - 1]! + signs[place]!)
    if (signs.length > 1) found.add(signs.at(-2)! + signs.at(-1)!)
  }
  return found
}

/** Every pair of neighbours. */
function pairsOf(text: string): Set<string> {
  const found = new Set<string>()
  for (const word of wordsOf(text).split(' ')) {
    const signs = [...word]
    for (let place = 1; place < signs.length; place++) found.add(signs[place - 1]! + signs[place]!)
  }
  return found
}

/** A tsvector in its text form, without positions: the pairs, the last sign of each word, and whose record it is. */
export function tokensOf(text: string, marks: readonly string[] = []): string {
  const ends = wordsOf(text)
    .split(' ')
    .flatMap((word) => [...word].at(-1) ?? [])
  return [...new Set([...pairsOf(text), ...ends, ...marks])].map(quoted).join(' ')
}

/** Whose a record is, as tokens that no word can be: so that a search goes through nobody else's. */
export function marksOf(kind: string, { unit, parties = [], token }: Index): readonly string[] {
  return [
    `@${kind}`,
    ...(unit === undefined ? [] : [`@of ${unit}`]),
    ...(token === undefined ? [] : [`@token ${token}`]),
    ...parties.map((who) => `@${who}`),
  ]
}

/** The same marks for whoever looks: those of one way in, or undefined when it leads to all. */
function marksFor(branch: Branch): readonly string[] | undefined {
  switch (branch.by) {
    case 'all':
      return undefined
    case 'unit':
      return branch.units.map((unit) => `@of ${unit}`)
    case 'token':
      return [`@token ${branch.hash}`]
    case 'party':
      return branch.who.map((who) => `@${who}`)
  }
}

/** What is found is of the kind, holds all these pairs, for each beginning a token that begins so, and one of the marks if there are any. */
export type Needed = {
  readonly kind: string
  readonly pairs: readonly string[]
  readonly beginnings: readonly string[]
  readonly marks?: readonly string[] | undefined
}

/**
 * What every record of the kind holds which holds these words and which one of the ways leads to; null when there is nothing
 * to look for. A single sign is the beginning of a pair, or the end of a word.
 */
export function neededBy(text: string, kind: string, branches: readonly Branch[]): Needed | null {
  const pairs = [...neededOf(text)]
  const beginnings = pairs.length > 0 ? [] : [...wordsOf(text)].filter((sign) => sign !== ' ')
  const marks = marksForAll(branches)
  return pairs.length + beginnings.length === 0 || marks?.length === 0 ? null : { kind, pairs, beginnings, marks }
}

/** With more marks than this nobody's days are looked for one by one: whose a record is, is then asked of the record. */
const SEVERAL = 12

/**
 * The same as a tsquery, of all times or of those pieces that are given. Of those in whose pieces of time nothing is written, who
 * have few records, it finds those of all times.
 */
export function queryOf({ kind, pairs, beginnings, marks }: Needed, pieces?: readonly string[]): string {
  const words = [...pairs.map(quoted), ...beginnings.map((sign) => `${quoted(sign)}:*`)]
  const whose = pieces ? [anyOf(during(kind, pieces, marks))] : [anyOf([`@${kind}`]), ...(marks ? [anyOf(marks)] : [])]
  return [...words, ...whose].join(' & ')
}

function during(kind: string, pieces: readonly string[], marks: readonly string[] | undefined): readonly string[] {
  const times = pieces.map((piece) => `@${kind} ${piece}`)
  if (marks === undefined || marks.length > SEVERAL) return times
  return marks.flatMap((mark) => (ofUnit(mark) ? times.map((time) => `${time} ${mark.slice(1)}`) : mark))
}

/** A mark of a unit, which has many records: the function `dated` of the database writes it beside each piece of time. */
function ofUnit(mark: string): boolean {
  return mark.startsWith('@of ') || mark.startsWith('@unit:')
}

/** A tsquery that every record of the kind satisfies which shares a pair of neighbours with this text; null when none can. */
export function sharing(text: string, kind: string, branches: readonly Branch[]): string | null {
  const pairs = [...pairsOf(text)]
  const marks = marksForAll(branches)
  if (pairs.length === 0 || marks?.length === 0) return null
  return `${anyOf(pairs)} & ${queryOf({ kind, pairs: [], beginnings: [], marks })}`
}

/** What a record holds that one of the ways leads to; undefined when one leads to all. */
function marksForAll(branches: readonly Branch[]): readonly string[] | undefined {
  const ways = branches.map(marksFor)
  return ways.includes(undefined) ? undefined : [...new Set(ways.flatMap((marks) => marks ?? []))]
}

function anyOf(tokens: readonly string[]): string {
  return `(${tokens.map(quoted).join(' | ')})`
}

/** The pieces of time that the function `dated` of the database writes: days, and so many days together. */
const SIZES = { b: 64, w: 8, d: 1 } as const
/** So many days, and those up to the next 64, can be gone through piece by piece. */
const REACH = 512
/** How many times as long each further stretch is. */
const FURTHER = 2

/** The pieces of a stretch of time, the newest first, and its first day. */
export type Stretch = { readonly pieces: readonly string[]; readonly from: CivilDate }

/**
 * The time up to a day, in stretches that follow each other without a gap: the first is at least so many days long, each further
 * one twice as long as the one before it. No piece is longer than all that lies after it.
 */
export function lately(newest: CivilDate, first: number): readonly Stretch[] {
  const last = dayOf(newest)
  const stretches: Stretch[] = []
  let pieces: string[] = []
  let end = last + 1
  let from = end
  while (pieces.length > 0 || last + 1 - from < REACH) {
    const name = sizes.find((one) => from % SIZES[one] === 0 && SIZES[one] <= Math.max(1, last + 1 - from))!
    from -= SIZES[name]
    pieces.push(`${name}${from / SIZES[name]}`)
    if (end - from < first * FURTHER ** stretches.length && last + 1 - from < REACH) continue
    stretches.push({ pieces, from: civil(from) })
    pieces = []
    end = from
  }
  return stretches
}

const sizes = Object.keys(SIZES) as (keyof typeof SIZES)[]

function quoted(token: string): string {
  return `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** Each word as a LIKE pattern: the recheck that makes the grams exact. */
export function patternsOf(text: string): string[] {
  return wordsOf(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `%${word}%`)
}

/** How alike two texts are: the pairs they share among all their pairs, 0 to 1. */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)]
  const shared = [...a].filter((pair) => b.has(pair)).length
  return shared === 0 ? 0 : shared / (a.size + b.size - shared)
}
