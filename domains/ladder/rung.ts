// A rung of the ladder (梯度): its name and dated editions of the rule by which it is reached, published by somebody else than drafted it.
import { z } from 'zod'
import { may } from '../../kernel/access.ts'
import { define, record, refuse, stateOf, type Context } from '../../kernel/record.ts'
import { byDictionary, handling, factName, faultIn, keeping, reading, rowsIn, ruleFaults } from '../policies/index.ts'
import { initials, spelling, unit } from '../register/index.ts'
import { flag, takenBy } from './flag.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().trim().min(1).max(most)
const paragraph = (most: number) => words(most).meta({ widget: 'paragraph' })
const date = z.iso.date().meta({ widget: 'date' })

/** Who says that an enterprise stands on it; `register`: it follows from what is registered, such as 个转企 or 小升规. */
export const recognisers = ['state', 'province', 'city', 'register'] as const

export const RungContent = z.object({
  name: words(60),
  /** The unit that coaches and records. */
  unit: id.meta({ widget: 'unit' }),
  /** From which rung it is reached; the first of a ladder, when absent. */
  after: id.optional().meta({ widget: 'rung' }),
  /** Whom it concerns at all, in FEEL; the others are told nothing of it. Everybody, when absent. */
  among: paragraph(2000).optional(),
  recogniser: z.enum(recognisers).meta({ widget: 'choice' }),
  /** What lays the rule down (文号), and where in it. */
  document: words(200),
  article: words(80),
  /** How sure its numbers are, and what is still to be checked. */
  certainty: paragraph(400),
  /** In FEEL, over the names of the dictionary. */
  rule: paragraph(10_000),
  /** What no data tell and a person has to judge. */
  judgement: z
    .array(z.object({ question: words(200) }))
    .max(20)
    .optional()
    .meta({ widget: 'list' }),
  /** Months for which a recognition holds; without end, when absent. */
  validity: z.number().int().min(1).max(240).optional().meta({ widget: 'number' }),
  /** Days before its end from which it is to be checked again (复核). */
  remind: z.number().int().min(1).max(730).optional().meta({ widget: 'number' }),
  /** From which day this edition holds; until then the one before it does. */
  from: date,
  /** To this day whoever was recognised by an earlier edition is checked again by that one. */
  earlierUntil: date.optional(),
  /** The flag of the dictionary that says that an enterprise stands here: other rules read it. */
  fact: factName.optional(),
})
const Drafted = RungContent.extend({ by: id.meta({ widget: 'person' }) })
const Published = z.object({ number: z.number().int() })
const Reason = z.object({ reason: paragraph(400) })
const Chain = z.object({ chain: z.array(id) })
const Nothing = z.object({})

export type RungContent = z.output<typeof RungContent>
/** As it was published, the oldest first: it holds from `content.from` to the day before the next. */
export type RungEdition = { readonly number: number; readonly content: RungContent }
export type Rung =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'draft' | 'standing' | 'ended'
      readonly unit: string
      readonly editions: readonly RungEdition[]
      readonly next?: { readonly content: RungContent; readonly by: string }
    }

