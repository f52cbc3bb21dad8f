// The ladder today: for one enterprise each rung with what it has and what it lacks, and for the office how many stand, might stand and lack one thing.
import {
  behinds,
  meets,
  plan,
  recheckOn,
  recognition,
  rungOn,
  type Behind,
  type Funnel,
  type Recognition,
  type Rung,
  type RungCount,
  type RungEdition,
} from '../domains/ladder/index.ts'
import type { Stand } from '../domains/policies/index.ts'
import { visible, type Actor, type Grant } from '../kernel/access.ts'
import { addDays, dateOf } from '../kernel/clock/date.ts'
import { questions } from '../kernel/rules/nearest.ts'
import { listRecords, type Row } from '../store/read.ts'
import { toldOf, type Entitlements, type Told } from './entitlement.ts'
import type { Matching } from './match.ts'
import type { World } from './world.ts'

/** Days before its end from which a recognition is said to end soon. */
const SOON = 90
/** More rungs no city has. */
const MOST = 200
/** So many are named behind a number. */
const NAMED = 200

export type Standing = {
  readonly id: string
  readonly edition: RungEdition
  readonly unit: string | null
  /** Whether it meets its conditions by the rule of today. */
  readonly stand: Stand
  readonly recognition?: Row | undefined
  readonly plan?: Row | undefined
  /** Where it stands: the rule by which it would be checked again today, and whether it meets that. */
  readonly recheck?: { readonly edition: RungEdition; readonly stand: Stand }
}

export type Ladder = Omit<Told, 'rows'> & {
  /** Each after the one that it is reached from. */
  readonly rungs: readonly Standing[]
  readonly asks: Entitlements['asks']
}

/** Undefined where there is no such enterprise, or it is nobody's that asks. */
export async function ladderOf(world: World, actor: Actor, enterprise: string): Promise<Ladder | undefined> {
  const found = await toldOf(world, actor, enterprise)
  if (found === undefined) return undefined
  const { rows, ...told } = found
  const { day, known } = told
  const [given, recognitions, plans] = await Promise.all([
    rungsOn(world, day),
    partsOf(world, actor, recognition, enterprise),
    partsOf(world, actor, plan, enterprise),
  ])
  const rungs = given.map(({ row, edition }): Standing => {
    const mine = recognitions.get(row.id)
    const state = mine?.state as unknown as Recognition | undefined
    const again =
      state?.phase === 'standing' || state?.phase === 'due'
        ? recheckOn(row.state as unknown as Rung, state.edition, day)
        : undefined
    const stand = meets(edition.content, known, rows)
    return {
      id: row.id,
      edition,
      unit: row.unit,
      stand,
      recognition: mine,
      plan: plans.get(row.id),
      ...(again && {
        recheck: { edition: again, stand: again === edition ? stand : meets(again.content, known, rows) },
      }),
    }
  })
  return { ...told, rungs, asks: asksOf(rungs) }
}

/** The facts to ask for: first those that are missing for rungs that are open, then those that would be, too, once the rest is met. */
function asksOf(rungs: readonly Standing[]): Entitlements['asks'] {
  const open = rungs.filter(({ stand }) => stand.stands === 'open')
  const first = questions(open.map(({ stand }) => ({ judgement: stand })))
  const unclear = rungs.flatMap(({ stand }) => stand.unclear ?? [])
  const then = [...new Set(unclear)].filter((fact) => !first.some((one) => one.fact === fact))
  return [
    ...first,
    ...then.map((fact) => ({ fact, decides: 0, touches: unclear.filter((one) => one === fact).length })),
  ]
}

