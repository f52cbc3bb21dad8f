// The ladder: rungs by dated rules, recognitions by two persons and their end, and coaching that the enterprise agreed to.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { system, visible } from '../../kernel/access.ts'
import { ladderOf } from '../../server/ladder.ts'
import { makeUscc } from '../register/uscc.ts'
import { wake } from '../../server/replay.ts'
import { listRecords } from '../../store/read.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'

let t: Town
let rung = ''
beforeAll(async () => {
  t = await town()
  await t.done(await t.as('zheng'), 'dictionary', 'lay', { facts, source: '测试' })
  rung = await published()
})
afterAll(() => t.close())
beforeEach(() => t.set(wednesday))

const facts = [
  { fact: '营业收入', type: 'number', measure: 'wan-yuan', age: 2 },
  { fact: '研发费用', type: 'number', measure: 'wan-yuan', age: 2 },
  { fact: '职工人数', type: 'number', measure: 'person', registered: 'staff' },
  { fact: '主体类型', type: 'text', registered: 'kind', allowed: '企业、个体工商户、农民专业合作社、其他' },
  ...['测试认定', '测试复核', '测试撤销', '测试占用'].map((fact) => ({ fact, type: 'flag', sources: '梯度培育认定' })),
]
const content = {
  name: '测试中小企业',
  unit: 'tax',
  recogniser: 'province',
  document: '测试〔2022〕63号',
  article: '第一条',
  certainty: '测试',
  rule: '营业收入 >= 1000 and 研发费用 >= 100',
  validity: 36,
  remind: 90,
  from: '2022-06-01',
}
const stall = {
  name: '测试面馆（个体工商户）',
  division: '220502',
  industry: '62',
  registeredOn: '2019-01-01',
  private: true,
  evidence: '登记信息',
  contact: '钱某',
  phone: '13900001234',
}
const proof = { number: '测试公告〔2025〕1号', proof: '名单第 3 号' }

async function published(more: object = {}, id?: string): Promise<string> {
  const name = id === undefined ? 'draft' : 'amend'
  const { done } = await t.done(await t.as('zheng'), 'rung', name, { ...content, ...more }, id)
  await t.done(await t.as('ce'), 'rung', 'publish', {}, done.id)
  return done.id
}
const drafted = async (more: object, id?: string) =>
  t.give(await t.as('zheng'), 'rung', id === undefined ? 'draft' : 'amend', { ...content, ...more }, id)
const stateOf = async (kind: string, id: string) =>
  (await t.world.around.store.load([], [{ kind, id }])).records[0]?.state as Readonly<Record<string, unknown>>
/** Nine in the morning of a day, and whatever time alone changes by then. */
const on = async (day: string) => {
  t.set(`${day}T09:00:00.000+08:00`)
  await wake(t.world, t.world.around, `${day}T09:00:00.000+08:00`)
}

