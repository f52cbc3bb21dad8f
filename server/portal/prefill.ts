// What the city holds already is not asked for again: a field says which fact of which record may stand in it.
import { admits, visible } from '../../kernel/access.ts'
import { findRecord, type Row } from '../../store/read.ts'
import type { C } from '../env.ts'
import { reveals } from '../view.ts'
import { fieldsOf, type Field } from './form.ts'
import type { Portal } from './index.ts'
import { words } from './texts.ts'
import type { Kind } from '../../kernel/domain.ts'

export type Prefilled = Readonly<Record<string, { readonly value: string; readonly source: string }>>

/**
 * The values for these fields that are known and not yet given, each with where it is from. `person` is whoever is signed
 * in; any other kind is the record that the form has chosen. Only what this person may read in full is taken.
 */
export async function prefilled(
  c: C,
  portal: Portal,
  {
    kind,
    command,
    fields,
    data,
  }: {
    readonly kind: Kind
    readonly command: string
    readonly fields: readonly Field[]
    readonly data: Readonly<Record<string, unknown>>
  },
): Promise<Prefilled> {
  const { database, city, registry } = portal.world
  const actor = c.get('actor')
  const t = words[c.get('lang')]
  if (actor.subjects.length === 0 || actor.posts.length > 0) return {}
  const rows = new Map<string, Row | undefined>()
  const chosen = (of: string) => {
    if (of === 'person') return actor.id
    const field = fieldsOf(kind, command).find((one) => one.widget === of)
    const id = field && data[field.name]
    return typeof id === 'string' ? id : undefined
  }
  const rowOf = async (of: string) => {
    if (!rows.has(of)) {
      const id = chosen(of)
      rows.set(of, id === undefined ? undefined : await findRecord(database, city, of, id))
    }
    return rows.get(of)
  }
  const found: Record<string, { value: string; source: string }> = {}
  for (const field of fields)
    for (const path of field.prefill) {
      const [of = '', fact = ''] = path.split('.')
      const definition = registry.kinds.get(of)?.definition
      if (!definition || data[field.name] !== undefined || found[field.name]) continue
      const row = await rowOf(of)
      if (!row || !admits(visible(definition.sees, actor), definition.index(row.state, row.id))) continue
      const value = reveals(definition, row, actor) ? definition.facts?.(row.state)[fact] : undefined
      if (typeof value !== 'string' || value === '') continue
      const from = of === 'person' ? t.fromAccount : t.fromRecord
      found[field.name] = {
        value,
        source: from
          .replace('{kind}', registry.kinds.get(of)!.texts[c.get('lang')].title)
          .replace('{title}', row.title),
      }
    }
  return found
}
