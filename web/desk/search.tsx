// What was found for a few words, by kind.
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { ask, type Page } from '../api.ts'
import { Rows } from '../part/rows.tsx'
import { Empty, Waiting } from '../part/waiting.tsx'
import { useMeta } from '../query.ts'
import { t } from '../texts.ts'
import { useTitle } from '../title.ts'

const MOST = 20

export function Search() {
  const { q = '' } = useSearch({ strict: false }) as { q?: string }
  const meta = useMeta()
  const found = useQuery({
    queryKey: ['search', q, MOST],
    queryFn: () => ask<Page>(`/api/search?q=${encodeURIComponent(q)}&limit=${MOST}`),
  })
  useTitle(`${t.search} ${q}`)
  if (!found.data || !meta.data) return <Waiting query={found} />
  const { items, names } = found.data
  const kinds = [...new Set(items.map((item) => item.kind))]
  return (
    <section className="stack">
      <h1>{t.foundFor(q)}</h1>
      {items.length === 0 && <Empty text={t.nothingFoundFor} />}
      {kinds.map((kind) => {
        const mine = items.filter((item) => item.kind === kind)
        return (
          <section key={kind} className="stack">
            <h2>{meta.data.kinds[kind]?.title}</h2>
            <Rows items={mine} meta={meta.data} names={names} />
            {mine.length === MOST && (
              <p>
                <Link to="/list/$kind" params={{ kind } as never} search={{ q } as never}>
                  {t.allOf(meta.data.kinds[kind]?.title ?? '')}
                </Link>
              </p>
            )}
          </section>
        )
      })}
    </section>
  )
}
