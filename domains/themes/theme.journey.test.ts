// A theme at the window by keyboard alone: one form, six applications, and one progress of all of them.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desks, find } from '../../tests/desk.ts'
import { keyboard } from '../../tests/keyboard.ts'
import { faults, overflow, PHONE, stage, type Stage } from '../../tests/page.ts'
import { codes, field, idOf, NAME, publishTheme } from '../../tests/theme.ts'

const situations = [
  { situation: 'Q-1', situationName: '测试新招用' },
  { situation: 'Q-2', situationName: '测试转入' },
]

let s: Stage
let theme = ''
beforeAll(async () => {
  s = await stage()
  const fields = [NAME, field('ZD-5', '测试招用人数', { form: 'number', within: 'Q-1' })]
  theme = await publishTheme(s.server.town, { START4: { situations, fields } }, { lead: 'labour' })
})
afterAll(() => s.close())
const { ask, give, show, open } = desks(() => s)

async function sound(page: Page) {
  // What is half under the bar at the top is not too small for that.
  await page.evaluate(() => scrollTo(0, 0))
  expect(await faults(page)).toEqual([])
  expect(await overflow(page)).toBeLessThanOrEqual(0)
}
type Part = { readonly id: string; readonly phase: string; readonly facts: Readonly<Record<string, unknown>> }
const partsOf = async (joint: string) =>
  (await ask('gui', `/api/records/application?facet.joint=${joint}&limit=30`)).body['items'] as readonly Part[]
const rowsOf = (page: Page) => page.getByRole('region', { name: '各事项进度' }).locator('tbody tr')
const row = (page: Page, item: string) => rowsOf(page).filter({ has: page.getByRole('rowheader', { name: item }) })
let id = ''

test('a theme is taken in at the window in one form, and all of its applications arise', async ({ annotate }) => {
  const page = await open('gui', 'new/joint/submit')
  const keys = await keyboard(page)
  await keys.type('企业开办')
  await page.getByRole('option', { name: '企业开办一件事' }).waitFor()
  await keys.press('Enter')
  // What may be left out is asked for first; then the situation of the one item that has some.
  const bank = page.getByRole('checkbox', { name: /银行预约开户/ })
  await keys.to(bank)
  await keys.press('Space')
  await keys.press('Enter')
  await page.getByText('请选择办理情形，至少选一种。').waitFor()
  await sound(page)
  const hired = page.getByRole('checkbox', { name: '测试新招用' })
  await keys.to(hired)
  await keys.press('Space')
  const form = page.getByRole('form', { name: '一件事收件' })
  await keys.to(form.getByLabel('申请人'))
  await keys.type('通化测试有限公司')
  await keys.to(form.getByLabel('联系电话').first())
  await keys.type('13900005678')
  // Each is asked once, in the order in which the items ask; what one produces for another is told and not asked for.
  const labels = await form
    .locator('.fields > .field')
    .evaluateAll((all) => all.map((one) => (one.querySelector('label, legend') as HTMLElement).innerText.trim()))
  const asked = ['企业名称', '法定代表人', '联系电话', '测试招用人数', '章程', '住所证明']
  expect(labels.filter((one) => asked.includes(one.replace(/（选填）/, '').trim()) && !one.includes('选填'))).toEqual(
    asked,
  )
  await form.getByText('营业执照：由“企业设立登记”产生').waitFor()
  await form.getByText('印章备案证明：由“公章刻制备案”产生').waitFor()
  await keys.to(form.getByLabel('企业名称'))
  await keys.type('通化测试有限公司')
  await keys.to(form.getByLabel('法定代表人'))
  await keys.type('测试人')
  await keys.to(form.locator('[id="f-field:ZD-3"]'))
  await keys.type('13900005678')
  for (const paper of ['章程', '住所证明']) {
    await keys.choose(form.getByRole('group', { name: paper }), '已提交')
  }
  await sound(page)
  await keys.press('Control+Enter')
  const missing = form.getByRole('alert').getByRole('link', { name: '请填写“测试招用人数”。' })
  await keys.to(missing)
  await keys.press('Enter')
  await keys.to(form.getByLabel('测试招用人数'))
  await keys.type('12')
  await keys.press('Control+Enter')
  await page.getByRole('heading', { name: '已登记' }).waitFor()
  id = await page.locator('.number').first().innerText()
  await annotate(`from the open form to the number of six applications: ${keys.taken()}`)
  expect(await keys.pointed()).toBe(0)
  const parts = await partsOf(id)
  expect(new Set(parts.map(({ facts }) => facts['item']))).toEqual(new Set(codes.map(idOf)))
  expect(parts).toHaveLength(codes.length)
  const social = parts.find(({ facts }) => facts['item'] === idOf('START4'))!
  expect(await show('gui', 'application', social.id)).toMatchObject({
    phase: 'awaiting',
    facts: {
      situations: ['Q-1'],
      answers: [
        { field: 'ZD-1', value: '通化测试有限公司' },
        { field: 'ZD-5', value: '12' },
      ],
      papers: [{ material: 'JG-1', way: 'produced' }],
    },
  })
  expect(page.problems.filter((one) => !one.includes('422'))).toEqual([])
})

