// Each step of an appeal is a promise of its own: sent on, signed for, answered, called back; and what the law says of arrears.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody, system } from '../../kernel/access.ts'
import { openCase } from '../../server/case.ts'
import { wake } from '../../server/replay.ts'
import { compareFigures } from '../../store/compare.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const said = {
  title: '厂区供电不稳',
  body: '每周停电两次。',
  matter: 'difficulty',
  line: 'communication',
  channel: 'web',
}
const debt = { debtor: '示例事业单位', debtorKind: 'public', owed: 18_600_000, owedSince: '2025-05-01' }
const sent = (more: object = {}) => ({
  unit: 'tax',
  line: 'communication',
  matter: 'difficulty',
  level: 'city',
  ...more,
})
const at = (date: string, hour = 10) => `${date}T${hour}:00:00.000+08:00`

async function raise(more: object = {}) {
  t.set(wednesday)
  return (await t.done(await t.as('qi'), 'appeal', 'raise', { ...said, enterprise: 'e1', ...more })).done.id
}
const give = async (person: string, name: string, input: unknown, id: string) =>
  t.give(await t.as(person), 'appeal', name, input, id)
const done = async (person: string, name: string, input: unknown, id: string) =>
  t.done(await t.as(person), 'appeal', name, input, id)
async function view(id: string) {
  const kind = t.world.registry.kinds.get('appeal')!
  return (await openCase(t.world, { ...system }, kind, id, 'zh-CN'))!
}
const buttons = async (person: string, id: string) =>
  (await openCase(t.world, await t.as(person), t.world.registry.kinds.get('appeal')!, id, 'zh-CN'))!.commands
const clock = async (id: string) =>
  Object.fromEntries((await view(id)).clock.map((one) => [one.name, `${one.due} ${one.state}`]))
const events = async (id: string) => (await view(id)).timeline.map((one) => one.type)
const told = async (id: string) =>
  (
    await t.world.database.query('select recipient, template from outbox where record = $1 order by position, line', [
      id,
    ])
  ).rows.map((row) => `${String(row['recipient'])} ${String(row['template'])}`)

async function answered(id: string) {
  await done('fen', 'dispatch', sent(), id)
  await done('hao', 'sign', {}, id)
  await done('hao', 'answer', { outcome: 'solved', text: '已检修。', evidence: ['检修单'] }, id)
}

describe('each step has its clock', () => {
  test('from receipt to the unit one working day; the rest begins when it is sent on', async () => {
    const id = await raise()
    expect(await clock(id)).toEqual({ triage: '2026-02-12 warned' })
    await done('fen', 'dispatch', sent(), id)
    expect(await clock(id)).toEqual({
      triage: '2026-02-12 ended',
      sign: '2026-02-12 warned',
      answer: '2026-02-25 in-time',
    })
  })

  test('a case that is sent back waits for the dispatcher anew, but the enterprise’s clock runs on', async () => {
    const id = await raise()
    await done('fen', 'dispatch', sent(), id)
    t.set(at('2026-02-13'))
    await done('hao', 'return', { reason: '不属本单位职责' }, id)
    expect(await clock(id)).toEqual({ triage: '2026-02-14 warned', answer: '2026-02-25 in-time' })
    await done('fen', 'dispatch', sent({ unit: 'labour' }), id)
    expect((await clock(id))['answer']).toBe('2026-02-25 in-time')
  })

  test('an answer is called back in time; whoever cannot be reached is tried, and the case closed unsolved afterwards', async () => {
    const id = await raise()
    await answered(id)
    expect((await clock(id))['callBack']).toBe('2026-02-14 in-time')
    expect(await give('dian', 'giveUp', { reason: '无人接听' }, id)).toMatchObject({ refused: 'still-time-to-call' })
    await done('dian', 'attempt', { note: '无人接听' }, id)
    expect(await give('dian', 'giveUp', { reason: '无人接听' }, id)).toMatchObject({ refused: 'still-time-to-call' })
    t.set(at('2026-02-24'))
    await done('dian', 'giveUp', { reason: '多次拨打无人接听' }, id)
    const { rows } = await t.world.database.query(
      `select 1 from entry where record = $1 and measure = 'problem-solved'`,
      [id],
    )
    expect(rows).toEqual([])
  })

  test('a promise that is not kept climbs the ladder, and each rung is told', async () => {
    const id = await raise()
    await done('fen', 'dispatch', sent(), id)
    for (const day of ['2026-02-13', '2026-02-16', '2026-02-19', '2026-02-22', '2026-02-26']) {
      t.set(at(day))
      await wake(t.world, t.world.around, at(day))
    }
    expect((await told(id)).filter((one) => one.endsWith('escalated'))).toEqual([
      'unit-head@tax escalated',
      'supervisor@tax escalated',
      'leader@tax escalated',
      'unit-head@tax escalated',
    ])
    const overdue = (await view(id)).timeline.filter((one) => one.type === 'escalated').map((one) => one.data)
    expect(overdue).toMatchObject([
      { step: 'head', promise: 'sign' },
      { step: 'supervisor', promise: 'sign' },
      { step: 'leader', promise: 'sign' },
      { step: 'head', promise: 'answer' },
    ])
  })

  test('what nobody sends on is told to those who supervise', async () => {
    const id = await raise()
    t.set(at('2026-02-13'))
    await wake(t.world, t.world.around, at('2026-02-13'))
    expect(await told(id)).toContain('supervisor@ escalated')
  })
})

