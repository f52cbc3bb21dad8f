// The item library out and in: what goes out comes in again unchanged, and whatever is wrong is told where it stands.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody, system } from '../../kernel/access.ts'
import { findRecord } from '../../store/read.ts'
import { served, type Served } from '../../tests/served.ts'
import { readSheet, writeSheet, type SheetRow } from '../sheet/index.ts'
import { itemLibrary } from './item.ts'
import { writeLibrary } from './library.ts'
import type { Fields } from './table.ts'

let s: Served
const folder = mkdtempSync(join(tmpdir(), 'lj-library-'))
beforeAll(async () => {
  s = await served()
})
afterAll(async () => {
  await s.close()
  rmSync(folder, { recursive: true, force: true })
})

const content = {
  name: '食品经营许可',
  type: 'licence',
  basis: '《中华人民共和国食品安全法》第三十五条',
  level: 'city',
  audience: ['enterprise', 'natural-person'],
  handling: 'within-time',
  statutory: 20,
  statutoryUnit: 'working-day',
  promised: 5,
  promisedUnit: 'working-day',
  conditions: '有固定的经营场所。',
  steps: [{ step: '受理' }, { step: '决定' }],
  situations: [{ situation: 'S-01', situationName: '新办' }],
  materials: [
    {
      material: 'M-01',
      materialName: '营业执照',
      issuer: '市场监管部门',
      originals: 0,
      copies: 1,
      tolerable: false,
      shared: true,
    },
    {
      material: 'M-02',
      materialName: '平面图',
      originals: 1,
      copies: 0,
      tolerable: true,
      shared: false,
      within: 'S-01',
    },
  ],
  fields: [{ field: 'F-01', fieldName: '面积', form: 'number' }],
  results: [{ result: 'R-01', resultName: '食品经营许可证' }],
  visits: 1,
  channels: ['at-window', 'on-computer'],
  window: 'undifferentiated',
  hallDue: true,
  nearby: false,
  fee: false,
  remedies: '可以申请行政复议。',
  enquiries: '0435-0000000',
  topics: ['餐饮', '甲、乙'],
  cityPays: 35_050,
  cityPaysBasis: '市政府文件',
  checks: [{ field: 'F-01', test: 'at-least', bound: '20', ground: '面积不足' }],
  questions: [{ question: '可以代办吗？', reply: '可以。' }],
}
const one = (code: string, more: object = {}) => ({ code, unit: 'tax', ...content, ...more })

let files = 0
function json(items: readonly unknown[]): string {
  const path = join(folder, `${++files}.json`)
  writeFileSync(path, JSON.stringify({ items }))
  return path
}

async function run(
  path: string,
  person: string,
  { enter = true, submit = false, lang = 'zh-CN' as 'zh-CN' | 'en' } = {},
) {
  const { world } = s.town
  const actor = person === 'system' ? system : await s.town.as(person)
  const job = `${++files}`
  return itemLibrary.run({ world, actor, path, job, lang, enter, submit, progress: () => undefined })
}
async function counted(...given: Parameters<typeof run>) {
  const outcome = await run(...given)
  if ('refused' in outcome) expect.fail(outcome.refused)
  const { entered, changed, unchanged, rejected } = outcome.counts
  return [entered, changed, unchanged, rejected]
}
/** What is wrong, as sheet, row, column and reason. */
async function told(...given: Parameters<typeof run>) {
  const outcome = await run(...given)
  if ('refused' in outcome) expect.fail(outcome.refused)
  return outcome.told.flatMap(({ sheet, header, errors }) =>
    [...errors].flatMap(([row, reasons]) =>
      reasons.map(({ column, reason }) => {
        const title = header.cells.find((cell) => cell.column === column)?.value
        return [sheet, row, title, reason].filter((part) => part !== undefined).join(' ')
      }),
    ),
  )
}
const state = async (kind: string, id: string) =>
  (await findRecord(s.town.world.database, 'town', kind, id))?.state as unknown as Fields | undefined
