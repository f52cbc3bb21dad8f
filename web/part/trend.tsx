// A small honest trend: the axis begins at nought, each point is the value as of its day, and the numbers stand in a table.
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { lang, t } from '../texts.ts'
import { dateWords } from './facts.tsx'

export type Point = { readonly on: string; readonly value: number | null }

const mostOf = (points: readonly Point[]) => Math.max(1, ...points.map((one) => one.value ?? 0))
const round = (value: number) => value.toLocaleString(lang, { maximumFractionDigits: 1 })

export const useTrend = (id: string, asOf: string) =>
  useQuery({
    queryKey: ['trend', id, asOf],
    queryFn: () => ask<{ items: readonly Point[] }>(`/api/figures/${id}/trend?asOf=${asOf}`),
  })

/** Where each known value stands in a box of this size, whose top is `most`. */
function lineOf(points: readonly Point[], width: number, height: number, pad: number, most = mostOf(points)) {
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

/** The line stretches with the page and the words do not, so that they can be read on a phone. A share's axis ends at a hundred. */
export function Trend({ points, unit }: { readonly points: readonly Point[]; readonly unit: string }) {
  const known = lineOf(points, 100, 100, 0, unit === '%' ? 100 : undefined)
  const [first, last] = [known[0], known.at(-1)]
  return (
    <figure className="trend-figure">
      <svg
        className="trend"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={t.trendOf(round(last?.value ?? 0))}
      >
        <polyline points={known.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {known.map(({ on, x, y }) => (
          <path key={on} d={`M${x} ${y}h0`} />
        ))}
      </svg>
      <p className="ends">
        {[...new Set([first, last])].map(
          (one) =>
            one && (
              <span key={one.on}>
                {dateWords(one.on)} <strong>{round(one.value)}</strong>
              </span>
            ),
        )}
      </p>
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
