// The routes that belong to no kind of record, as OpenAPI 3.1 describes them; a test finds any that is missing.
import { clocks, orders } from '../store/read.ts'
import type { JsonSchema } from './schema.ts'

export const json = (schema: unknown) => ({ 'application/json': { schema } })
export const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
const query = (name: string, description: string, schema: JsonSchema = { type: 'string' }) => ({
  name,
  in: 'query',
  description,
  schema,
})
const whole = { type: 'integer' }
export const limit = query('limit', 'how many, at most 100', { type: 'integer', minimum: 1, maximum: 100, default: 20 })
const asOf = query('asOf', 'cut-off date, today when absent', { type: 'string', format: 'date' })
const position = query(
  'position',
  'as the log stood at this position (for those who hold a post), the latest when absent',
  {
    type: 'integer',
    minimum: 0,
  },
)
const several = (name: string, description: string, items: JsonSchema = { type: 'string' }) => ({
  ...query(name, `${description}, separated by commas`, { type: 'array', maxItems: 50, items }),
  style: 'form',
  explode: false,
})
export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** How a list is narrowed and ordered; the same parameters narrow its workbook. */
export const listParameters = (phases: readonly string[]) => [
  several('id', 'ids'),
  query('open', 'yes: only open ones; no: only closed ones', { type: 'string', enum: ['yes', 'no'] }),
  several('phase', 'phases', { type: 'string', enum: phases }),
  several('unit', 'ids of owing units (own: one’s own units)'),
  query('mine', 'yes: only what oneself handles or has a part in', { type: 'string', enum: ['yes'] }),
  several('party', 'in which one of these has a part: enterprise:…, person:…, unit:… (own: one’s own units)'),
  query('clock', 'how it stands with its clock; soon: due within two days', { type: 'string', enum: [...clocks] }),
  query('facet.{name}', 'a declared facet and the value it must have'),
  query('order', 'due: soonest first; created: newest first; oldest: longest waiting first', {
    type: 'string',
    enum: [...orders],
  }),
  query('q', 'words, or a number'),
]

const PROBLEM = {
  description: 'refused: problem+json (RFC 9457) in the caller’s language',
  content: { 'application/problem+json': { schema: ref('Problem') } },
}
const answers = (description: string, schema?: JsonSchema) => ({
  200: { description, ...(schema && { content: json(schema) }) },
  default: PROBLEM,
})
const get = (operationId: string, summary: string, parameters: readonly object[], responses: object) => ({
  get: { operationId, tags: ['general'], summary, parameters, responses },
})
const post = (operationId: string, summary: string, body: JsonSchema, responses: object, tag = 'general') => ({
  post: { operationId, tags: [tag], summary, requestBody: { required: true, content: json(body) }, responses },
})
const object = (properties: Readonly<Record<string, unknown>>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 && { required }),
})
const text = { type: 'string' }
const empty = object({})
const signed = answers('signed in; the session comes as a cookie')

const commands = {
  type: 'array',
  maxItems: 200,
  items: object({ kind: text, id: text, name: text, input: { type: 'object' }, key: text, expects: whole }, [
    'kind',
    'name',
  ]),
}

type Operation = { readonly operationId: string; readonly [more: string]: unknown }

