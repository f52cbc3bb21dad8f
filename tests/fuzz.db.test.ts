// Thousands of requests made from the definitions' own schemas, right, nearly right and hostile: never a fault of ours, always a clear answer.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registry } from '../kernel/domain.ts'
import * as domains from '../domains/index.ts'
import { schemaOf } from '../server/schema.ts'
import { compareFigures } from '../store/compare.ts'
import { compareRecords } from '../store/rebuild.ts'
import { accepted, hostile, nearly, type Known } from './arbitrary.ts'
import { served, type Served } from './served.ts'
import { wednesday } from './world.ts'

let s: Served
let appeal = ''
beforeAll(async () => {
  s = await served()
  s.town.set(wednesday)
  const said = { title: '停电', body: '停电。', matter: 'difficulty', line: 'communication', channel: 'web' }
  appeal = (await s.town.done(await s.town.as('qi'), 'appeal', 'raise', said, 'SQ-fuzz')).done.id
  await s.town.done(
    await s.town.as('ling'),
    'visit',
    'record',
    { enterprise: 'e1', on: '2026-02-10', summary: '看了。', problems: [] },
    'ZF-fuzz',
  )
})
afterAll(() => s.close())

const people = ['wen', 'an', 'shen', 'fen', 'hao', 'tou', 'dian', 'du', 'ling', 'qi', 'bie', undefined]
const known: Known = {
  unit: ['tax', 'labour', 'centre'],
  enterprise: ['e1', 'e2'],
  person: ['hao', 'hui', 'ling'],
  appeal: ['SQ-fuzz'],
  assignment: ['BF-none'],
}
const ids: Readonly<Record<string, readonly string[]>> = {
  appeal: ['SQ-fuzz'],
  enterprise: ['e1', 'e2'],
  person: ['hao', 'x1'],
  post: ['post-hao'],
  mandate: ['m1'],
  unit: ['tax', 'tax-east'],
  rule: ['appeal.sign'],
  visit: ['ZF-fuzz'],
}
/** Somebody who holds each role, or stands in each relation. */
const holders: Readonly<Record<string, string>> = {
  'system-admin': 'wen',
  'security-admin': 'an',
  dispatcher: 'fen',
  handler: 'hao',
  'unit-head': 'tou',
  caller: 'dian',
  supervisor: 'du',
  leader: 'ling',
  subject: 'qi',
}
const commands = [...registry(Object.values(domains)).kinds.values()].flatMap(({ definition }) =>
  Object.entries(definition.commands).map(([name, spec]) => ({
    kind: definition.kind,
    name,
    schema: schemaOf(spec.input),
    opens: (spec.in as string[]).includes(definition.initial.phase as string),
    as: Object.keys(spec.by).flatMap((role) => holders[role] ?? []),
  })),
)
const kinds = [...new Set(commands.map(({ kind }) => kind))]

type Request = {
  readonly method: string
  readonly path: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Who is likeliest to get through with it. */
  readonly as?: string | undefined
}
const who = fc.record({ person: fc.constantFrom(...people), lang: fc.constantFrom('zh-CN', 'en') })
const json = { 'content-type': 'application/json' }

/** A text as a part of an address: as it should be written, or as it should not. */
const part = (text: unknown): string => {
  const plain = typeof text === 'string' ? text : (JSON.stringify(text) ?? '')
  try {
    return encodeURIComponent(plain.slice(0, 300))
  } catch {
    return '%ED%A0%80'
  }
}
const text = (value: unknown): string => JSON.stringify(value) ?? 'undefined'
const idOf = (kind: string) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...(ids[kind] ?? ['none'])) }, { weight: 1, arbitrary: hostile })

const given: fc.Arbitrary<Request> = fc.constantFrom(...commands).chain(({ kind, name, schema, opens, as }) =>
  fc
    .record({
      as: fc.constantFrom(...as, undefined),
      id: fc.option(idOf(kind), { nil: undefined, freq: opens ? 1 : 8 }),
      input: fc.oneof(
        { weight: 3, arbitrary: accepted(schema, known) },
        { weight: 3, arbitrary: nearly(schema, known) },
        { weight: 1, arbitrary: hostile },
      ),
      more: fc.oneof(
        { weight: 5, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.record({ key: fc.oneof(hostile, fc.constantFrom('k1', 'k2')) }) },
        { weight: 1, arbitrary: fc.record({ expects: fc.oneof(hostile, fc.integer({ min: -1, max: 3 })) }) },
        { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('input', 'key', 'kind', '__proto__', 'x'), hostile) },
      ),
    })
    .map(({ as, id, input, more }) => ({
      as,
      method: 'POST',
      path: `/api/records/${kind}/${id === undefined ? '' : `${part(id)}/`}${name}`,
      body: text({ input, ...more }),
      headers: json,
    })),
)
const batches: fc.Arbitrary<Request> = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(...commands).chain(({ kind, name, schema }) =>
          fc.record(
            {
              kind: fc.constant(kind),
              name: fc.constant(name),
              id: idOf(kind),
              input: fc.oneof(accepted(schema, known), nearly(schema, known)),
              key: fc.oneof(hostile, fc.constant('b')),
            },
            { requiredKeys: ['kind', 'name'] },
          ),
        ),
      },
      { weight: 1, arbitrary: hostile },
    ),
    { maxLength: 6 },
  )
  .map((all) => ({ method: 'POST', path: '/api/batch', body: text({ commands: all }), headers: json }))

