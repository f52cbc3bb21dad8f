// The law of a day and what was known on it: picked, refused where it is none, and the same again whatever came later.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../clock/date.ts'
import type { Dictionary } from './dictionary.ts'
import { amended, editionFault, inForce, repealed, type Edition } from './edition.ts'
import { factsOf, readingsOn, type Observation } from './observed.ts'
import { judgeOn, type Archive } from './replay.ts'

const edition = <Content>(content: Content, from: string, until?: string): Edition<Content> => ({
  content,
  from,
  ...(until !== undefined && { until }),
  source: '示例文件',
})

describe('editions', () => {
  // 工信部企业〔2026〕2号 replaces 〔2022〕63号 from 2026-04-01.
  const two = [edition(1000, '2022-07-01', '2026-03-31'), edition(1500, '2026-04-01')]
  test('the first and the last day belong to an edition', () => {
    expect(editionFault(two)).toBeUndefined()
    expect(
      ['2022-06-30', '2022-07-01', '2026-03-31', '2026-04-01', '2099-01-01'].map((day) => inForce(two, day)?.content),
    ).toEqual([undefined, 1000, 1000, 1500, 1500])
  })
  test.each([
    [[edition(1, '2026-02-30')], { refused: 'no-date', edition: 0 }],
    [[edition(1, '2026-02-01', '2026-13-01')], { refused: 'no-date', edition: 0 }],
    [[edition(1, '2026-02-02', '2026-02-01')], { refused: 'runs-backwards', edition: 0 }],
    [
      [edition(1, '2026-01-01', '2026-03-31'), edition(2, '2026-03-31')],
      { refused: 'overlap', edition: 1, with: 0, on: '2026-03-31' },
    ],
    [
      [edition(1, '2026-05-01'), edition(2, '2026-01-01')],
      { refused: 'overlap', edition: 1, with: 0, on: '2026-05-01' },
    ],
    [[edition(1, '2026-01-01', '2026-01-01'), edition(2, '2026-01-03')], undefined],
  ])('%j', (editions, refusal) => {
    expect(editionFault(editions)).toEqual(refusal)
  })
  test('a new one ends the one before it the day before, and may not reach back', () => {
    expect(amended([edition(1000, '2022-07-01')], edition(1500, '2026-04-01'), '2026-03-01')).toEqual(two)
    expect(amended(two, edition(2, '2026-04-30'), '2026-05-01')).toMatchObject({
      refused: 'rewrites-the-past',
      edition: 2,
    })
    expect(amended([edition(1, '2027-01-01')], edition(2, '2026-06-01'), '2026-05-01')).toMatchObject({
      refused: 'overlap',
    })
    expect(amended(two, edition(2, 'soon'), '2026-05-01')).toMatchObject({ refused: 'no-date', edition: 2 })
  })
  test('one that is repealed ends on a day to come', () => {
    expect(repealed(two, '2027-12-31', '2027-01-01')).toEqual([two[0], edition(1500, '2026-04-01', '2027-12-31')])
    expect(repealed(two, '2026-12-31', '2027-01-01')).toMatchObject({ refused: 'rewrites-the-past', edition: 1 })
  })
})

const dictionary: Dictionary = [
  {
    name: '营业收入',
    type: 'number',
    measure: 'wan-yuan',
    least: 0,
    period: { kind: 'year', age: 1 },
    sources: ['税务局', '统计局'],
  },
  { name: '职工人数', type: 'number', measure: 'person', least: 0, period: { kind: 'day', age: 90 } },
  { name: '行业', type: 'text', allowed: ['制造业', '软件业'] },
]
const said = (value: Observation['value'], more: Partial<Observation> = {}): Observation => ({
  fact: '营业收入',
  value,
  measure: 'wan-yuan',
  period: '2025',
  source: '税务局',
  observedOn: '2026-03-01',
  ...more,
})
const reading = (day: string, ...observations: readonly Observation[]) => {
  const [first] = readingsOn(dictionary, observations, day)
  return 'value' in first! ? first.value : first!.unknown
}

describe('what is known on a day', () => {
  test('the latest period that counts; not one too long ago, nor one to come', () => {
    expect(reading('2026-06-01', said(5, { period: '2024' }), said(7))).toBe(7)
    expect(reading('2026-06-01', said(5, { period: '2024' }))).toMatchObject({
      why: 'wrong-period',
      said: [{ period: '2024' }],
    })
    expect(reading('2026-06-01', said(5, { period: '2027' }))).toMatchObject({ why: 'wrong-period' })
    expect(reading('2026-06-01', said(5, { period: '去年' }))).toMatchObject({ why: 'wrong-period' })
    expect(reading('2026-02-28', said(7))).toEqual({ why: 'nobody-said' })
    const staff = (period: string) => ({
      ...said(30, { fact: '职工人数', measure: 'person', period }),
      observedOn: period,
    })
    const on = (day: string) => factsOf(readingsOn(dictionary, [staff('2026-01-01')], day))['职工人数']
    expect(['2025-12-31', '2026-01-01', '2026-04-01', '2026-04-02'].map(on)).toEqual([null, 30, 30, null])
  })
  test('万元 where 元 was said, or the other way round, is not turned but told', () => {
    expect(reading('2026-06-01', said(70_000, { measure: 'yuan' }))).toMatchObject({
      why: 'unit-differs',
      said: [{ measure: 'yuan' }],
    })
    const { measure: _, ...bare } = said(7)
    expect(reading('2026-06-01', bare)).toMatchObject({ why: 'unit-differs' })
  })
  test('a word where a number should be, and a number that cannot be', () => {
    expect(reading('2026-06-01', said('很多'))).toMatchObject({ why: 'not-allowed' })
    expect(reading('2026-06-01', said(-1))).toMatchObject({ why: 'not-allowed' })
    expect(reading('2026-06-01', said(Number.POSITIVE_INFINITY))).toMatchObject({ why: 'not-allowed' })
  })
  test('two who disagree are both named, unless the word of one counts more', () => {
    const [a, b] = [said(5, { source: '企业填报' }), said(6, { source: '园区' })]
    expect(reading('2026-06-01', a, b)).toEqual({ why: 'sources-disagree', said: [a, b] })
    expect(reading('2026-06-01', a, b, said(7, { source: '统计局' }))).toBe(7)
    expect(reading('2026-06-01', said(8), said(7, { source: '统计局' }))).toBe(8)
    expect(reading('2026-06-01', a, { ...b, value: 5 })).toBe(5)
  })
  test('the last word of a source is its word', () => {
    expect(reading('2026-06-01', said(9, { observedOn: '2026-04-01' }), said(5))).toBe(9)
    expect(reading('2026-03-15', said(9, { observedOn: '2026-04-01' }), said(5))).toBe(5)
  })
})

