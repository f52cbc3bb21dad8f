/** Matches the header of an uploaded sheet to the columns we know, and says what is missing, unknown or there twice. */
import { annotationTitles } from './annotate.ts'
import type { Cell } from './row.ts'

export interface KnownColumn<Key extends string = string> {
  readonly key: Key
  /** What the column may be called: Chinese first, then English and other names. The first is the one we ask for. */
  readonly titles: readonly [string, ...string[]]
  readonly required?: boolean
}

/** One thing wrong with a header, as facts; `column` counts from 1. */
export type HeaderProblem<Key extends string = string> =
  /** A required column is not there; `suggestion` is the unknown header most like it. */
  | { readonly problem: 'missing'; readonly key: Key; readonly title: string; readonly suggestion?: HeaderPlace }
  /** A header that no column has; `suggestion` is the known title most like it. */
  | { readonly problem: 'unknown'; readonly column: number; readonly title: string; readonly suggestion?: string }
  | { readonly problem: 'duplicate'; readonly key: Key; readonly title: string; readonly columns: readonly number[] }
  | { readonly problem: 'merged'; readonly column: number; readonly range: string }

export interface HeaderPlace {
  readonly column: number
  readonly title: string
}

export type HeaderMatch<Key extends string = string> =
  | { readonly ok: true; readonly columns: ReadonlyMap<Key, number> }
  | { readonly ok: false; readonly problems: readonly HeaderProblem<Key>[] }

/**
 * Spaces, case, width, asterisks and a note such as （必填） do not matter. The columns that `annotate` adds are passed
 * over, so a corrected workbook can be sent back as it is. `unknown: 'ignore'` lets other columns stand.
 */
export function matchHeaders<Key extends string>(
  headerCells: readonly Cell[],
  columns: readonly KnownColumn<Key>[],
  { unknown = 'refuse' }: { readonly unknown?: 'refuse' | 'ignore' } = {},
): HeaderMatch<Key> {
  const byTitle = new Map(
    columns.flatMap((column) => column.titles.map((title) => [plain(title), column.key] as const)),
  )
  const places = new Map<Key, number[]>()
  const strangers: HeaderPlace[] = []
  const problems: HeaderProblem<Key>[] = []
  const ranges = new Set<string>()
  for (const { column, value, merged } of headerCells) {
    if (merged !== undefined && !ranges.has(merged)) {
      ranges.add(merged)
      problems.push({ problem: 'merged', column, range: merged })
    }
    const title = String(value ?? '').trim()
    if (plain(title) === '' || annotationTitles.has(title)) continue
    const key = byTitle.get(plain(title))
    if (key === undefined) strangers.push({ column, title })
    else places.set(key, [...(places.get(key) ?? []), column])
  }
  const absent = columns.filter(({ key }) => !places.has(key))
  for (const { key, titles, required } of absent) {
    if (!required) continue
    const suggestion = nearest(titles, strangers, ({ title }) => title)
    problems.push({ problem: 'missing', key, title: titles[0], ...(suggestion && { suggestion }) })
  }
  if (unknown === 'refuse')
    for (const { column, title } of strangers) {
      const titles = absent.flatMap((known) => known.titles.map((name) => ({ name, first: known.titles[0] })))
      const suggestion = nearest([title], titles, ({ name }) => name)?.first
      problems.push({ problem: 'unknown', column, title, ...(suggestion && { suggestion }) })
    }
  for (const { key, titles } of columns) {
    const taken = places.get(key) ?? []
    if (taken.length > 1) problems.push({ problem: 'duplicate', key, title: titles[0], columns: taken })
  }
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, columns: new Map([...places].map(([key, [column = 0]]) => [key, column])) }
}

/** The candidate with the fewest edits from any of the titles, if no more than half of it would have to change. */
function nearest<T>(
  titles: readonly string[],
  candidates: readonly T[],
  nameOf: (candidate: T) => string,
): T | undefined {
  let best: { readonly candidate: T; readonly share: number } | undefined
  for (const candidate of candidates)
    for (const title of titles) {
      const [a, b] = [[...plain(title)].slice(0, 64), [...plain(nameOf(candidate))].slice(0, 64)]
      const share = editDistance(a, b) / Math.max(a.length, b.length, 1)
      if (share <= 0.5 && share < (best?.share ?? 1)) best = { candidate, share }
    }
  return best?.candidate
}

/** Insertions, deletions and replacements of characters. */
export function editDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of a.entries()) {
    const next = [i + 1]
    for (const [j, other] of b.entries())
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    row = next
  }
  return row[b.length] ?? 0
}

function plain(title: string): string {
  return title
    .normalize('NFKC')
    .replace(/\((?:必填|选填|可选|required|optional)\)/gi, '')
    .replace(/[\s*_:]+/g, '')
    .toLowerCase()
}
