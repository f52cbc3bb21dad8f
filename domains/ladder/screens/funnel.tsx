// The city's enterprises on the ladder: a bar for each rung, the numbers below it, and the list behind each of them.
import { Link, useSearch } from '@tanstack/react-router'
import { dateWords, Empty, lang, useAnswer, useMe, Waiting } from '../../../web/part/index.ts'
import { behinds, type Behind, type Funnel, type RungCount } from '../funnel.ts'
import { t } from './words.ts'

type Part = (typeof behinds)[number]
const BARS = ['standing', 'meets', 'near'] as const

export function FunnelScreen() {
  const found = useAnswer<Funnel>('/api/ladder')
  const search = useSearch({ strict: false }) as { rung?: string; part?: Part }
  if (!found.data) return <Waiting query={found} />
  const { day, enterprises, rungs, soon } = found.data
  const open = rungs.find(({ id }) => id === search.rung)
  const part = behinds.find((one) => one === search.part)
  const title = (one: Part) => (one === 'expiring' ? t.expiring(soon) : t[one])
  return (
    <section className="stack">
      <h1>{t.title}</h1>
      <p className="soft">{t.of(dateWords(day), counted(enterprises))}</p>
      {rungs.length === 0 ? (
        <Empty text={t.empty} />
      ) : (
        <div className={open && part ? 'columns' : undefined}>
          <div className="stack">
            <Chart rungs={rungs} />
            <Numbers rungs={rungs} soon={soon} enterprises={enterprises} />
          </div>
          {open && part && <People key={`${open.id} ${part}`} rung={open} part={part} title={title(part)} />}
        </div>
      )}
    </section>
  )
}

const counted = (n: number) => n.toLocaleString(lang === 'en' ? 'en' : 'zh-CN')

/** A bar for each rung, from the lowest up: those who stand on it, and beside them those who might. */
function Chart({ rungs }: { readonly rungs: readonly RungCount[] }) {
  const most = Math.max(1, ...rungs.map((one) => one.standing + one.meets + (one.near ?? 0)))
  return (
    <figure className="ladder" aria-label={t.chart}>
      <figcaption className="parts">
        {BARS.map((bar) => (
          <span key={bar}>
            <span className={`reachkey ladder-${bar}`} aria-hidden="true" /> {t[bar]}
          </span>
        ))}
      </figcaption>
      <ol className="plainlist">
        {rungs.map((one) => {
          const share = (n: number) => (100 * n) / most
          return (
            <li key={one.id}>
              <span>{`${'　'.repeat(depthOf(one, rungs))}${one.name}`}</span>
              <svg className="reachbar" width="100%" height="16" aria-hidden="true" focusable="false">
                {BARS.map((bar, place) => {
                  const before = BARS.slice(0, place).reduce((sum, other) => sum + (one[other] ?? 0), 0)
                  return (
                    <rect
                      key={bar}
                      className={`ladder-${bar}`}
                      x={`${share(before)}%`}
                      width={`${share(one[bar] ?? 0)}%`}
                      height="16"
                    />
                  )
                })}
              </svg>
              <span className="ladder-numbers">{BARS.map((bar) => one[bar] ?? '—').join(' · ')}</span>
            </li>
          )
        })}
      </ol>
    </figure>
  )
}

/** How many rungs stand below it. */
function depthOf({ after }: RungCount, rungs: readonly RungCount[]): number {
  const below = rungs.find(({ id }) => id === after)
  return below ? 1 + depthOf(below, rungs) : 0
}

