// What one enterprise is entitled to today: every benefit that is given, with its verdict, its reasons and what would change it.
import {
  asFacts,
  editionOn,
  entitledTo,
  isDue,
  knownOn,
  offerOf,
  profile,
  rowsIn,
  type Benefit,
  type Entitlement,
  type FactRow,
  type KnownFact,
  type Offer,
  type Profile,
} from '../domains/policies/index.ts'
import type { Enterprise } from '../domains/register/index.ts'
import { admits, visible, type Actor } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import { judge } from '../kernel/rules/judge.ts'
import { questions } from '../kernel/rules/nearest.ts'
import { listRecords, type Row } from '../store/read.ts'
import type { Reading, World } from './world.ts'

export type Entitled = {
  readonly offer: Offer
  readonly unit: string | null
  readonly entitlement: Entitlement
  /** The claim of this year, or of what is given once, where there is one. */
  readonly claim?: Row | undefined
  /** The benefits that exclude it, which this enterprise is entitled to, too: it chooses. */
  readonly against: readonly string[]
}

export type Entitlements = {
  readonly day: string
  readonly enterprise: string
  readonly name: string
  readonly known: readonly KnownFact[]
  /** Whether it is known to which account its money goes. */
  readonly account: boolean
  readonly all: readonly Entitled[]
  /** The missing facts, the best to be asked for first: how many benefits each decides by itself, and how many it touches. */
  readonly asks: readonly { readonly fact: string; readonly decides: number; readonly touches: number }[]
}

/** Phases of a claim that has come to nothing. */
const VAIN = new Set(['refused', 'declined', 'returned'])
/** More benefits than these no city gives at one time. */
export const MOST = 1000

export type Told = {
  readonly day: string
  readonly enterprise: string
  readonly name: string
  readonly rows: readonly FactRow[]
  readonly known: readonly KnownFact[]
  /** Whether it has named an account to be paid to. */
  readonly account: boolean
}

/** What is known of an enterprise today; undefined where there is none, or it is nobody's that asks. */
export async function toldOf({ around }: World, actor: Actor, enterprise: string): Promise<Told | undefined> {
  const index = { title: '', open: true, parties: [`enterprise:${enterprise}`] }
  if (!admits(visible(profile.sees, actor), index)) return undefined
  const { records } = await around.store.load(
    [],
    [
      { kind: 'enterprise', id: enterprise },
      { kind: 'profile', id: enterprise },
      { kind: 'dictionary', id: 'dictionary' },
    ],
  )
  const of = (kind: string) => records.find((one) => one.kind === kind)
  const firm = of('enterprise')?.state as Enterprise | undefined
  if (firm === undefined || firm.phase === 'none') return undefined
  const day = dateOf(around.now())
  const rows = rowsIn(of('dictionary'))
  const told = of('profile')?.state as Profile | undefined
  const account = told?.phase === 'kept' && told.account !== undefined
  return { day, enterprise, name: firm.name, rows, known: knownOn(rows, firm, told, day), account }
}

/** Undefined where there is no such enterprise, or it is nobody's that asks. */
export async function entitlementsOf(
  world: World,
  actor: Actor,
  enterprise: string,
): Promise<Entitlements | undefined> {
  const told = await toldOf(world, actor, enterprise)
  if (told === undefined) return undefined
  const { day, name, rows, known, account } = told
  const facts = asFacts(known)
  const given = await offersOn(world, day, rows)
  const judged = given.map((one) => ({ ...one, entitlement: entitledTo(one.offer, facts, rows) }))
  const once = new Set(given.flatMap(({ offer }) => (offer.content.recurrence === 'once' ? [offer.id] : [])))
  const claims = await claimsOf(world, enterprise, day.slice(0, 4), once)
  const due = new Set(judged.filter(({ entitlement }) => isDue(entitlement)).map(({ offer }) => offer.id))
  const all = judged.map((one): Entitled => ({
    ...one,
    claim: claims.get(one.offer.id),
    against: excludedBy(
      one.offer,
      judged.map(({ offer }) => offer),
    ).filter((other) => due.has(other)),
  }))
  const open = all.filter(({ entitlement }) => entitlement.stands === 'open')
  const asks = questions(open.map(({ offer }) => ({ judgement: judge(offer.rule, facts) })))
  return { day, enterprise, name, known, account, all, asks }
}

/** By their benefit the claims of the year, and of what is given once those that have not come to nothing. */
async function claimsOf(
  { database, city }: World,
  enterprise: string,
  year: string,
  once: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Row>> {
  const who = [`enterprise:${enterprise}`]
  const wanted = { kind: 'claim', order: 'created', limit: MOST } as const
  const { items } = await listRecords(database, city, [{ by: 'party', who, level: 9 }], wanted)
  const states = items.map((row) => ({ row, state: row.state as unknown as { benefit: string; year: string } }))
  return new Map(
    states
      .filter(({ row, state }) => state.year === year || (once.has(state.benefit) && !VAIN.has(row.phase)))
      .map(({ row, state }) => [state.benefit, row]),
  )
}

/** Whichever of two names the other, they exclude each other. */
function excludedBy({ id, content }: Offer, all: readonly Offer[]): readonly string[] {
  const named = (content.excludes ?? []).map(({ benefit }) => benefit)
  const naming = all.filter((other) => (other.content.excludes ?? []).some(({ benefit }) => benefit === id))
  return [...new Set([...named, ...naming.map((other) => other.id)])]
}

/** The benefits that are given on this day, as they stand. */
async function offersOn(world: World, day: string, rows: readonly FactRow[]) {
  const given = await givenOn(world, day)
  return given.map(({ id, unit, edition }) => ({ offer: offerOf(id, edition.number, edition.content, rows), unit }))
}

/** The benefits that are given on this day, each with what is in force of it. */
export async function givenOn({ database, city }: Reading, day: string) {
  const wanted = { kind: 'benefit', phases: ['standing'], order: 'created', limit: MOST } as const
  const { items } = await listRecords(database, city, [{ by: 'all', level: 9 }], wanted)
  return items.flatMap(({ id, unit, title, state }) => {
    const edition = editionOn(state as unknown as Benefit, day)
    return edition ? [{ id, unit, title, edition }] : []
  })
}
