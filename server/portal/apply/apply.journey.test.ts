// An enterprise applies for an item, is told what to correct, supplies it, gets its decision and rates it: on a phone, and without JavaScript.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults, overflow, PHONE, stage, WIDE, type Stage } from '../../../tests/page.ts'

let s: Stage
const code = '11220500APLJOURNEY'
beforeAll(async () => {
  s = await stage()
  const paper = { issuer: '市场监管部门', originals: 0, copies: 1, tolerable: false, shared: false }
  const { town } = s.server
  const content = {
    code,
    unit: 'tax',
    name: '测试食品经营许可',
    type: 'licence',
    basis: '测试法第一条',
    level: 'city',
    audience: ['enterprise', 'natural-person'],
    handling: 'within-time',
    statutory: 20,
    statutoryUnit: 'working-day',
    promised: 10,
    promisedUnit: 'working-day',
    conditions: '有固定的经营场所。\n有食品安全管理人员。',
    steps: [{ step: '受理' }, { step: '决定' }],
    situations: [
      { situation: 'S-1', situationName: '新办' },
      { situation: 'S-2', situationName: '变更经营场所' },
    ],
    materials: [
      { ...paper, material: 'M-1', materialName: '营业执照', shared: true },
      { ...paper, material: 'M-2', materialName: '经营场所平面图', tolerable: true },
      { ...paper, material: 'M-3', materialName: '食品安全管理制度', within: 'S-1' },
    ],
    fields: [
      { field: 'F-1', fieldName: '统一社会信用代码', known: 'enterprise.uscc' },
      { field: 'F-2', fieldName: '经营面积（平方米）', form: 'number' },
      { field: 'F-3', fieldName: '计划开业日期', form: 'date', within: 'S-1' },
      { field: 'F-4', fieldName: '是否有冷藏设备', form: 'yes-no' },
      { field: 'F-5', fieldName: '其他说明', form: 'paragraph', spare: true },
    ],
    results: [{ result: 'R-1', resultName: '食品经营许可证' }],
    visits: 1,
    channels: ['at-window', 'on-computer'],
    window: 'undifferentiated',
    hallDue: true,
    nearby: false,
    fee: false,
    remedies: '可以申请行政复议或者提起行政诉讼。',
    enquiries: '0435-0000000',
    place: '测试路一号',
  }
  const hao = await town.as('hao')
  await town.done(hao, 'item', 'list', content, code)
  await town.done(hao, 'version', 'submit', {}, `${code}-V1`)
  await town.done(await town.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${code}-V1`)
})
afterAll(() => s.close())

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
const heading = (page: Page) => page.locator('main h1').first().textContent()
const words = async (page: Page) => (await page.locator('main').textContent())!.replaceAll(/\s+/g, ' ')
const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('测试内容\n') })
const step = async (id: string, name: string, input: unknown) => {
  const answer = await s.server.ask('hao', 'POST', `/api/records/application/${id}/${name}`, { input })
  expect(answer.status, answer.text).toBe(200)
}
/** Nothing against it by WCAG 2.2 AA, and nothing wider than the window. */
const sound = async (page: Page, what: string) => {
  expect(await faults(page), what).toEqual([])
  expect(await overflow(page), what).toBeLessThanOrEqual(0)
}

describe.each([
  ['on a phone, without JavaScript', PHONE, false],
  ['at a desk, with JavaScript', WIDE, true],
] as const)('%s', (_, viewport, javaScriptEnabled) => {
  let page: Page
  let id = ''
  // Each page is looked at by a script, in a window that runs scripts.
  let other: Page
  const look = async (what: string) => {
    await other.goto(page.url())
    await sound(other, what)
  }
  beforeAll(async () => {
    page = await s.open('qi', { viewport, javaScriptEnabled })
    other = await s.open('qi', { viewport })
  })

  test('an enterprise begins an application; what is wrong is said where it is wrong', async () => {
    await page.goto(`${s.server.origin}/apply/${code}`)
    expect(await heading(page)).toBe('申请：测试食品经营许可')
    await look('start')
    await press(page, '开始填写')
    await look('tasks')
    await page.getByRole('link', { name: '办理情形' }).click()
    await press(page, '保存并继续')
    expect(await page.title()).toMatch(/^有误：办理情形/)
    if (javaScriptEnabled) {
      await page.locator('.summary:focus').waitFor()
      await sound(page, 'situations with an error')
      await page.locator('.summary a').click()
      expect(await page.evaluate('document.activeElement.id')).toBe('f-situations')
    }
    await page.getByLabel('新办').check()
    await press(page, '保存并继续')
    await look('applicant')
    await page.getByLabel('通化e1公司').check()
    await press(page, '保存并继续')
    await look('answers')
    expect(await page.getByLabel('统一社会信用代码').inputValue()).toBe('91220500MA0000000A')
    await page.getByLabel('经营面积（平方米）').fill('很大')
    await press(page, '保存并继续')
    if (javaScriptEnabled) await sound(page, 'answers with errors')
    expect(await page.getByLabel('经营面积（平方米）').inputValue()).toBe('很大')
    await page.getByLabel('经营面积（平方米）').fill('120.5')
    await page.getByLabel('计划开业日期').fill('2026-03-01')
    await page.getByRole('group', { name: '是否有冷藏设备' }).getByLabel('是', { exact: true }).check()
    await press(page, '保存并继续')
  })

  test('it hands in papers, commits itself, checks and submits', async () => {
    await look('papers')
    await page.getByRole('group', { name: '经营场所平面图' }).getByLabel('容缺后补').check()
    await page.locator('input[name="pages.M-3-new"]').setInputFiles(file('测试制度.txt'))
    await press(page, '保存并继续')
    expect(await heading(page)).toBe('签署承诺书')
    await look('commitment')
    await page.getByLabel('我已阅读以上内容').check()
    await press(page, '保存并继续')
    await look('delivery')
    await page.getByLabel('快递送达').check()
    await page.getByLabel('收件地址').fill('测试路二号')
    await press(page, '保存并继续')
    expect(await heading(page)).toBe('核对并提交')
    await look('check')
    expect(await words(page)).toMatch(/经营场所平面图 容缺后补 修改 食品安全管理制度 测试制度.txt 修改/)
    await press(page, '提交')
    expect(await heading(page)).toMatch(/已提交：测试食品经营许可/)
    await look('done')
    id = /BJ\d{6}-\w{7}/.exec(await words(page))![0]
  })

  test('is told once what to correct, and supplies it', async () => {
    await step(id, 'correct', {
      demands: [
        { sort: 'field', code: 'F-2', fault: 'incorrect', note: '测试：请按租赁合同填写' },
        { sort: 'paper', code: 'M-3', fault: 'incomplete', note: '测试：缺少盖章页' },
      ],
    })
    await page.goto(`${s.server.origin}/mine`)
    await page.locator('.rows li', { hasText: id }).getByRole('link', { name: '补交材料' }).click()
    await look('supply')
    expect(await words(page)).toMatch(
      /经营面积（平方米） 问题 不正确 怎样补正 测试：请按租赁合同填写 .*原来填的是：120.5/,
    )
    await press(page, '补交')
    expect(await page.locator('.summary').textContent()).toContain('请至少补交一项')
    await page.getByLabel('重新填写：经营面积（平方米）').fill('118')
    await page.locator('input[name="pages.M-3-new"]').setInputFiles(file('测试制度盖章.txt'))
    await press(page, '补交')
    expect(await words(page)).toContain('已办理：补交材料')
    await look('record')
  })

  test('brings what was to follow, is decided by a handler, and rates', async () => {
    await step(id, 'accept', {})
    await page.goto(`${s.server.origin}/record/application/${id}/supply`)
    await page.locator('input[name="pages.M-2-new"]').setInputFiles(file('测试平面图.txt'))
    await press(page, '补交')
    await step(id, 'decide', { outcome: 'approved', results: [{ result: 'R-1', number: '测许〔2026〕1号' }] })
    await step(id, 'deliver', { way: 'courier', courierNumber: 'SF0001' })
    await page.goto(`${s.server.origin}/record/application/${id}`)
    expect(await words(page)).toMatch(/批准\s*办理结果 食品经营许可证 测许〔2026〕1号/)
    await look('decided')
    await page.getByRole('link', { name: '评价' }).click()
    await page.getByLabel('非常满意', { exact: true }).check()
    await press(page, '评价')
    expect(await words(page)).toMatch(/评价 非常满意/)
    await page.getByRole('link', { name: '以这次申请的内容重新申请' }).click()
    await press(page, '开始填写')
    expect(await words(page)).toMatch(/填报内容 ✓ 已完成 申请材料 ✓ 已完成/)
    await look('again')
  })

  test('all of it is there in English, too', async () => {
    const context = await s.open('qi', { viewport, javaScriptEnabled })
    await context.context().addCookies([{ name: 'lang', value: 'en', url: s.server.origin }])
    await context.goto(`${s.server.origin}/record/application/${id}`)
    expect(await words(context)).toContain('Apply again with these contents')
    await context.goto(`${s.server.origin}/apply/${code}`)
    expect(await words(context)).toContain('Who may apply')
    expect(await overflow(context).catch(() => 0)).toBeLessThanOrEqual(0)
    await context.context().close()
  })
})
