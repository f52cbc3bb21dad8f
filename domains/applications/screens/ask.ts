// What is asked of an applicant, as fields of a form at a desk: one for each field and paper, and back to what the command takes.
// The forms of themes ask so, too; the domain's index hands it on, so nothing in here may need a browser.
import type { Schema, Shape } from '../../../web/part/index.ts'
import { takes, type Content } from '../../items/index.ts'
import { isFirm, ownOf } from '../applicant.ts'

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
export function schemaOf({ form, known, spare }: Pick<Content['fields'][number], 'form' | 'known' | 'spare'>): Schema {
  const schema = WIDGETS[form ?? 'line'] ?? { type: 'string', maxLength: 200 }
  return known === undefined ? schema : { ...schema, prefill: [known], held: spare !== true }
}

type Asked = Pick<Content, 'fields' | 'materials'> & {
  readonly commitment?: boolean | undefined
  /** Of the items for which it is asked: who may apply for them. */
  readonly of: readonly Pick<Content, 'audience' | 'founding'>[]
}

const WORDS = {
  'zh-CN': {
    issued: '由',
    pieces: (originals: number, copies: number) => `原件 ${originals} 份，复印件 ${copies} 份`,
    firm: '企业申请的，选企业；没有登记或者正在筹建的，填申请人。',
    firmOnly: '只受理名录中企业的申请。',
    held: '选了企业的，名录里有的不用填写；没有选企业的须填写。',
    pages: { applicant: '申请人', entries: '填报内容', papers: '申请材料', rest: '收件和送达' },
  },
  en: {
    issued: 'issued by ',
    pieces: (originals: number, copies: number) => `originals ${originals}, copies ${copies}`,
    firm: 'Choose the enterprise that applies; whoever is not registered, or not yet, is named below.',
    firmOnly: 'Only enterprises of the register may apply.',
    held: 'Where an enterprise is chosen, what the register knows need not be filled in; otherwise it must be.',
    pages: { applicant: 'Applicant', entries: 'Answers', papers: 'Papers', rest: 'Receipt and delivery' },
  },
} as const

/** What whoever fills it in has settled before, or what is asked here one by one. */
const ELSEWHERE = new Set(['item', 'version', 'theme', 'parts', 'situations', 'answers', 'papers'])

