// Policies and benefits: who publishes what, what a rule may not say, which facts count, and whom a benefit reaches.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody, system, type Actor } from '../../kernel/access.ts'
import { writeDmn } from '../../kernel/rules/dmn-write.ts'
import { openCase } from '../../server/case.ts'
import { entitlementsOf } from '../../server/entitlement.ts'
import { matching } from '../../server/match.ts'
import { problemOf } from '../../server/problem.ts'
import { wake } from '../../server/replay.ts'
import { content as bare, dictionaryLaid, document, facts, given, policyInForce } from '../../tests/benefit.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'
import { factsIn } from './dictionary.ts'
import { modelOf } from './dmn.ts'
import type { Reach } from './reach.ts'

let t: Town
beforeAll(async () => {
  t = await town()
  await dictionaryLaid(t)
})
afterAll(() => t.close())

const content = {
  ...bare,
  rule: '研发费用 >= 100 and 研发费用 / 营业收入 >= 0.03',
  amount: '研发费用 * 10000 * 0.05',
  cap: 10_000_000,
  budget: 100_000_000,
}
const tiered = {
  amount: undefined,
  tiers: [
    { when: '研发费用 < 300', amount: '5000' },
    { when: '研发费用 >= 300', amount: '20000' },
  ],
}
const told = async (id: string) =>
  (
    await t.world.database.query('select recipient, template from outbox where record = $1 order by recipient', [id])
  ).rows.map((row) => `${String(row['recipient'])} ${String(row['template'])}`)
const standing = () => policyInForce(t)
const published = async (more: object = {}) => given(t, await standing(), { ...content, ...more })
const seen = (fact: string, value: string, more: object = {}) => ({
  fact,
  value,
  period: '2025',
  source: '税务局',
  observedAt: '2026-02-01',
  ...more,
})
const observe = async (enterprise: string, ...all: object[]) =>
  t.give(await t.as('zheng'), 'profile', 'observe', { enterprise, facts: all }, enterprise)
const entitled = async (enterprise: string, benefit: string) =>
  (await entitlementsOf(t.world, await t.as('zheng'), enterprise))!.all.find(({ offer }) => offer.id === benefit)!
    .entitlement

