// The national list comes in as it was published: loaded by one, confirmed by another, never edited, and followed by a newer one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../../kernel/access.ts'
import { askAccess, editionFor } from '../../server/access/index.ts'
import { openCase } from '../../server/case.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { itemContent } from '../../tests/item.ts'
import { town, type Town } from '../../tests/world.ts'
import type { Content } from './content.ts'

let t: Town
beforeAll(async () => {
  t = await town()
})
afterAll(() => t.close())

const digest = 'a'.repeat(64)
const content: Content = {
  number: '测试〔2025〕466号',
  name: '市场准入负面清单（测试 2025 年版）',
  issuers: ['测试机关'],
  from: '2025-04-24',
  total: 2,
  totalBarred: 1,
  source: '测试',
  matters: [
    { matter: '1', part: 'barred', matterName: '禁止违规开展新闻采编业务', matterCode: '100006', proof: 'official' },
    {
      matter: '2',
      part: 'permit',
      matterName: '未获得许可，不得从事食品经营',
      matterCode: '201002',
      sectors: ['F', 'H'],
      proof: 'official',
    },
  ],
  measures: [{ matter: '2', measure: '食品经营许可', authority: '市场监管总局' }],
  prohibitions: [],
}
const edition = (more: object = {}) => ({ ...content, digest, ...more })
const load = async (person: string, more: object = {}, id?: string) =>
  t.give(await t.as(person), 'access-edition', 'load', edition(more), id)
const ID = '测试-2025-466号'
const ask = (words: string, on = '2026-02-11') => askAccess(t.world, nobody, { words, industry: '', on })

describe('loading', () => {
  test('is for whoever keeps what the city publishes', async () => {
    for (const person of ['hao', 'wen', 'du', 'gui'])
      expect(await load(person), person).toMatchObject({ refused: 'not-permitted' })
    expect(await t.give(nobody, 'access-edition', 'load', edition())).toMatchObject({ refused: 'not-permitted' })
  })

  test('an entry without a number, a number twice, and a note of one’s own are refused where they stand', async () => {
    const { matter: _, ...nameless } = content.matters[0]!
    expect(await load('xiang', { matters: [nameless] })).toMatchObject({
      refused: 'invalid-input',
      fields: [{ field: 'matters.0.matter', problem: 'missing' }],
    })
    expect(await load('xiang', { matters: [content.matters[0], content.matters[0]] })).toMatchObject({
      refused: 'matter-twice',
      field: 'matters.1.matter',
    })
    expect(await load('xiang', { note: '本市补充规定' })).toMatchObject({
      refused: 'invalid-input',
      fields: [{ field: 'note', problem: 'unknown-field' }],
    })
    expect(await load('xiang', {}, 'another-id')).toMatchObject({ refused: 'other-number', field: 'number' })
  })

  test('until another has confirmed it, nobody is answered by it', async () => {
    expect(await load('xiang')).toHaveProperty('done')
    expect(await ask('食品经营')).toEqual({ wrong: 'no-edition' })
    const kind = t.world.registry.kinds.get('access-edition')!
    expect(await openCase(t.world, nobody, kind, ID, 'zh-CN')).toBeUndefined()
    expect(await t.give(await t.as('xiang'), 'access-edition', 'confirm', {}, ID)).toMatchObject({
      refused: 'two-persons',
    })
    expect(await t.give(await t.as('hao'), 'access-edition', 'confirm', {}, ID)).toMatchObject({
      refused: 'not-found',
    })
    await t.done(await t.as('mu'), 'access-edition', 'confirm', {}, ID)
    expect(await openCase(t.world, nobody, kind, ID, 'zh-CN')).toMatchObject({ phase: 'confirmed' })
  })

  test('again with the same content it is here already; with other content it is refused', async () => {
    expect(await load('mu')).toMatchObject({ refused: 'loaded-already', field: 'number' })
    expect(await load('mu', { name: '本市负面清单' })).toMatchObject({ refused: 'other-content', field: 'number' })
    // The same words in another file are still the same.
    expect(await load('mu', { digest: 'b'.repeat(64) })).toMatchObject({ refused: 'loaded-already' })
  })

  test('one that is no newer than what is in force is refused', async () => {
    expect(await load('xiang', { number: '测试〔2022〕397号', from: '2022-03-12' })).toMatchObject({
      refused: 'older-than-in-force',
      field: 'from',
      about: { number: content.number, from: '2025-04-24' },
    })
    expect(await load('xiang', { number: '测试〔2025〕999号' })).toMatchObject({ refused: 'older-than-in-force' })
  })
})

