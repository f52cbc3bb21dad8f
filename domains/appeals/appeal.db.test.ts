// One promise kept from end to end, and what people do wrong on the way.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nobody, visible, type Actor } from '../../kernel/access.ts'
import { findRecord } from '../../store/read.ts'
import { compareFigures } from '../../store/compare.ts'
import { figureValue, fold, openFigure } from '../../store/tally.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const said = {
  title: '厂区供电不稳',
  body: '每周停电两次，影响生产。',
  matter: 'difficulty',
  line: 'communication',
  channel: 'web',
  enterprise: 'e1',
}
const dispatch = { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city', assisting: ['labour'] }

async function raised(over: object = {}) {
  const answer = await t.done(await t.as('qi'), 'appeal', 'raise', { ...said, ...over })
  return { id: answer.done.id, code: answer.reveal! }
}

async function inHand() {
  const { id, code } = await raised()
  await t.done(await t.as('fen'), 'appeal', 'dispatch', dispatch, id)
  await t.done(await t.as('hao'), 'appeal', 'sign', {}, id)
  return { id, code }
}

const row = async (id: string) => (await findRecord(t.world.database, 'town', 'appeal', id))!

test('an appeal is raised, dispatched, signed for, answered with evidence, called back, rated, and counted', async () => {
  t.set(wednesday)
  const before = await figureValue(t.world.database, 'town', t.world.registry.figures.get('F01')!, { on: '2026-02-11' })
  const { id } = await inHand()
  // 5 working days from Wednesday 11 February 2026: a make-up Saturday, then nine days of Spring Festival.
  expect((await row(id)).due!.toISOString()).toBe('2026-02-25T15:59:59.999Z')
  await t.done(
    await t.as('hao'),
    'appeal',
    'answer',
    { outcome: 'solved', text: '已增设变压器。', evidence: ['验收单 12 号'] },
    id,
  )
  expect(await t.give(await t.as('hao'), 'appeal', 'callBack', { accepted: true, note: '满意' }, id)).toMatchObject({
    refused: 'not-permitted',
  })
  await t.done(await t.as('dian'), 'appeal', 'callBack', { accepted: true, note: '企业确认' }, id)
  await t.done(await t.as('qi'), 'appeal', 'rate', { grade: '5' }, id)
  expect(await t.give(await t.as('qi'), 'appeal', 'rate', { grade: '1' }, id)).toMatchObject({
    refused: 'already-rated',
  })
  expect((await row(id)).phase).toBe('closed')
  const figure = t.world.registry.figures.get('F01')!
  const after = await figureValue(t.world.database, 'town', figure, { on: '2026-02-11' })
  expect(after.value).toBe((before.value ?? 0) + 1)
  const see = async (person: string) => {
    const actor = await t.as(person)
    const ways = new Map(
      [...t.world.registry.kinds].map(([name, kind]) => [name, visible(kind.definition.sees, actor)]),
    )
    return openFigure(t.world.database, 'town', figure, { on: '2026-02-11' }, ways, 50)
  }
  expect((await see('du')).items.map((item) => item.id)).toContain(id)
  const other = await see('bie')
  expect(other.items).toEqual([])
  expect(other.hidden).toBe(after.records)
})

test('a reopened problem no longer counts, and counts once more when it is solved again', async () => {
  t.set(wednesday)
  const figure = t.world.registry.figures.get('F01')!
  const value = async () => (await figureValue(t.world.database, 'town', figure, { on: '2026-02-28' })).value ?? 0
  const start = await value()
  const { id } = await inHand()
  const solve = async () => {
    await t.done(await t.as('hao'), 'appeal', 'answer', { outcome: 'solved', text: '已解决。', evidence: ['凭证'] }, id)
    await t.done(await t.as('dian'), 'appeal', 'callBack', { accepted: true, note: '确认' }, id)
  }
  await solve()
  expect(await value()).toBe(start + 1)
  await t.done(await t.as('qi'), 'appeal', 'reopen', { reason: '又停电了' }, id)
  expect(await value()).toBe(start)
  await solve()
  expect(await value()).toBe(start + 1)
  t.set('2026-04-01T10:00:00.000+08:00')
  expect(await t.give(await t.as('qi'), 'appeal', 'reopen', { reason: '又来' }, id)).toMatchObject({
    refused: 'too-late-to-reopen',
  })
  t.set(wednesday)
})

test('asking the appellant stops the clock, and supplying starts it where it stood', async () => {
  t.set('2026-03-02T10:00:00.000+08:00')
  const { id, code } = await inHand()
  expect((await row(id)).due!.toISOString().slice(0, 10)).toBe('2026-03-09')
  t.set('2026-03-03T10:00:00.000+08:00')
  await t.done(await t.as('hao'), 'appeal', 'ask', { question: '请提供电费单。' }, id)
  t.set('2026-03-12T10:00:00.000+08:00')
  const bearer = { ...nobody, token: t.world.around.hash(code) }
  await t.done(bearer, 'appeal', 'supply', { text: '已附。' }, id)
  // 4 to 12 March did not count: seven working days later than before.
  expect((await row(id)).due!.toISOString().slice(0, 10)).toBe('2026-03-18')
})

test('what may not be done is refused by name, and leaves nothing behind', async () => {
  t.set(wednesday)
  const { id } = await raised()
  const version = (await row(id)).version
  const refused = async (person: string, command: string, input: unknown) => {
    const answer = await t.give(await t.as(person), 'appeal', command, input, id)
    return 'refused' in answer ? answer.refused : 'done'
  }
  expect(await refused('hao', 'sign', {})).toBe('not-found')
  expect(await refused('bie', 'withdraw', { reason: '替他撤' })).toBe('not-found')
  expect(await refused('fen', 'sign', {})).toBe('not-permitted')
  expect(await refused('fen', 'dispatch', { ...dispatch, unit: 'nowhere' })).toBe('unit-unknown')
  expect(await refused('fen', 'dispatch', { ...dispatch, colour: 'red' })).toBe('invalid-input')
  expect(await refused('qi', 'rate', { grade: '5' })).toBe('not-in-this-phase')
  expect(await refused('fen', 'absorb', { from: 'x', title: 'x' })).toBe('unknown-command')
  expect((await row(id)).version).toBe(version)
  expect(await t.give(await t.as('bie'), 'appeal', 'raise', said)).toMatchObject({
    refused: 'not-your-enterprise',
    field: 'enterprise',
  })
  expect(await t.give(nobody, 'appeal', 'raise', { ...said, enterprise: undefined })).toMatchObject({
    refused: 'no-contact',
  })
})

test('the same key gets the same answer, and is refused for anything else', async () => {
  const actor = await t.as('qi')
  const first = await t.give(actor, 'appeal', 'raise', said, undefined, { key: 'k1' })
  expect(await t.give(actor, 'appeal', 'raise', said, undefined, { key: 'k1' })).toEqual(first)
  expect(await t.give(actor, 'appeal', 'raise', { ...said, title: '别的' }, undefined, { key: 'k1' })).toMatchObject({
    refused: 'key-reused',
  })
})

test('of twenty who sign for one case at once, one signs', async () => {
  const { id } = await raised()
  await t.done(await t.as('fen'), 'appeal', 'dispatch', dispatch, id)
  const actor = await t.as('hao')
  const answers = await Promise.all(Array.from({ length: 20 }, () => t.give(actor, 'appeal', 'sign', {}, id)))
  expect(answers.filter((answer) => 'done' in answer)).toHaveLength(1)
  expect(answers.filter((answer) => 'refused' in answer && answer.refused === 'not-in-this-phase')).toHaveLength(19)
})

test('two appeals about one thing are merged; whoever raised the one does not come to see the other', async () => {
  const { id: kept } = await raised()
  const second = await t.done(await t.as('bie'), 'appeal', 'raise', { ...said, enterprise: 'e2' })
  await t.done(await t.as('fen'), 'appeal', 'merge', { into: kept, reason: '同一变压器' }, second.done.id)
  expect((await row(second.done.id)).phase).toBe('merged')
  expect((await row(kept)).version).toBe(2)
  const stranger = await t.as('bie')
  expect(await t.give(stranger, 'appeal', 'urge', { reason: '请尽快' }, kept)).toMatchObject({ refused: 'not-found' })
  expect(await t.give(await t.as('qi'), 'appeal', 'urge', { reason: '请尽快' }, kept)).toHaveProperty('done')
})

test('an overdue case climbs the reporting line by itself, one rung at a time', async () => {
  t.set('2026-03-02T10:00:00.000+08:00')
  const { id } = await inHand()
  const { system } = await import('../../kernel/access.ts')
  await t.done(await t.as('hui'), 'appeal', 'contribute', { text: '已协办。' }, id)
  expect(await t.give(system, 'appeal', 'escalate', {}, id)).toMatchObject({ refused: 'not-due-yet' })
  t.set('2026-03-10T08:00:00.000+08:00')
  await t.done(system, 'appeal', 'escalate', {}, id)
  expect(await t.give(system, 'appeal', 'escalate', {}, id)).toMatchObject({ refused: 'not-due-yet' })
  t.set('2026-03-13T08:00:00.000+08:00')
  await t.done(system, 'appeal', 'escalate', {}, id)
  expect((await row(id)).facets).toMatchObject({ overdue: 'yes' })
})

test('every record equals the fold of its events, and every figure equals a full recompute, folded or not', async () => {
  const { database, registry, cache } = t.world
  const law = await cache.law(0)
  const compared = await compareRecords(database, 'town', registry, law)
  expect(compared.differences).toEqual([])
  expect(compared.records).toBeGreaterThan(30)
  expect(await compareFigures(database, 'town', registry.figures.values(), '2026-12-31')).toEqual([])
  expect(await fold(database, 'town', registry.figures.values())).toBeGreaterThan(10)
  expect(await fold(database, 'town', registry.figures.values())).toBe(0)
  expect(await compareFigures(database, 'town', registry.figures.values(), '2026-12-31')).toEqual([])
})

test('the application can neither change nor delete an event', async () => {
  await expect(t.world.database.query(`update event set actor = 'x'`)).rejects.toThrow(/permission denied/)
  await expect(t.world.database.query('delete from event')).rejects.toThrow(/permission denied/)
})

test('whoever raises something online names no other channel; a clerk names the one through which it came', async () => {
  const raise = async (actor: Actor, channel: string) => t.give(actor, 'appeal', 'raise', { ...said, channel })
  const qi = await t.as('qi')
  for (const channel of ['phone', 'visit', 'counter', 'letter', 'transfer'])
    expect(await raise(qi, channel)).toMatchObject({ refused: 'channel-is-web', field: 'channel' })
  expect(await raise(qi, 'web')).toHaveProperty('done')
  expect(await raise(await t.as('gui'), 'phone')).toHaveProperty('done')
})

test('a case goes to a department at the level of the city, to a county at its own', async () => {
  const county = { name: '示例县', nameEn: 'Example', type: 'county', division: '220521', parent: 'town' }
  const wen = await t.as('wen')
  await t.done(wen, 'unit', 'setUp', county, 'county')
  await t.done(wen, 'person', 'enrol', { name: '县某' }, 'xian')
  const post = { person: 'xian', role: 'handler', unit: 'county', clearance: 1, from: '2026-01-01' }
  const { done } = await t.done(await t.as('qi'), 'appeal', 'raise', said)
  const fen = await t.as('fen')
  const send = (unit: string, level: string) =>
    t.give(fen, 'appeal', 'dispatch', { ...dispatch, assisting: [], unit, level }, done.id)
  for (const [unit, level] of [
    ['county', 'city'],
    ['tax', 'county'],
  ] as const)
    expect(await send(unit, level)).toMatchObject({ refused: 'level-of-unit', field: 'level' })
  // Where nobody could handle it, it is not sent.
  expect(await send('county', 'county')).toMatchObject({ refused: 'unit-unstaffed', field: 'unit' })
  await t.done(await t.as('an'), 'post', 'appoint', post, 'post-xian')
  expect(await send('county', 'county')).toHaveProperty('done')
})

test('what is listed for long is looked at again within the time that the city has laid down', async () => {
  t.set(wednesday)
  const { done } = await t.done(await t.as('qi'), 'appeal', 'raise', said)
  await t.done(await t.as('fen'), 'appeal', 'dispatch', dispatch, done.id)
  await t.done(await t.as('hao'), 'appeal', 'sign', {}, done.id)
  const tou = await t.as('tou')
  const shelve = (review: string) => t.give(tou, 'appeal', 'shelve', { reason: '等待政策', review }, done.id)
  expect(await shelve('2026-02-11')).toMatchObject({ refused: 'review-in-the-past', field: 'review' })
  expect(await shelve('2026-08-12')).toMatchObject({
    refused: 'review-too-late',
    field: 'review',
    about: { until: '2026-08-11' },
  })
  expect(await shelve('2026-08-11')).toHaveProperty('done')
})
