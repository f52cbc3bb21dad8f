// A city of enterprises and benefits for the bench of verdicts: rules and dictionary through the door, the enterprises as rows of the ledger.
import pg from 'pg'
import { enterprises as listed } from '../cities/tonghua/enterprises.ts'
import { dictionary } from '../domains/policies/dictionary.ts'
import { benefit, profile, rowsIn } from '../domains/policies/index.ts'
import { policy } from '../domains/policies/policy.ts'
import { enterprise } from '../domains/register/index.ts'
import { dateOf, type Moment } from '../kernel/clock/date.ts'
import { execute } from '../kernel/door.ts'
import type { AnyDefinition } from '../kernel/record.ts'
import { cellOf, type Table } from '../kernel/rules/column.ts'
import type { World } from '../server/world.ts'
import { CITY, EVENING, type Filled } from './fill.ts'
import { sequence } from './measure.ts'
import { enterprises, feelOf, policies } from './policy.ts'

/** What the register says by itself, in the names of the generated rules. */
const REGISTERED = { 职工人数: 'staff', 营业收入: 'revenue', 资产总额: 'assets' } as const
const ENTERED: Moment = '2026-01-12T09:00:00.000+08:00'
const SEEN: Moment = '2026-05-18T09:00:00.000+08:00'
/** So many are written at once. */
const SLICE = 4000

/** The dictionary of the generated facts, and as many benefits as are asked for, by two people through the door. */
export async function given(world: World, benefits: number): Promise<void> {
  const { around, cache } = world
  await cache.refresh()
  const [writes, publishes] = await Promise.all(['policy', 'policy2'].map((id) => cache.actor(id, dateOf(EVENING))))
  const give = async (actor: typeof writes, kind: string, name: string, input: unknown, id?: string) => {
    const answer = await execute(
      around,
      { ...actor!, via: 'bench' },
      { kind, name, input, ...(id !== undefined && { id }) },
    )
    return 'done' in answer ? answer.done.id : undefined
  }
  const done = async (...all: Parameters<typeof give>) => {
    const id = await give(...all)
    if (id === undefined) throw new Error(`${all[1]}.${all[2]} was refused`)
    return id
  }
  const facts = [...enterprises(200).columns].map(([fact, { kind }]) => {
    const registered = REGISTERED[fact as keyof typeof REGISTERED]
    if (kind === 'code') return { fact, type: /^(行业|区县|类型|信用|规模|产业链)$/.test(fact) ? 'text' : 'flag' }
    return {
      fact,
      type: 'number',
      measure: registered === 'staff' ? 'person' : registered ? 'wan-yuan' : 'point',
      ...(registered && { registered }),
      ...(kind === 'whole' && { age: 1 }),
    }
  })
  await done(publishes, dictionary.kind, 'lay', { facts, source: '合成数据' }, dictionary.kind)
  const law = await done(writes, policy.kind, 'draft', {
    name: '合成措施（测试用）',
    number: '测政〔2026〕99号',
    unit: 'city-industry',
    issuedOn: '2026-01-05',
    from: '2026-01-10',
    to: '2027-12-31',
    summary: '合成数据',
    clauses: [{ article: '第一条', text: '合成数据。' }],
  })
  await done(publishes, policy.kind, 'review', { conclusion: 'no-restriction', opinion: '测试' }, law)
  await done(publishes, policy.kind, 'publish', {}, law)
  let count = 0
  // Rules that can never hold are refused: there are more of them than are wanted.
  for (const [number, one] of policies(2 * benefits).entries()) {
    if (count === benefits) return
    const content = {
      name: `合成兑现事项${number}`,
      policy: law,
      article: '第一条',
      rule: feelOf(one),
      amount: '1000',
      budget: 100_000_000,
      mode: 'no-application',
      recurrence: 'yearly',
      from: '2026-01-10',
      to: '2027-12-31',
    }
    const id = await give(writes, benefit.kind, 'draft', content)
    if (id === undefined) continue
    await done(publishes, benefit.kind, 'publish', {}, id)
    count += 1
  }
  throw new Error(`no more than ${count} benefits could be published`)
}

type Told = { readonly type: string; readonly data: unknown; readonly at: Moment }

/**
 * Enterprises with what is known of them, as the door would have left their events and their records; entries, parties and the words
 * of search are left out, since nothing that is measured reads them.
 */
