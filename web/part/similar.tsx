// What may be the same matter, side by side with this one, and the steps by which one is joined to the other.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, type Detail, type KindMeta, type Meta, type Page } from '../api.ts'
import { CommandForm } from '../form/command.tsx'
import { useMeta, useRecord } from '../query.ts'
import { tell } from '../told.ts'
import { t } from '../texts.ts'
import { FactList } from './facts.tsx'
import { MiniClock } from './clock.tsx'

/** Only where the person may do something about it: a command of the record that names another of the same kind. */
export function Similar({ of, id }: { readonly of: string; readonly id: string }) {
  const meta = useMeta()
  const record = useRecord(of, id)
  const kind = meta.data?.kinds[of]
  if (!meta.data || !kind || !record.data) return null
  const joins = record.data.commands.flatMap((name) => {
    const fields = Object.entries(kind.commands[name]?.schema.properties ?? {})
    const field = fields.find(([, one]) => one.widget === of)?.[0]
    return field === undefined ? [] : [{ name, field }]
  })
  return joins.length === 0 ? null : <Found meta={meta.data} kind={kind} record={record.data} joins={joins} />
}

type FoundProps = {
  readonly meta: Meta
  readonly kind: KindMeta
  readonly record: Detail
  readonly joins: readonly { readonly name: string; readonly field: string }[]
}

function Found({ meta, kind, record, joins }: FoundProps) {
  const [other, setOther] = useState<string>()
  const [open, setOpen] = useState<string>()
  const found = useQuery({
    queryKey: ['record', record.kind, record.id, 'similar'],
    queryFn: () => ask<Page>(`/api/records/${record.kind}/${record.id}/similar`),
  })
  const that = useRecord(record.kind, other)
  if (!found.data) return null
  const join = joins.find((one) => one.name === open)
  return (
    <section className="stack noprint similar">
      <h2>{t.similar}</h2>
      {found.data.items.length === 0 && <p className="soft">{t.noSimilar}</p>}
      <ul className="rows">
        {found.data.items.map((item) => (
          <li key={item.id}>
            <span>{item.title}</span>
            <span className="tag soft">{kind.phases[item.phase]}</span>
            {item.clock && <MiniClock clock={item.clock} />}
            <button
              className="plain"
              type="button"
              aria-expanded={other === item.id}
              onClick={() => setOther(other === item.id ? undefined : item.id)}
            >
              {t.compare}
            </button>
          </li>
        ))}
      </ul>
      {other !== undefined && that.data && (
        <div className="pairwise">
          <Side title={t.this} meta={meta} kind={kind} record={record} against={that.data} />
          <Side title={t.that} meta={meta} kind={kind} record={that.data} against={record} />
          <div className="row">
            {joins.map(({ name }) => (
              <button
                key={name}
                className="grave"
                type="button"
                aria-expanded={open === name}
                onClick={() => setOpen(name)}
              >
                {kind.commands[name]?.title}
              </button>
            ))}
          </div>
          {join && (
            <CommandForm
              key={`${join.name} ${other}`}
              meta={meta}
              kind={kind}
              of={record.kind}
              name={join.name}
              record={record}
              preset={{ [join.field]: other }}
              onDone={() => tell({ text: t.doneTo(kind.commands[join.name]?.title ?? '', record.title), record })}
              onCancel={() => setOpen(undefined)}
            />
          )}
        </div>
      )}
    </section>
  )
}

type SideProps = Omit<FoundProps, 'joins'> & { readonly title: string; readonly against: Detail }

/** One of the two; what both have in common is told quietly, so that the differences stand out. */
function Side({ title, meta, kind, record, against }: SideProps) {
  const same = (name: string, value: unknown) => JSON.stringify(against.facts[name]) === JSON.stringify(value)
  const split = (wanted: boolean) =>
    Object.fromEntries(Object.entries(record.facts).filter(([name, value]) => same(name, value) === wanted))
  return (
    <section className="stack">
      <h3>{`${title} ${record.id}`}</h3>
      <p>
        <strong>{record.title}</strong>
      </p>
      <FactList meta={meta} kind={kind} names={record.names} facts={split(false)} />
      <div className="soft">
        <FactList meta={meta} kind={kind} names={record.names} facts={split(true)} />
      </div>
    </section>
  )
}