describe('no state without a way on', () => {
  const days = async (id: string, name: string) => (await clock(id))[name]

  test('what was asked and never came: both are reminded, and the case goes on without it', async () => {
    const id = await raise()
    await done('fen', 'dispatch', sent(), id)
    await done('hao', 'sign', {}, id)
    await done('tou', 'ask', { question: '请补充合同。' }, id)
    // Ten working days after 11 February, over the Spring Festival.
    expect(await days(id, 'supply')).toBe('2026-03-03 in-time')
    expect(await days(id, 'answer')).toMatch(/stopped$/)
    t.set(at('2026-03-05'))
    await t.done(system, 'appeal', 'escalate', {}, id)
    expect(await told(id)).toContain('person:hao unsupplied')
    t.set(at('2026-03-09'))
    await t.done(system, 'appeal', 'escalate', {}, id)
    expect(await told(id)).toContain('unit-head@tax unsupplied')
    await done('hao', 'proceed', { reason: '多次联系未果' }, id)
    expect(await told(id)).toContain('enterprise:e1 proceeded')
    expect(await clock(id)).not.toHaveProperty('supply')
    await done('hao', 'answer', { outcome: 'explained', text: '按现有材料答复。', evidence: [] }, id)
  })

  test('what was sent to where it lies is taken back', async () => {
    const id = await raise()
    await done('fen', 'dispatch', sent(), id)
    await done('fen', 'recall', { reason: '派错单位' }, id)
    expect(await told(id)).toContain('unit:tax recalled')
    expect((await view(id)).phase).toBe('raised')
    await done('fen', 'dispatch', sent({ unit: 'labour' }), id)
  })

  test('whoever was merged hears of it, may object, and rates what he is told', async () => {
    const id = await raise()
    const other = (await t.done(await t.as('bie'), 'appeal', 'raise', { ...said, enterprise: 'e2' })).done.id
    await done('fen', 'merge', { into: id, reason: '同一问题' }, other)
    expect(await told(other)).toContain('enterprise:e2 merged')
    const bie = await t.as('bie')
    expect(await t.give(bie, 'appeal', 'rate', { grade: '5' }, other)).toMatchObject({ refused: 'already-rated' })
    await t.done(bie, 'appeal', 'object', { reason: '不是同一处' }, other)
    expect(await told(other)).toContain('dispatcher@ objected')
    await answered(id)
    await t.done(bie, 'appeal', 'rate', { grade: '4' }, other)
  })
})

