// Who is called next, how many wait before one, and how long that will take: pure, from what a hall's day knows.
import type { CivilDate, Moment } from '../../kernel/clock/date.ts'

/** The line of the windows that serve everybody; units with windows of their own have other letters. */
export const GENERAL = 'A'

export type Waiting = {
  readonly ticket: string
  readonly number: string
  readonly letter: string
  /** From when it has waited: it is kept when the ticket goes to another line. */
  readonly since: Moment
  /** The beginning of the slot that was booked, when its bearer came in time for it. */
  readonly booked?: Moment | undefined
  /** Waits for this window alone. */
  readonly window?: string | undefined
}

export type Manned = {
  readonly window: string
  readonly windowNumber: number
  readonly letters: readonly string[]
  readonly by: string
}

/** How many were served today in a line, and how many seconds that took. */
export type Measured = { readonly n: number; readonly seconds: number }

/** A number as it is called: a letter and three figures. */
export function numberOf(letter: string, place: number): string {
  return `${letter}${String(place).padStart(3, '0')}`
}

/** The id of a hall's day. */
export function dayId(hall: string, on: CivilDate): string {
  return `${hall}.${on}`
}

export function partsOfDay(id: string): { readonly hall: string; readonly on: CivilDate } {
  const at = id.lastIndexOf('.')
  return { hall: id.slice(0, at), on: id.slice(at + 1) }
}

export function mayServe(window: Pick<Manned, 'window' | 'letters'>, one: Waiting): boolean {
  return one.window === undefined ? window.letters.includes(one.letter) : one.window === window.window
}

/**
 * The order in which they are called: whoever booked, came in time and whose slot has begun, by slot; then all others, and
 * among equals whoever has waited longest.
 */
export function inOrder(waiting: readonly Waiting[], at: Moment): readonly Waiting[] {
  const turn = (one: Waiting) => (one.booked !== undefined && one.booked <= at ? one.booked : '9')
  return waiting.toSorted(
    (a, b) =>
      compare(turn(a), turn(b)) ||
      compare(a.since, b.since) ||
      compare(a.number, b.number) ||
      compare(a.ticket, b.ticket),
  )
}

/** The one whom a window calls next. */
export function nextFor(
  waiting: readonly Waiting[],
  window: Pick<Manned, 'window' | 'letters'>,
  at: Moment,
): Waiting | undefined {
  return inOrder(
    waiting.filter((one) => mayServe(window, one)),
    at,
  )[0]
}

export type Standing = {
  readonly ahead: number
  /** Open windows by which it may be called. */
  readonly windows: number
  /** How many of its line were served today: the mean of these is what the expectation rests on. */
  readonly measured: number
  readonly meanSeconds?: number
  /** People before one × mean time of service ÷ open windows; absent where nothing was measured today or no window is open. */
  readonly expectedSeconds?: number
}

type Line = {
  readonly waiting: readonly Waiting[]
  readonly windows: readonly Manned[]
  readonly served: Readonly<Record<string, Measured>>
}

/** How a ticket stands among those who wait; undefined when it does not wait. */
export function standingOf(line: Line, ticket: string, at: Moment): Standing | undefined {
  const own = line.waiting.find((one) => one.ticket === ticket)
  if (!own) return undefined
  const before = inOrder(line.waiting, at)
  const ahead = before.slice(0, before.indexOf(own)).filter((one) => rivals(line, own, one)).length
  return { ahead, ...outlook(line, own, ahead) }
}

/** What whoever took a number of this line now would find. */
export function outlookFor(line: Line, letter: string): Standing {
  const waiting = line.waiting.filter((one) => one.letter === letter && one.window === undefined).length
  return { ahead: waiting, ...outlook(line, { ticket: '', number: '', letter, since: '' }, waiting) }
}

function outlook(line: Line, own: Waiting, ahead: number): Omit<Standing, 'ahead'> {
  const windows = line.windows.filter((window) => mayServe(window, own)).length
  const { n, seconds } = line.served[own.letter] ?? { n: 0, seconds: 0 }
  if (n === 0) return { windows, measured: 0 }
  const meanSeconds = Math.round(seconds / n)
  return {
    windows,
    measured: n,
    meanSeconds,
    ...(windows > 0 && { expectedSeconds: Math.round((ahead * seconds) / n / windows) }),
  }
}

/** Whether some window could call the one instead of the other. */
function rivals({ windows }: Line, a: Waiting, b: Waiting): boolean {
  if (a.window === undefined && b.window === undefined) return a.letter === b.letter
  return a.window === b.window || windows.some((window) => mayServe(window, a) && mayServe(window, b))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
