// The office's view of the ladder, and what each rung takes beside an enterprise.
import type { Beside, Screen } from '../../../web/part/index.ts'

export const screens: readonly Screen[] = [
  {
    path: 'ladder',
    on: { handler: 8, 'unit-head': 9, 'policy-manager': 6, supervisor: 30, leader: 30, 'audit-admin': 30 },
    title: { 'zh-CN': '梯度总览', en: 'Growth ladder' },
    load: async () => (await import('./funnel.tsx')).FunnelScreen,
  },
]

export const besides: readonly Beside[] = [
  {
    kind: 'enterprise',
    on: ['handler', 'unit-head'],
    load: async () => (await import('./standing.tsx')).EnterpriseLadder,
  },
]
