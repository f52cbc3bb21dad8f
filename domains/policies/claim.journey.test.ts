// A benefit in a browser: tried out on the sand table, its list made from data, agreed to on a phone, what is missing supplied and claimed.
import type { Page } from 'playwright-core'
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
  const policy = await policyInForce(t)
  benefit = await given(t, policy)
  await given(t, policy, { name: '测试贴息', rule: '贷款利息 > 0', amount: '贷款利息 * 10000 * 0.01', mode: 'quick' })
  await given(t, policy, { name: '测试大户', rule: '研发费用 >= 9000' })
  await observed(t, 'e1', '1000')
  await observed(t, 'e2', '90')
})
afterAll(() => s.close())
const { open } = desks(() => s)

async function sound(page: Page) {
  await page.evaluate(() => scrollTo(0, 0))
  expect(await faults(page)).toEqual([])
  expect(await overflow(page)).toBeLessThanOrEqual(0)
}

test('the office changes a threshold and sees whom that reaches, and enters those who are entitled', async () => {
  const page = await open('zheng', `record/benefit/${benefit}`)
  const pair = (name: string) => page.locator('.reach .pair').filter({ hasText: name })
  await pair('可以享受').getByText('1 户').waitFor()
  await pair('一次全部兑付需要').getByText('10,000.00 元').waitFor()
  await page.getByText('研发费用 >= 100').last().waitFor()
  await page.getByLabel('研发费用 >=').fill('50')
  await pair('可以享受').getByText('2 户').waitFor()
  await pair('可以享受').getByText('比原文多 1').waitFor()
  await page.getByRole('textbox', { name: '条件' }).fill('研发费 >= 50')
  await page.getByText('数据目录中没有“研发费”，相近的是“研发费用”。').waitFor()
  await sound(page)
  await page.getByRole('button', { name: '恢复原文' }).click()
  await page.getByRole('button', { name: '列入名单（1 户）' }).click()
  await page.getByText('新列入 1 户，此前已列入 0 户，没有列入 0 户。').waitFor()
  await page.getByRole('button', { name: '列入名单（1 户）' }).click()
  // The same list made again is the same list.
  await page.getByText('没有列入 0 户。').waitFor()
  await sound(page)
  const small = await open('zheng', `record/benefit/${benefit}`, { viewport: PHONE })
  await small.getByText('可以享受', { exact: true }).waitFor()
  await sound(small)
})

test('the enterprise agrees on a phone, without JavaScript; what it lacks is asked, and claimed', async () => {
  const page = await s.open('qi', { viewport: PHONE, javaScriptEnabled: false })
  const other = await s.open('qi', { viewport: PHONE })
  const look = async () => {
    await other.goto(page.url())
    await sound(other)
  }
  const words = async () => (await page.locator('main').textContent())!.replaceAll(/\s+/g, ' ')
  await page.goto(`${s.server.origin}/benefits`)
  expect(await words()).toMatch(
    /可以享受 1 测试补助 .*10,000.00 元.*待企业确认 .*补充数据后可以判断 1 测试贴息 .*缺少的数据：贷款利息/,
  )
  await page.getByText('为什么').click()
  expect(await words()).toMatch(
    /研发费用 >= 9000 研发费用：1,000 万元 .*最近的差距：研发费用从 1,000 万元 变为 9,000 万元/,
  )
  await look()
  await page.getByRole('link', { name: '待企业确认' }).click()
  await look()
  await page.getByRole('link', { name: '确认享受' }).first().click()
  await page.getByRole('button', { name: '确认享受' }).click()
  expect(await words()).toContain('已确认，待公示')
  await page.goto(`${s.server.origin}/benefits`)
  await page.getByRole('link', { name: '补充数据' }).click()
  await look()
  await page.getByRole('button', { name: '提交' }).click()
  expect(await words()).toContain('请至少填写一项。')
  await page.locator('input[name="贷款利息"]').fill('很多')
  await page.getByRole('button', { name: '提交' }).click()
  expect(await words()).toContain('内容与数据项的类型不符')
  await look()
  await page.locator('input[name="贷款利息"]').fill('3')
  await page.getByRole('button', { name: '提交' }).click()
  expect(await words()).toMatch(/可以享受 2 .*测试贴息/)
  await page.getByRole('button', { name: '申领' }).click()
  expect(await words()).toMatch(/已确认，待公示/)
  await look()
})
