// What desks are made from: queues and their counts, search by number, where earlier cases went, who was told, who looked.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registry, type Domain } from '../kernel/domain.ts'
import { served, type Served } from '../tests/served.ts'
import { lanterns } from '../tests/lantern/index.ts'

let s: Served
const said = { line: 'communication', matter: 'difficulty', channel: 'phone', body: '每周停电两次。' }
const raise = async (title: string, more: object = {}, person = 'fen') => {
  const input = { ...said, title, phone: '13900001234', ...more }
  const answer = await s.ask(person, 'POST', '/api/records/appeal/raise', { input })
  expect(answer.status, answer.text).toBe(200)
  return (answer.body['done'] as { id: string }).id
}
const dispatch = async (id: string, unit: string) => {
  const input = { unit, line: 'communication', matter: 'difficulty', level: 'city' }
  const answer = await s.ask('fen', 'POST', `/api/records/appeal/${id}/dispatch`, { input })
  expect(answer.status, answer.text).toBe(200)
}
const items = async <T = { id: string }>(person: string, path: string) =>
  (await s.ask(person, 'GET', path)).body['items'] as readonly T[]
const ids = async (person: string, path: string) => (await items(person, path)).map((one) => one.id)

beforeAll(async () => {
  s = await served()
})
afterAll(() => s.close())

describe('a desk', () => {
  test('knows what its person may see and open', async () => {
    const { body } = await s.ask('fen', 'GET', '/api/me')
    expect(body).toMatchObject({ place: 'town局', opens: { appeal: ['raise'], assignment: ['assign'] } })
    expect(body['sees']).toContain('appeal')
    expect(body['sees']).not.toContain('post')
    // No more than anybody may.
    expect((await s.ask('shen', 'GET', '/api/me')).body['opens']).toEqual({
      appeal: ['raise'],
      application: ['submit'],
      booking: ['book'],
      clue: ['report'],
      joint: ['submit'],
      ticket: ['take'],
    })
  })

  test('counts its queues, each as its view lists it, and no others', async () => {
    const [first, second] = [await raise('一号厂房漏雨'), await raise('二号厂房漏雨')]
    await dispatch(first, 'tax')
    const counts = async (person: string) =>
      Object.fromEntries(
        (await items<{ queue: string; view: string; count: number }>(person, '/api/queues')).map((one) => [
          `${one.queue} ${one.view}`,
          one.count,
        ]),
      )
    expect(await counts('fen')).toEqual({ 'triage raised': 1, 'late late': 0, 'late soon': 2 })
    expect(await counts('hao')).toMatchObject({ 'inbox sign': 1, 'inbox mine': 0, 'inbox unit': 1 })
    expect(await counts('hui')).toMatchObject({ 'inbox sign': 0, 'inbox unit': 0 })
    expect(await counts('shen')).toEqual({})
    expect(await ids('hao', '/api/records/appeal?phase=dispatched&unit=own')).toEqual([first])
    expect(await ids('fen', '/api/records/appeal?phase=raised&order=oldest')).toEqual([second])
  })

  test('lists what has waited longest first, page by page, without leaving any out', async () => {
    for (const title of ['甲', '乙', '丙', '丁']) {
      s.town.set(`2026-02-11T10:0${['甲', '乙', '丙', '丁'].indexOf(title) + 1}:00.000+08:00`)
      await raise(`${title}路积水`)
    }
    const found: string[] = []
    let next = ''
    do {
      const { body } = await s.ask('fen', 'GET', `/api/records/appeal?phase=raised&order=oldest&limit=2&cursor=${next}`)
      found.push(...(body['items'] as { title: string }[]).map((one) => one.title))
      next = (body['next'] as string | null) ?? ''
    } while (next !== '')
    expect(found).toEqual(['二号厂房漏雨', '甲路积水', '乙路积水', '丙路积水', '丁路积水'])
  })

  test('finds a record by its number, among all kinds, only for those who may see it', async () => {
    const [id = ''] = await ids('hao', '/api/records/appeal?phase=dispatched&unit=own')
    expect(await ids('fen', `/api/search?q=${id.toLowerCase()}`)).toEqual([id])
    expect(await ids('hui', `/api/search?q=${id}`)).toEqual([])
    const kinds = (await items<{ kind: string }>('fen', '/api/search?q=e1')).map((one) => one.kind)
    expect(kinds).toContain('enterprise')
  })

  test('searches within the filters of a list', async () => {
    expect(await ids('fen', '/api/records/appeal?q=漏雨&phase=raised')).toHaveLength(1)
    expect(await ids('fen', '/api/records/appeal?q=漏雨')).toHaveLength(2)
  })

  test('says with each row what may be done to it, where that is asked for', async () => {
    const rows = await items<{ commands?: string[] }>('hao', '/api/records/appeal?phase=dispatched&commands=yes')
    // No other unit assists: nobody is asked to contribute.
    expect(rows[0]!.commands).toEqual(['sign', 'return'])
    expect((await items<{ commands?: string[] }>('hao', '/api/records/appeal'))[0]!.commands).toBeUndefined()
  })

  test('is told where earlier cases in like words went', async () => {
    const id = await raise('三号厂房漏雨')
    expect(await items('fen', `/api/records/appeal/${id}/earlier`)).toEqual([
      { unit: 'tax', unitName: 'tax局', count: 1 },
    ])
    expect((await s.ask('hui', 'GET', `/api/records/appeal/${id}/earlier`)).status).toBe(404)
  })
})

