// Applying for an item by its pages: what they say, what they take, what they refuse, and what becomes of a draft meanwhile.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { system } from '../../../kernel/access.ts'
import type { Case } from '../../../domains/applications/index.ts'
import { findRecord } from '../../../store/read.ts'
import { served, type Served } from '../../../tests/served.ts'
import { plain, to, visitor } from '../../../tests/visitor.ts'
import { wednesday } from '../../../tests/world.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(() => s.close())
beforeEach(() => s.town.set(wednesday))

const material = { issuer: '市场监管部门', originals: 0, copies: 1, tolerable: false, shared: false }
const content = {
  name: '测试食品许可',
  type: 'licence',
  basis: '测试法第一条',
  level: 'city',
  audience: ['enterprise', 'natural-person'],
  handling: 'within-time',
  statutory: 20,
  statutoryUnit: 'working-day',
  promised: 10,
  promisedUnit: 'working-day',
  conditions: '有固定场所。',
  steps: [{ step: '受理' }],
  situations: [
    { situation: 'S-1', situationName: '新办' },
    { situation: 'S-2', situationName: '变更' },
  ],
  materials: [
    { ...material, material: 'M-1', materialName: '营业执照', shared: true },
    { ...material, material: 'M-2', materialName: '平面图', tolerable: true },
    { ...material, material: 'M-3', materialName: '管理制度', within: 'S-1', promisable: true, issuer: '测试机构' },
    { ...material, material: 'M-4', materialName: '变更说明', within: 'S-2' },
  ],
  fields: [
    { field: 'F-1', fieldName: '信用代码栏', known: 'enterprise.uscc' },
    { field: 'F-2', fieldName: '经营面积', form: 'number', spare: true },
    { field: 'F-3', fieldName: '开业日期', form: 'date', within: 'S-1' },
    { field: 'F-4', fieldName: '是否冷藏', form: 'yes-no', within: 'S-1' },
    { field: 'F-5', fieldName: '变更原因', form: 'paragraph', within: 'S-2' },
  ],
  results: [{ result: 'R-1', resultName: '食品许可证' }],
  visits: 1,
  channels: ['at-window', 'on-computer'],
  window: 'undifferentiated',
  hallDue: true,
  nearby: false,
  fee: false,
  remedies: '可以申请行政复议或者提起行政诉讼。',
  enquiries: '0435-0000000',
}

let items = 0
async function published(more: object = {}): Promise<string> {
  items += 1
  const code = `11220500APL${String(items).padStart(5, '0')}`
  const hao = await s.town.as('hao')
  await s.town.done(hao, 'item', 'list', { ...content, ...more, code, unit: 'tax' })
  await s.town.done(hao, 'version', 'submit', {}, `${code}-V1`)
  await s.town.done(await s.town.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${code}-V1`)
  return code
}
async function revised(code: string, more: object): Promise<void> {
  const hao = await s.town.as('hao')
  await s.town.done(hao, 'item', 'revise', { ...content, ...more }, code)
  await s.town.done(hao, 'version', 'submit', {}, `${code}-V2`)
  await s.town.done(await s.town.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${code}-V2`)
}

const { get, post, said, upload } = visitor(() => s)
const paper = (name = '平面图.txt') => new File(['测试平面图\n'], name, { type: 'text/plain' })

