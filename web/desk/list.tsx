// The list of any kind: its declared columns, filters in the address, search, keyboard, the same step for several.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listPath, type Item, type KindMeta } from '../api.ts'
import { moving, useKeys } from '../keys.ts'
import { Missing } from '../missing.tsx'
import { Bulk } from '../part/bulk.tsx'
import { MiniClock } from '../part/clock.tsx'
import { Value } from '../part/facts.tsx'
import { keyOf, useSelection, type Selection } from '../part/select.ts'
import { Empty, More, Waiting } from '../part/waiting.tsx'
import { useItem, useList, useMe, useMeta, type Wanted } from '../query.ts'
import { t } from '../texts.ts'
import { useTitle } from '../title.ts'

const CLOCKS = ['overdue', 'soon', 'in-time', 'stopped'] as const

export function KindList() {
  const { kind: of } = useParams({ strict: false }) as { kind: string }
  const search = filtersIn(useSearch({ strict: false }) as Wanted)
  const navigate = useNavigate()
  const meta = useMeta()
  const me = useMe()
  const kind = meta.data?.kinds[of]
  const { query, items, names, total, rest } = useList(
    of,
    { ...search, count: 'yes', commands: 'yes' },
    kind !== undefined,
  )
  const selection = useSelection(items, rest)
  const [at, setAt] = useState(-1)
  useTitle(kind?.title)
  const filter = (more: Wanted) => void navigate({ to: '.', search: { ...search, ...more }, replace: true } as never)

  useKeys({
    ...moving((step) => {
      const next = Math.min(items.length - 1, Math.max(0, at + step))
      setAt(next)
      document.querySelectorAll<HTMLElement>('tbody th a')[next]?.focus()
    }),
    x: () => items[at] && selection.toggle(items[at]),
    ...(selection.on && { Escape: () => selection.turn(false) }),
  })

  if (!meta.data || !me.data) return <Waiting query={meta.error ? meta : me} />
  if (!kind) return <Missing />
  const openers = Object.entries(kind.commands).filter(([name]) => me.data.opens[of]?.includes(name))
  const columns = kind.columns.filter((column) => items.some((item) => item.facts[column] !== item.title))
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
        {kind.files !== null && openers.length > 0 && (
          <a className="button second" href={`/import?kind=${of}`}>
            {t.importWhole}
          </a>
        )}
      </div>
      <Filters kind={kind} search={search} filter={filter} />
      {!query.data ? (
        <Waiting query={query} />
      ) : items.length === 0 ? (
        <Empty text={t.emptyList} />
      ) : (
        <>
          <p className="row spread">
            <span className="soft" role="status">
              {total !== undefined && t.count(total)}
            </span>
            <span className="row">
              <a href={listPath(of, search).replace('?', '/export.xlsx?')}>{t.exportList}</a>
              {kind.files === 'in-and-out' && <a href="/api/library.xlsx">{t.exportWhole}</a>}
              {kind.files === 'in-and-out' && <a href="/api/library.json">JSON</a>}
              <button
                className="plain"
                type="button"
                aria-pressed={selection.on}
                onClick={() => selection.turn(!selection.on)}
              >
                {selection.on ? t.unselect : t.select}
              </button>
            </span>
          </p>
          {selection.on && <Bulk selection={selection} meta={meta.data} />}
          <div className="wide">
            <table className="cards">
              <thead>
                <tr>
                  {selection.on && <td />}
                  <th scope="col">{t.name}</th>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {kind.fields[column] ?? column}
                    </th>
                  ))}
                  <th scope="col">{t.state}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={keyOf(item)}>
                    {selection.on && <Tick item={item} selection={selection} />}
                    <th scope="row">
                      <Link to="/record/$kind/$id" params={{ kind: of, id: item.id } as never}>
                        {names[item.title] ?? item.title}
                      </Link>
                    </th>
                    {columns.map((column) => (
                      <td key={column} data-label={kind.fields[column] ?? column}>
                        <Value meta={meta.data} kind={kind} names={names} field={column} value={item.facts[column]} />
                      </td>
                    ))}
                    <td data-label={t.state}>
                      {kind.phases[item.phase]} {item.clock && <MiniClock clock={item.clock} />}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <More query={query} />
    </section>
  )
}

