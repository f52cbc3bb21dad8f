// Appeals (S02, S03, S07): all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { appeal, rules } from './appeal.ts'
import { figures } from './figure.ts'
import { matters } from './input.ts'
import { en } from './texts.en.ts'
import { zhCN } from './texts.zh-CN.ts'

export { lines, matters } from './input.ts'

export const appeals: Domain = {
  name: 'appeals',
  texts: { 'zh-CN': { title: '诉求' }, en: { title: 'Appeals' } },
  kinds: [kind(appeal, { 'zh-CN': zhCN, en })],
  figures,
  // The limits that appeals work with, so that whoever lays them down chooses among names.
  codes: {
    limit: [
      { code: rules.sign, name: { 'zh-CN': '诉求签收', en: 'Appeals: signing for' } },
      ...matters.map((matter) => ({
        code: rules.answer(matter),
        name: {
          'zh-CN': `诉求答复：${zhCN.options[matter]}`,
          en: `Appeals: answer, ${en.options[matter].toLowerCase()}`,
        },
      })),
      { code: rules.reopen, name: { 'zh-CN': '诉求重新办理', en: 'Appeals: reopening' } },
    ],
  },
}
