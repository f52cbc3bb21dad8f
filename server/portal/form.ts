// Forms from schemas: each widget says how it is asked and how its answer is read back from a form's text.
import { html, raw } from 'hono/html'
import type { Actor } from '../../kernel/access.ts'
import type { Code, Kind } from '../../kernel/domain.ts'
import type { Language } from '../../kernel/texts.ts'
import { schemaOf, type JsonSchema } from '../schema.ts'
import type { Html } from './layout.ts'
import { fenOf, yuanInput } from '../../kernel/money.ts'
import { words } from './texts.ts'

export type Field = {
  readonly name: string
  readonly widget: string
  readonly required: boolean
  readonly schema: JsonSchema
  readonly page: string
  /** What stands here without asking when somebody does this online for himself. */
  readonly online?: string
  /** Asked only when another answer is one of these. */
  readonly when?: Readonly<Record<string, readonly string[]>>
  /** Whenever it is asked, an answer is wanted; or only of somebody of whom nothing is known. */
  readonly needed?: true | 'unknown'
  /** Facts that may stand here unasked, as `kind.fact`; the first that is known does. */
  readonly prefill: readonly string[]
  /** What was entered here was not accepted. */
  readonly wrong?: boolean
}

export type Accepts = { readonly most: string; readonly kinds: readonly string[] }

export type Around = {
  readonly kind: Kind
  readonly lang: Language
  readonly actor: Actor
  readonly units: readonly { readonly id: string; readonly name: string }[]
  /** Names of the enterprises that the actor speaks for, and of kept files. */
  readonly names: Readonly<Record<string, string>>
  /** The largest upload, in words, and the kinds of file that are taken. */
  readonly upload: Accepts
  readonly codes: ReadonlyMap<string, readonly Code[]>
}

export type Form = Readonly<Record<string, string | readonly string[]>>
type Value = unknown

/** The fields of a command in their order. */
export function fieldsOf(kind: Kind, command: string): readonly Field[] {
  return fieldsIn(schemaOf(kind.definition.commands[command]!.input))
}

function fieldsIn(schema: JsonSchema): Field[] {
  const required = new Set((schema['required'] ?? []) as string[])
  return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).map(([name, field]) => ({
    name,
    widget: typeof field['widget'] === 'string' ? field['widget'] : field['type'] === 'array' ? 'list' : 'text',
    required: required.has(name),
    schema: field,
    page: typeof field['page'] === 'string' ? field['page'] : 'details',
    ...(typeof field['online'] === 'string' && { online: field['online'] }),
    ...(typeof field['when'] === 'object' && { when: field['when'] as Field['when'] & object }),
    ...((field['needed'] === true || field['needed'] === 'unknown') && { needed: field['needed'] }),
    prefill: Array.isArray(field['prefill']) ? (field['prefill'] as string[]) : [],
  }))
}

type Widget = {
  /** The input itself; `id` is the field's, for labels and for the error summary. */
  ask(field: Field, id: string, value: Value, around: Around): Html
  /** What the form's text means; undefined when nothing was entered. */
  read(form: Form, name: string, field: Field): Value
  /** Several inputs under one heading: asked in a fieldset. */
  readonly group?: boolean
}

const one = (form: Form, name: string): string => {
  const given = form[name]
  const last: unknown = Array.isArray(given) ? (given as readonly unknown[]).at(-1) : given
  return typeof last === 'string' ? last.trim() : ''
}
const some = (text: string): string | undefined => (text === '' ? undefined : text)
const plain = (form: Form, name: string) => some(one(form, name).replaceAll('\r\n', '\n'))
const text = (value: Value): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const checked = (is: boolean) => (is ? raw('checked') : '')
const described = (field: Field, id: string) =>
  html`aria-describedby="${id}-more" ${field.wrong ? raw('aria-invalid="true"') : ''}`
/** A longer text says how much of it is left; a field about oneself may be filled in by the browser. */
const helped = ({ schema }: Field, actor: Actor) => {
  const [most, purpose] = [schema['maxLength'], schema['autocomplete']]
  return html`${typeof most === 'number' && most >= 80 ? html`data-most="${most}"` : ''}
  ${typeof purpose === 'string' && actor.posts.length === 0 ? html`autocomplete="${purpose}"` : ''}`
}

function line(type: string, more = ''): Widget['ask'] {
  return (field, id, value, { actor }) =>
    html`<input
      type="${type}"
      id="${id}"
      name="${field.name}"
      value="${text(value)}"
      ${described(field, id)}
      ${helped(field, actor)}
      ${raw(more)}
    />`
}

/** Nothing has been chosen yet, not even the choice that says none. */
const NONE = Symbol('none')

function radios(field: Field, id: string, value: Value, choices: readonly (readonly [string, string])[]): Html {
  return html`${choices.map(
    ([key, label], place) =>
      html`<div class="choice">
        <input
          type="radio"
          id="${place === 0 ? id : `${id}-${place}`}"
          name="${field.name}"
          value="${key}"
          ${checked(value !== NONE && text(value) === key)}
        />
        <label for="${place === 0 ? id : `${id}-${place}`}">${label}</label>
      </div>`,
  )}`
}