describe('who may do what', () => {
  test('whoever had the case in hand, or works where it lies, does not ask whether it was put right', async () => {
    const caller = { role: 'caller', unit: 'tax', clearance: 1, from: '2020-01-01' }
    for (const person of ['hao', 'hui'])
      await t.done(system, 'post', 'appoint', { ...caller, person }, `post-call-${person}`)
    const id = await raise()
    await done('fen', 'dispatch', sent({ assisting: ['labour'] }), id)
    await done('hao', 'sign', {}, id)
    await done('hao', 'handOver', { handler: 'tou', reason: '出差' }, id)
    expect(await told(id)).toContain('person:tou handed')
    await done('tou', 'answer', { outcome: 'solved', text: '已检修。', evidence: ['检修单'] }, id)
    for (const person of ['hao', 'hui']) expect(await buttons(person, id)).not.toContain('callBack')
    expect(await buttons('dian', id)).toContain('callBack')
    for (const person of ['hao', 'hui'])
      for (const [name, input] of [
        ['callBack', { accepted: true, note: '满意' }],
        ['attempt', { note: '未接' }],
        ['giveUp', { reason: '联系不上' }],
      ] as const)
        expect(await give(person, name, input, id), `${person} ${name}`).toMatchObject({
          refused: 'handler-may-not-call',
        })
    await done('dian', 'callBack', { accepted: true, note: '满意' }, id)
    for (const person of ['hao', 'hui'])
      await t.done(system, 'post', 'end', { to: '2026-02-10', reason: '试' }, `post-call-${person}`)
  })

  test('only the appellant rates: nobody with a post does, whatever code he holds, nor the system', async () => {
    const made = await t.done(await t.as('gui'), 'appeal', 'raise', { ...said, channel: 'phone', phone: '13900001234' })
    const { id } = made.done
    await answered(id)
    const token = t.world.around.hash(made.reveal!)
    for (const person of ['gui', 'dian', 'du', 'hui', 'fen'])
      expect(await t.give({ ...(await t.as(person)), token }, 'appeal', 'rate', { grade: '5' }, id)).toMatchObject({
        refused: 'not-for-the-appellant',
      })
    expect(await t.give(system, 'appeal', 'rate', { grade: '5' }, id)).toMatchObject({
      refused: 'not-for-the-appellant',
    })
    expect(await t.give({ ...nobody, token }, 'appeal', 'rate', { grade: '2' }, id)).toHaveProperty('done')
  })

  test('a case is handed over to whoever can go on with it', async () => {
    const caller = { person: 'dian', role: 'caller', unit: 'tax', clearance: 1, from: '2020-01-01' }
    await t.done(system, 'post', 'appoint', caller, 'post-dian-tax')
    const id = await raise()
    await done('fen', 'dispatch', sent(), id)
    await done('hao', 'sign', {}, id)
    expect(await give('hao', 'handOver', { handler: 'dian', reason: '试' }, id)).toMatchObject({
      refused: 'not-of-this-unit',
    })
    await t.done(system, 'post', 'end', { to: '2026-02-10', reason: '试' }, 'post-dian-tax')
  })
})

describe('promises that begin anew', () => {
  test('climb the ladder anew: sent back, it is late with the dispatcher again', async () => {
    const id = await raise()
    const climb = async (on: string) => {
      t.set(at(on))
      return t.give(system, 'appeal', 'escalate', {}, id)
    }
    expect(await climb('2026-02-13')).toHaveProperty('done')
    await done('fen', 'dispatch', sent(), id)
    await done('hao', 'return', { reason: '不属本局' }, id)
    expect(await climb('2026-02-13')).toMatchObject({ refused: 'not-due-yet' })
    expect(await climb('2026-02-15')).toHaveProperty('done')
    expect((await told(id)).filter((one) => one === 'supervisor@ escalated')).toHaveLength(2)
  })

  test('a notice that was answered in time stays so when the answer is not accepted', async () => {
    const id = await raise()
    await done('fen', 'dispatch', sent({ assisting: ['labour'] }), id)
    await done('hao', 'sign', {}, id)
    await done('du', 'supervise', { demand: '三日内报告', until: '2026-02-13' }, id)
    t.set(at('2026-02-12'))
    await done('hao', 'answer', { outcome: 'solved', text: '已检修。', evidence: ['检修单'] }, id)
    t.set(at('2026-02-25'))
    await done('dian', 'callBack', { accepted: false, note: '没有解决' }, id)
    expect(await clock(id)).toMatchObject({ supervise: '2026-02-13 ended', assist: '2026-02-14 ended' })
  })

  test('what came in earlier than it was taken down has waited since', async () => {
    const raiseBy = (receivedOn: string) =>
      t
        .as('gui')
        .then((gui) => t.give(gui, 'appeal', 'raise', { ...said, channel: 'letter', phone: '13900001234', receivedOn }))
    t.set(wednesday)
    expect(await raiseBy('2026-02-12')).toMatchObject({ refused: 'date-in-the-future', field: 'receivedOn' })
    const made = await raiseBy('2026-02-06')
    expect((await clock('done' in made ? made.done.id : ''))['triage']).toBe('2026-02-09 overdue')
  })
})

