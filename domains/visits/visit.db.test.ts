// A leader stands behind an enterprise, comes, and comes again; what is raised at a visit becomes an appeal at once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../../kernel/access.ts'
import { openCase } from '../../server/case.ts'
import { enterprise } from '../register/index.ts'
import { wake } from '../../server/replay.ts'
import { compareFigures } from '../../store/compare.ts'
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
async function wakeAt(day: string) {
  t.set(at(day))
  await wake(t.world, t.world.around, at(day))
}
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
  // Each has its number and its code, so that an enterprise without an account can follow and rate it.
  expect(answer.reveal).toBeUndefined()
  const [first, second] = answer.also!
  expect([first, second]).toMatchObject([{ kind: 'appeal' }, { kind: 'appeal' }])
  const bearer = { ...nobody, token: t.world.around.hash(first!.reveal) }
  const appeals = t.world.registry.kinds.get('appeal')!
  expect((await openCase(t.world, bearer, appeals, first!.id, 'en'))?.commands).toContain('withdraw')
  expect(await openCase(t.world, bearer, appeals, second!.id, 'en')).toBeUndefined()
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
  expect((await row('appeal', appeal.id)).facets).toMatchObject({ cause: 'visit/v2' })
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
  expect(await t.give(du, 'assignment', 'assign', { ...assign, leader: 'hao' })).toMatchObject({
    refused: 'not-a-leader',
    field: 'leader',
  })
  expect(await t.give(du, 'assignment', 'assign', { ...assign, leader: 'tou', to: '2026-06-03' })).toMatchObject({
    refused: 'over-already',
    field: 'to',
  })
  expect(await t.give(du, 'assignment', 'assign', assign)).toMatchObject({ refused: 'assigned-already' })
  expect(await t.give(du, 'assignment', 'end', { to: '2026-03-01', reason: '调整' }, 'a1')).toMatchObject({
    refused: 'visited-since',
  })
  expect(await t.give(du, 'assignment', 'end', { to: '2026-01-01', reason: '调整' }, 'a1')).toMatchObject({
    refused: 'ends-before-it-begins',
  })
})

test('when support ends, the gap is there again', async () => {
  expect(await figure('assignment-visited-rate', '2026-06-04')).toBe(100)
  await t.done(await t.as('du'), 'assignment', 'end', { to: '2026-06-04', reason: '分工调整' }, 'a1')
  // Today is its last day, and it is held to the end of that.
  expect(await figure('enterprise-key-backed-rate', '2026-06-04')).toBe(50)
  expect(await t.give(await t.as('du'), 'assignment', 'end', { to: '2026-07-01', reason: '再定' }, 'a1')).toMatchObject(
    {
      refused: 'ends-earlier',
    },
  )
  await wakeAt('2026-06-05')
  expect(await figure('enterprise-key-backed-rate', '2026-06-05')).toBe(0)
  expect(await figure('assignment-visited-rate', '2026-06-05')).toBeNull()
  const { database, registry, cache } = t.world
  expect((await compareRecords(database, 'town', registry, await cache.law(0))).differences).toEqual([])
})

