// A benefit (兑现事项): what a clause of a policy gives whom, as a rule that is worked out for every enterprise, and how much.
import { z } from 'zod'
import { may } from '../../kernel/access.ts'
import { addDays } from '../../kernel/clock/date.ts'
import { define, record, refuse, stateOf, type Context } from '../../kernel/record.ts'
import { initials, spelling } from '../register/index.ts'
import { byDictionary, rowsIn } from './dictionary.ts'
import { policy } from './policy.ts'
import { handling, keeping, reading } from './reading.ts'
import { contentIn, dmnFaults, MOST_TIERS } from './dmn.ts'
import { faultIn, faultInTiers, ruleFaults } from './rule.ts'
import { LONGEST } from './tier.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = (most: number) => words(most).meta({ widget: 'paragraph' })
const money = z.number().int().min(1).max(1e13).meta({ widget: 'money' })

/** `elsewhere`: relief from taxes, titles of higher authorities: the city tells of it and pays nothing. 免申即享: listed from data, the enterprise only consents. 快申快享: one fact is missing and only that is asked. */
export const modes = ['no-application', 'quick', 'elsewhere'] as const
export const recurrences = ['once', 'yearly'] as const

const Question = z.object({ question: words(200) })
const Tier = z.object({ when: words(LONGEST.when), amount: words(LONGEST.gives) })
const Other = z.object({ benefit: id.meta({ widget: 'benefit' }) })
export const BenefitContent = z.object({
  name: words(200),
  policy: id.meta({ widget: 'policy' }),
  article: words(40),
  /** In FEEL, over the names of the dictionary. */
  rule: paragraph(LONGEST.rule),
  /** What no data tell and a person has to judge, such as a standing in the market. */
  judgement: z.array(Question).max(20).optional().meta({ widget: 'list' }),
  /** In FEEL, in yuan; rounded down to the fen. */
  amount: paragraph(LONGEST.amount).optional(),
  /** Instead of it: for each tier its condition and its amount, exactly one of which holds for whoever is entitled. */
  tiers: z.array(Tier).min(1).max(MOST_TIERS).optional().meta({ widget: 'list' }),
  /** Fen: at most so much for one enterprise each time. */
  cap: money.optional(),
  /** Fen, for the whole of its time. */
  budget: money.optional(),
  mode: z.enum(modes).meta({ widget: 'choice' }),
  recurrence: z.enum(recurrences).meta({ widget: 'choice' }),
  from: z.iso.date().meta({ widget: 'date' }),
  to: z.iso.date().meta({ widget: 'date' }),
  /** Benefits of one group stack up to a cap: so many fen for one enterprise in one year from all of them together. */
  group: words(60).optional(),
  groupCap: money.optional(),
  /** Whoever has one of these does not get this one besides. */
  excludes: z.array(Other).max(50).optional().meta({ widget: 'list' }),
})
/** What is tried out before it is published: whom it would reach, and what it would cost. */
export const Tried = BenefitContent.pick({
  rule: true,
  amount: true,
  tiers: true,
  cap: true,
  group: true,
  groupCap: true,
  excludes: true,
}).extend({
  /** Which it is, where it is one already: what enterprises have of it is not counted against it. */
  benefit: id.optional(),
  names: z.boolean().optional(),
})
const Drafted = BenefitContent.extend({
  unit: id.meta({ widget: 'unit' }),
  by: id.meta({ widget: 'person' }),
})
const Model = z.object({ dmn: z.string().min(1).max(500_000).meta({ widget: 'text-file' }) })
const Published = z.object({ number: z.number().int() })
const Reason = z.object({ reason: paragraph(400) })
const Nothing = z.object({})

export type BenefitContent = z.output<typeof BenefitContent>
/** As it was published: what was decided under it is told by it ever after. */
export type Edition = { readonly number: number; readonly on: string; readonly content: BenefitContent }
export type Benefit =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'draft' | 'standing' | 'suspended' | 'ended'
      readonly unit: string
      /** What is in force, the latest last. */
      readonly editions: readonly Edition[]
      /** What is being drafted, and by whom. */
      readonly next?: { readonly content: BenefitContent; readonly by: string }
    }

