// Who is entitled to a benefit, by name: all of them, those who have become so since a day, those who never claimed it (应享未享), those who lack data.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { dateWords, Empty, lang, useAnswer, useMe, Waiting, type Detail } from '../../../web/part/index.ts'
import { entitledWords as t } from './entitled-words.ts'

const whose = ['entitled', 'new', 'unclaimed', 'open'] as const

type Told = {
  readonly day: string
  readonly since: string
  readonly total: number
  readonly items: readonly { readonly id: string; readonly title: string }[]
  readonly next: string | null
}

export function Entitled({ record }: { readonly record: Detail }) {
  const today = useMe().data?.today
  return record.phase === 'standing' && today !== undefined ? <Lists benefit={record.id} today={today} /> : null
}

function Lists({ benefit, today }: { readonly benefit: string; readonly today: string }) {
  const [which, choose] = useState<(typeof whose)[number]>('entitled')
  const [since, from] = useState(`${today.slice(0, 8)}01`)
  /** Where each page after the first begins. */
  const [pages, turn] = useState<readonly string[]>([])
  const asked = new URLSearchParams({ which, ...(which === 'new' && { since }) })
  const path = `/api/verdicts/${benefit}`
  const paged = new URLSearchParams({
    ...Object.fromEntries(asked),
    ...(pages.length > 0 && { cursor: pages.at(-1)! }),
  })
  const query = useAnswer<Told>(`${path}?${paged}`)
  const told = query.data
  const show = (one: (typeof whose)[number]) => {
    choose(one)
    turn([])
  }
  return (
    <section className="stack entitled" aria-label={t.title}>
      <h2>{t.title}</h2>
      <p className="soft">{t.notes[which]}</p>
      <div className="fields">
        <div className="field half">
          <label htmlFor="entitled-which">{t.which}</label>
          <select
            id="entitled-which"
            value={which}
            onChange={(event) => show(whose.find((one) => one === event.target.value) ?? 'entitled')}
          >
            {whose.map((one) => (
              <option key={one} value={one}>
                {t.names[one]}
              </option>
            ))}
          </select>
        </div>
        {which === 'new' && (
          <div className="field half">
            <label htmlFor="entitled-since">{t.since}</label>
            <input
              id="entitled-since"
              type="date"
              max={today}
              value={since}
              onChange={(event) => {
                if (event.target.value === '' || event.target.value > today) return
                from(event.target.value)
                turn([])
              }}
            />
          </div>
        )}
      </div>
      {told === undefined ? (
        <Waiting query={query} />
      ) : (
        <>
          <p aria-live="polite">
            {t.total(told.total.toLocaleString(lang === 'en' ? 'en' : 'zh-CN'), dateWords(told.day))}{' '}
            {which === 'new' && told.since > since && <span className="soft">{t.known(dateWords(told.since))} </span>}
            {told.total > 0 && <a href={`${path}/export.xlsx?${asked}`}>{t.export}</a>}
          </p>
          {told.items.length === 0 && <Empty text={t.nobody} />}
          <ul className="rows">
            {told.items.map(({ id, title }) => (
              <li key={id}>
                <Link to="/record/$kind/$id" params={{ kind: 'enterprise', id } as never}>
                  {title}
                </Link>
              </li>
            ))}
          </ul>
          {(pages.length > 0 || told.next !== null) && (
            <p>
              {pages.length > 0 && (
                <button className="second" type="button" onClick={() => turn(pages.slice(0, -1))}>
                  {t.before}
                </button>
              )}{' '}
              {told.next !== null && (
                <button className="second" type="button" onClick={() => turn([...pages, told.next!])}>
                  {t.after}
                </button>
              )}
            </p>
          )}
        </>
      )}
    </section>
  )
}
