// The command line: the same door, from a terminal. Each verb is one function; `help` lists them.
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { answerClock } from '../kernel/clock/face.ts'
import { nationalCalendar } from '../kernel/clock/calendar.ts'
import * as domains from '../domains/index.ts'
import { answerSize } from '../domains/register/index.ts'
import { registry } from '../kernel/domain.ts'
import { openApi } from '../server/openapi.ts'
import { figure, found, give, importFile, invitation, migrations, prove, rebuild, show, verify } from './ledger.ts'
import { start } from './start.ts'
import { SettingsError } from '../server/settings.ts'

/** What a person did wrong on the command line: told, without a stack trace. */
export class Misuse extends Error {}

type Options = { readonly words: readonly string[]; readonly flags: ReadonlyMap<string, readonly string[]> }
type Verb = { readonly says: string; run(options: Options): Promise<void> | void }

const verbs: Readonly<Record<string, Verb>> = {
  start: { says: 'start                         启动 / start the server', run: () => start(process.env) },
  clock: {
    says: 'clock --unit U --budget N --from DATE [--pause FROM..TO]… | --cases FILE   期限计算 / work out a deadline',
    run: clock,
  },
  size: {
    says: 'size --cases FILE               企业规模 / size classes',
    run: ({ flags }) => print(casesOf(flags).map(answerSize)),
  },
  figure: {
    says: 'figure ID [--as-of DATE] [--position N]   指标 / a figure, as of a day, as the log stood at a position',
    run: ({ words, flags }) =>
      figure(one(words, 'ID'), { asOf: flags.get('as-of')?.[0], position: flags.get('position')?.[0] }).then(print),
  },
  show: {
    says: 'show KIND ID                    查看 / one record',
    run: ({ words }) => show(one(words, 'KIND'), words[1] ?? missing('ID')).then(print),
  },
  do: {
    says: "do KIND COMMAND [--id ID] --input '{…}' [--as PERSON] [--key KEY]   办理 / give a command",
    run: ({ words, flags }) =>
      give(one(words, 'KIND'), words[1] ?? missing('COMMAND'), {
        id: flags.get('id')?.[0],
        input: parsed(flags.get('input')?.[0] ?? '{}'),
        as: flags.get('as')?.[0],
        key: flags.get('key')?.[0],
      }).then(print),
  },
  found: {
    says: 'found --name 某市 --name-en City --division 220500 --system 姓名 --security 姓名 --audit 姓名   建立城市 / found a city: three administrators, each with a link for a first password',
    run: ({ flags }) => {
      const given = (name: string) => flags.get(name)?.[0] || missing(`--${name}`)
      return found({
        name: given('name'),
        nameEn: given('name-en'),
        division: given('division'),
        admins: { 'system-admin': given('system'), 'security-admin': given('security'), 'audit-admin': given('audit') },
      }).then(print)
    },
  },
  invite: {
    says: 'invite PERSON                   邀请 / a link by which a person sets a password anew, where no security administrator is left to give one',
    run: ({ words }) => invitation(one(words, 'PERSON')).then(print),
  },
  migrate: {
    says: 'migrate                         更新数据库结构 / bring the database up to date',
    run: () => migrations().then(print),
  },
  import: {
    says: 'import FILE [--check] [--as PERSON]   导入企业 / import enterprises from .xlsx or .csv; --check writes nothing',
    run: ({ words, flags }) =>
      importFile(readable(one(words, 'FILE')), { as: flags.get('as')?.[0], enter: !flags.has('check') }).then(print),
  },
  openapi: {
    says: 'openapi [--write]               接口说明 / the document of the interface; --write commits it to server/openapi.json',
    run: ({ flags }) => document(flags.has('write')),
  },
  rebuild: {
    says: 'rebuild [--mend]                由事件重算并比对 / fold every record again and compare; --mend writes what differs',
    run: ({ flags }) => rebuild(flags.has('mend')).then(print),
  },
  verify: {
    says: 'verify                          核对指标与封存 / compare every figure with a full recompute, and every sealed day with its events',
    run: () => verify().then(print),
  },
  prove: {
    says: 'prove POSITION                  证明一个事件已封存 / that an event of this position is under its day’s seal',
    run: ({ words }) => prove(Number(one(words, 'POSITION'))).then(print),
  },
}

