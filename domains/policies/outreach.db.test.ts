// Outreach: who is told what he is entitled to, when, how often, and what counts as reached and as not claimed.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Moment } from '../../kernel/clock/date.ts'
import { messagesFor } from '../../server/message.ts'
import { teller } from '../../server/tell.ts'
import { compareFigures } from '../../store/compare.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { findRecord } from '../../store/read.ts'
import { figureValue } from '../../store/tally.ts'
import { dictionaryLaid, document, given as givenBy, observed, policyInForce } from '../../tests/benefit.ts'
import { served, type Served } from '../../tests/served.ts'
import type { Town } from '../../tests/world.ts'

let s: Served
let t: Town
let policy: string
let tell: () => Promise<number>
const NOON: Moment = '2026-02-11T10:00:00.000+08:00'
beforeAll(async () => {
  s = await served()
  t = s.town
  t.set(NOON)
  await dictionaryLaid(t)
  policy = await policyInForce(t)
  await observed(t, 'e1', '1000')
  await observed(t, 'e2', '10')
})
afterAll(() => s.close())
beforeEach(() => {
  t.set(NOON)
  tell = teller(t.world)
})

const given = (more: object = {}) => givenBy(t, policy, { mode: 'quick', ...more })
const end = async (benefit: string) => t.done(await t.as('ce'), 'benefit', 'end', { reason: '测试结束' }, benefit)
type Item = { benefit: string; seen?: string; claimed?: string; ended?: string; reminded?: string; quiet?: true }
const stateOf = async (enterprise: string) =>
  (await findRecord(t.world.database, 'town', 'outreach', enterprise))?.state as unknown as
    { phase: string; items: readonly Item[] } | undefined
const items = async (benefit: string, enterprise = 'e1') =>
  ((await stateOf(enterprise))?.items ?? []).filter((one) => one.benefit === benefit)
const heard = async (person: string) =>
  (await messagesFor(t.world, await t.as(person), 'zh-CN', 100))
    .filter(({ kind }) => kind === 'outreach')
    .map(({ text }) => text)
const figure = async (id: string) =>
  (await figureValue(t.world.database, 'town', t.world.registry.figures.get(id)!, { on: '2027-12-31' })).value
const give = async (who: string, name: string, input: object = {}, id = 'e1') =>
  t.give(await t.as(who), 'outreach', name, input, id)
const done = async (who: string, name: string, input: object = {}) =>
  expect(await give(who, name, input), name).toHaveProperty('done')

