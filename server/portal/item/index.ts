// Items for those who apply: found, read in the version in force or an earlier one, and what has changed between them.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { admits, visible } from '../../../kernel/access.ts'
import { addDays, dateOf } from '../../../kernel/clock/date.ts'
import { dateWords } from '../../../kernel/clock/words.ts'
import type { Content, Item, Version } from '../../../domains/items/index.ts'
import { findRecord, listRecords, type Row } from '../../../store/read.ts'
import { subjectTotals } from '../../../store/tally.ts'
import type { C, Env } from '../../env.ts'
import { unitName } from '../../view.ts'
import { decisionWords } from '../decision-texts.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { contentPart, type Actual } from './content.ts'
import { differencePart } from './difference.ts'
import { itemList, labelsPart, promiseOf } from './list.ts'
import { itemWords } from './texts.ts'
import { inThemesPart } from './theme.ts'

type Listed = Exclude<Item, { phase: 'none' }>
type Written = Exclude<Version, { phase: 'none' }>

export function items(http: Hono<Env>, portal: Portal): void {
  const { database, city, registry, cache } = portal.world
  const [kind, versions] = [registry.kinds.get('item')!, registry.kinds.get('version')!]

  const seen = async (c: C, of: typeof kind, id: string): Promise<Row | undefined> => {
    const row = await findRecord(database, city, of.definition.kind, id)
    const branches = visible(of.definition.sees, c.get('actor'))
    return row && admits(branches, of.definition.index(row.state, row.id)) ? row : undefined
  }
  const versionOf = async (c: C, number: string | undefined): Promise<Written | undefined> => {
    if (!/^[1-9]\d{0,3}$/.test(number ?? '')) return undefined
    return (await seen(c, versions, `${c.req.param('code')}-V${number}`))?.state as Written | undefined
  }
  /** Every version of an item that this visitor may read, the latest first. */
  const versionsOf = async (c: C, code: string): Promise<readonly Written[]> => {
    const branches = visible(versions.definition.sees, c.get('actor'))
    const wanted = { kind: 'version', facets: { item: code }, order: 'created', limit: 100 } as const
    const rows = (await listRecords(database, city, branches, wanted)).items
    return (rows.map((row) => row.state) as unknown as Written[])
      .filter(({ phase }) => phase !== 'dropped')
      .toSorted((a, b) => b.number - a.number)
  }

  /** Nothing where none was decided in the last twelve months. */
  const actualOf = async (code: string, { promisedUnit }: Content): Promise<Actual | undefined> => {
    const today = dateOf(portal.world.around.now())
    const of = { measure: 'item-used', subject: `item:${code}`, dims: { unit: promisedUnit } }
    const { n, quantity } = await subjectTotals(database, city, of, [addDays(today, -365), today])
    return n > 0 ? { mean: quantity / n, cases: n } : undefined
  }

  http.get('/items', (c) => itemList(c, portal, kind))

  http.get('/item/:code', async (c) => {
    const row = await seen(c, kind, c.req.param('code'))
    const state = row?.state as Listed | undefined
    if (!state?.content) {
      // Not public yet: whoever prepares it is shown the draft.
      const draft = state?.next === undefined ? undefined : /-V(\d+)$/.exec(state.next)?.[1]
      return draft === undefined ? portal.missing(c) : c.redirect(`/item/${c.req.param('code')}/version/${draft}`, 303)
    }
    const lang = c.get('lang')
    const t = itemWords[lang]
    const day = (date: string) => dateWords(date, lang)
    const all = await versionsOf(c, state.code)
    const standing = all.find(({ phase, number }) => phase === 'standing' || state.version?.endsWith(`-V${number}`))
    const told =
      state.phase === 'standing'
        ? ''
        : html`<div class="told warned" role="status">
            <p>
              <strong
                ><span aria-hidden="true">‖</span>
                ${state.phase === 'cancelled' ? t.cancelledSince(day(state.since ?? '')) : t.suspendedSince(day(state.since ?? ''))}</strong
              >
            </p>
            ${state.expired === undefined || state.phase === 'cancelled' ? '' : html`<p>${t.expired(day(state.expired))}</p>`}
            ${state.reason === undefined ? '' : html`<p>${t.reason}${state.reason}</p>`}
          </div>`
    return show(c, {
      code: state.code,
      unit: state.unit,
      content: state.content,
      told,
      standing: state.phase === 'standing',
      history: html`${standing ? html`<p><strong>${t.version(standing.number)}</strong> ${lifeOf(standing, c)}</p>` : ''}
        ${earlierPart(c, state.code, all, standing?.number ?? 0)}
        <p class="soft read">${t.applied}</p>`,
    })
  })

  http.get('/item/:code/version/:number', async (c) => {
    const version = await versionOf(c, c.req.param('number'))
    if (!version) return portal.missing(c)
    const lang = c.get('lang')
    const t = itemWords[lang]
    const { phase, number, item } = version
    const told =
      phase === 'standing'
        ? html`<strong>${t.version(number)}</strong> · ${t.current}`
        : phase === 'agreed'
          ? t.coming(dateWords(version.from!, lang))
          : phase === 'replaced' || phase === 'ended'
            ? t.old(number)
            : t.preview
    const all = await versionsOf(c, item)
    return show(c, {
      code: item,
      unit: version.unit,
      content: version.content,
      told: html`<div class="told warned" role="status">
        <p>${told}</p>
        <p>${lifeOf(version, c)}</p>
        ${all.some((one) => one.phase === 'standing') ? html`<p class="noprint"><a href="/item/${item}">${t.toCurrent}</a></p>` : ''}
      </div>`,
      standing: false,
      history: earlierPart(c, item, all, number),
    })
  })

  http.get('/item/:code/version/:number/changes', async (c) => {
    const [one, other] = await Promise.all([versionOf(c, c.req.param('number')), versionOf(c, c.req.query('with'))])
    if (!one || !other) return portal.missing(c)
    const lang = c.get('lang')
    const t = itemWords[lang]
    const [before, after] = one.number < other.number ? [one, other] : [other, one]
    const title = t.changes(before.number, after.number)
    return portal.send(c, {
      title,
      body: html`<p><a href="/item/${one.item}">← ${t.back}</a></p>
        <p class="soft">${after.content.name}</p>
        <h1>${title}</h1>
        ${differencePart(
          kind,
          lang,
          [before.content, after.content],
          [t.version(before.number), t.version(after.number)],
        )}`,
    })
  })

  /** From when to when, as far as that is known. */
  function lifeOf({ phase, from, to, until }: Written, c: C): string {
    const lang = c.get('lang')
    const t = itemWords[lang]
    const day = (date: string) => dateWords(date, lang)
    const ended = phase === 'replaced' || phase === 'ended'
    return [
      from === undefined ? '' : t.since(day(from)),
      ended && until !== undefined ? t.until(day(until)) : to === undefined ? '' : t.lastDay(day(to)),
    ]
      .filter(Boolean)
      .join(lang === 'en' ? ', ' : '，')
  }

  /** The versions before one, each to be read, with what the next one changed. */
  function earlierPart(c: C, code: string, all: readonly Written[], number: number): Html | '' {
    const t = itemWords[c.get('lang')]
    const earlier = all.filter((one) => one.number < number)
    if (earlier.length === 0) return ''
    const address = (n: number) => `/item/${code}/version/${n}`
    return html`<p><a href="${address(number)}/changes?with=${earlier[0]!.number}">${t.whatChanged}</a></p>
      <details>
        <summary>${t.earlier} (${earlier.length})</summary>
        <ul>
          ${earlier.map(
            (one, place) =>
              html`<li>
                <a href="${address(one.number)}">${t.version(one.number)}</a>
                <span class="soft">${lifeOf(one, c)}</span>
                ${
                  place === earlier.length - 1
                    ? ''
                    : html`<a href="${address(one.number)}/changes?with=${earlier[place + 1]!.number}"
                        >${t.whatChanged}</a
                      >`
                }
              </li>`,
          )}
        </ul>
      </details>`
  }

  type Page = {
    readonly code: string
    readonly unit: string
    readonly content: Content
    readonly told: Html | ''
    readonly standing: boolean
    readonly history: Html | ''
  }

  async function show(c: C, { code, unit, content, told, standing, history }: Page): Promise<Response> {
    const lang = c.get('lang')
    const t = itemWords[lang]
    const { options } = kind.texts[lang]
    const units = await cache.units()
    const situation = c.req.query('situation')
    return portal.send(c, {
      title: content.name,
      body: html`<header class="head">
          <p class="soft">
            ${[options[content.type], options[content.level], unitName(units, unit, lang)].filter(Boolean).join(' · ')}
          </p>
          <h1>${content.name}</h1>
          <p>${labelsPart(content, t)} <span class="soft">${t.code} ${code}</span></p>
        </header>
        ${told}
        <div class="case">
          <aside class="stack">
            <div class="panel stack">
              ${
                standing
                  ? html`<p class="noprint">
                        <a class="button" href="/apply/${encodeURIComponent(code)}">${t.apply}</a>
                      </p>
                      <p class="soft noprint">${t.applyNote}</p>
                      ${await inThemesPart(c, portal, code)}`
                  : ''
              }
              <dl class="facts">
                <dt>${t.promised}</dt>
                <dd><strong>${promiseOf(content, lang)}</strong></dd>
                <dt>${t.visits}</dt>
                <dd>${content.visits === 0 ? t.noVisit : t.times(content.visits)}</dd>
                <dt>${t.enquiries}</dt>
                <dd>${content.enquiries}</dd>
              </dl>
              ${
                content.type === 'licence'
                  ? html`<p class="noprint">
                      <a href="/decisions?item=${encodeURIComponent(code)}">${decisionWords[lang].ofItem}</a>
                    </p>`
                  : ''
              }
              <p class="noprint"><button class="second" type="button" data-printer hidden>${t.print}</button></p>
            </div>
          </aside>
          <div class="stack">
            ${contentPart({ content, kind, lang, situation, actual: await actualOf(code, content) })}
            ${
              history === ''
                ? ''
                : html`<h2 id="versions">${t.versions}</h2>
                    ${history}`
            }
          </div>
        </div>`,
    })
  }
}
