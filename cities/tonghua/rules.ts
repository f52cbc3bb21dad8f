// Time limits of the example city (合成数据 where marked): each with what it rests on; a city lays down its own.
import { nationalRules as ofAppeals } from '../../domains/appeals/index.ts'
import { nationalRules as ofApplications } from '../../domains/applications/index.ts'
import type { Unit } from '../../kernel/clock/limit.ts'

export type ExampleRule = {
  readonly rule: string
  readonly unit: Unit
  readonly budget: number
  readonly article: string
  readonly source: string
  readonly from: string
  readonly note?: string | undefined
}

const EXAMPLE = '通化市民营经济诉求办理办法（示例，合成数据）'
const NOTE = '示例规则：参照各地公开做法拟定，施行前由本市确定。'

/** A rule of the example city: rule, budget, unit, article of the example measures. */
const EXAMPLES: readonly (readonly [rule: string, budget: number, unit: Unit, article: string])[] = [
  ['appeal.triage', 1, 'working-day', '第五条'],
  ['appeal.sign', 1, 'working-day', '第六条'],
  ['appeal.assist', 3, 'working-day', '第六条第二款'],
  ['appeal.climb', 3, 'calendar-day', '第七条'],
  ['appeal.answer.consultation', 1, 'working-day', '第八条第一项'],
  ['appeal.answer.complaint', 7, 'working-day', '第八条第二项'],
  ['appeal.answer.difficulty', 15, 'working-day', '第八条第三项'],
  ['appeal.answer.suggestion', 10, 'working-day', '第八条第四项'],
  ['appeal.most', 30, 'working-day', '第九条'],
  ['appeal.call-back', 5, 'working-day', '第十条'],
  ['appeal.reopen', 30, 'calendar-day', '第十二条'],
  ['appeal.supply', 10, 'working-day', '第十一条'],
  ['appeal.review', 6, 'month', '第十三条'],
  ['visit.interval', 3, 'month', '第十五条'],
  ['access.check', 10, 'working-day', '第二十条'],
  ['access.rectify', 30, 'working-day', '第二十一条'],
  ['access.verify', 5, 'working-day', '第二十二条'],
  ['access.climb', 5, 'calendar-day', '第二十三条'],
  ['application.correct', 15, 'working-day', '第十六条'],
  ['application.supplement', 20, 'working-day', '第十七条'],
  ['application.supplement.before', 2, 'working-day', '第十七条第二款'],
  ['application.verify', 30, 'working-day', '第十八条'],
  ['application.rectify', 10, 'working-day', '第十八条第二款'],
  ['claim.publicity', 5, 'working-day', '第十九条'],
  ['claim.pay', 10, 'working-day', '第二十条'],
  ['benefit.reach', 10, 'working-day', '第二十四条'],
]

export const rules: readonly ExampleRule[] = [
  ...EXAMPLES.map(([rule, budget, unit, article]) => ({
    rule,
    unit,
    budget,
    article: `示例办法${article}`,
    source: EXAMPLE,
    from: '2024-01-01',
    note: NOTE,
  })),
  ...[...ofAppeals, ...ofApplications].map(({ id: rule, ...known }) => ({ rule, ...known })),
]