export const benefit = define<Benefit>()({
  kind: 'benefit',
  code: 'DX',
  initial: { phase: 'none' },
  phases: ['none', 'draft', 'standing', 'suspended', 'ended'],
  refusals: [
    'policy-not-standing',
    'not-your-unit',
    'article-unknown',
    'ends-before-it-begins',
    'outside-the-policy',
    'cap-above-budget',
    'amount-and-tiers',
    'budget-missing',
    'budget-elsewhere',
    'group-and-cap',
    'group-elsewhere',
    'excludes-itself',
    'two-persons',
    'nothing-drafted',
    'not-over-yet',
    ...ruleFaults,
    ...dmnFaults,
  ],
  events: {
    drafted: Drafted,
    published: Published,
    suspended: Reason,
    resumed: Nothing,
    ended: Reason,
    lapsed: Nothing,
  },
  drafts: { drafted: 'published' },
  evolve: {
    drafted: (was, { unit: of, by, ...content }) =>
      was.phase === 'none'
        ? { phase: 'draft', unit: of, editions: [], next: { content, by } }
        : { ...was, unit: of, next: { content, by } },
    published(was, { number }, { on }) {
      if (was.phase === 'none' || was.next === undefined) return was
      const { next, ...kept } = was
      return { ...kept, phase: 'standing', editions: [...was.editions, { number, on, content: next.content }] }
    },
    suspended: (was) => (was.phase === 'none' ? was : { ...was, phase: 'suspended' }),
    resumed: (was) => (was.phase === 'none' ? was : { ...was, phase: 'standing' }),
    ended: over,
    lapsed: over,
  },
  commands: {
    draft: {
      input: BenefitContent,
      by: handling,
      in: ['none'],
      desks: { 'policy-manager': 4 },
      reads: readsOf,
      decide: (_, data, context) => drafted(data, context),
    },
    /** What stands goes on as it is until the new text is published. */
    amend: {
      input: BenefitContent,
      by: handling,
      in: ['draft', 'standing', 'suspended'],
      amends: true,
      reads: readsOf,
      decide: (_, data, context) => drafted(data, context),
    },
    /** Conditions and amount as another engine or an editor of tables has written them (.dmn); all else stays as it is. */
    adopt: {
      input: Model,
      by: handling,
      in: ['draft', 'standing', 'suspended'],
      reads: (_, was) => readsOfDraft(was),
      decide(was, { dmn }, context) {
        const content = contentIn(dmn, rowsIn(context.facts['dictionary']))
        if ('refused' in content) return content
        const { amount, tiers, ...kept } = draftOf(was)!
        const paid =
          'amount' in content || 'tiers' in content
            ? {}
            : { ...(amount !== undefined && { amount }), ...(tiers && { tiers }) }
        return drafted({ ...kept, ...paid, ...content }, context)
      },
    },
    publish: {
      input: Nothing,
      by: keeping,
      in: ['draft', 'standing', 'suspended'],
      grave: true,
      fits: (was) => was.phase !== 'none' && was.next !== undefined,
      reads: (_, was) => readsOfDraft(was),
      decide(was, _, context) {
        if (was.phase === 'none' || was.next === undefined) return refuse('nothing-drafted')
        if (was.next.by === context.actor.id) return refuse('two-persons')
        const wrong = wrongIn(was.next.content, context)
        if (wrong) return wrong
        const { name, budget } = was.next.content
        return {
          ...record({ type: 'published', data: { number: was.editions.length + 1 } }),
          follow:
            budget === undefined
              ? []
              : [{ kind: 'fund', id: context.id, name: 'set', input: { amount: budget, unit: was.unit, name } }],
        }
      },
    },
    suspend: {
      input: Reason,
      by: keeping,
      in: ['standing'],
      grave: true,
      decide: (_, data) => record({ type: 'suspended', data }),
    },
    resume: { input: Nothing, by: keeping, in: ['suspended'], decide: () => record({ type: 'resumed', data: {} }) },
    end: {
      input: Reason,
      by: keeping,
      in: ['draft', 'standing', 'suspended'],
      grave: true,
      decide: (_, data) => record({ type: 'ended', data }),
    },
    /** Its last day has passed, and no other text is being drafted. What was claimed until then goes on. */
    lapse: {
      input: Nothing,
      by: { system: 'always' },
      in: ['standing', 'suspended'],
      inner: true,
      decide: (was, _, { today }) =>
        (lastDayOf(was) ?? today) < today ? record({ type: 'lapsed', data: {} }) : refuse('not-over-yet'),
    },
  },
  wakes(state) {
    const to = lastDayOf(state)
    return to === undefined ? [] : [{ at: `${addDays(to, 1)}T00:00:00.000+08:00`, command: 'lapse' }]
  },
  messages(event, _, after) {
    const content = contentOf(after)
    if (event.type !== 'lapsed' || after.phase === 'none' || content === undefined) return []
    const about = { title: content.name }
    return [`unit:${after.unit}`, `policy-manager@${after.unit}`].map((to) => ({ to, template: 'lapsed', about }))
  },
  sees: reading,
  named: true,
  columns: ['policy', 'unit', 'mode', 'from', 'to'],
  queues: {
    benefits: {
      on: { 'policy-manager': 2, handler: 6 },
      views: {
        standing: { phase: 'standing' },
        draft: { phase: 'draft', order: 'oldest' },
        suspended: { phase: 'suspended' },
        ended: { phase: 'ended' },
      },
    },
  },
  index(state) {
    const content = contentOf(state)
    if (state.phase === 'none' || content === undefined) return { title: '', open: false }
    return {
      title: content.name,
      open: state.phase !== 'ended',
      unit: state.unit,
      level: state.editions.length === 0 ? 1 : 0,
      parties: [`policy:${content.policy}`],
      facets: { policy: content.policy, mode: content.mode },
      search: [content.name, initials(content.name), spelling(content.name)].join(' '),
    }
  },
  facts(state) {
    const content = contentOf(state)
    if (state.phase === 'none' || content === undefined) return {}
    return {
      ...content,
      unit: state.unit,
      // Who drafts anew is told once that is published.
      by: state.editions.length === 0 ? state.next?.by : undefined,
      number: state.editions.at(-1)?.number,
    }
  },
})

