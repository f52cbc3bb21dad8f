// The benefits of the example as models of decisions: each comes back as it went out.
import { expect, test } from 'vitest'
import { contentIn, factsIn, modelOf } from '../../domains/policies/index.ts'
import { editions, type DmnEdition } from '../../kernel/rules/dmn.ts'
import { writeDmn } from '../../kernel/rules/dmn-write.ts'
import { policiesFounding } from './policies.ts'

const told = policiesFounding()
const rows = factsIn((told.find(({ kind }) => kind === 'dictionary')!.input as { facts: never[] }).facts)
const benefits = told
  .filter(({ kind, name }) => kind === 'benefit' && name === 'draft')
  .map(({ id, input }) => [id, input as Parameters<typeof modelOf>[1]] as const)

test.each(benefits)('%s comes back with the same conditions and amount', (id, content) => {
  const { rule, amount, tiers } = content
  const paid = tiers ? { tiers } : amount === undefined ? {} : { amount }
  for (const edition of Object.keys(editions) as DmnEdition[])
    expect(contentIn(writeDmn(modelOf(id, content, rows), edition), rows)).toEqual({ rule, ...paid })
})

test('there are some with tiers, some that pay and some that the city only tells of', () => {
  const count = (is: (content: (typeof benefits)[0][1]) => unknown) => benefits.filter(([, one]) => is(one)).length
  expect(count(({ tiers }) => tiers)).toBeGreaterThan(0)
  expect(count(({ amount }) => amount)).toBeGreaterThan(5)
  expect(count(({ mode }) => mode === 'elsewhere')).toBeGreaterThan(2)
})
