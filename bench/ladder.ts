// The funnel of the ladder in a city of so many enterprises: each rung with who meets it and who lacks one condition, after each change of a fact.
import { dateOf } from '../kernel/clock/date.ts'
import { execute } from '../kernel/door.ts'
import type { Funnel, Rung } from '../domains/ladder/index.ts'
import { funnelOf } from '../server/funnel.ts'
import { matching } from '../server/match.ts'
import type { World } from '../server/world.ts'
import { CITY, EVENING, server } from './fill.ts'
import { entered, given } from './firms.ts'
import { median, seconds, type Comparison } from './measure.ts'
import { feelOf, policies } from './policy.ts'

const FIRMS = [2000, 100_000] as const
const RUNGS = 7
const CHANGES = 20
/** Seconds after a change. */
const LIMIT = 0.5

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const postgres = await server(say)
  try {
    const all: Comparison[] = []
    for (const firms of FIRMS) {
      const city = await postgres.fresh(`bench_ladder_${firms}`)
      const world = await city.open()
      try {
        await given(world, 1)
        await rungs(world)
        await entered(city, world, firms, say)
        all.push(...(await changed(world, firms, say)))
      } finally {
        await world.close()
      }
    }
    return all
  } finally {
    await postgres.close()
  }
}

const giving = async ({ around, cache }: World) => {
  await cache.refresh()
  const [writes, publishes] = await Promise.all(['policy', 'policy2'].map((id) => cache.actor(id, dateOf(EVENING))))
  return async (who: 'writes' | 'publishes', kind: string, name: string, input: unknown, id?: string) => {
    const actor = who === 'writes' ? writes! : publishes!
    const asked = { kind, name, input, ...(id !== undefined && { id }) }
    const answer = await execute(around, { ...actor, via: 'bench' }, asked)
    return 'done' in answer ? answer.done.id : undefined
  }
}

async function rungs(world: World): Promise<void> {
  const give = await giving(world)
  let count = 0
  for (const [number, one] of policies(4 * RUNGS).entries()) {
    if (count === RUNGS) return
    const content = {
      name: `合成层级${number}`,
      unit: 'city-industry',
      recogniser: 'city',
      document: '合成数据',
      article: '第一条',
      certainty: '合成数据',
      rule: feelOf(one),
      from: '2026-01-10',
    }
    // What can never hold is refused.
    const id = await give('writes', 'rung', 'draft', content)
    if (id === undefined) continue
    await give('publishes', 'rung', 'publish', {}, id)
    count += 1
  }
  throw new Error(`no more than ${count} rungs could be published`)
}

async function changed(world: World, firms: number, say: (line: string) => void): Promise<readonly Comparison[]> {
  const give = await giving(world)
  const read = await seconds(() => world.cities.fresh())
  const idle = [await seconds(() => funnelOf(world)), await seconds(() => funnelOf(world))]
  const { rows } = await world.database.query(
    `select id from record where city = $1 and kind = 'profile' order by md5(id) limit $2`,
    [CITY, CHANGES],
  )
  const matched = matching(world)
  const rules = (await funnelOf(world)).rungs.map(({ id }) => id)
  const { records } = await world.around.store.load(
    [],
    rules.map((id) => ({ kind: 'rung', id })),
  )
  const texts = rules.map((id) => {
    const { editions } = records.find((one) => one.id === id)!.state as Exclude<Rung, { phase: 'none' }>
    return editions[0]!.content.rule
  })
  const [ours, other]: [number[], number[]] = [[], []]
  let agrees = true
  for (const [at, { id }] of (rows as unknown as readonly { id: string }[]).entries()) {
    const seen = { fact: '纳税额', value: `${at}`, period: '2025', source: '税务局', observedAt: dateOf(EVENING) }
    if ((await give('writes', 'profile', 'observe', { enterprise: id, facts: [seen] }, id)) === undefined)
      throw new Error('a fact was refused')
    let funnel: Funnel | undefined
    ours.push(await seconds(async () => (funnel = await funnelOf(world))))
    const counts: string[] = []
    other.push(
      await seconds(async () => {
        for (const rule of texts) {
          const reach = await matched.reach({ rule, names: true })
          if ('refused' in reach) throw new Error(`a rung cannot be read: ${rule}`)
          const near = reach.near.reduce((sum, { count }) => sum + count, 0)
          counts.push([reach.entitled, reach.open, near].join())
        }
      }),
    )
    agrees &&= counts.join(' ') === funnel!.rungs.map(({ meets, open, near }) => [meets, open, near].join()).join(' ')
  }
  const [first, again] = idle.map(ms)
  say(
    `${firms}: facts read in ${read.toFixed(2)} s; the first time ${first} ms, again ${again} ms; after a fact changes ${ms(median(ours))} ms, at most ${ms(Math.max(...ours))}`,
  )
  const name = `funnel of ${RUNGS} rungs, ${firms} enterprises, after one fact changes, median`
  const told = { ours: median(ours), unit: 's', agrees }
  const against = (to: string, taken: number) => ({
    ...told,
    name: `${name}, against ${to}`,
    other: taken,
    ratio: taken / told.ours,
  })
  return [against(`${LIMIT} s`, LIMIT), against('each rung as the sand table would work it out', median(other))]
}

const ms = (taken: number) => (1000 * taken).toFixed(0)

export const bench = { says: 'the funnel of the ladder for 2,000 and 100,000 enterprises, after a fact changes', run }
