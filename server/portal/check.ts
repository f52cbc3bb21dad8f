// The end of a journey: check what was entered, be told of what is much alike, submit, and be told what happens next.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { keepDraft } from '../../store/draft.ts'
import { namesIn, type Case } from '../case.ts'
import type { C, Env } from '../env.ts'
import { executeGiven } from '../files/given.ts'
import { problemOf, type Problem } from '../problem.ts'
import { findAlike, tryOut } from './alike.ts'
import { showDone } from './done.ts'
import { fieldsOf } from './form.ts'
import type { Portal } from './index.ts'
import { orderOf, pagesOf, type Begun } from './draft.ts'
import type { Html } from './layout.ts'
import { filled, said, summaryPart, type Names } from './part.ts'
import { words } from './texts.ts'

export function checks(http: Hono<Env>, portal: Portal, begun: (c: C) => Promise<Begun | undefined>): void {
  const { world } = portal
  const { database, city, registry, around } = world

  http.get('/draft/:code/check', async (c) => {
    const found = await begun(c)
    if (found?.draft.answer) return c.redirect(`/draft/${found.code}/done`, 303)
    return found ? showCheck(c, found) : portal.missing(c)
  })

  http.post('/draft/:code/check', async (c) => {
    const found = await begun(c)
    if (!found) return portal.missing(c)
    const { code, hash, draft } = found
    if (draft.answer) return c.redirect(`/draft/${code}/done`, 303)
    const command = { ...orderOf(c, found), key: `draft ${hash}` }
    const answer = await executeGiven(world, { ...c.get('actor'), via: 'portal' }, command)
    if ('refused' in answer) return showCheck(c, found, problemOf(registry, answer, c.get('lang')))
    const { id } = answer.done
    const kept = { id, ...(answer.reveal !== undefined && { reveal: answer.reveal }) }
    await keepDraft(database, city, hash, { ...draft, data: {}, answer: kept }, around.now())
    return c.redirect(`/draft/${code}/done`, 303)
  })

  http.get('/draft/:code/done', async (c) => {
    const found = await begun(c)
    if (!found?.draft.answer) return portal.missing(c)
    const { kind, draft } = found
    const { commands, starts } = kind.texts[c.get('lang')]
    return showDone(c, portal, {
      kind,
      title: commands[draft.command] ?? draft.command,
      id: found.draft.answer.id,
      reveal: found.draft.answer.reveal,
      next: () => (starts?.[draft.command] ? html`<p>${starts[draft.command]!.next}</p>` : ''),
    })
  })

  async function showCheck(c: C, found: Begun, refusal?: Problem) {
    const { code, draft, kind } = found
    const lang = c.get('lang')
    const t = words[lang]
    const pages = pagesOf(kind, draft, c)
    if (!pages.every((page) => draft.done.includes(page.name))) return c.redirect(`/draft/${code}`, 303)
    const [named, files, tried] = await Promise.all([
      namesIn(world, c.get('actor'), [{ kind, data: [draft.data] }], lang),
      portal.files(draft.data),
      tryOut(c, portal, orderOf(c, found)),
    ])
    const alike = tried && 'index' in tried ? await findAlike(c, portal, tried) : undefined
    const problem = refusal ?? (tried && 'refused' in tried ? problemOf(registry, tried, lang) : undefined)
    const names = { ...named, ...Object.fromEntries(files.map(({ id, name }) => [id, name])) }
    return portal.send(
      c,
      {
        title: t.check,
        wrong: problem !== undefined,
        body: html`${problem ? summaryPart(problem.detail, problem.fields ?? [], lang) : ''}
          <p><a href="/draft/${code}">← ${t.backToTasks}</a></p>
          <h1>${t.check}</h1>
          ${alike ? alikePart(c, found, alike, names) : ''}
          ${pages.map(
            (page) =>
              html`<h2>${page.title}</h2>
                <dl class="facts check read">
                  ${page.fields.map(
                    (field) =>
                      html`<div>
                        <dt id="f-${field.name}" tabindex="-1">${kind.texts[lang].fields[field.name]}</dt>
                        <dd class="said">${said(kind, lang, draft.data[field.name], names, field.name)}</dd>
                        <dd>
                          <a
                            href="/draft/${code}/page/${page.name}#f-${field.name}"
                            aria-label="${t.change} ${kind.texts[lang].fields[field.name]}"
                            >${t.change}</a
                          >
                        </dd>
                      </div>`,
                  )}
                </dl>`,
          )}
          <form class="stack" method="post" action="/draft/${code}/check">
            <p>${t.submitNote}</p>
            <button>${t.submit}</button>
          </form>
          <p class="soft">${t.savedBy} ${code}</p>`,
      },
      refusal ? refusal.status : 200,
    )
  }

  /** The one in hand beside the one about to be submitted, field by field; the decision is the person's. */
  function alikePart(c: C, { draft, kind }: Begun, alike: Case, names: Names): Html {
    const lang = c.get('lang')
    const t = words[lang]
    const texts = kind.texts[lang]
    const theirs: Readonly<Record<string, unknown>> = { title: alike.title, ...alike.facts }
    const rows = fieldsOf(kind, draft.command)
      .filter(({ name, widget }) => widget !== 'files' && filled(draft.data[name]) && filled(theirs[name]))
      .map(({ name }) => [
        texts.fields[name] ?? name,
        said(kind, lang, draft.data[name], names, name),
        said(kind, lang, theirs[name], alike.names, name),
      ])
    return html`<section class="told wide stack" aria-labelledby="alike">
      <h2 id="alike">${t.alike}</h2>
      <p>${t.alikeNote}</p>
      <div class="wide">
        <table class="cards">
          <thead>
            <tr>
              <td></td>
              <th scope="col">${t.thisOne}</th>
              <th scope="col">${alike.id}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ([name, mine, other]) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td class="said" data-label="${t.thisOne}">${mine}</td>
                  <td class="said" data-label="${alike.id}">${other}</td>
                </tr>`,
            )}
            <tr>
              <th scope="row">${t.phase}</th>
              <td data-label="${t.thisOne}">${t.notSubmitted}</td>
              <td data-label="${alike.id}">
                ${texts.phases[alike.phase]}${alike.clock.map((clock) => html`<br />${clock.sentence}`).at(-1) ?? ''}
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      <p><a class="button second" href="/record/${alike.kind}/${alike.id}">${t.openThat}</a></p>
    </section>`
  }
}