describe('a policy', () => {
  test('is published by somebody else, once it has been reviewed for fair competition', async () => {
    const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
    const { id } = (await t.done(zheng, 'policy', 'draft', document)).done
    const give = (who: typeof ce, name: string, input: object = {}) => t.give(who, 'policy', name, input, id)
    expect(await give(ce, 'publish')).toMatchObject({ refused: 'not-reviewed' })
    const review = { conclusion: 'restricts', opinion: '限定了本地企业' }
    expect(await give(zheng, 'review', review)).toMatchObject({ refused: 'two-persons' })
    await t.done(ce, 'policy', 'review', review, id)
    expect(await give(ce, 'publish')).toMatchObject({ refused: 'restricts-competition' })
    // What is written anew is reviewed anew.
    await t.done(zheng, 'policy', 'amend', document, id)
    expect(await give(ce, 'publish')).toMatchObject({ refused: 'not-reviewed' })
    await t.done(ce, 'policy', 'review', { ...review, conclusion: 'no-restriction' }, id)
    expect(await give(zheng, 'publish')).toMatchObject({ refused: 'two-persons' })
    await t.done(ce, 'policy', 'publish', {}, id)
  })

  test('by an exception needs a term, or a condition that ends it', async () => {
    const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
    const { to: _, ...endless } = document
    const { id } = (await t.done(zheng, 'policy', 'draft', endless)).done
    const review = { conclusion: 'exception', opinion: '测试' }
    expect(await t.give(ce, 'policy', 'review', review, id)).toMatchObject({
      refused: 'exception-without-end',
      field: 'endsWhen',
    })
    await t.done(ce, 'policy', 'review', { ...review, endsWhen: '市场上有三家以上经营者时' }, id)
    await t.done(zheng, 'policy', 'amend', document, id)
    await t.done(ce, 'policy', 'review', review, id)
  })

  test.each([
    [{ issuedOn: '2026-12-30', from: '2026-12-31' }, 'not-issued-yet'],
    [{ to: '2026-01-20' }, 'over-already'],
  ])('with %j is not published', async (more, refused) => {
    const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
    const { id } = (await t.done(zheng, 'policy', 'draft', { ...document, ...more })).done
    await t.done(ce, 'policy', 'review', { conclusion: 'no-restriction', opinion: '测试' }, id)
    expect(await t.give(ce, 'policy', 'publish', {}, id)).toMatchObject({ refused })
  })

  test('ends once nothing rests on it any more, and its unit is told', async () => {
    const ce = await t.as('ce')
    const policy = await standing()
    const id = await given(t, policy, content)
    const end = () => t.give(ce, 'policy', 'end', { reason: '测试' }, policy)
    expect(await t.give(await t.as('hao'), 'policy', 'end', { reason: '测试' }, policy)).toMatchObject({
      refused: 'not-permitted',
    })
    expect(await end()).toMatchObject({ refused: 'benefits-in-force', about: { n: 1 } })
    await t.done(ce, 'benefit', 'end', { reason: '测试' }, id)
    expect(await end()).toHaveProperty('done')
    expect(await end()).toMatchObject({ refused: 'not-in-this-phase' })
    expect(await told(policy)).toEqual(['policy-manager@tax ended', 'unit:tax ended'])
  })

  test('is over on the day after its last, without anybody having to see to it', async () => {
    const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
    const { id } = (await t.done(zheng, 'policy', 'draft', { ...document, to: '2026-02-11' })).done
    await t.done(ce, 'policy', 'review', { conclusion: 'no-restriction', opinion: '测试' }, id)
    await t.done(ce, 'policy', 'publish', {}, id)
    expect(await t.give(system, 'policy', 'lapse', {}, id)).toMatchObject({ refused: 'not-over-yet' })
    t.set('2026-02-12T00:00:00.000+08:00')
    await wake(t.world, t.world.around, '2026-02-12T00:00:00.000+08:00')
    t.set(wednesday)
    const { records } = await t.world.around.store.load([], [{ kind: 'policy', id }])
    expect(records[0]?.state).toMatchObject({ phase: 'ended' })
    expect(await told(id)).toEqual(['policy-manager@tax lapsed', 'unit:tax lapsed'])
  })

  test.each([
    [{ to: '2026-01-01' }, 'ends-before-it-begins', 'to'],
    [{ issuedOn: '2026-02-01' }, 'begins-before-publication', 'from'],
    [{ unit: 'nowhere' }, 'unit-unknown', 'unit'],
    [{ clauses: [document.clauses[0], document.clauses[0]] }, 'named-twice', 'clauses.1.article'],
  ])('with %j is refused', async (more, refused, field) => {
    expect(await t.give(await t.as('zheng'), 'policy', 'draft', { ...document, ...more })).toMatchObject({
      refused,
      field,
    })
  })
})

