// The frame of every portal page: header, navigation, content, footer; plain HTML that works without JavaScript.
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '../../kernel/access.ts'
import type { Language } from '../../kernel/texts.ts'
import { words } from './texts.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export type PageOptions = {
  readonly lang: Language
  readonly title: string
  readonly body: Html
  readonly actor?: Actor
  /** The path of this page: what the preferences come back to and what the navigation marks as current. */
  readonly path?: string
  readonly look?: Look
  /** The city's name and whether it is the example city. */
  readonly city?: string
  readonly demo?: boolean
  /** The page says that something must be corrected: its title begins with that. */
  readonly wrong?: boolean
  readonly head?: Html
}

/** What a visitor prefers, kept in a cookie: print size and theme. */
export type Look = { readonly print?: 'large' | undefined; readonly theme?: 'dark' | 'light' | undefined }

const load = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')
const css = load('portal.css')
const tokens = load('tokens.css')
const js = load('portal.js')
const stamp = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10)

/** What the pages load, by name: its text and media type. The stamp in the address changes with the text. */
export const assets: Readonly<
  Record<string, { readonly text: string; readonly type: string; readonly stamp: string }>
> = {
  'tokens.css': { text: tokens, type: 'text/css; charset=utf-8', stamp: stamp(tokens) },
  'portal.css': { text: css, type: 'text/css; charset=utf-8', stamp: stamp(css) },
  'portal.js': { text: js, type: 'text/javascript; charset=utf-8', stamp: stamp(js) },
}

/** A seal with the first sign of the name. */
const icon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f5c99"/><text x="16" y="23" font-size="20" text-anchor="middle" fill="#fff">两</text></svg>')}`

const address = (name: string) => `/assets/${name}?${assets[name]!.stamp}`

/** A whole page. */
export function page(options: PageOptions): Html {
  const { lang, title, body, actor, path = '/', look = {}, city = '', demo = false, wrong = false, head } = options
  const t = words[lang]
  const signedIn = (actor?.subjects.length ?? 0) > 0 || (actor?.posts.length ?? 0) > 0
  const link = (to: string, text: string) =>
    html`<li><a href="${to}" ${path === to ? raw('aria-current="page"') : ''}>${text}</a></li>`
  const preference = (name: string, value: string, text: string) =>
    html`<button class="plain" name="${name}" value="${value}">${text}</button>`
  return html`<!doctype html>
    <html lang="${lang}" ${attribute('data-print', look.print)} ${attribute('data-theme', look.theme)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${wrong ? t.problemTitle : ''}${title} · ${t.product} ${city}</title>
        <link rel="stylesheet" href="${address('tokens.css')}" />
        <link rel="stylesheet" href="${address('portal.css')}" />
        <script type="module" src="${address('portal.js')}"></script>
        <link rel="icon" href="${icon}" />
        ${head ?? ''}
      </head>
      <body>
        <a class="skip" href="#main">${t.skip}</a>
        <header class="bar">
          <div>
            <a class="mark" href="/">${t.product}<small>${city}</small></a>
            <nav aria-label="${t.main}">
              <ul>
                ${link('/follow', t.follow)} ${link('/figures', t.figures)} ${link('/clock', t.calculator)}
                ${signedIn ? link('/mine', t.mine) : ''}
              </ul>
            </nav>
            <div class="self">
              ${(actor?.posts.length ?? 0) > 0 ? html`<a href="/desk/">${t.desk}</a>` : ''}
              ${
                signedIn
                  ? html`<a href="/account">${actor?.name}</a>
                      <form method="post" action="/auth/sign-out"><button class="plain">${t.signOut}</button></form>`
                  : html`<a href="/sign-in?next=${encodeURIComponent(path)}">${t.signIn}</a>`
              }
            </div>
          </div>
        </header>
        <main id="main" tabindex="-1">
          <p id="offline" class="told" role="status">${t.offline}</p>
          ${body}
        </main>
        <footer>
          <div>
            <span>${demo ? t.synthetic : ''}</span>
            <form method="post" action="/preferences">
              <input type="hidden" name="next" value="${path}" />
              ${preference('lang', lang === 'en' ? 'zh-CN' : 'en', t.language)}
              ${preference('print', look.print === 'large' ? 'normal' : 'large', look.print === 'large' ? t.normal : t.large)}
              ${preference('theme', look.theme === 'dark' ? 'light' : 'dark', look.theme === 'dark' ? t.light : t.dark)}
            </form>
            <a href="/api">${t.api}</a>
          </div>
        </footer>
      </body>
    </html>`
}

function attribute(name: string, value: string | undefined) {
  return value === undefined ? '' : html`${raw(name)}="${value}"`
}

/** When nothing else can be shown: no name, no city, nothing that would have to be asked for. */
export function failurePage(lang: Language, detail: string): Html {
  const t = words[lang]
  const body = html`<h1>${t.failure}</h1>
    <p class="read">${detail}</p>
    <p><a href="/">${t.home}</a></p>`
  return page({ lang, title: t.failure, body })
}