describe('a rung', () => {
  test('is published by somebody else than drafted it', async () => {
    const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
    const { id } = (await t.done(zheng, 'rung', 'draft', content)).done
    expect(await t.give(zheng, 'rung', 'publish', {}, id)).toMatchObject({ refused: 'two-persons' })
    await t.done(ce, 'rung', 'publish', {}, id)
    expect(await t.give(ce, 'rung', 'publish', {}, id)).toMatchObject({ refused: 'nothing-drafted' })
  })

  test.each([
    [{ unit: 'nowhere' }, 'unit-unknown', 'unit'],
    [{ after: 'TD-none' }, 'after-unknown', 'after'],
    [{ validity: undefined }, 'reminder-without-end', 'remind'],
    [{ validity: 1, remind: 60 }, 'reminder-too-long', 'remind'],
    [{ earlierUntil: '2023-01-01' }, 'nothing-earlier', 'earlierUntil'],
    [{ fact: '没有的数据' }, 'fact-unknown', 'fact'],
    [{ fact: '营业收入' }, 'fact-unknown', 'fact'],
    [{ among: '主体类 = "企业"' }, 'name-unknown', 'among'],
    [{ among: '主体类型 = "公司"' }, 'word-not-allowed', 'among'],
    [{ rule: '营业收 >= 1000' }, 'name-unknown', 'rule'],
    [{ rule: '营业收入 >= ' }, 'unfinished', 'rule'],
    [{ rule: '营业收入 >= )' }, 'syntax', 'rule'],
    [{ rule: '职工人数 > 20 and 职工人数 < 10' }, 'never-true', 'rule'],
  ])('with %j is refused', async (more, refused, field) => {
    expect(await drafted(more)).toMatchObject({ refused, field })
  })

  test('is drafted for one’s own unit alone', async () => {
    expect(await t.give(await t.as('hui'), 'rung', 'draft', content)).toMatchObject({ refused: 'not-your-unit' })
    expect(await t.give(await t.as('qi'), 'rung', 'draft', content)).toMatchObject({ refused: 'not-permitted' })
  })

  test('follows neither itself nor, round about, one that follows it', async () => {
    const first = await published()
    const second = await published({ after: first })
    const third = await published({ after: second })
    const later = { from: '2026-03-01' }
    expect(await drafted({ ...later, after: first }, first)).toMatchObject({
      refused: 'follows-itself',
      field: 'after',
    })
    expect(await drafted({ ...later, after: third }, first)).toMatchObject({
      refused: 'follows-in-a-circle',
      field: 'after',
    })
    expect(await drafted({ ...later, after: first }, third)).toHaveProperty('done')
  })

  test('that two drafts would make follow each other is not published', async () => {
    const [one, other] = [await published(), await published()]
    await t.done(await t.as('zheng'), 'rung', 'amend', { ...content, from: '2026-03-01', after: other }, one)
    await t.done(await t.as('zheng'), 'rung', 'amend', { ...content, from: '2026-03-01', after: one }, other)
    await t.done(await t.as('ce'), 'rung', 'publish', {}, one)
    expect(await t.give(await t.as('ce'), 'rung', 'publish', {}, other)).toMatchObject({
      refused: 'follows-in-a-circle',
    })
  })

  test('sets a flag that no other sets, also where two are published at once', async () => {
    const taken = { fact: '测试占用' }
    const [one, other] = await Promise.all([drafted(taken), drafted(taken)])
    const ids = [one, other].map((each) => ('done' in each ? each.done.id : ''))
    const ce = await t.as('ce')
    const published_ = await Promise.all(ids.map((id) => t.give(ce, 'rung', 'publish', {}, id)))
    expect(published_.filter((each) => 'done' in each)).toHaveLength(1)
    const refused = { refused: 'flag-taken', field: 'fact', about: { rung: content.name } }
    expect(published_.find((each) => 'refused' in each)).toMatchObject(refused)
    expect(await drafted(taken)).toMatchObject(refused)
    // Its own next edition sets it as before, and another of its flags is free.
    const first = ids[published_.findIndex((each) => 'done' in each)]!
    expect(await drafted({ ...taken, from: '2026-05-01' }, first)).toHaveProperty('done')
    expect(await t.give(ce, 'rung', 'publish', {}, first)).toHaveProperty('done')
    await t.done(ce, 'rung', 'end', { reason: '测试' }, first)
    expect(await drafted(taken)).toMatchObject({ refused: 'flag-taken' })
  })

  test('changes with an edition that begins after the one in force', async () => {
    const id = await published()
    expect(await drafted({ from: '2022-06-01' }, id)).toMatchObject({
      refused: 'begins-before-the-one-in-force',
      field: 'from',
      about: { from: '2022-06-01' },
    })
    const next = { from: '2026-04-01', earlierUntil: '2026-03-01' }
    expect(await drafted(next, id)).toMatchObject({ refused: 'transition-before-it-begins' })
    expect(await drafted({ ...next, earlierUntil: '2026-12-31' }, id)).toHaveProperty('done')
  })
})

