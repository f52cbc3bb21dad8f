// The growth ladder on the portal: to everybody what each rung takes; to an enterprise where it stands, what it lacks, and coaching if it wants it.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { rungOn, type Recognition, type Rung, type RungContent } from '../../domains/ladder/index.ts'
import type { KnownFact, Stand } from '../../domains/policies/index.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import { dateWords } from '../../kernel/clock/words.ts'
import { listRecords } from '../../store/read.ts'
import type { C, Env } from '../env.ts'
import { ladderOf, type Ladder, type Standing } from '../ladder.ts'
import { askedFor, enterprisesOf } from './ask.ts'
import { benefitWords } from './benefit-texts.ts'
import type { Portal } from './index.ts'
import { ladderWords } from './ladder-texts.ts'
import type { Html } from './layout.ts'
import { words } from './texts.ts'
import { failingPart } from './verdict.ts'

const MARK = { held: '✓', due: '▲', holds: '●', judged: '●', open: '○', not: '○', none: '○' } as const
const TONE = {
  held: 'in-time',
  due: 'warned',
  holds: 'in-time',
  judged: 'in-time',
  open: 'soft',
  not: 'soft',
  none: 'soft',
} as const

export function ladders(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { database, city, registry, around } = world

  http.get('/ladder', async (c) => {
    const t = ladderWords[c.get('lang')]
    const all = await Promise.all(enterprisesOf(c.get('actor')).map((id) => ladderOf(world, c.get('actor'), id)))
    const found = all.flatMap((one) => one ?? [])
    const signedIn = c.get('actor').subjects.length > 0
    return portal.send(c, {
      title: t.title,
      body: html`<h1>${t.title}</h1>
        <p class="read">${t.lead}</p>
        ${
          found.length > 0
            ? found.map((one) => firmPart(c, one))
            : html`<p class="told">
                  ${signedIn ? t.noFirm : t.signIn}
                  ${signedIn ? '' : html`<a href="/sign-in?next=%2Fladder">${words[c.get('lang')].signIn}</a>`}
                </p>
                ${await publicPart(c)}`
        }`,
    })
  })

  http.post('/ladder/:enterprise/ask', async (c) => {
    const form = await portal.form(c)
    const rung = typeof form['rung'] === 'string' ? form['rung'] : ''
    const input = { rung, enterprise: c.req.param('enterprise') }
    return askedFor(c, portal, 'plan', input, { title: ladderWords[c.get('lang')].title, href: '/ladder' })
  })

  /** What each rung takes, as published. */
  async function publicPart(c: C): Promise<Html> {
    const lang = c.get('lang')
    const t = ladderWords[lang]
    const wanted = { kind: 'rung', phases: ['standing'], order: 'oldest', limit: 100 } as const
    const { items } = await listRecords(database, city, [{ by: 'all', level: 0 }], wanted)
    const day = dateOf(around.now())
    const now = items.flatMap(({ id, state }) => {
      const edition = rungOn(state as unknown as Rung, day)
      return edition ? [{ id, content: edition.content }] : []
    })
    const names = new Map(now.map(({ id, content }) => [id, content.name]))
    return html`<h2>${t.all}</h2>
      ${now.length === 0 ? html`<p class="soft">${t.none}</p>` : ''}
      <ul class="rows">
        ${now.map(
          ({ id, content }) =>
            html`<li>
              <div>
                <a href="/record/rung/${id}">${content.name}</a>
                ${aboutPart(c, content, names)} ${rulePart(c, content)}
              </div>
            </li>`,
        )}
      </ul>`
  }

  function firmPart(c: C, ladder: Ladder): Html {
    const lang = c.get('lang')
    const t = ladderWords[lang]
    const b = benefitWords[lang]
    const { name, day, enterprise, rungs, asks, known } = ladder
    const names = new Map(rungs.map(({ id, edition }) => [id, edition.content.name]))
    const own = asks.filter(({ fact }) => known.some(({ row }) => row.name === fact && row.registered === undefined))
    const registers = asks.filter((one) => !own.includes(one)).map(({ fact }) => fact)
    const held = new Set(rungs.flatMap((one) => (heldOf(one) ? one.id : [])))
    const others = rungs.filter((one) => !isAbout(one)).map(({ edition }) => edition.content.name)
    const supply = `/benefits/${encodeURIComponent(enterprise)}/supply?for=ladder`
    return html`<section class="stack">
      <h2>${t.of(name)}</h2>
      <p class="soft">${t.day(dateWords(day, lang))}</p>
      ${
        own.length === 0
          ? ''
          : html`<p class="row">
              <a class="button second" href="${supply}">${t.supply}</a>
              <span class="soft"
                >${t.missing(
                  own
                    .map(({ fact }) => fact)
                    .slice(0, 6)
                    .join(t.between),
                )}</span
              >
            </p>`
      }
      ${
        registers.length === 0
          ? ''
          : html`<p class="soft">
              ${b.registers(registers.join(t.between))}
              <a href="/record/enterprise/${enterprise}/observe">${b.toRegister}</a>
            </p>`
      }
      ${rungs.length === 0 ? html`<p class="soft">${t.none}</p>` : ''}
      <ol class="rows">
        ${rungs.filter(isAbout).map((one) => rungPart(c, one, ladder, names, held))}
      </ol>
      ${others.length > 0 ? html`<p class="soft">${t.elsewhere(others.join(t.between))}</p>` : ''}
      <p><a href="/benefits">${t.toBenefits}</a></p>
    </section>`
  }

  function rungPart(
    c: C,
    one: Standing,
    { known, enterprise }: Ladder,
    names: ReadonlyMap<string, string>,
    stands: ReadonlySet<string>,
  ): Html {
    const lang = c.get('lang')
    const t = ladderWords[lang]
    const { content } = one.edition
    const held = heldOf(one)
    // Whoever stands on the rung below, or where there is none, may go for this one next.
    const isNext = !held && one.concerns && (content.after === undefined || stands.has(content.after))
    const how = held?.phase === 'due' ? 'due' : held ? 'held' : one.concerns ? standsAs(one.stand, content) : 'none'
    return html`<li>
      <div>
        <strong>${content.name}</strong>
        ${isNext && content.after !== undefined ? html`<span class="tag">${t.next}</span>` : ''}
        ${aboutPart(c, content, names)} ${held ? termPart(c, held, one) : one.concerns ? lackPart(c, one, known) : ''}
        ${rulePart(c, content)}
      </div>
      <div>
        <p class="${TONE[how]}">
          <span aria-hidden="true">${MARK[how]}</span> ${how === 'none' ? t.notForYou : t[how]}
        </p>
        ${one.plan || isNext ? planPart(c, one, enterprise) : ''}
      </div>
    </li>`
  }

  function aboutPart(c: C, content: RungContent, names: ReadonlyMap<string, string>): Html {
    const t = ladderWords[c.get('lang')]
    const below = content.after === undefined ? undefined : names.get(content.after)
    const about = [t.by[content.recogniser], `${content.document} ${content.article}`, below && t.afterwards(below)]
    return html`<p class="soft">${about.filter(Boolean).join(' · ')}</p>`
  }

  function rulePart(c: C, content: RungContent): Html {
    const lang = c.get('lang')
    const t = ladderWords[lang]
    const questions = (content.judgement ?? []).map(({ question }) => question)
    return html`<details>
      <summary>${t.rule}</summary>
      ${content.among === undefined ? '' : html`<p>${t.among} <code>${content.among}</code></p>`}
      <p><code>${content.rule}</code></p>
      ${questions.length > 0 ? html`<p>${t.judge(questions.join(t.between))}</p>` : ''}
      <p class="soft">${t.from(dateWords(content.from, lang))} · ${t.certainty(content.certainty)}</p>
    </details>`
  }

  function termPart(c: C, held: Held, one: Standing): Html {
    const lang = c.get('lang')
    const t = ladderWords[lang]
    const end = held.to === undefined ? t.endless : t.until(dateWords(held.to, lang))
    const { recheck } = one
    const again =
      held.phase === 'due' && recheck
        ? t.recheck(recheck.edition.content.document, t[standsAs(recheck.stand, recheck.edition.content)])
        : ''
    return html`<p>
        <a href="/record/recognition/${one.recognition!.id}">${t.number(held.number, dateWords(held.on, lang))}</a
        >${t.comma}${end}
      </p>
      ${again === '' ? '' : html`<p class="warned">${again}</p>`}`
  }

  function lackPart(c: C, { stand, edition }: Standing, known: readonly KnownFact[]): Html | '' {
    const t = ladderWords[c.get('lang')]
    if (stand.stands === 'open') return html`<p>${t.missing(stand.missing.join(t.between))}</p>`
    if (stand.stands === 'not')
      return html`${failingPart(registry, c.get('lang'), stand, known)}
      ${(stand.unclear ?? []).length > 0 ? html`<p>${t.missing(stand.unclear!.join(t.between))}</p>` : ''}`
    const questions = (edition.content.judgement ?? []).map(({ question }) => question)
    return questions.length > 0 ? html`<p>${t.judge(questions.join(t.between))}</p>` : ''
  }

  function planPart(c: C, { id, plan }: Standing, enterprise: string): Html {
    const t = ladderWords[c.get('lang')]
    const { phases } = registry.kinds.get('plan')!.texts[c.get('lang')]
    if (plan) return html`<p><a href="/record/plan/${plan.id}">${t.plan(phases[plan.phase] ?? '')}</a></p>`
    return html`<form method="post" action="/ladder/${enterprise}/ask">
      <input type="hidden" name="rung" value="${id}" />
      <button class="second">${t.ask}</button>
    </form>`
  }
}

/** Of a rung that has no meaning for it nothing is told, unless it stands there all the same, or once did. */
function isAbout({ concerns, recognition, plan }: Standing): boolean {
  return concerns || recognition !== undefined || plan !== undefined
}

type Held = Extract<Recognition, { readonly phase: 'standing' | 'due' }>

function heldOf({ recognition }: Standing): Held | undefined {
  const state = recognition?.state as unknown as Recognition | undefined
  return state?.phase === 'standing' || state?.phase === 'due' ? state : undefined
}

function standsAs({ stands }: Stand, { judgement = [] }: RungContent): 'holds' | 'judged' | 'not' | 'open' {
  return stands === 'holds' && judgement.length > 0 ? 'judged' : stands
}
