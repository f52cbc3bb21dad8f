// Applications at a million: what examiners and windows look at all day, and whole lives a second in a large city against a small one.
import { founding } from '../cities/tonghua/year.ts'
import { nobody, type Actor } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import { execute } from '../kernel/door.ts'
import { freshKey } from '../kernel/key.ts'
import type { World } from '../server/world.ts'
import { compareRecords } from '../store/rebuild.ts'
import { connection, serve, signIn } from './client.ts'
import { arriving, type Look } from './list.ts'
import { CITY, itemsOpen, saidOf, server, type Filled } from './fill.ts'
import { median, percentile, rate, sequence, type Comparison } from './measure.ts'

const SMALL = 10_000
const LARGE = 1_000_000
const CLIENTS = 8
/** Milliseconds within which nineteen of twenty answers come. */
const LIMIT = 50
/** Requests a second, for so many seconds. */
const STEADY = { rate: 40, seconds: 30 } as const
const SECONDS = 4
/** As long as there is between two checkpoints: a page is written whole when it is first changed after one. */
const TURNS = 38

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const postgres = await server(say)
  try {
    const large = await postgres.applied(LARGE)
    const looks = await looked(large, say)
    const small = await postgres.copyOf(await postgres.applied(SMALL))
    return [...looks, await lives(await postgres.copyOf(large), small, say)]
  } finally {
    await postgres.close()
  }
}

const items = itemsOpen([...founding()])
const handlers = [...new Set(items.map(({ handler }) => handler))]

async function looked(city: Filled, say: (line: string) => void): Promise<readonly Comparison[]> {
  const world = await city.open()
  const { rows } = await world.database.query(
    `select id, facets->>'item' as item from record where kind = 'application' and phase = 'closed' order by md5(id) limit 500`,
  )
  await world.close()
  const owner = new Map(items.map(({ id, handler }) => [id, handler]))
  const cases = rows as { id: string; item: string }[]
  const list = '/api/records/application?limit=20'
  const looks: readonly Look[] = [
    {
      name: 'my desk',
      weight: 4,
      path: (pick) => [
        pick(handlers),
        `${list}&open=yes&order=due&mine=yes&phase=received,correcting,examining,special`,
      ],
    },
    { name: 'the unit', weight: 1, path: (pick) => [pick(handlers), `${list}&order=due&unit=own&phase=received`] },
    { name: 'the window', weight: 2, path: () => ['clerk', `${list}&party=own&open=yes&order=due`] },
    { name: 'all', weight: 1, path: () => ['supervisor', `${list}&open=yes&order=due`] },
    {
      name: 'one case',
      weight: 4,
      path: (pick) => {
        const { id, item } = pick(cases)
        return [owner.get(item) ?? 'clerk', `/api/records/application/${id}`]
      },
    },
  ]
  const whole = await serve({ url: city.config.connectionString })
  try {
    const cookies = new Map<string, string>()
    for (const person of ['clerk', 'supervisor', ...handlers]) cookies.set(person, await signIn(whole.port, person))
    say(`${STEADY.rate} requests a second for ${STEADY.seconds} s, after as long to warm up`)
    const connections = Array.from({ length: 32 }, () => connection(whole.port))
    const load = () => arriving(connections, cookies, looks, STEADY.rate, STEADY.seconds)
    await load()
    const answers = await load()
    for (const one of connections) one.close()
    const failed = answers.filter(({ status }) => status !== 200)
    for (const { name, status } of failed) say(`failed: ${name}, status ${status}`)
    const agrees = failed.length === 0
    return looks.map(({ name }) => {
      const taken = answers.filter((one) => one.name === name).map(({ ms }) => ms)
      const p95 = percentile(taken, 0.95)
      say(`${name}: p50 ${percentile(taken, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${taken.length} answers`)
      return {
        name: `applications, ${name} at ${LARGE}, p95 against ${LIMIT} ms`,
        ours: p95,
        other: LIMIT,
        ratio: LIMIT / p95,
        unit: 'ms',
        agrees,
      }
    })
  } finally {
    await whole.close()
  }
}

