// The HTTP interface: every route is made from the definitions, and every write goes through the door.
import { Hono, type Context as Http } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { streamSSE } from 'hono/streaming'
import { createHash } from 'node:crypto'
import { nobody, visible, type Actor, type Branch } from '../kernel/access.ts'
import { dateOf, isCivilDate } from '../kernel/clock/date.ts'
import type { Kind } from '../kernel/domain.ts'
import { execute, type Command } from '../kernel/door.ts'
import type { Figure } from '../kernel/tally/figure.ts'
import { languages, type Language } from '../kernel/texts.ts'
import { countRecords, findRecord, historyOf, listRecords, searchRecords, type Wanted } from '../store/read.ts'
import { recordLook, namesOf, chainOf, changedSince } from '../store/trace.ts'
import { figureValue, openFigure } from '../store/tally.ts'
import { admits } from '../kernel/access.ts'
import { openApi } from './openapi.ts'
import { problem, problemOf } from './problem.ts'
import { metaOf } from './schema.ts'
import { detailed, listed, reveals, unitName } from './view.ts'
import type { World } from './world.ts'

export type Visitor = { readonly person?: string | undefined; readonly via: string }
type Env = { Variables: { actor: Actor; lang: Language } }
type C = Http<Env>

export type AppOptions = {
  /** Who is behind a request: a session's person, or nobody. */
  identify(request: Request): Promise<Visitor>
  /** Hears failures of ours; the visitor only hears that it was one. */
  onFailure(error: unknown, request: Request): void
  readonly demo: boolean
}

const LARGEST_BODY = 1_000_000

