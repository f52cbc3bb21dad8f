// One thing a page: a command that opens a record is filled in step by step, kept on the server, checked, and submitted.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { randomBytes, createHash } from 'node:crypto'
import { execute, opens, parse } from '../../kernel/door.ts'
import { may } from '../../kernel/access.ts'
import type { Kind } from '../../kernel/domain.ts'
import { findDraft, keepDraft, type Draft } from '../../store/draft.ts'
import { problemOf } from '../problem.ts'
import { namesIn } from '../case.ts'
import { applies, asked, fieldPart, fieldsOf, readForm, type Field, type Form } from './form.ts'
import { said, summaryPart } from './part.ts'
import type { C, Env } from '../env.ts'
import type { Portal } from './index.ts'
import { words } from './texts.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import { dateOf } from '../../kernel/clock/date.ts'

const hashOf = (code: string) => createHash('sha256').update(code).digest('base64url')

type Begun = { readonly code: string; readonly hash: string; readonly draft: Draft; readonly kind: Kind }

export function journeys(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, registry, around } = world

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
    if (!found) return portal.missing(c)
    const { kind, command } = found
    const lang = c.get('lang')
    const t = words[lang]
    const texts = kind.texts[lang]
    const start = texts.starts?.[command]
    const law = await world.cache.law(0)
    const today = dateOf(around.now())
    const limits = (kind.definition.promises ?? []).flatMap(({ option, rule }) => {
      const limit = law.limit(rule, today)
      return limit ? [{ name: texts.options[option] ?? option, limit }] : []
    })
    return portal.send(c, {
      title: texts.commands[command] ?? command,
      body: html`<h1>${texts.commands[command]}</h1>
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
          ${
            limits.length > 0
              ? html`<div class="wide">
                  <table>
                    <caption class="soft">
                      ${t.rulesOf}
                    </caption>
                    <thead>
                      <tr>
                        <th scope="col">${t.kindOf}</th>
                        <th scope="col">${t.limit}</th>
                        <th scope="col">${t.article}</th>
                      </tr>
                    </thead>
                    <tbody>
                      ${limits.map(
                        ({ name, limit }) =>
                          html`<tr>
                            <th scope="row">${name}</th>
                            <td>${limit.budget} ${t[limit.unit]}</td>
                            <td>${limit.article}</td>
                          </tr>`,
                      )}
                    </tbody>
                  </table>
                </div>`
              : ''
          }
          <h2>${t.costs}</h2>
          <p>${t.free}</p>
          <form method="post" action="/start/${kind.definition.kind}/${command}"><button>${t.start}</button></form>
          <h2>${t.haveCode}</h2>
          <form class="stack" method="post" action="/draft">
            <div class="field"><label for="f-code">${t.code}</label><input id="f-code" name="code" required /></div>
            <button class="second">${t.resume}</button>
          </form>
        </div>`,
    })
  })

  http.post('/start/:kind/:command', async (c) => {
    const found = opening(c)
    if (!found) return portal.missing(c)
    const code = randomBytes(15).toString('base64url')
    const draft: Draft = { kind: found.kind.definition.kind, command: found.command, data: {}, done: [], answer: null }
    await keepDraft(database, city, hashOf(code), draft, around.now())
    return c.redirect(`/draft/${code}`, 303)
  })

  http.post('/draft', async (c) => {
    const form = await portal.form(c)
    const code = typeof form['code'] === 'string' ? form['code'].trim() : ''
    return (await findDraft(database, city, hashOf(code))) ? c.redirect(`/draft/${code}`, 303) : portal.missing(c)
  })

  const begun = async (c: C): Promise<Begun | undefined> => {
    const code = c.req.param('code') ?? ''
    const hash = hashOf(code)
    const draft = await findDraft(database, city, hash)
    const kind = draft && registry.kinds.get(draft.kind)
    return draft && kind ? { code, hash, draft, kind } : undefined
  }

  http.get('/draft/:code', async (c) => {
    const found = await begun(c)
    if (!found) return portal.missing(c)
    const { code, draft, kind } = found
    if (draft.answer) return c.redirect(`/draft/${code}/done`, 303)
    const t = words[c.get('lang')]
    const pages = pagesOf(kind, draft, c)
    const ready = pages.every((page) => stateOf(draft, page) === 'done')
    return portal.send(c, {
      title: t.tasks,
      body: html`<h1>${kind.texts[c.get('lang')].commands[draft.command]}</h1>
        <ol class="tasks read">
          ${pages.map((page) => {
            const state = stateOf(draft, page)
            return html`<li>
              <a href="/draft/${code}/page/${page.name}">${page.title}</a>
              <span class="tag ${state === 'done' ? 'in-time' : 'soft'}"
                >${state === 'done' ? '✓ ' : ''}${t[state]}</span
              >
            </li>`
          })}
          <li>
            ${ready ? html`<a href="/draft/${code}/check">${t.check}</a>` : html`<span>${t.check}</span>`}
            <span class="tag soft">${ready ? t.todo : `${t.blocked} · ${t.checkFirst}`}</span>
          </li>
        </ol>
        <p class="told">${t.saveNote} <strong class="number">${code}</strong></p>`,
    })
  })

  http.get('/draft/:code/page/:page', async (c) => {
    const found = await begun(c)
    const page = found && pagesOf(found.kind, found.draft, c).find((one) => one.name === c.req.param('page'))
    return found && page ? showPage(c, found, page, found.draft.data, {}) : portal.missing(c)
  })

  http.post('/draft/:code/page/:page', async (c) => {
    const found = await begun(c)
    const page = found && pagesOf(found.kind, found.draft, c).find((one) => one.name === c.req.param('page'))
    if (!found || !page || found.draft.answer) return portal.missing(c)
    const { code, hash, draft, kind } = found
    const form = await portal.form(c)
    const taken = await portal.take(c, page.fields, form)
    const given = readForm(page.fields, taken.form)
    const data = {
      ...Object.fromEntries(Object.entries(draft.data).filter(([name]) => !page.fields.some((f) => f.name === name))),
      ...given,
    }
    const problems = { ...problemsOn(c, kind, draft, page, given), ...taken.problems }
    const wrong = Object.keys(problems).length > 0
    const done = [...draft.done.filter((name) => name !== page.name), ...(wrong ? [] : [page.name])]
    const next: Draft = { ...draft, data, done }
    await keepDraft(database, city, hash, next, around.now())
    if (wrong) return showPage(c, { ...found, draft: next }, page, data, problems)
    const left = pagesOf(kind, next, c).find((one) => !done.includes(one.name))
    return c.redirect(left ? `/draft/${code}/page/${left.name}` : `/draft/${code}/check`, 303)
  })

  http.get('/draft/:code/check', async (c) => {
    const found = await begun(c)
    return found ? showCheck(c, found) : portal.missing(c)
  })

  http.post('/draft/:code/check', async (c) => {
    const found = await begun(c)
    if (!found) return portal.missing(c)
    const { code, hash, draft, kind } = found
    if (draft.answer) return c.redirect(`/draft/${code}/done`, 303)
    const actor = c.get('actor')
    const online = fieldsOf(kind, draft.command).filter(
      (field) => field.online !== undefined && !asked(field, actor) && draft.data[field.name] === undefined,
    )
    // An answer to a question that no longer arises stays in the draft and is not sent.
    const all = fieldsOf(kind, draft.command)
    const data = Object.entries(draft.data).filter(([name]) => {
      const field = all.find((one) => one.name === name)
      return field === undefined || applies(field, all, draft.data)
    })
    const input = {
      ...Object.fromEntries(online.map((field) => [field.name, field.online])),
      ...Object.fromEntries(data),
    }
    const command = { kind: draft.kind, name: draft.command, input, key: `draft ${hash}` }
    const answer = await execute(around, { ...actor, via: 'portal' }, command)
    if ('refused' in answer) {
      const problem = problemOf(registry, answer, c.get('lang'))
      return showCheck(c, found, problem)
    }
    const { id } = answer.done
    const kept = { id, ...(answer.reveal !== undefined && { reveal: answer.reveal }) }
    await keepDraft(database, city, hash, { ...draft, data: {}, answer: kept }, around.now())
    return c.redirect(`/draft/${code}/done`, 303)
  })

  http.get('/draft/:code/done', async (c) => {
    const found = await begun(c)
    if (!found?.draft.answer) return portal.missing(c)
    const { draft, kind } = found
    const { id, reveal } = found.draft.answer
    const lang = c.get('lang')
    const t = words[lang]
    if (reveal !== undefined) portal.bear(c, reveal)
    return portal.send(c, {
      title: t.confirm,
      body: html`<h1>${t.confirm}</h1>
        <div class="panel stack">
          <p>${kind.texts[lang].commands[draft.command]} · ${dateWords(dateOf(around.now()), lang)}</p>
          <dl class="facts">
            <dt>${t.yourNumber}</dt>
            <dd class="number">${id}</dd>
            ${
              reveal === undefined
                ? ''
                : html`<dt>${t.yourCode}</dt>
                    <dd class="number">${reveal}</dd>`
            }
          </dl>
          <h2>${t.nextStep}</h2>
          <p>${t.whatNext}</p>
          <p class="row noprint">
            <a class="button" href="/record/${draft.kind}/${id}">${t.see}</a>
            <button class="second" type="button" data-printer hidden>${t.print}</button>
          </p>
        </div>`,
    })
  })

  type Page = { readonly name: string; readonly title: string; readonly fields: readonly Field[] }

  function pagesOf(kind: Kind, draft: Draft, c: C): Page[] {
    const open = fieldsOf(kind, draft.command).filter((field) => asked(field, c.get('actor')))
    const fields = open.filter((field) => applies(field, open, draft.data))
    const texts = kind.texts[c.get('lang')]
    return [...new Set(fields.map((field) => field.page))].map((name) => ({
      name,
      title: texts.pages?.[name] ?? texts.commands[draft.command] ?? name,
      fields: fields.filter((field) => field.page === name),
    }))
  }

  function stateOf(draft: Draft, page: Page): 'todo' | 'doing' | 'done' {
    if (draft.done.includes(page.name)) return 'done'
    return page.fields.some((field) => draft.data[field.name] !== undefined) ? 'doing' : 'todo'
  }

  function problemsOn(c: C, kind: Kind, draft: Draft, page: Page, given: Record<string, unknown>) {
    const mask = Object.fromEntries(page.fields.map((field) => [field.name, true as const]))
    const schema = kind.definition.commands[draft.command]!.input.pick(mask)
    const parsed = parse(schema, given)
    const needed = page.fields.filter((field) => field.needed && given[field.name] === undefined)
    const fields = [
      ...('fields' in parsed ? parsed.fields : []),
      ...needed.map(({ name }) => ({ field: name, problem: 'missing' as const, about: {} })),
    ]
    if (fields.length === 0) return {}
    const refusal = { refused: 'invalid-input', kind: draft.kind, fields }
    const told = problemOf(registry, refusal, c.get('lang'))
    return Object.fromEntries((told.fields ?? []).map((one) => [one.field, one.message]))
  }

  async function showPage(
    c: C,
    { code, draft, kind }: Begun,
    page: Page,
    data: Form | Readonly<Record<string, unknown>>,
    problems: Readonly<Record<string, string>>,
  ) {
    const t = words[c.get('lang')]
    const list = Object.entries(problems).map(([field, message]) => ({ field, message }))
    const around_ = await portal.around(c, kind, data)
    const upload = page.fields.some((field) => field.widget === 'files')
    return portal.send(
      c,
      {
        title: page.title,
        wrong: list.length > 0,
        body: html`${list.length > 0 ? summaryPart('', list, c.get('lang')) : ''}
          <p><a href="/draft/${code}">${t.back}</a></p>
          <h1>${page.title}</h1>
          <form
            class="stack"
            method="post"
            novalidate
            action="/draft/${code}/page/${page.name}"
            enctype="${upload ? 'multipart/form-data' : 'application/x-www-form-urlencoded'}"
          >
            ${page.fields.map((field) =>
              fieldPart(field, (data as Record<string, unknown>)[field.name], around_, problems[field.name]),
            )}
            <button>${t.next}</button>
          </form>
          <p class="soft">${kind.texts[c.get('lang')].commands[draft.command]} · ${t.code} ${code}</p>`,
      },
      list.length > 0 ? 422 : 200,
    )
  }

  async function showCheck(c: C, { code, draft, kind }: Begun, problem?: ReturnType<typeof problemOf>) {
    const lang = c.get('lang')
    const t = words[lang]
    const pages = pagesOf(kind, draft, c)
    if (!pages.every((page) => draft.done.includes(page.name))) return c.redirect(`/draft/${code}`, 303)
    const names = {
      ...(await namesIn(world, c.get('actor'), [{ kind, data: [draft.data] }], lang)),
      ...(await portal.files(draft.data)),
    }
    return portal.send(
      c,
      {
        title: t.check,
        wrong: problem !== undefined,
        body: html`${
            problem
              ? summaryPart(
                  problem.detail,
                  (problem.fields ?? []).map((one) => ({ ...one, field: one.field })),
                  lang,
                )
              : ''
          }
          <h1>${t.check}</h1>
          ${pages.map(
            (page) =>
              html`<h2>${page.title}</h2>
                <dl class="facts check read">
                  ${page.fields.map(
                    (field) =>
                      html`<dt id="f-${field.name}">${kind.texts[lang].fields[field.name]}</dt>
                        <dd class="said">${said(kind, lang, draft.data[field.name], names, field.name)}</dd>
                        <dd>
                          <a
                            href="/draft/${code}/page/${page.name}#f-${field.name}"
                            aria-label="${t.change} ${kind.texts[lang].fields[field.name]}"
                            >${t.change}</a
                          >
                        </dd>`,
                  )}
                </dl>`,
          )}
          <form class="stack" method="post" action="/draft/${code}/check">
            <p class="soft">${t.submitNote}</p>
            <button>${t.submit}</button>
          </form>`,
      },
      problem ? problem.status : 200,
    )
  }
}
