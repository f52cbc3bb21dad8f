// The facts that an enterprise supplies so that it becomes clear what it is entitled to, or which rung it reaches: only those that are missing, the most telling first.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { freshKey } from '../../kernel/key.ts'
import type { FactRow } from '../../domains/policies/index.ts'
import type { C, Env } from '../env.ts'
import { entitlementsOf, type Entitlements } from '../entitlement.ts'
import { executeGiven } from '../files/given.ts'
import { ladderOf } from '../ladder.ts'
import { problemOf } from '../problem.ts'
import { benefitWords } from './benefit-texts.ts'
import { fieldPart, readForm, type Field } from './form.ts'
import type { Portal } from './index.ts'
import { ladderWords } from './ladder-texts.ts'
import { summaryPart } from './part.ts'
import { words } from './texts.ts'

/** So many are asked at once; whoever has answered them is asked the next. */
const MOST = 6

type Problems = Readonly<Record<string, string>>

export function supplies(http: Hono<Env>, portal: Portal): void {
  const { world } = portal
  const { around, registry } = world

  http.get('/benefits/:enterprise/supply', (c) => show(c, {}, {}))

  http.post('/benefits/:enterprise/supply', async (c) => {
    const found = await foundFor(c)
    if (!found) return portal.missing(c)
    const form = await portal.form(c)
    const asked = rowsAsked(found)
    const given = readForm(asked.flatMap(fieldsOf), form)
    const told = asked.flatMap(({ name: fact, type, period }) => {
      const value = textOf(given[fact])
      return value === undefined || (type === 'flag' && value === '')
        ? []
        : [{ fact, value, ...(period !== undefined && { period: textOf(given[`${fact} year`]) ?? lastYear(found) }) }]
    })
    if (told.length === 0) return show(c, given, { [asked[0]?.name ?? '']: benefitWords[c.get('lang')].nothing })
    const key = `supply ${(typeof form['key'] === 'string' && form['key'] !== '' ? form['key'] : freshKey(Date.parse(around.now()))).slice(0, 100)}`
    const input = { enterprise: found.enterprise, facts: told }
    const actor = { ...c.get('actor'), via: 'portal' }
    const command = { kind: 'profile', id: found.enterprise, name: 'declare', input, key }
    const answer = await executeGiven(world, actor, command)
    if (!('refused' in answer)) return c.redirect(pageOf(c), 303)
    const { detail, fields = [] } = problemOf(registry, answer, c.get('lang'))
    const problems = Object.fromEntries(
      fields.map(({ field, message }) => {
        const [, place = '', of] = /^facts\.(\d+)\.(\w+)$/.exec(field) ?? []
        const fact = told[Number(place)]?.fact ?? ''
        return [of === 'period' ? `${fact} year` : fact, message]
      }),
    )
    return show(c, given, Object.keys(problems).length > 0 ? problems : { [told[0]!.fact]: detail })
  })

  const foundFor = (c: C): Promise<Asking | undefined> => {
    const id = c.req.param('enterprise') ?? ''
    // Whoever works for the city enters facts at a desk, with their source.
    if (!c.get('actor').subjects.includes(`enterprise:${id}`)) return Promise.resolve(undefined)
    return (pageOf(c) === '/ladder' ? ladderOf : entitlementsOf)(world, c.get('actor'), id)
  }

  async function show(c: C, given: Readonly<Record<string, unknown>>, problems: Problems): Promise<Response> {
    const found = await foundFor(c)
    if (!found) return portal.missing(c)
    const lang = c.get('lang')
    const t = benefitWords[lang]
    const asked = rowsAsked(found)
    const kind = registry.kinds.get('profile')!
    const { options } = registry.kinds.get('dictionary')!.texts[lang]
    const form = await portal.around(c, kind, {})
    const wrong = Object.keys(problems).length > 0
    const list = Object.entries(problems).map(([field, message]) => ({ field, message }))
    return portal.send(
      c,
      {
        title: t.supply,
        wrong,
        body: html`${wrong ? summaryPart('', list, lang) : ''}
          <p><a href="${pageOf(c)}">← ${pageOf(c) === '/ladder' ? ladderWords[lang].title : t.title}</a></p>
          <p class="soft">${found.name}</p>
          <h1>${t.supply}</h1>
          <p class="read">${asked.length === 0 ? t.allKnown : t.supplyLead}</p>
          ${
            asked.length === 0
              ? ''
              : html`<form class="stack" method="post">
                  <input type="hidden" name="key" value="${freshKey(Date.parse(around.now()))}" />
                  ${asked.map((row) => {
                    const [value, year] = fieldsOf(row)
                    const unit = row.measure === undefined ? '' : t.inUnit(options[row.measure] ?? '')
                    const allowed = row.allowed === undefined ? '' : t.oneOf(row.allowed.join('、'))
                    const { decides, touches } = found.asks.find(({ fact }) => fact === row.name)!
                    const hint = [unit, allowed, t.decides(decides, touches)].filter(Boolean).join(t.stop)
                    return html`<section class="stack">
                      ${fieldPart(value!, given[row.name], form, problems[row.name], { title: row.name, hint })}
                      ${
                        year
                          ? fieldPart(year, given[year.name] ?? lastYear(found), form, problems[year.name], {
                              title: t.yearOf(row.name),
                            })
                          : ''
                      }
                    </section>`
                  })}
                  <p class="hint">${t.truth}</p>
                  <button>${words[lang].submit}</button>
                </form>`
          }`,
      },
      wrong ? 422 : 200,
    )
  }
}

type Asking = Pick<Entitlements, 'day' | 'enterprise' | 'name' | 'known' | 'asks'>

/** The page for which it is asked, and to which one comes back. */
function pageOf(c: C): string {
  return c.req.query('for') === 'ladder' ? '/ladder' : '/benefits'
}

function rowsAsked({ asks, known }: Asking): readonly FactRow[] {
  return asks
    .flatMap(({ fact }) => known.find(({ row }) => row.name === fact)?.row ?? [])
    .filter(({ registered }) => registered === undefined)
    .slice(0, MOST)
}

const WIDGETS = { number: 'decimal', text: 'text', flag: 'yes-no', day: 'date' } as const

function fieldsOf({ name: fact, type, period }: FactRow): readonly Field[] {
  const field = (name: string, widget: string): Field => ({
    name,
    widget,
    required: false,
    schema: {},
    page: '',
    prefill: [],
  })
  return [field(fact, WIDGETS[type]), ...(period === undefined ? [] : [field(`${fact} year`, 'text')])]
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' && value !== '' ? value : undefined
}

const lastYear = ({ day }: Asking) => String(Number(day.slice(0, 4)) - 1)
