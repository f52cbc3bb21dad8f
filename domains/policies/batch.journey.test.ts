// Payments in a browser: approved claims put into a batch together, sent by a second person, settled by its receipt; and a model of decisions, out and in.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSheet } from '../../server/sheet/index.ts'
import { dictionaryLaid, given, observed, policyInForce } from '../../tests/benefit.ts'
import { desks, find } from '../../tests/desk.ts'
import { faults, overflow, PHONE, stage, type Stage } from '../../tests/page.ts'

let s: Stage
let benefit: string
let tiered: string
const after = '2026-03-02T10:00:00.000+08:00'
beforeAll(async () => {
  s = await stage()
  const t = s.server.town
  await dictionaryLaid(t)
  const policy = await policyInForce(t)
  benefit = await given(t, policy)
  const other = await given(t, policy, { name: '测试贴息' })
  tiered = await given(t, policy, {
    name: '测试分档',
    amount: undefined,
    tiers: [
      { when: '研发费用 < 500', amount: '1000' },
      { when: '研发费用 >= 500', amount: '2000' },
    ],
  })
  for (const firm of ['e1', 'e2']) await observed(t, firm, '1000')
  const [hao, tou, qi] = [await t.as('hao'), await t.as('tou'), await t.as('qi')]
  const claims: string[] = []
  for (const [of, enterprise] of [
    [benefit, 'e1'],
    [benefit, 'e2'],
    [other, 'e1'],
  ] as const) {
    const { id } = (await t.done(hao, 'claim', 'list', { benefit: of, enterprise, year: '2026' })).done
    await t.done(hao, 'claim', 'consent', { evidence: '测试' }, id)
    await t.done(hao, 'claim', 'publicise', {}, id)
    claims.push(id)
  }
  t.set(after)
  for (const id of claims) await t.done(tou, 'claim', 'approve', {}, id)
  await t.done(qi, 'profile', 'bank', { enterprise: 'e1', bank: '测试银行', number: '22001234567890' }, 'e1')
})
afterAll(() => s.close())
const { open, ask, show } = desks(() => s)

async function sound(page: Page) {
  await page.evaluate(() => scrollTo(0, 0))
  expect(await faults(page)).toEqual([])
  expect(await overflow(page)).toBeLessThanOrEqual(0)
}
const idOf = (page: Page) => decodeURIComponent(page.url().split('/').at(-1)!)