describe('units that assist', () => {
  const joint = () => sent({ assisting: ['labour', 'tax-east'] })

  test('may be added or excused while the case goes on; those who are new have their own time', async () => {
    const id = await raise()
    await done('fen', 'dispatch', joint(), id)
    await done('hao', 'sign', {}, id)
    await done('hui', 'contribute', { text: '社保无欠费。' }, id)
    t.set(at('2026-02-13'))
    const change = (person: string, assisting: string[]) =>
      give(person, 'regroup', { assisting, reason: '需要会商' }, id)
    expect(await change('hao', [])).toMatchObject({ refused: 'not-permitted' })
    expect(await change('tou', ['tax'])).toMatchObject({ refused: 'assists-itself', field: 'assisting' })
    expect(await change('tou', ['nowhere'])).toMatchObject({ refused: 'unit-unknown', field: 'assisting' })
    expect(await change('tou', ['labour', 'centre'])).toHaveProperty('done')
    expect(await told(id)).toContain('unit:centre assist')
    expect((await view(id)).facts['awaited']).toEqual(['centre'])
    expect((await clock(id))['assist']).toBe('2026-02-25 in-time')
    expect(await change('fen', ['labour'])).toHaveProperty('done')
    expect((await clock(id))['assist']).toMatch(/ended$/)
  })

  test('are told, have it in a list, say what they know in their own time, and are named until they have', async () => {
    const id = await raise()
    await done('fen', 'dispatch', joint(), id)
    await done('hao', 'sign', {}, id)
    expect(await told(id)).toEqual(expect.arrayContaining(['unit:labour assist', 'unit:tax-east assist']))
    expect((await clock(id))['assist']).toBe('2026-02-14 in-time')
    expect((await view(id)).facts['awaited']).toEqual(['labour', 'tax-east'])
    await done('hui', 'contribute', { text: '社保无欠费。' }, id)
    expect(await told(id)).toContain('person:hao contributed')
    expect((await view(id)).facts['awaited']).toEqual(['tax-east'])
    expect((await view(id)).timeline.at(-1)!.data).toMatchObject({ unit: 'labour', awaited: ['tax-east'] })
    expect(await buttons('hui', id)).toContain('contribute')
    expect(await buttons('hao', id)).not.toContain('contribute')
    expect(await give('tou', 'contribute', { text: '本局也说。' }, id)).toMatchObject({ refused: 'not-assisting' })
    // Saying more changes nothing about who is still to be heard; the unit that answers is not one of them.
    await done('hui', 'contribute', { text: '补充。' }, id)
    expect((await clock(id))['assist']).toBe('2026-02-14 in-time')
  })

  test('and do not, are reminded by name; sent on anew, it begins anew', async () => {
    const id = await raise()
    await done('fen', 'dispatch', joint(), id)
    await done('hao', 'sign', {}, id)
    await done('hui', 'contribute', { text: '社保无欠费。' }, id)
    t.set(at('2026-02-15'))
    await t.done(system, 'appeal', 'escalate', {}, id)
    expect((await told(id)).filter((one) => one.endsWith('escalated'))).toEqual(['unit-head@tax-east escalated'])
    t.set(at('2026-02-16'))
    await done('hao', 'return', { reason: '不属本局' }, id)
    expect(await clock(id)).not.toHaveProperty('assist')
    await done('fen', 'dispatch', sent({ assisting: ['labour'] }), id)
    expect((await view(id)).facts['awaited']).toEqual(['labour'])
    await done('hui', 'contribute', { text: '同前。' }, id)
    expect((await clock(id))['assist']).toMatch(/ended$/)
    expect((await view(id)).facts).not.toHaveProperty('awaited', expect.anything())
  })
})

