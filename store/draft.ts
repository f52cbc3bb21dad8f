// Drafts: what was entered so far, kept on the server under the hash of a code that only its author has.
import type { Moment } from '../kernel/clock/date.ts'
import type { Database } from './connection.ts'

export type Draft = {
  readonly kind: string
  readonly command: string
  readonly data: Readonly<Record<string, unknown>>
  /** The pages that were completed. */
  readonly done: readonly string[]
  /** The answer of the door, once it was submitted. */
  readonly answer: { readonly id: string; readonly reveal?: string } | null
}

export async function findDraft(database: Database, city: string, code: string): Promise<Draft | undefined> {
  const { rows } = await database.query(
    'select kind, command, data, done, answer from draft where city = $1 and code = $2',
    [city, code],
  )
  return rows[0] as unknown as Draft | undefined
}

export async function keepDraft(
  database: Database,
  city: string,
  code: string,
  draft: Draft,
  at: Moment,
): Promise<void> {
  await database.query(
    `insert into draft (city, code, kind, command, data, done, answer, changed) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (city, code) do update set data = excluded.data, done = excluded.done, answer = excluded.answer, changed = excluded.changed`,
    [
      city,
      code,
      draft.kind,
      draft.command,
      JSON.stringify(draft.data),
      JSON.stringify(draft.done),
      draft.answer === null ? null : JSON.stringify(draft.answer),
      at,
    ],
  )
}

/** Forgets what was left for a week, and what was submitted a day ago. */
export async function clearDrafts(database: Database, city: string, now: Moment): Promise<void> {
  await database.query(
    `delete from draft where city = $1
       and changed < $2::timestamptz - case when answer is null then interval '7 days' else interval '1 day' end`,
    [city, now],
  )
}