export const rung = define<Rung>()({
  kind: 'rung',
  code: 'TD',
  initial: { phase: 'none' },
  phases: ['none', 'draft', 'standing', 'ended'],
  refusals: [
    'unit-unknown',
    'not-your-unit',
    'after-unknown',
    'follows-itself',
    'follows-in-a-circle',
    'begins-before-the-one-in-force',
    'nothing-earlier',
    'reminder-without-end',
    'reminder-too-long',
    'transition-before-it-begins',
    'fact-unknown',
    'flag-taken',
    'two-persons',
    'nothing-drafted',
    ...ruleFaults,
  ],
  events: { drafted: Drafted, published: Published, ended: Reason },
  drafts: { drafted: 'published' },
  evolve: {
    drafted: (was, { by, ...content }) =>
      was.phase === 'none'
        ? { phase: 'draft', unit: content.unit, editions: [], next: { content, by } }
        : { ...was, next: { content, by } },
    published(was, { number }) {
      if (was.phase === 'none' || was.next === undefined) return was
      const { next, ...kept } = was
      const { content } = next
      return { ...kept, phase: 'standing', unit: content.unit, editions: [...was.editions, { number, content }] }
    },
    ended: (was) => (was.phase === 'none' ? was : { ...was, phase: 'ended' }),
  },
  commands: {
    draft: {
      input: RungContent,
      by: handling,
      in: ['none'],
      desks: { 'policy-manager': 8 },
      reads: readsOf,
      decide: drafted,
    },
    /** The next edition: what is in force goes on until the day from which this one holds. */
    amend: {
      input: RungContent,
      by: handling,
      in: ['draft', 'standing'],
      amends: true,
      reads: readsOf,
      decide: drafted,
    },
    publish: {
      input: Nothing,
      by: keeping,
      in: ['draft', 'standing'],
      grave: true,
      fits: (was, actor) => was.phase !== 'none' && was.next !== undefined && was.next.by !== actor.id,
      reads: (_, was) => (was.phase === 'none' || was.next === undefined ? {} : readsOf(was.next.content)),
      decide(was, _, context) {
        if (was.phase === 'none' || was.next === undefined) return refuse('nothing-drafted')
        const { content, by } = was.next
        if (by === context.actor.id) return refuse('two-persons')
        const wrong = wrongIn(was, content, context)
        if (wrong) return wrong
        return {
          ...record({ type: 'published', data: { number: was.editions.length + 1 } }),
          follow: [...follow(content, context), ...claim(content, context)],
        }
      },
    },
    end: {
      input: Reason,
      by: keeping,
      in: ['draft', 'standing'],
      grave: true,
      decide: (_, data) => record({ type: 'ended', data }),
    },
    /** Asked by a rung that is to follow this one, and passed on to the one that this follows: nobody comes back to himself. */
    carry: {
      input: Chain,
      by: { system: 'always' },
      in: ['none', 'draft', 'standing', 'ended'],
      inner: true,
      decide(was, { chain }, { id: self, today }) {
        if (was.phase === 'none') return { events: [] }
        // Whatever is in force now or will be.
        const now = rungOn(was, today)?.number ?? 1
        const all = was.editions.flatMap(({ number, content }) => (number >= now ? (content.after ?? []) : []))
        const afters = [...new Set(all)]
        if (afters.some((after) => chain.includes(after))) return refuse('follows-in-a-circle', 'after')
        const input = { chain: [...chain, self] }
        return { events: [], follow: afters.map((after) => ({ kind: 'rung', id: after, name: 'carry', input })) }
      },
    },
  },
  sees: reading,
  named: true,
  columns: ['after', 'recogniser', 'unit', 'from'],
  queues: {
    rungs: {
      on: { 'policy-manager': 7, handler: 11 },
      views: {
        standing: { phase: 'standing', order: 'oldest' },
        draft: { phase: 'draft', order: 'oldest' },
        ended: { phase: 'ended' },
      },
    },
  },
  index(state) {
    const content = latestOf(state)
    if (state.phase === 'none' || content === undefined) return { title: '', open: false }
    return {
      title: content.name,
      open: state.phase !== 'ended',
      unit: state.unit,
      level: state.editions.length === 0 ? 1 : 0,
      facets: { recogniser: content.recogniser },
      search: [content.name, content.document, initials(content.name), spelling(content.name)].join(' '),
    }
  },
  facts(state) {
    const content = latestOf(state)
    if (state.phase === 'none' || content === undefined) return {}
    const by = state.editions.length === 0 ? state.next?.by : undefined
    return { ...content, by, number: state.editions.at(-1)?.number }
  },
})

