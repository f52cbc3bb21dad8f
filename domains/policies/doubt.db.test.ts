// Facts that are corrected after a claim was decided by them: the claim says so, its money waits, and a person decides.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../../kernel/access.ts'
import { addDays, type Moment } from '../../kernel/clock/date.ts'
import { doubter } from '../../server/doubt.ts'
import { messagesFor } from '../../server/message.ts'
import { compareFigures } from '../../store/compare.ts'
import { findRecord } from '../../store/read.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { dictionaryLaid, given as givenBy, policyInForce } from '../../tests/benefit.ts'
import { town, type Town } from '../../tests/world.ts'

const ON = '2026-02-11'
let t: Town
let policy: string
let look: () => Promise<number>
let day = ON
const at = (on: string) => t.set(`${(day = on)}T10:00:00.000+08:00` as Moment)
beforeAll(async () => {
  t = await town()
  at(ON)
  await dictionaryLaid(t)
  policy = await policyInForce(t)
  look = doubter(t.world)
})
afterAll(() => t.close())

const done = async (who: string, kind: string, name: string, input: object = {}, id?: string) =>
  (await t.done(await t.as(who), kind, name, input, id)).done.id
const give = async (who: string, id: string, name: string, input: object = {}) =>
  t.give(await t.as(who), 'claim', name, input, id)
const state = async (kind: string, id: string) =>
  (await findRecord(t.world.database, 'town', kind, id))!.state as Record<string, unknown>
const given = (more: object = {}) => givenBy(t, policy, more)
/** Each time a day later, so that it is told apart from what was said before. */
const seen = async (value: string, more: object = {}) => {
  at(addDays(day, 1))
  const one = { fact: '研发费用', value, period: '2025', source: '税务局', observedAt: day, ...more }
  await done('zheng', 'profile', 'observe', { enterprise: 'e1', facts: [one] }, 'e1')
}
const listed = (benefit: string) => done('hao', 'claim', 'list', { benefit, enterprise: 'e1', year: '2026' })
const approved = async (benefit: string) => {
  const id = await listed(benefit)
  await done('qi', 'claim', 'consent', {}, id)
  await done('hao', 'claim', 'publicise', {}, id)
  at(addDays(day, 15))
  await done('tou', 'claim', 'approve', {}, id)
  return id
}
const doubtIn = async (id: string) => (await state('claim', id))['doubt'] as { corrected: object[] } | undefined
const doubt = async (id: string) => (await doubtIn(id))?.corrected
const flat = { rule: '研发费用 >= 100', amount: '1000' }

describe('a fact that a claim was decided by', () => {
  test('is corrected: the claim says what, its money waits, and a person lets it stand', async () => {
    await seen('1000')
    const [formula, fixed] = [await approved(await given()), await approved(await given(flat))]
    expect(await look()).toBe(0)
    // Less than before, and still more than the condition asks.
    await seen('900')
    expect(await look()).toBe(1)
    const corrected = [
      { fact: '研发费用', was: '1000', now: '900', measure: 'wan-yuan', period: '2025', source: '税务局' },
    ]
    expect(await state('claim', formula)).toMatchObject({
      phase: 'approved',
      amount: 1_000_000,
      doubt: { corrected, comesTo: 900_000 },
    })
    expect(await doubt(fixed)).toBeUndefined()
    const told = (await messagesFor(t.world, await t.as('hao'), 'zh-CN', 50)).map(({ text }) => text)
    expect(told).toContainEqual(expect.stringContaining('后来有更正'))
    const batch = await done('hao', 'batch', 'open', { unit: 'tax', name: '测拨〔2026〕1号' })
    await done('qi', 'profile', 'bank', { enterprise: 'e1', bank: '测试银行', number: '2200123456' }, 'e1')
    const pay = { batch: '测', receipt: '测', paidOn: day }
    for (const [name, input] of [
      ['enlist', { batch }],
      ['pay', pay],
    ] as const)
      expect(await give('hao', formula, name, input)).toMatchObject({ refused: 'in-doubt' })
    expect(await give('hao', fixed, 'uphold', { finding: '测试' })).toMatchObject({ refused: 'not-in-doubt' })
    expect(await give('hao', formula, 'uphold', { finding: ' ' })).toMatchObject({ refused: 'invalid-input' })
    expect(await give('hui', formula, 'uphold', { finding: '测试' })).toMatchObject({ refused: 'not-found' })
    expect(await give('hao', formula, 'doubt')).toMatchObject({ refused: 'not-permitted' })
    await done('hao', 'claim', 'uphold', { finding: '税务局更正的是口径，金额照旧（测试）。' }, formula)
    // What has been looked at is not told again, neither by this server nor by one that has just begun.
    expect([await look(), await doubter(t.world)(), await doubt(formula)]).toEqual([0, 0, undefined])
    await done('hao', 'claim', 'pay', { ...pay, paidOn: day }, formula)
    expect(await look()).toBe(0)
    // After it was paid, too; and a further correction is another.
    await seen('50')
    expect(await look()).toBe(2)
    expect(await doubt(formula)).toMatchObject([{ was: '1000', now: '50' }])
    expect(await doubt(fixed)).toMatchObject([{ was: '1000', now: '50' }])
    expect(await doubtIn(fixed)).toMatchObject({ comesTo: 0 })
    // Corrected back: nothing is left to look at.
    await seen('1000')
    expect([await look(), await doubt(formula), await doubt(fixed)]).toEqual([2, undefined, undefined])
  })

  test('is told of another period, or what has no period has changed since: that is no correction', async () => {
    await seen('yes', { fact: '高新技术企业', period: undefined })
    await seen('500', { fact: '营业收入' })
    const claim = await listed(await given({ rule: '营业收入 >= 100 and 高新技术企业', amount: '1' }))
    await seen('1', { fact: '营业收入', period: '2026' })
    await seen('no', { fact: '高新技术企业', period: undefined })
    expect([await look(), await doubt(claim)]).toEqual([0, undefined])
    // What an office saw by then, and enters only now, is.
    await seen('no', { fact: '高新技术企业', period: undefined, observedAt: addDays(day, -2) })
    expect(await look()).toBe(1)
    expect(await doubt(claim)).toEqual([{ fact: '高新技术企业', was: 'yes', now: 'no', source: '税务局' }])
  })

  test('is no longer known where two sources disagree', async () => {
    await seen('30', { fact: '贷款利息' })
    const claim = await listed(await given({ rule: '贷款利息 > 10', amount: '1' }))
    await seen('20', { fact: '贷款利息', source: '银行' })
    expect(await look()).toBe(1)
    expect(await doubtIn(claim)).not.toHaveProperty('comesTo')
    expect(await doubt(claim)).toEqual([
      { fact: '贷款利息', was: '30', measure: 'wan-yuan', period: '2025', source: '税务局、银行' },
    ])
  })

  test('stands in the register', async () => {
    const staff = (value: number) => ({
      fact: 'staff',
      value,
      unit: 'person',
      period: '2025',
      source: '统计局',
      observedAt: day,
    })
    await done('gui', 'enterprise', 'observe', { facts: [staff(40)] }, 'e1')
    const claim = await listed(await given({ rule: '职工人数 >= 20 and 行业门类 != "采矿业"', amount: '1' }))
    at(addDays(day, 1))
    await done('gui', 'enterprise', 'observe', { facts: [staff(19)] }, 'e1')
    expect(await look()).toBe(1)
    expect(await doubt(claim)).toEqual([
      { fact: '职工人数', was: '40', now: '19', measure: 'person', period: '2025', source: '统计局' },
    ])
  })
})

