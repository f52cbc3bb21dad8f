// Public figures: value, definition, trend, and the records behind them as far as the visitor may see.
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { visible } from '../../kernel/access.ts'
import { dateOf, type CivilDate } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import type { Figure, Value } from '../../kernel/tally/figure.ts'
import { figureValue, openFigure } from '../../store/tally.ts'
import type { C, Env } from '../env.ts'
import { cutOff, trendOf, type Point } from '../figure.ts'
import type { World } from '../world.ts'
import type { Portal } from './index.ts'
import { lately } from './lately.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'
import { rowsPart } from './rows.ts'
import { words } from './texts.ts'
import { trendPart, trendTable, valueWords } from './trend.ts'

/** What the pages ask of figures: today's value, and the ends of the twelve months up to a day. */
export type Figures = {
  shown(c: C): readonly Figure[]
  value(figure: Figure, on: CivilDate): Promise<Value>
  trend(figure: Figure, on: CivilDate): Promise<readonly Point[]>
}

/** Values as they were within the last half minute: the page of one figure works its own value out anew. */
export function recentFigures({ database, city, registry }: World): Figures {
  const recent = lately<Value>(30)
  const value = (figure: Figure, on: CivilDate) =>
    recent(`${figure.id} ${on}`, () => figureValue(database, city, figure, { on }))
  return {
    shown: (c) => [...registry.figures.values()].filter((figure) => figure.public || c.get('actor').posts.length > 0),
    value,
    trend: (figure, on) => trendOf(on, (day) => value(figure, day)),
  }
}

/** The figures of a page: the first one large with its trend, the others after it. */
export async function figuresPart(c: C, portal: Portal, level: 'h2' | 'h3'): Promise<Html> {
  const lang = c.get('lang')
  const t = words[lang]
  const [first, ...others] = portal.figures.shown(c)
  if (!first) return html`<p class="soft">${t.empty}</p>`
  const on = dateOf(portal.world.around.now())
  const [value, trend, ...values] = await Promise.all([
    portal.figures.value(first, on),
    portal.figures.trend(first, on),
    ...others.map((figure) => portal.figures.value(figure, on)),
  ])
  return html`<section class="lede" aria-labelledby="lede">
      <div>
        ${raw(`<${level} id="lede">`)}<a href="/figures/${first.id}">${first.texts[lang].name}</a>${raw(`</${level}>`)}
        <p class="value">${valueWords(value.value, first.unit, lang)}</p>
        <p class="soft">${first.texts[lang].definition}</p>
      </div>
      ${trendPart(trend, first.unit, lang)}
    </section>
    <ul class="figures">
      ${others.map(
        (figure, place) =>
          html`<li>
            <a href="/figures/${figure.id}">${figure.texts[lang].name}</a>
            <p class="value">${valueWords(values[place]!.value, figure.unit, lang)}</p>
            <details>
              <summary>${t.definition}</summary>
              <p class="soft">${figure.texts[lang].definition}</p>
            </details>
          </li>`,
      )}
    </ul>`
}

export function figures(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, registry, around } = world

  http.get('/figures', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    return portal.send(c, {
      title: t.figures,
      body: html`<h1>${t.figures}</h1>
        <p class="read">${t.figuresLead}</p>
        <p class="soft">${t.asOf} ${dateWords(dateOf(around.now()), lang)}</p>
        ${await figuresPart(c, portal, 'h2')}`,
    })
  })

  http.get('/figures/:id', async (c) => {
    const figure = portal.figures.shown(c).find((one) => one.id === c.req.param('id'))
    if (!figure) return portal.missing(c)
    const lang = c.get('lang')
    const t = words[lang]
    const today = dateOf(around.now())
    const asked = cutOff(c.req.query('asOf'), today)
    const right = asked !== undefined
    const on = asked ?? today
    const ways = new Map(
      [...registry.kinds].map(([name, kind]) => [name, visible(kind.definition.sees, c.get('actor'))]),
    )
    const [value, opened, trend] = await Promise.all([
      figureValue(database, city, figure, { on }),
      openFigure(database, city, figure, { on }, ways, 50, c.req.query('cursor')),
      portal.figures.trend(figure, on),
    ])
    const points = [...trend.slice(0, -1), { on, value: value.value }]
    const number = (n: number) => n.toLocaleString(lang, { maximumFractionDigits: 2 })
    const fill = (text: string, about: Readonly<Record<string, number>>) =>
      text.replaceAll(/\{(\w+)\}/g, (_, name: string) => number(about[name] ?? 0))
    const known = { n: opened.total, visible: opened.visible, hidden: opened.hidden ?? 0 }
    const opens =
      opened.hidden === null
        ? t.opensMany
        : opened.hidden === 0
          ? t.opensAll
          : opened.visible === 0
            ? t.opensNone
            : t.opensSome
    return portal.send(
      c,
      {
        title: figure.texts[lang].name,
        wrong: !right,
        body: html`${right ? '' : summaryPart('', [{ field: 'asOf', message: t.noSuchDate }], lang)}
          <p class="soft">${t.figure} ${figure.id}</p>
          <h1>${figure.texts[lang].name}</h1>
          <div class="case">
            <aside class="stack">
              <form class="stack noprint" method="get">
                <div class="field ${right ? '' : 'wrong'}">
                  <label for="f-asOf">${t.asOf}</label>
                  <p class="hint">${t.asOfHint}</p>
                  ${right ? '' : html`<p class="problem">${t.noSuchDate}</p>`}
                  <input id="f-asOf" type="date" name="asOf" value="${on}" max="${today}" />
                </div>
                <button class="second">${t.show}</button>
              </form>
            </aside>
            <div class="stack">
              <p class="value">${valueWords(value.value, figure.unit, lang)}</p>
              <p class="soft">
                ${t.asOf}
                ${dateWords(on, lang)}${
                  value.denominator === null
                    ? ''
                    : html` · ${t.numerator} ${number(value.numerator)} · ${t.denominator} ${number(value.denominator)}`
                }
              </p>
              <h2>${t.definition}</h2>
              <p class="read">${figure.texts[lang].definition}</p>
              <h2>${t.trend}</h2>
              ${trendPart(points, figure.unit, lang)} ${trendTable(points, figure, lang)}
              <h2 id="records">${t.records}</h2>
              <p class="read">${known.n === 0 ? t.noRecords : fill(opens, known)}</p>
              ${opened.items.length > 0 ? await rowsPart(c, portal, opened.items) : ''}
              ${opened.next === null ? '' : html`<p><a href="/figures/${figure.id}?${new URLSearchParams({ asOf: on, cursor: opened.next }).toString()}#records">${t.more}</a></p>`}
            </div>
          </div>`,
      },
      right ? 200 : 422,
    )
  })
}
