// Search against going through every record: for words of any commonness, for whoever sees all and whoever sees a few.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Branch } from '../kernel/access.ts'
import { openWorld, type World } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import { applicationRole } from './migrate.ts'
import { searchRecords } from './search.ts'
import { marksOf, tokensOf } from './token.ts'

/** One every forty minutes, the newest first: three years. */
const RECORDS = 40_000
const NEWEST = Date.parse('2026-11-20T10:00:00+08:00')

const unitOf = (n: number) => (n % 40 === 7 ? 'few' : 'most')
/** A unit that has a part in one of fifty, and a person who has one in six. */
const partiesOf = (n: number) => [...(n % 50 === 3 ? ['unit:aside'] : []), ...(n % 7000 === 9 ? ['person:one'] : [])]
const levelOf = (n: number) => (n % 11 === 0 ? 2 : 1)
/** What all hold, what a third of the old hold, what one in three hundred does, what only the oldest one does. */
const wordsOf = (n: number) =>
  [
    '全城',
    ...(n > 20_000 && n % 3 === 0 ? ['旧路'] : []),
    ...(n % 300 === 0 ? ['桥洞'] : []),
    ...(n === RECORDS - 1 ? ['末尾'] : []),
  ].join(' ')
const phaseOf = (n: number) => (n % 1000 === 5 ? 'gone' : 'standing')

let databases: TestDatabase
let world: World
beforeAll(async () => {
  databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  world = await openWorld({ config: { connectionString }, city: 'well', domains: [buckets] })
  const owner = new pg.Client({ connectionString })
  await owner.connect()
  const all = Array.from({ length: RECORDS }, (_, n) => n)
  const columns = [
    all.map((n) => `b${n}`),
    all.map((n) => new Date(NEWEST - n * 2_400_000).toISOString()),
    all.map(phaseOf),
    all.map(unitOf),
    all.map(levelOf),
    all.map(wordsOf),
    all.map((n) =>
      tokensOf(wordsOf(n), marksOf('bucket', { title: '', open: true, unit: unitOf(n), parties: partiesOf(n) })),
    ),
  ]
  await owner.query(
    `create temporary table given as select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[])
       g (id, created, phase, unit, level, words, tokens)`,
    columns,
  )
  await owner.query(
    `insert into record (city, kind, id, version, phase, open, title, unit, level, facets, provisional, law, state, created, changed)
     select 'well', 'bucket', id, 1, phase, true, id, unit, level, '{}', false, 0, jsonb_build_object('phase', phase), created, created from given`,
  )
  await owner.query(
    `insert into search (city, kind, id, words, tokens, created)
     select 'well', 'bucket', id, words, dated(tokens::tsvector, 'bucket', created), created from given`,
  )
  const parts = all.flatMap((n) => partiesOf(n).map((who) => [who, n] as const))
  await owner.query(
    `insert into party (city, who, kind, id, created, due, open)
     select 'well', p.who, 'bucket', r.id, r.created, null, true from unnest($1::text[], $2::text[]) p (who, id) join record r on r.id = p.id`,
    [parts.map(([who]) => who), parts.map(([, n]) => `b${n}`)],
  )
  await owner.query('analyze record, search')
  await owner.end()
}, 120_000)
afterAll(async () => {
  await world.close()
  await databases.close()
})

test('how common words are is told to the role of the application', async () => {
  const { rows } = await world.database.query(
    `select current_user::text as who, (select count(*) from pg_stats where tablename = 'search' and attname = 'tokens') as told`,
  )
  expect(rows).toEqual([{ who: applicationRole, told: 1 }])
})

const viewers: readonly (readonly [name: string, branches: readonly Branch[], sees: (n: number) => boolean])[] = [
  ['whoever sees all', [{ by: 'all', level: 3 }], () => true],
  ['whoever may not see what is confidential', [{ by: 'all', level: 1 }], (n) => levelOf(n) <= 1],
  ['a unit that has few', [{ by: 'unit', units: ['few'], level: 1 }], (n) => unitOf(n) === 'few' && levelOf(n) <= 1],
  [
    'a person of a unit that has a part in some',
    [
      { by: 'party', who: ['person:one'], level: 9 },
      { by: 'unit', units: ['aside'], level: 1 },
      { by: 'party', who: ['unit:aside'], level: 1 },
    ],
    (n) => partiesOf(n).includes('person:one') || (partiesOf(n).includes('unit:aside') && levelOf(n) <= 1),
  ],
  [
    'whoever supervises many units, of which two have any',
    [{ by: 'unit', units: ['few', 'most', ...Array.from({ length: 20 }, (_, n) => `idle-${n}`)], level: 1 }],
    (n) => levelOf(n) <= 1,
  ],
]

describe.each(viewers)('for %s', (_, branches, sees) => {
  const find = async (
    text: string,
    wanted: { phases?: readonly string[]; ids?: readonly string[]; limit?: number } = {},
  ) => {
    const found = await searchRecords(world.database, 'well', branches, { kind: 'bucket', limit: 20, ...wanted }, text)
    return found.map(({ id }) => id)
  }
  /** Up to five hundred by where and in how much the words stand, then by age; of more the newest. */
  const due = (text: string, limit = 20, phase = phaseOf) => {
    const all = Array.from({ length: RECORDS }, (_, n) => n).filter((n) => sees(n) && wordsOf(n).includes(text))
    const place = (n: number) => wordsOf(n).indexOf(text) * 100 + wordsOf(n).length
    return (all.length > 500 ? all : all.toSorted((a, b) => place(a) - place(b) || a - b))
      .filter((n) => phase(n) === phaseOf(n))
      .slice(0, limit)
      .map((n) => `b${n}`)
  }

  test('the newest are found of those that all hold', async () => expect(await find('全城')).toEqual(due('全城')))

  test('the newest are found of those that many hold, but none that is new', async () =>
    expect(await find('旧路')).toEqual(due('旧路')))

  test('the one that is oldest is found, beside a word that all hold, too', async () => {
    expect(await find('末尾')).toEqual(due('末尾'))
    expect(await find('全城 末尾')).toEqual(due('末尾'))
  })

  test('all of what few hold are found', async () => {
    expect((await find('桥洞', { limit: 1000 })).toSorted()).toEqual(due('桥洞', 1000).toSorted())
    expect(await find('洞桥')).toEqual([])
  })

  test('with a filter that hardly any satisfies the search goes back as far as it must', async () =>
    expect(await find('全城', { phases: ['gone'] })).toEqual(due('全城', 20, () => 'gone')))

  test('a filter that most satisfy leaves out the others', async () =>
    expect(await find('旧路', { phases: ['standing'] })).toEqual(due('旧路', 20, () => 'standing')))

  test('of some that are named one by one those are found that hold the words', async () => {
    const ids = Array.from({ length: 300 }, (_, n) => `b${n * 100 + 3}`)
    const held = due('旧路', RECORDS).filter((id) => ids.includes(id))
    expect((await find('旧路', { ids, limit: 300 })).toSorted()).toEqual(held.toSorted())
  })

  test('a single sign is a beginning or an end', async () => {
    expect(await find('城')).toEqual(due('城'))
    expect(await find('末')).toEqual(due('末'))
  })
})
