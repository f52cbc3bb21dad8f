// Records as the sheets of a workbook, made from the form that opens them: a row for each, and a sheet for each of its lists.
import type { Kind } from '../../kernel/domain.ts'
import { fenOf } from '../../kernel/money.ts'
import { cleaned } from '../../kernel/sign.ts'
import { languages, type Language } from '../../kernel/texts.ts'
import { schemaOf, type JsonSchema } from '../schema.ts'
import type { Cell, KnownColumn, SheetColumn, SheetRow } from '../sheet/index.ts'

export type Column = KnownColumn & {
  readonly form: 'text' | 'number' | 'money' | 'yes-no' | 'choice' | 'choices' | 'words' | 'unit'
  readonly required: boolean
  /** What may be chosen, by its code. */
  readonly options: Readonly<Record<string, Readonly<Record<Language, string>>>>
}

export type Table = {
  /** The list whose rows these are; absent for the records themselves. */
  readonly list?: string
  /** What the sheet may be called, in the order of the languages. */
  readonly names: readonly [zh: string, en: string]
  readonly columns: readonly Column[]
}

/** What a unit is called, and the ids of those that are called like this, in either language or by their id. */
export type UnitNames = { of(id: string, lang: Language): string; find(text: string): readonly string[] }

export type Fields = Readonly<Record<string, unknown>>

type Shape = {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly items?: Shape
  readonly widget?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
}

/** The first is that of the records themselves; each of the others begins with the column that names one. */
export function tablesOf(
  kind: Kind,
  command: string,
  key: string,
  names: { readonly own: Table['names']; readonly lists: Readonly<Record<string, Table['names']>> },
): readonly Table[] {
  const shape = schemaOf(kind.definition.commands[command]!.input) as JsonSchema & Shape
  const columnsOf = ({ properties = {}, required = [] }: Shape, all: boolean) =>
    Object.entries(properties)
      .filter(([, one]) => one.items?.type !== 'object')
      .map(([name, one]) => columnOf(kind, name, one, all && required.includes(name)))
  const whose = { ...columnOf(kind, key, shape.properties![key]!, true), required: true }
  const lists = Object.entries(shape.properties ?? {}).filter(([, one]) => one.items?.type === 'object')
  return [
    { names: names.own, columns: columnsOf(shape, true) },
    ...lists.map(([list, { items }]) => ({
      list,
      names: names.lists[list] ?? languages.map((lang) => kind.texts[lang].fields[list] ?? list),
      columns: [whose, ...columnsOf(items!, true)],
    })),
  ] as readonly Table[]
}

const UNIT = { 'zh-CN': '(元)', en: ' (yuan)' } as const

function columnOf({ texts }: Kind, key: string, shape: Shape, required: boolean): Column {
  const form = formOf(shape)
  const [zh, en] = languages.map((lang) => texts[lang].fields[key] ?? key) as [string, string]
  const titles: [string, ...string[]] =
    form === 'money' ? [`${zh}${UNIT['zh-CN']}`, `${en}${UNIT.en}`, zh, en, key] : [zh, en, key]
  const values = shape.enum ?? shape.items?.enum ?? []
  const options = values.map(
    (value) =>
      [value, { 'zh-CN': texts['zh-CN'].options[value] ?? value, en: texts.en.options[value] ?? value }] as const,
  )
  return { key, titles, form, required, options: Object.fromEntries(options) }
}

function formOf({ type, enum: values, items, widget }: Shape): Column['form'] {
  if (type === 'array') return items?.enum ? 'choices' : 'words'
  if (type === 'boolean') return 'yes-no'
  if (type === 'integer' || type === 'number') return widget === 'money' ? 'money' : 'number'
  if (values) return 'choice'
  return widget === 'unit' ? 'unit' : 'text'
}

export function titleOf({ form, titles }: Column, lang: Language): string {
  return (lang === 'en' ? titles[1] : titles[0]) ?? titles[form === 'money' ? 1 : 0]!
}

export function sheetColumns({ columns }: Table, lang: Language): readonly SheetColumn[] {
  return columns.map((column) => ({ key: column.key, title: titleOf(column, lang), width: WIDTHS[column.form] }))
}

const WIDTHS: Readonly<Record<Column['form'], number>> = {
  text: 28,
  number: 10,
  money: 14,
  'yes-no': 8,
  choice: 16,
  choices: 24,
  words: 24,
  unit: 24,
}

const YES = { 'zh-CN': '是', en: 'yes' } as const
const NO = { 'zh-CN': '否', en: 'no' } as const
const SEPARATORS = /[、，,；;\n]/

