// What a version of an item tells applicants: who may, what is needed, how long, what it costs, where, and what if not.
import { html, raw } from 'hono/html'
import { term } from '../../../kernel/clock/words.ts'
import type { Kind } from '../../../kernel/domain.ts'
import { yuan } from '../../../kernel/money.ts'
import type { Language } from '../../../kernel/texts.ts'
import { compression, type Content } from '../../../domains/items/index.ts'
import type { Html } from '../layout.ts'
import { promiseOf } from './list.ts'
import { itemWords, type ItemWords } from './texts.ts'

export type Shown = {
  readonly content: Content
  readonly kind: Kind
  readonly lang: Language
  /** The situation that was chosen: what only others need is left out. */
  readonly situation: string | undefined
  /** How long it has really taken of late, in the unit of the promise, and of how many applications. */
  readonly actual?: Actual | undefined
}

export type Actual = { readonly mean: number; readonly cases: number }

type Material = Content['materials'][number]

/** Everything, in the order in which applicants ask. */
export function contentPart(shown: Shown): Html {
  const { content, kind, lang } = shown
  const t = itemWords[lang]
  const { options, fields } = kind.texts[lang]
  const said = (values: readonly string[]) => values.map((one) => options[one] ?? one).join(lang === 'en' ? ', ' : '、')
  const pairs = (given: readonly (readonly [string, string | undefined])[]) =>
    given.some(([, value]) => value !== undefined)
      ? html`<dl class="facts">
          ${given.map(([name, value]) =>
            value === undefined
              ? ''
              : html`<dt>${name}</dt>
                  <dd class="said">${value}</dd>`,
          )}
        </dl>`
      : ''
  const also = [
    content.bookable && t.bookable,
    content.selfService && t.selfService,
    content.courier && t.courier,
  ].filter((one) => typeof one === 'string')
  return html`<h2 id="who">${t.who}</h2>
    <p>${t.for}${said(content.audience)}${content.founding ? ` (${t.founding})` : ''}</p>
    <p class="said read">${content.conditions}</p>
    ${content.commitment ? html`<p class="read">${t.commitment}</p>` : ''} ${needsPart(shown)}
    <h2 id="takes">${t.takes}</h2>
    ${takesPart(shown, options[content.handling] ?? '')}
    <h2 id="costs">${t.costs}</h2>
    ${costsPart(content, lang)}
    <h2 id="steps">${t.steps}</h2>
    <ol class="steps">
      ${content.steps.map(({ step }) => html`<li>${step}</li>`)}
    </ol>
    <h2 id="where">${t.where}</h2>
    ${pairs([
      [t.channels, said(content.channels)],
      [t.window, options[content.window]],
      [t.place, content.place],
      [t.hours, content.hours],
      [t.visits, content.visits === 0 ? t.noVisit : t.times(content.visits)],
      [t.visitReason, content.visitReason],
      [fields['online'] ?? '', content.online && options[content.online]],
      [t.across, content.across && options[content.across]],
      [t.more, also.length === 0 ? undefined : also.join(lang === 'en' ? ', ' : '、')],
    ])}
    <h2 id="results">${t.results}</h2>
    <ul>
      ${content.results.map(({ resultName }) => html`<li>${resultName}</li>`)}
    </ul>
    ${specialsPart(content, lang)}
    <h2 id="basis">${t.basis}</h2>
    <p class="said read">${content.basis}</p>
    <h2 id="remedies">${t.remedies}</h2>
    <p class="said read">${content.remedies}</p>
    ${pairs([
      [t.enquiries, content.enquiries],
      [t.complaints, content.complaints],
    ])}
    ${questionsPart(content, t)}
    ${pairsUnder(
      t.others,
      pairs([
        [fields['baseCode'] ?? '', content.baseCode],
        [fields['powerSource'] ?? '', content.powerSource],
        [fields['entrusted'] ?? '', content.entrusted],
        [fields['jointUnits'] ?? '', content.jointUnits],
        [fields['intermediary'] ?? '', content.intermediary],
        [fields['quota'] ?? '', content.quota],
      ]),
    )}`
}

function pairsUnder(title: string, part: Html | ''): Html | '' {
  return part === ''
    ? ''
    : html`<h2>${title}</h2>
        ${part}`
}