function Tick({ item, selection }: { readonly item: Item; readonly selection: Selection }) {
  return (
    <td>
      <label className="tick">
        <input type="checkbox" checked={selection.has(item)} onChange={() => selection.toggle(item)} />
        <span className="unseen">{`${t.select} ${item.title}`}</span>
      </label>
    </td>
  )
}

const FILTERS = new Set(['id', 'open', 'phase', 'unit', 'mine', 'party', 'clock', 'order', 'q'])

/** What of an address narrows a list; whatever else somebody hung on it asks for nothing. */
function filtersIn(search: Wanted): Wanted {
  return Object.fromEntries(Object.entries(search).filter(([name]) => FILTERS.has(name) || name.startsWith('facet.')))
}

type FiltersProps = { readonly kind: KindMeta; readonly search: Wanted; readonly filter: (more: Wanted) => void }

/** Every filter stands in the address: a list can be sent to somebody else, who sees of it what he may see. */
function Filters({ kind, search, filter }: FiltersProps) {
  const phases = Object.entries(kind.phases).slice(1)
  const others = Object.entries(search).filter(
    ([name, value]) => value !== undefined && (name === 'unit' || name === 'party' || name.startsWith('facet.')),
  )
  return (
    <form className="filters" role="search" aria-label={t.filter} onSubmit={(event) => event.preventDefault()}>
      <label>
        {t.search}
        <input
          type="search"
          defaultValue={search['q'] ?? ''}
          placeholder={t.typeToFind}
          onChange={(event) => filter({ q: event.target.value.trim() === '' ? undefined : event.target.value })}
        />
      </label>
      <Choose
        label={t.state}
        value={search['phase'] ?? (search['open'] === undefined ? undefined : `open-${search['open']}`)}
        options={[['open-yes', t.open], ['open-no', t.closed], ...phases]}
        choose={(value) =>
          filter(
            value?.startsWith('open-') ? { open: value.slice(5), phase: undefined } : { phase: value, open: undefined },
          )
        }
      />
      {kind.clocked && (
        <Choose
          label={t.clock}
          value={search['clock']}
          options={CLOCKS.map((one) => [one, t.clocks[one]])}
          choose={(clock) => filter({ clock })}
        />
      )}
      <Choose
        label={t.order}
        value={search['order']}
        options={[['oldest', t.orders.oldest], ...(kind.clocked ? [['due', t.orders.due] as const] : [])]}
        none={t.orders.created}
        choose={(order) => filter({ order })}
      />
      {others.map(([name, value]) => (
        <Only key={name} kind={kind} name={name} value={value!} drop={() => filter({ [name]: undefined })} />
      ))}
    </form>
  )
}

type OnlyProps = {
  readonly kind: KindMeta
  readonly name: string
  readonly value: string
  readonly drop: () => void
}

/** A filter that came with the address: of whom or what, and the way to be rid of it. */
function Only({ kind, name, value, drop }: OnlyProps) {
  const [of, id] =
    name === 'unit' ? ['unit', value] : name === 'party' ? (value.split(/:(.*)/s) as [string, string]) : []
  const known = useItem(of ?? '', id === 'own' ? undefined : id)
  const said =
    value === 'own' ? t.ourUnit : (known?.item.title ?? kind.options[value] ?? viewOf(kind, name, value) ?? value)
  return (
    <button type="button" className="second chip" onClick={drop} aria-label={`${t.remove} ${said}`}>
      {said} <span aria-hidden="true">×</span>
    </button>
  )
}

/** What the view of a list is called that asks for just this. */
function viewOf({ lists, views }: KindMeta, name: string, value: string): string | undefined {
  const found = Object.values(lists).flatMap((one) => Object.entries(one.views))
  const [view] = found.find(([, wanted]) => wanted[name] === value) ?? []
  return view === undefined ? undefined : views?.[view]
}

type ChooseProps = {
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly (readonly [string, string])[]
  readonly none?: string
  readonly choose: (value: string | undefined) => void
}

function Choose({ label, value, options, none = t.all, choose }: ChooseProps) {
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={({ target }) => choose(target.value === '' ? undefined : target.value)}>
        <option value="">{none}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
