// The size class of an enterprise (划型) by 工信部联企业〔2011〕300号, three-valued: unknown only where a missing figure decides.

/** X staff (从业人员, persons), Y revenue (营业收入, 万元), Z total assets (资产总额, 万元). */
export type SizeFigure = 'X' | 'Y' | 'Z'
export type SizeFacts = { readonly X?: number; readonly Y?: number; readonly Z?: number }
export type SizeClass = '大型' | '中型' | '小型' | '微型'
export type Size = { readonly size: SizeClass | 'unknown'; readonly missing: SizeFigure[] }

/** Least figures of the large, the medium and the small class, for each figure that the industry is measured by. */
type Minima = { readonly [figure in SizeFigure]?: readonly [large: number, medium: number, small: number] }

/** The standard in force: article 4 of the annex, sixteen rows. A revision is added beside it with its own date. */
export const sizeStandard = {
  source: '《中小企业划型标准规定》（工信部联企业〔2011〕300号）第四条；逐级下划：国统字〔2017〕213号',
  inForceFrom: '2011-06-18',
  industries: {
    '农、林、牧、渔业': { Y: [20000, 500, 50] },
    工业: { X: [1000, 300, 20], Y: [40000, 2000, 300] },
    建筑业: { Y: [80000, 6000, 300], Z: [80000, 5000, 300] },
    批发业: { X: [200, 20, 5], Y: [40000, 5000, 1000] },
    零售业: { X: [300, 50, 10], Y: [20000, 500, 100] },
    交通运输业: { X: [1000, 300, 20], Y: [30000, 3000, 200] },
    仓储业: { X: [200, 100, 20], Y: [30000, 1000, 100] },
    邮政业: { X: [1000, 300, 20], Y: [30000, 2000, 100] },
    住宿业: { X: [300, 100, 10], Y: [10000, 2000, 100] },
    餐饮业: { X: [300, 100, 10], Y: [10000, 2000, 100] },
    信息传输业: { X: [2000, 100, 10], Y: [100000, 1000, 100] },
    软件和信息技术服务业: { X: [300, 100, 10], Y: [10000, 1000, 50] },
    房地产开发经营: { Y: [200000, 1000, 100], Z: [10000, 5000, 2000] },
    物业管理: { X: [1000, 300, 100], Y: [5000, 1000, 500] },
    租赁和商务服务业: { X: [300, 100, 10], Z: [120000, 8000, 100] },
    其他未列明行业: { X: [300, 100, 10] },
  } satisfies Record<string, Minima>,
} as const

export type SizeIndustry = keyof typeof sizeStandard.industries
export const sizeIndustries = Object.keys(sizeStandard.industries) as SizeIndustry[]

const FIGURES = ['X', 'Y', 'Z'] as const
const CLASSES = ['大型', '中型', '小型', '微型'] as const

/**
 * The class of an enterprise of one industry, or of one of several when its code does not tell them apart (then a class
 * is given only if it is the same in all that still stand). `missing` names, sorted, the unknown figures that could
 * still change the class; `unknown` with nothing missing says that the figures suffice and the industry does not.
 */
export function sizeOf(industry: SizeIndustry | readonly SizeIndustry[], facts: SizeFacts): Size {
  const answers = (typeof industry === 'string' ? [industry] : industry).map((one) => sizeIn(one, facts))
  const [first] = answers
  if (first && answers.every(({ size }) => size === first.size && size !== 'unknown')) return first
  const missing = new Set(answers.flatMap((answer) => answer.missing))
  return { size: 'unknown', missing: FIGURES.filter((figure) => missing.has(figure)) }
}

/** The class is that of the weakest figure, since each class asks for all its minima; below the small one is micro. */
function sizeIn(industry: SizeIndustry, facts: SizeFacts): Size {
  const minima: Minima = sizeStandard.industries[industry]
  const missing: SizeFigure[] = []
  let rank = 0
  for (const figure of FIGURES) {
    const least = minima[figure]
    const value = facts[figure]
    if (least === undefined) continue
    if (value === undefined) missing.push(figure)
    else rank = Math.max(rank, rankOf(least.findIndex((minimum) => value >= minimum)))
  }
  if (rank === CLASSES.length - 1 || missing.length === 0) return { size: CLASSES[rank]!, missing: [] }
  return { size: 'unknown', missing }
}

export type SizeStep = {
  readonly figure: SizeFigure
  readonly value: number | undefined
  /** What the large, the medium and the small class ask of this figure at least. */
  readonly least: readonly [large: number, medium: number, small: number]
  /** The class that this figure alone would give; undefined while it is not known. */
  readonly reaches: SizeClass | undefined
}

/** How the class comes about: each figure that the industry is measured by, what is asked of it, and what it reaches. */
export function sizeSteps(industry: SizeIndustry, facts: SizeFacts): readonly SizeStep[] {
  const minima: Minima = sizeStandard.industries[industry]
  return FIGURES.flatMap((figure) => {
    const [least, value] = [minima[figure], facts[figure]]
    if (least === undefined) return []
    const reaches = value === undefined ? undefined : CLASSES[rankOf(least.findIndex((one) => value >= one))]
    return [{ figure, value, least, reaches }]
  })
}

