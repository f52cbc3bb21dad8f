// Batches of payments: by whom, to which account, and what becomes of what the bank sends back.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readSheet } from '../../server/sheet/index.ts'
import { compareRecords } from '../../store/rebuild.ts'
import { findRecord } from '../../store/read.ts'
import { dictionaryLaid, given, observed, policyInForce } from '../../tests/benefit.ts'
import { served, type Served } from '../../tests/served.ts'
import { wednesday, type Town } from '../../tests/world.ts'

let s: Served
let t: Town
let policy: string
beforeAll(async () => {
  s = await served()
  t = s.town
  await dictionaryLaid(t)
  policy = await policyInForce(t)
  await observed(t, 'e1', '1000')
  await observed(t, 'e2', '1000')
})
afterAll(() => s.close())
beforeEach(() => t.set(wednesday))

const done = async (who: string, kind: string, name: string, input: object = {}, id?: string) =>
  (await t.done(await t.as(who), kind, name, input, id)).done.id
const give = async (who: string, kind: string, name: string, input: object, id?: string) =>
  t.give(await t.as(who), kind, name, input, id)
const state = async (kind: string, id: string) => (await findRecord(t.world.database, 'town', kind, id))!.state

/** A claim that has been approved; its id. */
async function approved(benefit: string, enterprise: string): Promise<string> {
  t.set(wednesday)
  const id = await done('hao', 'claim', 'list', { benefit, enterprise, year: '2026' })
  await done('hao', 'claim', 'consent', { evidence: '测试' }, id)
  await done('hao', 'claim', 'publicise', {}, id)
  t.set('2026-03-02T10:00:00.000+08:00')
  await done('tou', 'claim', 'approve', {}, id)
  return id
}
const open = () => done('hao', 'batch', 'open', { unit: 'tax', name: '测拨〔2026〕1号' })
const account = (enterprise: string, number = '2200 1234-5678 90') => ({ enterprise, bank: '测试银行', number })

describe('the account of an enterprise', () => {
  test('is named by itself, or by the policy manager with what it handed in', async () => {
    expect(await give('bie', 'profile', 'bank', account('e1'), 'e1')).toMatchObject({ refused: 'not-found' })
    expect(await give('hao', 'profile', 'bank', account('e1'), 'e1')).toMatchObject({ refused: 'not-permitted' })
    expect(await give('zheng', 'profile', 'bank', account('e1'), 'e1')).toMatchObject({ refused: 'evidence-missing' })
    for (const number of ['12 34', '1 - - - - - 2', '1'.repeat(41)])
      expect(await give('qi', 'profile', 'bank', account('e1', number), 'e1')).toMatchObject({
        refused: 'invalid-input',
        fields: [{ field: 'number' }],
      })
    await done('qi', 'profile', 'bank', account('e1'), 'e1')
    expect(await state('profile', 'e1')).toMatchObject({ account: { bank: '测试银行', number: '22001234567890' } })
    expect(await give('qi', 'profile', 'bank', account('e1', '22001234567890'), 'e1')).toMatchObject({
      refused: 'same-account',
    })
    // Only those who keep it read it in full.
    const seen = async (who: string) => (await s.ask(who, 'GET', '/api/records/profile/e1')).body['facts'] as object
    expect(await seen('zheng')).toMatchObject({ number: '22001234567890' })
    expect(JSON.stringify(await seen('hao'))).not.toContain('22001234567890')
  })
})

