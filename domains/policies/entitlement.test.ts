// What a rule comes to for one enterprise: what it lacks is told of what is known, and nothing is made up for the rest.
import { describe, expect, test } from 'vitest'
import { factsIn } from './dictionary.ts'
import { dueOf, standOf } from './entitlement.ts'
import { readRule } from './rule.ts'

const rows = factsIn([
  { fact: '研发费用', type: 'number', measure: 'wan-yuan' },
  { fact: '补贴', type: 'number', measure: 'wan-yuan' },
  { fact: '职工人数', type: 'number', measure: 'person' },
])
const stand = (rule: string, facts: object) =>
  standOf(readRule(rule, rows), { 研发费用: null, 补贴: null, 职工人数: null, ...facts }, rows)

describe('a rule that does not hold', () => {
  test('tells the least change of what is known, and what is missing for the rest', () => {
    expect({ ...stand('研发费用 >= 100 and 职工人数 >= 20', { 职工人数: 15 }) }).toMatchObject({
      stands: 'not',
      nearest: { cost: 5, changes: { 职工人数: 20 } },
      unclear: ['研发费用'],
    })
  })

  test('because of what contradicts itself whatever is missing names no change', () => {
    const found = stand('研发费用 + 补贴 >= 100 and 研发费用 < 20', { 补贴: 10 })
    expect(found).toMatchObject({ stands: 'not', nearest: { cost: undefined } })
    expect(found.stands === 'not' && found.unclear).toEqual(['研发费用'])
  })
})

test('an amount is rounded down to the fen, is never below nothing, and never above its cap', () => {
  const due = (text: string, cap?: number) => dueOf(cap, readRule(text, rows), { 研发费用: 0.1, 补贴: 3, 职工人数: 7 })
  expect(due('研发费用 * 10000 * 0.07')).toEqual({ amount: 7000 })
  expect(due('职工人数 / 3')).toEqual({ amount: 233 })
  expect(due('(研发费用 - 补贴) * 10000')).toEqual({ amount: 0 })
  expect(due('补贴 * 10000', 100)).toEqual({ amount: 100 })
  expect(due('补贴 / 0')).toMatchObject({ missing: [] })
})
