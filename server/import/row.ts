// A row of a sheet as one command, or what is wrong with its cells.
import type { Command } from '../../kernel/door.ts'
import { parse } from '../../kernel/input.ts'
import { usccName } from '../../domains/register/index.ts'
import type { Kind } from '../../kernel/domain.ts'
import type { Language } from '../../kernel/texts.ts'
import { problemOf } from '../problem.ts'
import type { CellError, Row } from '../sheet/index.ts'
import type { World } from '../world.ts'
import { columns, valueOf, type Key } from './column.ts'

export type Reading = {
  readonly world: World
  readonly kind: Kind
  readonly places: ReadonlyMap<Key, number>
  readonly lang: Language
  /** The same row of the same job is the same command; of another job, even of the same file, it is decided anew. */
  readonly job: string
  readonly today: string
}

const SAID = {
  'zh-CN': {
    number: '应为数字。',
    date: '不是存在的日期，请写成 2019-05-20 这样的格式。',
    'yes-no': '请填写“是”或“否”。',
    code: '不在代码表中，请填写代码或规范名称。',
    text: '单元格的内容有错误。',
    formula: '单元格是公式且没有保存结果，请改为数值。',
    merged: '不能使用合并单元格，请取消合并。',
    period: '填写了从业人员、营业收入或资产总额时，须填写四位数的年度。',
    uscc: '统一社会信用代码里没有数字。',
  },
  en: {
    number: 'should be a number.',
    date: 'is not a date that exists; write it like 2019-05-20.',
    'yes-no': 'should be yes or no.',
    code: 'is not in the code list; give the code or its name.',
    text: 'holds an error.',
    formula: 'is a formula without a stored result; put the value in its place.',
    merged: 'is merged; cells may not be merged.',
    period: 'A year of four digits is needed where staff, revenue or assets are given.',
    uscc: 'has no digits.',
  },
} as const

/** The command that enters the row's enterprise, under its code as a name, or the reasons why not, cell by cell. */
export function commandOf(reading: Reading, row: Row): Command | readonly CellError[] {
  const { world, kind, places, lang, job, today } = reading
  const said = SAID[lang]
  const errors: CellError[] = []
  const values: Partial<Record<Key, unknown>> = {}
  for (const column of columns) {
    const place = places.get(column.key)
    if (place === undefined) continue
    const cell = row.cells.find((one) => one.column === place)
    if (cell?.merged !== undefined) errors.push({ column: place, reason: said.merged })
    else if (cell?.formula && (cell.value === null || cell.value === ''))
      errors.push({ column: place, reason: said.formula })
    else {
      const read = valueOf(column, cell, world.registry.codes)
      if (read) values[column.key] = read.value
      else errors.push({ column: place, reason: said[column.kind] })
    }
  }
  const { staff, revenue, assets, period, source, ...known } = values
  const facts = [
    ['staff', staff, 'person'],
    ['revenue', revenue, 'wan-yuan'],
    ['assets', assets, 'wan-yuan'],
  ].flatMap(([fact, value, unit]) =>
    value === undefined ? [] : [{ fact, value, unit, period, source: source ?? '导入', observedAt: today }],
  )
  if (facts.length > 0 && !(typeof period === 'string' && /^\d{4}$/.test(period)))
    errors.push({ ...columnOf(places, 'period'), reason: said.period })
  if (errors.length > 0) return errors
  const input = Object.fromEntries(
    Object.entries({ ...known, ...(facts.length > 0 && { facts }) }).filter(([, value]) => value !== undefined),
  )
  const name = 'enter'
  const parsed = parse(kind.definition.commands[name]!.input, input)
  if ('fields' in parsed) {
    const told = problemOf(
      world.registry,
      { refused: 'invalid-input', kind: kind.definition.kind, fields: parsed.fields },
      lang,
    )
    return (told.fields ?? []).map(({ field, message }) => ({ ...columnOf(places, fieldKey(field)), reason: message }))
  }
  const id = usccName(String(known.uscc))
  if (id === '') return [{ ...columnOf(places, 'uscc'), reason: said.uscc }]
  return { kind: kind.definition.kind, id, name, input, key: `import ${job} ${row.row}` }
}

/** The column whose cell a refused field comes from. */
export function columnOf(places: ReadonlyMap<Key, number>, key: string): { readonly column?: number } {
  const column = places.get(key as Key)
  return column === undefined ? {} : { column }
}

function fieldKey(field: string): string {
  return field.startsWith('facts') ? 'staff' : field
}
