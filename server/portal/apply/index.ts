// Applying for an item: what is asked depends on its version, so these pages are made from that and not from the command.
import type { Hono } from 'hono'
import type { Env } from '../../env.ts'
import type { Portal } from '../index.ts'
import { begunOf, staffPage } from './begun.ts'
import { checks } from './check.ts'
import { starts } from './start.ts'
import { supplies } from './supply.ts'
import { tasks, type Mine } from './task.ts'
import { applyWords } from './texts.ts'

/** Stands before the pages of other drafts and of other records: they have the same addresses. */
export function applications(http: Hono<Env>, portal: Portal): void {
  const mine: Mine = (serve) => async (c, next) => {
    const begun = await begunOf(c, portal)
    if (begun === undefined) return next()
    const at = `/draft/${begun.code}`
    if (begun.answer) return c.req.path.endsWith('/done') ? serve(c, begun) : c.redirect(`${at}/done`, 303)
    if (c.get('actor').posts.length > 0) return staffPage(c, portal, applyWords[c.get('lang')].apply(begun.matter.name))
    // What has changed is read before he goes on.
    if (begun.entered.changes && !c.req.path.endsWith('/changes')) return c.redirect(`${at}/changes`, 303)
    return serve(c, begun)
  }
  // Without an item there is nothing to be asked.
  for (const kind of ['application', 'joint'])
    http.on(['GET', 'POST'], `/start/${kind}/submit`, (c) => c.redirect('/items', 303))
  starts(http, portal)
  tasks(http, portal, mine)
  checks(http, portal, mine)
  supplies(http, portal)
}
