// A city of any size for the benches: a small one is brought through the door, then multiplied in SQL, and a sample is folded again.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { personName, roads, tradeName } from '../cities/tonghua/names.ts'
import { random } from '../cities/tonghua/random.ts'
import { founding, happenings, type Told } from '../cities/tonghua/year.ts'
import * as domains from '../domains/index.ts'
import { addDays, dateOf, moment, type Moment } from '../kernel/clock/date.ts'
import type { Ref } from '../kernel/record.ts'
import { replay } from '../server/replay.ts'
import { openWorld, type World } from '../server/world.ts'
import { startEmbedded, claimFolder } from '../store/embedded.ts'
import { forgetAnswers } from '../store/ledger.ts'
import { findRecord, historyOf } from '../store/read.ts'
import { compareRecords } from '../store/rebuild.ts'
import { fold } from '../store/tally.ts'
import { marksOf, tokensOf, wordsOf } from '../store/token.ts'
import { handlers, plain } from './case.ts'

export const CITY = 'tonghua'
const root = join(import.meta.dirname, '..')
const LAST_DAY = '2026-06-30'
/** The moment at which a bench begins: the filled year has just ended. */
export const EVENING: Moment = `${LAST_DAY}T18:00:00.000+08:00`
/** Open cases are copied this many times less often than closed ones: about one in thirty is open. */
const OPEN_SHARE = 6
const SAMPLE = 300
/** Counted up when cities are filled otherwise, so that those kept from an earlier run are not taken for them. */
const EDITION = 2

export type Filled = {
  readonly config: { readonly connectionString: string }
  /** How many appeals there are. */
  readonly appeals: number
  open(now?: () => Moment): Promise<World>
}

export type Server = {
  /** A city with this many appeals; made once and kept for the next run, until the sources change. */
  filled(appeals: number): Promise<Filled>
  /** The same for one run, which may write into it: the kept one stays as it was filled. A million take some minutes. */
  copied(appeals: number): Promise<Filled>
  /** A city of the same people and rules without enterprises or appeals. */
  fresh(name: string): Promise<Filled>
  close(): Promise<void>
}

/** A clock that begins in the evening of the filled year and goes on from there. */
export function evening(): () => Moment {
  const began = Date.now()
  return () => moment(Date.parse(EVENING) + Date.now() - began)
}

/** The database server of the benches, as embedded in production; its folder is kept. */
export async function server(say: (line: string) => void): Promise<Server> {
  const folder = join(root, 'data', 'bench')
  const release = claimFolder(folder, { port: 0 })
  const embedded = await startEmbedded({ folder }).catch((error: unknown) => {
    release()
    throw error
  })
  const to = (name: string) => ({ connectionString: embedded.url.replace(/\/[^/]*$/, `/${name}`) })
  const admin = new pg.Client(to('postgres'))
  admin.on('error', () => undefined)
  await admin.connect()
  const hold = (config: Filled['config'], appeals: number): Filled => ({
    config,
    appeals,
    open: (now = evening()) => openWorld({ config, city: CITY, domains: Object.values(domains), now }),
  })
  const copies = new Set<string>()
  const kept = {
    async filled(appeals: number) {
      const name = `bench_${appeals}_${EDITION}`
      const filled = hold(to(name), appeals)
      const { rows } = await admin.query<{ datname: string }>(
        'select datname from pg_database where starts_with(datname, $1)',
        [`bench_${appeals}_`],
      )
      const sound = rows.some(({ datname }) => datname === name) && (await check(filled, say))
      for (const { datname } of rows)
        if (datname !== name || !sound) await admin.query(`drop database "${datname}" with (force)`)
      if (sound) return filled
      say(`filling a city with ${appeals} appeals, kept in data/bench for the next run`)
      await admin.query(`create database "${name}_new"`)
      await fill(hold(to(`${name}_new`), appeals), say)
      await admin.query(`alter database "${name}_new" rename to "${name}"`)
      if (!(await check(filled, say))) throw new Error('the filled city is not what its events say')
      return filled
    },
    async fresh(name: string) {
      await admin.query(`drop database if exists "${name}" with (force)`)
      await admin.query(`create database "${name}"`)
      const made = hold(to(name), 0)
      const world = await made.open()
      await replay(world, founded(false), () => undefined)
      await world.close()
      return made
    },
    async close() {
      for (const name of copies) await admin.query(`drop database "${name}" with (force)`)
      await admin.end()
      await embedded.stop()
      release()
    },
  }
  return {
    ...kept,
    async copied(appeals) {
      const { connectionString } = (await kept.filled(appeals)).config
      const name = `copy_${appeals}`
      await admin.query(`drop database if exists "${name}" with (force)`)
      await admin.query(`create database "${name}" template "${connectionString.split('/').at(-1)}" strategy file_copy`)
      copies.add(name)
      return hold(to(name), appeals)
    },
  }
}

