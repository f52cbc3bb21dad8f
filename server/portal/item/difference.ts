// What differs between two versions, side by side: signs and words say what was put in and left out, not colour alone.
import { html } from 'hono/html'
import type { Kind } from '../../../kernel/domain.ts'
import type { Language } from '../../../kernel/texts.ts'
import {
  differenceOf,
  glance,
  linesOf,
  orderIn,
  wording,
  type Content,
  type Facts,
  type Line,
} from '../../../domains/items/index.ts'
import { schemaOf } from '../../schema.ts'
import type { Html } from '../layout.ts'
import { filled, said } from '../part.ts'
import { itemWords } from './texts.ts'

export function differencePart(
  kind: Kind,
  lang: Language,
  [before, after]: readonly [Content, Content],
  titles: readonly [string, string],
): Html {
  const t = itemWords[lang]
  const order = orderIn(schemaOf(kind.definition.commands['revise']!.input))
  const lines = linesOf(differenceOf(before, after), order)
  if (lines.length === 0) return html`<p>${t.same}</p>`
  const { fields } = kind.texts[lang]
  const codes = order.filter((name) => order.includes(`${name}Name`))
  // Codes are for those who keep the list: applicants read names.
  const words = (content: Content, value: unknown, field: string) => {
    const named = (one: unknown, of: string) =>
      of === 'within' ? (content.situations.find(({ situation }) => situation === one)?.situationName ?? one) : one
    const isRow = typeof value === 'object' && value !== null && !Array.isArray(value)
    const shown = isRow
      ? Object.fromEntries(
          Object.entries(glance(value as Facts, order)).flatMap(([of, one]) =>
            codes.includes(of) ? [] : [[of, named(one, of)]],
          ),
        )
      : named(value, field)
    return filled(shown) ? said(kind, lang, shown, {}, field) : t.absent
  }
  const groups = [...new Set(lines.map(({ field }) => field))]
  return html`<p role="status">${t.count(lines.length)}</p>
    <table class="cards sides">
      <thead>
        <tr>
          <th scope="col">${t.field}</th>
          <th scope="col">${titles[0]}</th>
          <th scope="col">${titles[1]}</th>
        </tr>
      </thead>
      ${groups.map(
        (field) =>
          html`<tbody>
            ${lines
              .filter((line) => line.field === field)
              .map(
                (line, place) =>
                  html`<tr>
                    <th scope="row">
                      <span class="${place === 0 ? '' : 'unseen'}">${fields[field] ?? field}</span>
                      <small class="change ${line.state}"
                        ><span aria-hidden="true">${t.sign[line.state]}</span> ${t.state[line.state]}</small
                      >
                      ${line.row && line.of ? html`<small class="soft">${line.row} · ${fields[line.of] ?? line.of}</small>` : ''}
                    </th>
                    ${side(lang, line, 'before', titles[0], words, [before, after])}
                    ${side(lang, line, 'after', titles[1], words, [before, after])}
                  </tr>`,
              )}
          </tbody>`,
      )}
    </table>`
}

function side(
  lang: Language,
  line: Line,
  which: 'before' | 'after',
  title: string,
  words: (content: Content, value: unknown, field: string) => string,
  [before, after]: readonly [Content, Content],
): Html {
  const t = itemWords[lang]
  const field = line.of ?? line.field
  if (line.state === 'moved') return html`<td data-label="${title}"></td>`
  if (!(which in line)) return html`<td data-label="${title}" class="soft">${t.absent}</td>`
  const mark = (text: string) =>
    which === 'before'
      ? html`<del><span class="unseen">${t.left}</span>${text}</del>`
      : html`<ins><span class="unseen">${t.put}</span>${text}</ins>`
  const left = which === 'before' ? 'added' : 'removed'
  const pieces =
    line.state === 'changed'
      ? wording(words(before, line.before, field), words(after, line.after, field))
          .filter(({ state }) => state !== left)
          .map(({ text, state }) => (state === 'same' ? text : mark(text)))
      : [mark(words(which === 'before' ? before : after, line[which], field))]
  return html`<td data-label="${title}" class="said">${pieces}</td>`
}
