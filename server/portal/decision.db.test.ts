// Licensing decisions as anybody may consult them: what is on the list, what never is, and what of it may be known of a person.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../../kernel/access.ts'
import { compareFigures } from '../../store/compare.ts'
import { findRecord } from '../../store/read.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { figureValue } from '../../store/tally.ts'
import { itemContent as content } from '../../tests/item.ts'
import { openPaper } from '../paper.ts'
import { served, type Served } from '../../tests/served.ts'
import { readSheet } from '../sheet/index.ts'

let s: Served
const folder = mkdtempSync(join(tmpdir(), 'lj-decisions-'))
const [LICENCE, REGISTER] = ['11220500TAX00001', '11220500TAX00002']

beforeAll(async () => {
  s = await served()
  for (const [code, type] of [
    [LICENCE, 'licence'],
    [REGISTER, 'confirmation'],
  ] as const) {
    const hao = await s.town.as('hao')
    const text = {
      ...content,
      audience: ['enterprise', 'natural-person'],
      name: `测试${type}`,
      type,
      situations: [],
      materials: [],
      fields: [],
      commitment: true,
    }
    await s.town.done(hao, 'item', 'list', { ...text, code, unit: 'tax' })
    await s.town.done(hao, 'version', 'submit', {}, `${code}-V1`)
    await s.town.done(await s.town.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${code}-V1`)
  }
})
afterAll(async () => {
  await s.close()
  rmSync(folder, { recursive: true, force: true })
})

const approved = (number?: string) => ({
  outcome: 'approved',
  results: content.results.map(({ result }) => ({
    result,
    ...(number !== undefined && { number, validTo: '2029-02-10' }),
  })),
})
const denied = { outcome: 'denied', reasons: '测试理由写明的是张三丰的个人情况。', results: [] }

async function examined(applicant: object, code = LICENCE): Promise<string> {
  const gui = await s.town.as('gui')
  const { done } = await s.town.done(gui, 'application', 'submit', {
    item: code,
    version: `${code}-V1`,
    contact: '赵六六',
    phone: '13912345678',
    channel: 'window',
    situations: [],
    answers: [],
    papers: [],
    delivery: 'courier',
    address: '测试路七号',
    ...applicant,
  })
  await s.town.done(await s.town.as('hao'), 'application', 'accept', {}, done.id)
  return done.id
}
async function decided(applicant: object, decision: object, code = LICENCE): Promise<string> {
  const id = await examined(applicant, code)
  await s.town.done(await s.town.as('hao'), 'application', 'decide', decision, id)
  return id
}
const page = async (query = '', person?: string) => (await s.ask(person, 'GET', `/decisions${query}`)).text
const rows = (text: string) => text.split('<tbody>')[1]?.split('<tr>').slice(1) ?? []
const give = async (who: string, id: string, name: string, input: object = {}) =>
  s.town.give(await s.town.as(who), 'disclosure', name, input, id)

test('before anything is decided the page says so, and what is law', async () => {
  const text = await page()
  expect(text).toContain('还没有公开的许可决定')
  expect(text).not.toContain('<table')
  expect((await s.ask(undefined, 'GET', '/')).text).toContain('href="/decisions"')
  expect(text).not.toContain('最长期限')
  const rule = { rule: 'application.disclose', unit: 'working-day', budget: 7, article: '第四十条' }
  await s.town.done(system, 'rule', 'lay', { ...rule, source: '测试意见', from: '2020-01-01' }, 'application.disclose')
  await s.town.done({ ...system, id: 'second' }, 'rule', 'publish', {}, 'application.disclose')
  await s.town.world.cache.refresh()
  expect(await page()).toContain('自决定之日起7个工作日（测试意见）')
})

test('a licence is public with its decision, an organisation by name, a person by surname, and nothing else of them', async () => {
  await decided({ enterprise: 'e1' }, approved('测许〔2026〕1号'))
  const person = await decided({ applicant: '张三丰' }, approved('测许〔2026〕2号'))
  await decided({ applicant: '通化新办测试有限公司' }, approved())
  const text = await page()
  expect(rows(text)).toHaveLength(3)
  const [founding, natural, granted] = ['新办', '张*', 'e1'].map((one) => rows(text).find((row) => row.includes(one)))
  expect(granted).toContain('通化e1公司')
  for (const said of ['测试licence', '测许〔2026〕1号', 'tax局', '2026-02-11', '2029-02-10'])
    expect(granted).toContain(said)
  expect(natural).toContain('张**')
  expect(founding).toContain('通化新办测试有限公司')
  expect(founding).toContain('未注明')
  const secret = /张三|赵六|13912345678|测试路七号|钱某|测试理由/
  expect(text).not.toMatch(secret)
  // The same of every other way to it, for anybody.
  for (const at of ['/api/records/disclosure', `/api/records/disclosure/${person}`, `/record/disclosure/${person}`]) {
    const answer = await s.ask(undefined, 'GET', at)
    expect(answer.status, at).toBe(200)
    expect(answer.text, at).toContain('张**')
    expect(answer.text, at).not.toMatch(secret)
  }
  expect((await s.ask(undefined, 'GET', `/api/records/application/${person}`)).status).toBe(404)
  // No record of the whole name can be found by it.
  expect(rows(await page('?q=张三丰'))).toEqual([])
})

test('that a licence was refused is not published, and no ground is taken for keeping it back', async () => {
  const before = rows(await page()).length
  const id = await examined({ enterprise: 'e2' })
  const hao = await s.town.as('hao')
  const answer = await s.town.give(hao, 'application', 'decide', { ...denied, withheld: 'trade-secret' }, id)
  expect(answer).toMatchObject({ refused: 'not-published', field: 'withheld' })
  await s.town.done(hao, 'application', 'decide', denied, id)
  expect(rows(await page())).toHaveLength(before)
  expect(await findRecord(s.town.world.database, 'town', 'disclosure', id)).toBeUndefined()
})

test('what is no licence is not published, and its decision is not withheld either', async () => {
  const before = rows(await page()).length
  const id = await examined({ enterprise: 'e2' }, REGISTER)
  const hao = await s.town.as('hao')
  const answer = await s.town.give(
    hao,
    'application',
    'decide',
    { ...approved('测备1号'), withheld: 'trade-secret' },
    id,
  )
  expect(answer).toMatchObject({ refused: 'not-published', field: 'withheld' })
  await s.town.done(hao, 'application', 'decide', approved('测备1号'), id)
  expect(rows(await page())).toHaveLength(before)
  expect(await findRecord(s.town.world.database, 'town', 'disclosure', id)).toBeUndefined()
})

test('a decision that is withheld never comes out, and the case says why', async () => {
  const before = rows(await page()).length
  const bad = await examined({ enterprise: 'e1' })
  const hao = await s.town.as('hao')
  const wrong = await s.town.give(hao, 'application', 'decide', { ...approved(), withheld: 'because' }, bad)
  expect(wrong).toMatchObject({ refused: 'invalid-input' })
  await s.town.done(hao, 'application', 'decide', { ...approved('测许密1号'), withheld: 'trade-secret' }, bad)
  expect(rows(await page())).toHaveLength(before)
  expect(await page('?q=测许密1号')).not.toContain('<tbody>')
  // Whoever is signed in and may see it reads the public list here all the same.
  expect(rows(await page('', 'hao'))).toHaveLength(before)
  expect((await s.ask(undefined, 'GET', `/api/records/disclosure/${bad}`)).status).toBe(404)
  expect((await s.ask('hao', 'GET', `/api/records/disclosure/${bad}`)).status).toBe(200)
  const facts = (await s.ask('hao', 'GET', `/api/records/application/${bad}`)).body['facts'] as Record<string, unknown>
  expect(facts['withheld']).toBe('trade-secret')
  expect((await s.ask('hao', 'GET', `/record/application/${bad}`)).text).toContain('涉及商业秘密')
  expect((await s.ask(undefined, 'GET', '/api/records/disclosure/export.xlsx')).text).not.toContain('测许密1号')
})

test('what was published wrongly is taken off by the unit, and put back by its head alone', async () => {
  const id = await decided({ applicant: '王五五' }, approved('测许〔2026〕9号'))
  const why = { withheld: 'personal-privacy', reason: '测试：当事人提出异议。' }
  expect(await give('hui', id, 'withhold', why)).toMatchObject({ refused: 'not-permitted' })
  expect(await give('xiang', id, 'withhold', why)).toMatchObject({ refused: 'not-permitted' })
  expect(await give('hao', id, 'withhold', { reason: '测试' })).toMatchObject({ refused: 'invalid-input' })
  expect(await give('hao', id, 'withhold', why)).not.toHaveProperty('refused')
  expect(await page()).not.toContain('测许〔2026〕9号')
  expect(await give('hao', id, 'publish', { reason: '测试' })).toMatchObject({ refused: 'not-permitted' })
  expect(await give('tou', id, 'publish', { reason: '测试：异议不成立。' })).not.toHaveProperty('refused')
  expect(await page()).toContain('测许〔2026〕9号')
  // Nobody takes part of another’s record by the door of the public.
  expect((await s.ask(undefined, 'POST', `/api/records/disclosure/${id}/withhold`, { input: why })).status).toBe(403)
})

test('it is found by word, unit, item and year, and whatever is asked for is answered', async () => {
  const all = rows(await page()).length
  expect(rows(await page('?q=测许'))).toHaveLength(3)
  expect(rows(await page(`?item=${LICENCE}&unit=tax&year=2026`))).toHaveLength(all)
  expect(rows(await page('?year=2025'))).toEqual([])
  for (const odd of ['?unit=%27--', '?year=20266', '?q=%25%25', '?from=-3&q=测试', '?item=constructor&lang=en'])
    expect((await s.ask(undefined, 'GET', `/decisions${odd}`)).status, odd).toBe(200)
  expect(await page('?lang=en')).toContain('Licences granted')
  expect((await s.ask(undefined, 'GET', `/item/${LICENCE}`)).text).toContain(`/decisions?item=${LICENCE}`)
  expect((await s.ask(undefined, 'GET', `/item/${REGISTER}`)).text).not.toContain('/decisions?item=')
})

test('it is taken along as a table with the same rows', async () => {
  const address = /href="(\/api\/records\/disclosure\/export[^"]+)"/.exec(await page('?q=张'))![1]!
  const response = await fetch(`${s.origin}${address.replaceAll('&amp;', '&')}`)
  expect(response.status).toBe(200)
  const file = join(folder, 'list.xlsx')
  writeFileSync(file, Buffer.from(await response.arrayBuffer()))
  const cells: string[] = []
  for await (const row of readSheet(file, { maxRows: 100, maxColumns: 30 }))
    cells.push(row.cells.map((cell) => String(cell?.value ?? '')).join('|'))
  expect(cells).toHaveLength(2)
  expect(cells[0]).toContain('申请人')
  expect(cells[1]).toContain('张**')
  expect(cells[1]).not.toMatch(/张三|13912345678/)
})

test('pages are turned, and nobody is on two of them', async () => {
  for (let n = 0; n < 22; n++) await decided({ enterprise: 'e2' }, approved(`测页${n}号`))
  const first = await page()
  expect(rows(first)).toHaveLength(20)
  const next = /class="button second" href="([^"]+)"/.exec(first)![1]!.replaceAll('&amp;', '&')
  const second = (await s.ask(undefined, 'GET', next)).text
  const numbers = (text: string) => [...text.matchAll(/测页\d+号/g)].map(([one]) => one)
  expect(new Set([...numbers(first), ...numbers(second)]).size).toBe(22)
  expect(numbers(second).some((one) => numbers(first).includes(one))).toBe(false)
})

test('a revoked decision stays and says so; what is counted is what is there', async () => {
  const id = await decided({ enterprise: 'e2' }, approved('测许撤1号'))
  await s.town.done(system, 'disclosure', 'revoke', {}, id)
  expect(await page('?q=测许撤1号')).toContain('2026-02-11 撤销')
  expect(await s.town.give(system, 'disclosure', 'revoke', {}, id)).toMatchObject({ refused: 'revoked-already' })
  // What was decided before decisions were published has no record: it is revoked all the same.
  expect(await s.town.give(system, 'disclosure', 'revoke', {}, 'BJ260211-0999999')).not.toHaveProperty('refused')
  const figure = s.town.world.registry.figures.get('licence-published-share')!
  const value = await figureValue(s.town.world.database, 'town', figure, { on: '2026-02-11' })
  expect([value.numerator, value.denominator]).toEqual([27, 28])
  const { database, registry, cache } = s.town.world
  expect(await compareFigures(database, 'town', registry.figures.values(), '2026-12-31')).toEqual([])
  expect((await compareRecords(database, 'town', registry, await cache.law(0))).differences).toEqual([])
})

test('whoever verifies a paper reads beside it what is public of the licence, and nothing of one that is withheld', async () => {
  const verified = async (decision: object) => {
    const id = await decided({ enterprise: 'e1' }, decision)
    const { world } = s.town
    const kind = world.registry.kinds.get('application')!
    const opened = await openPaper(world, await s.town.as('hao'), kind, id, '3', 'zh-CN')
    return (await s.ask(undefined, 'GET', `/verify/${id}/3/${opened!.code}`)).text
  }
  const text = await verified(approved('测许〔2026〕77号'))
  for (const word of ['这份许可公开的内容', '通化e1公司', '测许〔2026〕77号', '2029-02-10'])
    expect(text).toContain(word)
  const kept = await verified({ ...approved('测许〔2026〕78号'), withheld: 'trade-secret' })
  expect(kept).toContain('核验')
  expect(kept).not.toContain('测许〔2026〕78号')
})
