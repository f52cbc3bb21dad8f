// What the city's clocks rest on, open to everybody: the limits in force with their sources, and each year's holidays.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { nobody, visible } from '../../kernel/access.ts'
import { civil, dateOf, dayOf, weekday, type CivilDate } from '../../kernel/clock/date.ts'
import { festivals, type Edition } from '../../kernel/clock/editions.ts'
import { isWorkday, type Calendar } from '../../kernel/clock/calendar.ts'
import { dateWords, dayWords, term } from '../../kernel/clock/words.ts'
import type { LimitRule } from '../../kernel/record.ts'
import type { Language } from '../../kernel/texts.ts'
import { listRecords } from '../../store/read.ts'
import type { C, Env } from '../env.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { words } from './texts.ts'

type Published = { readonly limit: LimitRule; readonly record: string }

const FIRST = 2007
const LAST = 2060

export function rules(http: Hono<Env>, portal: Portal): void {
  const { database, city, registry, cache, around } = portal.world

  /** Every limit that has been published, whichever kind of record lays limits down. */
  async function published(): Promise<readonly Published[]> {
    const kinds = [...registry.kinds.values()].filter((kind) => kind.definition.enacts !== undefined)
    const found = await Promise.all(
      kinds.map(async ({ definition }) => {
        const wanted = { kind: definition.kind, order: 'created', limit: 500 } as const
        const { items } = await listRecords(database, city, visible(definition.sees, nobody), wanted)
        return items.flatMap((row) => {
          const limit = definition.enacts!(row.state, row.id)?.limit
          return limit ? [{ limit, record: `/record/${row.kind}/${row.id}` }] : []
        })
      }),
    )
    return found.flat()
  }

  /** What a limit is for, in the words of the kind whose clock runs by it. */
  const nameOf = (rule: string, lang: Language) =>
    [...registry.kinds.values()].map((kind) => kind.texts[lang].limits?.[rule]).find((name) => name !== undefined)

  http.get('/rules', async (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const today = dateOf(around.now())
    const all = await published()
    const inForce = all.filter(({ limit }) => limit.to === undefined || today <= limit.to)
    const past = all.filter((one) => !inForce.includes(one))
    const { calendar } = await cache.law(0)
    const years = [...calendar.editions.values()].toSorted((a, b) => b.year - a.year)
    return portal.send(c, {
      title: t.rules,
      body: html`<h1>${t.rules}</h1>
        <p class="read">${t.rulesLead}</p>
        <ul class="doors">
          <li>
            <a href="/clock">${t.calculator}</a>
            <p class="soft">${t.calcLead}</p>
          </li>
          <li>
            <a href="/size">${t.size}</a>
            <p class="soft">${t.sizeLead}</p>
          </li>
        </ul>
        <h2>${t.limits}</h2>
        ${inForce.length === 0 ? html`<p class="soft">${t.empty}</p>` : limitTable(inForce, lang)}
        ${
          past.length === 0
            ? ''
            : html`<details>
                <summary>${t.pastLimits}</summary>
                ${limitTable(past, lang)}
              </details>`
        }
        <h2>${t.calendars}</h2>
        <p class="read">${t.calendarsLead}</p>
        ${yearTable(years.slice(0, 5), lang)}
        <details>
          <summary>${t.olderYears}</summary>
          ${yearTable(years.slice(5), lang)}
        </details>
        <p>
          <a href="/calendar/${(years[0]?.year ?? FIRST) + 1}"
            >${t.nextYear.replace('{year}', String((years[0]?.year ?? FIRST) + 1))}</a
          >
        </p>`,
    })
  })

  function limitTable(limits: readonly Published[], lang: Language): Html {
    const t = words[lang]
    return html`<div class="wide">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">${t.limitFor}</th>
            <th scope="col">${t.limit}</th>
            <th scope="col">${t.article}</th>
            <th scope="col">${t.source}</th>
            <th scope="col">${t.inForceFrom}</th>
          </tr>
        </thead>
        <tbody>
          ${limits.map(
            ({ limit, record }) =>
              html`<tr>
                <th scope="row"><a href="${record}">${nameOf(limit.id, lang) ?? limit.article}</a></th>
                <td class="tight" data-label="${t.limit}">${term(limit.budget, limit.unit, lang)}</td>
                <td data-label="${t.article}">${limit.article}</td>
                <td data-label="${t.source}">
                  ${limit.source}${limit.note === undefined ? '' : html`<br /><span class="soft">${limit.note}</span>`}
                </td>
                <td class="tight" data-label="${t.inForceFrom}">
                  ${plainDate(limit.from, lang)}${limit.to === undefined ? '' : html`<br />${t.until} ${plainDate(limit.to, lang)}`}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
  }

  function yearTable(years: readonly Edition[], lang: Language): Html {
    const t = words[lang]
    return html`<div class="wide">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">${t.year}</th>
            <th scope="col">${t.notice}</th>
            <th scope="col">${t.noticeDate}</th>
          </tr>
        </thead>
        <tbody>
          ${years.map(
            ({ year, notices }) =>
              html`<tr>
                <th scope="row"><a href="/calendar/${year}">${year}</a></th>
                <td data-label="${t.notice}">
                  ${notices.map((one) => html`<div>${one.number}${one.verified ? '' : html` <span class="soft">${t.unverified}</span>`}</div>`)}
                </td>
                <td class="tight" data-label="${t.noticeDate}">
                  ${notices.map((one) => html`<div>${plainDate(one.date, lang)}</div>`)}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
  }

  http.get('/calendar/:year', async (c) => {
    const year = Number(c.req.param('year'))
    if (!Number.isInteger(year) || year < FIRST || year > LAST) return portal.missing(c)
    const { calendar } = await cache.law(0)
    return showYear(c, year, calendar)
  })

  function showYear(c: C, year: number, calendar: Calendar) {
    const lang = c.get('lang')
    const t = words[lang]
    const edition = calendar.editions.get(year)
    const title = t.calendarOf.replace('{year}', String(year))
    const range = ([from, to]: readonly [CivilDate, CivilDate]) =>
      from === to ? dateWords(from, lang) : `${dateWords(from, lang)}${t.to}${dateWords(to, lang)}`
    const known = edition !== undefined || Object.hasOwn(festivals, year)
    return portal.send(c, {
      title,
      body: html`<p class="noprint"><a href="/rules">← ${t.rules}</a></p>
        <h1>${title}</h1>
        ${
          edition
            ? html`<ul class="read">
                ${edition.notices.map((one) => html`<li>${one.number}${one.verified ? '' : ` ${t.unverified}`} · ${dateWords(one.date, lang)}</li>`)}
              </ul>`
            : html`<p class="told warned">
                <strong>${t.provisional}</strong> ${known ? t.provisionalYear : t.unknownYear}
              </p>`
        }
        <p>${t.legend}</p>
        <div class="months">
          ${Array.from({ length: 12 }, (_, month) => monthPart(calendar, year, month + 1, lang))}
        </div>
        ${
          edition
            ? html`<h2>${t.off}</h2>
                <ul>
                  ${edition.off.map((one) => html`<li>${range(one)}</li>`)}
                </ul>
                <h2>${t.work}</h2>
                <ul>
                  ${edition.work.map((one) => html`<li>${dateWords(one, lang)}</li>`)}
                </ul>`
            : ''
        }
        <p class="row noprint">
          ${year > FIRST ? html`<a href="/calendar/${year - 1}">${year - 1}</a>` : ''}
          ${year < LAST ? html`<a href="/calendar/${year + 1}">${year + 1}</a>` : ''}
        </p>`,
    })
  }
}

