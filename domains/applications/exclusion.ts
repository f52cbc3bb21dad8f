// Whoever broke a commitment hands in nothing on commitment again until it is repaired (容缺受理、告知承诺: 失信的不再适用).
import { z } from 'zod'
import type { Actor } from '../../kernel/access.ts'
import { define, record, stateOf, type Known, type Ref } from '../../kernel/record.ts'
import { bearerFor } from './applicant.ts'
import type { Received } from './case.ts'

const id = z.string().min(1).max(80)
const Enter = z.object({
  subject: id.meta({ widget: 'hidden' }),
  unit: id.meta({ widget: 'unit' }),
  application: id.meta({ widget: 'application' }),
  title: z.string(),
})
const Repair = z.object({ reason: z.string().trim().min(1).max(1000).meta({ widget: 'paragraph' }) })

type Said = Pick<Received, 'enterprise' | 'applicant' | 'signatory' | 'document'>

/** Under whom a broken commitment of this applicant stands; nothing where he is not told apart from others. */
export function exclusionOf(said: Said, actor: Actor): Ref | undefined {
  const subject = bearerFor(said, actor)
  return subject === undefined ? undefined : { kind: 'exclusion', id: subject }
}

/** Whether the record that stands there excludes him now. */
export const isExcluded = (known: Known | undefined) => stateOf(exclusion, known)?.phase === 'standing'

export type Exclusion =
  | { readonly phase: 'none' }
  | (z.output<typeof Enter> & {
      readonly phase: 'standing' | 'repaired'
      readonly from: string
      readonly times: number
      readonly reason?: string
    })

export const exclusion = define<Exclusion>()({
  kind: 'exclusion',
  code: 'CX',
  initial: { phase: 'none' },
  phases: ['none', 'standing', 'repaired'],
  refusals: [],
  events: { entered: Enter, repaired: Repair },
  evolve: {
    entered: (was, data, { on }) => ({
      phase: 'standing',
      ...data,
      from: on,
      times: was.phase === 'none' ? 1 : was.times + 1,
    }),
    repaired: (was, { reason }) => (was.phase === 'none' ? was : { ...was, phase: 'repaired', reason }),
  },
  commands: {
    enter: {
      input: Enter,
      by: { system: 'always' },
      in: ['none', 'standing', 'repaired'],
      inner: true,
      decide: (_, data) => record({ type: 'entered', data }),
    },
    repair: {
      input: Repair,
      by: { 'unit-head': 'unit', 'item-manager': 'city' },
      in: ['standing'],
      decide: (_, data) => record({ type: 'repaired', data }),
    },
  },
  sees: {
    subject: 'always',
    clerk: 'city',
    handler: 'city',
    'unit-head': 'city',
    'item-manager': 'city',
    supervisor: 'city',
    'audit-admin': 'city',
  },
  columns: ['application', 'unit', 'from', 'times'],
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : { title: state.title, open: state.phase === 'standing', unit: state.unit, parties: [state.subject] },
  messages: (event, _, after) =>
    // Whoever is known by name and document alone has no account to be told by.
    after.phase === 'none' || after.subject.startsWith('name:')
      ? []
      : [
          {
            to: after.subject,
            template: event.type === 'entered' ? 'entered' : 'repaired',
            about: { title: after.title },
          },
        ],
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, subject: __, title: ___, ...facts } = state
    return facts
  },
})
