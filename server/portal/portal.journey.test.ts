// The portal as an enterprise uses it: everything without JavaScript, and what JavaScript adds.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system } from '../../kernel/access.ts'
import { faults, overflow, PHONE, stage, type Stage } from '../../tests/page.ts'

let s: Stage
beforeAll(async () => {
  s = await stage()
})
afterAll(() => s.close())

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().click()
const heading = (page: Page) => page.locator('main h1').first().textContent()
const summary = (page: Page) => page.locator('[role=alert], .problem, .summary').first().textContent()
const staff = async (person: string, id: string, name: string, input: unknown) => {
  const answer = await s.server.ask(person, 'POST', `/api/records/appeal/${id}/${name}`, { input })
  expect(answer.status, answer.text).toBe(200)
}

describe('without JavaScript, on a phone', () => {
  let page: Page
  const made = { id: '', code: '' }
  beforeAll(async () => {
    page = await s.open(undefined, { viewport: PHONE, javaScriptEnabled: false })
  })

  test('an appeal is raised, one thing a page; what is wrong is said where it is wrong, and nothing typed is lost', async () => {
    await page.goto(s.server.origin)
    await page.getByRole('link', { name: '提出诉求' }).first().click()
    await press(page, '开始填写')
    expect(await page.locator('main').textContent()).toContain('保存码')

    await page.getByRole('link', { name: '说明问题' }).click()
    await page.getByLabel('标题').fill('厂区供电不稳😀𠮷<script>alert(1)</script>')
    await press(page, '保存并继续')
    expect(await summary(page)).toContain('请填写具体情况')
    expect(await page.title()).toMatch(/^有误：/)
    expect(await page.getByLabel('标题').inputValue()).toBe('厂区供电不稳😀𠮷<script>alert(1)</script>')
    await page.getByLabel('具体情况').fill('每周停电两次。')
    await press(page, '保存并继续')

    await page.getByLabel('堵点难点痛点').check()
    await page.getByLabel('政企沟通').check()
    await press(page, '保存并继续')

    await page.getByLabel('联系电话').fill('电话')
    await press(page, '保存并继续')
    expect(await summary(page)).toContain('联系电话')
    await page.getByLabel('联系电话').fill('13900001234')
    await press(page, '保存并继续')

    await page.setInputFiles('input[type=file]', {
      name: '合同.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('MZ not a pdf at all'),
    })
    await press(page, '保存并继续')
    expect(await summary(page)).toMatch(/合同\.pdf/)
    await page.setInputFiles('input[type=file]', {
      name: '停电记录.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('二月三日 停电两小时\n'),
    })
    await press(page, '保存并继续')

    expect(await heading(page)).toContain('核对并提交')
    expect(await page.locator('main').textContent()).toContain('停电记录.txt')
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await press(page, '提交')
    expect(await heading(page)).toContain('已提交')
    const told = (await page.locator('main').textContent())!
    made.id = /SQ\d{6}-\w{7}/.exec(told)![0]
    made.code = (await page.locator('.number').allTextContents())
      .map((one) => one.trim())
      .find((one) => /^(\w{4}-){5}\w{4}$/.test(one))!
    expect(made.code).toBeTruthy()
  })

  test('sent twice by going back, it is still one appeal', async () => {
    const done = page.url()
    await page.goBack()
    expect(await page.locator('main').textContent()).toContain(made.id)
    const again = await s.server.ask(undefined, 'POST', `${new URL(done).pathname.replace(/done$/, 'check')}`, '')
    expect(again.headers.get('location')).toBe(new URL(done).pathname)
    const { body } = await s.server.ask('fen', 'GET', '/api/records/appeal?phase=raised')
    expect((body['items'] as { id: string }[]).map((one) => one.id)).toEqual([made.id])
  })

  test('it is followed by number and code, and a wrong code opens nothing', async () => {
    await page.context().clearCookies()
    await page.goto(`${s.server.origin}/follow`)
    await page.getByLabel('编号').fill(made.id)
    await page.getByLabel('查询码').fill('not-the-code')
    await press(page, '查询')
    expect(await summary(page)).toContain('对不上')
    await page.getByLabel('查询码').fill(made.code)
    await press(page, '查询')
    expect(await heading(page)).toContain('厂区供电不稳😀𠮷<script>alert(1)</script>')
    expect(await page.locator('main').textContent()).toContain('待分派')
  })

  test('the clock explains itself once a unit owes the answer', async () => {
    await staff('fen', made.id, 'dispatch', { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' })
    await staff('hao', made.id, 'sign', {})
    await page.reload()
    await page.getByText('这个日期是怎么算出来的').first().click()
    const words = await page.locator('main').textContent()
    expect(words).toContain('测试办法第一条')
    // Five working days from Wednesday, 11 February: 12, 13, 14 (made up), then after the Spring Festival 24, 25.
    expect(words).toContain('2026年2月25日')
  })

  test('a question is answered, the pause is shown, the answer is rated', async () => {
    await staff('hao', made.id, 'ask', { question: '停电的线路编号是什么？' })
    await page.reload()
    expect(await page.locator('main').textContent()).toContain('停电的线路编号是什么？')
    await page.getByRole('link', { name: '补充材料' }).click()
    await page.getByLabel('内容').fill('10kV 江南线')
    await press(page, '补充材料')
    expect(await page.locator('main').textContent()).toContain('10kV 江南线')
    await staff('hao', made.id, 'answer', { outcome: 'solved', text: '线路已检修。', evidence: ['检修单 26-018'] })
    await staff('dian', made.id, 'callBack', { accepted: true, note: '已恢复供电' })
    await page.reload()
    await page.getByRole('link', { name: '评价' }).click()
    await page.getByLabel('非常满意', { exact: true }).check()
    await press(page, '评价')
    const words = await page.locator('main').textContent()
    expect(words).toContain('非常满意')
    expect(words).toContain('已办结')
    await page.goto(`${s.server.origin}/figures/F01`)
    expect(await page.locator('main').textContent()).toMatch(/2026年2月11日（周三）\s+1\s[\s\S]*厂区供电不稳/)
  })

  test('on a computer that others use, the case is closed again', async () => {
    await page.goto(`${s.server.origin}/record/appeal/${made.id}`)
    await press(page, '结束查看')
    const gone = await page.goto(`${s.server.origin}/record/appeal/${made.id}`)
    expect(gone!.status()).toBe(404)
  })

  test('in large print and in English, chosen without JavaScript', async () => {
    await page.goto(s.server.origin)
    await press(page, '大字版')
    expect(await page.locator('html').getAttribute('data-print')).toBe('large')
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await press(page, 'English')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.locator('main').textContent()).toContain('Raise an appeal')
  })
})

describe('an agent of two enterprises, without JavaScript', () => {
  let page: Page
  const raise = async (title: string) => {
    await page.goto(`${s.server.origin}/start/appeal/raise`)
    await press(page, '开始填写')
    await page.getByRole('link', { name: '说明问题' }).click()
    await page.getByLabel('标题').fill(title)
    await page.getByLabel('具体情况').fill('验收后一直没有付款。')
    await press(page, '保存并继续')
    await page.getByLabel('堵点难点痛点').check()
    await page.getByLabel('法律维权').check()
    await press(page, '保存并继续')
  }
  beforeAll(async () => {
    const mandate = { person: 'qi', enterprise: 'e2', from: '2020-01-01' }
    await s.server.town.done(system, 'mandate', 'authorise', mandate, 'm3')
    page = await s.open('qi', { viewport: PHONE, javaScriptEnabled: false })
  })

  test('chooses for which one; what the city knows stands there with its source and may be changed', async () => {
    await raise('学校拖欠校服货款')
    await press(page, '保存并继续')
    expect(await summary(page)).toContain('请选择企业。')
    await page.getByLabel('通化e2公司').check()
    await press(page, '保存并继续')
    expect(await page.getByLabel('联系人').inputValue()).toBe('qi某')
    expect(await page.getByLabel('联系电话').inputValue()).toBe('13900001234')
    const words = await page.locator('main').textContent()
    expect(words).toContain('取自您的账号信息，可以修改。')
    expect(words).toContain('取自企业登记信息（通化e2公司），可以修改。')
    const contact = page.url()
    await page.getByLabel('联系电话').fill('')
    await press(page, '保存并继续')
    await page.getByRole('heading', { name: '附件' }).waitFor()
    // What was cleared on purpose is not filled in again.
    await page.goto(contact)
    expect(await page.getByLabel('联系电话').inputValue()).toBe('')
    await page.getByLabel('联系电话').fill('13700001234')
    await press(page, '保存并继续')
    await press(page, '保存并继续')
    expect(await heading(page)).toContain('核对并提交')
    expect(await page.locator('main').textContent()).not.toContain('可能是同一件事')
    await press(page, '提交')
    expect(await page.locator('main').textContent()).toMatch(/最迟日期\s+2026年2月25日（周三）/)
  })

  test('is shown what is in hand already, side by side, and may go on all the same', async () => {
    await raise('学校拖欠校服货款未付')
    await page.getByLabel('通化e2公司').check()
    for (let left = 3; left > 0; left--) await press(page, '保存并继续')
    const alike = await page.getByRole('region', { name: '可能是同一件事' }).textContent()
    expect(alike).toMatch(/学校拖欠校服货款未付\s+学校拖欠校服货款\s/)
    expect(alike).toMatch(/尚未提交\s+待分派/)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await press(page, '提交')
    expect(await heading(page)).toContain('已提交')
  })

  test('the other enterprise is not told of it', async () => {
    await raise('学校拖欠校服货款')
    await page.getByLabel('通化e1公司').check()
    for (let left = 3; left > 0; left--) await press(page, '保存并继续')
    expect(await heading(page)).toContain('核对并提交')
    expect(await page.locator('main').textContent()).not.toContain('可能是同一件事')
  })

  test('finds all of it in one list, or that of one enterprise, with what is awaited of him', async () => {
    const { body } = await s.server.ask('qi', 'GET', '/api/records/appeal?mine=yes&open=yes')
    const [latest] = body['items'] as { id: string }[]
    await staff('fen', latest!.id, 'dispatch', { unit: 'tax', line: 'legal', matter: 'difficulty', level: 'city' })
    await staff('hao', latest!.id, 'sign', {})
    await staff('hao', latest!.id, 'ask', { question: '请补充合同。' })
    await page.goto(`${s.server.origin}/mine`)
    const told = page.locator('details', { hasText: '最近的通知' })
    expect(await told.getAttribute('open')).not.toBeNull()
    expect(await told.getByRole('link').first().getAttribute('href')).toBe(`/record/appeal/${latest!.id}`)
    const rows = page.locator('.rows li', { hasText: '待补充' })
    expect(await rows.textContent()).toContain(latest!.id)
    expect(await rows.textContent()).toMatch(/待补充\s+补充材料\s+●\s+还剩 10 个工作日，\S+到期/)
    await page.getByRole('link', { name: '通化e1公司' }).click()
    expect(await rows.count()).toBe(0)
    await page.getByRole('link', { name: '通化e2公司' }).click()
    await rows.getByRole('link', { name: '补充材料' }).click()
    // What was asked stands before the eyes of whoever answers.
    expect(await page.locator('main').textContent()).toContain('请补充合同。')
    // So does his own term; on the record's page it comes before that of the office, which stands still.
    const own = /补充材料时限\s+还剩 10 个工作日，\S+到期/
    expect(await page.locator('main').textContent()).toMatch(own)
    await page.goto(`${s.server.origin}/record/appeal/${latest!.id}`)
    expect(await page.locator('.clock').first().textContent()).toMatch(own)
    expect(await page.locator('.clock').nth(1).textContent()).toContain('计时已暂停')
    await page.goto(`${s.server.origin}/mine?of=enterprise:e9`)
    expect(await rows.count()).toBe(1)
  })

  test('a stranger finds nothing of it', async () => {
    const other = await s.open('bie', { javaScriptEnabled: false })
    await other.goto(`${s.server.origin}/mine?of=enterprise:e1`)
    expect(await other.locator('main').textContent()).not.toContain('停电')
    await other.context().close()
  })
})

describe('with JavaScript', () => {
  test('the error summary takes the focus and leads to the field; a text says when it is too long', async () => {
    const page = await s.open()
    await page.goto(`${s.server.origin}/start/appeal/raise`)
    await press(page, '开始填写')
    await page.getByRole('link', { name: '说明问题' }).click()
    await page.getByLabel('标题').fill('长'.repeat(81))
    expect(await page.getByText('超出 1 字').isVisible()).toBe(true)
    await press(page, '保存并继续')
    await page.locator('.summary:focus').waitFor()
    await page.locator('.summary a').first().click()
    expect(await page.evaluate('document.activeElement.id')).toBe('f-title')
    expect(await page.getByLabel('标题').inputValue()).toBe('长'.repeat(81))
    expect(page.problems.filter((one) => !one.includes('422'))).toEqual([])
  })

  test('an import moves by itself from check to confirmation to its end', async () => {
    const page = await s.open('wen')
    await page.goto(`${s.server.origin}/import`)
    const head = '统一社会信用代码,企业名称,行政区划,行业,成立日期,是否民营'
    const lines = [head, 'J1,甲公司,东昌区,27,2020-01-05,否', 'J2,乙公司,火星区,27,2020-01-05,否']
    const buffer = Buffer.from(lines.join('\r\n'))
    await page.setInputFiles('#f-file', { name: '企业.csv', mimeType: 'text/csv', buffer })
    await press(page, '上传并检查')
    await page.getByText('检查完毕，等待确认').first().waitFor()
    expect(await page.getByRole('row', { name: /火星|行政区划/ }).textContent()).toMatch(/3\s+行政区划\s+不在代码表中/)
    expect(await faults(page)).toEqual([])
    await press(page, '确认导入')
    await page.getByText('导入完毕').first().waitFor()
    expect(await page.locator('main').textContent()).toContain('还有 1 行没有导入')
    expect(page.problems).toEqual([])
  })

  test('a passkey is added, and signs in without a password', async () => {
    const page = await s.open('qi')
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${s.server.origin}/account`)
    await press(page, '添加通行密钥')
    await page.getByText('通行密钥 1').first().waitFor()
    await press(page, '退出')
    await page.goto(`${s.server.origin}/sign-in`)
    await press(page, '用通行密钥登录')
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    await page.goto(`${s.server.origin}/account`)
    expect(await page.locator('main').textContent()).toContain('qi某')
    expect(page.problems).toEqual([])
  })

  test('the page says so when the case changes elsewhere', async () => {
    const raised = await s.server.ask('bie', 'POST', '/api/records/appeal/raise', {
      input: {
        line: 'communication',
        matter: 'difficulty',
        channel: 'web',
        title: '门前修路',
        body: '货车进不来。',
        enterprise: 'e2',
      },
    })
    const { id } = raised.body['done'] as { id: string }
    const page = await s.open('bie')
    await page.goto(`${s.server.origin}/record/appeal/${id}`)
    await page.waitForTimeout(300)
    await staff('fen', id, 'dispatch', { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' })
    await page.getByText('这条记录有了新的变化').waitFor()
    await page.getByRole('link', { name: '刷新查看' }).click()
    await page.getByText('待签收').first().waitFor()
    expect(page.problems).toEqual([])
  })
})
