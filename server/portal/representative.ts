// The chief representatives of the hall with what each may do, until when, and whether he is there today: public, and asked by item who may handle it.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import {
  delegation,
  duty,
  empowers,
  window,
  type Delegation,
  type Duty,
  type Window,
} from '../../domains/hall/index.ts'
import { powers } from '../../domains/items/index.ts'
import { nobody, system, visible } from '../../kernel/access.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import { findRecord, listRecords, type Row } from '../../store/read.ts'
import { readableTitles } from '../case.ts'
import type { C, Env } from '../env.ts'
import { findForm, itemsLike } from './hall.ts'
import { hallWords } from './hall-texts.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'

type Filed = Exclude<Delegation, { phase: 'none' }>
const MOST = 200
/** More items than these are folded under their number. */
const FEW = 3

/** Who is at which window, and who is on the roster of the day. */
type Present = { readonly windows: ReadonlyMap<string, number>; readonly duties: ReadonlySet<string> }

export function representatives(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, around } = world

  http.get('/representatives', async (c) => {
    const t = hallWords[c.get('lang')]
    const wanted = { kind: delegation.kind, phases: ['filed'], order: 'oldest' as const, limit: MOST }
    // What everybody may see, whoever looks: this is the public list.
    const { items: all } = await listRecords(database, city, visible(delegation.sees, nobody), wanted)
    const q = c.req.query('q')?.trim() ?? ''
    const found = q === '' ? [] : await itemsLike(c, portal, q)
    const chosen = c.req.query('item')
    const item = chosen === undefined ? undefined : await findRecord(database, city, 'item', chosen)
    const shown = item?.phase === 'standing' ? all.filter((row) => handles(row, item)) : all
    return portal.send(c, {
      title: t.representatives,
      body: html`<h1>${t.representatives}</h1>
        <p class="read">${t.representativesLead}</p>
        <h2>${t.whoFor}</h2>
        ${findForm('/representatives', q, t)}
        ${q !== '' && found.length === 0 ? html`<p class="read" role="status">${t.foundNone}</p>` : ''}
        <ul>
          ${found.map((row) => html`<li><a href="/representatives?item=${encodeURIComponent(row.id)}">${row.title}</a></li>`)}
        </ul>
        ${item === undefined ? '' : html`<h2>${t.whoMay(item.title)}</h2>`}
        ${shown.length === 0 ? html`<p class="read">${item === undefined ? t.noRepresentatives : t.nobodyMay}</p>` : await tablePart(c, shown)}`,
    })
  })

  /** Whether the person may do anything for the item today: what its version in force opens, and the delegation grants. */
  function handles(row: Row, item: Row): boolean {
    const { content } = item.state as unknown as { readonly content?: { readonly powers?: readonly string[] } }
    return powers
      .filter((power) => content?.powers?.includes(power))
      .some((power) =>
        empowers(row.state as unknown as Delegation, {
          item: item.id,
          unit: item.unit ?? '',
          power,
          on: dateOf(around.now()),
        }),
      )
  }

  /** The roster is for those who work here; that a representative is on it is all that is told of it. */
  async function presentOn(day: string): Promise<Present> {
    const [manned, rostered] = await Promise.all([
      listRecords(database, city, visible(window.sees, nobody), {
        kind: window.kind,
        phases: ['open'],
        order: 'oldest',
        limit: MOST,
      }),
      listRecords(database, city, visible(duty.sees, system), {
        kind: duty.kind,
        facets: { on: day },
        open: true,
        order: 'oldest',
        limit: MOST,
      }),
    ])
    const windows = manned.items.map(({ state }) => state as unknown as Exclude<Window, { phase: 'none' }>)
    const duties = rostered.items.map(({ state }) => state as unknown as Exclude<Duty, { phase: 'none' }>)
    return {
      windows: new Map(
        windows.flatMap(({ by, on, windowNumber }) => (by === undefined || on !== day ? [] : [[by, windowNumber]])),
      ),
      duties: new Set(duties.map(({ person }) => person)),
    }
  }

  function presence(person: string, { windows, duties }: Present, t: (typeof hallWords)['en']): Html | string {
    const at = windows.get(person)
    if (at !== undefined) return html`<strong>${t.atWindow(at)}</strong>`
    return duties.has(person) ? html`<strong>${t.onDuty}</strong>` : html`<span class="soft">${t.absent}</span>`
  }

  async function tablePart(c: C, rows: readonly Row[]): Promise<Html> {
    const lang = c.get('lang')
    const t = hallWords[lang]
    const units = await world.cache.units()
    const { options } = world.registry.kinds.get(delegation.kind)!.texts[lang]
    const states = rows.map((row) => row.state as unknown as Filed)
    const named = [...new Set(states.flatMap((state) => state.filed?.items ?? []))]
    const titles = await readableTitles(
      world,
      c.get('actor'),
      named.map((one) => ['item', one] as const),
    )
    const comma = lang === 'en' ? ', ' : '、'
    const today = dateOf(around.now())
    const present = await presentOn(today)
    return html`<div class="wide">
      <table class="cards">
        <thead>
          <tr>
            ${[t.names, t.unit, t.today, t.powers, t.item, t.term, t.letter].map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${states.map(({ name, person, unit, filed }) => {
            const at = units.all.get(unit)
            const items = filed?.items?.map((one) => titles.get(`item/${one}`)).filter(Boolean)
            return html`<tr>
              <th scope="row" class="tight">${name}</th>
              <td data-label="${t.unit}">${lang === 'en' ? at?.nameEn : at?.name}</td>
              <td data-label="${t.today}">${presence(person, present, t)}</td>
              <td data-label="${t.powers}">${filed?.powers.map((one) => options[one]).join(comma)}</td>
              <td data-label="${t.item}">
                ${
                  items === undefined
                    ? t.allItems
                    : items.length <= FEW
                      ? items.join(comma)
                      : html`<details>
                          <summary>${t.itemCount(items.length)}</summary>
                          ${items.join(comma)}
                        </details>`
                }
              </td>
              <td data-label="${t.term}">
                ${filed !== undefined && filed.from > today ? html`<span class="warned">${t.notYet(filed.from)}</span><br />` : ''}
                <span class="tight">${t.until(filed?.to ?? '')}</span>
              </td>
              <td data-label="${t.letter}">${filed?.letter}</td>
            </tr>`
          })}
        </tbody>
      </table>
    </div>`
  }
}
