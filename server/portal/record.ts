// One record on the portal: its clock, what may be done, its story; and the page on which a command is given.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { dateOf, type Moment } from '../../kernel/clock/date.ts'
import type { Kind } from '../../kernel/domain.ts'
import { opens } from '../../kernel/door.ts'
import { freshKey } from '../../kernel/key.ts'
import { findRecord } from '../../store/read.ts'
import { cautionsOf, openCase, type Case } from '../case.ts'
import { problemOf, type Problem } from '../problem.ts'
import { besideRecord } from './apply/beside.ts'
import { asked, fieldPart, fieldsOf, readForm } from './form.ts'
import type { C, Env } from '../env.ts'
import { executeGiven } from '../files/given.ts'
import type { Attachment, Portal } from './index.ts'
import type { Html } from './layout.ts'
import { papersPart } from './paper.ts'
import { chainPart, clockPart, factsPart, filled, summaryPart, timelinePart } from './part.ts'
import { expectedClock, promiseOf } from './promise.ts'
import { words } from './texts.ts'
import type { Language } from '../../kernel/texts.ts'

/** More promises than this that have all been met are folded away. */
const MANY = 3

type Told = Pick<Problem, 'detail' | 'status'> & {
  readonly fields?: readonly { readonly field: string; readonly message: string }[]
}

