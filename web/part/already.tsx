// What an applicant has open already of that which is about to be taken in: said in time, and nobody is kept from going on.
import { useDeferredValue } from 'react'
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
  /** The enterprise as the form has it, or else the name of whoever applies; nothing is looked for before. */
  readonly enterprise: unknown
  readonly applicant: unknown
}

/** Number, phase and day of each; more than a handful tells no more. */
const MOST = 5

export function Already({ meta, of, facets, enterprise, applicant }: AlreadyProps) {
  const chosen = typeof enterprise === 'string' && enterprise !== ''
  const name = useDeferredValue(!chosen && typeof applicant === 'string' ? applicant.trim() : '')
  const found = useList(
    of,
    {
      ...Object.fromEntries(Object.entries(facets).map(([name, value]) => [`facet.${name}`, value])),
      ...(chosen ? { party: `enterprise:${String(enterprise)}` } : { q: name }),
      open: 'yes',
      ...(chosen && { order: 'oldest' }),
      limit: String(MOST),
    },
    chosen || name.length > 1,
  )
  // Words are found anywhere; a name ends the title.
  const items = chosen
    ? found.items
    : found.items.filter(({ title }) => name.length > 1 && title.endsWith(` · ${name}`))
  return (
    <div role="status">
      {items.length > 0 && (
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
