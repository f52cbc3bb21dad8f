/** The variables of the environment that the program reads, each with its default, its check and what it is for. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import process from 'node:process'

export type Text = { readonly zh: string; readonly en: string }

/** A variable: how its text is read (undefined: not acceptable), what would be right, and what it is for. */
export interface Variable<T> {
  readonly name: string
  /** The text that stands in when the variable is unset or empty; a sentence in `defaultsTo` when it depends on others. */
  readonly fallback?: string
  readonly defaultsTo?: Text
  readonly read: (text: string) => T | undefined
  readonly right: Text
  readonly doc: Text
  /** Its value is never shown. */
  readonly secret?: boolean
  /** Its value as it may be shown, when only a part of it is secret. */
  readonly masked?: (text: string) => string
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const url = {
  read: (text: string) => (urlOf(text, ['http:', 'https:']) ? text.replace(/\/+$/, '') : undefined),
  right: { zh: 'http 或 https 网址', en: 'an http or https URL' },
}
const origin = {
  read: (text: string) => {
    const parsed = urlOf(text, ['http:', 'https:'])
    return parsed && /^https?:\/\/[^/?#@]+\/?$/.test(text) ? parsed.origin : undefined
  },
  right: {
    zh: '只有协议、主机和端口的网址，如 https://lj.example.gov.cn',
    en: 'scheme, host and port only, such as https://lj.example.gov.cn',
  },
}
const yesNo = {
  read: (text: string) => (text === 'yes' ? true : text === 'no' ? false : undefined),
  right: { zh: 'yes 或 no', en: 'yes or no' },
}
export const ownAddress = { zh: '本机的一个地址，如 127.0.0.1', en: 'an address of this machine, such as 127.0.0.1' }
const anyText = { read: (text: string) => text, right: { zh: '非空文字', en: 'some text' } }

export const table = {
  port: variable({
    name: 'PORT',
    fallback: '8080',
    ...wholeNumber(0, 65_535),
    doc: {
      zh: '网页和接口共用的端口；0 表示由系统任选一个空闲端口。',
      en: 'The one port of pages and API; 0 takes any free one.',
    },
  }),
  host: variable({
    name: 'LIANGJIAN_HOST',
    fallback: '0.0.0.0',
    read: (text: string) => (/^[\w.:-]+$/.test(text) ? text : undefined),
    right: ownAddress,
    doc: {
      zh: '监听的地址。默认监听全部地址，同一网络的手机、同事的电脑和容器映射的端口才能打开；前面有反向代理时应设为 127.0.0.1。',
      en: 'The address to listen on. All of them by default, so that a phone or a colleague on the same network and the published port of a container reach it; behind a reverse proxy set 127.0.0.1.',
    },
  }),
  data: variable({
    name: 'LIANGJIAN_DATA',
    fallback: './data',
    read: (text: string) => (text.includes('\0') || KERNEL.test(resolve(text)) ? undefined : resolve(text)),
    right: { zh: '一个文件夹的路径，不在 /proc 或 /sys 下', en: 'the path of a folder, not under /proc or /sys' },
    doc: {
      zh: '数据文件夹：内置数据库、附件和日志都在其中；备份即在程序停止后复制它。不存在时自动创建。',
      en: 'The data folder: the embedded database, attachments and logs are in it; to back up, copy it while the program is stopped. Created when missing.',
    },
  }),
  databaseUrl: variable({
    name: 'DATABASE_URL',
    defaultsTo: { zh: '内置数据库', en: 'the embedded database' },
    read: (text: string) => (urlOf(text, ['postgres:', 'postgresql:']) ? text : undefined),
    right: {
      zh: 'postgres://用户:密码@主机:端口/库名',
      en: 'postgres://user:password@host:port/database',
    },
    doc: {
      zh: '改用这个 PostgreSQL（15 及以上），不再启动内置数据库。',
      en: 'Use this PostgreSQL (15 or later) and start no embedded one.',
    },
    masked: withoutPassword,
  }),
  databaseAppPassword: variable({
    name: 'DATABASE_APP_PASSWORD',
    defaultsTo: {
      zh: '以 DATABASE_URL 的用户登录后改用 liangjian_app 角色',
      en: 'log in as the user of DATABASE_URL and take on the role liangjian_app',
    },
    ...anyText,
    secret: true,
    doc: {
      zh: "外部数据库中 liangjian_app 角色的口令。不设置时，程序以 DATABASE_URL 的用户（数据库所有者）登录，再改用不能修改、删除事件的 liangjian_app 角色；混进语句里的 set_config 可以把这个角色换回去。设置后，办理和查询直接以 liangjian_app 登录，不再有所有者的权力；所有者只用于升级库结构和后台导入。启用办法：先启动一次（它会建立这个角色），由所有者执行 alter role liangjian_app login password '…'，再设置本项重新启动；pg_hba.conf 也要允许它登录。",
      en: "The password of the role liangjian_app in an external database. When unset, the program logs in as the user of DATABASE_URL, the owner, and takes on the role liangjian_app, which cannot change or delete events; a set_config slipped into a statement could lay that role down again. When set, commands and queries log in as liangjian_app itself and have no power of the owner, who is used only for migrations and for imports in the background. To begin: start once, which makes the role; as the owner run alter role liangjian_app login password '…'; set this and start again. pg_hba.conf must let it in, too.",
    },
  }),
  city: variable({
    name: 'LIANGJIAN_CITY',
    fallback: 'tonghua',
    read: (text: string) => (/^[a-z][a-z0-9-]*$/.test(text) ? text : undefined),
    right: {
      zh: '小写字母、数字和连字符，以字母开头，如 baishan',
      en: 'lower-case letters, digits and hyphens, a letter first, such as baishan',
    },
    doc: {
      zh: '城市的名称，数据库里的每条记录都以它区分，启用后不再改动。示例城市 tonghua 在 cities 下，自带机构、规则和示例数据；其他城市从空白开始。',
      en: 'The name of the city, under which every record is kept: it stays as it is once in use. The example city tonghua stands in cities with its units, rules and example data; any other begins empty.',
    },
  }),
  demo: variable({
    name: 'LIANGJIAN_DEMO',
    defaultsTo: {
      zh: '示例城市（tonghua）使用内置数据库时为 yes，其他情况为 no',
      en: 'yes for the example city (tonghua) on the embedded database, else no',
    },
    ...yesNo,
    doc: {
      zh: '是否装入示例数据并开放演示身份。演示身份人人可用，正式使用时必须为 no。',
      en: 'Whether to load the example data and offer demonstration identities. Anyone can use those: it must be no in real use.',
    },
  }),
  origin: variable({
    name: 'LIANGJIAN_ORIGIN',
    defaultsTo: { zh: 'http://localhost:端口', en: 'http://localhost:PORT' },
    ...origin,
    doc: {
      zh: '用户访问的网址。登录凭据、通行密钥和单点登录都以它为准，用域名访问时必须设置。',
      en: 'The address people use. Session cookies, passkeys and single sign-on go by it: set it when there is a domain name.',
    },
  }),
  proxies: variable({
    name: 'LIANGJIAN_PROXIES',
    fallback: '0',
    ...wholeNumber(0, 9),
    doc: {
      zh: '前面有几层自己的反向代理（按 X-Forwarded-For 识别用户地址）。设多了，用户可以伪造地址；设少了，所有人会被当作同一个地址而一起被锁定。',
      en: 'How many reverse proxies of your own stand in front (visitors’ addresses are then read from X-Forwarded-For). Too many and visitors can forge an address; too few and all are taken for one and locked out together.',
    },
  }),
  metrics: variable({
    name: 'LIANGJIAN_METRICS',
    fallback: 'local',
    read: (text: string) => (['local', 'all'].includes(text) ? text : undefined),
    right: { zh: 'local 或 all', en: 'local or all' },
    doc: {
      zh: '谁可以读取 /metrics：local 只限本机，all 不限（这时应由前面的代理限制）。',
      en: 'Who may read /metrics: local is this machine only, all is anybody (then let the proxy in front restrict it).',
    },
  }),
  visitorLimit: variable({
    name: 'LIANGJIAN_VISITOR_LIMIT',
    defaultsTo: { zh: '300；示例城市不限', en: '300; no limit in a demonstration city' },
    ...wholeNumber(0, 1_000_000),
    doc: {
      zh: '未登录者在同一地址每十分钟最多可以提交的次数（填写一件诉求约八次）；0 表示不限。',
      en: 'How often visitors who are not signed in may submit something from one address within ten minutes (an appeal takes about eight); 0 is without limit.',
    },
  }),
  filesOrigin: variable({
    name: 'LIANGJIAN_FILES_ORIGIN',
    defaultsTo: { zh: '与主站相同，只供下载', en: 'our own origin, as downloads only' },
    ...origin,
    doc: {
      zh: '附件使用的另一个网址，使上传的文件与主站隔离。',
      en: 'Another origin for attachments, which keeps uploaded files apart from our pages.',
    },
  }),
  log: variable({
    name: 'LIANGJIAN_LOG',
    fallback: 'info',
    ...oneOf(logLevels),
    doc: { zh: '日志的详细程度。', en: 'How much the log says.' },
  }),
  scan: variable({
    name: 'LIANGJIAN_SCAN',
    defaultsTo: { zh: '不扫描', en: 'no scan' },
    read: commandOf,
    right: {
      zh: '命令和参数，以空格分隔；命令须已安装并可以运行',
      en: 'a command and its arguments, separated by spaces; the command must be there and can be run',
    },
    doc: {
      zh: '查毒命令，从标准输入读取上传的文件，如 clamdscan --no-summary -；退出码 0 为通过，1 为有毒、拒收；其他情况视为没有查成，隔离保存、不能下载，每小时重查。',
      en: 'The virus scanner, given each upload on standard input, such as clamdscan --no-summary -; exit code 0 lets it pass and 1 refuses it; anything else is a scan that failed: the file is held apart, cannot be downloaded, and is scanned again each hour.',
    },
  }),
  unscanned: variable({
    name: 'LIANGJIAN_UNSCANNED',
    defaultsTo: { zh: '示例城市为 yes，其他情况为 no', en: 'yes in a demonstration city, else no' },
    ...yesNo,
    doc: {
      zh: '没有设置查毒命令时，是否仍然接收附件。为 no 时，没有查毒命令就不接收任何附件。',
      en: 'Whether attachments are taken when there is no virus scanner. With no, none are taken until there is one.',
    },
  }),
  uploadLimit: variable({
    name: 'LIANGJIAN_UPLOAD_LIMIT',
    fallback: '50MB',
    read: readSize,
    right: { zh: '1KB 到 2GB 的大小，如 50MB', en: 'a size from 1KB to 2GB, such as 50MB' },
    doc: { zh: '单个上传文件的大小上限。', en: 'The largest file that may be uploaded.' },
  }),
  passwordProfile: variable({
    name: 'LIANGJIAN_PASSWORD_PROFILE',
    fallback: 'asvs',
    ...oneOf(['asvs', 'mlps'] as const),
    doc: {
      zh: '口令规则：asvs 只看长度和是否泄露；mlps 另按网络安全等级保护要求检查复杂度并定期更换。',
      en: 'Password rules: asvs looks at length and known leaks; mlps adds the complexity and regular change that classified protection (MLPS) asks for.',
    },
  }),
  oidcIssuer: variable({
    name: 'OIDC_ISSUER',
    defaultsTo: { zh: '不启用单点登录', en: 'no single sign-on' },
    ...url,
    doc: {
      zh: '单点登录（OpenID Connect）的颁发者网址。三个 OIDC_ 变量须同时设置。',
      en: 'The issuer for single sign-on (OpenID Connect). The three OIDC_ variables go together.',
    },
  }),
  oidcClientId: variable({
    name: 'OIDC_CLIENT_ID',
    ...anyText,
    doc: { zh: '本系统在颁发者处登记的编号。', en: 'The client id that the issuer knows us by.' },
  }),
  oidcClientSecret: variable({
    name: 'OIDC_CLIENT_SECRET',
    ...anyText,
    secret: true,
    doc: { zh: '与该编号对应的密钥，不会出现在日志里。', en: 'The secret of that client id; never logged.' },
  }),
  messageUrl: variable({
    name: 'LIANGJIAN_MESSAGE_URL',
    defaultsTo: { zh: '只在系统内显示', en: 'shown here only' },
    ...url,
    doc: {
      zh: '消息网关的网址。每条消息以 JSON 发出，含收件人姓名和电话（没有时省略）以及中英文内容；2xx 应答视为送达，否则稍后重发，重发时 Idempotency-Key 不变。',
      en: 'The gateway for messages. Each is sent as JSON with the recipient’s name and telephone (when known) and its text in both languages; an answer 2xx counts as delivered, anything else is tried again later under the same Idempotency-Key.',
    },
  }),
  messageKey: variable({
    name: 'LIANGJIAN_MESSAGE_KEY',
    ...anyText,
    secret: true,
    doc: {
      zh: '消息网关的访问密钥，以 Bearer 方式发送，不会出现在日志里。',
      en: 'The key of the gateway, sent as a bearer token; never logged.',
    },
  }),
  traces: variable({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    defaultsTo: { zh: '不发送', en: 'none are sent' },
    ...url,
    doc: { zh: '接收链路追踪数据（OTLP）的网址。', en: 'Where OpenTelemetry traces (OTLP) are sent.' },
  }),
  pool: variable({
    name: 'PG_POOL',
    fallback: '16',
    ...wholeNumber(2, 500),
    doc: {
      zh: '本进程使用的数据库连接数，一半用于办理，一半用于查询。使用内置数据库时最多 50。',
      en: 'Database connections of this process, half of them for commands, half for queries. With the embedded database 50 at most.',
    },
  }),
  namedStatements: variable({
    name: 'PG_NAMED_STATEMENTS',
    fallback: 'yes',
    ...yesNo,
    doc: {
      zh: '是否使用具名预备语句。数据库前面有低于 1.21 版的 pgbouncer（事务模式）时设为 no。',
      en: 'Whether to use named prepared statements. Say no behind a pgbouncer older than 1.21 in transaction mode.',
    },
  }),
} satisfies Record<string, Variable<unknown>>

/** Fixes the type of what a variable reads, for the table. */
function variable<T>(declared: Variable<T>): Variable<T> {
  return declared
}

function wholeNumber(least: number, most: number): Pick<Variable<number>, 'read' | 'right'> {
  return {
    read: (text) =>
      /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined,
    right: { zh: `${least} 到 ${most} 的整数`, en: `a whole number from ${least} to ${most}` },
  }
}

function oneOf<T extends string>(values: readonly T[]): Pick<Variable<T>, 'read' | 'right'> {
  return {
    read: (text) => values.find((value) => value === text),
    right: { zh: `下列之一：${values.join('、')}`, en: `one of ${values.join(', ')}` },
  }
}

/** An address of a database, whichever way it is misspelt, without its password: user, host, port and database stay readable. */
export function withoutPassword(text: string): string {
  return text
    .replace(/^((?:[\w+.-]+:\/\/|postgres(?:ql)?:\/*)?[^:@/?]*:).*@/s, '$1******@')
    .replace(/^([\w+.-]+:\/\/[^:@/?]*:)(?!\d{1,5}(?:[/?]|$))[^@/?*]+(?![^/?]*@)/, '$1******')
    .replaceAll(/(password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|[^&\s]*)/gi, '$1******')
}

/** Where the kernel shows itself: nothing can be kept there, and making a folder there never ends. */
const KERNEL = /^\/(proc|sys)(\/|$)/

/** A command and its arguments; undefined when there is no such program, or it may not be run. */
function commandOf(text: string): readonly string[] | undefined {
  const [program = '', ...given] = text.trim().split(/\s+/)
  const folders = program.includes('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter)
  const runs = (path: string) => {
    try {
      accessSync(path, constants.X_OK)
      return statSync(path).isFile()
    } catch {
      return false
    }
  }
  return program !== '' && folders.some((folder) => runs(folder === '' ? resolve(program) : join(folder, program)))
    ? [program, ...given]
    : undefined
}

function readSize(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,6})(KB|MB|GB)$/.exec(text) ?? []
  if (!digits || !unit) return undefined
  const bytes = Number(digits) * { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 }[unit as 'KB' | 'MB' | 'GB']
  return bytes >= 1024 && bytes <= 2 * 1024 ** 3 ? bytes : undefined
}

function urlOf(text: string, schemes: readonly string[]): URL | undefined {
  const parsed = URL.parse(text)
  return parsed && schemes.includes(parsed.protocol) && parsed.host !== '' ? parsed : undefined
}
