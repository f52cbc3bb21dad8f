// What the command line says, in the language of the terminal: what was done wrong on it, and why something was refused.
import type { Refusal } from '../kernel/door.ts'
import type { Registry } from '../kernel/domain.ts'
import type { Language } from '../kernel/texts.ts'
import { meantBy } from '../server/nearest.ts'
import { filled, problemOf } from '../server/problem.ts'
import { say } from '../server/say.ts'

export type Lang = Language

/** Chinese, unless the terminal speaks English. */
export function langOf(env: Readonly<Record<string, string | undefined>>): Lang {
  return /^en/i.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'en' : 'zh-CN'
}

const SAID = {
  'zh-CN': {
    usage: '用法：{usage}',
    'no-verb': '没有 {name} 这个命令。运行 npm run -s liangjian -- help 可以看到全部命令。',
    'misspelt-verb': '没有 {name} 这个命令，是否指 {meant}？',
    'flag-unknown': '{verb} 没有 {flag} 这个选项。',
    'flag-misspelt': '{verb} 没有 {flag} 这个选项，是否指 --{meant}？',
    'flag-list': '可用的选项：{list}',
    'flag-twice': '--{name} 只能写一次。',
    'flag-bare': '--{name} 后面不写值。',
    'flag-empty': '--{name} 缺少值：后面应写 {value}。以 -- 开头的值写成 --{name}=值。',
    'flag-missing': '缺少 --{name}。',
    'word-missing': '缺少 {name}。',
    'word-surplus': '多了“{word}”：这个命令只要 {n} 个参数。含空格的内容请加引号。',
    'word-none': '多了“{word}”：这个命令不带参数。',
    'start-settings': '端口、数据文件夹等设置来自环境变量，如 PORT=8081 npm start；全部设置见 docs/settings.md。',
    'no-file': '{name}：读不到文件 {file}，请检查路径和权限。',
    'no-target': '{name}：不能写入 {file}，请检查路径和权限。',
    'no-form': 'FILE 的名称应以 .xlsx 或 .json 结尾，不能是 {file}。',
    'no-step': '“{step}”应为 export（导出）或 import（导入）。',
    'only-import': '--{name} 只用于导入。',
    'not-json': '{name}：不是合法的 JSON（{message}）。示例：{example}',
    'not-a-list': '{name}：文件内容应为 JSON 列表（[…]），每一项是一个案例。',
    'not-a-position': 'POSITION 应为非负整数：事件的 position，用 show 可以查到。',
    'records-differ':
      '有记录与其事件重算的结果不一致，见 differences。先备份数据，再用 rebuild --mend 按事件改正；what 为 entries 的（记账分录与事件不符）不改：分录只增不改，请保留数据查明原因。',
    'figures-differ': '有指标与全部重算的结果不一致，见 different。请停用并保留数据，联系维护人员查明原因。',
    'seal-broken': '封存之后有事件被改动，见 seals.fault。请保留数据库，从该日之前的备份查起。',
    refused: '没有办理（{code}）：{detail}',
    field: '  {field}：{message}',
    'at-field': '  有误的地方：{field}',
    meant: '  是否指 {meant}？',
    known: '  可用的：{known}',
    'as-whom': '  以某人的身份办理：加上 --as 人员编号。',
    'other-person': '  请换一位有此岗位的人员（--as），或先由管理员任命。',
  },
  en: {
    usage: 'Usage: {usage}',
    'no-verb': 'There is no verb {name}. npm run -s liangjian -- help lists them all.',
    'misspelt-verb': 'There is no verb {name}. Did you mean {meant}?',
    'flag-unknown': '{verb} has no flag {flag}.',
    'flag-misspelt': '{verb} has no flag {flag}. Did you mean --{meant}?',
    'flag-list': 'There are: {list}',
    'flag-twice': '--{name} may be given only once.',
    'flag-bare': '--{name} takes no value.',
    'flag-empty': '--{name} has no value: {value} must follow. A value that begins with -- is written --{name}=value.',
    'flag-missing': '--{name} is missing.',
    'word-missing': '{name} is missing.',
    'word-surplus': '“{word}” is surplus: there are only {n} arguments. Put what has spaces in quotes.',
    'word-none': '“{word}” is surplus: this takes no arguments.',
    'start-settings':
      'Port, data folder and the like are set by the environment, such as PORT=8081 npm start; see docs/settings.md.',
    'no-file': '{name}: the file {file} cannot be read; check its path and permissions.',
    'no-target': '{name}: {file} cannot be written; check its path and permissions.',
    'no-form': 'FILE should end in .xlsx or .json; {file} does not.',
    'no-step': '“{step}” should be export or import.',
    'only-import': '--{name} is for an import only.',
    'not-json': '{name}: not valid JSON ({message}). Example: {example}',
    'not-a-list': '{name}: the file must be a JSON list ([…]), one case in each place.',
    'not-a-position': 'POSITION is a whole number: the position of an event, as `show` tells it.',
    'records-differ':
      'Records differ from the fold of their events; see differences. Back the data up, then rebuild --mend puts them right. Not those whose what is entries: entries are only ever added, so keep the data as they are and have the cause looked into.',
    'figures-differ':
      'Figures differ from a full recompute; see different. Keep the data as they are and have the cause looked into.',
    'seal-broken':
      'Events were changed after their day was sealed; see seals.fault. Keep the database and begin with the backup before that day.',
    refused: 'Not done ({code}): {detail}',
    field: '  {field}: {message}',
    'at-field': '  Wrong at: {field}',
    meant: '  Did you mean {meant}?',
    known: '  There are: {known}',
    'as-whom': '  To act as somebody, add --as PERSON.',
    'other-person': '  Name somebody who holds the post (--as), or have an administrator appoint this person.',
  },
} as const satisfies Record<Lang, Record<string, string>>

