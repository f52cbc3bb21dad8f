// One address for everything: health and metrics, the JSON interface, the portal, the desks.
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { nobody, type Actor } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import { languages, type Language } from '../kernel/texts.ts'
import { api } from './api.ts'
import { asked } from './asked.ts'
import { desk } from './desk.ts'
import { bearerCookie, hashOfCode } from './code.ts'
import { inUtf8 } from './encoding.ts'
import type { C, Env } from './env.ts'
import { isMultipart } from './files/index.ts'
import { carried, visitorLimit } from './guard.ts'
import type { Live } from './live.ts'
import type { Metrics } from './observe.ts'
import { exporting } from './export.ts'
import { sameOrigin } from './identity/index.ts'
import { openApi } from './openapi.ts'
import { portal, type PortalOptions } from './portal/index.ts'
import { failurePage } from './portal/layout.ts'
import { pagePolicy } from './policy.ts'
import { problem, problemJson } from './problem.ts'
import { say } from './say.ts'
import type { World } from './world.ts'

/**
 * `waiting`: signed in, but a second factor is still to be shown; until then like anybody. `ended`: shows a session that is
 * none any more.
 */
export type Visitor = {
  readonly person?: string
  readonly via: string
  readonly waiting: boolean
  readonly ended: boolean
}

export type AppOptions = {
  /** Who is behind a request: a session's person, or nobody. */
  identify(request: Request): Promise<Visitor>
  /** Has a browser forget a session that has ended. */
  forget(c: C): void
  /** Hears failures of ours; the visitor only hears that it was one. */
  onFailure(error: unknown, request: Request): void
  readonly metrics: Metrics
  /** Whether the metrics are for whoever asks. */
  readonly readsMetrics: (c: Context) => boolean
  readonly live: Live
  readonly demo: boolean
  readonly portal: PortalOptions
  /** The address under which people reach this. */
  readonly origin: string
  /** The host that serves attachments, when it is another one. */
  readonly filesHost?: string | undefined
  /** The address a request comes from. */
  readonly addressOf: (c: Context) => string
  /** How often visitors at one address may submit something within ten minutes; 0 is without limit. */
  readonly visitorLimit: number
  /** Where the built desks are. */
  readonly deskFolder: string
  /** Routes of their own: signing in, attachments, import. They come before the generated ones. */
  readonly more: readonly Hono<Env>[]
}

