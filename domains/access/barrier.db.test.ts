// From the clue to the barrier that is gone: who reported it stays hidden, nobody clears his own, and everybody reads what was cleared.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody, system, visible, type Actor } from '../../kernel/access.ts'
import { openCase } from '../../server/case.ts'
import { hashOfCode } from '../../server/code.ts'
import { wake } from '../../server/replay.ts'
import { compareFigures } from '../../store/compare.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { searchRecords } from '../../store/search.ts'
import { figureValue } from '../../store/tally.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'

let t: Town
beforeAll(async () => {
  t = await town()
  // Two more: one who supervises the tax bureau from within it, and another who supervises the whole town.
  for (const [id, unit] of [
    ['cha', 'tax'],
    ['jian', 'town'],
  ] as const) {
    await t.done(system, 'person', 'enrol', { name: `${id}某`, login: `${id}-login` }, id)
    const post = { person: id, role: 'supervisor', unit, clearance: 1, from: '2020-01-01' }
    await t.done(system, 'post', 'appoint', post, `post-${id}`)
  }
})
afterAll(() => t.close())

const said = {
  title: '办食品经营要先入会测试',
  demanded: '窗口要求先加入协会才收材料，说是内部规定。',
  sort: 'conditions-added',
  against: 'tax',
}
const order = {
  unit: 'tax',
  sort: 'conditions-added',
  barrierTitle: '以入会作为收件条件测试',
  demand: '取消入会要求，按公布的材料清单收件。',
  until: '2026-02-27',
}
const proof = { done: '已取消，窗口公示。', evidence: ['公示照片'] }
const at = (day: string, hour = 10) => `${day}T${hour}:00:00.000+08:00`

async function report(actor: Actor, more: object = {}) {
  t.set(wednesday)
  const { done, reveal } = await t.done(actor, 'clue', 'report', { ...said, ...more })
  return { id: done.id, bearer: { ...nobody, token: hashOfCode(reveal ?? '') } }
}
const give = async (person: string, kind: string, name: string, input: unknown, id: string) =>
  t.give(await t.as(person), kind, name, input, id)
const done = async (person: string, kind: string, name: string, input: unknown, id: string) =>
  t.done(await t.as(person), kind, name, input, id)
const look = (actor: Actor, kind: string, id: string) =>
  openCase(t.world, actor, t.world.registry.kinds.get(kind)!, id, 'zh-CN')
const figure = async (id: string, on = '2026-02-11') =>
  (await figureValue(t.world.database, 'town', t.world.registry.figures.get(id)!, { on })).value

async function cameOf(cause: string, kind: string): Promise<string> {
  const { rows } = await t.world.database.query(
    'select record from event where city = $1 and kind = $2 and cause = $3 and version = 1',
    ['town', kind, cause],
  )
  return String(rows[0]?.['record'])
}
async function upheld(more: object = {}) {
  const made = await report(await t.as('qi'), { enterprise: 'e1', contact: '钱某某', phone: '13900001234' })
  await done('du', 'clue', 'uphold', { ...order, ...more }, made.id)
  return { ...made, barrier: await cameOf(`clue/${made.id}`, 'barrier') }
}
const told = async (id: string) =>
  (
    await t.world.database.query('select recipient, template from outbox where record = $1 order by position, line', [
      id,
    ])
  ).rows.map((row) => `${String(row['recipient'])} ${String(row['template'])}`)

