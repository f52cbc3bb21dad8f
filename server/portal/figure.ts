// Public figures: value, definition, trend, and the records behind them as far as the visitor may see.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { visible } from '../../kernel/access.ts'
import { addDays, addMonths, dateOf, isCivilDate } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import type { Figure } from '../../kernel/tally/figure.ts'
import { figureValue, openFigure } from '../../store/tally.ts'
import type { C, Env } from '../env.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart, valueWords } from './part.ts'
import { rowsPart } from './record.ts'
import { words } from './texts.ts'

export function figures(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, registry, around } = world
  const shown = (c: C, figure: Figure | undefined) => figure && (figure.public || c.get('actor').posts.length > 0)

  http.get('/figures', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const all = [...registry.figures.values()].filter((figure) => shown(c, figure))
    const on = dateOf(around.now())
    const values = await Promise.all(all.map((figure) => figureValue(database, city, figure, { on })))
    return portal.send(c, {
      title: t.figures,
      body: html`<h1>${t.figures}</h1>
        <p class="soft">${t.asOf} ${dateWords(on, lang)}</p>
        <ul class="figures">
          ${all.map(
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
        </ul>`,
    })
  })

  http.get('/figures/:id', async (c) => {
    const figure = registry.figures.get(c.req.param('id'))
    if (!figure || !shown(c, figure)) return portal.missing(c)
    const lang = c.get('lang')
    const t = words[lang]
    const today = dateOf(around.now())
    const asked = c.req.query('asOf') ?? today
    const right = isCivilDate(asked) && asked <= today
    const on = right ? asked : today
    const ways = new Map(
      [...registry.kinds].map(([name, kind]) => [name, visible(kind.definition.sees, c.get('actor'))]),
    )
    const ends = Array.from({ length: 12 }, (_, back) => addDays(`${addMonths(on, back - 11).slice(0, 7)}-01`, -1))
    const [value, opened, ...trend] = await Promise.all([
      figureValue(database, city, figure, { on }),
      openFigure(database, city, figure, { on }, ways, 50),
      ...[...ends.slice(1), on].map((end) => figureValue(database, city, figure, { on: end })),
    ])
    const points = trend.map((one, place) => ({ on: [...ends.slice(1), on][place]!, value: one.value }))
    const kinds = [...new Set(opened.items.map((row) => row.kind))]
    const number = (n: number) => n.toLocaleString(lang, { maximumFractionDigits: 2 })
    return portal.send(
      c,
      {
        title: figure.texts[lang].name,
        wrong: !right,
        body: html`${right ? '' : summaryPart('', [{ field: 'asOf', message: lang === 'en' ? 'Enter a date that exists, today or earlier.' : '请填写今天或今天以前、确实存在的日期。' }], lang)}
          <p class="soft">${figure.id}</p>
          <h1>${figure.texts[lang].name}</h1>
          <p class="value">${valueWords(value.value, figure.unit, lang)}</p>
          <p class="soft">${t.asOf} ${dateWords(on, lang)}</p>
          ${
            value.denominator === null
              ? ''
              : html`<p class="soft">
                  ${t.numerator} ${number(value.numerator)} · ${t.denominator} ${number(value.denominator)}
                </p>`
          }
          <h2>${t.definition}</h2>
          <p class="read">${figure.texts[lang].definition}</p>
          <form class="row" method="get">
            <label for="f-asOf">${t.asOf}</label>
            <input id="f-asOf" type="date" name="asOf" value="${on}" max="${today}" />
            <button class="second">${t.show}</button>
          </form>
          <h2>${t.trend}</h2>
          ${trendPart(points, lang)}
          <h2>${t.records}</h2>
          ${kinds.map((name) =>
            rowsPart(
              opened.items.filter((row) => row.kind === name),
              registry.kinds.get(name)!,
              lang,
              around.now(),
            ),
          )}
          ${opened.hidden > 0 ? html`<p class="soft">${t.hidden.replace('{n}', number(opened.hidden))}</p>` : ''}
          ${opened.hidden === 0 && opened.visible === 0 ? html`<p class="soft">${t.empty}</p>` : ''}`,
      },
      right ? 200 : 422,
    )
  })
}

/** A small honest trend: the axis begins at nought, and the numbers stand in a table below it. */
function trendPart(
  points: readonly { readonly on: string; readonly value: number | null }[],
  lang: 'zh-CN' | 'en',
): Html {
  const [width, height, foot] = [600, 140, 24]
  const most = Math.max(1, ...points.map((one) => one.value ?? 0))
  const x = (place: number) => 24 + (place * (width - 48)) / (points.length - 1)
  const y = (value: number) => 16 + (height - 16) * (1 - value / most)
  const known = points.flatMap((one, place) => (one.value === null ? [] : [[place, one.value] as const]))
  const line = known.map(([place, value]) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  const round = (value: number) => value.toLocaleString(lang, { maximumFractionDigits: 1 })
  const last = known.at(-1)
  return html`<svg
      class="trend"
      viewBox="0 0 ${width} ${height + foot}"
      role="img"
      aria-label="${points.map((one) => `${one.on} ${one.value === null ? '—' : round(one.value)}`).join(lang === 'en' ? ', ' : '，')}"
    >
      <line x1="24" y1="${height}" x2="${width - 24}" y2="${height}" stroke="var(--line)" />
      <polyline points="${line}" fill="none" stroke="var(--accent)" stroke-width="2" />
      ${known.map(([place, value]) => html`<circle cx="${x(place)}" cy="${y(value)}" r="3" fill="var(--accent)" />`)}
      ${last ? html`<text x="${x(last[0])}" y="${y(last[1]) - 8}" text-anchor="end">${round(last[1])}</text>` : ''}
      ${points.map((one, place) => (place % 3 === 2 ? html`<text x="${x(place)}" y="${height + 18}" text-anchor="middle">${one.on.slice(0, 7)}</text>` : ''))}
    </svg>
    <details>
      <summary>${words[lang].open}</summary>
      <table>
        <tbody>
          ${points.map(
            (one) =>
              html`<tr>
                <th scope="row">${one.on}</th>
                <td>${one.value === null ? '—' : round(one.value)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`
}
