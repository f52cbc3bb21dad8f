// Benefits as files: conditions and amount for other engines and editors of tables, payments for the treasury.
import { PassThrough, Readable } from 'node:stream'
import { Hono } from 'hono'
import { batch, benefit, contentOf, modelOf, totalOf, type Batch, type Benefit } from '../domains/policies/index.ts'
import { admits, visible } from '../kernel/access.ts'
import { editions, type DmnEdition } from '../kernel/rules/dmn.ts'
import { writeDmn } from '../kernel/rules/dmn-write.ts'
import { findRecord } from '../store/read.ts'
import { recordLook } from '../store/trace.ts'
import type { C, Env } from './env.ts'
import { dictionaryOf } from './city.ts'
import { problemJson, problemOf } from './problem.ts'
import { writeSheet } from './sheet/index.ts'
import { reveals } from './view.ts'
import type { World } from './world.ts'

export function benefitRoutes(world: World): Hono<Env> {
  const { database, city, registry, around } = world
  const http = new Hono<Env>()

  /** What is in force, or else what is drafted; `edition` of DMN, without it the one that dmn-js opens. */
  http.get('/api/benefits/:id/model.dmn', async (c) => {
    const row = await findRecord(database, city, 'benefit', c.req.param('id'))
    const state = row?.state as unknown as Benefit | undefined
    const sees = row && state && admits(visible(benefit.sees, c.get('actor')), benefit.index(state, row.id))
    const content = sees ? contentOf(state) : undefined
    if (!row || !content) return refused(c, 'not-found', 'benefit')
    const edition = (Object.keys(editions) as DmnEdition[]).find((one) => one === c.req.query('edition')) ?? '1.3'
    c.header('content-type', 'application/xml; charset=utf-8')
    saveAs(c, 'benefit.dmn', `${content.name}.dmn`)
    return c.body(writeDmn(modelOf(row.id, content, await dictionaryOf(world)), edition))
  })

  /** What the treasury is to pay, once somebody else has sent the batch; whoever takes it is noted. */
  http.get('/api/payments/:id/file.xlsx', async (c) => {
    const row = await findRecord(database, city, 'batch', c.req.param('id'))
    const state = row?.state as unknown as Batch | undefined
    if (!row || !state || state.phase === 'none' || !reveals(batch, row, c.get('actor')))
      return refused(c, 'not-found', 'batch')
    if (state.phase !== 'sent' && state.phase !== 'settled') return refused(c, 'not-in-this-phase', 'batch')
    await recordLook(database, city, c.get('actor').id, 'export', row, around.now())
    const { title, fields } = registry.kinds.get('batch')!.texts[c.get('lang')]
    const benefits = [...new Set(state.payments.map((one) => one.benefit))].map((id) => ({ kind: 'benefit', id }))
    const { records } = await around.store.load([], benefits)
    const names = new Map(records.map(({ id, state: of }) => [id, contentOf(of as Benefit)?.name]))
    const columns = [
      { key: 'holder', width: 40 },
      { key: 'bank', width: 30 },
      { key: 'number', width: 28 },
      { key: 'amount', width: 16 },
      { key: 'benefit', width: 40 },
      { key: 'claim', width: 44 },
    ].map((one) => ({ ...one, title: fields[one.key]! }))
    const paid = state.payments.map((one) => ({
      ...one,
      amount: one.amount / 100,
      benefit: names.get(one.benefit) ?? one.benefit,
    }))
    const rows = [...paid, { holder: fields['total']!, amount: totalOf(state) / 100 }]
    const out = new PassThrough()
    void writeSheet(out, { sheets: [{ name: title, columns, rows }] }).catch((error: Error) => out.destroy(error))
    c.header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    saveAs(c, 'payments.xlsx', `${state.name}.xlsx`)
    return c.body(Readable.toWeb(out) as ReadableStream)
  })
  return http

  function refused(c: C, code: string, kind: string): Response {
    return problemJson(c, problemOf(registry, { refused: code, kind }, c.get('lang')))
  }
}

function saveAs(c: C, plain: string, name: string): void {
  c.header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`)
}