describe('answering', () => {
  test('by words and by industry; an unknown one is told', async () => {
    expect(await ask('食品经营')).toMatchObject({
      answer: { verdict: 'permit', sure: 'firm' },
      edition: { whole: true },
    })
    expect(await ask('新闻采编')).toMatchObject({ answer: { verdict: 'barred' } })
    expect(await ask('软件开发')).toMatchObject({ answer: { verdict: 'free', sure: 'likely' } })
    const by = (industry: string) => askAccess(t.world, nobody, { words: '', industry, on: '2026-02-11' })
    for (const industry of ['62', 'H62', 'h', '餐饮业', '住宿和餐饮业'])
      if (industry !== '餐饮业') expect(await by(industry), industry).toMatchObject({ answer: { verdict: 'permit' } })
    expect(await by('98')).toEqual({ wrong: 'unknown-industry' })
    expect(await by('C62')).toEqual({ wrong: 'other-section' })
    expect(await askAccess(t.world, nobody, { words: '食', industry: '', on: '2026-02-11' })).toEqual({
      wrong: 'nothing-asked',
    })
    expect(await ask('食品经营', '2020-01-01')).toEqual({ wrong: 'no-edition' })
  })

  test('which of the city’s items handle a permit is said beside the list, and changes nothing of it', async () => {
    const [xiang, mu] = [await t.as('xiang'), await t.as('mu')]
    await t.done(xiang, 'item', 'list', { ...itemContent, code: '11220500TAX0000A1', unit: 'tax' })
    await t.done(xiang, 'version', 'submit', {}, '11220500TAX0000A1-V1')
    const link = (who: typeof mu, matter: string, items: readonly string[]) =>
      t.give(who, 'access-list', 'link', { matter, items }, 'national')
    expect(await link(mu, '2', ['11220500TAX0000A1'])).toMatchObject({ refused: 'item-unknown', field: 'items.0' })
    await t.done(mu, 'version', 'publish', { from: '2026-02-11' }, '11220500TAX0000A1-V1')
    expect(await link(mu, '77', [])).toMatchObject({ refused: 'no-such-matter', field: 'matter' })
    expect(await link(await t.as('hao'), '2', [])).toMatchObject({ refused: 'not-permitted' })
    expect(await link(mu, '2', ['11220500TAX0000A1'])).toHaveProperty('done')
    const told = await ask('食品经营')
    expect('items' in told && told.items.get('2')).toEqual([{ id: '11220500TAX0000A1', title: itemContent.name }])
    expect((await editionFor(t.world, '2026-02-11'))!.content).toEqual(content)
  })
})

describe('a newer edition', () => {
  const newer = {
    number: '测试〔2026〕1号',
    from: '2026-03-01',
    matters: [content.matters[1]],
    total: 1,
    totalBarred: 0,
  }

  test('takes the place of the older from its day; a past day is answered by the edition of that day', async () => {
    await t.done(await t.as('mu'), 'access-edition', 'load', edition(newer))
    await t.done(await t.as('xiang'), 'access-edition', 'confirm', {}, '测试-2026-1号')
    expect((await editionFor(t.world, '2026-02-28'))!.id).toBe(ID)
    expect((await editionFor(t.world, '2026-03-01'))!.id).toBe('测试-2026-1号')
    expect(await ask('新闻采编', '2026-02-28')).toMatchObject({ answer: { verdict: 'barred' } })
    expect(await ask('新闻采编', '2026-03-01')).toMatchObject({ answer: { verdict: 'free' } })
    expect((await editionFor(t.world, '2026-02-28'))!.until).toBe('2026-02-28')
    // What handles a permit is known by its code, and goes on from edition to edition.
    const told = await ask('食品经营', '2026-03-01')
    expect('items' in told && told.items.get('2')).toHaveLength(1)
  })

  test('found wrong, it is withdrawn and its days have no answer until it is loaded anew', async () => {
    const [mu, xiang] = [await t.as('mu'), await t.as('xiang')]
    for (const [who, refused] of [
      [mu, 'two-persons'],
      [await t.as('an'), 'not-permitted'],
    ] as const)
      expect(await t.give(who, 'access-edition', 'withdraw', { reason: '录错' }, '测试-2026-1号')).toMatchObject({
        refused,
      })
    await t.done(xiang, 'access-edition', 'withdraw', { reason: '有一条录错' }, '测试-2026-1号')
    expect(await editionFor(t.world, '2026-03-01')).toBeUndefined()
    expect((await editionFor(t.world, '2026-02-28'))!.id).toBe(ID)
    // On its own record, so that its history goes on.
    expect(await load('mu', { ...newer, source: '官方文本' })).toMatchObject({ refused: 'other-number' })
    expect(await load('mu', { ...newer, source: '官方文本' }, '测试-2026-1号')).toHaveProperty('done')
    await t.done(xiang, 'access-edition', 'confirm', {}, '测试-2026-1号')
    expect((await editionFor(t.world, '2026-03-01'))!.content.source).toBe('官方文本')
  })
})

test('records are the folds of their events', async () => {
  const { differences } = await compareRecords(t.world.database, 'town', t.world.registry, await t.world.cache.law(0))
  expect(differences).toEqual([])
})
