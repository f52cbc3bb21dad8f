// The store on PostgreSQL: it agrees with the one in memory whatever is done, and many at once come out as one after another.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../kernel/access.ts'
import { execute, executeAll, type Answer, type Command, type Surroundings } from '../kernel/door.ts'
import { openWorld, type World } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import { memory } from '../tests/memory.ts'
import { compareRecords } from './rebuild.ts'
import { compareFigures } from './compare.ts'

let databases: TestDatabase
let world: World
const NOW = '2026-03-02T10:00:00.000+08:00'
beforeAll(async () => {
  databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  world = await openWorld({ config: { connectionString }, city: 'well', domains: [buckets], now: () => NOW })
})
afterAll(async () => {
  await world.close()
  await databases.close()
})

const order = (name: string, input: unknown, id?: string, key?: string): Command => ({
  kind: 'bucket',
  name,
  input,
  id,
  key,
})
const give = (...of: Parameters<typeof order>) => execute(world.around, nobody, order(...of))
const said = (answer: Answer) => ('refused' in answer ? answer.refused : 'done')
const counted = (answers: readonly Answer[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(answers, said)).map(([name, of]) => [name, of!.length]))
const holds = async (id: string) =>
  (
    (await world.database.query(`select state from record where kind = 'bucket' and id = $1`, [id])).rows[0]![
      'state'
    ] as { holds: number }
  ).holds

test('whatever is done, both stores give the same answers and hold the same', async () => {
  const names = ['a', 'b', 'c'] as const
  const id = fc.constantFrom(...names)
  const litres = fc.integer({ min: 0, max: 12 })
  const one = fc.oneof(
    fc.record({ name: fc.constant('make'), id, input: fc.record({ size: litres, colour: fc.constant('red') }) }),
    fc.record({ name: fc.constant('fill'), id, input: fc.record({ litres }) }),
    fc.record({ name: fc.constant('pour'), id, input: fc.record({ litres, into: id }) }),
    fc.record({ name: fc.constant('break'), id, input: fc.constant({}) }),
  )
  const key = fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: undefined })
  const batches = fc.array(fc.array(fc.tuple(one, key), { minLength: 1, maxLength: 5 }), { maxLength: 8 })
  let run = 0
  await fc.assert(
    fc.asyncProperty(batches, async (given) => {
      // Ids and keys of this run alone, so that every run begins with nothing.
      const own = (name: string) => `${name}.${run}`
      run += 1
      const mine = memory()
      const around: Surroundings = { ...world.around, store: mine }
      for (const batch of given) {
        const commands = batch.map(([command, said]): Command => {
          const input = { ...command.input, ...('into' in command.input && { into: own(command.input.into) }) }
          return { kind: 'bucket', name: command.name, id: own(command.id), input, key: said && own(said) }
        })
        const [here, there] = [
          await executeAll(around, nobody, commands),
          await executeAll(world.around, nobody, commands),
        ]
        expect(there).toEqual(here)
      }
      expect(await contents(names.map(own))).toEqual({
        records: [...mine.records.values()]
          .map(({ id: at, version, state, index, due, wake }) => {
            const { title, open, level, facets } = index
            return { id: at, version, state, phase: state.phase, title, open, level, facets, due, wake }
          })
          .toSorted((x, y) => (x.id < y.id ? -1 : 1)),
        events: [...mine.events]
          .map(({ record, version, type, data }) => ({ record, version, type, data }))
          .toSorted(byRecord),
        entries: [...mine.entries]
          .map(({ record, version, measure, n, quantity, subject, dims }) => ({
            record,
            version,
            measure,
            n,
            quantity,
            subject,
            dims,
          }))
          .toSorted(byRecord),
        parties: [...mine.parties].toSorted(),
        messages: [...mine.messages].toSorted(),
        words: [...mine.records.values()].map(({ id: at, index }) => `${at}: ${index.search}`).toSorted(),
      })
    }),
    { numRuns: 60, seed: 1 },
  )
})

