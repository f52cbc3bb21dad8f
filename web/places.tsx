// The places of a desk in a row, each with what waits in it; where they are more than the row holds, all of them by sort under one button.
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Meta } from './api.ts'
import { Count } from './desk/queue.tsx'
import { useFold } from './fold.ts'
import { sorts, type Place } from './nav.ts'
import { useCounts } from './query.ts'
import { t } from './texts.ts'

type PlacesProps = { readonly places: readonly Place[]; readonly meta: Meta; readonly path: string }

export function Places({ places, meta, path }: PlacesProps) {
  const [open, set] = useState(false)
  const [over, setOver] = useState(false)
  const row = useRef<HTMLElement>(null)
  const { box, button, ...heard } = useFold(open, set)
  const counts = useCounts()
  // In a row that is longer than it is wide, the place where one is stands in sight.
  const counted = counts.data !== undefined
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path, counted])
  useEffect(() => {
    const look = () => setOver(row.current !== null && row.current.scrollWidth > row.current.clientWidth + 1)
    const watch = new ResizeObserver(look)
    for (const one of [row.current, row.current?.firstElementChild]) if (one) watch.observe(one)
    return () => watch.disconnect()
  }, [])
  const one = (place: Place) => (
    <li key={place.to}>
      <Link
        to={place.to as never}
        activeProps={{ 'aria-current': 'page' }}
        activeOptions={{ includeSearch: false }}
        {...(open && { onClick: leave })}
      >
        {place.text}
        {place.queue !== undefined && <Count n={firstView(place.queue, meta, counts.data)} many={counts.data?.many} />}
      </Link>
    </li>
  )
  const leave = () => {
    set(false)
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  return (
    <>
      <nav aria-label={t.desk} ref={row}>
        <ul>{places.map(one)}</ul>
      </nav>
      {over && (
        <div className="self all" ref={box} {...heard}>
          <button
            ref={button}
            className="plain who"
            type="button"
            aria-expanded={open}
            aria-controls="places"
            onClick={() => set(!open)}
          >
            {t.allPlaces} <span aria-hidden="true">▾</span>
          </button>
          {open && (
            <nav className="menu" id="places" aria-label={t.allPlaces}>
              {sorts.map((sort) => (
                <Sort key={sort} title={t.sorts[sort]}>
                  {places.filter((place) => place.sort === sort).map(one)}
                </Sort>
              ))}
            </nav>
          )}
        </div>
      )}
    </>
  )
}

function Sort({ title, children }: { readonly title: string; readonly children: readonly React.ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section>
      <h2 className="small soft">{title}</h2>
      <ul className="plainlist">{children}</ul>
    </section>
  )
}

/** A queue's number is that of its first view: what is to be done. */
function firstView(queue: string, meta: Meta, counts: ReturnType<typeof useCounts>['data']): number | undefined {
  return counts?.items
    .filter(
      (one) => one.queue === queue && one.view === Object.keys(meta.kinds[one.kind]?.lists[queue]?.views ?? {})[0],
    )
    .reduce((sum, one) => sum + one.count, 0)
}