describe('a claim that was decided by what was not so', () => {
  test('is neither made public, nor approved, nor sent to the treasury, before somebody has looked', async () => {
    await seen('2000')
    const publicised = await listed(await given(flat))
    const consented = await listed(await given(flat))
    for (const one of [publicised, consented]) await done('qi', 'claim', 'consent', {}, one)
    await done('hao', 'claim', 'publicise', {}, publicised)
    const enlisted = await approved(await given(flat))
    const batch = await done('hao', 'batch', 'open', { unit: 'tax', name: '测拨〔2026〕2号' })
    await done('hao', 'claim', 'enlist', { batch }, enlisted)
    await seen('60')
    expect(await look()).toBeGreaterThan(2)
    expect(await give('hao', consented, 'publicise')).toMatchObject({ refused: 'in-doubt' })
    expect(await give('tou', publicised, 'approve')).toMatchObject({ refused: 'in-doubt' })
    expect(await t.give(await t.as('tou'), 'batch', 'send', {}, batch)).toMatchObject({
      refused: 'in-doubt',
      about: { holders: expect.any(String) },
    })
    await done('hao', 'batch', 'remove', { claim: enlisted }, batch)
    // Taken back, whatever it had come to: its money is free, and the enterprise has it no longer.
    for (const one of [consented, publicised, enlisted]) {
      expect(await give('hao', one, 'recall', { reason: '测试' })).toMatchObject({ refused: 'not-permitted' })
      await done('tou', 'claim', 'recall', { reason: '研发费用更正后不足（测试）。' }, one)
      expect(await state('claim', one)).toMatchObject({ phase: 'refused' })
      expect(await state('fund', one.split('.')[0]!)).toMatchObject({ free: 10_000_000, reserved: 0 })
      expect(JSON.stringify((await state('profile', 'e1'))['holds'])).not.toContain(one)
    }
    expect([await doubt(enlisted), await look()]).toEqual([undefined, 0])
    await seen('2000')
  })

  test('and comes to nothing for another reason is nobody’s doubt any more', async () => {
    const claim = await listed(await given(flat))
    await done('qi', 'claim', 'consent', {}, claim)
    await done('hao', 'claim', 'publicise', {}, claim)
    await seen('65')
    await look()
    expect((await findRecord(t.world.database, 'town', 'claim', claim))!.facets).toMatchObject({ doubt: 'yes' })
    const said = { objection: '数据不实（测试）。', objector: '测试', phone: '13900000000' }
    await t.done(nobody, 'claim', 'object', said, claim)
    await done('hao', 'claim', 'settle', { upheld: true, reasons: '查实（测试）。' }, claim)
    const row = (await findRecord(t.world.database, 'town', 'claim', claim))!
    expect([row.phase, row.open, row.facets]).toEqual([
      'refused',
      false,
      { benefit: row.facets['benefit'], origin: 'listed' },
    ])
    await seen('2000')
  })

  test('is found by a server that has just begun, and what was paid is demanded back', async () => {
    const benefit = await given(flat)
    const claim = await approved(benefit)
    await done('hao', 'claim', 'pay', { batch: '测', receipt: '测', paidOn: day }, claim)
    await seen('70')
    expect(await doubter(t.world)()).toBeGreaterThan(0)
    expect((await findRecord(t.world.database, 'town', 'claim', claim))!.open).toBe(true)
    await done('tou', 'claim', 'recall', { reason: '测试' }, claim)
    expect(await state('claim', claim)).toMatchObject({ phase: 'recalling' })
    expect(await state('fund', benefit)).toMatchObject({ paid: 100_000 })
  })
})

test('what is kept agrees with what the ledger says', async () => {
  const { database, city, registry, cache } = t.world
  expect((await compareRecords(database, city, registry, await cache.law(0))).differences).toEqual([])
  expect(await compareFigures(database, city, registry.figures.values(), day)).toEqual([])
})
