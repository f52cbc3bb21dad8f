// One journey for each desk: clerk, supervisor, leader, administrators, auditor, whoever reads figures; and kinds unheard of.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Domain } from '../kernel/domain.ts'
import { desks, dispatched, find } from '../tests/desk.ts'
import { lanterns } from '../tests/lantern/index.ts'
import { PHONE, stage, type Stage } from '../tests/page.ts'

/** The lanterns of the mechanism's test, with a place in the inbox beside the appeals. */
const [lantern] = lanterns.kinds
const words = { queues: { inbox: { title: 'x', empty: 'x' } }, views: { mine: '待悬挂' } }
const hung: Domain = {
  ...lanterns,
  kinds: [
    {
      definition: {
        ...lantern!.definition,
        queues: { inbox: { on: { handler: 9 }, views: { mine: { open: 'yes', order: 'due' } } } },
      },
      texts: { 'zh-CN': { ...lantern!.texts['zh-CN'], ...words }, en: { ...lantern!.texts.en, ...words } },
    },
  ],
}

let s: Stage
beforeAll(async () => {
  s = await stage([hung])
})
afterAll(() => s.close())
const { raise, give, show, ask, open } = desks(() => s)
const day = (date: string) => s.server.town.set(`${date}T10:00:00.000+08:00`)

describe('a clerk on the telephone', () => {
  test('takes an appeal down by keyboard alone; what the register knows is not asked', async () => {
    const page = await open('gui')
    await page.getByRole('heading', { name: '提出诉求' }).waitFor()
    const type = async (text: string) => page.keyboard.type(text)
    const tab = () => page.keyboard.press('Tab')
    await type('园区道路积水')
    await tab()
    await type('雨后货车进不来。')
    await tab()
    await page.keyboard.press('ArrowDown')
    await tab()
    await page.keyboard.press('Space')
    await tab()
    await page.keyboard.press('ArrowDown')
    await tab()
    await type('tonghuae1')
    await page.locator('[role=listbox]:visible:not([aria-busy=true])').getByText('通化e1公司').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('留空即用企业登记的：钱*').waitFor()
    await page.getByText('留空即用企业登记的：139****34').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: '已登记' }).waitFor()
    const number = (await page.locator('.number').first().innerText()).trim()
    expect((await show('fen', 'appeal', number))['facts']).toMatchObject({ contact: '钱某', phone: '13900001234' })
    await page.keyboard.press('n')
    await page.getByRole('form', { name: '提出诉求' }).waitFor()
    // The next call comes through the same channel.
    expect(await page.getByLabel('电话', { exact: true }).isChecked()).toBe(true)
    expect(await page.getByLabel('标题').inputValue()).toBe('')
    await page.goto(`${s.server.origin}/desk/entered?tab=open`)
    await page.getByRole('heading', { name: '园区道路积水' }).waitFor()
    expect(await page.locator('main').innerText()).not.toContain('13900001234')
  })

  test('is told by field what is wrong, in the order of the form, and loses nothing', async () => {
    const page = await open('gui')
    await page.getByLabel('标题').fill('只有标题')
    await page.getByLabel('联系电话').fill('不是号码')
    await page.keyboard.press('Control+Enter')
    const told = page.getByRole('alert')
    await told.getByText('请填写具体情况').waitFor()
    await told.getByText(/联系电话.*格式不对/).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-phone')
    expect(await page.getByLabel('标题').inputValue()).toBe('只有标题')
  })
})

