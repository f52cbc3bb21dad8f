// Who is entitled to a benefit, at a desk: all of them, those who have become so, those who never claimed it; and on a narrow screen.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dictionaryLaid, given, observed, policyInForce } from '../../tests/benefit.ts'
import { desks } from '../../tests/desk.ts'
import { faults, overflow, PHONE, stage, type Stage } from '../../tests/page.ts'

let s: Stage
let benefit: string
beforeAll(async () => {
  s = await stage()
  const t = s.server.town
  await dictionaryLaid(t)
  benefit = await given(t, await policyInForce(t))
  await observed(t, 'e1', '1000')
})
afterAll(() => s.close())
const { open } = desks(() => s)

test('the office reads by name who may have a benefit, and who is to be asked for what is missing', async () => {
  const page = await open('zheng', `record/benefit/${benefit}`)
  const list = page.getByRole('region', { name: '企业名单' })
  await list.getByRole('link', { name: '通化e1公司' }).waitFor()
  await list.getByText('1 户，截至').waitFor()
  expect(await list.getByRole('link', { name: '导出名单' }).getAttribute('href')).toContain('which=entitled')
  await list.getByLabel('列出哪些企业').selectOption('open')
  await list.getByRole('link', { name: '通化e2公司' }).waitFor()
  await list.getByLabel('列出哪些企业').selectOption('new')
  await list.getByText('没有这样的企业。').waitFor()
  await list.getByText('此前的情况没有记录').waitFor()
  await observed(s.server.town, 'e2', '500')
  await page.reload()
  await list.getByLabel('列出哪些企业').selectOption('new')
  await list.getByRole('link', { name: '通化e2公司' }).waitFor()
  await list.getByLabel('列出哪些企业').selectOption('unclaimed')
  await list.getByText('2 户，截至').waitFor()
  expect(await faults(page)).toEqual([])
  const small = await open('zheng', `record/benefit/${benefit}`, { viewport: PHONE })
  await small.getByRole('region', { name: '企业名单' }).getByRole('link', { name: '通化e1公司' }).waitFor()
  expect(await faults(small)).toEqual([])
  expect(await overflow(small)).toBeLessThanOrEqual(0)
})
