// The screens of the register where the generated ones are not enough.
import type { Beside, Screen } from '../../../web/part/index.ts'

export const screens: readonly Screen[] = [
  {
    path: 'units',
    on: { 'system-admin': 1, 'security-admin': 1 },
    title: { 'zh-CN': '单位与人员', en: 'Units and people' },
    load: async () => (await import('./units.tsx')).Units,
  },
]

export const besides: readonly Beside[] = [
  { kind: 'person', on: ['system-admin', 'security-admin'], load: async () => (await import('./invite.tsx')).Invite },
]
