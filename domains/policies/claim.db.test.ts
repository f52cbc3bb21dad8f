// Claims: from the list or the enterprise's own word to the money, and what may stand in the way.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nobody, type Actor } from '../../kernel/access.ts'
import { compareClaims } from '../../server/claim-check.ts'
import { messagesFor } from '../../server/message.ts'
import { compareFigures } from '../../store/compare.ts'
import { findRecord } from '../../store/read.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { figureValue } from '../../store/tally.ts'
import { content, dictionaryLaid, given as givenBy, observed, policyInForce } from '../../tests/benefit.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'

let t: Town
let policy: string
beforeAll(async () => {
  t = await town()
  await dictionaryLaid(t)
  policy = await policyInForce(t)
  await observed(t, 'e1', '1000')
  await observed(t, 'e2', '1000')
})
afterAll(() => t.close())
beforeEach(() => t.set(wednesday))

const given = (more: object = {}) => givenBy(t, policy, more)
const of = (benefit: string, enterprise = 'e1') => ({ benefit, enterprise, year: '2026' })
const list = async (benefit: string, enterprise = 'e1') =>
  t.give(await t.as('hao'), 'claim', 'list', of(benefit, enterprise))
async function listed(benefit: string, enterprise = 'e1'): Promise<string> {
  const answer = await list(benefit, enterprise)
  if ('refused' in answer) expect.fail(JSON.stringify(answer))
  return answer.done.id
}
const give = async (who: string | Actor, id: string, name: string, input: object = {}) =>
  t.give(typeof who === 'string' ? await t.as(who) : who, 'claim', name, input, id)
const done = async (who: string, id: string, name: string, input: object = {}) => {
  const answer = await give(who, id, name, input)
  if ('refused' in answer) expect.fail(`${name} was refused: ${JSON.stringify(answer)}`)
}
const state = async (kind: string, id: string) => (await findRecord(t.world.database, 'town', kind, id))!.state
/** Consented to, made public, and public for long enough. */
async function ripe(id: string, by = 'qi'): Promise<void> {
  await done(by, id, 'consent')
  await done('hao', id, 'publicise')
  t.set('2026-03-02T10:00:00.000+08:00')
}
const paid = { batch: '测拨〔2026〕1号', receipt: '测001', paidOn: '2026-03-02' }
const figure = async (id: string) =>
  (await figureValue(t.world.database, 'town', t.world.registry.figures.get(id)!, { on: '2026-12-31' })).value

