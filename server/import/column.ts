// The columns of a sheet of enterprises: what they may be called, and how a cell becomes an answer of the form.
import { isCivilDate } from '../../kernel/clock/date.ts'
import type { Code } from '../../kernel/domain.ts'
import { cleaned } from '../../kernel/sign.ts'
import { checkUscc } from '../../domains/register/index.ts'
import type { Cell, KnownColumn } from '../sheet/index.ts'

export type Key =
  | 'uscc'
  | 'name'
  | 'division'
  | 'industry'
  | 'registeredOn'
  | 'private'
  | 'evidence'
  | 'contact'
  | 'phone'
  | 'address'
  | 'staff'
  | 'revenue'
  | 'assets'
  | 'period'
  | 'source'

/** `example` is what the template shows. */
export type Column<Of extends string = Key> = KnownColumn<Of> & {
  readonly kind: 'uscc' | 'text' | 'date' | 'yes-no' | 'number' | 'year' | 'code' | 'industry'
  readonly example: string | number
}

/** By which a row says whose it is. */
export const usccColumn = {
  key: 'uscc',
  kind: 'uscc',
  required: true,
  example: '91220502MA000000XX',
  titles: ['统一社会信用代码', '社会信用代码', '信用代码', 'USCC', 'Unified social credit code'],
} as const satisfies Column<'uscc'>

export const columns: readonly Column[] = [
  usccColumn,
  {
    key: 'name',
    kind: 'text',
    required: true,
    example: '通化示例药业有限公司',
    titles: ['企业名称', '名称', '单位名称', 'Name', 'Enterprise'],
  },
  {
    key: 'division',
    kind: 'code',
    required: true,
    example: '东昌区',
    titles: ['行政区划', '所属区县', '区划代码', 'Division'],
  },
  {
    key: 'industry',
    kind: 'industry',
    required: true,
    example: 'C2720',
    titles: ['行业', '行业大类', '行业代码', '国民经济行业代码', 'Industry'],
  },
  {
    key: 'registeredOn',
    kind: 'date',
    required: true,
    example: '2019-05-20',
    titles: ['成立日期', '注册日期', '登记日期', 'Registered on'],
  },
  { key: 'private', kind: 'yes-no', required: true, example: '是', titles: ['是否民营', '民营经济组织', 'Private'] },
  { key: 'evidence', kind: 'text', example: '股东均为自然人', titles: ['民营依据', '认定依据', 'Evidence'] },
  { key: 'contact', kind: 'text', example: '张三', titles: ['联系人', 'Contact'] },
  { key: 'phone', kind: 'text', example: '0435-0000000', titles: ['联系电话', '电话', 'Telephone', 'Phone'] },
  { key: 'address', kind: 'text', example: '通化市东昌区示例路1号', titles: ['地址', '住所', 'Address'] },
  { key: 'staff', kind: 'number', example: 120, titles: ['从业人员', '从业人员(人)', '职工人数', 'Staff'] },
  {
    key: 'revenue',
    kind: 'number',
    example: 3500,
    titles: ['营业收入(万元)', '营业收入', 'Revenue (10,000 yuan)', 'Revenue'],
  },
  {
    key: 'assets',
    kind: 'number',
    example: 2800,
    titles: ['资产总额(万元)', '资产总额', 'Assets (10,000 yuan)', 'Assets'],
  },
  { key: 'period', kind: 'year', example: '2025', titles: ['年度', '统计年度', 'Year'] },
  { key: 'source', kind: 'text', example: '年度报告', titles: ['数据来源', '来源', 'Source'] },
]

/** Whether a code is the one that the template shows. */
export function isExample(code: string): boolean {
  return code.normalize('NFKC').toUpperCase() === usccColumn.example
}

const YES = new Set(['是', '民营', '有', 'y', 'yes', 'true', '1'])
const NO = new Set(['否', '非民营', '无', 'n', 'no', 'false', '0'])

/** Plain, or with a comma before every three digits; nothing that only a program reads as a number. */
const NUMBER = /^-?(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.\d+)?$/
/** A code that a spreadsheet took for a number, and wrote down as short as it shows numbers. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+?\d{1,3}$/i
/** The same written out: of eighteen digits it keeps fifteen. */
const ROUNDED = /^\d{15}0{3}$/

/** Full-width digits, letters and signs as they stand on a keyboard, and nothing else changed. */
const halfWidth = (text: string) =>
  text.replaceAll(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))

/**
 * Whether a spreadsheet has turned a code into something else: beyond fifteen digits a number has lost its last ones,
 * and several codes have become the same.
 */
function isDestroyed({ kind, value }: Cell, text: string): boolean {
  if (kind === 'number') return !Number.isInteger(value) || (value as number) < 0 || (value as number) >= 1e15
  const plain = halfWidth(text).replaceAll(/\s/g, '')
  return kind !== 'text' || SHORTENED.test(plain) || (ROUNDED.test(plain) && checkUscc(plain).form !== 'valid')
}

/** What a cell says, or undefined where it cannot be that; an empty cell says nothing. */
export function valueOf(
  column: Column<string>,
  cell: Cell | undefined,
  codes: ReadonlyMap<string, readonly Code[]>,
): { readonly value: unknown } | undefined {
  const text = cell?.value === null || cell?.value === undefined ? '' : cleaned(String(cell.value)).trim()
  if (cell === undefined || text === '') return { value: undefined }
  if (cell.kind === 'error') return undefined
  switch (column.kind) {
    case 'text':
      return { value: text }
    case 'uscc':
      return isDestroyed(cell, text) ? undefined : { value: text }
    case 'number': {
      if (cell.kind === 'number') return { value: cell.value }
      const plain = halfWidth(text)
      return cell.kind === 'text' && NUMBER.test(plain) ? { value: Number(plain.replaceAll(',', '')) } : undefined
    }
    case 'yes-no': {
      const folded = text.toLowerCase()
      return YES.has(folded) ? { value: true } : NO.has(folded) ? { value: false } : undefined
    }
    case 'date': {
      const [, year = '', month = '', day = ''] =
        /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.slice(0, 11)) ?? []
      const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
      return isCivilDate(date) ? { value: date } : undefined
    }
    case 'year': {
      const [, year] = /^(\d{4})(?:年度?)?$/.exec(text) ?? []
      return year === undefined ? undefined : { value: year }
    }
    case 'industry':
    case 'code': {
      // A code of the industry may be deeper than the list; what is wrong with it is said where it is entered.
      const plain = text.normalize('NFKC').toUpperCase()
      if (column.kind === 'industry' && /^[A-T]?\d{2,4}$/.test(plain)) return { value: plain }
      // By code, by name, or by both as the list shows them.
      const found = (codes.get(column.key) ?? []).find(
        ({ code, name }) =>
          text === code || text === name['zh-CN'] || text === name.en || name['zh-CN'] === `${code} ${text}`,
      )
      return found ? { value: found.code } : undefined
    }
  }
}
