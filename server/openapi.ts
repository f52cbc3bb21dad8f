// OpenAPI 3.1 from the definitions: each command of each kind is an operation with its input, answers and refusals.
import type { Registry } from '../kernel/domain.ts'
import { opens } from '../kernel/door.ts'
import { schemaOf, type JsonSchema } from './schema.ts'

export function openApi(registry: Registry, city: string): JsonSchema {
  const paths: Record<string, unknown> = {}
  for (const [name, { definition, texts }] of registry.kinds) {
    paths[`/api/records/${name}`] = {
      get: {
        operationId: `list-${name}`,
        tags: [name],
        summary: texts.en.title,
        parameters: [
          'id',
          'open',
          'phase',
          'unit',
          'mine',
          'party',
          'clock',
          'q',
          'order',
          'count',
          'commands',
          'cursor',
          'limit',
        ].map((parameter) => ({
          name: parameter,
          in: 'query',
          schema: { type: 'string' },
        })),
        responses: {
          200: {
            description: 'a page of records, cursor in `next`',
            content: json({ $ref: '#/components/schemas/Page' }),
          },
        },
      },
    }
    paths[`/api/records/${name}/{id}`] = {
      get: {
        operationId: `show-${name}`,
        tags: [name],
        summary: texts.en.title,
        parameters: [id],
        responses: {
          200: { description: 'the record, its clock, history and allowed commands' },
          ...refusals(['not-found']),
        },
      },
    }
    for (const [command, spec] of Object.entries(definition.commands)) {
      if (spec.inner) continue
      const body = {
        type: 'object',
        additionalProperties: false,
        required: ['input'],
        properties: {
          input: schemaOf(spec.input),
          key: { type: 'string', maxLength: 200 },
          expects: { type: 'integer' },
        },
      }
      const operation = {
        operationId: `${name}-${command}`,
        tags: [name],
        summary: texts.en.commands[command],
        description: texts['zh-CN'].commands[command],
        requestBody: { required: true, content: json(body) },
        responses: {
          200: { description: 'done', content: json({ $ref: '#/components/schemas/Done' }) },
          ...refusals(definition.refusals as readonly string[]),
        },
        'x-roles': Object.keys(spec.by),
        'x-phases': spec.in,
      }
      if (opens(definition, command)) paths[`/api/records/${name}/${command}`] = { post: operation }
      if (
        (spec.in as readonly string[]).some((phase) => phase !== definition.initial.phase) ||
        opens(definition, command)
      )
        paths[`/api/records/${name}/{id}/${command}`] = {
          post: { ...operation, operationId: `${name}-${command}-on`, parameters: [id] },
        }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `两健 Liangjian (${city})`,
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: {
      ...paths,
      '/api/figures': {
        get: { operationId: 'figures', summary: 'All public figures', responses: { 200: { description: 'figures' } } },
      },
      '/api/figures/{id}': {
        get: {
          operationId: 'figure',
          parameters: [id, { name: 'asOf', in: 'query', schema: { type: 'string', format: 'date' } }],
          responses: { 200: { description: 'the figure' }, ...refusals(['not-found']) },
        },
      },
      '/api/figures/{id}/records': {
        get: {
          operationId: 'figure-records',
          parameters: [id],
          responses: {
            200: { description: 'the records it opens to, as far as the viewer may see' },
            ...refusals(['not-found']),
          },
        },
      },
      '/api/live': {
        get: { operationId: 'live', responses: { 200: { description: 'server-sent events: {kind, id, version}' } } },
      },
      '/ready': {
        get: {
          operationId: 'ready',
          responses: { 200: { description: 'commands are accepted' }, 503: { description: 'not now' } },
        },
      },
    },
    components: {
      schemas: {
        Done: {
          type: 'object',
          required: ['done'],
          properties: {
            done: {
              type: 'object',
              properties: {
                kind: { type: 'string' },
                id: { type: 'string' },
                version: { type: 'integer' },
                events: { type: 'array', items: { type: 'string' } },
              },
            },
            reveal: { type: 'string', description: 'a secret given out once' },
          },
        },
        Page: {
          type: 'object',
          properties: { items: { type: 'array', items: { type: 'object' } }, next: { type: ['string', 'null'] } },
        },
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'detail', 'code'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            code: { type: 'string' },
            fields: {
              type: 'array',
              items: {
                type: 'object',
                properties: { field: { type: 'string' }, problem: { type: 'string' }, message: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  }
}

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
const json = (schema: unknown) => ({ 'application/json': { schema } })

function refusals(codes: readonly string[]) {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return { default: { description: codes.length > 0 ? `refused: ${codes.join(', ')}` : 'refused', content } }
}
