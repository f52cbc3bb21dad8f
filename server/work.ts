// What desks are made from, beside the records themselves: who one is, the queues with their counts, search, the trail.
import { Hono } from 'hono'
import { admits, may, nobody, visible, type Actor } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import type { Kind } from '../kernel/domain.ts'
import { opens } from '../kernel/door.ts'
import type { Language } from '../kernel/texts.ts'
import { countByUnit, countRecords, findRecord, type Row } from '../store/read.ts'
import { earlierUnits, searchRecords, similarRecords } from '../store/search.ts'
import { looks, namesOf } from '../store/trace.ts'
import { wrongParameter } from './asked.ts'
import { readableTitles } from './case.ts'
import type { C, Env } from './env.ts'
import { limitOf, rowsOf, wantedOf, waysTo } from './list.ts'
import { problemJson, problemOf } from './problem.ts'
import { unitName } from './view.ts'
import type { World } from './world.ts'

/** A queue's count beyond which nobody asks how many more. */
const MANY = 100

export function work(world: World, demo: boolean): Hono<Env> {
  const { database, city, registry, cache, around } = world
  const http = new Hono<Env>()

  http.get('/api/me', async (c) => {
    const actor = c.get('actor')
    const lang = c.get('lang')
    const units = await cache.units()
    const posts = actor.posts.map(({ role, unit }) => ({ role, unit, unitName: unitName(units, unit, lang) }))
    const root = [...units.all.values()].find((unit) => unit.parent === undefined)
    const { id, name, subjects } = actor
    return c.json({
      id,
      name,
      anonymous: id === nobody.id,
      posts,
      subjects,
      today: dateOf(around.now()),
      demo,
      place: root ? unitName(units, root.unit, lang) : '',
      ...reachOf([...registry.kinds.values()], actor),
    })
  })

  http.get('/api/queues', async (c) => {
    const actor = c.get('actor')
    const asked = [...registry.kinds.values()].flatMap((kind) =>
      Object.entries(kind.definition.queues ?? {})
        .filter(([, { on }]) => actor.posts.some((post) => on[post.role] !== undefined))
        .flatMap(([queue, { views }]) => Object.entries(views).map(([view, query]) => ({ kind, queue, view, query })))
        // What is done with is not waiting for anybody, however much of it there is.
        .filter(({ query }) => query['open'] !== 'no'),
    )
    const items = await Promise.all(
      asked.map(async ({ kind, queue, view, query }) => {
        const wanted = wantedOf(query, kind.definition.kind, actor, around.now())
        const count = await countRecords(database, city, waysTo(c, kind), wanted, MANY)
        return { kind: kind.definition.kind, queue, view, count }
      }),
    )
    return c.json({ items, many: MANY })
  })

  http.get('/api/search', async (c) => {
    const asked = (c.req.query('kinds') ?? '').split(',').filter((name) => name !== '')
    if (asked.some((name) => !registry.kinds.has(name)))
      return wrongParameter(c, 'kinds', 'not-an-option', { expected: [...registry.kinds.keys()].join(' / ') })
    const kinds = asked.length > 0 ? asked : [...registry.kinds.keys()]
    const text = (c.req.query('q') ?? '').trim().slice(0, 100)
    const limit = Math.min(limitOf(c.req.query()), 20)
    const [named, ...found] = await Promise.all([
      numbered(c, text),
      ...kinds.map((kind) =>
        searchRecords(database, city, waysTo(c, registry.kinds.get(kind)!), { kind, limit }, text),
      ),
    ])
    const rows = [...(named ? [named] : []), ...found.flat().filter((row) => row.id !== named?.id)]
    return c.json(await rowsOf(world, c, rows))
  })

  http.get('/api/summary/:kind', async (c) => {
    const kind = registry.kinds.get(c.req.param('kind'))
    if (!kind) return refused(c, 'unknown-kind')
    const units = await cache.units()
    const rows = await countByUnit(database, city, waysTo(c, kind), kind.definition.kind, around.now())
    return c.json({ items: rows.map((row) => ({ ...row, unitName: unitName(units, row.unit, c.get('lang')) })) })
  })

  /** Records that may be about the same thing: open, and in nearly the same words. */
  http.get('/api/records/:kind/:id/similar', async (c) => {
    const like = await likenessOf(c)
    return like
      ? c.json(await rowsOf(world, c, await similarRecords(database, city, waysTo(c, like.of), like, 5)))
      : refused(c, 'not-found')
  })

  /** Where earlier records in like words were sent. */
  http.get('/api/records/:kind/:id/earlier', async (c) => {
    const like = await likenessOf(c)
    if (!like) return refused(c, 'not-found')
    const [units, found] = await Promise.all([cache.units(), earlierUnits(database, city, waysTo(c, like.of), like, 3)])
    const lang: Language = c.get('lang')
    return c.json({ items: found.map((one) => ({ ...one, unitName: unitName(units, one.unit, lang) })) })
  })

  http.get('/api/looks', async (c) => {
    if (!c.get('actor').posts.some((post) => post.role === 'audit-admin')) return refused(c, 'not-permitted')
    const { what, actor, kind, record, cursor = '' } = c.req.query()
    const [at = '', id = ''] = cursor.split('~')
    if (cursor !== '' && (id === '' || Number.isNaN(Date.parse(at))))
      return wrongParameter(c, 'cursor', 'no-such-cursor')
    const after = cursor === '' ? undefined : { at, id }
    const limit = limitOf(c.req.query())
    const rows = await looks(database, city, { what, actor, kind, record, after, limit })
    const refs = [...new Set(rows.map((row) => `${row.kind}/${row.record}`))]
    const [names, titles] = await Promise.all([
      namesOf(database, city, [...new Set(rows.map((row) => row.actor))]),
      readableTitles(
        world,
        c.get('actor'),
        refs.map((one) => one.split(/\/(.*)/s) as [string, string]),
      ),
    ])
    return c.json({
      items: rows.map((row) => ({
        ...row,
        actorName: names.get(row.actor) ?? '',
        title: titles.get(`${row.kind}/${row.record}`) ?? '',
      })),
      next: rows.length === limit ? `${rows.at(-1)!.at.toISOString()}~${rows.at(-1)!.id}` : null,
    })
  })

  return http

  /** The record whose number somebody typed in. */
  async function numbered(c: C, text: string): Promise<Row | undefined> {
    const id = text.toUpperCase()
    if (!/^[A-Z]{2}\d{6}-/.test(id)) return undefined
    const kind = [...registry.kinds.values()].find(({ definition }) => id.startsWith(definition.code))
    return kind && seen(c, kind, id)
  }

  async function seen(c: C, kind: Kind, id: string): Promise<Row | undefined> {
    const row = await findRecord(database, city, kind.definition.kind, id)
    return row && admits(waysTo(c, kind), kind.definition.index(row.state, id)) ? row : undefined
  }

  async function likenessOf(c: C) {
    const of = registry.kinds.get(c.req.param('kind') ?? '')
    const row = of && (await seen(c, of, c.req.param('id') ?? ''))
    return row && { of, kind: row.kind, id: row.id, title: row.title }
  }

  function refused(c: C, code: string): Response {
    return problemJson(c, problemOf(registry, { refused: code, kind: c.req.param('kind') ?? '' }, c.get('lang')))
  }
}

/** The kinds of record that an actor may see by post, and the commands with which the actor may open one. */
function reachOf(kinds: readonly Kind[], actor: Actor) {
  const inOffice = { ...actor, subjects: [], token: undefined }
  const sees = kinds.filter(({ definition }) => visible(definition.sees, inOffice).length > 0)
  const opening = kinds.flatMap(({ definition }) => {
    const names = Object.entries(definition.commands)
      .filter(([name, spec]) => !spec.inner && opens(definition, name) && may(spec.by, actor))
      .filter(([, spec]) => spec.fits?.(definition.initial, actor) ?? true)
      .map(([name]) => name)
    return names.length === 0 ? [] : [[definition.kind, names] as const]
  })
  return { sees: sees.map(({ definition }) => definition.kind), opens: Object.fromEntries(opening) }
}
