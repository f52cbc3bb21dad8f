// What one item of the example city says (合成数据): papers, fields, situations and rules such as its kind would have.
import { fieldOf, paperCode, paperOf, situationsOf } from './dictionary.ts'
import type { Random } from './random.ts'
import type { StartUp } from './start-up.ts'

export const POWER = 'city-power'

/** 新 applied for first, 变 changed, 延 renewed, 补 replaced, 注 cancelled; - as a whole. */
export type Part = '新' | '变' | '延' | '补' | '注' | '-'

export type Draft = {
  readonly unit: string
  readonly level: 'city' | 'county'
  /** What the table calls it, and what it is called as it is applied for. */
  readonly base: string
  readonly name: string
  readonly type: string
  readonly statutory: number | undefined
  readonly part: Part
  readonly marks: string
  readonly papers: readonly string[]
  readonly startUp?: StartUp
  /** Yuan that a service of the power company saves. */
  readonly saves?: number
  readonly due: boolean
  readonly window: 'undifferentiated' | 'special' | 'outside'
  readonly promised: number
  readonly instant: boolean
  readonly tolerant: boolean
  readonly checked: boolean
}

/** Those that people apply for, not enterprises. */
const PERSONAL =
  /证核发|护照|通行证签发|人员(资格|操作)|教师资格认定|(律师|人员)执业许可|执业审批|执业核准|执业登记|户口|居住|无犯罪|学生|学籍|毕业|公积金(提取|贷款)|失业登记|法律援助|租赁住房|驾驶资格/

const TOPICS: Readonly<Record<string, string>> = {
  market: '市场准入',
  land: '工程建设',
  housing: '工程建设',
  environment: '工程建设',
  hr: '就业和社会保障',
  tax: '纳税缴费',
  industry: '企业发展',
  development: '投资审批',
  science: '企业发展',
  commerce: '经贸流通',
  transport: '交通运输',
  power: '办电',
}

/** By their marks: the name, the working days it takes at most. */
const SPECIALS: Readonly<Record<string, readonly [special: string, name: string, days: number]>> = {
  听: ['TX-01', '听证', 20],
  评: ['TX-02', '专家评审', 15],
  勘: ['TX-03', '现场勘验', 5],
  检: ['TX-04', '检验检测', 10],
}

/** Papers that many licences ask for when they are applied for first. */
const USUAL = ['场所使用证明', '从业人员名单', '设备设施清单', '管理制度文本', '资金来源说明', '可行性说明']

const CONDITIONS: Readonly<Record<Part, string>> = {
  新: '申请人依法成立，具备与申请内容相适应的场所、人员和制度，材料齐全、符合法定形式（合成数据）。',
  变: '原证在有效期内，变更后仍符合法定条件（合成数据）。',
  延: '在有效期届满三十日前提出，仍符合法定条件（合成数据）。',
  补: '原证在有效期内，遗失或者损毁已经公告作废（合成数据）。',
  注: '不再从事许可的活动，没有未了结的处罚案件（合成数据）。',
  '-': '申请人符合办理条件，材料齐全、符合法定形式（合成数据）。',
}

const OWN_FIELDS: Readonly<Record<Part, readonly string[]>> = {
  新: ['经营场所地址', '经营场所面积（平方米）', '从业人员数', '申请事由'],
  变: ['原证编号', '原证是否在有效期内', '变更事项', '变更后内容'],
  延: ['原证编号', '原证有效期至'],
  补: ['原证编号', '原证是否在有效期内', '是否已公告作废'],
  注: ['原证编号', '是否有未了结的处罚案件', '注销原因'],
  '-': ['申请事由', '是否承诺填报内容属实'],
}

type Check = { readonly field: string; readonly test: string; readonly bound?: string; readonly ground: string }
const check = (field: string, test: string, ground: string, bound?: string): Check => ({
  field: fieldOf(field).field,
  test,
  ...(bound !== undefined && { bound }),
  ground: `${ground}（合成数据）`,
})

