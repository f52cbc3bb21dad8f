// How benches measure: in turn, several times, the median told.

export type Comparison = {
  readonly name: string
  /** In the unit. */
  readonly ours: number
  readonly other: number
  /** Ours to the other, the way round that makes more better. */
  readonly ratio: number
  readonly unit: string
  /** Whether both gave the same answers. */
  readonly agrees: boolean
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

type Work = () => unknown

/** Seconds that the work takes. */
export async function seconds(work: Work): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** Runs both in turn, several rounds, and gives the median seconds of each. */
export async function inTurn(
  rounds: number,
  ours: Work,
  other: Work,
): Promise<{ readonly ours: number; readonly other: number }> {
  const taken = { ours: [] as number[], other: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    taken.ours.push(await seconds(ours))
    taken.other.push(await seconds(other))
  }
  return { ours: median(taken.ours), other: median(taken.other) }
}

/** How often a second the work is done by so many clients at once, for so many seconds; it hears which client does it. */
export async function rate(
  clients: number,
  lasting: number,
  work: (client: number) => Promise<unknown>,
): Promise<number> {
  const until = performance.now() + lasting * 1000
  let done = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < until) {
        await work(client)
        done += 1
      }
    }),
  )
  return done / ((performance.now() - began) / 1000)
}

/** A generator of numbers that is the same at every run. */
export function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}