/** The example city as it was set up, with or without its enterprises. */
function founded(firms: boolean): Told[] {
  return [...founding()].filter((told) => firms || (told.kind !== 'enterprise' && told.kind !== 'mandate'))
}

/** Cases that are under way on the last day, several with every handler, some with a second unit, and a queue to be dispatched. */
function underWay(enterprise: string): Told[] {
  const told: Told[] = []
  let number = 0
  const begin = (day: string, by: string) => {
    const story = plain[number % plain.length]!
    const id = `SQ${day.slice(2).replaceAll('-', '')}-U${String(++number).padStart(6, '0')}`
    const { title, body, matter, line } = story
    const tell = (at: string, person: string, name: string, input: unknown) =>
      told.push({ at: `${at}.000+08:00`, by: { person }, kind: 'appeal', id, name, input })
    const said = {
      title,
      body,
      matter,
      line,
      channel: 'phone',
      enterprise,
      contact: '企业经办人',
      phone: '199-0000-0000',
    }
    tell(`${day}T09:15:00`, by, 'raise', said)
    return { story, tell }
  }
  for (const [place, { id: handler, unit }] of handlers.entries())
    for (let one = 0; one < 6; one++) {
      const day = addDays(LAST_DAY, -1 - one)
      const { story, tell } = begin(day, 'clerk')
      const assisting = one % 3 === 0 ? [handlers[(place + 1) % handlers.length]!.unit] : []
      const level = unit.startsWith('city') ? 'city' : 'county'
      const { line, matter } = story
      tell(`${day}T10:30:00`, 'dispatcher', 'dispatch', { unit, assisting, line, matter, level })
      if (one < 5) tell(`${day}T14:00:00`, handler, 'sign', {})
      if (one > 0 && one < 4) tell(`${day}T15:00:00`, handler, 'note', { text: story.progress })
      if (one === 4) tell(`${day}T16:00:00`, handler, 'ask', { question: '请补充合同、票据等能够说明情况的材料。' })
    }
  for (let one = 0; one < 12; one++) begin(addDays(LAST_DAY, -(one % 3)), one % 2 === 0 ? 'clerk' : 'hotline')
  return told
}

async function fill(city: Filled, say: (line: string) => void): Promise<void> {
  const world = await city.open()
  const first = founded(true)
  const enterprise = first.find((told) => told.kind === 'enterprise')!.id
  const year = [...happenings(LAST_DAY), ...underWay(enterprise)].filter(({ at }) => at < EVENING)
  const told = [...first, ...year.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))]
  const { refused } = await replay(
    world,
    told.map((one, place) => ({ ...one, key: createHash('sha256').update(`${place}`).digest('base64url') })),
    () => undefined,
  )
  if (refused.length > 0) throw new Error(`the template was refused: ${refused[0]}`)
  const began = performance.now()
  const { rows } = await world.database.query(`select count(*) as n from record where city = $1 and kind = 'appeal'`, [
    CITY,
  ])
  // As the city's own nightly work leaves it.
  await forgetAnswers(world.database, CITY, EVENING)
  await world.close()
  if (city.appeals > (rows[0]!['n'] as number)) await multiply(city, rows[0]!['n'] as number)
  const again = await city.open()
  await fold(again.database, CITY, again.registry.figures.values())
  await again.close()
  say(`filled in ${Math.round((performance.now() - began) / 1000)} s`)
}

