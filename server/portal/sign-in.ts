// The way in: password, passkey, single sign-on, an invitation; and in a demonstration city the identities that anybody may take on.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { dateOf } from '../../kernel/clock/date.ts'
import type { Env } from '../env.ts'
import { inside } from '../inside.ts'
import type { DemoPerson } from './account.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'
import { words } from './texts.ts'

export function signIns(http: Hono<Env>, portal: Portal): void {
  const { signIn, demo } = portal.options
  const { cache, around } = portal.world

  http.get('/sign-in', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const next = inside(c.req.query('next'))
    const code = c.req.query('problem')
    const message = code === undefined ? undefined : signIn.problem(code, lang, c.req.query())
    const field = code === 'factor-required' || code === 'wrong-code' ? 'totp' : 'login'
    const wrong = (name: string) => (message !== undefined && field === name ? 'wrong' : '')
    const problem = (name: string) => (wrong(name) ? html`<p class="problem" id="f-${name}-more">${message}</p>` : '')
    return portal.send(
      c,
      {
        title: t.signIn,
        wrong: message !== undefined,
        body: html`${message === undefined ? '' : summaryPart('', [{ field, message }], lang)}
          <h1>${t.signIn}</h1>
          <p class="read">${t.signInLead}</p>
          <form class="stack" method="post" action="/auth/sign-in">
            <input type="hidden" name="next" value="${next ?? ''}" />
            <div class="field ${wrong('login')}">
              <label for="f-login">${t.login}</label>
              ${problem('login')}
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
            <div class="field ${wrong('totp')}">
              <label for="f-totp">${t.secondCode} <span class="optional">${t.optional}</span></label>
              <p class="hint">${t.secondCodeHint}</p>
              ${problem('totp')}
              <input id="f-totp" class="short" name="code" autocomplete="one-time-code" autocapitalize="none" />
            </div>
            <button>${t.signIn}</button>
          </form>
          <p class="row">
            <button class="second" type="button" data-passkey hidden>${t.passkey}</button>
            ${signIn.oidc ? html`<a class="button second" href="/auth/oidc/start">${t.oidc}</a>` : ''}
            <a href="/invitation">${t.haveInvitation}</a>
          </p>
          ${demo ? await demoPart(next, lang) : ''}`,
      },
      message === undefined ? 200 : 401,
    )
  })

  /** Those who act for enterprises first: they are whom this side of the house is for. */
  async function demoPart(next: string | undefined, lang: 'zh-CN' | 'en'): Promise<Html> {
    const t = words[lang]
    const today = dateOf(around.now())
    const actors = await Promise.all(signIn.people.map((person) => cache.actor(person.id, today)))
    const staff = signIn.people.filter((_, place) => (actors[place]?.posts.length ?? 0) > 0)
    const others = signIn.people.filter((person) => !staff.includes(person))
    const list = (people: readonly DemoPerson[]) =>
      html`<ul class="rows people">
        ${people.map(
          (person) =>
            html`<li>
              <span>${person.name} <span class="soft">${lang === 'en' ? person.en : person.zh}</span></span>
              <button class="plain" name="person" value="${person.id}" aria-label="${t.enter} ${person.name}">
                ${t.enter}
              </button>
            </li>`,
        )}
      </ul>`
    return html`<section class="stack" aria-labelledby="demo">
      <h2 id="demo">${t.demoTitle}</h2>
      <p class="soft">${t.demoNote}</p>
      <form method="post" action="/auth/demo" class="wide stack">
        <input type="hidden" name="next" value="${next ?? ''}" />
        <h3>${t.demoEnterprises}</h3>
        ${list(others)}
        <h3>${t.demoStaff}</h3>
        ${list(staff)}
      </form>
    </section>`
  }

  http.get('/invitation', (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const code = c.req.query('problem')
    const message = code === undefined ? undefined : signIn.problem(code, lang, c.req.query())
    const field = code === 'expired-invitation' || code === 'locked' ? 'code' : 'new'
    const wrong = (name: string) => (message !== undefined && field === name ? 'wrong' : '')
    const problem = (name: string) => (wrong(name) ? html`<p class="problem">${message}</p>` : '')
    return portal.send(
      c,
      {
        title: t.setPassword,
        wrong: message !== undefined,
        body: html`${message === undefined ? '' : summaryPart('', [{ field, message }], lang)}
          <h1>${t.setPassword}</h1>
          <p class="read">${t.invitationLead}</p>
          <form class="stack" method="post" action="/auth/invitation">
            <div class="field ${wrong('code')}">
              <label for="f-code">${t.invitation}</label>${problem('code')}
              <input id="f-code" name="code" value="${c.req.query('code') ?? ''}" autocomplete="off" required />
            </div>
            <div class="field ${wrong('new')}">
              <label for="f-new">${t.newPassword}</label>
              <p class="hint">${t.passwordHint[signIn.profile]}</p>
              ${problem('new')}
              <input id="f-new" type="password" name="password" autocomplete="new-password" required />
            </div>
            <button>${t.setPassword}</button>
          </form>`,
      },
      message === undefined ? 200 : 422,
    )
  })
}