function select(field: Field, id: string, value: Value, choices: readonly (readonly [string, string])[]): Html {
  return html`<select id="${id}" name="${field.name}" ${described(field, id)}>
    <option value=""></option>
    ${choices.map(
      ([key, label]) => html`<option value="${key}" ${text(value) === key ? raw('selected') : ''}>${label}</option>`,
    )}
  </select>`
}

const TEXT: Widget = { ask: line('text'), read: plain }

const WIDGETS: Readonly<Record<string, Widget>> = {
  text: TEXT,
  date: { ask: line('date'), read: plain },
  number: {
    ask: line('number', 'inputmode="decimal" step="any"'),
    read: (form, name) => {
      const given = one(form, name)
      return given === '' ? undefined : Number.isNaN(Number(given)) ? given : Number(given)
    },
  },
  money: {
    ask: (field, id, value, around) =>
      line('text', 'inputmode="decimal"')(field, id, typeof value === 'number' ? yuanInput(value) : value, around),
    read: (form, name) => (one(form, name) === '' ? undefined : (fenOf(one(form, name)) ?? one(form, name))),
  },
  /** A number that is kept as it was typed. */
  decimal: {
    ask: line('text', 'inputmode="decimal"'),
    read: (form, name) => plain(form, name)?.normalize('NFKC').replaceAll(/[,\s]/g, ''),
  },
  paragraph: {
    ask: (field, id, value, { actor }) =>
      html`<textarea id="${id}" name="${field.name}" rows="6" ${described(field, id)} ${helped(field, actor)}>
${text(value)}</textarea>`,
    read: plain,
  },
  choice: {
    group: true,
    ask: (field, id, value, { kind, lang }) =>
      radios(
        field,
        id,
        value,
        ((field.schema['choices'] ?? field.schema['enum'] ?? []) as string[]).map((key) => [
          key,
          kind.texts[lang].options[key] ?? key,
        ]),
      ),
    read: plain,
  },
  'yes-no': {
    group: true,
    ask: (field, id, value, { lang }) =>
      radios(field, id, value === undefined ? '' : value === true ? 'yes' : 'no', [
        ['yes', words[lang].yes],
        ['no', words[lang].no],
      ]),
    read: (form, name) => (one(form, name) === '' ? undefined : one(form, name) === 'yes'),
  },
  unit: {
    ask(field, id, value, { units }) {
      const choices = units.map((unit) => [unit.id, unit.name] as const)
      if (field.schema['type'] !== 'array') return select(field, id, value, choices)
      const chosen = new Set(Array.isArray(value) ? (value as string[]) : [])
      return html`<select id="${id}" name="${field.name}" multiple size="6">
        ${choices.map(
          ([key, label]) => html`<option value="${key}" ${chosen.has(key) ? raw('selected') : ''}>${label}</option>`,
        )}
      </select>`
    },
    read: (form, name, field) => (field.schema['type'] === 'array' ? several(form, name) : plain(form, name)),
  },
  enterprise: {
    group: true,
    ask(field, id, value, around) {
      const { actor, names, lang } = around
      if (actor.posts.length > 0) return line('text')(field, id, value, around)
      const mine = actor.subjects.filter((who) => who.startsWith('enterprise:')).map((who) => who.slice(11))
      const choices = mine.map((key) => [key, names[key] ?? key] as const)
      return html`<p class="hint">${words[lang].yourEnterprises}</p>
        ${radios(field, id, value ?? (mine.length === 1 ? mine[0] : NONE), field.required ? choices : [...choices, ['', words[lang].noEnterprise]])}`
    },
    read: plain,
  },
  files: {
    ask: (field, id, value, { names, lang, upload }) =>
      html`${(Array.isArray(value) ? (value as string[]) : []).map(
          (file) =>
            html`<div class="choice">
              <input type="checkbox" id="${id}-${file}" name="${field.name}" value="${file}" checked />
              <label for="${id}-${file}">${words[lang].kept} ${names[file] ?? file}</label>
            </div>`,
        )}
        <label for="${id}" class="hint"
          >${words[lang].chooseFile.replace('{most}', upload.most).replace('{kinds}', upload.kinds.join(lang === 'en' ? ', ' : '、'))}</label
        >
        <input
          type="file"
          id="${id}"
          name="${field.name}-new"
          multiple
          accept="${upload.kinds.map((kind) => `.${kind}`).join(',')}"
        />`,
    read: (form, name) => several(form, name),
    group: true,
  },
  list: {
    ask(field, id, value, around) {
      const items = (field.schema['items'] ?? {}) as JsonSchema
      const given = Array.isArray(value) ? (value as unknown[]) : []
      if (items['type'] !== 'object')
        return html`<p class="hint">${words[around.lang].itemsHint}</p>
          <textarea id="${id}" name="${field.name}" rows="4" ${described(field, id)}>
${given.map(text).join('\n')}</textarea>`
      const blank = Math.max(1, Math.min(3, 10 - given.length))
      return html`${[...given, ...Array.from({ length: blank }, () => ({}))].map(
        (item, place) =>
          html`<fieldset class="stack">
            <legend>${place + 1}</legend>
            ${fieldsIn(items).map((inner) =>
              fieldPart(
                { ...inner, name: `${field.name}.${place}.${inner.name}` },
                (item as Record<string, unknown>)[inner.name],
                around,
                undefined,
                { label: inner.name },
              ),
            )}
          </fieldset>`,
      )}`
    },
    read(form, name, field) {
      const items = (field.schema['items'] ?? {}) as JsonSchema
      if (items['type'] !== 'object') return (plain(form, name) ?? '').split('\n').flatMap((row) => row.trim() || [])
      const inner = fieldsIn(items)
      return Array.from({ length: 13 }, (_, place) => inner.map((one_) => [one_, place] as const)).flatMap((row) => {
        const read = row.map(
          ([one_, place]) => [one_.name, widgetOf(one_).read(form, `${name}.${place}.${one_.name}`, one_)] as const,
        )
        const filled = read.filter(([, value]) => value !== undefined)
        return filled.length === 0 ? [] : [Object.fromEntries(filled)]
      })
    },
    group: true,
  },
}

