// Who is entitled to what in a city of 160,000 enterprises and 200 benefits: from the rows of the ledger to what is kept, and what a change costs.
import pg from 'pg'
import { benefit } from '../domains/policies/index.ts'
import { dateOf } from '../kernel/clock/date.ts'
import { execute } from '../kernel/door.ts'
import { firmsSql } from '../server/city-part.ts'
import { cities } from '../server/city.ts'
import { compareVerdicts } from '../server/verdict-check.ts'
import { verdicts } from '../server/verdict.ts'
import type { World } from '../server/world.ts'
import { findBits, listOf } from '../store/verdict.ts'
import { CITY, EVENING, server, type Filled } from './fill.ts'
import { entered, given } from './firms.ts'
import { inTurn, median, percentile, seconds, sequence, type Comparison } from './measure.ts'

const FIRMS = 160_000
const BENEFITS = 200
const COLD_LIMIT = 20
const CHANGE_LIMIT = 1
/** Milliseconds of a page, nineteen of twenty. */
const PAGE_LIMIT = 50
const ROUNDS = 3
const CHANGES = 20
/** Enterprises that are judged one by one. */
const SAMPLE = 2000
const TABLES = ['verdict_mark', 'verdict', 'verdict_given', 'verdict_firm', 'verdict_was']

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const postgres = await server(say)
  try {
    const city = await postgres.fresh('bench_verdicts')
    const world = await city.open()
    try {
      await given(world, BENEFITS)
      await entered(city, world, FIRMS, say)
      const first = await cold(city, world, say)
      return [...first, await asRows(city, say), ...(await changed(world, say)), await paged(world, say)]
    } finally {
      await world.close()
    }
  } finally {
    await postgres.close()
  }
}

/** Whether a sample, enterprise by enterprise and rule by rule, would be judged as is kept. */
async function agrees(world: World, seed: number): Promise<boolean> {
  const draw = sequence(seed)
  for (let part = 0; part < SAMPLE / 500; part++) {
    const { firms, different } = await compareVerdicts(world, { from: draw(FIRMS - 500), most: 500 })
    if (firms !== 500 || different.length > 0) return false
  }
  return true
}

/** From nothing: the same rows are read, and what came of it is written, without anything being judged. */
async function cold(city: Filled, world: World, say: (line: string) => void): Promise<readonly Comparison[]> {
  const client = await connected(city)
  const forget = async () => {
    for (const table of TABLES) await client.query(`delete from ${table} where city = $1`, [CITY])
    await client.query(`vacuum ${TABLES.join(', ')}`)
  }
  const read: number[] = []
  const judged: number[] = []
  const { ours, other } = await inTurn(
    ROUNDS,
    async () => {
      await forget()
      const all = cities(world)
      read.push(await seconds(() => all.fresh()))
      judged.push(await seconds(() => verdicts(world, all).fresh()))
    },
    async () => {
      const halves = ['<=', '>'].map(async (half) => {
        const one = await connected(city)
        await one.query({
          text: `${firmsSql} and r.id ${half} (select percentile_disc(0.5) within group (order by id) from record where city = $1 and kind = 'enterprise')`,
          values: [CITY],
          types: { getTypeParser: () => (value: unknown) => value },
        } as pg.QueryConfig)
        await one.end()
      })
      await Promise.all(halves)
      for (const table of ['verdict', 'verdict_firm']) {
        await client.query(`create table again (like ${table} including all)`)
        await client.query(`insert into again select * from ${table}`)
        await client.query('drop table again')
      }
    },
  )
  await client.end()
  const taken = median(read) + median(judged)
  say(
    `facts read in ${median(read).toFixed(1)} s, judged and written in ${median(judged).toFixed(1)} s (medians of ${ROUNDS})`,
  )
  say(`with clearing away what was kept ${ours.toFixed(1)} s; the same rows read and written ${other.toFixed(1)} s`)
  const right = await agrees(world, 1)
  const name = `verdicts, ${FIRMS} enterprises × ${BENEFITS} benefits from nothing`
  return [
    {
      name: `${name}, against ${COLD_LIMIT} s`,
      ours: taken,
      other: COLD_LIMIT,
      ratio: COLD_LIMIT / taken,
      unit: 's',
      agrees: right,
    },
    {
      name: `${name}, against reading and writing the same rows`,
      ours: taken,
      other,
      ratio: other / taken,
      unit: 's',
      agrees: right,
    },
  ]
}

/** The other form: a row for each enterprise and benefit of whom it is true or open, as PostgreSQL itself writes it from the bits. */
async function asRows(city: Filled, say: (line: string) => void): Promise<Comparison> {
  const client = await connected(city)
  const { ours, other } = await inTurn(
    1,
    async () => {
      await client.query('create table again (like verdict including all)')
      await client.query('insert into again select * from verdict')
    },
    async () => {
      await client.query(
        'create table one (city text, benefit text, n integer, is_true boolean, primary key (city, benefit, n))',
      )
      await client.query(
        `insert into one select city, benefit, block * 4096 + bit, get_bit(is_true, bit) = 1
         from verdict cross join generate_series(0, 4095) bit where get_bit(may_be, bit) = 1`,
      )
    },
  )
  const { rows } = await client.query<{ bits: string; rows: string; n: string; counted: string }>(
    `select pg_total_relation_size('again') as bits, pg_total_relation_size('one') as rows, (select count(*) from one) as n,
       (select sum(bit_count(may_be)) from verdict) as counted`,
  )
  const [{ bits, rows: size, n, counted }] = rows as [(typeof rows)[number]]
  say(`bits: ${(Number(bits) / 1e6).toFixed(0)} MB; ${n} rows: ${(Number(size) / 1e6).toFixed(0)} MB`)
  await client.query('drop table again, one')
  await client.end()
  return {
    name: 'verdicts, written as bits, against a row for each that is true or open',
    ours,
    other,
    ratio: other / ours,
    unit: 's',
    agrees: n === counted,
  }
}

