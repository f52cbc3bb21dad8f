// What the register says in Chinese.
import type { Texts } from '../../kernel/texts.ts'
import type * as held from './credit-code.ts'
import type * as of from './enterprise.ts'
import type * as name from './login.ts'
import type * as who from './person.ts'
import type * as where from './unit.ts'

export const roles: Readonly<Record<(typeof who.roles)[number], string>> = {
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
  dispatcher: '分派员',
  handler: '办理人员',
  'unit-head': '单位负责人',
  caller: '回访员',
  supervisor: '督查人员',
  leader: '领导',
  clerk: '窗口人员',
  'item-manager': '事项管理员',
  'policy-manager': '政策专员',
  representative: '首席事务代表',
}

export const unit: Texts<typeof where.unit> = {
  title: '单位',
  phases: { none: '未设立', standing: '在册', abolished: '已撤销' },
  commands: { setUp: '设立', rename: '更名', move: '调整隶属', shelter: '核对上级', abolish: '撤销' },
  events: { 'set-up': '设立', renamed: '更名', moved: '调整隶属', abolished: '撤销' },
  refusals: {
    'parent-unknown': '没有找到上级单位，或者它已撤销。',
    'under-itself': '单位不能隶属于自己或自己的下级。',
    'still-in-use':
      '还不能撤销：它有 {below} 个下级单位、{posts} 个在任岗位、{cases} 件未办结的事项，登记或协办的 {assisted} 件。先调整隶属、办理卸任，把事项办结或退回重新分派。',
  },
  fields: {
    name: '名称',
    unit: '单位',
    nameEn: '英文名称',
    type: '类别',
    parent: '上级单位',
    division: '行政区划代码',
    reason: '理由',
  },
  options: {
    city: '市',
    'leading-group': '领导小组',
    office: '领导小组办公室',
    'working-group': '工作组',
    department: '市直部门',
    county: '县（市、区）',
    bureau: '县级部门',
    'service-centre': '综合服务中心',
  },
  warnings: {
    move: '调整后，上级单位的负责人和督查范围随之改变，立即生效；可以再次调整回来。',
    abolish: '撤销后不能再向它分派，也不能任命岗位；下级单位、在任岗位和未办结的事项须先转出。撤销后不能恢复。',
  },
}

export const person: Texts<typeof who.person> = {
  title: '人员',
  phases: { none: '未登记', active: '启用', suspended: '停用' },
  commands: {
    enrol: '登记',
    amend: '更正',
    changeLogin: '更换登录名',
    suspend: '停用',
    restore: '恢复',
    take: '就任岗位',
    give: '离任岗位',
    entrust: '受企业委托',
  },
  events: {
    enrolled: '登记',
    amended: '更正',
    'login-changed': '更换登录名',
    suspended: '停用',
    restored: '恢复',
    took: '就任岗位',
    gave: '离任岗位',
    entrusted: '受企业委托',
  },
  refusals: {
    'not-oneself': '不能对自己办理，须由另一名安全管理员办理。',
    'login-is-settled': '登录名已经确定，只能由安全管理员用“更换登录名”更换；请保持原来的登录名，再更正其他内容。',
    'nothing-new': '登录名与现在的相同，没有变化。',
  },
  fields: {
    name: '姓名',
    login: '登录名',
    phone: '电话',
    reason: '理由',
    post: '岗位',
    role: '职责',
    unit: '单位',
    mandate: '企业授权',
    from: '开始日期',
    to: '结束日期',
  },
  messages: { 'login-changed': '安全管理员已将您的登录名更换为 {login}。如非您本人要求，请立即联系审计管理员。' },
  options: roles,
  warnings: {
    suspend: '停用后，已登录的会话立即失效，不能再办理任何业务；可以恢复。',
    changeLogin: '此后须用新的登录名登录，统一身份认证也按新的登录名识别；本人会收到消息。可以再次更换。',
  },
}

export const login: Texts<typeof name.login> = {
  title: '登录名',
  phases: { none: '未使用', taken: '使用中', free: '已释放' },
  commands: { claim: '占用', release: '释放' },
  events: { claimed: '占用', released: '释放' },
  refusals: { 'login-taken': '这个登录名已有人使用，请换一个。' },
  fields: { person: '人员', login: '登录名' },
  options: {},
}

export const post: Texts<typeof who.post> = {
  title: '岗位',
  phases: { none: '未任命', held: '在任', ended: '已卸任' },
  commands: { appoint: '任命', end: '卸任', lapse: '任期届满' },
  events: { appointed: '任命', ended: '定于卸任', lapsed: '任期届满' },
  refusals: {
    'person-unknown': '没有找到这个人，或者已停用。',
    'unit-unknown': '没有这个单位，或者它已撤销。',
    'ends-before-it-begins': '结束日期不能早于开始日期。',
    'separate-duties': '系统、安全、审计管理员三员分立，不能由一人兼任，也不能兼任业务岗位。',
    'holds-a-mandate': '这个人在任期内受企业委托办事，先终止授权，再任命。',
    'not-oneself': '不能任免自己的岗位，须由另一名安全管理员办理。',
    'ends-earlier': '这个岗位的任期到 {to} 为止，不能用卸任来延长。',
    'not-over-yet': '任期尚未届满。',
  },
  fields: {
    jurisdiction: '管辖范围',
    name: '姓名',
    person: '人员',
    role: '岗位',
    unit: '单位',
    clearance: '知悉级别',
    from: '开始日期',
    to: '结束日期',
    reason: '理由',
  },
  options: roles,
  warnings: {
    appoint: '任命后，此人从开始日期起可以查看和办理该岗位范围内的事项；可以随时卸任。',
    end: '卸任后，此人从结束日期的次日起不再有该岗位的权限；需要时重新任命。',
  },
}

