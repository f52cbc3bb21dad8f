// The screens of the hall where the generated ones are not enough.
import type { Screen } from '../../../web/part/index.ts'

export const screens: readonly Screen[] = [
  {
    path: 'window',
    on: { clerk: 3, representative: 2, handler: 9 },
    title: { 'zh-CN': '窗口', en: 'Window' },
    load: async () => (await import('./window.tsx')).WindowDesk,
  },
]