describe('a recognition', () => {
  const note = async (who: string, input: object) => t.give(await t.as(who), 'recognition', 'note', input)
  const recognised = async (of: string, term: object, enterprise = 'e1') => {
    const given = { rung: of, enterprise, ...proof, ...term }
    const { id } = (await t.done(await t.as('hao'), 'recognition', 'note', given)).done
    await t.done(await t.as('tou'), 'recognition', 'confirm', {}, id)
    return id
  }
  const flag = async (enterprise: string, of = '测试认定') => {
    const { facts: said } = (await stateOf('profile', enterprise)) as { facts: { fact: string; value: string }[] }
    return said.findLast(({ fact }) => fact === of)?.value
  }

  test.each([
    [{ number: '一号', on: '2026-01-05' }, 'proof-missing', 'proof'],
    [{ ...proof, on: '2026-03-01' }, 'date-in-the-future', 'on'],
    [{ ...proof, on: '2026-01-05', to: '2026-01-04' }, 'ends-before-it-begins', 'to'],
    [{ ...proof, on: '2021-01-05' }, 'no-edition', 'on'],
    [{ ...proof, on: '2026-01-05', enterprise: 'e9' }, 'enterprise-unknown', 'enterprise'],
    [{ ...proof, on: '2026-01-05', rung: 'TD-none' }, 'rung-unknown', 'rung'],
  ])('with %j is refused', async (more, refused, field) => {
    expect(await note('hao', { rung, enterprise: 'e1', ...more })).toMatchObject({ refused, field })
  })

  test('is recorded by the unit whose rung it is', async () => {
    const said = { rung, enterprise: 'e1', ...proof, on: '2026-01-05' }
    expect(await note('hui', said)).toMatchObject({ refused: 'not-your-unit' })
    expect(await note('qi', said)).toMatchObject({ refused: 'not-permitted' })
  })

  test('is confirmed by a second person, ends by the validity of its rung, and other rules learn of it', async () => {
    const of = await published({ fact: '测试认定' })
    const said = { rung: of, enterprise: 'e1', ...proof, on: '2025-10-31' }
    const { id } = (await t.done(await t.as('hao'), 'recognition', 'note', said)).done
    expect(await t.give(await t.as('hao'), 'recognition', 'confirm', {}, id)).toMatchObject({ refused: 'two-persons' })
    expect(await t.give(await t.as('hao'), 'recognition', 'dismiss', { reason: '无' }, id)).toMatchObject({
      refused: 'two-persons',
    })
    await t.done(await t.as('tou'), 'recognition', 'confirm', {}, id)
    expect(await stateOf('recognition', id)).toMatchObject({
      phase: 'standing',
      to: '2028-10-30',
      remindOn: '2028-08-01',
      edition: 1,
      by: 'hao',
      confirmer: 'tou',
    })
    expect(await flag('e1')).toBe('yes')
    expect(await t.give(await t.as('tou'), 'recognition', 'confirm', {}, id)).toMatchObject({
      refused: 'nothing-to-confirm',
    })
    expect(await note('hao', { ...said, on: '2026-01-05' })).toMatchObject({ refused: 'recognised-already' })
  })

  test('bears the name of its rung and enterprise, and none that is longer than a name may be', async () => {
    const of = await published()
    const said = { rung: of, enterprise: 'e1', ...proof, on: '2025-10-31' }
    expect(await t.give(await t.as('hao'), 'recognition', 'note', said, 'RD-other')).toMatchObject({
      refused: 'other-name',
      field: 'enterprise',
    })
    const long = 'TD-'.padEnd(63, 'x')
    await t.done(await t.as('zheng'), 'rung', 'draft', content, long)
    await t.done(await t.as('ce'), 'rung', 'publish', {}, long)
    const tooLong = { refused: 'name-too-long', about: { most: 64 } }
    expect(await note('hao', { ...said, rung: long })).toMatchObject(tooLong)
    const aim = { rung: long, enterprise: 'e1' }
    expect(await t.give(await t.as('hao'), 'plan', 'propose', aim)).toMatchObject(tooLong)
    expect(await t.give(await t.as('hao'), 'plan', 'propose', aim, 'PY-other')).toMatchObject({ refused: 'other-name' })
  })

  test('names the stall that a company was, and is found from both', async () => {
    const of = await published()
    await t.done(system, 'enterprise', 'enter', { ...stall, uscc: makeUscc('92220502MA0000001') }, 'stall')
    const said = { rung: of, enterprise: 'e1', ...proof, on: '2025-10-31' }
    expect(await note('hao', { ...said, stall: 'nobody' })).toMatchObject({ refused: 'stall-unknown', field: 'stall' })
    for (const wrong of ['e1', 'e2'])
      expect(await note('hao', { ...said, stall: wrong })).toMatchObject({ refused: 'not-a-stall', field: 'stall' })
    const { id } = (await t.done(await t.as('hao'), 'recognition', 'note', { ...said, stall: 'stall' })).done
    await t.done(await t.as('tou'), 'recognition', 'confirm', {}, id)
    const ofStall = await ladderOf(t.world, await t.as('tou'), 'stall')
    const ofFirm = await ladderOf(t.world, await t.as('tou'), 'e1')
    const standing = (found: typeof ofStall) => found?.rungs.find((one) => one.id === of)?.recognition?.id
    expect([standing(ofStall), standing(ofFirm)]).toEqual([undefined, id])
    const { items } = await listRecords(t.world.database, 'town', visible({ 'unit-head': 'city' }, await t.as('tou')), {
      kind: 'recognition',
      who: ['enterprise:stall'],
      order: 'oldest',
      limit: 5,
    })
    expect(items).toMatchObject([{ id, state: { enterprise: 'e1', stall: 'stall' } }])
  })

  test('that is not so is dismissed, and may be recorded anew', async () => {
    const of = await published()
    const said = { rung: of, enterprise: 'e1', ...proof, on: '2025-10-31' }
    const { id } = (await t.done(await t.as('hao'), 'recognition', 'note', said)).done
    await t.done(await t.as('tou'), 'recognition', 'dismiss', { reason: '名单中没有' }, id)
    expect((await stateOf('recognition', id))['phase']).toBe('dismissed')
    expect(await note('hao', said)).toMatchObject({ refused: 'recognised-before' })
    await t.done(await t.as('hao'), 'recognition', 'renew', { ...proof, on: '2025-11-05' }, id)
    await t.done(await t.as('tou'), 'recognition', 'confirm', {}, id)
    expect(await stateOf('recognition', id)).toMatchObject({ phase: 'standing', past: [], finding: 'recognised' })
  })

  test('is reminded of before its end, checked again, and keeps its history; unchecked it lapses', async () => {
    const of = await published({ fact: '测试复核' })
    const id = await recognised(of, { on: '2023-05-31', to: '2026-05-30' })
    await on('2026-02-28')
    expect((await stateOf('recognition', id))['phase']).toBe('standing')
    await on('2026-03-01')
    expect((await stateOf('recognition', id))['phase']).toBe('due')
    const again = { ...proof, number: '测试复核〔2026〕1号' }
    const renew = async (term: object) => t.give(await t.as('hao'), 'recognition', 'renew', { ...again, ...term }, id)
    expect(await renew({ on: '2023-05-31' })).toMatchObject({
      refused: 'within-a-term',
      field: 'on',
      about: { since: '2023-05-31' },
    })
    expect(await renew({ on: '2026-02-20', proof: undefined })).toMatchObject({ refused: 'proof-missing' })
    expect(await renew({ on: '2026-02-20' })).toHaveProperty('done')
    expect(await renew({ on: '2026-02-21' })).toMatchObject({ refused: 'confirmation-awaited' })
    await t.done(await t.as('tou'), 'recognition', 'confirm', {}, id)
    expect(await stateOf('recognition', id)).toMatchObject({
      phase: 'standing',
      on: '2026-02-20',
      to: '2029-02-19',
      past: [{ on: '2023-05-31', to: '2026-05-30', endedOn: '2026-02-20', ended: 'renewed' }],
    })
    await on('2029-02-19')
    expect((await stateOf('recognition', id))['phase']).toBe('due')
    await on('2029-02-20')
    expect(await stateOf('recognition', id)).toMatchObject({ phase: 'lapsed', past: [{}, { ended: 'lapsed' }] })
    expect(await flag('e1', '测试复核')).toBe('no')
    // Nobody is recognised twice for the same time, and whoever had lapsed may come back.
    expect(await renew({ on: '2029-02-19' })).toMatchObject({ refused: 'within-a-term' })
    expect(await renew({ on: '2029-02-20' })).toHaveProperty('done')
  })

  test('is checked again by the rule that the transition names', async () => {
    const of = await published()
    const [first, second] = [
      await recognised(of, { on: '2023-05-31' }),
      await recognised(of, { on: '2023-06-30' }, 'e2'),
    ]
    await published({ from: '2026-04-01', validity: 24, earlierUntil: '2026-06-30' }, of)
    const renewed = async (id: string, day: string) => {
      t.set(`${day}T10:00:00.000+08:00`)
      await t.done(await t.as('hao'), 'recognition', 'renew', { ...proof, on: day }, id)
      await t.done(await t.as('tou'), 'recognition', 'confirm', {}, id)
      const { edition, to } = await stateOf('recognition', id)
      return { edition, to }
    }
    expect(await renewed(first, '2026-05-20')).toEqual({ edition: 1, to: '2029-05-19' })
    // The transition is over: by the edition in force.
    expect(await renewed(second, '2026-07-01')).toEqual({ edition: 2, to: '2028-06-30' })
  })

  test('that rested on what was false is withdrawn by two persons, and told of everywhere', async () => {
    const of = await published({ fact: '测试撤销' })
    const id = await recognised(of, { on: '2025-05-30' }, 'e2')
    const said = { ...proof, on: '2026-02-10', reason: '提供虚假材料' }
    const withdraw = async (more: object) =>
      t.give(await t.as('hao'), 'recognition', 'withdraw', { ...said, ...more }, id)
    expect(await withdraw({ on: '2025-05-29' })).toMatchObject({ refused: 'withdrawn-before-it-began' })
    expect(await withdraw({ on: '2026-02-12' })).toMatchObject({ refused: 'date-in-the-future', field: 'on' })
    expect(await withdraw({ proof: undefined })).toMatchObject({ refused: 'proof-missing' })
    await withdraw({})
    expect((await stateOf('recognition', id))['phase']).toBe('standing')
    expect(await t.give(await t.as('hao'), 'recognition', 'confirm', {}, id)).toMatchObject({ refused: 'two-persons' })
    await t.done(await t.as('tou'), 'recognition', 'confirm', {}, id)
    expect(await stateOf('recognition', id)).toMatchObject({
      phase: 'withdrawn',
      past: [{ on: '2025-05-30', endedOn: '2026-02-10', ended: 'withdrawn' }],
    })
    expect(await flag('e2', '测试撤销')).toBe('no')
    // What is known of a day has one end: it is set right the day after.
    await t.done(await t.as('hao'), 'recognition', 'renew', { ...proof, on: '2026-02-11' }, id)
    expect(await t.give(await t.as('tou'), 'recognition', 'confirm', {}, id)).toMatchObject({
      refused: 'changed-today',
    })
    t.set('2026-02-12T10:00:00.000+08:00')
    await t.done(await t.as('tou'), 'recognition', 'confirm', {}, id)
    expect(await flag('e2', '测试撤销')).toBe('yes')
  })
})

