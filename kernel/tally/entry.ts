// What an event posts to the tally: one signed line that figures are folded from.
import type { CivilDate } from '../clock/date.ts'

/**
 * `n` counts (+1, or −1 in a correction) and `quantity` sums (integers: fen, days, persons; equal to `n` when absent).
 * `subject` is what `distinct` figures count. A correction posts the negative and the new; nothing is ever updated.
 */
export type Entry = {
  readonly measure: string
  readonly on: CivilDate
  readonly n?: 1 | -1
  readonly quantity?: number
  readonly subject?: string
  readonly dims?: Readonly<Record<string, string>>
}
