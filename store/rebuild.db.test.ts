// Records told in earlier shapes, and records that somebody has meddled with: found, and written again as their events say.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { nobody } from '../kernel/access.ts'
import type { Domain } from '../kernel/domain.ts'
import { execute } from '../kernel/door.ts'
import type { AnyDefinition } from '../kernel/record.ts'
import { openCase } from '../server/case.ts'
import { openWorld, type World } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import { compareRecords } from './rebuild.ts'

let databases: TestDatabase
let connectionString: string
beforeAll(async () => {
  databases = await testDatabase()
  connectionString = (await databases.fresh()).connectionString
})
afterAll(() => databases.close())

/** The program as it was when buckets had only this. */
function program(of: z.ZodObject, steps: object): Domain {
  const [kind] = buckets.kinds
  const { definition } = kind!
  const commands = { ...definition.commands, make: { ...definition.commands['make']!, input: of } }
  const events = { ...(definition.events as object), made: of }
  const upcasters = Object.keys(steps).length === 0 ? {} : { made: steps }
  return {
    ...buckets,
    kinds: [{ ...kind!, definition: { ...definition, commands, events, upcasters } as AnyDefinition }],
  }
}
const { upcasters } = buckets.kinds[0]!.definition as unknown as { upcasters: { made: Record<1 | 2, never> } }
const first = program(z.object({ gallons: z.number() }), {})
const second = program(z.object({ size: z.number() }), { 1: upcasters.made[1] })

async function within<T>(domain: Domain, work: (world: World) => Promise<T>): Promise<T> {
  const world = await openWorld({ config: { connectionString }, city: 'well', domains: [domain] })
  try {
    return await work(world)
  } finally {
    await world.close()
  }
}
const give = (world: World, name: string, input: unknown, id: string) =>
  execute(world.around, nobody, { kind: 'bucket', name, input, id })
const compare = async ({ database, city, registry, cache }: World, mend = false) =>
  compareRecords(database, city, registry, await cache.law(0), { mend })

test('events of three shapes are one story: loaded, shown, acted upon and folded again', async () => {
  await within(first, async (world) => {
    expect(await give(world, 'make', { gallons: 2 }, 'old')).toHaveProperty('done')
    expect((await compare(world)).differences).toEqual([])
  })
  await within(second, async (world) => {
    expect(await give(world, 'make', { size: 7 }, 'middle')).toHaveProperty('done')
    expect(await give(world, 'fill', { litres: 8 }, 'old')).toHaveProperty('done')
    expect((await compare(world)).differences).toEqual([])
  })
  await within(buckets, async (world) => {
    expect(await give(world, 'make', { size: 5, colour: 'red' }, 'new')).toHaveProperty('done')
    expect(await give(world, 'fill', { litres: 1 }, 'old')).toMatchObject({ refused: 'too-full', about: { room: 0 } })
    expect(await give(world, 'fill', { litres: 8 }, 'middle')).toMatchObject({ about: { room: 7 } })
    expect(await compare(world)).toMatchObject({ records: 3, events: 4, differences: [], mended: 0 })
    const { rows } = await world.database.query(
      `select record, type_version, data from event where type = 'made' order by position`,
    )
    expect(rows).toEqual([
      { record: 'old', type_version: 1, data: { gallons: 2 } },
      { record: 'middle', type_version: 2, data: { size: 7 } },
      { record: 'new', type_version: 3, data: { size: 5, colour: 'red' } },
    ])
    const shown = await openCase(world, nobody, world.registry.kinds.get('bucket')!, 'old', 'en')
    expect(shown!.facts).toEqual({ size: 8, colour: 'plain', holds: 8 })
    expect(shown!.timeline[0]).toMatchObject({ type: 'made', data: { size: 8, colour: 'plain' } })
  })
})

