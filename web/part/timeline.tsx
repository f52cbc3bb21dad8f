// Who did what, when, with what words; oldest first.
import type { Detail, KindMeta, Meta } from '../api.ts'
import { dateWords, FactList } from './facts.tsx'

const QUIET = new Set([
  'cause',
  'token',
  'answer',
  'sign',
  'from',
  'by',
  'handler',
  'inTime',
  'files',
  'parties',
  'name',
])

export function Timeline({
  meta,
  kind,
  record,
}: {
  readonly meta: Meta
  readonly kind: KindMeta
  readonly record: Detail
}) {
  return (
    <ol className="timeline">
      {record.timeline.map(({ version, type, at, actorName, data }) => {
        const told = Object.fromEntries(
          Object.entries(data).filter(([name, value]) => !QUIET.has(name) && value !== undefined),
        )
        return (
          <li key={version}>
            <strong>{kind.events[type] ?? meta.house[type] ?? type}</strong>{' '}
            <span className="soft">
              <time dateTime={at}>{`${dateWords(at)} ${at.slice(11, 16)}`}</time> {actorName}
            </span>
            {version > 1 && Object.keys(told).length > 0 && <FactList kind={kind} facts={told} names={record.names} />}
          </li>
        )
      })}
    </ol>
  )
}
