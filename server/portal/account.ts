// Signing in, and what a person may do about it: password, second factor, devices.
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import type { Language } from '../../kernel/texts.ts'
import type { C, Env } from '../env.ts'
import { inside } from '../inside.ts'
import type { Portal } from './index.ts'
import { summaryPart } from './part.ts'
import { words } from './texts.ts'

export type Session = { readonly id: string; readonly device: string; readonly seen: string; readonly current: boolean }

/** What the pages need to know of signing in; the doing is done by the routes under /auth. */
export type SignIn = {
  readonly oidc: boolean
  readonly people: readonly { readonly id: string; readonly name: string; readonly zh: string; readonly en: string }[]
  sessions(request: Request): Promise<readonly Session[]>
  factors(request: Request): Promise<{ readonly totp: boolean; readonly passkeys: number; readonly codes: number }>
  /** A fresh secret for one-time codes; undefined for whoever is not signed in. */
  beginTotp(request: Request): Promise<{ readonly secret: string; readonly uri: string } | undefined>
  /** Puts one-time codes in force: the recovery codes, or why not. */
  confirmTotp(
    c: C,
    code: string,
  ): Promise<
    { readonly codes: readonly string[] } | { readonly code: string; readonly about?: Record<string, string | number> }
  >
  /** A problem's words by its code, as the routes give it in `?problem=`. */
  problem(code: string, lang: Language, about: Readonly<Record<string, string>>): string
}

