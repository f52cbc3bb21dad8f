// The figures that appeals feed, each a declared formula over their entries.
import type { Figure } from '../../kernel/tally/figure.ts'

export const figures: readonly Figure[] = [
  {
    id: 'F01',
    formula: { distinct: 'problem-solved', where: { matter: 'difficulty' } },
    unit: 'problems',
    public: true,
    texts: {
      'zh-CN': {
        name: '协调解决堵点难点痛点问题',
        definition:
          '自方案实施至截止日，经办理单位附佐证答复“已解决”、并由他人回访确认销号的不同问题数；重新打开的问题不计，合并的重复诉求计一件。',
      },
      en: {
        name: 'Problems solved',
        definition:
          'Distinct problems answered as solved with evidence and confirmed in a call-back by somebody else, from the programme’s start to the cut-off. A reopened problem does not count; merged duplicates count once.',
      },
    },
  },
  {
    id: 'appeal-answered-in-time-rate',
    formula: { ratio: [{ count: 'appeal-answered-in-time' }, { count: 'appeal-answered' }], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': { name: '诉求按时答复率', definition: '期内在时限内作出的答复数 ÷ 期内全部答复数。' },
      en: {
        name: 'Answered in time',
        definition: 'Answers given within the limit, divided by all answers of the period.',
      },
    },
  },
  {
    id: 'appeal-satisfied-rate',
    formula: { ratio: [{ count: 'appeal-satisfied' }, { count: 'appeal-rated' }], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '诉求评价满意率',
        definition: '诉求人评价为 3、4、5 级的次数 ÷ 全部评价次数；只有诉求人本人可以评价。',
      },
      en: {
        name: 'Satisfied',
        definition: 'Ratings of grades 3 to 5, divided by all ratings; only the appellant can rate.',
      },
    },
  },
  {
    id: 'appeal-raised',
    formula: { count: 'appeal-raised' },
    unit: 'cases',
    public: true,
    texts: {
      'zh-CN': { name: '登记诉求', definition: '期内登记的诉求件数，不论渠道。' },
      en: { name: 'Appeals raised', definition: 'Appeals raised in the period, through any channel.' },
    },
  },
  {
    id: 'problem-solved-in-time',
    formula: { distinct: 'problem-solved', where: { matter: 'difficulty', inTime: 'yes' } },
    unit: 'problems',
    public: true,
    texts: {
      'zh-CN': {
        name: '按时解决堵点难点痛点问题',
        definition: '口径同“协调解决堵点难点痛点问题”，只计在答复时限内作出答复的。',
      },
      en: {
        name: 'Problems solved in time',
        definition: 'As problems solved, counting only those whose answer came within its limit.',
      },
    },
  },
  {
    id: 'appeal-call-back-accepted-rate',
    formula: {
      ratio: [{ count: 'appeal-called-back', where: { accepted: 'yes' } }, { count: 'appeal-called-back' }],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '回访确认率',
        definition: '期内回访中诉求人确认的次数 ÷ 接通并完成的回访次数；未接通的不计。',
      },
      en: {
        name: 'Confirmed in the call-back',
        definition: 'Call-backs in which the appellant confirmed, divided by all that reached somebody.',
      },
    },
  },
]