/** The rules by which those of a part are decided at once. */
const CHECKS: Readonly<Partial<Record<Part, readonly Check[]>>> = {
  变: [
    check('原证是否在有效期内', 'yes', '原证失效的，应当重新申请'),
    check('变更事项', 'one-of', '其他事项的变更须经审查', '名称、住所、法定代表人'),
  ],
  补: [
    check('原证是否在有效期内', 'yes', '原证失效的，应当重新申请'),
    check('是否已公告作废', 'yes', '补发以前须公告原证作废'),
  ],
  注: [check('是否有未了结的处罚案件', 'no', '案件了结以后方可注销'), check('注销原因', 'given', '注销须说明原因')],
}

const question = (asked: string, reply: string) => ({ question: asked, reply: `${reply}（合成数据）` })
const QUESTIONS = [
  question('可以委托他人办理吗？', '可以，委托人签署授权委托书即可。'),
  question('办理结果怎样领取？', '可以在窗口领取，也可以选择快递送达。'),
  question('材料不齐怎么办？', '可容缺的材料作出书面承诺以后补交，其他材料一次告知。'),
]

const CHANNELS = [
  ['at-window', 'on-computer'],
  ['at-window', 'on-computer', 'on-phone'],
  ['at-window', 'on-computer', 'by-courier'],
]
const POWERS = [
  ['accept', 'examine'],
  ['accept', 'examine', 'decide'],
  ['accept', 'examine', 'decide', 'seal'],
]
const STEPS = [
  ['受理', '审查', '决定'],
  ['受理', '审核', '决定', '送达'],
  ['受理', '核查', '审查', '决定', '送达'],
]

export function contentOf(one: Draft, from: Random): Readonly<Record<string, unknown>> {
  const { unit, name, level, type, instant, part, marks, startUp: start, window } = one
  const personal = PERSONAL.test(name)
  const situated = start === undefined && unit !== POWER && from.chance(part === '新' ? 0.4 : 0.12)
  const { situations, materials: more } = situated ? situationsOf(from) : { situations: [], materials: [] }
  const materials = papersOf(one, personal, more, from)
  const steps = instant ? ['受理并决定'] : from.pick(STEPS)
  const away = unit === POWER || (instant && from.chance(0.5)) || from.chance(0.1)
  const visits = away ? 0 : 1
  const topic = start ? '企业开办' : TOPICS[unit.split('-').at(-1)!]
  return {
    name,
    type,
    basis: `设定“${name}”的法律、法规、规章和国务院决定；示例数据不列条文（合成数据）。`,
    level,
    audience: personal ? ['natural-person'] : unit === POWER ? ['natural-person', 'enterprise'] : ['enterprise'],
    ...(start && { founding: true }),
    handling: instant ? 'at-once' : 'within-time',
    ...(one.statutory !== undefined && { statutory: one.statutory, statutoryUnit: 'working-day' }),
    promised: one.promised,
    promisedUnit: 'working-day',
    conditions: CONDITIONS[part],
    steps: steps.map((step) => ({ step })),
    situations,
    materials,
    fields: fieldNames(one, personal).map((field) => (start ? ofStartUp(fieldOf(field), start) : fieldOf(field))),
    results: [resultOf(one)],
    visits,
    channels: unit === POWER ? ['on-computer', 'on-phone'] : from.pick(CHANNELS),
    window,
    hallDue: one.due,
    nearby: level === 'county' && from.chance(0.4),
    fee: false,
    remedies: '对决定不服的，可以依法申请行政复议或者提起行政诉讼。',
    enquiries: '0435-0000000（合成数据）',
    complaints: '0435-0000001（合成数据）',
    ...(topic !== undefined && { topics: [topic] }),
    online: away ? 'receiving' : from.pick(['applying', 'accepting', 'deciding']),
    bookable: window !== 'outside',
    courier: true,
    place: window === 'outside' ? '本单位办事大厅（合成数据）' : '政务大厅（合成数据）',
    hours: '工作日 8:30 至 11:30、13:00 至 16:30（合成数据）',
    ...(!away && { visitReason: '核验原件（合成数据）。' }),
    ...specialsOf(one),
    ...(unit !== POWER && from.chance(0.7) && { receiptAccepts: true }),
    ...(marks.includes('诺') && { commitment: true }),
    ...(window !== 'outside' && { powers: instant ? POWERS.at(-1) : from.pick(POWERS) }),
    ...(one.checked && { checks: CHECKS[part] }),
    baseMaterials: materials.length + from.whole(1, 5),
    baseSteps: steps.length + from.whole(1, 4),
    baseVisits: visits + from.whole(1, 2),
    baseBasis: '改革前的办事指南（合成数据）',
    ...(start?.cityPays !== undefined && {
      cityPays: start.cityPays,
      cityPaysBasis: '首套印章的费用由市财政承担（合成数据）',
    }),
    ...(one.saves !== undefined && { saves: one.saves * 100, savesBasis: '供电公司公布的测算标准（合成数据）' }),
    ...(from.chance(0.3) && { questions: from.shuffle(QUESTIONS).slice(0, from.whole(1, 3)) }),
  }
}

