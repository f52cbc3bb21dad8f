// Applying for several items under one form: what is asked once, what is not asked at all, and how far each of them is.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Case } from '../../../domains/applications/index.ts'
import type { Joint } from '../../../domains/themes/index.ts'
import { keepDraft } from '../../../store/draft.ts'
import { findRecord } from '../../../store/read.ts'
import { itemContent } from '../../../tests/item.ts'
import { contents, publishMixed, type Name } from '../../../tests/mixed-theme.ts'
import { served, type Served } from '../../../tests/served.ts'
import { paper } from '../../../tests/theme.ts'
import { plain, to, visitor } from '../../../tests/visitor.ts'
import { wednesday } from '../../../tests/world.ts'
import { hashOfCode } from '../../code.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(() => s.close())
beforeEach(() => s.town.set(wednesday))

const { get, post, said, upload } = visitor(() => s)

async function revised(code: string, name: Name, more: object): Promise<void> {
  const hao = await s.town.as('hao')
  await s.town.done(hao, 'item', 'revise', { ...itemContent, ...contents[name], ...more }, code)
  await s.town.done(hao, 'version', 'submit', {}, `${code}-V2`)
  await s.town.done(await s.town.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${code}-V2`)
}

const begin = async (id: string, who?: string) => to(await post(`/theme/${id}`, {}, who))!

/** All of it filled in, but for which items and situations. */
async function filledIn(at: string, who?: string, applicant: Record<string, string> = { applicant: '测试公司（筹）' }) {
  await post(`${at}/page/applicant`, { ...applicant, phone: '13900001234' }, who)
  await post(`${at}/page/answers`, { 'answers.F-1': '测试公司', 'answers.F-2': '孙某' }, who)
  await upload(`${at}/page/papers`, { 'papers.M-1': 'missing', 'papers.M-3': 'missing' }, who)
  await post(`${at}/page/delivery`, { delivery: 'collect' }, who)
}
const stateOf = async <T>(kind: string, id: string) =>
  (await findRecord(s.town.world.database, 'town', kind, id))!.state as unknown as T

describe('the start page of a theme', () => {
  test('tells how much less is asked, which items, what nobody has to bring, and in what time', async () => {
    const { id, codeOf } = await publishMixed(s.town)
    const words = await said(`/theme/${id}`)
    // Apart: 2 + 2 + 1 fields and 2 + 2 + 1 papers; together 2 fields and 2 papers, one of them obtained by the city.
    expect(words).toContain('3 个事项同时办理')
    expect(words).toContain('分别申请共 10 项，合并后 4 项')
    expect(words).toMatch(/测试设立登记 tax局 测试刻章备案 tax局 测试发票领用 tax局；按需选择/)
    expect(words).toMatch(/章程 出具|章程 原件 1 份/)
    expect(words).toMatch(/您不用提交： 营业执照 由“测试设立登记”产生/)
    expect(words).toMatch(/办理情形为“测试发票领用：首次领用”的，还需要 办税人员证明/)
    // Three working days from Wednesday, 11 February: Thursday, Friday and the Saturday that is worked before the festival.
    expect(words).toContain('3个工作日。今天受理的，最迟2026年2月14日（周六）办结')
    expect(await said('/items')).toContain('测试开办一件事 共 3 项')
    expect((await get(`/item/${codeOf('SEAL')}`)).text).toContain(`href="/theme/${id}"`)
    expect(to(await get('/start/joint/submit'))).toBe('/items')
  })

  test('is not there before it is published, and takes nothing once it is withdrawn or one of its items is suspended', async () => {
    expect((await get('/theme/nothing')).status).toBe(404)
    expect((await post('/theme/nothing', {})).status).toBe(404)
    const { id, codeOf } = await publishMixed(s.town)
    const [xiang, mu] = [await s.town.as('xiang'), await s.town.as('mu')]
    const part = [{ item: codeOf('LICENCE') }, { item: codeOf('SEAL') }]
    const draft = { name: '草稿', lead: 'centre', basis: '测', promised: 1, promisedUnit: 'working-day', parts: part }
    await s.town.done(xiang, 'theme', 'draft', draft, `${id}-draft`)
    expect((await get(`/theme/${id}-draft`)).status).toBe(404)
    const at = await begin(id)
    await s.town.done(xiang, 'item', 'suspend', { reason: '测试' }, codeOf('SEAL'))
    expect(await said(`/theme/${id}`)).toContain('这个一件事现在不能办理')
    expect((await post(`/theme/${id}`, {})).status).toBe(409)
    expect(await said(at)).toContain('这个一件事现在不能办理')
    await s.town.done(xiang, 'item', 'resume', {}, codeOf('SEAL'))
    // It has waited as it was.
    expect(await said(at)).not.toContain('现在不能办理')
    await post(`${at}/page/parts`, {})
    await filledIn(at)
    expect(await said(`${at}/check`)).toContain('办理的事项 测试设立登记、测试刻章备案 修改')
    await s.town.done(mu, 'theme', 'withdraw', { reason: '测试' }, id)
    const late = await post(`${at}/check`, {})
    expect(late.status).toBe(422)
    expect(plain(late.text)).toContain('这个一件事现在不能办理')
  })
})

describe('a draft for several items', () => {
  test('asks each thing once, by the items that were chosen, and sends to each exactly its own', async () => {
    const { id, codeOf } = await publishMixed(s.town)
    const at = await begin(id)
    expect(await said(at)).toMatch(/办理的事项 ○ 未开始 .*填报内容 — 无法完成 · 先选择要办理的事项/)
    expect(to(await get(`${at}/page/answers`))).toBe(at)
    // What is no part of the theme is not taken, and what nobody may leave out stays.
    const chosen: [string, string][] = [
      ['parts', codeOf('TAX')],
      ['parts', '11220500T1LICENCE0'],
    ]
    expect(to(await post(`${at}/page/parts`, chosen))).toBe(`${at}/page/situations`)
    expect(await said(at)).toContain('先选择办理情形')
    expect(await said(`${at}/page/situations`)).toContain('办理情形：测试发票领用')
    expect((await post(`${at}/page/situations`, { situations: 'S-9' })).status).toBe(422)
    await post(`${at}/page/situations`, { situations: 'S-1' })
    const asked = (await get(`${at}/page/answers`)).text
    expect(asked.match(/name="answers\.[^"]+"/g)!.toSorted()).toEqual(['name="answers.F-1"', 'name="answers.F-2"'])
    const papers = await get(`${at}/page/papers`)
    expect(papers.text).not.toContain('papers.R-1')
    const words = plain(papers.text)
    expect(words).toContain('您不用提交： 营业执照 由“测试设立登记”产生')
    expect(words).toContain('用于：测试设立登记、测试刻章备案')
    // It may follow later for one of the two that need it, so it may not follow later.
    expect(papers.text).not.toContain('value="later"')
    await filledIn(at)
    const check = await said(`${at}/check`)
    expect(check).toMatch(/办理的事项 测试设立登记、测试刻章备案、测试发票领用 修改/)
    expect(check).toMatch(/办理情形：测试发票领用 首次领用 修改/)
    const done = await post(`${at}/check`, {})
    expect(to(done), plain(done.text)).toBe(`${at}/done`)
    const confirmed = await said(`${at}/done`)
    expect(confirmed).toMatch(/各单位同时办理.*全部办结后通知您/)
    const joint = /LB\d{6}-\w{7}/.exec(confirmed)![0]
    const { parts } = await stateOf<Exclude<Joint, { phase: 'none' }>>('joint', joint)
    const states = await Promise.all(parts.map((one) => stateOf<Case>('application', one.application)))
    expect(states.map((one) => [one.phase, one.answers.map(({ field }) => field)])).toEqual([
      ['received', ['F-1', 'F-2']],
      ['awaiting', ['F-2', 'F-1']],
      ['awaiting', ['F-1']],
    ])
    expect(states.map((one) => one.papers.map(({ material, way }) => `${material} ${way}`))).toEqual([
      ['M-1 missing', 'M-2 shared'],
      ['R-1 produced', 'M-1 missing'],
      ['R-1 produced', 'M-3 missing'],
    ])
    expect(states[2]!.situations).toEqual(['S-1'])
    expect(to(await get(at))).toBe(`${at}/done`)
  })

  test('goes on under the new version of one of its items, and says what that changes', async () => {
    const { id, codeOf } = await publishMixed(s.town)
    const at = await begin(id)
    await post(`${at}/page/parts`, {})
    await filledIn(at)
    const more = { ...paper('M-9', '场所照片'), shared: false }
    await revised(codeOf('SEAL'), 'SEAL', { materials: [...contents.SEAL.materials, more] })
    expect(to(await get(`${at}/check`))).toBe(`${at}/changes`)
    expect(await said(`${at}/changes`)).toMatch(/新增材料“场所照片”。 知道了/)
    await post(`${at}/changes`, {})
    expect(await said(at)).toMatch(/填报内容 ✓ 已完成 申请材料 ◐ 进行中/)
  })

  test('that was kept in the form of one item is still found', async () => {
    const { codeOf } = await publishMixed(s.town)
    const { world } = s.town
    const code = 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ23'
    const item = codeOf('TAX')
    const data = { item, version: `${item}-V1`, situations: ['S-1'], answers: [], papers: [] }
    const kept = { kind: 'application', command: 'submit', data, done: [], answer: null }
    await keepDraft(world.database, 'town', hashOfCode(code), kept, world.around.now())
    expect(await said(`/draft/${code}`)).toContain('申请：测试发票领用')
    expect((await get(`/draft/${code}/page/papers`)).text).toContain('papers.M-3')
  })

  test('is only for an enterprise that has given a mandate, and says when the same is in hand already', async () => {
    const { id } = await publishMixed(s.town)
    const at = await begin(id, 'qi')
    const foreign = await post(`${at}/page/applicant`, { enterprise: 'e2', phone: '13900001234' }, 'qi')
    expect(plain(foreign.text)).toContain('您没有代理这家企业的授权')
    await post(`${at}/page/parts`, {}, 'qi')
    await filledIn(at, 'qi', { enterprise: 'e1' })
    const first = await post(`${at}/check`, {}, 'qi')
    expect(to(first), plain(first.text)).toBe(`${at}/done`)
    const again = await begin(id, 'qi')
    await post(`${again}/page/parts`, {}, 'qi')
    await filledIn(again, 'qi', { enterprise: 'e1' })
    expect(await said(`${again}/check`, 'qi')).toContain('这个事项已有一件在办')
    // Staff take it in at their desk.
    expect(await said(`/theme/${id}`, 'gui')).toContain('您是以工作人员身份登录的')
  })
})

test('one page says how far each of them is, what is asked of the applicant, and what has come of it', async () => {
  const { id } = await publishMixed(s.town)
  const at = await begin(id, 'qi')
  await post(`${at}/page/parts`, {}, 'qi')
  await filledIn(at, 'qi', { enterprise: 'e1' })
  await post(`${at}/check`, {}, 'qi')
  const joint = /LB\d{6}-\w{7}/.exec(await said(`${at}/done`, 'qi'))![0]
  const progress = () => said(`/record/joint/${joint}`, 'qi')
  const { parts } = await stateOf<Exclude<Joint, { phase: 'none' }>>('joint', joint)
  const [licence] = parts
  expect(await progress()).toMatch(/2 个事项已办结 0 个 测试设立登记 · 通化e1公司/)
  const hao = await s.town.as('hao')
  const demand = { sort: 'paper', code: 'M-1', fault: 'absent', note: '请提交章程' }
  await s.town.done(hao, 'application', 'correct', { demands: [demand] }, licence!.application)
  const page = await get(`/record/joint/${joint}`, 'qi')
  expect(page.text).toContain(`href="/record/application/${licence!.application}/supply"`)
  const file = new File(['测试章程\n'], '章程.txt', { type: 'text/plain' })
  await upload(`/record/application/${licence!.application}/supply`, { 'pages.M-1-new': file }, 'qi')
  await s.town.done(hao, 'application', 'accept', {}, licence!.application)
  const results = [{ result: 'R-1', number: '12220500TEST' }]
  await s.town.done(hao, 'application', 'decide', { outcome: 'approved', results }, licence!.application)
  expect(await progress()).toMatch(/2 个事项已办结 1 个 .* 已有的结果 营业执照 12220500TEST/)
  // What was said then is taken over into another form, by whoever may read all of it.
  await s.town.done(await s.town.as('qi'), 'joint', 'withdraw', {}, joint)
  expect((await get(`/record/joint/${joint}`, 'qi')).text).toContain(`href="/theme/${id}?from=${joint}"`)
  const taken = to(await post(`/theme/${id}`, { from: joint }, 'qi'))!
  expect(await said(taken, 'qi')).toMatch(/办理的事项 ✓ 已完成 申请人 ✓ 已完成 填报内容 ✓ 已完成 申请材料 ✓ 已完成/)
  expect(await said(`${taken}/check`, 'qi')).toMatch(/企业名称栏 测试公司 .*章程 章程.txt/)
  const foreign = to(await post(`/theme/${id}`, { from: joint }, 'bie'))!
  expect(await said(foreign, 'bie')).toMatch(/办理的事项 ○ 未开始/)
  // Somebody else is told nothing.
  expect((await get(`/record/joint/${joint}`, 'bie')).status).toBe(404)
})
