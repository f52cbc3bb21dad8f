// Who stands where: counts and the lists behind them for the office, and the ladder of an enterprise for itself.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { behindOf, funnelOf, seesFunnel } from '../../server/funnel.ts'
import { ladderOf } from '../../server/ladder.ts'
import { town, type Town } from '../../tests/world.ts'
import { figureValue } from '../../store/tally.ts'

let t: Town
const [small, large] = ['TD-small', 'TD-large']
beforeAll(async () => {
  t = await town()
  const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
  const facts = [
    { fact: '营业收入', type: 'number', measure: 'wan-yuan', age: 2 },
    { fact: '研发费用', type: 'number', measure: 'wan-yuan', age: 2 },
    { fact: '评价得分', type: 'number', measure: 'point', age: 2 },
    { fact: '小级', type: 'flag', sources: '梯度培育认定' },
    { fact: '主体类型', type: 'text', registered: 'kind' },
    { fact: '所在行业', type: 'text', registered: 'industry' },
  ]
  await t.done(zheng, 'dictionary', 'lay', { facts, source: '测试' })
  const content = {
    unit: 'tax',
    recogniser: 'city',
    document: '测试',
    article: '第一条',
    certainty: '测试',
    validity: 12,
    remind: 30,
    from: '2025-01-01',
  }
  const rungs = [
    [small, { name: '测试小级', rule: '营业收入 >= 1000 and 研发费用 >= 50', fact: '小级' }],
    [large, { name: '测试大级', rule: '小级 and 营业收入 >= 2000 and 评价得分 >= 60', after: small }],
  ] as const
  for (const [id, more] of rungs) {
    await t.done(zheng, 'rung', 'draft', { ...content, ...more }, id)
    await t.done(ce, 'rung', 'publish', {}, id)
  }
  const seen = { period: '2025', source: '税务局', observedAt: '2026-02-01' }
  const tell = async (enterprise: string, said: Readonly<Record<string, string>>) =>
    t.done(
      zheng,
      'profile',
      'observe',
      { enterprise, facts: Object.entries(said).map(([fact, value]) => ({ fact, value, ...seen })) },
      enterprise,
    )
  await tell('e1', { 营业收入: '1500', 研发费用: '80', 评价得分: '70' })
  await tell('e2', { 营业收入: '1500', 研发费用: '20' })
})
afterAll(() => t.close())

const rungsOf = async () => {
  const { records } = await t.world.around.store.load([], [{ kind: 'rung', id: small }])
  return (records[0]!.state as { editions: { content: object }[] }).editions
}
const counted = async (id: string) => (await funnelOf(t.world)).rungs.find((one) => one.id === id)
const named = async (id: string, part: 'meets' | 'near' | 'expiring') =>
  (await behindOf(t.world, id, part))?.items.map(({ id: one, about }) => (about ? [one, about] : [one]))

test('those who meet a rung, lack one condition and lie open are counted and named', async () => {
  expect(await counted(small)).toMatchObject({ standing: 0, meets: 1, near: 1, open: 0, movedUp: 0, expiring: 0 })
  expect(await named(small, 'meets')).toEqual([['e1']])
  expect(await named(small, 'near')).toEqual([['e2', '研发费用 >= 50']])
  expect(await behindOf(t.world, 'TD-none', 'near')).toBeUndefined()
})

test('an enterprise sees each rung with what it lacks, the nearest it would take, and what to supply', async () => {
  const [qi, bie] = [await t.as('qi'), await t.as('bie')]
  expect(await ladderOf(t.world, qi, 'e2')).toBeUndefined()
  const found = (await ladderOf(t.world, bie, 'e2'))!
  expect(found.rungs.map(({ id }) => id)).toEqual([small, large])
  expect(found.rungs[0]!.stand).toMatchObject({
    stands: 'not',
    failing: [{ clause: '研发费用 >= 50', read: { 研发费用: 20 } }],
    nearest: { changes: { 研发费用: 50 }, proven: true },
  })
  // What is known falls short, and of the rest it is said what is missing.
  expect(found.rungs[1]!.stand).toMatchObject({
    stands: 'not',
    failing: [{ clause: '营业收入 >= 2000' }],
    nearest: { changes: { 营业收入: 2000 } },
    unclear: ['小级', '评价得分'],
  })
  expect(found.asks.map(({ fact }) => fact)).toEqual(['小级', '评价得分'])
})

