// A figure as people read it: its value with its unit, and a small honest trend with the numbers behind it.
import { html } from 'hono/html'
import type { CivilDate } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import type { Figure } from '../../kernel/tally/figure.ts'
import type { Language } from '../../kernel/texts.ts'
import type { Point } from '../figure.ts'
import type { Html } from './layout.ts'
import { words } from './texts.ts'

const UNITS: Readonly<Record<Figure['unit'], readonly [zh: string, en: string]>> = {
  problems: ['件', 'problems'],
  cases: ['件', ''],
  persons: ['人', 'persons'],
  enterprises: ['户', 'enterprises'],
  percent: ['%', '%'],
  yuan: ['元', 'yuan'],
  days: ['天', 'days'],
  minutes: ['分钟', 'minutes'],
  records: ['个', ''],
}

const unitOf = (unit: Figure['unit'], lang: Language) => UNITS[unit][lang === 'en' ? 1 : 0]
const round = (value: number, lang: Language) => value.toLocaleString(lang, { maximumFractionDigits: 1 })

export function valueWords(value: number | null, unit: Figure['unit'], lang: Language): Html {
  if (value === null) return html`<span class="soft">${words[lang].noValue}</span>`
  return html`${round(value, lang)}<small>${unitOf(unit, lang)}</small>`
}

/**
 * The axis begins at nought, a share's ends at a hundred; the first and the last value are written out. The line stretches
 * with the page and the words do not, so that they can be read on a phone.
 */
export function trendPart(points: readonly Point[], unit: Figure['unit'], lang: Language): Html {
  const most = unit === 'percent' ? 100 : Math.max(1, ...points.map((one) => one.value ?? 0))
  const x = (place: number) => ((place * 100) / Math.max(1, points.length - 1)).toFixed(2)
  const y = (value: number) => (100 - (value / most) * 100).toFixed(2)
  const known = points.flatMap((one, place) => (one.value === null ? [] : [{ place, ...one, value: one.value }]))
  const [first, last] = [known[0], known.at(-1)]
  const label = (one: { readonly on: CivilDate; readonly value: number } | undefined) =>
    one && html`<span>${monthWords(one.on, lang)} <strong>${round(one.value, lang)}</strong></span>`
  return html`<div class="trend">
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <polyline points="${known.map(({ place, value }) => `${x(place)},${y(value)}`).join(' ')}" />
      ${known.map(({ place, value }) => html`<path d="M${x(place)} ${y(value)}h0" />`)}
    </svg>
    <p class="ends">${first && first !== last ? label(first) : ''}${label(last)}</p>
  </div>`
}

/** The same numbers as a table. */
export function trendTable(points: readonly Point[], figure: Figure, lang: Language): Html {
  const t = words[lang]
  const unit = unitOf(figure.unit, lang)
  return html`<details>
    <summary>${t.table}</summary>
    <table>
      <caption>
        ${figure.texts[lang].name}${unit === '' ? '' : lang === 'en' ? ` (${unit})` : `（${unit}）`}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.asOf}</th>
          <th scope="col" class="figure">${t.value}</th>
        </tr>
      </thead>
      <tbody>
        ${points.map(
          (one) =>
            html`<tr>
              <th scope="row">${dateWords(one.on, lang)}</th>
              <td class="figure">${one.value === null ? '—' : round(one.value, lang)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`
}

function monthWords(on: CivilDate, lang: Language): string {
  const [year, month] = [on.slice(0, 4), Number(on.slice(5, 7))]
  if (lang !== 'en') return `${year}年${month}月`
  return new Date(`${on}T00:00:00Z`).toLocaleDateString('en', { month: 'short', year: 'numeric', timeZone: 'UTC' })
}
