// What somebody has begun: the pages it is divided into, how far each has come, and the command it amounts to.
import type { Kind } from '../../kernel/domain.ts'
import type { Draft } from '../../store/draft.ts'
import type { C } from '../env.ts'
import type { Order } from './alike.ts'
import { applies, asked, fieldsOf, type Field } from './form.ts'

/** What somebody has begun, with the code by which he comes back to it. */
export type Begun = { readonly code: string; readonly hash: string; readonly draft: Draft; readonly kind: Kind }

export type Page = { readonly name: string; readonly title: string; readonly fields: readonly Field[] }

export function pagesOf(kind: Kind, draft: Draft, c: C): Page[] {
  const open = fieldsOf(kind, draft.command).filter((field) => asked(field, c.get('actor')))
  const fields = open.filter((field) => applies(field, open, draft.data))
  const texts = kind.texts[c.get('lang')]
  return [...new Set(fields.map((field) => field.page))].map((name) => ({
    name,
    title: texts.pages?.[name] ?? texts.commands[draft.command] ?? name,
    fields: fields.filter((field) => field.page === name),
  }))
}

/** The command that the draft amounts to; what is not asked online stands for itself. */
export function orderOf(c: C, { draft, kind }: Pick<Begun, 'draft' | 'kind'>): Order {
  const actor = c.get('actor')
  const all = fieldsOf(kind, draft.command)
  const online = all.filter(
    (field) => field.online !== undefined && !asked(field, actor) && draft.data[field.name] === undefined,
  )
  // An answer to a question that no longer arises stays in the draft and is not sent.
  const data = Object.entries(draft.data).filter(([name]) => {
    const field = all.find((one) => one.name === name)
    return field === undefined || applies(field, all, draft.data)
  })
  const input = {
    ...Object.fromEntries(online.map((field) => [field.name, field.online])),
    ...Object.fromEntries(data),
  }
  return { kind: draft.kind, name: draft.command, input }
}

export function stateOf(draft: Draft, page: Page): 'todo' | 'doing' | 'done' {
  if (draft.done.includes(page.name)) return 'done'
  return page.fields.some((field) => draft.data[field.name] !== undefined) ? 'doing' : 'todo'
}
