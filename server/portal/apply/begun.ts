// An application that somebody has begun, for an item or for a theme: found by its code, and brought under the versions in force now.
import { html } from 'hono/html'
import type { Content, Item, Version } from '../../../domains/items/index.ts'
import { bearerFor, byOf, type Exclusion } from '../../../domains/applications/index.ts'
import { formOf, type ThemeState } from '../../../domains/themes/index.ts'
import { dateWords } from '../../../kernel/clock/words.ts'
import type { Kind } from '../../../kernel/domain.ts'
import { findDraft, keepDraft, type Draft } from '../../../store/draft.ts'
import { findRecord } from '../../../store/read.ts'
import { canonicalCode, hashOfCode } from '../../code.ts'
import type { C } from '../../env.ts'
import type { Portal } from '../index.ts'
import { carried, changesFor } from './change.ts'
import type { Asking, Chosen, Entered, Part } from './entered.ts'
import { applyWords } from './texts.ts'

export type Begun = Asking & {
  readonly code: string
  readonly hash: string
  readonly kind: Kind
  readonly answer: Draft['answer']
  readonly matter: Matter
}

/** An item with a version in force, whether it takes applications now or not. */
export type Listed = Exclude<Item, { phase: 'none' }> & { readonly version: string; readonly content: Content }

/** What one applies for: an item alone, or a theme with all of its items. */
export type Matter = {
  readonly id: string
  readonly name: string
  /** Its page. */
  readonly at: string
  readonly items: readonly Listed[]
  readonly parts: readonly Part[]
  readonly theme?: Exclude<ThemeState, { phase: 'none' }>
  /** Why nobody may apply for it now. */
  readonly closed?: 'suspended' | 'cancelled' | 'theme-closed'
}

export async function listedItem(portal: Portal, code: string): Promise<Listed | Item | undefined> {
  const row = await findRecord(portal.world.database, portal.world.city, 'item', code)
  return row?.state as unknown as Item | undefined
}

export function isListed(item: Listed | Item | undefined): item is Listed {
  return item !== undefined && item.phase !== 'none' && item.version !== undefined && item.content !== undefined
}

const partOf = ({ code, version, content }: Listed, choice: boolean): Part => ({ item: code, version, content, choice })

/** The item as it stands; what is not in force yet is nobody's business. */
export async function itemMatter(portal: Portal, code: string): Promise<Matter | undefined> {
  const item = await listedItem(portal, code)
  if (!isListed(item)) return undefined
  const { phase } = item
  return {
    id: item.code,
    name: item.content.name,
    at: `/item/${item.code}`,
    items: [item],
    parts: [partOf(item, false)],
    ...((phase === 'suspended' || phase === 'cancelled') && { closed: phase }),
  }
}

/** The theme with those of its items that stand; without one that is no choice nobody may apply for it. */
export async function themeMatter(portal: Portal, id: string): Promise<Matter | undefined> {
  const row = await findRecord(portal.world.database, portal.world.city, 'theme', id)
  const theme = row?.state as unknown as ThemeState | undefined
  if (theme === undefined || theme.phase === 'none' || theme.phase === 'draft') return undefined
  const all = await Promise.all(theme.parts.map((one) => listedItem(portal, one.item)))
  const items = all.filter((one): one is Listed => isListed(one) && one.phase === 'standing')
  const choice = (code: string) => theme.parts.some((one) => one.item === code && one.choice === true)
  const parts = items.map((one) => partOf(one, choice(one.code)))
  const whole = theme.parts.every((one) => one.choice === true || parts.some(({ item }) => item === one.item))
  const fits = !('refused' in formOf(parts.map((one) => ({ ...one, situations: [] }))))
  return {
    id,
    name: theme.name,
    at: `/theme/${id}`,
    items,
    parts,
    theme,
    ...(!(theme.phase === 'standing' && whole && fits) && { closed: 'theme-closed' as const }),
  }
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

/** Drafts of one item were kept without its list of items before. */
function toldIn(data: Draft['data']): Entered {
  const told = data as unknown as Omit<Entered, 'parts'> & Partial<Pick<Entered, 'parts'>> & Chosen
  const { item, version, situations, parts = [{ item, version, situations }], ...entered } = told
  return { ...entered, parts }
}

/** What was begun under the code of this address, if it is an application for an item or for a theme. */
export async function begunOf(c: C, portal: Portal): Promise<Begun | undefined> {
  const { database, city, registry } = portal.world
  const code = canonicalCode(c.req.param('code') ?? '')
  const hash = hashOfCode(code)
  const draft = await findDraft(database, city, hash)
  const kind = registry.kinds.get(draft?.kind ?? '')
  if (!kind || !draft || draft.command !== 'submit' || !['application', 'joint'].includes(draft.kind)) return undefined
  const entered = toldIn(draft.data)
  const { theme, parts } = entered
  const matter = await (theme === undefined ? itemMatter(portal, parts[0]?.item ?? '') : themeMatter(portal, theme))
  if (!matter) return undefined
  const { answer, done } = draft
  const begun = { code, hash, kind, answer, matter, parts: matter.parts, entered, done }
  if (answer) return begun
  const stands =
    parts.every(({ item, version }) => matter.parts.some((one) => one.item === item && one.version === version)) &&
    matter.parts.every(({ item, choice }) => choice || parts.some((one) => one.item === item))
  // What cannot be applied for now waits as it is.
  const now = stands || matter.closed ? begun : await renewed(portal, begun)
  const { enterprise } = now.entered
  const unknown = enterprise === undefined && byOf(c.get('actor')).length === 0
  return { ...now, excluded: await excludedSince(c, portal, now.entered), ...(unknown && { unknown }) }
}

/** Under the versions that are in force now; what that changes for this applicant is told before he goes on. */
async function renewed(portal: Portal, begun: Begun): Promise<Begun> {
  const { entered, parts, done } = begun
  const told = changesFor(await partsAt(portal, entered.parts), parts, entered)
  const kept = carried({ entered, done }, parts)
  const changes = [...(entered.changes ?? []), ...told]
  return save(portal, begun, { ...kept.entered, ...(changes.length > 0 && { changes }) }, kept.done)
}

/** Items as the versions say by which somebody was asked. */
export async function partsAt(portal: Portal, chosen: readonly Chosen[]): Promise<readonly Part[]> {
  const contents = await Promise.all(chosen.map(({ version }) => versionContent(portal, version)))
  return chosen.flatMap(({ item, version }, place) => {
    const content = contents[place]
    return content ? [{ item, version, content, choice: false }] : []
  })
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
  const kind = entered.theme === undefined ? 'application' : 'joint'
  return { kind, command: 'submit', data: entered, done, answer: null }
}

/** The day on which whoever applies was recorded as having broken a commitment, if that stands. */
async function excludedSince(c: C, portal: Portal, { enterprise }: Entered): Promise<string | undefined> {
  const subject = bearerFor({ enterprise }, c.get('actor'))
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

/** What stands in the way of applying now; undefined for nothing. */
export function closedNote(c: C, matter: Matter | undefined): readonly [title: string, note: string] | undefined {
  const t = applyWords[c.get('lang')]
  const closed = matter === undefined ? 'unknown' : matter.closed
  return closed === undefined ? undefined : t.closed[closed]
}

export const dayIn = (c: C, day: string) => dateWords(day, c.get('lang'))
