// The schema as it is reviewed, as it can be distributed, and what the application may and may not do to it.
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../kernel/access.ts'
import { execute } from '../kernel/door.ts'
import { openWorld, type World } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import { dumpSchema, undistributable } from '../tests/schema.ts'
import { compareFigures } from './compare.ts'
import { figureValue, fold } from './tally.ts'
import { listRecords } from './read.ts'
import { compareRecords } from './rebuild.ts'

let databases: TestDatabase
let owner: pg.Client
let one: World
let other: World
beforeAll(async () => {
  databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  one = await openWorld({ config: { connectionString }, city: 'one', domains: [buckets] })
  other = await openWorld({ config: { connectionString }, city: 'other', domains: [buckets] })
  owner = new pg.Client({ connectionString })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await one.close()
  await other.close()
  await databases.close()
})

test('the migrations add up to the schema that is on file', async () => {
  await expect(await dumpSchema(owner)).toMatchFileSnapshot(join(import.meta.dirname, 'schema.sql'))
})

describe('the schema can be spread over machines by city', () => {
  test('as it is', async () => {
    expect(await undistributable(owner)).toEqual([])
  })
  test.each([
    [
      'create table bad (id text primary key)',
      ['bad has no primary key that begins with city', 'bad_pkey is unique and does not begin with city'],
    ],
    ['create table bad (city text, id text)', ['bad has no primary key that begins with city']],
    [
      'create table bad (city text, id text, primary key (id, city))',
      ['bad has no primary key that begins with city', 'bad_pkey is unique and does not begin with city'],
    ],
    ['create unique index bad on record (kind, id)', ['bad is unique and does not begin with city']],
    ['create unique index bad on record (kind, id, city)', ['bad is unique and does not begin with city']],
    ['alter table file add constraint bad unique (id)', ['bad is unique and does not begin with city']],
    [
      'alter table leaf add constraint bad foreign key (leaf, city) references leaf (leaf, city)',
      ['bad refers and does not begin with city'],
    ],
    [
      'alter table watermark add other text references city (city); alter table watermark rename constraint watermark_other_fkey to bad',
      ['bad refers and does not begin with city'],
    ],
    [
      'create trigger bad before insert on event execute function suppress_redundant_updates_trigger()',
      ['bad is a trigger'],
    ],
  ])('and no longer with: %s', async (plant, faults) => {
    await owner.query('begin')
    await owner.query(plant)
    expect(await undistributable(owner)).toEqual(faults)
    await owner.query('rollback')
  })
})

describe('the application may not', () => {
  const kept = ['event', 'entry', 'look', 'seal']
  test.each([
    ...kept.flatMap((table) => [`update ${table} set city = 'x'`, `delete from ${table}`, `truncate ${table}`]),
    'truncate record',
    'truncate identity.session',
    'drop table event',
    'alter table event add column x int',
    'create table mine (x int)',
    'create or replace function load(p_city text, p_keys text[], p_kinds text[], p_ids text[]) returns int language sql as $$ select 1 $$',
    `insert into migration (name) values ('x')`,
    `select setval('event_position', 1)`,
    'alter table event disable trigger all',
    `copy event to program 'cat'`,
  ])('%s', async (text) => {
    await expect(one.database.query(text)).rejects.toThrow(/permission denied|must be owner/)
  })
  test('but may add to them', async () => {
    for (const table of kept)
      expect(await one.database.query(`select has_table_privilege($1, 'insert') as may`, [table])).toMatchObject({
        rows: [{ may: true }],
      })
  })
})

test('two cities in one database know nothing of one another', async () => {
  const give = (world: World, name: string, input: unknown, key?: string) =>
    execute(world.around, nobody, { kind: 'bucket', name, input, id: 'same', key })
  for (const [world, litres] of [
    [one, 3],
    [other, 4],
  ] as const) {
    expect(await give(world, 'make', { size: 50, colour: 'red' }, 'k1')).toHaveProperty('done')
    expect(await give(world, 'fill', { litres }, 'k2')).toMatchObject({ done: { version: 2 } })
    expect(await fold(world.database, world.city, world.registry.figures.values())).toBe(2)
    expect(await give(world, 'fill', { litres }, 'k3')).toHaveProperty('done')
  }
  for (const [world, litres] of [
    [one, 6],
    [other, 8],
  ] as const) {
    const { database, city, registry, cache } = world
    const page = await listRecords(database, city, [{ by: 'all', level: 9 }], {
      kind: 'bucket',
      order: 'created',
      limit: 9,
    })
    expect(page.items.map((row) => row.state)).toMatchObject([{ holds: litres }])
    const sum = registry.figures.get('water-sum')!
    expect(await figureValue(database, city, sum, { on: '2099-12-31' })).toMatchObject({ value: litres, records: 1 })
    expect(await compareRecords(database, city, registry, await cache.law(0))).toMatchObject({
      records: 1,
      differences: [],
    })
    expect(await compareFigures(database, city, registry.figures.values(), '2099-12-31')).toEqual([])
  }
})
