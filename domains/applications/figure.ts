// The figures that applications feed, each a declared formula over their entries.
import type { Figure } from '../../kernel/tally/figure.ts'

const power = { topic: '办电' }
const start = { topic: '企业开办' }

export const figures: readonly Figure[] = [
  {
    id: 'F27',
    formula: { distinct: 'application-paid-by-city', where: start },
    unit: 'enterprises',
    public: true,
    texts: {
      'zh-CN': {
        name: '免费刻章企业',
        definition: '自方案实施至截止日，公章刻制事项已批准并送达、首套印章由财政支付的新开办企业数，同一企业计一次。',
      },
      en: {
        name: 'Enterprises given free seals',
        definition:
          'New enterprises whose seal item was approved and delivered and whose first set of seals the city has paid, from the programme’s start to the cut-off; each once.',
      },
    },
  },
  {
    id: 'F28',
    formula: { sum: 'application-paid-by-city', where: start, times: 0.01 },
    unit: 'yuan',
    public: true,
    texts: {
      'zh-CN': { name: '节省刻章费用', definition: '口径同 F27，财政为新开办企业支付的刻章费用之和。' },
      en: { name: 'Seal fees saved', definition: 'As F27: what the city has paid for seals of new enterprises.' },
    },
  },
  {
    id: 'F29',
    formula: {
      less: [
        { distinct: 'application-closed', where: power },
        { distinct: 'application-visited', where: power },
      ],
    },
    unit: 'records',
    public: true,
    texts: {
      'zh-CN': {
        name: '办电零跑动业务',
        definition:
          '自方案实施至截止日有办件送达、且每一件申请人到现场的次数都为零的办电事项数；有一件到过现场的，该事项不计。',
      },
      en: {
        name: 'Zero-visit electricity services',
        definition:
          'Electricity services of which cases were delivered up to the cut-off, none of them with a visit; one visit in one case and the service does not count.',
      },
    },
  },
  {
    id: 'F30',
    formula: { sum: 'application-saved', where: power, times: 0.01 },
    unit: 'yuan',
    public: true,
    texts: {
      'zh-CN': {
        name: '节省办电成本',
        definition: '自方案实施至截止日，已批准并送达的办电办件，按各事项公布的测算标准逐件相加；标准写在事项版本中。',
      },
      en: {
        name: 'Electricity connection cost saved',
        definition:
          'Of electricity cases approved and delivered up to the cut-off: the saving that each item’s published norm declares, case by case.',
      },
    },
  },
  {
    id: 'application-received',
    formula: { count: 'application-received' },
    unit: 'cases',
    public: true,
    texts: {
      'zh-CN': { name: '收件数', definition: '期内收到的申请件数，不论渠道。' },
      en: { name: 'Applications received', definition: 'Applications received in the period, through any channel.' },
    },
  },
  {
    id: 'application-in-time-rate',
    formula: { ratio: [{ count: 'application-decided-in-time' }, { count: 'application-decided' }], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': { name: '办件按时办结率', definition: '期内在承诺时限内作出决定的办件数 ÷ 期内作出决定的办件数。' },
      en: {
        name: 'Decided within the promise',
        definition: 'Applications decided within the promised time, divided by all that were decided.',
      },
    },
  },
  {
    id: 'application-at-once-rate',
    formula: {
      ratio: [{ count: 'application-decided', where: { atOnce: 'yes' } }, { count: 'application-decided' }],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': { name: '即办率', definition: '期内由即办规则当场办结的办件数 ÷ 期内作出决定的办件数。' },
      en: {
        name: 'Decided at once',
        definition: 'Applications decided at once by declared rules, divided by all that were decided.',
      },
    },
  },
  {
    id: 'application-compression-promised',
    formula: {
      ratio: [{ sum: 'application-compression-promised' }, { count: 'application-compression-promised' }],
      times: 0.01,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '按件时限压缩（承诺）',
        definition: '期内作出决定且事项有法定时限的办件，逐件计算（法定时限－承诺时限）÷ 法定时限，取平均数。',
      },
      en: {
        name: 'Compression by case, as promised',
        definition:
          'Of each decided application with a limit by law: (limit by law − promise) ÷ limit by law; the mean.',
      },
    },
  },
  {
    id: 'application-compression-actual',
    formula: { ratio: [{ sum: 'application-compression' }, { count: 'application-compression' }], times: 0.01 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '按件时限压缩（实际）',
        definition:
          '期内作出决定且事项有法定时限的办件，逐件计算（法定时限－实际用时）÷ 法定时限，取平均数；停止计算的时间不计入用时。',
      },
      en: {
        name: 'Compression by case, as it was',
        definition:
          'Of each decided application with a limit by law: (limit by law − time taken) ÷ limit by law; the mean. Time that does not count is not counted.',
      },
    },
  },
  {
    id: 'application-compression-promised-total',
    formula: {
      ratio: [{ sum: 'application-limit-saved' }, { sum: 'application-limit-statutory' }],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '按件时限压缩（承诺，合计法）',
        definition:
          '期内作出决定且事项有法定时限的办件，（法定时限之和－承诺时限之和）÷ 法定时限之和。不同单位按自然日折算：五个工作日为一周，一个月为三十日。',
      },
      en: {
        name: 'Compression by case, as promised, of the sums',
        definition:
          'Of decided applications with a limit by law: (sum of limits by law − sum of promises) ÷ sum of limits by law. In days by the calendar: five working days are a week, a month is thirty days.',
      },
    },
  },
  {
    id: 'application-compression-actual-total',
    formula: {
      ratio: [{ sum: 'application-time-saved' }, { sum: 'application-limit-statutory' }],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '按件时限压缩（实际，合计法）',
        definition:
          '期内作出决定且事项有法定时限的办件，（法定时限之和－实际用时之和）÷ 法定时限之和；停止计算的时间不计入用时。折算办法同承诺口径。',
      },
      en: {
        name: 'Compression by case, as it was, of the sums',
        definition:
          'Of decided applications with a limit by law: (sum of limits by law − sum of time taken) ÷ sum of limits by law. Time that does not count is not counted; days as for the promises.',
      },
    },
  },
  {
    id: 'item-compression-actual',
    formula: { means: 'application-compression', by: 'item', times: 0.01 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '按事项时限压缩（实际）',
        definition:
          '期内有办件作出决定且有法定时限的事项，先逐事项取其各办件（法定时限－实际用时）÷ 法定时限的平均数，再对事项取平均数；停止计算的时间不计入用时。',
      },
      en: {
        name: 'Compression by item, as it was',
        definition:
          'Of each item with a limit by law and decided applications: the mean of (limit by law − time taken) ÷ limit by law over its applications; then the mean over the items. Time that does not count is not counted.',
      },
    },
  },
  {
    id: 'item-compression-actual-total',
    formula: {
      ratio: [
        { means: 'application-time-saved', by: 'item' },
        { means: 'application-limit-statutory', by: 'item' },
      ],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '按事项时限压缩（实际，合计法）',
        definition:
          '期内有办件作出决定且有法定时限的事项，（各事项法定时限之和－各事项平均实际用时之和）÷ 各事项法定时限之和；停止计算的时间不计入用时。折算办法同承诺口径。',
      },
      en: {
        name: 'Compression by item, as it was, of the sums',
        definition:
          'Of items with a limit by law and decided applications: (sum of limits by law − sum of each item’s mean time taken) ÷ sum of limits by law. Time that does not count is not counted; days as for the promises.',
      },
    },
  },
  {
    id: 'application-tolerated',
    formula: { count: 'application-tolerated' },
    unit: 'cases',
    public: true,
    texts: {
      'zh-CN': { name: '容缺受理办件', definition: '期内以容缺方式受理的办件数。' },
      en: { name: 'Accepted with papers to follow', definition: 'Applications accepted while papers were to follow.' },
    },
  },
  {
    id: 'application-supplement-kept-rate',
    formula: {
      ratio: [
        { less: [{ count: 'application-tolerated' }, { count: 'application-promise-broken' }] },
        { count: 'application-tolerated' },
      ],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '容缺承诺履行率',
        definition: '（期内容缺受理的办件数－期内因逾期未补交而终止的办件数）÷ 期内容缺受理的办件数。',
      },
      en: {
        name: 'Papers that followed',
        definition:
          'Applications accepted with papers to follow, less those that ended because the papers never came, divided by those accepted so.',
      },
    },
  },
  {
    id: 'application-satisfied-rate',
    formula: { ratio: [{ count: 'application-satisfied' }, { count: 'application-rated' }], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '办件满意率',
        definition: '申请人评价为 3、4、5 级的次数 ÷ 全部评价次数；只有申请人本人可以评价。',
      },
      en: {
        name: 'Satisfied applicants',
        definition: 'Ratings of grades 3 to 5, divided by all ratings; only the applicant can rate.',
      },
    },
  },
  {
    id: 'licence-published-share',
    formula: { ratio: [{ count: 'licence-published' }, { count: 'licence-decided' }], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '许可决定公开率',
        definition:
          '期内作出的准予行政许可决定中，截至计算时向社会公开的 ÷ 全部准予行政许可决定。决定作出时即公开，按决定日期计；依法不予公开的不计入分子。',
      },
      en: {
        name: 'Licensing decisions made public',
        definition:
          'Licences granted in the period that are public now, divided by all of them. A decision is published as it is made and counts on its day; those withheld by law are not in the numerator.',
      },
    },
  },
]
