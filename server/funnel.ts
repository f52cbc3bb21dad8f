// The city's funnel today: how many stand on each rung, might stand and lack one thing, and who they are.
import {
  behinds,
  recognition,
  type Behind,
  type Funnel,
  type RungCount,
  type RungEdition,
} from '../domains/ladder/index.ts'
import { clausesOf, readRule, type Named } from '../domains/policies/index.ts'
import type { Actor } from '../kernel/access.ts'
import { addDays, dateOf } from '../kernel/clock/date.ts'
import { countBits, hasBit, setBit } from '../kernel/rules/column.ts'
import { exactAnswers } from '../kernel/rules/exact.ts'
import type { Expression } from '../kernel/rules/expression.ts'
import { match, matcherOf, type Answers } from '../kernel/rules/match.ts'
import type { City } from './city.ts'
import { rungsOn } from './ladder.ts'
import type { World } from './world.ts'

/** Days before its end from which a recognition is said to end soon. */
const SOON = 90
/** So many are named behind a number. */
const NAMED = 200

/** How many stand on each rung, meet the next, lack one condition, are in coaching, have moved up and end soon. */
export async function funnelOf(world: World): Promise<Funnel> {
  const day = dateOf(world.around.now())
  const year = day.slice(0, 4)
  const [city, given, recognitions, plans, movedUp] = await Promise.all([
    world.cities.fresh(),
    rungsOn(world, day),
    standingOn(world, day),
    countedBy(world, `kind = 'plan' and phase = 'running'`),
    countedBy(world, `kind = 'recognition' and facets @> jsonb_build_object('year', $2::text)`, year),
  ])
  const reached = reachOf(
    city,
    given.map(({ edition }) => edition),
  )
  const rungs = given.map(({ row, edition, next }, at): RungCount => {
    const stands = recognitions.filter(({ rung }) => rung === row.id)
    const { concerned, meets, near, open } = without(city, stands, reached[at]!)
    return {
      id: row.id,
      name: edition.content.name,
      after: edition.content.after,
      document: edition.content.document,
      from: edition.content.from,
      next,
      concerned: countBits(concerned),
      standing: stands.length,
      meets: countBits(meets),
      near: near && sumOf(near.map(({ who }) => countBits(who))),
      open: countBits(open),
      coaching: plans.get(row.id) ?? 0,
      movedUp: movedUp.get(row.id) ?? 0,
      expiring: stands.filter(({ soon }) => soon).length,
    }
  })
  return { day, soon: SOON, enterprises: city.table.rows, rungs }
}

/** Who stands behind a number of the funnel; undefined where there is no such rung. */
export async function behindOf(
  world: World,
  rung: string,
  part: (typeof behinds)[number],
): Promise<Behind | undefined> {
  const day = dateOf(world.around.now())
  const found = (await rungsOn(world, day)).find(({ row }) => row.id === rung)
  if (found === undefined) return undefined
  const stands = (await standingOn(world, day)).filter((one) => one.rung === rung)
  if (part === 'expiring') {
    const ending = stands.filter(({ soon }) => soon).toSorted((a, b) => a.to!.localeCompare(b.to!))
    const named = ending.slice(0, NAMED).map(({ id, title, to }) => ({ id, title, about: to! }))
    return { count: ending.length, items: named }
  }
  const city = await world.cities.fresh()
  const { meets, near = [] } = without(city, stands, reachOf(city, [found.edition])[0]!)
  const who =
    part === 'meets'
      ? namesOf(city, meets)
      : near.flatMap(({ clause, who: some }) => namesOf(city, some).map((one) => ({ ...one, about: clause })))
  return { count: who.length, items: who.slice(0, NAMED) }
}

/** Whoever may see recognitions by a post that he holds: to the others the city’s funnel is not told. */
export function seesFunnel({ posts }: Actor): boolean {
  return posts.some(({ role }) => Object.hasOwn(recognition.sees, role))
}

/** A bit for each enterprise, by its row. */
type Bits = Uint32Array

type Reached = {
  readonly concerned: Bits
  readonly meets: Bits
  /** By the one condition that keeps them out; undefined where there is but one, which everybody else lacks. */
  readonly near: readonly { readonly clause: string; readonly who: Bits }[] | undefined
  /** Of whom facts are missing. */
  readonly open: Bits
}

/** What was worked out for the enterprises as they are: with every change of one of them their list is another. */
const kept = new WeakMap<City['names'], Map<string, Reached>>()

