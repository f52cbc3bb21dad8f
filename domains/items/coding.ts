// How long the codes of items are (编码规则): standards and provinces differ, so the city lays it down, with its source.
import { z } from 'zod'
import { define, record, refuse, stateOf, type Known } from '../../kernel/record.ts'
import { keeping } from './reading.ts'

/** One city, one rule: whoever looks for it finds it under this name. */
const CODING = 'coding'

/** Signs. GB/T 39046 prints up to 24, GB/T 39554.1 up to 36 in most provinces, and up to 50 where handling items have codes of their own. */
const signs = z.number().int().min(1).max(50).meta({ widget: 'number' })
const Lay = z.object({
  /** 实施编码. */
  codeShortest: signs,
  codeLongest: signs,
  /** 基本编码. */
  baseShortest: signs,
  baseLongest: signs,
  source: z.string().trim().min(1).max(200),
  note: z.string().trim().min(1).max(400).optional().meta({ widget: 'paragraph' }),
})

export type Coding = { readonly phase: 'none' } | (z.output<typeof Lay> & { readonly phase: 'standing' })

export const coding = define<Coding>()({
  kind: 'coding',
  code: 'BM',
  initial: { phase: 'none' },
  phases: ['none', 'standing'],
  refusals: ['laid-already', 'other-name', 'shorter-than-shortest'],
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
      names: () => ({ id: CODING, held: () => refuse('laid-already') }),
      decide: (_, data, { id: self }) =>
        self === CODING ? (flawIn(data) ?? record({ type: 'laid', data })) : refuse('other-name'),
    },
    /** For items that are listed and versions that are written from now on; what stands keeps its code. */
    change: {
      input: Lay,
      by: keeping,
      in: ['standing'],
      amends: true,
      decide: (_, data) => flawIn(data) ?? record({ type: 'changed', data }),
    },
  },
  sees: { public: 'always' },
  columns: ['codeShortest', 'codeLongest', 'baseShortest', 'baseLongest', 'source'],
  index: (state) =>
    state.phase === 'none' ? { title: '', open: false } : { title: state.source, open: true, level: 0 },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, ...facts } = state
    return facts
  },
})

function flawIn({ codeShortest, codeLongest, baseShortest, baseLongest }: z.output<typeof Lay>) {
  if (codeLongest < codeShortest) return refuse('shorter-than-shortest', 'codeLongest')
  return baseLongest < baseShortest ? refuse('shorter-than-shortest', 'baseLongest') : undefined
}

/** What to read before a code is judged. */
export const byCoding = { coding: { kind: 'coding', id: CODING } } as const

type Codes = { readonly code?: string | undefined; readonly baseCode?: string | undefined }

/** A code that is not as long as the city's rule has it; where the city has laid none down, every length goes. */
export function lengthFlawIn({ code, baseCode }: Codes, facts: Readonly<Record<string, Known | undefined>>) {
  const rule = stateOf(coding, facts['coding'])
  if (rule?.phase !== 'standing') return undefined
  const wrong = (field: 'code' | 'baseCode', given: string | undefined, shortest: number, longest: number) =>
    given !== undefined && (given.length < shortest || given.length > longest)
      ? refuse('code-length', field, { given: given.length, shortest, longest, source: rule.source })
      : undefined
  return (
    wrong('code', code, rule.codeShortest, rule.codeLongest) ??
    wrong('baseCode', baseCode, rule.baseShortest, rule.baseLongest)
  )
}
