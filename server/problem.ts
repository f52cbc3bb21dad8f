// Refusals as problem+json (RFC 9457), in the words of the person's language.
import type { Context } from 'hono'
import { dateWords } from '../kernel/clock/words.ts'
import type { Refusal } from '../kernel/door.ts'
import type { Registry } from '../kernel/domain.ts'
import { fieldProblems, house, typeWords, type Language } from '../kernel/texts.ts'

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly fields?: readonly { readonly field: string; readonly problem: string; readonly message: string }[]
}

const STATUS: Readonly<Record<string, number>> = {
  'invalid-input': 422,
  'unknown-kind': 404,
  'unknown-command': 404,
  'not-found': 404,
  'not-permitted': 403,
  'not-in-this-phase': 409,
  'stale-version': 409,
  'key-reused': 422,
  busy: 503,
  'already-exists': 409,
}

/** The member in which a command's fields come. */
const WHOLE = 'input'

/** What a person is told: the kind's own words for its refusals, the house's for the door's. */
export function problemOf(registry: Registry, refusal: Refusal, lang: Language): Problem {
  const texts = registry.kinds.get(refusal.kind)?.texts[lang]
  const own = texts?.refusals[refusal.refused]
  const template = own ?? (house[lang] as Readonly<Record<string, string>>)[refusal.refused] ?? refusal.refused
  const label = (path: string) => {
    // What was brought is no object at all: it has no field yet to be named.
    if (path === '') return WHOLE
    const name = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path
    return texts?.fields[name] ?? name
  }
  const fields = refusal.fields?.map(({ field, problem, about }) => ({
    field: field || WHOLE,
    problem,
    message: filled(fieldProblems[lang][problem], {
      ...about,
      field: label(field),
      ...(about['expected'] !== undefined && {
        expected: options(about['expected'], problem === 'wrong-type' ? typeWords[lang] : texts?.options),
      }),
    }),
  }))
  const about = worded(refusal.about ?? {}, texts?.terms ?? {}, lang)
  const named =
    refusal.field === undefined
      ? undefined
      : [{ field: refusal.field, problem: refusal.refused, message: filled(template, about) }]
  return problem(STATUS[refusal.refused] ?? 422, refusal.refused, filled(template, about), fields ?? named)
}

/** The problem as an answer, with its own media type. */
export function problemJson(c: Context, said: Problem): Response {
  return c.body(JSON.stringify(said), said.status as 400, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  })
}

/** A problem that is not a refusal of the door: a bad request, an unknown address, a failure of ours. */
export function problem(status: number, code: string, detail: string, fields?: Problem['fields']): Problem {
  return { type: `urn:liangjian:problem:${code}`, title: detail, status, detail, code, ...(fields && { fields }) }
}

/** A text with what it is about in its places. */
export function filled(template: string, about: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(Object.hasOwn(about, name) ? about[name] : ''))
}

/** Codes in the words of the kind, days as they are read; whatever is neither stays as it is. */
function worded(
  about: Readonly<Record<string, string | number>>,
  terms: Readonly<Record<string, string>>,
  lang: Language,
) {
  const word = (part: string) => terms[part] ?? part
  return Object.fromEntries(
    Object.entries(about).map(([name, value]) => {
      if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return [name, dateWords(value, lang)]
      const parts = typeof value === 'string' ? value.split(/([/·])/) : []
      const isCode =
        parts.length > 0 && parts.every((part) => part === '/' || part === '·' || Object.hasOwn(terms, part))
      return [name, isCode ? parts.map(word).join('') : value]
    }),
  )
}

function options(values: string, words: Readonly<Record<string, string>> | undefined): string {
  return values
    .split(' / ')
    .map((value) => words?.[value] ?? value)
    .join(' / ')
}