/** How many stand on each rung, meet the next, lack one condition, are in coaching, have moved up and end soon. */
export async function funnelOf(world: World, matched: Matching): Promise<Funnel> {
  const day = dateOf(world.around.now())
  const given = await rungsOn(world, day)
  const year = day.slice(0, 4)
  const [recognitions, plans, movedUp] = await Promise.all([
    standingOn(world, day),
    countedBy(world, `kind = 'plan' and phase = 'running'`),
    countedBy(world, `kind = 'recognition' and facets @> jsonb_build_object('year', $2::text)`, year),
  ])
  const rungs: RungCount[] = []
  let enterprises = 0
  for (const { row, edition, next } of given) {
    const stands = recognitions.filter(({ rung }) => rung === row.id)
    const reached = await reachOf(matched, edition, new Set(stands.map(({ enterprise }) => enterprise)))
    enterprises = reached.enterprises
    rungs.push({
      id: row.id,
      name: edition.content.name,
      after: edition.content.after,
      document: edition.content.document,
      from: edition.content.from,
      next,
      standing: stands.length,
      meets: reached.meets.length,
      near: reached.near?.length,
      open: reached.open,
      coaching: plans.get(row.id) ?? 0,
      movedUp: movedUp.get(row.id) ?? 0,
      expiring: stands.filter(({ soon }) => soon).length,
    })
  }
  return { day, soon: SOON, enterprises, rungs }
}

/** Who stands behind a number of the funnel; undefined where there is no such rung. */
export async function behindOf(
  world: World,
  matched: Matching,
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
  const reached = await reachOf(matched, found.edition, new Set(stands.map(({ enterprise }) => enterprise)))
  if (part === 'near') return { count: reached.near?.length ?? 0, items: (reached.near ?? []).slice(0, NAMED) }
  const ids = reached.meets.slice(0, NAMED)
  const { records } = await world.around.store.load(
    [],
    ids.map((id) => ({ kind: 'enterprise', id })),
  )
  const names = new Map(records.map(({ id, state }) => [id, (state as { name: string }).name]))
  return { count: reached.meets.length, items: ids.map((id) => ({ id, title: names.get(id) ?? id })) }
}

/** Whoever may see recognitions by a post that he holds: to the others the city’s funnel is not told. */
export function seesFunnel({ posts }: Actor): boolean {
  return posts.some(({ role }) => Object.hasOwn(recognition.sees, role))
}

/** Those who do not stand on it yet: who meet it, and whom one condition alone keeps out. */
async function reachOf(matched: Matching, { content }: RungEdition, stand: ReadonlySet<string>) {
  const reach = await matched.reach({ rule: content.rule, names: true })
  // A rule is published only when the dictionary has all that it reads, and no fact ever leaves it.
  if ('refused' in reach) throw new Error(`a published rule cannot be read: ${content.rule}`)
  const near = reach.near
    .flatMap(({ clause, examples }) => examples.map((one) => ({ ...one, about: clause })))
    .filter(({ id }) => !stand.has(id))
  return {
    enterprises: reach.enterprises,
    open: reach.open,
    meets: (reach.entitledIds ?? []).filter((id) => !stand.has(id)),
    // The clause of a rule that has but one is the rule itself.
    near: near.some(({ about }) => about === content.rule) ? undefined : near,
  }
}

/** The rungs in force today, each after the one that it is reached from. */
async function rungsOn({ database, city }: World, day: string) {
  const wanted = { kind: 'rung', phases: ['standing'], order: 'oldest', limit: MOST } as const
  const { items } = await listRecords(database, city, [{ by: 'all', level: 9 }], wanted)
  const all = items.flatMap((row) => {
    const state = row.state as unknown as Rung
    const edition = rungOn(state, day)
    if (edition === undefined || state.phase === 'none') return []
    const next = state.editions.find(({ content }) => content.from > day)?.content.from
    return [{ row, edition, next }]
  })
  type One = (typeof all)[number]
  const above = (one: One): readonly One[] => [
    one,
    ...all.filter(({ edition }) => edition.content.after === one.row.id).flatMap(above),
  ]
  return all.filter(({ edition }) => !all.some(({ row }) => row.id === edition.content.after)).flatMap(above)
}

/** What an enterprise has of a kind, as far as the actor sees it, by the rung that it is for; the latest where there are several. */
async function partsOf(
  { database, city }: World,
  actor: Actor,
  { kind, sees }: { readonly kind: string; readonly sees: Grant },
  enterprise: string,
): Promise<ReadonlyMap<string, Row>> {
  const wanted = { kind, who: [`enterprise:${enterprise}`], order: 'oldest', limit: MOST } as const
  const { items } = await listRecords(database, city, visible(sees, actor), wanted)
  return new Map(items.map((row) => [(row.state as unknown as { rung: string }).rung, row]))
}

type Held = { id: string; title: string; rung: string; enterprise: string; to: string | null; soon: boolean }

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
