// An import as its user meets it: a check that changes nothing, bad cells explained, good rows entered once and for all.
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeUscc } from '../../domains/register/uscc.ts'
import { findRecord } from '../../store/read.ts'
import { served, type Served } from '../../tests/served.ts'
import { readSheet, writeSheet, type SheetCell, type SheetRow } from '../sheet/index.ts'
import { columns } from './column.ts'
import { enterprises } from './index.ts'

let s: Served
const folder = mkdtempSync(join(tmpdir(), 'lj-import-'))
beforeAll(async () => {
  s = await served()
})
afterAll(async () => {
  await s.close()
  rmSync(folder, { recursive: true, force: true })
})

const code = (n: number) => makeUscc(`9122050200000${String(n).padStart(4, '0')}`)
const good = (n: number): SheetRow => ({
  uscc: code(n),
  name: `通化第${n}号药业有限公司`,
  division: n % 2 === 0 ? '东昌区' : '220521',
  industry: n % 2 === 0 ? '27' : '医药制造业',
  registeredOn: '2019-05-20',
  private: '是',
  evidence: '股东均为自然人',
  staff: 120 + n,
  revenue: 3500,
  assets: 2800,
  period: '2025',
  source: '年度报告',
})

const fullWidth = (text: string) =>
  text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

async function sheet(rows: readonly SheetRow[], name = 'a.xlsx'): Promise<string> {
  const path = join(folder, name)
  const titles = columns.map(({ key, titles: [title] }) => ({ key, title }))
  await writeSheet(path, { sheets: [{ name: '企业', columns: titles, rows: [...rows] }] })
  return path
}

async function upload(path: string, person = 'wen') {
  const form = new FormData()
  form.set('file', new File([readFileSync(path)], path.split('/').at(-1)!))
  const response = await fetch(`${s.origin}/import`, {
    method: 'POST',
    headers: { cookie: await s.cookie(person), accept: 'application/json', 'sec-fetch-site': 'same-origin' },
    body: form,
  })
  const { id } = (await response.json()) as { id: string }
  return id
}

const look = async (id: string, person: string) =>
  (await s.ask(person, 'GET', `/import/${id}`, undefined, { accept: 'application/json' })).body
async function settled(id: string, person = 'wen') {
  for (let time = 0; time < 300; time++) {
    const job = await look(id, person)
    if (job['state'] !== 'checking' && job['state'] !== 'entering') return job
    await new Promise((wake) => setTimeout(wake, 50))
  }
  throw new Error('the job never ended')
}
const confirm = (id: string, person = 'wen') =>
  s.ask(person, 'POST', `/import/${id}/confirm`, '', { accept: 'application/json' })
const find = (id: string) => findRecord(s.town.world.database, 'town', 'enterprise', id)

