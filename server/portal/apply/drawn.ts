// What an application holds in lists, as people read it: answers, papers, what is to be corrected, results, rules.
import { html } from 'hono/html'
import type { Html } from '../layout.ts'

type Entry = Readonly<Record<string, unknown>>
/** Says a value of a field in words. */
type Say = (value: unknown, field: string) => string
type Draw = (entry: Entry, name: string, say: Say) => Html

/** Names stand there, or are found by the codes under which the version lists them. */
const CODES = ['field', 'material', 'result', 'code'] as const

const about = (name: string, text: string) => html`<strong>${name}</strong> <span>${text}</span>`

const DRAW: Readonly<Record<string, Draw>> = {
  answers: ({ value }, name, say) => about(name, YES_NO.has(String(value)) ? say(value === 'yes', '') : say(value, '')),
  papers: ({ way, source }, name, say) =>
    html`${about(name, way === undefined ? '' : say(way, 'way'))}${
      typeof source === 'string' ? html` <a href="/record/application/${source}">${source}</a>` : ''
    }`,
  owed: ({ fault, note }, name, say) => about(name, `${say(fault, 'fault')} · ${say(note, 'note')}`),
  results: ({ number, validTo }, name, say) =>
    about(
      name,
      [
        ['number', number],
        ['validTo', validTo],
      ]
        .flatMap(([field, value]) => (value === undefined ? [] : [say(value, String(field))]))
        .join(' · '),
    ),
  rules: ({ ground, found }, _, say) => about(say(ground, 'ground'), say(found, 'found')),
  situations: (_, name) => html`${name}`,
}
const YES_NO = new Set(['yes', 'no'])

/** A fact as a list that can be read; undefined where it is said like any other. */
export function drawnFact(
  kind: string,
  field: string,
  value: unknown,
  codes: Readonly<Record<string, string>>,
  say: Say,
): Html | undefined {
  const draw = DRAW[field === 'demands' ? 'owed' : field]
  if (kind !== 'application' || !draw || !Array.isArray(value)) return undefined
  const entries = (value as readonly unknown[]).map((one) => (typeof one === 'string' ? { code: one } : one) as Entry)
  const nameOf = (entry: Entry) => {
    const code = CODES.map((one) => entry[one]).find((one) => typeof one === 'string')
    const name = entry['name'] ?? (typeof code === 'string' && Object.hasOwn(codes, code) ? codes[code] : code)
    return typeof name === 'string' ? name : ''
  }
  return html`<ul>
    ${entries.map((entry) => html`<li>${draw(entry, nameOf(entry), say)}</li>`)}
  </ul>`
}