describe('a benefit', () => {
  test.each([
    [{ article: '第九条' }, 'article-unknown', 'article'],
    [{ to: '2026-01-01' }, 'ends-before-it-begins', 'to'],
    [{ to: '2027-01-01' }, 'outside-the-policy', 'to'],
    [{ from: '2026-01-01' }, 'outside-the-policy', 'from'],
    [{ cap: 100_000_001 }, 'cap-above-budget', 'cap'],
    [{ amount: undefined }, 'budget-missing', 'amount'],
    [{ mode: 'elsewhere' }, 'budget-elsewhere', 'budget'],
    [{ tiers: [{ when: '研发费用 > 0', amount: '1' }] }, 'amount-and-tiers', 'tiers'],
    [{ amount: undefined, tiers: [{ when: '研发费用 >= 200', amount: '1' }] }, 'gap', 'tiers'],
    [{ rule: '研发费用 >= ' }, 'unfinished', 'rule'],
    [{ rule: '研发费用 >= )' }, 'syntax', 'rule'],
    [{ rule: `${'('.repeat(1000)}研发费用 > 1${')'.repeat(1000)}` }, 'too-deep', 'rule'],
    [{ rule: '研发费 >= 100' }, 'name-unknown', 'rule'],
    [{ amount: '营业收 * 2' }, 'name-unknown', 'amount'],
    [{ rule: '职工人数 > 20 and 职工人数 < 10' }, 'never-true', 'rule'],
    [{ rule: '职工人数 > 20 or 职工人数 <= 20' }, 'always-true', 'rule'],
    [{ rule: '研发费用 >= 0' }, 'always-true', 'rule'],
    [{ rule: '职工人数 >= 10 or 职工人数 >= 20' }, 'branch-idle', 'rule'],
    [{ rule: '研发费用 > 职工人数' }, 'unit-differs', 'rule'],
    [{ rule: '高新技术企业 > 3' }, 'type-differs', 'rule'],
    [{ rule: '研发费用' }, 'type-differs', 'rule'],
    [{ amount: '研发费用 * 0.05' }, 'unit-differs', 'amount'],
    [{ amount: '研发费用 > 5' }, 'type-differs', 'amount'],
  ])('with %j is refused', async (more, refused, field) => {
    const policy = await standing()
    expect(await t.give(await t.as('zheng'), 'benefit', 'draft', { ...content, policy, ...more })).toMatchObject({
      refused,
      field,
    })
  })

  test('says in words where the rule is wrong, and in which unit it is counted', async () => {
    const policy = await standing()
    const wrong = await t.give(await t.as('zheng'), 'benefit', 'draft', {
      ...content,
      policy,
      rule: '职工人数 > 1 and 研发费用 / 职工人数 > 营业收入',
    })
    if (!('refused' in wrong)) expect.fail('it was taken')
    expect(problemOf(t.world.registry, wrong, 'zh-CN').detail).toBe(
      '第 28 个字起的“营业收入”按“万元”计，这里要按“万元/人”计；请先换算，例如万元乘以 10000 得元。',
    )
  })

  test('takes over conditions and tiers from a model of decisions, gives by them, and goes out as one', async () => {
    const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
    const id = await published()
    const model = modelOf(
      'x',
      { ...content, policy: '', rule: '研发费用 >= 100', ...tiered } as never,
      factsIn(facts as never),
    )
    const adopt = (dmn: string) => t.give(zheng, 'benefit', 'adopt', { dmn }, id)
    expect(await adopt(writeDmn(model).replace('研发费用 &gt;= 100', '研发 &gt;= 100'))).toMatchObject({
      refused: 'name-unknown',
      field: 'rule',
    })
    expect(await t.give(await t.as('hui'), 'benefit', 'adopt', { dmn: writeDmn(model) }, id)).toMatchObject({
      refused: 'not-permitted',
    })
    expect(await adopt(writeDmn(model))).toHaveProperty('done')
    await observe('e1', seen('研发费用', '400', { observedAt: '2026-01-20' }))
    await t.done(ce, 'benefit', 'publish', {}, id)
    expect(await entitled('e1', id)).toMatchObject({ stands: 'entitled', amount: 2_000_000 })
    await observe('e1', seen('研发费用', '200', { observedAt: '2026-01-21' }))
    expect(await entitled('e1', id)).toMatchObject({ stands: 'entitled', amount: 500_000 })
    await t.done(ce, 'benefit', 'end', { reason: '测试' }, id)
  })

  test('is drafted under a policy of its own unit', async () => {
    const policy = await standing()
    expect(await t.give(await t.as('hui'), 'benefit', 'draft', { ...content, policy })).toMatchObject({
      refused: 'not-your-unit',
      field: 'policy',
    })
    await t.done(await t.as('hao'), 'benefit', 'draft', { ...content, policy })
  })

  test('with a budget of nothing, or a rule of more signs than anybody reads, is no input', async () => {
    const policy = await standing()
    for (const [more, field] of [
      [{ budget: 0 }, 'budget'],
      [{ rule: `职工人数 > 1${' and 职工人数 > 1'.repeat(1000)}` }, 'rule'],
    ] as const)
      expect(await t.give(await t.as('zheng'), 'benefit', 'draft', { ...content, policy, ...more })).toMatchObject({
        refused: 'invalid-input',
        fields: [{ field }],
      })
  })

  test('stands under a policy that stands, and is published by somebody else; a new text takes over when it is published', async () => {
    const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
    const policy = (await t.done(zheng, 'policy', 'draft', document)).done.id
    expect(await t.give(zheng, 'benefit', 'draft', { ...content, policy })).toMatchObject({
      refused: 'policy-not-standing',
    })
    const id = await published()
    const amended = { ...content, policy: await standing(), cap: 5_000_000 }
    await t.done(zheng, 'benefit', 'amend', amended, id)
    expect(await t.give(zheng, 'benefit', 'publish', {}, id)).toMatchObject({ refused: 'two-persons' })
    await observe('e1', seen('研发费用', '3000'), seen('营业收入', '10000'))
    expect(await entitled('e1', id)).toMatchObject({ stands: 'entitled', amount: 10_000_000 })
    // What is drafted is read by those who draft, and by the public once it is published.
    const caps = async (who: Actor) => {
      const found = await openCase(t.world, who, t.world.registry.kinds.get('benefit')!, id, 'zh-CN')
      return found!.timeline.flatMap(({ type, data }) => (type === 'drafted' ? [data['cap']] : []))
    }
    const [first, next] = [content.cap, 5_000_000]
    expect([await caps(nobody), await caps(await t.as('qi')), await caps(zheng)]).toEqual([
      [first],
      [first],
      [first, next],
    ])
    await t.done(ce, 'benefit', 'publish', {}, id)
    expect(await caps(nobody)).toEqual([first, next])
    expect(await entitled('e1', id)).toMatchObject({ stands: 'entitled', amount: 5_000_000 })
    for (const cap of [6_000_000, 7_000_000]) await t.done(zheng, 'benefit', 'amend', { ...amended, cap }, id)
    await t.done(ce, 'benefit', 'publish', {}, id)
    expect(await caps(nobody)).toEqual([first, next, 7_000_000])
    await t.done(ce, 'benefit', 'end', { reason: '测试' }, id)
  })
})

