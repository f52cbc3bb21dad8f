// Facts over time: until the day that is named, nothing changes by itself; and the values of the many are those of the one.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../kernel/clock/date.ts'
import { asFacts, knownOn, turnsOn, valuesOf } from './facts.ts'
import type { FactRow } from './dictionary.ts'
import type { Profile } from './profile.ts'

const rows: readonly FactRow[] = [
  { name: '成立月数', type: 'number', measure: 'month', registered: 'months' },
  { name: '职工人数', type: 'number', measure: 'person', period: { kind: 'year', age: 1 }, registered: 'staff' },
  { name: '规模', type: 'text', registered: 'size' },
  { name: '类型', type: 'text', registered: 'kind' },
  { name: '研发费用', type: 'number', measure: 'wan-yuan', period: { kind: 'year', age: 1 } },
  { name: '评价', type: 'text', allowed: ['甲', '乙'], period: { kind: 'day', age: 20 } },
  { name: '高新', type: 'flag', sources: ['科技局'] },
]
const day = fc.integer({ min: 0, max: 800 }).map((n) => addDays('2024-12-01', n))
const period = fc.constantFrom('2023', '2024', '2025', '2026')
const firm = fc
  .record({
    uscc: fc.constantFrom('912205021234567890', '922205021234567890', 'unknown'),
    registeredOn: fc.integer({ min: 0, max: 800 }).map((n) => addDays('2022-01-01', n)),
    facts: fc.array(
      fc.record({
        fact: fc.constantFrom('staff', 'revenue', 'assets'),
        value: fc.integer({ min: 0, max: 900 }),
        unit: fc.constant('person'),
        period,
        source: fc.constantFrom('统计局', '税务局'),
        observedAt: day,
      }),
      { maxLength: 4 },
    ),
  })
  .map((more) => ({ phase: 'listed', industry: '27', division: '220502', private: true, ...more }) as never)
const said = fc.oneof(
  fc.record({
    fact: fc.constant('研发费用'),
    value: fc.constantFrom('1', '2'),
    period,
    source: fc.constant('税务局'),
    observedAt: day,
  }),
  fc.record({
    fact: fc.constant('评价'),
    value: fc.constantFrom('甲', '丙'),
    period: day,
    source: fc.constant('工信局'),
    observedAt: day,
  }),
  fc.record({
    fact: fc.constant('高新'),
    value: fc.constantFrom('yes', 'no'),
    source: fc.constantFrom('科技局', '企业自报'),
    observedAt: day,
  }),
)
const profile = fc.array(said, { maxLength: 6 }).map((facts): Profile => ({ phase: 'kept', name: '测试', facts }))

test('nothing changes by itself before the day that is named', () => {
  let changed = 0
  fc.assert(
    fc.property(firm, profile, day, (one, seen, from) => {
      const on = (at: string) => JSON.stringify(asFacts(knownOn(rows, one, seen, at)))
      const turns = turnsOn(rows, one, seen, from)
      if (turns === undefined) throw new Error('a firm grows older')
      expect(turns > from).toBe(true)
      for (let at = from; at < turns; at = addDays(at, 1)) expect(on(at), at).toBe(on(from))
      changed += Number(on(turns) !== on(from))
    }),
    { numRuns: 400 },
  )
  expect(changed).toBeGreaterThan(100)
})

test('where a dictionary reads nothing that time changes, no day is named', () => {
  const still = rows.filter(({ name }) => name === '高新')
  const one = { phase: 'listed', registeredOn: '2024-01-31', facts: [] } as never
  expect(turnsOn(still, one, undefined, '2026-01-31')).toBeUndefined()
})

test('the values of the many are those of the one', () => {
  fc.assert(
    fc.property(firm, profile, day, (one, seen, on) => {
      const known = knownOn(rows, one, seen, on)
      expect(valuesOf(rows, on)(one, seen)).toEqual(known.map((each) => ('value' in each ? each.value : undefined)))
    }),
  )
})