export function app(world: World, options: AppOptions): Hono<Env> {
  const { database, city, registry, cache, around } = world
  const http = new Hono<Env>()

  http.onError((error, c) => {
    options.onFailure(error, c.req.raw)
    const gone = /ECONN|terminat|connect|57P0|Connection/.test(
      `${error.message} ${(error as { code?: string }).code ?? ''}`,
    )
    const said = say(c, gone ? 'unavailable' : 'failure')
    return json(c, problem(gone ? 503 : 500, gone ? 'unavailable' : 'failure', said), gone ? 503 : 500)
  })
  http.notFound((c) => json(c, problem(404, 'no-such-address', say(c, 'no-such-address')), 404))

  http.get('/health', (c) => c.json({ ok: true }))
  http.get('/ready', async (c) => {
    try {
      await cache.refresh()
      return c.json({ ready: true, city })
    } catch {
      return json(c, problem(503, 'unavailable', say(c, 'unavailable')), 503)
    }
  })

  http.use('/api/*', async (c, next) => {
    c.set('lang', languageOf(c))
    const [visitor] = await Promise.all([options.identify(c.req.raw), cache.refresh()])
    const bearer = c.req.query('code') ?? c.req.header('x-record-code')
    const token = bearer === undefined ? undefined : createHash('sha256').update(bearer).digest('base64url')
    const person = visitor.person === undefined ? undefined : await cache.actor(visitor.person, dateOf(around.now()))
    c.set('actor', { ...(person ?? nobody), via: visitor.via, ...(token !== undefined && { token }) })
    await next()
    c.header('cache-control', 'no-store')
    c.header('x-content-type-options', 'nosniff')
  })

  http.get('/openapi.json', (c) => c.json(openApi(registry, city)))
  http.get('/api/meta', (c) => c.json(metaOf(registry, city, c.get('lang'))))

  http.get('/api/me', async (c) => {
    const actor = c.get('actor')
    const units = await cache.units()
    const posts = actor.posts.map(({ role, unit }) => ({ role, unit, unitName: unitName(units, unit, c.get('lang')) }))
    return c.json({
      id: actor.id,
      name: actor.name,
      anonymous: actor.id === nobody.id,
      posts,
      subjects: actor.subjects,
      demo: options.demo,
    })
  })

  http.get('/api/records/:kind', async (c) => {
    const kind = kindOf(c)
    if (kind instanceof Response) return kind
    const { definition } = kind
    const actor = c.get('actor')
    const branches = visible(definition.sees, actor)
    const units = await cache.units()
    const text = c.req.query('q')?.trim()
    if (text) {
      const rows = await searchRecords(database, city, branches, [definition.kind], text.slice(0, 100), limitOf(c))
      return c.json({ items: rows.map((row) => listed(definition, row, units, c.get('lang'))), next: null })
    }
    const wanted = wantedOf(c, definition.kind, actor)
    const [page, total] = await Promise.all([
      listRecords(database, city, branches, wanted),
      c.req.query('count') === 'yes' ? countRecords(database, city, branches, wanted) : undefined,
    ])
    const items = page.items.map((row) => listed(definition, row, units, c.get('lang')))
    return c.json({ items, next: page.next, total })
  })

  http.get('/api/records/:kind/:id', async (c) => {
    const kind = kindOf(c)
    if (kind instanceof Response) return kind
    const { definition } = kind
    const actor = c.get('actor')
    const lang = c.get('lang')
    const row = await findRecord(database, city, definition.kind, c.req.param('id'))
    if (!row || !admits(visible(definition.sees, actor), definition.index(row.state, row.id)))
      return refused(c, 'not-found', definition.kind)
    const [history, units, law] = await Promise.all([
      historyOf(database, city, row.kind, row.id),
      cache.units(),
      cache.law(0),
    ])
    const names = await namesOf(database, city, [...new Set(history.map((event) => event.actor))])
    if (reveals(definition, row, actor)) await recordLook(database, city, actor.id, 'personal-data', row, around.now())
    const view = detailed(definition, row, history, actor, law, units, names, around.now(), lang)
    const links = await chainOf(database, city, row)
    const chain = links.filter((link) => {
      const other = registry.kinds.get(link.row.kind)?.definition
      return other && admits(visible(other.sees, actor), other.index(link.row.state, link.row.id))
    })
    return c.json({
      ...view,
      chain: chain.map(({ relation, row: one }) => ({
        relation,
        kind: one.kind,
        id: one.id,
        title: one.title,
        phase: one.phase,
      })),
      files: [],
    })
  })

  const command = async (c: C, id: string | undefined) => {
    const kind = kindOf(c)
    if (kind instanceof Response) return kind
    const body = await bodyOf(c)
    if (body instanceof Response) return body
    const given: Command = {
      kind: kind.definition.kind,
      name: c.req.param('command')!,
      input: body.input,
      id,
      key: body.key ?? c.req.header('idempotency-key'),
      expects: body.expects,
    }
    const answer = await execute(around, c.get('actor'), given)
    if ('refused' in answer) {
      const said = problemOf(registry, answer, c.get('lang'))
      return json(c, said, said.status)
    }
    return c.json(answer)
  }
  const limited = bodyLimit({
    maxSize: LARGEST_BODY,
    onError: (c) => json(c as C, problem(413, 'too-large', say(c as C, 'too-large')), 413),
  })
  http.post('/api/records/:kind/:command', limited, (c) => command(c, undefined))
  http.post('/api/records/:kind/:id/:command', limited, (c) => command(c, c.req.param('id')))

  http.get('/api/figures', async (c) => {
    const asOf = asOfOf(c)
    if (asOf instanceof Response) return asOf
    const shown = [...registry.figures.values()].filter((figure) => figure.public || c.get('actor').posts.length > 0)
    return c.json(await Promise.all(shown.map((figure) => figureView(figure, asOf, c.get('lang')))))
  })
  http.get('/api/figures/:id', async (c) => {
    const figure = registry.figures.get(c.req.param('id'))
    const asOf = asOfOf(c)
    if (asOf instanceof Response) return asOf
    if (!figure || !(figure.public || c.get('actor').posts.length > 0))
      return json(c, problem(404, 'not-found', say(c, 'no-such-figure')), 404)
    return c.json(await figureView(figure, asOf, c.get('lang')))
  })
  http.get('/api/figures/:id/records', async (c) => {
    const figure = registry.figures.get(c.req.param('id'))
    const asOf = asOfOf(c)
    if (asOf instanceof Response) return asOf
    if (!figure) return json(c, problem(404, 'not-found', say(c, 'no-such-figure')), 404)
    const actor = c.get('actor')
    const ways = new Map<string, readonly Branch[]>(
      [...registry.kinds].map(([name, kind]) => [name, visible(kind.definition.sees, actor)]),
    )
    const opened = await openFigure(database, city, figure, { on: asOf }, ways, limitOf(c))
    const units = await cache.units()
    const items = opened.items.map((row) => listed(registry.kinds.get(row.kind)!.definition, row, units, c.get('lang')))
    return c.json({ items, visible: opened.visible, hidden: opened.hidden })
  })

  http.get('/api/live', (c) =>
    streamSSE(c, async (stream) => {
      const actor = c.get('actor')
      let position = await changedSince(database, city, null).then((found) => found.position)
      while (!stream.aborted) {
        await stream.sleep(1000)
        const changes = await changedSince(database, city, position)
        position = changes.position
        for (const row of changes.rows) {
          const definition = registry.kinds.get(row.kind)?.definition
          if (definition && admits(visible(definition.sees, actor), definition.index(row.state, row.id)))
            await stream.writeSSE({ data: JSON.stringify({ kind: row.kind, id: row.id, version: row.version }) })
        }
      }
    }),
  )

  return http

  function kindOf(c: C): Kind | Response {
    return registry.kinds.get(c.req.param('kind')!) ?? refused(c, 'unknown-kind', c.req.param('kind')!)
  }
  function refused(c: C, code: string, kind: string): Response {
    const said = problemOf(registry, { refused: code, kind }, c.get('lang'))
    return json(c, said, said.status)
  }
  async function figureView(figure: Figure, on: string, lang: Language) {
    const value = await figureValue(database, city, figure, { on })
    return { id: figure.id, unit: figure.unit, asOf: on, ...figure.texts[lang], ...value }
  }
  function asOfOf(c: C): string | Response {
    const today = dateOf(around.now())
    const given = c.req.query('asOf')
    if (given === undefined || given === '') return today
    if (!isCivilDate(given) || given > today)
      return json(
        c,
        problem(422, 'no-such-date', say(c, 'no-such-date'), [
          { field: 'asOf', problem: 'no-such-date', message: say(c, 'no-such-date') },
        ]),
        422,
      )
    return given
  }
}

