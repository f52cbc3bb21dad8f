// Where the list of papers handed over stands on the desks.
import type { Screen } from '../../../web/part/index.ts'

export const handOvers: Screen = {
  path: 'hand-overs',
  on: { clerk: 5, handler: 4, 'unit-head': 8, representative: 4 },
  title: { 'zh-CN': '交接清单', en: 'Hand-over list' },
  load: async () => (await import('./handover.tsx')).HandOvers,
}
