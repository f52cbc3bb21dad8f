// What the server answers to bad input: a clear problem that names the field and the way out, never a 500, nothing lost.
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { served, type Served } from './served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(() => s.close())

const said = {
  title: '厂区供电不稳',
  body: '每周停电两次。',
  matter: 'difficulty',
  line: 'communication',
  channel: 'web',
  phone: '13900001234',
}
const raise = (input: unknown, more: object = {}, person?: string) =>
  s.ask(person, 'POST', '/api/records/appeal/raise', { input, ...more })
type Fields = { field: string; problem: string; message: string }[]

describe('a body', () => {
  test.each<[string, string, number, RegExp?]>([
    ['not JSON at all', '{"input": {', 400],
    ['an array', '[]', 400],
    ['a number', '7', 400],
    ['null', 'null', 400],
    ['a field that the envelope does not have', '{"inputs": {}}', 400, /是否指 input/],
    ['a key that is no text', '{"input": {}, "key": 7}', 400, /^key /],
    ['a version that is no whole number', '{"input": {}, "expects": "1"}', 400, /^expects /],
    ['nested ten thousand deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 400],
  ])('that is %s is refused', async (_, body, status, says = /无法识别/) => {
    const answer = await s.ask(undefined, 'POST', '/api/records/appeal/raise', body, {
      'content-type': 'application/json',
    })
    expect(answer.status).toBe(status)
    expect(answer.body['detail']).toMatch(says)
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/)
  })

  test('that is too large is refused before it is read', async () => {
    const body = { input: { ...said, body: '长'.repeat(1_000_000) } }
    const answer = await s.ask(undefined, 'POST', '/api/records/appeal/raise', body, { connection: 'close' })
    expect(answer.status).toBe(413)
    expect(answer.body['detail']).toMatch(/1 MB/)
  })

  test('that is not JSON by its own word is refused', async () => {
    const answer = await s.ask(undefined, 'POST', '/api/records/appeal/raise', 'title=x', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(answer.status).toBe(415)
  })
})

describe('a field', () => {
  test.each([
    ['missing', { title: undefined }, 'title', 'missing', '请填写标题。'],
    ['blank', { title: '   ' }, 'title', 'missing', '请填写标题。'],
    ['of the wrong type', { title: 7 }, 'title', 'wrong-type', /标题/],
    ['too long', { title: '长'.repeat(81) }, 'title', 'too-long', '标题最多 80 个字。'],
    ['not an option', { matter: 'war' }, 'matter', 'not-an-option', /咨询 \/ 堵点难点痛点/],
    ['of the wrong form', { phone: 'call me' }, 'phone', 'wrong-format', /联系电话/],
    ['unknown', { colour: 'red' }, 'colour', 'unknown-field', /colour/],
    ['for the door to know', { cause: 'visit/v1' }, 'cause', 'unknown-field', /来源/],
  ])('that is %s is named, with the way out', async (_, over, field, problem, message) => {
    const answer = await raise({ ...said, ...over })
    expect(answer.status).toBe(422)
    const [first] = answer.body['fields'] as Fields
    expect(first).toMatchObject({ field, problem })
    expect(first!.message).toMatch(message)
  })

  test('in English where English is asked for', async () => {
    const answer = await s.ask(
      undefined,
      'POST',
      '/api/records/appeal/raise',
      { input: { ...said, title: '' } },
      { 'accept-language': 'en' },
    )
    expect((answer.body['fields'] as Fields)[0]!.message).toBe('Enter Title.')
  })

  test('that is a date which does not exist is refused by that name', async () => {
    const input = {
      year: 2027,
      notice: 'x',
      noticeDate: '2026-02-30',
      off: [{ from: '2027-01-01', to: '2027-01-03' }],
      work: [],
    }
    const answer = await s.ask('wen', 'POST', '/api/records/calendar/draft', { input })
    expect((answer.body['fields'] as Fields)[0]).toMatchObject({ field: 'noticeDate', problem: 'no-such-date' })
  })

  test.each([
    ['SQL', `'); drop table event; --`],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['a formula', '=cmd|/c calc!A0'],
    ['emoji and rare characters', '𠮷野家😀㐂𬇹'],
    ['a template', '${process.exit(1)} {{7*7}}'],
  ])('with %s in it is kept as it is and shown harmlessly', async (_, title) => {
    const answer = await raise({ ...said, title })
    expect(answer.status).toBe(200)
    const { id } = answer.body['done'] as { id: string }
    const code = answer.body['reveal'] as string
    const shown = await s.ask(undefined, 'GET', `/api/records/appeal/${id}?code=${code}`)
    expect(shown.body['title']).toBe(title)
    const page = await s.ask(undefined, 'GET', `/record/appeal/${id}?code=${code}`)
    expect(page.text).not.toContain('<img src=x')
    expect(page.status).toBe(200)
  })

  test('with a sign that PostgreSQL cannot keep is refused, not an error of ours', async () => {
    const answer = await raise({ ...said, title: 'a\u0000b' })
    expect(answer.status).toBe(422)
    expect((answer.body['fields'] as Fields)[0]!.field).toBe('title')
  })

  test('with half a character is refused, not an error of ours', async () => {
    expect((await raise({ ...said, title: 'a\uD800b' })).status).toBe(422)
  })
})

describe('a command', () => {
  test('unknown, of an unknown kind, or on a record that is not there, is not found', async () => {
    for (const path of ['/api/records/appeal/explode', '/api/records/dragon/raise', '/api/records/appeal/SQ1/sign'])
      expect((await s.ask('hao', 'POST', path, { input: {} })).status).toBe(404)
  })
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('called %s is not found', async (name) => {
    expect((await s.ask('hao', 'POST', `/api/records/appeal/${name}`, { input: {} })).status).toBe(404)
    expect((await s.ask('hao', 'GET', `/api/records/${name}`)).status).toBe(404)
    expect((await s.ask('hao', 'GET', `/api/figures/${name}`)).status).toBe(404)
  })
  test('of another post is refused, on a record that one may not see it is not found', async () => {
    const { id } = (await raise(said)).body['done'] as { id: string }
    expect((await s.ask('hao', 'POST', `/api/records/appeal/${id}/sign`, { input: {} })).status).toBe(404)
    expect((await s.ask('fen', 'POST', `/api/records/appeal/${id}/sign`, { input: {} })).status).toBe(403)
    expect((await s.ask(undefined, 'GET', `/api/records/appeal/${id}`)).status).toBe(404)
  })
  test('given twice with one key is done once; the key is refused for anything else', async () => {
    const first = await raise(said, { key: 'http-1' })
    const again = await raise(said, { key: 'http-1' })
    expect(again.body).toEqual(first.body)
    const other = await raise({ ...said, title: '别的' }, { key: 'http-1' })
    expect(other.body['code']).toBe('key-reused')
  })
  test('is given a number, and does not choose it', async () => {
    const chosen = await s.ask('qi', 'POST', '/api/records/appeal/SQ-mine/raise', { input: said, key: 'http-own' })
    expect([chosen.status, chosen.body['code']]).toEqual([404, 'not-found'])
    const batch = { commands: [{ kind: 'appeal', id: 'SQ-mine', name: 'raise', input: said }] }
    const { answers } = (await s.ask('qi', 'POST', '/api/batch', batch)).body as { answers: { code: string }[] }
    expect(answers[0]!.code).toBe('not-found')
    expect((await raise(said, { key: 'http-own' })).status).toBe(200)
  })
  test('on a version that has passed is refused', async () => {
    const { id } = (await raise(said)).body['done'] as { id: string }
    const input = { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' }
    const stale = await s.ask('fen', 'POST', `/api/records/appeal/${id}/dispatch`, { input, expects: 7 })
    expect([stale.status, stale.body['code']]).toEqual([409, 'stale-version'])
    expect((await s.ask('fen', 'POST', `/api/records/appeal/${id}/dispatch`, { input, expects: 1 })).status).toBe(200)
  })
  test('in a batch has its own answer; one refusal does not hold the others back', async () => {
    const commands = [
      { kind: 'appeal', name: 'raise', input: said },
      { kind: 'appeal', name: 'raise', input: { ...said, title: '' } },
      { kind: 'appeal', name: 'raise', input: said },
    ]
    const answer = await s.ask(undefined, 'POST', '/api/batch', { commands })
    const answers = answer.body['answers'] as { done?: unknown; code?: string }[]
    expect(answers.map((one) => one.code ?? 'done')).toEqual(['done', 'invalid-input', 'done'])
    expect((await s.ask(undefined, 'POST', '/api/batch', { commands: [{ kind: 7 }] })).status).toBe(400)
    expect((await s.ask(undefined, 'POST', '/api/batch', { commands: Array(201).fill(commands[0]) })).status).toBe(400)
  })
})

test('text that is not UTF-8 is refused, as JSON or in a form, and nothing of it is kept', async () => {
  const gbk = Buffer.from('d6d0b9fa', 'hex')
  const send = async (path: string, type: string, body: Buffer) => {
    const headers = { 'content-type': type, 'sec-fetch-site': 'same-origin', cookie: await s.cookie('qi') }
    return fetch(`${s.origin}${path}`, { method: 'POST', redirect: 'manual', headers, body: new Uint8Array(body) })
  }
  const [before, after] = JSON.stringify({ input: { ...said, title: '@' } }).split('@') as [string, string]
  const whole = Buffer.concat([Buffer.from(before), gbk, Buffer.from(after)])
  for (const path of ['/api/records/appeal/raise', '/api/batch', '/auth/sign-in']) {
    const answer = await send(path, 'application/json', whole)
    expect([path, answer.status]).toEqual([path, 400])
    expect(await answer.json()).toMatchObject({
      code: 'not-utf-8',
      detail: expect.stringMatching(/UTF-8.*GBK/) as string,
    })
  }
  const form = 'application/x-www-form-urlencoded'
  expect((await send('/preferences', form, Buffer.from('lang=en&next=/%D6%D0'))).status).toBe(400)
  expect((await send('/preferences', form, Buffer.concat([Buffer.from('next=/'), gbk]))).status).toBe(400)
  expect((await send('/preferences', form, Buffer.from('lang=zh-CN&next=/%E4%B8%AD%&x=100%'))).status).toBe(303)
})

describe('a list', () => {
  test.each(['q=%25_%5C', 'facet.matter=x', 'phase=raised,dispatched&order=', 'unit=%27%3Bdrop', 'lang=en', 'code=x'])(
    'asked for with %s answers',
    async (query) => {
      const answer = await s.ask('du', 'GET', `/api/records/appeal?${query}`)
      expect(answer.status).toBe(200)
      expect(Array.isArray(answer.body['items'])).toBe(true)
    },
  )
  test.each([
    ['/api/records/appeal?limit=abc', 'limit', /整数/],
    ['/api/records/appeal?limit=-1', 'limit', /不能小于 1/],
    ['/api/records/appeal?limit=1000', 'limit', /不能大于 100/],
    ['/api/records/appeal?cursor=rubbish', 'cursor', /上一页的 next/],
    ['/api/records/appeal?q=a&cursor=rubbish', 'cursor', /next/],
    ['/api/records/appeal?order=zz', 'order', /due \/ created \/ oldest/],
    ['/api/records/appeal?phase=raised,;drop', 'phase', /raised/],
    ['/api/records/appeal?open=maybe', 'open', /yes \/ no/],
    ['/api/records/appeal?foo=1', 'foo', /没有“foo”这个参数.*phase/],
    ['/api/records/appeal?due=2026-02-30', 'due', /没有“due”/],
    ['/api/records/appeal?unit[]=1', 'unit[]', /没有“unit\[\]”/],
    ['/api/records/appeal?unit=a&unit=b', 'unit', /逗号/],
    [`/api/records/appeal?id=${Array(51).fill('x').join(',')}`, 'id', /50/],
    ['/api/records/appeal?lang=en&order=zz', 'order', /must be one of/],
    ['/api/records/appeal/export.xlsx?phase=zz', 'phase', /raised/],
    ['/api/records/appeal/export.xlsx?limit=2', 'limit', /没有“limit”/],
    ['/api/summary/appeal?x=1', 'x', /可用的参数：无/],
    ['/api/search?q=a&kinds=nope', 'kinds', /appeal/],
    ['/api/messages?before=now', 'before', /整数/],
    ['/api/figures/F01/records?limit=0', 'limit', /不能小于 1/],
  ] as const)('%s is refused by the parameter', async (path, field, message) => {
    const answer = await s.ask('du', 'GET', path)
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/)
    const fields = answer.body['fields'] as { field: string; message: string }[]
    expect(fields.map((one) => one.field)).toEqual([field])
    expect(fields[0]!.message).toMatch(message)
  })
  test('ends in another order than its cursor with a refusal, and the trail with a cursor that is not one', async () => {
    const page = await s.ask('fen', 'GET', '/api/records/appeal?limit=1')
    const other = await s.ask('fen', 'GET', `/api/records/appeal?order=oldest&cursor=${String(page.body['next'])}`)
    expect(other.status).toBe(422)
    const another = await s.ask('fen', 'GET', `/api/records/enterprise?cursor=${String(page.body['next'])}`)
    expect(another.status).toBe(422)
    expect((await s.ask('shen', 'GET', '/api/looks?cursor=rubbish')).status).toBe(422)
  })
  test('pages by a cursor without gaps or repeats', async () => {
    for (let n = 0; n < 7; n++) await raise({ ...said, title: `第${n}件` })
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 20; page++) {
      const answer = await s.ask('fen', 'GET', `/api/records/appeal?limit=3${cursor && `&cursor=${cursor}`}`)
      const items = answer.body['items'] as { id: string }[]
      seen.push(...items.map((item) => item.id))
      if (answer.body['next'] === null) break
      cursor = answer.body['next'] as string
    }
    const all = await s.ask('fen', 'GET', '/api/records/appeal?limit=100')
    expect(seen).toEqual((all.body['items'] as { id: string }[]).map((item) => item.id))
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(10)
  })
})

