// The figures of the item library: each opens to the items that it counts.
import type { Figure } from '../../kernel/tally/figure.ts'

const standing = (where: Readonly<Record<string, string>>) => ({ stock: 'item-standing', where })
const due = standing({ level: 'city', due: 'yes' })

export const figures: readonly Figure[] = [
  {
    id: 'F21',
    formula: standing({ type: 'licence', level: 'city' }),
    unit: 'records',
    public: true,
    texts: {
      'zh-CN': { name: '规范行政审批事项', definition: '截止日已发布在用的市级行政许可事项数，暂停和取消的不计。' },
      en: {
        name: 'Licence items regularised',
        definition:
          'Licences of the city on the published list and in force at the cut-off; none suspended or cancelled.',
      },
    },
  },
  {
    id: 'F22',
    formula: { ratio: [standing({ level: 'city', due: 'yes', hall: 'yes' }), due], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '市本级政务事项进厅率',
        definition: '截止日在大厅窗口办理的市级在用事项数 ÷ 应当进厅的市级在用事项数（优化营商环境条例第三十六条）。',
      },
      en: {
        name: 'Hall-entry rate of city-level items',
        definition:
          'Items of the city handled in the hall, divided by its items that should be (优化营商环境条例 article 36).',
      },
    },
  },
  {
    id: 'F23',
    formula: { ratio: [standing({ level: 'city', due: 'yes', window: 'undifferentiated' }), due], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '全科无差别受理率',
        definition: '截止日由无差别综合窗口受理的市级在用事项数 ÷ 应当进厅的市级在用事项数。',
      },
      en: {
        name: 'Undifferentiated acceptance rate',
        definition:
          'Items of the city accepted at any general window, divided by its items that should be in the hall.',
      },
    },
  },
  {
    id: 'F24',
    formula: standing({ instant: 'yes' }),
    unit: 'records',
    public: true,
    texts: {
      'zh-CN': { name: '马上办事项', definition: '截止日各级在用事项中的即办件数。' },
      en: { name: 'Instant items', definition: 'Items of all levels in force that are decided at once.' },
    },
  },
  {
    id: 'F25',
    formula: standing({ tolerant: 'yes' }),
    unit: 'records',
    public: true,
    texts: {
      'zh-CN': {
        name: '容缺办事项',
        definition: '截止日各级在用事项中至少有一项可容缺材料的事项数，可与马上办事项重叠。',
      },
      en: {
        name: 'Deficiency-tolerant items',
        definition: 'Items of all levels in force of which some paper may follow later; some are instant items, too.',
      },
    },
  },
  {
    id: 'F26',
    formula: {
      ratio: [{ stock: 'item-compression' }, { stock: 'item-limited' }],
      times: 0.01,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '办理时限平均压缩',
        definition:
          '截止日有法定时限的在用事项，逐项计算（法定时限－承诺时限）÷ 法定时限，取平均数。单位不同的，五个工作日折合七日、一个月折合三十日。',
      },
      en: {
        name: 'Average compression of limits',
        definition:
          'Of each item in force with a limit by law: (limit by law − promise) ÷ limit by law; the mean of these. Where units differ, five working days count as seven days and a month as thirty.',
      },
    },
  },
  {
    id: 'item-limit-compression-total',
    formula: { ratio: [{ stock: 'item-limit-saved' }, { stock: 'item-limit-statutory' }], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '办理时限总量压缩',
        definition: '截止日有法定时限的在用事项，（法定时限之和－承诺时限之和）÷ 法定时限之和，折算同 F26。',
      },
      en: {
        name: 'Compression of limits, taken together',
        definition:
          'Of all items in force with a limit by law: (sum of limits − sum of promises) ÷ sum of limits, units compared as in F26.',
      },
    },
  },
]
