// Visits (S02, S07): all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { assignment } from './assignment.ts'
import * as en from './texts.en.ts'
import { figures } from './figure.ts'
import * as zhCN from './texts.zh-CN.ts'
import { visit } from './visit.ts'

export const visits: Domain = {
  name: 'visits',
  texts: { 'zh-CN': { title: '包保与走访' }, en: { title: 'Support and visits' } },
  kinds: [
    kind(assignment, { 'zh-CN': zhCN.assignment, en: en.assignment }),
    kind(visit, { 'zh-CN': zhCN.visit, en: en.visit }),
  ],
  figures,
}
