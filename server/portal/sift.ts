// What public lists share: a page of what was found or of all, and a filter whose choices say how many each has.
import { html, raw } from 'hono/html'
import type { visible } from '../../kernel/access.ts'
import { listRecords, type Row, type Wanted } from '../../store/read.ts'
import type { C } from '../env.ts'
import type { Portal } from './index.ts'
import type { Html } from './layout.ts'

const PAGE = 20
/** Of so many that hold the words, all are told from each other. */
export const MOST = 500

type PageOf = {
  readonly rows: readonly Row[]
  readonly next?: Readonly<Record<string, string>>
  readonly first: boolean
}

/** What was found by words is laid out here; of all others the store turns the pages. */
export async function pageOf(
  c: C,
  portal: Portal,
  { branches, ...wanted }: Omit<Wanted, 'order' | 'limit'> & { readonly branches: ReturnType<typeof visible> },
  found: readonly Row[] | undefined,
): Promise<PageOf> {
  if (found) {
    const from = Math.max(0, Math.trunc(Number(c.req.query('from') ?? 0)) || 0)
    const next = from + PAGE < found.length ? { next: { from: String(from + PAGE) } } : {}
    return { rows: found.slice(from, from + PAGE), first: from === 0, ...next }
  }
  const { database, city } = portal.world
  const after = c.req.query('cursor')
  const { items, next } = await listRecords(database, city, branches, {
    ...wanted,
    order: 'created',
    limit: PAGE,
    ...(after !== undefined && { after }),
  })
  return { rows: items, first: after === undefined, ...(next !== null && { next: { cursor: next } }) }
}

type Filter = {
  readonly name: string
  readonly title: string
  /** What it says while nothing is chosen. */
  readonly any: string
  readonly values: readonly (readonly [value: string, n: number])[]
  readonly chosen: string
  readonly nameOf: (value: string) => string
}

/** What is asked for stays chosen, though nothing has it. */
export function filterPart({ name, title, any, values, chosen, nameOf }: Filter): Html {
  const known = chosen === '' || values.some(([value]) => value === chosen)
  return html`<div class="field">
    <label for="f-${name}">${title}</label>
    <select id="f-${name}" name="${name}">
      <option value="">${any}</option>
      ${[...values, ...(known ? [] : [[chosen, 0] as const])].map(
        ([value, n]) =>
          html`<option value="${value}" ${value === chosen ? raw('selected') : ''}>${nameOf(value)} (${n})</option>`,
      )}
    </select>
  </div>`
}

/** Those that most have first. */
export const byCount = (values: readonly (readonly [string, number])[]) => values.toSorted((a, b) => b[1] - a[1])
