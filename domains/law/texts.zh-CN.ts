// What calendars and time limits say in Chinese.
import type { Texts } from '../../kernel/texts.ts'
import type { officeHours as hours } from './hours.ts'
import type * as of from './law.ts'

export const calendarEdition: Texts<typeof of.calendarEdition> = {
  title: '节假日安排',
  phases: { none: '未拟定', draft: '待发布', published: '已发布' },
  commands: { draft: '拟定', publish: '发布' },
  events: { drafted: '拟定', published: '发布' },
  refusals: {
    'outside-the-year': '放假和补班日期须在该年度内。',
    'ends-before-it-begins': '结束日期不能早于开始日期。',
    'two-persons': '须由拟定人以外的人员发布。',
  },
  fields: {
    year: '年度',
    notice: '通知文号',
    noticeDate: '通知日期',
    off: '放假',
    work: '补班',
    from: '从',
    to: '至',
    by: '拟定人',
  },
  options: {},
}

export const limitRule: Texts<typeof of.limitRule> = {
  title: '办理时限',
  phases: { none: '未拟定', draft: '待发布', published: '已发布' },
  commands: { lay: '拟定', publish: '发布', end: '终止' },
  events: { laid: '拟定', published: '发布', ended: '终止' },
  refusals: { 'ends-before-it-begins': '终止日期不能早于开始日期。', 'two-persons': '须由拟定人以外的人员发布。' },
  fields: {
    rule: '规则编号',
    unit: '单位',
    budget: '期限',
    article: '依据条款',
    source: '出处',
    from: '施行日期',
    to: '终止日期',
    note: '说明',
    by: '拟定人',
  },
  options: { 'working-day': '工作日', 'calendar-day': '日', month: '个月', 'working-hour': '工作小时' },
}

export const officeHours: Texts<typeof hours> = {
  title: '作息时间',
  phases: { none: '未拟定', draft: '待发布', published: '已发布' },
  commands: { lay: '拟定', publish: '发布' },
  events: { laid: '拟定', published: '发布' },
  refusals: {
    'ends-before-it-begins': '终止日期不能早于开始日期。',
    'one-after-another': '各时段须先后相接、互不重叠，结束时间须晚于开始时间。',
    'two-persons': '须由拟定人以外的人员发布。',
  },
  fields: {
    from: '施行日期',
    to: '终止日期',
    spans: '办公时段',
    opens: '开始',
    closes: '结束',
    source: '出处',
    by: '拟定人',
  },
  options: {},
  hints: { spans: '一个工作日内的办公时段，如 08:30 至 11:30、13:30 至 17:00。' },
}
