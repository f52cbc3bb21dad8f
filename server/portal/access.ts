// Market access for everybody: ask whether one may do something, read the list, see which barriers are gone.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import {
  parts,
  type Answer,
  type Clearance,
  type Content,
  type Matter,
  type Prohibition,
} from '../../domains/access/index.ts'
import { sections } from '../../domains/register/index.ts'
import { nobody, visible } from '../../kernel/access.ts'
import { dateOf, isCivilDate } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import { accessWords, askAccess, editionFor, type InForce, type Told } from '../access/index.ts'
import type { C, Env } from '../env.ts'
import { say } from '../say.ts'
import { unitName } from '../view.ts'
import { accessPages } from './access-texts.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'
import { pageOf } from './sift.ts'

const MARK: Readonly<Record<Answer['verdict'], string>> = { barred: '■', permit: '▲', free: '●' }
const TONE: Readonly<Record<Answer['verdict'], string>> = { barred: 'overdue', permit: 'warned', free: 'in-time' }
/** So many are shown open; the others stand behind a line. */
const SHOWN = 8

export function accessPagesOf(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const today = () => dateOf(world.around.now())
  const asked = (c: C, name: string, most: number) => (c.req.query(name) ?? '').trim().slice(0, most)

  http.get('/access', async (c) => {
    const lang = c.get('lang')
    const [t, said] = [accessPages[lang], accessWords[lang]]
    const [words, industry, day] = [asked(c, 'words', 200), asked(c, 'industry', 60), asked(c, 'on', 10)]
    const fields = { words, industry, on: day }
    const on = day === '' ? today() : day
    const asking = words !== '' || industry !== '' || day !== ''
    const told = !asking
      ? undefined
      : isCivilDate(on)
        ? await askAccess(world, c.get('actor'), { words, industry, on })
        : ({ wrong: 'no-such-date' } as const)
    const problem = !told || !('wrong' in told) ? undefined : problemIn(told.wrong, lang)
    const open = Object.values(fields).some((value) => value !== '') && problem?.field !== undefined
    return portal.send(
      c,
      {
        title: t.title,
        wrong: open,
        body: html`${open ? summaryPart('', [{ field: problem!.field!, message: problem!.message }], lang) : ''}
          <h1>${t.title}</h1>
          <p class="lead read">${t.lead}</p>
          ${formPart(c, fields, problem)}
          ${problem && problem.field === undefined ? html`<p class="told warned" role="status">${problem.message}</p>` : ''}
          ${told && !('wrong' in told) ? await answerPart(c, told) : ''}
          <h2>${t.list}</h2>
          <p class="read">${t.listLead}</p>
          <p class="row">
            <a class="button second" href="/access/list">${t.list}</a> <a href="/access/cleared">${t.cleared}</a>
          </p>
          <h2>${t.report}</h2>
          <p class="read">${t.reportLead}</p>
          <p class="noprint"><a class="button" href="/start/clue/report">${t.report}</a></p>
          <p class="soft read">${said.law}</p>`,
      },
      open ? 422 : 200,
    )
  })

  http.get('/access/list', async (c) => {
    const lang = c.get('lang')
    const t = accessPages[lang]
    const day = asked(c, 'on', 10)
    const edition = await editionFor(world, isCivilDate(day) ? day : today())
    const sector = sections.find(({ code }) => code === asked(c, 'sector', 1))
    const annex = asked(c, 'part', 10) === 'annex'
    // What nobody may do stands first; what needs a permit is read section by section.
    const chosen = parts.find((one) => one === asked(c, 'part', 10))
    const part = chosen ?? (sector === undefined && !annex ? 'barred' : undefined)
    const shown = annex
      ? []
      : (edition?.content.matters ?? []).filter(
          (one) =>
            (part === undefined || one.part === part) &&
            (sector === undefined || one.sectors?.some((code) => code === sector.code)),
        )
    return portal.send(c, {
      title: edition?.content.name ?? t.list,
      body: html`<p class="noprint"><a href="/access">← ${t.title}</a></p>
        <h1>${edition?.content.name ?? t.list}</h1>
        <p class="read">${t.listLead}</p>
        ${
          edition
            ? html`${editionPart(edition, c)} ${tabsPart(edition.content, c, part, sector?.code, annex, day)}
                <h2>
                  ${annex ? t.annexTitle : sector ? `${sector.code} ${lang === 'en' ? sector.nameEn : sector.name}` : accessWords[lang].part[part ?? 'barred']}
                </h2>
                ${shown.length === 0 && !annex ? html`<p class="told">${t.none}</p>` : ''}
                ${shown.map((one) => matterPart(c, edition.content, one, undefined, []))}
                ${annex ? annexPart(c, edition.content.prohibitions) : ''}`
            : html`<p class="told">${t.noList}</p>
                ${personPart(c)}`
        }`,
    })
  })

  http.get('/access/cleared', async (c) => {
    const lang = c.get('lang')
    const t = accessPages[lang]
    const { definition, texts } = world.registry.kinds.get('clearance')!
    const branches = visible(definition.sees, nobody)
    const [page, units] = await Promise.all([
      pageOf(c, portal, { kind: 'clearance', branches }, undefined),
      world.cache.units(),
    ])
    return portal.send(c, {
      title: t.cleared,
      body: html`<p class="noprint"><a href="/access">← ${t.title}</a></p>
        <h1>${t.cleared}</h1>
        <p class="lead read">${t.clearedLead}</p>
        ${page.rows.length === 0 ? html`<p class="told">${t.noneCleared}</p>` : ''}
        ${page.rows.map((row) => {
          const one = row.state as unknown as Extract<Clearance, { phase: 'published' }>
          return html`<section class="panel stack wider">
            <h2><a href="/record/clearance/${row.id}">${one.title}</a></h2>
            <p class="soft">
              ${[texts[lang].options[one.sort], unitName(units, one.unit, lang)].filter(Boolean).join(' · ')}
            </p>
            <p class="said">${one.finding}</p>
            <p class="soft">
              ${t.orderedOn} ${dateWords(one.orderedOn, lang)} · ${t.clearedOn} ${dateWords(one.clearedOn, lang)} ·
              ${one.inTime ? t.inTime : t.late}
            </p>
          </section>`
        })}
        <p class="row noprint">
          ${page.next === undefined ? '' : html`<a class="button second" href="/access/cleared?${new URLSearchParams(page.next)}">→</a>`}
          ${page.first ? '' : html`<a href="/access/cleared">←</a>`}
        </p>
        <p class="noprint"><a class="button" href="/start/clue/report">${t.report}</a></p>`,
    })
  })

  type Fields = Readonly<Record<'words' | 'industry' | 'on', string>>
  type Problem = { readonly field?: keyof Fields; readonly message: string }

  function problemIn(
    wrong: Extract<Awaited<ReturnType<typeof askAccess>>, { wrong: unknown }>['wrong'] | 'no-such-date',
    lang: C['var']['lang'],
  ): Problem {
    if (wrong === 'no-such-date') return { field: 'on', message: say(lang, 'no-such-day') }
    const message = accessWords[lang].wrong[wrong]
    if (wrong === 'no-edition') return { message }
    return { field: wrong === 'nothing-asked' ? 'words' : 'industry', message }
  }

  function formPart(c: C, fields: Fields, problem: Problem | undefined): Html {
    const t = accessPages[c.get('lang')]
    const field = (name: keyof Fields, label: string, hint: string, type: string) => {
      const wrong = problem?.field === name ? problem.message : undefined
      return html`<div class="field ${name === 'words' ? 'words' : ''} ${wrong === undefined ? '' : 'wrong'}">
        <label for="f-${name}">${label}</label>
        <div id="f-${name}-more">
          <p class="hint">${hint}</p>
          ${wrong === undefined ? '' : html`<p class="problem">${wrong}</p>`}
        </div>
        <input
          id="f-${name}"
          name="${name}"
          type="${type}"
          value="${fields[name]}"
          autocomplete="off"
          aria-describedby="f-${name}-more"
          ${wrong === undefined ? '' : html`aria-invalid="true"`}
        />
      </div>`
    }
    return html`<form class="sift" method="get" action="/access" role="search" novalidate>
      ${field('words', t.words, t.wordsHint, 'search')} ${field('industry', t.industry, t.industryHint, 'text')}
      ${field('on', t.on, t.onHint, 'date')}
      <p><button>${t.ask}</button></p>
    </form>`
  }

  async function answerPart(c: C, { answer, edition, industry, items }: Told): Promise<Html> {
    const lang = c.get('lang')
    const [t, said] = [accessPages[lang], accessWords[lang]]
    const { verdict, sure, doubts, found, annex, called } = answer
    const matters = found.map(({ matter, how }) =>
      matterPart(c, edition.content, matter, said.how[how], items.get(matter.matter)),
    )
    return html`<section class="panel stack wider" aria-labelledby="answer">
        <h2 id="answer" class="soft">${t.answered}</h2>
        <p class="value ${TONE[verdict]}">
          <span aria-hidden="true">${MARK[verdict]}</span> ${said.verdict[verdict][sure]}
        </p>
        <p>
          <strong>${said.sure[sure]}</strong
          >${industry === undefined ? '' : html` · ${industry.code} ${lang === 'en' ? industry.nameEn : industry.name}`}
          ${called.length === 0 ? '' : html`<span class="soft">${t.also}${called.join('、')}</span>`}
        </p>
        ${
          doubts.length === 0
            ? ''
            : html`<p class="soft">${t.why}</p>
                <ul>
                  ${doubts.map((doubt) => html`<li>${said.doubt[doubt]}</li>`)}
                </ul>`
        }
        ${verdict === 'free' ? html`<p>${said.law}</p>` : ''} ${editionPart(edition, c)} ${personPart(c)}
      </section>
      ${
        matters.length === 0
          ? ''
          : html`<h2>${t.found(matters.length)}</h2>
              ${matters.slice(0, SHOWN)}
              ${
                matters.length <= SHOWN
                  ? ''
                  : html`<details>
                      <summary>${t.more(matters.length - SHOWN)}</summary>
                      <div class="stack">${matters.slice(SHOWN)}</div>
                    </details>`
              }`
      }
      ${
        annex.length === 0
          ? ''
          : html`<h2>${t.annex(annex.length)}</h2>
              ${annexPart(c, annex)}`
      }`
  }

  function personPart(c: C): Html {
    const lang = c.get('lang')
    return html`<p class="read">
      ${accessWords[lang].ask} <a class="noprint" href="/start/appeal/raise">${accessPages[lang].person}</a>
    </p>`
  }

  function editionPart({ content, whole, until }: InForce, c: C): Html {
    const lang = c.get('lang')
    const t = accessPages[lang]
    const { name, number, from, issuers, source, matters, total } = content
    return html`<div class="read">
      <p>
        ${t.edition}
        ${t.editionOf(name, number, dateWords(from, lang))}${until === undefined ? '' : html`，${t.until(dateWords(until, lang))}`}
        <span class="soft">${issuers.join(lang === 'en' ? ', ' : '、')}</span>
      </p>
      <p class="soft">${t.source}${source}</p>
      ${whole ? '' : html`<p class="warned"><span aria-hidden="true">▲</span> ${t.partly(matters.length, total)}</p>`}
    </div>`
  }

  function matterPart(
    c: C,
    content: Content,
    one: Matter,
    how: string | undefined,
    items: Told['items'] extends ReadonlyMap<string, infer Items> ? Items | undefined : never,
  ): Html {
    const lang = c.get('lang')
    const [t, said] = [accessPages[lang], accessWords[lang]]
    const measures = content.measures.filter(({ matter }) => matter === one.matter)
    const barred = one.part === 'barred'
    const names = one.sectors?.length
      ? one.sectors
          .map((code) => sections.find((section) => section.code === code)!)
          .map(({ code, name, nameEn }) => `${code} ${lang === 'en' ? nameEn : name}`)
      : [t.across]
    return html`<section class="panel stack wider" id="m-${one.matter}">
      <p class="soft">
        <span class="${barred ? 'overdue' : 'warned'}"
          ><span aria-hidden="true">${MARK[one.part]}</span> ${said.part[one.part]}</span
        >
        ${[`${t.number} ${one.matter}`, one.matterCode === undefined ? '' : `${t.code} ${one.matterCode}`, ...names].filter((text) => text !== '').join(' · ')}
      </p>
      <h3>${one.matterName}</h3>
      <p class="soft">${[how, said.proof[one.proof]].filter(Boolean).join(' · ')}</p>
      ${
        measures.length === 0
          ? ''
          : html`<details ${measures.length <= 2 ? 'open' : ''}>
              <summary>${t.measures(measures.length)}</summary>
              <ul>
                ${measures.map(
                  ({ measure, authority, region }) =>
                    html`<li>
                      <span class="said">${measure}</span>
                      ${authority === undefined ? '' : html`<span class="soft">${t.authority}${authority}</span>`}
                      ${region === undefined ? '' : html`<span class="soft">${t.region}${region}</span>`}
                    </li>`,
                )}
              </ul>
            </details>`
      }
      ${
        barred || how === undefined || items === undefined
          ? ''
          : items.length === 0
            ? html`<p class="soft">${t.noItems}</p>`
            : html`<p>
                ${t.items}${items.map(({ id, title }) => html` <a href="/item/${encodeURIComponent(id)}">${title}</a>`)}
              </p>`
      }
    </section>`
  }

  function annexPart(c: C, rows: readonly Prohibition[]): Html {
    const t = accessPages[c.get('lang')]
    return html`<ol class="read">
      ${rows.map(
        ({ prohibition, barred, ground, authority }) =>
          html`<li value="${Number(prohibition) || ''}">
            <span class="said">${barred}</span>
            ${ground === undefined ? '' : html`<span class="soft">${t.ground}${ground}</span>`}
            ${authority === undefined ? '' : html`<span class="soft">${t.authority}${authority}</span>`}
          </li>`,
      )}
    </ol>`
  }

  /** Both parts, the annex, and each section that has a matter, with how many. */
  function tabsPart(
    content: Content,
    c: C,
    part: Matter['part'] | undefined,
    sector: string | undefined,
    annex: boolean,
    day: string,
  ): Html {
    const lang = c.get('lang')
    const [t, said] = [accessPages[lang], accessWords[lang]]
    const tab = (query: Readonly<Record<string, string>>, text: string, n: number, current: boolean) =>
      html`<li>
        <a
          href="/access/list?${new URLSearchParams({ ...query, ...(isCivilDate(day) && { on: day }) })}"
          ${current ? html`aria-current="page"` : ''}
          >${text} ${n}</a
        >
      </li>`
    const { matters, prohibitions } = content
    return html`<nav class="tabs noprint" aria-label="${t.list}">
      <ul>
        ${parts.map((one) => tab({ part: one }, said.part[one], matters.filter((each) => each.part === one).length, part === one))}
        ${prohibitions.length === 0 ? '' : tab({ part: 'annex' }, t.annexTitle, prohibitions.length, annex)}
        ${sections.flatMap(({ code, name, nameEn }) => {
          const n = matters.filter(({ sectors = [] }) => sectors.some((one) => one === code)).length
          return n === 0 ? [] : [tab({ sector: code }, `${code} ${lang === 'en' ? nameEn : name}`, n, sector === code)]
        })}
      </ul>
    </nav>`
  }
}
