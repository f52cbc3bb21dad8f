// The register: a tree without rings, one login a person, administration in three hands.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system, type Actor } from '../../kernel/access.ts'
import { execute, executeAll, type Answer, type Command } from '../../kernel/door.ts'
import { town, type Town } from '../../tests/world.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

test('a unit is not moved under itself, nor under anything below it', async () => {
  const wen = await t.as('wen')
  for (const parent of ['tax', 'tax-east'])
    expect(await t.give(wen, 'unit', 'move', { parent }, 'tax')).toMatchObject({
      refused: 'under-itself',
      field: 'parent',
    })
  expect(await t.give(wen, 'unit', 'move', { parent: 'nowhere' }, 'tax')).toMatchObject({ refused: 'parent-unknown' })
  const before = await t.world.database.query(`select version from record where kind = 'unit' and id = 'town'`)
  await t.done(wen, 'unit', 'move', { parent: 'labour' }, 'tax-east')
  const after = await t.world.database.query(`select version from record where kind = 'unit' and id = 'town'`)
  // Whoever is only asked is not changed.
  expect(after.rows).toEqual(before.rows)
})

const setUp = (id: string, parent = 'town') => ({
  kind: 'unit',
  name: 'setUp',
  id,
  input: { name: id, nameEn: id, type: 'department', division: '220500', parent },
})
const abolition = (id: string) => ({ kind: 'unit', name: 'abolish', id, input: { reason: '机构改革' } })
const appointment = (unit: string, id: string) => ({
  kind: 'post',
  name: 'appoint',
  id,
  input: { person: 'hao', role: 'handler', unit, clearance: 1, from: '2026-01-01' },
})

/** Gives a command, and another that is done in the instant between its decision and its append. */
async function overtaken(
  actor: Actor,
  command: Command,
  other: readonly [actor: Actor, command: Command],
): Promise<readonly [Answer, Answer]> {
  const { store } = t.world.around
  let first: Answer | undefined
  const append: typeof store.append = async (given) => {
    first ??= await execute(t.world.around, ...other)
    return store.append(given)
  }
  const answer = await execute({ ...t.world.around, store: { ...store, append } }, actor, command)
  return [answer, first!]
}