const query = fc.dictionary(
  fc.constantFrom(
    'cursor',
    'limit',
    'order',
    'phase',
    'unit',
    'open',
    'mine',
    'count',
    'q',
    'kinds',
    'asOf',
    'before',
    'lang',
    'code',
    'id',
    'party',
    'clock',
    'commands',
    'what',
    'actor',
    'record',
    'facet.matter',
    'facet.',
    'facet.__proto__',
    'due',
  ),
  fc.oneof(
    hostile,
    fc.constantFrom(
      'yes',
      'no',
      'due',
      'created',
      'oldest',
      'overdue',
      'own',
      '2026-02-11T00:00:00Z~x',
      '停',
      '5',
      'tax',
      '2026-02-11',
      Buffer.from('["due","x","y"]').toString('base64url'),
    ),
  ),
  { maxKeys: 4 },
)
const paths = fc.oneof(
  fc.constantFrom(...kinds, 'dragon', '__proto__').map((kind) => `/api/records/${kind}`),
  fc.constantFrom(...kinds).chain((kind) => idOf(kind).map((id) => `/api/records/${kind}/${part(id)}`)),
  fc
    .constantFrom(...kinds)
    .chain((kind) =>
      fc
        .tuple(idOf(kind), fc.constantFrom('similar', 'earlier', 'files', 'files/x'))
        .map(([id, more]) => `/api/records/${kind}/${part(id)}/${more}`),
    ),
  fc.constantFrom(
    '/api/search',
    '/api/messages',
    '/api/queues',
    '/api/looks',
    '/api/me',
    '/api/meta',
    '/api/figures',
    '/openapi.json',
  ),
  fc.constantFrom('F01', 'appeal-satisfied-rate', 'none').map((id) => `/api/figures/${id}`),
  fc.constantFrom('F01', 'none').map((id) => `/api/figures/${id}/records`),
  fc.constantFrom('F01', 'none').map((id) => `/api/figures/${id}/trend`),
  fc.constantFrom(...kinds).map((kind) => `/api/summary/${kind}`),
  hostile.map((one) => `/api/${part(one)}`),
)
const reads: fc.Arbitrary<Request> = fc
  .tuple(paths, query, fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'POST'))
  .map(([path, asked, method]) => ({
    method,
    path: `${path}?${Object.entries(asked)
      .map(([name, value]) => `${part(name)}=${part(value)}`)
      .join('&')}`,
  }))

const bodies = fc.constantFrom(
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '{"input":{"title":"a","title":"b"}}',
  '{"input":{"__proto__":{"title":"x"}}}',
  `{"input":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
  `{"input":{"title":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
  '{"input":{"title":1e999}}',
  '{"input":{"title":"\ud83d"}}',
  '\ufeff{"input":{}}',
  '{"input":{"title":"a\u0000b"}}',
  `{"input":{"title":"${'长'.repeat(400_000)}"}}`,
  'title=x&body=y',
)
const types = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  '',
  'application/xml',
)
const raw: fc.Arbitrary<Request> = fc
  .tuple(
    fc.constantFrom('/api/records/appeal/raise', '/api/batch', '/api/files', '/api/records/appeal/SQ-fuzz/note'),
    bodies,
    types,
  )
  .map(([path, body, type]) => ({ method: 'POST', path, body, headers: type === '' ? {} : { 'content-type': type } }))

const form = fc
  .dictionary(
    fc.constantFrom(
      'title',
      'body',
      'number',
      'code',
      'next',
      'lang',
      'theme',
      'login',
      'password',
      'person',
      'key',
      'phone',
      'unit',
      'budget',
      'from',
      '__proto__',
    ),
    hostile,
    { maxKeys: 5 },
  )
  .map((fields) =>
    Object.entries(fields)
      .map(([name, value]) => `${part(name)}=${part(value)}`)
      .join('&'),
  )
const pages: fc.Arbitrary<Request> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        '/follow',
        '/preferences',
        '/draft',
        '/start/appeal/raise',
        '/start/visit/record',
        '/auth/sign-in',
        '/auth/password',
        '/auth/factor',
        '/auth/invitation',
        '/auth/demo',
        '/account/factor',
        '/record/appeal/SQ-fuzz/withdraw',
        '/record/appeal/SQ-fuzz/note',
        '/import',
      ),
      form,
    )
    .map(([path, body]) => ({
      method: 'POST',
      path,
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })),
  fc
    .tuple(
      fc.constantFrom(
        '/clock',
        '/figures/F01',
        '/mine',
        '/record/appeal/SQ-fuzz',
        '/sign-in',
        '/account',
        '/',
        '/import',
        '/follow',
        '/desk/x',
      ),
      query,
    )
    .map(([path, asked]) => ({
      method: 'GET',
      path: `${path}?${Object.entries(asked)
        .map(([name, value]) => `${part(name)}=${part(value)}`)
        .join('&')}`,
      headers: { accept: 'text/html' },
    })),
)

