// What a version of an item says: the data of GB/T 39046 that applicants, windows and departments work by.
import { z } from 'zod'
import { refuse } from '../../kernel/record.ts'
import { audiences, channels, depths, handlings, levels, namesOf, powers, types } from './code.ts'

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
  originals: count(20).meta({ preset: 0 }),
  copies: count(20).meta({ preset: 0 }),
  /** 可容缺: what is missing may follow within a time that the applicant commits himself to. */
  tolerable: z.boolean(),
  /** Obtained by sharing: it may not be asked of the applicant (国务院令第716号第七条). */
  shared: z.boolean(),
  /** Asked for in this situation alone; always, when absent. */
  within: entry.optional(),
  /** Where the item takes commitments: a proof issued by somebody else, for which one may stand (国办发〔2020〕42号). */
  promisable: z.boolean().optional(),
})
/** How a field is filled in; a line of text, when nothing is said. */
export const forms = ['line', 'paragraph', 'number', 'date', 'yes-no'] as const
/** What the city holds already and does not ask again (国务院令第716号第七条): facts of the enterprise or of whoever applies. */
export const knowns = [
  'enterprise.name',
  'enterprise.uscc',
  'enterprise.address',
  'enterprise.contact',
  'enterprise.phone',
  'person.name',
  'person.phone',
  /** Whoever applies, whether an enterprise or a person. */
  'applicant.name',
] as const
const Asked = z.object({
  field: entry,
  fieldName: words(100),
  form: z.enum(forms).optional().meta({ widget: 'choice' }),
  known: z.enum(knowns).optional().meta({ widget: 'choice' }),
  /** May be left empty. */
  spare: z.boolean().optional(),
  /** Asked in this situation alone; always, when absent. */
  within: entry.optional(),
})
const Result = z.object({ result: entry, resultName: words(200) })
/** A declared rule by which an item is decided at once: what a field must say, and why. */
export const tests = ['given', 'yes', 'no', 'at-least', 'at-most', 'one-of'] as const
const Check = z.object({
  field: entry,
  test: z.enum(tests).meta({ widget: 'choice' }),
  /** The bound, or the words allowed, separated by 、; absent for `given`, `yes` and `no`. */
  bound: words(400).optional(),
  ground: words(200),
})
/** A special procedure (行政许可法第四十五条): its time does not count, and the applicant is told in writing how long it takes. */
const Special = z.object({
  special: entry,
  specialName: words(100),
  specialLimit: count(3660),
  specialUnit: unitOf,
  specialBasis: words(200),
})
const Question = z.object({ question: words(200), reply: words(1000) })

/** The pages of its form, in the order in which they stand. */
type Sheet =
  | 'basics'
  | 'time'
  | 'course'
  | 'papers'
  | 'entries'
  | 'outcome'
  | 'window'
  | 'money'
  | 'special'
  | 'instant'
  | 'baseline'
  | 'help'

/** These fields, on this page of the form. */
export function on<Fields extends Readonly<Record<string, z.ZodType>>>(page: Sheet, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.meta({ page })])) as Fields
}

