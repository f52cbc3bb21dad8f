// Records as plain links with their state and what their list would say of them.
import { Link } from '@tanstack/react-router'
import type { Item, Meta, Names } from '../api.ts'
import { MiniClock } from './clock.tsx'
import { said } from './facts.tsx'

type RowsProps = { readonly items: readonly Item[]; readonly meta: Meta; readonly names?: Names }

export function Rows({ items, meta, names = {} }: RowsProps) {
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={`${item.kind}/${item.id}`}>
          <span>
            <Link to="/record/$kind/$id" params={{ kind: item.kind, id: item.id } as never}>
              {item.title}
            </Link>
            <small className="soft">{aboutItem(item, meta, names)}</small>
          </span>
          <span className="tag">{meta.kinds[item.kind]?.phases[item.phase]}</span>
          {item.clock && <MiniClock clock={item.clock} />}
        </li>
      ))}
    </ul>
  )
}

/** One line about a record: the first of its list's columns, and who owes it, unless that is one of one's own units. */
export function aboutItem(item: Item, meta: Meta, names: Names, columns = 2, own: readonly string[] = []): string {
  const kind = meta.kinds[item.kind]
  if (!kind) return ''
  const told = kind.columns.map((column) => said(kind, item.facts[column], names, column)).filter((one) => one !== '')
  const unit = item.unitName ?? ''
  const known = item.unit === item.id || told.includes(unit) || own.includes(item.unit ?? '')
  return [...told.filter((one) => one !== item.title).slice(0, columns), known ? '' : unit].filter(Boolean).join(' · ')
}