describe('an enterprise that is entitled', () => {
  test('is told once, in one message of all that is new, and whoever is not is left alone', async () => {
    const [one, two] = [await given({ name: '测试二' }), await given({ name: '测试一' })]
    expect(await tell()).toBe(1)
    expect(await tell()).toBe(0)
    expect(await teller(t.world)()).toBe(0)
    expect(await heard('qi')).toEqual(['您的企业可以享受 2 项惠企政策：测试一、测试二。打开“惠企政策”查看条件和金额。'])
    expect(await heard('bie')).toEqual([])
    expect(await stateOf('e2')).toBeUndefined()
    expect(await stateOf('e1')).toMatchObject({ phase: 'waiting' })
    expect(await figure('benefit-reached-rate')).toBe(0)
    expect(await figure('benefit-unclaimed-enterprises')).toBe(1)
    await end(one)
    await end(two)
    expect(await tell()).toBe(1)
    expect(await stateOf('e1')).toMatchObject({ phase: 'reached', items: [{ ended: '2026-02-11' }, {}] })
    expect(await figure('benefit-unclaimed-enterprises')).toBe(0)
    // What is over is no news.
    expect(await heard('qi')).toHaveLength(1)
  })

  test.each([
    ['in the evening', '2026-02-11T17:00:00.000+08:00', '2026-02-12T09:00:00.000+08:00'],
    ['at noon', '2026-02-12T12:30:00.000+08:00', '2026-02-12T13:30:00.000+08:00'],
    ['on a Sunday', '2026-03-08T10:00:00.000+08:00', '2026-03-09T10:00:00.000+08:00'],
    ['on a holiday', '2026-02-18T10:00:00.000+08:00', '2026-02-24T10:00:00.000+08:00'],
  ] as const)('is not told %s, but when offices open', async (_, closed, open) => {
    t.set(closed)
    const benefit = await given()
    expect(await tell()).toBe(0)
    t.set(open)
    expect(await tell()).toBe(1)
    expect(await items(benefit)).toHaveLength(1)
    await end(benefit)
    await tell()
  })

  test('reads with everybody what is given, and from when what is to come; what is over is not there', async () => {
    const benefit = await given({ name: '测试三月事项', from: '2026-03-01', to: '2026-03-31' })
    const page = async () => (await fetch(`${s.origin}/benefits`)).text()
    expect(await page()).toMatch(/测试三月事项(?:(?!<li>)[^])*2026年3月1日（周日）起兑现/)
    t.set('2026-03-31T10:00:00.000+08:00')
    expect(await page()).toMatch(/测试三月事项(?:(?!<li>)[^])*兑现到2026年3月31日/)
    t.set('2026-04-01T10:00:00.000+08:00')
    expect(await page()).not.toContain('测试三月事项')
    t.set(NOON)
    await end(benefit)
  })

  test('sees on its page what is new; having been shown, it is reached and no longer new', async () => {
    const benefit = await given({ name: '测试新事项' })
    await tell()
    const page = async (person: string) =>
      (await fetch(`${s.origin}/benefits`, { headers: { cookie: await s.cookie(person) } })).text()
    const mark = '<strong class="tag">新</strong>'
    expect(await page('bie')).not.toContain(mark)
    expect(await stateOf('e1')).toMatchObject({ phase: 'waiting' })
    expect(await page('qi')).toContain(mark)
    expect(await items(benefit)).toMatchObject([{ seen: '2026-02-11' }])
    expect(await page('qi')).not.toContain(mark)
    await end(benefit)
    await tell()
  })

  test('that asks for it, or consents to it, is reached and has claimed; declining is an answer, too', async () => {
    const before = await figure('benefit-unclaimed-enterprises')
    const [asked, listed, declined] = [await given(), await given({ mode: 'no-application' }), await given()]
    const claim = (benefit: string) => ({ benefit, enterprise: 'e1', year: '2026' })
    // Put on the list before it was told: what the list tells it is enough.
    await t.done(await t.as('hao'), 'claim', 'list', claim(listed))
    await tell()
    expect(await items(listed)).toEqual([])
    await t.done(await t.as('hao'), 'claim', 'list', claim(declined))
    expect(await items(declined)).toMatchObject([{ benefit: declined }])
    await t.done(await t.as('qi'), 'claim', 'ask', claim(asked))
    expect((await items(asked))[0]).toHaveProperty('claimed')
    expect((await items(declined))[0]).not.toHaveProperty('claimed')
    await t.done(await t.as('qi'), 'claim', 'decline', { reason: '测试' }, `${declined}.e1.2026`)
    await t.done(await t.as('qi'), 'claim', 'consent', {}, `${listed}.e1.2026`)
    expect((await items(declined))[0]).toHaveProperty('claimed')
    expect(await stateOf('e1')).toMatchObject({ phase: 'reached' })
    expect(await figure('benefit-unclaimed-enterprises')).toBe(before)
    expect(await tell()).toBe(0)
    for (const one of [asked, listed, declined]) await end(one)
    await tell()
  })

  test('loses it with its facts and is told again when they come back', async () => {
    const benefit = await given({ rule: '研发费用 >= 500' })
    await tell()
    t.set('2026-02-12T10:00:00.000+08:00')
    // Two values of one source: the later observation counts.
    await observed(t, 'e1', '400', '研发费用', '2026-02-12')
    await tell()
    expect(await items(benefit)).toMatchObject([{ ended: '2026-02-12' }])
    t.set('2026-02-13T10:00:00.000+08:00')
    await observed(t, 'e1', '1000', '研发费用', '2026-02-13')
    await tell()
    expect(await items(benefit)).toMatchObject([{ ended: '2026-02-12' }, { benefit }])
    await end(benefit)
    await tell()
  })

  test('is told again in the next year of what is given each year, and not of what is given once', async () => {
    t.set('2026-12-30T10:00:00.000+08:00')
    const long = await longPolicy()
    const [yearly, once] = [
      await givenBy(t, long, { mode: 'quick', to: '2027-12-31', rule: '职工人数 > 0 or 成立满月数 > 0' }),
      await givenBy(t, long, {
        mode: 'quick',
        to: '2027-12-31',
        rule: '职工人数 > 0 or 成立满月数 > 0',
        recurrence: 'once',
        amount: '100',
      }),
    ]
    await tell()
    expect(await items(once)).toHaveLength(1)
    t.set('2027-01-04T10:00:00.000+08:00')
    await tell()
    expect(await items(once)).toHaveLength(1)
    // Its amount follows from facts of a year that is too long ago by now: entitled, though nobody knows to how much.
    expect(await items(yearly)).toMatchObject([{ ended: '2027-01-04' }, { benefit: yearly }])
    await end(yearly)
    await end(once)
    await tell()
  })

  test('is reminded once of what ends within fifteen days and has not been claimed', async () => {
    t.set('2026-03-02T10:00:00.000+08:00')
    const [one, elsewhere] = [
      await given({ name: '测试将止', to: '2026-03-31' }),
      await given({ mode: 'elsewhere', budget: undefined, amount: undefined, to: '2026-03-31' }),
    ]
    await tell()
    t.set('2026-03-13T10:00:00.000+08:00')
    expect(await tell()).toBe(0)
    t.set('2026-03-16T10:00:00.000+08:00')
    expect(await tell()).toBe(1)
    expect(await tell()).toBe(0)
    expect((await heard('qi')).filter((text) => text.includes('截止'))).toEqual([
      '您的企业可以享受而没有申领的惠企政策即将截止：测试将止。',
    ])
    expect((await items(one))[0]).toMatchObject({ reminded: '2026-03-16' })
    expect((await items(elsewhere))[0]).not.toHaveProperty('reminded')
    t.set('2026-04-01T10:00:00.000+08:00')
    await tell()
    expect((await items(one))[0]).toHaveProperty('ended')
    await end(one)
    await end(elsewhere)
  })

  test('hears nothing while it wishes so; it counts as not claiming and not as told', async () => {
    const [rate, before] = [await figure('benefit-reached-rate'), (await heard('qi')).length]
    expect(await give('qi', 'unmute')).toMatchObject({ refused: 'not-muted' })
    await done('qi', 'mute')
    expect(await give('qi', 'mute')).toMatchObject({ refused: 'muted-already' })
    const benefit = await given()
    expect(await tell()).toBe(1)
    expect(await stateOf('e1')).toMatchObject({ phase: 'reached' })
    expect((await items(benefit))[0]).toMatchObject({ quiet: true })
    expect(await heard('qi')).toHaveLength(before)
    expect(await figure('benefit-unclaimed-enterprises')).toBe(1)
    expect(await figure('benefit-reached-rate')).toBe(rate)
    await done('qi', 'unmute')
    await end(benefit)
    await tell()
  })

  test('is not told of an amount of nothing, and not asked about again that day', async () => {
    const benefit = await given({ amount: '(研发费用 - 研发费用) * 10000' })
    expect(await tell()).toBe(0)
    expect(await items(benefit)).toEqual([])
    await end(benefit)
  })
})

