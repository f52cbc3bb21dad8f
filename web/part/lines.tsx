// Records as lines to work through: the time that is left, boxes to tick, one of them current; moved through by keyboard.
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Item, Meta, Names } from '../api.ts'
import { useMe } from '../query.ts'
import { t } from '../texts.ts'
import { MiniClock } from './clock.tsx'
import { dateWords, daysBetween } from './facts.tsx'
import { aboutItem } from './rows.tsx'
import { keyOf, type Selection } from './select.ts'

type LinesProps = {
  readonly items: readonly Item[]
  readonly meta: Meta
  readonly names: Names
  /** The key of the line that is open beside the list. */
  readonly current?: string | undefined
  readonly selection: Selection
  /** Where a line leads. */
  readonly to: (item: Item) => object
}

export function Lines({ items, meta, names, current, selection, to }: LinesProps) {
  const me = useMe()
  const own = me.data?.posts.map((post) => post.unit) ?? []
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <ul className="lines" ref={list}>
      {items.map((item) => (
        <li key={keyOf(item)} className={selection.has(item) ? 'ticked' : ''}>
          {selection.on && (
            <label className="tick">
              <input type="checkbox" checked={selection.has(item)} onChange={() => selection.toggle(item)} />
              <span className="unseen">{`${t.select} ${item.title}`}</span>
            </label>
          )}
          <Link {...(to(item) as { to: string })} aria-current={keyOf(item) === current}>
            <strong>{item.title}</strong>
            <span className="soft">
              {[meta.kinds[item.kind]?.phases[item.phase], aboutItem(item, meta, names, 2, own)]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {item.clock ? <MiniClock clock={item.clock} /> : <Age item={item} today={me.data?.today} />}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** How long a record without a clock has been there. */
function Age({ item, today }: { readonly item: Item; readonly today: string | undefined }) {
  const local = new Date(Date.parse(item.created) + 8 * 3_600_000).toISOString()
  const days = today === undefined ? 0 : daysBetween(local, today)
  return <span className="mini soft">{t.since(dateWords(local), days)}</span>
}
