// Questions that arise from an earlier answer: asked then, needed then, and not sent when they no longer arise.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { served, type Served } from '../../tests/served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(() => s.close())

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (path: string, fields: Record<string, string>) =>
  s.ask(undefined, 'POST', path, new URLSearchParams(fields).toString(), FORM)
const get = async (path: string) => (await s.ask(undefined, 'GET', path)).text

async function begun(matter: string): Promise<string> {
  const at = (await post('/start/appeal/raise', {})).headers.get('location')!
  await post(`${at}/page/problem`, { title: '拖欠货款', body: '验收后一直没有付款。' })
  await post(`${at}/page/sort`, { matter, line: 'legal' })
  await post(`${at}/page/contact`, { phone: '13900001234' })
  await post(`${at}/page/files`, {})
  return at
}

const debt = { debtor: '示例事业单位', debtorKind: 'public', owed: '186,000.50', owedSince: '2025-05-01' }

test('a complaint about arrears is asked what is owed, in yuan, and cannot go without it', async () => {
  const at = await begun('arrears')
  expect(await get(at)).toContain('欠款情况')
  const empty = await post(`${at}/page/arrears`, { debtor: '示例事业单位' })
  expect(empty.status).toBe(422)
  for (const words of ['请选择欠款单位类型', '请填写欠款金额', '请填写应付日期']) expect(empty.text).toContain(words)
  expect((await post(`${at}/page/arrears`, { ...debt, owed: '十八万' })).text).toMatch(/欠款金额[\s\S]*value="十八万"/)
  expect((await post(`${at}/page/arrears`, debt)).headers.get('location')).toBe(`${at}/check`)
  expect(await get(`${at}/check`)).toContain('186,000.50 元')
  const done = await post(`${at}/check`, {})
  const page = await get(done.headers.get('location')!)
  const id = /SQ\d{6}-\w{7}/.exec(page)![0]
  const { rows } = await s.town.world.database.query('select state from record where id = $1', [id])
  const { said } = rows[0]!['state'] as { said: object }
  expect(said).toMatchObject({ matter: 'arrears', owed: 18_600_050, debtorKind: 'public', owedSince: '2025-05-01' })
})

test('an answer to a question that no longer arises is not sent', async () => {
  const at = await begun('arrears')
  await post(`${at}/page/arrears`, debt)
  await post(`${at}/page/sort`, { matter: 'consultation', line: 'legal' })
  expect(await get(at)).not.toContain('欠款情况')
  const done = await post(`${at}/check`, {})
  const id = /SQ\d{6}-\w{7}/.exec(await get(done.headers.get('location')!))![0]
  const { rows } = await s.town.world.database.query('select state from record where id = $1', [id])
  expect(rows[0]!['state']).not.toHaveProperty('said.owed')
})
