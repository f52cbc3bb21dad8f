// The confirmation of what was submitted: its number, the query code, by when something happens, and what that is.
import { html } from 'hono/html'
import { dateOf, moment } from '../../kernel/clock/date.ts'
import { dateWords, term } from '../../kernel/clock/words.ts'
import type { Kind } from '../../kernel/domain.ts'
import { findRecord, type Row } from '../../store/read.ts'
import type { C } from '../env.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { promiseOf } from './promise.ts'
import { words } from './texts.ts'

/** `next` says what comes, of the record as it stands. */
export async function showDone(
  c: C,
  portal: Portal,
  {
    kind,
    title,
    id,
    reveal,
    next,
  }: {
    readonly kind: Kind
    readonly title: string
    readonly id: string
    readonly reveal: string | undefined
    readonly next: (row: Row | undefined) => Html | string
  },
): Promise<Response> {
  const { database, city, around, cache } = portal.world
  const lang = c.get('lang')
  const t = words[lang]
  const row = await findRecord(database, city, kind.definition.kind, id)
  const opened = dateOf(row ? moment(row.created.getTime()) : around.now())
  const promise = row && promiseOf(kind, await cache.law(0), { state: row.state, opened }, around.now())
  if (reveal !== undefined) portal.bear(c, reveal)
  const fact = (name: string, value: Html | string, number = false) =>
    html`<dt>${name}</dt>
      <dd class="${number ? 'number' : ''}">${value}</dd>`
  const coming = next(row)
  return portal.send(c, {
    title: t.confirm,
    body: html`<div class="panel done stack">
        <h1><span aria-hidden="true">✓</span> ${t.confirm}${lang === 'en' ? ': ' : '：'}${title}</h1>
        <dl class="facts">
          ${fact(t.yourNumber, id, true)} ${reveal === undefined ? '' : fact(t.yourCode, reveal, true)}
          ${fact(t.submittedOn, dateWords(opened, lang))}
          ${
            promise
              ? html`${fact(t.limit, term(promise.limit.budget, promise.limit.unit, lang))}
                ${fact(t.article, promise.limit.article)}
                ${fact(
                  t.latest,
                  html`<strong>${dateWords(promise.deadline.due, lang)}</strong>${
                      promise.deadline.provisional ? html` <em>${t.provisional}</em>` : ''
                    }`,
                )}`
              : ''
          }
        </dl>
        ${reveal === undefined ? '' : html`<p class="soft">${t.codeNote}</p>`}
      </div>
      ${
        coming === ''
          ? ''
          : html`<h2>${t.nextStep}</h2>
              <div class="read stack">${coming}</div>`
      }
      ${promise?.deadline.provisional ? html`<p class="read soft">${t.provisionalNote}</p>` : ''}
      <p class="row noprint">
        <a class="button" href="/record/${kind.definition.kind}/${id}">${t.see}</a>
        <button class="second" type="button" data-printer hidden>${t.print}</button>
      </p>`,
  })
}
