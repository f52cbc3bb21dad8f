// A chief representative is empowered by the head, filed by the bureau, public and in force within a term; nothing less empowers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody, system } from '../../kernel/access.ts'
import { openCase } from '../../server/case.ts'
import { wake } from '../../server/replay.ts'
import { findRecord } from '../../store/read.ts'
import { figureValue } from '../../store/tally.ts'
import { town, wednesday, type Town } from '../../tests/world.ts'
import { empowers, type Delegation, type Power } from './delegation.ts'
import { content } from './item.fixture.ts'

let t: Town
const OPEN = '11220500POWERS01'
const SHUT = '11220500POWERS02'
const OTHERS = '11220500POWERS03'

beforeAll(async () => {
  t = await town()
  for (const [id, role, unit] of [
    ['biao', 'representative', 'tax'],
    ['dai', 'representative', 'tax'],
    ['lao', 'representative', 'labour'],
  ] as const) {
    await t.done(system, 'person', 'enrol', { name: `${id}某`, login: `${id}-login` }, id)
    await t.done(system, 'post', 'appoint', { person: id, role, unit, clearance: 1, from: '2020-01-01' }, `post-${id}`)
  }
  for (const [code, unit, by, powers] of [
    [OPEN, 'tax', 'hao', ['accept', 'examine', 'decide']],
    [SHUT, 'tax', 'hao', ['accept']],
    [OTHERS, 'labour', 'hui', ['accept', 'examine', 'decide']],
  ] as const) {
    await t.done(await t.as(by), 'item', 'list', { ...content, code, unit, powers })
    await t.done(await t.as(by), 'version', 'submit', {}, `${code}-V1`)
    await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${code}-V1`)
  }
})
afterAll(() => t.close())

const terms = {
  items: [OPEN],
  powers: ['accept', 'decide'],
  from: '2026-02-11',
  to: '2026-12-31',
  letter: '税授〔2026〕1号',
}
const grant = async (more: object = {}, by = 'tou', id?: string) =>
  t.give(await t.as(by), 'delegation', 'grant', { person: 'biao', unit: 'tax', ...terms, ...more }, id)
const state = async (id = 'biao') =>
  (await findRecord(t.world.database, 'town', 'delegation', id))?.state as unknown as Delegation | undefined
const may = async (power: Power, on = '2026-02-11', item = OPEN, unit = 'tax') =>
  empowers(await state(), { item, unit, power, on })
const rate = async () =>
  (
    await figureValue(t.world.database, 'town', t.world.registry.figures.get('item-empowered-rate')!, {
      on: '2027-12-31',
    })
  ).value
const seen = async () => openCase(t.world, nobody, t.world.registry.kinds.get('delegation')!, 'biao', 'zh-CN')

describe('granting', () => {
  test('what cannot be granted is refused at its field', async () => {
    for (const [more, refused, field] of [
      [{ person: 'nobody' }, 'person-unknown', 'person'],
      [{ person: 'hao' }, 'not-a-representative', 'person'],
      [{ person: 'lao' }, 'not-a-representative', 'person'],
      [{ unit: 'labour', person: 'lao' }, 'not-your-unit', 'unit'],
      [{ unit: 'nowhere' }, 'unit-unknown', 'unit'],
      [{ items: [OPEN, SHUT] }, 'power-not-open', 'items.1'],
      [{ powers: ['accept', 'seal'] }, 'power-not-open', 'items.0'],
      [{ items: [OTHERS] }, 'item-of-another', 'items.0'],
      [{ items: ['nothing'] }, 'item-unknown', 'items.0'],
      [{ items: [OPEN, OPEN] }, 'item-twice', 'items.1'],
      [{ powers: ['accept', 'accept'] }, 'power-twice', 'powers.1'],
      [{ to: '2026-02-10', from: '2026-02-01' }, 'over-already', 'to'],
      [{ to: '2026-02-10' }, 'ends-before-it-begins', 'to'],
    ] as const)
      expect(await grant(more), refused).toMatchObject({ refused, field })
    expect(await grant({ powers: [] })).toMatchObject({ refused: 'invalid-input' })
    expect(await grant({}, 'tou', 'another')).toMatchObject({ refused: 'other-person', field: 'person' })
    expect(await grant({}, 'hao')).toMatchObject({ refused: 'not-permitted' })
    expect(await grant({}, 'xiang')).toMatchObject({ refused: 'not-permitted' })
  })

  test('is known by the person, and a person is empowered once', async () => {
    expect(await grant()).toMatchObject({ done: { id: 'biao' } })
    expect(await grant()).toMatchObject({ refused: 'granted-already', field: 'person' })
    // Two heads' clicks at once meet the same record.
    const both = await Promise.all([grant({ person: 'dai' }), grant({ person: 'dai' })])
    expect(both.map((one) => ('refused' in one ? one.refused : 'done')).toSorted()).toEqual(['done', 'granted-already'])
  })
})

describe('in force', () => {
  test('only once it is filed: by the bureau, not by the head, and not for oneself', async () => {
    expect(await may('accept')).toBe(false)
    expect(await seen()).toBeUndefined()
    expect(await t.give(await t.as('tou'), 'delegation', 'file', {}, 'biao')).toMatchObject({
      refused: 'not-permitted',
    })
    await t.done(await t.as('xiang'), 'delegation', 'file', {}, 'biao')
    expect(await seen()).toMatchObject({ title: 'biao某', facts: { powers: ['accept', 'decide'] } })
    expect(await t.give(await t.as('xiang'), 'delegation', 'file', {}, 'biao')).toMatchObject({
      refused: 'nothing-to-file',
    })
  })

  test('for these powers, these items, this unit, within the term', async () => {
    expect(await may('accept')).toBe(true)
    expect(await may('decide', '2026-12-31')).toBe(true)
    expect(await may('examine')).toBe(false)
    expect(await may('accept', '2026-02-10')).toBe(false)
    expect(await may('accept', '2027-01-01')).toBe(false)
    expect(await may('accept', '2026-02-11', SHUT)).toBe(false)
    expect(await may('accept', '2026-02-11', OTHERS, 'labour')).toBe(false)
    expect(empowers(undefined, { item: OPEN, unit: 'tax', power: 'accept', on: '2026-02-11' })).toBe(false)
  })

  test('a change holds once it is filed; until then what was filed before does', async () => {
    const full = { ...terms, powers: ['accept', 'examine', 'decide'] }
    expect(await rate()).toBe(0)
    await t.done(await t.as('tou'), 'delegation', 'change', full, 'biao')
    expect([await may('accept'), await may('examine')]).toEqual([true, false])
    await t.done(await t.as('xiang'), 'delegation', 'sendBack', { reason: '授权书缺少签章。' }, 'biao')
    expect([await may('accept'), await may('examine')]).toEqual([true, false])
    await t.done(await t.as('tou'), 'delegation', 'change', full, 'biao')
    await t.done(await t.as('xiang'), 'delegation', 'file', {}, 'biao')
    expect([await may('accept'), await may('examine')]).toEqual([true, true])
    // One of the three items that should be in the hall is empowered for all that it opens.
    expect(await rate()).toBeCloseTo(100 / 3)
  })

  test('without a list it covers all items of the unit, and of no other', async () => {
    const { items: _, ...all } = terms
    await t.done(await t.as('tou'), 'delegation', 'change', { ...all, powers: ['accept'] }, 'dai')
    await t.done(await t.as('xiang'), 'delegation', 'file', {}, 'dai')
    const asked = { unit: 'tax', power: 'accept', on: '2026-02-11' } as const
    expect(empowers(await state('dai'), { ...asked, item: SHUT })).toBe(true)
    expect(empowers(await state('dai'), { ...asked, item: OTHERS, unit: 'labour' })).toBe(false)
    // The second item opens no more than that; the first is empowered by the other letter.
    expect(await rate()).toBeCloseTo(200 / 3)
  })

  test('what comes under a letter for the whole unit, or goes from it, counts from then on', async () => {
    const LATER = '11220500POWERS04'
    await t.done(await t.as('hao'), 'item', 'list', { ...content, code: LATER, unit: 'tax', powers: ['accept'] })
    await t.done(await t.as('hao'), 'version', 'submit', {}, `${LATER}-V1`)
    await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${LATER}-V1`)
    expect(await rate()).toBeCloseTo(75)
    await t.done(await t.as('xiang'), 'item', 'cancel', { reason: '并入其他事项' }, LATER)
    expect(await rate()).toBeCloseTo(200 / 3)
  })

  test('it ends with its last day by itself, or with the day that is settled', async () => {
    const tou = await t.as('tou')
    expect(await t.give(tou, 'delegation', 'end', { to: '2027-06-30', reason: '调岗' }, 'biao')).toMatchObject({
      refused: 'ends-later',
      field: 'to',
    })
    await t.done(tou, 'delegation', 'end', { to: '2026-03-31', reason: '调岗' }, 'biao')
    expect([await may('accept', '2026-03-31'), await may('accept', '2026-04-01')]).toEqual([true, false])
    t.set('2026-04-01T01:00:00.000+08:00')
    await wake(t.world, t.world.around, '2026-04-01T01:00:00.000+08:00')
    expect(await state()).toMatchObject({ phase: 'ended' })
    // The letter for the whole unit still covers one of three.
    expect(await rate()).toBeCloseTo(100 / 3)
    expect(await seen()).toBeUndefined()
    // Granted anew, it is filed anew.
    await t.done(await t.as('tou'), 'delegation', 'change', { ...terms, from: '2026-04-01' }, 'biao')
    expect(await may('accept', '2026-04-02')).toBe(false)
    await t.done(await t.as('xiang'), 'delegation', 'file', {}, 'biao')
    expect(await may('accept', '2026-04-02')).toBe(true)
    await t.done(await t.as('xiang'), 'delegation', 'end', { to: '2026-03-31', reason: '授权书撤回' }, 'biao')
    expect(await may('accept', '2026-04-02')).toBe(false)
    t.set(wednesday)
  })

  test('whoever no longer is a representative is not empowered anew', async () => {
    await t.done(system, 'post', 'end', { to: '2026-02-10', reason: '调岗' }, 'post-dai')
    expect(await t.give(await t.as('tou'), 'delegation', 'change', terms, 'dai')).toMatchObject({
      refused: 'not-a-representative',
    })
  })
})
