// A leader's enterprises: which have never or not for long been visited, and what came of every problem raised on a visit.
import { Link, useSearch } from '@tanstack/react-router'
import {
  dateWords,
  daysBetween,
  Empty,
  MiniClock,
  More,
  Rows,
  useList,
  useMe,
  useMeta,
  Waiting,
  type Item,
} from '../../../web/part/index.ts'
import { t } from './texts.ts'

const GROUPS = ['never', 'late', 'recent'] as const
type Visited = (typeof GROUPS)[number]
/** What is still to begin is told, but nobody has to visit yet. */
type Group = Visited | 'awaited'

export function Mine() {
  const meta = useMeta()
  const me = useMe()
  const search = useSearch({ strict: false }) as { of?: string; group?: Visited }
  const own = useList('assignment', { open: 'yes', mine: 'yes', limit: '100' })
  const all = useList('assignment', { open: 'yes', limit: '100' })
  const raised = useList('appeal', { 'facet.channel': 'visit', order: 'due', limit: '100' })
  if (!own.query.data || !all.query.data || !meta.data || !me.data) return <Waiting query={own.query} />
  const ownsAny = own.items.length > 0
  const list = ownsAny && search.of !== 'all' ? own : all
  const today = me.data.today
  const groupOf = (item: Item): Group =>
    item.phase === 'awaited'
      ? 'awaited'
      : item.facts['lastVisit'] === undefined
        ? 'never'
        : item.clock?.state === 'overdue'
          ? 'late'
          : 'recent'
  const dueFirst = list.items.toSorted((a, b) => said(a.facts['lastVisit']).localeCompare(said(b.facts['lastVisit'])))
  const shown = dueFirst.filter((item) => search.group === undefined || groupOf(item) === search.group)
  const mayRecord = me.data.opens['visit']?.includes('record') ?? false
  const mayAssign = me.data.opens['assignment']?.includes('assign') ?? false
  const problems = raised.items.filter((item) => item.facets['cause']?.startsWith('visit/'))
  return (
    <section className="stack">
      <div className="row">
        <h1>{list === own ? t.mine : t.all}</h1>
        {mayRecord && (
          <Link className="button" to="/new/$kind/$command" params={{ kind: 'visit', command: 'record' } as never}>
            {t.record}
          </Link>
        )}
        {mayAssign && (
          <Link
            className="button second"
            to="/new/$kind/$command"
            params={{ kind: 'assignment', command: 'assign' } as never}
          >
            {t.assign}
          </Link>
        )}
        {ownsAny && (
          <nav className="tabs" aria-label={t.all}>
            {(['mine', 'all'] as const).map((of) => (
              <Link
                key={of}
                to="."
                search={{ ...search, of: of === 'all' ? of : undefined } as never}
                aria-current={(search.of ?? 'mine') === of ? 'page' : undefined}
              >
                {of === 'mine' ? t.onlyMine : t.everyone}
              </Link>
            ))}
          </nav>
        )}
      </div>
      {list.items.length === 0 ? (
        <Empty text={t.none} />
      ) : (
        <Coverage
          counts={GROUPS.map((group) => [group, list.items.filter((item) => groupOf(item) === group).length] as const)}
          search={search}
        />
      )}
      {list.items.length > 0 && shown.length === 0 && <Empty text={t.noneOf} />}
      <div className="columns">
        <section className="stack" aria-label={t.all}>
          <ul className="rows">
            {shown.map((item) => (
              <Assigned
                key={item.id}
                item={item}
                group={groupOf(item)}
                today={today}
                open={
                  raised.items.filter((one) => one.open && one.facts['enterprise'] === item.facts['enterprise']).length
                }
                mayRecord={mayRecord}
              />
            ))}
          </ul>
          <More query={list.query} />
        </section>
        <section className="stack">
          <h2>{t.problems}</h2>
          {problems.length === 0 ? (
            <Empty text={t.noProblems} />
          ) : (
            <>
              <Rows items={problems.filter((item) => item.open)} meta={meta.data} names={raised.names} />
              <details>
                <summary>{t.closed(problems.filter((item) => !item.open).length)}</summary>
                <Rows items={problems.filter((item) => !item.open)} meta={meta.data} names={raised.names} />
              </details>
            </>
          )}
          <h2>{t.visits}</h2>
          <Visits problems={problems} />
        </section>
      </div>
    </section>
  )
}

const said = (value: unknown): string => (typeof value === 'string' ? value : '')

type CoverageProps = {
  readonly counts: readonly (readonly [Visited, number])[]
  readonly search: { readonly of?: string; readonly group?: Visited }
}

