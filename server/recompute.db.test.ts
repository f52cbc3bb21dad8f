// Publishing a year's holidays moves the dates that depend on them, through the door, and each record says so.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findRecord, historyOf } from '../store/read.ts'
import { compareRecords } from '../store/rebuild.ts'
import { town, type Town } from '../tests/world.ts'
import { recomputeClocks } from './recompute.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const holidays = {
  year: 2027,
  notice: '测试发〔2026〕1号',
  noticeDate: '2026-12-20',
  off: [{ from: '2027-01-01', to: '2027-01-05' }],
  work: ['2027-01-09'],
}

test('an open clock moves with the published holidays; a closed one and one that does not touch them stay', async () => {
  const open = async (at: string, close = false) => {
    t.set(at)
    const { done } = await t.done(await t.as('qi'), 'appeal', 'raise', {
      title: '停电',
      body: '厂区停电。',
      matter: 'difficulty',
      line: 'communication',
      channel: 'web',
      enterprise: 'e1',
    })
    const dispatch = { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' }
    await t.done(await t.as('fen'), 'appeal', 'dispatch', dispatch, done.id)
    await t.done(await t.as('hao'), 'appeal', 'sign', {}, done.id)
    if (close) await t.done(await t.as('qi'), 'appeal', 'withdraw', { reason: '已解决' }, done.id)
    return done.id
  }
  const row = async (id: string) => (await findRecord(t.world.database, 'town', 'appeal', id))!
  await recomputeClocks(t.world)
  const early = await open('2026-12-01T10:00:00.000+08:00')
  const late = await open('2026-12-30T10:00:00.000+08:00')
  const gone = await open('2026-12-30T10:00:00.000+08:00', true)
  expect((await row(late)).provisional).toBe(true)
  expect((await row(late)).due!.toISOString().slice(0, 10)).toBe('2027-01-07')

  t.set('2026-12-31T10:00:00.000+08:00')
  const wrong = async (more: object) => t.give(await t.as('wen'), 'calendar', 'draft', { ...holidays, ...more })
  const [first] = holidays.off
  expect(await wrong({ off: [...holidays.off, first] })).toMatchObject({ refused: 'days-off-overlap', field: 'off' })
  expect(await wrong({ work: [first!.from] })).toMatchObject({ refused: 'works-on-a-day-off', field: 'work' })
  expect(await wrong({ work: ['2027-06-01'] })).toMatchObject({ refused: 'works-anyway', field: 'work' })
  const year = (await t.done(await t.as('wen'), 'calendar', 'draft', holidays)).done.id
  expect(await t.give(await t.as('wen'), 'calendar', 'publish', {}, year)).toMatchObject({ refused: 'not-permitted' })
  await t.done(await t.as('an'), 'calendar', 'publish', {}, year)
  expect(await recomputeClocks(t.world)).toMatchObject({ moved: 1 })
  expect(await recomputeClocks(t.world)).toEqual({ looked: 0, moved: 0, left: 0 })

  // 31 December, then 6, 7, 8 January and the make-up Saturday.
  expect((await row(late)).due!.toISOString().slice(0, 10)).toBe('2027-01-09')
  expect((await row(late)).provisional).toBe(false)
  const history = await historyOf(t.world.database, 'town', 'appeal', late)
  expect(history.at(-1)).toMatchObject({ type: 'clock-recomputed', actor: '@system' })
  expect((await historyOf(t.world.database, 'town', 'appeal', early)).at(-1)!.type).toBe('signed')
  expect((await historyOf(t.world.database, 'town', 'appeal', gone)).at(-1)!.type).toBe('withdrawn')
  const compared = await compareRecords(t.world.database, 'town', t.world.registry, await t.world.cache.law(0))
  expect(compared.differences).toEqual([])
})

test('what somebody else is always quicker with is left for the next time, and does not count as done', async () => {
  t.set('2026-12-31T11:00:00.000+08:00')
  const raise = async () => {
    const said = { title: '停电', body: '停电', matter: 'difficulty', line: 'communication', channel: 'web' }
    const { done } = await t.done(await t.as('qi'), 'appeal', 'raise', said)
    const dispatch = { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' }
    await t.done(await t.as('fen'), 'appeal', 'dispatch', dispatch, done.id)
    await t.done(await t.as('hao'), 'appeal', 'sign', {}, done.id)
    return done.id
  }
  const [calm, busy] = [await raise(), await raise()]
  const year = { ...holidays, off: [{ from: '2027-01-01', to: '2027-01-07' }], notice: '测试发〔2026〕2号' }
  const { id } = (await t.done(await t.as('wen'), 'calendar', 'draft', year)).done
  await t.done(await t.as('an'), 'calendar', 'publish', {}, id)
  const { store } = t.world.around
  const append: typeof store.append = (given) =>
    given.writes.some((write) => write.id === busy) ? Promise.resolve('conflict') : store.append(given)
  const hindered = { ...t.world, around: { ...t.world.around, store: { ...store, append } } }
  const { left } = await recomputeClocks(hindered)
  expect(left).toBe(1)
  const last = async (one: string) => (await historyOf(t.world.database, 'town', 'appeal', one)).at(-1)!.type
  expect([await last(calm), await last(busy)]).toEqual(['clock-recomputed', 'signed'])
  expect(await recomputeClocks(t.world)).toMatchObject({ moved: 1, left: 0 })
  expect(await last(busy)).toBe('clock-recomputed')
  expect(await recomputeClocks(t.world)).toEqual({ looked: 0, moved: 0, left: 0 })
})

test('law that moves only the moment at which time acts is worked out, too', async () => {
  const { database, registry, cache } = t.world
  const { rows } = await database.query(
    `update record set wake = wake + interval '1 day'
     where id = (select id from record where kind = 'appeal' and open and wake is not null limit 1) returning id`,
  )
  await database.query('update city set law = law + 1')
  expect(await recomputeClocks(t.world)).toMatchObject({ moved: 1, left: 0 })
  const history = await historyOf(database, 'town', 'appeal', rows[0]!['id'] as string)
  expect(history.at(-1)!.type).toBe('clock-recomputed')
  expect((await compareRecords(database, 'town', registry, await cache.law(0))).differences).toEqual([])
})

test('nobody but time may give it', async () => {
  const page = await t.world.database.query(`select id from record where kind = 'appeal' limit 1`)
  const id = page.rows[0]!['id'] as string
  expect(await t.give(await t.as('wen'), 'appeal', 'recompute', {}, id)).toMatchObject({ refused: 'unknown-command' })
})

test('the office hours that a city lays down are those of its calendar from then on', async () => {
  const lay = async (spans: readonly (readonly [string, string])[], more: object = {}) => {
    const input = {
      from: '2027-06-01',
      source: '通知',
      spans: spans.map(([opens, closes]) => ({ opens, closes })),
      ...more,
    }
    return t.give(await t.as('wen'), 'hours', 'lay', input)
  }
  const morning = ['08:00', '11:30'] as const
  expect(await lay([['11:30', '08:00']])).toMatchObject({ refused: 'one-after-another', field: 'spans' })
  expect(await lay([morning, ['11:00', '17:00']])).toMatchObject({ refused: 'one-after-another' })
  expect(await lay([['8:00', '24:00']])).toMatchObject({ refused: 'invalid-input' })
  expect(await lay([morning], { to: '2027-05-01' })).toMatchObject({ refused: 'ends-before-it-begins', field: 'to' })
  const laid = await lay([morning, ['13:00', '17:00']])
  const { id } = (laid as { done: { id: string } }).done
  const calendar = async () => {
    await t.world.cache.refresh()
    return (await t.world.cache.law(0)).calendar
  }
  const before = await calendar()
  expect(before.hours).toEqual([])
  await t.done(await t.as('an'), 'hours', 'publish', {}, id)
  const { hours, id: now } = await calendar()
  expect(hours).toEqual([
    {
      from: '2027-06-01',
      to: undefined,
      spans: [
        [480, 690],
        [780, 1020],
      ],
    },
  ])
  expect(now).not.toBe(before.id)
})
