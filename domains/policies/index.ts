// Policies (S08): all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { batch } from './batch.ts'
import { benefit } from './benefit.ts'
import { claim } from './claim.ts'
import { dictionary } from './dictionary.ts'
import { figures } from './figure.ts'
import { fund } from './fund.ts'
import { outreach } from './outreach.ts'
import { policy } from './policy.ts'
import { profile } from './profile.ts'
import * as en from './texts.en.ts'
import * as zhCN from './texts.zh-CN.ts'

export { batch, totalOf, type Batch } from './batch.ts'
export { benefit, contentOf, Tried, editionOn, type Benefit } from './benefit.ts'
export type { Claim } from './claim.ts'
export { byDictionary, factName, factsIn, rowsIn, type FactRow } from './dictionary.ts'
export { contentIn, modelOf } from './dmn.ts'
export { dueOf, entitledTo, isDue, offerOf, standOf, type Entitlement, type Offer, type Stand } from './entitlement.ts'
export { asFacts, knownOn, REGISTER, turnsOn, valuesOf, type Known as KnownFact } from './facts.ts'
export { decidedAgain, leftInGroup, readsOf } from './entering.ts'
export { DOUBTABLE, doubtOf, stirredBy } from './doubt.ts'
export { ENDING, isNewTo, type Outreach } from './outreach.ts'
export type { Named, Reach } from './reach.ts'
export { excludedBy, holdsOf, profile, type Hold, type Profile } from './profile.ts'
export { handling, keeping, reading } from './reading.ts'
export { checkedIn, clausesOf, faultIn, faultInTiers, readRule, ruleFaults } from './rule.ts'
export { amountText } from './tier.ts'

/** How rules that are wrong are told of, wherever a rule is written. */
export const ruleTexts = { 'zh-CN': zhCN.rules, en: en.rules }

export const policies: Domain = {
  name: 'policies',
  texts: { 'zh-CN': { title: '惠企政策' }, en: { title: 'Policies for enterprises' } },
  kinds: [
    kind(policy, { 'zh-CN': zhCN.policy, en: en.policy }),
    kind(benefit, { 'zh-CN': zhCN.benefit, en: en.benefit }),
    kind(claim, { 'zh-CN': zhCN.claim, en: en.claim }),
    kind(batch, { 'zh-CN': zhCN.batch, en: en.batch }),
    kind(fund, { 'zh-CN': zhCN.fund, en: en.fund }),
    kind(outreach, { 'zh-CN': zhCN.outreach, en: en.outreach }),
    kind(profile, { 'zh-CN': zhCN.profile, en: en.profile }),
    kind(dictionary, { 'zh-CN': zhCN.dictionary, en: en.dictionary }),
  ],
  figures,
}