/** How many have been visited lately, as a bar whose parts filter the list. */
function Coverage({ counts, search }: CoverageProps) {
  const total = Math.max(
    1,
    counts.reduce((sum, [, count]) => sum + count, 0),
  )
  return (
    <section className="coverage" aria-label={t.coverage}>
      <svg className="tube" aria-hidden="true" focusable="false">
        {counts.map(([group, count], place) => {
          const before = counts.slice(0, place).reduce((sum, [, one]) => sum + one, 0)
          return (
            <rect
              key={group}
              className={`coverage-${group}`}
              x={`${(before / total) * 100}%`}
              width={`${(count / total) * 100}%`}
              y="0.5"
              height="13"
            />
          )
        })}
      </svg>
      <p className="parts">
        {counts.map(([group, count]) => (
          <Link
            key={group}
            to="."
            search={{ ...search, group: search.group === group ? undefined : group } as never}
            aria-current={search.group === group}
            className={group === 'never' ? 'overdue' : group === 'late' ? 'warned' : 'in-time'}
          >
            <span aria-hidden="true">{group === 'never' ? '■' : group === 'late' ? '▲' : '●'}</span>{' '}
            {`${t.groups[group]} ${t.count(count)}`}
          </Link>
        ))}
      </p>
    </section>
  )
}

type AssignedProps = {
  readonly item: Item
  readonly group: Group
  readonly today: string
  readonly open: number
  readonly mayRecord: boolean
}

const TAG: Readonly<Record<Group, string>> = {
  never: 'tag overdue',
  late: 'tag warned',
  recent: 'tag soft',
  awaited: 'tag soft',
}

function Assigned({ item, group, today, open, mayRecord }: AssignedProps) {
  const last = item.facts['lastVisit']
  const enterprise = said(item.facts['enterprise'])
  const visits = Number(item.facts['visits'] ?? 0)
  return (
    <li>
      <span>
        <Link to="/record/$kind/$id" params={{ kind: 'enterprise', id: enterprise } as never}>
          {item.title}
        </Link>
        <small className="soft">{[item.unitName, t.times(visits)].filter(Boolean).join(' · ')}</small>
      </span>
      {open > 0 && (
        <Link
          className="tag"
          to="/list/$kind"
          params={{ kind: 'appeal' } as never}
          search={{ party: `enterprise:${enterprise}`, open: 'yes' } as never}
        >
          {t.open(open)}
        </Link>
      )}
      <span className={TAG[group]}>
        {group === 'awaited'
          ? t.awaited(dateWords(said(item.facts['from'])))
          : typeof last === 'string'
            ? `${group === 'late' ? '▲ ' : ''}${t.last(dateWords(last), daysBetween(last, today))}`
            : `■ ${t.never}`}
      </span>
      {mayRecord && group !== 'awaited' && (
        <Link
          className="tag"
          to="/new/$kind/$command"
          params={{ kind: 'visit', command: 'record' } as never}
          search={{ enterprise } as never}
        >
          {t.record}
        </Link>
      )}
    </li>
  )
}

/** The latest visits, each with its problems and how they stand. */
function Visits({ problems }: { readonly problems: readonly Item[] }) {
  const meta = useMeta()
  const { items, names, query } = useList('visit', { limit: '10' })
  if (!query.data || !meta.data) return <Waiting query={query} />
  if (items.length === 0) return <Empty text={t.noVisits} />
  const phases = meta.data.kinds['appeal']!.phases
  const withdrawn = meta.data.kinds['visit']!.phases['void']
  return (
    <>
      <ul className="rows">
        {items.map((item) => {
          const mine = problems.filter((one) => one.facets['cause'] === `visit/${item.id}`)
          return (
            <li key={item.id} className="visit">
              <span>
                <Link to="/record/$kind/$id" params={{ kind: 'visit', id: item.id } as never}>
                  {`${dateWords(said(item.facts['on']))} ${names[said(item.facts['enterprise'])] ?? ''}`}
                </Link>
                <small className="soft">
                  {item.phase === 'void' ? `${withdrawn} · ` : ''}
                  {said(item.facts['summary'])}
                </small>
                {mine.map((one) => (
                  <small key={one.id} className="came">
                    {'→ '}
                    <Link to="/record/$kind/$id" params={{ kind: 'appeal', id: one.id } as never}>
                      {one.title}
                    </Link>{' '}
                    {phases[one.phase]} {one.clock && <MiniClock clock={one.clock} bar={false} />}
                  </small>
                ))}
              </span>
              <span className="tag soft">{names[said(item.facts['by'])]}</span>
            </li>
          )
        })}
      </ul>
      <More query={query} />
    </>
  )
}