describe('a plan of coaching', () => {
  const give = async (who: string, name: string, input: object, id?: string) =>
    t.give(await t.as(who), 'plan', name, input, id)
  const proposed = async () => {
    const of = await published()
    return (await t.done(await t.as('hao'), 'plan', 'propose', { rung: of, enterprise: 'e1' })).done.id
  }
  const act = { what: '辅导研发费用归集', who: 'hui', until: '2026-02-27' }

  test('takes over what is lacking, and begins only once the enterprise agrees', async () => {
    const seen = { period: '2025', source: '税务局', observedAt: '2026-02-01' }
    const told = [
      { fact: '营业收入', value: '1500', ...seen },
      { fact: '研发费用', value: '60', ...seen },
    ]
    await t.done(await t.as('zheng'), 'profile', 'observe', { enterprise: 'e1', facts: told }, 'e1')
    const id = await proposed()
    expect(await stateOf('plan', id)).toMatchObject({
      phase: 'proposed',
      edition: 1,
      stands: 'not',
      gaps: [{ clause: '研发费用 >= 100', fact: '研发费用', now: '60', measure: 'wan-yuan' }],
      changes: [{ fact: '研发费用', now: '60', needed: '100', measure: 'wan-yuan' }],
      missing: [],
    })
    expect(await give('hao', 'act', act, id)).toMatchObject({ refused: 'not-in-this-phase' })
    expect(await give('hao', 'agree', {}, id)).toMatchObject({ refused: 'evidence-missing', field: 'evidence' })
    expect(await give('bie', 'agree', {}, id)).toMatchObject({ refused: 'not-found' })
    expect(await give('hao', 'decline', { reason: '无' }, id)).toMatchObject({ refused: 'not-permitted' })
    await t.done(await t.as('qi'), 'plan', 'agree', {}, id)
    expect(await give('hao', 'act', act, id)).toHaveProperty('done')
  })

  test('is for those whom the rung concerns; whoever stands there already stays', async () => {
    const of = await published({ among: '主体类型 = "个体工商户"' })
    const aim = { rung: of, enterprise: 'e1' }
    const others = { refused: 'meant-for-others', field: 'enterprise', about: { among: '主体类型 = "个体工商户"' } }
    expect(await give('hao', 'propose', aim)).toMatchObject(others)
    expect(await give('qi', 'ask', aim)).toMatchObject(others)
    // What was a stall has turned into this company, and is recognised under its new code.
    const term = { ...aim, ...proof, on: '2026-02-10' }
    const { done } = await t.done(await t.as('hao'), 'recognition', 'note', term)
    await t.done(await t.as('tou'), 'recognition', 'confirm', {}, done.id)
    expect((await stateOf('recognition', done.id))['phase']).toBe('standing')
    expect(await give('qi', 'ask', aim)).toMatchObject({ refused: 'stands-already' })
  })

  test('names the facts that are missing where it is open', async () => {
    const of = await published()
    const { id } = (await t.done(await t.as('bie'), 'plan', 'ask', { rung: of, enterprise: 'e2' })).done
    expect(await stateOf('plan', id)).toMatchObject({
      phase: 'running',
      stands: 'open',
      missing: [{ fact: '营业收入' }, { fact: '研发费用' }],
    })
  })

  test('is asked for by the enterprise itself, once', async () => {
    const of = await published()
    expect(await give('qi', 'ask', { rung: of, enterprise: 'e2' })).toMatchObject({ refused: 'not-your-enterprise' })
    const { id } = (await t.done(await t.as('qi'), 'plan', 'ask', { rung: of, enterprise: 'e1' })).done
    expect(await give('hao', 'propose', { rung: of, enterprise: 'e1' })).toMatchObject({ refused: 'planned-already' })
    // Who has no part in it does not learn of it.
    expect(await give('bie', 'ask', { rung: of, enterprise: 'e1' })).toMatchObject({ refused: 'not-your-enterprise' })
    expect(await give('hui', 'propose', { rung: of, enterprise: 'e1' })).toMatchObject({ refused: 'not-your-unit' })
    await t.done(await t.as('qi'), 'plan', 'leave', { reason: '今年不安排' }, id)
    expect(await give('hao', 'propose', { rung: of, enterprise: 'e1' })).toMatchObject({ refused: 'planned-before' })
    expect(await give('hui', 'resume', {}, id)).toMatchObject({ refused: 'not-found' })
    await t.done(await t.as('hao'), 'plan', 'resume', {}, id)
    expect(await stateOf('plan', id)).toMatchObject({ phase: 'proposed', coach: 'hao', actions: [] })
  })

  test('has actions with somebody and a day; whoever took one on is told when it is late', async () => {
    const id = await proposed()
    await t.done(await t.as('qi'), 'plan', 'agree', {}, id)
    expect(await give('hao', 'act', { ...act, who: 'nobody' }, id)).toMatchObject({ refused: 'person-unknown' })
    expect(await give('hao', 'act', { ...act, until: '2026-02-10' }, id)).toMatchObject({ refused: 'not-in-the-past' })
    await t.done(await t.as('hao'), 'plan', 'act', act, id)
    await on('2026-02-27')
    const told = async () => {
      const { rows } = await t.world.database.query(
        `select recipient from outbox where record = $1 and template = 'overdue'`,
        [id],
      )
      return rows.map((row) => row['recipient'])
    }
    expect(await told()).toEqual([])
    await on('2026-02-28')
    expect(await told()).toEqual(['person:hui'])
    await on('2026-03-05')
    expect(await told()).toHaveLength(1)
    // It is on the desk of whoever took it on, though the plan is another unit's; for the enterprise he decides nothing.
    expect(await give('hui', 'leave', { reason: '无' }, id)).toMatchObject({ refused: 'not-your-enterprise' })
    expect(await give('hui', 'finish', { action: 2, result: '无' }, id)).toMatchObject({ refused: 'no-such-action' })
    expect(await give('hao', 'complete', { result: '无' }, id)).toMatchObject({ refused: 'actions-open' })
    await t.done(await t.as('hui'), 'plan', 'finish', { action: 1, result: '已建账' }, id)
    expect(await give('hao', 'finish', { action: 1, result: '再次' }, id)).toMatchObject({ refused: 'action-ended' })
    await t.done(await t.as('hao'), 'plan', 'complete', { result: '全部完成' }, id)
    // What has ended takes no more actions.
    expect(await give('hao', 'act', { ...act, until: '2026-03-27' }, id)).toMatchObject({
      refused: 'not-in-this-phase',
    })
  })

  test('ends with the recognition that it was for', async () => {
    const of = await published()
    const { id } = (await t.done(await t.as('qi'), 'plan', 'ask', { rung: of, enterprise: 'e1' })).done
    const term = { rung: of, enterprise: 'e1', ...proof, on: '2026-02-10' }
    const { done } = await t.done(await t.as('hao'), 'recognition', 'note', term)
    await t.done(await t.as('tou'), 'recognition', 'confirm', {}, done.id)
    expect(await stateOf('plan', id)).toMatchObject({ phase: 'done', reached: true })
    expect(await give('hao', 'resume', {}, id)).toMatchObject({ refused: 'stands-already' })
  })

  test('may be declined, and the reason stays', async () => {
    const id = await proposed()
    await t.done(await t.as('qi'), 'plan', 'comment', { text: '暂缓' }, id)
    await t.done(await t.as('qi'), 'plan', 'decline', { reason: '暂不需要' }, id)
    expect(await stateOf('plan', id)).toMatchObject({ phase: 'declined', reason: '暂不需要' })
  })
})

test('nobody but those who work with it and the enterprise sees a plan', async () => {
  const of = await published()
  const { id } = (await t.done(await t.as('bie'), 'plan', 'ask', { rung: of, enterprise: 'e2' })).done
  for (const who of ['qi', 'hui', 'gui'])
    expect(await t.give(await t.as(who), 'plan', 'comment', { text: '看' }, id), who).toMatchObject({
      refused: 'not-found',
    })
  expect(await t.give(system, 'plan', 'remind', {}, id)).toMatchObject({ refused: 'not-due-yet' })
})
