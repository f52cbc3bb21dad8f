// The import as pages: upload, look at what the check found, confirm, see what came of it.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { createReadStream, existsSync } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import type { C, Env } from '../env.ts'
import { contentDisposition, readMultipart } from '../files/index.ts'
import { SHOWN, type Importer, type Job, type What } from '../import/index.ts'
import type { Language } from '../../kernel/texts.ts'
import { moment } from '../../kernel/clock/date.ts'
import { problem, problemJson } from '../problem.ts'
import { say } from '../say.ts'
import { importWords } from './import-texts.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'
import { words } from './texts.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const asJson = (c: C) => (c.req.header('accept') ?? '').includes('application/json')

export function imports(http: Hono<Env>, portal: Portal, importer: Importer): void {
  /** What is imported here: as the address says, or the only thing that this person may. */
  const whatOf = (c: C): What | undefined => {
    const all = importer.whats(c.get('actor'))
    const kind = c.req.query('kind')
    return kind === undefined ? all[0] : all.find((one) => one.kind === kind)
  }
  const wordsOf = (c: C, what: What | { readonly kind: string }) =>
    importWords[c.get('lang')][what.kind as keyof (typeof importWords)['en']]
  http.use('/import/*', (c, next) => (importer.whats(c.get('actor')).length > 0 ? next() : portal.missing(c)))

  http.get('/import', async (c) => show(c))

  http.post('/import', async (c) => {
    const t = words[c.get('lang')]
    const what = whatOf(c)
    if (!what) return portal.missing(c)
    const begun: (string | undefined)[] = []
    const { stopped, garbled } = await readMultipart(c.req.raw, portal.options.largestForm, async (field, file) => {
      if (field === 'file' && begun.length === 0)
        begun.push(await importer.begin(c.get('actor'), what, file, c.get('lang')))
    })
    if (stopped === 'interrupted') return show(c, t.uploadStopped.interrupted)
    if (begun.length === 0) return show(c, wordsOf(c, what).choose)
    const [id] = begun
    if (id === undefined) return show(c, t.importTooLarge)
    if (garbled.length > 0) {
      await importer.cancel(c.get('actor'), id)
      return show(c, `${garbled.join(', ')}: ${say(c.get('lang'), 'not-utf-8')}`, garbled[0])
    }
    return asJson(c) ? c.json({ id }) : c.redirect(`/import/${id}`, 303)
  })

  http.get('/import/template.xlsx', async (c) => {
    const what = whatOf(c)
    if (!what) return portal.missing(c)
    const out = new PassThrough()
    void importer.template(what, c.get('lang'), out).catch((error: Error) => out.destroy(error))
    const headers = { 'content-type': XLSX, 'content-disposition': contentDisposition(wordsOf(c, what).file) }
    return new Response(Readable.toWeb(out) as ReadableStream, { headers })
  })

  http.get('/import/:id', async (c) => {
    const job = await importer.find(c.get('actor'), c.req.param('id'))
    if (!job) return portal.missing(c)
    return asJson(c) ? c.json(job) : showJob(c, job)
  })
  http.get('/import/:id/annotated.xlsx', async (c) => {
    const job = await importer.find(c.get('actor'), c.req.param('id'))
    if (!job || !existsSync(importer.annotatedPath(job))) return portal.missing(c)
    const headers = { 'content-type': XLSX, 'content-disposition': contentDisposition(`${job.name}.结果.xlsx`) }
    return new Response(Readable.toWeb(createReadStream(importer.annotatedPath(job))) as ReadableStream, { headers })
  })
  for (const step of ['confirm', 'cancel'] as const)
    http.post(`/import/:id/${step}`, async (c) => {
      const id = c.req.param('id')
      const { submit } = step === 'confirm' ? await c.req.parseBody() : {}
      const done = await importer[step](c.get('actor'), id, c.get('lang'), submit === 'yes')
      const job = done ? undefined : await importer.find(c.get('actor'), id)
      if (!done && !job) return portal.missing(c)
      // Pressed twice, or too late: the page says how it stands.
      if (!asJson(c)) return c.redirect(`/import/${id}`, 303)
      const lang = c.get('lang')
      if (!job) return c.json({ done })
      const state = words[lang][`import-${job.state}`]
      return problemJson(c, problem(409, 'not-in-this-phase', say(lang, 'import-stands', { state })))
    })

  async function show(c: C, wrong?: string, field = 'file') {
    const t = words[c.get('lang')]
    const what = whatOf(c)
    if (!what) return portal.missing(c)
    const own = wordsOf(c, what)
    if (wrong !== undefined && asJson(c))
      return problemJson(c, problem(422, 'invalid-input', wrong, [{ field, problem: 'wrong', message: wrong }]))
    const jobs = await importer.list(c.get('actor'), what)
    return portal.send(
      c,
      {
        title: own.title,
        wrong: wrong !== undefined,
        body: html`${wrong === undefined ? '' : summaryPart('', [{ field: 'file', message: wrong }], c.get('lang'))}
          <h1>${own.title}</h1>
          <ol class="read">
            ${own.steps.map((step) => html`<li>${step}</li>`)}
          </ol>
          <p class="row">
            <a href="/import/template.xlsx?kind=${what.kind}">${t.importTemplate}</a>
            ${own.exports.map(([href, text]) => html`<a href="${href}">${text}</a>`)}
          </p>
          <form class="stack" method="post" action="/import?kind=${what.kind}" enctype="multipart/form-data">
            <div class="field ${wrong === undefined ? '' : 'wrong'}">
              <label for="f-file">${own.label}</label>
              <p class="hint" id="f-file-more">${own.hint.replace('{most}', portal.options.accepts.most)}</p>
              ${wrong === undefined ? '' : html`<p class="problem">${wrong}</p>`}
              <input
                type="file"
                id="f-file"
                name="file"
                accept="${own.accept}"
                required
                aria-describedby="f-file-more"
                ${wrong === undefined ? '' : html`aria-invalid="true"`}
              />
            </div>
            <button>${t.importCheck}</button>
          </form>
          <h2>${t.importBefore}</h2>
          ${jobs.length === 0 ? html`<p class="soft">${t.importNone}</p>` : ''}
          <ul class="rows">
            ${jobs.map(
              (job) =>
                html`<li>
                  <a href="/import/${job.id}">${job.name}</a>
                  <span class="tag">${t[`import-${job.state}`]}</span>
                  <span class="tag soft">${moment(job.created.getTime()).slice(0, 16).replace('T', ' ')}</span>
                </li>`,
            )}
          </ul>`,
      },
      wrong === undefined ? 200 : 422,
    )
  }

  function showJob(c: C, job: Job) {
    const lang = c.get('lang')
    const t = words[lang]
    const own = wordsOf(c, job)
    const submits = importer.whats(c.get('actor')).some(({ kind, submits: may }) => kind === job.kind && may)
    const busy = job.state === 'checking' || job.state === 'entering'
    const known = job.state === 'checked' || job.state === 'entered'
    const { entered = 0, changed = 0, unchanged = 0, rejected = 0, warned = 0 } = job.counts
    // What is a draft already may still be handed to its reviewer.
    const offers = job.state === 'checked' && entered + changed + (submits ? unchanged : 0) > 0
    const number = (n: number) => n.toLocaleString(lang)
    const rows: readonly (readonly [string, number])[] = [
      [job.state === 'entered' ? own.entered : own.toEnter, entered],
      [job.state === 'entered' ? own.changed : own.toChange, changed],
      [t.importUnchanged, unchanged],
      [t.importRejected, rejected],
      ...(warned > 0 ? [[t.importWarned, warned] as const] : []),
    ]
    const button = (step: string, text: string, style: string) =>
      html`<form id="${step}" method="post" action="/import/${job.id}/${step}">
        <button class="${style}">${text}</button>
      </form>`
    const note = !known || rejected === 0 ? undefined : job.state === 'checked' ? own.some : own.left
    return portal.send(c, {
      title: `${t[`import-${job.state}`]} · ${job.name}`,
      body: html`<p><a href="/import?kind=${job.kind}">← ${own.title}</a></p>
        <h1>${job.name}</h1>
        <p role="status"><strong>${t[`import-${job.state}`]}</strong></p>
        ${busy ? progressPart(job, lang) : ''}
        ${job.refusal === null ? '' : html`<p class="told overdue">${job.refusal}</p>`}
        ${
          known
            ? html`<table class="read">
                <tbody>
                  ${rows.map(
                    ([name, count]) =>
                      html`<tr>
                        <th scope="row">${name}</th>
                        <td class="figure">${number(count)}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>`
            : ''
        }
        ${note === undefined ? '' : html`<p class="read">${note.replace('{good}', number(entered + changed)).replace('{bad}', number(rejected))}</p>`}
        ${
          offers && submits
            ? html`<p>
                <label class="tick"
                  ><input type="checkbox" name="submit" value="yes" form="confirm" /> ${t.importSubmit}</label
                >
              </p>`
            : ''
        }
        <div class="row">
          ${offers ? button('confirm', t.importConfirm, '') : ''}
          ${rejected + warned > 0 && known ? html`<a class="button second" href="/import/${job.id}/annotated.xlsx">${t.importAnnotated}</a>` : ''}
          ${busy || job.state === 'checked' ? button('cancel', t.importCancel, 'second') : ''}
          ${busy ? html`<a href="/import/${job.id}">${t.importRefresh}</a>` : ''}
        </div>
        ${known && job.problems.length > 0 ? problemsPart(t.importProblems, t.importReason, job.problems, rejected, lang) : ''}
        ${known && job.warnings.length > 0 ? problemsPart(t.importWarnings, t.importRemark, job.warnings, warned, lang) : ''}`,
    })
  }

  /** Without JavaScript it is asked for anew by its link; with it, it moves by itself. */
  function progressPart(job: Job, lang: Language): Html {
    const t = words[lang]
    return html`<p data-job="${job.state}">
        <label for="progress"
          ><span data-done>${job.done.toLocaleString(lang)}</span>
          ${job.total === null ? '' : `/ ${job.total.toLocaleString(lang)}`} ${t.importRows}</label
        >
        <progress id="progress" ${job.total === null ? '' : html`max="${job.total}" value="${job.done}"`}></progress>
      </p>
      <p class="soft read">${t.importMayLeave}</p>`
  }

  function problemsPart(title: string, heading: string, remarks: Job['problems'], all: number, lang: Language): Html {
    const t = words[lang]
    const rows = new Set(remarks.map(({ sheet, row }) => `${sheet ?? ''} ${row}`)).size
    const sheets = remarks.some(({ sheet }) => sheet !== undefined)
    return html`<h2>${title}</h2>
      ${rows >= SHOWN && rows !== all ? html`<p class="soft">${t.importFirst.replace('{n}', rows.toLocaleString(lang))}</p>` : ''}
      <div class="wide">
        <table class="cards">
          <thead>
            <tr>
              ${sheets ? html`<th scope="col">${t.importSheet}</th>` : ''}
              <th scope="col">${t.importRow}</th>
              <th scope="col">${t.importColumn}</th>
              <th scope="col">${heading}</th>
            </tr>
          </thead>
          <tbody>
            ${remarks.map(
              ({ sheet, row, column, reason }) =>
                html`<tr>
                  ${sheets ? html`<td class="tight" data-label="${t.importSheet}">${sheet ?? '—'}</td>` : ''}
                  <th scope="row">${row}</th>
                  <td class="tight" data-label="${t.importColumn}">${column ?? '—'}</td>
                  <td data-label="${heading}">${reason}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`
  }
}
