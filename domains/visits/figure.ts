// The figures that assignments and visits feed.
import type { Figure } from '../../kernel/tally/figure.ts'

export const figures: readonly Figure[] = [
  {
    id: 'visits',
    formula: { count: 'visit' },
    unit: 'records',
    public: true,
    texts: {
      'zh-CN': { name: '走访企业', definition: '期内登记的走访次数，按走访日期计。' },
      en: { name: 'Visits', definition: 'Visits recorded in the period, by the day of the visit.' },
    },
  },
  {
    id: 'assignment-visited-rate',
    formula: { ratio: [{ distinct: 'enterprise-visited' }, { distinct: 'enterprise-covered' }], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '包保企业走访覆盖率',
        definition: '截止日仍在包保、并且包保以来至少走访过一次的企业数 ÷ 仍在包保的企业数。',
      },
      en: {
        name: 'Supported enterprises visited',
        definition:
          'Enterprises with standing support that have been visited at least once since it began, divided by all with standing support.',
      },
    },
  },
]