export function said(
  lang: Lang,
  what: keyof (typeof SAID)['en'],
  about: Readonly<Record<string, string | number>> = {},
): string {
  return filled(SAID[lang][what], about)
}

/** Why this program itself refuses: each with the way out. */
const OWN = {
  'zh-CN': {
    'no-such-person': '没有编号为 {person} 的人员，或者已经停用。请核对编号：它是人员记录的编号，不是姓名或登录名。',
    'no-such-figure': '没有 {id} 这个指标。',
    'no-such-date': '{date}',
    'no-such-position': '{position}',
    'sheet-refused': '{detail}',
    'not-found': '没有 {kind} {id} 这条记录，请核对编号。',
    'unknown-kind': '没有 {kind} 这一类记录。',
    'unknown-command': '{kind} 没有 {command} 这个操作。',
    'already-founded':
      '城市 {city} 已经建立，不能再建。管理员丢失口令时用 invite 人员编号；另建城市请设置 LIANGJIAN_CITY。',
    'not-sealed': '这个位置没有事件，或者当天尚未封存：事件在次日封存后才能证明。',
    'unknown-unit': '单位应为 working-day、calendar-day、month 或 working-hour。',
    'not-a-whole-number': '期限应为 0 到 3660 的整数。',
    'no-such-day': '请填写存在的日期，写成 2026-05-09；期间写成 2026-05-09..2026-05-12。',
    'ends-before-it-begins': '期间的结束日期不能早于开始日期。',
    'beyond-the-calendar': '日期超出可以计算的范围（2000 年至 2060 年），请改为较近的日期。',
  },
  en: {
    'no-such-person':
      'There is no person {person}, or he is suspended. It is the number of the person’s record, not a name or a login.',
    'no-such-figure': 'There is no figure {id}.',
    'no-such-date': '{date}',
    'no-such-position': '{position}',
    'sheet-refused': '{detail}',
    'not-found': 'There is no record {kind} {id}; check the number.',
    'unknown-kind': 'There is no kind of record {kind}.',
    'unknown-command': '{kind} has no command {command}.',
    'already-founded':
      'The city {city} stands already. For an administrator’s lost password use invite PERSON; for another city set LIANGJIAN_CITY.',
    'not-sealed': 'There is no event at this position, or its day is not sealed yet: that happens on the day after.',
    'unknown-unit': 'The unit is working-day, calendar-day, month or working-hour.',
    'not-a-whole-number': 'The budget is a whole number from 0 to 3660.',
    'no-such-day': 'Give a date that exists, such as 2026-05-09, and a stretch as 2026-05-09..2026-05-12.',
    'ends-before-it-begins': 'A stretch may not end before it begins.',
    'beyond-the-calendar': 'The date lies beyond what can be worked out (2000 to 2060). Use a nearer one.',
  },
} as const satisfies Record<Lang, Record<string, string>>

export type Own = keyof (typeof OWN)['en']

export function ownWords(lang: Lang, what: Own, about: Readonly<Record<string, string>> = {}): string {
  const date = say(lang, 'no-such-date')
  return filled(OWN[lang][what], { date, position: say(lang, 'no-such-position'), ...about })
}

export type Refused = Readonly<Record<string, unknown>> & { readonly refused: string }

/** A refusal in words, line by line: what, at which field, and the way out. `as`: whether somebody was named to act. */
export function refusalWords(registry: Registry, answer: Refused, lang: Lang, as: boolean): string[] {
  const { refused: code, known, field } = answer
  const about = Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
  const ways = waysOut(answer, known, lang, as)
  const kind = about['kind'] ?? ''
  if (Object.hasOwn(OWN.en, code) && !registry.kinds.get(kind)?.texts[lang].refusals[code])
    return [
      said(lang, 'refused', { code, detail: ownWords(lang, code as Own, about) }),
      ...(typeof field === 'string' ? [said(lang, 'at-field', { field: flagOf(field) })] : []),
      ...ways,
    ]
  const { detail, fields = [] } = problemOf(registry, answer as unknown as Refusal, lang)
  return [
    said(lang, 'refused', { code, detail }),
    ...fields.map((one) =>
      one.message === detail
        ? said(lang, 'at-field', { field: one.field })
        : said(lang, 'field', { field: one.field, message: one.message }),
    ),
    ...ways,
  ]
}

function waysOut({ refused, kind, command, id }: Refused, known: unknown, lang: Lang, as: boolean): string[] {
  if (refused === 'not-permitted') return [said(lang, as ? 'other-person' : 'as-whom')]
  if (!Array.isArray(known)) return []
  const names = known as readonly string[]
  const meant = meantBy(String(command ?? (refused === 'unknown-kind' ? kind : id)), names)
  return [
    ...(meant === undefined ? [] : [said(lang, 'meant', { meant })]),
    said(lang, 'known', { known: names.join(' / ') }),
  ]
}

const flagOf = (field: string) => (field.startsWith('--') ? field : `--${field}`)
