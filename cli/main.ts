// The command line: the same door, from a terminal. Each verb is one function; `help` lists them.
import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { answerClock, budgetOf } from '../kernel/clock/face.ts'
import { nationalCalendar } from '../kernel/clock/calendar.ts'
import { meantBy } from '../server/nearest.ts'
import { given, Misuse, usageOf, type Given, type Takes } from './args.ts'
import { Halted } from './wrong.ts'
import { langOf, ownWords, refusalWords, said, type Own, type Refused } from './words.ts'
import { SettingsError } from '../server/settings.ts'

type Options = Given
type Verb = Takes & { readonly says: string; run(options: Options): Promise<void> | void }

const lang = langOf(process.env)

// What only some verbs need is read by those: a deadline is worked out without a database, a record without a browser.
const ledger = () => import('./ledger.ts')
const definitions = async () => {
  const [domains, { registry }] = await Promise.all([import('../domains/index.ts'), import('../kernel/domain.ts')])
  return registry(Object.values(domains))
}

const verbs: Readonly<Record<string, Verb>> = {
  start: {
    usage: 'start',
    says: '启动 / start the server',
    run: async () => (await import('./start.ts')).start(process.env),
  },
  clock: {
    usage: 'clock --unit UNIT --budget N --from DATE [--pause FROM..TO]… [--json] | clock --cases FILE',
    flags: {
      unit: { value: 'working-day / calendar-day / month / working-hour' },
      budget: { value: 'N' },
      from: { value: 'DATE' },
      pause: { value: 'FROM..TO', many: true },
      cases: { value: 'FILE' },
    },
    says: '期限计算 / work out a deadline',
    run: clock,
  },
  size: {
    usage: 'size --cases FILE',
    flags: { cases: { value: 'FILE' } },
    says: '企业规模 / size classes',
    async run({ flags }) {
      const { answerSize } = await import('../domains/register/size.ts')
      return print(casesOf(flags, verbs['size']!).map(answerSize))
    },
  },
  merge: {
    usage: 'merge --cases FILE',
    flags: { cases: { value: 'FILE' } },
    says: '合并事项 / one form of many items',
    async run({ flags }) {
      const { answerMerge } = await import('../kernel/merge.ts')
      return print(casesOf(flags, verbs['merge']!).map(answerMerge))
    },
  },
  rules: {
    usage: 'rules --cases FILE',
    flags: { cases: { value: 'FILE' } },
    says: '政策条件 / whether conditions written in FEEL hold, and why',
    async run({ flags }) {
      const { answerRules } = await import('../kernel/rules/face.ts')
      return print(casesOf(flags, verbs['rules']!).map(answerRules))
    },
  },
  figure: {
    usage: 'figure ID [--as-of DATE] [--position N]',
    words: ['ID'],
    flags: { 'as-of': { value: 'DATE' }, position: { value: 'N' } },
    says: '指标 / a figure, as of a day, as the log stood at a position',
    async run({ words, flags }) {
      const { figure } = await ledger()
      return print(await figure(words[0]!, { asOf: flags.get('as-of')?.[0], position: flags.get('position')?.[0] }))
    },
  },
  show: {
    usage: 'show KIND ID',
    words: ['KIND', 'ID'],
    says: '查看 / one record',
    run: async ({ words }) => print(await (await ledger()).show(words[0]!, words[1]!)),
  },
  do: {
    usage: "do KIND COMMAND [--id ID] [--input '{…}'] [--as PERSON] [--key KEY]",
    words: ['KIND', 'COMMAND'],
    flags: { id: { value: 'ID' }, input: { value: "'{…}'" }, as: { value: 'PERSON' }, key: { value: 'KEY' } },
    says: '办理 / give a command',
    async run({ words, flags }) {
      const given = {
        id: flags.get('id')?.[0],
        input: parsed('--input', flags.get('input')?.[0] ?? '{}', `--input '{"title": "…"}'`),
        as: flags.get('as')?.[0],
        key: flags.get('key')?.[0],
      }
      return print(await (await ledger()).give(words[0]!, words[1]!, given), flags.has('as'))
    },
  },
  found: {
    usage:
      'found --name 某市 --name-en City --division 220500 --system 姓名/NAME --security 姓名/NAME --audit 姓名/NAME',
    flags: {
      name: { value: '某市' },
      'name-en': { value: 'City' },
      division: { value: '220500' },
      system: { value: '姓名/NAME' },
      security: { value: '姓名/NAME' },
      audit: { value: '姓名/NAME' },
    },
    says: '建立城市 / found a city: three administrators, each with a link for a first password',
    async run({ flags }) {
      const given = (name: string) => needed(flags, name, verbs['found']!)
      const founding = {
        name: given('name'),
        nameEn: given('name-en'),
        division: given('division'),
        admins: { 'system-admin': given('system'), 'security-admin': given('security'), 'audit-admin': given('audit') },
      }
      return print(await (await ledger()).found(founding), false, verbs['found'])
    },
  },
  invite: {
    usage: 'invite PERSON [--clear-factors]',
    words: ['PERSON'],
    flags: { 'clear-factors': {} },
    says: '邀请 / a link by which a person sets a password anew, where no security administrator is left to give one; --clear-factors also takes a lost second factor away',
    run: async ({ words, flags }) => print(await (await ledger()).invitation(words[0]!, flags.has('clear-factors'))),
  },
  migrate: {
    usage: 'migrate',
    says: '更新数据库结构 / bring the database up to date',
    run: async () => print(await (await ledger()).migrations()),
  },
  import: {
    usage: 'import FILE [--check] [--as PERSON]',
    words: ['FILE'],
    flags: { check: {}, as: { value: 'PERSON' } },
    says: '导入企业；--check 只核对，不录入；有错或存疑的行写入旁边的 .annotated.xlsx / import enterprises from .xlsx or .csv; --check enters nothing; rows that are wrong or doubtful are told in an .annotated.xlsx beside it',
    async run({ words, flags }) {
      const file = readable('FILE', words[0]!)
      const { importFile } = await ledger()
      const how = { as: flags.get('as')?.[0], enter: !flags.has('check'), lang }
      return print(await importFile('enterprise', file, how), flags.has('as'))
    },
  },
  items: {
    usage: 'items export FILE | items import FILE [--check] [--submit] [--as PERSON]',
    words: ['export/import', 'FILE'],
    flags: { check: {}, submit: {}, as: { value: 'PERSON' } },
    says: '事项库导出、导入（.xlsx 或 .json）；--check 只核对；--submit 导入后提交审核；有错的写入旁边的 .annotated.xlsx / the item library as a file, out and in; --check enters nothing; --submit hands drafts to review; what is wrong is told in an .annotated.xlsx beside it',
    run: items,
  },
  openapi: {
    usage: 'openapi [--write]',
    flags: { write: {} },
    says: '接口说明 / the document of the interface; --write commits it to server/openapi.json',
    run: ({ flags }) => document(flags.has('write')),
  },
  rebuild: {
    usage: 'rebuild [--mend]',
    flags: { mend: {} },
    says: '由事件重算并比对 / fold every record again and compare; --mend writes what differs, but no entries',
    async run({ flags }) {
      const answer = await (await ledger()).rebuild(flags.has('mend'))
      await print(answer)
      // What --mend has put right is right.
      if (answer.differences.length > answer.mended) fail('records-differ')
    },
  },
  verify: {
    usage: 'verify',
    says: '核对指标与封存 / compare every figure with a full recompute, and every sealed day with its events',
    async run() {
      const answer = await (await ledger()).verify()
      await print(answer)
      if (answer.different.length > 0) fail('figures-differ')
      if (answer.seals.fault) fail('seal-broken')
    },
  },
  prove: {
    usage: 'prove POSITION',
    words: ['POSITION'],
    says: '证明一个事件已封存 / that an event of this position is under its day’s seal',
    async run({ words }) {
      const [{ prove }, { positionFrom }] = await Promise.all([ledger(), import('../store/tally.ts')])
      const position = positionFrom(words[0]!)
      if (position === undefined) throw misuse(verbs['prove']!, said(lang, 'not-a-position'))
      return print(await prove(position))
    },
  },
}

