// What somebody has begun to apply for: its tasks, each on its page, and what a new version has changed of it.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { C, Env } from '../../env.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { summaryPart } from '../part.ts'
import { checkTask, savedPart, tasksPart } from '../task.ts'
import { words } from '../texts.ts'
import { closedNote, dayIn, save, versionFrom, type Begun } from './begun.ts'
import { sheetsOf, sheetState, unchosen, type Sheet } from './entered.ts'
import { fileFields, readSheet, sheetPart, type Problems } from './sheet.ts'
import { applyWords } from './texts.ts'

/** Handles an address of drafts where the draft is an application for an item, and leaves all others to those who come after. */
export type Mine = (
  serve: (c: C, begun: Begun) => Promise<Response> | Response,
) => (c: C, next: () => Promise<void>) => Promise<Response | void>

export function titleOf(c: C, sheet: Sheet): string {
  const t = applyWords[c.get('lang')]
  return t.part(t[sheet.sort], sheet.part, sheet.parts)
}

/** What stands in the way of applying for the item now, on the pages of one that was begun before. */
export function closedPart(c: C, { matter }: Begun): Html | '' {
  const closed = closedNote(c, matter)
  return closed === undefined
    ? ''
    : html`<div class="told warned">
        <p><strong>${closed[0]}</strong></p>
        <p>${closed[1]}</p>
      </div>`
}

export function tasks(http: Hono<Env>, portal: Portal, mine: Mine): void {
  http.get(
    '/draft/:code',
    mine((c, begun) => {
      const lang = c.get('lang')
      const t = applyWords[lang]
      const sheets = sheetsOf(begun).map((sheet) => ({ sheet, state: sheetState(begun, sheet) }))
      const title = t.apply(begun.matter.name)
      const first = unchosen(begun)
      const path = `/draft/${begun.code}`
      return portal.send(c, {
        title: `${words[lang].tasks} · ${title}`,
        body: html`<p><a href="${begun.matter.at}">← ${begun.entered.theme === undefined ? t.item : t.theme}</a></p>
          <h1>${title}</h1>
          ${closedPart(c, begun)}
          ${begun.entered.from === undefined ? '' : html`<p class="told">${t.broughtOver(begun.entered.from)}</p>`}
          <p class="read">${words[lang].tasksNote}</p>
          ${tasksPart(
            [
              ...sheets.map(({ sheet, state }) => ({
                title: titleOf(c, sheet),
                href: `${path}/page/${sheet.name}`,
                state,
                ...(state === 'blocked' && { until: first === 'parts' ? t.partsFirst : t.situationFirst }),
              })),
              checkTask(
                `${path}/check`,
                sheets.every(({ state }) => state === 'done'),
                lang,
              ),
            ],
            lang,
          )}
          ${savedPart(begun.code, lang)}`,
      })
    }),
  )

  /** The page of this address; one that cannot be filled in yet is not there. */
  const sheetOf = (c: C, begun: Begun) =>
    sheetsOf(begun).find((one) => one.name === c.req.param('page') && sheetState(begun, one) !== 'blocked')

  http.get(
    '/draft/:code/page/:page',
    mine((c, begun) => {
      const sheet = sheetOf(c, begun)
      // What a later answer has made another page of is found among the tasks.
      return sheet ? show(c, begun, sheet, {}) : c.redirect(`/draft/${begun.code}`, 303)
    }),
  )

  http.post(
    '/draft/:code/page/:page',
    mine(async (c, begun) => {
      const sheet = sheetOf(c, begun)
      if (!sheet) return c.redirect(`/draft/${begun.code}`, 303)
      const taken = await portal.take(c, fileFields(sheet))
      const read = readSheet(c, portal, begun, sheet, taken.form)
      const problems = { ...read.problems, ...taken.problems }
      const wrong = Object.keys(problems).length > 0
      const done = [...begun.done.filter((key) => !sheet.keys.includes(key)), ...(wrong ? [] : sheet.keys)]
      const next = await save(portal, begun, read.entered, done)
      if (wrong) return show(c, next, sheet, problems)
      const left = sheetsOf(next).find((one) => sheetState(next, one) !== 'done')
      return c.redirect(left ? `/draft/${begun.code}/page/${left.name}` : `/draft/${begun.code}/check`, 303)
    }),
  )

  http.get(
    '/draft/:code/changes',
    mine(async (c, begun) => {
      const { entered, matter } = begun
      if (!entered.changes) return c.redirect(`/draft/${begun.code}`, 303)
      const lang = c.get('lang')
      const t = applyWords[lang]
      // When several have changed, the day of the last is told.
      const days = await Promise.all(entered.parts.map(({ version }) => versionFrom(portal, version)))
      const from = days
        .flatMap((day) => day ?? [])
        .sort()
        .at(-1)
      const lead = entered.from === undefined ? t.changedLead(from === undefined ? '' : dayIn(c, from)) : t.overChanged
      return portal.send(c, {
        title: t.changed,
        body: html`<p class="soft">${matter.name}</p>
          <h1>${t.changed}</h1>
          <p class="read">${lead}</p>
          <ul class="read">
            ${entered.changes.map(({ change, name, was }) => html`<li>${t.changes[change](name, was ?? '')}</li>`)}
          </ul>
          <form class="stack" method="post" action="/draft/${begun.code}/changes">
            <button>${t.changedRead}</button>
          </form>
          <p><a href="${matter.at}">${entered.theme === undefined ? t.item : t.theme}</a></p>`,
      })
    }),
  )

  http.post(
    '/draft/:code/changes',
    mine(async (c, begun) => {
      const { changes: _, ...entered } = begun.entered
      await save(portal, begun, entered)
      return c.redirect(`/draft/${begun.code}`, 303)
    }),
  )

  async function show(c: C, begun: Begun, sheet: Sheet, problems: Problems): Promise<Response> {
    const lang = c.get('lang')
    const t = words[lang]
    const list = Object.entries(problems).map(([field, message]) => ({ field, message }))
    const wrong = list.length > 0
    const sheets = sheetsOf(begun)
    const place = t.place
      .replace('{n}', String(sheets.findIndex((one) => one.name === sheet.name) + 1))
      .replace('{all}', String(sheets.length))
    const fresh = !wrong && sheetState(begun, sheet) !== 'done'
    const title = titleOf(c, sheet)
    return portal.send(
      c,
      {
        title,
        wrong,
        body: html`${wrong ? summaryPart('', list, lang) : ''}
          <p><a href="/draft/${begun.code}">← ${t.backToTasks}</a></p>
          <p class="soft">${begun.matter.name} · ${place}</p>
          <h1>${title}</h1>
          <form
            class="stack"
            method="post"
            novalidate
            action="/draft/${begun.code}/page/${sheet.name}"
            enctype="${sheet.sort === 'papers' ? 'multipart/form-data' : 'application/x-www-form-urlencoded'}"
          >
            ${await sheetPart(c, portal, begun, sheet, problems, fresh)}
            <button>${t.next}</button>
          </form>
          <p class="soft">${t.savedBy} ${begun.code}</p>`,
      },
      wrong ? 422 : 200,
    )
  }
}
