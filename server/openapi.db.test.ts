// The document of the interface: valid, committed as it is made, and silent about no route.
import { Validator } from '@seriousme/openapi-schema-validator'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as domains from '../domains/index.ts'
import { registry } from '../kernel/domain.ts'
import { served, type Served } from '../tests/served.ts'
import { openApi } from './openapi.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(() => s.close())

const known = registry(Object.values(domains))
const document = openApi(known, 'tonghua')
const paths = document['paths'] as Record<string, Record<string, { operationId: string }>>

test('is OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
})

test('is committed as the definitions make it: npm run -s liangjian -- openapi --write', () => {
  const committed = JSON.parse(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')) as unknown
  expect(committed).toEqual(JSON.parse(JSON.stringify(document)))
})

test('names each operation once', () => {
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId))
  expect(ids.length).toBe(new Set(ids).size)
})

/** Where a browser is sent on its way to the city’s single sign-on and back: nobody else asks for it. */
const DANCE = /^\/auth\/oidc\//

test('leaves out no route of the interface', () => {
  const written = new Set(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    ),
  )
  const served_ = s.routes.filter(
    ({ method, path }) =>
      method !== 'ALL' && /^\/(api\/|auth\/|import|health|ready|metrics|openapi)/.test(path) && !DANCE.test(path),
  )
  expect(served_.length).toBeGreaterThan(20)
  const missing = served_
    .map(({ method, path }) =>
      `${method} ${path}`
        .replace(':kind', 'appeal')
        .replace(':id/:command', '{id}/answer')
        .replace(':command', 'raise')
        .replaceAll(/:(\w+)/g, '{$1}'),
    )
    .filter((route) => !written.has(route))
  expect(missing).toEqual([])
})

test('says of each operation in both languages what it does', () => {
  const mute = Object.values(paths).flatMap((path) =>
    (Object.values(path) as { operationId: string; summary?: string; description?: string }[]).filter(
      ({ summary = '', description = '' }) => summary === '' || !/\p{Script=Han}/u.test(description),
    ),
  )
  expect(mute.map(({ operationId }) => operationId)).toEqual([])
})

test('no address under /api/ takes a parameter of which the document does not speak', async () => {
  const reads = Object.entries(paths).filter(([path, { get }]) => path.startsWith('/api/') && get)
  expect(reads.length).toBeGreaterThan(50)
  for (const [path] of reads) {
    const answer = await s.ask('du', 'GET', `${path.replaceAll(/\{\w+\}/g, 'x')}?nobody-knows=1`)
    expect([path, answer.status]).toEqual([path, 422])
  }
})