await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<void> {
  const [name = 'help', ...rest] = args
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  try {
    if (verb && rest.some((word) => word === '--help' || word === '-h'))
      console.log(`${verb.says}\n${usageOf(verb, lang)}`)
    else if (verb) await verb.run(given(name, verb, rest, lang))
    else if (['help', '--help', '-h'].includes(name)) console.log(help())
    else {
      const meant = meantBy(name, Object.keys(verbs))
      console.log(help())
      throw new Misuse(
        said(lang, meant === undefined ? 'no-verb' : 'misspelt-verb', { name, ...(meant !== undefined && { meant }) }),
      )
    }
  } catch (error) {
    if (!(error instanceof Misuse || error instanceof SettingsError || error instanceof Halted)) throw error
    console.error(error.message)
    process.exitCode = error instanceof Halted ? 1 : 2
  }
}

/** The answer is there, and it is not as it should be. */
function fail(what: 'records-differ' | 'figures-differ' | 'seal-broken'): void {
  console.error(said(lang, what))
  process.exitCode = 1
}

function help(): string {
  const list = Object.values(verbs).map(({ usage, says }) => `  ${usage}\n      ${says}`)
  return ['用法 / usage: npm run -s liangjian -- VERB', ...list].join('\n')
}

async function clock({ flags }: Options): Promise<void> {
  const verb = verbs['clock']!
  if (flags.has('cases')) return print(casesOf(flags, verb).map((one) => answerClock(nationalCalendar, one)))
  const pauses = (flags.get('pause') ?? []).map((pause) => pause.split('..'))
  const asked = {
    unit: needed(flags, 'unit', verb),
    budget: budgetOf(needed(flags, 'budget', verb)),
    from: needed(flags, 'from', verb),
    pauses,
  }
  const answer = answerClock(nationalCalendar, asked)
  if (!('refused' in answer)) {
    if (flags.has('json')) return print(answer)
    return console.log([...answer.steps].join('\n'))
  }
  const flag = answer.field === 'pauses' ? 'pause' : answer.field
  const code = answer.refused === 'no-such-date' ? 'no-such-day' : answer.refused
  if (flags.has('json')) console.log(JSON.stringify(answer))
  throw misuse(
    verb,
    `--${flag} ${(flags.get(flag) ?? []).join(' ')}: ${ownWords(lang, code as Own)} (${answer.refused})`,
  )
}