function reachOf(city: City, editions: readonly RungEdition[]): readonly Reached[] {
  const known = kept.get(city.names) ?? new Map<string, Reached>()
  kept.set(city.names, known)
  const keyOf = ({ content }: RungEdition) => JSON.stringify([content.rule, content.among])
  const fresh = editions.filter((one) => !known.has(keyOf(one)))
  for (const [at, reached] of reachedBy(city, fresh).entries()) known.set(keyOf(fresh[at]!), reached)
  return editions.map((one) => known.get(keyOf(one))!)
}

/** All rungs over all enterprises at once: what is read of them is brought together but once. */
function reachedBy({ rows, table }: City, editions: readonly RungEdition[]): readonly Reached[] {
  if (editions.length === 0) return []
  const read = editions.map(({ content }) => {
    const rule = readRule(content.rule, rows)
    return [rule, ...clausesOf(rule, rows), ...(content.among === undefined ? [] : [readRule(content.among, rows)])]
  })
  const names = new Set(read.flat().flatMap((one) => one.names))
  const columns = new Map([...table.columns].filter(([name]) => names.has(name)))
  const matcher = matcherOf({ rows: table.rows, columns }, read.flat())
  match(matcher)
  let at = 0
  return editions.map(({ content }, place): Reached => {
    const answers = read[place]!.map(() => exactAnswers(matcher, at++))
    const among = content.among === undefined ? undefined : answers.pop()
    const [{ isTrue, mayBe }, ...clauses] = answers as [Answers, ...Answers[]]
    const concerned = among?.mayBe ?? allOf(table.rows, isTrue.length)
    return {
      concerned,
      meets: isTrue.map((word, w) => word & concerned[w]!),
      open: mayBe.map((word, w) => word & ~isTrue[w]! & concerned[w]!),
      near: clauses.length === 1 ? undefined : nearOf(clauses, concerned, read[place]!),
    }
  })
}

/** Of whom one condition is false and all others are true. */
function nearOf(clauses: readonly Answers[], concerned: Bits, [, ...texts]: readonly Expression[]) {
  const [all, one] = [concerned.slice(), new Uint32Array(concerned.length)]
  for (const { isTrue, mayBe } of clauses)
    for (let w = 0; w < all.length; w++) {
      one[w] = (one[w]! & isTrue[w]!) | (all[w]! & ~mayBe[w]!)
      all[w]! &= isTrue[w]!
    }
  return clauses.map(({ mayBe }, at) => ({ clause: texts[at]!.text, who: one.map((word, w) => word & ~mayBe[w]!) }))
}

function allOf(rows: number, words: number): Bits {
  return new Uint32Array(words).map((_, w) => {
    const left = rows - 32 * w
    return left >= 32 ? -1 : left <= 0 ? 0 : 2 ** left - 1
  })
}

/** Those who do not stand on it yet. */
function without({ places }: City, stands: readonly Held[], { concerned, meets, near, open }: Reached): Reached {
  const others = new Uint32Array(meets.length).fill(-1)
  for (const { enterprise } of stands) {
    const row = places.get(enterprise)
    if (row !== undefined) setBit(others, row, false)
  }
  const left = (bits: Bits) => bits.map((word, w) => word & others[w]!)
  return {
    concerned,
    meets: left(meets),
    near: near?.map(({ clause, who }) => ({ clause, who: left(who) })),
    open: left(open),
  }
}

const sumOf = (counts: readonly number[]) => counts.reduce((sum, one) => sum + one, 0)

function namesOf({ names }: City, bits: Bits): readonly Named[] {
  return names.filter((_, row) => hasBit(bits, row))
}

type Held = {
  readonly id: string
  readonly title: string
  readonly rung: string
  readonly enterprise: string
  readonly to: string | null
  readonly soon: boolean
}

/** All whose recognition holds today. */
async function standingOn({ database, city }: World, day: string): Promise<readonly Held[]> {
  const { rows } = await database.query(
    `select id, title, state->>'rung' as rung, state->>'enterprise' as enterprise, state->>'to' as "to",
            coalesce(state->>'to' <= $2, false) as soon
     from record where city = $1 and kind = 'recognition' and phase in ('standing', 'due')`,
    [city, addDays(day, SOON)],
  )
  return rows as unknown as readonly Held[]
}

async function countedBy({ database, city }: World, where: string, ...values: readonly string[]) {
  const { rows } = await database.query(
    `select state->>'rung' as rung, count(*)::int as n from record where city = $1 and ${where} group by 1`,
    [city, ...values],
  )
  return new Map(rows.map((row) => [String(row['rung']), Number(row['n'])]))
}
