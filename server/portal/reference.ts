// The API as pages: how to ask, then kind by kind every operation of the OpenAPI document with its fields, made from the same document.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Kind } from '../../kernel/domain.ts'
import type { Language } from '../../kernel/texts.ts'
import { openApi } from '../openapi.ts'
import type { JsonSchema } from '../schema.ts'
import type { Env } from '../env.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'
import { words } from './texts.ts'

type Operation = {
  readonly operationId: string
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
  readonly responses: Readonly<Record<string, { readonly description: string }>>
  readonly 'x-roles'?: readonly string[]
}

type Listed = { readonly method: string; readonly path: string; readonly operation: Operation }

export function reference(http: Hono<Env>, portal: Portal): void {
  const { registry, city } = portal.world

  http.get('/api', (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const document = openApi(registry, city)
    const paths = Object.entries(document['paths'] as Record<string, Record<string, Operation>>)
    const all = paths.flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]): Listed => ({
        method: method.toUpperCase(),
        path,
        operation,
      })),
    )
    // A command that opens a record may also be given with an id of one's own; it is listed once.
    const shown = all.filter(
      ({ operation }) =>
        !operation.operationId.endsWith('-on') ||
        !all.some((one) => `${one.operation.operationId}-on` === operation.operationId),
    )
    const groups = [...registry.kinds].map(([name, kind]) => ({ name, kind }))
    // One kind a page: all together they would be too much for a slow line.
    const kind = registry.kinds.get(c.req.query('of') ?? '')
    if (kind) {
      const name = kind.definition.kind
      return portal.send(c, {
        title: `${t.api}: ${kind.texts[lang].title}`,
        body: html`<p><a href="/api">← ${t.api}</a></p>
          <section class="operations" aria-labelledby="${name}">
            <h1 id="${name}">${kind.texts[lang].title} <code>${name}</code></h1>
            ${shown.filter(({ operation }) => operation.tags?.includes(name)).map((one) => operationPart(one, kind, lang))}
            ${refusalsPart(kind, lang)}
          </section>`,
      })
    }
    const general = shown.filter(({ operation }) => !operation.tags?.some((tag) => registry.kinds.has(tag)))
    return portal.send(c, {
      title: t.api,
      body: html`<h1>${t.api}</h1>
        <div class="read stack">
          <p>${t.apiLead} <a href="/openapi.json">OpenAPI 3.1</a></p>
          <dl class="facts">
            ${t.apiHow.map(
              ([name, text]) =>
                html`<dt>${name}</dt>
                  <dd>${text}</dd>`,
            )}
          </dl>
          <pre tabindex="0">${EXAMPLE}</pre>
        </div>
        <nav aria-label="${t.api}">
          <ul class="brief">
            ${groups.map(({ name, kind }) => html`<li><a href="/api?of=${name}">${kind.texts[lang].title}</a></li>`)}
            <li><a href="#general">${t.apiGeneral}</a></li>
          </ul>
        </nav>
        <section class="operations" aria-labelledby="general">
          <h2 id="general">${t.apiGeneral}</h2>
          ${general.map((one) => operationPart(one, undefined, lang))}
        </section>`,
    })
  })
}

function operationPart({ method, path, operation }: Listed, kind: Kind | undefined, lang: Language): Html {
  const t = words[lang]
  const title = lang === 'en' ? operation.summary : (operation.description ?? operation.summary)
  const body = operation.requestBody?.content['application/json']?.schema
  const input = (body?.['properties'] as { input?: JsonSchema } | undefined)?.input
  const queries = (operation.parameters ?? []).filter((one) => one.in === 'query')
  return html`<details id="${operation.operationId}">
    <summary><code>${method}</code> <code>${path}</code> <span>${title ?? ''}</span></summary>
    <div class="stack">
      ${input ? fieldTable(input, kind, lang) : ''}
      ${queries.length > 0 ? html`<p>${t.apiQuery} ${queries.map((one) => html`<code>${one.name}</code> `)}</p>` : ''}
      ${operation['x-roles'] ? html`<p>${t.apiRoles} ${operation['x-roles'].map((role) => html`<code>${role}</code> `)}</p>` : ''}
      <ul>
        ${Object.entries(operation.responses)
          .filter(([status]) => status !== 'default')
          .map(([status, { description }]) => html`<li><code>${status}</code> ${description}</li>`)}
        ${
          kind && operation.responses['default']
            ? html`<li><code>4xx</code> <a href="#${kind.definition.kind}-refusals">${t.apiRefusals}</a></li>`
            : ''
        }
      </ul>
    </div>
  </details>`
}

/** Why a command of this kind may be refused: the code for programs, the sentence for people. */
function refusalsPart(kind: Kind, lang: Language): Html {
  const t = words[lang]
  const own = Object.entries(kind.texts[lang].refusals)
  if (own.length === 0) return html``
  return html`<details id="${kind.definition.kind}-refusals">
    <summary>${t.apiRefusals}</summary>
    <dl class="facts">
      ${own.map(
        ([code, text]) =>
          html`<dt><code>${code}</code></dt>
            <dd>${text}</dd>`,
      )}
    </dl>
  </details>`
}

function fieldTable(input: JsonSchema, kind: Kind | undefined, lang: Language): Html {
  const t = words[lang]
  const required = new Set((input['required'] ?? []) as string[])
  const fields = Object.entries((input['properties'] ?? {}) as Record<string, JsonSchema>)
  if (fields.length === 0) return html`<p class="soft">${t.apiNoFields}</p>`
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          <th scope="col">${t.apiField}</th>
          <th scope="col">${t.apiMeaning}</th>
          <th scope="col">${t.apiType}</th>
          <th scope="col">${t.apiRequired}</th>
        </tr>
      </thead>
      <tbody>
        ${fields.map(
          ([name, schema]) =>
            html`<tr>
              <th scope="row"><code>input.${name}</code></th>
              <td>${kind?.texts[lang].fields[name] ?? ''}</td>
              <td>${typeWords(schema)}</td>
              <td>${required.has(name) ? t.yes : t.no}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** A JSON schema in one line. */
function typeWords(schema: JsonSchema): string {
  const { items, minimum, maximum } = schema
  const word = (name: string) => (typeof schema[name] === 'string' ? schema[name] : undefined)
  const [type = 'any', format, pattern] = [word('type'), word('format'), word('pattern')]
  if (Array.isArray(schema['enum'])) return (schema['enum'] as string[]).join(' | ')
  if (type === 'array') return `${typeWords((items ?? {}) as JsonSchema)} []`
  if (type === 'object') {
    const inner = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
    return `{ ${inner.map(([name, one]) => `${name}: ${typeWords(one)}`).join(', ')} }`
  }
  const about = [
    format,
    typeof schema['maxLength'] === 'number' ? `≤ ${schema['maxLength']}` : undefined,
    typeof minimum === 'number' && minimum > Number.MIN_SAFE_INTEGER ? `≥ ${minimum}` : undefined,
    typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? `≤ ${maximum}` : undefined,
    format === undefined ? pattern : undefined,
  ].filter((one) => one !== undefined)
  return `${type}${about.length > 0 ? ` (${about.join(', ')})` : ''}`
}

const EXAMPLE = `POST /api/records/appeal/raise
content-type: application/json

{ "input": { "title": "…", "body": "…", "matter": "difficulty", "line": "trade",
             "channel": "web", "phone": "13900000000" },
  "key": "4f0c…" }

200 { "done": { "kind": "appeal", "id": "SQ…", "version": 1, "events": ["raised"] },
      "reveal": "7K3Q-…" }`
