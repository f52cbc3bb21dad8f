// A new application from a past one: what the versions in force still ask for is taken over, by whoever may read all of it.
import type { Application, Case } from '../../../domains/applications/index.ts'
import type { Joint } from '../../../domains/themes/index.ts'
import { admits, visible } from '../../../kernel/access.ts'
import { findRecord } from '../../../store/read.ts'
import type { C } from '../../env.ts'
import { filesLost } from '../../files/given.ts'
import { reveals } from '../../view.ts'
import type { Portal } from '../index.ts'
import { partsAt, type Matter } from './begun.ts'
import { carried, changesFor } from './change.ts'
import { askedOf, type Entered } from './entered.ts'

/** Who applied then, and what each item was told. */
type Past = {
  readonly by: Pick<Case, 'enterprise' | 'applicant' | 'contact' | 'phone' | 'delivery' | 'address'>
  readonly parts: readonly Pick<Case, 'item' | 'version' | 'situations' | 'answers' | 'papers'>[]
}

/** Undefined when there is nothing past of this item or theme under that number that this visitor may read in full. */
export async function overFrom(c: C, portal: Portal, matter: Matter, from: string) {
  const past = from === '' ? undefined : await (matter.theme ? pastTheme : pastItem)(c, portal, matter, from)
  if (!past) return undefined
  const { by, parts } = past
  const actor = c.get('actor')
  const once = <T>(list: readonly T[], name: (one: T) => string) => [
    ...new Map(list.map((one) => [name(one), one])).values(),
  ]
  const given = once(
    parts.flatMap(({ papers }) => papers.filter(({ way }) => way === 'given')),
    ({ material }) => material,
  )
  const papers = await Promise.all(
    given.map(async ({ material, pages = [] }) => {
      const own = await Promise.all(pages.map((page) => isOwn(c, portal, page)))
      const here = pages.filter((_, place) => own[place])
      // What was promised, or was not there, is thought about anew.
      return here.length > 0 ? [{ material, way: 'given', pages: here }] : []
    }),
  )
  const mine = by.enterprise !== undefined && actor.subjects.includes(`enterprise:${by.enterprise}`)
  const entered: Entered = {
    ...(matter.theme && { theme: matter.id }),
    parts: parts.map(({ item, version, situations }) => ({ item, version, situations })),
    enterprise: mine ? by.enterprise : undefined,
    applicant: by.applicant,
    contact: by.contact,
    phone: by.phone,
    answers: once(
      parts.flatMap(({ answers }) => answers.map(({ field, value }) => ({ field, value }))),
      ({ field }) => field,
    ),
    papers: papers.flat(),
    delivery: by.delivery,
    address: by.address,
    from,
  }
  const before = await partsAt(portal, entered.parts)
  // What was asked then and left empty on purpose has been answered, too.
  const askedThen = askedOf({ parts: before, entered }).fields
  const done = [
    ...(matter.theme ? ['parts'] : []),
    ...entered.parts.flatMap(({ item, situations }) => (situations.length > 0 ? [`situations.${item}`] : [])),
    ...(mine || by.enterprise === undefined ? ['applicant'] : []),
    ...askedThen.map(({ field }) => `answers.${field}`),
    ...entered.papers.map(({ material }) => `papers.${material}`),
    'delivery',
  ]
  const changes = changesFor(before, matter.parts, entered)
  const kept = carried({ entered, done }, matter.parts)
  return { done: kept.done, entered: { ...kept.entered, ...(changes.length > 0 && { changes }) } }
}

async function pastItem(c: C, portal: Portal, { id }: Matter, from: string): Promise<Past | undefined> {
  const was = (await readInFull(c, portal, 'application', from)) as Application | undefined
  return was === undefined || was.phase === 'none' || was.item !== id ? undefined : { by: was, parts: [was] }
}

async function pastTheme(c: C, portal: Portal, { id }: Matter, from: string): Promise<Past | undefined> {
  const was = (await readInFull(c, portal, 'joint', from)) as Joint | undefined
  if (was === undefined || was.phase === 'none' || was.theme !== id) return undefined
  const all = await Promise.all(
    was.parts.map(({ application }) => readInFull(c, portal, 'application', application) as Promise<Application>),
  )
  return { by: was, parts: all.flatMap((one) => (one === undefined || one.phase === 'none' ? [] : [one])) }
}

async function readInFull(c: C, portal: Portal, kind: string, id: string): Promise<unknown> {
  const { database, city, registry } = portal.world
  const actor = c.get('actor')
  const { definition } = registry.kinds.get(kind)!
  const row = await findRecord(database, city, kind, id)
  if (!row || !admits(visible(definition.sees, actor), definition.index(row.state, row.id))) return undefined
  return reveals(definition, row, actor) ? row.state : undefined
}

/** Whether the file is there and this visitor may hand it in: somebody else's is uploaded anew. */
async function isOwn(c: C, portal: Portal, file: string): Promise<boolean> {
  if (!/^[0-9a-f]{32}$/.test(file)) return false
  const order = { kind: 'application', name: 'submit', input: { files: [file] } }
  return (await filesLost(portal.world, c.get('actor'), order)) === undefined
}