describe('a supervisor', () => {
  let ids: readonly string[] = []
  beforeAll(async () => {
    ids = await Promise.all(['拖了很久的诉求', '另一件拖了很久的诉求', '劳动局的诉求'].map((title) => raise({ title })))
    for (const [place, id] of ids.entries())
      await give('fen', id, 'dispatch', { ...dispatched, unit: place === 2 ? 'labour' : 'tax' })
    await give('hao', ids[0]!, 'sign', {})
    await give('hao', ids[1]!, 'sign', {})
    day('2026-03-20')
  })

  test('sees what is late by unit, opens it, urges several at once and serves a notice', async () => {
    const page = await open('du')
    await page.getByRole('link', { name: /^tax局/ }).waitFor()
    await page.getByText('另一件拖了很久的诉求').waitFor()
    await page.getByText('数据表').click()
    const row = page.getByRole('row', { name: /^tax局/ })
    expect((await row.getByRole('cell').allInnerTexts()).map(Number)).toEqual([2, 0, 0, 0, 2])
    await page.getByRole('listitem').filter({ hasText: 'tax局' }).getByRole('link', { name: '已超期 2' }).click()
    await expect.poll(() => page.url()).toContain('unit=tax')
    expect(await page.getByText('劳动局的诉求').count()).toBe(0)
    await page.getByRole('button', { name: '选择' }).click()
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await page.getByRole('button', { name: '催办', exact: true }).click()
    const form = page.getByRole('form', { name: '催办' })
    await form.getByLabel('理由').fill('已超期，请立即答复。')
    await form.getByRole('button', { name: '催办', exact: true }).click()
    await page.getByText('已催办 2 件').waitFor()
    for (const id of ids.slice(0, 2))
      expect(JSON.stringify(await show('du', 'appeal', id))).toContain('已超期，请立即答复')
    await page.getByRole('link', { name: /^拖了很久的诉求/ }).click()
    await page.getByRole('button', { name: /督办$/ }).click()
    const notice = page.getByRole('form', { name: '督办' })
    await notice.getByLabel('督办要求').fill('三日内答复')
    await notice.getByLabel('限办日期').fill('2026-03-19')
    await notice.getByRole('button', { name: '督办' }).click()
    await notice.getByRole('alert').getByText('日期不能早于今天').waitFor()
    await notice.getByLabel('限办日期').fill('2026-03-25')
    await notice.getByRole('button', { name: '督办' }).click()
    await page.getByText('三日内答复').first().waitFor()
  })

  test('what is refused for one of several is named, and the others are done', async () => {
    const page = await open('du', 'supervise?unit=tax&list=yes')
    await page.getByRole('button', { name: '选择' }).click()
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await page.getByRole('button', { name: '督办', exact: true }).click()
    const form = page.getByRole('form', { name: '督办' })
    await form.getByLabel('督办要求').fill('按期答复')
    await form.getByLabel('限办日期').fill('2026-03-01')
    await form.getByRole('button', { name: '督办', exact: true }).click()
    await form.getByRole('alert').getByText('日期不能早于今天').first().waitFor()
    await give('hao', ids[1]!, 'return', { reason: '不属本单位。' })
    await form.getByLabel('限办日期').fill('2026-03-30')
    await form.getByRole('button', { name: '督办', exact: true }).click()
    await expect
      .poll(async () => JSON.stringify(await show('du', 'appeal', ids[0]!)), { timeout: 10_000 })
      .toContain('按期答复')
  })

  test('on a phone the list comes after the thermometers, with a way back', async () => {
    const page = await open('du', '', { viewport: PHONE })
    await page.getByRole('link', { name: /^labour局/ }).click()
    await page.getByText('劳动局的诉求').waitFor()
    await page.getByRole('button', { name: /^←/ }).click()
    await page.getByRole('heading', { name: '各单位诉求办理' }).waitFor()
  })
})

