// The portal: server-rendered pages for enterprises and the public, whole without JavaScript.
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Actor } from '../../kernel/access.ts'
import { may } from '../../kernel/access.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import type { Kind } from '../../kernel/domain.ts'
import { opens } from '../../kernel/door.ts'
import { languages, type Language } from '../../kernel/texts.ts'
import { namesIn } from '../case.ts'
import { cleanedForm } from '../clean.ts'
import { bearerCookie } from '../code.ts'
import type { C, Env } from '../env.ts'
import { isMultipart, LIMITS, readMultipart, type Upload } from '../files/index.ts'
import type { Importer } from '../import/index.ts'
import { inside } from '../inside.ts'
import { pagePolicy } from '../policy.ts'
import { problem, problemJson } from '../problem.ts'
import { say } from '../say.ts'
import type { World } from '../world.ts'
import { accessPagesOf } from './access.ts'
import { accounts, type SignIn } from './account.ts'
import { applications } from './apply/index.ts'
import { assets } from './asset.ts'
import { deadlines } from './deadline.ts'
import { decisions } from './decision.ts'
import { supplies } from './benefit-supply.ts'
import { benefits } from './benefit.ts'
import { bookings } from './booking.ts'
import { figures, recentFigures, type Figures } from './figure.ts'
import { follows } from './follow.ts'
import type { Accepts, Around, Field, Form } from './form.ts'
import { halls } from './hall.ts'
import { homes } from './home.ts'
import { imports } from './import.ts'
import { items } from './item/index.ts'
import { journeys } from './journey.ts'
import { ladders } from './ladder.ts'
import { page, type Html, type Look } from './layout.ts'
import { papers } from './paper.ts'
import { records } from './record.ts'
import { reference } from './reference.ts'
import { representatives } from './representative.ts'
import { rules } from './rule.ts'
import { signIns } from './sign-in.ts'
import { sizes } from './size.ts'
import { starts } from './start.ts'
import { statements } from './statement.ts'
import { words } from './texts.ts'

export type PortalOptions = {
  readonly demo: boolean
  /** The address under which people reach this: printed on papers. */
  readonly origin: string
  /** Whether cookies may only travel over https. */
  readonly secure: boolean
  readonly accepts: Accepts
  /** Takes one uploaded file for this actor: its id, or what is wrong with it in the actor's words. */
  upload(file: Upload, actor: Actor, lang: Language): Promise<{ readonly id: string } | { readonly problem: string }>
  /** Bytes that a form with files may have. */
  readonly largestForm: number
  files(ids: readonly string[]): Promise<readonly Attachment[]>
  readonly signIn: SignIn
  readonly importer: Importer
}

export type Attachment = {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly state: 'clean' | 'unscanned' | 'quarantined' | 'infected'
}

type Sent = { readonly title: string; readonly body: Html; readonly wrong?: boolean; readonly sheet?: string }

/** What the pages share. */
export type Portal = {
  readonly world: World
  readonly options: PortalOptions
  readonly figures: Figures
  /** What this visitor may begin: every command with a start page that is open to him. */
  doors(
    c: C,
  ): readonly { readonly kind: string; readonly command: string; readonly title: string; readonly who: string }[]
  send(c: C, sent: Sent, status?: number): Promise<Response>
  missing(c: C): Promise<Response>
  /** The body of a form, whichever way it was encoded. */
  form(c: C): Promise<Form>
  /** The body of a form with files, which are kept as they arrive; their ids stand where its fields expect them. */
  take(
    c: C,
    fields: readonly Field[],
  ): Promise<{ readonly form: Form; readonly problems: Readonly<Record<string, string>> }>
  around(c: C, kind: Kind, data: Readonly<Record<string, unknown>>): Promise<Around>
  /** The kept files whose ids stand in these facts. */
  files(data: Readonly<Record<string, unknown>>): Promise<readonly Attachment[]>
  /** Lets this browser see the record whose code it has just shown. */
  bear(c: C, code: string): void
}

