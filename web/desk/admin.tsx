// Administration: the units as a tree, and the way to everything else that is kept in order.
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Item } from '../api.ts'
import { Waiting } from '../part/waiting.tsx'
import { useList, useMeta } from '../query.ts'
import { t } from '../texts.ts'

const KINDS = [
  ['person', t.people],
  ['post', t.posts],
  ['mandate', t.mandates],
  ['enterprise', t.enterprises],
  ['calendar', t.calendars],
  ['rule', t.rules],
  ['hours', t.hours],
] as const

export function Admin() {
  const meta = useMeta()
  const units = useList('unit', { limit: '100', open: 'yes' })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = units
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  if (!units.data || !meta.data) return <Waiting query={units} />
  const all = units.data.pages.flatMap((page) => page.items)
  const roots = all.filter((unit) => !all.some((other) => other.id === unit.facts['parent']))
  return (
    <section className="stack">
      <h1>{t.admin}</h1>
      <ul className="doors">
        {KINDS.map(([kind, text]) => (
          <li key={kind}>
            <Link to="/list/$kind" params={{ kind } as never}>
              {text}
            </Link>
          </li>
        ))}
        <li>
          <a href="/import">{t.importing}</a>
        </li>
      </ul>
      <div className="row">
        <h2>{t.units}</h2>
        <Link className="button second" to="/new/$kind/$command" params={{ kind: 'unit', command: 'setUp' } as never}>
          {t.create}
        </Link>
      </div>
      <Tree units={all} under={roots} />
    </section>
  )
}

function Tree({ units, under }: { readonly units: readonly Item[]; readonly under: readonly Item[] }) {
  return (
    <ul className="tree">
      {under.map((unit) => {
        const below = units.filter((one) => one.facts['parent'] === unit.id)
        return (
          <li key={unit.id}>
            <Link to="/record/$kind/$id" params={{ kind: 'unit', id: unit.id } as never}>
              {unit.title}
            </Link>
            {below.length > 0 && (
              <details open={unit.facts['parent'] === undefined}>
                <summary className="soft">{t.below(below.length)}</summary>
                <Tree units={units} under={below} />
              </details>
            )}
          </li>
        )
      })}
    </ul>
  )
}
