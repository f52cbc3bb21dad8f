// All rules over all enterprises: each condition once for a block of rows, then the rules over its answers. Kleene in bulk, exact on
// what that leaves open.
import { hasBit, rowOf, setBit, type Column, type Table } from './column.ts'
import { answering, columnOfTerm, isKleeneExact, planOf, type Plan, type Program } from './compile.ts'
import type { Expression } from './expression.ts'
import { judge, type Judgement } from './judge.ts'
import { ANSWER, BLOCK, STEP, type Machine } from './machine.ts'
import { plainMachine } from './plain.ts'
import { simdMachine } from './simd.ts'

type Rule = { readonly expression: Expression; readonly plan: Plan; readonly isKleeneExact: boolean }

/** A bit for each row, of which it is true and of which it may be; the same but for what is not known. */
export type Answers = { readonly isTrue: Uint32Array; readonly mayBe: Uint32Array }

export type Matcher = {
  readonly table: Table
  readonly rules: Rule[]
  readonly program: Program
  readonly form: 'simd' | 'plain'
  readonly machine: Machine
  readonly words: Uint32Array
  readonly blocks: number
  readonly places: Places
  /** Of conditions that are judged row by row, by their place in the program. */
  readonly judged: Map<number, Answers>
}

/** Where things lie in the machine's memory, in bytes. */
type Places = {
  readonly columns: ReadonlyMap<string, { readonly values: number; readonly known: number }>
  readonly conditions: number
  readonly sets: number
  readonly steps: number
  readonly aside: number
  readonly rules: number
  readonly size: number
  readonly most: { readonly conditions: number; readonly steps: number }
}

const LINE = 64
/** Room for a rule that comes later. */
const SPARE = { conditions: 512, steps: 8192 }
/** More levels than an expression may have. */
const LEVELS = 256

/** Columns and rules brought into a machine; nothing is matched yet. `plain`: without WebAssembly, as where there is none. */
export function matcherOf(table: Table, expressions: readonly Expression[], form?: 'plain'): Matcher {
  const program: Program = { conditions: [], places: new Map() }
  const rules = expressions.map((expression) => ruleOf(expression, program, table))
  const blocks = Math.ceil(table.rows / BLOCK)
  const columns = new Map<string, Column>([...table.columns].filter(([, { kind }]) => kind !== 'other'))
  for (const condition of program.conditions)
    if (condition.kind === 'number' && !columns.has(condition.column))
      columns.set(condition.column, columnOfTerm(condition.term, table))
  const places = placesOf(columns, rules, program, blocks)
  const simd = form === 'plain' ? undefined : simdMachine(places.size)
  const machine = simd ?? plainMachine(places.size)
  const words = new Uint32Array(machine.memory)
  const bytes = new Uint8Array(machine.memory)
  for (const [name, { values, known }] of places.columns) {
    const column = columns.get(name) as Exclude<Column, { kind: 'other' }>
    bytes.set(new Uint8Array(column.values.buffer, column.values.byteOffset, column.values.byteLength), values)
    words.set(column.known, known / 4)
  }
  return { table, rules, program, form: simd ? 'simd' : 'plain', machine, words, blocks, places, judged: new Map() }
}

function ruleOf(expression: Expression, program: Program, table: Table): Rule {
  return { expression, plan: planOf(expression, program, table), isKleeneExact: isKleeneExact(expression.root) }
}

function placesOf(
  columns: ReadonlyMap<string, Column>,
  rules: readonly Rule[],
  program: Program,
  blocks: number,
): Places {
  let size = LINE
  const room = (bytes: number) => {
    const at = size
    size += Math.ceil(bytes / LINE) * LINE
    return at
  }
  const width = { whole: 4, number: 8, code: 1, other: 0 }
  const most = {
    conditions: program.conditions.length + SPARE.conditions,
    steps: stepsOf(rules) + SPARE.steps,
  }
  const rows = blocks * BLOCK
  return {
    columns: new Map(
      [...columns].map(([name, { kind }]) => [name, { values: room(rows * width[kind]), known: room(rows / 8) }]),
    ),
    conditions: room(most.conditions * ANSWER),
    sets: room(most.conditions * 32),
    steps: room(most.steps * 8),
    aside: room(LEVELS * ANSWER),
    rules: room(rules.length * blocks * ANSWER),
    size,
    most,
  }
}

/** As many as are written for them, at most. */
function stepsOf(rules: readonly Rule[]): number {
  return rules.reduce((sum, { plan }) => sum + stepsIn(plan), 1)
}

/** What is put aside is taken up again. */
function stepsIn(plan: Plan): number {
  return plan.kind === 'condition' ? 2 : plan.all.reduce((sum, one) => sum + stepsIn(one) + 1, 2)
}

/** Matches all rules with all rows, or the rule at this place. */
export function match(matcher: Matcher, only?: number): void {
  const { rules, machine, places, blocks } = matcher
  const wanted = only === undefined ? rules.map((_, at) => at) : [only]
  const needed = new Set(wanted.flatMap((rule) => conditionsOf(rules[rule]!.plan)))
  const answers = new Map([...needed].map((condition, at) => [condition, places.conditions + at * ANSWER]))
  writeSteps(matcher, wanted, answers)
  const compare = [...answers].map(([condition, answer], at) =>
    comparison(matcher, condition, answer, places.sets + at * 32),
  )
  for (let block = 0; block < blocks; block++) {
    for (const one of compare) one(block)
    machine.run(places.steps, block * rules.length * ANSWER)
  }
}

