// What a claim is entered with: the edition, what its rule read and from whom, and the amount; so that it can be decided again ever after.
import { z } from 'zod'
import { may, type Actor } from '../../kernel/access.ts'
import { record, refuse, stateOf, type Context, type Order } from '../../kernel/record.ts'
import type { Facts } from '../../kernel/rules/feel.ts'
import { enterprise } from '../register/index.ts'
import { benefit, editionOn, type Benefit, type BenefitContent } from './benefit.ts'
import { byDictionary, measures, rowsIn, type FactRow } from './dictionary.ts'
import { entitledTo, isDue, offerOf } from './entitlement.ts'
import { asFacts, knownOn, type Known } from './facts.ts'
import { holdsOf, profile, type Hold } from './profile.ts'
import { handling } from './reading.ts'
import { amountText } from './tier.ts'

const id = z.string().min(1).max(64)
export const fen = z.number().int().min(0).max(1e13).meta({ widget: 'money' })
export const origins = ['listed', 'asked'] as const

export const Of = z.object({
  benefit: id.meta({ widget: 'benefit' }),
  enterprise: id.meta({ widget: 'enterprise' }),
  /** Of which year it is. */
  year: z.string().regex(/^\d{4}$/),
})
/** What a rule read, and from whom it is known: it is decided by this, whatever becomes known later. */
const Read = z.object({
  fact: z.string(),
  value: z.string().meta({ widget: 'typed', personal: true }),
  measure: z.enum(measures).optional().meta({ widget: 'choice' }),
  period: z.string().optional(),
  source: z.string(),
})
export const Entered = Of.extend({
  origin: z.enum(origins).meta({ widget: 'choice' }),
  unit: id.meta({ widget: 'unit' }),
  title: z.string().meta({ widget: 'hidden' }),
  /** The edition of the benefit. */
  number: z.number().int(),
  rule: z.string(),
  read: z.array(Read).meta({ widget: 'list' }),
  amount: fen,
  /** What it comes to by its own rule, where the cap of its group has left less. */
  full: fen.optional(),
  judgement: z
    .array(z.object({ question: z.string() }))
    .optional()
    .meta({ widget: 'list' }),
  by: id.meta({ widget: 'person' }),
})
type Of = z.output<typeof Of>
export type Entered = z.output<typeof Entered>

/** One benefit for one enterprise in one year: its name is made of these. */
export const claimIdOf = ({ benefit: of, enterprise: firm, year }: Of) => `${of}.${firm}.${year}`

/** That another has claimed is told to nobody: it is refused as not his. */
const isFor = ({ enterprise: of }: Of, { posts, subjects }: Actor) =>
  posts.length > 0 || subjects.includes(`enterprise:${of}`)

export function naming(of: Of) {
  return {
    id: claimIdOf(of),
    held: (_: unknown, actor: Actor) => (isFor(of, actor) ? refuse('claimed-already') : undefined),
  }
}

export function readsOf({ benefit: of, enterprise: firm }: Pick<Of, 'benefit' | 'enterprise'>) {
  return {
    ...byDictionary,
    benefit: { kind: 'benefit', id: of },
    enterprise: { kind: 'enterprise', id: firm },
    profile: { kind: 'profile', id: firm },
  }
}

