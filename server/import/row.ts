// A row of a sheet as one command, or what is wrong with its cells.
import type { Command } from '../../kernel/door.ts'
import { parse } from '../../kernel/input.ts'
import { checkUscc, usccName, wrongIn } from '../../domains/register/index.ts'
import type { Kind } from '../../kernel/domain.ts'
import type { Language } from '../../kernel/texts.ts'
import { problemOf } from '../problem.ts'
import type { CellError, Row } from '../sheet/index.ts'
import type { World } from '../world.ts'
import { isExample, valueOf, type Column, type Key } from './column.ts'

export type Reading<Of extends string = Key> = {
  readonly world: World
  readonly kind: Kind
  readonly columns: readonly Column<Of>[]
  readonly places: ReadonlyMap<Of, number>
  readonly lang: Language
  /** The same row of the same job is the same command; of another job, even of the same file, it is decided anew. */
  readonly job: string
  readonly today: string
}

export const SAID = {
  'zh-CN': {
    number: '应为数字。',
    date: '不是存在的日期，请写成 2019-05-20 这样的格式。',
    'yes-no': '请填写“是”或“否”。',
    year: '应为四位数的年度。',
    code: '不在代码表中，请填写代码或规范名称。',
    industry: '不在代码表中，请填写 GB/T 4754 的代码（例如 27、3921 或 C3921）或大类的规范名称。',
    text: '单元格的内容有错误。',
    formula: '单元格是公式且没有保存结果，请改为数值。',
    merged: '不能使用合并单元格，请取消合并。',
    period: '填写了从业人员、营业收入或资产总额时，须填写四位数的年度。',
    digits: '统一社会信用代码里没有数字。',
    example: '这是模板里的示例行，请删除整行，或换成真实的企业。',
    broken: '单元格的公式出错（显示为 {shown}），请改正公式，或直接填写内容。',
    uscc: '代码已被表格软件改成数字或日期，无法还原。请把该列单元格格式设为文本后重新填写。',
  },
  en: {
    number: 'should be a number.',
    date: 'is not a date that exists; write it like 2019-05-20.',
    'yes-no': 'should be yes or no.',
    year: 'should be a year of four digits.',
    code: 'is not in the code list; give the code or its name.',
    industry:
      'is not in the code list; give a code of GB/T 4754 (such as 27, 3921 or C3921) or the name of a division.',
    text: 'holds an error.',
    formula: 'is a formula without a stored result; put the value in its place.',
    merged: 'is merged; cells may not be merged.',
    period: 'A year of four digits is needed where staff, revenue or assets are given.',
    digits: 'has no digits.',
    example: 'is the example of the template; delete the row, or put a real enterprise in its place.',
    broken: 'holds a formula that fails (shown as {shown}); mend it, or enter the value itself.',
    uscc: 'was turned into a number or a date by the spreadsheet and cannot be recovered; set the format of the cells to text and enter the code anew.',
  },
} as const

/** A row as it was understood: the command that enters its enterprise, unless a cell is wrong, and what to look at again. */
export type Understood = {
  /** The code as a name; empty where there is none. */
  readonly id: string
  readonly command: Command | undefined
  readonly errors: readonly CellError[]
  /** What does not keep the row out. */
  readonly warnings: readonly CellError[]
  /** The column of a field that the door refuses; the field's own name when absent. */
  readonly keyOf?: (field: string) => string
}

const FIGURES = [
  ['staff', 'person'],
  ['revenue', 'wan-yuan'],
  ['assets', 'wan-yuan'],
] as const