test('a figure of a day that does not exist, or has not come, is refused by that field', async () => {
  for (const asOf of ['2026-02-30', 'yesterday', '2099-01-01']) {
    const answer = await s.ask(undefined, 'GET', `/api/figures/F01?asOf=${asOf}`)
    expect(answer.status).toBe(422)
    expect((answer.body['fields'] as Fields)[0]!.field).toBe('asOf')
  }
})

test('what a figure opens to is read page by page to its end, over the API and without JavaScript in the portal', async () => {
  const commands = Array.from({ length: 55 }, (_, n) => ({
    kind: 'appeal',
    name: 'raise',
    input: { ...said, title: `背后第${n}件` },
  }))
  const raised = (await s.ask('qi', 'POST', '/api/batch', { commands })).body['answers'] as { done?: object }[]
  expect(raised.every((one) => one.done)).toBe(true)
  const at = '/api/figures/appeal-raised/records'
  const ids: string[] = []
  let visible = 0
  for (let cursor = '', page = 0; page < 50; page++) {
    const { body } = await s.ask('fen', 'GET', `${at}?limit=7&cursor=${cursor}`)
    ids.push(...(body['items'] as { id: string }[]).map((item) => item.id))
    visible = body['visible'] as number
    if (body['next'] === null) break
    cursor = body['next'] as string
  }
  expect(ids.length).toBeGreaterThan(55)
  expect([ids.length, new Set(ids).size]).toEqual([visible, visible])
  const bad = [
    Buffer.from('["2026-02-30","x","y"]').toString('base64url'),
    'rubbish',
    Buffer.from('7').toString('base64url'),
  ]
  for (const cursor of bad) expect((await s.ask('fen', 'GET', `${at}?cursor=${cursor}`)).status).toBe(422)
  const shown = (text: string) => [...text.matchAll(/href="\/record\/appeal\/([^"]+)"/g)].map(([, id]) => id)
  const seen: (string | undefined)[] = []
  for (let path: string | undefined = '/figures/appeal-raised', page = 0; path !== undefined && page < 9; page++) {
    const { status, text }: { status: number; text: string } = await s.ask('fen', 'GET', path)
    expect(status).toBe(200)
    seen.push(...shown(text))
    path = /href="(\/figures\/appeal-raised\?[^"#]+)#records"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen).toEqual(ids)
  expect((await s.ask(undefined, 'GET', at)).body).toMatchObject({ items: [], visible: 0, next: null })
})

test('an address with the sign nought in it is refused', async () => {
  for (const path of ['/api/records/appeal?unit=%00', '/follow?x=%00', '/api/search?q=%00'])
    expect((await s.ask('du', 'GET', path)).status).toBe(400)
  expect((await s.ask('du', 'GET', '/api/records/appeal?unit=%00')).body['detail']).toContain('unit')
  const page = await s.ask('du', 'GET', '/follow?x=%00', undefined, { accept: 'text/html' })
  expect([page.status, page.headers.get('content-type')]).toEqual([400, expect.stringMatching(/^text\/html/)])
  expect(page.text).toContain('%00')
})

test('what is no request is answered all the same', async () => {
  const { hostname, port } = new URL(s.origin)
  const said = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(text))
      let all = ''
      socket
        .on('data', (chunk) => (all += chunk.toString()))
        .on('close', () => resolve(all))
        .on('error', reject)
    })
  expect(await said('RUBBISH\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*problem\+json[\s\S]*HTTP 请求/)
  const wide = `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'a'.repeat(20_000)}\r\n\r\n`
  expect(await said(wide)).toMatch(/^HTTP\/1\.1 431 [\s\S]*Cookie/)
})

