// Inputs made from the definitions' own schemas: right ones, nearly right ones, and hostile ones.
import fc from 'fast-check'
import type { JsonSchema } from '../server/schema.ts'

type Schema = {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly widget?: string
}

/** Ids that exist, by the widget with which one is chosen. */
export type Known = Readonly<Record<string, readonly string[]>>

/** What a schema accepts. References are to records that exist, where there are any of that kind. */
export function accepted(schema: JsonSchema, known: Known = {}): fc.Arbitrary<unknown> {
  return from(schema as Schema, known)
}

function from(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const there = known[schema.widget ?? '']
  if (there && schema.type !== 'array') return fc.constantFrom(...there)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'string':
      return texts(schema)
    case 'integer':
      return fc.integer({
        min: schema.minimum ?? schema.exclusiveMinimum ?? -1000,
        max: Math.min(schema.maximum ?? 1000, 1e6),
      })
    case 'number':
      return fc.integer({ min: (schema.minimum ?? 0) * 4, max: 4000 }).map((n) => n / 4)
    case 'boolean':
      return fc.boolean()
    case 'array': {
      const [minLength, maxLength] = [schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, 3)]
      const item = there ? fc.constantFrom<unknown>(...there) : from(schema.items ?? {}, known)
      // Files belong to whoever brought them: none is as good as any.
      return schema.widget === 'files' ? fc.constant([]) : fc.array(item, { minLength, maxLength })
    }
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, from(field, known)] as const)
      return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] })
    }
    default:
      return fc.constant('x')
  }
}

const SIGNS = [
  ...'诉求企业办理 abc XYZ 123，。？\n',
  '𠮷',
  '㐂',
  '😀',
  'é',
  '\u200d',
  '\u200e',
  '<',
  '&',
  '"',
  "'",
  '=',
]

function texts({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'date')
    return fc
      .date({ min: new Date('2019-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
  if (pattern !== undefined)
    return fc.stringMatching(new RegExp(pattern)).filter((one) => one.length >= minLength && one.length <= maxLength)
  return fc
    .array(fc.constantFrom(...SIGNS), { minLength: Math.max(minLength, 1), maxLength: Math.min(maxLength, 40) })
    .map((signs) => `字${signs.join('')}`.slice(0, maxLength))
    .map((text) => (text.isWellFormed() ? text : '字'))
}

/** What no field expects: other types, signs that break, injections of every kind, numbers without end. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    null,
    true,
    -1,
    0.1,
    1e308,
    -1e308,
    Number.MAX_SAFE_INTEGER + 2,
    '',
    ' ',
    [],
    [[]],
    {},
    { $ne: null },
    { length: 1e9 },
    `'; drop table event; --`,
    `" or 1=1 --`,
    '\\',
    '$1',
    '%00',
    'a\u0000b',
    '\ud800',
    'a\udfffb',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '=cmd|"/c calc"!A0',
    '+1+1',
    '@SUM(1)',
    '\t=1',
    '${7*7}{{7*7}}<%= 7*7 %>',
    '../../../etc/passwd',
    '__proto__',
    'constructor',
    '𠮷㐂𬇹😀👨‍👩‍👧‍👦',
    '\u202e\u200b\ufeff',
    '0000-00-00',
    '0000-01-01',
    '2026-02-30',
    '9999-12-31',
    '1e400',
    'NaN',
    '长'.repeat(5000),
    'a'.repeat(100_000),
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.anything({
    maxDepth: 4,
    withNullPrototype: false,
    key: fc.constantFrom('a', '__proto__', 'constructor', 'toString', 'id', ''),
  }),
  fc.integer({ min: 1, max: 300 }).map((depth) => {
    let deep: unknown = 'x'
    for (let level = 0; level < depth; level++) deep = level % 2 === 0 ? [deep] : { a: deep }
    return deep
  }),
)

/** What a schema accepts, but for one thing: a field gone, another in its place, or one too many. */
export function nearly(schema: JsonSchema, known: Known = {}): fc.Arbitrary<unknown> {
  const names = Object.keys((schema as Schema).properties ?? {})
  return fc
    .tuple(
      accepted(schema, known),
      fc.constantFrom(...names, 'extra'),
      hostile,
      fc.constantFrom('put', 'put', 'put', 'drop'),
    )
    .map(([right, name, wrong, how]) => {
      const given = { ...(right as Record<string, unknown>) }
      if (how === 'drop') delete given[name]
      else given[name] = wrong
      return given
    })
}
