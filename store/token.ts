// Words for search without a dictionary: every pair of neighbouring signs, so that any part of a word is found.
import type { Branch } from '../kernel/access.ts'
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

/**
 * A tsquery that every record of the kind satisfies which holds these words and which one of the ways leads to, or null
 * when there is nothing to look for. A single sign is the beginning of a pair, or the end of a word.
 */
export function queryOf(text: string, kind: string, branches: readonly Branch[]): string | null {
  const pairs = [...neededOf(text)].map(quoted)
  const single = [...wordsOf(text)].filter((sign) => sign !== ' ').map((sign) => `${quoted(sign)}:*`)
  return joined([pairs.length > 0 ? pairs.join(' & ') : single.join(' & '), ...whose(kind, branches)])
}

/** A tsquery that every record of the kind satisfies which shares a pair of neighbours with this text. */
export function anyOf(text: string, kind: string, branches: readonly Branch[]): string | null {
  return joined([[...pairsOf(text)].map(quoted).join(' | '), ...whose(kind, branches)])
}

/** What a record of the kind satisfies that one of the ways leads to. */
function whose(kind: string, branches: readonly Branch[]): readonly string[] {
  const ways = branches.map(marksFor)
  const mine = [...new Set(ways.flatMap((marks) => marks ?? []))].map(quoted).join(' | ')
  return [quoted(`@${kind}`), ...(ways.includes(undefined) ? [] : [mine])]
}

/** All of them; nothing at all where one is empty. */
function joined(parts: readonly string[]): string | null {
  return parts.includes('') ? null : parts.map((part) => `(${part})`).join(' & ')
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