/** All that is asked, in place of the answers and papers of the command. */
export function shapeOf(asked: Asked, base: Schema, lang: keyof typeof WORDS): Shape {
  const words = WORDS[lang]
  const own = Object.fromEntries(Object.entries(base.properties ?? {}).filter(([name]) => !ELSEWHERE.has(name)))
  const fields: Record<string, string> = {}
  const firms = asked.of.every((one) => takes(one).enterprise)
  const named = asked.of.every((one) => takes(one).named)
  const hints: Record<string, string> = { enterprise: named ? words.firm : words.firmOnly }
  const properties: Record<string, Schema> = {}
  const required: string[] = []
  for (const { field, fieldName, ...one } of asked.fields) {
    if (ownOf(one, isFirm(undefined, asked.of))) continue
    // The name of an enterprise that is chosen is known; whoever is named may speak of another.
    if (ownOf(one, true)) {
      const { known: _, ...open } = one
      properties[`${FIELD}${field}`] = {
        ...schemaOf(open),
        page: 'entries',
        when: { enterprise: [undefined] },
        ...(one.spare !== true && { needed: true }),
      }
      fields[`${FIELD}${field}`] = fieldName
      continue
    }
    properties[`${FIELD}${field}`] = { ...schemaOf(one), page: 'entries' }
    fields[`${FIELD}${field}`] = fieldName
    if (one.known?.startsWith('enterprise.')) hints[`${FIELD}${field}`] = words.held
    // At a desk the account is not the applicant's: only what the register says of an enterprise stands in.
    if (one.spare !== true && !one.known?.startsWith('enterprise.')) required.push(`${FIELD}${field}`)
  }
  for (const { material, materialName, tolerable, promisable, shared, issuer, originals, copies } of asked.materials) {
    const ways = shared
      ? ['given', 'shared']
      : ['given', tolerable && 'later', asked.commitment === true && promisable && 'promised', 'missing']
    properties[`${PAPER}${material}`] = {
      type: 'string',
      widget: 'choice',
      enum: ways.filter((way) => typeof way === 'string'),
      page: 'papers',
    }
    fields[`${PAPER}${material}`] = materialName
    hints[`${PAPER}${material}`] = [words.pieces(originals, copies), issuer && `${words.issued}${issuer}`]
      .filter(Boolean)
      .join(' · ')
    required.push(`${PAPER}${material}`)
  }
  const committed = asked.materials.some((one) => one.tolerable || (asked.commitment === true && one.promisable))
  const { files, signed, signatory, document, delivery, address, channel, applicant, enterprise, contact, ...others } =
    own
  const contactAsked = asked.fields.some((one) => one.spare !== true && ownOf(one, true) === 'contact')
  const about: Readonly<Record<string, Schema>> = {
    ...others,
    // Whoever applies is an enterprise of the register, or is named.
    ...(enterprise && firms && { enterprise: { ...enterprise, ...(!named && { needed: true }) } }),
    ...(applicant &&
      named && { applicant: { ...applicant, needed: true, ...(firms && { when: { enterprise: [undefined] } }) } }),
    ...(contact && { contact: { ...contact, ...(contactAsked && { held: true }) } }),
  }
  const rest: Readonly<Record<string, Schema>> = {
    ...(files && { files }),
    ...(committed && signed && { signed }),
    ...(committed && named && signatory && { signatory: { ...signatory, when: { enterprise: [undefined] } } }),
    ...(committed && named && document && { document: { ...document, when: { enterprise: [undefined] } } }),
    ...(channel && { channel: { ...channel, enum: ['window', 'post'] } }),
    ...(delivery && { delivery }),
    ...(address && { address: { ...address, when: { delivery: ['courier'] }, needed: true } }),
  }
  const on = (page: string, all: Readonly<Record<string, Schema>>) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, { ...one, page }]))
  return {
    schema: {
      type: 'object',
      properties: { ...on('applicant', inOrder(about, Object.keys(own))), ...properties, ...on('rest', rest) },
      required: [...(base.required ?? []).filter((one) => one in own), ...required],
    },
    fields,
    hints,
    pages: words.pages,
  }
}

function inOrder<T>(all: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])))
}

/** A paper that the city obtains by itself is obtained so, unless somebody says otherwise. */
export function presetOf({ materials }: Asked): Values {
  return Object.fromEntries(
    materials.filter(({ shared }) => shared).map(({ material }) => [`${PAPER}${material}`, 'shared']),
  )
}

/** What the city holds already of the enterprise that was chosen is not asked again; `read` gives an enterprise's facts. */
export async function heldBy({ fields }: Asked, values: Values, read: (enterprise: string) => Promise<Values>) {
  const { enterprise } = values
  const open = fields.filter(
    (one) => one.known?.startsWith('enterprise.') && !ownOf(one, true) && values[`${FIELD}${one.field}`] === undefined,
  )
  if (typeof enterprise !== 'string' || open.length === 0) return []
  const facts: Values = { uscc: enterprise, ...(await read(enterprise)) }
  return open.flatMap(({ field, known }) => {
    const value = facts[known!.slice('enterprise.'.length)]
    return typeof value === 'string' && !value.includes('*') ? [{ field, value }] : []
  })
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
  readonly papers?: readonly { readonly material: string; readonly way?: string }[]
}

/** Where a field of the command was asked: `answers.0.value` is the field of the first answer; what is missing, the first left open. */
export function askedAt(field: string, sent: Values, asked?: Asked): string {
  const { answers = [], papers = [] } = sent as Sent
  if (field === 'answers') {
    const left = asked?.fields.find((one) => one.spare !== true && !answers.some((other) => other.field === one.field))
    return left ? `${FIELD}${left.field}` : field
  }
  if (field === 'papers') {
    const committed = papers.find(({ way }) => way === 'later' || way === 'promised')
    return committed ? `${PAPER}${committed.material}` : field
  }
  const [, list, place] = /^(answers|papers)\.(\d+)\./.exec(field) ?? []
  if (list === 'answers') return `${FIELD}${answers[Number(place)]?.field ?? ''}`
  if (list === 'papers') return `${PAPER}${papers[Number(place)]?.material ?? ''}`
  return field
}
