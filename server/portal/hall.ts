// The hall on the portal: take a number, follow it on a phone by its code, and the display on the wall; whole without JavaScript.
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import {
  dayId,
  GENERAL,
  outlookFor,
  standingOf,
  type Hall,
  type HallDay,
  type Standing,
  type Ticket,
} from '../../domains/hall/index.ts'
import { admits, visible } from '../../kernel/access.ts'
import { dateOf, type CivilDate } from '../../kernel/clock/date.ts'
import { freshKey } from '../../kernel/key.ts'
import { findRecord, listRecords, type Row } from '../../store/read.ts'
import { searchRecords } from '../../store/search.ts'
import type { C, Env } from '../env.ts'
import { executeGiven } from '../files/given.ts'
import { problemOf } from '../problem.ts'
import { hallWords } from './hall-texts.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'

export type HallState = Exclude<Hall, { phase: 'none' }>
type Day = Exclude<HallDay, { phase: 'none' }>
type Taken = Exclude<Ticket, { phase: 'none' }>

const EMPTY: Pick<Day, 'waiting' | 'windows' | 'served' | 'calling'> = {
  waiting: [],
  windows: [],
  served: {},
  calling: [],
}
/** Seconds after which a page asks again by itself where nothing else tells it of changes. */
const AGAIN = 30
/** So many numbers hang on the wall at once. */
const SHOWN = 8
const FOUND = 12

