// What a version of an item says: the data of GB/T 39046 that applicants, windows and departments work by.
import { z } from 'zod'
import { refuse } from '../../kernel/record.ts'
import { audiences, channels, handlings, levels, namesOf, types } from './code.ts'

const words = (most: number) => z.string().trim().min(1).max(most)
const count = (most: number) => z.number().int().min(0).max(most).meta({ widget: 'number' })
const paragraph = (most: number) => words(most).meta({ widget: 'paragraph' })
const oneOf = <Name extends string>(codes: Readonly<Record<Name, string>>) =>
  z.enum(namesOf(codes)).meta({ widget: 'choice' })
const severalOf = <Name extends string>(codes: Readonly<Record<Name, string>>) =>
  z
    .array(z.enum(namesOf(codes)))
    .min(1)
    .max(namesOf(codes).length)
    .meta({ widget: 'choices' })

/** The dictionaries' codes of fields, papers and situations: shared by all items, so that a theme asks for each once. */
const entry = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,49}$/)

const units = ['working-day', 'calendar-day', 'month'] as const
const unitOf = z.enum(units).meta({ widget: 'choice' })

const Step = z.object({ step: words(100) })
const Situation = z.object({ situation: entry, situationName: words(200) })
const Material = z.object({
  material: entry,
  materialName: words(200),
  /** Who issues it; the applicant writes it, when absent. */
  issuer: words(100).optional(),
  originals: count(20),
  copies: count(20),
  /** 可容缺: what is missing may follow within a time that the applicant commits himself to. */
  tolerable: z.boolean(),
  /** Obtained by sharing: it may not be asked of the applicant (国务院令第716号第七条). */
  shared: z.boolean(),
  /** Asked for in this situation alone; always, when absent. */
  within: entry.optional(),
})
const Asked = z.object({ field: entry, fieldName: words(100) })
const Result = z.object({ result: entry, resultName: words(200) })

export const Content = z.object({
  name: words(200),
  type: oneOf(types),
  basis: paragraph(2000),
  level: oneOf(levels),
  audience: severalOf(audiences),
  handling: oneOf(handlings),
  /** The limit by law; absent where the law sets none. */
  statutory: count(3660).optional(),
  statutoryUnit: unitOf.optional(),
  promised: count(3660),
  promisedUnit: unitOf,
  conditions: paragraph(4000),
  steps: z.array(Step).min(1).max(30).meta({ widget: 'list' }),
  situations: z.array(Situation).max(60).meta({ widget: 'list' }),
  materials: z.array(Material).max(120).meta({ widget: 'list' }),
  fields: z.array(Asked).max(300).meta({ widget: 'list' }),
  results: z.array(Result).max(20).meta({ widget: 'list' }),
  visits: count(9),
  channels: severalOf(channels),
  window: z.enum(['undifferentiated', 'special', 'outside']).meta({ widget: 'choice' }),
  /** Whether it should be applied for in the hall (优化营商环境条例第三十六条). */
  hallDue: z.boolean(),
  nearby: z.boolean(),
  fee: z.boolean(),
  feeBasis: words(400).optional(),
  remedies: paragraph(1000),
  enquiries: words(100),
})
export type Content = z.output<typeof Content>

const lists = [
  ['situations', 'situation'],
  ['materials', 'material'],
  ['fields', 'field'],
  ['results', 'result'],
] as const

export const flaws = [
  'longer-than-statutory',
  'statutory-in-part',
  'not-at-once',
  'named-twice',
  'situation-unknown',
  'result-asked-for',
  'fee-without-basis',
] as const

/** What contradicts itself or the law in it; undefined when nothing does. */
export function flawIn(content: Content) {
  const { statutory, statutoryUnit, promised, promisedUnit } = content
  if ((statutory === undefined) !== (statutoryUnit === undefined))
    return refuse('statutory-in-part', statutory === undefined ? 'statutory' : 'statutoryUnit')
  if (statutory !== undefined && daysOf(promised, promisedUnit) > daysOf(statutory, statutoryUnit!))
    return refuse('longer-than-statutory', 'promised')
  if (content.handling === 'at-once' && promised > 0) return refuse('not-at-once', 'promised')
  for (const [list, name] of lists) {
    const named = (content[list] as readonly Readonly<Record<string, unknown>>[]).map((one) => one[name])
    const twice = named.findIndex((one, place) => named.indexOf(one) < place)
    if (twice >= 0) return refuse('named-twice', `${list}.${twice}.${name}`)
  }
  const situations = content.situations.map(({ situation }) => situation)
  const lost = content.materials.findIndex(({ within }) => within !== undefined && !situations.includes(within))
  if (lost >= 0) return refuse('situation-unknown', `materials.${lost}.within`)
  const results = content.results.map(({ result }) => result)
  const circular = content.materials.findIndex(({ material }) => results.includes(material))
  if (circular >= 0) return refuse('result-asked-for', `materials.${circular}.material`)
  return content.fee && content.feeBasis === undefined ? refuse('fee-without-basis', 'feeBasis') : undefined
}

/** Days by the calendar, to compare limits of different units: five working days are a week, a month is thirty days. */
function daysOf(budget: number, unit: (typeof units)[number]): number {
  return unit === 'working-day' ? (budget * 7) / 5 : unit === 'month' ? budget * 30 : budget
}

/** How much shorter the promise is than the law allows; undefined where the law sets no limit. In hundredths of a percent, and of a day. */
export function compression({ statutory, statutoryUnit, promised, promisedUnit }: Content) {
  if (statutory === undefined || statutory === 0) return undefined
  const [law, ours] = [daysOf(statutory, statutoryUnit!), daysOf(promised, promisedUnit)]
  return {
    share: Math.round(((law - ours) / law) * 10_000),
    statutory: Math.round(law * 100),
    saved: Math.round((law - ours) * 100),
  }
}

/** Whether something that it asks for may follow later. */
export function isTolerant({ materials }: Content): boolean {
  return materials.some(({ tolerable }) => tolerable)
}
