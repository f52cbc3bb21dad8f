// Law is data with dates: of rules and parameters the edition in force on a day, and nothing that is rewritten afterwards.
import { addDays, isCivilDate, type CivilDate } from '../clock/date.ts'

/** Both days belong to it, as laws say it: in force from the one, valid until the other. Without `until` it has no end yet. */
export type Validity = { readonly from: CivilDate; readonly until?: CivilDate }

/** `source`: the document and the article it rests on. */
export type Edition<Content> = Validity & { readonly source: string; readonly content: Content }

export type EditionRefusal =
  | { readonly refused: 'no-date' | 'runs-backwards'; readonly edition: number }
  /** Both are in force on a day: the first that they share. */
  | { readonly refused: 'overlap'; readonly edition: number; readonly with: number; readonly on: CivilDate }
  /** It would change what was in force on days that have passed. */
  | { readonly refused: 'rewrites-the-past'; readonly edition: number; readonly today: CivilDate }

/** Whether the days are days and no two editions are in force at once; days on which none is may be. */
export function editionFault(editions: readonly Validity[]): EditionRefusal | undefined {
  for (const [edition, { from, until }] of editions.entries()) {
    if (!isCivilDate(from) || (until !== undefined && !isCivilDate(until))) return { refused: 'no-date', edition }
    if (until !== undefined && until < from) return { refused: 'runs-backwards', edition }
  }
  for (const [edition, one] of editions.entries())
    for (const [before, other] of editions.slice(0, edition).entries()) {
      const on = one.from > other.from ? one.from : other.from
      if (isInForce(one, on) && isInForce(other, on)) return { refused: 'overlap', edition, with: before, on }
    }
  return undefined
}

export function isInForce({ from, until }: Validity, day: CivilDate): boolean {
  return from <= day && (until === undefined || day <= until)
}

/** The edition in force on the day; none where none is. */
export function inForce<Content>(editions: readonly Edition<Content>[], day: CivilDate): Edition<Content> | undefined {
  return editions.find((one) => isInForce(one, day))
}

/**
 * One more edition; the last, if it has no end yet, ends the day before. It may begin today or later: what was decided before stays
 * as it was. A law that reaches back is a rule of its own, with the day on which it came.
 */
export function amended<Content>(
  editions: readonly Edition<Content>[],
  next: Edition<Content>,
  today: CivilDate,
): readonly Edition<Content>[] | EditionRefusal {
  const alone = editionFault([next])
  if (alone) return { ...alone, edition: editions.length } as EditionRefusal
  if (next.from < today) return { refused: 'rewrites-the-past', edition: editions.length, today }
  const ended = editions.map((one) =>
    one.until === undefined && one.from < next.from ? { ...one, until: addDays(next.from, -1) } : one,
  )
  const all = [...ended, next]
  return editionFault(all) ?? all
}

/** An edition that ends on a day, today or later. */
export function repealed<Content>(
  editions: readonly Edition<Content>[],
  until: CivilDate,
  today: CivilDate,
): readonly Edition<Content>[] | EditionRefusal {
  const last = editions.findIndex((one) => one.until === undefined || one.until >= until)
  if (!isCivilDate(until)) return { refused: 'no-date', edition: Math.max(0, last) }
  if (until < today) return { refused: 'rewrites-the-past', edition: Math.max(0, last), today }
  const all = editions.flatMap((one) => (one.from > until ? [] : isInForce(one, until) ? [{ ...one, until }] : [one]))
  return editionFault(all) ?? all
}
