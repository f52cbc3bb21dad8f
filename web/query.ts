// What the desks have read and when it is read again: shared by all screens, refreshed by the live stream.
import { QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask, listPath, Problem, type Detail, type Me, type Meta, type Page } from './api.ts'

export const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => !(error instanceof Problem) && count < 3 },
  },
})

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: () => ask<Me>('/api/me'), staleTime: 60_000 })
export const useMeta = () =>
  useQuery({ queryKey: ['meta'], queryFn: () => ask<Meta>('/api/meta'), staleTime: Number.POSITIVE_INFINITY })

export const useRecord = (kind: string, id: string | undefined) =>
  useQuery({
    queryKey: ['record', kind, id],
    queryFn: () => ask<Detail>(`/api/records/${kind}/${id}`),
    enabled: id !== undefined,
  })

export type Wanted = Readonly<Record<string, string | undefined>>

/** A list that grows by pages. */
export function useList(kind: string, wanted: Wanted, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['list', kind, wanted],
    queryFn: ({ pageParam }) => ask<Page>(listPath(kind, { limit: '30', ...wanted, cursor: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    enabled,
  })
}

/** Listens to what changes on the server and reads again what is shown; one stream for all screens. */
export function useLive(): void {
  useEffect(() => {
    const stream = new EventSource('/api/live')
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      const { kind, id } = JSON.parse(data) as { kind: string; id: string }
      void client.invalidateQueries({ queryKey: ['record', kind, id] })
      void client.invalidateQueries({ queryKey: ['list', kind] })
      void client.invalidateQueries({ queryKey: ['summary', kind] })
    }
    return () => stream.close()
  }, [])
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
