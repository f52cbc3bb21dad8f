// An item comes onto the list, is drafted by one and published by another, revised, suspended, cancelled; the figures follow.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../../kernel/access.ts'
import { openCase } from '../../server/case.ts'
import { wake } from '../../server/replay.ts'
import { compareFigures } from '../../store/compare.ts'
import { findRecord } from '../../store/read.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { figureValue } from '../../store/tally.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const material = {
  material: 'M-001',
  materialName: '营业执照',
  issuer: '市场监管部门',
  originals: 0,
  copies: 1,
  tolerable: false,
  shared: true,
}
const content = {
  name: '食品经营许可（合成数据）',
  type: 'licence',
  basis: '《中华人民共和国食品安全法》第三十五条',
  level: 'city',
  audience: ['enterprise'],
  handling: 'within-time',
  statutory: 20,
  statutoryUnit: 'working-day',
  promised: 5,
  promisedUnit: 'working-day',
  conditions: '有固定的经营场所。',
  steps: [{ step: '受理' }, { step: '审查' }, { step: '决定' }],
  situations: [{ situation: 'S-01', situationName: '新办' }],
  materials: [material, { ...material, material: 'M-002', materialName: '平面图', tolerable: true, within: 'S-01' }],
  fields: [{ field: 'F-001', fieldName: '经营场所' }],
  results: [{ result: 'R-001', resultName: '食品经营许可证' }],
  visits: 1,
  channels: ['at-window', 'on-computer'],
  window: 'undifferentiated',
  hallDue: true,
  nearby: false,
  fee: false,
  remedies: '可以在六十日内申请行政复议，或者在六个月内提起行政诉讼。',
  enquiries: '0435-0000000',
}
const listed = (code: string, more: object = {}) => ({ ...content, code, unit: 'tax', ...more })
const item = async (id: string) => (await findRecord(t.world.database, 'town', 'item', id))!
const next = async (id: string) => ((await item(id)).state as unknown as { next: string }).next
const figure = async (id: string, on = '2026-02-11') =>
  (await figureValue(t.world.database, 'town', t.world.registry.figures.get(id)!, { on })).value

/** Listed by a handler of the unit, submitted, and published by the manager. */
async function published(code: string, more: object = {}, from = '2026-02-11') {
  const hao = await t.as('hao')
  await t.done(hao, 'item', 'list', listed(code, more))
  const draft = await next(code)
  await t.done(hao, 'version', 'submit', {}, draft)
  await t.done(await t.as('xiang'), 'version', 'publish', { from }, draft)
  return draft
}

describe('onto the list', () => {
  test('a unit drafts its own item, another person publishes it, and then everybody sees it', async () => {
    const hao = await t.as('hao')
    await t.done(hao, 'item', 'list', listed('11220500TAX00001'))
    const draft = await next('11220500TAX00001')
    expect(
      await openCase(t.world, nobody, t.world.registry.kinds.get('item')!, '11220500TAX00001', 'zh-CN'),
    ).toBeUndefined()
    await t.done(hao, 'version', 'submit', {}, draft)
    expect(await t.give(hao, 'version', 'publish', { from: '2026-02-11' }, draft)).toMatchObject({
      refused: 'not-permitted',
    })
    const mu = await t.as('mu')
    expect(await t.give(mu, 'version', 'publish', { from: '2026-02-10' }, draft)).toMatchObject({
      refused: 'begins-in-the-past',
      field: 'from',
    })
    await t.done(mu, 'version', 'publish', { from: '2026-02-11' }, draft)
    expect(await item('11220500TAX00001')).toMatchObject({ phase: 'standing', title: content.name, level: 0 })
    expect(
      await openCase(t.world, nobody, t.world.registry.kinds.get('item')!, '11220500TAX00001', 'zh-CN'),
    ).toBeDefined()
    // What is published is never changed.
    expect(await t.give(mu, 'version', 'amend', content, draft)).toMatchObject({ refused: 'not-in-this-phase' })
  })

  test('whoever drafted it does not publish it, even as the manager of the list', async () => {
    const xiang = await t.as('xiang')
    await t.done(xiang, 'item', 'list', listed('11220500TAX00002'))
    const draft = await next('11220500TAX00002')
    await t.done(xiang, 'version', 'submit', {}, draft)
    expect(await t.give(xiang, 'version', 'publish', { from: '2026-02-11' }, draft)).toMatchObject({
      refused: 'two-persons',
    })
    await t.done(await t.as('mu'), 'version', 'sendBack', { reason: '请写明受理条件的依据。' }, draft)
    await t.done(await t.as('mu'), 'version', 'amend', { ...content, conditions: '依法取得营业执照。' }, draft)
    await t.done(xiang, 'version', 'submit', {}, draft)
    // The other has written in it since: now it is hers, and his to publish.
    expect(await t.give(await t.as('mu'), 'version', 'publish', { from: '2026-02-11' }, draft)).toMatchObject({
      refused: 'two-persons',
    })
    await t.done(xiang, 'version', 'publish', { from: '2026-02-11' }, draft)
  })

  test('a code that is on the list, or an item of another unit, is refused', async () => {
    const hao = await t.as('hao')
    expect(await t.give(hao, 'item', 'list', listed('11220500TAX00001', { name: '别的内容' }))).toMatchObject({
      refused: 'code-taken',
      field: 'code',
    })
    expect(await t.give(hao, 'item', 'list', listed('11220500TAX00001'), 'another-name')).toMatchObject({
      refused: 'other-code',
      field: 'code',
    })
    expect(await t.give(hao, 'item', 'list', listed('11220500LAB00001', { unit: 'labour' }))).toMatchObject({
      refused: 'not-your-unit',
      field: 'unit',
    })
    expect(await t.give(await t.as('hui'), 'item', 'revise', content, '11220500TAX00001')).toMatchObject({
      refused: 'not-permitted',
    })
  })

  test.each([
    [{ promised: 21 }, 'longer-than-statutory', 'promised'],
    [{ promised: 1, promisedUnit: 'month' }, 'longer-than-statutory', 'promised'],
    [{ statutoryUnit: undefined }, 'statutory-in-part', 'statutoryUnit'],
    [{ handling: 'at-once' }, 'not-at-once', 'promised'],
    [{ materials: [material, material] }, 'named-twice', 'materials.1.material'],
    [{ materials: [{ ...material, within: 'S-09' }] }, 'situation-unknown', 'materials.0.within'],
    [{ materials: [{ ...material, material: 'R-001' }] }, 'result-asked-for', 'materials.0.material'],
    [{ fee: true }, 'fee-without-basis', 'feeBasis'],
  ])('%j contradicts the law or itself', async (more, refused, field) => {
    expect(await t.give(await t.as('hao'), 'item', 'list', listed('11220500TAX00009', more))).toMatchObject({
      refused,
      field,
    })
  })
})