async function changed(world: World, say: (line: string) => void): Promise<readonly Comparison[]> {
  const { around, cache, database } = world
  await cache.refresh()
  const [writes, publishes] = await Promise.all(['policy', 'policy2'].map((id) => cache.actor(id, dateOf(EVENING))))
  const give = async (actor: typeof writes, kind: string, name: string, input: unknown, id: string) => {
    const answer = await execute(around, { ...actor!, via: 'bench' }, { kind, name, input, id })
    return 'done' in answer
  }
  await world.cities.fresh()
  await world.verdicts.fresh()
  const { rows } = await database.query(
    `select id, state->'editions'->-1->'content' as content from record where city = $1 and kind = 'benefit' order by id limit $2`,
    [CITY, 4 * CHANGES],
  )
  const policies: number[] = []
  for (const { id, content } of rows as unknown as readonly { id: string; content: { rule: string } }[]) {
    // Where that says nothing new, or nobody could meet it any more, it is refused.
    const rule = `${content.rule} and 纳税额 >= 100`
    if (policies.length === CHANGES || !(await give(writes, benefit.kind, 'amend', { ...content, rule }, id))) continue
    await give(publishes, benefit.kind, 'publish', {}, id)
    policies.push(await seconds(() => world.verdicts.fresh()))
  }
  const right = await agrees(world, 2)
  const { rows: firms } = await database.query(
    `select id from record where city = $1 and kind = 'profile' order by md5(id) limit $2`,
    [CITY, CHANGES],
  )
  const facts: number[] = []
  for (const [at, { id }] of (firms as unknown as readonly { id: string }[]).entries()) {
    const seen = {
      fact: '纳税额',
      value: `${(at + 1) * 1000}`,
      period: '2025',
      source: '税务局',
      observedAt: dateOf(EVENING),
    }
    if (!(await give(writes, 'profile', 'observe', { enterprise: id, facts: [seen] }, id)))
      throw new Error('a fact was refused')
    facts.push(await seconds(() => world.verdicts.fresh()))
  }
  say(
    `a benefit: ${ms(policies)} ms, at most ${(1000 * Math.max(...policies)).toFixed(0)}; a fact: ${ms(facts)} ms, at most ${(1000 * Math.max(...facts)).toFixed(0)}`,
  )
  const told = (name: string, taken: readonly number[], agree: boolean): Comparison => ({
    name: `verdicts, after ${name} changes, median, against ${CHANGE_LIMIT} s`,
    ours: median(taken),
    other: CHANGE_LIMIT,
    ratio: CHANGE_LIMIT / median(taken),
    unit: 's',
    agrees: agree,
  })
  return [told('one benefit', policies, right), told('one fact', facts, await agrees(world, 3))]
}

const ms = (taken: readonly number[]) => (1000 * median(taken)).toFixed(0)

/** The first page of each benefit by the names of enterprises, as the desks ask for it. */
async function paged({ database }: World, say: (line: string) => void): Promise<Comparison> {
  const { rows } = await database.query('select benefit from verdict_given where city = $1', [CITY])
  const taken: number[] = []
  let agree = true
  for (const { benefit: of } of rows as unknown as readonly { benefit: string }[]) {
    const began = performance.now()
    const { isTrue } = await findBits(database, CITY, of)
    const page = await listOf(database, CITY, isTrue, { limit: 20 })
    taken.push(performance.now() - began)
    const { rows: first } = await database.query(
      `select f.id from verdict v join verdict_firm f on f.city = v.city and f.n / 4096 = v.block
       where v.city = $1 and v.benefit = $2 and get_bit(v.is_true, f.n % 4096) = 1 order by f.title, f.id limit 20`,
      [CITY, of],
    )
    agree &&= JSON.stringify(first.map(({ id }) => id)) === JSON.stringify(page.map(({ id }) => id))
  }
  const p95 = percentile(taken, 0.95)
  say(`a page: p50 ${percentile(taken, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`)
  return {
    name: `verdicts, a page of who is entitled, p95, against ${PAGE_LIMIT} ms`,
    ours: p95,
    other: PAGE_LIMIT,
    ratio: PAGE_LIMIT / p95,
    unit: 'ms',
    agrees: agree,
  }
}

async function connected({ config }: Filled): Promise<pg.Client> {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  await client.connect()
  return client
}

export const bench = {
  says: '160,000 enterprises × 200 benefits kept as verdicts; after one benefit, after one fact',
  run,
}