/** The papers and the fields; where situations differ, one of them can be chosen. */
function needsPart({ content, lang, situation }: Shown): Html {
  const t = itemWords[lang]
  const { situations } = content
  const chosen = situations.find((one) => one.situation === situation)
  const here = ({ within }: { readonly within?: string | undefined }) =>
    chosen === undefined || within === undefined || within === chosen.situation
  const materials = content.materials.filter(here)
  const fields = content.fields.filter(here)
  const nameOf = (code: string) => situations.find((one) => one.situation === code)?.situationName ?? code
  return html`<h2 id="needs">${t.needs}</h2>
    ${
      situations.length > 1
        ? html`<form class="row noprint" method="get" action="#needs">
            <label for="f-situation">${t.situation}</label>
            <select id="f-situation" name="situation">
              <option value="">${t.allSituations}</option>
              ${situations.map(
                (one) =>
                  html`<option value="${one.situation}" ${one === chosen ? raw('selected') : ''}>
                    ${one.situationName}
                  </option>`,
              )}
            </select>
            <button class="second">${t.show}</button>
          </form>`
        : ''
    }
    ${chosen ? html`<p><strong>${t.inSituation(chosen.situationName)}</strong></p>` : ''}
    ${
      materials.length === 0
        ? html`<p>${t.noMaterials}</p>`
        : html`<div class="wide">
            <table class="cards">
              <thead>
                <tr>
                  <th scope="col">${t.material}</th>
                  <th scope="col">${t.issuer}</th>
                  <th scope="col">${t.amount}</th>
                  <th scope="col">${t.notes}</th>
                </tr>
              </thead>
              <tbody>
                ${materials.map(
                  (one) =>
                    html`<tr>
                      <th scope="row">${one.materialName}</th>
                      <td data-label="${t.issuer}">${one.issuer ?? t.self}</td>
                      <td data-label="${t.amount}">${amountOf(one, t)}</td>
                      <td data-label="${t.notes}">${notesOf(one, t, chosen === undefined ? nameOf : undefined)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    ${
      fields.length === 0
        ? ''
        : html`<details>
            <summary>${t.fill(fields.length)}</summary>
            <ul>
              ${fields.map(
                ({ fieldName, known }) =>
                  html`<li>${fieldName}${known === undefined ? '' : html` <span class="soft">${t.known}</span>`}</li>`,
              )}
            </ul>
          </details>`
    }`
}

function amountOf({ originals, copies, shared }: Material, t: ItemWords): string {
  if (shared) return '—'
  const said = [originals > 0 && t.originals(originals), copies > 0 && t.copies(copies)].filter(Boolean)
  return said.length === 0 ? t.electronic : said.join(' · ')
}

/** In which situation alone, where none was chosen, and what eases it. */
function notesOf(
  { shared, tolerable, promisable, within }: Material,
  t: ItemWords,
  nameOf?: (code: string) => string,
): Html {
  const said = [
    shared && t.shared,
    tolerable && t.tolerable,
    promisable && t.promisable,
    nameOf && within !== undefined && t.within(nameOf(within)),
  ].filter((one) => typeof one === 'string')
  return html`${said.map((one, place) => html`${place === 0 ? '' : raw('<br />')}${one}`)}`
}

function takesPart({ content, lang, actual }: Shown, handling: string): Html {
  const t = itemWords[lang]
  const { statutory, statutoryUnit, promised, promisedUnit } = content
  const saved = compression(content)
  const share = saved && (saved.share / 100).toLocaleString(lang, { maximumFractionDigits: 1 })
  const days = (n: number) => t.days((n / 100).toLocaleString(lang, { maximumFractionDigits: 1 }))
  const same = statutoryUnit === promisedUnit || promised === 0
  return html`<dl class="facts">
      <dt>${t.promised}</dt>
      <dd><strong>${promiseOf(content, lang)}</strong></dd>
      <dt>${t.byLaw}</dt>
      <dd>${statutory === undefined ? t.noLimit : term(statutory, statutoryUnit!, lang)}</dd>
      ${
        saved && saved.saved > 0
          ? html`<dt>${t.saved}</dt>
              <dd>${same ? term(statutory! - promised, statutoryUnit!, lang) : days(saved.saved)} (${share}%)</dd>`
          : ''
      }
      ${
        actual
          ? html`<dt>${t.actual}</dt>
              <dd>
                ${term(Math.round(actual.mean * 10) / 10, promisedUnit, lang)}
                <span class="soft">${t.actualOf(actual.cases)}</span>
              </dd>`
          : ''
      }
      <dt>${t.handling}</dt>
      <dd>${handling}</dd>
    </dl>
    ${content.receiptAccepts ? html`<p>${t.receipt}</p>` : ''}`
}

function costsPart(content: Content, lang: Language): Html {
  const t = itemWords[lang]
  const sum = (title: string, fen: number | undefined, basis: string | undefined) =>
    fen === undefined ? '' : html`<p>${title}<strong>${yuan(fen, lang)}</strong> <span class="soft">${basis}</span></p>`
  return html`<p>
      ${content.fee ? html`${t.charged}${content.feeBasis}` : t.free} ${content.payOnline ? t.payOnline : ''}
    </p>
    ${sum(t.cityPays, content.cityPays, content.cityPaysBasis)} ${sum(t.saves, content.saves, content.savesBasis)}`
}

function specialsPart({ specials = [] }: Content, lang: Language): Html | '' {
  const t = itemWords[lang]
  if (specials.length === 0) return ''
  return html`<h2 id="specials">${t.specials}</h2>
    <p class="read">${t.specialsNote}</p>
    <ul>
      ${specials.map(
        (one) =>
          html`<li>
            ${one.specialName} · ${term(one.specialLimit, one.specialUnit, lang)}
            <span class="soft">${one.specialBasis}</span>
          </li>`,
      )}
    </ul>`
}

function questionsPart({ questions = [] }: Content, t: ItemWords): Html | '' {
  if (questions.length === 0) return ''
  return html`<h2 id="questions">${t.questions}</h2>
    ${questions.map(
      ({ question, reply }) =>
        html`<details>
          <summary>${question}</summary>
          <p class="said read">${reply}</p>
        </details>`,
    )}`
}
