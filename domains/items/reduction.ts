// Figures of what was made easier: the four labels, what was removed against the baseline, what is open to new ways of handling.
import type { Figure } from '../../kernel/tally/figure.ts'

type Said = Figure['texts']['en']

const all = { stock: 'item-standing' } as const
const having = (dim: string) => ({ ...all, where: { [dim]: 'yes' } })

const count = (id: string, dim: string, zh: Said, en: Said): Figure => ({
  id,
  formula: having(dim),
  unit: 'records',
  public: true,
  texts: { 'zh-CN': zh, en },
})

const share = (id: string, dim: string, zh: string, en: string): Figure => ({
  id,
  formula: { ratio: [having(dim), all], times: 100 },
  unit: 'percent',
  public: true,
  texts: {
    'zh-CN': { name: `${zh}占比`, definition: `截止日${zh}数 ÷ 各级在用事项数。` },
    en: {
      name: `Share of ${en.toLowerCase()}`,
      definition: `${en} at the cut-off, divided by the items of all levels in force.`,
    },
  },
})

const removed = (of: 'materials' | 'steps' | 'visits', zh: string, en: string): Figure => ({
  id: `item-${of}-removed`,
  formula: {
    ratio: [
      { stock: 'item-removed', where: { of } },
      { stock: 'item-baseline', where: { of } },
    ],
    times: 100,
  },
  unit: 'percent',
  public: true,
  texts: {
    'zh-CN': {
      name: `${zh}压减率`,
      definition: `截止日填有改革前${zh}的在用事项，（改革前${zh}之和－现${zh}之和）÷ 改革前${zh}之和；全部取消为 100%，没有填基线的事项不计。`,
    },
    en: {
      name: `Reduction of ${en}`,
      definition: `Of items in force whose ${en} before the reform are known: (sum before − sum now) ÷ sum before; 100 % when all are removed. Items without a baseline are not counted.`,
    },
  },
})

export const reductions: readonly Figure[] = [
  share('item-instant-share', 'instant', '马上办事项', 'Instant items'),
  count(
    'item-online',
    'online',
    {
      name: '网上办事项',
      definition: '截止日在用事项中可以网上或移动端办理，或者网上办理深度达到全程网办的事项数。',
    },
    {
      name: 'Online items',
      definition: 'Items in force that can be applied for on a computer or phone, or are decided online.',
    },
  ),
  share('item-online-share', 'online', '网上办事项', 'Online items'),
  count(
    'item-nearby',
    'nearby',
    { name: '就近办事项', definition: '截止日在用事项中可以在就近的便民服务点办理的事项数。' },
    { name: 'Items near home', definition: 'Items in force that can be handled at a service point near home.' },
  ),
  share('item-nearby-share', 'nearby', '就近办事项', 'Items near home'),
  count(
    'item-once',
    'once',
    { name: '一次办事项', definition: '截止日在用事项中最多到办事现场一次的事项数，不用到现场的计在内。' },
    { name: 'Items with at most one visit', definition: 'Items in force for which one comes once or not at all.' },
  ),
  share('item-once-share', 'once', '一次办事项', 'Items with at most one visit'),
  removed('materials', '材料数', 'materials'),
  removed('steps', '环节数', 'steps'),
  removed('visits', '跑动次数', 'visits'),
  count(
    'item-receipt',
    'receipt',
    { name: '收件即受理事项', definition: '截止日在用事项中窗口收件即受理、即开始计时的事项数。' },
    {
      name: 'Items accepted on receipt',
      definition: 'Items in force whose receipt at the window is acceptance, with which the clock begins.',
    },
  ),
  count(
    'item-commitment',
    'commitment',
    { name: '告知承诺事项', definition: '截止日在用事项中可以用书面承诺代替证明的事项数。' },
    {
      name: 'Items with commitment',
      definition: 'Items in force for which a commitment in writing may stand for a proof.',
    },
  ),
  count(
    'item-chief',
    'chief',
    { name: '首席事务代表可办事项', definition: '截止日在用事项中至少有一项权限可以授予首席事务代表的事项数。' },
    {
      name: 'Items open to chief representatives',
      definition: 'Items in force of which some power may be given to a chief representative.',
    },
  ),
]
