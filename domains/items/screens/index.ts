// What stands beside a version of an item on the desks.
import type { Beside } from '../../../web/part/index.ts'
import { reading } from '../reading.ts'

export const besides: readonly Beside[] = [
  {
    kind: 'version',
    on: Object.keys(reading),
    before: ['publish', 'submit'],
    load: async () => (await import('./changes.tsx')).Changes,
  },
]