/** What was published last, though it may hold from a later day only; or else what is being drafted. */
function latestOf(state: Rung): RungContent | undefined {
  return state.phase === 'none' ? undefined : (state.editions.at(-1)?.content ?? state.next?.content)
}

/** The edition by which it is reached on a day; undefined before the first. */
export function rungOn(state: Rung | undefined, day: string): RungEdition | undefined {
  if (state === undefined || state.phase === 'none') return undefined
  return state.editions.findLast(({ content }) => content.from <= day)
}

/** By which edition whoever was recognised by one of them is checked again on a day: the transition of the one in force says so. */
export function recheckOn(state: Rung | undefined, recognisedBy: number, day: string): RungEdition | undefined {
  const now = rungOn(state, day)
  if (state === undefined || state.phase === 'none' || now === undefined || now.number <= recognisedBy) return now
  const { earlierUntil } = now.content
  const before = state.editions.find(({ number }) => number === recognisedBy)
  return earlierUntil !== undefined && day <= earlierUntil && before ? before : now
}

function readsOf({ unit: of, after, fact }: RungContent) {
  return {
    ...byDictionary,
    unit: { kind: 'unit', id: of },
    ...(after !== undefined && { after: { kind: 'rung', id: after } }),
    ...(fact !== undefined && { flag: { kind: 'rung-flag', id: fact } }),
  }
}

function drafted(was: Rung, content: RungContent, context: Context) {
  const { actor } = context
  if (!may(handling, actor, { title: '', open: true, unit: content.unit })) return refuse('not-your-unit', 'unit')
  return (
    wrongIn(was, content, context) ?? {
      ...record({ type: 'drafted', data: { ...content, by: actor.id } }),
      follow: follow(content, context),
    }
  )
}

function follow({ after }: RungContent, { id: self }: Context) {
  return after === undefined ? [] : [{ kind: 'rung', id: after, name: 'carry', input: { chain: [self] } }]
}

/** Told here before, and true of two that are published at once: the flag is a record that both would write. */
function claim({ fact, name }: RungContent, { id: self }: Context) {
  return fact === undefined ? [] : [{ kind: 'rung-flag', id: fact, name: 'claim', input: { rung: self, name } }]
}

/** What contradicts itself, the edition before it, the other rungs or the dictionary; undefined when nothing does. */
function wrongIn(was: Rung, content: RungContent, { facts, id: self }: Context) {
  const { after, from, earlierUntil, validity, remind, fact } = content
  if (stateOf(unit, facts['unit'])?.phase !== 'standing') return refuse('unit-unknown', 'unit')
  if (after === self) return refuse('follows-itself', 'after')
  const below = facts['after']?.state as Rung | undefined
  if (after !== undefined && below?.phase !== 'standing') return refuse('after-unknown', 'after')
  const last = was.phase === 'none' ? undefined : was.editions.at(-1)?.content
  if (last && from <= last.from) return refuse('begins-before-the-one-in-force', 'from', { from: last.from })
  if (remind !== undefined && validity === undefined) return refuse('reminder-without-end', 'remind')
  if (remind !== undefined && validity !== undefined && remind > validity * 28)
    return refuse('reminder-too-long', 'remind')
  if (earlierUntil !== undefined && last === undefined) return refuse('nothing-earlier', 'earlierUntil')
  if (earlierUntil !== undefined && earlierUntil < from) return refuse('transition-before-it-begins', 'earlierUntil')
  const rows = rowsIn(facts['dictionary'])
  const row = rows.find(({ name }) => name === fact)
  if (fact !== undefined && (row?.type !== 'flag' || row.period !== undefined || row.registered !== undefined))
    return refuse('fact-unknown', 'fact')
  return (
    takenBy(stateOf(flag, facts['flag']), self) ??
    (content.among === undefined ? undefined : faultIn(content.among, 'condition', 'among', rows)) ??
    faultIn(content.rule, 'condition', 'rule', rows)
  )
}
