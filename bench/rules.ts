// Conditions of policies over all enterprises, against what is most used to judge rules in JavaScript, and against the memory.
import { evaluate } from 'feelin'
import { LogicEngine } from 'json-logic-engine'
import { Engine } from 'json-rules-engine'
import { rowOf, type Column, type Table } from '../kernel/rules/column.ts'
import { BLOCK } from '../kernel/rules/machine.ts'
import {
  conditionsOf,
  kleeneIn,
  match,
  matcherOf,
  replaceRule,
  verdictIn,
  type Matcher,
} from '../kernel/rules/match.ts'
import { judge } from '../kernel/rules/judge.ts'
import { changeFact, rematcherOf } from '../kernel/rules/rematch.ts'
import { median, percentile, seconds, sequence, type Comparison } from './measure.ts'
import {
  enterprises,
  expressionOf,
  feelOf,
  jsonLogicOf,
  latinOf,
  policies,
  rulesEngineOf,
  zenOf,
  type Policy,
} from './policy.ts'

const ROUNDS = 3
const CITY = 10_000
const MANY = 1_000_000
/** Enterprises that a peer judges in each round: enough to measure it, for some take minutes for all. */
const SAMPLES = {
  'json-rules-engine': 10_000,
  '@gorules/zen-engine': 100_000,
  'json-logic-engine': 300_000,
  feelin: 500,
}

type Say = (line: string) => void
type Given = Readonly<Record<string, unknown>>
type Peer = {
  /** The facts as it likes them; those that are missing are null. */
  given?(facts: Given): Given
  /** The places of the policies that an enterprise meets. */
  met(given: Given): readonly number[] | Promise<readonly number[]>
}

/** As much of @gorules/zen-engine as is used. */
type Zen = {
  readonly ZenEngine: new () => {
    createDecision(content: object): { evaluate(facts: Given): Promise<{ readonly result: unknown }> }
  }
}
const ZEN = '@gorules/zen-engine'

/**
 * The one peer that is no dependency: it is compiled for each machine, and not every registry holds it for all of them, so that no
 * lockfile could name it and be installed everywhere.
 */
async function zenIfInstalled(say: Say): Promise<Zen | undefined> {
  try {
    return (await import(ZEN)) as Zen
  } catch {
    say(`${ZEN} is left out: it is not installed. npm install --no-save ${ZEN}@0.54.0, and run again`)
    return undefined
  }
}

async function run(say: Say): Promise<readonly Comparison[]> {
  const found: Comparison[] = []
  for (const count of [100, 1000]) found.push(...(await againstPeers(policies(count), say)))
  return [...found, ...(await atScale(say)), ...(await oneFact(say))]
}

async function againstPeers(some: readonly Policy[], say: Say): Promise<readonly Comparison[]> {
  const table = enterprises(CITY)
  const matcher = matcherOf(table, some.map(expressionOf))
  say(
    `${CITY} enterprises, ${some.length} policies, ${matcher.program.conditions.length} conditions: ${ROUNDS} rounds in turn`,
  )
  match(matcher)
  const installed = await zenIfInstalled(say)
  const peers: Readonly<Partial<Record<keyof typeof SAMPLES, Peer>>> = {
    'json-rules-engine': rulesEngine(some),
    ...(installed && { [ZEN]: zen(installed, some) }),
    'json-logic-engine': jsonLogic(some),
    feelin: feel(some),
  }
  const pairs = CITY * some.length
  const comparisons: Comparison[] = []
  for (const [name, peer] of Object.entries(peers)) {
    const rows = Math.max(1, Math.min(CITY, Math.round(SAMPLES[name as keyof typeof SAMPLES] / some.length)))
    const given = Array.from({ length: rows }, (_, row) => rowOf(table, row)).map(
      (facts) => peer.given?.(facts) ?? facts,
    )
    const met: (readonly number[])[] = []
    await peer.met(given[0]!)
    const taken = { ours: [] as number[], other: [] as number[] }
    for (let round = 0; round < ROUNDS; round++) {
      taken.ours.push((await seconds(() => match(matcher))) / pairs)
      const other = await seconds(async () => {
        for (const [row, facts] of given.entries()) met[row] = await peer.met(facts)
      })
      taken.other.push(other / (rows * some.length))
    }
    const [ours, other] = [1 / median(taken.ours), 1 / median(taken.other)]
    const agrees = met.every((places, row) => {
      const are = new Set(places)
      return some.every((_, rule) => (kleeneIn(matcher, rule, row) === true) === are.has(rule))
    })
    comparisons.push({
      name: `${some.length} policies, against ${name}`,
      ours,
      other,
      ratio: ours / other,
      unit: 'pairs/s',
      agrees,
    })
  }
  return comparisons
}