const routes: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/health': get('health', 'The program runs', [], answers('it runs')),
  '/ready': get('ready', 'Commands are accepted', [], answers('they are')),
  '/metrics': get('metrics', 'Metrics in the Prometheus text format', [], {
    200: { description: 'metrics', content: { 'text/plain': { schema: text } } },
  }),
  '/openapi.json': get('openapi', 'This document', [], answers('OpenAPI 3.1', { type: 'object' })),
  '/api/meta': get('meta', 'Kinds, commands, words and code lists, in one language', [], answers('meta')),
  '/api/me': get('me', 'Who is asking, with posts and subjects', [], answers('the actor')),
  '/api/messages': get(
    'messages',
    'What the caller has been told, newest first',
    [query('before', 'position of the last one already read', { ...whole, minimum: 0 }), limit],
    answers('messages'),
  ),
  '/api/queues': get('queues', 'How many records wait in each view of the caller’s queues', [], answers('counts')),
  '/api/search': get(
    'search',
    'Records of several kinds by their words',
    [query('q', 'words, pinyin initials or a code'), several('kinds', 'kinds'), limit],
    answers('records', ref('Page')),
  ),
  '/api/looks': get(
    'looks',
    'Who looked at what (audit only)',
    [
      query('what', 'kind of look'),
      query('actor', 'who'),
      query('kind', 'kind of record'),
      query('record', 'id of a record'),
      query('cursor', '`next` of the page before'),
      limit,
    ],
    answers('looks'),
  ),
  '/api/live': get('live', 'Server-sent events: {kind, id, version} of each record that changes', [], {
    200: { description: 'events', content: { 'text/event-stream': { schema: text } } },
    default: PROBLEM,
  }),
  '/api/batch': post(
    'batch',
    'Several commands in one load and one append; each has its own answer',
    object({ commands }, ['commands']),
    answers('answers in the order of the commands', {
      type: 'object',
      properties: { answers: { type: 'array', items: { anyOf: [ref('Done'), ref('Problem')] } } },
    }),
  ),
  '/api/figures': get('figures', 'All figures the caller may read', [asOf], {
    200: { description: 'figures', content: json({ type: 'array', items: ref('Figure') }) },
    default: PROBLEM,
  }),
  '/api/figures/{id}': get('figure', 'One figure', [id, asOf, position], answers('the figure', ref('Figure'))),
  '/api/figures/{id}/trend': get(
    'figure-trend',
    'The figure at the end of each of the last months and on the cut-off',
    [id, asOf],
    answers('points'),
  ),
  '/api/figures/{id}/records': get(
    'figure-records',
    'The records it opens to, as far as the caller may see, the newest first, and how many more there are',
    [id, asOf, position, query('cursor', '`next` of the page before'), limit],
    answers('records', ref('Page')),
  ),
  '/api/files': {
    post: {
      operationId: 'upload',
      tags: ['general'],
      summary: 'An attachment; its id may then stand in a command',
      parameters: [{ name: 'x-file-name', in: 'header', required: true, schema: text }],
      requestBody: { required: true, content: { 'application/octet-stream': { schema: {} } } },
      responses: answers('kept'),
    },
  },
  '/auth/sign-in': post(
    'sign-in',
    'By password, with a second factor where one is set up',
    object({ login: text, password: text, code: text }, ['login', 'password']),
    signed,
    'identity',
  ),
  '/auth/demo': post(
    'sign-in-demo',
    'As a demonstration identity (only in a demonstration city)',
    object({ person: text }, ['person']),
    signed,
    'identity',
  ),
  '/auth/sign-out': post('sign-out', 'End this session', empty, answers('signed out'), 'identity'),
  '/auth/password': post(
    'set-password',
    'Set or change one’s password',
    object({ password: text, current: text }, ['password']),
    answers('changed'),
    'identity',
  ),
  '/auth/invite': post(
    'invite',
    'A link by which a person sets a first password (system administration)',
    object({ person: text }, ['person']),
    answers('the link'),
    'identity',
  ),
  '/auth/sessions': {
    get: {
      operationId: 'sessions',
      tags: ['identity'],
      summary: 'One’s own sessions',
      responses: answers('sessions'),
    },
  },
  '/auth/sessions/{id}': {
    delete: {
      operationId: 'revoke-session',
      tags: ['identity'],
      summary: 'End one of one’s sessions',
      parameters: [id],
      responses: answers('ended'),
    },
  },
}

