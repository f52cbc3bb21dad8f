// The parts that appear everywhere: clock, facts, timeline, chain, error summary; drawn in HTML as the desks draw them in React.
import { html, raw } from 'hono/html'
import { dateWords, dayWords } from '../../kernel/clock/words.ts'
import { dateOf } from '../../kernel/clock/date.ts'
import { yuan } from '../../kernel/money.ts'
import type { Kind, Registry } from '../../kernel/domain.ts'
import { house, type Language } from '../../kernel/texts.ts'
import type { Case } from '../case.ts'
import { quietFields, saidFields, widgetsOf } from '../schema.ts'
import { drawnFact } from './apply/drawn.ts'
import type { Html } from './layout.ts'
import { words } from './texts.ts'

export type Names = Readonly<Record<string, string>>
export type ClockView = Pick<
  Case['clock'][number],
  'name' | 'state' | 'due' | 'from' | 'sentence' | 'steps' | 'bar' | 'pauses'
>

export const SHAPE: Readonly<Record<ClockView['state'], string>> = {
  'in-time': '●',
  warned: '▲',
  overdue: '■',
  stopped: '‖',
  ended: '✓',
}

/** The bar of a promise with its sentence; it opens to its derivation. Colour never stands alone. */
export function clockPart(clock: ClockView, title: string, lang: Language): Html {
  const t = words[lang]
  const total = clock.bar.reduce((sum, one) => sum + one.days, 0) || 1
  let x = 0
  const fill = {
    used: 'currentColor',
    paused: `url(#hatch-${clock.name})`,
    left: 'none',
    over: 'currentColor',
  } as const
  const bars = clock.bar.map(({ kind, days }) => {
    const [from, width] = [(x / total) * 100, (days / total) * 100]
    x += days
    return html`<rect
      x="${from.toFixed(2)}%"
      width="${width.toFixed(2)}%"
      y="1"
      height="10"
      fill="${fill[kind]}"
      stroke="currentColor"
      ${kind === 'over' ? raw('fill-opacity="0.55"') : ''}
    />`
  })
  return html`<section class="clock ${clock.state}" aria-labelledby="clock-${clock.name}">
    <h2 id="clock-${clock.name}"><span aria-hidden="true">${SHAPE[clock.state]}</span> ${title}</h2>
    <p>${clock.sentence}</p>
    <svg aria-hidden="true" focusable="false">
      <defs>
        <pattern
          id="hatch-${clock.name}"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="2" height="6" fill="currentColor" />
        </pattern>
      </defs>
      ${bars}
    </svg>
    <p class="ends"><span>${dayWords(dateOf(clock.from), lang)}</span><span>${dayWords(clock.due, lang)}</span></p>
    ${clock.bar.some((one) => one.kind === 'paused') ? html`<p class="hint">${t.hatched}</p>` : ''}
    <details>
      <summary>${t.explain}</summary>
      <ol>
        ${clock.steps.map((step) => html`<li>${step}</li>`)}
      </ol>
    </details>
  </section>`
}

/** A value in words: options by their text, ids by their names, dates with their weekday. */
export function said(kind: Kind, lang: Language, value: unknown, names: Names, field = ''): string {
  const texts = kind.texts[lang]
  const t = words[lang]
  if (value === undefined || value === null || value === '') return t.none
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (Array.isArray(value))
    return value.map((one: unknown) => said(kind, lang, one, names, field)).join(lang === 'en' ? ', ' : '、')
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([name, one]) => one !== undefined && one !== null && !quietFields(kind.definition).has(name))
      .map(([name, one]) => `${texts.fields[name] ?? name} ${said(kind, lang, one, names, name)}`)
      .join(lang === 'en' ? '; ' : '；')
  if (typeof value === 'number' && widgetsOf(kind.definition).get(field) === 'money') return yuan(value, lang)
  if (typeof value === 'number') return value.toLocaleString(lang, { maximumFractionDigits: 2 })
  if (typeof value !== 'string') return ''
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dateWords(value, lang)
  const widget = widgetsOf(kind.definition).get(field)
  // What an applicant typed is neither an option of the kind nor the id of a record, however it is spelled.
  if (widget === 'typed') return value === 'yes' ? t.yes : value === 'no' ? t.no : value
  // An id may be spelled like an option: where a record is referred to, it is that record.
  const named = widget !== undefined ? names[value] : undefined
  return named ?? texts.options[value] ?? names[value] ?? value
}

