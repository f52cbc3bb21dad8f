// The register (S01): units, persons, posts, mandates and enterprises; all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { administrativeDivisions } from './division.ts'
import { creditCode } from './credit-code.ts'
import { enterprise } from './enterprise.ts'
import { figures } from './figure.ts'
import { divisions as industries } from './industry.ts'
import { login } from './login.ts'
import { mandate, person, post } from './person.ts'
import * as en from './texts.en.ts'
import * as zhCN from './texts.zh-CN.ts'
import { unit } from './unit.ts'

export { administrativeDivisions } from './division.ts'
export { readIndustry, sectionOf, sections, type IndustryDivision } from './industry.ts'
export { checkUscc, entityKindOf, usccName } from './uscc.ts'
export { enterprise, latestFact, sizeNow, wrongIn, type Enterprise } from './enterprise.ts'
export { administration, person } from './person.ts'
export { initials, spelling } from './pinyin.ts'
export { sizeIndustries, sizeOf, sizeStandard, sizeSteps, type SizeIndustry } from './size.ts'
export { unit, type Unit } from './unit.ts'

export const register: Domain = {
  name: 'register',
  texts: {
    'zh-CN': { title: '单位、人员与企业', roles: zhCN.roles },
    en: { title: 'Units, people and enterprises', roles: en.roles },
  },
  kinds: [
    kind(unit, { 'zh-CN': zhCN.unit, en: en.unit }),
    kind(person, { 'zh-CN': zhCN.person, en: en.person }),
    kind(login, { 'zh-CN': zhCN.login, en: en.login }),
    kind(post, { 'zh-CN': zhCN.post, en: en.post }),
    kind(mandate, { 'zh-CN': zhCN.mandate, en: en.mandate }),
    kind(creditCode, { 'zh-CN': zhCN.creditCode, en: en.creditCode }),
    kind(enterprise, { 'zh-CN': zhCN.enterprise, en: en.enterprise }),
  ],
  figures,
  codes: {
    division: administrativeDivisions.map(({ code, name, nameEn }) => ({ code, name: { 'zh-CN': name, en: nameEn } })),
    industry: industries.map(({ code, name, nameEn }) => ({
      code,
      name: { 'zh-CN': `${code} ${name}`, en: `${code} ${nameEn}` },
    })),
  },
}
