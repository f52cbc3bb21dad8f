// The server doubts itself: what somebody altered behind its back it finds in its next round, and says so where it is seen.
import { Writable } from 'node:stream'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealDays } from '../store/seal.ts'
import { fold } from '../store/tally.ts'
import { town, wednesday, type Town } from '../tests/world.ts'
import { checker, observed } from './check.ts'
import { metrics } from './observe.ts'
import { recomputeClocks } from './recompute.ts'

let t: Town
let owner: pg.Client
beforeAll(async () => {
  t = await town()
  t.set(wednesday)
  const said = { title: '停电', body: '停电', matter: 'difficulty', line: 'communication', channel: 'web' }
  for (let n = 0; n < 3; n++) await t.done(await t.as('qi'), 'appeal', 'raise', said, `SQ-${n}`)
  await fold(t.world.database, 'town', t.world.registry.figures.values())
  await sealDays(t.world.database, 'town', '2026-02-12')
  owner = new pg.Client(t.world.config)
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await t.close()
})

const lines: Record<string, unknown>[] = []
const log = pino(
  { level: 'info' },
  new Writable({
    write(chunk: Buffer, _, next) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>)
      next()
    },
  }),
)
const measured = metrics(() => undefined)
const value = async (name: string) =>
  new RegExp(`^liangjian_check_${name} (\\d+)$`, 'm').exec(await measured.text())?.[1]

test('while clocks are still being worked out again it waits; then all is well, and it says so', async () => {
  const round = observed(
    checker(t.world, () => Promise.resolve()),
    measured,
    log,
  )
  await round()
  expect(lines).toEqual([])
  await recomputeClocks(t.world)
  await round()
  expect(lines.at(-1)).toMatchObject({ level: 30, wrongFigures: [], wrongRecords: [], brokenSeal: null })
  expect(lines.at(-1)!['records']).toBeGreaterThan(30)
  expect([await value('figures_wrong'), await value('records_wrong'), await value('seals_broken')]).toEqual([
    '0',
    '0',
    '0',
  ])
  expect(Number(await value('last_seconds'))).toBeGreaterThan(1e9)

  await owner.query(`update rollup set n = n + 1 where leaf = 'appeal-raised'`)
  await owner.query(`update record set unit = 'tax' where id = 'SQ-1'`)
  await owner.query(`update event set data = data || '{"title": "别的"}' where record = 'SQ-2'`)
  await round()
  expect(lines.at(-1)).toMatchObject({
    level: 50,
    wrongFigures: ['appeal-raised'],
    wrongRecords: ['appeal/SQ-1 index', 'appeal/SQ-2 state'],
    brokenSeal: expect.stringMatching(/^2026-02-11 event \d+$/) as string,
  })
  expect([await value('figures_wrong'), await value('records_wrong'), await value('seals_broken')]).toEqual([
    '1',
    '2',
    '1',
  ])
})

test('figures as of a day that is past are doubted, too', async () => {
  await owner.query('truncate rollup, leaf; update watermark set position = 0')
  await fold(t.world.database, 'town', t.world.registry.figures.values())
  const round = async (random: number) => {
    const checks = checker(
      t.world,
      () => Promise.resolve(),
      () => random,
    )
    await checks.check()
    return (await checks.check())!.wrongFigures
  }
  expect(await round(0)).toEqual([])
  // All told it is as much as before: only between the two days it is not.
  await owner.query(`update rollup set on_day = '2018-02-01' where leaf = 'appeal-raised'`)
  expect(await round(0)).toEqual(['appeal-raised 2018-02-01'])
  expect(await round(0.999_999)).toEqual(['appeal-raised 2026-02-10'])
})

test('each round goes on where the last one ended, until all have been looked at', async () => {
  await t.world.database.query(
    `insert into record select city, kind, 'SQ-x' || n, version, phase, open, title, unit, level, token, facets, due, provisional, wake, law, state, created, changed
     from record, generate_series(1, 600) n where id = 'SQ-0'`,
  )
  const { check } = checker(t.world, () => Promise.resolve())
  const wrong = new Set<string>()
  for (let n = 0; n < 2; n++) for (const one of (await check())!.wrongRecords) wrong.add(one)
  expect([...wrong].filter((one) => one.startsWith('appeal/SQ-x'))).toHaveLength(600)
})
