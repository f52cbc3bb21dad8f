// Each event gives its paper; a paper says what the clock says; anybody can tell a genuine one from another.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deadline } from '../../kernel/clock/limit.ts'
import { dateWords, explain } from '../../kernel/clock/words.ts'
import { languages } from '../../kernel/texts.ts'
import { codeOfPaper } from '../../server/paper.ts'
import { wake } from '../../server/replay.ts'
import { findRecord, historyOf } from '../../store/read.ts'
import { looks } from '../../store/trace.ts'
import { served, type Served } from '../../tests/served.ts'
import { wednesday } from '../../tests/world.ts'
import type { Case, PromiseName } from './case.ts'
import { clockOf } from './clock.ts'
import { paperSorts } from './paper.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(() => s.close())
beforeEach(() => s.town.set(wednesday))

const material = {
  material: 'M-1',
  materialName: '营业执照',
  issuer: '市场监管部门',
  originals: 0,
  copies: 1,
  tolerable: false,
  shared: true,
}
const content = {
  name: '测试许可',
  type: 'licence',
  basis: '测试法第一条',
  level: 'city',
  audience: ['enterprise'],
  handling: 'within-time',
  statutory: 20,
  statutoryUnit: 'working-day',
  promised: 8,
  promisedUnit: 'working-day',
  conditions: '有固定场所。',
  steps: [{ step: '受理' }],
  situations: [],
  materials: [
    material,
    {
      ...material,
      material: 'M-2',
      materialName: '平面图',
      originals: 2,
      copies: 0,
      shared: false,
      tolerable: true,
      promisable: true,
    },
    { ...material, material: 'M-3', materialName: '管理制度', shared: false, promisable: true },
  ],
  fields: [
    { field: 'F-1', fieldName: '经营场所' },
    { field: 'F-2', fieldName: '面积', form: 'number', spare: true },
  ],
  results: [{ result: 'R-1', resultName: '许可证' }],
  visits: 1,
  channels: ['at-window', 'on-computer'],
  window: 'undifferentiated',
  hallDue: true,
  nearby: false,
  fee: false,
  remedies: '可以在六十日内申请行政复议。',
  enquiries: '0435-0000000',
  specials: [
    {
      special: 'T-1',
      specialName: '专家评审',
      specialLimit: 10,
      specialUnit: 'working-day',
      specialBasis: '许可法第四十五条',
    },
  ],
}

