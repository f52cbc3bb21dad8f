// The growth ladder (S09): all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { figures } from './figure.ts'
import { flag } from './flag.ts'
import { plan } from './plan.ts'
import { recognition } from './recognition.ts'
import { rung } from './rung.ts'
import * as en from './texts.en.ts'
import * as zhCN from './texts.zh-CN.ts'

export { concerns, meets } from './judgement.ts'
export { plan } from './plan.ts'
export { BY_LADDER, recognition, type Recognition } from './recognition.ts'
export { recheckOn, rungOn, type Rung, type RungContent, type RungEdition } from './rung.ts'
export { behinds, type Behind, type Funnel, type RungCount } from './funnel.ts'

export const ladder: Domain = {
  name: 'ladder',
  texts: { 'zh-CN': { title: '企业梯度培育' }, en: { title: 'Growth ladder' } },
  kinds: [
    kind(rung, { 'zh-CN': zhCN.rung, en: en.rung }),
    kind(flag, { 'zh-CN': zhCN.flag, en: en.flag }),
    kind(recognition, { 'zh-CN': zhCN.recognition, en: en.recognition }),
    kind(plan, { 'zh-CN': zhCN.plan, en: en.plan }),
  ],
  figures,
}
