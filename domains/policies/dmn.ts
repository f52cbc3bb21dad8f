// A benefit as a model of decisions (DMN): what other engines open and draw, and what comes back from them.
import { refuse } from '../../kernel/record.ts'
import { unknownOf } from '../../kernel/rules/dictionary.ts'
import { readDmn } from '../../kernel/rules/dmn.ts'
import { parse, type Node } from '../../kernel/rules/expression.ts'
import type { Decision, InputData, Model } from '../../kernel/rules/model.ts'
import { readTable, type DecisionTable, type Rule, type Type } from '../../kernel/rules/table.ts'
import type { BenefitContent } from './benefit.ts'
import type { FactRow } from './dictionary.ts'
import { amountText, type Tier } from './tier.ts'

/** The two decisions of a model, by which they are known when it comes back. */
const CONDITION = '条件'
const AMOUNT = '金额'
const TYPES = { number: 'number', text: 'string', flag: 'boolean', day: 'string' } as const satisfies Record<
  FactRow['type'],
  Type
>
/** Tiers are few: more are a list of prices, and belong into another table. */
export const MOST_TIERS = 50

export const dmnFaults = [
  'dmn-unreadable',
  'dmn-decisions',
  'dmn-chain',
  'dmn-table',
  'dmn-hit-policy',
  'dmn-tiers',
] as const

export function modelOf(id: string, content: BenefitContent, rows: readonly FactRow[]): Model {
  const { name, rule, amount, tiers = [] } = content
  const names = [...new Set([rule, amountText(content) ?? '0'].flatMap((text) => namesIn(text, rows)))]
  const inputs = names.map((fact, at): InputData => ({
    id: `input_${at + 1}`,
    name: fact,
    type: TYPES[rows.find((row) => row.name === fact)?.type ?? 'text'],
  }))
  const needs = (text: string) => {
    const read = namesIn(text, rows)
    return inputs.filter((one) => read.includes(one.name)).map((one) => one.id)
  }
  const condition: Decision = {
    id: 'condition',
    name: CONDITION,
    type: 'boolean',
    needs: needs(rule),
    logic: { kind: 'literal', text: rule },
  }
  const paid = amountText(content)
  const paying: readonly Decision[] =
    paid === undefined
      ? []
      : [
          {
            id: 'amount',
            name: AMOUNT,
            type: 'number',
            needs: needs(paid),
            logic:
              tiers.length > 0
                ? { kind: 'table', table: tableOf(tiers, rows) }
                : { kind: 'literal', text: amount ?? paid },
          },
        ]
  return { id, name, namespace: `urn:liangjian:benefit:${id}`, inputs, decisions: [condition, ...paying] }
}

function namesIn(text: string, rows: readonly FactRow[]): readonly string[] {
  const read = parse(text, unknownOf(rows))
  return 'refused' in read ? [] : read.names
}

/** Tiers as a table: a column for each fact where each condition can be a cell, else one for each condition. */
function tableOf(tiers: readonly Tier[], rows: readonly FactRow[]): DecisionTable {
  const cells = tiers.map(({ when }) => cellsOf(when, rows))
  const outputs = [{ label: `${AMOUNT}（元）`, type: 'number' }] as const
  if (cells.every((one) => one !== undefined)) {
    const facts = [...new Set(cells.flatMap((one) => [...one.keys()]))]
    return {
      hitPolicy: 'UNIQUE',
      inputs: facts.map((expression) => ({
        expression,
        type: TYPES[rows.find(({ name }) => name === expression)?.type ?? 'text'],
      })),
      outputs,
      rules: tiers.map(({ amount }, at): Rule => ({
        inputs: facts.map((fact) => cells[at]!.get(fact) ?? '-'),
        outputs: [amount],
      })),
    }
  }
  return {
    hitPolicy: 'UNIQUE',
    inputs: tiers.map(({ when }) => ({ expression: when, type: 'boolean' })),
    outputs,
    rules: tiers.map(({ amount }, at): Rule => ({
      inputs: tiers.map((_, column) => (column === at ? 'true' : '-')),
      outputs: [amount],
    })),
  }
}

/** For each fact the cell that says what the condition asks of it; undefined where one clause is no cell. */
function cellsOf(when: string, rows: readonly FactRow[]): ReadonlyMap<string, string> | undefined {
  const read = parse(when, unknownOf(rows))
  if ('refused' in read) return undefined
  const clauses = read.root.kind === 'and' ? read.root.all : [read.root]
  const cells = new Map<string, string>()
  for (const clause of clauses) {
    const cell = cellOf(clause)
    if (cell === undefined) return undefined
    const before = cells.get(cell.fact)
    const both = before === undefined ? cell.test : between(before, cell.test)
    if (both === undefined) return undefined
    cells.set(cell.fact, both)
  }
  return cells
}

type Cell = { readonly fact: string; readonly test: string }

