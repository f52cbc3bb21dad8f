// Applications (S20, S25, S26, S29): all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { application } from './application.ts'
import { disclosure } from './disclosure.ts'
import { exclusion } from './exclusion.ts'
import { figures } from './figure.ts'
import * as en from './texts.en.ts'
import * as zhCN from './texts.zh-CN.ts'

export { bearerFor, byOf, isFirm, notTaken, ownOf } from './applicant.ts'
export { application } from './application.ts'
export { type Application, type Case, outstanding } from './case.ts'
export { clockOf as clocksOf, limitsOf, rules, supplementOf } from './clock.ts'
export { answersTo, askedIn, isOf, papersFor } from './demand.ts'
export { disclosure, type Disclosure } from './disclosure.ts'
export { exclusionOf, isExcluded, type Exclusion } from './exclusion.ts'
export { Submit } from './input.ts'
export { nationalRules } from './national.ts'
export { answersIn, askedAt, heldBy, papersIn, plainIn, presetOf, shapeOf } from './screens/ask.ts'

export const applications: Domain = {
  name: 'applications',
  texts: { 'zh-CN': { title: '办件' }, en: { title: 'Applications' } },
  kinds: [
    kind(application, { 'zh-CN': zhCN.application, en: en.application }),
    kind(disclosure, { 'zh-CN': zhCN.disclosure, en: en.disclosure }),
    kind(exclusion, { 'zh-CN': zhCN.exclusion, en: en.exclusion }),
  ],
  figures,
}
