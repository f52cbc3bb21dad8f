// Supervision: each unit as a bar of what is in time, due soon and overdue, with the numbers beside it; overdue cases below.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ask } from '../api.ts'
import { Rows } from '../part/rows.tsx'
import { Empty, Waiting } from '../part/waiting.tsx'
import { useList, useMeta } from '../query.ts'
import { t } from '../texts.ts'

type Line = {
  readonly unit: string | null
  readonly unitName: string | null
  readonly open: number
  readonly overdue: number
  readonly soon: number
  readonly stopped: number
}

export function Supervise() {
  const meta = useMeta()
  const summary = useQuery({
    queryKey: ['summary', 'appeal'],
    queryFn: () => ask<{ items: readonly Line[] }>('/api/summary/appeal'),
  })
  const late = useList('appeal', { open: 'yes', order: 'due', 'facet.overdue': 'yes', limit: '20' })
  if (!summary.data || !meta.data) return <Waiting query={summary} />
  const lines = summary.data.items.filter((line) => line.unit !== null)
  const most = Math.max(1, ...lines.map((line) => line.open))
  return (
    <section className="stack">
      <h1>{t.supervise}</h1>
      <div className="wide">
        <table className="cards">
          <thead>
            <tr>
              <th scope="col">{t.unit}</th>
              <td className="grow" />
              <th scope="col" className="overdue">{`■ ${t.overdue}`}</th>
              <th scope="col" className="warned">{`▲ ${t.soon}`}</th>
              <th scope="col" className="in-time">{`● ${t.inTime}`}</th>
              <th scope="col">{t.all}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.unit}>
                <th scope="row">
                  <Link
                    to="/list/$kind"
                    params={{ kind: 'appeal' } as never}
                    search={{ unit: line.unit, open: 'yes', order: 'due' } as never}
                  >
                    {line.unitName}
                  </Link>
                </th>
                <td className="grow">
                  <Bar line={line} most={most} />
                </td>
                <td className="overdue" data-label={t.overdue}>
                  {line.overdue}
                </td>
                <td className="warned" data-label={t.soon}>
                  {line.soon}
                </td>
                <td className="in-time" data-label={t.inTime}>
                  {line.open - line.overdue - line.soon}
                </td>
                <td data-label={t.all}>{line.open}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>{t.red}</h2>
      {late.data?.pages[0]?.items.length === 0 ? (
        <Empty text={t.emptyLate} />
      ) : (
        <Rows items={late.data?.pages.flatMap((page) => page.items) ?? []} meta={meta.data} />
      )}
      {late.hasNextPage && (
        <button className="second" type="button" onClick={() => void late.fetchNextPage()}>
          {t.more}
        </button>
      )}
    </section>
  )
}

function Bar({ line, most }: { readonly line: Line; readonly most: number }) {
  const share = (count: number) => `${(count / most) * 100}%`
  const rest = line.open - line.overdue - line.soon
  return (
    <svg className="unitbar" aria-hidden="true" focusable="false">
      <rect x="0" width={share(line.overdue)} height="14" className="overdue" />
      <rect x={share(line.overdue)} width={share(line.soon)} height="14" className="warned" />
      <rect x={share(line.overdue + line.soon)} width={share(rest)} height="14" className="in-time" />
    </svg>
  )
}
