// What stands beside a benefit on the desks, and beside an enterprise.
import type { Beside } from '../../../web/part/index.ts'

export const besides: readonly Beside[] = [
  {
    kind: 'benefit',
    on: ['policy-manager', 'handler', 'unit-head'],
    before: ['publish'],
    load: async () => (await import('./reach.tsx')).Reached,
  },
  {
    kind: 'benefit',
    on: ['policy-manager', 'handler', 'unit-head'],
    load: async () => (await import('./entitled.tsx')).Entitled,
  },
  {
    kind: 'batch',
    on: ['policy-manager', 'handler', 'unit-head'],
    before: ['settle'],
    load: async () => (await import('./payments.tsx')).Payments,
  },
]
