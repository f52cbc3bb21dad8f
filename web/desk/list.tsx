// The list of any kind: its declared columns, filters in the address, search, keyboard.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { MiniClock } from '../part/clock.tsx'
import { said } from '../part/facts.tsx'
import { Empty, Waiting } from '../part/waiting.tsx'
import { useList, useMe, useMeta } from '../query.ts'
import { writing } from '../shell.tsx'
import { t } from '../texts.ts'

export function KindList() {
  const { kind: of } = useParams({ strict: false }) as { kind: string }
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const navigate = useNavigate()
  const meta = useMeta()
  const me = useMe()
  const list = useList(of, search)
  const [at, setAt] = useState(0)
  const body = useRef<HTMLTableSectionElement>(null)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const names = Object.assign({}, ...(list.data?.pages.map((page) => page.names) ?? [])) as Record<string, string>
  const filter = (more: Record<string, string | undefined>) =>
    void navigate({ search: { ...search, ...more }, replace: true } as never)

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (writing(event.target)) return
      const step = ['ArrowDown', 'j'].includes(event.key) ? 1 : ['ArrowUp', 'k'].includes(event.key) ? -1 : 0
      if (step !== 0) {
        event.preventDefault()
        const next = Math.min(items.length - 1, Math.max(0, at + step))
        setAt(next)
        body.current?.querySelectorAll('a')[next]?.focus()
      }
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  })

  const kind = meta.data?.kinds[of]
  if (!meta.data || !kind || !me.data) return <Waiting query={meta} />
  const openers = Object.entries(kind.commands).filter(([, spec]) => spec.opens)
  return (
    <section className="stack">
      <div className="row">
        <h1>{kind.title}</h1>
        {openers.map(([name, spec]) => (
          <Link
            key={name}
            className="button second"
            to="/new/$kind/$command"
            params={{ kind: of, command: name } as never}
          >
            {spec.title}
          </Link>
        ))}
      </div>
      <div className="row">
        <label htmlFor="q">{t.search}</label>
        <input
          id="q"
          type="search"
          className="short"
          defaultValue={search['q'] ?? ''}
          placeholder={t.typeToFind}
          onChange={(event) => filter({ q: event.target.value.trim() === '' ? undefined : event.target.value })}
        />
        <div className="tabs" role="group" aria-label={t.filter}>
          {([undefined, 'yes', 'no'] as const).map((open) => (
            <button
              key={String(open)}
              type="button"
              aria-pressed={search['open'] === open}
              onClick={() => filter({ open })}
            >
              {open === undefined ? t.all : open === 'yes' ? t.open : t.closed}
            </button>
          ))}
        </div>
      </div>
      {!list.data ? (
        <Waiting query={list} />
      ) : items.length === 0 ? (
        <Empty text={t.empty} />
      ) : (
        <div className="wide">
          <table className="cards">
            <thead>
              <tr>
                <th scope="col">{kind.title}</th>
                {kind.columns.map((column) => (
                  <th key={column} scope="col">
                    {kind.fields[column] ?? column}
                  </th>
                ))}
                <th scope="col">{kind.fields['phase'] ?? '·'}</th>
              </tr>
            </thead>
            <tbody ref={body}>
              {items.map((item) => (
                <tr key={item.id}>
                  <th scope="row">
                    <Link to="/record/$kind/$id" params={{ kind: of, id: item.id } as never}>
                      {item.title}
                    </Link>
                  </th>
                  {kind.columns.map((column) => (
                    <td key={column} data-label={kind.fields[column] ?? column}>
                      {said(kind, item.facts[column], names)}
                    </td>
                  ))}
                  <td>
                    {kind.phases[item.phase]} {item.clock && <MiniClock clock={item.clock} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <button className="second" type="button" onClick={() => void list.fetchNextPage()}>
          {t.more}
        </button>
      )}
    </section>
  )
}
