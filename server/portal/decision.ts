// Licences granted, which everybody may consult (行政许可法第四十条): found by word, unit, item and year, and taken along as a table.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { disclosure, rules, type Disclosure } from '../../domains/applications/index.ts'
import { nobody, visible } from '../../kernel/access.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import { term } from '../../kernel/clock/words.ts'
import { countFacets, type FacetCounts } from '../../store/facet.ts'
import { findRecord, type Row } from '../../store/read.ts'
import { searchRecords } from '../../store/search.ts'
import { readableTitles } from '../case.ts'
import type { C, Env } from '../env.ts'
import { unitName } from '../view.ts'
import { decisionWords } from './decision-texts.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { byCount, filterPart, MOST, pageOf } from './sift.ts'

const CHOICES = ['unit', 'item', 'year'] as const

type Published = Exclude<Disclosure, { phase: 'none' }>
type Asked = Readonly<Record<'q' | (typeof CHOICES)[number], string>>

/** What everybody may see, whoever looks: this is the public list. */
const branches = visible(disclosure.sees, nobody)

export function decisions(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, cache, around } = world

  http.get('/decisions', async (c) => {
    const lang = c.get('lang')
    const t = decisionWords[lang]
    const asked = askedIn(c)
    const { q, unit, ...facets } = asked
    const base = { kind: disclosure.kind, phases: ['public'] } as const
    const narrowed = {
      ...base,
      ...(unit !== '' && { units: [unit] }),
      facets: Object.fromEntries(Object.entries(facets).filter(([, value]) => value !== '')),
    }
    const found = q === '' ? undefined : await searchRecords(database, city, branches, { ...narrowed, limit: MOST }, q)
    const [here, all, page, units, law] = await Promise.all([
      countFacets(database, city, branches, found ? { ...narrowed, ids: found.map(({ id }) => id) } : narrowed),
      countFacets(database, city, branches, base),
      pageOf(c, portal, { ...narrowed, branches }, found),
      cache.units(),
      cache.law(0),
    ])
    const titles = await readableTitles(
      world,
      nobody,
      valuesOf(all, 'item').map(([code]) => ['item', code] as const),
    )
    const nameOf = (name: string, value: string) =>
      name === 'unit'
        ? (unitName(units, value, lang) ?? value)
        : name === 'item'
          ? (titles.get(`item/${value}`) ?? value)
          : value
    const limit = law.limit(rules.disclose, dateOf(around.now()))
    return portal.send(c, {
      title: t.title,
      body: html`<h1>${t.title}</h1>
        <p class="lead read">${t.lead}</p>
        <p class="read soft">
          ${limit === undefined ? '' : t.term(term(limit.budget, limit.unit, lang), limit.source)} ${t.masked}
        </p>
        ${all.total === 0 ? html`<p class="told">${t.noneYet}</p>` : siftPart(asked, all, t, nameOf)}
        ${
          all.total === 0
            ? ''
            : html`<p class="row spread">
                  <span role="status">${t.total(here.total)}</span>
                  <span class="row noprint">
                    ${addressOf(asked) === '/decisions' ? '' : html`<a href="/decisions">${t.clear}</a>`}
                    ${here.total === 0 ? '' : html`<a href="${tableOf(asked)}" download>${t.download}</a>`}
                  </span>
                </p>
                ${(found?.length ?? 0) === MOST ? html`<p class="soft">${t.first(MOST)}</p>` : ''}
                ${page.rows.length === 0 ? html`<p class="told">${t.none}</p>` : tablePart(page.rows, c, nameOf)}`
        }
        <p class="row noprint">
          ${page.next === undefined ? '' : html`<a class="button second" href="${addressOf(asked, page.next)}">${t.next}</a>`}
          ${page.first ? '' : html`<a href="${addressOf(asked)}">${t.toFirst}</a>`}
        </p>
        <p class="soft read">${t.objection}</p>`,
    })
  })
}