test('whoever is recognised moves up, and what ends soon is told', async () => {
  const said = { rung: small, enterprise: 'e1', number: '测试一号', on: '2025-03-01', proof: '名单' }
  const { id } = (await t.done(await t.as('hao'), 'recognition', 'note', said)).done
  expect(await counted(small)).toMatchObject({ standing: 0, meets: 1 })
  await t.done(await t.as('tou'), 'recognition', 'confirm', {}, id)
  expect(await counted(small)).toMatchObject({ standing: 1, meets: 0, near: 1, movedUp: 0, expiring: 1 })
  expect(await named(small, 'expiring')).toEqual([[id, '2026-02-28']])
  // The next rung reads it: all but one of its conditions hold now.
  expect(await named(large, 'near')).toEqual([['e1', '营业收入 >= 2000']])
  const [lower] = (await ladderOf(t.world, await t.as('qi'), 'e1'))!.rungs
  expect(lower).toMatchObject({ recognition: { id, phase: 'standing' }, recheck: { edition: { number: 1 } } })
})

test('a plan counts while it runs, and stays unseen by other units', async () => {
  const { id } = (await t.done(await t.as('qi'), 'plan', 'ask', { rung: large, enterprise: 'e1' })).done
  expect(await counted(large)).toMatchObject({ coaching: 1 })
  const planOf = async (who: string) => (await ladderOf(t.world, await t.as(who), 'e1'))!.rungs[1]!.plan?.id
  expect([await planOf('qi'), await planOf('hao'), await planOf('hui')]).toEqual([id, id, undefined])
  await t.done(await t.as('qi'), 'plan', 'leave', { reason: '无' }, id)
  expect(await counted(large)).toMatchObject({ coaching: 0 })
})

test('whom a rung does not concern is neither counted nor told that it lacks anything', async () => {
  const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
  const { content: was } = (await rungsOf())[0]!
  const draft = async (id: string, more: object) => {
    await t.done(zheng, 'rung', 'draft', { ...was, fact: undefined, ...more }, id)
    await t.done(ce, 'rung', 'publish', {}, id)
  }
  await draft('TD-stall', { name: '测试个转企', among: '主体类型 = "个体工商户"' })
  await draft('TD-firm', { name: '测试企业级', among: '主体类型 = "企业"' })
  expect(await counted('TD-stall')).toMatchObject({ concerned: 0, meets: 0, near: 0, open: 0 })
  expect(await counted('TD-firm')).toMatchObject({ concerned: 2, meets: 1, near: 1, open: 0 })
  expect(await named('TD-stall', 'near')).toEqual([])
  const found = (await ladderOf(t.world, await t.as('bie'), 'e2'))!
  expect(found.rungs.map(({ id, concerns }) => [id, concerns])).toEqual(
    expect.arrayContaining([
      ['TD-stall', false],
      ['TD-firm', true],
    ]),
  )
})

test('the figures say the same', async () => {
  const value = async (id: string, on = '2026-02-11') =>
    (await figureValue(t.world.database, 'town', t.world.registry.figures.get(id)!, { on })).value
  expect(await value('ladder-enterprises')).toBe(1)
  expect(await value('ladder-enterprises', '2025-02-28')).toBe(0)
  expect(await value('ladder-standing')).toBe(1)
  expect(await value('ladder-recognised')).toBe(1)
  expect(await value('ladder-coached')).toBe(0)
  expect(await value('ladder-coaching-reached-rate')).toBe(0)
  expect(await value('ladder-renewed-rate')).toBeNull()
})

test('the funnel is for those who work with recognitions', async () => {
  for (const who of ['hao', 'tou', 'zheng', 'du', 'ling', 'shen']) expect(seesFunnel(await t.as(who)), who).toBe(true)
  for (const who of ['qi', 'gui', 'wen']) expect(seesFunnel(await t.as(who)), who).toBe(false)
})
