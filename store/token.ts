// Words for search without a dictionary: every character and every pair of neighbours, so that any part of a word is found.

/** The text as it is compared: width and case folded, runs of other signs become one space. */
export function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function grams(text: string): Set<string> {
  const found = new Set<string>()
  for (const word of wordsOf(text).split(' ')) {
    const signs = [...word]
    for (const [place, sign] of signs.entries()) {
      found.add(sign)
      const next = signs[place + 1]
      if (next !== undefined) found.add(sign + next)
    }
  }
  found.delete('')
  return found
}

/** A tsvector in its text form, without positions. */
export function tokensOf(text: string): string {
  return [...grams(text)].map((gram) => `'${gram}'`).join(' ')
}

/** A tsquery that every text containing these words satisfies, or null when there is nothing to look for. */
export function queryOf(text: string): string | null {
  const pairs = [...grams(text)]
  const longer = pairs.filter((gram) => [...gram].length > 1)
  const wanted = longer.length > 0 ? longer : pairs
  return wanted.length === 0 ? null : wanted.map((gram) => `'${gram}'`).join(' & ')
}

/** Each word as a LIKE pattern: the recheck that makes the grams exact. */
export function patternsOf(text: string): string[] {
  return wordsOf(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `%${word}%`)
}

/** A tsquery that every text sharing a pair of neighbours with this one satisfies. */
export function anyOf(text: string): string | null {
  const pairs = [...grams(text)].filter((gram) => [...gram].length > 1)
  return pairs.length === 0 ? null : pairs.map((gram) => `'${gram}'`).join(' | ')
}

/** How alike two texts are: the pairs they share among all their pairs, 0 to 1. */
export function likeness(one: string, other: string): number {
  const pairs = (text: string) => new Set([...grams(text)].filter((gram) => [...gram].length > 1))
  const [a, b] = [pairs(one), pairs(other)]
  const shared = [...a].filter((gram) => b.has(gram)).length
  return shared === 0 ? 0 : shared / (a.size + b.size - shared)
}