/** Each case of the template becomes many: with its own id, words, enterprise, code and hour, its dates as they are. */
async function multiply(city: Filled, template: number): Promise<void> {
  const settings = ['synchronous_commit=off', 'maintenance_work_mem=1GB', 'enable_hashjoin=off', 'enable_mergejoin=off']
  const client = new pg.Client({ ...city.config, options: settings.map((one) => `-c ${one}`).join(' ') })
  client.on('error', () => undefined)
  await client.connect()
  // Cases that hang together with other records are left as they are.
  const { rows } = await client.query<{ id: string; open: boolean; title: string; body: string }>(
    `select id, open, state->'said'->>'title' as title, state->'said'->>'body' as body
     from record
     where kind = 'appeal' and not facets ? 'cause' and phase <> 'merged' and state->'absorbed' = '[]' order by created, id`,
  )
  const weight = rows.reduce((sum, one) => sum + (one.open ? 1 / OPEN_SHARE : 1), 0)
  const most = Math.ceil((city.appeals - template) / weight)
  const put = (table: string, types: readonly string[], lines: readonly (readonly unknown[])[]) =>
    client.query(
      `insert into ${table} select * from unnest(${types.map((type, at) => `$${at + 1}::${type}[]`).join(', ')})`,
      types.map((_, at) => lines.map((line) => line[at])),
    )
  await client.query(
    'create table told (t int primary key, id text unique, copies int, title_words text, body_words text)',
  )
  await put(
    'told',
    ['int', 'text', 'int', 'text', 'text'],
    rows.map(({ id, open, title, body }, t) => {
      const copies = open ? Math.round(most / OPEN_SHARE) : most
      return [t, id, copies, wordsOf(title), wordsOf(body)]
    }),
  )
  await client.query(
    'create table variant (g int primary key, title text, body text, title_words text, body_words text, tokens text)',
  )
  await put('variant', ['int', 'text', 'text', 'text', 'text', 'text'], variants(most))
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes i
     where schemaname = 'public' and tablename in ('record', 'event', 'entry', 'search', 'party', 'command', 'outbox')
       and not exists (select from pg_constraint where conname = i.indexname)`,
  )
  for (const { name } of indexes) await client.query(`drop index "${name}"`)
  await client.query(readFileSync(join(import.meta.dirname, 'fill.sql'), 'utf8'))
  for (const { definition } of indexes) await client.query(definition)
  await client.query('vacuum (analyze)')
  await client.end()
}

/** What is said in a copy besides the words of its template. */
function variants(count: number): unknown[][] {
  const from = random(4711)
  return Array.from({ length: count }, (_, g) => {
    const title = `${tradeName(from)}${from.pick(['一厂', '二厂', '园区', '门店', '基地', '车间'])}`
    const body = `${from.pick(roads)}${from.whole(1, 2400)}号，经办人${personName(from)}，涉及金额${from.whole(1, 900)}万元，合同编号HT-${from.whole(2019, 2026)}-${String(from.whole(1, 9999)).padStart(4, '0')}，${tradeName(from)}一方已知悉。`
    return [g, `（${title}）`, body, wordsOf(title), wordsOf(body), tokensOf(`${title} ${body}`)]
  })
}

/** Whether a random sample of the records is what its events say, before anything is measured on them. */
async function check(city: Filled, say: (line: string) => void): Promise<boolean> {
  const world = await city.open()
  try {
    const { database, registry, cache } = world
    const { rows } = await database.query(
      `select kind, id from record where city = $1 and kind = 'appeal' and random() < $2::float8 / $3 limit $2`,
      [CITY, SAMPLE, Math.max(SAMPLE, city.appeals)],
    )
    const only = rows as unknown as Ref[]
    const { differences } = await compareRecords(database, CITY, registry, await cache.law(0), { only })
    const wrong = differences.map(({ id, what }) => `${what} of ${id}`)
    for (const { kind, id } of only) {
      if (!(await posted(world, kind, id))) wrong.push(`entries of ${id}`)
      if (!(await marked(world, kind, id))) wrong.push(`tokens of ${id}`)
    }
    if (wrong.length > 0) say(`not as the events say: ${wrong.slice(0, 3).join(', ')}`)
    else say(`${only.length} of ${city.appeals} records drawn, folded again from their events: equal`)
    return wrong.length === 0
  } finally {
    await world.close()
  }
}

/** Whether the entries of a record are those that its events post. */
async function posted({ database, registry }: World, kind: string, id: string): Promise<boolean> {
  const { definition } = registry.kinds.get(kind)!
  const history = await historyOf(database, CITY, kind, id)
  let state: { readonly phase: string } = definition.initial
  const due: unknown[] = []
  for (const { type, data, at, actor, position } of history) {
    const mark = { id, at: moment(at.getTime()), on: dateOf(moment(at.getTime())), actor }
    const before = state
    state = definition.evolve[type]!(before, data as never, mark)
    for (const { measure, on, n = 1, quantity = n, subject = null, dims = {} } of definition.entries?.(
      { type, data },
      before,
      state,
      mark,
    ) ?? [])
      due.push([position, measure, on, n, quantity, subject, dims])
  }
  const { rows } = await database.query(
    `select jsonb_build_array(position, measure, on_day, n, quantity, subject, dims) as entry from entry
     where city = $1 and position = any ($2) order by position, line`,
    [CITY, history.map((event) => event.position)],
  )
  return isDeepStrictEqual(
    rows.map((row) => row['entry']),
    JSON.parse(JSON.stringify(due)),
  )
}

/** Whether a record is found by its words and by those it is for. */
async function marked({ database, registry }: World, kind: string, id: string): Promise<boolean> {
  const { state } = (await findRecord(database, CITY, kind, id))!
  const index = registry.kinds.get(kind)!.definition.index(state, id)
  const { rows } = await database.query(
    'select tokens = dated($4::tsvector, kind, created) as same from search where city = $1 and kind = $2 and id = $3',
    [CITY, kind, id, tokensOf(index.search ?? '', marksOf(kind, index))],
  )
  return rows[0]?.['same'] === true
}
