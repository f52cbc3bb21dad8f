/** The settings of the program: every variable of the environment it reads, declared once, checked before anything starts. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { mostConnections } from '../store/embedded.ts'
import { meantBy } from './nearest.ts'
import { type logLevels, table, type Text, type Variable } from './variables.ts'

export interface Settings {
  readonly port: number
  readonly host: string
  /** The data folder, absolute. */
  readonly data: string
  /** Absent: the embedded database. */
  readonly databaseUrl: string | undefined
  /** With which the application logs in there under its own role. */
  readonly databaseAppPassword: string | undefined
  readonly city: string
  /** Whether demonstration identities exist. */
  readonly demo: boolean
  /** The address people use, without a trailing slash: `https://host[:port]`. */
  readonly origin: string
  /** How many reverse proxies of our own stand in front. */
  readonly proxies: number
  /** How often visitors at one address may submit something within ten minutes; 0 is without limit. */
  readonly visitorLimit: number
  /** `local`: the metrics are read on this machine only. */
  readonly metrics: string
  /** Where attachments are served from, when that is another origin. */
  readonly filesOrigin: string | undefined
  readonly log: LogLevel
  /** The virus scanner as program and arguments; the file arrives on standard input. */
  readonly scan: readonly string[] | undefined
  /** Whether attachments are taken without a scanner. */
  readonly unscanned: boolean
  /** Bytes. */
  readonly uploadLimit: number
  readonly passwordProfile: 'asvs' | 'mlps'
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | undefined
  /** The gateway for messages; absent: they are shown here only. */
  readonly messages: { readonly url: string; readonly key: string | undefined } | undefined
  /** Where traces go, when they go anywhere. */
  readonly traces: string | undefined
  /** Database connections of this process. */
  readonly pool: number
  readonly namedStatements: boolean
}

export type LogLevel = (typeof logLevels)[number]

const prefix = 'LIANGJIAN_'
const CITIES = join(import.meta.dirname, '../cities')
const variables: readonly Variable<unknown>[] = Object.values(table)

/** One wrong variable: its name, its value (masked when secret) and what would be right. */
export interface WrongSetting {
  readonly name: string
  readonly value: string
  readonly right: Text
}

/** Thrown with every wrong variable at once. */
export class SettingsError extends Error {
  readonly wrong: readonly WrongSetting[]

  constructor(wrong: readonly WrongSetting[]) {
    const lines = wrong.map(
      ({ name, value, right }) => `  ${name}=${value}\n    应为：${right.zh}\n    must be: ${right.en}`,
    )
    super(`设置有误 / wrong settings:\n${lines.join('\n')}`)
    this.name = 'SettingsError'
    this.wrong = wrong
  }
}