async function exported(form: 'xlsx' | 'json', lang: 'zh-CN' | 'en' = 'zh-CN', actor = system): Promise<string> {
  const path = join(folder, `${++files}.${form}`)
  await writeLibrary(s.town.world, actor, { form, lang }, path)
  return path
}
async function publish(code: string, number = 1) {
  await s.town.done(await s.town.as('mu'), 'version', 'publish', { from: '2026-02-11' }, `${code}-V${number}`)
}

/** A workbook of sheets by name, their rows under their titles. */
async function book(sheets: Readonly<Record<string, readonly SheetRow[]>>): Promise<string> {
  const path = join(folder, `${++files}.xlsx`)
  await writeSheet(path, {
    sheets: Object.entries(sheets).map(([name, rows]) => ({
      name,
      columns: [...new Set(rows.flatMap((row) => Object.keys(row)))].map((title) => ({ key: title, title })),
      rows,
    })),
  })
  return path
}

describe('a library', () => {
  const [A, B, C] = ['11220500LIB00001', '11220500LIB00002', '11220500LIB00003']

  test('is checked without writing, listed as drafts, and changes nothing a second time', async () => {
    const path = json([one(A), one(B, { name: '小餐饮许可' })])
    expect(await counted(path, 'hao', { enter: false })).toEqual([2, 0, 0, 0])
    expect(await state('item', A)).toBeUndefined()
    expect(await counted(path, 'hao')).toEqual([2, 0, 0, 0])
    expect(await state('version', `${A}-V1`)).toMatchObject({
      phase: 'draft',
      by: 'hao',
      content: { name: content.name },
    })
    expect(await counted(path, 'hao')).toEqual([0, 0, 2, 0])
    // The drafts stand already: submitting them is what is left.
    expect(await counted(path, 'hao', { submit: true })).toEqual([0, 0, 2, 0])
    expect(await state('version', `${B}-V1`)).toMatchObject({ phase: 'review' })
    await publish(A)
    await publish(B)
    expect(await counted(path, 'hao')).toEqual([0, 0, 2, 0])
  })

  test.each(['xlsx', 'json'] as const)(
    'that went out as .%s comes in again as it was, in both languages',
    async (form) => {
      for (const lang of ['zh-CN', 'en'] as const)
        expect(await counted(await exported(form, lang), 'xiang', { enter: false, lang })).toEqual([0, 0, 2, 0])
    },
  )

  test('becomes drafts of a next version where it has changed, handed to review when asked; what is in preparation is told', async () => {
    const path = json([one(A, { promised: 3 }), one(B, { name: '小餐饮许可' }), one(C)])
    expect(await counted(path, 'hao', { submit: true })).toEqual([1, 1, 1, 0])
    expect(await state('version', `${A}-V2`)).toMatchObject({ phase: 'review', number: 2, content: { promised: 3 } })
    expect(await counted(path, 'hao')).toEqual([0, 0, 3, 0])
    expect(await told(json([one(A, { promised: 2 })]), 'hao')).toEqual([
      expect.stringMatching(/^1 实施编码 这个事项的版本 2 正在编制（待审核），与文件不同。/),
    ])
    // What is in force is no change, either.
    expect(await counted(json([one(A)]), 'hao')).toEqual([0, 0, 1, 0])
    await publish(A, 2)
    expect(await state('item', A)).toMatchObject({ version: `${A}-V2`, content: { promised: 3 } })
  })

  test('of which the file has some columns alone keeps the others', async () => {
    const path = await book({ 事项: [{ 实施编码: A, 承诺办结时限: 1 }] })
    expect(await counted(path, 'tou')).toEqual([0, 1, 0, 0])
    const draft = await state('version', `${A}-V3`)
    expect(draft!['content']).toEqual({ ...content, promised: 1 })
    await s.town.done(await s.town.as('tou'), 'version', 'drop', {}, `${A}-V3`)
    const papers = await book({
      Items: [{ 'Implementation code': A }],
      材料: content.materials.slice(0, 1).map(() => ({
        'Implementation code': A,
        材料编码: 'M-03',
        材料名称: '身份证明',
        原件份数: 1,
        复印件份数: '０',
        可容缺: 'No',
        shared: '否',
      })),
    })
    expect(await counted(papers, 'tou')).toEqual([0, 1, 0, 0])
    const paper = {
      material: 'M-03',
      materialName: '身份证明',
      originals: 1,
      copies: 0,
      tolerable: false,
      shared: false,
    }
    expect((await state('version', `${A}-V4`))!['content']).toEqual({ ...content, promised: 3, materials: [paper] })
    await s.town.done(await s.town.as('tou'), 'version', 'drop', {}, `${A}-V4`)
  })

  test('is taken in by each with his permissions: another unit’s is refused, a cancelled one stays so', async () => {
    expect(await told(json([one('11220500LIB00009', { unit: 'labour' })]), 'hao')).toEqual([
      expect.stringMatching(/只能收录本单位实施的事项/),
    ])
    expect(await told(json([one(A, { promised: 0 })]), 'hui')).toEqual([expect.stringMatching(/岗位或身份不能办理/)])
    expect(await told(json([one(A, { unit: 'labour' })]), 'xiang')).toEqual([
      expect.stringMatching(/不能通过导入更换实施主体/),
    ])
    expect(await told(json([one('11220500LIB00010', { unit: 'nowhere' })]), 'xiang')).toEqual([
      expect.stringMatching(/没有这个单位/),
    ])
    // A draft that another unit prepares is not for these eyes: its code is taken, and no more is said.
    expect(await told(json([one(C, { unit: 'labour' })]), 'hui')).toEqual([expect.stringMatching(/这个编码已收录/)])
    await s.town.done(await s.town.as('xiang'), 'item', 'cancel', { reason: '国务院决定取消。' }, B)
    expect(await told(json([one(B, { name: '小餐饮许可' })]), 'hao')).toEqual([expect.stringMatching(/已经取消/)])
    expect(itemLibrary.may(await s.town.as('gui'))).toBe(false)
    expect(itemLibrary.may(nobody)).toBe(false)
  })

  test('goes out as far as one may see: what is in force to everybody, what is new to those who prepare it', async () => {
    const codes = async (person: string) => {
      const actor = person === '' ? nobody : await s.town.as(person)
      const { items } = JSON.parse(readFileSync(await exported('json', 'zh-CN', actor), 'utf8')) as {
        items: { code: string }[]
      }
      return items.map(({ code }) => code)
    }
    expect(await codes('')).toEqual([A])
    expect(await codes('hao')).toEqual([A, C])
    expect(await codes('hui')).toEqual([A])
  })
})

