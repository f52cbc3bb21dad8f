// What stands where something is still being read, could not be read, is not there, or goes on.
import { t } from '../texts.ts'

type Asked = { readonly error: Error | null; refetch(): unknown }

export function Waiting({ query }: { readonly query: Asked }) {
  if (query.error)
    return (
      <div className="stack quiet" role="alert">
        <p>
          {t.failed} {query.error.message}
        </p>
        <button className="second" type="button" onClick={() => query.refetch()}>
          {t.retry}
        </button>
      </div>
    )
  return (
    <div className="skeleton" role="status" aria-label={t.loading}>
      <i />
      <i />
      <i />
    </div>
  )
}

export function Empty({ text }: { readonly text: string }) {
  return <p className="quiet soft">{text}</p>
}

type Growing = { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; fetchNextPage(): unknown }

/** The next page of a list. */
export function More({ query }: { readonly query: Growing }) {
  if (!query.hasNextPage) return null
  return (
    <p>
      <button className="second" type="button" onClick={() => query.fetchNextPage()}>
        {query.isFetchingNextPage ? t.loading : t.moreRows}
      </button>
    </p>
  )
}
