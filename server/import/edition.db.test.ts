// The national list as a file: every wrong cell is told where it stands, nothing is written before it is confirmed, and the same file twice is once.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../../kernel/access.ts'
import { findRecord } from '../../store/read.ts'
import { served, type Served } from '../../tests/served.ts'
import { readSheet, writeSheet, type SheetRow } from '../sheet/index.ts'
import { accessEditions } from './edition.ts'
import type { Fields } from './table.ts'

let s: Served
const folder = mkdtempSync(join(tmpdir(), 'lj-edition-'))
beforeAll(async () => {
  s = await served()
})
afterAll(async () => {
  await s.close()
  rmSync(folder, { recursive: true, force: true })
})

const content = {
  number: '测试〔2025〕466号',
  name: '市场准入负面清单（测试）',
  issuers: ['测试甲机关', '测试乙机关'],
  from: '2025-04-24',
  total: 2,
  totalBarred: 1,
  source: '测试',
  matters: [
    { matter: '1', part: 'barred', matterName: '禁止测试事项', matterCode: '100001', proof: 'official' },
    { matter: '2', part: 'permit', matterName: '未获得许可，不得从事测试', sectors: ['A', 'C'], proof: 'official' },
  ],
  measures: [{ matter: '2', measure: '测试许可', authority: '测试部门', region: '某省' }],
  prohibitions: [{ prohibition: '1', barred: '禁止测试行为', ground: '《测试法》第一条' }],
}
const ID = '测试-2025-466号'

let files = 0
function json(...editions: readonly unknown[]): string {
  const path = join(folder, `${++files}.json`)
  writeFileSync(path, JSON.stringify({ editions }))
  return path
}
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
/** The same as `content`, as somebody fills it in. */
const sheets = (more: Readonly<Record<string, readonly SheetRow[]>> = {}) => ({
  清单: [
    {
      文号: content.number,
      名称: content.name,
      发布机关: '测试甲机关、测试乙机关',
      施行日期: '2025-04-24',
      '事项总数（文件写明）': 2,
      '其中禁止准入（文件写明）': 1,
      文本来源: '测试',
    },
  ],
  事项: [
    {
      文号: content.number,
      项目号: '1',
      类别: '禁止准入类',
      禁止或许可事项: '禁止测试事项',
      事项编码: '100001',
      核对情况: '已与官方文本核对',
    },
    {
      文号: content.number,
      项目号: '2',
      类别: '许可准入类',
      禁止或许可事项: '未获得许可，不得从事测试',
      行业门类: 'A、C',
      核对情况: '已与官方文本核对',
    },
  ],
  措施: [
    {
      文号: content.number,
      项目号: '2',
      禁止或许可准入措施: '测试许可',
      主管部门: '测试部门',
      '适用地区（地方性措施）': '某省',
    },
  ],
  附件: [{ 文号: content.number, 序号: '1', 禁止性规定: '禁止测试行为', 设立依据: '《测试法》第一条' }],
  ...more,
})

async function run(path: string, { enter = true, person = 'xiang' } = {}) {
  const { world } = s.town
  const actor = await s.town.as(person)
  return accessEditions.run({ world, actor, path, job: `${++files}`, lang: 'zh-CN', enter, progress: () => undefined })
}
async function counted(...given: Parameters<typeof run>) {
  const outcome = await run(...given)
  if ('refused' in outcome) expect.fail(outcome.refused)
  const { entered, unchanged, rejected } = outcome.counts
  return [entered, unchanged, rejected]
}
async function told(...given: Parameters<typeof run>) {
  const outcome = await run(...given)
  if ('refused' in outcome) expect.fail(outcome.refused)
  return outcome.told.flatMap(({ sheet, errors }) =>
    [...errors].flatMap(([row, reasons]) => reasons.map(({ reason }) => `${sheet ?? ''} ${row} ${reason}`)),
  )
}
const state = async () =>
  (await findRecord(s.town.world.database, 'town', 'access-edition', ID))?.state as unknown as Fields | undefined