function Numbers({ rungs, soon, enterprises }: Omit<Funnel, 'day'>) {
  const year = useMe().data?.today.slice(0, 4)
  const list = (kind: string, search: Readonly<Record<string, string | undefined>>, n: number) =>
    n === 0 ? (
      '0'
    ) : (
      <Link to="/list/$kind" params={{ kind } as never} search={search as never}>
        {n}
      </Link>
    )
  const behind = (rung: RungCount, part: Part) =>
    (rung[part] ?? 0) === 0 ? (
      (rung[part] ?? '—')
    ) : (
      <Link to="." search={{ rung: rung.id, part } as never}>
        {rung[part]}
      </Link>
    )
  return (
    <div className="wide" tabIndex={0} role="region" aria-label={t.table}>
      <table className="cards">
        <caption>{t.table}</caption>
        <thead>
          <tr>
            {[t.rung, t.standing, t.meets, t.near, t.open, t.coaching, t.movedUp, t.expiring(soon)].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rungs.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Link to="/record/$kind/$id" params={{ kind: 'rung', id: one.id } as never}>
                  {one.name}
                </Link>
                <div className="soft small">
                  {[
                    one.document,
                    one.concerned < enterprises && t.concerned(counted(one.concerned)),
                    one.next && t.nextEdition(dateWords(one.next)),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </div>
              </th>
              <td data-label={t.standing}>
                {list('recognition', { 'facet.rung': one.id, phase: 'standing,due' }, one.standing)}
              </td>
              <td data-label={t.meets}>{behind(one, 'meets')}</td>
              <td data-label={t.near}>{behind(one, 'near')}</td>
              <td data-label={t.open}>{one.open}</td>
              <td data-label={t.coaching}>{list('plan', { 'facet.rung': one.id, phase: 'running' }, one.coaching)}</td>
              <td data-label={t.movedUp}>
                {list('recognition', { 'facet.rung': one.id, 'facet.year': year }, one.movedUp)}
              </td>
              <td data-label={t.expiring(soon)} className={one.expiring > 0 ? 'warned' : undefined}>
                {behind(one, 'expiring')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** On a phone the list stands below the numbers: whoever opened it is taken there. */
const focus = (heading: HTMLElement | null) => heading?.focus()

type PeopleProps = { readonly rung: RungCount; readonly part: Part; readonly title: string }

/** Who stands behind a number, and coaching for those who might be helped up. */
function People({ rung, part, title }: PeopleProps) {
  const found = useAnswer<Behind>(`/api/ladder/${encodeURIComponent(rung.id)}/${part}`)
  const me = useMe().data
  // To whoever sees no enterprises it is a name.
  const mayOpen = me?.sees.includes('enterprise') ?? false
  const mayPropose = mayOpen && (me?.opens['plan']?.includes('propose') ?? false)
  if (!found.data) return <Waiting query={found} />
  const { items, count } = found.data
  const kind = part === 'expiring' ? 'recognition' : 'enterprise'
  return (
    <section className="stack" aria-live="polite">
      <h2 tabIndex={-1} ref={focus}>
        {t.behind(rung.name, title, count)}
      </h2>
      {part !== 'expiring' && <p className="soft">{part === 'meets' ? t.meetsNote : t.nearNote}</p>}
      {items.length === 0 && <Empty text={t.none} />}
      <ul className="rows">
        {items.map(({ id, title: name, about }) => (
          <li key={id}>
            <span>
              {kind === 'recognition' || mayOpen ? (
                <Link to="/record/$kind/$id" params={{ kind, id } as never}>
                  {name}
                </Link>
              ) : (
                name
              )}
              {about !== undefined && (
                <small className="soft">
                  {part === 'expiring' ? (
                    t.until(dateWords(about))
                  ) : (
                    <>
                      {t.lacks} <code>{about}</code>
                    </>
                  )}
                </small>
              )}
            </span>
            {kind === 'enterprise' && mayPropose && (
              <Link
                className="tag"
                to="/new/$kind/$command"
                params={{ kind: 'plan', command: 'propose' } as never}
                search={{ rung: rung.id, enterprise: id } as never}
              >
                {t.propose}
              </Link>
            )}
          </li>
        ))}
      </ul>
      {count > items.length && <p className="soft">{t.more(items.length, count)}</p>}
    </section>
  )
}
