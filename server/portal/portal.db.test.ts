// The portal's pages as they are sent: what each says, what it weighs, and what it answers to bad addresses and bad input.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system } from '../../kernel/access.ts'
import { lanterns } from '../../tests/lantern/index.ts'
import { served, type Served } from '../../tests/served.ts'
import { plain, visitor } from '../../tests/visitor.ts'
import { pageWeight } from '../../tests/weight.ts'

let s: Served
beforeAll(async () => {
  s = await served([lanterns])
})
afterAll(() => s.close())

const { get, post } = visitor(() => s)

async function begin(kind: string, command: string, person?: string): Promise<string> {
  return (await post(`/start/${kind}/${command}`, {}, person)).headers.get('location')!
}

describe('the start page', () => {
  test('says who may, what is needed, what it costs, and the last day of each kind by law', async () => {
    const said = plain((await get('/start/appeal/raise')).text)
    expect(said).toMatch(/谁可以提出 .* 需要准备 .* 多久答复 .* 收费 不收费。 下一步/)
    // From Wednesday, 11 February 2026: five working days end on the 25th, after the Spring Festival; thirty days on 13 March.
    expect(said).toMatch(/咨询 5个工作日 2026年2月25日（周三） 测试办法第一条/)
    expect(said).toMatch(/拖欠账款 30日 2026年3月13日（周五） 测试办法第一条/)
    expect(said).not.toContain('暂定')
  })

  test('of a kind that this person may not begin is not there', async () => {
    for (const path of [
      '/start/appeal/dispatch',
      '/start/appeal/nothing',
      '/start/nothing/raise',
      '/start/visit/record',
    ])
      expect((await get(path)).status, path).toBe(404)
    expect((await post('/start/visit/record', {})).status).toBe(404)
    expect((await get('/start/appeal/constructor')).status).toBe(404)
  })

  test('a date that hangs on a year without arrangements is provisional', async () => {
    s.town.set('2026-12-29T10:00:00.000+08:00')
    try {
      expect(plain((await get('/start/appeal/raise')).text)).toMatch(/咨询 5个工作日 2027年1月\d+日（周.） 暂定/)
    } finally {
      s.town.set('2026-02-11T10:00:00.000+08:00')
    }
  })
})

