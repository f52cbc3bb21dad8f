// The figures as of a day, and one figure: its definition, how it stood, and the records that it opens to.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ask, type FigureView, type Names, type Page } from '../api.ts'
import { dateWords } from '../part/facts.tsx'
import { FigureValue, unitWords } from '../part/figure.tsx'
import { Rows } from '../part/rows.tsx'
import { Spark, Trend, useTrend } from '../part/trend.tsx'
import { Empty, More, Waiting } from '../part/waiting.tsx'
import { useMe, useMeta } from '../query.ts'
import { t } from '../texts.ts'
import { useTitle } from '../title.ts'

/** A figure may change with every case of the city: it is read again at this pace, in milliseconds, not with each of them. */
const OFTEN = 15_000

export function Figures() {
  const asOf = useAsOf()
  const figures = useQuery({
    queryKey: ['figures', asOf],
    queryFn: () => ask<readonly FigureView[]>(`/api/figures?asOf=${asOf}`),
    refetchInterval: OFTEN,
    placeholderData: (before) => before,
  })
  useTitle(t.figures)
  return (
    <section className="stack">
      <div className="row spread">
        <h1>{t.figures}</h1>
        <AsOf />
      </div>
      {figures.data ? (
        <ul className="figures" aria-busy={figures.isPlaceholderData}>
          {figures.data.map((figure) => (
            <Tile key={figure.id} figure={figure} asOf={asOf} />
          ))}
        </ul>
      ) : (
        <Waiting query={figures} />
      )}
    </section>
  )
}

function Tile({ figure, asOf }: { readonly figure: FigureView; readonly asOf: string }) {
  const trend = useTrend(figure.id, asOf)
  return (
    <li>
      <p>
        <Link to="/figures/$id" params={{ id: figure.id } as never} search={(asOf === '' ? {} : { asOf }) as never}>
          {figure.name}
        </Link>
      </p>
      <FigureValue figure={figure} />
      {trend.data && <Spark points={trend.data.items} />}
      <details>
        <summary>{t.definition}</summary>
        <p className="soft">{figure.definition}</p>
      </details>
    </li>
  )
}

export function FigurePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asOf = useAsOf()
  const meta = useMeta()
  const figure = useQuery({
    queryKey: ['figures', id, asOf],
    queryFn: () => ask<FigureView>(`/api/figures/${id}?asOf=${asOf}`),
    refetchInterval: OFTEN,
    placeholderData: (before) => before,
  })
  const trend = useTrend(id, asOf)
  const behind = useInfiniteQuery({
    queryKey: ['figures', id, 'behind', asOf],
    queryFn: ({ pageParam }) =>
      ask<Page & { total: number; visible: number; hidden: number | null }>(
        `/api/figures/${id}/records?asOf=${asOf}&limit=100&cursor=${pageParam}`,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  const pages = behind.data?.pages ?? []
  useTitle(figure.data?.name)
  if (!figure.data || !meta.data) return <Waiting query={figure} />
  const { name, definition, unit } = figure.data
  return (
    <section className="stack">
      <p>
        <Link to="/figures">{t.figures}</Link>
      </p>
      <div className="row spread">
        <h1>{name}</h1>
        <AsOf />
      </div>
      <div className="columns">
        <section className="stack" aria-busy={figure.isPlaceholderData}>
          <FigureValue figure={figure.data} />
          <p className="soft">{`${t.asOf} ${dateWords(figure.data.asOf)} · ${figure.data.id}`}</p>
          <h2>{t.definition}</h2>
          <p className="read">{definition}</p>
          {trend.data && (
            <>
              <h2>{t.trend}</h2>
              <Trend points={trend.data.items} unit={unitWords(unit)} />
            </>
          )}
        </section>
        <section className="stack">
          <h2>{t.behind}</h2>
          {pages[0] ? (
            <>
              <p className="soft">{t.behindCount(pages[0].total, pages[0].visible, pages[0].hidden)}</p>
              {pages[0].total === 0 && <Empty text={t.empty} />}
              <Rows
                items={pages.flatMap((page) => page.items)}
                meta={meta.data}
                names={Object.assign({}, ...pages.map((page) => page.names)) as Names}
              />
              <More query={behind} />
            </>
          ) : (
            <Waiting query={behind} />
          )}
        </section>
      </div>
    </section>
  )
}

/** The cut-off, kept in the address; empty means today. */
function useAsOf(): string {
  const { asOf } = useSearch({ strict: false }) as { asOf?: string }
  return asOf ?? ''
}

function AsOf() {
  const asOf = useAsOf()
  const navigate = useNavigate()
  const today = useMe().data?.today ?? ''
  const set = (day: string) =>
    void navigate({ to: '.', search: day === '' || day === today ? {} : { asOf: day }, replace: true } as never)
  return (
    <label className="row">
      {t.asOf}
      <input type="date" value={asOf === '' ? today : asOf} max={today} onChange={(event) => set(event.target.value)} />
    </label>
  )
}
