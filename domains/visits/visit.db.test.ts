// A leader stands behind an enterprise, comes, and comes again; what is raised at a visit becomes an appeal at once.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCase } from '../../server/case.ts'
import { wake } from '../../server/replay.ts'
import { figureValue } from '../../store/tally.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { findRecord } from '../../store/read.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const at = (date: string) => `${date}T10:00:00.000+08:00`
const row = async (kind: string, id: string) => (await findRecord(t.world.database, 'town', kind, id))!
const figure = async (id: string, on: string) =>
  (await figureValue(t.world.database, 'town', t.world.registry.figures.get(id)!, { on })).value
const assign = { enterprise: 'e1', leader: 'ling', unit: 'tax', from: '2026-02-11' }
const visit = { enterprise: 'e1', on: '2026-02-11', assignment: 'a1', summary: '看了车间。', problems: [] }
const problem = { title: '缺技术工人', body: '缺二十名车工。', matter: 'difficulty', line: 'trade' }

test('a key enterprise without support is a gap that can be seen, until somebody stands behind it', async () => {
  t.set(wednesday)
  const du = await t.as('du')
  for (const id of ['e1', 'e2']) await t.done(du, 'enterprise', 'designate', { key: true, reason: '名单' }, id)
  expect(await t.give(du, 'enterprise', 'designate', { key: true, reason: '名单' }, 'e1')).toMatchObject({
    refused: 'nothing-new',
  })
  expect(await figure('enterprise-key-backed-rate', '2026-02-11')).toBe(0)
  await t.done(du, 'assignment', 'assign', assign, 'a1')
  expect(await figure('enterprise-key-backed-rate', '2026-02-11')).toBe(50)
  expect((await row('enterprise', 'e1')).facets).toMatchObject({ key: 'yes', backed: 'yes' })
  expect((await row('enterprise', 'e2')).facets).toMatchObject({ key: 'yes', backed: 'no' })
})

test('an update of what is known leaves the key list and the support as they are', async () => {
  const {
    phase: _,
    facts: __,
    key: ___,
    behind: ____,
    usccForm: _____,
    ...known
  } = (await row('enterprise', 'e1')).state as unknown as Record<string, unknown>
  await t.done(await t.as('wen'), 'enterprise', 'enter', { ...known, name: '通化e1新名公司' }, 'e1')
  expect((await row('enterprise', 'e1')).facets).toMatchObject({ key: 'yes', backed: 'yes' })
})

test('the promise to come again runs from the last visit; when it lapses the leader is reminded once', async () => {
  // Three months from 11 February 2026: Monday 11 May.
  expect((await row('assignment', 'a1')).due!.toISOString()).toBe('2026-05-11T15:59:59.999Z')
  t.set(at('2026-03-02'))
  await t.done(await t.as('ling'), 'visit', 'record', { ...visit, on: '2026-03-02' }, 'v1')
  expect((await row('assignment', 'a1')).due!.toISOString()).toBe('2026-06-02T15:59:59.999Z')
  await t.done(await t.as('ling'), 'visit', 'record', { ...visit, on: '2026-02-20' }, 'v0')
  expect((await row('assignment', 'a1')).due!.toISOString()).toBe('2026-06-02T15:59:59.999Z')
  for (const day of ['2026-06-03', '2026-06-04']) {
    t.set(at(day))
    await wake(t.world, t.world.around, at(day))
  }
  const { rows } = await t.world.database.query(`select recipient from outbox where record = 'a1'`)
  expect(rows).toEqual([{ recipient: 'person:ling' }])
})

test('problems become appeals at once, with the visit as their cause; the visitor sees them before they are sent on', async () => {
  const answer = await t.done(await t.as('ling'), 'visit', 'record', { ...visit, problems: [problem, problem] }, 'v2')
  expect(answer.done.events).toEqual(['recorded'])
  const kind = t.world.registry.kinds.get('visit')!
  const seen = (await openCase(t.world, await t.as('ling'), kind, 'v2', 'zh-CN'))!
  expect(seen.chain.filter((one) => one.kind === 'appeal')).toMatchObject([
    { relation: 'effect', title: '缺技术工人', phase: 'raised' },
    { relation: 'effect', title: '缺技术工人', phase: 'raised' },
  ])
  const appeal = seen.chain.find((one) => one.kind === 'appeal')!
  const theirs = (await openCase(t.world, await t.as('ling'), t.world.registry.kinds.get('appeal')!, appeal.id, 'en'))!
  expect(theirs.chain).toMatchObject([{ relation: 'cause', kind: 'visit', id: 'v2' }])
  expect(theirs.commands).not.toContain('rate')
})

test('a problem about arrears brings its debt with it', async () => {
  const arrears = { ...problem, matter: 'arrears' }
  const debt = { debtor: '示例镇政府', debtorKind: 'public', owed: 1_000_000, owedSince: '2025-05-01' }
  const record = async (problems: readonly object[]) =>
    t.give(await t.as('ling'), 'visit', 'record', { ...visit, problems })
  expect(await record([problem, arrears])).toMatchObject({ refused: 'debt-unclear', field: 'problems.1.debtor' })
  expect(await record([problem, { ...arrears, ...debt }])).toMatchObject({ done: { events: ['recorded'] } })
})

test('what people do wrong', async () => {
  const ling = await t.as('ling')
  expect(await t.give(ling, 'visit', 'record', { ...visit, on: '2027-01-01' })).toMatchObject({
    refused: 'in-the-future',
    field: 'on',
  })
  expect(await t.give(ling, 'visit', 'record', { ...visit, on: '2018-12-31' })).toMatchObject({
    refused: 'before-it-existed',
    field: 'on',
  })
  expect(await t.give(ling, 'visit', 'record', { ...visit, enterprise: 'e2' })).toMatchObject({
    refused: 'assignment-of-another',
  })
  expect(await t.give(ling, 'visit', 'record', { ...visit, enterprise: 'nobody' })).toMatchObject({
    refused: 'enterprise-unknown',
  })
  const du = await t.as('du')
  expect(await t.give(du, 'assignment', 'assign', { ...assign, leader: 'nobody' })).toMatchObject({
    refused: 'leader-unknown',
  })
  expect(await t.give(du, 'assignment', 'end', { to: '2026-01-01', reason: '调整' }, 'a1')).toMatchObject({
    refused: 'ends-before-it-begins',
  })
})

test('when support ends, the gap is there again', async () => {
  expect(await figure('assignment-visited-rate', '2026-06-04')).toBe(100)
  await t.done(await t.as('du'), 'assignment', 'end', { to: '2026-06-04', reason: '分工调整' }, 'a1')
  expect(await figure('enterprise-key-backed-rate', '2026-06-04')).toBe(0)
  expect(await figure('assignment-visited-rate', '2026-06-04')).toBeNull()
  const { database, registry, cache } = t.world
  expect((await compareRecords(database, 'town', registry, await cache.law(0))).differences).toEqual([])
})
