// Who is kept as entitled is who would be judged so, after whatever has happened: facts, benefits, the dictionary, days, another server, a crash.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system } from '../kernel/access.ts'
import { addDays } from '../kernel/clock/date.ts'
import { findBits, findMark, hasBitIn, listBlocks, listNumbered } from '../store/verdict.ts'
import { dictionaryLaid, document, facts, given, observed, policyInForce } from '../tests/benefit.ts'
import { town, type Town } from '../tests/world.ts'
import { cities } from './city.ts'
import { compareVerdicts } from './verdict-check.ts'
import { verdicts } from './verdict.ts'

let t: Town
let policy: string
beforeAll(async () => {
  t = await town()
  await dictionaryLaid(t)
  policy = await policyInForce(t)
})
afterAll(() => t.close())

const firm = (n: number, more: object = {}) => ({
  uscc: `91220500MB000${String(n).padStart(4, '0')}X`,
  name: `测试${String(n).padStart(3, '0')}公司`,
  division: '220502',
  industry: '27',
  registeredOn: '2020-02-29',
  private: true,
  evidence: '章程',
  contact: '钱某',
  phone: '13900001234',
  ...more,
})
const enter = (n: number) => t.done(system, 'enterprise', 'enter', firm(n), `f${n}`)

/** Brought up to date, and held against judging each by itself. */
async function right(of = t.world.verdicts) {
  const mark = await of.fresh()
  const { different, firms } = await compareVerdicts(t.world, { most: 10_000 })
  expect(different).toEqual([])
  const { rows } = await t.world.database.query(
    `select count(*) as n from record where city = $1 and kind = 'enterprise' and phase = 'listed'`,
    [t.world.city],
  )
  expect(firms).toBeGreaterThanOrEqual(rows[0]!['n'] as number)
  return mark
}
async function told(enterprise: string, benefit: string) {
  const { database, city } = t.world
  const [one] = await listNumbered(database, city, [enterprise])
  const { isTrue, mayBe } = await findBits(database, city, benefit)
  return hasBitIn(isTrue, one!.n) ? 'true' : hasBitIn(mayBe, one!.n) ? 'unknown' : 'false'
}

describe('what is kept follows', () => {
  test('a fact, a benefit that begins, is amended, suspended and resumed, and an enterprise that comes, leaves and is back', async () => {
    const { id: e3 } = (await enter(1)).done
    const one = await given(t, policy)
    await right()
    expect(await told('e1', one)).toBe('unknown')
    await observed(t, 'e1', '120')
    await right()
    expect(await told('e1', one)).toBe('true')
    await t.done(await t.as('zheng'), 'benefit', 'amend', { ...(await contentOf(one)), rule: '研发费用 >= 200' }, one)
    await right()
    expect(await told('e1', one)).toBe('true')
    await t.done(await t.as('ce'), 'benefit', 'publish', {}, one)
    await right()
    expect(await told('e1', one)).toBe('false')
    await t.done(await t.as('ce'), 'benefit', 'suspend', { reason: '测试' }, one)
    await right()
    expect((await findBits(t.world.database, t.world.city, one)).isTrue).toHaveLength(0)
    await t.done(await t.as('ce'), 'benefit', 'resume', {}, one)
    await right()
    expect(await told(e3, one)).toBe('unknown')
    await t.done(system, 'enterprise', 'leave', { reason: '注销' }, e3)
    await right()
    expect(await told(e3, one)).toBe('false')
    await t.done(system, 'enterprise', 'restore', { reason: '恢复' }, e3)
    await right()
    expect(await told(e3, one)).toBe('unknown')
  })

  test('the dictionary, and the days: a month more, a year that no longer counts, a benefit that begins later and ends', async () => {
    const more = { fact: '成立月数', type: 'number', measure: 'month', registered: 'months' }
    await t.done(await t.as('zheng'), 'dictionary', 'change', { facts: [...facts, more], source: '测试' }, 'dictionary')
    // e1 was registered on 1 January 2019, f1 on 29 February 2020.
    const old = await given(t, policy, { rule: '成立月数 >= 86', amount: '成立月数' })
    const later = await given(t, policy, { rule: '研发费用 >= 10', from: '2026-02-20', to: '2026-02-22' })
    await right()
    expect([await told('e1', old), await told('f1', old)]).toEqual(['false', 'false'])
    for (let day = '2026-02-12'; day < '2026-03-05'; day = addDays(day, 1)) {
      t.set(`${day}T10:00:00.000+08:00`)
      await right()
      expect(await told('e1', old), day).toBe(day >= '2026-03-01' ? 'true' : 'false')
      expect(await told('e1', later), day).toBe(day >= '2026-02-20' && day <= '2026-02-22' ? 'true' : 'false')
    }
    const yearly = await given(t, policy, { rule: '研发费用 >= 1' })
    await right()
    expect(await told('e1', yearly)).toBe('true')
    t.set('2026-12-31T10:00:00.000+08:00')
    await right()
    expect(await told('e1', yearly)).toBe('true')
  })

  test('from wherever it was left: another server goes on, two at once do not undo each other, nothing changed costs no writing', async () => {
    const other = () => verdicts(t.world, cities(t.world))
    await observed(t, 'e2', '300')
    await right(other())
    await observed(t, 'e2', '50', '营业收入')
    await Promise.all([other().fresh(), other().fresh(), t.world.verdicts.fresh()])
    const { round } = await right()
    expect((await other().fresh()).round).toBe(round)
  })

  test('and whatever is wrong is found, and put right by working all out anew', async () => {
    const one = await given(t, policy)
    await right()
    const { database, city } = t.world
    await database.query(
      `update verdict set is_true = set_bit(is_true, 1, 1 - get_bit(is_true, 1)), may_be = set_bit(may_be, 1, 1 - get_bit(may_be, 1)) where city = $1 and benefit = $2`,
      [city, one],
    )
    expect((await compareVerdicts(t.world)).different).toMatchObject([{ benefit: one }])
    await t.world.verdicts.anew()
    await right()
  })

  test('what was written half is not there at all', async () => {
    const { database, city } = t.world
    const before = await findMark(database, city)
    await observed(t, 'e1', '7777')
    const bits = await listBlocks(database, city)
    // Everything has been written, and then the line is cut before it counts.
    const cut: typeof database = {
      ...database,
      transaction: (work) =>
        database.transaction(async (query) => {
          const done = await work(query)
          const { rows } = await query('select pg_current_xact_id_if_assigned() is not null as wrote')
          if (rows[0]!['wrote'] === true) throw new Error('the line was cut')
          return done
        }),
    }
    const broken = verdicts({ ...t.world, database: cut }, t.world.cities)
    await expect(broken.fresh()).rejects.toThrow('the line was cut')
    expect(await findMark(database, city)).toEqual(before)
    expect(await listBlocks(database, city)).toEqual(bits)
    await right()
  })
})