test('a method that an address does not take is told, with those it takes', async () => {
  const answer = await s.ask('fen', 'DELETE', '/api/records/appeal')
  expect([answer.status, answer.body['code'], answer.headers.get('allow')]).toEqual([405, 'wrong-method', 'GET'])
  expect((await s.ask('fen', 'PUT', '/api/nowhere')).status).toBe(404)
})

test.each([
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['fr,en;q=0.8', 'en'],
  ['zh;q=0.5,en;q=0.9', 'en'],
  ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['en;q=0,zh', 'zh-CN'],
  ['fr', 'zh-CN'],
  ['en;q=x', 'en'],
  ['', 'zh-CN'],
])('who asks for “%s” is answered in %s', async (asked, lang) => {
  const page = await s.ask(undefined, 'GET', '/privacy', undefined, { 'accept-language': asked })
  expect(/<html lang="([^"]+)"/.exec(page.text)?.[1]).toBe(lang)
})

test('a body that is packed, or no batch, is told as that', async () => {
  const packed = await s.ask('fen', 'POST', '/api/batch', '{}', {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
  })
  expect([packed.status, packed.body['code']]).toEqual([415, 'packed'])
  const list = await s.ask('fen', 'POST', '/api/batch', '[]', { 'content-type': 'application/json' })
  expect([list.status, list.body['detail']]).toEqual([400, expect.stringContaining('commands')])
})

