// In what a number is counted, and what comes of it in reckoning: 万元 and 元 are not added, and what is per person stays so.

/** What each measures and how much of it: those of one dimension can be turned into each other. */
const MEASURES: Readonly<Record<string, readonly [dimension: string, factor: number]>> = {
  yuan: ['money', 1],
  'wan-yuan': ['money', 1e4],
  'yi-yuan': ['money', 1e8],
  '': ['share', 1],
  percent: ['share', 0.01],
  permille: ['share', 0.001],
  person: ['person', 1],
  piece: ['piece', 1],
  day: ['day', 1],
  month: ['month', 1],
  year: ['month', 12],
  'square-metre': ['area', 1],
  mu: ['area', 10_000 / 15],
  hectare: ['area', 10_000],
  kilogram: ['mass', 1],
  ton: ['mass', 1000],
  point: ['point', 1],
}

/** Its own name as a key; one that is not known here is of a dimension of its own. */
export type Measure = string

/** Those that count whole things. */
export const whole: ReadonlySet<Measure> = new Set(['person', 'piece'])

/** In what a term may be counted, as `wan-yuan/person`; a number that is written down may be in anything. */
export type Measured = 'any' | ReadonlySet<Measure>

/** Several factors: how often each stands above the line. */
type Powers = ReadonlyMap<string, number>

/** Whether one can be turned into the other. */
export function isLike(one: Measure, other: Measure): boolean {
  return MEASURES[one] !== undefined && MEASURES[one][0] === MEASURES[other]?.[0]
}

export function measuredIn(measure: Measure | undefined): Measured {
  return new Set([measure ?? ''])
}

/** In what both can be counted; none where they cannot be added or compared. */
export function shared(one: Measured, other: Measured): Measured {
  if (one === 'any') return other
  if (other === 'any') return one
  return new Set([...one].filter((measure) => other.has(measure)))
}

export function product(one: Measured, other: Measured, direction: 1 | -1): Measured {
  if (one === 'any' && other === 'any') return 'any'
  const [left, right] = [one === 'any' ? new Set(['']) : one, other === 'any' ? new Set(['']) : other]
  return new Set(
    [...left].flatMap((a) => [...right].map((b) => written(multiplied(powersOf(a), powersOf(b), direction)))),
  )
}

/** By a number that is written down: it stays what it was, and where the number says how many of one go into another, it is that, too. */
export function scaled(one: Measured, by: number): Measured {
  if (one === 'any') return one
  const turned = [...one].flatMap((measure) => {
    const powers = powersOf(measure)
    const [only, ...more] = [...powers]
    if (more.length > 0 || (only && only[1] !== 1)) return []
    const from = MEASURES[only?.[0] ?? '']
    if (from === undefined) return []
    return Object.entries(MEASURES)
      .filter(([, to]) => to[0] === from[0] && to[1] !== from[1] && Math.abs((by * to[1]) / from[1] - 1) < 1e-9)
      .map(([name]) => name)
  })
  return new Set([...one, ...turned])
}

function powersOf(measure: Measure): Powers {
  const [above = '', ...below] = measure.split('/')
  const powers = new Map<string, number>()
  const add = (name: string, count: number) => {
    if (name !== '' && name !== '1') powers.set(name, (powers.get(name) ?? 0) + count)
  }
  for (const name of above.split('·')) add(name, 1)
  for (const name of below) add(name, -1)
  return powers
}

function multiplied(one: Powers, other: Powers, direction: 1 | -1): Powers {
  const powers = new Map(one)
  for (const [name, count] of other) powers.set(name, (powers.get(name) ?? 0) + direction * count)
  return new Map([...powers].filter(([, count]) => count !== 0))
}

function written(powers: Powers): Measure {
  const sorted = [...powers].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const repeated = (count: number, name: string) => Array.from({ length: count }, () => name)
  const above = sorted.filter(([, count]) => count > 0).flatMap(([name, count]) => repeated(count, name))
  const below = sorted.filter(([, count]) => count < 0).flatMap(([name, count]) => repeated(-count, name))
  if (below.length === 0) return above.join('·')
  return [above.length === 0 ? '1' : above.join('·'), ...below].join('/')
}
