// Data of enterprises as offices send them: no number in another unit, no column lost in silence, bad cells told, and kept once.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findRecord } from '../../store/read.ts'
import { dictionaryLaid, given, policyInForce } from '../../tests/benefit.ts'
import { served, type Served } from '../../tests/served.ts'
import { readSheet, writeSheet, type SheetRow } from '../sheet/index.ts'

let s: Served
let benefit: string
const folder = mkdtempSync(join(tmpdir(), 'lj-facts-'))
beforeAll(async () => {
  s = await served()
  await dictionaryLaid(s.town)
  benefit = await given(s.town, await policyInForce(s.town))
})
afterAll(async () => {
  await s.close()
  rmSync(folder, { recursive: true, force: true })
})

const [e1, e2] = ['91220500MA0000000A', '91220500MA0000000B']
const titles = [
  '统一社会信用代码',
  '企业名称',
  '年度',
  '数据来源',
  '数据日期',
  '研发费用（万元）',
  '营业收入',
  '高新技术企业',
]
type Cells = readonly (string | number | null)[]

async function sheet(rows: readonly Cells[], header: readonly string[] = titles): Promise<string> {
  const path = join(folder, 'a.xlsx')
  const columns = header.map((title, at) => ({ key: String(at), title }))
  const cells = rows.map((row) => Object.fromEntries(row.map((cell, at) => [String(at), cell])) as SheetRow)
  await writeSheet(path, { sheets: [{ name: '数据', columns, rows: cells }] })
  return path
}
const json = { accept: 'application/json' }
async function checked(path: string, person = 'zheng') {
  const form = new FormData()
  form.set('file', new File([readFileSync(path)], path.split('/').at(-1)!))
  const response = await fetch(`${s.origin}/import?kind=profile`, {
    method: 'POST',
    headers: { cookie: await s.cookie(person), ...json, 'sec-fetch-site': 'same-origin' },
    body: form,
  })
  if (response.status !== 200) return { id: '', state: String(response.status) }
  return settled(((await response.json()) as { id: string }).id)
}
async function settled(id: string) {
  for (let time = 0; time < 300; time++) {
    const { body } = await s.ask('zheng', 'GET', `/import/${id}`, undefined, json)
    if (body['state'] !== 'checking' && body['state'] !== 'entering')
      return body as Record<string, unknown> & { id: string }
    await new Promise((wake) => setTimeout(wake, 50))
  }
  throw new Error('the job never ended')
}
const facts = async (enterprise: string) => {
  const state = (await findRecord(s.town.world.database, 'town', 'profile', enterprise))?.state as unknown
  return ((state as { facts?: readonly object[] } | undefined)?.facts ?? []) as readonly Record<string, string>[]
}

test('are checked without writing, kept when confirmed, and say at once who is entitled; a second time nothing changes', async () => {
  const path = await sheet([
    [e1, '通化e1公司', 2025, '税务局', '2026-02-01', 1000, '12,000.5', '是'],
    [e2, null, '2025年', '税务局', null, 10, null, null],
  ])
  const job = await checked(path)
  expect(job).toMatchObject({ state: 'checked', counts: { entered: 2, changed: 0, rejected: 0 } })
  expect(await facts('e1')).toEqual([])
  await s.ask('zheng', 'POST', `/import/${job.id}/confirm`, '', json)
  expect(await settled(job.id)).toMatchObject({ state: 'entered', counts: { entered: 2 } })
  // Kept under the record of the enterprise, whatever that is called.
  expect(await facts('e1')).toEqual([
    { fact: '研发费用', value: '1000', period: '2025', source: '税务局', observedAt: '2026-02-01' },
    { fact: '营业收入', value: '12000.5', period: '2025', source: '税务局', observedAt: '2026-02-01' },
    { fact: '高新技术企业', value: 'yes', source: '税务局', observedAt: '2026-02-01' },
  ])
  expect(await facts('e2')).toMatchObject([{ value: '10', observedAt: '2026-02-11' }])
  const { body } = await s.ask('zheng', 'GET', `/api/verdicts/${benefit}`)
  expect((body['items'] as readonly { id: string }[]).map(({ id }) => id)).toEqual(['e1'])
  const again = await checked(path)
  expect(again).toMatchObject({ counts: { entered: 0, changed: 0, unchanged: 2 } })
})

