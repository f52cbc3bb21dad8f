// What somebody probably meant by a name that is not there.

/** The known name that takes the fewest insertions, deletions and replacements to reach. */
export function nearest(name: string, known: readonly string[]): string {
  return known.toSorted((a, b) => distance(name, a) - distance(name, b))[0] ?? ''
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries())
      next.push(Math.min(row[j]! + (letter === other ? 0 : 1), row[j + 1]! + 1, next[j]! + 1))
    row = next
  }
  return row[b.length]!
}

/** The same, when it is near enough for a slip of the pen, capitals aside; undefined when nothing is. */
export function meantBy(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase()
  const found = nearest(plain(name), known.map(plain))
  const near = distance(plain(name), found) <= Math.max(1, Math.floor(found.length / 2))
  return near ? known.find((one) => plain(one) === found) : undefined
}
