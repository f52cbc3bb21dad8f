// What one has been told: about one's cases, one's unit's, or those that one supervises; newest first.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ask } from '../api.ts'
import { momentWords } from '../part/facts.tsx'
import { Empty, More, Waiting } from '../part/waiting.tsx'
import { useMe, useMeta } from '../query.ts'
import { t } from '../texts.ts'
import { useTitle } from '../title.ts'

type Message = {
  readonly position: number
  readonly at: string
  readonly kind: string
  readonly id: string
  readonly text: string
}

const PAGE = 30

export function Messages() {
  const meta = useMeta()
  const me = useMe()
  const found = useInfiniteQuery({
    queryKey: ['queues', 'messages'],
    queryFn: ({ pageParam }) =>
      ask<{ items: readonly Message[] }>(`/api/messages?limit=${PAGE}${pageParam === 0 ? '' : `&before=${pageParam}`}`),
    initialPageParam: 0,
    getNextPageParam: ({ items }) => (items.length < PAGE ? undefined : items.at(-1)!.position),
  })
  useTitle(t.messages)
  if (!found.data || !meta.data) return <Waiting query={found} />
  const items = found.data.pages.flatMap((page) => page.items)
  return (
    <section className="stack">
      <h1>{t.messages}</h1>
      {items.length === 0 && <Empty text={t.noMessages} />}
      <ul className="rows">
        {items.map((message, place) => (
          <li key={`${message.position} ${place}`}>
            <span>
              {me.data?.sees.includes(message.kind) ? (
                <Link to="/record/$kind/$id" params={{ kind: message.kind, id: message.id } as never}>
                  {message.text}
                </Link>
              ) : (
                message.text
              )}
              <small className="soft">{`${meta.data.kinds[message.kind]?.title ?? ''} ${message.id}`}</small>
            </span>
            <span className="tag soft">{momentWords(message.at)}</span>
          </li>
        ))}
      </ul>
      <More query={found} />
    </section>
  )
}