describe('an appeal taken down for somebody else', () => {
  test('takes the contact that the register has, and says so nowhere but in the case', async () => {
    const id = await raise('仓库断电', { enterprise: 'e1', phone: undefined })
    const { body } = await s.ask('fen', 'GET', `/api/records/appeal/${id}`)
    expect(body['facts']).toMatchObject({ contact: '钱某', phone: '13900001234' })
    const own = await raise('仓库停水', { enterprise: 'e1', contact: '孙某', phone: '13800000000' })
    expect((await s.ask('fen', 'GET', `/api/records/appeal/${own}`)).body['facts']).toMatchObject({ contact: '孙某' })
  })

  test('the timeline says whom each step told, and keeps to itself what is not for people', async () => {
    const [id = ''] = await ids('hao', '/api/records/appeal?phase=dispatched&unit=own')
    const { body } = await s.ask('hao', 'GET', `/api/records/appeal/${id}`)
    const [raised, dispatched] = body['timeline'] as { data: object; told: object[] }[]
    expect(dispatched!.told).toEqual([
      { to: 'tax局', text: '您单位有一件新的诉求待签收：一号厂房漏雨' },
      { to: '联系人', text: '您的诉求已送交办理单位：一号厂房漏雨' },
    ])
    expect(Object.keys(dispatched!.data)).toEqual(expect.not.arrayContaining(['answer', 'sign', 'from']))
    expect(raised!.data).not.toHaveProperty('token')
  })
})

test('a counter has among its own what it took down, and not what others did', async () => {
  const own = await raise('窗口登记的诉求', {}, 'gui')
  const other = await raise('分派员登记的诉求', { enterprise: 'e2' }, 'du')
  const entered = await ids('gui', '/api/records/appeal?party=own&open=yes&limit=100')
  expect(entered).toContain(own)
  expect(entered).not.toContain(other)
  expect(await ids('wen', '/api/records/appeal?party=own')).toEqual([])
})

test('the parts of the list by clock are those that the summary by unit counts', async () => {
  s.town.set('2026-02-12T09:00:00.000+08:00')
  const [sum] = (await items<Record<string, number>>('du', '/api/summary/appeal')).filter(
    (one) => (one['unit'] as unknown) === 'tax',
  )
  const part = async (clock: string) => (await ids('du', `/api/records/appeal?unit=tax&clock=${clock}`)).length
  const parts = {
    overdue: await part('overdue'),
    soon: await part('soon'),
    stopped: await part('stopped'),
    later: await part('in-time'),
  }
  expect(parts).toMatchObject({ overdue: sum!['overdue'], soon: sum!['soon'], stopped: sum!['stopped'] })
  expect(Object.values(parts).reduce((a, b) => a + b)).toBe(sum!['open'])
})

test('who looked at what is found by person, kind of look and record, page by page', async () => {
  const all = await items<{ what: string; title: string }>('shen', '/api/looks?what=personal-data&limit=100')
  expect(all.length).toBeGreaterThan(1)
  expect(all.every((one) => one.what === 'personal-data')).toBe(true)
  expect(all.map((one) => one.title)).toContain('一号厂房漏雨')
  const { body } = await s.ask('shen', 'GET', '/api/looks?what=personal-data&limit=1')
  const rest = await items('shen', `/api/looks?what=personal-data&limit=100&cursor=${String(body['next'])}`)
  expect(rest.length).toBe(all.length - 1)
  expect(await items('shen', '/api/looks?actor=nobody-known')).toEqual([])
  expect((await s.ask('fen', 'GET', '/api/looks')).status).toBe(403)
})

test('a figure tells how it stood at the end of each month', async () => {
  const trend = await items<{ on: string; value: number }>('du', '/api/figures/appeal-raised/trend?asOf=2026-02-12')
  expect(trend).toHaveLength(12)
  expect(trend.at(-1)).toMatchObject({ on: '2026-02-12' })
  expect(trend.at(-1)!.value).toBeGreaterThan(0)
  expect(trend.at(-2)).toEqual({ on: '2026-01-31', value: 0 })
  expect((await s.ask('du', 'GET', '/api/figures/none/trend')).status).toBe(404)
})

test('a figure is read as the log stood at a position, by those who hold a post', async () => {
  const at = '/api/figures/appeal-raised'
  const { rows } = await s.town.world.database.query('select max(position) as position from event')
  const last = rows[0]!['position'] as number
  const now = (await s.ask('du', 'GET', at)).body
  expect((await s.ask('du', 'GET', `${at}?position=${last}`)).body).toEqual({ ...now, position: last })
  expect((await s.ask('du', 'GET', `${at}?position=0`)).body).toMatchObject({ value: 0, position: 0 })
  expect((await s.ask('du', 'GET', `${at}/records?position=0`)).body).toMatchObject({ items: [], total: 0, hidden: 0 })
  const wrong = await s.ask('du', 'GET', `${at}?position=minus`)
  expect([wrong.status, (wrong.body['fields'] as { field: string }[])[0]!.field]).toEqual([422, 'position'])
  expect((await s.ask(undefined, 'GET', `${at}?position=${last}`)).status).toBe(403)
  expect((await s.ask(undefined, 'GET', at)).status).toBe(200)
})

test('a queue without a title in some language stops the program at its start', () => {
  const [kind] = lanterns.kinds
  const silent: Domain = {
    ...lanterns,
    kinds: [
      {
        ...kind!,
        definition: { ...kind!.definition, queues: { hooks: { on: { handler: 1 }, views: { all: {} } } } },
      },
    ],
  }
  expect(() => registry([silent])).toThrow('lantern owes the words of queue hooks in zh-CN')
})
