// What is kept in memory is never told when it is no longer so: rows under the stamp of their change, titles for two seconds.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nobody } from '../kernel/access.ts'
import { execute } from '../kernel/door.ts'
import { openWorld, type World } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import type { Database } from './connection.ts'
import { forgetAnswers } from './ledger.ts'
import { listRecords } from './read.ts'
import { titles } from './title.ts'

const NOW = '2026-03-02T10:00:00.000+08:00'
let databases: TestDatabase
let world: World
beforeAll(async () => {
  databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  world = await openWorld({ config: { connectionString }, city: 'well', domains: [buckets], now: () => NOW })
  for (const id of ['a', 'b']) expect(await give('make', { size: 9, colour: 'red' }, id)).toHaveProperty('done')
})
afterAll(async () => {
  await world.close()
  await databases.close()
})

const give = (name: string, input: unknown, id: string, key?: string) =>
  execute(world.around, nobody, { kind: 'bucket', name, input, id, key })
const everything = [{ by: 'all', level: 9 }] as const
const list = (database: Database = world.database) =>
  listRecords(database, 'well', everything, { kind: 'bucket', order: 'created', limit: 10 })

/** The database, and the names of the statements that were sent to it. */
function watched(): { database: Database; readonly sent: string[] } {
  const sent: string[] = []
  const fast: Database['fast'] = (name, text, values) => {
    sent.push(name)
    return world.database.fast(name, text, values)
  }
  return { database: { ...world.database, fast }, sent }
}

test('a row that has not changed is read once; one that has, is read again, and it alone', async () => {
  const { database, sent } = watched()
  const rows = () => sent.splice(0).filter((name) => name === 'rows').length
  const [first] = (await list(database)).items
  expect(rows()).toBe(1)
  expect((await list(database)).items[0]).toBe(first)
  expect(rows()).toBe(0)
  await give('fill', { litres: 2 }, 'a')
  const after = (await list(database)).items
  expect(rows()).toBe(1)
  expect(after.find(({ id }) => id === 'a')).toMatchObject({ version: 2, state: { holds: 2 } })
  expect(after.find(({ id }) => id === 'b')).toMatchObject({ version: 1 })
})

test('a state that was mended without a new version is seen at once', async () => {
  await list()
  await world.database.query(`update record set title = 'mended' where id = 'b'`)
  expect((await list()).items.find(({ id }) => id === 'b')!.title).toBe('mended')
})

test('one that changes while its list is being read makes the list be read again', async () => {
  let turns = 0
  const fast: Database['fast'] = async (name, text, values) => {
    if (name === 'rows' && ++turns === 1) await world.database.query(`update record set level = 2 where id = 'a'`)
    return world.database.fast(name, text, values)
  }
  const ways = [{ by: 'all', level: 1 }] as const
  const wanted = { kind: 'bucket', order: 'created', limit: 10 } as const
  const seen = await listRecords({ ...world.database, fast }, 'well', ways, wanted)
  expect(turns).toBeGreaterThanOrEqual(1)
  expect(seen.items.map(({ id }) => id)).toEqual(['b'])
  await world.database.query(`update record set level = 1 where id = 'a'`)
})

test('a title is known at once where it was written, and two seconds later elsewhere', async () => {
  let at = 0
  const [here, elsewhere] = [titles(world.database, 'well', () => at), titles(world.database, 'well', () => at)]
  const told = async (of: typeof here) => (await of.of([['bucket', 'b']])).map(({ title }) => title)
  const before = await told(here)
  expect(await told(elsewhere)).toEqual(before)
  await world.database.query(`update record set title = 'renamed' where id = 'b'`)
  here.forget([{ kind: 'bucket', id: 'b' }])
  expect(await told(here)).toEqual(['renamed'])
  at = 1999
  expect(await told(elsewhere)).toEqual(before)
  at = 2001
  expect(await told(elsewhere)).toEqual(['renamed'])
  expect(await here.of([['bucket', 'nowhere']])).toEqual([])
})

test('of an answer the codes are forgotten after a day, the rest after thirty', async () => {
  await give('make', { size: 9, colour: 'red' }, 'c', 'once')
  await world.database.query(
    `update command set answer = answer || '{"reveal": "7K3Q", "also": [{"reveal": "4MXT"}]}' where key = 'anonymous once'`,
  )
  const answer = async () =>
    (await world.database.query(`select answer from command where key = 'anonymous once'`)).rows[0]?.[
      'answer'
    ] as object
  await forgetAnswers(world.database, 'well', '2026-03-03T09:00:00.000+08:00')
  expect(await answer()).toHaveProperty('reveal', '7K3Q')
  await forgetAnswers(world.database, 'well', '2026-03-03T11:00:00.000+08:00')
  expect(Object.keys(await answer())).toEqual(['done'])
  await forgetAnswers(world.database, 'well', '2026-04-01T11:00:00.000+08:00')
  expect(await answer()).toBeUndefined()
})
