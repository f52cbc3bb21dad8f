// The dictionaries of the example city (合成数据): papers, fields and situations under codes that all its items share.
import type { Random } from './random.ts'

type Field = {
  readonly field: string
  readonly fieldName: string
  readonly form?: 'paragraph' | 'number' | 'date' | 'yes-no'
  readonly known?: string
  readonly spare?: true
}

const ENTERPRISE = {
  name: '企业名称',
  uscc: '统一社会信用代码',
  address: '住所',
  contact: '联系人',
  phone: '联系电话',
} as const

/** Name, how it is filled in, what the city holds already. A field's code is its place. */
const FIELDS: readonly (readonly [name: string, form?: Field['form'], known?: string | undefined, spare?: true])[] = [
  [ENTERPRISE.name, undefined, 'enterprise.name'],
  [ENTERPRISE.uscc, undefined, 'enterprise.uscc'],
  [ENTERPRISE.address, undefined, 'enterprise.address'],
  [ENTERPRISE.contact, undefined, 'enterprise.contact', true],
  [ENTERPRISE.phone, undefined, 'enterprise.phone'],
  ['经办人姓名', undefined, 'person.name'],
  ['申请人姓名', undefined, 'applicant.name'],
  ['申请人手机号码', undefined, 'person.phone'],
  ['申请事由', 'paragraph'],
  ['经营场所地址'],
  ['经营场所面积（平方米）', 'number'],
  ['从业人员数', 'number'],
  ['原证编号'],
  ['原证有效期至', 'date'],
  ['原证是否在有效期内', 'yes-no'],
  ['变更事项'],
  ['变更后内容'],
  ['是否已公告作废', 'yes-no'],
  ['是否有未了结的处罚案件', 'yes-no'],
  ['注销原因', 'paragraph'],
  ['项目名称'],
  ['项目总投资（万元）', 'number'],
  ['建设地点'],
  ['计划开工日期', 'date'],
  ['是否承诺填报内容属实', 'yes-no'],
  ['企业类型'],
  ['注册资本（万元）', 'number'],
  ['经营范围', 'paragraph'],
  ['经营期限', undefined, undefined, true],
  ['法定代表人姓名'],
  ['法定代表人证件号码'],
  ['股东及出资情况', 'paragraph'],
  ['财务负责人姓名'],
  ['财务负责人联系电话'],
  ['办税人员姓名'],
  ['印章枚数', 'number'],
  ['刻制单位', undefined, undefined, true],
  ['参保职工人数', 'number'],
  ['首次缴存月份', 'date'],
  ['缴存比例（%）', 'number'],
  ['开户银行网点'],
  ['预约日期', 'date'],
  ['用电户号'],
  ['用电地址'],
  ['申请容量（千伏安）', 'number'],
]

const places = new Map(FIELDS.map(([name], place) => [name, place]))

/** The field of this name as an item asks for it. Throws where the dictionary has none: a slip in the tables. */
export function fieldOf(name: string): Field {
  const place = places.get(name)
  if (place === undefined) throw new Error(`the dictionary has no field ${name}`)
  const [fieldName, form, known, spare] = FIELDS[place]!
  const field = codeOf('ZD', place)
  return { field, fieldName, ...(form && { form }), ...(known && { known }), ...(spare && { spare }) }
}

/** Papers that have an issuer, and those that the city fetches itself (国务院令第716号第七条). */
const ISSUED: Readonly<Record<string, readonly [issuer: string, shared: boolean]>> = {
  营业执照: ['市场监管部门', true],
  公章刻制证明: ['公安机关备案的刻制单位', false],
  经办人身份证明: ['公安机关', false],
  不动产权证书: ['自然资源部门', true],
  完税证明: ['税务部门', true],
  清税证明: ['税务部门', true],
  社会保险缴费凭证: ['人力资源社会保障部门', true],
  无犯罪记录证明: ['公安机关', true],
  消防验收文件: ['住房城乡建设部门', true],
  建设工程规划许可证: ['自然资源部门', true],
  环境影响评价批复: ['生态环境部门', true],
  项目批准文件: ['发展改革部门', true],
  体检证明: ['医疗机构', false],
  学历证书: ['学校', false],
  审计报告: ['会计师事务所', false],
  验资报告: ['会计师事务所', false],
  安全评价报告: ['安全评价机构', false],
  产品检验报告: ['检验检测机构', false],
}

const papers = new Map<string, string>()

/** The code of a paper: the same wherever it is asked for, and where it is what comes of an item. */
export function paperCode(name: string): string {
  const known = papers.get(name)
  if (known !== undefined) return known
  const code = codeOf('CL', papers.size)
  papers.set(name, code)
  return code
}
// Those that several items share come first, so that their codes stay when a table grows.
for (const name of Object.keys(ISSUED)) paperCode(name)

/** A paper as an item asks for it. */
export function paperOf(
  name: string,
  {
    tolerable = false,
    promisable = false,
    within,
  }: { tolerable?: boolean; promisable?: boolean; within?: string } = {},
) {
  const [issuer, shared = false] = ISSUED[name] ?? []
  return {
    material: paperCode(name),
    materialName: name,
    ...(issuer !== undefined && { issuer }),
    originals: shared ? 0 : 1,
    copies: shared || issuer !== undefined ? 1 : 0,
    tolerable,
    // A proof: somebody else issues it, and the city cannot obtain it.
    ...(promisable && issuer !== undefined && !shared && { promisable }),
    shared,
    ...(within !== undefined && { within }),
  }
}

/** Situations that exclude each other, each with the papers that it needs besides. */
const SITUATIONS: readonly (readonly (readonly [name: string, ...papers: string[]])[])[] = [
  [
    ['自有场所', '不动产权证书'],
    ['租赁场所', '租赁合同', '出租方不动产权证书'],
  ],
  [['法定代表人本人办理'], ['委托他人办理', '授权委托书']],
  [
    ['企业申请', '公司章程'],
    ['个体工商户申请', '经营者身份证明'],
  ],
  [['首次申请'], ['撤回后再次申请', '整改情况说明']],
]

export function situationsOf(from: Random) {
  const place = from.whole(0, SITUATIONS.length - 1)
  const before = SITUATIONS.slice(0, place).flat().length
  const all = SITUATIONS[place]!.map(([situationName, ...needed], at) => ({
    situation: codeOf('QX', before + at),
    situationName,
    needed,
  }))
  return {
    situations: all.map(({ situation, situationName }) => ({ situation, situationName })),
    materials: all.flatMap(({ situation, needed }) => needed.map((name) => ({ name, within: situation }))),
  }
}

function codeOf(of: string, place: number): string {
  return `${of}-${String(place + 1).padStart(4, '0')}`
}
