// What an address asks for, held against the document of the interface: a parameter that is not there, that stands twice,
// or whose value it cannot have is refused by its name, so that nobody takes a list for another than it is.
import type { MiddlewareHandler } from 'hono'
import { house, parameterProblems, typeWords } from '../kernel/texts.ts'
import type { C, Env } from './env.ts'
import { filled, problem, problemJson } from './problem.ts'
import { say } from './say.ts'
import type { JsonSchema } from './schema.ts'

type Schema = {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxItems?: number
  readonly pattern?: string
  readonly items?: Schema
}
type Parameter = { readonly name: string; readonly in: string; readonly schema: Schema }
type Route = { readonly path: RegExp; readonly parameters: ReadonlyMap<string, Schema> }
type Wrong = { readonly problem: keyof (typeof parameterProblems)['en']; readonly about?: About }
type About = Readonly<Record<string, string | number>>

/** Every address takes these: the language, and the query code of a record. */
const EVERYWHERE = new Set(['lang', 'code'])

/** `document`: the OpenAPI document of what is served. An empty value is as good as none. */
export function asked(document: JsonSchema): MiddlewareHandler<Env> {
  const routes = routesIn(document)
  return async (c, next) => {
    const given = Object.entries(c.req.queries()).filter(([name]) => !EVERYWHERE.has(name))
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    const route = reads && given.length > 0 ? routes.find(({ path }) => path.test(c.req.path)) : undefined
    if (route === undefined) return next()
    const wrong = given.flatMap(([name, values]) => {
      const found = wrongIn(route, name, values)
      return found === undefined ? [] : [{ name, ...found }]
    })
    return wrong.length > 0 ? refusal(c, wrong) : next()
  }
}

/** The answer to one parameter that is wrong for a reason which the document cannot say. */
export function wrongParameter(c: C, name: string, wrong: Wrong['problem'], about: About = {}): Response {
  return refusal(c, [{ name, problem: wrong, about }])
}

function refusal(c: C, wrong: readonly (Wrong & { readonly name: string })[]): Response {
  const lang = c.get('lang')
  const fields = wrong.map(({ name, problem: code, about }) => ({
    field: name,
    problem: code,
    message: filled(parameterProblems[lang][code], {
      field: name,
      ...about,
      ...(about?.['expected'] === WHOLE && { expected: typeWords[lang].integer }),
      ...(about?.['expected'] === '' && { expected: say(lang, 'nothing') }),
    }),
  }))
  return problemJson(c, problem(422, 'invalid-input', house[lang]['invalid-input'], fields))
}

const WHOLE = 'integer'

function wrongIn({ parameters }: Route, name: string, values: readonly string[]): Wrong | undefined {
  const schema = parameters.get(name) ?? (/^facet\.[\w-]+$/.test(name) ? parameters.get('facet.{name}') : undefined)
  if (!schema)
    return {
      problem: 'unknown-parameter',
      about: { expected: [...parameters.keys()].join(' / ').replace('{name}', '…') },
    }
  if (values.length > 1) return { problem: 'given-twice' }
  const [value = ''] = values
  if (value === '') return undefined
  if (schema.type !== 'array') return unfit(schema, value)
  const parts = value.split(',')
  if (parts.length > (schema.maxItems ?? Number.POSITIVE_INFINITY))
    return { problem: 'too-many-values', about: { maximum: schema.maxItems! } }
  return parts.map((part) => unfit(schema.items ?? {}, part)).find((one) => one !== undefined)
}

function unfit(schema: Schema, value: string): Wrong | undefined {
  if (schema.enum && !schema.enum.includes(value))
    return { problem: 'not-an-option', about: { expected: schema.enum.join(' / ') } }
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) return { problem: 'wrong-format' }
  if (schema.type !== WHOLE) return undefined
  const number = Number(value)
  if (!/^-?\d{1,16}$/.test(value) || !Number.isSafeInteger(number))
    return { problem: 'wrong-type', about: { expected: WHOLE } }
  if (schema.minimum !== undefined && number < schema.minimum)
    return { problem: 'too-small', about: { minimum: schema.minimum } }
  if (schema.maximum !== undefined && number > schema.maximum)
    return { problem: 'too-big', about: { maximum: schema.maximum } }
  return undefined
}

/** What is read under /api/; an address spelt out comes before one with a place for anything. */
function routesIn(document: JsonSchema): readonly Route[] {
  const paths = document['paths'] as Readonly<
    Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } }>
  >
  return Object.entries(paths)
    .filter(([path, { get }]) => path.startsWith('/api/') && get !== undefined)
    .toSorted(([a], [b]) => places(a) - places(b))
    .map(([path, { get }]) => ({
      path: patternOf(path),
      parameters: new Map(
        (get!.parameters ?? []).flatMap((one) => (one.in === 'query' ? [[one.name, one.schema]] : [])),
      ),
    }))
}

/** By which methods each address under /api/ is asked; none for one that is not there. */
export function methodsIn(document: JsonSchema): (path: string) => readonly string[] {
  const known = Object.entries(document['paths'] as Readonly<Record<string, object>>)
    .toSorted(([a], [b]) => places(a) - places(b))
    .map(([path, item]) => ({ path: patternOf(path), methods: Object.keys(item).map((name) => name.toUpperCase()) }))
  return (path) => known.find((one) => one.path.test(path))?.methods ?? []
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}

function places(path: string): number {
  return path.split('{').length
}
