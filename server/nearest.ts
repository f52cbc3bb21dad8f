// What somebody probably meant by a name that is not there.
import { changesBetween } from '../kernel/alike.ts'

/** The known name that takes the fewest insertions, deletions and replacements to reach. */
export function nearest(name: string, known: readonly string[]): string {
  return known.toSorted((a, b) => changesBetween(name, a) - changesBetween(name, b))[0] ?? ''
}

/** The same, when it is near enough for a slip of the pen, capitals aside; undefined when nothing is. */
export function meantBy(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase()
  const found = nearest(plain(name), known.map(plain))
  const near = changesBetween(plain(name), found) <= Math.max(1, Math.floor(found.length / 2))
  return near ? known.find((one) => plain(one) === found) : undefined
}
