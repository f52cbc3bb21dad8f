// A benefit as a model of decisions (DMN): what other engines open and draw, and what comes back from them.
import { refuse } from '../../kernel/record.ts'
import { tableFlaws } from '../../kernel/rules/check.ts'
import { unknownOf } from '../../kernel/rules/dictionary.ts'
import { neededBy, wholeOf, type ChainRefusal } from '../../kernel/rules/chain.ts'
import { readDmn } from '../../kernel/rules/dmn.ts'
import { parse, type Node } from '../../kernel/rules/expression.ts'
import type { Decision, InputData, Model } from '../../kernel/rules/model.ts'
import { readTable, type DecisionTable, type Rule, type Type } from '../../kernel/rules/table.ts'
import type { BenefitContent } from './benefit.ts'
import type { FactRow } from './dictionary.ts'
import { exampleText } from './rule.ts'
import { amountText, LONGEST, type Tier } from './tier.ts'

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
  'dmn-xml',
  'dmn-unreadable',
  'dmn-decisions',
  'dmn-unused',
  'dmn-chain',
  'dmn-chain-at',
  'dmn-table',
  'dmn-cell',
  'dmn-hit-policy',
  'dmn-tiers',
  'dmn-long',
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

/** What a model says of a benefit; or why it cannot be one. Decisions that the two need are put into them, and others are refused: they would be lost. */
export function contentIn(text: string, rows: readonly FactRow[]) {
  const read = readDmn(text)
  if ('refused' in read) {
    const { refused: reason, line, column } = read
    return 'name' in read
      ? refuse('dmn-unreadable', 'dmn', { reason, name: read.name, line, column })
      : refuse('dmn-xml', 'dmn', { reason, line, column })
  }
  const { model } = read
  const byName = (name: string) => model.decisions.find((one) => one.name === name)
  const [condition, paying] = [byName(CONDITION), byName(AMOUNT)]
  if (!condition) return refuse('dmn-decisions', 'dmn', { names: namesOf(model.decisions) || '—' })
  const needed = new Set([condition, paying].flatMap((one) => (one ? [...neededBy(model, one.id)] : [])))
  const unused = model.decisions.filter(({ id }) => !needed.has(id))
  if (unused.length > 0) return refuse('dmn-unused', 'dmn', { names: namesOf(unused) })
  const idle = idleIn(
    model.decisions.filter(({ id }) => needed.has(id)),
    rows,
  )
  if (idle) return idle
  const rule = conditionIn(condition, model, rows)
  if (typeof rule !== 'string') return rule
  const paid = paying && amountIn(paying, model, rows)
  return paid && 'refused' in paid ? paid : { rule, ...paid }
}

/** A row of a table that can never be the one that counts, and the cell where that lies in one. */
function idleIn(decisions: readonly Decision[], rows: readonly FactRow[]) {
  for (const { name: decision, logic } of decisions) {
    const read = logic.kind === 'table' ? readTable(logic.table, unknownOf(rows)) : undefined
    if (read === undefined || 'refused' in read) continue
    for (const { code, place } of tableFlaws(read, rows)) {
      if (code === 'cell-never-matches' && place.part === 'cell') {
        const { expression } = read.table.inputs[place.input]!
        const cell = read.table.rules[place.rule]!.inputs[place.input]!
        return refuse('dmn-cell', 'dmn', { decision, rule: place.rule + 1, column: expression, cell })
      }
      if ((code === 'rule-never-matches' || code === 'rule-unreachable') && 'rule' in place)
        return refuse('dmn-table', 'dmn', { decision, reason: code, rule: place.rule + 1 })
    }
  }
  return undefined
}

function namesOf(decisions: readonly Decision[]): string {
  return decisions.map(({ name }) => name).join('、')
}

function conditionIn(decision: Decision, model: Model, rows: readonly FactRow[]) {
  const whole = wholeOf(model, decision.id, rows)
  if ('refused' in whole) return refusalOf(whole, model)
  if (whole.kind === 'literal') return within(whole.text, LONGEST.rule, decision)
  const yes = whole.rows.filter(({ gives }) => gives.trim() === 'true')
  const isFlag = whole.rows.every(({ gives }) => ['true', 'false'].includes(gives.trim()))
  if (!isFlag || yes.length === 0)
    return refuse('dmn-table', 'dmn', { decision: decision.name, reason: 'no-flag', rule: '—' })
  return within(yes.map(({ when }) => `(${when})`).join(' or '), LONGEST.rule, decision)
}

function amountIn(decision: Decision, model: Model, rows: readonly FactRow[]) {
  const whole = wholeOf(model, decision.id, rows)
  if ('refused' in whole) return refusalOf(whole, model)
  if (whole.kind === 'literal') {
    const amount = within(whole.text, LONGEST.amount, decision)
    return typeof amount === 'string' ? { amount } : amount
  }
  if (whole.rows.length > MOST_TIERS) return refuse('dmn-tiers', 'dmn', { count: whole.rows.length, most: MOST_TIERS })
  const tiers: Tier[] = []
  for (const row of whole.rows) {
    const [when, amount] = [within(row.when, LONGEST.when, decision), within(row.gives, LONGEST.gives, decision)]
    if (typeof when !== 'string') return when
    if (typeof amount !== 'string') return amount
    tiers.push({ when, amount })
  }
  return { tiers }
}

/** As long as it may be where it is written by hand. */
function within(text: string, most: number, { name: decision }: Decision) {
  const written = text.trim()
  return written.length > most ? refuse('dmn-long', 'dmn', { decision, count: written.length, most }) : written
}

/** Why a decision cannot be said with facts alone, and where: by its name, and what stands there. */
function refusalOf(refusal: ChainRefusal, { decisions }: Model) {
  const decision = decisions.find(({ id }) => id === refusal.decision)?.name ?? refusal.decision
  const { refused: reason } = refusal
  if (reason === 'no-single-value') return refuse('dmn-hit-policy', 'dmn', { decision, hitPolicy: refusal.hitPolicy })
  if ('place' in refusal)
    return refuse('dmn-table', 'dmn', {
      decision,
      reason,
      rule: 'rule' in refusal.place ? refusal.place.rule + 1 : '—',
    })
  const what =
    'name' in refusal
      ? refusal.name
      : 'rules' in refusal
        ? `${refusal.rules.map((row) => row + 1).join('、')}；${exampleText(refusal.example)}`
        : 'at' in refusal
          ? refusal.at + 1
          : undefined
  return what === undefined
    ? refuse('dmn-chain', 'dmn', { decision, reason })
    : refuse('dmn-chain-at', 'dmn', { decision, reason, what })
}