function rulesEngine(some: readonly Policy[]): Peer {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [place, policy] of some.entries())
    engine.addRule({ conditions: rulesEngineOf(policy), event: { type: 'met', params: { place } } })
  return {
    met: async (facts) => (await engine.run({ ...facts })).events.map(({ params }) => params!['place'] as number),
  }
}

/** All policies in one node, so that one call judges an enterprise by all. */
function zen({ ZenEngine }: Zen, some: readonly Policy[]): Peer {
  const expressions = some.map((policy, place) => ({ id: `e${place}`, key: `p${place}`, value: zenOf(policy) }))
  const node = (id: string, type: string, content = {}) => ({ id, name: id, type, content, position: { x: 0, y: 0 } })
  const edge = (sourceId: string, targetId: string) => ({
    id: `${sourceId}-${targetId}`,
    type: 'edge',
    sourceId,
    targetId,
  })
  const decision = new ZenEngine().createDecision({
    nodes: [node('in', 'inputNode'), node('rules', 'expressionNode', { expressions }), node('out', 'outputNode')],
    edges: [edge('in', 'rules'), edge('rules', 'out')],
  })
  return {
    given: (facts) => Object.fromEntries(Object.entries(facts).map(([name, value]) => [latinOf(name), value])),
    async met(facts) {
      const { result } = (await decision.evaluate(facts)) as { result: Record<string, unknown> }
      return some.flatMap((_, place) => (result[`p${place}`] === true ? [place] : []))
    },
  }
}

function jsonLogic(some: readonly Policy[]): Peer {
  const engine = new LogicEngine()
  const built = some.map((policy) => engine.build(jsonLogicOf(policy)) as (facts: unknown) => unknown)
  return { met: (facts) => built.flatMap((one, place) => (one(facts) === true ? [place] : [])) }
}

function feel(some: readonly Policy[]): Peer {
  const texts = some.map(feelOf)
  return { met: (facts) => texts.flatMap((text, place) => (evaluate(text, facts).value === true ? [place] : [])) }
}

async function atScale(say: Say): Promise<readonly Comparison[]> {
  say(`${MANY} enterprises, 1000 policies, on one core`)
  const table = repeated(enterprises(100_000), MANY)
  const some = policies(1001)
  const expressions = some.map(expressionOf)
  const matcher = matcherOf(table, expressions.slice(0, 1000))
  const all: number[] = []
  const one: number[] = []
  const copy: number[] = []
  const from = new Float64Array(16_000_000)
  const to = new Float64Array(from.length)
  for (let round = 0; round < 2 * ROUNDS; round++) {
    all.push(await seconds(() => match(matcher)))
    one.push(await seconds(() => replaceRule(matcher, round, expressions.at(-1 - (round % 2))!)))
    copy.push(await seconds(() => to.set(from)))
  }
  const bytes = bytesOf(matcher) / median(all)
  const copied = (2 * from.byteLength) / median(copy)
  const draw = sequence(5)
  const agrees = Array.from({ length: 5000 }, () => [draw(1000), draw(MANY)] as const).every(
    ([rule, row]) =>
      verdictIn(matcher, rule, row) === judge(matcher.rules[rule]!.expression, rowOf(table, row)).verdict,
  )
  const limit = (name: string, ours: number, other: number): Comparison => ({
    name,
    ours,
    other,
    ratio: other / ours,
    unit: 's',
    agrees,
  })
  return [
    limit('1,000,000 enterprises, 1,000 policies, against 2 s', median(all), 2),
    limit('one changed policy over 1,000,000, against 10 ms', median(one), 0.01),
    {
      name: 'bytes that matching reads and writes, against a copy',
      ours: bytes / 1e9,
      other: copied / 1e9,
      ratio: bytes / copied,
      unit: 'GB/s',
      agrees,
    },
  ]
}

