// The bar of a promise with its sentence; it opens to its derivation. Colour never stands alone.
import { useId } from 'react'
import type { ClockView, Item, State } from '../api.ts'
import { t } from '../texts.ts'

const SHAPE: Readonly<Record<State, string>> = { 'in-time': '●', warned: '▲', overdue: '■', stopped: '‖', ended: '✓' }

export function Clock({ clock, title }: { readonly clock: ClockView; readonly title: string }) {
  const hatch = useId()
  const total = clock.bar.reduce((sum, one) => sum + one.days, 0) || 1
  const starts = clock.bar.map((_, place) => clock.bar.slice(0, place).reduce((sum, one) => sum + one.days, 0))
  if (clock.state === 'ended')
    return (
      <details className="clock ended">
        <summary>
          <span aria-hidden="true">{SHAPE.ended}</span> <strong>{title}</strong> {clock.sentence}
        </summary>
        <Steps steps={clock.steps} />
      </details>
    )
  const fill = { used: 'currentColor', paused: `url(#${hatch})`, left: 'none', over: 'currentColor' } as const
  return (
    <section className={`clock ${clock.state}`} aria-label={title}>
      <p>
        <span aria-hidden="true">{SHAPE[clock.state]}</span> <strong>{title}</strong> {clock.sentence}
      </p>
      <svg aria-hidden="true" focusable="false">
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="2" height="6" fill="currentColor" />
          </pattern>
        </defs>
        {clock.bar.map(({ kind, days }, place) => (
          <rect
            key={starts[place]}
            x={`${(starts[place]! / total) * 100}%`}
            width={`${(days / total) * 100}%`}
            y="1"
            height="10"
            fill={fill[kind]}
            fillOpacity={kind === 'over' ? 0.55 : 1}
            stroke="currentColor"
          />
        ))}
      </svg>
      <details>
        <summary>{t.explain}</summary>
        <Steps steps={clock.steps} />
      </details>
    </section>
  )
}

function Steps({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol>
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  )
}

type MiniProps = { readonly clock: NonNullable<Item['clock']>; readonly bar?: boolean }

/** The same promise in one line of a list. */
export function MiniClock({ clock, bar = true }: MiniProps) {
  const share = clock.total === 0 ? 1 : Math.min(1, Math.max(0, clock.used / clock.total))
  return (
    <span className={`mini ${clock.state}`}>
      {bar && (
        <svg aria-hidden="true" focusable="false">
          <rect x="0" y="0.5" width="100%" height="5" fill="none" stroke="currentColor" />
          <rect x="0" y="0.5" width={`${share * 100}%`} height="5" fill="currentColor" />
        </svg>
      )}
      <span>
        <span aria-hidden="true">{SHAPE[clock.state]}</span> {clock.sentence}
      </span>
    </span>
  )
}
