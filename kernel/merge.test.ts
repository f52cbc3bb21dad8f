// One form for many items: nothing asked twice, nothing asked for that one of them produces, nobody before what he waits for.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerMerge, merge, type Part } from './merge.ts'

const part = (code: string, fields: string, materials: string, produces: string): Part => {
  const list = (text: string) => text.split(' ').filter((one) => one !== '')
  return { code, fields: list(fields), materials: list(materials), produces: list(produces) }
}

describe('starting an enterprise', () => {
  const licence = part('licence', 'name address capital', 'articles lease identity', 'licence-paper')
  const seal = part('seal', 'name legal-representative', 'licence-paper identity', 'seal-set')
  const invoice = part('invoice', 'name address bank', 'licence-paper seal-set', '')
  const insurance = part('insurance', 'name staff', 'licence-paper', '')

  test('each field and paper is asked once, and none that one of them produces', () => {
    expect(merge([invoice, seal, licence, insurance])).toEqual({
      fields: ['address', 'bank', 'capital', 'legal-representative', 'name', 'staff'],
      materials: ['articles', 'identity', 'lease'],
      order: [['licence'], ['insurance', 'seal'], ['invoice']],
    })
  })
  test('without the licence its paper is asked for', () => {
    expect(merge([seal, insurance])).toEqual({
      fields: ['legal-representative', 'name', 'staff'],
      materials: ['identity', 'licence-paper'],
      order: [['insurance', 'seal']],
    })
  })
})

test('items that need each other’s papers are refused, with the shortest way round', () => {
  const ring = [part('a', '', 'r-b', 'r-a'), part('b', '', 'r-c', 'r-b'), part('c', '', 'r-a', 'r-c')]
  expect(merge(ring)).toEqual({ refused: 'cycle', path: ['a', 'b', 'c', 'a'] })
  expect(merge([...ring, part('d', '', 'r-c', 'r-d'), part('c2', '', 'r-d', 'r-c')])).toEqual({
    refused: 'cycle',
    path: ['c2', 'd', 'c2'],
  })
  expect(merge([part('a', '', 'r-a', 'r-a')])).toEqual({ refused: 'cycle', path: ['a', 'a'] })
})

test('what others produce as well an item has from them', () => {
  expect(merge([part('a', '', 'paper', 'paper'), part('b', '', '', 'paper')])).toMatchObject({
    materials: [],
    order: [['b'], ['a']],
  })
})

const names = (letter: string, count: number) =>
  fc.constantFrom(...Array.from({ length: count }, (_, n) => `${letter}${n}`))
const theme = fc.uniqueArray(
  fc.record({
    code: names('i', 9),
    fields: fc.array(names('f', 7), { maxLength: 5 }),
    materials: fc.array(names('m', 12), { maxLength: 3 }),
    produces: fc.array(names('m', 12), { maxLength: 2 }),
  }),
  { selector: ({ code }) => code, maxLength: 9 },
)

/** Whom an item waits for, said a second time: by the papers, one by one. */
function waitsFor(one: Part, other: Part, all: readonly Part[]): boolean {
  return one.materials.some(
    (paper) =>
      other.produces.includes(paper) &&
      (one !== other || all.filter(({ produces }) => produces.includes(paper)).length === 1),
  )
}

/** Whether one comes back to itself: by squaring the relation until nothing is added. */
function comesRound(all: readonly Part[]): boolean {
  let reach = all.map((one) => all.map((other) => waitsFor(one, other, all)))
  for (let n = 0; n < all.length; n++)
    reach = reach.map((row, a) => row.map((held, b) => held || all.some((_, c) => reach[a]![c]! && reach[c]![b]!)))
  return reach.some((row, a) => row[a])
}

/** How many layers come before an item: the longest way to one that waits for nothing. */
function depth(one: Part, all: readonly Part[]): number {
  return Math.max(0, ...all.filter((other) => waitsFor(one, other, all)).map((other) => depth(other, all) + 1))
}

test('of random themes: the union and no more, every item as early as it can be, a cycle exactly where there is one', () => {
  let cycles = 0
  fc.assert(
    fc.property(theme, (all) => {
      const found = merge(all)
      if ('refused' in found) {
        cycles += 1
        expect(comesRound(all)).toBe(true)
        const { path } = found
        expect(path[0]).toBe(path.at(-1))
        expect(new Set(path).size).toBe(path.length - 1)
        const by = new Map(all.map((one) => [one.code, one]))
        for (const [place, code] of path.slice(0, -1).entries())
          expect(waitsFor(by.get(code)!, by.get(path[place + 1]!)!, all)).toBe(true)
        return
      }
      expect(comesRound(all)).toBe(false)
      const produced = new Set(all.flatMap(({ produces }) => produces))
      expect(found.fields).toEqual([...new Set(all.flatMap(({ fields }) => fields))].sort())
      const needed = new Set(all.flatMap(({ materials }) => materials))
      expect(found.materials).toEqual([...needed].filter((paper) => !produced.has(paper)).sort())
      expect(found.order.flat().toSorted()).toEqual(all.map(({ code }) => code).toSorted())
      for (const [layer, codes] of found.order.entries()) {
        expect(codes).toEqual([...codes].sort())
        for (const code of codes)
          expect(
            depth(
              all.find((one) => one.code === code)!,
              all,
            ),
          ).toBe(layer)
      }
    }),
    { numRuns: 20_000 },
  )
  // The property would be worth little if hardly any theme went round.
  expect(cycles).toBeGreaterThan(2000)
})

test('the order in which items are given, and what is written twice, changes nothing', () => {
  fc.assert(
    fc.property(theme, fc.func(fc.integer()), (all, weight) => {
      const shuffled = all.toSorted((a, b) => weight(a.code) - weight(b.code))
      expect(merge([...shuffled, ...all])).toEqual(merge(all))
    }),
  )
})

test.each([
  [[], 'not-an-object', ''],
  [{ item: [] }, 'unknown-member', 'item'],
  [{}, 'not-a-list', 'items'],
  [{ items: ['a'] }, 'not-an-object', 'items[0]'],
  [{ items: [{ code: 'a', field: [] }] }, 'unknown-member', 'items[0].field'],
  [{ items: [{ fields: [] }] }, 'not-a-code', 'items[0].code'],
  [{ items: [{ code: ' ' }] }, 'not-a-code', 'items[0].code'],
  [{ items: [{ code: 'a', materials: 'm' }] }, 'not-a-list', 'items[0].materials'],
  [{ items: [{ code: 'a', produces: ['m', 3] }] }, 'not-a-code', 'items[0].produces[1]'],
  [{ items: [{ code: 'a', fields: ['f'] }, { code: 'a' }] }, 'code-again', 'items[1].code'],
])('of %j the wrong part is named', (question, refused, field) => {
  expect(answerMerge(question)).toEqual({ refused, field })
})

test('an answer has what is asked for and nothing else', () => {
  const item = { code: 'a', fields: ['f', 'e'], materials: ['m'] }
  expect(answerMerge({ id: 7, note: 'twice the same', items: [item, { ...item, fields: ['e', 'f'] }] })).toEqual({
    fields: ['e', 'f'],
    materials: ['m'],
    order: [['a']],
  })
  expect(answerMerge({ items: [] })).toEqual({ fields: [], materials: [], order: [] })
})