/** Every wrong cell of a row is told at once, whatever is wrong with it; each cell once. */
export function understand(reading: Reading, row: Row): Understood {
  const { kind, lang, job, today } = reading
  const said = SAID[lang]
  const { values, errors, given } = cellsOf(reading, row)
  const { staff, revenue, assets, period, source, ...known } = values
  const numbers = { staff, revenue, assets }
  const facts = FIGURES.flatMap(([fact, unit]) =>
    numbers[fact] === undefined
      ? []
      : [{ fact, value: numbers[fact], unit, period, source: source ?? '导入', observedAt: today }],
  )
  const figure = FIGURES.map(([fact]) => fact).find((fact) => given.has(fact))
  const tell = (key: Key, reason: string) => {
    if (!errors.has(key)) errors.set(key, reason)
  }
  // A year of nothing is not read.
  if (figure === undefined) errors.delete('period')
  else if (period === undefined) tell('period', said.period)
  const input = Object.fromEntries(
    Object.entries({ ...known, ...(facts.length > 0 && { facts }) }).filter(([, value]) => value !== undefined),
  )
  const keyOf = (field: string) => columnKey(field, facts)
  for (const { field, message } of problemsOf(reading, input)) tell(keyOf(field), message)
  const { code, id, wrong } = codeIn(known.uscc, lang)
  if (wrong !== undefined) tell('uscc', wrong)
  const form = id === '' ? 'valid' : checkUscc(code).form
  const caution = kind.texts[lang].cautions?.[form]
  // Where the sheet has no column for the year, the figure is the cell to look at.
  const cellOf = (key: Key) => (key === 'period' && !reading.places.has(key) ? (figure ?? key) : key)
  const placed = (key: Key, reason: string) => ({ ...columnOf(reading.places, cellOf(key)), reason })
  return {
    id,
    command:
      errors.size > 0
        ? undefined
        : { kind: kind.definition.kind, id, name: ENTER, input, key: `import ${job} ${row.row}` },
    errors: [...errors]
      .map(([key, reason]) => placed(key, reason))
      .toSorted((a, b) => (a.column ?? Infinity) - (b.column ?? Infinity)),
    warnings: caution === undefined ? [] : [placed('uscc', caution)],
  }
}

const ENTER = 'enter'

/** The code of a row, the name that it makes, and what is wrong with it. */
export function codeIn(
  uscc: unknown,
  lang: Language,
): { readonly code: string; readonly id: string; readonly wrong?: string } {
  const code = typeof uscc === 'string' ? uscc : ''
  const id = usccName(code)
  if (isExample(code)) return { code, id, wrong: SAID[lang].example }
  return code !== '' && id === '' ? { code, id, wrong: SAID[lang].digits } : { code, id }
}

/** What each cell says, what is wrong with those that say nothing, and which hold anything at all. */
export function cellsOf<Of extends string>({ world, columns, places, lang }: Reading<Of>, row: Row) {
  const said = SAID[lang]
  const values: Partial<Record<Of, unknown>> = {}
  const errors = new Map<Of, string>()
  const given = new Set<Of>()
  for (const column of columns) {
    const place = places.get(column.key)
    const cell = place === undefined ? undefined : row.cells.find((one) => one.column === place)
    if (!cell) continue
    given.add(column.key)
    if (cell.merged !== undefined) errors.set(column.key, said.merged)
    else if (cell.kind === 'error') errors.set(column.key, said.broken.replace('{shown}', String(cell.value ?? '#')))
    else if (cell.formula && (cell.value === null || cell.value === '')) errors.set(column.key, said.formula)
    else {
      const read = valueOf(column, cell, world.registry.codes)
      if (!read) errors.set(column.key, said[column.kind])
      else if (read.value === undefined) given.delete(column.key)
      else values[column.key] = read.value
    }
  }
  return { values, errors, given }
}

/** Whatever the form would refuse, and whatever the decision would refuse of what is well formed, by field. */
function problemsOf({ world, kind, lang, today }: Reading, input: Readonly<Record<string, unknown>>) {
  const schema = kind.definition.commands[ENTER]!.input
  const parsed = parse(schema, input)
  const name = kind.definition.kind
  const wrong = 'fields' in parsed ? parsed.fields : []
  const bad = new Set(wrong.map(({ field }) => field))
  const sound = Object.fromEntries(Object.entries(input).filter(([field]) => !bad.has(field)))
  const refused = wrongIn({ phase: 'none' }, sound as Parameters<typeof wrongIn>[1], today)
  return [
    ...(wrong.length > 0
      ? [problemOf(world.registry, { refused: 'invalid-input', kind: name, fields: wrong }, lang)]
      : []),
    ...refused.map((one) => problemOf(world.registry, { ...one, kind: name }, lang)),
  ].flatMap(({ fields }) => fields ?? [])
}

/** The column whose cell a refused field comes from. */
export function columnOf(places: ReadonlyMap<string, number>, key: string): { readonly column?: number } {
  const column = places.get(key)
  return column === undefined ? {} : { column }
}

/** The column of a field: a figure's value stands under its own name, its year and source in columns of theirs. */
function columnKey(field: string, facts: readonly { readonly fact: Key }[]): Key {
  const [name, place, part] = field.split('.')
  if (name !== 'facts') return name as Key
  return part === 'period' || part === 'source' ? part : (facts[Number(place)]?.fact ?? 'staff')
}