describe('what was decided while units, posts or law were changing is decided anew', () => {
  let [wen, an]: Actor[] = []
  beforeAll(async () => {
    ;[wen, an] = [await t.as('wen'), await t.as('an')]
  })
  const done = { done: expect.anything() as unknown }

  test('two units moved under each other make no ring', async () => {
    for (const id of ['one', 'two']) await execute(t.world.around, system, setUp(id))
    const move = (id: string, parent: string) => ({ kind: 'unit', name: 'move', id, input: { parent } })
    const answers = await overtaken(wen!, move('one', 'two'), [wen!, move('two', 'one')])
    expect(answers).toMatchObject([{ refused: 'under-itself' }, done])
    await execute(t.world.around, wen!, move('two', 'town'))
    const both = await Promise.all(
      [move('one', 'two'), move('two', 'one')].map((one) => t.give(wen!, 'unit', 'move', one.input, one.id)),
    )
    expect(both.filter((answer) => 'done' in answer)).toHaveLength(1)
  })

  test.each<[string, (id: string) => readonly [Actor, Command], string]>([
    ['a unit set up under it', (id) => [wen!, setUp(`${id}-below`, id)], 'parent-unknown'],
    ['a person appointed in it', (id) => [an!, appointment(id, `${id}-post`)], 'unit-unknown'],
  ])('a unit is abolished, or has %s, whichever comes first', async (what, order, refused) => {
    const id = `gone-${what.split(' ')[1]}`
    for (const one of [id, `${id}-too`]) await execute(t.world.around, system, setUp(one))
    expect(await overtaken(...order(id), [wen!, abolition(id)])).toMatchObject([{ refused }, done])
    const answers = await overtaken(wen!, abolition(`${id}-too`), order(`${id}-too`))
    expect(answers).toMatchObject([{ refused: 'still-in-use' }, done])
  })

  test('a unit is abolished, or asked to assist, whichever comes first', async () => {
    const said = {
      title: '题',
      body: '事',
      matter: 'difficulty',
      line: 'trade',
      channel: 'phone',
      phone: '13900001234',
    }
    const fen = await t.as('fen')
    const asked = async (assisting: string) => {
      const raised = await t.done(await t.as('gui'), 'appeal', 'raise', said)
      const input = { unit: 'tax', line: 'trade', matter: 'difficulty', level: 'city', assisting: [assisting] }
      return [fen, { kind: 'appeal', name: 'dispatch', id: raised.done.id, input }] as const
    }
    for (const one of ['helper', 'helper-too']) await execute(t.world.around, system, setUp(one))
    const first = await overtaken(...(await asked('helper')), [wen!, abolition('helper')])
    expect(first).toMatchObject([{ refused: 'unit-unknown' }, done])
    const second = await overtaken(wen!, abolition('helper-too'), await asked('helper-too'))
    expect(second).toMatchObject([{ refused: 'still-in-use', about: { cases: 0, assisted: 1 } }, done])
  })

  test('whoever loses his post in that instant may no longer', async () => {
    await t.done(
      an!,
      'post',
      'appoint',
      { ...appointment('centre', '').input, person: 'gui', role: 'dispatcher' },
      'short',
    )
    const raised = await t.done(await t.as('gui'), 'appeal', 'raise', {
      title: '题',
      body: '事',
      matter: 'difficulty',
      line: 'trade',
      channel: 'phone',
      phone: '13900001234',
    })
    const input = { unit: 'tax', line: 'trade', matter: 'difficulty', level: 'city' }
    const order = { kind: 'appeal', name: 'dispatch', id: raised.done.id, input }
    const ending = { kind: 'post', name: 'end', id: 'short', input: { to: '2026-02-10', reason: '轮岗' } }
    expect(await overtaken(await t.as('gui'), order, [an!, ending])).toMatchObject([{ refused: 'not-permitted' }, done])
  })

  test('a limit laid down in that instant is the one that holds', async () => {
    const raised = await t.done(await t.as('gui'), 'appeal', 'raise', {
      title: '题',
      body: '事',
      matter: 'difficulty',
      line: 'trade',
      channel: 'phone',
      phone: '13900001234',
    })
    const rule = {
      rule: 'appeal.sign',
      unit: 'working-day',
      budget: 3,
      article: '新',
      source: '新',
      from: '2026-02-01',
    }
    await t.done(system, 'rule', 'lay', rule, 'sign-anew')
    const input = { unit: 'tax', line: 'trade', matter: 'difficulty', level: 'city' }
    const order = { kind: 'appeal', name: 'dispatch', id: raised.done.id, input }
    const publish = { kind: 'rule', name: 'publish', id: 'sign-anew', input: {} }
    const answers = await overtaken(await t.as('fen'), order, [{ ...system, id: 'second' }, publish])
    expect(answers).toMatchObject([done, done])
    const { rows } = await t.world.database.query(
      `select data->'sign'->'budget' as budget from event where record = $1 and type = 'dispatched'`,
      [raised.done.id],
    )
    expect(rows).toEqual([{ budget: 3 }])
  })

  test('in one batch, what has just been put under a unit keeps it from being abolished', async () => {
    await execute(t.world.around, system, setUp('full'))
    const answers = await executeAll(t.world.around, wen!, [
      setUp('full-below', 'full'),
      abolition('full'),
      abolition('full-below'),
      abolition('full'),
    ])
    expect(answers).toMatchObject([done, { refused: 'still-in-use', about: { below: 1 } }, done, done])
  })
})

test('a login belongs to one person; given back, another may have it', async () => {
  const wen = await t.as('wen')
  const enrol = (login: string, id: string) => t.give(wen, 'person', 'enrol', { name: '某', login }, id)
  expect(await enrol('hao-login', 'x1')).toMatchObject({ refused: 'login-taken', field: 'login' })
  const an = await t.as('an')
  const change = (login: string, id: string) => t.give(an, 'person', 'changeLogin', { login, reason: '更名' }, id)
  expect(await change('hao-new', 'hao')).toHaveProperty('done')
  expect(await enrol('hao-login', 'x2')).toHaveProperty('done')
  expect(await change('hao-login', 'hao')).toMatchObject({ refused: 'login-taken', field: 'login' })
})

test('a login, once settled, is changed by the security administrator alone, never his own; whoever has it is told', async () => {
  const [wen, an] = [await t.as('wen'), await t.as('an')]
  // Otherwise the system administrator gives somebody his own name at the single sign-on, and becomes him.
  const amend = (login: string | undefined, id: string) =>
    t.give(wen, 'person', 'amend', { name: '某某', ...(login !== undefined && { login }) }, id)
  for (const login of ['wen-sso', undefined])
    expect(await amend(login, 'an')).toMatchObject({ refused: 'login-is-settled', field: 'login' })
  expect(await amend('an-login', 'an')).toHaveProperty('done')
  await t.done(wen, 'person', 'enrol', { name: '新来' }, 'fresh')
  expect(await amend('fresh-login', 'fresh')).toHaveProperty('done')
  const change = (id: string, login: string) => t.give(an, 'person', 'changeLogin', { login, reason: '更名' }, id)
  expect(await change('an', 'an-sso')).toMatchObject({ refused: 'not-oneself' })
  expect(await change('fresh', 'fresh-login')).toMatchObject({ refused: 'nothing-new' })
  expect(await change('fresh', 'fresh-two')).toHaveProperty('done')
  const { rows } = await t.world.database.query(`select recipient, template from outbox where record = 'fresh'`)
  expect(rows).toEqual([{ recipient: 'person:fresh', template: 'login-changed' }])
})