describe('a new version', () => {
  test('waits for its day, and then takes the place of the one before, which stays as it was', async () => {
    const first = await published('11220500TAX00003')
    const hao = await t.as('hao')
    await t.done(hao, 'item', 'revise', { ...content, promised: 2 }, '11220500TAX00003')
    expect(await t.give(hao, 'item', 'revise', content, '11220500TAX00003')).toMatchObject({
      refused: 'prepared-already',
    })
    const second = await next('11220500TAX00003')
    await t.done(hao, 'version', 'submit', {}, second)
    await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-03-02' }, second)
    const promised = async () => ((await item('11220500TAX00003')).state as unknown as { content: object }).content
    expect(await promised()).toMatchObject({ promised: 5 })
    t.set('2026-03-02T00:00:01.000+08:00')
    await wake(t.world, t.world.around, '2026-03-02T00:00:01.000+08:00')
    expect(await promised()).toMatchObject({ promised: 2 })
    const [before, after] = await Promise.all(
      [first, second].map((id) => findRecord(t.world.database, 'town', 'version', id)),
    )
    expect(before).toMatchObject({ phase: 'replaced', level: 0, state: { number: 1, content: { promised: 5 } } })
    expect(after).toMatchObject({ phase: 'standing', state: { number: 2, content: { promised: 2 } } })
    t.set(wednesday)
  })

  test('that is given up leaves the item free for another', async () => {
    const hao = await t.as('hao')
    await t.done(hao, 'item', 'revise', content, '11220500TAX00001')
    await t.done(hao, 'version', 'drop', {}, await next('11220500TAX00001'))
    await t.done(hao, 'item', 'revise', content, '11220500TAX00001')
    await t.done(hao, 'version', 'drop', {}, await next('11220500TAX00001'))
  })
})

test('the figures count what stands, and follow every change', async () => {
  const before = {
    licences: (await figure('F21'))!,
    instant: (await figure('F24'))!,
    tolerant: (await figure('F25'))!,
  }
  await published('11220500TAX00004', { handling: 'at-once', promised: 0, window: 'outside', materials: [material] })
  expect(await figure('F21')).toBe(before.licences + 1)
  expect(await figure('F24')).toBe(before.instant + 1)
  expect(await figure('F25')).toBe(before.tolerant)
  // Of four items three are in the hall; three promise 5 of 20 days, one none of them.
  expect(before.licences).toBe(3)
  expect(await figure('F22')).toBe(75)
  expect(await figure('F23')).toBe(75)
  expect(await figure('F26')).toBeCloseTo((3 * 75 + 100) / 4, 6)
  const third = { statutory: 60, promised: 60, level: 'county', type: 'confirmation' }
  await published('11220500TAX00005', third)
  expect(await figure('F26')).toBeCloseTo((3 * 75 + 100 + 0) / 5, 6)
  // Together: 3 × 15 + 20 of 80 + 60 working days are saved.
  expect(await figure('item-limit-compression-total')).toBeCloseTo((65 / 140) * 100, 6)
  expect(await figure('F21')).toBe(4)
  const xiang = await t.as('xiang')
  await t.done(xiang, 'item', 'suspend', { reason: '依据修改，暂停受理。' }, '11220500TAX00004')
  expect(await figure('F24')).toBe(before.instant)
  await t.done(xiang, 'item', 'resume', {}, '11220500TAX00004')
  expect(await figure('F24')).toBe(before.instant + 1)
  await t.done(xiang, 'item', 'cancel', { reason: '国务院决定取消。' }, '11220500TAX00004')
  expect(await figure('F24')).toBe(before.instant)
  expect(await figure('F21')).toBe(3)
  expect(await t.give(xiang, 'item', 'resume', {}, '11220500TAX00004')).toMatchObject({ refused: 'not-in-this-phase' })
})

test('a version in preparation ends with its item', async () => {
  await published('11220500TAX00006')
  await t.done(await t.as('hao'), 'item', 'revise', content, '11220500TAX00006')
  const draft = await next('11220500TAX00006')
  await t.done(await t.as('xiang'), 'item', 'cancel', { reason: '并入其他事项。' }, '11220500TAX00006')
  expect(await findRecord(t.world.database, 'town', 'version', draft)).toMatchObject({ phase: 'dropped', open: false })
})

test('folded again, records and figures are the same', async () => {
  const { world } = t
  const { differences } = await compareRecords(world.database, 'town', world.registry, await world.cache.law(0))
  expect(differences).toEqual([])
  expect(await compareFigures(world.database, 'town', world.registry.figures.values(), '2026-03-02')).toEqual([])
})
