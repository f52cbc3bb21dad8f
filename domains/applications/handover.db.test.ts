// Papers handed over between a window and the unit that decides: who gave them when, who signed for them, and the list of a day.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSheet } from '../../server/sheet/index.ts'
import { itemContent as content, paper } from '../../tests/item.ts'
import { served, type Served } from '../../tests/served.ts'

let s: Served
const folder = mkdtempSync(join(tmpdir(), 'lj-hand-over-'))
const ITEM = '11220500TAX00001'
const ids: string[] = []
beforeAll(async () => {
  s = await served()
  const materials = [
    { ...paper, material: 'M-1', materialName: '测试平面图', shared: false, originals: 1, copies: 2 },
    { ...paper, material: 'M-2', materialName: '测试共享照', shared: true },
  ]
  const hao = await s.town.as('hao')
  await s.town.done(hao, 'item', 'list', {
    ...content,
    founding: true,
    materials,
    situations: [],
    fields: [],
    code: ITEM,
    unit: 'tax',
  })
  await s.town.done(hao, 'version', 'submit', {}, `${ITEM}-V1`)
  await s.town.done(await s.town.as('xiang'), 'version', 'publish', { from: '2026-02-11' }, `${ITEM}-V1`)
  for (const applicant of [{ enterprise: 'e1' }, { applicant: '测试申请人' }])
    ids.push(
      (
        await s.town.done(await s.town.as('gui'), 'application', 'submit', {
          ...applicant,
          item: ITEM,
          version: `${ITEM}-V1`,
          contact: '赵六六',
          phone: '13912345678',
          channel: 'window',
          situations: [],
          answers: [],
          papers: [{ material: 'M-1', way: 'given' }],
          delivery: 'collect',
        })
      ).done.id,
    )
})
afterAll(async () => {
  await s.close()
  rmSync(folder, { recursive: true, force: true })
})

const give = async (who: string, id: string, name: string) =>
  s.town.give(await s.town.as(who), 'application', name, {}, id)
const list = async (who: string, query: string) => {
  const { body } = await s.ask(who, 'GET', `/api/records/application?${query}`)
  return body['items'] as readonly { readonly id: string; readonly facts: Readonly<Record<string, unknown>> }[]
}

test('each hand is kept with its time, and only in the order in which papers go', async () => {
  const [first] = ids as [string]
  expect(await give('hao', first, 'takePapers')).toMatchObject({ refused: 'handed-over-already' })
  expect(await give('hui', first, 'sendPapers')).toMatchObject({ refused: 'not-found' })
  expect(await list('gui', 'party=own&facet.sentOn=2026-02-11')).toEqual([])
  for (const id of ids) expect(await give('gui', id, 'sendPapers')).not.toHaveProperty('refused')
  s.town.set('2026-02-12T09:30:00.000+08:00')
  expect(await give('hao', first, 'takePapers')).not.toHaveProperty('refused')
  expect(await give('hao', first, 'takePapers')).toMatchObject({ refused: 'handed-over-already' })
  const facts = (await list('hao', `id=${first}`))[0]!.facts
  expect(facts).toMatchObject({
    sentAt: '2026-02-11 10:00',
    sentBy: 'gui',
    takenAt: '2026-02-12 09:30',
    takenBy: 'hao',
    onPaper: [{ name: '测试平面图', originals: 1, copies: 2 }],
  })
})

test('the list is of the day on which they left the window, for both sides and nobody else', async () => {
  for (const [who, side] of [
    ['gui', 'party=own'],
    ['hao', 'unit=own'],
  ] as const) {
    const day = await list(who, `${side}&facet.sentOn=2026-02-11`)
    expect(new Set(day.map(({ id }) => id))).toEqual(new Set(ids))
    expect(day.filter(({ facts }) => facts['takenAt'] === undefined)).toHaveLength(1)
    expect(await list(who, `${side}&facet.sentIn=2026-02`)).toHaveLength(2)
    expect(await list(who, `${side}&facet.sentOn=2026-02-12`)).toEqual([])
  }
  expect(await list('hui', 'facet.sentOn=2026-02-11')).toEqual([])
})

async function table(who: string, query: string): Promise<readonly (readonly string[])[]> {
  const response = await fetch(`${s.origin}/api/records/application/export.xlsx?${query}`, {
    headers: { cookie: await s.cookie(who) },
  })
  expect(response.status).toBe(200)
  const file = join(folder, 'list.xlsx')
  writeFileSync(file, Buffer.from(await response.arrayBuffer()))
  const rows: string[][] = []
  for await (const row of readSheet(file, { maxRows: 100, maxColumns: 40 }))
    rows.push(row.cells.map((cell) => String(cell?.value ?? '')))
  return rows
}

test('the table holds what is asked for, in words, and masks what the list masks', async () => {
  const rows = await table(
    'gui',
    'facet.sentOn=2026-02-11&columns=item,onPaper,sentAt,sentBy,takenBy,phone,nothing,title',
  )
  expect(rows[0]).toEqual(
    expect.arrayContaining(['事项', '移交的纸质材料', '移交时间', '移交人', '签收人', '联系电话']),
  )
  expect(rows).toHaveLength(3)
  const said = rows.flat().join('|')
  for (const one of ['测试平面图', '原件份数 1', '复印件份数 2', '2026-02-11 10:00', 'gui某', 'hao某'])
    expect(said).toContain(one)
  expect(said).not.toContain('13912345678')
  expect(await table('hui', 'facet.sentOn=2026-02-11&columns=phone')).toHaveLength(1)
  // Nothing that has a name was asked for: it is the list as it stands.
  expect((await table('gui', 'columns=constructor,__proto__'))[0]).toContain('申请方式')
})

test('what somebody has decided in a month is found by both', async () => {
  const [id] = ids as [string]
  await s.town.done(await s.town.as('hao'), 'application', 'accept', {}, id)
  const results = content.results.map(({ result }) => ({ result, number: '测许1号' }))
  await s.town.done(await s.town.as('hao'), 'application', 'decide', { outcome: 'approved', results }, id)
  expect((await list('tou', 'facet.decidedBy=hao&facet.decidedIn=2026-02')).map((one) => one.id)).toEqual([id])
  expect(await list('tou', 'facet.decidedBy=tou&facet.decidedIn=2026-02')).toEqual([])
  expect(await list('tou', 'facet.decidedBy=hao&facet.decidedIn=2026-03')).toEqual([])
})
