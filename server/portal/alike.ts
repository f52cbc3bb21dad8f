// Before something is submitted: would it be accepted, and is it perhaps in hand already?
import { execute, type Refusal, type Write } from '../../kernel/door.ts'
import { listRecords } from '../../store/read.ts'
import { likeness } from '../../store/token.ts'
import { openCase, type Case } from '../case.ts'
import type { C } from '../env.ts'
import { filesLost } from '../files/given.ts'
import { rehearsal } from '../rehearse.ts'
import type { Portal } from './index.ts'

export type Order = { readonly kind: string; readonly name: string; readonly input: unknown }

/** From here on two titles are nearly the same words. */
const NEARLY = 0.35

/** What the door would answer now: the record that would be opened, or why not. Nothing is kept. */
export async function tryOut(c: C, portal: Portal, order: Order): Promise<Write | Refusal | undefined> {
  const lost = await filesLost(portal.world, c.get('actor'), order)
  if (lost) return lost
  const { around, written } = rehearsal(portal.world.around)
  const answer = await execute(around, c.get('actor'), order)
  return 'refused' in answer ? answer : written.find((write) => write.kind === order.kind)
}

/** The open record of the same parties that is most like the one about to be opened; undefined for none. */
export async function findAlike(c: C, portal: Portal, opened: Write): Promise<Case | undefined> {
  const { world } = portal
  const actor = c.get('actor')
  if (actor.posts.length > 0) return undefined
  const parties = (opened.index.parties ?? []).filter((party) => actor.subjects.includes(party))
  const enterprises = parties.filter((party) => !party.startsWith('person:'))
  const who = enterprises.length > 0 ? enterprises : parties
  if (who.length === 0) return undefined
  const wanted = { kind: opened.kind, open: true, order: 'created', limit: 100 } as const
  const { items } = await listRecords(world.database, world.city, [{ by: 'party', who, level: 9 }], wanted)
  const row = items
    .map((one) => ({ one, like: likeness(opened.index.title, one.title) }))
    .filter(({ like }) => like >= NEARLY)
    .toSorted((a, b) => b.like - a.like)[0]?.one
  return row && openCase(world, actor, world.registry.kinds.get(row.kind)!, row.id, c.get('lang'))
}