describe('arrears (保障中小企业款项支付条例第二十五条)', () => {
  test('say what is owed, by whom and since when', async () => {
    t.set(wednesday)
    const arrears = { ...said, matter: 'arrears', line: 'legal', enterprise: 'e1' }
    const qi = await t.as('qi')
    expect(await t.give(qi, 'appeal', 'raise', arrears)).toMatchObject({ refused: 'debt-unclear', field: 'debtor' })
    expect(await t.give(qi, 'appeal', 'raise', { ...arrears, ...debt, owedSince: '2026-12-01' })).toMatchObject({
      refused: 'debt-unclear',
      field: 'owedSince',
    })
    await t.done(qi, 'appeal', 'raise', { ...arrears, ...debt })
  })

  test('are sent on within ten working days; thirty days run from then, or from the day a higher level’s papers came', async () => {
    const own = await raise({ matter: 'arrears', ...debt })
    expect(await clock(own)).toEqual({ triage: '2026-03-03 in-time' })
    t.set(at('2026-02-13'))
    await done('fen', 'dispatch', sent({ matter: 'arrears' }), own)
    // Thirty days after 13 February end on Sunday 15 March, and so on the Monday.
    expect((await clock(own))['answer']).toBe('2026-03-16 in-time')
    t.set(wednesday)
    const transfer = { ...said, enterprise: 'e1', matter: 'arrears', channel: 'transfer', reference: '示例转办1号' }
    const down = (await t.done(await t.as('gui'), 'appeal', 'raise', { ...transfer, ...debt })).done.id
    t.set(at('2026-02-13'))
    await done('fen', 'dispatch', sent({ matter: 'arrears' }), down)
    expect((await clock(down))['answer']).toBe('2026-03-13 in-time')
  })

  test('are never suspended: a question does not stop the clock, they are not listed, and ninety days are the end', async () => {
    const id = await raise({ matter: 'arrears', ...debt })
    await done('fen', 'dispatch', sent({ matter: 'arrears' }), id)
    await done('hao', 'sign', {}, id)
    await done('hao', 'ask', { question: '请补充合同。' }, id)
    expect((await clock(id))['answer']).toBe('2026-03-13 in-time')
    await done('hao', 'proceed', { reason: '已有合同' }, id)
    expect(await give('tou', 'shelve', { reason: '困难', review: '2026-08-10' }, id)).toMatchObject({
      refused: 'no-ground',
    })
    expect((await clock(id))['most']).toBe('2026-05-12 in-time')
    t.set(at('2026-05-13'))
    expect(await clock(id)).toMatchObject({ answer: '2026-03-13 overdue', most: '2026-05-12 overdue' })
  })

  test('take ninety days at most, by the head of the department alone', async () => {
    const id = await raise({ matter: 'arrears', ...debt })
    await done('fen', 'dispatch', sent({ matter: 'arrears' }), id)
    await done('hao', 'sign', {}, id)
    expect(await give('hao', 'extend', { days: 10, reason: '复杂' }, id)).toMatchObject({ refused: 'not-permitted' })
    await done('tou', 'extend', { days: 60, reason: '复杂' }, id)
    expect(await give('tou', 'extend', { days: 1, reason: '复杂' }, id)).toMatchObject({
      refused: 'beyond-the-limit',
      about: { most: 90 },
    })
    expect((await clock(id))['answer']).toBe('2026-05-12 in-time')
  })
})

test('what somebody raised as something else becomes a complaint about arrears only with its debt', async () => {
  const id = await raise()
  expect(await give('fen', 'dispatch', sent({ matter: 'arrears' }), id)).toMatchObject({
    refused: 'debt-unclear',
    field: 'debtor',
  })
  await done('fen', 'dispatch', sent({ matter: 'arrears', ...debt }), id)
  expect((await view(id)).facts).toMatchObject({ matter: 'arrears', debtor: debt.debtor, owed: debt.owed })
})

describe('what is late stays late', () => {
  test('an extension comes before the end of the term, not after it', async () => {
    const id = await raise()
    await done('fen', 'dispatch', sent(), id)
    await done('hao', 'sign', {}, id)
    t.set(at('2026-02-25'))
    const due = (await clock(id))['answer']!.slice(0, 10)
    expect(due).toBe('2026-02-25')
    t.set(at('2026-02-26'))
    expect(await give('tou', 'extend', { days: 5, reason: '复杂' }, id)).toMatchObject({ refused: 'term-over' })
  })

  test('and listing it as long-term neither hides it nor makes it timely', async () => {
    const id = await raise()
    await done('fen', 'dispatch', sent(), id)
    await done('hao', 'sign', {}, id)
    t.set(at('2026-02-27'))
    await done('tou', 'shelve', { reason: '需上级立项', review: '2026-06-01' }, id)
    t.set(at('2026-03-10'))
    expect((await clock(id))['answer']).toBe('2026-02-25 overdue')
    expect((await view(id)).clock.find((one) => one.name === 'answer')!.sentence).toContain('已超期 2 个工作日')
    const { rows } = await t.world.database.query(`select due from record where city = 'town' and id = $1`, [id])
    expect(rows[0]!['due']).not.toBeNull()
  })
})

