// Every page that people see, wide and on a phone: WCAG 2.2 AA, nothing wider than the window, nothing that its own policy refuses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults, overflow, PHONE, stage, WIDE, type Stage } from './page.ts'

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
  ['/figures', undefined],
  ['/figures/F01', undefined],
  ['/sign-in', undefined],
  ['/api', undefined],
  ['/nowhere', undefined],
  ['/mine', 'qi'],
  ['/account', 'qi'],
  ['/import', 'wen'],
]
const desks: readonly (readonly [path: string, person: string])[] = [
  ['/desk/', 'fen'],
  ['/desk/triage', 'fen'],
  ['/desk/inbox?tab=sign', 'hao'],
  ['/desk/calls', 'dian'],
  ['/desk/late', 'du'],
  ['/desk/supervise', 'du'],
  ['/desk/mine', 'ling'],
  ['/desk/figures', 'ling'],
  ['/desk/admin', 'wen'],
  ['/desk/audit', 'shen'],
  ['/desk/list/enterprise', 'wen'],
  ['/desk/record/enterprise/e1', 'wen'],
  ['/desk/new/visit/record', 'ling'],
  ['/desk/new/calendar/draft', 'wen'],
]

async function look(path: string, person: string | undefined, viewport: typeof WIDE | typeof PHONE) {
  const page = await s.open(person, { viewport })
  try {
    const response = await page.goto(s.server.origin + path)
    expect(response!.status()).toBe(path === '/nowhere' ? 404 : 200)
    if (path.startsWith('/desk')) await page.locator('main h1').first().waitFor()
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    const told = page.problems.filter((problem) => path !== '/nowhere' || !problem.includes('404'))
    const wider = await overflow(page)
    return [...(await faults(page)), ...told, ...(wider > 0 ? [`${wider} pixels wider than its window`] : [])]
  } finally {
    await page.context().close()
  }
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
  })
}
