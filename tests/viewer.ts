// Everybody who might look: each role in each relation to a case, those who speak for an enterprise, and those with nothing but a code.
import { system } from '../kernel/access.ts'
import { roles } from '../domains/register/person.ts'
import type { Town } from './world.ts'

export type Viewer = {
  readonly name: string
  /** Who signs in; nobody when absent. */
  readonly person?: string
  /** The code that is brought along. */
  readonly code?: string
}

/** The posts in which each role is held: where, how far it reaches, until when. The case is the tax office's. */
const WAYS = {
  owner: { unit: 'tax' },
  assisting: { unit: 'labour' },
  above: { unit: 'town' },
  below: { unit: 'tax-east' },
  elsewhere: { unit: 'centre' },
  'over-all': { unit: 'centre', jurisdiction: 'town' },
  uncleared: { unit: 'tax', clearance: 0 },
  'uncleared-over-all': { unit: 'centre', jurisdiction: 'town', clearance: 0 },
  cleared: { unit: 'tax', clearance: 2 },
  'cleared-elsewhere': { unit: 'centre', clearance: 3 },
  past: { unit: 'tax', to: '2025-12-31' },
  'not-yet': { unit: 'tax', from: '2030-01-01' },
} as const

export const staff: readonly Viewer[] = roles.flatMap((role) =>
  Object.keys(WAYS).map((way) => ({ name: `${role} ${way}`, person: `${role}.${way}` })),
)
export const agents: readonly Viewer[] = [
  { name: 'who raised it', person: 'qi' },
  { name: 'another agent of the enterprise', person: 'agent.same' },
  { name: 'a former agent of the enterprise', person: 'agent.past' },
  { name: 'an agent of another enterprise', person: 'bie' },
  { name: 'a person without post or mandate', person: 'agent.none' },
  { name: 'a suspended handler', person: 'agent.suspended' },
]

/** Enters them all through the door. */
export async function enterViewers(town: Town): Promise<void> {
  const enrol = (id: string) => town.done(system, 'person', 'enrol', { name: `${id}某` }, id)
  for (const role of roles)
    for (const [way, post] of Object.entries(WAYS)) {
      const person = `${role}.${way}`
      await enrol(person)
      const input = { person, role, clearance: 1, from: '2020-01-01', ...post }
      await town.done(system, 'post', 'appoint', input, `post.${person}`)
    }
  for (const id of ['agent.same', 'agent.past', 'agent.none', 'agent.suspended']) await enrol(id)
  const mandate = (person: string, more: object) =>
    town.done(
      system,
      'mandate',
      'authorise',
      { person, enterprise: 'e1', from: '2020-01-01', ...more },
      `mandate.${person}`,
    )
  await mandate('agent.same', {})
  await mandate('agent.past', { to: '2025-12-31' })
  const post = { person: 'agent.suspended', role: 'handler', unit: 'tax', clearance: 1, from: '2020-01-01' }
  await town.done(system, 'post', 'appoint', post, 'post.suspended')
  await town.done(system, 'person', 'suspend', { reason: '测试' }, 'agent.suspended')
  await town.world.cache.refresh()
}
