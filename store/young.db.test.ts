// Tables that have just been filled have no statistics yet: whoever reads then must not go through all for each.
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Branch } from '../kernel/access.ts'
import { openWorld, type World } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import type { Database } from './connection.ts'
import { countByUnit, countRecords, listRecords } from './read.ts'
import { searchRecords } from './search.ts'
import { marksOf, tokensOf } from './token.ts'

const RECORDS = 2000
let databases: TestDatabase
let world: World
beforeAll(async () => {
  databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  world = await openWorld({ config: { connectionString }, city: 'well', domains: [buckets] })
  const owner = new pg.Client({ connectionString })
  await owner.connect()
  for (const table of ['record', 'party', 'search'])
    await owner.query(`alter table ${table} set (autovacuum_enabled = off)`)
  await owner.query(
    `insert into record (city, kind, id, version, phase, open, title, unit, level, facets, provisional, law, state, created, changed)
     select 'well', 'bucket', 'b' || n, 1, 'standing', true, 'one', 'u1', 1, '{}', false, 0, '{"phase": "standing"}', now(), now()
     from generate_series(1, $1) n`,
    [RECORDS],
  )
  await owner.query(
    `insert into party select 'well', 'person:p' || n, 'bucket', 'b' || n, now(), null, true from generate_series(1, $1) n`,
    [RECORDS],
  )
  const tokens = tokensOf('one', marksOf('bucket', { title: '', open: true, unit: 'u1' }))
  await owner.query(
    `insert into search select 'well', 'bucket', 'b' || n, 'one', dated($2, 'bucket', now()), now() from generate_series(1, $1) n`,
    [RECORDS, tokens],
  )
  await owner.end()
})
afterAll(async () => {
  await world.close()
  await databases.close()
})

type Plan = { readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number } }

/** The database, and how many pages its statements have touched. */
function counted(): Database & { pages: number } {
  const self = {
    ...world.database,
    pages: 0,
    query: async (text: string, values: readonly unknown[] = []) => {
      const { rows } = await world.database.query(`explain (analyze, buffers, format json) ${text}`, values)
      const [{ Plan }] = rows[0]!['QUERY PLAN'] as [Plan]
      self.pages += Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks']
      return world.database.query(text, values)
    },
    fast: async (name: string, text: string, values: readonly unknown[]) => {
      const explained = `explain (analyze, buffers, format json) ${text}`
      const { rows } = await world.database.fast(`explained ${name}`, explained, values)
      const [{ Plan }] = rows[0]!['QUERY PLAN'] as [Plan]
      self.pages += Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks']
      return world.database.fast(name, text, values)
    },
  }
  return self
}

const branches: readonly Branch[] = [
  { by: 'all', level: 1 },
  { by: 'party', who: ['person:p7'], level: 9 },
]
const wanted = { kind: 'bucket', order: 'created', limit: 20 } as const

test.each([
  ['a list', (of: Database) => listRecords(of, 'well', branches, wanted)],
  ['a count', (of: Database) => countRecords(of, 'well', branches, wanted)],
  ['a search', (of: Database) => searchRecords(of, 'well', branches, wanted, 'one')],
  ['sums by unit', (of: Database) => countByUnit(of, 'well', branches, 'bucket', '2026-01-01T00:00:00Z')],
])('%s reads some pages for each record at most', async (_, read) => {
  const database = counted()
  await read(database)
  expect(database.pages).toBeLessThan(RECORDS * 15)
})