test('are told cell by cell where they are wrong', async () => {
  const { counts, problems, id } = (await checked(
    await sheet([
      ['91220502MA000000XX', null, 2025, '税务局', null, 1, null, null],
      ['91220500MA99999999', null, 2025, '税务局', null, 1, null, null],
      [e1, null, null, '税务局', null, 1, null, null],
      [e1, null, 2025, null, null, 1, null, null],
      [e2, null, 2025, '税务局', null, '很多', null, '大概'],
      ['91220500MA0000000C', null, 2025, '税务局', null, null, null, null],
      ['', null, 2025, '税务局', null, 5, null, null],
      [e2, null, 2030, '税务局', null, -3, null, null],
    ]),
  )) as { id: string; counts: object; problems: readonly { row: number; column: string; reason: string }[] }
  expect(counts).toMatchObject({ rejected: 8, entered: 0 })
  const said = problems.map(({ row, column, reason }) => [row, column, reason])
  for (const one of [
    [2, '统一社会信用代码', '这是模板里的示例行，请删除整行，或换成真实的企业。'],
    [4, '年度', '“研发费用”是按年度的数据，请填写四位数的年度。'],
    [5, '数据来源', '请填写数据来源，如“税务局”。'],
    [6, '研发费用（万元）', '应为数字。'],
    [6, '高新技术企业', '请填写“是”或“否”。'],
    [7, '统一社会信用代码', '这一行没有数据。'],
    [8, '统一社会信用代码', '请填写统一社会信用代码。'],
  ])
    expect(said).toContainEqual(one)
  expect(said.find(([row]) => row === 3)?.[1]).toBe('统一社会信用代码')
  // What the door says of a fact stands in its column.
  expect(said.filter(([row]) => row === 9).map(([, column]) => column)).toEqual(['统一社会信用代码'])
  const workbook = await fetch(`${s.origin}/import/${id}/annotated.xlsx`, {
    headers: { cookie: await s.cookie('zheng') },
  })
  expect(workbook.status).toBe(200)
})

test('what only the door knows is told at its cell: out of bounds, a year that has not come', async () => {
  const { problems } = (await checked(
    await sheet([
      [e1, null, 2030, '税务局', null, 5, null, null],
      [e2, null, 2025, '税务局', null, -3, null, null],
    ]),
  )) as unknown as { problems: readonly { row: number; column: string; reason: string }[] }
  expect(problems.map(({ row, column }) => [row, column])).toEqual([
    [2, '年度'],
    [3, '研发费用（万元）'],
  ])
})

test.each([
  ['研发费用（元）', '不认识“研发费用（元）”一列（是否为“研发费用（万元）”？）'],
  ['税收', '不认识“税收”一列'],
  ['职工人数', '不认识“职工人数”一列'],
])('a column %s is refused as a whole and never passed over', async (title, reason) => {
  const job = await checked(await sheet([[e1, 2025, '税务局', 5]], ['统一社会信用代码', '年度', '数据来源', title]))
  expect(job['state']).toBe('refused')
  expect(job['refusal']).toContain(reason)
})

test('are brought in by whoever keeps the list of policies, from a template made of the dictionary', async () => {
  for (const person of ['hao', 'qi', 'wen']) expect((await checked(await sheet([]), person)).state).toBe('404')
  const answer = await fetch(`${s.origin}/import/template.xlsx?kind=profile`, {
    headers: { cookie: await s.cookie('zheng') },
  })
  const path = join(folder, 'template.xlsx')
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()))
  const rows = []
  for await (const row of readSheet(path, { maxRows: 10, maxColumns: 100 }))
    rows.push(row.cells.map(({ value }) => value))
  expect(rows[0]).toEqual([
    ...titles.slice(0, 5),
    '研发费用（万元）',
    '营业收入（万元）',
    '高新技术企业',
    '贷款利息（万元）',
  ])
  // As it is, it is refused: its example is nobody.
  expect(await checked(path)).toMatchObject({ counts: { rejected: 1, entered: 0 } })
})