describe('what was begun', () => {
  test('is found again by its code, however it is typed; another code says so beside the field', async () => {
    const draft = await begin('lantern', 'ask')
    const code = draft.slice('/draft/'.length)
    expect(code).toMatch(/^(\w{4}-){5}\w{4}$/)
    for (const typed of [code.toLowerCase(), ` ${code.replaceAll('-', ' ')} `, code.replaceAll('0', 'O')])
      expect((await post('/draft', { code: typed })).headers.get('location')).toBe(draft)
    const wrong = await post('/draft', { code: 'AAAA-BBBB', kind: 'lantern', command: 'ask' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toMatch(/<title>有误：申请花灯/)
    expect(wrong.text).toContain('value="AAAA-BBBB"')
    expect((await post('/draft', { code: 'x', kind: 'appeal', command: 'answer' })).status).toBe(404)
    expect((await get('/draft/AAAA-BBBB-CCCC-DDDD-EEEE-FFFF')).status).toBe(404)
  })

  test('steps cannot be skipped: nothing is submitted before every part is completed', async () => {
    const draft = await begin('lantern', 'ask')
    expect((await get(`${draft}/check`)).headers.get('location')).toBe(draft)
    expect((await get(`${draft}/done`)).status).toBe(404)
    expect((await get(`${draft}/page/nothing`)).status).toBe(404)
    expect((await post(`${draft}/check`, {})).headers.get('location')).toBe(draft)
    expect((await get(`${draft}/done`)).status).toBe(404)
    expect((await s.ask('hao', 'GET', '/api/records/lantern')).body['items']).toEqual([])
  })

  test('is confirmed with number, code, limit, article and last day, for a kind that nobody wrote a page for', async () => {
    const draft = await begin('lantern', 'ask')
    await post(`${draft}/page/details`, { street: '新华大街', colour: 'red' })
    expect(plain((await get(`${draft}/check`)).text)).toMatch(/街道 新华大街 修改 颜色 红色 修改 电话 未填 修改/)
    expect((await post(`${draft}/check`, {})).headers.get('location')).toBe(`${draft}/done`)
    const said = plain((await get(`${draft}/done`)).text)
    expect(said).toMatch(/已提交：申请花灯 编号 DL260211-\w{7} 查询码 (\w{4}-){5}\w{4} 提交日期 2026年2月11日（周三）/)
    expect(said).toMatch(/期限 3个工作日 依据 花灯办法第一条 最迟日期 2026年2月14日（周六）/)
    expect(said).toContain('下一步 灯笼队会来悬挂。')
    // Going back shows the confirmation again; sending again changes nothing.
    for (const path of ['', '/check', '/page/details'])
      expect((await get(`${draft}${path}`)).headers.get('location')).toBe(`${draft}/done`)
    expect((await post(`${draft}/check`, {})).headers.get('location')).toBe(`${draft}/done`)
    expect((await post(`${draft}/page/details`, { street: '另一条' })).headers.get('location')).toBe(`${draft}/done`)
    expect((await s.ask('hao', 'GET', '/api/records/lantern')).body['items']).toHaveLength(1)
  })

  test('what the door would refuse is told on the page it concerns, not at the end', async () => {
    const draft = await begin('appeal', 'raise')
    await post(`${draft}/page/problem`, { title: '路灯不亮', body: '厂区门前路灯坏了三盏。' })
    await post(`${draft}/page/sort`, { matter: 'difficulty', line: 'communication' })
    const asks = plain((await get(`${draft}/page/contact`)).text)
    expect(asks).toMatch(/联系人 （选填）/)
    expect(asks).not.toMatch(/联系电话 （选填）/)
    const unsaid = await post(`${draft}/page/contact`, { contact: '', phone: '' })
    expect(unsaid.status).toBe(422)
    expect(plain(unsaid.text)).toContain('有内容需要修改 请填写联系电话。')
    expect(unsaid.text).toMatch(/id="f-phone"[\s\S]{0,200}aria-invalid="true"/)
  })

  test('a choice that was not made is asked for as a choice', async () => {
    const draft = await begin('appeal', 'raise')
    const said = plain((await post(`${draft}/page/sort`, {})).text)
    expect(said).toContain('请选择诉求类别。')
    expect(said).toContain('请选择服务专线。')
  })
})

describe('whoever looks for a record', () => {
  test('is told which of the two fields is empty, before anything else', async () => {
    const empty = await post('/follow', { number: '', code: '' })
    expect(empty.status).toBe(422)
    expect(plain(empty.text)).toMatch(/请填写编号.*请填写查询码/)
    const half = plain((await post('/follow', { number: 'SQ260211-AAAAAAA', code: '' })).text)
    expect(half).toContain('请填写查询码')
    expect(half).not.toContain('请填写编号')
    expect(plain((await post('/follow', { number: 'SQ260211-AAAAAAA', code: 'XXXX' })).text)).toContain('对不上')
  })

  test('for a step that is done with is led to how it stands', async () => {
    const input = { line: 'legal', matter: 'difficulty', channel: 'web', title: '门前积水', body: '下雨积水。' }
    const { body } = await s.ask('qi', 'POST', '/api/records/appeal/raise', { input })
    const { id } = body['done'] as { id: string }
    const at = `/record/appeal/${id}`
    const late = await s.ask('qi', 'GET', `${at}/rate`)
    expect([late.status, late.headers.get('location')]).toEqual([303, `${at}?not=rate`])
    expect(plain((await s.ask('qi', 'GET', `${at}?not=rate`)).text)).toMatch(/现在不能办理：这一件现在是“待分派”/)
    for (const none of ['escalate', 'raise', 'nothing'])
      expect((await s.ask('qi', 'GET', `${at}/${none}`)).status).toBe(404)
  })
})

describe('a record before anybody owes it', () => {
  test('tells by when it will be answered, and that this is expected', async () => {
    const raised = await s.ask(undefined, 'POST', '/api/records/appeal/raise', {
      input: {
        line: 'legal',
        matter: 'arrears',
        channel: 'web',
        title: '货款未付',
        body: '三个月。',
        phone: '13900001234',
        debtor: '示例事业单位',
        debtorKind: 'public',
        owed: 100,
        owedSince: '2025-11-01',
      },
    })
    const { id } = raised.body['done'] as { id: string }
    const code = raised.body['reveal'] as string
    const said = plain((await get(`/record/appeal/${id}?code=${code.toLowerCase()}`)).text)
    expect(said).toMatch(/预计时限 还剩 30 天，2026年3月13日（周五）到期/)
    expect(said).toContain('期限为30日（测试办法第一条）')
    expect(said).toContain('您现在可以 催办 撤回诉求')
    const warned = plain((await get(`/record/appeal/${id}/withdraw?code=${code}`)).text)
    expect(warned).toContain('撤回后，主办单位不再办理这件诉求，也不能恢复。')
    expect(warned).toContain('不办了，返回')
  })
})

describe('figures', () => {
  test('say as of when, and how many records stand behind them that the visitor may not see', async () => {
    const { id } = (
      await s.ask(undefined, 'POST', '/api/records/lantern/ask', { input: { street: '建设大街', colour: 'gold' } })
    ).body['done'] as { id: string }
    await s.ask('hao', 'POST', `/api/records/lantern/${id}/hang`, { input: { height: 3 } })
    const public_ = plain((await get('/figures/lanterns-hung')).text)
    expect(public_).toMatch(/悬挂花灯 .* 截止日期 2026年2月11日（周三）/)
    expect(public_).toContain('这个数字由 1 条记录构成。它们涉及企业和个人，只对当事人和办理人员开放')
    const own = plain((await get('/figures/lanterns-hung', 'hao')).text)
    expect(own).toContain('这个数字由 1 条记录构成，列在下面。')
    expect(own).toContain('建设大街')
    expect(plain((await get('/figures/lanterns-hung?asOf=2026-02-10')).text)).toContain('这个数字现在没有记录。')
    for (const day of ['2026-02-30', '2026-02-12', 'tomorrow', "'"])
      expect((await get(`/figures/lanterns-hung?asOf=${day}`)).status, day).toBe(422)
    expect((await get('/figures/nothing')).status).toBe(404)
  })
})

describe('rules and calendars', () => {
  test('every published limit stands there by its name with its source; a draft does not', async () => {
    await s.town.done(
      system,
      'rule',
      'lay',
      { rule: 'appeal.answer.draft', unit: 'month', budget: 2, article: '未发布', source: '草案', from: '2026-01-01' },
      'draft-rule',
    )
    const said = plain((await get('/rules')).text)
    expect(said).toMatch(/签收诉求 1个工作日 测试办法第一条 测试 2020年1月1日/)
    expect(said).toMatch(/处理拖欠账款投诉 30日/)
    expect(said).not.toContain('未发布')
    expect(said).toContain('国办发明电〔2025〕7号')
  })

  test('a year shows what is off and what is worked, with its notice; a year without one is provisional', async () => {
    const year = plain((await get('/calendar/2026')).text)
    expect(year).toContain('国办发明电〔2025〕7号 · 2025年11月4日（周二）')
    expect(year).toMatch(/2月 .* 14 班 15 休 16 休/)
    expect(plain((await get('/calendar/2027')).text)).toMatch(/暂定 这一年的节假日安排尚未公布/)
    for (const path of ['/calendar/1999', '/calendar/2061', '/calendar/x', '/calendar/2026.5'])
      expect((await get(path)).status, path).toBe(404)
  })
})

describe('the size calculator', () => {
  const size = async (query: Record<string, string>) => plain((await get(`/size?${new URLSearchParams(query)}`)).text)

  test('gives the class and how it comes about', async () => {
    const said = await size({ industry: '工业', X: '1,200', Y: '３９９９９' })
    expect(said).toMatch(
      /中型 指标 .* 从业人员（人） 1,200 1,000 300 20 大型 营业收入（万元） 39,999 40,000 2,000 300 中型/,
    )
    expect(said).toContain('工信部联企业〔2011〕300号')
  })

  test('says what is missing only where it could still decide', async () => {
    expect(await size({ industry: '工业', X: '120' })).toContain('暂不能确定 还缺：营业收入（万元）')
    expect(await size({ industry: '工业', X: '19' })).toMatch(/微型 指标/)
  })

  test('bad input is told field by field, and nothing typed is lost', async () => {
    const { status, text } = await get(
      `/size?${new URLSearchParams({ industry: '养猫', X: '-1', Y: '很多', Z: '1e99' })}`,
    )
    expect(status).toBe(422)
    expect(text).toMatch(/<title>有误：企业划型/)
    for (const field of ['industry', 'X', 'Y', 'Z']) expect(text).toContain(`href="#f-${field}"`)
    expect(text).toContain('value="很多"')
    expect((await get('/size?industry=<script>&X="><script>')).text).not.toContain('<script>&')
  })
})

describe('the deadline calculator', () => {
  test('tells everything wrong at once, each beside its field', async () => {
    const { status, text } = await get('/clock?unit=week&budget=-1&from=2026-02-30&from0=2026-03-02&to0=2026-03-01')
    expect(status).toBe(422)
    for (const field of ['unit', 'budget', 'from', 'pauses']) expect(text).toContain(`href="#f-${field}"`)
  })

  test('a date beyond the published years is provisional and says so', async () => {
    const said = plain((await get('/clock?unit=working-day&budget=20&from=2026-12-20')).text)
    expect(said).toContain('暂定 该年度的节假日安排尚未公布')
    expect(plain((await get('/clock?unit=working-day&budget=20&from=2059-12-20')).text)).toContain('暂定')
    expect((await get('/clock?unit=working-day&budget=3660&from=2059-12-20')).status).toBe(422)
  })
})

describe('the reference', () => {
  test('lists every operation of the document with the meaning of its fields', async () => {
    const first = (await get('/api')).text
    const kinds = [...first.matchAll(/href="(\/api\?of=[\w-]+)"/g)].map((found) => found[1]!)
    const text = [first, ...(await Promise.all(kinds.map(async (path) => (await get(path)).text)))].join('')
    const { body } = await get('/openapi.json')
    for (const path of Object.keys(body['paths'] as object)) {
      // A command that opens a record is listed once, though it may be given an id.
      const opens = new RegExp('^/api/records/[^/]+/\\{id\\}/[^/]+$').test(path)
      if (!opens) expect(text).toContain(`<code>${path}</code>`)
    }
    expect(plain(text)).toMatch(/input.street 街道 string \(≤ 20\) 是 input.colour 颜色 red \| gold 是/)
  })
})

describe('weight', () => {
  const pages = [
    '/',
    '/start/appeal/raise',
    '/follow',
    '/figures',
    '/figures/F01',
    '/rules',
    '/calendar/2026',
    '/clock?unit=working-day&budget=20&from=2026-02-10',
    '/size?industry=工业&X=1',
    '/sign-in',
    '/accessibility',
    '/privacy',
    '/api',
    '/api?of=appeal',
    '/api?of=item',
    '/hall',
    '/hall/book',
    '/representatives',
  ]
  test.each(pages)('%s: HTML and CSS within 30 KB, JavaScript within 20 KB', async (path) => {
    const { html, css, js, text } = await pageWeight(s.origin, path)
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle="|\son\w+="/)
    expect(html + css).toBeLessThanOrEqual(30_000)
    expect(js).toBeLessThanOrEqual(20_000)
  })

  test('a file under its stamp is kept for a year, without it asked for anew; who takes no gzip gets it unpacked', async () => {
    const [, address] = /href="(\/assets\/page\.css\?\w+)"/.exec((await get('/')).text)!
    const stamped = await fetch(`${s.origin}${address}`)
    expect(stamped.headers.get('cache-control')).toContain('immutable')
    expect((await fetch(`${s.origin}/assets/page.css`)).headers.get('cache-control')).toBe('no-cache')
    const bare = await fetch(`${s.origin}/`, { headers: { 'accept-encoding': 'identity' } })
    expect(bare.headers.get('content-encoding')).toBeNull()
    expect((await get('/assets/nothing.css')).status).toBe(404)
  })
})

describe('preferences', () => {
  test('come back to the page they were chosen on, and never lead to another site', async () => {
    expect((await get('/size?industry=工业&X=1')).text).toContain('name="next" value="/size?industry=%E5%B7%A5')
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example'])
      expect((await post('/preferences', { lang: 'en', next })).headers.get('location'), next).toMatch(/^\/(?![/\\\t])/)
    expect(
      (await post('/preferences', { lang: 'fr', theme: 'pink', print: 'tiny', next: '/' })).headers.getSetCookie(),
    ).toEqual([])
  })
})
