// The routes that belong to no kind of record, as OpenAPI 3.1 describes them; a test finds any that is missing.
import { doubts, sures, verdicts } from '../domains/access/index.ts'
import { clocks, orders } from '../store/read.ts'
import type { JsonSchema } from './schema.ts'
import { whose } from './verdict-route.ts'

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
const verdictParameters = [
  query(
    'which',
    'entitled; new: not entitled yet when the day began that since names; unclaimed: entitled, and without a claim of this year, or ever where it is given once, and nobody of what others give; open: not known',
    { type: 'string', enum: [...whose], default: 'entitled' },
  ),
  query('since', 'a day, today when absent; what was before the first day that is known is as on that day', {
    type: 'string',
    format: 'date',
  }),
]
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
const done: JsonSchema = { type: 'object', properties: { done: { type: 'boolean' } } }
const codes = answers('recovery codes, shown this once', {
  type: 'object',
  properties: { codes: { type: 'array', items: text } },
})
const question = answers('what the browser is to be asked: navigator.credentials; a cookie goes with it', {
  type: 'object',
})
const credential: JsonSchema = { type: 'object', description: 'what the browser answered (WebAuthn, as JSON)' }
const signed = answers('signed in; the session comes as a cookie')

const commands = {
  type: 'array',
  maxItems: 200,
  items: object({ kind: text, id: text, name: text, input: { type: 'object' }, key: text, expects: whole }, [
    'kind',
    'name',
  ]),
}