test('its page tells of each item where it stands, what it waits for and what came of it', async () => {
  const first = (await partsOf(id)).find(({ facts }) => facts['item'] === idOf('START1'))!
  const page = await open('gui', `record/joint/${id}`)
  await expect.poll(() => rowsOf(page).count()).toBe(6)
  await row(page, '公章刻制备案').getByText('等“企业设立登记”的营业执照').waitFor()
  await page.getByText('6 项中 0 项有结果').waitFor()
  await give('hao', first.id, 'accept', {}, 'application')
  const results = [{ result: 'JG-1', number: '测试9122' }]
  await give('hao', first.id, 'decide', { outcome: 'approved', results }, 'application')
  // The page follows by itself.
  await page.getByText('6 项中 1 项有结果').waitFor()
  await row(page, '企业设立登记').getByText('营业执照 测试9122').waitFor()
  expect(await row(page, '公章刻制备案').getByText('已收件').count()).toBe(1)
  await row(page, '银行预约开户').getByText('等“公章刻制备案”的印章备案证明').waitFor()
  await sound(page)
  const small = await open('gui', `record/joint/${id}`, { viewport: PHONE })
  await small.getByText('营业执照 测试9122').waitFor()
  await sound(small)
})

test('whoever leads it sees of items that are not his own what came of them', async () => {
  const page = await open('hui', `record/joint/${id}`)
  await expect.poll(() => rowsOf(page).filter({ hasText: '由其他单位办理' }).count()).toBe(6)
  await row(page, '企业设立登记').getByText('批准').waitFor()
  await row(page, '公章刻制备案').getByText('办理中').waitFor()
  await sound(page)
})

test('what an enterprise has open already of a theme is said before its form is filled in again', async () => {
  const t = s.server.town
  const begin = async () => {
    const page = await open('gui', `new/joint/submit?theme=${theme}`)
    await page.getByRole('checkbox', { name: '测试转入' }).check()
    await page.getByRole('button', { name: '填写一张表' }).click()
    const asked = page.waitForResponse((one) => one.url().includes('joint?') && one.url().includes('party='))
    await find(page, '企业', 'e1')
    await asked
    return page
  }
  const warning = (page: Page) => page.getByText('这个申请人已经提交过，还没有办结')
  expect(await warning(await begin()).count()).toBe(0)
  const made = await t.done(await t.as('qi'), 'joint', 'submit', {
    theme,
    enterprise: 'e1',
    channel: 'web',
    delivery: 'online',
    contact: '测试人',
    phone: '13900005678',
    parts: codes.slice(0, 5).map((code) => ({
      item: idOf(code),
      version: `${idOf(code)}-V1`,
      situations: code === 'START4' ? ['Q-2'] : [],
    })),
    answers: [
      { field: 'ZD-1', value: '通化测试有限公司' },
      { field: 'ZD-2', value: '测试人' },
      { field: 'ZD-3', value: '13900005678' },
    ],
    papers: ['CL-1', 'CL-2'].map((material) => ({ material, way: 'missing' })),
  })
  const page = await begin()
  await warning(page).waitFor()
  await page.getByRole('listitem').getByRole('link', { name: made.done.id }).waitFor()
  await sound(page)
  await page.getByRole('form').getByRole('button', { name: /更改/ }).first().click()
  await find(page, '企业', 'e2')
  await warning(page).waitFor({ state: 'detached' })
  // Whoever is named is known by the name alone.
  const other = await open('gui', `new/joint/submit?theme=${theme}`)
  await other.getByRole('checkbox', { name: '测试转入' }).check()
  await other.getByRole('button', { name: '填写一张表' }).click()
  await other.getByLabel('申请人').fill('通化测试有限公司')
  await other.getByRole('listitem').getByRole('link', { name: id }).waitFor()
  await other.getByLabel('申请人').fill('通化测试有限公司乙')
  await warning(other).waitFor({ state: 'detached' })
})
