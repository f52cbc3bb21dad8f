// Decisions that rest on each other (DMN 1.5, chapter 6): a result is a fact to those that need it.
import { parse, type Expression, type ExpressionRefusal } from './expression.ts'
import { askReference, type Facts } from './feel.ts'
import { hitOf } from './hit.ts'
import { reckonValue } from './judge.ts'
import {
  decide,
  readTable,
  type DecisionTable,
  type ReadTable,
  type TableAnswer,
  type TableRefusal,
  type Type,
} from './table.ts'

export type InputData = { readonly id: string; readonly name: string; readonly type?: Type }

export type Decision = {
  readonly id: string
  readonly name: string
  /** What its result is called where it is needed; its name, when absent. */
  readonly variable?: string
  readonly type?: Type
  readonly note?: string
  /** The decisions and inputs that it needs, by their ids. */
  readonly needs: readonly string[]
  readonly logic:
    { readonly kind: 'table'; readonly table: DecisionTable } | { readonly kind: 'literal'; readonly text: string }
}

export type Model = {
  readonly id: string
  readonly name: string
  readonly namespace: string
  readonly inputs: readonly InputData[]
  readonly decisions: readonly Decision[]
}

export type ModelRefusal = {
  readonly decision: string
} & (
  | Pick<OrderRefusal, 'refused'>
  | (ExpressionRefusal & { readonly part: 'literal' })
  | (TableRefusal & { readonly part: 'table' })
)

type ReadDecision = {
  readonly decision: Decision
  readonly logic: { readonly table: ReadTable } | { readonly literal: Expression }
}

/** In an order in which each comes after those that it needs. */
export type ReadModel = { readonly decisions: readonly ReadDecision[] }

/** Over facts of these names; the results of decisions are names, too. */
export function readModel({ inputs, decisions }: Model, facts: Facts): ReadModel | ModelRefusal {
  const order = orderOf({ inputs, decisions })
  if ('refused' in order) return order
  const names = { ...facts, ...Object.fromEntries(decisions.map((one) => [variableOf(one), null])) }
  const read: ReadDecision[] = []
  for (const decision of order) {
    const { id, logic } = decision
    if (logic.kind === 'literal') {
      const literal = parse(logic.text, names)
      if ('refused' in literal) return { ...literal, decision: id, part: 'literal' }
      read.push({ decision, logic: { literal } })
    } else {
      const table = readTable(logic.table, names)
      if ('refused' in table) return { ...table, decision: id, part: 'table' }
      read.push({ decision, logic: { table } })
    }
  }
  return { decisions: read }
}

export function variableOf({ variable, name }: Decision): string {
  return variable ?? name
}

export type OrderRefusal = {
  readonly refused: 'id-twice' | 'unknown-reference' | 'circular'
  readonly decision: string
}

/** In an order in which each comes after those that it needs. */
export function orderOf({
  inputs,
  decisions,
}: Pick<Model, 'inputs' | 'decisions'>): readonly Decision[] | OrderRefusal {
  const ids = [...inputs.map(({ id }) => id), ...decisions.map(({ id }) => id)]
  const twice = decisions.find(({ id }) => ids.indexOf(id) !== ids.lastIndexOf(id))
  if (twice) return { refused: 'id-twice', decision: twice.id }
  const lost = decisions.find(({ needs }) => needs.some((id) => !ids.includes(id)))
  if (lost) return { refused: 'unknown-reference', decision: lost.id }
  const done: Decision[] = []
  let open = [...decisions]
  while (open.length > 0) {
    const waiting = new Set(open.map(({ id }) => id))
    const ready = open.filter(({ needs }) => !needs.some((id) => waiting.has(id)))
    if (ready.length === 0) return { refused: 'circular', decision: open[0]!.id }
    done.push(...ready)
    open = open.filter((one) => !ready.includes(one))
  }
  return done
}

export type DecisionAnswer = Pick<TableAnswer, 'value' | 'missing' | 'path' | 'fault' | 'isCut'> &
  Partial<Pick<TableAnswer, 'matching' | 'open'>>

/**
 * What each decision comes to, by its id. Each by itself is exact; where one rests on another that is open, it counts as open
 * whatever that may come to. Facts that are missing are named through the chain.
 */
export function decideAll({ decisions }: ReadModel, facts: Facts): ReadonlyMap<string, DecisionAnswer> {
  const known: Record<string, unknown> = { ...facts }
  const none = new Set<string>()
  const lacked = new Map<string, readonly string[]>()
  const answers = new Map<string, DecisionAnswer>()
  for (const { decision, logic } of decisions) {
    const names = 'table' in logic ? logic.table.names : logic.literal.names
    const isNone = names.some((name) => none.has(name))
    const said = isNone ? askedWith(logic, known, none) : answerOf(logic, known)
    const missing = [...new Set(said.missing.flatMap((name) => lacked.get(name) ?? [name]))]
    answers.set(decision.id, { ...said, missing })
    const variable = variableOf(decision)
    known[variable] = said.value ?? null
    if (said.value === undefined) lacked.set(variable, missing)
    else lacked.delete(variable)
    if (said.value === null) none.add(variable)
  }
  return answers
}

function answerOf(logic: ReadDecision['logic'], facts: Facts): DecisionAnswer {
  if ('table' in logic) return decide(logic.table, facts)
  const { value, missing, path, fault } = reckonValue(logic.literal, facts)
  if (fault !== undefined) return { value: null, missing: [], path }
  return { value: missing.length > 0 ? undefined : (value ?? null), missing, path }
}

/** Where a result is known to be null, which a missing fact is not: as the reference has it, as soon as all else is known. */
function askedWith(logic: ReadDecision['logic'], facts: Facts, none: ReadonlySet<string>): DecisionAnswer {
  const names = 'table' in logic ? logic.table.names : logic.literal.names
  const missing = names.filter((name) => (facts[name] ?? null) === null && !none.has(name))
  if (missing.length > 0) return { value: undefined, missing, path: 'reference' }
  const asked = ({ text }: Expression) => askReference(text, facts).value ?? null
  if ('literal' in logic) return { value: asked(logic.literal), missing, path: 'reference' }
  const { allowed, conditions, outputs, policy, byDefault } = logic.table
  const barred = allowed.findIndex((one) => one && asked(one) !== true)
  if (barred !== -1)
    return { value: undefined, missing, path: 'reference', fault: { kind: 'not-allowed', input: barred } }
  const matching = conditions.flatMap((one, rule) => (asked(one) === true ? [rule] : []))
  const gives = outputs.map((entries, rule) => (matching.includes(rule) ? entries.map(asked) : undefined))
  const hit = hitOf(policy, gives, matching, byDefault && { gives: byDefault.entries.map(asked) })
  if ('fault' in hit)
    return { value: undefined, missing, path: 'reference', fault: { kind: hit.fault, rules: matching } }
  return { value: 'value' in hit ? hit.value : null, missing, path: 'reference', matching, open: [] }
}
