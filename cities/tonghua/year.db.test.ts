// The example's year as a whole: every step that it tells is one that the city's own rules allow.
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as domains from '../../domains/index.ts'
import { replay } from '../../server/replay.ts'
import { openWorld, type World } from '../../server/world.ts'
import { figureValue } from '../../store/tally.ts'
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

test('counts what start-ups and electricity services have come to', async () => {
  const value = async (id: string) =>
    (await figureValue(world.database, 'tonghua', world.registry.figures.get(id)!, { on: '2026-06-30' })).value!
  // Of 24 start-ups the last three are on their way; the city pays 350 yuan for each set of seals.
  expect(await value('F27')).toBe(21)
  expect(await value('F28')).toBe(21 * 350)
  expect(await value('F29')).toBe(30)
  expect(await value('F30')).toBeGreaterThan(0)
  // Asked once and not by each item.
  expect(await value('joint-spared-rate')).toBeGreaterThan(40)
})

test('leaves the figures of the item library as the city has them', async () => {
  const figures = [
    ['F21', 392],
    ['F22', 98.25],
    ['F23', 82.5],
    ['F24', 552],
    ['F25', 266],
    ['F26', 74.14],
  ] as const
  for (const [id, value] of figures) {
    const found = await figureValue(world.database, 'tonghua', world.registry.figures.get(id)!, { on: '2026-06-30' })
    expect(Math.round(found.value! * 100) / 100, id).toBe(value)
  }
})
