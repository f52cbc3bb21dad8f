// The desks as their people use them: dispatch, sign, answer, call back, supervise, visit, by mouse and by keyboard.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lanterns } from '../tests/lantern/index.ts'
import { PHONE, stage, type Stage } from '../tests/page.ts'

let s: Stage
beforeAll(async () => {
  s = await stage([lanterns])
})
afterAll(() => s.close())

const said = {
  line: 'communication',
  matter: 'difficulty',
  channel: 'web',
  title: '厂区供电不稳',
  body: '每周停电两次。',
  phone: '13900001234',
}
const raise = async (more: object = {}) => {
  const answer = await s.server.ask(undefined, 'POST', '/api/records/appeal/raise', { input: { ...said, ...more } })
  return (answer.body['done'] as { id: string }).id
}
const give = async (person: string, id: string, name: string, input: unknown) => {
  const answer = await s.server.ask(person, 'POST', `/api/records/appeal/${id}/${name}`, { input })
  expect(answer.status, answer.text).toBe(200)
}
const phase = async (id: string) => (await s.server.ask('fen', 'GET', `/api/records/appeal/${id}`)).body['phase']
const desk = async (person: string, path = '', options = {}) => {
  const page = await s.open(person, options)
  await page.goto(`${s.server.origin}/desk/${path}`)
  await page.locator('main h1').first().waitFor()
  return page
}
const choose = async (page: Page, label: string, text: string) => {
  await page.getByRole('combobox', { name: label }).first().fill(text)
  await page.getByRole('option').first().click()
}

describe('an appeal from the triage queue to the call-back', () => {
  let id = ''
  beforeAll(async () => {
    id = await raise()
  })

  test('the dispatcher sends it to a unit; it leaves the queue without a reload', async () => {
    const page = await desk('fen')
    await page.getByRole('heading', { name: '厂区供电不稳' }).waitFor()
    await page.getByRole('button', { name: /分派$/ }).first().click()
    const form = page.getByRole('form', { name: '分派' })
    await form.getByRole('button', { name: '分派' }).click()
    await form
      .getByText(/请填写主办单位/)
      .first()
      .waitFor()
    await choose(page, '主办单位', 'tax')
    await form.getByLabel('市级', { exact: true }).check()
    await form.getByRole('button', { name: '分派' }).click()
    await page.getByText('没有待分派的诉求').waitFor()
    expect(await phase(id)).toBe('dispatched')
    expect(page.problems.filter((one) => !one.includes('422'))).toEqual([])
  })

  test('the handler signs for it with the keyboard alone, asks nothing that is not allowed, and answers', async () => {
    const page = await desk('hao', 'inbox?tab=sign')
    await page.getByRole('heading', { name: '厂区供电不稳' }).waitFor()
    await page.keyboard.press('1')
    await page.getByRole('form', { name: '签收' }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => phase(id)).toBe('handling')
    await page.goto(`${s.server.origin}/desk/inbox`)
    await page.getByRole('button', { name: /答复$/ }).first().click()
    const form = page.getByRole('form', { name: '答复' })
    await form.getByLabel('已解决').check()
    await form.getByLabel('内容').fill('线路已检修。')
    await form.getByRole('button', { name: '答复' }).click()
    await form
      .getByText(/须附佐证/)
      .first()
      .waitFor()
    expect(await form.getByLabel('内容').inputValue()).toBe('线路已检修。')
    await form.getByRole('button', { name: '再加一条' }).first().click()
    await form.locator('input[type=text], input:not([type])').first().fill('检修单 26-018')
    await form.getByRole('button', { name: '答复', exact: true }).click()
    await expect.poll(() => phase(id)).toBe('answered')
  })

  test('the caller, who is not the handler, confirms it', async () => {
    const page = await desk('dian')
    await page
      .getByRole('button', { name: /登记回访$/ })
      .first()
      .click()
    const form = page.getByRole('form', { name: '登记回访' })
    await form.getByLabel('是', { exact: true }).check()
    await form.getByLabel('说明').fill('已恢复供电')
    await form.getByRole('button', { name: '登记回访' }).click()
    await expect.poll(() => phase(id)).toBe('closed')
  })
})

