// Every page that people see, wide and on a phone: WCAG 2.2 AA, nothing wider than the window, nothing that its own policy refuses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system } from '../kernel/access.ts'
import { faults, overflow, PHONE, stage, WIDE, type Stage, type Watched } from './page.ts'

let s: Stage
const made = { id: '', code: '' }
beforeAll(async () => {
  s = await stage()
  const raised = await s.server.ask(undefined, 'POST', '/api/records/appeal/raise', {
    input: {
      line: 'communication',
      matter: 'difficulty',
      channel: 'web',
      title: '厂区每周停电两次',
      body: '影响生产。',
      phone: '13900001234',
    },
  })
  made.id = (raised.body['done'] as { id: string }).id
  made.code = raised.body['reveal'] as string
  await s.server.ask('fen', 'POST', `/api/records/appeal/${made.id}/dispatch`, {
    input: { line: 'communication', matter: 'difficulty', unit: 'tax', level: 'city' },
  })
  await s.server.town.done(
    system,
    'hall',
    'setUp',
    {
      name: '测试大厅',
      unit: 'centre',
      lines: [{ letter: 'B', unit: 'tax' }],
      slots: [{ opens: '09:00', closes: '10:00', places: 2 }],
      ahead: 14,
      grace: 15,
      recalls: 3,
      recallWithin: 30,
    },
    'h1',
  )
  const window = { hall: 'h1', windowNumber: 1, sort: 'undifferentiated', serves: [] }
  await s.server.town.done(system, 'window', 'setUp', window)
  await s.server.ask('ling', 'POST', '/api/records/visit/record', {
    input: { enterprise: 'e1', on: '2026-02-10', summary: '看了车间，生产正常。', problems: [] },
  })
})
afterAll(() => s.close())

const portal: readonly (readonly [path: string, person: string | undefined])[] = [
  ['/', undefined],
  ['/start/appeal/raise', undefined],
  ['/follow', undefined],
  ['/clock', undefined],
  ['/clock?unit=working-day&budget=20&from=2026-02-10&from0=2026-02-12&to0=2026-02-13', undefined],
  ['/clock?unit=week&from=1', undefined],
  ['/rules', undefined],
  ['/calendar/2026', undefined],
  ['/calendar/2028', undefined],
  ['/size', undefined],
  ['/size?industry=工业&X=120&Y=3000', undefined],
  ['/size?industry=养猫&X=-1', undefined],
  ['/accessibility', undefined],
  ['/privacy', undefined],
  ['/figures', undefined],
  ['/figures/F01', undefined],
  ['/sign-in', undefined],
  ['/api', undefined],
  ['/api?of=appeal', undefined],
  ['/hall', undefined],
  ['/hall/h1', undefined],
  ['/hall/h1?q=无此事项', undefined],
  ['/hall/h1/display', undefined],
  ['/hall/book', undefined],
  ['/hall/book?hall=h1&item=x&on=2026-02-12&slot=09:00', 'qi'],
  ['/representatives', undefined],
  ['/decisions', undefined],
  ['/nowhere', undefined],
  ['/mine', 'qi'],
  ['/account', 'qi'],
  ['/import', 'wen'],
  ['/import', 'hao'],
]
const WRONG: readonly string[] = ['/clock?unit=week&from=1', '/size?industry=养猫&X=-1']
const desks: readonly (readonly [path: string, person: string])[] = [
  ['/desk/', 'fen'],
  ['/desk/triage', 'fen'],
  ['/desk/new/appeal/raise', 'gui'],
  ['/desk/entered', 'gui'],
  ['/desk/inbox?tab=sign', 'hao'],
  ['/desk/calls', 'dian'],
  ['/desk/late', 'du'],
  ['/desk/ours', 'tou'],
  ['/desk/supervise', 'du'],
  ['/desk/supervise?unit=tax&list=yes', 'du'],
  ['/desk/mine', 'ling'],
  ['/desk/figures', 'ling'],
  ['/desk/figures/F01', 'ling'],
  ['/desk/units', 'wen'],
  ['/desk/units?unit=tax', 'wen'],
  ['/desk/calendars', 'wen'],
  ['/desk/calendars?year=2028', 'wen'],
  ['/desk/to-publish', 'an'],
  ['/desk/audit', 'shen'],
  ['/desk/messages', 'hao'],
  ['/desk/hand-overs', 'gui'],
  ['/desk/records', 'fen'],
  ['/desk/search?q=e1', 'fen'],
  ['/desk/search?q=nothing', 'fen'],
  ['/desk/nowhere/at/all', 'fen'],
  ['/desk/list/appeal?clock=soon&unit=tax', 'du'],
  ['/desk/list/rule', 'wen'],
  ['/desk/new/post/appoint', 'an'],
  ['/desk/new/enterprise/enter', 'wen'],
  ['/desk/list/enterprise', 'wen'],
  ['/desk/record/enterprise/e1', 'wen'],
  ['/desk/new/visit/record', 'ling'],
  ['/desk/new/calendar/draft', 'wen'],
]

/** One window for each size, whoever sits at it: opening it takes longer than what is looked at in it. */
const windows = new Map<typeof WIDE | typeof PHONE, Promise<Watched>>()

