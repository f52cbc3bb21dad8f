// How far two words are from each other, as slips of the pen go.

/** The fewest signs that are put in, left out or changed to make one of the other (Levenshtein). */
export function changesBetween(one: string, other: string): number {
  const signs = [...other]
  let row = Array.from({ length: signs.length + 1 }, (_, at) => at)
  for (const [n, sign] of [...one].entries()) {
    const next = [n + 1]
    for (const [at, mark] of signs.entries())
      next.push(Math.min(row[at]! + Number(sign !== mark), row[at + 1]! + 1, next[at]! + 1))
    row = next
  }
  return row.at(-1)!
}
