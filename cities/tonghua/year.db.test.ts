// The example's year as a whole: every step that it tells is one that the city's own rules allow.
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as domains from '../../domains/index.ts'
import { replay } from '../../server/replay.ts'
import { openWorld, type World } from '../../server/world.ts'
import { testDatabase, type TestDatabase } from '../../tests/database.ts'
import { founding, happenings } from './year.ts'

let databases: TestDatabase
let world: World
beforeAll(async () => {
  databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  world = await openWorld({ config: { connectionString }, city: 'tonghua', domains: Object.values(domains) })
})
afterAll(async () => {
  await world.close()
  await databases.close()
})

test('goes through the door without a refusal', async () => {
  const { given, refused } = await replay(world, [...founding(), ...happenings('2026-06-30')], () => undefined)
  expect(refused).toEqual([])
  expect(given).toBeGreaterThan(5000)
})
