// Items on the portal: found by words and filters with their counts, read whole, narrowed to a situation, version by version.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wake } from '../../replay.ts'
import { itemContent as content, paper } from '../../../tests/item.ts'
import { served, type Served } from '../../../tests/served.ts'
import { pageWeight } from '../../../tests/weight.ts'

let s: Served
beforeAll(async () => {
  s = await served()
  await put('11220500FOOD0001', {
    topics: ['开办企业', '餐饮'],
    specials: [
      {
        special: 'T-01',
        specialName: '现场核查',
        specialLimit: 10,
        specialUnit: 'working-day',
        specialBasis: '管理办法第九条',
      },
    ],
    questions: [{ question: '网店要不要办？', reply: '也要办理。' }],
    cityPays: 35_000,
    cityPaysBasis: '市政府文件',
  })
  await put('11220500LAMP0001', {
    name: '灯具登记（合成数据）',
    handling: 'at-once',
    promised: 0,
    visits: 0,
    nearby: true,
    audience: ['natural-person'],
    channels: ['at-window'],
    topics: ['开办企业'],
    situations: [],
    materials: [],
  })
  await put('11220500GONE0001', { name: '旧许可（合成数据）' })
  await put('11220500HOLD0001', { name: '暂缓许可（合成数据）' })
  const xiang = await s.town.as('xiang')
  await s.town.done(xiang, 'item', 'cancel', { reason: '国务院决定取消。' }, '11220500GONE0001')
  await s.town.done(xiang, 'item', 'suspend', { reason: '依据修改。' }, '11220500HOLD0001')
  await revise('11220500FOOD0001', 2, {
    promised: 3,
    conditions: '有与规模相适应的经营场所。',
    materials: [paper, { ...paper, material: 'M-003', materialName: '健康证明', shared: false, within: 'S-02' }],
  })
  // One that is only a draft.
  await s.town.done(await s.town.as('hao'), 'item', 'list', {
    ...content,
    name: '草稿许可（合成数据）',
    code: '11220500DRAFT001',
    unit: 'tax',
  })
})
afterAll(() => s.close())

async function put(code: string, more: object = {}, to?: string) {
  await s.town.done(await s.town.as('hao'), 'item', 'list', { ...content, ...more, code, unit: 'tax' })
  await publish(`${code}-V1`, to)
}
async function revise(code: string, number: number, more: object) {
  await s.town.done(await s.town.as('hao'), 'item', 'revise', { ...content, ...more }, code)
  await publish(`${code}-V${number}`)
}
async function publish(version: string, to?: string) {
  await s.town.done(await s.town.as('hao'), 'version', 'submit', {}, version)
  const input = { from: '2026-02-11', ...(to !== undefined && { to }) }
  await s.town.done(await s.town.as('xiang'), 'version', 'publish', input, version)
}

const get = (path: string, person?: string, lang = 'zh-CN') =>
  s.ask(person, 'GET', path, undefined, { 'accept-language': lang })