test('who speaks for an enterprise in the term of a post is not appointed to it', async () => {
  const an = await t.as('an')
  await t.done(await t.as('wen'), 'person', 'enrol', { name: '代办' }, 'agent')
  await t.done(an, 'mandate', 'authorise', { person: 'agent', enterprise: 'e1', from: '2026-03-01' }, 'm-agent')
  const appoint = (from: string, to?: string) =>
    t.give(an, 'post', 'appoint', {
      person: 'agent',
      role: 'handler',
      unit: 'tax',
      clearance: 1,
      from,
      ...(to !== undefined && { to }),
    })
  const terms: readonly (readonly [string, string?])[] = [
    ['2026-03-01'],
    ['2026-01-01'],
    ['2026-01-01', '2026-03-01'],
    ['2027-01-01'],
  ]
  for (const [from, to] of terms)
    expect(await appoint(from, to)).toMatchObject({ refused: 'holds-a-mandate', field: 'person' })
  await t.done(an, 'mandate', 'end', { to: '2026-03-31', reason: '期满' }, 'm-agent')
  expect(await appoint('2026-03-31')).toMatchObject({ refused: 'holds-a-mandate' })
  expect(await appoint('2026-04-01')).toHaveProperty('done')
})

test('a unit is abolished only once nothing is under it, nobody has a post in it and it owes nothing', async () => {
  const [wen, an] = [await t.as('wen'), await t.as('an')]
  const abolish = (id: string) => t.give(wen, 'unit', 'abolish', { reason: '机构改革' }, id)
  const setUp = (id: string, parent: string) =>
    t.give(wen, 'unit', 'setUp', { name: id, nameEn: id, type: 'department', division: '220500', parent }, id)
  for (const [id, parent] of [
    ['grain', 'town'],
    ['grain-east', 'grain'],
  ] as const)
    expect(await setUp(id, parent)).toHaveProperty('done')
  await t.done(await t.as('wen'), 'person', 'enrol', { name: '粮某' }, 'liang')
  const post = { person: 'liang', role: 'handler', unit: 'grain', clearance: 1, from: '2026-01-01' }
  await t.done(an, 'post', 'appoint', post, 'post-liang')
  const debt = { title: '题', body: '事', matter: 'difficulty', line: 'trade', channel: 'phone', phone: '13900001234' }
  const { done } = await t.done(await t.as('gui'), 'appeal', 'raise', debt)
  const sent = { unit: 'grain', line: 'trade', matter: 'difficulty', level: 'city' }
  await t.done(await t.as('fen'), 'appeal', 'dispatch', sent, done.id)

  expect(await abolish('grain')).toMatchObject({ refused: 'still-in-use', about: { below: 1, posts: 1, cases: 1 } })
  expect(await abolish('grain-east')).toHaveProperty('done')
  expect(await setUp('grain-west', 'grain-east')).toMatchObject({ refused: 'parent-unknown' })
  await t.done(await t.as('liang'), 'appeal', 'return', { reason: '机构撤并' }, done.id)
  expect(await abolish('grain')).toMatchObject({ refused: 'still-in-use', about: { below: 0, posts: 1, cases: 0 } })
  await t.done(an, 'post', 'end', { to: '2026-02-10', reason: '机构撤并' }, 'post-liang')
  expect(await abolish('grain')).toHaveProperty('done')
})

test('two people who ask for the same login at once: one gets it', async () => {
  const wen = await t.as('wen')
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      t.give(wen, 'person', 'enrol', { name: '某', login: 'wanted-by-all' }, `same-${at}`),
    ),
  )
  expect(answers.filter((answer) => 'done' in answer)).toHaveLength(1)
  for (const answer of answers.filter((one) => 'refused' in one))
    expect(answer).toMatchObject({ refused: 'login-taken' })
})

