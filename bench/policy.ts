// Policies and enterprises as a city has them, the same at every run, and each policy in the words of every engine that is compared.
import { columnOf, type Column, type Table } from '../kernel/rules/column.ts'
import { parse, type Expression } from '../kernel/rules/expression.ts'
import { sequence } from './measure.ts'

type Condition =
  | { readonly fact: string; readonly op: '>=' | '<='; readonly value: number }
  | { readonly fact: string; readonly op: 'in'; readonly value: readonly string[] }
  | { readonly fact: string; readonly op: '='; readonly value: boolean }

/** All of these, and any of those. */
export type Policy = { readonly all: readonly Condition[]; readonly any: readonly Condition[] }

const AMOUNTS =
  '营业收入 资产总额 职工人数 研发费用 纳税额 出口额 能耗 新增股权融资 成立天数 一类知识产权 二类知识产权 评价得分 固定资产投资 参保人数 用地面积 合同额'.split(
    ' ',
  )
const RATIOS = ['研发强度', '主营占比']
const KINDS = { 行业: 96, 区县: 16, 类型: 8, 信用: 5, 规模: 4, 产业链: 20 }
const FLAGS = '高新技术企业 科技型中小企业 专精特新 小巨人 无失信 上市 新办 有研发机构'.split(' ')
/** Of a hundred facts so many are missing. */
const MISSING = 15

type Cell = number | string | boolean | undefined

/** What enterprises have, most of it little and some of it much. */
function cells(draw: (below: number) => number): Readonly<Record<string, () => Cell>> {
  const skewed = () => Math.round(10 ** (draw(5000) / 1000) * (1 + draw(10)))
  const own: [string, () => Cell][] = [
    ...AMOUNTS.map((name): [string, () => Cell] => [name, skewed]),
    ...RATIOS.map((name): [string, () => Cell] => [name, () => draw(1000) / 1000]),
    ...Object.entries(KINDS).map(([name, count]): [string, () => Cell] => [
      name,
      () => `${name}${Math.floor((draw(1000) * draw(1000) * count) / 1e6)}`,
    ]),
    ...FLAGS.map((name, n): [string, () => Cell] => [name, () => draw(10) < n + 1]),
  ]
  return Object.fromEntries(own.map(([name, cell]) => [name, () => (draw(100) < MISSING ? undefined : cell())]))
}

/** The upper bits of what is drawn, which repeat less soon than the lower. */
function drawing(seed: number): (below: number) => number {
  const draw = sequence(seed)
  return (below) => Math.floor((draw(2 ** 31) / 2 ** 31) * below)
}

export function enterprises(rows: number): Table {
  const draw = drawing(7)
  const columns = Object.entries(cells(draw)).map(([name, cell]): [string, Column] => [
    name,
    columnOf(Array.from({ length: rows }, cell)),
  ])
  return { rows, columns: new Map(columns) }
}

export function policies(count: number): readonly Policy[] {
  const draw = drawing(11)
  const one = <Item>(list: readonly Item[]) => list[draw(list.length)]!
  const condition = (): Condition => {
    const kind = draw(32)
    if (kind < 16) {
      // Thresholds are round numbers: 200, 5000.
      const value = (1 + draw(9)) * 10 ** (1 + draw(4))
      return { fact: one(AMOUNTS), op: draw(4) > 0 ? '>=' : '<=', value }
    }
    if (kind < 18) return { fact: one(RATIOS), op: draw(4) > 0 ? '>=' : '<=', value: draw(100) / 100 }
    if (kind < 24) {
      const [fact, all] = one(Object.entries(KINDS))
      const first = draw(all)
      const value = Array.from({ length: Math.max(2, Math.floor(all / 2)) }, (_, n) => `${fact}${(first + n) % all}`)
      return { fact, op: 'in', value }
    }
    return { fact: one(FLAGS), op: '=', value: draw(2) === 0 }
  }
  const some = (least: number) => Array.from({ length: least + draw(2) }, condition)
  return Array.from({ length: count }, () => ({ all: some(3), any: some(2) }))
}

const NAMES = Object.fromEntries([...AMOUNTS, ...RATIOS, ...Object.keys(KINDS), ...FLAGS].map((name) => [name, null]))

export function feelOf({ all, any }: Policy): string {
  const condition = ({ fact, op, value }: Condition) =>
    op === 'in' ? `${fact} in (${value.map((one) => `"${one}"`).join(', ')})` : `${fact} ${op} ${value}`
  return `${all.map(condition).join(' and ')} and (${any.map(condition).join(' or ')})`
}

export function expressionOf(policy: Policy): Expression {
  const expression = parse(feelOf(policy), NAMES)
  if ('refused' in expression) throw new Error(`${feelOf(policy)}: ${expression.refused}`)
  return expression
}

export function latinOf(fact: string): string {
  return `f${Object.keys(NAMES).indexOf(fact)}`
}

const OPERATORS = { '>=': 'greaterThanInclusive', '<=': 'lessThanInclusive', in: 'in', '=': 'equal' } as const

/** As json-rules-engine has it. */
export function rulesEngineOf({ all, any }: Policy) {
  const condition = ({ fact, op, value }: Condition) => ({ fact, operator: OPERATORS[op], value })
  return { all: [...all.map(condition), { any: any.map(condition) }] }
}

/** As ZEN has it: names in Latin letters; it throws when null is compared, so that every condition asks for it first. */
export function zenOf({ all, any }: Policy): string {
  const condition = ({ fact, op, value }: Condition) => {
    const name = latinOf(fact)
    return `(${name} != null and ${name} ${op === '=' ? '==' : op} ${JSON.stringify(value)})`
  }
  return `${all.map(condition).join(' and ')} and (${any.map(condition).join(' or ')})`
}

/** As JSON Logic has it; null is taken for 0 there, so that every condition asks for it first. */
export function jsonLogicOf({ all, any }: Policy) {
  const condition = ({ fact, op, value }: Condition) => ({
    and: [{ '!==': [{ var: fact }, null] }, { [op === '=' ? '===' : op]: [{ var: fact }, value] }],
  })
  return { and: [...all.map(condition), { or: any.map(condition) }] }
}
