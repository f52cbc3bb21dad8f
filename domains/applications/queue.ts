// The lists of applications from which people work, role by role.
import type { Queue } from '../../kernel/record.ts'

export const queues: Readonly<Record<string, Queue>> = {
  // 审批: what an examiner has in hand, and what his unit has.
  applications: {
    on: { handler: 2, 'unit-head': 2, representative: 1 },
    views: {
      mine: { mine: 'yes', open: 'yes', phase: 'received,correcting,examining,special', order: 'due' },
      received: { phase: 'received', unit: 'own', order: 'due' },
      examining: { phase: 'examining,special', unit: 'own', order: 'due' },
      correcting: { phase: 'correcting', unit: 'own', order: 'oldest' },
      deliver: { phase: 'decided', unit: 'own', order: 'due' },
      verifying: { phase: 'verifying', unit: 'own', order: 'due' },
      papers: { 'facet.papers': 'underway', unit: 'own', order: 'oldest' },
      late: { unit: 'own', clock: 'overdue', order: 'due' },
      done: { unit: 'own', open: 'no' },
    },
  },
  // 窗口: what a window has taken in, wherever it is decided.
  counter: {
    on: { clerk: 4 },
    views: {
      received: { party: 'own', phase: 'received', order: 'due' },
      handOver: { party: 'own', 'facet.papers': 'window', open: 'yes', order: 'oldest' },
      correcting: { party: 'own', phase: 'correcting', order: 'oldest' },
      collect: { party: 'own', phase: 'decided', order: 'due' },
      all: { party: 'own', open: 'yes', order: 'due' },
    },
  },
  lateApplications: {
    on: { supervisor: 3, leader: 4 },
    views: { late: { clock: 'overdue', order: 'due' }, soon: { clock: 'soon', order: 'due' } },
  },
}