export function accounts(http: Hono<Env>, portal: Portal): void {
  const { signIn, demo } = portal.options

  http.get('/sign-in', (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const next = inside(c.req.query('next'))
    const code = c.req.query('problem')
    const message = code === undefined ? undefined : signIn.problem(code, lang, c.req.query())
    return portal.send(
      c,
      {
        title: t.signIn,
        wrong: message !== undefined,
        body: html`${message === undefined ? '' : summaryPart('', [{ field: 'login', message }], lang)}
          <h1>${t.signIn}</h1>
          <form class="stack" method="post" action="/auth/sign-in">
            <input type="hidden" name="next" value="${next ?? ''}" />
            <div class="field">
              <label for="f-login">${t.login}</label>
              <input
                id="f-login"
                name="login"
                autocomplete="username"
                autocapitalize="none"
                spellcheck="false"
                required
              />
            </div>
            <div class="field">
              <label for="f-password">${t.password}</label>
              <input id="f-password" type="password" name="password" autocomplete="current-password" required />
            </div>
            <div class="field">
              <label for="f-totp">${t.secondCode} <span class="optional">${t.optional}</span></label>
              <input id="f-totp" name="code" inputmode="numeric" autocomplete="one-time-code" />
            </div>
            <button>${t.signIn}</button>
          </form>
          <p class="row">
            <button class="second" type="button" data-passkey hidden>${t.passkey}</button>
            ${signIn.oidc ? html`<a href="/auth/oidc/start">${t.oidc}</a>` : ''}
            <a href="/invitation">${t.invitation}</a>
          </p>
          ${
            demo
              ? html`<section class="stack">
                  <h2>${t.demoTitle}</h2>
                  <p class="soft">${t.demoNote}</p>
                  <form method="post" action="/auth/demo">
                    <input type="hidden" name="next" value="${next ?? ''}" />
                    <ul class="rows">
                      ${signIn.people.map(
                        (person) =>
                          html`<li>
                            <span
                              >${person.name} <span class="soft">${lang === 'en' ? person.en : person.zh}</span></span
                            >
                            <button
                              class="plain"
                              name="person"
                              value="${person.id}"
                              aria-label="${t.enter} ${person.name}"
                            >
                              ${t.enter}
                            </button>
                          </li>`,
                      )}
                    </ul>
                  </form>
                </section>`
              : ''
          }`,
      },
      message === undefined ? 200 : 401,
    )
  })

  http.get('/invitation', (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const code = c.req.query('problem')
    const message = code === undefined ? undefined : signIn.problem(code, lang, c.req.query())
    return portal.send(
      c,
      {
        title: t.setPassword,
        wrong: message !== undefined,
        body: html`${message === undefined ? '' : summaryPart('', [{ field: 'code', message }], lang)}
          <h1>${t.setPassword}</h1>
          <form class="stack" method="post" action="/auth/invitation">
            <div class="field">
              <label for="f-code">${t.invitation}</label>
              <input id="f-code" name="code" value="${c.req.query('code') ?? ''}" autocomplete="off" required />
            </div>
            <div class="field">
              <label for="f-new">${t.newPassword}</label>
              <input id="f-new" type="password" name="password" autocomplete="new-password" required />
            </div>
            <button>${t.setPassword}</button>
          </form>`,
      },
      message === undefined ? 200 : 422,
    )
  })

  http.get('/account/factor', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const factors = await signIn.factors(c.req.raw)
    const code = c.req.query('problem')
    const message = code === undefined ? undefined : signIn.problem(code, lang, c.req.query())
    // Whoever has a factor shows it; whoever has none sets one up.
    const made = factors.totp ? undefined : await signIn.beginTotp(c.req.raw)
    if (!factors.totp && !made) return c.redirect('/sign-in?next=/account/factor', 303)
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
            <div class="field">
              <label for="f-code">${t.secondCode}</label>
              <input
                id="f-code"
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

  http.post('/account/factor', async (c) => {
    const t = words[c.get('lang')]
    const form = await portal.form(c)
    const answer = await signIn.confirmTotp(c, typeof form['code'] === 'string' ? form['code'] : '')
    if (!('codes' in answer)) {
      const about = Object.entries(answer.about ?? {}).map(([name, value]) => [name, String(value)])
      return c.redirect(
        `/account/factor?${new URLSearchParams({ problem: answer.code, ...Object.fromEntries(about) })}`,
        303,
      )
    }
    return portal.send(c, {
      title: t.factor,
      body: html`<h1>${t.factorOn}</h1>
        <p class="read">${t.codesKeep}</p>
        <ul class="number">
          ${answer.codes.map((code) => html`<li>${code}</li>`)}
        </ul>
        <p class="row noprint">
          <button class="second" type="button" data-printer hidden>${t.print}</button>
          <a href="/account">${t.account}</a>
        </p>`,
    })
  })

  http.get('/account', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    if (c.get('actor').subjects.length === 0) return c.redirect('/sign-in?next=/account', 303)
    const [sessions, factors] = await Promise.all([signIn.sessions(c.req.raw), signIn.factors(c.req.raw)])
    const code = c.req.query('problem')
    const message = code === undefined ? undefined : signIn.problem(code, lang, c.req.query())
    return portal.send(c, {
      title: t.account,
      wrong: message !== undefined,
      body: html`${message === undefined ? '' : summaryPart('', [{ field: 'old', message }], lang)}
        <h1>${t.account}</h1>
        <p>${c.get('actor').name}</p>
        ${postsPart(c)}
        <h2>${t.sessions}</h2>
        <ul class="rows">
          ${sessions.map(
            (one) =>
              html`<li>
                <span>${one.device} ${one.current ? html`<strong>${t.current}</strong>` : ''}</span>
                <span class="soft">${t.lastSeen} ${one.seen.slice(0, 16).replace('T', ' ')}</span>
                ${
                  one.current
                    ? ''
                    : html`<form method="post" action="/auth/sessions/${one.id}/revoke">
                        <input type="hidden" name="next" value="/account" /><button class="plain">${t.revoke}</button>
                      </form>`
                }
              </li>`,
          )}
        </ul>
        <form method="post" action="/auth/sessions/revoke-others">
          <input type="hidden" name="next" value="/account" /><button class="second">${t.revokeOthers}</button>
        </form>
        <h2>${t.factor}</h2>
        <p>
          ${factors.totp ? t.factorOn : t.factorOff}
          <span class="soft">${t.passkeys} ${factors.passkeys} · ${t.codesLeft} ${factors.codes}</span>
        </p>
        <p class="row">
          ${factors.totp ? '' : html`<a class="button second" href="/account/factor">${t.factorSet}</a>`}
          <button class="second" type="button" data-passkey-new hidden>${t.passkeyNew}</button>
        </p>
        <h2>${t.setPassword}</h2>
        <form class="stack" method="post" action="/auth/password">
          <input type="hidden" name="next" value="/account" />
          <div class="field">
            <label for="f-old">${t.oldPassword}</label>
            <input id="f-old" type="password" name="old" autocomplete="current-password" />
          </div>
          <div class="field">
            <label for="f-new">${t.newPassword}</label>
            <input id="f-new" type="password" name="password" autocomplete="new-password" required />
          </div>
          <button class="second">${t.setPassword}</button>
        </form>`,
    })
  })

  function postsPart(c: C) {
    const lang = c.get('lang')
    const roles: Record<string, string> = Object.assign(
      {},
      ...portal.world.registry.domains.map((one) => one.texts[lang].roles ?? {}),
    )
    return html`<ul>
      ${c.get('actor').posts.map((post) => html`<li>${roles[post.role] ?? post.role}</li>`)}
    </ul>`
  }
}