type Body = { readonly input: unknown; readonly key?: string | undefined; readonly expects?: number | undefined }

async function bodyOf(c: C): Promise<Body | Response> {
  const bad = (field: string) =>
    json(
      c,
      problem(
        400,
        'malformed',
        say(c, 'malformed'),
        field === '' ? undefined : [{ field, problem: 'wrong-type', message: say(c, 'malformed') }],
      ),
      400,
    )
  if (!c.req.header('content-type')?.startsWith('application/json'))
    return json(c, problem(415, 'not-json', say(c, 'not-json')), 415)
  let parsed: unknown
  try {
    parsed = JSON.parse(await c.req.text())
  } catch {
    return bad('')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return bad('')
  const { input = {}, key, expects, ...others } = parsed as Record<string, unknown>
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined) return bad(unknown)
  if (key !== undefined && (typeof key !== 'string' || key.length === 0 || key.length > 200)) return bad('key')
  if (expects !== undefined && !Number.isInteger(expects)) return bad('expects')
  return { input, key: key as string | undefined, expects: expects as number | undefined }
}

function wantedOf(c: C, kind: string, actor: Actor): Wanted {
  const query = c.req.query()
  const facets = Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (name.startsWith('facet.') ? [[name.slice(6), value]] : [])),
  )
  const list = (value: string | undefined) => (value ? value.split(',').slice(0, 50) : undefined)
  return {
    kind,
    open: query['open'] === 'yes' ? true : query['open'] === 'no' ? false : undefined,
    phases: list(query['phase']),
    units: list(query['unit']),
    facets: { ...facets, ...(query['mine'] === 'yes' && actor.posts.length > 0 && { handler: actor.id }) },
    ...(query['mine'] === 'yes' && actor.posts.length === 0 && { who: actor.subjects }),
    order: query['order'] === 'due' ? 'due' : 'created',
    after: query['cursor'],
    limit: limitOf(c),
  }
}

function limitOf(c: C): number {
  const given = Number(c.req.query('limit') ?? 20)
  return Number.isInteger(given) && given > 0 ? Math.min(given, 100) : 20
}

function languageOf(c: C): Language {
  const cookie = /(?:^|;\s*)lang=([\w-]+)/.exec(c.req.header('cookie') ?? '')?.[1]
  const asked = c.req.query('lang') ?? cookie ?? c.req.header('accept-language') ?? ''
  return languages.find((lang) => asked === lang) ?? (/^en\b/i.test(asked) ? 'en' : 'zh-CN')
}

const SAID = {
  'zh-CN': {
    unavailable: '系统暂时无法保存，请稍后再试；重试时内容不会重复提交。',
    failure: '系统出了问题，已经记录下来。请稍后再试；重试时内容不会重复提交。',
    'no-such-address': '没有这个地址，请检查后再试。',
    'no-such-figure': '没有这个指标。',
    'no-such-date': '请填写今天或今天以前、确实存在的日期，例如 2026-05-09。',
    malformed: '请求的内容无法识别，应为 {"input": {…}, "key": "…", "expects": 1}。',
    'not-json': '请以 application/json 格式提交。',
    'too-large': '提交的内容过大，文字内容不得超过 1 MB；附件请单独上传。',
  },
  en: {
    unavailable: 'Nothing can be saved at the moment. Try again shortly; trying again never submits twice.',
    failure:
      'Something went wrong on our side and has been noted. Try again shortly; trying again never submits twice.',
    'no-such-address': 'There is no such address.',
    'no-such-figure': 'There is no such figure.',
    'no-such-date': 'Enter a date that exists, today or earlier, such as 2026-05-09.',
    malformed: 'The request cannot be read; it should be {"input": {…}, "key": "…", "expects": 1}.',
    'not-json': 'Submit as application/json.',
    'too-large': 'What was submitted is too large: text may have 1 MB; upload attachments separately.',
  },
} as const satisfies Record<Language, Record<string, string>>

function say(c: C, what: keyof (typeof SAID)['en']): string {
  return SAID[languageOf(c)][what]
}

function json(
  c: { header(name: string, value: string): void; body(text: string, status: 400): Response },
  body: unknown,
  status: number,
): Response {
  c.header('content-type', 'application/problem+json; charset=utf-8')
  return c.body(JSON.stringify(body), status as 400)
}
