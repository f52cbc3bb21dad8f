// The items of a start-up (企业开办, 合成数据): under one form each field is asked once, and what one produces, the others need not ask for.

export type StartUp = {
  readonly unit: string
  readonly name: string
  readonly type: string
  readonly statutory?: number
  readonly promised: number
  readonly papers: readonly string[]
  readonly fields: readonly string[]
  /** The paper that comes of it, under the code by which others ask for it. */
  readonly result: string
  /** The enterprise comes to be by it. */
  readonly founds?: true
  /** Fen. */
  readonly cityPays?: number
}

const LICENCE = '营业执照'
const SEAL = '公章刻制证明'
const PERSON = ['法定代表人姓名', '法定代表人证件号码', '经办人姓名', '联系电话'] as const
/** Its credit code comes with the licence: nobody has it yet. */
const FIRM = ['企业名称', '住所'] as const

export const startUp: readonly StartUp[] = [
  {
    unit: 'city-market',
    name: '企业设立登记',
    type: 'licence',
    statutory: 3,
    promised: 1,
    papers: ['公司章程', '场所使用证明', '法定代表人身份证明'],
    fields: ['企业名称', '企业类型', '住所', '注册资本（万元）', '经营范围', '经营期限', '股东及出资情况', ...PERSON],
    result: LICENCE,
    founds: true,
  },
  {
    unit: 'city-police',
    name: '公章刻制备案',
    type: 'other-power',
    promised: 0,
    papers: [LICENCE, '法定代表人身份证明'],
    fields: [...FIRM, '印章枚数', '刻制单位', ...PERSON],
    result: SEAL,
    cityPays: 35_000,
  },
  {
    unit: 'city-tax',
    name: '发票领用',
    type: 'public-service',
    promised: 0,
    papers: [LICENCE, '办税人员身份证明'],
    fields: [...FIRM, '经营范围', '财务负责人姓名', '财务负责人联系电话', '办税人员姓名', ...PERSON],
    result: '发票领用凭证',
  },
  {
    unit: 'city-hr',
    name: '企业社会保险登记',
    type: 'public-service',
    promised: 0,
    papers: [LICENCE, '参保职工名册'],
    fields: [...FIRM, '企业类型', '参保职工人数', '开户银行网点', ...PERSON],
    result: '社会保险登记证明',
  },
  {
    unit: 'city-housing',
    name: '住房公积金单位缴存登记',
    type: 'public-service',
    promised: 0,
    papers: [LICENCE, '缴存职工名册'],
    fields: [...FIRM, '企业类型', '参保职工人数', '首次缴存月份', '缴存比例（%）', ...PERSON],
    result: '住房公积金缴存登记证明',
  },
  {
    unit: 'city-finance-office',
    name: '银行预约开户',
    type: 'public-service',
    promised: 1,
    papers: [LICENCE, SEAL, '法定代表人身份证明'],
    fields: [...FIRM, '注册资本（万元）', '经营范围', '开户银行网点', '预约日期', ...PERSON],
    result: '银行开户预约单',
  },
]
