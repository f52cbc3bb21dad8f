// Booking a visit on the portal: one thing a page, all that was said in the address, and nothing lost on the way back.
import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { covers, dayId, type Booking, type HallDay } from '../../domains/hall/index.ts'
import { admits, visible } from '../../kernel/access.ts'
import { isWorkday } from '../../kernel/clock/calendar.ts'
import { addDays, dateOf, dayOf } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import { freshKey } from '../../kernel/key.ts'
import { findRecord } from '../../store/read.ts'
import { readableTitles } from '../case.ts'
import type { C, Env } from '../env.ts'
import { executeGiven } from '../files/given.ts'
import { problemOf } from '../problem.ts'
import { findForm, hallsOf, itemsLike, type HallState } from './hall.ts'
import { hallWords } from './hall-texts.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { summaryPart } from './part.ts'

type Day = Exclude<HallDay, { phase: 'none' }>
type Made = Exclude<Booking, { phase: 'none' }>
type Said = Readonly<Record<string, string>>
type Wrong = readonly { readonly field: string; readonly message: string }[]
type Option = { readonly value: string; readonly label: string; readonly note?: string; readonly full?: boolean }

const STEPS = ['hall', 'item', 'on', 'slot', 'contact'] as const
type Step = (typeof STEPS)[number]
/** Fields by the page on which they are asked. */
const ASKED = [...STEPS, 'enterprise', 'phone', 'reached'] as const
const PAGE: Readonly<Record<string, Step>> = { enterprise: 'contact', phone: 'contact' }

