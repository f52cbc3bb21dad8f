// What is known of the enterprises of the example beside the register (合成数据), a seventh of it missing, and what has come of it: claims in every
// state.
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import { asFacts, entitledTo, factsIn, knownOn, offerOf } from '../../domains/policies/index.ts'
import type { ExampleEnterprise } from './enterprises.ts'
import { BENEFITS, FACTS, POLICIES, PUBLISHES, WRITES } from './policies.ts'
import { random, type Random } from './random.ts'
import type { Told } from './told.ts'

const SEED = 20260520
/** On which the departments had handed in what they know of the year before. */
const SEEN: CivilDate = '2026-05-20'

type Said = ReturnType<typeof factsOf>

/** What the departments know of each of the enterprises, in their order. */
export function toldOf(firms: readonly ExampleEnterprise[]): readonly Said[] {
  const from = random(SEED)
  return firms.map((firm) => factsOf(firm, from))
}

/** What the departments know of the enterprises, and what has come of it: claims in every state. */
export function profiled(until: CivilDate, firms: readonly ExampleEnterprise[]): readonly Told[] {
  const told = toldOf(firms)
  const seen = firms.map((firm, place): Told => ({
    at: `${SEEN}T09:00:00.000+08:00`,
    by: WRITES,
    kind: 'profile',
    id: firm.uscc,
    name: 'observe',
    input: { enterprise: firm.uscc, facts: told[place] },
  }))
  return [...seen, ...spoken(firms, told), ...claimed(until, firms, told)].filter(({ at }) => at.slice(0, 10) <= until)
}

const rows = factsIn(FACTS as never)

/** Who is entitled on a day to a benefit as it was first published, and to how much more than nothing. */
function dueOn(day: CivilDate, benefit: string, firms: readonly ExampleEnterprise[], told: readonly Said[]) {
  const offer = offerOf(benefit, 1, BENEFITS.find(({ id }) => id === benefit)! as never, rows)
  return firms.filter((firm, place) => {
    const known = knownOn(rows, stateOf(firm), { phase: 'kept', name: firm.name, facts: told[place]! }, day)
    const { stands, amount = 0 } = entitledTo(offer, asFacts(known), rows)
    return stands === 'entitled' && amount > 0
  })
}

/** Those who had been told and had not looked are spoken to by whoever gives the benefit: all but every ninth. */
function spoken(firms: readonly ExampleEnterprise[], told: readonly Said[]): readonly Told[] {
  const to = new Map<string, string>()
  for (const { id, policy, mode } of BENEFITS)
    if (mode !== 'elsewhere')
      for (const { uscc } of dueOn(LAUNCHED, id, firms, told))
        if (!to.has(uscc)) to.set(uscc, SPEAKS[String(POLICIES.find((one) => one.id === policy)!['unit'])]!)
  return [...to].flatMap(([uscc, person], place): Told[] => {
    if (place % 9 === 8) return []
    const day = addDays('2026-05-25', place % 5)
    const answer = place % 4 === 3 ? '企业表示再研究（合成数据）' : '已说明条件和金额，企业准备申领（合成数据）'
    const input = { way: place % 3 === 0 ? 'visit' : 'telephone', answer }
    return [{ at: `${day}T15:00:00.000+08:00`, by: { person }, kind: 'outreach', id: uscc, name: 'reach', input }]
  })
}

/** The day of the week in which the city's benefits began on which enterprises were told. */
const LAUNCHED = '2026-05-21'
const SPEAKS: Readonly<Record<string, string>> = {
  'city-industry': 'handler-industry',
  'city-finance-office': 'policy',
}

/** Of these benefits the lists have been made: the handler of the unit, and whoever heads it. */
const LISTED: readonly (readonly [benefit: string, handler: string])[] = [
  ['DX-rd', 'handler-industry'],
  ['DX-equipment', 'handler-industry'],
  ['DX-jobs', 'policy'],
  ['DX-export', 'policy'],
]
const EACH = 16