/** `FUZZ='SEED TIMES'` looks elsewhere, and longer. */
const [seed = 0, times = 1] = (process.env['FUZZ'] ?? '20260211 1').split(' ').map(Number)

const Chinese = /[\u4e00-\u9fff]/
let sent = 0

async function send(
  { method, path, body, headers = {} }: Request,
  { person, lang }: { person: string | undefined; lang: string },
) {
  sent += 1
  const response = await fetch(s.origin + path, {
    method,
    redirect: 'manual',
    headers: {
      'sec-fetch-site': 'same-origin',
      'accept-language': lang,
      ...(person !== undefined && { cookie: await s.cookie(person) }),
      ...headers,
    },
    ...(body !== undefined && method !== 'GET' && method !== 'HEAD' && { body }),
  })
  const said = await response.text()
  return { status: response.status, type: response.headers.get('content-type') ?? '', said }
}

/** Every refusal to a program says what is wrong, in the words of whoever asked. */
function clear(problem: Record<string, unknown>, status: number, lang: string): void {
  expect(problem).toMatchObject({ type: expect.stringMatching(/^urn:liangjian:problem:/) as string, status })
  const detail = problem['detail'] as string
  expect(detail.length).toBeGreaterThan(3)
  expect(Chinese.test(detail), `${lang}: ${detail}`).toBe(lang === 'zh-CN')
  if (problem['code'] !== 'invalid-input') return
  const fields = problem['fields'] as { field: string; problem: string; message: string }[]
  expect(fields.length).toBeGreaterThan(0)
  for (const { message } of fields) expect(message).not.toMatch(/\{\w+\}|undefined|\[object/)
}

const attempt = (requests: fc.Arbitrary<Request>, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(requests, who, async (request, whoever) => {
      const { status, type, said } = await send(request, { ...whoever, person: request.as ?? whoever.person })
      expect(status, `${said.slice(0, 300)}`).toBeLessThan(500)
      if (!/^\/api\/[^?]/.test(request.path) || request.method === 'HEAD' || request.method === 'OPTIONS') return
      if (status >= 400) {
        expect(type).toMatch(/^application\/problem\+json/)
        // Whoever asks for another language by the address gets that one.
        if (!/[?&]lang=/.test(request.path)) clear(JSON.parse(said) as Record<string, unknown>, status, whoever.lang)
      } else if (request.path === '/api/batch')
        for (const answer of (JSON.parse(said) as { answers: Record<string, unknown>[] }).answers)
          if (!('done' in answer)) clear(answer, answer['status'] as number, whoever.lang)
    }),
    { numRuns: numRuns * times, seed, endOnFailure: true },
  )

describe('whatever is sent', () => {
  test('as a command', () => attempt(given, 2000))
  test('in a batch', () => attempt(batches, 400))
  test('as an address', () => attempt(reads, 1200))
  test('as a body', () => attempt(raw, 250))
  test('to a page', () => attempt(pages, 800))

  test('nothing that was kept is lost or bent, and the server is well', async () => {
    expect(sent).toBeGreaterThanOrEqual(4000)
    const { database, city, registry: all, cache } = s.town.world
    const compared = await compareRecords(database, city, all, await cache.law(0))
    expect(compared.differences).toEqual([])
    expect(compared.records).toBeGreaterThan(80)
    expect(await compareFigures(database, city, all.figures.values(), '2099-12-31')).toEqual([])
    expect((await s.ask(undefined, 'GET', '/ready')).status).toBe(200)
    expect((await s.ask('qi', 'GET', `/api/records/appeal/${appeal}`)).status).toBe(200)
  })
})