describe('the dictionary', () => {
  const [first, ...rest] = facts
  test.each([
    [{ measure: 'wan-yuan' }, 'measure-of-the-register', 'measure'],
    [{ type: 'text', measure: undefined }, 'type-of-the-register', 'type'],
    [{ measure: undefined }, 'measure-missing', 'measure'],
    [{ least: 5, most: 4 }, 'bounds-crossed', 'most'],
    [{ type: 'flag', measure: undefined, registered: undefined, most: 4 }, 'bounds-of-no-number', 'most'],
    [{ allowed: '大、小' }, 'words-of-no-text', 'allowed'],
  ])('with a fact that is %j is refused', async (more, refused, field) => {
    const changed = { facts: [{ ...first, ...more }, ...rest], source: '测试' }
    const answer = await t.give(await t.as('zheng'), 'dictionary', 'change', changed, 'dictionary')
    expect(answer).toMatchObject({ refused, field: `facts.0.${field}` })
  })
})

describe('what is known of an enterprise', () => {
  test.each([
    [seen('不存在', '1'), 'fact-unknown', 'facts.0.fact'],
    [seen('职工人数', '10'), 'in-the-register', 'facts.0.fact'],
    [seen('研发费用', '很多'), 'wrong-value', 'facts.0.value'],
    [seen('研发费用', '3000000', { measure: 'yuan' }), 'other-measure', 'facts.0.measure'],
    [seen('研发费用', '-3'), 'out-of-bounds', 'facts.0.value'],
    [seen('研发费用', '1', { period: undefined }), 'period-missing', 'facts.0.period'],
    [seen('高新技术企业', 'yes'), 'no-period', 'facts.0.period'],
    [seen('研发费用', '1', { period: '2027' }), 'period-in-the-future', 'facts.0.period'],
    [seen('研发费用', '1', { observedAt: '2026-03-01' }), 'date-in-the-future', 'facts.0.observedAt'],
  ])('%j is refused', async (fact, refused, field) => {
    expect(await observe('e1', fact)).toMatchObject({ refused, field })
  })

  test('is read from the register where that has it, as the register goes by it', async () => {
    const own = async () => {
      const { known } = (await entitlementsOf(t.world, await t.as('zheng'), 'e1'))!
      const of = known.filter(({ row }) => row.registered !== undefined)
      return Object.fromEntries(of.map((one) => [one.row.registered, 'value' in one ? one.value : one.unknown.why]))
    }
    const kept = { section: '制造业', industry: '27', private: true, months: 85, division: '东昌区' }
    expect(await own()).toEqual({ ...kept, staff: 'nobody-said', size: 'nobody-said' })
    const told = (fact: string, unit: string, value: number) => ({
      fact,
      unit,
      value,
      period: '2025',
      source: '年度报告',
      observedAt: '2026-02-01',
    })
    const input = { facts: [told('staff', 'person', 400), told('revenue', 'wan-yuan', 3000)] }
    await t.done(await t.as('gui'), 'enterprise', 'observe', input, 'e1')
    expect(await own()).toEqual({ ...kept, staff: 400, size: '中型' })
  })

  test('counts of the right period, from the source that counts; what disagrees is not known', async () => {
    const id = await published({ rule: '研发费用 >= 100', amount: '研发费用 * 10000 * 0.0001' })
    const known = async () => {
      const { known: all } = (await entitlementsOf(t.world, await t.as('zheng'), 'e2'))!
      return all.find(({ row }) => row.name === '研发费用')
    }
    expect(await entitled('e2', id)).toMatchObject({ stands: 'open', missing: ['研发费用'] })
    await observe('e2', seen('研发费用', '500', { period: '2023' }))
    expect(await known()).toMatchObject({ unknown: { why: 'wrong-period', said: [{ period: '2023' }] } })
    await observe('e2', seen('研发费用', '90', { source: '统计局' }))
    expect(await entitled('e2', id)).toMatchObject({ stands: 'not', failing: [{ read: { 研发费用: 90 } }] })
    // The tax office stands above the statistical office.
    await observe('e2', seen('研发费用', '120'))
    expect(await entitled('e2', id)).toMatchObject({ stands: 'entitled', amount: 12_000 })
    // The same source says something else later.
    await observe('e2', seen('研发费用', '110', { observedAt: '2026-02-05' }))
    expect(await entitled('e2', id)).toMatchObject({ amount: 11_000 })
    // Two that nobody has put in an order disagree.
    await observe('e2', seen('营业收入', '1000'), seen('营业收入', '2000', { source: '企业自报' }))
    const { known: all } = (await entitlementsOf(t.world, await t.as('zheng'), 'e2'))!
    expect(all.find(({ row }) => row.name === '营业收入')).toMatchObject({
      unknown: { why: 'sources-disagree', said: [{ value: 1000 }, { value: 2000 }] },
    })
  })

  test('is supplied by the enterprise itself, and by nobody for another', async () => {
    const declare = (enterprise: string) => ({ enterprise, facts: [{ fact: '高新技术企业', value: 'yes' }] })
    const qi = await t.as('qi')
    expect(await t.give(qi, 'profile', 'declare', declare('e2'), 'e2')).toMatchObject({
      refused: 'not-found',
    })
    await t.done(qi, 'profile', 'declare', declare('e1'), 'e1')
    expect(await entitlementsOf(t.world, qi, 'e2')).toBeUndefined()
    const { known: all } = (await entitlementsOf(t.world, qi, 'e1'))!
    expect(all.find(({ row }) => row.name === '高新技术企业')).toMatchObject({
      value: true,
      from: { source: '企业自报' },
    })
  })
})

