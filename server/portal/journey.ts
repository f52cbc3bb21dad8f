// One thing a page: a command that opens a record is filled in step by step, kept on the server, checked, and submitted.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { parse } from '../../kernel/input.ts'
import type { Kind } from '../../kernel/domain.ts'
import { findDraft, keepDraft, type Draft } from '../../store/draft.ts'
import { canonicalCode, hashOfCode } from '../code.ts'
import { problemOf } from '../problem.ts'
import type { C, Env } from '../env.ts'
import { checks } from './check.ts'
import { tryOut } from './alike.ts'
import { orderOf, pagesOf, stateOf, type Begun, type Page } from './draft.ts'
import { fieldPart, isNeeded, readForm, saysNone, type Field, type Form } from './form.ts'
import type { Portal } from './index.ts'
import { summaryPart } from './part.ts'
import { prefilled } from './prefill.ts'
import { checkTask, savedPart, tasksPart } from './task.ts'
import { words } from './texts.ts'

export function journeys(http: Hono<Env>, portal: Portal): void {
  const { database, city, registry, around } = portal.world

  const begun = async (c: C): Promise<Begun | undefined> => {
    const code = canonicalCode(c.req.param('code') ?? '')
    const hash = hashOfCode(code)
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
      title: `${t.tasks} · ${kind.texts[c.get('lang')].commands[draft.command]}`,
      body: html`<h1>${kind.texts[c.get('lang')].commands[draft.command]}</h1>
        <p class="read">${t.tasksNote}</p>
        ${tasksPart(
          [
            ...pages.map((page) => ({
              title: page.title,
              href: `/draft/${code}/page/${page.name}`,
              state: stateOf(draft, page),
            })),
            checkTask(`/draft/${code}/check`, ready, c.get('lang')),
          ],
          c.get('lang'),
        )}
        ${savedPart(code, c.get('lang'))}`,
    })
  })

  http.get('/draft/:code/page/:page', async (c) => {
    const found = await begun(c)
    const page = found && pagesOf(found.kind, found.draft, c).find((one) => one.name === c.req.param('page'))
    if (found?.draft.answer) return c.redirect(`/draft/${found.code}/done`, 303)
    return found && page ? showPage(c, found, page, {}) : portal.missing(c)
  })

  http.post('/draft/:code/page/:page', async (c) => {
    const found = await begun(c)
    const page = found && pagesOf(found.kind, found.draft, c).find((one) => one.name === c.req.param('page'))
    if (!found || !page) return portal.missing(c)
    const { code, hash, draft, kind } = found
    if (draft.answer) return c.redirect(`/draft/${code}/done`, 303)
    const taken = await portal.take(c, page.fields)
    const given = readForm(page.fields, taken.form)
    const data = {
      ...Object.fromEntries(Object.entries(draft.data).filter(([name]) => !page.fields.some((f) => f.name === name))),
      ...given,
    }
    const problems = {
      ...(await foreseen(c, { draft: { ...draft, data }, kind }, page)),
      ...problemsOn(c, kind, draft, page, given),
      ...unchosen(c, kind, page, taken.form),
      ...taken.problems,
    }
    const wrong = Object.keys(problems).length > 0
    const done = [...draft.done.filter((name) => name !== page.name), ...(wrong ? [] : [page.name])]
    const next: Draft = { ...draft, data, done }
    await keepDraft(database, city, hash, next, around.now())
    if (wrong) return showPage(c, { ...found, draft: next }, page, problems)
    const left = pagesOf(kind, next, c).find((one) => !done.includes(one.name))
    return c.redirect(left ? `/draft/${code}/page/${left.name}` : `/draft/${code}/check`, 303)
  })

  checks(http, portal, begun)

  /** What the door would refuse of this very page, once the rest is there: told now and not at the end. */
  async function foreseen(c: C, found: Pick<Begun, 'draft' | 'kind'>, page: Page): Promise<Record<string, string>> {
    const tried = await tryOut(c, portal, orderOf(c, found))
    if (!tried || !('refused' in tried) || !page.fields.some((field) => field.name === tried.field)) return {}
    return { [tried.field!]: problemOf(registry, tried, c.get('lang')).detail }
  }

  /** A question with a choice for "none" is answered by choosing it, not by passing on. */
  function unchosen(c: C, kind: Kind, page: Page, form: Form): Record<string, string> {
    const open = page.fields.filter((field) => saysNone(field, c.get('actor')) && form[field.name] === undefined)
    const refusal = {
      refused: 'invalid-input',
      kind: kind.definition.kind,
      fields: open.map(({ name }) => ({ field: name, problem: 'not-chosen' as const, about: {} })),
    }
    const told = problemOf(registry, refusal, c.get('lang'))
    return Object.fromEntries((told.fields ?? []).map((one) => [one.field, one.message]))
  }

  function problemsOn(c: C, kind: Kind, draft: Draft, page: Page, given: Record<string, unknown>) {
    const mask = Object.fromEntries(page.fields.map((field) => [field.name, true as const]))
    const schema = kind.definition.commands[draft.command]!.input.pick(mask)
    const parsed = parse(schema, given)
    const needed = page.fields.filter((field) => isNeeded(field, c.get('actor')) && given[field.name] === undefined)
    const fields = [
      ...('fields' in parsed ? parsed.fields : []),
      ...needed.map(({ name, widget }) => ({
        field: name,
        problem: widget === 'choice' ? ('not-chosen' as const) : ('missing' as const),
        about: {},
      })),
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
    problems: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const t = words[c.get('lang')]
    const { data } = draft
    const list = Object.entries(problems).map(([field, message]) => ({ field, message }))
    const around_ = await portal.around(c, kind, data)
    const upload = page.fields.some((field) => field.widget === 'files')
    const pages = pagesOf(kind, draft, c)
    // What was cleared on purpose stays cleared: only a page not yet completed is filled in.
    const fresh = !draft.done.includes(page.name) && list.length === 0
    const known = fresh ? await prefilled(c, portal, { kind, command: draft.command, fields: page.fields, data }) : {}
    const none = (field: Field) => (!fresh && list.length === 0 && saysNone(field, c.get('actor')) ? '' : undefined)
    const place = t.place
      .replace('{n}', String(pages.findIndex((one) => one.name === page.name) + 1))
      .replace('{all}', String(pages.length))
    return portal.send(
      c,
      {
        title: page.title,
        wrong: list.length > 0,
        body: html`${list.length > 0 ? summaryPart('', list, c.get('lang')) : ''}
          <p><a href="/draft/${code}">← ${t.backToTasks}</a></p>
          <p class="soft">${kind.texts[c.get('lang')].commands[draft.command]} · ${place}</p>
          <h1>${page.title}</h1>
          <form
            class="stack"
            method="post"
            novalidate
            action="/draft/${code}/page/${page.name}"
            enctype="${upload ? 'multipart/form-data' : 'application/x-www-form-urlencoded'}"
          >
            ${page.fields.map((field) =>
              fieldPart(
                field,
                data[field.name] ?? known[field.name]?.value ?? none(field),
                around_,
                problems[field.name],
                {
                  source: known[field.name]?.source,
                },
              ),
            )}
            <button>${t.next}</button>
          </form>
          <p class="soft">${t.savedBy} ${code}</p>`,
      },
      list.length > 0 ? 422 : 200,
    )
  }
}
