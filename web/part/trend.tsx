// A small honest trend: the axis begins at nought, each point is the value as of its day, and the numbers stand in a table.
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { lang, t } from '../texts.ts'
import { dateWords } from './facts.tsx'

export type Point = { readonly on: string; readonly value: number | null }

const round = (value: number) => value.toLocaleString(lang, { maximumFractionDigits: 1 })

export const useTrend = (id: string, asOf: string) =>
  useQuery({
    queryKey: ['trend', id, asOf],
    queryFn: () => ask<{ items: readonly Point[] }>(`/api/figures/${id}/trend?asOf=${asOf}`),
  })

function lineOf(points: readonly Point[], width: number, height: number, pad: number) {
  const most = Math.max(1, ...points.map((one) => one.value ?? 0))
  const known = points.flatMap((one, place) => (one.value === null ? [] : [{ place, value: one.value, on: one.on }]))
  return known.map(({ place, value, on }) => ({
    x: pad + (place * (width - 2 * pad)) / Math.max(1, points.length - 1),
    y: pad + (height - 2 * pad) * (1 - value / most),
    value,
    on,
  }))
}

/** The trend as one stroke beside a number. */
export function Spark({ points }: { readonly points: readonly Point[] }) {
  const line = lineOf(points, 120, 28, 3)
  const last = line.at(-1)
  if (!last) return null
  return (
    <svg className="spark" viewBox="0 0 120 28" aria-hidden="true" focusable="false">
      <line x1="3" y1="25" x2="117" y2="25" />
      <polyline points={line.map(({ x, y }) => `${x},${y}`).join(' ')} />
      <circle cx={last.x} cy={last.y} r="2.5" />
    </svg>
  )
}

export function Trend({ points, unit }: { readonly points: readonly Point[]; readonly unit: string }) {
  const [width, height] = [640, 180]
  const line = lineOf(points, width, height, 28)
  const last = line.at(-1)
  return (
    <figure className="trend-figure">
      <svg
        className="trend"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t.trendOf(round(last?.value ?? 0))}
      >
        <line className="axis" x1="28" y1={height - 28} x2={width - 28} y2={height - 28} />
        <polyline points={line.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {line.map(({ x, y, value, on }, place) => (
          <g key={on}>
            <circle cx={x} cy={y} r="3" />
            {(place === 0 || place === line.length - 1) && (
              <text x={x} y={y - 9} textAnchor={place === 0 ? 'start' : 'end'}>
                {round(value)}
              </text>
            )}
          </g>
        ))}
        {points.map(({ on }, place) =>
          place % 3 === 2 || place === points.length - 1 ? (
            <text
              key={on}
              x={28 + (place * (width - 56)) / Math.max(1, points.length - 1)}
              y={height - 8}
              textAnchor={place === points.length - 1 ? 'end' : 'middle'}
            >
              {on.slice(0, 7)}
            </text>
          ) : null,
        )}
      </svg>
      <details>
        <summary>{t.table}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.asOf}</th>
              <th scope="col">{unit === '' ? t.value : unit}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ on, value }) => (
              <tr key={on}>
                <th scope="row">{dateWords(on)}</th>
                <td>{value === null ? t.noValue : round(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
