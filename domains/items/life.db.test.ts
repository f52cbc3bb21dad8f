// The life of a version: it may have a last day, ends with it, is never changed once published; and what was made easier is counted.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../../kernel/access.ts'
import { openCase } from '../../server/case.ts'
import { wake } from '../../server/replay.ts'
import { compareFigures } from '../../store/compare.ts'
import { findRecord } from '../../store/read.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { figureValue } from '../../store/tally.ts'
import { itemContent as content, paper } from '../../tests/item.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'
import { version } from './version.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const found = async (kind: string, id: string) => (await findRecord(t.world.database, 'town', kind, id))!
const stateOf = async (kind: string, id: string) =>
  (await found(kind, id)).state as unknown as Readonly<Record<string, unknown>>
const figure = async (id: string, on = '2026-02-11') =>
  (await figureValue(t.world.database, 'town', t.world.registry.figures.get(id)!, { on })).value

async function drafted(code: string, more: object = {}) {
  const hao = await t.as('hao')
  await t.done(hao, 'item', 'list', { ...content, ...more, code, unit: 'tax' })
  await t.done(hao, 'version', 'submit', {}, `${code}-V1`)
  return `${code}-V1`
}
const publish = async (id: string, input: object) => t.give(await t.as('xiang'), 'version', 'publish', input, id)

async function published(code: string, more: object = {}, to?: string) {
  const id = await drafted(code, more)
  expect(await publish(id, { from: '2026-02-11', ...(to !== undefined && { to }) })).not.toHaveProperty('refused')
  return id
}

/** Another version, in force from a day. */
async function followed(code: string, number: number, from: string, more: object = {}) {
  const hao = await t.as('hao')
  await t.done(hao, 'item', 'revise', { ...content, ...more }, code)
  await t.done(hao, 'version', 'submit', {}, `${code}-V${number}`)
  await t.done(await t.as('xiang'), 'version', 'publish', { from }, `${code}-V${number}`)
}

async function at(moment: string) {
  t.set(moment)
  await wake(t.world, t.world.around, moment)
}

describe('a last day', () => {
  test('before the first is refused, the first day itself is not', async () => {
    const id = await drafted('11220500LIFE0001')
    expect(await publish(id, { from: '2026-03-02', to: '2026-03-01' })).toMatchObject({
      refused: 'ends-before-it-begins',
      field: 'to',
    })
    expect(await publish(id, { from: '2026-03-02', to: '2026-13-01' })).toMatchObject({ refused: 'invalid-input' })
    expect(await publish(id, { from: '2026-03-02', to: '2026-03-02' })).not.toHaveProperty('refused')
    expect(await stateOf('version', id)).toMatchObject({ phase: 'agreed', from: '2026-03-02', to: '2026-03-02' })
  })

  test('that is over ends the version by itself, and suspends the item until another comes', async () => {
    const code = '11220500LIFE0002'
    const id = await published(code, {}, '2026-02-28')
    await at('2026-02-28T23:59:59.000+08:00')
    expect(await found('item', code)).toMatchObject({ phase: 'standing' })
    await at('2026-03-01T00:02:00.000+08:00')
    expect(await stateOf('version', id)).toMatchObject({ phase: 'ended', until: '2026-03-01' })
    expect(await stateOf('item', code)).toMatchObject({
      phase: 'suspended',
      expired: '2026-02-28',
      since: '2026-03-01',
    })
    // Whoever looks for it still finds it, and is told.
    const kind = t.world.registry.kinds.get('item')!
    expect(await openCase(t.world, nobody, kind, code, 'zh-CN')).toMatchObject({ phase: 'suspended', level: 0 })
    const xiang = await t.as('xiang')
    expect(await t.give(xiang, 'item', 'resume', {}, code)).toMatchObject({ refused: 'version-ended' })
    await followed(code, 2, '2026-03-01')
    const now = await stateOf('item', code)
    expect(now).toMatchObject({ phase: 'standing', version: `${code}-V2` })
    expect([now['expired'], now['since']]).toEqual([undefined, undefined])
    expect(await found('version', id)).toMatchObject({ phase: 'ended' })
    t.set(wednesday)
  })

  test('followed by a version on the next day: the item stands without a gap', async () => {
    const code = '11220500LIFE0003'
    const first = await published(code, {}, '2026-02-28')
    await followed(code, 2, '2026-03-01', { promised: 3 })
    await at('2026-03-02T08:00:00.000+08:00')
    expect(await found('version', first)).toMatchObject({ phase: 'replaced' })
    expect(await stateOf('item', code)).toMatchObject({ phase: 'standing', content: { promised: 3 } })
    const kind = t.world.registry.kinds.get('item')!
    const told = (await openCase(t.world, nobody, kind, code, 'zh-CN'))!.timeline.map(({ type }) => type)
    expect(told).not.toContain('expired')
    t.set(wednesday)
  })

  test('of an item that somebody has suspended: a new version does not bring it back, he does', async () => {
    const code = '11220500LIFE0004'
    await published(code, {}, '2026-02-28')
    const xiang = await t.as('xiang')
    await t.done(xiang, 'item', 'suspend', { reason: '依据修改，暂停受理。' }, code)
    await at('2026-03-01T00:02:00.000+08:00')
    expect(await stateOf('item', code)).toMatchObject({ phase: 'suspended', since: '2026-02-11' })
    await followed(code, 2, '2026-03-01')
    expect(await found('item', code)).toMatchObject({ phase: 'suspended' })
    await t.done(xiang, 'item', 'resume', {}, code)
    const now = await stateOf('item', code)
    expect([now['phase'], now['reason']]).toEqual(['standing', undefined])
    t.set(wednesday)
  })

  test('of a cancelled item passes without waking anything that stands', async () => {
    const code = '11220500LIFE0005'
    const id = await published(code, {}, '2026-02-28')
    await t.done(await t.as('xiang'), 'item', 'cancel', { reason: '并入其他事项。' }, code)
    await at('2026-03-01T00:02:00.000+08:00')
    expect(await found('item', code)).toMatchObject({ phase: 'cancelled' })
    expect(await found('version', id)).toMatchObject({ phase: 'ended' })
    t.set(wednesday)
  })
})

