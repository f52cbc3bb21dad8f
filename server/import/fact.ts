// What offices know of enterprises, brought in as a sheet: a row for an enterprise, a column for a fact of the dictionary, in its unit.
import { byDictionary, profile, rowsIn, type FactRow } from '../../domains/policies/index.ts'
import { may } from '../../kernel/access.ts'
import type { Row } from '../sheet/index.ts'
import type { World } from '../world.ts'
import { usccColumn, type Column } from './column.ts'
import { cellsOf, codeIn, columnOf, type Reading, type Understood } from './row.ts'
import { rowSheet } from './run.ts'

const KIND = 'profile'
const OF = 'fact '

/** What is told beside the facts of a row. */
const beside = [
  usccColumn,
  { key: 'name', kind: 'text', example: '通化示例药业有限公司', titles: ['企业名称', '名称', 'Name', 'Enterprise'] },
  { key: 'period', kind: 'year', example: '2025', titles: ['年度', '所属年度', '统计年度', 'Year'] },
  { key: 'source', kind: 'text', required: true, example: '税务局', titles: ['数据来源', '来源', 'Source'] },
  { key: 'observedAt', kind: 'date', example: '2026-03-31', titles: ['数据日期', '提供日期', 'As of'] },
] as const satisfies readonly Column<string>[]

const KINDS = { number: 'number', flag: 'yes-no', text: 'text', day: 'date' } as const satisfies Record<
  FactRow['type'],
  Column['kind']
>
const EXAMPLES = { number: 100, flag: '是', text: '', day: '2026-01-01' } as const satisfies Record<
  FactRow['type'],
  string | number
>

type FactColumn = Column<string> & { readonly fact?: FactRow }

async function columnsOf(world: World): Promise<readonly FactColumn[]> {
  const { records } = await world.around.store.load([], [byDictionary.dictionary])
  const rows = rowsIn(records[0]).filter(({ registered }) => registered === undefined)
  return [...beside, ...rows.map((row) => columnOfFact(world, row))]
}

/** Under its name, or its name and its unit: under another unit it is another column, which nobody knows. */
function columnOfFact({ registry }: World, fact: FactRow): FactColumn {
  const { name, type, measure, allowed } = fact
  const { texts } = registry.kinds.get('dictionary')!
  const units = measure === undefined ? [] : [texts['zh-CN'].options[measure]!, texts.en.options[measure]!]
  const [first = name, ...others] = units.map((unit) => `${name}（${unit}）`)
  return {
    key: OF + name,
    kind: KINDS[type],
    example: allowed?.[0] ?? EXAMPLES[type],
    titles: first === name ? [name] : [first, name, ...others],
    fact,
  }
}

const SAID = {
  'zh-CN': {
    uscc: '请填写统一社会信用代码。',
    source: '请填写数据来源，如“税务局”。',
    none: '这一行没有数据。',
    period: '“{fact}”是按年度的数据，请填写四位数的年度。',
  },
  en: {
    uscc: 'needs the unified social credit code.',
    source: 'needs the source, such as the tax office.',
    none: 'The row holds no data.',
    period: '“{fact}” is told for a year: give a year of four digits.',
  },
} as const

function understand(reading: Reading<string>, row: Row): Understood {
  const { lang, job, places, today } = reading
  const said = SAID[lang]
  const { values, errors } = cellsOf(reading, row)
  const { code, id, wrong } = codeIn(values['uscc'], lang)
  const tell = (key: string, reason: string) => {
    if (!errors.has(key)) errors.set(key, reason)
  }
  if (wrong !== undefined) tell('uscc', wrong)
  else if (code === '') tell('uscc', said.uscc)
  const { source, period, observedAt = today } = values
  if (source === undefined) tell('source', said.source)
  const columns: readonly FactColumn[] = reading.columns
  const told = columns.flatMap(({ key, fact }) => (fact && values[key] !== undefined ? [{ key, fact }] : []))
  if (told.length === 0 && errors.size === 0) tell('uscc', said.none)
  const yearly = told.find(({ fact }) => fact.period !== undefined)
  // Where the sheet has no column for the year, the fact is the cell to look at.
  if (yearly && period === undefined)
    tell(places.has('period') ? 'period' : yearly.key, said.period.replace('{fact}', yearly.fact.name))
  const facts = told.map(({ key, fact }) => ({
    fact: fact.name,
    value: saidAs(values[key]),
    ...(fact.period !== undefined && { period }),
    source,
    observedAt,
  }))
  return {
    id,
    command:
      errors.size > 0
        ? undefined
        : { kind: KIND, id, name: 'observe', input: { enterprise: id, facts }, key: `import ${job} ${row.row}` },
    errors: [...errors].map(([key, reason]) => ({ ...columnOf(places, key), reason })),
    warnings: [],
    keyOf(field) {
      const [list, place, part = ''] = field.split('.')
      return list !== 'facts' ? 'uscc' : places.has(part) ? part : (told[Number(place)]?.key ?? 'uscc')
    },
  }
}

const saidAs = (value: unknown) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value))

/** Data of enterprises, brought in by those who keep the city's list of policies. */
export const factSheet = rowSheet<string>({
  kind: KIND,
  name: '企业数据',
  unknown: 'refuse',
  may: (actor) => may(profile.commands.observe.by, actor),
  columns: columnsOf,
  understand,
  // Whoever had the code before is still who the data are of.
  about: (command, id) =>
    id === undefined ? command : { ...command, id, input: { ...(command.input as object), enterprise: id } },
})
