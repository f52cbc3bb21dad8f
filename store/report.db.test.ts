// What other tools read: typed columns that say what the city's own pages say, nothing personal, nothing confidential.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { founding, happenings } from '../cities/tonghua/year.ts'
import * as domains from '../domains/index.ts'
import { registry } from '../kernel/domain.ts'
import type { AnyDefinition } from '../kernel/record.ts'
import { replay } from '../server/replay.ts'
import { personalFields } from '../server/schema.ts'
import { openWorld, type World } from '../server/world.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import { lanterns } from '../tests/lantern/index.ts'
import { migrate } from './migrate.ts'
import type { Row } from './read.ts'
import { columnsOf, reportRole, reportViews } from './report.ts'

let databases: TestDatabase
let world: World
let connectionString: string
/** Another tool: it may be what the reporting role may be, and no more. */
let reader: pg.Client
beforeAll(async () => {
  databases = await testDatabase()
  connectionString = (await databases.fresh()).connectionString
  world = await openWorld({ config: { connectionString }, city: 'tonghua', domains: Object.values(domains) })
  const year = happenings('2026-11-20')
  await replay(world, [...founding(), ...year.slice(0, 600)], () => undefined)
  reader = new pg.Client({ connectionString, options: `-c role=${reportRole}` })
  await reader.connect()
})
afterAll(async () => {
  await reader.end()
  await world.close()
  await databases.close()
})

const kinds = Object.values(domains).flatMap((domain) => domain.kinds.map(({ definition }) => definition))
const columnOf = (kind: string, name: string) => {
  const column = name.replaceAll(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`)
  return [
    'city',
    'id',
    'version',
    'phase',
    'open',
    'title',
    'unit',
    'due',
    'provisional',
    'created',
    'changed',
  ].includes(column)
    ? `${kind}_${column}`
    : column
}

test.each(kinds.map((definition) => [definition.kind, definition] as const))(
  'every single-valued fact of %s is a column with that value, unless it is personal',
  async (kind, definition: AnyDefinition) => {
    const { rows } = await world.database.query('select * from record where kind = $1', [kind])
    const told = new Map(
      (await reader.query<{ id: string }>(`select * from report.${kind.replaceAll('-', '_')}`)).rows.map((row) => [
        row.id,
        row,
      ]),
    )
    const records = rows as unknown as Row[]
    expect([...told.keys()].toSorted()).toEqual(
      records
        .filter((row) => row.level <= 1)
        .map((row) => row.id)
        .toSorted(),
    )
    const personal = personalFields(definition)
    const seen = new Set<string>()
    for (const row of records.filter((one) => one.level <= 1)) {
      const facts = Object.entries(definition.facts?.(row.state) ?? {})
      for (const [name, value] of facts) {
        if (typeof value === 'object' || value === undefined) continue
        const column = columnOf(kind, name)
        const line = told.get(row.id) as unknown as Readonly<Record<string, unknown>>
        if (personal.has(name)) expect(column in line, `${kind}.${column}`).toBe(false)
        else expect(line[column], `${kind} ${row.id} ${column}`).toBe(value)
        seen.add(name)
      }
    }
    // Where the year has no record of a kind, its columns stand all the same.
    expect(columnsOf(definition).length).toBeGreaterThanOrEqual(seen.size - personal.size)
  },
)

test('columns have the types of their fields', async () => {
  const { rows } = await reader.query<{ column: string; type: string }>(
    `select format('%s.%s', table_name, column_name) as column, data_type as type from information_schema.columns where table_schema = 'report'`,
  )
  const types = Object.fromEntries(rows.map(({ column, type }) => [column, type]))
  expect(types).toMatchObject({
    'appeal.due': 'timestamp with time zone',
    'appeal.review': 'date',
    'appeal.matter': 'text',
    'enterprise.registered_on': 'date',
    'enterprise.private': 'boolean',
    'enterprise.size': 'text',
    'rule.budget': 'bigint',
    'rule.rule_unit': 'text',
    'assignment.visits': 'bigint',
    'visit.on': 'date',
  })
  expect(Object.keys(types).filter((name) => /phone|contact|token/.test(name))).toEqual([])
})

test('confidential records are not in the views', async () => {
  const { rows } = await world.database.query(`select id from record where kind = 'appeal' limit 1`)
  const id = rows[0]!['id'] as string
  const count = async () => (await reader.query('select 1 from report.appeal where id = $1', [id])).rowCount
  expect(await count()).toBe(1)
  await world.database.query(`update record set level = 2 where id = $1`, [id])
  expect(await count()).toBe(0)
})

describe('the reader may not', () => {
  test.each([
    'select * from record',
    'select * from event',
    'select * from identity.session',
    `update report.unit set title = 'x'`,
    'delete from report.unit',
    `insert into report.unit (id) values ('x')`,
    'create table report.mine (x int)',
    `select append('tonghua', '[]', '[]', 'a', 'b', now(), 0, false, false)`,
  ])('%s', async (text) => {
    await expect(reader.query(text)).rejects.toThrow(/permission denied|cannot (update|delete|insert)/)
  })
})

test('the views follow the definitions: made anew when they change, gone with their kind, else left alone', async () => {
  const views = (...more: (typeof lanterns)[]) => reportViews(registry([...Object.values(domains), ...more]))
  const standing = async () =>
    (
      await reader.query<{ line: string }>(
        `select viewname || ' ' || format('report.%I', viewname)::regclass::oid as line from pg_views where schemaname = 'report' order by 1`,
      )
    ).rows.map((row) => row.line)
  const before = await standing()
  await migrate({ connectionString }, 'tonghua', views(lanterns))
  const after = await standing()
  expect(after.filter((line) => !before.includes(line))).toEqual([expect.stringMatching(/^lantern \d+$/)])
  await migrate(
    { connectionString },
    'tonghua',
    views().map((view) => (view.name === 'unit' ? { ...view, select: `${view.select} and r.open` } : view)),
  )
  const changed = await standing()
  expect(changed.filter((line) => !before.includes(line))).toEqual([expect.stringMatching(/^unit \d+$/)])
  expect(changed).toHaveLength(before.length)
})