/** The import is a page for people; whoever accepts JSON gets that instead. */
const accept = {
  name: 'accept',
  in: 'header',
  description: 'application/json for JSON instead of a page',
  schema: text,
}
const page = {
  200: { description: 'a page', content: { 'text/html': { schema: text } } },
  404: { description: 'a page' },
}
const workbook = {
  200: {
    description: 'a workbook',
    content: { 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: {} } },
  },
  404: { description: 'a page: it is not there, or not for the caller' },
}
const job = (description: string, schema: JsonSchema) => ({
  200: { description, content: json(schema) },
  303: { description: 'on to the page of the import, for whoever does not accept JSON' },
  404: { description: 'a page: it is not there, or not for the caller' },
  422: { description: 'a page that says what is wrong with the file' },
})
const imported = query('kind', 'what is imported; absent: what the caller may import', {
  type: 'string',
  enum: ['enterprise', 'item'],
})
/** Drafts of items may be handed to their reviewer with it. */
const confirmed = object({ submit: { type: 'string', enum: ['yes'] } })
const importStep = (step: 'confirm' | 'cancel', summary: string) => ({
  post: {
    operationId: `import-${step}`,
    tags: ['general'],
    summary,
    parameters: [id, accept],
    requestBody: {
      required: false,
      content: { 'application/x-www-form-urlencoded': { schema: step === 'confirm' ? confirmed : empty } },
    },
    responses: job('whether it was', done),
  },
})

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
  '/api/reach': post(
    'reach',
    'Whom a rule would reach among all enterprises today, what it would cost, and which condition alone keeps others out; for those who draft benefits',
    object(
      {
        rule: text,
        amount: text,
        tiers: { type: 'array', items: object({ when: text, amount: text }, ['when', 'amount']) },
        cap: { type: 'integer', minimum: 1 },
        group: text,
        groupCap: { type: 'integer', minimum: 1 },
        excludes: { type: 'array', items: object({ benefit: text }, ['benefit']) },
        benefit: text,
        names: { type: 'boolean' },
      },
      ['rule'],
    ),
    answers('counts, fen and near misses'),
  ),
  '/api/entitlements/{enterprise}': get(
    'entitlements',
    'What an enterprise is entitled to today, why, and what is missing; for itself and for those who see its facts',
    [{ ...id, name: 'enterprise' }],
    answers('each benefit with its verdict'),
  ),
  '/api/verdicts': get(
    'verdicts',
    'Of each benefit that is given how many enterprises are entitled, have never claimed it, or are not known; for those who draft benefits',
    [],
    answers('counts, with the day on which they hold'),
  ),
  '/api/verdicts/{benefit}': get(
    'verdict-list',
    'The enterprises that are entitled to a benefit, by their names; for those who draft benefits',
    [{ ...id, name: 'benefit' }, ...verdictParameters, limit, query('cursor', 'next of the page before')],
    answers('a page of enterprises, and how many there are'),
  ),
  '/api/verdicts/{benefit}/export.xlsx': {
    get: {
      operationId: 'verdict-export',
      tags: ['general'],
      summary: 'The same as a workbook, with all of them; for those who draft benefits',
      parameters: [{ ...id, name: 'benefit' }, ...verdictParameters],
      responses: workbook,
    },
  },
  '/api/ladder': get(
    'ladder',
    'How many enterprises stand on each rung today, meet its conditions, lack one of them, are in coaching, moved up this year and end soon; for those who work with recognitions',
    [],
    answers('each rung with its counts'),
  ),
  '/api/ladder/{rung}/{part}': get(
    'ladder-behind',
    'Who stands behind one of these numbers, the first two hundred',
    [
      { ...id, name: 'rung' },
      { ...id, name: 'part', schema: { type: 'string', enum: ['meets', 'near', 'expiring'] } },
    ],
    answers('names, and how many there are'),
  ),
  '/api/standing/{enterprise}': get(
    'standing',
    'Each rung of the ladder for an enterprise: its recognition, whether it meets the conditions of today, and what it lacks; for itself and for those who see its facts',
    [{ ...id, name: 'enterprise' }],
    answers('each rung with its verdict'),
  ),
  '/api/benefits/{id}/model.dmn': get(
    'benefit-model',
    'The conditions and the amount of a benefit as a model of decisions (DMN), as editors of tables and other engines open it',
    [id, query('edition', 'of DMN', { type: 'string', enum: ['1.3', '1.4', '1.5'], default: '1.3' })],
    { 200: { description: 'the model', content: { 'application/xml': { schema: text } } }, default: PROBLEM },
  ),
  '/api/payments/{id}/file.xlsx': {
    get: {
      operationId: 'payment-file',
      tags: ['general'],
      summary: 'The payments of a batch that has been sent, with accounts and amounts, for the treasury',
      parameters: [id],
      responses: workbook,
    },
  },
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
    object({ password: text, old: text }, ['password']),
    answers('changed; every other session has ended', done),
    'identity',
  ),
  '/auth/invite': post(
    'invite',
    'A link by which a person sets a first password (system administration)',
    object({ person: text }, ['person']),
    answers('the link'),
    'identity',
  ),
  '/auth/invitation': post(
    'take-invitation',
    'Set a first password, or a new one, by the code of an invitation',
    object({ code: text, password: text }, ['code', 'password']),
    answers('set; every session of the person has ended', done),
    'identity',
  ),
  '/auth/factor': post(
    'show-factor',
    'Show the second factor in a session that was opened without it: a one-time code or a recovery code',
    object({ code: text }, ['code']),
    answers('shown; the session comes as a new cookie', done),
    'identity',
  ),
  '/auth/totp/start': post(
    'start-totp',
    'A fresh secret for one-time codes, not yet in force',
    empty,
    answers('the secret, and as otpauth://', { type: 'object', properties: { secret: text, uri: text } }),
    'identity',
  ),
  '/auth/totp/confirm': post(
    'confirm-totp',
    'Put one-time codes in force by the first of them',
    object({ code: text }, ['code']),
    codes,
    'identity',
  ),
  '/auth/totp/remove': post(
    'remove-totp',
    'Give one-time codes up, by one of them',
    object({ code: text }, ['code']),
    answers('removed', done),
    'identity',
  ),
  '/auth/recovery': post('renew-recovery-codes', 'Ten new recovery codes; the old ones end', empty, codes, 'identity'),
  '/auth/passkey/register/options': post('ask-for-passkey', 'Begin to add a passkey', empty, question, 'identity'),
  '/auth/passkey/register/verify': post(
    'add-passkey',
    'Add the passkey that the browser has made',
    credential,
    answers('added', done),
    'identity',
  ),
  '/auth/passkey/remove': post(
    'remove-passkey',
    'Remove one of one’s passkeys',
    object({ id: text }, ['id']),
    answers('removed', done),
    'identity',
  ),
  '/auth/passkey/sign-in/options': post(
    'ask-for-passkey-sign-in',
    'Begin to sign in with a passkey',
    empty,
    question,
    'identity',
  ),
  '/auth/passkey/sign-in/verify': post(
    'sign-in-passkey',
    'Sign in with what the passkey answered',
    credential,
    signed,
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
  '/auth/sessions/{id}/revoke': {
    post: {
      operationId: 'revoke-session-by-form',
      tags: ['identity'],
      summary: 'End one of one’s sessions, from a form that cannot DELETE',
      parameters: [id],
      requestBody: { required: false, content: json(empty) },
      responses: answers('ended', done),
    },
  },
  '/auth/sessions/revoke-others': post(
    'revoke-other-sessions',
    'End all of one’s sessions but this',
    empty,
    answers('how many have ended', { type: 'object', properties: { count: whole } }),
    'identity',
  ),
  '/import': {
    get: {
      operationId: 'imports',
      tags: ['general'],
      summary:
        'The page of one’s imports, of enterprises (for those who keep the register) or items (for those who draft them)',
      parameters: [imported],
      responses: page,
    },
    post: {
      operationId: 'import',
      tags: ['general'],
      summary:
        'Take in a list of enterprises (.xlsx or .csv) or items (.xlsx or JSON), and check it without entering anything',
      parameters: [imported, accept],
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: object({ file: { type: 'string', format: 'binary' } }, ['file']),
          },
        },
      },
      responses: job('the check has begun', { type: 'object', properties: { id: text } }),
    },
  },
  '/import/template.xlsx': {
    get: {
      operationId: 'import-template',
      tags: ['general'],
      summary: 'A workbook with the columns of an import and an example',
      parameters: [imported],
      responses: workbook,
    },
  },
  '/api/access': get(
    'access',
    'What the market access list says of a business: barred, with a permit, or free, by which entries, and how sure that is',
    [
      query('words', 'what somebody wants to do, in Chinese, pinyin or its initials'),
      query('industry', 'a code of GB/T 4754 (section, division or deeper), or the name of a section or division'),
      query('on', 'by the edition in force on this day, today when absent', { type: 'string', format: 'date' }),
    ],
    answers('the answer, with the words for it in the caller’s language', {
      type: 'object',
      properties: {
        verdict: { type: 'string', enum: [...verdicts] },
        sure: { type: 'string', enum: [...sures] },
        doubts: { type: 'array', items: { type: 'string', enum: [...doubts] } },
        says: { type: 'array', items: text },
        edition: { type: 'object' },
        found: { type: 'array', items: { type: 'object' } },
        annex: { type: 'array', items: { type: 'object' } },
      },
    }),
  ),
  '/api/access/list.json': get(
    'access-list',
    'The market access list in force on a day, in the form in which it comes in',
    [query('on', 'the day, today when absent', { type: 'string', format: 'date' })],
    answers('the edition', {
      type: 'object',
      properties: { editions: { type: 'array', items: { type: 'object' } } },
    }),
  ),
  '/api/library.xlsx': {
    get: {
      operationId: 'library-workbook',
      tags: ['general'],
      summary: 'All items that the caller may see, as the workbook in which they come in again',
      responses: workbook,
    },
  },
  '/api/library.json': {
    get: {
      operationId: 'library-json',
      tags: ['general'],
      summary: 'All items that the caller may see, each with its code, its unit and all that it says',
      responses: answers('the items', {
        type: 'object',
        properties: { items: { type: 'array', items: { type: 'object' } } },
      }),
    },
  },
  '/import/{id}': {
    get: {
      operationId: 'import-job',
      tags: ['general'],
      summary: 'How far one of one’s imports is, and what is wrong in it',
      parameters: [id, accept],
      responses: job('the import', ref('Import')),
    },
  },
  '/import/{id}/annotated.xlsx': {
    get: {
      operationId: 'import-annotated',
      tags: ['general'],
      summary: 'The list as it came, with what is wrong beside each row',
      parameters: [id],
      responses: workbook,
    },
  },
  '/import/{id}/confirm': importStep('confirm', 'Enter what was checked'),
  '/import/{id}/cancel': importStep('cancel', 'Stop it; what has been entered stays'),
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
  'revoke-session-by-form': '结束本人的一个会话（表单不能使用 DELETE 时）',
  'revoke-other-sessions': '结束本人的其他全部会话',
  queues: '本人各个工作列表里有多少件在等',
  reach: '试算一个条件在全市企业中能惠及多少户、需要多少资金、只差哪一条；供拟定兑现事项的人员使用',
  ladder: '全市企业在各梯度层级有多少户、多少户符合条件、只差一条、在培、今年新认定、即将到期；供办理认定的人员使用',
  'ladder-behind': '上述一个数背后的企业，列前二百户',
  standing: '一家企业在各梯度层级的认定、按今天的条件是否符合、还差什么；供企业本身和能看到其数据的人员使用',
  'payment-file': '已送出的拨付批次的拨付文件，含账号和金额，交国库拨付',
  'benefit-model': '兑现事项的条件和金额，作为决策模型（DMN）导出，供决策表编辑器和其他规则引擎打开',
  entitlements: '一家企业今天能享受什么、为什么、还缺什么；供企业本身和能看到其数据的人员使用',
  verdicts: '每个兑现事项有多少户可以享受、应享未享、缺数据；供拟定兑现事项的人员使用',
  'verdict-list': '可以享受一个兑现事项的企业，按名称排列；供拟定兑现事项的人员使用',
  'verdict-export': '同上，导出为工作簿',
  'figure-trend': '指标在最近各月末和截止日的数值',
  'take-invitation': '凭邀请链接里的编码首次设置或重新设置口令',
  'show-factor': '登录时没有出示第二因素的，现在出示：动态口令或恢复码',
  'start-totp': '生成动态口令的密钥，确认后才生效',
  'confirm-totp': '输入第一个动态口令，使其生效；恢复码只显示这一次',
  'remove-totp': '凭一个动态口令停用动态口令',
  'renew-recovery-codes': '重新生成十个恢复码，原有的作废',
  'ask-for-passkey': '开始登记通行密钥',
  'add-passkey': '登记浏览器生成的通行密钥',
  'remove-passkey': '删除本人的一个通行密钥',
  'ask-for-passkey-sign-in': '开始用通行密钥登录',
  'sign-in-passkey': '用通行密钥的应答登录',
  imports: '导入页面：企业（建档人员）或事项（拟定人员）',
  import: '上传企业名单（.xlsx 或 .csv）或事项库（.xlsx 或 JSON），只核对，不录入',
  access: '市场准入负面清单的答复：禁止、须许可，还是可以依法直接进入，依据哪些条目，把握多大',
  'access-list': '某一天施行的市场准入负面清单，格式与录入相同',
  'library-workbook': '可以查看的全部事项，格式与导入相同的工作簿',
  'library-json': '可以查看的全部事项：编码、实施主体和全部内容',
  'import-template': '导入用的空白模板',
  'import-job': '一次导入的进度和其中的问题',
  'import-annotated': '原名单，每行旁注明问题',
  'import-confirm': '把核对过的内容录入',
  'import-cancel': '停止导入，已录入的保留',
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
  Import: {
    type: 'object',
    properties: {
      id: text,
      owner: text,
      kind: { type: 'string', enum: ['enterprise', 'item'] },
      name: { type: 'string', description: 'of the file' },
      sha256: text,
      state: { type: 'string', enum: ['checking', 'checked', 'entering', 'entered', 'cancelled', 'refused'] },
      done: { type: 'integer', description: 'rows gone through' },
      total: { type: ['integer', 'null'] },
      counts: {
        type: 'object',
        description: '`warned`: of those not rejected, how many should be looked at again',
        additionalProperties: whole,
      },
      problems: {
        type: 'array',
        description: 'the first of them, from the top',
        items: { type: 'object', properties: { sheet: text, row: whole, column: text, reason: text } },
      },
      warnings: {
        type: 'array',
        description: 'the first of what should be looked at again; it keeps no row out',
        items: { type: 'object', properties: { sheet: text, row: whole, column: text, reason: text } },
      },
      refusal: { type: ['string', 'null'] },
      created: { type: 'string', format: 'date-time' },
    },
  },
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
      warnings: { type: 'array', items: text, description: 'taken all the same, but to be looked at again' },
      also: {
        type: 'array',
        description: 'the same of the records that the command opened besides: of the appeals raised at a visit',
        items: {
          type: 'object',
          required: ['kind', 'id', 'reveal'],
          properties: { kind: text, id: text, reveal: text },
        },
      },
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
          papers: {
            type: 'array',
            description: 'what it has issued: place, number, title, day, whether it still holds',
          },
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
