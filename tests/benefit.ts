// A benefit as tests need one: the dictionary, a policy in force, and a benefit under it.
import type { Town } from './world.ts'

export const facts = [
  { fact: '职工人数', type: 'number', measure: 'person', registered: 'staff' },
  { fact: '行业门类', type: 'text', registered: 'section' },
  { fact: '行业大类', type: 'text', registered: 'industry' },
  { fact: '企业规模', type: 'text', registered: 'size' },
  { fact: '民营企业', type: 'flag', registered: 'private' },
  { fact: '成立满月数', type: 'number', measure: 'month', registered: 'months' },
  { fact: '所属县区', type: 'text', registered: 'division' },
  { fact: '研发费用', type: 'number', measure: 'wan-yuan', least: 0, age: 1, sources: '税务局、统计局' },
  { fact: '营业收入', type: 'number', measure: 'wan-yuan', age: 1 },
  { fact: '高新技术企业', type: 'flag' },
  { fact: '贷款利息', type: 'number', measure: 'wan-yuan', age: 1 },
]
export const document = {
  name: '测试措施',
  number: '测政〔2026〕2号',
  unit: 'tax',
  issuedOn: '2026-01-05',
  from: '2026-01-10',
  to: '2026-12-31',
  summary: '测试',
  clauses: [{ article: '第一条', text: '测试。' }],
}
export const content = {
  name: '测试补助',
  article: '第一条',
  rule: '研发费用 >= 100',
  amount: '研发费用 * 10000 * 0.001',
  budget: 10_000_000,
  mode: 'no-application',
  recurrence: 'yearly',
  from: '2026-01-10',
  to: '2026-12-31',
}

/** The dictionary of the town. */
export async function dictionaryLaid(t: Town): Promise<void> {
  await t.done(await t.as('zheng'), 'dictionary', 'lay', { facts, source: '测试' })
}

/** A policy in force; its id. */
export async function policyInForce(t: Town): Promise<string> {
  const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
  const { id } = (await t.done(zheng, 'policy', 'draft', document)).done
  await t.done(ce, 'policy', 'review', { conclusion: 'no-restriction', opinion: '测试' }, id)
  await t.done(ce, 'policy', 'publish', {}, id)
  return id
}

/** A benefit that is given under it, with this said of it besides. */
export async function given(t: Town, policy: string, more: object = {}): Promise<string> {
  const { id } = (await t.done(await t.as('zheng'), 'benefit', 'draft', { ...content, policy, ...more })).done
  await t.done(await t.as('ce'), 'benefit', 'publish', {}, id)
  return id
}

/** What an office knows of an enterprise, of the year before. */
export async function observed(
  t: Town,
  enterprise: string,
  value: string,
  fact = '研发费用',
  observedAt = '2026-02-01',
) {
  const seen = { fact, value, period: '2025', source: '税务局', observedAt }
  return t.done(await t.as('zheng'), 'profile', 'observe', { enterprise, facts: [seen] }, enterprise)
}
