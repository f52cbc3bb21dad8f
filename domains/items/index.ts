// Items (S19, S23, S26): the list of what the city may demand; all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { coding } from './coding.ts'
import { figures } from './figure.ts'
import { item } from './item.ts'
import { reductions } from './reduction.ts'
import * as en from './texts.en.ts'
import * as zhCN from './texts.zh-CN.ts'
import { version } from './version.ts'

export { empowerment, powers } from './code.ts'
export { differenceOf, glance, linesOf, orderIn, type Facts, type Line } from './compare.ts'
export { compression, labels, takes, type Content } from './content.ts'
export { item, type Item } from './item.ts'
export { version, type Version } from './version.ts'
export { wording } from './wording.ts'

export const items: Domain = {
  name: 'items',
  texts: { 'zh-CN': { title: '政务服务事项' }, en: { title: 'Service items' } },
  kinds: [
    kind(item, { 'zh-CN': zhCN.item, en: en.item }),
    kind(version, { 'zh-CN': zhCN.version, en: en.version }),
    kind(coding, { 'zh-CN': zhCN.coding, en: en.coding }),
  ],
  figures: [...figures, ...reductions],
}