describe('whoever does not look', () => {
  test('is spoken to within ten working days by the unit that gives it; nobody else sees of what', async () => {
    t.set('2026-03-02T10:00:00.000+08:00')
    const benefit = await given()
    await tell()
    const { rows } = await t.world.database.query(
      `select due from record where city = 'town' and kind = 'outreach' and id = 'e1'`,
    )
    expect((rows[0]!['due'] as Date).toISOString()).toMatch(/^2026-03-16/)
    const contact = { way: 'telephone', answer: '测试：已说明，企业准备申领' }
    for (const who of ['hui', 'bie', 'gui'])
      expect(await give(who, 'reach', contact)).toMatchObject({ refused: 'not-found' })
    expect(await give('bie', 'see')).toMatchObject({ refused: 'not-found' })
    expect(await give('qi', 'reach', contact)).toMatchObject({ refused: 'not-permitted' })
    expect(await give('hao', 'see')).toMatchObject({ refused: 'not-permitted' })
    expect(await give('hao', 'tell', { enterprise: 'e1', benefits: [benefit] })).toMatchObject({
      refused: 'unknown-command',
    })
    const wrong = await give('hao', 'reach', { way: 'pigeon', answer: '' })
    expect('fields' in wrong && wrong.fields!.map(({ field }) => field).toSorted()).toEqual(['answer', 'way'])
    await done('hao', 'reach', contact)
    expect(await give('hao', 'reach', contact)).toMatchObject({ refused: 'not-in-this-phase' })
    expect((await items(benefit))[0]).toMatchObject({ seen: '2026-03-02' })
    await end(benefit)
    await tell()
  })
})

test('a server that tells at the same moment tells nothing twice', async () => {
  const benefit = await given()
  const [one, other] = [teller(t.world), teller(t.world)]
  await Promise.all([one(), other()])
  expect(await items(benefit)).toHaveLength(1)
  await end(benefit)
  await tell()
})

test('what has been counted is what a recount finds, and each record is the fold of its events', async () => {
  const { database, city, registry, cache } = t.world
  const figures = [...registry.figures.values()].filter(({ id }) => id.startsWith('benefit-'))
  expect(figures).toHaveLength(2)
  expect(await compareFigures(database, city, figures, '2027-12-31')).toEqual([])
  const { records, differences } = await compareRecords(database, city, registry, await cache.law(0), {
    kinds: ['outreach'],
  })
  expect([records, differences]).toEqual([2, []])
  expect(await figure('benefit-unclaimed-enterprises')).toBe(0)
})

async function longPolicy(): Promise<string> {
  const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
  const long = { ...document, number: '测政〔2026〕3号', to: '2027-12-31' }
  const { id } = (await t.done(zheng, 'policy', 'draft', long)).done
  await t.done(ce, 'policy', 'review', { conclusion: 'no-restriction', opinion: '测试' }, id)
  await t.done(ce, 'policy', 'publish', {}, id)
  return id
}