export async function entered(city: Filled, world: World, firms: number, say: (line: string) => void): Promise<void> {
  const { records } = await world.around.store.load([], [{ kind: dictionary.kind, id: dictionary.kind }])
  const names = new Set(rowsIn(records[0]).map(({ name }) => name))
  const table = enterprises(firms)
  const client = new pg.Client({ ...city.config, options: '-c synchronous_commit=off' })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ position: number }>('select coalesce(max(position), 0) as position from event')
  let { position } = rows[0]!
  let slice: Row[] = []
  const flush = async () => {
    await write(client, slice, position)
    position += slice.reduce((sum, { events }) => sum + events.length, 0)
    slice = []
  }
  const draw = sequence(3)
  let row = 0
  for (const { staff, revenue, assets, evidence, ...one } of listed(firms, 160)) {
    const given = { ...one, evidence, usccForm: 'valid' }
    const own = seenInRegister(table, row)
    slice.push(
      rowOf(enterprise, one.uscc, [
        { type: 'entered', data: given, at: ENTERED },
        ...(own.length > 0 ? [{ type: 'observed', data: { facts: own }, at: SEEN }] : []),
      ]),
    )
    const facts = seenBeside(table, row, names, draw)
    if (facts.length > 0)
      slice.push(
        rowOf(profile, one.uscc, [
          { type: 'observed', data: { enterprise: one.uscc, name: one.name, facts }, at: SEEN },
        ]),
      )
    if (++row % SLICE === 0) await flush()
  }
  await flush()
  await client.query(`select setval('event_position', $1)`, [position])
  await client.query('vacuum (analyze) record, event')
  await client.end()
  say(`${row} enterprises, ${position} events`)
}

const day = (at: Moment) => dateOf(at)

function seenInRegister(table: Table, row: number) {
  return Object.entries(REGISTERED).flatMap(([name, fact]) => {
    const value = cellOf(table, name, row)
    if (value === undefined) return []
    const unit = fact === 'staff' ? 'person' : 'wan-yuan'
    return [{ fact, value: value as number, unit, period: '2025', source: '统计局', observedAt: day(SEEN) }]
  })
}

/** Of numbers one in eight was said for the year before, too. */
function seenBeside(table: Table, row: number, names: ReadonlySet<string>, draw: (below: number) => number) {
  return [...table.columns].flatMap(([fact, { kind }]) => {
    const value = cellOf(table, fact, row)
    if (value === undefined || fact in REGISTERED || !names.has(fact)) return []
    const text = typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value as string | number}`
    const seen = { fact, value: text, source: '税务局', observedAt: day(SEEN) }
    if (kind !== 'whole') return [seen]
    const now = { ...seen, period: '2025' }
    return draw(8) === 0 ? [{ ...seen, value: '1', period: '2024', observedAt: day(ENTERED) }, now] : [now]
  })
}

type Row = {
  readonly kind: string
  readonly id: string
  readonly state: { readonly phase: string }
  readonly title: string
  readonly open: boolean
  readonly unit: string | null
  readonly level: number
  readonly facets: object
  readonly events: readonly Told[]
}

function rowOf(definition: AnyDefinition, id: string, events: readonly Told[]): Row {
  let state: { readonly phase: string } = definition.initial
  for (const { type, data, at } of events)
    state = definition.evolve[type]!(state, data as never, { id, at, on: dateOf(at), actor: '@system' })
  const { title, open, unit = null, level = 1, facets = {} } = definition.index(state, id)
  return { kind: definition.kind, id, state, title, open, unit, level, facets, events }
}

async function write(client: pg.Client, rows: readonly Row[], position: number): Promise<void> {
  const put = (
    table: string,
    columns: Readonly<Record<string, readonly [type: string, values: readonly unknown[]]>>,
  ) => {
    const all = Object.entries(columns)
    const types = all.map(([, [type]], at) => `$${at + 2}::${type}[]`)
    return client.query(
      `insert into ${table} (city, ${all.map(([name]) => name).join(', ')}) select $1, * from unnest(${types.join(', ')})`,
      [CITY, ...all.map(([, [, values]]) => values)],
    )
  }
  const constant = <T>(value: T) => rows.map(() => value)
  await put('record', {
    kind: ['text', rows.map(({ kind }) => kind)],
    id: ['text', rows.map(({ id }) => id)],
    version: ['int', rows.map(({ events }) => events.length)],
    phase: ['text', rows.map(({ state }) => state.phase)],
    open: ['bool', rows.map(({ open }) => open)],
    title: ['text', rows.map(({ title }) => title)],
    unit: ['text', rows.map(({ unit }) => unit)],
    level: ['int', rows.map(({ level }) => level)],
    facets: ['jsonb', rows.map(({ facets }) => JSON.stringify(facets))],
    provisional: ['bool', constant(false)],
    law: ['bigint', constant(0)],
    state: ['jsonb', rows.map(({ state }) => JSON.stringify(state))],
    created: ['timestamptz', rows.map(({ events }) => events[0]!.at)],
    changed: ['timestamptz', rows.map(({ events }) => events.at(-1)!.at)],
  })
  const events = rows.flatMap((row) => row.events.map((event, at) => ({ ...row, ...event, version: at + 1 })))
  await put('event', {
    position: ['bigint', events.map((_, at) => position + at + 1)],
    kind: ['text', events.map(({ kind }) => kind)],
    record: ['text', events.map(({ id }) => id)],
    version: ['int', events.map(({ version }) => version)],
    type: ['text', events.map(({ type }) => type)],
    data: ['jsonb', events.map(({ data }) => JSON.stringify(data))],
    actor: ['text', events.map(() => '@system')],
    via: ['text', events.map(() => 'bench')],
    at: ['timestamptz', events.map(({ at }) => at)],
    law: ['bigint', events.map(() => 0)],
  })
}
