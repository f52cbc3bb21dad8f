// Outreach (政策触达): what an enterprise has been told that it is entitled to, whether it has looked, and what it has made of it.
import { z } from 'zod'
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import type { Limit, Run } from '../../kernel/clock/limit.ts'
import { Pinned, pin } from '../../kernel/pin.ts'
import { define, record, refuse, stateOf, type Context } from '../../kernel/record.ts'
import type { Entry } from '../../kernel/tally/entry.ts'
import { enterprise } from '../register/index.ts'
import { benefit, editionOn } from './benefit.ts'
import { claimIdOf } from './entering.ts'
import { byDictionary, rowsIn } from './dictionary.ts'
import { entitledTo, isDue, offerOf } from './entitlement.ts'
import { asFacts, knownOn } from './facts.ts'
import { profile } from './profile.ts'

/** Within which time somebody speaks to an enterprise that has not looked. */
export const rules = { reach: 'benefit.reach' } as const
/** Days before its end from which what has not been claimed is told once more. */
export const ENDING = 15
/** So many names stand in one message. */
const NAMED = 3
/** Whoever gives one of the benefits, and whoever keeps the city's list. */
const handling = { handler: 'involved', 'unit-head': 'involved', 'policy-manager': 'city' } as const

const id = z.string().min(1).max(64)
const firm = id.meta({ widget: 'enterprise' })
const ofBenefit = id.meta({ widget: 'benefit' })
/** A benefit in one year; where it is given once, `period` is empty. */
const Offered = z.object({
  benefit: ofBenefit,
  title: z.string().meta({ widget: 'hidden' }),
  unit: id.meta({ widget: 'unit' }),
  period: z.string(),
  until: z.iso.date().meta({ widget: 'date' }),
  /** Fen; absent where it is not known, or not paid here. */
  amount: z.number().int().optional().meta({ widget: 'money' }),
  /** Given by others: nothing of it is claimed here. */
  elsewhere: z.literal(true).optional(),
})
const Tell = z.object({ enterprise: firm, benefits: z.array(ofBenefit).min(1).max(1000) })
const Told = z.object({
  enterprise: firm,
  name: z.string().meta({ widget: 'hidden' }),
  benefits: z.array(Offered).meta({ widget: 'list' }),
  limit: Pinned.optional().meta({ widget: 'hidden' }),
})
const Some = z.object({ benefits: z.array(z.object({ benefit: ofBenefit })).meta({ widget: 'list' }) })
const Claim = z.object({ benefit: ofBenefit })
export const ways = ['telephone', 'visit', 'other'] as const
const Reach = z.object({
  way: z.enum(ways).meta({ widget: 'choice' }),
  answer: z.string().trim().min(1).max(1000).meta({ widget: 'paragraph' }),
})
const Nothing = z.object({})

/** One benefit that it has been told of. */
type Item = z.output<typeof Offered> & {
  readonly on: CivilDate
  /** It wished to hear nothing: it stands here for the count of what is not claimed. */
  readonly quiet?: true
  readonly seen?: CivilDate
  readonly reminded?: CivilDate
  readonly claimed?: CivilDate
  /** No longer entitled, no longer given, or the year is over. */
  readonly ended?: CivilDate
}
export type Outreach =
  | { readonly phase: 'none' }
  | {
      /** `waiting`: something that it was told of it has neither looked at nor claimed. */
      readonly phase: 'waiting' | 'reached'
      readonly enterprise: string
      readonly name: string
      readonly items: readonly Item[]
      readonly muted: boolean
      readonly limit?: Limit
    }
type Kept = Exclude<Outreach, { phase: 'none' }>

const isOpen = (one: Item) => one.ended === undefined && one.claimed === undefined
/** Entitled, and nothing has come of it though it is claimed here (应享未享). */
const isUnclaimed = (one: Item) => isOpen(one) && one.elsewhere === undefined
/** What others give is only told: nobody has to answer to it. */
const isWaiting = (one: Item) => isUnclaimed(one) && one.seen === undefined && one.quiet === undefined
const itemsOf = (was: Outreach): readonly Item[] => (was.phase === 'none' ? [] : was.items)

/** Whether it has been told of a benefit that it has not looked at yet. */
export const isNewTo =
  (was: Outreach | undefined) =>
  (of: string): boolean =>
    was !== undefined && itemsOf(was).some((one) => isWaiting(one) && one.benefit === of)

const phased = (kept: Kept): Kept => ({ ...kept, phase: kept.items.some(isWaiting) ? 'waiting' : 'reached' })
const change = (was: Outreach, which: (one: Item) => boolean, to: Partial<Item>): Outreach =>
  was.phase === 'none' ? was : phased({ ...was, items: was.items.map((one) => (which(one) ? { ...one, ...to } : one)) })
