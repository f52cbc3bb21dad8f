// A theme of six items: one form, six units, papers that pass from one to the other, and all of it issued at one window.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compareFigures } from '../../store/compare.ts'
import { findRecord } from '../../store/read.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { figureValue } from '../../store/tally.ts'
import { codes, drafted, field, idOf, NAME, paper, publishItem } from '../../tests/theme.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())
beforeEach(() => t.set(wednesday))

const publish = (code: string, more?: object) => publishItem(t, code, more)
const parts = (...all: readonly string[]) =>
  all.map((one) => ({ item: idOf(one), version: `${idOf(one)}-V1`, situations: [] }))
const form = {
  applicant: '通化测试有限公司（筹）',
  contact: '孙某',
  phone: '13900000000',
  channel: 'window',
  parts: parts(...codes),
  answers: [
    { field: 'ZD-1', value: '通化测试有限公司' },
    { field: 'ZD-2', value: '孙某' },
    { field: 'ZD-3', value: '13900000000' },
    { field: 'ZD-4', value: '12' },
  ],
  papers: [
    { material: 'CL-1', way: 'given' },
    { material: 'CL-2', way: 'given' },
  ],
  delivery: 'collect',
}
const app = async (id: string) => (await findRecord(t.world.database, 'town', 'application', id))!
const joint = async (id: string) => (await findRecord(t.world.database, 'town', 'joint', id))!
const partsOf = async (id: string) =>
  new Map(
    ((await joint(id)).state as unknown as { parts: { item: string; application: string }[] }).parts.map((one) => [
      one.item.slice(8),
      one.application,
    ]),
  )
let theme = ''

describe('a theme', () => {
  test('is drafted by one and published by another, when its items stand and fit together', async () => {
    const xiang = await t.as('xiang')
    for (const one of codes) await publish(one)
    expect(
      await t.give(xiang, 'theme', 'draft', { ...drafted, parts: [drafted.parts[0], drafted.parts[0]] }),
    ).toMatchObject({ refused: 'named-twice', field: 'parts.1.item' })
    theme = (await t.done(xiang, 'theme', 'draft', drafted)).done.id
    expect(await t.give(xiang, 'theme', 'publish', {}, theme)).toMatchObject({ refused: 'two-persons' })
    await t.done(await t.as('mu'), 'theme', 'publish', {}, theme)
  })

  test('whose items need each other’s papers, or call one thing by two names, is not published', async () => {
    const [a, b, c] = ['CIRCLE1', 'CIRCLE2', 'CIRCLE3']
    await publish(a, {
      name: '甲',
      fields: [NAME],
      materials: [paper('X-2', '乙证')],
      results: [{ result: 'X-1', resultName: '甲证' }],
    })
    await publish(b, {
      name: '乙',
      fields: [NAME],
      materials: [paper('X-1', '甲证')],
      results: [{ result: 'X-2', resultName: '乙证' }],
    })
    await publish(c, { name: '丙', fields: [field('ZD-1', '另一名称')], materials: [], results: [] })
    const tried = async (...all: string[]) => {
      const id = (
        await t.done(await t.as('xiang'), 'theme', 'draft', {
          ...drafted,
          parts: all.map((one) => ({ item: idOf(one) })),
        })
      ).done.id
      return t.give(await t.as('mu'), 'theme', 'publish', {}, id)
    }
    expect(await tried(a, b)).toMatchObject({ refused: 'cycle', about: { path: '甲 → 乙 → 甲' } })
    expect(await tried(a, c)).toMatchObject({ refused: 'field-differs', about: { code: 'ZD-1' } })
  })
})