describe('meddling', () => {
  test.each<[string, string]>([
    ['state', `update record set state = jsonb_set(state, '{holds}', '99') where id = 'old'`],
    ['index', `update record set level = 3 where id = 'old'`],
    ['index', `update record set token = 'mine' where id = 'old'`],
    ['facets', `update record set facets = '{}' where id = 'old'`],
    ['parties', `insert into party values ('well', 'person:thief', 'bucket', 'old', now(), null, true)`],
    ['parties', `delete from party where id = 'old'`],
    ['places', `update party set due = now() where id = 'old'`],
    ['places', `update party set open = not open where id = 'old'`],
    ['words', `update search set words = 'gold' where id = 'old'`],
    ['due', `update record set due = now() where id = 'old'`],
    ['wake', `update record set wake = now() where id = 'old'`],
    ['provisional', `update record set provisional = true where id = 'old'`],
  ])('with the %s of a record is found and mended: %s', async (what, meddle) => {
    await within(buckets, async (world) => {
      await world.database.query(meddle)
      expect((await compare(world)).differences).toEqual([{ kind: 'bucket', id: 'old', what }])
      expect((await compare(world, true)).mended).toBe(1)
      expect(await compare(world)).toMatchObject({ records: 3, differences: [] })
    })
  })
  test.each<[string, string]>([
    ['bucket/old entries', `delete from entry where record = 'old'`],
    ['bucket/old entries', `update entry set quantity = quantity + 1 where record = 'old'`],
    ['bucket/old entries', `update entry set dims = '{}' where record = 'old'`],
    ['bucket/old entries', `update entry set on_day = on_day - 1 where record = 'old'`],
    [
      'bucket/old entries',
      `insert into entry select city, position, 99, kind, record, measure, on_day, n, quantity, subject, dims from entry where record = 'old' and measure = 'water'`,
    ],
    ['bucket/middle entries, bucket/old entries', `update entry set record = 'middle' where record = 'old'`],
    ['bucket/old entries', `update entry set position = 0 where record = 'old' and measure = 'water'`],
    ['bucket/old entries, bucket/ghost record', `update entry set record = 'ghost' where record = 'old'`],
  ])('with entries is found, and left as it is, for entries are only ever added: %s', async (what, meddle) => {
    const owner = new pg.Client({ connectionString })
    await owner.connect()
    await owner.query('create table entries as table entry')
    await owner.query(meddle)
    await within(buckets, async (world) => {
      for (const mend of [false, true]) {
        const { differences, mended } = await compare(world, mend)
        expect(differences.map((one) => `${one.kind}/${one.id} ${one.what}`).join(', ')).toBe(what)
        expect(mended).toBe(0)
      }
    })
    await owner.query('truncate entry; insert into entry table entries; drop table entries')
    await owner.end()
  })
  test.each<[string, string]>([
    ['bucket/old versions', `delete from event where record = 'old' and version = 1`],
    ['bucket/old version', `delete from event where record = 'old' and version = 2`],
    ['bucket/new data of made', `update event set data = '{"size": -1, "colour": "red"}' where record = 'new'`],
    ['bucket/new event burst', `update event set type = 'burst' where record = 'new'`],
    ['barrel/new kind, bucket/new record', `update record set kind = 'barrel' where id = 'new'`],
    ['bucket/new record', `delete from record where id = 'new'`],
  ])('with events is found, and nothing is written over it: %s', async (what, meddle) => {
    const owner = new pg.Client({ connectionString })
    await owner.connect()
    await owner.query('create table events as table event; create table records as table record')
    await owner.query(meddle)
    await within(buckets, async (world) => {
      for (const mend of [false, true]) {
        const { differences, mended } = await compare(world, mend)
        expect(differences.map((one) => `${one.kind}/${one.id} ${one.what}`).join(', ')).toBe(what)
        expect(mended).toBe(0)
      }
    })
    await owner.query('truncate event, record; insert into event table events; insert into record table records')
    await owner.query('drop table events, records')
    await owner.end()
  })
})
