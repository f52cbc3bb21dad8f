// Decision tables (DMN 1.5, chapter 8): read once, answered for one enterprise with the facts that it still hangs on, and in bulk.
import { conditionOf, listed } from './cell.ts'
import { resultsOf, shapesOf } from './cases.ts'
import { rowOf } from './column.ts'
import { asOneText, parse, type Expression, type ExpressionRefusal } from './expression.ts'
import type { Facts } from './feel.ts'
import { hitOf, keyOfValue, type Aggregation, type Given, type Hit, type HitPolicy, type Policy } from './hit.ts'
import { judge, observed, reckonValue } from './judge.ts'
import { kleeneIn, type Matcher } from './match.ts'

export type Type = 'number' | 'string' | 'boolean' | 'date'

export type Input = {
  readonly label?: string
  readonly expression: string
  readonly type?: Type
  /** Unary tests: what it may be at all. */
  readonly allowed?: string
}

export type Output = {
  readonly label?: string
  /** A single output may have none. */
  readonly name?: string
  readonly type?: Type
  /** What it may be, the most important first. */
  readonly values?: string
  /** An expression: what it is where no rule matches. */
  readonly default?: string
}

export type Rule = {
  /** A cell for each input: unary tests, `-` or nothing for any value. */
  readonly inputs: readonly string[]
  /** An expression for each output. */
  readonly outputs: readonly string[]
  readonly note?: string
}

export type DecisionTable = {
  readonly hitPolicy: HitPolicy
  readonly aggregation?: Aggregation
  readonly inputs: readonly Input[]
  readonly outputs: readonly Output[]
  readonly rules: readonly Rule[]
}

/** Where in a table, counted from 0. */
export type Place =
  | { readonly part: 'table' }
  | { readonly part: 'input' | 'allowed'; readonly input: number }
  | { readonly part: 'output' | 'values' | 'default'; readonly output: number }
  | { readonly part: 'rule'; readonly rule: number }
  | { readonly part: 'cell'; readonly rule: number; readonly input: number }
  | { readonly part: 'entry'; readonly rule: number; readonly output: number }

export type TableRefusal = {
  readonly refused:
    | ExpressionRefusal['refused']
    | 'no-output'
    | 'too-many-rules'
    /** A rule has more or fewer cells than there are columns. */
    | 'ragged'
    /** Of several outputs each needs a name, and each another. */
    | 'name-missing'
    /** Its policy goes by importance, and none is declared. */
    | 'no-priorities'
    /** Only one output can be added up or compared, and only what is collected. */
    | 'not-to-aggregate'
    /** Of several outputs either each has a default or none. */
    | 'default-missing'
  readonly place: Place
  /** The sign of the text at that place at which reading stops. */
  readonly at?: number
}

/** A table that can be read. */
export type ReadTable = {
  readonly table: DecisionTable
  /** Of each rule when it matches: true; false and null are the same. Whatever engine reads FEEL may be asked. */
  readonly conditions: readonly Expression[]
  readonly inputs: readonly Expression[]
  /** Of each input whether it may be what it is; none where nothing is declared. */
  readonly allowed: readonly (Expression | undefined)[]
  readonly outputs: readonly (readonly Expression[])[]
  /** What it comes to where no rule matches, when that is declared. */
  readonly byDefault: { readonly entries: readonly Expression[]; readonly gives: Given } | undefined
  readonly policy: Policy
  /** What each rule gives as far as it is written down. */
  readonly gives: readonly Given[]
  /** The facts that it reads, in the order in which they come. */
  readonly names: readonly string[]
}

/** Rules of a table. */
const MOST = 2_000

