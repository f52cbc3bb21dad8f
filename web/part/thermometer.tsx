// Units as thermometers: the bulb shows what is overdue, the tube what is due soon, in time and not counted; each part leads
// to its list, and the same numbers stand in a table.
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { lang, t } from '../texts.ts'

export type Load = {
  readonly unit: string | null
  readonly unitName: string | null
  readonly open: number
  readonly overdue: number
  readonly soon: number
  readonly stopped: number
}

const PARTS = ['overdue', 'soon', 'in-time', 'stopped'] as const
export type Part = (typeof PARTS)[number]

const countOf = (load: Load, part: Part) =>
  part === 'in-time' ? load.open - load.overdue - load.soon - load.stopped : load[part]

/** `link` says where a unit's part of a list is; a part that is absent is all of it. */
type ThermometersProps = {
  readonly loads: readonly Load[]
  readonly chosen: { readonly unit?: string | undefined; readonly clock?: string | undefined }
  readonly link: (unit: string | undefined, part?: Part) => object
}

export function Thermometers({ loads, chosen, link }: ThermometersProps) {
  const hatch = useId()
  const lines = loads.filter((load) => load.unit !== null)
  const sum = (pick: (load: Load) => number) => loads.reduce((total, load) => total + pick(load), 0)
  const whole: Load = {
    unit: null,
    unitName: t.all,
    open: sum((load) => load.open),
    overdue: sum((load) => load.overdue),
    soon: sum((load) => load.soon),
    stopped: sum((load) => load.stopped),
  }
  const most = Math.max(1, ...lines.map((load) => load.open))
  return (
    <>
      <svg className="patterns" aria-hidden="true" focusable="false">
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="3" height="6" className="fill-warned" />
          </pattern>
        </defs>
      </svg>
      <p className="legend small">
        {PARTS.map((part) => (
          <span key={part} className={`key-${part}`}>
            <svg width="18" height="10" aria-hidden="true" focusable="false">
              <Segment part={part} hatch={hatch} x="0" width="100%" height={10} />
            </svg>
            {t.clocks[part]}
          </span>
        ))}
      </p>
      <ul className="thermometers">
        {[whole, ...lines].map((load) => {
          const unit = load.unit ?? undefined
          return (
            <li key={load.unit ?? ''} className={unit === undefined ? 'whole' : ''}>
              <Link
                {...(link(unit) as { to: string })}
                className="unit"
                aria-current={chosen.unit === unit && chosen.clock === undefined}
              >
                {load.unitName} <span className="soft">{load.open.toLocaleString(lang)}</span>
              </Link>
              <span className="parts small">
                {PARTS.filter((part) => countOf(load, part) > 0).map((part) => (
                  <Link
                    key={part}
                    {...(link(unit, part) as { to: string })}
                    className={part}
                    aria-current={chosen.unit === unit && chosen.clock === part}
                  >
                    {`${t.clocks[part]} ${countOf(load, part).toLocaleString(lang)}`}
                  </Link>
                ))}
              </span>
              <span className="glass">
                <Bulb count={load.overdue} />
                <Tube load={load} most={unit === undefined ? Math.max(1, whole.open) : most} hatch={hatch} />
              </span>
            </li>
          )
        })}
      </ul>
      <details>
        <summary>{t.table}</summary>
        <div className="wide" tabIndex={0} role="region" aria-label={t.table}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.unit}</th>
                {PARTS.map((part) => (
                  <th key={part} scope="col" className="count-cell">
                    {t.clocks[part]}
                  </th>
                ))}
                <th scope="col" className="count-cell">
                  {t.all}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...loads, whole].map((load, place) => (
                <tr key={place}>
                  <th scope="row">{load.unitName ?? t.noUnit}</th>
                  {PARTS.map((part) => (
                    <td key={part} className="count-cell">
                      {countOf(load, part).toLocaleString(lang)}
                    </td>
                  ))}
                  <td className="count-cell">{load.open.toLocaleString(lang)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  )
}

function Bulb({ count }: { readonly count: number }) {
  return (
    <svg className={count > 0 ? 'bulb hot' : 'bulb'} width="30" height="30" aria-hidden="true" focusable="false">
      <circle cx="15" cy="15" r="13.5" />
      <text x="15" y="19.5" textAnchor="middle">
        {count > 99 ? '99+' : count}
      </text>
    </svg>
  )
}

function Tube({ load, most, hatch }: { readonly load: Load; readonly most: number; readonly hatch: string }) {
  const share = (count: number) => (count / most) * 100
  const shown = PARTS.map((part) => ({ part, width: share(countOf(load, part)) }))
  return (
    <svg className="tube" aria-hidden="true" focusable="false">
      {shown.map(({ part, width }, place) => {
        const x = shown.slice(0, place).reduce((sum, one) => sum + one.width, 0)
        return width === 0 ? null : (
          <Segment key={part} part={part} hatch={hatch} x={`${x}%`} width={`${width}%`} height={14} />
        )
      })}
    </svg>
  )
}

type SegmentProps = {
  readonly part: Part
  readonly hatch: string
  readonly x: string
  readonly width: string
  readonly height: number
}

/** Told apart by pattern as well as by colour. */
function Segment({ part, hatch, x, width, height }: SegmentProps) {
  const fill = part === 'soon' ? { fill: `url(#${hatch})` } : {}
  return <rect className={`segment-${part}`} x={x} y="0.5" width={width} height={height - 1} {...fill} />
}