export function bookings(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, around } = world

  http.get('/hall/book', (c) => {
    const said = saidIn(c.req.query())
    const step = STEPS.find((one) => one === c.req.query('step')) ?? firstOpen(said)
    return step === undefined ? showCheck(c, said) : showStep(c, said, step)
  })

  http.post('/hall/book', async (c) => {
    const form = await portal.form(c)
    const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '')
    const said = saidIn(Object.fromEntries(ASKED.map((name) => [name, text(name)])))
    const { reached: _, ...input } = said
    const key = `booking ${(text('key') || freshKey(Date.parse(around.now()))).slice(0, 100)}`
    const actor = { ...c.get('actor'), via: 'portal' }
    const answer = await executeGiven(world, actor, { kind: 'booking', name: 'book', input, key })
    if (!('refused' in answer))
      return c.redirect(`/hall/booked/${answer.done.id}?code=${encodeURIComponent(answer.reveal ?? '')}`, 303)
    const { detail, fields } = problemOf(world.registry, answer, c.get('lang'))
    const field = fields?.[0]?.field ?? 'on'
    const step = PAGE[field] ?? STEPS.find((one) => one === field) ?? 'on'
    return showStep(c, said, step, fields ?? [{ field: step, message: detail }])
  })

  http.get('/hall/booked/:id', async (c) => {
    const lang = c.get('lang')
    const t = hallWords[lang]
    const row = await findRecord(database, city, 'booking', c.req.param('id'))
    const { definition } = world.registry.kinds.get('booking')!
    if (!row || !admits(visible(definition.sees, c.get('actor')), definition.index(row.state, row.id)))
      return portal.missing(c)
    const code = c.req.query('code')
    if (code) portal.bear(c, code)
    const { on, slot, closes, hallName, itemName } = row.state as unknown as Made
    return portal.send(c, {
      title: t.bookedTitle,
      body: html`<section class="panel done wider stack">
        <h1><span aria-hidden="true">✓</span> ${t.bookedTitle}</h1>
        <p>${hallName} · ${itemName}</p>
        <p><strong>${t.bookedNext(dateWords(on, lang), `${slot}–${closes}`)}</strong></p>
        <p>${t.bookingNumber} <span class="number">${row.id}</span></p>
        ${code ? html`<p>${t.code} <span class="number">${code}</span></p>` : ''}
        <p class="read">${t.bookedNote}</p>
        <p class="soft read">${t.limits}</p>
        <p class="row noprint"><a class="button second" href="/record/booking/${row.id}">${t.see}</a></p>
      </section>`,
    })
  })

  async function showStep(c: C, said: Said, step: Step, wrong: Wrong = []) {
    const lang = c.get('lang')
    const t = hallWords[lang]
    const titles = { hall: t.chooseHall, item: t.chooseItem, on: t.chooseDay, slot: t.chooseSlot, contact: t.contact }
    const before = STEPS[STEPS.indexOf(step) - 1]
    return portal.send(
      c,
      {
        title: titles[step],
        wrong: wrong.length > 0,
        body: html`${wrong.length > 0 ? summaryPart('', wrong, lang) : ''}
          <p class="noprint">
            <a href="${before === undefined ? '/hall' : here(said, before)}">← ${t.back}</a>
          </p>
          <p class="soft">${t.bookTitle}</p>
          <h1>${titles[step]}</h1>
          ${await bodyOf(c, said, step)}`,
      },
      wrong.length > 0 ? 422 : 200,
    )
  }

  async function bodyOf(c: C, said: Said, step: Step): Promise<Html> {
    const t = hallWords[c.get('lang')]
    if (step === 'item') return itemPart(c, said)
    if (step === 'contact') return contactPart(c, said)
    if (step === 'hall') {
      const options = (await hallsOf(c, portal)).map((row) => ({ value: row.id, label: row.title }))
      return options.length === 0 ? html`<p class="soft">${t.none}</p>` : choicesPart(c, said, step, options)
    }
    const options = step === 'on' ? await daysFor(c, said) : await slotsFor(c, said)
    const none = step === 'on' ? t.noDays : t.noSlots
    return html`${options.some((one) => !one.full) ? choicesPart(c, said, step, options) : html`<p class="read">${none}</p>`}
    ${step === 'on' ? html`<p class="soft read">${t.limits}</p>` : ''}`
  }

  function choicesPart(c: C, said: Said, step: Step, options: readonly Option[]): Html {
    const t = hallWords[c.get('lang')]
    // What comes after depends on what is chosen here.
    const kept = Object.entries(said).filter(([name]) => STEPS.indexOf(name as Step) < STEPS.indexOf(step))
    return html`<form class="stack" action="/hall/book">
      ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <fieldset class="stack">
        <legend class="hidden">${t.choose}</legend>
        ${options.map(
          ({ value, label, note, full }, place) =>
            html`<div class="choice">
              <input
                type="radio"
                id="f-${place === 0 ? step : `${step}-${place}`}"
                name="${step}"
                value="${value}"
                required
                ${full ? raw('disabled') : ''}
                ${said[step] === value ? raw('checked') : ''}
              />
              <label for="f-${place === 0 ? step : `${step}-${place}`}"
                >${label} ${note === undefined ? '' : html`<span class="soft">${note}</span>`}</label
              >
            </div>`,
        )}
      </fieldset>
      <button>${t.goOn}</button>
    </form>`
  }

  async function itemPart(c: C, said: Said): Promise<Html> {
    const t = hallWords[c.get('lang')]
    const q = c.req.query('q')?.trim() ?? ''
    const { hall = '' } = said
    const found = q === '' ? [] : await itemsLike(c, portal, q)
    const options = found.map((row) => ({ value: row.id, label: row.title }))
    return html`${findForm('/hall/book', q, t, { hall, step: 'item' })}
    ${q !== '' && found.length === 0 ? html`<p class="read" role="status">${t.foundNone}</p>` : ''}
    ${options.length > 0 ? choicesPart(c, { hall, ...(said['item'] !== undefined && { item: said['item'] }) }, 'item', options) : ''}`
  }

  async function contactPart(c: C, said: Said): Promise<Html> {
    const lang = c.get('lang')
    const t = hallWords[lang]
    const actor = c.get('actor')
    const mine = actor.subjects.filter((who) => who.startsWith('enterprise:')).map((who) => who.slice(11))
    const titles = await readableTitles(
      world,
      actor,
      mine.map((one) => ['enterprise', one] as const),
    )
    const kept = Object.entries(said).filter(
      ([name]) => (STEPS as readonly string[]).includes(name) && name !== 'contact',
    )
    const as = [...mine.map((one) => [one, titles.get(`enterprise/${one}`) ?? one] as const), ['', t.myself] as const]
    const field = (name: string, label: string, hint: string, type: string, autocomplete: string) =>
      html`<div class="field">
        <label for="f-${name}">${label}</label>
        ${hint === '' ? '' : html`<p class="hint">${hint}</p>`}
        <input
          id="f-${name}"
          type="${type}"
          name="${name}"
          value="${said[name] ?? ''}"
          autocomplete="${autocomplete}"
        />
      </div>`
    return html`<form class="stack" action="/hall/book">
      ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <input type="hidden" name="reached" value="yes" />
      ${
        mine.length === 0
          ? ''
          : html`<fieldset class="stack">
              <legend>${t.asWhom}</legend>
              ${as.map(
                ([value, label], place) =>
                  html`<div class="choice">
                    <input
                      type="radio"
                      id="f-enterprise${place === 0 ? '' : `-${place}`}"
                      name="enterprise"
                      value="${value}"
                      ${(said['enterprise'] ?? mine[0]) === value ? raw('checked') : ''}
                    />
                    <label for="f-enterprise${place === 0 ? '' : `-${place}`}">${label}</label>
                  </div>`,
              )}
            </fieldset>`
      }
      ${field('contact', t.name, '', 'text', 'name')}
      ${field('phone', t.phone, actor.subjects.length > 0 ? t.phoneKnown : t.phoneHint, 'tel', 'tel')}
      <button>${t.goOn}</button>
    </form>`
  }

  async function showCheck(c: C, said: Said) {
    const lang = c.get('lang')
    const t = hallWords[lang]
    const enterprise = said['enterprise']
    const titles = await readableTitles(world, c.get('actor'), [
      ['hall', said['hall']!],
      ['item', said['item']!],
      ...(enterprise === undefined ? [] : [['enterprise', enterprise] as const]),
    ])
    const rows: readonly (readonly [string, string, Step])[] = [
      [t.hall, titles.get(`hall/${said['hall']}`) ?? '', 'hall'],
      [t.item, titles.get(`item/${said['item']}`) ?? '', 'item'],
      [t.day, dateWords(said['on']!, lang), 'on'],
      [t.slot, said['slot']!, 'slot'],
      ...(enterprise === undefined
        ? []
        : [[t.asWhom, titles.get(`enterprise/${enterprise}`) ?? '', 'contact'] as const]),
      [t.contact, [said['contact'], said['phone']].filter(Boolean).join(' ') || t.myself, 'contact'],
    ]
    return portal.send(c, {
      title: t.check,
      body: html`<p class="soft">${t.bookTitle}</p>
        <h1>${t.check}</h1>
        <dl class="facts">
          ${rows.map(
            ([label, value, step]) =>
              html`<div>
                <dt>${label}</dt>
                <dd>
                  ${value}
                  <a class="noprint" href="${here(said, step)}" aria-label="${t.change} ${label}">${t.change}</a>
                </dd>
              </div>`,
          )}
        </dl>
        <form method="post" action="/hall/book">
          <input type="hidden" name="key" value="${freshKey(Date.parse(around.now()))}" />
          ${Object.entries(said).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
          <button>${t.submit}</button>
        </form>`,
    })
  }

  async function hallIn(said: Said): Promise<HallState | undefined> {
    const row = await findRecord(database, city, 'hall', said['hall'] ?? '')
    return row?.state as unknown as HallState | undefined
  }

  async function kept(said: Said, on: string): Promise<Pick<Day, 'duties' | 'bookings'>> {
    const row = await findRecord(database, city, 'hall-day', dayId(said['hall'] ?? '', on))
    return row ? (row.state as unknown as Day) : { duties: [], bookings: [] }
  }

  /** The days on which the hall takes bookings for the item, each with the places that are left. */
  async function daysFor(c: C, said: Said): Promise<readonly Option[]> {
    const lang = c.get('lang')
    const t = hallWords[lang]
    const hall = await hallIn(said)
    const { calendar } = await world.cache.law(0)
    if (!hall) return []
    const today = dateOf(around.now())
    const days = Array.from({ length: hall.ahead + 1 }, (_, place) => addDays(today, place))
    const options = await Promise.all(
      days.map(async (on): Promise<Option | undefined> => {
        const day = await kept(said, on)
        const works = isWorkday(calendar, dayOf(on))
        if (!works && !covers(day.duties, said['item'] ?? '')) return undefined
        const left = placesIn(hall, day, on).reduce((sum, one) => sum + one.left, 0)
        const note = [t.placesLeft(left), ...(works ? [] : [t.dutyDay])].join(' · ')
        return { value: on, label: dateWords(on, lang), note, full: left === 0 }
      }),
    )
    return options.filter((one) => one !== undefined)
  }

  async function slotsFor(c: C, said: Said): Promise<readonly Option[]> {
    const t = hallWords[c.get('lang')]
    const hall = await hallIn(said)
    if (!hall) return []
    return placesIn(hall, await kept(said, said['on']!), said['on']!).map(({ opens, closes, left }) => ({
      value: opens,
      label: `${opens}–${closes}`,
      note: t.placesLeft(left),
      full: left === 0,
    }))
  }

  /** The slots of a day that are not over, and the places left in each. */
  function placesIn(hall: HallState, { bookings: taken }: Pick<Day, 'bookings'>, on: string) {
    const now = around.now()
    return hall.slots
      .filter(({ closes }) => `${on}T${closes}:00.000+08:00` > now)
      .map(({ opens, closes, places }) => ({
        opens,
        closes,
        left: Math.max(0, places - taken.filter((one) => one.slot === opens).length),
      }))
  }
}

/** What an address or a form says, without what is empty. */
function saidIn(given: Readonly<Record<string, string | undefined>>): Said {
  const said = ASKED.flatMap((name): [string, string][] => {
    const value = given[name]?.trim()
    return value ? [[name, value]] : []
  })
  const all = Object.fromEntries(said)
  // A day that is none would have no calendar.
  const { on, ...rest } = all
  return on !== undefined && /^20[0-5]\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])$/.test(on) ? all : rest
}

function firstOpen(said: Said): Step | undefined {
  return STEPS.find((step) => (step === 'contact' ? said['reached'] === undefined : said[step] === undefined))
}

/** The address of a step, with all that was said. */
function here(said: Said, step: Step): string {
  return `/hall/book?${new URLSearchParams({ ...said, step })}`
}
