// Every item of a joint case on one page: whose it is, where it stands, by when, what it waits for, and what came of it.
import { Link } from '@tanstack/react-router'
import { MiniClock, useList, useMeta, Waiting, type Detail, type Item, type Meta } from '../../../web/part/index.ts'
import { t } from './words.ts'

type Part = {
  readonly item: string
  readonly name: string
  readonly application: string
  readonly produces?: readonly string[]
}
type Paper = { readonly material: string; readonly name: string; readonly way: string; readonly source?: string }
type Facts = {
  readonly papers?: readonly Paper[]
  readonly outstanding?: readonly string[]
  readonly results?: readonly { readonly name: string; readonly number?: string }[]
}

export function Progress({ record }: { readonly record: Detail }) {
  const meta = useMeta()
  const { query, items } = useList('application', { 'facet.joint': record.id, limit: '30' })
  if (!query.data || !meta.data) return <Waiting query={query} />
  const parts = (record.timeline.find(({ type }) => type === 'received')?.data['parts'] ?? []) as readonly Part[]
  const came = new Map(
    record.timeline
      .filter(({ type }) => type === 'heard')
      .map(({ data }) => [data['application'], data['came']] as const),
  )
  return (
    <section className="stack">
      <h2>{t.progress}</h2>
      <p className="soft">{t.decided(came.size, parts.length)}</p>
      <div className="wide" tabIndex={0} role="region" aria-label={t.progress}>
        <table className="cards">
          <thead>
            <tr>
              {[t.item, t.unit, t.state, t.due, t.waits, t.papers].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => {
              const item = items.find(({ id }) => id === part.application)
              return item ? (
                <Seen key={part.application} meta={meta.data} part={part} item={item} parts={parts} />
              ) : (
                <tr key={part.application}>
                  <th scope="row">{part.name}</th>
                  <td data-label={t.unit}>{t.unseen}</td>
                  <td data-label={t.state}>{cameWords(meta.data, came.get(part.application))}</td>
                  <td />
                  <td />
                  <td />
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function cameWords(meta: Meta, came: unknown): string {
  return (typeof came === 'string' ? meta.kinds['joint']?.options[came] : undefined) ?? t.going
}

type SeenProps = {
  readonly meta: Meta
  readonly part: Part
  readonly item: Item
  readonly parts: readonly Part[]
}

function Seen({ meta, part, item, parts }: SeenProps) {
  const { results = [] } = item.facts as Facts
  const outcome = item.facts['outcome']
  const phase = meta.kinds['application']?.phases[item.phase] ?? ''
  return (
    <tr>
      <th scope="row">
        <Link to="/record/$kind/$id" params={{ kind: 'application', id: item.id } as never}>
          {part.name}
        </Link>
      </th>
      <td data-label={t.unit}>{item.unitName}</td>
      <td data-label={t.state}>
        {typeof outcome === 'string' ? `${phase} · ${meta.kinds['application']?.options[outcome] ?? ''}` : phase}
      </td>
      <td data-label={t.due}>{item.clock && <MiniClock clock={item.clock} />}</td>
      <td data-label={t.waits}>{waitsOf(item, parts).join(t.between)}</td>
      <td data-label={t.papers}>
        {results.map(({ name, number }) => [name, number].filter(Boolean).join(' ')).join(t.between)}
      </td>
    </tr>
  )
}

/** What has to come before it goes on: another item's paper, a correction, a paper that was to follow. */
function waitsOf(item: Item, parts: readonly Part[]): readonly string[] {
  if (!item.open || item.facts['outcome'] !== undefined) return []
  const { papers = [], outstanding = [] } = item.facts as Facts
  return [
    ...papers
      .filter(({ way, source }) => way === 'produced' && source === undefined)
      .map(({ name, material }) => t.waitsFor(name, parts.find((one) => one.produces?.includes(material))?.name ?? '')),
    ...(item.phase === 'correcting' ? [t.waitsSelf] : []),
    ...outstanding.map((one) => t.waitsPaper(one)),
  ]
}
