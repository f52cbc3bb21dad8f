// One form for a theme at the window, and the one progress of what came of it.
import type { Beside, Form } from '../../../web/part/index.ts'

export const besides: readonly Beside[] = [
  {
    kind: 'joint',
    on: ['clerk', 'handler', 'unit-head', 'supervisor', 'leader', 'audit-admin'],
    load: async () => (await import('./progress.tsx')).Progress,
  },
]

export const forms: readonly Form[] = [
  { kind: 'joint', command: 'submit', load: async () => (await import('./intake.tsx')).JointIntake },
]