function cellOf(node: Node): Cell | undefined {
  switch (node.kind) {
    case 'fact':
      return { fact: node.name, test: 'true' }
    case 'not':
      return node.of.kind === 'fact' ? { fact: node.of.name, test: 'false' } : undefined
    case 'compare': {
      const value = literal(node.right)
      if (node.left.kind !== 'fact' || value === undefined || node.op === '!=') return undefined
      return { fact: node.left.name, test: node.op === '=' ? value : `${node.op} ${value}` }
    }
    case 'between': {
      const [low, high] = [literal(node.low), literal(node.high)]
      return node.value.kind === 'fact' && low !== undefined && high !== undefined
        ? { fact: node.value.name, test: `[${low}..${high}]` }
        : undefined
    }
    case 'in': {
      const values = node.tests.map((test) => (test.kind === 'equal' ? literal(test.of) : undefined))
      return node.value.kind === 'fact' && values.every((one) => one !== undefined)
        ? { fact: node.value.name, test: values.join(', ') }
        : undefined
    }
    default:
      return undefined
  }
}

function literal(node: Node): string | undefined {
  if (node.kind !== 'value' || node.value === null || typeof node.value === 'boolean') return undefined
  return typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value)
}

const BOUND = /^(<=|>=|<|>) (-?\d+(?:\.\d+)?)$/

/** Two bounds of one fact, one from below and one from above, as a range. */
function between(one: string, other: string): string | undefined {
  const bounds = [BOUND.exec(one), BOUND.exec(other)]
  const low = bounds.find((bound) => bound?.[1]?.startsWith('>'))
  const high = bounds.find((bound) => bound?.[1]?.startsWith('<'))
  if (!low || !high) return undefined
  return `${low[1] === '>=' ? '[' : '('}${low[2]}..${high[2]}${high[1] === '<=' ? ']' : ')'}`
}

/** What a model says of a benefit; or why it cannot be one. */
export function contentIn(text: string, rows: readonly FactRow[]) {
  const read = readDmn(text)
  if ('refused' in read) {
    const { refused: reason, line, column } = read
    return refuse('dmn-unreadable', 'dmn', { reason, name: 'name' in read ? read.name : '—', line, column })
  }
  const { decisions } = read.model
  const byName = (name: string) => decisions.find((one) => one.name === name)
  const [condition, paying] = [byName(CONDITION), byName(AMOUNT)]
  if (!condition || decisions.length > (paying ? 2 : 1))
    return refuse('dmn-decisions', 'dmn', { names: decisions.map(({ name }) => name).join('、') || '—' })
  const chained = [condition, paying].find((one) => one?.needs.some((id) => decisions.some((other) => other.id === id)))
  if (chained) return refuse('dmn-chain', 'dmn', { decision: chained.name })
  const rule = conditionIn(condition, rows)
  if (typeof rule !== 'string') return rule
  const paid = paying && amountIn(paying, rows)
  return paid && 'refused' in paid ? paid : { rule, ...paid }
}

function conditionIn({ name, logic }: Decision, rows: readonly FactRow[]) {
  if (logic.kind === 'literal') return logic.text
  const tiers = tiersIn(name, logic.table, rows)
  if ('refused' in tiers) return tiers
  const yes = tiers.tiers.filter(({ amount }) => amount === 'true')
  const isFlag = tiers.tiers.every(({ amount }) => amount === 'true' || amount === 'false')
  if (!isFlag || yes.length === 0) return refuse('dmn-table', 'dmn', { decision: name, reason: 'no-flag', rule: '—' })
  return yes.map(({ when }) => `(${when})`).join(' or ')
}

function amountIn({ name, logic }: Decision, rows: readonly FactRow[]) {
  return logic.kind === 'literal' ? { amount: logic.text } : tiersIn(name, logic.table, rows)
}

/** The rules of a table of which one matches, each with the condition that it is this one; what stands there by default is one more. */
function tiersIn(decision: string, table: DecisionTable, rows: readonly FactRow[]) {
  const read = readTable(table, unknownOf(rows))
  if ('refused' in read) {
    const { refused: reason, place } = read
    return refuse('dmn-table', 'dmn', { decision, reason, rule: 'rule' in place ? place.rule + 1 : '—' })
  }
  const { hitPolicy } = table
  if (!['UNIQUE', 'ANY', 'FIRST'].includes(hitPolicy)) return refuse('dmn-hit-policy', 'dmn', { decision, hitPolicy })
  const conditions = read.conditions.map(({ text: when }, at) => plain(table, at) ?? when)
  const none = (before: readonly string[]) => before.map((when) => `not((${when}))`)
  const tiers = conditions.map((when, at): Tier => ({
    when: hitPolicy === 'FIRST' ? [when, ...none(conditions.slice(0, at))].map(bracketed).join(' and ') : when,
    amount: table.rules[at]!.outputs[0]!,
  }))
  const byDefault = table.outputs[0]?.default
  if (byDefault !== undefined && byDefault.trim() !== 'false')
    tiers.push({ when: none(conditions).join(' and ') || 'true', amount: byDefault })
  return tiers.length > MOST_TIERS ? refuse('dmn-tiers', 'dmn', { count: tiers.length, most: MOST_TIERS }) : { tiers }
}

/** A rule of which one cell says `true` and no other anything: its condition is what that column asks. */
function plain({ inputs, rules }: DecisionTable, at: number): string | undefined {
  const said = rules[at]!.inputs.flatMap((cell, column) => (['', '-'].includes(cell.trim()) ? [] : [{ cell, column }]))
  const [only] = said
  return said.length === 1 && only!.cell.trim() === 'true' ? inputs[only!.column]!.expression : undefined
}

const bracketed = (text: string, _: number, all: readonly string[]) => (all.length > 1 ? `(${text})` : text)
