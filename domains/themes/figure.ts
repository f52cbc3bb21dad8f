// The figures of themes: what one form for several items has spared.
import type { Figure } from '../../kernel/tally/figure.ts'

export const figures: readonly Figure[] = [
  {
    id: 'joint-received',
    formula: { count: 'joint-received' },
    unit: 'cases',
    public: true,
    texts: {
      'zh-CN': { name: '一件事办件', definition: '期内以一件事联办方式收到的申请件数，一张表单计一件。' },
      en: {
        name: 'Joint applications',
        definition: 'Forms received for several items together; one form counts once.',
      },
    },
  },
  {
    id: 'joint-spared-rate',
    formula: {
      ratio: [{ less: [{ sum: 'joint-asked-apart' }, { sum: 'joint-asked' }] }, { sum: 'joint-asked-apart' }],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': {
        name: '一件事减少填报和材料',
        definition:
          '期内一件事办件，（各事项分别要求的字段和材料之和－合并后要求的字段和材料之和）÷ 各事项分别要求的之和。',
      },
      en: {
        name: 'Fields and papers spared',
        definition:
          'Of joint applications: (fields and papers that the items ask for one by one − those that the one form asks for) ÷ those asked for one by one.',
      },
    },
  },
]
