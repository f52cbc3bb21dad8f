// The ladder of one enterprise today: each rung with what it has and what it lacks.
import {
  concerns,
  meets,
  plan,
  recheckOn,
  recognition,
  rungOn,
  type Recognition,
  type Rung,
  type RungEdition,
} from '../domains/ladder/index.ts'
import type { Stand } from '../domains/policies/index.ts'
import { visible, type Actor, type Grant } from '../kernel/access.ts'
import { questions } from '../kernel/rules/nearest.ts'
import { listRecords, type Row } from '../store/read.ts'
import { toldOf, type Entitlements, type Told } from './entitlement.ts'
import type { World } from './world.ts'

/** More rungs no city has. */
const MOST = 200

export type Standing = {
  readonly id: string
  readonly edition: RungEdition
  readonly unit: string | null
  /** Whether it has a meaning for this enterprise at all. */
  readonly concerns: boolean
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
      concerns: concerns(edition.content, known, rows),
      stand,
      recognition: mine,
      plan: plans.get(row.id),
      ...(again && {
        recheck: { edition: again, stand: again === edition ? stand : meets(again.content, known, rows) },
      }),
    }
  })
  return { ...told, rungs, asks: asksOf(rungs.filter((one) => one.concerns)) }
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

/** The rungs in force today, each after the one that it is reached from. */
export async function rungsOn({ database, city }: World, day: string) {
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
  // Of a stall there is also what the company has that it became.
  const own = items.flatMap((row) => {
    const state = row.state as unknown as { readonly rung: string; readonly enterprise: string }
    return state.enterprise === enterprise ? [[state.rung, row] as const] : []
  })
  return new Map(own)
}
