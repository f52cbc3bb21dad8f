// Calendars and time limits: all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { officeHours } from './hours.ts'
import { calendarEdition, limitRule } from './law.ts'
import * as en from './texts.en.ts'
import * as zhCN from './texts.zh-CN.ts'

export const law: Domain = {
  name: 'law',
  texts: { 'zh-CN': { title: '日历与时限' }, en: { title: 'Calendars and time limits' } },
  kinds: [
    kind(calendarEdition, { 'zh-CN': zhCN.calendarEdition, en: en.calendarEdition }),
    kind(limitRule, { 'zh-CN': zhCN.limitRule, en: en.limitRule }),
    kind(officeHours, { 'zh-CN': zhCN.officeHours, en: en.officeHours }),
  ],
}