describe('reporting', () => {
  test('anybody may, without a name; the code lets him follow it and add to it', async () => {
    const { id, bearer } = await report(nobody)
    expect(await look(bearer, 'clue', id)).toMatchObject({ phase: 'reported' })
    expect(await look(nobody, 'clue', id)).toBeUndefined()
    await t.done(bearer, 'clue', 'add', { text: '第二次去也是这样。' }, id)
    expect(await told(id)).toEqual(['supervisor@ reported', 'supervisor@ added'])
  })

  test('of nobody in particular, of no unit, of tomorrow, or in the name of another enterprise it is refused', async () => {
    const qi = await t.as('qi')
    const { against: _, ...nameless } = said
    const tried = (input: object) => t.give(qi, 'clue', 'report', input)
    expect(await tried(nameless)).toMatchObject({ refused: 'by-whom', field: 'againstName' })
    expect(await tried({ ...nameless, againstName: '某协会' })).toHaveProperty('done')
    expect(await tried({ ...said, against: 'nowhere' })).toMatchObject({ refused: 'unit-unknown', field: 'against' })
    expect(await tried({ ...said, happenedOn: '2026-02-12' })).toMatchObject({ refused: 'in-the-future' })
    expect(await tried({ ...said, enterprise: 'e2' })).toMatchObject({ refused: 'not-your-enterprise' })
    expect(await tried({ ...said, enterprise: 'e9' })).toMatchObject({ refused: 'enterprise-unknown' })
    expect(await tried({ ...said, sort: 'no-such-sort' })).toMatchObject({ refused: 'invalid-input' })
  })

  test('it may be withdrawn by whoever reported it, and by nobody else', async () => {
    const { id, bearer } = await report(nobody)
    expect(await give('du', 'clue', 'withdraw', { reason: '不查了' }, id)).toMatchObject({ refused: 'not-permitted' })
    await t.done(bearer, 'clue', 'withdraw', { reason: '已经解决' }, id)
    expect(await give('du', 'clue', 'uphold', order, id)).toMatchObject({ refused: 'not-in-this-phase' })
  })
})

describe('who reported it', () => {
  test('is seen by those who supervise the whole town, and by nobody of the unit, in lists, search, or what follows', async () => {
    const { id, barrier } = await upheld()
    for (const person of ['hao', 'tou', 'cha', 'hui', 'gui', 'fen', 'wen', 'an', 'xiang'])
      expect(await look(await t.as(person), 'clue', id), person).toBeUndefined()
    expect((await look(await t.as('du'), 'clue', id))!.facts).toMatchObject({ phone: '13900001234' })
    // Leaders of the whole town, who are told that one is late, and the auditor do not read how to reach him.
    for (const person of ['ling', 'shen'])
      expect((await look(await t.as(person), 'clue', id))!.facts).toMatchObject({
        phone: '139****34',
        contact: '钱**',
        enterprise: 'e**',
      })
    const { definition } = t.world.registry.kinds.get('clue')!
    const found = async (person: string) =>
      searchRecords(
        t.world.database,
        'town',
        visible(definition.sees, await t.as(person)),
        { kind: 'clue', limit: 10 },
        '先加入协会',
      )
    expect(await found('du')).not.toEqual([])
    for (const person of ['hao', 'tou', 'cha']) expect(await found(person), person).toEqual([])
    const view = (await look(await t.as('tou'), 'barrier', barrier))!
    expect(view.chain).toEqual([])
    const shown = JSON.stringify(view)
    for (const secret of [id, '钱某某', '13900001234', '通化e1公司', 'qi', '入会才收'])
      expect(shown.includes(secret), secret).toBe(false)
    // Nor does whoever reported it see what the unit and the supervisor say to each other.
    expect(await look(await t.as('qi'), 'barrier', barrier)).toBeUndefined()
  })

  test('is not told by the words of the order, nor is it checked by whoever works there or reported it', async () => {
    const { id } = await report(await t.as('qi'), { enterprise: 'e1', contact: '钱某某' })
    for (const text of ['请答复通化e1公司。', '钱某某反映的问题'])
      expect(await give('du', 'clue', 'uphold', { ...order, demand: text }, id)).toMatchObject({
        refused: 'tells-who-reported',
        field: 'demand',
      })
    const ofTown = await report(await t.as('qi'), { against: 'town' })
    for (const [name, input] of [
      ['uphold', order],
      ['dismiss', { reason: '有依据', basis: '示例' }],
      ['refer', { to: '省', reason: '不归本市' }],
    ] as const)
      expect(await give('du', 'clue', name, input, ofTown.id), name).toMatchObject({ refused: 'of-your-own-unit' })
    expect(await give('du', 'clue', 'uphold', { ...order, unit: 'town' }, id)).toMatchObject({
      refused: 'of-your-own-unit',
      field: 'unit',
    })
  })
})