describe('what is wrong is told where it stands', () => {
  test('an entry without a number, an unknown sort, a number twice, a measure of nothing', async () => {
    const [first, second] = sheets().事项 as unknown as [SheetRow, SheetRow]
    const { 项目号: _, ...nameless } = first
    const wrong = (rows: readonly SheetRow[]) =>
      book(sheets({ 事项: rows })).then((path) => told(path, { enter: false }))
    expect(await wrong([nameless, second])).toEqual(['事项 2 请填写项目号。'])
    expect(await wrong([{ ...first, 类别: '限制类' }, second])).toEqual([
      '事项 2 没有“限制类”这个选项，可以填写：禁止准入类 / 许可准入类。',
    ])
    expect(await wrong([first, { ...second, 项目号: '1' }])).toEqual(['事项 3 项目号“1”重复，请核对。'])
    const lost = await book(sheets({ 措施: [{ 文号: content.number, 项目号: '9', 禁止或许可准入措施: '测试' }] }))
    expect(await told(lost, { enter: false })).toEqual(['措施 2 措施所属的项目号“9”不在事项中，请核对。'])
    expect(await state()).toBeUndefined()
  })

  test('a column of one’s own is refused with the whole file, and so is one in JSON', async () => {
    const noted = await book(sheets({ 事项: sheets().事项.map((row) => ({ ...row, 本市说明: '另需核准' })) }))
    expect(await run(noted, { enter: false })).toMatchObject({
      refused: expect.stringContaining('本市说明') as unknown,
    })
    expect(await told(json({ ...content, 本市说明: '另需核准' }), { enter: false })).toEqual([
      ' 1 没有“本市说明”这一栏，请删去。',
    ])
  })
})

describe('loading', () => {
  test('is for whoever may load, checked without writing, and has the digest of its file', async () => {
    expect(accessEditions.may(await s.town.as('xiang'))).toBe(true)
    for (const person of ['gui', 'hao', 'wen', 'du']) expect(accessEditions.may(await s.town.as(person))).toBe(false)
    expect(accessEditions.may(nobody)).toBe(false)
    // Whoever reaches it all the same is refused at the door.
    expect(await counted(json(content), { person: 'gui' })).toEqual([0, 0, 1])
    const path = await book(sheets())
    expect(await counted(path, { enter: false })).toEqual([1, 0, 0])
    expect(await state()).toBeUndefined()
    expect(await counted(path)).toEqual([1, 0, 0])
    const found = (await state())!
    expect(found['content']).toEqual(content)
    expect(found['digest']).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'))
  })

  test('again, as a workbook or as JSON, it is left alone; with other content it is rejected', async () => {
    expect(await counted(await book(sheets()))).toEqual([0, 1, 0])
    expect(await counted(json(content))).toEqual([0, 1, 0])
    expect(await told(json({ ...content, name: '本市清单' }))).toEqual([
      expect.stringContaining('同一文号的版本已经录入，但内容不同'),
    ])
  })

  test('rejected by the other, it is loaded anew on its own record', async () => {
    await s.town.done(await s.town.as('mu'), 'access-edition', 'reject', { reason: '来源不明' }, ID)
    expect(await counted(json({ ...content, source: '官方网站' }))).toEqual([1, 0, 0])
    expect(await state()).toMatchObject({ phase: 'loaded', content: { source: '官方网站' } })
    await s.town.done(await s.town.as('mu'), 'access-edition', 'confirm', {}, ID)
    expect((await s.ask(undefined, 'GET', '/api/access/list.json')).body).toEqual({
      editions: [{ ...content, source: '官方网站' }],
    })
    const older = { ...content, number: '测试〔2022〕397号', from: '2022-03-12' }
    expect(await told(json(older))).toEqual([expect.stringContaining('不能录入更早的版本')])
  })

  test('the template is what comes in', async () => {
    const answer = await fetch(`${s.origin}/import/template.xlsx?kind=access-edition`, {
      headers: { cookie: await s.cookie('xiang') },
    })
    const path = join(folder, 'template.xlsx')
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()))
    expect(await told(path, { enter: false })).toEqual([expect.stringContaining('不能录入更早的版本')])
    const rows: number[] = []
    for await (const row of readSheet(path, { maxRows: 10, maxColumns: 20 })) rows.push(row.row)
    expect(rows).toEqual([1, 2])
  })
})

describe('asked through the interface', () => {
  test('it answers in words, and tells a wrong question by its field', async () => {
    const ask = (query: string) => s.ask(undefined, 'GET', `/api/access?${query}`)
    const { body } = await ask('words=不得从事测试')
    expect(body).toMatchObject({
      verdict: 'permit',
      sure: 'firm',
      says: ['须先取得许可'],
      edition: { id: ID, whole: true },
    })
    expect((await ask('words=禁止测试事项&lang=en')).body).toMatchObject({ verdict: 'barred', says: ['Barred'] })
    for (const [query, status, field] of [
      ['industry=99', 422, 'industry'],
      ['industry=B01', 422, 'industry'],
      ['words=好', 422, 'words'],
      ['', 422, 'words'],
      ['words=测试&on=2026-02-30', 422, 'on'],
    ] as const) {
      const answer = await ask(query)
      expect(answer.status, query).toBe(status)
      expect(answer.body['fields'], query).toMatchObject([{ field }])
    }
    expect((await ask('words=测试&on=2001-01-01')).status).toBe(404)
    expect((await ask('word=测试')).status).toBe(422)
  })
})