/** Flags that take no value: the word after them is a word of its own. */
const BARE = new Set(['json', 'check', 'write', 'mend'])

await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<void> {
  const [name = 'help', ...rest] = args
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  try {
    if (!verb) {
      const list = Object.values(verbs).map(({ says }) => `  ${says}`)
      console.log(['用法 / usage: npm run -s liangjian -- VERB', ...list].join('\n'))
      if (name !== 'help') throw new Misuse(`没有 ${name} 这个命令 / there is no verb ${name}`)
      return
    }
    await verb.run(optionsOf(rest))
  } catch (error) {
    if (!(error instanceof Misuse || error instanceof SettingsError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}

function clock({ flags }: Options): void {
  if (flags.has('cases')) return print(casesOf(flags).map((one) => answerClock(nationalCalendar, one)))
  const pauses = (flags.get('pause') ?? []).map((pause) => pause.split('..'))
  const given = {
    unit: flags.get('unit')?.[0],
    budget: Number(flags.get('budget')?.[0] ?? Number.NaN),
    from: flags.get('from')?.[0],
    pauses,
  }
  const answer = answerClock(nationalCalendar, given)
  if ('refused' in answer) throw new Misuse(`--${answer.field}: ${answer.refused}`)
  if (flags.has('json')) return print(answer)
  console.log([...answer.steps].join('\n'))
}

/** `--name value`, `--name=value` and bare `--name`; a flag may come several times. */
function optionsOf(args: readonly string[]): Options {
  const words: string[] = []
  const flags = new Map<string, string[]>()
  for (let place = 0; place < args.length; place++) {
    const word = args[place]!
    if (!word.startsWith('--')) {
      words.push(word)
      continue
    }
    const [name = '', value] = word.slice(2).split(/=(.*)/s)
    const next = args[place + 1]
    const taken = value ?? (!BARE.has(name) && next !== undefined && !next.startsWith('--') ? args[++place] : '')
    flags.set(name, [...(flags.get(name) ?? []), taken ?? ''])
  }
  return { words, flags }
}

/** The document of the interface, as the definitions make it; printed, or committed where it is reviewed. */
function document(write: boolean): void {
  const text = `${JSON.stringify(openApi(registry(Object.values(domains)), 'tonghua'), null, 2)}\n`
  if (write) writeFileSync(join(import.meta.dirname, '../server/openapi.json'), text)
  else console.log(text)
}

function casesOf(flags: Options['flags']): Record<string, unknown>[] {
  const file = flags.get('cases')?.[0] ?? missing('--cases FILE')
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Misuse(`--cases ${file}: 读不到这个文件 / the file cannot be read`)
  }
  const cases = parsed(text)
  if (!Array.isArray(cases)) throw new Misuse('--cases: 应为数组 / must be an array')
  return cases as Record<string, unknown>[]
}

function readable(path: string): string {
  try {
    accessSync(path, constants.R_OK)
    return path
  } catch {
    throw new Misuse(`${path}: 读不到这个文件 / the file cannot be read`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Misuse('不是合法的 JSON / not valid JSON')
  }
}

function one(words: readonly string[], name: string): string {
  return words[0] ?? missing(name)
}

function missing(name: string): never {
  throw new Misuse(`缺少 ${name} / ${name} is missing`)
}

/** Refused is not done: scripts see it by the exit code. */
function print(value: unknown): void {
  console.log(JSON.stringify(value))
  if (typeof value === 'object' && value !== null && 'refused' in value) process.exitCode = 1
}
