// The screens of appeals where the generated ones are not enough.
import type { Screen } from '../../../web/part/index.ts'

export const screens: readonly Screen[] = [
  {
    path: 'supervise',
    on: { supervisor: 1, 'unit-head': 4, leader: 4 },
    title: { 'zh-CN': '督办', en: 'Supervision' },
    load: async () => (await import('./supervise.tsx')).Supervise,
  },
]
