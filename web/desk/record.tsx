// One page a record: facts, timeline, clock, and only the actions that are allowed.
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ask, send, type Detail, type KindMeta, type Meta } from '../api.ts'
import { CommandForm } from '../form/command.tsx'
import { Chain } from '../part/chain.tsx'
import { Clock } from '../part/clock.tsx'
import { FactList } from '../part/facts.tsx'
import { Timeline } from '../part/timeline.tsx'
import { Waiting } from '../part/waiting.tsx'
import { useMe, useMeta, useRecord } from '../query.ts'
import { writing } from '../shell.tsx'
import { t } from '../texts.ts'

export function RecordPage() {
  const { kind, id } = useParams({ strict: false }) as { kind: string; id: string }
  return <Case of={kind} id={id} />
}

/** A record wherever it is shown: on a page of its own or beside its list. */
export function Case({ of, id, preset = {} }: { readonly of: string; readonly id: string; readonly preset?: Presets }) {
  const meta = useMeta()
  const record = useRecord(of, id)
  const kind = meta.data?.kinds[of]
  if (!record.data || !meta.data || !kind) return <Waiting query={record} />
  return <Shown key={id} meta={meta.data} kind={kind} record={record.data} preset={preset} />
}

type Presets = Readonly<Record<string, Readonly<Record<string, unknown>>>>
type ShownProps = { readonly meta: Meta; readonly kind: KindMeta; readonly record: Detail; readonly preset: Presets }

function Shown({ meta, kind, record, preset }: ShownProps) {
  const [chosen, choose] = useState<string>()
  const [told, tell] = useState('')
  const open = chosen !== undefined && record.commands.includes(chosen) ? chosen : undefined

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (writing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      const name = record.commands[Number(event.key) - 1]
      if (name !== undefined) choose(name)
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  }, [record.commands])

  return (
    <article className="stack" aria-labelledby="title">
      <p className="soft">{`${kind.title} ${record.id}`}</p>
      <h1 id="title">{record.title}</h1>
      <p>
        <strong>{kind.phases[record.phase]}</strong>{' '}
        {record.unitName !== null && <span className="soft">{`${t.unit} ${record.unitName}`}</span>}
      </p>
      <p role="status" className={told === '' ? 'hidden' : 'told'}>
        {told}
      </p>
      {record.clock.map((clock) => (
        <Clock key={clock.name} clock={clock} title={kind.fields[clock.name] ?? clock.name} />
      ))}
      <section className="noprint stack" aria-label={t.actions}>
        {record.commands.length === 0 && <p className="soft">{t.noActions}</p>}
        <p className="row">
          {record.commands.map((name, place) => (
            <button
              key={name}
              type="button"
              aria-expanded={open === name}
              className={open === name ? '' : kind.commands[name]?.grave ? 'grave' : 'second'}
              onClick={() => choose(open === name ? undefined : name)}
            >
              <kbd aria-hidden="true">{place + 1}</kbd> {kind.commands[name]?.title}
            </button>
          ))}
        </p>
        {open !== undefined && (
          <CommandForm
            key={open}
            meta={meta}
            kind={kind}
            of={record.kind}
            name={open}
            record={record}
            preset={preset[open] ?? suggested(kind, open, record)}
            onDone={() => {
              tell(`${t.done} ${kind.commands[open]?.title ?? ''}`)
              choose(undefined)
            }}
            onCancel={() => choose(undefined)}
          />
        )}
        {record.kind === 'person' && <Invite person={record.id} />}
      </section>
      <h2>{t.facts}</h2>
      <FactList kind={kind} facts={record.facts} names={record.names} />
      {!record.revealed && <p className="soft noprint">{t.masked}</p>}
      <Files record={record} />
      <Chain meta={meta} record={record} />
      <h2>{t.timeline}</h2>
      <Timeline meta={meta} kind={kind} record={record} />
      <p className="noprint">
        <button className="second" type="button" onClick={() => print()}>
          {t.print}
        </button>
      </p>
    </article>
  )
}

/** What the record already says is not typed again. */
function suggested(kind: KindMeta, name: string, record: Detail): Readonly<Record<string, unknown>> {
  const fields = Object.keys(kind.commands[name]?.schema.properties ?? {})
  const known = Object.entries(record.facts).filter(([field, value]) => fields.includes(field) && value !== undefined)
  const choices = new Set(['dispatch', 'draft', 'lay', 'enter'])
  return choices.has(name) ? Object.fromEntries(known) : {}
}

function Files({ record }: { readonly record: Detail }) {
  const named = [record.facts, ...record.timeline.map((one) => one.data)].some((data) => data['files'] !== undefined)
  const files = useQuery({
    queryKey: ['record', record.kind, record.id, 'files'],
    queryFn: () => ask<{ items: { id: string; name: string }[] }>(`/api/records/${record.kind}/${record.id}/files`),
    enabled: named,
  })
  if (!named || !files.data) return null
  return (
    <section className="stack">
      <h2>{t.files}</h2>
      <ul>
        {files.data.items.map(({ id, name }) => (
          <li key={id}>
            <a href={`/api/records/${record.kind}/${record.id}/files/${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A system administrator gives a person the means to sign in. */
function Invite({ person }: { readonly person: string }) {
  const me = useMe()
  const [link, setLink] = useState('')
  if (!me.data?.posts.some((post) => post.role === 'system-admin')) return null
  const invite = () =>
    void send<{ link: string }>('/auth/invite', { person }).then(
      (made) => setLink(made.link),
      (error: Error) => setLink(error.message),
    )
  return (
    <p className="row">
      <button className="second" type="button" onClick={invite}>
        {t.invite}
      </button>
      {link !== '' && (
        <span role="status">
          {t.invited} <strong className="number">{link}</strong>
        </span>
      )}
    </p>
  )
}