async function contentOf(id: string) {
  const { rows } = await t.world.database.query(
    `select state->'editions'->-1->'content' as content from record where city = $1 and kind = 'benefit' and id = $2`,
    [t.world.city, id],
  )
  return rows[0]!['content'] as object
}

test('after random steps of all kinds what is kept is what each would be judged', async () => {
  let seed = 20_261_129
  const draw = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const names = ['研发费用', '营业收入', '贷款利息'] as const
  const rules = [
    '研发费用 >= 100',
    '研发费用 / 营业收入 >= 0.03',
    '研发费用 >= 10 and (营业收入 < 500 or 营业收入 >= 2000) and 职工人数 > 5',
    '贷款利息 > 0 or 高新技术企业',
    'not(贷款利息 > 100) and (研发费用 > 50 or 研发费用 <= 20)',
    '成立月数 >= 84 and 行业门类 != "农、林、牧、渔业"',
  ]
  // Over the turn of the year, at which facts of the year before the last no longer count.
  const [zheng, ce] = [await t.as('zheng'), await t.as('ce')]
  const draft = { ...document, number: '测政〔2026〕3号', to: '2027-12-31' }
  const { id: law } = (await t.done(zheng, 'policy', 'draft', draft)).done
  await t.done(ce, 'policy', 'review', { conclusion: 'no-restriction', opinion: '测试' }, law)
  await t.done(ce, 'policy', 'publish', {}, law)
  const long = { to: '2027-12-31' }
  const benefits: string[] = []
  for (const rule of [rules[0]!, rules[2]!]) benefits.push(await given(t, law, { rule, ...long }))
  let firms = 1
  let day = '2026-12-28'
  t.set(`${day}T10:00:00.000+08:00`)
  const steps = [
    async () => {
      const of = `f${1 + draw(firms)}`
      const [fact, source] = [names[draw(3)], ['税务局', '统计局'][draw(2)]]
      const seen = { fact, value: `${draw(3000)}`, period: `${2025 + draw(2)}`, source, observedAt: day }
      const answer = await t.give(await t.as('zheng'), 'profile', 'observe', { enterprise: of, facts: [seen] }, of)
      if ('refused' in answer) expect(answer.refused).toBe('nothing-new')
    },
    async () => {
      firms += 1
      await enter(firms)
    },
    async () => {
      const id = `f${1 + draw(firms)}`
      const answer = await t.give(system, 'enterprise', 'leave', { reason: '测试' }, id)
      if ('refused' in answer) await t.give(system, 'enterprise', 'restore', { reason: '测试' }, id)
    },
    async () => {
      const from = addDays(day, draw(4))
      benefits.push(
        await given(t, law, {
          rule: rules[draw(rules.length)],
          from,
          to: draw(2) === 0 ? '2027-12-31' : addDays(from, 1 + draw(3)),
        }),
      )
    },
    async () => {
      const id = benefits.at(-1 - draw(3))
      if (id === undefined) return
      const answer = await t.give(await t.as('ce'), 'benefit', 'suspend', { reason: '测试' }, id)
      if ('refused' in answer) await t.give(await t.as('ce'), 'benefit', 'resume', {}, id)
    },
    async () => {
      if (draw(3) > 0) return
      day = addDays(day, 1)
      t.set(`${day}T10:00:00.000+08:00`)
    },
  ]
  const seen = { true: 0, false: 0, unknown: 0 }
  for (let step = 0; step < 250; step++) {
    await steps[[0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 4, 5, 5][draw(14)]!]!()
    if (draw(3) > 0) continue
    await right()
    for (const benefit of [...benefits.slice(0, 2), benefits.at(-1)!])
      for (let n = 1; n <= firms; n++) seen[await told(`f${n}`, benefit)] += 1
  }
  await right()
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20)
  expect(day > '2027-01-01').toBe(true)
  // Whoever has lost it all has it again from the ledger.
  await given(t, law, { rule: rules[1]!, ...long })
  const { database, city } = t.world
  for (const table of ['verdict_mark', 'verdict', 'verdict_given', 'verdict_firm', 'verdict_was'])
    await database.query(`delete from ${table} where city = $1`, [city])
  const mark = await right(verdicts(t.world, cities(t.world)))
  expect(mark).toMatchObject({ day, since: day, round: 0 })
})