test('a supervising notice has a day of its own, and whoever lets it pass is told on', async () => {
  const id = await raise()
  await done('fen', 'dispatch', sent({ matter: 'arrears', ...debt }), id)
  await done('hao', 'sign', {}, id)
  await done('du', 'supervise', { demand: '三日内报告进展', until: '2026-02-13' }, id)
  expect(await clock(id)).toMatchObject({ answer: '2026-03-13 in-time', supervise: '2026-02-13 in-time' })
  t.set(at('2026-02-14'))
  await wake(t.world, t.world.around, at('2026-02-14'))
  expect(await told(id)).toContain('supervisor@tax escalated')
  // A new notice, a new day.
  await done('du', 'supervise', { demand: '再报告', until: '2026-02-25' }, id)
  expect((await clock(id))['supervise']).toBe('2026-02-25 in-time')
  await done('hao', 'answer', { outcome: 'explained', text: '已核实。', evidence: [] }, id)
  expect((await clock(id))['supervise']).toBe('2026-02-25 ended')
})

test('assisting units stand, and are others than the unit in charge', async () => {
  const id = await raise()
  const refused = { refused: 'unit-unknown', field: 'assisting' }
  expect(await give('fen', 'dispatch', sent({ assisting: ['labour', 'nowhere'] }), id)).toMatchObject(refused)
  expect(await give('fen', 'dispatch', sent({ assisting: ['tax'] }), id)).toMatchObject({ refused: 'assists-itself' })
  await done('fen', 'dispatch', sent({ assisting: ['labour'] }), id)
})

test('who handles a case does not speak for the appellant, whatever code he holds', async () => {
  t.set(wednesday)
  const made = await t.done(nobody, 'appeal', 'raise', { ...said, phone: '13900001234' })
  const { id } = made.done
  await answered(id)
  const token = t.world.around.hash(made.reveal!)
  for (const person of ['hao', 'tou'])
    expect(
      await t.give({ ...(await t.as(person)), token }, 'appeal', 'rate', { grade: '5' }, id),
      person,
    ).toMatchObject({ refused: 'not-for-the-appellant' })
  await t.done({ ...nobody, token }, 'appeal', 'rate', { grade: '4' }, id)
})

describe('nobody is lost', () => {
  test('whoever is merged into a case that is answered already is told its answer at once', async () => {
    const first = await raise()
    const second = (await t.done(await t.as('bie'), 'appeal', 'raise', { ...said, enterprise: 'e2' })).done.id
    await answered(first)
    await done('fen', 'merge', { into: first, reason: '同一问题' }, second)
    expect((await view(second)).facts).toMatchObject({ outcome: 'solved', reply: '已检修。' })
    expect(await told(second)).toContain('enterprise:e2 answered')
  })

  test('whoever’s appeal was merged is told what came of the other, and the other cannot be withdrawn', async () => {
    const first = await raise()
    t.set(wednesday)
    const second = (await t.done(await t.as('bie'), 'appeal', 'raise', { ...said, enterprise: 'e2' })).done.id
    const third = (await t.done(await t.as('bie'), 'appeal', 'raise', { ...said, enterprise: 'e2' })).done.id
    await done('fen', 'merge', { into: second, reason: '同一问题' }, third)
    await done('fen', 'merge', { into: first, reason: '同一问题' }, second)
    expect(await give('qi', 'withdraw', { reason: '不用了' }, first)).toMatchObject({ refused: 'others-depend-on-it' })
    await answered(first)
    for (const id of [second, third]) {
      expect((await events(id)).at(-1)).toBe('informed')
      expect((await view(id)).facts).toMatchObject({ outcome: 'solved', reply: '已检修。' })
      expect(await told(id)).toContain('enterprise:e2 answered')
    }
  })

  test('a merge is undone: the one waits to be sent on as long as it has waited, the other stands alone again', async () => {
    const first = await raise()
    const second = (await t.done(await t.as('bie'), 'appeal', 'raise', { ...said, enterprise: 'e2' })).done.id
    await done('fen', 'merge', { into: first, reason: '同一问题' }, second)
    await done('fen', 'separate', { reason: '不是同一问题' }, second)
    await done('qi', 'withdraw', { reason: '不用了' }, first)
    expect(await clock(second)).toEqual({ triage: '2026-02-12 warned' })
    await answered(second)
    expect((await view(second)).phase).toBe('answered')
    expect(await events(first)).toEqual(['raised', 'absorbed', 'released', 'withdrawn'])
  })

  test('a case passes from one handler to another of the same unit', async () => {
    const id = await raise()
    await done('fen', 'dispatch', sent(), id)
    await done('hao', 'sign', {}, id)
    expect(await give('hao', 'handOver', { handler: 'hui', reason: '休假' }, id)).toMatchObject({
      refused: 'not-of-this-unit',
    })
    await done('tou', 'handOver', { handler: 'tou', reason: '休假' }, id)
    expect((await view(id)).facets).toMatchObject({ handler: 'tou' })
  })

  test('an appellant urges once a day; without an account by the code', async () => {
    t.set(wednesday)
    const made = await t.done(nobody, 'appeal', 'raise', { ...said, phone: '13900001234' })
    const bearer = { ...nobody, token: t.world.around.hash(made.reveal!) }
    await t.done(bearer, 'appeal', 'urge', { reason: '着急' }, made.done.id)
    expect(await t.give(bearer, 'appeal', 'urge', { reason: '着急' }, made.done.id)).toMatchObject({
      refused: 'urged-today',
    })
    expect(await told(made.done.id)).toEqual(['dispatcher@ urged'])
  })
})

