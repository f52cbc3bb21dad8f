// The lists of appeals from which people work, role by role.
import type { Queue } from '../../kernel/record.ts'

export const queues: Readonly<Record<string, Queue>> = {
  inbox: {
    on: { handler: 1 },
    views: {
      // What is answered waits for the call-back, which is somebody else's.
      mine: { mine: 'yes', open: 'yes', phase: 'dispatched,handling,waiting,shelved', order: 'due' },
      sign: { phase: 'dispatched', unit: 'own', order: 'due' },
      unit: { unit: 'own', open: 'yes', order: 'due' },
      assist: { party: 'own', phase: 'dispatched,handling,waiting', order: 'due' },
      done: { mine: 'yes', open: 'no' },
    },
  },
  ours: {
    on: { 'unit-head': 1 },
    views: {
      unit: { unit: 'own', open: 'yes', order: 'due' },
      sign: { phase: 'dispatched', unit: 'own', order: 'due' },
      late: { unit: 'own', clock: 'overdue', order: 'due' },
      assist: { party: 'own', phase: 'dispatched,handling,waiting', order: 'due' },
      done: { unit: 'own', open: 'no' },
    },
  },
  triage: { on: { dispatcher: 1 }, views: { raised: { phase: 'raised', order: 'oldest' } } },
  calls: { on: { caller: 1 }, views: { answered: { phase: 'answered', order: 'oldest' } } },
  entered: {
    on: { clerk: 2 },
    views: {
      waiting: { party: 'own', phase: 'waiting', order: 'oldest' },
      open: { party: 'own', open: 'yes', order: 'due' },
      done: { party: 'own', open: 'no' },
    },
  },
  late: {
    on: { dispatcher: 4, supervisor: 2, leader: 3 },
    views: { late: { clock: 'overdue', order: 'due' }, soon: { clock: 'soon', order: 'due' } },
  },
}