export const Content = z.object({
  ...on('basics', {
    name: words(200),
    type: oneOf(types),
    basis: paragraph(2000),
    level: oneOf(levels),
    audience: severalOf(audiences),
    /** Of enterprises also those that are being founded, which no register knows yet. */
    founding: z.boolean().optional(),
    topics: z.array(words(40)).max(10).optional().meta({ widget: 'list' }),
    across: z.enum(['county', 'city', 'province', 'nation']).optional().meta({ widget: 'choice' }),
    /** 基本编码: what the national or provincial catalogue calls it. */
    baseCode: entry.optional(),
    powerSource: words(100).optional(),
    entrusted: words(200).optional(),
    jointUnits: words(400).optional(),
    intermediary: words(400).optional(),
    quota: words(200).optional(),
  }),
  ...on('time', {
    handling: oneOf(handlings),
    /** The limit by law; absent where the law sets none. */
    statutory: count(3660).optional(),
    statutoryUnit: unitOf.optional(),
    promised: count(3660),
    promisedUnit: unitOf,
  }),
  ...on('course', {
    conditions: paragraph(4000),
    steps: z.array(Step).min(1).max(30).meta({ widget: 'list' }),
  }),
  ...on('papers', {
    situations: z.array(Situation).max(60).meta({ widget: 'list' }),
    materials: z.array(Material).max(120).meta({ widget: 'list' }),
  }),
  ...on('entries', { fields: z.array(Asked).max(300).meta({ widget: 'list' }) }),
  ...on('outcome', {
    results: z.array(Result).max(20).meta({ widget: 'list' }),
    courier: z.boolean().optional(),
  }),
  ...on('window', {
    visits: count(9),
    visitReason: words(400).optional(),
    channels: severalOf(channels),
    online: z.enum(depths).optional().meta({ widget: 'choice' }),
    window: z.enum(['undifferentiated', 'special', 'outside']).meta({ widget: 'choice' }),
    /** Whether it should be applied for in the hall (优化营商环境条例第三十六条). */
    hallDue: z.boolean(),
    nearby: z.boolean(),
    place: words(200).optional(),
    hours: words(200).optional(),
    bookable: z.boolean().optional(),
    selfService: z.boolean().optional(),
  }),
  ...on('money', {
    fee: z.boolean(),
    feeBasis: words(400).optional(),
    payOnline: z.boolean().optional(),
    /** Fen that the city pays for the applicant, such as for the first set of seals. */
    cityPays: z.number().int().min(1).max(1e12).optional().meta({ widget: 'money' }),
    cityPaysBasis: words(200).optional(),
    /** Fen that an applicant saves by a declared norm. */
    saves: z.number().int().min(1).max(1e12).optional().meta({ widget: 'money' }),
    savesBasis: words(200).optional(),
  }),
  ...on('special', { specials: z.array(Special).max(10).optional().meta({ widget: 'list' }) }),
  ...on('instant', {
    /** 收件即受理: receipt is acceptance, and the clock begins with it. */
    receiptAccepts: z.boolean().optional(),
    /** 告知承诺: a commitment in writing may stand for a proof, and is verified later (国办发〔2020〕42号). */
    commitment: z.boolean().optional(),
    /** What a chief representative may be empowered to do (首席事务代表). */
    powers: z.array(z.enum(powers)).max(powers.length).optional().meta({ widget: 'choices' }),
    checks: z.array(Check).max(20).optional().meta({ widget: 'list' }),
  }),
  /** What it was before it was made easier: by law, or before the reform. */
  ...on('baseline', {
    baseMaterials: count(200).optional(),
    baseSteps: count(100).optional(),
    baseVisits: count(20).optional(),
    baseBasis: words(200).optional(),
  }),
  ...on('help', {
    remedies: paragraph(1000),
    enquiries: words(100),
    complaints: words(100).optional(),
    questions: z.array(Question).max(20).optional().meta({ widget: 'list' }),
  }),
})
export type Content = z.output<typeof Content>

const lists = [
  ['situations', 'situation'],
  ['materials', 'material'],
  ['fields', 'field'],
  ['results', 'result'],
  ['specials', 'special'],
] as const

export const flaws = [
  'longer-than-statutory',
  'statutory-in-part',
  'not-at-once',
  'named-twice',
  'situation-unknown',
  'result-asked-for',
  'no-proof',
  'founding-without-enterprises',
  'fee-without-basis',
  'field-unknown',
  'bound-unclear',
  'sum-without-basis',
] as const