/** An enterprise that is being founded is not known yet, and has no code before its licence. */
function ofStartUp(given: ReturnType<typeof fieldOf>, { founds }: StartUp) {
  const { known, ...field } = given
  if (known === 'enterprise.uscc') return { ...given, spare: true }
  return founds && known === 'enterprise.address' ? field : given
}

type Asked = { readonly name: string; readonly within?: string }

/** Two to twelve; the first two of a tolerant item that neither the city holds nor the form itself are may follow later. */
function papersOf(one: Draft, personal: boolean, more: readonly Asked[], from: Random) {
  const { part, papers, startUp: start, unit, marks } = one
  const certificate = certificateOf(one)
  const own: readonly string[] = {
    新: [...papers, ...from.shuffle(USUAL).slice(0, from.whole(1, 4))],
    变: [certificate, '变更情况证明', ...papers.slice(0, 1)],
    延: [certificate, '持续符合条件的说明', ...papers.slice(0, 2)],
    补: ['遗失公告', '补发说明'],
    注: [certificate, '注销说明', '业务了结证明'],
    '-': papers,
  }[part]
  const always =
    start === undefined ? ['申请表', '经办人身份证明', ...(personal || unit === POWER ? [] : ['营业执照'])] : []
  const names = new Map<string, Asked>()
  for (const asked of [...[...always, ...(start?.papers ?? own)].map((name) => ({ name })), ...more])
    if (!names.has(asked.name)) names.set(asked.name, asked)
  let left = one.tolerant ? from.whole(1, 2) : 0
  return [...names.values()].slice(0, 12).map(({ name, within }) => {
    const tolerable = left > 0 && !['申请表', '营业执照', certificate].includes(name) && !paperOf(name).shared
    if (tolerable) left -= 1
    const promisable = marks.includes('诺') && !['经办人身份证明', certificate].includes(name)
    return paperOf(name, { tolerable, promisable, ...(within !== undefined && { within }) })
  })
}

function fieldNames({ part, startUp: start, unit, marks }: Draft, personal: boolean): readonly string[] {
  if (start) return start.fields
  if (unit === POWER) return ['用电户号', '用电地址', '申请容量（千伏安）', '申请人姓名', '申请人手机号码']
  const who = personal
    ? ['申请人姓名', '申请人手机号码']
    : ['企业名称', '统一社会信用代码', '住所', '联系人', '联系电话', '经办人姓名']
  const project =
    part === '新' && marks.includes('评') ? ['项目名称', '项目总投资（万元）', '建设地点', '计划开工日期'] : []
  return [...who, ...(project.length > 0 ? project : OWN_FIELDS[part])]
}

function specialsOf({ part, marks }: Draft) {
  const specials =
    part === '新' || part === '-' ? [...marks].flatMap((mark) => (SPECIALS[mark] ? [SPECIALS[mark]] : [])) : []
  if (specials.length === 0) return {}
  return {
    specials: specials.map(([special, specialName, specialLimit]) => ({
      special,
      specialName,
      specialLimit,
      specialUnit: 'working-day',
      specialBasis: '行政许可法第四十五条（时限为合成数据）',
    })),
  }
}

function certificateOf({ base }: Pick<Draft, 'base'>): string {
  return base.endsWith('许可') ? `${base}证` : `${base}证明`
}

/** What is granted bears the code by which changing or renewing it asks for it. */
function resultOf(one: Draft) {
  const { startUp: start, part, name } = one
  const paper = start?.result ?? (part === '新' ? certificateOf(one) : `${name}结果文书`)
  return { result: paperCode(paper), resultName: paper }
}
