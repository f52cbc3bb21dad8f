// Random rules, each as FEEL writes it and as a function of its own that says what FEEL means by it: a second opinion on ours.
import fc from 'fast-check'

export type Given = Record<string, number | string | boolean>
export type Said = number | string | boolean | null
type Term = {
  readonly text: string
  readonly names: readonly string[]
  readonly run: (facts: Given) => Said
  /** Whether in each comparison at most one fact stands, and once: then our case analysis is exact whatever is missing. */
  readonly simple: boolean
}
export type Rule = Term

export const NUMBERS = ['职工人数', '研发费用', '年 收入', '研发/收入'] as const
export const WORDS = ['行业', 'district'] as const
export const FLAGS = ['高新', '上市'] as const
export const NAMES: readonly string[] = [...NUMBERS, ...WORDS, ...FLAGS]
/** With these every threshold lies on the grid below. */
export const amounts = [-2, -1, -0.5, 0, 0.5, 1, 2, 4]
const words = ['制造业', '软件业', 'a', 'b']

export const factOf = (name: string): fc.Arbitrary<number | string | boolean> =>
  (NUMBERS as readonly string[]).includes(name)
    ? fc.constantFrom(...amounts)
    : (WORDS as readonly string[]).includes(name)
      ? fc.constantFrom(...words)
      : fc.boolean()

/** What may stand for a missing fact: whatever a threshold can tell apart. */
export function completionsOf(name: string): readonly (number | string | boolean)[] {
  if ((NUMBERS as readonly string[]).includes(name)) return GRID
  return (WORDS as readonly string[]).includes(name) ? ALL_WORDS : [true, false]
}
/** Those that are named, and one before, between and after them. */
const ALL_WORDS = [...words, 'A', 'ab', '其他', '建筑业', '麻纺业']
const GRID = Array.from({ length: 161 }, (_, n) => (n - 80) / 8)

const leaf = (text: string, names: readonly string[], run: Term['run']): Term => ({ text, names, run, simple: true })
const amount = fc.constantFrom(...amounts).map((n) => leaf(n < 0 ? `(${n})` : `${n}`, [], () => n))
const numberFact = fc.constantFrom(...NUMBERS).map((name) => leaf(name, [name], (facts) => facts[name]!))
const REACH: Record<string, (a: number, b: number) => number | null> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? null : a / b),
}
const joinTerms = (a: Term, b: Term) => ({
  names: [...new Set([...a.names, ...b.names])],
  simple: a.simple && b.simple && a.names.length + b.names.length <= 1,
})
const numeric = fc.oneof(
  { weight: 5, arbitrary: numberFact },
  { weight: 1, arbitrary: amount },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.oneof(numberFact, amount), fc.constantFrom('+', '-', '*', '/'), fc.oneof(numberFact, amount))
      .map(([a, op, b]): Term => {
        const run = (facts: Given) => {
          const [x, y] = [a.run(facts), b.run(facts)]
          return x === null || y === null ? null : REACH[op]!(x as number, y as number)
        }
        return { ...joinTerms(a, b), text: `${a.text} ${op} ${b.text}`, run }
      }),
  },
  {
    weight: 1,
    arbitrary: numberFact.map((a): Term => ({ ...a, text: `-${a.text}`, run: (f) => 0 - (a.run(f) as number) })),
  },
)

const SIGNS: Record<string, (x: number, y: number) => boolean> = {
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '>': (x, y) => x > y,
  '>=': (x, y) => x >= y,
}
const ordered = (sign: string, x: Said, y: Said) =>
  x === null || y === null ? null : SIGNS[sign]!(x as number, y as number)

const comparison = fc
  .tuple(numeric, fc.constantFrom('<', '<=', '>', '>=', '=', '!='), fc.oneof(amount, amount, numeric))
  .map(([a, sign, b]): Term => ({
    ...joinTerms(a, b),
    text: `${a.text} ${sign} ${b.text}`,
    run: (facts) => {
      const [x, y] = [a.run(facts), b.run(facts)]
      return sign === '=' ? x === y : sign === '!=' ? x !== y : ordered(sign, x, y)
    },
  }))
const bound = fc.constantFrom(...amounts)
const inRange = (x: Said, low: number, high: number) =>
  x === null ? null : Math.min(low, high) <= (x as number) && (x as number) <= Math.max(low, high)
