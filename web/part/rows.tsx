// Records as plain links with their state.
import { Link } from '@tanstack/react-router'
import type { Item, Meta } from '../api.ts'
import { MiniClock } from './clock.tsx'

export function Rows({ items, meta }: { readonly items: readonly Item[]; readonly meta: Meta }) {
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={`${item.kind}/${item.id}`}>
          <Link to="/record/$kind/$id" params={{ kind: item.kind, id: item.id } as never}>
            {item.title}
          </Link>
          <span className="tag">{meta.kinds[item.kind]?.phases[item.phase]}</span>
          {item.clock && <MiniClock clock={item.clock} />}
        </li>
      ))}
    </ul>
  )
}
