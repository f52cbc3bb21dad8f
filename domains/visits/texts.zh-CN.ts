// What assignments and visits say in Chinese.
import type { Texts } from '../../kernel/texts.ts'
import type { assignment as standing } from './assignment.ts'
import type { visit as made } from './visit.ts'

export const assignment: Texts<typeof standing> = {
  title: '包保关系',
  phases: { none: '未建立', standing: '包保中', ended: '已结束' },
  commands: { assign: '建立包保', count: '计入走访', remind: '提醒走访', end: '结束包保' },
  events: { assigned: '建立包保', visited: '走访一次', reminded: '到期未走访，提醒领导', ended: '结束包保' },
  refusals: {
    'enterprise-unknown': '没有找到这家企业。',
    'leader-unknown': '没有找到这位领导。',
    'unit-unknown': '没有找到这个单位。',
    'ends-before-it-begins': '结束日期不能早于开始日期。',
    'not-due-yet': '还没有到提醒的时间。',
  },
  fields: {
    name: '企业名称',
    enterprise: '企业',
    leader: '包保领导',
    unit: '包保部门',
    from: '开始日期',
    to: '结束日期',
    reason: '理由',
    visit: '走访',
    on: '日期',
    visits: '走访次数',
    lastVisit: '最近走访',
    interval: '走访间隔',
    rule: '规则',
    budget: '期限',
    article: '依据',
  },
  options: { 'working-day': '工作日', 'calendar-day': '日', month: '个月', 'working-hour': '工作小时' },
  warnings: { end: '结束后不再列入该领导联系的企业；走访记录保留。需要时重新建立。' },
  limits: { 'visit.interval': '走访包保企业' },
  messages: { reminded: '您包保的企业已到走访时间：{name}' },
}

export const visit: Texts<typeof made> = {
  title: '走访',
  phases: { none: '未登记', recorded: '已登记' },
  commands: { record: '登记走访' },
  events: { recorded: '登记走访' },
  refusals: {
    'enterprise-unknown': '没有找到这家企业。',
    'in-the-future': '走访日期不能晚于今天。',
    'assignment-of-another': '这项包保关系不属于该企业，或者已经结束。',
  },
  fields: {
    enterprise: '企业',
    on: '走访日期',
    assignment: '包保关系',
    summary: '走访情况',
    problems: '反映的问题',
    files: '照片和附件',
    title: '标题',
    body: '具体情况',
    matter: '诉求类别',
    line: '服务专线',
    by: '走访人',
    unit: '走访单位',
    appeals: '转为诉求',
  },
  options: {
    communication: '政企沟通',
    policy: '政策咨询',
    legal: '法律维权',
    finance: '金融支持',
    trade: '经贸合作',
    consultation: '咨询',
    difficulty: '堵点难点痛点',
    complaint: '投诉',
    suggestion: '建议',
    arrears: '拖欠账款',
  },
  hints: {
    summary: '看了什么、谈了什么，一两句话即可。',
    problems: '每个问题在提交后成为一件诉求，由分派员分派，结果可在本记录中查看。',
  },
}