/** What is published of the decision on an application, for whoever holds its paper against it; nothing where nothing is. */
export async function publishedPart(c: C, portal: Portal, id: string): Promise<Html | ''> {
  const { database, city, cache } = portal.world
  const row = await findRecord(database, city, disclosure.kind, id)
  if (row?.phase !== 'public') return ''
  const lang = c.get('lang')
  const units = await cache.units()
  return html`<h2>${decisionWords[lang].published}</h2>
    ${tablePart([row], c, (_, value) => unitName(units, value, lang) ?? value)}`
}

function askedIn(c: C): Asked {
  const one = (name: string) => (c.req.query(name) ?? '').trim().slice(0, 100)
  return { q: one('q'), unit: one('unit'), item: one('item'), year: one('year') }
}

function addressOf(asked: Asked, more: Readonly<Record<string, string>> = {}): string {
  const given = [...Object.entries(asked).filter(([, value]) => value !== ''), ...Object.entries(more)]
  return given.length === 0 ? '/decisions' : `/decisions?${new URLSearchParams(given)}`
}

/** The same rows as a workbook. */
function tableOf({ q, unit, ...facets }: Asked): string {
  const given = [
    ['phase', 'public'],
    ...(q === '' ? [] : [['q', q]]),
    ...(unit === '' ? [] : [['unit', unit]]),
    ...Object.entries(facets).flatMap(([name, value]) => (value === '' ? [] : [[`facet.${name}`, value]])),
  ]
  return `/api/records/${disclosure.kind}/export.xlsx?${new URLSearchParams(given as [string, string][])}`
}

/** The values of a facet among all that is published, each with how many have it. */
function valuesOf(all: FacetCounts, name: string): readonly (readonly [string, number])[] {
  if (name === 'unit') return [...all.units]
  return [...all.facets].flatMap(([said, n]) =>
    said.startsWith(`${name}=`) ? [[said.slice(name.length + 1), n] as const] : [],
  )
}

type Words = (typeof decisionWords)['en']
type NameOf = (name: string, value: string) => string

function siftPart(asked: Asked, all: FacetCounts, t: Words, nameOf: NameOf): Html {
  const choose = (name: (typeof CHOICES)[number]) => {
    const values = valuesOf(all, name)
    return filterPart({
      name,
      title: t[name],
      any: t.any,
      values: name === 'year' ? values.toSorted((a, b) => b[0].localeCompare(a[0])) : byCount(values),
      chosen: asked[name],
      nameOf: (value) => nameOf(name, value),
    })
  }
  return html`<form class="sift" method="get" action="/decisions" role="search">
    <div class="field words">
      <label for="f-q">${t.search}</label>
      <input id="f-q" type="search" name="q" value="${asked.q}" maxlength="100" />
    </div>
    ${CHOICES.map(choose)}
    <p><button>${t.find}</button></p>
  </form>`
}

function tablePart(rows: readonly Row[], c: C, nameOf: NameOf): Html {
  const t = decisionWords[c.get('lang')]
  const heads = [t.applicant, t.item, t.number, t.unit, t.decidedOn, t.validTo]
  return html`<div class="wide">
    <table class="cards">
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => {
          const one = row.state as unknown as Published
          const told = one.revokedOn === undefined ? '' : t.revoked(one.revokedOn)
          return html`<tr>
            <th scope="row">${one.applicant}</th>
            <td data-label="${t.item}"><a href="/item/${encodeURIComponent(one.item)}">${one.title}</a></td>
            <td data-label="${t.number}">
              ${one.number ?? t.noNumber}
              ${told === '' ? '' : html`<span class="warned"><span aria-hidden="true">×</span> ${told}</span>`}
            </td>
            <td data-label="${t.unit}">${nameOf('unit', one.unit)}</td>
            <td data-label="${t.decidedOn}"><span class="tight">${one.decidedOn}</span></td>
            <td data-label="${t.validTo}">${one.validTo ?? t.openEnded}</td>
          </tr>`
        })}
      </tbody>
    </table>
  </div>`
}
