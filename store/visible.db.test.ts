// Who may see what, said twice and meant once: the SQL made from an actor's ways in finds exactly what the kernel admits.
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { admits, visible, type Actor, type Grant, type Post, type Scope } from '../kernel/access.ts'
import type { Index } from '../kernel/record.ts'
import { openWorld, type World } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import { countByUnit, countRecords, listRecords } from './read.ts'
import { searchRecords } from './search.ts'
import { marksOf, tokensOf } from './token.ts'
import { parameters, visibleSql } from './visible.ts'

const units = ['u1', 'u2', 'u3', 'u4'] as const
const roles = ['handler', 'head', 'leader'] as const
const who = [
  'person:p1',
  'person:p2',
  'enterprise:e1',
  'enterprise:e2',
  ...units.map((unit) => `unit:${unit}`),
] as const
const some = <T>(of: readonly T[], most: number) => fc.uniqueArray(fc.constantFrom(...of), { maxLength: most })
const level = fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const)
const token = fc.option(fc.constantFrom('t1', 't2'), { nil: undefined })

const index: fc.Arbitrary<Index> = fc.record({
  title: fc.constant('同一个词'),
  open: fc.boolean(),
  unit: fc.option(fc.constantFrom(...units), { nil: undefined }),
  parties: some(who, 3),
  level: fc.option(level, { nil: undefined }),
  token,
}) as fc.Arbitrary<Index>
const post: fc.Arbitrary<Post> = fc.record({
  role: fc.constantFrom(...roles, 'public', 'subject', 'token', 'system'),
  unit: fc.constantFrom(...units),
  below: some(units, 3),
  whole: fc.boolean(),
  clearance: level,
})
const actor: fc.Arbitrary<Actor> = fc.record({
  id: fc.constant('p1'),
  name: fc.constant(''),
  posts: fc.array(post, { maxLength: 3 }),
  subjects: some(who.slice(0, 4), 2),
  token,
  system: fc.constantFrom(false, false, false, false, true),
})
const scope = fc.constantFrom<Scope[]>('unit', 'involved', 'subtree', 'city')
const grant: fc.Arbitrary<Grant> = fc.record(
  {
    handler: scope,
    head: scope,
    leader: scope,
    public: fc.constant('always' as const),
    subject: fc.constant('always' as const),
    token: fc.constant('always' as const),
    system: fc.constant('always' as const),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Grant>

let databases: TestDatabase
let world: World
const records = fc
  .sample(index, { numRuns: 150, seed: 7 })
  .map((one, n) => ({ id: `r${String(n).padStart(3, '0')}`, index: one }))
beforeAll(async () => {
  databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  world = await openWorld({ config: { connectionString }, city: 'well', domains: [buckets] })
  const owner = new pg.Client({ connectionString })
  await owner.connect()
  for (const { id, index: of } of records) {
    await owner.query(
      `insert into record (city, kind, id, version, phase, open, title, unit, level, token, facets, provisional, law, state, created, changed)
       values ('well', 'bucket', $1, 1, 'standing', $2, $3, $4, $5, $6, '{}', false, 0, '{"phase": "standing"}', now(), now())`,
      [id, of.open, of.title, of.unit ?? null, of.level ?? 1, of.token ?? null],
    )
    await owner.query(
      `insert into party select city, unnest($2::text[]), kind, id, created, due, open from record where city = 'well' and kind = 'bucket' and id = $1`,
      [id, of.parties],
    )
    await owner.query(
      `insert into search values ('well', 'bucket', $1, '同一个词', dated($2, 'bucket', now()), now())`,
      [id, tokensOf('同一个词', marksOf('bucket', of))],
    )
  }
  // The same ids in another city and of another kind: none of theirs may ever be found.
  await owner.query(`insert into city (city) values ('other')`)
  await owner.query(
    `insert into record select 'other', kind, id, version, phase, open, title, unit, 0, token, facets, due, provisional, wake, law, state, created, changed from record`,
  )
  await owner.query(
    `insert into party select 'other', who, kind, id, created, due, open from party p cross join (values (1)) v`,
  )
  await owner.query(
    `insert into party select 'well', w, 'barrel', id, created, due, open from record, unnest($1::text[]) w where city = 'well'`,
    [who],
  )
  await owner.end()
})
afterAll(async () => {
  await world.close()
  await databases.close()
})

let pairs = 0
let seen = 0

test('in 18,000 pairs of an actor and a record the two agree; so do lists, counts, searches and sums', async () => {
  const { database } = world
  let turn = 0
  await fc.assert(
    fc.asyncProperty(grant, actor, async (of, whoever) => {
      const branches = visible(of, whoever)
      const expected = records.filter((record) => admits(branches, record.index))
      const ids = expected.map((record) => record.id)
      const given = parameters('well')
      const { rows } = await database.query(
        `select id from record r where r.city = $1 and ${visibleSql(branches, given)} order by id`,
        given.values,
      )
      expect(rows.map((row) => row['id'])).toEqual(ids)
      pairs += records.length
      seen += ids.length
      if (turn++ % 4 !== 0) return
      const wanted = { kind: 'bucket', order: 'created', limit: 1000 } as const
      const listed = await listRecords(database, 'well', branches, wanted)
      expect(listed.items.map((row) => row.id).toSorted()).toEqual(ids)
      expect(await countRecords(database, 'well', branches, wanted)).toBe(ids.length)
      const found = await searchRecords(database, 'well', branches, { kind: 'bucket', limit: 1000 }, '一个')
      expect(found.map((row) => row.id).toSorted()).toEqual(ids)
      const sums = await countByUnit(database, 'well', branches, 'bucket', '2026-01-01T00:00:00Z')
      expect(sums.reduce((sum, row) => sum + row.open, 0)).toBe(expected.filter((one) => one.index.open).length)
    }),
    { numRuns: 120, seed: 3 },
  )
  expect(pairs).toBe(18_000)
  // Neither everything nor nothing, or the agreement would say little.
  expect(seen / pairs).toBeGreaterThan(0.15)
  expect(seen / pairs).toBeLessThan(0.85)
})
