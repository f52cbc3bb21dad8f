// What the desks have read and when it is read again: shared by all screens, refreshed by the live stream.
import { QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  ask,
  listPath,
  hearEnd,
  onEnd,
  Problem,
  usedBy,
  type Detail,
  type Item,
  type Me,
  type Meta,
  type Names,
  type Page,
} from './api.ts'

export const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => !(error instanceof Problem) && count < 3 },
  },
})

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: readMe, staleTime: 60_000 })

async function readMe(): Promise<Me> {
  const me = await ask<Me>('/api/me')
  if (!me.anonymous) usedBy(me.id)
  return me
}

/** Whether the session of this window has ended; whoever comes back to it after signing in elsewhere goes on. */
export function useEnded(): boolean {
  const [ended, set] = useState(false)
  useEffect(() => onEnd(set), [])
  useEffect(() => {
    if (!ended) return
    const again = () => void client.refetchQueries({ queryKey: ['me'] })
    addEventListener('focus', again)
    return () => {
      removeEventListener('focus', again)
      void client.invalidateQueries()
    }
  }, [ended])
  return ended
}
export const useMeta = () =>
  useQuery({ queryKey: ['meta'], queryFn: () => ask<Meta>('/api/meta'), staleTime: Number.POSITIVE_INFINITY })

export const useRecord = (kind: string, id: string | undefined) =>
  useQuery({
    queryKey: ['record', kind, id],
    queryFn: () => ask<Detail>(`/api/records/${kind}/${id}`),
    enabled: id !== undefined,
  })

/** What an address of the interface answers that belongs to no kind; nothing is asked while it is undefined. */
export const useAnswer = <T>(path: string | undefined) =>
  useQuery({ queryKey: ['answer', path], queryFn: () => ask<T>(path!), enabled: path !== undefined })

/** A record as its list shows it, which is no look at personal data. */
export function useItem(kind: string, id: string | undefined): { item: Item; names: Names } | undefined {
  const found = useQuery({
    queryKey: ['item', kind, id],
    queryFn: () => ask<Page>(listPath(kind, { id })),
    enabled: id !== undefined && kind !== '',
  })
  const item = found.data?.items[0]
  return item && { item, names: found.data!.names }
}

/** Several records of a kind as their list shows them, in this order; undefined until they are read. */
export function useItems(kind: string, ids: readonly string[]): readonly (Item | undefined)[] | undefined {
  const found = useQuery({
    queryKey: ['items', kind, ids],
    queryFn: () => ask<Page>(listPath(kind, { id: ids.join(','), limit: '100' })),
    enabled: ids.length > 0,
  })
  return found.data && ids.map((id) => found.data.items.find((one) => one.id === id))
}

/** What a list says of a record, read once. */
export async function factsOf(kind: string, id: string): Promise<Item['facts']> {
  const { items } = await ask<Page>(listPath(kind, { id }))
  return items[0]?.facts ?? {}
}

type Count = { readonly kind: string; readonly queue: string; readonly view: string; readonly count: number }

/** How many records stand in each view of the person's queues; `many` is where counting ends. */
export const useCounts = () =>
  useQuery({
    queryKey: ['queues'],
    queryFn: () => ask<{ items: readonly Count[]; many: number }>('/api/queues'),
  })

export type Wanted = Readonly<Record<string, string | undefined>>

/** What a list is of: one kind, or several whose records are laid in one order. */
export type Source = { readonly kind: string; readonly wanted: Wanted }

type Cursors = readonly (string | null)[]