describe('a sheet', () => {
  const wrong = (over: SheetRow): SheetRow => ({ ...good(90), ...over })
  test('is checked without writing, explained cell by cell, entered when confirmed, and changes nothing a second time', async () => {
    const bad: SheetRow[] = [
      wrong({ uscc: 'A1', name: '' }),
      wrong({ uscc: 'A2', division: '火星' }),
      wrong({ uscc: 'A3', registeredOn: '2019-02-30' }),
      wrong({ uscc: 'A4', private: '也许' }),
      wrong({ uscc: 'A5', staff: '很多' }),
      wrong({ uscc: 'A6', period: '去年' }),
      wrong({ uscc: 'A7', evidence: '' }),
      good(1),
      wrong({ uscc: '没有代码' }),
      { ...good(2), uscc: fullWidth(good(2)['uscc'] as string) },
    ]
    const path = await sheet([good(1), good(2), good(3), ...bad])
    const id = await upload(path)
    const checked = await settled(id)
    expect(checked).toMatchObject({ state: 'checked', total: 13 })
    expect(checked['counts']).toEqual({ entered: 3, changed: 0, unchanged: 0, rejected: 10, warned: 0 })
    expect(await find(code(1))).toBeUndefined()
    const told = checked['problems'] as { row: number; column: string; reason: string }[]
    expect(told.map((one) => `${one.row} ${one.column} ${one.reason}`)).toEqual([
      '5 企业名称 请填写企业名称。',
      expect.stringMatching(/^6 行政区划 不在代码表中/),
      expect.stringMatching(/^7 成立日期 不是存在的日期/),
      expect.stringMatching(/^8 是否民营 请填写“是”或“否”/),
      expect.stringMatching(/^9 从业人员 应为数字/),
      expect.stringMatching(/^10 年度 应为四位数的年度/),
      expect.stringMatching(/^11 民营依据 /),
      expect.stringMatching(/^12 统一社会信用代码 与第 2 行重复/),
      '13 统一社会信用代码 统一社会信用代码里没有数字。',
      expect.stringMatching(/^14 统一社会信用代码 与第 3 行重复/),
    ])
    const page = (await s.ask('wen', 'GET', `/import/${id}`)).text
    expect(page).toContain('可以先导入没有问题的 3 行；有问题的 10 行改正后再次上传即可。')
    expect(page).not.toContain('http-equiv="refresh"')

    const workbook = await fetch(`${s.origin}/import/${id}/annotated.xlsx`, {
      headers: { cookie: await s.cookie('wen') },
    })
    const annotated = join(folder, 'annotated.xlsx')
    writeFileSync(annotated, Buffer.from(await workbook.arrayBuffer()))
    const rows = []
    for await (const row of readSheet(annotated, { maxRows: 100, maxColumns: 100 })) rows.push(row)
    expect(rows).toHaveLength(11)
    expect(rows[1]!.cells.map((cell) => cell.value)).toContain('企业名称：请填写企业名称。')

    expect((await confirm(id)).status).toBe(200)
    const entered = await settled(id)
    expect(entered).toMatchObject({
      state: 'entered',
      counts: { entered: 3, changed: 0, unchanged: 0, rejected: 10, warned: 0 },
    })
    const one = (await find(code(1)))!
    expect(one.title).toBe('通化第1号药业有限公司')
    expect(one.facets['size']).toBe('小型')
    expect((await confirm(id)).status).toBe(409)

    const again = await settled(await upload(path))
    expect(again['counts']).toEqual({ entered: 0, changed: 0, unchanged: 3, rejected: 10, warned: 0 })
    const moved = await settled(await upload(await sheet([{ ...good(1), address: '新址' }, good(2)], 'b.xlsx')))
    expect(moved['counts']).toEqual({ entered: 0, changed: 1, unchanged: 1, rejected: 0, warned: 0 })
  })

  test('in CSV is read as well', async () => {
    const path = join(folder, 'c.csv')
    const lines = [
      '统一社会信用代码,企业名称,行政区划,行业大类,成立日期,是否民营',
      'C1,丙公司,东昌区,27,2020/1/5,否',
      'C2,丁公司,东昌区,27,2020年13月1日,否',
    ]
    writeFileSync(path, lines.join('\r\n'))
    const job = await settled(await upload(path))
    expect(job['counts']).toEqual({ entered: 1, changed: 0, unchanged: 0, rejected: 1, warned: 1 })
  })

  test('in CSV may be in GB 18030; bytes that are neither that nor UTF-8 are told so', async () => {
    const path = join(folder, 'gb.csv')
    const gbk = {
      titles:
        'cdb3d2bbc9e7bbe1d0c5d3c3b4fac2eb2cc6f3d2b5c3fbb3c62cd0d0d5fec7f8bbae2cd0d0d2b52cb3c9c1a2c8d5c6da2ccac7b7f1c3f1d3aa',
      // 丙公司, 东昌区
      row: 'b1fbb9abcbbe2cb6abb2fdc7f8',
    }
    const bytes = (text: string) => Buffer.from(text, 'latin1')
    const lines = [
      Buffer.from(gbk.titles, 'hex'),
      bytes(`\r\n${code(200)},`),
      Buffer.from(gbk.row, 'hex'),
      bytes(',C2720,2020-01-05,no\r\n'),
    ]
    writeFileSync(path, Buffer.concat(lines))
    expect((await settled(await upload(path)))['counts']).toMatchObject({ entered: 1, rejected: 0 })
    writeFileSync(path, Buffer.concat([...lines, bytes(`${code(201)},\x81\x20\xff\xff,220502,27,2020-01-05,no`)]))
    const job = await settled(await upload(path))
    expect(job).toMatchObject({ state: 'refused', refusal: expect.stringMatching(/文字编码无法识别.*UTF-8.*GB18030/) })
  })

  test('tells every wrong cell of a row in one round, whatever is wrong with it', async () => {
    const all = {
      name: '名'.repeat(121),
      division: '火星',
      industry: 'B2720',
      registeredOn: '2031-01-01',
      evidence: '',
      staff: '很多',
      revenue: -5,
      assets: 1e13,
      period: '2031',
      source: '源'.repeat(81),
    }
    const first = { ...good(300), division: '' }
    const job = await settled(await upload(await sheet([wrong({ uscc: '', ...all }), first, { ...first, period: '' }])))
    const told = job['problems'] as { row: number; column: string; reason: string }[]
    expect(told.map((one) => `${one.row} ${one.column} ${one.reason}`)).toEqual([
      '2 统一社会信用代码 请填写统一社会信用代码。',
      '2 企业名称 企业名称最多 120 个字。',
      expect.stringMatching(/^2 行政区划 不在代码表中/),
      '2 行业 行业大类 27 属于门类 C，与所写的字母不符，请核对代码。',
      expect.stringMatching(/^2 成立日期 不能晚于 2026年2月\d+日（周.）/),
      expect.stringMatching(/^2 民营依据 /),
      expect.stringMatching(/^2 从业人员 应为数字/),
      '2 营业收入(万元) 数值不能小于 0。',
      expect.stringMatching(/^2 资产总额\(万元\) 数值不能大于 /),
      expect.stringMatching(/^2 年度 不能晚于 2026/),
      '2 数据来源 来源最多 80 个字。',
      '3 行政区划 请填写行政区划。',
      expect.stringMatching(/^4 统一社会信用代码 与第 3 行重复/),
      '4 行政区划 请填写行政区划。',
      expect.stringMatching(/^4 年度 填写了从业人员/),
    ])
  })

  test('names the figure where it has no column for the year', async () => {
    const path = join(folder, 'y.csv')
    const titles = '统一社会信用代码,企业名称,行政区划,行业,成立日期,是否民营,营业收入'
    writeFileSync(
      path,
      `${titles}\r\n${code(310)},丙,东昌区,27,2020-01-05,否,很多\r\n${code(311)},丁,东昌区,27,2020-01-05,否,5`,
    )
    const { problems } = await settled(await upload(path))
    expect(problems).toEqual([
      { row: 2, column: '营业收入', reason: '应为数字。' },
      { row: 2, column: '营业收入', reason: expect.stringContaining('四位数的年度') },
      { row: 3, column: '营业收入', reason: expect.stringContaining('四位数的年度') },
    ])
  })

  test('takes industries as sheets hold them, and keeps a deeper code in digits', async () => {
    const industries = [
      'C3921',
      3921,
      '39',
      'ｃ392',
      '39 计算机、通信和其他电子设备制造业',
      'Z39',
      '9921',
      '3',
      '39211',
    ]
    const rows = industries.map((industry, n) => ({ ...good(320 + n), industry }))
    const id = await upload(await sheet(rows, 'n.xlsx'))
    const { problems } = await settled(id)
    expect((problems as { row: number; column: string }[]).map((one) => `${one.row} ${one.column}`)).toEqual([
      '7 行业',
      '8 行业',
      '9 行业',
      '10 行业',
    ])
    await confirm(id)
    await settled(id)
    const kept = await Promise.all([0, 1, 2, 3, 4].map((n) => find(code(320 + n))))
    expect(kept.map((one) => (one!.state as unknown as { industry: string }).industry)).toEqual([
      '3921',
      '3921',
      '39',
      '392',
      '39',
    ])
    expect(new Set(kept.map((one) => one!.facets['industry']))).toEqual(new Set(['39']))
    expect((await settled(await upload(await sheet(rows, 'n.xlsx'))))['counts']).toMatchObject({ unchanged: 5 })
  })

  test('with codes whose check character or form is wrong is entered, and says which', async () => {
    const slip = `${code(340).slice(0, 17)}${code(340).endsWith('0') ? '1' : '0'}`
    const rows = [
      { ...good(340), uscc: slip },
      { ...good(341), uscc: '220500-12345' },
      good(342),
      wrong({ uscc: slip, name: '' }),
    ]
    const id = await upload(await sheet(rows, 'w.xlsx'))
    const checked = await settled(id)
    const warnings = [
      { row: 2, column: '统一社会信用代码', reason: expect.stringMatching(/校验位不符（不影响登记）.*营业执照/) },
      { row: 3, column: '统一社会信用代码', reason: expect.stringMatching(/格式不符（不影响登记）：应为 18 位/) },
    ]
    expect(checked).toMatchObject({ counts: { entered: 3, rejected: 1, warned: 2 }, warnings })
    expect((checked['problems'] as { row: number }[]).map(({ row }) => row)).toEqual([5, 5])
    const page = (await s.ask('wen', 'GET', `/import/${id}`)).text
    expect(page).toMatch(/可以导入，但请核对<\/th>\s*<td class="figure">2</)
    expect(page).toContain('请核对的内容（不影响导入）')
    await confirm(id)
    expect(await settled(id)).toMatchObject({ state: 'entered', counts: { entered: 3, warned: 2 }, warnings })
    const workbook = await fetch(`${s.origin}/import/${id}/annotated.xlsx`, {
      headers: { cookie: await s.cookie('wen') },
    })
    const path = join(folder, 'warned.xlsx')
    writeFileSync(path, Buffer.from(await workbook.arrayBuffer()))
    const told = []
    for await (const row of readSheet(path, { maxRows: 100, maxColumns: 100, sheet: '有提醒的行（不影响导入）' }))
      told.push(row.cells.map((cell) => cell.value))
    expect(told.slice(1).map((cells) => [cells[0], cells.at(-1)])).toEqual([
      [slip, 2],
      ['220500-12345', 3],
    ])
    expect(told[1]).toContainEqual(expect.stringMatching(/^统一社会信用代码：统一社会信用代码的校验位不符/))
    expect((await s.ask('wen', 'GET', `/record/enterprise/${slip}`)).text).toMatch(/role="status"[^>]*>.*校验位不符/s)
  })

  test('with codes that a spreadsheet destroyed is told so; none of them is entered, nor only warned of', async () => {
    const destroyed = [
      912205021234567900,
      1e15,
      12.5,
      '9.12205E+17',
      '９.12205e+17',
      '912205021234567000',
      '2020-01-05',
    ]
    const sound = [220500000012345, '220500-12345-6']
    const rows = [...destroyed, ...sound].map((uscc, n) => ({
      ...good(360 + n),
      uscc: uscc === '2020-01-05' ? ({ value: uscc, kind: 'date' } as const) : uscc,
    }))
    const job = await settled(await upload(await sheet(rows, 'x.xlsx')))
    expect(job['counts']).toMatchObject({ entered: 2, rejected: 7, warned: 2 })
    const told = job['problems'] as { row: number; column: string; reason: string }[]
    expect(told.map((one) => `${one.row} ${one.column} ${one.reason}`)).toEqual(
      destroyed.map((_, n) =>
        expect.stringMatching(new RegExp(`^${n + 2} 统一社会信用代码 代码已被.*格式设为文本后重新填写`)),
      ),
    )
    expect((job['warnings'] as { row: number }[]).map(({ row }) => row)).toEqual([9, 10])
  })

  test('holds numbers as people write them, and days that can be', async () => {
    const written = ['1234.5', '1,234,567', '１２３４．５', '１，２３４', '-0', 1234.5]
    const not = ['1,2,3', '1234,567', '0x10', '1e3', '10²', '.5', '5.', '+5', '5%', { value: 0.05, kind: 'percent' }]
    const rows = [...written, ...not].map((revenue, n) => ({ ...good(380 + n), revenue: revenue as SheetCell }))
    const others = [
      { ...good(400), staff: 12.5 },
      { ...good(401), registeredOn: '0019-05-20' },
      { ...good(402), period: '1948' },
    ]
    const id = await upload(await sheet([...rows, ...others], 'z.xlsx'))
    const told = (await settled(id))['problems'] as { row: number; column: string; reason: string }[]
    expect(told.map((one) => `${one.row} ${one.column} ${one.reason}`)).toEqual([
      ...not.map((_, n) => `${written.length + n + 2} 营业收入(万元) 应为数字。`),
      '18 从业人员 从业人员应为整数。',
      '19 成立日期 不能早于 1800年1月1日（周三），请核对年份和日期。',
      '20 年度 不能早于 1949，请核对年份和日期。',
    ])
    await confirm(id)
    await settled(id)
    const kept = await Promise.all(written.map((_, n) => find(code(380 + n))))
    const revenue = (state: unknown) =>
      (state as { facts: { fact: string; value: number }[] }).facts.find(({ fact }) => fact === 'revenue')?.value
    expect(kept.map((one) => revenue(one!.state))).toEqual([1234.5, 1234567, 1234.5, 1234, 0, 1234.5])
  })

  test.each([
    ['with the wrong headers', ['甲', '乙'], /缺少“统一社会信用代码”一列/],
    ['without rows', ['统一社会信用代码', '企业名称', '行政区划', '行业', '成立日期', '是否民营'], /没有数据/],
  ])('%s is refused as a whole, with the way out', async (_, headers, said) => {
    const path = join(folder, 'd.csv')
    writeFileSync(path, `${headers.join(',')}\r\n${headers.length === 2 ? '1,2' : ''}`)
    const job = await settled(await upload(path))
    expect(job['state']).toBe('refused')
    expect(job['refusal']).toMatch(said)
  })

  test('that is none is refused by what it is', async () => {
    for (const [name, content, said] of [
      ['e.csv', '%PDF-1.7 not a sheet', /不是可以读取的表格文件/],
      ['e.xlsx', '%PDF-1.7 not a sheet', /内容却不是 Excel 工作簿。.*另存为 \.xlsx；.*\.csv/],
      ['f.XLSX', 'a,b\r\n1,2', /内容却不是 Excel 工作簿/],
      ['e.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex').toString('latin1'), /旧版表格/],
    ] as const) {
      writeFileSync(join(folder, name), content, 'latin1')
      const job = await settled(await upload(join(folder, name)))
      expect(job['refusal']).toMatch(said)
    }
  })
})