/** One row as it goes out. */
export function rowOf({ columns }: Table, fields: Fields, units: UnitNames, lang: Language): SheetRow {
  return Object.fromEntries(columns.map((column) => [column.key, written(column, fields[column.key], units, lang)]))
}

function written({ form, options }: Column, value: unknown, units: UnitNames, lang: Language) {
  if (value === undefined || value === null) return null
  switch (form) {
    case 'yes-no':
      return value === true ? YES[lang] : NO[lang]
    case 'choice':
      return options[value as string]?.[lang] ?? (value as string)
    case 'choices':
      return (value as string[]).map((one) => options[one]?.[lang] ?? one).join('、')
    case 'words': {
      const words = value as string[]
      // What could not be told apart again goes out as a list of its own form; an empty list is told from no list.
      const plain = words.length > 0 && words.every((one) => !SEPARATORS.test(one) && !one.startsWith('['))
      return plain ? words.join('、') : JSON.stringify(words)
    }
    case 'unit':
      return units.of(value as string, lang)
    case 'money':
      return (value as number) / 100
    case 'text':
    case 'number':
      return value as string | number
  }
}

/** What is wrong with a cell; the words for it are in `SAID` of the reader. */
export type Unread =
  'merged' | 'broken' | 'formula' | 'number' | 'money' | 'yes-no' | 'choice' | 'text' | 'unit' | 'several'

const TRUE = new Set(['是', 'y', 'yes', 'true', '1', '√'])
const FALSE = new Set(['否', 'n', 'no', 'false', '0', '×'])
const NUMBER = /^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/

/** What a cell says; an empty one says nothing. */
export function readCell(
  { form, options }: Column,
  cell: Cell | undefined,
  units: UnitNames,
): { readonly value: unknown } | { readonly wrong: Unread; readonly at?: string } {
  if (cell === undefined) return { value: undefined }
  if (cell.merged !== undefined) return { wrong: 'merged' }
  if (cell.kind === 'error') return { wrong: 'broken', at: String(cell.value ?? '#') }
  if (cell.formula && (cell.value === null || cell.value === '')) return { wrong: 'formula' }
  const text = cell.value === null ? '' : cleaned(String(cell.value)).trim()
  if (text === '') return { value: undefined }
  switch (form) {
    case 'text':
      // Beyond fifteen digits a number has lost its last ones.
      if (cell.kind === 'number' && !(Number.isInteger(cell.value) && Math.abs(cell.value as number) < 1e15))
        return { wrong: 'text' }
      return { value: text }
    case 'number':
    case 'money': {
      const plain = text.normalize('NFKC')
      const value = cell.kind === 'number' ? (cell.value as number) : NUMBER.test(plain) ? plain : undefined
      if (value === undefined || cell.kind === 'percent') return { wrong: form }
      if (form === 'number') return { value: Number(String(value).replaceAll(',', '')) }
      const fen = fenOf(String(value))
      return fen === undefined ? { wrong: 'money' } : { value: fen }
    }
    case 'yes-no': {
      const folded = text.normalize('NFKC').toLowerCase()
      if (TRUE.has(folded)) return { value: true }
      return FALSE.has(folded) ? { value: false } : { wrong: 'yes-no' }
    }
    case 'choice': {
      const code = chosen(options, text)
      return code === undefined ? { wrong: 'choice', at: text } : { value: code }
    }
    case 'choices': {
      const codes = text
        .split(SEPARATORS)
        .filter((one) => one.trim() !== '')
        .map((one) => chosen(options, one) ?? { lost: one.trim() })
      const lost = codes.find((one) => typeof one === 'object')
      return lost ? { wrong: 'choice', at: lost.lost } : { value: codes }
    }
    case 'words':
      return { value: wordsIn(text) }
    case 'unit': {
      const [id, ...others] = units.find(text)
      if (id === undefined) return { wrong: 'unit', at: text }
      return others.length > 0 ? { wrong: 'several', at: text } : { value: id }
    }
  }
}

/** By its name in either language, or by its code. */
function chosen(options: Column['options'], text: string): string | undefined {
  const plain = (one: string) => one.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase()
  return Object.entries(options).find(([code, names]) =>
    [code, ...Object.values(names)].some((one) => plain(one) === plain(text)),
  )?.[0]
}

function wordsIn(text: string): readonly string[] {
  if (text.startsWith('['))
    try {
      const list: unknown = JSON.parse(text)
      if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list
    } catch {
      // No list after all: a word that begins like one.
    }
  return text
    .split(SEPARATORS)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