export function conditionsOf(plan: Plan): readonly number[] {
  return plan.kind === 'condition' ? [plan.condition] : plan.all.flatMap(conditionsOf)
}

function writeSteps(
  { rules, machine, places }: Matcher,
  wanted: readonly number[],
  answers: ReadonlyMap<number, number>,
) {
  const steps = new Int32Array(machine.memory)
  let at = places.steps / 4
  const step = (kind: number, address: number) => {
    steps[at++] = kind
    steps[at++] = address
  }
  const take = (plan: Plan, level: number) => {
    if (plan.kind === 'condition') return step(STEP.take, answers.get(plan.condition)!)
    const join = plan.kind === 'and' ? STEP.and : STEP.or
    // What is joined itself comes first: as long as one thing is at hand, nothing has to be put aside.
    const [first, ...others] = plan.all.toSorted(
      (a, b) => Number(a.kind === 'condition') - Number(b.kind === 'condition'),
    )
    take(first!, level)
    for (const other of others) {
      if (other.kind === 'condition') step(join, answers.get(other.condition)!)
      else {
        step(STEP.put, places.aside + level * ANSWER)
        take(other, level + 1)
        step(join, places.aside + level * ANSWER)
      }
    }
  }
  for (const rule of wanted) {
    take(rules[rule]!.plan, 0)
    step(STEP.give, places.rules + rule * ANSWER)
  }
  step(STEP.end, 0)
}

/** Writes the answer of a condition to one block. */
function comparison(matcher: Matcher, place: number, answer: number, set: number): (block: number) => void {
  const { machine, places, words } = matcher
  const condition = matcher.program.conditions[place]!
  const column = condition.kind === 'rows' ? undefined : places.columns.get(condition.column)
  if (condition.kind === 'rows' || column === undefined) {
    const { isTrue, mayBe } = judgedOf(matcher, place)
    const each = BLOCK / 32
    return (block) => {
      words.set(isTrue.subarray(block * each, (block + 1) * each), answer / 4)
      words.set(mayBe.subarray(block * each, (block + 1) * each), answer / 4 + each)
    }
  }
  const { values, known } = column
  const knownIn = (block: number) => known + (block * BLOCK) / 8
  const { flip } = condition
  if (condition.kind === 'code') {
    new Uint8Array(machine.memory).set(condition.set, set)
    return (block) => machine.codeAmong(values + block * BLOCK, knownIn(block), answer, set, flip)
  }
  const compare = condition.kind === 'whole' ? machine.wholeAtLeast : machine.numberAtLeast
  const bytes = BLOCK * (condition.kind === 'whole' ? 4 : 8)
  return (block) => compare(values + block * bytes, knownIn(block), answer, condition.bound, flip)
}

function judgedOf({ program, table, judged, blocks }: Matcher, place: number): Answers {
  const found = judged.get(place)
  if (found) return found
  const size = (blocks * BLOCK) / 32
  const answers = { isTrue: new Uint32Array(size), mayBe: new Uint32Array(size) }
  const answer = answering(program.conditions[place]!, table)
  for (let row = 0; row < table.rows; row++) writeAnswer(answers, row, answer(row))
  judged.set(place, answers)
  return answers
}

export function writeAnswer({ isTrue, mayBe }: Answers, row: number, value: boolean | undefined): void {
  setBit(isTrue, row, value === true)
  setBit(mayBe, row, value !== false)
}

/** Puts another rule in the place of one, and matches it with all rows; false, with nothing changed, if there is no room for it. */
export function replaceRule(matcher: Matcher, rule: number, by: Expression): boolean {
  const { rules, program, table, places } = matcher
  const next = rules.with(rule, ruleOf(by, program, table))
  const conditions = new Set(next.flatMap(({ plan }) => conditionsOf(plan))).size
  if (conditions > places.most.conditions || stepsOf(next) > places.most.steps) return false
  rules[rule] = next[rule]!
  match(matcher, rule)
  return true
}

/** By Kleene's logic, as matched: true, false, or undefined where it is open or has no value. */
export function kleeneIn(matcher: Matcher, rule: number, row: number): boolean | undefined {
  const bit = bitOf(matcher, rule, row)
  if (hasBit(matcher.words, bit)) return true
  return hasBit(matcher.words, bit + BLOCK) ? undefined : false
}

export function writeKleene(matcher: Matcher, rule: number, row: number, value: boolean | undefined): void {
  const bit = bitOf(matcher, rule, row)
  setBit(matcher.words, bit, value === true)
  setBit(matcher.words, bit + BLOCK, value !== false)
}

/** The answers to a block lie together, rule by rule. */
function bitOf({ places, rules }: Matcher, rule: number, row: number): number {
  const answer = Math.floor(row / BLOCK) * rules.length + rule
  return places.rules * 8 + answer * ANSWER * 8 + (row % BLOCK)
}

/** Exactly: what Kleene leaves open is judged by cases where a fact may stand in more than one condition. */
export function verdictIn(matcher: Matcher, rule: number, row: number): Judgement['verdict'] {
  const value = kleeneIn(matcher, rule, row)
  if (value !== undefined) return value ? 'true' : 'false'
  const { expression, isKleeneExact } = matcher.rules[rule]!
  return isKleeneExact ? 'unknown' : judge(expression, rowOf(matcher.table, row)).verdict
}

/** How many rows come to each verdict, exactly. */
export function countsOf(matcher: Matcher, rule: number): Readonly<Record<Judgement['verdict'], number>> {
  const counts = { true: 0, false: 0, unknown: 0 }
  for (let row = 0; row < matcher.table.rows; row++) counts[verdictIn(matcher, rule, row)] += 1
  return counts
}