describe('checking', () => {
  test('has five working days; overdue, it climbs from the supervisors to the leaders', async () => {
    const { id } = await report(nobody)
    expect((await look(await t.as('du'), 'clue', id))!.clock).toMatchObject([{ name: 'check', due: '2026-02-25' }])
    t.set(at('2026-02-26'))
    await wake(t.world, t.world.around, at('2026-02-26'))
    expect(await told(id)).toEqual(['supervisor@ reported', 'supervisor@ escalated'])
    t.set(at('2026-03-02'))
    await wake(t.world, t.world.around, at('2026-03-02'))
    expect((await told(id)).at(-1)).toBe('leader@ escalated')
    await done('du', 'clue', 'dismiss', { reason: '有法律依据。', basis: '食品安全法第三十五条' }, id)
    t.set(at('2026-03-30'))
    await wake(t.world, t.world.around, at('2026-03-30'))
    expect((await told(id)).filter((one) => one.endsWith('escalated'))).toHaveLength(2)
  })

  test('what is no barrier is told with its reason and rule; what is another’s is sent on', async () => {
    const { id, bearer } = await report(nobody)
    expect(await give('du', 'clue', 'dismiss', { reason: '没有问题' }, id)).toMatchObject({ refused: 'invalid-input' })
    await done('du', 'clue', 'dismiss', { reason: '有法律依据。', basis: '食品安全法第三十五条' }, id)
    expect((await look(bearer, 'clue', id))!.facts).toMatchObject({
      outcome: '有法律依据。',
      basis: '食品安全法第三十五条',
    })
    const other = await report(nobody)
    await done('du', 'clue', 'refer', { to: '省发展改革委', reason: '属省级权限。' }, other.id)
    expect(await look(other.bearer, 'clue', other.id)).toMatchObject({ phase: 'referred', open: false })
  })

  test('the day to be cleared by lies ahead, and no later than the longest term', async () => {
    const { id } = await report(nobody)
    expect(await give('du', 'clue', 'uphold', { ...order, until: '2026-02-11' }, id)).toMatchObject({
      refused: 'not-in-the-past',
      field: 'until',
    })
    expect(await give('du', 'clue', 'uphold', { ...order, until: '2026-06-30' }, id)).toMatchObject({
      refused: 'too-late',
      field: 'until',
    })
    expect(await give('du', 'clue', 'uphold', { ...order, unit: 'nowhere' }, id)).toMatchObject({
      refused: 'unit-unknown',
    })
    for (const person of ['hao', 'cha'])
      expect(await give(person, 'clue', 'uphold', order, id)).toMatchObject({ refused: 'not-found' })
  })
})