async function begin(code: string, who?: string, form: Record<string, string> = {}): Promise<string> {
  return to(await post(`/apply/${code}`, form, who))!
}
/** An enterprise's draft, all of it filled in, with these ways for its papers. */
async function filledIn(code: string, who = 'qi', ways: Record<string, string | File> = {}): Promise<string> {
  const at = await begin(code, who)
  const enterprise = who === 'qi' ? 'e1' : 'e2'
  await post(`${at}/page/situations`, { situations: 'S-1' }, who)
  await post(`${at}/page/applicant`, { enterprise, contact: '钱某', phone: '13900001234' }, who)
  const answers = { 'answers.F-1': '测试公司', 'answers.F-3': '2026-03-01', 'answers.F-4': 'yes' }
  await post(`${at}/page/answers`, answers, who)
  await upload(`${at}/page/papers`, { 'papers.M-2': 'missing', 'papers.M-3': 'missing', ...ways }, who)
  await post(`${at}/page/delivery`, { delivery: 'collect' }, who)
  return at
}
const submitted = async (at: string, who = 'qi') => {
  const answer = await post(`${at}/check`, {}, who)
  expect(to(answer), plain(answer.text)).toBe(`${at}/done`)
  return /BJ\d{6}-\w{7}/.exec(await said(`${at}/done`, who))![0]
}
const state = async (id: string) =>
  (await findRecord(s.town.world.database, 'town', 'application', id))!.state as unknown as Case

