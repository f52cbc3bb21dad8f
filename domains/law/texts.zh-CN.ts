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
    'days-off-overlap': '放假日期相互重叠，请核对。',
    'works-on-a-day-off': '补班日期落在放假日期之内，请核对。',
    'works-anyway': '补班日期须是周六或周日。',
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
  queues: {
    'to-publish': { title: '待发布', empty: '没有待发布的内容。拟定的节假日安排、办理时限和作息时间会出现在这里。' },
  },
  views: { draft: '待发布' },
  warnings: {
    publish: '发布后，全市未办结事项的期限按新的安排重新计算，并记入各件办理经过。发布后不能撤回，有更正的另行拟定。',
  },
}

export const limitRule: Texts<typeof of.limitRule> = {
  title: '办理时限',
  phases: { none: '未拟定', draft: '待发布', published: '已发布' },
  commands: { lay: '拟定', publish: '发布', end: '终止' },
  events: { laid: '拟定', published: '发布', ended: '终止' },
  refusals: { 'ends-before-it-begins': '终止日期不能早于开始日期。', 'two-persons': '须由拟定人以外的人员发布。' },
  fields: {
    rule: '时限',
    unit: '计算单位',
    budget: '期限',
    article: '依据条款',
    source: '出处',
    from: '施行日期',
    to: '终止日期',
    note: '说明',
    by: '拟定人',
  },
  options: { 'working-day': '工作日', 'calendar-day': '日', month: '个月', 'working-hour': '工作小时' },
  queues: {
    'to-publish': { title: '待发布', empty: '没有待发布的内容。拟定的节假日安排、办理时限和作息时间会出现在这里。' },
  },
  views: { draft: '待发布' },
  warnings: {
    publish:
      '发布后，施行日期起的新事项适用这一时限；已经开始的事项仍按原来的时限。发布后不能修改，可以终止后另行拟定。',
    end: '终止日期之后的新事项不再适用；已经开始的事项不受影响。',
  },
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
  queues: {
    'to-publish': { title: '待发布', empty: '没有待发布的内容。拟定的节假日安排、办理时限和作息时间会出现在这里。' },
  },
  views: { draft: '待发布' },
  warnings: { publish: '发布后，以工作小时计的期限按新的作息时间重新计算。发布后不能修改，有更正的另行拟定。' },
}
