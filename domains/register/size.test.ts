import { describe, expect, it } from 'vitest'
import {
  answerSize,
  sizeIndustries,
  sizeIndustryOf,
  sizeOf,
  sizeStandard,
  sizeSteps,
  type SizeFacts,
  type SizeIndustry,
} from './size.ts'
import { divisions } from './industry.ts'

const FIGURES = ['X', 'Y', 'Z'] as const
type Table = Record<string, Partial<Record<(typeof FIGURES)[number], readonly number[]>>>
const table: Table = sizeStandard.industries

/** The rule as it is worded: try each class from the top and ask for all its minima. */
function worded(industry: SizeIndustry, facts: Required<SizeFacts>): string {
  for (const [at, name] of ['大型', '中型', '小型'].entries())
    if (FIGURES.every((figure) => !table[industry]![figure] || facts[figure] >= table[industry]![figure]![at]!))
      return name
  return '微型'
}

const ORDER = ['大型', '中型', '小型', '微型']

describe('how the class comes about', () => {
  it.each(sizeIndustries)('%s: the class is the lowest that any of its figures reaches', (industry) => {
    const all = FIGURES.flatMap((figure) => probes(industry, figure).map((value) => [figure, value] as const))
    for (const [figure, value] of all) {
      const facts = { X: 1e9, Y: 1e9, Z: 1e9, [figure]: value }
      const reached = sizeSteps(industry, facts).map((step) => ORDER.indexOf(step.reaches!))
      expect(ORDER[Math.max(...reached)]).toBe(sizeOf(industry, facts).size)
    }
    expect(sizeSteps(industry, {}).every((step) => step.reaches === undefined)).toBe(true)
  })
})

/** Figures on and about every threshold: no class lies between two of them. */
const probes = (industry: SizeIndustry, figure: (typeof FIGURES)[number]) => [
  0,
  1e9,
  ...(table[industry]![figure] ?? []).flatMap((minimum) => [minimum - 1, minimum]),
]

describe('the size class by 工信部联企业〔2011〕300号', () => {
  it.each([
    ['工业', { X: 1000, Y: 40000 }, '大型'],
    ['工业', { X: 999, Y: 40000 }, '中型'],
    ['工业', { X: 1000, Y: 1999 }, '小型'],
    ['工业', { X: 5000, Y: 299 }, '微型'],
    ['建筑业', { Y: 80000, Z: 80000 }, '大型'],
    ['批发业', { X: 5, Y: 1000 }, '小型'],
    ['零售业', { X: 49, Y: 500 }, '小型'],
    ['软件和信息技术服务业', { X: 10, Y: 50 }, '小型'],
    ['房地产开发经营', { Y: 200000, Z: 9999 }, '中型'],
    ['租赁和商务服务业', { X: 300, Z: 119999 }, '中型'],
    ['其他未列明行业', { X: 9 }, '微型'],
    ['农、林、牧、渔业', { Y: 20000 }, '大型'],
  ] as const)('%s with %j is %s', (industry, facts, size) => {
    expect(sizeOf(industry, facts)).toEqual({ size, missing: [] })
  })

  it('asks only for figures that can still change the class', () => {
    expect(sizeOf('工业', { X: 19 })).toEqual({ size: '微型', missing: [] })
    expect(sizeOf('工业', { X: 20 })).toEqual({ size: 'unknown', missing: ['Y'] })
    expect(sizeOf('工业', {})).toEqual({ size: 'unknown', missing: ['X', 'Y'] })
    expect(sizeOf('租赁和商务服务业', {})).toEqual({ size: 'unknown', missing: ['X', 'Z'] })
    expect(sizeOf('农、林、牧、渔业', { X: 3, Z: 1 })).toEqual({ size: 'unknown', missing: ['Y'] })
  })

  it('equals the worded rule tried with every value of what is missing', () => {
    let cases = 0
    for (const industry of sizeIndustries) {
      const spans = FIGURES.map((figure) => [undefined, ...probes(industry, figure)])
      for (const X of spans[0]!)
        for (const Y of spans[1]!)
          for (const Z of spans[2]!) {
            const given = { X, Y, Z }
            const classes = (values: typeof given) => {
              const found = new Set<string>()
              for (const x of values.X === undefined ? probes(industry, 'X') : [values.X])
                for (const y of values.Y === undefined ? probes(industry, 'Y') : [values.Y])
                  for (const z of values.Z === undefined ? probes(industry, 'Z') : [values.Z])
                    found.add(worded(industry, { X: x, Y: y, Z: z }))
              return [...found]
            }
            const all = classes(given)
            // A missing figure matters if, with some completion of the others, its value decides between two classes.
            const missing =
              all.length === 1
                ? []
                : FIGURES.filter(
                    (figure) =>
                      given[figure] === undefined &&
                      completions(industry, given, figure).some(
                        (rest) => classes({ ...rest, [figure]: undefined }).length > 1,
                      ),
                  )
            const facts: SizeFacts = {
              ...(X !== undefined && { X }),
              ...(Y !== undefined && { Y }),
              ...(Z !== undefined && { Z }),
            }
            expect(sizeOf(industry, facts)).toEqual({ size: all.length === 1 ? all[0] : 'unknown', missing })
            cases++
          }
    }
    expect(cases).toBeGreaterThan(2000)
  })

  it('gives a class where the code leaves several industries open only if all agree', () => {
    const realEstate = sizeIndustryOf('70')
    expect(sizeOf(realEstate, { X: 5, Y: 50, Z: 10 })).toEqual({ size: '微型', missing: [] })
    expect(sizeOf(realEstate, { X: 5000, Y: 900, Z: 10 })).toEqual({ size: 'unknown', missing: [] })
    expect(sizeOf(realEstate, {})).toEqual({ size: 'unknown', missing: ['X', 'Y', 'Z'] })
    expect(sizeOf([], { X: 5 })).toEqual({ size: 'unknown', missing: [] })
  })
})

