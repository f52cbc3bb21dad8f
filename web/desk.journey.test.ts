// Cases on the desks: dispatch, sign, answer, call back and merge, live, without a network, printed, in both languages.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { desks, dispatched, find } from '../tests/desk.ts'
import { stage, type Stage } from '../tests/page.ts'

let s: Stage
beforeAll(async () => {
  s = await stage()
})
afterAll(() => s.close())
const { raise, give, show, ask, open } = desks(() => s)
/** A session of its own: name and value of the cookie. */
const signed = async (person: string) => {
  const answer = await s.server.ask(undefined, 'POST', '/auth/demo', { person })
  return /^(\w+)=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')!.slice(1) as [string, string]
}
const phase = async (id: string) => (await show('fen', 'appeal', id))['phase']

describe('an appeal from the triage queue to the call-back', () => {
  let [id, next] = ['', '']
  beforeAll(async () => {
    id = await raise()
    s.server.town.set('2026-02-11T10:05:00.000+08:00')
    next = await raise({ title: '排在后面的诉求' })
  })

  test('the dispatcher sends it to a unit without touching the mouse; the next one is there by itself', async () => {
    const page = await open('fen')
    await page.getByRole('heading', { name: '厂区供电不稳' }).waitFor()
    await page.keyboard.press('1')
    const form = page.getByRole('form', { name: '分派' })
    await form.waitFor()
    await page.keyboard.press('Control+Enter')
    await form.getByRole('alert').getByText('请填写主办单位').waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
    // What the record says already is not asked again.
    expect(await form.getByLabel('政企沟通').isChecked()).toBe(true)
    await find(page, '主办单位', 'tax')
    await form.getByLabel('市级', { exact: true }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => phase(id)).toBe('dispatched')
    await page.getByRole('heading', { name: '排在后面的诉求' }).waitFor()
    await page.getByRole('status').getByText('已分派：厂区供电不稳').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('排在后面的诉求')
    expect(page.problems.filter((one) => !one.includes('422'))).toEqual([])
    await give('fen', next, 'dispatch', { ...dispatched, unit: 'labour' })
    await page.getByText('没有待分派的诉求').waitFor()
  })

  test('the handler signs for it with the keyboard alone, and answers with evidence', async () => {
    const page = await open('hao', 'inbox?tab=sign')
    await page.getByRole('heading', { name: '厂区供电不稳' }).waitFor()
    await page.keyboard.press('1')
    await page.getByRole('form', { name: '签收' }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => phase(id)).toBe('handling')
    await page.goto(`${s.server.origin}/desk/inbox`)
    await page.getByRole('heading', { name: '厂区供电不稳' }).waitFor()
    await page.getByRole('button', { name: /答复$/ }).first().click()
    const form = page.getByRole('form', { name: '答复' })
    await form.getByLabel('已解决').check()
    await form.getByLabel('内容').fill('线路已检修。')
    await form.getByRole('button', { name: '答复', exact: true }).click()
    await form
      .getByText(/须附佐证/)
      .first()
      .waitFor()
    // A form that is closed opens as it was left.
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /答复$/ }).first().click()
    expect(await form.getByLabel('内容').inputValue()).toBe('线路已检修。')
    await form.getByRole('button', { name: '添加佐证' }).click()
    await form.getByLabel('佐证 1').fill('检修单 26-018')
    await form.getByRole('button', { name: '答复', exact: true }).click()
    await expect.poll(() => phase(id)).toBe('answered')
  })

  test('the caller, who is not the handler, has the answer before his eyes and confirms it', async () => {
    const page = await open('dian')
    await page
      .getByRole('button', { name: /登记回访$/ })
      .first()
      .click()
    const form = page.getByRole('form', { name: '登记回访' })
    await form.getByText('线路已检修。').waitFor()
    expect(await page.getByRole('link', { name: '13900001234' }).getAttribute('href')).toBe('tel:13900001234')
    await form.getByLabel('是', { exact: true }).check()
    await form.getByLabel('说明').fill('已恢复供电')
    await form.getByRole('button', { name: '登记回访' }).click()
    await expect.poll(() => phase(id)).toBe('closed')
    await page.getByText('没有待回访的诉求').waitFor()
  })

  test('its page says in words what happened, who was told, and on what its dates rest', async () => {
    const page = await open('du', `record/appeal/${id}`)
    await page.getByText('已通知tax局').first().waitFor()
    const words = await page.locator('main').innerText()
    expect(words).toContain('回访确认，销号办结')
    expect(words).not.toMatch(/\{|\[object|undefined/)
    await page.locator('details.clock summary').first().click()
    await page
      .getByText(/民法典第二百零一条/)
      .first()
      .waitFor()
  })

  test('printed it is the case alone, with everything laid open', async () => {
    const page = await open('du', `record/appeal/${id}`)
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
    const buttons = await page.locator('button:visible').allInnerTexts()
    expect(buttons).toEqual([])
    // The sentence of a clock that is done is what one opens on the screen; on paper it stands.
    expect(
      await page
        .getByText(/已在期限内办结/)
        .first()
        .isVisible(),
    ).toBe(true)
    expect(await page.getByText(/du某打印于2026|du某打印于 20/).isVisible()).toBe(true)
    expect(
      await page
        .getByText(/民法典第二百零一条/)
        .first()
        .isVisible(),
    ).toBe(true)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  })
})