/** Names of kept files by id. */
function fileNames(files: readonly Attachment[]): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ id, name }) => [id, name]))
}

const pack = promisify(gzip)
const packs = (c: C) => /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')

export function portal(world: World, options: PortalOptions): Hono<Env> {
  const { cache, registry } = world
  const http = new Hono<Env>()
  const cookie = { path: '/', httpOnly: true, sameSite: 'Lax', secure: options.secure } as const

  const cityName = async (lang: Language) => {
    const root = [...(await cache.units()).all.values()].find((unit) => unit.parent === undefined)
    return root ? (lang === 'en' ? root.nameEn : root.name) : ''
  }
  const lookOf = (c: C): Look => ({
    print: getCookie(c, 'print') === 'large' ? 'large' : undefined,
    theme: (['dark', 'light'] as const).find((one) => one === getCookie(c, 'theme')),
  })

  const self: Portal = {
    world,
    options,
    figures: recentFigures(world),
    doors(c) {
      const lang = c.get('lang')
      return [...registry.kinds.values()].flatMap(({ definition, texts }) =>
        Object.entries(texts[lang].starts ?? {}).flatMap(([command, { who }]) => {
          const spec = definition.commands[command]
          if (!spec || !opens(definition, command) || !may(spec.by, c.get('actor'))) return []
          return [{ kind: definition.kind, command, title: texts[lang].commands[command] ?? command, who }]
        }),
      )
    },
    async send(c, { title, body, wrong = false, sheet }, status = 200) {
      const lang = c.get('lang')
      const path = c.req.path
      const city = await cityName(lang)
      const whole = page({
        lang,
        title,
        body,
        wrong,
        sheet,
        path,
        // A form that was sent and shown again has no address of its own to come back to.
        here: c.req.method === 'GET' ? `${path}${new URL(c.req.url).search}` : path,
        city,
        actor: c.get('actor'),
        look: lookOf(c),
        demo: options.demo,
        today: dateWords(dateOf(world.around.now()), lang),
      })
      c.header('content-security-policy', pagePolicy)
      c.header('vary', 'accept-encoding')
      if (!packs(c)) return c.html(whole as Promise<string>, status as ContentfulStatusCode)
      c.header('content-encoding', 'gzip')
      c.header('content-type', 'text/html; charset=utf-8')
      return c.body(await pack(String(await whole)), status as ContentfulStatusCode)
    },
    missing(c) {
      const t = words[c.get('lang')]
      if (/^application\/(problem\+)?json/.test(c.req.header('accept') ?? ''))
        return Promise.resolve(problemJson(c, problem(404, 'not-found', t.notFound)))
      const body = html`<h1>${t.notFound}</h1>
        <p class="read">${t.notFoundNote}</p>
        <p class="row"><a href="/">${t.home}</a> <a href="/follow">${t.follow}</a></p>`
      return self.send(c, { title: t.notFound, body }, 404)
    },
    form: async (c) => cleanedForm((await c.req.parseBody({ all: true })) as Form),
    async take(c, fields) {
      if (!isMultipart(c.req.raw)) return { form: await self.form(c), problems: {} }
      const lang = c.get('lang')
      const names = fields.filter((field) => field.widget === 'files').map((field) => field.name)
      // Small files are dealt with side by side; what came of them is told in the order in which they were chosen.
      const came: { field: string; id?: string; problem?: string }[] = []
      const {
        fields: given,
        garbled,
        stopped,
      } = await readMultipart(c.req.raw, options.largestForm, async (part, file) => {
        const field = names.find((one) => part === `${one}-new`)
        if (field === undefined) return
        const mine: (typeof came)[number] = { field }
        came.push(mine)
        const answer = await options.upload(file, c.get('actor'), lang)
        if ('id' in answer) mine.id = answer.id
        else mine.problem = `${file.name}${lang === 'en' ? ': ' : '：'}${answer.problem}`
      })
      const form: Record<string, Form[string]> = cleanedForm(given as Form)
      const problems: Record<string, string> = {}
      for (const { name } of fields)
        if (garbled.some((one) => one === name || one.startsWith(`${name}.`))) problems[name] = say(lang, 'not-utf-8')
      for (const name of names) {
        const kept = form[name]
        const mine = came.filter((one) => one.field === name)
        form[name] = [
          ...(kept === undefined ? [] : typeof kept === 'string' ? [kept] : kept),
          ...mine.flatMap((one) => one.id ?? []),
        ]
        const told = mine.flatMap((one) => one.problem ?? [])
        if (stopped) told.push(words[lang].uploadStopped[stopped].replace('{most}', String(LIMITS.files)))
        if (told.length > 0) problems[name] = told.join(lang === 'en' ? ' ' : '')
      }
      return { form, problems }
    },
    async around(c, kind, data) {
      const lang = c.get('lang')
      const actor = c.get('actor')
      const units = await cache.units()
      const mine = actor.subjects.filter((who) => who.startsWith('enterprise:')).map((who) => who.slice(11))
      const named = await namesIn(world, actor, [{ kind, data: [{ ...data, enterprise: mine }] }], lang)
      return {
        kind,
        lang,
        actor,
        units: [...units.all.values()].map((one) => ({ id: one.unit, name: lang === 'en' ? one.nameEn : one.name })),
        names: { ...named, ...fileNames(await self.files(data)) },
        upload: options.accepts,
        codes: registry.codes,
      }
    },
    files(data) {
      const ids = Object.values(data)
        .flat()
        .filter((one): one is string => typeof one === 'string' && /^[0-9a-f]{32}$/.test(one))
      return ids.length === 0 ? Promise.resolve([]) : options.files(ids)
    },
    bear: (c, code) => setCookie(c, bearerCookie, code, { ...cookie, maxAge: 3600 }),
  }

  http.get('/assets/:name', (c) => {
    const asset = assets[c.req.param('name')]
    if (!asset) return c.notFound()
    // Under its stamp a file never changes; without it, it is asked for anew.
    const stamped = c.req.url.endsWith(`?${asset.stamp}`)
    c.header('cache-control', stamped ? 'public, max-age=31536000, immutable' : 'no-cache')
    c.header('vary', 'accept-encoding')
    const headers = { 'content-type': asset.type, 'x-content-type-options': 'nosniff' }
    if (!packs(c)) return c.body(asset.text, 200, headers)
    return c.body(asset.packed, 200, { ...headers, 'content-encoding': 'gzip' })
  })

  http.post('/preferences', async (c) => {
    const given = await self.form(c)
    const year = 365 * 24 * 3600
    const lang = languages.find((one) => one === given['lang'])
    if (lang) setCookie(c, 'lang', lang, { ...cookie, httpOnly: false, maxAge: year })
    for (const [name, allowed] of [
      ['print', ['large', 'normal']],
      ['theme', ['dark', 'light']],
    ] as const) {
      const value = allowed.find((one) => one === given[name])
      if (value) setCookie(c, name, value, { ...cookie, httpOnly: false, maxAge: year })
    }
    return c.redirect(inside(given['next']) ?? '/', 303)
  })

  homes(http, self)
  applications(http, self)
  starts(http, self)
  journeys(http, self)
  items(http, self)
  accessPagesOf(http, self)
  follows(http, self)
  records(http, self)
  papers(http, self)
  figures(http, self)
  rules(http, self)
  deadlines(http, self)
  sizes(http, self)
  signIns(http, self)
  accounts(http, self)
  reference(http, self)
  statements(http, self)
  benefits(http, self)
  supplies(http, self)
  ladders(http, self)
  bookings(http, self)
  halls(http, self)
  representatives(http, self)
  decisions(http, self)
  imports(http, self, options.importer)
  http.all('*', (c) => self.missing(c))
  return http
}
