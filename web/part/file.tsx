// The files of a record by their names, wherever its facts or its story refer to one: given out by the server to those who may see the record.
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { ask, type Detail } from '../api.ts'
import { t } from '../texts.ts'

type File = { readonly href: string; readonly name: string | undefined }

const OfRecord = createContext<ReadonlyMap<string, File>>(new Map())

/** Within it a value that is the id of one of the record's files is shown as that file. */
export function FilesOf({ record, children }: { readonly record: Detail; readonly children: React.ReactNode }) {
  const ids = named(record)
  const names = useFiles(record)
  const files = new Map(
    ids.map((id): [string, File] => [
      id,
      { href: hrefOf(record, id), name: names?.find((one) => one.id === id)?.name },
    ]),
  )
  return <OfRecord value={files}>{children}</OfRecord>
}

/** The file of the record that has this id; one that is not given out has no name. */
export function useFileOf(): (id: unknown) => File | undefined {
  const files = useContext(OfRecord)
  return (id) => (typeof id === 'string' ? files.get(id) : undefined)
}

export function FileName({ href, name }: File) {
  return name === undefined ? <span className="soft">{t.fileUnnamed}</span> : <a href={href}>{name}</a>
}

export function Files({ record }: { readonly record: Detail }) {
  const files = useFiles(record)
  if (!files) return null
  return (
    <section className="stack">
      <h2>{t.files}</h2>
      <ul className="rows">
        {files.map(({ id, name }) => (
          <li key={id}>
            <FileName href={hrefOf(record, id)} name={name} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Undefined where the record names none, and until they are read. */
function useFiles(record: Detail) {
  const path = `/api/records/${record.kind}/${record.id}/files`
  const found = useQuery({
    queryKey: ['record', record.kind, record.id, 'files'],
    queryFn: () => ask<{ items: readonly { readonly id: string; readonly name: string }[] }>(path),
    enabled: named(record).length > 0,
  })
  return found.data?.items
}

function named(record: Detail): readonly string[] {
  const told = [record.facts, ...record.timeline.map((one) => one.data)]
  return [...new Set(told.flatMap(({ files }) => (Array.isArray(files) ? (files as readonly string[]) : [])))]
}

function hrefOf({ kind, id }: Detail, file: string): string {
  return `/api/records/${kind}/${id}/files/${file}`
}