describe('confidentiality', () => {
  test('a case that is classified is seen by cleared posts and by the appellant, and by nobody else', async () => {
    const id = await raise()
    await done('fen', 'dispatch', sent(), id)
    await done('hao', 'sign', {}, id)
    expect(await give('du', 'classify', { secrecy: 'confidential', reason: '涉及商业秘密' }, id)).toMatchObject({
      refused: 'beyond-your-clearance',
    })
    await t.done(system, 'person', 'enrol', { name: '主某' }, 'zhu')
    const post = { person: 'zhu', role: 'supervisor', unit: 'town', clearance: 2, from: '2020-01-01' }
    await t.done(system, 'post', 'appoint', post, 'post-zhu')
    const classify = (secrecy: string) => give('zhu', 'classify', { secrecy, reason: '涉及商业秘密' }, id)
    // Not out of the sight of everybody who could answer it.
    expect(await classify('confidential')).toMatchObject({ refused: 'nobody-cleared', field: 'secrecy' })
    await t.done(system, 'person', 'enrol', { name: '密某' }, 'mi')
    const head = { person: 'mi', role: 'unit-head', unit: 'tax', clearance: 2, from: '2020-01-01' }
    await t.done(system, 'post', 'appoint', head, 'post-mi')
    expect(await classify('confidential')).toHaveProperty('done')
    const seen = async (person: string) =>
      (await openCase(t.world, await t.as(person), t.world.registry.kinds.get('appeal')!, id, 'zh-CN')) !== undefined
    for (const person of ['hao', 'tou', 'fen', 'du', 'ling', 'bie']) expect(await seen(person), person).toBe(false)
    for (const person of ['zhu', 'qi', 'mi']) expect(await seen(person), person).toBe(true)
    expect(await give('hao', 'note', { text: '看不到' }, id)).toMatchObject({ refused: 'not-found' })
    // Nobody merges into what he may not see, and nobody at all into what is kept close.
    const other = (await t.done(await t.as('bie'), 'appeal', 'raise', { ...said, enterprise: 'e2' })).done.id
    const into = { into: id, reason: '同一问题' }
    expect(await give('fen', 'merge', into, other)).toMatchObject({ refused: 'target-unknown' })
    await t.done(system, 'person', 'enrol', { name: '派某' }, 'pai')
    const dispatcher = { person: 'pai', role: 'dispatcher', unit: 'centre', clearance: 2, from: '2020-01-01' }
    await t.done(system, 'post', 'appoint', dispatcher, 'post-pai')
    expect(await give('pai', 'merge', into, other)).toMatchObject({ refused: 'target-classified' })
    await done('zhu', 'classify', { secrecy: 'internal', reason: '解除' }, id)
    expect(await seen('hao')).toBe(true)
  })
})

test('after all this the records are what their events say, and the figures what their entries say', async () => {
  const { database, registry, cache } = t.world
  expect((await compareRecords(database, 'town', registry, await cache.law(0))).differences).toEqual([])
  expect(await compareFigures(database, 'town', registry.figures.values(), '2026-12-31')).toEqual([])
})