test('nothing chosen, cut off or too large: said on the page, and the server goes on', async () => {
  const cookie = await s.cookie('wen')
  const send = async (body: Buffer | FormData, headers: Record<string, string> = {}) => {
    const response = await fetch(`${s.origin}/import`, {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'same-origin', ...headers },
      body: body as never,
    })
    return `${response.status} ${await response.text()}`
  }
  const empty = new FormData()
  empty.set('file', new File([], ''))
  expect(await send(empty)).toMatch(/^422 [\s\S]*有误：批量导入企业[\s\S]*请选择 \.xlsx 或 \.csv 文件。/)
  const cut = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n企业名称'
  expect(await send(Buffer.from(cut), { 'content-type': 'multipart/form-data; boundary=b' })).toMatch(
    /^422 [\s\S]*上传中断/,
  )
  // Beside the file a text in GBK, and a name with a sign that no database keeps.
  const part = (head: string, body: string) =>
    Buffer.from(`--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`, 'latin1')
  const whole = (...parts: Buffer[]) => Buffer.concat([...parts, Buffer.from('--b--\r\n')])
  const multipart = { 'content-type': 'multipart/form-data; boundary=b', accept: 'application/json' }
  const sheet_ = part('name="file"; filename="a.csv"', 'USCC,Name\r\n1,2')
  expect(await send(whole(sheet_, part('name="note"', '\xb1\xb8\xd7\xa2')), multipart)).toMatch(
    /^422 .*"field":"note","problem":"wrong","message":"note: 提交的文字不是 UTF-8 编码/,
  )
  for (const name of ['a\0b.csv', '\xc6\xf3\xd2\xb5.csv'])
    expect(await send(whole(part(`name="file"; filename="${name}"`, 'USCC,Name\r\n1,2')), multipart)).toMatch(
      /^200 \{"id"/,
    )
  const large = new FormData()
  large.set('file', new File([Buffer.alloc(51 * 1024 ** 2, 'x')], 'a.csv'))
  expect(await send(large)).toMatch(/^422 [\s\S]*文件超过大小上限/)
})

