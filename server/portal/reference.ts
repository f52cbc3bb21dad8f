// The API as a page: every operation of the OpenAPI document with its input, made from the same document.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { openApi } from '../openapi.ts'
import type { Env } from '../env.ts'
import type { Portal } from './index.ts'
import { words } from './texts.ts'

type Operation = {
  readonly summary?: string
  readonly description?: string
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> }
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

export function reference(http: Hono<Env>, portal: Portal): void {
  http.get('/api', (c) => {
    const lang = c.get('lang')
    const t = words[lang]
    const document = openApi(portal.world.registry, portal.world.city)
    const paths = Object.entries(document['paths'] as Record<string, Record<string, Operation>>)
    const inputOf = (operation: Operation) => {
      const schema = operation.requestBody?.content['application/json']?.schema as
        { properties?: { input?: unknown } } | undefined
      return schema?.properties?.input ?? schema
    }
    return portal.send(c, {
      title: t.api,
      body: html`<h1>${t.api}</h1>
        <p><a href="/openapi.json">OpenAPI 3.1</a></p>
        ${paths.map(([path, operations]) =>
          Object.entries(operations).map(
            ([method, operation]) =>
              html`<details>
                <summary>
                  <code>${method.toUpperCase()} ${path}</code>
                  ${(lang === 'en' ? operation.summary : operation.description) ?? operation.summary}
                </summary>
                ${inputOf(operation) === undefined ? '' : html`<pre class="wide">${JSON.stringify(inputOf(operation), null, 2)}</pre>`}
                <ul>
                  ${Object.entries(operation.responses).map(([status, { description }]) => html`<li>${status}: ${description}</li>`)}
                </ul>
              </details>`,
          ),
        )}`,
    })
  })
}
