// The growth ladder of the example city: rungs with how sure their numbers are, and recognitions and plans of coaching in every state (合成数据).
import { addDays, addMonths, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import type { ExampleEnterprise } from './enterprises.ts'
import { toldOf } from './claims.ts'
import { conditionsOf } from './policies.ts'
import type { Told } from './told.ts'

const WRITES = 'policy'
const PUBLISHES = 'policy2'
/** On which the unit entered what had been recognised before. */
const ENTERED: CivilDate = '2026-06-01'
/** From which day on something is under way on the last days of the example: then what it rests on has been entered. */
const UNDER_WAY: CivilDate = '2026-06-18'

const COPIES = '数值见于 2026 年的若干转载，正式文本未读；施行前由本市核对原文。'
const OLD = '原办法的数值由转载核对；2026 年 3 月 31 日以前适用，其后只用于过渡期内的复核。'
const MEASURES = '工信部企业〔2026〕2号'
const BEFORE = '工信部企业〔2022〕63号'
/** 工信厅企业函〔2026〕117号: those who were recognised by the measures of before were checked again by them in 2026. */
const TRANSITION = '2026-12-31'

const COMPANY = '经营主体类型 = "企业"'
const SMALL = '企业规模 in ("中型", "小型", "微型")'
const growing = { unit: 'city-industry', among: COMPANY, recogniser: 'province', validity: 36, remind: 120 }
const INNOVATIVE = {
  ...growing,
  rule: `${SMALL} and (评价得分 >= 60 or 高新技术企业 or 新增股权融资 >= 500)`,
  fact: '科技和创新型中小企业',
}
const SPECIALISED = {
  ...growing,
  after: 'TD-innovative',
  name: '专精特新中小企业',
  fact: '专精特新中小企业',
  judgement: [{ question: '细分市场地位' }],
}
const GIANT = { ...growing, recogniser: 'state', after: 'TD-specialised', name: '专精特新“小巨人”企业' }

/** Each rung with its editions, the first of them in force when the city set its ladder up. */
const RUNGS: readonly (readonly [id: string, ...editions: object[]])[] = [
  [
    'TD-from-self-employed',
    {
      name: '个转企',
      unit: 'city-market',
      recogniser: 'register',
      document: '中华人民共和国民营经济促进法',
      article: '第四十八条',
      certainty:
        '法律只规定引导和自愿，没有门槛；以变更登记为准，不得强制。这里的条件只是示例的引导范围，借用小规模纳税人标准的数值（年应征增值税销售额 500 万元，财税〔2018〕33号），施行前由本市确定。',
      among: '经营主体类型 = "个体工商户"',
      rule: '营业收入 > 500',
      fact: '个体工商户转企',
      from: '2025-05-20',
    },
  ],
  [
    'TD-above-scale',
    {
      name: '规模以上企业（小升规）',
      unit: 'city-industry',
      recogniser: 'register',
      document: '统计上的规模（限额）标准',
      article: '工业、批发、零售、住宿餐饮',
      certainty:
        '工业 2000 万元等数值凭通行口径，批发零售、住宿餐饮的限额含个体经营户，均须由统计部门核对；达到门槛并纳入联网直报才算升规。',
      among: `${COMPANY} or (经营主体类型 = "个体工商户" and 行业门类 in ("批发和零售业", "住宿和餐饮业"))`,
      rule: [
        '(行业门类 in ("采矿业", "制造业") and 营业收入 >= 2000)',
        '(行业大类 = "51" and 营业收入 >= 2000)',
        '(行业大类 = "52" and 营业收入 >= 500)',
        '(行业门类 = "住宿和餐饮业" and 营业收入 >= 200)',
      ].join(' or '),
      from: '2024-01-01',
    },
  ],
  [
    'TD-innovative',
    { ...INNOVATIVE, name: '创新型中小企业', document: BEFORE, article: '附件一', certainty: OLD, from: '2022-06-01' },
    {
      ...INNOVATIVE,
      name: '科技和创新型中小企业',
      document: MEASURES,
      article: '科技和创新型',
      certainty: `新的评价标准印发以前仍按原办法评分，直通条件只列了数据目录中有的。${COPIES}`,
      from: '2026-04-01',
      earlierUntil: TRANSITION,
    },
  ],
  [
    'TD-specialised',
    {
      ...SPECIALISED,
      document: BEFORE,
      article: '附件二',
      certainty: OLD,
      rule: [
        '科技和创新型中小企业',
        '从事细分市场月数 >= 24',
        '研发费用 >= 100',
        '研发费用 / 营业收入 >= 0.03',
        '(营业收入 >= 1000 or 新增股权融资 >= 2000)',
        '评价得分 >= 60',
      ].join(' and '),
      from: '2022-06-01',
    },
    {
      ...SPECIALISED,
      document: MEASURES,
      article: '专精特新',
      certainty: COPIES,
      rule: conditionsOf('DX-specialised'),
      from: '2026-04-01',
      earlierUntil: TRANSITION,
    },
  ],
  [
    'TD-little-giant',
    {
      ...GIANT,
      document: BEFORE,
      article: '附件三',
      certainty: `研发占比按收入分档的界限凭通行说法，近两年平均增长由人员判断。${OLD}`,
      rule: [
        '专精特新中小企业',
        '从事细分市场月数 >= 36',
        '主营业务收入 / 营业收入 >= 0.7',
        '((营业收入 >= 10000 and 研发费用 / 营业收入 >= 0.03) or (营业收入 >= 5000 and 研发费用 / 营业收入 >= 0.06))',
      ].join(' and '),
      judgement: [{ question: '近两年主营业务收入平均增长率 5% 以上' }, { question: '细分市场占有率和地位' }],
      from: '2022-06-01',
    },
    {
      ...GIANT,
      document: MEASURES,
      article: '小巨人',
      certainty: COPIES,
      rule: conditionsOf('DX-little-giant'),
      judgement: [{ question: '细分市场占有率和地位' }],
      from: '2026-04-01',
      earlierUntil: TRANSITION,
    },
  ],
  [
    'TD-listing',
    {
      name: '上市后备企业',
      unit: 'city-finance-office',
      recogniser: 'city',
      after: 'TD-above-scale',
      among: COMPANY,
      document: '通化市上市后备企业培育办法（示例，合成数据）',
      article: '第三条',
      certainty: '示例规则，合成数据；施行前由本市确定。',
      rule: '营业收入 >= 5000 and 应纳税所得额 >= 300 and not(失信被执行) and not(重大安全环保事故)',
      validity: 24,
      remind: 60,
      from: '2025-01-01',
    },
  ],
]

/** The rungs, and what came of them until a day; the facts of the enterprises are those of their profiles. */
export function laddered(
  until: CivilDate,
  firms: readonly ExampleEnterprise[],
  stalls: readonly ExampleEnterprise[],
): readonly Told[] {
  const steps: Told[] = []
  const tell = (at: Moment, person: string, kind: string, id: string, name: string, input: unknown = {}) =>
    steps.push({ at, by: { person }, kind, id, name, input })
  const on = (day: CivilDate, hour: string): Moment => `${day}T${hour}:00.000+08:00`

  for (const [place, day] of (['2026-01-06', '2026-04-01'] as const).entries())
    for (const [at, [id, ...editions]] of RUNGS.entries()) {
      const edition = editions[place]
      if (edition === undefined) continue
      // One after the other: a rung follows one that is published.
      tell(on(day, `10:${10 + 2 * at}`), WRITES, 'rung', id, place === 0 ? 'draft' : 'amend', edition)
      tell(on(day, `10:${11 + 2 * at}`), PUBLISHES, 'rung', id, 'publish')
    }

  const told = toldOf(firms)
  const known = firms.map(({ uscc, industry, revenue = 0 }, place) => ({
    uscc,
    industry,
    revenue,
    makes: industry >= '06' && industry <= '43',
    has: (fact: string) => told[place]!.some((one) => one.fact === fact && one.value === 'yes'),
  }))
  type Firm = (typeof known)[number]
  /** Recognised on a day by somebody of the unit, confirmed by another. */
  const recognise = (
    rung: string,
    { uscc }: Firm,
    day: CivilDate,
    number: string,
    more: object = {},
    entered = ENTERED,
  ) => {
    const id = `${rung}.${uscc}`
    const proof = { number, on: day, proof: '名单所列，已核对（合成数据）' }
    tell(on(entered, '10:00'), WRITES, 'recognition', id, 'note', { rung, enterprise: uscc, ...proof, ...more })
    tell(on(entered, '15:00'), PUBLISHES, 'recognition', id, 'confirm')
    return id
  }
  const recogniseListed = (rung: string, firm: Firm, place: number, day: CivilDate) =>
    recognise(rung, firm, day, listed(place, day))
  const renew = (id: string, day: CivilDate, number: string, isConfirmed = true) => {
    const proof = { number, on: day, proof: '复核名单所列（合成数据）' }
    tell(on(day, '14:00'), WRITES, 'recognition', id, 'renew', proof)
    if (isConfirmed) tell(on(day, '16:00'), PUBLISHES, 'recognition', id, 'confirm')
  }
  /** The day, three years ago, whose recognition ends so many days after the last of the example; none that was not entered yet. */
  const ending = (days: number) => {
    const day = addDays(addMonths(addDays(until, days), -36), 1)
    return day < ENTERED ? day : addDays(ENTERED, -1)
  }
  const listed = (place: number, day: CivilDate) => `示例名单〔${day.slice(0, 4)}〕${place + 1}号`
  const dated = (place: number): CivilDate => `${place % 2 === 0 ? 2024 : 2025}-${place % 3 === 0 ? '06' : '11'}-15`

  const largest = known.toSorted((a, b) => b.revenue - a.revenue)
  const converted = known.filter(({ has }) => has('个体工商户转企')).slice(0, 10)
  const outgrown = stalls.filter(({ revenue = 0 }) => revenue > 500)
  // Where a stall of the same trade and county is known, it is what the company was.
  const turned = new Set<string>()
  for (const [place, firm] of converted.entries()) {
    const stall = stalls.find(
      (one) =>
        !turned.has(one.uscc) &&
        !outgrown.slice(0, 2).includes(one) &&
        one.industry === firm.industry &&
        one.uscc.slice(2, 8) === firm.uscc.slice(2, 8),
    )?.uscc
    if (stall !== undefined) turned.add(stall)
    const more = stall === undefined ? {} : { stall }
    recognise('TD-from-self-employed', firm, `2026-0${1 + (place % 5)}-20`, `变更登记${place + 1}（合成数据）`, more)
  }
  const scaled = largest.filter(({ makes, revenue }) => makes && revenue >= 2000).slice(0, 24)
  for (const [place, firm] of scaled.entries())
    recognise('TD-above-scale', firm, place < 5 ? '2026-03-01' : '2025-03-01', `入库名录${place + 1}（合成数据）`)

  // The first acts in the demonstration, and is coached for the next rung.
  const [shown, ...others] = [known[0]!, ...known.slice(1).filter(({ has }) => has('科技和创新型中小企业'))]
  const innovative = [shown, ...others.slice(0, 30)]
  for (const [place, firm] of innovative.entries())
    recogniseListed('TD-innovative', firm, place, place < 4 ? '2026-05-15' : dated(place))
  const specialised = others.slice(0, 12)
  for (const [place, firm] of specialised.entries()) {
    if (place === 0) {
      // Checked again within the transition: by the measures of before.
      const id = recogniseListed('TD-specialised', firm, place, '2023-07-20')
      renew(id, '2026-06-25', '示例复核〔2026〕1号')
    } else if (place < 3) {
      // Ends soon; of one the check is recorded and waits for the second person.
      const id = recogniseListed('TD-specialised', firm, place, ending(20 * place))
      if (place === 2 && until >= UNDER_WAY) {
        const day = addDays(until, -2)
        renew(id, day, `示例复核〔${day.slice(0, 4)}〕2号`, false)
      }
    } else if (place === 3) recogniseListed('TD-specialised', firm, place, '2023-06-20')
    else recogniseListed('TD-specialised', firm, place, dated(place))
  }
  const [, , , , falsely, ...giants] = specialised
  if (falsely) {
    const id = `TD-specialised.${falsely.uscc}`
    const proof = { number: '示例决定〔2026〕1号', on: '2026-06-15', proof: '调查结论（合成数据）' }
    tell(on('2026-06-15', '10:00'), WRITES, 'recognition', id, 'withdraw', {
      ...proof,
      reason: '申报材料中的研发费用与事实不符。（合成数据）',
    })
    tell(on('2026-06-15', '16:00'), PUBLISHES, 'recognition', id, 'confirm')
  }
  for (const [place, firm] of giants.slice(0, 3).entries())
    recognise('TD-little-giant', firm, dated(place), `示例国家名单${place + 1}`)
  for (const [place, firm] of largest.slice(0, 4).entries())
    recognise('TD-listing', firm, '2025-09-10', `示例后备${place + 1}号`)
  const past = (all: readonly Told[]) => all.filter(({ at }) => at.slice(0, 10) <= until)
  if (until < UNDER_WAY) return past(steps)

  // Recorded, and not confirmed yet.
  const waiting = others[12]
  if (waiting)
    tell(on(addDays(until, -1), '10:00'), 'handler-industry', 'recognition', `TD-specialised.${waiting.uscc}`, 'note', {
      rung: 'TD-specialised',
      enterprise: waiting.uscc,
      number: listed(8, addDays(until, -3)),
      on: addDays(until, -3),
      proof: '公示名单第 9 位（合成数据）',
    })

  /** What comes of a plan after the enterprise has been asked. */
  const plan = (
    rung: string,
    { uscc }: Pick<Firm, 'uscc'>,
    day: CivilDate,
    then: 'asked' | 'agreed',
    person = 'handler-industry',
  ) => {
    const id = `${rung}.${uscc}`
    const give = (at: CivilDate, hour: string, name: string, input: unknown = {}) =>
      tell(on(at, hour), person, 'plan', id, name, input)
    give(day, '09:00', 'propose', { rung, enterprise: uscc })
    if (then === 'agreed') give(addDays(day, 1), '10:00', 'agree', { evidence: '企业书面同意（合成数据）' })
    return give
  }
  const act = (what: string, who: string, by: CivilDate) => ({ what: `${what}（合成数据）`, who, until: by })
  const first = addDays(until, -40) > ENTERED ? addDays(until, -40) : addDays(ENTERED, 1)
  // Of the stalls that have outgrown being one, two have been asked, and one has agreed.
  for (const [place, stall] of outgrown.slice(0, 2).entries()) {
    const rung = 'TD-from-self-employed'
    const give = plan(rung, stall, addDays(until, -9 + place), place === 0 ? 'agreed' : 'asked', 'handler-market')
    if (place > 0) continue
    const what = act('上门说明转企后的税费、债权债务衔接和名称沿用', 'handler-market', addDays(until, 15))
    give(addDays(until, -7), '09:00', 'act', what)
  }
  plan('TD-specialised', shown, addDays(until, -3), 'asked')
  const candidates = others.slice(13, 20)
  for (const [place, firm] of candidates.entries()) {
    const give = plan('TD-specialised', firm, first, place === 6 ? 'asked' : 'agreed')
    if (place === 6) continue
    const begun = addDays(first, 2)
    give(begun, '09:00', 'act', act('梳理研发费用归集', 'handler-industry', addDays(until, place === 0 ? -6 : 20)))
    give(begun, '09:10', 'act', act('辅导申请一类知识产权', 'policy', addDays(until, 45)))
    give(addDays(first, 9), '15:00', 'log', { action: 1, text: '已到企业查看账目，提出归集口径。（合成数据）' })
    if (place === 2) {
      give(addDays(first, 20), '10:00', 'finish', { action: 1, result: '研发辅助账已建立。（合成数据）' })
      give(addDays(first, 30), '10:00', 'finish', { action: 2, result: '已受理两项发明专利申请。（合成数据）' })
      give(addDays(first, 31), '10:00', 'complete', { result: '约定的行动全部完成，待下一批申报。（合成数据）' })
    }
    if (place === 3) {
      give(addDays(first, 15), '10:00', 'waive', { action: 2, reason: '企业已自行委托代理机构。（合成数据）' })
      give(addDays(first, 25), '10:00', 'drop', { reason: '企业迁建，今年不再申报。（合成数据）' })
    }
    if (place === 4) {
      // Recognised while it was coached: the plan ends with it.
      recognise('TD-specialised', firm, addDays(until, -8), listed(7, addDays(until, -8)), {}, addDays(until, -6))
    }
  }
  return past(steps)
}