function completions(industry: SizeIndustry, given: Record<string, number | undefined>, but: string) {
  let rows: { X: number | undefined; Y: number | undefined; Z: number | undefined }[] = [
    { X: given['X'], Y: given['Y'], Z: given['Z'] },
  ]
  for (const figure of FIGURES)
    if (figure !== but && given[figure] === undefined)
      rows = rows.flatMap((row) => probes(industry, figure).map((value) => ({ ...row, [figure]: value })))
  return rows
}

describe('the industry of the standard', () => {
  it('is found for every division, or there is a reason why not', () => {
    const none = divisions.filter(({ code }) => sizeIndustryOf(code).length === 0).map(({ code }) => code)
    expect(none).toEqual(['53', '66', '67', '68', '69', '91', '92', '93', '94', '95', '96', '97'])
  })

  it.each([
    ['27', ['工业']],
    ['46', ['工业']],
    ['5910', ['交通运输业']],
    ['595', ['仓储业']],
    ['59', ['交通运输业', '仓储业']],
    ['7010', ['房地产开发经营']],
    ['83', ['其他未列明行业']],
    ['00', []],
    ['xx', []],
  ])('of %s is %j', (code, industries) => {
    expect(sizeIndustryOf(code)).toEqual(industries)
  })
})

describe('a question from outside', () => {
  it('is answered for every industry of the standard, and for common spellings', () => {
    for (const industry of sizeIndustries)
      expect(answerSize({ industry, facts: { X: 0, Y: 0, Z: 0 } })).toEqual({ size: '微型', missing: [] })
    expect(answerSize({ industry: ' 农林牧渔 ', facts: { Y: 500 } })).toEqual({ size: '中型', missing: [] })
    expect(answerSize({ industry: '工业' })).toEqual({ size: 'unknown', missing: ['X', 'Y'] })
  })

  it.each([
    [
      { industry: '炼丹业', facts: {} },
      { refused: 'industry-unknown', field: 'industry' },
    ],
    [
      { industry: 'constructor', facts: {} },
      { refused: 'industry-unknown', field: 'industry' },
    ],
    [
      { industry: 7, facts: {} },
      { refused: 'industry-unknown', field: 'industry' },
    ],
    [
      { industry: '工业', facts: { X: -1 } },
      { refused: 'negative', field: 'X' },
    ],
    [
      { industry: '工业', facts: { Z: -1, X: 3 } },
      { refused: 'negative', field: 'Z' },
    ],
    [
      { industry: '工业', facts: { Y: '300' } },
      { refused: 'not-a-number', field: 'Y' },
    ],
    [
      { industry: '工业', facts: { Y: null } },
      { refused: 'not-a-number', field: 'Y' },
    ],
    [
      { industry: '工业', facts: { Y: NaN } },
      { refused: 'not-a-number', field: 'Y' },
    ],
    [
      { industry: '工业', facts: { X: 1, W: 2 } },
      { refused: 'fact-unknown', field: 'W' },
    ],
    [
      { industry: '工业', facts: [1] },
      { refused: 'fact-unknown', field: 'facts' },
    ],
  ])('%j is refused as %j', (question, refusal) => {
    expect(answerSize(question)).toEqual(refusal)
  })

  it.each([null, undefined, '工业', 7, [], [{ industry: '工业' }]].map((one) => ({ one })))(
    '$one is refused as no question at all',
    ({ one }) => expect(answerSize(one)).toEqual({ refused: 'not-an-object', field: '' }),
  )
})