describe('a claim', () => {
  test('goes from the list over consent and publicity to the money, each step by whom it is for', async () => {
    const benefit = await given()
    const id = await listed(benefit)
    expect(await state('claim', id)).toMatchObject({
      phase: 'listed',
      amount: 1_000_000,
      number: 1,
      read: [{ fact: '研发费用', value: '1000', source: '税务局' }],
    })
    expect(await list(benefit)).toMatchObject({ refused: 'claimed-already' })
    expect(await give('bie', id, 'consent')).toMatchObject({ refused: 'not-found' })
    // That another has claimed is nobody else's business.
    expect(await t.give(await t.as('bie'), 'claim', 'ask', of(benefit))).toMatchObject({
      refused: 'not-your-enterprise',
    })
    expect(await give('hao', id, 'consent')).toMatchObject({ refused: 'evidence-missing', field: 'evidence' })
    expect(await give('hui', id, 'consent', { evidence: '书面' })).toMatchObject({ refused: 'not-found' })
    await done('qi', id, 'consent')
    await done('hao', id, 'publicise')
    expect(await give('ce', id, 'approve')).toMatchObject({ refused: 'publicity-not-over' })
    t.set('2026-03-02T10:00:00.000+08:00')
    expect(await give(nobody, id, 'object', { objection: '晚', objector: '某', phone: '13900000000' })).toMatchObject({
      refused: 'publicity-over',
    })
    expect(await give('hao', id, 'approve')).toMatchObject({ refused: 'not-permitted' })
    await done('tou', id, 'approve')
    expect(await state('fund', benefit)).toMatchObject({ free: 9_000_000, reserved: 1_000_000, paid: 0 })
    expect(await give('hao', id, 'pay', { ...paid, paidOn: '2026-03-03' })).toMatchObject({
      refused: 'date-in-the-future',
    })
    // The account was wrong: it stays approved.
    await done('hao', id, 'fail', { reason: '账号有误' })
    await done('hao', id, 'pay', paid)
    expect(await state('fund', benefit)).toMatchObject({ free: 9_000_000, reserved: 0, paid: 1_000_000 })
    expect(await give('hao', id, 'rate', { grade: '5' })).toMatchObject({ refused: 'not-permitted' })
    await done('qi', id, 'rate', { grade: '5' })
    expect(await give('qi', id, 'rate', { grade: '1' })).toMatchObject({ refused: 'rated-already' })
    expect(await figure('claim-paid-amount')).toBe(10_000)
    expect(await figure('claim-without-applying-rate')).toBe(100)
    // What becomes known later changes nothing of what was decided.
    await observed(t, 'e1', '1001')
    expect(await state('claim', id)).toMatchObject({ amount: 1_000_000, read: [{ value: '1000' }] })
    await observed(t, 'e1', '1000.5')
  })

  test('is asked for by the enterprise itself where one fact is missing, and only that is asked', async () => {
    const benefit = await given({ rule: '贷款利息 > 0', amount: '贷款利息 * 10000 * 0.01', mode: 'quick' })
    const qi = await t.as('qi')
    const ask = (enterprise = 'e1') => t.give(qi, 'claim', 'ask', of(benefit, enterprise))
    expect(await ask('e2')).toMatchObject({ refused: 'not-your-enterprise' })
    expect(await ask()).toMatchObject({ refused: 'facts-missing', about: { facts: '贷款利息' } })
    await t.done(
      qi,
      'profile',
      'declare',
      { enterprise: 'e1', facts: [{ fact: '贷款利息', value: '3', period: '2025' }] },
      'e1',
    )
    expect(await ask()).toHaveProperty('done')
    expect(await state('claim', `${benefit}.e1.2026`)).toMatchObject({
      phase: 'consented',
      origin: 'asked',
      amount: 30_000,
      read: [{ source: '企业自报' }],
    })
  })

  test.each([
    [{ rule: '研发费用 >= 5000' }, 'not-entitled'],
    [{ mode: 'elsewhere', budget: undefined }, 'given-elsewhere'],
    [{ from: '2026-06-01' }, 'benefit-not-given'],
    [{ amount: '(研发费用 - 研发费用) * 10000' }, 'not-entitled'],
  ])('of a benefit with %j is refused', async (more, refused) => {
    expect(await list(await given(more))).toMatchObject({ refused })
  })

  test('is put on the list by the unit that pays, under a name that is no longer than a name may be', async () => {
    const benefit = await given()
    expect(await t.give(await t.as('hui'), 'claim', 'list', of(benefit))).toMatchObject({
      refused: 'not-your-unit',
      field: 'benefit',
    })
    const long = 'DX-'.padEnd(60, 'x')
    await t.done(await t.as('zheng'), 'benefit', 'draft', { ...content, policy }, long)
    await t.done(await t.as('ce'), 'benefit', 'publish', {}, long)
    expect(await list(long)).toMatchObject({ refused: 'name-too-long', about: { most: 64 } })
  })

  test('of another year, or of nobody, is refused', async () => {
    const benefit = await given()
    const hao = await t.as('hao')
    expect(await t.give(hao, 'claim', 'list', { ...of(benefit), year: '2025' })).toMatchObject({
      refused: 'other-year',
    })
    expect(await list(benefit, 'nobody')).toMatchObject({ refused: 'enterprise-unknown' })
    expect(await t.give(nobody, 'claim', 'list', of(benefit))).toMatchObject({ refused: 'not-permitted' })
  })

  test('stacks with others of its group up to their cap, though two come at once, and whatever comes to nothing leaves room', async () => {
    const group = { group: '测试组', groupCap: 1_500_000 }
    const [first, second, third] = [await given(group), await given(group), await given(group)]
    // Each comes to 10,005 yuan by itself: for the second 4,995 are left of the cap, and nothing for the third.
    const answers = await Promise.all([list(first), list(second)])
    for (const answer of answers) expect(answer).toHaveProperty('done')
    const claims = await Promise.all([first, second].map((benefit) => state('claim', `${benefit}.e1.2026`)))
    const amounts = claims.map((claim) => [(claim as { amount?: number }).amount, (claim as { full?: number }).full])
    expect(amounts.toSorted(([a], [b]) => a! - b!)).toEqual([
      [499_500, 1_000_500],
      [1_000_500, undefined],
    ])
    expect(await list(third)).toMatchObject({ refused: 'group-exhausted', about: { group: '测试组' } })
    // Another enterprise has a cap of its own.
    await listed(third, 'e2')
    const { different } = await compareClaims(t.world, { after: '', most: 1000 })
    expect(different).toEqual([])
    await done('qi', `${first}.e1.2026`, 'decline', { reason: '测试' })
    await listed(third)
    for (const benefit of [second, third]) await done('qi', `${benefit}.e1.2026`, 'decline', { reason: '测试' })
  })

  test.each([
    [{ group: '测试组' }, 'group-and-cap', 'groupCap'],
    [{ groupCap: 5 }, 'group-and-cap', 'group'],
    [{ group: '测试组', groupCap: 5, mode: 'elsewhere', budget: undefined }, 'group-elsewhere', 'group'],
  ])('of a benefit drafted with %j cannot be', async (more, refused, field) => {
    const drafted = await t.give(await t.as('zheng'), 'benefit', 'draft', { ...content, policy, ...more })
    expect(drafted).toMatchObject({ refused, field })
  })

  test('does not go together with what excludes it, in whichever order, until that is let go', async () => {
    const first = await given()
    const second = await given({ name: '测试另一项', excludes: [{ benefit: first }] })
    const id = await listed(first, 'e2')
    expect(await list(second, 'e2')).toMatchObject({ refused: 'has-another', about: { name: '测试补助' } })
    await done('bie', id, 'decline', { reason: '选另一项' })
    await listed(second, 'e2')
    const third = await given({ name: '测试第三项' })
    await listed(third, 'e2')
  })

  test('that is given once is not given twice', async () => {
    const benefit = await given({ recurrence: 'once' })
    await listed(benefit, 'e2')
    t.set('2026-12-30T10:00:00.000+08:00')
    expect(await list(benefit, 'e2')).toMatchObject({ refused: 'claimed-already' })
  })

  test('waits for what only a person can judge, and ends where that does not hold', async () => {
    const benefit = await given({ judgement: [{ question: '市场地位' }] })
    const [id, other] = [await listed(benefit), await listed(benefit, 'e2')]
    await done('qi', id, 'consent')
    expect(await give('hao', id, 'publicise')).toMatchObject({ refused: 'not-judged' })
    await done('hao', id, 'judge', { holds: true, opinion: '属实' })
    await done('hao', id, 'publicise')
    await done('hao', other, 'judge', { holds: false, opinion: '没有地位' })
    expect(await state('claim', other)).toMatchObject({ phase: 'refused', reason: '没有地位' })
  })

  test('is objected to by anybody while it is public, and goes on or ends by what is found', async () => {
    const benefit = await given()
    const id = await listed(benefit)
    await done('qi', id, 'consent')
    await done('hao', id, 'publicise')
    await t.done(nobody, 'claim', 'object', { objection: '不属实', objector: '某', phone: '13900000000' }, id)
    t.set('2026-03-02T10:00:00.000+08:00')
    expect(await give('ce', id, 'approve')).toMatchObject({ refused: 'not-in-this-phase' })
    await done('hao', id, 'settle', { upheld: false, reasons: '查无此事' })
    await done('ce', id, 'approve')
    await done('ce', id, 'recall', { reason: '研发费用不实' })
    // Nothing was paid, so nothing has to come back: it ends, and the enterprise is told that it gets nothing.
    expect(await state('fund', benefit)).toMatchObject({ free: 10_000_000, reserved: 0 })
    expect(await findRecord(t.world.database, 'town', 'claim', id)).toMatchObject({
      phase: 'refused',
      open: false,
      state: { reason: '研发费用不实' },
    })
    const told = await messagesFor(t.world, await t.as('qi'), 'zh-CN', 50)
    const said = told.filter((one) => one.id === id).map(({ text }) => text)
    expect(said[0]).toContain('不予兑现')
    expect(said.join()).not.toContain('追回')
  })
})

