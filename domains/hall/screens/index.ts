// The screens of the hall where the generated ones are not enough.
import type { Screen } from '../../../web/part/index.ts'

export const screens: readonly Screen[] = [
  {
    path: 'my-letter',
    on: { representative: 3 },
    title: { 'zh-CN': '我的授权', en: 'My powers' },
    load: async () => (await import('./representative.tsx')).MyLetter,
  },
  {
    path: 'window',
    on: { clerk: 3, representative: 2, handler: 9 },
    title: { 'zh-CN': '窗口', en: 'Window' },
    load: async () => (await import('./window.tsx')).WindowDesk,
  },
]
