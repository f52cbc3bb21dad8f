// What national law lays down for applications: the same in every city, and its first rules.
import type { LimitRule } from '../../kernel/record.ts'

const source = '中华人民共和国行政许可法（2019年修正）'
const from = '2004-07-01'

export const nationalRules: readonly LimitRule[] = [
  {
    id: 'application.accept',
    unit: 'working-day',
    budget: 5,
    article: '行政许可法第三十二条第一款第四项',
    source,
    from,
    note: '法律写明“五日内”；第八十二条规定期限以工作日计算。行政许可以外的事项比照执行。',
  },
  {
    id: 'application.extend',
    unit: 'working-day',
    budget: 10,
    article: '行政许可法第四十二条第一款',
    source,
    from,
    note: '经本行政机关负责人批准，可以延长十日；法律、法规另有规定的，由本市另行录入。',
  },
  {
    id: 'application.deliver',
    unit: 'working-day',
    budget: 10,
    article: '行政许可法第四十四条',
    source,
    from,
  },
]