test('only those who keep the register may import, and only the owner sees a job', async () => {
  const id = await upload(await sheet([good(50)], 'f.xlsx'))
  await settled(id)
  for (const person of ['hao', 'qi', undefined])
    for (const [method, path] of [
      ['GET', '/import?kind=enterprise'],
      ['GET', `/import/${id}`],
      ['POST', `/import/${id}/confirm`],
    ] as const)
      expect((await s.ask(person, method, path, method === 'POST' ? '' : undefined)).status).toBe(404)
})

test('a job that is cancelled enters nothing', async () => {
  const id = await upload(await sheet([good(60)], 'g.xlsx'))
  await settled(id)
  expect((await s.ask('wen', 'POST', `/import/${id}/cancel`, '', { accept: 'application/json' })).status).toBe(200)
  expect((await confirm(id)).status).toBe(409)
  expect(await find(code(60))).toBeUndefined()
})

test('entering that was cut off half way and begun again ends as if it had never been cut', async () => {
  const path = await sheet(
    Array.from({ length: 1000 }, (_, n) => good(1000 + n)),
    'h.xlsx',
  )
  const actor = await s.town.as('wen')
  const run = { world: s.town.world, actor, path, job: 'h', lang: 'zh-CN', enter: true } as const
  const cut = enterprises.run({
    ...run,
    progress(done) {
      if (done >= 400) throw new Error('killed')
    },
  })
  await expect(cut).rejects.toThrow('killed')
  const outcome = await enterprises.run({ ...run, progress: () => undefined })
  expect(outcome).toMatchObject({ rows: 1000, counts: { entered: 1000, rejected: 0 } })
  expect((await find(code(1400)))!.version).toBe(2)
})