describe('a term', () => {
  const term = { ...assign, enterprise: 'e2', from: '2026-06-05', to: '2026-09-30' }
  const assigned = async (input: object, id?: string) =>
    t.give(await t.as('du'), 'assignment', 'assign', { ...term, ...input }, id)
  const record = async (person: string, more: object = {}) =>
    t.give(await t.as(person), 'visit', 'record', {
      enterprise: 'e2',
      on: '2026-06-05',
      summary: '看了车间。',
      problems: [],
      ...more,
    })
  const visits = async (id: string) => {
    const { visits: count, lastVisit } = (await row('assignment', id)).state as unknown as {
      visits: number
      lastVisit?: string
    }
    return [count, lastVisit]
  }

  test('of one leader does not lie over another of his with the same enterprise', async () => {
    expect(await assigned({}, 'b1')).toHaveProperty('done')
    for (const wrong of [{}, { to: undefined }, { from: '2026-09-30', to: '2027-01-01' }, { to: '2026-06-05' }])
      expect(await assigned(wrong)).toMatchObject({ refused: 'assigned-already', field: 'leader' })
    expect(await assigned({ from: '2026-10-01', to: '2027-03-31' }, 'b2')).toHaveProperty('done')
    expect(await assigned({ leader: 'tou', unit: 'labour' }, 'b3')).toHaveProperty('done')
  })

  test('counts what its leader and the people of its unit visit within it; what others visit is recorded alone', async () => {
    const one = await record('ling')
    expect(one).toMatchObject({ done: { events: ['recorded', 'credited'] } })
    // Of the department behind the first; he leads the other.
    await record('hao')
    await record('tou')
    // Behind the other alone.
    await record('hui')
    // Before the term.
    await record('ling', { on: '2026-06-04' })
    expect(await Promise.all(['b1', 'b2', 'b3'].map(visits))).toEqual([
      [3, '2026-06-05'],
      [0, undefined],
      [2, '2026-06-05'],
    ])
    expect(await figure('visits', '2026-06-05')).toBeGreaterThanOrEqual(5)
  })

  test('named by hand it must be one that counts it; otherwise the visitor is told why', async () => {
    expect(await record('hui', { assignment: 'b1' })).toMatchObject({ refused: 'not-behind-it', field: 'assignment' })
    expect(await record('ling', { assignment: 'b2' })).toMatchObject({
      refused: 'outside-the-term',
      field: 'on',
      about: { from: '2026-10-01', to: '2027-03-31' },
    })
    expect(await record('hao', { assignment: 'b1' })).toMatchObject({ done: { events: ['recorded'] } })
    expect((await visits('b1'))[0]).toBe(4)
  })

  test('a visit recorded wrongly is withdrawn by the visitor or a supervisor, and counts nowhere; its appeals stay', async () => {
    t.set(at('2026-06-08'))
    const before = await figure('visits', '2026-06-08')
    const answer = await record('ling', { on: '2026-06-08', problems: [problem] })
    if ('refused' in answer) expect.fail(answer.refused)
    const { id } = answer.done
    expect(await visits('b1')).toEqual([5, '2026-06-08'])
    expect(await figure('visits', '2026-06-08')).toBe(before! + 1)
    const why = { reason: '走访的是另一家企业。' }
    for (const [person, refused] of [
      ['hao', 'not-found'],
      ['bie', 'not-permitted'],
    ] as const)
      expect(await t.give(await t.as(person), 'visit', 'void', why, id)).toMatchObject({ refused })
    await t.done(await t.as('ling'), 'visit', 'void', why, id)
    expect(await visits('b1')).toEqual([4, '2026-06-05'])
    expect(await figure('visits', '2026-06-08')).toBe(before)
    expect((await row('appeal', answer.also![0]!.id)).phase).toBe('raised')
    expect(await t.give(await t.as('ling'), 'visit', 'void', why, id)).toMatchObject({ refused: 'not-in-this-phase' })
    // The leader sees what a department visits, which is not his to withdraw.
    const theirs = await record('tou', { on: '2026-06-08' })
    if ('refused' in theirs) expect.fail(theirs.refused)
    expect(await t.give(await t.as('ling'), 'visit', 'void', why, theirs.done.id)).toMatchObject({
      refused: 'not-your-visit',
    })
    const kind = t.world.registry.kinds.get('visit')!
    const buttons = async (person: string) =>
      (await openCase(t.world, await t.as(person), kind, theirs.done.id, 'en'))!.commands
    expect(await buttons('ling')).not.toContain('void')
    expect(await buttons('tou')).toContain('void')
    await t.done(await t.as('tou'), 'visit', 'void', why, theirs.done.id)
    await wakeAt('2026-09-08')
    // The only one that counted: the enterprise is one that has not been visited again.
    await wakeAt('2026-10-01')
    expect(await figure('assignment-visited-rate', '2026-10-01')).toBe(0)
    const only = await record('ling', { on: '2026-10-01' })
    if ('refused' in only) expect.fail(only.refused)
    expect(await figure('assignment-visited-rate', '2026-10-01')).toBe(100)
    await t.done(await t.as('du'), 'visit', 'void', why, only.done.id)
    expect(await figure('assignment-visited-rate', '2026-10-01')).toBe(0)
  })

  test('ends by itself the day after its last, and nobody is reminded after that', async () => {
    expect((await row('assignment', 'b1')).phase).toBe('ended')
    expect(await figure('assignment-visited-rate', '2026-10-01')).toBe(0)
    await t.done(await t.as('du'), 'assignment', 'end', { to: '2026-12-31', reason: '分工调整' }, 'b2')
    // The reminder of 2 January would be after the end; whoever wakes late reminds nobody either.
    await wakeAt('2027-01-04')
    expect((await row('assignment', 'b2')).phase).toBe('ended')
    expect((await row('enterprise', 'e2')).state).toMatchObject({ behind: [] })
    const { rows } = await t.world.database.query(
      `select record from outbox where record in ('b1', 'b2', 'b3') order by 1`,
    )
    expect(rows).toEqual([{ record: 'b1' }, { record: 'b3' }])
    expect(await figure('assignment-visited-rate', '2027-01-04')).toBeNull()
  })

  test('that is to come covers nothing until its first day; until then it can be called off', async () => {
    const rates = async (on: string) => [
      await figure('enterprise-key-backed-rate', on),
      await figure('assignment-visited-rate', on),
    ]
    const future = { enterprise: 'e1', from: '2027-02-01', to: '2027-12-31' }
    expect(await assigned(future, 'c1')).toMatchObject({ done: { events: ['assigned'] } })
    expect(await assigned({ ...future, leader: 'tou', unit: 'labour' }, 'c2')).toHaveProperty('done')
    expect(await assigned(future)).toMatchObject({ refused: 'assigned-already' })
    expect(await rates('2027-01-04')).toEqual([0, null])
    expect((await row('enterprise', 'e1')).facets).toMatchObject({ backed: 'no' })
    await t.done(await t.as('du'), 'assignment', 'end', { to: '2027-01-04', reason: '另有安排' }, 'c2')
    expect((await row('assignment', 'c2')).phase).toBe('ended')
    expect(((await row('enterprise', 'e1')).state as unknown as { behind: object[] }).behind).toMatchObject([
      { assignment: 'c1', awaits: true },
    ])
    // Nor does anybody read that it stands already, on its own page or on the enterprise's.
    const leads = async () => [
      (await row('assignment', 'c1')).phase,
      (enterprise.facts!((await row('enterprise', 'e1')).state as never) as { leader?: unknown }).leader,
    ]
    expect(await leads()).toEqual(['awaited', undefined])
    await wakeAt('2027-02-01')
    expect(await leads()).toEqual(['standing', ['ling']])
    expect(await rates('2027-02-01')).toEqual([50, 0])
    expect(((await row('enterprise', 'e1')).state as unknown as { behind: object[] }).behind).toEqual([
      { assignment: 'c1', leader: 'ling', unitBehind: 'tax' },
    ])
    expect(await rates('2027-01-31')).toEqual([0, null])
  })

  test('an enterprise that has left is not visited', async () => {
    await t.done(await t.as('gui'), 'enterprise', 'leave', { reason: '迁出' }, 'e2')
    expect(await record('ling')).toMatchObject({ refused: 'enterprise-left', field: 'enterprise' })
    const { database, registry, cache } = t.world
    expect((await compareRecords(database, 'town', registry, await cache.law(0))).differences).toEqual([])
    expect(await compareFigures(database, 'town', registry.figures.values(), '2027-12-31')).toEqual([])
  })
})