test('two appeals about the same are laid side by side and merged', async () => {
  const first = await raise({ title: '团结路路灯不亮', body: '晚班工人下班路上看不见。' })
  await give('fen', first, 'dispatch', { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' })
  const second = await raise({ title: '团结路的路灯不亮了', body: '晚上送货看不清路。' })
  const page = await desk('fen', `triage?id=${second}`)
  await page.getByRole('button', { name: '并排查看' }).first().click()
  await page.getByText('晚班工人下班路上看不见。').waitFor()
  await page.locator('.pairwise').getByRole('button', { name: '并入' }).click()
  const form = page.getByRole('form', { name: '并入另一诉求' })
  await form.getByLabel('理由').fill('同一路段')
  await form.getByRole('button', { name: '并入另一诉求' }).click()
  await expect.poll(() => phase(second)).toBe('merged')
  expect((await s.server.ask('fen', 'GET', `/api/records/appeal/${first}`)).text).toContain(second)
})

test('what somebody else does appears on an open desk by itself', async () => {
  const page = await desk('fen')
  const id = await raise({ title: '新来的诉求' })
  await page.getByText('新来的诉求').first().waitFor()
  await give('fen', id, 'dispatch', { unit: 'labour', line: 'communication', matter: 'difficulty', level: 'city' })
  await page.getByText('新来的诉求').first().waitFor({ state: 'detached' })
})

test('without a network it says so, and what was typed is kept and sent afterwards', async () => {
  const id = await raise({ title: '断网时的诉求' })
  const page = await desk('fen', `triage?id=${id}`)
  await page.getByRole('button', { name: /分派$/ }).first().click()
  const form = page.getByRole('form', { name: '分派' })
  await choose(page, '主办单位', 'tax')
  await form.getByLabel('市级', { exact: true }).check()
  await page.context().setOffline(true)
  await page.getByText('现在没有网络').first().waitFor()
  await form.getByRole('button', { name: '分派' }).click()
  await form.getByRole('alert').waitFor()
  expect(await form.getByLabel('市级', { exact: true }).isChecked()).toBe(true)
  await page.context().setOffline(false)
  await form.getByRole('button', { name: '分派' }).click()
  await expect.poll(() => phase(id)).toBe('dispatched')
})

test('a leader records a visit on a phone, and its problem becomes an appeal', async () => {
  const page = await desk('ling', 'new/visit/record', { viewport: PHONE })
  await choose(page, '企业', 'tonghuae1')
  await page
    .getByLabel(/情况|概述|内容/)
    .first()
    .fill('看了新车间，缺技术工人。')
  await page.getByRole('button', { name: '再加一条' }).first().click()
  const item = page.locator('.item').first()
  await item.getByLabel('标题').fill('缺技术工人')
  await item.getByLabel('具体情况').fill('缺二十名车工。')
  await item.getByLabel('堵点难点痛点').check()
  await item.getByLabel('经贸合作').check()
  await page.getByRole('button', { name: '登记走访', exact: true }).click()
  await page.getByRole('heading', { name: '来龙去脉' }).waitFor()
  await page.getByRole('link', { name: /缺技术工人/ }).click()
  await page.getByRole('heading', { name: '缺技术工人' }).waitFor()
})

test('a kind of record that these desks have never heard of has its form, list and buttons', async () => {
  const asked = await s.server.ask(undefined, 'POST', '/api/records/lantern/ask', {
    input: { street: '新华大街', colour: 'red', phone: '13900001234' },
  })
  const { id } = asked.body['done'] as { id: string }
  const page = await desk('hao', 'list/lantern')
  await page
    .getByRole('link', { name: /新华大街/ })
    .first()
    .click()
  await page.getByText(id).first().waitFor()
  await page.locator('main').getByRole('button').first().click()
  await page.getByRole('form').waitFor()
})

test('in English nothing is left in Chinese but what people wrote', async () => {
  const page = await s.open('du')
  await page.context().addCookies([{ name: 'lang', value: 'en', url: s.server.origin }])
  await page.goto(`${s.server.origin}/desk/`)
  await page.getByRole('heading', { name: 'Supervision' }).waitFor()
  const words = await page.locator('body').innerText()
  const chinese = words
    .split('\n')
    .filter((line) => /\p{Script=Han}/u.test(line.replace(/\S*[局某公司诉求灯路门]\S*/gu, '')))
  expect(chinese).toEqual([])
})

// The last: time moves on, and sessions that were open end.
test('a supervisor sees what is late by unit and serves a notice', async () => {
  const id = await raise({ title: '拖了很久的诉求' })
  await give('fen', id, 'dispatch', { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' })
  await give('hao', id, 'sign', {})
  s.server.town.set('2026-03-20T10:00:00.000+08:00')
  const page = await desk('du')
  await page.getByRole('link', { name: 'tax局' }).first().waitFor()
  await page.goto(`${s.server.origin}/desk/record/appeal/${id}`)
  await page.getByRole('button', { name: /督办$/ }).click()
  const form = page.getByRole('form', { name: '督办' })
  await form.getByLabel('督办要求').fill('三日内答复')
  await form.getByRole('textbox').last().fill('2026-03-25')
  await form.getByRole('button', { name: '督办' }).click()
  await page.getByText('三日内答复').first().waitFor()
})
