// Time's own commands: given when their moment has come, and never lost because somebody else was faster.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findRecord } from '../store/read.ts'
import { town, wednesday, type Town } from '../tests/world.ts'
import { wake } from './replay.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const row = async (id: string) => (await findRecord(t.world.database, 'town', 'appeal', id))!
const LATE = '2026-03-10T08:00:00.000+08:00'

async function dispatched() {
  t.set(wednesday)
  const said = { title: '停电', body: '停电', matter: 'difficulty', line: 'communication', channel: 'web' }
  const { done } = await t.done(await t.as('qi'), 'appeal', 'raise', said)
  const input = { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' }
  await t.done(await t.as('fen'), 'appeal', 'dispatch', input, done.id)
  return done.id
}

test('a case that is late climbs rung by rung, as often as its moments have come', async () => {
  const id = await dispatched()
  expect(await wake(t.world, t.world.around, wednesday)).toBe(0)
  t.set(LATE)
  expect(await wake(t.world, t.world.around, LATE)).toBeGreaterThan(3)
  expect((await row(id)).state).toMatchObject({ escalated: { sign: 3, answer: 3 } })
  expect(await wake(t.world, t.world.around, LATE)).toBe(0)
})

test('while others are always faster nothing is given up: it is done in the next round', async () => {
  const id = await dispatched()
  t.set(LATE)
  const { around } = t.world
  const store = { ...around.store, append: () => Promise.resolve('conflict' as const) }
  expect(await wake(t.world, { ...around, store }, LATE)).toBe(0)
  expect((await row(id)).state).toMatchObject({ escalated: { sign: 0 } })
  await wake(t.world, around, LATE)
  expect((await row(id)).state).toMatchObject({ escalated: { sign: 3 } })
})

test('a moment that comes too early is not the last one', async () => {
  const id = await dispatched()
  await t.world.database.query('update record set wake = $2 where id = $1', [id, wednesday])
  expect(await wake(t.world, t.world.around, wednesday)).toBe(1)
  t.set(LATE)
  await wake(t.world, t.world.around, LATE)
  expect((await row(id)).state).toMatchObject({ escalated: { sign: 3 } })
})