test('administration is in three hands, and in no hand that does business', async () => {
  const an = await t.as('an')
  const appoint = (person: string, role: string) =>
    t.give(an, 'post', 'appoint', { person, role, unit: 'town', clearance: 1, from: '2026-01-01' })
  for (const [person, role] of [
    ['wen', 'security-admin'],
    ['wen', 'audit-admin'],
    ['wen', 'handler'],
    ['hao', 'system-admin'],
    ['shen', 'system-admin'],
  ] as const)
    expect(await appoint(person, role)).toMatchObject({ refused: 'separate-duties' })
  expect(await appoint('an', 'handler')).toMatchObject({ refused: 'not-oneself' })
  expect(await appoint('hao', 'leader')).toHaveProperty('done')
})

test('a wrong check character of a credit code is pointed out and does not block', async () => {
  const known = {
    uscc: '91220500MA0000000X',
    name: '通化新公司',
    division: '220502',
    industry: '27',
    registeredOn: '2020-01-01',
    private: false,
  }
  await t.done(await t.as('wen'), 'enterprise', 'enter', known, 'e9')
  const { rows } = await t.world.database.query(`select state from record where kind = 'enterprise' and id = 'e9'`)
  expect(rows[0]!['state']).toMatchObject({ usccForm: 'wrong-check' })
})

describe('what is entered of an enterprise', () => {
  const known = {
    uscc: '91220500MA000000E1',
    name: '通化新业公司',
    division: '220502',
    industry: 'C3921',
    registeredOn: '2020-01-01',
    private: false,
  }
  const revenue = {
    fact: 'revenue',
    value: 1,
    unit: 'wan-yuan',
    period: '2025',
    source: '年报',
    observedAt: '2026-01-05',
  }
  const enter = async (over: object, id = 'e-new') =>
    t.give(await t.as('wen'), 'enterprise', 'enter', { ...known, ...over }, id)
  const stateOf = async (id: string) =>
    (await t.world.database.query(`select state, facets from record where kind = 'enterprise' and id = $1`, [id]))
      .rows[0]!

  test('may have no date to come: each is refused at its field, and today is not to come', async () => {
    const today = t.world.around.now().slice(0, 10)
    const year = today.slice(0, 4)
    const next = `${Number(year) + 1}`
    for (const [over, field, latest] of [
      [{ registeredOn: `${next}-01-01` }, 'registeredOn', today],
      [{ facts: [revenue, { ...revenue, period: next }] }, 'facts.1.period', year],
      [{ facts: [{ ...revenue, observedAt: `${next}-01-01` }] }, 'facts.0.observedAt', today],
    ] as const)
      expect(await enter(over)).toMatchObject({ refused: 'date-in-the-future', field, about: { latest } })
    const facts = [{ ...revenue, period: year, observedAt: today }]
    expect(await enter({ registeredOn: today, facts }, 'e-today')).toHaveProperty('done')
    const observe = async (fact: object) =>
      t.give(await t.as('wen'), 'enterprise', 'observe', { facts: [fact] }, 'e-today')
    expect(await observe({ ...revenue, period: next })).toMatchObject({
      refused: 'date-in-the-future',
      field: 'facts.0.period',
    })
    expect(await observe({ ...revenue, unit: 'person' })).toMatchObject({
      refused: 'wrong-unit',
      field: 'facts.0.unit',
    })
    expect(await observe(revenue)).toHaveProperty('done')
  })

  test('may be of an industry of any depth, which whoever names the division alone leaves as it is', async () => {
    expect(await enter({ industry: 'B3921' })).toMatchObject({
      refused: 'industry-section',
      field: 'industry',
      about: { division: '39', section: 'C' },
    })
    expect(await enter({ industry: '9921' })).toMatchObject({ refused: 'industry-unknown', field: 'industry' })
    const uscc = '91220500MA000000E2'
    expect(await enter({ uscc }, 'e-deep')).toHaveProperty('done')
    expect(await stateOf('e-deep')).toMatchObject({ state: { industry: '3921' }, facets: { industry: '39' } })
    // As its form is sent: the choice is among divisions.
    expect(await enter({ uscc, industry: '39', name: '通化更名公司' }, 'e-deep')).toHaveProperty('done')
    expect(await stateOf('e-deep')).toMatchObject({ state: { industry: '3921', name: '通化更名公司' } })
    expect(await enter({ uscc, industry: '27', name: '通化更名公司' }, 'e-deep')).toHaveProperty('done')
    expect(await stateOf('e-deep')).toMatchObject({ state: { industry: '27' }, facets: { industry: '27' } })
  })
})

