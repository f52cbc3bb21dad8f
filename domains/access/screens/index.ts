// Asking the market access list at the desks: for whoever is asked at a counter, on the telephone or at a visit.
import type { Screen } from '../../../web/part/index.ts'

export const screens: readonly Screen[] = [
  {
    path: 'access',
    on: { clerk: 7, handler: 8, 'unit-head': 8, supervisor: 7, leader: 7, 'item-manager': 7, representative: 5 },
    title: { 'zh-CN': '市场准入', en: 'Market access' },
    load: async () => (await import('./ask.tsx')).Ask,
  },
]