test('two appeals about the same are laid side by side and merged, after it was said what that does', async () => {
  const first = await raise({ title: '团结路路灯不亮', body: '晚班工人下班路上看不见。' })
  await give('fen', first, 'dispatch', dispatched)
  const second = await raise({ title: '团结路的路灯不亮了', body: '晚上送货看不清路。' })
  const page = await open('fen', `triage?id=${second}`)
  await page.getByRole('button', { name: '并排查看' }).first().click()
  await page.getByText('晚班工人下班路上看不见。').waitFor()
  await page.locator('.pairwise').getByRole('button', { name: '并入' }).click()
  const form = page.getByRole('form', { name: '并入另一诉求' })
  await form.getByText('这件诉求不再单独办理').waitFor()
  await form.getByText('团结路路灯不亮').waitFor()
  await form.getByLabel('理由').fill('同一路段')
  await form.getByRole('button', { name: '并入另一诉求' }).click()
  await expect.poll(() => phase(second)).toBe('merged')
  await page.goto(`${s.server.origin}/desk/record/appeal/${first}`)
  await page.getByRole('link', { name: '团结路的路灯不亮了' }).first().waitFor()
})

test('where earlier cases in like words went is suggested first', async () => {
  const id = await raise({ title: '团结路路灯又不亮' })
  const page = await open('fen', `triage?id=${id}`)
  await page.getByRole('heading', { name: '团结路路灯又不亮' }).waitFor()
  await page.keyboard.press('1')
  await page.getByRole('option').first().getByText('近似诉求中有').waitFor()
  expect(await page.getByRole('option').first().innerText()).toContain('tax局')
})

test('what somebody else does appears on an open desk by itself', async () => {
  const page = await open('fen')
  const id = await raise({ title: '新来的诉求' })
  await page.getByText('新来的诉求').first().waitFor()
  await give('fen', id, 'dispatch', { ...dispatched, unit: 'labour' })
  await page.getByText('新来的诉求').first().waitFor({ state: 'detached' })
})

test('a case shows at once what became of the visit from which it came', async () => {
  const problem = { title: '走访时提的问题', body: '出口退税慢（测试）。', line: 'communication', matter: 'difficulty' }
  const visit = { on: '2026-02-10', enterprise: 'e1', summary: '走访了测试车间。', problems: [problem] }
  const made = await ask('ling', '/api/records/visit/record', visit)
  expect(made.status, made.text).toBe(200)
  const visited = (made.body['done'] as { id: string }).id
  const { items } = (await ask('fen', `/api/records/appeal?q=${encodeURIComponent(problem.title)}`)).body
  const page = await open('fen', `record/appeal/${(items as { id: string }[])[0]!.id}`)
  const came = page.locator('.chain li').filter({ hasText: '走访了测试车间' })
  await came.getByText('已登记').waitFor()
  await give('ling', visited, 'void', { reason: '日期记错了。' }, 'visit')
  await came.getByText('已撤销').waitFor()
})