const among =
  ({ benefits }: z.output<typeof Some>) =>
  (one: Item) =>
    isOpen(one) && benefits.some(({ benefit: of }) => of === one.benefit)

export const outreach = define<Outreach>()({
  kind: 'outreach',
  code: 'CD',
  initial: { phase: 'none' },
  phases: ['none', 'waiting', 'reached'],
  refusals: ['nothing-to-tell', 'muted-already', 'not-muted'],
  events: {
    told: Told,
    ended: Some,
    reminded: Some,
    claimed: Claim,
    seen: Nothing,
    reached: Reach,
    muted: Nothing,
    unmuted: Nothing,
  },
  evolve: {
    told(was, { enterprise: of, name, benefits, limit }, { on }) {
      const kept: Kept =
        was.phase === 'none' ? { phase: 'reached', enterprise: of, name, items: [], muted: false } : was
      const items = benefits.map((one): Item => ({ ...one, on, ...(kept.muted && { quiet: true }) }))
      return phased({ ...kept, name, items: [...kept.items, ...items], ...(limit && { limit }) })
    },
    ended: (was, data, { on }) => change(was, among(data), { ended: on }),
    reminded: (was, data, { on }) => change(was, among(data), { reminded: on }),
    claimed: (was, { benefit: of }, { on }) => change(was, (one) => isOpen(one) && one.benefit === of, { claimed: on }),
    seen: (was, _, { on }) => change(was, isWaiting, { seen: on }),
    reached: (was, _, { on }) => change(was, isWaiting, { seen: on }),
    muted: (was) => (was.phase === 'none' ? was : { ...was, muted: true }),
    unmuted: (was) => (was.phase === 'none' ? was : { ...was, muted: false }),
  },
  commands: {
    /** Looks at these benefits once more for this enterprise and says what is new: the records decide, whatever has asked. */
    tell: {
      input: Tell,
      by: { system: 'always' },
      in: ['none', 'waiting', 'reached'],
      inner: true,
      names: ({ enterprise: of }) => ({ id: of, held: () => undefined }),
      reads: ({ enterprise: of, benefits }) => ({
        ...byDictionary,
        enterprise: { kind: 'enterprise', id: of },
        profile: { kind: 'profile', id: of },
        ...Object.fromEntries(benefits.map((one) => [read(one), { kind: 'benefit', id: one }])),
      }),
      decide: (was, { enterprise: of, benefits }, context) => news(was, of, benefits, context),
    },
    /** It has taken it, or said that it does not want it. */
    claim: {
      input: Claim,
      by: { system: 'always' },
      in: ['none', 'waiting', 'reached'],
      inner: true,
      decide: (was, data) =>
        itemsOf(was).some((one) => isOpen(one) && one.benefit === data.benefit)
          ? record({ type: 'claimed', data })
          : { events: [] },
    },
    /** It has opened the page on which it stands. */
    see: {
      input: Nothing,
      by: { subject: 'always' },
      in: ['waiting'],
      decide: () => record({ type: 'seen', data: {} }),
    },
    /** Somebody has spoken to an enterprise that does not look. */
    reach: {
      input: Reach,
      by: handling,
      in: ['waiting'],
      shows: ['items'],
      decide: (_, data) => record({ type: 'reached', data }),
    },
    /** No more messages, which it may always say (个人信息保护法第二十四条): its page goes on saying what it is entitled to. */
    mute: {
      input: Nothing,
      by: { subject: 'always' },
      in: ['waiting', 'reached'],
      fits: (was) => was.phase !== 'none' && !was.muted,
      decide: (was) =>
        was.phase !== 'none' && was.muted ? refuse('muted-already') : record({ type: 'muted', data: {} }),
    },
    unmute: {
      input: Nothing,
      by: { subject: 'always' },
      in: ['waiting', 'reached'],
      fits: (was) => was.phase !== 'none' && was.muted,
      decide: (was) =>
        was.phase !== 'none' && was.muted ? record({ type: 'unmuted', data: {} }) : refuse('not-muted'),
    },
  },
  sees: { subject: 'always', ...handling, 'audit-admin': 'city' },
  columns: ['items'],
  queues: {
    outreach: {
      on: { 'policy-manager': 5, handler: 10 },
      views: { waiting: { phase: 'waiting', order: 'due' }, reached: { phase: 'reached' } },
    },
  },
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: state.name,
          open: state.phase === 'waiting',
          parties: [`enterprise:${state.enterprise}`, ...new Set(state.items.map((one) => `unit:${one.unit}`))],
          search: state.name,
        },
  clock(state): Record<string, Run> {
    if (state.phase !== 'waiting' || state.limit === undefined) return {}
    const from = state.items.find(isWaiting)!.on
    return { reach: { limit: state.limit, from } }
  },
  entries: (_, before, after, { on }) => entriesOf(before, after, on),
  messages(event, before, after) {
    if (after.phase === 'none' || after.muted) return []
    const names =
      event.type === 'told'
        ? event.data.benefits.map((one) => one.title)
        : event.type === 'reminded'
          ? itemsOf(before)
              .filter(among(event.data))
              .map((one) => one.title)
          : []
    if (names.length === 0) return []
    const about = {
      count: String(names.length),
      names: names.slice(0, NAMED).join('、') + (names.length > NAMED ? '…' : ''),
    }
    return [{ to: `enterprise:${after.enterprise}`, template: event.type, about }]
  },
  facts: (state) =>
    state.phase === 'none'
      ? {}
      : { enterprise: state.enterprise, items: state.items.filter(isOpen), muted: state.muted },
})

