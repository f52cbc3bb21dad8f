// One's own account: where one is signed in, how one proves who one is, and the password.
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import { dateOf, moment } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import type { Language } from '../../kernel/texts.ts'
import type { C, Env } from '../env.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'
import { words } from './texts.ts'

export type Session = {
  readonly id: string
  readonly device: string
  readonly way: string
  readonly made: string
  readonly seen: string
  readonly current: boolean
}

export type DemoPerson = { readonly id: string; readonly name: string; readonly zh: string; readonly en: string }

type Refused = { readonly code: string; readonly about?: Record<string, string | number> }
type Codes = { readonly codes: readonly string[] }

/** What the pages need to know of signing in; the doing is done by the routes under /auth. */
export type SignIn = {
  readonly oidc: boolean
  readonly profile: 'asvs' | 'mlps'
  readonly people: readonly DemoPerson[]
  sessions(request: Request): Promise<readonly Session[]>
  factors(request: Request): Promise<{
    readonly totp: boolean
    readonly codes: number
    readonly passkeys: readonly { readonly id: string; readonly made: Date }[]
  }>
  /** A fresh secret for one-time codes, or why there is none now. */
  beginTotp(c: C): Promise<{ readonly secret: string; readonly uri: string } | Refused>
  /** Puts one-time codes in force: the recovery codes, or why not. */
  confirmTotp(c: C, code: string): Promise<Codes | Refused>
  renewCodes(c: C): Promise<Codes | Refused>
  /** A problem's words by its code, as the routes give it in `?problem=`. */
  problem(code: string, lang: Language, about: Readonly<Record<string, string>>): string
}

