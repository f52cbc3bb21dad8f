// The screens of applications where the generated ones are not enough, and the forms whose questions follow from the version.
import type { Form, Screen } from '../../../web/part/index.ts'
import { handOvers } from './handover.ts'

export const screens: readonly Screen[] = [
  handOvers,
  {
    path: 'supervise-applications',
    on: { supervisor: 2, 'unit-head': 5, leader: 5 },
    title: { 'zh-CN': '办件督办', en: 'Supervision of applications' },
    load: async () => (await import('./supervise.tsx')).Supervise,
  },
]

const form = (command: string, load: Form['load']): Form => ({ kind: 'application', command, load })

export const forms: readonly Form[] = [
  form('submit', async () => (await import('./intake.tsx')).Intake),
  form('correct', async () => (await import('./correct.tsx')).Correct),
  form('supply', async () => (await import('./supply.tsx')).Supply),
  form('decide', async () => (await import('./decide.tsx')).Decide),
  form('startSpecial', async () => (await import('./special.tsx')).StartSpecial),
]
