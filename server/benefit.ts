// A benefit as a file that other engines of rules and editors of tables open.
import { Hono } from 'hono'
import { benefit, contentOf, modelOf, type Benefit } from '../domains/policies/index.ts'
import { admits, visible } from '../kernel/access.ts'
import { editions, type DmnEdition } from '../kernel/rules/dmn.ts'
import { writeDmn } from '../kernel/rules/dmn-write.ts'
import { findRecord } from '../store/read.ts'
import type { Env } from './env.ts'
import { dictionaryOf } from './match.ts'
import { problemJson, problemOf } from './problem.ts'
import type { World } from './world.ts'

export function benefitRoutes(world: World): Hono<Env> {
  const { database, city, registry } = world
  const http = new Hono<Env>()

  /** What is in force, or else what is drafted; `edition` of DMN, without it the one that dmn-js opens. */
  http.get('/api/benefits/:id/model.dmn', async (c) => {
    const row = await findRecord(database, city, 'benefit', c.req.param('id'))
    const sees =
      row && admits(visible(benefit.sees, c.get('actor')), benefit.index(row.state as unknown as Benefit, row.id))
    const content = sees && contentOf(row.state as unknown as Benefit)
    if (!content) return problemJson(c, problemOf(registry, { refused: 'not-found', kind: 'benefit' }, c.get('lang')))
    const edition = (Object.keys(editions) as DmnEdition[]).find((one) => one === c.req.query('edition')) ?? '1.3'
    const name = encodeURIComponent(`${content.name}.dmn`)
    return c.body(writeDmn(modelOf(row.id, content, await dictionaryOf(world)), edition), 200, {
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="benefit.dmn"; filename*=UTF-8''${name}`,
    })
  })
  return http
}