const read = (of: string) => `benefit ${of}`

/** What it is entitled to and has not been told, what it was told and is no longer so, and what ends soon. */
function news(was: Outreach, of: string, benefits: readonly string[], { facts, today, law }: Context) {
  const firm = stateOf(enterprise, facts['enterprise'])
  if (firm === undefined || firm.phase === 'none') return refuse('nothing-to-tell')
  const rows = rowsIn(facts['dictionary'])
  const known = stateOf(profile, facts['profile'])
  const values = asFacts(knownOn(rows, firm, known, today))
  const held = (known?.phase === 'kept' ? known.holds : undefined) ?? []
  const items = itemsOf(was)
  const offered: z.output<typeof Offered>[] = []
  const ended: { benefit: string }[] = []
  const ending: { benefit: string }[] = []
  for (const benefitId of new Set(benefits)) {
    const given = stateOf(benefit, facts[read(benefitId)])
    const edition = given?.phase === 'standing' && firm.phase === 'listed' ? editionOn(given, today) : undefined
    const due = edition && entitledTo(offerOf(benefitId, edition.number, edition.content, rows), values, rows)
    const isEntitled = due !== undefined && isDue(due) && due.amount !== 0
    const year = today.slice(0, 4)
    const period = edition?.content.recurrence === 'yearly' ? year : ''
    const said = items.filter((one) => one.benefit === benefitId)
    const open = said.find(isOpen)
    const stays = open !== undefined && isEntitled && open.period === period
    if (open && !stays) ended.push({ benefit: benefitId })
    if (!isEntitled || given?.phase !== 'standing' || edition === undefined) continue
    const { content } = edition
    const claim = claimIdOf({ benefit: benefitId, enterprise: of, year })
    const has = held.some((one) => one.claim === claim || (one.benefit === benefitId && one.once))
    const done = said.some((one) => one.period === period && one.claimed !== undefined)
    if (!stays && !has && !done)
      offered.push({
        benefit: benefitId,
        title: content.name,
        unit: given.unit,
        period,
        until: content.to,
        ...(due.amount !== undefined && { amount: due.amount }),
        ...(content.mode === 'elsewhere' && { elsewhere: true }),
      })
    const isMuted = was.phase !== 'none' && was.muted
    const isEnding = content.to <= addDays(today, ENDING)
    if (stays && !isMuted && isEnding && isUnclaimed(open) && open.reminded === undefined && open.on < today)
      ending.push({ benefit: benefitId })
  }
  const events = [
    ...(ended.length > 0 ? [{ type: 'ended' as const, data: { benefits: ended } }] : []),
    ...(ending.length > 0 ? [{ type: 'reminded' as const, data: { benefits: ending } }] : []),
    ...(offered.length > 0
      ? [
          {
            type: 'told' as const,
            data: {
              enterprise: of,
              name: firm.name,
              benefits: offered.toSorted((a, b) => (a.title < b.title ? -1 : 1)),
              limit: pin(law, [rules.reach], today),
            },
          },
        ]
      : []),
  ]
  return events.length === 0 ? refuse('nothing-to-tell') : { events }
}

function entriesOf(before: Outreach, after: Outreach, on: CivilDate): readonly Entry[] {
  if (after.phase === 'none') return []
  const [was, is] = [itemsOf(before), after.items]
  const one = ({ benefit: of, unit }: Item) => ({
    on,
    subject: `enterprise:${after.enterprise}`,
    dims: { benefit: of, unit },
  })
  return is.flatMap((item, at): Entry[] => {
    const old = was[at]
    const unclaimed = Number(isUnclaimed(item)) - Number(old !== undefined && isUnclaimed(old))
    const counts = item.quiet === undefined && item.elsewhere === undefined
    const reached = (it: Item | undefined) => it?.seen !== undefined || it?.claimed !== undefined
    return [
      ...(counts && old === undefined ? [{ measure: 'benefit-told', ...one(item) }] : []),
      ...(counts && reached(item) && !reached(old) ? [{ measure: 'benefit-reached', ...one(item) }] : []),
      ...(unclaimed === 0 ? [] : [{ measure: 'benefit-unclaimed', n: unclaimed as 1 | -1, ...one(item) }]),
    ]
  })
}