describe('a leader', () => {
  beforeAll(async () => {
    const assign = (enterprise: string) =>
      ask('du', '/api/records/assignment/assign', { enterprise, leader: 'ling', unit: 'tax', from: '2026-01-01' })
    expect((await assign('e1')).status).toBe(200)
    expect((await assign('e2')).status).toBe(200)
  })

  test('records a visit on a phone in few steps: two fields, the rest is known; its problem becomes an appeal', async () => {
    const page = await open('ling', '', { viewport: PHONE })
    await page.getByText('尚未走访 2 户').waitFor()
    await page.getByRole('listitem').filter({ hasText: '通化e1公司' }).getByRole('link', { name: '登记走访' }).click()
    const form = page.getByRole('form', { name: '登记走访' })
    await form.getByText('通化e1公司').waitFor()
    await form.getByText('ling某 · tax局').waitFor()
    await form.getByText('2026年3月20日（周五）').waitFor()
    await form.getByLabel('走访情况').fill('看了新车间，缺技术工人。')
    await form.getByLabel('照片和附件').setInputFiles({
      name: '车间.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    })
    await form.getByText('已上传 车间.png').waitFor()
    await form.getByRole('button', { name: '添加反映的问题' }).click()
    const item = form.getByRole('group', { name: '反映的问题 1' })
    await item.getByLabel('标题').fill('缺技术工人')
    await item.getByLabel('具体情况').fill('缺二十名车工。')
    await item.getByLabel('堵点难点痛点').check()
    await item.getByLabel('经贸合作').check()
    await form.getByRole('button', { name: '登记走访', exact: true }).click()
    // Number and code of what was raised, to be read out or printed: an enterprise without an account follows it by these.
    await page.getByRole('heading', { name: '已登记' }).waitFor()
    await page.getByRole('heading', { name: '诉求 · 缺技术工人' }).waitFor()
    const raised = page.getByRole('region', { name: /^SQ/ }).locator('.number')
    const [number, code] = await raised.allInnerTexts()
    expect((await ask(undefined, `/record/appeal/${number}?code=${code}`)).text).toContain('缺技术工人')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.getByRole('button', { name: /打开这件走访/ }).click()
    await page.getByRole('heading', { name: '来龙去脉' }).waitFor()
    await page.getByRole('link', { name: '车间.png' }).first().waitFor()
    await page
      .getByRole('link', { name: /缺技术工人/ })
      .first()
      .click()
    await page.getByRole('heading', { name: '缺技术工人' }).waitFor()
  })

  test('sees what came of each problem, and which enterprises were never visited', async () => {
    const page = await open('ling')
    await page.getByText('尚未走访 1 户').click()
    await page.getByRole('listitem').filter({ hasText: '通化e2公司' }).first().waitFor()
    expect(
      await page.getByRole('listitem').filter({ hasText: '通化e1公司' }).filter({ hasText: '登记走访' }).count(),
    ).toBe(0)
    const visited = page.getByRole('listitem').filter({ hasText: '看了新车间' })
    await visited.getByRole('link', { name: '缺技术工人' }).waitFor()
    await visited.getByText('待分派').waitFor()
    // The enterprise's own page gathers what the city has to do with it.
    await page.goto(`${s.server.origin}/desk/record/enterprise/e1`)
    for (const heading of ['诉求', '走访', '包保关系'])
      await page.getByRole('heading', { name: heading, exact: true }).waitFor()
  })
})

describe('administration', () => {
  test('units are a tree; a person is enrolled by one, appointed by another, and stands in the unit', async () => {
    const page = await open('wen')
    await page.getByRole('link', { name: 'labour局' }).click()
    await page.getByRole('heading', { name: 'labour局' }).waitFor()
    await page.getByRole('link', { name: '登记人员' }).click()
    await page.getByLabel('姓名').fill('新来的')
    await page.getByLabel('登录名').fill('xinlai')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: '发放邀请' }).click()
    await page.getByText('邀请链接').waitFor()
    const other = await open('an', 'units?unit=labour')
    await other.getByRole('link', { name: '任命岗位' }).click()
    const form = other.getByRole('form', { name: '任命' })
    await form.getByText('任命后，此人从开始日期起').waitFor()
    await find(other, '人员', '新来的')
    await form.getByLabel('岗位').selectOption({ label: '办理人员' })
    await form.getByLabel('知悉级别').fill('1')
    await form.getByLabel('开始日期').fill('2026-03-01')
    await form.getByRole('button', { name: '任命' }).click()
    await other.getByRole('heading', { name: '新来的' }).waitFor()
    await other.goto(`${s.server.origin}/desk/units?unit=labour`)
    await other.getByRole('link', { name: '新来的' }).waitFor()
  })

  test('a year is provisional until one drafts it and another publishes it', async () => {
    const page = await open('wen', 'calendars?year=2027')
    await page.getByRole('heading', { name: /2027 年.*暂定/ }).waitFor()
    await page.getByRole('link', { name: '拟定一年的安排' }).click()
    const form = page.getByRole('form', { name: '拟定' })
    await form.getByLabel('年度').fill('2027')
    await form.getByLabel('通知文号').fill('测试发〔2026〕1号')
    await form.getByLabel('通知日期').fill('2026-11-01')
    await form.getByRole('button', { name: '添加放假' }).click()
    await form.getByLabel('从').fill('2027-01-01')
    await form.getByLabel('至').fill('2027-01-03')
    await form.getByRole('button', { name: '拟定' }).click()
    await page.getByRole('heading', { name: /2027 测试发/ }).waitFor()
    expect(await page.getByRole('button', { name: /发布$/ }).count()).toBe(0)
    const other = await open('an', 'to-publish')
    await other.getByRole('button', { name: /发布$/ }).click()
    await other.getByText('未办结事项的期限按新的安排重新计算').waitFor()
    await other.getByRole('form', { name: '发布' }).getByRole('button', { name: '发布' }).click()
    await other.getByText('没有待发布的内容').waitFor()
    await other.goto(`${s.server.origin}/desk/calendars?year=2027`)
    await other.getByText('测试发〔2026〕1号').waitFor()
    expect(await other.getByRole('heading', { name: /暂定/ }).count()).toBe(0)
  })

  test('limits bear their names, and nobody may change one that is published', async () => {
    const page = await open('wen', 'list/rule')
    await page.getByRole('row').filter({ hasText: '答复投诉' }).getByRole('link').first().click()
    await page.getByText('测试办法第一条').first().waitFor()
    await page.getByText('这一环节没有您可以办理的操作').waitFor()
  })

  test('a rule that is still missing is laid down by one and published by another, and then stands with the others', async () => {
    const page = await open('wen', 'rules')
    await page.getByRole('row').filter({ hasText: '答复投诉' }).getByText('5 工作日').waitFor()
    const missing = page.getByRole('listitem').filter({ hasText: '悬挂花灯的时限' })
    await missing.getByRole('link', { name: '拟定规则' }).click()
    const form = page.getByRole('form', { name: '拟定' })
    await form.getByLabel('工作日', { exact: true }).check()
    await form.getByLabel('期限', { exact: true }).fill('3')
    await form.getByLabel('依据条款').fill('测试办法第二条')
    await form.getByLabel('出处').fill('测试')
    await form.getByLabel('施行日期').fill('2026-01-01')
    await form.getByRole('button', { name: '拟定' }).click()
    await page.getByRole('heading', { name: '测试办法第二条' }).waitFor()
    const other = await open('an', 'rules')
    await other.getByRole('heading', { name: '待另一人发布 (1)' }).waitFor()
    await other.getByRole('link', { name: '悬挂花灯的时限' }).click()
    await other.getByRole('button', { name: /发布$/ }).click()
    await other.getByRole('form', { name: '发布' }).getByRole('button', { name: '发布' }).click()
    await other.goto(`${s.server.origin}/desk/rules`)
    await other.getByRole('row').filter({ hasText: '测试办法第二条' }).getByText('3 工作日').waitFor()
    expect(await other.getByText('待另一人发布').count()).toBe(0)
  })
})

