// The screens of the law where the generated ones are not enough.
import type { Screen } from '../../../web/part/index.ts'

export const screens: readonly Screen[] = [
  {
    path: 'calendars',
    on: { 'system-admin': 3, 'security-admin': 3 },
    title: { 'zh-CN': '工作日历', en: 'Calendars' },
    load: async () => (await import('./calendars.tsx')).Calendars,
  },
  {
    path: 'rules',
    on: { 'system-admin': 4, 'security-admin': 4 },
    title: { 'zh-CN': '时限规则', en: 'Time limits' },
    load: async () => (await import('./rules.tsx')).Rules,
  },
]
