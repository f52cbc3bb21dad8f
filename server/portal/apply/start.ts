// Where applying for an item begins: who may, what is needed, how long it takes, what it costs, what comes next.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { limitsOf, rules } from '../../../domains/applications/index.ts'
import type { Content } from '../../../domains/items/index.ts'
import { dateOf } from '../../../kernel/clock/date.ts'
import { deadline } from '../../../kernel/clock/limit.ts'
import { term } from '../../../kernel/clock/words.ts'
import { findDraft, keepDraft } from '../../../store/draft.ts'
import { canonicalCode, freshCode, hashOfCode } from '../../code.ts'
import type { C, Env } from '../../env.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { summaryPart } from '../part.ts'
import { words } from '../texts.ts'
import { closedNote, dayIn, draftOf, isListed, listedItem, staffPage, type Listed } from './begun.ts'
import type { Material } from './entered.ts'
import { overFrom } from './over.ts'
import { applyWords } from './texts.ts'

export function starts(http: Hono<Env>, portal: Portal): void {
  const { database, city, registry, cache, around } = portal.world

  http.get('/apply/:code', (c) => show(c, c.req.query('from') ?? ''))

  http.post('/apply/:code', async (c) => {
    const form = await portal.form(c)
    const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '')
    if (form['code'] !== undefined) {
      const code = canonicalCode(text('code'))
      if (await findDraft(database, city, hashOfCode(code)))
        return c.redirect(`/draft/${encodeURIComponent(code)}`, 303)
      return show(c, '', text('code'))
    }
    const item = await listedItem(portal, c.req.param('code'))
    if (!isListed(item) || item.phase !== 'standing' || c.get('actor').posts.length > 0) return show(c, text('from'))
    const over = await overFrom(c, portal, item, text('from'))
    const empty = { item: item.code, version: item.version, situations: [], answers: [], papers: [] }
    const code = freshCode()
    const draft = over ? draftOf(over.entered, over.done) : draftOf(empty, [])
    await keepDraft(database, city, hashOfCode(code), draft, around.now())
    return c.redirect(`/draft/${code}`, 303)
  })

  async function show(c: C, from: string, wrongCode?: string): Promise<Response> {
    const lang = c.get('lang')
    const item = await listedItem(portal, c.req.param('code') ?? '')
    const t = applyWords[lang]
    const closed = closedNote(c, item)
    if (closed || !isListed(item)) {
      const [title, note] = closed ?? [t.unknown, t.unknownNote]
      const status = !isListed(item) ? 404 : c.req.method === 'POST' ? 409 : 200
      return portal.send(c, { title, body: closedPart(c, item, title, note) }, status)
    }
    const title = t.apply(item.content.name)
    if (c.get('actor').posts.length > 0) return staffPage(c, portal, title)
    const wrong = wrongCode !== undefined
    const over = from === '' ? undefined : await overFrom(c, portal, item, from)
    return portal.send(
      c,
      {
        title,
        wrong,
        body: html`${wrong ? summaryPart('', [{ field: 'code', message: words[lang].noDraft }], lang) : ''}
          <p><a href="/item/${item.code}">← ${t.item}</a></p>
          <h1>${title}</h1>
          ${from === '' ? '' : html`<p class="told ${over ? '' : 'warned'}">${over ? t.over(from) : t.notOver}</p>`}
          <div class="case">
            <aside class="stack">
              <form class="panel stack" method="post" action="/apply/${item.code}">
                ${over ? html`<input type="hidden" name="from" value="${from}" />` : ''}
                <p>${words[lang].startNote}</p>
                <button>${words[lang].start}</button>
              </form>
            </aside>
            <div class="read stack">${await saidPart(c, item)}</div>
            ${resumePart(c, item, wrongCode)}
          </div>`,
      },
      wrong ? 422 : 200,
    )
  }

  function closedPart(c: C, item: Awaited<ReturnType<typeof listedItem>>, title: string, note: string): Html {
    const t = applyWords[c.get('lang')]
    return html`<h1>${title}</h1>
      ${
        isListed(item)
          ? html`<p class="lead">${item.content.name}</p>
              <p class="read">${note}</p>
              <p>${t.enquiries} ${item.content.enquiries}</p>
              <p class="row"><a href="/item/${item.code}">${t.item}</a> <a href="/items">${t.toItems}</a></p>`
          : html`<p class="read">${note}</p>
              <p><a href="/items">${t.toItems}</a></p>`
      }`
  }

  async function saidPart(c: C, { content }: Listed): Promise<Html> {
    const lang = c.get('lang')
    const t = applyWords[lang]
    const options = registry.kinds.get('item')!.texts[lang].options
    const law = await cache.law(0)
    const today = dateOf(around.now())
    const accept = law.limit(rules.accept, today)
    const audience = content.audience.map((one) => options[one] ?? one).join(lang === 'en' ? ', ' : '、')
    const results = content.results.map(({ resultName }) => resultName).join(lang === 'en' ? ', ' : '、')
    return html`<h2>${t.who}</h2>
      <p>${audience}</p>
      <p class="said">${content.conditions}</p>
      <h2>${t.needs}</h2>
      ${needsPart(c, content)}
      <h2>${t.takes}</h2>
      <dl class="facts">${await timesPart(c, content)}</dl>
      <h2>${t.costs}</h2>
      <p>${content.fee ? t.feeBasis(content.feeBasis ?? '') : words[lang].free}</p>
      ${
        results === ''
          ? ''
          : html`<h2>${t.gets}</h2>
              <p>${results}</p>`
      }
      ${
        accept
          ? html`<h2>${t.next}</h2>
              <p>${t.nextNote(term(accept.budget, accept.unit, lang))}</p>`
          : ''
      }
      <p class="soft">${t.enquiries} ${content.enquiries}</p>`
  }

  /** The law's limit, the city's promise, and the day on which that would end. */
  async function timesPart(c: C, content: Content): Promise<Html> {
    const lang = c.get('lang')
    const t = applyWords[lang]
    const { promised, statutory } = limitsOf(content)
    const today = dateOf(around.now())
    const { calendar } = await cache.law(0)
    const due = deadline(calendar, { limit: promised, from: today }, today)
    return html`${
        statutory
          ? html`<dt>${t.statutory}</dt>
              <dd>${term(statutory.budget, statutory.unit, lang)}</dd>`
          : ''
      }
      <dt>${t.promised}</dt>
      <dd>
        ${
          content.handling === 'at-once'
            ? t.atOnce
            : html`${term(promised.budget, promised.unit, lang)}${lang === 'en' ? '. ' : '。'}${t.ifAccepted(dayIn(c, due.due))}
              ${due.provisional ? html`<em>${words[lang].provisional}</em>` : ''}`
        }
      </dd>`
  }

  function needsPart(c: C, content: Content): Html {
    const t = applyWords[c.get('lang')]
    const list = (papers: readonly Material[]) =>
      html`<ul>
        ${papers.map((one) => html`<li>${one.materialName} <span class="soft">${aboutPaper(c, one)}</span></li>`)}
      </ul>`
    const always = content.materials.filter(({ within }) => within === undefined)
    return html`${content.materials.length === 0 ? html`<p>${t.needsNothing}</p>` : always.length === 0 ? '' : list(always)}
    ${content.situations.map(({ situation, situationName }) => {
      const here = content.materials.filter(({ within }) => within === situation)
      return here.length === 0
        ? ''
        : html`<p>${t.inSituation(situationName)}</p>
            ${list(here)}`
    })}
    ${content.commitment === true ? html`<p class="soft">${t.commitmentNote}</p>` : ''}`
  }

  function resumePart(c: C, item: Listed, wrongCode: string | undefined): Html {
    const t = words[c.get('lang')]
    const wrong = wrongCode !== undefined
    return html`<form class="panel stack later" method="post" action="/apply/${item.code}">
      <h2>${t.haveCode}</h2>
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
    </form>`
  }
}

/** What is to be known of a paper: that the city has it, or who issues it and how many are wanted. */
export function aboutPaper(c: C, { shared, issuer, originals, copies, tolerable }: Material): string {
  const t = applyWords[c.get('lang')]
  const about = shared
    ? [t.sharedNote]
    : [issuer === undefined ? '' : t.issuer(issuer), t.copies(originals, copies), tolerable ? t.tolerableNote : '']
  return about.filter(Boolean).join(c.get('lang') === 'en' ? '; ' : '；')
}
