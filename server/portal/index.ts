// The portal: server-rendered pages for enterprises and the public, whole without JavaScript.
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Actor } from '../../kernel/access.ts'
import { may } from '../../kernel/access.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import type { Kind } from '../../kernel/domain.ts'
import { opens } from '../../kernel/door.ts'
import { languages, type Language } from '../../kernel/texts.ts'
import { figureValue } from '../../store/tally.ts'
import { namesIn } from '../case.ts'
import type { C, Env } from '../env.ts'
import { pagePolicy } from '../policy.ts'
import { cleanedForm } from '../clean.ts'
import type { World } from '../world.ts'
import { accounts, type SignIn } from './account.ts'
import { deadlines } from './deadline.ts'
import { figures } from './figure.ts'
import type { Around, Field, Form } from './form.ts'
import type { Importer } from '../import/index.ts'
import { imports } from './import.ts'
import { journeys } from './journey.ts'
import { assets, page, type Html, type Look } from './layout.ts'
import { valueWords } from './part.ts'
import { records } from './record.ts'
import { reference } from './reference.ts'
import { words } from './texts.ts'

export type PortalOptions = {
  readonly demo: boolean
  /** Whether cookies may only travel over https. */
  readonly secure: boolean
  /** The largest upload, in words. */
  readonly uploadLimit: string
  /** Takes one uploaded file for this actor: its id, or what is wrong with it in the actor's words. */
  upload(file: File, actor: Actor, lang: Language): Promise<{ readonly id: string } | { readonly problem: string }>
  /** Names of kept files by id. */
  fileNames(ids: readonly string[]): Promise<Readonly<Record<string, string>>>
  readonly signIn: SignIn
  readonly importer: Importer
}

type Sent = { readonly title: string; readonly body: Html; readonly wrong?: boolean; readonly head?: Html }

/** What the pages share. */
export type Portal = {
  readonly world: World
  readonly options: PortalOptions
  send(c: C, sent: Sent, status?: number): Promise<Response>
  missing(c: C): Promise<Response>
  /** The body of a form, whichever way it was encoded. */
  form(c: C): Promise<Form>
  /** Stores the files of a form and puts their ids where its fields expect them. */
  take(
    c: C,
    fields: readonly Field[],
    form: Form,
  ): Promise<{ readonly form: Form; readonly problems: Readonly<Record<string, string>> }>
  around(c: C, kind: Kind, data: Readonly<Record<string, unknown>>): Promise<Around>
  files(data: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, string>>>
  /** Lets this browser see the record whose code it has just shown. */
  bear(c: C, code: string): void
}

/** The cookie that carries the code of the record that was last looked up. */
export const bearerCookie = 'record'

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
    async send(c, { title, body, wrong = false, head }, status = 200) {
      const lang = c.get('lang')
      const path = c.req.path
      const city = await cityName(lang)
      const whole = page({
        lang,
        title,
        body,
        wrong,
        path,
        city,
        actor: c.get('actor'),
        look: lookOf(c),
        demo: options.demo,
        ...(head && { head }),
      })
      c.header('content-security-policy', pagePolicy)
      c.header('referrer-policy', 'no-referrer')
      return c.html(whole as Promise<string>, status as ContentfulStatusCode)
    },
    missing(c) {
      const t = words[c.get('lang')]
      const body = html`<h1>${t.notFound}</h1>
        <p class="read">${t.notFoundNote}</p>
        <p class="row"><a href="/">${t.home}</a> <a href="/follow">${t.follow}</a></p>`
      return self.send(c, { title: t.notFound, body }, 404)
    },
    form: async (c) => cleanedForm((await c.req.parseBody({ all: true })) as Form),
    async take(c, fields, form) {
      const taken: Record<string, Form[string]> = { ...form }
      const problems: Record<string, string> = {}
      for (const field of fields.filter((one) => one.widget === 'files')) {
        const given = form[`${field.name}-new`]
        const files = (Array.isArray(given) ? (given as readonly unknown[]) : [given]).filter(
          (one): one is File => one instanceof File && one.size > 0,
        )
        const kept = form[field.name]
        const ids = [...(Array.isArray(kept) ? (kept as string[]) : typeof kept === 'string' ? [kept] : [])]
        for (const file of files) {
          const answer = await options.upload(file, c.get('actor'), c.get('lang'))
          if ('id' in answer) ids.push(answer.id)
          else problems[field.name] = `${file.name}: ${answer.problem}`
        }
        taken[field.name] = ids
        delete taken[`${field.name}-new`]
      }
      return { form: taken, problems }
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
        names: { ...named, ...(await self.files(data)) },
        upload: options.uploadLimit,
        codes: registry.codes,
      }
    },
    files(data) {
      const ids = Object.values(data)
        .flat()
        .filter((one): one is string => typeof one === 'string' && /^[0-9a-f]{32}$/.test(one))
      return ids.length === 0 ? Promise.resolve({}) : options.fileNames(ids)
    },
    bear: (c, code) => setCookie(c, bearerCookie, code, { ...cookie, maxAge: 12 * 3600 }),
  }

  http.get('/assets/:name', (c) => {
    const asset = assets[c.req.param('name')]
    if (!asset) return c.notFound()
    // Under its stamp a file never changes; without it, it is asked for anew.
    const stamped = c.req.url.endsWith(`?${asset.stamp}`)
    c.header('cache-control', stamped ? 'public, max-age=31536000, immutable' : 'no-cache')
    return c.body(asset.text, 200, { 'content-type': asset.type, 'x-content-type-options': 'nosniff' })
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
    const next = typeof given['next'] === 'string' && /^\/(?![/\\])/.test(given['next']) ? given['next'] : '/'
    return c.redirect(next, 303)
  })

  http.get('/', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const actor = c.get('actor')
    const today = dateOf(world.around.now())
    const public_ = [...registry.figures.values()].filter((figure) => figure.public)
    const values = await Promise.all(
      public_.map((figure) => figureValue(world.database, world.city, figure, { on: today })),
    )
    const doors = [...registry.kinds.values()].flatMap((kind) =>
      Object.keys(kind.texts[lang].starts ?? {})
        .filter((command) => {
          const spec = kind.definition.commands[command]
          return spec && opens(kind.definition, command) && may(spec.by, actor)
        })
        .map((command) => ({ kind, command })),
    )
    return self.send(c, {
      title: t.home,
      body: html`<h1>${t.tagline}</h1>
        <p class="read">${t.lead}</p>
        <ul class="doors">
          ${doors.map(
            ({ kind, command }) =>
              html`<li>
                <a href="/start/${kind.definition.kind}/${command}">${kind.texts[lang].commands[command]}</a>
                <p class="soft">${kind.texts[lang].starts?.[command]?.who}</p>
              </li>`,
          )}
          <li>
            <a href="/follow">${t.follow}</a>
            <p class="soft">${t.number} · ${t.queryCode}</p>
          </li>
          <li>
            <a href="/clock">${t.calculator}</a>
            <p class="soft">${t.calcLead}</p>
          </li>
        </ul>
        <h2>${t.figures}</h2>
        <ul class="figures">
          ${public_.map(
            (figure, place) =>
              html`<li>
                <a href="/figures/${figure.id}">${figure.texts[lang].name}</a>
                <p class="value">${valueWords(values[place]!.value, figure.unit, lang)}</p>
              </li>`,
          )}
        </ul>`,
    })
  })

  journeys(http, self)
  records(http, self)
  figures(http, self)
  deadlines(http, self)
  accounts(http, self)
  reference(http, self)
  imports(http, self, options.importer)
  http.all('*', (c) => self.missing(c))
  return http
}
