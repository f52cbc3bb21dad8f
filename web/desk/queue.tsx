// A queue: the list on the left in its order, the case on the right; on a phone one after the other. After a step the next
// case is there by itself, so that a pile is worked off without leaving the keyboard.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { Me, Meta } from '../api.ts'
import { moving, useKeys } from '../keys.ts'
import { kindsOf } from '../nav.ts'
import { Bulk } from '../part/bulk.tsx'
import { Lines } from '../part/lines.tsx'
import { keyOf, useSelection } from '../part/select.ts'
import { Similar } from '../part/similar.tsx'
import { Empty, More, Waiting } from '../part/waiting.tsx'
import { useCounts, useLists } from '../query.ts'
import { t } from '../texts.ts'
import { useTitle } from '../title.ts'
import { useWide } from '../wide.ts'
import { Case } from './record.tsx'

type QueueProps = { readonly name: string; readonly me: Me; readonly meta: Meta }
type Address = { readonly tab?: string; readonly id?: string; readonly kind?: string }

export function Queue({ name, me, meta }: QueueProps) {
  const kinds = kindsOf(name, me, meta)
  const first = meta.kinds[kinds[0]!]!
  const { title, empty } = first.queues![name]!
  const views = viewsOf(name, kinds, meta)
  const search = useSearch({ strict: false }) as Address
  const navigate = useNavigate()
  const view = views.find((one) => one.name === search.tab) ?? views[0]!
  const { query, items, names, now, rest } = useLists(
    view.sources.map((one) => ({ ...one, wanted: { ...one.wanted, commands: 'yes' } })),
  )
  const wide = useWide()
  const selection = useSelection(items, rest)
  const counts = useCounts()
  useTitle(title)

  const named = search.id === undefined ? undefined : { kind: search.kind ?? kinds[0]!, id: search.id }
  const current = named ?? (wide ? items[0] : undefined)
  const at = items.findIndex((item) => current !== undefined && keyOf(item) === keyOf(current))
  const go = (to: Address) => void navigate({ search: { tab: view.name, ...to }, replace: true } as never)
  const show = (item: { kind: string; id: string } | undefined) => go(item ? { id: item.id, kind: item.kind } : {})

  const [arrived, arrive] = useState<string>()
  const heading = useRef<HTMLHeadingElement>(null)
  // What has left the list with this step gives way to the one that moves up.
  const goOn = (done: string, at: number) => {
    const standing = now()
    if (standing.some((item) => keyOf(item) === done)) return
    const next = wide ? standing[Math.min(at, standing.length - 1)] : undefined
    arrive(next && keyOf(next))
    show(next)
    if (!next) heading.current?.focus()
  }

  useKeys({
    ...moving((step) => {
      const next = items[Math.min(items.length - 1, Math.max(0, at + step))]
      if (next && wide) show(next)
    }),
    x: () => items[at] && selection.toggle(items[at]),
    Enter: () => document.getElementById('title')?.focus(),
    ...(selection.on ? { Escape: () => selection.turn(false) } : !wide && named && { Escape: () => go({}) }),
  })

  if (!query.data) return <Waiting query={query} />
  const countOf = (one: string) =>
    counts.data?.items.filter((each) => each.queue === name && each.view === one).reduce((n, each) => n + each.count, 0)
  return (
    <div className={current === undefined && !selection.on ? 'split' : 'split chosen'}>
      <section className="side" aria-label={title}>
        <div className="row spread">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {items.length > 1 && (
            <button
              className="plain"
              type="button"
              aria-pressed={selection.on}
              onClick={() => selection.turn(!selection.on)}
            >
              {selection.on ? t.unselect : t.select}
            </button>
          )}
        </div>
        {views.length > 1 && (
          <nav className="tabs" aria-label={t.filter}>
            {views.map((one) => (
              <Link
                key={one.name}
                to="."
                search={{ tab: one.name } as never}
                replace
                aria-current={one.name === view.name ? 'page' : undefined}
              >
                {one.title} <Count n={countOf(one.name)} many={counts.data?.many} />
              </Link>
            ))}
          </nav>
        )}
        {items.length === 0 ? (
          <Empty text={empty} />
        ) : (
          <Lines
            items={items}
            meta={meta}
            names={names}
            current={current && keyOf(current)}
            selection={selection}
            to={(item) => ({ to: '.', search: { tab: view.name, id: item.id, kind: item.kind }, replace: wide })}
          />
        )}
        <More query={query} />
      </section>
      <section className="main" aria-label={t.chosenRecord}>
        {!wide && (named || selection.on) && (
          <p className="noprint">
            <button className="plain" type="button" onClick={() => (selection.on ? selection.turn(false) : go({}))}>
              {`← ${title}`}
            </button>
          </p>
        )}
        {selection.on ? (
          <Bulk selection={selection} meta={meta} />
        ) : current === undefined ? (
          <Empty text={items.length === 0 ? '' : t.choose} />
        ) : (
          <>
            <Case
              of={current.kind}
              id={current.id}
              focus={keyOf(current) === arrived}
              onDone={() => goOn(keyOf(current), Math.max(0, at))}
            />
            <Similar key={keyOf(current)} of={current.kind} id={current.id} />
          </>
        )}
      </section>
    </div>
  )
}

/** How many stand in a queue; nothing where there is nothing. */
export function Count({ n, many = 100 }: { readonly n: number | undefined; readonly many?: number | undefined }) {
  if (n === undefined || n === 0) return null
  return <span className="count">{n >= many ? `${many - 1}+` : n}</span>
}

/** The views of a queue in the order of the first kind that has it, each with what it takes from every kind. */
function viewsOf(queue: string, kinds: readonly string[], meta: Meta) {
  const found = new Map<
    string,
    { title: string; sources: { kind: string; wanted: Readonly<Record<string, string>> }[] }
  >()
  for (const of of kinds) {
    const kind = meta.kinds[of]!
    for (const [view, wanted] of Object.entries(kind.lists[queue]!.views)) {
      const known = found.get(view) ?? { title: kind.views?.[view] ?? view, sources: [] }
      known.sources.push({ kind: of, wanted })
      found.set(view, known)
    }
  }
  return [...found].map(([name, one]) => ({ name, ...one }))
}
