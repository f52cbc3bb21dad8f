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
  {
    id: 'application.disclose',
    unit: 'working-day',
    budget: 7,
    article: '行政许可法第四十条',
    source:
      '国家发展改革委办公厅关于进一步完善行政许可和行政处罚等信用信息公示工作的指导意见（发改办财金〔2018〕424号）',
    from: '2018-07-25',
    note: '法律只规定准予许可的决定应当公开，没有写明期限；“七个工作日内上网公开”出自指导意见。本系统在作出决定时即公开，不等到期限届满。',
  },
]