test('a record that changes under an open form says so, and what was typed stays', async () => {
  const id = await raise({ title: '填写时有变化' })
  await give('fen', id, 'dispatch', dispatched)
  await give('hao', id, 'sign', {})
  const page = await open('hao', `inbox?id=${id}`)
  await page.getByRole('heading', { name: '填写时有变化' }).waitFor()
  await page.getByRole('button', { name: /记录进展$/ }).click()
  const form = page.getByRole('form', { name: '记录进展' })
  await form.getByLabel('内容').fill('已到现场。')
  await give('du', id, 'urge', { reason: '请尽快。' })
  await form.getByText('这条记录刚有变化').waitFor()
  expect(await form.getByLabel('内容').inputValue()).toBe('已到现场。')
  await form.getByRole('button', { name: '记录进展' }).click()
  await page.getByText('已到现场。').first().waitFor()
})

test('without a network it says so, and what was typed is kept and sent afterwards, once', async () => {
  const id = await raise({ title: '断网时的诉求' })
  const page = await open('fen', `triage?id=${id}`)
  await page.getByRole('button', { name: /分派$/ }).first().click()
  const form = page.getByRole('form', { name: '分派' })
  await find(page, '主办单位', 'tax')
  await form.getByLabel('市级', { exact: true }).check()
  await page.context().setOffline(true)
  await page.getByText('现在没有网络').first().waitFor()
  await form.getByRole('button', { name: '分派', exact: true }).click()
  await form.getByRole('alert').waitFor()
  expect(await form.getByLabel('市级', { exact: true }).isChecked()).toBe(true)
  await page.context().setOffline(false)
  await form.getByRole('button', { name: '分派', exact: true }).click()
  await expect.poll(() => phase(id)).toBe('dispatched')
  expect(((await show('fen', 'appeal', id))['timeline'] as unknown[]).length).toBe(2)
})

test('a case that is not for these eyes, and a page that is not there, say so and lead on', async () => {
  const id = await raise({ title: '别人的诉求' })
  await give('fen', id, 'dispatch', { ...dispatched, unit: 'labour' })
  const page = await s.open('hao')
  await page.goto(`${s.server.origin}/desk/record/appeal/${id}`)
  await page.getByRole('alert').getByText('没有找到这条记录').waitFor()
  await page.goto(`${s.server.origin}/desk/nowhere/at/all`)
  await page.getByRole('link', { name: '回到我的工作台' }).click()
  await page.getByRole('heading', { name: '我的待办' }).waitFor()
  await page.goto(`${s.server.origin}/desk/supervise`)
  await page.getByText('您的岗位不使用它').waitFor()
  for (const nowhere of ['list/nonesuch', 'record/nonesuch/1']) {
    await page.goto(`${s.server.origin}/desk/${nowhere}`)
    await page.getByRole('heading', { name: '没有这个页面' }).waitFor()
  }
})

test('a window whose session has ended says so, takes nothing from anybody else, and goes on after signing in again', async () => {
  const id = await raise({ title: '登录失效时的诉求' })
  const page = await open('fen', `triage?id=${id}`)
  await page.getByRole('button', { name: /分派$/ }).first().click()
  const form = page.getByRole('form', { name: '分派' })
  await find(page, '主办单位', 'tax')
  await form.getByLabel('市级', { exact: true }).check()
  const cookies = page.context()
  // Somebody else has signed in in this browser: his rights are not those of this window.
  const others = await signed('du')
  const again = await signed('fen')
  const focus = () => page.evaluate(() => dispatchEvent(new Event('focus')))
  const told = page.getByText('请在新标签页重新登录')
  await cookies.addCookies([{ name: 'session', value: 'none-any-more', url: s.server.origin }])
  await form.getByRole('button', { name: '分派', exact: true }).click()
  await told.waitFor()
  // Nobody who comes by reads on, and whoever else signs in does not go on as the one who was.
  expect(await form.isVisible()).toBe(false)
  await cookies.addCookies([{ name: others[0], value: others[1], url: s.server.origin }])
  await focus()
  await page.waitForTimeout(500)
  expect([await told.isVisible(), await phase(id)]).toEqual([true, 'raised'])
  expect(await page.getByRole('link', { name: '登录', exact: true }).getAttribute('target')).toBe('_blank')
  await cookies.addCookies([{ name: again[0], value: again[1], url: s.server.origin }])
  await focus()
  await told.waitFor({ state: 'detached' })
  await form.getByRole('button', { name: '分派', exact: true }).click()
  await expect.poll(() => phase(id)).toBe('dispatched')
})

