// What is told before one applies: who may, what is needed, how long it takes, what it costs, what comes of it and what comes next.
import { html } from 'hono/html'
import { limitsOf, rules } from '../../../domains/applications/index.ts'
import type { Content } from '../../../domains/items/index.ts'
import { formOf, type Form } from '../../../domains/themes/index.ts'
import { dateOf } from '../../../kernel/clock/date.ts'
import { deadline, type Limit } from '../../../kernel/clock/limit.ts'
import { term } from '../../../kernel/clock/words.ts'
import type { C } from '../../env.ts'
import { unitName } from '../../view.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { words } from '../texts.ts'
import { dayIn, type Matter } from './begun.ts'
import type { Material, Part } from './entered.ts'
import { applyWords } from './texts.ts'

export async function itemPart(c: C, portal: Portal, { items }: Matter): Promise<Html> {
  const t = applyWords[c.get('lang')]
  const { content } = items[0]!
  return html`${whoPart(c, portal, [content])}
    <p class="said">${content.conditions}</p>
    <h2>${t.needs}</h2>
    ${needsPart(c, content.materials, [content])}
    ${content.commitment === true ? html`<p class="soft">${t.commitmentNote}</p>` : ''}
    <h2>${t.takes}</h2>
    <dl class="facts">${await timesPart(c, portal, content)}</dl>
    <h2>${t.costs}</h2>
    ${costsPart(c, [content])} ${getsPart(c, [content])} ${await nextPart(c, portal)}
    <p class="soft">${t.enquiries} ${content.enquiries}</p>`
}

/** Of several items under one form: how much less is asked than by each for itself, and in what time all of it is done. */
export async function themePart(c: C, portal: Portal, { parts, items, theme }: Matter): Promise<Html> {
  const lang = c.get('lang')
  const t = applyWords[lang]
  const contents = parts.map(({ content }) => content)
  const form = formOf(parts.map((part) => ({ ...part, situations: [] })))
  if ('refused' in form || !theme) return html``
  const units = await portal.world.cache.units()
  const unitOf = (code: string) => {
    const unit = items.find((one) => one.code === code)?.unit
    return unit === undefined ? '' : (unitName(units, unit, lang) ?? '')
  }
  return html`<p class="lead">${t.themeLead(parts.length, form.apart, form.together)}</p>
    <h2>${t.parts}</h2>
    <ul>
      ${parts.map((part) => html`<li>${partLine(c, part, unitOf(part.item))}</li>`)}
    </ul>
    ${whoPart(c, portal, contents)}
    <p>${t.conditionsApart}</p>
    <h2>${t.needs}</h2>
    ${needsPart(c, form.asked.materials, contents)} ${passedPart(c, form.passed)}
    ${contents.every(({ commitment }) => commitment === true) ? html`<p class="soft">${t.commitmentNote}</p>` : ''}
    <h2>${t.takes}</h2>
    <p>${await promisePart(c, portal, { budget: theme.promised, unit: theme.promisedUnit, rule: '', article: '' })}</p>
    <h2>${t.costs}</h2>
    ${costsPart(c, contents)} ${getsPart(c, contents)} ${await nextPart(c, portal)}`
}

/** What one of the items produces for another, and so nobody has to bring. */
export function passedPart(c: C, passed: Form['passed']): Html | '' {
  const t = applyWords[c.get('lang')]
  if (passed.length === 0) return ''
  return html`<div class="told">
    <p>${t.producedList}</p>
    <ul>
      ${passed.map(({ name, by }) => html`<li>${name} <span class="soft">${t.producedBy(by)}</span></li>`)}
    </ul>
  </div>`
}

function partLine(c: C, { item, content, choice }: Part, unit: string): Html {
  const t = applyWords[c.get('lang')]
  const about = [unit, choice ? t.partChoice : ''].filter(Boolean).join(c.get('lang') === 'en' ? '; ' : '；')
  return html`<a href="/item/${item}">${content.name}</a> <span class="soft">${about}</span>`
}

const list = (c: C, words_: readonly string[]) => words_.join(c.get('lang') === 'en' ? ', ' : '、')

