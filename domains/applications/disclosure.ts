// A licence that was granted, as the public may consult it (行政许可法第四十条): made by the decision itself, and it holds nothing that is not public.
import { z } from 'zod'
import { define, record, refuse, type Order } from '../../kernel/record.ts'
import { nameOfApplicant, type Case, type Decided } from './case.ts'
import * as says from './input.ts'

const id = z.string().min(1).max(80)
const withheld = z.enum(says.secrets).meta({ widget: 'choice' })
const Nothing = z.object({})

const Result = z.object({
  name: z.string(),
  number: z.string().optional(),
  validTo: z.iso.date().optional().meta({ widget: 'date' }),
})
const Open = z.object({
  item: id.meta({ widget: 'item' }),
  title: z.string(),
  unit: id.meta({ widget: 'unit' }),
  /** An organisation by its name; of a natural person the surname. */
  applicant: z.string(),
  results: z.array(Result).meta({ widget: 'list' }),
  /** Of all results together, and the first day after which one of them holds no longer. */
  number: z.string().optional(),
  validTo: z.iso.date().optional().meta({ widget: 'date' }),
  decidedOn: z.iso.date().meta({ widget: 'date' }),
  withheld: withheld.optional(),
})
const Withhold = z.object({ withheld, reason: z.string().trim().min(1).max(400).meta({ widget: 'paragraph' }) })
const Publish = Withhold.pick({ reason: true })

export type Disclosure =
  | { readonly phase: 'none' }
  | (z.output<typeof Open> & {
      readonly phase: 'public' | 'withheld'
      /** Since when the decision no longer holds. */
      readonly revokedOn?: string
    })

export const disclosure = define<Disclosure>()({
  kind: 'disclosure',
  code: 'GK',
  initial: { phase: 'none' },
  phases: ['none', 'public', 'withheld'],
  refusals: ['revoked-already'],
  events: { opened: Open, withheld: Withhold, published: Publish, revoked: Nothing },
  evolve: {
    opened: (_, data) => ({ ...data, phase: data.withheld === undefined ? 'public' : 'withheld' }),
    withheld: (was, data) => (was.phase === 'none' ? was : { ...was, phase: 'withheld', withheld: data.withheld }),
    published: (was) => (was.phase === 'none' ? was : { ...was, phase: 'public', withheld: undefined }),
    revoked: (was, _, { on }) => (was.phase === 'none' ? was : { ...was, revokedOn: on }),
  },
  commands: {
    open: {
      input: Open,
      by: { system: 'always' },
      in: ['none'],
      inner: true,
      decide: (_, data) => record({ type: 'opened', data }),
    },
    /** What was published though it should not have been is taken off the list. */
    withhold: {
      input: Withhold,
      by: { handler: 'unit', 'unit-head': 'unit' },
      in: ['public'],
      grave: true,
      decide: (_, data) => record({ type: 'withheld', data }),
    },
    /** By whoever answers for the unit: the ground for keeping it back was wrong or has gone. */
    publish: {
      input: Publish,
      by: { 'unit-head': 'unit' },
      in: ['withheld'],
      grave: true,
      decide: (_, data) => record({ type: 'published', data }),
    },
    /** The decision was revoked. What was decided before decisions were published has no record here, and nothing to say. */
    revoke: {
      input: Nothing,
      by: { system: 'always' },
      in: ['none', 'public', 'withheld'],
      inner: true,
      decide(was) {
        if (was.phase === 'none') return { events: [] }
        return was.revokedOn === undefined ? record({ type: 'revoked', data: {} }) : refuse('revoked-already')
      },
    },
  },
  sees: {
    public: 'always',
    handler: 'unit',
    'unit-head': 'unit',
    representative: 'unit',
    'item-manager': 'city',
    supervisor: 'subtree',
    leader: 'subtree',
    'audit-admin': 'city',
  },
  columns: ['item', 'applicant', 'number', 'decidedOn', 'validTo', 'revokedOn'],
  queues: {
    disclosures: {
      on: { 'unit-head': 12, supervisor: 12 },
      views: { withheld: { phase: 'withheld' }, public: { phase: 'public' } },
    },
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: `${state.title} · ${state.applicant}`,
          open: false,
          unit: state.unit,
          level: state.phase === 'public' ? 0 : 1,
          facets: { item: state.item, year: state.decidedOn.slice(0, 4) },
          search: [state.title, state.applicant, ...state.results.flatMap(({ number = '' }) => number)].join(' '),
        },
  entries: (event, before, after, { id: self }) => {
    if (after.phase === 'none') return []
    // A decision counts on its day, whatever becomes of its publication later.
    const entry = {
      on: after.decidedOn,
      subject: `application:${self}`,
      dims: { unit: after.unit },
    }
    const decided = event.type === 'opened' ? [{ measure: 'licence-decided', ...entry }] : []
    const [was, is] = [before.phase === 'public', after.phase === 'public']
    if (was === is) return decided
    return [...decided, { measure: 'licence-published', n: is ? (1 as const) : (-1 as const), ...entry }]
  },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, title: __, ...facts } = state
    return facts
  },
})

/** The words by which organisations are named in law and trade; nobody’s own name of six signs ends with these. */
const ORGANISATION =
  /(公司|集团|企业|合作社|联社|事务所|工作室|中心|医院|诊所|学校|学院|幼儿园|研究院|研究所|协会|商会|基金会|银行|委员会|厂|店|行|部|馆|场|站|坊|铺)$/
const COMPANY = /\b(co|ltd|llc|inc|limited|company|corporation)\.?$/i

/** A name as the public reads it: that of an organisation in full, of a natural person the surname alone. */
export function publicName(name: string, registered: boolean): string {
  const plain = name.replace(/\s*[（(][^（()）]*[)）]\s*$/, '').trim()
  const organised = (ORGANISATION.test(plain) && [...plain].length >= 6 && !plain.includes('·')) || COMPANY.test(plain)
  return registered || organised ? name : `${[...name.trim()][0] ?? ''}**`
}

/** What is published of a decision: of licences those that were granted. That somebody was refused one is nobody else’s business. */
export function disclosing(
  was: Case,
  id_: string,
  data: Pick<Decided, 'outcome' | 'results' | 'withheld'>,
  on: string,
) {
  if (was.terms.type !== 'licence' || data.outcome !== 'approved') return []
  const numbers = data.results.flatMap(({ number }) => number ?? [])
  const [ends] = data.results.flatMap(({ validTo }) => validTo ?? []).toSorted()
  const input = {
    item: was.item,
    title: was.terms.name,
    unit: was.unit,
    applicant: publicName(nameOfApplicant(was), was.enterprise !== undefined && was.applicant === undefined),
    results: data.results.map(({ name, number, validTo }) => ({ name, number, validTo })),
    ...(numbers.length > 0 && { number: numbers.join('、') }),
    ...(ends !== undefined && { validTo: ends }),
    decidedOn: on,
    ...(data.withheld !== undefined && { withheld: data.withheld }),
  }
  return [{ kind: 'disclosure', id: id_, name: 'open', input }] satisfies Order[]
}

export function revoking(was: Case, id_: string): Order[] {
  return was.terms.type === 'licence' ? [{ kind: 'disclosure', id: id_, name: 'revoke', input: {} }] : []
}
