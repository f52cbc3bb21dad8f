// What is known of an enterprise beside the register (企业数据): each fact with its period, its source and the day it was seen, none ever overwritten.
import { z } from 'zod'
import { may } from '../../kernel/access.ts'
import { isCivilDate } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Context } from '../../kernel/record.ts'
import { enterprise } from '../register/index.ts'
import { byDictionary, factName, measures, rowsIn, type FactRow } from './dictionary.ts'
import { keeping } from './reading.ts'

const words = (most: number) => z.string().trim().min(1).max(most)

/** The source of what an enterprise says of itself. */
export const BY_ITSELF = '企业自报'

const Said = z.object({
  fact: factName,
  /** A number, one of the words allowed, or yes or no. */
  value: words(200).meta({ widget: 'typed' }),
  /** The year of which it is told. */
  period: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
})
const Seen = Said.extend({
  /** In what it was counted, where the source says so; it has to be what the dictionary says. */
  measure: z.enum(measures).optional().meta({ widget: 'choice' }),
  source: words(80),
  observedAt: z.iso.date().meta({ widget: 'date' }),
})
const firm = z.string().min(1).max(64).meta({ widget: 'enterprise' })
const Observe = z.object({ enterprise: firm, facts: z.array(Seen).min(1).max(200).meta({ widget: 'list' }) })
const Declare = z.object({ enterprise: firm, facts: z.array(Said).min(1).max(50).meta({ widget: 'list' }) })
/** A benefit that it has or is about to: what that excludes it does not get besides. */
const Hold = z.object({
  benefit: z.string(),
  claim: z.string(),
  name: z.string(),
  title: z.string(),
  once: z.boolean(),
  excludes: z.array(z.string()),
  /** Where it stacks with others up to a cap: with which, of which year, and how much it takes of it. */
  group: z.string().optional(),
  year: z.string().optional(),
  amount: z.number().int().optional().meta({ widget: 'money' }),
})
/** Digits as banks print them, with spaces or hyphens between; kept without. */
export const accountNumber = z
  .string()
  .trim()
  .max(60)
  .regex(/^\d(?:[ -]*\d){7,39}$/)
  .meta({ personal: true })
const Bank = z.object({
  enterprise: firm,
  bank: words(80),
  number: accountNumber,
  /** How the enterprise said so, where somebody here enters it. */
  evidence: words(200).optional(),
})
const Banked = Bank.extend({ name: z.string().meta({ widget: 'hidden' }) })
const LetGo = z.object({ claim: z.string() })
const Observed = Observe.extend({ name: z.string().meta({ widget: 'hidden' }) })

export type SeenFact = z.output<typeof Seen>
export type Profile =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'kept'
      readonly name: string
      readonly facts: readonly SeenFact[]
      readonly holds?: readonly Hold[]
      /** Where its money goes: an account in its own name. */
      readonly account?: { readonly bank: string; readonly number: string }
    }

export const profile = define<Profile>()({
  kind: 'profile',
  code: 'HX',
  initial: { phase: 'none' },
  phases: ['none', 'kept'],
  refusals: [
    'enterprise-unknown',
    'other-enterprise',
    'not-your-enterprise',
    'fact-unknown',
    'in-the-register',
    'wrong-value',
    'other-measure',
    'out-of-bounds',
    'period-missing',
    'no-period',
    'period-in-the-future',
    'date-in-the-future',
    'nothing-new',
    'had-once',
    'has-another',
    'evidence-missing',
    'same-account',
  ],
  events: { observed: Observed, banked: Banked, held: Hold, letGo: LetGo },
  evolve: {
    observed: (was, { name, facts }) => ({
      ...(was.phase === 'none' ? {} : was),
      phase: 'kept',
      name,
      facts: [...(was.phase === 'none' ? [] : was.facts), ...facts],
    }),
    banked: (was, { name, bank, number }) => ({
      ...(was.phase === 'none' ? { facts: [] } : was),
      phase: 'kept',
      name,
      account: { bank, number },
    }),
    held: (was, data) => ({
      ...(was.phase === 'none' ? {} : was),
      phase: 'kept',
      name: data.name,
      facts: was.phase === 'none' ? [] : was.facts,
      holds: [...holdsOf(was), data],
    }),
    letGo: (was, { claim }) =>
      was.phase === 'none' ? was : { ...was, holds: holdsOf(was).filter((one) => one.claim !== claim) },
  },
  commands: {
    observe: {
      input: Observe,
      by: keeping,
      in: ['none', 'kept'],
      names: ({ enterprise: of }) => ({ id: of, held: () => undefined }),
      reads: readsOf,
      decide: (was, said, context) => seen(was, said.enterprise, said.facts, context),
    },
    /** What an enterprise says of itself, where the city does not know it. */
    declare: {
      input: Declare,
      by: { public: 'always', subject: 'always' },
      in: ['none', 'kept'],
      fits: (_, actor) => actor.posts.length === 0,
      names: ({ enterprise: of }) => ({ id: of, held: () => undefined }),
      reads: readsOf,
      decide(was, { enterprise: of, facts }, context) {
        if (!context.actor.subjects.includes(`enterprise:${of}`)) return refuse('not-your-enterprise', 'enterprise')
        const told = facts.map((one) => ({ ...one, source: BY_ITSELF, observedAt: context.today }))
        return seen(was, of, told, context)
      },
    },
    /** The account to which its benefits are paid; asked once. */
    bank: {
      input: Bank,
      by: { public: 'always', subject: 'always', ...keeping },
      in: ['none', 'kept'],
      fits: (_, actor) => actor.posts.length === 0 || may(keeping, actor),
      names: ({ enterprise: of }) => ({ id: of, held: () => undefined }),
      reads: readsOf,
      decide(was, data, { actor, id, facts: read }) {
        const itself = actor.subjects.includes(`enterprise:${data.enterprise}`)
        if (!itself && !may(keeping, actor)) return refuse('not-your-enterprise', 'enterprise')
        if (!itself && data.evidence === undefined) return refuse('evidence-missing', 'evidence')
        const known = stateOf(enterprise, read['enterprise'])
        if (known === undefined || known.phase === 'none') return refuse('enterprise-unknown', 'enterprise')
        if (id !== data.enterprise) return refuse('other-enterprise', 'enterprise')
        const number = data.number.replaceAll(/[ -]/g, '')
        const before = was.phase === 'none' ? undefined : was.account
        return before?.number === number && before.bank === data.bank
          ? refuse('same-account', 'number')
          : record({ type: 'banked', data: { ...data, number, name: known.name } })
      },
    },
    /** A claim is entered: two at once for one enterprise meet here. */
    hold: {
      input: Hold,
      by: { system: 'always' },
      in: ['none', 'kept'],
      inner: true,
      decide(was, data) {
        const holds = holdsOf(was)
        if (data.once && holds.some(({ benefit }) => benefit === data.benefit)) return refuse('had-once')
        const other = excludedBy(holds, data)
        return other ? refuse('has-another', undefined, { name: other.title }) : record({ type: 'held', data })
      },
    },
    letGo: {
      input: LetGo,
      by: { system: 'always' },
      in: ['kept'],
      inner: true,
      decide: (_, data) => record({ type: 'letGo', data }),
    },
  },
  reveals: { subject: 'always', ...keeping },
  sees: { subject: 'always', handler: 'city', 'unit-head': 'city', 'policy-manager': 'city', 'audit-admin': 'city' },
  files: 'in',
  queues: { profiles: { on: { 'policy-manager': 6 }, views: { kept: { phase: 'kept' } } } },
  index: (state, id) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : { title: state.name, open: true, parties: [`enterprise:${id}`] },
  facts: (state) => (state.phase === 'none' ? {} : { facts: state.facts, holds: state.holds, ...state.account }),
})

