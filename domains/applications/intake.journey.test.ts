// An application at the desks, by keyboard alone: taken in at the window, corrected once, supplied, accepted and decided.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desks, find } from '../../tests/desk.ts'
import { itemContent } from '../../tests/item.ts'
import { keyboard } from '../../tests/keyboard.ts'
import { faults, overflow, stage, type Stage } from '../../tests/page.ts'

const CODE = '11220500TEST0002'
const NAME = '测试食品经营许可'
const AREA = { field: 'F-002', fieldName: '经营面积（平方米）', form: 'number' }
const OWNER = { field: 'F-004', fieldName: '信用代码', known: 'enterprise.uscc' }
const REACHED = { field: 'F-005', fieldName: '经营者电话', known: 'enterprise.phone' }
const CONTRACT = { field: 'F-003', fieldName: '原许可证编号', within: 'S-02' }

let s: Stage
beforeAll(async () => {
  s = await stage()
  const t = s.server.town
  const hao = await t.as('hao')
  const content = { ...itemContent, name: NAME, fields: [...itemContent.fields, AREA, CONTRACT, OWNER, REACHED] }
  await t.done(hao, 'item', 'list', { ...content, code: CODE, unit: 'tax' })
  await t.done(hao, 'version', 'submit', {}, `${CODE}-V1`)
  await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${CODE}-V1`)
})
afterAll(() => s.close())
const { show, open } = desks(() => s)

async function sound(page: Page) {
  // What is half under the bar at the top is not too small for that.
  await page.evaluate(() => scrollTo(0, 0))
  expect(await faults(page)).toEqual([])
  expect(await overflow(page)).toBeLessThanOrEqual(0)
}
const alert = (page: Page) => page.getByRole('form').getByRole('alert')
const facts = async (id: string) => (await show('hao', 'application', id))['facts'] as Record<string, unknown>
const phase = async (id: string) => (await show('hao', 'application', id))['phase']
let id = ''
let twice = ''

test('a clerk takes in an application in its situation; what was wrong is named, and nothing typed is lost', async ({
  annotate,
}) => {
  const page = await open('gui', 'new/application/submit')
  const keys = await keyboard(page)
  const form = page.getByRole('form', { name: '收件' })
  await keys.type('测试食品')
  await page.getByRole('option', { name: NAME }).waitFor()
  await keys.press('Enter')
  // The situation is asked for next, and only then is it clear what else is.
  await keys.to(page.getByRole('checkbox', { name: '新办' }))
  expect(await form.count()).toBe(0)
  await keys.press('Space')
  await keys.to(form.getByRole('combobox', { name: '企业' }))
  await keys.type('e1')
  await page.getByRole('option', { name: /通化e1公司/ }).waitFor()
  await keys.press('Enter')
  // What the register holds is settled, and says from where.
  await form.getByText('91220500MA0000000A 取自企业登记信息').waitFor()
  expect(await form.getByLabel('信用代码', { exact: true }).count()).toBe(0)
  // Whom to call is asked once, whatever an item’s own field for it is called.
  expect(await form.getByLabel('经营者电话').count()).toBe(0)
  await form.getByText('留空即用企业登记的：139****34').waitFor()
  expect(await form.getByText('还没有办结').count()).toBe(0)
  await keys.to(form.getByLabel('联系电话'))
  await keys.type('12')
  await keys.to(form.getByLabel('经营面积'))
  await keys.type('86')
  await keys.choose(form.getByRole('group', { name: '平面图' }), '已提交')
  await sound(page)

  await keys.press('Control+Enter')
  await alert(page).getByRole('link').first().waitFor()
  await keys.to(alert(page).getByRole('link').first())
  await keys.press('Enter')
  await keys.to(form.getByLabel('联系电话'))
  await keys.press('Control+A')
  await keys.type('13900005678')
  await keys.press('Control+Enter')
  // What is missing has a name and a place.
  await alert(page).getByRole('link', { name: '请填写“经营场所”。' }).waitFor()
  await keys.to(alert(page).getByRole('link').first())
  await keys.press('Enter')
  await keys.to(form.getByLabel('经营场所'))
  expect(await form.getByLabel('经营场所').getAttribute('aria-invalid')).toBe('true')
  await sound(page)
  await keys.type('测试路1号')
  // A second situation turns up: more is asked for, and what was typed stays; it goes again, and so does its question.
  await keys.to(page.getByRole('checkbox', { name: '延续' }), 'Shift+Tab')
  await keys.press('Space')
  await keys.to(form.getByLabel('原许可证编号'))
  await keys.type('测试旧号')
  expect(await form.getByLabel('经营场所').inputValue()).toBe('测试路1号')
  await keys.to(page.getByRole('checkbox', { name: '延续' }), 'Shift+Tab')
  await keys.press('Space')
  expect(await form.getByLabel('原许可证编号').count()).toBe(0)
  await keys.to(form.getByLabel('经营场所'))
  expect(await form.getByLabel('经营面积').inputValue()).toBe('86')
  await keys.press('Control+Enter')
  await page.getByRole('heading', { name: '已登记' }).waitFor()
  id = await page.locator('.number').first().innerText()
  await sound(page)
  await annotate(`from the open form to the number: ${keys.taken()}`)
  expect(await keys.pointed()).toBe(0)
  expect(await show('gui', 'application', id)).toMatchObject({
    phase: 'received',
    unit: 'tax',
    facts: {
      item: CODE,
      enterprise: 'e1',
      phone: '13900005678',
      situations: ['S-01'],
      channel: 'window',
      answers: [
        { field: 'F-001', value: '测试路1号' },
        { field: 'F-002', value: '86' },
        { field: 'F-004', value: '91220500MA0000000A' },
        { field: 'F-005', value: '13900005678' },
      ],
      papers: [
        { material: 'M-001', way: 'shared' },
        { material: 'M-002', way: 'given' },
      ],
    },
  })
  expect(page.problems.filter((one) => !one.includes('422'))).toEqual([])
})

test('what an enterprise has open already for an item is said at the window, and it can be taken in all the same', async () => {
  const page = await open('gui', `new/application/submit?item=${CODE}`)
  await page.getByRole('checkbox', { name: '新办' }).check()
  const form = page.getByRole('form', { name: '收件' })
  const warning = form.getByText('这个申请人已经提交过，还没有办结')
  await find(page, '企业', 'e2')
  await form.getByText('91220500MA0000000B 取自企业登记信息').waitFor()
  expect(await warning.count()).toBe(0)
  await form.getByRole('button', { name: /更改/ }).first().click()
  await find(page, '企业', 'e1')
  await warning.waitFor()
  const row = form.getByRole('listitem').filter({ hasText: id })
  await row.getByText('已收件').waitFor()
  expect(await row.getByRole('link', { name: id }).getAttribute('href')).toContain(`/record/application/${id}`)
  await sound(page)
  await form.getByLabel('联系电话').fill('13900005678')
  await form.getByLabel('经营场所').fill('测试路2号')
  await form.getByLabel('经营面积').fill('20')
  await form.getByRole('group', { name: '平面图' }).getByRole('radio', { name: '已提交' }).check()
  await form.getByRole('button', { name: '收件' }).click()
  await page.getByRole('heading', { name: '已登记' }).waitFor()
  twice = await page.locator('.number').first().innerText()
})

test('a handler tells once, item by item, what has to be corrected', async () => {
  const page = await open('hao', `record/application/${id}`)
  const keys = await keyboard(page)
  await keys.pressKeyOf(page.getByRole('button', { name: '一次性告知补正' }))
  const form = page.getByRole('form', { name: '一次性告知补正' })
  await keys.choose(form.getByRole('group', { name: '平面图' }), '不完整')
  await keys.press('Control+Enter')
  // What is wrong is chosen, how to put it right is not yet said.
  await alert(page).getByRole('link').first().waitFor()
  await keys.to(alert(page).getByRole('link').first())
  await keys.press('Enter')
  await keys.to(form.getByLabel('平面图：怎样改'))
  await keys.type('测试：请标出厨房。')
  await keys.choose(form.getByRole('group', { name: '经营场所' }), '不正确')
  await keys.to(form.getByLabel('经营场所：怎样改'))
  await keys.type('测试：请写到门牌。')
  await sound(page)
  await keys.press('Control+Enter')
  await expect.poll(() => phase(id)).toBe('correcting')
  expect(await keys.pointed()).toBe(0)
  expect((await facts(id))['owed']).toMatchObject([
    { sort: 'paper', code: 'M-002', fault: 'incomplete', note: '测试：请标出厨房。' },
    { sort: 'field', code: 'F-001', fault: 'incorrect', note: '测试：请写到门牌。' },
  ])
})

test('the clerk supplies it at the window', async () => {
  const page = await open('gui', `record/application/${id}`)
  const keys = await keyboard(page)
  await keys.pressKeyOf(page.getByRole('button', { name: '补交材料' }))
  const form = page.getByRole('form', { name: '补交材料' })
  await form.getByText('测试：请标出厨房。').waitFor()
  await keys.choose(form.getByRole('group', { name: '平面图' }), '是')
  await keys.to(form.getByLabel('经营场所'))
  await keys.type('测试路1号2楼')
  await sound(page)
  await keys.press('Control+Enter')
  await expect.poll(async () => (await facts(id))['owed']).toBeUndefined()
  expect(await keys.pointed()).toBe(0)
})

test('the handler accepts, and decides by what the version issues', async () => {
  const page = await open('hao', `record/application/${id}`)
  const keys = await keyboard(page)
  await keys.pressKeyOf(page.getByRole('button', { name: '受理', exact: false }).first())
  await page.getByRole('form', { name: '受理' }).waitFor()
  await keys.press('Control+Enter')
  await expect.poll(() => phase(id)).toBe('examining')
  const button = page.getByRole('button', { name: '作出决定' })
  await button.waitFor()
  await keys.pressKeyOf(button)
  const form = page.getByRole('form', { name: '作出决定' })
  const outcome = form.getByRole('group', { name: '决定' })
  await keys.choose(outcome, '批准')
  const number = form.getByLabel('食品经营许可证：文号或证号')
  await keys.to(number)
  await keys.type('测JY0001')
  // A denial without its reasons is no decision; whoever thinks better of it finds what was typed before.
  await keys.to(outcome.getByRole('radio', { name: '批准', exact: true }), 'Shift+Tab')
  await keys.press('ArrowDown')
  await sound(page)
  await keys.press('Control+Enter')
  await keys.to(alert(page).getByRole('link', { name: /须说明理由/ }))
  await keys.press('Enter')
  await keys.to(form.getByLabel('理由'))
  expect(await form.getByLabel('理由').getAttribute('aria-invalid')).toBe('true')
  await sound(page)
  await keys.to(outcome.getByRole('radio', { name: '不予批准' }), 'Shift+Tab')
  await keys.press('ArrowUp')
  expect(await number.inputValue()).toBe('测JY0001')
  await keys.press('Control+Enter')
  await expect.poll(() => phase(id)).toBe('decided')
  expect(await keys.pointed()).toBe(0)
  expect(await facts(id)).toMatchObject({
    outcome: 'approved',
    results: [{ name: '食品经营许可证', number: '测JY0001' }],
  })
  await page.getByText('测JY0001').first().waitFor()
  await sound(page)
})

/** A file as somebody brings it; its id. */
async function bring(who: string, name: string): Promise<string> {
  const response = await fetch(`${s.server.origin}/api/files`, {
    method: 'POST',
    headers: {
      cookie: await s.server.cookie(who),
      'sec-fetch-site': 'same-origin',
      'x-file-name': encodeURIComponent(name),
      'content-type': 'application/octet-stream',
    },
    body: `${name}的内容`,
  })
  return ((await response.json()) as { id: string }).id
}

test('whoever examines sees of each paper which files belong to it, and so does its story', async () => {
  const t = s.server.town
  const [plan, letter] = [await bring('gui', '测试平面图.txt'), await bring('gui', '测试说明.txt')]
  const input = {
    item: CODE,
    version: `${CODE}-V1`,
    enterprise: 'e2',
    contact: '测试人',
    phone: '13900005678',
    channel: 'window',
    situations: ['S-01'],
    answers: [
      { field: 'F-001', value: '测试路3号' },
      { field: 'F-002', value: '30' },
      { field: 'F-004', value: '通化e2公司' },
      { field: 'F-005', value: '13911112222' },
    ],
    papers: [
      { material: 'M-001', way: 'shared' },
      { material: 'M-002', way: 'given', pages: [plan] },
    ],
    files: [plan, letter],
    delivery: 'collect',
  }
  const made = (await t.done(await t.as('gui'), 'application', 'submit', input)).done.id
  const page = await open('hao', `record/application/${made}`)
  const papers = page.getByRole('region', { name: '申请材料' }).first()
  const row = papers.getByRole('row').filter({ hasText: '平面图' })
  const link = row.getByRole('link', { name: '测试平面图.txt' })
  await link.waitFor()
  expect(await papers.getByRole('link', { name: '测试说明.txt' }).count()).toBe(0)
  const got = await page.request.get(new URL((await link.getAttribute('href'))!, s.server.origin).href)
  expect(await got.text()).toBe('测试平面图.txt的内容')
  await sound(page)

  const demands = [{ sort: 'paper', code: 'M-002', fault: 'incomplete', note: '测试：请标出厨房。' }]
  await t.done(await t.as('hao'), 'application', 'correct', { demands }, made)
  const better = await bring('gui', '测试平面图二.txt')
  const brought = { answers: [], papers: [{ material: 'M-002', pages: [better] }], files: [better] }
  await t.done(await t.as('gui'), 'application', 'supply', brought, made)
  await row.getByRole('link', { name: '测试平面图二.txt' }).waitFor()
  const story = page.locator('.timeline > li').last()
  await story.getByRole('link', { name: '测试平面图二.txt' }).waitFor()
  expect(await page.locator('main').innerText()).not.toContain(better)
})

const standingOn = (page: Page) => page.getByRole('region', { name: /还没有签收的/ })

test('papers that nobody has signed for stand above the list of every later day', async () => {
  const t = s.server.town
  const [late, soon] = [twice, id]
  const send = async (one: string) => t.done(await t.as('gui'), 'application', 'sendPapers', {}, one)
  await send(late)
  const page = await open('gui', 'hand-overs')
  await page.getByRole('row').filter({ hasText: late }).waitFor()
  // Of today it stands in today's list alone.
  expect(await standingOn(page).count()).toBe(0)

  t.set('2026-02-13T09:00:00.000+08:00')
  await send(soon)
  const next = await open('gui', 'hand-overs')
  const left = standingOn(next)
  await left.getByRole('row').filter({ hasText: late }).getByText('2026-02-11 10:00').waitFor()
  expect(await left.getByRole('row').filter({ hasText: soon }).count()).toBe(0)
  await next.getByRole('row').filter({ hasText: soon }).getByText('09:00').waitFor()
  await sound(next)
  const unit = await open('hao', 'hand-overs')
  await standingOn(unit).getByRole('row').filter({ hasText: late }).waitFor()
  await t.done(await t.as('hao'), 'application', 'takePapers', {}, late)
  await standingOn(unit).waitFor({ state: 'detached' })
})