const plain = (html: string) =>
  html
    .slice(html.indexOf('<main'), html.indexOf('<footer'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const named = (html: string) => [...html.matchAll(/<a href="\/item\/(\w+)"/g)].map((one) => one[1]!)
const inOrder = (codes: readonly string[]) => codes.toSorted((a, b) => a.localeCompare(b))
const said = async (path: string, person?: string, lang?: string) => plain((await get(path, person, lang)).text)

describe('the list', () => {
  test('holds what stands and what is suspended, not what is cancelled or only drafted', async () => {
    const { text } = await get('/items')
    expect(inOrder(named(text))).toEqual(['11220500FOOD0001', '11220500HOLD0001', '11220500LAMP0001'])
    const words = plain(text)
    expect(words).toContain('共 3 项')
    expect(words).toMatch(/暂缓许可（合成数据） tax局 ‖ 暂停受理/)
    expect(words).toMatch(/灯具登记（合成数据） tax局 承诺 当场办结 马上办 就近办 一次办/)
    expect(words).not.toMatch(/草稿许可|旧许可/)
    // Whoever drafts finds drafts on his desk, not here.
    expect(named((await get('/items', 'hao')).text)).toHaveLength(3)
  })

  test.each([
    ['label=instant', ['11220500LAMP0001']],
    ['label=online', ['11220500FOOD0001', '11220500HOLD0001']],
    ['label=nearby&label=once', ['11220500LAMP0001']],
    ['label=instant&label=online', []],
    ['q=食品', ['11220500FOOD0001']],
    ['q=11220500LAMP', ['11220500LAMP0001']],
    ['q=食品&label=instant', []],
    ['for=natural-person', ['11220500LAMP0001']],
    ['topic=开办企业', ['11220500LAMP0001']],
    ['unit=labour', []],
    ['unit=tax&for=enterprise', ['11220500FOOD0001', '11220500HOLD0001']],
    // What nobody offers is looked for and not found; what is no filter changes nothing.
    ['topic=%27%22', []],
    ['label=nothing&colour=red&cursor=nonsense&from=-1', ['11220500FOOD0001', '11220500HOLD0001', '11220500LAMP0001']],
  ])('%s', async (query, codes) => {
    const { status, text } = await get(`/items?${encodeURI(query).replaceAll('%25', '%')}`)
    expect(status).toBe(200)
    expect(inOrder(named(text))).toEqual(codes)
    expect(plain(text)).toContain(`共 ${codes.length} 项`)
    if (codes.length === 0) expect(plain(text)).toContain('没有符合条件的事项')
  })

  test('says beside each label how many more it would leave, under what is chosen', async () => {
    expect(await said('/items')).toMatch(/马上办 1 .*网上办 2 .*就近办 1 .*一次办 3/)
    expect(await said('/items?label=instant')).toMatch(/马上办 1 .*网上办 0 .*就近办 1 .*一次办 1/)
    expect(await said('/items')).toMatch(/主题 不限 开办企业 \(1\)/)
    expect(await said('/items?q=食品')).toMatch(/马上办 0 .*网上办 1/)
  })

  test('is paged, with and without words; every item stands on one page', async () => {
    for (let at = 0; at < 22; at += 1)
      await put(`11220500MANY${String(at).padStart(4, '0')}`, {
        name: `渔业许可第${at}号（合成数据）`,
        level: 'county',
      })
    for (const query of ['q=渔业许可', 'label=online']) {
      const codes: string[] = []
      let path = `/items?${query}`
      for (let page = 0; page < 3 && path !== ''; page += 1) {
        const { text } = await get(path)
        codes.push(...named(text))
        path = /<a class="button second" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
      }
      expect(new Set(codes).size).toBe(codes.length)
      expect(codes.length).toBe(query.startsWith('q') ? 22 : 24)
    }
  })
})

describe('an item', () => {
  test('says everything that applicants ask, and leads to the application', async () => {
    const { text } = await get('/item/11220500FOOD0001')
    expect(text).toContain('href="/apply/11220500FOOD0001"')
    const words = plain(text)
    expect(words).toMatch(/谁可以申请 服务对象：企业法人 有与规模相适应的经营场所。/)
    expect(words).toMatch(/营业执照 市场监管部门 — 由部门共享获取，不用提交/)
    expect(words).toMatch(/健康证明 市场监管部门 复印件 1 仅“延续”需要/)
    expect(words).toMatch(/承诺办结时限 3个工作日 法定办结时限 20个工作日 缩短 17个工作日 \(85%\)/)
    expect(words).toMatch(/收费 不收费。/)
    expect(words).toMatch(/办理环节 受理 审查 决定/)
    expect(words).toMatch(/不服决定怎么办 可以在六十日内申请行政复议/)
    expect(words).toMatch(/第 2 版 2026年2月11日（周三）起施行 与上一版的不同 以前的版本 \(1\) 第 1 版/)
    expect(words).not.toMatch(/undefined|\[object|M-00|S-0|working-day/)
  })

  test('in a situation: what only others need is left out, without any script', async () => {
    const all = await said('/item/11220500FOOD0001')
    const fresh = await said('/item/11220500FOOD0001?situation=S-01')
    const again = await said('/item/11220500FOOD0001?situation=S-02')
    expect(all).toContain('健康证明')
    expect(fresh).not.toContain('健康证明')
    expect(fresh).toContain('“新办”需要的材料')
    expect(again).toMatch(/健康证明 市场监管部门 复印件 1 /)
    expect(await said('/item/11220500FOOD0001?situation=S-99')).toContain('健康证明')
  })

  test('in English, with the names in the city’s language', async () => {
    const words = await said('/item/11220500FOOD0001', undefined, 'en')
    expect(words).toMatch(/Promised limit 3 working days Limit by law 20 working days Saved 17 working days/)
    expect(words).toContain('Version 2 in force from Wed 11 Feb 2026')
    expect(words).toMatch(/Apply/)
  })

  test('that is suspended, cancelled or over says so and why, and takes no application', async () => {
    await put('11220500OVER0001', { name: '到期许可（合成数据）' }, '2026-02-12')
    s.town.set('2026-02-13T00:02:00.000+08:00')
    await wake(s.town.world, s.town.world.around, '2026-02-13T00:02:00.000+08:00')
    for (const [code, words] of [
      ['11220500HOLD0001', /自2026年2月11日（周三）起暂停受理.*理由：依据修改。/],
      ['11220500GONE0001', /已于2026年2月11日（周三）取消.*理由：国务院决定取消。/],
      ['11220500OVER0001', /自2026年2月13日（周五）起暂停受理.*现行版本有效期至2026年2月12日（周四）/],
    ] as const) {
      const { status, text } = await get(`/item/${code}`)
      expect(status).toBe(200)
      expect(plain(text)).toMatch(words)
      expect(text).not.toContain('/apply/')
    }
    s.town.set('2026-02-11T10:00:00.000+08:00')
  })

  test('that is nowhere, or only drafted, is not there for the public', async () => {
    for (const path of [
      '/item/NOTHING',
      '/item/11220500DRAFT001',
      '/item/11220500DRAFT001/version/1',
      '/item/11220500FOOD0001/version/3',
      '/item/11220500FOOD0001/version/0',
      '/item/11220500FOOD0001/version/x',
      '/item/11220500FOOD0001/version/2/changes',
      '/item/11220500FOOD0001/version/2/changes?with=9',
      '/item/constructor',
    ])
      expect((await get(path)).status, path).toBe(404)
  })
})

describe('versions', () => {
  test('an earlier one is read as it was, and says that it is no longer applied', async () => {
    const { text } = await get('/item/11220500FOOD0001/version/1')
    const words = plain(text)
    expect(words).toMatch(
      /这是第 1 版，已停止适用。 2026年2月11日（周三）起施行，2026年2月11日（周三）起停止适用 查看现行版本/,
    )
    expect(words).toMatch(/平面图 .*可以书面承诺后补交/)
    expect(words).toContain('由政府承担： 350.00 元 市政府文件')
    expect(words).toMatch(/现场核查 · 10个工作日 管理办法第九条/)
    expect(text).not.toContain('/apply/')
  })

  test('what changed between two stands side by side, each change told in words', async () => {
    const { text } = await get('/item/11220500FOOD0001/version/2/changes?with=1')
    const words = plain(text)
    expect(words).toMatch(/承诺办结时限 ≠ 修改 删： 5 增： 3/)
    expect(words).toMatch(/申请材料 ＋ 新增 （无） 增： 材料名称 健康证明；.*仅限情形 延续/)
    expect(words).toMatch(/－ 删去 删： 材料名称 平面图/)
    expect(text).toMatch(/有<del><span class="unseen">删：<\/span>固定<\/del>的经营场所/)
    expect(text).toMatch(/有<ins><span class="unseen">增：<\/span>与规模相适应<\/ins>的经营场所/)
    // Whichever way it is asked for, the earlier one stands first.
    expect(await said('/item/11220500FOOD0001/version/1/changes?with=2')).toBe(words)
    expect(await said('/item/11220500FOOD0001/version/2/changes?with=2')).toContain('两个版本的内容相同')
  })

  test('a draft is shown to those who prepare it as applicants will see it', async () => {
    expect((await get('/item/11220500DRAFT001', 'hao')).headers.get('location')).toBe(
      '/item/11220500DRAFT001/version/1',
    )
    for (const person of ['hao', 'mu'])
      expect(await said('/item/11220500DRAFT001/version/1', person)).toMatch(
        /预览：这是还没有公开的版本.*谁可以申请.*有固定的经营场所/,
      )
    // Of another unit, and no keeper of the list.
    expect((await get('/item/11220500DRAFT001/version/1', 'hui')).status).toBe(404)
    expect((await get('/item/11220500DRAFT001/version/1', 'qi')).status).toBe(404)
  })
})

test.each(['/items', '/item/11220500FOOD0001', '/item/11220500FOOD0001/version/2/changes?with=1'])(
  '%s: HTML and CSS within 30 KB, JavaScript within 20 KB',
  async (path) => {
    const { html, css, js, text } = await pageWeight(s.origin, path)
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle="|\son\w+="/)
    expect(html + css).toBeLessThanOrEqual(30_000)
    expect(js).toBeLessThanOrEqual(20_000)
  },
)

test('an item tells how long it really takes, once something has been decided', async () => {
  const code = '11220500USED0001'
  await put(code, { name: '用时许可（合成数据）', situations: [], materials: [paper] })
  const page = async () => (await s.ask(undefined, 'GET', `/item/${code}`)).text
  expect(await page()).not.toContain('实际平均用时')
  const [gui, hao] = [await s.town.as('gui'), await s.town.as('hao')]
  const said = { item: code, version: `${code}-V1`, situations: [], enterprise: 'e1', channel: 'window' }
  const rest = { answers: [{ field: 'F-001', value: '测试路' }], papers: [], delivery: 'collect' }
  const { done } = await s.town.done(gui, 'application', 'submit', { ...said, ...rest })
  await s.town.done(hao, 'application', 'accept', {}, done.id)
  await s.town.done(hao, 'application', 'decide', { outcome: 'approved', results: [{ result: 'R-001' }] }, done.id)
  expect(await page()).toMatch(/实际平均用时[\s\S]*0个工作日[\s\S]*近十二个月办结 1 件/)
})
