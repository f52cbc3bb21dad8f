// Policies of the example city: what the facts of the state's rules give, each with how sure that is, and ten municipal benefits in the manner
// of real ones (合成数据). What is known of enterprises beside the register is synthetic, and a seventh of it is missing.
import { BY_LADDER } from '../../domains/ladder/index.ts'
import { addDays, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { asFacts, entitledTo, factsIn, knownOn, offerOf } from '../../domains/policies/index.ts'
import type { ExampleEnterprise } from './enterprises.ts'
import { random, type Random } from './random.ts'
import type { Told } from './told.ts'

const SEED = 20260520
const WRITES = { person: 'policy' }
const PUBLISHES = { person: 'policy2' }
/** On which the departments had handed in what they know of the year before. */
const SEEN: CivilDate = '2026-05-20'

type Row = Readonly<Record<string, unknown>> & { readonly fact: string }
const number = (fact: string, measure: string, more: object = {}): Row => ({
  fact,
  type: 'number',
  measure,
  age: 1,
  ...more,
})
const flag = (fact: string, more: object = {}): Row => ({ fact, type: 'flag', ...more })
const own = (fact: string, registered: string, type: string, more: object = {}): Row => ({
  fact,
  type,
  registered,
  ...more,
})

const FACTS: readonly Row[] = [
  own('职工人数', 'staff', 'number', { measure: 'person', age: 2 }),
  own('营业收入', 'revenue', 'number', { measure: 'wan-yuan', age: 2 }),
  own('资产总额', 'assets', 'number', { measure: 'wan-yuan', age: 2 }),
  own('行业门类', 'section', 'text'),
  own('行业大类', 'industry', 'text'),
  own('企业规模', 'size', 'text', { allowed: '大型、中型、小型、微型' }),
  own('民营企业', 'private', 'flag'),
  own('经营主体类型', 'kind', 'text', { allowed: '企业、个体工商户、农民专业合作社、其他' }),
  own('成立满月数', 'months', 'number', { measure: 'month' }),
  own('所属县区', 'division', 'text'),
  number('研发费用', 'wan-yuan', { sources: '税务局、统计局' }),
  number('近两年研发费用', 'wan-yuan', { sources: '税务局、统计局' }),
  number('近三年研发费用', 'wan-yuan', { sources: '税务局、统计局' }),
  number('近三年销售收入', 'wan-yuan', { sources: '税务局、统计局' }),
  number('境内研发占比', 'percent'),
  number('研发人员数', 'person'),
  number('高新技术产品收入', 'wan-yuan'),
  number('主营业务收入', 'wan-yuan'),
  number('应纳税所得额', 'wan-yuan', { sources: '税务局' }),
  number('资产负债率', 'percent'),
  number('新增股权融资', 'wan-yuan'),
  number('一类知识产权数', 'piece', { age: 3 }),
  number('从事细分市场月数', 'month', { age: 3 }),
  number('评价得分', 'point'),
  number('新增就业人数', 'person', { sources: '人力资源和社会保障局' }),
  number('出口额', 'wan-yuan', { sources: '商务局' }),
  number('贷款利息', 'wan-yuan'),
  number('设备投资额', 'wan-yuan'),
  number('展会展位费', 'wan-yuan'),
  flag('高新技术企业'),
  // What the ladder says of whom was recognised counts before what offices share.
  flag('科技和创新型中小企业', { sources: BY_LADDER }),
  flag('专精特新中小企业', { sources: BY_LADDER }),
  flag('核心知识产权'),
  flag('重点支持技术领域'),
  flag('重大安全环保事故'),
  flag('失信被执行'),
  flag('限制或禁止行业'),
  flag('个体工商户转企', { sources: BY_LADDER }),
  flag('上年首次升规'),
]

type Policy = Readonly<Record<string, unknown>> & { readonly id: string }
const CITY = '（示例，合成数据）'
const POLICIES: readonly Policy[] = [
  {
    id: 'ZC-small-low-profit',
    name: '关于进一步支持小微企业和个体工商户发展有关税费政策的公告',
    number: '财政部 税务总局公告2023年第12号',
    unit: 'city-tax',
    issuedOn: '2023-08-02',
    from: '2023-08-02',
    to: '2027-12-31',
    summary: '小型微利企业减按 25% 计算应纳税所得额，按 20% 的税率缴纳企业所得税，延续执行至 2027 年 12 月 31 日。',
    clauses: [
      {
        article: '第三条',
        text: '年应纳税所得额不超过 300 万元、从业人数不超过 300 人、资产总额不超过 5000 万元，从事国家非限制和禁止行业。',
      },
    ],
    source: '条件由多个转载来源核对，未读公报原文；施行前由本市核定。',
  },
  {
    id: 'ZC-high-tech',
    name: '高新技术企业认定管理办法',
    number: '国科发火〔2016〕32号',
    unit: 'city-science',
    issuedOn: '2016-01-29',
    from: '2016-01-29',
    summary: '高新技术企业的认定条件；认定后减按 15% 的税率缴纳企业所得税。',
    clauses: [
      {
        article: '第十一条',
        text: '注册一年以上；核心知识产权；重点支持的技术领域；科技人员占比不低于 10%；近三年研发费用占比按收入分档不低于 5%、4%、3%，境内不低于 60%；高新技术产品收入占比不低于 60%；创新能力评价；近一年没有重大安全、质量事故和环境违法。',
      },
    ],
    source: '条件由四个以上引用条文的来源核对，未读原文；施行前由本市核定。',
  },
  {
    id: 'ZC-specialised',
    name: '优质中小企业梯度培育管理办法',
    number: '工信部企业〔2026〕2号',
    unit: 'city-industry',
    issuedOn: '2026-01-01',
    from: '2026-04-01',
    summary: '科技和创新型中小企业、专精特新中小企业、专精特新“小巨人”企业的认定条件。',
    clauses: [
      {
        article: '专精特新',
        text: '细分市场三年以上、收入或股权融资、主营占比、资产负债率、研发投入、知识产权、评价得分。',
      },
      { article: '小巨人', text: '收入、主营占比、两年研发投入、知识产权、评价得分。' },
    ],
    source: '数值见于 2026 年的若干转载，正式文本未读，发文日期为示例；施行前由本市核定。',
  },
  {
    id: 'ZC-innovation',
    name: `通化市支持企业创新发展若干措施${CITY}`,
    number: '示例政发〔2026〕1号',
    unit: 'city-industry',
    issuedOn: '2026-01-04',
    from: '2026-01-05',
    to: '2027-12-31',
    summary: '支持企业加大研发、升规入统、技术改造。全部内容为合成数据。',
    clauses: ['第一条', '第二条', '第三条', '第四条', '第五条'].map((article) => ({ article, text: '合成数据。' })),
  },
  {
    id: 'ZC-relief',
    name: `通化市助企纾困若干措施${CITY}`,
    number: '示例政发〔2026〕2号',
    unit: 'city-finance-office',
    issuedOn: '2026-01-04',
    from: '2026-01-05',
    to: '2026-12-31',
    summary: '稳岗、贴息、拓市场。全部内容为合成数据。',
    clauses: ['第一条', '第二条', '第三条', '第四条', '第五条'].map((article) => ({ article, text: '合成数据。' })),
  },
]

const TIERS = [
  '营业收入 <= 5000 and 近三年研发费用 / 近三年销售收入 >= 0.05',
  '营业收入 > 5000 and 营业收入 <= 20000 and 近三年研发费用 / 近三年销售收入 >= 0.04',
  '营业收入 > 20000 and 近三年研发费用 / 近三年销售收入 >= 0.03',
]
const WAN = 1_000_000

type Given = Readonly<Record<string, unknown>> & { readonly id: string; readonly policy: string }
const elsewhere = (id: string, policy: string, article: string, name: string, rule: string, more: object): Given => ({
  id,
  policy,
  article,
  name,
  rule,
  mode: 'elsewhere',
  recurrence: 'yearly',
  ...more,
})
const municipal = (
  id: string,
  policy: string,
  article: string,
  name: string,
  rule: string,
  amount: string | readonly { readonly when: string; readonly amount: string }[],
  { budget, cap, ...more }: { readonly budget: number; readonly cap?: number } & Readonly<Record<string, unknown>>,
): Given => ({
  id,
  policy,
  article,
  name: `${name}（合成数据）`,
  rule,
  ...(typeof amount === 'string' ? { amount } : { tiers: amount }),
  budget: budget * WAN,
  ...(cap !== undefined && { cap: cap * WAN }),
  mode: 'no-application',
  recurrence: 'yearly',
  from: '2026-01-05',
  to: '2026-12-31',
  ...more,
})

/** What is given for research and for equipment stacks up to this. */
const INVESTING = { group: `创新投入${CITY}`, groupCap: 220 * WAN }

const BENEFITS: readonly Given[] = [
  elsewhere(
    'DX-small-low-profit',
    'ZC-small-low-profit',
    '第三条',
    '小型微利企业所得税优惠',
    '应纳税所得额 > 0 and 应纳税所得额 <= 300 and 职工人数 <= 300 and 资产总额 <= 5000 and not(限制或禁止行业)',
    { amount: '应纳税所得额 * 10000 * (0.25 - 0.25 * 0.2)', from: '2023-08-02', to: '2027-12-31' },
  ),
  elsewhere(
    'DX-high-tech',
    'ZC-high-tech',
    '第十一条',
    '高新技术企业认定',
    [
      '成立满月数 >= 12',
      '核心知识产权',
      '重点支持技术领域',
      '研发人员数 / 职工人数 >= 0.1',
      `(${TIERS.map((one) => `(${one})`).join(' or ')})`,
      '境内研发占比 >= 60',
      '高新技术产品收入 / 营业收入 >= 0.6',
      'not(重大安全环保事故)',
    ].join(' and '),
    { judgement: [{ question: '企业创新能力评价（70 分以上）' }], from: '2016-01-29', to: '2030-12-31' },
  ),
  elsewhere(
    'DX-specialised',
    'ZC-specialised',
    '专精特新',
    '专精特新中小企业认定',
    [
      '科技和创新型中小企业',
      '企业规模 in ("中型", "小型", "微型")',
      '从事细分市场月数 >= 36',
      '(营业收入 >= 1500 or 新增股权融资 >= 2000)',
      '主营业务收入 / 营业收入 >= 0.8',
      '资产负债率 <= 80',
      '研发费用 >= 100',
      '研发费用 / 营业收入 >= 0.03',
      '一类知识产权数 >= 1',
      '评价得分 >= 50',
    ].join(' and '),
    { judgement: [{ question: '细分市场地位' }], from: '2026-04-01', to: '2030-12-31' },
  ),
  elsewhere(
    'DX-little-giant',
    'ZC-specialised',
    '小巨人',
    '专精特新“小巨人”企业认定',
    [
      '专精特新中小企业',
      '营业收入 >= 5000',
      '主营业务收入 / 营业收入 >= 0.9',
      '近两年研发费用 >= 1200',
      '研发费用 / 营业收入 >= 0.03',
      '一类知识产权数 >= 4',
      '评价得分 >= 60',
    ].join(' and '),
    { judgement: [{ question: '细分市场占有率和地位' }], from: '2026-04-01', to: '2030-12-31' },
  ),
  municipal(
    'DX-rd',
    'ZC-innovation',
    '第一条',
    '研发投入补助',
    '研发费用 >= 50 and 研发费用 / 营业收入 >= 0.03 and not(失信被执行)',
    '研发费用 * 10000 * 0.05',
    { budget: 800, cap: 50, ...INVESTING },
  ),
  municipal(
    'DX-high-tech-award',
    'ZC-innovation',
    '第二条',
    '高新技术企业奖励',
    '高新技术企业 and not(失信被执行)',
    '100000',
    { budget: 600, recurrence: 'once' },
  ),
  municipal(
    'DX-specialised-award',
    'ZC-innovation',
    '第二条',
    '专精特新企业奖励',
    '专精特新中小企业 and not(失信被执行)',
    '200000',
    { budget: 400, recurrence: 'once', excludes: [{ benefit: 'DX-high-tech-award' }] },
  ),
  municipal(
    'DX-above-scale',
    'ZC-innovation',
    '第三条',
    '首次升规奖励',
    '上年首次升规 and 行业门类 in ("制造业", "批发和零售业", "住宿和餐饮业", "建筑业")',
    [
      { when: '行业门类 = "制造业" and 营业收入 >= 5000', amount: '200000' },
      { when: '行业门类 = "制造业" and 营业收入 < 5000', amount: '100000' },
      { when: '行业门类 in ("批发和零售业", "住宿和餐饮业", "建筑业")', amount: '50000' },
    ],
    { budget: 500, recurrence: 'once' },
  ),
  municipal(
    'DX-equipment',
    'ZC-innovation',
    '第四条',
    '技术改造设备补助',
    '行业门类 = "制造业" and 设备投资额 >= 200 and not(重大安全环保事故)',
    '设备投资额 * 10000 * 0.08',
    { budget: 1500, cap: 200, ...INVESTING },
  ),
  municipal(
    'DX-from-self-employed',
    'ZC-innovation',
    '第五条',
    '个体工商户转企奖励',
    '个体工商户转企 and 成立满月数 <= 36',
    '5000',
    { budget: 100, recurrence: 'once' },
  ),
  municipal(
    'DX-jobs',
    'ZC-relief',
    '第一条',
    '吸纳就业补贴',
    '新增就业人数 >= 5 and 企业规模 in ("小型", "微型")',
    '新增就业人数 * 1000',
    { budget: 300, cap: 10 },
  ),
  municipal(
    'DX-interest',
    'ZC-relief',
    '第二条',
    '小微企业贷款贴息',
    '企业规模 in ("小型", "微型") and 贷款利息 > 0 and not(失信被执行)',
    '贷款利息 * 10000 * 0.3',
    { budget: 900, cap: 20, mode: 'quick' },
  ),
  municipal('DX-export', 'ZC-relief', '第三条', '外贸稳增长补助', '出口额 >= 100', '出口额 * 10000 * 0.01', {
    budget: 400,
    cap: 30,
  }),
  municipal(
    'DX-fair',
    'ZC-relief',
    '第四条',
    '参展展位费补助',
    '民营企业 and 展会展位费 > 0',
    '展会展位费 * 10000 * 0.5',
    { budget: 200, cap: 5, mode: 'quick' },
  ),
]

/** What the law of the city is before anything else happens: the dictionary, policies reviewed and published, benefits under them. */
export function policiesFounding(): readonly Told[] {
  const steps: Told[] = []
  const tell = (at: Moment, by: Told['by'], kind: string, id: string, name: string, input: unknown) =>
    steps.push({ at, by, kind, id, name, input })
  tell('2026-01-05T09:00:00.000+08:00', WRITES, 'dictionary', 'dictionary', 'lay', {
    facts: FACTS,
    source: '惠企政策数据目录（示例）',
  })
  for (const { id, ...input } of POLICIES) {
    const day = (input['from'] as string) > '2026-01-05' ? '2026-04-01' : '2026-01-05'
    tell(`${day}T09:10:00.000+08:00`, WRITES, 'policy', id, 'draft', input)
    tell(`${day}T09:20:00.000+08:00`, PUBLISHES, 'policy', id, 'review', {
      conclusion: 'no-restriction',
      opinion: '没有限定市场准入、商品流动和经营成本的内容。（合成数据）',
    })
    tell(`${day}T09:30:00.000+08:00`, PUBLISHES, 'policy', id, 'publish', {})
    for (const { id: benefit, ...content } of BENEFITS.filter(({ policy }) => policy === id)) {
      tell(`${day}T09:40:00.000+08:00`, WRITES, 'benefit', benefit, 'draft', content)
      tell(`${day}T09:50:00.000+08:00`, PUBLISHES, 'benefit', benefit, 'publish', {})
    }
  }
  return steps
}

type Said = ReturnType<typeof factsOf>

/** What the departments know of each of the enterprises, in their order. */
export function toldOf(firms: readonly ExampleEnterprise[]): readonly Said[] {
  const from = random(SEED)
  return firms.map((firm) => factsOf(firm, from))
}

/** The conditions of a benefit, as they are published. */
export function conditionsOf(benefit: string): string {
  return String(BENEFITS.find(({ id }) => id === benefit)!['rule'])
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
        const day = correction.on ?? addDays(last, -10)
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
