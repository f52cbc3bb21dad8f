// The dictionary of facts (数据目录): what a rule may read of an enterprise, in which unit, of which period, and whose word counts.
import { z } from 'zod'
import type { Fact } from '../../kernel/rules/dictionary.ts'
import { define, record, refuse, stateOf, type Known } from '../../kernel/record.ts'
import { keeping } from './reading.ts'

/** One city, one dictionary: whoever looks for it finds it under this name. */
const DICTIONARY = 'dictionary'

const words = (most: number) => z.string().trim().min(1).max(most)

export const types = ['number', 'text', 'flag', 'day'] as const
export const measures = ['wan-yuan', 'yuan', 'person', 'percent', 'piece', 'month', 'square-metre', 'point'] as const
/** What the register of enterprises says already and nobody enters again. */
export const registered = [
  'staff',
  'revenue',
  'assets',
  'section',
  'industry',
  'size',
  'private',
  'kind',
  'months',
  'division',
] as const

/** A name as rules write it: letters and digits, no sign and no space, so that it reads as one name everywhere. */
export const factName = z
  .string()
  .trim()
  .regex(/^[A-Za-z\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff]{0,39}$/)

const Row = z.object({
  fact: factName,
  type: z.enum(types).meta({ widget: 'choice' }),
  measure: z.enum(measures).optional().meta({ widget: 'choice' }),
  /** Numbers below or above these are a slip of the pen. */
  least: z.number().optional(),
  most: z.number().optional(),
  /** Told of a year: for so many years after it, it counts; of no period, when absent. */
  age: z.number().int().min(1).max(20).optional().meta({ widget: 'number' }),
  /** Whose word counts more, from the first on, divided by 、. Those who are not named are equal, and stand below. */
  sources: words(200).optional(),
  /** The words that it may be, divided by 、. */
  allowed: words(1000).optional(),
  registered: z.enum(registered).optional().meta({ widget: 'choice' }),
  note: words(200).optional(),
})
const Lay = z.object({
  facts: z.array(Row).min(1).max(300).meta({ widget: 'list' }),
  source: words(200),
})

/** A fact as rules read it, and where the register says it already. */
export type FactRow = Fact & { readonly registered?: z.output<typeof Row>['registered'] }
export type Dictionary = { readonly phase: 'none' } | (z.output<typeof Lay> & { readonly phase: 'standing' })

export const flaws = [
  'named-twice',
  'measure-of-no-number',
  'measure-missing',
  'measure-of-the-register',
  'type-of-the-register',
  'words-of-no-text',
  'bounds-of-no-number',
  'bounds-crossed',
] as const

export const dictionary = define<Dictionary>()({
  kind: 'dictionary',
  code: 'SJ',
  initial: { phase: 'none' },
  phases: ['none', 'standing'],
  refusals: ['laid-already', 'other-name', 'still-read', ...flaws],
  events: { laid: Lay, changed: Lay },
  evolve: {
    laid: (_, data) => ({ phase: 'standing', ...data }),
    changed: (_, data) => ({ phase: 'standing', ...data }),
  },
  commands: {
    lay: {
      input: Lay,
      by: keeping,
      in: ['none'],
      names: () => ({ id: DICTIONARY, held: () => refuse('laid-already') }),
      decide: (_, data, { id: self }) =>
        self === DICTIONARY ? (flawIn(data) ?? record({ type: 'laid', data })) : refuse('other-name'),
    },
    /** A fact once named stays: rules that were published read it, and decisions of before are told by it. */
    change: {
      input: Lay,
      by: keeping,
      in: ['standing'],
      amends: true,
      decide(was, data) {
        const flaw = flawIn(data)
        if (flaw || was.phase === 'none') return flaw ?? refuse('other-name')
        const gone = was.facts.find(
          (one) => !data.facts.some(({ fact, type }) => fact === one.fact && type === one.type),
        )
        return gone ? refuse('still-read', 'facts', { fact: gone.fact }) : record({ type: 'changed', data })
      },
    },
  },
  sees: { public: 'always' },
  columns: ['source'],
  index: (state) =>
    state.phase === 'none' ? { title: '', open: false } : { title: state.source, open: true, level: 0 },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, ...facts } = state
    return facts
  },
})

/** As what, and in which unit, the register says each: a dictionary that says otherwise would have it read wrongly. */
const NUMBER = { type: 'number', measure: 'wan-yuan' } as const
const TEXT = { type: 'text', measure: undefined } as const
const said = {
  staff: { type: 'number', measure: 'person' },
  revenue: NUMBER,
  assets: NUMBER,
  section: TEXT,
  industry: TEXT,
  size: TEXT,
  private: { type: 'flag', measure: undefined },
  kind: TEXT,
  months: { type: 'number', measure: 'month' },
  division: TEXT,
} as const satisfies Record<(typeof registered)[number], object>

function flawIn({ facts }: z.output<typeof Lay>) {
  for (const [place, { fact, type, measure, allowed, least, most, registered: own }] of facts.entries()) {
    if (facts.findIndex((one) => one.fact === fact) < place) return refuse('named-twice', `facts.${place}.fact`)
    if (type === 'number' && measure === undefined) return refuse('measure-missing', `facts.${place}.measure`)
    if (type !== 'number' && measure !== undefined) return refuse('measure-of-no-number', `facts.${place}.measure`)
    if (type !== 'text' && allowed !== undefined) return refuse('words-of-no-text', `facts.${place}.allowed`)
    if (own !== undefined && type !== said[own].type) return refuse('type-of-the-register', `facts.${place}.type`)
    if (own !== undefined && measure !== said[own].measure)
      return refuse('measure-of-the-register', `facts.${place}.measure`)
    if (type !== 'number' && (least ?? most) !== undefined)
      return refuse('bounds-of-no-number', `facts.${place}.${least === undefined ? 'most' : 'least'}`)
    if (least !== undefined && most !== undefined && most < least)
      return refuse('bounds-crossed', `facts.${place}.most`)
  }
  return undefined
}

/** What to read before a rule or a fact is judged. */
export const byDictionary = { dictionary: { kind: 'dictionary', id: DICTIONARY } } as const

/** Its rows; none where the city has laid down none. */
export function rowsIn(known: Known | undefined): readonly FactRow[] {
  const state = stateOf(dictionary, known)
  return state?.phase === 'standing' ? factsIn(state.facts) : []
}

/** The rows of a dictionary as rules read them. */
export function factsIn(rows: readonly z.input<typeof Row>[]): readonly FactRow[] {
  return rows.map(({ fact: name, type, measure, least, most, age, sources, allowed, registered: own }) => ({
    name,
    type,
    ...(measure !== undefined && { measure }),
    ...(least !== undefined && { least }),
    ...(most !== undefined && { most }),
    ...(age !== undefined && { period: { kind: 'year', age } }),
    ...(sources !== undefined && { sources: sources.split('、') }),
    ...(allowed !== undefined && { allowed: allowed.split('、') }),
    ...(own !== undefined && { registered: own }),
  }))
}
