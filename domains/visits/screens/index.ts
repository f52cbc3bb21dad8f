// The screens of visits where the generated ones are not enough.
import type { Screen } from '../../../web/part/index.ts'

export const screens: readonly Screen[] = [
  {
    path: 'mine',
    on: { leader: 1, supervisor: 5, 'unit-head': 6, handler: 6 },
    title: { 'zh-CN': '联系企业', en: 'Enterprises' },
    load: async () => (await import('./mine.tsx')).Mine,
  },
]