test('no command changes what is published, whoever gives it', async () => {
  const code = '11220500LIFE0006'
  const id = await published(code)
  await followed(code, 2, '2026-02-11')
  const [first, second] = [await stateOf('version', id), await stateOf('version', `${code}-V2`)]
  const inputs: Readonly<Record<string, object>> = {
    amend: { ...content, promised: 1 },
    open: { item: code, unit: 'tax', number: 1, content: { ...content, promised: 1 }, by: 'hao' },
    sendBack: { reason: '请修改。' },
    publish: { from: '2026-02-11' },
  }
  for (const actor of [await t.as('hao'), await t.as('xiang'), await t.as('tou')])
    for (const name of Object.keys(version.commands))
      for (const one of [id, `${code}-V2`])
        expect(await t.give(actor, 'version', name, inputs[name] ?? {}, one), name).toHaveProperty('refused')
  expect(await stateOf('version', id)).toEqual(first)
  expect(await stateOf('version', `${code}-V2`)).toEqual(second)
})

describe('what was made easier', () => {
  const base = { baseMaterials: 8, baseSteps: 6, baseVisits: 3, baseBasis: '改革前办事指南' }

  test('is the share of what was removed, over the items with a baseline', async () => {
    expect(await figure('item-materials-removed')).toBeNull()
    await published('11220500EASE0001', base)
    // Two of eight papers, three of six steps and one of three visits are left.
    expect(await figure('item-materials-removed')).toBe(75)
    expect(await figure('item-steps-removed')).toBe(50)
    expect(await figure('item-visits-removed')).toBeCloseTo((2 / 3) * 100, 6)
    await published('11220500EASE0002', { ...base, baseMaterials: 2, materials: [], visits: 0 })
    expect(await figure('item-materials-removed')).toBe(80)
    // What has become more is no reduction.
    await published('11220500EASE0003', { baseVisits: 0, visits: 2 })
    expect(await figure('item-visits-removed')).toBeCloseTo(((3 + 3 - 3) / 6) * 100, 6)
    await t.done(await t.as('xiang'), 'item', 'cancel', { reason: '取消。' }, '11220500EASE0001')
    expect(await figure('item-materials-removed')).toBe(100)
  })

  test('the four labels are counts and shares of what stands', async () => {
    const standing = (await figure('F21'))!
    const before = await Promise.all(['F24', 'item-online', 'item-nearby', 'item-once'].map((id) => figure(id)))
    await published('11220500EASE0004', {
      handling: 'at-once',
      promised: 0,
      channels: ['at-window'],
      online: 'receiving',
      nearby: true,
      visits: 2,
      receiptAccepts: true,
      commitment: true,
      powers: ['accept', 'decide'],
    })
    const after = await Promise.all(['F24', 'item-online', 'item-nearby', 'item-once'].map((id) => figure(id)))
    expect(after.map((n, place) => n! - before[place]!)).toEqual([1, 1, 1, 0])
    expect(await figure('item-nearby-share')).toBeCloseTo((after[2]! / (standing + 1)) * 100, 6)
    expect(await Promise.all(['item-receipt', 'item-commitment', 'item-chief'].map((id) => figure(id)))).toEqual([
      1, 1, 1,
    ])
    await followed('11220500EASE0004', 2, '2026-02-11')
    expect(await Promise.all(['item-receipt', 'item-commitment', 'item-chief'].map((id) => figure(id)))).toEqual([
      0, 0, 0,
    ])
    expect(await figure('item-nearby')).toBe(before[2])
  })

  test('a new version posts only what it counts for otherwise', async () => {
    const code = '11220500EASE0005'
    await published(code, base)
    const posted = async () => {
      const { rows } = await t.world.database.query(
        `select measure, n, quantity from entry where kind = 'item' and record = $1 order by position, measure, n`,
        [code],
      )
      return rows.length
    }
    const before = await posted()
    // Another wording counts for nothing.
    await followed(code, 2, '2026-02-11', { ...base, conditions: '有与规模相适应的经营场所。' })
    expect(await posted()).toBe(before)
    // One more paper: what was removed is taken back and posted anew, and nothing else.
    await followed(code, 3, '2026-02-11', {
      ...base,
      materials: [...content.materials, { ...paper, material: 'M-003' }],
    })
    expect(await posted()).toBe(before + 2)
  })
})

test('folded again, records and figures are the same', async () => {
  const { world } = t
  const { differences } = await compareRecords(world.database, 'town', world.registry, await world.cache.law(0))
  expect(differences).toEqual([])
  expect(await compareFigures(world.database, 'town', world.registry.figures.values(), '2026-03-02')).toEqual([])
})