test('approved claims are paid in a batch, and what the bank sends back goes into the next', async () => {
  const page = await open('hao', 'new/batch/open')
  const form = page.getByRole('form')
  const opened = async (name: string) => {
    await find(page, '兑现单位', 'tax')
    await page.getByLabel('批次号').fill(name)
    await form.getByRole('button', { name: '新建拨付批次' }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    return idOf(page)
  }
  const enlist = async (batch: string) => {
    await page.getByRole('button', { name: '列入拨付批次' }).click()
    await find(page, '拨付批次', batch)
    await form.getByRole('button', { name: '列入拨付批次' }).click()
  }
  const first = await opened('测拨1号')

  // Three are chosen together: of one the account is not known, and it says which.
  await page.goto(`${s.server.origin}/desk/claims?tab=approved`)
  await page.getByRole('button', { name: '选择', exact: true }).click()
  await page.getByRole('button', { name: '全选' }).click()
  await page.getByRole('heading', { name: '已选 3 件' }).waitFor()
  await enlist('测拨1号')
  await page
    .getByRole('alert')
    .getByText(/e2公司.*还没有登记收款账户/)
    .waitFor()
  await page.getByRole('heading', { name: '已选 1 件' }).waitFor()
  await sound(page)
  await ask('bie', '/api/records/profile/e2/bank', { enterprise: 'e2', bank: '测试银行', number: '33001234567890' })
  await form.getByRole('button', { name: '列入拨付批次' }).click()
  await page.getByRole('status').getByText('已列入拨付批次 1 件').waitFor()

  const head = await open('tou', `record/batch/${first}`)
  await head.getByRole('button', { name: '复核送出' }).click()
  await head.getByRole('form').getByText('送出后不能再改').waitFor()
  await head.getByRole('form').getByRole('button', { name: '复核送出' }).click()
  const file = head.getByRole('link', { name: '下载拨付文件' })
  await file.waitFor()
  await sound(head)
  const [download] = await Promise.all([head.waitForEvent('download'), file.click()])
  const rows: string[][] = []
  for await (const row of readSheet(await download.path(), { maxRows: 10, maxColumns: 10 }))
    rows.push(row.cells.map((cell) => String(cell?.value ?? '')))
  expect(rows.map((row) => row.slice(0, 4).join(' '))).toEqual(
    expect.arrayContaining(['通化e2公司 测试银行 33001234567890 10000', '合计 30000']),
  )

  await page.goto(`${s.server.origin}/desk/record/batch/${first}`)
  await page.getByRole('button', { name: '登记回单' }).click()
  await form.getByLabel('国库回单号').fill('测国库001')
  await form.getByLabel('拨付日期').fill('2026-03-03')
  await form.getByRole('button', { name: '添加退票' }).click()
  await find(page, '兑现件', 'e2')
  await form.getByLabel('理由').fill('测试：账号有误')
  await form.getByRole('button', { name: '登记回单' }).click()
  await form.getByText('拨付日期还没有到').first().waitFor()
  expect(await form.getByLabel('拨付日期').getAttribute('aria-invalid')).toBe('true')
  await sound(page)
  await form.getByLabel('拨付日期').fill('2026-03-02')
  await form.getByRole('button', { name: '登记回单' }).click()
  await page.getByText('已登记回单').first().waitFor()
  await sound(page)
  const fund = await show('hao', 'fund', benefit)
  expect(fund['facts']).toMatchObject({ free: 8_000_000, reserved: 1_000_000, paid: 1_000_000 })
  await page.goto(`${s.server.origin}/desk/record/fund/${benefit}`)
  await page.getByText('10,000.00 元').first().waitFor()
  await sound(page)

  // What came back is put into the next one; on a phone it can be done, too.
  await page.goto(`${s.server.origin}/desk/new/batch/open`)
  const next = await opened('测拨2号')
  await page.setViewportSize(PHONE)
  await page.goto(`${s.server.origin}/desk/claims?tab=approved`)
  await page.getByRole('link', { name: /e2公司/ }).click()
  await page.getByText('测试：账号有误').first().waitFor()
  await enlist('测拨2号')
  await page.getByRole('status').getByText('已列入拨付批次').waitFor()
  await sound(page)
  expect((await show('hao', 'batch', next))['facts']).toMatchObject({ count: 1, total: 1_000_000 })
})

test('conditions and amount go out as a model of decisions and come back; a broken file is refused by its place', async () => {
  const page = await open('zheng', `record/benefit/${benefit}`)
  const link = page.getByRole('link', { name: '导出决策模型' })
  await link.waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const saved = readFileSync(await download.path(), 'utf8')
  const form = page.getByRole('form')
  const hand = async (text: string) => {
    const file = { name: '测试.dmn', mimeType: 'application/xml', buffer: Buffer.from(text) }
    await form.getByLabel('决策模型文件').setInputFiles(file)
    await form.getByText('测试.dmn').waitFor()
    await form.getByRole('button', { name: '读入决策模型' }).click()
  }
  await page.getByRole('button', { name: '读入决策模型' }).click()
  await form.getByRole('button', { name: '读入决策模型' }).click()
  await form.getByRole('alert').first().waitFor()
  await hand(saved.replace('</decision>', '</decisio>'))
  await form
    .getByText(/第 \d+ 行第 \d+ 个字起读不懂/)
    .first()
    .waitFor()
  await sound(page)
  await page.setViewportSize(PHONE)
  await sound(page)
  await hand(saved.replace('研发费用 &gt;= 100', '研发费用 &gt;= 90'))
  await form.waitFor({ state: 'detached' })
  await page.getByText('研发费用 >= 90').first().waitFor()
  expect(page.problems.filter((one) => !one.includes('status of 422'))).toEqual([])
})

test('tiers are tried out each by itself on the sand table, and what they leave out is said', async () => {
  const page = await open('zheng', `record/benefit/${tiered}`)
  const cost = page.locator('.reach .pair').filter({ hasText: '一次全部兑付需要' })
  const second = page.getByRole('group', { name: '第 2 档' })
  await cost.getByText('4,000.00 元').waitFor()
  await second.getByLabel('金额（元）').fill('3000')
  await cost.getByText('6,000.00 元').waitFor()
  await second.getByLabel('条件').fill('研发费用 >= 600')
  await page.getByText(/分档没有包括所有符合条件的企业，例如：研发费用 = \d+/).waitFor()
  await page.setViewportSize(PHONE)
  await sound(page)
  await page.getByRole('button', { name: '恢复原文' }).click()
  await cost.getByText('4,000.00 元').waitFor()
})