function whoPart(c: C, portal: Portal, contents: readonly Content[]): Html {
  const { options } = portal.world.registry.kinds.get('item')!.texts[c.get('lang')]
  const audience = [...new Set(contents.flatMap((one) => one.audience))]
  return html`<h2>${applyWords[c.get('lang')].who}</h2>
    <p>
      ${list(
        c,
        audience.map((one) => options[one] ?? one),
      )}${contents.some(({ founding }) => founding === true) ? ` (${applyWords[c.get('lang')].founding})` : ''}
    </p>`
}

function needsPart(c: C, materials: readonly Material[], contents: readonly Content[]): Html {
  const t = applyWords[c.get('lang')]
  const papers = (all: readonly Material[]) =>
    html`<ul>
      ${all.map((one) => html`<li>${one.materialName} <span class="soft">${aboutPaper(c, one)}</span></li>`)}
    </ul>`
  const always = materials.filter(({ within }) => within === undefined)
  const some = contents.flatMap((content) =>
    content.situations.flatMap(({ situation, situationName }) => {
      const here = content.materials.filter(({ within }) => within === situation)
      const name = contents.length === 1 ? situationName : t.situationOf(content.name, situationName)
      return here.length === 0 ? [] : [{ name, here }]
    }),
  )
  if (always.length + some.length === 0) return html`<p>${t.needsNothing}</p>`
  return html`${always.length === 0 ? '' : papers(always)}
  ${some.map(
    ({ name, here }) =>
      html`<p>${t.inSituation(name)}</p>
        ${papers(here)}`,
  )}`
}

/** The law's limit, the city's promise, and the day on which that would end. */
async function timesPart(c: C, portal: Portal, content: Content): Promise<Html> {
  const lang = c.get('lang')
  const t = applyWords[lang]
  const { promised, statutory } = limitsOf(content)
  return html`${
      statutory
        ? html`<dt>${t.statutory}</dt>
            <dd>${term(statutory.budget, statutory.unit, lang)}</dd>`
        : ''
    }
    <dt>${t.promised}</dt>
    <dd>${content.handling === 'at-once' ? t.atOnce : await promisePart(c, portal, promised)}</dd>`
}

async function promisePart(c: C, portal: Portal, promised: Limit): Promise<Html> {
  const { cache, around } = portal.world
  const lang = c.get('lang')
  const today = dateOf(around.now())
  const { calendar } = await cache.law(0)
  const due = deadline(calendar, { limit: promised, from: today }, today)
  return html`${term(promised.budget, promised.unit, lang)}${lang === 'en' ? '. ' : '。'}${applyWords[lang].ifAccepted(dayIn(c, due.due))}
  ${due.provisional ? html`<em>${words[lang].provisional}</em>` : ''}`
}

function costsPart(c: C, contents: readonly Content[]): Html {
  const lang = c.get('lang')
  const t = applyWords[lang]
  const charged = contents.filter(({ fee }) => fee)
  if (charged.length === 0) return html`<p>${words[lang].free}</p>`
  return html`${charged.map(
    ({ name, feeBasis = '' }) =>
      html`<p>${contents.length === 1 ? '' : `${name}${lang === 'en' ? ': ' : '：'}`}${t.feeBasis(feeBasis)}</p>`,
  )}`
}

function getsPart(c: C, contents: readonly Content[]): Html | '' {
  const results = contents.flatMap((one) => one.results.map(({ resultName }) => resultName))
  if (results.length === 0) return ''
  return html`<h2>${applyWords[c.get('lang')].gets}</h2>
    <p>${list(c, results)}</p>`
}

async function nextPart(c: C, portal: Portal): Promise<Html | ''> {
  const lang = c.get('lang')
  const t = applyWords[lang]
  const { cache, around } = portal.world
  const accept = (await cache.law(0)).limit(rules.accept, dateOf(around.now()))
  if (!accept) return ''
  return html`<h2>${t.next}</h2>
    <p>${t.nextNote(term(accept.budget, accept.unit, lang))}</p>`
}

/** What is to be known of a paper: that the city has it, or who issues it and how many are wanted. */
export function aboutPaper(c: C, { shared, issuer, originals, copies, tolerable }: Material): string {
  const t = applyWords[c.get('lang')]
  const about = shared
    ? [t.sharedNote]
    : [issuer === undefined ? '' : t.issuer(issuer), t.copies(originals, copies), tolerable ? t.tolerableNote : '']
  return about.filter(Boolean).join(c.get('lang') === 'en' ? '; ' : '；')
}
