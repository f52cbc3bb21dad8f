// An application that somebody has begun: found by its code, and brought under the version of the item that is in force now.
import { html } from 'hono/html'
import type { Content, Item, Version } from '../../../domains/items/index.ts'
import type { Exclusion } from '../../../domains/applications/index.ts'
import { dateWords } from '../../../kernel/clock/words.ts'
import type { Kind } from '../../../kernel/domain.ts'
import { findDraft, keepDraft, type Draft } from '../../../store/draft.ts'
import { findRecord } from '../../../store/read.ts'
import { canonicalCode, hashOfCode } from '../../code.ts'
import type { C } from '../../env.ts'
import type { Portal } from '../index.ts'
import { carried, changesFor } from './change.ts'
import type { Asking, Entered } from './entered.ts'
import { applyWords } from './texts.ts'

export type Begun = Asking & {
  readonly code: string
  readonly hash: string
  readonly kind: Kind
  readonly answer: Draft['answer']
  readonly item: Listed
}

/** An item with a version in force, whether it takes applications now or not. */
export type Listed = Exclude<Item, { phase: 'none' }> & { readonly version: string; readonly content: Content }

export async function listedItem(portal: Portal, code: string): Promise<Listed | Item | undefined> {
  const row = await findRecord(portal.world.database, portal.world.city, 'item', code)
  return row?.state as unknown as Item | undefined
}

export function isListed(item: Listed | Item | undefined): item is Listed {
  return item !== undefined && item.phase !== 'none' && item.version !== undefined && item.content !== undefined
}

async function versionState(portal: Portal, id: string) {
  const row = await findRecord(portal.world.database, portal.world.city, 'version', id)
  const state = row?.state as unknown as Version | undefined
  return state === undefined || state.phase === 'none' ? undefined : state
}

export async function versionContent(portal: Portal, id: string): Promise<Content | undefined> {
  return (await versionState(portal, id))?.content
}

/** The day from which a version is in force; undefined where it is not known. */
export async function versionFrom(portal: Portal, id: string): Promise<string | undefined> {
  return (await versionState(portal, id))?.from
}

/** What was begun under the code of this address, if it is an application for an item. */
export async function begunOf(c: C, portal: Portal): Promise<Begun | undefined> {
  const { database, city, registry } = portal.world
  const code = canonicalCode(c.req.param('code') ?? '')
  const hash = hashOfCode(code)
  const draft = await findDraft(database, city, hash)
  const kind = registry.kinds.get('application')
  if (!kind || draft?.kind !== 'application' || draft.command !== 'submit') return undefined
  const entered = draft.data as unknown as Entered
  const item = await listedItem(portal, entered.item ?? '')
  if (!isListed(item)) return undefined
  const { answer, done } = draft
  const begun = { code, hash, kind, answer, item, content: item.content, entered, done }
  if (answer) return begun
  const now = entered.version === item.version ? begun : await renewed(portal, begun)
  return { ...now, excluded: await excludedSince(c, portal, now.entered) }
}

/** Under the version that is in force now; what that changes for this applicant is told before he goes on. */
async function renewed(portal: Portal, begun: Begun): Promise<Begun> {
  const { entered, item, done } = begun
  const before = await versionContent(portal, entered.version)
  const told = before ? changesFor(before, item.content, entered.situations) : []
  const kept = carried({ entered, done }, item.content, item.version)
  const changes = [...(entered.changes ?? []), ...told]
  return save(portal, begun, { ...kept.entered, ...(changes.length > 0 && { changes }) }, kept.done)
}

export async function save(
  portal: Portal,
  begun: Begun,
  entered: Entered,
  done: readonly string[] = begun.done,
): Promise<Begun> {
  const { database, city, around } = portal.world
  await keepDraft(database, city, begun.hash, draftOf(entered, done), around.now())
  return { ...begun, entered, done }
}

export function draftOf(entered: Entered, done: readonly string[]): Draft {
  return { kind: 'application', command: 'submit', data: entered, done, answer: null }
}

/** The day on which whoever applies was recorded as having broken a commitment, if that stands. */
async function excludedSince(c: C, portal: Portal, { enterprise }: Entered): Promise<string | undefined> {
  const { subjects, posts } = c.get('actor')
  if (posts.length > 0) return undefined
  const subject = subjects.find((one) =>
    enterprise === undefined ? one.startsWith('person:') : one === `enterprise:${enterprise}`,
  )
  if (subject === undefined) return undefined
  const row = await findRecord(portal.world.database, portal.world.city, 'exclusion', subject)
  const state = row?.state as unknown as Exclusion | undefined
  return state?.phase === 'standing' ? state.from : undefined
}

/** Staff take applications in at their desks, where it is known who came and what was shown. */
export function staffPage(c: C, portal: Portal, title: string): Promise<Response> {
  const t = applyWords[c.get('lang')]
  return portal.send(c, {
    title,
    body: html`<h1>${title}</h1>
      <div class="told warned">
        <p><strong>${t.staff}</strong></p>
        <p>${t.staffNote}</p>
      </div>
      <p><a class="button second" href="/desk/">${t.toDesk}</a></p>`,
  })
}

/** What stands in the way of applying for the item now; undefined for nothing. */
export function closedNote(c: C, item: Item | undefined): readonly [title: string, note: string] | undefined {
  const t = applyWords[c.get('lang')]
  // What is not in force yet is nobody's business.
  if (!isListed(item)) return [t.unknown, t.unknownNote]
  if (item.phase === 'suspended') return [t.suspended, t.suspendedNote]
  return item.phase === 'cancelled' ? [t.cancelled, t.cancelledNote] : undefined
}

export const dayIn = (c: C, day: string) => dateWords(day, c.get('lang'))