/** One of these that does not go together with another benefit. */
export function excludedBy(holds: readonly Hold[], { benefit, excludes }: Pick<Hold, 'benefit' | 'excludes'>) {
  return holds.find((one) => excludes.includes(one.benefit) || one.excludes.includes(benefit))
}

export type Hold = z.output<typeof Hold>

/** The benefits that it has or is about to have. */
export function holdsOf(was: Profile | undefined): readonly Hold[] {
  return was?.phase === 'kept' ? (was.holds ?? []) : []
}

function readsOf({ enterprise: of }: { readonly enterprise: string }) {
  return { ...byDictionary, enterprise: { kind: 'enterprise', id: of } }
}

/** Each is in the dictionary and as that says; what is known already is left out. */
function seen(was: Profile, of: string, facts: readonly SeenFact[], { id, today, facts: read }: Context) {
  const known = stateOf(enterprise, read['enterprise'])
  if (known === undefined || known.phase === 'none') return refuse('enterprise-unknown', 'enterprise')
  if (id !== of) return refuse('other-enterprise', 'enterprise')
  const rows = rowsIn(read['dictionary'])
  for (const [place, one] of facts.entries()) {
    const row = rows.find(({ name }) => name === one.fact)
    const wrong = row === undefined ? refuse('fact-unknown', 'fact') : wrongFact(one, row, today)
    if (wrong) return { ...wrong, field: `facts.${place}.${wrong.field}` }
  }
  const before = was.phase === 'none' ? [] : was.facts
  const fresh = facts.filter((one) => !before.some((other) => isSame(one, other)))
  return fresh.length === 0
    ? refuse('nothing-new', 'facts')
    : record({ type: 'observed', data: { enterprise: of, name: known.name, facts: [...fresh] } })
}

function wrongFact({ value, measure, period, observedAt }: SeenFact, row: FactRow, today: string) {
  if (row.registered !== undefined) return refuse('in-the-register', 'fact')
  const found = valueOf(row, value)
  if (found === undefined) return refuse('wrong-value', 'value', { allowed: (row.allowed ?? []).join('、') })
  // 万元 and 元 are not turned into each other, since either the number or the unit may be the mistake.
  if (measure !== undefined && measure !== row.measure)
    return refuse('other-measure', 'measure', { is: measure, needs: row.measure ?? 'ratio' })
  if (typeof found === 'number' && (found < (row.least ?? found) || found > (row.most ?? found)))
    return refuse('out-of-bounds', 'value', { least: row.least ?? '', most: row.most ?? '' })
  if (row.period !== undefined && period === undefined) return refuse('period-missing', 'period')
  if (row.period === undefined && period !== undefined) return refuse('no-period', 'period')
  if (period !== undefined && period > today.slice(0, 4)) return refuse('period-in-the-future', 'period')
  return observedAt > today ? refuse('date-in-the-future', 'observedAt') : undefined
}

const isSame = (a: SeenFact, b: SeenFact) =>
  a.fact === b.fact &&
  a.value === b.value &&
  a.period === b.period &&
  a.source === b.source &&
  a.observedAt === b.observedAt

/** What it says, as rules read it; undefined for what a fact of this sort cannot be. */
export function valueOf({ type, allowed }: FactRow, value: string): number | string | boolean | undefined {
  switch (type) {
    case 'number':
      return /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : undefined
    case 'flag':
      return value === 'yes' ? true : value === 'no' ? false : undefined
    case 'text':
      return allowed === undefined || allowed.includes(value) ? value : undefined
    case 'day':
      return isCivilDate(value) ? value : undefined
  }
}