test('an auditor finds who looked at a case, and leaves traces too', async () => {
  const id = await raise({ title: '被查看的诉求' })
  await open('fen', `record/appeal/${id}`)
  const page = await open('shen')
  await page.getByLabel('做了什么').selectOption({ label: '查看个人信息' })
  await page.getByRole('link', { name: '被查看的诉求' }).first().click()
  await page.getByRole('link', { name: '谁查看过这条记录' }).click()
  await page.getByRole('row').filter({ hasText: 'fen某' }).filter({ hasText: '被查看的诉求' }).first().waitFor()
  await page.getByRole('link', { name: 'fen某' }).first().click()
  await expect.poll(() => page.url()).toContain('actor=fen')
})

test('a figure has its definition, its trend with a table behind it, its records, and a day in its address', async () => {
  await raise({ title: '数得到的诉求' })
  const page = await open('du', 'figures')
  await page.getByRole('link', { name: '登记诉求' }).click()
  await page.getByRole('heading', { name: '登记诉求' }).waitFor()
  await page.getByText('期内登记的诉求件数').waitFor()
  await page.getByText('数据表').click()
  expect(await page.getByRole('row').count()).toBe(13)
  await page.getByRole('link', { name: '数得到的诉求' }).first().waitFor()
  await page.getByLabel('截止日期').fill('2026-01-31')
  await expect.poll(() => page.url()).toContain('asOf=2026-01-31')
  await page.getByText('这里还没有记录').waitFor()
  await expect.poll(() => page.locator('.value').innerText()).toBe('0件')
})