let items = 0
async function published(more: object = {}): Promise<{ item: string; version: string }> {
  const { town } = s
  items += 1
  const code = `11220500PAP${String(items).padStart(5, '0')}`
  await town.done(await town.as('hao'), 'item', 'list', { ...content, ...more, code, unit: 'tax' })
  await town.done(await town.as('hao'), 'version', 'submit', {}, `${code}-V1`)
  await town.done(await town.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${code}-V1`)
  return { item: code, version: `${code}-V1` }
}

const given = (of: string) => ({ material: of, way: 'given' })
const whole = {
  enterprise: 'e1',
  channel: 'window',
  situations: [],
  answers: [{ field: 'F-1', value: '测试路一号' }],
  papers: [given('M-2'), given('M-3')],
  delivery: 'collect',
}
const approve = { outcome: 'approved', results: [{ result: 'R-1', number: '测许〔2026〕1号', validTo: '2031-02-10' }] }
const demands = [{ sort: 'paper', code: 'M-3', fault: 'incomplete', note: '请补第二页' }]

const codes = new Map<string, string>()
async function received(of: { item: string; version: string }, more: object = {}, by = 'gui'): Promise<string> {
  const answer = await s.town.done(await s.town.as(by), 'application', 'submit', { ...whole, ...of, ...more })
  codes.set(answer.done.id, answer.reveal ?? '')
  return answer.done.id
}
const done = async (who: string, id: string, name: string, input: unknown = {}) =>
  s.town.done(await s.town.as(who), 'application', name, input, id)
const state = async (id: string) =>
  (await findRecord(s.town.world.database, 'town', 'application', id))!.state as unknown as Case
const later = async (day: string) => {
  s.town.set(`${day}T10:00:00.000+08:00`)
  await wake(s.town.world, s.town.world.around, `${day}T10:00:00.000+08:00`)
}

type Listed = { place: string; number: string; title: string; on: string; holds: boolean }
const listed = async (id: string, who = 'hao') =>
  (await s.ask(who, 'GET', `/api/records/application/${id}`)).body['papers'] as readonly Listed[]
const titles = async (id: string) => (await listed(id)).map(({ title }) => title)
/** What a page says, without its markup. */
const plain = (page: string) =>
  page
    .slice(page.indexOf('<main'), page.indexOf('</main>'))
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const paper = async (id: string, title: string, who = 'hao', query = '') => {
  const found = (await listed(id)).find((one) => one.title === title)
  if (!found) expect.fail(`there is no ${title}`)
  return plain((await s.ask(who, 'GET', `/record/application/${id}/paper/${found.place}${query}`)).text)
}
/** The sentences in which the clock derives a day of the case as it stands. */
const derived = async (id: string, name: PromiseName, on: string) => {
  const run = clockOf(await state(id))[name]!
  const { calendar } = await s.town.world.cache.law(0)
  const { steps, due, makeUp } = deadline(calendar, run, on)
  return { due: dateWords(due, 'zh-CN', makeUp), steps: steps.map((step) => explain(step, 'zh-CN')).join(' ') }
}

describe('a paper', () => {
  test('follows from each event, with the day that the clock works out, step by step', async () => {
    const id = await received(await published())
    const receipt = await paper(id, '收件回执')
    expect(receipt).toMatch(/编号：BJ260211-\w{7}-1 .*收件回执 通化e1公司：/)
    expect(receipt).toContain('1 营业执照 复印件1份 数据共享取得 2 平面图 原件2份 已提交 3 管理制度 复印件1份 已提交')
    const tell = await derived(id, 'accept', '2026-02-11')
    expect(receipt).toContain(`我单位将在${tell.due}前（含当日）一次性告知`)
    expect(receipt).toContain(tell.steps)
    await done('hao', id, 'correct', { demands })
    const told = await paper(id, '补正告知书')
    expect(told).toContain('1 管理制度 申请材料 不完整 请补第二页')
    const correct = await derived(id, 'correct', '2026-02-11')
    expect(told).toContain(`请你单位在${correct.due}前（含当日）补正。`)
    expect(told).toContain(correct.steps)
    s.town.set('2026-02-12T10:00:00.000+08:00')
    await done('gui', id, 'supply', { answers: [], papers: [{ material: 'M-3' }] })
    const again = await derived(id, 'accept', '2026-02-12')
    expect(await paper(id, '补充材料收件回执')).toContain(`我单位将在${again.due}前（含当日）决定是否受理。`)
    await done('hao', id, 'accept')
    const notice = await paper(id, '受理通知书')
    const [decide, statute] = [await derived(id, 'decide', '2026-02-12'), await derived(id, 'statute', '2026-02-12')]
    expect(notice).toContain('我单位自2026年2月12日起予以受理。')
    expect(notice).toContain(`我单位将在${decide.due}前（含当日）作出决定（承诺办结时限：8个工作日）。`)
    expect(notice).toContain(decide.steps)
    expect(notice).toContain(`法定办结时限为20个工作日，于${statute.due}届满。`)
    s.town.set('2026-02-13T10:00:00.000+08:00')
    await done('hao', id, 'startSpecial', { special: 'T-1', reason: '须请专家评审' })
    const special = await paper(id, '特别程序期限告知书')
    expect(special).toContain('依法需要进行专家评审（许可法第四十五条）。 理由：须请专家评审')
    expect(special).toContain(`所需时间为10个工作日，预计于${(await derived(id, 'special', '2026-02-13')).due}前`)
    expect(special).toContain('自2026年2月14日起至该程序结束之日')
    s.town.set('2026-02-25T10:00:00.000+08:00')
    await done('hao', id, 'endSpecial', { opinion: '通过' })
    await done('tou', id, 'extend', { days: 5, reason: '须再次核实' })
    const extended = await paper(id, '延长办理期限告知书')
    expect(extended).toContain('经tou某批准，延长办理期限5个工作日（测试办法第一条）。 理由：须再次核实')
    expect(extended).toContain(`延长后，我单位将在${(await derived(id, 'decide', '2026-02-25')).due}前`)
    await done('hao', id, 'decide', approve)
    const decision = await paper(id, '准予行政许可决定书')
    expect(decision).toContain('1 许可证 测许〔2026〕1号 2031年2月10日')
    expect(decision).toContain(
      `我单位将在${(await derived(id, 'deliver', '2026-02-25')).due}前（含当日）以窗口领取方式`,
    )
    await done('gui', id, 'deliver', { way: 'collect', receivedBy: '钱某某' })
    const number = (await listed(id)).find(({ title }) => title === '准予行政许可决定书')!.number
    expect(await paper(id, '送达回证')).toMatch(
      new RegExp(`的决定（编号${number}）.*送达文件 决定书、许可证 测许〔2026〕1号 签收人 钱某某`),
    )
    // What came later has changed no number and no word of what stood before.
    expect(await paper(id, '收件回执')).toBe(receipt)
    expect(await paper(id, '受理通知书')).toBe(notice)
    expect(await paper(id, '特别程序期限告知书')).toBe(special)
    expect((await listed(id)).map(({ place }) => place)).toEqual(['1', '2', '3', '4', '5', '7', '8', '9'])
  })

  test('declines with the ground of the law, the reasons, where to apply and the remedies', async () => {
    const id = await received(await published())
    await done('hao', id, 'decline', { ground: 'not-competent', reasons: '由省级办理', elsewhere: '省药监局' })
    expect(await paper(id, '不予受理决定书')).toMatch(
      /因不属于本机关职权，我单位决定不予受理。 理由：由省级办理 依据：行政许可法第三十二条第一款第二项。 该事项请向省药监局申请。 救济途径：可以在六十日内申请行政复议。/,
    )
    const other = await received(await published({ type: 'public-service' }))
    await done('hao', other, 'decline', { ground: 'not-competent', reasons: '测试' })
    expect(await paper(other, '不予受理决定书')).not.toContain('行政许可法')
  })

  test('denies with reasons and remedies, under the name that fits the item', async () => {
    for (const [type, title] of [
      ['licence', '不予行政许可决定书'],
      ['public-service', '不予批准决定书'],
    ] as const) {
      const id = await received(await published({ type }))
      await done('hao', id, 'accept')
      await done('hao', id, 'decide', { outcome: 'denied', reasons: '场所不符合条件', results: [] })
      expect(await paper(id, title)).toContain('理由：场所不符合条件 救济途径：可以在六十日内申请行政复议。')
    }
  })

  test('of what is deemed accepted, accepted on receipt or decided at once says so', async () => {
    const deemed = await received(await published())
    await later('2026-02-26')
    expect(await paper(deemed, '受理通知书')).toContain(
      '没有告知需要补正的内容，自收到申请材料之日（2026年2月11日）起即为受理（测试办法第一条）。',
    )
    s.town.set(wednesday)
    const receipt = await received(await published({ receiptAccepts: true }))
    expect(await titles(receipt)).toEqual(['收件回执', '受理通知书'])
    expect(await paper(receipt, '受理通知书')).toContain('实行收件即受理')
    const once = await received(
      await published({
        type: 'public-service',
        handling: 'at-once',
        promised: 0,
        materials: [material],
        checks: [{ field: 'F-2', test: 'at-most', bound: '100', ground: '面积不超过一百平方米' }],
      }),
      { papers: [], delivery: 'online', answers: [whole.answers[0], { field: 'F-2', value: '80' }] },
    )
    expect(await titles(once)).toEqual(['收件回执', '受理通知书', '准予批准决定书', '送达回证'])
    expect(await paper(once, '受理通知书')).not.toContain('作出决定（承诺')
    expect(await paper(once, '准予批准决定书')).toContain('1 面积不超过一百平方米 80 符合')
  })

  test('holds what was signed: papers to follow, and a commitment in place of proof', async () => {
    const of = await published({ commitment: true })
    const signed = {
      papers: [
        { material: 'M-2', way: 'later' },
        { material: 'M-3', way: 'promised' },
      ],
      signed: true,
      enterprise: 'e2',
    }
    const id = await received(of, signed)
    expect((await listed(id)).map(({ place, title }) => `${place} ${title}`)).toEqual([
      '1 收件回执',
      '1A 容缺受理承诺书',
      '1B 告知承诺书',
    ])
    expect(await paper(id, '容缺受理承诺书')).toMatch(
      /自愿申请容缺受理： 序号 材料名称 1 平面图 一、.* 承诺人：通化e2公司/,
    )
    expect(await paper(id, '告知承诺书')).toMatch(/代替下列证明材料： 序号 材料名称 1 管理制度/)
    await done('hao', id, 'accept')
    expect(await paper(id, '受理通知书')).toContain(
      '主要申请材料齐全、符合法定形式，我单位自2026年2月11日起予以容缺受理。',
    )
    const supplement = await derived(id, 'supplement', '2026-02-11')
    expect(await paper(id, '受理通知书')).toContain(`请你单位在${supplement.due}前（含当日）补齐：平面图。`)
    await later('2026-03-20')
    expect(await paper(id, '终止办理告知书')).toContain('承诺补交而逾期未补交的材料：平面图。')
    expect((await listed(id)).find(({ title }) => title === '受理通知书')).toMatchObject({ holds: false })
    await s.town.done(await s.town.as('tou'), 'exclusion', 'repair', { reason: '已履行' }, 'enterprise:e2')
  })

  test('revokes what rested on a false commitment; a withdrawal is confirmed', async () => {
    const of = await published({ commitment: true })
    const papers = [{ material: 'M-2', way: 'promised' }, given('M-3')]
    const id = await received(of, { papers, signed: true, enterprise: 'e2' })
    await done('hao', id, 'accept')
    await done('hao', id, 'decide', approve)
    await done('gui', id, 'deliver', { way: 'courier', courierNumber: 'SF1' })
    await done('hao', id, 'verify', { finding: 'rectify', verified: '消防通道须清理' })
    expect(await paper(id, '限期整改通知书')).toContain((await derived(id, 'rectify', '2026-02-11')).steps)
    await done('hao', id, 'verify', { finding: 'false', verified: '现场与承诺不符' })
    const decision = (await listed(id)).find(({ title }) => title === '准予行政许可决定书')!
    expect(decision.holds).toBe(false)
    expect(await paper(id, '撤销决定书')).toContain(`撤销2026年2月11日作出的决定（编号${decision.number}）`)
    await s.town.done(await s.town.as('tou'), 'exclusion', 'repair', { reason: '已整改' }, 'enterprise:e2')
    const back = await received(of)
    await done('qi', back, 'withdraw', { reason: '不再需要' })
    expect(await paper(back, '撤回申请确认书')).toContain('撤回理由：不再需要')
  })

  test('of every sort has a title in both languages, and an English version that says which prevails', async () => {
    const { texts } = s.town.world.registry.kinds.get('application')!
    for (const lang of languages)
      expect(Object.keys(texts[lang].papers ?? {}).toSorted(), lang).toEqual([...paperSorts].toSorted())
    const id = await received(await published())
    const said = await paper(id, '收件回执', 'hao', '?in=en')
    expect(said).toMatch(/No\. BJ\S+ tax Receipt To: 通化e1公司 Your application for “测试许可” of 11 Feb 2026/)
    expect(said).toContain('This is a translation; the Chinese paper prevails.')
  })
})

describe('whoever', () => {
  const status = async (id: string, who?: string, headers = {}) =>
    (await s.ask(who, 'GET', `/record/application/${id}/paper/1`, undefined, headers)).status

  test('may not see the record sees none of its papers; its code opens them', async () => {
    const id = await received(await published())
    for (const who of ['qi', 'gui', 'hao', 'tou', 'du']) expect([who, await status(id, who)]).toEqual([who, 200])
    for (const who of ['bie', 'hui', 'dian', undefined]) expect([who, await status(id, who)]).toEqual([who, 404])
    expect(await status(id, undefined, { cookie: `record=${codes.get(id)}` })).toBe(200)
    for (const path of [`application/${id}/paper/9`, `application/${id}/paper/1A`, `item/${id}/paper/1`, 'x/y/paper/1'])
      expect([path, (await s.ask('hao', 'GET', `/record/${path}`)).status]).toEqual([path, 404])
  })

  test('sees the record without personal data reads its papers without them, and each look at them is kept', async () => {
    const id = await received(await published())
    await done('hao', id, 'accept')
    await done('hao', id, 'decide', approve)
    await done('gui', id, 'deliver', { way: 'collect', receivedBy: '欧阳某某' })
    expect(await paper(id, '送达回证', 'du')).toMatch(/签收人 欧\*\*/)
    const kept = async () =>
      (await looks(s.town.world.database, 'town', { record: id, what: 'personal-data', limit: 50 })).map(
        ({ actor }) => actor,
      )
    expect(await kept()).not.toContain('du')
    const before = (await kept()).filter((one) => one === 'qi').length
    await paper(id, '送达回证', 'qi')
    expect((await kept()).filter((one) => one === 'qi')).toHaveLength(before + 1)
  })
})

describe('verification', () => {
  const codeIn = (page: string) => /核验码 ((?:\w{4}-){2}\w{4})/.exec(page)![1]!
  const verify = async (number: string, code: string, lang = 'zh-CN') => {
    const [, id, place] = /^(.+)-(\d+[A-Z]?)$/.exec(number)!
    const answer = await s.ask(undefined, 'GET', `/verify/${id}/${place}/${code}?lang=${lang}`)
    return { status: answer.status, said: plain(answer.text) }
  }

  test('tells anybody that a paper is genuine, what it is, and nothing personal', async () => {
    const id = await received(await published())
    await done('hao', id, 'accept')
    const code = codeIn(await paper(id, '受理通知书'))
    const { status, said } = await verify(`${id}-2`, code)
    expect(status).toBe(200)
    expect(said).toMatch(
      new RegExp(
        `这份文书由本系统出具。 出具以来没有变化，现在仍然有效。 文书 受理通知书 编号 ${id}-2 出具日期 2026年2月11日（周三） 出具单位 tax局 事项 测试许可 申请人（姓名已隐去） 通\\*\\* 办件现在的状态 审查中`,
      ),
    )
    expect(said).not.toContain('公司')
    expect((await verify(`${id}-2`, code, 'en')).said).toContain('This paper was issued here.')
    // However it is typed.
    expect((await verify(`${id}-2`, code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o'))).status).toBe(200)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const typed = String(new URLSearchParams({ number: ` ${id.toLowerCase()}-2`, code }))
    const sent = await s.ask(undefined, 'POST', '/verify', typed, form)
    expect(sent.headers.get('location')).toBe(`/verify/${id}/2/${code.replaceAll('-', '')}`)
    expect((await s.ask(undefined, 'POST', '/verify', 'number=&code=', form)).status).toBe(422)
  })

  test('stays as it is printed whatever comes later, and tells what has come', async () => {
    const id = await received(await published())
    await done('hao', id, 'accept')
    const code = codeIn(await paper(id, '受理通知书'))
    s.town.set('2026-02-12T10:00:00.000+08:00')
    await done('tou', id, 'extend', { days: 3, reason: '测试' })
    expect(codeIn(await paper(id, '受理通知书'))).toBe(code)
    expect((await verify(`${id}-2`, code)).said).toContain('还有以下变化： 2026年2月12日（周四） 办理期限已延长')
    await done('qi', id, 'withdraw')
    expect((await verify(`${id}-2`, code)).said).toMatch(/已不再有效：.*申请人已撤回申请/)
  })

  test('finds nothing under a wrong code, the code of another paper, another record, or of what was altered', async () => {
    const of = await published()
    const [one, two] = [await received(of), await received(of)]
    for (const id of [one, two]) await done('hao', id, 'accept')
    const code = codeIn(await paper(one, '受理通知书'))
    expect((await verify(`${one}-2`, code)).status).toBe(200)
    for (const [number, given_] of [
      [`${one}-2`, 'AAAA-AAAA-AAAA'],
      [`${one}-2`, code.slice(0, -1)],
      [`${one}-2`, '%20'],
      [`${one}-1`, code],
      [`${two}-2`, code],
      [`${one}-3`, code],
      [`${one}X-2`, code],
    ] as const) {
      const { status, said } = await verify(number, given_)
      expect([number, status]).toEqual([number, 404])
      expect(said).toContain('没有出具过这个编号和核验码的文书')
      expect(said).not.toContain('测试许可')
    }
    // Whatever is altered of what the paper rests on gives another code; what came later gives the same.
    const { database, registry } = s.town.world
    const kind = registry.kinds.get('application')!
    const row = (await findRecord(database, 'town', 'application', one))!
    const history = await historyOf(database, 'town', 'application', one)
    const notice = { place: '2', version: 2 }
    const of_ = (altered: typeof history) => codeOfPaper(kind, row, altered, notice)
    expect(of_(history)).toBe(code)
    expect(of_(history.map((event) => ({ ...event, data: { ...event.data, how: 'deemed' } })))).not.toBe(code)
    expect(of_(history.map((event) => ({ ...event, at: new Date(event.at.getTime() + 1) })))).not.toBe(code)
    expect(of_(history.slice(1))).not.toBe(code)
    expect(of_([...history, { ...history[1]!, version: 3 }])).toBe(code)
  })
})
