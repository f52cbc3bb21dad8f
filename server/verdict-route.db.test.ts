// Who is entitled, asked of the interface: by name and page, since a day, without a claim, as a workbook; and what is asked wrongly.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../kernel/access.ts'
import { dictionaryLaid, given, observed, policyInForce } from '../tests/benefit.ts'
import { served, type Served } from '../tests/served.ts'
import { readSheet } from './sheet/index.ts'

let s: Served
let benefit: string
const folder = mkdtempSync(join(tmpdir(), 'lj-verdicts-'))
beforeAll(async () => {
  s = await served()
  const t = s.town
  await dictionaryLaid(t)
  benefit = await given(t, await policyInForce(t))
  for (let n = 1; n <= 7; n++) {
    const id = `f${n}`
    await t.done(
      system,
      'enterprise',
      'enter',
      {
        uscc: `91220500MC000000${n}X`,
        name: `测试${n}公司`,
        division: '220502',
        industry: '27',
        registeredOn: '2020-02-29',
        private: true,
        evidence: '章程',
        contact: '钱某',
        phone: '13900001234',
      },
      id,
    )
    if (n > 1) await observed(t, id, n === 2 ? '1' : '500')
  }
})
afterAll(async () => {
  await s.close()
  rmSync(folder, { recursive: true, force: true })
})

type Told = { total: number; items: { id: string }[]; next: string | null; since: string; day: string }
async function told(query = '') {
  const response = await fetch(`${s.origin}/api/verdicts/${benefit}${query}`, {
    headers: { cookie: await s.cookie('zheng') },
  })
  return { status: response.status, body: (await response.json()) as Told }
}
const ids = async (query = '') => (await told(query)).body.items.map(({ id }) => id)

test('each once, by name, however many stand on a page', async () => {
  const all = ['f3', 'f4', 'f5', 'f6', 'f7']
  expect(await ids()).toEqual(all)
  expect((await told()).body).toMatchObject({ total: 5, next: null, day: '2026-02-11' })
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await told(`?limit=2&cursor=${cursor}`)
    expect(body.total).toBe(5)
    found.push(...body.items.map(({ id }) => id))
    cursor = body.next
  }
  expect(found).toEqual(all)
  // What nobody has said of them is missing.
  expect(await ids('?which=open')).toEqual(['f1', 'e1', 'e2'])
})

test('those who have become entitled since a day, those who lost it are not among them, and nothing is known of before the first day', async () => {
  const t = s.town
  expect((await told('?which=new&since=2026-01-01')).body).toMatchObject({ total: 0, since: '2026-02-11' })
  t.set('2026-02-12T10:00:00.000+08:00')
  await observed(t, 'e1', '900')
  expect(await ids('?which=new&since=2026-02-12')).toEqual(['e1'])
  t.set('2026-02-13T10:00:00.000+08:00')
  await observed(t, 'e2', '900')
  await t.done(system, 'enterprise', 'leave', { reason: '测试' }, 'f7')
  expect(await ids('?which=new&since=2026-02-13')).toEqual(['e2'])
  expect(await ids('?which=new&since=2026-02-12')).toEqual(['e1', 'e2'])
  expect(await ids()).not.toContain('f7')
  // Whoever is back the same day has lost nothing.
  await t.done(system, 'enterprise', 'restore', { reason: '测试' }, 'f7')
  expect(await ids('?which=new&since=2026-02-13')).toEqual(['e2'])
})

test('whoever has claimed it is no longer unclaimed; counts tell the same of all benefits', async () => {
  expect(await ids('?which=unclaimed')).toContain('f3')
  await s.town.done(await s.town.as('hao'), 'claim', 'list', { benefit, enterprise: 'f3', year: '2026' })
  expect(await ids('?which=unclaimed')).toEqual(['f4', 'f5', 'f6', 'f7', 'e1', 'e2'])
  const { body } = await s.ask('zheng', 'GET', '/api/verdicts')
  expect(body).toMatchObject({
    enterprises: 9,
    items: [{ benefit, entitled: 7, unclaimed: 6, open: 1, not: 1, judged: false }],
  })
})

test('as a workbook, with all of them', async () => {
  const response = await fetch(`${s.origin}/api/verdicts/${benefit}/export.xlsx?which=unclaimed`, {
    headers: { cookie: await s.cookie('zheng') },
  })
  expect(response.status).toBe(200)
  const file = join(folder, 'list.xlsx')
  writeFileSync(file, Buffer.from(await response.arrayBuffer()))
  const rows: string[] = []
  for await (const row of readSheet(file, { maxRows: 100, maxColumns: 9 })) rows.push(String(row.cells[0]?.value))
  expect(rows.slice(1)).toEqual(['f4', 'f5', 'f6', 'f7', 'e1', 'e2'])
})

test.each([
  ['?which=all', 'which'],
  ['?cursor=x', 'cursor'],
  ['?since=2026-02-30', 'since'],
  ['?since=2099-01-01', 'since'],
  ['?limit=0', 'limit'],
  ['?odd=1', 'odd'],
])('%s is refused by its name', async (query, field) => {
  const { status, body } = await told(query)
  expect([400, 422]).toContain(status)
  expect(JSON.stringify(body)).toContain(field)
})