test('the same file again, after an enterprise was changed by hand or from another clerk, is decided anew', async () => {
  const path = await sheet([good(70), good(71)], 'i.xlsx')
  const enter = async (person: string) => {
    const id = await upload(path, person)
    expect((await settled(id, person))['state']).toBe('checked')
    await confirm(id, person)
    return (await settled(id, person))['counts']
  }
  expect(await enter('wen')).toEqual({ entered: 2, changed: 0, unchanged: 0, rejected: 0, warned: 0 })
  expect(await enter('wen')).toEqual({ entered: 0, changed: 0, unchanged: 2, rejected: 0, warned: 0 })
  expect(await enter('gui')).toEqual({ entered: 0, changed: 0, unchanged: 2, rejected: 0, warned: 0 })
  const id = code(70)
  const [before, after] = ['通化第70号药业有限公司', '手工改名']
  const { phase: _, facts: __, usccForm: ___, ...known } = (await find(id))!.state as Record<string, unknown>
  const wen = await s.town.as('wen')
  for (const person of ['wen', 'gui']) {
    await s.town.done(wen, 'enterprise', 'enter', { ...known, name: after }, id)
    expect((await find(id))!.title).toBe(after)
    expect(await enter(person)).toEqual({ entered: 0, changed: 1, unchanged: 1, rejected: 0, warned: 0 })
    expect((await find(id))!.title).toBe(before)
  }
})

