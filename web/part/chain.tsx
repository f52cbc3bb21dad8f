// Where a record came from and what came of it, as one line of links.
import { Link } from '@tanstack/react-router'
import type { Detail, Meta } from '../api.ts'
import { t } from '../texts.ts'

export function Chain({ meta, record }: { readonly meta: Meta; readonly record: Detail }) {
  if (record.chain.length === 0) return null
  const link = (one: Detail['chain'][number]) => (
    <li key={`${one.kind}/${one.id}`}>
      <span className="soft">{meta.kinds[one.kind]?.title}</span>{' '}
      <Link to="/record/$kind/$id" params={{ kind: one.kind, id: one.id } as never}>
        {one.title}
      </Link>{' '}
      <span className="tag soft">{meta.kinds[one.kind]?.phases[one.phase]}</span>
    </li>
  )
  return (
    <section className="stack">
      <h2>{t.chain}</h2>
      <ul className="chain">
        {record.chain.filter((one) => one.relation === 'cause').map(link)}
        <li aria-current="true">
          <strong>{record.title}</strong>
        </li>
        {record.chain.filter((one) => one.relation === 'effect').map(link)}
      </ul>
    </section>
  )
}