export function accounts(http: Hono<Env>, portal: Portal): void {
  const { signIn } = portal.options

  /** Back to a page with what was wrong; who must sign in anew is sent there and returns. */
  const refused = (c: C, page: string, { code, about = {} }: Refused) => {
    const told = Object.entries(about).map(([name, value]) => [name, String(value)])
    const signsIn = code === 'sign-in-again' || code === 'not-signed-in'
    const query = new URLSearchParams({ problem: code, ...Object.fromEntries(told), ...(signsIn && { next: page }) })
    return c.redirect(`${signsIn ? '/sign-in' : page}?${query}`, 303)
  }

  http.get('/account/factor', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const factors = await signIn.factors(c.req.raw)
    const code = c.req.query('problem')
    const message = code === undefined ? undefined : signIn.problem(code, lang, c.req.query())
    // Whoever has a factor shows it; whoever has none sets one up.
    const made = factors.totp ? undefined : await signIn.beginTotp(c)
    if (made && 'code' in made)
      return made.code === 'factor-required' ? passkeyOnly(c) : refused(c, '/account/factor', made)
    return portal.send(
      c,
      {
        title: t.factor,
        wrong: message !== undefined,
        body: html`${message === undefined ? '' : summaryPart('', [{ field: 'code', message }], lang)}
          <h1>${made ? t.factorSet : t.factor}</h1>
          ${
            made
              ? html`<p class="read">${t.factorHow}</p>
                  <p class="qr">${raw(renderSVG(made.uri, { border: 2 }))}</p>
                  <p>${t.factorSecret} <strong class="number">${made.secret.match(/.{1,4}/g)?.join(' ')}</strong></p>`
              : ''
          }
          <form class="stack" method="post" action="${made ? '/account/factor' : '/auth/factor'}">
            <input type="hidden" name="next" value="${made ? '/account' : '/desk/'}" />
            <div class="field ${message === undefined ? '' : 'wrong'}">
              <label for="f-code">${t.secondCode}</label>
              ${message === undefined ? '' : html`<p class="problem">${message}</p>`}
              <input
                id="f-code"
                class="short"
                name="code"
                inputmode="${made ? 'numeric' : 'text'}"
                autocomplete="one-time-code"
                required
              />
            </div>
            <button>${made ? t.factorSet : t.signIn}</button>
          </form>`,
      },
      message === undefined ? 200 : 401,
    )
  })

  /** A password alone does not do where a passkey has been set up. */
  function passkeyOnly(c: C) {
    const t = words[c.get('lang')]
    return portal.send(c, {
      title: t.factor,
      body: html`<h1>${t.factor}</h1>
        <p class="read">${t.passkeyOnly}</p>
        <p><button type="button" data-passkey hidden>${t.passkey}</button></p>`,
    })
  }

  http.post('/account/factor', async (c) => {
    const form = await portal.form(c)
    const answer = await signIn.confirmTotp(c, typeof form['code'] === 'string' ? form['code'] : '')
    return 'codes' in answer ? showCodes(c, answer.codes) : refused(c, '/account/factor', answer)
  })
  http.post('/account/codes', async (c) => {
    const answer = await signIn.renewCodes(c)
    return 'codes' in answer ? showCodes(c, answer.codes) : refused(c, '/account', answer)
  })

  function showCodes(c: C, codes: readonly string[]) {
    const t = words[c.get('lang')]
    return portal.send(c, {
      title: t.factor,
      body: html`<h1>${t.factorOn}</h1>
        <p class="read">${t.codesKeep}</p>
        <ul class="number">
          ${codes.map((code) => html`<li>${code}</li>`)}
        </ul>
        <p class="row noprint">
          <button class="second" type="button" data-printer hidden>${t.print}</button>
          <a href="/account">${t.account}</a>
        </p>`,
    })
  }

  http.get('/account', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    if (c.get('actor').subjects.length === 0) return c.redirect('/sign-in?next=/account', 303)
    const [sessions, factors] = await Promise.all([signIn.sessions(c.req.raw), signIn.factors(c.req.raw)])
    const code = c.req.query('problem')
    const message = code === undefined ? undefined : signIn.problem(code, lang, c.req.query())
    const field = code === 'wrong-code' ? 'remove' : code === 'wrong-credentials' ? 'old' : 'new'
    const wrong = (name: string) => (message !== undefined && field === name ? 'wrong' : '')
    const problem = (name: string) => (wrong(name) ? html`<p class="problem">${message}</p>` : '')
    return portal.send(
      c,
      {
        title: t.account,
        wrong: message !== undefined,
        body: html`${message === undefined ? '' : summaryPart('', [{ field, message }], lang)}
          <h1>${t.account}</h1>
          <p><strong>${c.get('actor').name}</strong> ${rolesPart(c)}</p>
          <h2>${t.sessions}</h2>
          <ul class="rows read">
            ${sessions.map((one) => sessionPart(one, lang))}
          </ul>
          ${
            sessions.length > 1
              ? html`<form method="post" action="/auth/sessions/revoke-others">
                  <input type="hidden" name="next" value="/account" /><button class="second">${t.revokeOthers}</button>
                </form>`
              : ''
          }
          <h2>${t.factor}</h2>
          <p class="read">${factors.totp ? `${t.factorOn} ${t.codesLeft} ${factors.codes}` : t.factorOff}</p>
          <div class="row">
            ${factors.totp ? '' : html`<a class="button second" href="/account/factor">${t.factorSet}</a>`}
            ${
              factors.totp
                ? html`<form method="post" action="/account/codes">
                    <button class="second">${t.codesRenew}</button>
                  </form>`
                : ''
            }
          </div>
          ${
            factors.totp
              ? html`<details ${field === 'remove' && message !== undefined ? raw('open') : ''}>
                  <summary>${t.factorRemove}</summary>
                  <form class="stack" method="post" action="/auth/totp/remove">
                    <input type="hidden" name="next" value="/account" />
                    <div class="field ${wrong('remove')}">
                      <label for="f-remove">${t.secondCode}</label>${problem('remove')}
                      <input id="f-remove" class="short" name="code" autocomplete="one-time-code" required />
                    </div>
                    <button class="grave">${t.factorRemove}</button>
                  </form>
                </details>`
              : ''
          }
          <h3>${t.passkeys}</h3>
          ${factors.passkeys.length === 0 ? html`<p class="soft">${t.passkeysNone}</p>` : ''}
          <ul class="rows read">
            ${factors.passkeys.map(
              ({ id, made }, place) =>
                html`<li>
                  <span
                    >${t.passkeyOne} ${place + 1}
                    <span class="soft">${t.addedOn} ${dateWords(dateOf(moment(made.getTime())), lang)}</span></span
                  >
                  <form method="post" action="/auth/passkey/remove">
                    <input type="hidden" name="next" value="/account" /><input type="hidden" name="id" value="${id}" />
                    <button class="plain" aria-label="${t.remove} ${t.passkeyOne} ${place + 1}">${t.remove}</button>
                  </form>
                </li>`,
            )}
          </ul>
          <p><button class="second" type="button" data-passkey-new hidden>${t.passkeyNew}</button></p>
          <h2>${t.setPassword}</h2>
          <form class="stack" method="post" action="/auth/password">
            <input type="hidden" name="next" value="/account" />
            <div class="field ${wrong('old')}">
              <label for="f-old">${t.oldPassword}</label>
              <p class="hint">${t.oldPasswordHint}</p>
              ${problem('old')}
              <input id="f-old" type="password" name="old" autocomplete="current-password" />
            </div>
            <div class="field ${wrong('new')}">
              <label for="f-new">${t.newPassword}</label>
              <p class="hint">${t.passwordHint[signIn.profile]}</p>
              ${problem('new')}
              <input id="f-new" type="password" name="password" autocomplete="new-password" required />
            </div>
            <button class="second">${t.setPassword}</button>
          </form>`,
      },
      message === undefined ? 200 : 422,
    )
  })

  function sessionPart(one: Session, lang: Language): Html {
    const t = words[lang]
    const at = (iso: string) => {
      const here = moment(Date.parse(iso))
      return `${dateWords(here.slice(0, 10), lang)} ${here.slice(11, 16)}`
    }
    const device = one.device.replaceAll('?', t.unknownDevice)
    return html`<li>
      <div>
        <p>${device} ${one.current ? html`<strong class="in-time">${t.current}</strong>` : ''}</p>
        <p class="soft">${t.signedInOn} ${at(one.made)} · ${t.lastSeen} ${at(one.seen)}</p>
      </div>
      ${
        one.current
          ? ''
          : html`<form method="post" action="/auth/sessions/${one.id}/revoke">
              <input type="hidden" name="next" value="/account" /><button class="plain">${t.revoke}</button>
            </form>`
      }
    </li>`
  }

  function rolesPart(c: C): Html {
    const lang = c.get('lang')
    const roles: Record<string, string> = Object.assign(
      {},
      ...portal.world.registry.domains.map((one) => one.texts[lang].roles ?? {}),
    )
    const names = [...new Set(c.get('actor').posts.map((post) => roles[post.role] ?? post.role))]
    return html`<span class="soft">${names.join(lang === 'en' ? ', ' : '、')}</span>`
  }
}