/** Reads and checks the settings; `known.cities` are the cities there are, when the caller knows. Throws `SettingsError`. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  known: { readonly cities?: readonly string[] } = {},
): Settings {
  const wrong: WrongSetting[] = unknownNames(env)
  const get = <T>({ name, fallback, read, right, secret, masked }: Variable<T>): T | undefined => {
    const text = env[name] || fallback
    if (text === undefined) return undefined
    const value = read(text)
    if (value === undefined) wrong.push({ name, value: secret ? '******' : masked ? masked(text) : text, right })
    return value
  }
  // For those with a default: undefined only when wrong, and then nothing is returned.
  const must = <T>(declared: Variable<T>): T => get(declared) as T

  const databaseUrl = get(table.databaseUrl)
  const city = must(table.city)
  const port = must(table.port)
  const demo = get(table.demo) ?? (databaseUrl === undefined && city === table.city.fallback)
  const settings: Settings = {
    port,
    host: must(table.host),
    data: must(table.data),
    databaseUrl,
    databaseAppPassword: get(table.databaseAppPassword),
    city,
    demo,
    origin: get(table.origin) ?? `http://localhost:${port}`,
    proxies: must(table.proxies),
    visitorLimit: get(table.visitorLimit) ?? (demo ? 0 : 300),
    metrics: must(table.metrics),
    filesOrigin: get(table.filesOrigin),
    log: must(table.log),
    scan: get(table.scan),
    unscanned: get(table.unscanned) ?? demo,
    uploadLimit: must(table.uploadLimit),
    passwordProfile: must(table.passwordProfile),
    oidc: env[table.oidcIssuer.name]
      ? {
          issuer: must(table.oidcIssuer),
          clientId: must(table.oidcClientId),
          clientSecret: must(table.oidcClientSecret),
        }
      : undefined,
    messages: messagesOf(get(table.messageUrl), get(table.messageKey)),
    traces: get(table.traces),
    pool: must(table.pool),
    namedStatements: must(table.namedStatements),
  }

  if (!env[table.databaseUrl.name]) {
    if (settings.pool > mostConnections)
      wrong.push({
        name: table.pool.name,
        value: String(settings.pool),
        right: {
          zh: `使用内置数据库时 2 到 ${mostConnections} 的整数`,
          en: `a whole number from 2 to ${mostConnections} with the embedded database`,
        },
      })
    if (settings.databaseAppPassword !== undefined)
      wrong.push({
        name: table.databaseAppPassword.name,
        value: '******',
        right: {
          zh: '不设置：内置数据库不用口令',
          en: 'unset: the embedded database needs no password',
        },
      })
  }
  // Only what has a folder in cities has an example to load and people to be.
  if (settings.demo && city && !existsSync(join(CITIES, city)))
    wrong.push({
      name: table.demo.name,
      value: 'yes',
      right: {
        zh: `no：cities 下没有城市 ${city} 的示例`,
        en: `no: there is no example of the city ${city} in cities`,
      },
    })
  if (city && known.cities && !known.cities.includes(city)) {
    const list = known.cities.join(', ')
    wrong.push({ name: table.city.name, value: city, right: { zh: `下列之一：${list}`, en: `one of: ${list}` } })
  }
  const together = [table.oidcIssuer, table.oidcClientId, table.oidcClientSecret]
  const missing = together.filter(({ name }) => !env[name])
  if (missing.length < together.length)
    for (const { name } of missing)
      wrong.push({
        name,
        value: '',
        right: {
          zh: '三个 OIDC_ 变量同时设置，或都不设置',
          en: 'set together with the other OIDC_ variables, or none of them',
        },
      })
  if (wrong.length > 0) throw new SettingsError(wrong)
  return settings
}

function messagesOf(url: string | undefined, key: string | undefined): Settings['messages'] {
  return url === undefined ? undefined : { url, key }
}

/** The page that lists every setting (docs/settings.md). */
export function settingsPage(): string {
  const sections = variables.map(({ name, fallback, defaultsTo, right, doc }) => {
    const zh = fallback === undefined ? (defaultsTo?.zh ?? '无') : `\`${fallback}\``
    const en = fallback === undefined ? (defaultsTo?.en ?? 'none') : `\`${fallback}\``
    return `## \`${name}\`\n\n${doc.zh}取值：${right.zh}。默认：${zh}。\n\n${doc.en} Value: ${right.en}. Default: ${en}.\n`
  })
  return `# 设置 Settings

所有设置都来自环境变量。启动时逐项检查，有误的一次全部列出名称、取值和正确写法，程序不会带着错误的设置运行。以 \`${prefix}\` 开头而不在本页的变量会被拒绝。空值等于未设置。

All settings come from the environment. They are checked at start; whatever is wrong is listed at once with its name, its value and what would be right, and nothing runs on wrong settings. A variable that begins with \`${prefix}\` and is not on this page is refused. Empty is the same as unset.

${sections.join('\n')}`
}

/** Variables with our prefix that we do not know: almost always a slip of the pen. */
function unknownNames(env: Readonly<Record<string, string | undefined>>): WrongSetting[] {
  const names = variables.map(({ name }) => name)
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && !names.includes(name))
    .map((name) => {
      // Some of ours are known by the names that they have everywhere, such as PORT.
      const bare = (one: string) => one.replace(prefix, '')
      const like = meantBy(bare(name), names.map(bare))
      const meant = names.find((one) => bare(one) === like)
      const right =
        meant === undefined
          ? {
              zh: '没有这个设置，全部设置见 docs/settings.md',
              en: 'unset: there is no such setting; see docs/settings.md',
            }
          : { zh: `没有这个设置，是否指 ${meant}？`, en: `unset: there is no such setting. Did you mean ${meant}?` }
      return { name, value: env[name] ?? '', right }
    })
}
