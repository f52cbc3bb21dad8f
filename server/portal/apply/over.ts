// A new application from a past one: what the version in force still asks for is taken over, by whoever may read all of it.
import type { Application } from '../../../domains/applications/index.ts'
import { admits, visible } from '../../../kernel/access.ts'
import { findRecord } from '../../../store/read.ts'
import type { C } from '../../env.ts'
import { filesLost } from '../../files/given.ts'
import { reveals } from '../../view.ts'
import type { Portal } from '../index.ts'
import { partsAt, type Matter } from './begun.ts'
import { carried, changesFor } from './change.ts'
import { askedOf, type Entered } from './entered.ts'

/** Undefined when there is no such application for this item that this visitor may read in full. */
export async function overFrom(c: C, portal: Portal, { items, parts: now }: Matter, from: string) {
  const item = items[0]!
  const { database, city, registry } = portal.world
  const actor = c.get('actor')
  const { definition } = registry.kinds.get('application')!
  const row = from === '' ? undefined : await findRecord(database, city, 'application', from)
  if (!row || !admits(visible(definition.sees, actor), definition.index(row.state, row.id))) return undefined
  const was = row.state as unknown as Application
  if (!reveals(definition, row, actor) || was.phase === 'none' || was.item !== item.code) return undefined
  const papers = await Promise.all(
    was.papers.map(async ({ material, way, pages = [] }) => {
      const own = await Promise.all(pages.map((page) => isOwn(c, portal, page)))
      const here = pages.filter((_, place) => own[place])
      // What was promised, or was not there, is thought about anew.
      return way === 'given' && here.length > 0 ? [{ material, way, pages: here }] : []
    }),
  )
  const mine = was.enterprise !== undefined && actor.subjects.includes(`enterprise:${was.enterprise}`)
  const entered: Entered = {
    parts: [{ item: item.code, version: was.version, situations: was.situations }],
    enterprise: mine ? was.enterprise : undefined,
    applicant: was.applicant,
    contact: was.contact,
    phone: was.phone,
    answers: was.answers.map(({ field, value }) => ({ field, value })),
    papers: papers.flat(),
    delivery: was.delivery,
    address: was.address,
    from,
  }
  const before = await partsAt(portal, entered.parts)
  // What was asked then and left empty on purpose has been answered, too.
  const askedThen = askedOf({ parts: before, entered }).fields
  const done = [
    ...(was.situations.length > 0 ? [`situations.${item.code}`] : []),
    ...(mine || was.enterprise === undefined ? ['applicant'] : []),
    ...askedThen.map(({ field }) => `answers.${field}`),
    ...entered.papers.map(({ material }) => `papers.${material}`),
    'delivery',
  ]
  const changes = changesFor(before, now, entered)
  const kept = carried({ entered, done }, now)
  return { done: kept.done, entered: { ...kept.entered, ...(changes.length > 0 && { changes }) } }
}

/** Whether the file is there and this visitor may hand it in: somebody else's is uploaded anew. */
async function isOwn(c: C, portal: Portal, file: string): Promise<boolean> {
  if (!/^[0-9a-f]{32}$/.test(file)) return false
  const order = { kind: 'application', name: 'submit', input: { files: [file] } }
  return (await filesLost(portal.world, c.get('actor'), order)) === undefined
}