function claimed(until: CivilDate, firms: readonly ExampleEnterprise[], told: readonly Said[]): readonly Told[] {
  const steps: Told[] = []
  const from = random(SEED + 1)
  const banked = new Set<string>()
  let failed: string | undefined
  // What is under way is so on the last days of the example, but not beyond the benefits.
  const last = until < '2026-12-21' ? until : '2026-12-21'
  for (const [benefit, handler] of LISTED) {
    for (const [place, { uscc }] of dueOn('2026-06-08', benefit, firms, told).slice(0, EACH).entries()) {
      const id = `${benefit}.${uscc}.2026`
      const tell = (day: CivilDate, hour: string, by: string, name: string, input: unknown = {}) =>
        steps.push({ at: `${day}T${hour}:00.000+08:00`, by: { person: by }, kind: 'claim', id, name, input })
      const [first, open, approved] =
        place < PAID
          ? (['2026-06-08', '2026-06-10', '2026-06-18'] as const)
          : place < PAID + 2
            ? ([addDays(last, -28), addDays(last, -25), addDays(last, -6)] as const)
            : ([addDays(last, -9), addDays(last, -4), undefined] as const)
      tell(first, '09:00', handler, 'list', { benefit, enterprise: uscc, year: '2026' })
      if (place >= PAID + 6) continue
      tell(first, '15:00', handler, 'consent', { evidence: '企业书面确认（合成数据）' })
      if (place >= PAID + 4) continue
      tell(open, '10:00', handler, 'publicise')
      if (approved === undefined) continue
      tell(approved, '10:00', 'policy2', 'approve')
      // Those of June have been paid in one batch; of the others one is in a batch that is being put together.
      const { june, july, next } = BATCHES[handler]!
      if (place < PAID) tell('2026-06-22', '10:00', handler, 'enlist', { batch: june })
      if (place === PAID) tell(addDays(last, -2), '10:00', handler, 'enlist', { batch: next })
      if (place <= PAID && !banked.has(uscc)) {
        banked.add(uscc)
        const number = String(2_200_000_000_000_000 + from.whole(0, 999_999_999_999))
        const evidence = '加盖公章的账户说明（合成数据）'
        const account = { enterprise: uscc, bank: '示例银行通化分行（合成数据）', number, evidence }
        steps.push({
          at: '2026-06-19T10:00:00.000+08:00',
          by: WRITES,
          kind: 'profile',
          id: uscc,
          name: 'bank',
          input: account,
        })
      }
      const correction = benefit === 'DX-equipment' && place < PAID ? CORRECTED.get(place) : undefined
      if (correction) {
        // What has still to be looked at comes late, and never before the money was paid.
        const late = addDays(last, -10)
        const day = correction.on ?? (late > '2026-07-01' ? late : '2026-07-01')
        const fact = { fact: '设备投资额', value: '150', period: '2025', source: SHARED, observedAt: day }
        const input = { enterprise: uscc, facts: [fact] }
        steps.push({ at: `${day}T11:00:00.000+08:00`, by: WRITES, kind: 'profile', id: uscc, name: 'observe', input })
        for (const { on, by = handler, name, input: said } of correction.steps) tell(on, '10:00', by, name, said)
      }
      // One comes back from the bank, and is paid with the next.
      if (benefit === 'DX-equipment' && place === 1) {
        failed = id
        tell('2026-07-06', '10:00', handler, 'enlist', { batch: july! })
      }
    }
  }
  for (const [handler, { unit, june, july, next }] of Object.entries(BATCHES)) {
    const tell = (day: CivilDate, hour: string, by: string, id: string, name: string, input: unknown) =>
      steps.push({ at: `${day}T${hour}:00.000+08:00`, by: { person: by }, kind: 'batch', id, name, input })
    const opened = (day: CivilDate, id: string) =>
      tell(day, '09:00', handler, id, 'open', { unit, name: `示例拨〔2026〕${id.slice(-1)}号` })
    const paid = (day: CivilDate, id: string, more: object = {}) => {
      tell(day, '15:00', PUBLISHES.person, id, 'send', {})
      const paidOn = addDays(day, 1)
      tell(paidOn, '16:00', handler, id, 'settle', { receipt: `示例国库回单${id.slice(-1)}`, paidOn, ...more })
    }
    opened('2026-06-22', june)
    const back = july !== undefined && failed !== undefined
    paid('2026-06-23', june, back ? { failed: [{ claim: failed, reason: '户名与账号不符（合成数据）' }] } : {})
    if (back) {
      opened('2026-07-06', july)
      paid('2026-07-07', july)
    }
    opened(addDays(last, -2), next)
  }
  return steps
}

/** So many claims of each list are of June and have been paid. */
const PAID = 8
/**
 * Of these the money that was put into equipment is told otherwise later, as less than the condition asks: one stands all the same, one
 * is taken back, and one has still to be looked at on the last days.
 */
const CORRECTED: ReadonlyMap<
  number,
  {
    readonly on?: CivilDate
    readonly steps: readonly {
      readonly on: CivilDate
      readonly by?: string
      readonly name: string
      readonly input: object
    }[]
  }
> = new Map([
  [
    2,
    {
      on: '2026-08-06',
      steps: [
        { on: '2026-08-12', name: 'uphold', input: { finding: '统计口径调整，设备发票合计没有变（合成数据）。' } },
      ],
    },
  ],
  [
    3,
    {
      on: '2026-09-03',
      steps: [
        {
          on: '2026-09-09',
          by: PUBLISHES.person,
          name: 'recall',
          input: { reason: '设备投资额更正后不到 200 万元（合成数据）。' },
        },
        { on: '2026-10-12', name: 'receive', input: { receipt: '示例缴款书1' } },
      ],
    },
  ],
  [4, { steps: [] }],
])
/** The batches of whoever makes the lists, and the unit that pays. */
const BATCHES: Readonly<
  Record<string, { readonly unit: string; readonly june: string; readonly july?: string; readonly next: string }>
