// The start page of whatever can be asked for: who may, what is needed, how long it takes by law, what it costs.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { dateOf } from '../../kernel/clock/date.ts'
import { dateWords, term } from '../../kernel/clock/words.ts'
import type { Kind } from '../../kernel/domain.ts'
import { may } from '../../kernel/access.ts'
import { opens } from '../../kernel/door.ts'
import { findDraft, keepDraft } from '../../store/draft.ts'
import { canonicalCode, freshCode, hashOfCode } from '../code.ts'
import type { C, Env } from '../env.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'
import { promisesOf } from './promise.ts'
import { words } from './texts.ts'

export function starts(http: Hono<Env>, portal: Portal): void {
  const { database, city, registry, cache, around } = portal.world

  /** The kind and command of an address, when this person may open a record with it. */
  const opening = (c: C) => {
    const kind = registry.kinds.get(c.req.param('kind') ?? '')
    const command = c.req.param('command') ?? ''
    const spec = kind && Object.hasOwn(kind.definition.commands, command) && kind.definition.commands[command]
    if (!kind || !spec || spec.inner || !opens(kind.definition, command)) return undefined
    return may(spec.by, c.get('actor')) ? { kind, command } : undefined
  }

  http.get('/start/:kind/:command', async (c) => {
    const found = opening(c)
    return found ? show(c, found.kind, found.command) : portal.missing(c)
  })

  http.post('/start/:kind/:command', async (c) => {
    const found = opening(c)
    if (!found) return portal.missing(c)
    const code = freshCode()
    const { kind, command } = found
    const draft = { kind: kind.definition.kind, command, data: {}, done: [], answer: null }
    await keepDraft(database, city, hashOfCode(code), draft, around.now())
    return c.redirect(`/draft/${code}`, 303)
  })

  http.post('/draft', async (c) => {
    const form = await portal.form(c)
    const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '')
    const code = canonicalCode(text('code'))
    if (await findDraft(database, city, hashOfCode(code))) return c.redirect(`/draft/${encodeURIComponent(code)}`, 303)
    const kind = registry.kinds.get(text('kind'))
    const command = text('command')
    const known = kind && Object.hasOwn(kind.definition.commands, command) && opens(kind.definition, command)
    return known ? show(c, kind, command, text('code')) : portal.missing(c)
  })

  async function show(c: C, kind: Kind, command: string, wrongCode?: string) {
    const lang = c.get('lang')
    const t = words[lang]
    const texts = kind.texts[lang]
    const start = texts.starts?.[command]
    const wrong = wrongCode !== undefined
    const promises = promisesOf(kind, await cache.law(0), dateOf(around.now()))
    return portal.send(
      c,
      {
        title: texts.commands[command] ?? command,
        wrong,
        body: html`${wrong ? summaryPart('', [{ field: 'code', message: t.noDraft }], lang) : ''}
          <h1>${texts.commands[command]}</h1>
          <div class="case">
            <aside class="stack">
              <form class="panel stack" method="post" action="/start/${kind.definition.kind}/${command}">
                <p>${t.startNote}</p>
                <button>${t.start}</button>
              </form>
            </aside>
            <div class="read stack">
              ${
                start
                  ? html`<h2>${t.who}</h2>
                      <p>${start.who}</p>
                      <h2>${t.needs}</h2>
                      <ul>
                        ${start.needs.map((need) => html`<li>${need}</li>`)}
                      </ul>
                      <h2>${t.takes}</h2>
                      <p>${start.takes}</p>`
                  : ''
              }
              ${promises.length > 0 ? limitsPart(c, kind, promises) : ''}
              <h2>${t.costs}</h2>
              <p>${start?.costs ?? t.free}</p>
              ${
                start
                  ? html`<h2>${t.nextStep}</h2>
                      <p>${start.next}</p>`
                  : ''
              }
            </div>
            <form class="panel stack later" method="post" action="/draft">
              <h2>${t.haveCode}</h2>
              <input type="hidden" name="kind" value="${kind.definition.kind}" />
              <input type="hidden" name="command" value="${command}" />
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
            </form>
          </div>`,
      },
      wrong ? 422 : 200,
    )
  }

  function limitsPart(c: C, kind: Kind, promises: ReturnType<typeof promisesOf>): Html {
    const lang = c.get('lang')
    const t = words[lang]
    return html`<div class="wide">
        <table class="cards">
          <caption>
            ${t.limitsOf}
          </caption>
          <thead>
            <tr>
              <th scope="col">${t.kindOf}</th>
              <th scope="col">${t.limit}</th>
              <th scope="col">${t.ifToday}</th>
              <th scope="col">${t.article}</th>
            </tr>
          </thead>
          <tbody>
            ${promises.map(
              ({ option, limit, deadline }) =>
                html`<tr>
                  <th scope="row">${kind.texts[lang].options[option] ?? option}</th>
                  <td class="tight" data-label="${t.limit}">${term(limit.budget, limit.unit, lang)}</td>
                  <td data-label="${t.ifToday}">
                    ${dateWords(deadline.due, lang)}${deadline.provisional ? html` <em>${t.provisional}</em>` : ''}
                  </td>
                  <td data-label="${t.article}">${limit.article}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="hint">${t.limitsNote} <a href="/rules">${t.rules}</a></p>`
  }
}