const archive: Archive = {
  dictionary: [edition(dictionary, '2022-01-01')],
  parameters: [{ name: '门槛', editions: [edition(1000, '2022-07-01', '2026-03-31'), edition(1500, '2026-04-01')] }],
  rule: [
    edition('营业收入 >= 门槛', '2023-01-01', '2026-05-31'),
    edition('营业收入 >= 门槛 and 行业 = "制造业"', '2026-06-01'),
  ],
  observations: [said(1200)],
}

describe('a rule on a day', () => {
  test('is that of the day, with the threshold of the day', () => {
    expect(judgeOn(archive, '2026-03-31')).toMatchObject({
      judgement: { verdict: 'true' },
      parameters: [{ name: '门槛', content: 1000 }],
    })
    expect(judgeOn(archive, '2026-04-01')).toMatchObject({
      judgement: { verdict: 'false', failing: [{ read: { 营业收入: 1200, 门槛: 1500 } }] },
      readings: [{ from: { source: '税务局' } }],
    })
    expect(judgeOn(archive, '2026-02-01')).toMatchObject({
      judgement: { verdict: 'unknown', missing: ['营业收入'] },
      readings: [{ unknown: { why: 'nobody-said' } }],
    })
    expect(judgeOn(archive, '2022-12-31')).toEqual({ refused: 'not-in-force', what: 'rule' })
    expect(judgeOn({ ...archive, dictionary: [] }, '2026-03-31')).toEqual({
      refused: 'not-in-force',
      what: 'dictionary',
    })
    expect(judgeOn({ ...archive, parameters: [{ name: '门槛', editions: [] }] }, '2026-03-31')).toMatchObject({
      judgement: { verdict: 'unknown', missing: ['门槛'] },
    })
    expect(judgeOn({ ...archive, rule: [edition('营业收入 >', '2023-01-01')] }, '2026-03-31')).toMatchObject({
      refused: 'syntax',
    })
  })

  test('stays what it was, whatever is laid down and becomes known later', () => {
    const amount = fc.integer({ min: 0, max: 3000 })
    const later = fc.oneof(
      fc.tuple(fc.constant('rule' as const), fc.integer({ min: 1, max: 400 }), amount),
      fc.tuple(fc.constant('parameter' as const), fc.integer({ min: 1, max: 400 }), amount),
      fc.tuple(fc.constant('dictionary' as const), fc.integer({ min: 1, max: 400 }), amount),
      fc.tuple(fc.constant('observation' as const), fc.integer({ min: 1, max: 400 }), amount),
    )
    let amendments = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 700 }).map((days) => addDays('2025-01-01', days)),
        fc.array(amount, { maxLength: 4 }),
        fc.array(later, { minLength: 1, maxLength: 8 }),
        (day, before, changes) => {
          const known: Archive = {
            ...archive,
            observations: before.map((value, at) =>
              said(value, {
                period: String(2023 + (at % 3)),
                source: ['税务局', '企业填报', '园区'][at % 3]!,
                observedOn: addDays(day, -at),
              }),
            ),
          }
          const first = judgeOn(known, day)
          const after = changes.reduce((now: Archive, [what, days, value]): Archive => {
            const from = addDays(day, days)
            if (what === 'observation')
              return {
                ...now,
                observations: [...now.observations, said(value, { observedOn: from, period: day.slice(0, 4) })],
              }
            const next =
              what === 'rule' ? amended(now.rule, edition(`营业收入 < ${value}`, from), addDays(day, 1)) : undefined
            if (next && !('refused' in next)) amendments += 1
            if (next) return 'refused' in next ? now : { ...now, rule: next }
            const [parameter] = now.parameters
            const editions = amended(parameter!.editions, edition(value, from), addDays(day, 1))
            return 'refused' in editions ? now : { ...now, parameters: [{ ...parameter!, editions }] }
          }, known)
          const again = judgeOn(after, day)
          if ('refused' in first || 'refused' in again) expect(again).toEqual(first)
          else {
            // An edition that had no end yet may have got one since.
            expect({
              ...again,
              edition: again.edition.content,
              parameters: again.parameters.map(({ content }) => content),
            }).toEqual({
              ...first,
              edition: first.edition.content,
              parameters: first.parameters.map(({ content }) => content),
            })
          }
        },
      ),
      { numRuns: 500 },
    )
    expect(amendments).toBeGreaterThan(50)
  })
})
