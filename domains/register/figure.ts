// The figures that the register feeds.
import type { Figure } from '../../kernel/tally/figure.ts'

export const figures: readonly Figure[] = [
  {
    id: 'F04',
    formula: { stock: 'unit-standing', where: { type: 'working-group' } },
    unit: 'records',
    public: true,
    texts: {
      'zh-CN': { name: '工作组', definition: '截止日领导小组下设的工作组数，办公室不计在内。' },
      en: { name: 'Working groups', definition: 'Groups of the leading group at the cut-off, its office not counted.' },
    },
  },
  {
    id: 'enterprise-private',
    formula: { stock: 'enterprise-listed', where: { private: 'yes' } },
    unit: 'enterprises',
    public: true,
    texts: {
      'zh-CN': {
        name: '在册民营经济组织',
        definition: '截止日在册且经佐证属于民营经济组织的经营主体数（民营经济促进法第七十七条）。',
      },
      en: {
        name: 'Private enterprises listed',
        definition: 'Enterprises listed at the cut-off and shown by evidence to belong to the private economy.',
      },
    },
  },
  {
    id: 'enterprise-key',
    formula: { stock: 'enterprise-listed', where: { key: 'yes' } },
    unit: 'enterprises',
    public: true,
    texts: {
      'zh-CN': { name: '重点企业', definition: '截止日列入重点企业名单的在册企业数。' },
      en: { name: 'Key enterprises', definition: 'Listed enterprises on the key list at the cut-off.' },
    },
  },
  {
    id: 'enterprise-key-backed-rate',
    formula: {
      ratio: [
        { stock: 'enterprise-listed', where: { key: 'yes', backed: 'yes' } },
        { stock: 'enterprise-listed', where: { key: 'yes' } },
      ],
      times: 100,
    },
    unit: 'percent',
    public: true,
    texts: {
      'zh-CN': { name: '重点企业包保覆盖率', definition: '截止日已有领导和部门包保的重点企业数 ÷ 重点企业数。' },
      en: {
        name: 'Key enterprises with support',
        definition: 'Key enterprises behind which a leader and a department stand, divided by all key enterprises.',
      },
    },
  },
]