const rankOf = (met: number) => (met === -1 ? CLASSES.length - 1 : met)

export type SizeRefusal = {
  readonly refused:
    'not-an-object' | 'unknown-member' | 'industry-unknown' | 'fact-unknown' | 'not-a-number' | 'negative'
  readonly field: string
}

/** Other ways in which the industries of the standard are commonly written. */
const ALIASES: Readonly<Record<string, SizeIndustry>> = {
  农林牧渔: '农、林、牧、渔业',
  农林牧渔业: '农、林、牧、渔业',
  交通运输: '交通运输业',
  软件业: '软件和信息技术服务业',
  其他未列明: '其他未列明行业',
  房地产开发: '房地产开发经营',
  物业管理业: '物业管理',
  仓储: '仓储业',
  邮政: '邮政业',
}

/** What a question may hold; by `id` and `note` whoever wrote it finds it again. */
const MEMBERS: readonly string[] = ['industry', 'facts', 'id', 'note']

/** Answers a question from outside: checks every part of it and says which field is wrong, and otherwise as `sizeOf`. */
export function answerSize(question: unknown): Size | SizeRefusal {
  if (typeof question !== 'object' || question === null || Array.isArray(question))
    return { refused: 'not-an-object', field: '' }
  const odd = Object.keys(question).find((member) => !MEMBERS.includes(member))
  if (odd !== undefined) return { refused: 'unknown-member', field: odd }
  const given = question as { readonly industry?: unknown; readonly facts?: unknown }
  const industry = findSizeIndustry(given.industry)
  if (!industry) return { refused: 'industry-unknown', field: 'industry' }
  const facts = given.facts ?? {}
  if (typeof facts !== 'object' || Array.isArray(facts)) return { refused: 'fact-unknown', field: 'facts' }
  const known: { X?: number; Y?: number; Z?: number } = {}
  for (const [name, value] of Object.entries(facts)) {
    const figure = FIGURES.find((one) => one === name)
    if (!figure) return { refused: 'fact-unknown', field: name }
    if (value === undefined) continue
    if (typeof value !== 'number' || !Number.isFinite(value)) return { refused: 'not-a-number', field: name }
    if (value < 0) return { refused: 'negative', field: name }
    known[figure] = value
  }
  return sizeOf(industry, known)
}

function findSizeIndustry(name: unknown): SizeIndustry | undefined {
  if (typeof name !== 'string') return undefined
  const plain = name.normalize('NFKC').replace(/\s/g, '')
  const bare = plain.replace(/[、,，]/g, '')
  return sizeIndustries.find((one) => one === plain) ?? (Object.hasOwn(ALIASES, bare) ? ALIASES[bare] : undefined)
}

/**
 * The industries of the standard to which a code of GB/T 4754-2017 may belong: a division (two digits), or a longer code
 * where the division alone does not tell (59 loading and storage, 70 real estate). Empty where the standard does not
 * reach: railways (excluded by article 4), finance (its own standard, 银发〔2015〕309号), public bodies, unknown codes.
 */
export function sizeIndustryOf(code: string): readonly SizeIndustry[] {
  if (!/^\d{2,4}$/.test(code)) return []
  const longer = DEEPER.find(([start]) => code.startsWith(start))
  if (longer) return longer[1]
  const division = Number(code.slice(0, 2))
  return REACH.find(([from, to]) => division >= from && division <= to)?.[2] ?? []
}

const REST: readonly SizeIndustry[] = ['其他未列明行业']
const REACH: readonly (readonly [from: number, to: number, industries: readonly SizeIndustry[]])[] = [
  [1, 5, ['农、林、牧、渔业']],
  [6, 46, ['工业']],
  [47, 50, ['建筑业']],
  [51, 51, ['批发业']],
  [52, 52, ['零售业']],
  [54, 58, ['交通运输业']],
  [59, 59, ['交通运输业', '仓储业']],
  [60, 60, ['邮政业']],
  [61, 61, ['住宿业']],
  [62, 62, ['餐饮业']],
  [63, 64, ['信息传输业']],
  [65, 65, ['软件和信息技术服务业']],
  [70, 70, ['房地产开发经营', '物业管理', '其他未列明行业']],
  [71, 72, ['租赁和商务服务业']],
  [73, 90, REST],
]
const DEEPER: readonly (readonly [start: string, industries: readonly SizeIndustry[]])[] = [
  ['591', ['交通运输业']],
  ...['592', '593', '594', '595', '596', '599'].map((start) => [start, ['仓储业']] as const),
  ['701', ['房地产开发经营']],
  ['702', ['物业管理']],
  ['703', REST],
  ['704', []],
  ['709', REST],
]
