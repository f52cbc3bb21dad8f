// What the list of those who are entitled says in both languages.
import { words } from '../../../web/part/index.ts'

export const entitledWords = words({
  'zh-CN': {
    title: '企业名单',
    which: '列出哪些企业',
    names: { entitled: '可以享受的', new: '新符合条件的', unclaimed: '应享未享的', open: '缺数据、不能判断的' },
    notes: {
      entitled: '按已发布的条件和目前掌握的数据，可以享受这个事项的企业。',
      new: '现在可以享受、所选日期开始时还不能享受的企业。',
      unclaimed: '可以享受，但今年没有兑现件的企业；一次性的事项，指从未有过兑现件的企业；由其他机关办理的不列。',
      open: '缺少数据，还不能判断能否享受的企业。',
    },
    since: '自哪天起',
    total: (n: string, day: string) => `${n} 户，截至 ${day}。`,
    known: (day: string) => `此前的情况没有记录，从 ${day} 起算。`,
    export: '导出名单',
    nobody: '没有这样的企业。',
    before: '上一页',
    after: '下一页',
  },
  en: {
    title: 'Enterprises',
    which: 'Which enterprises',
    names: {
      entitled: 'those entitled',
      new: 'those who have become entitled',
      unclaimed: 'those entitled who have not claimed it',
      open: 'those of whom it is not known',
    },
    notes: {
      entitled: 'By the conditions as published and what is known today.',
      new: 'Entitled now, and not when the chosen day began.',
      unclaimed:
        'Entitled, and without a claim of this year; of what is given once, without any claim; nobody of what others give.',
      open: 'Data are missing that could still change the answer.',
    },
    since: 'Since',
    total: (n: string, day: string) => `${n}, as of ${day}.`,
    known: (day: string) => `Nothing is known of before: counted from ${day}.`,
    export: 'Export',
    nobody: 'None.',
    before: 'Before',
    after: 'Next',
  },
})
