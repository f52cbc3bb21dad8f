// The hall's pages as whoever comes in finds them: a number by its code alone, a display with numbers alone, a booking step by step.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../../kernel/access.ts'
import { content } from '../../domains/hall/item.fixture.ts'
import { served, type Served } from '../../tests/served.ts'

let s: Served
const ITEM = '11220500PORTAL01'
beforeAll(async () => {
  s = await served()
  const t = s.town
  await t.done(
    system,
    'hall',
    'setUp',
    {
      name: '测试大厅',
      unit: 'centre',
      lines: [{ letter: 'B', unit: 'tax' }],
      slots: [{ opens: '09:00', closes: '10:00', places: 1 }],
      ahead: 14,
      grace: 15,
      recalls: 3,
      recallWithin: 30,
    },
    'h1',
  )
  const window = { hall: 'h1', windowNumber: 1, sort: 'undifferentiated', serves: [] }
  await t.done(await t.as('xiang'), 'window', 'setUp', window)
  await t.done(await t.as('hao'), 'item', 'list', { ...content, code: ITEM, unit: 'tax', powers: ['accept'] })
  await t.done(await t.as('hao'), 'version', 'submit', {}, `${ITEM}-V1`)
  await t.done(await t.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${ITEM}-V1`)
})
afterAll(() => s.close())

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (path: string, fields: Record<string, string>) =>
  s.ask(undefined, 'POST', path, new URLSearchParams(fields).toString(), FORM)
const get = (path: string, person?: string) => s.ask(person, 'GET', path)
const window = (name: string) => s.ask('gui', 'POST', `/api/records/window/h1.1/${name}`, { input: {} })

test('a number is taken with one press, followed by its code, and by nothing else', async () => {
  expect((await get('/hall/h1')).text).toContain('综合窗口')
  const taken = await post('/hall/h1/take', { key: 'one' })
  expect(taken.status).toBe(303)
  const at = taken.headers.get('location')!
  const page = await get(at)
  expect(page.text).toContain('A001')
  expect(page.text).toContain('data-fresh="hall-day/h1.2026-02-11"')
  expect(page.headers.get('refresh')).toBe('30')
  expect((await get(at.split('?')[0]!)).status).toBe(404)
  // Pressed twice, it is the same.
  expect((await post('/hall/h1/take', { key: 'one' })).headers.get('location')).toBe(at)
  expect((await post('/hall/h1/take', { unit: 'nobody' })).status).toBe(422)
  expect((await get('/hall/nowhere')).status).toBe(404)
})

test('how long it takes is told with how it was reckoned, once something was measured', async () => {
  const second = (await post('/hall/h1/take', { key: 'two' })).headers.get('location')!
  expect((await get(second)).text).toContain('现在没有可以办理的窗口开放')
  await window('open')
  expect((await get(second)).text).toContain('今天这一队还没有人办完')
  await window('call')
  await window('begin')
  s.town.set('2026-02-11T10:06:00.000+08:00')
  await window('finish')
  const third = (await post('/hall/h1/take', { key: 'three' })).headers.get('location')!
  const told = (await get(third)).text
  expect(told).toContain('预计还要等 6 分钟')
  expect(told).toContain('前面 1 人 × 今天这一队平均办理 6.0 分钟（已办 1 人）÷ 开放窗口 1 个')
  expect((await get(second)).text).toContain('下一个就是您')
})

test('the wall shows numbers and windows, and nothing about anybody', async () => {
  await window('call')
  const { text } = await get('/hall/h1/display')
  const wall = /<section class="wall"[\s\S]*<\/section>/.exec(text)![0]
  expect(wall).toContain('A002')
  expect(wall).toContain('1 号窗口')
  expect(wall).not.toMatch(/gui|某|PH\d/)
})

test('a booking is made one thing a page, and what is full is told on its page', async () => {
  const step = async (query: string) => (await get(`/hall/book?${query}`)).text
  expect(await step('')).toContain('测试大厅')
  expect(await step('hall=h1&q=食品经营&step=item')).toContain(ITEM)
  const days = await step(`hall=h1&item=${ITEM}`)
  expect(days).toContain('value="2026-02-12"')
  // A make-up Saturday is open, a Sunday on which nobody is on duty is not.
  expect(days).toContain('value="2026-02-14"')
  expect(days).not.toContain('value="2026-02-22"')
  expect(await step(`hall=h1&item=${ITEM}&on=2026-02-12`)).toContain('余 1 个名额')
  const said = { hall: 'h1', item: ITEM, on: '2026-02-12', slot: '09:00', reached: 'yes' }
  expect(await step(`hall=h1&item=${ITEM}&on=2026-02-12&slot=09:00`)).toContain('联系电话')
  const without = await post('/hall/book', said)
  expect(without.status).toBe(422)
  expect(without.text).toContain('请填写联系电话')
  expect(await step(new URLSearchParams({ ...said, phone: '13900001234' }).toString())).toContain('提交预约')
  const made = await post('/hall/book', { ...said, phone: '13900001234', key: 'b' })
  const at = made.headers.get('location')!
  expect((await get(at)).text).toContain('预约成功')
  expect((await get(at.split('?')[0]!)).status).toBe(404)
  const full = await post('/hall/book', { ...said, phone: '13900005678' })
  expect(full.status).toBe(422)
  expect(full.text).toContain('这个时段的名额已满')
  expect(await step(`hall=h1&item=${ITEM}&on=2026-02-12`)).toContain('这一天的名额已满')
  // Nonsense in the address begins again where it went wrong.
  expect((await get(`/hall/book?hall=h1&item=${ITEM}&on=0000-99-99`)).status).toBe(200)
})

test('representatives are public with their powers once filed, and are asked for by item', async () => {
  const t = s.town
  await t.done(system, 'person', 'enrol', { name: '戴某', login: 'dai-login', phone: '13900007777' }, 'dai')
  const post = { person: 'dai', role: 'representative', unit: 'tax', clearance: 1, from: '2020-01-01' }
  await t.done(system, 'post', 'appoint', post, 'post-dai')
  const terms = { items: [ITEM], powers: ['accept'], from: '2026-02-11', to: '2026-12-31', letter: '税授〔2026〕1号' }
  await t.done(await t.as('tou'), 'delegation', 'grant', { person: 'dai', unit: 'tax', ...terms })
  expect((await get('/representatives')).text).not.toContain('戴某')
  await t.done(await t.as('xiang'), 'delegation', 'file', {}, 'dai')
  const { text } = await get('/representatives')
  for (const words of ['戴某', '受理权', '税授〔2026〕1号', content.name]) expect(text).toContain(words)
  expect(text).not.toContain('13900007777')
  expect((await get(`/representatives?item=${ITEM}`)).text).toContain('戴某')
  s.town.set('2027-01-02T10:00:00.000+08:00')
  expect((await get(`/representatives?item=${ITEM}`)).text).toContain('今天没有代表获得这个事项的授权')
  s.town.set('2026-02-11T10:10:00.000+08:00')
})

test('whether a representative is there today is told of the window that he mans and of the roster, and of nothing else', async () => {
  const t = s.town
  const there = async () => {
    const { text } = await get('/representatives')
    return /data-label="今天">([\s\S]*?)<\/td>/.exec(text)![1]!
  }
  expect(await there()).toContain('没有登记在岗')
  await t.done(await t.as('xiang'), 'window', 'setUp', {
    hall: 'h1',
    windowNumber: 7,
    sort: 'special',
    serves: ['tax'],
  })
  await t.done(await t.as('dai'), 'window', 'open', {}, 'h1.7')
  expect(await there()).toContain('在 7 号窗口')
  await t.done(await t.as('dai'), 'window', 'close', {}, 'h1.7')
  const duty = { hall: 'h1', on: '2026-02-15', person: 'dai', unit: 'tax' }
  const { done } = await t.done(await t.as('xiang'), 'duty', 'roster', duty)
  expect(await there()).toContain('没有登记在岗')
  s.town.set('2026-02-15T10:00:00.000+08:00')
  expect(await there()).toContain('在大厅值班')
  expect((await get(`/api/records/duty/${done.id}`)).status).toBe(404)
  await t.done(await t.as('xiang'), 'duty', 'withdraw', { reason: '测试' }, done.id)
  expect(await there()).toContain('没有登记在岗')
  s.town.set('2026-02-11T10:10:00.000+08:00')
  // What is filed and not yet in force says from when it is.
  const later = { items: [ITEM], powers: ['accept'], from: '2026-03-01', to: '2026-12-31', letter: '税授〔2026〕2号' }
  await t.done(await t.as('tou'), 'delegation', 'change', later, 'dai')
  expect((await get('/representatives')).text).toContain('税授〔2026〕1号')
  await t.done(await t.as('xiang'), 'delegation', 'file', {}, 'dai')
  expect((await get('/representatives')).text).toContain('2026-03-01 起生效')
  const facts = (await s.ask('xiang', 'GET', '/api/records/delegation/dai')).body['facts'] as Record<string, unknown>
  expect(facts['filedOn']).toBe('2026-02-11')
})