/** A field whose values come from a code list of some domain. */
function coded(codes: readonly Code[]): Widget {
  return {
    ask: (field, id, value, { lang }) =>
      select(
        field,
        id,
        value,
        codes.map(({ code, name }) => [code, name[lang]]),
      ),
    read: plain,
  }
}

function several(form: Form, name: string): string[] | undefined {
  const given = form[name]
  const all = (Array.isArray(given) ? (given as readonly unknown[]) : [given]).filter(
    (value): value is string => typeof value === 'string' && value !== '',
  )
  return all.length === 0 ? undefined : all
}

function widgetOf(field: Field): Widget {
  return WIDGETS[field.widget] ?? TEXT
}

/** Whether the field is a choice among one's own enterprises of which "none" is one. */
export function saysNone(field: Field, actor: Actor): boolean {
  return field.widget === 'enterprise' && !field.required && actor.posts.length === 0 && asked(field, actor)
}

/** Whether this person has to answer, although whoever else gives the command may leave it open. */
export function isNeeded(field: Field, actor: Actor): boolean {
  return field.needed === true || (field.needed === 'unknown' && actor.subjects.length + actor.posts.length === 0)
}

/** Whether this person is asked for the field at all. */
export function asked(field: Field, actor: Actor): boolean {
  if (field.widget === 'hidden') return false
  const staff = actor.posts.length > 0
  if (field.online !== undefined && !staff) return false
  return field.widget !== 'enterprise' || staff || actor.subjects.some((who) => who.startsWith('enterprise:'))
}

/** Whether what has been answered so far makes the field a question; one on the same page as its condition always is. */
export function applies(field: Field, fields: readonly Field[], data: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(field.when ?? {}).every(
    ([name, values]) =>
      fields.some((one) => one.name === name && one.page === field.page) || values.includes(data[name] as string),
  )
}

/** A field with its label, hint, source and problem. */
export function fieldPart(
  field: Field,
  value: Value,
  around: Around,
  problem?: string,
  {
    label = field.name,
    source,
    title,
    hint,
  }: {
    readonly label?: string
    readonly source?: string | undefined
    /** What it is called, where the kind does not say so. */
    readonly title?: string
    readonly hint?: string | undefined
  } = {},
): Html {
  const { kind, lang } = around
  const id = `f-${field.name}`
  const texts = kind.texts[lang]
  const name = title ?? texts.fields[label] ?? label
  const help = hint ?? (title === undefined ? texts.hints?.[label] : undefined)
  const optional =
    field.required || isNeeded(field, around.actor) || saysNone(field, around.actor)
      ? ''
      : html` <span class="optional">${words[lang].optional}</span>`
  const more = html`<div id="${id}-more">
    ${help ? html`<p class="hint">${help}</p>` : ''}
    ${source === undefined ? '' : html`<p class="source">${source}</p>`}
    ${problem === undefined ? '' : html`<p class="problem">${problem}</p>`}
  </div>`
  const codes = around.codes.get(field.widget)
  const widget = codes ? coded(codes) : widgetOf(field)
  const input = widget.ask({ ...field, wrong: problem !== undefined }, id, value, around)
  const wrong = problem === undefined ? '' : 'wrong'
  return widget.group
    ? html`<fieldset class="field ${wrong}" aria-describedby="${id}-more">
        <legend>${name}${optional}</legend>
        ${more} ${input}
      </fieldset>`
    : html`<div class="field ${wrong}"><label for="${id}">${name}${optional}</label>${more}${input}</div>`
}

/** The answers of a form, by field; what was left empty is not there. */
export function readForm(fields: readonly Field[], form: Form): Record<string, unknown> {
  return Object.fromEntries(
    fields
      .map((field) => [field.name, widgetOf(field).read(form, field.name, field)] as const)
      .filter(([, value]) => value !== undefined),
  )
}