test('a mandate goes neither to oneself nor to somebody who holds a post, until it is over', async () => {
  const authorise = async (by: string, person: string) =>
    t.give(await t.as(by), 'mandate', 'authorise', { person, enterprise: 'e1', from: '2026-01-01' })
  expect(await authorise('gui', 'gui')).toMatchObject({ refused: 'not-oneself', field: 'person' })
  for (const person of ['hui', 'ling', 'shen'])
    expect(await authorise('gui', person)).toMatchObject({ refused: 'holds-a-post', field: 'person' })
  await t.done(await t.as('wen'), 'person', 'enrol', { name: '退某' }, 'retired')
  const post = { person: 'retired', role: 'handler', unit: 'tax', clearance: 1, from: '2026-01-01' }
  await t.done(await t.as('an'), 'post', 'appoint', post, 'post-retired')
  expect(await authorise('an', 'retired')).toMatchObject({ refused: 'holds-a-post' })
  await t.done(await t.as('an'), 'post', 'end', { to: '2026-02-10', reason: '退休' }, 'post-retired')
  expect(await authorise('an', 'retired')).toHaveProperty('done')
})

test('nobody suspends himself or ends his own post, so that a city keeps its security administrator', async () => {
  const an = await t.as('an')
  expect(await t.give(an, 'person', 'suspend', { reason: '误操作' }, 'an')).toMatchObject({ refused: 'not-oneself' })
  const end = { to: '2026-02-11', reason: '误操作' }
  expect(await t.give(an, 'post', 'end', end, 'post-an')).toMatchObject({ refused: 'not-oneself' })
  expect((await t.as('an')).posts).toHaveLength(1)
  await t.done(an, 'person', 'suspend', { reason: '离职' }, 'hui')
})

describe('one code, one enterprise', () => {
  const known = { division: '220502', industry: '27', registeredOn: '2020-01-01', private: false }
  const enter = async (uscc: string, name: string, id?: string) =>
    t.give(await t.as('gui'), 'enterprise', 'enter', { ...known, uscc, name }, id)
  const entered = async (uscc: string, name: string) => {
    const answer = await enter(uscc, name)
    return 'done' in answer ? answer.done.id : expect.fail(JSON.stringify(answer))
  }

  test('however the code is written, and whatever the record is called', async () => {
    const first = await entered('91220501MA00000001', '甲')
    for (const uscc of [
      '91220501ma00000001',
      ' 91220501MA00000001  ',
      '９１２２０５０１ＭＡ００００００01',
      '91220501-MA00000001',
    ])
      expect(await enter(uscc, '乙')).toMatchObject({
        refused: 'code-taken',
        field: 'uscc',
        about: { enterprise: first },
      })
    expect(await enter('91220501MA00000001', '甲改', first)).toHaveProperty('done')
    expect(await enter('91220501MA00000001', '乙', 'another')).toMatchObject({ refused: 'code-taken' })
  })

  test('a code that was corrected is free again; that of one that has left is not, until it is corrected there', async () => {
    const first = await entered('91220501MA00000002', '丙')
    expect(await enter('91220501MA00000003', '丙', first)).toHaveProperty('done')
    const second = await entered('91220501MA00000002', '丁')
    expect(await enter('91220501MA00000003', '丁', second)).toMatchObject({ about: { enterprise: first } })
    await t.done(await t.as('gui'), 'enterprise', 'leave', { reason: '注销' }, first)
    expect(await enter('91220501MA00000003', '丁', second)).toMatchObject({
      refused: 'has-left',
      about: { enterprise: first },
    })
    await t.done(await t.as('gui'), 'enterprise', 'restore', { reason: '代码有误' }, first)
    expect(await enter('91220501MA00000005', '丙', first)).toHaveProperty('done')
    expect(await enter('91220501MA00000003', '丁', second)).toHaveProperty('done')
  })

  test('at the desk and in an import in the same instant, too: it is one record, called like the code', async () => {
    for (let round = 0; round < 8; round++) {
      const code = `91220501MA0000001${round}`
      const answers = await Promise.all([enter(code, '壬'), enter(code, '壬', code), enter(code, '壬', code)])
      const done = answers.flatMap((answer) => ('done' in answer ? [answer.done.id] : []))
      expect(new Set(done)).toEqual(new Set([code]))
      const { rows } = await t.world.database.query(
        `select id from record where kind = 'enterprise' and state ->> 'uscc' = $1`,
        [code],
      )
      expect(rows).toEqual([{ id: code }])
    }
  })

  test('of many who enter it at once one does; without any code there may be many', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => enter('91220501MA00000004', `戊${n}`)))
    expect(answers.filter((answer) => 'done' in answer)).toHaveLength(1)
    expect(await entered('暂无', '己')).not.toBe(await entered('暂无', '庚'))
  })
})
