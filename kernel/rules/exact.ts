// The exact answers of a rule for all rows as bits: what Kleene leaves open is gone through by cases, once for all rows that no condition tells apart.
import { hasBit, rowOf, setBit, type Table } from './column.ts'
import { answering, namesIn, repeatedIn } from './compile.ts'
import { judge } from './judge.ts'
import { ANSWER, BLOCK } from './machine.ts'
import { conditionsOf, type Answers, type Matcher } from './match.ts'

/** Of a rule that has been matched: of whom it is true, and of whom it may be. No bits beyond the last row. */
export function exactAnswers(matcher: Matcher, rule: number): Answers {
  const { table, blocks, rules, words, places } = matcher
  const each = BLOCK / 32
  const isTrue = new Uint32Array(blocks * each)
  const mayBe = new Uint32Array(blocks * each)
  for (let block = 0; block < blocks; block++) {
    const from = places.rules / 4 + ((block * rules.length + rule) * ANSWER) / 4
    isTrue.set(words.subarray(from, from + each), block * each)
    mayBe.set(words.subarray(from + each, from + 2 * each), block * each)
  }
  for (let row = table.rows; row < blocks * BLOCK; row++) {
    setBit(isTrue, row, false)
    setBit(mayBe, row, false)
  }
  const answers = { isTrue, mayBe }
  const { expression } = rules[rule]!
  const repeated = repeatedIn(expression.root)
  if (repeated?.size === 0) return answers
  const suspected = repeated && missingAny(table, [...repeated], isTrue.length)
  const decide = deciding(matcher, rule)
  for (let word = 0; word < isTrue.length; word++) {
    let open = mayBe[word]! & ~isTrue[word]! & (suspected ? suspected[word]! : -1)
    while (open !== 0) {
      const bit = 31 - Math.clz32(open & -open)
      open &= open - 1
      const row = word * 32 + bit
      const verdict = decide(row)
      if (verdict === 'true') setBit(isTrue, row, true)
      else if (verdict === 'false') setBit(mayBe, row, false)
    }
  }
  return answers
}

/** A bit for each row in which one of these facts is missing. */
function missingAny({ columns, rows }: Table, names: readonly string[], size: number): Uint32Array {
  const missing = new Uint32Array(size)
  for (const name of names) {
    const column = columns.get(name)
    if (column === undefined) return missing.fill(-1)
    for (let word = 0; word < size; word++) if (column.kind !== 'other') missing[word]! |= ~(column.known[word] ?? 0)
    if (column.kind === 'other')
      for (let row = 0; row < rows; row++) if (column.values[row] === undefined) setBit(missing, row, true)
  }
  return missing
}

/** More sorts of rows than a whole number tells apart are judged one by one. */
const MOST_SORTS = 2 ** 52

/**
 * Judges a row, and remembers the verdict for all rows of its sort: those with the same facts missing and the same answers to all
 * conditions. A condition on several facts, one of which is missing, hangs on the others' values, too: then the row stands for itself.
 */
function deciding({ table, rules, program }: Matcher, rule: number) {
  const { expression, plan } = rules[rule]!
  const judged = (row: number) => judge(expression, rowOf(table, row)).verdict
  const facts = expression.names.map((name) => knownIn(table, name))
  const conditions = [...new Set(conditionsOf(plan))].map((place) => {
    const condition = program.conditions[place]!
    const names = namesIn(condition)
    return {
      answer: answering(condition, table),
      among: names.length > 1 ? names.map((name) => knownIn(table, name)) : [],
    }
  })
  if (3 ** conditions.length * 2 ** facts.length > MOST_SORTS) return judged
  const remembered = new Map<number, ReturnType<typeof judged>>()
  return (row: number) => {
    let sort = 0
    for (const isKnown of facts) sort = sort * 2 + Number(isKnown(row))
    for (const { answer, among } of conditions) {
      if (among.some((isKnown) => !isKnown(row))) return judged(row)
      const value = answer(row)
      sort = sort * 3 + (value === undefined ? 2 : Number(value))
    }
    let verdict = remembered.get(sort)
    if (verdict === undefined) remembered.set(sort, (verdict = judged(row)))
    return verdict
  }
}

function knownIn({ columns }: Table, name: string): (row: number) => boolean {
  const column = columns.get(name)
  if (column === undefined) return () => false
  if (column.kind === 'other') return (row) => column.values[row] !== undefined
  const { known } = column
  return (row) => hasBit(known, row)
}
