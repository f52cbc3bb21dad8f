// A city of any size for the benches: a small one is brought through the door, then multiplied in SQL, and a sample is folded again.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { personName, roads, tradeName } from '../cities/tonghua/names.ts'
import { random } from '../cities/tonghua/random.ts'
import type { Told } from '../cities/tonghua/told.ts'
import { founding, happenings } from '../cities/tonghua/year.ts'
import * as domains from '../domains/index.ts'
import { addDays, dateOf, moment, type Moment } from '../kernel/clock/date.ts'
import type { Content } from '../domains/items/index.ts'
import type { Ref } from '../kernel/record.ts'
import { replay } from '../server/replay.ts'
import { openWorld, type World } from '../server/world.ts'
import { startEmbedded, claimFolder } from '../store/embedded.ts'
import { forgetAnswers } from '../store/ledger.ts'
import { findRecord, historyOf } from '../store/read.ts'
import { compareRecords } from '../store/rebuild.ts'
import { sealDays } from '../store/seal.ts'
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
/** Applications of the template. */
const APPLIED = 360
/** Counted up when cities are filled otherwise, so that those kept from an earlier run are not taken for them. */
const EDITION = 2

export type Filled = {
  readonly config: { readonly connectionString: string }
  /** How many there are of what it is filled with. */
  readonly records: number
  open(now?: () => Moment): Promise<World>
}

