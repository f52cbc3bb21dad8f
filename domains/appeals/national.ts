// What national law lays down for appeals of enterprises: the same in every city, and its first rules.
import type { LimitRule } from '../../kernel/record.ts'

const source = '保障中小企业款项支付条例（国务院令第802号）'
const from = '2025-06-01'

export const nationalRules: readonly LimitRule[] = [
  {
    id: 'appeal.triage.arrears',
    unit: 'working-day',
    budget: 10,
    article: '保障中小企业款项支付条例第二十五条第一款',
    source,
    from,
    note: '条例规定的是受理投诉部门转交的期限；本市自行登记的，比照执行。',
  },
  {
    id: 'appeal.answer.arrears',
    unit: 'calendar-day',
    budget: 30,
    article: '保障中小企业款项支付条例第二十五条第二款',
    source,
    from,
  },
  {
    id: 'appeal.most.arrears',
    unit: 'calendar-day',
    budget: 90,
    article: '保障中小企业款项支付条例第二十五条第二款',
    source,
    from,
  },
]
