// Benefits on the portal: to everybody what is given; to an enterprise what it is entitled to, why, what it lacks, and what to supply.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import {
  contentOf,
  isNewTo,
  REGISTER,
  type Benefit,
  type KnownFact,
  type Outreach,
} from '../../domains/policies/index.ts'
import { addDays, dateOf, type CivilDate } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import { execute } from '../../kernel/door.ts'
import { yuan } from '../../kernel/money.ts'
import { findRecord, listRecords, type Row } from '../../store/read.ts'
import type { C, Env } from '../env.ts'
import { entitlementsOf, MOST, type Entitled, type Entitlements } from '../entitlement.ts'
import { askedFor, enterprisesOf } from './ask.ts'
import { benefitWords } from './benefit-texts.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { words } from './texts.ts'
import { failingPart, saidWith } from './verdict.ts'

/** Days before its end from which a benefit is said to end soon. */
const SOON = 60
/** Phases of a claim after which its money needs an account. */
const AWAITING_MONEY: readonly string[] = ['consented', 'publicised', 'objected', 'approved']
const STANDS = ['entitled', 'judged', 'open', 'not'] as const

export function benefits(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, registry, around } = world

  http.get('/benefits', async (c) => {
    const t = benefitWords[c.get('lang')]
    const all = await Promise.all(enterprisesOf(c.get('actor')).map((id) => entitlementsOf(world, c.get('actor'), id)))
    const found = all.flatMap((one) => one ?? [])
    const signedIn = c.get('actor').subjects.length > 0
    return portal.send(c, {
      title: t.title,
      body: html`<h1>${t.title}</h1>
        <p class="read">${t.lead}</p>
        ${
          found.length > 0
            ? await Promise.all(found.map((one) => firmPart(c, one)))
            : html`<p class="told">
                ${signedIn ? t.noFirm : t.signIn}
                ${signedIn ? '' : html`<a href="/sign-in?next=%2Fbenefits">${words[c.get('lang')].signIn}</a>`}
              </p>`
        }
        ${found.length > 0 ? '' : await allPart(c)}`,
    })
  })

  http.post('/benefits/:enterprise/claim', async (c) => {
    const form = await portal.form(c)
    const benefit = typeof form['benefit'] === 'string' ? form['benefit'] : ''
    const year = dateOf(around.now()).slice(0, 4)
    const input = { benefit, enterprise: c.req.param('enterprise'), year }
    return askedFor(c, portal, 'claim', input, { title: benefitWords[c.get('lang')].title, href: '/benefits' })
  })

  async function allPart(c: C): Promise<Html> {
    const t = benefitWords[c.get('lang')]
    const wanted = { kind: 'benefit', phases: ['standing'], order: 'created', limit: MOST } as const
    const { items } = await listRecords(database, city, [{ by: 'all', level: 0 }], wanted)
    const today = dateOf(around.now())
    const said = (day: string) => dateWords(day, c.get('lang'))
    const given = items.flatMap(({ id, state }) => {
      const content = contentOf(state as unknown as Benefit)!
      return content.to < today ? [] : [{ id, content }]
    })
    return html`<h2>${t.all}</h2>
      ${given.length === 0 ? html`<p class="soft">${t.empty}</p>` : ''}
      <ul class="rows">
        ${given.map(
          ({ id, content: { name, mode, from, to } }) =>
            html`<li>
              <div>
                <a href="/record/benefit/${id}">${name}</a>
                <p class="soft">${t.mode[mode]} · ${today < from ? t.from(said(from)) : t.until(said(to))}</p>
              </div>
            </li>`,
        )}
      </ul>`
  }

  async function firmPart(c: C, found: Entitlements): Promise<Html> {
    const lang = c.get('lang')
    const t = benefitWords[lang]
    const { day, enterprise, name, known, account, all, asks } = found
    const waits = !account && all.some(({ claim }) => claim && AWAITING_MONEY.includes(claim.phase))
    const mine = asks.filter(({ fact }) => known.some(({ row }) => row.name === fact && row.registered === undefined))
    const registers = asks.filter((one) => !mine.includes(one)).map(({ fact }) => fact)
    const titles = new Map(all.map(({ offer }) => [offer.id, offer.content.name]))
    const policies = await policyNames(all)
    const supply = `/benefits/${encodeURIComponent(enterprise)}/supply`
    const told = await findRecord(database, city, 'outreach', enterprise)
    const isNew = isNewTo(told?.state as unknown as Outreach | undefined)
    // What is told is seen by being shown; refused, another has seen it in the same moment.
    if (told?.phase === 'waiting')
      await execute(
        around,
        { ...c.get('actor'), via: 'portal' },
        { kind: 'outreach', id: enterprise, name: 'see', input: {} },
      )
    return html`<section class="stack">
      <h2>${t.of(name)}</h2>
      <p class="soft">${t.day(dateWords(day, lang))}</p>
      ${
        waits
          ? html`<p class="told">${t.account} <a href="/record/profile/${enterprise}/bank">${t.toAccount}</a></p>`
          : ''
      }
      ${
        mine.length === 0
          ? ''
          : html`<div class="told">
              <p><strong>${t.asks}</strong></p>
              <ul>
                ${mine
                  .slice(0, 3)
                  .map(
                    ({ fact, decides, touches }) =>
                      html`<li>${fact} <span class="soft">${t.decides(decides, touches)}</span></li>`,
                  )}
              </ul>
              <p><a class="button second" href="${supply}">${t.supply}</a></p>
            </div>`
      }
      ${
        registers.length === 0
          ? ''
          : html`<p>
              ${t.registers(registers.join(t.between))}
              <a href="/record/enterprise/${enterprise}/observe">${t.toRegister}</a>
            </p>`
      }
      ${STANDS.map((stands) => {
        const here = all.filter(({ entitlement }) => entitlement.stands === stands)
        return html`<h3>${t[stands]} <span class="soft">${String(here.length)}</span></h3>
          ${here.length === 0 ? html`<p class="soft">${t.none}</p>` : ''}
          <ul class="rows">
            ${here.map((one) => benefitPart(c, one, found, titles, policies, isNew))}
          </ul>`
      })}
      <details>
        <summary>${t.known}</summary>
        ${knownPart(c, known)}
      </details>
      <p class="soft">${t.explain}</p>
      ${told ? mutePart(c, enterprise, told.state as unknown as Outreach) : ''}
    </section>`
  }

  /** Whether it is told unasked, and the way to change that. */
  function mutePart(c: C, enterprise: string, told: Outreach): Html {
    const { commands } = registry.kinds.get('outreach')!.texts[c.get('lang')]
    const isMuted = told.phase !== 'none' && told.muted
    const command = isMuted ? 'unmute' : 'mute'
    return html`<p class="soft">
      ${isMuted ? benefitWords[c.get('lang')].muted : ''}
      <a href="/record/outreach/${enterprise}/${command}">${commands[command]}</a>
    </p>`
  }

  async function policyNames(all: readonly Entitled[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(all.map(({ offer }) => offer.content.policy))]
    const rows = await Promise.all(ids.map((id) => findRecord(database, city, 'policy', id)))
    return new Map(rows.flatMap((row) => (row ? [[row.id, row.title] as const] : [])))
  }

  function benefitPart(
    c: C,
    { offer, entitlement, against, claim }: Entitled,
    { day, known, enterprise }: Entitlements,
    titles: ReadonlyMap<string, string>,
    policies: ReadonlyMap<string, string>,
    isNew: (benefit: string) => boolean,
  ): Html {
    const lang = c.get('lang')
    const t = benefitWords[lang]
    const { content, id } = offer
    const end = dateWords(content.to, lang)
    const soon = content.to <= addDays(day as CivilDate, SOON)
    const due = entitlement.stands === 'entitled' || entitlement.stands === 'judged'
    const names = against.flatMap((other) => titles.get(other) ?? []).join(t.between)
    return html`<li>
      <div>
        <a href="/record/benefit/${id}">${content.name}</a>
        ${due && isNew(id) ? html`<strong class="tag">${t.fresh}</strong>` : ''}
        <p class="soft">
          ${t.policy(`${policies.get(content.policy) ?? ''} ${content.article}`)} · ${t.mode[content.mode]}
        </p>
        ${
          content.group !== undefined && content.groupCap !== undefined
            ? html`<p class="soft">${t.group(content.group, yuan(content.groupCap, lang))}</p>`
            : ''
        }
        ${due && names !== '' ? html`<p class="soft">${t.against(names)}</p>` : ''}
        ${whyPart(c, { offer, entitlement, unit: null, against }, known)}
      </div>
      <div>
        ${due && entitlement.amount !== undefined ? html`<p><strong>${yuan(entitlement.amount, lang)}</strong></p>` : ''}
        <p class="${soon ? 'warned' : 'soft'}">
          ${soon ? html`<span aria-hidden="true">▲</span> ${t.soon(end)}` : t.until(end)}
        </p>
        ${claim ? claimPart(c, claim) : due && content.mode === 'quick' ? askPart(c, enterprise, id) : ''}
      </div>
    </li>`
  }

  /** How far the claim is; whoever has to say something about it is led there. */
  function claimPart(c: C, { id, phase }: Row): Html {
    const { phases } = registry.kinds.get('claim')!.texts[c.get('lang')]
    return html`<p><a href="/record/claim/${id}">${phases[phase]}</a></p>`
  }

  function askPart(c: C, enterprise: string, benefit: string): Html {
    const { commands } = registry.kinds.get('claim')!.texts[c.get('lang')]
    return html`<form method="post" action="/benefits/${enterprise}/claim">
      <input type="hidden" name="benefit" value="${benefit}" />
      <button class="second">${commands['ask']}</button>
    </form>`
  }

  function whyPart(c: C, { offer, entitlement }: Entitled, known: readonly KnownFact[]): Html | '' {
    const t = benefitWords[c.get('lang')]
    const { stands, missing } = entitlement
    if (missing.length > 0) return html`<p>${t.missing(missing.join(t.between))}</p>`
    if (stands === 'judged')
      return html`<p>${t.judge((offer.content.judgement ?? []).map(({ question }) => question).join(t.between))}</p>`
    if (stands !== 'not') return ''
    return failingPart(registry, c.get('lang'), entitlement, known)
  }

  function knownPart(c: C, known: readonly KnownFact[]): Html {
    const lang = c.get('lang')
    const t = benefitWords[lang]
    return html`<div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">${t.fact}</th>
            <th scope="col">${t.value}</th>
            <th scope="col">${t.origin}</th>
          </tr>
        </thead>
        <tbody>
          ${known.map(
            (one) =>
              html`<tr>
                <th scope="row">${one.row.name}</th>
                <td>
                  ${'value' in one ? saidWith(registry, c.get('lang'), known, one.row.name, one.value) : html`<span class="soft">${lacking(c, one)}</span>`}
                </td>
                <td>${'value' in one ? from(c, one) : ''}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
  }

  function from(c: C, { from: one }: Extract<KnownFact, { readonly value: unknown }>): string {
    const t = benefitWords[c.get('lang')]
    const source = one.source === REGISTER ? t.register : one.source
    return [source, one.period === undefined ? '' : t.year(one.period)].filter(Boolean).join(' · ')
  }

  function lacking(c: C, { row, unknown }: Extract<KnownFact, { readonly unknown: unknown }>): string {
    const t = benefitWords[c.get('lang')]
    if (unknown.why === 'nobody-said') return t.nobody
    const [first] = unknown.said
    const all = unknown.said
      .map(({ source, value }) => `${source} ${saidWith(registry, c.get('lang'), [], row.name, value)}`)
      .join(t.between)
    switch (unknown.why) {
      case 'wrong-period':
        return t.wrongPeriod(first?.period ?? '')
      case 'sources-disagree':
        return t.disagree(all)
      case 'unit-differs':
        return t.otherUnit(all)
      case 'not-allowed':
        return t.notAllowed(all)
    }
  }
}