> = {
  'handler-industry': { unit: 'city-industry', june: 'PC-2026-1', july: 'PC-2026-3', next: 'PC-2026-4' },
  policy: { unit: 'city-finance-office', june: 'PC-2026-2', next: 'PC-2026-5' },
}

/** The enterprise as the register has it. */
function stateOf({
  uscc,
  name,
  division,
  industry,
  registeredOn,
  private: own,
  staff,
  revenue,
  assets,
}: ExampleEnterprise) {
  const fact = (of: 'staff' | 'revenue' | 'assets', value: number | undefined) =>
    value === undefined
      ? []
      : [{ fact: of, value, unit: 'wan-yuan' as const, period: '2024', source: '年度报告', observedAt: '2025-06-30' }]
  return {
    phase: 'listed' as const,
    uscc,
    name,
    division,
    industry,
    registeredOn,
    private: own,
    usccForm: 'valid' as const,
    facts: [...fact('staff', staff), ...fact('revenue', revenue), ...fact('assets', assets)],
  }
}

function factsOf({ staff = 8, revenue = 300, industry, registeredOn }: ExampleEnterprise, from: Random) {
  const maker = industry >= '13' && industry <= '43'
  const strong = from.chance(maker ? 0.3 : 0.1)
  const research = strong ? revenue * (0.02 + from.next() * 0.06) : from.chance(0.4) ? revenue * 0.01 * from.next() : 0
  const year = Number(registeredOn.slice(0, 4))
  const numbers: Readonly<Record<string, number>> = {
    研发费用: research,
    近两年研发费用: research * 1.9,
    近三年研发费用: research * 2.7,
    近三年销售收入: revenue * (2.5 + from.next()),
    境内研发占比: 60 + Math.round(from.next() * 40),
    研发人员数: Math.round(staff * (strong ? 0.05 + from.next() * 0.2 : 0.03)),
    高新技术产品收入: strong ? revenue * (0.4 + from.next() * 0.5) : 0,
    主营业务收入: revenue * (0.7 + from.next() * 0.3),
    应纳税所得额: revenue * (from.next() * 0.2 - 0.04),
    资产负债率: Math.round(20 + from.next() * 75),
    新增股权融资: from.chance(0.03) ? from.whole(100, 4000) : 0,
    一类知识产权数: strong ? from.whole(0, 8) : 0,
    从事细分市场月数: Math.max(0, (2026 - year) * 12 - from.whole(0, 24)),
    评价得分: from.whole(30, 90),
    新增就业人数: from.chance(0.3) ? from.whole(1, 30) : 0,
    出口额: maker && from.chance(0.15) ? revenue * from.next() * 0.5 : 0,
    贷款利息: from.chance(0.35) ? revenue * 0.02 * from.next() : 0,
    设备投资额: maker && from.chance(0.25) ? from.whole(50, 3000) : 0,
    展会展位费: from.chance(0.1) ? from.whole(1, 12) : 0,
  }
  const flags: Readonly<Record<string, boolean>> = {
    高新技术企业: strong && from.chance(0.35),
    科技和创新型中小企业: strong && from.chance(0.5),
    专精特新中小企业: strong && from.chance(0.2),
    核心知识产权: strong && from.chance(0.7),
    重点支持技术领域: strong && from.chance(0.8),
    重大安全环保事故: from.chance(0.01),
    失信被执行: from.chance(0.03),
    限制或禁止行业: from.chance(0.02),
    个体工商户转企: from.chance(0.04),
    上年首次升规: from.chance(0.03),
  }
  const ageless = new Set(FACTS.filter(({ age }) => age === undefined).map(({ fact }) => fact))
  const all = [
    ...Object.entries(numbers).map(([fact, value]) => [fact, String(Math.round(value * 100) / 100)] as const),
    ...Object.entries(flags).map(([fact, value]) => [fact, value ? 'yes' : 'no'] as const),
  ]
  return all
    .filter(() => !from.chance(1 / 7))
    .map(([fact, value]) => ({
      fact,
      value,
      ...(!ageless.has(fact) && { period: '2025' }),
      source: SOURCES.find(([words]) => words.test(fact))?.[1] ?? SHARED,
      observedAt: SEEN,
    }))
}

const SHARED = '部门共享数据（合成数据）'
const SOURCES: readonly (readonly [words: RegExp, source: string])[] = [
  [/研发费用|销售收入|所得额/, '税务局'],
  [/就业/, '人力资源和社会保障局'],
  [/出口/, '商务局'],
]