export function app(world: World, options: AppOptions): Hono<Env> {
  const { city, registry, cache, around } = world
  const http = new Hono<Env>()

  http.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    options.onFailure(error, c.req.raw)
    const gone = /ECONN|terminat|connect|57P0|Connection/.test(
      `${error.message} ${(error as { code?: string }).code ?? ''}`,
    )
    const lang = languageOf(c)
    const [status, code] = gone ? ([503, 'unavailable'] as const) : ([500, 'failure'] as const)
    return failure(c, lang, status, code, say(lang, code))
  })
  const limit = visitorLimit(options.visitorLimit, options.addressOf)

  http.use(options.metrics.watch)
  http.use(carried(options.origin.startsWith('https:')))
  // The host of the files gives files out and nothing else.
  http.use((c, next) => {
    const elsewhere = options.filesHost !== undefined && c.req.header('host') === options.filesHost
    return elsewhere && !c.req.path.startsWith('/files/')
      ? Promise.resolve(problemJson(c, problem(404, 'no-such-address', say(languageOf(c), 'no-such-address'))))
      : next()
  })
  // A sign that no text may hold stands in no address of ours.
  http.use((c, next) => {
    if (!/%00/.test(c.req.url)) return next()
    const lang = languageOf(c)
    const [name] = Object.entries(c.req.queries()).find(([, values]) => values.some((one) => one.includes('\0'))) ?? []
    return Promise.resolve(failure(c, lang, 400, 'wrong-sign', say(lang, 'wrong-sign', { where: name ?? '…' })))
  })
  http.get('/health', (c) => c.json({ ok: true }))
  http.get('/ready', async (c) => {
    const writes = async () => {
      await cache.refresh()
      // A standby, or one that an administrator closed, is read but takes no command.
      const { rows } = await world.database.query(`select current_setting('transaction_read_only') = 'off' as open`)
      return rows[0]?.['open'] === true
    }
    if (await writes().catch(() => false)) return c.json({ ready: true, city })
    return problemJson(c, problem(503, 'unavailable', say(languageOf(c), 'unavailable')))
  })
  http.get('/metrics', async (c) => {
    if (!options.readsMetrics(c)) return problemJson(c, problem(403, 'only-local', say(languageOf(c), 'only-local')))
    return c.text(await options.metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
  })
  http.route('/', desk(options.deskFolder))

  http.use(async (c, next) => {
    c.set('lang', languageOf(c))
    if (c.req.path.startsWith('/assets/')) return next()
    const [visitor] = await Promise.all([options.identify(c.req.raw), cache.refresh()])
    const bearer = c.req.query('code') ?? c.req.header('x-record-code') ?? getCookie(c, bearerCookie)
    const token = bearer === undefined ? undefined : hashOfCode(bearer)
    const person = visitor.person === undefined ? undefined : await cache.actor(visitor.person, dateOf(around.now()))
    const actor: Actor = { ...(person ?? nobody), via: visitor.via, ...(token !== undefined && { token }) }
    c.set('actor', actor)
    // What somebody sends believing to be signed in is not taken from him as from anybody.
    const supposed = c.req.header('x-person')
    const sends = visitor.ended && !SAFE.has(c.req.method) && !c.req.path.startsWith('/auth/')
    if (visitor.ended && !c.req.path.startsWith('/api/')) options.forget(c)
    if (sends || (supposed !== undefined && supposed !== actor.id))
      return failure(c, c.get('lang'), 401, 'session-ended', say(c.get('lang'), 'session-ended'))
    if (visitor.waiting && c.req.path.startsWith('/account') && c.req.path !== '/account/factor')
      return c.redirect('/account/factor', 303)
    // Whoever tries codes is counted as whoever submits something.
    const tries = !SAFE.has(c.req.method) || c.req.path.startsWith('/verify/')
    const minutes = actor.id === nobody.id && tries ? limit(c) : 0
    if (minutes > 0) {
      c.header('retry-after', String(minutes * 60))
      return failure(c, c.get('lang'), 429, 'too-many', say(c.get('lang'), 'too-many', { minutes }))
    }
    await next()
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  })
  http.use(sameOrigin(options.origin))
  // Files stream to disk under limits of their own; a form without files is held in memory.
  const form = bodyLimit({
    maxSize: LARGEST_FORM,
    onError: (c) => failure(c as C, languageOf(c as C), 413, 'too-large', say(languageOf(c as C), 'too-large')),
  })
  http.use((c, next) => (SAFE.has(c.req.method) || isUpload(c) ? next() : form(c, next)))
  http.use(inUtf8((c) => failure(c, languageOf(c), 400, 'not-utf-8', say(languageOf(c), 'not-utf-8'))))
  http.use(asked(openApi(registry, city)))
  for (const one of options.more) http.route('/', one)
  http.route('/', exporting(world))
  http.route('/', api(world, options))
  http.route('/', portal(world, options.portal))
  return http
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Bytes. */
const LARGEST_FORM = 1_000_000

/** The addresses that read a body with files as it arrives, under limits of their own. */
const UPLOADS = /^\/(api\/files$|import$|draft\/[^/]+\/page\/|record\/)/

function isUpload(c: C): boolean {
  return UPLOADS.test(c.req.path) && (c.req.header('x-file-name') !== undefined || isMultipart(c.req.raw))
}

/** A page for a person, JSON for a program. */
function failure(c: C, lang: Language, status: ContentfulStatusCode, code: string, detail: string) {
  if (!wantsPage(c)) return problemJson(c, problem(status, code, detail))
  c.header('content-security-policy', pagePolicy)
  return c.html(failurePage(lang, detail, { theirs: status < 500, signIn: status === 401 }) as Promise<string>, status)
}

/** Whether a person is looking at a page, or a program is waiting for JSON. */
function wantsPage(c: C): boolean {
  return !/^\/(api|auth)\//.test(c.req.path) && (c.req.header('accept') ?? '').includes('text/html')
}

export function languageOf(c: C): Language {
  const chosen = c.req.query('lang') ?? getCookie(c, 'lang')
  return languages.find((lang) => chosen === lang) ?? spoken(chosen ?? c.req.header('accept-language') ?? '')
}

/** The language of ours that a browser asks for first (RFC 9110, 12.5.4); Chinese where it asks for none. */
function spoken(asked: string): Language {
  const ranges = asked.split(',').map((part) => {
    const [range = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const weight = Number(/^q=([\d.]+)$/.exec(parameters[0] ?? '')?.[1] ?? 1)
    return { range, weight: Number.isNaN(weight) ? 0 : weight }
  })
  const best = ranges
    .filter(({ range, weight }) => weight > 0 && /^(zh|en)\b/.test(range))
    .toSorted((a, b) => b.weight - a.weight)[0]
  return best?.range.startsWith('en') ? 'en' : 'zh-CN'
}
