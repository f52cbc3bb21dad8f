// What the pages of market access say, in both languages.
import type { Language } from '../../kernel/texts.ts'

type Words = {
  readonly title: string
  readonly lead: string
  readonly words: string
  readonly wordsHint: string
  readonly industry: string
  readonly industryHint: string
  readonly on: string
  readonly onHint: string
  readonly ask: string
  readonly answered: string
  readonly edition: string
  readonly editionOf: (name: string, number: string, from: string) => string
  readonly until: (day: string) => string
  readonly source: string
  readonly partly: (held: number, total: number) => string
  readonly why: string
  readonly found: (n: number) => string
  readonly annex: (n: number) => string
  readonly annexTitle: string
  readonly number: string
  readonly code: string
  readonly measures: (n: number) => string
  readonly authority: string
  readonly region: string
  readonly items: string
  readonly noItems: string
  readonly ground: string
  readonly person: string
  readonly report: string
  readonly reportLead: string
  readonly list: string
  readonly listLead: string
  readonly across: string
  readonly none: string
  readonly cleared: string
  readonly clearedLead: string
  readonly noneCleared: string
  readonly orderedOn: string
  readonly clearedOn: string
  readonly inTime: string
  readonly late: string
  readonly unit: string
  readonly noList: string
  readonly also: string
  readonly more: (n: number) => string
}

export const accessPages: Readonly<Record<Language, Words>> = {
  'zh-CN': {
    title: '市场准入：能不能做',
    lead: '写下您想做的事，查它在全国统一的市场准入负面清单里是禁止、须许可，还是可以依法直接进入。',
    words: '想做什么',
    wordsHint: '例如：开网吧、药品零售；可以用拼音。',
    industry: '行业',
    industryHint: '代码或名称，例如 27、餐饮业。',
    on: '哪一天',
    onHint: '不填即今天。',
    ask: '查询',
    answered: '答复',
    edition: '依据',
    editionOf: (name, number, from) => `《${name}》（${number}），${from}起施行`,
    until: (day) => `施行至${day}`,
    source: '文本来源：',
    partly: (held, total) => `这一版只收录了 ${held} 项（文件写明 ${total} 项），查不到不等于没有。`,
    why: '为什么不能更有把握',
    found: (n) => `相关事项（${n}）`,
    annex: (n) => `附件中的禁止性规定（${n}）`,
    annexTitle: '附件：与市场准入相关的禁止性规定',
    number: '项目号',
    code: '事项编码',
    measures: (n) => `措施（${n}）`,
    authority: '主管部门：',
    region: '仅适用于：',
    items: '在本市办理：',
    noItems: '本市还没有标明由哪个事项办理，请查找事项或者咨询。',
    ground: '设立依据：',
    person: '提出咨询',
    report: '反映隐性壁垒',
    reportLead: '清单以外还被要求审批、备案才能进，或者条件、手续说不出依据的，可以反映；不必留姓名。',
    list: '看整份清单',
    listLead: '全国一张清单，由国家统一发布；本市只公布，不修改。',
    across: '各行业',
    none: '这里没有条目。',
    cleared: '已清除的壁垒',
    clearedLead: '经反映和核查认定、已由有关单位取消，并由他人核查清除的隐性壁垒。不公布是谁反映的。',
    noneCleared: '还没有已清除的壁垒。核查清除之后，会在这里公布。',
    orderedOn: '责令整改',
    clearedOn: '清除',
    inTime: '按时',
    late: '超期',
    unit: '整改单位',
    noList: '还没有公布清单，暂时不能查询。请提出咨询。',
    also: '清单的说法：',
    more: (n) => `其余 ${n} 项`,
  },
  en: {
    title: 'Market access: may one do it',
    lead: 'Say what you want to do, and see whether the national market access list bars it, asks for a permit, or leaves it open to everybody.',
    words: 'What you want to do',
    wordsHint: 'In Chinese, as the list is (开网吧), or in pinyin.',
    industry: 'Industry',
    industryHint: 'Code or name: 27, 餐饮业.',
    on: 'On which day',
    onHint: 'Today when empty.',
    ask: 'Look up',
    answered: 'Answer',
    edition: 'By',
    editionOf: (name, number, from) => `${name} (${number}), in force from ${from}`,
    until: (day) => `in force until ${day}`,
    source: 'Source of the text: ',
    partly: (held, total) =>
      `Of this edition only ${held} matters are here (${total} declared): what is not found may still be on the list.`,
    why: 'Why it is no surer',
    found: (n) => `Matters (${n})`,
    annex: (n) => `Prohibitions of the annex (${n})`,
    annexTitle: 'Annex: prohibitions in other laws',
    number: 'Matter',
    code: 'Code',
    measures: (n) => `Measures (${n})`,
    authority: 'Authority: ',
    region: 'Only in: ',
    items: 'In this city: ',
    noItems: 'The city has not said yet by which of its items this is handled; look among the items, or ask.',
    ground: 'Legal ground: ',
    person: 'Ask a person',
    report: 'Report a hidden barrier',
    reportLead:
      'Whoever must be approved or filed for what is on no list, or is asked for what rests on no rule, can report it without saying who he is.',
    list: 'Read the list',
    listLead: 'There is one national list. The city publishes it and changes nothing.',
    across: 'All sectors',
    none: 'Nothing here.',
    cleared: 'Cleared barriers',
    clearedLead:
      'Hidden barriers that were reported, found to be such, taken away by the unit and found gone by somebody else. Who reported them is not published.',
    noneCleared: 'None yet. What is found cleared is published here.',
    orderedOn: 'Ordered',
    clearedOn: 'Cleared',
    inTime: 'in time',
    late: 'late',
    unit: 'Unit',
    noList: 'No list has been published, so nothing can be looked up. Please ask.',
    also: 'In the words of the list: ',
    more: (n) => `${n} more`,
  },
}