describe('what is wrong', () => {
  const main = {
    实施编码: '11220500BAD00001',
    实施主体: 'tax局',
    事项名称: '测试事项',
    事项类型: '行政许可',
    设定依据: '依据',
    行使层级: '市级',
    服务对象: '企业法人，自然人',
    办件类型: '承诺件',
    法定办结时限: 20,
    法定时限单位: '工作日',
    承诺办结时限: 5,
    承诺时限单位: '工作日',
    受理条件: '条件',
    到办事现场次数: 1,
    办理形式: '窗口办理、on-computer',
    受理窗口: '无差别综合窗口',
    应当进厅: '是',
    可就近办: '否',
    是否收费: 'no',
    救济途径: '复议',
    咨询方式: '0435-0000000',
  }
  const code = main.实施编码
  const steps = [{ 实施编码: code, 环节: '受理' }]
  const results = [{ 实施编码: code, 结果编码: 'R-1', 结果名称: '证' }]
  const fine = {
    事项: [main],
    环节: steps,
    情形: [{ 实施编码: code, 情形编码: 'S-1', 情形名称: '新办' }],
    材料: [
      {
        实施编码: code,
        材料编码: 'M-1',
        材料名称: '证',
        原件份数: 1,
        复印件份数: 0,
        可容缺: '否',
        可通过共享获取: '是',
      },
    ],
    填报字段: [{ 实施编码: code, 字段编码: 'F-1', 字段名称: '名称' }],
    结果: results,
  }
  const check = async (sheets: Readonly<Record<string, readonly SheetRow[]>>, lang: 'zh-CN' | 'en' = 'zh-CN') =>
    told(await book(sheets), 'hao', { enter: false, lang })
  const with_ = (more: SheetRow) => ({ ...fine, 事项: [{ ...main, ...more }] })

  test('is nothing in a sheet as people fill it in', async () => {
    expect(await check(fine)).toEqual([])
  })

  test('stands beside its cell: sheet, row, column, reason; all of a record at once', async () => {
    const wrong = {
      事项类型: '许可',
      承诺办结时限: '五天',
      应当进厅: '也许',
      办理形式: '窗口办理、传真',
      事项名称: null,
      实施主体: '无此局',
    }
    expect(
      await check({ ...with_(wrong), 材料: [{ ...fine.材料[0], 原件份数: 99, 可容缺: null, 可通过共享获取: '是' }] }),
    ).toEqual([
      '事项 2 实施主体 没有名为“无此局”的单位，请填写单位的全称或编号。',
      expect.stringMatching(/^事项 2 事项类型 没有“许可”这个选项，可以填写：行政许可/),
      '事项 2 承诺办结时限 应为数字。',
      expect.stringMatching(/^事项 2 办理形式 没有“传真”这个选项/),
      '事项 2 应当进厅 请填写“是”或“否”。',
      '事项 2 事项名称 请填写事项名称。',
      '材料 2 原件份数 原件份数不能大于 20。',
      '材料 2 可容缺 请选择可容缺。',
    ])
  })

  test('includes what the door refuses, where it stands', async () => {
    expect(await check(with_({ 承诺办结时限: 30 }))).toEqual([
      expect.stringMatching(/^事项 2 承诺办结时限 承诺时限长于法定时限/),
    ])
    expect(await check({ ...fine, 材料: [fine.材料[0]!, fine.材料[0]!] })).toEqual([
      expect.stringMatching(/^材料 3 材料编码 编码重复/),
    ])
    expect(await check({ ...fine, 材料: [{ ...fine.材料[0]!, 仅限情形: 'S-9' }] })).toEqual([
      expect.stringMatching(/^材料 2 仅限情形 没有这个情形/),
    ])
    expect(await check({ ...fine, 材料: [{ ...fine.材料[0]!, 材料编码: 'R-1' }] }, 'en')).toEqual([
      expect.stringMatching(/^材料 2 材料编码 .*result/i),
    ])
    expect(await check(with_({ 是否收费: '是' }))).toEqual([expect.stringMatching(/收费依据/)])
  })

  test('includes codes twice, rows of no item, missing codes and the example of the template', async () => {
    expect(
      await check({
        ...fine,
        事项: [main, main, { ...main, 实施编码: null }],
        结果: [...results, { 实施编码: '11220500NONE0001', 结果编码: 'R-2', 结果名称: '证' }],
      }),
    ).toEqual([
      '事项 3 实施编码 与第 2 行重复。',
      '事项 4 实施编码 请填写实施编码。',
      '结果 3 实施编码 工作表“事项”中没有这个编码。',
    ])
    const path = join(folder, 'template.xlsx')
    const response = await fetch(`${s.origin}/import/template.xlsx?kind=item`, {
      headers: { cookie: await s.cookie('hao') },
    })
    writeFileSync(path, Buffer.from(await response.arrayBuffer()))
    expect(await told(path, 'hao', { enter: false })).toEqual([
      expect.stringMatching(/^事项 2 实施编码 这是模板里的示例行/),
    ])
  })

  test('of a header is told by its sheet, and no column is passed over in silence', async () => {
    expect(await run(await book({ ...fine, 材料: [{ ...fine.材料[0]!, 材料名: '证' }] }), 'hao')).toEqual({
      refused: expect.stringMatching(/工作表“材料”的表头不对：不认识“材料名”一列/),
    })
    expect(await run(await book({ 事项: [{ 事项名称: '没有编码' }] }), 'hao', { lang: 'en' })).toEqual({
      refused: expect.stringMatching(/The header of the sheet “事项” is not right: the column “实施编码” is missing/),
    })
  })

  test.each([
    ['{"items": [', /不是合法的 JSON/],
    ['{"items": []}', /没有数据/],
    ['[]', /\{"items":\[/],
    ['{"items": {}}', /\{"items":\[/],
    ['{"items": [1]}', /第 1 项不是一组栏目/],
    ['{"items": [], "more": 1}', /\{"items":\[/],
  ])('of JSON as a whole: %s', async (text, words) => {
    const path = join(folder, 'bad.json')
    writeFileSync(path, text)
    expect(await run(path, 'hao')).toEqual({ refused: expect.stringMatching(words) })
  })

  test('of JSON stands at the place in the list and names its field', async () => {
    const { promised: _, ...without } = one('11220500JSN00001')
    const bad = { ...without, extra: 1, type: 'licences', materials: [{ ...content.materials[0], copies: '1' }] }
    expect(
      await told(json([one('11220500JSN00002'), bad, one('11220500JSN00002'), { name: 'x' }]), 'hao', { enter: false }),
    ).toEqual(
      [
        expect.stringMatching(/^3 实施编码 与第 1 行重复/),
        '4 实施编码 请填写实施编码。',
        expect.stringMatching(/^2 事项类型请从列出的选项中选择/),
        expect.stringMatching(/^2 请填写承诺办结时限/),
        expect.stringMatching(/^2 材料第 1 项：复印件份数的格式不对/),
        expect.stringMatching(/^2 没有“extra”这一栏/),
      ].map((one) => one),
    )
  })

  test('comes back with all of its record, and once mended is sent as it is', async () => {
    const codes = ['11220500BACK0001', '11220500BACK0002']
    const rows = (of: readonly SheetRow[]) => codes.flatMap((own) => of.map((row) => ({ ...row, 实施编码: own })))
    const path = await book({
      事项: rows([main]).map((row, at) => ({ ...row, 承诺办结时限: at === 0 ? 5 : 50 })),
      环节: rows([...steps, { 环节: '决定' }]),
      材料: rows(fine.材料),
      结果: rows(results),
    })
    const outcome = await run(path, 'hao')
    if ('refused' in outcome) expect.fail(outcome.refused)
    // The lists that have no sheet are none that a new item could do without.
    expect(outcome.counts).toMatchObject({ entered: 0, rejected: 2 })
    const fuller = await book({
      事项: rows([main]).map((row, at) => ({ ...row, 承诺办结时限: at === 0 ? 5 : 50 })),
      ...Object.fromEntries(
        (['环节', '情形', '材料', '填报字段', '结果'] as const).map((name) => [name, rows(fine[name])]),
      ),
    })
    const second = await run(fuller, 'hao')
    if ('refused' in second) expect.fail(second.refused)
    expect(second.counts).toMatchObject({ entered: 1, rejected: 1 })
    const out = join(folder, 'annotated.xlsx')
    await itemLibrary.annotate(fuller, second, 'zh-CN', out)
    const cells = async (sheet: string) => {
      const found = []
      for await (const row of readSheet(out, { maxRows: 100, maxColumns: 100, sheet }))
        found.push(row.cells.map(({ value }) => value))
      return found
    }
    const [header, ...wrong] = await cells('事项')
    expect(wrong).toHaveLength(1)
    expect(wrong[0]).toContainEqual(expect.stringMatching(/^承诺办结时限：承诺时限长于法定时限/))
    expect((await cells('材料')).slice(1).map(([own]) => own)).toEqual(['11220500BACK0002'])
    expect((await cells('导入结果')).slice(1, 3)).toEqual([
      ['已导入', 1],
      ['未导入（请改正后重新上传）', 1],
    ])
    // Mended where it stands.
    const sheets: Record<string, SheetRow[]> = {}
    for (const name of ['事项', '环节', '情形', '材料', '填报字段', '结果']) {
      const [titles, ...lines] = await rowsOf(out, name)
      sheets[name] = lines.map((line) =>
        Object.fromEntries([...titles!].map(([column, title]) => [String(title), line.get(column) ?? null])),
      )
    }
    expect(header).toContain('错误说明')
    expect(
      await counted(await book({ ...sheets, 事项: [{ ...sheets['事项']![0]!, 承诺办结时限: 3 }] }), 'hao'),
    ).toEqual([1, 0, 0, 0])
  })
})

/** The rows of a sheet by their columns. */
async function rowsOf(path: string, sheet: string) {
  const rows = []
  for await (const { cells } of readSheet(path, { maxRows: 100, maxColumns: 100, sheet }))
    rows.push(new Map(cells.map(({ column, value }) => [column, value])))
  return rows
}

describe('at the pages', () => {
  const upload = async (path: string, person: string, asked = '?kind=item') => {
    const form = new FormData()
    form.set('file', new File([readFileSync(path)], path.split('/').at(-1)!))
    const headers = { cookie: await s.cookie(person), accept: 'application/json', 'sec-fetch-site': 'same-origin' }
    const response = await fetch(`${s.origin}/import${asked}`, { method: 'POST', headers, body: form })
    return {
      status: response.status,
      id: response.status === 200 ? ((await response.json()) as { id: string }).id : '',
    }
  }
  const settled = async (id: string, person: string) => {
    for (let time = 0; time < 300; time++) {
      const { body } = await s.ask(person, 'GET', `/import/${id}`, undefined, { accept: 'application/json' })
      if (body['state'] !== 'checking' && body['state'] !== 'entering') return body
      await new Promise((wake) => setTimeout(wake, 50))
    }
    throw new Error('the job never ended')
  }

  test('a file is checked, confirmed with its submission, and waits for another person', async () => {
    const code = '11220500PAGE0001'
    const { id } = await upload(json([one(code), one('11220500PAGE0002', { promised: 90 })]), 'hao')
    const checked = await settled(id, 'hao')
    expect(checked).toMatchObject({ state: 'checked', kind: 'item', counts: { entered: 1, rejected: 1 } })
    const page = (await s.ask('hao', 'GET', `/import/${id}`)).text
    expect(page).toContain('导入后提交审核')
    expect(page).toContain('承诺时限长于法定时限')
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
    expect((await s.ask('hao', 'POST', `/import/${id}/confirm`, 'submit=yes', headers)).status).toBe(200)
    expect(await settled(id, 'hao')).toMatchObject({ state: 'entered' })
    expect(await state('version', `${code}-V1`)).toMatchObject({ phase: 'review' })
  })

  test('each sees the import that is his to do, and no other', async () => {
    expect((await s.ask('hao', 'GET', '/import')).text).toContain('批量导入事项')
    expect((await s.ask('wen', 'GET', '/import')).text).toContain('批量导入企业')
    expect((await s.ask('hao', 'GET', '/import?kind=enterprise')).status).toBe(404)
    expect((await s.ask('wen', 'GET', '/import?kind=item')).status).toBe(404)
    expect((await upload(json([one('11220500PAGE0003')]), 'wen')).status).toBe(404)
    expect((await s.ask('qi', 'GET', '/import')).status).toBe(404)
    const { id } = await upload(json([one('11220500PAGE0004')]), 'hao')
    await settled(id, 'hao')
    expect((await s.ask('hui', 'GET', `/import/${id}`)).status).toBe(404)
  })

  test('the library is handed out in both forms', async () => {
    for (const form of ['xlsx', 'json']) {
      const { status, headers } = await s.ask(undefined, 'GET', `/api/library.${form}`)
      expect([status, headers.get('content-disposition')]).toEqual([200, expect.stringContaining(form)])
    }
  })
})