async function look(path: string, person: string | undefined, viewport: typeof WIDE | typeof PHONE) {
  const page = await (windows.get(viewport) ?? windows.set(viewport, s.open(undefined, { viewport })).get(viewport)!)
  await s.sitDown(page, person)
  page.problems.length = 0
  const response = await page.goto(s.server.origin + path)
  const status = path === '/nowhere' ? 404 : WRONG.includes(path) ? 422 : 200
  expect(response!.status()).toBe(status)
  if (path.startsWith('/desk')) await page.locator('main h1:visible').first().waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  const told = page.problems.filter((problem) => status === 200 || !problem.includes(String(status)))
  const wider = await overflow(page)
  return [...(await faults(page)), ...told, ...(wider > 0 ? [`${wider} pixels wider than its window`] : [])]
}

for (const [name, viewport] of [
  ['wide', WIDE],
  ['on a phone', PHONE],
] as const) {
  describe(name, () => {
    test.each(portal)('portal %s', async (path, person) => {
      expect(await look(path, person, viewport)).toEqual([])
    })
    test.each(desks)('%s', async (path, person) => {
      expect(await look(path, person, viewport)).toEqual([])
    })
    test('a case of one’s own', async () => {
      expect(await look(`/record/appeal/${made.id}?code=${made.code}`, undefined, viewport)).toEqual([])
      expect(await look(`/record/appeal/${made.id}/withdraw?code=${made.code}`, undefined, viewport)).toEqual([])
    })
    test('each page of a journey, as it begins and with everything wrong', async () => {
      const page = await s.open('qi', { viewport })
      const told = async () => {
        const wider = await overflow(page)
        return [...(await faults(page)), ...(wider > 0 ? [`${wider} pixels wider than its window`] : [])]
      }
      await page.goto(`${s.server.origin}/start/appeal/raise`)
      await page.getByRole('button', { name: '开始填写' }).click()
      expect(await told()).toEqual([])
      const draft = page.url()
      for (const name of ['problem', 'sort', 'enterprise', 'contact', 'files']) {
        await page.goto(`${draft}/page/${name}`)
        expect(await told(), name).toEqual([])
      }
      const send = async (name: string, fill: () => Promise<void>) => {
        await page.goto(`${draft}/page/${name}`)
        await fill()
        await page.getByRole('button', { name: '保存并继续' }).click()
      }
      await send('problem', async () => undefined)
      expect(await told()).toEqual([])
      await send('problem', async () => {
        await page.getByLabel('标题').fill('厂区每周停电')
        await page.getByLabel('具体情况').fill('影响生产。')
      })
      await send('sort', async () => {
        await page.getByLabel('投诉').check()
        await page.getByLabel('法律维权').check()
      })
      await send('enterprise', () => page.getByLabel('不以企业名义提出').check())
      await send('contact', async () => undefined)
      await send('files', async () => undefined)
      expect(await told()).toEqual([])
      await page.getByRole('button', { name: '提交' }).click()
      expect(await told()).toEqual([])
      await page.context().close()
    })
    test('a desk at work: a form with everything wrong, what is chosen, keys, menu, several at once', async () => {
      const page = await s.open('fen', { viewport })
      const told = async () => {
        const wider = await overflow(page)
        return [...(await faults(page)), ...(wider > 0 ? [`${wider} pixels wider than its window`] : [])]
      }
      await page.goto(`${s.server.origin}/desk/record/appeal/${made.id}`)
      await page.getByRole('button', { name: /催办$/ }).click()
      await page.keyboard.press('Control+Enter')
      await page.getByRole('alert').waitFor()
      expect(await told()).toEqual([])
      await page.goto(`${s.server.origin}/desk/new/appeal/raise`)
      await page.locator('#f-enterprise').fill('tonghuae1')
      await page.getByRole('option', { name: /e1/ }).waitFor()
      expect(await told(), 'found').toEqual([])
      await page.locator('#f-enterprise').press('Enter')
      await page.getByText('留空即用').first().waitFor()
      expect(await told(), 'chosen').toEqual([])
      await page.locator('main').focus()
      await page.keyboard.press('?')
      await page.getByRole('complementary', { name: '键盘操作' }).waitFor()
      expect(await told(), 'keys').toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /fen某/ }).click()
      await page.getByRole('group', { name: '配色' }).waitFor()
      expect(await told(), 'menu').toEqual([])
      await page.goto(`${s.server.origin}/desk/list/appeal`)
      await page.getByRole('button', { name: '选择' }).click()
      await page.getByRole('checkbox').first().check()
      expect(await told(), 'several').toEqual([])
      await page.context().close()
    })
    test.each(['dark', 'large'] as const)('%s: contrast holds where colour has a meaning', async (look_) => {
      const page = await s.open('du', { viewport })
      const cookie = look_ === 'dark' ? { name: 'theme', value: 'dark' } : { name: 'print', value: 'large' }
      await page.context().addCookies([{ ...cookie, url: s.server.origin }])
      for (const path of ['/desk/supervise', `/desk/record/appeal/${made.id}`, '/desk/mine', '/desk/figures']) {
        await page.goto(s.server.origin + path)
        await page.locator('main h1:visible').first().waitFor()
        await page.locator('.skeleton').first().waitFor({ state: 'detached' })
        expect(await faults(page), path).toEqual([])
        expect(await overflow(page), path).toBeLessThanOrEqual(0)
      }
      await page.context().close()
    })
  })
}
