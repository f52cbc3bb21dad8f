// A paper as a page to print, and the page on which anybody verifies one.
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import { dateWords } from '../../kernel/clock/words.ts'
import type { Block } from '../../kernel/paper.ts'
import { languages, type Language } from '../../kernel/texts.ts'
import { plainCode } from '../code.ts'
import { openPaper, verified, type Issued } from '../paper.ts'
import type { C, Env } from '../env.ts'
import { masked } from '../view.ts'
import { publishedPart } from './decision.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'
import { words } from './texts.ts'

export function papers(http: Hono<Env>, portal: Portal): void {
  const { world, options } = portal
  const { registry } = world

  http.get('/record/:kind/:id/paper/:place', async (c) => {
    const kind = registry.kinds.get(c.req.param('kind'))
    // The paper is Chinese whatever the page around it speaks; a translation is asked for.
    const lang = languages.find((one) => one === c.req.query('in')) ?? 'zh-CN'
    const { id, place } = c.req.param()
    const opened = kind && (await openPaper(world, c.get('actor'), kind, id, place, lang))
    if (!opened) return portal.missing(c)
    const t = words[c.get('lang')]
    const { paper, code, revealed } = opened
    const here = `/record/${kind.definition.kind}/${id}`
    const other: Language = lang === 'en' ? 'zh-CN' : 'en'
    return portal.send(c, {
      title: `${paper.title} ${paper.number}`,
      sheet: 'paper.css',
      body: html`<p class="row spread noprint">
          <a href="${here}">← ${t.backToRecord}</a>
          <span class="row">
            <a href="${here}/paper/${place}?in=${other}" lang="${other}" hreflang="${other}"
              >${words[lang].paperOther}</a
            >
            <button class="second" type="button" data-printer hidden>${t.print}</button>
          </span>
        </p>
        ${paper.holds ? '' : html`<p class="told warned noprint" role="status">▲ ${t.verifyVoid} ${paper.since.map(({ what }) => what).join(' · ')}</p>`}
        ${revealed ? '' : html`<p class="soft noprint">${t.masked}</p>`}
        ${sheetPart(id, paper, code, options.origin, lang)}`,
    })
  })

  http.get('/verify', (c) => showForm(c))
  http.post('/verify', async (c) => {
    const t = words[c.get('lang')]
    const form = await portal.form(c)
    const field = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '')
    const number = field('number').normalize('NFKC').toUpperCase().replaceAll(/\s/g, '')
    const code = plainCode(field('code'))
    const [, id = '', place = ''] = /^(.+)-([0-9]+[A-Z]?)$/.exec(number) ?? []
    const wrong = [
      ...(id === '' ? [{ field: 'number', message: t.verifyNumberMissing }] : []),
      ...(code === '' ? [{ field: 'code', message: t.verifyCodeMissing }] : []),
    ]
    if (wrong.length > 0) return showForm(c, number, wrong)
    return c.redirect(`/verify/${[id, place, code].map(encodeURIComponent).join('/')}`, 303)
  })

  http.get('/verify/:id/:place/:code', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const { id, place, code } = c.req.param()
    const found = await verified(world, id, place, code, lang)
    if (!found) return showForm(c, `${id}-${place}`, [{ field: 'number', message: t.verifyNot }], 404)
    const { paper, phase } = found
    const facts = [
      [t.verifySort, paper.title],
      [t.number, paper.number],
      [t.verifyDay, dateWords(paper.on, lang)],
      [t.verifyUnit, paper.unitName],
      [t.verifyItem, paper.about],
      [t.verifyName, masked(paper.to)],
      [t.verifyPhase, phase],
    ] as const
    return portal.send(c, {
      title: t.verify,
      body: html`<h1>${t.verify}</h1>
        <p class="told ${paper.holds ? '' : 'warned'}" role="status">
          <span aria-hidden="true">${paper.holds ? '✓' : '▲'}</span> <strong>${t.verifyGenuine}</strong>
          ${paper.holds ? (paper.since.length === 0 ? t.verifyHolds : t.verifyChanged) : t.verifyVoid}
        </p>
        ${
          paper.since.length === 0
            ? ''
            : html`<ul>
                ${paper.since.map(({ on, what }) => html`<li>${dateWords(on, lang)} ${what}</li>`)}
              </ul>`
        }
        <dl class="facts">
          ${facts.map(
            ([name, value]) =>
              html`<dt>${name}</dt>
                <dd>${value}</dd>`,
          )}
        </dl>
        ${await publishedPart(c, portal, id)}
        <p class="soft read">${t.verifyOnly}</p>`,
    })
  })

  type Wrong = { readonly field: string; readonly message: string }

  function showForm(c: C, number = '', wrong: readonly Wrong[] = [], status = wrong.length > 0 ? 422 : 200) {
    const lang = c.get('lang')
    const t = words[lang]
    const field = (name: string, label: string, value: string) => {
      const message = wrong.find((one) => one.field === name)?.message
      const about = message === undefined ? '' : html`aria-invalid="true" aria-describedby="f-${name}-more"`
      return html`<div class="field ${message === undefined ? '' : 'wrong'}">
        <label for="f-${name}">${label}</label>
        ${message === undefined ? '' : html`<p class="problem" id="f-${name}-more">${message}</p>`}
        <input
          id="f-${name}"
          name="${name}"
          value="${value}"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          ${about}
        />
      </div>`
    }
    const title = status === 404 ? t.verifyWrong : t.verify
    return portal.send(
      c,
      {
        title,
        wrong: wrong.length > 0,
        body: html`${wrong.length > 0 ? summaryPart('', wrong, lang) : ''}
          <h1>${title}</h1>
          <p class="read">${t.verifyLead}</p>
          <form class="stack" method="post" action="/verify" novalidate>
            ${field('number', t.number, number)} ${field('code', t.paperCode, '')}
            <button>${t.verifyLook}</button>
          </form>`,
      },
      status,
    )
  }
}