async function lives(large: Filled, small: Filled, say: (line: string) => void): Promise<Comparison> {
  say(
    `whole lives of applications at ${LARGE} against ${SMALL}, ${CLIENTS} clients, ${TURNS} rounds of ${SECONDS} s in turn`,
  )
  const loops = { large: await living(await large.open()), small: await living(await small.open()) }
  const taken = { large: [] as number[], small: [] as number[] }
  const go = (size: 'large' | 'small', lasting: number) => rate(CLIENTS, lasting, (client) => loops[size].step(client))
  for (const size of ['small', 'large'] as const) await go(size, 2 * SECONDS)
  for (let round = 0; round < TURNS; round++)
    for (const size of round % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const))
      taken[size].push(await go(size, SECONDS))
  const agrees = (await loops.large.same()) && (await loops.small.same())
  await Promise.all([loops.large.world.close(), loops.small.world.close()])
  return {
    name: `applications, steps of whole lives at ${LARGE} against ${SMALL}`,
    ours: median(taken.large),
    other: median(taken.small),
    ratio: median(taken.large.map((one, round) => one / taken.small[round]!)),
    unit: 'commands/s',
    agrees,
  }
}

type Step = { readonly by: string; readonly name: string; readonly input: unknown }
type Life = { readonly steps: readonly Step[]; at: number; id: string; code: string }

/** Submitted, corrected, accepted, examined, decided, delivered and rated, one command after another. */
async function living(world: World) {
  const { database, cache, around } = world
  await cache.refresh()
  const actors = new Map<string, Actor>()
  for (const id of ['clerk', ...handlers]) actors.set(id, (await cache.actor(id, dateOf(around.now())))!)
  const { rows } = await database.query(`select id from record where city = $1 and kind = 'enterprise' order by id`, [
    CITY,
  ])
  const firms = rows as { id: string }[]
  const next = sequence(815)
  const ids: string[] = []
  const mine = new Map<number, Life>()
  const begin = (): Life => {
    const { id, handler, content } = items[next(items.length)]!
    const said = saidOf(id, content, firms[next(firms.length)]!.id)
    const [asked] = content.fields
    const results = content.results.map(({ result }) => ({ result }))
    const demand = { sort: 'field', code: asked!.field, fault: 'incomplete', note: '请写明门牌号' }
    const answer = said.answers.find(({ field }) => field === asked!.field)!
    return {
      at: 0,
      id: '',
      code: '',
      steps: [
        { by: 'clerk', name: 'submit', input: said },
        { by: handler, name: 'correct', input: { demands: [demand] } },
        { by: 'applicant', name: 'supply', input: { answers: [answer], papers: [] } },
        { by: 'clerk', name: 'accept', input: {} },
        { by: handler, name: 'take', input: {} },
        { by: handler, name: 'decide', input: { outcome: 'approved', results } },
        { by: 'clerk', name: 'deliver', input: { way: 'collect' } },
        { by: 'applicant', name: 'rate', input: { grade: '5' } },
      ],
    }
  }
  return {
    world,
    async step(client: number): Promise<void> {
      const life = mine.get(client) ?? begin()
      mine.set(client, life)
      const { by, name, input } = life.steps[life.at]!
      const actor = by === 'applicant' ? { ...nobody, token: around.hash(life.code) } : actors.get(by)!
      const id = life.at === 0 ? undefined : life.id
      const answer = await execute(around, actor, { kind: 'application', name, input, id, key: freshKey(Date.now()) })
      if ('refused' in answer) throw new Error(`${name} was refused: ${JSON.stringify(answer)}`)
      life.id = answer.done.id
      life.code = answer.reveal ?? life.code
      life.at += 1
      if (life.at < life.steps.length) return
      ids.push(life.id)
      mine.delete(client)
    },
    /** Whether what came of it is what its events say. */
    async same(): Promise<boolean> {
      const only = ids.slice(-100).map((id) => ({ kind: 'application', id }))
      const { differences } = await compareRecords(database, CITY, world.registry, await cache.law(0), { only })
      return only.length > 0 && differences.length === 0
    },
  }
}

export const bench = { says: 'applications: lists at a million, whole lives in a large city against a small one', run }
