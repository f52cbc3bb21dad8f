// The audit trail: who looked at personal data, who signed in, what was refused; by person, by what was done, by record.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ask } from '../api.ts'
import { momentWords } from '../part/facts.tsx'
import { Empty, More, Waiting } from '../part/waiting.tsx'
import { useMe, useMeta, type Wanted } from '../query.ts'
import { t } from '../texts.ts'
import { useTitle } from '../title.ts'

type Look = {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly actorName: string
  readonly what: string
  readonly kind: string
  readonly record: string
  readonly title: string
}

export function Audit() {
  const meta = useMeta()
  const me = useMe()
  const search = useSearch({ strict: false }) as Wanted
  const navigate = useNavigate()
  const filter = (more: Wanted) => void navigate({ to: '.', search: { ...search, ...more }, replace: true } as never)
  const looks = useInfiniteQuery({
    queryKey: ['looks', search],
    queryFn: ({ pageParam }) => {
      const { what, actor, kind, record } = search
      const given = Object.entries({ what, actor, kind, record, cursor: pageParam }).filter(
        ([, value]) => value !== undefined,
      )
      const query = new URLSearchParams(given as [string, string][])
      return ask<{ items: readonly Look[]; next: string | null }>(`/api/looks?limit=50&${query}`)
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 10_000),
  })
  useTitle(t.audit)
  if (!meta.data) return <Waiting query={meta} />
  const items = looks.data?.pages.flatMap((page) => page.items) ?? []
  const nameOf = (look: Look) => look.title || look.record
  return (
    <section className="stack">
      <h1>{t.audit}</h1>
      <form className="filters" aria-label={t.filter} onSubmit={(event) => event.preventDefault()}>
        <label>
          {t.what}
          <select
            value={search['what'] ?? ''}
            onChange={({ target }) => filter({ what: target.value === '' ? undefined : target.value })}
          >
            <option value="">{t.all}</option>
            {Object.entries(t.looks).map(([what, text]) => (
              <option key={what} value={what}>
                {text}
              </option>
            ))}
          </select>
        </label>
        {search['actor'] !== undefined && (
          <button type="button" className="second chip" onClick={() => filter({ actor: undefined })}>
            {`${t.who} ${items[0]?.actorName || search['actor']} `}
            <span aria-hidden="true">×</span>
          </button>
        )}
        {search['record'] !== undefined && (
          <button type="button" className="second chip" onClick={() => filter({ kind: undefined, record: undefined })}>
            {`${t.which} ${items[0] ? nameOf(items[0]) : search['record']} `}
            <span aria-hidden="true">×</span>
          </button>
        )}
      </form>
      {!looks.data ? (
        <Waiting query={looks} />
      ) : items.length === 0 ? (
        <Empty text={t.emptyLooks} />
      ) : (
        <div className="wide">
          <table className="cards">
            <thead>
              <tr>
                <th scope="col">{t.when}</th>
                <th scope="col">{t.who}</th>
                <th scope="col">{t.what}</th>
                <th scope="col">{t.which}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((look) => (
                <tr key={look.id}>
                  <td>{momentWords(look.at)}</td>
                  <td>
                    <Link to="." search={{ ...search, actor: look.actor } as never}>
                      {look.actorName || (look.actor === 'anonymous' ? t.anonymous : look.actor)}
                    </Link>
                  </td>
                  <td>{wordsOf(look.what)}</td>
                  <td>
                    {meta.data.kinds[look.kind]?.title}{' '}
                    {me.data?.sees.includes(look.kind) ? (
                      <Link to="/record/$kind/$id" params={{ kind: look.kind, id: look.record } as never}>
                        {nameOf(look)}
                      </Link>
                    ) : (
                      nameOf(look)
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More query={looks} />
    </section>
  )
}

function wordsOf(what: string): string {
  if (what.startsWith('file ')) return t.fileLook
  return (t.looks as Readonly<Record<string, string>>)[what] ?? what
}
