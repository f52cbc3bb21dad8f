// A list as a workbook: the same rows as the list, in words, personal data masked, the download itself recorded.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { served, type Served } from '../tests/served.ts'
import { readSheet } from './sheet/index.ts'

let s: Served
const folder = mkdtempSync(join(tmpdir(), 'lj-export-'))
beforeAll(async () => {
  s = await served()
})
afterAll(async () => {
  await s.close()
  rmSync(folder, { recursive: true, force: true })
})

async function sheet(person: string | undefined, path: string): Promise<string[][]> {
  const response = await fetch(`${s.origin}${path}`, {
    headers: person === undefined ? {} : { cookie: await s.cookie(person) },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment;/)
  const file = join(folder, 'list.xlsx')
  writeFileSync(file, Buffer.from(await response.arrayBuffer()))
  const rows: string[][] = []
  for await (const row of readSheet(file, { maxRows: 2000, maxColumns: 50 }))
    rows.push(row.cells.map((cell) => String(cell?.value ?? '')))
  return rows
}

test('holds what the list holds for this person, more than a page of it, and nothing that is a formula', async () => {
  for (let at = 0; at < 620; at += 100)
    await s.ask('fen', 'POST', '/api/batch', {
      commands: Array.from({ length: Math.min(100, 620 - at) }, (_, one) => ({
        kind: 'appeal',
        name: 'raise',
        input: {
          title: one === 0 && at === 0 ? '=1+1' : `第 ${at + one} 件`,
          body: '停电。',
          matter: 'difficulty',
          line: 'communication',
          channel: 'web',
          enterprise: 'e1',
          phone: '13900001234',
        },
      })),
    })
  const rows = await sheet('fen', '/api/records/appeal/export.xlsx')
  expect(rows[0]).toEqual(expect.arrayContaining(['编号', '诉求', '诉求类别', '环节', '到期日', '时限']))
  expect(rows).toHaveLength(621)
  expect(rows.flat()).toContain('堵点难点痛点')
  expect(rows.flat()).toContain('=1+1')
  expect(rows.flat().join('|')).not.toContain('13900001234')
  expect(await sheet('bie', '/api/records/appeal/export.xlsx')).toHaveLength(1)
  expect(await sheet(undefined, '/api/records/appeal/export.xlsx')).toHaveLength(1)
})

test('is narrowed as the list is, and speaks the reader’s language', async () => {
  const rows = await sheet('fen', '/api/records/appeal/export.xlsx?phase=closed&lang=en')
  expect(rows).toHaveLength(1)
  expect(rows[0]).toContain('Stage')
})

test('is recorded, and an unknown list is no list', async () => {
  const looks = (await s.ask('shen', 'GET', '/api/looks?limit=100')).body['items'] as { what: string; actor: string }[]
  expect(looks.filter((one) => one.what === 'export' && one.actor === 'fen')).toHaveLength(2)
  expect((await s.ask('fen', 'GET', '/api/records/nothing/export.xlsx')).status).toBe(404)
})
