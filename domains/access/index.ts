// Market access (S27): the national list, what it answers, and hidden barriers; all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { barrier } from './barrier.ts'
import { clearance } from './clearance.ts'
import { clue } from './clue.ts'
import { edition } from './edition.ts'
import { figures } from './figure.ts'
import { accessList } from './list.ts'
import * as en from './texts.en.ts'
import * as zhCN from './texts.zh-CN.ts'

export { answer, doubts, sures, verdicts, type Answer } from './answer.ts'
export type { Clearance } from './clearance.ts'
export { isWhole, matterKey, parts, type Content, type Matter, type Prohibition } from './content.ts'
export { editionId, type Edition } from './edition.ts'
export { editionOn, itemsFor, LIST, type Standing } from './list.ts'

export const access: Domain = {
  name: 'access',
  texts: { 'zh-CN': { title: '市场准入' }, en: { title: 'Market access' } },
  kinds: [
    kind(edition, { 'zh-CN': zhCN.edition, en: en.edition }),
    kind(accessList, { 'zh-CN': zhCN.accessList, en: en.accessList }),
    kind(clue, { 'zh-CN': zhCN.clue, en: en.clue }),
    kind(barrier, { 'zh-CN': zhCN.barrier, en: en.barrier }),
    kind(clearance, { 'zh-CN': zhCN.clearance, en: en.clearance }),
  ],
  figures,
}
