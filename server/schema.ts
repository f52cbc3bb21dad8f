// Definitions as JSON Schema: the common language of forms, OpenAPI and other programs. Derived once, then remembered.
import { z } from 'zod'
import type { AnyDefinition } from '../kernel/record.ts'
import type { Registry } from '../kernel/domain.ts'
import { opens } from '../kernel/door.ts'
import { house, type Language } from '../kernel/texts.ts'

export type JsonSchema = { readonly [name: string]: unknown }

const schemas = new WeakMap<object, JsonSchema>()
const personal = new WeakMap<object, ReadonlySet<string>>()

export function schemaOf(type: z.ZodType): JsonSchema {
  const known = schemas.get(type)
  if (known) return known
  const { $schema: _, ...made } = z.toJSONSchema(type, { io: 'input' }) as Record<string, unknown>
  schemas.set(type, made)
  return made
}

/** The names of all fields of a kind that hold personal data, nested ones too. */
export function personalFields(definition: AnyDefinition): ReadonlySet<string> {
  const known = personal.get(definition)
  if (known) return known
  const names = new Set<string>()
  const walk = (schema: JsonSchema) => {
    for (const [name, field] of Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)) {
      if (field['personal'] === true) names.add(name)
      walk(field)
    }
    if (schema['items']) walk(schema['items'] as JsonSchema)
  }
  const types = [...Object.values(definition.events), ...Object.values(definition.commands).map((spec) => spec.input)]
  for (const type of types as z.ZodType[]) walk(schemaOf(type))
  personal.set(definition, names)
  return names
}

const widgets = new WeakMap<object, ReadonlyMap<string, string>>()

/** Which widget each field of a kind has, nested fields included: what an id in a fact refers to is known from it. */
export function widgetsOf(definition: AnyDefinition): ReadonlyMap<string, string> {
  const known = widgets.get(definition)
  if (known) return known
  const found = new Map<string, string>()
  const walk = (schema: JsonSchema) => {
    for (const [name, field] of Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)) {
      if (typeof field['widget'] === 'string' && field['widget'] !== 'hidden') found.set(name, field['widget'])
      const items = field['items'] as JsonSchema | undefined
      if (items) walk(items)
    }
  }
  for (const type of Object.values(definition.events) as z.ZodType[]) walk(schemaOf(type))
  for (const spec of Object.values(definition.commands)) walk(schemaOf(spec.input))
  for (const [name, widget] of Object.entries(definition.widgets ?? {})) found.set(name, widget)
  widgets.set(definition, found)
  return found
}

const quiets = new WeakMap<object, ReadonlySet<string>>()

/** Fields of the things in a list that stand there for the program, beside the name that people read. */
export function quietFields(definition: AnyDefinition): ReadonlySet<string> {
  const known = quiets.get(definition)
  if (known) return known
  const names = new Set<string>()
  const walk = (schema: JsonSchema, nested: boolean) => {
    for (const [name, field] of Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)) {
      if (nested && field['quiet'] === true) names.add(name)
      const items = field['items'] as JsonSchema | undefined
      if (items) walk(items, true)
    }
  }
  for (const type of Object.values(definition.events) as z.ZodType[]) walk(schemaOf(type), false)
  quiets.set(definition, names)
  return names
}

const hidden = new WeakMap<z.ZodType, ReadonlySet<string>>()

/** The fields of an event that its line in the history does not tell: what the program itself keeps in it, or what stands there anyway. */
export function hiddenFields(type: z.ZodType): ReadonlySet<string> {
  const known = hidden.get(type)
  if (known) return known
  const fields = Object.entries((schemaOf(type)['properties'] ?? {}) as Record<string, JsonSchema>)
  const names = new Set(
    fields.flatMap(([name, field]) => (field['widget'] === 'hidden' || field['quiet'] === true ? [name] : [])),
  )
  hidden.set(type, names)
  return names
}

const saids = new WeakMap<object, ReadonlySet<string>>()

/** The names of all fields that people fill in or are `told` of: what an event holds beside these, the house has added for itself. */
export function saidFields(definition: AnyDefinition): ReadonlySet<string> {
  const known = saids.get(definition)
  if (known) return known
  const names = new Set<string>()
  for (const spec of Object.values(definition.commands))
    for (const [name, field] of Object.entries(
      (schemaOf(spec.input)['properties'] ?? {}) as Record<string, JsonSchema>,
    ))
      if (!spec.inner && !['hidden', 'files'].includes(String(field['widget']))) names.add(name)
  for (const event of Object.values(definition.events))
    for (const [name, field] of Object.entries(
      (schemaOf(event as z.ZodType)['properties'] ?? {}) as Record<string, JsonSchema>,
    ))
      if (field['told'] === true) names.add(name)
  saids.set(definition, names)
  return names
}

/** All that a page needs to know of the definitions, in one language. */
export function metaOf(registry: Registry, city: string, lang: Language) {
  return {
    city,
    lang,
    house: house[lang],
    domains: registry.domains.map((domain) => ({
      name: domain.name,
      title: domain.texts[lang].title,
      roles: domain.texts[lang].roles ?? {},
      kinds: domain.kinds.map((kind) => kind.definition.kind),
    })),
    kinds: Object.fromEntries(
      [...registry.kinds].map(([name, { definition, texts }]) => {
        const { commands: titles, refusals: _, ...words } = texts[lang]
        const commands = Object.entries(definition.commands)
          .filter(([, spec]) => !spec.inner)
          .map(([command, spec]) => [
            command,
            {
              title: titles[command],
              schema: schemaOf(spec.input),
              in: spec.in,
              grave: spec.grave ?? false,
              many: spec.many ?? !spec.grave,
              amends: spec.amends ?? false,
              opens: opens(definition, command),
              shows: spec.shows ?? [],
              desks: spec.desks ?? {},
            },
          ])
        return [
          name,
          {
            ...words,
            code: definition.code,
            commands: Object.fromEntries(commands) as Record<string, unknown>,
            columns: definition.columns ?? [],
            lists: definition.queues ?? {},
            files: definition.files ?? null,
            clocked: definition.clock !== undefined,
            widgets: Object.fromEntries(widgetsOf(definition)),
            quiet: [...quietFields(definition)],
          },
        ]
      }),
    ),
    codes: Object.fromEntries(
      [...registry.codes].map(([name, list]) => [name, list.map((one) => ({ code: one.code, name: one.name[lang] }))]),
    ),
    figures: [...registry.figures.values()].map((figure) => ({
      id: figure.id,
      unit: figure.unit,
      ...figure.texts[lang],
    })),
  }
}