/** A list that grows by pages, of one kind or of several at once. */
export function useLists(sources: readonly Source[], enabled = true) {
  const queryKey = ['list', sources] as const
  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam }) => {
      const pages = await Promise.all(
        sources.map(async ({ kind, wanted }, place): Promise<Page> => {
          const cursor = pageParam[place]
          if (cursor === null) return { items: [], names: {}, next: null }
          return ask<Page>(listPath(kind, { limit: '30', ...wanted, cursor: cursor === '' ? undefined : cursor }))
        }),
      )
      return { pages, cursors: pages.map((page) => page.next) }
    },
    initialPageParam: sources.map(() => '') as Cursors,
    getNextPageParam: (last) => (last.cursors.some((cursor) => cursor !== null) ? last.cursors : undefined),
    enabled: enabled && sources.length > 0,
  })
  const laid = (pages: readonly Page[]): readonly Item[] => {
    const items = pages.flatMap((page) => page.items)
    return sources.length > 1 ? items.toSorted(ORDER[sources[0]!.wanted['order'] ?? 'created']) : items
  }
  const pages = query.data?.pages.flatMap((one) => one.pages) ?? []
  return {
    query,
    items: laid(pages),
    /** The items as last read, whatever was read when this was drawn. */
    now: () => laid(client.getQueryData<typeof query.data>(queryKey)?.pages.flatMap((one) => one.pages) ?? []),
    /** Reads on, page by page, until the list ends or is so long; gives what it holds then. */
    rest: async (most: number): Promise<readonly Item[]> => {
      let read: Pick<typeof query, 'data' | 'hasNextPage'> = query
      const held = () => laid(read.data?.pages.flatMap((one) => one.pages) ?? [])
      while (read.hasNextPage && held().length < most) read = await query.fetchNextPage()
      return held()
    },
    names: Object.assign({}, ...pages.map((page) => page.names)) as Names,
    total: pages.reduce<number | undefined>((sum, page) => page.total ?? sum, undefined),
  }
}

export const useList = (kind: string, wanted: Wanted, enabled = true) => useLists([{ kind, wanted }], enabled)

const ORDER: Readonly<Record<string, (a: Item, b: Item) => number>> = {
  due: (a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'),
  created: (a, b) => b.created.localeCompare(a.created),
  oldest: (a, b) => a.created.localeCompare(b.created),
}

const CALM = 500

/** Listens to what changes on the server and reads again what is shown; whether the stream stands. One for all screens. */
export function useLive(): boolean {
  const [live, set] = useState(true)
  useEffect(() => {
    const stream = new EventSource('/api/live')
    let changed = new Map<string, ReadonlySet<string>>()
    let timer: ReturnType<typeof setTimeout> | undefined
    // Many changes within a moment are one: a busy city must not keep every desk reading.
    const refresh = () => {
      timer = undefined
      const told = changed
      changed = new Map()
      void client.invalidateQueries({
        predicate: ({ queryKey: [what, of, id], state }) => {
          const changes = (one: { kind: string; id: string }) => told.get(one.kind)?.has(one.id) ?? false
          if (what === 'queues') return true
          // A record shows how those stand that it came from, and those that came of it; what stands beside it has no chain.
          if (what === 'record') {
            const { chain = [] } = (state.data ?? {}) as Partial<Detail>
            return changes({ kind: String(of), id: String(id) }) || chain.some(changes)
          }
          if (what === 'list') return (of as readonly Source[]).some(({ kind }) => told.has(kind))
          return what === 'summary' && told.has(String(of))
        },
      })
    }
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      const { kind, id } = JSON.parse(data) as { kind: string; id: string }
      changed.set(kind, new Set([...(changed.get(kind) ?? []), id]))
      timer ??= setTimeout(refresh, CALM)
    }
    stream.addEventListener('ended', hearEnd)
    stream.onopen = () => {
      set(true)
      // Whether it is still the same person: the stream cannot ask.
      void client.invalidateQueries({ queryKey: ['me'] })
    }
    stream.onerror = () => set(false)
    return () => {
      clearTimeout(timer)
      stream.close()
    }
  }, [])
  return live
}

export function useOnline(): boolean {
  const [online, set] = useState(navigator.onLine)
  useEffect(() => {
    const change = () => set(navigator.onLine)
    addEventListener('online', change)
    addEventListener('offline', change)
    return () => {
      removeEventListener('online', change)
      removeEventListener('offline', change)
    }
  }, [])
  return online
}