/** Over facts of these names, as an expression is read. */
export function readTable(table: DecisionTable, facts: Facts): ReadTable | TableRefusal {
  const { inputs, outputs, rules, hitPolicy, aggregation } = table
  const whole: Place = { part: 'table' }
  if (outputs.length === 0) return { refused: 'no-output', place: whole }
  if (rules.length > MOST) return { refused: 'too-many-rules', place: whole }
  const ragged = rules.findIndex(
    (rule) => rule.inputs.length !== inputs.length || rule.outputs.length !== outputs.length,
  )
  if (ragged !== -1) return { refused: 'ragged', place: { part: 'rule', rule: ragged } }
  const names = outputs.map(({ name }) => name ?? '')
  const unnamed = names.findIndex((name, at) => (name === '' && names.length > 1) || names.indexOf(name) !== at)
  if (unnamed !== -1) return { refused: 'name-missing', place: { part: 'output', output: unnamed } }
  if (aggregation && (hitPolicy !== 'COLLECT' || (outputs.length > 1 && aggregation !== 'COUNT')))
    return { refused: 'not-to-aggregate', place: whole }
  const defaults = outputs.filter((one) => one.default !== undefined)
  if (defaults.length > 0 && defaults.length < outputs.length)
    return {
      refused: 'default-missing',
      place: { part: 'default', output: outputs.findIndex((one) => one.default === undefined) },
    }

  let refusal: TableRefusal | undefined
  const NOTHING: Expression = { text: '', root: { kind: 'value', value: null, from: 0, to: 0 }, names: [], own: true }
  const refuse = <Result>({ refused, at }: ExpressionRefusal, place: Place, instead: Result): Result => {
    refusal ??= { refused, place, at }
    return instead
  }
  const expression = (text: string, place: Place): Expression => {
    const read = parse(text, facts)
    return 'refused' in read ? refuse(read, place, NOTHING) : read
  }
  const condition = (cell: string, input: number, place: Place): string => {
    const read = conditionOf(cell, inputs[input]!.expression, facts)
    return typeof read === 'string' ? read : refuse(read, place, '')
  }
  const valuesOf = (text: string | undefined, output: number): readonly unknown[] => {
    if (text === undefined || text.trim() === '') return []
    const place: Place = { part: 'values', output }
    const read = listed(text, facts)
    if ('refused' in read) return refuse(read, place, [])
    return read.map((one) => reckonValue(expression(one, place), {}).value)
  }
  const read = inputs.map((one, input) => expression(one.expression, { part: 'input', input }))
  // A column that cannot be read would be refused again in each cell.
  if (refusal) return refusal
  const allowed = inputs.map((one, input) => {
    const text = condition(one.allowed ?? '', input, { part: 'allowed', input })
    return text === '' ? undefined : expression(text, { part: 'allowed', input })
  })
  const conditions = rules.map((rule, place) => {
    const clauses = rule.inputs.map((cell, input) => condition(cell, input, { part: 'cell', rule: place, input }))
    const text = clauses.filter((clause) => clause !== '').join(' and ')
    return expression(text === '' ? 'true' : text, { part: 'rule', rule: place })
  })
  const given = rules.map((rule, place) =>
    rule.outputs.map((text, output) =>
      expression(text.trim() === '' ? 'null' : text, { part: 'entry', rule: place, output }),
    ),
  )
  const byDefault = outputs.map((one, output) => expression(one.default ?? 'null', { part: 'default', output }))
  const priorities = outputs.map(({ values }, output) => valuesOf(values, output))
  if (refusal) return refusal
  if ((hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER') && priorities.every(({ length }) => length === 0))
    return { refused: 'no-priorities', place: { part: 'values', output: 0 } }
  const constants = (row: readonly Expression[]): Given =>
    row.every((one) => one.names.length === 0) ? row.map((one) => reckonValue(one, {}).value) : undefined
  const all = [...conditions, ...allowed.filter((one) => one !== undefined), ...given.flat(), ...byDefault]
  return {
    table,
    conditions,
    inputs: read,
    allowed,
    outputs: given,
    byDefault: defaults.length > 0 ? { entries: byDefault, gives: constants(byDefault) } : undefined,
    policy: { hitPolicy, aggregation, names, priorities },
    gives: given.map(constants),
    names: [...new Set(all.flatMap((one) => one.names))],
  }
}

export type TableAnswer = {
  /** Undefined while it is open, or where there is a fault. */
  readonly value: unknown
  /** The facts that can still change it. */
  readonly missing: readonly string[]
  /** The rules that match whatever is missing, and those that may; by their places, counted from 0. */
  readonly matching: readonly number[]
  readonly open: readonly number[]
  /** Whether our own form gave the answer, or the reference had to be asked. */
  readonly path: 'compiled' | 'reference'
  readonly fault?:
    | { readonly kind: 'several-match' | 'outputs-differ'; readonly rules: readonly number[] }
    | { readonly kind: 'not-allowed'; readonly input: number }
    /** The reference gives up: the cells of a rule compare what has no order. */
    | { readonly kind: 'not-comparable'; readonly rule: number }
  /** It is said to be open because there were too many cases to go through. */
  readonly isCut?: true
}

/** For one enterprise, exactly: open only where completing the facts in one way gives one value and in another way another. */
export function decide(read: ReadTable, facts: Facts): TableAnswer {
  const { conditions, allowed, policy, names, outputs, byDefault } = read
  const barred = allowed.findIndex((one) => one && isNot(judge(one, facts)))
  const judged = conditions.map((one) => judge(one, facts))
  const matching = placesWhere(judged, ({ value }) => value === true)
  const open = placesWhere(judged, ({ value, fault }) => value === undefined && fault === undefined)
  const reckoned = new Map([...matching, ...open].map((rule) => [rule, reckonAll(outputs[rule]!, facts)]))
  const none = byDefault && reckonAll(byDefault.entries, facts)
  const hitBy = (rules: readonly number[]) => hitOf(policy, gives, rules, none && { gives: none.given })
  const gives = conditions.map((_, rule) => reckoned.get(rule)?.given)
  const asked = judged.some(({ path }) => path === 'reference') || [...reckoned.values()].some(({ isAsked }) => isAsked)
  const answer = { value: undefined, missing: [], matching, open, path: asked ? 'reference' : 'compiled' } as const
  const faulty = judged.findIndex(({ fault }) => fault !== undefined)
  if (faulty !== -1) return { ...answer, fault: { kind: 'not-comparable', rule: faulty } }
  if (barred !== -1) return { ...answer, fault: { kind: 'not-allowed', input: barred } }
  const lackedBy = (rules: readonly number[], mayBeNone: boolean) => {
    const lacked = new Set(rules.flatMap((rule) => reckoned.get(rule)!.lacks))
    if (mayBeNone) for (const name of none?.lacks ?? []) lacked.add(name)
    return names.filter((name) => lacked.has(name))
  }
  if (open.length === 0) return concluded(hitBy(matching), matching)

  const { text, nodes } = asOneText([
    ...open.map((rule) => conditions[rule]!),
    ...allowed.filter((one) => one !== undefined),
  ])
  const { scope } = observed(text, facts)
  const shapes = shapesOf(nodes, scope)
  const hits = new Map<string, { hit: Hit; rules: readonly number[] }>()
  const found = resultsOf(shapes, (outcomes) => {
    if (outcomes.slice(open.length).some((outcome) => outcome !== 2)) return undefined
    const rules = [...matching, ...open.filter((_, at) => outcomes[at] === 2)].toSorted((a, b) => a - b)
    const hit = hitBy(rules)
    // Of what is not known yet each set of rules may give something else.
    const key = keyOfValue('open' in hit ? [hit, rules] : hit)
    hits.set(key, { hit, rules })
    return key
  })
  if (found?.results.size === 1) {
    const [{ hit, rules }] = [...hits.values()] as [{ hit: Hit; rules: readonly number[] }]
    return concluded(hit, rules)
  }
  if (found?.results.size === 0) return { ...answer, fault: { kind: 'not-allowed', input: openInput(read, facts) } }
  const hangsOn = found?.hangsOn ?? new Set(open.flatMap((rule) => judged[rule]!.missing))
  const lacked = new Set(lackedBy([...matching, ...open], matching.length === 0))
  return {
    ...answer,
    missing: names.filter((name) => hangsOn.has(name) || lacked.has(name)),
    ...(found === undefined && { isCut: true }),
  }

  function concluded(hit: Hit, rules: readonly number[]): TableAnswer {
    if ('fault' in hit) return { ...answer, fault: { kind: hit.fault, rules } }
    return 'open' in hit ? { ...answer, missing: lackedBy(rules, rules.length === 0) } : { ...answer, value: hit.value }
  }
}

function isNot({ value, missing, fault }: ReturnType<typeof judge>): boolean {
  return fault !== undefined || value === false || (value === null && missing.length === 0)
}

/** An input of which no value that is allowed remains. */
function openInput({ allowed }: ReadTable, facts: Facts): number {
  return Math.max(
    0,
    allowed.findIndex((one) => one && judge(one, facts).value !== true),
  )
}

function placesWhere<Item>(items: readonly Item[], is: (item: Item) => boolean): readonly number[] {
  return items.flatMap((item, place) => (is(item) ? [place] : []))
}

function reckonAll(entries: readonly Expression[], facts: Facts) {
  const reckoned = entries.map((one) => reckonValue(one, facts))
  const lacks = reckoned.flatMap(({ missing }) => missing)
  const isAsked = reckoned.some(({ path }) => path === 'reference')
  return { given: lacks.length > 0 ? undefined : reckoned.map(({ value }) => value ?? null), lacks, isAsked }
}

/**
 * For one row of a matcher that holds the table's conditions from the place `first` on. Where all rules are decided it is as quick as
 * they are; the rest is decided as for one enterprise.
 */
export function decideIn(read: ReadTable, matcher: Matcher, first: number, row: number): TableAnswer {
  const { conditions, policy, gives, allowed, byDefault } = read
  const said = conditions.map((_, at) => kleeneIn(matcher, first + at, row))
  const matching = placesWhere(said, (one) => one === true)
  const isOpen =
    said.includes(undefined) ||
    matching.some((rule) => gives[rule] === undefined) ||
    (matching.length === 0 && byDefault !== undefined && byDefault.gives === undefined)
  const hit = isOpen || allowed.some(Boolean) ? undefined : hitOf(policy, gives, matching, byDefault)
  if (hit === undefined || !('value' in hit)) return decide(read, rowOf(matcher.table, row))
  return { value: hit.value, missing: [], matching, open: [], path: 'compiled' }
}

/** The order of rules in which the first that matches is the one that counts; nothing where several may count. */
export function precedenceOf({ table, conditions, policy, gives }: ReadTable): readonly number[] | undefined {
  const { hitPolicy, aggregation } = table
  const order = conditions.map((_, rule) => rule)
  const sorted = (rank: (rule: number) => number) => order.toSorted((a, b) => rank(a) - rank(b))
  const worth = gives.map((one) => one?.[0])
  switch (hitPolicy) {
    case 'UNIQUE':
    case 'ANY':
    case 'FIRST':
      return order
    case 'PRIORITY': {
      if (policy.names.length > 1 || gives.includes(undefined)) return undefined
      const ranks = policy.priorities[0]!.map(keyOfValue)
      return sorted((rule) => {
        const at = ranks.indexOf(keyOfValue(worth[rule]))
        return at === -1 ? ranks.length : at
      })
    }
    // The highest of those that match (从高不重复) is the first by what is written down.
    case 'COLLECT':
      return (aggregation === 'MAX' || aggregation === 'MIN') && worth.every((one) => typeof one === 'number')
        ? sorted((rule) => (aggregation === 'MAX' ? -1 : 1) * (worth[rule] as number))
        : undefined
    default:
      return undefined
  }
}

/**
 * The table as one expression that comes to the same value, for whoever has expressions only; nothing where it gives a list or
 * several outputs. It does not notice that rules contradict each other.
 */
export function literalOf(read: ReadTable): string | undefined {
  const { table, conditions, outputs } = read
  const order = precedenceOf(read)
  if (order === undefined || table.outputs.length !== 1) return undefined
  const branches: { conditions: string[]; gives: string }[] = []
  for (const rule of order) {
    const [text] = outputs[rule]!.map((one) => one.text)
    const last = branches.at(-1)
    if (last && last.gives === text) last.conditions.push(conditions[rule]!.text)
    else branches.push({ conditions: [conditions[rule]!.text], gives: text! })
  }
  const none = table.outputs[0]!.default ?? 'null'
  const any = (list: readonly string[]) => list.map((one) => (list.length > 1 ? `(${one})` : one)).join(' or ')
  return branches.reduceRight((rest, one) => `if ${any(one.conditions)} then ${one.gives} else ${rest}`, none)
}
