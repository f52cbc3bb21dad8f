// What a command brings, against its schema: strictly, and each problem with its field.
import type { z } from 'zod'
import { UNSEEN } from './sign.ts'
import type { FieldProblem, WireType } from './texts.ts'

export type WrongField = {
  readonly field: string
  readonly problem: FieldProblem
  readonly about: Readonly<Record<string, string>>
}

/** Made once for each schema: it is compiled when it is first used, which costs more than using it. */
const stricts = new WeakMap<z.ZodObject, z.ZodObject>()

function strictly(schema: z.ZodObject): z.ZodObject {
  const known = stricts.get(schema)
  if (known) return known
  const made = schema.strict()
  stricts.set(schema, made)
  return made
}

/** Input against its schema, strictly: unknown fields are refused by name, and each problem says which field and why. */
export function parse(schema: z.ZodObject, input: unknown): { value: unknown } | { fields: readonly WrongField[] } {
  const result = strictly(schema).safeParse(input, { reportInput: true })
  if (!result.success) return { fields: result.error.issues.flatMap(problemsOf) }
  const bad = unkeepable(result.data, '')
  return bad ? { fields: [{ ...bad, about: {} }] } : { value: result.data }
}

type Unkeepable = { readonly field: string; readonly problem: FieldProblem }

/** Where something stands that is not kept: a sign that nobody sees, half a character, a day of the year nought. */
export function unkeepable(value: unknown, path: string): Unkeepable | undefined {
  if (typeof value === 'string') {
    if (UNSEEN.test(value) || !value.isWellFormed()) return { field: path, problem: 'wrong-characters' }
    return /^0000-\d\d-\d\d$/.test(value) ? { field: path, problem: 'no-such-date' } : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const found = unkeepable(inner, path === '' ? name : `${path}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

/** The schema's names of types, by what they are on the wire. */
const WIRE: Readonly<Record<string, WireType>> = {
  string: 'string',
  number: 'number',
  bigint: 'integer',
  int: 'integer',
  boolean: 'boolean',
  date: 'date',
  array: 'array',
  tuple: 'array',
  set: 'array',
  object: 'object',
  record: 'object',
  map: 'object',
  file: 'file',
  null: 'nothing',
}

function problemsOf(issue: z.core.$ZodIssue): readonly WrongField[] {
  const field = issue.path.join('.')
  const one = (problem: FieldProblem, about: Record<string, string> = {}) => [{ field, problem, about }]
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return one(issue.expected === 'boolean' ? 'not-chosen' : 'missing')
      return Object.hasOwn(WIRE, issue.expected) ? one('wrong-type', { expected: WIRE[issue.expected]! }) : one('wrong')
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) === 1) return one('missing')
      return one(issue.origin === 'string' ? 'too-short' : issue.origin === 'array' ? 'too-few' : 'too-small', {
        minimum: String(issue.minimum),
      })
    case 'too_big':
      return one(issue.origin === 'string' ? 'too-long' : issue.origin === 'array' ? 'too-many' : 'too-big', {
        maximum: String(issue.maximum),
      })
    case 'invalid_value':
      return issue.input === undefined
        ? one('not-chosen')
        : one('not-an-option', { expected: issue.values.join(' / ') })
    case 'invalid_format':
      return one(issue.format === 'date' ? 'no-such-date' : 'wrong-format', { format: issue.format })
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: [...issue.path, key].join('.'),
        problem: 'unknown-field' as const,
        about: {},
      }))
    default:
      return one('wrong')
  }
}