describe('one form', () => {
  const submit = async (more: object = {}) => t.give(await t.as('gui'), 'joint', 'submit', { ...form, theme, ...more })

  test('reaches six units side by side; papers pass on; one window issues', async () => {
    const answer = await submit()
    if ('refused' in answer) expect.fail(JSON.stringify(answer))
    const { id } = answer.done
    expect(answer.also).toBeUndefined()
    const of = await partsOf(id)
    expect((await app(of.get('START1')!)).state).toMatchObject({
      phase: 'received',
      answers: [{ field: 'ZD-1' }, { field: 'ZD-2' }],
      papers: [{ material: 'CL-1' }, { material: 'CL-2' }],
      token: ((await joint(id)).state as unknown as { token: string }).token,
    })
    for (const one of codes.slice(1)) expect((await app(of.get(one)!)).phase).toBe('awaiting')
    const hao = await t.as('hao')
    const finish = async (code: string, results: readonly object[]) => {
      await t.done(hao, 'application', 'accept', {}, of.get(code)!)
      await t.done(hao, 'application', 'decide', { outcome: 'approved', results }, of.get(code)!)
    }
    await finish('START1', [{ result: 'JG-1', number: '91220500MA00000001' }])
    for (const one of ['START2', 'START3', 'START4', 'START5']) expect((await app(of.get(one)!)).phase).toBe('received')
    // The bank needs the seal as well.
    expect((await app(of.get('START6')!)).phase).toBe('awaiting')
    for (const one of ['START3', 'START4', 'START5']) await finish(one, [])
    await finish('START2', [{ result: 'JG-2' }])
    expect((await app(of.get('START6')!)).state).toMatchObject({
      phase: 'received',
      papers: [
        { material: 'JG-1', way: 'produced', source: of.get('START1') },
        { material: 'JG-2', way: 'produced', source: of.get('START2') },
      ],
    })
    const gui = await t.as('gui')
    expect(await t.give(gui, 'joint', 'deliver', { way: 'collect' }, id)).toMatchObject({
      refused: 'not-in-this-phase',
    })
    await finish('START6', [])
    expect((await joint(id)).phase).toBe('complete')
    await t.done(gui, 'joint', 'deliver', { way: 'collect', receivedBy: '孙某' }, id)
    expect((await joint(id)).phase).toBe('closed')
    for (const one of of.values()) expect((await app(one)).phase).toBe('closed')
    const figure = async (name: string) =>
      (await figureValue(t.world.database, 'town', t.world.registry.figures.get(name)!, { on: '2026-12-31' })).value
    expect(await figure('F27')).toBe(1)
    expect(await figure('F28')).toBe(350)
    // Four fields and two papers instead of fourteen fields and eight papers.
    expect(await figure('joint-spared-rate')).toBeCloseTo((1 - 6 / 22) * 100, 6)
  })

  test('of which the first item comes to nothing ends what waits for it', async () => {
    const answer = await submit()
    if ('refused' in answer) expect.fail(JSON.stringify(answer))
    const of = await partsOf(answer.done.id)
    const hao = await t.as('hao')
    await t.done(hao, 'application', 'accept', {}, of.get('START1')!)
    await t.done(hao, 'application', 'decide', { outcome: 'denied', reasons: '测试', results: [] }, of.get('START1')!)
    for (const one of codes.slice(1)) expect((await app(of.get(one)!)).state).toMatchObject({ phase: 'terminated' })
    expect((await joint(answer.done.id)).phase).toBe('complete')
  })

  test('decided at once where rules do so, items behind it go on in the same transaction', async () => {
    await publish('QUICK1', {
      name: '即办甲',
      handling: 'at-once',
      promised: 0,
      fields: [NAME],
      materials: [],
      results: [{ result: 'Q-1', resultName: '即办证' }],
      checks: [{ field: 'ZD-1', test: 'given', ground: '已填写名称' }],
    })
    const receipt = { receiptAccepts: true }
    await publish('QUICK2', {
      name: '即办乙',
      fields: [NAME],
      materials: [paper('Q-1', '即办证')],
      results: [],
      ...receipt,
    })
    const pair = ['QUICK1', 'QUICK2']
    const id = (
      await t.done(await t.as('xiang'), 'theme', 'draft', {
        ...drafted,
        name: '即办',
        parts: pair.map((one) => ({ item: idOf(one) })),
      })
    ).done.id
    await t.done(await t.as('mu'), 'theme', 'publish', {}, id)
    const answer = await submit({
      theme: id,
      parts: parts(...pair),
      answers: [form.answers[0]],
      papers: [],
      delivery: 'online',
    })
    if ('refused' in answer) expect.fail(JSON.stringify(answer))
    const of = await partsOf(answer.done.id)
    expect((await app(of.get('QUICK1')!)).phase).toBe('closed')
    // Its own receipt is acceptance: it came in when the other was decided.
    expect((await app(of.get('QUICK2')!)).state).toMatchObject({ phase: 'examining', accepted: 'by-receipt' })
  })

  test.each([
    [{ parts: parts('START1') }, 'part-missing', 'parts'],
    [{ parts: parts(...codes, 'QUICK1') }, 'not-of-the-theme', 'parts.6.item'],
    [{ parts: [...parts(...codes.slice(0, 5)), ...parts('START1')] }, 'named-twice', 'parts.5.item'],
    [
      { parts: parts(...codes).map((one, n) => (n === 2 ? { ...one, version: 'old' } : one)) },
      'version-changed',
      'parts.2.version',
    ],
    [{ answers: form.answers.slice(1) }, 'answer-missing', 'answers'],
    [{ answers: [...form.answers, { field: 'ZD-9', value: '多' }] }, 'not-asked', 'answers.4.field'],
    [{ papers: [...form.papers, { material: 'JG-1', way: 'given' }] }, 'not-asked', 'papers.2.material'],
    [{ theme: 'none' }, 'theme-not-open', 'theme'],
  ])('with %j is refused as a whole', async (more, refused, field_) => {
    expect(await submit(more)).toMatchObject({ refused, field: field_ })
  })

  test('without the item that may be chosen goes on without it; withdrawn, nothing goes on', async () => {
    const bank = codes.slice(0, 5)
    const qi = await t.as('qi')
    const { applicant: _, ...own } = form
    const answer = await t.done(qi, 'joint', 'submit', {
      ...own,
      theme,
      enterprise: 'e1',
      channel: 'web',
      parts: parts(...bank),
      papers: form.papers.map((one) => ({ ...one, way: 'missing' })),
    })
    const of = await partsOf(answer.done.id)
    expect([...of.keys()]).toEqual(bank)
    expect(await t.give(await t.as('bie'), 'joint', 'withdraw', {}, answer.done.id)).toMatchObject({
      refused: 'not-found',
    })
    await t.done(qi, 'joint', 'withdraw', {}, answer.done.id)
    for (const one of of.values()) expect((await app(one)).phase).toBe('withdrawn')
  })
})

test('folded again, records and figures are the same', async () => {
  const { world } = t
  const { differences } = await compareRecords(world.database, 'town', world.registry, await world.cache.law(0))
  expect(differences).toEqual([])
  expect(await compareFigures(world.database, 'town', world.registry.figures.values(), '2026-12-31')).toEqual([])
})
