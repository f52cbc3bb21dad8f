// The themes that are open: on the list of items, and on the page of each item that one of them brings together with others.
import { html } from 'hono/html'
import type { ThemeState } from '../../../domains/themes/index.ts'
import { visible } from '../../../kernel/access.ts'
import { listRecords } from '../../../store/read.ts'
import type { C } from '../../env.ts'
import type { Portal } from '../index.ts'
import type { Html } from '../layout.ts'
import { itemWords } from './texts.ts'

/** More than this a city does not run at a time; the newest of them. */
const MOST = 100

/** All of them, or those that bring this item together with others. */
async function standingThemes(c: C, portal: Portal, item?: string) {
  const { database, city, registry } = portal.world
  const kind = registry.kinds.get('theme')
  if (!kind) return []
  const branches = visible(kind.definition.sees, c.get('actor'))
  const wanted = { kind: 'theme', phases: ['standing'], order: 'created', limit: MOST } as const
  const { items } = await listRecords(database, city, branches, wanted)
  return items.flatMap(({ id, state }) => {
    const theme = state as unknown as ThemeState
    if (theme.phase === 'none') return []
    const mine = item === undefined || theme.parts.some((one) => one.item === item)
    return mine ? [{ id, name: theme.name, items: theme.parts.length }] : []
  })
}

/** On the list of items. */
export async function themesPart(c: C, portal: Portal): Promise<Html | ''> {
  const t = itemWords[c.get('lang')]
  const themes = await standingThemes(c, portal)
  if (themes.length === 0) return ''
  return html`<p class="told">
    <strong>${t.themes}</strong> ${t.themesNote}
    ${themes.map(({ id, name, items }) => html`<a href="/theme/${id}">${name}</a> <span class="soft">${t.total(items)}</span> `)}
  </p>`
}

/** On the page of an item. */
export async function inThemesPart(c: C, portal: Portal, item: string): Promise<Html | ''> {
  const t = itemWords[c.get('lang')]
  const themes = await standingThemes(c, portal, item)
  if (themes.length === 0) return ''
  return html`<p class="noprint">
    ${t.inThemes} ${themes.map(({ id, name }) => html`<a href="/theme/${id}">${name}</a> `)}
  </p>`
}