function misuse(verb: Takes, ...lines: readonly string[]): Misuse {
  return new Misuse([...lines, usageOf(verb, lang)].join('\n'))
}

function needed(flags: Options['flags'], name: string, verb: Takes): string {
  const value = flags.get(name)?.[0]
  if (value === undefined) throw misuse(verb, said(lang, 'flag-missing', { name }))
  return value
}

async function items({ words: [step, file = ''], flags }: Options): Promise<void> {
  const verb = verbs['items']!
  if (step === 'export') {
    for (const name of ['check', 'submit', 'as'])
      if (flags.has(name)) throw misuse(verb, said(lang, 'only-import', { name }))
    const form = /\.(xlsx|json)$/i.exec(file)?.[1]?.toLowerCase() as 'xlsx' | 'json' | undefined
    if (form === undefined) throw misuse(verb, said(lang, 'no-form', { file }))
    writable('FILE', file)
    return print(await (await ledger()).exportItems(file, { form, lang }))
  }
  if (step !== 'import') throw misuse(verb, said(lang, 'no-step', { step: step ?? '' }))
  const [as, enter, submit] = [flags.get('as')?.[0], !flags.has('check'), flags.has('submit')]
  const path = readable('FILE', file)
  return print(await (await ledger()).importFile('item', path, { as, enter, submit, lang }), as !== undefined)
}

/** The document of the interface, as the definitions make it; printed, or committed where it is reviewed. */
async function document(write: boolean): Promise<void> {
  const { openApi } = await import('../server/openapi.ts')
  const text = `${JSON.stringify(openApi(await definitions(), 'tonghua'), null, 2)}\n`
  if (write) writeFileSync(join(import.meta.dirname, '../server/openapi.json'), text)
  else console.log(text)
}

function casesOf(flags: Options['flags'], verb: Takes): Record<string, unknown>[] {
  const file = readable('--cases', needed(flags, 'cases', verb))
  const cases = parsed('--cases', readFileSync(file, 'utf8'), '[{…}, {…}]')
  if (!Array.isArray(cases)) throw new Misuse(said(lang, 'not-a-list', { name: '--cases' }))
  return cases as Record<string, unknown>[]
}

function readable(name: string, file: string): string {
  try {
    accessSync(file, constants.R_OK)
    if (statSync(file).isFile()) return file
  } catch {
    // Told below.
  }
  throw new Misuse(said(lang, 'no-file', { name, file }))
}

/** A file that is written before anything is asked for: a wrong path is told at once. */
function writable(name: string, file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK)
    if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return
  } catch {
    // Told below.
  }
  throw new Misuse(said(lang, 'no-target', { name, file }))
}

function parsed(name: string, text: string, example: string): unknown {
  try {
    // Windows' own editor puts a mark before the text.
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    const { message } = error as SyntaxError
    throw new Misuse(said(lang, 'not-json', { name, message, example }))
  }
}

/** The answer as JSON; a refusal beside it in words. Refused is not done: scripts see it by the exit code. */
async function print(value: unknown, as = false, verb?: Takes): Promise<void> {
  console.log(JSON.stringify(value))
  if (typeof value !== 'object' || value === null || !('refused' in value)) return
  for (const line of refusalWords(await definitions(), value as Refused, lang, as)) console.error(line)
  if (verb && value.refused === 'invalid-input') console.error(usageOf(verb, lang))
  process.exitCode = 1
}