/** The same enterprises over and over, which is quicker made. */
function repeated(table: Table, rows: number): Table {
  const columns = [...table.columns].map(([name, column]): [string, Column] => {
    if (column.kind === 'other') throw new Error(`${name} is of no one type`)
    const known = Uint32Array.from({ length: rows / 32 }, (_, word) => column.known[word % column.known.length]!)
    const times = (into: { set(values: ArrayLike<number>, at: number): void }) => {
      for (let at = 0; at < rows; at += table.rows) into.set(column.values, at)
    }
    if (column.kind === 'whole') {
      const values = new Int32Array(rows)
      times(values)
      return [name, { ...column, values, known }]
    }
    if (column.kind === 'number') {
      const values = new Float64Array(rows)
      times(values)
      return [name, { ...column, values, known }]
    }
    const values = new Uint8Array(rows)
    times(values)
    return [name, { ...column, values, known }]
  })
  return { rows, columns: new Map(columns) }
}

/** What each condition reads of its column and writes as its answer, and what the rules read of those and write. */
function bytesOf({ rules, program, blocks }: Matcher): number {
  const width = { whole: 4, number: 8, code: 1, rows: 0 }
  const used = new Set(rules.flatMap(({ plan }) => conditionsOf(plan)))
  const compared = [...used].reduce((sum, place) => sum + width[program.conditions[place]!.kind] + 1 / 8 + 1 / 4, 0)
  const joined = rules.reduce((sum, { plan }) => sum + (conditionsOf(plan).length + 1) / 4, 0)
  return blocks * BLOCK * (compared + joined)
}

/** Random changes of one fact each, after which nothing may be stale. */
const CHANGES = 100_000

async function oneFact(say: Say): Promise<readonly Comparison[]> {
  const table = enterprises(CITY)
  const rules = policies(2000).map(expressionOf)
  const matcher = matcherOf(table, rules)
  match(matcher)
  const rematcher = rematcherOf(matcher)
  const names = [...table.columns].filter(([, { kind }]) => kind === 'whole').map(([name]) => name)
  const draw = sequence(3)
  const taken: number[] = []
  say(`${CHANGES} changes of one fact each, 2000 policies`)
  let changed = 0
  // As in a server that has been running for a while: the first changes are not counted.
  for (let change = -5000; change < CHANGES; change++) {
    const [row, name] = [draw(CITY), names[draw(names.length)]!]
    const value = Math.round(10 ** (draw(5000) / 1000))
    const began = performance.now()
    changed += changeFact(rematcher, row, name, value).length
    if (change >= 0) taken.push((performance.now() - began) * 1000)
  }
  const anew = matcherOf(table, rules)
  match(anew)
  let isStale = changed === 0
  for (let row = 0; row < CITY; row += 7)
    for (const rule of rules.keys()) isStale ||= kleeneIn(matcher, rule, row) !== kleeneIn(anew, rule, row)
  say(`p99 ${percentile(taken, 0.99).toFixed(0)} µs; ${changed} answers changed`)
  const ours = median(taken)
  return [
    {
      name: 'one changed fact with 2,000 policies, against 50 µs',
      ours,
      other: 50,
      ratio: 50 / ours,
      unit: 'µs',
      agrees: !isStale,
    },
  ]
}

export const bench = { says: 'conditions of policies, against other engines of rules and the memory', run }