function over(was: Benefit): Benefit {
  return was.phase === 'none' ? was : { ...was, phase: 'ended' }
}

/** Of what was published last; undefined as long as something else is being drafted, which may last longer. */
function lastDayOf(state: Benefit): string | undefined {
  if (state.phase !== 'standing' && state.phase !== 'suspended') return undefined
  return state.next === undefined ? state.editions.at(-1)?.content.to : undefined
}

/** What is in force, or else what is being drafted. */
export function contentOf(state: Benefit): BenefitContent | undefined {
  return state.phase === 'none' ? undefined : (state.editions.at(-1)?.content ?? state.next?.content)
}

/** What is being drafted, or else what is in force. */
export function draftOf(state: Benefit): BenefitContent | undefined {
  return state.phase === 'none' ? undefined : (state.next?.content ?? state.editions.at(-1)?.content)
}

/** What was in force on a day, and under which number. */
export function editionOn(state: Benefit, day: string): Edition | undefined {
  if (state.phase === 'none') return undefined
  return state.editions.findLast(({ on, content }) => on <= day && content.from <= day && day <= content.to)
}

function readsOf({ policy: of }: BenefitContent) {
  return { ...byDictionary, policy: { kind: 'policy', id: of } }
}

function readsOfDraft(was: Benefit) {
  const content = draftOf(was)
  return content === undefined ? {} : readsOf(content)
}

function drafted(content: BenefitContent, context: Context) {
  const of = stateOf(policy, context.facts['policy'])
  if (of === undefined || of.phase === 'none' || of.phase === 'ended') return refuse('policy-not-standing', 'policy')
  if (!may(handling, context.actor, { title: '', open: true, unit: of.unit })) return refuse('not-your-unit', 'policy')
  return (
    wrongIn(content, context) ?? record({ type: 'drafted', data: { ...content, unit: of.unit, by: context.actor.id } })
  )
}

/** What contradicts the policy, itself or the dictionary; undefined when nothing does. */
function wrongIn(content: BenefitContent, { facts, id: self }: Context) {
  const of = stateOf(policy, facts['policy'])
  if (of?.phase !== 'standing') return refuse('policy-not-standing', 'policy')
  if (!of.clauses.some(({ article }) => article === content.article)) return refuse('article-unknown', 'article')
  if (content.to < content.from) return refuse('ends-before-it-begins', 'to')
  if (content.from < of.from || (of.to !== undefined && content.to > of.to))
    return refuse('outside-the-policy', content.from < of.from ? 'from' : 'to')
  const { amount, tiers, budget, cap, mode, group, groupCap } = content
  if (amount !== undefined && tiers !== undefined) return refuse('amount-and-tiers', 'tiers')
  if (mode === 'elsewhere' && budget !== undefined) return refuse('budget-elsewhere', 'budget')
  if (mode !== 'elsewhere' && ((amount ?? tiers) === undefined || budget === undefined))
    return refuse('budget-missing', (amount ?? tiers) === undefined ? 'amount' : 'budget')
  if (cap !== undefined && budget !== undefined && cap > budget) return refuse('cap-above-budget', 'cap')
  if ((group === undefined) !== (groupCap === undefined))
    return refuse('group-and-cap', group === undefined ? 'group' : 'groupCap')
  if (mode === 'elsewhere' && group !== undefined) return refuse('group-elsewhere', 'group')
  const itself = (content.excludes ?? []).findIndex((one) => one.benefit === self)
  if (itself >= 0) return refuse('excludes-itself', `excludes.${itself}.benefit`)
  const rows = rowsIn(facts['dictionary'])
  return (
    faultIn(content.rule, 'condition', 'rule', rows) ??
    (amount === undefined ? undefined : faultIn(amount, 'amount', 'amount', rows)) ??
    (tiers && faultInTiers(tiers, content.rule, rows))
  )
}