/** Entitled by the edition in force and what is known today; with what it was decided by. */
export function entered(said: Of, origin: Entered['origin'], context: Context) {
  const { facts: read, today, actor, id: self } = context
  const of = stateOf(benefit, read['benefit'])
  const edition = of?.phase === 'standing' ? editionOn(of, today) : undefined
  if (of === undefined || of.phase !== 'standing' || edition === undefined)
    return refuse('benefit-not-given', 'benefit')
  const firm = stateOf(enterprise, read['enterprise'])
  if (firm === undefined || firm.phase !== 'listed') return refuse('enterprise-unknown', 'enterprise')
  if (origin === 'listed' && !may(handling, actor, { title: '', open: true, unit: of.unit }))
    return refuse('not-your-unit', 'benefit')
  if (said.year !== today.slice(0, 4) || self !== claimIdOf(said)) return refuse('other-year', 'year')
  const { content, number } = edition
  if (content.mode === 'elsewhere') return refuse('given-elsewhere', 'benefit')
  const rows = rowsIn(read['dictionary'])
  const own = stateOf(profile, read['profile'])
  const known = knownOn(rows, firm, own, today)
  const offer = offerOf(said.benefit, number, content, rows)
  const { stands, amount, missing, failing } = entitledTo(offer, asFacts(known), rows)
  if (stands === 'not') return refuse('not-entitled', 'enterprise', { clause: failing[0]?.clause ?? content.rule })
  if (stands === 'open' || amount === undefined)
    return refuse('facts-missing', 'enterprise', { facts: missing.join('、') })
  if (amount === 0) return refuse('not-entitled', 'enterprise', { clause: amountText(content) ?? '' })
  const { left, names: beside } = leftInGroup(content, holdsOf(own), said.year)
  if (left <= 0) return refuse('group-exhausted', 'benefit', { group: content.group!, names: beside.join('、') })
  const names = new Set([...offer.rule.names, ...(offer.amount?.names ?? [])])
  const data: Entered = {
    ...said,
    origin,
    unit: of.unit,
    title: `${content.name} · ${firm.name}`.slice(0, 200),
    number,
    rule: content.rule,
    read: known.flatMap((one) => {
      if (!('value' in one) || !names.has(one.row.name)) return []
      return [{ fact: one.row.name, value: saidAs(one.value), ...aboutFact(one) }]
    }),
    amount: Math.min(amount, left),
    ...(left < amount && { full: amount }),
    ...(content.judgement && content.judgement.length > 0 && { judgement: content.judgement }),
    by: actor.id,
  }
  const { group } = content
  const hold = {
    benefit: said.benefit,
    claim: self,
    name: firm.name,
    title: content.name,
    once: content.recurrence === 'once',
    excludes: (content.excludes ?? []).map((one) => one.benefit),
    ...(group !== undefined && { group, year: said.year, amount: data.amount }),
  }
  return {
    ...record({ type: 'entered', data }),
    follow: [
      { kind: 'profile', id: said.enterprise, name: 'hold', input: hold },
      ...(origin === 'asked' ? answered(said) : []),
    ] satisfies Order[],
  }
}

/** What benefits of the same group have left of its cap for one enterprise in a year (fen), and which they are. */
export function leftInGroup(
  { group, groupCap = Infinity }: Pick<BenefitContent, 'group' | 'groupCap'>,
  holds: readonly Hold[],
  year: string,
) {
  const beside = holds.filter((one) => group !== undefined && one.group === group && one.year === year)
  return {
    left: groupCap - beside.reduce((sum, one) => sum + (one.amount ?? 0), 0),
    names: beside.map(({ title }) => title),
  }
}

/** Whether it comes to the same once more, by the edition and the values that it keeps, whatever has become known since. */
export function decidedAgain(was: Entered, of: Benefit, rows: readonly FactRow[]): boolean {
  const edition = of.phase === 'none' ? undefined : of.editions.find(({ number }) => number === was.number)
  return (
    edition?.content.rule === was.rule &&
    amountBy(was, edition.content, factsRead(was, rows), rows) === (was.full ?? was.amount)
  )
}

/** Fen by these facts, nothing where it is not due; undefined where that is not known. */
export function amountBy(was: Entered, content: BenefitContent, facts: Facts, rows: readonly FactRow[]) {
  const found = entitledTo(offerOf(was.benefit, was.number, content, rows), facts, rows)
  return found.stands === 'not' ? 0 : isDue(found) ? found.amount : undefined
}

/** The values that it was decided by; null of whatever it did not read. */
export function factsRead({ read }: Entered, rows: readonly FactRow[]): Facts {
  return Object.fromEntries(
    rows.map(({ name, type }) => {
      const said = read.find(({ fact }) => fact === name)
      return [name, said === undefined ? null : readAs(type, said.value)]
    }),
  )
}

function readAs(type: FactRow['type'], value: string): number | string | boolean {
  return type === 'number' ? Number(value) : type === 'flag' ? value === 'yes' : value
}

/** In what it is counted, of which period it is, and who says so; of what is not known all who said something. */
export function aboutFact(known: Known) {
  const said = 'value' in known ? [known.from] : known.unknown.why === 'nobody-said' ? [] : known.unknown.said
  const { measure } = known.row
  const period = said[0]?.period
  return {
    ...(measure !== undefined && { measure: measure as (typeof measures)[number] }),
    ...(period !== undefined && { period }),
    source: [...new Set(said.map(({ source }) => source))].join('、'),
  }
}

/** As it is written down and read again. */
export function saidAs(value: number | string | boolean): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}

/** It has answered: it is no longer waited for to look at what it was told. */
export function answered({ enterprise: firm, benefit: of }: Pick<Of, 'enterprise' | 'benefit'>): Order[] {
  return [{ kind: 'outreach', id: firm, name: 'claim', input: { benefit: of } }]
}