describe('a batch of payments', () => {
  test('takes approved claims of its own unit whose account is known, is sent by somebody else, and pays what has arrived', async () => {
    const benefit = await given(t, policy)
    const [one, other] = [await approved(benefit, 'e1'), await approved(benefit, 'e2')]
    expect(await give('hui', 'batch', 'open', { unit: 'tax', name: '测' })).toMatchObject({ refused: 'not-your-unit' })
    const batch = await open()
    expect(await give('tou', 'batch', 'send', {}, batch)).toMatchObject({ refused: 'nothing-to-pay' })
    expect(await give('hao', 'claim', 'enlist', { batch: 'PC-none' }, one)).toMatchObject({ refused: 'batch-not-open' })
    const foreign = await done('hui', 'batch', 'open', { unit: 'labour', name: '测他' })
    expect(await give('hao', 'claim', 'enlist', { batch: foreign }, one)).toMatchObject({
      refused: 'batch-of-another-unit',
    })
    await done('hao', 'claim', 'enlist', { batch }, one)
    expect(await give('hao', 'claim', 'enlist', { batch }, other)).toMatchObject({ refused: 'account-missing' })
    await done('zheng', 'profile', 'bank', { ...account('e2', '33001234567890'), evidence: '测试说明' }, 'e2')
    await done('hao', 'claim', 'enlist', { batch }, other)
    // What is in a batch goes on there alone.
    const paid = { batch: '测', receipt: '测', paidOn: '2026-03-02' }
    expect(await give('hao', 'claim', 'enlist', { batch }, one)).toMatchObject({ refused: 'in-a-batch' })
    expect(await give('hao', 'claim', 'pay', paid, one)).toMatchObject({ refused: 'in-a-batch' })
    expect(await give('ce', 'claim', 'recall', { reason: '测' }, one)).toMatchObject({ refused: 'in-a-batch' })

    const file = (who: string) => s.ask(who, 'GET', `/api/payments/${batch}/file.xlsx`)
    expect((await file('hao')).status).toBe(409)
    expect(await give('hao', 'batch', 'send', {}, batch)).toMatchObject({ refused: 'not-permitted' })
    await done('tou', 'batch', 'send', {}, batch)
    expect(await give('hao', 'batch', 'remove', { claim: one }, batch)).toMatchObject({ refused: 'not-in-this-phase' })
    for (const stranger of ['hui', 'qi', 'gui']) expect((await file(stranger)).status, stranger).toBe(404)

    const settle = { receipt: '测国库001', paidOn: '2026-03-02' }
    const failed = (claim: string) => ({ ...settle, failed: [{ claim, reason: '账号有误' }] })
    expect(await give('hao', 'batch', 'settle', { ...settle, paidOn: '2026-03-03' }, batch)).toMatchObject({
      refused: 'date-in-the-future',
    })
    expect(await give('hao', 'batch', 'settle', failed('nobody'), batch)).toMatchObject({
      refused: 'not-in-this-batch',
      field: 'failed.0.claim',
    })
    await done('hao', 'batch', 'settle', failed(other), batch)
    expect(await state('claim', one)).toMatchObject({ phase: 'paid', receipt: '测国库001' })
    expect(await state('claim', other)).toMatchObject({ phase: 'approved', reason: '账号有误' })
    expect(await state('claim', other)).not.toHaveProperty('paying')
    expect(await state('fund', benefit)).toMatchObject({ free: 8_000_000, reserved: 1_000_000, paid: 1_000_000 })

    // What came back goes into another one.
    const next = await open()
    await done('hao', 'claim', 'enlist', { batch: next }, other)
    await done('hao', 'batch', 'remove', { claim: other }, next)
    await done('hao', 'claim', 'enlist', { batch: next }, other)
    await done('tou', 'batch', 'send', {}, next)
    await done('tou', 'batch', 'void', { reason: '测试' }, next)
    expect(await state('claim', other)).not.toHaveProperty('paying')
    await done('hao', 'claim', 'pay', { ...paid }, other)
    const { differences } = await compareRecords(t.world.database, 'town', t.world.registry, await t.world.cache.law(0))
    expect(differences).toEqual([])
  })

  test('goes out as a workbook with payees, accounts in full and the total, and whoever takes it is noted', async () => {
    const benefit = await given(t, policy)
    const ids = [await approved(benefit, 'e1'), await approved(benefit, 'e2')]
    const batch = await open()
    for (const id of ids) await done('hao', 'claim', 'enlist', { batch }, id)
    await done('tou', 'batch', 'send', {}, batch)
    const answer = await fetch(`${s.origin}/api/payments/${batch}/file.xlsx`, {
      headers: { cookie: await s.cookie('hao') },
    })
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('测拨〔2026〕1号.xlsx'))
    const path = join(s.data, 'payments.xlsx')
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()))
    const rows: string[][] = []
    for await (const row of readSheet(path, { maxRows: 100, maxColumns: 20 }))
      rows.push(row.cells.map((cell) => String(cell?.value ?? '')))
    expect(rows[0]).toEqual(['收款人', '开户银行', '银行账号', '金额', '兑现事项', '兑现件'])
    expect(rows[1]).toMatchObject({ 1: '测试银行', 2: '22001234567890', 3: '10000', 4: '测试补助', 5: ids[0] })
    expect(rows.at(-1)).toEqual(['合计', '20000'])
    const { rows: looks } = await t.world.database.query(`select 1 from look where record = $1 and what = 'export'`, [
      batch,
    ])
    expect(looks).toHaveLength(1)
  })
})
