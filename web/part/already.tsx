// What an enterprise has open already of that which is about to be taken in: said in time, and nobody is kept from going on.
import { Link } from '@tanstack/react-router'
import type { Meta } from '../api.ts'
import { useList } from '../query.ts'
import { t } from '../texts.ts'
import { dateWords } from './facts.tsx'

type AlreadyProps = {
  readonly meta: Meta
  /** The kind of what is open. */
  readonly of: string
  /** What it has in common with that which is taken in, as facets of the list. */
  readonly facets: Readonly<Record<string, string>>
  /** The enterprise as the form has it; nothing is looked for until one is chosen. */
  readonly enterprise: unknown
}

/** Number, phase and day of each; more than a handful tells no more. */
const MOST = 5

export function Already({ meta, of, facets, enterprise }: AlreadyProps) {
  const chosen = typeof enterprise === 'string' && enterprise !== ''
  const { items } = useList(
    of,
    {
      ...Object.fromEntries(Object.entries(facets).map(([name, value]) => [`facet.${name}`, value])),
      party: `enterprise:${String(enterprise)}`,
      open: 'yes',
      order: 'oldest',
      limit: String(MOST),
    },
    chosen,
  )
  return (
    <div role="status">
      {chosen && items.length > 0 && (
        <div className="told warned">
          <p>
            <span aria-hidden="true">▲</span> {t.already}
          </p>
          <ul className="rows">
            {items.map(({ id, title, phase, created }) => (
              <li key={id}>
                <span>
                  <Link to="/record/$kind/$id" params={{ kind: of, id } as never} target="_blank">
                    {id}
                  </Link>{' '}
                  {title}
                </span>
                <span className="tag">{meta.kinds[of]?.phases[phase]}</span>
                <span className="soft small">{dateWords(created)}</span>
              </li>
            ))}
          </ul>
          <p className="soft small">{t.alreadyNote}</p>
        </div>
      )}
    </div>
  )
}
