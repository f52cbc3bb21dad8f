// Items as they are looked for: by words, unit, topic and for whom, and by the four labels, each with how many there are.
import { html, raw } from 'hono/html'
import { visible } from '../../../kernel/access.ts'
import { term } from '../../../kernel/clock/words.ts'
import type { Kind } from '../../../kernel/domain.ts'
import { labels, type Content, type Item } from '../../../domains/items/index.ts'
import { countFacets, type FacetCounts } from '../../../store/facet.ts'
import type { Row, Wanted } from '../../../store/read.ts'
import { searchRecords } from '../../../store/search.ts'
import type { C } from '../../env.ts'
import { unitName } from '../../view.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { byCount, filterPart, MOST, pageOf } from '../sift.ts'
import { itemWords, type ItemWords } from './texts.ts'
import { themesPart } from './theme.ts'

export type Label = keyof typeof labels
const LABELS = Object.keys(labels) as Label[]

type Asked = {
  readonly q: string
  readonly unit: string
  readonly topic: string
  readonly for: string
  readonly labels: readonly Label[]
}

function askedIn(c: C): Asked {
  const one = (name: string) => (c.req.query(name) ?? '').trim().slice(0, 100)
  const wanted = c.req.queries('label') ?? []
  return {
    q: one('q'),
    unit: one('unit'),
    topic: one('topic'),
    for: one('for'),
    labels: LABELS.filter((label) => wanted.includes(label)),
  }
}

/** What the records must say. */
function facetsOf(asked: Asked): Readonly<Record<string, string>> {
  const names = [
    ...asked.labels,
    ...(asked.topic === '' ? [] : [`topic.${asked.topic}`]),
    ...(asked.for === '' ? [] : [`for.${asked.for}`]),
  ]
  return Object.fromEntries(names.map((name) => [name, 'yes']))
}

function addressOf(asked: Asked, more: Readonly<Record<string, string>> = {}): string {
  const { labels: chosen, ...rest } = asked
  const given = [
    ...Object.entries(rest).filter(([, value]) => value !== ''),
    ...chosen.map((label) => ['label', label]),
    ...Object.entries(more),
  ] as [string, string][]
  return given.length === 0 ? '/items' : `/items?${new URLSearchParams(given)}`
}

export async function itemList(c: C, portal: Portal, kind: Kind): Promise<Response> {
  const { database, city, cache } = portal.world
  const lang = c.get('lang')
  const t = itemWords[lang]
  const asked = askedIn(c)
  const branches = visible(kind.definition.sees, c.get('actor'))
  const base = { kind: 'item', phases: ['standing', 'suspended'] } as const
  const narrowed = {
    ...base,
    facets: facetsOf(asked),
    ...(asked.unit !== '' && { units: [asked.unit] }),
  }
  const found =
    asked.q === '' ? undefined : await searchRecords(database, city, branches, { ...narrowed, limit: MOST }, asked.q)
  const wide: Omit<Wanted, 'order' | 'limit'> = { ...base, facets: facetsOf({ ...asked, topic: '', for: '' }) }
  const [here, all, units, page] = await Promise.all([
    countFacets(database, city, branches, found ? { ...narrowed, ids: found.map(({ id }) => id) } : narrowed),
    countFacets(database, city, branches, wide),
    cache.units(),
    pageOf(c, portal, { ...narrowed, branches }, found),
  ])
  const nameOf = (unit: string) => unitName(units, unit, lang) ?? unit
  return portal.send(c, {
    title: t.items,
    body: html`<h1>${t.items}</h1>
      <p class="lead read">${t.lead}</p>
      ${addressOf(asked) === '/items' ? await themesPart(c, portal) : ''}
      ${filters(kind, lang, asked, here, all, nameOf)}
      <p class="row spread">
        <span role="status">${t.total(here.total)}</span>
        ${addressOf(asked) === '/items' ? '' : html`<a href="/items">${t.clear}</a>`}
      </p>
      ${(found?.length ?? 0) === MOST ? html`<p class="soft">${t.first(MOST)}</p>` : ''}
      ${page.rows.length === 0 ? html`<p class="told">${t.none}</p>` : rowsOf(page.rows, lang, t, nameOf)}
      <p class="row noprint">
        ${page.next === undefined ? '' : html`<a class="button second" href="${addressOf(asked, page.next)}">${t.next}</a>`}
        ${page.first ? '' : html`<a href="${addressOf(asked)}">${t.toFirst}</a>`}
      </p>`,
  })
}

function filters(
  kind: Kind,
  lang: C['var']['lang'],
  asked: Asked,
  here: FacetCounts,
  all: FacetCounts,
  nameOf: (unit: string) => string,
): Html {
  const t = itemWords[lang]
  const { options } = kind.texts[lang]
  const under = (group: string) =>
    [...all.facets].flatMap(([name, n]) =>
      name.startsWith(`${group}.`) ? [[name.slice(group.length + 1).replace(/=yes$/, ''), n] as const] : [],
    )
  const choose = (name: 'unit' | 'topic' | 'for', title: string, from: readonly (readonly [string, number])[]) => {
    if (from.length === 0 && asked[name] === '') return ''
    const said = name === 'unit' ? nameOf : (value: string) => options[value] ?? value
    return filterPart({ name, title, any: t.any, values: byCount(from), chosen: asked[name], nameOf: said })
  }
  return html`<form class="sift" method="get" action="/items" role="search">
    <div class="field words">
      <label for="f-q">${t.search}</label>
      <input id="f-q" type="search" name="q" value="${asked.q}" maxlength="100" />
    </div>
    ${choose('unit', t.unit, [...all.units])} ${choose('topic', t.topic, under('topic'))}
    ${choose('for', t.audience, under('for'))}
    <fieldset class="field">
      <legend>${t.labels}</legend>
      <div class="choices">
        ${LABELS.map(
          (label) =>
            html`<div class="choice">
              <input
                type="checkbox"
                id="f-${label}"
                name="label"
                value="${label}"
                ${asked.labels.includes(label) ? raw('checked') : ''}
              />
              <label for="f-${label}"
                >${t.label[label]} <span class="soft">${here.facets.get(`${label}=yes`) ?? 0}</span></label
              >
            </div>`,
        )}
      </div>
    </fieldset>
    <p><button>${t.find}</button></p>
  </form>`
}

function rowsOf(rows: readonly Row[], lang: C['var']['lang'], t: ItemWords, nameOf: (unit: string) => string): Html {
  return html`<ul class="rows">
    ${rows.map((row) => {
      const { content, unit } = row.state as unknown as Extract<Item, { phase: 'standing' }>
      return html`<li>
        <div>
          <a href="/item/${encodeURIComponent(row.id)}">${row.title}</a>
          <p class="soft">${nameOf(unit)}</p>
        </div>
        <div>
          ${row.phase === 'suspended' ? html`<p class="warned"><span aria-hidden="true">‖</span> ${t.suspended}</p>` : ''}
          ${
            content
              ? html`<p>${t.promise(promiseOf(content, lang))}</p>
                  <p>${labelsPart(content, t)}</p>`
              : ''
          }
        </div>
      </li>`
    })}
  </ul>`
}

export function promiseOf({ promised, promisedUnit }: Content, lang: C['var']['lang']): string {
  return promised === 0 ? itemWords[lang].atOnce : term(promised, promisedUnit, lang)
}

/** The labels that it earns. */
export function labelsPart(content: Content, t: ItemWords): Html {
  const earned = LABELS.filter((label) => labels[label](content))
  return html`<span class="labels">${earned.map((label) => html`<span class="label">${t.label[label]}</span> `)}</span>`
}