export function records(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, registry, around } = world

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
    if (!one) return portal.missing(c)
    // What can be done no longer, or not yet, is told where one sees how it stands.
    const known = one.kind.definition.commands[command]
    if (!one.view.commands.includes(command))
      return known && !known.inner && !opens(one.kind.definition, command)
        ? c.redirect(`/record/${one.view.kind}/${one.view.id}?not=${command}`, 303)
        : portal.missing(c)
    return showCommand(c, one.kind, one.view, command, freshKey(Date.parse(around.now())), {}, undefined)
  })

  http.post('/record/:kind/:id/:command', async (c) => {
    const one = await found(c)
    const name = c.req.param('command')
    if (!one || !Object.hasOwn(one.kind.definition.commands, name)) return portal.missing(c)
    const { kind, view } = one
    const fields = fieldsOf(kind, name).filter((field) => asked(field, c.get('actor')))
    const { form, problems } = await portal.take(c, fields)
    const input = readForm(fields, form)
    const key =
      typeof form['key'] === 'string' && form['key'] !== ''
        ? form['key'].slice(0, 100)
        : freshKey(Date.parse(around.now()))
    const bad = Object.entries(problems).map(([field, message]) => ({ field, message }))
    if (bad.length > 0) return showCommand(c, kind, view, name, key, input, { detail: '', status: 422, fields: bad })
    const actor = { ...c.get('actor'), via: 'portal' }
    const command = { kind: view.kind, id: view.id, name, input, key: `portal ${key}` }
    const answer = await executeGiven(world, actor, command)
    if ('refused' in answer) {
      const problem = problemOf(registry, answer, c.get('lang'))
      return showCommand(c, kind, view, name, key, input, problem)
    }
    return c.redirect(`/record/${view.kind}/${view.id}?done=${name}`, 303)
  })

  const clockOf = (kind: Kind, clock: Case['clock'][number], lang: Language) =>
    clockPart(clock, kind.texts[lang].fields[clock.name] ?? clock.name, lang)

  /** Those that still run first, what is awaited of the reader at their head, then the one that ends soonest; one that is only expected, when none runs yet. */
  async function clocksPart(c: C, kind: Kind, view: Case): Promise<Html> {
    const lang = c.get('lang')
    const t = words[lang]
    // What one office owes another is not what it owes the enterprise.
    const own = view.clock.filter((clock) => clock.aside !== 'unit')
    const rank = ({ state, aside }: Case['clock'][number]) => (state === 'ended' ? 2 : aside === 'subject' ? 0 : 1)
    const order = own.toSorted((a, b) => rank(a) - rank(b) || (a.at < b.at ? -1 : 1))
    const part = (clock: Case['clock'][number]) => clockOf(kind, clock, lang)
    const running = order.filter((clock) => clock.state !== 'ended')
    const ended = order.filter((clock) => clock.state === 'ended')
    if (ended.length > 0 && (running.length > 0 || ended.length > MANY))
      return html`${running.map(part)}
        <details>
          <summary>${t.endedClocks}</summary>
          <div class="stack">${ended.map(part)}</div>
        </details>`
    if (!view.open) return html`${order.map(part)}`
    const row = await findRecord(database, city, view.kind, view.id)
    const law = await world.cache.law(0)
    const opened = dateOf(view.created as Moment)
    const promise = row && promiseOf(kind, law, { state: row.state, opened }, around.now())
    if (!promise || promise.kept) return html`${order.map(part)}`
    return html`${order.map(part)} ${clockPart(expectedClock(promise, law, around.now(), lang), t.expected, lang)}
      <p class="hint">${t.expectedNote}</p>`
  }

  async function showRecord(c: C, kind: Kind, view: Case) {
    const lang = c.get('lang')
    const t = words[lang]
    const texts = kind.texts[lang]
    const [done, not] = [c.req.query('done'), c.req.query('not')]
    const files = await portal.files(attachmentsOf(view))
    const actions = actionsPart(kind, view, lang)
    const cautions = cautionsOf(kind, view.facts, lang)
    const beside = await besideRecord(c, portal, view)
    const above = new Set(shownBy(kind, view, view.commands))
    const first = Object.fromEntries(
      Object.entries(beside?.first ?? {}).filter(([name, value]) => filled(value) && !above.has(name)),
    )
    const facts = Object.fromEntries(
      Object.entries(view.facts).filter(([name]) => !above.has(name) && !Object.hasOwn(first, name)),
    )
    return portal.send(c, {
      title: view.title,
      body: html`<p class="told" role="status" data-live="${view.kind}/${view.id}/${view.version}" hidden>
          ${t.changed}<a href="/record/${view.kind}/${view.id}">${t.reload}</a>
        </p>
        ${not !== undefined && texts.commands[not] ? html`<p class="told warned" role="status">${t.stepClosed.replace('{step}', texts.commands[not]).replace('{phase}', texts.phases[view.phase] ?? '')}</p>` : ''}
        ${done !== undefined && texts.commands[done] ? html`<p class="told" role="status">${t.done_}${texts.commands[done]}</p>` : ''}
        <header class="head">
          <p class="soft">${texts.title} ${view.id}</p>
          <h1>${view.title}</h1>
          <p>
            <strong class="phase">${texts.phases[view.phase]}</strong>
            ${view.unitName === null ? '' : html`<span class="soft">${t.unit} ${view.unitName}</span>`}
          </p>
        </header>
        ${cautions.map((caution) => html`<p class="told warned" role="status"><span aria-hidden="true">▲</span> ${caution}</p>`)}
        <div class="case">
          <aside class="stack">${await clocksPart(c, kind, view)}</aside>
          <div class="stack">
            ${actions} ${beside?.part ?? ''}
            ${
              Object.keys(first).length > 0
                ? html`<h2>${beside?.title}</h2>
                    ${factsPart(kind, lang, first, view.names, beside?.codes)}`
                : ''
            }
            <h2>${t.facts}</h2>
            ${factsPart(kind, lang, facts, view.names, beside?.codes)}
            ${view.revealed || !kind.definition.reveals ? '' : html`<p class="soft">${t.masked}</p>`}
            ${
              files.length > 0
                ? html`<h2>${t.files}</h2>
                    <ul>
                      ${files.map((file) => html`<li>${filePart(view, file, lang)}</li>`)}
                    </ul>`
                : ''
            }
            ${view.papers.length > 0 ? papersPart(view, view.papers, lang) : ''}
            ${view.chain.length > 0 && !beside?.whole ? chainPart(registry, lang, view) : ''}
            <h2>${t.timeline}</h2>
            ${timelinePart(kind, lang, view, beside?.codes)}
            <div class="row noprint">
              <button class="second" type="button" data-printer hidden>${t.print}</button>
              ${
                c.get('actor').token !== undefined && c.get('actor').subjects.length === 0
                  ? html`<form method="post" action="/follow/end"><button class="second">${t.endLook}</button></form>`
                  : ''
              }
            </div>
          </div>
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
    problem: Told | undefined,
  ) {
    const lang = c.get('lang')
    const t = words[lang]
    const texts = kind.texts[lang]
    const title = texts.commands[name] ?? name
    const fields = fieldsOf(kind, name).filter((field) => asked(field, c.get('actor')))
    const messages = Object.fromEntries((problem?.fields ?? []).map((one) => [one.field, one.message]))
    const with_ = await portal.around(c, kind, data)
    const upload = fields.some((field) => field.widget === 'files')
    const grave = kind.definition.commands[name]?.grave
    const shown = Object.fromEntries(shownBy(kind, view, [name]).map((fact) => [fact, view.facts[fact]]))
    const awaited = kind.definition.commands[name]?.awaited
      ? view.clock.filter((clock) => clock.aside === 'subject')
      : []
    const back = `/record/${view.kind}/${view.id}`
    return portal.send(
      c,
      {
        title,
        wrong: problem !== undefined,
        body: html`${problem ? summaryPart(problem.detail, problem.fields ?? [], lang) : ''}
          <p><a href="${back}">← ${t.backToRecord}</a></p>
          <p class="soft">${texts.title} ${view.id} · ${view.title}</p>
          <h1>${title}</h1>
          ${Object.keys(shown).length > 0 ? html`<div class="told">${factsPart(kind, lang, shown, view.names)}</div>` : ''}
          ${awaited.filter((clock) => clock.state !== 'ended').map((clock) => clockOf(kind, clock, lang))}
          ${texts.warnings?.[name] === undefined ? '' : html`<p class="told overdue"><strong>${texts.warnings[name]}</strong></p>`}
          <form
            class="stack"
            method="post"
            novalidate
            action="${back}/${name}"
            enctype="${upload ? 'multipart/form-data' : 'application/x-www-form-urlencoded'}"
          >
            <input type="hidden" name="key" value="${key}" />
            ${fields.map((field) => fieldPart(field, data[field.name], with_, messages[field.name]))}
            <div class="row">
              <button class="${grave ? 'grave' : ''}">${title}</button>
              ${grave ? html`<a href="${back}">${t.notNow}</a>` : ''}
            </div>
          </form>`,
      },
      problem?.status ?? 200,
    )
  }

  function actionsPart(kind: Kind, view: Case, lang: Language): Html {
    const t = words[lang]
    const { commands } = kind.definition
    if (view.commands.length === 0) return html``
    const rank = (name: string) => (commands[name]?.awaited ? 0 : commands[name]?.grave ? 2 : 1)
    const ordered = view.commands.toSorted((a, b) => rank(a) - rank(b))
    const shown = Object.fromEntries(shownBy(kind, view, ordered).map((fact) => [fact, view.facts[fact]]))
    const awaited = ordered.some((name) => commands[name]?.awaited)
    return html`<section class="panel ${awaited ? 'turn' : ''} stack" aria-labelledby="actions">
      <h2 id="actions" class="noprint">${awaited ? t.yourTurn : t.actions}</h2>
      ${Object.keys(shown).length > 0 ? factsPart(kind, lang, shown, view.names) : ''}
      <p class="row noprint">
        ${ordered.map(
          (name) =>
            html`<a
              class="button ${commands[name]?.awaited ? '' : commands[name]?.grave ? 'grave' : 'second'}"
              href="/record/${view.kind}/${view.id}/${name}"
              >${kind.texts[lang].commands[name]}</a
            >`,
        )}
      </p>
    </section>`
  }
}

/** A download; what the scanner has not passed is named and not given out. */
function filePart(view: Case, { id, name, size, state }: Attachment, lang: Language): Html {
  const t = words[lang]
  const much = size < 1024 ** 2 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1024 ** 2).toFixed(1)} MB`
  if (state === 'quarantined') return html`${name} <span class="warned">${t.fileHeld}</span>`
  if (state === 'infected') return html`${name} <span class="overdue">${t.fileInfected}</span>`
  return html`<a href="/api/records/${view.kind}/${view.id}/files/${id}">${name}</a> <span class="soft">${much}</span>`
}

/** The facts that these commands set before whoever gives them, as far as there are any. */
function shownBy(kind: Kind, view: Case, commands: readonly string[]): readonly string[] {
  const wanted = commands.flatMap((name) => kind.definition.commands[name]?.shows ?? []) as string[]
  return [...new Set(wanted)].filter((fact) => filled(view.facts[fact]))
}

/** Every attachment that the record names: in its facts and along its story. */
function attachmentsOf(view: Case): Record<string, unknown> {
  const all = [view.facts, ...view.timeline.map((one) => one.data)].flatMap((data) => data['files'] ?? [])
  return { files: all }
}
