// Attachments and their rows: taken in for somebody, named by the records they belong to, given back to who may see those.
import { Readable } from 'node:stream'
import type { Moment } from '../../kernel/clock/date.ts'
import type { Language } from '../../kernel/texts.ts'
import type { Database } from '../../store/connection.ts'
import type { Away } from './away.ts'
import type { FileKind } from './kind.ts'
import { describeFileRefusal, FileRefusal } from './refusal.ts'
import { removeFile, rescanFile, storeFile, type ScanState } from './store.ts'

export type Shelf = {
  readonly database: Database
  readonly city: string
  readonly folder: string
  /** Bytes. */
  readonly limit: number
  readonly scan: readonly string[] | undefined
  readonly allowUnscanned: boolean
  /** The host that gives files out, when that is another one. */
  readonly away?: Away | undefined
}

export type KeptFile = {
  readonly id: string
  readonly name: string
  readonly type: FileKind
  readonly size: number
  readonly state: ScanState | 'infected'
  readonly owner: string
}

/** Takes one upload in, or says in the uploader's words why not. */
export async function keepFile(
  shelf: Shelf,
  given: { readonly name: string; readonly stream: Readable },
  owner: string,
  lang: Language,
  at: Moment,
): Promise<KeptFile | { readonly problem: string; readonly code: string }> {
  const { database, city, folder, limit, scan, allowUnscanned } = shelf
  try {
    const { name } = given
    const stored = await storeFile(given.stream, { name, limit, folder, purpose: 'evidence', scan, allowUnscanned })
    const { id, kind, size, sha256, state } = stored
    try {
      await database.query(
        'insert into file (city, id, name, type, size, sha256, state, owner, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [city, id, stored.name, kind, size, sha256, state, owner, at],
      )
    } catch (error) {
      await removeFile(id, folder)
      throw error
    }
    return { id, name: stored.name, type: kind, size, state, owner }
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    return { problem: describeFileRefusal(error, lang === 'en' ? 'en' : 'zh'), code: error.code }
  }
}

export async function filesById(shelf: Shelf, ids: readonly string[]): Promise<readonly KeptFile[]> {
  const { rows } = await shelf.database.query(
    'select id, name, type, size, state, owner from file where city = $1 and id = any ($2)',
    [shelf.city, ids],
  )
  return rows as unknown as KeptFile[]
}

/** Removes uploads older than a day that no record and no draft names. Returns how many. */
export async function clearUnattached(shelf: Shelf, now: Moment): Promise<number> {
  const { rows } = await shelf.database.query(
    `select f.id from file f where f.city = $1 and f.at < $2::timestamptz - interval '1 day'
       and not exists (select 1 from event e where e.city = f.city and e.data -> 'files' ? f.id)
       and not exists (select 1 from draft d where d.city = f.city and d.data -> 'files' ? f.id)`,
    [shelf.city, now],
  )
  for (const { id } of rows as { id: string }[]) {
    await removeFile(id, shelf.folder)
    await shelf.database.query('delete from file where city = $1 and id = $2', [shelf.city, id])
  }
  return rows.length
}

/** Scans again what the scanner could not judge: released when it is clean, gone when it is not. Returns how many were settled. */
export async function rescanHeld(shelf: Shelf): Promise<number> {
  const { database, city, folder, scan } = shelf
  if (scan === undefined) return 0
  const { rows } = await database.query(`select id from file where city = $1 and state = 'quarantined' limit 1000`, [
    city,
  ])
  let settled = 0
  for (const { id } of rows as { id: string }[]) {
    const state = await rescanFile(id, { folder, scan })
    if (state === 'quarantined') continue
    settled += 1
    await database.query('update file set state = $3 where city = $1 and id = $2', [city, id, state])
  }
  return settled
}