const between = fc.tuple(numeric, bound, bound).map(([a, low, high]): Term => ({
  ...a,
  text: `${a.text} between ${low} and ${high}`,
  run: (facts) => inRange(a.run(facts), low, high),
}))
const ranged = fc.tuple(numeric, bound, bound, bound).map(([a, low, high, sole]): Term => ({
  ...a,
  text: `(${a.text} in ([${low}..${high}], ${sole}))`,
  run: (facts) => {
    const x = a.run(facts)
    return x === sole ? true : inRange(x, low, high)
  },
}))
const listed = fc
  .tuple(fc.constantFrom(...WORDS), fc.uniqueArray(fc.constantFrom(...words), { minLength: 2 }))
  .map(([name, list]): Term =>
    leaf(`${name} in (${list.map((word) => `"${word}"`).join(', ')})`, [name], (facts) =>
      list.includes(facts[name] as string),
    ),
  )
const worded = fc
  .tuple(fc.constantFrom(...WORDS), fc.constantFrom('=', '!=', '<', '>='), fc.constantFrom(...words))
  .map(([name, sign, word]): Term =>
    leaf(`${name} ${sign} "${word}"`, [name], (facts) => {
      const given = facts[name] as string
      return sign === '='
        ? given === word
        : sign === '!='
          ? given !== word
          : sign === '<'
            ? given < word
            : given >= word
    }),
  )
const flag = fc.constantFrom(...FLAGS).map((name) => leaf(name, [name], (facts) => facts[name]!))
const flagged = fc
  .tuple(fc.constantFrom(...FLAGS), fc.boolean())
  .map(([name, is]): Term => leaf(`${name} = ${is}`, [name], (facts) => facts[name] === is))

const all = (values: readonly Said[]): Said =>
  values.includes(false) ? false : values.every((one) => one === true) ? true : null
const negate = (value: Said): Said => (typeof value === 'boolean' ? !value : null)

/** Rules of conditions joined by and, or, not and if, some levels deep. */
export const rule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule; joined: Rule }>((tie) => {
  const several = fc.array(tie('rule'), { minLength: 2, maxLength: 4 })
  const merged = (parts: readonly Rule[]) => ({
    names: [...new Set(parts.flatMap(({ names }) => names))],
    simple: parts.every(({ simple }) => simple),
  })
  return {
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(comparison, between, ranged, listed, worded, flag, flagged),
      tie('joined'),
    ),
    joined: fc.oneof(
      several.map((parts) => ({
        ...merged(parts),
        text: `(${parts.map(({ text }) => text).join(' and ')})`,
        run: (facts: Given) => all(parts.map(({ run }) => run(facts))),
      })),
      several.map((parts) => ({
        ...merged(parts),
        text: `(${parts.map(({ text }) => text).join(' or ')})`,
        run: (facts: Given) => negate(all(parts.map(({ run }) => negate(run(facts))))),
      })),
      tie('rule').map((part) => ({
        ...part,
        text: `not(${part.text})`,
        run: (facts: Given) => negate(part.run(facts)),
      })),
      fc.tuple(tie('rule'), tie('rule'), tie('rule')).map((parts) => ({
        ...merged(parts),
        text: `(if ${parts[0].text} then ${parts[1].text} else ${parts[2].text})`,
        run: (facts: Given) => (parts[0].run(facts) === true ? parts[1] : parts[2]).run(facts),
      })),
    ),
  }
}).joined

/** Every fact, or none in its place. */
export const facts: fc.Arbitrary<Record<string, number | string | boolean | null>> = fc.record(
  Object.fromEntries(NAMES.map((name) => [name, fc.option(factOf(name), { freq: 3 })])),
)

/** What the rule comes to in every completion of the facts, and the facts by which alone one answer becomes another. */
export function completed(
  { names, run }: Rule,
  given: Readonly<Record<string, number | string | boolean | null>>,
): { readonly answers: ReadonlySet<Said>; readonly hangsOn: readonly string[] } {
  const missing = names.filter((name) => given[name] === null)
  const grids = missing.map(completionsOf)
  const count = grids.reduce((product, { length }) => product * length, 1)
  const known = { ...given } as Given
  const said: Said[] = []
  const steps = grids.map((_, at) => grids.slice(0, at).reduce((product, { length }) => product * length, 1))
  for (let one = 0; one < count; one++) {
    for (const [at, name] of missing.entries())
      known[name] = grids[at]![Math.floor(one / steps[at]!) % grids[at]!.length]!
    said.push(run(known))
  }
  const hangsOn = missing.filter((_, at) =>
    said.some((answer, one) => {
      const here = Math.floor(one / steps[at]!) % grids[at]!.length
      return answer !== said[one - here * steps[at]!]
    }),
  )
  return { answers: new Set(said), hangsOn }
}