export function halls(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, around } = world

  http.get('/hall', async (c) => {
    const t = hallWords[c.get('lang')]
    const rows = await hallsOf(c, portal)
    const days = await Promise.all(rows.map(({ id }) => dayOf(portal, id)))
    return portal.send(c, {
      title: t.title,
      body: html`<h1>${t.title}</h1>
        <p class="read">${t.lead}</p>
        ${rows.length === 0 ? html`<p class="soft">${t.none}</p>` : ''}
        <ul class="rows">
          ${rows.map(({ id, state }, place) => {
            const hall = state as unknown as HallState
            const day = days[place]!
            return html`<li>
              <div>
                <strong>${hall.name}</strong>
                <p class="soft">
                  ${[hall.address, t.windowsOpen(day.windows.length), t.waitingNow(day.waiting.length)].filter(Boolean).join(' · ')}
                </p>
              </div>
              <p class="row">
                <a class="button" href="/hall/${id}">${t.take}</a>
                <a class="button second" href="/hall/book?hall=${id}">${t.book}</a>
                <a href="/hall/${id}/display">${t.display}</a>
              </p>
            </li>`
          })}
        </ul>
        <h2>${t.representatives}</h2>
        <p class="read">${t.representativesLead} <a href="/representatives">${t.representatives}</a></p>`,
    })
  })

  http.get('/hall/:hall', async (c, next) => {
    const row = await findRecord(database, city, 'hall', c.req.param('hall'))
    return row ? kiosk(c, row) : next()
  })

  http.post('/hall/:hall/take', async (c) => {
    const row = await findRecord(database, city, 'hall', c.req.param('hall'))
    if (!row) return portal.missing(c)
    const form = await portal.form(c)
    const text = (name: string) => (typeof form[name] === 'string' && form[name] !== '' ? form[name] : undefined)
    const [item, unit] = [text('item'), text('unit')]
    const input = { hall: row.id, ...(item !== undefined && { item }), ...(unit !== undefined && { unit }) }
    const key = `kiosk ${(text('key') ?? freshKey(Date.parse(around.now()))).slice(0, 100)}`
    const actor = { ...c.get('actor'), via: 'portal' }
    const answer = await executeGiven(world, actor, { kind: 'ticket', name: 'take', input, key })
    if ('refused' in answer) return kiosk(c, row, problemOf(world.registry, answer, c.get('lang')).detail)
    return c.redirect(`/hall/ticket/${answer.done.id}?code=${encodeURIComponent(answer.reveal ?? '')}`, 303)
  })

  http.get('/hall/ticket/:id', async (c) => {
    const lang = c.get('lang')
    const t = hallWords[lang]
    const row = await findRecord(database, city, 'ticket', c.req.param('id'))
    const { definition } = world.registry.kinds.get('ticket')!
    const allowed = row && admits(visible(definition.sees, c.get('actor')), definition.index(row.state, row.id))
    if (!row || !allowed) return portal.missing(c)
    const ticket = row.state as unknown as Taken
    const code = c.req.query('code')
    if (code) portal.bear(c, code)
    const [day, hall] = await Promise.all([
      dayOf(portal, ticket.hall, ticket.on),
      findRecord(database, city, 'hall', ticket.hall),
    ])
    const standing = standingOf(day, row.id, around.now())
    const { name, recallWithin } = hall!.state as unknown as HallState
    const called = ticket.phase === 'called' || ticket.phase === 'serving'
    const live = called || standing !== undefined
    if (live) c.header('refresh', String(AGAIN))
    const link = `${new URL(c.req.url).origin}/hall/ticket/${row.id}?code=${encodeURIComponent(code ?? '')}`
    return portal.send(c, {
      title: `${ticket.number} ${t.states[ticket.phase]}`,
      body: html`<div class="ticket stack" ${live ? html`data-fresh="hall-day/${dayId(ticket.hall, ticket.on)}"` : ''}>
        <p class="soft">${name}</p>
        <h1>
          <span class="soft">${t.yourNumber}</span>
          <strong class="called">${ticket.number}</strong>
        </h1>
        <p class="state ${called ? 'in-time' : ''}" role="status">
          ${t.states[ticket.phase]}${called ? html` · <strong>${t.goTo(ticket.windowNumber!)}</strong>` : ''}
        </p>
        ${standing ? standingPart(c, standing) : ''}
        ${ticket.phase === 'missed' ? html`<p class="read">${t.missedNote(recallWithin)}</p>` : ''}
        ${
          code
            ? html`<div class="row follow">
                <p class="qr">${raw(renderSVG(link, { border: 2 }))}</p>
                <div>
                  <p class="read">${t.follow}</p>
                  <p class="soft">${t.code} <span class="number">${code}</span></p>
                </div>
              </div>`
            : ''
        }
        <p class="row noprint">
          <a class="button second" href="/hall/${ticket.hall}">${t.another}</a>
          ${standing || ticket.phase === 'called' ? html`<a href="/record/ticket/${row.id}/leave">${t.leave}</a>` : ''}
        </p>
      </div>`,
    })
  })

  http.get('/hall/:hall/display', async (c) => {
    const t = hallWords[c.get('lang')]
    const row = await findRecord(database, city, 'hall', c.req.param('hall'))
    if (!row) return portal.missing(c)
    const day = await dayOf(portal, row.id)
    const letters = [...new Set(day.waiting.map((one) => one.letter))].toSorted()
    c.header('refresh', String(AGAIN))
    return portal.send(c, {
      title: t.nowServing,
      body: html`<section class="wall" data-fresh="hall-day/${dayId(row.id, today())}">
        <h1>${row.title} <span class="soft">${t.nowServing}</span></h1>
        ${
          day.calling.length === 0
            ? html`<p class="soft">${t.nobodyCalled}</p>`
            : html`<table>
                <thead>
                  <tr>
                    <th scope="col">${t.numberHead}</th>
                    <th scope="col">${t.windowHead}</th>
                  </tr>
                </thead>
                <tbody>
                  ${day.calling.slice(0, SHOWN).map(
                    ({ number, windowNumber }, place) =>
                      html`<tr class="${place === 0 ? 'latest' : ''}">
                        <td>${number}</td>
                        <td>${t.window(windowNumber)}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>`
        }
        <p class="lines">
          ${letters.map((letter) => html`<span>${t.waitingIn(letter, day.waiting.filter((one) => one.letter === letter).length)}</span>`)}
        </p>
      </section>`,
    })
  })

  const today = () => dateOf(around.now())

  async function kiosk(c: C, row: Row, problem?: string) {
    const lang = c.get('lang')
    const t = hallWords[lang]
    const hall = row.state as unknown as HallState
    const [day, units] = await Promise.all([dayOf(portal, row.id), world.cache.units()])
    const key = freshKey(Date.parse(around.now()))
    const q = c.req.query('q')?.trim() ?? ''
    const found = q === '' ? [] : await itemsLike(c, portal, q)
    const nameOf = (unit: string) => {
      const known = units.all.get(unit)
      return (lang === 'en' ? known?.nameEn : known?.name) ?? unit
    }
    const choice = (title: string, note: string, name: string, value: string) =>
      html`<li>
        <form method="post" action="/hall/${row.id}/take">
          <input type="hidden" name="key" value="${key} ${value}" />
          ${name === '' ? '' : html`<input type="hidden" name="${name}" value="${value}" />`}
          <button><strong>${title}</strong><span>${note}</span></button>
        </form>
      </li>`
    const told = (letter: string) => outlookWords(c, outlookFor(day, letter))
    return portal.send(
      c,
      {
        title: t.take,
        wrong: problem !== undefined,
        body: html`${problem === undefined ? '' : summaryPart(problem, [], lang)}
          <p class="soft">${hall.name}</p>
          <h1>${t.whatFor}</h1>
          <ul class="kiosk">
            ${choice(`${GENERAL} ${t.general}`, `${t.generalNote} · ${told(GENERAL)}`, '', '')}
            ${hall.lines.map(({ letter, unit }) => choice(`${letter} ${t.special(nameOf(unit))}`, told(letter), 'unit', unit))}
          </ul>
          <h2>${t.byItem}</h2>
          ${findForm(`/hall/${row.id}`, q, t)}
          ${q !== '' && found.length === 0 ? html`<p class="read" role="status">${t.foundNone}</p>` : ''}
          <ul class="kiosk">
            ${found.map((item) => choice(item.title, item.unit === null ? '' : nameOf(item.unit), 'item', item.id))}
          </ul>`,
      },
      problem === undefined ? 200 : 422,
    )
  }
}

/** A field by which an item is found; `more` comes along. */
export function findForm(
  action: string,
  q: string,
  t: (typeof hallWords)['zh-CN'],
  more: Readonly<Record<string, string>> = {},
): Html {
  return html`<form class="row" action="${action}">
    ${Object.entries(more).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <label for="f-q">${t.itemName}</label>
    <input id="f-q" name="q" value="${q}" autocomplete="off" />
    <button class="second">${t.find}</button>
  </form>`
}

/** Items in force whose names hold the words, those handled in the hall alone. */
export async function itemsLike(c: C, { world }: Portal, q: string): Promise<readonly Row[]> {
  const { definition } = world.registry.kinds.get('item')!
  const wanted = {
    kind: 'item',
    phases: ['standing'],
    facets: { hall: 'yes' },
    order: 'created' as const,
    limit: FOUND,
  }
  const branches = visible(definition.sees, c.get('actor'))
  return searchRecords(world.database, world.city, branches, wanted, q.slice(0, 100))
}

export async function hallsOf(c: C, { world }: Portal): Promise<readonly Row[]> {
  const { definition } = world.registry.kinds.get('hall')!
  const wanted = { kind: 'hall', open: true, order: 'oldest' as const, limit: 50 }
  return (await listRecords(world.database, world.city, visible(definition.sees, c.get('actor')), wanted)).items
}

/** A hall's day as it stands; nobody waits on one that has not begun. */
async function dayOf({ world }: Portal, hall: string, on?: CivilDate) {
  const id = dayId(hall, on ?? dateOf(world.around.now()))
  const row = await findRecord(world.database, world.city, 'hall-day', id)
  return row ? (row.state as unknown as Day) : EMPTY
}

const minutes = (seconds: number) => Math.ceil(seconds / 60)

function outlookWords(c: C, { ahead, windows, expectedSeconds }: Standing): string {
  const t = hallWords[c.get('lang')]
  if (windows === 0) return [t.ahead(ahead), t.noWindow].join(' · ')
  return ahead > 0 && expectedSeconds !== undefined
    ? [t.ahead(ahead), t.about(minutes(expectedSeconds))].join(' · ')
    : t.ahead(ahead)
}

/** How many are before one, how long that will take, and how that was reckoned. */
function standingPart(c: C, { ahead, windows, measured, meanSeconds, expectedSeconds }: Standing): Html {
  const t = hallWords[c.get('lang')]
  if (ahead === 0) return html`<p class="ahead">${windows === 0 ? t.noneOpen : t.next}</p>`
  const known = expectedSeconds !== undefined && meanSeconds !== undefined
  return html`<p class="ahead">${t.ahead(ahead)}${known ? html` · ${t.expected(minutes(expectedSeconds))}` : ''}</p>
    <p class="soft read">
      ${known ? t.reckoned((meanSeconds / 60).toFixed(1), measured, windows, ahead) : windows === 0 ? t.noneOpen : t.unmeasured}
    </p>`
}
