// Appeals (S02, S03, S07): all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { appeal } from './appeal.ts'
import { figures } from './figure.ts'
import { en } from './texts.en.ts'
import { zhCN } from './texts.zh-CN.ts'

export { debt, lines, matters, unclearDebt } from './input.ts'
export { nationalRules } from './national.ts'

export const appeals: Domain = {
  name: 'appeals',
  texts: { 'zh-CN': { title: '诉求' }, en: { title: 'Appeals' } },
  kinds: [kind(appeal, { 'zh-CN': zhCN, en })],
  figures,
}