export type Server = {
  /** A city with this many appeals; made once and kept for the next run, until the sources change. */
  filled(appeals: number): Promise<Filled>
  /** The same for one run, which may write into it: the kept one stays as it was filled. A million take some minutes. */
  copied(appeals: number): Promise<Filled>
  /** A city with this many applications, kept in the same way. */
  applied(applications: number): Promise<Filled>
  /** A copy of a kept one that may be written into, for one run. */
  copyOf(city: Filled): Promise<Filled>
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
  const hold = (config: Filled['config'], records: number): Filled => ({
    config,
    records,
    open: (now = evening()) => openWorld({ config, city: CITY, domains: Object.values(domains), now }),
  })
  const copies = new Set<string>()
  /** Made once and kept for the next run, until it is no longer what its events say. */
  const keep = async (sort: Sort, count: number): Promise<Filled> => {
    const begins = `${sort.database}_${count}_`
    const name = `${begins}${EDITION}`
    const filled = hold(to(name), count)
    const { rows } = await admin.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [begins],
    )
    const sound = rows.some(({ datname }) => datname === name) && (await check(filled, sort, say))
    for (const { datname } of rows)
      if (datname !== name || !sound) await admin.query(`drop database "${datname}" with (force)`)
    if (sound) return filled
    say(`filling a city with ${count} ${sort.kind}s, kept in data/bench for the next run`)
    await admin.query(`create database "${name}_new"`)
    await fill(hold(to(`${name}_new`), count), sort, say)
    await admin.query(`alter database "${name}_new" rename to "${name}"`)
    if (!(await check(filled, sort, say))) throw new Error('the filled city is not what its events say')
    return filled
  }
  const copyOf = async ({ config: { connectionString }, records }: Filled): Promise<Filled> => {
    const from = connectionString.split('/').at(-1)!
    const name = `copy_of_${from}`
    await admin.query(`drop database if exists "${name}" with (force)`)
    await admin.query(`create database "${name}" template "${from}" strategy file_copy`)
    copies.add(name)
    return hold(to(name), records)
  }
  return {
    filled: (appeals) => keep(ofAppeals, appeals),
    applied: (applications) => keep(ofApplications, applications),
    copied: async (appeals) => copyOf(await keep(ofAppeals, appeals)),
    copyOf,
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

/** The items of the example without a situation to choose that are accepted by a person, each with who decides it. */
export function itemsOpen(first: readonly Told[]) {
  return first.flatMap(({ kind, name, id, by, input }) => {
    const content = input as Content & { readonly unit: string }
    return kind === 'item' && name === 'list' && typeof by === 'object' && 'person' in by && by.person !== 'items'
      ? content.audience.includes('enterprise') &&
        content.situations.length === 0 &&
        content.handling === 'within-time' &&
        content.receiptAccepts !== true
        ? [{ id, handler: by.person, content }]
        : []
      : []
  })
}

/** What an applicant says at a window: every field filled in, every paper there. */
export function saidOf(id: string, { fields, materials }: Content, enterprise: string) {
  const value = (form: string | undefined) =>
    form === 'number' ? '12' : form === 'date' ? '2026-01-05' : form === 'yes-no' ? 'yes' : '示例路一号'
  return {
    item: id,
    version: `${id}-V1`,
    enterprise,
    channel: 'window',
    situations: [],
    answers: fields.map(({ field, form }) => ({ field, value: value(form) })),
    papers: materials.map(({ material, shared }) => ({ material, way: shared ? 'shared' : 'given' })),
    delivery: 'collect',
  }
}

/** Applications of every sort: most are decided and delivered, one in twelve is under way on the last day. */
function applied(first: readonly Told[]): Told[] {
  const firms = first.filter(({ kind }) => kind === 'enterprise').map(({ id }) => id)
  const open = itemsOpen(first)
  const told: Told[] = []
  for (let number = 0; number < APPLIED; number++) {
    const { id: item, handler, content } = open[number % open.length]!
    const underway = number % 12 === 0
    const day = underway ? addDays(LAST_DAY, -2) : addDays('2025-10-13', (number * 7) % 240)
    const id = `BJ${day.slice(2).replaceAll('-', '')}-${String(number + 1).padStart(7, '0')}`
    const tell = (at: string, person: string, name: string, input: unknown) =>
      told.push({ at: `${at}.000+08:00`, by: { person }, kind: 'application', id, name, input })
    tell(`${day}T09:20:00`, 'clerk', 'submit', saidOf(item, content, firms[(number * 13) % firms.length]!))
    if (underway && number % 24 === 0) continue
    tell(`${day}T10:20:00`, handler, 'accept', {})
    if (underway) continue
    const results = content.results.map(({ result }) => ({ result }))
    tell(`${day}T15:20:00`, handler, 'decide', { outcome: 'approved', results })
    tell(`${day}T16:20:00`, 'clerk', 'deliver', { way: 'collect' })
  }
  return told
}

/** What a city is filled with: records of one kind, from a template that came through the door. */
type Sort = {
  readonly kind: string
  readonly database: string
  /** What happened, to be told after the city has been set up. */
  readonly told: (first: readonly Told[]) => readonly Told[]
  /** Which records of the template stand alone, and the words of each. */
  readonly template: string
  /** What a copy says otherwise than its template: in its state, in its first event, in the words it is found by. */
  readonly state: string
  readonly data: string
  readonly words: string
  readonly body: boolean
}

const ofAppeals: Sort = {
  kind: 'appeal',
  database: 'bench',
  told: (first) => [
    ...happenings(LAST_DAY).filter(({ kind }) => kind !== 'application' && kind !== 'joint' && kind !== 'ticket'),
    ...underWay(first.find(({ kind }) => kind === 'enterprise')!.id),
  ],
  // Cases that hang together with other records are left as they are.
  template: `select id, open, state->'said'->>'title' as title, state->'said'->>'body' as body from record
     where kind = 'appeal' and not facets ? 'cause' and phase <> 'merged' and state->'absorbed' = '[]' order by created, id`,
  state: `jsonb_build_object('token', m.token, 'said', (r.state->'said') || jsonb_build_object(
    'title', r.title || v.title, 'body', (r.state->'said'->>'body') || v.body, 'enterprise', m.enterprise))`,
  data: `jsonb_build_object('title', (e.data->>'title') || v.title,
    'body', (e.data->>'body') || v.body, 'enterprise', m.enterprise, 'token', m.token)`,
  words: `concat_ws(' ', told.title_words, v.title_words, told.body_words, v.body_words)`,
  body: true,
}

const ofApplications: Sort = {
  kind: 'application',
  database: 'bench_application',
  told: (first) => applied(first),
  template: `select id, open, title, '' as body from record where kind = 'application' order by created, id`,
  state: `jsonb_build_object('token', m.token, 'title', r.title || v.title, 'enterprise', m.enterprise)`,
  data: `jsonb_build_object('token', m.token, 'title', (e.data->>'title') || v.title, 'enterprise', m.enterprise)`,
  words: `concat_ws(' ', told.title_words, v.title_words)`,
  body: false,
}

async function fill(city: Filled, sort: Sort, say: (line: string) => void): Promise<void> {
  const world = await city.open()
  const first = founded(true)
  const year = sort.told(first).filter(({ at }) => at < EVENING)
  const told = [...first, ...year.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))]
  const { refused } = await replay(
    world,
    told.map((one, place) => ({ ...one, key: createHash('sha256').update(`${place}`).digest('base64url') })),
    () => undefined,
  )
  if (refused.length > 0) throw new Error(`the template was refused: ${refused[0]}`)
  const began = performance.now()
  const { rows } = await world.database.query(`select count(*) as n from record where city = $1 and kind = $2`, [
    CITY,
    sort.kind,
  ])
  // As the city's own nightly work leaves it.
  await forgetAnswers(world.database, CITY, EVENING)
  await world.close()
  if (city.records > (rows[0]!['n'] as number)) await multiply(city, sort, rows[0]!['n'] as number)
  const again = await city.open()
  await fold(again.database, CITY, again.registry.figures.values())
  await sealDays(again.database, CITY, LAST_DAY)
  await again.close()
  say(`filled in ${Math.round((performance.now() - began) / 1000)} s`)
}

