// Which places stand on whose desk: what the kinds declare, the screens of domains, and what the house itself has for everybody.
import type { Desks, Me, Meta } from './api.ts'
import { screens } from './screens.ts'
import { lang, t } from './texts.ts'

/** Lists that are worked through, forms that begin something, and pages to look at. */
export const sorts = ['list', 'form', 'view'] as const
export type Place = {
  readonly sort: (typeof sorts)[number]
  readonly to: string
  readonly text: string
  readonly rank: number
  /** Its name, if it is a queue whose records are counted. */
  readonly queue?: string
}

const LAST = 90

/** In the order in which they stand; the first is where the day begins. */
export function placesOf(me: Me, meta: Meta): readonly Place[] {
  const roles = me.posts.map((post) => post.role)
  const rankOf = (on: Desks) => Math.min(...roles.map((role) => on[role] ?? Number.POSITIVE_INFINITY))
  const kinds = Object.entries(meta.kinds)
  const queues = kinds.flatMap(([, kind]) =>
    Object.entries(kind.lists).map(([queue, { on }]) => ({
      sort: 'list' as const,
      to: `/${queue}`,
      text: kind.queues?.[queue]?.title ?? queue,
      rank: rankOf(on),
      queue,
    })),
  )
  const forms = kinds.flatMap(([name, kind]) =>
    Object.entries(kind.commands)
      .filter(([command]) => me.opens[name]?.includes(command))
      .map(([command, { title, desks }]) => ({
        sort: 'form' as const,
        to: `/new/${name}/${command}`,
        text: title,
        rank: rankOf(desks),
      })),
  )
  const own = screens.map(({ path, title, on }) => ({
    sort: 'view' as const,
    to: `/${path}`,
    text: title[lang],
    rank: rankOf(on),
  }))
  const house = [
    {
      sort: 'view' as const,
      to: '/audit',
      text: t.audit,
      rank: roles.includes('audit-admin') ? 1 : Number.POSITIVE_INFINITY,
    },
    { sort: 'view' as const, to: '/messages', text: t.messages, rank: LAST },
    { sort: 'view' as const, to: '/figures', text: t.figures, rank: LAST },
    { sort: 'view' as const, to: '/records', text: t.records, rank: LAST + 1 },
  ]
  const all: readonly Place[] = [...queues, ...forms, ...own, ...house]
  return all
    .filter((place) => Number.isFinite(place.rank))
    .toSorted((a, b) => a.rank - b.rank)
    .filter((place, at, sorted) => sorted.findIndex((one) => one.to === place.to) === at)
}

/** The kinds that have a queue of this name on the person's desk. */
export function kindsOf(queue: string, me: Me, meta: Meta): readonly string[] {
  const roles = new Set(me.posts.map((post) => post.role))
  return Object.entries(meta.kinds).flatMap(([name, { lists }]) =>
    Object.keys(lists[queue]?.on ?? {}).some((role) => roles.has(role)) ? [name] : [],
  )
}