/** A month, weeks from Monday; a weekday off and a weekend worked are marked by a word, not by colour alone. */
function monthPart(calendar: Calendar, year: number, month: number, lang: Language): Html {
  const t = words[lang]
  const two = String(month).padStart(2, '0')
  const first = dayOf(`${year}-${two}-01`)
  const days = dayOf(month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`) - first
  const lead = (weekday(first) + 6) % 7
  const edition = calendar.editions.get(year)
  const cell = (place: number): Html => {
    const day = place - lead
    if (day < 0 || day >= days) return html`<td></td>`
    const weekend = weekday(first + day) % 6 === 0
    const works = isWorkday(calendar, first + day)
    const date = civil(first + day)
    const holiday = !works && (edition ? edition.off.some(([from, to]) => from <= date && date <= to) : !weekend)
    const mark = holiday || (works && weekend) ? html`<small>${works ? t.workMark : t.offMark}</small>` : ''
    return html`<td class="${works ? '' : 'off'}"><time datetime="${date}">${day + 1}</time>${mark}</td>`
  }
  const weeks = Math.ceil((lead + days) / 7)
  return html`<table class="month">
    <caption>
      ${t.months[month - 1]}
    </caption>
    <thead>
      <tr>
        ${t.weekdays.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${Array.from(
        { length: weeks },
        (_, week) =>
          html`<tr>
            ${Array.from({ length: 7 }, (__, at) => cell(week * 7 + at))}
          </tr>`,
      )}
    </tbody>
  </table>`
}

function plainDate(date: CivilDate, lang: Language): string {
  return `${lang === 'en' ? '' : `${date.slice(0, 4)}年`}${dayWords(date, lang)}${lang === 'en' ? ` ${date.slice(0, 4)}` : ''}`
}