test('a key is each caller’s own', async () => {
  const own = { input: said, key: 'the-same-for-two' }
  const [one, two] = [
    await s.ask('fen', 'POST', '/api/records/appeal/raise', own),
    await s.ask('gui', 'POST', '/api/records/appeal/raise', own),
  ]
  expect([one.status, two.status]).toEqual([200, 200])
  expect((one.body['done'] as { id: string }).id).not.toBe((two.body['done'] as { id: string }).id)
})

test('what nobody sees is not kept: refused of a program by its field, left out of a form', async () => {
  for (const sign of ['\u202e', '\u200b', '\u0007', '\ufeff']) {
    const answer = await raise({ ...said, title: `甲${sign}乙` })
    expect([answer.status, (answer.body['fields'] as { field: string }[])[0]?.field]).toEqual([422, 'title'])
  }
  expect((await raise({ ...said, title: '一家👨‍👩‍👧三口' })).status).toBe(200)
})

test('a code whose check character is wrong is entered, and the answer says so', async () => {
  const input = {
    name: '校验有误公司',
    uscc: '91220501MA00000991',
    division: '220502',
    industry: '27',
    registeredOn: '2020-01-01',
    private: true,
    evidence: '股东均为自然人',
  }
  const { body } = await s.ask('gui', 'POST', '/api/records/enterprise/enter', { input })
  expect(body, JSON.stringify(body)).toMatchObject({
    done: { kind: 'enterprise' },
    warnings: [expect.stringMatching(/校验/)],
  })
})