/** Each case of the template becomes many: with its own id, words, enterprise, code and hour, its dates as they are. */
async function multiply(city: Filled, sort: Sort, template: number): Promise<void> {
  const settings = ['synchronous_commit=off', 'maintenance_work_mem=1GB', 'enable_hashjoin=off', 'enable_mergejoin=off']
  const client = new pg.Client({ ...city.config, options: settings.map((one) => `-c ${one}`).join(' ') })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ id: string; open: boolean; title: string; body: string }>(sort.template)
  const weight = rows.reduce((sum, one) => sum + (one.open ? 1 / OPEN_SHARE : 1), 0)
  const most = Math.ceil((city.records - template) / weight)
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
  await put('variant', ['int', 'text', 'text', 'text', 'text', 'text'], variants(most, sort.body))
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes i
     where schemaname = 'public' and tablename in ('record', 'event', 'entry', 'search', 'party', 'command', 'outbox')
       and not exists (select from pg_constraint where conname = i.indexname)`,
  )
  for (const { name } of indexes) await client.query(`drop index "${name}"`)
  const { kind, state, data, words } = sort
  const script = Object.entries({ kind, state, data, words }).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, value),
    readFileSync(join(import.meta.dirname, 'fill.sql'), 'utf8'),
  )
  await client.query(script)
  for (const { definition } of indexes) await client.query(definition)
  await client.query('vacuum (analyze)')
  await client.end()
}

/** What is said in a copy besides the words of its template. */
function variants(count: number, long: boolean): unknown[][] {
  const from = random(4711)
  return Array.from({ length: count }, (_, g) => {
    const title = `${tradeName(from)}${from.pick(['一厂', '二厂', '园区', '门店', '基地', '车间'])}`
    const body = `${from.pick(roads)}${from.whole(1, 2400)}号，经办人${personName(from)}，涉及金额${from.whole(1, 900)}万元，合同编号HT-${from.whole(2019, 2026)}-${String(from.whole(1, 9999)).padStart(4, '0')}，${tradeName(from)}一方已知悉。`
    return [g, `（${title}）`, body, wordsOf(title), wordsOf(body), tokensOf(long ? `${title} ${body}` : title)]
  })
}

/** Whether a random sample of the records is what its events say, before anything is measured on them. */
async function check(city: Filled, { kind: of }: Sort, say: (line: string) => void): Promise<boolean> {
  const world = await city.open()
  try {
    const { database, registry, cache } = world
    const { rows } = await database.query(
      `select kind, id from record where city = $1 and kind = $4 and random() < $2::float8 / $3 limit $2`,
      [CITY, SAMPLE, Math.max(SAMPLE, city.records), of],
    )
    const only = rows as unknown as Ref[]
    const { differences } = await compareRecords(database, CITY, registry, await cache.law(0), { only })
    const wrong = differences.map(({ id, what }) => `${what} of ${id}`)
    for (const { kind, id } of only) {
      if (!(await posted(world, kind, id))) wrong.push(`entries of ${id}`)
      if (!(await marked(world, kind, id))) wrong.push(`tokens of ${id}`)
    }
    if (wrong.length > 0) say(`not as the events say: ${wrong.slice(0, 3).join(', ')}`)
    else say(`${only.length} of ${city.records} records drawn, folded again from their events: equal`)
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