describe('clearing', () => {
  test('needs proof, and somebody else who checks it: never the unit itself', async () => {
    const { barrier } = await upheld()
    expect(await give('hao', 'barrier', 'rectify', { done: '改了', evidence: [] }, barrier)).toMatchObject({
      refused: 'evidence-missing',
      field: 'evidence',
    })
    expect(await give('hui', 'barrier', 'rectify', proof, barrier)).toMatchObject({ refused: 'not-found' })
    expect(await give('du', 'barrier', 'clear', { finding: '已取消' }, barrier)).toMatchObject({
      refused: 'not-in-this-phase',
    })
    await done('hao', 'barrier', 'rectify', proof, barrier)
    for (const person of ['hao', 'tou'])
      expect(await give(person, 'barrier', 'clear', { finding: '已取消' }, barrier)).toMatchObject({
        refused: 'not-permitted',
      })
    for (const [name, input] of [
      ['clear', { finding: '已取消' }],
      ['sendBack', { reason: '不够', until: '2026-03-10' }],
    ] as const)
      expect(await give('cha', 'barrier', name, input, barrier)).toMatchObject({ refused: 'closes-its-own' })
    expect((await look(await t.as('cha'), 'barrier', barrier))!.commands).toEqual([])
  })

  test('found gone, it is published and told; nothing is put right after that', async () => {
    const { id, bearer, barrier } = await upheld()
    await done('hao', 'barrier', 'rectify', proof, barrier)
    await done('jian', 'barrier', 'clear', { finding: '入会要求已取消。' }, barrier)
    expect(await give('hao', 'barrier', 'rectify', proof, barrier)).toMatchObject({ refused: 'not-in-this-phase' })
    expect(await look(bearer, 'clue', id)).toMatchObject({ phase: 'cleared', facts: { outcome: '入会要求已取消。' } })
    expect((await told(id)).at(-1)).toBe('contact cleared')
    const published = await cameOf(`barrier/${barrier}`, 'clearance')
    const view = (await look(nobody, 'clearance', published))!
    expect(view).toMatchObject({ title: order.barrierTitle, facts: { finding: '入会要求已取消。', inTime: true } })
    expect(view.chain).toEqual([])
    for (const secret of [id, '钱某某', '13900001234', '公示照片', '通化e1公司'])
      expect(JSON.stringify(view).includes(secret), secret).toBe(false)
    expect(await look(nobody, 'barrier', barrier)).toBeUndefined()
  })

  test('sent back, it has a new day; in time is still what the first day says', async () => {
    const { barrier } = await upheld()
    await done('hao', 'barrier', 'rectify', proof, barrier)
    expect(
      await give('du', 'barrier', 'sendBack', { reason: '窗口仍在要', until: '2026-02-11' }, barrier),
    ).toMatchObject({
      refused: 'not-in-the-past',
    })
    await done('du', 'barrier', 'sendBack', { reason: '窗口仍在要', until: '2026-03-20' }, barrier)
    expect((await look(await t.as('hao'), 'barrier', barrier))!.clock).toMatchObject([
      { due: '2026-03-20', state: 'in-time' },
    ])
    t.set(at('2026-03-10'))
    await done('tou', 'barrier', 'rectify', proof, barrier)
    await done('du', 'barrier', 'clear', { finding: '已取消。' }, barrier)
    const published = await cameOf(`barrier/${barrier}`, 'clearance')
    expect((await look(nobody, 'clearance', published))!.facts).toMatchObject({ inTime: false })
  })

  test('overdue, it climbs from the head of the unit to supervisors and leaders', async () => {
    const { barrier } = await upheld()
    for (const day of ['2026-02-28', '2026-03-03', '2026-03-06', '2026-03-30']) {
      t.set(at(day))
      await wake(t.world, t.world.around, at(day))
    }
    expect((await told(barrier)).filter((one) => one.endsWith('escalated'))).toEqual([
      'unit-head@tax escalated',
      'supervisor@tax escalated',
      'leader@tax escalated',
    ])
  })
})

test('the figures count what was reported, checked and cleared, and agree with all entries and events', async () => {
  const on = '2026-03-30'
  expect(await figure('access-clues', on)).toBeGreaterThan(10)
  expect(await figure('access-barriers-cleared', on)).toBe(2)
  expect(await figure('access-barrier-in-time-rate', on)).toBe(50)
  expect(await figure('access-barriers-open', on)).toBe(3)
  const { world } = t
  expect(await compareFigures(world.database, 'town', world.registry.figures.values(), on)).toEqual([])
  const { differences } = await compareRecords(world.database, 'town', world.registry, await world.cache.law(0))
  expect(differences).toEqual([])
})