test('somebody who is no demonstration identity is refused by name', async () => {
  const answer = await s.ask(undefined, 'POST', '/auth/demo', { person: 'nobody-such' })
  expect([answer.status, answer.body['code']]).toEqual([422, 'no-such-demo'])
  expect(answer.body['detail']).toContain('person')
  const none = await s.ask(undefined, 'POST', '/auth/demo', 'rubbish')
  expect(none.status).toBe(422)
})

test('a session that is not there is no page but a problem, for a program', async () => {
  const answer = await s.ask('fen', 'DELETE', '/auth/sessions/nope')
  expect([answer.status, answer.body['code']]).toEqual([404, 'no-such-session'])
  const job = await s.ask('wen', 'GET', '/import/nope', undefined, { accept: 'application/json' })
  expect([job.status, job.body['code']]).toEqual([404, 'not-found'])
})

test('a figure at a position that the log has not reached is refused', async () => {
  const answer = await s.ask('du', 'GET', '/api/figures/F01?position=999999999')
  expect([answer.status, (answer.body['fields'] as { field: string }[])[0]?.field]).toEqual([422, 'position'])
})

test('an address that is not there is a page for people and a problem for programs', async () => {
  expect((await s.ask(undefined, 'GET', '/nowhere', undefined, { accept: 'text/html' })).text).toMatch(
    /没有找到这个页面/,
  )
  expect((await s.ask(undefined, 'GET', '/api/nowhere')).body['code']).toBe('no-such-address')
  for (const path of [
    '/record/appeal/..%2f..',
    '/assets/..%2f..%2fpackage.json',
    '/desk/assets/..%2f..%2fpackage.json',
    '/draft/x',
    '/start/appeal/absorb',
  ])
    expect((await s.ask(undefined, 'GET', path)).status).toBe(404)
})

