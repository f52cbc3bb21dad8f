// The ladder in a browser: a rung drafted with a slip and published by a second person, a recognition confirmed, and coaching asked for on a phone.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dictionaryLaid, observed } from '../../tests/benefit.ts'
import { desks, find } from '../../tests/desk.ts'
import { faults, overflow, PHONE, stage, type Stage } from '../../tests/page.ts'

let s: Stage
beforeAll(async () => {
  s = await stage()
  const t = s.server.town
  await dictionaryLaid(t)
  await observed(t, 'e1', '1000')
  await observed(t, 'e2', '90')
  await observed(t, 'e2', '800', '营业收入')
})
afterAll(() => s.close())
const { open, give } = desks(() => s)

/** A command that says what it will do before it is done. */
async function confirmed(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('form', { name }).getByRole('button', { name, exact: true }).click()
}

const NAME = '测试先进级'

async function sound(page: Page) {
  await page.evaluate(() => scrollTo(0, 0))
  expect(await faults(page)).toEqual([])
  expect(await overflow(page)).toBeLessThanOrEqual(0)
}

test('a rung with a wrong rule is refused where it is wrong, mended, and published by a second person', async () => {
  const page = await open('zheng', 'new/rung/draft')
  const form = page.getByRole('form', { name: '拟定层级' })
  const fill = (label: string, value: string) => form.getByLabel(label, { exact: true }).fill(value)
  await fill('名称', NAME)
  await find(page, '培育单位', 'tax局')
  await form.getByLabel('市级').check()
  await fill('依据文件', '测试〔2026〕1号')
  await fill('条', '第一条')
  await fill('把握程度', '测试')
  await fill('条件', '研发费 >= 100')
  await fill('施行日期', '2025-01-01')
  await form.getByRole('button', { name: '拟定层级' }).click()
  await page.getByText('数据目录中没有“研发费”，相近的是“研发费用”。').first().waitFor()
  await sound(page)
  await fill('条件', '研发费用 >= 100 and 营业收入 >= 500')
  await form.getByRole('button', { name: '拟定层级' }).click()
  await page.getByRole('heading', { level: 1, name: NAME }).waitFor()
  // The form is gone, and the focus is not lost with it.
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('main')
  await sound(page)
  expect(await page.getByRole('button', { name: '发布' }).count()).toBe(0)
  const second = await open('ce')
  // By the keyboard alone: what the row has no room for stands under one button.
  const all = second.getByRole('button', { name: '全部', exact: false }).first()
  await all.press('Enter')
  await sound(second)
  await second.keyboard.press('Escape')
  expect(await all.getAttribute('aria-expanded')).toBe('false')
  await second.keyboard.press('Enter')
  await second.getByRole('navigation', { name: '全部' }).getByRole('link', { name: '梯度层级' }).press('Enter')
  await second.getByRole('heading', { level: 1, name: '梯度层级' }).waitFor()
  expect(await second.evaluate('document.activeElement.id')).toBe('main')
  await second.goto(`${s.server.origin}/desk/list/rung`)
  await second.getByRole('link', { name: NAME }).first().click()
  await confirmed(second, '发布')
  await second.getByText('施行中').first().waitFor()
  await sound(second)
})

test('a recognition is entered with its proof, confirmed by a second person, and the funnel opens to it', async () => {
  const page = await open('hao', 'new/recognition/note')
  const form = page.getByRole('form', { name: '登记认定' })
  const fill = (label: string, value: string) => form.getByLabel(label, { exact: true }).fill(value)
  await find(page, '层级', NAME)
  await find(page, '企业', 'e1')
  await fill('文号或者证书号', '测试公告〔2026〕1号')
  await fill('作出日期', '2026-02-10')
  await form.getByRole('button', { name: '登记认定' }).click()
  await page.getByText('请写明凭据或者附上文件，没有凭据不能登记。').first().waitFor()
  await form.getByLabel('凭据').first().fill('名单第 3 号测试')
  await form.getByRole('button', { name: '登记认定' }).click()
  await page.getByText('待确认').first().waitFor()
  expect(await page.getByRole('button', { name: '确认', exact: true }).count()).toBe(0)
  await sound(page)
  const second = await open('tou', 'recognitions')
  await second.getByRole('link', { name: NAME }).first().click()
  await confirmed(second, '确认')
  await second.getByText('有效', { exact: true }).first().waitFor()
  await sound(second)
  // Two windows on one record: the step that the other took is gone, and that is said.
  await page.getByRole('button', { name: '登记复核或者再次认定' }).click()
  await page.getByLabel('文号或者证书号', { exact: true }).fill('测试复核1号')
  const id = decodeURIComponent(page.url().split('/').at(-1)!)
  const withdrawn = { number: '测试撤销1号', on: '2026-02-11', reason: '测试', proof: '测试' }
  await give('tou', id, 'withdraw', withdrawn, 'recognition')
  await page.getByText('“登记复核或者再次认定”现在不能办理').waitFor()
  expect(await page.evaluate('document.activeElement.id')).toBe('title')
  await give('hao', id, 'dismiss', { reason: '测试' }, 'recognition')
  const head = await open('tou', 'ladder')
  const row = head.getByRole('row').filter({ hasText: NAME })
  const cells = async () => (await row.getByRole('cell').allTextContents()).map((one) => one.trim())
  await row.waitFor()
  expect(await cells()).toEqual(['1', '0', '1', '0', '0', '1', '0'])
  await sound(head)
  await row.getByRole('cell').nth(2).getByRole('link').click()
  await head.getByText('研发费用 >= 100').waitFor()
  await head.getByRole('link', { name: '提出培育' }).waitFor()
  await head.setViewportSize(PHONE)
  expect(await head.evaluate('document.activeElement.textContent')).toContain('只差一条（1）')
  await sound(head)
  await sound(head)
  await row.getByRole('cell').nth(0).getByRole('link').click()
  await head
    .getByRole('link', { name: new RegExp(NAME) })
    .first()
    .waitFor()
  await sound(head)
})

test('on a phone an enterprise sees what the rung takes, and asks for coaching', async () => {
  const page = await s.open('bie', { viewport: PHONE })
  const words = async () => (await page.locator('main').textContent())!.replaceAll(/\s+/g, ' ')
  await page.goto(`${s.server.origin}/ladder`)
  expect(await words()).toMatch(/还不符合/)
  await page.getByText('为什么').click()
  expect(await words()).toContain('最近的差距：研发费用从 90 万元 变为 100 万元')
  await sound(page)
  await page.getByRole('button', { name: '申请培育' }).click()
  expect(await words()).toContain('培育中')
  await sound(page)
})
