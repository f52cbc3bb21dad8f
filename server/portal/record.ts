// One record on the portal: looked up by number and code or by whoever is signed in; its clock, its story, what may be done.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { randomUUID } from 'node:crypto'
import { visible } from '../../kernel/access.ts'
import { dateOf, moment, type Moment } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import type { Kind } from '../../kernel/domain.ts'
import { execute } from '../../kernel/door.ts'
import type { Language } from '../../kernel/texts.ts'
import { listRecords, type Row } from '../../store/read.ts'
import { openCase, type Case } from '../case.ts'
import { problemOf } from '../problem.ts'
import { asked, fieldPart, fieldsOf, readForm } from './form.ts'
import type { C, Env } from '../env.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { chainPart, clockPart, factsPart, summaryPart, timelinePart } from './part.ts'
import { words } from './texts.ts'

export function records(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, registry, around } = world

  http.get('/follow', (c) => showFollow(c))
  http.post('/follow', async (c) => {
    const form = await portal.form(c)
    const field = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '')
    const [id, code] = [field('number').toUpperCase(), field('code')]
    const actor = { ...c.get('actor'), token: around.hash(code) }
    const kind = [...registry.kinds.values()].find(
      (one) => id.startsWith(one.definition.code) && one.definition.sees['token'],
    )
    const found = kind && code !== '' ? await openCase(world, actor, kind, id, c.get('lang')) : undefined
    if (!kind || !found) return showFollow(c, id)
    portal.bear(c, code)
    return c.redirect(`/record/${kind.definition.kind}/${id}`, 303)
  })

  function showFollow(c: C, number?: string) {
    const t = words[c.get('lang')]
    const wrong = number !== undefined
    return portal.send(
      c,
      {
        title: t.follow,
        wrong,
        body: html`${wrong ? summaryPart('', [{ field: 'number', message: t.noMatch }], c.get('lang')) : ''}
          <h1>${t.follow}</h1>
          <form class="stack" method="post" action="/follow">
            <div class="field ${wrong ? 'wrong' : ''}">
              <label for="f-number">${t.number}</label>
              <input id="f-number" name="number" value="${number ?? ''}" autocomplete="off" spellcheck="false" />
            </div>
            <div class="field">
              <label for="f-code">${t.queryCode}</label>
              <input id="f-code" name="code" autocomplete="off" spellcheck="false" />
            </div>
            <button>${t.look}</button>
          </form>`,
      },
      wrong ? 422 : 200,
    )
  }

  const found = async (c: C) => {
    const kind = registry.kinds.get(c.req.param('kind') ?? '')
    const view = kind && (await openCase(world, c.get('actor'), kind, c.req.param('id') ?? '', c.get('lang')))
    return kind && view ? { kind, view } : undefined
  }

  http.get('/record/:kind/:id', async (c) => {
    const one = await found(c)
    return one ? showRecord(c, one.kind, one.view) : portal.missing(c)
  })

  http.get('/record/:kind/:id/:command', async (c) => {
    const one = await found(c)
    const command = c.req.param('command')
    if (!one?.view.commands.includes(command)) return portal.missing(c)
    return showCommand(c, one.kind, one.view, command, randomUUID(), {}, undefined)
  })

  http.post('/record/:kind/:id/:command', async (c) => {
    const one = await found(c)
    const name = c.req.param('command')
    if (!one || !Object.hasOwn(one.kind.definition.commands, name)) return portal.missing(c)
    const { kind, view } = one
    const form = await portal.form(c)
    const fields = fieldsOf(kind, name).filter((field) => asked(field, c.get('actor')))
    const taken = await portal.take(c, fields, form)
    const input = readForm(fields, taken.form)
    const key = typeof form['key'] === 'string' && form['key'] !== '' ? form['key'].slice(0, 100) : randomUUID()
    const bad = Object.entries(taken.problems).map(([field, message]) => ({ field, message }))
    if (bad.length > 0) return showCommand(c, kind, view, name, key, input, { detail: '', status: 422, fields: bad })
    const actor = { ...c.get('actor'), via: 'portal' }
    const answer = await execute(around, actor, { kind: view.kind, id: view.id, name, input, key: `portal ${key}` })
    if ('refused' in answer) {
      const problem = problemOf(registry, answer, c.get('lang'))
      return showCommand(c, kind, view, name, key, input, problem)
    }
    return c.redirect(`/record/${view.kind}/${view.id}?done=${name}`, 303)
  })

  async function showRecord(c: C, kind: Kind, view: Case) {
    const lang = c.get('lang')
    const t = words[lang]
    const texts = kind.texts[lang]
    const done = c.req.query('done')
    const files = await portal.files(attachmentsOf(view))
    return portal.send(c, {
      title: view.title,
      body: html`<p class="told" role="status" data-live="${view.kind}/${view.id}/${view.version}" hidden>
          ${t.changed}<a href="/record/${view.kind}/${view.id}">${t.reload}</a>
        </p>
        ${done !== undefined && texts.commands[done] ? html`<p class="told" role="status">${t.done_}${texts.commands[done]}</p>` : ''}
        <p class="soft">${texts.title} ${view.id}</p>
        <h1>${view.title}</h1>
        <p>
          <strong>${texts.phases[view.phase]}</strong>
          ${view.unitName === null ? '' : html`<span class="soft">${t.unit} ${view.unitName}</span>`}
        </p>
        <div class="case">
          <div class="stack">
            <h2>${t.facts}</h2>
            ${factsPart(kind, lang, view.facts, view.names)}
            ${view.revealed || !kind.definition.reveals ? '' : html`<p class="soft">${t.masked}</p>`}
            ${
              Object.keys(files).length > 0
                ? html`<h2>${t.files}</h2>
                    <ul>
                      ${Object.entries(files).map(
                        ([id, name]) =>
                          html`<li><a href="/api/records/${view.kind}/${view.id}/files/${id}">${name}</a></li>`,
                      )}
                    </ul>`
                : ''
            }
            ${view.chain.length > 0 ? chainPart(registry, lang, view) : ''}
            <h2>${t.timeline}</h2>
            ${timelinePart(kind, lang, view)}
            <p class="noprint"><button class="second" type="button" data-printer hidden>${t.print}</button></p>
          </div>
          <aside class="stack">
            ${view.clock.map((clock) => clockPart(clock, texts.fields[clock.name] ?? clock.name, lang))}
            ${
              view.commands.length > 0
                ? html`<section class="noprint stack" aria-labelledby="actions">
                    <h2 id="actions">${t.actions}</h2>
                    <p class="row">
                      ${view.commands.map(
                        (name) =>
                          html`<a
                            class="button ${kind.definition.commands[name]?.grave ? 'grave' : 'second'}"
                            href="/record/${view.kind}/${view.id}/${name}"
                            >${texts.commands[name]}</a
                          >`,
                      )}
                    </p>
                  </section>`
                : ''
            }
          </aside>
        </div>`,
    })
  }

  async function showCommand(
    c: C,
    kind: Kind,
    view: Case,
    name: string,
    key: string,
    data: Readonly<Record<string, unknown>>,
    problem:
      | (Pick<ReturnType<typeof problemOf>, 'detail' | 'status'> & {
          fields?: readonly { field: string; message: string }[]
        })
      | undefined,
  ) {
    const lang = c.get('lang')
    const t = words[lang]
    const title = kind.texts[lang].commands[name] ?? name
    const fields = fieldsOf(kind, name).filter((field) => asked(field, c.get('actor')))
    const messages = Object.fromEntries((problem?.fields ?? []).map((one) => [one.field, one.message]))
    const with_ = await portal.around(c, kind, data)
    const upload = fields.some((field) => field.widget === 'files')
    const spec = kind.definition.commands[name]
    return portal.send(
      c,
      {
        title,
        wrong: problem !== undefined,
        body: html`${problem ? summaryPart(problem.detail, problem.fields ?? [], lang) : ''}
          <p><a href="/record/${view.kind}/${view.id}">${t.back}</a></p>
          <h1>${title}</h1>
          <p class="soft">${view.id} ${view.title}</p>
          <form
            class="stack"
            method="post"
            novalidate
            action="/record/${view.kind}/${view.id}/${name}"
            enctype="${upload ? 'multipart/form-data' : 'application/x-www-form-urlencoded'}"
          >
            <input type="hidden" name="key" value="${key}" />
            ${fields.map((field) => fieldPart(field, data[field.name], with_, messages[field.name]))}
            <button class="${spec?.grave ? 'grave' : ''}">${title}</button>
          </form>`,
      },
      problem?.status ?? 200,
    )
  }

  http.get('/mine', async (c) => {
    const t = words[c.get('lang')]
    const actor = c.get('actor')
    if (actor.subjects.length === 0) return c.redirect('/sign-in?next=/mine', 303)
    const lists = await Promise.all(
      [...registry.kinds.values()]
        .filter((kind) => kind.definition.clock && kind.definition.sees['subject'])
        .map(async (kind) => {
          const wanted = { kind: kind.definition.kind, who: actor.subjects, order: 'created', limit: 20 } as const
          const ways = visible({ subject: 'always' }, actor)
          const after = c.req.query(kind.definition.kind)
          return { kind, page: await listRecords(database, city, ways, { ...wanted, after }) }
        }),
    )
    return portal.send(c, {
      title: t.mine,
      body: html`<h1>${t.mine}</h1>
        ${lists.map(
          ({ kind, page }) =>
            html`<h2>${kind.texts[c.get('lang')].title}</h2>
              ${page.items.length === 0 ? html`<p class="soft">${t.emptyMine}</p>` : rowsPart(page.items, kind, c.get('lang'), around.now())}
              ${page.next === null ? '' : html`<p><a href="/mine?${kind.definition.kind}=${page.next}">${t.more}</a></p>`}`,
        )}`,
    })
  })
}

/** Records as a list of links with their state and due day. */
export function rowsPart(rows: readonly Row[], kind: Kind, lang: Language, now: Moment): Html {
  const late = (row: Row) => row.open && row.due !== null && row.due.getTime() < Date.parse(now)
  return html`<ul class="rows">
    ${rows.map(
      (row) =>
        html`<li>
          <a href="/record/${row.kind}/${row.id}">${row.title}</a>
          <span class="tag">${kind.texts[lang].phases[row.phase]}</span>
          ${late(row) ? html`<span class="tag overdue">■ ${words[lang].overdue}</span>` : ''}
          <span class="tag soft"
            >${
              row.due === null || !row.open
                ? dateWords(dateOf(moment(row.created.getTime())), lang)
                : `${words[lang].due} ${dateWords(dateOf(moment(row.due.getTime())), lang)}`
            }</span
          >
        </li>`,
    )}
  </ul>`
}

/** Every attachment that the record names: in its facts and along its story. */
function attachmentsOf(view: Case): Record<string, unknown> {
  const all = [view.facts, ...view.timeline.map((one) => one.data)].flatMap((data) => data['files'] ?? [])
  return { files: all }
}