test('a row whose code is held by a record of another name updates that one', async () => {
  const known = { division: '220502', industry: '27', registeredOn: '2020-01-01', private: false }
  const gui = await s.town.as('gui')
  const { done } = await s.town.done(
    gui,
    'enterprise',
    'enter',
    { ...known, uscc: code(80), name: '窗口登记' },
    'old-number',
  )
  await s.town.done(gui, 'enterprise', 'enter', { ...known, uscc: code(81), name: '误' }, 'misread')
  const path = await sheet([good(80), good(81)], 'j.xlsx')
  for (const counts of [
    { entered: 0, changed: 2, unchanged: 0, rejected: 0, warned: 0 },
    { entered: 0, changed: 0, unchanged: 2, rejected: 0, warned: 0 },
  ]) {
    const id = await upload(path)
    expect((await settled(id))['counts']).toEqual(counts)
    await confirm(id)
    expect((await settled(id))['counts']).toEqual(counts)
  }
  expect((await find(done.id))!.title).toBe(good(80)['name'])
  expect(await find(code(80))).toBeUndefined()
  // One that was imported under a code that proved another's: its record keeps its name, the code goes to the other.
  const id = await upload(await sheet([good(82)], 'k.xlsx'))
  await settled(id)
  await confirm(id)
  await settled(id)
  await s.town.done(gui, 'enterprise', 'enter', { ...known, uscc: code(83), name: '改正' }, code(82))
  const again = await upload(await sheet([good(82), good(83)], 'l.xlsx'))
  expect((await settled(again))['counts']).toEqual({ entered: 1, changed: 1, unchanged: 0, rejected: 0, warned: 0 })
})