export const mandate: Texts<typeof who.mandate> = {
  title: '企业授权',
  phases: { none: '未授权', valid: '有效', ended: '已终止' },
  commands: { authorise: '授权', end: '终止' },
  events: { authorised: '授权', ended: '终止' },
  refusals: {
    'person-unknown': '没有找到这个人，或者已停用。',
    'enterprise-unknown': '没有找到这家企业。',
    'ends-before-it-begins': '结束日期不能早于开始日期。',
    'not-oneself': '不能给自己授权。',
    'holds-a-post': '这个人在本市任有岗位或者即将任职，不能代表企业办事。',
  },
  fields: { name: '授权', person: '人员', enterprise: '企业', from: '开始日期', to: '结束日期', reason: '理由' },
  options: {},
  warnings: { end: '终止后，此人不能再以该企业名义查看或办理；需要时重新授权。' },
}

export const creditCode: Texts<typeof held.creditCode> = {
  title: '信用代码',
  phases: { none: '未使用', taken: '使用中', free: '已释放' },
  commands: { claim: '占用', release: '释放' },
  events: { claimed: '占用', released: '释放' },
  refusals: { 'code-taken': '这个代码已登记在企业 {enterprise} 名下，请更新那一条，或者改正代码。' },
  fields: { enterprise: '企业', uscc: '统一社会信用代码' },
  options: {},
}

export const enterprise: Texts<typeof of.enterprise> = {
  title: '企业',
  phases: { none: '未入库', listed: '在册', left: '已退出' },
  commands: {
    enter: '登记或更新',
    observe: '补充指标',
    designate: '列入或移出重点企业',
    back: '落实包保',
    unback: '包保结束',
    leave: '退出',
    restore: '恢复',
    hold: '持有代码',
  },
  events: {
    entered: '登记',
    changed: '更新',
    observed: '补充指标',
    designated: '列入或移出重点企业',
    backed: '落实包保',
    unbacked: '包保结束',
    left: '退出',
    restored: '恢复',
  },
  refusals: {
    'division-unknown': '没有这个行政区划代码，请按 GB/T 2260 填写六位代码。',
    'industry-unknown':
      '没有这个行业代码，请按 GB/T 4754 填写：门类字母可写可不写，后面是两位到四位数字，例如 27、3921 或 C3921。',
    'industry-section': '行业大类 {division} 属于门类 {section}，与所写的字母不符，请核对代码。',
    'evidence-missing': '标为民营经济组织须写明佐证。',
    'wrong-unit': '从业人员的单位是人，营业收入和资产总额的单位是万元。',
    'date-in-the-future': '不能晚于 {latest}，请核对年份和日期。',
    'date-too-early': '不能早于 {earliest}，请核对年份和日期。',
    'not-whole': '从业人员应为整数。',
    'code-taken': '这个代码已登记在企业 {enterprise} 名下，请更新那一条，或者改正代码。',
    'has-left':
      '这个代码属于已退出的企业 {enterprise}。请打开那条记录，由窗口人员“恢复”后再更新，原有的诉求和走访都在那里；如果代码写错了，请改正。',
    'nothing-new': '内容与已有的相同，没有变化。',
  },
  fields: {
    uscc: '统一社会信用代码',
    name: '企业名称',
    division: '行政区划',
    industry: '行业大类',
    industryCode: '行业代码',
    registeredOn: '成立日期',
    private: '民营经济组织',
    evidence: '认定佐证',
    contact: '联系人',
    phone: '联系电话',
    address: '住所',
    usccForm: '代码校验',
    facts: '指标',
    fact: '指标名称',
    value: '数值',
    unit: '单位',
    period: '年度',
    source: '来源',
    observedAt: '采集日期',
    reason: '理由',
    key: '重点企业',
    assignment: '包保关系',
    leader: '包保领导',
    awaits: '尚未开始',
    unitBehind: '包保部门',
    size: '规模',
    missing: '尚缺指标',
  },
  options: {
    unknown: '待定',
    valid: '校验通过',
    'wrong-form': '格式不符',
    'wrong-check': '校验位不符',
    staff: '从业人员',
    revenue: '营业收入',
    assets: '资产总额',
    person: '人',
    'wan-yuan': '万元',
    X: '从业人员',
    Y: '营业收入',
    Z: '资产总额',
  },
  warnings: {
    leave:
      '退出后不再列入在册企业，指标随之减少；包保关系随之结束，已有的诉求和走访不受影响，代码仍归它所有。误退的可以由窗口人员“恢复”。',
  },
  hints: {
    uscc: '18 位代码；校验位不符时只提示，不影响登记。',
    source: '企业自己填报的一律记为“企业自报”，采集日期记为当天。',
  },
  cautions: {
    'wrong-form':
      '统一社会信用代码格式不符（不影响登记）：应为 18 位，由数字和大写字母组成（不含 I、O、S、V、Z）。请对照营业执照核对，有误的改正后重新提交，无误的可以保留。',
    'wrong-check':
      '统一社会信用代码的校验位不符（不影响登记）：其中可能有一位写错或前后颠倒。请对照营业执照逐位核对，有误的改正后重新提交，无误的可以保留。',
  },
}