/** What each of them does, in Chinese. */
const ZH: Readonly<Record<string, string>> = {
  health: '程序是否在运行',
  ready: '是否可以受理',
  metrics: '运行指标（Prometheus 文本格式）',
  openapi: '本说明的 OpenAPI 文本',
  meta: '记录种类、操作、用语和代码表',
  me: '当前身份：岗位和所代理的企业',
  messages: '发给本人、本单位和本岗位的消息，最近的在前',
  search: '按文字、拼音首字母或代码搜索各类记录',
  looks: '查看记录（仅审计管理员）',
  live: '记录的变化，实时推送',
  batch: '一次提交多个操作，各有各的答复',
  figures: '全部可读的指标',
  figure: '一个指标，可指定截止日或日志位置',
  'figure-records': '指标背后的记录，以查看者的权限为限，并说明另有多少件',
  upload: '上传附件，返回的编号可填入操作',
  'sign-in': '用口令登录，设有第二因素的须一并提供',
  'sign-in-demo': '以演示身份登录（仅示例城市）',
  'sign-out': '退出',
  'set-password': '设置或修改本人口令',
  invite: '生成首次设置口令的链接（系统管理员）',
  sessions: '本人的登录会话',
  'revoke-session': '结束本人的一个会话',
}

export const fixedPaths = Object.fromEntries(
  Object.entries(routes).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [
        method,
        { ...operation, description: ZH[operation.operationId] },
      ]),
    ),
  ]),
)

export const schemas: Readonly<Record<string, unknown>> = {
  Done: {
    type: 'object',
    required: ['done'],
    properties: {
      done: {
        type: 'object',
        required: ['kind', 'id', 'version', 'events'],
        properties: {
          kind: text,
          id: text,
          version: whole,
          events: { type: 'array', items: text },
        },
      },
      reveal: { type: 'string', description: 'a secret given out once' },
    },
  },
  Row: {
    type: 'object',
    required: ['kind', 'id', 'version', 'phase', 'title', 'open'],
    properties: {
      kind: text,
      id: text,
      version: whole,
      phase: text,
      title: text,
      open: { type: 'boolean' },
      unit: { type: ['string', 'null'] },
      unitName: { type: ['string', 'null'] },
      due: { type: ['string', 'null'], format: 'date' },
      provisional: { type: 'boolean', description: 'the date rests on a year whose holidays are not announced yet' },
      created: { type: 'string', format: 'date-time' },
      facets: { type: 'object', additionalProperties: text },
      facts: { type: 'object', description: 'personal data masked' },
      clock: { type: ['object', 'null'], description: 'the promise that ends first' },
    },
  },
  Record: {
    allOf: [
      ref('Row'),
      {
        type: 'object',
        properties: {
          clock: { type: 'array', description: 'each promise with its derivation, step by step, with articles' },
          timeline: { type: 'array', description: 'every event: type, moment, actor, data' },
          commands: { type: 'array', items: text, description: 'what the caller may do now' },
          chain: { type: 'array', description: 'what caused it and what came of it' },
          names: { type: 'object', additionalProperties: text },
        },
      },
    ],
  },
  Page: {
    type: 'object',
    required: ['items'],
    properties: {
      items: { type: 'array', items: ref('Row') },
      names: { type: 'object', additionalProperties: text, description: 'names of the ids that stand in the facts' },
      next: { type: ['string', 'null'], description: 'cursor of the next page' },
      total: {
        type: 'integer',
        description: 'when asked for; 10001 means more than 10,000; of a figure, all behind it',
      },
      visible: { type: 'integer', description: 'of those gone through, how many the caller may see' },
      hidden: {
        type: ['integer', 'null'],
        description: 'how many he may not see; null when only the newest of very many were gone through',
      },
    },
  },
  Figure: {
    type: 'object',
    required: ['id', 'unit', 'asOf', 'value'],
    properties: {
      id: text,
      unit: text,
      asOf: { type: 'string', format: 'date' },
      position: whole,
      name: text,
      definition: text,
      value: { type: ['number', 'null'] },
      numerator: { type: 'number' },
      denominator: { type: ['number', 'null'] },
      records: whole,
    },
  },
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: text,
      title: text,
      status: whole,
      detail: text,
      code: text,
      fields: {
        type: 'array',
        items: { type: 'object', properties: { field: text, problem: text, message: text } },
      },
    },
  },
}
