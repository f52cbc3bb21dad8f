// What else the city has to do with this: records of other kinds in which it has a part, the newest few of each.
import { Link } from '@tanstack/react-router'
import type { Detail, Meta } from '../api.ts'
import { useList, useMe } from '../query.ts'
import { t } from '../texts.ts'
import { Rows } from './rows.tsx'

const FEW = '5'

export function Related({ meta, record }: { readonly meta: Meta; readonly record: Detail }) {
  const me = useMe()
  const kinds = Object.entries(meta.kinds).filter(
    ([name, kind]) =>
      name !== record.kind && me.data?.sees.includes(name) && Object.values(kind.widgets).includes(record.kind),
  )
  return kinds.map(([name]) => <RelatedKind key={name} meta={meta} kind={name} record={record} />)
}

type RelatedProps = { readonly meta: Meta; readonly kind: string; readonly record: Detail }

function RelatedKind({ meta, kind, record }: RelatedProps) {
  // A unit owes records; whoever else has a part in one is a party to it.
  const wanted = record.unit === record.id ? { unit: record.id } : { party: `${record.kind}:${record.id}` }
  const { items, query, names } = useList(kind, { ...wanted, limit: FEW })
  const of = meta.kinds[kind]!
  if (items.length === 0) return null
  return (
    <section className="stack noprint">
      <h2>{of.title}</h2>
      <Rows items={items} meta={meta} names={names} />
      {query.hasNextPage && (
        <p>
          <Link to="/list/$kind" params={{ kind } as never} search={wanted as never}>
            {t.allOf(of.title)}
          </Link>
        </p>
      )}
    </section>
  )
}
