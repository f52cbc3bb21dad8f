// A leader's enterprises: who is assigned, when each was last visited, what came of it; a visit is recorded from here.
import { Link } from '@tanstack/react-router'
import { dateWords } from '../part/facts.tsx'
import { Rows } from '../part/rows.tsx'
import { Empty, Waiting } from '../part/waiting.tsx'
import { useList, useMe, useMeta } from '../query.ts'
import { t } from '../texts.ts'

export function Leader() {
  const meta = useMeta()
  const me = useMe()
  const assigned = useList('assignment', { open: 'yes', limit: '100' })
  const visits = useList('visit', { limit: '10' })
  if (!assigned.data || !meta.data || !me.data) return <Waiting query={assigned} />
  const all = assigned.data.pages.flatMap((page) => page.items)
  const own = all.filter((item) => item.facts['leader'] === me.data.id)
  const shown = own.length > 0 ? own : all
  return (
    <section className="stack">
      <div className="row">
        <h1>{t.mine}</h1>
        <Link className="button" to="/new/$kind/$command" params={{ kind: 'visit', command: 'record' } as never}>
          {t.visit}
        </Link>
      </div>
      {shown.length === 0 && <Empty text={t.empty} />}
      <ul className="rows">
        {shown.map((item) => {
          const last = item.facts['lastVisit']
          return (
            <li key={item.id}>
              <Link to="/record/$kind/$id" params={{ kind: 'assignment', id: item.id } as never}>
                {item.title}
              </Link>
              <span className={typeof last === 'string' ? 'tag soft' : 'tag warned'}>
                {typeof last === 'string' ? `${t.lastVisit} ${dateWords(last)}` : `▲ ${t.never}`}
              </span>
              <Link
                className="tag"
                to="/new/$kind/$command"
                params={{ kind: 'visit', command: 'record' } as never}
                search={{ enterprise: item.facts['enterprise'], assignment: item.id } as never}
              >
                {t.visit}
              </Link>
            </li>
          )
        })}
      </ul>
      <h2>{t.visits}</h2>
      <Rows items={visits.data?.pages.flatMap((page) => page.items) ?? []} meta={meta.data} />
    </section>
  )
}
