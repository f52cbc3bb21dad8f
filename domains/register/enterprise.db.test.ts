// An enterprise that leaves and comes back, and the figures that it and the offices give of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { town, type Town } from '../../tests/world.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const known = { division: '220502', industry: '27', registeredOn: '2020-01-01', private: false, name: '通化某公司' }
const enter = async (uscc: string, id?: string, over: object = {}) =>
  t.give(await t.as('gui'), 'enterprise', 'enter', { ...known, uscc, ...over }, id)
const give = async (person: string, name: string, input: unknown, id: string) =>
  t.give(await t.as(person), 'enterprise', name, input, id)
const recordOf = async (id: string, kind = 'enterprise') =>
  (await t.world.database.query(`select state, facets, open from record where kind = $1 and id = $2`, [kind, id]))
    .rows[0] as { state: Record<string, unknown>; facets: Record<string, string>; open: boolean }
const done = { done: expect.anything() as unknown }
const reason = { reason: '误操作' }

describe('an enterprise that left', () => {
  const listed = async () => {
    const { rows } = await t.world.database.query(
      `select sum(n)::int as n from entry where measure = 'enterprise-listed' and dims ->> 'private' = 'no'`,
    )
    return rows[0]!['n'] as number
  }

  test('by mistake comes back with its code, and counts once', async () => {
    for (const [uscc, id] of [
      ['91220501MA00000101', undefined],
      ['91220501MA00000102', 'numbered'],
    ] as const) {
      const record = id ?? uscc
      expect(await enter(uscc, id)).toMatchObject(done)
      const before = await listed()
      expect(await give('gui', 'restore', reason, record)).toMatchObject({ refused: 'not-in-this-phase' })
      expect(await give('gui', 'leave', { reason: '注销' }, record)).toMatchObject(done)
      expect(await listed()).toBe(before - 1)
      expect(await recordOf(record)).toMatchObject({ state: { phase: 'left' }, open: false })
      expect(await give('wen', 'restore', reason, record)).toMatchObject({ refused: 'not-permitted' })
      expect(await give('gui', 'restore', reason, record)).toMatchObject(done)
      expect(await listed()).toBe(before)
      expect(await recordOf(record)).toMatchObject({ state: { phase: 'listed', uscc }, open: true })
      expect(await enter(uscc, 'yet-another')).toMatchObject({ refused: 'code-taken', about: { enterprise: record } })
    }
  })

  test('keeps its code: whoever enters it is sent to its record, however and wherever it is entered', async () => {
    for (const [uscc, id] of [
      ['91220501MA00000111', undefined],
      ['91220501MA00000112', 'left-numbered'],
    ] as const) {
      const record = id ?? uscc
      await enter(uscc, id)
      await give('gui', 'leave', { reason: '注销' }, record)
      for (const place of [undefined, uscc, 'left-other', record])
        expect(await enter(uscc, place)).toMatchObject({
          refused: 'has-left',
          kind: 'enterprise',
          field: 'uscc',
          about: { enterprise: record },
        })
      const { rows } = await t.world.database.query(
        `select id from record where kind = 'enterprise' and state ->> 'uscc' = $1`,
        [uscc],
      )
      expect(rows).toEqual([{ id: record }])
    }
    // One that had another code by then leaves the old one to others.
    await enter('91220501MA00000113')
    await enter('91220501MA00000114', '91220501MA00000113')
    await give('gui', 'leave', { reason: '注销' }, '91220501MA00000113')
    expect(await enter('91220501MA00000113')).toMatchObject(done)
    expect(await enter('91220501MA00000114')).toMatchObject({ refused: 'has-left' })
  })

  test('has nobody standing behind it from the day after', async () => {
    await enter('91220501MA00000121', 'backed')
    const assign = async (id: string, leader: string, from: string, to?: string) =>
      t.done(
        await t.as('du'),
        'assignment',
        'assign',
        { enterprise: 'backed', leader, unit: 'tax', from, ...(to !== undefined && { to }) },
        id,
      )
    await assign('bf-now', 'ling', '2026-01-05', '2026-12-31')
    await assign('bf-short', 'tou', '2026-01-05', '2026-02-11')
    await assign('bf-to-come', 'ling', '2027-01-05', '2027-12-31')
    expect(await give('gui', 'leave', { reason: '注销' }, 'backed')).toMatchObject(done)
    for (const id of ['bf-now', 'bf-short'])
      expect((await recordOf(id, 'assignment')).state).toMatchObject({ phase: 'standing', to: '2026-02-11' })
    // What was to come is called off.
    expect((await recordOf('bf-to-come', 'assignment')).state).toMatchObject({ phase: 'ended', to: '2026-02-11' })
  })
})

describe('figures', () => {
  const fact = { fact: 'staff', value: 400, unit: 'person', period: '2025', source: '统计局', observedAt: '2026-01-05' }
  const observe = (person: string, ...facts: object[]) => give(person, 'observe', { facts }, 'e1')
  const factsOf = async () => (await recordOf('e1')).state['facts']

  test('that an enterprise gives of itself say so, and stand below those of an office of the same period', async () => {
    const revenue = { ...fact, fact: 'revenue', value: 1e6, unit: 'wan-yuan' }
    expect(await observe('gui', { ...fact, value: 10 }, revenue)).toMatchObject(done)
    expect((await recordOf('e1')).facets['size']).toBe('微型')
    expect(await observe('qi', { ...fact, value: 2000, observedAt: '2026-02-01' })).toMatchObject(done)
    expect(await factsOf()).toContainEqual({ ...fact, value: 2000, source: '企业自报', observedAt: '2026-02-11' })
    expect((await recordOf('e1')).facets['size']).toBe('微型')
    // What is said again on the same day is nothing new, whatever source is named.
    expect(await observe('qi', { ...fact, value: 2000, source: '税务局' })).toMatchObject({ refused: 'nothing-new' })
    expect(await observe('gui', { ...fact, value: 400 })).toMatchObject(done)
    expect((await recordOf('e1')).facets['size']).toBe('中型')
  })

  test('are whole where persons are counted, and of days that can be', async () => {
    for (const [over, refused, field, about] of [
      [{ value: 12.5 }, 'not-whole', 'facts.0.value', undefined],
      [{ period: '1948' }, 'date-too-early', 'facts.0.period', { earliest: '1949' }],
      [{ observedAt: '2024-12-31' }, 'date-too-early', 'facts.0.observedAt', { earliest: '2025-01-01' }],
    ] as const)
      expect(await observe('gui', { ...fact, ...over })).toMatchObject({ refused, field, ...(about && { about }) })
    expect(await observe('gui', { ...fact, fact: 'assets', unit: 'wan-yuan', value: 12.5 })).toMatchObject(done)
    expect(await observe('gui', { ...fact, period: '1949', observedAt: '1949-01-01' })).toMatchObject(done)
  })

  test('nor was anything registered before 1800', async () => {
    expect(await enter('91220501MA00000131', undefined, { registeredOn: '1799-12-31' })).toMatchObject({
      refused: 'date-too-early',
      field: 'registeredOn',
      about: { earliest: '1800-01-01' },
    })
    expect(await enter('91220501MA00000131', undefined, { registeredOn: '1800-01-01' })).toMatchObject(done)
  })
})