describe('a kind of record that these desks have never heard of', () => {
  let id = ''
  beforeAll(async () => {
    const asked = await ask(undefined, '/api/records/lantern/ask', {
      street: '新华大街',
      colour: 'red',
      phone: '13900001234',
    })
    id = (asked.body['done'] as { id: string }).id
  })

  test('stands in the inbox of whoever handles it, between the appeals, by the time that is left', async () => {
    const page = await open('hao', 'inbox')
    await page.getByRole('link', { name: /新华大街/ }).click()
    await page.getByRole('heading', { name: '新华大街' }).waitFor()
    await page.getByText('悬挂时限').first().waitFor()
    await page.keyboard.press('1')
    const form = page.getByRole('form', { name: '悬挂' })
    await form.getByLabel('高度').fill('50')
    await form.getByRole('button', { name: '悬挂' }).click()
    await form.getByRole('alert').getByText('花灯不能挂得高于 9 米').waitFor()
  })

  test('has its list and form in the navigation, is found from anywhere, and not by those who may not see it', async () => {
    const page = await open('hao', 'records')
    await page.getByRole('link', { name: '花灯', exact: true }).click()
    await page.getByRole('row', { name: /新华大街/ }).waitFor()
    await page.getByRole('link', { name: '申请花灯' }).click()
    await page.getByRole('form', { name: '申请花灯' }).getByLabel('红色').waitFor()
    await page.keyboard.press('Escape')
    // The page goes back; until it has, keys belong to the form.
    await page.getByRole('form', { name: '申请花灯' }).waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await page.keyboard.type('新华')
    await page.getByRole('option', { name: /花灯 新华大街/ }).waitFor()
    const other = await open('hui', 'records')
    expect(await other.getByRole('link', { name: '花灯', exact: true }).count()).toBe(1)
    await other.goto(`${s.server.origin}/desk/search?q=${id}`)
    await other.getByText('没有找到').waitFor()
  })
})

describe('an item manager', () => {
  const item = {
    name: '测试事项',
    type: 'licence',
    basis: '测试办法第一条',
    level: 'city',
    audience: ['enterprise'],
    handling: 'within-time',
    promised: 5,
    promisedUnit: 'working-day',
    conditions: '测试条件',
    steps: [{ step: '受理' }],
    situations: [],
    materials: [],
    fields: [],
    results: [],
    visits: 1,
    channels: ['at-window'],
    window: 'undifferentiated',
    hallDue: true,
    nearby: false,
    fee: false,
    remedies: '测试',
    enquiries: '测试',
    unit: 'tax',
  }

  test('publishes all that wait at once, told what that means; what he has drafted himself is named and stays', async () => {
    day('2026-03-20')
    const codes = Array.from({ length: 34 }, (_, n) => `11220500MANY${String(n).padStart(4, '0')}`)
    for (const [place, code] of codes.entries()) {
      const person = await s.server.town.as(place === 0 ? 'xiang' : 'hao')
      await s.server.town.done(person, 'item', 'list', { ...item, code, name: `测试事项${place}` })
      await s.server.town.done(person, 'version', 'submit', {}, `${code}-V1`)
    }
    const page = await open('xiang', 'versions-to-publish')
    await page.getByRole('button', { name: '选择' }).click()
    // More than a page of them: the list is read to its end.
    await page.getByRole('button', { name: '全选' }).click()
    await page.getByRole('heading', { name: '已选 34 件' }).waitFor()
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const form = page.getByRole('form', { name: '发布' })
    await form.getByText('发布后的版本不能再改').waitFor()
    await form.getByLabel('施行日期').fill('2026-03-20')
    await form.getByRole('button', { name: '发布', exact: true }).click()
    await form.getByRole('alert').getByText('须由拟定人以外的人员发布').first().waitFor()
    await page.getByRole('heading', { name: '已选 1 件' }).waitFor()
    expect((await show('xiang', 'item', codes[33]!))['phase']).toBe('standing')
    expect((await show('xiang', 'item', codes[0]!))['phase']).toBe('new')
  })
})