/** All that PostgreSQL holds of these buckets, in the shape in which the memory holds it. */
async function contents(ids: readonly string[]) {
  const rows = async (text: string) => (await world.database.query(text, [ids])).rows
  const told = rows(`select kind || '/' || record as record, version, type, data from event where record = any ($1)`)
  const posted = rows(
    `select e.kind || '/' || e.record as record, v.version, e.measure, e.n, e.quantity, e.subject, e.dims
     from entry e join event v using (city, position) where e.record = any ($1)`,
  )
  const party = rows(`select who || ' in ' || kind || '/' || id as line from party where id = any ($1)`)
  const message = rows(
    `select kind || '/' || record || ' → ' || recipient || ': ' || template || ' {"from":"' || (about->>'from') || '"}' as line
     from outbox where record = any ($1)`,
  )
  const lines = async (of: typeof party) => (await of).map((row) => row['line'] as string).toSorted()
  return {
    records: await rows(
      'select id, version, state, phase, title, open, level, facets, due, wake from record where id = any ($1) order by id',
    ),
    events: ((await told) as { record: string; version: number }[]).toSorted(byRecord),
    entries: ((await posted) as { record: string; version: number }[]).toSorted(byRecord),
    parties: await lines(party),
    messages: await lines(message),
    words: await lines(rows(`select id || ': ' || words as line from search where id = any ($1)`)),
  }
}

function byRecord(x: { record: string; version: number }, y: { record: string; version: number }): number {
  return x.record === y.record ? x.version - y.version : x.record < y.record ? -1 : 1
}

describe('twenty at once', () => {
  test('with one key and one input are one command with one answer', async () => {
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => give('make', { size: 5, colour: 'red' }, undefined, `same ${round}`)),
      )
      expect(counted(answers)).toEqual({ done: 20 })
      for (const answer of answers) expect(answer).toEqual(answers[0])
    }
    const { rows } = await world.database.query(`select count(*) as n from record where id like 'ST%'`)
    expect(rows[0]!['n']).toBe(10)
  })
  test('with one key and twenty inputs are one command and nineteen refusals', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => give('make', { size: n + 1, colour: 'red' }, `other-${n}`, 'other')),
    )
    expect(counted(answers)).toEqual({ done: 1, 'key-reused': 19 })
    const { rows } = await world.database.query(`select count(*) as n from record where id like 'other-%'`)
    expect(rows[0]!['n']).toBe(1)
  })
  test('on one record all happen, one after another', async () => {
    await give('make', { size: 1000, colour: 'red' }, 'hot')
    const answers = await Promise.all(Array.from({ length: 20 }, () => give('fill', { litres: 3 }, 'hot')))
    expect(counted(answers)).toEqual({ done: 20 })
    expect(await holds('hot')).toBe(60)
    const versions = answers.map((answer) => ('done' in answer ? answer.done.version : 0)).toSorted((a, b) => a - b)
    expect(versions).toEqual(Array.from({ length: 20 }, (_, n) => n + 2))
  })
  test('for the last room in one record: as many as fit', async () => {
    await give('make', { size: 10, colour: 'red' }, 'small')
    const answers = await Promise.all(Array.from({ length: 20 }, () => give('fill', { litres: 3 }, 'small')))
    expect(counted(answers)).toEqual({ done: 3, 'too-full': 17 })
  })
  test('pouring to and fro neither make water nor lose it', async () => {
    const ids = ['x', 'y', 'z']
    for (const id of ids) {
      await give('make', { size: 30, colour: 'red' }, id)
      await give('fill', { litres: 20 }, id)
    }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => give('pour', { litres: 3, into: ids[(n + 1) % 3] }, ids[n % 3])),
    )
    expect(counted(answers)['busy']).toBeUndefined()
    const held = await Promise.all(ids.map(holds))
    expect(held.reduce((sum, one) => sum + one)).toBe(60)
    expect(Math.max(...held)).toBeLessThanOrEqual(30)
  })
  test('leave a ledger whose every record and figure comes out again', async () => {
    const law = await world.cache.law(0)
    expect((await compareRecords(world.database, 'well', world.registry, law)).differences).toEqual([])
    expect(await compareFigures(world.database, 'well', world.registry.figures.values(), '2026-12-31')).toEqual([])
    const { rows } = await world.database.query(
      `select count(*) as wrong from (select position, lag(position) over (partition by record order by version) as before from event) e where position <= before`,
    )
    expect(rows[0]!['wrong']).toBe(0)
  })
})
