// The ledger under seal: made a day late and no earlier, and whatever is altered afterwards is found and named.
import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../kernel/access.ts'
import { execute } from '../kernel/door.ts'
import { hexOf, leafOf, rootFrom } from '../kernel/seal.ts'
import { openWorld, type World } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import { proofOf, sealDays, verifySeals } from './seal.ts'

let databases: TestDatabase
let world: World
let owner: pg.Client
let now = ''
beforeAll(async () => {
  databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  owner = new pg.Client({ connectionString })
  await owner.connect()
  world = await openWorld({ config: { connectionString }, city: 'well', domains: [buckets], now: () => now })
})
afterAll(async () => {
  await world.close()
  await owner.end()
  await databases.close()
})

const on = async (at: string, name: string, input: unknown, id: string) => {
  now = `${at}:00.000+08:00`
  expect(await execute(world.around, nobody, { kind: 'bucket', name, input, id })).toHaveProperty('done')
}
const seal = (today: string) => sealDays(world.database, 'well', today)
const verify = () => verifySeals(world.database, 'well')
const seals = async () =>
  (await owner.query('select day::text, first::int, last::int, count::int from seal order by day')).rows as unknown

test('a day is sealed when it is over, each with what came since the last, by the days of the city', async () => {
  await on('2026-03-02T23:59', 'make', { size: 100, colour: 'red' }, 'a')
  await on('2026-03-02T23:59', 'fill', { litres: 1 }, 'a')
  await on('2026-03-03T00:00', 'fill', { litres: 2 }, 'a')
  expect(await seal('2026-03-02')).toBe(0)
  expect(await seal('2026-03-03')).toBe(1)
  expect(await seals()).toEqual([{ day: '2026-03-02', first: 1, last: 2, count: 2 }])
  expect(await seal('2026-03-03')).toBe(0)
  await on('2026-03-05T10:00', 'fill', { litres: 3 }, 'a')
  expect(await seal('2026-03-06')).toBe(2)
  // Whoever comes late, with yesterday's moment, is in the next day's seal.
  await on('2026-03-05T23:00', 'fill', { litres: 4 }, 'a')
  expect(await seal('2026-03-06')).toBe(0)
  await on('2026-03-06T09:00', 'make', { size: 100, colour: 'red' }, 'b')
  expect(await seal('2026-03-07')).toBe(1)
  expect(await seals()).toEqual([
    { day: '2026-03-02', first: 1, last: 2, count: 2 },
    { day: '2026-03-03', first: 3, last: 3, count: 1 },
    { day: '2026-03-05', first: 4, last: 4, count: 1 },
    { day: '2026-03-06', first: 5, last: 6, count: 2 },
  ])
  expect(await verify()).toMatchObject({ days: 4, events: 6, fault: null, head: { day: '2026-03-06' } })
})

test('an event is proved to be under its seal by a few hashes', async () => {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
  for (let position = 1; position <= 6; position++) {
    const { event, index, path, seal: under } = (await proofOf(world.database, 'well', position))!
    expect(JSON.parse(event)[1]).toBe(position)
    const way = path.map((hex) => Buffer.from(hex, 'hex'))
    expect(hexOf(rootFrom(sha256, leafOf(sha256, event), index, under.count, way)!)).toBe(under.root)
  }
  await on('2026-03-07T09:00', 'fill', { litres: 1 }, 'b')
  expect(await proofOf(world.database, 'well', 7)).toBeUndefined()
})

describe('after it was sealed', () => {
  const columns: readonly (readonly [column: string, value: string])[] = [
    ['kind', `'barrel'`],
    ['record', `'z'`],
    ['version', '99'],
    ['type', `'came'`],
    ['type_version', '2'],
    ['data', `'{"litres": 4}'`],
    ['actor', `'other'`],
    ['via', `'other'`],
    ['at', `at + interval '1 microsecond'`],
    ['law', 'law + 1'],
    ['cause', `'bucket/b'`],
  ]
  const told = { day: '2026-03-05', what: 'event', position: 4 }
  test.each<[string, string, object]>([
    ...columns.map(([column, value]): [string, string, object] => [
      `another ${column}`,
      `update event set ${column} = ${value} where position = 4`,
      told,
    ]),
    [
      'another position',
      'update event set position = 44 where position = 4',
      { day: '2026-03-05', what: 'event is missing' },
    ],
    ['an event that is gone', 'delete from event where position = 4', { day: '2026-03-05', what: 'event is missing' }],
    [
      'a first event that is gone',
      'delete from event where position = 1',
      { day: '2026-03-02', what: 'event', position: 2 },
    ],
    [
      'an event that was slipped in',
      `update event set position = 5 where position = 7; update event set position = 7 where position = 5 and record = 'a'`,
      { day: '2026-03-06', what: 'event', position: 5 },
    ],
    [
      'two events that changed places',
      `update event set position = 11 - position where position in (5, 6)`,
      { what: 'event', position: 5 },
    ],
    [
      'another root',
      `update seal set root = repeat('0', 64) where day = '2026-03-05'`,
      { day: '2026-03-05', what: 'chain' },
    ],
    ['another count', `update seal set count = 2 where day = '2026-03-05'`, { day: '2026-03-05', what: 'chain' }],
    ['another chain', `update seal set chain = 'x' where day = '2026-03-05'`, { day: '2026-03-05', what: 'chain' }],
    ['a seal that is gone', `delete from seal where day = '2026-03-03'`, { day: '2026-03-05', what: 'chain' }],
    [
      'other leaves',
      `update seal set leaves = decode(repeat('00', 32), 'hex') where day = '2026-03-05'`,
      { day: '2026-03-05', what: 'root' },
    ],
  ])('%s is found', async (_, meddle, fault) => {
    await owner.query('create table events as table event; create table seals as table seal')
    await owner.query(meddle)
    expect((await verify()).fault).toMatchObject(fault)
    await owner.query('truncate event, seal; insert into event table events; insert into seal table seals')
    await owner.query('drop table events, seals')
    expect((await verify()).fault).toBeNull()
  })

  test('a chain that was cut short or written anew holds by itself, but no longer ends as it was noted down', async () => {
    const { head } = await verify()
    await owner.query(`create table seals as table seal`)
    await owner.query(`update event set actor = 'other' where position = 5; delete from seal where day = '2026-03-06'`)
    await seal('2026-03-07')
    const anew = await verify()
    expect(anew.fault).toBeNull()
    expect(anew.head!.day).toBe(head!.day)
    expect(anew.head!.chain).not.toBe(head!.chain)
    await owner.query(`update event set actor = 'anonymous' where position = 5`)
    await owner.query('truncate seal; insert into seal table seals; drop table seals')
    expect((await verify()).head).toEqual(head)
  })
})
