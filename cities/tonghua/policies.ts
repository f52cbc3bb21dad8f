// Policies of the example city: what the facts of the state's rules give, each with how sure that is, and ten municipal benefits in the manner
// of real ones (合成数据).
import { BY_LADDER } from '../../domains/ladder/index.ts'
import type { Moment } from '../../kernel/clock/date.ts'
import type { Told } from './told.ts'

export const WRITES = { person: 'policy' }
export const PUBLISHES = { person: 'policy2' }
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

export const FACTS: readonly Row[] = [
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
export const POLICIES: readonly Policy[] = [
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

export const BENEFITS: readonly Given[] = [
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

/** The conditions of a benefit, as they are published. */
export function conditionsOf(benefit: string): string {
  return String(BENEFITS.find(({ id }) => id === benefit)!['rule'])
}
