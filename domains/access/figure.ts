// The figures of market access: what was reported, what of it was a barrier, and what is gone.
import type { Figure } from '../../kernel/tally/figure.ts'

export const figures: readonly Figure[] = [
  {
    id: 'access-clues',
    formula: { count: 'clue-reported' },
    unit: 'cases',
    public: true,
    texts: {
      'zh-CN': { name: '隐性壁垒线索', definition: '期内反映的隐性壁垒线索件数，撤回的也计。' },
      en: {
        name: 'Clues to hidden barriers',
        definition: 'Clues to hidden barriers reported in the period, those withdrawn included.',
      },
    },
  },
  {
    id: 'access-clues-open',
    formula: { stock: 'clue-open' },
    unit: 'cases',
    public: true,
    texts: {
      'zh-CN': {
        name: '未办结线索',
        definition: '截止日还没有结论，或者认定为壁垒而尚未清除的线索件数。',
      },
      en: {
        name: 'Clues open',
        definition: 'Clues that are not decided at the cut-off, or whose barrier is not cleared yet.',
      },
    },
  },
  {
    id: 'access-clue-in-time-rate',
    formula: { ratio: [{ count: 'clue-checked-in-time' }, { count: 'clue-checked' }], times: 100 },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '线索按时核查率',
        definition: '期内在核查时限内作出结论（认定、不予认定或转送）的线索件数 ÷ 期内作出结论的件数。',
      },
      en: {
        name: 'Clues checked in time',
        definition:
          'Clues decided within the limit (a barrier, none, or sent on), divided by all that were decided in the period.',
      },
    },
  },
  {
    id: 'access-barriers-open',
    formula: { stock: 'barrier-open' },
    unit: 'cases',
    public: true,
    texts: {
      'zh-CN': { name: '在整改的隐性壁垒', definition: '截止日已责令整改、尚未核查清除的隐性壁垒个数。' },
      en: {
        name: 'Hidden barriers being cleared',
        definition: 'Barriers that a unit has been ordered to take away and that are not cleared at the cut-off.',
      },
    },
  },
  {
    id: 'access-barriers-cleared',
    formula: { distinct: 'barrier-cleared' },
    unit: 'cases',
    public: true,
    texts: {
      'zh-CN': {
        name: '已清除的隐性壁垒',
        definition: '自方案实施至截止日，附佐证整改、并由所在单位以外的人员核查清除的不同隐性壁垒个数；逐个公示。',
      },
      en: {
        name: 'Hidden barriers cleared',
        definition:
          'Distinct barriers taken away with proof and found gone by somebody outside the unit, from the programme’s start to the cut-off; each is published.',
      },
    },
  },
  {
    id: 'access-barrier-in-time-rate',
    formula: {
      ratio: [{ count: 'barrier-cleared', where: { inTime: 'yes' } }, { count: 'barrier-cleared' }],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '壁垒按时清除率',
        definition:
          '期内清除的壁垒中，在首次规定的整改日期前交出并获认可的整改的个数 ÷ 期内清除的个数；退回重改的按重交之日计，仍未清除的不计入分母。',
      },
      en: {
        name: 'Barriers cleared in time',
        definition:
          'Of the barriers cleared in the period, those whose accepted remedy was handed in by the day first laid down. One that was sent back counts by the day it came again; those still open are not in the divisor.',
      },
    },
  },
]