/** What contradicts itself or the law in it; undefined when nothing does. */
export function flawIn(content: Content) {
  const { statutory, statutoryUnit, promised, promisedUnit } = content
  if ((statutory === undefined) !== (statutoryUnit === undefined))
    return refuse('statutory-in-part', statutory === undefined ? 'statutory' : 'statutoryUnit')
  if (statutory !== undefined && daysOf(promised, promisedUnit) > daysOf(statutory, statutoryUnit!))
    return refuse('longer-than-statutory', 'promised')
  if (content.founding === true && !content.audience.includes('enterprise'))
    return refuse('founding-without-enterprises', 'founding')
  if (content.handling === 'at-once' && promised > 0) return refuse('not-at-once', 'promised')
  for (const [list, name] of lists) {
    const named = ((content[list] ?? []) as readonly Readonly<Record<string, unknown>>[]).map((one) => one[name])
    const twice = named.findIndex((one, place) => named.indexOf(one) < place)
    if (twice >= 0) return refuse('named-twice', `${list}.${twice}.${name}`)
  }
  const situations = content.situations.map(({ situation }) => situation)
  for (const list of ['materials', 'fields'] as const) {
    const lost = content[list].findIndex(({ within }) => within !== undefined && !situations.includes(within))
    if (lost >= 0) return refuse('situation-unknown', `${list}.${lost}.within`)
  }
  const results = content.results.map(({ result }) => result)
  const circular = content.materials.findIndex(({ material }) => results.includes(material))
  if (circular >= 0) return refuse('result-asked-for', `materials.${circular}.material`)
  const own = content.materials.findIndex((one) => one.promisable === true && (one.issuer === undefined || one.shared))
  if (own >= 0) return refuse('no-proof', `materials.${own}.promisable`)
  if (content.fee && content.feeBasis === undefined) return refuse('fee-without-basis', 'feeBasis')
  for (const [sum, basis] of sums)
    if (content[sum] !== undefined && content[basis] === undefined) return refuse('sum-without-basis', basis)
  return flawInChecks(content)
}

const sums = [
  ['cityPays', 'cityPaysBasis'],
  ['saves', 'savesBasis'],
] as const

/** A rule speaks of a field that is asked for, and of a bound where it needs one. */
function flawInChecks({ checks = [], fields }: Content) {
  for (const [place, { field, test, bound }] of checks.entries()) {
    if (!fields.some((one) => one.field === field)) return refuse('field-unknown', `checks.${place}.field`)
    const bounded = ['at-least', 'at-most', 'one-of'].includes(test)
    const clear = bounded
      ? bound !== undefined && (test === 'one-of' || Number.isFinite(Number(bound)))
      : bound === undefined
    if (!clear) return refuse('bound-unclear', `checks.${place}.bound`)
  }
  return undefined
}

/** Days by the calendar, to compare limits of different units: five working days are a week, a month is thirty days. */
function daysOf(budget: number, unit: (typeof units)[number]): number {
  return unit === 'working-day' ? (budget * 7) / 5 : unit === 'month' ? budget * 30 : budget
}

/** How much shorter the promise is than the law allows; undefined where the law sets no limit. In hundredths of a percent, and of a day. */
export function compression({
  statutory,
  statutoryUnit,
  promised,
  promisedUnit,
}: Pick<Content, 'statutory' | 'statutoryUnit' | 'promised' | 'promisedUnit'>) {
  if (statutory === undefined || statutory === 0) return undefined
  const [law, ours] = [daysOf(statutory, statutoryUnit!), daysOf(promised, promisedUnit)]
  return {
    share: Math.round(((law - ours) / law) * 10_000),
    statutory: Math.round(law * 100),
    saved: Math.round((law - ours) * 100),
  }
}

/** Who may apply: an enterprise of the register; and whoever is named, as a person, an organisation or an enterprise that is being founded. */
export function takes({ audience, founding }: Pick<Content, 'audience' | 'founding'>) {
  return {
    enterprise: audience.includes('enterprise'),
    named: founding === true || audience.some((one) => one !== 'enterprise'),
  }
}

/** Whether something that it asks for may follow later. */
export function isTolerant({ materials }: Content): boolean {
  return materials.some(({ tolerable }) => tolerable)
}

/** The four labels (马上办、网上办、就近办、一次办), each with what earns it. */
export const labels = {
  instant: ({ handling }: Content) => handling === 'at-once',
  online: ({ online, channels: ways }: Content) =>
    online === 'deciding' || online === 'receiving' || ways.includes('on-computer') || ways.includes('on-phone'),
  nearby: ({ nearby }: Content) => nearby,
  once: ({ visits }: Content) => visits <= 1,
} as const satisfies Readonly<Record<string, (content: Content) => boolean>>

/** How much of it there was before the reform and is now; only where a baseline says so. */
export function baselines({ baseMaterials, baseSteps, baseVisits, materials, steps, visits }: Content) {
  const all = [
    { of: 'materials', before: baseMaterials, now: materials.length },
    { of: 'steps', before: baseSteps, now: steps.length },
    { of: 'visits', before: baseVisits, now: visits },
  ] as const
  return all.flatMap(({ before, ...one }) => (before === undefined ? [] : [{ ...one, before }]))
}
