// What either form of the machine does to a block of rows: compare a column, and join answers.

/** Rows of a block: so many that all that is known of them at a time stays in the processor's near memory. */
export const BLOCK = 512

/** Bytes of an answer to a block: a bit for each row of which it is true, then one for each of which it may be. */
export const ANSWER = BLOCK / 4

/** Steps of a rule, each with an address: there is one answer at hand, which is taken, joined with others and put down. */
export const STEP = { take: 0, and: 1, or: 2, put: 3, give: 4, end: 5 } as const

/**
 * Writes the answer to one block: of unknown rows neither that it is true nor that it is not. With `flip` -1 it says the opposite, of
 * unknown rows the same. Addresses count bytes and are multiples of 16.
 */
type Compare = (column: number, known: number, answer: number, bound: number, flip: number) => void

export type Machine = {
  readonly memory: ArrayBufferLike
  readonly wholeAtLeast: Compare
  readonly numberAtLeast: Compare
  /** Whether the code is one of a set of 256 bits, which lies at `bound`. */
  readonly codeAmong: Compare
  /** Goes through the steps from `code` to their end; `give` puts the answer down so many bytes further. */
  readonly run: (code: number, further: number) => void
}