test('personal data is masked for whoever does not handle it, and a look at it is logged', async () => {
  const { id } = (await raise(said)).body['done'] as { id: string }
  const input = { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' }
  await s.ask('fen', 'POST', `/api/records/appeal/${id}/dispatch`, { input })
  const facts = async (person: string) =>
    (await s.ask(person, 'GET', `/api/records/appeal/${id}`)).body['facts'] as Record<string, string>
  expect((await facts('fen'))['phone']).toBe('13900001234')
  expect((await facts('du'))['phone']).toBe('139****34')
  const looks = await s.ask('shen', 'GET', '/api/looks?limit=100')
  expect(JSON.stringify(looks.body)).toContain(id)
  expect((await s.ask('fen', 'GET', '/api/looks')).status).toBe(403)
})

describe('somebody whose session has ended', () => {
  const dead = { cookie: 'session=none-any-more' }
  const inHtml = { ...dead, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }

  test('is told so before anything he sends is read, and nothing of it is taken as from anybody', async () => {
    for (const [path, body] of [
      ['/api/records/appeal/raise', { input: { ...said, title: '登录失效后提交' }, key: 'ended' }],
      ['/api/records/appeal/raise', { input: {} }],
      ['/api/batch', { commands: [] }],
    ] as const) {
      const answer = await s.ask(undefined, 'POST', path, body, dead)
      expect([answer.status, answer.body['code']]).toEqual([401, 'session-ended'])
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    const found = await s.ask('fen', 'GET', `/api/records/appeal?q=${encodeURIComponent('登录失效后提交')}`)
    expect(found.body['items']).toEqual([])
  })

  test('reads what is open to anybody; on a page he is let go on as anybody', async () => {
    expect((await s.ask(undefined, 'GET', '/api/me', undefined, dead)).body['anonymous']).toBe(true)
    const page = await s.ask(undefined, 'POST', '/start/appeal/raise', 'x=1', inHtml)
    expect(page.status).toBe(401)
    expect(page.text).toContain('登录已失效')
    expect(page.text).toContain('href="/sign-in"')
    expect(page.headers.get('set-cookie')).toMatch(/^session=; Max-Age=0/)
    expect((await s.ask(undefined, 'GET', '/', undefined, inHtml)).headers.get('set-cookie')).toMatch(/Max-Age=0/)
  })

  test('can sign in again', async () => {
    expect((await s.ask(undefined, 'POST', '/auth/demo', { person: 'fen' }, dead)).status).toBe(200)
  })

  test('a window that says as whom it is used is not answered as somebody else', async () => {
    const as = async (person: string | undefined, supposed: string) =>
      (await s.ask(person, 'GET', '/api/me', undefined, { 'x-person': supposed })).status
    expect([await as('fen', 'fen'), await as('fen', 'du'), await as(undefined, 'du')]).toEqual([200, 401, 401])
  })
})

test('every page forbids foreign scripts and frames, and private answers are not kept', async () => {
  for (const path of ['/', '/clock', '/figures/F01', '/sign-in', '/start/appeal/raise']) {
    const page = await s.ask(undefined, 'GET', path)
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.text).not.toMatch(/ style=|<script(?! type="module" src="\/assets)| on\w+=/)
  }
})

test('ready is only what takes commands: not a database that is read only', async () => {
  const { database } = s.town.world
  const query = database.query.bind(database)
  const shut = vi
    .spyOn(database, 'query')
    .mockImplementation((text, values) =>
      query(text.replace(`current_setting('transaction_read_only')`, `'on'`), values),
    )
  const answer = await s.ask(undefined, 'GET', '/ready')
  shut.mockRestore()
  expect([answer.status, answer.body['code']]).toEqual([503, 'unavailable'])
  expect((await s.ask(undefined, 'GET', '/ready')).status).toBe(200)
})

test('health, readiness and metrics', async () => {
  expect((await s.ask(undefined, 'GET', '/health')).body).toEqual({ ok: true })
  expect((await s.ask(undefined, 'GET', '/ready')).body).toEqual({ ready: true, city: 'town' })
  const metrics = await s.ask(undefined, 'GET', '/metrics')
  expect(metrics.text).toMatch(/liangjian_commands_total\{kind="appeal",command="raise",outcome="accepted"\} \d+/)
  expect(metrics.text).toMatch(/route="\/api\/records\/:kind\/:id"/)
  expect(metrics.text).not.toMatch(/SQ\d{6}-/)
  const passedOn = await s.ask(undefined, 'GET', '/metrics', undefined, { 'x-forwarded-for': '198.51.100.1' })
  expect([passedOn.status, passedOn.body['code']]).toEqual([403, 'only-local'])
})