/** Whether there is anything to show of a fact. */
export function filled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** Facts as pairs of name and value, in the kind's own words; `codes` says what codes mean that stand in them. */
export function factsPart(
  kind: Kind,
  lang: Language,
  facts: Readonly<Record<string, unknown>>,
  names: Names,
  codes: Names = {},
): Html {
  const shown = Object.entries(facts).filter(
    ([name, value]) => filled(value) && widgetsOf(kind.definition).get(name) !== 'files',
  )
  return html`<dl class="facts">
    ${shown.map(([name, value]) => {
      const list = drawn(kind, lang, name, value, names, codes)
      return html`<dt>${kind.texts[lang].fields[name] ?? name}</dt>
        ${list ? html`<dd>${list}</dd>` : html`<dd class="said">${said(kind, lang, value, names, name)}</dd>`}`
    })}
  </dl>`
}

function drawn(kind: Kind, lang: Language, name: string, value: unknown, names: Names, codes: Names) {
  const say = (one: unknown, field: string) => said(kind, lang, one, names, field)
  return drawnFact(kind.definition.kind, name, value, codes, say)
}

/** What was said in an event: what is short stands in one line, what is long in a paragraph of its own. */
function saidPart(
  kind: Kind,
  lang: Language,
  data: Readonly<Record<string, unknown>>,
  names: Names,
  codes: Names,
): Html {
  const asked = [...saidFields(kind.definition)].filter((name) => filled(data[name]))
  const lists = asked.flatMap((name) => {
    const list = drawn(kind, lang, name, data[name], names, codes)
    return list ? [{ name, list }] : []
  })
  const lines = asked
    .filter((name) => !lists.some((one) => one.name === name))
    .map((name) => [kind.texts[lang].fields[name] ?? name, said(kind, lang, data[name], names)] as const)
  const short = lines.filter(([, value]) => value.length <= 24 && !value.includes('\n'))
  const long = lines.filter((line) => !short.includes(line))
  return html`${
    short.length > 0
      ? html`<p class="brief">
          ${short.map(([name, value]) => html`<span><span class="soft">${name}</span> ${value}</span>`)}
        </p>`
      : ''
  }${long.map(
    ([name, value]) =>
      html`<p class="soft">${name}</p>
        <p class="said">${value}</p>`,
  )}${lists.map(
    ({ name, list }) =>
      html`<p class="soft">${kind.texts[lang].fields[name]}</p>
        ${list}`,
  )}`
}

/** What happened, oldest first: the event in words, when, by whom, with what was said. */
export function timelinePart(
  kind: Kind,
  lang: Language,
  view: Pick<Case, 'timeline' | 'names'>,
  codes: Names = {},
): Html {
  return html`<ol class="timeline">
    ${view.timeline.map(
      ({ type, at, actorName, data }, place) =>
        html`<li>
          <p>
            <strong>${kind.texts[lang].events[type] ?? house[lang][type as keyof (typeof house)['en']] ?? type}</strong>
            <span class="soft"
              ><time datetime="${at}">${dateWords(at.slice(0, 10), lang)} ${at.slice(11, 16)}</time> ${actorName}</span
            >
          </p>
          ${place === 0 ? '' : saidPart(kind, lang, data, view.names, codes)}
        </li>`,
    )}
  </ol>`
}

/** Where a record came from and what came of it. */
export function chainPart(registry: Registry, lang: Language, view: Pick<Case, 'chain' | 'title'>): Html {
  const t = words[lang]
  const link = (one: Case['chain'][number]) => {
    const kind = registry.kinds.get(one.kind)
    return html`<li>
      <span class="soft">${kind?.texts[lang].title}</span> <a href="/record/${one.kind}/${one.id}">${one.title}</a>
      <span class="tag soft">${kind?.texts[lang].phases[one.phase] ?? ''}</span>
    </li>`
  }
  const of = (relation: string) => view.chain.filter((one) => one.relation === relation)
  return html`<section class="stack">
    <h2>${t.chain}</h2>
    <ul class="chain">
      ${of('cause').map(link)}
      <li aria-current="true"><strong>${view.title}</strong></li>
      ${of('effect').map(link)}
    </ul>
  </section>`
}

/** What must be corrected, at the head of the page; it takes the focus and leads to each field. */
export function summaryPart(
  detail: string,
  fields: readonly { readonly field: string; readonly message: string }[],
  lang: Language,
): Html {
  return html`<div class="summary" role="alert" tabindex="-1" aria-labelledby="summary">
    <h2 id="summary">${words[lang].problem}</h2>
    ${
      fields.length === 0
        ? html`<p>${detail}</p>`
        : html`<ul>
            ${fields.map(({ field, message }) => html`<li><a href="#f-${field}">${message}</a></li>`)}
          </ul>`
    }
  </div>`
}