describe('by keyboard', () => {
  test('a list of the keys, search over all kinds, places by number, and keys that can be turned off', async () => {
    await raise({ title: '键盘上的诉求' })
    const page = await open('fen')
    await page.keyboard.press('?')
    await page.getByRole('complementary', { name: '键盘操作' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type('e1')
    await page.getByRole('option', { name: /通化e1公司/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '通化e1公司' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('没有这样的东西')
    await page.keyboard.press('Enter')
    await page.getByText('可以换用更短的词').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('1')
    await page.getByRole('heading', { name: '待分派' }).waitFor()
    await page.getByRole('button', { name: /fen某/ }).click()
    await page.getByRole('group', { name: '单键操作' }).getByLabel('关').check()
    await page.keyboard.press('Escape')
    await page.locator('main').focus()
    await page.keyboard.press('?')
    expect(await page.getByRole('complementary', { name: '键盘操作' }).count()).toBe(0)
  })

  test('moving in a queue and doing the same to several at once', async () => {
    const ids = [await raise({ title: '成批之一' }), await raise({ title: '成批之二' })]
    const page = await open('fen')
    await page.getByText('成批之二').first().waitFor()
    for (const title of ['成批之一', '成批之二']) {
      await page
        .getByRole('button', { name: /^(选择|取消选择)$/ })
        .first()
        .waitFor()
      if ((await page.getByRole('checkbox').count()) === 0) await page.getByRole('button', { name: '选择' }).click()
      await page.getByRole('checkbox', { name: `选择 ${title}` }).check()
    }
    await page.getByRole('heading', { name: '已选 2 件' }).waitFor()
    await page.getByRole('button', { name: '催办', exact: true }).click()
    const form = page.getByRole('form', { name: '催办' })
    await form.getByLabel('理由').fill('请尽快分派。')
    await form.getByRole('button', { name: '催办', exact: true }).click()
    await page.getByRole('status').getByText('已催办 2 件').waitFor()
    for (const id of ids) expect(JSON.stringify(await show('fen', 'appeal', id))).toContain('请尽快分派。')
  })
})

test('language, colours and size of print are chosen here and stay', async () => {
  const page = await open('du')
  const choose = async (group: string | RegExp, option: string) => {
    if (!(await page.getByRole('group', { name: group }).isVisible()))
      await page.getByRole('button', { name: /du某/ }).click()
    await page.getByRole('group', { name: group }).getByLabel(option).click()
  }
  await choose('配色', '深色')
  await choose('字号', '大字')
  expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toEqual({
    theme: 'dark',
    print: 'large',
  })
  await choose('语言', 'English')
  await page.getByRole('heading', { name: 'Appeals by unit' }).waitFor()
  expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toEqual({
    theme: 'dark',
    print: 'large',
  })
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
})

test('in English nothing is left in Chinese but what people wrote', async () => {
  const raised = (await ask('fen', '/api/records/appeal?limit=100')).body['items'] as { title: string }[]
  const titles = [...raised.map((one) => one.title), '请尽快分派。']
  const id = await raise({ title: 'Power cuts', body: 'Twice a week.', contact: 'Qian' })
  await give('fen', id, 'dispatch', dispatched)
  for (const [person, path] of [
    ['du', ''],
    ['fen', 'triage'],
    ['hao', `record/appeal/${id}`],
    ['wen', 'units'],
    ['wen', 'calendars'],
    ['shen', 'audit'],
    ['ling', 'figures'],
  ] as const) {
    const page = await s.open(person)
    await page.context().addCookies([{ name: 'lang', value: 'en', url: s.server.origin }])
    await page.goto(`${s.server.origin}/desk/${path}`)
    await page.locator('main h1:visible').first().waitFor()
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    const words = await page.locator('body').innerText()
    const chinese = words
      .split('\n')
      .filter((line) => !titles.some((title) => line.includes(title)))
      .map((line) => line.replaceAll(/\S*(局|某|公司|诉求|路灯|停电|国办发|国务院|测试|中文)\S*/gu, ''))
      .filter((line) => /\p{Script=Han}/u.test(line))
    expect(chinese, path).toEqual([])
    await page.context().close()
  }
})
