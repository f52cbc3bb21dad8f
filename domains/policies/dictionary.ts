// The dictionary of facts (数据目录): what a rule may read of an enterprise, in which unit, of which period, and whose word counts.
import { z } from 'zod'
import { define, record, refuse, stateOf, type Known } from '../../kernel/record.ts'
import { keeping } from './reading.ts'

/** One city, one dictionary: whoever looks for it finds it under this name. */
const DICTIONARY = 'dictionary'

const words = (most: number) => z.string().trim().min(1).max(most)

export const types = ['number', 'text', 'flag'] as const
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

export type FactRow = z.output<typeof Row>
export type Dictionary = { readonly phase: 'none' } | (z.output<typeof Lay> & { readonly phase: 'standing' })

export const flaws = ['named-twice', 'measure-of-no-number', 'measure-missing', 'words-of-no-text'] as const

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

function flawIn({ facts }: z.output<typeof Lay>) {
  for (const [place, { fact, type, measure, allowed }] of facts.entries()) {
    if (facts.findIndex((one) => one.fact === fact) < place) return refuse('named-twice', `facts.${place}.fact`)
    if (type === 'number' && measure === undefined) return refuse('measure-missing', `facts.${place}.measure`)
    if (type !== 'number' && measure !== undefined) return refuse('measure-of-no-number', `facts.${place}.measure`)
    if (type !== 'text' && allowed !== undefined) return refuse('words-of-no-text', `facts.${place}.allowed`)
  }
  return undefined
}

/** What to read before a rule or a fact is judged. */
export const byDictionary = { dictionary: { kind: 'dictionary', id: DICTIONARY } } as const

/** Its rows; none where the city has laid down none. */
export function rowsIn(known: Known | undefined): readonly FactRow[] {
  const state = stateOf(dictionary, known)
  return state?.phase === 'standing' ? state.facts : []
}
