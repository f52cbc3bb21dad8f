// Who did what, when, in which words, and who was told; oldest first.
import type { Detail, KindMeta, Meta } from '../api.ts'
import { FactList, FactTable, momentWords, shownFacts, Value } from './facts.tsx'
import { t } from '../texts.ts'

type TimelineProps = { readonly meta: Meta; readonly kind: KindMeta; readonly record: Detail }

export function Timeline({ meta, kind, record }: TimelineProps) {
  return (
    <ol className="timeline">
      {record.timeline.map((entry) => (
        <Entry key={entry.version} meta={meta} kind={kind} names={record.names} entry={entry} />
      ))}
    </ol>
  )
}

type EntryProps = Omit<TimelineProps, 'record'> & {
  readonly names: Detail['names']
  readonly entry: Detail['timeline'][number]
}

function Entry({ meta, kind, names, entry }: EntryProps) {
  const { version, type, at, actorName, data, told } = entry
  const of = { meta, kind, names }
  // What opened the record stands above as its facts.
  const facts = version === 1 ? [] : shownFacts(kind, data)
  const tables = facts.filter(([, value]) => Array.isArray(value) && typeof value[0] === 'object')
  const prose = facts.filter(([field]) => kind.widgets[field] === 'paragraph')
  const brief = facts.filter((one) => !prose.includes(one) && !tables.includes(one))
  const called = kind.events[type] ?? meta.house[type] ?? type
  return (
    <li>
      <p className="row">
        <strong>{called}</strong>
        <span className="soft">
          {actorName} <time dateTime={at}>{momentWords(at)}</time>
        </span>
      </p>
      {prose.map(([field, value]) => (
        <p key={field} className="said quote">
          <Value {...of} field={field} value={value} />
        </p>
      ))}
      {brief.length > 0 && <FactList {...of} facts={Object.fromEntries(brief)} />}
      {tables.map(([field, items]) => (
        <FactTable key={field} {...of} field={field} items={items as never} about={`${called} ${momentWords(at)}`} />
      ))}
      {told.length > 0 && (
        <ul className="told-to soft">
          {[...new Set(told.map((one) => one.text))].map((text) => (
            <li key={text}>
              {t.toldTo(told.filter((one) => one.text === text).map((one) => one.to))}{' '}
              <span className="small">{text}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