describe('a benefit whose last day has passed', () => {
  const state = async (id: string) => (await t.world.around.store.load([], [{ kind: 'benefit', id }])).records[0]?.state

  test('ends by itself, and its unit is told; one of which another text is being drafted waits for it', async () => {
    const short = { ...content, to: '2026-02-11' }
    const policyId = await standing()
    const [over, renewed] = [await given(t, policyId, short), await given(t, policyId, short)]
    expect(await t.give(system, 'benefit', 'lapse', {}, over)).toMatchObject({ refused: 'not-over-yet' })
    await t.done(await t.as('zheng'), 'benefit', 'amend', { ...bare, ...content, policy: policyId }, renewed)
    t.set('2026-02-12T00:00:00.000+08:00')
    await wake(t.world, t.world.around, '2026-02-12T00:00:00.000+08:00')
    t.set(wednesday)
    expect([await state(over), await state(renewed)]).toMatchObject([{ phase: 'ended' }, { phase: 'standing' }])
    expect(await told(over)).toEqual(['policy-manager@tax lapsed', 'unit:tax lapsed'])
    await t.done(await t.as('ce'), 'benefit', 'publish', {}, renewed)
    expect(await t.give(system, 'benefit', 'lapse', {}, renewed)).toMatchObject({ refused: 'not-over-yet' })
  })
})

