// Time limits of the example city (合成数据 where marked): each with what it rests on; a city lays down its own.

export type ExampleRule = {
  readonly rule: string
  readonly unit: 'working-day' | 'calendar-day'
  readonly budget: number
  readonly article: string
  readonly source: string
  readonly from: string
  readonly note?: string
}

const EXAMPLE = '通化市民营经济诉求办理办法（示例，合成数据）'
const note = '示例规则：参照各地公开做法拟定，施行前由本市确定。'

export const rules: readonly ExampleRule[] = [
  {
    rule: 'appeal.sign',
    unit: 'working-day',
    budget: 1,
    article: '示例办法第六条',
    source: EXAMPLE,
    from: '2024-01-01',
    note,
  },
  {
    rule: 'appeal.answer.consultation',
    unit: 'working-day',
    budget: 1,
    article: '示例办法第八条第一项',
    source: EXAMPLE,
    from: '2024-01-01',
    note,
  },
  {
    rule: 'appeal.answer.suggestion',
    unit: 'working-day',
    budget: 10,
    article: '示例办法第八条第四项',
    source: EXAMPLE,
    from: '2024-01-01',
    note,
  },
  {
    rule: 'appeal.answer.complaint',
    unit: 'working-day',
    budget: 7,
    article: '示例办法第八条第二项',
    source: EXAMPLE,
    from: '2024-01-01',
    note,
  },
  {
    rule: 'appeal.answer.difficulty',
    unit: 'working-day',
    budget: 15,
    article: '示例办法第八条第三项',
    source: EXAMPLE,
    from: '2024-01-01',
    note,
  },
  {
    rule: 'appeal.answer.arrears',
    unit: 'calendar-day',
    budget: 30,
    article: '保障中小企业款项支付条例（投诉处理三十日，至多九十日）',
    source: '国务院令第802号',
    from: '2025-06-01',
    note: '条款序号以公布文本为准；市级为处理投诉部门。',
  },
  {
    rule: 'appeal.reopen',
    unit: 'calendar-day',
    budget: 30,
    article: '示例办法第十二条',
    source: EXAMPLE,
    from: '2024-01-01',
    note,
  },
]
