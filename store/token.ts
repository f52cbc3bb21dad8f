// Words for search without a dictionary: every pair of neighbouring signs, so that any part of a word is found.
import type { Branch } from '../kernel/access.ts'
import { dayOf, type CivilDate } from '../kernel/clock/date.ts'
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

/** The same as a tsquery, of all times or of those that are given. */
export function queryOf({ kind, pairs, beginnings, marks }: Needed, times: readonly string[] = [`@${kind}`]): string {
  const all = [...pairs.map(quoted), ...beginnings.map((sign) => `${quoted(sign)}:*`)]
  return [...all, anyOf(times), ...(marks ? [anyOf(marks)] : [])].join(' & ')
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

/** Weeks in each stretch, from the newest back: most of what is looked for is met in the first, and none is read twice. */
const STRETCHES = [2, 2, 4] as const

/**
 * The last weeks up to the newest record of a kind, in stretches that do not overlap, and the last two months, as the tokens
 * that the function `dated` of the database writes.
 */
export function lately(
  kind: string,
  newest: CivilDate,
): { readonly weeks: readonly (readonly string[])[]; readonly months: readonly string[] } {
  const week = Math.floor((dayOf(newest) - dayOf('1970-01-05')) / 7)
  const [year, month] = newest.split('-').map(Number) as [number, number]
  const before = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
  let ago = 0
  return {
    weeks: STRETCHES.map((long) => Array.from({ length: long }, () => `@week ${kind} ${week - ago++}`)),
    months: [`@month ${kind} ${newest.slice(0, 7)}`, `@month ${kind} ${before}`],
  }
}

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
