// The example's ladder on whatever day somebody starts it: every step is one that the city's own rules allow.
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as domains from '../../domains/index.ts'
import { replay } from '../../server/replay.ts'
import { openWorld } from '../../server/world.ts'
import { testDatabase, type TestDatabase } from '../../tests/database.ts'
import { founding, happenings } from './year.ts'

let databases: TestDatabase
beforeAll(async () => {
  databases = await testDatabase()
})
afterAll(() => databases.close())

const LADDER = new Set(['rung', 'recognition', 'plan'])
const AROUND = new Set([...LADDER, 'dictionary', 'profile'])
const FOUNDING = new Set(['unit', 'person', 'post', 'enterprise'])

test.each([
  // The first recognitions have just been entered; years later most have lapsed.
  ['2026-06-02', ['rung', 'recognition']],
  ['2030-03-01', ['rung', 'recognition', 'plan']],
])('until %s', async (until, kinds) => {
  const told = happenings(until).filter(({ kind }) => AROUND.has(kind))
  const stalls = told.flatMap(({ input }) => (input as { readonly stall?: string }).stall ?? [])
  const ids = new Set([...told.map(({ id }) => id.split('.').at(-1)), ...stalls])
  const founded = [...founding()].filter(({ kind, id }) => FOUNDING.has(kind) && (kind !== 'enterprise' || ids.has(id)))
  const { connectionString } = await databases.fresh()
  const world = await openWorld({ config: { connectionString }, city: 'tonghua', domains: Object.values(domains) })
  try {
    const { refused } = await replay(world, [...founded, ...told], () => undefined)
    expect(refused).toEqual([])
    const { rows } = await world.database.query('select kind, state from record where kind = any ($1)', [[...LADDER]])
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(kinds))
    // What is numbered by the list of a year was recognised in it.
    const terms = rows.flatMap(({ kind, state }) => {
      const { number, on, past = [] } = state as Term & { readonly past?: readonly Term[] }
      return kind === 'recognition' ? [{ number, on }, ...past] : []
    })
    for (const { number, on } of terms)
      if (number?.includes('〔')) expect(number.slice(0, number.indexOf('〕'))).toContain(on?.slice(0, 4))
  } finally {
    await world.close()
  }
})

type Term = { readonly number?: string; readonly on?: string }