describe('the start page', () => {
  test('says who may, what is needed by situation, how long by law and as promised, what it costs, what comes next', async () => {
    const words = await said(`/apply/${await published()}`)
    expect(words).toMatch(
      /谁可以申请 企业法人、自然人 有固定场所。 需要准备 营业执照 由本市通过数据共享取得，您不用提交/,
    )
    expect(words).toMatch(
      /平面图 出具机构：市场监管部门；复印件 1 份；可以容缺后补 办理情形为“新办”的，还需要 管理制度/,
    )
    // Ten working days from Wednesday, 11 February, over the Spring Festival and two Saturdays that are worked.
    expect(words).toMatch(
      /法定时限 20个工作日 承诺时限 10个工作日。今天受理的，最迟2026年3月3日（周二）办结。 收费 不收费。/,
    )
    expect(words).toMatch(/在5个工作日内一次性告知/)
  })

  test('refuses kindly what is suspended, cancelled or unknown, and begins nothing', async () => {
    const code = await published()
    const xiang = await s.town.as('xiang')
    await s.town.done(xiang, 'item', 'suspend', { reason: '测试' }, code)
    expect(await said(`/apply/${code}`)).toMatch(/这个事项已暂停办理 .*0435-0000000/)
    expect((await post(`/apply/${code}`, {})).status).toBe(409)
    await s.town.done(xiang, 'item', 'cancel', { reason: '测试' }, code)
    expect(await said(`/apply/${code}`)).toContain('这个事项已取消')
    expect((await get('/apply/NOTHING')).status).toBe(404)
    expect((await post('/apply/NOTHING', {})).status).toBe(404)
    // One that is only being prepared is nobody's business.
    const hao = await s.town.as('hao')
    await s.town.done(hao, 'item', 'list', { ...content, code: '11220500APLNEW', unit: 'tax' })
    expect((await get('/apply/11220500APLNEW')).status).toBe(404)
    expect(to(await get('/start/application/submit'))).toBe('/items')
  })

  test('sends staff to their desk, and finds a draft again by its code', async () => {
    const code = await published()
    expect(await said(`/apply/${code}`, 'gui')).toContain('您是以工作人员身份登录的')
    expect(to(await post(`/apply/${code}`, {}, 'gui'))).toBeNull()
    const at = await begin(code)
    expect(await said(at, 'gui')).toContain('您是以工作人员身份登录的')
    expect(to(await post(`/apply/${code}`, { code: at.slice(7).toLowerCase() }))).toBe(at)
    const wrong = await post(`/apply/${code}`, { code: 'AAAA' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="AAAA"')
  })
})

describe('a draft', () => {
  test('asks in the situation only what that needs; what is wrong is said at the field and nothing is lost', async () => {
    const at = await begin(await published())
    expect(await said(at)).toMatch(/填报内容 — 无法完成 · 先选择办理情形 申请材料 — 无法完成/)
    expect(to(await get(`${at}/page/answers`))).toBe(at)
    expect(plain((await post(`${at}/page/situations`, {})).text)).toContain('有内容需要修改 请选择办理情形。')
    expect((await post(`${at}/page/situations`, { situations: 'S-9' })).status).toBe(422)
    expect(to(await post(`${at}/page/situations`, { situations: 'S-1' }))).toBe(`${at}/page/applicant`)
    const lost = plain((await post(`${at}/page/applicant`, { phone: '电话' })).text)
    expect(lost).toMatch(/联系电话的格式不对.* 请选择以哪家企业申请，或者填写申请人。/)
    expect(plain((await post(`${at}/page/applicant`, { applicant: '孙某' })).text)).toContain('请填写联系电话。')
    await post(`${at}/page/applicant`, { applicant: '孙某', phone: '13900001234' })
    const form = { 'answers.F-2': '很大', 'answers.F-3': '2026-02-30', 'answers.F-4': 'maybe' }
    const wrong = await post(`${at}/page/answers`, form)
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="很大"')
    expect(plain(wrong.text)).toMatch(
      /请填写“信用代码栏”。 “经营面积”只填数字，例如 120 或 120.5。 “开业日期”不是存在的日期/,
    )
    expect(wrong.text).toMatch(/href="#f-answers\.F-2"[\s\S]*id="f-answers\.F-2"/)
    const long = { 'answers.F-1': '长'.repeat(2001), 'answers.F-3': '2026-03-01', 'answers.F-4': 'no' }
    expect(plain((await post(`${at}/page/answers`, long)).text)).toContain('“信用代码栏”最多 2000 个字。')
    const right = {
      'answers.F-1': '孙记',
      'answers.F-2': '１，２００.5',
      'answers.F-3': '2026-03-01',
      'answers.F-4': 'no',
    }
    expect(to(await post(`${at}/page/answers`, right))).toBe(`${at}/page/papers`)
    // What belongs to another situation cannot be brought in.
    await post(`${at}/page/answers`, { ...right, 'answers.F-5': '多' })
    expect(await said(`${at}/page/papers`)).not.toContain('变更说明')
    const bare = await upload(`${at}/page/papers`, { 'papers.M-2': 'promised', 'papers.M-3': 'given' })
    expect(plain(bare.text)).toMatch(/请选择怎样提供“平面图”。 请上传“管理制度”的文件/)
    const both = await upload(`${at}/page/papers`, {
      'papers.M-2': 'missing',
      'pages.M-2-new': paper(),
      'papers.M-3': 'later',
    })
    expect(plain(both.text)).toMatch(/已上传“平面图”的文件，请选“上传文件”.* 请选择怎样提供“管理制度”/)
    const whole = await upload(`${at}/page/papers`, { 'pages.M-2-new': paper(), 'papers.M-3': 'missing' })
    expect(whole.to).toBe(`${at}/page/delivery`)
    expect(plain((await post(`${at}/page/delivery`, { delivery: 'courier' })).text)).toContain('请填写收件地址')
    expect((await post(`${at}/page/delivery`, { delivery: 'pigeon' })).status).toBe(422)
    expect(to(await post(`${at}/page/delivery`, { delivery: 'online' }))).toBe(`${at}/check`)
    const check = await said(`${at}/check`)
    expect(check).toMatch(/经营面积 1200.5 修改 开业日期 2026年3月1日（周日） 修改 是否冷藏 否 修改/)
    expect(check).toMatch(/平面图 平面图.txt 修改 管理制度 暂时没有 修改/)
    expect(check).toMatch(/数据共享取得 .* 营业执照/)
    const id = await submitted(at, undefined)
    const done = await said(`${at}/done`)
    expect(done).toMatch(/查询码 (\w{4}-){5}\w{4} .* 最迟日期 2026年2月25日（周三）/)
    expect(done).toContain('tax局会在2026年2月25日（周三）以前一次性告知是否需要补正。到那一天还没有告知的')
    expect(await state(id)).toMatchObject({
      applicant: '孙某',
      channel: 'web',
      situations: ['S-1'],
      papers: [{ way: 'shared' }, { material: 'M-2', way: 'given' }, { material: 'M-3', way: 'missing' }],
    })
    for (const path of ['', '/check', '/page/answers']) expect(to(await get(`${at}${path}`))).toBe(`${at}/done`)
    expect(to(await post(`${at}/check`, {}))).toBe(`${at}/done`)
  })

  test('another situation drops what it does not ask for, and nothing goes before all is done', async () => {
    const at = await filledIn(await published())
    await post(`${at}/page/situations`, { situations: 'S-2' }, 'qi')
    expect(await said(at, 'qi')).toMatch(/填报内容 ◐ 进行中 申请材料 ◐ 进行中 .*前面各项完成后才能提交/)
    expect(to(await post(`${at}/check`, {}, 'qi'))).toBe(at)
    expect(to(await get(`${at}/check`, 'qi'))).toBe(at)
    await post(`${at}/page/answers`, { 'answers.F-1': '测试公司', 'answers.F-5': '迁址' }, 'qi')
    await upload(`${at}/page/papers`, { 'papers.M-2': 'missing', 'papers.M-4': 'missing' }, 'qi')
    const id = await submitted(at)
    expect((await state(id)).answers.map(({ field }) => field)).toEqual(['F-1', 'F-5'])
  })

  test('knows what the city holds, and says from where; an enterprise is only for whom it has given a mandate', async () => {
    const at = await begin(await published(), 'qi')
    await post(`${at}/page/situations`, { situations: 'S-1' }, 'qi')
    expect(await said(`${at}/page/applicant`, 'qi')).toContain('取自您的账号信息')
    expect(plain((await post(`${at}/page/applicant`, { enterprise: 'e2' }, 'qi')).text)).toContain(
      '您没有代理这家企业的授权',
    )
    await post(`${at}/page/applicant`, { enterprise: 'e1', phone: '13900001234' }, 'qi')
    const asked = await get(`${at}/page/answers`, 'qi')
    expect(asked.text).toContain('value="91220500MA0000000A"')
    expect(plain(asked.text)).toContain('取自企业登记信息（通化e1公司），可以修改。')
    // Whoever has only the code is told nothing of the enterprise, and cannot apply for it.
    expect((await get(`${at}/page/answers`)).text).not.toContain('91220500MA0000000A')
  })

  test('of more than eight fields is divided into pages', async () => {
    const fields = Array.from({ length: 17 }, (_, n) => ({ field: `F-${n}`, fieldName: `第${n}栏`, spare: true }))
    const at = await begin(await published({ fields, situations: [], materials: [] }))
    expect(await said(at)).toMatch(/填报内容（1\/3） .*填报内容（3\/3）/)
    expect(await said(at)).not.toContain('申请材料')
    expect((await get(`${at}/page/answers-2`)).text).toContain('answers.F-6')
  })
})

describe('a commitment', () => {
  test('is signed with its whole text, and anew when what is promised changes', async () => {
    const at = await filledIn(await published({ commitment: true }), 'qi', {
      'papers.M-2': 'later',
      'papers.M-3': 'promised',
    })
    expect(to(await get(`${at}/check`, 'qi'))).toBe(at)
    const text = await said(`${at}/page/commitment`, 'qi')
    expect(text).toMatch(
      /申请人通化e1公司就申请办理“测试食品许可”作出如下承诺： .*自受理之日起8个工作日内补齐： 平面图/,
    )
    expect(text).toMatch(/由本承诺代替.* 管理制度 受理条件 有固定场所。 .*30个工作日内核查/)
    expect(plain((await post(`${at}/page/commitment`, {}, 'qi')).text)).toContain('请阅读承诺书，并勾选签署')
    await post(`${at}/page/commitment`, { signed: 'yes' }, 'qi')
    expect(await said(`${at}/check`, 'qi')).toContain('承诺书 已签署')
    await upload(`${at}/page/papers`, { 'papers.M-2': 'missing', 'papers.M-3': 'promised' }, 'qi')
    expect(await said(at, 'qi')).toContain('签署承诺书 ○ 未开始')
    await post(`${at}/page/commitment`, { signed: 'yes' }, 'qi')
    expect((await state(await submitted(at))).signed).toBe(true)
  })

  test('is not open to whoever broke one, who is told why', async () => {
    const code = await published({ commitment: true })
    const before = await filledIn(code, 'bie', { 'papers.M-2': 'later' })
    const input = { subject: 'enterprise:e2', unit: 'tax', application: 'BJ', title: '通化e2公司' }
    await s.town.done(system, 'exclusion', 'enter', input, 'enterprise:e2')
    const page = await get(`${before}/page/papers`, 'bie')
    expect(plain(page.text)).toContain('此前的承诺没有履行（2026年2月11日（周三）记录）')
    expect(page.text).not.toContain('value="later"')
    expect(page.text).not.toContain('value="promised"')
    expect(await said(before, 'bie')).toContain('申请材料 ◐ 进行中')
    const forced = await upload(`${before}/page/papers`, { 'papers.M-2': 'later', 'papers.M-3': 'missing' }, 'bie')
    expect(forced.status).toBe(422)
    await s.town.done(await s.town.as('tou'), 'exclusion', 'repair', { reason: '测试' }, 'enterprise:e2')
    expect((await get(`${before}/page/papers`, 'bie')).text).toContain('value="later"')
  })
})

test('what is in hand already is told before submitting, and does not stand in the way', async () => {
  const code = await published()
  const first = await submitted(await filledIn(code))
  const again = await filledIn(code)
  const check = await get(`${again}/check`, 'qi')
  expect(plain(check.text)).toMatch(
    new RegExp(`这个事项已有一件在办 同一申请人在2026年2月11日（周三）提交的办件 ${first}`),
  )
  expect(check.text).toContain(`href="/record/application/${first}"`)
  expect(await said(`${await filledIn(code, 'bie')}/check`, 'bie')).not.toContain(first)
  expect(await submitted(again)).not.toBe(first)
})

describe('a new version', () => {
  test('is told with all that it changes before he goes on; what is still asked for stays', async () => {
    const code = await published()
    const at = await filledIn(code, 'qi', { 'papers.M-2': 'later' })
    await post(`${at}/page/commitment`, { signed: 'yes' }, 'qi')
    await revised(code, {
      materials: [
        { ...material, material: 'M-1', materialName: '营业执照', shared: true },
        { ...material, material: 'M-2', materialName: '平面图' },
        { ...material, material: 'M-9', materialName: '检测报告', within: 'S-1' },
      ],
      fields: [
        { field: 'F-1', fieldName: '信用代码栏' },
        { field: 'F-3', fieldName: '开业日期', form: 'date', within: 'S-1', spare: true },
        { field: 'F-9', fieldName: '负责人' },
      ],
    })
    for (const path of ['', '/check', '/page/answers'])
      expect(to(await get(`${at}${path}`, 'qi'))).toBe(`${at}/changes`)
    expect(to(await post(`${at}/check`, {}, 'qi'))).toBe(`${at}/changes`)
    const words = await said(`${at}/changes`, 'qi')
    expect(words).toMatch(/新版本自2026年2月11日（周三）起施行/)
    for (const told of [
      '新增填报“负责人”。',
      '不再要求填报“经营面积”',
      '不再要求填报“是否冷藏”',
      '“开业日期”改为可以不填。',
      '新增材料“检测报告”。',
      '不再要求提交“管理制度”',
      '“平面图”不再可以容缺后补',
    ])
      expect(words).toContain(told)
    expect(words).not.toContain('变更原因')
    expect(to(await post(`${at}/changes`, {}, 'qi'))).toBe(at)
    const tasks = await said(at, 'qi')
    expect(tasks).toMatch(/办理情形 ✓ 已完成 申请人 ✓ 已完成 填报内容 ◐ 进行中 申请材料 ○ 未开始 送达方式 ✓ 已完成/)
    expect(tasks).not.toContain('承诺书')
    expect((await get(`${at}/page/answers`, 'qi')).text).toContain('value="2026-03-01"')
    const answers = { 'answers.F-1': '测试公司', 'answers.F-3': '2026-03-01', 'answers.F-9': '钱某' }
    await post(`${at}/page/answers`, answers, 'qi')
    await upload(`${at}/page/papers`, { 'pages.M-2-new': paper(), 'papers.M-9': 'missing' }, 'qi')
    expect(await state(await submitted(at))).toMatchObject({ version: `${code}-V2` })
  })

  test('an item that was suspended meanwhile keeps the draft and says so', async () => {
    const code = await published()
    const at = await filledIn(code)
    const xiang = await s.town.as('xiang')
    await s.town.done(xiang, 'item', 'suspend', { reason: '测试' }, code)
    expect(await said(at, 'qi')).toContain('这个事项已暂停办理')
    expect((await post(`${at}/check`, {}, 'qi')).status).toBe(422)
    await s.town.done(xiang, 'item', 'resume', {}, code)
    await submitted(at)
  })
})

describe('an application', () => {
  const demands = [
    { sort: 'field', code: 'F-3', fault: 'incorrect', note: '请填写实际开业日期' },
    { sort: 'paper', code: 'M-3', fault: 'absent', note: '请提交盖章的管理制度' },
  ]

  test('is corrected exactly where it was told, in parts; bad input is told beside the field', async () => {
    const id = await submitted(await filledIn(await published()))
    const at = `/record/application/${id}`
    expect(to(await get(`${at}/supply`, 'qi'))).toBe(`${at}?not=supply`)
    const hao = await s.town.as('hao')
    await s.town.done(hao, 'application', 'correct', { demands }, id)
    const told = await said(at, 'qi')
    expect(told).toMatch(/待补正 开业日期 不正确 · 请填写实际开业日期 管理制度 缺少 · 请提交盖章的管理制度/)
    expect(told).toMatch(/办理情形 新办/)
    expect(told).not.toMatch(/\b(F-3|M-3|S-1)/)
    const page = await said(`${at}/supply`, 'qi')
    expect(page).toMatch(
      /补正期限 .*开业日期 问题 不正确 怎样补正 请填写实际开业日期 .*原来填的是：2026年3月1日（周日）/,
    )
    expect(page).not.toContain('信用代码栏')
    expect(plain((await upload(`${at}/supply`, {}, 'qi')).text)).toContain('请至少补交一项')
    const wrong = await upload(`${at}/supply`, { 'answers.F-3': '明天', 'pages.M-3-new': paper('制度.txt') }, 'qi')
    expect(plain(wrong.text)).toMatch(/“开业日期”不是存在的日期.* 已上传 制度.txt/)
    expect((await upload(`${at}/supply`, { 'answers.F-1': '别的' }, 'qi')).status).toBe(422)
    const forged = await upload(`${at}/supply`, { 'pages.M-3': 'a'.repeat(32) }, 'qi')
    expect(forged.status).toBe(422)
    // Nobody else supplies, nor sees what was told.
    expect((await get(`${at}/supply`, 'bie')).status).toBe(404)
    expect((await upload(`${at}/supply`, { 'answers.F-3': '2026-04-01' }, 'bie')).status).toBe(404)
    expect((await upload(`${at}/supply`, { 'answers.F-3': '2026-04-01' }, 'qi')).to).toBe(`${at}?done=supply`)
    expect(await state(id)).toMatchObject({ phase: 'correcting', owed: [{ code: 'M-3' }] })
    expect(await said(`${at}/supply`, 'qi')).not.toContain('开业日期')
    await upload(`${at}/supply`, { 'pages.M-3-new': paper('制度.txt') }, 'qi')
    expect(await state(id)).toMatchObject({ phase: 'received', owed: [] })
    const story = await said(at, 'qi')
    expect(story).toMatch(/补交材料 .* 填报内容 开业日期 2026年4月1日（周三）/)
    expect(story).toContain('制度.txt')
    expect(story).not.toMatch(/\b(F-3|M-3|S-1)/)
  })

  test('brings what was to follow in its time', async () => {
    const at = await filledIn(await published(), 'qi', {
      'papers.M-2': 'later',
      'papers.M-3': 'given',
      'pages.M-3-new': paper(),
    })
    await post(`${at}/page/commitment`, { signed: 'yes' }, 'qi')
    const id = await submitted(at)
    await s.town.done(await s.town.as('hao'), 'application', 'accept', {}, id)
    expect(await said(`/record/application/${id}/supply`, 'qi')).toMatch(
      /容缺补交期限 .*容缺待补的材料 .*平面图 上传：平面图/,
    )
    await upload(`/record/application/${id}/supply`, { 'pages.M-2-new': paper() }, 'qi')
    expect((await state(id)).papers.find((one) => one.material === 'M-2')).toMatchObject({ way: 'given' })
  })

  test('once ended is applied for again with what is still asked for, by those who may read it', async () => {
    const code = await published()
    const id = await submitted(
      await filledIn(code, 'qi', { 'papers.M-2': 'given', 'pages.M-2-new': paper(), 'papers.M-3': 'missing' }),
    )
    const link = `/apply/${code}?from=${id}`
    expect((await get(`/record/application/${id}`, 'qi')).text).not.toContain(link)
    await s.town.done(await s.town.as('qi'), 'application', 'withdraw', {}, id)
    expect((await get(`/record/application/${id}`, 'qi')).text).toContain(link)
    expect(await said(link, 'qi')).toContain(`将带入办件 ${id} 的内容`)
    expect(await said(link, 'bie')).toContain('没有找到要带入的办件')
    expect(await said(await begin(code, 'bie', { from: id }), 'bie')).not.toContain(id)
    expect(await said(`/apply/${await published()}?from=${id}`, 'qi')).toContain('没有找到要带入的办件')
    const at = await begin(code, 'qi', { from: id })
    expect(await said(at, 'qi')).toMatch(/申请人 ✓ 已完成 填报内容 ✓ 已完成 申请材料 ◐ 进行中 送达方式 ✓ 已完成/)
    expect((await get(`${at}/page/answers`, 'qi')).text).toContain('value="测试公司"')
    expect((await get(`${at}/page/papers`, 'qi')).text).toContain('平面图.txt')
    await post(
      `${at}/page/answers`,
      { 'answers.F-1': '测试公司', 'answers.F-3': '2026-03-01', 'answers.F-4': 'yes' },
      'qi',
    )
    const kept = /name="pages\.M-2" value="(\w{32})"/.exec((await get(`${at}/page/papers`, 'qi')).text)![1]!
    await upload(`${at}/page/papers`, { 'papers.M-2': 'given', 'pages.M-2': kept, 'papers.M-3': 'missing' }, 'qi')
    expect((await state(await submitted(at))).papers.find((one) => one.material === 'M-2')?.pages).toEqual([kept])
  })

  test('stands among one’s own, and is followed by number and code', async () => {
    const at = await filledIn(await published())
    const id = await submitted(at)
    expect(await said('/mine', 'qi')).toMatch(new RegExp(`办件 · 进行中 .*${id}`))
    const code = /查询码 ((\w{4}-){5}\w{4})/.exec(await said(`${at}/done`, 'qi'))![1]!
    expect(to(await post('/follow', { number: id, code }))).toBe(`/record/application/${id}`)
  })

  test('tells its answers only to those who see personal data in full', async () => {
    const id = await submitted(await filledIn(await published()))
    const of = async (who: string) => JSON.stringify((await s.ask(who, 'GET', `/api/records/application/${id}`)).body)
    expect(await of('hao')).toContain('测试公司')
    const masked = await of('du')
    expect(masked).toContain('信用代码栏')
    expect(masked).not.toContain('测试公司')
    expect(masked).toContain('测**')
    expect(JSON.stringify((await s.ask('hao', 'GET', '/api/records/application')).body)).not.toContain('测试公司')
  })
})
