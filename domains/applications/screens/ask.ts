// What a version asks for, as fields of a form at a desk: one for each field and paper, and back to what the command takes.
import type { Schema, Shape } from '../../../web/part/index.ts'
import { askedIn } from '../demand.ts'
import type { Content } from '../../items/index.ts'

type Values = Readonly<Record<string, unknown>>

export const FIELD = 'field:'
export const PAPER = 'paper:'

const WIDGETS: Readonly<Record<string, Schema>> = {
  paragraph: { type: 'string', widget: 'paragraph' },
  number: { type: 'number', widget: 'number' },
  date: { type: 'string', widget: 'date' },
  'yes-no': { type: 'boolean' },
}

/** A field of the version, as it is filled in. */
export function schemaOf({ form, known }: Pick<Content['fields'][number], 'form' | 'known'>): Schema {
  const schema = WIDGETS[form ?? 'line'] ?? { type: 'string', maxLength: 200 }
  return known === undefined ? schema : { ...schema, prefill: [known] }
}

type Words = { readonly issued: string; readonly pieces: (originals: number, copies: number) => string }

/** All that the version asks for in these situations. */
export function shapeOf(content: Content, situations: readonly string[], base: Schema, words: Words): Shape {
  const asked = askedIn(content, situations)
  const { item: _, version: __, situations: ___, answers: ____, papers: _____, ...own } = base.properties ?? {}
  const fields: Record<string, string> = {}
  const hints: Record<string, string> = {}
  const properties: Record<string, Schema> = {}
  const required: string[] = []
  for (const { field, fieldName, spare, ...one } of asked.fields) {
    properties[`${FIELD}${field}`] = schemaOf(one)
    fields[`${FIELD}${field}`] = fieldName
    if (spare !== true && one.known === undefined) required.push(`${FIELD}${field}`)
  }
  for (const { material, materialName, tolerable, shared, issuer, originals, copies } of asked.materials) {
    const ways = [
      'given',
      shared && 'shared',
      tolerable && 'later',
      content.commitment === true && 'promised',
      'missing',
    ]
    properties[`${PAPER}${material}`] = { type: 'string', widget: 'choice', enum: ways.filter((way) => way !== false) }
    fields[`${PAPER}${material}`] = materialName
    hints[`${PAPER}${material}`] = [words.pieces(originals, copies), issuer && `${words.issued}${issuer}`]
      .filter(Boolean)
      .join(' · ')
    required.push(`${PAPER}${material}`)
  }
  const committed = content.commitment === true || asked.materials.some(({ tolerable }) => tolerable)
  const { files, signed, delivery, address, channel, ...applicant } = own
  return {
    schema: {
      type: 'object',
      properties: {
        ...applicant,
        ...properties,
        ...(files && { files }),
        ...(committed && signed && { signed }),
        ...(channel && { channel: { ...channel, enum: ['window', 'post'] } }),
        ...(delivery && { delivery }),
        ...(address && { address: { ...address, when: { delivery: ['courier'] } } }),
      },
      required: [...(base.required ?? []).filter((one) => one in own), ...required],
    },
    fields,
    hints,
  }
}

/** A paper that the city obtains by itself is obtained so, unless somebody says otherwise. */
export function presetOf(content: Content, situations: readonly string[]): Values {
  return Object.fromEntries(
    askedIn(content, situations).materials.map(({ material, shared }) => [
      `${PAPER}${material}`,
      shared ? 'shared' : undefined,
    ]),
  )
}

/** What was filled in, as answers and papers. */
export function answersIn(values: Values): { field: string; value: string }[] {
  return Object.entries(values)
    .filter(([name, value]) => name.startsWith(FIELD) && value !== undefined && value !== '')
    .map(([name, value]) => ({ field: name.slice(FIELD.length), value: written(value) }))
}

function written(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function papersIn(values: Values): { material: string; way: string }[] {
  return Object.entries(values).flatMap(([name, way]) =>
    name.startsWith(PAPER) && typeof way === 'string' ? [{ material: name.slice(PAPER.length), way }] : [],
  )
}

/** The rest: what is neither an answer nor a paper. */
export function plainIn(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !name.startsWith(FIELD) && !name.startsWith(PAPER)),
  )
}

type Sent = {
  readonly answers?: readonly { readonly field: string }[]
  readonly papers?: readonly { readonly material: string }[]
}

/** Where a field of the command was asked: `answers.0.value` is the field of the first answer. */
export function askedAt(field: string, sent: Values): string {
  const [, list, place] = /^(answers|papers)\.(\d+)\./.exec(field) ?? []
  const { answers, papers } = sent as Sent
  if (list === 'answers') return `${FIELD}${answers?.[Number(place)]?.field ?? ''}`
  if (list === 'papers') return `${PAPER}${papers?.[Number(place)]?.material ?? ''}`
  return field
}
