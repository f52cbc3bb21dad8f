// The frame of every portal page: header, navigation, content, footer; plain HTML that works without JavaScript.
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Actor } from '../../kernel/access.ts'
import type { Language } from '../../kernel/texts.ts'
import { address } from './asset.ts'
import { benefitWords } from './benefit-texts.ts'
import { decisionWords } from './decision-texts.ts'
import { itemWords } from './item/texts.ts'
import { statementLinks } from './statement.ts'
import { words } from './texts.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export type PageOptions = {
  readonly lang: Language
  readonly title: string
  readonly body: Html
  readonly actor?: Actor
  /** The path of this page: what the navigation marks as current. */
  readonly path?: string
  /** The address that the preferences come back to. */
  readonly here?: string
  readonly look?: Look
  /** The city's name and whether it is the example city. */
  readonly city?: string
  readonly demo?: boolean
  /** The page says that something must be corrected: its title begins with that. */
  readonly wrong?: boolean
  /** The day in words, for what is printed. */
  readonly today?: string
  /** A sheet of styles that this page needs besides the common one. */
  readonly sheet?: string | undefined
}

/** What a visitor prefers, kept in a cookie: print size and theme. */
export type Look = { readonly print?: 'large' | undefined; readonly theme?: 'dark' | 'light' | undefined }

/** A seal with the first sign of the name. */
const icon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f5c99"/><text x="16" y="23" font-size="20" text-anchor="middle" fill="#fff">两</text></svg>')}`

/** A whole page. */
export function page(options: PageOptions): Html {
  const { lang, title, body, actor, path = '/', here = path, look = {}, city = '', demo = false } = options
  const { wrong = false, today = '', sheet } = options
  const t = words[lang]
  const signedIn = (actor?.subjects.length ?? 0) > 0 || (actor?.posts.length ?? 0) > 0
  const link = (to: string, text: string) => {
    const current = path === to ? 'page' : path.startsWith(`${to}/`) ? 'true' : undefined
    return html`<li><a href="${to}" ${current === undefined ? '' : html`aria-current="${current}"`}>${text}</a></li>`
  }
  const preference = (name: string, value: string, text: string, of?: string) =>
    html`<button class="plain" name="${name}" value="${value}" ${of === undefined ? '' : html`lang="${of}"`}>
      ${text}
    </button>`
  return html`<!doctype html>
    <html lang="${lang}" ${attribute('data-print', look.print)} ${attribute('data-theme', look.theme)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${wrong ? t.problemTitle : ''}${title} · ${t.product} ${city}</title>
        <link rel="stylesheet" href="${address('page.css')}" />
        ${sheet === undefined ? '' : html`<link rel="stylesheet" href="${address(sheet)}" />`}
        <script type="module" src="${address('portal.js')}"></script>
        <link rel="icon" href="${icon}" />
      </head>
      <body>
        <a class="skip" href="#main">${t.skip}</a>
        <header>
          <div class="strip">
            <div>
              <span>${demo ? t.synthetic : ''}</span>
              <form method="post" action="/preferences" aria-label="${t.preferences}">
                <input type="hidden" name="next" value="${here}" />
                ${preference('lang', lang === 'en' ? 'zh-CN' : 'en', t.language, lang === 'en' ? 'zh-CN' : 'en')}
                ${preference('print', look.print === 'large' ? 'normal' : 'large', look.print === 'large' ? t.normal : t.large)}
                ${preference('theme', look.theme === 'dark' ? 'light' : 'dark', look.theme === 'dark' ? t.light : t.dark)}
              </form>
            </div>
          </div>
          <div class="bar">
            <div>
              <a class="mark" href="/"
                ><span class="seal" aria-hidden="true">两</span>${t.product}<small>${city}</small></a
              >
              <div class="self">
                ${(actor?.posts.length ?? 0) > 0 ? html`<a href="/desk/">${t.desk}</a>` : ''}
                ${
                  signedIn
                    ? html`<a href="/account">${actor?.name}</a>
                        <form method="post" action="/auth/sign-out"><button class="plain">${t.signOut}</button></form>`
                    : html`<a href="/sign-in?next=${encodeURIComponent(here)}">${t.signIn}</a>`
                }
              </div>
              <nav aria-label="${t.main}">
                <ul>
                  ${link('/items', itemWords[lang].items)} ${link('/benefits', benefitWords[lang].nav)}
                  ${signedIn ? link('/mine', t.mine) : ''} ${link('/follow', t.follow)} ${link('/figures', t.figures)}
                  ${link('/rules', t.rules)}
                </ul>
              </nav>
            </div>
          </div>
        </header>
        <main id="main" tabindex="-1">
          <p id="offline" class="told" role="status">${t.offline}</p>
          ${body}
        </main>
        <footer>
          <div>
            <nav aria-label="${t.about}">
              <ul>
                ${link('/decisions', decisionWords[lang].title)}
                ${statementLinks(lang).map(([to, text]) => link(to, text))} ${link('/api', t.api)}
              </ul>
            </nav>
            <span class="printonly">${t.product} ${city} · ${t.printedOn} ${today}</span>
          </div>
        </footer>
      </body>
    </html>`
}

function attribute(name: string, value: string | undefined) {
  return value === undefined ? '' : html`${raw(name)}="${value}"`
}

/**
 * When nothing else can be shown: no name, no city, nothing that would have to be asked for. `theirs`: it was not our fault;
 * `signIn`: nobody is signed in any more, which they can mend there.
 */
export function failurePage(lang: Language, detail: string, { theirs = false, signIn = false } = {}): Html {
  const t = words[lang]
  const title = theirs ? t.notDone : t.failure
  const body = html`<h1>${title}</h1>
    <p class="read">${detail}</p>
    ${signIn ? html`<p><a class="button" href="/sign-in">${t.signIn}</a></p>` : ''}
    <p><a href="/">${t.home}</a></p>`
  return page({ lang, title, body })
}