/** The papers of a record, as links. */
export function papersPart(
  record: { readonly kind: string; readonly id: string },
  list: readonly Pick<Issued, 'place' | 'title' | 'number' | 'on' | 'holds'>[],
  lang: Language,
): Html {
  const t = words[lang]
  return html`<section class="stack" aria-labelledby="papers">
    <h2 id="papers">${t.papers}</h2>
    <ul>
      ${list.map(
        ({ place, title, number, on, holds }) =>
          html`<li>
            <a href="/record/${record.kind}/${record.id}/paper/${place}">${title}</a>
            <span class="soft">${number} · ${dateWords(on, lang)} ${holds ? '' : `· ${t.paperVoid}`}</span>
          </li>`,
      )}
    </ul>
  </section>`
}

function sheetPart(id: string, paper: Issued, code: string | undefined, origin: string, lang: Language): Html {
  const t = words[lang]
  const address = `${origin}/verify`
  return html`<article class="sheet" lang="${lang}">
    <p class="nr">${t.paperNumber}${paper.number}</p>
    <h1>${paper.own ? '' : html`<span>${paper.unitName}</span>`}<span>${paper.title}</span></h1>
    <p>${t.paperTo(paper.own ? paper.unitName : paper.to)}</p>
    ${paper.body.map(blockPart)}
    <div class="signed">
      <p>${paper.own ? `${t.paperBy}${paper.to}` : paper.unitName}<br />${t.paperDate(paper.on)}</p>
    </div>
    <div class="genuine">
      ${code === undefined ? '' : raw(renderSVG(`${address}/${id}/${paper.place}/${code}`, { border: 1 }))}
      <div>
        ${code === undefined ? '' : html`<p>${t.paperCode} <strong class="number">${code}</strong></p>`}
        <p>${code === undefined ? '' : t.paperCheck(address)}</p>
        <p>${t.paperSeal}</p>
        ${t.paperTranslated === '' ? '' : html`<p>${t.paperTranslated}</p>`}
      </div>
    </div>
  </article>`
}

function blockPart(block: Block): Html {
  if ('text' in block) return html`<p class="said">${block.text}</p>`
  if ('blanks' in block) return html`${block.blanks.map((line) => html`<p class="blank">${line}</p>`)}`
  if ('steps' in block)
    return html`<div class="why">
      <p>${block.derivation}</p>
      <ol>
        ${block.steps.map((step) => html`<li>${step}</li>`)}
      </ol>
    </div>`
  const ordered = block.rows.every(([first], place) => first === String(place + 1))
  return html`<div class="wide">
    <table class="${ordered ? 'ordered' : ''}">
      <thead>
        <tr>
          ${block.head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${block.rows.map(
          (row) =>
            html`<tr>
              ${row.map((value) => html`<td>${value}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
