// The figures that the ladder feeds, each a declared formula over its entries.
import { publicFigure as figure, type Figure } from '../../kernel/tally/figure.ts'

export const figures: readonly Figure[] = [
  figure(
    'ladder-enterprises',
    { distinct: 'ladder-standing' },
    'enterprises',
    {
      name: '梯度企业',
      definition: '截止日认定仍在有效期内、没有撤销的企业数，一家企业站在几级上只计一次。',
    },
    {
      name: 'Enterprises on the ladder',
      definition: 'Enterprises whose recognition on any rung holds on the cut-off; each once.',
    },
  ),
  figure(
    'ladder-standing',
    { count: 'ladder-standing' },
    'records',
    {
      name: '有效认定',
      definition:
        '截止日仍在有效期内、没有撤销的认定数，一家企业站在几级上计几次。自认定日期起计，到期次日或者撤销之日减去。',
    },
    {
      name: 'Recognitions that hold',
      definition:
        'Recognitions that hold on the cut-off, from their day to the day after their end or their withdrawal.',
    },
  ),
  figure(
    'ladder-recognised',
    { count: 'ladder-recognised' },
    'records',
    { name: '新认定', definition: '至截止日经确认的认定数，按认定日期计；复核通过的不计。' },
    {
      name: 'Newly recognised',
      definition: 'Recognitions confirmed up to the cut-off, by their day; those that were only renewed do not count.',
    },
  ),
  figure(
    'ladder-renewed-rate',
    { ratio: [{ count: 'ladder-checked', where: { came: 'renewed' } }, { count: 'ladder-checked' }], times: 100 },
    'percent',
    {
      name: '复核通过率',
      definition: '至截止日复核通过的次数 ÷ 复核通过、到期未复核和撤销的次数之和。',
    },
    {
      name: 'Renewed after their check',
      definition: 'Recognitions renewed up to the cut-off, divided by those renewed, lapsed or withdrawn.',
    },
  ),
  figure(
    'ladder-coached',
    { distinct: 'ladder-coached' },
    'enterprises',
    { name: '在培企业', definition: '截止日有培育计划正在执行的企业数，一家企业只计一次。培育须经企业同意。' },
    { name: 'In coaching', definition: 'Enterprises with a plan of coaching under way on the cut-off; each once.' },
  ),
  figure(
    'ladder-coaching-reached-rate',
    {
      ratio: [{ count: 'ladder-coaching-ended', where: { came: 'reached' } }, { count: 'ladder-coaching-ended' }],
      times: 100,
    },
    'percent',
    { name: '培育达标率', definition: '至截止日因获得认定而结束的培育计划数 ÷ 已结束的培育计划数。' },
    {
      name: 'Coached up to the rung',
      definition: 'Plans of coaching that ended with the recognition aimed at, divided by all that ended.',
    },
  ),
]
