// Where the answer of one comparison changes as one number in it grows: exactly, to the last double.

/** Facts lie well within these: nothing that is reckoned from one overflows. */
export const FARTHEST = 1e100

/** Both ends belong to it. */
type Interval = readonly [low: number, high: number]
type Curve = (x: number) => number

/** A number that runs from one end of the doubles to the other, and what is reckoned from it, each step monotone. */
export type Term = {
  readonly at: Curve
  /** Where it is monotone: rounding keeps the order, so that every step of the reckoning is. */
  readonly pieces: readonly Interval[]
  /** Where a new stretch begins in which it has no value. */
  readonly gaps: readonly number[]
}

export const number: Term = { at: (x) => x, pieces: [[-FARTHEST, FARTHEST]], gaps: [] }

/** The term after one more step that keeps its order or turns it round. */
export function stepped(term: Term, step: Curve): Term {
  return { ...term, at: (x) => step(term.at(x)) }
}

/** What is divided by the term; where that is nought there is no value. */
export function divided(over: number, by: Term): Term {
  const parts = by.pieces.flatMap((piece) => split(by.at, piece, 0))
  const isGap = ([low]: Interval) => by.at(low) === 0
  return {
    at: (x) => over / by.at(x),
    pieces: parts.filter((part) => !isGap(part)),
    gaps: [...by.gaps, ...parts.filter(isGap).map(([low]) => low)],
  }
}

/** One number out of each stretch in which the term stands to the threshold in one way: the least of the stretch. */
export function stretches(term: Term, threshold: number): readonly number[] {
  return [...term.gaps, ...term.pieces.flatMap((piece) => split(term.at, piece, threshold).map(([low]) => low))]
}

/** The piece in at most three: where the curve lies below the threshold, upon it, above it. */
function split(curve: Curve, [low, high]: Interval, threshold: number): Interval[] {
  const parts: Interval[] = []
  const side = (x: number) => Math.sign(curve(x) - threshold) || 0
  let from = low
  for (;;) {
    const here = side(from)
    const last = side(high) === here ? high : lastWhere((x) => side(x) === here, from, high)
    parts.push([from, last])
    if (last === high) return parts
    from = nextAfter(last)
  }
}

/** Of the doubles from `yes` (for which it holds) to `no` (for which it does not) the last for which it still holds. */
function lastWhere(holds: (x: number) => boolean, yes: number, no: number): number {
  let [below, above] = [placeOf(yes), placeOf(no)]
  while (above - below > 1n) {
    const middle = (below + above) >> 1n
    if (holds(fromPlace(middle))) below = middle
    else above = middle
  }
  return fromPlace(below)
}

const double = new Float64Array(1)
const bits = new BigInt64Array(double.buffer)
const LOWEST = -(1n << 63n)

/** The least double that is greater. */
export function nextAfter(x: number): number {
  return fromPlace(placeOf(x) + 1n)
}

/** The greatest double that is less. */
export function lastBefore(x: number): number {
  return fromPlace(placeOf(x) - 1n)
}

/** Doubles counted in their order. */
function placeOf(x: number): bigint {
  double[0] = x
  const at = bits[0]!
  return at < 0n ? LOWEST - at : at
}

function fromPlace(place: bigint): number {
  bits[0] = place < 0n ? LOWEST - place : place
  return double[0]!
}
