// The pages of the ladder as a browser without JavaScript gets them, and who is told what over the interface.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { served, type Served } from '../../tests/served.ts'
import { wednesday } from '../../tests/world.ts'

let s: Served
beforeAll(async () => {
  s = await served()
  const { town } = s
  town.set(wednesday)
  const [zheng, ce] = [await town.as('zheng'), await town.as('ce')]
  const facts = [
    { fact: '研发费用', type: 'number', measure: 'wan-yuan', age: 2 },
    { fact: '主体类型', type: 'text', registered: 'kind' },
    { fact: '失信', type: 'flag' },
  ]
  await town.done(zheng, 'dictionary', 'lay', { facts, source: '测试' })
  const content = {
    name: '测试小级',
    unit: 'tax',
    recogniser: 'city',
    document: '测试〔2025〕1号',
    article: '第一条',
    certainty: '数值须核对',
    rule: '研发费用 >= 50',
    from: '2025-01-01',
  }
  const stall = { name: '测试个转企', among: '主体类型 = "个体工商户"', rule: 'not(失信)' }
  const honest = { name: '测试守信级', rule: 'not(失信)' }
  for (const [id, more] of Object.entries({ 'TD-small': {}, 'TD-stall': stall, 'TD-honest': honest })) {
    await town.done(zheng, 'rung', 'draft', { ...content, ...more }, id)
    await town.done(ce, 'rung', 'publish', {}, id)
  }
})
afterAll(() => s.close())

const get = async (path: string, person?: string) => {
  const headers = person === undefined ? {} : { cookie: await s.cookie(person) }
  const answer = await fetch(s.origin + path, { headers, redirect: 'manual' })
  return { status: answer.status, text: await answer.text() }
}
const post = async (path: string, person: string, fields: Readonly<Record<string, string>>) =>
  fetch(s.origin + path, {
    method: 'POST',
    headers: { cookie: await s.cookie(person), 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })

test('everybody reads what a rung takes and how sure that is', async () => {
  const { status, text } = await get('/ladder')
  expect(status).toBe(200)
  for (const words of ['测试小级', '测试〔2025〕1号', '研发费用 &gt;= 50', '数值须核对']) expect(text).toContain(words)
})

test('a company is not told that it lacks what stalls are asked', async () => {
  const { text } = await get('/ladder', 'bie')
  expect(text).toContain('不适用于您的企业：测试个转企。')
  expect(text).not.toContain('value="TD-stall"')
  expect((await get('/ladder')).text).toContain('主体类型 = &quot;个体工商户&quot;')
})

test('an enterprise supplies what is missing, comes back, and asks for coaching once', async () => {
  expect((await get('/ladder', 'bie')).text).toContain('还缺：研发费用')
  const supply = '/benefits/e2/supply?for=ladder'
  expect((await get(supply, 'bie')).text).toContain('研发费用')
  expect((await get(supply, 'qi')).status).toBe(404)
  const told = await post(supply, 'bie', { 研发费用: '20', '研发费用 year': '2025' })
  expect([told.status, told.headers.get('location')]).toEqual([303, '/ladder'])
  const { text } = await get('/ladder', 'bie')
  expect(text).toContain('还不符合')
  expect(text).toContain('研发费用从 20 万元 变为 50 万元')
  const asked = await post('/ladder/e2/ask', 'bie', { rung: 'TD-small' })
  expect(asked.status).toBe(303)
  expect((await get(asked.headers.get('location')!, 'bie')).text).toContain('培育中')
  expect((await get('/ladder', 'bie')).text).toContain('培育计划：培育中')
  // Again, for another, and for a rung that is none: each is told why not.
  for (const [enterprise, rung, words] of [
    ['e2', 'TD-small', '已有这一层级的培育计划'],
    ['e1', 'TD-small', '没有代理这家企业的授权'],
    ['e2', 'TD-none', '没有这个层级'],
  ] as const) {
    const refused = await post(`/ladder/${enterprise}/ask`, 'bie', { rung })
    expect(refused.status, words).toBeGreaterThanOrEqual(400)
    expect(await refused.text()).toContain(words)
  }
})

test('what a plan has found says yes and no in the words of the language', async () => {
  const said = { fact: '失信', value: 'yes', source: '法院', observedAt: '2026-02-01' }
  await s.town.done(await s.town.as('zheng'), 'profile', 'observe', { enterprise: 'e2', facts: [said] }, 'e2')
  const asked = await post('/ladder/e2/ask', 'bie', { rung: 'TD-honest' })
  const page = asked.headers.get('location')!.split('?')[0]!
  const { text } = await get(page, 'bie')
  expect(text).toMatch(/数据项 失信；现在 是/)
  expect(text).not.toMatch(/\byes\b/)
  expect((await get(`${page}?lang=en`, 'bie')).text).toMatch(/Fact 失信; Now Yes/)
})

test('the interface tells the funnel to staff and a ladder to its enterprise', async () => {
  expect(JSON.parse((await get('/api/ladder', 'hao')).text)).toMatchObject({
    enterprises: 2,
    rungs: expect.arrayContaining([expect.objectContaining({ id: 'TD-small', standing: 0, coaching: 1 })]) as unknown,
  })
  expect((await get('/api/ladder', 'bie')).status).toBe(403)
  expect((await get('/api/ladder')).status).toBe(403)
  expect((await get('/api/ladder/TD-small/meets', 'bie')).status).toBe(403)
  expect((await get('/api/ladder/TD-small/meets', 'hao')).status).toBe(200)
  expect((await get('/api/ladder/TD-small/nonsense', 'hao')).status).toBe(404)
  expect((await get('/api/standing/e2', 'bie')).status).toBe(200)
  expect((await get('/api/standing/e2', 'qi')).status).toBe(404)
})

test('whoever is signed in no longer is led to sign in, and back', async () => {
  const answer = await fetch(`${s.origin}/ladder/e2/ask`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ rung: 'TD-small' }),
    redirect: 'manual',
  })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fladder'])
})