test('a row with the code of an enterprise that left is refused there, with the way out, and opens no second record', async () => {
  const known = { division: '220502', industry: '27', registeredOn: '2020-01-01', private: false }
  const gui = await s.town.as('gui')
  const leave = (id: string) => s.town.done(gui, 'enterprise', 'leave', { reason: '注销' }, id)
  // One called like its code, one with a number, and one that had taken another code by then.
  await s.town.done(gui, 'enterprise', 'enter', { ...known, uscc: code(85), name: '一' })
  await s.town.done(gui, 'enterprise', 'enter', { ...known, uscc: code(86), name: '二' }, 'numbered')
  await s.town.done(gui, 'enterprise', 'enter', { ...known, uscc: code(87), name: '三' })
  await s.town.done(gui, 'enterprise', 'enter', { ...known, uscc: code(88), name: '三' }, code(87))
  for (const id of [code(85), 'numbered', code(87)]) await leave(id)
  const id = await upload(await sheet([85, 86, 87, 88].map(good), 'left.xlsx'))
  const expected = {
    counts: { entered: 1, changed: 0, unchanged: 0, rejected: 3, warned: 0 },
    problems: [
      [2, code(85)],
      [3, 'numbered'],
      [5, code(87)],
    ].map(([row, record]) => ({
      row,
      column: '统一社会信用代码',
      reason: expect.stringMatching(new RegExp(`已退出的企业 ${record}。请打开那条记录.*“恢复”`)),
    })),
  }
  expect(await settled(id)).toMatchObject(expected)
  await confirm(id)
  expect(await settled(id)).toMatchObject(expected)
  expect(await find(code(86))).toBeUndefined()
  expect(await find(code(88))).toBeUndefined()
})
