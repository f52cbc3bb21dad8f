// The growth ladder over HTTP: where an enterprise stands, and the city's funnel with the list behind each number.
import { Hono } from 'hono'
import { behinds } from '../domains/ladder/index.ts'
import type { C, Env } from './env.ts'
import { behindOf, funnelOf, seesFunnel } from './funnel.ts'
import { ladderOf } from './ladder.ts'
import { problemJson, problemOf } from './problem.ts'
import type { World } from './world.ts'

export function ladderRoutes(world: World): Hono<Env> {
  const http = new Hono<Env>()

  /** For itself, and for those who see its facts. */
  http.get('/api/standing/:enterprise', async (c) => {
    const found = await ladderOf(world, c.get('actor'), c.req.param('enterprise'))
    return found ? c.json(found) : refused(c, 'not-found', 'profile')
  })
  /** How many stand on each rung, might stand and lack one thing; and who they are. For those who work with recognitions. */
  http.get('/api/ladder', async (c) =>
    seesFunnel(c.get('actor')) ? c.json(await funnelOf(world)) : refused(c, 'not-permitted', 'recognition'),
  )
  http.get('/api/ladder/:rung/:part', async (c) => {
    if (!seesFunnel(c.get('actor'))) return refused(c, 'not-permitted', 'recognition')
    const part = behinds.find((one) => one === c.req.param('part'))
    const found = part && (await behindOf(world, c.req.param('rung'), part))
    return found ? c.json(found) : refused(c, 'not-found', 'rung')
  })
  return http

  function refused(c: C, code: string, kind: string): Response {
    return problemJson(c, problemOf(world.registry, { refused: code, kind }, c.get('lang')))
  }
}