describe('the money', () => {
  test('is never more than the budget, however many are approved at one moment', async () => {
    const benefit = await given({ budget: 1_500_000 })
    const ids = [await listed(benefit), await listed(benefit, 'e2')]
    await ripe(ids[0]!)
    t.set(wednesday)
    await ripe(ids[1]!, 'bie')
    const ce = await t.as('ce')
    const answers = await Promise.all(ids.map((id) => t.give(ce, 'claim', 'approve', {}, id)))
    expect(answers.filter((one) => 'done' in one)).toHaveLength(1)
    expect(answers.find((one) => 'refused' in one)).toMatchObject({
      refused: 'budget-exceeded',
      about: { left: expect.stringMatching(/^49\d\d\.\d\d$|^5000\.00$/) as string },
    })
    const { free, reserved } = (await state('fund', benefit)) as unknown as { free: number; reserved: number }
    expect(free).toBeGreaterThanOrEqual(0)
    expect(free + reserved).toBe(1_500_000)
  })

  test('that was paid on false facts comes back; a smaller budget than was given is refused', async () => {
    const benefit = await given()
    const id = await listed(benefit, 'e2')
    await ripe(id, 'bie')
    await done('ce', id, 'approve')
    expect(await give('hao', id, 'receive', { receipt: '测002' })).toMatchObject({ refused: 'not-in-this-phase' })
    await done('hao', id, 'pay', paid)
    const less = { ...content, policy, budget: 100 }
    await t.done(await t.as('zheng'), 'benefit', 'amend', less, benefit)
    expect(await t.give(await t.as('ce'), 'benefit', 'publish', {}, benefit)).toMatchObject({
      refused: 'less-than-given',
    })
    await done('ce', id, 'recall', { reason: '不实' })
    await done('hao', id, 'receive', { receipt: '测003' })
    expect(await state('fund', benefit)).toMatchObject({ free: 10_000_000, paid: 0 })
    expect(await state('profile', 'e2')).toMatchObject({
      holds: expect.not.arrayContaining([expect.objectContaining({ claim: id })]) as unknown,
    })
  })

  test('comes to the same once more, by the edition and the values that each claim keeps', async () => {
    const all = async () => compareClaims(t.world, { after: '', most: 1000 })
    const { claims, different } = await all()
    expect(claims).toBeGreaterThan(10)
    expect(different).toEqual([])
    const { rows } = await t.world.database.query(
      `select id from record where kind = 'claim' and not state ? 'full' order by id limit 1`,
    )
    const id = rows[0]!['id'] as string
    const set = (by: string) =>
      t.world.database.query(
        `update record set state = jsonb_set(state, '{amount}', to_jsonb((state->>'amount')::bigint ${by})) where kind = 'claim' and id = $1`,
        [id],
      )
    await set('+ 1')
    expect((await all()).different).toEqual([id])
    await set('- 1')
    // Piece by piece it is the same.
    const first = await compareClaims(t.world, { after: '', most: 4 })
    const second = await compareClaims(t.world, { after: first.next, most: 1000 })
    expect(first.claims + second.claims).toBe(claims)
    expect(second.next).toBe('')
  })

  test('balances on every account, and every figure is what the entries say', async () => {
    const { rows } = await t.world.database.query(
      `select subject, sum(quantity)::float8 as sum, sum(quantity) filter (where dims->>'account' = 'free')::float8 as free
       from entry where measure = 'fund-ledger' group by subject`,
    )
    expect(rows.length).toBeGreaterThan(5)
    for (const { subject, sum, free } of rows as unknown as { subject: string; sum: number; free: number }[]) {
      expect(sum).toBe(0)
      expect(await state('fund', subject.replace('benefit:', ''))).toMatchObject({ free })
    }
    const { world } = t
    const { differences } = await compareRecords(world.database, 'town', world.registry, await world.cache.law(0))
    expect(differences).toEqual([])
    expect(await compareFigures(world.database, 'town', world.registry.figures.values(), '2026-12-31')).toEqual([])
  })
})
