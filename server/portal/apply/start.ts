// Where applying begins, for an item or for a theme: what is to be known of it, and the draft that is begun.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { findDraft, keepDraft } from '../../../store/draft.ts'
import { canonicalCode, freshCode, hashOfCode } from '../../code.ts'
import type { C, Env } from '../../env.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { summaryPart } from '../part.ts'
import { words } from '../texts.ts'
import { closedNote, draftOf, itemMatter, staffPage, themeMatter, type Matter } from './begun.ts'
import type { Entered } from './entered.ts'
import { overFrom } from './over.ts'
import { itemPart, themePart } from './said.ts'
import { applyWords } from './texts.ts'

type Start = {
  readonly path: (code: string) => string
  readonly matter: (portal: Portal, code: string) => Promise<Matter | undefined>
  readonly said: (c: C, portal: Portal, matter: Matter) => Promise<Html>
}

const START: readonly Start[] = [
  { path: (code) => `/apply/${code}`, matter: itemMatter, said: itemPart },
  { path: (code) => `/theme/${code}`, matter: themeMatter, said: themePart },
]

export function starts(http: Hono<Env>, portal: Portal): void {
  for (const start of START) startOf(http, portal, start)
}

function startOf(http: Hono<Env>, portal: Portal, { path, matter: find, said }: Start): void {
  const { database, city, around } = portal.world

  http.get(path(':code'), (c) => show(c, c.req.query('from') ?? ''))

  http.post(path(':code'), async (c) => {
    const form = await portal.form(c)
    const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '')
    if (form['code'] !== undefined) {
      const code = canonicalCode(text('code'))
      if (await findDraft(database, city, hashOfCode(code)))
        return c.redirect(`/draft/${encodeURIComponent(code)}`, 303)
      return show(c, '', text('code'))
    }
    const id = c.req.param('code') ?? ''
    const matter = await find(portal, id)
    if (!matter || matter.closed || c.get('actor').posts.length > 0) return show(c, text('from'))
    const over = await overFrom(c, portal, matter, text('from'))
    const code = freshCode()
    const draft = over ? draftOf(over.entered, over.done) : draftOf(emptyOf(matter), [])
    await keepDraft(database, city, hashOfCode(code), draft, around.now())
    return c.redirect(`/draft/${code}`, 303)
  })

  async function show(c: C, from: string, wrongCode?: string): Promise<Response> {
    const lang = c.get('lang')
    const id = c.req.param('code') ?? ''
    const matter = await find(portal, id)
    const t = applyWords[lang]
    const closed = closedNote(c, matter)
    if (closed || !matter) {
      const [title, note] = closed ?? t.closed.unknown
      const status = !matter ? 404 : c.req.method === 'POST' ? 409 : 200
      return portal.send(c, { title, body: closedPart(c, matter, title, note) }, status)
    }
    const title = t.apply(matter.name)
    if (c.get('actor').posts.length > 0) return staffPage(c, portal, title)
    const wrong = wrongCode !== undefined
    const over = from === '' ? undefined : await overFrom(c, portal, matter, from)
    return portal.send(
      c,
      {
        title,
        wrong,
        body: html`${wrong ? summaryPart('', [{ field: 'code', message: words[lang].noDraft }], lang) : ''}
          <p>${backPart(c, matter)}</p>
          <h1>${title}</h1>
          ${from === '' ? '' : html`<p class="told ${over ? '' : 'warned'}">${over ? t.over(from) : t.notOver}</p>`}
          <div class="case">
            <aside class="stack">
              <form class="panel stack" method="post" action="${path(id)}">
                ${over ? html`<input type="hidden" name="from" value="${from}" />` : ''}
                <p>${words[lang].startNote}</p>
                <button>${words[lang].start}</button>
              </form>
            </aside>
            <div class="read stack">${await said(c, portal, matter)}</div>
            ${resumePart(c, path(id), wrongCode)}
          </div>`,
      },
      wrong ? 422 : 200,
    )
  }

  function backPart(c: C, { theme, at }: Matter): Html {
    const t = applyWords[c.get('lang')]
    return theme ? html`<a href="/items">← ${t.toItems}</a>` : html`<a href="${at}">← ${t.item}</a>`
  }

  function closedPart(c: C, matter: Matter | undefined, title: string, note: string): Html {
    const t = applyWords[c.get('lang')]
    const [item] = matter?.theme ? [] : (matter?.items ?? [])
    return html`<h1>${title}</h1>
      ${matter ? html`<p class="lead">${matter.name}</p>` : ''}
      <p class="read">${note}</p>
      ${item ? html`<p>${t.enquiries} ${item.content.enquiries}</p>` : ''}
      <p class="row">
        ${item ? html`<a href="/item/${item.code}">${t.item}</a>` : ''} <a href="/items">${t.toItems}</a>
      </p>`
  }

  function resumePart(c: C, action: string, wrongCode: string | undefined): Html {
    const t = words[c.get('lang')]
    const wrong = wrongCode !== undefined
    return html`<form class="panel stack later" method="post" action="${action}">
      <h2>${t.haveCode}</h2>
      <div class="field ${wrong ? 'wrong' : ''}">
        <label for="f-code">${t.code}</label>
        ${wrong ? html`<p class="problem" id="f-code-more">${t.noDraft}</p>` : ''}
        <input
          id="f-code"
          name="code"
          value="${wrongCode ?? ''}"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          ${wrong ? html`aria-invalid="true" aria-describedby="f-code-more"` : ''}
        />
      </div>
      <button class="second">${t.resume}</button>
    </form>`
  }
}

/** Begun with all that nobody may leave out; the rest is chosen. */
function emptyOf({ id, parts, theme }: Matter): Entered {
  return {
    ...(theme && { theme: id }),
    parts: parts.filter(({ choice }) => !choice).map(({ item, version }) => ({ item, version, situations: [] })),
    answers: [],
    papers: [],
  }
}
