// The window desk in a browser: by keyboard alone, live, and through a cut of the network without losing a keystroke.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../../kernel/access.ts'
import { desks } from '../../tests/desk.ts'
import { itemContent } from '../../tests/item.ts'
import { faults, overflow, PHONE, stage, type Stage } from '../../tests/page.ts'

const CUT = 30_000
const ITEM = '11220500TEST0003'

let s: Stage
beforeAll(async () => {
  s = await stage()
  const t = s.server.town
  const rules = {
    name: '测试大厅',
    unit: 'centre',
    lines: [{ letter: 'B', unit: 'tax' }],
    slots: [{ opens: '11:00', closes: '12:00', places: 2 }],
    ahead: 14,
    grace: 15,
    recalls: 3,
    recallWithin: 30,
  }
  await t.done(system, 'hall', 'setUp', rules, 'h1')
  for (const windowNumber of [1, 2])
    await t.done(system, 'window', 'setUp', { hall: 'h1', windowNumber, sort: 'undifferentiated', serves: [] })
  await t.done(system, 'window', 'setUp', { hall: 'h1', windowNumber: 3, sort: 'special', serves: ['tax'] })
  const content = { ...itemContent, name: '测试食品经营许可', code: ITEM, unit: 'tax' }
  await t.done(await t.as('hao'), 'item', 'list', content)
  await t.done(await t.as('hao'), 'version', 'submit', {}, `${ITEM}-V1`)
  await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${ITEM}-V1`)
})
afterAll(() => s.close())
const { ask, open } = desks(() => s)

const take = async () => {
  const answer = await ask(undefined, '/api/records/ticket/take', { hall: 'h1' })
  return (answer.body['done'] as { id: string }).id
}
const phase = async (id: string) => (await ask('gui', `/api/records/ticket/${id}`)).body['phase']
const story = async (id: string) =>
  ((await ask('gui', `/api/records/ticket/${id}`)).body['timeline'] as { type: string }[]).map((one) => one.type)

test('a clerk opens a window and serves by keyboard alone; what is pressed without a network is sent afterwards, in order, once', async () => {
  const [first, second, third] = [await take(), await take(), await take()]
  const page = await open('gui', 'window')
  await page.getByRole('listitem').filter({ hasText: '测试大厅 1' }).getByRole('button', { name: '开窗' }).click()
  await page.getByRole('heading', { name: '等候 3 人' }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.locator('body').click({ position: { x: 2, y: 600 } })
  await page.keyboard.press('Space')
  await page.getByText('A001').first().waitFor()
  await page.getByText('已叫号').waitFor()
  expect(await phase(first)).toBe('called')
  await page.keyboard.press('b')
  await expect.poll(() => phase(first)).toBe('serving')

  await page.context().setOffline(true)
  await page.getByText('现在没有网络').first().waitFor()
  for (const key of ['f', 'n', 'b', 'f', 'n', 's']) await page.keyboard.press(key)
  const told = page.getByText('6 步还没有送到')
  await told.waitFor()
  expect(await told.innerText()).toContain('办理完毕、叫下一号、开始办理、办理完毕、叫下一号、过号')
  expect(await phase(first)).toBe('serving')
  // Pressed again at a step where it means nothing, a key does nothing.
  await page.keyboard.press('b')
  // As long as a cut of the network must be borne: half a minute, in which pings fail, streams break and nothing is given up.
  await page.waitForTimeout(CUT)
  expect(await phase(first)).toBe('serving')
  await told.waitFor()

  await page.context().setOffline(false)
  await expect.poll(() => phase(third), { timeout: 15_000 }).toBe('missed')
  await told.waitFor({ state: 'detached' })
  expect(await story(first)).toEqual(['taken', 'numbered', 'called', 'begun', 'finished'])
  expect(await story(second)).toEqual(['taken', 'numbered', 'called', 'begun', 'finished'])
  expect(await story(third)).toEqual(['taken', 'numbered', 'called', 'missed'])
  await page.getByText('过号，可以再叫').waitFor()
})

test('an answer that is lost on the way back does not make the step happen twice', async () => {
  const page = await open('gui', 'window')
  const id = await take()
  await page.getByRole('heading', { name: '等候 1 人' }).waitFor()
  let cut = 0
  await page.route('**/api/records/window/*/call', async (route) => {
    // The server has it; the window does not hear so.
    if (cut++ > 0) return route.continue()
    await route.fetch()
    return route.abort('connectionreset')
  })
  await page.locator('body').click({ position: { x: 2, y: 600 } })
  await page.keyboard.press('n')
  await page.getByText('已叫号').waitFor()
  expect(cut).toBeGreaterThan(1)
  expect(await story(id)).toEqual(['taken', 'numbered', 'called'])
  await page.keyboard.press('b')
  await page.keyboard.press('f')
  await expect.poll(() => phase(id)).toBe('served')
})

test('a refusal says why, the keys stand in the list, and numbers show as they are taken', async () => {
  const page = await open('gui', 'window')
  await page.locator('body').click({ position: { x: 2, y: 600 } })
  await page.keyboard.press('n')
  await page.getByText('现在没有本窗口可以办理的人在等候。').waitFor()
  await page.getByRole('button', { name: '知道了' }).click()
  await page.keyboard.press('?')
  const keys = page.getByRole('complementary')
  for (const does of ['叫下一号', '过号', '转到其他窗口']) await keys.getByText(does, { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await take()
  await page.getByRole('heading', { name: '等候 1 人' }).waitFor()
})

test('on to another window by its number; on a phone nothing is wider than the page', async () => {
  const hao = await open('hao', 'window', { viewport: PHONE })
  await hao.getByRole('listitem').filter({ hasText: '测试大厅 3' }).getByRole('button', { name: '开窗' }).click()
  await hao.getByRole('heading', { name: '等候 0 人' }).waitFor()
  expect(await overflow(hao)).toBeLessThanOrEqual(0)
  const page = await open('gui', 'window')
  await page.getByRole('heading', { name: '等候 1 人' }).waitFor()
  await page.locator('body').click({ position: { x: 2, y: 600 } })
  await page.keyboard.press('n')
  await page.getByText('已叫号').waitFor()
  await page.keyboard.press('t')
  await page.getByRole('heading', { name: '转到哪里' }).waitFor()
  await page.keyboard.press('3')
  await hao.getByRole('heading', { name: '等候 1 人' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('heading', { name: '今天坐哪个窗口' }).waitFor()
})

test('the display follows by itself and is read from three metres', async () => {
  const wall = await s.open(undefined)
  await wall.goto(`${s.server.origin}/hall/h1/display`)
  await wall.getByText('还没有叫号').waitFor()
  const { body } = await ask('hao', '/api/records/window/h1.3/call', {})
  expect(body).toHaveProperty('done')
  await wall.getByText('3 号窗口').waitFor({ timeout: 10_000 })
  // Fifteen millimetres for three metres: on a wall screen of a metre's width, some thirty of two thousand pixels.
  const height = await wall
    .locator('.latest td')
    .first()
    .evaluate((cell) => Number.parseFloat(getComputedStyle(cell).fontSize))
  expect(height).toBeGreaterThan(60)
  expect(wall.problems).toEqual([])
})

test('of whoever is called it is told what he came for, and one key takes that in', async () => {
  const contact = { contact: '测试人', phone: '13900005678' }
  const booked = await ask('qi', '/api/records/booking/book', {
    hall: 'h1',
    item: ITEM,
    on: '2026-02-11',
    slot: '11:00',
    ...contact,
  })
  const booking = (booked.body['done'] as { id: string }).id
  await ask('qi', `/api/records/booking/${booking}/arrive`, {})
  const page = await open('gui', 'window')
  await page.getByRole('listitem').filter({ hasText: '测试大厅 1' }).getByRole('button', { name: '开窗' }).click()
  await page.getByRole('heading', { name: '等候 1 人' }).waitFor()
  await page.locator('body').click({ position: { x: 2, y: 600 } })
  await page.keyboard.press('n')
  const desk = page.getByRole('region', { name: '窗口' })
  await desk.getByText('测试食品经营许可 tax局').waitFor()
  await desk.getByText(`${booking} 预约 11:00`).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('?')
  await page.getByRole('complementary').getByText('收件：打开所叫号码要办的事项').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('b')
  await desk.getByText('正在办理').waitFor()
  await page.keyboard.press('i')
  // The item is chosen already: its situation is asked for next.
  await page.getByRole('checkbox', { name: '新办' }).waitFor()
  expect(new URL(page.url()).searchParams.get('item')).toContain(ITEM)

  await page.goBack()
  await desk.getByText('测试食品经营许可').waitFor()
  await page.keyboard.press('f')
  await desk.getByText('现在没有叫到的号').waitFor()
  expect(await desk.getByText('测试食品经营许可').count()).toBe(0)
  await take()
  await page.getByRole('heading', { name: '等候 1 人' }).waitFor()
  await page.keyboard.press('n')
  await desk.getByText('取号时没有选事项').waitFor()
})
