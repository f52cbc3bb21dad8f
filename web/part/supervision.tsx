// A kind of record supervised: its units as thermometers, and beside them the list of whichever part was touched, from which
// several can be urged at once.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { ask } from '../api.ts'
import { moving, useKeys } from '../keys.ts'
import { useList, useMeta } from '../query.ts'
import { t } from '../texts.ts'
import { useWide } from '../wide.ts'
import { Bulk } from './bulk.tsx'
import { Lines } from './lines.tsx'
import { keyOf, useSelection } from './select.ts'
import { Thermometers, type Load, type Part } from './thermometer.tsx'
import { Empty, More, Waiting } from './waiting.tsx'

type Address = { readonly unit?: string; readonly clock?: Part; readonly list?: string }

export function Supervision({ kind, title }: { readonly kind: string; readonly title: string }) {
  const meta = useMeta()
  const search = useSearch({ strict: false }) as Address
  const navigate = useNavigate()
  const wide = useWide()
  const [at, setAt] = useState(-1)
  const summary = useQuery({
    queryKey: ['summary', kind],
    queryFn: () => ask<{ items: readonly Load[] }>(`/api/summary/${kind}`),
  })
  // What a supervisor comes for is whatever is overdue; if nothing is, whatever is due next.
  const anyLate = summary.data?.items.some((load) => load.overdue > 0) ?? true
  const nothingChosen = search.unit === undefined && search.clock === undefined && search.list === undefined
  const clock = nothingChosen && anyLate ? 'overdue' : search.clock
  const { items, names, query, rest } = useList(kind, {
    unit: search.unit,
    clock,
    open: 'yes',
    order: 'due',
    commands: 'yes',
  })
  const selection = useSelection(items, rest)
  useKeys({
    ...moving((step) => {
      const next = Math.min(items.length - 1, Math.max(0, at + step))
      setAt(next)
      document.querySelectorAll<HTMLElement>('.lines a')[next]?.focus()
    }),
    x: () => items[at] && selection.toggle(items[at]),
    ...(selection.on && { Escape: () => selection.turn(false) }),
  })
  if (!summary.data || !meta.data) return <Waiting query={summary} />
  const loads = summary.data.items
  const unitName = loads.find((load) => load.unit === search.unit)?.unitName
  const heading = [unitName, clock === undefined ? t.open : t.clocks[clock]].filter(Boolean).join(' · ')
  const listShown = wide || search.list === 'yes'
  return (
    <div className={listShown ? 'split even chosen' : 'split even'}>
      <section className="side stack" aria-label={title}>
        <h1>{title}</h1>
        <Thermometers
          loads={loads}
          chosen={search}
          link={(unit, part) => ({ to: '.', search: { unit, clock: part, list: 'yes' }, replace: wide })}
        />
      </section>
      <section className="main stack" aria-label={heading}>
        {!wide && (
          <p>
            <button className="plain" type="button" onClick={() => void navigate({ to: '.', search: {} } as never)}>
              {`← ${title}`}
            </button>
          </p>
        )}
        <div className="row spread">
          {wide ? <h2>{heading}</h2> : <h1>{heading}</h1>}
          {items.length > 0 && (
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
        {selection.on && <Bulk selection={selection} meta={meta.data} />}
        {!query.data ? (
          <Waiting query={query} />
        ) : items.length === 0 ? (
          <Empty text={clock === 'overdue' ? t.noneOverdue : t.emptyPart} />
        ) : (
          <Lines
            items={items}
            meta={meta.data}
            names={names}
            selection={selection}
            current={items[at] && keyOf(items[at])}
            to={(item) => ({ to: '/record/$kind/$id', params: { kind: item.kind, id: item.id } })}
          />
        )}
        <More query={query} />
      </section>
    </div>
  )
}