describe('a rule tried out', () => {
  test('tells whom it would reach, what it would cost, and which condition alone keeps others out; and is never stale', async () => {
    const matched = matching(t.world)
    const reach = async (rule: string) =>
      (await matched.reach({ rule, amount: '研发费用 * 10000 * 0.01', cap: 3_000_000 })) as Reach
    await observe(
      'e1',
      seen('研发费用', '301', { observedAt: '2026-02-09' }),
      seen('营业收入', '10001', { observedAt: '2026-02-09' }),
    )
    const first = await reach('研发费用 >= 100')
    expect(first).toMatchObject({ enterprises: 2, entitled: 2, not: 0, open: 0, cost: 3_000_000 + 110 * 100 * 100 })
    expect(await reach('研发费用 >= 200 and 研发费用 < 1000')).toMatchObject({
      entitled: 1,
      not: 1,
      near: [{ clause: '研发费用 >= 200', count: 1, examples: [{ id: 'e2' }] }],
    })
    expect(await reach('营业收入 > 0')).toMatchObject({
      entitled: 1,
      open: 1,
      missing: [{ fact: '营业收入', count: 1 }],
    })
    await observe('e2', seen('研发费用', '2500', { observedAt: '2026-02-10' }))
    expect(await reach('研发费用 >= 200')).toMatchObject({ entitled: 2 })
    // A law may write out what follows from the rest: it is told.
    expect(await reach('研发费用 >= 200 and 研发费用 >= 100')).toMatchObject({
      entitled: 2,
      superfluous: ['研发费用 >= 100'],
    })
    expect(await matched.reach({ rule: '研发 > 1' })).toMatchObject({ refused: 'name-unknown' })
  })

  test('costs no more than the cap of its group leaves, and nothing for whoever has what excludes it', async () => {
    const matched = matching(t.world)
    const grouped = { group: '测试叠加', groupCap: 500_000 }
    const asked = { rule: '研发费用 >= 200', amount: '4000', ...grouped }
    const reach = async (more: object = {}) => (await matched.reach({ ...asked, ...more })) as Reach
    expect(await reach()).toMatchObject({ entitled: 2, cost: 800_000, capped: 0, apart: 0 })
    const other = await published({ ...grouped, rule: '研发费用 >= 200', amount: '3000', mode: 'no-application' })
    await t.done(await t.as('hao'), 'claim', 'list', { benefit: other, enterprise: 'e1', year: '2026' })
    // 5,000 yuan less the 3,000 that it has besides; of the other itself nothing is taken off.
    expect(await reach()).toMatchObject({ entitled: 2, cost: 600_000, capped: 1 })
    expect(await reach({ benefit: other, amount: '3000' })).toMatchObject({ cost: 600_000, capped: 0 })
    expect(await reach({ group: '别的', excludes: [{ benefit: other }] })).toMatchObject({ cost: 400_000, apart: 1 })
    await t.done(await t.as('qi'), 'claim', 'decline', { reason: '测试' }, `${other}.e1.2026`)
    expect(await reach()).toMatchObject({ cost: 800_000, capped: 0 })
  })
})
