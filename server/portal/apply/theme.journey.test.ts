// Somebody founds an enterprise by one form on a phone without JavaScript, and sees on one page how far each item is.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishMixed } from '../../../tests/mixed-theme.ts'
import { faults, overflow, PHONE, stage, type Stage } from '../../../tests/page.ts'

let s: Stage
let page: Page
// Each page is looked at by a script, in a window that runs scripts.
let other: Page
beforeAll(async () => {
  s = await stage()
  await publishMixed(s.server.town)
  page = await s.open('qi', { viewport: PHONE, javaScriptEnabled: false })
  other = await s.open('qi', { viewport: PHONE })
})
afterAll(() => s.close())

const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
const words = async () => (await page.locator('main').textContent())!.replaceAll(/\s+/g, ' ')
const look = async (what: string) => {
  await other.goto(page.url())
  expect(await faults(other), what).toEqual([])
  expect(await overflow(other), what).toBeLessThanOrEqual(0)
}

test('the list of items leads to the theme, which says what it spares', async () => {
  await page.goto(`${s.server.origin}/items`)
  await page.getByRole('link', { name: '测试开办一件事' }).click()
  expect(await words()).toContain('合并后 4 项')
  await look('start')
  await press('开始填写')
  await look('tasks')
})

test('one thing a page, each asked once, to the confirmation', async () => {
  await page.getByRole('link', { name: '办理的事项' }).click()
  await page.getByLabel('测试发票领用').check()
  await look('items')
  await press('保存并继续')
  await page.getByLabel('首次领用').check()
  await look('situations')
  await press('保存并继续')
  await page.getByLabel('通化e1公司').check()
  await press('保存并继续')
  await page.getByLabel('企业名称栏').fill('测试公司')
  await page.getByLabel('法定代表人').fill('测试某')
  await press('保存并继续')
  await look('papers')
  const file = { name: '测试.txt', mimeType: 'text/plain', buffer: Buffer.from('测试内容\n') }
  await page.locator('input[name="pages.M-1-new"]').setInputFiles(file)
  await page.locator('input[name="pages.M-3-new"]').setInputFiles(file)
  await press('保存并继续')
  await page.getByLabel('窗口领取').check()
  await press('保存并继续')
  await look('check')
  await press('提交')
  expect(await words()).toMatch(/已提交：测试开办一件事 .*各单位同时办理/)
  await look('done')
})

test('and one page on which all of them stand', async () => {
  await page.getByRole('link', { name: '查看这件事项' }).click()
  const said = await words()
  expect(said).toMatch(/3 个事项已办结 0 个/)
  for (const name of ['测试设立登记', '测试刻章备案', '测试发票领用']) expect(said).toContain(`${name} · 通化e1公司`)
  await look('progress')
})
