import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type DatabaseConfig, type TestDatabase } from './database.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await testDatabase()
})
afterAll(() => server.close())

async function query(config: DatabaseConfig, sql: string): Promise<unknown[]> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return (await client.query(sql)).rows as unknown[]
  } finally {
    await client.end()
  }
}

test('each fresh database is empty and apart from the others', async () => {
  const [one, other] = await Promise.all([server.fresh(), server.fresh()])
  await query(one, 'create table promise as select 1 as n')
  expect(await query(one, 'select n from promise')).toEqual([{ n: 1 }])
  expect(await query(other, `select tablename from pg_tables where schemaname = 'public'`)).toEqual([])
})

test('a template is filled once and copied as often as wanted', async () => {
  let filled = 0
  const fill = async (config: DatabaseConfig) => {
    filled += 1
    await query(config, `create table promise as select '两健' as words`)
  }
  const names = await Promise.all([server.template('sample', fill), server.template('sample', fill)])
  expect(filled).toBe(1)
  expect(new Set(names).size).toBe(1)
  const copy = await server.fresh({ template: names[0] as string })
  expect(await query(copy, 'select words from promise')).toEqual([{ words: '两健' }])
})

test('what was made is dropped, connections or not', async () => {
  const own = await testDatabase()
  const made = await own.fresh()
  const client = new pg.Client(made)
  client.on('error', () => undefined)
  await client.connect()
  await own.close()
  await expect(query(made, 'select 1')).rejects.toThrow(/does not exist/)
  await client.end().catch(() => undefined)
})
