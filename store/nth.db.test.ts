// Every call of the database fails once, each in its turn: what is left is the state before or the state after, never between.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../kernel/access.ts'
import { executeAll, type Answer, type Command } from '../kernel/door.ts'
import { town, type Town } from '../tests/world.ts'
import type { Database } from './connection.ts'
import { ledger } from './ledger.ts'

let t: Town
let assignment = ''
beforeAll(async () => {
  t = await town()
  const input = { enterprise: 'e1', leader: 'ling', unit: 'tax', from: '2026-01-01' }
  assignment = (await t.done(await t.as('du'), 'assignment', 'assign', input)).done.id
  // The first visit counts once more, as the first: those that follow are all alike.
  await executeAll(t.world.around, await t.as('ling'), [visit('first')])
})
afterAll(() => t.close())

/** How it fails: not sent at all, done but its answer lost, or turned away for the sake of another. */
const WAYS = {
  'before it is sent': undefined,
  'after it was done': undefined,
  'because of a deadlock': '40P01',
  'because it cannot be serialised': '40001',
} as const

function failing(database: Database, at: number, way: keyof typeof WAYS): { database: Database; calls: () => number } {
  let calls = 0
  const fast: Database['fast'] = async (...asked) => {
    calls += 1
    if (calls !== at) return database.fast(...asked)
    if (way === 'after it was done') await database.fast(...asked)
    throw Object.assign(new Error('the connection is gone'), { code: WAYS[way] })
  }
  return { database: { ...database, fast }, calls: () => calls }
}

const TABLES = ['record', 'event', 'entry', 'party', 'search', 'outbox', 'command'] as const

/** How much there is of everything, and of what stands in the assignment that is counted up. */
async function extent(): Promise<readonly number[]> {
  const counts = TABLES.map((table) => `(select count(*) from ${table})`)
  const visits = `(select (state->>'visits')::int from record where id = '${assignment}')`
  const { rows } = await t.world.database.query(`select array[${[...counts, visits].join(', ')}]::int[] as extent`)
  return rows[0]!['extent'] as number[]
}

const problem = { title: '停电', body: '停电。', matter: 'difficulty', line: 'communication' }
const visit = (key: string): Command => ({
  kind: 'visit',
  name: 'record',
  key,
  input: {
    enterprise: 'e1',
    on: '2026-02-10',
    assignment,
    summary: '看了车间。',
    problems: [problem, { ...problem, title: '断网' }],
  },
})
const appoint = (key: string): Command => ({
  kind: 'post',
  name: 'appoint',
  key,
  input: { person: 'hao', role: 'leader', unit: 'town', clearance: 1, from: '2026-01-01' },
})

describe.each<[string, string, (key: string) => readonly Command[]]>([
  ['a visit, two appeals that come of it and the count it adds to', 'ling', (key) => [visit(key)]],
  ['a post and the person who takes it', 'an', (key) => [appoint(key)]],
  ['three visits in one batch', 'ling', (key) => [visit(`${key} a`), visit(`${key} b`), visit(`${key} c`)]],
])('%s', (name, person, commandsOf) => {
  test.each(Object.keys(WAYS) as (keyof typeof WAYS)[])('each call fails %s', async (way) => {
    const actor: Actor = await t.as(person)
    const give = (database: Database, key: string) => {
      const around = { ...t.world.around, store: ledger(database, 'town') }
      return executeAll(around, actor, commandsOf(`${name} ${way} ${key}`))
    }
    const start = await extent()
    const all = (answers: readonly Answer[]) => answers.every((answer) => 'done' in answer)
    expect(all(await give(t.world.database, 'whole'))).toBe(true)
    const step = (await extent()).map((count, place) => count - start[place]!)
    let fails = 0
    for (let at = 1; ; at++) {
      const before = await extent()
      const after = before.map((count, place) => count + step[place]!)
      const faulty = failing(t.world.database, at, way)
      const given = await give(faulty.database, `${at}`).catch(() => undefined)
      const between = await extent()
      expect([before, after], `call ${at} of ${faulty.calls()}`).toContainEqual(between)
      // Whoever was told that it is done can rely on it; who was not asks again under the same key, and it is done once.
      if (given) expect(between).toEqual(after)
      expect(all(await give(t.world.database, `${at}`))).toBe(true)
      expect(await extent()).toEqual(after)
      if (faulty.calls() < at) break
      fails += 1
    }
    expect(fails).toBeGreaterThanOrEqual(2)
  })
})
